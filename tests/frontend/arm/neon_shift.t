# neon_shift.t: Advanced SIMD, lines of neon_shift.decode in both instruction sets
# Made by tests/make_insn_tests.py, then kept by hand; the form is in tests/insn.py.
@isa a32
vshr.s32 d27, d24, #26               | d24=3898d190f9ebdacc d27=2217beaddbc496cb | d27=0000000efffffffe
vshr.s32 q8, q4, #19                 | d8=e00902c77ebff206 d9=49b64a0872e6cc3a d16=1e398f1012bd4ace d17=c1d3fcff2a3af4d4 fpscr=3000000 | d16=fffffc0100000fd7 d17=0000093600000e5c
vshr.u64 d30, d6, #34                | d6=8000000080000000 d30=9c6539382b0537e6 fpscr=c00000 | d30=0000000020000000
vshr.u64 q3, q11, #59                | d6=2eae05cf96d0cc5f d7=254b0c4e010c4759 d22=9c1caaf75e8766ed d23=20203626f3fe39c0 | d6=0000000000000013 d7=0000000000000004
vsra.s64 d24, d1, #30                | d1=dfd43f371200339d d24=2607679d6050914a | d24=2607679cdfa18e26
vsra.s64 d25, d27, #14               | d25=d86f40f6b239f3c7 d27=e883a1d45de00997 | d25=d86ee305398b6b47
vsra.u64 d12, d11, #16               | d11=d726c86b9c3a23cd d12=a72991b9e8c14743 nzcv=1010 | d12=a72a68e0b12ce37d
vsra.u64 d18, d9, #25                | d9=796f74adfaf55496 d18=27e9e06f59b44e92 nzcv=0010 | d18=27e9e0ac116ea58f
vrshr.s32 q11, q6, #13               | d12=ffffffffffffffff d13=26debfdb8825ae56 d22=df70301704c9d78d d23=9bca3cb72ee0289d fpscr=2000000 | d22=0000000000000000 d23=000136f6fffc412d
vrshr.s32 d4, d30, #26               | d4=8216858f73ccef03 d30=8000000080000000 | d4=ffffffe0ffffffe0
vrshr.u64 d3, d29, #47               | d3=ffffffffffffffff d29=7f80ff0180007fff | d3=000000000000ff02
vrshr.u16 d0, d14, #6                | d0=7f80ff0180007fff d14=7f80ff0180007fff | d0=01fe03fc02000200
vrsra.s32 d12, d13, #15              | d12=0ce5af69430b91ed d13=4fdebbeceea7bb64 | d12=0ce64f26430b6f3c
vbic.i32 q6, #21504                  | d12=ffffffffffffffff d13=fd4bd030679a44dd | d12=ffffabffffffabff d13=fd4b8030679a00dd
vrsra.u64 q7, q11, #38               | d14=4f3e885ee1e437b7 d15=00460d692ed65411 d22=79823eb21579da0a d23=33736dcca7f0c99e nzcv=1100 | d14=4f3e885ee3ca40b2 d15=00460d692fa421c8
vrsra.u32 d17, d17, #6               | d17=8352bc85e456559c                     | d17=85600777e7e7aef2
vsri.64 d22, d17, #18                | d17=00d935344387ee7b d22=0000000000000000 | d22=000000364d4d10e1
vsri.8 d28, d22, #2                  | d22=03312ead222930ae d28=0000000000000000 | d28=000c0b2b080a0c2b
vshl.s64 d25, d12, #56               | d12=f3e6ca734305e986 d25=d1f9bdfe9a762d54 | d25=8600000000000000
vshl.s64 d15, d31, #59               | d15=10a25b195f49f0fc d31=deb67ae7ffb0dd9e | d15=f000000000000000
vsli.32 d7, d25, #16                 | d7=736b96a0692fd360 d25=7f80ff0180007fff | d7=ff0196a07fffd360
vsli.16 d30, d8, #3                  | d8=23bc91526d6b987a d30=173910e33e7c6567 nzcv=1000 fpscr=c00000 | d30=1de18a936b5cc3d7
vqshlu.s64 d24, d12, #41             | d12=f435a5736e8cd94e d24=ffffffffffffffff | d24=0000000000000000 fpscr=8000000
vqshlu.s64 d20, d27, #35             | d20=0a1fb43bc6e0673a d27=3b8a27ba202ab6fa | d20=ffffffffffffffff fpscr=8000000
vqshl.s64 d26, d12, #4               | d12=8000000080000000 d26=0593dba20e28b64f | d26=8000000000000000 fpscr=8000000
vqshl.s64 d24, d14, #27              | d14=9fa40dd6f3b17af0 d24=e57f76912ff3c23c fpscr=2000000 | d24=8000000000000000 fpscr=a000000
vqshl.u32 d21, d8, #25               | d8=fc27d6835fb6d625 d21=1be4a5db2b54af77 nzcv=0100 | d21=ffffffffffffffff fpscr=8000000
vqshl.u64 q5, q13, #26               | d10=0000000000000000 d11=8000000080000000 d26=45b669f75cebe213 d27=9df24d5ef429c622 | d10=ffffffffffffffff d11=ffffffffffffffff fpscr=8000000
vshrn.i16 d11, q3, #1                | d6=26bc9858c5d6d5e9 d7=dc7a615d53eab031 d11=0000000000000000 | d11=3daef5185e2cebf4
vshrn.i16 d26, q6, #8                | d12=c272f5a7aa17c57c d13=4b3e90b7d7435571 d26=4485c04f911f52dc | d26=4b90d755c2f5aac5
vrshrn.i16 d6, q4, #4                | d6=3087de350ce66f73 d8=954c2fc1d3f2e52d d9=5f4aebeb133ad73d | d6=f5bf347455fc3f53
vrshrn.i32 d5, q6, #4                | d5=7bc71df38c4caa83 d12=cbbc6c9419f48c75 d13=2790bb018cd5d187 | d5=0bb05d18c6c948c7
vqshrun.s64 d19, q14, #21            | d19=ffffffffffffffff d28=0d3be8ee03cc2f9b d29=0000000000000000 | d19=00000000ffffffff fpscr=8000000
vqshrun.s64 d7, q2, #28              | d4=ffffffffffffffff d5=678c4cb99efd55d2 d7=d445a53e3234752b | d7=ffffffff00000000 fpscr=8000000
vqrshrun.s64 d16, q8, #11            | d16=80ea83977260ca26 d17=00e5e81305fbec3a | d16=ffffffff00000000 fpscr=8000000
vqrshrun.s32 d31, q10, #6            | d20=22dd113cc8c42276 d21=ff01fe8010fe52d4 d31=d0a32611b14aed54 | d31=0000ffffffff0000 fpscr=8000000
vqshrn.s64 d20, q11, #26             | d20=674983142e9dde73 d22=4737fed1efb82825 d23=6078a406e539cb16 | d20=7fffffff7fffffff fpscr=8000000
vqshrn.s64 d18, q6, #17              | d12=d1e0014e4bdfc851 d13=8000000080000000 d18=ffffffffffffffff | d18=8000000080000000 fpscr=8000000
vqshrn.u64 d24, q9, #19              | d18=1886a7ba736b1be2 d19=df0c92b9250a82a2 d24=0000000000000000 | d24=ffffffffffffffff fpscr=8000000
vbic.i16 d7, #237                    | d7=a5c8e5c581c75bab                      | d7=a500e50081025b02
vqrshrn.s32 d16, q9, #13             | d16=4417c5300d72cb97 d18=6fa126a8ade25655 d19=8000000080000000 | d16=800080007fff8000 fpscr=8000000
vqrshrn.s32 d18, q12, #2             | d18=ffffffffffffffff d24=e27f8be89201d55a d25=643d79f136436924 fpscr=400000 | d18=7fff7fff80008000 fpscr=8400000
vqrshrn.u16 d25, q6, #1              | d12=62438362f1bf55ed d13=340252a634aa4a20 d25=0000000000000000 | d25=ffffffffffffffff fpscr=8000000
vqrshrn.u64 d3, q9, #28              | d3=58c6aeea192a2829 d18=89b28a180c5166f0 d19=8000000080000000 | d3=ffffffffffffffff fpscr=8000000
vmovl.s16 q10, d21                   | d20=b278f801fdb9ba32 d21=a0c02a351ac44e92 | d20=00001ac400004e92 d21=ffffa0c000002a35
vmvn.i16 d27, #27648                 | d27=ffffffffffffffff                     | d27=93ff93ff93ff93ff
vmov.i16 d23, #50944                 | d23=a86c1fcff65ee8fc fpscr=c00000        | d23=c700c700c700c700
vshll.u16 q13, d26, #1               | d26=7f80ff0180007fff d27=3a8335f8d8930882 | d26=000100000000fffe d27=0000ff000001fe02
vcvt.f16.s16 d5, d17, #8             | d5=7bff1b3b0001c736 d17=000174ef8000c000 nzcv=1000 | d5=1c00574fd800d400 fpscr=10
vcvt.f16.s16 q5, q15, #14            | d10=6457fe8586ee7c01 d11=7bffa26180003c00 d30=d0f1d4a85a66d08c d31=c0000001a64c7c00 | d10=b9e2b96b3da6b9ee d11=bc000400bd9b3fc0 fpscr=10
vmov.i32 d16, #62719                 | d16=a216ed03585bc3ad nzcv=1010           | d16=0000f4ff0000f4ff
vmov.i32 d8, #40959                  | d8=09775df3de84465a                      | d8=00009fff00009fff
vcvt.s16.f16 d4, d0, #15             | d0=6aff3c0080003c00 d4=00005579c8dd0001  | d4=7fff7fff00007fff fpscr=1
vmvn.i32 d9, #1048575                | d9=c8789ae0e32ef1ea                      | d9=fff00000fff00000
vcvt.u16.f16 d13, d6, #15            | d6=7e00000060d1c000 d13=8000a3cc80007551 | d13=00000000ffff0000 fpscr=1
vmov.i32 q4, #9502719                | d8=7bc1bdc0fc44e14b d9=ffffffffffffffff  | d8=0090ffff0090ffff d9=0090ffff0090ffff
vmov.i8 d9, #87                      | d9=7f80ff0180007fff nzcv=1101 fpscr=c00000 | d9=5757575757575757
vcvt.f32.s32 d15, d1, #1             | d1=0e8de9c33f800000 d15=360e7c81c9a07431 | d15=4ce8de9c4dfe0000 fpscr=10
vcvt.f32.u32 d27, d20, #2            | d20=ff800000ff800000 d27=42f7000000000001 fpscr=800000 | d27=4e7f80004e7f8000
vcvt.f32.u32 d6, d21, #9             | d6=ff8000007e365e8a d21=007fffff7a0365db | d6=467ffffe4a7406cc fpscr=10
vcvt.s32.f32 d20, d26, #29           | d20=7f80000100000000 d26=39445629bf800000 fpscr=c00000 | d20=000188ace0000000 fpscr=c00010
vcvt.s32.f32 d1, d5, #20             | d1=42f700008aa62560 d5=7f7fffff007fffff  | d1=7fffffff00000000 fpscr=81
vmov.f32 q2, #-0.28125               | d4=a9c220753fd11af5 d5=3f8000005d4b69e0 fpscr=3000000 | d4=be900000be900000 d5=be900000be900000
vcvt.u32.f32 d15, d23, #8            | d15=7f800000499b18e5 d23=7f8000011ed14e6a | d15=0000000000000000 fpscr=11
@isa t32
vshr.s32 d27, d24, #26               | d24=3898d190f9ebdacc d27=2217beaddbc496cb | d27=0000000efffffffe
vshr.u32 q8, q4, #19                 | d8=e00902c77ebff206 d9=49b64a0872e6cc3a d16=1e398f1012bd4ace d17=c1d3fcff2a3af4d4 fpscr=3000000 | d16=00001c0100000fd7 d17=0000093600000e5c
vsra.s64 d30, d6, #34                | d6=8000000080000000 d30=9c6539382b0537e6 fpscr=c00000 | d30=9c6539380b0537e6
vsra.u64 q3, q11, #59                | d6=2eae05cf96d0cc5f d7=254b0c4e010c4759 d22=9c1caaf75e8766ed d23=20203626f3fe39c0 | d6=2eae05cf96d0cc72 d7=254b0c4e010c475d
vrshr.s64 d24, d1, #30               | d1=dfd43f371200339d d24=2607679d6050914a | d24=ffffffff7f50fcdc
vrshr.u64 d25, d27, #14              | d25=d86f40f6b239f3c7 d27=e883a1d45de00997 | d25=0003a20e87517780
vrsra.s64 d12, d11, #16              | d11=d726c86b9c3a23cd d12=a72991b9e8c14743 nzcv=1010 | d12=a72968e0b12ce37d
vrsra.u64 d18, d9, #25               | d9=796f74adfaf55496 d18=27e9e06f59b44e92 nzcv=0010 | d18=27e9e0ac116ea58f
vsri.32 q11, q6, #13                 | d12=ffffffffffffffff d13=26debfdb8825ae56 d22=df70301704c9d78d d23=9bca3cb72ee0289d fpscr=2000000 | d22=df77ffff04cfffff d23=9bc936f52ee4412d
vshl.s32 d4, d30, #6                 | d4=8216858f73ccef03 d30=8000000080000000 | d4=0000000000000000
vsli.64 d3, d29, #17                 | d3=ffffffffffffffff d29=7f80ff0180007fff | d3=fe030000ffffffff
vqshlu.s16 d0, d14, #10              | d0=7f80ff0180007fff d14=7f80ff0180007fff | d0=ffff00000000ffff fpscr=8000000
vqshl.s32 d12, d13, #17              | d12=0ce5af69430b91ed d13=4fdebbeceea7bb64 | d12=7fffffff80000000 fpscr=8000000
vbic.i32 q6, #-738197504             | d12=ffffffffffffffff d13=fd4bd030679a44dd | d12=2bffffff2bffffff d13=294bd030239a44dd
vshrn.i64 d3, q11, #26               | d3=4f3e885ee1e437b7 d22=00460d692ed65411 d23=79823eb21579da0a | d3=608fac8511835a4b
vmov.i16 q8, #36                     | d16=7f80ff0180007fff d17=ffffffffffffffff | d16=0024002400240024 d17=0024002400240024
vqshrun.s64 d7, q5, #2               | d7=eeb89ff1bf8e51aa d10=1789819f8902dafc d11=8000000080000000 nzcv=1100 | d7=00000000ffffffff fpscr=8000000
vqrshrun.s64 d2, q6, #26             | d2=197a14e2ac084ba5 d12=7d575d17acfb2d5e d13=491961a1843baee9 | d2=ffffffffffffffff fpscr=8000000
vqshrn.s32 d4, q15, #16              | d4=b40de56d1cd86fc1 d30=7f80ff0180007fff d31=28b88073065b8c35 | d4=28b8065b7f808000
vbic.i16 d6, #208                    | d6=1a09a84047d7df79                      | d6=1a09a8004707df29
vqrshrn.s32 d27, q4, #13             | d8=8cd3e418ed4142ba d9=6a34b37178e10e70 d27=8000000080000000 | d27=7fff7fff80008000 fpscr=8000000
vqrshrn.u64 d10, q4, #20             | d8=dee0a843bfe98f8c d9=beef67fb69f44612 d10=452e704d607a4732 | d10=ffffffffffffffff fpscr=8000000
vmvn.i16 d1, #19968                  | d1=7f80ff0180007fff                      | d1=b1ffb1ffb1ffb1ff
vmov.i16 d5, #55296                  | d5=1202952f197536b1                      | d5=d800d800d800d800
vcvt.f16.s16 d17, d9, #3             | d9=c000c5d67c000001 d17=3c00c00042487e00 | d17=e800e7456bc03000 fpscr=10
vcvt.f16.u16 d29, d17, #10           | d17=c0007c007e007c00 d29=c00080004248c000 | d29=52004fc04fe04fc0
vcvt.s16.f16 q1, q0, #3              | d0=00007e0059854248 d1=7e00d19fc0007c00 d2=7c018c4c00007c00 d3=65d4175527907c01 | d2=0000000005850019 d3=0000fe99fff07fff fpscr=11
vcvt.u16.f16 q13, q15, #11           | d26=bcbc42487c010000 d27=000180003c003c00 d30=7b9400003284caca d31=e4214248634d4248 | d26=ffff000001a10000 d27=00001920ffff1920 fpscr=1
vcvt.f32.s32 d7, d27, #12            | d7=ff800000c730a7cb d27=007fffffbf800000 | d7=44fffffec8810000
vcvt.f32.u32 d30, d26, #5            | d26=e516093100000000 d30=42f700004f000000 | d30=4ce5160900000000 fpscr=10
vcvt.s32.f32 d2, d1, #29             | d1=7f8000007f800001 d2=007fffff3f800000  | d2=7fffffff00000000 fpscr=1
vcvt.u32.f32 d26, d6, #8             | d6=7f7fffffbf800000 d26=40ef5ec24bdfc851 | d26=ffffffff00000000 fpscr=1

# neon_misc.t: Advanced SIMD, lines of neon_misc.decode in both instruction sets
# Made by tests/make_insn_tests.py, then kept by hand; the form is in tests/insn.py.
@isa a32
vext.8 d27, d6, d24, #4              | d6=3898d190f9ebdacc d24=2217beaddbc496cb d27=8a6a63ec24ede6a4 | d27=dbc496cb3898d190
vext.8 d23, d5, d3, #2               | d3=49b64a0872e6cc3a d5=1e398f1012bd4ace d23=c1d3fcff2a3af4d4 fpscr=3000000 | d23=cc3a1e398f1012bd
vtbl.8 d14, {d26-d28}, d14           | d14=254b0c4e010c4759 d26=9c1caaf75e8766ed d27=20203626f3fe39c0 d28=f341e07a83f73f16 | d14=0000260066260000
vtbl.8 d24, {d8-d11}, d20            | d8=2607679d6050914a d9=58ee8571f4998d7c d10=1f7296ab7961fd92 d11=7f80ff0180007fff d20=4fd58dbe7bdc968b d24=bfeaa1551a28f7b3 | d24=0000000000000000
vtbx.8 d25, {d25-d26}, d19           | d19=7f80ff0180007fff d25=df2a8b79fc8e80b3 d26=3606defcdfb85c0d fpscr=2000000 | d25=df2a8b80fcb380b3
vtbx.8 d16, {d4-d5}, d2              | d2=0000000000000000 d4=535b6a437178ba0a d5=9b2bd6c0816bee06 d16=46f5a1b4b156d1ad | d16=0a0a0a0a0a0a0a0a
vdup.32 d26, d4[0]                   | d4=e201552240cbacd0 d26=0000000000000000 fpscr=3000000 | d26=40cbacd040cbacd0
vdup.8 d1, d5[5]                     | d1=459c945c43fc0527 d5=2e7a26e9c76c603f  | d1=2626262626262626
vrev64.32 d9, d23                    | d9=8d959c31fe8ad4a1 d23=449274d2ea59679a | d9=ea59679a449274d2
vrev64.32 d2, d11                    | d2=7f80ff0180007fff d11=7eb86c57a81100a1 | d2=a81100a17eb86c57
vrev32.16 d1, d6                     | d1=0b94af3a4b05e1ae d6=44df96ff28541424  | d1=96ff44df14242854
vrev32.8 d2, d25                     | d2=ffffffffffffffff d25=7f80ff0180007fff | d2=01ff807fff7f0080
vrev16.8 d19, d8                     | d8=0ab7798807fa22f7 d19=f5a2d8795c57532b fpscr=400000 | d19=b70a8879fa07f722
vrev16.8 d22, d8                     | d8=e91457db7aa068f1 d22=0bf7a4bdc458272f | d22=14e9db57a07af168
vpaddl.s32 d31, d19                  | d19=757f1cba4a227f39 d31=8000000080000000 | d31=00000000bfa19bf3
vpaddl.s8 d16, d0                    | d0=0000000000000000 d16=c0301b2153158ce4 | d16=0000000000000000
vpaddl.u8 d3, d5                     | d3=7f80ff0180007fff d5=ffffffffffffffff nzcv=1011 | d3=01fe01fe01fe01fe
vpaddl.u32 d25, d16                  | d16=ffffffffffffffff d25=e8009d9073f6e53d fpscr=800000 | d25=00000001fffffffe
aese.8 q3, q4                        | d6=37495c5ed93ff716 d7=3f9aa884e59409c1 d8=7223c68aa5529b05 d9=0000000000000000 nzcv=0010 | d6=10b801487522b87d d7=d902505f6e3cc278
aese.8 q12, q7                       | d14=ffffffffffffffff d15=eb7fe26b91c3098c d24=8000000080000000 d25=a2e3f93a873b9903 fpscr=2000000 | d24=d2de60163b411616 d25=471616d1d216af73
aesd.8 q0, q0                        | d0=41db898e14c2732a d1=ecd7570b6ca06496 nzcv=0111 | d0=5252525252525252 d1=5252525252525252
aesd.8 q3, q1                        | d2=9844f476f2e2054d d3=0dea6e4e64b9cb1c d6=989bc9dcf95fe8a0 d7=b5b94af30d456be0 | d6=e45053625255a653 d7=9eef47cd9acd8b55
aesmc.8 q11, q14                     | d22=8000000080000000 d23=cdcec408d26f1d76 d28=b48bb0750c9c20ef d29=ffffffffffffffff | d22=d70f3c1e8ef81c35 d23=ffffffffffffffff
aesmc.8 q2, q7                       | d4=0000000000000000 d5=d375eff10635afef d14=7f80ff0180007fff d15=7f80ff0180007fff fpscr=3000000 | d4=826400e77e1b81e4 d5=826400e77e1b81e4
aesimc.8 q0, q0                      | d0=18af266c3555d6ae d1=ffffffffffffffff  | d0=5caf838d618cb247
aesimc.8 q6, q14                     | d12=3b3bc81386bc2b99 d13=a74068b219bd2640 d28=1a327537097a5942 d29=d1b0b70be200d218 fpscr=c00000 | d12=f0614bb0c1794191 d13=92c755ddbeccde84
vcls.s16 d15, d22                    | d15=0000000000000000 d22=53c69b0ad19f0be9 | d15=0000000000010003
vcls.s8 d8, d18                      | d8=cd5e4aa0ff2282e6 d18=ffffffffffffffff nzcv=1111 | d8=0707070707070707
vclz.i8 d14, d17                     | d14=ffffffffffffffff d17=0000000000000000 | d14=0808080808080808
vclz.i16 d6, d27                     | d6=0000000000000000 d27=d6948dedaafb4294 | d6=0000000000000001
vcnt.8 d6, d26                       | d6=cd625a7f177a8334 d26=a8376dcd8299ed6e | d6=0305050502040605
vcnt.8 d2, d1                        | d1=59d4697fd541da56 d2=28a4fbd740918a58  | d2=0404040705020504
vmvn q9, q14                         | d18=857de96d8e2048dc d19=e566e133e1edcf3e d28=8923b7f6fe3245fe d29=8000000080000000 | d18=76dc480901cdba01 d19=7fffffff7fffffff
vmvn d3, d1                          | d1=7d076c0b21cc4751 d3=0bab5f9fa7321d31  | d3=82f893f4de33b8ae
vpadal.s8 d29, d23                   | d23=7f80ff0180007fff d29=efe987729a14e75a | d29=efe887729994e7d8
vpadal.s8 d21, d17                   | d17=ff21dd5a39d7c140 d21=a4de7a8d3b77cbb4 | d21=a4fe7ac43b87cbb5
vpadal.u16 q14, q11                  | d22=541c18d563825046 d23=7f80ff0180007fff d28=d6f7515178de3361 d29=db869c8a01a23b4e | d28=d6f7be4278dee729 d29=db881b0b01a33b4d
vpadal.u32 d28, d19                  | d19=0000000000000000 d28=7f80ff0180007fff fpscr=400000 |
vqabs.s16 d18, d29                   | d18=49a35964d9f3dd45 d29=c9ff909007ee64fe fpscr=1000000 | d18=36016f7007ee64fe
vqabs.s16 d25, d21                   | d21=28ad5dc9f1a17500 d25=f033b91536f784cc | d25=28ad5dc90e5f7500
vqneg.s16 d11, d6                    | d6=88134e5e207b3de0 d11=c0c3ea0cb071b0da | d11=77edb1a2df85c220
vqneg.s8 q0, q6                      | d0=9a57555553999ac8 d1=3c787566293256b6 d12=0000000000000000 d13=f65ee8fc2a23534a | d0=0000000000000000 d1=0aa21804d6ddadb6
vcgt.s16 d28, d30, #0                | d28=b37f58f46e1656d0 d30=a5aef8a6bfc5056e | d28=000000000000ffff
vcgt.s32 d13, d26, #0                | d13=8000000080000000 d26=02b8c92ac736c452 fpscr=c00000 | d13=ffffffff00000000
vcge.s32 d10, d22, #0                | d10=9d2f4116fc061e1f d22=40a111b90e7e8994 nzcv=0110 fpscr=1000000 | d10=ffffffffffffffff
vcge.s8 d27, d28, #0                 | d27=7f80ff0180007fff d28=ff02f2b177d5759d | d27=00ff0000ff00ff00
vceq.i8 d26, d12, #0                 | d12=d3f13f1915d4e7c2 d26=8000000080000000 | d26=0000000000000000
vceq.i8 d2, d23, #0                  | d2=b15adcf27e9508cb d23=0000000000000000 | d2=ffffffffffffffff
vcle.s32 d12, d8, #0                 | d8=a2d929735c418d05 d12=9c13aef3054367ba | d12=ffffffff00000000
vcle.s8 d24, d4, #0                  | d4=556ecb72675ad461 d24=df7a9c99458dff2d | d24=0000ff000000ff00
vclt.s16 d9, d29, #0                 | d9=9ddffec860446ef6 d29=b247801dac77a055 fpscr=3000000 | d9=ffffffffffffffff
vclt.s16 d15, d1, #0                 | d1=914829fa7f6d8839 d15=7f80ff0180007fff | d15=ffff00000000ffff
sha1h.32 q0, q14                     | d0=b82763ba46839f5b d1=0000000000000000 d28=ffffffffffffffff d29=c264ab93bacf0bd8 | d0=00000000ffffffff
sha1h.32 q2, q1                      | d2=cc1fd5c7f7630f70 d3=a5176da0f4324d92 d4=6affbc9acd45f31a d5=c9472c59c7311fda | d4=000000003dd8c3dc d5=0000000000000000
vabs.s32 d31, d8                     | d8=449d27f94356e358 d31=0000000000000000 | d31=449d27f94356e358
vabs.s8 d2, d26                      | d2=7f80ff0180007fff d26=167392518a6243fd fpscr=2000000 | d2=16736e5176624303
vneg.s8 d29, d9                      | d9=27f9c55d14ece04c d29=584cc92f07c597f7 nzcv=1001 fpscr=2000000 | d29=d9073ba3ec1420b4
vneg.s8 d11, d1                      | d1=dceb9e13106e7b8c d11=ec12548865bbc9f7 nzcv=1111 | d11=241562edf0928574
vcgt.f32 q0, q8, #0                  | d0=8da9ec932e242fc8 d1=44329463706067ab d16=40490fdbbf800000 d17=3f80000040490fdb | d0=ffffffff00000000 d1=ffffffffffffffff
vcgt.f32 d2, d5, #0                  | d2=3f80000040490fdb d5=3132b388b52f9a2a fpscr=3000000 | d2=ffffffff00000000
vcge.f32 d11, d21, #0                | d11=0db5a939ff800000 d21=ef3073073f800000 | d11=00000000ffffffff
vcge.f16 d19, d27, #0                | d19=0000000040260000 d27=ebca42483c007c00 fpscr=2000000 | d19=0000ffffffffffff
vceq.f32 d2, d28, #0                 | d2=bf800000bf800000 d28=657e08bcff800000 | d2=0000000000000000
vceq.f32 q3, q2, #0                  | d4=7f8000006ab03eaa d5=d9991d0cbf800000 d6=7f7fffff42f70000 d7=79a9398bec0aa471 | d6=0000000000000000 d7=0000000000000000
vcle.f16 d15, d15, #0                | d15=7c007c0000017e00                     | d15=0000000000000000 fpscr=1
vcle.f32 d31, d23, #0                | d23=3f80000000000000 d31=9cedd8ab7d8c9a18 fpscr=400000 | d31=00000000ffffffff
vclt.f16 d7, d2, #0                  | d2=4248000150964248 d7=95b67c0111490001  | d7=0000000000000000
vclt.f16 d13, d30, #0                | d13=3c003c0000007c01 d30=ce1000013c007c00 | d13=ffff000000000000
vabs.f32 d0, d18                     | d0=7fc000007f800000 d18=dcf3e9b8e1fc4c5c fpscr=c00000 | d0=5cf3e9b861fc4c5c
vabs.f32 q15, q6                     | d12=007fffff00000000 d13=bf8000002dfef53b d30=ff8000007f7fffff d31=0000000093453d6f | d30=007fffff00000000 d31=3f8000002dfef53b
vneg.f32 d26, d29                    | d26=7f7fffffb10e0b0c d29=82376e64a0cb3cc3 | d26=02376e6420cb3cc3
vneg.f32 d6, d20                     | d6=3ce538927c878b90 d20=7fc0000001815723 | d6=ffc0000081815723
vswp d10, d22                        | d10=7f80ff0180007fff d22=1ceccdddf67fa001 | d10=1ceccdddf67fa001 d22=7f80ff0180007fff
vswp q13, q5                         | d10=a72fc9b3405c8a4a d11=bf58c53a237eba59 d26=8000000080000000 d27=ffffffffffffffff | d10=8000000080000000 d11=ffffffffffffffff d26=a72fc9b3405c8a4a d27=bf58c53a237eba59
vtrn.32 d14, d13                     | d13=9a45a3c64cb0c399 d14=2452c038148a223a | d13=9a45a3c62452c038 d14=4cb0c399148a223a
vtrn.16 d16, d0                      | d0=4bb5a34660fa86a0 d16=90393d58cddda66c fpscr=c00000 | d0=4bb5903960facddd d16=a3463d5886a0a66c
vuzp.8 q14, q8                       | d16=0000000000000000 d17=d488b0a475c1bd36 d28=ffffffffffffffff d29=ffffffffffffffff fpscr=800000 | d16=ffffffffffffffff d17=d4b075bd00000000 d29=88a4c13600000000
vuzp.8 d18, d12                      | d12=5f7de0023d42c2e5 d18=f2b21514865350bf nzcv=0111 | d12=5fe03dc2f2158650 d18=7d0242e5b21453bf
vzip.8 d5, d1                        | d1=8000000080000000 d5=71afd1d8f2e25c08  | d1=807100af00d100d8 d5=80f200e2005c0008
vzip.8 d13, d22                      | d13=8000000080000000 d22=77e96a0d93b90dcb | d13=9380b9000d00cb00 d22=7780e9006a000d00
vmovn.i16 d25, q10                   | d20=a212f5e66d1ed982 d21=ffffffffffffffff d25=0000000000000000 | d25=ffffffff12e61e82
vmovn.i32 d25, q3                    | d6=0000000000000000 d7=8000000080000000 d25=9267f1d4ba060e79 fpscr=800000 | d25=0000000000000000
vqmovun.s64 d5, q8                   | d5=e49118ed3349fd14 d16=807d93dddd33cf9d d17=ffffffffffffffff nzcv=1001 fpscr=2000000 | d5=0000000000000000 fpscr=a000000
vqmovun.s64 d18, q7                  | d14=6649647b990c7e54 d15=df91857f769ff26a d18=511fd02eecdfbd22 | d18=00000000ffffffff fpscr=8000000
vqmovn.s64 d31, q11                  | d22=4f2b304ba5b5deea d23=8000000080000000 d31=85f873ba5c81c108 fpscr=1000000 | d31=800000007fffffff fpscr=9000000
vqmovn.s64 d14, q0                   | d0=076f5c3c874ba543 d1=3e1a14f2b5aa7e7c d14=7fba5cbddc1e2282 | d14=7fffffff7fffffff fpscr=8000000
vqmovn.u64 d16, q7                   | d14=8000000080000000 d15=ffffffffffffffff d16=7f80ff0180007fff | d16=ffffffffffffffff fpscr=8000000
vqmovn.u64 d28, q9                   | d18=4c2fb124efaab9b7 d19=1c8f1931ce15d210 d28=0269b809e9a67e18 | d28=ffffffffffffffff fpscr=8000000
vshll.i32 q15, d27, #32              | d27=0000000000000000 d30=7f80ff0180007fff d31=2dd1b62c00a87657 | d30=0000000000000000 d31=0000000000000000
vshll.i16 q8, d30, #16               | d16=0a99b2ddb02a3b27 d17=483a17de8b419721 d30=8000000080000000 | d16=8000000000000000 d17=8000000000000000
sha1su1.32 q3, q11                   | d6=530a19a38efb1fa3 d7=8c87df527142dbc4 d22=f8bba24a749b4142 d23=bf0762fe793556ef | d6=547e9e98ec817bd2 d7=c00d49009c8b7275
sha1su1.32 q13, q7                   | d14=9219c11f7a03a6bd d15=8000000080000000 d26=34707d3986206376 d27=5da48846d037e73e | d26=68e0fa73287344d2 d27=ebaf9928a06fce7c
sha256su0.32 q12, q0                 | d0=730647d51c9ed256 d1=cc5c2f3fbb0dc7ba d24=265e91f484703e8e d25=5deed32e2169eb7f | d24=a70eb8d7cd6aa518 d25=792e33f705377c37
sha256su0.32 q9, q13                 | d18=b7a7cc170b3d0a1d d19=8000000080000000 d26=686db9fef843bab8 d27=cf9251e19b81289e | d18=c8a7ec17d5db6610 d19=0056ce3291002000
vrintn.f32 d29, d3                   | d3=7fc0000080000000 d29=ab9e0ec54f000000 | d29=7fc0000080000000
vrintn.f32 d1, d20                   | d1=df36fb4fff800000 d20=7f800001520b88c1 nzcv=1111 | d1=7fc00000520b88c1 fpscr=1
vrintx.f32 q7, q7                    | d14=0ec6803f34302e5a d15=0c88d7e142f70000 fpscr=2000000 | d14=0000000000000000 d15=0000000042f80000 fpscr=2000010
vrintx.f16 d10, d0                   | d0=0ab0ec8127a37141 d10=7bffcc15c0000001 | d10=0000ec8100007141 fpscr=10
vrinta.f32 d6, d23                   | d6=80000000f07e7028 d23=4f0000007f800000 | d6=4f0000007f800000
vrinta.f16 q7, q5                    | d10=b9437c002dc97e00 d11=000098781cea8000 d14=7e0021c87c017bff d15=7c00000180003c00 fpscr=800000 | d14=bc007c0000007e00 d15=0000800000008000
vrintz.f16 d6, d23                   | d6=6c8b7c003c00c000 d23=37b6159642487bff | d6=0000000042007bff
vrintz.f16 d21, d24                  | d21=c00034287e003c00 d24=7bff0001ff4eb566 fpscr=2000000 | d21=7bff00007e008000
vcvt.f16.f32 d22, q9                 | d18=7c00800042487bff d19=00017bffc000d8f4 d22=57b7aecf7c010000 | d22=0000c0077c005244 fpscr=94
vcvt.f16.f32 d5, q5                  | d5=1ee67bff00017c00 d10=5cc47e003c000000 d11=0001f5e39c387e00 | d5=000080007c002000 fpscr=9c
vcvt.bf16.f32 d21, q10               | d20=7c015ca07c004248 d21=00007e4be83dcf05 | d21=0000e83e7c017c00 fpscr=90
vcvt.bf16.f32 d22, q12               | d22=a6177bff7bff3de2 d24=424847087e007c01 d25=0000336658e50000 | d22=000058e542487e00 fpscr=90
vrintm.f16 d27, d9                   | d9=7c007e00a3198052 d27=7c01c0acd91d7860 | d27=7c007e00bc00bc00
vrintm.f16 d19, d19                  | d19=577cca2c64fd8000                     | d19=5770ca8064fd8000
vcvt.f32.f16 q14, d27                | d27=42f7000026b229f5 d28=40490fdb80256883 d29=ee251f9abe35d4d2 | d28=3cd640003d3ea000 d29=405ee00000000000
vcvt.f32.f16 q12, d7                 | d7=40490fdb4f000000 d24=000000017fc00000 d25=7fc000000a23934f | d24=41e0000000000000 d25=4009200039fb6000
vrintp.f16 d28, d19                  | d19=7c00f61a000068b6 d28=7e0042487c010001 | d28=7c00f61a000068b6
vrintp.f32 d17, d15                  | d15=89a913deb8d41518 d17=90bc85667f800000 | d17=8000000080000000
vcvta.s32.f32 d22, d6                | d6=000000007f800000 d22=f2000111316e09bc | d22=000000007fffffff fpscr=1
vcvta.s32.f32 q12, q7                | d14=01e0d100007fffff d15=800000007f800000 d24=70a641843f800000 d25=af74211a00000001 | d24=0000000000000000 d25=000000007fffffff fpscr=91
vcvta.u32.f32 d5, d30                | d5=09cd6a747f7fffff d30=09beaac5bf800000 nzcv=0111 fpscr=800000 | d5=0000000000000000 fpscr=800011
vcvta.u32.f32 d27, d17               | d17=42f7000000000000 d27=98351b087f800001 fpscr=400000 | d27=0000007c00000000 fpscr=400010
vcvtn.s16.f16 q12, q7                | d14=25d77c007e00fbd1 d15=80008000c4cf4248 d24=93137c017bffc472 d25=0000e9b1c083ea99 | d24=00007fff00008000 d25=00000000fffb0003 fpscr=11
vcvtn.s32.f32 q1, q2                 | d2=ff8000004f000000 d3=7f8000007f800000 d4=4f000000542635b5 d5=80000000e3cb1e3b fpscr=c00000 | d2=7fffffff7fffffff d3=0000000080000000 fpscr=c00001
vcvtn.u16.f16 d7, d11                | d7=48c8b0cd9d403c00 d11=9e47c00000003f9d | d7=0000000000000002 fpscr=11
vcvtn.u32.f32 q12, q14               | d24=dc7ea8177f7fffff d25=bf80000057a3fe88 d28=1b48853f42f70000 d29=7f800000cd88fde3 | d24=000000000000007c d25=ffffffff00000000 fpscr=11
vcvtp.s16.f16 d23, d19               | d19=80003c00406b7e00 d23=3956eea84908e8c3 fpscr=1000000 | d23=0000000100030000 fpscr=1000011
vcvtp.s16.f16 d8, d1                 | d1=80007e0000017c00 d8=dba0fff990180001  | d8=0000000000017fff fpscr=11
vcvtp.u32.f32 q15, q6                | d12=e7152766007fffff d13=083f75467fc00000 d30=aa197f03bf800000 d31=ff800000a6b0dd3d | d30=0000000000000000 d31=0000000100000000 fpscr=91
vcvtp.u16.f16 d11, d10               | d10=c000be0e7bff8000 d11=7e00000100013764 | d11=00000000ffe00000 fpscr=1
vcvtm.s32.f32 d15, d29               | d15=ff8000000e92ca4d d29=ca3e7ea300000001 | d15=ffd0605700000000 fpscr=90
vcvtm.s16.f16 d1, d28                | d1=f65e5e9b96170001 d28=f4e23c007c007c01 | d1=b1e000017fff0000 fpscr=1
vcvtm.u16.f16 d22, d23               | d22=5c135eede66c7c01 d23=7c00a3c920a80001 nzcv=0001 fpscr=1000000 | d22=ffff000000000000 fpscr=1000011
vcvtm.u32.f32 d10, d31               | d10=4f0000004f000000 d31=42f70000a612bdf4 | d10=0000007b00000000 fpscr=11
vrecpe.u32 d7, d25                   | d7=78496fe4260bb71d d25=5953d3cf85b71280 | d7=fffffffff5000000
vrecpe.u32 d23, d27                  | d23=cc1222304fb69253 d27=181e1c0278f2aa63 | d23=ffffffffffffffff
vrsqrte.u32 d27, d8                  | d8=b7c6b33fa3c97e9a d27=ffffffffffffffff | d27=97000000a0000000
vrsqrte.u32 d2, d3                   | d2=5211871b329cfb12 d3=b7e6aa5a81bd899f  | d2=97000000b4000000
vrecpe.f16 d3, d10                   | d3=08fd00017bff220f d10=3c006ff6a9188000 | d3=3bfc0804ce44fc00 fpscr=2
vrecpe.f32 d16, d4                   | d4=79076114b85e4882 d16=49e8a8043f800000 | d16=05f28000c6938000
vrsqrte.f16 d21, d5                  | d5=7e00e63f7c00932c d21=7e004d3344177e00 fpscr=800000 | d21=7e007e0000007e00 fpscr=800001
vrsqrte.f32 q1, q11                  | d2=7f80000042f70000 d3=f464d9a2239b45ee d22=00000000ad4b8026 d23=7fc00000d7b73cea | d2=7f8000007fc00000 d3=7fc000007fc00000 fpscr=3
vcvt.f32.s32 d2, d1                  | d1=7f8000007870f85f d2=5a2e7a3d4fc00bf8  | d2=4eff00004ef0e1f1 fpscr=10
vcvt.f16.s16 d21, d16                | d16=381042485b4b7bff d21=7e0033a480007c01 fpscr=2000000 | d21=7302742475b577c0 fpscr=2000010
vcvt.f16.u16 d19, d28                | d19=cdab3c008f590001 d28=7bff3bd942573c00 fpscr=400000 | d19=77c0737b74257380 fpscr=400010
vcvt.f16.u16 d11, d15                | d11=7e00ad79e5ce8000 d15=3a49c0005607c000 | d11=73497a0075607a00 fpscr=10
vcvt.s16.f16 d17, d23                | d17=7c0155e87e008000 d23=ba7c00009294771d | d17=00000000000071d0 fpscr=10
vcvt.s16.f16 d1, d3                  | d1=7c0000019dcbcced d3=7a1753397bff0000  | d1=7fff00397fff0000 fpscr=11
vcvt.u32.f32 d29, d31                | d29=e82e07247f7fffff d31=7f800001f26abcaf | d29=0000000000000000 fpscr=1
vcvt.u16.f16 d17, d0                 | d0=c0007c017c01c000 d17=3c002a62b4b30000 | d17=0000000000000000 fpscr=1
@isa t32
vext.8 d27, d6, d24, #4              | d6=3898d190f9ebdacc d24=2217beaddbc496cb d27=8a6a63ec24ede6a4 | d27=dbc496cb3898d190
vtbl.8 d29, {d17-d20}, d18           | d17=49b64a0872e6cc3a d18=1e398f1012bd4ace d19=c1d3fcff2a3af4d4 d20=7d2caf82eeeacbe2 d29=ab1031d0f646e1f4 | d29=2c0000d43a000000
vtbx.8 d28, {d17-d18}, d12           | d12=7e62aa0a1df9fd78 d17=49952399c4aaeac1 d18=65dc9f503f63af83 d28=7f1b103cdf1582b0 | d28=7f1b1063df1582b0
vdup.16 d10, d16[1]                  | d10=0000000000000000 d16=7f80ff0180007fff fpscr=3000000 | d10=8000800080008000
vrev64.8 d6, d6                      | d6=774b15d7fa529ba3 nzcv=0100 fpscr=c00000 | d6=a39b52fad7154b77
vrev32.16 d17, d10                   | d10=39194242a2eddbbd d17=ffffffffffffffff | d17=42423919dbbda2ed
vrev16.8 d15, d24                    | d15=d726c86b9c3a23cd d24=a72991b9e8c14743 nzcv=1010 | d15=29a7b991c1e84347
vpaddl.s16 d18, d9                   | d9=796f74adfaf55496 d18=27e9e06f59b44e92 nzcv=0010 | d18=0000ee1c00004f8b
vpaddl.u8 q11, q6                    | d12=ffffffffffffffff d13=26debfdb8825ae56 d22=df70301704c9d78d d23=9bca3cb72ee0289d fpscr=2000000 | d22=01fe01fe01fe01fe d23=0104019a00ad0104
aese.8 q2, q15                       | d4=8216858f73ccef03 d5=8000000080000000 d30=ffffffffffffffff d31=729135bdd70a39d1 | d4=648112518967dab0 d5=5b1eca7affc3963e
aesd.8 q0, q15                       | d0=56d050cd67601367 d1=518ae4525b4b1b75 d30=04fcd5555daf106d d31=7f80ff0180007fff | d0=9fa3d5e248cc44a3 d1=a2428c50c35f67cf
aesmc.8 q9, q0                       | d0=b02e3d8dccb1c51d d1=1289bafae5316960 d18=a26aa0ae044f1574 d19=1570266b42b38755 nzcv=0011 | d18=e42735d8d0ee8813 d19=027f07a1295f04af
aesimc.8 q13, q6                     | d12=09758340401d68fb d13=81728a07bbab27f6 d26=83a4e62930803889 d27=72723b9cef44c0d5 | d26=b5695a3969f6c697 d27=19e3ee6af477f1b3
vcls.s8 d24, d1                      | d1=ffffffffffffffff d24=4b05e1aeb153d69c | d24=0707070707070707
vclz.i32 d5, d6                      | d5=a1320b9d4de2f8ad d6=f527b5c295e8c93e  | d5=0000000000000000
vcnt.8 d4, d4                        | d4=ffffffffffffffff nzcv=0001 fpscr=c00000 | d4=0808080808080808
vmvn d27, d9                         | d9=bd65680c3b1185d9 d27=0000000000000000 | d27=429a97f3c4ee7a26
vpadal.s16 d26, d29                  | d26=33020ccd8c90473e d29=efae5d4e15fa8b65 | d26=330259c98c8fe89d
vpadal.u16 d31, d20                  | d20=ae7c8f097ddfcbc9 d31=ba28a6794d4ca9c7 fpscr=c00000 | d31=ba29e3fe4d4df36f
vqabs.s8 d17, d4                     | d4=f895fc553fd3be98 d17=50cb407a82ce786f | d17=086b04553f2d4268
vqneg.s32 d29, d19                   | d19=429a7079a71f11b2 d29=4d039b723d1926ac fpscr=800000 | d29=bd658f8758e0ee4e
vcgt.s16 d2, d21, #0                 | d2=607a473235c2e229 d21=0fe321ecc08a58d7 fpscr=2000000 | d2=ffffffff0000ffff
vcge.s8 q15, q1, #0                  | d2=daff9a0b8721ecf8 d3=ffffffffffffffff d30=26edf1bd27855798 d31=7f80ff0180007fff fpscr=800000 | d30=000000ff00ff0000 d31=0000000000000000
vceq.i32 d2, d26, #0                 | d2=3e0b25cde23f03cc d26=8c0856a43c19c315 | d2=0000000000000000
vcle.s8 d13, d18, #0                 | d13=3b16494331a59c4a d18=0000000000000000 | d13=ffffffffffffffff
vclt.s32 q6, q1, #0                  | d2=bf0e11e086592243 d3=8000000080000000 d12=54ea2061fc27d683 d13=00bc22cb1be4a5db | d12=ffffffffffffffff d13=ffffffffffffffff
sha1h.32 q9, q15                     | d18=8000000080000000 d19=bf4e302c31e7aed1 d30=56cd42d29b09ab55 d31=0000000000000000 | d18=0000000066c26ad5 d19=0000000000000000
vabs.s32 d3, d12                     | d3=c5d6d5e9b12e1de2 d12=7f80ff0180007fff | d3=7f80ff017fff8001
vneg.s32 d14, d14                    | d14=bf7b6c6c3c2496eb fpscr=c00000        | d14=40849394c3db6915
vcgt.f16 d4, d3, #0                  | d3=00007c007e00d72e d4=7c003c0080004248  | d4=0000ffff00000000 fpscr=1
vcge.f16 q3, q11, #0                 | d6=65d4175527907c01 d7=42480000aaf568e7 d22=342364067e006a01 d23=7e0080006c7b6f25 fpscr=400000 | d6=ffffffff0000ffff d7=0000ffffffffffff fpscr=400001
vceq.f32 d26, d21, #0                | d21=42f70000ac18cd4e d26=7f800001ff800000 | d26=0000000000000000
vcle.f16 q7, q0, #0                  | d0=82f07e003c000000 d1=800022dda71a7bff d14=3c0000011c0dbb69 d15=28a49c4610c5b898 | d14=ffff00000000ffff d15=ffff0000ffff0000 fpscr=1
vclt.f16 d29, d15, #0                | d15=64ed7bff80008e20 d29=80007e007e005f18 | d29=000000000000ffff
vabs.f32 d31, d17                    | d17=85f35c2eaf8c3e74 d31=f71377dc4bad8e0e | d31=05f35c2e2f8c3e74
vneg.f16 d31, d4                     | d4=42484248ca099201 d31=3c003c0080002504 nzcv=1011 fpscr=3000000 | d31=c248c2484a091201
vswp d29, d23                        | d23=8000000080000000 d29=19918b8a7a243b32 fpscr=c00000 | d23=19918b8a7a243b32 d29=8000000080000000
vuzp.16 d22, d21                     | d21=1ac44e92c974732b d22=185ba6635b09b845 | d21=1ac4c974185b5b09 d22=4e92732ba663b845
vzip.8 d11, d1                       | d1=2b67a9fd52c602e2 d11=c5ffd933b0665350 | d1=2bc567ffa9d9fd33 d11=52b0c6660253e250
vmovn.i64 d15, q8                    | d15=8000000080000000 d16=46191aa06f571d36 d17=e951acbaa352b6b5 | d15=a352b6b56f571d36
vqmovun.s64 d14, q8                  | d14=da39c4ea9571623c d16=a43be3682e771bd6 d17=5021b4206eba35e0 nzcv=1011 | d14=ffffffff00000000 fpscr=8000000
vqmovn.s16 d0, q0                    | d0=3326d90ff0ca5b41 d1=d8df71f419e0d64a  | d0=807f7f807f80807f fpscr=8000000
vqmovn.u64 d6, q7                    | d6=43e15c5594865d85 d14=bdd104d74db1df93 d15=7f80ff0180007fff fpscr=400000 | d6=ffffffffffffffff fpscr=8400000
vshll.i8 q9, d25, #8                 | d18=adc70e946d152eaa d19=8000000080000000 d25=3eb62c1c5ba46881 | d18=5b00a40068008100 d19=3e00b6002c001c00
sha1su1.32 q1, q0                    | d0=73b3a2cfc6bbf658 d1=ffffffffffffffff d2=e42172519c09119a d3=c8020ffdfa281648 | d2=37bd1b5cdf7566ab d3=2eeed2ac0bafd36e
sha256su0.32 q0, q8                  | d0=521858f4d73c8a36 d1=7f6323a390048542 d16=773c2b1ad72f537c d17=0000000000000000 | d0=08889697cc16b95f d1=b6f7a4a511ff032d
vrintn.f32 d12, d4                   | d4=40490fdb7f800001 d12=7f80000042f70000 | d12=404000007fc00000 fpscr=1
vrintx.f16 d23, d26                  | d23=b2473c009c9a7bff d26=2c8400013666e056 | d23=000000000000e056 fpscr=10
vrinta.f16 d9, d21                   | d9=3c00980700006797 d21=a07c365780007c01 | d9=8000000080007e00 fpscr=1
vrintz.f16 d13, d29                  | d13=424802eb0000e3d7 d29=50f7000142487c00 | d13=50e0000042007c00
vcvt.f16.f32 d31, q0                 | d0=7c01c0004f003c00 d1=7c0000000001e567 d31=3c000ad3c3694248 | d31=7c0000007c007c00 fpscr=94
vcvt.bf16.f32 d13, q3                | d6=7bff3b9d7e007bff d7=c0004248522ce295 d13=7bff42484a303c00 fpscr=1000000 | d13=c000522d7bff7e00 fpscr=1000010
vrintm.f32 d24, d12                  | d12=56be6d2a4105d9f9 d24=000000003f800000 fpscr=c00000 | d24=56be6d2a41000000
vcvt.f32.f16 q8, d24                 | d16=0f2cc34640490fdb d17=00000000e7920c6d d24=a58d41a47f800001 fpscr=800000 | d16=7fc0000033800000 d17=bcb1a00040348000
vrintp.f32 d26, d1                   | d1=dde374d113e9d0bc d26=7fc000007f7fffff nzcv=1111 | d26=dde374d13f800000
vcvta.s32.f32 d22, d17               | d17=7fc000007fc00000 d22=7f8000011d3a2005 | d22=0000000000000000 fpscr=1
vcvta.u16.f16 d6, d15                | d6=7c017e007bff0001 d15=325bc0003c004248 nzcv=1001 fpscr=2000000 | d6=0000000000010003 fpscr=2000011
vcvtn.s32.f32 d15, d30               | d15=442995fa221ec3e3 d30=5dfa535e00000001 fpscr=c00000 | d15=7fffffff00000000 fpscr=c00081
vcvtn.u32.f32 d16, d25               | d16=39445629bf800000 d25=40490fdb2afa3645 fpscr=400000 | d16=0000000300000000 fpscr=400010
vcvtp.s16.f16 d12, d14               | d12=638400007c014248 d14=56ab0000868e98d7 | d12=006b000000000000 fpscr=10
vcvtp.u16.f16 q6, q13                | d12=f929cf2c7427c6cd d13=7bff42489ef508cc d26=0000000040260928 d27=ebca42483c007c00 fpscr=2000000 | d12=0000000000030001 d13=000000040001ffff fpscr=2000011
vcvtm.s32.f32 d2, d28                | d2=bf800000bf800000 d28=657e08bcff800000 | d2=7fffffff80000000 fpscr=1
vcvtm.u32.f32 q3, q2                 | d4=7f8000006ab03eaa d5=d9991d0cbf800000 d6=7f7fffff42f70000 d7=79a9398bec0aa471 | d6=ffffffffffffffff d7=0000000000000000 fpscr=1
vrecpe.u32 d15, d15                  | d15=a5f08356626ea6b3                     | d15=c5800000ffffffff
vrsqrte.u32 d29, d26                 | d26=c602e3de89547528 d29=ff92655e9eb7ce5b | d29=91800000ae800000
vrecpe.f16 d6, d6                    | d6=3c00d3767e002bb4                      | d6=3bfca4487e004c28
vrsqrte.f16 d17, d22                 | d17=0001000080007c00 d22=7c013c007bff9128 fpscr=2000000 | d17=7e003bfc1c007e00 fpscr=2000001
vcvt.f32.s32 d3, d28                 | d3=ff80000000000000 d28=0000000100000000 fpscr=2000000 | d3=3f80000000000000
vcvt.f16.u16 d4, d5                  | d4=55fc7bff7e007c00 d5=7c0159eb6c1a8000  | d4=77c0759f76c27800 fpscr=10
vcvt.s16.f16 d20, d1                 | d1=000142c1f12c0001 d20=800036697c017e00 | d20=00000003d6a00000 fpscr=10
vcvt.u32.f32 q4, q6                  | d8=7f8000007f7fffff d9=e1fc4c5c7fc00000 d12=40490fdbdcf3e9b8 d13=a9e2612e7f800000 | d8=0000000300000000 d9=00000000ffffffff fpscr=11

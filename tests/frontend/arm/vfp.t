# vfp.t: VFP in both instruction sets
# Made by tests/make_insn_tests.py, then kept by hand; the form is in tests/insn.py.
@isa a32
vmla.f16 s24, s27, s17               | d8=7bffd1bc7c000001 d12=8000f52daec67c01 d13=7c0042480316c000 fpscr=2000000 | d12=8000f52d00007e00 fpscr=2000011
vmla.f32 s12, s15, s27               | d6=7fc00000bf800000 d7=007d1034e67a9b75 d13=007fffff007fffff fpscr=1000000 | fpscr=1000080
vmls.f16 s18, s6, s31                | d3=c000c00000017c01 d9=249aa4b93c00c8b0 d15=0001181838363c00 | d9=249aa4b90000fe01 fpscr=1
vmls.f32 s27, s11, s1                | d0=3f800000fb5c9d56 d5=416e99b0007fffff d13=42f7000000000000 | d13=42d92cca00000000
vnmls.f64 d12, d28, d14              | d12=bab5b3733c1ae917 d14=bd65680c3b1185d9 d28=7e736d5f75d8d8a4 | d12=fbe9fde310eaccf7 fpscr=10
vnmls.f16 s2, s24, s24               | d1=1ea77bffc000429a d12=00017f407bff3c00 | d1=1ea77bff0000c09a
vnmla.f64 d25, d1, d21               | d1=0000000000000000 d21=40fe240c9fbe76c9 d25=41db898e14c2732a | d25=c1db898e14c2732a
vnmla.f32 s20, s29, s3               | d1=9df24d5e7f800000 d10=5105122a7f7fffff d14=4f0000004c22cab7 | d10=5105122aff7fffff fpscr=10
vmul.f64 d29, d8, d31                | d8=3ff0000000000000 d29=400921fb54442d18 d31=40fe240c9fbe76c9 fpscr=c00000 | d29=40fe240c9fbe76c9
vmul.f64 d14, d19, d26               | d14=7ff0000000000000 d19=7ff0000000000001 d26=0000000000000000 | d14=7ff8000000000001 fpscr=1
vnmul.f64 d6, d12, d23               | d6=41dfffffffc00000 d12=0decb3b505b4c425 d23=7ff0000000000000 | d6=fff0000000000000
vnmul.f16 s1, s18, s18               | d0=7c00c000db867bff d9=00003c0013ea643d  | d0=0000fc00db867bff fpscr=14
vadd.f16 s1, s23, s22                | d0=7c017bff7c005f38 d11=c0c342480001a178 | d0=000042437c005f38 fpscr=10
vadd.f16 s4, s11, s31                | d2=1b3b0001c736e4fd d5=74ef8000c0007bff d15=74f87c017e000001 fpscr=2000000 | d2=1b3b000100007e00 fpscr=2000001
vsublt.f32 s13, s0, s20              | d0=180ecb0d5498c004 d6=24fd41727fc00000 d10=3f8000007f7fffff nzcv=0101 | d6=ff7fffff7fc00000 fpscr=10
vsub.f64 d18, d0, d17                | d0=7ff0000000000001 d17=41dfffffffc00000 d18=3ff0000000000000 nzcv=1110 | d18=7ff8000000000001 fpscr=1
vdiv.f16 s18, s2, s29                | d1=c000ad7b4f39ee85 d9=7e007bffcaaa961d d14=522ce2957bff3b9d fpscr=800000 | d9=7e007bff000047ec fpscr=800010
vdiv.f32 s14, s22, s19               | d7=0000000142f70000 d9=c73fa908e3825693 d11=62948bfe80000000 nzcv=1101 fpscr=c00000 | d7=0000000100000000
vfnms.f64 d15, d15, d1               | d1=bff8000000000000 d15=e99c7e50dd8f90d5 | d15=69b1cef28a79ba85 fpscr=10
vfnms.f64 d2, d9, d25                | d2=40fe240c9fbe76c9 d9=8ad12fc9a0d4f2e3 d25=9f0ac0170928ca2c | d2=c0fe240c9fbe76c9 fpscr=10
vfnma.f64 d5, d7, d14                | d5=9f140adbdf6d487a d7=da080c92612aff07 d14=7ff0000000000001 | d5=7ff8000000000001 fpscr=1
vfnma.f16 s28, s6, s3                | d1=7c013c00e5437c00 d3=7bff80007bff2535 d14=4248a66cce7d0001 fpscr=c00000 | d14=4248a66c0000a535 fpscr=c00010
vfma.f16 s25, s29, s28               | d12=7c017e000001ff77 d14=7c00176a80003669 | d12=00007e000001ff77
vfma.f64 d21, d19, d17               | d17=b1d65b1a6acfffb7 d19=bf603b83ff841bf5 d21=47fa799838866458 nzcv=1000 | fpscr=10
vfms.f32 s26, s27, s24               | d12=1a2846ffed3c7fc1 d13=00000001d494b1cd | fpscr=10
vfms.f16 s30, s5, s14                | d2=c000800000017bff d7=7c0030027c008000 d15=e8c48000c0003a1c | d15=e8c4800000003a1c
.inst 0xeef34a0c                     | d4=a50a2caa3f800000                      | d4=41e000003f800000
.inst 0xeeb00907                     | d0=3c007c003c00d6ad                      | d0=3c007c00000041c0
vmov.f64 d23, d8                     | d8=0000000000000001 d23=8f2e494274025c14 | d23=0000000000000001
vmov.f32 s4, s27                     | d2=bf80000000000000 d13=f4f2b7a0007fffff fpscr=800000 | d2=bf800000f4f2b7a0
vabs.f32 s1, s28                     | d0=bae115164131bf70 d14=a9d6587cbf800000 nzcv=0001 | d0=3f8000004131bf70
vabseq.f64 d7, d19                   | d7=5eeb07f49f6c3ff2 d19=7ff8000000000000 nzcv=0100 fpscr=2000000 | d7=7ff8000000000000
vneg.f16 s16, s4                     | d2=7e00242b0001eeb5 d8=42487bffbab07bff  | d8=42487bff00006eb5
vneg.f32 s9, s0                      | d0=40490fdbe77b7aa3 d4=0000000000000001 fpscr=c00000 | d4=677b7aa300000001
vsqrt.f64 d23, d12                   | d12=3ff0000000000000 d23=7ff8000000000000 fpscr=800000 | d23=3ff0000000000000
vsqrt.f64 d25, d23                   | d23=7ff0000000000001 d25=55f882be4ac92509 fpscr=1000000 | d25=7ff8000000000001 fpscr=1000001
vcvtb.f32.f16 s9, s21                | d4=47e7320500000001 d10=7f8000013de292c5 | d4=3380000000000001
vcvtb.f32.f16 s3, s8                 | d1=e027546abf800000 d4=d40c72f74f000000  | d1=00000000bf800000
vcvtt.f64.f16 d11, s5                | d2=3ff0000000000000 d11=0000000000000001 | d11=3fffc00000000000
vcvtb.f64.f16 d5, s4                 | d2=7ff8000000000000 d5=40fe240c9fbe76c9  | d5=0000000000000000
vcvtt.f16.f32 s29, s4                | d2=7835c0002b410000 d14=c000995c1e4e78c2 fpscr=1000000 | d14=0000995c1e4e78c2 fpscr=1000018
vcvtt.f16.f32 s19, s19               | d9=42487c007c0019f6                      | d9=52447c007c0019f6 fpscr=10
vcvtb.f16.f64 s3, d29                | d1=a5d5f7a984d16852 d29=80007c00e2ba7c00 | d1=a5d5800084d16852 fpscr=18
vcvtt.f16.f64 s25, d2                | d2=7c003c005af93c00 d12=4908e8c380003c00 | d12=7c00e8c380003c00 fpscr=14
vcvtt.bf16.f32 s27, s10              | d5=7c01a6b0aa19c000 d13=a69c5e230000f211 fpscr=1000000 | d13=aa1a5e230000f211 fpscr=1000010
vcvtb.bf16.f32 s15, s18              | d7=e76a1aa67c016862 d9=7c016b8a2cd87c00  | d7=e76a2cd87c016862 fpscr=10
vcmp.f16 s30, s19                    | d9=29d57c0032404248 d15=7c010000424899e3 fpscr=400000 | fpscr=80400000
vcmp.f32 s19, s26                    | d9=4f000000bf800000 d13=af8e9f167f800001 | fpscr=30000001
vcmp.f16 s6, #0.0                    | d3=7c01c0007c014248                      | fpscr=20000000
vcmpele.f32 s5, #0.0                 | d2=4f0000003f800000 nzcv=1000            | fpscr=20000000
vrintrle.f64 d21, d26                | d21=4f5eacdf4d9dbb30 d26=bff8000000000000 nzcv=0111 fpscr=c00000 | d21=bff0000000000000
vrintr.f32 s29, s0                   | d0=42f700006c16e7c3 d14=40490fdb2df27ca3 fpscr=800000 | d14=6c16e7c32df27ca3
vrintz.f32 s19, s28                  | d9=3f80000016571318 d14=9b2c75b340490fdb | d9=4040000016571318
vrintz.f32 s22, s12                  | d6=ff80000080000000 d11=7fc00000ea3913ce | d11=7fc0000080000000
vrintx.f32 s30, s10                  | d5=00000000f41c012b d15=ff8000009f8fe465 | d15=ff800000f41c012b
vrintx.f32 s10, s19                  | d5=7f80000180000000 d9=1991ba1040490fdb  | d5=7f80000100000000 fpscr=10
vcvt.f64.f32 d3, s11                 | d3=80feed5020f1a168 d5=7ff8000000000000 fpscr=c00000 | d3=7fff000000000000
vcvt.f64.f32 d2, s9                  | d2=7ff0000000000000 d4=8000000000000000  | d2=8000000000000000
vcvt.f32.f64 s21, d20                | d10=2f0eeed180000000 d20=7fc00000ff800000 | d10=7f80000080000000 fpscr=14
vcvtcs.f32.f64 s31, d10              | d10=42f7000042f70000 d15=bf80000005fb582c nzcv=0111 | d15=57b8000205fb582c fpscr=10
vcvt.f64.s32 d1, s27                 | d1=bff8000000000000 d13=0000000000000000 | d1=0000000000000000
vcvt.f16.s32 s15, s13                | d6=fa6ee63114718234 d7=3c00c000a1cd7c00  | d7=0000fc00a1cd7c00 fpscr=14
vjcvt.s32.f64 s10, d0                | d0=0000000000000000 d5=8000000000000000  | fpscr=40000000
vjcvt.s32.f64 s1, d22                | d0=41dfffffffc00000 d22=7ff8000000000000 fpscr=2000000 | d0=00000000ffc00000 fpscr=2000001
vcvt.f32.u16 s0, s0, #14             | d0=8000000000000001                      | d0=8000000038800000
vcvt.f64.u32 d13, d13, #11           | d13=0b8d89c1888ce795                     | d13=4131119cf2a00000
vcvtr.u32.f64 s23, d30               | d11=7ff0000000000001 d30=7ff0000000000000 fpscr=400000 | d11=ffffffff00000001 fpscr=400001
vcvtr.u32.f16 s9, s19                | d4=7c01a21aaf9b4248 d9=efa6000180008000  | d4=00000000af9b4248 fpscr=10
vcvt.u32.f64 d27, d27, #20           | d27=7ff8000000000000                     | d27=0000000000000000 fpscr=1
vcvt.s32.f64 d27, d27, #6            | d27=6cdb84d83b0a28d9 fpscr=3000000       | d27=000000007fffffff fpscr=3000001
vmov s23, ip                         | r12=691611d9 d11=90caed77ec62870e        | d11=691611d9ec62870e
vmov s7, r0                          | r0=55939992 d3=ffffffffffffffff fpscr=c00000 | d3=55939992ffffffff
vmov r7, s5                          | r7=ffffffff d2=8000000080000000          | r7=80000000
vmov.f16 r0, s26                     | r0=9a2d6525 d13=e24c80007e000000         | r0=0
.inst 0xeecea10                      | r14=b743ac4a                             |
vmov.8 d8[7], r3                     | r3=8 d8=39789e9a269dccc5 nzcv=0111       | d8=08789e9a269dccc5
vmov.8 d29[6], lr                    | r14=4 d29=3e1fda76c32eaedc               | d29=3e04da76c32eaedc
vmov.16 d11[3], r8                   | r8=4 d11=ffffffffffffffff                | d11=0004ffffffffffff
vmov.16 d22[2], ip                   | r12=8 d22=ffffffffffffffff               | d22=ffff0008ffffffff
.inst 0x6e22ab1a                     | r10=8 d2=8e49e065e8e7ac26                |
vmov.32 d0[1], r1                    | r1=2 d0=34937c93fae32830 fpscr=3000000   | d0=00000002fae32830
.inst 0x2ec76b17                     | r6=5db160b d7=bc9dbb561b88fd1c fpscr=3000000 |
.inst 0xbea85bb5                     | r5=7fffffff d24=ffffffffffffffff d25=8000000080000000 nzcv=1001 |
.inst 0x8e7c6b5f                     | r6=31d8137e d12=0000000000000000         |
.inst 0xbed7abda                     | r10=ff d23=7d5b9ed32e36a120              |
.inst 0x6e382bbd                     | r2=7fffffff d24=b8c42533f4d4ac98         |
vmov.s16 r4, d8[2]                   | r4=1abc812 d8=a38bd5e260a551ba           | r4=ffffd5e2
.inst 0x6e133b96                     | r3=7 d19=0000000000000000                |
vmov.32 sp, d17[0]                   | r13=ea0be732 d17=be603c6fdec9ab55        | r13=dec9ab55
vmov s6, s7, r1, r2                  | r1=5610d2f6 r2=2d9bea65 d3=8000000080000000 | d3=2d9bea655610d2f6
vmovls s19, s20, sl, r0              | r0=e40f338c r10=7530eebf d9=70e6ac42219880d2 d10=b7c8367e3e67f883 | d9=7530eebf219880d2 d10=b7c8367ee40f338c
vmov lr, r3, s22, s23                | r3=80000000 r14=ead7b5c2 d11=e217f89d5e4fe187 fpscr=3000000 | r3=e217f89d r14=5e4fe187
vmov r7, r1, s27, s28                | r1=7fff r7=7 d13=8dc7e2a79b49c69d d14=b5e5cceaa6ddca1c nzcv=1000 | r1=a6ddca1c r7=8dc7e2a7
vmov d26, lr, r3                     | r3=ffff r14=1f d26=1777ec3d331dd639      | d26=0000ffff0000001f
vmov d21, r2, r6                     | r2=7fff r6=ff d21=7786c51d6349c8f1       | d21=000000ff00007fff
vmov r3, r1, d24                     | r1=ce6b1759 r3=3 d24=f54ad00c359f9d6e    | r1=f54ad00c r3=359f9d6e
vmov r2, r3, d1                      | r2=580edb46 r3=927fa7d d1=ffffffffffffffff | r2=ffffffff r3=ffffffff
vstr d16, [r0, #-212]                | r0=21000 d16=0000000000000000 m64[20f28]=e86bd3e5ceebd3da | m64[20f28]=00000000ceebd3da
vstr s30, [r7, #-476]                | r7=21008 d15=7f80ff0180007fff m64[20e28]=d7059e003a007295 fpscr=3000000 | m64[20e28]=80007fff3a007295
vldr d3, [ip, #-716]                 | r12=21010 d3=a40e4235c6b059f7 m64[20d40]=f1a3df5a8b8027c5 | d3=00000000f1a3df5a
vldrvs s17, [lr, #-596]              | r14=21008 d8=7f80ff0180007fff m64[20db0]=98f71183a792ecfd nzcv=0101 | d8=98f7118380007fff
vstmia r6!, {d3-d13}                 | r6=21000 d3=8a4595f91e0103dd d4=8000000080000000 d5=28147a830861d44b d6=b177a608199b2d7b d7=8080dfc5ec931c9a d8=9369163bad2e051c d9=dc09bffb147b73bf d10=cb15c63552029b9a d11=8000000080000000 d12=371106e57cc9c0b7 d13=0000000000000000 m64[21000]=c88e3b01682f91eb m64[21008]=2fe1b425d2e597f5 m64[21010]=8fdc09c291f87410 m64[21018]=93bdd58858331a5a | r6=21058 m64[21000]=8a4595f91e0103dd m64[21008]=8000000080000000 m64[21010]=28147a830861d44b m64[21018]=b177a608199b2d7b m64[21020]=8080dfc5ec931c9a m64[21028]=9369163bad2e051c m64[21030]=dc09bffb147b73bf m64[21038]=cb15c63552029b9a m64[21040]=8000000080000000 m64[21048]=371106e57cc9c0b7
vstmiale r7, {s5-s19}                | r7=21004 d2=47b38483a3930fb5 d3=20675318a55b3dba d4=7738cf63e1e91cac d5=ccd24e6b1d4f990b d6=a5bc801a876b3c4c d7=023f176053efc2ee d8=7f80ff0180007fff d9=8000000080000000 m64[21000]=ca86643bf43f21ad m64[21008]=9e711ba0779d7a8d m64[21010]=cfd6d42302dca269 m64[21018]=1cdbb21efc53c12b fpscr=3000000 |
vstmdb r6!, {s7-s20}                 | r6=21004 d3=fa1de00b0f4ba3da d4=3683bf2ebb96b9f5 d5=8000000080000000 d6=0000000000000000 d7=20b78b74d9dfb119 d8=0000000000000000 d9=0000000000000000 d10=7f80ff0180007fff m64[21000]=d1be0efb788e1cc4 m64[21008]=b0f129ef9c2c044f m64[21010]=b0b6ca2b39cf3f4f m64[21018]=163f665a1f4874ae | r6=20fcc m64[20fc8]=fa1de00b00000000 m64[20fd0]=3683bf2ebb96b9f5 m64[20fd8]=8000000080000000 m64[20fe8]=20b78b74d9dfb119 m64[21000]=d1be0efb80007fff
vstmdb r5!, {s1-s19}                 | r5=21010 d0=8b9a2ccbfc286a76 d1=0000000000000000 d2=245661179b6ba4d8 d3=9726e94e4e1a93f9 d4=1b9016e3d4c63345 d5=87d2afa128e72cf2 d6=4a4081160e83cba3 d7=34ac2061279639ae d8=8166bc65e042a768 d9=1d1a845564efa194 m64[21010]=b0de2c67658054fa m64[21018]=c9feab4b932e2094 m64[21020]=2d1ad199c667b7b8 m64[21028]=dd9d907479c45daa | r5=20fc4 m64[20fc0]=8b9a2ccb00000000 m64[20fd0]=245661179b6ba4d8 m64[20fd8]=9726e94e4e1a93f9 m64[20fe0]=1b9016e3d4c63345 m64[20fe8]=87d2afa128e72cf2 m64[20ff0]=4a4081160e83cba3 m64[20ff8]=34ac2061279639ae m64[21000]=8166bc65e042a768 m64[21008]=1d1a845564efa194
vldmia sl, {s12-s16}                 | r10=21004 d6=8000000080000000 d7=aad56065ed86dc95 d8=8000000080000000 m64[21000]=bd8c1a95addca376 m64[21008]=ef42c4a5ac0e3835 m64[21010]=56b6e35a7b44f044 m64[21018]=8043cc75b9c91b3a | d6=ac0e3835bd8c1a95 d7=7b44f044ef42c4a5 d8=8000000056b6e35a
vldmia fp, {s18-s20}                 | r11=21008 d9=37fb4b0e4106b513 d10=e47be25c770ebef2 m64[21008]=bfdfe6737fb600 m64[21010]=11e2a254fd358a33 m64[21018]=7a43eae628b719c2 m64[21020]=b02c63d2c87ca723 | d9=00bfdfe6737fb600 d10=e47be25cfd358a33
vldmdbcs r8!, {s30-s31}              | r8=21000 d15=53407f247185527d m64[21000]=785a91b0467a4e5b m64[21008]=f28326ebabe6c9c m64[21010]=3631422311b04b85 m64[21018]=40398b8df76fcd99 nzcv=1110 fpscr=c00000 | r8=20ff8 d15=0000000000000000
vldmdb r0!, {d10-d20}                | r0=21000 d10=9e9181bce84521ce d11=78650d54571447a7 d12=b33f2176746453b4 d13=2c2d6bdc6cf7fda4 d14=dd88ede6f803e2fb d15=33375b8a6a301f69 d16=8d9b97dcc9fd4683 d17=ffffffffffffffff d18=5bf47c42e84cc0c3 d19=dc456866b087d372 d20=3fcb46bf409a50c9 m64[21000]=cab4d7d226fd2240 m64[21008]=e1819ece7699792f m64[21010]=60025d47fb1bfe04 m64[21018]=cdd5189ce887088 | r0=20fa8 d10=0000000000000000 d11=0000000000000000 d12=0000000000000000 d13=0000000000000000 d14=0000000000000000 d15=0000000000000000 d16=0000000000000000 d17=0000000000000000 d18=0000000000000000 d19=0000000000000000 d20=0000000000000000
@isa t32
vmla.f16 s8, s15, s9                 | d4=424880005f554248 d7=c00000017e007bff  | d4=4248800000004248
vmls.f64 d23, d4, d31                | d4=48db40af72158370 d23=ab2cd31ee3151288 d31=7ff0000000000001 fpscr=400000 | d23=fff8000000000001 fpscr=400001
vnmls.f32 s15, s25, s23              | d7=ad1b72dbf341e07a d11=c7ac149174e69a5d d12=6472f1a3ae3a2b7f fpscr=3000000 | d7=eca34ddef341e07a fpscr=3000010
vnmla.f16 s15, s30, s17              | d7=873bc0003c007c00 d8=42d88000c2157bff d15=c0007bffc0003c00 | d7=000040003c007c00
vmul.f16 s29, s11, s20               | d5=3306c8451eb28000 d10=80007c017e003c00 d14=256b0001070d2b85 | d14=0000c845070d2b85
vnmul.f32 s27, s27, s21              | d10=7f7fffff3f800000 d13=7f80000100000000 | d13=ffc0000100000000 fpscr=1
vadd.f64 d3, d27, d10                | d3=7ff0000000000001 d10=8000000000000000 d27=7ff0000000000000 | d3=7ff0000000000000
vsub.f32 s27, s5, s29                | d2=83239ef57f800001 d13=c9d229501ce3bc0c d14=40490fdb80000000 | d13=c0490fdb1ce3bc0c fpscr=10
vdiv.f32 s5, s21, s19                | d2=0b0f873b449274d2 d9=f81e54ddbf800000 d10=40490fdb00000000 | d2=87a28b6a449274d2 fpscr=10
vfnms.f64 d13, d26, d9               | d9=6e4505f5416e99b0 d13=8000000000000000 d26=dedb9109618177ff | d13=fff0000000000000 fpscr=14
vfnma.f32 s20, s3, s13               | d1=7f7fffff4f000000 d6=7f80000098b81c66 d10=7f7fffff7e834904 fpscr=3000000 | d10=7f7fffffff800000
vfma.f16 s11, s13, s24               | d5=800000017bff7bff d6=7c01000134893c1a d12=3c0032c39df27c00 | d5=00007c007bff7bff
vfms.f32 s4, s3, s27                 | d1=b40de56d4791c2e9 d2=7c73b6c97fc00000 d13=7fc000003f800000 |
.inst.w 0xeebdc90b                   | d12=c000f0d16669cfdc nzcv=1011           | d12=c000f0d10000b6c0
vmov.f64 d13, d16                    | d13=bff8000000000000 d16=7ff0000000000000 nzcv=1000 fpscr=c00000 | d13=7ff0000000000000
vabs.f16 s2, s7                      | d1=7bff0000f7e1e54c d3=80003c008000f8e4  | d1=7bff000000003c00
vneg.f64 d31, d19                    | d19=0000000000000001 d31=7ff8000000000000 fpscr=800000 | d31=8000000000000001
vsqrt.f32 s8, s12                    | d4=0e71597aff800000 d6=0dea6e4e25795c18 nzcv=0011 | d4=0e71597a327ca876 fpscr=10
vcvtt.f32.f16 s21, s6                | d3=1fab5884ff800000 d10=7f8000004f000000 | d10=fff000004f000000
vcvtt.f64.f16 d15, s17               | d8=41dfffffffc00000 d15=7ff0000000000000 fpscr=2000000 | d15=40077c0000000000
vcvtt.f16.f32 s2, s5                 | d1=3c00c00098807e00 d2=7c017e007b508000 fpscr=2000000 | d1=3c00c0007c007e00 fpscr=2000014
vcvtt.f16.f64 s12, d27               | d6=c000800042483c00 d27=0000fdaf19bdc000 fpscr=1000000 | d6=c000800000003c00 fpscr=1000080
vcvtb.bf16.f32 s16, s21              | d8=7e00d19fc0007c00 d10=7c018c4c00007c00 | d8=7e00d19fc0007c02 fpscr=10
vcmp.f64 d11, d1                     | d1=03cc2f9b21460c5a d11=3ff0000000000000 | fpscr=20000000
vcmpe.f64 d3, #0.0                   | d3=41dfffffffc00000 nzcv=0011            | fpscr=20000000
vrintr.f64 d0, d19                   | d0=3ff0000000000000 d19=7ff0000000000000 | d0=7ff0000000000000
vrintz.f16 s12, s26                  | d6=0001424840917e00 d13=3cc67c007ae87bff fpscr=1000000 | d6=0001424800007bff
vrintx.f64 d21, d8                   | d8=40fe240c9fbe76c9 d21=95fb98f9decbc10b | d21=40fe241000000000 fpscr=10
vcvt.f64.f32 d21, s9                 | d4=3ff0000000000000 d21=bff8000000000000 fpscr=3000000 | d21=3ffe000000000000
vcvt.f32.f64 s16, d18                | d8=bf80000000000001 d18=007fffffbf800000 | d8=bf80000000000000 fpscr=18
vcvt.f32.s32 s19, s18                | d9=7f800001378d04ea fpscr=800000         | d9=4e5e3413378d04ea fpscr=800010
vjcvt.s32.f64 s5, d3                 | d2=9f6428ef643d79f1 d3=41dfffffffc00000 fpscr=400000 | d2=7fffffff643d79f1 fpscr=40400000
.inst.w 0xeefb4a6f                   | d4=e93e970700000000 fpscr=3000000        | d4=4e97070000000000
vcvt.s32.f16 s23, s18                | d9=fa557c0000007c00 d11=0001d34900017e00 | d11=7fffffff00017e00 fpscr=1
vcvt.s32.f32 s9, s9, #4              | d4=4f000000207b3de0                      | d4=7fffffff207b3de0 fpscr=1
vmov sp, s17                         | r13=1 d8=7f80ff0180007fff                | r13=7f80ff01
vmov.f16 r0, s3                      | r0=20 d1=000174ef8000c000 nzcv=1000      | r0=74ef
vmov.8 d26[1], r0                    | r0=2 d26=62969d5adabcf004                | d26=62969d5adabc0204
vmov.16 d7[2], r1                    | r1=2 d7=93ef07045ce22657                 | d7=93ef00025ce22657
vmov.32 d17[0], r1                   | r1=4 d17=29858691e56d5404 fpscr=3000000  | d17=2985869100000004
vdup.8 d26, r4                       | r4=7fff d26=34be81ec2ce1a325             | d26=ffffffffffffffff
vmov.u8 r3, d31[3]                   | r3=ffffff80 d31=71ac02786173db2a fpscr=2000000 | r3=61
vmov.s16 r7, d23[2]                  | r7=bcd32198 d23=e721ab0126398809         | r7=ffffab01
vmov.32 r5, d31[0]                   | r5=da09c746 d31=9488e806b63ed11d         | r5=b63ed11d
vmov s7, s8, lr, r6                  | r6=1 r14=4b425b20 d3=7f80ff0180007fff d4=170da6a51e3d0f5d fpscr=1000000 | d3=4b425b2080007fff d4=170da6a500000001
vmov r9, r7, s5, s6                  | r7=ffff r9=8000 d2=651078748e41f1a6 d3=ae5a23116b9385e9 | r7=6b9385e9 r9=65107874
vmov d1, r8, r4                      | r4=ff r8=4aa1fdc0 d1=b5e701d533574200    | d1=000000ff4aa1fdc0
vmov lr, r2, d24                     | r2=20 r14=7735b418 d24=0000000000000000  | r2=0 r14=0
vstr d18, [sl, #660]                 | r10=21004 d18=adccd681554b642f m64[21298]=d4183d4909ef9c65 | m64[21298]=adccd681554b642f
vldr s27, [r7, #944]                 | r7=21000 d13=0000000000000000 m64[213b0]=8f261941b9430779 nzcv=0111 | d13=b943077900000000
vstmia lr, {s7-s8}                   | r14=21008 d3=1cf3350bfc6f512c d4=feb203e850dc1bbe m64[21008]=cb93c645298e7f9e m64[21010]=78929ac966fceedb m64[21018]=28522c83b346095a m64[21020]=61634ebb52f33532 | m64[21008]=50dc1bbe1cf3350b
vstmdb r1!, {d24-d27}                | r1=21008 d24=8000000080000000 d25=618991545eb71384 d26=272c4e6bd25dd71e d27=ffffffffffffffff m64[21008]=f215bdab74bbd331 m64[21010]=3f3bd44090ef7e9b m64[21018]=a177229a12efd88 m64[21020]=f59a60b2fea7d096 | r1=20fe8 m64[20fe8]=8000000080000000 m64[20ff0]=618991545eb71384 m64[20ff8]=272c4e6bd25dd71e m64[21000]=ffffffffffffffff
vpop {s9-s10}                        | r13=21010 d4=21c697fbd92f5b3a d5=7f80ff0180007fff m64[21010]=e6fb1e292ddb4a05 m64[21018]=47c5978692d44e70 m64[21020]=8334d7779d00e342 m64[21028]=6260ddb0c607a060 | r13=21018 d4=2ddb4a05d92f5b3a d5=7f80ff01e6fb1e29
vldmdb lr!, {d21-d28}                | r14=21008 d21=327dc3bfa3b66683 d22=209eba31f852ebd6 d23=d5d00a79beef604e d24=bb0ace3da56dfade d25=b950f047a5d6faaf d26=7f80ff0180007fff d27=8000000080000000 d28=eb0cfa21c42a203e m64[21008]=560321c127c9ebde m64[21010]=1a08bab86487b995 m64[21018]=9eda4a1313645a77 m64[21020]=d3d8728349aa9625 | r14=20fc8 d21=0000000000000000 d22=0000000000000000 d23=0000000000000000 d24=0000000000000000 d25=0000000000000000 d26=0000000000000000 d27=0000000000000000 d28=0000000000000000
@isa a32
vcmla.f16 d27, d6, d8[1], #180       | d6=42483c003c000bec d8=80005f5542483c00 d27=00017e007bff4248 | d27=00017e007bff420e fpscr=10
vcmla.f16 d20, d17, d4[0], #270      | d4=8000f1d6119a4248 d17=7c017215fe3b7c00 d20=00004248000158d5 fpscr=800000 | d20=7e007e007e007e00 fpscr=800001
vmaxnm.f64 d25, d12, d0              | d0=3ff0000000000000 d12=7ff0000000000000 d25=f3fe39c0519088f5 | d25=7ff0000000000000
vmaxnm.f32 s16, s21, s9              | d4=bf80000000000000 d8=f4998d7c2607679d d10=800000007f800000 | d8=f4998d7c80000000
vminnm.f32 s19, s25, s22             | d9=4f000000bf800000 d11=4f000000007fffff d12=ce5b2a92c2216b02 | d9=ce5b2a92bf800000
vminnm.f16 s18, s22, s11             | d5=1eb215b458107abe d9=7e003c003306c845 d11=070d2b8580007c01 | d9=7e003c0000007e01 fpscr=1
vmovx.f16 s11, s22                   | d5=a9977e003c007bff d11=00003c007bff7bff fpscr=400000 | d5=00007bff3c007bff
vmovx.f16 s14, s10                   | d5=81fc7bff7c009b2b d7=d70ae48b7c00b2ff fpscr=1000000 | d7=d70ae48b00007c00
vins.f16 s1, s8                      | d0=04fc8000c0006760 d4=83237bff00000001 nzcv=1111 | d0=00018000c0006760
vins.f16 s5, s0                      | d0=110e4248cd370000 d2=44926af27e008000  | d2=00006af27e008000
vrinta.f64 d2, d11                   | d2=40fe240c9fbe76c9 d11=7ff0000000000001 | d2=7ff8000000000001 fpscr=1
vrinta.f64 d2, d21                   | d2=400921fb54442d18 d21=3ff0000000000000 fpscr=c00000 | d2=3ff0000000000000
vrintn.f16 s16, s12                  | d6=c8b6a854da6e4248 d8=42482643b87e63b7  | d8=4248264300004200
vrintn.f16 s30, s5                   | d2=0000c000a0500000 d15=10e8178980c28000 | d15=10e817890000c000
vrintp.f64 d2, d18                   | d2=400921fb54442d18 d18=b1330c3f197a14e2 | d2=8000000000000000
vrintp.f32 s20, s19                  | d9=a1b501d621f267e2 d10=3b3bf4bf80000000 |
vrintm.f32 s9, s2                    | d1=dab07929ff800000 d4=007fffff80000000 fpscr=c00000 | d4=ff80000080000000
vrintm.f16 s14, s13                  | d6=c0007c007c007c01 d7=7bff3c001ea77bff  | d7=7bff3c0000007c00
vcvta.u32.f16 s29, s27               | d13=c000c0007bff7e00 d14=2093df757c000001 | d14=000000007c000001 fpscr=1
vcvta.s32.f16 s11, s13               | d5=4dc400003b8a0059 d6=7c001cb47c01a060 fpscr=c00000 | d5=000000003b8a0059 fpscr=c00010
vcvtn.u32.f32 s11, s27               | d5=7f7fffff3a0ea6e1 d13=ff800000ff800000 nzcv=0011 | d5=000000003a0ea6e1 fpscr=1
vcvtn.u32.f64 s23, d27               | d11=7ff8000000000000 d27=0000000000000000 | d11=0000000000000000
vcvtp.s32.f16 s16, s8                | d4=00016eb44f067e00 d8=7c010001316a7bff  | d8=7c01000100000000 fpscr=1
vcvtp.u32.f16 s1, s27                | d0=e9de62f20001c000 d13=c5d67c0000010001 | d0=ffffffff0001c000 fpscr=1
vcvtm.s32.f32 s31, s19               | d9=007fffffff800000 d15=aa17c57c7f800001 | d15=000000007f800001 fpscr=10
vcvtm.s32.f32 s8, s6                 | d3=7f800000d72eb3a1 d4=0000000040490fdb  | d4=0000000080000000 fpscr=1
@isa t32
vcmla.f16 d27, d6, d8[1], #180       | d6=42483c003c000bec d8=80005f5542483c00 d27=00017e007bff4248 | d27=00017e007bff420e fpscr=10
vcmla.f32 d20, d17, d4[0], #0        | d4=119a72d100000001 d17=7f7ffffff1d69ed6 d20=4f426dcb0f88080b | d20=4f426dc90f88080b fpscr=90
vminnm.f64 d8, d5, d16               | d5=5bd86d40fc891b4a d8=f52ddf5d616499c9 d16=8000000000000000 | d8=8000000000000000
vmovx.f16 s18, s28                   | d9=7e0070cc80007c01 d14=12007e003c001a35 | d9=7e0070cc00003c00
vins.f16 s21, s14                    | d7=3c007c00dd024c4f d10=c9d4c0007bffc000 fpscr=800000 | d10=4c4fc0007bffc000
vcmla.f32 q10, q4, d7[0], #270       | d7=007d1034e67a9b75 d8=007fffff007fffff d9=ff800000007fffff d20=3f800000c0093492 d21=4f000000007fffff | d21=ff8000007fc00000 fpscr=81
vrintn.f16 s9, s28                   | d4=c000c0003606c000 d14=5a910f977c015374 | d4=000053803606c000
vrintp.f32 s31, s16                  | d8=00000000bf800000 d15=0000000081f98b52 fpscr=c00000 | d15=bf80000081f98b52
vrintm.f64 d2, d25                   | d2=40fe240c9fbe76c9 d25=8000000000000000 | d2=8000000000000000
vcvta.s32.f16 s20, s8                | d4=c000800042486264 d10=3c003c007c001ad2 | d10=3c003c0000000332
vcvtn.u32.f64 s18, d23               | d9=400921fb54442d18 d23=86e3e7260b0f873b fpscr=800000 | d9=400921fb00000000 fpscr=800010
vcvtp.s32.f16 s18, s27               | d9=fb814eca64a18bc0 d13=7e0023c4b4ebc000 nzcv=1111 fpscr=400000 | d9=fb814eca00000001 fpscr=400010
vcvtm.u32.f16 s12, s31               | d6=c0007c007c013c00 d15=0000424880000000 fpscr=2000000 | d6=c0007c0000000003 fpscr=2000010

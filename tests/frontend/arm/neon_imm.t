# neon_imm.t: Advanced SIMD, lines of neon_imm.decode in both instruction sets
# Made by tests/make_insn_tests.py, then kept by hand; the form is in tests/insn.py.
@isa a32
vorr.i32 d27, #6815744               | d27=3898d190f9ebdacc                     | d27=38f8d190f9ebdacc
vorr.i32 q11, #11264                 | d22=930d6eaf14f4733f d23=e00902c77ebff206 | d22=930d6eaf14f47f3f d23=e0092ec77ebffe06
vbic.i32 d8, #268435456              | d8=4f426dcbb394fb36                      | d8=4f426dcba394fb36
vbic.i32 q15, #49664                 | d30=5bd86d40fc891b4a d31=f52ddf5d616499c9 fpscr=800000 | d30=5bd82d40fc89194a d31=f52d1d5d616419c9
vorr.i16 d9, #238                    | d9=a260cd0b7b45145c nzcv=0011 fpscr=800000 | d9=a2eecdef7bef14fe
vorr.i16 q2, #18688                  | d4=7f80ff0180007fff d5=b12aa1f6d42fddbb fpscr=2000000 | d4=7f80ff01c9007fff d5=f92ae9f6dd2fddbb
vbic.i16 d12, #13568                 | d12=ffffffffffffffff                     | d12=caffcaffcaffcaff
vbic.i16 d26, #230                   | d26=0000000000000000                     |
vmov.i32 d3, #238                    | d3=2188287e8c5c715f                      | d3=000000ee000000ee
vmov.i32 q8, #26880                  | d16=2179b37d806c10b5 d17=82b3359986048719 | d16=0000690000006900 d17=0000690000006900
vmvn.i32 q3, #1711276032             | d6=816bee06f92e2339 d7=b156d1ad330c16a3  | d6=99ffffff99ffffff d7=99ffffff99ffffff
vmvn.i32 d26, #68                    | d26=7f80ff0180007fff fpscr=1000000       | d26=ffffffbbffffffbb
vmov.i16 d15, #197                   | d15=1ad2d5f1e05b3e13 nzcv=0100           | d15=00c500c500c500c5
vmov.i16 d15, #177                   | d15=7f80ff0180007fff                     | d15=00b100b100b100b1
vmvn.i16 d9, #209                    | d9=81728a07bbab27f6 fpscr=1000000        | d9=ff2eff2eff2eff2e
vmvn.i16 d4, #219                    | d4=0e2ec40a29ca862d                      | d4=ff24ff24ff24ff24
vmov.i32 d13, #24831                 | d13=0144702bc6b789ef nzcv=1101           | d13=000060ff000060ff
vmov.i32 d10, #2228223               | d10=ffffffffffffffff                     | d10=0021ffff0021ffff
vmvn.i32 d21, #64767                 | d21=eeb89ff1bf8e51aa nzcv=1000           | d21=ffff0300ffff0300
vmvn.i32 d16, #1791                  | d16=9158d4a89f03bc5a nzcv=0111           | d16=fffff900fffff900
vmov.i8 d4, #5                       | d4=1319d42435f10300                      | d4=0505050505050505
vmov.i8 d11, #63                     | d11=ffffffffffffffff nzcv=1011           | d11=3f3f3f3f3f3f3f3f
vmov.i64 d24, #0x0000ff0000ffff00    | d24=a1826327c2fbd8a3                     | d24=0000ff0000ffff00
vmov.i64 d14, #0x00ff00ff00ff00ff    | d14=a4a915d02ad64ce9                     | d14=00ff00ff00ff00ff
vmov.f32 q9, #0.96875                | d18=203943f600000001 d19=dce47b21877b55cb | d18=3f7800003f780000 d19=3f7800003f780000
.inst 0xf382af14                     | d10=1be03df07f800001                     | d10=c1200000c1200000
@isa t32
vorr.i32 d27, #6815744               | d27=3898d190f9ebdacc                     | d27=38f8d190f9ebdacc
vbic.i32 q11, #11264                 | d22=930d6eaf14f4733f d23=e00902c77ebff206 | d22=930d42af14f4533f d23=e00902c77ebfd206
vorr.i16 d8, #4096                   | d8=4f426dcbb394fb36                      | d8=5f427dcbb394fb36
vbic.i16 q15, #49664                 | d30=5bd86d40fc891b4a d31=f52ddf5d616499c9 fpscr=800000 | d30=19d82d403c89194a d31=352d1d5d216419c9
vmov.i32 d9, #238                    | d9=a260cd0b7b45145c nzcv=0011 fpscr=800000 | d9=000000ee000000ee
vmvn.i32 q2, #18688                  | d4=7f80ff0180007fff d5=b12aa1f6d42fddbb fpscr=2000000 | d4=ffffb6ffffffb6ff d5=ffffb6ffffffb6ff
vmov.i16 d12, #13568                 | d12=ffffffffffffffff                     | d12=3500350035003500
vmvn.i16 d26, #230                   | d26=0000000000000000                     | d26=ff19ff19ff19ff19
vmov.i32 d9, #57855                  | d9=8c74fc1e27e9e06f fpscr=3000000        | d9=0000e1ff0000e1ff
vmvn.i32 q10, #31231                 | d20=e0cfab4ceaefc4d2 d21=26debfdb8825ae56 | d20=ffff8600ffff8600 d21=ffff8600ffff8600
vmov.i8 d17, #18                     | d17=7178ba0a1038f0b5                     | d17=1212121212121212
vmov.i64 d29, #0xffffff00ffff00ff    | d29=c6e50df2e5a3863e                     | d29=ffffff00ffff00ff
.inst.w 0xefc3af50                   | d26=8000000040490fdb d27=800000004f000000 fpscr=800000 | d26=4180000041800000 d27=4180000041800000

# a64_mem.t: lines of mem.decode: loads and stores of general and SIMD&FP registers
# Made by tests/make_insn_tests.py, then kept by hand; the form is in tests/insn.py.
ldr w0, .+8; b .+8; .word 0x89abcdef           | x0=ffffffffffffffff | x0=89abcdef
ldr x30, .+8; b .+12; .word 0x89abcdef, 0x1234567 | | x30=123456789abcdef
ldrsw x7, .+8; b .+8; .word 0x89abcdef         | | x7=ffffffff89abcdef
ldr s9, .+8; b .+8; .word 0x89abcdef           | v9=11112222333344445555666677778888 | v9=00000000000000000000000089abcdef
ldr q9, .+8; b .+20; .word 1,2,3,4             | | v9=00000004000000030000000200000001
ldp x1, x2, [x1]                               | x1=21000 m64[21000]=5 m64[21008]=6 | x1=5 x2=6
ldp w2, w1, [x1, #-8]                          | x1=21008 m64[21000]=1234567889abcdef | x1=12345678 x2=89abcdef
ldpsw x3, x4, [sp], #8                         | sp=21000 m64[21000]=1234567889abcdef | sp=21008 x3=ffffffff89abcdef x4=12345678
stp x29, x30, [sp, #-32]!                      | sp=21020 x29=1 x30=2 | sp=21000 m64[21000]=1 m64[21008]=2
stp xzr, x1, [x1, #16]!                        | x1=21000 m64[21010]=77 | x1=21010 m64[21010]=0 m64[21018]=21000
ldr x0, [x1, w2, uxtw #3]                      | x1=21000 x2=ffffffff00000002 m64[21010]=99 | x0=99
ldr x0, [x1, w2, sxtw #3]                      | x1=21000 x2=12345678ffffffff m64[20ff8]=99 | x0=99
ldrb w0, [x1, x2, lsl #0]                      | x1=21000 x2=fffffffffffffff0 m64[20ff0]=98 | x0=98
str q3, [x1, x2, lsl #4]                       | x1=21000 x2=2 v3=00112233445566778899aabbccddeeff | m64[21020]=8899aabbccddeeff m64[21028]=0011223344556677
# with LSE2 these two are one access
ldp x1, x2, [x1, #16]; dmb ishld               | x1=21000 m64[21010]=5 m64[21018]=6 | x1=5 x2=6
dmb ish; stp x1, xzr, [x2, #-8]                | x1=7 x2=21008 m64[21008]=8 | m64[21000]=7 m64[21008]=0
dmb ish; stp x1, x2, [x2]; dmb ish             | x1=7 x2=21008 | m64[21008]=7 m64[21010]=21008
# a load that faults leaves the base as it was, and both registers of a pair
ldr x0, [x1], #8                               | x1=5000000 x0=1 | exc=fault far=5000000
ldp x0, x1, [x2, #-16]!                        | x2=24008 x0=1 x1=2 m64[23ff8]=9 | x0=9 exc=fault far=24000
str x0, [x1, #16]!                             | x1=23ff8 x0=1 | exc=fault far=24008
prfm pldl1keep, [x1]                           | x1=5000000 |
strb w21, [x15, #2412]               | x15=21000 x21=afbd67f9619699cf m64[21968]=f8130c4237730edf m64[21970]=b9d179e06c0fd4f5 | m64[21968]=f8130ccf37730edf
ldr w28, [x5, #4792]                 | x5=21000 x28=ffffffffffffffff m64[222b8]=e1ea24c4f9341c68 m64[222c0]=d8a064df7fd63116 nzcv=1111 | x28=f9341c68
ldrsw x25, [x16, #2264]              | x16=21020 x25=3b6fe5078c5fe8f8 m64[218f8]=83868a29678a5aa3 m64[21900]=f3d4e7115804f922 nzcv=1101 | x25=678a5aa3
ldrsh w11, [x1, #1236]               | x1=21020 x11=54c56c9a9cc9af4e m64[214f0]=99901c0475491bc3 m64[214f8]=cdf8440407295e42 nzcv=0011 | x11=1c04
prfm #0x0e, [x0, #4024]              | x0=21000 m64[21fb8]=dbc799b0121b2800 m64[21fc0]=4f73fd941391f9b9 |
str s9, [sp, #11372]                 | sp=21010 v9=ffffffffe65150b5_000000017fffffff m64[23c78]=db87872d336b1a45 m64[23c80]=cfa6cf3e53e6d093 nzcv=1111 | m64[23c78]=7fffffff336b1a45
ldr b17, [x13, #1583]                | x13=21000 v17=80ec4b809092ed9d_ffc96100c522b701 m64[21628]=c979cb061b943cfc m64[21630]=d3e89d320bb662a8 nzcv=0100 | v17=0000000000000000_00000000000000c9
str q21, [sp, #7712]                 | sp=21000 v21=72904d18a9bb6dcb_d12ff4bfafd03fb9 m64[22e20]=546e197b63c3817c m64[22e28]=4499e3afa18d58b8 nzcv=1111 | m64[22e20]=d12ff4bfafd03fb9 m64[22e28]=72904d18a9bb6dcb
ldr q15, [x7, #2304]                 | x7=21010 v15=7e5d933d991ba3ce_384da68248a3ff76 m64[21910]=e61bacebdd90f85b m64[21918]=3c377da0e48e1b4d nzcv=0110 | v15=3c377da0e48e1b4d_e61bacebdd90f85b
strh w17, [x23], #-29                | x17=b0fb4bc8b22cc347 x23=21000 m64[21000]=e31ef8fb8332ac33 m64[21008]=bf323ef2fe725a5e | x23=20fe3 m64[21000]=e31ef8fb8332c347
ldr w28, [x19, #62]!                 | x19=21000 x28=c0426a0ce5346059 m64[21038]=4b15253ab6fe7d5 m64[21040]=17297db8e6145787 nzcv=1110 | x19=2103e x28=578704b1
ldrsb x26, [x21], #-68               | x21=21000 x26=7 m64[21000]=baec1fcf3aaeb5ed m64[21008]=1a6f936506b0da21 nzcv=0100 | x21=20fbc x26=ffffffffffffffed
ldrsh w23, [x4, #-209]!              | x4=21000 x23=a4eeff8dad433669 m64[20f28]=ddcc33fe165243bd m64[20f30]=1fb0975f63c47f8a nzcv=1010 | x4=20f2f x23=ffff8add
prfum #0x06, [x28, #-178]            | x28=21000 m64[20f48]=e299d75eed02121d m64[20f50]=b573f61af7fbc221 nzcv=0100 |
str s16, [x9, #-39]!                 | x9=21010 v16=fd26770aa522eeb3_874a90330ee3b911 m64[20fe8]=36930452e439e76d m64[20ff0]=9f5f48b450bbd9b0 nzcv=0111 | x9=20fe9 m64[20fe8]=3693040ee3b9116d
ldr b12, [x10, #254]!                | x10=21000 v12=d7ca5af501803db8_7f1400ff1a170aff m64[210f8]=9b2d537d203afa3a m64[21100]=ded18ce5ed5f40d0 nzcv=0100 | x10=210fe v12=0000000000000000_000000000000002d
str q12, [x22, #-207]!               | x22=21020 v12=27e0b98a21d89737_8000000000000000 m64[20f50]=e9d95e94130865e4 m64[20f58]=24554c27944be91a | x22=20f51 m64[20f50]=00000000000000e4 m64[20f58]=e0b98a21d8973780 m64[20f60]=0000000000000027
ldr q23, [x7, #-43]!                 | x7=21010 v23=0ac4cf15cfeb8827_b4420d35a565b245 m64[20fe0]=1c72ba61d4ee8f76 m64[20fe8]=23bb2e3a965f4712 nzcv=1000 | x7=20fe5 v23=000000000023bb2e_3a965f47121c72ba
strh w9, [x27, x21, sxtx #1]         | x9=9df096d00e4034d0 x21=2 x27=21010 m64[21010]=b3016992cc564cc8 m64[21018]=a28ad8cc3cf17ebd nzcv=1001 | m64[21010]=b30134d0cc564cc8
ldrb w30, [sp, w24, uxtw]            | x24=2 x30=100000000 sp=21010 m64[21010]=8ac21475661b8e26 m64[21018]=924925d41ed334d0 | x30=1b
ldrsb x5, [x1, w14, uxtw #0]         | x1=21020 x5=602cc7092cf49ae2 x14=4 m64[21020]=cb5dd8103c546716 m64[21028]=ef8f6f230a5b4c90 | x5=10
ldrsb w3, [x21, x7, lsl #0]          | x3=d3a4278bb5205660 x7=4 x21=21020 m64[21020]=b2e9ed252ae90104 m64[21028]=b2d3d8f8653e7187 | x3=25
prfm plil3strm, [x7, x18]            | x7=21000 x18=4 m64[21000]=32226707b626ad95 m64[21008]=a01a8c21152349b8 nzcv=1110 |
str d19, [x20, x3, sxtx #3]          | x3=1 x20=21020 v19=9e4cd6034140e6b1_5f64d5b09d7cc285 m64[21028]=d5419000ee95a3a m64[21030]=c80035e4d41c3466 nzcv=0101 | m64[21028]=5f64d5b09d7cc285
ldr b21, [x12, x2, sxtx]             | x2=4 x12=21000 v21=f4d500185689640b_00ff7e6b46da8dab m64[21000]=9866ba582c5836b8 m64[21008]=30a3e12180831248 nzcv=1101 | v21=0000000000000000_0000000000000058
str q9, [sp, w22, sxtw #4]           | x22=2 sp=21010 v9=7a26ec1fdf2c10d0_8d5c64d70c90c7bc m64[21030]=6d44209d047601e4 m64[21038]=96b3e2414dfaa797 nzcv=1011 | m64[21030]=8d5c64d70c90c7bc m64[21038]=7a26ec1fdf2c10d0
ldr q11, [x0, x30, sxtx]             | x0=21000 x30=8 v11=53352971e8ec6597_00df38548b49284d m64[21008]=36c499d25c60bf3e m64[21010]=e560e8692569aa45 nzcv=1001 | v11=e560e8692569aa45_36c499d25c60bf3e
.inst 0xd8c33813                     |                                          |
stp xzr, x5, [x17, #456]!            | x5=ffffffffffffff80 x17=21000 m64[211c8]=8c4d1dd7cf766ede m64[211d0]=46affd36a9a4c1f8 m64[211d8]=2e418d96df5eaf1 m64[211e0]=4f8bb47fd78c860c nzcv=1100 | x17=211c8 m64[211c8]=0000000000000000 m64[211d0]=ffffffffffffff80
ldp w0, w5, [x14, #-156]!            | x0=0 x5=ffff x14=21020 m64[20f80]=8f1c873f0240aadf m64[20f88]=780dabba361ba5de m64[20f90]=4429c9f9333a6521 m64[20f98]=94eafc854b9ceb25 nzcv=1000 | x0=8f1c873f x5=361ba5de x14=20f84
ldpsw x21, x20, [x13, #60]!          | x13=21000 x20=20 x21=3 m64[21038]=f3dfe94b166161d6 m64[21040]=cfc26411c9497dc4 m64[21048]=384735d1be112bc1 m64[21050]=493e98e6f03aba8f nzcv=1011 | x13=2103c x20=ffffffffc9497dc4 x21=fffffffff3dfe94b
stnp d6, d0, [x15, #-8]              | x15=21000 v0=0000000000000001_0000000000000001 v6=26f90507a097021c_2abbfcc226455098 m64[20ff8]=293ed17f229be150 m64[21000]=d00a2b4114667d17 m64[21008]=40fe7aae9cae8b34 m64[21010]=5b1fb5823c4508b1 nzcv=1010 | m64[20ff8]=2abbfcc226455098 m64[21000]=0000000000000001
ldp d16, d30, [x25], #-72            | x25=21000 v16=3e8d301867281434_8000000000000000 v30=918650e5b29e753a_3b542ab30ca8fab1 m64[21000]=320178e701bf57b8 m64[21008]=f9cf9b4218de743c m64[21010]=3906c25022ad1f66 m64[21018]=819394ee5e6f5ca8 nzcv=1110 | x25=20fb8 v16=0000000000000000_320178e701bf57b8 v30=0000000000000000_f9cf9b4218de743c

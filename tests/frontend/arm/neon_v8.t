# neon_v8.t: Advanced SIMD, lines of neon_v8.decode in both instruction sets
# Made by tests/make_insn_tests.py, then kept by hand; the form is in tests/insn.py.
@isa a32
vcadd.f16 d27, d6, d24, #90          | d6=42483c003c000bec d24=80005f5542483c00 d27=00017e007bff4248 | d27=5f623c004000c248 fpscr=10
vcadd.f32 d20, d17, d4, #90          | d4=119a72d100000001 d17=7f7ffffff1d69ed6 d20=4f426dcb0f88080b | d20=7f7ffffff1d69ed6 fpscr=90
vcmla.f32 d20, d27, d31, #90         | d20=ff800000fc891b4a d27=3f80000026a2c0bd d31=42f70000bf800000 | fpscr=10
vcmla.f32 d31, d10, d1, #90          | d1=42f700007961fd92 d10=40490fdb7fc00000 d31=bd87a86580000000 | d31=7a317e17c3c1fe4c fpscr=10
vcmla.f16 d10, d7, d13[0], #270      | d7=0001c000d17e31f5 d10=42487c00ca440000 d13=149ef47ab91e727d | d10=42487c007c004f07 fpscr=14
vcmla.f16 d31, d21, d13[1], #270     | d13=0001070d2b8515bd d21=27e9a842988a256b d31=c0003c0080003c00 fpscr=800000 | d31=c0003c0000043c00 fpscr=800018
vcmla.f32 q9, q14, d6[0], #0         | d6=000000012c1eea1f d18=007fffff8e752fdf d19=4f0000007f800001 d28=bf8000007f800001 d29=7fc000004f000000 nzcv=1000 | d18=7fc000007fc00000 d19=4f0000007fc00000 fpscr=81
vcmla.f32 d15, d24, d21[0], #270     | d15=007fffff6da79a87 d21=2789d05980000000 d24=249a4584a4b9a9c4 | d15=000000006da79a87 fpscr=90
vsdot.s8 d8, d22, d16                | d8=ffffffffffffffff d16=e05b3e13f8c110fb d22=459c945c43fc0527 | d8=ffffc07ffffffe70
vsdot.s8 d13, d24, d2                | d2=742a80631f2642aa d13=8d959c31fe8ad4a1 d24=449274d2ea59679a | d13=8d955d2bfe8b1bff
vudot.u8 d2, d10, d11                | d2=7f80ff0180007fff d10=7eb86c57a81100a1 d11=8000000080000000 fpscr=800000 | d2=7f813e018000d3ff
vudot.u8 d11, d0, d4                 | d0=00ed6b0272218fdc d4=8000000080000000 d11=8000000080000000 fpscr=1000000 | d11=8000000080003900
vsdot.s8 d29, d9, d10[0]             | d9=fc173498b87e4e2b d10=b96245d348bfcbcf d29=7f80ff0180007fff | d29=7f81012e80003360
vsdot.s8 d22, d30, d1[1]             | d1=00d935344387ee7b d22=0000000000000000 d30=86a74a63a8c7d9e0 | d22=000030fdfffffa1c
vudot.u8 d3, d28, d2[1]              | d2=33020ccd8c90473e d3=efae5d4e15fa8b65 d28=757f1cba4a227f39 | d3=efaf0bdd15face00
vudot.u8 d27, d22, d5[0]             | d5=ba28a6794d4ca9c7 d22=60487e15580dc5ab d27=54d1ac6bd7196189 | d27=54d2422cd71a86d7
vusdot.s8 d3, d0, d5                 | d0=7f80ff0180007fff d3=7f80ff0180007fff d5=ffffffffffffffff nzcv=1011 | d3=7f80fd0280007e01
vusdot.s8 d25, d27, d16              | d16=ffffffffffffffff d25=e8009d9073f6e53d d27=73309b95c25e114f fpscr=c00000 | d25=e8009bbd73f6e3bd
vusdot.s8 d28, d29, d3[1]            | d3=f7e147fd79281c19 d28=12b92a01000bb5f9 d29=7f80ff0180007fff | d28=12b95cc0000bd1b5
vusdot.s8 d5, d21, d8[0]             | d5=f57d170947529194 d8=e23f03ccd6e3a71e d21=3c19c31586ba22dd | d5=f57cc9074752749a
vsudot.u8 d18, d20, d4[1]            | d4=ffffffffffffffff d18=38b079e17711b757 d20=4b80b828e3ab6283 fpscr=800000 | d18=38b0253677112ae4
vsudot.u8 d6, d28, d7[0]             | d6=082a2f4d77b5abcb d7=8000000080000000 d28=2b54af7771436e1d | d6=082a44cd77b5e44b
vsmmla.s8 q5, q13, q13               | d10=76cc057308ec379a d11=0fdf7cc6eb8a25fc d26=8000000080000000 d27=45b669f75cebe213 | d10=76cbb4f308ecb79a d11=0fdff7dbeb89d57c
vsmmla.s8 q11, q1, q3                | d2=ffffffffffffffff d3=3c73d5f49b750362 d6=75f5c1a051cdf2f9 d7=9880e88bc841721e d22=ffffffffffffffff d23=109257f76862bf79 | d22=000000db0000002b d23=1092503a6862aaed
vummla.u8 q8, q9, q0                 | d0=ffffffffffffffff d1=3f5783ea707c5f3d d16=27401fa03c49fdbd d17=940a3537e8566431 d18=6564d13410970046 d19=81e004fb3ef68756 | d16=274155c43c4cb602 d17=940c616fe85ad0c0
vummla.u8 q3, q11, q11               | d6=b5af4c8a989d181c d7=09969e7c37b79c48 d22=0b4e7f7c2430ca6d d23=09c9d592414205c6 | d6=b5b0a852989e8747 d7=0998fbdd37b8f810
vusmmla.s8 q14, q13, q1              | d2=7f80ff0180007fff d3=8000000080000000 d26=327bcda3a4fc8621 d27=7f80ff0180007fff d28=2814c437e6d14318 d29=172a390ad203acfe | d28=28145937e6d10e95 d29=1729b98ad203a903
vusmmla.s8 q8, q3, q5                | d6=7b949e54e9ad2bc7 d7=ed19557a9b8e9a82 d10=ffffffffffffffff d11=7f80ff0180007fff d16=d8aa7be39d5ee2f9 d17=2ed6d460791397a3 | d16=d8aa0eac9d5ede70 d17=2ed73bfc79139389
@isa t32
vcadd.f16 d27, d6, d24, #90          | d6=42483c003c000bec d24=80005f5542483c00 d27=00017e007bff4248 | d27=5f623c004000c248 fpscr=10
vcmla.f32 d20, d17, d4, #90          | d4=119a72d100000001 d17=7f7ffffff1d69ed6 d20=4f426dcb0f88080b | d20=4f426dcbd19a72d0 fpscr=90
vcmla.f16 d20, d27, d15[1], #90      | d15=3c0026a27c01fc89 d20=7c017c004248c000 d27=a7ab83f73c004248 | d20=7e007c004255c200 fpscr=11
vcmla.f32 d24, d8, d20[0], #270      | d8=7f800000007fffff d20=42f700007961fd92 d24=40490fdb7fc00000 | d24=ff8000007fc00000
vsdot.s8 d17, d23, d10               | d10=39194242a2eddbbd d17=ffffffffffffffff d23=ffffffffffffffff | d17=ffffff29000000d8
vudot.u8 d19, d11, d22               | d11=a4a45effccb573d9 d19=ffffffffffffffff d22=e39639be7a605a91 fpscr=3000000 | d19=0001c3b30001486e
vsdot.s8 d4, d29, d15[0]             | d4=23a5ef88ef02090b d15=ffffffffffffffff d29=40783f0a072a98d2 | d4=23a5ee87ef020970
vudot.u8 d27, d5, d1[1]              | d1=1ece615db9a6442e d5=aead44b0537390e5 d27=0000000000000000 fpscr=c00000 | d27=0000f94e0000f005
vusdot.s8 q7, q1, q5                 | d2=d70a39d133dcd77f d3=1f229dd06aa8b9e0 d10=1292618550e40d54 d11=12b80aed6da79a87 d14=c8b007ee4d82feac d15=8000000080000000 fpscr=1000000 | d14=c8afc3ee4d832b23 d15=7fffef507fff3f24
vusdot.s8 q7, q3, d5[1]              | d5=ffffffffffffffff d6=e05b3e13f8c110fb d7=459c945c43fc0527 d14=2e7a26e9c76c603f d15=d1dcec53212a8d9b | d14=2e7a255dc76c5d7b d15=d1dcea82212a8c30
vsudot.u8 q12, q7, d11[1]            | d11=449274d2ea59679a d14=0000000000000000 d15=2954ba5cf81e54dd d24=8000000080000000 d25=c26e7a4287f53ddd fpscr=c00000 | d25=c26ee0ce87f55633
vsmmla.s8 q6, q2, q7                 | d4=a2cf62baba958810 d5=ffffffffffffffff d12=121ae3e603a63966 d13=416e99b0e13e213e d14=15a0cce60e2ec40a d15=dedb9109618177ff fpscr=c00000 | d12=121aad3a03a63cf6 d13=416e9a05e13e21cd
vummla.u8 q5, q2, q13                | d4=66465d2824d4589c d5=05c22d3f64dbc8d3 d10=3b996870a1320b9d d11=ffffffffffffffff d26=7f80ff0180007fff d27=7f80ff0180007fff | d10=3b9af3e1a133970e d11=0001f7f10001f7f1
vusmmla.s8 q2, q8, q2                | d4=1adbce5df5a2d879 d5=8efba442738e0b77 d16=a050609804d2be09 d17=7d42646f3e9b768f | d4=1adb3adef5a29aea d5=8efb825b738e18fd

# t32.t: the same of t32.decode
@isa t32
lsls r3, r5, #19                     | r3=10645d51 r5=1                         | r3=80000
lsls r5, r2, #11                     | r2=88bafad9 r5=95918694                  | r5=d7d6c800 nzcv=1010
lsrs r6, r2, #26                     | r2=7 r6=80000001 nzcv=1100               | r6=0 nzcv=0100
lsrs r1, r6, #25                     | r1=7 r6=60b6cbb1 nzcv=0110               | r1=30 nzcv=0000
asrs r3, r4, #20                     | r3=ffff r4=7fffffff                      | r3=7ff nzcv=0010
asrs r7, r5, #19                     | r5=7fff r7=1f nzcv=1010                  | r7=0 nzcv=0100
adds r4, r6, r2                      | r2=a4560002 r4=7fffffff r6=6bd881fd nzcv=0100 | r4=102e81ff nzcv=0010
adds r7, r2, r6                      | r2=e3c3a607 r6=2 r7=f8911b04 nzcv=0100   | r7=e3c3a609 nzcv=1000
subs r1, r3, r2                      | r1=fb5d240 r2=20 r3=3 nzcv=0010          | r1=ffffffe3 nzcv=1000
subs r5, r2, r0                      | r0=83f18d61 r2=50de9398 r5=2 nzcv=0101   | r5=cced0637 nzcv=1001
.inst.n 0x1dbf                       | r7=80000001 nzcv=0111                    | r7=80000007 nzcv=1000
adds r1, r7, #7                      | r1=cfc66178 r7=14135d9 nzcv=0111         | r1=14135e0 nzcv=0000
subs r0, r7, #0                      | r0=ef3f7a40 r7=8cd488cc                  | r0=8cd488cc nzcv=1010
subs r0, r6, #0                      | r0=af80d1cb r6=80000000                  | r0=80000000 nzcv=1010
movs r1, #159                        | r1=4ea67324                              | r1=9f
movs r4, #161                        | r4=ff nzcv=1110                          | r4=a1 nzcv=0010
cmp r7, #186                         | r7=ffff                                  | nzcv=0010
cmp r7, #133                         | r7=ab82ef46                              | nzcv=1010
adds r1, #61                         | r1=a51d4257 nzcv=1011                    | r1=a51d4294 nzcv=1000
adds r3, #142                        | r3=72bf5609                              | r3=72bf5697
subs r1, #184                        | r1=7fff                                  | r1=7f47 nzcv=0010
subs r7, #179                        | r7=20 nzcv=1100                          | r7=ffffff6d nzcv=1000
ands r4, r7                          | r4=99e36375 r7=8b1e2d1 nzcv=1011         | r4=8a16251 nzcv=0011
ands r7, r7                          | r7=70392bb4 nzcv=0010                    |
eors r2, r6                          | r2=67321130 r6=80000001                  | r2=e7321131 nzcv=1000
eors r4, r2                          | r2=7fff r4=ffff                          | r4=8000
adcs r1, r5                          | r1=a1a9f3e5 r5=1678b705 nzcv=1111        | r1=b822aaeb nzcv=1000
adcs r3, r2                          | r2=b5eba580 r3=f30f8d4d nzcv=0111        | r3=a8fb32ce nzcv=1010
sbcs r2, r6                          | r2=8000 r6=2 nzcv=1101                   | r2=7ffd nzcv=0010
sbcs r5, r3                          | r3=3 r5=7fff nzcv=0001                   | r5=7ffb nzcv=0010
orrs r5, r5                          | r5=1127314e nzcv=1001                    | nzcv=0001
orrs r0, r7                          | r0=782a1949 r7=eb9919a5                  | r0=fbbb19ed nzcv=1000
bics r3, r0                          | r0=8000 r3=faca65b1                      | nzcv=1000
bics r1, r4                          | r1=20 r4=cb0b59e4 nzcv=0111              | r1=0
lsls r3, r6                          | r3=905120c5 r6=7                         | r3=28906280
lsls r5, r3                          | r3=8c0c8d26 r5=7fffffff nzcv=0111        | r5=0 nzcv=0101
lsrs r5, r1                          | r1=ffffff80 r5=f5d790a1 nzcv=1101        | r5=0 nzcv=0101
lsrs r1, r6                          | r1=d699c43c r6=0 nzcv=1111               | nzcv=1011
asrs r7, r1                          | r1=dff41f60 r7=7 nzcv=1000               | r7=0 nzcv=0100
asrs r6, r3                          | r3=7fffffff r6=daa3c742 nzcv=1100        | r6=ffffffff nzcv=1010
rors r3, r1                          | r1=286fffcf r3=cb441c91                  | r3=39239688
rors r3, r7                          | r3=3 r7=38a76acb                         | r3=600000
tst r5, r2                           | r2=5c8c914d r5=7fffffff nzcv=1000        | nzcv=0000
tst r2, r6                           | r2=8000 r6=20                            | nzcv=0100
cmp r6, r1                           | r1=10e5d95a r6=530a7079                  | nzcv=0010
cmp r0, r4                           | r0=ffffffff r4=8743f514 nzcv=0011        | nzcv=0010
cmn r6, r5                           | r5=65ab7d83 r6=50beb49b                  | nzcv=1001
cmn r4, r6                           | r4=ff r6=80000000 nzcv=1001              | nzcv=1000
negs r7, r0                          | r0=955cb6c6 r7=7fffffff nzcv=1000        | r7=6aa3493a nzcv=0000
negs r5, r0                          | r0=7fffffff r5=7fffffff nzcv=1001        | r5=80000001 nzcv=1000
muls r4, r3                          | r3=80000000 r4=83f9848c nzcv=0101        | r4=0
muls r2, r5                          | r2=c021f0ed r5=ffffffff                  | r2=3fde0f13
mvns r7, r4                          | r4=7 r7=f400830e                         | r7=fffffff8 nzcv=1000
mvns r4, r6                          | r4=0 r6=a1065eb6 nzcv=1100               | r4=5ef9a149 nzcv=0000
add r1, r8                           | r1=70ec2c45 r8=0 nzcv=0101               |
add r3, sp                           | r3=ffffffff r13=19878a2b                 | r3=19878a2a
cmp r3, r9                           | r3=8000 r9=ffffff80 nzcv=0111            | nzcv=0000
.inst.n 0x4515                       | r2=0 r5=ffffff80 nzcv=1011               | nzcv=1010
mov r6, ip                           | r6=ffff r12=1                            | r6=1
mov r7, r8                           | r7=31c327f2 r8=af0427ee                  | r7=af0427ee
str r3, [r1, r7]                     | r1=21008 r3=cd227198 r7=8 m64[21010]=5e4fd1727772c11 nzcv=1111 | m64[21010]=05e4fd17cd227198
str r7, [r3, r7]                     | r3=21004 r7=2 m64[21000]=5ee02f18b97cae28 | m64[21000]=00022f18b97cae28
strh r7, [r3, r6]                    | r3=21008 r6=0 r7=7fffffff m64[21008]=ff9517847d7bf473 | m64[21008]=ff9517847d7bffff
strh r6, [r5, r6]                    | r5=21000 r6=2 m64[21000]=327ca40beaab5dac nzcv=1110 | m64[21000]=327ca40b00025dac
strb r3, [r2, r0]                    | r0=1 r2=21004 r3=2 m64[21000]=3316af4ad7b35b13 | m64[21000]=3316024ad7b35b13
strb r6, [r0, r2]                    | r0=21004 r2=8 r6=7 m64[21008]=44ece45105ad1d8b | m64[21008]=44ece40705ad1d8b
ldrsb r0, [r6, r0]                   | r0=2 r6=21004 m64[21000]=c5f3a8274bc7a1ad | r0=fffffff3
ldrsb r2, [r3, r0]                   | r0=0 r2=7fffffff r3=21008 m64[21008]=c98dbb71da178c3e nzcv=1001 | r2=3e
ldr r0, [r5, r4]                     | r0=988efbb7 r4=8 r5=21010 m64[21018]=456189d03e9c0b5e nzcv=1010 | r0=3e9c0b5e
ldr r2, [r3, r5]                     | r2=7 r3=21000 r5=0 m64[21000]=b0f391531cbf3578 | r2=1cbf3578
ldrh r1, [r5, r0]                    | r0=0 r1=ffffff80 r5=21010 m64[21010]=6ff16872c1fa37cf nzcv=0111 | r1=37cf
ldrh r3, [r3, r5]                    | r3=21000 r5=2 m64[21000]=a11cd5b9ce90e62b | r3=ce90
ldrb r0, [r4, r3]                    | r0=67cfdcb3 r3=0 r4=21008 m64[21008]=1449b6e7569b7ec1 nzcv=1010 | r0=c1
ldrb r0, [r2, r3]                    | r0=8000 r2=21010 r3=1 m64[21010]=824ddb987ec01e62 nzcv=0110 | r0=1e
ldrsh r0, [r3, r2]                   | r0=0 r2=1 r3=21000 m64[21000]=bedc9ac79dfaa3c4 | r0=fffffaa3
ldrsh r2, [r0, r2]                   | r0=21008 r2=8 m64[21010]=61671fbd50a365b nzcv=0110 | r2=365b
str r3, [r1, #96]                    | r1=21000 r3=295cd7d4 m64[21060]=a3d45d5f31f817a1 nzcv=1100 | m64[21060]=a3d45d5f295cd7d4
str r7, [r0, #32]                    | r0=21000 r7=80000001 m64[21020]=8183edc7c06a0c0d nzcv=1011 | m64[21020]=8183edc780000001
ldr r6, [r3, #32]                    | r3=21000 r6=de3e1e31 m64[21020]=bff66f4d5b9db877 nzcv=1011 | r6=5b9db877
ldr r0, [r5, #60]                    | r0=ffffffff r5=21008 m64[21040]=e27d3abb473fb750 | r0=e27d3abb
strb r5, [r7, #6]                    | r5=3 r7=21000 m64[21000]=48adc16c07133e4c nzcv=1110 | m64[21000]=4803c16c07133e4c
strb r7, [r2, #31]                   | r2=21004 r7=ebc9fab1 m64[21020]=3451f4c2b8c9a683 nzcv=0010 | m64[21020]=3451f4c2b1c9a683
ldrb r6, [r3, #29]                   | r3=21008 r6=2f3b4386 m64[21020]=fb3c409c4d90d365 | r6=40
ldrb r6, [r7, #23]                   | r6=780ff4e7 r7=21004 m64[21018]=6fe0d4cd91a78db3 | r6=91
strh r6, [r5, #16]                   | r5=21000 r6=1 m64[21010]=d4177a2682fbbecd nzcv=0011 | m64[21010]=d4177a2682fb0001
strh r1, [r4, #2]                    | r1=8f746f60 r4=21000 m64[21000]=6a313bef1f79e3b3 nzcv=1111 | m64[21000]=6a313bef6f60e3b3
ldrh r0, [r7, #26]                   | r0=f3b61516 r7=21010 m64[21028]=14cdebbeb67675a7 | r0=b676
ldrh r6, [r3, #52]                   | r3=21000 r6=263a4540 m64[21030]=c82eb4566f2ead77 | r6=b456
str r7, [sp, #472]                   | r7=dab92f2a r13=21008 m64[211e0]=7fbfb6e770eb9e85 nzcv=1000 | m64[211e0]=7fbfb6e7dab92f2a
str r2, [sp, #984]                   | r2=1859ede r13=21010 m64[213e8]=6bf4530d4a5ca960 nzcv=0011 | m64[213e8]=6bf4530d01859ede
ldr r3, [sp, #244]                   | r3=fbec0844 r13=21000 m64[210f0]=6f609327ac1c2ef9 nzcv=0100 | r3=6f609327
ldr r0, [sp, #640]                   | r0=2 r13=21000 m64[21280]=d2eb67c67946d2de nzcv=1100 | r0=7946d2de
add r4, sp, #540                     | r4=4323ae85 r13=d6835354 nzcv=0011       | r4=d6835570
add r1, sp, #180                     | r1=7 r13=4fa376ef                        | r1=4fa377a3
add sp, #400                         | r13=4d6a6668                             | r13=4d6a67f8
add sp, #244                         | r13=9e5e0ee5 nzcv=1000                   | r13=9e5e0fd9
sub sp, #16                          | r13=ffff nzcv=0011                       | r13=ffef
sub sp, #316                         | r13=34a6670b nzcv=0011                   | r13=34a665cf
.inst.n 0xb3a6                       | r6=1f99bb3e nzcv=1111                    |
.inst.n 0xb96a                       | r2=0                                     |
sxth r4, r5                          | r4=1 r5=fc7e7016 nzcv=0110               | r4=7016
sxth r0, r4                          | r0=dfff505c r4=6840f1b3 nzcv=0011        | r0=fffff1b3
sxtb r6, r5                          | r5=b4b25851 r6=2c8c3d86 nzcv=1111        | r6=51
sxtb r7, r3                          | r3=80000001 r7=6d31f778                  | r7=1
uxth r4, r0                          | r0=d0926e8c r4=69efe65d nzcv=0110        | r4=6e8c
uxth r7, r3                          | r3=ff r7=80000000 nzcv=1100              | r7=ff
uxtb r6, r2                          | r2=26fd2cb1 r6=1 nzcv=0101               | r6=b1
uxtb r1, r7                          | r1=80000000 r7=f12aae74                  | r1=74
push {r0, r1, r2, r5, r6}            | r0=8e1b519c r1=7cdc1950 r2=7 r5=74fad0fc r6=86a8b9b r13=21000 m64[20ff0]=fd4625093692affc m64[20ff8]=2c82943a0439de88 m64[21000]=81cf034bd9d35d1f m64[21008]=b63558e5a0e51765 nzcv=1011 | r13=20fec m64[20fe8]=8e1b519c00000000 m64[20ff0]=000000077cdc1950 m64[20ff8]=086a8b9b74fad0fc
push {r0, r2, r3, r4, lr}            | r0=4c582447 r2=a47a2ec8 r3=2 r4=e2e7f450 r13=21000 r14=8f869162 m64[20ff0]=852de1976e85b463 m64[20ff8]=2a4380f87a836ccf m64[21000]=7c2e7b0b51d37cfe m64[21008]=e8265dbc3b1610da nzcv=1010 | r13=20fec m64[20fe8]=4c58244700000000 m64[20ff0]=00000002a47a2ec8 m64[20ff8]=8f869162e2e7f450
pop {r0, r2, r3, r5, r7}             | r0=7fffffff r2=7fff r3=ffffffff r5=a3261013 r7=7 r13=21008 m64[21008]=b93004ea6528fb4a m64[21010]=892fc0d8f513cde4 m64[21018]=7c24f2ceea3269ae m64[21020]=6eafbfd2c64cf25f nzcv=0001 | r0=6528fb4a r2=b93004ea r3=f513cde4 r5=892fc0d8 r7=ea3269ae r13=2101c
pop {r2, r3, r5, r6}                 | r2=97ad8012 r3=ff r5=20 r6=80000001 r13=21004 m64[21000]=b8a5d621a5b99297 m64[21008]=3a86fe2aef4eaaec m64[21010]=41368f2d85822603 m64[21018]=5513952f9274361c nzcv=0011 | r2=b8a5d621 r3=ef4eaaec r5=3a86fe2a r6=85822603 r13=21014
setend be                            |                                          | e=1
setend be                            |                                          | e=1
rev r7, r0                           | r0=eceb3d96 r7=7fffffff                  | r7=963debec
rev r1, r4                           | r1=7fffffff r4=e7519c67 nzcv=1101        | r1=679c51e7
rev16 r5, r1                         | r1=1f r5=1 nzcv=0101                     | r5=1f00
rev16 r0, r7                         | r0=b8ecf911 r7=ffffffff nzcv=1000        | r0=ffffffff
revsh r3, r1                         | r1=5c9b4fac r3=aba6963a nzcv=0010        | r3=ffffac4f
revsh r3, r2                         | r2=7fffffff r3=41d4456a nzcv=1110        | r3=ffffffff
nop {11}                             | nzcv=1011                                |
nop {12}                             | nzcv=0010                                |
stmia r7!, {r1, r2, r3, r6}          | r1=8c21062e r2=80000000 r3=ffffffff r6=758ef73d r7=21000 m64[21000]=30c4e1f811858525 m64[21008]=376fa02db0a03ca3 m64[21010]=7def8c2f17f50011 m64[21018]=46a42571c39e7703 nzcv=0111 | r7=21010 m64[21000]=800000008c21062e m64[21008]=758ef73dffffffff
stmia r3!, {r2, r3, r5}              | r2=1 r3=21008 r5=ff24e7d m64[21008]=f5e1fbdea219883f m64[21010]=651839b83e723816 m64[21018]=7eac3630fb8b7752 m64[21020]=384823d91c7a3529 nzcv=0010 | r3=21014 m64[21008]=0002100800000001 m64[21010]=651839b80ff24e7d
ldmia r4, {r0, r2, r3, r4, r6, r7}   | r0=7a7a39aa r2=62e39b69 r3=0 r4=21000 r6=7 r7=297c4f46 m64[21000]=974e2976ec87fb51 m64[21008]=1321df5095db36ab m64[21010]=ffdb54da1e9b37e m64[21018]=ae426d34aa066b02 nzcv=1101 | r0=ec87fb51 r2=974e2976 r3=95db36ab r4=1321df50 r6=a1e9b37e r7=ffdb54d
ldmia r5, {r2, r4, r5, r6, r7}       | r2=dd84e298 r4=3 r5=21000 r6=b77fd76a r7=217ea0a6 m64[21000]=b2f509362a03032b m64[21008]=4f3ad7fcb1d165e4 m64[21010]=d3f9ef7ab5510c7 m64[21018]=b7456ac6b1ef8235 nzcv=1110 | r2=2a03032b r4=b2f50936 r5=b1d165e4 r6=4f3ad7fc r7=ab5510c7
.inst.n 0xdb19                       |                                          |
.inst.n 0xd852                       |                                          |
stmia.w sp!, {r2, r5, r6, fp}        | r2=46068e25 r5=ffff r6=f3b661a3 r11=c0d7e2e0 r13=21004 m64[21000]=fcbe75805dad4852 m64[21008]=bbd12ff4606c8d58 m64[21010]=c89740aa76a1defe m64[21018]=e196a67dada9acda | r13=21014 m64[21000]=46068e255dad4852 m64[21008]=f3b661a30000ffff m64[21010]=c89740aac0d7e2e0
.inst.w 0xe8827743                   | r0=7 r1=80000000 r2=21000 r6=1aa92ed2 r8=80000001 r9=8000 r10=80000001 r12=80000000 r13=7fffffff r14=51bcc3a5 m64[21000]=224f431990018d1a m64[21008]=2fae7b857bdfed6 m64[21010]=209ff05ecbd8b135 m64[21018]=19be581d54e255c0 | m64[21000]=8000000000000007 m64[21008]=800000011aa92ed2 m64[21010]=8000000100008000 m64[21018]=7fffffff80000000 m64[21020]=0000000051bcc3a5
ldmia.w r8, {r1, r3, r5, r6, r7, sl, fp, ip, lr} | r1=3b9f0cca r3=2 r5=20 r6=0 r7=8c283bb5 r8=21010 r10=53811a87 r11=ffffff80 r12=e8da74e5 r14=a308889a m64[21010]=6dd1c27ef488fd1c m64[21018]=fad9677c13533a70 m64[21020]=7c29f67849e3fcd1 m64[21028]=4175e46ff1bb99a3 nzcv=1100 | r1=f488fd1c r3=6dd1c27e r5=13533a70 r6=fad9677c r7=49e3fcd1 r10=7c29f678 r11=f1bb99a3 r12=4175e46f r14=0
ldmia.w r1, {r0, r3, r4, r7, r9, fp, ip, lr} | r0=46514de8 r1=21000 r3=9091e176 r4=80000001 r7=7 r9=bb6914c0 r11=ba8ced8e r12=0 r14=20 m64[21000]=b9d718576292d3b2 m64[21008]=8faaef972e82a6e0 m64[21010]=29aa091b63f282db m64[21018]=7f1bf9470b5e2620 | r0=6292d3b2 r3=b9d71857 r4=2e82a6e0 r7=8faaef97 r9=63f282db r11=29aa091b r12=b5e2620 r14=7f1bf947
stmdb r0!, {r1, r2, r3, r5, r6, fp, ip, lr} | r0=21000 r1=75c1bccd r2=7fa2d22a r3=2aeaabb5 r5=750ae966 r6=d9175d17 r11=246fc0a0 r12=1f r14=1 m64[20ff0]=3c335827459b9b75 m64[20ff8]=f232484791a909b0 m64[21000]=6bc875ffd3c7a28 m64[21008]=ffca1e47516eeed2 | r0=20fe0 m64[20fe0]=7fa2d22a75c1bccd m64[20fe8]=750ae9662aeaabb5 m64[20ff0]=246fc0a0d9175d17 m64[20ff8]=000000010000001f
.inst.w 0xe9082021                   | r0=227f1a56 r5=1f r8=21008 r13=895b7c1e m64[20ff8]=6a3a0508a3e41f2e m64[21000]=30a0e8369f84f52f m64[21008]=619bd913aa57ee4 m64[21010]=a3d3fbdc6adf61cd nzcv=0001 | m64[20ff8]=227f1a56a3e41f2e m64[21000]=895b7c1e0000001f
.inst.w 0xe91525d3                   | r0=c909a08f r1=9dfb1ffd r4=8e05d8c5 r5=21008 r6=e815aef5 r7=0 r8=14e0e7c1 r10=99104dac r13=eddccf54 m64[20ff8]=11fe015391921abe m64[21000]=3dadbf9f5ac62f46 m64[21008]=c24b427c61cd292a m64[21010]=c9169eaabb76c392 nzcv=1100 | r0=0 r1=0 r4=0 r6=0 r7=91921abe r8=11fe0153 r10=5ac62f46 r13=3dadbf9f
ldmdb r1, {r0, r2, r3, sl, fp}       | r0=ff r1=21004 r2=b66ac3ba r3=c1bd8193 r10=80000000 r11=3 m64[20ff0]=8c4809aec74cd1f2 m64[20ff8]=618d6602f921ab25 m64[21000]=903e57fdc04fc188 m64[21008]=6b5078dbfd2979fb nzcv=1010 | r0=c74cd1f2 r2=8c4809ae r3=f921ab25 r10=618d6602 r11=c04fc188
strd r6, ip, [r4, #-424]             | r4=21010 r6=8000 r12=80000001 m64[20e68]=2deffa5248416682 m64[20e70]=1e4031c52035b962 m64[20e78]=783a4e82d07cf5e5 m64[20e80]=b41cc5bbc1318c65 nzcv=0100 | m64[20e68]=8000000100008000
strd r3, r0, [ip], #-36              | r0=59375732 r3=80000001 r12=21000 m64[21000]=107b8dd048b42f6a m64[21008]=e435f6b89b56a65b m64[21010]=efcf4f5707f1e98f m64[21018]=6a6c1f96eef2ef13 nzcv=0100 | r12=20fdc m64[21000]=5937573280000001
ldrd sp, sl, [fp, #-228]!            | r10=ffff r11=21008 r13=63783a50 m64[20f20]=8d8c3a527e13db04 m64[20f28]=7dd06509d4024d06 m64[20f30]=aa54d78810c59df8 m64[20f38]=326c128e6bc9116b nzcv=1111 | r10=d4024d06 r11=20f24 r13=8d8c3a52
ldrd r6, r1, [ip, #288]              | r1=0 r6=1b2d498b r12=21000 m64[21120]=b86821dd989bfdba m64[21128]=ad1f5d124470b19b m64[21130]=ded81ff2d9643e27 m64[21138]=bf58f801498647b2 | r1=b86821dd r6=989bfdba
strex r9, r3, [sl, #620]             | r3=d5f6ef51 r9=3391a52c r10=21000 m64[21268]=e7ac6d6bcc979ea1 nzcv=1100 | r9=1
strex sp, fp, [r4, #268]             | r4=21000 r11=3 r13=60b1126e m64[21108]=c9799e9a97c774a0 nzcv=1100 | r13=1
ldrex r5, [r9, #100]                 | r5=1 r9=21004 m64[21068]=b1825b2f28f084ec nzcv=1110 | r5=28f084ec
ldrex lr, [r9, #1016]                | r9=21004 r14=c4c1c6ac m64[213f8]=dbc59ab2112dd069 nzcv=0101 | r14=dbc59ab2
strexb r1, r9, [sp]                  | r1=2be6bc8a r9=ff r13=21000 m64[21000]=757153543796c94 | r1=1
stlexb r4, r5, [ip]                  | r4=20 r5=3c09c0c5 r12=21008 m64[21008]=4706b48afc7ad157 nzcv=1101 | r4=1
strexh r3, r5, [r0]                  | r0=21000 r3=b4949953 r5=0 m64[21000]=1dadda5c0c3d3a58 nzcv=0010 | r3=1
strexh r1, r6, [sp]                  | r1=1f r6=fe9f769 r13=21004 m64[21000]=e06f3d987812f16 nzcv=1010 | r1=1
stlexh ip, r8, [r8]                  | r8=21000 r12=ffffffff m64[21000]=8c986f7d12a50076 nzcv=0101 | r12=1
stlexh lr, r9, [sp]                  | r9=8000 r13=21008 r14=a32946ac m64[21008]=c030130513b9d0b5 | r14=1
stlex sl, fp, [ip]                   | r10=3223ec4d r11=90a68d99 r12=21008 m64[21008]=e7fe9a4f34f5c83b nzcv=0001 | r10=1
stlex r4, r9, [lr]                   | r4=220566db r9=dbe2c61b r14=21000 m64[21000]=6f7b2e836867424e nzcv=1100 | r4=1
ldaex r1, [r4]                       | r1=82914cd5 r4=21000 m64[21000]=30ae2e201bd464af | r1=1bd464af
strexd lr, sp, sl, [r9]              | r9=21004 r10=7e7309c9 r13=7fff r14=3b6bbe33 m64[21000]=e34f9e7fb9578d94 | r14=1
strexd r3, r8, lr, [r8]              | r3=c69e958e r8=21004 r14=ffff m64[21000]=ab2c95da5665e3dc | r3=1
ldrexd r1, r4, [sl]                  | r1=dcc9cbb0 r4=20 r10=21008 m64[21008]=47071a638fc80f2e nzcv=1101 | r1=8fc80f2e r4=47071a63
ldrexd ip, r7, [sp]                  | r7=7 r12=466131d3 r13=21000 m64[21000]=8c8374ea4b7424db | r7=8c8374ea r12=4b7424db
stlexd r9, r2, ip, [r5]              | r2=1f r5=21000 r9=7fff r12=ffffff80 m64[21000]=d92bd454eacde5e8 nzcv=0111 | r9=1
stlexd r1, r6, r4, [r4]              | r1=80000000 r4=21008 r6=fe24dd8f m64[21008]=c63fa3f3909807f0 | r1=1
ldaexd fp, sl, [fp]                  | r10=616759a7 r11=21000 m64[21000]=362627db3747455c | r10=362627db r11=3747455c
ldaexd r6, sp, [lr]                  | r6=975c145f r13=6de1555d r14=21000 m64[21000]=48764872ce126d92 nzcv=0101 | r6=ce126d92 r13=48764872
and.w lr, r6, r5, lsr #18            | r5=1 r6=2f81faea r14=1c7f0146            | r14=0
and.w lr, r1, sl, lsr #21            | r1=1 r10=a824200e r14=9c2eed72           | r14=1
tst.w r6, lr, lsr #5                 | r6=9ebe1515 r14=426499ce nzcv=1110       | nzcv=0000
tst.w r6, r3, lsr #19                | r3=90c40fd0 r6=20 nzcv=1111              | nzcv=0111
bic.w fp, sp, r5, asr #25            | r5=2d580684 r11=fc0511e8 r13=ffffffff nzcv=1111 | r11=ffffffe9
bics.w r2, fp, r0, lsl #14           | r0=7fff r2=80000000 r11=ffff nzcv=1110   | r2=3fff nzcv=0000
orrs.w r7, r0, r4, lsl #20           | r0=ff r4=ba46d0f8 r7=f31e68b9 nzcv=1101  | r7=f8000ff nzcv=0011
orr.w r0, r5, ip, lsl #22            | r0=cc4a4c43 r5=481ac0c2 r12=7            | r0=49dac0c2
mov.w r1, r5, ror #15                | r1=1f r5=1 nzcv=1101                     | r1=20000
.inst.w 0xea5f12c3                   | r2=1f r3=ffffffff nzcv=0110              | r2=ffffff80 nzcv=1010
orns r5, r7, lr, lsr #10             | r5=dc6d5eb7 r7=97b50ade r14=fa1fee28     | r5=fff57ade nzcv=1010
orns r6, fp, lr, lsr #23             | r6=edc94ac6 r11=1f r14=c0a0e615          | r6=fffffe7f nzcv=1000
mvn.w r8, r9, lsr #32                | r8=647df007 r9=80000000                  | r8=ffffffff
mvn.w r6, r6, lsr #15                | r6=7cee4569 nzcv=1010                    | r6=ffff0623
teq r4, r3, lsr #21                  | r3=75232e81 r4=7ab7896f nzcv=0101        | nzcv=0001
eors.w sl, fp, r3, lsr #30           | r3=4dc5d811 r10=3b257c29 r11=7fff nzcv=0101 | r10=7ffe nzcv=0001
teq r1, fp, lsl #24                  | r1=89e063f r11=80000001 nzcv=1110        | nzcv=0000
teq sl, r6, lsr #27                  | r6=1 r10=31f26a4 nzcv=1011               | nzcv=0001
adds.w r5, r3, lr, lsl #26           | r3=d3763c55 r5=2 r14=7 nzcv=1000         | r5=ef763c55
adds.w r0, r5, r5, lsl #21           | r0=3f99ea2c r5=7fffffff                  | r0=7fdfffff nzcv=0010
cmn.w r8, r4, lsl #20                | r4=f1a9c898 r8=7fff                      | nzcv=1000
cmn.w r9, r9, ror #1                 | r9=b33437d9 nzcv=0100                    | nzcv=1010
adc.w sl, r9, fp, asr #22            | r9=ffff r10=fd21cb94 r11=de85bfdd        | r10=ff79
adcs.w r2, r8, r1, lsr #20           | r1=b227764f r2=2e4058c2 r8=541a5b20 nzcv=0101 | r2=541a6642 nzcv=0000
sbc.w r4, r6, sl, asr #19            | r4=a781b6ec r6=d5b31440 r10=7f2e988 nzcv=1001 | r4=d5b31341
sbc.w r9, r8, r5, asr #21            | r5=ae80d233 r8=63bfa57d r9=0 nzcv=1100   | r9=63bfa808
subs.w r5, r9, sl, lsl #30           | r5=5e2d0f6c r9=8000 r10=e6f394fc nzcv=1111 | r5=8000 nzcv=0010
subs.w r0, r8, r1, lsl #27           | r0=1f r1=cc662612 r8=82784c72 nzcv=0110  | r0=f2784c72 nzcv=1000
cmp.w r2, sp, lsl #28                | r2=80000000 r13=80000001 nzcv=0011       |
cmp.w r6, r0, lsl #26                | r0=aefd3eb9 r6=1 nzcv=1100               | nzcv=0000
rsb r3, sl, r4, ror #25              | r3=3 r4=80000001 r10=0 nzcv=0101         | r3=c0
rsbs r1, r5, ip, lsr #3              | r1=0 r5=dcfda78e r12=f93481d5            | r1=4228e8ac
pkhtb r4, r3, fp, asr #29            | r3=41bd339a r4=8000 r11=0                | r4=41bd0000
pkhbt r5, r4, r5, lsl #3             | r4=1f r5=7226d4fd nzcv=1100              | r5=9136001f
and.w ip, sp, #1488                  | r12=ff r13=9056d5c7 nzcv=0011            | r12=5c0
ands.w r1, r5, #3439381760           | r1=0 r5=0 nzcv=0100                      |
tst.w r3, #3840                      | r3=e91e1278                              |
tst.w r2, #33024                     | r2=7                                     | nzcv=0100
bic.w r0, r1, #943208504             | r0=6e908eda r1=e41209d4 nzcv=0001        | r0=c40201c4
bic.w r1, r8, #47872                 | r1=2dad42c9 r8=8000 nzcv=1101            | r1=0
orr.w fp, r8, #428032                | r8=20 r11=71ed045b                       | r11=68820
orrs.w r7, sl, #44544                | r7=47b9d664 r10=72ba386                  | r7=72baf86
mov.w r0, #457179136                 | r0=2856b2d0                              | r0=1b400000
movs.w ip, #5242880                  | r12=3 nzcv=0111                          | r12=500000 nzcv=0001
orns r0, r4, #3942705920             | r0=9a98e602 r4=9b1415e6 nzcv=1000        | r0=9fff15ff
orn r5, fp, #190                     | r5=f4ce52c9 r11=80000000 nzcv=0010       | r5=ffffff41
mvns.w fp, #45312                    | r11=7fffffff nzcv=0110                   | r11=ffff4eff nzcv=1000
mvn.w lr, #696                       | r14=1676199b nzcv=1111                   | r14=fffffd47
eors.w r1, sp, #187695104            | r1=ffff r13=7fff nzcv=1000               | r1=b307fff nzcv=0000
eors.w r8, r4, #290816               | r4=4553db0b r8=9e3f114 nzcv=1110         | r8=4557ab0b nzcv=0000
teq lr, #2686976                     | r14=ffabf204 nzcv=0001                   | nzcv=1001
teq r8, #2650840576                  | r8=b25602fe nzcv=1011                    | nzcv=0011
adds.w sl, r7, #6619237              | r7=7fffffff r10=674fb5 nzcv=1010         | r10=80650064 nzcv=1001
adds.w r5, r1, #3959422976           | r1=e3a382a2 r5=1baf727a nzcv=1100        | r5=cfa382a2 nzcv=1010
cmn.w r4, #436                       | r4=d8ccffa7 nzcv=1010                    | nzcv=1000
cmn.w r7, #52428800                  | r7=ffffff80 nzcv=1010                    | nzcv=0010
adcs.w r5, r9, #163577856            | r5=78719a6f r9=2f62994 nzcv=1000         | r5=cb62994 nzcv=0000
adc.w r7, r9, #16768                 | r7=1 r9=ffff nzcv=1101                   | r7=1417f
sbcs.w r3, r3, #1515520              | r3=1bdbc924                              | r3=1bc4a923 nzcv=0010
sbcs.w r5, lr, #7143533              | r5=1f r14=31aac88a                       | r5=313dc81c nzcv=0010
subs.w ip, r6, #1608                 | r6=20 r12=3842ec5f nzcv=1000             | r12=fffff9d8
sub.w r1, r7, #2728567458            | r1=20 r7=4959c1fd nzcv=1001              | r1=a6b71f5b
cmp.w r7, #1347440720                | r7=ffff                                  | nzcv=1000
cmp.w r7, #2293795                   | r7=928a4460 nzcv=0100                    | nzcv=1010
rsb ip, r0, #1929379840              | r0=7fffffff r12=b309f01e nzcv=1100       | r12=f3000001
rsbs r1, r5, #225280                 | r1=bfd45609 r5=80000000 nzcv=1100        | r1=80037000 nzcv=1001
addw r7, lr, #3193                   | r7=b0fd29fe r14=80000000                 | r7=80000c79
addw lr, sp, #2482                   | r13=2 r14=ffffff80 nzcv=1110             | r14=9b4
subw r1, fp, #1896                   | r1=ff r11=1f nzcv=0011                   | r1=fffff8b7
subw r0, r3, #1423                   | r0=b0e3ffe1 r3=ff nzcv=0100              | r0=fffffb70
movw r1, #19252                      | r1=a0b7562a nzcv=0101                    | r1=4b34
movw ip, #37730                      | r12=80000000                             | r12=9362
movt r9, #60847                      | r9=7712d2be nzcv=1000                    | r9=edafd2be
movt r9, #39214                      | r9=2 nzcv=1100                           | r9=992e0002
ssat r0, #24, r8, lsl #30            | r0=bfd84c5c r8=b430321e nzcv=0111        | r0=ff800000 q=1
ssat r4, #7, fp, asr #2              | r4=a823f521 r11=672d158b nzcv=0111       | r4=3f q=1
usat ip, #6, r6, lsl #18             | r6=ff r12=39319166 nzcv=0100             | r12=3f q=1
usat r2, #28, r3, lsl #28            | r2=64be13c6 r3=3 nzcv=1001               | r2=fffffff q=1
.inst.w 0xf327031a                   | r3=fe32f0fa r7=c5867729 nzcv=0110        | r3=c5867729
.inst.w 0xf3260714                   | r6=ff r7=80000001 nzcv=1110              | r7=ff
.inst.w 0xf3ab081f                   | r8=91395733 r11=486e4a8b                 | r8=486e4a8b
usat16 r9, #0, r9                    | r9=8fcdb6e9 nzcv=0110                    | r9=0 q=1
sbfx lr, r2, #10, #5                 | r2=fcadc093 r14=3 nzcv=1011              | r14=fffffff0
sbfx r9, r6, #1, #13                 | r6=80b686a8 r9=9ee60b17                  | r9=354
ubfx r6, r9, #10, #15                | r6=80000000 r9=aedfffe nzcv=0100         | r6=3b7f
ubfx r1, r2, #19, #2                 | r1=7fff r2=ffffff80                      | r1=3
bfi r6, sl, #5, #9                   | r6=1976887c r10=2ec3407c                 | r6=19768f9c
bfi r9, r2, #12, #11                 | r2=d437080e r9=ffff nzcv=0101            | r9=efff
.inst.w 0xf61baea0                   |                                          |
.inst.w 0xf356864a                   |                                          |
isb #9                               | nzcv=0010                                |
strb.w lr, [r3, #522]                | r3=21008 r14=db009dac m64[21210]=386ab22cad734226 nzcv=0011 | m64[21210]=386ab22cadac4226
strb.w lr, [lr, #3216]               | r14=21000 m64[21c90]=63b3b0dc7544c985    | m64[21c90]=63b3b0dc7544c900
strb.w r0, [r4], #-188               | r0=4d0f2f6a r4=21000 m64[21000]=78a4885dcfe53fd1 | r4=20f44 m64[21000]=78a4885dcfe53f6a
strb.w ip, [r9, #60]!                | r9=21004 r12=770b2a85 m64[21040]=17b3ee5778319761 nzcv=1101 | r9=21040 m64[21040]=17b3ee5778319785
strb.w r4, [sp, ip, lsl #1]          | r4=2 r12=1 r13=21000 m64[21000]=b47eb1f9aefbf63c | m64[21000]=b47eb1f9ae02f63c
strb.w r3, [sl, r7]                  | r3=39dc356b r7=4 r10=21000 m64[21000]=e960698ff94adf4f | m64[21000]=e960696bf94adf4f
strh.w r2, [r4, #1370]               | r2=7 r4=21000 m64[21558]=affdb65ee5458c54 | m64[21558]=affdb65e00078c54
strh.w r9, [r1, #779]                | r1=21000 r9=ffffffff m64[21308]=dc3a6c0a997236ba nzcv=0100 | m64[21308]=dc3a6cffff7236ba
strh.w r3, [r2, #210]!               | r2=21008 r3=0 m64[210d8]=9e5db3ac8d1a370 nzcv=1110 | r2=210da m64[210d8]=09e5db3a0000a370
strh.w r6, [r4], #60                 | r4=21008 r6=244d41d m64[21008]=b4b5b491eb65e5da | r4=21044 m64[21008]=b4b5b491eb65d41d
strh.w sp, [lr, r8, lsl #3]          | r8=0 r13=20 r14=21008 m64[21008]=9ef781a63759fcb5 nzcv=0001 | m64[21008]=9ef781a637590020
strh.w fp, [r9, ip, lsl #1]          | r9=21000 r11=c9978f48 r12=2 m64[21000]=91b4547c7d2ca9d7 nzcv=1001 | m64[21000]=91b48f487d2ca9d7
str.w r8, [r5, #1193]                | r5=21000 r8=7554a80c m64[214a8]=d63fc574ee36328c | m64[214a8]=d63fc57554a80c8c
str.w r6, [ip, #764]                 | r6=b6a58c6e r12=21008 m64[21300]=f06d507d5f70edc8 | m64[21300]=b6a58c6e5f70edc8
str.w lr, [r5, #207]!                | r5=21008 r14=383bf784 m64[210d0]=919d9b3b94130daf | r5=210d7 m64[210d0]=849d9b3b94130daf m64[210d8]=0000000000383bf7
strt r2, [r4, #128]                  | r2=ffffff80 r4=21004 m64[21080]=71d9872493675e6d nzcv=1010 | m64[21080]=ffffff8093675e6d
str.w sl, [r3, r8]                   | r3=21000 r8=2 r10=1ca4aa42 m64[21000]=15cdfa240b104821 nzcv=1010 | m64[21000]=15cd1ca4aa424821
str.w sp, [r9, r8]                   | r8=0 r9=21008 r13=babefecb m64[21008]=abfe7ac37239c1ed | m64[21008]=abfe7ac3babefecb
ldrb.w fp, [fp, #2210]               | r11=21000 m64[218a0]=d9ef1d07472a065c nzcv=0010 | r11=2a
ldrb.w r7, [ip, #1765]               | r7=36793c3c r12=21004 m64[216e8]=5fc2b68847555528 nzcv=0110 | r7=55
ldrb.w r4, [r9], #16                 | r4=20 r9=21008 m64[21008]=814b239c86410199 | r4=99 r9=21018
ldrb.w fp, [r5], #26                 | r5=21000 r11=80000000 m64[21000]=3656d562a9888427 nzcv=1110 | r5=2101a r11=27
ldrb.w r3, [r0, r4]                  | r0=21000 r3=4d2e6270 r4=8 m64[21008]=30836eadf1eb3fbb nzcv=1001 | r3=bb
ldrb.w sl, [r2, r3, lsl #3]          | r2=21000 r3=4 r10=48b4ed97 m64[21020]=6e81c9e03d4faa4f | r10=4f
ldrh.w r6, [r7, #3419]               | r6=2 r7=21000 m64[21d58]=26cef9b8e2bc1fb3 nzcv=0001 | r6=b8e2
ldrh.w r5, [r6, #3586]               | r5=7fffffff r6=21000 m64[21e00]=dc52dce77a6ec5e0 nzcv=1100 | r5=7a6e
ldrh.w ip, [r8], #-249               | r8=21004 r12=ab751ffb m64[21000]=4fc46374eadf8f76 nzcv=0010 | r8=20f0b r12=6374
ldrh.w r6, [sl], #-37                | r6=2 r10=21004 m64[21000]=b48afd90c8475743 | r6=fd90 r10=20fdf
ldrh.w r5, [r2, r7, lsl #2]          | r2=21000 r5=bf7bde07 r7=8 m64[21020]=677acdfdc940e253 nzcv=1101 | r5=e253
ldrh.w sp, [r9, r7]                  | r7=2 r9=21008 r13=8cdb6bc6 m64[21008]=1a9bd568b56bd27b nzcv=1011 | r13=b56b
ldr.w r3, [fp, #1778]                | r3=43a4de76 r11=21004 m64[216f0]=699d16d23e049fd nzcv=1101 | r3=699
ldr.w r6, [lr, #679]                 | r6=3 r14=21000 m64[212a0]=7a7b9ab0c5f99bf6 nzcv=1100 | r6=7a
ldr.w r3, [r8, #191]!                | r3=ffffff80 r8=21000 m64[210b8]=5f89d1171fb9f66d nzcv=0001 | r3=5f r8=210bf
ldr.w lr, [r8], #181                 | r8=21008 r14=a6be9bc4 m64[21008]=d264c5c5903efa62 | r8=210bd r14=903efa62
ldr.w lr, [r7, r2]                   | r2=1 r7=21010 r14=3926b389 m64[21010]=4e2249295c7833da | r14=295c7833
ldr.w r7, [r7, r4, lsl #2]           | r4=8 r7=21000 m64[21020]=3caeb10d7b4ce731 nzcv=1011 | r7=7b4ce731
ldrsb.w r4, [r1, #3976]              | r1=21010 r4=22e03a8a m64[21f98]=6e9f18e060807ff0 | r4=fffffff0
ldrsb.w ip, [r2, #1450]              | r2=21010 r12=7 m64[215b8]=4dac7581ec7ea56d | r12=7e
ldrsb.w r4, [sp, #-113]              | r4=2 r13=21000 m64[20f88]=b0d2b5594e9b0281 nzcv=1111 | r4=ffffffb0
ldrsb.w r6, [r1, #-141]!             | r1=21008 r6=0 m64[20f78]=9fab9e083270c1d1 | r1=20f7b r6=32
ldrsb.w r8, [r1, r6, lsl #3]         | r1=21000 r6=1 r8=2 m64[21008]=e2d8012c8e52cce0 nzcv=1000 | r8=ffffffe0
ldrsb.w sl, [r7, r5, lsl #1]         | r5=2 r7=21000 r10=f7c5738a m64[21000]=b68899df5d0ad5f1 nzcv=1110 | r10=ffffffdf
ldrsh.w fp, [fp, #8]                 | r11=21000 m64[21008]=a35c129ca1448c35 nzcv=0100 | r11=ffff8c35
ldrsh.w r0, [r0, #3143]              | r0=21008 m64[21c48]=4d0bb945f11ce07f     | r0=4d
ldrsh.w fp, [r4], #58                | r4=21004 r11=2b146998 m64[21000]=69ccc59b5bc9b413 | r4=2103e r11=ffffc59b
ldrsht ip, [r2, #141]                | r2=21000 r12=2436b148 m64[21088]=c67c672ae4815b8a | r12=7c67
ldrsh.w ip, [r2, ip, lsl #3]         | r2=21004 r12=2 m64[21000]=28d1b074e93e87d7 nzcv=1111 | r12=0
ldrsh.w r7, [ip, r9, lsl #3]         | r7=b7d052fe r9=2 r12=21010 m64[21020]=3e2d8c601ce6dedc nzcv=1000 | r7=ffffdedc
pldw [r4, #2426]                     | r4=21008 m64[21980]=9ba3e37b9af26654 nzcv=0110 |
pld [r5, #117]                       | r5=21010 m64[21080]=4f45b5d5f6d34a6f nzcv=0010 |
pld [lr, #-205]                      | r14=21004 m64[20f30]=19fae49c652b2d78 nzcv=1000 |
pldw [sp, #-72]                      | r13=21000 m64[20fb8]=b7e234ebd7d062d0 nzcv=0011 |
pld [sp, r8, lsl #3]                 | r8=0 r13=21000 m64[21000]=90b67102099cadc4 nzcv=1101 |
pldw [lr, r3]                        | r3=4 r14=21008 m64[21008]=7645a239c2cf8307 |
lsl.w ip, r5, r8                     | r5=8374fc93 r8=1f r12=ffffffff nzcv=1010 | r12=80000000
lsls.w r5, r1, r2                    | r1=1441d5fa r2=2 r5=e16d5078             | r5=510757e8
lsrs.w r2, sp, r6                    | r2=ff r6=3 r13=0                         | r2=0 nzcv=0100
lsrs.w r6, lr, r7                    | r6=ffff r7=7fffffff r14=ff               | r6=0 nzcv=0100
asrs.w r6, sp, r1                    | r1=80000000 r6=f384aca5 r13=10d449b      | r6=10d449b
asr.w sp, r1, sl                     | r1=b41c5ce3 r10=20 r13=5c89dc58 nzcv=0001 | r13=ffffffff
ror.w ip, sl, lr                     | r10=bb51eb76 r12=8000 r14=c80ce94 nzcv=0010 | r12=1eb76bb5
rors.w r4, sl, r5                    | r4=bdaf1f1c r5=2b86615 r10=ff nzcv=1011  | r4=7f800 nzcv=0001
sxtah r5, r9, fp, ror #16            | r5=fb909649 r9=11933d41 r11=2            | r5=11933d41
sxtah sp, r7, ip                     | r7=ffffffff r12=1c667926 r13=ffff        | r13=7925
uxth.w r5, r3, ror #24               | r3=f6ded91f r5=e2ad9e59                  | r5=1ff6
uxtah r4, lr, fp                     | r4=4985fefa r11=971d4553 r14=fb6f91aa    | r4=fb6fd6fd
sxtab16 fp, r9, r5, ror #24          | r5=4c78cafc r9=f97532a2 r11=3c17185e     | r11=f93f32ee
sxtab16 ip, r7, r2, ror #16          | r2=80000000 r7=82266e50 r12=dd64be24     | r12=82266e50
uxtab16 r4, lr, fp, ror #8           | r4=0 r11=223932b8 r14=3                  | r4=220035
uxtab16 fp, lr, r3, ror #16          | r3=df4c5079 r11=7fffffff r14=7fff        | r11=79804b
sxtb.w fp, r8, ror #16               | r8=ffff r11=bb3b34d4 nzcv=0111           | r11=0
sxtab r6, r1, r9, ror #16            | r1=1f r6=80000001 r9=20                  | r6=1f
uxtab r7, r7, fp, ror #8             | r7=ffffffff r11=ffffffff                 | r7=fe
uxtab r6, r0, r2, ror #24            | r0=4b1b27e9 r2=20 r6=ffffff80 nzcv=0011  | r6=4b1b27e9
sadd16 r9, r5, fp                    | r5=7fff r9=95f1531d r11=3                | r9=8002 ge=f
sadd16 r8, r9, r9                    | r8=ffffff80 r9=ff                        | r8=1fe ge=f
sasx r6, r0, r8                      | r0=80000000 r6=1f r8=b2206070 nzcv=0101  | r6=e0704de0 ge=3
sasx r1, r0, r4                      | r0=8e102127 r1=652600af r4=d912bc55 nzcv=1010 | r1=4a654815 ge=3
ssax r4, r0, fp                      | r0=8000 r4=80000001 r11=505af975 nzcv=0001 | r4=68bd05a ge=c
ssax r5, r1, sl                      | r1=6c1e166 r5=35b41ce9 r10=62386e83 nzcv=0100 | r5=983e439e ge=3
ssub16 sl, fp, ip                    | r10=0 r11=7def1c49 r12=3822ff4f          | r10=45cd1cfa ge=f
ssub16 fp, lr, r0                    | r0=1 r11=dd8a9393 r14=2 nzcv=1110        | r11=1 ge=f
sadd8 sp, r6, fp                     | r6=0 r11=1f r13=3b870c72                 | r13=1f ge=f
sadd8 r0, r1, r4                     | r0=20 r1=ffffff80 r4=d4829799 nzcv=0110  | r0=d3819619
ssub8 fp, r0, r1                     | r0=1f r1=be3f9930 r11=ffff nzcv=0011     | r11=42c167ef ge=a
ssub8 fp, r9, sl                     | r9=2 r10=ffff r11=8da7b175 nzcv=0101     | r11=103 ge=f
qadd16 r9, fp, sl                    | r9=c39b5f4e r10=7 r11=7fffffff           | r9=7fff0006
qadd16 sp, r9, lr                    | r9=ff r13=8000 r14=4f715077              | r13=4f715176
qasx r5, r0, r1                      | r0=ac30395a r1=7fffffff r5=424d2982 nzcv=1000 | r5=ac2fb95b
qasx sp, r4, r4                      | r4=6b7df581 r13=20                       | r13=60fe8a04
qsax r1, r6, r9                      | r1=80000001 r6=260cdd31 r9=ff            | r1=250ddd31
qsax r8, r5, r4                      | r4=0 r5=ffffff80 r8=91809bfc nzcv=1111   | r8=ffffff80
qsub16 r4, sl, r6                    | r4=3e431e8b r6=dcf97031 r10=ffffff80     | r4=23068f4f
qsub16 r3, r7, r6                    | r3=28a4bd8b r6=2315d0ba r7=fc5d40a4      | r3=d9486fea
qadd8 sl, r8, r6                     | r6=4f19fe8e r8=480d5e6 r10=ff nzcv=1110  | r10=5399d380
qadd8 r1, r3, sl                     | r1=ffff r3=80000001 r10=8c7a9337 nzcv=1110 | r1=807a9338
qsub8 r5, sl, sl                     | r5=6cf6a811 r10=7fffffff nzcv=0111       | r5=0
qsub8 r3, r3, r2                     | r2=1 r3=80000001                         | r3=80000000
shadd16 r5, r9, r0                   | r0=7812e0ee r5=ffffffff r9=3c78323b nzcv=0101 | r5=5a450994
shadd16 r8, r9, sp                   | r8=80000001 r9=f1a23898 r13=2 nzcv=0101  | r8=f8d11c4d
shasx sp, r0, sl                     | r0=7b14cb8c r10=8000 r13=1cf4fd45        | r13=fd8ae5c6
shasx r1, r1, sp                     | r1=1ffa6485 r13=7c4107                   | r1=30803204
shsax r7, sp, r2                     | r2=7e090e97 r7=7 r13=767e98ec            | r7=33f30b7a
shsax r3, fp, r5                     | r3=2dfb762c r5=ffff r11=7 nzcv=0111      | r3=3
shsub16 sp, r3, r9                   | r3=3 r9=7fff r13=ff nzcv=0110            | r13=c002
shsub16 r0, r2, r0                   | r0=7 r2=74952e2e nzcv=1110               | r0=3a4a1713
shadd8 r3, r3, r4                    | r3=1f r4=f99baf63                        | r3=fccdd741
shadd8 r4, ip, r5                    | r4=acc2f506 r5=7fff r12=a81673e nzcv=0010 | r4=5c0731e
shsub8 sp, r8, r7                    | r7=80000000 r8=472fcfd0 r13=e091402a     | r13=6317e7e8
shsub8 r9, r3, sl                    | r3=3ad2c0b0 r9=80000001 r10=19703517     | r9=10b1c5cc
uadd16 r5, r3, r5                    | r3=2d4aa5c8 r5=350d58dc nzcv=0010        | r5=6257fea4
uadd16 sp, r0, r5                    | r0=c7af394e r5=80000001 r13=ffffffff     | r13=47af394f ge=c
uasx ip, r9, r7                      | r7=20 r9=ffffff80 r12=e9b16a01           | r12=1fff80 ge=f
uasx r7, fp, r2                      | r2=822c268b r7=3 r11=820e1cce nzcv=1000  | r7=a8999aa2
usax r0, sp, sp                      | r0=7fffffff r13=d5192961                 | r0=abb8fe7a ge=c
usax r7, r4, r8                      | r4=db9eb514 r7=3 r8=52d2fa nzcv=0100     | r7=8a4b566 ge=c
usub16 lr, sp, r3                    | r3=7 r13=80000000 r14=ff                 | r14=8000fff9 ge=c
usub16 r9, fp, sl                    | r9=8ceefe88 r10=ff r11=7fff nzcv=1111    | r9=7f00 ge=f
uadd8 r4, r5, r9                     | r4=ffffff80 r5=af8ff4a8 r9=a5ecfb45      | r4=547befed ge=e
uadd8 sl, r3, r7                     | r3=e3b8f11a r7=439b0610 r10=f397702a nzcv=1100 | r10=2653f72a ge=c
usub8 lr, r1, r3                     | r1=1 r3=80000000 r14=1f nzcv=0101        | r14=80000001 ge=7
usub8 r2, r9, sp                     | r2=80000000 r9=b4abe406 r13=128b6ea7     | r2=a220765f ge=e
uqadd16 r8, fp, sl                   | r8=7fff r10=7 r11=3fb4a102 nzcv=0010     | r8=3fb4a109
uqadd16 r3, r2, sp                   | r2=6843e736 r3=50da48ed r13=2 nzcv=1111  | r3=6843e738
uqasx ip, r1, lr                     | r1=ffffff80 r12=7b9ae832 r14=7fff nzcv=0100 | r12=ffffff80
uqasx fp, r5, r7                     | r5=45b3633d r7=2 r11=f5f9d3cc nzcv=0100  | r11=45b5633d
uqsax r0, ip, r1                     | r0=7fff r1=80000001 r12=5b08beaa nzcv=1111 | r0=5b07ffff
uqsax r5, r2, sp                     | r2=ba97a54a r5=2 r13=7fff nzcv=1000      | r5=3a98a54a
uqsub16 r1, r9, r4                   | r1=2 r4=c454d84b r9=1                    | r1=0
uqsub16 r6, r1, r9                   | r1=13c5f535 r6=80000001 r9=96590114 nzcv=0111 | r6=f421
uqadd8 r4, r0, r4                    | r0=8000 r4=dc663fc nzcv=0111             | r4=dc6e3fc
uqadd8 fp, r8, lr                    | r8=1d8ca0f r11=ffff r14=31a21e0f nzcv=1010 | r11=32ffe81e
uqsub8 r3, r9, r3                    | r3=97c515c8 r9=7 nzcv=0001               | r3=0
uqsub8 sp, r1, r8                    | r1=2f424571 r8=a800c389 r13=43ab33d7 nzcv=1111 | r13=420000
uhadd16 r0, r5, r6                   | r0=95b77e79 r5=452ba4ba r6=195c2b15 nzcv=1001 | r0=2f4367e7
uhadd16 r4, r4, ip                   | r4=d8f2ab95 r12=1f nzcv=0001             | r4=6c7955da
uhasx ip, sl, sp                     | r10=ffff r12=1 r13=8000 nzcv=0110        | r12=40007fff
uhasx lr, sp, r7                     | r7=1f r13=9f506b5a r14=9cb3d128          | r14=4fb735ad
uhsax r6, r8, r2                     | r2=527fe7de r6=d8e85140 r8=20 nzcv=0110  | r6=8c11294f
uhsax r0, r3, r5                     | r0=82fce13b r3=dada62ea r5=dfe34ca3 nzcv=1011 | r0=471ba166
uhsub16 r8, r4, r2                   | r2=1f r4=9b9d62bf r8=1f nzcv=1000        | r8=4dce3150
uhsub16 r7, sp, r2                   | r2=8000 r7=a0eb7154 r13=5f398089 nzcv=0101 | r7=2f9c0044
uhadd8 sl, ip, fp                    | r10=5322f0a3 r11=80000001 r12=699964cc nzcv=0001 | r10=744c3266
uhadd8 lr, sl, sl                    | r10=7 r14=7fffffff nzcv=1011             | r14=7
uhsub8 sp, r9, r2                    | r2=0 r9=7 r13=20                         | r13=3
uhsub8 r3, r8, sl                    | r3=3600a843 r8=ecc6e69d r10=3            | r3=7663734d
qadd r5, r7, fp                      | r5=de451bee r7=ff r11=3fa40c88 nzcv=0011 | r5=3fa40d87
qadd fp, r7, r2                      | r2=25f9a71 r7=6e6d1f96 r11=2d547aa nzcv=1110 | r11=70ccba07
qdadd r9, lr, r1                     | r1=1f r9=5a4df82c r14=0 nzcv=0101        | r9=3e
qdadd r8, r9, r9                     | r8=6b2afb7b r9=4aa6254c                  | r8=7fffffff q=1
qsub r8, sl, fp                      | r8=ffffffff r10=b7420251 r11=136eaf49 nzcv=0011 | r8=a3d35308
qsub r3, r8, lr                      | r3=9adf2d97 r8=8000 r14=788ce750 nzcv=0100 | r3=877398b0
qdsub r3, r6, r7                     | r3=0 r6=7a2d0db3 r7=1aa005ae nzcv=0100   | r3=44ed0257
qdsub r1, r6, r8                     | r1=4243fc0 r6=ff r8=4807793b             | r1=80000100 q=1
.inst.w 0xfa92fe80                   | r2=b2f1397f r14=7fff nzcv=0101           | r14=0
.inst.w 0xfa9ef288                   | r2=47cd19f1 r14=6c4866ee                 | r2=0
.inst.w 0xfa93f59a                   | r3=0 r5=43e48f8e nzcv=0110               | r5=0
.inst.w 0xfa91f49c                   | r1=20 r4=c657d397 nzcv=0001              | r4=0
.inst.w 0xfa9afda3                   | r10=20 r13=7fff nzcv=0010                | r13=0
.inst.w 0xfa9dfeac                   | r13=5b2dba08 r14=8000                    | r14=0
.inst.w 0xfa9cf3b1                   | r3=82d0748f r12=72afcdb2                 | r3=0
sel r3, r3, r1                       | r1=f3147234 r3=ef1d08a3 nzcv=1001 ge=6   | r3=f31d0834
sel ip, r2, r7                       | r2=2b29cc25 r7=8000 r12=53226c9b nzcv=0111 ge=7 | r12=29cc25
.inst.w 0xfab6f285                   | r2=86ef6de3 r6=0 nzcv=0010               | r2=20
.inst.w 0xfab9f98d                   | r9=7 nzcv=0101                           | r9=20
crc32b r4, sp, lr                    | r4=ffffff80 r13=a289a1b6 r14=ffff nzcv=0011 | r4=fa27095
crc32b lr, ip, fp                    | r11=7fff r12=890c8906 r14=8000           | r14=c4e84631
.inst.w 0xfacdf890                   | r0=ff r4=1 r13=d366af6 nzcv=1111         | r8=7ca53e39
.inst.w 0xfacdf390                   | r0=b7e7870a r1=82908fa6 r13=c035e1c6 nzcv=1010 | r3=c39e9c1a
crc32w sp, sp, sl                    | r10=80000000 r13=7fffffff nzcv=0011      | r13=debb20e3
crc32w r3, r9, sl                    | r3=39a857a0 r9=ffffffff r10=fedac8e5 nzcv=0101 | r3=8174a49f
crc32cb r0, r1, r7                   | r0=883daa4f r1=1 r7=1 nzcv=1111          | r0=0
crc32cb r5, r5, r6                   | r5=7fff r6=20 nzcv=0101                  | r5=8dc0ddf0
crc32ch r4, sp, sp                   | r4=7fff r13=80000000                     | r4=8000
crc32ch r1, r4, ip                   | r1=440d8c92 r4=a690559e r12=2a404860 nzcv=0001 | r1=1f3791d8
crc32cw r3, r5, sp                   | r3=a8bf748a r5=7fff r13=e4d97fd nzcv=0100 | r3=b96352fa
crc32cw r8, fp, r5                   | r5=80000001 r8=b991e41c r11=b4ec8c0 nzcv=1110 | r8=40e331f2
mul.w r2, fp, ip                     | r2=4af5bfc3 r11=8000 r12=7 nzcv=1000     | r2=38000
mul.w r9, r9, r2                     | r2=f8af5953 r9=d53c7688                  | r9=eec7b618
mla r8, sp, lr, r3                   | r3=1f r8=20 r13=e57f25aa r14=ff nzcv=0100 | r8=99a68475
mla r4, r8, r9, r3                   | r3=ea1ffc90 r4=fc80b6e5 r8=a87ef373 r9=ff nzcv=0100 | r4=c0947c1d
mls r7, ip, r8, r0                   | r0=1f r7=7fff r8=8f0d04dd r12=3 nzcv=0010 | r7=52d8f188
mls r1, r9, sp, r8                   | r1=b43e7adf r8=e2d016d8 r9=3 r13=ff9d0285 | r1=e3f90f49
smlabb r3, r4, sl, r0                | r0=4ab41872 r3=387136a r4=41ab7460 r10=9db97550 | r3=80085672 q=1
smlabt fp, sl, r0, r9                | r0=46e4ca55 r9=3 r10=3 r11=1 nzcv=1110   | r11=d4af
smladx lr, r7, r8, sl                | r7=1e84a97d r8=61ff2d4 r10=3 r14=7fff    | r14=fc5c8176
smladx r4, r4, r1, r5                | r1=ffffffff r4=4d1982b9 r5=8b8f5d74      | r4=8b8f8da2
smulwb r9, lr, sl                    | r9=ff r10=69d8735c r14=80000000 nzcv=1010 | r9=c6520000
smlawb r3, fp, r5, r9                | r3=6cb6373c r5=2e355859 r9=2 r11=2       | r3=2
smlsdx r9, r7, r9, sp                | r7=80000000 r9=80000001 r13=98416a55     | r9=9841ea55
smlsd r9, r3, r9, r8                 | r3=f067b57a r8=1f r9=f170530c nzcv=0101  | r9=e6efebc7
smmlar r9, r9, r9, r1                | r1=80000000 r9=3                         | r9=80000000
smmla r3, r9, lr, sl                 | r3=c76bd478 r9=609e3b5 r10=ffff r14=7fff nzcv=1011 | r3=10303
smmls r1, r2, r7, r0                 | r0=6975e6c3 r1=ffff r2=d1fb44a5 r7=8c2ef511 nzcv=1111 | r1=54a432c5
smmlsr r5, sp, r6, r6                | r5=2 r6=665f237d r13=734fbea8 nzcv=1010  | r5=384282f2
usada8 r5, r2, lr, r3                | r2=f7de0570 r3=4f06880f r5=ffff r14=1f   | r5=4f068a3a
usada8 r4, sp, r2, ip                | r2=4b702ed8 r4=9d38d50e r12=7fffffff r13=90b05904 | r4=80000183
smull r9, r8, r8, fp                 | r8=8c24e46c r9=4a90183d r11=489535dd     | r8=df26d956 r9=f1ff8d3c
smull r3, r0, r6, r1                 | r0=c411c521 r1=1f r3=66ce804d r6=37bcae2b | r0=6 r3=bfd91735
umull r5, r5, r3, sl                 | r3=ffff r5=20 r10=80000000               | r5=7fff
umull r2, r6, sl, r6                 | r2=ff r6=1d87ca4c r10=20 nzcv=0100       | r2=b0f94980 r6=3
smlal r9, r6, r2, r9                 | r2=471d3517 r6=7fff r9=19173940 nzcv=0011 | r6=6f8cdb5 r9=65479e00
smlal r3, r5, sl, lr                 | r3=3 r5=80000001 r10=b5fe4b6a r14=ffff   | r3=956bb499 r5=7fffb5ff
umlal sl, r2, r4, fp                 | r2=1 r4=e12ad091 r10=2e0f8548 r11=20     | r2=1d r10=53699768
umlal r8, fp, r0, sp                 | r0=27622d71 r8=6db10527 r11=ffffff80 r13=ff nzcv=0100 | r8=a87c48b6 r11=ffffffa7
sdiv r3, r6, fp                      | r3=0 r6=94013420 r11=beea193c nzcv=0001  | r3=1
sdiv sp, fp, r6                      | r6=7fffffff r11=15a8c0d8 r13=7a2c43bf nzcv=1100 | r13=0
udiv r3, r5, lr                      | r3=e9af9ee9 r5=7 r14=1 nzcv=1010         | r3=7
udiv lr, fp, r0                      | r0=25632eed r11=2e6fda8f r14=7fff        | r14=1
smlaltb r4, r3, r2, ip               | r2=ffffffff r3=4a5e452d r4=3b858a43 r12=7fff nzcv=0010 | r4=3b850a44
smlaltt r8, r3, r6, lr               | r3=7 r6=7c7867b1 r8=ffffff80 r14=80000001 nzcv=0110 | r8=c1c3ff80
smlaldx r5, r5, r4, fp               | r4=3 r5=ffffff80 r11=1fb775eb nzcv=1100  | r5=ffffff81
smlaldx r2, r3, r1, r7               | r1=ff r2=ffffffff r3=2 r7=fb842b20 nzcv=1000 | r2=fffb887b
smlsld r8, r7, r4, ip                | r4=ffffffff r7=290c32e8 r8=a89cf435 r12=6ab1d4dd nzcv=1111 | r8=a89d8a09
smlsldx r1, r5, r4, sl               | r1=ff r4=a657aab8 r5=ffffff80 r10=ffffff80 | r1=ffd381c7 r5=ffffff7f
umaal r5, r0, r9, r6                 | r0=7fff r5=20 r6=80000001 r9=37d14ce0 nzcv=1110 | r0=1be8a670 r5=37d1ccff
umaal sp, r4, r0, r0                 | r0=ff r4=3a2b2410 r13=e0429053           | r4=1 r13=1a6eb264
vldr d27, [r5, #980]                 | r5=21000 d27=6cebc5467ea66ea7 m64[213d0]=a711f3559572a09b nzcv=1101 | d27=00000000a711f355
vstr d11, [r3, #264]                 | r3=21000 d11=3a32af9b5c12d866 m64[21108]=968d4411629c6956 nzcv=0001 | m64[21108]=3a32af9b5c12d866
vfnms.f64 d15, d17, d10              | d10=0000000000000000 d15=04863110b2b750cc d17=3ff0000000000000 nzcv=1001 | d15=84863110b2b750cc
vnmul.f32 s29, s19, s1               | d0=2e92f9a3bf800000 d9=4a01e93b40490fdb d14=7a3e33527f800000 nzcv=1001 | d14=b9152b647f800000 fpscr=10
vselgt.f16 s20, s16, s6              | d3=0000a49fbc907e00 d8=7c007bff962feb46 d10=42487bff42487c01 nzcv=1111 | d10=42487bff00007e00
vcmla.f16 d22, d31, d6[0], #90       | d6=7c00f0206a9d7da3 d22=8000dd70fb1344f4 d31=c0003c007c016e2b | d22=7e006e467e007e00 fpscr=1
vcmla.f16 d5, d10, d31, #180         | d5=dcd77c017bff0001 d10=63197c003c007e00 d31=c978e2aa80007bff nzcv=1110 | d5=7c007e007e007e00 fpscr=1
vqshl.s8 d26, d22, d1                | d1=f2244cc7d238a1a5 d22=c3a9bddfafd4eb42 d26=6fcd7bbdaa642ffa nzcv=0111 | d26=ff8080ffff80ff00 fpscr=8000000
vmlal.u16 q13, d17, d1[3]            | d1=d2a717fa37a10fac d17=09a653e89cec74fa d26=ffffffffffffffff d27=ffffffffffffffff | d26=811ff5f360416315 d27=07f07749450b0c57
vld1.16 {d29[0]}, [ip :16], ip       | r12=21000 d29=ffffffffffffffff m64[21000]=843d91a135d5f7b9 m64[21008]=4dc1505273e472b7 m64[21010]=eaea60048e585ce3 m64[21018]=1aab3855409a8a9 nzcv=0001 | r12=42000 d29=fffffffffffff7b9
vst1.16 {d21}, [r2 :64], r5          | r2=21000 r5=1 d21=dd4cc27b9acca9e8 m64[21000]=16f0484cbd40d011 m64[21008]=c9aefc150255b0ec m64[21010]=22e466ae0bc0fab2 m64[21018]=1ff342b0a4f42c2a | r2=21001 m64[21000]=dd4cc27b9acca9e8
stl r0, [r1]                         | r0=12345678 r1=21000                     | m32[21000]=12345678
stlb r0, [r1]                        | r0=12345678 r1=21001                     | m8[21001]=78
.inst.w 0xf81ff004                   |                                          |                # pld of a literal

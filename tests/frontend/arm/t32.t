# t32.t: the same of t32.decode
@isa t32
lsls r5, r4, #9                      | r4=0 r5=619699cf nzcv=1010               | r5=0 nzcv=0100
lsrs r7, r1, #16                     | r1=efba91fc r7=81f9c1f6                  | r7=efba nzcv=0010
asrs r1, r3, #2                      | r1=0 r3=8000                             | r1=2000
adds r4, r4, r5                      | r4=83333218 r5=84c81999 nzcv=1100        | r4=7fb4bb1 nzcv=0011
subs r4, r2, r4                      | r2=415af341 r4=2                         | r4=415af33f nzcv=0010
adds r7, r6, #7                      | r6=20 r7=6e80fa48                        | r7=27
subs r2, r6, #6                      | r2=1 r6=2                                | r2=fffffffc nzcv=1000
movs r4, #65                         | r4=80000000 nzcv=0100                    | r4=41 nzcv=0000
cmp r4, #103                         | r4=7 nzcv=0010                           | nzcv=1000
adds r1, #200                        | r1=80000000 nzcv=0001                    | r1=800000c8 nzcv=1000
subs r1, #69                         | r1=ff                                    | r1=ba nzcv=0010
ands r3, r2                          | r2=1c823d9e r3=ffffff80 nzcv=1010        | r3=1c823d80 nzcv=0010
eors r7, r4                          | r4=179030da r7=0 nzcv=1100               | r7=179030da nzcv=0000
adcs r4, r0                          | r0=eb5af9f9 r4=20552f5f nzcv=1110        | r4=bb02959 nzcv=0010
sbcs r5, r4                          | r4=ffffffff r5=ffff nzcv=0010            | r5=10000 nzcv=0000
orrs r7, r7                          | r7=3d061f79 nzcv=0101                    | nzcv=0001
bics r4, r2                          | r2=9836404c r4=3 nzcv=1110               | nzcv=0010
lsls r2, r2                          | r2=f81f5c80 nzcv=1100                    | r2=0 nzcv=0100
lsrs r0, r0                          | r0=f5b5b934 nzcv=0011                    | r0=0 nzcv=0101
asrs r6, r7                          | r6=3 r7=62ebc92 nzcv=0001                | r6=0 nzcv=0101
rors r2, r4                          | r2=61e406a6 r4=0 nzcv=1111               | nzcv=0011
tst r1, r4                           | r1=8000 r4=683115a8 nzcv=1011            | nzcv=0111
cmp r4, r7                           | r4=ffffffff r7=1f nzcv=1011              | nzcv=1010
cmn r7, r1                           | r1=ffffff80 r7=dde138d8 nzcv=1001        | nzcv=1010
negs r1, r5                          | r1=237c9540 r5=e4d4ad86 nzcv=1011        | r1=1b2b527a nzcv=0000
muls r4, r1                          | r1=464a8296 r4=1f nzcv=0001              | r4=8305d02a nzcv=1001
mvns r4, r6                          | r4=1f r6=c23105d9 nzcv=1010              | r4=3dcefa26 nzcv=0010
add lr, ip                           | r12=d87abbff r14=ffffffff nzcv=0110      | r14=d87abbfe
cmp r9, r3                           | r3=128137ea r9=3 nzcv=0010               | nzcv=1000
mov r6, r1                           | r1=80000000 r6=7fff                      | r6=80000000
str r7, [r1, r5]                     | r1=21008 r5=1 r7=b2d3d8f8 m64[21008]=cef1bdf6639b57dd nzcv=0011 | m64[21008]=cef1bdb2d3d8f8dd
strh r7, [r0, r5]                    | r0=21000 r5=4 r7=20 m64[21000]=a01a8c21152349b8 nzcv=1110 | m64[21000]=a01a0020152349b8
strb r3, [r0, r5]                    | r0=21000 r3=59b5c77 r5=8 m64[21008]=c13733aa5f64d5b0 nzcv=0111 | m64[21008]=c13733aa5f64d577
ldrsb r1, [r5, r3]                   | r1=0 r3=1 r5=21004 m64[21000]=7b665c24a9bdb4ee nzcv=1000 | r1=5c
ldr r5, [r0, r2]                     | r0=21000 r2=4 r5=30549cc9 m64[21000]=2c5836b8f4f59c8c nzcv=1001 | r5=2c5836b8
ldrh r3, [r5, r3]                    | r3=8 r5=21000 m64[21008]=44963ff364f62cde nzcv=1110 | r3=2cde
ldrb r4, [r0, r5]                    | r0=21000 r4=80000001 r5=2 m64[21000]=42808849da1421b3 nzcv=1001 | r4=14
ldrsh r7, [r7, r0]                   | r0=8 r7=21008 m64[21010]=2f32ebdb6cb13cd1 | r7=3cd1
str r3, [r3, #56]                    | r3=21000 m64[21038]=f22343ef08fc9944 nzcv=1000 | m64[21038]=f22343ef00021000
ldr r7, [r4, #20]                    | r4=21000 r7=31fec1fe m64[21010]=83a40773b39da6e1 nzcv=1100 | r7=83a40773
strb r4, [r1, #30]                   | r1=21000 r4=ffffffff m64[21018]=b312bb95358ab2cb | m64[21018]=b3ffbb95358ab2cb
ldrb r6, [r7, #8]                    | r6=20dc84b8 r7=21004 m64[21008]=573d5dc79b80fedd nzcv=0011 | r6=c7
strh r0, [r4, #38]                   | r0=b8579b0f r4=21010 m64[21030]=5c2f66a9e10f238a | m64[21030]=9b0f66a9e10f238a
ldrh r1, [r6, #50]                   | r1=7fff r6=21000 m64[21030]=98cfbb441a3c9365 nzcv=1000 | r1=1a3c
str r1, [sp, #760]                   | r1=80000000 r13=21008 m64[21300]=73dfc87cb3574c27 | m64[21300]=73dfc87c80000000
ldr r4, [sp, #856]                   | r4=aa2e29a4 r13=21000 m64[21358]=bf04888b0dd5e1a6 nzcv=1011 | r4=dd5e1a6
add r0, sp, #616                     | r0=b61e093d r13=2abbfcc2 nzcv=0111       | r0=2abbff2a
add sp, #484                         | r13=bc4195c3 nzcv=1111                   | r13=bc4197a7
sub sp, #208                         | r13=0 nzcv=0011                          | r13=ffffff30
.inst.n 0xb3ad                       | r5=22329623 nzcv=1100                    |
sxth r5, r4                          | r4=22b11cce r5=ffff                      | r5=1cce
sxtb r2, r6                          | r2=8000 r6=80000001                      | r2=1
uxth r7, r4                          | r4=9dcedd3 r7=78bfa79c nzcv=1001         | r7=edd3
uxtb r7, r0                          | r0=7 r7=1 nzcv=1111                      | r7=7
push {r1, r4, r6}                    | r1=77d3731c r4=8000 r6=8000 r13=21000 m64[20ff0]=ac690e43485444cf m64[20ff8]=aea6035c2793967c m64[21000]=d03ce69501a5f41e m64[21008]=5728ca5afb37b6ce nzcv=0001 | r13=20ff4 m64[20ff0]=77d3731c485444cf m64[20ff8]=0000800000008000
pop {r0, r2, r4, r7}                 | r0=7fffffff r2=2c6c0433 r4=45f5fece r7=0 r13=21010 m64[21010]=f9b458a7109f165e m64[21018]=8cd262eeed91d103 m64[21020]=7216b6d93ad4e5cb m64[21028]=51aa0055d98b45cb nzcv=0111 | r0=109f165e r2=f9b458a7 r4=ed91d103 r7=8cd262ee r13=21020
setend be                            |                                          | e=1
rev r0, r0                           | r0=540a3d84                              | r0=843d0a54
rev16 r2, r4                         | r2=ffff r4=8000 nzcv=0001                | r2=80
revsh r5, r5                         | r5=7fffffff nzcv=1111                    | r5=ffffffff
nop {14}                             |                                          |
stmia r6!, {r0, r1, r2, r4, r5}      | r0=18d8ed81 r1=74452a44 r2=3 r4=2 r5=80000000 r6=21008 m64[21008]=64307382f872d5c5 m64[21010]=cd349f1b7df15324 m64[21018]=c584e7e3d7614a30 m64[21020]=8267657a3ba6d3f2 | r6=2101c m64[21008]=74452a4418d8ed81 m64[21010]=0000000200000003 m64[21018]=c584e7e380000000
ldmia r0!, {r6}                      | r0=21008 r6=ff m64[21008]=c5b42d6aa26741a7 m64[21010]=37bac79ab3969372 m64[21018]=f4e4f8444f8fcd76 m64[21020]=4e580023fe159bf4 nzcv=1101 | r0=2100c r6=a26741a7
.inst.n 0xd81b                       | nzcv=0100                                |
stmia.w r5!, {r0, r6, r7, r8, r9, ip, lr} | r0=7fff r5=21000 r6=f79f8f1f r7=ffff r8=f87d8a6e r9=3 r12=7a2db032 r14=3baf699a m64[21000]=9dd490d95bc4a132 m64[21008]=e9692a7f8704ce75 m64[21010]=b618ba24a0548183 m64[21018]=c5e6d940295a81f1 nzcv=0011 | r5=2101c m64[21000]=f79f8f1f00007fff m64[21008]=f87d8a6e0000ffff m64[21010]=7a2db03200000003 m64[21018]=c5e6d9403baf699a
stmdb r6, {r0, r1, r5, r7, r8, fp, ip} | r0=20 r1=7961b000 r5=64ced46d r6=21010 r7=e6a73ad7 r8=7e286872 r11=8000 r12=c7563530 m64[21000]=dc4d8bb309435a8d m64[21008]=4b022f0c4c7e0457 m64[21010]=238a1c66c9b81b3b m64[21018]=d2bee7f94047fcab nzcv=1010 | m64[20ff0]=0000002000000000 m64[20ff8]=64ced46d7961b000 m64[21000]=7e286872e6a73ad7 m64[21008]=c756353000008000
ldmdb sl, {r1, r5, r7, fp, lr}       | r1=2 r5=f8b60bd3 r7=d14b7af r10=21000 r11=3 r14=a04b5f9f m64[20ff0]=52edf8b4b38fee3c m64[20ff8]=ebe1925b2114eae0 m64[21000]=5829abea02aa21da m64[21008]=9ffa8b573dce9186 nzcv=0101 | r1=0 r5=b38fee3c r7=52edf8b4 r11=2114eae0 r14=ebe1925b
strex r8, fp, [r3, #252]             | r3=21000 r8=ffffff80 r11=9459e274 m64[210f8]=ac9be6fc82e8720b nzcv=0001 | r8=1
ldrd ip, sp, [r3], #-764             | r3=21000 r12=8c7ea4a2 r13=1 m64[21000]=663539a8ac465ec4 m64[21008]=28b0a4e8d03f42c m64[21010]=80d6b8129131e922 m64[21018]=b320c04c0e29ce nzcv=1011 | r3=20d04 r12=ac465ec4 r13=663539a8
strex r2, r7, [r8, #428]             | r2=1f r7=ffffffff r8=21010 m64[211b8]=4009395daa2360ef nzcv=0011 | r2=1
strexb r1, ip, [r9]                  | r1=7fffffff r9=21008 r12=ffffff80 m64[21008]=c891015d6efcd489 | r1=1
stlexb r6, fp, [r8]                  | r6=368a2c95 r8=21000 r11=16c77bcf m64[21000]=873ffa56cb39fdb4 nzcv=1010 | r6=1
strexh r1, r6, [sl]                  | r1=7 r6=7996a4b8 r10=21000 m64[21000]=ed2f8dc6ffc19582 | r1=1
stlexh lr, r2, [r4]                  | r2=ffff r4=21000 r14=58febd2a m64[21000]=bcbce95a86d8bcb9 nzcv=0111 | r14=1
stlex r0, r9, [fp]                   | r0=2 r9=f7ccc306 r11=21000 m64[21000]=771097a4dcc48c00 nzcv=0111 | r0=1
strexd r9, fp, sp, [r3]              | r3=21008 r9=c276a7ce r11=e5e754e6 r13=a7b11abf m64[21008]=4f5fd33aecb20bc4 nzcv=0100 | r9=1
ldrexd sl, r4, [r0]                  | r0=21008 r4=e3d9ddeb r10=825048b2 m64[21008]=e942fd17e77aa693 nzcv=0101 | r4=e942fd17 r10=e77aa693
stlexd sp, ip, sl, [fp]              | r10=8dddc6ad r11=21000 r12=2a618a34 r13=d084d242 m64[21000]=1c65007c6edcbf30 nzcv=1110 | r13=1
ldaexd r3, r8, [ip]                  | r3=78d80c5a r8=51b74afd r12=21000 m64[21000]=7886ad0378cdfb3b nzcv=0100 | r3=78cdfb3b r8=7886ad03
ands.w r5, sl, lr, asr #32           | r5=2 r10=8000 r14=f3ef3088 nzcv=0001     | r5=8000 nzcv=0011
tst.w r4, r6                         | r4=64f34a2d r6=bf555e63 nzcv=0110        | nzcv=0010
bics.w sp, r3, r8, lsr #30           | r3=7d5ea575 r8=27304fcf r13=a297b64b     | r13=7d5ea575 nzcv=0010
orr.w r6, r0, r1, lsr #5             | r0=ffff r1=1a00761b r6=e78dbc45 nzcv=1010 | r6=d0ffff
mov.w r6, r2, asr #29                | r2=ff r6=ffffff80 nzcv=0111              | r6=0
orn sp, r3, r0, asr #9               | r0=3 r3=3 r13=356db76d nzcv=0111         | r13=ffffffff
mvns.w r3, r5, ror #1                | r3=ff r5=f7f4faee nzcv=0101              | r3=84058288 nzcv=1001
eor.w r0, r8, r0, ror #14            | r0=de81380c r8=39282a03                  | r0=d91b5007
teq r4, r6, ror #29                  | r4=3 r6=9972aa9a nzcv=0101               | nzcv=1011
add.w fp, ip, r3, lsr #11            | r3=ef715a7 r11=c2e4ff78 r12=46c5e422     | r11=46c7c304
cmn.w sp, r8, asr #32                | r8=80000001 r13=8000 nzcv=1000           | nzcv=0010
adcs.w r6, r8, sp, lsr #23           | r6=37e2166d r8=3 r13=80000001            | r6=103
sbcs.w sp, r0, lr, asr #13           | r0=7 r13=2cbfa89b r14=21ffcff3           | r13=fffef008 nzcv=1000
subs.w r7, r8, sl, asr #32           | r7=ffffff80 r8=7 r10=ffffff80            | r7=8
cmp.w fp, r7, lsl #1                 | r7=20 r11=1f291b0b                       | nzcv=0010
rsb sl, r9, r6, rrx                  | r6=5998211a r9=e43f7150 r10=7fff nzcv=0001 | r10=488c9f3d
pkhtb sp, r2, r3, asr #31            | r2=ff r3=7 r13=1f nzcv=1110              | r13=0
and.w lr, r0, #18481152              | r0=1187ae3a r14=7f305644 nzcv=1110       | r14=1020000
tst.w r0, #2868903936                | r0=14fa42ef nzcv=1010                    | nzcv=0110
bic.w ip, sl, #309248                | r10=18393160 r12=2a9e7f7d nzcv=1011      | r12=18390160
orr.w r0, r7, #429916160             | r0=ff r7=da8a6c88                        | r0=dbaa6c88
movs.w r9, #5120                     | r9=7fff                                  | r9=1400
orn ip, r0, #2784                    | r0=b1425d5d r12=ff nzcv=0010             | r12=fffffd5f
mvns.w r6, #626688                   | r6=c6246411                              | r6=fff66fff nzcv=1000
eor.w sp, r9, #7438336               | r9=7fff r13=0                            | r13=71ffff
teq r4, #8384                        | r4=ffffff80 nzcv=0011                    | nzcv=1001
adds.w lr, r0, #712                  | r0=7fffffff r14=16dbd36b nzcv=1100       | r14=800002c7 nzcv=1001
cmn.w sl, #11403264                  | r10=6f134c09 nzcv=0001                   | nzcv=0000
adc.w r5, r3, #9896087               | r3=440a4ac0 r5=3 nzcv=1010               | r5=44a14b58
sbcs.w r7, lr, #2097152              | r7=16be1773 r14=77b5349 nzcv=0110        | r7=75b5349 nzcv=0010
sub.w lr, r0, #2583730688            | r0=80000000 r14=7fff nzcv=0001           | r14=e5ff6600
cmp.w r0, #12544                     | r0=be13400 nzcv=0011                     | nzcv=0010
rsb fp, r8, #77312                   | r8=80000001 r11=7fff nzcv=0001           | r11=80012dff
addw r6, r1, #2286                   | r1=5b999ce7 r6=1 nzcv=1011               | r6=5b99a5d5
subw r2, r3, #638                    | r2=ffffff80 r3=f39a5ed3                  | r2=f39a5c55
movw r3, #29323                      | r3=8000                                  | r3=728b
movt r0, #37322                      | r0=ffff                                  | r0=91caffff
ssat fp, #25, r5, asr #14            | r5=4fa07714 r11=856a242 nzcv=0010        | r11=13e81
usat r0, #15, r5, lsl #29            | r0=ff r5=7fffffff nzcv=1111              | r0=0 q=1
ssat16 r9, #8, sl                    | r9=2db9d962 r10=1f                       | r9=1f
usat16 r4, #10, r8                   | r4=29d49a9f r8=f5fb6c37                  | r4=3ff q=1
sbfx lr, r7, #19, #7                 | r7=7 r14=2 nzcv=1100                     | r14=0
ubfx r0, r8, #8, #15                 | r0=1f r8=6bf405f4                        | r0=7405
bfi r3, r3, #1, #24                  | r3=9c581aca nzcv=1111                    | r3=9cb03594
.inst.w 0xf416a9ea                   | nzcv=0001                                |
dmb #0                               |                                          |
strb.w r2, [fp, #3067]               | r2=200991cf r11=21000 m64[21bf8]=49c5f39f20708819 | m64[21bf8]=49c5f39fcf708819
strb.w sp, [r1, #227]!               | r1=21000 r13=bc131932 m64[210e0]=c3c3391d03860361 | r1=210e3 m64[210e0]=c3c3391d32860361
strb.w ip, [r2, ip, lsl #3]          | r2=21000 r12=0 m64[21000]=9ffdc36639c9cf53 nzcv=1010 | m64[21000]=9ffdc36639c9cf00
strh.w r1, [r3, #718]                | r1=c3099c76 r3=21000 m64[212c8]=5b2346185ecf1780 nzcv=0001 | m64[212c8]=9c7646185ecf1780
strh.w sl, [lr, #-177]!              | r10=20 r14=21000 m64[20f48]=249d7e8aa05c10ac | r14=20f4f m64[20f48]=209d7e8aa05c10ac
strh.w r0, [sp, r9, lsl #3]          | r0=d3f008c0 r9=2 r13=21000 m64[21010]=8b8aa3d03c7d31c5 | m64[21010]=8b8aa3d03c7d08c0
str.w r0, [r7, #3645]                | r0=80000000 r7=21010 m64[21e48]=f97487ff518317df nzcv=0110 | m64[21e48]=000000ff518317df m64[21e50]=0000000000000080
str.w r7, [r3, #78]!                 | r3=21008 r7=2ab71cab m64[21050]=8966dfc026140434 | r3=21056 m64[21050]=1cabdfc026140434 m64[21058]=0000000000002ab7
str.w r0, [sl, lr, lsl #2]           | r0=ffffffff r10=21000 r14=1 m64[21000]=ae061d23cecb3df8 | m64[21000]=ffffffffcecb3df8
ldrb.w r8, [r3, #414]                | r3=21000 r8=4113d741 m64[21198]=dff24adbe40f2e81 nzcv=0001 | r8=f2
ldrbt r3, [lr, #235]                 | r3=93b9f227 r14=21000 m64[210e8]=c380ac3fb0ec0cec nzcv=1000 | r3=b0
ldrb.w fp, [r0, r2, lsl #3]          | r0=21000 r2=8 r11=2 m64[21040]=541f09e31a793eec nzcv=1101 | r11=ec
ldrh.w r8, [ip, #3386]               | r8=0 r12=21004 m64[21d38]=5e7de3bc5319848a nzcv=1111 | r8=5e7d
ldrh.w sp, [r6], #-82                | r6=21008 r13=20 m64[21008]=fc08263253f0da9f nzcv=1001 | r6=20fb6 r13=da9f
ldrh.w ip, [r5, sl, lsl #2]          | r5=21008 r10=1 r12=bdc427ca m64[21008]=8f1fd78964bff7b8 nzcv=0011 | r12=d789
ldr.w sl, [ip, #2961]                | r10=0 r12=21008 m64[21b98]=5c5ebf415e2d569a | r10=415e2d56
ldrt r1, [r9, #28]                   | r1=8000 r9=21000 m64[21018]=e052bfbae8e58bd9 nzcv=1110 | r1=e052bfba
ldr.w sp, [r7, sp, lsl #3]           | r7=21010 r13=2 m64[21010]=35540ca1b1ca67cf | r13=0
ldrsb.w r3, [r7, #1480]              | r3=ffffffff r7=21008 m64[215d0]=c896c1a2df2599e7 | r3=ffffffe7
ldrsb.w r1, [r6, #183]!              | r1=ff r6=21000 m64[210b0]=d6a1a3b52aa055b1 nzcv=1101 | r1=ffffffd6 r6=210b7
ldrsb.w r9, [r3, r2, lsl #1]         | r2=1 r3=21008 r9=905f0e26 m64[21008]=293340dc52fc634d | r9=fffffffc
ldrsh.w sp, [r1, #1269]              | r1=21010 r13=3 m64[21500]=290be342506eba6b | r13=be3
ldrsh.w r7, [r3], #150               | r3=21000 r7=ffffff80 m64[21000]=fbe43d3799844ef nzcv=1001 | r3=21096 r7=44ef
ldrsh.w r0, [fp, r2, lsl #2]         | r0=7 r2=8 r11=21000 m64[21020]=18713d326570c790 nzcv=1111 | r0=ffffc790
pli [r7, #3030]                      | r7=21010 m64[21be0]=13bfe8c16399e624 nzcv=0001 |
lsl.w r6, r7, sp                     | r6=1f r7=7e0d10a3 r13=0                  | r6=7e0d10a3
lsr.w lr, r6, r8                     | r6=a41d234a r8=2bc9b7b6 r14=8bb81d96 nzcv=1100 | r14=0
asrs.w sp, sp, sl                    | r10=36c128d0 r13=9e957904                | r13=ffffffff nzcv=1010
rors.w r0, r0, r8                    | r0=3335ba4 r8=c1525ddd nzcv=1011         | r0=199add20 nzcv=0001
sxtah r2, r2, sl, ror #8             | r2=1f r10=fb6fb7b9 nzcv=1001             | r2=6fd6
uxtah r7, r7, r8, ror #8             | r7=7 r8=8000                             | r7=87
sxtab16 r9, r4, lr, ror #8           | r4=8000 r9=0 r14=160bc81e nzcv=0010      | r9=167fc8
uxtb16 r4, r3, ror #24               | r3=ffff r4=ffffffff                      | r4=ff0000
sxtab r6, r7, lr, ror #8             | r6=3b5d21ca r7=8000 r14=29be950d nzcv=0111 | r6=7f95
uxtab r9, r7, r6, ror #24            | r6=ffff r7=7fff r9=437c1c4b nzcv=1001    | r9=7fff
sadd16 r4, r5, r8                    | r4=80000001 r5=86d1a125 r8=1f nzcv=0100  | r4=86d1a144
sasx r3, r3, lr                      | r3=2 r14=2bb92e5d                        | r3=2e5dd449 ge=c
ssax r6, r0, sl                      | r0=ffffff80 r6=f65fb930 r10=2 nzcv=0111  | r6=fffdff80
ssub16 sp, ip, r0                    | r0=ffffff80 r12=ffffffff r13=0 nzcv=0010 | r13=7f ge=f
sadd8 r9, r6, r9                     | r6=1f r9=80000001 nzcv=0001              | r9=80000020 ge=7
ssub8 ip, r7, r4                     | r4=ffffff80 r7=8a097f3b r12=80000000 nzcv=1010 | r12=8b0a80bb ge=7
qadd16 r5, r5, r4                    | r4=6089b15c r5=1                         | r5=6089b15d
qasx r1, r8, r4                      | r1=d69f57f3 r4=1f r8=7fffffff            | r1=7fffffff
qsax r4, sl, sl                      | r4=ff r10=ffffff80 nzcv=1010             | r4=7fff7f
qsub16 r8, sp, r1                    | r1=7fff r8=7fff r13=2942c6e3 nzcv=0010   | r8=29428000
qadd8 r4, r9, sl                     | r4=1 r9=1 r10=80000000                   | r4=80000001
qsub8 r4, r6, r3                     | r3=ffffff80 r4=9ca902f8 r6=ff nzcv=0101  | r4=101017f
shadd16 r6, sp, r0                   | r0=fcf82399 r6=cc67f26a r13=3d323b19 nzcv=0011 | r6=1d152f59
shasx sp, r2, ip                     | r2=fff7c837 r12=80000000 r13=7fffffff    | r13=fffb241b
shsax r0, r2, r5                     | r0=7fff r2=80000000 r5=ffffffff          | r0=c000ffff
shsub16 fp, r7, sl                   | r7=dae356ea r10=7fffffff r11=bfb36a0a nzcv=1111 | r11=ad722b75
shadd8 r5, r4, r9                    | r4=80000000 r5=ffffffff r9=d0dcff2f nzcv=0011 | r5=a8eeff17
shsub8 r6, r2, r4                    | r2=b2f48516 r4=0 r6=ffffff80             | r6=d9fac20b
uadd16 r2, r9, r5                    | r2=5afea173 r5=5eb45753 r9=1f            | r2=5eb45772
uasx fp, lr, ip                      | r11=32f03c12 r12=2ad1f4b4 r14=ed135ffa   | r11=e1c73529 ge=f
usax sp, r9, sp                      | r9=80000000 r13=7fffffff                 | r13=80017fff
usub16 lr, r3, r5                    | r3=24143491 r5=40b411f1 r14=3d0ca1b0 nzcv=0001 | r14=e36022a0 ge=3
uadd8 r9, lr, r0                     | r0=7fffffff r9=806351bc r14=ffffffff nzcv=1010 | r9=7efefefe ge=f
usub8 r0, fp, r9                     | r0=ffffff80 r9=7753f6de r11=453c09f nzcv=0111 | r0=8d00cac1 ge=4
uqadd16 r7, r1, sl                   | r1=3a8683b8 r7=552c69cc r10=7fffffff nzcv=0011 | r7=ba85ffff
uqasx lr, r0, lr                     | r0=482b92f3 r14=7fffffff nzcv=0011       | r14=ffff12f4
uqsax ip, sl, r5                     | r5=7 r10=7fff r12=ffff                   | r12=7fff
uqsub16 r0, sl, lr                   | r0=d11a1ca0 r10=98c52cf6 r14=1f nzcv=1101 | r0=98c52cd7
uqadd8 r1, sp, r1                    | r1=7fff r13=7fffffff nzcv=1001           | r1=7fffffff
uqsub8 r7, r4, fp                    | r4=1 r7=d1aa487f r11=ffffff80 nzcv=1011  | r7=0
uhadd16 r0, r9, r6                   | r0=9368a2cc r6=2 r9=7a149ab7             | r0=3d0a4d5c
uhasx r7, r7, lr                     | r7=50d25fdb r14=204a1d08                 | r7=36ed1fc8
uhsax r4, r2, sp                     | r2=7fff r4=ffff r13=80000000 nzcv=0100   | r4=7fff
uhsub16 lr, r4, r7                   | r4=5ab1c52b r7=7 r14=2a6e1967 nzcv=0011  | r14=2d586292
uhadd8 r4, r1, sp                    | r1=8000 r4=ffecf2f9 r13=ffffff80         | r4=7f7fbf40
uhsub8 r1, r3, r4                    | r1=ff r3=8000 r4=9db14e7d nzcv=1111      | r1=b1a719c1
qadd lr, r8, sl                      | r8=7 r10=d8a7df8f r14=65ac9113 nzcv=1101 | r14=d8a7df96
qdadd r7, fp, fp                     | r7=345505a9 r11=92bf52b3 nzcv=0100       | r7=80000000 q=1
qsub sp, r7, fp                      | r7=289c5cd8 r11=8a58dfe8 r13=fc2426e6 nzcv=1010 | r13=7fffffff q=1
qdsub sp, sp, r1                     | r1=248a6d3f r13=20 nzcv=1001             | r13=b6eb25a2
.inst.w 0xfa9bf28c                   | r2=1 r11=3                               | r2=0
.inst.w 0xfa92fa97                   | r2=f6ef82b3 r10=8000                     | r10=0
rbit sp, r1                          | r1=bf25692d r13=ffffff80 nzcv=1001       | r13=b496a4fd
.inst.w 0xfa99fabc                   | r9=2 r10=da929549 nzcv=1111              | r10=0
sel r1, lr, r4                       | r1=1f r4=81d00c1 r14=3 nzcv=0010 ge=c    | r1=c1
.inst.w 0xfab7fd8b                   | r7=1f r13=10f487ad                       | r13=20
crc32b sp, r9, r8                    | r8=20 r9=f6d795e5 r13=1dca5eb6 nzcv=0101 | r13=ebf8e1aa
.inst.w 0xfac6fd98                   | r6=37e7327 r8=886a60ca                   | r13=6f6ecf01
crc32w r6, sp, r9                    | r6=3 r9=20 r13=ffffff80 nzcv=1100        | r6=4dd53f17
crc32cb sp, r1, fp                   | r1=de3eb8b8 r11=785727c2 r13=2cd894eb    | r13=1aa4428d
crc32ch r3, r2, fp                   | r2=1f1e932 r3=308426ce r11=8000 nzcv=0111 | r3=7e7f6b32
crc32cw r8, r1, r1                   | r1=80000001 r8=85344d72 nzcv=1101        | r8=0
mul.w sl, r3, r7                     | r3=7fffffff r7=b0c55526 r10=2707a847     | r10=4f3aaada
mla sl, r3, sl, r6                   | r3=1f r6=c7c10aeb r10=613ebe7c nzcv=0100 | r10=8e5a1bef
mls r4, lr, sl, r7                   | r4=a3eab7ce r7=5fab79b3 r10=b36dcc8c r14=ffff nzcv=1101 | r4=468d463f
smlatb ip, r1, lr, r0                | r0=4c57e90c r1=20 r12=efb21448 r14=84b29ead nzcv=0111 | r12=4c57e90c
smladx r5, ip, r6, r1                | r1=7 r5=ffff r6=23f53623 r12=8000 nzcv=1101 | r5=ee058007
smlawb r5, ip, r6, lr                | r5=61d74853 r6=80000000 r12=aef76a5b r14=1 | r5=1
smlsd r2, r6, r6, r2                 | r2=3e5a77b3 r6=e9e6bdaa nzcv=0011        | r2=4da271f3
smmlar r1, r4, sp, sl                | r1=63bdf8fe r4=80000000 r10=b0260993 r13=3 nzcv=1000 | r1=b0260992
smmls fp, r1, r6, r1                 | r1=1f r6=31cdc584 r11=2 nzcv=1101        | r11=18
usada8 r9, r5, r6, ip                | r5=21aad2bd r6=c5851e27 r9=1 r12=74baa2f5 nzcv=0011 | r9=74baa508
smull r7, r6, sp, r0                 | r0=20 r6=7fffffff r7=d2f280 r13=51b0eb34 | r6=a r7=361d6680
umull r4, r7, r4, r0                 | r0=80000001 r4=afadb16c r7=83abeffd      | r7=57d6d8b6
smlal r2, r1, ip, r1                 | r1=ff r2=a61eebd6 r12=1 nzcv=1100        | r2=a61eecd5
umlal r9, sp, r1, r2                 | r1=6775d6c5 r2=80000000 r9=7fffffff r13=80000001 nzcv=1001 | r9=ffffffff r13=b3baeb63
sdiv lr, r8, r2                      | r2=ffff r8=14ab41ee r14=3d560775 nzcv=1110 | r14=14ab
udiv r4, lr, sp                      | r4=dd1b1cf6 r13=85320555 r14=ffffffff nzcv=1001 | r4=1
smlaltt sp, r5, lr, r5               | r5=ffffff80 r13=7fffffff r14=10847781    | r13=7fffef7b
smlaldx r9, sp, r9, sp               | r9=7fffffff r13=86c33e5 nzcv=0010        | r9=99f243ae
smlsld sp, r3, r4, r0                | r0=914f63c2 r3=7 r4=7fff r13=7bf907d0 nzcv=0101 | r13=add9a40e
umaal r6, sl, sl, r4                 | r4=851fa004 r6=ffffffff r10=7fff nzcv=1110 | r6=4ae2dffa r10=4290
vmov r7, sl, s0, s1                  | r7=d0b9556a r10=20 d0=72c3db88f8443360 nzcv=1010 | r7=f8443360 r10=72c3db88
vnmul.f32 s6, s12, s14               | d3=4f000000007fffff d6=4f000000bf800000 d7=1fb1edf040490fdb nzcv=1110 | d3=4f00000040490fdb
vcmla.f16 d29, d29, d4[0], #180      | d4=0cb780003c003c00 d29=7bffc000c0007c00 nzcv=1100 | d29=7bff0000fc007e00 fpscr=11
vummla.u8 q5, q9, q7                 | d10=949a2e6cab2770c2 d11=fcd0a2ffe5d004f4 d14=eb840bf84e35f398 d15=7f80ff0180007fff d18=7f80ff0180007fff d19=0000000000000000 | d10=949d2871ab296a39
vqsub.u64 d15, d21, d7               | d7=a2f55fbef03d233c d15=7f80ff0180007fff d21=8000000080000000 | d15=0000000000000000 fpscr=8000000
vst2.32 {d14-d17}, [r0 :256]         | r0=21010 d14=2c020bbbee7db932 d15=bf9cb792bb447333 d16=0b7fdb08402277c7 d17=b134a61ba20b49b8 m64[21010]=10a4b03fe83a092e m64[21018]=a52f747cfcccf60c m64[21020]=9385caaf051daddd m64[21028]=2122b898a9ea7ee nzcv=0111 | m64[21010]=402277c7ee7db932 m64[21018]=0b7fdb082c020bbb m64[21020]=a20b49b8bb447333 m64[21028]=b134a61bbf9cb792

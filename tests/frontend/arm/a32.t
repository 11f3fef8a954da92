# a32.t: words of each line of a32.decode, with what a reference made of them; flow and conditions are in misc.t and cond.t
and r3, fp, sp, ror #31              | r3=ffffff80 r11=2 r13=7                  | r3=2
ands r7, ip, r7, ror #9              | r7=439e7fa9 r12=80000000                 | r7=80000000 nzcv=1010
eors r4, r4, fp, asr #30             | r4=e5856cfa r11=6e0d0eb1 nzcv=1001       | r4=e5856cfb nzcv=1011
eors r7, ip, sp, ror #31             | r7=c29237ff r12=6ba6cc6d r13=6b153e7a nzcv=0111 | r7=bd8cb099 nzcv=1011
subs r6, r9, sp, asr #3              | r6=d7f65919 r9=291e6ca0 r13=ffffff80 nzcv=0010 | r6=291e6cb0 nzcv=0000
subscs r1, ip, ip, asr #14           | r1=64135548 r12=ffff                     |
rsbs r5, ip, sp, lsl #11             | r5=ae759794 r12=3 r13=20 nzcv=1001       | r5=fffd nzcv=0010
rsb r0, sl, r6, ror #26              | r0=ff r6=3 r10=6891e487                  | r0=976e1c39
adds sl, r1, ip, ror #12             | r1=2 r10=ef9dc8 r12=2                    | r10=200002
adds r0, fp, ip, ror #2              | r0=20 r11=1 r12=ef79980d nzcv=1010       | r0=7bde6604 nzcv=0000
adcs ip, sp, fp, asr #17             | r11=20 r12=f319410b r13=80000001         | r12=80000001 nzcv=1000
adcs r1, r9, r5, lsr #19             | r1=7fff r5=0 r9=1f                       | r1=1f
sbcs r2, r1, r5, asr #1              | r1=80000001 r2=2 r5=20 nzcv=1011         | r2=7ffffff1 nzcv=0011
sbcs r4, r8, sp, ror #26             | r4=8000 r8=d92d11b2 r13=4cfd01df         | r4=99ec99de nzcv=1010
rsc r0, r3, r6, asr #27              | r0=30a69d3 r3=7fffffff r6=7fffffff nzcv=1110 | r0=80000010
rsc r6, r8, r9, lsl #31              | r6=e72382ea r8=8612e776 r9=2 nzcv=0010   | r6=79ed188a
tst r1, r0, lsl #22                  | r0=ffffffff r1=1f nzcv=0100              | nzcv=0110
tst sp, r9, lsr #11                  | r9=50c8debc r13=2 nzcv=0111              | nzcv=0011
teq r2, r8, ror #29                  | r2=bb132678 r8=7 nzcv=0001               | nzcv=1001
teq r4, lr, lsr #28                  | r4=8000 r14=ffffff80 nzcv=0001           | nzcv=0011
cmp r5, r6, lsr #28                  | r5=e9dfb9c6 r6=415331dc                  | nzcv=1010
cmp r9, r2, lsr #3                   | r2=c61de934 r9=20                        | nzcv=1000
cmn r0, r1, asr #26                  | r0=ffffff80 r1=2a39920 nzcv=0111         | nzcv=1000
cmn ip, lr, asr #15                  | r12=891b103c r14=ffff                    | nzcv=1000
orrs lr, r4, r4                      | r4=58f09ac1 r14=2dd9126b                 | r14=58f09ac1
orr sp, ip, fp, lsl #4               | r11=9629da26 r12=714a5e69 r13=2a48d4d2   | r13=73dffe69
lsls r4, sp, #31                     | r4=7fffffff r13=ffffff80 nzcv=1101       | r4=0 nzcv=0101
asrs ip, r2, #21                     | r2=2 r12=28d31b0c nzcv=1010              | r12=0 nzcv=0100
bic r0, r4, fp, lsr #7               | r0=2 r4=8000 r11=a0bf9926 nzcv=0110      | r0=8000
bics r2, sl, r4, asr #3              | r2=30137915 r4=ac4085f r10=80000000      | r2=80000000 nzcv=1010
mvngt r3, fp, ror #15                | r3=e849c159 r11=714910e1 nzcv=0001       |
mvns r8, r7, lsr #21                 | r7=7fff r8=ffffffff nzcv=1010            | nzcv=1000
and r3, r4, lr, asr r8               | r3=97ee6519 r4=ffffff80 r8=a36599b1 r14=5d9e6a7 | r3=0
ands r5, r0, r1, asr r0              | r0=3 r1=7 r5=c9667539 nzcv=1011          | r5=0 nzcv=0111
eor r5, ip, sp, asr r1               | r1=f682b1d0 r5=2 r12=436faccd r13=74ed7beb nzcv=0100 | r5=436faccd
eor fp, ip, r9, asr r9               | r9=300d28fe r11=5e4fd17 r12=c39ee547 nzcv=1100 | r11=c39ee547
sub r3, ip, ip, lsr sl               | r3=49d73238 r10=7e1074fa r12=93109dbd    | r3=93109dbd
subcc sp, r3, r5, asr r4             | r3=1f r4=48b4d208 r5=d516ed01 r13=98c49bd8 nzcv=0100 | r13=2ae932
rsbs r9, r0, fp, lsr r6              | r0=1 r6=456189d0 r9=b6b1933b r11=765a8756 | r9=ffffffff nzcv=1000
rsbcs r7, r2, r9, lsl sl             | r2=ff r7=42253f46 r9=ffffff80 r10=7fffffff nzcv=1110 | r7=ffffff01
adds r6, r1, r2, ror r8              | r1=88453662 r2=7fff r6=db1960d3 r8=380d44bc nzcv=0010 | r6=884d3652 nzcv=1000
adds r8, r8, r1, lsl r5              | r1=da79f43d r5=a8f03acd r8=aba79e4e      | nzcv=1000
adc r2, r6, r5, asr r1               | r1=7fff r2=f1a85c3a r5=b63301d1 r6=8000 nzcv=0011 | r2=8000
adc lr, r3, r7, asr sp               | r3=7fff r7=6930a28f r13=517ea08c r14=435fdaae nzcv=1100 | r14=7fff
sbc r6, r6, ip, asr r8               | r6=7fffffff r8=4cc56444 r12=80000000 nzcv=1011 | r6=80000000
sbc sp, fp, r9, lsr r1               | r1=8f746f60 r9=cee1beb5 r11=1f79e3b3 r13=ffffff80 | r13=1f79e3b2
rscs r8, r8, r4, asr sl              | r4=12e2511d r8=0 r10=8000 nzcv=1101      | r8=12e2511c nzcv=0010
rsc fp, r9, ip, asr r9               | r9=ff r11=1 r12=20                       | r11=ffffff00
tst fp, r7, lsl r0                   | r0=3b50b5af r7=884a462a r11=260384ec nzcv=0111 | nzcv=0101
tst r2, r6, lsl r5                   | r2=8000 r5=80000000 r6=7fffffff nzcv=1001 | nzcv=0001
teq r5, r3, asr fp                   | r3=ffffff80 r5=cf8e2ef3 r11=80000000     |
teq ip, r9, lsr r8                   | r8=ff r9=3 r12=137e0dce nzcv=0100        | nzcv=0000
cmppl r9, fp, lsl r3                 | r3=ff r9=3862ff93 r11=ffffff80           | nzcv=0010
cmp ip, r2, asr r1                   | r1=1 r2=b4b25851 r12=2c8c3d86 nzcv=1111  | nzcv=0000
cmn fp, r4, asr r4                   | r4=1f r11=7f366852 nzcv=0101             | nzcv=0000
cmn r8, fp, asr r6                   | r6=ef93d0ef r8=3 r11=8000 nzcv=1101      | nzcv=0000
orr r4, sl, sp, lsl r1               | r1=2fc62fbb r4=67d36ca2 r10=20 r13=8000 nzcv=1000 | r4=20
orrmi r2, fp, ip, lsr lr             | r2=f6ffe8c1 r11=1f r12=d8da4345 r14=80000000 nzcv=1110 | r2=d8da435f
lsl r2, r5, r6                       | r2=57d4cee4 r5=43331dfe r6=1c99c499      | r2=0
ror r2, r4, r4                       | r2=5391b0f5 r4=def89d82                  | r2=b7be2760
bics r7, fp, r1, ror r9              | r1=59658227 r7=7fffffff r9=33713739 r11=73adb686 nzcv=0001 | r7=412ca402 nzcv=0011
bics r2, r3, ip, lsl r7              | r2=f725c12d r3=ff r7=e845f22c r12=1f nzcv=1111 | r2=ff nzcv=0001
mvns r8, fp, lsr ip                  | r8=8000 r11=c4abb198 r12=e3f7753f nzcv=0010 | r8=ffffffff nzcv=1000
mvn lr, r8, ror lr                   | r8=b6929acd r14=80000001                 | r14=24b6b299
and sl, r4, #164, 8                  | r4=b57dac47 r10=ffffffff nzcv=1001       | r10=a4000000
ands r6, fp, #120, 28                | r6=2d9f26f4 r11=0                        | r6=0 nzcv=0100
eors r4, sl, #-2147483594            | r4=7fff r10=0 nzcv=1110                  | r4=80000036 nzcv=1010
eors r5, r8, #671088641              | r5=66e6d409 r8=7fffffff nzcv=1011        | r5=57fffffe nzcv=0001
sub r9, r2, #60, 14                  | r2=239dccb7 r9=ffffffff nzcv=1011        | r9=22adccb7
subs lr, r5, #132, 8                 | r5=9fa0d864 r14=a219883f nzcv=1111       | r14=1ba0d864 nzcv=0010
rsb r7, fp, #21495808                | r7=80000001 r11=7 nzcv=0010              | r7=147fff9
rsbs sp, sl, #252, 14                | r10=ffff r13=8cd70ffa nzcv=0101          | r13=3ef0001 nzcv=0010
add sl, ip, #452                     | r10=65631341 r12=7fffffff nzcv=1010      | r10=800001c3
add r2, fp, #26476544                | r2=9c1dc68e r11=1f                       | r2=194001f
adc r9, sl, #80, 18                  | r9=3decb916 r10=6191fe17                 | r9=61a5fe17
adc ip, r5, #205824                  | r5=f36b1a5a r12=80000001 nzcv=0011       | r12=f36e3e5b
sbc r8, r2, #123                     | r2=0 r8=74cfbb01 nzcv=1110               | r8=ffffff85
sbcs r1, r2, #-1073741779            | r1=80000001 r2=d2353777                  | r1=12353749 nzcv=0010
rsclt sp, r9, #3216                  | r9=e1a806c0 r13=56ddcbde nzcv=1110       | r13=1e5805d0
rscs r9, r1, #388                    | r1=c9e41e23 r9=1                         | r9=361be360
tst r2, #72704                       | r2=7c29f678 nzcv=1111                    | nzcv=0001
tst r4, #100, 10                     | r4=1 nzcv=1111                           | nzcv=0101
teq r2, #629145600                   | r2=ffffff80                              | nzcv=1000
teq r6, #843055104                   | r6=20 nzcv=0110                          | nzcv=0000
cmp lr, #18                          | r14=64e1a567 nzcv=1100                   | nzcv=0010
cmp lr, #11456                       | r14=6a4fe978 nzcv=1010                   | nzcv=0010
cmn r9, #1073741854                  | r9=ffffff80                              | nzcv=0010
cmnhi sp, #76, 2                     | r13=6a9ac0b4 nzcv=0101                   |
orrs r2, r5, #156, 2                 | r2=0 r5=62f13742 nzcv=0111               | r2=62f13767 nzcv=0001
orr ip, sp, #1589248                 | r12=7 r13=f10e8ebf nzcv=0110             | r12=f11ecebf
mov r7, #57                          | r7=a74b6ff2 nzcv=1010                    | r7=39
movs r6, #1424                       | r6=a6b85eb7                              | r6=590
bic r6, fp, #33024                   | r6=27e1e549 r11=20 nzcv=1011             | r6=20
bics r3, r4, #144                    | r3=f3577605 r4=14799da7                  | r3=14799d27
mvns r2, #156, 20                    | r2=7fffffff nzcv=1011                    | r2=fff63fff nzcv=1001
mvn r7, #175112192                   | r7=60f96037 nzcv=0100                    | r7=f58fffff
movw lr, #12446                      | r14=0 nzcv=1011                          | r14=309e
movw r4, #61977                      | r4=4e6cb244 nzcv=1010                    | r4=f219
movt r6, #48003                      | r6=1f                                    | r6=bb83001f
movt sp, #41046                      | r13=ffff                                 | r13=a056ffff
muls sp, sp, r4                      | r4=20 r13=d52cd182 nzcv=1110             | r13=a59a3040 nzcv=1010
muleq r5, sl, ip                     | r5=3f7a6f40 r10=22c6a36a r12=2871d085 nzcv=1010 |
mla r9, lr, ip, sl                   | r9=908c09eb r10=33d3634b r12=39a27013 r14=7 | r9=c74473d0
mla r7, r1, r9, r0                   | r0=c33537f8 r1=c5d6995e r7=5d2b390f r9=521ea7de | r7=665e897c
umaal fp, fp, sl, r1                 | r1=3 r10=8000 r11=f9a93bd2 nzcv=1011     | r11=1
umaalne r7, fp, r5, r3               | r3=8000 r5=8fccfd7e r7=80000001 r11=7fffffff nzcv=1010 | r7=7ebf0000 r11=47e7
mls r6, lr, sl, ip                   | r6=ffffff80 r10=7fff r12=2 r14=ffffffff  | r6=8001
mls sp, r9, sp, r1                   | r1=ee16f44f r9=1f r13=7a047a nzcv=1100   | r13=df506989
umulls sp, r8, r0, lr                | r0=ffffff80 r8=76c26dca r13=2 r14=3 nzcv=1011 | r8=2 r13=fffffe80 nzcv=0011
umull r6, r3, r0, r5                 | r0=2 r3=31648e72 r5=20 r6=5223d56a nzcv=0101 | r3=0 r6=40
umlal r9, lr, sp, r2                 | r2=1 r9=1 r13=a502226a r14=2e916acf nzcv=0001 | r9=a502226b
umlals r8, r6, r2, r2                | r2=f8a559ae r6=ca085ee5 r8=ba185849 nzcv=1100 | r6=bb892773 r8=93ceca8d nzcv=1000
smulls r4, r8, r0, fp                | r0=3 r4=e0261308 r8=2 r11=54dfe06d nzcv=0010 | r4=fe9fa147 r8=0
smull r2, r6, r2, r6                 | r2=ffffffff r6=ff                        | r2=ffffff01 r6=ffffffff
smlal r0, r8, lr, r8                 | r0=8000 r8=20 r14=76b99207               | r0=d732c0e0 r8=2e
smlal r0, r3, r6, r7                 | r0=3 r3=a902e31d r6=1fbd37c9 r7=ffffff80 | r0=21641b83 r3=a902e30d
qadd r2, r5, lr                      | r2=d0b4b3d3 r5=f87904b5 r14=3e8bc731     | r2=3704cbe6
qadd r8, r5, r5                      | r5=3708e4b9 r8=71ed045b                  | r8=6e11c972
qsubvs ip, lr, sl                    | r10=320cfe75 r12=3942f853 r14=460da0db nzcv=1100 |
qsub r6, fp, sp                      | r6=80000001 r11=5b329f03 r13=8000        | r6=5b321f03
qdadd lr, sl, sl                     | r10=1f r14=8f145983                      | r14=5d
qdadd fp, fp, r1                     | r1=80000000 r11=7fff nzcv=0100           | r11=80007fff q=1
qdsubls r2, r2, r4                   | r2=8000 r4=ff nzcv=1100                  | r2=7e02
qdsub ip, sp, ip                     | r12=ffff r13=bb580a00 nzcv=1110          | r12=bb560a02
smlabb r8, r3, r5, r5                | r3=39991167 r5=59921d98 r8=28abad8c nzcv=1010 | r8=5b951dc0
smlatb r8, r4, ip, r5                | r4=ff r5=ffff r8=a80f28b2 r12=8000 nzcv=1011 | r8=ffff
smlawb r4, r3, r4, r6                | r3=8000 r4=f5ed678 r6=e64bb23c           | r4=e64b9d78
smlawb fp, r3, r2, sp                | r2=0 r3=2e95df9a r11=ffff r13=4c82aa15 nzcv=0010 | r11=4c82aa15
smulwb r0, r1, r2                    | r0=1 r1=3bf9440d r2=20 nzcv=0111         | r0=77f28
smulwt r6, r6, fp                    | r6=20 r11=c45a7067 nzcv=0110             | r6=fffffff8
smlalbb r4, r9, r9, lr               | r4=2e515f4e r9=522d962d r14=7abf7f0 nzcv=1100 | r4=31a6947e
smlalbt r9, r0, r5, r3               | r0=80000000 r3=3ee17b06 r5=a16776b2 r9=896770b6 nzcv=0100 | r9=a68edf28
smulbb r3, r5, ip                    | r3=294625eb r5=3 r12=ffffffff nzcv=1110  | r3=fffffffd
smultb sl, sl, sp                    | r10=61532f67 r13=ee137cb6 nzcv=1001      | r10=2f696502
strh lr, [sl, -fp]                   | r10=21000 r11=0 r14=2e74b387 m64[21000]=a4dec85b008e5233 | m64[21000]=a4dec85b008eb387
strht r2, [ip], fp                   | r2=1f r11=8 r12=21004 m64[21000]=88d07e7eb1ef7e78 nzcv=1001 | r12=2100c m64[21000]=88d0001fb1ef7e78
strh r7, [fp], #-154                 | r7=b840348d r11=21000 m64[21000]=1269339c1a486f62 | r11=20f66 m64[21000]=1269339c1a48348d
strh r8, [r2], #36                   | r2=21000 r8=e36df6ac m64[21000]=b1bb8a5a925a154f nzcv=0100 | r2=21024 m64[21000]=b1bb8a5a925af6ac
ldrhtvs r2, [sl], -r1                | r1=724d0861 r2=75d7c5f2 r10=21010 m64[21010]=c4b118832d316ccb nzcv=0111 | r2=6ccb r10=8db507af
ldrh r2, [r2, -r8]!                  | r2=21008 r8=0 m64[21008]=46456eea416afefe nzcv=0100 | r2=fefe
ldrhle fp, [r8], #-211               | r8=21008 r11=e1c4dd16 m64[21008]=46a30d79ac714292 nzcv=1110 | r8=20f35 r11=4292
ldrheq r0, [r1], #-81                | r0=80000001 r1=21000 m64[21000]=4d518cd01a548b4 nzcv=0100 | r0=48b4 r1=20faf
ldrsb r8, [r4], -r0                  | r0=1f r4=21008 r8=0 m64[21008]=8b393a86d12ea747 nzcv=1001 | r4=20fe9 r8=47
ldrsb r3, [r7, -sp]!                 | r3=2 r7=21010 r13=1 m64[21010]=c6f42bcaa85dd67e nzcv=1001 | r3=0 r7=2100f
ldrsbt r6, [r3], #238                | r3=21000 r6=1 m64[21000]=270d42f91613c1c4 | r3=210ee r6=ffffffc4
ldrsb fp, [r4, #205]!                | r4=21004 r11=203f61e9 m64[210d0]=823472aa22e7efbf | r4=210d1 r11=ffffffef
ldrsh r7, [lr], -sl                  | r7=2 r10=45eaa550 r14=21000 m64[21000]=7363becac562be58 nzcv=0101 | r7=ffffbe58 r14=ba176ab0
ldrshne ip, [r5, -fp]!               | r5=21004 r11=1 r12=85f2e629 m64[21000]=b8e2783b0cc195a9 nzcv=1011 | r5=21003 r12=3b0c
ldrsh r9, [r6, #204]                 | r6=21004 r9=0 m64[210d0]=5e123a06082abc45 nzcv=0010 | r9=ffffbc45
ldrsh r6, [r7, #194]!                | r6=ff r7=21000 m64[210c0]=6d8731287ec6475b nzcv=0011 | r6=7ec6 r7=210c2
ldrd r8, [lr, -r3]                   | r3=4 r8=8872c5c8 r14=21010 m64[21008]=61bef600f5a1f5fb m64[21010]=68b671a76a88e539 m64[21018]=a113b4916d0a829e m64[21020]=ece3e75f8981f443 nzcv=1001 | r8=61bef600 r9=6a88e539
ldrd r0, [fp, r0]                    | r0=4 r11=21010 m64[21010]=bf1f4e4e09e8f907 m64[21018]=b3f7477ee8015c5f m64[21020]=c765ade52eac5105 m64[21028]=f1a80ca45fd078f4 | r0=bf1f4e4e r1=e8015c5f
ldrd r6, [sp, #-180]!                | r6=1f r13=21000 m64[20f48]=4027cb006c066446 m64[20f50]=c2d0b7848d88df07 m64[20f58]=589ce3f35245b2b9 m64[20f60]=bae6cab13002ffb1 | r6=4027cb00 r7=8d88df07 r13=20f4c
ldrd sl, [lr], #106                  | r10=543ca6d1 r14=21000 m64[21000]=2e434246a2985b93 m64[21008]=be43ef4eb244b5e1 m64[21010]=37bad7d5066af3a3 m64[21018]=d22b455c42f06800 | r10=a2985b93 r11=2e434246 r14=2106a
strdvc sl, [r1], r4                  | r1=21000 r4=8 r10=1 m64[21000]=c6981f40467962f2 m64[21008]=6944c454e450d543 m64[21010]=1286a52b83daa4f7 m64[21018]=4fe2ff692dab763 | r1=21008 m64[21000]=0000000000000001
strd r2, [r4], -r3                   | r2=9fc8a789 r3=eed986a1 r4=21000 m64[21000]=d9be348133ec5192 m64[21008]=bfebc49095c9cfa8 m64[21010]=ca2fe0585f6ba29b m64[21018]=69fc95b28fd63e2 nzcv=0011 | r4=1128895f m64[21000]=eed986a19fc8a789
strd r8, [r9], #39                   | r8=7fff r9=21010 m64[21010]=d4a3698a859abcb8 m64[21018]=4218331ada3836a4 m64[21020]=6ddb453eef60d08c m64[21028]=8e611db8e4f4b511 nzcv=0010 | r9=21037 m64[21010]=0002101000007fff
strd r8, [r1], #-144                 | r1=21010 r8=22f30f0e m64[21010]=afd968de985c848f m64[21018]=20eda7b8d0dd853a m64[21020]=d1d731e1fbbe267f m64[21028]=c70c1629c14c1b71 nzcv=1100 | r1=20f80 m64[21010]=0000000022f30f0e
.inst 0xe1027099                     | r2=21010 r7=85ca98b7 r9=112a543f m64[21010]=53f3bf450ee55034 | r7=ee55034 m64[21010]=53f3bf45112a543f
.inst 0xe10a509b                     | r5=ffffff80 r10=21008 r11=4a422170 m64[21008]=f847ee586a305336 nzcv=1010 | r5=6a305336 m64[21008]=f847ee584a422170
strex r9, fp, [r5]                   | r5=21000 r9=80000000 r11=66d3ec78 m64[21000]=62be1a23140699ac | r9=1
strex r5, r0, [ip]                   | r0=653261ad r5=8000 r12=21008 m64[21008]=48defb26d9f312bd nzcv=1110 | r5=1
ldrexle r11, [r4]                    | r4=21000 r11=4a4b1fc2 m64[21000]=af104be8eb2d8387 nzcv=1110 | r11=eb2d8387
ldrex r6, [sp]                       | r6=7edf679b r13=21000 m64[21000]=3612cd730c61d9f3 | r6=c61d9f3
stlex r1, r2, [r2]                   | r1=8000 r2=21000 m64[21000]=7e92d6b78f7ea14f nzcv=0110 | r1=1
stlex r5, r4, [fp]                   | r4=8000 r5=ff r11=21000 m64[21000]=bbe2a90a5f1f58bd | r5=1
ldaex r9, [lr]                       | r9=7510c15f r14=21010 m64[21010]=68e43fb5d19f0c60 nzcv=1001 | r9=d19f0c60
ldaex r3, [lr]                       | r3=9bd52cf r14=21004 m64[21000]=b38235daf8a9bcdf | r3=b38235da
stl r4, [fp]                         | r4=562f01d4 r11=21010 m64[21010]=3962e6b02b08dbec | m64[21010]=3962e6b0562f01d4
stl r3, [r7]                         | r3=7fff r7=21000 m64[21000]=d5a580674a002a70 | m64[21000]=d5a5806700007fff
lda sp, [r2]                         | r2=21004 r13=48b4ed97 m64[21000]=6e81c9e03d4faa4f | r13=6e81c9e0
lda r4, [r0]                         | r0=21000 r4=2 m64[21000]=de6faac1decb5f83 | r4=decb5f83
strexd r5, r2, [r6]                  | r2=1 r5=bf7bde07 r6=21010 m64[21010]=c940e25393fcc3b6 | r5=1
.inst 0x1a9df97                      | r7=80000001 r9=21000 r13=1f m64[21000]=d311b4eede0a0a2d |
ldrexd ip, [r8]                      | r8=21000 r12=1 m64[21000]=fee6dde2f740dc83 | r12=f740dc83 r13=fee6dde2
ldrexd ip, [r5]                      | r5=21000 r12=80000001 m64[21000]=1a0c18f760df40e nzcv=0111 | r12=760df40e r13=1a0c18f
stlexd r6, r8, r9, [r4]              | r4=21004 r6=ffffff80 r8=2908083b r9=ff m64[21000]=556b18cc15ae4139 | r6=1
stlexdvs r2, r4, r5, [lr]            | r2=ffffffff r4=3 r5=f80ba87b r14=21010 m64[21010]=561eb221ea355503 |
ldaexdvc r0, r1, [ip]                | r0=424cb8c3 r1=f99003ab r12=21010 m64[21010]=c7fcad67893c8181 | r0=893c8181 r1=c7fcad67
ldaexd r0, r1, [r0]                  | r0=21000 r1=20 m64[21000]=7e59afb76e167b58 | r0=6e167b58 r1=7e59afb7
strexb r4, r7, [lr]                  | r4=e806e634 r7=0 r14=21004 m64[21000]=e1fd0630b2ab37df nzcv=0111 | r4=1
strexb r8, sl, [fp]                  | r8=20 r10=261ca5c5 r11=21000 m64[21000]=d22cfe420e485448 | r8=1
ldrexb lr, [r0]                      | r0=21000 r14=78fbf0af m64[21000]=6fe81522dbc2288a | r14=8a
ldrexb r3, [r1]                      | r1=21008 r3=80000000 m64[21008]=742f52d5fd99f3f0 nzcv=1001 | r3=f0
stlexbvc r7, r4, [r4]                | r4=21010 r7=7c2a8b05 m64[21010]=ed65f0b8a2eb9ce7 | r7=1
stlexbcs r7, r6, [r1]                | r1=21000 r6=a2e4b1ac r7=20 m64[21000]=1301e30d22c76265 nzcv=1111 | r7=1
ldaexb ip, [r7]                      | r7=21000 r12=3 m64[21000]=b2f4dc0a9091e6ae nzcv=0110 | r12=ae
ldaexb r8, [r2]                      | r2=21010 r8=bfb5f3e0 m64[21010]=f1bcbefa773e3064 | r8=64
stlb lr, [r5]                        | r5=21000 r14=1441d5fa m64[21000]=6f83f49f1db21182 nzcv=0001 | m64[21000]=6f83f49f1db211fa
stlb r8, [sp]                        | r8=c937e3c2 r13=21010 m64[21010]=dd7d99a315bf56df nzcv=1101 | m64[21010]=dd7d99a315bf56c2
ldab sp, [r4]                        | r4=21010 r13=2d9f3784 m64[21010]=a1fce00f7ad89d43 nzcv=1000 | r13=43
ldab lr, [sl]                        | r10=21000 r14=1 m64[21000]=19e70dc5af2184df | r14=df
strexh sp, r0, [ip]                  | r0=fb1acee4 r12=21010 r13=20 m64[21010]=121538a73207bf65 | r13=1
strexh sl, r5, [r5]                  | r5=21000 r10=223932b8 m64[21000]=a0118c5b15c21e1b nzcv=1001 | r10=1
ldrexh r8, [r0]                      | r0=21004 r8=ffff m64[21000]=9ce2535b47fcaac3 nzcv=1000 | r8=535b
ldrexhlt r9, [r1]                    | r1=21000 r9=7fffffff m64[21000]=a455b8da049b880f nzcv=1110 | r9=880f
stlexh sp, r1, [fp]                  | r1=7 r11=21004 r13=b1fa57b0 m64[21000]=b29c767d591ff210 nzcv=1100 | r13=1
stlexhgt r2, r9, [lr]                | r2=ff r9=ffff r14=21000 m64[21000]=80b9d549ae88722b | r2=1
ldaexh fp, [lr]                      | r11=80000000 r14=21010 m64[21010]=84664dece3095915 | r11=5915
ldaexh r0, [ip]                      | r0=3c68ff86 r12=21010 m64[21010]=4f715077e9e9c202 | r0=c202
stlh r1, [r0]                        | r0=21000 r1=164e38e9 m64[21000]=d58b137121cfc55c | m64[21000]=d58b137121cf38e9
stlhpl fp, [r7]                      | r7=21000 r11=20 m64[21000]=86a41af91faebc18 nzcv=0001 | m64[21000]=86a41af91fae0020
ldah r0, [r7]                        | r0=e167e1f9 r7=21008 m64[21008]=e98591e4ac7ab403 nzcv=0001 | r0=b403
ldah r6, [r0]                        | r0=21000 r6=0 m64[21000]=4a5154c4053a1e04 | r6=1e04
msrge CPSR_fsx, #753664              | nzcv=1000                                |
.inst 0xe32af9d8                     | nzcv=0111                                | nzcv=0000
.inst 0xe320f4e0                     | nzcv=1111                                |
.inst 0xe320fa97                     | nzcv=1100                                |
.inst 0x320fc01                      | nzcv=1001                                |
.inst 0xd320fa01                     |                                          |
mrs sl, CPSR                         | r10=d018965d                             | r10=10
mrsmi r4, SPSR                       | r4=2                                     |
msr CPSR_fsc, sp                     | r13=7 nzcv=1011                          | nzcv=0000
msr CPSR_fxc, lr                     | r14=51c3b06b                             | nzcv=0101
bxcs r8                              | r8=81e1afad nzcv=0100                    |
bxhi r5                              | r5=20 nzcv=0001                          |
bxjle sl                             | r10=ffffff80                             |
bxjgt r9                             | r9=cecdc634 nzcv=0110                    |
clz sp, r9                           | r9=7fffffff r13=1f                       | r13=1
clz lr, fp                           | r11=cc8b8696 r14=7fffffff nzcv=0111      | r14=0
blxhi r5                             | r5=f1f8a442 nzcv=1101                    |
blxvs r5                             | r5=d193d97f nzcv=0110                    |
crc32b sp, r5, r4                    | r4=3 r5=ffffffff r13=aa28e2b4            | r13=b4f441c8
crc32b ip, r2, r7                    | r2=7fff r7=80000001 r12=80000001 nzcv=1110 | r12=5a05df64
crc32cb r8, r9, r9                   | r8=ffffff80 r9=1c0e748a                  | r8=1c0e74
crc32cb r5, r2, fp                   | r2=ff r5=3 r11=ffff nzcv=1011            | r5=0
crc32h r2, r7, sp                    | r2=e980905e r7=e1de16f r13=69d06bbf nzcv=1010 | r2=8c55a13c
crc32h sp, sl, r3                    | r3=cc1d0126 r10=9d481caf r13=ea8499bb    | r13=8947d293
crc32ch r4, r8, sl                   | r4=ffff r8=1a95dce7 r10=36279944 nzcv=0010 | r4=c425a257
crc32ch r7, r7, r3                   | r3=80000001 r7=3134382f                  | r7=316a51c2
crc32w r6, r2, r9                    | r2=8000 r6=1f r9=20 nzcv=0001            | r6=4107b4be
crc32w sp, r5, ip                    | r5=691a1a41 r12=b212cebd r13=7fff nzcv=0001 | r13=9fe8b5a7
crc32cw lr, r5, r6                   | r5=4d1f404b r6=6b874fbf r14=ffffffff     | r14=afcaf9c7
crc32cw lr, lr, r2                   | r2=3bf82894 r14=ffffffff nzcv=0010       | r14=de8f3754
strgt r9, [r3, #-3043]               | r3=21000 r9=7 m64[20418]=9572a09b0c09921e | m64[20418]=0000079b0c09921e
str r4, [r4], #-1141                 | r4=21004 m64[21000]=8fbc937ac29df99a nzcv=0101 | r4=20b8f m64[21000]=00021004c29df99a
strpl r6, [r7], r9, asr #12          | r6=1f r7=21010 r9=2 m64[21010]=87208f3bc2f9c398 nzcv=0011 | m64[21010]=87208f3b0000001f
strt r8, [fp], -r4, lsr #2           | r4=80000000 r8=66f7724d r11=21000 m64[21000]=b2b3cb977da101e9 nzcv=0111 | r11=e0021000 m64[21000]=b2b3cb9766f7724d
ldr sl, [fp, #-430]!                 | r10=e1c62b67 r11=21000 m64[20e50]=854034b05b3ab07d | r10=34b05b3a r11=20e52
ldrt r0, [r3], #1574                 | r0=7 r3=21000 m64[21000]=a5f29a16b9bcee49 | r0=b9bcee49 r3=21626
ldr r7, [r9], sl, ror #8             | r7=104678fd r9=21010 r10=1 m64[21010]=da5e138c03c84d88 nzcv=1110 | r7=3c84d88 r9=1021010
ldr ip, [r6], r2, ror #2             | r2=8 r6=21008 r12=bc8f5eae m64[21008]=ff3e667cdee418b | r6=2100a r12=cdee418b
strb r1, [r3, #-3806]                | r1=c632febd r3=21010 m64[20130]=4c3b1af8bb5d22d8 | m64[20130]=4c3b1af8bbbd22d8
strbgt r3, [r6], #1796               | r3=d864ceaa r6=21008 m64[21008]=8479a9714fb85900 nzcv=1100 |
strb fp, [sl], sp, asr #18           | r10=21010 r11=55c0c8c5 r13=ffffff80 m64[21010]=4195e9baa68c4a72 nzcv=1100 | r10=2100f m64[21010]=4195e9baa68c4ac5
strb lr, [r2], r6, ror #20           | r2=21000 r6=8 r14=5402af63 m64[21000]=b3d5f3aa118c3710 nzcv=1110 | r2=29000 m64[21000]=b3d5f3aa118c3763
ldrbt r8, [r9], #-3057               | r8=ffff r9=21004 m64[21000]=426dcfbc7722090e nzcv=1101 | r8=bc r9=20413
ldrb r9, [r4], #2282                 | r4=21000 r9=ffffffff m64[21000]=c51d9b305af2ede3 | r4=218ea r9=e3
ldrbt r5, [r7], ip, asr #1           | r5=ff r7=21000 r12=2 m64[21000]=6d0ca82fa36ea271 | r5=71 r7=21001
ldrb r8, [r8, sp, asr #31]!          | r8=21000 r13=b151acd3 m64[21000]=406a7c6950ae186 nzcv=1111 | r8=0
sadd16 r8, r7, r7                    | r7=f580e547 r8=ff nzcv=0010              | r8=eb00ca8e
sadd16 r0, r1, r3                    | r0=7fff r1=9a653e8 r3=ff                 | r0=9a654e7 ge=f
sasx r7, r3, lr                      | r3=519bff88 r7=ffffffff r14=7 nzcv=1000  | r7=51a2ff88 ge=c
sasx r5, r3, lr                      | r3=7fffffff r5=ffffff80 r14=c0aa8d85 nzcv=1000 | r5=d843f55 ge=f
ssax lr, ip, lr                      | r12=eae079fa r14=7                       | r14=ead979fa ge=3
ssax r3, ip, r2                      | r2=80000000 r3=7fffffff r12=7            | r3=8007 ge=c
ssub16 ip, ip, r1                    | r1=42a55264 r12=80000000 nzcv=1111       | r12=3d5bad9c
ssub16 sl, ip, r0                    | r0=2 r10=1f r12=80000001                 | r10=8000ffff
sadd8ls r8, fp, sl                   | r8=851a171b r10=8000 r11=82a14f39 nzcv=0111 | r8=82a1cf39 ge=1
sadd8 fp, r4, r6                     | r4=197bff6b r6=1 r11=1f nzcv=1100        | r11=197bff6c ge=d
ssub8 r0, lr, r5                     | r0=d070a3ed r5=c3bf1970 r14=c72cc0e6     | r0=46da776 ge=c
ssub8 r6, r2, r7                     | r2=3c971c0b r6=6b8d7573 r7=ff            | r6=3c971c0c ge=b
qadd16 fp, lr, lr                    | r11=7fffffff r14=de03126 nzcv=1110       | r11=1bc0624c
qadd16 r8, r0, r7                    | r0=ce0d19a6 r7=8000 r8=85f856c9 nzcv=0111 | r8=ce0d99a6
qasx r0, r3, lr                      | r0=1a48807a r3=4875fdb6 r14=2 nzcv=1100  | r0=4877fdb6
qasx r7, lr, r9                      | r7=ff r9=8000 r14=1f                     | r7=8000001f
qsax r2, r4, r6                      | r2=0 r4=61f439c8 r6=890e4f9d nzcv=0011   | r2=1257c2d6
qsax r9, r9, sp                      | r9=1f r13=9b67e03a                       | r9=1fc69b86
qsub16 fp, fp, lr                    | r11=ffffffff r14=c0b0aaa3 nzcv=1010      | r11=3f4f555c
qsub16 fp, r8, ip                    | r8=3 r11=e9d1a8d r12=80000000 nzcv=1101  | r11=7fff0003
qadd8 r6, r5, ip                     | r5=961043b8 r6=5d20531a r12=7fffffff nzcv=1010 | r6=150f42b7
qadd8 sp, fp, r6                     | r6=1378b9b0 r11=ffff r13=b33a0719        | r13=1378b8af
qsub8 r7, r1, lr                     | r1=20260482 r7=3f374190 r14=7fffffff nzcv=1000 | r7=a1270583
qsub8 r8, sl, r4                     | r4=cc7aa960 r8=fee35753 r10=80000000     | r8=b48657a0
shadd16 r6, lr, r7                   | r6=ffff r7=7e9d2451 r14=0 nzcv=0110      | r6=3f4e1228
shadd16 ip, sl, r5                   | r5=7123c72e r10=5f950207 r12=ff nzcv=0110 | r12=685ce49a
shasx r7, r6, lr                     | r6=1 r7=3 r14=a9e5cc65 nzcv=0101         | r7=e6322b0e
shasx r0, r3, sp                     | r0=ffffffff r3=b4c0833c r13=d1b59c07 nzcv=1111 | r0=a863d8c3
shsax r0, r4, r5                     | r0=924041b8 r4=7fffffff r5=9b7e0522 nzcv=0011 | r0=3d6ecdbe
shsaxne sp, r2, r6                   | r2=92a2c422 r6=80000000 r13=f0d760f0 nzcv=0011 | r13=c951a211
shsub16 r6, r5, sp                   | r5=d47d51b4 r6=ae040953 r13=41fb5f79     | r6=c941f91d
shsub16 sp, r5, r3                   | r3=3 r5=58aa4071 r13=ffffff80 nzcv=1100  | r13=2c552037
shadd8 r5, r1, r4                    | r1=ffffff80 r4=0 r5=3 nzcv=0111          | r5=ffffffc0
shadd8 r9, r5, sl                    | r5=7fff r9=ffffffff r10=18a30571 nzcv=1100 | r9=cd14238
shsub8 sp, r3, r2                    | r2=d3723353 r3=20 r13=7fff nzcv=1101     | r13=16c7e6e6
shsub8pl r5, r9, r5                  | r5=55e5ef74 r9=7 nzcv=0010               | r5=d50d08c9
uadd16 r4, r1, r0                    | r0=84d1912c r1=20 r4=4942a173 nzcv=1011  | r4=84d1914c
uadd16 r4, sp, r1                    | r1=97f9c3d7 r4=b9ade463 r13=ffffffff nzcv=1100 | r4=97f8c3d6 ge=f
uasx r8, r7, ip                      | r7=82e547c1 r8=80000000 r12=5c543519     | r8=b7feeb6d
uasx lr, r6, r5                      | r5=f2cd096 r6=20 r14=ec2f9d53 nzcv=1100  | r14=d096f0f4
usax r4, sl, r3                      | r3=80000001 r4=80000000 r10=1f nzcv=1010 | r4=ffff801f
usax lr, ip, sp                      | r12=ffffff80 r13=3 r14=7 nzcv=1001       | r14=fffcff80 ge=c
usub16 r8, r2, r7                    | r2=a093ef5c r7=0 r8=ffff                 | r8=a093ef5c ge=f
usub16 r7, r7, ip                    | r7=80000000 r12=3                        | r7=8000fffd ge=c
uadd8 ip, r9, sp                     | r9=666e31ff r12=ff r13=ff nzcv=1011      | r12=666e31fe ge=1
uadd8 r7, r8, r1                     | r1=ffffff80 r7=1 r8=515d206f nzcv=0001   | r7=505c1fef ge=e
usub8 r3, ip, ip                     | r3=7fffffff r12=7c42b21f nzcv=1000       | r3=0 ge=f
usub8mi fp, r7, fp                   | r7=7 r11=32cdd221 nzcv=1011              | r11=ce332ee6
uqadd16 r7, r3, fp                   | r3=8000 r7=9b66ee8e r11=2 nzcv=1101      | r7=8002
uqadd16 fp, lr, sl                   | r10=20 r11=1 r14=8000 nzcv=0101          | r11=8020
uqasx r2, r4, r8                     | r2=1f r4=a25eb8d r8=ffffffff nzcv=0110   | r2=ffff0000
uqasx sp, lr, r2                     | r2=36b613dd r13=2a9461c8 r14=7fff        | r13=13dd4949
uqsax r5, r0, r4                     | r0=998c7c15 r4=8000 r5=7fffffff nzcv=0100 | r5=198c7c15
uqsax r0, r6, r2                     | r0=6739f686 r2=676d9d98 r6=9d3cf2c3 nzcv=1011 | r0=ffff
uqsub16 r9, r2, r7                   | r2=3f45564f r7=b02c5031 r9=962e434e nzcv=1001 | r9=61e
uqsub16 r1, r2, lr                   | r1=80000001 r2=613c5e1c r14=80000001     | r1=5e1b
uqadd8 r6, r1, r0                    | r0=20 r1=3 r6=7fff nzcv=0010             | r6=23
uqadd8 r4, ip, r8                    | r4=7f182fa2 r8=ff r12=ff                 | r4=ff
uqsub8 r2, sp, r8                    | r2=1 r8=20 r13=f7b8e729 nzcv=0011        | r2=f7b8e709
uqsub8lt r6, r6, r9                  | r6=20 r9=1 nzcv=1111                     |
uhadd16 ip, r6, r6                   | r6=ff r12=e34d7411 nzcv=0010             | r12=ff
uhadd16 r5, r9, fp                   | r5=ffffff80 r9=3 r11=4f9b31f4            | r5=27cd18fb
uhasxpl r8, sl, r4                   | r4=1cf56a24 r8=1 r10=5a55cafc nzcv=0111  | r8=623c5703
uhasx r8, sp, r7                     | r7=ffff r8=1f r13=ffffffff               | r8=ffff7fff
uhsax fp, r6, r4                     | r4=7fff r6=d1aab951 r11=0 nzcv=0001      | r11=28d55ca8
uhsax r6, sp, r9                     | r6=ffff r9=3 r13=e71139ea nzcv=1001      | r6=73871cf5
uhsub16 sp, r5, r2                   | r2=25349bdf r5=b0940ff3 r13=ffff         | r13=45b0ba0a
uhsub16 r2, r5, sl                   | r2=ffffff80 r5=a8c3e4de r10=ffffffff nzcv=1101 | r2=d462f26f
uhadd8 fp, r3, r8                    | r3=ee30c8c0 r8=0 r11=1 nzcv=1010         | r11=77186460
uhadd8ne lr, r5, r3                  | r3=186b6942 r5=acb55129 r14=1 nzcv=0011  | r14=62905d35
uhsub8 r5, sl, sl                    | r5=f4909f68 r10=20 nzcv=0101             | r5=0
uhsub8 ip, sp, sp                    | r12=7 r13=9ba40b93                       | r12=0
pkhbt r5, r3, r5, lsl #27            | r3=9d2aea3a r5=20 nzcv=0110              | r5=ea3a
pkhtb r5, r5, fp, asr #13            | r5=ffff r11=3968a3f6                     | r5=cb45
sel sp, sp, r7                       | r7=ffffff80 r13=3ca3401f nzcv=1110 ge=b  | r13=3cff401f
sel r4, r0, r3                       | r0=8000 r3=86815e62 r4=4a6d83f2 ge=0     | r4=86815e62
ssat sp, #1, r9, asr #4              | r9=7fffffff r13=e684472c nzcv=0001       | r13=0 q=1
ssat r6, #6, r9                      | r6=80000000 r9=ffffff80                  | r6=ffffffe0 q=1
usat r6, #0, r3, asr #9              | r3=1f r6=43705ac7 nzcv=0011              | r6=0
usat lr, #28, sp, asr #31            | r13=20 r14=ffffffff nzcv=0111            | r14=0
ssat16 fp, #8, r1                    | r1=ca6257cd r11=8000                     | r11=ff80007f q=1
ssat16 r0, #11, r3                   | r0=df513386 r3=7fff                      | r0=3ff q=1
usat16 ip, #8, r4                    | r4=3 r12=32355ac4                        | r12=3
usat16 sl, #13, r2                   | r2=0 r10=ffffffff                        | r10=0
sxtab16 sp, lr, r1, ror #24          | r1=d8e5961b r13=4ddb644b r14=ff          | r13=ff9600d7
sxtab16 r4, r2, r6, ror #8           | r2=ffffff80 r4=7fff r6=1 nzcv=1001       | r4=ffffff80
sxtab r6, r1, sp, ror #8             | r1=9dc783c1 r6=a4b16be1 r13=7            | r6=9dc783c1
sxtab r4, r0, sp                     | r0=7aaf069f r4=b71c4ca0 r13=ffffffff nzcv=1110 | r4=7aaf069e
sxtah r9, r8, fp, ror #24            | r8=2e2c9c16 r9=20 r11=7fff nzcv=1100     | r9=2e2c9b16
sxtahge r6, r5, r2, ror #24          | r2=7 r5=20 r6=20                         | r6=720
uxtb16gt lr, ip, ror #8              | r12=d0623c10 r14=cd416cde nzcv=1100      |
uxtab16 lr, r4, r0, ror #16          | r0=ffffff80 r4=20 r14=7fffffff           | r14=80011f
uxtab sl, r9, r9                     | r9=3 r10=d7744fbc nzcv=0111              | r10=6
uxtab r0, r7, r0                     | r0=fdeb6b13 r7=245c6b7e                  | r0=245c6b91
uxtah sl, r7, r3, ror #16            | r3=7fffffff r7=ad88d510 r10=7fffffff nzcv=1001 | r10=ad89550f
uxtah fp, ip, r8, ror #8             | r8=ffffffff r11=7fffffff r12=7293be32    | r11=7294be31
rev r9, r8                           | r8=12178a5 r9=7fff                       | r9=a5782101
rev sp, r5                           | r5=1 r13=6dc6a379                        | r13=1000000
rev16ne r2, ip                       | r2=1 r12=b9452507                        | r2=45b90725
rev16 r1, r3                         | r1=e7ad129d r3=8f7c0d9 nzcv=0010         | r1=f708d9c0
rbitne r0, r4                        | r0=3 r4=3 nzcv=1000                      | r0=c0000000
rbit sl, r3                          | r3=3 r10=bad6076e nzcv=1100              | r10=c0000000
revsh lr, r5                         | r5=daddd943 r14=8000 nzcv=0010           | r14=43d9
revshvs sl, r5                       | r5=1f r10=1f                             |
smlad r7, ip, sp, r4                 | r4=fac13798 r7=f046ad5d r12=ffffff80 r13=52e790c1 nzcv=1110 | r7=faf88431
smladx r4, r0, r5, sp                | r0=ef34f519 r4=80000000 r5=97b7c837 r13=3e5078eb | r4=466a70f6
smlsdx r7, r2, r1, lr                | r1=ff r2=7 r7=7 r14=ffff nzcv=1110       | r7=ffff
smlsdx r7, r6, r5, sp                | r5=dd6a8edb r6=928fdea8 r7=80000001 r13=b2d17bd1 | r7=86f4030c
sdiv r5, r4, r1                      | r1=ff r4=b3eca9c8 r5=7e1e1717 nzcv=1100  | r5=ffb3a04b
sdiv r5, r2, r8                      | r2=8c37bbd4 r5=2 r8=7fff nzcv=0110       | r5=ffff186e
udiv r2, r3, r7                      | r2=b46f55dc r3=9f75244c r7=e947f842 nzcv=0001 | r2=0
udivls r8, r7, lr                    | r7=80000001 r8=7fffffff r14=7fff         | r8=10002
smlaldx sl, r3, sl, r2               | r2=90c537c2 r3=2a133e91 r10=3            | r3=2a133e90 r10=fffeb252
smlaldx ip, r5, r7, fp               | r5=9b20faac r7=80000001 r11=7fffffff r12=a7becfcd nzcv=1011 | r12=a7bfcfcc
smlsld r3, r1, r7, r3                | r1=2 r3=ffffffff r7=75dcc83e nzcv=1010   | r1=3 r3=ad9d
smlsld r8, r4, r3, r6                | r3=47610eb0 r4=7fffffff r6=1 r8=7fff nzcv=1010 | r8=8eaf
smmul r5, r1, r0                     | r0=80000001 r1=7fff r5=659f35db nzcv=1011 | r5=ffffc000
smmlar lr, sl, ip, r1                | r1=1 r10=9a2f8674 r12=dd9a0adb r14=7fff nzcv=1110 | r14=dae3ce5
smmls r6, r5, ip, r4                 | r4=7fffffff r5=ffffff80 r6=7d5d61d9 r12=2 | r6=7fffffff
smmlsrcc ip, sl, r3, sp              | r3=8000 r10=80000000 r12=387a595 r13=1160b29a nzcv=0001 | r12=1160f29a
usada8 r9, r8, r3, ip                | r3=80000001 r8=3 r9=dd6c4c56 r12=ec6e432d nzcv=1100 | r9=ec6e43af
usada8 fp, lr, r7, fp                | r7=dfbd1db5 r11=18182efc r14=7           | r11=18183163
sbfx sl, r8, #6, #15                 | r8=5329d1d5 r10=9a7f352b nzcv=0011       | r10=2747
sbfx ip, r2, #2, #29                 | r2=ff r12=7fff                           | r12=3f
bfi fp, r5, #25, #3                  | r5=6d282d06 r11=0 nzcv=0011              | r11=c000000
bfi ip, r7, #20, #7                  | r7=80000001 r12=20                       | r12=100020
ubfx r4, r8, #16, #3                 | r4=9ccc2e7e r8=5d98feb8 nzcv=0111        | r4=0
ubfx r4, r4, #9, #1                  | r4=251133fa nzcv=1010                    | r4=1
stm lr, {r5, r7, r8, r9, ip, sp, lr} | r5=b116e47f r7=7fff r8=ffffffff r9=ffffff80 r12=affaf299 r13=ffffffff r14=21008 m64[21008]=1cc0ed3bab9ecd15 m64[21010]=ee41916ca3bc9ab5 m64[21018]=2f50b83c6d834511 m64[21020]=bad4216e582b97bd nzcv=1100 | m64[21008]=00007fffb116e47f m64[21010]=ffffff80ffffffff m64[21018]=ffffffffaffaf299 m64[21020]=bad4216e00021008
stmdb r1!, {r0, r2, r3, r6, sl, fp}  | r0=2 r1=21000 r2=20 r3=7fff r6=99f474f2 r10=e1743611 r11=e955a0cd m64[20ff0]=7799225c9c965344 m64[20ff8]=58d205d0a08a8a70 m64[21000]=359e1bd2cc737ecd m64[21008]=89651b00ec0f6cac | r1=20fe8 m64[20fe8]=0000002000000002 m64[20ff0]=99f474f200007fff m64[20ff8]=e955a0cde1743611
ldmda sp, {r0, r1, r2, r3, r4, r7, fp, ip} | r0=1 r1=80000000 r2=18cbd43a r3=7fff r4=ff r7=ffffffff r11=7e533947 r12=3f1e9a3b r13=21000 m64[20ff0]=3c60294a6f7d55e6 m64[20ff8]=a9607778bd807edd m64[21000]=62be701a59325631 m64[21008]=2b1ed965f73e6604 nzcv=0011 | r0=0 r1=0 r2=0 r3=6f7d55e6 r4=3c60294a r7=bd807edd r11=a9607778 r12=59325631
ldm r4, {r5, r6, sl, fp, ip}         | r4=21000 r5=641fd1e0 r6=8000 r10=1f r11=ec89ff43 r12=1f m64[21000]=6e9bd705613f5789 m64[21008]=280e0b8fc7cc1137 m64[21010]=17c6665fda7478fb m64[21018]=fe40e7b93b835762 | r5=613f5789 r6=6e9bd705 r10=c7cc1137 r11=280e0b8f r12=da7478fb
.inst 0xda9aa89d                     |                                          |
.inst 0x3a817e24                     | nzcv=0011                                |
.inst 0x5bcc31d1                     | nzcv=1011                                |
.inst 0xcbb2d243                     | nzcv=1000                                |
pli [r0, #-1817]                     | r0=21010 m64[208f0]=b355138e086696ea nzcv=1100 |
pli [sp, #3413]                      | r13=21000 m64[21d50]=438037107ff0572d nzcv=0010 |
pld [r4, #-86]                       | r4=21000 m64[20fa8]=91f6a30f96321fd9     |
pld [r8, #-1592]                     | r8=21000 m64[209c8]=f6e431c7f967517d nzcv=1110 |
pli [ip, -sp, ror #25]               | r12=21000 r13=ffff m64[21000]=bb3c73e319df06fd |
pli [sp, r7, lsl #24]                | r7=0 r13=21000 m64[21000]=755ed3c91bfc8686 |
pldw [r2, sl, asr #4]                | r2=21004 r10=8 m64[21000]=5e1fa1d765b503c5 nzcv=0001 |
vldr.16 s9, [sl, #-352]              | r10=21010 d4=f882fbd32736c61e m64[20eb0]=fb1189976768dbfc nzcv=1010 | d4=0000dbfc2736c61e
vstr d10, [r1, #768]                 | r1=21004 d10=ffffffffffffffff m64[21300]=94f7b2436f05338f nzcv=0110 | m64[21300]=ffffffff6f05338f m64[21308]=00000000ffffffff
vmla.f16 s15, s15, s4                | d2=7e007bff7c008000 d7=e2007c014d50b006  | d7=00007e014d50b006 fpscr=1
vfms.f32 s19, s6, s20                | d3=47fac1fb3f800000 d9=5fea487176938753 d10=40490fdbe2f339a6 nzcv=0011 | d9=62f6e2c876938753 fpscr=10
vselge.f16 s17, s23, s4              | d2=62f57e008000c000 d8=3d0b7c01834c3101 d11=2c7b000147d14248 nzcv=1110 | d8=0000c000834c3101
vcmla.f32 d4, d26, d15, #90          | d4=42f7000042f70000 d15=29ea57b3c93d9a3c d26=7f8000010671400d nzcv=0010 | d4=7fc000007fc00000 fpscr=1
vmul.i16 d31, d16, d5[1]             | d5=57f5258f072d8bb6 d16=7f80ff0180007fff d31=dbbe64510f08836a nzcv=1100 | d31=e980da2d800078d3
vabd.s32 d6, d13, d16                | d6=962fae7f8533da49 d13=db757644cfec3827 d16=754bfda3d5dc2434 | d6=99d6875f05efec0d
vst2.8 {d14[1],d15[1]}, [r7], sl     | r7=21000 r10=1 d14=6439e35ad876a0e0 d15=e6dea3387c0195e2 m64[21000]=71229d3b07df56c9 m64[21008]=5802ed4e9868f7ad m64[21010]=bc8cdd3ff07d9a4a m64[21018]=b485f8c611b45988 | r7=21001 m64[21000]=71229d3b07df95a0
vld1.8 {d13[3]}, [sl], r7            | r7=8 r10=21010 d13=60e23b57d276d78f m64[21010]=9bd2d46409c8aecb m64[21018]=8c4a28dd4fd05af5 m64[21020]=6107da11bb7cf902 m64[21028]=a0160b3d5e8d5191 nzcv=1000 | r10=21018 d13=60e23b57cb76d78f

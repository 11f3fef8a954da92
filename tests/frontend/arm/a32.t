# a32.t: at least one word of each line of a32.decode; branches and what leaves are in flow.t
and fp, r5, r5, ror #3               | r5=c74803e3 r11=80000000 nzcv=0101       | r11=40480060
eors r3, r2, r6, lsl #19             | r2=4b63e0ef r3=ffff r6=3                 | r3=4b7be0ef
sub r5, r1, r5, lsl #7               | r1=ffff r5=903715c8 nzcv=1100            | r5=e4761bff
rsb fp, r2, fp, lsr #6               | r2=e8c2d219 r11=8cda80a3                 | r11=197097e9
add r6, r0, r1, lsl #30              | r0=4e3d4d0f r1=8000 r6=20 nzcv=0010      | r6=4e3d4d0f
adcs r2, lr, fp, asr #30             | r2=d9577b6b r11=2a4926f0 r14=bc85e5de nzcv=0111 | r2=bc85e5df nzcv=1000
sbcls fp, r9, fp, asr #10            | r9=c4e199a1 r11=80000000 nzcv=0011       |
rscs lr, r9, lr, lsl #31             | r9=0 r14=7fff                            | r14=7fffffff nzcv=0011
.inst 0xb1128dee                     | r2=26a89353 r14=20 nzcv=1101             |
teq lr, sl, ror #15                  | r10=ffffffff r14=8ccc6ff2                | nzcv=0010
.inst 0xb15586ca                     | r5=ffffff80 r10=1dbc77ac                 |
.inst 0x8170d9e3                     | r0=ffff r3=80000000                      |
orrs r8, r6, r0, asr #7              | r0=d3ac07e5 r6=ffff r8=8000 nzcv=0010    | r8=ffa7ffff nzcv=1010
asrs r9, r0, #13                     | r0=a03b4b0b r9=ffff                      | r9=fffd01da nzcv=1000
bic sl, r6, ip, lsr #7               | r6=ffffffff r10=1 r12=3                  | r10=ffffffff
.inst 0x31e3c705                     | r5=3 r12=c13733aa nzcv=0111              |
ands r3, ip, r6, ror r4              | r3=755d9916 r4=1f r6=da92657b r12=49181060 nzcv=0111 | r3=1000060 nzcv=0011
eor fp, r4, fp, ror r1               | r1=8000 r4=9e5e018b r11=1f               | r11=9e5e0194
sub r7, sp, r8, lsl r5               | r5=3001b914 r7=4c05c1fb r8=94cd826d r13=ffffff80 nzcv=0101 | r7=d92fff80
rsbge sl, r9, r9, lsr lr             | r9=0 r10=b3577755 r14=c16a4a63           | r10=0
adds r8, r5, sl, ror r8              | r5=20 r8=7fff r10=7fff nzcv=1110         | r8=1001e nzcv=0000
adcs sl, r3, r5, lsl r3              | r3=80000000 r5=82e0766d r10=7 nzcv=0100  | r10=2e0766d nzcv=0011
sbcs ip, sl, fp, ror ip              | r10=ffffffff r11=79981798 r12=7fffffff nzcv=0011 | r12=ccfd0cf nzcv=0010
rscs r0, ip, fp, lsr lr              | r0=80000000 r11=20 r12=ffffffff r14=ffffff80 nzcv=1111 | r0=1 nzcv=0000
tst r5, r8, lsr r1                   | r1=ffffffff r5=ffffff80 r8=96ca4371 nzcv=1101 | nzcv=0101
teq r7, sl, lsl r6                   | r6=1 r7=1 r10=1 nzcv=1001                | nzcv=0001
cmn r2, r6, lsr ip                   | r2=8000 r6=9f335d74 r12=8000             | nzcv=1000
orrsvs r9, r0, sl, asr r5            | r0=7fff r5=d2fd1ca0 r9=0 r10=65e92f10 nzcv=0011 | r9=7fff nzcv=0001
asrs fp, ip, sp                      | r11=d3e3bcae r12=ffff r13=0 nzcv=0010    | r11=ffff
bic r0, r4, lr, lsl r8               | r0=80000000 r4=1 r8=ff r14=4923d4b0      | r0=1
mvn r9, r1, asr r6                   | r1=c944555c r6=39f9041c r9=20 nzcv=1011  | r9=3
ands r2, r5, #82944                  | r2=8c0720ce r5=7fffffff                  | r2=14400
eors r0, r5, #148, 10                | r0=7ee90499 r5=855e4757 nzcv=0001        | r0=a05e4757 nzcv=1001
sub sl, sp, #217                     | r10=80000000 r13=1 nzcv=0110             | r10=ffffff28
rsbs r6, r7, #-1023410176            | r6=76a48f04 r7=7fffffff nzcv=0110        | r6=43000001 nzcv=0011
addspl r7, r0, #14                   | r0=ffffffff r7=46e1b89 nzcv=0110         | r7=d nzcv=0010
adcs r5, r8, #58, 30                 | r5=ffffffff r8=fd1edad3 nzcv=0001        | r5=fd1edbbb nzcv=1000
sbcs r0, r4, #82837504               | r0=e0d4aa5a r4=859b53c1                  | r0=80ab53c0 nzcv=1010
rsc r8, r5, #196, 28                 | r5=80000000 r8=7fffffff nzcv=0111        | r8=80000c40
.inst 0x731ca135                     | r12=beaffdf nzcv=0011                    |
teq sl, #503316480                   | r10=7fffffff nzcv=1010                   | nzcv=0000
.inst 0x835c523c                     | r12=ff15d55e                             |
.inst 0x37a7568                      | r10=f07e7d99 nzcv=1010                   |
orrs r0, lr, #148, 22                | r0=8cd1fe17 r14=1ac4fee5 nzcv=0110       | r0=1ac6fee5 nzcv=0000
movsle r3, #-83886080                | r3=afbdcb31 nzcv=0100                    | r3=fb000000 nzcv=1010
bics r4, r2, #3276800                | r2=ffffff80 r4=3acf74ed nzcv=0011        | r4=ffcdff80 nzcv=1001
.inst 0x83e28dc0                     | r8=df803b70 nzcv=1001                    |
movw lr, #32790                      | r14=80000000 nzcv=0110                   | r14=8016
movt fp, #51620                      | r11=ffff nzcv=0110                       | r11=c9a4ffff
.inst 0x50001799                     | r0=ffffffff r7=d6673aee r9=ce7341b5 nzcv=1001 |
mlas r6, fp, r6, r8                  | r6=80000001 r8=0 r11=bfeaee1a nzcv=1011  | r6=bfeaee1a
umaal fp, r2, r1, r1                 | r1=d33e7523 r2=ff r11=8000               | r2=ae500454 r11=a48d83c8
mls r0, sp, r3, r6                   | r0=8000 r3=ffff r6=3 r13=9c57cb8f nzcv=0010 | r0=d0c8cb92
umull r0, ip, r4, r1                 | r0=9b9f640 r1=8000 r4=c2912d56 r12=2f479a37 | r0=96ab0000 r12=6148
umlals r3, r8, r8, r9                | r3=1f r8=6b5c7caa r9=78d16f87            | r3=2e9d73c5 r8=9e07ac61 nzcv=1000
smullcs ip, fp, r0, r3               | r0=1f r3=0 r11=32d33944 r12=35fd6376     |
smlal ip, r5, sl, fp                 | r5=20 r10=1f r11=205faa1e r12=0          | r5=23 r12=eb9599a2
qadd lr, r5, fp                      | r5=bc9deed3 r11=ea9821d1 r14=ff nzcv=0010 | r14=a73610a4
qsub r1, r0, r5                      | r0=7fffffff r1=3 r5=20 nzcv=0100         | r1=7fffffdf
qdaddge r9, r4, r2                   | r2=ba268ea4 r4=495ede8f r9=1f nzcv=0110  | r9=c95ede8f q=1
qdsub r9, r1, sp                     | r1=7fff r9=c8e28f0f r13=8000             | r9=ffff7fff
smlabb sp, r9, r9, sl                | r9=7fffffff r10=806351bc r13=ffffffff nzcv=1010 | r13=806351bd
smlawt r1, r4, lr, r8                | r1=3358bb84 r4=80000000 r8=7fffffff r14=ffffffff nzcv=0100 | r1=80007fff q=1
smulwb fp, fp, r0                    | r0=d775bd0f r11=5f8b1716 nzcv=0111       | r11=e704321b
smlalbb r6, lr, sl, r0               | r0=ffffffff r6=2 r10=23cf07ad r14=fb274a14 | r6=fffff855 r14=fb274a13
.inst 0x61663a83                     | r3=2 r6=87cb82f1                         |
.inst 0xa132b6                       | r1=21008 r3=aa1aacf r6=0 m64[21008]=8de52a008a4b11bc |
strh r2, [sl, #8]                    | r2=ffffffff r10=21000 m64[21008]=3240a709eaf2ba2f | m64[21008]=3240a709eaf2ffff
ldrhmi sp, [ip, -lr]!                | r12=21000 r13=2 r14=2 m64[21000]=35c5c9763b0fe00a nzcv=1001 | r12=20ffe r13=0
ldrh r2, [r8, #-188]!                | r2=5aaf0918 r8=21004 m64[20f48]=2283ca753578da0 nzcv=1010 | r2=8da0 r8=20f48
ldrsbtne lr, [r8], r6                | r6=4 r8=21008 r14=7 m64[21008]=db22d15ddc6d66e | r8=2100c r14=6e
ldrsb r1, [r6, #-30]!                | r1=7fffffff r6=21000 m64[20fe0]=52e6591cb5292396 nzcv=1011 | r1=29 r6=20fe2
ldrsh fp, [sp], -r9                  | r9=20 r11=d9495dde r13=21000 m64[21000]=d7189e5a5b4dde1e nzcv=1010 | r11=ffffde1e r13=20fe0
ldrsh r1, [r3, #-12]                 | r1=42fa7fc4 r3=21004 m64[20ff8]=e8a113da3de90217 nzcv=0010 | r1=217
ldrd ip, [lr, r9]!                   | r9=8 r12=7fff r14=21004 m64[21008]=8f02a0a737de71fe m64[21010]=3747c7ce1a1c2222 m64[21018]=8b981c765c4b7ac4 m64[21020]=8c0cde997f83e778 | r12=8f02a0a7 r13=1a1c2222 r14=2100c
ldrd r4, [r5], #138                  | r4=20 r5=21000 m64[21000]=ad6e2972fe670f7f m64[21008]=48f390225fd5f897 m64[21010]=c68dc1e4e151e0f m64[21018]=cdfe8e3e371bc315 nzcv=0111 | r4=fe670f7f r5=2108a
strd r2, [lr], #118                  | r2=7fffffff r14=21010 m64[21010]=71bdb976775e8800 m64[21018]=e5ecffd88747e41c m64[21020]=781dc7f823d7dbf9 m64[21028]=bf07ec0c8fb93c23 nzcv=1101 | r14=21086 m64[21010]=000000007fffffff
.inst 0x2146009b                     | r0=5adb8289 r6=21010 r11=208c0967 m64[21010]=3b7df8b739a4256a |
strex r6, sp, [lr]                   | r6=7 r13=ffffff80 r14=21000 m64[21000]=4b81b662197062ae | r6=1
ldrexmi r10, [r9]                    | r9=21000 r10=fd6ab8df m64[21000]=e61a9b827281b4a6 nzcv=1000 | r10=7281b4a6
stlex r6, lr, [sl]                   | r6=20 r10=21000 r14=50abd90b m64[21000]=504e458851e2da6d nzcv=1000 | r6=1
ldaex r2, [fp]                       | r2=dc9af35c r11=21000 m64[21000]=db2be54abb85e1e nzcv=0011 | r2=abb85e1e
lda lr, [lr]                         | r14=21000 m64[21000]=369fed002ca8f78e nzcv=1010 | r14=2ca8f78e
strexd sp, r6, [r3]                  | r3=21008 r6=23798934 r13=35a9cbd9 m64[21008]=efee0ac35e2e93b1 nzcv=1101 | r13=1
stlexd sp, r6, r7, [r7]              | r6=ffffffff r7=21008 r13=c4fc7747 m64[21008]=672ee2fa97d5e36b nzcv=0110 | r13=1
.inst 0x81ca6f96                     | r6=ffffff80 r10=21000 m64[21000]=9bfa2d17dea39c14 |
ldrexb sp, [r2]                      | r2=21008 r13=929f2ef m64[21008]=36b39077f23e19a8 nzcv=0011 | r13=a8
stlexbcs ip, sl, [r4]                | r4=21000 r10=7fff r12=3 m64[21000]=320c45035c40e5af |
stlb r5, [r2]                        | r2=21008 r5=20 m64[21008]=4921b34fd6fe3f92 | m64[21008]=4921b34fd6fe3f20
ldab lr, [r3]                        | r3=21000 r14=e9ab9029 m64[21000]=963176f25dcbaa7d nzcv=0100 | r14=7d
strexh r3, r8, [r5]                  | r3=4c096198 r5=21010 r8=9038347d m64[21010]=5d5c726e6772d268 nzcv=0111 | r3=1
ldrexh r2, [r8]                      | r2=98013c5f r8=21000 m64[21000]=f6f5604bb6f3dfcb | r2=dfcb
stlexh r3, sl, [r6]                  | r3=2ac95571 r6=21004 r10=84220943 m64[21000]=363fd702d5016718 | r3=1
stlh r3, [r6]                        | r3=c4e0c13f r6=21000 m64[21000]=14518bf75d6077c2 nzcv=1110 | m64[21000]=14518bf75d60c13f
.inst 0xb36dd413                     | r13=7fff nzcv=1101                       |
.inst 0xb320fb50                     |                                          |
yieldne                              | nzcv=1100                                |
.inst 0xd100e50e                     | r0=2 r14=7 nzcv=1011                     |
.inst 0x3160b41e                     | r0=422cc8e3 r4=6ea79898 r14=2 nzcv=0110  |
.inst 0x1087c40                      | r0=ff r8=7fff                            |
crc32cb fp, sp, r3                   | r3=7fffffff r11=1f r13=ffffffff nzcv=1010 | r11=ffffff
.inst 0x612ff048                     | r8=3e705fef nzcv=0010                    |
crc32ch r2, fp, ip                   | r2=5b8da5a7 r11=1 r12=80000000 nzcv=1011 | r2=13a29877
.inst 0x81427c42                     | r2=a1c54ee3                              |
.inst 0xb147a247                     | r7=53cecb71 nzcv=0110                    |
str r6, [lr, #-1760]                 | r6=34bc8704 r14=21004 m64[20920]=734b48f5f843e5ca nzcv=0111 | m64[20920]=34bc8704f843e5ca
strt r6, [r1], -r4, asr #22          | r1=21004 r4=8000 r6=80000001 m64[21000]=49fbe50bf650420e nzcv=1111 | m64[21000]=80000001f650420e
ldr r4, [r1], #-1040                 | r1=21000 r4=7fff m64[21000]=c0facca455540852 nzcv=0101 | r1=20bf0 r4=55540852
ldr r5, [r1, r7, ror #27]            | r1=21010 r5=8daad96b r7=4 m64[21010]=8963e364700e5ed7 nzcv=0001 | r5=0
strb r8, [r9, #-3127]!               | r8=1f r9=21000 m64[203c8]=816b9f3011defd69 | r9=203c9 m64[203c8]=816b9f3011de1f69
strbt r3, [r5], -r8, lsl #25         | r3=1803fa3d r5=21000 r8=7fff m64[21000]=533838d6e581821e | r5=2021000 m64[21000]=533838d6e581823d
ldrb fp, [r1, #-381]!                | r1=21004 r11=1 m64[20e80]=2d15503b167657d0 nzcv=1100 | r1=20e87 r11=2d
ldrbt r6, [r7], -fp, asr #1          | r6=1c082314 r7=21000 r11=9ac77607 m64[21000]=45bb8dd969a30c4e nzcv=0110 | r6=4e r7=329e54fd
sadd16 sp, r4, ip                    | r4=d86be10f r12=8000 r13=9f49b47c nzcv=1101 | r13=d86b610f
sasx fp, r3, r7                      | r3=1 r7=380b3729 r11=ffffff80            | r11=3729c7f6 ge=c
ssaxgt sp, r1, r2                    | r1=3 r2=f50de014 r13=7                   | r13=1fecf510 ge=c
ssub16mi r8, r2, lr                  | r2=80000001 r8=ffffff80 r14=ffff nzcv=1010 | r8=80000002 ge=3
sadd8 r1, r1, ip                     | r1=9e04966e r12=45c73826                 | r1=e3cbce94 ge=1
ssub8 r6, r1, r0                     | r0=a8c62017 r1=20 r6=ffffffff            | r6=583ae009 ge=d
qasx r1, r2, lr                      | r1=1f r2=ffff r14=daa21521 nzcv=1100     | r1=1521255d
qsax sp, r8, r2                      | r2=cab8e3e1 r8=2 r13=f9e48d09            | r13=1c1fcaba
qadd8 r9, r5, ip                     | r5=d4155d23 r9=1f r12=2 nzcv=0011        | r9=d4155d25
qsub8 ip, r8, sp                     | r8=f34a05c4 r12=2 r13=a746430c nzcv=1111 | r12=4c04c2b8
shadd16 r2, r3, r6                   | r2=0 r3=20 r6=2 nzcv=0011                | r2=11
shasxcc r5, r4, fp                   | r4=ab54062e r5=ffffffff r11=0            | r5=d5aa0317
shsax sp, r5, sp                     | r5=ffffff80 r13=5c11453b                 | r13=dd622dc8
shsub16 r6, fp, r8                   | r6=7fff r8=c73ade92 r11=8e63291a nzcv=0101 | r6=e3942544
shadd8 r5, sp, r2                    | r2=8000 r5=65d4b464 r13=7 nzcv=0110      | r5=c003
shsub8mi r0, sp, r7                  | r0=968c5c8e r7=eedf575e r13=2ee8ddf0 nzcv=1100 | r0=2004c3c9
uadd16mi sl, lr, r3                  | r3=7fff r10=7fff r14=80000000 nzcv=1011  | r10=80007fff
uasx r0, r6, lr                      | r0=b03ad839 r6=ff r14=80000001           | r0=180ff
usaxeq r1, sp, r0                    | r0=1dd4ec71 r1=ed3875c8 r13=14401b3b nzcv=0100 | r1=27cf390f
usub16 r9, r7, lr                    | r7=608d1036 r9=0 r14=7 nzcv=1000         | r9=608d102f ge=f
uadd8 ip, r5, r7                     | r5=4734e931 r7=7fff r12=623f9ead nzcv=1111 | r12=47346830 ge=3
usub8 fp, r5, ip                     | r5=ed936134 r11=ffff r12=2               | r11=ed936132 ge=f
uqasx r9, ip, ip                     | r9=0 r12=5c552d5d                        | r9=89b20000
uqsax r2, sp, r3                     | r2=64dfaf10 r3=ffff r13=1f55fa53 nzcv=1010 | r2=fa53
uqadd8 r0, ip, r1                    | r0=e4ef0147 r1=720acfec r12=80000000 nzcv=0100 | r0=f20acfec
uqsub8 lr, r9, fp                    | r9=ffff r11=ffff r14=e37a2da5 nzcv=0101  | r14=0
uhadd16 r5, r9, ip                   | r5=ff r9=ffff r12=ffffff80 nzcv=1100     | r5=7fffffbf
uhasx r7, r5, r3                     | r3=476c60 r5=20 r7=c6b264a8 nzcv=1101    | r7=3630ffec
uhsax r0, r1, r6                     | r0=9c0c0b3f r1=5bb4e680 r6=ff nzcv=1110  | r0=2d5a7340
uhsub16 r3, r4, r1                   | r1=ffffff80 r3=1e637dfe r4=fc178cd9      | r3=fe0cc6ac
uhsub8 r5, sp, fp                    | r5=67dba6d6 r11=7 r13=2 nzcv=0010        | r5=fd
pkhbt sp, r6, sl, lsl #24            | r6=63bc1bce r10=7337cde0 r13=50d285de    | r13=e0001bce
sel r2, r1, r9                       | r1=80000000 r2=73fa5d2e r9=a9c1000d nzcv=1000 ge=c | r2=8000000d
ssat r3, #5, sp                      | r3=ff r13=35d52240                       | r3=f q=1
.inst 0xe6f7605e                     | r6=d389c672 r14=f000df35 nzcv=0110       | r6=0 q=1
ssat16 r2, #16, sp                   | r2=fcbcfff1 r13=9114b6cb nzcv=1100       | r2=9114b6cb
usat16 r5, #6, r5                    | r5=1                                     |
sxtab16 sp, r8, r4                   | r4=ff r8=20 r13=80000001                 | r13=1f
sxtabcs r0, r7, sp                   | r0=5fd6374d r7=80000001 r13=ffffffff nzcv=0010 | r0=80000000
sxtah ip, r9, sl, ror #8             | r9=6f1da4e1 r10=672639b r12=8000 nzcv=1100 | r12=6f1e1744
uxtab16pl r5, r8, r4, ROR #24        | r4=0 r5=75f6b1f1 r8=ffffffff nzcv=0111   | r5=ffffffff
uxtab r4, lr, sp, ror #24            | r4=eff17acf r13=3 r14=e735b69b nzcv=1010 | r4=e735b69b
uxtahle sl, r7, r5, ror #24          | r5=20 r7=8000 r10=f93b9ef9 nzcv=1111     | r10=a000
smlad sp, r3, r1, r2                 | r1=40a69ce7 r2=ff r3=3 r13=2e7fc5f7      | r13=fffed7b4
smlsd sp, r7, r9, fp                 | r7=2c5bce05 r9=c3326260 r11=629923a4 r13=2 nzcv=0111 | r13=59ed54be
udiv r1, r6, r3                      | r1=8000 r3=7fff r6=8eacd263 nzcv=1100    | r1=11d5b
smlald lr, r1, r7, r9                | r1=3 r7=a89ddb78 r9=3f89d56f r14=7       | r1=2 r14=f062e014
smlsldx ip, r3, r6, sl               | r3=7 r6=1b065e71 r10=80000000 r12=ff     | r3=6 r12=d0c780ff
smmlar r8, fp, r7, r5                | r5=9ecad2ee r7=ffff r8=f75e77ab r11=7fffffff nzcv=0100 | r8=9ecb52ed
smmlsr r1, sp, r8, r7                | r1=7fff r7=ffff r8=d2f46912 r13=7993b790 nzcv=1100 | r1=1565784a
usada8 sl, ip, r5, r3                | r3=268c8a60 r5=80000001 r10=67dab52c r12=7fff nzcv=0110 | r10=268c8c5d
sbfx ip, r3, #12, #10                | r3=4a98ac77 r12=9de7ca54 nzcv=0001       | r12=18a
bfi r6, r6, #11, #8                  | r6=ffffff80                              | r6=fffc0780
ubfxne sl, r8, #21, #10              | r8=7 r10=646c9a9c                        | r10=0
stm r3, {r0, r1, r2, r4, r6, r9, ip} | r0=28ff8f96 r1=7fff r2=2 r3=21000 r4=ce169804 r6=23f7b22a r9=bba43191 r12=ba41671c m64[21000]=58ae6a839bf97014 m64[21008]=988dc76e8eea64ca m64[21010]=6f93bbb712706060 m64[21018]=86bf37c1b4d5c655 nzcv=1100 | m64[21000]=00007fff28ff8f96 m64[21008]=ce16980400000002 m64[21010]=bba4319123f7b22a m64[21018]=86bf37c1ba41671c
ldmib fp, {r3, r7, r9, sl, ip, sp}   | r3=1206eb29 r7=ffff r9=80000000 r10=8bd9abe0 r11=21000 r12=7fff r13=f2280b7b m64[21000]=d47acc99fff85537 m64[21008]=24b9d9775e6e6e57 m64[21010]=cf88b8d8c3bcf09b m64[21018]=d0da95d06e236920 nzcv=0001 | r3=d47acc99 r7=5e6e6e57 r9=24b9d977 r10=c3bcf09b r12=cf88b8d8 r13=6e236920
.inst 0xad341ab                      |                                          |
vldr d12, [r1, #-768]                | r1=21004 d12=7f80ff0180007fff m64[20d00]=5553a21ec9fdcbdf nzcv=0101 | d12=000000005553a21e
vmul.f64 d16, d21, d25               | d16=bff8000000000000 d21=a44842174e099df5 d25=400921fb54442d18 nzcv=0001 | d16=a4630d64e347f53b fpscr=10
vcmla.f32 d14, d18, d14[0], #90      | d14=1bf2ab27ce89c38d d18=a114a58fcd14f4fd | d14=301ffc4bce89c38d fpscr=10
vhadd.u32 d28, d3, d22               | d3=83b9408500cf7fe3 d22=7f80ff0180007fff d28=540caa1f397933b1 nzcv=1111 | d28=819d1fc34067fff1
vst2.16 {d3-d6}, [sl :128], lr       | r10=21000 r14=0 d3=0000000000000000 d4=cec0abe52a3f8ac6 d5=193f64a689dbf9e8 d6=6d4fa24e44332771 m64[21000]=536898c7c50dcbe3 m64[21008]=817df9cdf18e3953 m64[21010]=92324731043822bb m64[21018]=af4d264bfa12a51e | m64[21000]=89db0000f9e80000 m64[21008]=193f000064a60000 m64[21010]=44332a3f27718ac6 m64[21018]=6d4fcec0a24eabe5
pli [fp, #-2952]                     | r11=21000 m64[20478]=258d40b642a734e0 nzcv=1101 |
pldw [r6, #-4004]                    | r6=21000 m64[20058]=b9ef8da6c4f31c5d nzcv=1011 |
pli [r3, sp, asr #9]                 | r3=21008 r13=ff m64[21008]=1a04b69b52ac5720 nzcv=0110 |
pld [r9, -r3, ror #7]                | r3=0 r9=21000 m64[21000]=6a41242808fc0779 nzcv=1101 |

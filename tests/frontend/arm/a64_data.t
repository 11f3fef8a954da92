# a64_data.t: data processing on integer registers (data.decode).
# Made by tests/make_insn_tests.py, then kept by hand; the form is in tests/insn.py.
add x29, x9, #0x40, lsl #12          | x9=7fffffff x29=f0e642f43328ad08 nzcv=1000 | x29=8003ffff
add sp, x15, #0xdf3                  | x15=3fe31d0347fc816a sp=ffffffffffffff80 nzcv=0010 | sp=3fe31d0347fc8f5d
adds w8, w20, #0x2f0, lsl #12        | x8=7 x20=1f                              | x8=2f001f
adds x30, x14, #0x73b                | x14=909ff4976a8a43ef x30=0               | x30=909ff4976a8a4b2a nzcv=1000
sub w18, w14, #0xd39                 | x14=4806aa81e65150b5 x18=20 nzcv=1101    | x18=e651437c
sub x26, x18, #0xbd2                 | x18=56befa395e3c536c x26=8000            | x26=56befa395e3c479a
subs x12, x10, #0x7a6                | x10=1d43d1ffecd1345e x12=7fff            | x12=1d43d1ffecd12cb8 nzcv=0010
subs x18, x9, #0xa27, lsl #12        | x9=ffffff80 x18=20 nzcv=1010             | x18=ff5d8f80 nzcv=0010
and w25, w13, #0x7000                | x13=5e42e3e0a8a62175 x25=8000000000000000 nzcv=1011 | x25=2000
and w8, w8, #0x3f                    | x8=c910c2013f98e0ee nzcv=0100            | x8=2e
.inst 0xb23a1915                     | x8=3 x21=e2af6410b83da50 nzcv=1100       | x21=1fc000001fc3
orr x7, x21, #0xfff80ffffff80fff     | x7=ffffffff00000000 x21=ffffff80 nzcv=1001 | x7=fff80fffffffffff
.inst 0x523eb903                     | x3=e7f524f34dabb96d x8=8000000000000000  | x3=fffdfffd
eor x13, x10, #0x7f00000000          | x10=ffffffff00000000 x13=f819b75085ad0c99 | x13=ffffff8000000000
.inst 0xf23128fd                     | x7=fc147a78196a8d84 x29=7 nzcv=1000      | x29=140000016a8000 nzcv=0000
ands x21, x23, #0xfff3fff3fff3fff3   | x21=5481e7363495d62a x23=c89b69d38262cdc5 | x21=c89369d38262cdc1 nzcv=1000
mov x21, #0xffffffffffffae3d         | x21=6ae70ff2504b60b5 nzcv=0100           | x21=ffffffffffffae3d
mov x1, #0xffffffff966cffff          | x1=7fff nzcv=1100                        | x1=ffffffff966cffff
mov x18, #0x1c00000000000000         | x18=42fe9ca9344fefe1 nzcv=0001           | x18=1c00000000000000
mov x30, #0x55f00000000              | x30=129c03b0b9cf3dde                     | x30=55f00000000
movk x27, #0x77c6, lsl #48           | x27=f885ce6350c80450 nzcv=1100           | x27=77c6ce6350c80450
movk x4, #0x6413, lsl #48            | x4=100000000                             | x4=6413000100000000
sbfx x3, x19, #23, #11               | x3=4207158a69b48c0e x19=bd512b39498afb13 nzcv=0110 | x3=293
sbfiz x24, x16, #23, #21             | x16=37e103558cb25244 x24=c0a78d058c17f6b nzcv=1111 | x24=fffff92922000000
bfxil x26, xzr, #23, #2              | x26=7 nzcv=0110                          | x26=4
bfxil x29, x28, #15, #10             | x28=3 x29=7fff                           | x29=7c00
ubfx x21, x23, #9, #16               | x21=8102a2410ee3b911 x23=ffffffff00000000 nzcv=0010 | x21=0
ubfiz x1, x20, #36, #15              | x1=ffffffffffffff80 x20=ff nzcv=0100     | x1=ff000000000
extr x8, x2, x25, #6                 | x2=b0f92f03a36cbfa7 x8=100000000 x25=0   | x8=9c00000000000000
extr x11, x21, x29, #53              | x11=80000001 x21=0 x29=7fff nzcv=1111    | x11=0
udiv wzr, w18, w5                    | x5=8000 x18=80000000 nzcv=1101           |
udiv x3, x25, x27                    | x3=1 x25=26ae8bb2867e2f x27=1c72ba61d4ee8f76 nzcv=1001 | x3=0
sdiv x17, x3, x17                    | x3=ea63aa58c5a66d6b x17=80000001 nzcv=0110 | x17=ffffffffd4c754b2
sdiv w0, w9, wzr                     | x0=3f941ef51985b59f x9=ffff nzcv=1010    | x0=0
lsl x11, x17, x2                     | x2=27cf91fbeaff520b x11=7fffffffffffffff x17=412cb34ef2604f52 | x11=659a7793027a9000
lsl w15, wzr, w4                     | x4=1 x15=30b3858eb9810331 nzcv=1011      | x15=0
lsr x22, x6, x3                      | x3=88e154aac545ff88 x6=80680348fdf9117b x22=2ae901048dc7238e nzcv=1011 | x22=80680348fdf911
lsr w29, w30, w27                    | x27=9e5133be899d52ea x29=80000001 x30=93de63d63d6566b5 nzcv=0010 | x29=f5959
asr w22, w30, w13                    | x13=ffffffff00000000 x22=ffffff80 x30=83a828e216ad6632 nzcv=1101 | x22=16ad6632
asr x2, x2, x19                      | x2=b53674fffc570dd0 x19=80000000         |
ror x21, x14, x28                    | x14=2fc87104212d7797 x21=c0f842057434cdaa x28=20 | x21=212d77972fc87104
ror x26, x5, x5                      | x5=ffffffffffffff80 x26=7                | x26=ffffffffffffff80
crc32b w0, w3, w24                   | x0=80000000 x3=60ca48cca76ff1d x24=974ba911d0efd5f nzcv=1001 | x0=98185643
crc32h w27, w16, w23                 | x16=ffffffff00000000 x23=123456789abcdef0 x27=7fff | x27=75d71e6e
crc32x w29, w21, x6                  | x6=8000 x21=9064139221ce34e x29=7fffffff | x29=495c3823
crc32x w15, w30, x25                 | x15=5acc5117b925dd5a x25=123456789abcdef0 x30=ffffff80 | x15=93ad7b89
crc32ch w13, w5, w25                 | x5=f3c338139ea90005 x13=b529e5f5d3caeafb x25=12f5b90456c1858a nzcv=1010 | x13=abbd41c9
crc32ch w1, w23, w29                 | x1=7fffffffffffffff x23=ffffffff00000000 x29=ffff | x1=e9e77d2
crc32cx w0, w20, x19                 | x0=f5a057354b56813c x19=ffff x20=123456789abcdef0 nzcv=1011 | x0=32fc70e0
crc32cx w3, w19, x10                 | x3=7fffffff x10=ffffffff00000000 x19=7f7713d171bbcfea nzcv=0010 | x3=e4ba511
rbit x28, x26                        | x26=f9c1f002f26515f4 x28=63c5b89c7d008309 | x28=2fa8a64f400f839f
rbit x3, x13                         | x3=e2293c8e6d5d7619 x13=db290098bdaefafe nzcv=0111 | x3=7f5f75bd190094db
rev16 w30, w12                       | x12=502a57a363101d93 x30=2c94cdd24a245f3c nzcv=0001 | x30=1063931d
rev16 w5, w0                         | x0=ffff x5=fc0f277c27d7656 nzcv=0101     | x5=ffff
rev w10, w6                          | x6=ffffffffffffff80 x10=20               | x10=80ffffff
rev w19, w22                         | x19=1eada597258dc251 x22=7fffffffffffffff nzcv=0010 | x19=ffffffff
rev32 x18, x24                       | x18=0 x24=326f4891e32120eb nzcv=1011     | x18=91486f32eb2021e3
rev32 x17, x10                       | x10=695099f9623a93ba x17=8000000000000000 nzcv=1110 | x17=f9995069ba933a62
rev x21, x27                         | x21=ffffffff x27=7fffffffffffffff nzcv=0101 | x21=ffffffffffffff7f
rev x4, x27                          | x4=9a1e5878a4a69148 x27=3de627d568fdc084 | x4=84c0fd68d527e63d
clz w22, w26                         | x22=123456789abcdef0 x26=ffffffffffffff80 | x22=0
clz w9, w29                          | x9=65fff45898cc92ac x29=123456789abcdef0 nzcv=0011 | x9=0
cls w9, w19                          | x9=44c7bf25c5063f72 x19=c8f6d742109509d0 nzcv=0111 | x9=2
cls x20, x11                         | x11=c8de9ae0c0c408a9 x20=8000000000000000 nzcv=0010 | x20=1
and x12, x30, x11, lsl #26           | x11=38077d69250eecb5 x12=1 x30=d5b01030ba6948ad nzcv=1001 | x12=8490103090000000
bic xzr, x27, x9, asr #25            | x9=100000000 x27=48614032e3802dfa        |
orr w24, w21, w19, lsr #27           | x19=f117e86e428530a2 x21=80000000 x24=3a94de7090fa9041 | x24=80000008
orr xzr, x26, x4, asr #60            | x4=a0116ea65319dae8 x26=380a74532e5dd99f |
eor x21, x18, x1, lsl #43            | x1=ff x18=ffffffff00000000 x21=ffffffff nzcv=1000 | x21=fff807ff00000000
eor x19, x18, x14, lsr #29           | x14=ffffffffffffffff x18=78f59627140b6bc2 x19=6b5a4cf2bffe5a3e | x19=78f59620ebf4943d
ands w19, w18, w14, lsl #16          | x14=ffffffff00000000 x18=4393978d2913676c x19=9680c40fccfec804 nzcv=0100 | x19=0
ands w26, w29, w11, ror #15          | x11=ff x26=8f9f6a6070feb379 x29=80000001 | x26=0 nzcv=0100
add xzr, x17, x2, lsr #41            | x2=7 x17=7d397b526cfd7353                |
add w28, w3, w0, lsr #17             | x0=1afa92bede78c8fa x3=3dcd2cae769eb19c x28=ffff nzcv=0010 | x28=769f20d8
adds x8, x14, x2, lsl #25            | x2=6890868b987c769b x8=2cf2b34459262df9 x14=1 | x8=1730f8ed36000001
adds x15, x0, x12, asr #7            | x0=1 x12=4a695073bd446f77 x15=123456789abcdef0 nzcv=1110 | x15=94d2a0e77a88df nzcv=0000
sub w18, w10, w5, lsr #4             | x5=8000000000000000 x10=fbed7cede019ab32 x18=5a2eb2a02bedb014 nzcv=1101 | x18=e019ab32
sub x6, x16, x4, asr #47             | x4=80612dda827c2491 x6=62b63bdf05cb51a x16=ffffffff00000000 nzcv=0111 | x6=ffffffff0000ff3e
cmp x13, x19, lsl #36                | x13=7dff4431ff7666f9 x19=6d7f5d7623f9c3db nzcv=1100 | nzcv=0010
cmp x18, x22, lsl #11                | x18=20 x22=ff nzcv=0001                  | nzcv=1000
add w1, w18, w25, sxtw #2            | x1=589c3485e180ebd4 x18=77db584b78dcc59 x25=7fffffffffffffff nzcv=1111 | x1=b78dcc55
add x26, x26, w18, sxtw #2           | x18=9435a8dc7563530 x26=c9b81b3b4b022f0c nzcv=0010 | x26=c9b81b3a685b03cc
adds w17, w6, w10, sxtw #3           | x6=80000000 x10=ffffffffffffffff x17=ffff | x17=7ffffff8 nzcv=0011
adds x21, sp, w1, uxth               | x1=da22dfb9359ec403 x21=a128e3274a0f3cd1 sp=0 nzcv=0111 | x21=c403 nzcv=0000
sub x10, x12, w25, sxth #4           | x10=2 x12=adb2fa8b6b45df10 x25=7fff nzcv=1100 | x10=adb2fa8b6b3ddf20
sub x7, x30, x7, sxtx #3             | x7=1f x30=93d7352dae309110 nzcv=1010     | x7=93d7352dae309018
subs x1, x6, x0, uxtx #3             | x0=d21f168f417bd902 x1=100000000 x6=7fff | x1=6f074b85f421b7ef
subs w4, w6, w10, uxtb #3            | x4=7f3fa97db8370ebd x6=f379ae934d25c859 x10=c75d455867dbede0 nzcv=1101 | x4=4d25c159 nzcv=0010
adc w18, w16, w15                    | x15=7fffffff x16=7c677b2bb85f7109 x18=6ebbe57bbde9963f nzcv=1101 | x18=385f7108
adc x18, x14, x15                    | x14=2aae1132ddcb3e92 x15=ffffff80 x18=99199352f29c27b nzcv=1000 | x18=2aae1133ddcb3e12
adcs w30, w30, w30                   | x30=d92a1df38a83980a nzcv=0111           | x30=15073015 nzcv=0011
adcs w4, w11, wzr                    | x4=38819a978f5dd825 x11=96caa9358dccb4bf | x4=8dccb4bf nzcv=1000
sbc w19, w11, w28                    | x11=ff x19=100000000 x28=ff nzcv=1101    | x19=ffffffff
sbc w2, w11, w21                     | x2=8000000000000000 x11=ed753c7b075d7323 x21=6f994a3baa84e1a2 | x2=5cd89180
sbcs x9, x8, x20                     | x8=1 x9=f68c5ef938760a0c x20=20 nzcv=0010 | x9=ffffffffffffffe1 nzcv=1000
sbcs x1, x1, x22                     | x1=7 x22=ca9d465e0b19298b                | x1=3562b9a1f4e6d67b
rmif x13, #6, #15                    | x13=a6d859bcf004a1ac                     | nzcv=0110
rmif x21, #32, #15                   | x21=7fffffffffffffff nzcv=1001           | nzcv=1111
setf8 w14                            | x14=1 nzcv=1001                          | nzcv=0000
setf8 w9                             | x9=9809336014434703 nzcv=1111            | nzcv=0011
setf16 w20                           | x20=caecbcdd72ae8da9                     | nzcv=1001
setf16 w8                            | x8=0                                     | nzcv=0100
ccmn w16, w14, #0x5, al              | x14=8000 x16=16c9c839e718856a nzcv=1001  | nzcv=1000
ccmn x14, x28, #0x1, hi              | x14=7 x28=cc6ed861171acdb2               | nzcv=0001
ccmp w2, w12, #0xf, ge               | x2=f41273ff95c551fd x12=b6e8397b02e6c35e nzcv=0001 | nzcv=1111
ccmp w25, w4, #0x5, ls               | x4=80000001 x25=9b5095daa47d9e0b nzcv=1110 | nzcv=0010
ccmn w14, #0x0, #0x0, lt             | x14=5fa11fa46cd3d4b5 nzcv=1000           | nzcv=0000
ccmn w26, #0x6, #0xf, hi             | x26=ffffff80 nzcv=1101                   | nzcv=1111
ccmp x17, #0x1, #0x9, cc             | x17=7 nzcv=0001                          | nzcv=0010
ccmp w19, #0x1e, #0x2, mi            | x19=a585238c5bd283c6 nzcv=0101           | nzcv=0010
csel x3, x22, x7, vc                 | x3=8b1c832904839963 x7=5ea81d491a349ef x22=ffffffff | x3=ffffffff
csel x19, x1, x29, vc                | x1=c8a283054b8dd1b9 x19=80000001 x29=7fffffff | x19=c8a283054b8dd1b9
cinc x23, x17, mi                    | x17=866efb2ca3300847 x23=2ca1ae3ccf12d0d0 nzcv=1101 | x23=866efb2ca3300848
csinc x16, x2, x24, cs               | x2=100000000 x16=1 x24=9c28b085463b917c nzcv=1100 | x16=9c28b085463b917d
csinv w16, w4, w16, vs               | x4=0 x16=165a916cd1361f64                | x16=2ec9e09b
csinv x7, x20, x2, al                | x2=2 x7=2904ed55e70355db x20=7fffffffffffffff | x7=7fffffffffffffff
csneg w14, w28, w26, ne              | x14=d7f44cf2a48feede x26=100000000 x28=ffffffffffffffff nzcv=1001 | x14=ffffffff
csneg w15, w9, w0, ne                | x0=7c50897190850f5 x9=7a0ca3f76536191d x15=e048ad6a01f80dbf nzcv=0100 | x15=e6f7af0b
madd w28, w29, w1, w22               | x1=ffffffff x22=a8387d71e1518e9e x28=a74fa6929dc5e8ee x29=a0a82215f007e33 | x28=8251106b
madd x24, x18, x22, x26              | x18=0 x22=3feaef2cd4df2b23 x24=2e6cc92f4e1132a9 x26=1d47b22db342ff48 nzcv=1110 | x24=1d47b22db342ff48
msub x16, x11, x9, x10               | x9=5a86f88a92d42bb0 x10=7fffffff x11=f8b63599543b726d x16=ef43dc87e1c71fe5 | x16=5cc37631aea5060f
msub x19, x7, x27, x20               | x7=ffffffffffffffff x19=7 x20=ff x27=9211403d47882fd4 nzcv=1101 | x19=9211403d478830d3
smaddl x5, w13, w26, x11             | x5=7fff x11=7fffffffffffffff x13=8000000000000000 x26=ffff nzcv=1011 | x5=7fffffffffffffff
smaddl x29, w19, w6, x3              | x3=ffffffffffffff80 x6=7add02735d1e9827 x19=db249d89c4d0e08d x29=ffffffff00000000 nzcv=0010 | x29=ea78cee08aabecfb
smsubl x10, wzr, w3, x30             | x3=87ca33e14b4e7836 x10=7ebd9750583b4e69 x30=7 nzcv=1110 | x10=7
smsubl x30, w6, w12, x7              | x6=7fffffffffffffff x7=7 x12=80000000 x30=ffff nzcv=0010 | x30=ffffffff80000007
umaddl x25, w25, w4, x11             | x4=69f20f5c131a7a43 x11=d981458ad910ccb7 x25=be7f801c4cd9befb nzcv=1100 | x25=df3d6188c18f6668
umaddl x26, w10, w12, x10            | x10=1f441ff866d85f3a x12=e8ed8d8652bb71c x26=ff | x26=47e90d7233533f92
umsubl x15, w16, w15, x4             | x4=ff x15=dbb5dbc3d42c7163 x16=0 nzcv=1100 | x15=ff
umnegl x9, w26, w15                  | x9=706c99e381aaac08 x15=8000000000000000 x26=1 nzcv=1101 | x9=0

# What the generator cannot draw.
adr x0, .+0x1234                     |                                          | x0=11234
adr x0, .-4                          |                                          | x0=fffc
.inst 0xb0000021                     |                                          | x1=15000
smulh x0, x1, x2                     | x1=8000000000000000 x2=2                  | x0=ffffffffffffffff
umulh x0, x1, x2                     | x1=8000000000000000 x2=2                  | x0=1
smax w0, w1, #-3                     | x1=fffffffe                              | x0=fffffffe
smax x0, x1, #-3                     | x1=fffffffffffffffc                      | x0=fffffffffffffffd
umax w0, w1, #200                    | x1=c7                                    | x0=c8
umax x0, x1, #200                    | x1=ffffffff00000000                      | x0=ffffffff00000000
smin w0, w1, #127                    | x1=80000000                              | x0=80000000
smin x0, x1, #127                    | x1=80                                    | x0=7f
umin w0, w1, #1                      | x1=ffffffff                              | x0=1
smax x0, x1, x2                      | x1=ffffffffffffffff x2=1                  | x0=1
smax w0, w1, w2                      | x1=7fffffff x2=80000000                  | x0=7fffffff
umax x0, x1, x2                      | x1=ffffffffffffffff x2=1                  | x0=ffffffffffffffff
smin x0, x1, x2                      | x1=ffffffffffffffff x2=1                  | x0=ffffffffffffffff
umin w0, w1, w2                      | x1=ffffffff x2=ff00000001                | x0=1
umin x0, x1, #1                      | x1=ffffffff                              | x0=1
ctz w0, w1                           | x1=ff00000000                            | x0=20
ctz x0, x1                           | x1=8000000000000000                      | x0=3f
cnt x0, x1                           | x1=ff000000000000f1                      | x0=d
cnt w0, w1                           | x1=ff000000000000f1                      | x0=5
abs x0, x1                           | x1=8000000000000000                      | x0=8000000000000000
abs w0, w1                           | x1=ffffffff                              | x0=1

# Bit fields at their borders; register 31.
ubfx w0, w1, #31, #1                 | x1=80000000                              | x0=1
ubfiz x0, x1, #60, #4                | x1=ff                                    | x0=f000000000000000
ubfiz x0, x1, #4, #40                | x1=ffffffffffffffff                      | x0=ffffffffff0
ubfx x0, x1, #4, #40                 | x1=ffffffffffffffff                      | x0=ffffffffff
sbfx x0, x1, #4, #40                 | x1=0000080000000000                      | x0=ffffff8000000000
sbfx x0, x1, #3, #41                 | x1=0000080000000000                      | x0=ffffff0000000000
sbfiz w0, w1, #3, #5                 | x1=10                                    | x0=ffffff80
bfi x0, x1, #0, #64                  | x0=1 x1=123456789abcdef0                 | x0=123456789abcdef0
bfi x0, x1, #40, #20                 | x0=ffffffffffffffff x1=0                 | x0=f00000ffffffffff
bfxil w0, w1, #28, #4                | x0=ffffffffffffffff x1=30000000          | x0=fffffff3
bfc x0, #3, #2                       | x0=ffffffffffffffff                      | x0=ffffffffffffffe7
sxtw x0, w1                          | x1=80000000                              | x0=ffffffff80000000
sxtb w0, w1                          | x1=80                                    | x0=ffffff80
extr x0, x1, x2, #0                  | x1=1 x2=2                                | x0=2
extr w0, w1, w2, #4                  | x1=f x2=70                               | x0=f0000007
ror x0, x1, #1                       | x1=1                                     | x0=8000000000000000
add sp, sp, #16                      | sp=20000                                 | sp=20010
add x0, sp, x1, uxtx #3              | sp=20000 x1=2                            | x0=20010
sub wsp, w1, #1                      | x1=0                                     | sp=ffffffff
and sp, x1, #0xfffffffffffffff0      | x1=2001f                                 | sp=20010
cmp sp, #1                           | sp=1                                     | nzcv=0110
subs xzr, x1, x2                     | x1=1 x2=2                                | nzcv=1000
neg w0, w1                           | x1=1                                     | x0=ffffffff
negs x0, x1                          |                                          | nzcv=0110
ngcs x0, x1                          | x1=1 nzcv=0000                           | x0=fffffffffffffffe nzcv=1000
mvn w0, w1                           | x1=f0                                    | x0=ffffff0f
orr x0, xzr, x1, lsl #4              | x1=1                                     | x0=10
eon x0, x1, x2                       | x1=ff x2=ff                              | x0=ffffffffffffffff
bics wzr, w1, w2                     | x1=1 x2=1 nzcv=1011                      | nzcv=0100
movk x0, #0x1234, lsl #48            | x0=ffffffffffffffff                      | x0=1234ffffffffffff
movn w0, #0                          |                                          | x0=ffffffff
movn x0, #0xffff, lsl #16            |                                          | x0=ffffffff0000ffff
cset x0, lo                          | nzcv=0010                                |
cset w0, hs                          | nzcv=0010                                | x0=1
csetm x0, eq                         | nzcv=0100                                | x0=ffffffffffffffff
csetm w0, eq                         | nzcv=0100                                | x0=ffffffff
cinc x0, x1, ne                      | x1=ffffffffffffffff                      | x0=0
cneg w0, w1, ne                      | x1=5                                     | x0=fffffffb
cinv x0, x1, eq                      | x1=5                                     | x0=5
.inst 0x9a82f020                     | x1=5 x2=6                                | x0=5  # csel, condition 15: always
.inst 0x9a82e020                     | x1=5 x2=6                                | x0=5
.inst 0xfa42e020                     | x1=5 x2=5                                | nzcv=0110 # ccmp, always
setf8 w1                             | x1=80 nzcv=0110                          | nzcv=1011
setf8 w1                             | x1=100 nzcv=0010                         | nzcv=0111
setf16 w1                            | x1=8000                                  | nzcv=1001
rmif x1, #4, #0xa                    | x1=f0 nzcv=0000                          | nzcv=1010

# Not allocated.
.inst 0x0b008400                     |                                          | exc=illegal # add w0, w0, w0, lsl #33
.inst 0x92800000                     |                                          | x0=ffffffffffffffff # movn: it is
.inst 0x12c00000                     |                                          | exc=illegal # movn w0, lsl #32
.inst 0x12400000                     |                                          | exc=illegal # and w0 with N
.inst 0x9200fc00                     |                                          | exc=illegal # all ones
.inst 0x8b2000ff                     |                                          | sp=0 # add sp, x7, w0, uxtb
.inst 0x8b2014ff                     |                                          | exc=illegal # extended by 5
.inst 0x53408000                     |                                          | exc=illegal # ubfm w0 with N
@cpu cortex-a53
cnt x0, x1                           |                                          | exc=illegal
rmif x1, #4, #0xa                    |                                          | exc=illegal
crc32b w0, w1, w2                    | x1=ffffffff x2=31                        | x0=7c231048

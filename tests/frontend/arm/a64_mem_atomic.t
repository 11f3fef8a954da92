# a64_mem_atomic.t: lines of atomic.decode: exclusives, acquire/release, atomic operations
# Made by tests/make_insn_tests.py, then kept by hand; the form is in tests/insn.py.
stlr w1, [x2]                            | x1=1122334455667788 x2=21004 | m32[21004]=55667788
stlrb w1, [x2]                           | x1=1122334455667788 x2=21003 | m8[21003]=88
stllr x1, [x2]                           | x1=1122334455667788 x2=21008 | m64[21008]=1122334455667788
ldar x3, [sp]                            | sp=21000 m64[21000]=8877665544332211 | x3=8877665544332211
ldarh w3, [x1]                           | x1=21002 m64[21000]=8877665544332211 | x3=4433
ldlar w3, [x1]                           | x1=21000 m64[21000]=8877665544332211 | x3=44332211
# a store-exclusive does its work once, and only behind a load of the same address
ldxr w0, [x1]; stxr w2, w3, [x1]; stxr w4, w5, [x1] | x1=21000 x3=9 x2=ff m64[21000]=100000007 | x0=7 x2=0 x4=1 m64[21000]=100000009
ldaxr x0, [x1]; stlxr w2, x3, [x4]       | x1=21000 x4=21008 m64[21000]=7 | x0=7 x2=1
ldaxr x0, [x1]; clrex; stlxr w2, x3, [x1] | x1=21000 m64[21000]=7 | x0=7 x2=1
ldxrb w0, [x1]; stxrb w2, w3, [x1]       | x1=21003 x3=fff m64[21000]=80000000 | x0=80 x2=0 m64[21000]=ff000000
ldxrh w0, [x1]; str xzr, [x4]; stxrh w2, w3, [x1] | x1=21002 x4=21000 m64[21000]=8000_0000 | x0=8000 x2=1 m64[21000]=0
ldxp x0, x2, [x1]; stxp w5, x2, x0, [x1] | x1=21010 m64[21010]=7 m64[21018]=8 x5=ff | x0=7 x2=8 x5=0 m64[21010]=8 m64[21018]=7
ldaxp w0, w2, [x1]; stlxp w5, w2, w0, [x1] | x1=21008 m64[21008]=800000007 x5=ff | x0=7 x2=8 x5=0 m64[21008]=700000008
ldxp x0, x2, [x1]; str x3, [x1, #8]; stxp w5, x2, x0, [x1] | x1=21010 x3=1 m64[21010]=7 m64[21018]=8 | x0=7 x2=8 x5=1 m64[21018]=1
casp x0, x1, x2, x3, [x4]                | x4=21010 x0=7 x1=8 x2=5 x3=6 m64[21010]=7 m64[21018]=8 | m64[21010]=5 m64[21018]=6
caspal w0, w1, w2, w3, [x4]              | x4=21008 x0=7 x1=8 x2=5 x3=6 m64[21008]=900000007 | x1=9
stadd w1, [x2]                           | x1=ffffffff x2=21000 m64[21000]=5_0000_0001 | m64[21000]=500000000
ldsmax x1, x2, [x3]                      | x1=ffffffffffffffff x3=21000 m64[21000]=5 | x2=5
ldsminb w1, w2, [x3]                     | x1=80 x3=21000 m64[21000]=105 | x2=5 m64[21000]=180
ldumaxh w1, wzr, [x3]                    | x1=8000 x3=21000 m64[21000]=7fff | m64[21000]=8000
# with LSE2 an access may be anywhere in 16 aligned bytes, without it must be aligned
ldaxr x0, [x1]; stlxr w2, x1, [x1]       | x1=21004 m64[21000]=1122334455667788 m64[21008]=8877665544332211 | x0=4433221111223344 x2=0 m64[21000]=2100455667788 m64[21008]=8877665500000000
ldaxr x0, [x1]                           | x1=21009 | exc=align far=21009
stlur w0, [x1, #3]                       | x1=2100a | exc=align far=2100d
swp x0, x2, [x1]                         | x1=21001 x0=5 m64[21000]=1122334455667788 m64[21008]=99 | x2=9911223344556677 m64[21000]=588 m64[21008]=0
ldxp w0, w2, [x1]                        | x1=21008 m64[21008]=1122334455667788 | x0=55667788 x2=11223344
@cpu cortex-a76
ldaxr x0, [x1]                           | x1=21004 | exc=align far=21004
@cpu max
casp x0, x1, x2, x3, [x4]                | x4=21008 | exc=align far=21008
.inst 0x805b1f5                      | x5=8000000000000000 x15=21000 x21=76f3787b9d179e0 m64[21000]=38c0c8fd8712b8bc m64[21008]=701966a0c381e88f nzcv=1111 | x5=1
.inst 0x84b6c39                      | x1=21010 x25=64b2d2bc815a47c5 m64[21010]=da71144896c8da19 m64[21018]=7af027bc08d6af57 | x25=19
stxp w16, x21, x30, [x27]            | x16=ff x21=959f3a518cfe5cd1 x27=21020 x30=ee52bdb6d1020a15 m64[21020]=84f3dd6415af341 m64[21028]=f18dd1eed77c96c0 nzcv=1010 | x16=1
.inst 0xc87a5db5                     | x13=21020 x21=9b0bca16f72f2bb8 x23=0 m64[21020]=492c4f539b21c95 m64[21028]=257e845465b675cd m64[21030]=b80599e9090b20bb m64[21038]=2904acecf5bb9188 | x21=492c4f539b21c95 x23=257e845465b675cd
ldapr wzr, [x24]                     | x24=21000 m64[21000]=19d7b4035596dfde m64[21008]=9c842b6a8b525b4f |
stlurb w19, [x25, #-63]              | x19=1b5c56d34e3d4d0f x25=21020 m64[20fe0]=20552f5f4b2220a4 m64[20fe8]=34ecf2ede4cd6075 nzcv=0010 | m64[20fe0]=20552f5f4b220fa4
ldapur w11, [x26, #-30]              | x11=654d479a02c8261b x26=21010 m64[20ff0]=cb06718c063fa2b6 m64[20ff8]=eec1754ca57d041e | x11=718c063f
ldapursb x8, [x12, #-139]            | x8=eaeed19bba6cac4a x12=21000 m64[20f70]=ebee35210c56a92d m64[20f78]=c360b3b71251310b nzcv=1000 | x8=35
ldapursh w27, [x14, #39]             | x14=21000 x27=1f m64[21020]=bada79478b5230ed m64[21028]=a6be26cfe8b2b79 | x27=79ba
casp x24, x25, x10, x11, [x23]       | x10=6e6716981e830596 x11=e8c7a01d68815fda x12=8000 x23=21020 x24=20 x25=5628748943ec25a x26=ffffffffffffff80 m64[21020]=d5d8575d3e036333 m64[21028]=34e41e7542a95d35 m64[21030]=48e772ba2c400b95 m64[21038]=8ad6c1c425fe3a18 nzcv=0011 | x24=d5d8575d3e036333 x25=34e41e7542a95d35
casal w18, w21, [x18]                | x18=21020 x21=8000 m64[21020]=80c6bcbd6fea51ca m64[21028]=5b58796aad611a3e nzcv=1100 | x18=6fea51ca
ldaddb w23, w13, [x0]                | x0=21000 x13=9eba8775730b19ec x23=5c03151c32864238 m64[21000]=e6a30586b46f01 m64[21008]=63a029a5adb55556 nzcv=1001 | x13=1 m64[21000]=00e6a30586b46f39
ldclrah w30, w24, [x12]              | x12=21010 x24=4dbd3dc98b53c16b x30=7fff m64[21010]=2b6c57637c0b03ee m64[21018]=82a4c12e779409b9 | x24=3ee m64[21010]=2b6c57637c0b0000
ldeorlh w20, w29, [x12]              | x12=21000 x20=123456789abcdef0 x29=d0a410daff11dc91 m64[21000]=450f08648e65e4cf m64[21008]=9c1317a35b1916cd nzcv=1011 | x29=e4cf m64[21000]=450f08648e653a3f
ldseta w0, w2, [x29]                 | x0=7 x2=759aaeee431162a4 x29=21000 m64[21000]=b73b6062e4d4ad86 m64[21008]=5c70610670d07eba | x2=e4d4ad86 m64[21000]=b73b6062e4d4ad87
lduminab w16, w7, [x9]               | x7=ffffffff00000000 x9=21010 x16=ffffffff m64[21010]=c02823ec60bdadce m64[21018]=f9333f742b2935f2 nzcv=0011 | x7=ce
swpah w28, wzr, [x23]                | x23=21000 x28=e9f654f8ae63ab1 m64[21000]=61263fdd909311ed m64[21008]=21464b6d4111329a nzcv=0001 | m64[21000]=61263fdd90933ab1
stset x5, [x6]                           | x5=f0 x6=21000 m64[21000]=f000000000000001 | m64[21000]=f0000000000000f1
stclrb w5, [x6]                          | x5=ff0f x6=21003 m64[21000]=fffffffffffffff | m64[21000]=ffffffff0ffffff
steorh w15, [x16]                        | x15=ffff0f0f x16=21002 m64[21000]=1234567812345678 | m64[21000]=123456781d3b5678
staddl w0, [sp]                          | x0=ffffffff sp=21000 m64[21000]=100000005 | m64[21000]=100000004
staddl w0, [sp]                          | x0=ffffffff sp=21004 m64[21000]=500000001 | exc=trap

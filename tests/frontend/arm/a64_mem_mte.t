# a64_mem_mte.t: lines of mte.decode. No page has tags here; what tags do is in tests/guest/aarch64_mte.c
# Made by tests/make_insn_tests.py, then kept by hand; the form is in tests/insn.py.
irg x0, sp, x1                           | sp=fff7000000021000 x1=0 | x0=f0f7000000021000
stg x0, [x1]                             | x1=21008 | exc=align far=21008
ldg x0, [x1]                             | x1=2100f x0=1100000000000000 | x0=1000000000000000
addg x21, x15, #0x250, #0xc          | x15=8000000000000000 x21=80000000 nzcv=1010 | x21=8000000000000250
subg x21, x7, #0xf0, #0x5            | x7=f79b17aeefba91fc x21=100000000 nzcv=0011 | x21=f09b17aeefba910c
subp x1, x21, x11                    | x1=1 x11=ffffffffffffff80 x21=a5ac06d864c2f2e3 nzcv=0010 | x1=ffac06d864c2f363
subps x7, x6, x24                    | x6=1 x7=7fffffff x24=f0e642f43328ad08 nzcv=1000 | x7=19bd0bccd752f9 nzcv=0000
gmi x0, x18, x15                     | x0=3586fca7fa0b8518 x15=d12982e46e80fa48 x18=492c4f539b21c95 nzcv=0110 | x0=d12982e46e80fa58
stg x9, [x15, #1424]                 | x9=100000000 x15=21010 m64[215a0]=5349da4804673b75 m64[215a8]=df2296509cb471a5 |
stzg x5, [x18, #2832]                | x5=e323ce54b7115c02 x18=21020 m64[21b30]=1ab1c42fc52f4fbe m64[21b38]=a04ef48521b18a9 nzcv=0110 | m64[21b30]=0000000000000000 m64[21b38]=0000000000000000
st2g x15, [x12], #-720               | x12=21000 x15=be77344828b09a93 m64[21000]=1a5356b5d85328b6 m64[21008]=e927db486f62e63a m64[21010]=60d6c766f6f62c28 m64[21018]=f8633958ce75f4ba m64[21020]=e8c2d2198afd2973 m64[21028]=4b452123d17f6494 m64[21030]=40df7c9a8cda80a3 m64[21038]=7a1d556cb62c228e nzcv=0101 | x12=20d30
stz2g sp, [x7, #1152]!               | x7=21020 sp=3a389b09f0d3fa50 m64[214a0]=f772f8ea63f666e0 m64[214a8]=a8266954e896a65 nzcv=0101 | x7=214a0 m64[214a0]=0000000000000000 m64[214a8]=0000000000000000
ldg x16, [x5, #-3984]                | x5=21000 x16=2c599859aa4da822 m64[20070]=c6b5a1c62df810b9 m64[20078]=fc2222d22649c1b0 | x16=20599859aa4da822
stgp x28, x23, [x10, #928]!          | x10=21000 x23=ffffff80 x28=123456789abcdef0 m64[213a0]=6aabcb78eec1754c m64[213a8]=9213147bf9ef954e | x10=213a0 m64[213a0]=123456789abcdef0 m64[213a8]=00000000ffffff80
dc gva, x0                               | x0=21010 |
dc gzva, x0                              | x0=21010 m64[21038]=5 | m64[21038]=0

# a64_mem_mops.t: lines of mops.decode; how far a prologue goes is not said, so all three go together
setp [x0]!, x1!, x2; setm [x0]!, x1!, x2; sete [x0]!, x1!, x2 | x0=20ffe x1=7 x2=11223344556677ab m64[20ff8]=1111111111111111 m64[21000]=2222222222222222 nzcv=1111 | x0=21005 x1=0 m64[20ff8]=abab111111111111 m64[21000]=222222ababababab nzcv=0000
setp [x0]!, x1!, xzr; setm [x0]!, x1!, xzr; sete [x0]!, x1!, xzr | x0=21000 x1=0 nzcv=0010 | nzcv=0000
cpyfp [x0]!, [x1]!, x2!; cpyfm [x0]!, [x1]!, x2!; cpyfe [x0]!, [x1]!, x2! | x0=22003 x1=21001 x2=6 m64[21000]=7766554433221100 | x0=22009 x1=21007 x2=0 m64[22000]=5544332211000000 m64[22008]=66 nzcv=0000
# overlapping: up, and down, where the addresses come back to the start
cpyp [x0]!, [x1]!, x2!; cpym [x0]!, [x1]!, x2!; cpye [x0]!, [x1]!, x2! | x0=21000 x1=21001 x2=7 m64[21000]=7766554433221100 | x0=21007 x1=21008 x2=0 m64[21000]=7777665544332211 nzcv=0000
cpyp [x0]!, [x1]!, x2!; cpym [x0]!, [x1]!, x2!; cpye [x0]!, [x1]!, x2! | x0=21001 x1=21000 x2=7 m64[21000]=7766554433221100 | x2=0 m64[21000]=6655443322110000 nzcv=0000
# option B: C set, addresses where to go on, count left
setm [x0]!, x1!, x2                            | x0=21000 x1=3 x2=11 nzcv=0010 | x0=21003 x1=0 m64[21000]=111111 nzcv=0000
# what was done before a fault stays done, and the registers say how far
setm [x0]!, x1!, x2                            | x0=24002 x1=fffffffffffffffb x2=11 | x1=fffffffffffffffe m64[23ff8]=1111110000000000 exc=fault far=24000
.inst 0x19c20421                               | | exc=illegal   # setp [x0]!, x1!, with the count and the address the same
setgp [x0]!, x1!, x2; setgm [x0]!, x1!, x2; setge [x0]!, x1!, x2 | x0=21000 x1=10 x2=ab | x0=21010 x1=0 m64[21000]=abababababababab m64[21008]=abababababababab nzcv=0000
cpyfp [x0]!, [x1]!, x2!                        | x0=21000 x1=22000 x2=ffffffffffffffff nzcv=1111 | x0=8000000000020fff x1=8000000000021fff x2=8000000000000001 nzcv=0000
cpyp [x0]!, [x1]!, x2!                         | x0=22000 x1=21000 x2=ffffffffffffffff nzcv=1111 | x2=7fffffffffffff nzcv=0000
setp [x0]!, x1!, x2                            | x0=0 x1=8000000000000000 | x0=7fffffffffffffff x1=8000000000000001 nzcv=0000

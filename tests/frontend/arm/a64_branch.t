# a64_branch.t: branches and exceptions (branch.decode). The form is in tests/insn.py.
b 1f; mov x0, #1; 1: mov x1, #2      |                                          | x1=2
b 1f; 2: mov x0, #1; svc #0x1234; 1: mov x1, #2; b 2b; nop |                    | x0=1 x1=2 pc=1000c
b.eq 1f; mov x0, #1; 1:              | nzcv=0100                                |
b.eq 1f; mov x0, #1; 1:              | nzcv=1011                                | x0=1
b.ne 1f; mov x0, #1; 1:              | nzcv=1011                                |
b.hs 1f; mov x0, #1; 1:              | nzcv=0010                                |
b.lo 1f; mov x0, #1; 1:              | nzcv=0010                                | x0=1
b.mi 1f; mov x0, #1; 1:              | nzcv=1000                                |
b.pl 1f; mov x0, #1; 1:              | nzcv=1000                                | x0=1
b.vs 1f; mov x0, #1; 1:              | nzcv=0001                                |
b.vc 1f; mov x0, #1; 1:              | nzcv=0001                                | x0=1
b.hi 1f; mov x0, #1; 1:              | nzcv=0110                                | x0=1
b.ls 1f; mov x0, #1; 1:              | nzcv=0110                                |
b.ge 1f; mov x0, #1; 1:              | nzcv=1001                                |
b.lt 1f; mov x0, #1; 1:              | nzcv=1001                                | x0=1
b.gt 1f; mov x0, #1; 1:              | nzcv=0000                                |
b.le 1f; mov x0, #1; 1:              | nzcv=0100                                |
b.al 1f; mov x0, #1; 1:              | nzcv=0100                                |
b.nv 1f; mov x0, #1; 1:              | nzcv=0100                                |
bc.eq 1f; mov x0, #1; 1:             | nzcv=0100                                |
cbz x1, 1f; mov x0, #1; 1:           | x1=100000000                             | x0=1
cbz w1, 1f; mov x0, #1; 1:           | x1=100000000                             |
cbnz x1, 1f; mov x0, #1; 1:          | x1=100000000                             |
cbnz w1, 1f; mov x0, #1; 1:          | x1=100000000                             | x0=1
tbz x1, #63, 1f; mov x0, #1; 1:      | x1=7fffffffffffffff                      |
tbz w1, #31, 1f; mov x0, #1; 1:      | x1=80000000                              | x0=1
tbnz x1, #32, 1f; mov x0, #1; 1:     | x1=100000000                             |
tbnz x1, #0, 1f; mov x0, #1; 1:      | x1=fffffffffffffffe                      | x0=1
tbz xzr, #5, 1f; mov x0, #1; 1:      |                                          |
bl 1f; svc #0x1234; 1: mov x1, x30; ret |                                       | x1=10004 x30=10004 pc=10008
adr x5, 1f; blr x5; svc #0x1234; 1: mov x1, x30; ret |                          | x5=1000c x1=10008 x30=10008 pc=1000c
adr x30, 1f; blr x30; svc #0x1234; 1: ret x30 |                                 | x30=10008 pc=1000c
adr x16, 1f; br x16; mov x0, #1; 1:  |                                          | x16=1000c
adr x3, 1f; ret x3; mov x0, #1; 1:   |                                          | x3=1000c
mov x0, #3; 1: add x1, x1, x0; subs x0, x0, #1; b.ne 1b |                       | x1=6 nzcv=0110
mov x0, #3; 1: add x1, x1, x0; sub x0, x0, #1; cbnz x0, 1b |                    | x1=6
cmp x1, #5; ccmp x2, #7, #4, ne; b.eq 1f; mov x0, #1; 1: | x1=5                 | nzcv=0100
cmp x1, #5; ccmp x2, #7, #0, ne; b.eq 1f; mov x0, #1; 1: | x1=5                 | x0=1 nzcv=0000
cmp x1, #5; ccmp x2, #7, #0, ne; b.eq 1f; mov x0, #1; 1: | x1=4 x2=7            | nzcv=0110
cmp x1, #5; ccmp x2, #7, #0, ne; b.ne 1f; mov x0, #1; 1: | x1=4 x2=7            | x0=1 nzcv=0110
cmp x1, #5; ccmp x2, #7, #2, lt; b.hi 1f; mov x0, #1; 1: | x1=5                 | nzcv=0010
cmp x1, #5; ccmp x2, #7, #2, lt; b.hi 1f; mov x0, #1; 1: | x1=4 x2=6            | x0=1 nzcv=1000
cmp x1, #5; ccmp x2, #7, #2, lt; cset x0, hi | x1=4 x2=8                        | x0=1 nzcv=0010
cmp x1, #5; ccmp x2, #7, #2, lt; ccmp x3, #1, #0, hi; cset x0, eq | x1=4 x2=8 x3=1 | x0=1 nzcv=0110
# Where it leads, and what is wrong with it. A branch's tag is dropped.
mov x3, #2; br x3                    |                                          | x3=2 exc=align far=2 pc=2
mov x3, #0x4000; br x3               |                                          | x3=4000 exc=fetch far=4000 pc=4000
adr x3, 1f; orr x3, x3, #0x2000000000000000; br x3; mov x0, #1; 1: |            | x3=2000000000010010
svc #0x1234                          |                                          | pc=10004
brk #7                               |                                          | exc=bkpt far=7
hlt #7                               |                                          | exc=illegal
hvc #7                               |                                          | exc=illegal
smc #7                               |                                          | exc=illegal
udf #7                               |                                          | exc=illegal far=7
dcps1                                |                                          | exc=illegal
eret                                 |                                          | exc=illegal
.inst 0x04200000                     |                                          | exc=illegal  # SVE: add z0.b, z0.b, z0.b
@cpu cortex-a53
bc.eq 1f; mov x0, #1; 1:             | nzcv=0100                                | exc=illegal
.inst 0xd65f0bff                     |                                          | exc=illegal  # retaa
@cpu max
# Pointer authentication with keys of zero: what is signed is also found right.
mov x30, #0; adr x30, 1f; paciasp; retaa; 1: mov x30, #0 |                      |
adr x5, 1f; mov x6, #3; pacia x5, x6; braa x5, x6; 1: mov x5, #0 |              | x6=3
adr x5, 1f; mov x6, #3; pacib x5, x6; brab x5, x6; 1: mov x5, #0 |              | x6=3
adr x5, 1f; paciza x5; braaz x5; 1: mov x5, #0 |                                |
adr x5, 1f; pacizb x5; blrabz x5; 1: mov x5, #0 |                               | x30=1000c
adr x5, 1f; pacia x5, sp; blraa x5, sp; 1: mov x5, #0 |                         | x30=1000c
# Conditional compares and who looks at them.
cmp x1, #5; ccmp x2, #7, #2, lt; ccmp x3, #1, #0, hi; b.ne 1f; mov x0, #1; 1: | x1=4 x2=8 x3=1 | x0=1 nzcv=0110
cmp x1, #5; ccmp x2, #7, #2, lt; ccmp x3, #1, #0, hi; b.ne 1f; mov x0, #1; 1: | x1=4 x2=6 x3=1 | nzcv=0000
cmp x1, #5; ccmp x2, #7, #4, lt; ccmp x3, #1, #4, ne; b.ne 1f; mov x0, #1; 1: | x1=4 x2=6 x3=1 | x0=1 nzcv=0110
cmp x1, #5; ccmp x2, #7, #4, lt; ccmp x3, #1, #4, ne; b.ne 1f; mov x0, #1; 1: | x1=5 x2=6 x3=1 | x0=1 nzcv=0100
cmp x1, #5; ccmp x2, #7, #4, lt; ccmp x3, #1, #4, ne; b.eq 1f; mov x0, #1; 1: | x1=5 x2=6 x3=1 | nzcv=0100
fcmp d0, d1; fccmp d2, d3, #2, mi; b.hi 1f; mov x0, #1; 1: | v0=3ff0000000000000 v2=4000000000000000 | nzcv=0010
fcmp d0, d1; fccmp d2, d3, #2, gt; b.mi 1f; mov x0, #1; 1: | v0=3ff0000000000000 v2=4000000000000000 | x0=1 nzcv=0010
cmp x1, #1; ccmp x2, #2, #4, ne; cset x0, eq; cmp x1, x1 | x1=1 | x0=1 nzcv=0110
cmp x1, #1; ccmp x2, #2, #4, ne; cset x0, eq; cmp x1, x1 | x1=2 x2=2 | x0=1 nzcv=0110
cmp x1, #1; ccmp x2, #2, #4, ne; cset x0, eq; cmp x1, x1 | x1=2 x2=3 | nzcv=0110
cmp x1, #1; ccmp x2, #2, #0, eq; cset x0, eq; cmp x1, x1 | x1=1 x2=2 | x0=1 nzcv=0110
cmp x1, #1; ccmp x2, #2, #0, eq; cset x0, eq; cmp x1, x1 | x1=2 x2=2 | nzcv=0110
cmp x1, #1; ccmp x2, #2, #0, eq; csel x0, x3, x4, ne; cmp x1, x1 | x1=2 x2=2 x3=3 x4=4 | x0=3 nzcv=0110
cmp x1, #1; ccmp x2, #2, #0, eq; csel x0, x3, x4, ne; cmp x1, x1 | x1=1 x2=2 x3=3 x4=4 | x0=4 nzcv=0110
cmp x1, #1; ccmp x2, #2, #0, eq; cset x0, eq | x1=2 x2=2 | nzcv=0000
cmp x1, #1; ccmp x2, #2, #0, eq; fcsel d0, d1, d2, ne; cmp x1, x1 | x1=1 x2=2 v1=1 v2=2 | v0=2 nzcv=0110
nop; nop; nop; nop; nop; nop; nop; nop; nop; nop; nop; nop; nop; nop; nop; nop; nop; nop; nop; nop; nop; nop; nop; nop; nop; nop; nop; nop; nop; nop; nop; nop; nop; nop; nop; nop; nop; nop; nop; nop; nop; nop; nop; nop; nop; nop; nop; nop; nop; nop; nop; nop; nop; nop; nop; nop; nop; nop; nop; nop; nop; nop; cmp x1, #1; ccmp x2, #2, #0, eq; cset x0, eq; cmp x1, x1 | x1=2 x2=2 | nzcv=0110
nop; nop; nop; nop; nop; nop; nop; nop; nop; nop; nop; nop; nop; nop; nop; nop; nop; nop; nop; nop; nop; nop; nop; nop; nop; nop; nop; nop; nop; nop; nop; nop; nop; nop; nop; nop; nop; nop; nop; nop; nop; nop; nop; nop; nop; nop; nop; nop; nop; nop; nop; nop; nop; nop; nop; nop; nop; nop; nop; nop; nop; nop; cmp x1, #1; ccmp x2, #2, #4, ne; cset x0, eq; cmp x1, x1 | x1=1 x2=5 | x0=1 nzcv=0110
fcmp d0, d1; fccmpe d2, d3, #0, ne; cset x0, eq; cmp x1, x1 | v0=0 v2=7ff8000000000000 | nzcv=0110 fpsr=0

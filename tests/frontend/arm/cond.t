# cond.t: conditional execution: one branch over a run, if-else, conditional moves, IT blocks, models
@isa a32
moveq r0, #1                                        | nzcv=0100 r0=5         | r0=1
moveq r0, #1                                        | nzcv=1011 r0=5         |
moveq r0, #1; movne r0, #2                          | nzcv=0100 r0=5         | r0=1          # one select
moveq r0, #1; movne r0, #2                          | nzcv=0000 r0=5         | r0=2
moveq r0, r1; addne r0, r0, #2                      | nzcv=0100 r0=5 r1=9    | r0=9          # the second reads what the first left
moveq r0, r1; addne r0, r0, #2                      | nzcv=0000 r0=5 r1=9    | r0=7
moveq r0, #1; moveq r0, #2                          | nzcv=0100 r0=5         | r0=2
moveq r0, #1; moveq r1, r0                          | nzcv=0100 r0=5 r1=7    | r0=1 r1=1
moveq r0, #1; mov r0, r1; movne r0, #2              | nzcv=0000 r1=9         | r0=2
moveq r0, #1; cmp r0, #1; movne r0, #2              | nzcv=0100 r0=5         | r0=1 nzcv=0110 # new flags between
moveq r0, #1; cmp r0, #1; movne r0, #2              | nzcv=0000 r0=5         | r0=2 nzcv=0010
addeq r0, r0, #1; addeq r1, r1, #1; addeq r2, r2, #1 | nzcv=0100             | r0=1 r1=1 r2=1 # a run of three: one branch
addeq r0, r0, #1; addeq r1, r1, #1; addeq r2, r2, #1 | nzcv=0000             |
addeq r0, r0, #1; strne r1, [r2]; addne r1, r1, #1  | nzcv=0000 r1=9 r2=20000 | r1=a m32[20000]=9 # else part
addeq r0, r0, #1; strne r1, [r2]; addne r1, r1, #1  | nzcv=0100 r1=9 r2=20000 | r0=1
cmpne r0, #3; cmpne r0, #4; moveq r1, #1            | nzcv=0000 r0=4         | r1=1 nzcv=0110 # flags written inside a run
cmpne r0, #3; cmpne r0, #4; moveq r1, #1            | nzcv=0000 r0=3         | r1=1 nzcv=0110
cmpne r0, #3; cmpne r0, #4; moveq r1, #1            | nzcv=0000 r0=5         | nzcv=0010
subs r0, r0, #1; ldrgt r1, [r2]; ble 1f; mov r3, #1; 1: nop | r0=2 r2=20000 m32[20000]=8 | r0=1 r1=8 r3=1 nzcv=0010
bxeq lr; mov r0, #1; mov r1, #1                     | nzcv=0100 lr=10008     | r1=1
bxeq lr; mov r0, #1; mov r1, #1                     | nzcv=0000 lr=10008     | r0=1 r1=1
bleq 1f; mov r0, #1; 1: mov r1, #1                  | nzcv=0000              | r0=1 r1=1
bleq 1f; mov r0, #1; 1: mov r1, #1                  | nzcv=0100              | lr=10004 r1=1
svceq #1; mov r0, #1                                | nzcv=0000              | r0=1
strexeq r0, r1, [r2]; mov r3, #1                    | nzcv=0000 r0=7 r2=20000 | r3=1
ldmeq r0, {r0, r1}; movne r2, #1                    | nzcv=0100 r0=20000 m32[20000]=5 m32[20004]=6 | r0=5 r1=6
1: subs r0, r0, #1; addne r1, r1, r0; bne 1b        | r0=5                   | r0=0 r1=a nzcv=0110
movhi r0, #1; movls r0, #2                          | nzcv=0010              | r0=1
movge r0, #1; movlt r0, #2                          | nzcv=1001              | r0=1
movgt r0, #1; movle r0, #2                          | nzcv=0100              | r0=2
.inst 0xc3e4eed7                                    | nzcv=0100              |               # undefined, but its condition fails
@isa t32
it eq; moveq r0, #1                                 | nzcv=0100              | r0=1
it eq; moveq r0, #1                                 | nzcv=0000 r0=4         |
ite eq; moveq r0, #1; movne r0, #2                  | nzcv=0000              | r0=2
itt eq; addeq r0, #1; addeq r0, #1; adds r0, #1     | nzcv=0100              | r0=3 nzcv=0000
itete eq; moveq r0, #1; movne r1, #2; ldreq r2, [r4]; strne r1, [r4] | nzcv=0000 r4=20000 | r1=2 m32[20000]=2
itete eq; moveq r0, #1; movne r1, #2; ldreq r2, [r4]; strne r1, [r4] | nzcv=0100 r4=20000 m32[20000]=9 | r0=1 r2=9
itt eq; cmpeq r0, #1; moveq r1, #1                  | nzcv=0100 r0=2         | nzcv=0010     # the second sees new flags
it ne; bne 1f; movs r0, #1; 1: movs r1, #1          | nzcv=0000              | r1=1 nzcv=0000
it eq; popeq {r0, pc}; mov r1, #1                   | nzcv=0000              | r1=1
ittt ne; ldrne r0, [r1]; addne r0, r0, #1; strne r0, [r1] | nzcv=0000 r1=20000 m32[20000]=4 | r0=5 m32[20000]=5
it eq; ldreq r0, [r1]                               | nzcv=0100 r1=30000     | exc=fault far=30000 pc=10002
it cs; adccs r0, r0, r1                             | nzcv=0010 r0=1 r1=1    | r0=3
@isa a32
@cpu arm926
ldr r0, [r1]                                        | r1=20001 m32[20000]=44332211 | r0=11443322  # before ARMv6: rotated
str r0, [r1]                                        | r0=44332211 r1=20002   | m32[20000]=44332211  # low address bits ignored
mov pc, r0; mov r1, #1                              | r0=10009               |                      # no interworking
rev r0, r1                                          |                        | exc=illegal
movw r0, #1                                         |                        | exc=illegal
ldrex r0, [r1]                                      | r1=20000               | exc=illegal
qadd r0, r1, r2                                     | r1=7fffffff r2=1       | r0=7fffffff q=1
@cpu cortex-a8
sdiv r0, r1, r2                                     | r1=7 r2=2              | exc=illegal
lda r0, [r1]                                        | r1=20000               | exc=illegal
ldrd r0, r1, [r2]                                   | r2=20004 m32[20004]=1 m32[20008]=2 | r0=1 r1=2
@cpu cortex-a15
sdiv r0, r1, r2                                     | r1=fffffff9 r2=2       | r0=fffffffd
udiv r0, r1, r2                                     | r1=7                   |                      # by zero: zero
crc32b r0, r1, r2                                   |                        | exc=illegal
@cpu max
movs lr, #0x10000                                   | nzcv=0100              | lr=10000 nzcv=0000   # an address of code, but not a call
mov lr, pc; b 1f; b 2f; 1: cmp r0, #3; bx lr; 2: moveq r1, #1 | r0=3         | r1=1 lr=10008 nzcv=0110 # flags returned by a call by hand
bl 1f; moveq r1, #1; b 2f; 1: cmp r0, #3; bx lr; 2: nop | r0=3               | r1=1 lr=10004 nzcv=0110 # and by a call

# misc.t: branches, exclusives, literals, hints, barriers and system instructions, by hand

@isa a32
b 1f; mov r1, #1; 1: nop                  |                                  |
beq 1f; mov r1, #1; 1: nop                | nzcv=0100                        |
beq 1f; mov r1, #1; 1: nop                | nzcv=1011                        | r1=1
bl 1f; mov r1, #1; 1: nop                 |                                  | lr=10004
bx r0; mov r1, #1                         | r0=10008                         |
blx r0; mov r1, #1                        | r0=10008                         | lr=10004
bxj r0; mov r1, #1                        | r0=10008                         |
blx 1f; b 2f; .thumb; 1: bx lr; nop; .arm; 2: nop | r1=5                     | lr=10004
mov pc, r0; mov r1, #1                    | r0=10008                         |
add pc, pc, #0; mov r1, #1; nop           |                                  |
ldr pc, [r0]; mov r1, #1                  | r0=21000 m32[21000]=10008        |
pop {r4, pc}; mov r1, #1                  | sp=21000 m32[21000]=7 m32[21004]=10008 | r4=7 sp=21008
ldr r0, 1f; b 2f; 1: .word 0x11223344; 2: nop |                              | r0=11223344
ldrb r0, 1f; b 2f; 1: .word 0x11223384; 2: nop |                             | r0=84
ldrsh r0, 1f; b 2f; 1: .word 0x11228344; 2: nop |                            | r0=ffff8344
ldrd r0, r1, 1f; b 2f; nop; 1: .word 1; .word 2; 2: nop |                    | r0=1 r1=2
adr r0, 1f; 1: nop                        |                                  | r0=10004
ldrex r0, [r1]                            | r1=21000 m32[21000]=12345678     | r0=12345678
ldrexb r0, [r1]                           | r1=21001 m32[21000]=12345678     | r0=56
ldrexh r0, [r1]                           | r1=21002 m32[21000]=12345678     | r0=1234
ldrexd r2, r3, [r1]                       | r1=21000 m64[21000]=1122334455667788 | r2=55667788 r3=11223344
ldrex r0, [r1]; strex r2, r3, [r1]        | r1=21000 r2=9 r3=5 m32[21000]=7  | r0=7 r2=0 m32[21000]=5
ldrex r0, [r1]; clrex; strex r2, r3, [r1] | r1=21000 r2=9 r3=5 m32[21000]=7  | r0=7 r2=1
strex r2, r3, [r1]                        | r1=21000 r2=9 r3=5 m32[21000]=7  | r2=1
ldrexd r4, r5, [r1]; strexd r2, r6, r7, [r1] | r1=21000 r6=3 r7=4 m64[21000]=0000000200000001 | r4=1 r5=2 r2=0 m64[21000]=0000000400000003
lda r0, [r1]                              | r1=21000 m32[21000]=12345678     | r0=12345678
ldab r0, [r1]                             | r1=21003 m32[21000]=12345678     | r0=12
ldah r0, [r1]                             | r1=21002 m32[21000]=82345678     | r0=8234
ldaex r0, [r1]                            | r1=21000 m32[21000]=12345678     | r0=12345678
ldaexd r2, r3, [r1]                       | r1=21000 m64[21000]=1122334455667788 | r2=55667788 r3=11223344
ldaex r0, [r1]; stlex r2, r3, [r1]        | r1=21000 r2=9 r3=5 m32[21000]=7  | r0=7 r2=0 m32[21000]=5
stlh r0, [r1]                             | r0=12345678 r1=21002             | m16[21002]=5678
nop; yield; wfe; wfi; sev; dbg #3         |                                  |
dmb ish; dsb sy; isb sy; clrex            |                                  |
sb                                        |                                  |
pld [r0]; pld [r0, r1]; pli [r0]; pldw [r0] | r0=1                           |
setend be; ldr r0, [r1]; setend le        | r1=21000 m32[21000]=11223344     | r0=44332211
setend be                                 |                                  | e=1
cpsid i                                   |                                  |
mrs r0, cpsr                              | nzcv=1010 q=1                    | r0=a8000010
msr cpsr_f, r0                            | r0=58000000                      | nzcv=0101 q=1
msr cpsr_s, r0                            | r0=000f0000                      | ge=f
msr cpsr_f, #0x80000000                   | nzcv=0111                        | nzcv=1000
mrc p15, 0, r0, c13, c0, 3                | r0=5                             | r0=0
mcr p15, 0, r1, c13, c0, 2; mrc p15, 0, r0, c13, c0, 2 | r1=77               | r0=77
mcr p15, 0, r0, c7, c10, 5                |                                  |
svc #7; mov r0, #1                        |                                  | pc=10004 far=7
bkpt #0x1234                              |                                  | exc=bkpt far=1234
hlt #0x1234                               |                                  | exc=illegal
udf #0x123                                |                                  | exc=illegal far=e7f012f3
.inst 0xe7ffffff                          |                                  | exc=illegal far=e7ffffff
ldr r0, [r1]                              | r1=30000                         | exc=fault far=30000
str r0, [r1, #4]!                         | r1=2fffc                         | exc=fault far=30000
ldm r1!, {r2, r3}                         | r1=23ffc                         | exc=fault far=24000
ldrd r2, r3, [r1]                         | r1=23ffc                         | exc=fault far=24000
rbit r0, r1                               | r1=80000001                      | r0=80000001
rbit r0, r1                               | r1=00000006                      | r0=60000000
rev r0, r1                                | r1=11223344                      | r0=44332211
rev16 r0, r1                              | r1=11223344                      | r0=22114433
revsh r0, r1                              | r1=11228344                      | r0=00004483
revsh r0, r1                              | r1=11224483                      | r0=ffff8344
ssub16 r0, r1, r2                         | r1=00017fff r2=0002ffff          | r0=ffff8000 ge=3
clz r0, r1                                | r1=1                             | r0=1f
vmsr fpscr, r0                            | r0=03c00000                      | fpscr=03c00000
vmrs r0, fpscr                            | fpscr=03400001                   | r0=03400001
vmrs APSR_nzcv, fpscr                     | fpscr=a0000000                   | nzcv=1010
vmov s1, r0                               | r0=12345678                      | s1=12345678
vmov r0, s1                               | s1=12345678                      | r0=12345678
vmov.f16 s1, r0                           | r0=12345678 s1=ffffffff          | s1=00005678
vmov.f16 r0, s1                           | r0=1 s1=ffff5678                 | r0=5678
vmov.16 d0[1], r0                         | r0=12345678 d0=ffffffffffffffff  | d0=ffffffff5678ffff
vmov.32 d0[1], r0                         | r0=12345678 d0=ffffffffffffffff  | d0=12345678ffffffff

@isa t32
b.n 1f; movs r1, #1; 1: nop               |                                  |
b.w 1f; movs r1, #1; 1: nop               |                                  |
beq.n 1f; movs r1, #1; 1: nop             | nzcv=0100                        |
beq.w 1f; movs r1, #1; 1: nop             | nzcv=0100                        |
cbz r0, 1f; movs r1, #1; 1: nop           |                                  |
cbnz r0, 1f; mov r1, r0; 1: nop           |                                  |
bl 1f; movs r1, #1; 1: nop                |                                  | lr=10005
blx 1f; b 2f; .balign 4; .arm; 1: bx lr; .thumb; 2: nop |                    | lr=10005
bx r0; movs r1, #1                        | r0=10005                         |
blx r0; movs r1, #1                       | r0=10005                         | lr=10003
bxj r0; movs r1, #1                       | r0=10007                         |
mov pc, r0; movs r1, #1                   | r0=10004                         |
pop {r4, pc}; movs r1, #1                 | sp=21000 m32[21000]=7 m32[21004]=10005 | r4=7 sp=21008
tbb [pc, r0]; .byte 2; .byte 0; movs r1, #1 |                                |
tbh [pc, r0, lsl #1]; .short 2; movs r1, #1 |                                |
adr r0, 1f; nop; 1: nop                   |                                  | r0=10004
ldr r0, 1f; b 2f; 1: .word 0x11223344; 2: nop |                              | r0=11223344
ldr.w r0, 1f; b 2f; nop; 1: .word 0x11223344; 2: nop |                       | r0=11223344
ldrb.w r0, 1f; b 2f; nop; 1: .word 0x11223384; 2: nop |                      | r0=84
ldrh.w r0, 1f; b 2f; nop; 1: .word 0x11228384; 2: nop |                      | r0=8384
ldrsb.w r0, 1f; b 2f; nop; 1: .word 0x11223384; 2: nop |                     | r0=ffffff84
ldrsh.w r0, 1f; b 2f; nop; 1: .word 0x11228384; 2: nop |                     | r0=ffff8384
ldrd r0, r1, 1f; b.w 2f; 1: .word 1; .word 2; 2: nop |                       | r0=1 r1=2
it eq; moveq r0, #1                       | nzcv=0100                        | r0=1
it ne; movne r0, #1                       | nzcv=0100                        |
itete eq; moveq r0, #1; movne r1, #2; moveq r2, #3; movne r3, #4 | nzcv=0100 | r0=1 r2=3
itt cs; addcs r0, r0, r1; addcs r0, r0, r1 | r0=ffffffff r1=1 nzcv=0010      | r0=1
ldrex r0, [r1, #4]                        | r1=21000 m32[21004]=12345678     | r0=12345678
ldrexb r0, [r1]                           | r1=21001 m32[21000]=12345678     | r0=56
ldrexh r0, [r1]                           | r1=21002 m32[21000]=12345678     | r0=1234
ldrexd r2, r4, [r1]                       | r1=21000 m64[21000]=1122334455667788 | r2=55667788 r4=11223344
lda r0, [r1]                              | r1=21000 m32[21000]=12345678     | r0=12345678
ldab r0, [r1]                             | r1=21003 m32[21000]=12345678     | r0=12
ldah r0, [r1]                             | r1=21002 m32[21000]=82345678     | r0=8234
ldaex r0, [r1]                            | r1=21000 m32[21000]=12345678     | r0=12345678
ldaexb r0, [r1]                           | r1=21001 m32[21000]=12345678     | r0=56
ldaexh r0, [r1]                           | r1=21002 m32[21000]=12345678     | r0=1234
ldaexd r2, r3, [r1]                       | r1=21000 m64[21000]=1122334455667788 | r2=55667788 r3=11223344
ldaexb r0, [r1]; stlexb r2, r3, [r1]      | r1=21000 r2=9 r3=5 m32[21000]=7  | r0=7 r2=0 m8[21000]=5
stlh r0, [r1]                             | r0=12345678 r1=21002             | m16[21002]=5678
nop; yield; wfe; wfi; sev                 |                                  |
nop.w; yield.w; wfe.w; wfi.w; sev.w; dbg #3 |                                |
dmb ish; dsb sy; isb sy; clrex; sb        |                                  |
setend be                                 |                                  | e=1
cpsid i                                   |                                  |
mrs r0, cpsr                              | nzcv=1010 q=1                    | r0=a8000010
msr cpsr_f, r0                            | r0=58000000                      | nzcv=0101 q=1
mrc p15, 0, r0, c13, c0, 3                | r0=5                             | r0=0
mcr p15, 0, r1, c13, c0, 2; mrc p15, 0, r0, c13, c0, 2 | r1=77               | r0=77
svc #7; movs r0, #1                       |                                  | pc=10002 far=7
bkpt #0x12                                |                                  | exc=bkpt far=12
hlt #0x12                                 |                                  | exc=illegal
udf #0x12                                 |                                  | exc=illegal
udf.w #0x123                              |                                  | exc=illegal

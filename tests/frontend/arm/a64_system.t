# a64_system.t: system instructions (system.decode). The form is in tests/insn.py.
hint #0xf                            |                                          |
clrex #0x7                           |                                          |
dsb #0x0c                            | nzcv=0101                                |
dmb ishld                            |                                          |
sb                                   | nzcv=0010                                |
cfinv                                |                                          | nzcv=0010
xaflag                               |                                          | nzcv=1000
axflag                               | nzcv=1000                                | nzcv=0000
msr ssbs, #0x0                       | nzcv=0001                                |
msr dit, #0x1                        | nzcv=1110                                | dit=1
mrs x10, nzcv                        | x10=7fff nzcv=1100                       | x10=c0000000
msr nzcv, x11                        | x11=128137eac090bc84 nzcv=0100           | nzcv=1100
mrs x8, dit                          | x8=ffff nzcv=0001                        | x8=0
msr dit, x7                          | x7=fdbb37b8d4e4db03                      |
msr ssbs, x10                        | x10=7fff nzcv=1010                       | ssbs=1
mrs x8, fpcr                         | x8=7fffffffffffffff nzcv=0111            | x8=0
mrs x8, fpsr                         | x8=107f37d417647fa2 nzcv=0010            | x8=0
cfinv                                | nzcv=1111                                | nzcv=1101
axflag                               | nzcv=0010                                | nzcv=0010
axflag                               | nzcv=0011                                | nzcv=0100
xaflag                               | nzcv=0100                                | nzcv=0011
xaflag                               | nzcv=0010                                | nzcv=0010
xaflag                               | nzcv=0110                                | nzcv=0110
dc zva, x0                           | x0=2107f m64[21048]=1122334455667788 m64[21038]=1 m64[21080]=1 m64[21078]=5 | m64[21048]=0 m64[21078]=0
dc zva, x0                           | x0=40                                    | exc=fault far=40
dc cvac, x1                          | x1=21000                                 |
dc cvac, x1                          | x1=40                                    | exc=fault far=40
dc cvau, x1                          | x1=21003                                 |
dc civac, x1                         | x1=21003                                 |
dc cvap, x1                          | x1=21003                                 |
dc cvadp, x1                         | x1=21003                                 |
dc cgvac, x1                         | x1=21003                                 |
dc cgdvac, x1                        | x1=21003                                 |
dc cgvap, x1                         | x1=21003                                 |
dc cgdvap, x1                        | x1=21003                                 |
dc cigvac, x1                        | x1=21003                                 |
dc cigdvac, x1                       | x1=21003                                 |
ic ivau, x1                          | x1=21003                                 | exc=trap pc=10004
dc ivac, x1                          | x1=21003                                 | exc=illegal
isb; mov x0, #1                      |                                          | x0=1
msr tco, #1                          |                                          | tco=1
msr tco, #0                          | tco=1                                    | tco=0
mrs x0, tco                          | tco=1                                    | x0=2000000
msr tco, x0                          | x0=2000000                               | tco=1
mrs x0, dit                          | dit=1                                    | x0=1000000
msr dit, x0                          | x0=ffffffffffffffff                      | dit=1
msr ssbs, #1                         |                                          | ssbs=1
mrs x0, ssbs                         | ssbs=1                                   | x0=1000
msr daifset, #1                      |                                          | exc=illegal
msr fpcr, x0; mov x1, #1             | x0=3c00000                               | x1=1 fpcr=3c00000
msr fpsr, x0; mov x1, #1             | x0=800009f                               | x1=1 fpsr=800009f
mrs x0, fpsr                         | fpsr=8000001                             | x0=8000001 fpsr=8000001
msr tpidr_el0, x0; mrs x1, tpidr_el0 | x0=123456789abcdef0                      | x1=123456789abcdef0
mrs x0, tpidrro_el0                  | x0=5                                     | x0=0
msr tpidrro_el0, x0                  | x0=5                                     | exc=illegal
mrs x0, cntfrq_el0                   |                                          | x0=3b9aca00
mrs x0, cntvct_el0; mrs x1, cntvct_el0; cmp x0, x1; cset x0, hi; mov x1, #0 |  | nzcv=1000
mrs x0, s3_3_c14_c0_6; mrs x1, cntvct_el0; cmp x0, x1; cset x0, hi; mov x1, #0 | | nzcv=1000
mrs x0, rndr; mov x0, #0             | nzcv=1111                                | nzcv=0000
mrs x0, rndrrs; mov x0, #0           | nzcv=1111                                | nzcv=0000
mrs x0, midr_el1                     |                                          | x0=410fd493
mrs x0, mpidr_el1                    |                                          | x0=80000000
mrs x0, id_aa64isar0_el1             |                                          | x0=1021111110212120
mrs x0, s3_0_c0_c3_0                 | x0=1                                     | x0=0
mrs x0, s3_0_c0_c1_0                 |                                          | exc=illegal
mrs x0, dczid_el0                    |                                          | x0=4
mrs x0, ctr_el0                      |                                          | x0=8444c004
mrs x0, currentel                    |                                          | exc=illegal
@cpu cortex-a53
mrs x0, midr_el1                     |                                          | x0=410fd034
mrs x0, id_aa64isar0_el1             |                                          | x0=11120
mrs x0, id_aa64pfr0_el1              |                                          | x0=11
mrs x0, rndr                         |                                          | exc=illegal
msr dit, #1                          |                                          | exc=illegal
cfinv                                |                                          | exc=illegal
sb                                   |                                          | exc=illegal
pacibsp                              | x30=1234                                 |
bti c                                |                                          |
@cpu cortex-a76
mrs x0, id_aa64isar0_el1             |                                          | x0=100010211120
mrs x0, id_aa64pfr0_el1              |                                          | x0=110011
mrs x0, id_aa64isar1_el1             |                                          | x0=100001
msr ssbs, #1                         |                                          | ssbs=1

# ID registers of the models: as on the reference, but for SVE, SSBS, MTE3.
@cpu cortex-a57
mrs x0, midr_el1                     |                                          | x0=411fd070
mrs x0, id_aa64pfr0_el1              |                                          | x0=11
mrs x0, id_aa64pfr1_el1              |                                          | x0=0
mrs x0, id_aa64isar0_el1             |                                          | x0=11120
mrs x0, id_aa64isar1_el1             |                                          | x0=0
mrs x0, s3_0_c0_c6_2                 |                                          | x0=0
mrs x0, id_aa64mmfr0_el1             |                                          | x0=ff000000
mrs x0, id_aa64mmfr2_el1             |                                          | x0=0
@cpu cortex-a72
mrs x0, midr_el1                     |                                          | x0=410fd083
mrs x0, id_aa64pfr0_el1              |                                          | x0=11
mrs x0, id_aa64pfr1_el1              |                                          | x0=0
mrs x0, id_aa64isar0_el1             |                                          | x0=11120
mrs x0, id_aa64isar1_el1             |                                          | x0=0
mrs x0, s3_0_c0_c6_2                 |                                          | x0=0
mrs x0, id_aa64mmfr0_el1             |                                          | x0=ff000000
mrs x0, id_aa64mmfr2_el1             |                                          | x0=0
@cpu cortex-a76
mrs x0, midr_el1                     |                                          | x0=414fd0b1
mrs x0, id_aa64pfr0_el1              |                                          | x0=110011
mrs x0, id_aa64pfr1_el1              |                                          | x0=20
mrs x0, id_aa64isar0_el1             |                                          | x0=100010211120
mrs x0, id_aa64isar1_el1             |                                          | x0=100001
mrs x0, s3_0_c0_c6_2                 |                                          | x0=0
mrs x0, id_aa64mmfr0_el1             |                                          | x0=ff000000
mrs x0, id_aa64mmfr2_el1             |                                          | x0=0
@cpu neoverse-n1
mrs x0, midr_el1                     |                                          | x0=414fd0c1
mrs x0, id_aa64pfr0_el1              |                                          | x0=110011
mrs x0, id_aa64pfr1_el1              |                                          | x0=20
mrs x0, id_aa64isar0_el1             |                                          | x0=100010211120
mrs x0, id_aa64isar1_el1             |                                          | x0=100001
mrs x0, s3_0_c0_c6_2                 |                                          | x0=0
mrs x0, id_aa64mmfr0_el1             |                                          | x0=ff000000
mrs x0, id_aa64mmfr2_el1             |                                          | x0=0
@cpu neoverse-n2
mrs x0, midr_el1                     |                                          | x0=410fd493
mrs x0, id_aa64pfr0_el1              |                                          | x0=1000100110011
mrs x0, s3_0_c0_c4_4                 |                                          | x0=110100110021
mrs x0, id_aa64pfr1_el1              |                                          | x0=321
mrs x0, id_aa64isar0_el1             |                                          | x0=1021111110212120
mrs x0, id_aa64isar1_el1             |                                          | x0=10101110211502
mrs x0, s3_0_c0_c6_2                 |                                          | x0=0
mrs x0, id_aa64mmfr0_el1             |                                          | x0=ff000000
mrs x0, id_aa64mmfr2_el1             |                                          | x0=100000000
@cpu neoverse-v1
mrs x0, midr_el1                     |                                          | x0=411fd402
mrs x0, id_aa64pfr0_el1              |                                          | x0=1000100110011
mrs x0, s3_0_c0_c4_4                 |                                          | x0=100000100000
mrs x0, id_aa64pfr1_el1              |                                          | x0=20
mrs x0, id_aa64isar0_el1             |                                          | x0=1011111110212120
mrs x0, id_aa64isar1_el1             |                                          | x0=10100010211102
mrs x0, s3_0_c0_c6_2                 |                                          | x0=0
mrs x0, id_aa64mmfr0_el1             |                                          | x0=ff000000
mrs x0, id_aa64mmfr2_el1             |                                          | x0=100000000

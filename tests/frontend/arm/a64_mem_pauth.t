# a64_mem_pauth.t: lines of pauth.decode; keys are 0. What a failed check does with FPAC: tests/guest/aarch64_pauth.c
pacia x0, x1; autia x0, x1               | x0=7fff12345678 x1=5 |
pacib x0, sp; autib x0, sp               | x0=ab007fff12345678 sp=21000 |
pacda x0, x1; xpacd x0                   | x0=7fff12345678 x1=1122334455667788 |
pacdzb x0; autdzb x0                     | x0=7fff12345678 |
paciza x0; xpaci x0                      | x0=ff80123456789abc | x0=ffff123456789abc
xpaci x0                                 | x0=557f123456789abc | x0=5500123456789abc
xpaclri                                  | x30=557f123456789abc | x30=5500123456789abc
paciasp; autiasp                         | x30=7fff12345678 sp=21000 |
pacdza x1; ldraa x0, [x1, #-8]!          | x1=21010 m64[21008]=5 | x0=5 x1=21008
pacdzb x1; mov x2, x1; ldrab x0, [x1]; xpacd x1 | x1=21010 m64[21010]=5 | x0=5 x2=21010
pacga x0, x1, x2; pacga x3, x1, x2; sub x0, x0, x3; mov x3, 0 | x1=5 x2=6 | x0=0 x3=0
@cpu neoverse-v1
# without FPAC a failed check leaves an error code
pacia x0, x1; autia x0, x1               | x0=ffff12345678 x1=1000 |
autia x0, x1                             | x0=1ffff12345678 x1=1000 | x0=20ffff12345678
autib x0, x1                             | x0=1ffff12345678 x1=1000 | x0=40ffff12345678

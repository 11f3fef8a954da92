# data_imm.t: data processing with immediates and multiplies, the shape of all .t files
adds r0, r1, #0x80000000  | r1=80000000           | r0=0 nzcv=0111
ands r2, r1, #0xff000000  | r1=80000001 nzcv=0001 | r2=80000000 nzcv=1011   # rotated: C = bit 31, V kept
subs r3, r1, #1           | r1=0                  | r3=ffffffff nzcv=1000
umaal r1, r2, r3, r4      | r1-r4=ffffffff        | r1=ffffffff r2=ffffffff

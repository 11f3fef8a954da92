# vfp_modes.t: what depends on FPSCR: short vectors (CPUs that have them), rounding, flushing, sticky flags

# Core registers to and from FPSCR; QC and the flags are kept apart and come together
vmsr fpscr, r0; vmrs r1, fpscr                | r0=f8c0009f             | r1=f8c0009f fpscr=f8c0009f
vmsr fpscr, r0; vmrs r1, fpscr                | r0=ffffffff             | r1=ffc8009f fpscr=ffc8009f
vmsr fpscr, r0; vcmp.f32 s0, s1; vmrs r1, fpscr | r0=f0000000 s0=3f800000 s1=40000000 | r1=80000000 fpscr=80000000
vcmp.f64 d0, d1; vmrs apsr_nzcv, fpscr        | d0=7ff8000000000000     | nzcv=0011
vcmpe.f64 d0, #0; vmrs apsr_nzcv, fpscr; vmrs r0, fpscr | d0=7ff8000000000000 | nzcv=0011 r0=30000001
vqadd.s8 d0, d1, d2; vmrs r0, fpscr           | d1=7f d2=1              | d0=7f r0=8000000
vadd.f32 s0, s1, s2; vmrs r0, fpscr           | s1=3f800000 s2=33000000 | s0=3f800000 r0=10
vadd.f32 s0, s1, s2; vmrs r0, fpscr           | s1=3f800000 s2=33000000 fpscr=400000 | s0=3f800001 r0=400010 fpscr=400010
vmul.f32 s0, s1, s2; vmrs r0, fpscr           | s1=00800000 s2=3f000000 fpscr=1000000 | s0=0 r0=1000008 fpscr=1000008
vadd.f32 s0, s1, s2; vmrs r0, fpscr           | s1=7fc01234 s2=0 fpscr=2000000 | s0=7fc00000 r0=2000000 fpscr=2000000
vmov.f16 s0, r1                               | s0=ffffffff r1=12345678 | s0=5678
vmov.f16 r0, s1                               | s1=12345678             | r0=5678

@cpu cortex-a8
# Len = 2, stride 1, 4 singles: banks of 8, the first is scalar
vadd.f32 s8, s16, s24    | fpscr=30000 s16=3f800000 s17=40000000 s18=40400000 s19=40800000 s24=3f800000 s25=3f800000 s26=3f800000 s27=3f800000 | s8=40000000 s9=40400000 s10=40800000 s11=40a00000
vadd.f32 s0, s16, s24    | fpscr=30000 s16=3f800000 s24=40000000 | s0=40400000
vmul.f32 s14, s16, s1    | fpscr=30000 s1=40000000 s16=3f800000 s17=40000000 s18=40400000 s19=40800000 | s14=40000000 s15=40800000 s8=40c00000 s9=41000000
vneg.f32 s8, s16         | fpscr=310000 s16=3f800000 s18=40000000 | s8=bf800000 s10=c0000000
vmov.f64 d6, d9          | fpscr=20000 d9=1 d10=2 d11=3 | d6=1 d7=2 d4=3
vmov.f32 s8, #1          | fpscr=10000 | s8=3f800000 s9=3f800000
vmla.f64 d4, d8, d12     | fpscr=10000 d4=3ff0000000000000 d8=4000000000000000 d9=4000000000000000 d12=4008000000000000 d13=4010000000000000 | d4=401c000000000000 d5=4020000000000000
vcmp.f32 s8, s9          | fpscr=30000 s8=3f800000 | fpscr=20030000

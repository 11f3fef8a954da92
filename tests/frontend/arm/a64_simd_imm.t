# a64_simd_imm.t: lines of simd_imm.decode
# Made by tests/make_insn_tests.py, then kept by hand; the form is in tests/insn.py.
movi v21.2s, #0xaf, lsl #8           | v21=076f3787f8130c42_7fffffff00000001    | v21=0000000000000000_0000af000000af00
mvni v0.4s, #0x35, lsl #24           | v0=f0dfb4a5e1ea24c4_80000000ab99254a     | v0=caffffffcaffffff_caffffffcaffffff
orr v8.4s, #0x22                     | v8=8a245e6b00000000_00000001a5ac06d8     | v8=8a245e6b00000022_00000023a5ac06fa
bic v7.2s, #0xe8, lsl #24            | v7=0000000158989008_d037cdff00000001     | v7=0000000000000000_1037cdff00000001
movi v26.8h, #0xa4, lsl #8           | v26=cbd37fff1d3b526e_8000a81a0001ffff    | v26=a400a400a400a400_a400a400a400a400
mvni v10.8h, #0x50, lsl #8           | v10=fffff07500004e6f_ffffbcc9a185cdaa    | v10=afffafffafffafff_afffafffafffafff
orr v2.4h, #0x21                     | v2=00007fffc85fcfa6_ffff4806df220467     | v2=0000000000000000_ffff4827df230467
bic v13.4h, #0x23                    | v13=c82a0000d418fdc1_0000521b00017d21    | v13=0000000000000000_0000521800007d00
movi v6.2s, #0xc7, msl #16           | v6=f6f62c281a5356b5_28b09a93ffffffff     | v6=0000000000000000_00c7ffff00c7ffff
mvni v19.2s, #0xab, msl #8           | v19=000000015b177a38_b02d3504e4264c9f    | v19=0000000000000000_ffff5400ffff5400
movi v14.8b, #0x54                   | v14=9a014ed2ff2c82cb_19dc5b4a051244ff    | v14=0000000000000000_5454545454545454
movi d13, #0xff0000ff00ffffff        | v13=02c8261b740c1a65_7fffffffffffffff    | v13=0000000000000000_ff0000ff00ffffff
fmov v20.2s, #7.750000000000000000e+00 | v20=bf800000007fffff_3d061f79a39cc4b2    | v20=0000000000000000_40f8000040f80000
fmov v15.2d, #-3.100000000000000000e+01 | v15=400921fb54442d18_60900772923c4e5d    | v15=c03f000000000000_c03f000000000000
fmov v12.8h, #8.125000000000000000e-01 | v12=7bff1e8300017029_3c00e74661e1c000    | v12=3a803a803a803a80_3a803a803a803a80

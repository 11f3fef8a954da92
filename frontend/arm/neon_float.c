/*
 * neon_float.c: Advanced SIMD floating point (parts of neon_3same, neon_shift,
 * neon_misc and neon_v8.decode). It follows the "standard FPSCR": flush to
 * zero, default NaN, to nearest; vcpu->fp_std holds its modes and flags.
 */
#include "frontend/arm/fp.h"

void fp_v3_float(struct a32 *t, const struct fp_v3_float *f)
{
    call_vector_helper(t, HELPER_neon_float, f->fop,
                       (struct vec_args){.d = REG_D(f), .n = REG_N(f), .m = REG_M(f), .q = f->Q, .size = f->sz ? 1 : 2});
}
void fp_v2_float(struct a32 *t, const struct fp_v2_float *f)
{
    call_vector_helper(t, HELPER_neon_float, f->fop, (struct vec_args){.d = REG_D(f), .m = REG_M(f), .q = f->Q, .size = f->size});
}
void fp_vcvt_fixed(struct a32 *t, const struct fp_vcvt_fixed *f)
{
    call_vector_helper(t, HELPER_neon_float, f->fop,
                       (struct vec_args){.d = REG_D(f), .m = REG_M(f), .q = f->Q, .size = f->half ? 1 : 2, .imm = 64 - f->imm6});
}

/* VABS VNEG: sign bits alone. */
void fp_vsign_float(struct a32 *t, const struct fp_vsign_float *f)
{
    unsigned lane = 8u << f->size;

    put_v(t, REG_D(f), f->Q, ir_v2(t->ir, f->op, 64, get_v(t, REG_M(f), f->Q), vec_splat(t, lane, 1ull << (lane - 1)), 0));
}

void fp_vcvt_to_half(struct a32 *t, const struct fp_vcvt_to_half *f)
{
    call_vector_helper(t, HELPER_neon_convert, NC_TO_HALF, (struct vec_args){.d = REG_D(f), .m = REG_M(f)});
}
void fp_vcvt_from_half(struct a32 *t, const struct fp_vcvt_from_half *f)
{
    call_vector_helper(t, HELPER_neon_convert, NC_FROM_HALF, (struct vec_args){.d = REG_D(f), .m = REG_M(f)});
}
void fp_vcvt_to_bf16(struct a32 *t, const struct fp_vcvt_to_bf16 *f)
{
    call_vector_helper(t, HELPER_neon_convert, NC_TO_BF16, (struct vec_args){.d = REG_D(f), .m = REG_M(f)});
}

/* VCADD VCMLA: lanes in pairs of real and imaginary part; rot turns one operand by quarter circles. */
void fp_vcomplex(struct a32 *t, const struct fp_vcomplex *f)
{
    call_vector_helper(t, HELPER_neon_complex, f->vop,
                       (struct vec_args){.d = REG_D(f), .n = REG_N(f), .m = REG_M(f), .q = f->Q, .size = f->S ? 2 : 1, .imm = f->rot});
}
/* The pair that all lanes are multiplied by: D0-D15 and M for half precision, else the whole of Dm. */
void fp_vcomplex_scalar(struct a32 *t, const struct fp_vcomplex_scalar *f)
{
    struct vec_args a = {.d = REG_D(f), .n = REG_N(f), .q = f->Q, .size = f->S ? 2 : 1, .imm = f->rot, .scalar = 1};

    a.m = f->S ? REG_M(f) : f->Vm;
    a.lane = f->S ? 0 : f->M;
    call_vector_helper(t, HELPER_neon_complex, VOP_CMLA, a);
}

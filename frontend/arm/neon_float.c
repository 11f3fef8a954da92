/*
 * neon_float.c: Advanced SIMD floating point (parts of neon_3same, neon_shift,
 * neon_misc and neon_v8.decode). It follows the "standard FPSCR": flush to
 * zero, default NaN, to nearest; vcpu->fp_std holds its modes and flags.
 */
#include "frontend/arm/fp.h"

static ir_ref float2(struct a32 *t, enum ir_opcode op, ir_ref a, ir_ref b) { return ir_v2(t->ir, op, 32 | IR_STD, a, b, 0); }
static ir_ref magnitude(struct a32 *t, ir_ref v) { return ir_v2(t->ir, IR_vand, 64, v, vec_splat(t, 32, 0x7fffffff), 0); }

/* By IR; old: what d holds. No value: helpers do it. */
static ir_ref float_value(struct a32 *t, enum fp_operation op, ir_ref old, ir_ref n, ir_ref m)
{
    ir_ref zero = ir_vconst(t->ir, 0, 0), both;

    switch (op) {
    case FOP_ADD:    return float2(t, IR_vfadd, n, m);
    case FOP_SUB:    return float2(t, IR_vfsub, n, m);
    case FOP_MUL:    return float2(t, IR_vfmul, n, m);
    case FOP_MLA:    return float2(t, IR_vfadd, old, float2(t, IR_vfmul, n, m));
    case FOP_MLS:    return float2(t, IR_vfsub, old, float2(t, IR_vfmul, n, m));
    case FOP_FMA:    return ir_v3(t->ir, IR_vfma, 32 | IR_STD, n, m, old);
    case FOP_FMS:    return ir_v3(t->ir, IR_vfma, 32 | IR_STD, ir_v2(t->ir, IR_vxor, 64, n, vec_splat(t, 32, 0x80000000), 0), m, old);
    case FOP_ABD:    return magnitude(t, float2(t, IR_vfsub, n, m));
    case FOP_MAX:    return float2(t, IR_vfmax, n, m);
    case FOP_MIN:    return float2(t, IR_vfmin, n, m);
    case FOP_RECPS:  return float2(t, IR_vfrecps, n, m);
    case FOP_RSQRTS: return float2(t, IR_vfrsqrts, n, m);
    case FOP_CEQ:    return float2(t, IR_vfceq, n, m);
    case FOP_CGE:    return float2(t, IR_vfcge, n, m);
    case FOP_CGT:    return float2(t, IR_vfcgt, n, m);
    case FOP_ACGE:   return float2(t, IR_vfcge, magnitude(t, n), magnitude(t, m));
    case FOP_ACGT:   return float2(t, IR_vfcgt, magnitude(t, n), magnitude(t, m));
    case FOP_CEQ0:   return float2(t, IR_vfceq, m, zero);
    case FOP_CGE0:   return float2(t, IR_vfcge, m, zero);
    case FOP_CGT0:   return float2(t, IR_vfcgt, m, zero);
    case FOP_CLE0:   return float2(t, IR_vfcge, zero, m);
    case FOP_CLT0:   return float2(t, IR_vfcgt, zero, m);
    case FOP_TO_S:   return ir_v1(t->ir, IR_vftos, 32 | IR_STD, m, 0);
    case FOP_TO_U:   return ir_v1(t->ir, IR_vftou, 32 | IR_STD, m, 0);
    case FOP_FROM_S: return ir_v1(t->ir, IR_vstof, 32 | IR_STD, m, 0);
    case FOP_FROM_U: return ir_v1(t->ir, IR_vutof, 32 | IR_STD, m, 0);
    case FOP_PADD: case FOP_PMAX: case FOP_PMIN: /* the upper half is the same again */
        both = ir_v2(t->ir, IR_vcombine, 64, n, m, 0);
        return float2(t, op == FOP_PADD ? IR_vfadd : op == FOP_PMAX ? IR_vfmax : IR_vfmin, ir_v2(t->ir, IR_vuzp1, 32, both, both, 0),
                      ir_v2(t->ir, IR_vuzp2, 32, both, both, 0));
    default:         return NO_ARG;
    }
}

bool float_lanes(struct a32 *t, enum fp_operation op, unsigned d, bool q, ir_ref n, ir_ref m)
{
    bool takes_old = op == FOP_MLA || op == FOP_MLS || op == FOP_FMA || op == FOP_FMS;
    ir_ref v = float_value(t, op, takes_old ? get_v(t, d, q) : NO_ARG, n, m);
    if (!v.id)
        return false;
    put_v(t, d, q, v);
    return true;
}

void fp_v3_float(struct a32 *t, const struct fp_v3_float *f)
{
    if (!f->sz && float_lanes(t, f->fop, REG_D(f), f->Q, get_v(t, REG_N(f), f->Q), get_v(t, REG_M(f), f->Q)))
        return;
    call_vector_helper(t, HELPER_neon_float, f->fop,
                       (struct vec_args){.d = REG_D(f), .n = REG_N(f), .m = REG_M(f), .q = f->Q, .size = f->sz ? 1 : 2});
}
void fp_v2_float(struct a32 *t, const struct fp_v2_float *f)
{
    if (f->size == 2 && float_lanes(t, f->fop, REG_D(f), f->Q, NO_ARG, get_v(t, REG_M(f), f->Q)))
        return;
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

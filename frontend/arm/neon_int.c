/*
 * neon_int.c: Advanced SIMD integer arithmetic to IR (neon_3same.decode,
 * neon_long.decode and the arithmetic of neon_misc.decode). DDI 0406C A8.8.
 *
 * Doubleword forms read their operands with a zero upper half, and of their
 * result only the lower half is kept. Every saturating op gives 0 for zeros, so
 * the upper half never sets QC.
 */
#include "frontend/arm/aes.h"
#include "frontend/arm/fp.h"

#define LANE(f) (8u << (f)->size)

void call_vector_helper(struct a32 *t, enum arm_helper helper, unsigned operation, struct vec_args a)
{
    call_helper(t, helper, IR_NONE, imm32(t, operation), ir_const(t->ir, I64, pack_args(a)), NO_ARG, NO_ARG);
}

void note_saturation(struct a32 *t, ir_ref saturated, ir_ref wrapped)
{
    ir_ref differs = ir_v2(t->ir, IR_vxor, 64, saturated, wrapped, 0);

    ir_putv(t->ir, SLOT(qc), 16, ir_v2(t->ir, IR_vor, 64, ir_getv(t->ir, SLOT(qc), 16), differs, 0));
}

/* acc: an op that takes the old destination first, or IR_nop. */
static ir_ref accumulate(struct a32 *t, enum ir_opcode acc, unsigned lane, ir_ref old, ir_ref v)
{
    return acc == IR_nop ? v : ir_v2(t->ir, acc, lane, old, v, 0);
}

/* ---- three registers of the same length ---- */
void fp_v3_lanes(struct a32 *t, const struct fp_v3_lanes *f)
{
    put_v(t, REG_D(f), f->Q, ir_v2(t->ir, f->op, LANE(f), get_v(t, REG_N(f), f->Q), get_v(t, REG_M(f), f->Q), 0));
}

void fp_v3_saturate(struct a32 *t, const struct fp_v3_saturate *f)
{
    ir_ref n = get_v(t, REG_N(f), f->Q), m = get_v(t, REG_M(f), f->Q);
    ir_ref saturated = ir_v2(t->ir, f->op, LANE(f), n, m, 0);

    note_saturation(t, saturated, ir_v2(t->ir, f->wrap, LANE(f), n, m, 0));
    put_v(t, REG_D(f), f->Q, saturated);
}

/* VAND VBIC VORR VORN VEOR; VORR of a register with itself is VMOV. */
void fp_v3_bits(struct a32 *t, const struct fp_v3_bits *f)
{
    ir_ref n = get_v(t, REG_N(f), f->Q);
    bool is_move = f->op == IR_vor && REG_N(f) == REG_M(f);

    put_v(t, REG_D(f), f->Q, is_move ? n : ir_v2(t->ir, f->op, 64, n, get_v(t, REG_M(f), f->Q), 0));
}

/* The three differ in who says which bits are taken: Vd, Vm, or Vm inverted. */
void fp_vbsl(struct a32 *t, const struct fp_vbsl *f)
{
    put_v(t, REG_D(f), f->Q, ir_v3(t->ir, IR_vbsl, 64, get_v(t, REG_D(f), f->Q), get_v(t, REG_N(f), f->Q), get_v(t, REG_M(f), f->Q)));
}
void fp_vbit(struct a32 *t, const struct fp_vbit *f)
{
    put_v(t, REG_D(f), f->Q, ir_v3(t->ir, IR_vbsl, 64, get_v(t, REG_M(f), f->Q), get_v(t, REG_N(f), f->Q), get_v(t, REG_D(f), f->Q)));
}
void fp_vbif(struct a32 *t, const struct fp_vbif *f)
{
    put_v(t, REG_D(f), f->Q, ir_v3(t->ir, IR_vbsl, 64, get_v(t, REG_M(f), f->Q), get_v(t, REG_D(f), f->Q), get_v(t, REG_N(f), f->Q)));
}

/* VSHL VRSHL (register): Vm is shifted by the signed low bytes of Vn. */
void fp_v3_shift(struct a32 *t, const struct fp_v3_shift *f)
{
    put_v(t, REG_D(f), f->Q, ir_v2(t->ir, f->op, LANE(f), get_v(t, REG_M(f), f->Q), get_v(t, REG_N(f), f->Q), 0));
}

void fp_v3_accumulate(struct a32 *t, const struct fp_v3_accumulate *f)
{
    ir_ref v = ir_v2(t->ir, f->op, LANE(f), get_v(t, REG_N(f), f->Q), get_v(t, REG_M(f), f->Q), 0);

    put_v(t, REG_D(f), f->Q, ir_v2(t->ir, f->acc, LANE(f), get_v(t, REG_D(f), f->Q), v, 0));
}

/* Adjacent lanes of Dn, then of Dm. */
void fp_v3_pairs(struct a32 *t, const struct fp_v3_pairs *f)
{
    ir_ref both = ir_v2(t->ir, IR_vcombine, 64, get_v(t, REG_N(f), false), get_v(t, REG_M(f), false), 0);

    put_v(t, REG_D(f), false, ir_v2(t->ir, f->op, LANE(f), both, both, 0));
}

/* VQDMULH VQRDMULH saturate for one product only, the most negative number's square. */
static ir_ref doubling_high(struct a32 *t, enum ir_opcode op, unsigned lane, ir_ref n, ir_ref m)
{
    ir_ref lowest = vec_splat(t, lane, 1ull << (lane - 1));
    ir_ref both = ir_v2(t->ir, IR_vand, 64, ir_v2(t->ir, IR_vceq, lane, n, lowest, 0), ir_v2(t->ir, IR_vceq, lane, m, lowest, 0), 0);

    note_saturation(t, both, ir_vconst(t->ir, 0, 0));
    return ir_v2(t->ir, op, lane, n, m, 0);
}
void fp_v3_doubling(struct a32 *t, const struct fp_v3_doubling *f)
{
    put_v(t, REG_D(f), f->Q, doubling_high(t, f->op, LANE(f), get_v(t, REG_N(f), f->Q), get_v(t, REG_M(f), f->Q)));
}

void fp_v3_helper(struct a32 *t, const struct fp_v3_helper *f)
{
    call_vector_helper(t, HELPER_neon_integer, f->vop,
                       (struct vec_args){.d = REG_D(f), .n = REG_N(f), .m = REG_M(f), .q = f->Q, .size = f->size});
}

/* ---- three registers of different lengths: lanes of `size` are widened to twice that ---- */
void fp_vlong(struct a32 *t, const struct fp_vlong *f)
{
    ir_ref n = ir_v1(t->ir, f->widen, LANE(f), get_v(t, REG_N(f), false), 0);
    ir_ref m = ir_v1(t->ir, f->widen, LANE(f), get_v(t, REG_M(f), false), 0);

    put_v(t, REG_D(f), true, ir_v2(t->ir, f->op, 2 * LANE(f), n, m, 0));
}
void fp_vwide(struct a32 *t, const struct fp_vwide *f)
{
    ir_ref m = ir_v1(t->ir, f->widen, LANE(f), get_v(t, REG_M(f), false), 0);

    put_v(t, REG_D(f), true, ir_v2(t->ir, f->op, 2 * LANE(f), get_v(t, REG_N(f), true), m, 0));
}

/* VADDHN VRADDHN VSUBHN VRSUBHN: the upper halves of the lanes, rounded or not. */
void fp_vhigh_narrow(struct a32 *t, const struct fp_vhigh_narrow *f)
{
    unsigned lane = LANE(f);
    ir_ref v = ir_v2(t->ir, f->op, 2 * lane, get_v(t, REG_N(f), true), get_v(t, REG_M(f), true), 0);

    if (f->round)
        v = ir_v2(t->ir, IR_vadd, 2 * lane, v, vec_splat(t, 2 * lane, 1ull << (lane - 1)), 0);
    v = ir_v1(t->ir, IR_vshri, 2 * lane, v, lane);
    put_v(t, REG_D(f), false, ir_v1(t->ir, IR_vxtn, lane, v, 0));
}

/* An absolute difference fits its lane unsigned. */
void fp_vlong_abd(struct a32 *t, const struct fp_vlong_abd *f)
{
    ir_ref v = ir_v2(t->ir, f->op, LANE(f), get_v(t, REG_N(f), false), get_v(t, REG_M(f), false), 0);

    v = ir_v1(t->ir, IR_vuxtl, LANE(f), v, 0);
    if (f->acc)
        v = ir_v2(t->ir, IR_vadd, 2 * LANE(f), get_v(t, REG_D(f), true), v, 0);
    put_v(t, REG_D(f), true, v);
}

/* VMULL VMLAL VMLSL of doublewords n and m */
static void long_mul(struct a32 *t, enum ir_opcode op, enum ir_opcode acc, unsigned lane, unsigned d, ir_ref n, ir_ref m)
{
    ir_ref v = ir_v2(t->ir, op, lane, n, m, 0);

    put_v(t, d, true, accumulate(t, acc, 2 * lane, acc == IR_nop ? v : get_v(t, d, true), v));
}
void fp_vlong_mul(struct a32 *t, const struct fp_vlong_mul *f)
{
    long_mul(t, f->op, f->acc, LANE(f), REG_D(f), get_v(t, REG_N(f), false), get_v(t, REG_M(f), false));
}

/* VQDMULL VQDMLAL VQDMLSL: doubling saturates, and so does the sum. */
static void long_doubling(struct a32 *t, enum ir_opcode op, enum ir_opcode wrap, unsigned lane, unsigned d, ir_ref n, ir_ref m)
{
    ir_ref product = ir_v2(t->ir, IR_vmulls, lane, n, m, 0);
    ir_ref v = ir_v2(t->ir, IR_vsqadd, 2 * lane, product, product, 0);

    note_saturation(t, v, ir_v2(t->ir, IR_vadd, 2 * lane, product, product, 0));
    if (op != IR_nop) {
        ir_ref old = get_v(t, d, true), sum = ir_v2(t->ir, op, 2 * lane, old, v, 0);
        note_saturation(t, sum, ir_v2(t->ir, wrap, 2 * lane, old, v, 0));
        v = sum;
    }
    put_v(t, d, true, v);
}
void fp_vlong_doubling(struct a32 *t, const struct fp_vlong_doubling *f)
{
    long_doubling(t, f->op, f->wrap, LANE(f), REG_D(f), get_v(t, REG_N(f), false), get_v(t, REG_M(f), false));
}

/* Polynomials of degree 7, or (crypto) 63. */
void fp_vmull_p(struct a32 *t, const struct fp_vmull_p *f)
{
    put_v(t, REG_D(f), true, ir_v2(t->ir, IR_vpmull, f->size == 2 ? 64 : 8, get_v(t, REG_N(f), false), get_v(t, REG_M(f), false), 0));
}

/* ---- two registers and a scalar: D0-D7 by halves, D0-D15 by words ---- */
static struct scalar { unsigned d, lane; } scalar_of(unsigned size, unsigned M, unsigned Vm)
{
    return size == 1 ? (struct scalar){Vm & 7, M << 1 | Vm >> 3} : (struct scalar){Vm, M};
}
static ir_ref dup_scalar(struct a32 *t, unsigned size, unsigned M, unsigned Vm)
{
    struct scalar x = scalar_of(size, M, Vm);

    return vec_dup_lane(t, x.d, 8u << size, x.lane);
}

void fp_vscalar(struct a32 *t, const struct fp_vscalar *f)
{
    ir_ref v = ir_v2(t->ir, f->op, LANE(f), get_v(t, REG_N(f), f->Q), dup_scalar(t, f->size, f->M, f->Vm), 0);

    put_v(t, REG_D(f), f->Q, accumulate(t, f->acc, LANE(f), f->acc == IR_nop ? v : get_v(t, REG_D(f), f->Q), v));
}
void fp_vscalar_long(struct a32 *t, const struct fp_vscalar_long *f)
{
    long_mul(t, f->op, f->acc, LANE(f), REG_D(f), get_v(t, REG_N(f), false), dup_scalar(t, f->size, f->M, f->Vm));
}
void fp_vscalar_long_doubling(struct a32 *t, const struct fp_vscalar_long_doubling *f)
{
    long_doubling(t, f->op, f->wrap, LANE(f), REG_D(f), get_v(t, REG_N(f), false), dup_scalar(t, f->size, f->M, f->Vm));
}
void fp_vscalar_doubling(struct a32 *t, const struct fp_vscalar_doubling *f)
{
    put_v(t, REG_D(f), f->Q, doubling_high(t, f->op, LANE(f), get_v(t, REG_N(f), f->Q), dup_scalar(t, f->size, f->M, f->Vm)));
}
void fp_vscalar_helper(struct a32 *t, const struct fp_vscalar_helper *f)
{
    struct scalar x = scalar_of(f->size, f->M, f->Vm);

    call_vector_helper(t, HELPER_neon_integer, f->vop,
                       (struct vec_args){.d = REG_D(f), .n = REG_N(f), .m = x.d, .q = f->Q, .size = f->size, .scalar = 1, .lane = x.lane});
}
void fp_vscalar_float(struct a32 *t, const struct fp_vscalar_float *f)
{
    struct scalar x = scalar_of(f->size, f->M, f->Vm);

    if (f->size == 2) { /* above a doubleword nothing may be raised */
        ir_ref m = vec_dup_lane(t, x.d, 32, x.lane);
        if (float_lanes(t, f->fop, REG_D(f), f->Q, get_v(t, REG_N(f), f->Q), f->Q ? m : ir_v1(t->ir, IR_vlow, 64, m, 0)))
            return;
    }
    call_vector_helper(t, HELPER_neon_float, f->fop,
                       (struct vec_args){.d = REG_D(f), .n = REG_N(f), .m = x.d, .q = f->Q, .size = f->size, .scalar = 1, .lane = x.lane});
}

/* ---- two registers ---- */
void fp_v2_lanes(struct a32 *t, const struct fp_v2_lanes *f)
{
    put_v(t, REG_D(f), f->Q, ir_v1(t->ir, f->op, LANE(f), get_v(t, REG_M(f), f->Q), 0));
}
void fp_v2_saturate(struct a32 *t, const struct fp_v2_saturate *f)
{
    ir_ref m = get_v(t, REG_M(f), f->Q), saturated = ir_v1(t->ir, f->op, LANE(f), m, 0);

    note_saturation(t, saturated, ir_v1(t->ir, f->wrap, LANE(f), m, 0));
    put_v(t, REG_D(f), f->Q, saturated);
}
void fp_v2_helper(struct a32 *t, const struct fp_v2_helper *f)
{
    call_vector_helper(t, HELPER_neon_integer, f->vop, (struct vec_args){.d = REG_D(f), .m = REG_M(f), .q = f->Q, .size = 2});
}
void fp_vcompare_zero(struct a32 *t, const struct fp_vcompare_zero *f)
{
    ir_ref m = get_v(t, REG_M(f), f->Q), zero = ir_vconst(t->ir, 0, 0);

    put_v(t, REG_D(f), f->Q, ir_v2(t->ir, f->op, LANE(f), f->swap ? zero : m, f->swap ? m : zero, 0));
}
void fp_vpaddl(struct a32 *t, const struct fp_vpaddl *f)
{
    ir_ref v = ir_v1(t->ir, f->op, LANE(f), get_v(t, REG_M(f), f->Q), 0);

    if (f->acc)
        v = ir_v2(t->ir, IR_vadd, 2 * LANE(f), get_v(t, REG_D(f), f->Q), v, 0);
    put_v(t, REG_D(f), f->Q, v);
}

/* VMOVN and its saturating kin: back undoes the narrowing, where nothing was lost. */
void fp_vmovn(struct a32 *t, const struct fp_vmovn *f)
{
    ir_ref m = get_v(t, REG_M(f), true), v = ir_v1(t->ir, f->op, LANE(f), m, 0);

    if (f->back != IR_nop)
        note_saturation(t, ir_v1(t->ir, f->back, LANE(f), v, 0), m);
    put_v(t, REG_D(f), false, v);
}

/* ---- dot products: four bytes of n and m to each word of d ---- */
void fp_vdot(struct a32 *t, const struct fp_vdot *f)
{
    put_v(t, REG_D(f), f->Q, ir_v3(t->ir, f->op, 32, get_v(t, REG_N(f), f->Q), get_v(t, REG_M(f), f->Q), get_v(t, REG_D(f), f->Q)));
}
void fp_vdot_scalar(struct a32 *t, const struct fp_vdot_scalar *f)
{
    put_v(t, REG_D(f), f->Q, ir_v3(t->ir, f->op, 32, get_v(t, REG_N(f), f->Q), vec_dup_lane(t, f->Vm, 32, f->M), get_v(t, REG_D(f), f->Q)));
}
void fp_vproducts(struct a32 *t, const struct fp_vproducts *f)
{
    call_vector_helper(t, HELPER_neon_integer, f->vop, (struct vec_args){.d = REG_D(f), .n = REG_N(f), .m = REG_M(f), .q = f->Q, .size = 2});
}
void fp_vproducts_scalar(struct a32 *t, const struct fp_vproducts_scalar *f)
{
    call_vector_helper(t, HELPER_neon_integer, f->vop,
                       (struct vec_args){.d = REG_D(f), .n = REG_N(f), .m = f->Vm, .q = f->Q, .size = 2, .scalar = 1, .lane = f->M});
}

/* ---- cryptographic ---- */
void fp_aese(struct a32 *t, const struct fp_aese *f) { put_v(t, REG_D(f), true, aes_round(t->ir, &aes_encrypt, get_v(t, REG_D(f), true), get_v(t, REG_M(f), true))); }
void fp_aesd(struct a32 *t, const struct fp_aesd *f) { put_v(t, REG_D(f), true, aes_round(t->ir, &aes_decrypt, get_v(t, REG_D(f), true), get_v(t, REG_M(f), true))); }
void fp_aesmc(struct a32 *t, const struct fp_aesmc *f) { put_v(t, REG_D(f), true, aes_mix(t->ir, &aes_encrypt, get_v(t, REG_M(f), true))); }
void fp_aesimc(struct a32 *t, const struct fp_aesimc *f) { put_v(t, REG_D(f), true, aes_mix(t->ir, &aes_decrypt, get_v(t, REG_M(f), true))); }
void fp_sha(struct a32 *t, const struct fp_sha *f)
{
    call_vector_helper(t, HELPER_sha, f->vop, (struct vec_args){.d = REG_D(f), .n = REG_N(f), .m = REG_M(f)});
}
void fp_sha_two(struct a32 *t, const struct fp_sha_two *f)
{
    call_vector_helper(t, HELPER_sha, f->vop, (struct vec_args){.d = REG_D(f), .m = REG_M(f)});
}

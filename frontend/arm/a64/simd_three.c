/*
 * simd_three.c: AdvSIMD operations on lanes of three registers to IR
 * (simd_three.decode). DDI 0487 C7.2.
 */
#include "frontend/arm/a64/simd.h"
#include "frontend/arm/a64/simd_three.args.h"

void call_simd_helper(struct a64 *t, enum a64_helper helper, enum simd_operation op, struct simd_args a)
{
    wrote_v(t, a.d);
    call_helper(t, helper, IR_NONE, ir_const(t->ir, I32, op), ir_const(t->ir, I64, pack_simd_args(a)), NO_ARG, NO_ARG);
}

void simd_note_saturation(struct a64 *t, ir_ref saturated, ir_ref wrapped)
{
    ir_ref differs = ir_v2(t->ir, IR_vxor, 64, saturated, wrapped, 0);

    ir_putv(t->ir, SLOT(qc), 16, ir_v2(t->ir, IR_vor, 64, ir_getv(t->ir, SLOT(qc), 16), differs, 0));
}

void simd_lanes3(struct a64 *t, const struct simd_lanes3 *f)
{
    set_low(t, f->Rd, f->bits, ir_v2(t->ir, f->op, LANE(f), get_v(t, f->Rn), get_v(t, f->Rm), 0));
}

/* Every saturating op gives 0 for zeros: no more masking is needed behind it. */
void simd_saturate3(struct a64 *t, const struct simd_saturate3 *f)
{
    ir_ref n = get_low(t, f->Rn, f->bits), m = get_low(t, f->Rm, f->bits);
    ir_ref saturated = ir_v2(t->ir, f->op, LANE(f), n, m, 0);

    simd_note_saturation(t, saturated, ir_v2(t->ir, f->wrap, LANE(f), n, m, 0));
    set_v(t, 1, f->Rd, saturated);
}

/*
 * SQSHL UQSHL SQRSHL UQRSHL. What is too large becomes the limit, which no
 * shifted number is, but for the least one: so a signed n is tried as ~n as
 * well, which overflows where n does, unless it is 0.
 */
static ir_ref saturating_shift(struct a64 *t, enum ir_opcode op, enum ir_opcode wrap, unsigned lane, ir_ref n, ir_ref m)
{
    ir_ref saturated = ir_v2(t->ir, op, lane, n, m, 0);

    simd_note_saturation(t, saturated, ir_v2(t->ir, wrap, lane, n, m, 0));
    return saturated;
}
void simd_shift3(struct a64 *t, const struct simd_shift3 *f)
{
    ir_ref n = get_low(t, f->Rn, f->bits), m = get_low(t, f->Rm, f->bits);
    ir_ref result = saturating_shift(t, f->op, f->wrap, LANE(f), n, m);

    if (f->is_signed) {
        ir_ref sign = ir_v1(t->ir, IR_vsari, LANE(f), n, LANE(f) - 1);
        saturating_shift(t, IR_vsqshl, IR_vshls, LANE(f), ir_v2(t->ir, IR_vxor, 64, n, sign, 0), m);
    }
    set_v(t, 1, f->Rd, result);
}

void simd_accumulate3(struct a64 *t, const struct simd_accumulate3 *f)
{
    ir_ref v = ir_v2(t->ir, f->op, LANE(f), get_v(t, f->Rn), get_v(t, f->Rm), 0);

    set_v(t, f->Q, f->Rd, accumulate(t, f->acc, LANE(f), f->Rd, v));
}

/* AND BIC ORR ORN EOR; ORR of a register with itself is MOV. */
void simd_bits3(struct a64 *t, const struct simd_bits3 *f)
{
    ir_ref n = get_v(t, f->Rn);
    bool is_move = f->op == IR_vor && f->Rn == f->Rm;

    set_v(t, f->Q, f->Rd, is_move ? n : ir_v2(t->ir, f->op, 64, n, get_v(t, f->Rm), 0));
}

/* The three differ in who says which bits are taken: Vd, Vm, or Vm inverted. */
void simd_bsl(struct a64 *t, const struct simd_bsl *f)
{
    set_v(t, f->Q, f->Rd, ir_v3(t->ir, IR_vbsl, 64, get_v(t, f->Rd), get_v(t, f->Rn), get_v(t, f->Rm)));
}
void simd_bit(struct a64 *t, const struct simd_bit *f)
{
    set_v(t, f->Q, f->Rd, ir_v3(t->ir, IR_vbsl, 64, get_v(t, f->Rm), get_v(t, f->Rn), get_v(t, f->Rd)));
}
void simd_bif(struct a64 *t, const struct simd_bif *f)
{
    set_v(t, f->Q, f->Rd, ir_v3(t->ir, IR_vbsl, 64, get_v(t, f->Rm), get_v(t, f->Rd), get_v(t, f->Rn)));
}

/* Adjacent lanes of n, then of m. */
void simd_pairs(struct a64 *t, const struct simd_pairs *f)
{
    ir_ref n = get_v(t, f->Rn), m = get_v(t, f->Rm);

    if (!f->Q)
        n = m = ir_v2(t->ir, IR_vcombine, 64, n, m, 0);
    set_v(t, f->Q, f->Rd, ir_v2(t->ir, f->op, LANE(f), n, m, 0));
}

/* SQDMULH SQRDMULH saturate for one product only, the most negative number's square. */
ir_ref simd_doubling_high(struct a64 *t, enum ir_opcode op, unsigned lane, ir_ref n, ir_ref m)
{
    ir_ref lowest = splat(t, lane, 1ull << (lane - 1));
    ir_ref both = ir_v2(t->ir, IR_vand, 64, ir_v2(t->ir, IR_vceq, lane, n, lowest, 0), ir_v2(t->ir, IR_vceq, lane, m, lowest, 0), 0);

    simd_note_saturation(t, both, ir_vconst(t->ir, 0, 0));
    return ir_v2(t->ir, op, lane, n, m, 0);
}
void simd_doubling3(struct a64 *t, const struct simd_doubling3 *f)
{
    set_v(t, 1, f->Rd, simd_doubling_high(t, f->op, LANE(f), get_low(t, f->Rn, f->bits), get_low(t, f->Rm, f->bits)));
}
void simd_doubling_accumulate(struct a64 *t, const struct simd_doubling_accumulate *f)
{
    call_simd_helper(t, HELPER_simd_integer, f->subtract ? VOP_SQRDMLSH : VOP_SQRDMLAH,
                     (struct simd_args){.d = f->Rd, .n = f->Rn, .m = f->Rm, .bits = f->bits, .size = f->size});
}

/* ---- dot products: four bytes of n and m to each word of d ---- */
void simd_dot(struct a64 *t, const struct simd_dot *f)
{
    set_v(t, f->Q, f->Rd, ir_v3(t->ir, f->op, 32, get_v(t, f->Rn), get_v(t, f->Rm), get_v(t, f->Rd)));
}

/* Matrices of bytes: rows of 8 in n, columns of 8 in m, summed 2 by 2 in d: each sum is two dot products. */
void simd_matrix(struct a64 *t, const struct simd_matrix *f)
{
    ir_ref n = get_v(t, f->Rn), m = get_v(t, f->Rm);
    ir_ref low = ir_v3(t->ir, f->op, 32, ir_v2(t->ir, IR_vtrn1, 32, n, n, 0), ir_v2(t->ir, IR_vuzp1, 32, m, m, 0), get_v(t, f->Rd));

    set_v(t, 1, f->Rd, ir_v3(t->ir, f->op, 32, ir_v2(t->ir, IR_vtrn2, 32, n, n, 0), ir_v2(t->ir, IR_vuzp2, 32, m, m, 0), low));
}

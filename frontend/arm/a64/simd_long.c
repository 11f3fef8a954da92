/*
 * simd_long.c: AdvSIMD operations that widen or narrow lanes, and those by one
 * element, to IR (simd_long.decode). DDI 0487 C7.2.
 */
#include "frontend/arm/a64/simd.h"
#include "frontend/arm/a64/simd_long.args.h"

/* Lanes of the half that Q chooses, widened; op is IR_vuxtl or IR_vsxtl. */
static ir_ref widened(struct a64 *t, enum ir_opcode op, unsigned lane, unsigned Q, unsigned n)
{
    return ir_v1(t->ir, op, lane, get_v(t, n), Q);
}

void simd_long3(struct a64 *t, const struct simd_long3 *f)
{
    ir_ref n = widened(t, f->widen, LANE(f), f->Q, f->Rn), m = widened(t, f->widen, LANE(f), f->Q, f->Rm);

    set_v(t, 1, f->Rd, ir_v2(t->ir, f->op, 2 * LANE(f), n, m, 0));
}
void simd_wide3(struct a64 *t, const struct simd_wide3 *f)
{
    set_v(t, 1, f->Rd, ir_v2(t->ir, f->op, 2 * LANE(f), get_v(t, f->Rn), widened(t, f->widen, LANE(f), f->Q, f->Rm), 0));
}

/* ADDHN RADDHN SUBHN RSUBHN: the upper halves of the lanes, rounded or not. */
void simd_high_narrow(struct a64 *t, const struct simd_high_narrow *f)
{
    unsigned lane = LANE(f);
    ir_ref v = ir_v2(t->ir, f->op, 2 * lane, get_v(t, f->Rn), get_v(t, f->Rm), 0);

    if (f->round)
        v = ir_v2(t->ir, IR_vadd, 2 * lane, v, splat(t, 2 * lane, 1ull << (lane - 1)), 0);
    v = ir_v1(t->ir, IR_vshri, 2 * lane, v, lane);
    set_half(t, f->Q, f->Rd, ir_v1(t->ir, IR_vxtn, lane, v, 0));
}

/* An absolute difference fits its lane unsigned. */
void simd_long_abd(struct a64 *t, const struct simd_long_abd *f)
{
    ir_ref v = ir_v2(t->ir, f->op, LANE(f), get_v(t, f->Rn), get_v(t, f->Rm), 0);

    v = ir_v1(t->ir, IR_vuxtl, LANE(f), v, f->Q);
    set_v(t, 1, f->Rd, accumulate(t, f->acc ? IR_vadd : IR_nop, 2 * LANE(f), f->Rd, v));
}

void simd_long_mul(struct a64 *t, const struct simd_long_mul *f)
{
    ir_ref v = ir_v2(t->ir, f->op, LANE(f), get_v(t, f->Rn), get_v(t, f->Rm), f->Q);

    set_v(t, 1, f->Rd, accumulate(t, f->acc, 2 * LANE(f), f->Rd, v));
}

/*
 * SQDMULL SQDMLAL SQDMLSL: doubling saturates, and so does the sum. bits: of the
 * narrow operands; products of zeros are zeros.
 */
static void long_doubling(struct a64 *t, enum ir_opcode op, enum ir_opcode wrap, unsigned lane, unsigned bits, unsigned Q, unsigned d, ir_ref n, ir_ref m)
{
    ir_ref product = ir_v2(t->ir, IR_vmulls, lane, bits < 64 ? low_bits(t, n, bits) : n, m, Q);
    ir_ref v = ir_v2(t->ir, IR_vsqadd, 2 * lane, product, product, 0);

    simd_note_saturation(t, v, ir_v2(t->ir, IR_vadd, 2 * lane, product, product, 0));
    if (op != IR_nop) {
        ir_ref old = get_low(t, d, 2 * bits), sum = ir_v2(t->ir, op, 2 * lane, old, v, 0);
        simd_note_saturation(t, sum, ir_v2(t->ir, wrap, 2 * lane, old, v, 0));
        v = sum;
    }
    set_v(t, 1, d, v);
}
void simd_long_doubling(struct a64 *t, const struct simd_long_doubling *f)
{
    long_doubling(t, f->op, f->wrap, LANE(f), f->bits, f->Q, f->Rd, get_v(t, f->Rn), get_v(t, f->Rm));
}

/* ---- by one element ---- */
static struct element { unsigned m, index; } element_of(unsigned size, unsigned H, unsigned L, unsigned M, unsigned Rm)
{
    return size == 1 ? (struct element){Rm, H << 2 | L << 1 | M} : (struct element){M << 4 | Rm, H << 1 | L};
}
#define ELEMENT(f) element_of((f)->size, (f)->H, (f)->L, (f)->M, (f)->Rm)
static ir_ref dup_element(struct a64 *t, unsigned size, struct element e)
{
    return ir_v1(t->ir, IR_vdupl, 8u << size, get_v(t, e.m), e.index);
}

void simd_element(struct a64 *t, const struct simd_element *f)
{
    ir_ref v = ir_v2(t->ir, f->op, LANE(f), get_v(t, f->Rn), dup_element(t, f->size, ELEMENT(f)), 0);

    set_v(t, f->Q, f->Rd, accumulate(t, f->acc, LANE(f), f->Rd, v));
}
void simd_element_long(struct a64 *t, const struct simd_element_long *f)
{
    ir_ref v = ir_v2(t->ir, f->op, LANE(f), get_v(t, f->Rn), dup_element(t, f->size, ELEMENT(f)), f->Q);

    set_v(t, 1, f->Rd, accumulate(t, f->acc, 2 * LANE(f), f->Rd, v));
}
void simd_element_long_doubling(struct a64 *t, const struct simd_element_long_doubling *f)
{
    long_doubling(t, f->op, f->wrap, LANE(f), f->bits, f->Q, f->Rd, get_v(t, f->Rn), dup_element(t, f->size, ELEMENT(f)));
}
void simd_element_doubling(struct a64 *t, const struct simd_element_doubling *f)
{
    set_low(t, f->Rd, f->bits, simd_doubling_high(t, f->op, LANE(f), get_low(t, f->Rn, f->bits), dup_element(t, f->size, ELEMENT(f))));
}
void simd_element_doubling_accumulate(struct a64 *t, const struct simd_element_doubling_accumulate *f)
{
    struct element e = ELEMENT(f);

    call_simd_helper(t, HELPER_simd_integer, f->subtract ? VOP_SQRDMLSH : VOP_SQRDMLAH,
                     (struct simd_args){.d = f->Rd, .n = f->Rn, .m = e.m, .bits = f->bits, .size = f->size, .scalar = 1, .lane = e.index});
}

/* swap: it is m whose bytes are unsigned. */
void simd_element_dot(struct a64 *t, const struct simd_element_dot *f)
{
    ir_ref n = get_v(t, f->Rn), m = dup_element(t, 2, element_of(2, f->H, f->L, f->M, f->Rm));

    set_v(t, f->Q, f->Rd, ir_v3(t->ir, f->op, 32, f->swap ? m : n, f->swap ? n : m, get_v(t, f->Rd)));
}

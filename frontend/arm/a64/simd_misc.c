/*
 * simd_misc.c: AdvSIMD operations on one register, across its lanes,
 * permutations, tables and copies to IR (simd_misc.decode). DDI 0487 C7.2.
 */
#include "frontend/arm/a64/simd.h"
#include "frontend/arm/a64/simd_misc.args.h"

/* ---- one register ---- */
void simd_lanes2(struct a64 *t, const struct simd_lanes2 *f)
{
    set_low(t, f->Rd, f->bits, ir_v1(t->ir, f->op, LANE(f), get_v(t, f->Rn), 0));
}
void simd_rev(struct a64 *t, const struct simd_rev *f)
{
    set_v(t, f->Q, f->Rd, ir_v1(t->ir, IR_vrev, LANE(f), get_v(t, f->Rn), f->group));
}
void simd_pair_long(struct a64 *t, const struct simd_pair_long *f)
{
    ir_ref v = ir_v1(t->ir, f->op, LANE(f), get_v(t, f->Rn), 0);

    set_v(t, f->Q, f->Rd, accumulate(t, f->acc ? IR_vadd : IR_nop, 2 * LANE(f), f->Rd, v));
}
void simd_saturate2(struct a64 *t, const struct simd_saturate2 *f)
{
    ir_ref n = get_low(t, f->Rn, f->bits), saturated = ir_v1(t->ir, f->op, LANE(f), n, 0);

    simd_note_saturation(t, saturated, ir_v1(t->ir, f->wrap, LANE(f), n, 0));
    set_v(t, 1, f->Rd, saturated);
}

/* SUQADD USQADD: what is added has the other signedness than the sum. */
void simd_mixed_saturate(struct a64 *t, const struct simd_mixed_saturate *f)
{
    ir_ref d = get_low(t, f->Rd, f->bits), n = get_low(t, f->Rn, f->bits), saturated = ir_v2(t->ir, f->op, LANE(f), d, n, 0);

    simd_note_saturation(t, saturated, ir_v2(t->ir, IR_vadd, LANE(f), d, n, 0));
    set_v(t, 1, f->Rd, saturated);
}
void simd_compare_zero(struct a64 *t, const struct simd_compare_zero *f)
{
    ir_ref n = get_v(t, f->Rn), zero = ir_vconst(t->ir, 0, 0);

    set_low(t, f->Rd, f->bits, ir_v2(t->ir, f->op, LANE(f), f->swap ? zero : n, f->swap ? n : zero, 0));
}

/* XTN and its saturating kin: back undoes the narrowing, where nothing was lost. */
void simd_narrow2(struct a64 *t, const struct simd_narrow2 *f)
{
    ir_ref n = get_low(t, f->Rn, f->bits), v = ir_v1(t->ir, f->op, LANE(f), n, 0);

    if (f->back != IR_nop)
        simd_note_saturation(t, ir_v1(t->ir, f->back, LANE(f), v, 0), n);
    set_half(t, f->Q, f->Rd, v);
}
void simd_shll(struct a64 *t, const struct simd_shll *f)
{
    ir_ref v = ir_v1(t->ir, IR_vuxtl, LANE(f), get_v(t, f->Rn), f->Q);

    set_v(t, 1, f->Rd, ir_v1(t->ir, IR_vshli, 2 * LANE(f), v, LANE(f)));
}
void simd_estimate(struct a64 *t, const struct simd_estimate *f)
{
    call_simd_helper(t, HELPER_simd_integer, f->vop, (struct simd_args){.d = f->Rd, .n = f->Rn, .m = f->Rn, .bits = 64u << f->Q, .size = 2});
}

/* ---- across lanes: halves are joined until one lane is left ---- */
static ir_ref join_lanes(struct a64 *t, enum ir_opcode op, unsigned lane, unsigned bits, ir_ref v)
{
    for (unsigned half = bits / 2; half >= lane; half /= 2)
        v = ir_v2(t->ir, op, lane, v, half == 64 ? ir_v1(t->ir, IR_vhigh, 64, v, 0) : ir_v1(t->ir, IR_vshri, 64, v, half), 0);
    return low_bits(t, v, lane);
}
/* All bytes: the sum is left in 64 bits. */
static ir_ref sum_of_bytes(struct a64 *t, unsigned Q, unsigned n)
{
    ir_ref sums = ir_v1(t->ir, IR_vsumb, 8, get_v(t, n), 0);

    return low_bits(t, Q ? ir_v2(t->ir, IR_vadd, 64, sums, ir_v1(t->ir, IR_vhigh, 64, sums, 0), 0) : sums, 64);
}
void simd_across(struct a64 *t, const struct simd_across *f)
{
    if (f->op == IR_vadd && f->size == 0) {
        set_v(t, 1, f->Rd, low_bits(t, sum_of_bytes(t, f->Q, f->Rn), 8));
        return;
    }
    set_v(t, 1, f->Rd, join_lanes(t, f->op, LANE(f), 64u << f->Q, get_v(t, f->Rn)));
}
void simd_across_long(struct a64 *t, const struct simd_across_long *f)
{
    if (f->op == IR_vpaddlu && f->size == 0) {
        set_v(t, 1, f->Rd, sum_of_bytes(t, f->Q, f->Rn));
        return;
    }
    ir_ref pairs = ir_v1(t->ir, f->op, LANE(f), get_v(t, f->Rn), 0);
    set_v(t, 1, f->Rd, join_lanes(t, IR_vadd, 2 * LANE(f), 64u << f->Q, pairs));
}

/* ---- permutations ---- */
/* Lane by lane of n and m; doublewords are put together first where lanes come from all over. */
void simd_permute(struct a64 *t, const struct simd_permute *f)
{
    unsigned lane = LANE(f);
    ir_ref n = get_v(t, f->Rn), m = get_v(t, f->Rm), v;

    if (!f->Q && (f->op == IR_vuzp1 || f->op == IR_vuzp2)) {
        n = ir_v2(t->ir, IR_vcombine, 64, n, m, 0);
        v = ir_v2(t->ir, f->op, lane, n, n, 0);
    } else if (!f->Q && f->op == IR_vzip2) {
        v = ir_v1(t->ir, IR_vhigh, 64, ir_v2(t->ir, IR_vzip1, lane, n, m, 0), 0);
    } else {
        v = ir_v2(t->ir, f->op, lane, n, m, 0);
    }
    set_v(t, f->Q, f->Rd, v);
}

/* Bytes from imm4 on of m:n. */
void simd_ext(struct a64 *t, const struct simd_ext *f)
{
    ir_ref n = get_v(t, f->Rn), m = get_v(t, f->Rm);

    if (!f->Q)
        n = m = ir_v2(t->ir, IR_vcombine, 64, n, m, 0);
    set_v(t, f->Q, f->Rd, ir_v2(t->ir, IR_vext, 8, n, m, f->imm4));
}

/*
 * TBL TBX: bytes of a table of 1 to 4 registers. An index past the end gives
 * zero, or (TBX) leaves the byte as it was.
 */
void simd_table(struct a64 *t, const struct simd_table *f)
{
    ir_ref index = get_v(t, f->Rm), v = ir_v2(t->ir, IR_vtbl, 8, get_v(t, f->Rn), index, 0);

    for (unsigned i = 1; i <= f->len; i++) {
        ir_ref from = ir_v2(t->ir, IR_vsub, 8, index, splat(t, 8, 16 * i), 0);
        v = ir_v2(t->ir, IR_vor, 64, v, ir_v2(t->ir, IR_vtbl, 8, get_v(t, (f->Rn + i) & 31), from, 0), 0);
    }
    if (f->keep) {
        ir_ref inside = ir_v2(t->ir, IR_vcgtu, 8, splat(t, 8, 16 * (f->len + 1)), index, 0);
        v = ir_v3(t->ir, IR_vbsl, 64, inside, v, get_v(t, f->Rd));
    }
    set_v(t, f->Q, f->Rd, v);
}

/* ---- copies ---- */
struct lane_of { unsigned lane, index; };
static struct lane_of lane_of(unsigned imm5)
{
    unsigned size = (unsigned)__builtin_ctz(imm5);

    return (struct lane_of){8u << size, imm5 >> (size + 1)};
}
static ir_ref get_lane(struct a64 *t, enum ir_opcode op, struct lane_of e, unsigned n)
{
    return ir_op(t->ir, op, V128, get_v(t, n), NO_ARG, NO_ARG, e.lane, e.index);
}

void simd_dup_element(struct a64 *t, const struct simd_dup_element *f)
{
    struct lane_of e = lane_of(f->imm5);

    set_low(t, f->Rd, f->bits, ir_v1(t->ir, IR_vdupl, e.lane, get_v(t, f->Rn), e.index));
}
void simd_dup_scalar(struct a64 *t, const struct simd_dup_scalar *f)
{
    struct lane_of e = lane_of(f->imm5);
    ir_ref n = get_v(t, f->Rn);

    if (e.lane == 64)
        set_v(t, 1, f->Rd, ir_v1(t->ir, e.index ? IR_vhigh : IR_vlow, 64, n, 0));
    else
        set_low(t, f->Rd, e.lane, e.index ? ir_v1(t->ir, IR_vdupl, e.lane, n, e.index) : n);
}
void simd_dup_general(struct a64 *t, const struct simd_dup_general *f)
{
    set_low(t, f->Rd, f->bits, ir_v1(t->ir, IR_vdup, lane_of(f->imm5).lane, get_reg(t, 1, f->Rn), 0));
}
void simd_smov(struct a64 *t, const struct simd_smov *f)
{
    ir_ref v = get_lane(t, IR_vgets, lane_of(f->imm5), f->Rn);

    set_reg(t, f->sf, f->Rd, f->sf ? v : ir_op1(t->ir, IR_trunc, I64, v));
}
void simd_umov(struct a64 *t, const struct simd_umov *f) { set_reg(t, 1, f->Rd, get_lane(t, IR_vget, lane_of(f->imm5), f->Rn)); }
void simd_ins_general(struct a64 *t, const struct simd_ins_general *f)
{
    struct lane_of e = lane_of(f->imm5);

    set_v(t, 1, f->Rd, ir_v2(t->ir, IR_vset, e.lane, get_v(t, f->Rd), get_reg(t, 1, f->Rn), e.index));
}

/* imm4: the index of the source, above as many bits as imm5 uses for the width. */
void simd_ins_element(struct a64 *t, const struct simd_ins_element *f)
{
    struct lane_of to = lane_of(f->imm5);
    unsigned from = f->imm4 >> __builtin_ctz(f->imm5);

    set_v(t, 1, f->Rd, ir_v2(t->ir, IR_vins, to.lane, get_v(t, f->Rd), get_v(t, f->Rn), to.index | from << 4));
}

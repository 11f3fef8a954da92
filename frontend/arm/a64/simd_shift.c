/*
 * simd_shift.c: AdvSIMD shifts by an immediate and modified immediates to IR
 * (simd_shift.decode, simd_imm.decode). DDI 0487 C7.2.
 */
#include "frontend/arm/a64/simd.h"
#include "frontend/arm/a64/simd_shift.args.h"
#include "frontend/arm/a64/simd_imm.args.h"

/* ---- shifts: imm is the lane's width (highest set bit) and the count ---- */
static unsigned lane_of(unsigned imm) { return imm & 64 ? 64 : imm & 32 ? 32 : imm & 16 ? 16 : 8; }
static unsigned right_count(unsigned imm) { return 2 * lane_of(imm) - imm; }
static unsigned left_count(unsigned imm) { return imm - lane_of(imm); }

void simd_shift_right(struct a64 *t, const struct simd_shift_right *f)
{
    unsigned lane = lane_of(f->imm);
    ir_ref v = ir_v1(t->ir, f->op, lane, get_v(t, f->Rn), right_count(f->imm));

    set_low(t, f->Rd, f->bits, accumulate(t, f->acc ? IR_vadd : IR_nop, lane, f->Rd, v));
}
void simd_shl(struct a64 *t, const struct simd_shl *f)
{
    set_low(t, f->Rd, f->bits, ir_v1(t->ir, IR_vshli, lane_of(f->imm), get_v(t, f->Rn), left_count(f->imm)));
}

/* Bits of d where `keep` is set stay, v has only others. */
static ir_ref insert(struct a64 *t, unsigned d, unsigned lane, uint64_t keep, ir_ref v)
{
    return ir_v2(t->ir, IR_vor, 64, ir_v2(t->ir, IR_vand, 64, get_v(t, d), splat(t, lane, keep), 0), v, 0);
}
/* A register that holds n's lanes shifted the other way so far that the two make a rotation. */
static bool is_rest(struct a64 *t, enum ir_opcode op, unsigned lane, unsigned count, ir_ref n, ir_ref d)
{
    const struct ir_op *o = ir_at(t->ir, d);

    return o->op == op && o->aux == lane && o->imm == count && o->arg[0].id == n.id;
}
void simd_sri(struct a64 *t, const struct simd_sri *f)
{
    unsigned lane = lane_of(f->imm), count = right_count(f->imm);
    ir_ref n = get_v(t, f->Rn), v;

    if (is_rest(t, IR_vshli, lane, lane - count, n, get_v(t, f->Rd)))
        v = ir_v1(t->ir, IR_vrori, lane, n, count);
    else
        v = insert(t, f->Rd, lane, ~ones(lane - count), ir_v1(t->ir, IR_vshri, lane, n, count));
    set_low(t, f->Rd, f->bits, v);
}
void simd_sli(struct a64 *t, const struct simd_sli *f)
{
    unsigned lane = lane_of(f->imm), count = left_count(f->imm);
    ir_ref n = get_v(t, f->Rn), v;

    if (is_rest(t, IR_vshri, lane, lane - count, n, get_v(t, f->Rd)))
        v = ir_v1(t->ir, IR_vrori, lane, n, lane - count);
    else
        v = insert(t, f->Rd, lane, ones(count), ir_v1(t->ir, IR_vshli, lane, n, count));
    set_low(t, f->Rd, f->bits, v);
}

/* QC: what a left shift lost does not come back. */
void simd_shift_saturate(struct a64 *t, const struct simd_shift_saturate *f)
{
    unsigned lane = lane_of(f->imm), count = left_count(f->imm);
    ir_ref n = get_low(t, f->Rn, f->bits), v;

    if (f->op == IR_vsqshlu)
        v = ir_v1(t->ir, f->op, lane, n, count);
    else
        v = ir_v2(t->ir, f->op, lane, n, splat(t, lane, count), 0);
    simd_note_saturation(t, ir_v1(t->ir, f->back, lane, v, count), n);
    set_v(t, 1, f->Rd, v);
}

/* Lanes of twice the width, shifted, then narrowed. */
void simd_shift_narrow(struct a64 *t, const struct simd_shift_narrow *f)
{
    unsigned lane = lane_of(f->imm);
    ir_ref wide = ir_v1(t->ir, f->op, 2 * lane, get_low(t, f->Rn, f->bits), right_count(f->imm));
    ir_ref v = ir_v1(t->ir, f->narrow, lane, wide, 0);

    if (f->back != IR_nop)
        simd_note_saturation(t, ir_v1(t->ir, f->back, lane, v, 0), wide);
    set_half(t, f->Q, f->Rd, v);
}

/* SSHLL USHLL; by 0 they are SXTL UXTL. */
void simd_shift_long(struct a64 *t, const struct simd_shift_long *f)
{
    unsigned lane = lane_of(f->imm), count = left_count(f->imm);
    ir_ref v = ir_v1(t->ir, f->op, lane, get_v(t, f->Rn), f->Q);

    set_v(t, 1, f->Rd, count ? ir_v1(t->ir, IR_vshli, 2 * lane, v, count) : v);
}

/* ---- modified immediates ---- */
static void set_all(struct a64 *t, unsigned Q, unsigned d, uint64_t v) { set_v(t, 1, d, ir_vconst(t->ir, v, Q ? v : 0)); }

void simd_imm_move(struct a64 *t, const struct simd_imm_move *f)
{
    uint64_t v = splat64(f->lane, f->imm);

    set_all(t, f->Q, f->Rd, f->invert ? ~v : v);
}
void simd_imm_logic(struct a64 *t, const struct simd_imm_logic *f)
{
    set_v(t, f->Q, f->Rd, ir_v2(t->ir, f->op, 64, get_v(t, f->Rd), splat(t, f->lane, f->imm), 0));
}

/* A byte of ones for every bit set. */
void simd_imm_bits(struct a64 *t, const struct simd_imm_bits *f)
{
    uint64_t v = 0;

    for (unsigned i = 0; i < 8; i++)
        v |= f->imm8 >> i & 1 ? 0xffull << 8 * i : 0;
    set_all(t, f->Q, f->Rd, v);
}

/* A number of 16, 32 or 64 bits whose sign, three bits of exponent and four of fraction are imm8's (VFPExpandImm). */
void simd_imm_float(struct a64 *t, const struct simd_imm_float *f)
{
    unsigned exponent_bits = f->lane == 16 ? 5 : f->lane == 32 ? 8 : 11, fraction_bits = f->lane - 1 - exponent_bits;
    uint64_t sign = f->imm8 >> 7, low = f->imm8 & 0x3f; /* two bits of exponent, four of fraction */
    uint64_t exponent = f->imm8 & 0x40 ? ones(exponent_bits - 3) << 2 : 1ull << (exponent_bits - 1);

    set_all(t, f->Q, f->Rd, splat64(f->lane, sign << (f->lane - 1) | exponent << fraction_bits | low << (fraction_bits - 4)));
}

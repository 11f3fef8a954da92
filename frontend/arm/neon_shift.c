/*
 * neon_shift.c: Advanced SIMD shifts by an immediate, modified immediates and
 * permutations to IR (neon_shift, neon_imm and parts of neon_misc.decode).
 */
#include "frontend/arm/fp.h"

/* ---- shifts: L:imm6 is the lane's width (highest set bit) and the count ---- */
static unsigned lane_of(unsigned L, unsigned imm6) { return L ? 64 : imm6 & 32 ? 32 : imm6 & 16 ? 16 : 8; }
static unsigned right_count(unsigned L, unsigned imm6) { return L ? 64 - imm6 : 2 * lane_of(L, imm6) - imm6; }
static unsigned left_count(unsigned L, unsigned imm6) { return L ? imm6 : imm6 - lane_of(L, imm6); }

void fp_shift_right(struct a32 *t, const struct fp_shift_right *f)
{
    unsigned lane = lane_of(f->L, f->imm6);
    ir_ref v = ir_v1(t->ir, f->op, lane, get_v(t, REG_M(f), f->Q), right_count(f->L, f->imm6));

    if (f->acc != IR_nop)
        v = ir_v2(t->ir, f->acc, lane, get_v(t, REG_D(f), f->Q), v, 0);
    put_v(t, REG_D(f), f->Q, v);
}
void fp_vshl_imm(struct a32 *t, const struct fp_vshl_imm *f)
{
    put_v(t, REG_D(f), f->Q, ir_v1(t->ir, IR_vshli, lane_of(f->L, f->imm6), get_v(t, REG_M(f), f->Q), left_count(f->L, f->imm6)));
}

/* Shifts a mask into v: bits of d where `keep` is set stay. */
static ir_ref insert(struct a32 *t, unsigned d, bool q, unsigned lane, uint64_t keep, ir_ref v)
{
    return ir_v2(t->ir, IR_vor, 64, ir_v2(t->ir, IR_vand, 64, get_v(t, d, q), vec_splat(t, lane, keep), 0), v, 0);
}
void fp_vsri(struct a32 *t, const struct fp_vsri *f)
{
    unsigned lane = lane_of(f->L, f->imm6), count = right_count(f->L, f->imm6);
    ir_ref v = ir_v1(t->ir, IR_vshri, lane, get_v(t, REG_M(f), f->Q), count);

    put_v(t, REG_D(f), f->Q, insert(t, REG_D(f), f->Q, lane, ~ones(lane - count), v));
}
void fp_vsli(struct a32 *t, const struct fp_vsli *f)
{
    unsigned lane = lane_of(f->L, f->imm6), count = left_count(f->L, f->imm6);
    ir_ref v = ir_v1(t->ir, IR_vshli, lane, get_v(t, REG_M(f), f->Q), count);

    put_v(t, REG_D(f), f->Q, insert(t, REG_D(f), f->Q, lane, ones(count), v));
}

/* QC: what a left shift lost does not come back. */
void fp_vqshl_imm(struct a32 *t, const struct fp_vqshl_imm *f)
{
    unsigned lane = lane_of(f->L, f->imm6), count = left_count(f->L, f->imm6);
    ir_ref m = get_v(t, REG_M(f), f->Q), v;

    if (f->op == IR_vsqshlu)
        v = ir_v1(t->ir, f->op, lane, m, count);
    else
        v = ir_v2(t->ir, f->op, lane, m, vec_splat(t, lane, count), 0);
    note_saturation(t, ir_v1(t->ir, f->back, lane, v, count), m);
    put_v(t, REG_D(f), f->Q, v);
}

/* Lanes of twice the width, shifted, then narrowed. */
void fp_shift_narrow(struct a32 *t, const struct fp_shift_narrow *f)
{
    unsigned lane = lane_of(0, f->imm6);
    ir_ref wide = ir_v1(t->ir, f->op, 2 * lane, get_v(t, REG_M(f), true), right_count(0, f->imm6));
    ir_ref v = ir_v1(t->ir, f->narrow, lane, wide, 0);

    if (f->back != IR_nop)
        note_saturation(t, ir_v1(t->ir, f->back, lane, v, 0), wide);
    put_v(t, REG_D(f), false, v);
}

/* VSHLL; by 0 it is VMOVL. */
void fp_vshll(struct a32 *t, const struct fp_vshll *f)
{
    unsigned lane = lane_of(0, f->imm6), count = left_count(0, f->imm6);
    ir_ref v = ir_v1(t->ir, f->op, lane, get_v(t, REG_M(f), false), 0);

    put_v(t, REG_D(f), true, count ? ir_v1(t->ir, IR_vshli, 2 * lane, v, count) : v);
}
void fp_vshll_max(struct a32 *t, const struct fp_vshll_max *f)
{
    unsigned lane = 8u << f->size;
    ir_ref v = ir_v1(t->ir, IR_vuxtl, lane, get_v(t, REG_M(f), false), 0);

    put_v(t, REG_D(f), true, ir_v1(t->ir, IR_vshli, 2 * lane, v, lane));
}

/* ---- modified immediates ---- */
void fp_vimm_move(struct a32 *t, const struct fp_vimm_move *f) { put_v(t, REG_D(f), f->Q, vec_splat(t, 32, f->imm)); }
void fp_vimm_logic(struct a32 *t, const struct fp_vimm_logic *f)
{
    put_v(t, REG_D(f), f->Q, ir_v2(t->ir, f->op, 64, get_v(t, REG_D(f), f->Q), vec_splat(t, 32, f->imm), 0));
}
/* A byte of ones for every bit set. */
void fp_vimm_move64(struct a32 *t, const struct fp_vimm_move64 *f)
{
    uint64_t v = 0;

    for (unsigned i = 0; i < 8; i++)
        v |= f->imm8 >> i & 1 ? 0xffull << 8 * i : 0;
    put_v(t, REG_D(f), f->Q, vec_splat(t, 64, v));
}

/* ---- permutations ---- */
static ir_ref combine(struct a32 *t, ir_ref low, ir_ref high) { return ir_v2(t->ir, IR_vcombine, 64, low, high, 0); }

/* Bytes from imm4 on of Vm:Vn. */
void fp_vext(struct a32 *t, const struct fp_vext *f)
{
    ir_ref n = get_v(t, REG_N(f), f->Q), m = get_v(t, REG_M(f), f->Q);

    if (!f->Q)
        n = m = combine(t, n, m);
    put_v(t, REG_D(f), f->Q, ir_v2(t->ir, IR_vext, 8, n, m, f->imm4));
}

/* Lowest set bit of imm4: the lane's width; above it: its index. */
void fp_vdup_scalar(struct a32 *t, const struct fp_vdup_scalar *f)
{
    unsigned size = f->imm4 & 1 ? 0 : f->imm4 & 2 ? 1 : 2;

    put_v(t, REG_D(f), f->Q, vec_dup_lane(t, REG_M(f), 8u << size, f->imm4 >> (size + 1)));
}

void fp_vrev(struct a32 *t, const struct fp_vrev *f)
{
    put_v(t, REG_D(f), f->Q, ir_v1(t->ir, IR_vrev, 8u << f->size, get_v(t, REG_M(f), f->Q), f->group));
}

void fp_vswp(struct a32 *t, const struct fp_vswp *f)
{
    ir_ref d = get_v(t, REG_D(f), f->Q), m = get_v(t, REG_M(f), f->Q);

    put_v(t, REG_D(f), f->Q, m);
    put_v(t, REG_M(f), f->Q, d);
}

/*
 * VTRN VUZP VZIP exchange lanes of two registers. With one register twice the
 * result is not defined; we do as others do: the first result stays, but VTRN.32
 * is a swap.
 */
static void put_both(struct a32 *t, unsigned d, unsigned m, bool q, ir_ref vd, ir_ref vm)
{
    put_v(t, m, q, vm);
    put_v(t, d, q, vd);
}
void fp_vtrn(struct a32 *t, const struct fp_vtrn *f)
{
    ir_ref d = get_v(t, REG_D(f), f->Q), m = get_v(t, REG_M(f), f->Q);
    bool swap = f->size == 2 && REG_D(f) == REG_M(f);

    put_both(t, REG_D(f), REG_M(f), f->Q,
             swap ? ir_v1(t->ir, IR_vrev, 32, d, 64) : ir_v2(t->ir, IR_vtrn1, 8u << f->size, d, m, 0),
             swap ? d : ir_v2(t->ir, IR_vtrn2, 8u << f->size, d, m, 0));
}
void fp_vuzp(struct a32 *t, const struct fp_vuzp *f)
{
    ir_ref d = get_v(t, REG_D(f), f->Q), m = get_v(t, REG_M(f), f->Q);

    if (!f->Q)
        d = m = combine(t, d, m);
    put_both(t, REG_D(f), REG_M(f), f->Q, ir_v2(t->ir, IR_vuzp1, 8u << f->size, d, m, 0), ir_v2(t->ir, IR_vuzp2, 8u << f->size, d, m, 0));
}
void fp_vzip(struct a32 *t, const struct fp_vzip *f)
{
    ir_ref d = get_v(t, REG_D(f), f->Q), m = get_v(t, REG_M(f), f->Q);
    ir_ref low = ir_v2(t->ir, IR_vzip1, 8u << f->size, d, m, 0);

    put_both(t, REG_D(f), REG_M(f), f->Q, low, f->Q ? ir_v2(t->ir, IR_vzip2, 8u << f->size, d, m, 0) : ir_v1(t->ir, IR_vhigh, 64, low, 0));
}

/* Two registers of a table; the second reads as zeros when it is not part of it. */
static ir_ref table_half(struct a32 *t, unsigned n, unsigned count)
{
    ir_ref low = get_v(t, n, false);

    return count > 1 ? combine(t, low, get_v(t, n + 1, false)) : low;
}
/*
 * VTBL VTBX: bytes of a table of up to 32. An index past the end gives zero, or
 * (VTBX) leaves the byte as it was.
 */
void fp_vtbl(struct a32 *t, const struct fp_vtbl *f)
{
    unsigned n = REG_N(f), count = f->len + 1;
    ir_ref index = get_v(t, REG_M(f), false);
    ir_ref v = ir_v2(t->ir, IR_vtbl, 8, table_half(t, n, count), index, 0);

    if (count > 2) {
        ir_ref above = ir_v2(t->ir, IR_vsub, 8, index, vec_splat(t, 8, 16), 0);
        v = ir_v2(t->ir, IR_vor, 64, v, ir_v2(t->ir, IR_vtbl, 8, table_half(t, n + 2, count - 2), above, 0), 0);
    }
    if (f->keep) {
        ir_ref inside = ir_v2(t->ir, IR_vcgtu, 8, vec_splat(t, 8, 8 * count), index, 0);
        v = ir_v3(t->ir, IR_vbsl, 64, inside, v, get_v(t, REG_D(f), false));
    }
    put_v(t, REG_D(f), false, v);
}

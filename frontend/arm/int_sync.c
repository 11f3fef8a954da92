/*
 * int_sync.c: exclusives, acquire and release, swap, barriers. Called by the
 * decoders. Source: ARM DDI 0406C A3.4, A8.8.75-78, A8.8.212-215; DDI 0487 F.
 *
 * A load-exclusive records address and value; a store-exclusive is a
 * compare-and-swap against them. A store by another thread of the value that was
 * there already goes unseen, which no program can tell from no store at all.
 * Memory of the host is ordered more strongly than ARM's: acquire and release
 * are plain accesses, only DMB and DSB need a fence.
 */
#include "frontend/arm/integer.h"

static void forget_exclusive(struct a32 *t)
{
    ir_put(t->ir, I32, SLOT(exclusive_address), imm32(t, NO_EXCLUSIVE));
}

static ir_ref address(struct a32 *t, unsigned Rn, uint32_t imm)
{
    ir_ref base = get_reg(t, Rn);

    return imm ? ir_op2i(t->ir, IR_add, I32, base, imm) : base;
}

/* LDREX{B,H,D}, LDAEX{B,H,D} */
void a32_load_exclusive(struct a32 *t, const struct a32_load_exclusive *f)
{
    bool pair = f->size == MO_64, big = t->mode & MODE_E;
    ir_ref addr = address(t, f->Rn, f->imm);
    ir_ref v = arm_load(t, pair ? I64 : I32, f->size | (f->size == MO_8 ? 0 : MO_ALIGN), addr);

    ir_put(t->ir, I32, SLOT(exclusive_address), addr);
    ir_put(t->ir, I64, SLOT(exclusive_value), pair ? v : zext(t, v));
    if (pair) {
        set_reg(t, f->Rt, ir_op1(t->ir, big ? IR_high : IR_trunc, I64, v));
        set_reg(t, f->Rt2, ir_op1(t->ir, big ? IR_trunc : IR_high, I64, v));
    } else {
        set_reg(t, f->Rt, v);
    }
}

static ir_ref pair_value(struct a32 *t, unsigned Rt, unsigned Rt2)
{
    bool big = t->mode & MODE_E;

    return ir_op2(t->ir, IR_concat, I32, get_reg(t, big ? Rt2 : Rt), get_reg(t, big ? Rt : Rt2));
}

/* STREX{B,H,D}, STLEX{B,H,D}: Rd = 0 when the store was done, else 1. */
void a32_store_exclusive(struct a32 *t, const struct a32_store_exclusive *f)
{
    struct ir_region *r = t->ir;
    bool pair = f->size == MO_64;
    enum ir_type type = pair ? I64 : I32;
    unsigned failed = ir_new_label(r), done = ir_new_label(r);
    ir_ref addr = address(t, f->Rn, f->imm), expected, was;

    ir_br_if(r, ir_op2(r, IR_ne, I32, addr, ir_get(r, I32, SLOT(exclusive_address))), failed);
    expected = ir_get(r, I64, SLOT(exclusive_value));
    if (!pair)
        expected = low_word(t, expected);
    was = ir_cas(r, type, arm_mo(t, f->size | (f->size == MO_8 ? 0 : MO_ALIGN)), addr, expected,
                 pair ? pair_value(t, f->Rt, f->Rt2) : get_reg(t, f->Rt));
    ir_put(r, I32, SLOT_R(f->Rd), ir_op2(r, IR_ne, type, was, expected));
    ir_br(r, done);
    ir_label(r, failed);
    ir_put(r, I32, SLOT_R(f->Rd), imm32(t, 1));
    ir_label(r, done);
    forget_exclusive(t);
}

void a32_clrex(struct a32 *t)
{
    forget_exclusive(t);
}

/* LDA{B,H} */
void a32_load_acquire(struct a32 *t, const struct a32_load_acquire *f)
{
    set_reg(t, f->Rt, arm_load(t, I32, f->size | MO_ACQ | (f->size == MO_8 ? 0 : MO_ALIGN), get_reg(t, f->Rn)));
}

/* STL{B,H}: sequentially consistent with later LDA, hence the fence. */
void a32_store_release(struct a32 *t, const struct a32_store_release *f)
{
    arm_store(t, I32, f->size | MO_REL | (f->size == MO_8 ? 0 : MO_ALIGN), get_reg(t, f->Rn), get_reg(t, f->Rt));
    ir_fence(t->ir);
}

/* SWP{B} <Rt>, <Rt2>, [<Rn>] */
void a32_swp(struct a32 *t, const struct a32_swp *f)
{
    unsigned size = f->B ? MO_8 : MO_32 | MO_ALIGN;

    set_reg(t, f->Rt, ir_rmw(t->ir, IR_xchg, I32, arm_mo(t, size), get_reg(t, f->Rn), get_reg(t, f->Rt2)));
}

/* DMB, DSB, SB, whatever their option */
void a32_barrier(struct a32 *t)
{
    ir_fence(t->ir);
}

/*
 * int_sync.c: exclusives, acquire and release, swap, barriers. Called by the
 * decoders. Source: ARM DDI 0406C A3.4, A8.8.75-78, A8.8.212-215; DDI 0487 F.
 *
 * A load-exclusive records address and value; a store-exclusive is a
 * compare-and-swap against them. A store by another thread of the value that was
 * there already goes unseen, which no program can tell from no store at all.
 * Memory of the host is ordered more strongly than ARM's: acquire and release
 * are plain accesses, only DMB and DSB need a fence, and not beside a
 * store-exclusive, which is one.
 */
#include "frontend/arm/integer.h"
#include "frontend/arm/translate.h"

/* No memory access since the last full barrier of this region: another would do nothing. */
static bool is_fenced(const struct a32 *t)
{
    if (!t->fenced_at)
        return false;
    for (uint32_t i = t->fenced_at; i < t->ir->count; i++) {
        unsigned op = t->ir->ops[i].op;
        if (op == IR_load || op == IR_store || op == IR_call || op == IR_label || (op >= IR_cas && op <= IR_xeor))
            return false;
    }
    return true;
}

static void fence(struct a32 *t)
{
    if (!is_fenced(t))
        ir_fence(t->ir);
    t->fenced_at = t->ir->count;
}

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
    ir_fence(r); /* so that a barrier was passed either way */
    ir_put(r, I32, SLOT_R(f->Rd), imm32(t, 1));
    ir_label(r, done);
    t->fenced_at = r->count;
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
    fence(t);
}

/* SWP{B} <Rt>, <Rt2>, [<Rn>] */
void a32_swp(struct a32 *t, const struct a32_swp *f)
{
    unsigned size = f->B ? MO_8 : MO_32 | MO_ALIGN;

    set_reg(t, f->Rt, ir_rmw(t->ir, IR_xchg, I32, arm_mo(t, size), get_reg(t, f->Rn), get_reg(t, f->Rt2)));
}

/* ---- barriers ---- */

/* The instruction at pc and its length; 0: cannot be read. */
static unsigned peek(struct a32 *t, uint32_t pc, uint32_t *insn)
{
    uint8_t b[4];

    if (!code_read(t->src, pc, b, t->thumb ? 2 : 4))
        return 0;
    *insn = t->thumb ? ldle16(b) : ldle32(b);
    if (!t->thumb || !t32_is_wide(*insn))
        return t->thumb ? 2 : 4;
    if (!code_read(t->src, pc + 2, b, 2))
        return 0;
    *insn = *insn << 16 | ldle16(b);
    return 4;
}

static bool is_load_exclusive(const struct a32 *t, uint32_t insn)
{
    return t->thumb ? (insn & 0xfff00000) == 0xe8500000 || (insn & 0xfff000c0) == 0xe8d00040 : (insn & 0xff900fff) == 0xe1900f9f;
}

static bool is_store_exclusive(const struct a32 *t, uint32_t insn)
{
    return t->thumb ? (insn & 0xfff00000) == 0xe8400000 || (insn & 0xfff000c0) == 0xe8c00040 : (insn & 0xff900ff0) == 0xe1800f90;
}

/* BNE to `target`, standing at pc. */
static bool is_bne_to(const struct a32 *t, uint32_t insn, uint32_t pc, uint32_t target)
{
    if (!t->thumb)
        return insn >> 24 == 0x1a && pc + 8 + (uint32_t)(sx(insn, 24) * 4) == target;
    return insn >> 8 == 0xd1 && pc + 4 + (uint32_t)(sx(insn, 8) * 2) == target;
}

/* Comparing, adding, logic: neither memory nor control. */
static bool is_plain_data(const struct a32 *t, uint32_t insn)
{
    if (!t->thumb)
        return insn >> 28 == 14 && (insn & 0x0c000000) == 0 && (insn & 0x90) != 0x90 && (insn & 0x01900000) != 0x01000000 &&
               (insn & 0xf000) != 0xf000;
    if (!(insn >> 16))
        return insn >> 14 == 0 || insn >> 10 == 0x10;
    return (insn >> 25 == 0x75 || (insn >> 27 == 0x1e && !(insn & 0x8000))) && (insn & 0xf00) != 0xf00;
}

/* Does "retry: ldrex; ...; strex; cmp; bne retry" stand behind this instruction? It ends with
 * a store-exclusive that was done, which is a barrier between all before and all behind. */
static bool before_atomic_loop(struct a32 *t)
{
    uint32_t retry = t->next, pc, insn;
    unsigned length = peek(t, retry, &insn);
    bool stored = false;

    if (!length || !is_load_exclusive(t, insn))
        return false;
    pc = retry + length;
    for (unsigned i = 0; i < 6; i++) {
        length = peek(t, pc, &insn);
        if (!length)
            return false;
        if (is_store_exclusive(t, insn) && !stored)
            stored = true;
        else if (!is_plain_data(t, insn))
            return stored && is_bne_to(t, insn, pc, retry);
        pc += length;
    }
    return false;
}

/* DMB, DSB, SB, whatever their option */
void a32_barrier(struct a32 *t)
{
    if (!t->following || !before_atomic_loop(t))
        fence(t);
}

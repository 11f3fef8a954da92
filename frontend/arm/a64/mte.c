/*
 * mte.c: instructions of memory tagging, to IR. Called by a64_mem_decode() and
 * a64_mem_data_decode(); tags themselves are tags.c's. Source: ARM DDI 0487 C6.2.
 */
#include "frontend/arm/a64/mem.h"
#include "frontend/arm/a64/tags.h"

#include "frontend/arm/a64/mte.args.h"
#include "frontend/arm/a64/mte.decode.h"

bool a64_mte_decode(struct a64 *t, uint32_t insn)
{
    return mte_decode(t, insn);
}

static ir_ref imm32(struct a64 *t, uint32_t v) { return ir_const(t->ir, I32, v); }
static ir_ref op2i(struct a64 *t, enum ir_opcode op, ir_ref a, uint64_t b) { return ir_op2i(t->ir, op, I64, a, b); }

/* ---- data processing ---- */

void mte_add(struct a64 *t, const struct mte_add *f)
{
    ir_ref from = get_reg_sp(t, 1, f->Rn), moved = plus(t, from, (int32_t)f->imm), tag;

    tag = op2i(t, IR_and, call_helper(t, HELPER_tag_add, I64, from, imm32(t, f->tag), NO_ARG, NO_ARG), 15ull << 56);
    set_reg_sp(t, 1, f->Rd, ir_op2(t->ir, IR_or, I64, op2i(t, IR_and, moved, ~(15ull << 56)), tag));
}

/* An address as the difference sees it: 56 bits with sign. */
static ir_ref address56(struct a64 *t, unsigned n)
{
    return op2i(t, IR_sar, op2i(t, IR_shl, get_reg_sp(t, 1, n), 8), 8);
}

void mte_sub(struct a64 *t, const struct mte_sub *f)
{
    ir_ref a = address56(t, f->Rn), b = address56(t, f->Rm), result = ir_op2(t->ir, IR_sub, I64, a, b);

    if (f->S)
        put_nzcv(t, ir_op2(t->ir, IR_flags_sub, I64, a, b));
    set_reg(t, 1, f->Rd, result);
}

void mte_random(struct a64 *t, const struct mte_random *f)
{
    set_reg_sp(t, 1, f->Rd, call_helper(t, HELPER_tag_random, I64, get_reg_sp(t, 1, f->Rn), get_reg(t, 1, f->Rm), NO_ARG, NO_ARG));
}

/* GMI: the tag joins a set of excluded ones. */
void mte_mask(struct a64 *t, const struct mte_mask *f)
{
    ir_ref tag = op2i(t, IR_and, op2i(t, IR_shr, get_reg_sp(t, 1, f->Rn), 56), 15);
    ir_ref bit = ir_op2(t->ir, IR_shl, I64, ir_const(t->ir, I64, 1), tag);

    set_reg(t, 1, f->Rd, ir_op2(t->ir, IR_or, I64, get_reg(t, 1, f->Rm), bit));
}

/* ---- memory: neither tag stores nor the data they bring are checked ---- */

static ir_ref host_address(struct a64 *t, ir_ref addr) { return op2i(t, IR_and, addr, 0x00ffffffffffffff); }

/* A tag is stored to a whole granule: elsewhere it is an alignment fault. */
static void check_granule(struct a64 *t, ir_ref addr)
{
    ir_load(t->ir, I32, MO_8, host_address(t, addr));
    ir_set_alignment(t->ir, GRANULE);
}

void a64_store_tags(struct a64 *t, ir_ref addr, ir_ref from, unsigned granules, bool zero)
{
    check_granule(t, addr);
    call_helper(t, HELPER_tag_store, IR_NONE, addr, from, imm32(t, granules), NO_ARG);
    for (unsigned i = 0; zero && i < granules; i++)
        ir_store(t->ir, V128, MO_128, host_address(t, plus(t, addr, i * GRANULE)), ir_vconst(t->ir, 0, 0));
}

void mte_store(struct a64 *t, const struct mte_store *f)
{
    ir_ref base = get_reg_sp(t, 1, f->Rn), moved = plus(t, base, (int32_t)f->imm), addr = f->index == INDEX_POST ? base : moved;

    a64_store_tags(t, addr, get_reg_sp(t, 1, f->Rt), f->granules, f->zero);
    if (f->index != INDEX_NONE)
        set_reg_sp(t, 1, f->Rn, moved);
}

void mte_load(struct a64 *t, const struct mte_load *f)
{
    ir_ref addr = op2i(t, IR_and, plus(t, get_reg_sp(t, 1, f->Rn), (int32_t)f->imm), -(uint64_t)GRANULE), tag;

    ir_load(t->ir, I32, MO_8, host_address(t, addr)); /* there must be memory */
    tag = op2i(t, IR_shl, call_helper(t, HELPER_tag_load, I64, addr, NO_ARG, NO_ARG, NO_ARG), 56);
    set_reg(t, 1, f->Rt, ir_op2(t->ir, IR_or, I64, op2i(t, IR_and, get_reg(t, 1, f->Rt), ~(15ull << 56)), tag));
}

void mte_store_pair(struct a64 *t, const struct mte_store_pair *f)
{
    ir_ref base = get_reg_sp(t, 1, f->Rn), moved = plus(t, base, (int32_t)f->imm), addr = f->index == INDEX_POST ? base : moved;

    a64_store_tags(t, addr, addr, 1, false);
    ir_store(t->ir, I64, MO_64, host_address(t, addr), get_reg(t, 1, f->Rt));
    ir_store(t->ir, I64, MO_64, host_address(t, plus(t, addr, 8)), get_reg(t, 1, f->Rt2));
    if (f->index != INDEX_NONE)
        set_reg_sp(t, 1, f->Rn, moved);
}

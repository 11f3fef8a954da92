/*
 * stack.c: the stack pointer must be a multiple of 16 where it is the base of an access (SCTLR_EL1.SA0, which
 * Linux sets). Called by translate.c around each instruction. Source: ARM DDI 0487 D1.8.2, CheckSPAlignment().
 *
 * Whether it is, is part of a region's mode, so that code of the usual mode has no
 * checks: what moves sp by multiples of 16 changes nothing. What may make it odd
 * looks, and leaves the region when the mode is another by then.
 */
#include "frontend/arm/a64/a64.h"

static bool is_literal(uint32_t insn) { return (insn & 0x3b000000) == 0x18000000; }
static bool is_memory_copy(uint32_t insn) { return (insn & 0x3b200c00) == 0x19000400; }
/* PRFM, PRFUM: hints do not fault. */
static bool is_prefetch(uint32_t insn)
{
    return (insn & 0xffc00000) == 0xf9800000 || (insn & 0xffe00c00) == 0xf8800000 || (insn & 0xffe00c00) == 0xf8a00800;
}

static bool accesses_by_sp(uint32_t insn)
{
    return (insn & 0x0a000000) == 0x08000000 && bits(insn, 5, 5) == 31 && !is_literal(insn) && !is_memory_copy(insn) && !is_prefetch(insn);
}

static ir_ref get_sp(struct a64 *t) { return ir_get(t->ir, I64, SLOT_X(31)); }

static ir_ref is_odd(struct a64 *t)
{
    return ir_op2i(t->ir, IR_ne, I64, ir_op2i(t->ir, IR_and, I64, get_sp(t), 15), 0);
}

void a64_check_sp(struct a64 *t)
{
    if (t->mode & MODE_SP && accesses_by_sp(t->insn))
        a64_need_even_sp(t);
}

void a64_need_even_sp(struct a64 *t)
{
    unsigned good;

    if (!(t->mode & MODE_SP))
        return;
    good = ir_new_label(t->ir);
    ir_br_if(t->ir, ir_op2i(t->ir, IR_eq, I32, is_odd(t), 0), good);
    ir_raise(t->ir, EXC_TRAP, t->pc, A64_TRAP(TRAP_SP, 0));
    ir_label(t->ir, good);
}

/* Is it a multiple of 16 if sp was one before? */
static bool stays_even(const struct ir_region *r, ir_ref v)
{
    const struct ir_op *o = &r->ops[v.id];
    bool by_constant = o->nargs == 2 && ir_is_const(r, o->arg[1]);
    uint64_t constant = by_constant ? r->ops[o->arg[1].id].imm : 0;

    switch (o->op) {
    case IR_const: return !(o->imm & 15);
    case IR_get:   return o->imm == SLOT_X(31);
    case IR_and:   return by_constant && !(constant & 15);
    case IR_add:
    case IR_sub:   return by_constant && !(constant & 15) && stays_even(r, o->arg[0]);
    default:       return false;
    }
}

void a64_sp_moved(struct a64 *t)
{
    unsigned same;

    if (t->done || (!(t->mode & MODE_SP) && stays_even(t->ir, t->new_sp)))
        return;
    same = ir_new_label(t->ir);
    ir_br_if(t->ir, ir_op2i(t->ir, IR_eq, I32, is_odd(t), t->mode & MODE_SP ? 1 : 0), same);
    ir_sync(t->ir, t->next, t->mode);
    ir_label(t->ir, same);
}

/*
 * branch.c: branches, calls, returns, exceptions. Called by the decoder made of
 * branch.decode. Source: ARM DDI 0487 C6.2. A return is told from another jump
 * so that the host's own return prediction serves it.
 */
#include "frontend/arm/a64/translate.h"

#include "frontend/arm/a64/branch.args.h"
#include "frontend/arm/a64/branch.decode.h"

void branch_b(struct a64 *t, const struct branch_b *f)
{
    a64_jump(t, t->pc + (uint64_t)(int64_t)(int32_t)f->offset);
}

void branch_b_cond(struct a64 *t, const struct branch_b_cond *f)
{
    uint64_t target = t->pc + (uint64_t)(int64_t)(int32_t)f->offset;

    if (f->cond >= IR_AL)
        a64_jump(t, target);
    else
        a64_jump_if(t, ir_cond(t->ir, f->cond, get_nzcv(t)), target);
}

void branch_cbz(struct a64 *t, const struct branch_cbz *f)
{
    ir_ref cond = ir_op2i(t->ir, f->nonzero ? IR_ne : IR_eq, a64_type(f->sf), get_reg(t, f->sf, f->Rt), 0);

    a64_jump_if(t, cond, t->pc + (uint64_t)(int64_t)(int32_t)f->offset);
}

void branch_tbz(struct a64 *t, const struct branch_tbz *f)
{
    unsigned sf = f->bit > 31;
    ir_ref v;

    if (f->bit == 31 || f->bit == 63) { /* the sign */
        v = get_reg(t, sf, f->Rt);
        v = f->nonzero ? ir_op2i(t->ir, IR_lts, a64_type(sf), v, 0) : ir_op2(t->ir, IR_les, a64_type(sf), ir_const(t->ir, a64_type(sf), 0), v);
        a64_jump_if(t, v, t->pc + (uint64_t)(int64_t)(int32_t)f->offset);
        return;
    }
    v = ir_op2i(t->ir, IR_and, a64_type(sf), get_reg(t, sf, f->Rt), 1ull << f->bit);

    v = ir_op2i(t->ir, f->nonzero ? IR_ne : IR_eq, a64_type(sf), v, 0);
    a64_jump_if(t, v, t->pc + (uint64_t)(int64_t)(int32_t)f->offset);
}

static void link_register(struct a64 *t)
{
    ir_put(t->ir, I64, SLOT_X(30), ir_const(t->ir, I64, t->next));
}

void branch_bl(struct a64 *t, const struct branch_bl *f)
{
    uint64_t target = t->pc + (uint64_t)(int64_t)(int32_t)f->offset;

    if (a64_call_waits(t, t->next))
        return;
    link_register(t);
    if (a64_inline_call(t, target, t->next))
        return;
    ir_exit_call(t->ir, target, t->mode, t->next);
    t->done = t->called = true;
}

/* Rm: modifier of an authentication, 32: zero. M: by key A or B. */
static ir_ref authenticated(struct a64 *t, bool auth, ir_ref target, unsigned M, unsigned Rm)
{
    if (!auth)
        return target;
    return a64_auth(t, target, Rm == 32 ? ir_const(t->ir, I64, 0) : get_reg_sp(t, 1, Rm), M ? KEY_IB : KEY_IA);
}

void branch_br(struct a64 *t, const struct branch_br *f)
{
    bool dead = !t->once && !a64_returns_keep_flags && a64_jumps_by_table(t->src, t->pc, f->Rn);
    ir_ref target = authenticated(t, f->auth, get_reg(t, 1, f->Rn), f->M, f->Rm);

    a64_jump_indirect(t, a64_branch_target(t, target, f->Rn == 16 || f->Rn == 17 ? BTYPE_SHORT : BTYPE_JUMP), dead ? 15 : 0);
}

void branch_blr(struct a64 *t, const struct branch_blr *f)
{
    ir_ref target;

    if (a64_call_waits(t, t->next))
        return;
    target = authenticated(t, f->auth, get_reg(t, 1, f->Rn), f->M, f->Rm);
    link_register(t);
    ir_exit_icall(t->ir, a64_branch_target(t, target, BTYPE_CALL), t->next);
    if (!a64_returns_keep_flags)
        ir_flags_dead(t->ir, 15);
    t->done = t->called = true;
}

void branch_ret(struct a64 *t, const struct branch_ret *f)
{
    a64_jump_return(t, a64_branch_target(t, authenticated(t, f->auth, get_reg(t, 1, f->Rn), f->M, 31), BTYPE_NONE));
}

void branch_svc(struct a64 *t, const struct branch_svc *f)
{
    ir_raise(t->ir, EXC_SYSCALL, t->next, f->imm16);
    t->done = true;
}

void branch_brk(struct a64 *t, const struct branch_brk *f)
{
    ir_raise(t->ir, EXC_BREAKPOINT, t->pc, f->imm16);
    t->done = true;
}

bool a64_branch_decode(struct a64 *t, uint32_t insn)
{
    return branch_decode(t, insn) || a64_system_decode(t, insn);
}

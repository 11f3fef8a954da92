/*
 * int_branch.c: branches, calls, returns, IT. Called by the decoders. Source:
 * ARM DDI 0406C A5.5, A6.2.3, A6.2.5, A6.3.4. A return is told from another
 * jump so that the host's own return prediction serves it.
 */
#include "frontend/arm/integer.h"
#include "frontend/arm/translate.h"

static void branch(struct a32 *t, unsigned cond, uint32_t offset)
{
    uint32_t target = pc_value(t) + offset;

    if (cond == IR_AL)
        jump_direct(t, target);
    else
        jump_if(t, ir_cond(t->ir, cond, get_nzcv(t)), target);
}

/* B, with A32's own condition or that of an IT block */
void a32_b(struct a32 *t, const struct a32_b *f)
{
    branch(t, t->cond, f->offset);
}

/* B<c> of Thumb */
void a32_b_cond(struct a32 *t, const struct a32_b_cond *f)
{
    branch(t, f->c, f->offset);
}

static uint32_t return_address(const struct a32 *t)
{
    return (t->pc + (t->thumb && !(t->insn >> 16) ? 2 : 4)) | t->thumb;
}

static void link_register(struct a32 *t)
{
    ir_put(t->ir, I32, SLOT_R(14), imm32(t, return_address(t)));
}

/* BL, BLX <label>: to A32 the pc counts from a word boundary. */
void a32_bl(struct a32 *t, const struct a32_bl *f)
{
    uint32_t mode = f->exchange ? t->mode ^ MODE_T : t->mode;
    uint32_t base = mode & MODE_T ? pc_value(t) : pc_value(t) & ~3u;

    if (arm_call_waits(t, return_address(t)))
        return;
    link_register(t);
    if (mode == t->mode && arm_inline_call(t, base + f->offset, return_address(t)))
        return;
    ir_exit_call(t->ir, base + f->offset, mode, return_address(t));
    t->done = t->called = true;
}

/* BX; also BXJ, which without Jazelle is the same. BX PC is how Thumb reaches the A32 code behind it. */
void a32_bx(struct a32 *t, const struct a32_bx *f)
{
    if (f->Rm == 14) {
        jump_return(t, get_reg(t, 14));
    } else if (f->Rm == 15) {
        ir_exit(t->ir, pc_value(t) & ~3u, t->mode & ~(uint32_t)MODE_T);
        t->done = true;
    } else {
        jump_bx(t, get_reg(t, f->Rm));
    }
}

void a32_blx_reg(struct a32 *t, const struct a32_blx_reg *f)
{
    ir_ref target = get_reg(t, f->Rm);

    if (arm_call_waits(t, return_address(t)))
        return;
    link_register(t);
    ir_exit_icall(t->ir, target, return_address(t));
    if (!arm_returns_keep_flags)
        ir_flags_dead(t->ir, 15);
    t->done = t->called = true;
}

/* CBZ, CBNZ */
void a32_cbz(struct a32 *t, const struct a32_cbz *f)
{
    ir_ref cond = ir_op2i(t->ir, f->nonzero ? IR_ne : IR_eq, I32, get_reg(t, f->Rn), 0);

    jump_if(t, cond, pc_value(t) + f->offset);
}

/* TBB, TBH [<Rn>, <Rm>{, LSL #1}]: forward by twice the table's entry */
void a32_table_branch(struct a32 *t, const struct a32_table_branch *f)
{
    ir_ref index = get_reg(t, f->Rm), entry;

    if (f->size == MO_16)
        index = ir_op2i(t->ir, IR_shl, I32, index, 1);
    entry = arm_load(t, I32, f->size, ir_op2(t->ir, IR_add, I32, get_reg(t, f->Rn), index));
    entry = ir_op2i(t->ir, IR_shl, I32, entry, 1);
    jump_bx(t, ir_op2i(t->ir, IR_add, I32, entry, pc_value(t) | 1));
}

/* IT: makes no code, the state is followed while translating. */
void a32_it(struct a32 *t, const struct a32_it *f)
{
    t->next_it = (uint8_t)(f->firstcond << 4 | f->mask);
}

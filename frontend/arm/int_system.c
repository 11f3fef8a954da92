/*
 * int_system.c: what a program can do to the system: SVC, breakpoints, status
 * register, coprocessor 15 as far as user mode may, hints; and the way to VFP
 * and NEON. Called by the decoders. Source: ARM DDI 0406C A5.2.11-12, A6.3.4, B3.17.
 */
#include "frontend/arm/integer.h"
#include "frontend/arm/translate.h"

void a32_svc(struct a32 *t, const struct a32_svc *f)
{
    t->ir->mode = t->mode | (uint32_t)t->next_it << MODE_IT_SHIFT; /* the exception is reported after the instruction */
    ir_raise(t->ir, EXC_SYSCALL, t->pc + (t->thumb ? 2 : 4), f->imm);
    t->done = true;
}

void a32_bkpt(struct a32 *t, const struct a32_bkpt *f)
{
    ir_raise(t->ir, EXC_BREAKPOINT, t->pc, f->imm);
    t->done = true;
}

/* UDF, and HLT, which without a halting debugger is undefined */
void a32_undefined_hlt(struct a32 *t, const struct a32_undefined_hlt *f)
{
    arm_undefined(t);
}

void a32_fp(struct a32 *t, const struct a32_fp *f)
{
    if (!arm_fp_decode(t, f->word))
        arm_undefined(t);
}

/* ---- status register ---- */

/* MRS: execution state (IT, T) reads as zero. GE: bit 0 of each byte of the mask, gathered by a multiplication. */
void a32_mrs(struct a32 *t, const struct a32_mrs *f)
{
    struct ir_region *r = t->ir;
    ir_ref v, ge;

    if (f->spsr) {
        arm_undefined(t);
        return;
    }
    v = ir_op1(r, IR_flags_pack, FLAGS, get_nzcv(t));
    v = ir_op2(r, IR_or, I32, v, ir_op2i(r, IR_shl, I32, ir_get(r, I32, SLOT(q)), 27));
    ge = ir_op2i(r, IR_and, I32, ir_get(r, I32, SLOT(ge)), 0x01010101);
    ge = ir_op2i(r, IR_shr, I32, ir_op2i(r, IR_mul, I32, ge, 0x01020408), 8);
    v = ir_op2(r, IR_or, I32, v, ir_op2i(r, IR_and, I32, ge, CPSR_GE));
    set_reg(t, f->Rd, ir_op2i(r, IR_or, I32, v, CPSR_MODE_USER | (t->mode & MODE_E ? CPSR_E : 0)));
}

/* MSR: user mode may write NZCVQ (mask bit 3) and GE (mask bit 2); the rest is ignored. */
static void msr(struct a32 *t, unsigned mask, bool spsr, ir_ref v)
{
    struct ir_region *r = t->ir;
    ir_ref ge;

    if (spsr) {
        arm_undefined(t);
        return;
    }
    if (mask & 8) {
        put_nzcv(t, ir_op1(r, IR_flags_unpack, I32, v));
        ir_put(r, I32, SLOT(q), ir_op2i(r, IR_and, I32, ir_op2i(r, IR_shr, I32, v, 27), 1));
    }
    if (mask & 4) {
        ge = ir_op2i(r, IR_and, I32, ir_op2i(r, IR_shr, I32, v, 16), 0xf);
        ge = ir_op2i(r, IR_and, I32, ir_op2i(r, IR_mul, I32, ge, 0x00204081), 0x01010101);
        ir_put(r, I32, SLOT(ge), ir_op2i(r, IR_mul, I32, ge, 0xff));
    }
}

void a32_msr_imm(struct a32 *t, const struct a32_msr_imm *f)
{
    if (f->mask || f->spsr) /* without a mask it is the hint space */
        msr(t, f->mask, f->spsr, imm32(t, f->imm));
}

void a32_msr_reg(struct a32 *t, const struct a32_msr_reg *f)
{
    msr(t, f->mask, f->spsr, get_reg(t, f->Rn));
}

void a32_setend(struct a32 *t, const struct a32_setend *f)
{
    if (!!(t->mode & MODE_E) == f->E)
        return;
    ir_put(t->ir, I32, SLOT(big_endian), imm32(t, f->E));
    t->mode ^= MODE_E;
    arm_sync(t);
}

/* ---- coprocessor 15: thread registers, and the barriers from before they were instructions ---- */

/* CRn, opc1, CRm, opc2 as one number. */
#define CP15(CRn, opc1, CRm, opc2) ((CRn) << 12 | (opc1) << 8 | (CRm) << 4 | (opc2))

void a32_mrc(struct a32 *t, const struct a32_mrc *f)
{
    unsigned slot;

    switch (CP15(f->CRn, f->opc1, f->CRm, f->opc2)) {
    case CP15(13, 0, 0, 2): slot = SLOT(tpidrurw); break;
    case CP15(13, 0, 0, 3): slot = SLOT(tpidruro); break;
    default: arm_undefined(t); return;
    }
    if (f->Rt == 15) /* to the flags: not of a thread register */
        arm_undefined(t);
    else
        set_reg(t, f->Rt, ir_get(t->ir, I32, slot));
}

void a32_mcr(struct a32 *t, const struct a32_mcr *f)
{
    switch (CP15(f->CRn, f->opc1, f->CRm, f->opc2)) {
    case CP15(13, 0, 0, 2): ir_put(t->ir, I32, SLOT(tpidrurw), get_reg(t, f->Rt)); break;
    case CP15(7, 0, 5, 4): a32_isb(t); break;
    case CP15(7, 0, 10, 4):
    case CP15(7, 0, 10, 5): a32_barrier(t); break;
    default: arm_undefined(t);
    }
}

/* ISB: code written before is seen after; a new region looks again. */
void a32_isb(struct a32 *t)
{
    ir_exit(t->ir, t->next, t->mode | (uint32_t)t->next_it << MODE_IT_SHIFT);
    t->done = true;
}

/* Hints, preloads, CPS in user mode */
void a32_nop(struct a32 *t)
{
}

void a32_yield(struct a32 *t)
{
}

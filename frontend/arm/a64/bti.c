/*
 * bti.c: branch target identification: in guarded pages an indirect branch must
 * arrive at an instruction that expects it. Called by branch.c, translate.c and
 * arch.c. Source: ARM DDI 0487 D8.4 and C6.2, BTI; shared/functions/system/
 * BranchTargetCheck of chapter J1.
 *
 * The CPU keeps in PSTATE.BTYPE how it came to an instruction. Here that is part
 * of a region's mode, so it is checked once, when the region is translated. In
 * programs that have guarded pages (MODE_GUARDED) indirect branches put it into
 * the top byte of the target, which nobody else wants: so jump caches tell who
 * comes by a call from who jumps, and what leads to other pages costs no more
 * than that. In the state btype is zero but between instructions that the
 * translator does not see follow each other: signals, a debugger.
 */
#include "frontend/arm/a64/a64.h"

#define MARK 0xb4ull /* of the top byte; BTYPE is added */

bool (*a64_guarded)(uint64_t addr);

/* Linux lets PACIASP and PACIBSP stand for BTI c (SCTLR_EL1.BT0). */
static bool may_follow(uint32_t insn, unsigned btype)
{
    if ((insn & ~0xc0u) == 0xd503241f) { /* BTI, bit 6: c, bit 7: j */
        unsigned expects = insn >> 6 & 3;

        return expects == 3 || (expects == 1 && btype != BTYPE_JUMP) || (expects == 2 && btype != BTYPE_CALL);
    }
    return (insn & ~0x40u) == 0xd503233f && btype != BTYPE_JUMP; /* PACIASP, PACIBSP */
}

/* BRK and HLT: their own exception comes first. */
static bool is_breakpoint(uint32_t insn)
{
    return (insn & 0xffe0001f) == 0xd4200000 || (insn & 0xffe0001f) == 0xd4400000;
}

ir_ref a64_branch_target(struct a64 *t, ir_ref target, enum a64_btype btype)
{
    if (!(t->mode & MODE_GUARDED))
        return target;
    if (btype == BTYPE_JUMP && !a64_guarded(t->pc))
        btype = BTYPE_SHORT;
    target = ir_op2i(t->ir, IR_and, I64, target, ~0ull >> 8);
    return btype ? ir_op2i(t->ir, IR_or, I64, target, (MARK | btype) << 56) : target;
}

uint32_t a64_mode_of_target(uint64_t target)
{
    unsigned mark = target >> 56;

    return (mark & ~3u) == MARK && a64_guarded((uint64_t)sx(target, 56)) ? (mark & 3) << MODE_BTYPE_SHIFT : 0;
}

bool a64_expects_branch(struct a64 *t)
{
    unsigned btype = (t->mode & MODE_BTYPE) >> MODE_BTYPE_SHIFT;
    bool breakpoint = is_breakpoint(t->insn), bad = !breakpoint && a64_guarded(t->pc) && !may_follow(t->insn, btype);

    ir_put(t->ir, I64, SLOT(btype), ir_const(t->ir, I64, bad || breakpoint ? btype : 0)); /* an exception finds it there */
    if (!bad)
        return true;
    ir_raise(t->ir, EXC_TRAP, t->pc, A64_TRAP(TRAP_BTI, 0));
    t->done = true;
    return false;
}

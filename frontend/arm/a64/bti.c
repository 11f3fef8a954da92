/*
 * bti.c: branch target identification: in guarded pages an indirect branch must
 * arrive at an instruction that expects it. Called by branch.c (a64_arrives)
 * and by doors (a64_public.h). Source: ARM DDI 0487 D8.4 and C6.2, BTI;
 * shared/functions/system/BranchTargetCheck of chapter J1.
 *
 * The CPU keeps in PSTATE.BTYPE how it came to an instruction and checks there.
 * Here the branch checks where it leads, in programs that have guarded pages
 * (MODE_GUARDED): what fails is an exit to the same branch in a mode in which it
 * raises, with pc and BTYPE as they would be at the target. So BTYPE is zero but
 * between such a failure and the signal.
 */
#include "frontend/arm/a64/mem.h"

enum { JUMP_BY_X16 = 1, CALL = 2, JUMP = 3 }; /* PSTATE.BTYPE: BR by X16 or X17 or from where nothing is guarded, BLR, BR */

bool (*a64_guarded)(uint64_t addr);

/* Linux lets PACIASP and PACIBSP stand for BTI c (SCTLR_EL1.BT0). */
static bool may_follow(uint32_t insn, uint64_t btype)
{
    if ((insn & ~0xc0u) == 0xd503241f) { /* BTI, bit 6: c, bit 7: j */
        unsigned expects = insn >> 6 & 3;

        return expects == 3 || (expects == 1 && btype != JUMP) || (expects == 2 && btype != CALL);
    }
    if ((insn & ~0x40u) == 0xd503233f) /* PACIASP, PACIBSP */
        return btype != JUMP;
    return (insn & 0xffe0001f) == 0xd4200000 || (insn & 0xffe0001f) == 0xd4400000; /* BRK, HLT */
}

bool a64_expects(const struct a64_state *s, uint32_t insn)
{
    return !a64_guarded || !a64_guarded(s->pc) || may_follow(insn, s->btype);
}

uint32_t a64_helper_bad_target(struct a64_state *s, uint64_t target, uint64_t from, uint32_t btype)
{
    target = (uint64_t)sx(target, 56);
    if (btype == JUMP && !a64_guarded(from))
        btype = JUMP_BY_X16;
    if (target % 4 || !a64_guarded(target) || may_follow(*(const uint32_t *)a64_host_address(s, target), btype))
        return 0;
    return btype;
}

bool a64_arrives(struct a64 *t, ir_ref target, unsigned Rn, bool call)
{
    unsigned btype = call ? CALL : Rn == 16 || Rn == 17 ? JUMP_BY_X16 : JUMP;
    ir_ref bad;

    if (!(t->mode & MODE_GUARDED))
        return true;
    bad = call_helper(t, HELPER_bad_target, I32, target, ir_const(t->ir, I64, t->pc), ir_const(t->ir, I32, btype), NO_ARG);
    if (!(t->mode & MODE_TARGET_FAILS)) {
        ir_exit_if(t->ir, ir_op2i(t->ir, IR_ne, I32, bad, 0), t->pc, t->mode | MODE_TARGET_FAILS);
        return true;
    }
    ir_put(t->ir, I64, SLOT(btype), ir_op1(t->ir, IR_zext, I32, bad));
    ir_put(t->ir, I64, SLOT(bad_target), target);
    ir_raise(t->ir, EXC_TRAP, t->pc, A64_TRAP(TRAP_TARGET, 0));
    t->done = true;
    return false;
}

/*
 * vfp_move.c: VFP's transfers to and from core registers and memory
 * (vfp.decode). DDI 0406C A7.6, A7.8, A7.9.
 */
#include "frontend/arm/fp.h"

static ir_ref f_bits(struct a32 *t, enum ir_type type, unsigned slot) { return ir_op1(t->ir, IR_fbits, type, ir_get(t->ir, type, slot)); }
static ir_ref get_s(struct a32 *t, unsigned n) { return ir_op1(t->ir, IR_trunc, I64, f_bits(t, F32, SLOT_S(n))); }
static void put_s(struct a32 *t, unsigned n, ir_ref v)
{
    ir_put(t->ir, F32, SLOT_S(n), ir_op1(t->ir, IR_ffrom, F32, ir_op1(t->ir, IR_zext, I32, v)));
}

void fp_vmov_to_s(struct a32 *t, const struct fp_vmov_to_s *f) { put_s(t, f->Vn << 1 | f->N, get_reg(t, f->Rt)); }
/* To r15: the condition flags. */
void fp_vmov_from_s(struct a32 *t, const struct fp_vmov_from_s *f)
{
    ir_ref v = get_s(t, f->Vn << 1 | f->N);

    if (f->Rt == 15)
        put_nzcv(t, ir_op1(t->ir, IR_flags_unpack, I32, v));
    else
        set_reg(t, f->Rt, v);
}
void fp_vmov_to_h(struct a32 *t, const struct fp_vmov_to_h *f)
{
    put_s(t, f->Vn << 1 | f->N, ir_op1(t->ir, IR_ext16u, I32, get_reg(t, f->Rt)));
}
void fp_vmov_from_h(struct a32 *t, const struct fp_vmov_from_h *f)
{
    set_reg(t, f->Rt, ir_op1(t->ir, IR_ext16u, I32, get_s(t, f->Vn << 1 | f->N)));
}

void fp_vmov_to_ss(struct a32 *t, const struct fp_vmov_to_ss *f)
{
    unsigned m = f->Vm << 1 | f->M;

    put_s(t, m, get_reg(t, f->Rt));
    put_s(t, m + 1, get_reg(t, f->Rt2));
}
void fp_vmov_from_ss(struct a32 *t, const struct fp_vmov_from_ss *f)
{
    unsigned m = f->Vm << 1 | f->M;

    set_reg(t, f->Rt, get_s(t, m));
    set_reg(t, f->Rt2, get_s(t, m + 1));
}
void fp_vmov_to_d(struct a32 *t, const struct fp_vmov_to_d *f)
{
    ir_ref v = ir_op2(t->ir, IR_concat, I32, get_reg(t, f->Rt), get_reg(t, f->Rt2));

    ir_put(t->ir, F64, SLOT_D(REG_M(f)), ir_op1(t->ir, IR_ffrom, F64, v));
}
void fp_vmov_from_d(struct a32 *t, const struct fp_vmov_from_d *f)
{
    ir_ref v = f_bits(t, F64, SLOT_D(REG_M(f)));

    set_reg(t, f->Rt, ir_op1(t->ir, IR_trunc, I64, v));
    set_reg(t, f->Rt2, ir_op1(t->ir, IR_high, I64, v));
}

/* Lane x of Dd, the rest stays. */
void fp_vmov_to_lane(struct a32 *t, const struct fp_vmov_to_lane *f)
{
    ir_ref v = ir_op1(t->ir, IR_zext, I32, get_reg(t, f->Rt));

    put_v(t, REG_D(f), false, ir_op(t->ir, IR_vset, V128, get_v(t, REG_D(f), false), v, NO_ARG, f->width, f->x));
}
void fp_vmov_from_lane(struct a32 *t, const struct fp_vmov_from_lane *f)
{
    bool is_signed = f->width < 32 && !f->u;
    ir_ref v = ir_op(t->ir, is_signed ? IR_vgets : IR_vget, V128, get_v(t, REG_N(f), false), NO_ARG, NO_ARG, f->width, f->x);

    set_reg(t, f->Rt, ir_op1(t->ir, IR_trunc, I64, v));
}
void fp_vdup_core(struct a32 *t, const struct fp_vdup_core *f)
{
    ir_ref v = ir_op1(t->ir, IR_zext, I32, get_reg(t, f->Rt));

    put_v(t, REG_D(f), f->Q, ir_v1(t->ir, IR_vdup, f->B ? 8 : f->E ? 16 : 32, v, 0));
}

/* ---- FPSCR: the only system register that user programs reach ---- */
void fp_vmsr(struct a32 *t, const struct fp_vmsr *f)
{
    call_helper(t, HELPER_set_fpscr, IR_NONE, get_reg(t, f->Rt), NO_ARG, NO_ARG, NO_ARG);
    arm_sync(t);
}
/* Rt = 15 (APSR_nzcv) moves the comparison's flags only, and needs nothing gathered. */
void fp_vmrs(struct a32 *t, const struct fp_vmrs *f)
{
    if (f->Rt == 15)
        put_nzcv(t, ir_get(t->ir, FLAGS, SLOT(fpnzcv)));
    else
        set_reg(t, f->Rt, call_helper(t, HELPER_get_fpscr, I32, NO_ARG, NO_ARG, NO_ARG, NO_ARG));
}

/* ---- memory ---- */
static ir_ref base(struct a32 *t, unsigned Rn) { return Rn == 15 ? imm32(t, pc_value(t) & ~3u) : get_reg(t, Rn); }
static ir_ref plus(struct a32 *t, ir_ref addr, int32_t offset)
{
    return offset ? ir_op2i(t->ir, IR_add, I32, addr, (uint32_t)offset) : addr;
}

/* A half-precision load clears the rest of the single. */
void fp_vldr(struct a32 *t, const struct fp_vldr *f)
{
    int32_t offset = f->imm8 * (f->sz == 1 ? 2 : 4);
    ir_ref addr = plus(t, base(t, f->Rn), f->U ? offset : -offset);

    if (f->sz == 1)
        put_s(t, VFP_D(f), arm_load(t, I32, MO_16, addr));
    else if (f->sz == 2)
        ir_put(t->ir, F32, SLOT_S(VFP_D(f)), arm_load(t, F32, MO_32, addr));
    else
        ir_put(t->ir, F64, SLOT_D(VFP_D(f)), arm_load(t, F64, MO_64, addr));
}
void fp_vstr(struct a32 *t, const struct fp_vstr *f)
{
    int32_t offset = f->imm8 * (f->sz == 1 ? 2 : 4);
    ir_ref addr = plus(t, base(t, f->Rn), f->U ? offset : -offset);

    if (f->sz == 1)
        arm_store(t, I32, MO_16, addr, get_s(t, VFP_D(f)));
    else if (f->sz == 2)
        arm_store(t, F32, MO_32, addr, ir_get(t->ir, F32, SLOT_S(VFP_D(f))));
    else
        arm_store(t, F64, MO_64, addr, ir_get(t->ir, F64, SLOT_D(VFP_D(f))));
}

/* One step of a VLDM or VSTM: a pair of doubles, a double or a single; bytes moved. */
static unsigned load_some(struct a32 *t, bool dp, unsigned d, unsigned left, ir_ref addr)
{
    if (!dp)
        ir_put(t->ir, F32, SLOT_S(d), arm_load(t, F32, MO_32, addr));
    else if (d & 1 || left < 2 || t->mode & MODE_E)
        ir_put(t->ir, F64, SLOT_D(d), arm_load(t, F64, MO_64, addr));
    else
        return ir_putv(t->ir, SLOT_D(d), 16, arm_load(t, V128, MO_128, addr)), 16;
    return dp ? 8 : 4;
}
static unsigned store_some(struct a32 *t, bool dp, unsigned d, unsigned left, ir_ref addr)
{
    if (!dp)
        arm_store(t, F32, MO_32, addr, ir_get(t->ir, F32, SLOT_S(d)));
    else if (d & 1 || left < 2 || t->mode & MODE_E)
        arm_store(t, F64, MO_64, addr, ir_get(t->ir, F64, SLOT_D(d)));
    else
        return arm_store(t, V128, MO_128, addr, ir_getv(t->ir, SLOT_D(d), 16)), 16;
    return dp ? 8 : 4;
}

/*
 * imm8 counts words; odd with doubles is FLDMX/FSTMX, whose last word is not
 * touched. Write-back comes last, so that a fault leaves the base as it was.
 */
static void transfer_list(struct a32 *t, unsigned Rn, bool dp, unsigned first, unsigned imm8, bool down, bool W,
                          unsigned (*some)(struct a32 *, bool, unsigned, unsigned, ir_ref))
{
    unsigned bytes = (dp ? imm8 & ~1u : imm8) * 4, width = dp ? 8 : 4;
    int32_t start = down ? -(int32_t)(4 * imm8) : 0;
    ir_ref addr = base(t, Rn);

    for (unsigned at = 0; at < bytes;)
        at += some(t, dp, first + at / width, (bytes - at) / width, plus(t, addr, start + at));
    if (W)
        set_reg(t, Rn, plus(t, addr, down ? start : (int32_t)(4 * imm8)));
}
void fp_vldm(struct a32 *t, const struct fp_vldm *f)
{
    transfer_list(t, f->Rn, f->dp, vfp_number(f->dp ? 3 : 2, f->D, f->Vd), f->imm8, f->down, f->W, load_some);
}
void fp_vstm(struct a32 *t, const struct fp_vstm *f)
{
    transfer_list(t, f->Rn, f->dp, vfp_number(f->dp ? 3 : 2, f->D, f->Vd), f->imm8, f->down, f->W, store_some);
}

/*
 * system.c: hints, barriers, flags outside arithmetic, cache maintenance,
 * system registers as EL0 sees them. Called by the decoder made of
 * system.decode. Source: ARM DDI 0487 C5, C6.2; what Linux lets a program do:
 * Documentation/arch/arm64/cpu-feature-registers.rst.
 */
#include "frontend/arm/a64/translate.h"

#include <sys/random.h>
#include <time.h>

#include "frontend/arm/a64/system.args.h"
#include "frontend/arm/a64/system.decode.h"

#define ZVA_BYTES 64 /* DCZID_EL0.BS = 4 */

/* ---- hints and barriers ---- */

/* NOP, YIELD, WFE, BTI and all that is not known do nothing. */
void system_hint(struct a64 *t, const struct system_hint *f)
{
    a64_pauth_hint(t, f->hint);
}

void system_clrex(struct a64 *t)
{
    a64_forget_exclusive(t);
}

/* kind: 1 loads before anything, 2 stores before stores; the host does not change these orders. */
void system_barrier(struct a64 *t, const struct system_barrier *f)
{
    if (f->kind != 1 && f->kind != 2)
        a64_fence(t);
}

/* SB: nothing here runs ahead of what the host holds back itself. */
void system_sb(struct a64 *t)
{
}

/* ISB: code written before is seen after; a new region looks again. */
void system_isb(struct a64 *t)
{
    ir_exit(t->ir, t->next, t->mode);
    t->done = true;
}

/* ---- flags ---- */

static ir_ref packed(struct a64 *t) { return ir_op1(t->ir, IR_flags_pack, FLAGS, get_nzcv(t)); }
static void put_packed(struct a64 *t, ir_ref v) { put_nzcv(t, ir_op1(t->ir, IR_flags_unpack, I32, v)); }

void system_cfinv(struct a64 *t)
{
    put_packed(t, ir_op2i(t->ir, IR_xor, I32, packed(t), 1u << 29));
}

/* From ARM's float flags to those of other formats: N=0, Z |= V, C &= !V, V=0. */
void system_axflag(struct a64 *t)
{
    struct ir_region *r = t->ir;
    ir_ref v = packed(t), to_z = ir_op2i(r, IR_and, I32, ir_op2i(r, IR_shl, I32, v, 2), 1u << 30);
    ir_ref to_c = ir_op2i(r, IR_and, I32, ir_op2i(r, IR_shl, I32, v, 1), 1u << 29);
    ir_ref z = ir_op2(r, IR_or, I32, ir_op2i(r, IR_and, I32, v, 1u << 30), to_z);

    put_packed(t, ir_op2(r, IR_or, I32, z, ir_op2(r, IR_andn, I32, ir_op2i(r, IR_and, I32, v, 1u << 29), to_c)));
}

/* And back: N = !C & !Z, Z = Z & C, C = C | Z, V = !C & Z. */
void system_xaflag(struct a64 *t)
{
    struct ir_region *r = t->ir;
    ir_ref v = packed(t), one = ir_const(r, I32, 1);
    ir_ref c = ir_op2(r, IR_and, I32, ir_op2i(r, IR_shr, I32, v, 29), one);
    ir_ref z = ir_op2(r, IR_and, I32, ir_op2i(r, IR_shr, I32, v, 30), one);
    ir_ref c_or_z = ir_op2(r, IR_or, I32, c, z), n = ir_op2i(r, IR_xor, I32, c_or_z, 1);
    ir_ref high = ir_op2(r, IR_or, I32, ir_op2i(r, IR_shl, I32, n, 31), ir_op2i(r, IR_shl, I32, ir_op2(r, IR_and, I32, z, c), 30));
    ir_ref low = ir_op2(r, IR_or, I32, ir_op2i(r, IR_shl, I32, c_or_z, 29), ir_op2i(r, IR_shl, I32, ir_op2(r, IR_andn, I32, z, c), 28));

    put_packed(t, ir_op2(r, IR_or, I32, high, low));
}

void system_mrs_nzcv(struct a64 *t, const struct system_mrs_nzcv *f)
{
    set_reg(t, 0, f->Rt, packed(t));
}

void system_msr_nzcv(struct a64 *t, const struct system_msr_nzcv *f)
{
    put_packed(t, get_reg(t, 0, f->Rt));
}

/* ---- caches ---- */

/* The door throws translations of the line away: they are its runtime's. */
void system_ic_ivau(struct a64 *t, const struct system_ic_ivau *f)
{
    ir_raise(t->ir, EXC_TRAP, t->next, A64_TRAP(TRAP_CODE_CHANGED, f->Rt));
    t->done = true;
}

/* Cleaning needs a mapped address, else it faults as a load would. */
void system_dc_clean(struct a64 *t, const struct system_dc_clean *f)
{
    a64_load(t, I32, MO_8, get_reg(t, 1, f->Rt));
}

void system_dc_zva(struct a64 *t, const struct system_dc_zva *f)
{
    ir_ref at = ir_op2i(t->ir, IR_and, I64, get_reg(t, 1, f->Rt), ~(uint64_t)(ZVA_BYTES - 1));
    ir_ref zero = ir_vconst(t->ir, 0, 0);

    for (unsigned i = 0; i < ZVA_BYTES; i += 16)
        a64_store(t, V128, MO_128, i ? ir_op2i(t->ir, IR_add, I64, at, i) : at, zero);
}

/* DC GVA, GZVA: tags of the block, and zeros; no tag is checked. */
void system_dc_tags(struct a64 *t, const struct system_dc_tags *f)
{
    ir_ref at = ir_op2i(t->ir, IR_and, I64, get_reg(t, 1, f->Rt), ~(uint64_t)(ZVA_BYTES - 1));

    a64_store_tags(t, at, at, ZVA_BYTES / 16, f->zero);
}

/* ---- registers; sync: the bit is part of the decode state ---- */

void system_put_bit(struct a64 *t, const struct system_put_bit *f)
{
    ir_put(t->ir, I64, f->slot, ir_const(t->ir, I64, f->imm));
    if (f->sync)
        a64_sync(t);
}

void system_mrs_bit(struct a64 *t, const struct system_mrs_bit *f)
{
    set_reg(t, 1, f->Rt, ir_op2i(t->ir, IR_shl, I64, ir_get(t->ir, I64, f->slot), f->at));
}

void system_msr_bit(struct a64 *t, const struct system_msr_bit *f)
{
    ir_ref v = ir_op2i(t->ir, IR_shr, I64, get_reg(t, 1, f->Rt), f->at);

    ir_put(t->ir, I64, f->slot, ir_op2i(t->ir, IR_and, I64, v, 1));
    if (f->sync)
        a64_sync(t);
}

void system_mrs_slot(struct a64 *t, const struct system_mrs_slot *f)
{
    set_reg(t, 1, f->Rt, ir_get(t->ir, I64, f->slot));
}

void system_msr_slot(struct a64 *t, const struct system_msr_slot *f)
{
    ir_put(t->ir, I64, f->slot, get_reg(t, 1, f->Rt));
}

void system_msr_fpcr(struct a64 *t, const struct system_msr_fpcr *f)
{
    call_helper(t, HELPER_set_fpcr, IR_NONE, get_reg(t, 0, f->Rt), NO_ARG, NO_ARG, NO_ARG);
    a64_sync(t);
}

void system_mrs_fpsr(struct a64 *t, const struct system_mrs_fpsr *f)
{
    set_reg(t, 0, f->Rt, call_helper(t, HELPER_get_fpsr, I32, NO_ARG, NO_ARG, NO_ARG, NO_ARG));
}

void system_msr_fpsr(struct a64 *t, const struct system_msr_fpsr *f)
{
    call_helper(t, HELPER_set_fpsr, IR_NONE, get_reg(t, 0, f->Rt), NO_ARG, NO_ARG, NO_ARG);
    a64_sync(t);
}

void system_mrs_cntfrq(struct a64 *t, const struct system_mrs_cntfrq *f)
{
    set_reg(t, 1, f->Rt, ir_const(t->ir, I64, 1000000000));
}

void system_mrs_cntvct(struct a64 *t, const struct system_mrs_cntvct *f)
{
    set_reg(t, 1, f->Rt, call_helper(t, HELPER_counter, I64, NO_ARG, NO_ARG, NO_ARG, NO_ARG));
}

/* RNDR never fails here: flags 0000. */
void system_mrs_random(struct a64 *t, const struct system_mrs_random *f)
{
    set_reg(t, 1, f->Rt, call_helper(t, HELPER_random, I64, NO_ARG, NO_ARG, NO_ARG, NO_ARG));
    put_packed(t, ir_const(t->ir, I32, 0));
}

void system_mrs_id(struct a64 *t, const struct system_mrs_id *f)
{
    uint64_t value;

    if (a64_read_id_register(t->model, 3, f->op1, f->CRn, f->CRm, f->op2, &value))
        set_reg(t, 1, f->Rt, ir_const(t->ir, I64, value));
    else
        a64_undefined(t);
}

/* ---- helpers ---- */

void a64_helper_set_fpcr(struct a64_state *s, uint32_t v) { a64_set_fpcr(s, v); }
void a64_helper_set_fpsr(struct a64_state *s, uint32_t v) { a64_set_fpsr(s, v); }
uint32_t a64_helper_get_fpsr(struct a64_state *s) { return a64_get_fpsr(s); }

/* CNTVCT_EL0: nanoseconds, as CNTFRQ_EL0 says. */
uint64_t a64_helper_counter(struct a64_state *s)
{
    struct timespec now;

    clock_gettime(CLOCK_MONOTONIC, &now);
    return (uint64_t)now.tv_sec * 1000000000 + (uint64_t)now.tv_nsec;
}

uint64_t a64_helper_random(struct a64_state *s)
{
    uint64_t v = 0;

    if (getrandom(&v, sizeof v, 0) != sizeof v)
        bug("the host's random numbers cannot be read");
    return v;
}

bool a64_system_decode(struct a64 *t, uint32_t insn)
{
    return system_decode(t, insn);
}

/*
 * int_data.c: data processing: AND..MVN in their immediate, register and
 * register-shifted forms, wide immediates and address arithmetic. Called by the
 * decoders. Source: ARM DDI 0406C A5.2.1-A5.2.3, A6.3.1, A6.3.3, A6.3.11.
 */
#include "frontend/arm/integer.h"

/* N and Z from a logical result, C from the shifter, V kept. */
static void set_flags_logic(struct a32 *t, ir_ref result, ir_ref carry)
{
    ir_ref old = get_nzcv(t);

    put_nzcv(t, carry.id ? ir_op3(t->ir, IR_flags_nzc, I32, result, carry, old)
                         : ir_op2(t->ir, IR_flags_nz, I32, result, old));
}

/* <op> as an addition of n and m or its like: the IR op, its flags, and whether operands are swapped. */
static const struct arithmetic { uint8_t op, flags, swap, with_carry; } arithmetic[17] = {
    [DP_sub] = {IR_sub, IR_flags_sub, 0, 0}, [DP_rsb] = {IR_sub, IR_flags_sub, 1, 0},
    [DP_add] = {IR_add, IR_flags_add, 0, 0}, [DP_adc] = {IR_adc, IR_flags_adc, 0, 1},
    [DP_sbc] = {IR_sbc, IR_flags_sbc, 0, 1}, [DP_rsc] = {IR_sbc, IR_flags_sbc, 1, 1},
    [DP_cmp] = {IR_nop, IR_flags_sub, 0, 0}, [DP_cmn] = {IR_nop, IR_flags_add, 0, 0},
};

/* Arithmetic. The flags op stands right behind its sum: the backend makes one instruction of the two. */
static void arith(struct a32 *t, const struct arithmetic *a, bool S, unsigned Rd, ir_ref n, ir_ref m)
{
    ir_ref carry = a->with_carry ? get_nzcv(t) : NO_ARG, result = NO_ARG, flags = NO_ARG;

    if (a->swap) {
        ir_ref swap = n;
        n = m;
        m = swap;
    }
    if (a->op != IR_nop)
        result = ir_op3(t->ir, a->op, I32, n, m, carry);
    if (S)
        flags = ir_op3(t->ir, a->flags, I32, n, m, carry);
    if (result.id)
        set_reg(t, Rd, result);
    if (S)
        put_nzcv(t, flags);
}

static ir_ref logic(struct a32 *t, enum dp op, ir_ref n, ir_ref m)
{
    struct ir_region *r = t->ir;

    switch (op) {
    case DP_tst:
    case DP_and: return ir_op2(r, IR_and, I32, n, m);
    case DP_teq:
    case DP_eor: return ir_op2(r, IR_xor, I32, n, m);
    case DP_orr: return ir_op2(r, IR_or, I32, n, m);
    case DP_orn: return ir_op2(r, IR_or, I32, n, ir_op1(r, IR_not, I32, m));
    case DP_bic: return ir_op2(r, IR_andn, I32, n, m);
    case DP_mvn: return ir_op1(r, IR_not, I32, m);
    default:     return m;
    }
}

static bool is_logic(enum dp op)
{
    return !arithmetic[op].flags;
}

static void data_op(struct a32 *t, enum dp op, bool S, unsigned Rd, unsigned Rn, struct shifted m)
{
    ir_ref n = op == DP_mov || op == DP_mvn ? NO_ARG : get_reg(t, Rn);
    ir_ref result;

    if (!is_logic(op)) {
        arith(t, &arithmetic[op], S, Rd, n, m.value);
        return;
    }
    result = logic(t, op, n, m.value);
    if (S)
        set_flags_logic(t, result, m.carry);
    if (op != DP_tst && op != DP_teq)
        set_reg(t, Rd, result);
}

/* <op>{S} <Rd>, <Rn>, #<const>: a constant that was rotated gives its bit 31 as carry. */
void a32_data_imm(struct a32 *t, const struct a32_data_imm *f)
{
    struct shifted m = {imm32(t, f->imm), {0}};

    if (f->S && f->rotated && is_logic(f->op))
        m.carry = imm32(t, f->imm >> 31);
    data_op(t, f->op, f->S, f->Rd, f->Rn, m);
}

/* <op>{S} <Rd>, <Rn>, <Rm>{, <shift> #imm} */
void a32_data_reg(struct a32 *t, const struct a32_data_reg *f)
{
    if (f->op == DP_mov && f->Rd == 15 && f->Rm == 14 && !f->S && !f->imm5 && !f->type) {
        jump_return(t, get_reg(t, 14));
        return;
    }
    data_op(t, f->op, f->S, f->Rd, f->Rn, shift_imm(t, get_reg(t, f->Rm), f->type, f->imm5, f->S && is_logic(f->op)));
}

/* <op>{S} <Rd>, <Rn>, <Rm>, <shift> <Rs> */
void a32_data_rsr(struct a32 *t, const struct a32_data_rsr *f)
{
    ir_ref m = get_reg(t, f->Rm), s = get_reg(t, f->Rs);

    data_op(t, f->op, f->S, f->Rd, f->Rn, shift_reg(t, m, f->type, s, f->S && is_logic(f->op)));
}

/* ADD, SUB of a plain constant, ADR: the pc counts from a word boundary. */
void a32_add_wide(struct a32 *t, const struct a32_add_wide *f)
{
    ir_ref n = f->Rn == 15 ? imm32(t, pc_value(t) & ~3u) : get_reg(t, f->Rn);

    set_reg(t, f->Rd, ir_op2i(t->ir, IR_add, I32, n, f->imm));
}

void a32_movw(struct a32 *t, const struct a32_movw *f)
{
    set_reg(t, f->Rd, imm32(t, f->imm));
}

void a32_movt(struct a32 *t, const struct a32_movt *f)
{
    ir_ref low = ir_op1(t->ir, IR_ext16u, I32, get_reg(t, f->Rd));

    set_reg(t, f->Rd, ir_op2i(t->ir, IR_or, I32, low, f->imm << 16));
}

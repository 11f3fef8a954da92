/*
 * int_shift.c: ARM's shifter: an operand shifted by an immediate or a register,
 * and its carry out. Called by data processing (int_data.c) and addressing
 * (int_mem.c). Source: ARM DDI 0406C A8.4.
 */
#include "frontend/arm/integer.h"

static ir_ref bit(struct a32 *t, ir_ref v, unsigned n)
{
    if (n)
        v = ir_op2i(t->ir, IR_shr, I32, v, n);
    return n == 31 ? v : ir_op2i(t->ir, IR_and, I32, v, 1);
}

static ir_ref rrx(struct a32 *t, ir_ref v)
{
    ir_ref top = ir_op2i(t->ir, IR_shl, I32, carry_flag(t), 31);

    return ir_op2(t->ir, IR_or, I32, ir_op2i(t->ir, IR_shr, I32, v, 1), top);
}

struct shifted shift_imm(struct a32 *t, ir_ref v, enum shift_type type, unsigned imm5, bool want_carry)
{
    static const enum ir_opcode op[] = {IR_shl, IR_shr, IR_sar, IR_ror};
    struct shifted s = {v, {0}};
    unsigned carry = type == SHIFT_LSL ? 32 - imm5 : imm5 ? imm5 - 1 : type == SHIFT_ROR ? 0 : 31;

    if (type == SHIFT_LSL && !imm5)
        return s;
    if (want_carry)
        s.carry = bit(t, v, carry);
    if (imm5)
        s.value = ir_op2i(t->ir, op[type], I32, v, imm5);
    else if (type == SHIFT_LSR)
        s.value = imm32(t, 0);
    else if (type == SHIFT_ASR)
        s.value = ir_op2i(t->ir, IR_sar, I32, v, 31);
    else
        s.value = rrx(t, v);
    return s;
}

/*
 * The carry out: the shift done on 64 bits with v in the half from which the
 * last bit shifted out lands beside it. By 0 the carry stays as it was. It is
 * apart from the value, because most often nobody looks at it.
 */
static ir_ref shift_reg_carry(struct a32 *t, ir_ref v, enum shift_type type, ir_ref count, ir_ref value)
{
    struct ir_region *r = t->ir;
    ir_ref wide, carry, count64 = zext(t, count);

    switch (type) {
    case SHIFT_LSL:
        wide = ir_op2(r, IR_shlz, I64, zext(t, v), count64);
        carry = ir_op2i(r, IR_and, I32, high_word(t, wide), 1);
        break;
    case SHIFT_LSR:
    case SHIFT_ASR:
        wide = ir_op2(r, IR_concat, I32, imm32(t, 0), v);
        wide = ir_op2(r, type == SHIFT_LSR ? IR_shrz : IR_sarz, I64, wide, count64);
        carry = bit(t, low_word(t, wide), 31);
        break;
    default:
        carry = bit(t, value, 31);
    }
    return ir_op3(r, IR_select, I32, count, carry, carry_flag(t));
}

/* The low byte of a register as a count; nothing to do when it is known to be one. */
static ir_ref count_byte(struct a32 *t, ir_ref amount, bool *below_32)
{
    const struct ir_op *o = ir_at(t->ir, amount);
    uint64_t mask = o->op == IR_and && ir_is_const(t->ir, o->arg[1]) ? ir_at(t->ir, o->arg[1])->imm : ~0ull;

    *below_32 = mask < 32;
    return mask <= 0xff ? amount : ir_op1(t->ir, IR_ext8u, I32, amount);
}

struct shifted shift_reg(struct a32 *t, ir_ref v, enum shift_type type, ir_ref amount, bool want_carry)
{
    static const enum ir_opcode op[][4] = {{IR_shlz, IR_shrz, IR_sarz, IR_ror}, {IR_shl, IR_shr, IR_sar, IR_ror}};
    bool small;
    ir_ref count = count_byte(t, amount, &small);
    struct shifted s = {ir_op2(t->ir, op[small][type], I32, v, count), {0}};

    if (want_carry)
        s.carry = shift_reg_carry(t, v, type, count, s.value);
    return s;
}

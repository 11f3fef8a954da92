/*
 * info.c: what ops.def says of each op, as a table.
 */
#include "ir/ir.h"

#define NARGS(operands) sizeof(operands) - 1

/*
 * The type is what n means in the row; where the row leaves no choice it is
 * that of the first operand, so that equal ops look equal. A row with t among
 * its operands has it in front, or T as its result.
 */
#define TYPE(result, operands) \
    (RES_##result == RES_T || (operands)[0] == 't' ? IR_NONE : RES_##result == RES_VEC ? V128 : \
     (operands)[0] == 'w' ? I32 : (operands)[0] == 'q' ? I64 : (operands)[0] == 'f' ? FLAGS : V128)
const struct ir_opinfo ir_info[IR_COUNT] = {
    [IR_nop] = {"nop", "", RES_NONE, 0, 0, IR_NONE},
    [IR_const] = {"const", "", RES_T, IR_PURE, 0, IR_NONE},
#define OP(name, result, operands, traits, value) [IR_##name] = {#name, operands, RES_##result, (traits) | IR_PURE, NARGS(operands), TYPE(result, operands)},
#define LANE(name, operands, traits, value)       [IR_##name] = {#name, operands, RES_VEC, (traits) | IR_PURE | IR_IS_LANE, NARGS(operands), V128},
#define VECTOR(name, result, operands)            [IR_##name] = {#name, operands, RES_##result, IR_PURE | IR_IS_VECTOR, NARGS(operands), TYPE(result, operands)},
#define FLOAT(name, result, operands)             [IR_##name] = {#name, operands, RES_##result, IR_IS_FLOAT, NARGS(operands), TYPE(result, operands)},
#define EFFECT(name, result, operands, traits)    [IR_##name] = {#name, operands, RES_##result, traits, NARGS(operands), IR_NONE},
#include "ir/ops.def"
#undef OP
#undef LANE
#undef VECTOR
#undef FLOAT
#undef EFFECT
};

_Static_assert(IR_COUNT <= 256, "an opcode is a byte in struct ir_op");

enum ir_type ir_operand_type(const struct ir_region *r, const struct ir_op *o, unsigned i)
{
    /* The two conversions whose operand is the other width. */
    if (o->op == IR_f32to64 || o->op == IR_f64to32)
        return o->op == IR_f32to64 ? F32 : F64;
    if (o->op == IR_call)
        return IR_NONE;
    switch (ir_info[o->op].operands[i]) {
    case 'w': return I32;
    case 'q': return I64;
    case 'f': return FLAGS;
    case 'v': return V128;
    case 'p': return r->pointer64 ? I64 : I32;
    default:  return (enum ir_type)o->type;
    }
}

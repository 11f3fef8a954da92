/*
 * info.c: what ops.def says of each op, as a table.
 */
#include "ir/ir.h"

const struct ir_opinfo ir_info[IR_COUNT] = {
    [IR_nop] = {"nop", "", RES_NONE, 0},
    [IR_const] = {"const", "", RES_T, IR_PURE},
#define OP(name, result, operands, traits, value) [IR_##name] = {#name, operands, RES_##result, (traits) | IR_PURE},
#define LANE(name, operands, traits, value)       [IR_##name] = {#name, operands, RES_VEC, (traits) | IR_PURE | IR_IS_LANE},
#define VECTOR(name, result, operands)            [IR_##name] = {#name, operands, RES_##result, IR_PURE | IR_IS_VECTOR},
#define FLOAT(name, result, operands)             [IR_##name] = {#name, operands, RES_##result, IR_IS_FLOAT},
#define EFFECT(name, result, operands, traits)    [IR_##name] = {#name, operands, RES_##result, traits},
#include "ir/ops.def"
#undef OP
#undef LANE
#undef VECTOR
#undef FLOAT
#undef EFFECT
};

_Static_assert(IR_COUNT <= 256, "an opcode is a byte in struct ir_op");

enum ir_type ir_type_of(const struct ir_region *r, ir_ref v)
{
    const struct ir_op *o = &r->ops[v.id];

    switch ((enum ir_result)ir_info[o->op].result) {
    case RES_NONE: return IR_NONE;
    case RES_T:    return (enum ir_type)o->type;
    case RES_W32:  return I32;
    case RES_W64:  return I64;
    case RES_FL:   return FLAGS;
    case RES_VEC:  return V128;
    }
    return IR_NONE;
}

/*
 * value.c: the value column of ops.def, made into a function.
 */
#include "ir/value.h"

bool ir_cond_holds(enum ir_cond cc, uint64_t flags)
{
    return holds(cc, flags);
}

uint64_t ir_value(enum ir_opcode op, unsigned n, uint64_t a, uint64_t b, uint64_t c, unsigned aux, uint64_t imm)
{
    uint64_t v = 0;

    switch (op) {
#define OP(name, result, operands, traits, value) case IR_##name: v = (uint64_t)(value); break;
#define LANE(name, operands, traits, value)       case IR_##name: v = (uint64_t)(value); break;
#define VECTOR(name, ...)                         case IR_##name:
#define FLOAT(name, ...)                          case IR_##name:
#define EFFECT(name, ...)                         case IR_##name:
#include "ir/ops.def"
#undef OP
#undef LANE
#undef VECTOR
#undef FLOAT
#undef EFFECT
    case IR_nop:
    case IR_const:
    case IR_COUNT:
        bug("ir_value: %s has no value", ir_info[op].name);
    }
    return v & ones(result_bits((enum ir_result)ir_info[op].result, n));
}

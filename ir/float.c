/*
 * float.c: which function of util/softfloat.h is the value of each FLOAT op.
 */
#include "ir/interp.h"
#include "util/util.h"

static uint64_t relation_flags(enum fp_relation r)
{
    switch (r) {
    case FP_LESS:      return 0x8000;
    case FP_EQUAL:     return 0x4100;
    case FP_GREATER:   return 0x0100;
    case FP_UNORDERED: break;
    }
    return 0x0101;
}

static enum fp_round rounding(unsigned aux, const struct fp_status *s)
{
    unsigned mode = aux & ~(unsigned)IR_EXACT;

    return mode >= IR_RCUR ? (enum fp_round)s->round : (enum fp_round)mode;
}

_Static_assert(IR_RN == (int)FP_RN && IR_RP == (int)FP_RP && IR_RM == (int)FP_RM && IR_RZ == (int)FP_RZ &&
               IR_RA == (int)FP_RA, "IR and softfloat number the rounding modes alike");

/* The ops that exist for either width look the same but for the functions' prefix. */
#define EITHER_WIDTH(w)                                                                              \
    static uint64_t float##w(enum ir_opcode op, uint64_t a, uint64_t b, uint64_t c, unsigned aux,    \
                             uint64_t imm, struct fp_status *s)                                      \
    {                                                                                                \
        unsigned fraction = (unsigned)imm;                                                           \
                                                                                                     \
        switch (op) {                                                                                \
        case IR_fadd:   return f##w##_add(a, b, s);                                                  \
        case IR_fsub:   return f##w##_sub(a, b, s);                                                  \
        case IR_fmul:   return f##w##_mul(a, b, s);                                                  \
        case IR_fdiv:   return f##w##_div(a, b, s);                                                  \
        case IR_fsqrt:  return f##w##_sqrt(a, s);                                                    \
        case IR_fma:    return f##w##_muladd(a, b, c, s);                                            \
        case IR_fmin:   return f##w##_min(a, b, s);                                                  \
        case IR_fmax:   return f##w##_max(a, b, s);                                                  \
        case IR_fminnm: return f##w##_minnm(a, b, s);                                                \
        case IR_fmaxnm: return f##w##_maxnm(a, b, s);                                                \
        case IR_fcmp:   return relation_flags(f##w##_compare(a, b, false, s));                       \
        case IR_fcmpe:  return relation_flags(f##w##_compare(a, b, true, s));                        \
        case IR_fround: return f##w##_round(a, rounding(aux, s), aux & IR_EXACT, s);                 \
        case IR_ftoi32: return (uint32_t)f##w##_to_int(a, 32, rounding(aux, s), fraction, s);        \
        case IR_ftou32: return (uint32_t)f##w##_to_uint(a, 32, rounding(aux, s), fraction, s);       \
        case IR_ftoi64: return (uint64_t)f##w##_to_int(a, 64, rounding(aux, s), fraction, s);        \
        case IR_ftou64: return f##w##_to_uint(a, 64, rounding(aux, s), fraction, s);                 \
        case IR_i32tof: return f##w##_from_int((int32_t)a, fraction, s);                             \
        case IR_u32tof: return f##w##_from_uint((uint32_t)a, fraction, s);                           \
        case IR_i64tof: return f##w##_from_int((int64_t)a, fraction, s);                             \
        case IR_u64tof: return f##w##_from_uint(a, fraction, s);                                     \
        default:        bug("ir_float: %s has no value", ir_info[op].name);                          \
        }                                                                                            \
    }
EITHER_WIDTH(32)
EITHER_WIDTH(64)
#undef EITHER_WIDTH

uint64_t ir_float(enum ir_opcode op, enum ir_type type, uint64_t a, uint64_t b, uint64_t c, unsigned aux, uint64_t imm,
                  struct fp_status *s)
{
    bool alternative = aux & 1;

    switch (op) {
    case IR_f32to64: return f32_to_f64((uint32_t)a, s);
    case IR_f64to32: return f64_to_f32(a, s);
    case IR_f16to32: return f16_to_f32((uint16_t)a, alternative, s);
    case IR_f16to64: return f16_to_f64((uint16_t)a, alternative, s);
    case IR_f32to16: return f32_to_f16((uint32_t)a, alternative, s);
    case IR_f64to16: return f64_to_f16(a, alternative, s);
    default:         break;
    }
    return type == F32 ? float32(op, a, b, c, aux, imm, s) : float64(op, a, b, c, aux, imm, s);
}

/* ---- lanes of f32 under fixed modes ---- */

static uint32_t truth(uint32_t a, uint32_t b, bool or_equal, struct fp_status *s)
{
    enum fp_relation r = f32_compare(a, b, true, s);

    return r == FP_GREATER || (or_equal && r == FP_EQUAL) ? ~0u : 0;
}

static uint32_t float_lane(enum ir_opcode op, uint32_t a, uint32_t b, uint32_t c, struct fp_status *s)
{
    switch (op) {
    case IR_vfadd:    return f32_add(a, b, s);
    case IR_vfsub:    return f32_sub(a, b, s);
    case IR_vfmul:    return f32_mul(a, b, s);
    case IR_vfma:     return f32_muladd(a, b, c, s);
    case IR_vfmin:    return f32_min(a, b, s);
    case IR_vfmax:    return f32_max(a, b, s);
    case IR_vfceq:    return f32_compare(a, b, false, s) == FP_EQUAL ? ~0u : 0;
    case IR_vfcge:    return truth(a, b, true, s);
    case IR_vfcgt:    return truth(a, b, false, s);
    case IR_vfrecps:  return f32_recip_step(a, b, s);
    case IR_vfrsqrts: return f32_rsqrt_step(a, b, s);
    case IR_vftos:    return (uint32_t)f32_to_int(a, 32, FP_RZ, 0, s);
    case IR_vftou:    return (uint32_t)f32_to_uint(a, 32, FP_RZ, 0, s);
    case IR_vstof:    return f32_from_int((int32_t)a, 0, s);
    case IR_vutof:    return f32_from_uint(a, 0, s);
    default:          bug("ir_vfloat: %s has no value", ir_info[op].name);
    }
}

v128 ir_vfloat(enum ir_opcode op, v128 a, v128 b, v128 c, struct fp_status *s)
{
    struct fp_status fixed = {.round = FP_RN, .nan_rule = s->nan_rule, .default_nan = true, .flush_inputs = true, .flush_outputs = true};
    v128 r;

    r.lo = float_lane(op, (uint32_t)a.lo, (uint32_t)b.lo, (uint32_t)c.lo, &fixed);
    r.lo |= (uint64_t)float_lane(op, a.lo >> 32, b.lo >> 32, c.lo >> 32, &fixed) << 32;
    r.hi = float_lane(op, (uint32_t)a.hi, (uint32_t)b.hi, (uint32_t)c.hi, &fixed);
    r.hi |= (uint64_t)float_lane(op, a.hi >> 32, b.hi >> 32, c.hi >> 32, &fixed) << 32;
    s->flags |= fixed.flags;
    return r;
}

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

/* ---- lanes of v128 ---- */

static bool above(enum fp_relation r, bool or_equal) { return r == FP_GREATER || (or_equal && r == FP_EQUAL); }

/* T: the lanes' integer type. The steps round twice under the standard modes. */
#define LANE_WIDTH(w, T)                                                                                                      \
    static T lane##w(enum ir_opcode op, T a, T b, T c, bool std, unsigned imm, struct fp_status *s)                           \
    {                                                                                                                         \
        switch (op) {                                                                                                         \
        case IR_vfadd:    return f##w##_add(a, b, s);                                                                         \
        case IR_vfsub:    return f##w##_sub(a, b, s);                                                                         \
        case IR_vfmul:    return f##w##_mul(a, b, s);                                                                         \
        case IR_vfdiv:    return f##w##_div(a, b, s);                                                                         \
        case IR_vfsqrt:   return f##w##_sqrt(a, s);                                                                           \
        case IR_vfma:     return f##w##_muladd(a, b, c, s);                                                                   \
        case IR_vfmin:    return f##w##_min(a, b, s);                                                                         \
        case IR_vfmax:    return f##w##_max(a, b, s);                                                                         \
        case IR_vfminnm:  return f##w##_minnm(a, b, s);                                                                       \
        case IR_vfmaxnm:  return f##w##_maxnm(a, b, s);                                                                       \
        case IR_vfceq:    return f##w##_compare(a, b, false, s) == FP_EQUAL ? (T)~(T)0 : 0;                                   \
        case IR_vfcge:    return above(f##w##_compare(a, b, true, s), true) ? (T)~(T)0 : 0;                                   \
        case IR_vfcgt:    return above(f##w##_compare(a, b, true, s), false) ? (T)~(T)0 : 0;                                  \
        case IR_vfrecps:  return std ? f##w##_recip_step(a, b, s) : f##w##_recip_step_fused(a, b, s);                         \
        case IR_vfrsqrts: return std ? f##w##_rsqrt_step(a, b, s) : f##w##_rsqrt_step_fused(a, b, s);                         \
        case IR_vftos:    return (T)f##w##_to_int(a, w, FP_RZ, 0, s);                                                         \
        case IR_vftou:    return (T)f##w##_to_uint(a, w, FP_RZ, 0, s);                                                        \
        case IR_vstof:    return f##w##_from_int((int##w##_t)a, 0, s);                                                        \
        case IR_vutof:    return f##w##_from_uint(a, 0, s);                                                                   \
        case IR_vfround:  return f##w##_round(a, rounding(imm, s), imm & IR_EXACT, s);                                        \
        default:          bug("ir_vfloat: %s has no value", ir_info[op].name);                                                \
        }                                                                                                                     \
    }
LANE_WIDTH(16, uint16_t)
LANE_WIDTH(32, uint32_t)
LANE_WIDTH(64, uint64_t)
#undef LANE_WIDTH

/* 64 bits of lanes. */
static uint64_t half_lanes(enum ir_opcode op, uint64_t a, uint64_t b, uint64_t c, unsigned aux, unsigned imm, struct fp_status *s)
{
    unsigned width = aux & IR_LANE_BITS;
    uint64_t r = 0;

    if (width == 64)
        return lane64(op, a, b, c, aux & IR_STD, imm, s);
    for (unsigned at = 0; at < 64; at += width)
        r |= width == 32 ? (uint64_t)lane32(op, (uint32_t)(a >> at), (uint32_t)(b >> at), (uint32_t)(c >> at), aux & IR_STD, imm, s) << at
                         : (uint64_t)lane16(op, (uint16_t)(a >> at), (uint16_t)(b >> at), (uint16_t)(c >> at), aux & IR_STD, imm, s) << at;
    return r;
}

v128 ir_vfloat(enum ir_opcode op, v128 a, v128 b, v128 c, unsigned aux, uint64_t imm, struct fp_status *s)
{
    struct fp_status fixed = {.round = FP_RN, .nan_rule = s->nan_rule, .default_nan = true, .flush_inputs = true, .flush_outputs = true};
    struct fp_status *modes = aux & IR_STD ? &fixed : s;
    v128 r;

    switch (op) {
    case IR_vfwiden:
        r.lo = f32_to_f64((uint32_t)a.lo, s);
        r.hi = f32_to_f64((uint32_t)(a.lo >> 32), s);
        return r;
    case IR_vfnarrow:
        r.lo = f64_to_f32(a.lo, s);
        r.lo |= (uint64_t)f64_to_f32(a.hi, s) << 32;
        r.hi = 0;
        return r;
    default:
        r.lo = half_lanes(op, a.lo, b.lo, c.lo, aux, (unsigned)imm, modes);
        r.hi = half_lanes(op, a.hi, b.hi, c.hi, aux, (unsigned)imm, modes);
    }
    if (modes == &fixed)
        s->flags |= fixed.flags;
    return r;
}

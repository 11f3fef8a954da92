/*
 * softfloat.h: IEEE 754 binary16/32/64 arithmetic by integers, exact for every
 * input, with the guest's choice of NaN and denormal rules. The reference for
 * the IR's FLOAT ops, what stands behind the host FPU's traps, and the engine
 * of rare modes.
 */
#ifndef UTIL_SOFTFLOAT_H
#define UTIL_SOFTFLOAT_H

#include <stdbool.h>
#include <stdint.h>

enum fp_round { FP_RN, FP_RP, FP_RM, FP_RZ, FP_RA /* ties away from zero */ };
/* Numbered as ARM's FPSCR cumulative bits: IOC 0 DZC 1 OFC 2 UFC 3 IXC 4 IDC 7. */
enum fp_flag { FP_INVALID = 1, FP_DIVZERO = 2, FP_OVERFLOW = 4, FP_UNDERFLOW = 8, FP_INEXACT = 16, FP_DENORMAL = 128 };
enum fp_nan_rule { FP_NAN_ARM /* SNaN first, then operand order; addend first in fma */,
                   FP_NAN_X87_FIRST, FP_NAN_PPC, FP_NAN_MIPS };

struct fp_status {
    uint8_t round;        /* enum fp_round */
    uint8_t nan_rule;
    bool default_nan;     /* results that are NaN are the default NaN */
    bool flush_inputs, flush_outputs; /* denormals to zero (ARM FZ: both; sets FP_DENORMAL / FP_UNDERFLOW) */
    bool flush16;         /* FZ16: the same for binary16 */
    bool tiny_after;      /* tininess detected after rounding (MIPS); ARM and PPC: before */
    bool negative_nan;    /* default NaN has its sign set */
    uint8_t flags;        /* sticky, enum fp_flag */
};

enum fp_relation { FP_LESS, FP_EQUAL, FP_GREATER, FP_UNORDERED };

#define FP_FUNCTIONS(w, T)                                                                                \
    T f##w##_add(T a, T b, struct fp_status *s);                                                          \
    T f##w##_sub(T a, T b, struct fp_status *s);                                                          \
    T f##w##_mul(T a, T b, struct fp_status *s);                                                          \
    T f##w##_div(T a, T b, struct fp_status *s);                                                          \
    T f##w##_sqrt(T a, struct fp_status *s);                                                              \
    T f##w##_muladd(T a, T b, T c, struct fp_status *s);     /* a * b + c */                              \
    T f##w##_min(T a, T b, struct fp_status *s);                                                          \
    T f##w##_max(T a, T b, struct fp_status *s);                                                          \
    T f##w##_minnm(T a, T b, struct fp_status *s);                                                        \
    T f##w##_maxnm(T a, T b, struct fp_status *s);                                                        \
    enum fp_relation f##w##_compare(T a, T b, bool signal_quiet, struct fp_status *s);                    \
    T f##w##_round(T a, enum fp_round mode, bool exact, struct fp_status *s);                             \
    /* to integer of `bits` (1..64), saturating, NaN -> 0, value scaled by 2^fraction first */            \
    int64_t f##w##_to_int(T a, unsigned bits, enum fp_round mode, unsigned fraction, struct fp_status *s); \
    uint64_t f##w##_to_uint(T a, unsigned bits, enum fp_round mode, unsigned fraction, struct fp_status *s); \
    T f##w##_from_int(int64_t a, unsigned fraction, struct fp_status *s);                                 \
    T f##w##_from_uint(uint64_t a, unsigned fraction, struct fp_status *s);                               \
    /* ARM's VRECPE VRSQRTE and the step instructions */                                                  \
    T f##w##_recip_estimate(T a, struct fp_status *s);                                                    \
    T f##w##_rsqrt_estimate(T a, struct fp_status *s);                                                    \
    T f##w##_recip_step(T a, T b, struct fp_status *s);      /* 2 - a*b, A32: not fused */                \
    T f##w##_rsqrt_step(T a, T b, struct fp_status *s);      /* (3 - a*b) / 2, A32: not fused */          \
    T f##w##_recip_step_fused(T a, T b, struct fp_status *s);  /* A64: negate, fused */                   \
    T f##w##_rsqrt_step_fused(T a, T b, struct fp_status *s);
FP_FUNCTIONS(16, uint16_t)
FP_FUNCTIONS(32, uint32_t)
FP_FUNCTIONS(64, uint64_t)
#undef FP_FUNCTIONS

/* Conversions between widths. alternative: ARM's AHP half precision (no infinities, no NaNs). */
uint64_t f32_to_f64(uint32_t a, struct fp_status *s);
uint32_t f64_to_f32(uint64_t a, struct fp_status *s);
uint32_t f16_to_f32(uint16_t a, bool alternative, struct fp_status *s);
uint64_t f16_to_f64(uint16_t a, bool alternative, struct fp_status *s);
uint16_t f32_to_f16(uint32_t a, bool alternative, struct fp_status *s);
uint16_t f64_to_f16(uint64_t a, bool alternative, struct fp_status *s);
/* ARM's URECPE URSQRTE on 32-bit unsigned fixed point. */
uint32_t u32_recip_estimate(uint32_t a);
uint32_t u32_rsqrt_estimate(uint32_t a);

#endif

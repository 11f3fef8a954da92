/*
 * softfloat_estimate.c: ARM's reciprocal and reciprocal square root estimates
 * and the steps that refine them, to the last bit: DDI 0487 RecipEstimate,
 * RecipSqrtEstimate, FPRecipEstimate, FPRSqrtEstimate, FPRecipStep(Fused),
 * FPRSqrtStep(Fused). DDI 0406C A2.7 has the same for binary32.
 */
#include "util/softfloat_parts.h"

/* 2^17 / (a + 1/2) for a in units of 1/512 from 1/2 to 1: 9 bits, 256..511. */
static unsigned recip_table(unsigned a)
{
    return ((1u << 19) / (a * 2 + 1) + 1) / 2;
}

/* Reciprocal square root of a (128..511, units of 1/512, 1/4 to 1), 256..511: the manual's search, by bisection. */
static unsigned rsqrt_table(unsigned a)
{
    unsigned b = 512;

    a = a < 256 ? a * 2 + 1 : (a & ~1u) * 2 + 2;
    for (unsigned step = 256; step; step >>= 1) /* the largest b with a * b^2 < 2^28 */
        if ((uint64_t)a * (b + step) * (b + step) < 1u << 28)
            b += step;
    return (b + 1) / 2;
}

/* A table value as the top bits of a parts fraction: bit 8 is the leading one. */
static struct parts estimate(bool sign, int exp, unsigned value)
{
    return (struct parts){P_NUMBER, sign, exp, (uint64_t)value << (POINT - 8)};
}

ALWAYS_INLINE uint64_t recip_estimate(const struct format *f, uint64_t v, struct fp_status *s)
{
    struct parts p = unpack(f, v, s), r = p;

    if (is_nan(&p)) {
        r = quieted(&p, s);
    } else if (p.class == P_INF) {
        r.class = P_ZERO;
    } else if (p.class == P_ZERO) {
        raise(s, FP_DIVZERO);
        r.class = P_INF;
    } else if (p.exp < -bias(f) - 1) { /* 1 / x is beyond the largest number */
        return overflow(f, p.sign, s->round, s);
    } else if (p.exp >= bias(f) - 1 && flushes_output(f, s)) {
        raise(s, FP_UNDERFLOW);
        r.class = P_ZERO;
    } else {
        r = estimate(p.sign, -1 - p.exp, recip_table((unsigned)(p.frac >> (POINT - 8))));
        /* The estimate is made without rounding: a denormal one is cut off and raises nothing. */
        if (r.exp < 1 - bias(f)) {
            uint64_t frac = r.frac >> (1 - bias(f) - r.exp) >> (POINT - f->frac_bits);
            return (p.sign ? sign_bit(f) : 0) | frac;
        }
    }
    return round_pack(f, &r, s);
}

ALWAYS_INLINE uint64_t rsqrt_estimate(const struct format *f, uint64_t v, struct fp_status *s)
{
    struct parts p = unpack(f, v, s), r = p;

    if (is_nan(&p)) {
        r = quieted(&p, s);
    } else if (p.class == P_ZERO) {
        raise(s, FP_DIVZERO);
        r.class = P_INF;
    } else if (p.sign) {
        r = invalid(s);
    } else if (p.class == P_INF) {
        r.class = P_ZERO;
    } else { /* the operand as a fraction of [1/4, 1) times an even power of two */
        unsigned odd = p.exp & 1, top = (unsigned)(p.frac >> (POINT - 8));
        r = estimate(false, (-1 - p.exp - !odd) / 2, rsqrt_table(odd ? top : top >> 1));
    }
    return round_pack(f, &r, s);
}

uint32_t u32_recip_estimate(uint32_t a)
{
    return a >> 31 ? recip_table(a >> 23) << 23 : ~0u;
}

uint32_t u32_rsqrt_estimate(uint32_t a)
{
    return a >> 30 ? rsqrt_table(a >> 23) << 23 : ~0u;
}

/* ---- steps: (k - a * b) / 2^halve ---- */

static inline bool is_inf_times_zero(const struct parts *a, const struct parts *b)
{
    return (a->class == P_INF && b->class == P_ZERO) || (a->class == P_ZERO && b->class == P_INF);
}

/* 2 or 3 */
static inline struct parts small_integer(unsigned k)
{
    return (struct parts){P_NUMBER, false, 1, (uint64_t)k << (POINT - 1)};
}

/* A32: the product is rounded for itself; infinity times zero counts as zero. */
ALWAYS_INLINE uint64_t step(const struct format *f, uint64_t a, uint64_t b, unsigned k, int halve, struct fp_status *s)
{
    struct parts x = unpack(f, a, s), y = unpack(f, b, s), constant = small_integer(k), r;

    if (is_nan(&x) || is_nan(&y)) {
        r = softfloat_nan2(&x, &y, s);
        return round_pack(f, &r, s);
    }
    if (is_inf_times_zero(&x, &y)) {
        r = (struct parts){P_ZERO, true, 0, 0};
    } else {
        r = softfloat_mul(&x, &y, s);
        r = unpack(f, round_pack(f, &r, s), s);
        r.sign = !r.sign;
    }
    r = softfloat_add(&constant, &r, s);
    r.exp -= halve;
    return round_pack(f, &r, s);
}

/* A64: rounded once; the first operand is negated before NaNs are looked at. */
ALWAYS_INLINE uint64_t step_fused(const struct format *f, uint64_t a, uint64_t b, unsigned k, int halve, struct fp_status *s)
{
    struct parts x = unpack(f, a ^ sign_bit(f), s), y = unpack(f, b, s), constant = small_integer(k), r;

    if (is_nan(&x) || is_nan(&y)) {
        r = softfloat_nan2(&x, &y, s);
    } else if (is_inf_times_zero(&x, &y)) {
        r = constant;
        r.exp -= halve;
    } else {
        r = softfloat_muladd(&x, &y, &constant, -halve, s);
    }
    return round_pack(f, &r, s);
}

#define ESTIMATES(w, T)                                                                                                   \
    T f##w##_recip_estimate(T a, struct fp_status *s) { return (T)recip_estimate(&format##w, a, s); }                     \
    T f##w##_rsqrt_estimate(T a, struct fp_status *s) { return (T)rsqrt_estimate(&format##w, a, s); }                     \
    T f##w##_recip_step(T a, T b, struct fp_status *s) { return (T)step(&format##w, a, b, 2, 0, s); }                     \
    T f##w##_rsqrt_step(T a, T b, struct fp_status *s) { return (T)step(&format##w, a, b, 3, 1, s); }                     \
    T f##w##_recip_step_fused(T a, T b, struct fp_status *s) { return (T)step_fused(&format##w, a, b, 2, 0, s); }         \
    T f##w##_rsqrt_step_fused(T a, T b, struct fp_status *s) { return (T)step_fused(&format##w, a, b, 3, 1, s); }
ESTIMATES(16, uint16_t)
ESTIMATES(32, uint32_t)
ESTIMATES(64, uint64_t)

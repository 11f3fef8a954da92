/*
 * softfloat_convert.c: to integral values, to and from integers, and from one
 * width to another. Rules: DDI 0487 FPRoundInt, FPToFixed, FixedToFP, FPConvert.
 */
#include "util/softfloat_parts.h"

/* ---- to integers ---- */

/* Magnitude of p rounded to an integer; *inexact: something was lost. p is a number below 2^64. */
static uint64_t to_magnitude(const struct parts *p, enum fp_round mode, bool *inexact)
{
    int drop = POINT - p->exp;
    uint64_t frac = p->frac, lost;

    *inexact = false;
    if (drop <= 0)
        return frac << -drop;
    if (drop > POINT) { /* below 1: as a half, or what is more or less than one */
        frac = shift_right_sticky(frac, (unsigned)(drop - POINT));
        drop = POINT;
    }
    frac = round_off(frac, (unsigned)drop, mode, p->sign, &lost);
    *inexact = lost;
    return frac;
}

ALWAYS_INLINE uint64_t round_integral(const struct format *f, uint64_t v, enum fp_round mode, bool exact, struct fp_status *s)
{
    struct parts p = unpack(f, v, s), r;
    bool inexact;

    if (is_nan(&p)) {
        r = quieted(&p, s);
        return round_pack(f, &r, s);
    }
    if (p.class != P_NUMBER || p.exp >= (int)f->frac_bits)
        return round_pack(f, &p, s);
    uint64_t n = to_magnitude(&p, mode, &inexact);
    if (exact && inexact)
        raise(s, FP_INEXACT);
    r = n ? normalized(p.sign, POINT, n) : (struct parts){P_ZERO, p.sign, 0, 0};
    return round_pack(f, &r, s);
}

/* max, min: greatest magnitudes of a positive and a negative result. */
static uint64_t to_integer(const struct parts *p, enum fp_round mode, unsigned fraction, uint64_t max, uint64_t min, struct fp_status *s)
{
    struct parts scaled = *p;
    bool inexact = false;
    uint64_t n = 0, limit = p->sign ? min : max;

    if (is_nan(p)) {
        raise(s, FP_INVALID);
        return 0;
    }
    scaled.exp += (int)fraction;
    bool big = p->class == P_INF || (p->class == P_NUMBER && scaled.exp > 63);
    if (p->class == P_NUMBER && !big)
        n = to_magnitude(&scaled, mode, &inexact);
    if (big || n > limit) {
        raise(s, FP_INVALID);
        n = limit;
    } else if (inexact) {
        raise(s, FP_INEXACT);
    }
    return p->sign ? -n : n;
}

/* ---- from integers ---- */

static struct parts from_integer(bool sign, uint64_t magnitude, unsigned fraction)
{
    if (!magnitude)
        return (struct parts){P_ZERO, false, 0, 0};
    return normalized(sign, POINT - (int)fraction, magnitude);
}

#define INTEGERS(w, T)                                                                                                    \
    T f##w##_round(T a, enum fp_round mode, bool exact, struct fp_status *s)                                              \
    {                                                                                                                     \
        return (T)round_integral(&format##w, a, mode, exact, s);                                                          \
    }                                                                                                                     \
    int64_t f##w##_to_int(T a, unsigned bits, enum fp_round mode, unsigned fraction, struct fp_status *s)                 \
    {                                                                                                                     \
        struct parts x = unpack(&format##w, a, s);                                                                        \
        return (int64_t)to_integer(&x, mode, fraction, ones(bits - 1), 1ull << (bits - 1), s);                            \
    }                                                                                                                     \
    uint64_t f##w##_to_uint(T a, unsigned bits, enum fp_round mode, unsigned fraction, struct fp_status *s)               \
    {                                                                                                                     \
        struct parts x = unpack(&format##w, a, s);                                                                        \
        return to_integer(&x, mode, fraction, ones(bits), 0, s);                                                          \
    }                                                                                                                     \
    T f##w##_from_int(int64_t a, unsigned fraction, struct fp_status *s)                                                  \
    {                                                                                                                     \
        struct parts r = from_integer(a < 0, a < 0 ? -(uint64_t)a : (uint64_t)a, fraction);                               \
        return (T)round_pack(&format##w, &r, s);                                                                          \
    }                                                                                                                     \
    T f##w##_from_uint(uint64_t a, unsigned fraction, struct fp_status *s)                                                \
    {                                                                                                                     \
        struct parts r = from_integer(false, a, fraction);                                                                \
        return (T)round_pack(&format##w, &r, s);                                                                          \
    }
INTEGERS(16, uint16_t)
INTEGERS(32, uint32_t)
INTEGERS(64, uint64_t)

/* ---- between widths ---- */

ALWAYS_INLINE uint64_t convert(const struct format *from, const struct format *to, uint64_t a, struct fp_status *s)
{
    struct parts p = unpack(from, a, s);

    if (to->alternative && p.class >= P_INF) { /* has neither: infinity becomes the largest number, a NaN zero */
        raise(s, FP_INVALID);
        return (p.sign ? sign_bit(to) : 0) | (p.class == P_INF ? sign_bit(to) - 1 : 0);
    }
    if (is_nan(&p))
        p = quieted(&p, s);
    return round_pack(to, &p, s);
}

uint64_t f32_to_f64(uint32_t a, struct fp_status *s) { return convert(&format32, &format64, a, s); }
uint32_t f64_to_f32(uint64_t a, struct fp_status *s) { return (uint32_t)convert(&format64, &format32, a, s); }

uint32_t f16_to_f32(uint16_t a, bool alternative, struct fp_status *s)
{
    return (uint32_t)(alternative ? convert(&format16_alt, &format32, a, s) : convert(&format16_cv, &format32, a, s));
}

uint64_t f16_to_f64(uint16_t a, bool alternative, struct fp_status *s)
{
    return alternative ? convert(&format16_alt, &format64, a, s) : convert(&format16_cv, &format64, a, s);
}

uint16_t f32_to_f16(uint32_t a, bool alternative, struct fp_status *s)
{
    return (uint16_t)(alternative ? convert(&format32, &format16_alt, a, s) : convert(&format32, &format16_cv, a, s));
}

uint16_t f64_to_f16(uint64_t a, bool alternative, struct fp_status *s)
{
    return (uint16_t)(alternative ? convert(&format64, &format16_alt, a, s) : convert(&format64, &format16_cv, a, s));
}

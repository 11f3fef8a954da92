/*
 * softfloat_parts.h: how softfloat*.c see a number: taken apart, worked on at
 * one width for all formats, rounded and put together again. Only they include
 * this. Rules: IEEE 754-2008; where it leaves a choice, ARM DDI 0406C A2.7 and
 * DDI 0487 (FPUnpack, FPRound, FPProcessNaNs) unless fp_status says otherwise.
 */
#ifndef UTIL_SOFTFLOAT_PARTS_H
#define UTIL_SOFTFLOAT_PARTS_H

#include "util/softfloat.h"
#include "util/util.h"

#define ALWAYS_INLINE static inline __attribute__((always_inline))
typedef unsigned __int128 u128;

/*
 * A format's widths. Whether fp_status asks for denormals to be flushed is a
 * matter of the format too: binary16 has a bit of its own, and is never flushed
 * when it is only converted from or to.
 */
struct format {
    unsigned exp_bits, frac_bits;
    enum { FLUSH, FLUSH_16, FLUSH_NEVER } flush;
    bool alternative; /* no infinities and NaNs: the top exponent is one more binade */
};
static const struct format format16 = {5, 10, FLUSH_16, false};
static const struct format format32 = {8, 23, FLUSH, false};
static const struct format format64 = {11, 52, FLUSH, false};
static const struct format format16_cv = {5, 10, FLUSH_NEVER, false};
static const struct format format16_alt = {5, 10, FLUSH_NEVER, true};

enum parts_class { P_ZERO, P_NUMBER, P_INF, P_QNAN, P_SNAN };

/*
 * P_NUMBER: frac * 2^(exp - 62), leading one in bit 62; a set bit 0 may stand
 * for anything nonzero below it (sticky). NaNs: payload below bit 62, its top
 * bit (quiet or signalling) in bit 61.
 */
#define POINT 62
struct parts {
    uint8_t class;
    bool sign;
    int exp;
    uint64_t frac;
};

ALWAYS_INLINE int bias(const struct format *f) { return (1 << (f->exp_bits - 1)) - 1; }
ALWAYS_INLINE uint64_t top_exp(const struct format *f) { return ones(f->exp_bits); }
ALWAYS_INLINE uint64_t sign_bit(const struct format *f) { return 1ull << (f->exp_bits + f->frac_bits); }
ALWAYS_INLINE uint64_t inf_bits(const struct format *f) { return top_exp(f) << f->frac_bits; }
ALWAYS_INLINE bool is_nan(const struct parts *p) { return p->class >= P_QNAN; }
ALWAYS_INLINE void raise(struct fp_status *s, unsigned flags) { s->flags |= flags; }

ALWAYS_INLINE bool flushes_input(const struct format *f, const struct fp_status *s)
{
    return f->flush == FLUSH ? s->flush_inputs : f->flush == FLUSH_16 && s->flush16;
}

ALWAYS_INLINE bool flushes_output(const struct format *f, const struct fp_status *s)
{
    return f->flush == FLUSH ? s->flush_outputs : f->flush == FLUSH_16 && s->flush16;
}

/* v / 2^n, with everything that is lost kept as a one in bit 0. */
ALWAYS_INLINE uint64_t shift_right_sticky(uint64_t v, unsigned n)
{
    if (n > 63)
        return v != 0;
    return v >> n | ((v & ones(n)) != 0);
}

ALWAYS_INLINE u128 shift_right_sticky128(u128 v, unsigned n)
{
    if (n > 127)
        return v != 0;
    return v >> n | ((v & (((u128)1 << n) - 1)) != 0);
}

/* Brings frac != 0, its point at bit 62, to a leading one there. */
ALWAYS_INLINE struct parts normalized(bool sign, int exp, uint64_t frac)
{
    if (frac >> 63)
        return (struct parts){P_NUMBER, sign, exp + 1, frac >> 1 | (frac & 1)};
    unsigned n = (unsigned)__builtin_clzll(frac) - 1;
    return (struct parts){P_NUMBER, sign, exp - (int)n, frac << n};
}

ALWAYS_INLINE struct parts unpack(const struct format *f, uint64_t v, struct fp_status *s)
{
    unsigned up = POINT - f->frac_bits;
    uint64_t e = v >> f->frac_bits & top_exp(f);
    uint64_t frac = (v & ones(f->frac_bits)) << up;
    bool sign = v & sign_bit(f);

    if (e - 1 < top_exp(f) - 1 || (f->alternative && e))
        return (struct parts){P_NUMBER, sign, (int)e - bias(f), frac | 1ull << POINT};
    if (e) {
        bool top = frac >> (POINT - 1);
        bool quiet = top != (s->nan_rule == FP_NAN_MIPS);
        return (struct parts){!frac ? P_INF : quiet ? P_QNAN : P_SNAN, sign, 0, frac};
    }
    if (frac && flushes_input(f, s)) {
        if (f->flush == FLUSH) /* DDI 0487 FPUnpackBase: a flushed half is not reported */
            raise(s, FP_DENORMAL);
        frac = 0;
    }
    return frac ? normalized(sign, 1 - bias(f), frac) : (struct parts){P_ZERO, sign, 0, 0};
}

/* What rounding adds to a magnitude whose bits below `unit` (a power of two) go away. */
ALWAYS_INLINE uint64_t round_increment(enum fp_round mode, bool sign, uint64_t unit)
{
    switch (mode) {
    case FP_RN: case FP_RA: return unit >> 1;
    case FP_RP: return sign ? 0 : unit - 1;
    case FP_RM: return sign ? unit - 1 : 0;
    case FP_RZ: break;
    }
    return 0;
}

/* frac rounded to a multiple of 2^n and divided by it; *lost is what went away. frac < 2^63, n < 63. */
ALWAYS_INLINE uint64_t round_off(uint64_t frac, unsigned n, enum fp_round mode, bool sign, uint64_t *lost)
{
    uint64_t unit = 1ull << n, q = (frac + round_increment(mode, sign, unit)) >> n;

    *lost = frac & (unit - 1);
    if (mode == FP_RN && *lost == unit >> 1)
        q &= ~1ull; /* a tie goes to even */
    return q;
}

/* Infinity, or the largest number where the mode rounds towards it. */
ALWAYS_INLINE uint64_t overflow(const struct format *f, bool sign, enum fp_round mode, struct fp_status *s)
{
    bool to_inf = mode == FP_RN || mode == FP_RA || mode == (sign ? FP_RM : FP_RP);

    raise(s, FP_OVERFLOW | FP_INEXACT);
    return (sign ? sign_bit(f) : 0) | (to_inf ? inf_bits(f) : inf_bits(f) - 1);
}

ALWAYS_INLINE uint64_t round_pack_number(const struct format *f, const struct parts *p, struct fp_status *s)
{
    enum fp_round mode = s->round;
    unsigned drop = POINT - f->frac_bits;
    uint64_t frac = p->frac, lost, sign = p->sign ? sign_bit(f) : 0;
    int e = p->exp + bias(f);
    bool tiny = e < 1;

    if (tiny) {
        if (flushes_output(f, s)) {
            raise(s, FP_UNDERFLOW);
            return sign;
        }
        if (s->tiny_after && e == 0) /* not tiny when rounding at full precision carries it to the smallest normal */
            tiny = round_off(frac, drop, mode, p->sign, &lost) < 2ull << f->frac_bits;
        frac = shift_right_sticky(frac, (unsigned)(1 - e));
        e = 1;
    }
    /* The leading one of a normal number adds 1 to the exponent field; a denormal has none. */
    uint64_t q = round_off(frac, drop, mode, p->sign, &lost);
    if (f->alternative) {
        if (e > (int)top_exp(f) || q + ((uint64_t)(e - 1) << f->frac_bits) >= sign_bit(f)) {
            raise(s, FP_INVALID);
            return sign | (sign_bit(f) - 1);
        }
    } else if (e >= (int)top_exp(f) || q + ((uint64_t)(e - 1) << f->frac_bits) >= inf_bits(f)) {
        return overflow(f, p->sign, mode, s);
    }
    if (lost)
        raise(s, tiny ? FP_INEXACT | FP_UNDERFLOW : FP_INEXACT);
    return sign | (q + ((uint64_t)(e - 1) << f->frac_bits));
}

ALWAYS_INLINE uint64_t round_pack(const struct format *f, const struct parts *p, struct fp_status *s)
{
    uint64_t sign = p->sign ? sign_bit(f) : 0;

    if (__builtin_expect(p->class == P_NUMBER, 1))
        return round_pack_number(f, p, s);
    if (p->class == P_ZERO)
        return sign;
    if (p->class == P_INF)
        return sign | inf_bits(f);
    uint64_t payload = p->frac >> (POINT - f->frac_bits);
    if (!payload) /* an old MIPS quiet NaN whose payload was all in the bits a narrower format has not */
        payload = ones(f->frac_bits - 1);
    return sign | inf_bits(f) | payload;
}

static inline struct parts default_nan(const struct fp_status *s)
{
    uint64_t quiet = 1ull << (POINT - 1);
    return (struct parts){P_QNAN, s->negative_nan, 0, s->nan_rule == FP_NAN_MIPS ? quiet - 1 : quiet};
}

static inline struct parts invalid(struct fp_status *s)
{
    raise(s, FP_INVALID);
    return default_nan(s);
}

/* The NaN that comes out of an operation whose NaN operand is p. */
static inline struct parts quieted(const struct parts *p, struct fp_status *s)
{
    struct parts r = *p;

    if (p->class == P_SNAN) {
        raise(s, FP_INVALID);
        if (s->nan_rule == FP_NAN_MIPS) /* the inverted bit cannot be set without risking an infinity */
            return default_nan(s);
        r.frac |= 1ull << (POINT - 1);
        r.class = P_QNAN;
    }
    return s->default_nan ? default_nan(s) : r;
}

struct parts softfloat_nan2(const struct parts *a, const struct parts *b, struct fp_status *s);
/* Of a * b + c. */
struct parts softfloat_nan3(const struct parts *a, const struct parts *b, const struct parts *c, struct fp_status *s);
struct parts softfloat_add(const struct parts *a, const struct parts *b, struct fp_status *s);
struct parts softfloat_mul(const struct parts *a, const struct parts *b, struct fp_status *s);
/* (a * b + c) * 2^scale */
struct parts softfloat_muladd(const struct parts *a, const struct parts *b, const struct parts *c, int scale, struct fp_status *s);

#endif

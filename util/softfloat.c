/*
 * softfloat.c: arithmetic and comparison. Operations work on struct parts,
 * whatever the format; the functions of softfloat.h at the end take apart, call
 * one, and round. Conversions are in softfloat_convert.c, ARM's estimates and
 * steps in softfloat_estimate.c.
 */
#include "util/softfloat_parts.h"

/* ---- NaN operands ---- */

/*
 * Which NaN comes out: the first of the list, but ARM and MIPS look for a
 * signalling one first. Every signalling one raises invalid.
 */
static struct parts choose_nan(const struct parts *const list[], unsigned n, struct fp_status *s)
{
    const struct parts *nan = NULL, *snan = NULL;

    for (unsigned i = n; i--; ) {
        if (is_nan(list[i]))
            nan = list[i];
        if (list[i]->class == P_SNAN)
            snan = list[i];
    }
    if (snan)
        raise(s, FP_INVALID);
    if (snan && (s->nan_rule == FP_NAN_ARM || s->nan_rule == FP_NAN_MIPS))
        nan = snan;
    return quieted(nan, s);
}

struct parts softfloat_nan2(const struct parts *a, const struct parts *b, struct fp_status *s)
{
    return choose_nan((const struct parts *const[]){a, b}, 2, s);
}

/*
 * ARM looks at the addend first, PowerPC at frA, frB (the addend), frC. An
 * invalid product (infinity times zero) plus a quiet NaN: ARM gives the default
 * NaN, the others the addend's; only SSE does not call it invalid.
 */
struct parts softfloat_nan3(const struct parts *a, const struct parts *b, const struct parts *c, struct fp_status *s)
{
    bool bad_product = (a->class == P_INF && b->class == P_ZERO) || (a->class == P_ZERO && b->class == P_INF);

    if (bad_product && s->nan_rule != FP_NAN_X87_FIRST) {
        raise(s, FP_INVALID);
        if (c->class == P_QNAN && s->nan_rule == FP_NAN_ARM)
            return default_nan(s);
    }
    switch (s->nan_rule) {
    case FP_NAN_ARM: return choose_nan((const struct parts *const[]){c, a, b}, 3, s);
    case FP_NAN_PPC: return choose_nan((const struct parts *const[]){a, c, b}, 3, s);
    default:         return choose_nan((const struct parts *const[]){a, b, c}, 3, s);
    }
}

/* ---- arithmetic ---- */

/* Zero as the exact sum of two numbers of opposite sign. */
static inline struct parts cancelled(const struct fp_status *s)
{
    return (struct parts){P_ZERO, s->round == FP_RM, 0, 0};
}

static inline struct parts add_numbers(const struct parts *a, const struct parts *b, const struct fp_status *s)
{
    if (b->exp > a->exp || (b->exp == a->exp && b->frac > a->frac)) {
        const struct parts *t = a;
        a = b;
        b = t;
    }
    uint64_t small = shift_right_sticky(b->frac, (unsigned)(a->exp - b->exp));
    uint64_t frac = a->sign == b->sign ? a->frac + small : a->frac - small;
    return frac ? normalized(a->sign, a->exp, frac) : cancelled(s);
}

struct parts softfloat_add(const struct parts *a, const struct parts *b, struct fp_status *s)
{
    if (__builtin_expect(a->class == P_NUMBER && b->class == P_NUMBER, 1))
        return add_numbers(a, b, s);
    if (is_nan(a) || is_nan(b))
        return softfloat_nan2(a, b, s);
    if (a->class == P_INF)
        return b->class == P_INF && a->sign != b->sign ? invalid(s) : *a;
    if (b->class == P_INF || (a->class == P_ZERO && b->class == P_NUMBER))
        return *b;
    if (a->class == P_NUMBER || a->sign == b->sign)
        return *a;
    return cancelled(s);
}

struct parts softfloat_mul(const struct parts *a, const struct parts *b, struct fp_status *s)
{
    bool sign = a->sign ^ b->sign;

    if (__builtin_expect(a->class == P_NUMBER && b->class == P_NUMBER, 1)) {
        u128 product = (u128)a->frac * b->frac; /* 2^124 .. 2^126 */
        return normalized(sign, a->exp + b->exp, (uint64_t)shift_right_sticky128(product, POINT));
    }
    if (is_nan(a) || is_nan(b))
        return softfloat_nan2(a, b, s);
    if (a->class == P_INF || b->class == P_INF)
        return a->class == P_ZERO || b->class == P_ZERO ? invalid(s) : (struct parts){P_INF, sign, 0, 0};
    return (struct parts){P_ZERO, sign, 0, 0};
}

static struct parts divide(const struct parts *a, const struct parts *b, struct fp_status *s)
{
    bool sign = a->sign ^ b->sign;

    if (__builtin_expect(a->class == P_NUMBER && b->class == P_NUMBER, 1)) {
        bool less = a->frac < b->frac;
        u128 dividend = (u128)a->frac << (POINT + less); /* so that the quotient has its leading one in place */
        uint64_t q = (uint64_t)(dividend / b->frac), rest = (uint64_t)dividend - q * b->frac;
        return (struct parts){P_NUMBER, sign, a->exp - b->exp - less, q | (rest != 0)};
    }
    if (is_nan(a) || is_nan(b))
        return softfloat_nan2(a, b, s);
    if (a->class == b->class) /* both infinite or both zero */
        return invalid(s);
    if (a->class == P_INF || b->class == P_ZERO) {
        if (a->class != P_INF)
            raise(s, FP_DIVZERO);
        return (struct parts){P_INF, sign, 0, 0};
    }
    return (struct parts){P_ZERO, sign, 0, 0};
}

static inline uint64_t mul_high(uint64_t a, uint64_t b)
{
    return (uint64_t)((u128)a * b >> 64);
}

/*
 * Square root of v = frac << odd, a number of [1, 4) with its point at bit 62.
 * y is 1 / sqrt(v) with its point at bit 63: from a line, good for 5 bits in
 * [1, 2), by three of Newton's steps, y * (3 - v * y^2) / 2, to 37. The
 * remainder of the root found with it makes it 62, but for a unit or two.
 */
static uint64_t root(uint64_t frac, unsigned odd)
{
    const uint64_t at_one = 0x7e147ae147ae147b, slope = 0x4afb0ccc06219b7c, root_half = 0xb504f333f9de6484; /* 0.985, 1 - sqrt(1/2), sqrt(1/2) */
    uint64_t v = frac << odd, y = at_one - (mul_high(frac << 2, slope) >> 1); /* frac << 2: without its leading one */

    if (odd)
        y = mul_high(y, root_half);
    for (unsigned i = 0; i < 3; i++)
        y = mul_high(y, (3ull << 60) - mul_high(v, mul_high(y, y))) << 3;
    uint64_t s = mul_high(v, y) << 1;
    __int128 square = (__int128)((u128)v << POINT), rest = square - (__int128)((u128)s * s);
    s += (uint64_t)((int64_t)(rest >> 32) * (__int128)y >> 94);
    rest = square - (__int128)((u128)s * s);
    for (; rest < 0; rest += 2 * (__int128)s + 1)
        s--;
    for (; rest > 2 * (__int128)s; s++)
        rest -= 2 * (__int128)s + 1;
    return s | (rest != 0);
}

static struct parts square_root(const struct parts *a, struct fp_status *s)
{
    if (is_nan(a))
        return quieted(a, s);
    if (a->class == P_ZERO || (a->class == P_INF && !a->sign))
        return *a;
    if (a->sign)
        return invalid(s);
    unsigned odd = a->exp & 1;
    return (struct parts){P_NUMBER, false, (a->exp - (int)odd) / 2, root(a->frac, odd)};
}

/* 128-bit fraction with its point at bit 126 to parts. */
static inline struct parts normalized128(bool sign, int exp, u128 frac)
{
    uint64_t high = (uint64_t)(frac >> 64);

    if (!high) {
        frac <<= 64;
        exp -= 64;
        high = (uint64_t)(frac >> 64);
    }
    if (high >> 63)
        return (struct parts){P_NUMBER, sign, exp + 1, (uint64_t)shift_right_sticky128(frac, 65)};
    unsigned n = (unsigned)__builtin_clzll(high) - 1;
    return (struct parts){P_NUMBER, sign, exp - (int)n, (uint64_t)shift_right_sticky128(frac << n, 64)};
}

/*
 * A product has at most 106 significant bits of 128, the addend 53: bits are
 * lost into the sticky bit only when the exponents are so far apart that
 * no more than one leading bit can cancel.
 */
static struct parts muladd_numbers(const struct parts *a, const struct parts *b, const struct parts *c, const struct fp_status *s)
{
    bool sign = a->sign ^ b->sign;
    u128 product = (u128)a->frac * b->frac << 1, addend = (u128)c->frac << 64; /* points at bit 125 and 126 */
    int exp = a->exp + b->exp + 1;

    if (!(product >> 126)) {
        product <<= 1;
        exp--;
    }
    if (exp > c->exp || (exp == c->exp && product >= addend)) {
        addend = shift_right_sticky128(addend, (unsigned)(exp - c->exp));
        product = sign == c->sign ? product + addend : product - addend;
        return product ? normalized128(sign, exp, product) : cancelled(s);
    }
    product = shift_right_sticky128(product, (unsigned)(c->exp - exp));
    return normalized128(c->sign, c->exp, sign == c->sign ? addend + product : addend - product);
}

struct parts softfloat_muladd(const struct parts *a, const struct parts *b, const struct parts *c, int scale, struct fp_status *s)
{
    struct parts r;

    if (__builtin_expect(a->class == P_NUMBER && b->class == P_NUMBER && c->class == P_NUMBER, 1)) {
        r = muladd_numbers(a, b, c, s);
    } else {
        if (is_nan(a) || is_nan(b) || is_nan(c))
            return softfloat_nan3(a, b, c, s);
        r = softfloat_mul(a, b, s);
        if (is_nan(&r))
            return r;
        r = softfloat_add(&r, c, s);
    }
    r.exp += scale;
    return r;
}

/* ---- order ---- */

static enum fp_relation relation(const struct parts *a, const struct parts *b)
{
    if (is_nan(a) || is_nan(b))
        return FP_UNORDERED;
    if (a->class == P_ZERO && b->class == P_ZERO)
        return FP_EQUAL;
    if (a->sign != b->sign)
        return a->sign ? FP_LESS : FP_GREATER;
    int order = a->class - b->class; /* zero, number, infinity: as their classes are */
    if (!order)
        order = a->exp != b->exp ? (a->exp > b->exp ? 1 : -1) : (a->frac > b->frac) - (a->frac < b->frac);
    if (!order)
        return FP_EQUAL;
    return (order < 0) != a->sign ? FP_LESS : FP_GREATER;
}

static enum fp_relation compare(const struct parts *a, const struct parts *b, bool signal_quiet, struct fp_status *s)
{
    enum fp_relation r = relation(a, b);

    if (r == FP_UNORDERED && (signal_quiet || a->class == P_SNAN || b->class == P_SNAN))
        raise(s, FP_INVALID);
    return r;
}

enum { WANT_MAX = 1, NUMBER_WINS = 2 };

static struct parts extreme(const struct parts *a, const struct parts *b, unsigned how, struct fp_status *s)
{
    if (is_nan(a) || is_nan(b)) {
        if (how & NUMBER_WINS) {
            if (a->class == P_QNAN && !is_nan(b))
                return *b;
            if (b->class == P_QNAN && !is_nan(a))
                return *a;
        }
        return softfloat_nan2(a, b, s);
    }
    if (a->class == P_ZERO && b->class == P_ZERO) /* -0 is the lesser */
        return (struct parts){P_ZERO, how & WANT_MAX ? a->sign & b->sign : a->sign | b->sign, 0, 0};
    return *((relation(a, b) == FP_GREATER) == !!(how & WANT_MAX) ? a : b);
}

/* ---- the functions of softfloat.h ---- */

#define ARITHMETIC(w, T)                                                                                                  \
    T f##w##_add(T a, T b, struct fp_status *s)                                                                           \
    {                                                                                                                     \
        struct parts x = unpack(&format##w, a, s), y = unpack(&format##w, b, s), r = softfloat_add(&x, &y, s);            \
        return (T)round_pack(&format##w, &r, s);                                                                          \
    }                                                                                                                     \
    T f##w##_sub(T a, T b, struct fp_status *s)                                                                           \
    {                                                                                                                     \
        struct parts x = unpack(&format##w, a, s), y = unpack(&format##w, b, s), r;                                       \
        y.sign ^= !is_nan(&y);                                                                                            \
        r = softfloat_add(&x, &y, s);                                                                                     \
        return (T)round_pack(&format##w, &r, s);                                                                          \
    }                                                                                                                     \
    T f##w##_mul(T a, T b, struct fp_status *s)                                                                           \
    {                                                                                                                     \
        struct parts x = unpack(&format##w, a, s), y = unpack(&format##w, b, s), r = softfloat_mul(&x, &y, s);            \
        return (T)round_pack(&format##w, &r, s);                                                                          \
    }                                                                                                                     \
    T f##w##_div(T a, T b, struct fp_status *s)                                                                           \
    {                                                                                                                     \
        struct parts x = unpack(&format##w, a, s), y = unpack(&format##w, b, s), r = divide(&x, &y, s);                   \
        return (T)round_pack(&format##w, &r, s);                                                                          \
    }                                                                                                                     \
    T f##w##_sqrt(T a, struct fp_status *s)                                                                               \
    {                                                                                                                     \
        struct parts x = unpack(&format##w, a, s), r = square_root(&x, s);                                                  \
        return (T)round_pack(&format##w, &r, s);                                                                          \
    }                                                                                                                     \
    T f##w##_muladd(T a, T b, T c, struct fp_status *s)                                                                   \
    {                                                                                                                     \
        struct parts x = unpack(&format##w, a, s), y = unpack(&format##w, b, s), z = unpack(&format##w, c, s);            \
        struct parts r = softfloat_muladd(&x, &y, &z, 0, s);                                                              \
        return (T)round_pack(&format##w, &r, s);                                                                          \
    }                                                                                                                     \
    enum fp_relation f##w##_compare(T a, T b, bool signal_quiet, struct fp_status *s)                                     \
    {                                                                                                                     \
        struct parts x = unpack(&format##w, a, s), y = unpack(&format##w, b, s);                                          \
        return compare(&x, &y, signal_quiet, s);                                                                          \
    }

#define EXTREME(w, T, name, how)                                                                                          \
    T f##w##_##name(T a, T b, struct fp_status *s)                                                                        \
    {                                                                                                                     \
        struct parts x = unpack(&format##w, a, s), y = unpack(&format##w, b, s), r = extreme(&x, &y, how, s);             \
        return (T)round_pack(&format##w, &r, s);                                                                          \
    }

#define WIDTH(w, T)                                                                                                       \
    ARITHMETIC(w, T)                                                                                                      \
    EXTREME(w, T, min, 0)                                                                                                 \
    EXTREME(w, T, max, WANT_MAX)                                                                                          \
    EXTREME(w, T, minnm, NUMBER_WINS)                                                                                     \
    EXTREME(w, T, maxnm, WANT_MAX | NUMBER_WINS)
WIDTH(16, uint16_t)
WIDTH(32, uint32_t)
WIDTH(64, uint64_t)

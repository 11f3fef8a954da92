/*
 * value.h: the small functions that the value column of ops.def names. Every
 * one of them is defined for all inputs, those no guest instruction can make
 * included. Included where the column is made into code: value.c, interp.c.
 */
#ifndef IR_VALUE_H
#define IR_VALUE_H

#include "ir/ir.h"
#include "util/util.h"

/* Bits of a result, given those of the operands. */
static inline unsigned result_bits(enum ir_result result, unsigned n)
{
    return result == RES_W32 ? 32 : result == RES_W64 ? 64 : result == RES_FL ? 16 : n;
}

/* ---- n is the width, values are zero-extended ---- */

static inline uint64_t smin(unsigned n) { return 1ull << (n - 1); }
static inline uint64_t smax(unsigned n) { return smin(n) - 1; }

static inline uint64_t sdiv(uint64_t a, uint64_t b, unsigned n)
{
    if (!b)
        return 0;
    return b == ones(n) ? -a : (uint64_t)(sx(a, n) / sx(b, n)); /* -1 apart: min / -1 has no quotient */
}

static inline uint64_t srem(uint64_t a, uint64_t b, unsigned n)
{
    if (!b)
        return a;
    return b == ones(n) ? 0 : (uint64_t)(sx(a, n) % sx(b, n));
}

static inline uint64_t ror(uint64_t a, uint64_t count, unsigned n)
{
    unsigned i = count & (n - 1);

    return i ? a >> i | a << (n - i) : a;
}

static inline uint64_t rbit(uint64_t a, unsigned n)
{
    a = (a & 0x5555555555555555) << 1 | (a >> 1 & 0x5555555555555555);
    a = (a & 0x3333333333333333) << 2 | (a >> 2 & 0x3333333333333333);
    a = (a & 0x0f0f0f0f0f0f0f0f) << 4 | (a >> 4 & 0x0f0f0f0f0f0f0f0f);
    return __builtin_bswap64(a) >> (64 - n);
}

/* Bit-reflected CRC of the low `bytes` bytes of data, without the inversions. */
static inline uint32_t crc32(uint64_t crc, uint64_t data, unsigned bytes, uint32_t polynomial)
{
    uint32_t c = (uint32_t)crc;

    for (unsigned i = 0; i < bytes && i < 8; i++) {
        c ^= data >> (8 * i) & 0xff;
        for (unsigned bit = 0; bit < 8; bit++)
            c = c >> 1 ^ (c & 1 ? polynomial : 0);
    }
    return c;
}

static inline uint64_t nz_flags(uint64_t a, unsigned n)
{
    return (a >> (n - 1) & 1) << 15 | (uint64_t)!(a & ones(n)) << 14;
}

static inline uint64_t add_flags(uint64_t a, uint64_t b, unsigned carry, unsigned n)
{
    unsigned __int128 sum;
    uint64_t s, v;

    a &= ones(n);
    b &= ones(n);
    sum = (unsigned __int128)a + b + carry;
    s = (uint64_t)sum & ones(n);
    v = (a ^ s) & (b ^ s);
    return nz_flags(s, n) | (uint64_t)(sum >> n & 1) << 8 | (v >> (n - 1) & 1);
}

/* Each condition as a set of the sixteen values of N Z C V = 8 4 2 1. */
#define Z_SET  0xf0f0u
#define C_SET  0xccccu
#define N_IS_V 0xaa55u
static const uint16_t sets_that_hold[] = {
    [IR_EQ] = Z_SET,           [IR_NE] = (uint16_t)~Z_SET,
    [IR_HS] = C_SET,           [IR_LO] = (uint16_t)~C_SET,
    [IR_MI] = 0xff00,          [IR_PL] = 0x00ff,
    [IR_VS] = 0xaaaa,          [IR_VC] = 0x5555,
    [IR_HI] = C_SET & ~Z_SET,  [IR_LS] = (uint16_t)~(C_SET & ~Z_SET),
    [IR_GE] = N_IS_V,          [IR_LT] = (uint16_t)~N_IS_V,
    [IR_GT] = N_IS_V & ~Z_SET, [IR_LE] = (uint16_t)~(N_IS_V & ~Z_SET),
    [IR_AL] = 0xffff,
};
#undef Z_SET
#undef C_SET
#undef N_IS_V

static inline bool holds(unsigned cc, uint64_t flags)
{
    unsigned nzcv = (flags >> 12 & 12) | (flags >> 7 & 2) | (flags & 1);

    return sets_that_hold[MIN_(cc, IR_AL)] >> nzcv & 1;
}

/* ---- lanes ---- */

static inline uint64_t saturate_signed(__int128 v, unsigned n)
{
    __int128 max = (__int128)smax(n);

    return (uint64_t)(v > max ? max : v < -max - 1 ? -max - 1 : v);
}

static inline uint64_t saturate_unsigned(__int128 v, unsigned n)
{
    return (uint64_t)(v < 0 ? 0 : v > ones(n) ? ones(n) : v);
}

static inline uint64_t uqadd(uint64_t a, uint64_t b, unsigned n)
{
    unsigned __int128 sum = (unsigned __int128)a + b;

    return sum > ones(n) ? ones(n) : (uint64_t)sum;
}

static inline uint64_t sqadd(uint64_t a, uint64_t b, unsigned n)
{
    return saturate_signed((__int128)sx(a, n) + sx(b, n), n);
}

static inline uint64_t sqsub(uint64_t a, uint64_t b, unsigned n)
{
    return saturate_signed((__int128)sx(a, n) - sx(b, n), n);
}

/* v shifted right by count > 0, where v is a lane's value, of either sign. */
static inline uint64_t shift_right(__int128 v, uint64_t count, bool rounding)
{
    if (count > 64)
        return rounding || v >= 0 ? 0 : ~0ull;
    if (rounding)
        v += (__int128)1 << (count - 1);
    return (uint64_t)(v >> count);
}

static inline uint64_t rshru(uint64_t a, uint64_t count, unsigned n)
{
    return count ? shift_right((__int128)a, count, true) : a;
}

static inline uint64_t rshrs(uint64_t a, uint64_t count, unsigned n)
{
    return count ? shift_right(sx(a, n), count, true) : a;
}

static inline uint64_t shl_by_signed(uint64_t a, int count, unsigned n, bool is_signed, bool rounding)
{
    if (count < 0)
        return shift_right(is_signed ? (__int128)sx(a, n) : (__int128)a, (uint64_t)-count, rounding);
    return count < (int)n ? a << count : 0;
}

static inline uint64_t qshl(uint64_t a, int count, unsigned n, bool is_signed, bool rounding)
{
    if (count < 0 || !a)
        return shl_by_signed(a, count, n, is_signed, rounding);
    if (!is_signed)
        return count < (int)n && (unsigned __int128)a << count <= ones(n) ? a << count : ones(n);
    if (count >= (int)n)
        return sx(a, n) < 0 ? smin(n) : smax(n);
    return saturate_signed((__int128)sx(a, n) * ((__int128)1 << count), n);
}

static inline uint64_t qshlu(uint64_t a, uint64_t count, unsigned n)
{
    return sx(a, n) < 0 ? 0 : qshl(a, (int)MIN_(count, 64u), n, false, false);
}

static inline uint64_t cls(uint64_t a, unsigned n)
{
    uint64_t changes = (a ^ a >> 1) & ones(n - 1); /* bit i: bits i and i+1 differ */

    return changes ? (unsigned)__builtin_clzll(changes) - (65 - n) : n - 1;
}

/* High half of the doubled product; not doubled here, so that min * min fits. */
static inline uint64_t sqdmulh(uint64_t a, uint64_t b, unsigned n, bool rounding)
{
    __int128 product = (__int128)sx(a, n) * sx(b, n);

    if (rounding)
        product += (__int128)1 << (n - 2);
    return saturate_signed(product >> (n - 1), n);
}

#endif

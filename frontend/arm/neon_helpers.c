/*
 * neon_helpers.c: Advanced SIMD integer operations in C that the IR has no op
 * for: saturating shifts by register, VQRDMLAH and its kin, estimates, and
 * products of mixed sign (helpers_fp.def: neon_integer).
 */
#include "frontend/arm/fp.h"

static uint64_t lane_get(const uint8_t *v, unsigned size, unsigned i)
{
    uint64_t x = 0;

    memcpy(&x, v + (i << size), 1u << size);
    return x;
}
static void lane_put(uint8_t *v, unsigned size, unsigned i, uint64_t x) { memcpy(v + (i << size), &x, 1u << size); }

/* x within n bits, or the nearest such number and QC. */
static uint64_t saturate(__int128 x, unsigned n, bool is_signed, bool *qc)
{
    __int128 max = is_signed ? ((__int128)1 << (n - 1)) - 1 : ((__int128)1 << n) - 1, min = is_signed ? -max - 1 : 0;

    *qc |= x > max || x < min;
    return (uint64_t)(x > max ? max : x < min ? min : x);
}

/* VQSHL VQRSHL: by the signed low byte of count; negative is to the right. */
static uint64_t saturating_shift(uint64_t v, uint64_t count, unsigned n, bool is_signed, bool round, bool *qc)
{
    int c = (int8_t)count;
    __int128 x = is_signed ? (__int128)sx(v, n) : (__int128)v;

    if (c >= (int)n) /* all but 0 saturates */
        return saturate(x ? (x < 0 ? -1 : 1) * ((__int128)1 << 100) : 0, n, is_signed, qc);
    if (c >= 0)
        return saturate(x * ((__int128)1 << c), n, is_signed, qc);
    c = MIN_(-c, 70);
    return (uint64_t)((x + (round ? (__int128)1 << (c - 1) : 0)) >> c);
}

/* VQRDMLAH VQRDMLSH: high half of 2ab, added to (taken from) d, rounded once. */
static uint64_t doubling_accumulate(uint64_t d, uint64_t a, uint64_t b, unsigned n, bool subtract, bool *qc)
{
    __int128 product = (__int128)sx(a, n) * sx(b, n) * 2, sum = (__int128)sx(d, n) * ((__int128)1 << n);

    sum += subtract ? -product : product;
    return saturate((sum + ((__int128)1 << (n - 1))) >> n, n, true, qc);
}

static uint64_t integer_lane(enum vector_operation op, uint64_t d, uint64_t a, uint64_t b, unsigned n, bool *qc)
{
    switch (op) {
    case VOP_SQSHL:    return saturating_shift(b, a, n, true, false, qc); /* Vm is shifted by Vn */
    case VOP_UQSHL:    return saturating_shift(b, a, n, false, false, qc);
    case VOP_SQRSHL:   return saturating_shift(b, a, n, true, true, qc);
    case VOP_UQRSHL:   return saturating_shift(b, a, n, false, true, qc);
    case VOP_SQRDMLAH: return doubling_accumulate(d, a, b, n, false, qc);
    case VOP_SQRDMLSH: return doubling_accumulate(d, a, b, n, true, qc);
    case VOP_URECPE:   return u32_recip_estimate((uint32_t)b);
    case VOP_URSQRTE:  return u32_rsqrt_estimate((uint32_t)b);
    default:           bug("neon_integer: operation %u", op);
    }
}

/* Sum of `count` products of bytes, each side signed or not. */
static uint32_t byte_products(const uint8_t *a, bool a_signed, const uint8_t *b, bool b_signed, unsigned count)
{
    uint32_t sum = 0;

    for (unsigned i = 0; i < count; i++)
        sum += (uint32_t)((a_signed ? (int8_t)a[i] : a[i]) * (b_signed ? (int8_t)b[i] : b[i]));
    return sum;
}
static uint32_t products_lane(enum vector_operation op, uint32_t d, const uint8_t *n, const uint8_t *m, unsigned i)
{
    const uint8_t *row = n + i / 2 * 8, *column = m + i % 2 * 8;

    switch (op) {
    case VOP_USDOT:  return d + byte_products(n + 4 * i, false, m + 4 * i, true, 4);
    case VOP_SUDOT:  return d + byte_products(n + 4 * i, true, m + 4 * i, false, 4);
    case VOP_SMMLA:  return d + byte_products(row, true, column, true, 8);
    case VOP_UMMLA:  return d + byte_products(row, false, column, false, 8);
    default:         return d + byte_products(row, false, column, true, 8); /* VOP_USMMLA */
    }
}

void arm_helper_neon_integer(struct arm_state *s, uint32_t op, uint64_t args)
{
    struct vec_args a = unpack_args(args);
    unsigned bytes = a.q ? 16 : 8;
    uint8_t d[16], n[16], m[16];
    bool qc = false;

    memcpy(d, &s->d[a.d], bytes);
    memcpy(n, &s->d[a.n], bytes);
    memcpy(m, &s->d[a.m], a.scalar ? 8 : bytes);
    if (a.scalar) {
        uint64_t x = lane_get(m, a.size, a.lane);
        for (unsigned i = 0; i < bytes >> a.size; i++)
            lane_put(m, a.size, i, x);
    }
    for (unsigned i = 0; i < bytes >> a.size; i++) {
        uint64_t old = lane_get(d, a.size, i);
        lane_put(d, a.size, i, op >= VOP_USDOT ? products_lane(op, (uint32_t)old, n, m, i)
                                               : integer_lane(op, old, lane_get(n, a.size, i), lane_get(m, a.size, i), 8u << a.size, &qc));
    }
    memcpy(&s->d[a.d], d, bytes);
    s->qc[0] |= qc;
}

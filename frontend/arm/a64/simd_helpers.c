/*
 * simd_helpers.c: AdvSIMD integer operations in C that the IR has no op for:
 * SQRDMLAH and SQRDMLSH, estimates (helpers_simd.def: simd_integer).
 */
#include "frontend/arm/a64/simd.h"
#include "util/softfloat.h"

static uint64_t lane_get(const uint8_t *v, unsigned size, unsigned i)
{
    uint64_t x = 0;

    memcpy(&x, v + (i << size), 1u << size);
    return x;
}
static void lane_put(uint8_t *v, unsigned size, unsigned i, uint64_t x) { memcpy(v + (i << size), &x, 1u << size); }

/* High half of 2ab, added to (taken from) d, rounded once; to the nearest number of n bits, and QC. */
static uint64_t doubling_accumulate(uint64_t d, uint64_t a, uint64_t b, unsigned n, bool subtract, bool *qc)
{
    int64_t max = (int64_t)ones(n - 1);
    __int128 product = (__int128)sx(a, n) * sx(b, n) * 2, sum = (__int128)sx(d, n) * ((__int128)1 << n);

    sum += subtract ? -product : product;
    sum = (sum + ((__int128)1 << (n - 1))) >> n;
    *qc |= sum > max || sum < -max - 1;
    return (uint64_t)(sum > max ? max : sum < -max - 1 ? -max - 1 : sum);
}

static uint64_t integer_lane(enum simd_operation op, uint64_t d, uint64_t a, uint64_t b, unsigned n, bool *qc)
{
    switch (op) {
    case VOP_SQRDMLAH: return doubling_accumulate(d, a, b, n, false, qc);
    case VOP_SQRDMLSH: return doubling_accumulate(d, a, b, n, true, qc);
    case VOP_URECPE:   return u32_recip_estimate((uint32_t)a);
    case VOP_URSQRTE:  return u32_rsqrt_estimate((uint32_t)a);
    default:           bug("simd_integer: operation %u", op);
    }
}

void a64_helper_simd_integer(struct a64_state *s, uint32_t op, uint64_t args)
{
    struct simd_args a = unpack_simd_args(args);
    uint8_t d[16] = {0}, n[16], m[16];
    bool qc = false;

    memcpy(d, s->v[a.d], a.bits / 8);
    memcpy(n, s->v[a.n], 16);
    memcpy(m, s->v[a.m], 16);
    for (unsigned i = 0; i < a.bits / 8u >> a.size; i++) {
        uint64_t x = lane_get(n, a.size, i), y = lane_get(m, a.size, a.scalar ? a.lane : i);
        lane_put(d, a.size, i, integer_lane(op, lane_get(d, a.size, i), x, y, 8u << a.size, &qc));
    }
    memcpy(s->v[a.d], d, 16);
    s->qc[0] |= qc;
}

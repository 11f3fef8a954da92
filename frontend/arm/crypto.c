/*
 * crypto.c: SHA-1 and SHA-256 steps of the ARMv8 Cryptographic Extension, in C
 * (DDI 0487 F6.1; FIPS 180-4 for the functions). AES and PMULL are IR ops.
 */
#include "frontend/arm/fp.h"

static uint32_t rol(uint32_t v, unsigned n) { return v << n | v >> (32 - n); }
static uint32_t ror(uint32_t v, unsigned n) { return rol(v, 32 - n); }
static uint32_t choose(uint32_t x, uint32_t y, uint32_t z) { return (x & y) | (~x & z); }
static uint32_t parity(uint32_t x, uint32_t y, uint32_t z) { return x ^ y ^ z; }
static uint32_t majority(uint32_t x, uint32_t y, uint32_t z) { return (x & y) | (x & z) | (y & z); }

/* Four rounds on a b c d (x) and e, with the schedule's words w. */
static void sha1_rounds(uint32_t x[4], uint32_t e, const uint32_t w[4], uint32_t (*f)(uint32_t, uint32_t, uint32_t))
{
    for (unsigned i = 0; i < 4; i++) {
        uint32_t a = e + rol(x[0], 5) + f(x[1], x[2], x[3]) + w[i];
        e = x[3];
        x[3] = x[2];
        x[2] = rol(x[1], 30);
        x[1] = x[0];
        x[0] = a;
    }
}

static void sha1_schedule1(uint32_t d[4], const uint32_t m[4])
{
    uint32_t t0 = d[0] ^ m[1];

    d[3] = rol(d[3], 1) ^ rol(t0, 2);
    d[0] = rol(t0, 1);
    d[1] = rol(d[1] ^ m[2], 1);
    d[2] = rol(d[2] ^ m[3], 1);
}

/* Four rounds on a b c d (x) and e f g h (y). */
static void sha256_rounds(uint32_t x[4], uint32_t y[4], const uint32_t w[4])
{
    for (unsigned i = 0; i < 4; i++) {
        uint32_t t = y[3] + (ror(y[0], 6) ^ ror(y[0], 11) ^ ror(y[0], 25)) + choose(y[0], y[1], y[2]) + w[i];
        uint32_t e = x[3] + t, a = t + (ror(x[0], 2) ^ ror(x[0], 13) ^ ror(x[0], 22)) + majority(x[0], x[1], x[2]);
        memmove(y + 1, y, 12);
        memmove(x + 1, x, 12);
        y[0] = e;
        x[0] = a;
    }
}

static uint32_t sigma0(uint32_t v) { return ror(v, 7) ^ ror(v, 18) ^ v >> 3; }
static uint32_t sigma1(uint32_t v) { return ror(v, 17) ^ ror(v, 19) ^ v >> 10; }

static void sha256_schedule1(uint32_t d[4], const uint32_t n[4], const uint32_t m[4])
{
    const uint32_t t0[4] = {n[1], n[2], n[3], m[0]};

    d[0] += sigma1(m[2]) + t0[0];
    d[1] += sigma1(m[3]) + t0[1];
    d[2] += sigma1(d[0]) + t0[2];
    d[3] += sigma1(d[1]) + t0[3];
}

void arm_helper_sha(struct arm_state *s, uint32_t op, uint64_t args)
{
    struct vec_args a = unpack_args(args);
    uint32_t d[4], n[4], m[4], old[4];

    memcpy(d, &s->d[a.d], 16);
    memcpy(n, &s->d[a.n], 16);
    memcpy(m, &s->d[a.m], 16);
    memcpy(old, d, 16);
    switch ((enum vector_operation)op) {
    case VOP_SHA1C:   sha1_rounds(d, n[0], m, choose); break;
    case VOP_SHA1P:   sha1_rounds(d, n[0], m, parity); break;
    case VOP_SHA1M:   sha1_rounds(d, n[0], m, majority); break;
    case VOP_SHA1SU0:
        for (unsigned i = 0; i < 4; i++)
            d[i] = (i < 2 ? old[i + 2] : n[i - 2]) ^ old[i] ^ m[i];
        break;
    case VOP_SHA1SU1: sha1_schedule1(d, m); break;
    case VOP_SHA1H:
        d[0] = rol(m[0], 30);
        d[1] = d[2] = d[3] = 0;
        break;
    case VOP_SHA256H: sha256_rounds(d, n, m); break;
    case VOP_SHA256H2: /* the other half of the state is wanted */
        sha256_rounds(n, d, m);
        break;
    case VOP_SHA256SU0:
        for (unsigned i = 0; i < 4; i++)
            d[i] += sigma0(i < 3 ? old[i + 1] : m[0]);
        break;
    case VOP_SHA256SU1: sha256_schedule1(d, n, m); break;
    default: bug("sha: operation %u", op);
    }
    memcpy(&s->d[a.d], d, 16);
}

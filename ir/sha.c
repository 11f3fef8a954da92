/*
 * sha.c: see sha.h.
 */
#include "ir/sha.h"

#include <string.h>

static uint32_t rol(uint32_t v, unsigned n) { return v << n | v >> (32 - n); }
static uint32_t ror(uint32_t v, unsigned n) { return rol(v, 32 - n); }
static uint32_t choose(uint32_t x, uint32_t y, uint32_t z) { return (x & y) | (~x & z); }
static uint32_t majority(uint32_t x, uint32_t y, uint32_t z) { return (x & y) | (x & z) | (y & z); }

void sha256_two_rounds(uint32_t d[4], const uint32_t feba[4], const uint32_t hgdc[4], const uint32_t w[4], unsigned which)
{
    uint32_t a = feba[3], b = feba[2], c = hgdc[3], e = feba[1], f = feba[0], g = hgdc[1], last_d = hgdc[2], h = hgdc[0];

    (void)which;
    for (unsigned i = 0; i < 2; i++) {
        uint32_t t = h + (ror(e, 6) ^ ror(e, 11) ^ ror(e, 25)) + choose(e, f, g) + w[i];
        uint32_t u = (ror(a, 2) ^ ror(a, 13) ^ ror(a, 22)) + majority(a, b, c);
        h = g, g = f, f = e, e = last_d + t;
        last_d = c, c = b, b = a, a = t + u;
    }
    d[0] = f, d[1] = e, d[2] = b, d[3] = a;
}

static uint32_t sigma0(uint32_t v) { return ror(v, 7) ^ ror(v, 18) ^ v >> 3; }
static uint32_t sigma1(uint32_t v) { return ror(v, 17) ^ ror(v, 19) ^ v >> 10; }

void sha256_schedule_first(uint32_t d[4], const uint32_t a[4], const uint32_t b[4], const uint32_t c[4], unsigned which)
{
    (void)c, (void)which;
    for (unsigned i = 0; i < 4; i++)
        d[i] = a[i] + sigma0(i < 3 ? a[i + 1] : b[0]);
}

void sha256_schedule_second(uint32_t d[4], const uint32_t a[4], const uint32_t b[4], const uint32_t c[4], unsigned which)
{
    (void)c, (void)which;
    for (unsigned i = 0; i < 4; i++)
        d[i] = a[i] + sigma1(i < 2 ? b[i + 2] : d[i - 2]);
}

void sha1_four_rounds(uint32_t d[4], const uint32_t abcd[4], const uint32_t e[4], const uint32_t w[4], unsigned which)
{
    uint32_t last = e[0];

    memcpy(d, abcd, 16);
    for (unsigned i = 0; i < 4; i++) {
        uint32_t f = which == 0 ? choose(d[1], d[2], d[3]) : which == 2 ? majority(d[1], d[2], d[3]) : d[1] ^ d[2] ^ d[3];
        uint32_t a = last + rol(d[0], 5) + f + w[i];
        last = d[3];
        d[3] = d[2];
        d[2] = rol(d[1], 30);
        d[1] = d[0];
        d[0] = a;
    }
}

/*
 * qarma.c: QARMA-64 with five rounds, the architected algorithm of pointer
 * authentication, called by translated code. Source: R. Avanzi, "The QARMA
 * Block Cipher Family" (2017), as ARM DDI 0487 ComputePAC uses it.
 *
 * A state is 16 cells of 4 bits, cell 0 at the top, in four rows of four.
 */
#include "frontend/arm/a64/a64.h"

#define ROUNDS 5

static const uint8_t cell_shuffle[16] = {0, 11, 6, 13, 10, 1, 12, 7, 5, 14, 3, 8, 15, 4, 9, 2};
static const uint8_t tweak_shuffle[16] = {6, 5, 14, 15, 0, 1, 2, 3, 7, 12, 13, 4, 8, 9, 10, 11};
static const uint8_t substitute[16] = {11, 6, 8, 15, 12, 0, 9, 14, 3, 7, 4, 5, 13, 2, 1, 10}; /* the paper's sigma 2 */
static const uint64_t alpha = 0xc0ac29b7c97c50dd;
static const uint64_t round_constant[ROUNDS] = {0, 0x13198a2e03707344, 0xa4093822299f31d0, 0x082efa98ec4e6c89, 0x452821e638d01377};
#define TWEAK_CELLS 0x291b /* bit c: cell c goes through the shift register: 0 1 3 4 8 11 13 */

HELPER_FN static inline unsigned cell(uint64_t v, unsigned c) { return v >> (60 - 4 * c) & 15; }
HELPER_FN static inline uint64_t place(uint64_t value, unsigned c) { return value << (60 - 4 * c); }

/* Cell c comes from cell from[c]; back: the other way. */
HELPER_FN static uint64_t shuffle(uint64_t v, const uint8_t from[16], bool back)
{
    uint64_t out = 0;

    for (unsigned c = 0; c < 16; c++)
        out |= back ? place(cell(v, c), from[c]) : place(cell(v, from[c]), c);
    return out;
}

HELPER_FN static uint64_t sub(uint64_t v, bool back)
{
    uint8_t inverse[16];
    uint64_t out = 0;

    for (unsigned i = 0; i < 16; i++)
        inverse[substitute[i]] = (uint8_t)i;
    for (unsigned c = 0; c < 16; c++)
        out |= place((back ? inverse : substitute)[cell(v, c)], c);
    return out;
}

/* Each row becomes the sum of the others, rotated: circulant (0, 1, 2, 1). On rows of 16 bits, four cells at once. */
HELPER_FN static uint64_t mix(uint64_t v)
{
    uint64_t r1 = (v & 0x7777777777777777) << 1 | (v >> 3 & 0x1111111111111111);
    uint64_t r2 = (v & 0x3333333333333333) << 2 | (v >> 2 & 0x3333333333333333);

    return (r1 << 16 | r1 >> 48) ^ (r2 << 32 | r2 >> 32) ^ (r1 >> 16 | r1 << 48);
}

HELPER_FN static uint64_t next_tweak(uint64_t v)
{
    uint64_t moved = shuffle(v, tweak_shuffle, false), out = 0;

    for (unsigned c = 0; c < 16; c++) {
        unsigned x = cell(moved, c);
        out |= place(TWEAK_CELLS >> c & 1 ? x >> 1 | ((x ^ x >> 1) & 1) << 3 : x, c);
    }
    return out;
}

HELPER_FN static uint64_t last_tweak(uint64_t v)
{
    uint64_t out = 0;

    for (unsigned c = 0; c < 16; c++) {
        unsigned x = cell(v, c);
        out |= place(TWEAK_CELLS >> c & 1 ? (x << 1 & 15) | ((x >> 3 ^ x) & 1) : x, c);
    }
    return shuffle(out, tweak_shuffle, true);
}

HELPER_FN static uint64_t shuffle_mix(uint64_t v) { return mix(shuffle(v, cell_shuffle, false)); }

HELPER_FN uint64_t a64_helper_qarma5(struct a64_state *s, uint64_t pointer, uint64_t modifier, uint64_t low, uint64_t high)
{
    uint64_t k0 = high, k1 = low, k0_after = (k0 >> 1 | k0 << 63) ^ k0 >> 63;
    uint64_t v = pointer ^ k0, tweak = modifier;

    for (unsigned i = 0; i < ROUNDS; i++) {
        v ^= k1 ^ tweak ^ round_constant[i];
        v = sub(i ? shuffle_mix(v) : v, false);
        tweak = next_tweak(tweak);
    }
    v = sub(shuffle_mix(v ^ k0_after ^ tweak), false);
    v = shuffle(shuffle_mix(v) ^ k1, cell_shuffle, true); /* the reflector */
    v = shuffle(mix(sub(v, true)), cell_shuffle, true) ^ k0 ^ tweak;
    for (unsigned i = 0; i < ROUNDS; i++) {
        v = sub(v, true);
        if (i < ROUNDS - 1)
            v = shuffle(mix(v), cell_shuffle, true);
        tweak = last_tweak(tweak);
        v ^= k1 ^ tweak ^ round_constant[ROUNDS - 1 - i] ^ alpha;
    }
    return v ^ k0_after;
}

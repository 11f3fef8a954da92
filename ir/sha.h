/*
 * sha.h: SHA-1 and SHA-256 in steps of four words (FIPS 180-4), the values of
 * vector.c's ops of those names; lane 0 first. which: see ops.def.
 */
#ifndef IR_SHA_H
#define IR_SHA_H

#include <stdint.h>

void sha256_two_rounds(uint32_t d[4], const uint32_t feba[4], const uint32_t hgdc[4], const uint32_t w[4], unsigned which);
void sha256_schedule_first(uint32_t d[4], const uint32_t a[4], const uint32_t b[4], const uint32_t c[4], unsigned which);
void sha256_schedule_second(uint32_t d[4], const uint32_t a[4], const uint32_t b[4], const uint32_t c[4], unsigned which);
void sha1_four_rounds(uint32_t d[4], const uint32_t abcd[4], const uint32_t e[4], const uint32_t w[4], unsigned which);

#endif

/*
 * simd_fp.c: Advanced SIMD floating point.
 */
#include "frontend/arm/a64/fp.h"

bool a64_simd_fp_decode(struct a64 *t, uint32_t insn)
{
    (void)t, (void)insn;
    return false;
}

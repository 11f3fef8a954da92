/*
 * fp_decode.c: which of the VFP and NEON tables a word belongs to; called by
 * the A32 and T32 decoders. The sections of the manual's chapter overlap as bit
 * patterns and are told apart here, by the same bits as in its tables.
 */
#include "frontend/arm/fp.h"

#include "frontend/arm/vfp.decode.h"
#include "frontend/arm/vfp_uncond.decode.h"
#include "frontend/arm/neon_3same.decode.h"
#include "frontend/arm/neon_long.decode.h"
#include "frontend/arm/neon_shift.decode.h"
#include "frontend/arm/neon_imm.decode.h"
#include "frontend/arm/neon_misc.decode.h"
#include "frontend/arm/neon_mem.decode.h"
#include "frontend/arm/neon_v8.decode.h"

/* 1111 001x: DDI 0406C table A7-8 */
static bool decode_data(struct a32 *t, uint32_t insn)
{
    if (!bits(insn, 23, 1))
        return neon_3same(t, insn);
    if (bits(insn, 4, 1))
        return bits(insn, 19, 3) || bits(insn, 7, 1) ? neon_shift(t, insn) : neon_imm(t, insn);
    return bits(insn, 20, 2) == 3 ? neon_misc(t, insn) : neon_long(t, insn);
}

bool arm_fp_decode(struct a32 *t, uint32_t insn)
{
    bool is_vfp = bits(insn, 10, 2) == 2 && bits(insn, 8, 2) != 0; /* coprocessors 9 to 11 */

    if (insn >> 28 != 15)
        return vfp(t, insn);
    switch (bits(insn, 24, 4)) {
    case 2: case 3: return decode_data(t, insn);
    case 4:         return neon_mem(t, insn);
    default:        return is_vfp ? vfp_uncond(t, insn) : neon_v8(t, insn);
    }
}

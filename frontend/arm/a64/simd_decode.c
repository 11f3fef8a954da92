/*
 * simd_decode.c: which of the AdvSIMD integer tables a word belongs to; called
 * by translate.c. The sections of DDI 0487 C4.1.96 are told apart by the same
 * bits as there. A word of a floating-point section is in none of the tables.
 */
#include "frontend/arm/a64/simd.h"

#include "frontend/arm/a64/simd_three.args.h"
#include "frontend/arm/a64/simd_long.args.h"
#include "frontend/arm/a64/simd_misc.args.h"
#include "frontend/arm/a64/simd_shift.args.h"
#include "frontend/arm/a64/simd_imm.args.h"
#include "frontend/arm/a64/simd_crypto.args.h"
#include "frontend/arm/a64/simd_mem.args.h"

/* For simd_shift.decode: the width of a scalar shifted by immh:immb. */
static inline unsigned scalar_bits(unsigned imm) { return 8u << (31 - __builtin_clz(imm >> 3 | 1)); }

#include "frontend/arm/a64/simd_three.decode.h"
#include "frontend/arm/a64/simd_long.decode.h"
#include "frontend/arm/a64/simd_misc.decode.h"
#include "frontend/arm/a64/simd_shift.decode.h"
#include "frontend/arm/a64/simd_imm.decode.h"
#include "frontend/arm/a64/simd_crypto.decode.h"
#include "frontend/arm/a64/simd_mem.decode.h"

bool a64_simd_decode(struct a64 *t, uint32_t insn)
{
    bool scalar = bits(insn, 28, 1), is_three = bits(insn, 10, 1);

    if (insn >> 31)
        return simd_crypto(t, insn);
    if (bits(insn, 24, 1)) {
        if (!is_three)
            return simd_long(t, insn);
        return scalar || bits(insn, 19, 4) ? simd_shift(t, insn) : simd_imm(t, insn);
    }
    if (bits(insn, 21, 1)) {
        if (is_three)
            return simd_three(t, insn);
        if (!bits(insn, 11, 1))
            return simd_long(t, insn);
        return bits(insn, 17, 4) == 4 ? simd_crypto(t, insn) : simd_misc(t, insn);
    }
    if (is_three && bits(insn, 15, 1))
        return simd_three(t, insn);
    return scalar && !is_three ? simd_crypto(t, insn) : simd_misc(t, insn);
}

bool a64_simd_mem_decode(struct a64 *t, uint32_t insn) { return simd_mem(t, insn); }

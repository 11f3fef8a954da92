/*
 * translate.h: region formation (translate.c, peek.c) as the rest of this
 * folder sees it: ITSTATE, jumps to known places, the doors of arm_arch.
 */
#ifndef FRONTEND_ARM_TRANSLATE_H
#define FRONTEND_ARM_TRANSLATE_H

#include "frontend/arm/arm.h"

/* ITSTATE of the instruction after one that stands under `it`. */
static inline uint8_t it_advance(uint8_t it)
{
    return it & 7 ? (it & 0xe0) | (it << 1 & 0x1f) : 0;
}

/* Is this the first halfword of a 32-bit Thumb instruction? */
static inline bool t32_is_wide(uint32_t half) { return half >> 11 >= 0x1d; }

/* The Thumb instruction at pc, both halves of one of 32 bits; its length, or 0: it cannot be read. */
static inline unsigned read_thumb(struct code_source *src, uint32_t pc, uint32_t *insn)
{
    uint16_t half[2];

    if (pc % CODE_WINDOW == CODE_WINDOW - 2) {
        if (!code_read(src, pc, &half[0], 2))
            return 0;
        if (t32_is_wide(half[0]) && !code_read(src, pc + 2, &half[1], 2))
            return 0;
    } else if (!code_read(src, pc, half, 4)) {
        return 0;
    }
    *insn = half[0];
    if (!t32_is_wide(half[0]))
        return 2;
    *insn = (uint32_t)half[0] << 16 | half[1];
    return 4;
}

/* Goes on at target, inside the region when it lies near enough ahead. */
void jump_direct(struct a32 *t, uint32_t target);
/* Leaves for target when the i32 is not zero; else goes on behind this instruction. */
void jump_if(struct a32 *t, ir_ref condition, uint32_t target);

void arm_translate(struct ir_region *r, struct code_source *s, const struct guest_cpu_model *m, const struct translate_options *o);
unsigned arm_flags_live(struct region_key key, struct code_source *s);

/* Are condition flags passed by calls and returns in this program? See peek.c. Written under the translation lock. */
extern bool arm_returns_keep_flags;
/*
 * Before a call that returns to this address of the current instruction set.
 * True: flags are read there, and the region ends before the call; nothing more
 * is to be done for this instruction.
 */
bool arm_call_waits(struct a32 *t, uint32_t return_address);

/* In place of a call in hot code. True: the callee comes next, in a frame. */
bool arm_inline_call(struct a32 *t, uint32_t target, uint32_t return_address);
/* Does a straight way lead from pc to a return in a few instructions? */
bool arm_returns_soon(struct a32 *t, uint32_t pc);
/* Is the function worth it? *stop: from which pc on it is not, NOWHERE: all of it is. */
#define NOWHERE 0xffffffffu
bool arm_may_inline(struct a32 *t, uint32_t pc, uint32_t *stop);

#endif

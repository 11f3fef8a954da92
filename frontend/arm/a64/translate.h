/*
 * translate.h: region formation (translate.c, peek.c) as the rest of this
 * folder sees it: jumps to known places, the doors of a64_arch.
 */
#ifndef FRONTEND_ARM_A64_TRANSLATE_H
#define FRONTEND_ARM_A64_TRANSLATE_H

#include "frontend/arm/a64/a64.h"

/* A sign-extended field as a line's parameter. */
static inline uint32_t sx32(uint32_t v, unsigned n) { return (uint32_t)sx(v, n); }

/* Goes on at target, inside the region when it lies near enough ahead. */
void a64_jump(struct a64 *t, uint64_t target);
void a64_jump_indirect(struct a64 *t, ir_ref target, unsigned dead_flags);
void a64_jump_return(struct a64 *t, ir_ref target);
/* Leaves for target when the i32 is not zero; else goes on behind this instruction. */
void a64_jump_if(struct a64 *t, ir_ref condition, uint64_t target);

void a64_translate(struct ir_region *r, struct code_source *s, const struct guest_cpu_model *m, const struct translate_options *o);
unsigned a64_flags_live(struct region_key key, struct code_source *s);

/* Are condition flags passed by calls and returns in this program? See peek.c. Written under the translation lock. */
extern bool a64_returns_keep_flags;
/*
 * Before a call that returns to this address. True: flags are read there, and
 * the region ends before the call; nothing more is to be done for this instruction.
 */
bool a64_call_waits(struct a64 *t, uint64_t return_address);

/* Does BR <Rn> at pc go through a switch's table, or the linker's? Then no flags live behind it. */
bool a64_jumps_by_table(struct code_source *s, uint64_t pc, unsigned Rn);

/* In place of a call: true: the callee is translated next, inside the region (ir/frame.h). */
bool a64_inline_call(struct a64 *t, uint64_t target, uint64_t return_address);
/* peek.c: does a straight way lead from pc to a return in a few instructions? */
bool a64_returns_soon(struct a64 *t, uint64_t pc);
/* Is the function worth it? *stop: from where on it is not; NOWHERE: all of it is. */
#define NOWHERE (~0ull)
bool a64_may_inline(struct a64 *t, uint64_t pc, uint64_t *stop);

#endif

/*
 * toy.h: a guest of a few instructions, enough to try the runtime without a
 * real frontend. Four bytes each: {op, a, b, c}; r0..r7, 32-bit or 64-bit addresses,
 * target bit 0 is a mode bit as on ARM.
 */
#ifndef TESTS_RUNTIME_TOY_H
#define TESTS_RUNTIME_TOY_H

#include "frontend/frontend.h"

enum toy_op {
    TOY_HALT,   /* raise EXC_SYSCALL, data b */
    TOY_ADDI,   /* ra += (int8_t)b */
    TOY_BNEZ,   /* if ra != 0: pc += (int8_t)b * 4 */
    TOY_JUMP,   /* pc += (int8_t)b * 4 */
    TOY_JR,     /* pc = ra */
    TOY_CALL,   /* r7 = pc + 4; pc += (int8_t)b * 4 */
    TOY_RET,    /* pc = r7 */
    TOY_STORE,  /* [ra + (int8_t)c] = rb */
    TOY_LOAD,   /* rb = [ra + (int8_t)c] */
    TOY_HELPER, /* rb = helper(ra) */
    TOY_SYNC,   /* mode register ^= b, then goes on in that mode */
    TOY_FDIV,   /* s1 = s0 / s0 as singles: NaN for 0 */
};

struct toy_state { uint64_t r[8], pc, mode; uint32_t s[4]; } __attribute__((aligned(16)));
extern struct guest_arch toy_arch;
extern uint64_t (*toy_helper)(struct toy_state *s, uint64_t a);

#endif

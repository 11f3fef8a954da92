/*
 * mem.h: what the files of loads and stores (mem.c, atomic.c, mops.c, mte.c,
 * pauth.c) share beyond a64.h.
 */
#ifndef FRONTEND_ARM_A64_MEM_H
#define FRONTEND_ARM_A64_MEM_H

#include "frontend/arm/a64/a64.h"

/* Where the base moves to: nowhere, before the access, behind it. */
enum mem_index { INDEX_NONE, INDEX_PRE, INDEX_POST };

/* imm9 forms: unscaled, post, unprivileged, pre. */
static inline enum mem_index index_of(unsigned kind) { return kind == 3 ? INDEX_PRE : kind == 1 ? INDEX_POST : INDEX_NONE; }
/* pairs: no-allocate, post, offset, pre. */
static inline enum mem_index pair_index_of(unsigned kind) { return kind == 3 ? INDEX_PRE : kind == 1 ? INDEX_POST : INDEX_NONE; }
/* A sign-extended field as a row's parameter. */
static inline uint32_t sx32(uint32_t v, unsigned n) { return (uint32_t)sx(v, n); }

/* base + offset, both of 64 bits. */
static inline ir_ref plus(struct a64 *t, ir_ref base, int64_t offset)
{
    return offset ? ir_op2i(t->ir, IR_add, I64, base, (uint64_t)offset) : base;
}

/* Two doublewords as a vector, and back. */
static inline ir_ref join(struct a64 *t, ir_ref low, ir_ref high)
{
    ir_ref v = ir_op(t->ir, IR_vset, V128, ir_vconst(t->ir, 0, 0), low, NO_ARG, 64, 0);

    return ir_op(t->ir, IR_vset, V128, v, high, NO_ARG, 64, 1);
}
static inline ir_ref half(struct a64 *t, ir_ref v, unsigned n) { return ir_op(t->ir, IR_vget, V128, v, NO_ARG, NO_ARG, 64, n); }

/* Host address of guest data; the top byte is a tag, which the CPU ignores. */
static inline void *a64_host_address(struct a64_state *s, uint64_t addr)
{
    return (void *)(vcpu_of_state(s)->mem_base + ((uint64_t)((int64_t)(addr << 8) >> 8)));
}

/* The door's atomic side; see ir_cas and ir_rmw. */
ir_ref a64_rmw(struct a64 *t, enum ir_opcode op, enum ir_type type, unsigned memop, ir_ref addr, ir_ref operand);
ir_ref a64_cas(struct a64 *t, enum ir_type type, unsigned memop, ir_ref addr, ir_ref expected, ir_ref desired);

/* The tables behind mem.decode, tried in this order by a64_mem_decode(). */
bool a64_atomic_decode(struct a64 *t, uint32_t insn);
bool a64_pauth_decode(struct a64 *t, uint32_t insn);
bool a64_mops_decode(struct a64 *t, uint32_t insn);
bool a64_mte_decode(struct a64 *t, uint32_t insn);

#endif

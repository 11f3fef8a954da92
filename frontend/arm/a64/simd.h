/*
 * simd.h: what the files of AdvSIMD on integers (simd*.c) share.
 *
 * `bits` says how much of a register an instruction works on: 128, 64, or for
 * scalars the lane's width. What lies above reads as it is, or as zero where it
 * could set QC, and is written as zero.
 */
#ifndef FRONTEND_ARM_A64_SIMD_H
#define FRONTEND_ARM_A64_SIMD_H

#include "frontend/arm/a64/a64.h"

#define LANE(f) (8u << (f)->size)

/* Operations of helper simd_integer and simd_sm, without an IR op of their own. */
enum simd_operation {
    VOP_SQRDMLAH, VOP_SQRDMLSH, VOP_URECPE, VOP_URSQRTE,
    VOP_SM3SS1, VOP_SM3TT1A, VOP_SM3TT1B, VOP_SM3TT2A, VOP_SM3TT2B, VOP_SM3PARTW1, VOP_SM3PARTW2, VOP_SM4E, VOP_SM4EKEY,
};

/* Constant operands of those helpers, packed into one word. scalar: operand m is lane `lane` of its register for all. */
struct simd_args { uint8_t d, n, m, a, bits, size, scalar, lane; };
static inline uint64_t pack_simd_args(struct simd_args a)
{
    uint64_t v;
    memcpy(&v, &a, sizeof v);
    return v;
}
static inline struct simd_args unpack_simd_args(uint64_t v)
{
    struct simd_args a;
    memcpy(&a, &v, sizeof a);
    return a;
}
_Static_assert(sizeof(struct simd_args) == 8, "packed into an I64 constant");

/* v in every lane, as the low half of a vector. */
static inline uint64_t splat64(unsigned lane, uint64_t v)
{
    uint64_t all = v & ones(lane);

    for (unsigned n = lane; n < 64; n *= 2)
        all |= all << n;
    return all;
}
static inline ir_ref splat(struct a64 *t, unsigned lane, uint64_t v)
{
    uint64_t all = splat64(lane, v);

    return ir_vconst(t->ir, all, all);
}
/* Only the low `bits` of a vector. */
static inline ir_ref low_bits(struct a64 *t, ir_ref v, unsigned bits)
{
    if (bits >= 128)
        return v;
    return bits == 64 ? ir_v1(t->ir, IR_vlow, 64, v, 0) : ir_v2(t->ir, IR_vand, 64, v, ir_vconst(t->ir, ones(bits), 0), 0);
}
static inline ir_ref get_low(struct a64 *t, unsigned n, unsigned bits) { return low_bits(t, get_v(t, n), bits); }
static inline void set_low(struct a64 *t, unsigned d, unsigned bits, ir_ref v) { set_v(t, 1, d, low_bits(t, v, bits)); }
/* The half of n that Q chooses, in the low half; above it anything. */
static inline ir_ref get_half(struct a64 *t, unsigned Q, unsigned n)
{
    return Q ? ir_v1(t->ir, IR_vhigh, 64, get_v(t, n), 0) : get_v(t, n);
}
/* v, whose upper half is zero, becomes all of d, or with Q its upper half. */
static inline void set_half(struct a64 *t, unsigned Q, unsigned d, ir_ref v)
{
    set_v(t, 1, d, Q ? ir_v2(t->ir, IR_vcombine, 64, get_v(t, d), v, 0) : v);
}
/* acc: an op that takes the old destination first, or IR_nop. */
static inline ir_ref accumulate(struct a64 *t, enum ir_opcode acc, unsigned lane, unsigned d, ir_ref v)
{
    return acc == IR_nop ? v : ir_v2(t->ir, acc, lane, get_v(t, d), v, 0);
}

/* SM4: four rounds on d with four keys, or with four constants on the key schedule (simd_sm.c). */
void simd_sm4_rounds(uint32_t d[4], const uint32_t key[4], bool schedule);

/* FPSR.QC is set where two results differ. */
void simd_note_saturation(struct a64 *t, ir_ref saturated, ir_ref wrapped);
/* SQDMULH SQRDMULH (also where it is rounded); SQRDMLAH SQRDMLSH go to C. */
ir_ref simd_doubling_high(struct a64 *t, enum ir_opcode op, unsigned lane, ir_ref n, ir_ref m);
void call_simd_helper(struct a64 *t, enum a64_helper helper, enum simd_operation op, struct simd_args a);

#endif

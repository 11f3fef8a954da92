/*
 * fp.h: what the VFP and Advanced SIMD files share: what C helpers are
 * told (the operations are in fp_operation.h), register numbers, and checks that the .decode files' last
 * column uses.
 */
#ifndef FRONTEND_ARM_FP_H
#define FRONTEND_ARM_FP_H

#include "frontend/arm/arm.h"
#include "frontend/arm/fp_operation.h"
#include "frontend/arm/fp_args.gen.h"

/* Vector operations without an IR op of their own. */
enum vector_operation {
    VOP_SQSHL, VOP_UQSHL, VOP_SQRSHL, VOP_UQRSHL, VOP_SQRDMLAH, VOP_SQRDMLSH, VOP_URECPE, VOP_URSQRTE,
    VOP_SHA1C, VOP_SHA1P, VOP_SHA1M, VOP_SHA1SU0, VOP_SHA1SU1, VOP_SHA1H,
    VOP_SHA256H, VOP_SHA256H2, VOP_SHA256SU0, VOP_SHA256SU1,
    VOP_USDOT, VOP_SUDOT, VOP_SMMLA, VOP_UMMLA, VOP_USMMLA,
    VOP_CADD, VOP_CMLA,
    VOP_FMLAL, VOP_FMLSL, VOP_BFMLAL, VOP_BFDOT, VOP_BFMMLA,
};

/* Scalar conversions that the IR has not, or not in every mode. size: 1 half, 2 single, 3 double; lane 1: upper half. */
enum vfp_conversion {
    VC_FROM_HALF, VC_TO_HALF, VC_TO_BF16,
    VC_FIXED_FROM_S16, VC_FIXED_FROM_U16, VC_FIXED_TO_S16, VC_FIXED_TO_U16, /* imm = fraction bits, may be negative */
    VC_FIXED_FROM_S32, VC_FIXED_FROM_U32,                                   /* imm = fraction bits; all FIXED_FROM round to nearest */
    VC_HALF_FROM_S32, VC_HALF_FROM_U32,
    VC_HALF_TO_S32, VC_HALF_TO_U32,                                         /* imm = fraction bits, lane = enum ir_round */
    VC_JAVASCRIPT,
};
enum neon_conversion { NC_TO_HALF, NC_FROM_HALF, NC_TO_BF16 };

/*
 * Constant operands of the helpers that work on the vector file, packed into
 * one word: registers by number (doubles; for scalars S, H or D by the width),
 * lanes of 8 << size bits, q = 16 bytes. scalar: the second operand is lane
 * `lane` of its register for all. imm: fraction bits, rotation ...
 */
struct vec_args { uint8_t d, n, m, q, size, scalar, lane, imm; };
static inline uint64_t pack_args(struct vec_args a)
{
    uint64_t v;
    memcpy(&v, &a, sizeof v);
    return v;
}
static inline struct vec_args unpack_args(uint64_t v)
{
    struct vec_args a;
    memcpy(&a, &v, sizeof a);
    return a;
}
_Static_assert(sizeof(struct vec_args) == 8, "packed into an I64 constant");
void call_vector_helper(struct a32 *t, enum arm_helper helper, unsigned operation, struct vec_args a);

/* ---- register numbers from the fields of an encoding ---- */
#define REG_D(f) ((f)->D << 4 | (f)->Vd)
#define REG_N(f) ((f)->N << 4 | (f)->Vn)
#define REG_M(f) ((f)->M << 4 | (f)->Vm)
/* The same for VFP: sz 3 = double, else single (half precision lives in singles). */
static inline unsigned vfp_number(unsigned sz, unsigned bit, unsigned four) { return sz == 3 ? bit << 4 | four : four << 1 | bit; }
#define VFP_D(f) vfp_number((f)->sz, (f)->D, (f)->Vd)
#define VFP_N(f) vfp_number((f)->sz, (f)->N, (f)->Vn)
#define VFP_M(f) vfp_number((f)->sz, (f)->M, (f)->Vm)

/* ---- checks for the .decode files: true = undefined ---- */
static inline bool no_half(const struct a32 *t, bool half) { return half && !has(t, ARM_FP16_ARITH); }
static inline bool no_d32(const struct a32 *t, unsigned high_bit) { return high_bit && !has(t, ARM_D32); }
static inline bool bad_fp(const struct a32 *t, unsigned sz, unsigned high_bits)
{
    return sz == 0 || no_half(t, sz == 1) || (sz == 3 && no_d32(t, high_bits));
}
/* A register list of VLDM: empty, longer than 16 doubles, or past the last register. */
static inline bool bad_list(const struct a32 *t, bool dp, unsigned D, unsigned Vd, unsigned imm8)
{
    unsigned count = dp ? imm8 / 2 : imm8, first = vfp_number(dp ? 3 : 2, D, Vd);

    return count == 0 || (dp && count > 16) || first + count > (dp && has(t, ARM_D32) ? 32 : dp ? 16 : 32);
}

/* One lane and all lanes of VLDn: forms that do not exist; one lane must not run past the last register (neon_mem.c). */
bool bad_lane(unsigned each, unsigned size, unsigned index_align, unsigned d);
bool bad_all(unsigned each, unsigned size, unsigned a);

/* f32 whose sign, three bits of exponent and four of fraction are imm8's. */
static inline uint32_t fp_expand32(unsigned imm8)
{
    return imm8 >> 7 << 31 | (imm8 & 0x40 ? 0x1f : 0x20) << 25 | (imm8 & 0x3f) << 19;
}

/* ---- the vector file ---- */
static inline ir_ref get_v(struct a32 *t, unsigned d, bool q) { return ir_getv(t->ir, SLOT_D(d), q ? 16 : 8); }
static inline void put_v(struct a32 *t, unsigned d, bool q, ir_ref v) { ir_putv(t->ir, SLOT_D(d), q ? 16 : 8, v); }
/* The same value in every lane. */
static inline ir_ref vec_splat(struct a32 *t, unsigned lane, uint64_t v)
{
    uint64_t all = v & ones(lane);

    for (unsigned n = lane; n < 64; n *= 2)
        all |= all << n;
    return ir_vconst(t->ir, all, all);
}
/* Lane `index` of d in every lane. */
static inline ir_ref vec_dup_lane(struct a32 *t, unsigned d, unsigned lane, unsigned index)
{
    return ir_v1(t->ir, IR_vdupl, lane, get_v(t, d, false), index);
}
/* Single precision lanes by IR (neon_float.c): d's new value from its old one, n and m. False: not this one. */
bool float_lanes(struct a32 *t, enum fp_operation op, unsigned d, bool q, ir_ref n, ir_ref m);
/* FPSCR.QC is set where two results differ. */
void note_saturation(struct a32 *t, ir_ref saturated, ir_ref wrapped);

#endif

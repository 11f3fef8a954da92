/*
 * neon_widening.c: products of half-precision and bfloat16 lanes summed in
 * single precision (end of neon_v8.decode; DDI 0487 F6.1 VFMAL, VDOT, VMMLA),
 * translation and helper together.
 */
#include "frontend/arm/fp.h"

/*
 * Operands of VFMAL: in doubleword form n and m are singles (two lanes), in
 * quadword form doublewords. args.n and args.m count singles.
 */
static unsigned half_operand(bool Q, unsigned bit, unsigned four) { return Q ? 2 * (bit << 4 | four) : four << 1 | bit; }

void fp_vfmal(struct a32 *t, const struct fp_vfmal *f)
{
    call_vector_helper(t, HELPER_neon_widening, f->sub ? VOP_FMLSL : VOP_FMLAL,
                       (struct vec_args){.d = REG_D(f), .n = half_operand(f->Q, f->N, f->Vn), .m = half_operand(f->Q, f->M, f->Vm), .q = f->Q});
}
void fp_vfmal_scalar(struct a32 *t, const struct fp_vfmal_scalar *f)
{
    unsigned m = f->Q ? 2 * (f->Vm & 7) : (f->Vm & 7) << 1 | f->M, lane = f->Q ? f->M << 1 | f->Vm >> 3 : f->Vm >> 3;

    call_vector_helper(t, HELPER_neon_widening, f->sub ? VOP_FMLSL : VOP_FMLAL,
                       (struct vec_args){.d = REG_D(f), .n = half_operand(f->Q, f->N, f->Vn), .m = m, .q = f->Q, .scalar = 1, .lane = lane});
}

/* VFMAB VFMAT: the even (odd) bfloat16 lanes. */
void fp_vfma_bf16(struct a32 *t, const struct fp_vfma_bf16 *f)
{
    call_vector_helper(t, HELPER_neon_widening, VOP_BFMLAL, (struct vec_args){.d = REG_D(f), .n = 2 * REG_N(f), .m = 2 * REG_M(f), .q = 1, .imm = f->T});
}
void fp_vfma_bf16_scalar(struct a32 *t, const struct fp_vfma_bf16_scalar *f)
{
    call_vector_helper(t, HELPER_neon_widening, VOP_BFMLAL,
                       (struct vec_args){.d = REG_D(f), .n = 2 * REG_N(f), .m = 2 * (f->Vm & 7), .q = 1, .imm = f->T, .scalar = 1, .lane = f->M << 1 | f->Vm >> 3});
}
void fp_vdot_bf16(struct a32 *t, const struct fp_vdot_bf16 *f)
{
    call_vector_helper(t, HELPER_neon_widening, f->vop, (struct vec_args){.d = REG_D(f), .n = 2 * REG_N(f), .m = 2 * REG_M(f), .q = f->Q});
}
void fp_vdot_bf16_scalar(struct a32 *t, const struct fp_vdot_bf16_scalar *f)
{
    call_vector_helper(t, HELPER_neon_widening, VOP_BFDOT,
                       (struct vec_args){.d = REG_D(f), .n = 2 * REG_N(f), .m = 2 * f->Vm, .q = f->Q, .scalar = 1, .lane = f->M});
}

/* ---- the helper ---- */
static uint32_t widening_lane(enum vector_operation op, const struct vec_args *a, unsigned i, uint32_t d, const uint16_t *n, const uint16_t *m, struct fp_status *st)
{
    unsigned j = 2 * i + a->imm, k = a->scalar ? a->lane : i; /* lanes of n and m */

    switch (op) {
    case VOP_FMLAL:
    case VOP_FMLSL:
        return f32_muladd(fp_widen_half(n[i], st) ^ (op == VOP_FMLSL ? 0x80000000 : 0), fp_widen_half(m[k], st), d, st);
    case VOP_BFMLAL:
        return f32_muladd((uint32_t)n[j] << 16, (uint32_t)m[a->scalar ? a->lane : j] << 16, d, st);
    case VOP_BFDOT:
        return fp_bf16_dot(d, n + 2 * i, m + 2 * k);
    case VOP_BFMMLA:
        return fp_bf16_dot(fp_bf16_dot(d, n + i / 2 * 4, m + i % 2 * 4), n + i / 2 * 4 + 2, m + i % 2 * 4 + 2);
    default:
        bug("neon_widening: operation %u", op);
    }
}

void arm_helper_neon_widening(struct arm_state *s, uint32_t op, uint64_t args)
{
    struct vec_args a = unpack_args(args);
    uint32_t d[4];
    uint16_t n[8], m[8];

    memcpy(d, &s->d[a.d], sizeof d);
    memcpy(n, (uint32_t *)s->d + a.n, sizeof n);
    memcpy(m, (uint32_t *)s->d + a.m, sizeof m);
    for (unsigned i = 0; i < (a.q ? 4 : 2); i++)
        d[i] = widening_lane(op, &a, i, d[i], n, m, &vcpu_of_state(s)->fp_std);
    memcpy(&s->d[a.d], d, a.q ? 16 : 8);
}

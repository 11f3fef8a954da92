/*
 * fp_operation.h: the floating-point operations of ARM on one number, in C, for
 * what the IR has no op for. Shared by the A32 and A64 helpers.
 */
#ifndef FRONTEND_ARM_FP_OPERATION_H
#define FRONTEND_ARM_FP_OPERATION_H

#include "util/softfloat.h"

/*
 * fp_lane.h says what each is. A pair TO_S/TO_U is s with its unsigned sibling
 * one higher. RECPS and RSQRTS round twice (A32), RECPSF and RSQRTSF once (A64).
 */
enum fp_operation {
    FOP_ADD, FOP_SUB, FOP_MUL, FOP_DIV, FOP_NMUL, FOP_MULX, FOP_SQRT, FOP_ABS, FOP_NEG, FOP_MOV,
    FOP_MLA, FOP_MLS, FOP_NMLA, FOP_NMLS, FOP_FMA, FOP_FMS, FOP_FNMA, FOP_FNMS,
    FOP_ABD, FOP_MAX, FOP_MIN, FOP_MAXNM, FOP_MINNM, FOP_RECPS, FOP_RSQRTS, FOP_RECPSF, FOP_RSQRTSF, FOP_RECPE, FOP_RSQRTE, FOP_RECPX,
    FOP_CEQ, FOP_CGE, FOP_CGT, FOP_ACGE, FOP_ACGT, FOP_CEQ0, FOP_CGE0, FOP_CGT0, FOP_CLE0, FOP_CLT0,
    FOP_PADD, FOP_PMAX, FOP_PMIN, FOP_PMAXNM, FOP_PMINNM, /* lanes in pairs, from both operands */
    FOP_RINTN, FOP_RINTA, FOP_RINTZ, FOP_RINTM, FOP_RINTP, FOP_RINTR, FOP_RINTX,
    FOP_RINT32Z, FOP_RINT32X, FOP_RINT64Z, FOP_RINT64X,
    FOP_TO_S, FOP_TO_U, FOP_TO_SR, FOP_TO_UR, FOP_FROM_S, FOP_FROM_U, /* imm = fraction bits */
    FOP_CVTA_S, FOP_CVTA_U, FOP_CVTN_S, FOP_CVTN_U, FOP_CVTP_S, FOP_CVTP_U, FOP_CVTM_S, FOP_CVTM_U,
};

/* The operation on scalars or lanes (fp_lane.c). s: whose modes and flags. */
uint16_t fp_lane16(enum fp_operation op, uint16_t d, uint16_t n, uint16_t m, unsigned imm, struct fp_status *s);
uint32_t fp_lane32(enum fp_operation op, uint32_t d, uint32_t n, uint32_t m, unsigned imm, struct fp_status *s);
uint64_t fp_lane64(enum fp_operation op, uint64_t d, uint64_t n, uint64_t m, unsigned imm, struct fp_status *s);

/* f32 to bf16: its upper half, rounded; NaNs keep their sign and top bits and become quiet. */
uint16_t fp_to_bf16(uint32_t v, struct fp_status *s);
/* A half as a single for a sum of products: NaNs with their bits; with FZ16 denormals are zeros. */
uint32_t fp_widen_half(uint16_t v, const struct fp_status *s);
/* sum + n[0] * m[0] + n[1] * m[1] on bfloat16. */
uint32_t fp_bf16_dot(uint32_t sum, const uint16_t *n, const uint16_t *m);
/* Towards zero, modulo 2^32; inexact when that is not the number; *exact: it is. */
uint32_t fp_to_int_javascript(uint64_t v, bool *exact, struct fp_status *s);

#endif

/*
 * simd_fp.c: AdvSIMD floating point to IR (simd_fp.decode), vector and scalar;
 * half precision is lanes of 16 bits like any other. What the IR lacks goes to
 * helpers. DDI 0487 C7.2; unlike A32 it obeys FPCR.
 *
 * Lanes beyond those that take part must raise nothing. They are zero, which
 * all operations but division take for a number; results are cut off again.
 */
#include "frontend/arm/a64/fp.h"

#include "frontend/arm/a64/simd_fp.args.h"
#include "frontend/arm/a64/simd_fp.decode.h"

bool a64_simd_fp_decode(struct a64 *t, uint32_t insn)
{
    return simd_fp(t, insn);
}

/* ---- operands and results: the low `bits` of a register ---- */

static ir_ref low_lane(struct a64 *t, unsigned bits, ir_ref v)
{
    switch (bits) {
    case 16: return ir_op1(t->ir, IR_ftov, F32, ir_op1(t->ir, IR_ffrom, F32, ir_v1(t->ir, IR_vget, 16, v, 0)));
    case 32: return ir_op1(t->ir, IR_ftov, F32, ir_op1(t->ir, IR_vtof, F32, v));
    case 64: return ir_v1(t->ir, IR_vlow, 64, v, 0);
    default: return v;
    }
}
static ir_ref operand(struct a64 *t, unsigned bits, unsigned n) { return low_lane(t, bits, get_v(t, n)); }
static void result(struct a64 *t, unsigned bits, unsigned d, ir_ref v) { set_v(t, 1, d, low_lane(t, bits, v)); }

/* The same in every lane of 8 << size bits. */
static ir_ref splat(struct a64 *t, unsigned size, uint64_t v)
{
    for (unsigned n = 8u << size; n < 64; n *= 2)
        v |= v << n;
    return ir_vconst(t->ir, v, v);
}
static uint64_t sign_of(unsigned size) { return 1ull << ((8u << size) - 1); }
static ir_ref magnitude(struct a64 *t, unsigned size, ir_ref v) { return ir_v2(t->ir, IR_vand, 64, v, splat(t, size, sign_of(size) - 1), 0); }
static ir_ref negated(struct a64 *t, unsigned size, ir_ref v) { return ir_v2(t->ir, IR_vxor, 64, v, splat(t, size, sign_of(size)), 0); }

/* 2^k */
static uint64_t power_of_two(unsigned size, int k)
{
    return size == 3 ? (uint64_t)(1023 + k) << 52 : (uint64_t)(127 + k) << 23;
}

/* ---- operations by IR ---- */

/* Of two operands. 0: helpers do it. */
static unsigned op_of(enum fp_operation op)
{
    switch (op) {
    case FOP_ADD: case FOP_PADD:     return IR_vfadd;
    case FOP_SUB: case FOP_ABD:      return IR_vfsub;
    case FOP_MUL:                    return IR_vfmul;
    case FOP_DIV:                    return IR_vfdiv;
    case FOP_MAX: case FOP_PMAX:     return IR_vfmax;
    case FOP_MIN: case FOP_PMIN:     return IR_vfmin;
    case FOP_MAXNM: case FOP_PMAXNM: return IR_vfmaxnm;
    case FOP_MINNM: case FOP_PMINNM: return IR_vfminnm;
    case FOP_RECPSF:                 return IR_vfrecps;
    case FOP_RSQRTSF:                return IR_vfrsqrts;
    case FOP_CEQ:                    return IR_vfceq;
    case FOP_CGE: case FOP_ACGE:     return IR_vfcge;
    case FOP_CGT: case FOP_ACGT:     return IR_vfcgt;
    default:                         return 0;
    }
}

static ir_ref lanes2(struct a64 *t, enum fp_operation op, unsigned size, ir_ref n, ir_ref m)
{
    return ir_v2(t->ir, op_of(op), 8u << size, n, m, 0);
}

static void three_by_helper(struct a64 *t, enum fp_operation op, struct lane_args a, unsigned bits)
{
    a.lanes = (uint8_t)(bits / (8u << a.size));
    call_lanes(t, HELPER_fp_lanes, op, a);
}

static void multiply_add(struct a64 *t, bool subtract, unsigned size, unsigned bits, unsigned d, ir_ref n, ir_ref m)
{
    result(t, bits, d, ir_v3(t->ir, IR_vfma, 8u << size, subtract ? negated(t, size, n) : n, m, operand(t, bits, d)));
}

void vf_three(struct a64 *t, const struct vf_three *f)
{
    struct lane_args args = {.d = f->Rd, .n = f->Rn, .m = f->Rm, .a = f->Rd, .size = f->size};

    if (f->fop != FOP_FMA && f->fop != FOP_FMS && !op_of(f->fop)) {
        three_by_helper(t, f->fop, args, f->bits);
        return;
    }
    ir_ref n = operand(t, f->bits, f->Rn), m = operand(t, f->bits, f->Rm);
    switch ((enum fp_operation)f->fop) {
    case FOP_FMA: case FOP_FMS:
        multiply_add(t, f->fop == FOP_FMS, f->size, f->bits, f->Rd, n, m);
        return;
    case FOP_ACGE: case FOP_ACGT:
        n = magnitude(t, f->size, n);
        m = magnitude(t, f->size, m);
        break;
    case FOP_DIV:
        if (f->bits == 64)
            m = ir_v2(t->ir, IR_vcombine, 64, m, splat(t, f->size, f->size == 1 ? 0x3c00 : 0x3f800000), 0);
        break;
    default:
        break;
    }
    ir_ref v = lanes2(t, f->fop, f->size, n, m);
    result(t, f->bits, f->Rd, f->fop == FOP_ABD ? magnitude(t, f->size, v) : v);
}

/* Pairs of n in the lower half of the result, of m in the upper. */
void vf_pairs(struct a64 *t, const struct vf_pairs *f)
{
    unsigned lane = 8u << f->size;
    ir_ref n = operand(t, f->bits, f->Rn), m = operand(t, f->bits, f->Rm);

    if (f->bits == 64) {
        n = ir_v2(t->ir, IR_vcombine, 64, n, m, 0);
        m = ir_vconst(t->ir, 0, 0);
    }
    result(t, f->bits, f->Rd, lanes2(t, f->fop, f->size, ir_v2(t->ir, IR_vuzp1, lane, n, m, 0), ir_v2(t->ir, IR_vuzp2, lane, n, m, 0)));
}

/* ---- scalars of single and double precision among lanes: scalar ops, which leave nothing to cut off ---- */

static unsigned ft_of(unsigned size) { return size == 3 ? FT_D : FT_S; }
static ir_ref scalar_at(struct a64 *t, unsigned size, unsigned n, unsigned index)
{
    ir_ref v = get_v(t, n);

    if (!index)
        return get_f(t, ft_of(size), n);
    return ir_op1(t->ir, IR_vtof, ft_type(ft_of(size)), size == 3 ? ir_v1(t->ir, IR_vhigh, 64, v, 0) : ir_v1(t->ir, IR_vdupl, 32, v, index));
}

static enum ir_opcode scalar_op(enum fp_operation op)
{
    switch (op) {
    case FOP_ADD:   return IR_fadd;
    case FOP_MAX:   return IR_fmax;
    case FOP_MIN:   return IR_fmin;
    case FOP_MAXNM: return IR_fmaxnm;
    default:        return IR_fminnm;
    }
}

static void scalar_element(struct a64 *t, const struct vf_element *f)
{
    unsigned ft = ft_of(f->size);
    ir_ref n = get_f(t, ft, f->Rn), m = scalar_at(t, f->size, f->Rm, f->index);

    if (f->fop == FOP_MUL) {
        put_f(t, ft, f->Rd, ir_op2(t->ir, IR_fmul, ft_type(ft), n, m));
        return;
    }
    if (f->fop == FOP_FMS)
        n = ir_op1(t->ir, IR_fneg, ft_type(ft), n);
    put_f(t, ft, f->Rd, ir_op3(t->ir, IR_fma, ft_type(ft), n, m, get_f(t, ft, f->Rd)));
}

/* A scalar from the two lowest lanes. */
void vf_pair(struct a64 *t, const struct vf_pair *f)
{
    unsigned lane = 8u << f->size;
    ir_ref v = get_v(t, f->Rn);

    if (f->size > 1) {
        ir_ref a = get_f(t, ft_of(f->size), f->Rn), b = scalar_at(t, f->size, f->Rn, 1);
        put_f(t, ft_of(f->size), f->Rd, ir_op2(t->ir, scalar_op(f->fop), ft_type(ft_of(f->size)), a, b));
        return;
    }

    result(t, lane, f->Rd, lanes2(t, f->fop, f->size, low_lane(t, lane, v), low_lane(t, lane, ir_v1(t->ir, IR_vdupl, lane, v, 1))));
}

/* In pairs, then in pairs of those. */
void vf_across(struct a64 *t, const struct vf_across *f)
{
    unsigned lane = 8u << f->size;
    ir_ref v = operand(t, 64u << f->Q, f->Rn), zero = ir_vconst(t->ir, 0, 0);

    for (unsigned bits = 64u << f->Q; bits > lane; bits /= 2)
        v = lanes2(t, f->fop, f->size, ir_v2(t->ir, IR_vuzp1, lane, v, zero, 0), ir_v2(t->ir, IR_vuzp2, lane, v, zero, 0));
    result(t, lane, f->Rd, v);
}

void vf_element(struct a64 *t, const struct vf_element *f)
{
    if (f->fop == FOP_MULX) {
        three_by_helper(t, FOP_MULX, (struct lane_args){.d = f->Rd, .n = f->Rn, .m = f->Rm, .size = f->size, .element = (uint8_t)(1 + f->index)}, f->bits);
        return;
    }
    if (f->bits == 8u << f->size && f->size > 1) {
        scalar_element(t, f);
        return;
    }
    ir_ref n = operand(t, f->bits, f->Rn), m = low_lane(t, f->bits, ir_v1(t->ir, IR_vdupl, 8u << f->size, get_v(t, f->Rm), f->index));
    if (f->fop == FOP_MUL)
        result(t, f->bits, f->Rd, lanes2(t, FOP_MUL, f->size, n, m));
    else
        multiply_add(t, f->fop == FOP_FMS, f->size, f->bits, f->Rd, n, m);
}

/* ---- two registers ---- */

static ir_ref rounded(struct a64 *t, unsigned size, ir_ref n, unsigned how) { return ir_v1(t->ir, IR_vfround, 8u << size, n, how); }

/* From integers with imm bits of fraction: a power of two changes nothing but the exponent. */
static ir_ref from_integers(struct a64 *t, enum ir_opcode op, unsigned size, ir_ref n, unsigned imm)
{
    ir_ref v = ir_v1(t->ir, op, 8u << size, n, 0);

    return imm ? ir_v2(t->ir, IR_vfmul, 8u << size, v, splat(t, size, power_of_two(size, -(int)imm)), 0) : v;
}

/* No value: helpers do it. */
static ir_ref value_of_one(struct a64 *t, const struct vf_two *f, ir_ref n)
{
    unsigned lane = 8u << f->size;
    ir_ref zero = ir_vconst(t->ir, 0, 0);

    if (f->imm && (f->size == 1 || (f->fop != FOP_FROM_S && f->fop != FOP_FROM_U)))
        return NO_ARG;
    switch ((enum fp_operation)f->fop) {
    case FOP_ABS:    return magnitude(t, f->size, n);
    case FOP_NEG:    return negated(t, f->size, n);
    case FOP_SQRT:   return ir_v1(t->ir, IR_vfsqrt, lane, n, 0);
    case FOP_CEQ0:   return ir_v2(t->ir, IR_vfceq, lane, n, zero, 0);
    case FOP_CGE0:   return ir_v2(t->ir, IR_vfcge, lane, n, zero, 0);
    case FOP_CGT0:   return ir_v2(t->ir, IR_vfcgt, lane, n, zero, 0);
    case FOP_CLE0:   return ir_v2(t->ir, IR_vfcge, lane, zero, n, 0);
    case FOP_CLT0:   return ir_v2(t->ir, IR_vfcgt, lane, zero, n, 0);
    case FOP_RINTN:  return rounded(t, f->size, n, IR_RN);
    case FOP_RINTA:  return rounded(t, f->size, n, IR_RA);
    case FOP_RINTZ:  return rounded(t, f->size, n, IR_RZ);
    case FOP_RINTM:  return rounded(t, f->size, n, IR_RM);
    case FOP_RINTP:  return rounded(t, f->size, n, IR_RP);
    case FOP_RINTR:  return rounded(t, f->size, n, IR_RCUR);
    case FOP_RINTX:  return rounded(t, f->size, n, IR_RCUR | IR_EXACT);
    case FOP_TO_S:   return ir_v1(t->ir, IR_vftos, lane, n, 0);
    case FOP_TO_U:   return ir_v1(t->ir, IR_vftou, lane, n, 0);
    case FOP_FROM_S: return from_integers(t, IR_vstof, f->size, n, f->imm);
    case FOP_FROM_U: return from_integers(t, IR_vutof, f->size, n, f->imm);
    default:         return NO_ARG;
    }
}

void vf_two(struct a64 *t, const struct vf_two *f)
{
    ir_ref v = value_of_one(t, f, operand(t, f->bits, f->Rn));

    if (v.id)
        result(t, f->bits, f->Rd, v);
    else
        three_by_helper(t, f->fop, (struct lane_args){.d = f->Rd, .m = f->Rn, .size = f->size, .imm = f->imm}, f->bits);
}

/* ---- narrowing and widening; the 2 forms (Q) take or make the upper half ---- */

void vf_narrow(struct a64 *t, const struct vf_narrow *f)
{
    if (f->kind != FC_DOUBLE_TO_SINGLE) {
        call_lanes(t, HELPER_fp_convert, f->kind,
                   (struct lane_args){.d = f->Rd, .n = f->Rn, .lanes = f->kind == FC_DOUBLE_TO_SINGLE_ODD ? 2 : 4, .imm = f->Q});
        return;
    }
    ir_ref v = ir_v1(t->ir, IR_vfnarrow, 32, get_v(t, f->Rn), 0);
    set_v(t, 1, f->Rd, f->Q ? ir_v2(t->ir, IR_vcombine, 64, get_v(t, f->Rd), v, 0) : v);
}

void vf_narrow_scalar(struct a64 *t, const struct vf_narrow_scalar *f)
{
    call_lanes(t, HELPER_fp_convert, FC_DOUBLE_TO_SINGLE_ODD, (struct lane_args){.d = f->Rd, .n = f->Rn, .lanes = 1});
}

void vf_widen(struct a64 *t, const struct vf_widen *f)
{
    if (f->sz)
        set_v(t, 1, f->Rd, ir_v1(t->ir, IR_vfwiden, 32, f->Q ? ir_v1(t->ir, IR_vhigh, 64, get_v(t, f->Rn), 0) : get_v(t, f->Rn), 0));
    else
        call_lanes(t, HELPER_fp_convert, FC_HALF_TO_SINGLE, (struct lane_args){.d = f->Rd, .n = f->Rn, .lanes = 4, .imm = f->Q});
}

/* ---- helpers of simd_fp_helpers.c; element: 0 or 1 + the lane (pair) of m that stands for all ---- */

void vf_multiply_long(struct a64 *t, const struct vf_multiply_long *f)
{
    call_lanes(t, HELPER_fp_multiply_long, f->s,
               (struct lane_args){.d = f->Rd, .n = f->Rn, .m = f->Rm, .lanes = 2u << f->Q, .element = f->element, .imm = f->top});
}

void vf_complex_mla(struct a64 *t, const struct vf_complex_mla *f)
{
    call_lanes(t, HELPER_fp_complex, 1, (struct lane_args){.d = f->Rd, .n = f->Rn, .m = f->Rm, .size = f->size, .lanes = (8u << f->Q) >> f->size,
                                                           .element = f->element, .imm = f->rot});
}

void vf_complex_add(struct a64 *t, const struct vf_complex_add *f)
{
    call_lanes(t, HELPER_fp_complex, 0, (struct lane_args){.d = f->Rd, .n = f->Rn, .m = f->Rm, .size = f->size, .lanes = (8u << f->Q) >> f->size,
                                                           .imm = f->rot});
}

void vf_bf_dot(struct a64 *t, const struct vf_bf_dot *f)
{
    call_lanes(t, HELPER_fp_bf16, BF_DOT, (struct lane_args){.d = f->Rd, .n = f->Rn, .m = f->Rm, .lanes = 2u << f->Q, .element = f->element});
}

void vf_bf_mmla(struct a64 *t, const struct vf_bf_mmla *f)
{
    call_lanes(t, HELPER_fp_bf16, BF_MMLA, (struct lane_args){.d = f->Rd, .n = f->Rn, .m = f->Rm, .lanes = 4});
}

/* Q: the odd lanes of n and m, else the even ones. */
void vf_bf_mlal(struct a64 *t, const struct vf_bf_mlal *f)
{
    call_lanes(t, HELPER_fp_bf16, BF_MLAL, (struct lane_args){.d = f->Rd, .n = f->Rn, .m = f->Rm, .lanes = 4, .element = f->element, .imm = f->Q});
}

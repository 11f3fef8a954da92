/*
 * vfp.c: VFP data processing to IR (vfp.decode, vfp_uncond.decode). DDI 0406C
 * A8.8, chapter "Floating-point" of its pseudo-code for what rounds when.
 *
 * Single and double precision are FLOAT ops, exact in every mode (the region's
 * fp field tells the backend how). Half precision, short vectors and the few
 * conversions that the IR lacks are helpers.
 */
#include "frontend/arm/fp.h"

static enum ir_type type_of(unsigned sz) { return sz == 3 ? F64 : F32; }
static unsigned slot_of(unsigned sz, unsigned n) { return sz == 3 ? SLOT_D(n) : SLOT_S(n); }
static ir_ref get_f(struct a32 *t, unsigned sz, unsigned n) { return ir_get(t->ir, type_of(sz), slot_of(sz, n)); }
static void put_f(struct a32 *t, unsigned sz, unsigned n, ir_ref v) { ir_put(t->ir, type_of(sz), slot_of(sz, n), v); }
static ir_ref neg_if(struct a32 *t, unsigned sz, bool neg, ir_ref v)
{
    return neg ? ir_op1(t->ir, IR_fneg, type_of(sz), v) : v;
}
/* A floating-point value by its bits. */
static ir_ref f_const(struct a32 *t, enum ir_type type, uint64_t v)
{
    return ir_op1(t->ir, IR_ffrom, type, ir_const(t->ir, I64, v));
}

/*
 * What the IR does not do: half precision, and (MODE_VECTOR) any operation
 * that FPSCR's Len may spread over a bank. True: the helper has done it.
 */
static bool by_helper(struct a32 *t, enum fp_operation fop, struct vec_args a, bool can_be_vector)
{
    if (can_be_vector && t->mode & MODE_VECTOR && a.size > 1)
        call_vector_helper(t, HELPER_vfp_vector, fop, a);
    else if (a.size == 1)
        call_vector_helper(t, HELPER_vfp_scalar, fop, a);
    else
        return false;
    return true;
}
#define ARGS3V(f) ((struct vec_args){.d = VFP_D(f), .n = VFP_N(f), .m = VFP_M(f), .size = (f)->sz})
#define ARGS2V(f) ((struct vec_args){.d = VFP_D(f), .m = VFP_M(f), .size = (f)->sz})

/* VADD VSUB VMUL VDIV VMAXNM VMINNM */
void fp_vfp_three(struct a32 *t, const struct fp_vfp_three *f)
{
    if (by_helper(t, f->fop, ARGS3V(f), f->fop != FOP_MAXNM && f->fop != FOP_MINNM))
        return;
    put_f(t, f->sz, VFP_D(f), ir_op2(t->ir, f->op, type_of(f->sz), get_f(t, f->sz, VFP_N(f)), get_f(t, f->sz, VFP_M(f))));
}

void fp_vfp_nmul(struct a32 *t, const struct fp_vfp_nmul *f)
{
    if (by_helper(t, FOP_NMUL, ARGS3V(f), true))
        return;
    put_f(t, f->sz, VFP_D(f), neg_if(t, f->sz, true, ir_op2(t->ir, IR_fmul, type_of(f->sz), get_f(t, f->sz, VFP_N(f)), get_f(t, f->sz, VFP_M(f)))));
}

/* VMLA VMLS VNMLA VNMLS: the product is rounded, then the sum; Vd is the sum's first operand. */
void fp_vfp_mla(struct a32 *t, const struct fp_vfp_mla *f)
{
    static const uint8_t fop[2][2] = {{FOP_MLA, FOP_MLS}, {FOP_NMLS, FOP_NMLA}}; /* [neg_d][neg_p] */
    enum ir_type type = type_of(f->sz);

    if (by_helper(t, fop[f->neg_d][f->neg_p], ARGS3V(f), true))
        return;
    ir_ref product = ir_op2(t->ir, IR_fmul, type, get_f(t, f->sz, VFP_N(f)), get_f(t, f->sz, VFP_M(f)));
    ir_ref d = neg_if(t, f->sz, f->neg_d, get_f(t, f->sz, VFP_D(f)));
    put_f(t, f->sz, VFP_D(f), ir_op2(t->ir, IR_fadd, type, d, neg_if(t, f->sz, f->neg_p, product)));
}

/* VFMA VFMS VFNMA VFNMS: rounded once. */
void fp_vfp_fma(struct a32 *t, const struct fp_vfp_fma *f)
{
    static const uint8_t fop[2][2] = {{FOP_FMA, FOP_FMS}, {FOP_FNMS, FOP_FNMA}}; /* [neg_d][neg_n] */

    if (by_helper(t, fop[f->neg_d][f->neg_n], ARGS3V(f), false))
        return;
    ir_ref n = neg_if(t, f->sz, f->neg_n, get_f(t, f->sz, VFP_N(f)));
    ir_ref d = neg_if(t, f->sz, f->neg_d, get_f(t, f->sz, VFP_D(f)));
    put_f(t, f->sz, VFP_D(f), ir_op3(t->ir, IR_fma, type_of(f->sz), n, get_f(t, f->sz, VFP_M(f)), d));
}

/* imm8 is sign, exponent and fraction of a small number; see VFPExpandImm(). */
static uint64_t expand_imm(unsigned sz, unsigned imm8)
{
    uint64_t sign = imm8 >> 7, top = imm8 >> 6 & 1, rest = imm8 & 0x3f;

    switch (sz) {
    case 1:  return sign << 15 | (top ? 3u : 4u) << 12 | rest << 6;
    case 2:  return fp_expand32(imm8);
    default: return sign << 63 | (top ? 0xffull : 0x100ull) << 54 | rest << 48;
    }
}

void fp_vfp_mov_imm(struct a32 *t, const struct fp_vfp_mov_imm *f)
{
    if (t->mode & MODE_VECTOR && f->sz > 1) {
        call_vector_helper(t, HELPER_vfp_vector, FOP_MOV, (struct vec_args){.d = VFP_D(f), .size = f->sz, .scalar = 1, .imm = f->imm8});
        return;
    }
    put_f(t, f->sz, VFP_D(f), f_const(t, type_of(f->sz), expand_imm(f->sz, f->imm8)));
}

void fp_vfp_mov(struct a32 *t, const struct fp_vfp_mov *f)
{
    if (!by_helper(t, FOP_MOV, ARGS2V(f), true))
        put_f(t, f->sz, VFP_D(f), get_f(t, f->sz, VFP_M(f)));
}

/* VABS VNEG: the sign bit alone, also of a NaN. */
void fp_vfp_sign(struct a32 *t, const struct fp_vfp_sign *f)
{
    if (!by_helper(t, f->fop, ARGS2V(f), true))
        put_f(t, f->sz, VFP_D(f), ir_op1(t->ir, f->op, type_of(f->sz), get_f(t, f->sz, VFP_M(f))));
}

void fp_vfp_sqrt(struct a32 *t, const struct fp_vfp_sqrt *f)
{
    if (!by_helper(t, FOP_SQRT, ARGS2V(f), true))
        put_f(t, f->sz, VFP_D(f), ir_op1(t->ir, IR_fsqrt, type_of(f->sz), get_f(t, f->sz, VFP_M(f))));
}

/* VCMP VCMPE: to FPSCR's own NZCV. */
void fp_vfp_compare(struct a32 *t, const struct fp_vfp_compare *f)
{
    if (f->sz == 1) {
        call_vector_helper(t, HELPER_vfp_compare16, f->E, (struct vec_args){.n = VFP_D(f), .m = VFP_M(f), .scalar = f->zero});
        return;
    }
    enum ir_type type = type_of(f->sz);
    ir_ref m = f->zero ? f_const(t, type, 0) : get_f(t, f->sz, VFP_M(f));
    ir_put(t->ir, FLAGS, SLOT(fpnzcv), ir_op2(t->ir, f->E ? IR_fcmpe : IR_fcmp, type, get_f(t, f->sz, VFP_D(f)), m));
}

/* VRINT*: to an integral value in the same format. */
void fp_vfp_round(struct a32 *t, const struct fp_vfp_round *f)
{
    if (!by_helper(t, f->fop, ARGS2V(f), false))
        put_f(t, f->sz, VFP_D(f), ir_op(t->ir, IR_fround, type_of(f->sz), get_f(t, f->sz, VFP_M(f)), NO_ARG, NO_ARG, f->how, 0));
}

/* ---- conversions ---- */
void fp_vcvt_ds(struct a32 *t, const struct fp_vcvt_ds *f)
{
    put_f(t, 3, REG_D(f), ir_op1(t->ir, IR_f32to64, F64, get_f(t, 2, vfp_number(2, f->M, f->Vm))));
}

void fp_vcvt_sd(struct a32 *t, const struct fp_vcvt_sd *f)
{
    put_f(t, 2, vfp_number(2, f->D, f->Vd), ir_op1(t->ir, IR_f64to32, F32, get_f(t, 3, REG_M(f))));
}

/* Bits of single n as an i32, and back. */
static ir_ref get_s_bits(struct a32 *t, unsigned n)
{
    return ir_op1(t->ir, IR_trunc, I64, ir_op1(t->ir, IR_fbits, F32, ir_get(t->ir, F32, SLOT_S(n))));
}
static void put_s_bits(struct a32 *t, unsigned n, ir_ref v)
{
    ir_put(t->ir, F32, SLOT_S(n), ir_op1(t->ir, IR_ffrom, F32, ir_op1(t->ir, IR_zext, I32, v)));
}

void fp_vfp_from_int(struct a32 *t, const struct fp_vfp_from_int *f)
{
    unsigned m = vfp_number(2, f->M, f->Vm);

    if (f->sz == 1)
        call_vector_helper(t, HELPER_vfp_convert, f->s ? VC_HALF_FROM_S32 : VC_HALF_FROM_U32, (struct vec_args){.d = VFP_D(f), .m = m});
    else
        put_f(t, f->sz, VFP_D(f), ir_op1(t->ir, f->s ? IR_i32tof : IR_u32tof, type_of(f->sz), get_s_bits(t, m)));
}

static void to_int(struct a32 *t, unsigned sz, unsigned d, unsigned m, bool is_signed, enum ir_round how)
{
    if (sz == 1)
        call_vector_helper(t, HELPER_vfp_convert, is_signed ? VC_HALF_TO_S32 : VC_HALF_TO_U32, (struct vec_args){.d = d, .m = m, .lane = how});
    else
        put_s_bits(t, d, ir_op(t->ir, is_signed ? IR_ftoi32 : IR_ftou32, type_of(sz), get_f(t, sz, m), NO_ARG, NO_ARG, how, 0));
}

/* VCVT (towards zero) and VCVTR */
void fp_vfp_to_int(struct a32 *t, const struct fp_vfp_to_int *f)
{
    to_int(t, f->sz, vfp_number(2, f->D, f->Vd), VFP_M(f), f->s, f->rz ? IR_RZ : IR_RCUR);
}

/* VCVTA VCVTN VCVTP VCVTM */
void fp_vfp_to_int_by(struct a32 *t, const struct fp_vfp_to_int_by *f)
{
    to_int(t, f->sz, vfp_number(2, f->D, f->Vd), VFP_M(f), f->s, f->how);
}

/*
 * Fixed point, in place. From fixed point rounds to nearest whatever FPSCR says,
 * which is the helper's except for doubles, where it is exact. 16-bit operands
 * (sx = 0) saturate to 16 bits, which only the helper does; it also takes the
 * negative number of fraction bits of encodings with imm > size.
 */
void fp_vfp_from_fixed(struct a32 *t, const struct fp_vfp_from_fixed *f)
{
    static const uint8_t kind[2][2] = {{VC_FIXED_FROM_S16, VC_FIXED_FROM_U16}, {VC_FIXED_FROM_S32, VC_FIXED_FROM_U32}}; /* [sx][u] */
    unsigned d = VFP_D(f);
    int fraction = (f->sx ? 32 : 16) - (int)f->bits;

    if (f->sz == 3 && f->sx)
        put_f(t, 3, d, ir_op(t->ir, f->u ? IR_u32tof : IR_i32tof, F64, get_s_bits(t, 2 * d), NO_ARG, NO_ARG, 0, fraction));
    else
        call_vector_helper(t, HELPER_vfp_convert, kind[f->sx][f->u], (struct vec_args){.d = d, .m = d, .size = f->sz, .imm = fraction});
}

/* The result is sign- or zero-extended to the register's width. */
void fp_vfp_to_fixed(struct a32 *t, const struct fp_vfp_to_fixed *f)
{
    unsigned d = VFP_D(f);
    int fraction = (f->sx ? 32 : 16) - (int)f->bits;

    if (!f->sx)
        call_vector_helper(t, HELPER_vfp_convert, f->u ? VC_FIXED_TO_U16 : VC_FIXED_TO_S16, (struct vec_args){.d = d, .m = d, .size = f->sz, .imm = fraction});
    else if (f->sz == 1)
        call_vector_helper(t, HELPER_vfp_convert, f->u ? VC_HALF_TO_U32 : VC_HALF_TO_S32, (struct vec_args){.d = d, .m = d, .imm = fraction, .lane = IR_RZ});
    else {
        ir_ref v = ir_op(t->ir, f->u ? IR_ftou32 : IR_ftoi32, type_of(f->sz), get_f(t, f->sz, d), NO_ARG, NO_ARG, IR_RZ, fraction);
        if (f->sz == 3)
            put_f(t, 3, d, ir_op1(t->ir, IR_ffrom, F64, ir_op1(t->ir, f->u ? IR_zext : IR_sext, I32, v)));
        else
            put_s_bits(t, d, v);
    }
}

/* AHP (alternative half precision) implies soft mode: only there it has to be looked at. */
static bool ieee_half(const struct a32 *t) { return (t->mode & MODE_FP) != FP_SOFT << MODE_FP_SHIFT; }

/* VCVTB VCVTT from half precision */
void fp_vfp_from_half(struct a32 *t, const struct fp_vfp_from_half *f)
{
    unsigned m = vfp_number(2, f->M, f->Vm);

    if (!ieee_half(t)) {
        call_vector_helper(t, HELPER_vfp_convert, VC_FROM_HALF, (struct vec_args){.d = VFP_D(f), .m = m, .size = f->sz, .lane = f->T});
        return;
    }
    ir_ref bits = get_s_bits(t, m);
    bits = f->T ? ir_op2i(t->ir, IR_shr, I32, bits, 16) : ir_op1(t->ir, IR_ext16u, I32, bits);
    put_f(t, f->sz, VFP_D(f), ir_op1(t->ir, f->sz == 3 ? IR_f16to64 : IR_f16to32, type_of(f->sz), bits));
}

/* Puts the low 16 bits of v into a half of single d. */
static void put_half(struct a32 *t, unsigned d, bool top, ir_ref v)
{
    ir_ref old = get_s_bits(t, d);

    v = top ? ir_op2i(t->ir, IR_shl, I32, v, 16) : ir_op1(t->ir, IR_ext16u, I32, v);
    old = ir_op2i(t->ir, IR_and, I32, old, top ? 0xffff : 0xffff0000);
    put_s_bits(t, d, ir_op2(t->ir, IR_or, I32, old, v));
}

/* VCVTB VCVTT to half precision: the other half of the register stays. */
void fp_vfp_to_half(struct a32 *t, const struct fp_vfp_to_half *f)
{
    unsigned d = vfp_number(2, f->D, f->Vd);

    if (!ieee_half(t))
        call_vector_helper(t, HELPER_vfp_convert, VC_TO_HALF, (struct vec_args){.d = d, .m = VFP_M(f), .size = f->sz, .lane = f->T});
    else
        put_half(t, d, f->T, ir_op1(t->ir, f->sz == 3 ? IR_f64to16 : IR_f32to16, type_of(f->sz), get_f(t, f->sz, VFP_M(f))));
}

void fp_vfp_to_bf16(struct a32 *t, const struct fp_vfp_to_bf16 *f)
{
    call_vector_helper(t, HELPER_vfp_convert, VC_TO_BF16,
                       (struct vec_args){.d = vfp_number(2, f->D, f->Vd), .m = vfp_number(2, f->M, f->Vm), .lane = f->T});
}

void fp_vjcvt(struct a32 *t, const struct fp_vjcvt *f)
{
    call_vector_helper(t, HELPER_vfp_convert, VC_JAVASCRIPT, (struct vec_args){.d = vfp_number(2, f->D, f->Vd), .m = REG_M(f)});
}

/* ---- ARMv8 ---- */
void fp_vsel(struct a32 *t, const struct fp_vsel *f)
{
    static const uint8_t cond[] = {IR_EQ, IR_VS, IR_GE, IR_GT};
    enum ir_type type = type_of(f->sz);
    ir_ref n = ir_op1(t->ir, IR_fbits, type, get_f(t, f->sz, VFP_N(f)));
    ir_ref m = ir_op1(t->ir, IR_fbits, type, get_f(t, f->sz, VFP_M(f)));
    ir_ref v = ir_op3(t->ir, IR_select, I64, ir_cond(t->ir, cond[f->cc], get_nzcv(t)), n, m);

    if (f->sz == 1)
        v = ir_op2i(t->ir, IR_and, I64, v, 0xffff);
    put_f(t, f->sz, VFP_D(f), ir_op1(t->ir, IR_ffrom, type, v));
}

void fp_vmovx(struct a32 *t, const struct fp_vmovx *f)
{
    put_s_bits(t, vfp_number(2, f->D, f->Vd), ir_op2i(t->ir, IR_shr, I32, get_s_bits(t, vfp_number(2, f->M, f->Vm)), 16));
}

void fp_vins(struct a32 *t, const struct fp_vins *f)
{
    put_half(t, vfp_number(2, f->D, f->Vd), true, get_s_bits(t, vfp_number(2, f->M, f->Vm)));
}

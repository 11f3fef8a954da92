/*
 * int_mul.c: multiplies, divides and CRC. Called by the decoders. Source: ARM
 * DDI 0406C A5.2.5, A5.2.7, A5.4.4, A6.3.16, A6.3.17. Ra = 15 stands for no
 * accumulator where the manual gives that a name of its own (SMUAD, SMMUL).
 */
#include "frontend/arm/integer.h"

static void set_flags_nz(struct a32 *t, enum ir_type type, ir_ref result)
{
    put_nzcv(t, ir_op2(t->ir, IR_flags_nz, type, result, get_nzcv(t)));
}

void a32_mul(struct a32 *t, const struct a32_mul *f)
{
    ir_ref result = ir_op2(t->ir, IR_mul, I32, get_reg(t, f->Rn), get_reg(t, f->Rm));

    set_reg(t, f->Rd, result);
    if (f->S)
        set_flags_nz(t, I32, result);
}

void a32_mla(struct a32 *t, const struct a32_mla *f)
{
    ir_ref product = ir_op2(t->ir, IR_mul, I32, get_reg(t, f->Rn), get_reg(t, f->Rm));
    ir_ref result = ir_op2(t->ir, IR_add, I32, product, get_reg(t, f->Ra));

    set_reg(t, f->Rd, result);
    if (f->S)
        set_flags_nz(t, I32, result);
}

void a32_mls(struct a32 *t, const struct a32_mls *f)
{
    ir_ref product = ir_op2(t->ir, IR_mul, I32, get_reg(t, f->Rn), get_reg(t, f->Rm));

    set_reg(t, f->Rd, ir_op2(t->ir, IR_sub, I32, get_reg(t, f->Ra), product));
}

/* ---- 64-bit results ---- */

static ir_ref get_pair(struct a32 *t, unsigned lo, unsigned hi)
{
    return ir_op2(t->ir, IR_concat, I32, get_reg(t, lo), get_reg(t, hi));
}

static void set_pair(struct a32 *t, unsigned lo, unsigned hi, ir_ref v)
{
    ir_ref low = low_word(t, v), high = high_word(t, v);

    set_reg(t, lo, low);
    set_reg(t, hi, high);
}

/* {U,S}{MULL,MLAL}{S} <RdLo>, <RdHi>, <Rn>, <Rm> */
void a32_mul_long(struct a32 *t, const struct a32_mul_long *f)
{
    enum ir_opcode extend = f->is_signed ? IR_sext : IR_zext;
    ir_ref n = ir_op1(t->ir, extend, I32, get_reg(t, f->Rn)), m = ir_op1(t->ir, extend, I32, get_reg(t, f->Rm));
    ir_ref result = ir_op2(t->ir, IR_mul, I64, n, m);

    if (f->add)
        result = ir_op2(t->ir, IR_add, I64, result, get_pair(t, f->RdLo, f->RdHi));
    set_pair(t, f->RdLo, f->RdHi, result);
    if (f->S)
        set_flags_nz(t, I64, result);
}

/* UMAAL: (2^32-1)^2 + 2 * (2^32-1) is just 2^64-1, so the sum never carries out of 64 bits. */
void a32_umaal(struct a32 *t, const struct a32_umaal *f)
{
    ir_ref sum = ir_op2(t->ir, IR_mul, I64, zext(t, get_reg(t, f->Rn)), zext(t, get_reg(t, f->Rm)));

    sum = ir_op2(t->ir, IR_add, I64, sum, zext(t, get_reg(t, f->RdLo)));
    sum = ir_op2(t->ir, IR_add, I64, sum, zext(t, get_reg(t, f->RdHi)));
    set_pair(t, f->RdLo, f->RdHi, sum);
}

/* ---- halfwords: the chosen half of a register, sign-extended ---- */

static ir_ref half(struct a32 *t, ir_ref v, bool top)
{
    return top ? ir_op2i(t->ir, IR_sar, I32, v, 16) : ir_op1(t->ir, IR_ext16s, I32, v);
}

/* Rd = the low word of a sum that was made on 64 bits; Q when it does not fit. */
static void set_overflow(struct a32 *t, unsigned Rd, ir_ref sum)
{
    ir_ref low = low_word(t, sum);

    set_reg(t, Rd, low);
    put_q(t, ir_op2(t->ir, IR_ne, I64, sext(t, low), sum));
}

/* product (i32 that did not overflow) + Ra. */
static void accumulate(struct a32 *t, unsigned Rd, ir_ref product, unsigned Ra)
{
    set_overflow(t, Rd, ir_op2(t->ir, IR_add, I64, sext(t, product), sext(t, get_reg(t, Ra))));
}

/* SMLA<x><y>, SMUL<x><y> */
void a32_smla_xy(struct a32 *t, const struct a32_smla_xy *f)
{
    ir_ref product = ir_op2(t->ir, IR_mul, I32, half(t, get_reg(t, f->Rn), f->N), half(t, get_reg(t, f->Rm), f->M));

    if (f->accumulate)
        accumulate(t, f->Rd, product, f->Ra);
    else
        set_reg(t, f->Rd, product);
}

/* SMLAW<y>, SMULW<y>: the upper 32 of the 48 bits. */
void a32_smlaw_y(struct a32 *t, const struct a32_smlaw_y *f)
{
    ir_ref product = ir_op2(t->ir, IR_mul, I64, sext(t, get_reg(t, f->Rn)), sext(t, half(t, get_reg(t, f->Rm), f->M)));

    product = low_word(t, ir_op2i(t->ir, IR_sar, I64, product, 16));
    if (f->accumulate)
        accumulate(t, f->Rd, product, f->Ra);
    else
        set_reg(t, f->Rd, product);
}

/* SMLAL<x><y> */
void a32_smlal_xy(struct a32 *t, const struct a32_smlal_xy *f)
{
    ir_ref product = ir_op2(t->ir, IR_mul, I32, half(t, get_reg(t, f->Rn), f->N), half(t, get_reg(t, f->Rm), f->M));

    set_pair(t, f->RdLo, f->RdHi, ir_op2(t->ir, IR_add, I64, sext(t, product), get_pair(t, f->RdLo, f->RdHi)));
}

/* Both products of halves, added or subtracted, on 64 bits. X swaps the halves of m. */
static ir_ref dual_product(struct a32 *t, ir_ref n, ir_ref m, bool X, bool subtract)
{
    ir_ref low = ir_op2(t->ir, IR_mul, I32, half(t, n, 0), half(t, m, X));
    ir_ref high = ir_op2(t->ir, IR_mul, I32, half(t, n, 1), half(t, m, !X));

    return ir_op2(t->ir, subtract ? IR_sub : IR_add, I64, sext(t, low), sext(t, high));
}

/* SMLAD, SMLSD, SMUAD, SMUSD */
void a32_smlad(struct a32 *t, const struct a32_smlad *f)
{
    ir_ref sum = dual_product(t, get_reg(t, f->Rn), get_reg(t, f->Rm), f->X, f->subtract);

    if (f->Ra != 15)
        sum = ir_op2(t->ir, IR_add, I64, sum, sext(t, get_reg(t, f->Ra)));
    set_overflow(t, f->Rd, sum);
}

/* SMLALD, SMLSLD */
void a32_smlald(struct a32 *t, const struct a32_smlald *f)
{
    ir_ref sum = dual_product(t, get_reg(t, f->Rn), get_reg(t, f->Rm), f->X, f->subtract);

    set_pair(t, f->RdLo, f->RdHi, ir_op2(t->ir, IR_add, I64, sum, get_pair(t, f->RdLo, f->RdHi)));
}

/* SMMLA, SMMLS, SMMUL: the upper half of Ra:0 +- Rn * Rm, with R rounded. */
void a32_smmla(struct a32 *t, const struct a32_smmla *f)
{
    ir_ref product = ir_op2(t->ir, IR_mul, I64, sext(t, get_reg(t, f->Rn)), sext(t, get_reg(t, f->Rm)));

    if (f->Ra != 15) {
        ir_ref a = ir_op2(t->ir, IR_concat, I32, imm32(t, 0), get_reg(t, f->Ra));
        product = ir_op2(t->ir, f->subtract ? IR_sub : IR_add, I64, a, product);
    }
    if (f->R)
        product = ir_op2i(t->ir, IR_add, I64, product, 0x80000000u);
    set_reg(t, f->Rd, high_word(t, product));
}

/* ---- divide, CRC ---- */

/* The IR's division is ARM's: by zero gives 0, and the smallest by -1 itself. */
void a32_divide(struct a32 *t, const struct a32_divide *f)
{
    set_reg(t, f->Rd, ir_op2(t->ir, f->op, I32, get_reg(t, f->Rn), get_reg(t, f->Rm)));
}

void a32_crc32(struct a32 *t, const struct a32_crc32 *f)
{
    set_reg(t, f->Rd, ir_op(t->ir, f->op, I32, get_reg(t, f->Rn), zext(t, get_reg(t, f->Rm)), NO_ARG, f->bytes, 0));
}

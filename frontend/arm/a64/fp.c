/*
 * fp.c: scalar floating point to IR (fp.decode). DDI 0487 C6.2, C7.2, and its
 * shared/functions/float for what rounds when.
 *
 * Single and double precision are FLOAT ops, exact in every mode (the region's
 * fp field tells the backend how). Half precision arithmetic is done by helpers.
 */
#include "frontend/arm/a64/fp.h"

#include "frontend/arm/a64/fp.args.h"
#include "frontend/arm/a64/fp.decode.h"

bool a64_fp_decode(struct a64 *t, uint32_t insn)
{
    return a64_fp(t, insn);
}

void call_lanes(struct a64 *t, enum a64_helper helper, unsigned operation, struct lane_args a)
{
    if (helper != HELPER_fp_compare16)
        wrote_v(t, a.d);
    call_helper(t, helper, IR_NONE, ir_const(t->ir, I32, operation), ir_const(t->ir, I64, pack_lanes(a)), NO_ARG, NO_ARG);
}

/* One lane by the helper. */
static void by_helper(struct a64 *t, enum fp_operation fop, struct lane_args a)
{
    a.lanes = 1;
    call_lanes(t, HELPER_fp_lanes, fop, a);
}

static ir_ref neg_if(struct a64 *t, unsigned ft, bool neg, ir_ref v)
{
    return neg ? ir_op1(t->ir, IR_fneg, ft_type(ft), v) : v;
}
static ir_ref float_of_bits(struct a64 *t, unsigned ft, ir_ref bits) { return ir_op1(t->ir, IR_ffrom, ft_type(ft), bits); }

/* ---- arithmetic ---- */

void fps_two(struct a64 *t, const struct fps_two *f)
{
    if (f->ft == FT_H) {
        by_helper(t, f->fop, (struct lane_args){.d = f->Rd, .n = f->Rn, .m = f->Rm, .size = 1});
        return;
    }
    ir_ref v = ir_op2(t->ir, f->op, ft_type(f->ft), get_f(t, f->ft, f->Rn), get_f(t, f->ft, f->Rm));
    put_f(t, f->ft, f->Rd, neg_if(t, f->ft, f->neg, v));
}

/* Rounded once. */
void fps_three(struct a64 *t, const struct fps_three *f)
{
    if (f->ft == FT_H) {
        by_helper(t, f->fop, (struct lane_args){.d = f->Rd, .n = f->Rn, .m = f->Rm, .a = f->Ra, .size = 1});
        return;
    }
    ir_ref n = neg_if(t, f->ft, f->neg_n, get_f(t, f->ft, f->Rn)), a = neg_if(t, f->ft, f->neg_a, get_f(t, f->ft, f->Ra));
    put_f(t, f->ft, f->Rd, ir_op3(t->ir, IR_fma, ft_type(f->ft), n, get_f(t, f->ft, f->Rm), a));
}

void fps_sqrt(struct a64 *t, const struct fps_sqrt *f)
{
    if (f->ft == FT_H)
        by_helper(t, FOP_SQRT, (struct lane_args){.d = f->Rd, .m = f->Rn, .size = 1});
    else
        put_f(t, f->ft, f->Rd, ir_op1(t->ir, IR_fsqrt, ft_type(f->ft), get_f(t, f->ft, f->Rn)));
}

/* FABS FNEG: the sign bit alone, also of a NaN. */
void fps_sign(struct a64 *t, const struct fps_sign *f)
{
    if (f->ft != FT_H) {
        put_f(t, f->ft, f->Rd, ir_op1(t->ir, f->op, ft_type(f->ft), get_f(t, f->ft, f->Rn)));
        return;
    }
    ir_ref v = get_h(t, f->Rn);
    put_h(t, f->Rd, f->fop == FOP_ABS ? ir_op2i(t->ir, IR_and, I64, v, 0x7fff) : ir_op2i(t->ir, IR_xor, I64, v, 0x8000));
}

/* FRINT*: to an integral value in the same format. */
void fps_round(struct a64 *t, const struct fps_round *f)
{
    if (f->ft == FT_H)
        by_helper(t, f->fop, (struct lane_args){.d = f->Rd, .m = f->Rn, .size = 1});
    else
        put_f(t, f->ft, f->Rd, ir_op(t->ir, IR_fround, ft_type(f->ft), get_f(t, f->ft, f->Rn), NO_ARG, NO_ARG, f->how, 0));
}

/* FRINT32*, FRINT64*: ... if it is an integer of so many bits. */
void fps_round_to(struct a64 *t, const struct fps_round_to *f)
{
    by_helper(t, f->fop, (struct lane_args){.d = f->Rd, .m = f->Rn, .size = (uint8_t)ft_size(f->ft)});
}

/* ---- moves ---- */

void fps_move(struct a64 *t, const struct fps_move *f)
{
    if (f->ft == FT_H)
        put_h(t, f->Rd, get_h(t, f->Rn));
    else
        put_f(t, f->ft, f->Rd, get_f(t, f->ft, f->Rn));
}

uint64_t fp_expand_imm(unsigned ft, unsigned imm8)
{
    uint64_t sign = imm8 >> 7, top = imm8 >> 6 & 1, rest = imm8 & 0x3f;

    switch (ft) {
    case FT_H: return sign << 15 | (top ? 3u : 4u) << 12 | rest << 6;
    case FT_S: return sign << 31 | (top ? 0x1full : 0x20ull) << 25 | rest << 19;
    default:   return sign << 63 | (top ? 0xffull : 0x100ull) << 54 | rest << 48;
    }
}

void fps_immediate(struct a64 *t, const struct fps_immediate *f)
{
    set_v(t, 1, f->Rd, ir_vconst(t->ir, fp_expand_imm(f->ft, f->imm8), 0));
}

void fps_move_to_gpr(struct a64 *t, const struct fps_move_to_gpr *f)
{
    ir_ref v = f->ft == FT_H ? get_h(t, f->Rn) : ir_op1(t->ir, IR_fbits, ft_type(f->ft), get_f(t, f->ft, f->Rn));

    set_reg(t, f->sf, f->Rd, f->sf ? v : ir_op1(t->ir, IR_trunc, I64, v));
}

void fps_move_from_gpr(struct a64 *t, const struct fps_move_from_gpr *f)
{
    ir_ref v = get_reg(t, f->sf, f->Rn);

    if (!f->sf)
        v = ir_op1(t->ir, IR_zext, I32, v);
    if (f->ft == FT_H)
        put_h(t, f->Rd, v);
    else
        put_f(t, f->ft, f->Rd, float_of_bits(t, f->ft, v));
}

void fps_move_from_high(struct a64 *t, const struct fps_move_from_high *f)
{
    set_reg(t, 1, f->Rd, ir_v1(t->ir, IR_vget, 64, get_v(t, f->Rn), 1));
}

void fps_move_to_high(struct a64 *t, const struct fps_move_to_high *f)
{
    set_v(t, 1, f->Rd, ir_v2(t->ir, IR_vset, 64, get_v(t, f->Rd), get_reg(t, 1, f->Rn), 1));
}

/* ---- compare and select ---- */

/* Sets the flags. */
static void compare(struct a64 *t, unsigned ft, unsigned n, unsigned m, bool zero, bool signals)
{
    enum ir_type type = ft_type(ft);

    if (ft == FT_H) {
        call_lanes(t, HELPER_fp_compare16, signals, (struct lane_args){.n = (uint8_t)n, .m = (uint8_t)m, .element = zero});
        return;
    }
    ir_ref b = zero ? float_of_bits(t, ft, ir_const(t->ir, I64, 0)) : get_f(t, ft, m);
    put_nzcv(t, ir_op2(t->ir, signals ? IR_fcmpe : IR_fcmp, type, get_f(t, ft, n), b));
}

void fps_compare(struct a64 *t, const struct fps_compare *f)
{
    compare(t, f->ft, f->Rn, f->Rm, f->zero, f->E);
}

/* Without the condition nothing is compared, so nothing is raised. */
void fps_cond_compare(struct a64 *t, const struct fps_cond_compare *f)
{
    struct a64_unless u = a64_unless(t, f->cc, f->nzcv);

    compare(t, f->ft, f->Rn, f->Rm, false, f->E);
    a64_unless_end(t, u);
}

void fps_select(struct a64 *t, const struct fps_select *f)
{
    bool half = f->ft == FT_H;
    ir_ref n = half ? get_h(t, f->Rn) : ir_op1(t->ir, IR_fbits, ft_type(f->ft), get_f(t, f->ft, f->Rn));
    ir_ref m = half ? get_h(t, f->Rm) : ir_op1(t->ir, IR_fbits, ft_type(f->ft), get_f(t, f->ft, f->Rm));
    ir_ref v = f->cc >= IR_AL ? n : ir_op3(t->ir, IR_select, I64, a64_condition(t, f->cc), n, m);

    if (half)
        put_h(t, f->Rd, v);
    else
        put_f(t, f->ft, f->Rd, float_of_bits(t, f->ft, v));
}

/* ---- conversions ---- */

/* Between formats; to = 2: bfloat16. */
void fps_convert(struct a64 *t, const struct fps_convert *f)
{
    static const uint8_t kind[4][4] = {[FT_H] = {FC_HALF_TO_SINGLE, FC_HALF_TO_DOUBLE},
                                       [FT_S] = {[FT_H] = FC_SINGLE_TO_HALF, [FT_B] = FC_SINGLE_TO_BF16}, [FT_D] = {[FT_H] = FC_DOUBLE_TO_HALF}};

    if (f->ft == FT_S && f->to == FT_D)
        put_f(t, FT_D, f->Rd, ir_op1(t->ir, IR_f32to64, F64, get_f(t, FT_S, f->Rn)));
    else if (f->ft == FT_D && f->to == FT_S)
        put_f(t, FT_S, f->Rd, ir_op1(t->ir, IR_f64to32, F32, get_f(t, FT_D, f->Rn)));
    else
        call_lanes(t, HELPER_fp_convert, kind[f->ft][f->to], (struct lane_args){.d = f->Rd, .n = f->Rn, .lanes = 1});
}

void fps_from_int(struct a64 *t, const struct fps_from_int *f)
{
    static const uint8_t op[2][2] = {{IR_i32tof, IR_u32tof}, {IR_i64tof, IR_u64tof}}; /* [sf][u] */
    ir_ref v = get_reg(t, f->sf, f->Rn);

    if (f->ft != FT_H) {
        put_f(t, f->ft, f->Rd, ir_op(t->ir, op[f->sf][f->u], ft_type(f->ft), v, NO_ARG, NO_ARG, 0, f->fbits));
        return;
    }
    if (!f->sf)
        v = ir_op1(t->ir, f->u ? IR_zext : IR_sext, I32, v);
    v = call_helper(t, HELPER_fp_int_half, I32, v, ir_const(t->ir, I32, half_how(0, f->u, 64, f->fbits)), NO_ARG, NO_ARG);
    put_h(t, f->Rd, ir_op1(t->ir, IR_zext, I32, v));
}

void fps_to_int(struct a64 *t, const struct fps_to_int *f)
{
    static const uint8_t op[2][2] = {{IR_ftoi32, IR_ftou32}, {IR_ftoi64, IR_ftou64}};
    ir_ref v;

    if (f->ft != FT_H) {
        set_reg(t, f->sf, f->Rd, ir_op(t->ir, op[f->sf][f->u], ft_type(f->ft), get_f(t, f->ft, f->Rn), NO_ARG, NO_ARG, f->how, f->fbits));
        return;
    }
    v = call_helper(t, HELPER_fp_half_int, I64, ir_op1(t->ir, IR_trunc, I64, get_h(t, f->Rn)),
                    ir_const(t->ir, I32, half_how(f->how, f->u, f->sf ? 64 : 32, f->fbits)), NO_ARG, NO_ARG);
    set_reg(t, f->sf, f->Rd, f->sf ? v : ir_op1(t->ir, IR_trunc, I64, v));
}

/* FJCVTZS: as JavaScript has it; Z: exactly, N C V are cleared. */
void fps_javascript(struct a64 *t, const struct fps_javascript *f)
{
    ir_ref v = ir_op1(t->ir, IR_fbits, F64, get_f(t, FT_D, f->Rn));

    set_reg(t, 0, f->Rd, call_helper(t, HELPER_fp_javascript, I32, v, NO_ARG, NO_ARG, NO_ARG));
}

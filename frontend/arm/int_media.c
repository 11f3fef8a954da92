/*
 * int_media.c: bit fields, extension, reversal, saturation, and the SIMD of
 * four bytes or two halfwords in a core register. Called by the decoders.
 * Source: ARM DDI 0406C A5.4, A6.3.12-A6.3.15.
 */
#include "frontend/arm/integer.h"

/* ---- bits ---- */

void a32_clz(struct a32 *t, const struct a32_clz *f)
{
    set_reg(t, f->Rd, ir_op1(t->ir, IR_clz, I32, get_reg(t, f->Rm)));
}

void a32_rbit(struct a32 *t, const struct a32_rbit *f)
{
    set_reg(t, f->Rd, ir_op1(t->ir, IR_rbit, I32, get_reg(t, f->Rm)));
}

void a32_rev(struct a32 *t, const struct a32_rev *f)
{
    set_reg(t, f->Rd, ir_op1(t->ir, IR_bswap, I32, get_reg(t, f->Rm)));
}

void a32_rev16(struct a32 *t, const struct a32_rev16 *f)
{
    set_reg(t, f->Rd, ir_op1(t->ir, IR_bswap16, I32, get_reg(t, f->Rm)));
}

void a32_revsh(struct a32 *t, const struct a32_revsh *f)
{
    set_reg(t, f->Rd, ir_op1(t->ir, IR_ext16s, I32, ir_op1(t->ir, IR_bswap16, I32, get_reg(t, f->Rm))));
}

/* UBFX, SBFX */
void a32_bit_extract(struct a32 *t, const struct a32_bit_extract *f)
{
    unsigned width = f->widthm1 + 1, above = 32 - f->lsb - width;
    ir_ref v = get_reg(t, f->Rn);

    if (f->is_signed) {
        if (!f->lsb && (width == 8 || width == 16))
            v = ir_op1(t->ir, width == 8 ? IR_ext8s : IR_ext16s, I32, v);
        else {
            if (above)
                v = ir_op2i(t->ir, IR_shl, I32, v, above);
            v = ir_op2i(t->ir, IR_sar, I32, v, f->lsb + above);
        }
    } else {
        if (f->lsb)
            v = ir_op2i(t->ir, IR_shr, I32, v, f->lsb);
        if (above)
            v = width == 8 ? ir_op1(t->ir, IR_ext8u, I32, v) : width == 16 ? ir_op1(t->ir, IR_ext16u, I32, v)
                : ir_op2i(t->ir, IR_and, I32, v, ones(width));
    }
    set_reg(t, f->Rd, v);
}

/* BFI; BFC has Rn = 15 */
void a32_bit_insert(struct a32 *t, const struct a32_bit_insert *f)
{
    unsigned width = f->msb - f->lsb + 1;
    uint32_t mask = (uint32_t)(ones(width) << f->lsb);
    ir_ref kept, v;

    if (width == 32) {
        set_reg(t, f->Rd, f->Rn == 15 ? imm32(t, 0) : get_reg(t, f->Rn));
        return;
    }
    kept = ir_op2i(t->ir, IR_and, I32, get_reg(t, f->Rd), ~mask);
    if (f->Rn == 15) {
        set_reg(t, f->Rd, kept);
        return;
    }
    v = ir_op2i(t->ir, IR_and, I32, get_reg(t, f->Rn), ones(width));
    if (f->lsb)
        v = ir_op2i(t->ir, IR_shl, I32, v, f->lsb);
    set_reg(t, f->Rd, ir_op2(t->ir, IR_or, I32, kept, v));
}

/* PKHBT: bottom of Rn, top of Rm << imm. PKHTB: top of Rn, bottom of Rm asr imm. */
void a32_pkh(struct a32 *t, const struct a32_pkh *f)
{
    ir_ref n = get_reg(t, f->Rn);
    ir_ref m = shift_imm(t, get_reg(t, f->Rm), f->tb ? SHIFT_ASR : SHIFT_LSL, f->imm5, false).value;
    ir_ref low = f->tb ? m : n, high = f->tb ? n : m;

    low = ir_op1(t->ir, IR_ext16u, I32, low);
    set_reg(t, f->Rd, ir_op2(t->ir, IR_or, I32, low, ir_op2i(t->ir, IR_and, I32, high, 0xffff0000u)));
}

/* ---- values of a core register as lanes: one xmm register holds it in its low 32 bits ---- */

static ir_ref lanes(struct a32 *t, ir_ref v)
{
    return ir_op(t->ir, IR_vdup, V128, zext(t, v), NO_ARG, NO_ARG, 32, 0);
}

static ir_ref from_lanes(struct a32 *t, ir_ref v)
{
    return low_word(t, ir_v1(t->ir, IR_vget, 32, v, 0));
}

static ir_ref get_lanes(struct a32 *t, unsigned n)
{
    return lanes(t, get_reg(t, n));
}

/* {S,U}XT{A}{B,H,B16} <Rd>, <Rn>, <Rm>, ROR #8*rotate; Rn = 15: nothing is added */
void a32_extend(struct a32 *t, const struct a32_extend *f)
{
    struct ir_region *r = t->ir;
    ir_ref v = get_reg(t, f->Rm), sum;

    if (f->rotate)
        v = ir_op2i(r, IR_ror, I32, v, 8 * f->rotate);
    switch ((enum extend_kind)f->kind) {
    case EXT_SB: v = ir_op1(r, IR_ext8s, I32, v); break;
    case EXT_UB: v = ir_op1(r, IR_ext8u, I32, v); break;
    case EXT_SH: v = ir_op1(r, IR_ext16s, I32, v); break;
    case EXT_UH: v = ir_op1(r, IR_ext16u, I32, v); break;
    case EXT_UB16: v = ir_op2i(r, IR_and, I32, v, 0x00ff00ff); break;
    case EXT_SB16: /* the sign bit of each byte, taken eight times from the byte above */
        v = ir_op2i(r, IR_and, I32, v, 0x00ff00ff);
        sum = ir_op2i(r, IR_and, I32, v, 0x00800080);
        v = ir_op2(r, IR_or, I32, v, ir_op2i(r, IR_mul, I32, ir_op2i(r, IR_shl, I32, sum, 1), 0xff));
        break;
    }
    if (f->Rn == 15) {
        set_reg(t, f->Rd, v);
    } else if (f->kind == EXT_SB16 || f->kind == EXT_UB16) {
        v = ir_v2(r, IR_vadd, 16, get_lanes(t, f->Rn), lanes(t, v), 0);
        set_reg(t, f->Rd, from_lanes(t, v));
    } else {
        set_reg(t, f->Rd, ir_op2(r, IR_add, I32, get_reg(t, f->Rn), v));
    }
}

/* ---- saturation ---- */

/* Puts a result that was limited; Q when that changed it. */
static void set_limited(struct a32 *t, unsigned Rd, ir_ref limited, ir_ref exact)
{
    set_reg(t, Rd, limited);
    put_q(t, ir_op2(t->ir, IR_ne, I32, limited, exact));
}

static void limit(struct a32 *t, unsigned Rd, ir_ref v, int32_t min, int32_t max)
{
    struct ir_region *r = t->ir;
    ir_ref lo = imm32(t, (uint32_t)min), hi = imm32(t, (uint32_t)max);
    ir_ref result = ir_op3(r, IR_select, I32, ir_op2(r, IR_lts, I32, v, lo), lo, v);

    result = ir_op3(r, IR_select, I32, ir_op2(r, IR_lts, I32, hi, v), hi, result);
    set_limited(t, Rd, result, v);
}

void a32_ssat(struct a32 *t, const struct a32_ssat *f)
{
    ir_ref v = shift_imm(t, get_reg(t, f->Rn), f->sh ? SHIFT_ASR : SHIFT_LSL, f->imm5, false).value;

    limit(t, f->Rd, v, (int32_t)-(1u << f->sat), (int32_t)((1u << f->sat) - 1));
}

void a32_usat(struct a32 *t, const struct a32_usat *f)
{
    ir_ref v = shift_imm(t, get_reg(t, f->Rn), f->sh ? SHIFT_ASR : SHIFT_LSL, f->imm5, false).value;

    limit(t, f->Rd, v, 0, (int32_t)ones(f->sat));
}

static void limit16(struct a32 *t, unsigned Rd, unsigned Rn, uint16_t min, uint16_t max)
{
    ir_ref n = get_reg(t, Rn);
    ir_ref lo = ir_vconst(t->ir, min * 0x1000100010001ull, min * 0x1000100010001ull);
    ir_ref hi = ir_vconst(t->ir, max * 0x1000100010001ull, max * 0x1000100010001ull);
    ir_ref v = ir_v2(t->ir, IR_vmaxs, 16, lanes(t, n), lo, 0);

    set_limited(t, Rd, from_lanes(t, ir_v2(t->ir, IR_vmins, 16, v, hi, 0)), n);
}

void a32_ssat16(struct a32 *t, const struct a32_ssat16 *f)
{
    unsigned sat = MIN_(f->sat, 15);

    limit16(t, f->Rd, f->Rn, (uint16_t)-(1 << sat), (uint16_t)((1 << sat) - 1));
}

void a32_usat16(struct a32 *t, const struct a32_usat16 *f)
{
    limit16(t, f->Rd, f->Rn, 0, (uint16_t)((1 << MIN_(f->sat, 15)) - 1));
}

/* Saturating a +- b; Q when it saturates. */
static ir_ref saturating(struct a32 *t, ir_ref a, ir_ref b, bool subtract)
{
    ir_ref exact = ir_op2(t->ir, subtract ? IR_sub : IR_add, I32, a, b);
    ir_ref result = from_lanes(t, ir_v2(t->ir, subtract ? IR_vsqsub : IR_vsqadd, 32, lanes(t, a), lanes(t, b), 0));

    put_q(t, ir_op2(t->ir, IR_ne, I32, result, exact));
    return result;
}

/* QADD, QSUB, QDADD, QDSUB <Rd>, <Rm>, <Rn> */
void a32_qadd(struct a32 *t, const struct a32_qadd *f)
{
    ir_ref m = get_reg(t, f->Rm), n = get_reg(t, f->Rn);

    if (f->twice)
        n = saturating(t, n, n, false);
    set_reg(t, f->Rd, saturating(t, m, n, f->subtract));
}

/* ---- parallel addition and subtraction ---- */

static const struct { uint8_t add, sub; } parallel_ops[] = {
    [PAR_S] = {IR_vadd, IR_vsub}, [PAR_Q] = {IR_vsqadd, IR_vsqsub}, [PAR_SH] = {IR_vhadds, IR_vhsubs},
    [PAR_U] = {IR_vadd, IR_vsub}, [PAR_UQ] = {IR_vuqadd, IR_vuqsub}, [PAR_UH] = {IR_vhaddu, IR_vhsubu},
};

/* All lanes added or subtracted, and GE as a lane mask where the form sets it. */
struct parallel { ir_ref value, ge; };

/* GE: the exact signed result is not negative (the saturated one has its sign),
 * or the unsigned sum carried, or the difference did not borrow. */
static ir_ref parallel_ge(struct a32 *t, bool is_signed, bool subtract, unsigned width, ir_ref n, ir_ref m, ir_ref result)
{
    struct ir_region *r = t->ir;

    if (!is_signed)
        return subtract ? ir_v2(r, IR_vcgeu, width, n, m, 0) : ir_v2(r, IR_vcgtu, width, n, result, 0);
    result = ir_v2(r, subtract ? IR_vsqsub : IR_vsqadd, width, n, m, 0);
    return ir_v2(r, IR_vcges, width, result, ir_vconst(r, 0, 0), 0);
}

static struct parallel parallel(struct a32 *t, enum parallel_kind kind, bool subtract, unsigned width, ir_ref n, ir_ref m)
{
    struct parallel p = {ir_v2(t->ir, subtract ? parallel_ops[kind].sub : parallel_ops[kind].add, width, n, m, 0), {0}};

    if (kind == PAR_S || kind == PAR_U)
        p.ge = parallel_ge(t, kind == PAR_S, subtract, width, n, m, p.value);
    return p;
}

/* Low halfword of a, high halfword of b. */
static ir_ref halves(struct a32 *t, ir_ref a, ir_ref b)
{
    uint64_t low = 0x0000ffff0000ffffull;

    return ir_v3(t->ir, IR_vbsl, 8, ir_vconst(t->ir, low, low), a, b);
}

/* ASX: low = n.low - m.high, high = n.high + m.low; SAX the other way. */
static struct parallel exchanged(struct a32 *t, enum parallel_kind kind, bool asx, ir_ref n, ir_ref m)
{
    struct parallel sum = parallel(t, kind, false, 16, n, m), difference = parallel(t, kind, true, 16, n, m);
    struct parallel low = asx ? difference : sum, high = asx ? sum : difference, p = {halves(t, low.value, high.value), {0}};

    if (low.ge.id)
        p.ge = halves(t, low.ge, high.ge);
    return p;
}

void a32_parallel(struct a32 *t, const struct a32_parallel *f)
{
    ir_ref n = get_lanes(t, f->Rn), m = get_reg(t, f->Rm);
    struct parallel p;

    if (f->op == PAR_ASX || f->op == PAR_SAX)
        p = exchanged(t, f->kind, f->op == PAR_ASX, n, lanes(t, ir_op2i(t->ir, IR_ror, I32, m, 16)));
    else
        p = parallel(t, f->kind, f->op == PAR_SUB16 || f->op == PAR_SUB8, f->op >= PAR_ADD8 ? 8 : 16, n, lanes(t, m));
    if (p.ge.id)
        ir_put(t->ir, I32, SLOT(ge), from_lanes(t, p.ge));
    set_reg(t, f->Rd, from_lanes(t, p.value));
}

/* SEL: bytes of Rn where GE is set, else of Rm. */
void a32_sel(struct a32 *t, const struct a32_sel *f)
{
    ir_ref ge = ir_get(t->ir, I32, SLOT(ge));
    ir_ref n = ir_op2(t->ir, IR_and, I32, get_reg(t, f->Rn), ge);

    set_reg(t, f->Rd, ir_op2(t->ir, IR_or, I32, n, ir_op2(t->ir, IR_andn, I32, get_reg(t, f->Rm), ge)));
}

/* USADA8, USAD8 (Ra = 15): sum of absolute differences of bytes. */
void a32_usada8(struct a32 *t, const struct a32_usada8 *f)
{
    ir_ref v = ir_v2(t->ir, IR_vabdu, 8, get_lanes(t, f->Rn), get_lanes(t, f->Rm), 0);

    v = ir_v1(t->ir, IR_vpaddlu, 16, ir_v1(t->ir, IR_vpaddlu, 8, v, 0), 0);
    v = from_lanes(t, v);
    if (f->Ra != 15)
        v = ir_op2(t->ir, IR_add, I32, v, get_reg(t, f->Ra));
    set_reg(t, f->Rd, v);
}

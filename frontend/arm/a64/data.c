/*
 * data.c: data processing on integer registers. Called by the decoder made of
 * data.decode. Source: ARM DDI 0487 C6.2. A flags op stands right behind the op
 * whose flags it is: the backend makes one instruction of the two.
 */
#include "frontend/arm/a64/data.h"

#include "frontend/arm/a64/data.args.h"
#include "frontend/arm/a64/data.decode.h"

static ir_ref imm(struct a64 *t, unsigned sf, uint64_t v) { return ir_const(t->ir, a64_type(sf), sf ? v : (uint32_t)v); }

/* ---- operands ---- */

uint64_t a64_bitmask(unsigned sf, unsigned N, unsigned imms, unsigned immr)
{
    unsigned selector = N << 6 | (~imms & 0x3f), length, size, run, rotate;
    uint64_t element;

    if (selector < 2 || (!sf && N))
        return 0;
    length = 31 - (unsigned)__builtin_clz(selector);
    size = 1u << length;
    run = (imms & (size - 1)) + 1;
    rotate = immr & (size - 1);
    if (run == size)
        return 0;
    element = ones(run);
    if (rotate)
        element = (element >> rotate | element << (size - rotate)) & ones(size);
    for (; size < 64; size *= 2)
        element |= element << size;
    return sf ? element : (uint32_t)element;
}

static ir_ref shifted(struct a64 *t, unsigned sf, unsigned Rm, unsigned type, unsigned amount)
{
    static const enum ir_opcode op[] = {IR_shl, IR_shr, IR_sar, IR_ror};
    ir_ref v = get_reg(t, sf, Rm);

    return amount ? ir_op2i(t->ir, op[type], a64_type(sf), v, amount) : v;
}

/* UXTB UXTH UXTW UXTX SXTB SXTH SXTW SXTX, and a shift to the left */
static ir_ref extended(struct a64 *t, unsigned sf, unsigned Rm, unsigned option, unsigned amount)
{
    static const enum ir_opcode narrow[2][2] = {{IR_ext8u, IR_ext16u}, {IR_ext8s, IR_ext16s}};
    bool is_signed = option & 4;
    unsigned size = option & 3;
    ir_ref v;

    if (size < 2)
        v = ir_op1(t->ir, narrow[is_signed][size], a64_type(sf), get_reg(t, sf, Rm));
    else if (sf && size == 2)
        v = ir_op1(t->ir, is_signed ? IR_sext : IR_zext, I32, get_reg(t, 0, Rm));
    else
        v = get_reg(t, sf, Rm);
    return amount ? ir_op2i(t->ir, IR_shl, a64_type(sf), v, amount) : v;
}

/* ---- addition, subtraction ---- */

/* to_sp: register 31 as destination is the stack pointer. */
static void add_sub(struct a64 *t, unsigned sf, bool sub, bool S, unsigned Rd, bool to_sp, ir_ref n, ir_ref m)
{
    enum ir_type type = a64_type(sf);
    ir_ref result = {0}, flags = {0};

    if (Rd != 31 || to_sp)
        result = ir_op2(t->ir, sub ? IR_sub : IR_add, type, n, m);
    if (S)
        flags = ir_op2(t->ir, sub ? IR_flags_sub : IR_flags_add, type, n, m);
    if (result.id)
        set_reg_sp(t, sf, Rd, result);
    if (S)
        put_nzcv(t, flags);
}

void data_add_sub_imm(struct a64 *t, const struct data_add_sub_imm *f)
{
    add_sub(t, f->sf, f->sub, f->S, f->Rd, !f->S, get_reg_sp(t, f->sf, f->Rn), imm(t, f->sf, f->imm));
}

void data_add_sub_reg(struct a64 *t, const struct data_add_sub_reg *f)
{
    ir_ref n = get_reg(t, f->sf, f->Rn), m = shifted(t, f->sf, f->Rm, f->type, f->imm6);

    add_sub(t, f->sf, f->sub, f->S, f->Rd, false, n, m);
}

void data_add_sub_ext(struct a64 *t, const struct data_add_sub_ext *f)
{
    ir_ref n = get_reg_sp(t, f->sf, f->Rn), m = extended(t, f->sf, f->Rm, f->option, f->imm3);

    add_sub(t, f->sf, f->sub, f->S, f->Rd, !f->S, n, m);
}

void data_adc(struct a64 *t, const struct data_adc *f)
{
    enum ir_type type = a64_type(f->sf);
    ir_ref n = get_reg(t, f->sf, f->Rn), m = get_reg(t, f->sf, f->Rm), old = get_nzcv(t);
    ir_ref result = ir_op3(t->ir, f->sub ? IR_sbc : IR_adc, type, n, m, old), flags = {0};

    if (f->S)
        flags = ir_op3(t->ir, f->sub ? IR_flags_sbc : IR_flags_adc, type, n, m, old);
    set_reg(t, f->sf, f->Rd, result);
    if (f->S)
        put_nzcv(t, flags);
}

void data_adr(struct a64 *t, const struct data_adr *f)
{
    int64_t offset = (int32_t)f->imm;

    set_reg(t, 1, f->Rd, imm(t, 1, f->page ? (t->pc & ~0xfffull) + (uint64_t)offset * 4096 : t->pc + (uint64_t)offset));
}

/* ---- logic ---- */

/* N and Z of a result, C and V clear: those of an addition of nothing. */
static ir_ref flags_logic(struct a64 *t, unsigned sf, ir_ref result)
{
    return ir_op2i(t->ir, IR_flags_add, a64_type(sf), result, 0);
}

static void logic(struct a64 *t, unsigned sf, unsigned op, unsigned Rd, bool to_sp, ir_ref n, ir_ref m)
{
    static const enum ir_opcode ops[] = {IR_and, IR_or, IR_xor, IR_and};
    ir_ref result = ir_op2(t->ir, ops[op], a64_type(sf), n, m), flags = {0};

    if (op == LOGIC_ands)
        flags = flags_logic(t, sf, result);
    if (to_sp)
        set_reg_sp(t, sf, Rd, result);
    else
        set_reg(t, sf, Rd, result);
    if (op == LOGIC_ands)
        put_nzcv(t, flags);
}

void data_logic_imm(struct a64 *t, const struct data_logic_imm *f)
{
    ir_ref m = imm(t, f->sf, a64_bitmask(f->sf, f->N, f->imms, f->immr));

    logic(t, f->sf, f->op, f->Rd, f->op != LOGIC_ands, get_reg(t, f->sf, f->Rn), m);
}

void data_logic_reg(struct a64 *t, const struct data_logic_reg *f)
{
    enum ir_type type = a64_type(f->sf);
    ir_ref m = shifted(t, f->sf, f->Rm, f->type, f->imm6), n;

    if (f->op == LOGIC_orr && f->Rn == 31) { /* MOV, MVN */
        set_reg(t, f->sf, f->Rd, f->inv ? ir_op1(t->ir, IR_not, type, m) : m);
        return;
    }
    n = get_reg(t, f->sf, f->Rn);
    if (f->inv && f->op == LOGIC_and) {
        set_reg(t, f->sf, f->Rd, ir_op2(t->ir, IR_andn, type, n, m));
        return;
    }
    if (f->inv && f->op == LOGIC_ands) {
        ir_ref result = ir_op2(t->ir, IR_andn, type, n, m), flags = flags_logic(t, f->sf, result);

        set_reg(t, f->sf, f->Rd, result);
        put_nzcv(t, flags);
        return;
    }
    logic(t, f->sf, f->op, f->Rd, false, n, f->inv ? ir_op1(t->ir, IR_not, type, m) : m);
}

void data_move_wide(struct a64 *t, const struct data_move_wide *f)
{
    uint64_t v = (uint64_t)f->imm16 << 16 * f->hw;
    ir_ref old;

    if (f->op != MOVE_keep) {
        set_reg(t, f->sf, f->Rd, imm(t, f->sf, f->op == MOVE_not ? ~v : v));
        return;
    }
    old = ir_op2(t->ir, IR_and, a64_type(f->sf), get_reg(t, f->sf, f->Rd), imm(t, f->sf, ~(0xffffull << 16 * f->hw)));
    set_reg(t, f->sf, f->Rd, ir_op2(t->ir, IR_or, a64_type(f->sf), old, imm(t, f->sf, v)));
}

/* ---- bit fields ---- */

/* The low `width` bits of v, zero- or sign-extended, shifted left. */
static ir_ref field(struct a64 *t, unsigned sf, ir_ref v, bool is_signed, unsigned width, unsigned left)
{
    struct ir_region *r = t->ir;
    enum ir_type type = a64_type(sf);
    unsigned n = ir_bits(type);

    if (width < n && (width == 8 || width == 16)) {
        v = ir_op1(r, width == 8 ? (is_signed ? IR_ext8s : IR_ext8u) : is_signed ? IR_ext16s : IR_ext16u, type, v);
    } else if (width < n && width == 32) {
        v = ir_op1(r, is_signed ? IR_sext : IR_zext, I32, ir_op1(r, IR_trunc, I64, v));
    } else if (width + left < n && (is_signed || width > 31)) {
        v = ir_op2i(r, IR_shl, type, v, n - width);
        return ir_op2i(r, is_signed ? IR_sar : IR_shr, type, v, n - width - left);
    } else if (width + left < n) {
        v = ir_op2i(r, IR_and, type, v, ones(width));
    }
    return left ? ir_op2i(r, IR_shl, type, v, left) : v;
}

/* Bits from lsb on, width of them, extended. */
static ir_ref extract(struct a64 *t, unsigned sf, ir_ref v, bool is_signed, unsigned lsb, unsigned width)
{
    struct ir_region *r = t->ir;
    enum ir_type type = a64_type(sf);
    unsigned n = ir_bits(type);

    if (lsb + width == n)
        return lsb ? ir_op2i(r, is_signed ? IR_sar : IR_shr, type, v, lsb) : v;
    if (lsb && is_signed) {
        v = ir_op2i(r, IR_shl, type, v, n - lsb - width);
        return ir_op2i(r, IR_sar, type, v, n - width);
    }
    return field(t, sf, lsb ? ir_op2i(r, IR_shr, type, v, lsb) : v, is_signed, width, 0);
}

static void insert(struct a64 *t, unsigned sf, unsigned Rd, ir_ref v, unsigned lsb, unsigned width)
{
    enum ir_type type = a64_type(sf);
    ir_ref old;

    if (width == ir_bits(type)) {
        set_reg(t, sf, Rd, v);
        return;
    }
    old = ir_op2(t->ir, IR_and, type, get_reg(t, sf, Rd), imm(t, sf, ~(ones(width) << lsb)));
    set_reg(t, sf, Rd, ir_op2(t->ir, IR_or, type, old, field(t, sf, v, false, width, lsb)));
}

/* imms >= immr: bits imms..immr go to the bottom; otherwise bits imms..0 go up to where they would be rotated to. */
void data_bitfield(struct a64 *t, const struct data_bitfield *f)
{
    unsigned n = f->sf ? 64 : 32;
    bool down = f->imms >= f->immr;
    unsigned width = down ? f->imms - f->immr + 1 : f->imms + 1, left = down ? 0 : n - f->immr;
    ir_ref v = get_reg(t, f->sf, f->Rn);

    if (f->Rd == 31)
        return;
    if (f->op == FIELD_insert) {
        if (down && f->immr)
            v = ir_op2i(t->ir, IR_shr, a64_type(f->sf), v, f->immr);
        insert(t, f->sf, f->Rd, v, left, width);
    } else if (down) {
        set_reg(t, f->sf, f->Rd, extract(t, f->sf, v, f->op == FIELD_signed, f->immr, width));
    } else {
        set_reg(t, f->sf, f->Rd, field(t, f->sf, v, f->op == FIELD_signed, width, left));
    }
}

void data_extr(struct a64 *t, const struct data_extr *f)
{
    enum ir_type type = a64_type(f->sf);
    ir_ref n = get_reg(t, f->sf, f->Rn), m = get_reg(t, f->sf, f->Rm);

    if (f->lsb && f->Rn == f->Rm) {
        m = ir_op2i(t->ir, IR_ror, type, m, f->lsb);
    } else if (f->lsb) {
        n = ir_op2i(t->ir, IR_shl, type, n, ir_bits(type) - f->lsb);
        m = ir_op2(t->ir, IR_or, type, n, ir_op2i(t->ir, IR_shr, type, m, f->lsb));
    }
    set_reg(t, f->sf, f->Rd, m);
}

/* ---- one, two, three sources ---- */

void data_two_source(struct a64 *t, const struct data_two_source *f)
{
    ir_ref n = get_reg(t, f->sf, f->Rn), m = get_reg(t, f->sf, f->Rm);

    set_reg(t, f->sf, f->Rd, ir_op2(t->ir, (enum ir_opcode)f->op, a64_type(f->sf), n, m));
}

void data_one_source(struct a64 *t, const struct data_one_source *f)
{
    set_reg(t, f->sf, f->Rd, ir_op1(t->ir, (enum ir_opcode)f->op, a64_type(f->sf), get_reg(t, f->sf, f->Rn)));
}

void data_rev32(struct a64 *t, const struct data_rev32 *f)
{
    ir_ref v = ir_op1(t->ir, IR_bswap, I64, get_reg(t, 1, f->Rn));

    set_reg(t, 1, f->Rd, ir_op2i(t->ir, IR_ror, I64, v, 32));
}

/* Sign bits behind the first: where v and v shifted by one agree. */
void data_cls(struct a64 *t, const struct data_cls *f)
{
    enum ir_type type = a64_type(f->sf);
    ir_ref v = get_reg(t, f->sf, f->Rn);

    v = ir_op2(t->ir, IR_xor, type, v, ir_op2i(t->ir, IR_shl, type, v, 1));
    set_reg(t, f->sf, f->Rd, ir_op1(t->ir, IR_clz, type, ir_op2i(t->ir, IR_or, type, v, 1)));
}

void data_abs(struct a64 *t, const struct data_abs *f)
{
    enum ir_type type = a64_type(f->sf);
    ir_ref v = get_reg(t, f->sf, f->Rn), negative = ir_op2i(t->ir, IR_lts, type, v, 0);

    set_reg(t, f->sf, f->Rd, ir_op3(t->ir, IR_select, type, negative, ir_op1(t->ir, IR_neg, type, v), v));
}

static ir_ref minmax(struct a64 *t, unsigned sf, unsigned op, ir_ref n, ir_ref m)
{
    enum ir_type type = a64_type(sf);
    ir_ref less = ir_op2(t->ir, op == SMAX || op == SMIN ? IR_lts : IR_ltu, type, n, m);

    return op == SMAX || op == UMAX ? ir_op3(t->ir, IR_select, type, less, m, n) : ir_op3(t->ir, IR_select, type, less, n, m);
}

void data_minmax(struct a64 *t, const struct data_minmax *f)
{
    set_reg(t, f->sf, f->Rd, minmax(t, f->sf, f->op, get_reg(t, f->sf, f->Rn), get_reg(t, f->sf, f->Rm)));
}

void data_minmax_imm(struct a64 *t, const struct data_minmax_imm *f)
{
    ir_ref m = imm(t, f->sf, (uint64_t)(int64_t)(int32_t)f->imm);

    set_reg(t, f->sf, f->Rd, minmax(t, f->sf, f->op, get_reg(t, f->sf, f->Rn), m));
}

void data_crc32(struct a64 *t, const struct data_crc32 *f)
{
    ir_ref m = f->size == 3 ? get_reg(t, 1, f->Rm) : ir_op1(t->ir, IR_zext, I32, get_reg(t, 0, f->Rm));

    set_reg(t, 0, f->Rd, ir_op(t->ir, (enum ir_opcode)f->op, I32, get_reg(t, 0, f->Rn), m, NO_ARG, 1u << f->size, 0));
}

static void multiply_add(struct a64 *t, unsigned sf, bool sub, unsigned Rd, unsigned Ra, ir_ref product)
{
    enum ir_type type = a64_type(sf);

    if (Ra == 31)
        set_reg(t, sf, Rd, sub ? ir_op1(t->ir, IR_neg, type, product) : product);
    else
        set_reg(t, sf, Rd, ir_op2(t->ir, sub ? IR_sub : IR_add, type, get_reg(t, sf, Ra), product));
}

void data_madd(struct a64 *t, const struct data_madd *f)
{
    ir_ref product = ir_op2(t->ir, IR_mul, a64_type(f->sf), get_reg(t, f->sf, f->Rn), get_reg(t, f->sf, f->Rm));

    multiply_add(t, f->sf, f->sub, f->Rd, f->Ra, product);
}

void data_maddl(struct a64 *t, const struct data_maddl *f)
{
    enum ir_opcode extend = f->is_signed ? IR_sext : IR_zext;
    ir_ref n = ir_op1(t->ir, extend, I32, get_reg(t, 0, f->Rn)), m = ir_op1(t->ir, extend, I32, get_reg(t, 0, f->Rm));

    multiply_add(t, 1, f->sub, f->Rd, f->Ra, ir_op2(t->ir, IR_mul, I64, n, m));
}

/* ---- conditions ---- */

/* CSET and CSETM choose between two constants, which is the condition itself. */
static void cset(struct a64 *t, const struct data_csel *f)
{
    ir_ref v = a64_condition(t, f->cond ^ 1);

    if (f->inc)
        set_reg(t, 0, f->Rd, v);
    else if (f->sf)
        set_reg(t, 1, f->Rd, ir_op1(t->ir, IR_neg, I64, ir_op1(t->ir, IR_zext, I32, v)));
    else
        set_reg(t, 0, f->Rd, ir_op1(t->ir, IR_neg, I32, v));
}

void data_csel(struct a64 *t, const struct data_csel *f)
{
    enum ir_type type = a64_type(f->sf);
    ir_ref n = get_reg(t, f->sf, f->Rn), m;

    if (f->cond >= IR_AL) {
        set_reg(t, f->sf, f->Rd, n);
        return;
    }
    if (f->Rn == 31 && f->Rm == 31 && f->inc != f->inv) {
        cset(t, f);
        return;
    }
    m = get_reg(t, f->sf, f->Rm);
    if (f->inv)
        m = ir_op1(t->ir, f->inc ? IR_neg : IR_not, type, m);
    else if (f->inc)
        m = ir_op2i(t->ir, IR_add, type, m, 1);
    set_reg(t, f->sf, f->Rd, ir_op3(t->ir, IR_select, type, a64_condition(t, f->cond), n, m));
}

/* The comparison when the condition holds, else the constant. */
static void ccmp(struct a64 *t, unsigned sf, bool sub, unsigned Rn, unsigned Rm, bool is_imm, unsigned cond, unsigned nzcv)
{
    struct a64_unless u = a64_unless(t, cond, nzcv);
    ir_ref n = get_reg(t, sf, Rn), m = is_imm ? imm(t, sf, Rm) : get_reg(t, sf, Rm);

    put_nzcv(t, ir_op2(t->ir, sub ? IR_flags_sub : IR_flags_add, a64_type(sf), n, m));
    a64_unless_end(t, u);
}

void data_ccmp_reg(struct a64 *t, const struct data_ccmp_reg *f)
{
    ccmp(t, f->sf, f->sub, f->Rn, f->Rm, false, f->cond, f->nzcv);
}

void data_ccmp_imm(struct a64 *t, const struct data_ccmp_imm *f)
{
    ccmp(t, f->sf, f->sub, f->Rn, f->imm, true, f->cond, f->nzcv);
}

/* ---- FlagM ---- */

/* Puts the flags that are in `mask` (N Z C V = 8 4 2 1) from bits 3..0 of v. */
static void put_some(struct a64 *t, unsigned mask, ir_ref v)
{
    struct ir_region *r = t->ir;
    ir_ref old = ir_op2i(r, IR_and, I32, ir_op1(r, IR_flags_pack, FLAGS, get_nzcv(t)), (uint32_t)(~mask << 28));

    v = ir_op2i(r, IR_shl, I32, ir_op2i(r, IR_and, I32, v, mask), 28);
    put_nzcv(t, ir_op1(r, IR_flags_unpack, I32, ir_op2(r, IR_or, I32, old, v)));
}

void data_rmif(struct a64 *t, const struct data_rmif *f)
{
    ir_ref v = get_reg(t, 1, f->Rn);

    if (f->imm6)
        v = ir_op2i(t->ir, IR_ror, I64, v, f->imm6);
    put_some(t, f->mask, ir_op1(t->ir, IR_trunc, I64, v));
}

/* N: the top bit of the byte or halfword, Z: it is zero, V: its top bit and the one above differ. */
void data_setf(struct a64 *t, const struct data_setf *f)
{
    struct ir_region *r = t->ir;
    ir_ref v = get_reg(t, 0, f->Rn);
    ir_ref n = ir_op2i(r, IR_and, I32, ir_op2i(r, IR_shr, I32, v, f->bits - 1), 1);
    ir_ref above = ir_op2i(r, IR_and, I32, ir_op2i(r, IR_shr, I32, v, f->bits), 1);
    ir_ref z = ir_op2i(r, IR_eq, I32, ir_op2i(r, IR_and, I32, v, ones(f->bits)), 0);
    ir_ref nzv = ir_op2(r, IR_or, I32, ir_op2i(r, IR_shl, I32, n, 3), ir_op2i(r, IR_shl, I32, z, 2));

    put_some(t, 0xd, ir_op2(r, IR_or, I32, nzv, ir_op2(r, IR_xor, I32, n, above)));
}

bool a64_data_decode(struct a64 *t, uint32_t insn)
{
    return data_decode(t, insn) || a64_mem_data_decode(t, insn);
}

/*
 * lower_vec.c: v128 ops that are one host instruction for each lane width, and
 * those composed of a few of them: logic, compares, shifts. lower_vec.def
 * names the function of each op; a width without a good sequence goes to
 * lower_vgeneric. compile.c's table is the only caller.
 */
#include "backend/x86_64/lower_vec.h"

/* ---- one instruction ---- */

/* a op b */
void lower_v3(struct gen *g, const struct ir_op *o)
{
    struct vec v;

    if (!vec_opcode(o->op, vec_width_index(o))) {
        lower_vgeneric(g, o);
        return;
    }
    vec_open(&v, g, o);
    if (v.x[1] == NOREG) /* a constant: see lower_vconst */
        vec_result_k(&v, v.opcode, v.x[0], (v128){op_of(g, o->arg[1])->imm, op_of(g, o->arg[1])->imm2});
    else
        vec_result(&v, v.opcode, v.x[0], v.x[1]);
}

/* b op a */
void lower_v3_swapped(struct gen *g, const struct ir_op *o)
{
    struct vec v;

    vec_open(&v, g, o);
    vec_result(&v, v.opcode, v.x[1], v.x[0]);
}

/* op a */
void lower_v2(struct gen *g, const struct ir_op *o)
{
    struct vec v;

    if (!vec_opcode(o->op, vec_width_index(o))) {
        lower_vgeneric(g, o);
        return;
    }
    vec_open(&v, g, o);
    vec_result_2(&v, v.opcode, v.x[0]);
}

/* ---- logic ---- */

void lower_vnot(struct gen *g, const struct ir_op *o)
{
    struct vec v;
    unsigned t;

    vec_open(&v, g, o);
    if (x86_cpu.avx512vl) {
        vec_result_ternary(&v, v.x[0], v.x[0], v.x[0], 0x0f);
    } else {
        t = vec_tmp(&v);
        eones(&v, t);
        vec_result(&v, X_PXOR, v.x[0], t);
    }
}

/* a | ~b */
void lower_vorn(struct gen *g, const struct ir_op *o)
{
    struct vec v;
    unsigned t;

    vec_open(&v, g, o);
    if (x86_cpu.avx512vl) {
        vec_result_ternary(&v, v.x[0], v.x[1], v.x[1], 0xf3);
    } else {
        t = vec_tmp(&v);
        eones(&v, t);
        e3(&v, X_PXOR, t, t, v.x[1]);
        vec_result(&v, X_POR, v.x[0], t);
    }
}

/* c ^ (a & (b ^ c)) */
void lower_vbsl(struct gen *g, const struct ir_op *o)
{
    struct vec v;
    unsigned t;

    vec_open(&v, g, o);
    if (x86_cpu.avx512vl) {
        vec_result_ternary(&v, v.x[0], v.x[1], v.x[2], 0xca);
    } else {
        t = vec_tmp(&v);
        e3(&v, X_PXOR, t, v.x[1], v.x[2]);
        e3(&v, X_PAND, t, t, v.x[0]);
        vec_result(&v, X_PXOR, v.x[2], t);
    }
}

/* 0 - a */
void lower_vneg(struct gen *g, const struct ir_op *o)
{
    struct vec v;

    vec_open(&v, g, o);
    unsigned t = vec_tmp(&v);
    ezero(&v, t);
    vec_result(&v, vec_opcode(IR_vsub, v.i), t, v.x[0]);
}

/* ---- compares ---- */

/* vpcmp's predicates; those of unsigned compares are another opcode's. */
enum { PRED_EQ = 0, PRED_NE = 4, PRED_GE = 5, PRED_GT = 6 };
static const uint32_t mask_to_vector[4] = {V_F3 | V_38 | V_ONLYEVEX | 0x28, V_F3 | V_38 | V_ONLYEVEX | V_EW | 0x28,
                                           V_F3 | V_38 | V_ONLYEVEX | 0x38, V_F3 | V_38 | V_ONLYEVEX | V_EW | 0x38};

static void compare_to_mask(struct vec *v, unsigned predicate, bool is_unsigned)
{
    uint32_t op = V_66 | V_3A | V_ONLYEVEX | (v->n < 32 ? 0x3f : 0x1f) | (v->i & 1 ? V_EW : 0);

    v_rrri(v->c, op - is_unsigned, 1, v->x[0], v->x[1], predicate);
}

/* AVX-512: d = all ones in lanes (width index i) where a and b differ. */
void vec_not_equal(struct vec *v, unsigned i, unsigned d, unsigned a, unsigned b)
{
    v_rrri(v->c, V_66 | V_3A | V_ONLYEVEX | (i < 2 ? 0x3f : 0x1f) | (i & 1 ? V_EW : 0), 1, a, b, PRED_NE);
    v_rr(v->c, mask_to_vector[i], d, 1);
}

static void made_from_mask(struct vec *v)
{
    unsigned d = vec_dest(v);

    v_rr(v->c, mask_to_vector[v->i], d, 1);
    vec_made(v, d);
}

static void inverted(struct vec *v, unsigned t)
{
    unsigned u = vec_tmp(v);

    eones(v, u);
    vec_result(v, X_PXOR, t, u);
}

/* vceq, vcgts: one instruction for low registers. */
void lower_vcompare(struct gen *g, const struct ir_op *o)
{
    struct vec v;

    vec_open(&v, g, o);
    if (x86_cpu.avx512vl && !all_low(v.x[0], v.x[1])) {
        compare_to_mask(&v, o->op == IR_vceq ? PRED_EQ : PRED_GT, false);
        made_from_mask(&v);
        return;
    }
    vec_result(&v, v.opcode, v.x[0], v.x[1]);
}

/* a >= b: the maximum is a. */
void lower_vcge(struct gen *g, const struct ir_op *o)
{
    bool is_signed = o->op == IR_vcges;
    struct vec v;

    if (!x86_cpu.avx512vl && o->aux == 64 && !is_signed) {
        lower_vgeneric(g, o);
        return;
    }
    vec_open(&v, g, o);
    if (x86_cpu.avx512vl) {
        compare_to_mask(&v, PRED_GE, !is_signed);
        made_from_mask(&v);
        return;
    }
    unsigned t = vec_tmp(&v);
    if (v.n == 64) {
        e3(&v, vec_opcode(IR_vcgts, 3), t, v.x[1], v.x[0]);
        inverted(&v, t);
        return;
    }
    e3(&v, vec_opcode(is_signed ? IR_vmaxs : IR_vmaxu, v.i), t, v.x[0], v.x[1]);
    vec_result(&v, vec_opcode(IR_vceq, v.i), t, v.x[0]);
}

/* a > b unsigned: not that the maximum is b. */
void lower_vcgtu(struct gen *g, const struct ir_op *o)
{
    struct vec v;

    if (!x86_cpu.avx512vl && o->aux == 64) {
        lower_vgeneric(g, o);
        return;
    }
    vec_open(&v, g, o);
    if (x86_cpu.avx512vl) {
        compare_to_mask(&v, PRED_GT, true);
        made_from_mask(&v);
        return;
    }
    unsigned t = vec_tmp(&v);
    e3(&v, vec_opcode(IR_vmaxu, v.i), t, v.x[0], v.x[1]);
    e3(&v, vec_opcode(IR_vceq, v.i), t, t, v.x[1]);
    inverted(&v, t);
}

void lower_vtst(struct gen *g, const struct ir_op *o)
{
    struct vec v;

    vec_open(&v, g, o);
    if (x86_cpu.avx512vl) {
        v_rrr(v.c, V_66 | V_38 | V_ONLYEVEX | (v.n < 32 ? 0x26 : 0x27) | (v.i & 1 ? V_EW : 0), 1, v.x[0], v.x[1]); /* vptestm */
        made_from_mask(&v);
        return;
    }
    unsigned t = vec_tmp(&v), u = vec_tmp(&v);
    e3(&v, X_PAND, t, v.x[0], v.x[1]);
    ezero(&v, u);
    e3(&v, vec_opcode(IR_vceq, v.i), t, t, u);
    vec_free(&v, u);
    inverted(&v, t);
}

/* ---- shifts by a constant ---- */

static unsigned shift_kind(enum ir_opcode op)
{
    return op == IR_vshli ? SHIFT_SHL : op == IR_vshri || op == IR_vrshri ? SHIFT_SHR : SHIFT_SAR;
}

void lower_vshifti(struct gen *g, const struct ir_op *o)
{
    unsigned kind = shift_kind(o->op), d;
    struct vec v;

    if (!can_shift(kind, o->aux)) {
        lower_vgeneric(g, o);
        return;
    }
    vec_open(&v, g, o);
    d = vec_dest(&v);
    eshift(&v, kind, v.n, d, v.x[0], o->imm);
    vec_made(&v, d);
}

/* Rotation: an instruction of AVX-512's, whole bytes shuffled, or two shifts. */
void lower_vrori(struct gen *g, const struct ir_op *o)
{
    unsigned count, d, t, u;
    struct vec v;

    vec_open(&v, g, o);
    count = o->imm & (v.n - 1);
    if (v.n >= 32 && x86_cpu.avx512vl) {
        d = vec_dest(&v);
        v_shift_i(v.c, V_66 | V_ONLYEVEX | (v.n == 64 ? V_EW : 0) | 0x72, 0, d, v.x[0], count);
        vec_made(&v, d);
    } else if (count % 8 == 0) {
        v128 from = {0, 0};
        for (unsigned i = 0; i < 16; i++) { /* byte i of the result */
            unsigned bytes = v.n / 8;
            uint64_t number = i - i % bytes + (i + count / 8) % bytes;
            *(i < 8 ? &from.lo : &from.hi) |= number << 8 * (i % 8);
        }
        vec_result_k(&v, X_PSHUFB, v.x[0], from);
    } else {
        t = vec_tmp(&v);
        u = vec_tmp(&v);
        eshift(&v, SHIFT_SHR, v.n, t, v.x[0], count);
        eshift(&v, SHIFT_SHL, v.n, u, v.x[0], v.n - count);
        vec_result(&v, X_POR, t, u);
    }
}

/*
 * Rounding: with y = a >> (count - 1) the result is (y + 1) >> 1, without a
 * carry lost y - (y >> 1), or for unsigned bytes and words the average of y and 0.
 */
void lower_vrshifti(struct gen *g, const struct ir_op *o)
{
    unsigned kind = shift_kind(o->op), t, u;
    bool average = kind == SHIFT_SHR && o->aux < 32;
    struct vec v;

    if (!can_shift(kind, o->aux) || !o->imm || o->imm > o->aux) {
        lower_vgeneric(g, o);
        return;
    }
    vec_open(&v, g, o);
    t = v.x[0];
    if (o->imm > 1) {
        t = vec_tmp(&v);
        eshift(&v, kind, v.n, t, v.x[0], o->imm - 1);
    }
    u = vec_tmp(&v);
    if (average)
        ezero(&v, u);
    else
        eshift(&v, kind, v.n, u, t, 1);
    vec_result(&v, vec_opcode(average ? IR_vrhaddu : IR_vsub, v.i), t, u);
}

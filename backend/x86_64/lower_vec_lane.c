/*
 * lower_vec_lane.c: lane arithmetic without an instruction of its own:
 * saturation, halving, differences, counts of bits. compile.c's table is the
 * only caller (rows in lower_vec.def).
 */
#include "backend/x86_64/lower_vec.h"

static bool plain(const struct ir_op *o) { return vec_opcode(o->op, (unsigned)__builtin_ctz(o->aux) - 3); }
static uint64_t top_bit(unsigned n) { return 1ull << (n - 1); }

/* ---- saturating sums: bytes and words have instructions ---- */

/* a + min(b, ~a) */
void lower_vuqadd(struct gen *g, const struct ir_op *o)
{
    struct vec v;
    unsigned t;

    if (plain(o)) {
        lower_v3(g, o);
        return;
    }
    if (!vec_opcode(IR_vminu, (unsigned)__builtin_ctz(o->aux) - 3)) {
        lower_vgeneric(g, o);
        return;
    }
    vec_open(&v, g, o);
    t = vec_tmp(&v);
    eones(&v, t);
    e3(&v, X_PXOR, t, t, v.x[0]);
    e3(&v, vec_opcode(IR_vminu, v.i), t, t, v.x[1]);
    vec_result(&v, vec_opcode(IR_vadd, v.i), v.x[0], t);
}

/* max(a, b) - b */
void lower_vuqsub(struct gen *g, const struct ir_op *o)
{
    struct vec v;
    unsigned t;

    if (plain(o)) {
        lower_v3(g, o);
        return;
    }
    if (!vec_opcode(IR_vmaxu, (unsigned)__builtin_ctz(o->aux) - 3)) {
        lower_vgeneric(g, o);
        return;
    }
    vec_open(&v, g, o);
    t = vec_tmp(&v);
    e3(&v, vec_opcode(IR_vmaxu, v.i), t, v.x[0], v.x[1]);
    vec_result(&v, vec_opcode(IR_vsub, v.i), t, v.x[1]);
}

/*
 * Signed, of 32 and 64 bits: s wraps when it differs in sign from what it
 * cannot differ from; then its own sign, spread and with the top bit flipped,
 * is the limit. s is chosen by the sign bit of `over`.
 */
void lower_vsqaddsub(struct gen *g, const struct ir_op *o)
{
    bool sub = o->op == IR_vsqsub;
    unsigned s, over, limit;
    struct vec v;

    if (plain(o)) {
        lower_v3(g, o);
        return;
    }
    if (!x86_cpu.avx512vl) {
        lower_vgeneric(g, o);
        return;
    }
    vec_open(&v, g, o);
    s = vec_tmp(&v);
    over = vec_tmp(&v);
    limit = vec_tmp(&v);
    e3(&v, vec_opcode(sub ? IR_vsub : IR_vadd, v.i), s, v.x[0], v.x[1]);
    /* over = (a ^ s) & (b ^ s), for a difference (a ^ b) & (a ^ s) */
    eternary(&v, over, v.x[0], v.x[1], s, sub ? 0x18 : 0x42);
    eshift(&v, SHIFT_SAR, v.n, over, over, v.n - 1);
    eshift(&v, SHIFT_SAR, v.n, limit, s, v.n - 1);
    e3k(&v, X_PXOR, limit, limit, splat(v.n, top_bit(v.n)));
    vec_result_ternary(&v, over, limit, s, 0xca);
}

/* |a|, whose only overflow is the top bit alone: as an unsigned number above the limit. */
void lower_vsqabs(struct gen *g, const struct ir_op *o)
{
    struct vec v;
    unsigned t;
    unsigned i = (unsigned)__builtin_ctz(o->aux) - 3;

    if (!vec_opcode(IR_vabs, i) || !vec_opcode(IR_vminu, i)) {
        lower_vgeneric(g, o);
        return;
    }
    vec_open(&v, g, o);
    t = vec_tmp(&v);
    e2(&v, vec_opcode(IR_vabs, v.i), t, v.x[0]);
    vec_result_k(&v, vec_opcode(IR_vminu, v.i), t, splat(v.n, top_bit(v.n) - 1));
}

/* 0 - max(a, the least that has a negative) */
void lower_vsqneg(struct gen *g, const struct ir_op *o)
{
    struct vec v;
    unsigned t, u;

    if (!vec_opcode(IR_vmaxs, (unsigned)__builtin_ctz(o->aux) - 3)) {
        lower_vgeneric(g, o);
        return;
    }
    vec_open(&v, g, o);
    t = vec_tmp(&v);
    u = vec_tmp(&v);
    e3k(&v, vec_opcode(IR_vmaxs, v.i), t, v.x[0], splat(v.n, top_bit(v.n) + 1));
    ezero(&v, u);
    vec_result(&v, vec_opcode(IR_vsub, v.i), u, t);
}

/* ---- halving ---- */

/*
 * With x = (a ^ b) >> 1: (a & b) + x, rounding up (a | b) - x; the difference
 * is x - (~a & b). None of them needs the carry.
 */
void lower_vhalf(struct gen *g, const struct ir_op *o)
{
    bool is_signed = o->op == IR_vhadds || o->op == IR_vrhadds || o->op == IR_vhsubs;
    bool sub = o->op == IR_vhsubu || o->op == IR_vhsubs, up = o->op == IR_vrhaddu || o->op == IR_vrhadds;
    unsigned kind = is_signed ? SHIFT_SAR : SHIFT_SHR, t, u;
    struct vec v;

    if (plain(o)) {
        lower_v3(g, o);
        return;
    }
    if (!can_shift(kind, o->aux)) {
        lower_vgeneric(g, o);
        return;
    }
    vec_open(&v, g, o);
    t = vec_tmp(&v);
    u = vec_tmp(&v);
    e3(&v, X_PXOR, t, v.x[0], v.x[1]);
    eshift(&v, kind, v.n, t, t, 1);
    e3(&v, sub ? X_PANDN : up ? X_POR : X_PAND, u, v.x[0], v.x[1]);
    vec_result(&v, vec_opcode(sub || up ? IR_vsub : IR_vadd, v.i), up ? u : t, up ? t : u);
}

/* ---- absolute difference: maximum less minimum ---- */

void lower_vabd(struct gen *g, const struct ir_op *o)
{
    bool is_signed = o->op == IR_vabds;
    struct vec v;
    unsigned t, u;

    if (!vec_opcode(is_signed ? IR_vmins : IR_vminu, (unsigned)__builtin_ctz(o->aux) - 3)) {
        lower_vgeneric(g, o);
        return;
    }
    vec_open(&v, g, o);
    t = vec_tmp(&v);
    u = vec_tmp(&v);
    e3(&v, vec_opcode(is_signed ? IR_vmaxs : IR_vmaxu, v.i), t, v.x[0], v.x[1]);
    e3(&v, vec_opcode(is_signed ? IR_vmins : IR_vminu, v.i), u, v.x[0], v.x[1]);
    vec_result(&v, vec_opcode(IR_vsub, v.i), t, u);
}

/* ---- counts ---- */

/* d = each byte's count by two looked-up halves, joined by `join`. d and t are temporaries, d may be a. */
static void look_up_nibbles(struct vec *v, unsigned d, unsigned t, unsigned a, v128 low, v128 high, uint32_t join)
{
    unsigned u = vec_tmp(v);

    v_shift_i(v->c, V_66 | 0x72, SHIFT_SHR, t, a, 4);
    e3k(v, X_PAND, t, t, splat(8, 15));
    e3k(v, X_PAND, d, a, splat(8, 15));
    econst(v, u, low);
    e3(v, X_PSHUFB, u, u, d);
    econst(v, d, high);
    e3(v, X_PSHUFB, d, d, t);
    e3(v, join, d, d, u);
    vec_free(v, u);
}

/* Bytes only: what NEON has. Or what this host has. */
void lower_vpopcnt(struct gen *g, const struct ir_op *o)
{
    static const v128 ones_in = {0x0302020102010100, 0x0403030203020201};
    unsigned t, s, d;
    struct vec v;

    if (x86_cpu.vpopcnt) {
        vec_open(&v, g, o);
        d = vec_dest(&v);
        v_rr(v.c, V_66 | V_38 | V_ONLYEVEX | (v.n < 32 ? 0x54 : 0x55) | (v.i & 1 ? V_EW : 0), d, v.x[0]);
        vec_made(&v, d);
        return;
    }
    if (o->aux != 8) {
        lower_vgeneric(g, o);
        return;
    }
    vec_open(&v, g, o);
    t = vec_tmp(&v);
    s = vec_tmp(&v);
    look_up_nibbles(&v, s, t, v.x[0], ones_in, ones_in, vec_opcode(IR_vadd, 0));
    vec_result_2(&v, V_MOVAPS, s);
}

/* s = count of leading zeros of a's lanes of n bits; t a temporary. s may be a. */
static void leading_zeros(struct vec *v, unsigned s, unsigned t, unsigned a)
{
    static const v128 low = {0x0505050506060708, 0x0404040404040404}, high = {0x0101010102020308, 0};

    if (v->n >= 32) {
        v_rr(v->c, V_66 | V_38 | V_ONLYEVEX | (v->n == 64 ? V_EW : 0) | 0x44, s, a); /* vplzcnt */
        return;
    }
    look_up_nibbles(v, s, t, a, low, high, vec_opcode(IR_vminu, 0));
    if (v->n == 16) { /* the upper byte's, and when that is 8 the lower byte's too */
        unsigned u = vec_tmp(v);
        eshift(v, SHIFT_SHR, 16, t, s, 8);
        econst(v, u, splat(16, 8));
        e3(v, vec_opcode(IR_vceq, 1), u, u, t);
        e3(v, X_PAND, s, s, u);
        e3k(v, X_PAND, s, s, splat(16, 0xff));
        e3(v, vec_opcode(IR_vadd, 1), s, s, t);
        vec_free(v, u);
    }
}

void lower_vclz(struct gen *g, const struct ir_op *o)
{
    unsigned t, s;
    struct vec v;

    if (o->aux >= 32 && !x86_cpu.avx512vl) {
        lower_vgeneric(g, o);
        return;
    }
    vec_open(&v, g, o);
    t = vec_tmp(&v);
    s = vec_tmp(&v);
    leading_zeros(&v, s, t, v.x[0]);
    vec_result_2(&v, V_MOVAPS, s);
}

/* Leading zeros of what changes from bit to bit, less the top bit's own. */
void lower_vcls(struct gen *g, const struct ir_op *o)
{
    unsigned t, s;
    struct vec v;

    if ((o->aux >= 32 && !x86_cpu.avx512vl) || !can_shift(SHIFT_SAR, o->aux)) {
        lower_vgeneric(g, o);
        return;
    }
    vec_open(&v, g, o);
    t = vec_tmp(&v);
    s = vec_tmp(&v);
    eshift(&v, SHIFT_SAR, v.n, s, v.x[0], 1);
    e3(&v, X_PXOR, s, s, v.x[0]);
    vec_drop(&v, 0);
    leading_zeros(&v, s, t, s);
    eones(&v, t);
    vec_result(&v, vec_opcode(IR_vadd, v.i), s, t);
}

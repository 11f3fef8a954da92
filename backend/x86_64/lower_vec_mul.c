/*
 * lower_vec_mul.c: products of lanes and of polynomials.
 * compile.c's table is the only caller (rows in lower_vec.def).
 */
#include "backend/x86_64/lower_vec.h"

#define X_PMULHUW (V_66 | V_COMMUTES | 0xe4)
#define X_PMULHW  (V_66 | V_COMMUTES | 0xe5)
#define X_PMULUDQ (V_66 | V_COMMUTES | V_EW | 0xf4)
#define X_PMULDQ  (V_66 | V_COMMUTES | V_38 | V_EW | 0x28)
#define X_PMADDWD (V_66 | V_COMMUTES | 0xf5)
#define X_PCLMULQDQ  (V_66 | V_3A | V_NOEVEX | 0x44)

/* Bytes: odd ones and even ones as words. */
void lower_vmul(struct gen *g, const struct ir_op *o)
{
    uint32_t mul = vec_opcode(IR_vmul, 1);
    unsigned t, u;
    struct vec v;

    if (o->aux != 8) {
        lower_v3(g, o);
        return;
    }
    vec_open(&v, g, o);
    t = vec_tmp(&v);
    u = vec_tmp(&v);
    eshift(&v, SHIFT_SHR, 16, t, v.x[0], 8);
    eshift(&v, SHIFT_SHR, 16, u, v.x[1], 8);
    e3(&v, mul, t, t, u);
    eshift(&v, SHIFT_SHL, 16, t, t, 8);
    e3(&v, mul, u, v.x[0], v.x[1]);
    e3k(&v, X_PAND, u, u, splat(16, 0xff));
    vec_result(&v, X_POR, t, u);
}

/* d = bytes of the half of a that the op asks for, as words. t a temporary, may be d. */
static void widen_bytes(struct vec *v, bool is_signed, unsigned d, unsigned a)
{
    if (v->o->imm & 1)
        e2i(v, X_PSHUFD, d, a, 0xee);
    e2(v, vec_opcode(is_signed ? IR_vsxtl : IR_vuxtl, 0), d, v->o->imm & 1 ? d : a);
}

/* Halves, widened. */
void lower_vmull(struct gen *g, const struct ir_op *o)
{
    bool is_signed = o->op == IR_vmulls;
    unsigned t, u;
    struct vec v;

    if (o->aux > 32) {
        lower_vgeneric(g, o);
        return;
    }
    vec_open(&v, g, o);
    t = vec_tmp(&v);
    u = vec_tmp(&v);
    if (v.n == 8) {
        widen_bytes(&v, is_signed, t, v.x[0]);
        widen_bytes(&v, is_signed, u, v.x[1]);
        vec_result(&v, vec_opcode(IR_vmul, 1), t, u);
    } else if (v.n == 16) {
        e3(&v, vec_opcode(IR_vmul, 1), t, v.x[0], v.x[1]);
        e3(&v, is_signed ? X_PMULHW : X_PMULHUW, u, v.x[0], v.x[1]);
        vec_result(&v, vec_opcode(o->imm & 1 ? IR_vzip2 : IR_vzip1, 1), t, u);
    } else {
        e2i(&v, X_PSHUFD, t, v.x[0], o->imm & 1 ? 0x32 : 0x10);
        if (op_of(g, o->arg[1])->op == IR_vdupl && op_of(g, o->arg[1])->aux == 32)
            u = v.x[1]; /* all lanes alike */
        else
            e2i(&v, X_PSHUFD, u, v.x[1], o->imm & 1 ? 0x32 : 0x10);
        vec_result(&v, is_signed ? X_PMULDQ : X_PMULUDQ, t, u);
    }
}

/* Doubled high halves. The one that overflows, the square of the least number, shows as that number and is inverted. */
void lower_vsqdmulh(struct gen *g, const struct ir_op *o)
{
    bool round = o->op == IR_vsqrdmulh;
    unsigned t, u;
    struct vec v;

    if (o->aux != 16 && o->aux != 32) {
        lower_vgeneric(g, o);
        return;
    }
    vec_open(&v, g, o);
    t = vec_tmp(&v);
    u = vec_tmp(&v);
    if (v.n == 16 && round) {
        e3(&v, V_66 | V_COMMUTES | V_38 | 0x0b, t, v.x[0], v.x[1]); /* pmulhrsw */
    } else if (v.n == 16) {
        e3(&v, X_PMULHW, t, v.x[0], v.x[1]);
        e3(&v, vec_opcode(IR_vmul, 1), u, v.x[0], v.x[1]);
        eshift(&v, SHIFT_SHL, 16, t, t, 1);
        eshift(&v, SHIFT_SHR, 16, u, u, 15);
        e3(&v, X_POR, t, t, u);
    } else { /* even lanes in t, odd ones in u */
        eshift(&v, SHIFT_SHR, 64, t, v.x[0], 32);
        eshift(&v, SHIFT_SHR, 64, u, v.x[1], 32);
        e3(&v, X_PMULDQ, u, u, t);
        e3(&v, X_PMULDQ, t, v.x[0], v.x[1]);
        if (round) {
            e3k(&v, vec_opcode(IR_vadd, 3), t, t, splat(64, 1ull << 30));
            e3k(&v, vec_opcode(IR_vadd, 3), u, u, splat(64, 1ull << 30));
        }
        eshift(&v, SHIFT_SHR, 64, t, t, 31);
        eshift(&v, SHIFT_SHL, 64, u, u, 1);
        e3k(&v, X_PAND, t, t, splat(64, 0xffffffff));
        e3k(&v, X_PAND, u, u, splat(64, 0xffffffffull << 32));
        e3(&v, X_POR, t, t, u);
    }
    econst(&v, u, splat(v.n, 1ull << (v.n - 1)));
    e3(&v, vec_opcode(IR_vceq, v.i), u, u, t);
    vec_result(&v, X_PXOR, t, u);
}

#define X_PDPBUSD (V_66 | V_38 | V_ONLYEVEX | 0x50) /* d + products of unsigned by signed bytes */

/*
 * The host has unsigned a by signed b. Where both are of one kind, 128 is taken
 * from (signed: added to) one of them, and 128 times the other's sum put back.
 */
static void dot_by_instruction(struct gen *g, const struct ir_op *o)
{
    bool a_too = o->op == IR_vsdot;
    unsigned d, t, other;
    struct vec v;

    vec_open(&v, g, o);
    d = vec_tmp(&v);
    emove(&v, d, v.x[2]);
    if (o->op == IR_vusdot) {
        v_rrr(v.c, X_PDPBUSD, d, v.x[0], v.x[1]);
    } else {
        t = vec_tmp(&v);
        other = vec_tmp(&v);
        e3k(&v, X_PXOR, t, v.x[!a_too], splat(8, 0x80));
        v_rrr(v.c, X_PDPBUSD, d, a_too ? t : v.x[0], a_too ? v.x[1] : t);
        econst(&v, t, splat(8, 0x80));
        ezero(&v, other);
        v_rrr(v.c, X_PDPBUSD, other, a_too ? t : v.x[0], a_too ? v.x[1] : t);
        e3(&v, vec_opcode(IR_vsub, 2), d, d, other);
    }
    vec_result_2(&v, V_MOVAPS, d);
}

/* c + products of four neighbours: as words, in pairs, and pairs of pairs. */
void lower_vdot(struct gen *g, const struct ir_op *o)
{
    uint32_t widen = vec_opcode(o->op == IR_vsdot ? IR_vsxtl : IR_vuxtl, 0), widen_b = vec_opcode(o->op == IR_vudot ? IR_vuxtl : IR_vsxtl, 0);
    unsigned t, u, w, x;
    struct vec v;

    if (x86_cpu.vnni) {
        dot_by_instruction(g, o);
        return;
    }
    if (!x86_cpu.avx512vl) {
        lower_vgeneric(g, o);
        return;
    }
    vec_open(&v, g, o);
    t = vec_tmp(&v);
    u = vec_tmp(&v);
    w = vec_tmp(&v);
    x = vec_tmp(&v);
    e2(&v, widen, t, v.x[0]);
    e2(&v, widen_b, u, v.x[1]);
    e3(&v, X_PMADDWD, t, t, u);
    e2i(&v, X_PSHUFD, w, v.x[0], 0xee);
    e2i(&v, X_PSHUFD, x, v.x[1], 0xee);
    e2(&v, widen, w, w);
    e2(&v, widen_b, x, x);
    e3(&v, X_PMADDWD, w, w, x);
    e3i(&v, X_SHUFPS, u, t, w, 0x88);
    e3i(&v, X_SHUFPS, x, t, w, 0xdd);
    e3(&v, vec_opcode(IR_vadd, 2), u, u, x);
    vec_result(&v, vec_opcode(IR_vadd, 2), v.x[2], u);
}

/* Bytes: for each bit of b, a shifted so is added in (by exclusive or) where the bit is set. */
static void multiply_bytes(struct gen *g, const struct ir_op *o)
{
    unsigned a, b, sum, t;
    struct vec v;

    vec_open(&v, g, o);
    a = vec_tmp(&v);
    b = vec_tmp(&v);
    widen_bytes(&v, false, a, v.x[0]);
    widen_bytes(&v, false, b, v.x[1]);
    vec_drop(&v, 0);
    vec_drop(&v, 1);
    sum = vec_tmp(&v);
    t = vec_tmp(&v);
    ezero(&v, sum);
    eshift(&v, SHIFT_SHL, 16, b, b, 8);
    for (unsigned bit = 8; bit-- > 0;) { /* the bit wanted is b's sign */
        eshift(&v, SHIFT_SAR, 16, t, b, 15);
        eshift(&v, SHIFT_SHL, 16, sum, sum, 1);
        e3(&v, X_PAND, t, t, a);
        e3(&v, X_PXOR, sum, sum, t);
        eshift(&v, SHIFT_SHL, 16, b, b, bit ? 1 : 0);
    }
    vec_result_2(&v, V_MOVAPS, sum);
}

void lower_vpmull(struct gen *g, const struct ir_op *o)
{
    struct vec v;

    if (o->aux == 8) {
        multiply_bytes(g, o);
        return;
    }
    if (o->aux != 64 || !x86_cpu.pclmul) {
        lower_vgeneric(g, o);
        return;
    }
    vec_open(&v, g, o);
    vec_result_i(&v, x86_cpu.vpclmul ? X_PCLMULQDQ & ~V_NOEVEX : X_PCLMULQDQ, v.x[0], v.x[1], o->imm & 1 ? 0x11 : 0);
}

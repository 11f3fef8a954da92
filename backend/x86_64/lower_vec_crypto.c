/*
 * lower_vec_crypto.c: rounds of SHA-1, SHA-256 and AES by the host's own
 * instructions, where it has them; else in C. compile.c's table is the only
 * caller (rows in lower_vec.def).
 */
#include "backend/x86_64/lower_vec.h"

/* ---- SHA ---- */

#define X_SHA256RNDS2 (V_LEGACY | V_NOEVEX | V_38 | 0xcb)
#define X_SHA256MSG1  (V_LEGACY | V_NOEVEX | V_38 | 0xcc)
#define X_SHA256MSG2  (V_LEGACY | V_NOEVEX | V_38 | 0xcd)

/* xmm0 is for an instruction's hidden operand: whoever is in it moves. */
static void take_xmm0(struct vec *v)
{
    bool operand = v->x[0] == 0 || v->x[1] == 0 || v->x[2] == 0;
    uint32_t owner = v->g->xmm_owner[0];
    unsigned to;

    if (!operand) {
        xmm_take(v->g, 0);
        return;
    }
    to = vec_tmp(v);
    movaps(v->c, to, 0);
    for (unsigned k = 0; k < 3; k++)
        if (v->x[k] == 0)
            v->x[k] = to;
    if (owner) {
        v->g->v[owner].reg = (uint8_t)to;
        v->g->xmm_owner[to] = owner;
        v->g->xmm_owner[0] = 0;
    }
}

/* The result is in temporary t, and stays there unless it has a home. */
static void result_is(struct vec *v, unsigned t)
{
    unsigned d;

    v->g->xmm_lock = 1u << t;
    d = vec_dest(v);
    emove(v, d, t);
    vec_made(v, d);
}

static unsigned below_16(struct vec *v, unsigned r)
{
    unsigned t = r;

    if (r > 15) {
        t = xmm_low(v->g);
        movaps(v->c, t, r);
    }
    return t;
}

/* The host's instructions overwrite what they are the state, or the words, of. */
void lower_vsha256(struct gen *g, const struct ir_op *o)
{
    bool rounds = o->op == IR_vsha256r;
    unsigned t, s;
    struct vec v;

    if (!x86_cpu.sha) {
        lower_vgeneric(g, o);
        return;
    }
    vec_open(&v, g, o);
    if (rounds) {
        take_xmm0(&v);
        movaps(v.c, 0, v.x[2]);
        vec_drop(&v, 2);
    }
    t = xmm_low(g);
    movaps(v.c, t, v.x[rounds ? 1 : 0]);
    s = below_16(&v, v.x[rounds ? 0 : 1]);
    v_rr(v.c, rounds ? X_SHA256RNDS2 : o->op == IR_vsha256m1 ? X_SHA256MSG1 : X_SHA256MSG2, t, s);
    result_is(&v, t);
}

/* The host has the words the other way round, adds e to the first of them, and a constant of its own to all. */
void lower_vsha1(struct gen *g, const struct ir_op *o)
{
    static const uint32_t constants[] = {0x5a827999, 0x6ed9eba1, 0x8f1bbcdc};
    unsigned which = o->imm == 0 || o->imm == 2 ? (unsigned)o->imm : 1, state, words, d;
    struct vec v;

    if (!x86_cpu.sha) {
        lower_vgeneric(g, o);
        return;
    }
    vec_open(&v, g, o);
    words = xmm_low(g);
    emove(&v, words, v.x[1]);
    vec_drop(&v, 1);
    v_shift_i(v.c, V_66 | 0x73, 7, words, words, 12); /* pslldq */
    state = xmm_low(g);
    e2i(&v, X_PSHUFD, state, v.x[2], 0x1b);
    vec_drop(&v, 2);
    e3(&v, vec_opcode(IR_vadd, 2), words, words, state);
    e3k(&v, vec_opcode(IR_vadd, 2), words, words, splat(32, -constants[which]));
    e2i(&v, X_PSHUFD, state, v.x[0], 0x1b);
    v_rri(v.c, V_LEGACY | V_NOEVEX | V_3A | 0xcc, state, words, which);
    d = vec_dest(&v);
    e2i(&v, X_PSHUFD, d, state, 0x1b);
    vec_made(&v, d);
}

/* ---- AES ---- */

#define X_AESIMC     (V_66 | V_38 | V_NOEVEX | 0xdb)
#define VAES(op)     (x86_cpu.vaes ? (op) & ~(uint32_t)V_NOEVEX : (op)) /* with xmm16-31 */

void lower_vaes(struct gen *g, const struct ir_op *o)
{
    struct vec v;

    if (!x86_cpu.aes) {
        lower_vgeneric(g, o);
        return;
    }
    vec_open(&v, g, o);
    vec_result(&v, VAES(x86_lower[o->op].arg[0]), v.x[0], v.x[1]);
}

/* A round after half an inverse round leaves the mixing. */
void lower_vaesmc(struct gen *g, const struct ir_op *o)
{
    unsigned t, z;
    struct vec v;

    if (!x86_cpu.aes) {
        lower_vgeneric(g, o);
        return;
    }
    vec_open(&v, g, o);
    if (o->op == IR_vaesimc) {
        vec_result_2(&v, X_AESIMC, v.x[0]);
    } else {
        t = vec_tmp(&v);
        z = vec_tmp(&v);
        ezero(&v, z);
        e3(&v, VAES(x86_lower[IR_vaesdeclast].arg[0]), t, v.x[0], z);
        vec_result(&v, VAES(x86_lower[IR_vaesenc].arg[0]), t, z);
    }
}

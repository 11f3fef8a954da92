/*
 * lower_vguest.c: v128 floating point under the guest's own modes, which MXCSR
 * has: one host instruction where possible, as for scalars (lower_float.c).
 * What is invalid traps and is done lane by lane by softfloat (fptrap.c). Where
 * the host does it differently without trapping, all lanes are looked at and
 * the op is done again in cold code; so it is under FP_SOFT (lower_vsoft), where
 * NaNs and denormal numbers are looked for. Lanes of 16 bits are C calls.
 */
#include "backend/x86_64/lower_vec.h"

#define E_FPCLASS (V_66 | V_3A | V_ONLYEVEX | 0x66)
#define X_PTEST   (V_66 | V_38 | V_NOEVEX | 0x17)
#define X_CMP     (V_NOEVEX | 0xc2)

static bool is_wide(const struct ir_op *o) { return (o->aux & IR_LANE_BITS) == 64; }
/* Of lanes of 64 bits, or 32. */
static unsigned packed(const struct ir_op *o, unsigned opcode) { return opcode | (is_wide(o) ? V_66 | V_EW : 0); }

/* ---- ops that are looked at ---- */

/* Operands are in registers and read; the result's register may be one of theirs. */
static void open_checked(struct checked *s, struct gen *g, const struct ir_op *o)
{
    flags_kill(g);
    spill_narrow(g);
    *s = (struct checked){.nsites = 0};
    vec_open(&s->v, g, o);
    s->k = (struct cold){.kind = COLD_VECTOR, .op = g->at};
    for (unsigned i = 0; i < o->nargs; i++)
        s->k.xmm[i] = (uint8_t)s->v.x[i];
}

/* A temporary; where all are taken an operand of the cold code gives its register up, and waits in memory. */
static unsigned scarce_temporary(struct checked *s)
{
    struct gen *g = s->v.g;

    if (!(XMM_LOW & ~g->xmm_lock)) {
        unsigned reg = NOREG;
        for (unsigned i = 0; i < s->v.o->nargs; i++)
            if (s->k.xmm[i] == reg || (reg == NOREG && s->k.xmm[i] < 4)) {
                reg = s->k.xmm[i];
                v_rm(s->v.c, V_MOVDQU_S, reg, vspill_mem(13 + i));
                s->k.xmm[i] = NOREG;
            }
        vec_free(&s->v, reg);
    }
    return xmm_low(g);
}

static void when_nan(struct checked *s, unsigned x, unsigned y)
{
    unsigned op = E_FPCLASS | (is_wide(s->v.o) ? V_EW : 0), t = s->t;

    if (x86_cpu.avx512vl) {
        v_rri(s->v.c, op, 1, x, CLASS_NAN);
        if (y != x)
            v_rri(s->v.c, op, 2, y, CLASS_NAN);
        cold_when_any(s, 1, y != x ? 2 : 1);
        return;
    }
    e3i(&s->v, packed(s->v.o, X_CMP), t, x, y, 3); /* unordered */
    v_rr(s->v.c, X_PTEST, t, t);
    cold_when_not_zero(s);
}

/* FP_EXACT: the smallest normal number may have been tiny before it was rounded. */
static void when_tiny(struct checked *s, unsigned d)
{
    unsigned t = s->t, i = is_wide(s->v.o) ? 3 : 2;

    e3k(&s->v, X_PAND, t, d, splat(8u << i, ones((8u << i) - 1)));
    e3k(&s->v, vec_opcode(IR_vceq, i), t, t, splat(8u << i, i == 3 ? 1ull << 52 : 1u << 23));
    v_rr(s->v.c, X_PTEST, t, t);
    cold_when_not_zero(s);
}

static void read_all(struct checked *s)
{
    for (unsigned i = 0; i < s->v.o->nargs; i++)
        used(s->v.g, s->v.o->arg[i]);
}

static void exact_arithmetic(struct gen *g, const struct ir_op *o, unsigned op)
{
    struct checked s;

    open_checked(&s, g, o);
    s.d = xmm_dest_early(g, g->at);
    s.t = scarce_temporary(&s);
    e3(&s.v, op, s.d, s.v.x[0], s.v.x[1]);
    when_tiny(&s, s.d);
    read_all(&s);
    checked_done(&s);
}

static void arithmetic(struct gen *g, const struct ir_op *o)
{
    unsigned op = packed(o, x86_lower[o->op].arg[0]);
    struct vec v;

    if (g->r->fp == FP_EXACT && (o->op == IR_vfmul || o->op == IR_vfdiv)) {
        exact_arithmetic(g, o, op);
        return;
    }
    vec_open(&v, g, o);
    if (o->op == IR_vfadd || o->op == IR_vfmul || (o->op == IR_vfsub && g->r->nearest)) /* 0 - 0 may be -0 */
        g->v[g->at].known = (uint8_t)zero_above(&v);
    vec_result(&v, op, v.x[0], v.x[1]);
}

static void trapping_multiply_add(struct gen *g, const struct ir_op *o)
{
    uint8_t x[3];
    unsigned d;

    for (unsigned i = 0; i < 3; i++)
        x[i] = (uint8_t)xmm_of(g, o->arg[i]);
    for (unsigned i = 0; i < 3; i++)
        used(g, o->arg[i]);
    d = xmm_dest(g, g->at);
    fma_into(g, V_66 | V_38 | 0x98 | (is_wide(o) ? V_W : 0), d, x, fma_carrier(d, x));
    made(g, g->at, d);
}

static void multiply_add(struct gen *g, const struct ir_op *o)
{
    struct checked s;

    if (!x86_cpu.fma) {
        lower_vgeneric(g, o);
        return;
    }
    if (fma_traps(g, false)) {
        trapping_multiply_add(g, o);
        return;
    }
    open_checked(&s, g, o);
    read_all(&s);
    s.d = xmm_dest(g, g->at);
    fma_into(g, V_66 | V_38 | 0x98 | (is_wide(o) ? V_W : 0), s.d, s.k.xmm, fma_carrier(s.d, s.k.xmm));
    if (!x86_cpu.avx512vl || g->r->fp == FP_EXACT) /* before the first check: it may move others */
        s.t = scarce_temporary(&s);
    when_nan(&s, s.d, s.d);
    if (g->r->fp == FP_EXACT)
        when_tiny(&s, s.d);
    checked_done(&s);
}

/* vrange lets a number win over a quiet NaN, and knows about zeros of both signs. */
static void min_max(struct gen *g, const struct ir_op *o)
{
    bool is_min = o->op == IR_vfmin || o->op == IR_vfminnm;
    unsigned op = V_66 | V_3A | V_ONLYEVEX | (is_wide(o) ? V_EW : 0) | 0x50;
    struct checked s;

    if (!x86_cpu.avx512vl) {
        lower_vgeneric(g, o);
        return;
    }
    if (o->op == IR_vfminnm || o->op == IR_vfmaxnm) {
        vec_open(&s.v, g, o);
        g->v[g->at].known = (uint8_t)zero_above(&s.v);
        vec_result_i(&s.v, op, s.v.x[0], s.v.x[1], is_min ? 4 : 5);
        return;
    }
    open_checked(&s, g, o);
    g->v[g->at].known = (uint8_t)zero_above(&s.v);
    s.d = xmm_dest_early(g, g->at);
    when_nan(&s, s.v.x[0], s.v.x[1]);
    v_rrri(s.v.c, op, s.d, s.v.x[0], s.v.x[1], is_min ? 4 : 5);
    read_all(&s);
    checked_done(&s);
}

/* ---- ops that are not ---- */

/* Greater is less with the operands exchanged: those are predicates that legacy SSE has. */
static void compare(struct gen *g, const struct ir_op *o)
{
    unsigned predicate = o->op == IR_vfceq ? 0 : o->op == IR_vfcgt ? 1 : 2;
    struct vec v;

    vec_open(&v, g, o);
    vec_result_i(&v, packed(o, X_CMP), v.x[predicate != 0], v.x[predicate == 0], predicate);
}

/* Of one operand; 0: the host has none. */
static unsigned unary_opcode(const struct ir_op *o)
{
    unsigned op;

    switch (o->op) {
    case IR_vfsqrt:   op = packed(o, 0x51); break;
    case IR_vftos:    op = is_wide(o) ? V_66 | V_EW | V_ONLYEVEX | 0x7a : V_F3 | 0x5b; break;
    case IR_vftou:    op = is_wide(o) ? V_66 | V_EW | V_ONLYEVEX | 0x78 : V_ONLYEVEX | 0x78; break;
    case IR_vstof:    op = is_wide(o) ? V_F3 | V_EW | V_ONLYEVEX | 0xe6 : 0x5b; break;
    case IR_vutof:    op = (is_wide(o) ? V_F3 | V_EW : V_F2) | V_ONLYEVEX | 0x7a; break;
    case IR_vfwiden:  op = 0x5a; break;
    case IR_vfnarrow: op = V_66 | V_EW | 0x5a; break;
    default:          return 0;
    }
    return vec_has(op) ? op : 0;
}

static void unary(struct gen *g, const struct ir_op *o)
{
    unsigned op = unary_opcode(o);
    struct vec v;

    if (!op || (o->op == IR_vfnarrow && g->r->fp == FP_EXACT)) {
        lower_vgeneric(g, o);
        return;
    }
    vec_open(&v, g, o);
    g->v[g->at].known = o->op == IR_vfnarrow ? V_ZERO_ABOVE : o->op == IR_vfwiden ? 0 : (uint8_t)zero_above(&v); /* zero gives zero */
    vec_result_2(&v, op, v.x[0]);
}

static void round_lanes(struct gen *g, const struct ir_op *o)
{
    struct vec v;

    if ((o->imm & 0x7f) == IR_RA) {
        lower_vgeneric(g, o);
        return;
    }
    vec_open(&v, g, o);
    g->v[g->at].known = (uint8_t)zero_above(&v);
    unsigned d = vec_dest(&v);
    e2i(&v, V_66 | V_3A | (is_wide(o) ? V_EW | 0x09 : 0x08), d, v.x[0], host_rounding((unsigned)o->imm));
    vec_made(&v, d);
}

void lower_vguest(struct gen *g, const struct ir_op *o)
{
    if ((o->aux & IR_LANE_BITS) == 16) {
        lower_vgeneric(g, o);
        return;
    }
    switch (o->op) {
    case IR_vfadd: case IR_vfsub: case IR_vfmul: case IR_vfdiv:     arithmetic(g, o); break;
    case IR_vfma:                                                   multiply_add(g, o); break;
    case IR_vfmin: case IR_vfmax: case IR_vfminnm: case IR_vfmaxnm: min_max(g, o); break;
    case IR_vfceq: case IR_vfcge: case IR_vfcgt:                    compare(g, o); break;
    case IR_vfsqrt: case IR_vftos: case IR_vftou: case IR_vstof: case IR_vutof: case IR_vfwiden: case IR_vfnarrow: unary(g, o); break;
    case IR_vfround:                                                round_lanes(g, o); break;
    default:                                                        lower_vgeneric(g, o); /* vfrecps, vfrsqrts */
    }
}

/* ---- FP_SOFT ---- */

/* The plain instruction of an op, to a register of its own. */
static void emit_plain(struct vec *v, unsigned d)
{
    const struct ir_op *o = v->o;
    unsigned wide = is_wide(o) ? V_EW : 0;

    switch (o->op) {
    case IR_vfadd: case IR_vfsub: case IR_vfmul: case IR_vfdiv:
        e3(v, packed(o, x86_lower[o->op].arg[0]), d, v->x[0], v->x[1]);
        return;
    case IR_vfma:
        emove(v, d, v->x[2]);
        e3(v, V_66 | V_38 | 0xb8 | (wide ? V_W : 0), d, v->x[0], v->x[1]);
        return;
    case IR_vfmin: case IR_vfminnm: case IR_vfmax: case IR_vfmaxnm:
        v_rrri(v->c, V_66 | V_3A | V_ONLYEVEX | wide | 0x50, d, v->x[0], v->x[1], o->op == IR_vfmin || o->op == IR_vfminnm ? 4 : 5);
        return;
    case IR_vfceq: case IR_vfcgt: case IR_vfcge: /* not by e3i, which may move others */
        v_rrri(v->c, packed(o, V_ONLYEVEX | 0xc2), 1, v->x[0], v->x[1], o->op == IR_vfceq ? 0x00 : o->op == IR_vfcge ? 0x0d : 0x0e);
        v_rr(v->c, V_F3 | V_38 | V_ONLYEVEX | wide | 0x38, d, 1); /* vpmovm2[dq] */
        return;
    case IR_vfround:
        e2i(v, V_66 | V_3A | (wide ? V_EW | 0x09 : 0x08), d, v->x[0], host_rounding((unsigned)o->imm));
        return;
    default:
        e2(v, unary_opcode(o), d, v->x[0]);
    }
}

static bool is_tame(struct gen *g, ir_ref r, bool wide) { return val(g, r)->known & (wide ? V_TAME64 : V_TAME | V_TAME32); }

/* Two operands at a time; those known to be tame only where the default NaN matters too. */
static void when_odd_operands(struct checked *s, bool all)
{
    const struct ir_op *o = s->v.o;
    bool wide = is_wide(o) || o->op == IR_vfnarrow;
    unsigned op = E_FPCLASS | (wide ? V_EW : 0), n = 0;

    for (unsigned i = 0; i < o->nargs; i++) {
        if ((!all && is_tame(s->v.g, o->arg[i], wide)) || (i && s->v.x[i] == s->v.x[0]))
            continue;
        v_rri(s->v.c, op, 1 + n % 2, s->v.x[i], CLASS_NAN | CLASS_DENORMAL);
        if (n++ % 2)
            cold_when_any(s, 1, 2);
    }
    if (n % 2)
        cold_when_any(s, 1, 1);
}

/* Denormal, or the least normal number, which may have been rounded up to: one less is denormal or zero. */
static void when_odd_result(struct checked *s)
{
    bool wide = is_wide(s->v.o);

    e3k(&s->v, vec_opcode(IR_vadd, wide ? 3 : 2), s->t, s->d, splat(64, ~0ull));
    v_rri(s->v.c, E_FPCLASS | (wide ? V_EW : 0), 1, s->t, CLASS_DENORMAL | CLASS_ZEROS);
    cold_when_any(s, 1, 1);
}

/* What is to be looked at: NaN operands even if known to be default ones, the result; what the result is then known to be. */
static bool picks(const struct ir_op *o) /* of three NaNs the host takes another */
{
    return (o->op >= IR_vfma && o->op <= IR_vfcgt) || o->op == IR_vfminnm || o->op == IR_vfmaxnm;
}
static bool may_be_tiny(const struct ir_op *o) { return o->op <= IR_vfma || o->op == IR_vfdiv || o->op == IR_vfnarrow; }
static unsigned tameness(const struct ir_op *o)
{
    bool is_mask = o->op >= IR_vfceq && o->op <= IR_vfcgt, is_integer = o->op == IR_vftos || o->op == IR_vftou;

    return is_mask || is_integer ? 0 : is_wide(o) || o->op == IR_vfwiden ? V_TAME64 : V_TAME32;
}

void lower_vsoft(struct gen *g, const struct ir_op *o)
{
    struct checked s;

    if (o->op == IR_vstof || o->op == IR_vutof) { /* nothing odd goes in or comes out */
        lower_vguest(g, o);
        return;
    }
    if (!x86_cpu.avx512vl || (o->aux & IR_LANE_BITS) == 16 || o->op == IR_vfrecps || o->op == IR_vfrsqrts ||
        (o->op == IR_vfround && (o->imm & 0x7f) == IR_RA)) {
        lower_vgeneric(g, o);
        return;
    }
    open_checked(&s, g, o);
    s.d = xmm_dest_early(g, g->at);
    s.t = vec_tmp(&s.v);
    when_odd_operands(&s, picks(o));
    emit_plain(&s.v, s.d);
    if (may_be_tiny(o))
        when_odd_result(&s);
    read_all(&s);
    g->v[g->at].known = (uint8_t)tameness(o);
    checked_done(&s);
}

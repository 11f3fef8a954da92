/*
 * lower_vec_move.c: lanes moved, widened, narrowed and shuffled, and vectors
 * to and from general registers. compile.c's table is the only caller (rows in
 * lower_vec.def).
 */
#include "backend/x86_64/lower_vec.h"

/* ---- constants and general registers ---- */

/* Is the one reader of the constant made now lower_v3 right behind, which can read it from the pool? 0 and -1 need no memory. */
static bool for_next(const struct gen *g, const struct ir_op *o)
{
    const struct ir_op *next = o + 1, *end = g->r->ops + g->r->count;

    if (g->v[g->at].uses != 1 || o->imm != o->imm2 || o->imm + 1 <= 1)
        return false;
    while (next < end && next < o + 4 && (next->op == IR_get || next->op == IR_const || next->op == IR_nop))
        next++;
    return next < end && g->v[next - g->r->ops].uses && x86_lower[next->op].fn == lower_v3 && next->arg[1].id == g->at && vec_opcode((enum ir_opcode)next->op, vec_width_index(next));
}

void lower_vconst(struct gen *g, const struct ir_op *o)
{
    struct vec v;

    if (for_next(g, o)) {
        g->v[g->at].where = W_CONST;
        return;
    }
    vec_open(&v, g, o);
    g->v[g->at].known = o->imm2 ? 0 : zeros_above(o->imm >> 32 ? F64 : F32);
    unsigned d = vec_dest(&v);
    econst(&v, d, (v128){o->imm, o->imm2});
    vec_made(&v, d);
}

static const v128 zeros; /* as a shuffle: lane 0 everywhere */

/* Lane 0 of s to every lane of d. */
static void broadcast(struct vec *v, unsigned d, unsigned s)
{
    static const uint32_t opcode[4] = {V_66 | V_38 | 0x78, V_66 | V_38 | 0x79, V_66 | V_38 | 0x58, V_66 | V_38 | V_EW | 0x59};

    if (x86_cpu.avx2) {
        e2(v, opcode[v->i], d, s);
    } else if (v->n == 8) {
        e3k(v, X_PSHUFB, d, s, zeros);
    } else if (v->n == 16) {
        e2i(v, V_F2 | 0x70, d, s, 0); /* pshuflw */
        e2i(v, X_PSHUFD, d, d, 0);
    } else {
        e2i(v, X_PSHUFD, d, s, v->n == 32 ? 0 : 0x44);
    }
}

void lower_vdup(struct gen *g, const struct ir_op *o)
{
    static const uint32_t from_gpr[4] = {V_66 | V_38 | V_ONLYEVEX | 0x7a, V_66 | V_38 | V_ONLYEVEX | 0x7b, V_66 | V_38 | V_ONLYEVEX | 0x7c,
                                         V_66 | V_38 | V_ONLYEVEX | V_W | 0x7c};
    struct vec v;
    unsigned d, s;

    vec_open(&v, g, o);
    if (is_const(g, o->arg[0])) {
        uint64_t k = const_of(g, o->arg[0]);
        d = vec_dest(&v);
        econst(&v, d, splat(v.n, k));
        vec_made(&v, d);
        return;
    }
    s = gpr_of(g, o->arg[0]);
    d = vec_dest(&v);
    if (x86_cpu.avx512vl) {
        v_rr(v.c, from_gpr[v.i], d, s);
    } else {
        v_rr(v.c, v.n == 64 ? V_MOVQ_TO : V_MOVD_TO, d, s);
        broadcast(&v, d, d);
    }
    vec_made(&v, d);
}

void lower_vdupl(struct gen *g, const struct ir_op *o)
{
    unsigned bytes, d;
    struct vec v;

    vec_open(&v, g, o);
    unsigned lane = o->imm % (128 / v.n);
    d = vec_dest(&v);
    if (lane == 0 && x86_cpu.avx2) {
        broadcast(&v, d, v.x[0]);
    } else if (v.n == 32) {
        e2i(&v, X_PSHUFD, d, v.x[0], lane * 0x55);
    } else if (v.n == 64) {
        e2i(&v, X_PSHUFD, d, v.x[0], lane ? 0xee : 0x44);
    } else {
        bytes = v.n == 8 ? lane * 0x0101 : lane * 0x0202 + 0x0100;
        e3k(&v, X_PSHUFB, d, v.x[0], splat(16, bytes));
    }
    vec_made(&v, d);
}

/* vget, vgets */
void lower_vget(struct gen *g, const struct ir_op *o)
{
    unsigned a = xmm_of(g, o->arg[0]), n = o->aux, lane = o->imm % (128 / n), d;
    struct code *c = &g->c;

    used(g, o->arg[0]);
    d = gpr_dest(g, g->at);
    if (n == 8)
        v_rri(c, V_66 | V_3A | 0x14, a, d, lane);
    else if (n == 16)
        v_rri(c, V_66 | 0xc5, d, a, lane);
    else if (lane == 0)
        v_rr(c, n == 64 ? V_MOVQ_FROM : V_MOVD_FROM, a, d);
    else
        v_rri(c, V_66 | V_3A | (n == 64 ? V_W : 0) | 0x16, a, d, lane);
    if (o->op == IR_vgets && n < 64)
        op_rr(c, true, 0, n == 8 ? 0x0fbe : n == 16 ? 0x0fbf : 0x63, d, d);
    made(g, g->at, d);
}

void lower_vset(struct gen *g, const struct ir_op *o)
{
    static const uint32_t insert[4] = {V_66 | V_3A | 0x20, V_66 | 0xc4, V_66 | V_3A | 0x22, V_66 | V_3A | V_W | 0x22};
    struct vec v;

    vec_open(&v, g, o);
    unsigned s = gpr_of(g, o->arg[1]), d = vec_dest(&v);
    unsigned lane = o->imm % (128 / v.n);
    if (x86_cpu.avx) {
        v_rrri(v.c, insert[v.i], d, v.x[0], s, lane); /* not e3i: s is no vector register */
    } else {
        emove(&v, d, v.x[0]);
        v_rri(v.c, insert[v.i], d, s, lane);
    }
    vec_made(&v, d);
}

/* A lane of b over one of a. */
void lower_vins(struct gen *g, const struct ir_op *o)
{
    unsigned n = o->aux, to = (unsigned)o->imm & (128 / n - 1), from = (unsigned)(o->imm >> 4) & (128 / n - 1), t, u;
    struct vec v;

    vec_open(&v, g, o);
    if (n == 32) {
        vec_result_i(&v, V_66 | V_3A | 0x21, v.x[0], v.x[1], from << 6 | to << 4); /* insertps */
    } else if (n == 64) {
        vec_result_i(&v, V_66 | V_EW | 0xc6, v.x[!to], v.x[to], to ? from << 1 : from | 2); /* shufpd */
    } else if (n == 16) {
        t = vec_tmp(&v);
        e3k(&v, X_PSHUFB, t, v.x[1], splat(16, from * 0x0202 + 0x0100));
        vec_result_i(&v, X_PBLENDW, v.x[0], t, 1u << to);
    } else {
        v128 others = {to < 8 ? ~(0xffull << 8 * to) : ~0ull, to < 8 ? ~0ull : ~(0xffull << 8 * (to - 8))};
        v128 place = {to < 8 ? ~((uint64_t)(0xff - from) << 8 * to) : ~0ull, to < 8 ? ~0ull : ~((uint64_t)(0xff - from) << 8 * (to - 8))};
        t = vec_tmp(&v);
        u = vec_tmp(&v);
        e3k(&v, X_PSHUFB, t, v.x[1], place);
        e3k(&v, X_PAND, u, v.x[0], others);
        vec_result(&v, X_POR, t, u);
    }
}

/* ---- halves ---- */

void lower_vlow(struct gen *g, const struct ir_op *o)
{
    struct vec v;

    vec_open(&v, g, o);
    if (clear_in_place(g, o, V_ZERO_ABOVE))
        return;
    g->v[g->at].known = V_ZERO_ABOVE;
    vec_result_2(&v, V_MOVQ_L, v.x[0]);
}

void lower_vhigh(struct gen *g, const struct ir_op *o)
{
    struct vec v;

    vec_open(&v, g, o);
    unsigned d = vec_dest(&v);
    v_shift_i(v.c, V_66 | 0x73, 3, d, v.x[0], 8); /* psrldq */
    vec_made(&v, d);
}

/* ---- widening and narrowing ---- */

/* Bytes of the even (or odd) lanes of n bits to the lower half, zeros above. */
static v128 every_other(unsigned n, bool odd)
{
    v128 k = {0, ~0ull};

    for (unsigned i = 0; i < 8; i++)
        k.lo |= (uint64_t)((i / (n / 8) * 2 + odd) * (n / 8) + i % (n / 8)) << (8 * i);
    return k;
}

/* vuxtl, vsxtl: the opcodes widen the lower half. */
void lower_vxtl(struct gen *g, const struct ir_op *o)
{
    struct vec v;
    unsigned t;

    if (!(o->imm & 1) || o->aux > 32) {
        lower_v2(g, o);
        return;
    }
    vec_open(&v, g, o);
    t = vec_tmp(&v);
    if (o->op == IR_vuxtl) {
        ezero(&v, t);
        vec_result(&v, vec_opcode(IR_vzip2, v.i), v.x[0], t);
    } else {
        e2i(&v, X_PSHUFD, t, v.x[0], 0xee);
        vec_result_2(&v, v.opcode, t);
    }
}

static v128 twice(v128 k) { return (v128){k.lo, k.lo}; }

void lower_vxtn(struct gen *g, const struct ir_op *o)
{
    struct vec v;

    if (o->aux > 32) {
        lower_vgeneric(g, o);
        return;
    }
    vec_open(&v, g, o);
    vec_result_k(&v, X_PSHUFB, v.x[0], every_other(v.n, false));
}

/* vpmovsqd, vpmovusqd */
static void narrow_quads(struct gen *g, const struct ir_op *o)
{
    unsigned s, d;
    struct vec v;

    vec_open(&v, g, o);
    s = v.x[0];
    if (o->op == IR_vsqxtun) {
        s = vec_tmp(&v);
        ezero(&v, s);
        e3(&v, vec_opcode(IR_vmaxs, 3), s, s, v.x[0]);
    }
    d = vec_dest(&v);
    v_rr(v.c, V_F3 | V_38 | V_ONLYEVEX | (o->op == IR_vsqxtn ? 0x25 : 0x15), s, d);
    vec_made(&v, d);
}

/* The host packs signed lanes only: unsigned ones are brought down first. Its opcodes are the rows'. */
void lower_vqxtn(struct gen *g, const struct ir_op *o)
{
    bool is_unsigned = o->op == IR_vuqxtn;
    unsigned t, s;
    struct vec v;

    if (o->aux == 32 && x86_cpu.avx512vl) {
        narrow_quads(g, o);
        return;
    }
    if (o->aux > 16) {
        lower_vgeneric(g, o);
        return;
    }
    vec_open(&v, g, o);
    t = vec_tmp(&v);
    s = v.x[0];
    if (is_unsigned) {
        s = vec_tmp(&v);
        e3k(&v, vec_opcode(IR_vminu, v.i + 1), s, v.x[0], splat(2 * v.n, ones(v.n)));
    }
    ezero(&v, t);
    vec_result(&v, v.opcode, s, t);
}

/* ---- shuffles of two ---- */

/* Even (odd) lanes of a, then of b, in the form of one instruction: lanes of 32 or 64 bits. */
static void unzip(struct vec *v, bool odd, unsigned d, unsigned a, unsigned b)
{
    if (v->n == 64)
        e3(v, odd ? V_PUNPCKHQDQ : V_PUNPCKLQDQ, d, a, b);
    else
        e3i(v, X_SHUFPS, d, a, b, odd ? 0xdd : 0x88);
}

/* d = a's even (odd) lanes where there were pairs, so that packing cannot saturate. */
static void lone_lanes(struct vec *v, bool odd, unsigned d, unsigned a)
{
    if (odd)
        eshift(v, SHIFT_SHR, 2 * v->n, d, a, v->n);
    else
        e3k(v, X_PAND, d, a, splat(2 * v->n, ones(v->n)));
}

void lower_vuzp(struct gen *g, const struct ir_op *o)
{
    bool odd = o->op == IR_vuzp2;
    unsigned t, u;
    struct vec v;

    vec_open(&v, g, o);
    if (v.n == 64) {
        vec_result(&v, odd ? V_PUNPCKHQDQ : V_PUNPCKLQDQ, v.x[0], v.x[1]);
    } else if (v.n == 32) {
        vec_result_i(&v, X_SHUFPS, v.x[0], v.x[1], odd ? 0xdd : 0x88);
    } else {
        t = vec_tmp(&v);
        lone_lanes(&v, odd, t, v.x[0]);
        u = t;
        if (v.x[1] != v.x[0]) {
            u = vec_tmp(&v);
            lone_lanes(&v, odd, u, v.x[1]);
        }
        vec_result(&v, v.n == 8 ? X_PACKUSWB : V_66 | V_38 | 0x2b, t, u); /* packusdw */
    }
}

/* a's lane i beside b's lane i, i even (odd): one of the two moves over by a lane. */
void lower_vtrn(struct gen *g, const struct ir_op *o)
{
    bool odd = o->op == IR_vtrn2;
    unsigned t, u;
    struct vec v;

    vec_open(&v, g, o);
    if (v.n == 64) {
        vec_result(&v, odd ? V_PUNPCKHQDQ : V_PUNPCKLQDQ, v.x[0], v.x[1]);
        return;
    }
    t = vec_tmp(&v);
    if (v.n == 32) {
        unzip(&v, odd, t, v.x[0], v.x[1]);
        unsigned d = vec_dest(&v);
        e2i(&v, X_PSHUFD, d, t, 0xd8);
        vec_made(&v, d);
        return;
    }
    u = vec_tmp(&v);
    eshift(&v, odd ? SHIFT_SHR : SHIFT_SHL, 2 * v.n, t, v.x[!odd], v.n);
    e3k(&v, X_PAND, u, v.x[odd], splat(2 * v.n, odd ? ones(v.n) << v.n : ones(v.n)));
    vec_result(&v, X_POR, t, u);
}

/* Bytes imm.. of b:a */
void lower_vext(struct gen *g, const struct ir_op *o)
{
    struct vec v;

    vec_open(&v, g, o);
    vec_result_i(&v, V_66 | V_3A | 0x0f, v.x[1], v.x[0], o->imm & 15);
}

/* Any shuffle of one vector is a byte shuffle, which the op's own definition makes of the bytes' numbers. */
void lower_vrev(struct gen *g, const struct ir_op *o)
{
    static const v128 numbers = {0x0706050403020100, 0x0f0e0d0c0b0a0908}, none;
    struct vec v;

    vec_open(&v, g, o);
    vec_result_k(&v, X_PSHUFB, v.x[0], ir_vvalue(o->op, V128, numbers, none, none, o->aux, o->imm, 0));
}

/* The host wants bit 7 for "out of range" and looks at four bits else: 16 and up are pushed over 127. */
void lower_vtbl(struct gen *g, const struct ir_op *o)
{
    struct vec v;

    vec_open(&v, g, o);
    unsigned t = vec_tmp(&v);
    e3k(&v, vec_opcode(IR_vuqadd, 0), t, v.x[1], splat(8, 0x70));
    vec_result(&v, X_PSHUFB, v.x[0], t);
}

/* ---- neighbours ---- */

/* vpadd, vpmin, vpmax: even lanes joined with odd ones. */
void lower_vpair(struct gen *g, const struct ir_op *o)
{
    static const uint16_t joins[][2] = {{IR_vpadd, IR_vadd}, {IR_vpminu, IR_vminu}, {IR_vpmins, IR_vmins}, {IR_vpmaxu, IR_vmaxu}, {IR_vpmaxs, IR_vmaxs}};
    uint32_t join = 0;
    unsigned t, u, w;
    struct vec v;

    for (unsigned k = 0; k < ARRAY_SIZE(joins); k++)
        if (joins[k][0] == o->op)
            join = vec_opcode(joins[k][1], (unsigned)__builtin_ctz(o->aux) - 3);
    if (!join) {
        lower_vgeneric(g, o);
        return;
    }
    vec_open(&v, g, o);
    if (v.n >= 32) {
        t = vec_tmp(&v);
        u = vec_tmp(&v);
        unzip(&v, false, t, v.x[0], v.x[1]);
        unzip(&v, true, u, v.x[0], v.x[1]);
    } else if (v.x[0] == v.x[1]) { /* as NEON's forms have it */
        t = vec_tmp(&v);
        u = vec_tmp(&v);
        e3k(&v, X_PSHUFB, t, v.x[0], twice(every_other(v.n, false)));
        e3k(&v, X_PSHUFB, u, v.x[0], twice(every_other(v.n, true)));
    } else { /* each vector's pairs first, one beside the other, then what is wanted of both */
        t = vec_tmp(&v);
        u = vec_tmp(&v);
        eshift(&v, SHIFT_SHR, 2 * v.n, t, v.x[0], v.n);
        e3(&v, join, t, t, v.x[0]);
        vec_drop(&v, 0);
        w = u;
        eshift(&v, SHIFT_SHR, 2 * v.n, w, v.x[1], v.n);
        e3(&v, join, w, w, v.x[1]);
        e3k(&v, X_PSHUFB, t, t, every_other(v.n, false));
        e3k(&v, X_PSHUFB, u, w, every_other(v.n, false));
        join = V_PUNPCKLQDQ;
    }
    vec_result(&v, join, t, u);
}

void lower_vsumb(struct gen *g, const struct ir_op *o)
{
    struct vec v;
    unsigned t;

    vec_open(&v, g, o);
    t = vec_tmp(&v);
    ezero(&v, t);
    vec_result(&v, V_66 | 0xf6, v.x[0], t); /* psadbw */
}

/* Sums of neighbours, widened. */
void lower_vpaddl(struct gen *g, const struct ir_op *o)
{
    bool is_signed = o->op == IR_vpaddls;
    unsigned kind = is_signed ? SHIFT_SAR : SHIFT_SHR, t, u;
    struct vec v;

    if (o->aux > 32 || !can_shift(kind, 2 * o->aux)) {
        lower_vgeneric(g, o);
        return;
    }
    vec_open(&v, g, o);
    if (v.n == 8 && !is_signed) { /* pmaddubsw: unsigned bytes by signed ones */
        vec_result_k(&v, V_66 | V_38 | 0x04, v.x[0], splat(8, 1));
    } else if (v.n == 8) {
        t = vec_tmp(&v);
        econst(&v, t, splat(8, 1));
        vec_result(&v, V_66 | V_38 | 0x04, t, v.x[0]);
    } else if (v.n == 16 && is_signed) {
        vec_result_k(&v, V_66 | 0xf5, v.x[0], splat(16, 1)); /* pmaddwd */
    } else {
        t = vec_tmp(&v);
        u = vec_tmp(&v);
        eshift(&v, kind, 2 * v.n, t, v.x[0], v.n);
        if (is_signed) {
            eshift(&v, SHIFT_SHL, 2 * v.n, u, v.x[0], v.n);
            eshift(&v, SHIFT_SAR, 2 * v.n, u, u, v.n);
        } else {
            e3k(&v, X_PAND, u, v.x[0], splat(2 * v.n, ones(v.n)));
        }
        vec_result(&v, vec_opcode(IR_vadd, v.i + 1), t, u);
    }
}

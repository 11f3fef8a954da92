/*
 * vec_emit.c: the verbs of lower_vec.h: operands, temporaries, destinations
 * and instructions of v128 lowering, over whatever the host's encodings ask
 * for: legacy SSE overwrites its first operand, VEX cannot name xmm16-31, and
 * some instructions have no EVEX form.
 */
#include "backend/x86_64/lower_vec.h"

bool vec_has(uint32_t opcode) { return opcode && (!(opcode & V_ONLYEVEX) || x86_cpu.avx512vl); }

uint32_t vec_opcode(enum ir_opcode op, unsigned i)
{
    uint32_t opcode = x86_lower[op].arg[i];

    return vec_has(opcode) ? opcode : 0;
}

void vec_open(struct vec *v, struct gen *g, const struct ir_op *o)
{
    *v = (struct vec){.g = g, .c = &g->c, .o = o, .n = o->aux & IR_LANE_BITS};
    if (v->n < 8 || v->n > 32)
        v->n = 64;
    v->i = (unsigned)__builtin_ctz(v->n) - 3;
    v->opcode = vec_opcode(o->op, v->i);
    for (unsigned k = 0; k < o->nargs; k++)
        v->x[k] = val(g, o->arg[k])->vector && val(g, o->arg[k])->where != W_CONST ? xmm_of(g, o->arg[k]) : NOREG;
}

unsigned vec_tmp(struct vec *v) { return xmm_scratch(v->g); }
void vec_free(struct vec *v, unsigned reg) { v->g->xmm_lock &= ~(1u << reg); }

void vec_drop(struct vec *v, unsigned k)
{
    bool elsewhere = false;

    v->dropped[k] = true;
    used(v->g, v->o->arg[k]);
    for (unsigned i = 0; i < v->o->nargs; i++)
        elsewhere |= !v->dropped[i] && v->x[i] == v->x[k];
    if (!elsewhere && XMM_SCRATCH >> v->x[k] & 1)
        vec_free(v, v->x[k]);
}

static void drop_rest(struct vec *v)
{
    for (unsigned k = 0; k < v->o->nargs; k++)
        if (!v->dropped[k]) {
            v->dropped[k] = true;
            used(v->g, v->o->arg[k]);
        }
}

unsigned vec_dest(struct vec *v)
{
    drop_rest(v);
    return xmm_dest(v->g, v->g->at);
}

void vec_made(struct vec *v, unsigned d) { made(v->g, v->g->at, d); }

/* ---- instructions ---- */

static unsigned low_copy(struct vec *v, unsigned r)
{
    unsigned t;

    if (r < 16)
        return r;
    t = xmm_low(v->g);
    movaps(v->c, t, r);
    return t;
}

/* Registers that op can name instead of d, a and b, the copies made. */
struct named { unsigned d, a, b; };
static struct named name_registers(struct vec *v, uint32_t op, unsigned d, unsigned a, unsigned b)
{
    struct named r = {d, a, b};

    if (op & V_NOEVEX) {
        r.a = low_copy(v, a);
        r.b = b == a ? r.a : low_copy(v, b);
        if (d > 15)
            r.d = r.a != a ? r.a : r.b != b ? r.b : xmm_low(v->g);
    }
    if (!x86_cpu.avx && r.d == r.b && r.d != r.a) {
        unsigned t = r.a;
        if (op & V_COMMUTES) {
            r.a = r.b;
            r.b = t;
        } else {
            t = xmm_scratch(v->g);
            movaps(v->c, t, r.b);
            r.b = t;
        }
    }
    return r;
}

void e3(struct vec *v, uint32_t op, unsigned d, unsigned a, unsigned b)
{
    uint32_t lock = v->g->xmm_lock;
    struct named r = name_registers(v, op, d, a, b);

    v_rrr(v->c, op, r.d, r.a, r.b);
    movaps(v->c, d, r.d);
    v->g->xmm_lock = lock;
}

void e3i(struct vec *v, uint32_t op, unsigned d, unsigned a, unsigned b, unsigned imm)
{
    uint32_t lock = v->g->xmm_lock;
    struct named r = name_registers(v, op, d, a, b);

    v_rrri(v->c, op, r.d, r.a, r.b, imm);
    movaps(v->c, d, r.d);
    v->g->xmm_lock = lock;
}

void e2(struct vec *v, uint32_t op, unsigned d, unsigned a)
{
    uint32_t lock = v->g->xmm_lock;
    unsigned from = op & V_NOEVEX ? low_copy(v, a) : a;
    unsigned to = op & V_NOEVEX && d > 15 ? (from != a ? from : xmm_low(v->g)) : d;

    v_rr(v->c, op, to, from);
    movaps(v->c, d, to);
    v->g->xmm_lock = lock;
}

void e2i(struct vec *v, uint32_t op, unsigned d, unsigned a, unsigned imm)
{
    v_rri(v->c, op, d, a, imm);
}

void emove(struct vec *v, unsigned d, unsigned a) { movaps(v->c, d, a); }
void ezero(struct vec *v, unsigned d) { v_rrr(v->c, X_PXOR, d, d, d); }

void eones(struct vec *v, unsigned d)
{
    if (d > 15)
        v_rrri(v->c, V_66 | V_3A | V_ONLYEVEX | 0x25, d, d, d, 0xff); /* vpternlogd */
    else
        v_rrr(v->c, V_66 | V_NOEVEX | 0x76, d, d, d); /* pcmpeqd */
}

/* Bits of x y z choose a bit of imm; the instruction wants its first operand in d. */
void eternary(struct vec *v, unsigned d, unsigned x, unsigned y, unsigned z, unsigned imm)
{
    static const uint8_t swaps[2][8] = {{0, 1, 4, 5, 2, 3, 6, 7}, {0, 4, 2, 6, 1, 5, 3, 7}}; /* x with y, x with z */
    unsigned t, other = imm;

    if (d != x && (d == y || d == z)) {
        const uint8_t *from = swaps[d == z];
        other = 0;
        for (unsigned k = 0; k < 8; k++)
            other |= (imm >> from[k] & 1) << k;
        t = x;
        x = d;
        *(d == z ? &z : &y) = t;
    }
    movaps(v->c, d, x);
    v_rrri(v->c, V_66 | V_3A | V_ONLYEVEX | 0x25, d, y, z, other);
}

/* ---- constants ---- */

v128 splat(unsigned n, uint64_t x)
{
    x &= ones(n);
    for (; n < 64; n *= 2)
        x |= x << n;
    return (v128){x, x};
}

static void pool_site(struct gen *g, v128 k, unsigned imm_bytes)
{
    struct pool *p = &g->pool;
    unsigned i = 0;

    while (i < p->nvalues && (p->value[i].lo != k.lo || p->value[i].hi != k.hi))
        i++;
    if (i == MAX_POOL || p->nsites == MAX_POOL_SITES) {
        give_up(g);
        return;
    }
    if (i == p->nvalues)
        p->value[p->nvalues++] = k;
    p->site[p->nsites++] = (struct pool_site){g->c.p - 4, g->c.p + imm_bytes, i};
}

static const struct mem in_pool = {.base = RIP, .index = NOREG};

void e3k(struct vec *v, uint32_t op, unsigned d, unsigned a, v128 k)
{
    uint32_t lock = v->g->xmm_lock;
    struct named r = name_registers(v, op, d, a, a);

    v_rrm(v->c, op, r.d, r.a, in_pool);
    pool_site(v->g, k, 0);
    movaps(v->c, d, r.d);
    v->g->xmm_lock = lock;
}

/* By a float instruction: the host takes no time to hand its result on to another, as it does from movq. */
void cut_above(struct gen *g, unsigned known, unsigned d, unsigned a)
{
    struct vec v = {.g = g, .c = &g->c};
    bool single = known & V_ZERO_ABOVE32;

    e3k(&v, single ? V_COMMUTES | 0x54 : V_66 | V_EW | V_COMMUTES | 0x54, d, a, (v128){single ? 0xffffffff : ~0ull, 0});
}

void e3ki(struct vec *v, uint32_t op, unsigned d, unsigned a, v128 k, unsigned imm)
{
    v_rrm(v->c, op, d, a, in_pool);
    pool_site(v->g, k, 1);
    put8(v->c, imm);
}

void econst(struct vec *v, unsigned d, v128 k)
{
    if (!k.lo && !k.hi) {
        ezero(v, d);
    } else if (!~k.lo && !~k.hi) {
        eones(v, d);
    } else {
        v_rm(v->c, V_MOVDQU_L, d, in_pool);
        pool_site(v->g, k, 0);
    }
}

void emit_pool(struct gen *g)
{
    struct pool *p = &g->pool;
    struct code *c = &g->c;

    if (!p->nvalues)
        return;
    while ((uintptr_t)c->p & 15)
        put8(c, 0xcc);
    for (unsigned i = 0; i < p->nsites && c->p <= c->end; i++)
        stle32(p->site[i].disp, (uint32_t)(c->p + 16 * p->site[i].k - p->site[i].end));
    for (unsigned i = 0; i < p->nvalues; i++) {
        put64(c, p->value[i].lo);
        put64(c, p->value[i].hi);
    }
}

/* ---- the last instruction of an op ---- */

/* Of the temporaries only a and b still matter. Legacy SSE is spared a copy when the result is made where a is. */
static unsigned dest_near(struct vec *v, unsigned a, unsigned b)
{
    struct gen *g = v->g;
    bool in_a;
    unsigned d;

    drop_rest(v);
    in_a = !x86_cpu.avx && XMM_SCRATCH >> a & 1 && !g->xmm_owner[a];
    d = in_a ? a : xmm_dest(g, g->at);
    g->xmm_lock = (1u << a | 1u << b | 1u << d) & XMM_SCRATCH;
    return d;
}

void vec_result(struct vec *v, uint32_t op, unsigned a, unsigned b)
{
    unsigned d = dest_near(v, a, b);

    e3(v, op, d, a, b);
    vec_made(v, d);
}

void vec_result_i(struct vec *v, uint32_t op, unsigned a, unsigned b, unsigned imm)
{
    unsigned d = dest_near(v, a, b);

    e3i(v, op, d, a, b, imm);
    vec_made(v, d);
}

void vec_result_k(struct vec *v, uint32_t op, unsigned a, v128 k)
{
    unsigned d = dest_near(v, a, a);

    e3k(v, op, d, a, k);
    vec_made(v, d);
}

void vec_result_2(struct vec *v, uint32_t op, unsigned a)
{
    unsigned d = vec_dest(v);

    e2(v, op, d, a);
    vec_made(v, d);
}

void vec_result_ternary(struct vec *v, unsigned x, unsigned y, unsigned z, unsigned imm)
{
    unsigned d = vec_dest(v);

    eternary(v, d, x, y, z, imm);
    vec_made(v, d);
}

/* ---- shifts by an immediate ---- */

/* gf2p8affineqb's matrix for a byte shifted: byte 7 - i of it picks result bit i's source. */
static uint64_t byte_shift_matrix(unsigned kind, unsigned count)
{
    uint64_t m = 0;

    for (int i = 0; i < 8; i++) {
        int from = kind == SHIFT_SHL ? i - (int)count : i + (int)count;
        if (kind == SHIFT_SAR && from > 7)
            from = 7;
        if (from >= 0 && from < 8)
            m |= 1ull << (8 * (7 - i) + from);
    }
    return m;
}

static void shift_bytes(struct vec *v, unsigned kind, unsigned d, unsigned a, unsigned count)
{
    uint64_t top = 0x80u >> count;

    if (x86_cpu.gfni) {
        e3ki(v, V_66 | V_3A | V_W | 0xce, d, a, splat(64, byte_shift_matrix(kind, count)), 0);
        return;
    }
    v_shift_i(v->c, V_66 | 0x71, kind == SHIFT_SHL ? SHIFT_SHL : SHIFT_SHR, d, a, count);
    e3k(v, X_PAND, d, d, splat(8, kind == SHIFT_SHL ? 0xffu << count : 0xffu >> count));
    if (kind == SHIFT_SAR) { /* the sign bit, wherever it is now, upwards */
        e3k(v, X_PXOR, d, d, splat(8, top));
        e3k(v, vec_opcode(IR_vsub, 0), d, d, splat(8, top));
    }
}

bool can_shift(unsigned kind, unsigned n) { return kind != SHIFT_SAR || n != 64 || x86_cpu.avx512vl; }

void eshift(struct vec *v, unsigned kind, unsigned n, unsigned d, unsigned a, uint64_t count)
{
    static const uint32_t opcode[] = {[16] = V_66 | 0x71, [32] = V_66 | 0x72, [64] = V_66 | V_EW | 0x73};
    uint32_t op = opcode[n & 0x70];

    if (count >= n && kind != SHIFT_SAR) {
        ezero(v, d);
        return;
    }
    if (count >= n)
        count = n - 1;
    if (count == 0)
        movaps(v->c, d, a);
    else if (n == 8)
        shift_bytes(v, kind, d, a, (unsigned)count);
    else
        v_shift_i(v->c, n == 64 && kind == SHIFT_SAR ? V_66 | V_EW | V_ONLYEVEX | 0x72 : op, kind, d, a, (unsigned)count);
}

/*
 * sve_lanes.c: the helpers that do an operation of sve_ops.def, or of
 * floating point, on the lanes of Z registers (helpers_sve.def: sve_lanes,
 * sve_compare, sve_reduce).
 */
#include "frontend/arm/a64/fp.h"
#include "frontend/arm/a64/sve.h"

typedef __int128 s128;
typedef unsigned __int128 u128;

/* ---- what sve_ops.def computes with ---- */

static uint64_t clamp_s(s128 v, unsigned bits)
{
    s128 most = ((s128)1 << (bits - 1)) - 1;

    return (uint64_t)(v > most ? most : v < -most - 1 ? -most - 1 : v);
}
static s128 clamped(s128 v, unsigned bits) { return (int64_t)clamp_s(v, bits); }
static uint64_t clamp_u(s128 v, unsigned bits) { return v < 0 ? 0 : v > (s128)ones(bits) ? ones(bits) : (uint64_t)v; }
static uint64_t high_of(s128 v, unsigned bits) { return (uint64_t)((u128)v >> bits); }
static int64_t sdiv(int64_t n, int64_t m) { return !m ? 0 : m == -1 ? (int64_t)-(uint64_t)n : n / m; }
static int64_t asrd(int64_t n, unsigned m, unsigned bits)
{
    s128 v = n;

    if (v < 0)
        v += ((s128)1 << m) - 1;
    return m < bits ? (int64_t)(v >> m) : (int64_t)(v >> (bits - 1) >> 1);
}
static unsigned count_zeros(uint64_t v, unsigned bits) { return v ? (unsigned)__builtin_clzll(v) - (64 - bits) : bits; }
static uint64_t swap_halves(uint64_t v, unsigned bits)
{
    return bits == 32 ? (v >> 16 & 0xffff) | (v & 0xffff) << 16 : v << 48 | (v & 0xffff0000) << 16 | (v >> 16 & 0xffff0000) | v >> 48;
}
static uint64_t reverse_bits(uint64_t v, unsigned bits)
{
    uint64_t r = 0;

    for (unsigned i = 0; i < bits; i++)
        r |= (v >> i & 1) << (bits - 1 - i);
    return r;
}
static uint64_t rotate_right(uint64_t v, unsigned n, unsigned bits) { return n % bits ? v >> n % bits | v << (bits - n % bits) : v; }

/* Shifts by registers: left, or right when negative; rounded, saturated. */
static uint64_t shift_s(int64_t v, int64_t by, unsigned bits, bool round, bool saturate)
{
    s128 r;

    if (by < 0) {
        if (by < -(int64_t)bits)
            return round || v >= 0 ? 0 : ~0ull;
        r = round ? ((s128)v + ((s128)1 << (-by - 1))) >> -by : (s128)v >> -by;
        return (uint64_t)r;
    }
    if (by >= (int64_t)bits)
        return !saturate || !v ? 0 : clamp_s(v < 0 ? -((s128)1 << 100) : (s128)1 << 100, bits);
    r = (s128)((u128)(s128)v << by);
    return saturate ? clamp_s(r, bits) : (uint64_t)r;
}
static uint64_t shift_u(uint64_t v, int64_t by, unsigned bits, bool round, bool saturate)
{
    u128 r;

    if (by < 0) {
        if (by < -(int64_t)bits)
            return 0;
        return (uint64_t)(round ? ((u128)v + ((u128)1 << (-by - 1))) >> -by : (u128)v >> -by);
    }
    if (by >= (int64_t)bits)
        return saturate && v ? ones(bits) : 0;
    r = (u128)v << by;
    return saturate && r > ones(bits) ? ones(bits) : (uint64_t)r;
}
static uint64_t doubling_high(int64_t a, s128 product, unsigned bits)
{
    /* a << bits and twice the product together need more than 128 bits at the very edge: halve all of it */
    s128 sum = ((s128)a * ((s128)1 << (bits - 1))) + product + ((s128)1 << (bits - 2));

    return clamp_s(sum >> (bits - 1), bits);
}
static uint64_t poly_mul(uint64_t n, uint64_t m, unsigned bits)
{
    uint64_t r = 0;

    for (unsigned i = 0; i < bits; i++)
        r ^= m >> i & 1 ? n << i : 0;
    return r;
}
static uint64_t bit_extract(uint64_t n, uint64_t m)
{
    uint64_t r = 0;

    for (unsigned k = 0; m; m &= m - 1)
        r |= (n >> __builtin_ctzll(m) & 1) << k++;
    return r;
}
static uint64_t bit_deposit(uint64_t n, uint64_t m)
{
    uint64_t r = 0;

    for (; m; m &= m - 1, n >>= 1)
        r |= n & 1 ? m & -m : 0;
    return r;
}

uint64_t sve_integer(enum sve_op op, const struct sve_lane *l)
{
    uint64_t a = l->a, n = l->n, m = l->m;
    int64_t sa = l->sa, sn = l->sn, sm = l->sm;
    unsigned bits = l->bits;

    switch (op) {
#define OP(name, shape, value) case SVE_##name: return value;
#include "frontend/arm/a64/sve_ops.def"
#undef OP
    default: bug("sve_integer: operation %u", op);
    }
}

static const uint8_t shapes[] = {
#define OP(name, shape, value) shape,
#include "frontend/arm/a64/sve_ops.def"
#undef OP
};

/* ---- lanes ---- */

/* How an instruction goes through its registers; a number (K_IMM) is m for all lanes. */
struct walk {
    struct a64_state *s;
    unsigned op, fop, size, nsize, msize;
    enum sve_shape shape;
    struct sve_regs r;
    uint64_t number;
    struct zreg d, n, m, a;
};

static enum sve_shape shape_of(unsigned op)
{
    if (op < SVE_FP)
        return shapes[op];
    return op - SVE_FP >= FOP_PADD && op - SVE_FP <= FOP_PMINNM ? PAIRS : SAME;
}

static void begin(struct walk *w, struct a64_state *s, uint32_t op, uint64_t regs, uint64_t number)
{
    w->s = s;
    w->op = op;
    w->r = unpack_sve(regs);
    w->size = w->r.size;
    w->number = number;
    w->shape = shape_of(op);
    w->nsize = w->shape == LONG || w->shape == LPAIR ? w->size - 1 : w->shape == NARROW ? w->size + 1 : w->size;
    w->msize = w->shape == WIDE ? 3 : w->shape == LONGM || w->shape == LONG ? w->size - 1 : w->nsize;
    read_z(s, w->r.d, &w->d);
    read_z(s, w->r.n, &w->n);
    read_z(s, w->r.m, &w->m);
    read_z(s, w->r.a, &w->a);
}

/* Of the element of m in its 128 bits that the index names, or that lies beside element i. */
static unsigned m_element(const struct walk *w, unsigned i)
{
    unsigned in_128 = 16u >> w->msize;

    if (w->r.index)
        return (i << w->size) / 16 * in_128 + w->r.index - 1u;
    switch (w->shape) {
    case WIDE:              return (i << w->size) / 8;
    case LONG: case LONGM:  return 2 * i + !!(w->r.kind & K_MTOP);
    default:                return i;
    }
}

static bool unordered(unsigned size, uint64_t n, uint64_t m, struct fp_status *st)
{
    switch (size) {
    case 1:  return f16_compare((uint16_t)n, (uint16_t)m, false, st) == FP_UNORDERED;
    case 2:  return f32_compare((uint32_t)n, (uint32_t)m, false, st) == FP_UNORDERED;
    default: return f64_compare(n, m, false, st) == FP_UNORDERED;
    }
}

/* Result of lane i; of the wide lane i when the result is narrow. */
static uint64_t lane(const struct walk *w, unsigned i)
{
    unsigned n_at = w->shape == LONG ? 2 * i + !!(w->r.kind & K_NTOP) : i;
    uint64_t n, m;

    if (w->shape == PAIRS) {
        const struct zreg *from = i & 1 ? &w->m : &w->d;
        n = z_get(from, w->size, i & ~1u);
        m = z_get(from, w->size, i | 1);
    } else if (w->shape == LPAIR) {
        n = z_get(&w->n, w->nsize, 2 * i);
        m = z_get(&w->n, w->nsize, 2 * i + 1);
    } else {
        n = z_get(&w->n, w->nsize, n_at);
        m = w->r.kind & K_IMM ? w->number : z_get(&w->m, w->msize, m_element(w, i));
    }
    uint64_t a = w->op == SVE_XAR ? w->number : z_get(&w->a, w->size, i);
    if (w->op == SVE_FP + SVE_UNORDERED)
        return unordered(w->size, n, m, status_of(w->s));
    if (w->op >= SVE_FP && w->r.kind & K_IMM && w->r.index)
        return fp_operate(w->op - SVE_FP, w->size, a, m, n, 0, status_of(w->s));
    if (w->op >= SVE_FP)
        return fp_operate(w->op - SVE_FP, w->size, a, n, m, 0, status_of(w->s));
    return sve_integer(w->op, &(struct sve_lane){.a = a, .n = n, .m = m, .sa = (int64_t)sx(a, 8u << w->size), .sn = (int64_t)sx(n, 8u << w->nsize),
                       .sm = (int64_t)(w->r.kind & K_IMM ? m : (uint64_t)sx(m, 8u << w->msize)), .bits = 8u << w->size});
}

static void narrow_lanes(struct walk *w, unsigned vl)
{
    bool top = w->r.kind & K_DTOP;

    for (unsigned i = 0; i < vl >> w->nsize; i++) {
        z_set(&w->d, w->size, 2 * i + top, lane(w, i));
        if (!top)
            z_set(&w->d, w->size, 2 * i + 1, 0);
    }
}

void a64_helper_sve_lanes(struct a64_state *s, uint32_t op, uint64_t regs, uint64_t number)
{
    unsigned vl = vl_of(s);
    struct walk w;
    struct zreg result;

    if (shape_of(op) == SAME && sve_quick_lanes(s, op, unpack_sve(regs), number))
        return;
    begin(&w, s, op, regs, number);
    const uint8_t *g = w.r.kind & K_WHEN ? pred_of(s, w.r.g) : NULL;
    if (w.shape == NARROW) {
        narrow_lanes(&w, vl);
        write_z(s, w.r.d, &w.d);
        return;
    }
    for (unsigned i = 0; i < vl >> w.size; i++) {
        if (!g || p_get(g, w.size, i))
            z_set(&result, w.size, i, lane(&w, i));
        else
            z_set(&result, w.size, i, w.r.kind & K_MERGE ? z_get(&w.d, w.size, i) : 0);
    }
    write_z(s, w.r.d, &result);
}

uint64_t sve_pred_test(const uint8_t *g, const uint8_t *p, unsigned size, unsigned vl)
{
    static const uint64_t elements[] = {~0ull, 0x5555555555555555, 0x1111111111111111, 0x0101010101010101};
    bool any = false, first = false, last = false, seen = false;

    for (unsigned at = 0; at < vl / 8; at += 8) {
        uint64_t active = 0, v = 0;
        memcpy(&active, g + at, MIN_(8, vl / 8 - at));
        memcpy(&v, p + at, MIN_(8, vl / 8 - at));
        active &= elements[size];
        if (!active)
            continue;
        any |= (v & active) != 0;
        last = v >> (63 - __builtin_clzll(active)) & 1;
        first = seen ? first : v & active & -active;
        seen = true;
    }
    return (first ? SVE_N : 0) | (any ? 0 : SVE_Z) | (last ? 0 : SVE_C);
}

void a64_helper_sve_compare(struct a64_state *s, uint32_t op, uint64_t regs, uint64_t number)
{
    uint8_t result[SVE_BYTES / 8] = {0};
    unsigned vl = vl_of(s);
    struct walk w;

    struct sve_regs r = unpack_sve(regs);

    if (sve_quick_compare(s, op, r, number, result)) {
        s->nzcv = sve_pred_test(pred_of(s, r.g), result, r.size, vl);
        memcpy(pred_of(s, r.d), result, sizeof result);
        return;
    }
    begin(&w, s, op & ~(uint32_t)SVE_COMPARE_INVERT, regs, number);
    for (unsigned i = 0; i < vl >> w.size; i++)
        if (p_get(pred_of(s, w.r.g), w.size, i) && !lane(&w, i) == !!(op & SVE_COMPARE_INVERT))
            p_set(result, w.size, i, true);
    if (op < SVE_FP)
        s->nzcv = sve_pred_test(pred_of(s, w.r.g), result, w.size, vl);
    memcpy(pred_of(s, w.r.d), result, sizeof result);
}

/* ---- reductions: number is what stands for lanes that are not active ---- */

static uint64_t reduce_integer(struct walk *w, const uint8_t *g, unsigned vl)
{
    uint64_t sum = w->number;
    unsigned bits = w->r.kind & K_IMM ? 64 : 8u << w->size; /* K_IMM: sums of 64 bits; m = K_NTOP: signed */

    for (unsigned i = 0; i < vl >> w->size; i++) {
        uint64_t v = z_get(&w->n, w->size, i);
        if (!p_get(g, w->size, i))
            continue;
        if (w->r.kind & K_NTOP)
            v = (uint64_t)sx(v, 8u << w->size);
        sum = sve_integer(w->op, &(struct sve_lane){.n = sum, .m = v, .sn = (int64_t)sx(sum, bits), .sm = (int64_t)sx(v, 8u << w->size), .bits = bits});
        sum &= ones(bits);
    }
    return sum;
}

/* Halves with halves, again and again, over a power of two of lanes. */
static uint64_t reduce_float(struct walk *w, const uint8_t *g, unsigned vl)
{
    unsigned lanes = 1;
    uint64_t v[SVE_BYTES / 2];

    while (lanes < vl >> w->size)
        lanes *= 2;
    for (unsigned i = 0; i < lanes; i++)
        v[i] = i < vl >> w->size && p_get(g, w->size, i) ? z_get(&w->n, w->size, i) : w->number;
    for (; lanes > 1; lanes /= 2)
        for (unsigned i = 0; i < lanes / 2; i++)
            v[i] = fp_operate(w->op - SVE_FP, w->size, 0, v[2 * i], v[2 * i + 1], 0, status_of(w->s));
    return v[0];
}

/* FADDA: in order, onto d's lowest lane. */
static uint64_t add_in_order(struct walk *w, const uint8_t *g, unsigned vl)
{
    uint64_t sum = z_get(&w->d, w->size, 0);

    for (unsigned i = 0; i < vl >> w->size; i++)
        if (p_get(g, w->size, i))
            sum = fp_operate(FOP_ADD, w->size, 0, sum, z_get(&w->n, w->size, i), 0, status_of(w->s));
    return sum;
}

void a64_helper_sve_reduce(struct a64_state *s, uint32_t op, uint64_t regs, uint64_t number)
{
    unsigned vl = vl_of(s);
    struct walk w;
    struct zreg result = {{0}};

    begin(&w, s, op, regs, number);
    const uint8_t *g = pred_of(s, w.r.g);
    uint64_t v = op < SVE_FP ? reduce_integer(&w, g, vl) : w.r.kind & K_MERGE ? add_in_order(&w, g, vl) : reduce_float(&w, g, vl);
    z_set(&result, op < SVE_FP && w.r.kind & K_IMM ? 3 : w.size, 0, v);
    write_z(s, w.r.d, &result);
}

/*
 * sve_fp.c: SVE floating point: translate functions of sve_fp.decode, and the
 * helper for what is more than an operation of fp_operation.h on each lane
 * (sve_float). DDI 0487 C8.2.
 */
#include "frontend/arm/a64/fp.h"
#include "frontend/arm/a64/sve.h"
#include "frontend/arm/a64/sve_more.h"

/* Numbers that instructions have for operands. */
enum number { NUM_ZERO, NUM_HALF, NUM_ONE, NUM_TWO, NUM_NAN, NUM_INFINITY, NUM_MINUS_INFINITY };
#include "frontend/arm/a64/sve_fp.args.h"
#include "frontend/arm/a64/sve_fp.decode.h"

bool sve_fp_decode(struct a64 *t, uint32_t insn) { return sve_fp_table(t, insn); }

static int64_t number(enum number n, unsigned size)
{
    static const uint64_t numbers[][3] = {
        [NUM_ZERO] = {0, 0, 0}, [NUM_HALF] = {0x3800, 0x3f000000, 0x3fe0000000000000}, [NUM_ONE] = {0x3c00, 0x3f800000, 0x3ff0000000000000},
        [NUM_TWO] = {0x4000, 0x40000000, 0x4000000000000000}, [NUM_NAN] = {0x7e00, 0x7fc00000, 0x7ff8000000000000},
        [NUM_INFINITY] = {0x7c00, 0x7f800000, 0x7ff0000000000000}, [NUM_MINUS_INFINITY] = {0xfc00, 0xff800000, 0xfff0000000000000},
    };

    return (int64_t)numbers[n][size - 1];
}

/* ---- translation ---- */

void svef_lanes(struct a64 *t, const struct svef_lanes *f)
{
    struct sve_regs r = {.d = f->d, .n = f->n, .m = f->m, .a = f->a, .g = f->g, .size = f->size, .kind = f->kind};

    sve_call(t, HELPER_sve_lanes, IR_NONE, SVE_FP + f->fop, r, sve_number(t, 0));
}

void svef_indexed(struct a64 *t, const struct svef_indexed *f)
{
    struct sve_regs r = {.d = f->d, .n = f->n, .m = f->m, .a = f->a, .size = f->size, .index = (uint8_t)(f->i + 1)};

    sve_call(t, HELPER_sve_lanes, IR_NONE, SVE_FP + f->fop, r, sve_number(t, 0));
}

/* d op number; index 1: number op d */
void svef_number(struct a64 *t, const struct svef_number *f)
{
    struct sve_regs r = {.d = f->d, .n = f->d, .g = f->g, .size = f->size, .kind = K_MERGE | K_IMM, .index = f->reverse};

    sve_call(t, HELPER_sve_lanes, IR_NONE, SVE_FP + f->fop, r, sve_number(t, number(f->i1 ? f->other : f->first, f->size)));
}

void svef_reduce(struct a64 *t, const struct svef_reduce *f)
{
    struct sve_regs r = {.d = f->d, .n = f->n, .g = f->g, .size = f->size, .kind = f->kind};

    sve_call(t, HELPER_sve_reduce, IR_NONE, SVE_FP + f->fop, r, sve_number(t, number(f->first, f->size)));
}

void svef_compare(struct a64 *t, const struct svef_compare *f)
{
    struct sve_regs r = {.d = f->d, .n = f->n, .m = f->m, .g = f->g, .size = f->size};

    sve_call(t, HELPER_sve_compare, IR_NONE, (SVE_FP + f->fop) | (f->invert ? SVE_COMPARE_INVERT : 0), r, sve_number(t, 0));
}

void svef_float(struct a64 *t, const struct svef_float *f)
{
    struct sve_regs r = {.d = f->d, .n = f->n, .m = f->m, .a = f->a, .g = f->g, .size = f->size, .kind = f->kind, .index = f->index};

    sve_call(t, HELPER_sve_float, IR_NONE, f->op, r, sve_number(t, f->number));
}

void svef_convert(struct a64 *t, const struct svef_convert *f)
{
    struct sve_regs r = {.d = f->d, .n = f->n, .g = f->g, .size = (uint8_t)MAX_(f->from, f->to), .kind = K_MERGE, .m = f->from, .a = f->to};

    sve_call(t, HELPER_sve_float, IR_NONE, f->op, r, sve_number(t, 0));
}

/* number: 1 the odd lanes of the operands, 2 subtracts. index counts lanes of m in 128 bits. */
void svef_long_product(struct a64 *t, const struct svef_long_product *f)
{
    struct sve_regs r = {.d = f->d, .n = f->n, .m = f->m, .a = f->d, .size = 2, .index = f->index};

    sve_call(t, HELPER_sve_float, IR_NONE, f->op, r, sve_number(t, f->T | f->sub << 1));
}

/* ---- the helper ---- */

struct floats { struct a64_state *s; struct fp_status *st; struct sve_regs r; uint64_t number; struct zreg d, n, m, a; unsigned lanes; };

static const uint8_t fractions[] = {0, 10, 23, 52};
static uint64_t sign_of(unsigned size) { return 1ull << ((8u << size) - 1); }
static uint64_t op2(const struct floats *p, enum fp_operation op, uint64_t n, uint64_t m) { return fp_operate(op, p->r.size, 0, n, m, 0, p->st); }
static uint64_t fma_(const struct floats *p, uint64_t a, uint64_t n, uint64_t m) { return fp_operate(FOP_FMA, p->r.size, a, n, m, 0, p->st); }

/* ---- trigonometric and exponential steps ---- */

/* 2^(i/64) as fractions, and the series of sine (first) and cosine. */
static uint64_t exp_fraction(unsigned size, unsigned i)
{
    static const uint64_t table[64] = {
        0x0000000000000, 0x02c9a3e778061, 0x059b0d3158574, 0x0874518759bc8, 0x0b5586cf9890f, 0x0e3ec32d3d1a2, 0x11301d0125b51, 0x1429aaea92de0,
        0x172b83c7d517b, 0x1a35beb6fcb75, 0x1d4873168b9aa, 0x2063b88628cd6, 0x2387a6e756238, 0x26b4565e27cdd, 0x29e9df51fdee1, 0x2d285a6e4030b,
        0x306fe0a31b715, 0x33c08b26416ff, 0x371a7373aa9cb, 0x3a7db34e59ff7, 0x3dea64c123422, 0x4160a21f72e2a, 0x44e086061892d, 0x486a2b5c13cd0,
        0x4bfdad5362a27, 0x4f9b2769d2ca7, 0x5342b569d4f82, 0x56f4736b527da, 0x5ab07dd485429, 0x5e76f15ad2148, 0x6247eb03a5585, 0x6623882552225,
        0x6a09e667f3bcd, 0x6dfb23c651a2f, 0x71f75e8ec5f74, 0x75feb564267c9, 0x7a11473eb0187, 0x7e2f336cf4e62, 0x82589994cce13, 0x868d99b4492ed,
        0x8ace5422aa0db, 0x8f1ae99157736, 0x93737b0cdc5e5, 0x97d829fde4e50, 0x9c49182a3f090, 0xa0c667b5de565, 0xa5503b23e255d, 0xa9e6b5579fdbf,
        0xae89f995ad3ad, 0xb33a2b84f15fb, 0xb7f76f2fb5e47, 0xbcc1e904bc1d2, 0xc199bdd85529c, 0xc67f12e57d14b, 0xcb720dcef9069, 0xd072d4a07897c,
        0xd5818dcfba487, 0xda9e603db3285, 0xdfc97337b9b5f, 0xe502ee78b3ff6, 0xea4afa2a490da, 0xefa1bee615a27, 0xf50765b6e4540, 0xfa7c1819e90d8,
    };
    unsigned drop = 52 - fractions[size];

    if (!drop)
        return table[i];
    return (table[i] + (1ull << (drop - 1))) >> drop;
}

static uint64_t exponential(unsigned size, uint64_t n)
{
    unsigned at = size == 1 ? n & 31 : n & 63;
    uint64_t exponent = size == 1 ? n >> 5 & 31 : size == 2 ? n >> 6 & 0xff : n >> 6 & 0x7ff;

    return exponent << fractions[size] | exp_fraction(size, size == 1 ? 2 * at : at);
}

static uint64_t trig_coefficient(unsigned size, bool cosine, unsigned i)
{
    static const uint16_t h[2][8] = {{0x3c00, 0xb155, 0x2030}, {0x3c00, 0xb800, 0x293a}};
    static const uint32_t s[2][8] = {{0x3f800000, 0xbe2aaaab, 0x3c088886, 0xb95008b9, 0x36369d6d},
                                     {0x3f800000, 0xbf000000, 0x3d2aaaa6, 0xbab60705, 0x37cd37cc}};
    static const uint64_t d[2][8] = {
        {0x3ff0000000000000, 0xbfc5555555555543, 0x3f8111111110f30c, 0xbf2a01a019b92fc6, 0x3ec71de351f3d22b, 0xbe5ae5e2b60f7b91, 0x3de5d8408868552f, 0},
        {0x3ff0000000000000, 0xbfe0000000000000, 0x3fa5555555555536, 0xbf56c16c16c13a0b, 0x3efa01a019b1e8d8, 0xbe927e4f7282f468, 0x3e21ee96d2641b13, 0xbda8f76380fbb401}};

    return size == 1 ? h[cosine][i] : size == 2 ? s[cosine][i] : d[cosine][i];
}

static uint64_t exponent_of(const struct floats *p, uint64_t v)
{
    unsigned size = p->r.size, fraction = fractions[size], bias = (unsigned)(ones((8u << size) - 2 - fraction));
    uint64_t top = ones((8u << size) - 1 - fraction), exponent = v >> fraction & top, rest = v & ones(fraction);
    bool flush = size == 1 ? p->st->flush16 : p->st->flush_inputs;

    if (exponent == top) {
        if (!rest)
            return sign_of(size) - 1;
        p->st->flags |= FP_INVALID;
        return sign_of(size);
    }
    if (exponent)
        return exponent - bias;
    if (rest && flush && size != 1)
        p->st->flags |= FP_DENORMAL;
    if (!rest || flush) {
        p->st->flags |= FP_INVALID;
        return sign_of(size);
    }
    return (uint64_t)(int64_t)(63 - __builtin_clzll(rest)) - fraction - bias + 1;
}

/* n / 2^by, rounded once: first what keeps it a normal number, which is exact. */
static uint64_t scaled_down(uint64_t n, int by, unsigned size, struct fp_status *st)
{
    unsigned fraction = fractions[size];
    int bias = (int)ones((8u << size) - 2 - fraction), least = 1 - bias;
    uint64_t top = ones((8u << size) - 1 - fraction), field = n >> fraction & top, rest = n & ones(fraction);
    int exponent = field ? (int)field - bias : rest ? 63 - __builtin_clzll(rest) - (int)fraction + least : 0;
    bool special = field == top || (!field && (!rest || (size == 1 ? st->flush16 : st->flush_inputs)));
    int last;

    by = special ? 0 : MIN_(by, exponent - least + (int)fraction + 3);
    last = MIN_(by, MAX_(0, least - (exponent - by)));
    for (by -= last; by > 0; by -= MIN_(by, bias - 1))
        n = fp_operate(FOP_MUL, size, 0, n, (uint64_t)(bias - MIN_(by, bias - 1)) << fraction, 0, st);
    return fp_operate(FOP_MUL, size, 0, n, (uint64_t)(bias - last) << fraction, 0, st);
}

/* n times 2^m: in steps that are exact but the last. */
static uint64_t scaled(const struct floats *p, uint64_t n, int64_t m)
{
    unsigned size = p->r.size, fraction = fractions[size], bias = (unsigned)(ones((8u << size) - 2 - fraction));
    int most = (int)bias, limit = 3 * (most + (int)fraction);
    int by = (int)(m > limit ? limit : m < -limit ? -limit : m);
    struct fp_status *st = p->st;

    if (by >= 0) {
        for (; by > most; by -= most)
            n = fp_operate(FOP_MUL, size, 0, n, (uint64_t)(most + (int)bias) << fraction, 0, st);
        return fp_operate(FOP_MUL, size, 0, n, (uint64_t)(by + (int)bias) << fraction, 0, st);
    }
    return scaled_down(n, -by, size, st);
}

/* ---- complex numbers ---- */

static uint64_t complex_add(const struct floats *p, unsigned i)
{
    bool imaginary = i & 1;
    uint64_t y = z_get(&p->m, p->r.size, i ^ 1);

    return op2(p, FOP_ADD, z_get(&p->n, p->r.size, i), imaginary == (bool)p->number ? y ^ sign_of(p->r.size) : y);
}

static uint64_t complex_fma(const struct floats *p, unsigned i, unsigned m_pair)
{
    unsigned size = p->r.size, rot = (unsigned)p->number, odd = rot & 1;
    bool imaginary = i & 1, negative = imaginary ? rot >= 2 : rot == 1 || rot == 2;
    uint64_t x = z_get(&p->n, size, (i & ~1u) + odd), y = z_get(&p->m, size, m_pair + (odd ^ imaginary));

    return fma_(p, z_get(&p->a, size, i), x, negative ? y ^ sign_of(size) : y);
}

/* ---- conversions: r.m and r.a are the sizes ---- */

static uint64_t extract(const struct floats *p, unsigned i, unsigned size) { return z_get(&p->n, p->r.size, i) & ones(8u << size); }

/* SVE does not look at FPCR.AHP. */
static uint64_t between(const struct floats *p, uint64_t v, unsigned from, unsigned to)
{
    struct fp_status *st = p->st;

    switch (from << 2 | to) {
    case 1 << 2 | 2: return f16_to_f32((uint16_t)v, false, st);
    case 1 << 2 | 3: return f16_to_f64((uint16_t)v, false, st);
    case 2 << 2 | 1: return f32_to_f16((uint32_t)v, false, st);
    case 2 << 2 | 3: return f32_to_f64((uint32_t)v, st);
    case 3 << 2 | 1: return f64_to_f16(v, false, st);
    default:         return f64_to_f32(v, st);
    }
}

static uint64_t to_integer(const struct floats *p, uint64_t v, unsigned from, unsigned bits, bool u)
{
    switch (from) {
    case 1:  return u ? f16_to_uint((uint16_t)v, bits, FP_RZ, 0, p->st) : (uint64_t)f16_to_int((uint16_t)v, bits, FP_RZ, 0, p->st);
    case 2:  return u ? f32_to_uint((uint32_t)v, bits, FP_RZ, 0, p->st) : (uint64_t)f32_to_int((uint32_t)v, bits, FP_RZ, 0, p->st);
    default: return u ? f64_to_uint(v, bits, FP_RZ, 0, p->st) : (uint64_t)f64_to_int(v, bits, FP_RZ, 0, p->st);
    }
}

static uint64_t from_integer(const struct floats *p, uint64_t v, unsigned from, unsigned to, bool u)
{
    int64_t n = sx(v, 8u << from);

    switch (to) {
    case 1:  return u ? f16_from_uint(v, 0, p->st) : f16_from_int(n, 0, p->st);
    case 2:  return u ? f32_from_uint(v, 0, p->st) : f32_from_int(n, 0, p->st);
    default: return u ? f64_from_uint(v, 0, p->st) : f64_from_int(n, 0, p->st);
    }
}

static uint64_t convert(const struct floats *p, enum sve_float_op op, unsigned i)
{
    unsigned from = p->r.m, to = p->r.a, wide = p->r.size;
    uint64_t v = extract(p, i, from), bottom = z_get(&p->d, wide, i) & ones(4u << wide);

    switch (op) {
    case SVEF_CVT:     return between(p, v, from, to);
    case SVEF_CVTX:    return fp_narrow_odd(v, p->st);
    case SVEF_BFCVT:   return fp_to_bf16((uint32_t)v, p->st);
    case SVEF_CVTLT:   return between(p, z_get(&p->n, wide, i) >> (8u << from), from, to);
    case SVEF_CVTNT:   return bottom | between(p, v, from, to) << (8u << to);
    case SVEF_CVTXNT:  return bottom | (uint64_t)fp_narrow_odd(v, p->st) << 32;
    case SVEF_BFCVTNT: return bottom | (uint64_t)fp_to_bf16((uint32_t)v, p->st) << 16;
    case SVEF_TO_S: case SVEF_TO_U:     return to_integer(p, v, from, 8u << to, op == SVEF_TO_U);
    default:           return from_integer(p, v, from, to, op == SVEF_FROM_U);
    }
}

/* ---- products of halves and bfloat16, matrices ---- */

static unsigned in_segment(unsigned i, unsigned lanes, unsigned index) { return i / lanes * lanes + index; }

static uint64_t long_product(const struct floats *p, enum sve_float_op op, unsigned i)
{
    unsigned k = 2 * i + (p->number & 1), m_at = p->r.index ? in_segment(2 * i, 8, p->r.index - 1u) : k;
    uint16_t n = (uint16_t)z_get(&p->n, 1, k), m = (uint16_t)z_get(&p->m, 1, m_at);
    uint32_t a = (uint32_t)z_get(&p->a, 2, i);

    if (op == SVEF_FMLAL)
        return f32_muladd(fp_widen_half(n, p->st) ^ (p->number & 2 ? 0x80000000 : 0), fp_widen_half(m, p->st), a, p->st);
    return f32_muladd((uint32_t)n << 16, (uint32_t)m << 16, a, p->st);
}

static uint64_t bf16_dot(const struct floats *p, unsigned i)
{
    unsigned pair = p->r.index ? in_segment(i, 4, p->r.index - 1u) : i;
    uint16_t n[2], m[2];

    memcpy(n, p->n.b + 4 * i, 4);
    memcpy(m, p->m.b + 4 * pair, 4);
    return fp_bf16_dot((uint32_t)z_get(&p->a, 2, i), n, m);
}

/* Two by two: row of n (i / 2), row of m (i % 2), each of `columns` elements. */
static uint64_t bf16_matrix(const struct floats *p, unsigned i)
{
    unsigned base = i / 4 * 16;
    uint16_t n[4], m[4];

    memcpy(n, p->n.b + base + i / 2 % 2 * 8, 8);
    memcpy(m, p->m.b + base + i % 2 * 8, 8);
    return fp_bf16_dot(fp_bf16_dot((uint32_t)z_get(&p->d, 2, i), n, m), n + 2, m + 2);
}

static uint64_t matrix(const struct floats *p, unsigned i)
{
    unsigned size = p->r.size, base = i / 4 * 4, row = base + i / 2 % 2 * 2, column = base + i % 2 * 2;
    uint64_t first = op2(p, FOP_MUL, z_get(&p->n, size, row), z_get(&p->m, size, column));
    uint64_t second = op2(p, FOP_MUL, z_get(&p->n, size, row + 1), z_get(&p->m, size, column + 1));

    return op2(p, FOP_ADD, z_get(&p->d, size, i), op2(p, FOP_ADD, first, second));
}

static uint64_t lane_value(const struct floats *p, enum sve_float_op op, unsigned i)
{
    unsigned size = p->r.size;
    uint64_t n = z_get(&p->n, size, i), m = z_get(&p->m, size, i), sign = sign_of(size);

    switch (op) {
    case SVEF_TSSEL:  return (m & 1 ? (uint64_t)number(NUM_ONE, size) : n) ^ (m & 2 ? sign : 0);
    case SVEF_TSMUL:
        n = op2(p, FOP_MUL, n, n);
        /* the sign is that of the quadrant, unless it is no number */
        return (n & (sign - 1)) > (uint64_t)number(NUM_INFINITY, size) ? n : (n & (sign - 1)) | (m & 1 ? sign : 0);
    case SVEF_TMAD:   return fma_(p, trig_coefficient(size, m & sign, (unsigned)p->number), n, m & (sign - 1));
    case SVEF_EXPA:   return exponential(size, n);
    case SVEF_LOGB:   return exponent_of(p, n);
    case SVEF_SCALE:  return scaled(p, n, sx(m, 8u << size));
    case SVEF_CADD:   return complex_add(p, i);
    case SVEF_CMLA:   return complex_fma(p, i, i & ~1u);
    case SVEF_CMLA_INDEX: return complex_fma(p, i, in_segment(i, 16u >> size, 2u * p->r.index));
    case SVEF_BFDOT:  return bf16_dot(p, i);
    case SVEF_BFMMLA: return bf16_matrix(p, i);
    case SVEF_BFMLAL: case SVEF_FMLAL: return long_product(p, op, i);
    case SVEF_MMLA:   return matrix(p, i);
    default:          return convert(p, op, i);
    }
}

void a64_helper_sve_float(struct a64_state *s, uint32_t op, uint64_t regs, uint64_t number)
{
    struct floats p = {.s = s, .st = status_of(s), .r = unpack_sve(regs), .number = number};
    const uint8_t *g = p.r.kind & K_WHEN ? pred_of(s, p.r.g) : NULL;
    struct zreg result;

    p.lanes = vl_of(s) >> p.r.size;
    if (op == SVEF_MMLA) /* whole matrices */
        p.lanes &= ~3u;
    read_z(s, p.r.d, &p.d);
    read_z(s, p.r.n, &p.n);
    read_z(s, p.r.m, &p.m);
    read_z(s, p.r.a, &p.a);
    result = p.d;
    if (op == SVEF_MMLA)
        memset(&result, 0, sizeof result);
    for (unsigned i = 0; i < p.lanes; i++)
        if (!g || p_get(g, p.r.size, i))
            z_set(&result, p.r.size, i, lane_value(&p, op, i));
    write_z(s, p.r.d, &result);
}

/*
 * sve_quick.c: the commonest SVE operations, 16 bytes at a time by the host's
 * vectors, in place of a lane at a time (sve_lanes.c). Whatever is not here is
 * done there; results are the same, which sve_test.py shows for both.
 */
#include "frontend/arm/a64/fp.h"
#include "frontend/arm/a64/sve.h"

#include <cpuid.h>
#include <xmmintrin.h>

typedef uint8_t u8v __attribute__((vector_size(16)));
typedef int8_t s8v __attribute__((vector_size(16)));
typedef uint16_t u16v __attribute__((vector_size(16)));
typedef int16_t s16v __attribute__((vector_size(16)));
typedef uint32_t u32v __attribute__((vector_size(16)));
typedef int32_t s32v __attribute__((vector_size(16)));
typedef uint64_t u64v __attribute__((vector_size(16)));
typedef int64_t s64v __attribute__((vector_size(16)));
typedef float f32v __attribute__((vector_size(16)));
typedef double f64v __attribute__((vector_size(16)));

/* ---- operations on 16 bytes; false: not here ---- */

#define BITS(v) (8 * sizeof((v){0}[0]))
#define PICK(c, x, y) (((u)(c) & (x)) | (~(u)(c) & (y)))
#define QUICK(name, uvec, svec)                                                                  \
    static inline bool name(unsigned op, uvec *out, uvec a, uvec n, uvec m)                      \
    {                                                                                            \
        typedef uvec u;                                                                          \
        svec sn = (svec)n, sm = (svec)m;                                                         \
        switch (op) {                                                                            \
        case SVE_MOV:   *out = m; return true;                                                   \
        case SVE_UNARY: *out = n; return true;                                                   \
        case SVE_ADD:   *out = n + m; return true;                                               \
        case SVE_SUB:   *out = n - m; return true;                                               \
        case SVE_SUBR:  *out = m - n; return true;                                               \
        case SVE_MUL:   *out = n * m; return true;                                               \
        case SVE_MLA:   *out = a + n * m; return true;                                           \
        case SVE_MLS:   *out = a - n * m; return true;                                           \
        case SVE_AND:   *out = n & m; return true;                                               \
        case SVE_ORR:   *out = n | m; return true;                                               \
        case SVE_EOR:   *out = n ^ m; return true;                                               \
        case SVE_BIC:   *out = n & ~m; return true;                                              \
        case SVE_NOT:   *out = ~n; return true;                                                  \
        case SVE_CNOT:  *out = (u)(n == 0) & 1; return true;                                     \
        case SVE_LSL:   *out = (u)(m < BITS(u)) & (n << (m & (BITS(u) - 1))); return true;       \
        case SVE_LSR:   *out = (u)(m < BITS(u)) & (n >> (m & (BITS(u) - 1))); return true;       \
        case SVE_ASR:   *out = (u)(sn >> (svec)PICK(m < BITS(u), m, n * 0 + (BITS(u) - 1))); return true; \
        case SVE_NEG:   *out = -n; return true;                                                  \
        case SVE_EOR3:  *out = a ^ n ^ m; return true;                                           \
        case SVE_BSL:   *out = (a & m) | (n & ~m); return true;                                  \
        case SVE_ABS:   *out = PICK(sn < 0, -n, n); return true;                                 \
        case SVE_SMAX:  *out = PICK(sn > sm, n, m); return true;                                 \
        case SVE_UMAX:  *out = PICK(n > m, n, m); return true;                                   \
        case SVE_SMIN:  *out = PICK(sn < sm, n, m); return true;                                 \
        case SVE_UMIN:  *out = PICK(n < m, n, m); return true;                                   \
        case SVE_SABD:  *out = PICK(sn > sm, n - m, m - n); return true;                         \
        case SVE_UABD:  *out = PICK(n > m, n - m, m - n); return true;                           \
        case SVE_CMPEQ: *out = (u)(n == m); return true;                                         \
        case SVE_CMPNE: *out = (u)(n != m); return true;                                         \
        case SVE_CMPGE: *out = (u)(sn >= sm); return true;                                       \
        case SVE_CMPGT: *out = (u)(sn > sm); return true;                                        \
        case SVE_CMPLT: *out = (u)(sn < sm); return true;                                        \
        case SVE_CMPLE: *out = (u)(sn <= sm); return true;                                       \
        case SVE_CMPHS: *out = (u)(n >= m); return true;                                         \
        case SVE_CMPHI: *out = (u)(n > m); return true;                                          \
        case SVE_CMPLO: *out = (u)(n < m); return true;                                          \
        case SVE_CMPLS: *out = (u)(n <= m); return true;                                         \
        default: return false;                                                                   \
        }                                                                                        \
    }                                                                                            \
    /* by a number that is less than the width */                                                \
    static inline bool name##_shift(unsigned op, uvec *out, uvec n, unsigned by)                 \
    {                                                                                            \
        switch (op) {                                                                            \
        case SVE_LSL: *out = n << by; return true;                                               \
        case SVE_LSR: *out = n >> by; return true;                                               \
        case SVE_ASR: *out = (uvec)((svec)n >> by); return true;                                 \
        default: return false;                                                                   \
        }                                                                                        \
    }
QUICK(quick8, u8v, s8v)
QUICK(quick16, u16v, s16v)
QUICK(quick32, u32v, s32v)
QUICK(quick64, u64v, s64v)

/*
 * Floating point rounded to nearest on the host's: results that are no
 * numbers, and the least normal one, where the two see underflow differently,
 * are left to softfloat; so is all that is denormal when it is to be flushed.
 */
#define FLOATS(name, bits_v, float_v)                                                     \
    static inline bool name(unsigned op, bits_v *out, bits_v n, bits_v m)                 \
    {                                                                                     \
        float_v x = (float_v)n, y = (float_v)m, r;                                        \
                                                                                          \
        switch (op - SVE_FP) {                                                            \
        case FOP_ADD: r = x + y; break;                                                   \
        case FOP_SUB: r = x - y; break;                                                   \
        case FOP_MUL: r = x * y; break;                                                   \
        case FOP_DIV: r = x / y; break;                                                   \
        default: return false;                                                            \
        }                                                                                 \
        *out = (bits_v)r;                                                                 \
        return true;                                                                      \
    }
FLOATS(float32, u32v, f32v)
FLOATS(float64, u64v, f64v)

__attribute__((target("fma"))) static bool fused32(unsigned op, u32v *out, u32v a, u32v n, u32v m)
{
    bool negate_n = op - SVE_FP == FOP_FMS || op - SVE_FP == FOP_FNMA, negate_a = op - SVE_FP == FOP_FNMA || op - SVE_FP == FOP_FNMS;
    f32v x = (f32v)(negate_n ? n ^ 0x80000000u : n), y = (f32v)m, z = (f32v)(negate_a ? a ^ 0x80000000u : a), r;

    for (unsigned i = 0; i < 4; i++)
        r[i] = __builtin_fmaf(x[i], y[i], z[i]);
    *out = (u32v)r;
    return true;
}
__attribute__((target("fma"))) static bool fused64(unsigned op, u64v *out, u64v a, u64v n, u64v m)
{
    bool negate_n = op - SVE_FP == FOP_FMS || op - SVE_FP == FOP_FNMA, negate_a = op - SVE_FP == FOP_FNMA || op - SVE_FP == FOP_FNMS;
    f64v x = (f64v)(negate_n ? n ^ 1ull << 63 : n), y = (f64v)m, z = (f64v)(negate_a ? a ^ 1ull << 63 : a), r;

    for (unsigned i = 0; i < 2; i++)
        r[i] = __builtin_fma(x[i], y[i], z[i]);
    *out = (u64v)r;
    return true;
}

static bool is_fused(unsigned op) { return op >= SVE_FP + FOP_FMA && op <= SVE_FP + FOP_FNMS; }

/* FMA, and an operating system that keeps its registers. Asked once: __builtin_cpu_supports asks much more, at each start. */
static bool has_fma(void)
{
    static signed char known = -1;
    unsigned a, b, c, d, enabled = 0;

    if (known < 0) {
        __cpuid(1, a, b, c, d);
        if (c >> 27 & 1)
            __asm__("xgetbv" : "=a"(enabled), "=d"(d) : "c"(0));
        known = c >> 12 & 1 && (enabled & 6) == 6;
    }
    return known;
}

/* ---- predicates ---- */

static const uint16_t element_bits[4] = {0xffff, 0x5555, 0x1111, 0x0101};
static unsigned bits16(const uint8_t *p, unsigned chunk) { return p[2 * chunk] | p[2 * chunk + 1] << 8; }

/* All bytes of the active elements of 16. */
static u8v byte_mask(unsigned bits, unsigned size)
{
    static const u8v select = {1, 2, 4, 8, 16, 32, 64, 128, 1, 2, 4, 8, 16, 32, 64, 128};
    uint64_t low, high;
    unsigned active = (bits & element_bits[size]) * ((1u << (1u << size)) - 1);
    u8v v;

    low = (active & 0xff) * 0x0101010101010101;
    high = (active >> 8 & 0xff) * 0x0101010101010101;
    v = (u8v)(u64v){low, high};
    return (u8v)((v & select) != 0);
}

/* ---- instructions ---- */

static uint8_t *chunk_of(struct a64_state *s, unsigned z, unsigned i) { return i ? zhi_of(s, z) + 16 * (i - 1) : (uint8_t *)s->v[z]; }
static u8v load16(const uint8_t *p)
{
    u8v v;

    memcpy(&v, p, 16);
    return v;
}

static u8v splat(unsigned size, uint64_t v)
{
    switch (size) {
    case 0:  v = (v & 0xff) * 0x0101010101010101; break;
    case 1:  v = (v & 0xffff) * 0x0001000100010001; break;
    case 2:  v = (uint32_t)v * 0x0000000100000001ull; break;
    default: break;
    }
    return (u8v)(u64v){v, v};
}

static bool is_shift(unsigned op) { return op == SVE_LSL || op == SVE_LSR || op == SVE_ASR; }

static inline bool operate(unsigned op, unsigned size, u8v *out, u8v a, u8v n, u8v m, unsigned by)
{
    if (is_shift(op) && by)
        switch (size) {
        case 0:  return quick8_shift(op, out, n, by);
        case 1:  return quick16_shift(op, (u16v *)out, (u16v)n, by);
        case 2:  return quick32_shift(op, (u32v *)out, (u32v)n, by);
        default: return quick64_shift(op, (u64v *)out, (u64v)n, by);
        }
    if (is_fused(op))
        return size == 2 ? fused32(op, (u32v *)out, (u32v)a, (u32v)n, (u32v)m) : fused64(op, (u64v *)out, (u64v)a, (u64v)n, (u64v)m);
    if (op >= SVE_FP)
        return size == 2 ? float32(op, (u32v *)out, (u32v)n, (u32v)m) : float64(op, (u64v *)out, (u64v)n, (u64v)m);
    switch (size) {
    case 0:  return quick8(op, out, a, n, m);
    case 1:  return quick16(op, (u16v *)out, (u16v)a, (u16v)n, (u16v)m);
    case 2:  return quick32(op, (u32v *)out, (u32v)a, (u32v)n, (u32v)m);
    default: return quick64(op, (u64v *)out, (u64v)a, (u64v)n, (u64v)m);
    }
}

/* Active lanes whose result softfloat must see; the others' do not count. */
static bool is_doubtful(u8v r, u8v active, unsigned size, bool flush)
{
    u8v bad;

    if (size == 2) {
        u32v v = (u32v)r & 0x7fffffff;
        bad = (u8v)((v > 0x7f800000) | (v == 0x00800000) | ((u32v)(v - 1 < 0x00800000) & -(uint32_t)flush));
    } else {
        u64v v = (u64v)r & ~(1ull << 63);
        bad = (u8v)((v > 0x7ff0000000000000) | (v == 0x0010000000000000) | ((u64v)(v - 1 < 0x0010000000000000) & -(uint64_t)flush));
    }
    u64v any = (u64v)(bad & active);
    return any[0] | any[1];
}


enum { MXCSR_TINY = 2 | 16 }; /* an operand or a result was denormal */
/* MXCSR's sticky bits: IE DE ZE OE UE PE, from bit 0. */
static unsigned flags_of(unsigned mxcsr)
{
    return (mxcsr & 4 ? FP_DIVZERO : 0) | (mxcsr & 8 ? FP_OVERFLOW : 0) | (mxcsr & 16 ? FP_UNDERFLOW : 0) | (mxcsr & 32 ? FP_INEXACT : 0);
}

static bool floats(struct a64_state *s, unsigned op, struct sve_regs r, u8v number)
{
    unsigned chunks = vl_of(s) / 16, was = _mm_getcsr(), flags;
    const uint8_t *g = r.kind & K_WHEN ? pred_of(s, r.g) : NULL;
    u8v result[SVE_BYTES / 16];
    const struct fp_status *st = status_of(s);
    bool done = true, flush = st->flush_inputs || st->flush_outputs;

    if (r.size < 2 || st->round != FP_RN || r.kind & K_ZERO || (r.kind & K_IMM && r.index) || (is_fused(op) && !has_fma()))
        return false;
    _mm_setcsr(0x1f80);
    for (unsigned i = 0; i < chunks && done; i++) {
        u8v n = load16(chunk_of(s, r.n, i)), m = r.kind & K_IMM ? number : load16(chunk_of(s, r.m, i)), a = load16(chunk_of(s, r.a, i));
        u8v active = byte_mask(g ? bits16(g, i) : 0xffff, r.size), d = load16(chunk_of(s, r.d, i)), one = splat(r.size, r.size == 2 ? 0x3f800000 : 0x3ff0000000000000);
        /* idle lanes compute with ones, which raise nothing */
        done = operate(op, r.size, &result[i], a & active, (n & active) | (one & ~active), (m & active) | (one & ~active), 0) &&
               !is_doubtful(result[i], active, r.size, flush);
        result[i] = (result[i] & active) | (d & ~active);
    }
    flags = _mm_getcsr();
    _mm_setcsr(was);
    if (!done || (flush && flags & MXCSR_TINY))
        return false;
    status_of(s)->flags |= (uint8_t)flags_of(flags);
    for (unsigned i = 0; i < chunks; i++)
        memcpy(chunk_of(s, r.d, i), &result[i], 16);
    return true;
}

bool sve_quick_lanes(struct a64_state *s, unsigned op, struct sve_regs r, uint64_t number)
{
    unsigned chunks = vl_of(s) / 16;
    const uint8_t *g = r.kind & K_WHEN ? pred_of(s, r.g) : NULL;
    u8v fixed = splat(r.size, number);
    unsigned by = r.kind & K_IMM && number < 8u << r.size ? (unsigned)number : 0; /* the distance of a shift that is the same in all lanes */

    if (r.index || r.kind & K_TOP)
        return false;
    if (op >= SVE_FP)
        return floats(s, op, r, fixed);
    for (unsigned i = 0; i < chunks; i++) {
        u8v n = load16(chunk_of(s, r.n, i)), m = r.kind & K_IMM ? fixed : load16(chunk_of(s, r.m, i)), a = load16(chunk_of(s, r.a, i)), out;
        uint8_t *d = chunk_of(s, r.d, i);
        if (!operate(op, r.size, &out, a, n, m, by))
            return false;
        if (g) {
            u8v active = byte_mask(bits16(g, i), r.size);
            out = (out & active) | (r.kind & K_MERGE ? load16(d) & ~active : (u8v){0});
        }
        memcpy(d, &out, 16);
    }
    return true;
}

bool sve_quick_compare(struct a64_state *s, unsigned op, struct sve_regs r, uint64_t number, uint8_t *result)
{
    unsigned chunks = vl_of(s) / 16;
    const uint8_t *g = pred_of(s, r.g);
    u8v fixed = splat(r.size, number);

    if (op < SVE_CMPEQ || op > SVE_CMPLS)
        return false;
    for (unsigned i = 0; i < chunks; i++) {
        u8v n = load16(chunk_of(s, r.n, i)), m = r.kind & K_IMM ? fixed : load16(chunk_of(s, r.m, i)), out;
        unsigned bits;
        if (!operate(op, r.size, &out, n, n, m, 0))
            return false;
        bits = (unsigned)__builtin_ia32_pmovmskb128((__attribute__((vector_size(16))) char)out) & bits16(g, i) & element_bits[r.size];
        result[2 * i] = (uint8_t)bits;
        result[2 * i + 1] = (uint8_t)(bits >> 8);
    }
    return true;
}

bool sve_all_active(const uint8_t *g, unsigned size, unsigned vl)
{
    unsigned all = 0xffff;

    for (unsigned i = 0; i < vl / 16; i++)
        all &= bits16(g, i);
    return (all & element_bits[size]) == element_bits[size];
}

void sve_keep_active(struct zreg *z, const uint8_t *g, unsigned size, unsigned vl)
{
    for (unsigned i = 0; i < vl / 16; i++) {
        u8v v = load16(z->b + 16 * i) & byte_mask(bits16(g, i), size);
        memcpy(z->b + 16 * i, &v, 16);
    }
}

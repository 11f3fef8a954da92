/*
 * softfloat_test.c: softfloat against this machine's FPU (results to the bit and
 * flags, in four rounding modes), and against the ARM manuals by hand where the
 * two differ: NaNs, flushed denormals, binary16, conversions, estimates.
 */
#include "util/softfloat.h"
#include "util/util.h"

#include <glib.h>

#define NEG32 0x80000000u
#define NEG64 (1ull << 63)
#define INF32 0x7f800000u
#define ONE32 0x3f800000u
#define SNAN32 0x7fa00001u
#define QNAN32 0x7fe00001u /* SNAN32, quieted */
#define NAN32 0x7fc00000u  /* the default one */

/* ---- against the host ---- */

/* MXCSR with everything masked and mode rc; flags come back in it. */
enum { MASKED = 0x1f80, CASES = 40000 };
static const struct { uint8_t mode; uint32_t rc; } modes[] = {{FP_RN, 0}, {FP_RM, 0x2000}, {FP_RP, 0x4000}, {FP_RZ, 0x6000}};

/* SSE's choices: its default NaN is negative, the first NaN operand comes out, tiny is what is tiny when rounded. */
static struct fp_status sse_status(unsigned mode)
{
    return (struct fp_status){.round = mode, .nan_rule = FP_NAN_X87_FIRST, .negative_nan = true, .tiny_after = true};
}

static unsigned flags_of_mxcsr(uint32_t m)
{
    return (m & 1 ? FP_INVALID : 0) | (m & 4 ? FP_DIVZERO : 0) | (m & 8 ? FP_OVERFLOW : 0) | (m & 16 ? FP_UNDERFLOW : 0) |
           (m & 32 ? FP_INEXACT : 0);
}

/* An instruction with sources b (xmm1), c (xmm2) and destination a (xmm0), or a general register. */
#define HOST(name, result, insn, out)                                                                                   \
    static uint64_t name(uint64_t a, uint64_t b, uint64_t c, uint32_t *mxcsr)                                           \
    {                                                                                                                   \
        uint64_t r;                                                                                                     \
        uint32_t normal = MASKED;                                                                                       \
        __asm__ volatile("movq %[a], %%xmm0\n movq %[b], %%xmm1\n movq %[c], %%xmm2\n xor %%eax, %%eax\n ldmxcsr %[m]\n" \
                         insn "\n stmxcsr %[m]\n ldmxcsr %[normal]\n " out                                              \
                         : [r] "=&r"(r), [m] "+m"(*mxcsr)                                                               \
                         : [a] "r"(a), [b] "r"(b), [c] "r"(c), [normal] "m"(normal) : "rax", "xmm0", "xmm1", "xmm2", "cc"); \
        return r;                                                                                                       \
    }
#define TO32 "movq %%xmm0, %[r]\n movl %k[r], %k[r]\n"
#define TO64 "movq %%xmm0, %[r]\n"
#define TOGPR "mov %%rax, %[r]\n"
#define TOFLAGS "lahf\n movzbl %%ah, %%eax\n mov %%rax, %[r]\n"
HOST(host_add32, 32, "addss %%xmm1, %%xmm0", TO32)
HOST(host_sub32, 32, "subss %%xmm1, %%xmm0", TO32)
HOST(host_mul32, 32, "mulss %%xmm1, %%xmm0", TO32)
HOST(host_div32, 32, "divss %%xmm1, %%xmm0", TO32)
HOST(host_sqrt32, 32, "sqrtss %%xmm0, %%xmm0", TO32)
HOST(host_fma32, 32, "vfmadd132ss %%xmm1, %%xmm2, %%xmm0", TO32)
HOST(host_round32, 32, "roundss $4, %%xmm0, %%xmm0", TO32)
HOST(host_32to64, 64, "cvtss2sd %%xmm0, %%xmm0", TO64)
HOST(host_i32to32, 32, "cvtsi2ss %k[a], %%xmm0", TO32)
HOST(host_i64to32, 32, "cvtsi2ss %[a], %%xmm0", TO32)
HOST(host_ucomi32, 32, "ucomiss %%xmm1, %%xmm0", TOFLAGS)
HOST(host_comi32, 32, "comiss %%xmm1, %%xmm0", TOFLAGS)
HOST(host_32toi32, 32, "cvtss2si %%xmm0, %%eax", TOGPR)
HOST(host_32toi64, 64, "cvtss2si %%xmm0, %%rax", TOGPR)
HOST(host_add64, 64, "addsd %%xmm1, %%xmm0", TO64)
HOST(host_sub64, 64, "subsd %%xmm1, %%xmm0", TO64)
HOST(host_mul64, 64, "mulsd %%xmm1, %%xmm0", TO64)
HOST(host_div64, 64, "divsd %%xmm1, %%xmm0", TO64)
HOST(host_sqrt64, 64, "sqrtsd %%xmm0, %%xmm0", TO64)
HOST(host_fma64, 64, "vfmadd132sd %%xmm1, %%xmm2, %%xmm0", TO64)
HOST(host_round64, 64, "roundsd $4, %%xmm0, %%xmm0", TO64)
HOST(host_64to32, 32, "cvtsd2ss %%xmm0, %%xmm0", TO32)
HOST(host_i64to64, 64, "cvtsi2sd %[a], %%xmm0", TO64)
HOST(host_ucomi64, 64, "ucomisd %%xmm1, %%xmm0", TOFLAGS)
HOST(host_comi64, 64, "comisd %%xmm1, %%xmm0", TOFLAGS)
HOST(host_64toi32, 32, "cvtsd2si %%xmm0, %%eax", TOGPR)
HOST(host_64toi64, 64, "cvtsd2si %%xmm0, %%rax", TOGPR)

#define SOFT(name, expr) static uint64_t name(uint64_t a, uint64_t b, uint64_t c, struct fp_status *s) { return (uint64_t)(expr); }
#define BOTH(w)                                                                                                         \
    SOFT(soft_add##w, f##w##_add(a, b, s)) SOFT(soft_sub##w, f##w##_sub(a, b, s)) SOFT(soft_mul##w, f##w##_mul(a, b, s)) \
    SOFT(soft_div##w, f##w##_div(a, b, s)) SOFT(soft_sqrt##w, f##w##_sqrt(a, s))                                        \
    SOFT(soft_fma##w, f##w##_muladd(a, b, c, s)) SOFT(soft_round##w, f##w##_round(a, s->round, true, s))                \
    SOFT(soft_##w##toi32, indefinite((uint32_t)f##w##_to_int(a, 32, s->round, 0, s), 1u << 31, s))                      \
    SOFT(soft_##w##toi64, indefinite((uint64_t)f##w##_to_int(a, 64, s->round, 0, s), NEG64, s))                         \
    SOFT(soft_i64to##w, f##w##_from_int((int64_t)a, 0, s))                                                              \
    SOFT(soft_ucomi##w, host_order(f##w##_compare(a, b, false, s))) SOFT(soft_comi##w, host_order(f##w##_compare(a, b, true, s)))

static uint64_t indefinite(uint64_t v, uint64_t host, struct fp_status *s) { return s->flags & FP_INVALID ? host : v; }
static uint64_t host_order(enum fp_relation r) { return (const uint8_t[]){0x03, 0x42, 0x02, 0x47}[r]; }
BOTH(32)
BOTH(64)
SOFT(soft_i32to32, f32_from_int((int32_t)a, 0, s))
SOFT(soft_32to64, f32_to_f64((uint32_t)a, s))
SOFT(soft_64to32, f64_to_f32(a, s))

struct pair {
    const char *name;
    uint64_t (*host)(uint64_t, uint64_t, uint64_t, uint32_t *);
    uint64_t (*soft)(uint64_t, uint64_t, uint64_t, struct fp_status *);
    enum { F32_IN, F64_IN, INT_IN } in;
    bool fma;
};
#define PAIR(name, in, fma) {#name, host_##name, soft_##name, in, fma}
static const struct pair pairs[] = {
    PAIR(add32, F32_IN, 0), PAIR(sub32, F32_IN, 0), PAIR(mul32, F32_IN, 0), PAIR(div32, F32_IN, 0), PAIR(sqrt32, F32_IN, 0),
    PAIR(fma32, F32_IN, 1), PAIR(round32, F32_IN, 0), PAIR(32to64, F32_IN, 0), PAIR(i32to32, INT_IN, 0), PAIR(i64to32, INT_IN, 0),
    PAIR(ucomi32, F32_IN, 0), PAIR(comi32, F32_IN, 0), PAIR(32toi32, F32_IN, 0), PAIR(32toi64, F32_IN, 0),
    PAIR(add64, F64_IN, 0), PAIR(sub64, F64_IN, 0), PAIR(mul64, F64_IN, 0), PAIR(div64, F64_IN, 0), PAIR(sqrt64, F64_IN, 0),
    PAIR(fma64, F64_IN, 1), PAIR(round64, F64_IN, 0), PAIR(64to32, F64_IN, 0), PAIR(i64to64, INT_IN, 0),
    PAIR(ucomi64, F64_IN, 0), PAIR(comi64, F64_IN, 0), PAIR(64toi32, F64_IN, 0), PAIR(64toi64, F64_IN, 0),
};

static uint64_t random64(void) { return (uint64_t)g_test_rand_int() << 32 | (uint32_t)g_test_rand_int(); }

/* A number with few ones, or few zeros, in its fraction, an exponent near an edge or near 1, or just any bits. */
static uint64_t random_float(unsigned exp_bits, unsigned frac_bits)
{
    uint64_t r = random64(), top = ones(exp_bits), middle = top >> 1, exp, frac = random64() & ones(frac_bits);
    const uint64_t edge_exp[] = {0, 0, 1, 2, middle - frac_bits, middle - 1, middle, middle + 1, middle + frac_bits, middle + 31,
                                 middle + 63, top - 1, top, middle / 2, middle + middle / 2, middle + r % 8};
    const uint64_t edge_frac[] = {0, 1, ones(frac_bits), ones(frac_bits) - 1, 1ull << (frac_bits - 1), frac, frac,
                                  frac & -(1ull << (frac_bits / 2)), frac | ones(frac_bits / 2), 1ull << (r >> 16) % frac_bits};

    exp = r & 0x100 ? edge_exp[r % ARRAY_SIZE(edge_exp)] : random64() & top;
    frac = edge_frac[(r >> 32) % ARRAY_SIZE(edge_frac)];
    return (r >> 63) << (exp_bits + frac_bits) | exp << frac_bits | frac;
}

static uint64_t random_operand(const struct pair *p)
{
    if (p->in == INT_IN)
        return (uint64_t)((int64_t)random64() >> g_test_rand_int_range(0, 64));
    return p->in == F32_IN ? random_float(8, 23) : random_float(11, 52);
}

static void agrees_with_the_host(const void *data)
{
    const struct pair *p = data;

    __builtin_cpu_init();
    if (p->fma && !__builtin_cpu_supports("fma")) {
        g_test_skip("this processor has no FMA");
        return;
    }
    for (unsigned n = 0; n < CASES; n++) {
        uint64_t a = random_operand(p), b = random_operand(p), c = random_operand(p);
        for (unsigned m = 0; m < ARRAY_SIZE(modes); m++) {
            uint32_t mxcsr = MASKED | modes[m].rc;
            struct fp_status s = sse_status(modes[m].mode);
            uint64_t want = p->host(a, b, c, &mxcsr), got = p->soft(a, b, c, &s);
            if (want != got || flags_of_mxcsr(mxcsr) != s.flags)
                g_error("%s %" G_GINT64_MODIFIER "x %" G_GINT64_MODIFIER "x %" G_GINT64_MODIFIER "x mode %u: host %" G_GINT64_MODIFIER
                        "x flags %x, we %" G_GINT64_MODIFIER "x flags %x", p->name, a, b, c, modes[m].mode, want, flags_of_mxcsr(mxcsr), got, s.flags);
        }
    }
}

/* ---- by hand ---- */

/* `expr`, which uses s, gives value and exactly these flags, under a status that differs from zero as stated. */
#define CHECK(expr, value, raised, ...)                     \
    do {                                                    \
        struct fp_status st = {__VA_ARGS__}, *s = &st;      \
        g_assert_cmphex((uint64_t)(expr), ==, (value));     \
        g_assert_cmphex(st.flags, ==, (raised));            \
    } while (0)

static void arm_takes_signalling_nans_first(void)
{
    CHECK(f32_add(QNAN32 | 2, SNAN32, s), QNAN32, FP_INVALID, 0);
    CHECK(f32_add(SNAN32, SNAN32 | 2, s), QNAN32, FP_INVALID, 0);
    CHECK(f32_mul(QNAN32 | 2, QNAN32, s), QNAN32 | 2, 0, 0);
    CHECK(f32_sub(ONE32, QNAN32, s), QNAN32, 0, 0); /* not negated */
    CHECK(f64_div(0x7ff8000000000005, 0xfff0000000000001, s), 0xfff8000000000001, FP_INVALID, 0);
    CHECK(f32_sqrt(QNAN32 | NEG32, s), QNAN32 | NEG32, 0, 0);
    CHECK(f32_muladd(QNAN32 | 2, QNAN32 | 4, QNAN32, s), QNAN32, 0, 0); /* the addend first */
    CHECK(f32_muladd(QNAN32 | 2, SNAN32 | 4, QNAN32, s), QNAN32 | 4, FP_INVALID, 0);
    CHECK(f32_muladd(QNAN32 | 2, QNAN32 | 4, ONE32, s), QNAN32 | 2, 0, 0);
}

static void invalid_operations_give_the_default_nan(void)
{
    CHECK(f32_sub(INF32, INF32, s), NAN32, FP_INVALID, 0);
    CHECK(f32_mul(INF32, NEG32, s), NAN32, FP_INVALID, 0);
    CHECK(f32_div(0, 0, s), NAN32, FP_INVALID, 0);
    CHECK(f32_sqrt(ONE32 | NEG32, s), NAN32, FP_INVALID, 0);
    CHECK(f32_sqrt(NEG32, s), NEG32, 0, 0);
    CHECK(f32_muladd(INF32, 0, ONE32, s), NAN32, FP_INVALID, 0);
    CHECK(f32_muladd(INF32, 0, QNAN32, s), NAN32, FP_INVALID, 0); /* ARM only */
    CHECK(f32_muladd(INF32, 0, SNAN32, s), QNAN32, FP_INVALID, 0);
    CHECK(f32_muladd(INF32, ONE32, INF32 | NEG32, s), NAN32, FP_INVALID, 0);
    CHECK(f32_div(ONE32, NEG32, s), INF32 | NEG32, FP_DIVZERO, 0);
    CHECK(f32_div(INF32, 0, s), INF32, 0, 0);
    CHECK(f32_add(SNAN32, ONE32, s), NAN32, FP_INVALID, .default_nan = true);
    CHECK(f32_add(QNAN32, ONE32, s), NAN32, 0, .default_nan = true);
    CHECK(f32_sub(INF32, INF32, s), NAN32 | NEG32, FP_INVALID, .negative_nan = true);
}

static void other_nan_rules(void)
{
    CHECK(f32_add(QNAN32 | 2, SNAN32, s), QNAN32 | 2, FP_INVALID, .nan_rule = FP_NAN_PPC);
    CHECK(f32_muladd(ONE32, QNAN32 | 2, QNAN32, s), QNAN32, 0, .nan_rule = FP_NAN_PPC);
    CHECK(f32_muladd(QNAN32 | 2, QNAN32, QNAN32, s), QNAN32 | 2, 0, .nan_rule = FP_NAN_PPC);
    CHECK(f32_muladd(INF32, 0, QNAN32, s), QNAN32, FP_INVALID, .nan_rule = FP_NAN_PPC);
    CHECK(f32_muladd(INF32, 0, QNAN32, s), QNAN32, 0, .nan_rule = FP_NAN_X87_FIRST);
    /* old MIPS: the top fraction bit means signalling */
    CHECK(f32_add(0x7fbffff0, ONE32, s), 0x7fbffff0, 0, .nan_rule = FP_NAN_MIPS);
    CHECK(f32_add(0x7fc00000, ONE32, s), 0x7fbfffff, FP_INVALID, .nan_rule = FP_NAN_MIPS);
    CHECK(f64_div(0, 0, s), 0x7ff7ffffffffffff, FP_INVALID, .nan_rule = FP_NAN_MIPS);
    CHECK(f64_to_f32(0x7ff0000000000001, s), 0x7fbfffff, 0, .nan_rule = FP_NAN_MIPS);
}

static void denormals_are_flushed(void)
{
    CHECK(f32_add(1, NEG32, s), 1, 0, 0);
    CHECK(f32_add(1, NEG32, s), 0, FP_DENORMAL, .flush_inputs = true);
    CHECK(f32_add(NEG32 | 1, NEG32, s), NEG32, FP_DENORMAL, .flush_inputs = true);
    CHECK(f32_add(1, SNAN32, s), QNAN32, FP_DENORMAL | FP_INVALID, .flush_inputs = true);
    CHECK(f32_mul(0x00800000, 0xbf000000, s), NEG32, FP_UNDERFLOW, .flush_outputs = true);
    CHECK(f32_mul(0x00800000, 0x3f000000, s), 0x00400000, 0, 0); /* exact: no underflow */
    CHECK(f32_mul(0x00800001, 0x3f000000, s), 0x00400000, FP_UNDERFLOW | FP_INEXACT, 0);
    /* tiny before rounding, the smallest normal number after it */
    CHECK(f32_mul(0x00ffffff, 0x3f000000, s), 0x00800000, FP_UNDERFLOW | FP_INEXACT, 0);
    CHECK(f32_mul(0x00ffffff, 0x3f000000, s), 0, FP_UNDERFLOW, .flush_outputs = true);
    CHECK(f64_mul(0x3fefffffffffffff, 0x0010000000000000, s), 0x0010000000000000, FP_UNDERFLOW | FP_INEXACT, 0);
    CHECK(f64_mul(0x001fffffffffffff, 0x3fe0000000000000, s), 0x0010000000000000, FP_UNDERFLOW | FP_INEXACT, .tiny_after = true);
    CHECK(f64_muladd(0x0010000000000001, 0x3feffffffffffffe, 0, s), 0x0010000000000000, FP_INEXACT, .tiny_after = true);
    CHECK(f32_compare(1, 0, false, s), FP_EQUAL, FP_DENORMAL, .flush_inputs = true);
    CHECK(f32_to_uint(1, 32, FP_RP, 0, s), 0, FP_DENORMAL, .flush_inputs = true);
    CHECK(f32_max(1, NEG32, s), 0, FP_DENORMAL, .flush_inputs = true);
    CHECK(f32_to_f64(1, s), 0, FP_DENORMAL, .flush_inputs = true);
    CHECK(f64_to_f32(0x3800000000000000, s), 0, FP_UNDERFLOW, .flush_outputs = true);
    /* FZ16 is a matter of its own, and reports no denormal operand */
    CHECK(f16_add(1, 0, s), 1, 0, .flush_inputs = true, .flush_outputs = true);
    CHECK(f16_add(1, 0, s), 0, 0, .flush16 = true);
    CHECK(f16_mul(0x0400, 0x3800, s), 0, FP_UNDERFLOW, .flush16 = true);
    CHECK(f16_to_f32(1, false, s), 0x33800000, 0, .flush16 = true, .flush_inputs = true);
    CHECK(f32_to_f16(0x33800000, false, s), 1, 0, .flush16 = true, .flush_outputs = true);
}

static void overflow_follows_the_mode(void)
{
    const uint32_t max = 0x7f7fffff;

    CHECK(f32_add(max, max, s), INF32, FP_OVERFLOW | FP_INEXACT, 0);
    CHECK(f32_add(max, max, s), max, FP_OVERFLOW | FP_INEXACT, .round = FP_RZ);
    CHECK(f32_add(max, max, s), max, FP_OVERFLOW | FP_INEXACT, .round = FP_RM);
    CHECK(f32_add(max | NEG32, max | NEG32, s), max | NEG32, FP_OVERFLOW | FP_INEXACT, .round = FP_RP);
    CHECK(f32_add(max | NEG32, max | NEG32, s), INF32 | NEG32, FP_OVERFLOW | FP_INEXACT, .round = FP_RM);
    CHECK(f32_sub(ONE32, ONE32, s), NEG32, 0, .round = FP_RM);
    CHECK(f32_sub(ONE32, ONE32, s), 0, 0, .round = FP_RZ);
}

static void minimum_and_maximum(void)
{
    CHECK(f32_max(0, NEG32, s), 0, 0, 0);
    CHECK(f32_min(0, NEG32, s), NEG32, 0, 0);
    CHECK(f32_max(ONE32, INF32 | NEG32, s), ONE32, 0, 0);
    CHECK(f32_min(ONE32, INF32 | NEG32, s), INF32 | NEG32, 0, 0);
    CHECK(f32_max(ONE32, QNAN32, s), QNAN32, 0, 0);
    CHECK(f32_maxnm(ONE32, QNAN32, s), ONE32, 0, 0);
    CHECK(f32_minnm(QNAN32, ONE32, s), ONE32, 0, 0);
    CHECK(f32_minnm(QNAN32, SNAN32, s), QNAN32, FP_INVALID, 0);
    CHECK(f32_maxnm(ONE32, SNAN32, s), QNAN32, FP_INVALID, 0);
    CHECK(f64_maxnm(0x8000000000000001, NEG64, s), NEG64, 0, 0);
}

static void to_integers(void)
{
    CHECK(f32_to_int(QNAN32, 32, FP_RZ, 0, s), 0, FP_INVALID, 0);
    CHECK(f32_to_int(0x4f000000, 32, FP_RZ, 0, s), 0x7fffffff, FP_INVALID, 0);
    CHECK(f32_to_int(0xcf000000, 32, FP_RZ, 0, s), (uint64_t)INT32_MIN, 0, 0);
    CHECK(f32_to_int(INF32 | NEG32, 64, FP_RZ, 0, s), (uint64_t)INT64_MIN, FP_INVALID, 0);
    CHECK(f32_to_uint(0xbf000000, 32, FP_RN, 0, s), 0, FP_INEXACT, 0); /* -0.5 */
    CHECK(f32_to_uint(0xbf400000, 32, FP_RN, 0, s), 0, FP_INVALID, 0);
    CHECK(f64_to_uint(0x43effffffffffffe, 64, FP_RN, 0, s), 0xfffffffffffff000, 0, 0);
    CHECK(f64_to_uint(0x43f0000000000000, 64, FP_RN, 0, s), UINT64_MAX, FP_INVALID, 0);
    CHECK(f32_to_int(0x40200000, 32, FP_RA, 0, s), 3, FP_INEXACT, 0); /* 2.5 */
    CHECK(f32_to_int(0x40200000, 32, FP_RN, 0, s), 2, FP_INEXACT, 0);
    CHECK(f32_to_int(0xc0200000, 32, FP_RM, 0, s), (uint64_t)-3, FP_INEXACT, 0);
    CHECK(f32_to_int(0x40200000, 32, FP_RZ, 1, s), 5, 0, 0);           /* a fraction bit */
    CHECK(f32_to_int(0x47000000, 16, FP_RZ, 0, s), 0x7fff, FP_INVALID, 0);
    CHECK(f32_to_uint(ONE32, 16, FP_RZ, 16, s), 0xffff, FP_INVALID, 0);
    CHECK(f32_from_int(-3, 1, s), 0xbfc00000, 0, 0);
    CHECK(f32_from_uint(UINT64_MAX, 64, s), ONE32, FP_INEXACT, 0);
    CHECK(f32_from_int(0x1000001, 0, s), 0x4b800001, FP_INEXACT, .round = FP_RP);
    CHECK(f16_from_uint(70000, 0, s), 0x7c00, FP_OVERFLOW | FP_INEXACT, 0);
    CHECK(f32_round(0xbe800000, FP_RN, true, s), NEG32, FP_INEXACT, 0); /* -0.25 */
    CHECK(f32_round(0x3fc00000, FP_RN, false, s), 0x40000000, 0, 0);    /* 1.5, not reported */
    CHECK(f32_round(SNAN32, FP_RN, false, s), QNAN32, FP_INVALID, 0);
}

static void half_precision(void)
{
    CHECK(f16_to_f32(0x3c00, false, s), ONE32, 0, 0);
    CHECK(f16_to_f32(0x7c00, false, s), INF32, 0, 0);
    CHECK(f16_to_f32(0x7c00, true, s), 0x47800000, 0, 0); /* 65536: one more binade */
    CHECK(f16_to_f32(0x7d01, false, s), 0x7fe02000, FP_INVALID, 0);
    CHECK(f16_to_f64(0xfe00, false, s), 0xfff8000000000000, 0, 0);
    CHECK(f32_to_f16(0x477ff000, false, s), 0x7c00, FP_OVERFLOW | FP_INEXACT, 0);
    CHECK(f32_to_f16(0x477fe000, false, s), 0x7bff, 0, 0);
    CHECK(f32_to_f16(0x477ff000, true, s), 0x7c00, FP_INEXACT, 0);
    CHECK(f32_to_f16(0x47ffe000, true, s), 0x7fff, 0, 0);
    CHECK(f32_to_f16(0x48000000, true, s), 0x7fff, FP_INVALID, 0);
    CHECK(f32_to_f16(INF32 | NEG32, true, s), 0xffff, FP_INVALID, 0);
    CHECK(f32_to_f16(QNAN32 | NEG32, true, s), 0x8000, FP_INVALID, 0);
    CHECK(f32_to_f16(SNAN32, false, s), 0x7f00, FP_INVALID, 0);
    CHECK(f16_add(0x3c00, 0x1000, s), 0x3c00, FP_INEXACT, 0);
    CHECK(f16_muladd(0x7bff, 0x7bff, 0xfbff, s), 0x7c00, FP_OVERFLOW | FP_INEXACT, 0);
    CHECK(f16_sqrt(0x4400, s), 0x4000, 0, 0);
}

static void estimates(void)
{
    CHECK(f32_recip_estimate(ONE32, s), 0x3f7f8000, 0, 0);
    CHECK(f32_recip_estimate(0xc0000000, s), 0xbeff8000, 0, 0);
    CHECK(f32_recip_estimate(0, s), INF32, FP_DIVZERO, 0);
    CHECK(f32_recip_estimate(INF32 | NEG32, s), NEG32, 0, 0);
    CHECK(f32_recip_estimate(0x7e800000, s), 0x007fc000, 0, 0);            /* 2^126: a denormal estimate */
    CHECK(f32_recip_estimate(0x7e800000, s), 0, FP_UNDERFLOW, .flush_outputs = true);
    CHECK(f32_recip_estimate(0x00100000, s), INF32, FP_OVERFLOW | FP_INEXACT, 0);
    CHECK(f32_recip_estimate(0x00200000, s), 0x7f7f8000, 0, 0);            /* 2^-128 */
    CHECK(f32_recip_estimate(SNAN32, s), QNAN32, FP_INVALID, 0);
    CHECK(f64_recip_estimate(0x3ff0000000000000, s), 0x3feff00000000000, 0, 0);
    CHECK(f16_recip_estimate(0x3c00, s), 0x3bfc, 0, 0);
    CHECK(f32_rsqrt_estimate(ONE32, s), 0x3f7f8000, 0, 0);
    CHECK(f32_rsqrt_estimate(0x40800000, s), 0x3eff8000, 0, 0);
    CHECK(f32_rsqrt_estimate(0x40000000, s), 0x3f348000, 0, 0);
    CHECK(f32_rsqrt_estimate(NEG32, s), INF32 | NEG32, FP_DIVZERO, 0);
    CHECK(f32_rsqrt_estimate(ONE32 | NEG32, s), NAN32, FP_INVALID, 0);
    CHECK(f32_rsqrt_estimate(INF32, s), 0, 0, 0);
    CHECK(f64_rsqrt_estimate(0x4010000000000000, s), 0x3fdff00000000000, 0, 0);
    g_assert_cmphex(u32_recip_estimate(0x80000000), ==, 0xff800000);
    g_assert_cmphex(u32_recip_estimate(0xffffffff), ==, 0x80000000);
    g_assert_cmphex(u32_recip_estimate(0x7fffffff), ==, 0xffffffff);
    g_assert_cmphex(u32_rsqrt_estimate(0x40000000), ==, 0xff800000);
    g_assert_cmphex(u32_rsqrt_estimate(0x3fffffff), ==, 0xffffffff);
    g_assert_cmphex(u32_rsqrt_estimate(0xffffffff), ==, 0x80000000);
}

static void steps(void)
{
    CHECK(f32_recip_step(INF32, NEG32, s), 0x40000000, 0, 0);
    CHECK(f32_rsqrt_step(0, INF32, s), 0x3fc00000, 0, 0);
    CHECK(f32_recip_step(INF32, ONE32, s), INF32 | NEG32, 0, 0);
    CHECK(f32_recip_step(ONE32, ONE32, s), ONE32, 0, 0);
    CHECK(f32_rsqrt_step(ONE32, ONE32, s), ONE32, 0, 0);
    CHECK(f32_recip_step(QNAN32, SNAN32 | 2, s), QNAN32 | 2, FP_INVALID, 0);
    CHECK(f32_recip_step(QNAN32, ONE32, s), QNAN32, 0, 0);
    CHECK(f32_recip_step_fused(QNAN32, ONE32, s), QNAN32 | NEG32, 0, 0);
    CHECK(f32_recip_step_fused(INF32, 0, s), 0x40000000, 0, 0);
    CHECK(f32_rsqrt_step_fused(NEG32, INF32, s), 0x3fc00000, 0, 0);
    /* (1 + 2^-23) * (1 - 2^-23): the rounded product is 1, the exact one is less */
    CHECK(f32_recip_step(0x3f800001, 0x3f7ffffe, s), ONE32, FP_INEXACT, 0);
    CHECK(f32_recip_step_fused(0x3f800001, 0x3f7ffffe, s), 0x3f800001, FP_INEXACT, .round = FP_RP);
}

int main(int argc, char **argv)
{
    g_test_init(&argc, &argv, NULL);
    for (unsigned i = 0; i < ARRAY_SIZE(pairs); i++) {
        char *path = g_strdup_printf("/softfloat/host/%s", pairs[i].name);
        g_test_add_data_func(path, &pairs[i], agrees_with_the_host);
        g_free(path);
    }
    g_test_add_func("/softfloat/nan", arm_takes_signalling_nans_first);
    g_test_add_func("/softfloat/invalid", invalid_operations_give_the_default_nan);
    g_test_add_func("/softfloat/nan-rules", other_nan_rules);
    g_test_add_func("/softfloat/flush", denormals_are_flushed);
    g_test_add_func("/softfloat/overflow", overflow_follows_the_mode);
    g_test_add_func("/softfloat/min-max", minimum_and_maximum);
    g_test_add_func("/softfloat/integers", to_integers);
    g_test_add_func("/softfloat/half", half_precision);
    g_test_add_func("/softfloat/estimates", estimates);
    g_test_add_func("/softfloat/steps", steps);
    return g_test_run();
}

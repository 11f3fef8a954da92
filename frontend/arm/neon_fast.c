/*
 * neon_fast.c: the quick way of neon_float (fp_helpers.c): single precision by
 * SSE when the host's answer is the architecture's. Under NEON's standard modes
 * (to nearest, flush to zero, default NaN) that is so unless a denormal number,
 * a NaN or a trapping case is involved. When "inexact" is set already, operands
 * of moderate size prove that nothing else can happen; otherwise the host's
 * flags and the results tell, which is slower. In the odd cases nothing has
 * been done and util/softfloat takes over.
 */
#include "frontend/arm/fp.h"

#include <immintrin.h>

enum { HOST_INEXACT = 0x20, HOST_OTHERS = 0x1f /* invalid, denormal operand, division by zero, overflow, underflow */ };

/* Keeps arithmetic between the accesses to MXCSR: the compiler does not know of the connection. */
#define PIN(v) __asm__ volatile("" : "+x"(v))

static __m128i magnitude(__m128 v) { return _mm_and_si128(_mm_castps_si128(v), _mm_set1_epi32(0x7fffffff)); }

/*
 * A NaN, or a result that may have been tiny before rounding: not zero and no
 * greater than the least normal number.
 */
static bool is_odd(__m128 v)
{
    __m128i a = magnitude(v);
    __m128i tiny = _mm_andnot_si128(_mm_cmpgt_epi32(a, _mm_set1_epi32(0x00800000)), _mm_cmpgt_epi32(a, _mm_setzero_si128()));

    return _mm_movemask_epi8(_mm_or_si128(tiny, _mm_cmpgt_epi32(a, _mm_set1_epi32(0x7f800000))));
}
/* For operations that do not say when an operand was denormal: conversions to integers, quiet comparisons. */
static bool has_denormal(__m128 v)
{
    __m128i a = magnitude(v);

    return _mm_movemask_epi8(_mm_and_si128(_mm_cmpgt_epi32(_mm_set1_epi32(0x00800000), a), _mm_cmpgt_epi32(a, _mm_setzero_si128())));
}

static bool have_fma;
__attribute__((constructor)) static void look_for_fma(void) { have_fma = __builtin_cpu_supports("fma"); }
__attribute__((target("fma"))) static __m128 fused(__m128 n, __m128 m, __m128 d, bool negate)
{
    return negate ? _mm_fnmadd_ps(n, m, d) : _mm_fmadd_ps(n, m, d);
}

/* Equal operands can be zeros of both signs. */
static __m128 maximum(__m128 n, __m128 m)
{
    __m128 equal = _mm_cmpeq_ps(n, m);

    return _mm_or_ps(_mm_and_ps(equal, _mm_and_ps(n, m)), _mm_andnot_ps(equal, _mm_max_ps(n, m)));
}
static __m128 minimum(__m128 n, __m128 m)
{
    __m128 equal = _mm_cmpeq_ps(n, m);

    return _mm_or_ps(_mm_and_ps(equal, _mm_or_ps(n, m)), _mm_andnot_ps(equal, _mm_min_ps(n, m)));
}

/* The operation; false: not one for here. *between is a rounded value on the way. */
static bool perform(enum fp_operation op, __m128 d, __m128 n, __m128 m, __m128 *r, __m128 *between)
{
    const __m128 zero = _mm_setzero_ps();

    switch (op) {
    case FOP_ADD: case FOP_PADD: *r = _mm_add_ps(n, m); return true;
    case FOP_SUB: *r = _mm_sub_ps(n, m); return true;
    case FOP_ABD: *r = _mm_castsi128_ps(magnitude(_mm_sub_ps(n, m))); return true;
    case FOP_MUL: *r = _mm_mul_ps(n, m); return true;
    case FOP_MLA: case FOP_MLS:
        *between = _mm_mul_ps(n, m);
        *r = op == FOP_MLA ? _mm_add_ps(d, *between) : _mm_sub_ps(d, *between);
        return true;
    case FOP_RECPS:
        *between = _mm_mul_ps(n, m);
        *r = _mm_sub_ps(_mm_set1_ps(2), *between);
        return true;
    case FOP_RSQRTS:
        *between = _mm_mul_ps(n, m);
        *r = _mm_mul_ps(_mm_sub_ps(_mm_set1_ps(3), *between), _mm_set1_ps(0.5f));
        return true;
    case FOP_FMA: case FOP_FMS:
        if (!have_fma)
            return false;
        *r = fused(n, m, d, op == FOP_FMS);
        return true;
    case FOP_MAX: case FOP_PMAX: case FOP_MAXNM: *r = maximum(n, m); return true;
    case FOP_MIN: case FOP_PMIN: case FOP_MINNM: *r = minimum(n, m); return true;
    case FOP_FROM_S: *r = _mm_cvtepi32_ps(_mm_castps_si128(m)); return true;
    default: break;
    }
    /* masks, which is_odd() must not see */
    switch (op) {
    case FOP_CEQ: /* quiet: with a NaN nothing shows that the other operand was denormal */
        if (has_denormal(n) || has_denormal(m))
            return false;
        *r = _mm_cmpeq_ps(n, m);
        break;
    case FOP_CGE:  *r = _mm_cmpge_ps(n, m); break;
    case FOP_CGT:  *r = _mm_cmpgt_ps(n, m); break;
    case FOP_CEQ0: *r = _mm_cmpeq_ps(m, zero); break;
    case FOP_CGE0: *r = _mm_cmpge_ps(m, zero); break;
    case FOP_CGT0: *r = _mm_cmpgt_ps(m, zero); break;
    case FOP_CLE0: *r = _mm_cmple_ps(m, zero); break;
    case FOP_CLT0: *r = _mm_cmplt_ps(m, zero); break;
    case FOP_TO_S:
        if (has_denormal(m))
            return false;
        *r = _mm_castsi128_ps(_mm_cvttps_epi32(m));
        break;
    default: return false;
    }
    *between = *r;
    *r = zero;
    return true;
}
static bool gives_mask(enum fp_operation op) { return op == FOP_TO_S || (op >= FOP_CEQ && op <= FOP_CLT0); }

/* ---- operands that no other flag than inexact can come of ---- */
struct range { int32_t low, high; }; /* magnitudes: low <= v < high, or 0 */

/* Products and sums of these are normal; a sum that cancels may still be tiny, but exact. */
static const struct range moderate = {(127 - 60) << 23, (127 + 60) << 23};
/* Not even a fused sum has bits below the least normal number. */
static const struct range narrow = {(127 - 40) << 23, (127 + 40) << 23};
static const struct range not_odd = {0x00800000, 0x7f800001};
static const struct range fits_int = {0x00800000, (127 + 31) << 23};

static const struct range *range_of(enum fp_operation op)
{
    return op == FOP_TO_S ? &fits_int
         : op == FOP_FMA || op == FOP_FMS ? &narrow
         : gives_mask(op) || (op >= FOP_MAX && op <= FOP_MINNM) || op == FOP_PMAX || op == FOP_PMIN ? &not_odd : &moderate;
}
static __m128i within(__m128 v, const struct range *r)
{
    __m128i a = magnitude(v), in = _mm_and_si128(_mm_cmpgt_epi32(a, _mm_set1_epi32(r->low - 1)), _mm_cmpgt_epi32(_mm_set1_epi32(r->high), a));

    return _mm_or_si128(in, _mm_cmpeq_epi32(a, _mm_setzero_si128()));
}
static bool operands_within(enum fp_operation op, __m128 d, __m128 n, __m128 m)
{
    const struct range *r = range_of(op);
    bool takes_d = op == FOP_MLA || op == FOP_MLS || op == FOP_FMA || op == FOP_FMS;

    if (op == FOP_FROM_S)
        return true;
    __m128i in = within(m, r);
    if (op < FOP_CEQ0 || op > FOP_TO_S || op == FOP_PADD || op == FOP_PMAX || op == FOP_PMIN)
        in = _mm_and_si128(in, within(n, r));
    if (takes_d)
        in = _mm_and_si128(in, within(d, r));
    return _mm_movemask_epi8(in) == 0xffff;
}

/* ---- registers ---- */
static __m128 read_register(const struct arm_state *s, unsigned d, bool q)
{
    return _mm_castsi128_ps(q ? _mm_loadu_si128((const void *)&s->d[d]) : _mm_loadl_epi64((const void *)&s->d[d]));
}
static void read_operands(const struct arm_state *s, enum fp_operation op, struct vec_args a, __m128 *n, __m128 *m)
{
    *n = read_register(s, a.n, a.q);
    *m = a.scalar ? _mm_castsi128_ps(_mm_set1_epi32((int)(s->d[a.m] >> (32 * a.lane)))) : read_register(s, a.m, a.q);
    if (op == FOP_PADD || op == FOP_PMAX || op == FOP_PMIN) {
        __m128 pairs = _mm_unpacklo_ps(*n, *m); /* n0 m0 n1 m1 */
        *n = _mm_movelh_ps(pairs, _mm_setzero_ps());
        *m = _mm_movehl_ps(_mm_setzero_ps(), pairs);
    }
}

bool neon_float_fast(struct arm_state *s, enum fp_operation op, struct vec_args a, struct fp_status *st)
{
    bool mask = gives_mask(op), inexact = (st->flags | vcpu_of_state(s)->fp.flags) & FP_INEXACT;
    __m128 d = read_register(s, a.d, a.q), n, m, r, between = _mm_setzero_ps();

    if (a.size != 2 || a.imm)
        return false;
    read_operands(s, op, a, &n, &m);
    if (inexact && operands_within(op, d, n, m)) {
        if (!perform(op, d, n, m, &r, &between) || is_odd(r))
            return false;
    } else {
        _mm_setcsr(0x1f80);
        PIN(d);
        PIN(n);
        PIN(m);
        if (!perform(op, d, n, m, &r, &between))
            return false;
        PIN(r);
        PIN(between);
        unsigned flags = _mm_getcsr();
        if (flags & HOST_OTHERS || is_odd(r) || (!mask && is_odd(between)))
            return false;
        if (flags & HOST_INEXACT)
            st->flags |= FP_INEXACT;
    }
    __m128i result = _mm_castps_si128(mask ? between : r);
    if (a.q)
        _mm_storeu_si128((void *)&s->d[a.d], result);
    else
        _mm_storel_epi64((void *)&s->d[a.d], result);
    return true;
}

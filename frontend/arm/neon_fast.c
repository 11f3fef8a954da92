/*
 * neon_fast.c: the quick way of neon_float (fp_helpers.c): single precision by
 * SSE when the host's answer is the architecture's. Under NEON's standard modes
 * (to nearest, flush to zero, default NaN) that is so unless a denormal number,
 * a NaN or a trapping case is involved; the host's flags and the results tell,
 * and then nothing has been done and util/softfloat takes over.
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

static __m128 read_register(const struct arm_state *s, unsigned d, bool q)
{
    return _mm_castsi128_ps(q ? _mm_loadu_si128((const void *)&s->d[d]) : _mm_loadl_epi64((const void *)&s->d[d]));
}

bool neon_float_fast(struct arm_state *s, enum fp_operation op, struct vec_args a, struct fp_status *st)
{
    __m128 d = read_register(s, a.d, a.q), n = read_register(s, a.n, a.q), m = read_register(s, a.m, a.q), r, between = _mm_setzero_ps();

    if (a.size != 2 || a.imm)
        return false;
    if (a.scalar) {
        m = _mm_castsi128_ps(_mm_set1_epi32((int)(s->d[a.m] >> (32 * a.lane))));
    } else if (op == FOP_PADD || op == FOP_PMAX || op == FOP_PMIN) {
        __m128 low = _mm_unpacklo_ps(n, m); /* n0 m0 n1 m1 */
        n = low;
        m = _mm_movehl_ps(low, low);
        n = _mm_movelh_ps(n, _mm_setzero_ps());
        m = _mm_movelh_ps(m, _mm_setzero_ps());
    }
    _mm_setcsr(0x1f80);
    PIN(d);
    PIN(n);
    PIN(m);
    if (!perform(op, d, n, m, &r, &between))
        return false;
    PIN(r);
    PIN(between);
    unsigned flags = _mm_getcsr();
    bool mask = gives_mask(op);
    if (flags & HOST_OTHERS || is_odd(r) || (!mask && is_odd(between)))
        return false;
    if (flags & HOST_INEXACT)
        st->flags |= FP_INEXACT;
    __m128i result = _mm_castps_si128(mask ? between : r);
    if (a.q)
        _mm_storeu_si128((void *)&s->d[a.d], result);
    else
        _mm_storel_epi64((void *)&s->d[a.d], result);
    return true;
}

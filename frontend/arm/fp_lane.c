/*
 * fp_lane.c: the operations of fp_operation.h, by util/softfloat. Rules: DDI
 * 0487 shared/functions/float; each width is made from fp_lane.h.
 */
#include "frontend/arm/fp_operation.h"
#include "util/util.h"

#define PASTE3_(a, b, c) a##b##c
#define PASTE3(a, b, c)  PASTE3_(a, b, c)

#define W 16
#define FRACTION 10
#include "frontend/arm/fp_lane.h"
#define W 32
#define FRACTION 23
#include "frontend/arm/fp_lane.h"
#define W 64
#define FRACTION 52
#include "frontend/arm/fp_lane.h"

uint16_t fp_to_bf16(uint32_t v, struct fp_status *s)
{
    unsigned exponent = v >> 23 & 0xff;
    uint32_t fraction = v & 0x7fffff, sign = v & 0x80000000;

    if (exponent == 0xff && fraction) {
        if (!(fraction & 0x400000))
            s->flags |= FP_INVALID;
        return s->default_nan ? 0x7fc0 : (uint16_t)(v >> 16 | 0x40);
    }
    if (exponent == 0 && fraction && s->flush_inputs) {
        s->flags |= FP_DENORMAL;
        return (uint16_t)(sign >> 16);
    }
    uint32_t rest = v & 0xffff, high = v >> 16;
    if (!rest || exponent == 0xff)
        return (uint16_t)high;
    bool up = s->round == FP_RN ? rest > 0x8000 || (rest == 0x8000 && high & 1)
            : s->round == FP_RP ? !sign : s->round == FP_RM ? sign != 0 : false;
    s->flags |= FP_INEXACT | (exponent == 0 ? FP_UNDERFLOW : 0);
    high += up;
    if ((high & 0x7f80) == 0x7f80)
        s->flags |= FP_OVERFLOW;
    return (uint16_t)high;
}

uint32_t fp_to_int_javascript(uint64_t v, bool *exact, struct fp_status *s)
{
    unsigned exponent = v >> 52 & 0x7ff;
    uint64_t fraction = v & ones(52), sign = v >> 63, magnitude = 0;

    *exact = false;
    if (exponent == 0 && fraction && s->flush_inputs) {
        s->flags |= FP_DENORMAL;
    } else if (exponent == 0x7ff) {
        s->flags |= FP_INVALID;
    } else if (exponent || fraction) {
        int shift = 1023 + 52 - (int)exponent;
        uint64_t full = fraction | (exponent ? 1ull << 52 : 0);
        magnitude = shift <= -32 ? 0 : shift < 0 ? full << -shift : shift < 64 ? full >> shift : 0;
        bool whole = shift <= 0 || (shift < 64 && !(full & ones(shift)));
        bool fits = shift > 21 || (shift == 21 && sign && !(fraction >> 21)) ;
        if (!fits)
            s->flags |= FP_INVALID;
        else if (!whole)
            s->flags |= FP_INEXACT;
        *exact = fits && whole;
    } else {
        *exact = !sign;
    }
    return (uint32_t)(sign ? -magnitude : magnitude);
}

/* ---- halves and bfloat16 in sums of single precision ---- */

uint32_t fp_widen_half(uint16_t v, const struct fp_status *st)
{
    struct fp_status quiet = {0};

    if ((v & 0x7c00) == 0x7c00)
        return (uint32_t)(v & 0x8000) << 16 | 0x7f800000 | (uint32_t)(v & 0x3ff) << 13;
    if (!(v & 0x7c00) && st->flush16)
        v &= 0x8000;
    return f16_to_f32(v, false, &quiet);
}

/*
 * Bfloat16 dot products have an arithmetic of their own: no flags, denormals are
 * zeros, results are rounded to odd.
 */
static uint32_t round_to_odd(uint32_t (*op)(uint32_t, uint32_t, struct fp_status *), uint32_t a, uint32_t b)
{
    struct fp_status st = {.round = FP_RZ, .default_nan = true, .flush_inputs = true, .flush_outputs = true};
    uint32_t r = op(a, b, &st);

    if (st.flags & FP_OVERFLOW)
        return (r & 0x80000000) | 0x7f800000;
    return st.flags & FP_INEXACT && !(st.flags & FP_UNDERFLOW) ? r | 1 : r;
}
uint32_t fp_bf16_dot(uint32_t sum, const uint16_t *n, const uint16_t *m)
{
    uint32_t low = round_to_odd(f32_mul, (uint32_t)n[0] << 16, (uint32_t)m[0] << 16);
    uint32_t high = round_to_odd(f32_mul, (uint32_t)n[1] << 16, (uint32_t)m[1] << 16);

    return round_to_odd(f32_add, sum, round_to_odd(f32_add, low, high));
}

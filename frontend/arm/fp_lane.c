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

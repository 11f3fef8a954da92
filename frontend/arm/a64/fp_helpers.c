/*
 * fp_helpers.c: floating point in C, for what the IR has no op for
 * (helpers_fp.def): half precision, odd operations and conversions. Works on
 * the vector file in memory, by FPCR.
 */
#include "frontend/arm/a64/fp.h"

uint64_t fp_operate(enum fp_operation op, unsigned size, uint64_t d, uint64_t n, uint64_t m, unsigned imm, struct fp_status *st)
{
    switch (size) {
    case 1:  return fp_lane16(op, (uint16_t)d, (uint16_t)n, (uint16_t)m, imm, st);
    case 2:  return fp_lane32(op, (uint32_t)d, (uint32_t)n, (uint32_t)m, imm, st);
    default: return fp_lane64(op, d, n, m, imm, st);
    }
}

static bool in_pairs(enum fp_operation op) { return op >= FOP_PADD && op <= FOP_PMINNM; }

void a64_helper_fp_lanes(struct a64_state *s, uint32_t op, uint64_t args)
{
    struct lane_args a = unpack_lanes(args);
    union lanes d = read_lanes(s, a.a), n = read_lanes(s, a.n), m = read_lanes(s, a.m), r = {{0}};

    for (unsigned i = 0; i < a.lanes; i++) {
        uint64_t x = lane_of(&n, a.size, i), y = lane_of(&m, a.size, a.element ? a.element - 1u : i);
        if (in_pairs(op)) { /* pairs of n fill the lower half, pairs of m the upper; a single lane is a pair of n */
            const union lanes *from = a.lanes == 1 || i < a.lanes / 2u ? &n : &m;
            unsigned at = a.lanes == 1 ? 0 : 2 * (i % (a.lanes / 2u));
            x = lane_of(from, a.size, at);
            y = lane_of(from, a.size, at + 1);
        }
        set_lane(&r, a.size, i, fp_operate(op, a.size, lane_of(&d, a.size, i), x, y, a.imm, status_of(s)));
    }
    write_lanes(s, a.d, &r);
}

/* ---- conversions ---- */

static bool alternative_half(const struct a64_state *s) { return s->fpcr >> 26 & 1; }

/* To single precision so that rounding again to a narrower format is right: lost bits make the last one odd. */
uint32_t fp_narrow_odd(uint64_t v, struct fp_status *st)
{
    struct fp_status toward_zero = *st;
    uint32_t r;

    toward_zero.round = FP_RZ;
    toward_zero.flags = 0;
    r = f64_to_f32(v, &toward_zero);
    st->flags |= toward_zero.flags;
    return toward_zero.flags & FP_INEXACT ? r | 1 : r;
}

static uint64_t convert(struct a64_state *s, enum fp_conversion kind, uint64_t v)
{
    struct fp_status *st = status_of(s);

    switch (kind) {
    case FC_HALF_TO_SINGLE:       return f16_to_f32((uint16_t)v, alternative_half(s), st);
    case FC_HALF_TO_DOUBLE:       return f16_to_f64((uint16_t)v, alternative_half(s), st);
    case FC_SINGLE_TO_HALF:       return f32_to_f16((uint32_t)v, alternative_half(s), st);
    case FC_DOUBLE_TO_HALF:       return f64_to_f16(v, alternative_half(s), st);
    case FC_SINGLE_TO_BF16:       return fp_to_bf16((uint32_t)v, st);
    case FC_SINGLE_TO_DOUBLE:     return f32_to_f64((uint32_t)v, st);
    case FC_DOUBLE_TO_SINGLE:     return f64_to_f32(v, st);
    case FC_DOUBLE_TO_SINGLE_ODD: return fp_narrow_odd(v, st);
    }
    bug("fp_convert: %u", kind);
}

/* Widening from the upper half, or narrowing to it, with imm 1; narrowing to the lower half clears the upper. */
void a64_helper_fp_convert(struct a64_state *s, uint32_t kind, uint64_t args)
{
    static const struct { uint8_t from, to; } sizes[] = {
        [FC_HALF_TO_SINGLE] = {1, 2}, [FC_HALF_TO_DOUBLE] = {1, 3}, [FC_SINGLE_TO_HALF] = {2, 1}, [FC_DOUBLE_TO_HALF] = {3, 1},
        [FC_SINGLE_TO_BF16] = {2, 1}, [FC_SINGLE_TO_DOUBLE] = {2, 3}, [FC_DOUBLE_TO_SINGLE] = {3, 2}, [FC_DOUBLE_TO_SINGLE_ODD] = {3, 2},
    };
    struct lane_args a = unpack_lanes(args);
    unsigned from = sizes[kind].from, to = sizes[kind].to;
    union lanes n = read_lanes(s, a.n), r = {{0}};
    unsigned first_n = a.imm && to > from ? 8u >> from : 0, first_d = a.imm && to < from ? 8u >> to : 0;

    if (first_d)
        r.d[0] = s->v[a.d][0];
    for (unsigned i = 0; i < a.lanes; i++)
        set_lane(&r, to, first_d + i, convert(s, kind, lane_of(&n, from, first_n + i)));
    write_lanes(s, a.d, &r);
}

uint32_t a64_helper_fp_int_half(struct a64_state *s, uint64_t v, uint32_t how)
{
    unsigned fraction = how >> 24;

    return how >> 8 & 1 ? f16_from_uint(v, fraction, status_of(s)) : f16_from_int((int64_t)v, fraction, status_of(s));
}

uint64_t a64_helper_fp_half_int(struct a64_state *s, uint32_t v, uint32_t how)
{
    struct fp_status *st = status_of(s);
    unsigned fraction = how >> 24, bits = how >> 16 & 0xff;
    enum fp_round round = (how & 0xff) == IR_RCUR ? st->round : how & 0xff; /* enum ir_round is numbered as enum fp_round */

    return how >> 8 & 1 ? f16_to_uint((uint16_t)v, bits, round, fraction, st) : (uint64_t)f16_to_int((uint16_t)v, bits, round, fraction, st);
}

uint32_t a64_helper_fp_javascript(struct a64_state *s, uint64_t v)
{
    bool exact;
    uint32_t r = fp_to_int_javascript(v, &exact, status_of(s));

    s->nzcv = exact ? 1 << 14 : 0;
    return r;
}

void a64_helper_fp_compare16(struct a64_state *s, uint32_t signals, uint64_t args)
{
    /* as struct a64_state keeps FLAGS: N 15, Z 14, C 8, V 0 */
    static const uint16_t flags[] = {[FP_LESS] = 1 << 15, [FP_EQUAL] = 1 << 14 | 1 << 8, [FP_GREATER] = 1 << 8, [FP_UNORDERED] = 1 << 8 | 1};
    struct lane_args a = unpack_lanes(args);

    s->nzcv = flags[f16_compare((uint16_t)s->v[a.n][0], a.element ? 0 : (uint16_t)s->v[a.m][0], signals, status_of(s))];
}

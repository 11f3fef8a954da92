/*
 * fp_helpers.c: VFP and NEON in C, for what the IR has no op for
 * (helpers_fp.def): half precision, short vectors, odd conversions, and vector
 * floating point in NEON's standard modes. Works on the vector file in memory.
 */
#include "frontend/arm/fp.h"

static struct fp_status *scalar_status(struct arm_state *s) { return &vcpu_of_state(s)->fp; }
static struct fp_status *standard_status(struct arm_state *s) { return &vcpu_of_state(s)->fp_std; }
static uint32_t *single(struct arm_state *s, unsigned n) { return (uint32_t *)s->d + n; }

/* ---- scalars ---- */
static void scalar_op(struct arm_state *s, enum fp_operation op, unsigned size, unsigned d, unsigned n, unsigned m)
{
    struct fp_status *st = scalar_status(s);

    switch (size) {
    case 1:  *single(s, d) = fp_lane16(op, (uint16_t)*single(s, d), (uint16_t)*single(s, n), (uint16_t)*single(s, m), 0, st); break;
    case 2:  *single(s, d) = fp_lane32(op, *single(s, d), *single(s, n), *single(s, m), 0, st); break;
    default: s->d[d] = fp_lane64(op, s->d[d], s->d[n], s->d[m], 0, st);
    }
}
void arm_helper_vfp_scalar(struct arm_state *s, uint32_t op, uint64_t args)
{
    struct vec_args a = unpack_args(args);

    scalar_op(s, op, a.size, a.d, a.n, a.m);
}

/*
 * Short vectors (DDI 0406C appendix K): registers are banks of 8 singles or 4
 * doubles, within which they step round. The first bank is scalar: as the
 * destination it makes the whole operation scalar, as the last operand it is
 * one number for all.
 */
static unsigned in_bank(unsigned size, unsigned reg, unsigned step)
{
    unsigned bank = size == 3 ? 4 : 8;

    return (reg & ~(bank - 1)) | ((reg + step) & (bank - 1));
}
static bool is_scalar_bank(unsigned size, unsigned reg) { return size == 3 ? (reg & 15) < 4 : reg < 8; }

void arm_helper_vfp_vector(struct arm_state *s, uint32_t op, uint64_t args)
{
    struct vec_args a = unpack_args(args);
    unsigned length = (s->fpscr >> 16 & 7) + 1, stride = (s->fpscr >> 20 & 3) == 3 ? 2 : 1;
    uint64_t sign = a.imm >> 7, immediate = a.size == 2 ? fp_expand32(a.imm) : sign << 63 | (a.imm & 0x40 ? 0xffull : 0x100ull) << 54 | (uint64_t)(a.imm & 0x3f) << 48;

    if (is_scalar_bank(a.size, a.d))
        length = 1;
    bool m_is_scalar = length == 1 || is_scalar_bank(a.size, a.m);
    for (unsigned i = 0; i < length; i++) {
        unsigned d = in_bank(a.size, a.d, i * stride), n = in_bank(a.size, a.n, i * stride);
        if (!a.scalar)
            scalar_op(s, op, a.size, d, n, m_is_scalar ? a.m : in_bank(a.size, a.m, i * stride));
        else if (a.size == 3)
            s->d[d] = immediate;
        else
            *single(s, d) = (uint32_t)immediate;
    }
}

/* Half-precision VCMP: E = signals quiet NaNs too. */
void arm_helper_vfp_compare16(struct arm_state *s, uint32_t E, uint64_t args)
{
    /* as struct arm_state keeps FLAGS: N 15, Z 14, C 8, V 0 */
    static const uint16_t flags[] = {[FP_LESS] = 1 << 15, [FP_EQUAL] = 1 << 14 | 1 << 8, [FP_GREATER] = 1 << 8, [FP_UNORDERED] = 1 << 8 | 1};
    struct vec_args a = unpack_args(args);

    s->fpnzcv = flags[f16_compare((uint16_t)*single(s, a.n), a.scalar ? 0 : (uint16_t)*single(s, a.m), E, scalar_status(s))];
}

/* ---- conversions ---- */
static bool alternative_half(const struct arm_state *s) { return s->fpscr >> 26 & 1; }

/* v * 2^-k of a format with `fraction` bits below the exponent, for the integer conversions: results too small to matter stay non-zero. */
static uint64_t scale_down(uint64_t v, unsigned width, unsigned fraction, unsigned k)
{
    unsigned exponent_bits = width - 1 - fraction, exponent = bits(v, fraction, exponent_bits);

    if (exponent == 0 || exponent == ones(exponent_bits))
        return v;
    return exponent > k ? v - ((uint64_t)k << fraction) : (v & 1ull << (width - 1)) | 1ull << fraction;
}

/* To 16-bit fixed point, sign- or zero-extended over the register. */
static uint64_t to_fixed16(uint64_t v, unsigned size, bool is_signed, int fraction, struct fp_status *st)
{
    unsigned f = fraction > 0 ? (unsigned)fraction : 0, k = fraction < 0 ? (unsigned)-fraction : 0;

    switch (size) {
    case 1:
        v = scale_down(v & 0xffff, 16, 10, k);
        return is_signed ? (uint64_t)f16_to_int((uint16_t)v, 16, FP_RZ, f, st) : f16_to_uint((uint16_t)v, 16, FP_RZ, f, st);
    case 2:
        v = scale_down(v, 32, 23, k);
        return is_signed ? (uint64_t)f32_to_int((uint32_t)v, 16, FP_RZ, f, st) : f32_to_uint((uint32_t)v, 16, FP_RZ, f, st);
    default:
        v = scale_down(v, 64, 52, k);
        return is_signed ? (uint64_t)f64_to_int(v, 16, FP_RZ, f, st) : f64_to_uint(v, 16, FP_RZ, f, st);
    }
}
/* From fixed point, always to nearest; a negative number of fraction bits is a factor. */
static uint64_t from_fixed(int64_t v, unsigned size, int fraction, struct fp_status *st)
{
    unsigned f = fraction > 0 ? (unsigned)fraction : 0;
    struct fp_status nearest = *st;

    nearest.round = FP_RN;
    if (fraction < 0)
        v *= (int64_t)1 << -fraction;
    v = size == 1 ? f16_from_int(v, f, &nearest) : size == 2 ? f32_from_int(v, f, &nearest) : (int64_t)f64_from_int(v, f, &nearest);
    st->flags = nearest.flags;
    return (uint64_t)v;
}

void arm_helper_vfp_convert(struct arm_state *s, uint32_t kind, uint64_t args)
{
    struct vec_args a = unpack_args(args);
    struct fp_status *st = scalar_status(s);
    uint32_t *d = single(s, a.d), m32 = a.size == 3 ? 0 : *single(s, a.m);
    uint16_t half = (uint16_t)(m32 >> (a.lane ? 16 : 0)), *dhalf = (uint16_t *)d + (a.lane ? 1 : 0);
    uint64_t m = a.size == 3 ? s->d[a.m] : m32, v;
    int fraction = (int8_t)a.imm;
    bool exact;

    switch ((enum vfp_conversion)kind) {
    case VC_FROM_HALF:
        half = (uint16_t)(*single(s, a.m) >> (a.lane ? 16 : 0));
        if (a.size == 3)
            s->d[a.d] = f16_to_f64(half, alternative_half(s), st);
        else
            *d = f16_to_f32(half, alternative_half(s), st);
        return;
    case VC_TO_HALF:
        *dhalf = a.size == 3 ? f64_to_f16(m, alternative_half(s), st) : f32_to_f16(m32, alternative_half(s), st);
        return;
    case VC_TO_BF16:
        *dhalf = fp_to_bf16(m32, st);
        return;
    case VC_FIXED_FROM_S16: v = from_fixed((int16_t)m, a.size, fraction, st); break;
    case VC_FIXED_FROM_U16: v = from_fixed((uint16_t)m, a.size, fraction, st); break;
    case VC_FIXED_FROM_S32: v = from_fixed((int32_t)m, a.size, fraction, st); break;
    case VC_FIXED_FROM_U32: v = from_fixed((uint32_t)m, a.size, fraction, st); break;
    case VC_FIXED_TO_S16: case VC_FIXED_TO_U16:
        v = to_fixed16(m, a.size, kind == VC_FIXED_TO_S16, fraction, st);
        break;
    case VC_HALF_FROM_S32: *d = f16_from_int((int32_t)m32, 0, st); return;
    case VC_HALF_FROM_U32: *d = f16_from_uint(m32, 0, st); return;
    case VC_HALF_TO_S32: case VC_HALF_TO_U32:
        a.lane = a.lane == IR_RCUR ? st->round : a.lane; /* enum ir_round is numbered as enum fp_round */
        *d = (uint32_t)(kind == VC_HALF_TO_S32 ? (uint64_t)f16_to_int((uint16_t)m32, 32, a.lane, (unsigned)fraction, st)
                                               : f16_to_uint((uint16_t)m32, 32, a.lane, (unsigned)fraction, st));
        return;
    case VC_JAVASCRIPT:
        *d = fp_to_int_javascript(s->d[a.m], &exact, st);
        s->fpnzcv = exact ? 1 << 14 : 0;
        return;
    default:
        bug("vfp_convert: %u", kind);
    }
    if (a.size == 3)
        s->d[a.d] = v;
    else
        *d = (uint32_t)v;
}

/* ---- NEON floating point ---- */
union lanes {
    uint16_t h[8];
    uint32_t w[4];
};
static union lanes read_lanes(const struct arm_state *s, unsigned d, bool q)
{
    union lanes v = {{0}};

    memcpy(&v, &s->d[d], q ? 16 : 8);
    return v;
}
static void write_lanes(struct arm_state *s, unsigned d, bool q, const union lanes *v) { memcpy(&s->d[d], v, q ? 16 : 8); }

static bool in_pairs(enum fp_operation op) { return op == FOP_PADD || op == FOP_PMAX || op == FOP_PMIN; }

/* Lane i of the operands of a pairwise operation: pairs of n fill the lower half, pairs of m the upper. */
static void pair_at(const uint16_t *n, const uint16_t *m, unsigned count, unsigned size, unsigned i, uint32_t *a, uint32_t *b)
{
    const uint16_t *from = i < count / 2 ? n : m;
    unsigned at = 2 * (i % (count / 2));

    *a = size == 1 ? from[at] : ((const uint32_t *)from)[at];
    *b = size == 1 ? from[at + 1] : ((const uint32_t *)from)[at + 1];
}

void arm_helper_neon_float(struct arm_state *s, uint32_t op, uint64_t args)
{
    struct vec_args a = unpack_args(args);
    struct fp_status *st = standard_status(s);
    union lanes d = read_lanes(s, a.d, a.q), n = read_lanes(s, a.n, a.q), m = read_lanes(s, a.m, a.q && !a.scalar), result;
    unsigned count = (a.q ? 16u : 8u) >> a.size;

    for (unsigned i = 0; i < count; i++) {
        unsigned j = a.scalar ? a.lane : i;
        uint32_t x = a.size == 1 ? n.h[i] : n.w[i], y = a.size == 1 ? m.h[j] : m.w[j];
        if (in_pairs(op))
            pair_at(n.h, m.h, count, a.size, i, &x, &y);
        if (a.size == 1)
            result.h[i] = fp_lane16(op, d.h[i], (uint16_t)x, (uint16_t)y, a.imm, st);
        else
            result.w[i] = fp_lane32(op, d.w[i], x, y, a.imm, st);
    }
    write_lanes(s, a.d, a.q, &result);
}

void arm_helper_neon_convert(struct arm_state *s, uint32_t kind, uint64_t args)
{
    struct vec_args a = unpack_args(args);
    struct fp_status *st = standard_status(s);
    union lanes m = read_lanes(s, a.m, kind != NC_FROM_HALF), r;

    for (unsigned i = 0; i < 4; i++)
        switch ((enum neon_conversion)kind) {
        case NC_TO_HALF:   r.h[i] = f32_to_f16(m.w[i], alternative_half(s), st); break;
        case NC_FROM_HALF: r.w[i] = f16_to_f32(m.h[i], alternative_half(s), st); break;
        case NC_TO_BF16:   r.h[i] = fp_to_bf16(m.w[i], st); break;
        }
    write_lanes(s, a.d, kind == NC_FROM_HALF, &r);
}

/* ---- complex numbers: lanes 2i and 2i + 1 are real and imaginary ---- */
static uint32_t lane_at(const union lanes *v, unsigned size, unsigned i) { return size == 1 ? v->h[i] : v->w[i]; }
static uint32_t complex_op(enum fp_operation op, unsigned size, uint32_t d, uint32_t n, uint32_t m, struct fp_status *st)
{
    return size == 1 ? fp_lane16(op, (uint16_t)d, (uint16_t)n, (uint16_t)m, 0, st) : fp_lane32(op, d, n, m, 0, st);
}

/* VCADD: n plus m turned by 90 (rot 0) or 270 degrees. */
static uint32_t complex_add(const struct vec_args *a, const union lanes *n, const union lanes *m, unsigned i, struct fp_status *st)
{
    uint32_t sign = 1u << ((8u << a->size) - 1), y = lane_at(m, a->size, i ^ 1);
    bool negative = (i & 1) == a->imm;

    return complex_op(FOP_ADD, a->size, 0, lane_at(n, a->size, i), negative ? y ^ sign : y, st);
}

/* VCMLA: one of the two halves of a complex multiplication, rot says which. */
static uint32_t complex_mla(const struct vec_args *a, const union lanes *d, const union lanes *n, const union lanes *m, unsigned i, struct fp_status *st)
{
    uint32_t sign = 1u << ((8u << a->size) - 1);
    bool odd = a->imm & 1, imaginary = i & 1;
    unsigned pair = i & ~1u, mpair = a->scalar ? 2u * a->lane : pair;
    uint32_t x = lane_at(n, a->size, pair + odd), y = lane_at(m, a->size, mpair + (odd ^ imaginary));
    bool negative = imaginary ? a->imm >= 2 : a->imm == 1 || a->imm == 2;

    return complex_op(FOP_FMA, a->size, lane_at(d, a->size, i), x, negative ? y ^ sign : y, st);
}

void arm_helper_neon_complex(struct arm_state *s, uint32_t op, uint64_t args)
{
    struct vec_args a = unpack_args(args);
    struct fp_status *st = standard_status(s);
    union lanes d = read_lanes(s, a.d, a.q), n = read_lanes(s, a.n, a.q), m = read_lanes(s, a.m, a.q && !a.scalar), r;

    for (unsigned i = 0; i < (a.q ? 16u : 8u) >> a.size; i++) {
        uint32_t v = op == VOP_CADD ? complex_add(&a, &n, &m, i, st) : complex_mla(&a, &d, &n, &m, i, st);
        if (a.size == 1)
            r.h[i] = (uint16_t)v;
        else
            r.w[i] = v;
    }
    write_lanes(s, a.d, a.q, &r);
}

/*
 * simd_fp_helpers.c: complex numbers, and halves and bfloat16 summed in single
 * precision, in C (helpers_fp.def). DDI 0487 C7.2 FCADD, FCMLA, FMLAL, BF*.
 */
#include "frontend/arm/a64/fp.h"

/* FMLAL: lane k of n and m from the lower or the upper half of what takes part. */
void a64_helper_fp_multiply_long(struct a64_state *s, uint32_t subtract, uint64_t args)
{
    struct lane_args a = unpack_lanes(args);
    struct fp_status *st = status_of(s);
    union lanes d = read_lanes(s, a.d), n = read_lanes(s, a.n), m = read_lanes(s, a.m), r = {{0}};

    for (unsigned i = 0; i < a.lanes; i++) {
        unsigned k = i + (a.imm ? a.lanes : 0), e = a.element ? a.element - 1u : k;
        r.w[i] = f32_muladd(fp_widen_half(n.h[k], st) ^ (subtract ? 0x80000000 : 0), fp_widen_half(m.h[e], st), d.w[i], st);
    }
    write_lanes(s, a.d, &r);
}

/*
 * Lanes 2i and 2i + 1 are real and imaginary part. FCADD: n plus m turned by 90
 * (imm 0) or 270 degrees; FCMLA: one of the two halves of a multiplication of
 * complex numbers, m turned by imm quarters of a circle.
 */
void a64_helper_fp_complex(struct a64_state *s, uint32_t multiply, uint64_t args)
{
    struct lane_args a = unpack_lanes(args);
    struct fp_status *st = status_of(s);
    union lanes d = read_lanes(s, a.d), n = read_lanes(s, a.n), m = read_lanes(s, a.m), r = {{0}};
    uint64_t sign = 1ull << ((8u << a.size) - 1);
    bool odd = a.imm & 1;

    for (unsigned i = 0; i < a.lanes; i++) {
        bool imaginary = i & 1;
        unsigned pair = i & ~1u, mpair = a.element ? 2u * (a.element - 1u) : pair;
        if (multiply) {
            uint64_t x = lane_of(&n, a.size, pair + odd), y = lane_of(&m, a.size, mpair + (odd ^ imaginary));
            bool negative = imaginary ? a.imm >= 2 : a.imm == 1 || a.imm == 2;
            set_lane(&r, a.size, i, fp_operate(FOP_FMA, a.size, lane_of(&d, a.size, i), x, negative ? y ^ sign : y, 0, st));
        } else {
            uint64_t y = lane_of(&m, a.size, i ^ 1);
            set_lane(&r, a.size, i, fp_operate(FOP_ADD, a.size, 0, lane_of(&n, a.size, i), imaginary == a.imm ? y ^ sign : y, 0, st));
        }
    }
    write_lanes(s, a.d, &r);
}

void a64_helper_fp_bf16(struct a64_state *s, uint32_t op, uint64_t args)
{
    struct lane_args a = unpack_lanes(args);
    union lanes d = read_lanes(s, a.d), n = read_lanes(s, a.n), m = read_lanes(s, a.m), r = {{0}};

    for (unsigned i = 0; i < a.lanes; i++) {
        unsigned row = i / 2 * 4, column = i % 2 * 4, j = 2 * i + a.imm;
        switch ((enum bf16_operation)op) {
        case BF_DOT:
            r.w[i] = fp_bf16_dot(d.w[i], n.h + 2 * i, m.h + 2 * (a.element ? a.element - 1u : i));
            break;
        case BF_MMLA:
            r.w[i] = fp_bf16_dot(fp_bf16_dot(d.w[i], n.h + row, m.h + column), n.h + row + 2, m.h + column + 2);
            break;
        case BF_MLAL:
            r.w[i] = f32_muladd((uint32_t)n.h[j] << 16, (uint32_t)m.h[a.element ? a.element - 1u : j] << 16, d.w[i], status_of(s));
            break;
        }
    }
    write_lanes(s, a.d, &r);
}

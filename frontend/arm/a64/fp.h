/*
 * fp.h: what the floating-point files share: access to V registers as numbers,
 * what the C helpers are told, and checks of the .decode files' last column.
 */
#ifndef FRONTEND_ARM_A64_FP_H
#define FRONTEND_ARM_A64_FP_H

#include "frontend/arm/a64/a64.h"
#include "frontend/arm/fp_operation.h"

/* ft, the manual's ptype: 0 single, 1 double, 3 half (and 2, where it says so, bfloat16). */
enum { FT_S, FT_D, FT_B, FT_H };
static inline bool bad_ft(const struct a64 *t, unsigned ft) { return ft == FT_B || (ft == FT_H && !has(t, A64_FP16)); }
static inline bool bad_scale(unsigned sf, unsigned scale) { return !sf && scale < 32; }
/* log2 of its bytes */
static inline unsigned ft_size(unsigned ft) { return ft == FT_D ? 3 : ft == FT_S ? 2 : 1; }
static inline enum ir_type ft_type(unsigned ft) { return ft == FT_D ? F64 : F32; } /* not of a half */

static inline ir_ref get_f(struct a64 *t, unsigned ft, unsigned n) { return ir_getf(t->ir, ft_type(ft), SLOT_V(n)); }
static inline void put_f(struct a64 *t, unsigned ft, unsigned n, ir_ref v)
{
    t->scalars = true;
    wrote_v(t, n);
    ir_putf(t->ir, ft_type(ft), SLOT_V(n), v);
}
/* A half as its bits, zero-extended; the put takes the low 16 bits of an I64 and clears the rest of the register. */
static inline ir_ref get_h(struct a64 *t, unsigned n) { return ir_v1(t->ir, IR_vget, 16, get_v(t, n), 0); }
static inline void put_h(struct a64 *t, unsigned n, ir_ref v)
{
    wrote_v(t, n);
    ir_putf(t->ir, F32, SLOT_V(n), ir_op1(t->ir, IR_ffrom, F32, ir_op2i(t->ir, IR_and, I64, v, 0xffff)));
}
/* imm8 is sign, exponent and fraction of a small number: VFPExpandImm(). */
uint64_t fp_expand_imm(unsigned ft, unsigned imm8);

/*
 * Constant operands of the helpers that work on the vector file, packed into a
 * word: register numbers, a being where the operation's old value is; lanes of
 * 8 << size bits, so many from the bottom (what lies above is cleared in d).
 * element: 0, or 1 + the lane of m that stands for all. imm: fraction bits ...
 */
struct lane_args { uint8_t d, n, m, a, size, lanes, element, imm; };
_Static_assert(sizeof(struct lane_args) == 8, "packed into an I64 constant");
static inline uint64_t pack_lanes(struct lane_args a)
{
    uint64_t v;
    memcpy(&v, &a, sizeof v);
    return v;
}
static inline struct lane_args unpack_lanes(uint64_t v)
{
    struct lane_args a;
    memcpy(&a, &v, sizeof a);
    return a;
}
/* A V register as the helpers see it. */
union lanes {
    uint16_t h[8];
    uint32_t w[4];
    uint64_t d[2];
};
static inline union lanes read_lanes(const struct a64_state *s, unsigned n)
{
    union lanes v;

    memcpy(&v, s->v[n], sizeof v);
    return v;
}
static inline void write_lanes(struct a64_state *s, unsigned n, const union lanes *v) { memcpy(s->v[n], v, sizeof *v); }
static inline uint64_t lane_of(const union lanes *v, unsigned size, unsigned i) { return size == 1 ? v->h[i] : size == 2 ? v->w[i] : v->d[i]; }
static inline void set_lane(union lanes *v, unsigned size, unsigned i, uint64_t x)
{
    switch (size) {
    case 1:  v->h[i] = (uint16_t)x; break;
    case 2:  v->w[i] = (uint32_t)x; break;
    default: v->d[i] = x;
    }
}
static inline struct fp_status *status_of(struct a64_state *s) { return &vcpu_of_state(s)->fp; }
uint64_t fp_operate(enum fp_operation op, unsigned size, uint64_t d, uint64_t n, uint64_t m, unsigned imm, struct fp_status *st);

/* FCVTXN: to single precision, rounded to odd. */
uint32_t fp_narrow_odd(uint64_t v, struct fp_status *st);

void call_lanes(struct a64 *t, enum a64_helper helper, unsigned operation, struct lane_args a);

/* How a half becomes an integer or an integer a half: rounding (enum ir_round), unsigned, bits of the integer, of its fraction. */
static inline uint32_t half_how(unsigned round, unsigned u, unsigned bits, unsigned fraction) { return round | u << 8 | bits << 16 | fraction << 24; }

/* Conversions that are helpers. */
enum fp_conversion {
    FC_HALF_TO_SINGLE, FC_HALF_TO_DOUBLE, FC_SINGLE_TO_HALF, FC_DOUBLE_TO_HALF, FC_SINGLE_TO_BF16,
    FC_SINGLE_TO_DOUBLE, FC_DOUBLE_TO_SINGLE, FC_DOUBLE_TO_SINGLE_ODD, /* FCVTXN: rounds to odd */
};

enum bf16_operation { BF_DOT, BF_MMLA, BF_MLAL };

#endif

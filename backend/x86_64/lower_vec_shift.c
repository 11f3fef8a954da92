/*
 * lower_vec_shift.c: lanes shifted by counts in lanes, either way, with and
 * without rounding and saturation, for hosts with AVX-512's variable shifts of
 * words. compile.c's table is the only caller (rows in lower_vec.def).
 */
#include "backend/x86_64/lower_vec.h"

/* Host: counts are the whole lane, unsigned; too large gives 0 (all signs for SAR). */
static uint32_t variable_shift(unsigned kind, unsigned n)
{
    if (n == 16)
        return V_66 | V_38 | V_ONLYEVEX | V_EW | (kind == SHIFT_SHL ? 0x12 : kind == SHIFT_SHR ? 0x10 : 0x11);
    return V_66 | V_38 | V_ONLYEVEX | (n == 64 ? V_EW : 0) | (kind == SHIFT_SHL ? 0x47 : kind == SHIFT_SHR ? 0x45 : 0x46);
}

/* What an op does beside shifting. */
struct how { bool is_signed, round, saturate, bytes; };
static struct how how_of(enum ir_opcode op)
{
    switch (op) {
    case IR_vshlu:   return (struct how){0};
    case IR_vshls:   return (struct how){.is_signed = true};
    case IR_vrshlu:  return (struct how){.round = true};
    case IR_vrshls:  return (struct how){.is_signed = true, .round = true};
    case IR_vuqshl:  return (struct how){.saturate = true};
    case IR_vsqshl:  return (struct how){.is_signed = true, .saturate = true};
    case IR_vuqrshl: return (struct how){.round = true, .saturate = true};
    default:         return (struct how){.is_signed = true, .round = true, .saturate = true};
    }
}

/* t = a shifted left, or the limit when bits were lost. Where the count is negative: anything. */
static void shift_left(struct vec *v, struct how h, unsigned n, unsigned t, unsigned a, unsigned count)
{
    unsigned i = (unsigned)__builtin_ctz(n) - 3, u, limit;

    e3(v, variable_shift(SHIFT_SHL, n), t, a, count);
    if (!h.saturate)
        return;
    u = vec_tmp(v);
    e3(v, variable_shift(h.is_signed ? SHIFT_SAR : SHIFT_SHR, n), u, t, count);
    vec_not_equal(v, i, u, u, a);
    if (h.is_signed) {
        limit = vec_tmp(v);
        eshift(v, SHIFT_SAR, n, limit, a, n - 1);
        e3k(v, X_PXOR, limit, limit, splat(n, ones(n - 1)));
        eternary(v, t, u, limit, t, 0xca);
        vec_free(v, limit);
    } else {
        e3(v, X_POR, t, t, u);
    }
    vec_free(v, u);
}

/*
 * t = a shifted right by -count. Rounding: with y = a >> (-count - 1) the result
 * is y - (y >> 1). Where the count is not negative: 0, or signs when signed and
 * not rounding. Bytes stand in the upper halves of words; what falls below must not count.
 */
static void shift_right(struct vec *v, struct how h, unsigned n, unsigned t, unsigned a, unsigned count)
{
    unsigned i = (unsigned)__builtin_ctz(n) - 3, kind = h.is_signed ? SHIFT_SAR : SHIFT_SHR, u;

    if (!h.round) {
        ezero(v, t);
        e3(v, vec_opcode(IR_vsub, i), t, t, count);
        e3(v, variable_shift(kind, n), t, a, t);
        return;
    }
    eternary(v, t, count, count, count, 0x0f);
    e3(v, variable_shift(kind, n), t, a, t);
    if (h.bytes)
        e3k(v, X_PAND, t, t, splat(16, 0xff00));
    u = vec_tmp(v);
    eshift(v, kind, n, u, t, 1);
    if (h.bytes)
        e3k(v, X_PAND, u, u, splat(16, 0xff00));
    e3(v, vec_opcode(IR_vsub, i), t, t, u);
    vec_free(v, u);
}

/* t = a shifted either way by sign-extended counts; u a temporary; count is lost. */
static void shift_both(struct vec *v, struct how h, unsigned n, unsigned t, unsigned u, unsigned a, unsigned count)
{
    shift_left(v, h, n, t, a, count);
    shift_right(v, h, n, u, a, count);
    if (!h.saturate && (!h.is_signed || h.round)) {
        e3(v, X_POR, t, t, u); /* one of them is 0 */
    } else {
        eshift(v, SHIFT_SAR, n, count, count, n - 1);
        eternary(v, t, count, u, t, 0xca);
    }
}

/* Bytes: the even ones, then the odd ones, as upper halves of words. */
static void shift_bytes(struct vec *v, struct how h)
{
    unsigned even = vec_tmp(v), odd, count = vec_tmp(v), t, u;

    h.bytes = true;
    t = vec_tmp(v);
    u = vec_tmp(v);
    eshift(v, SHIFT_SHL, 16, even, v->x[0], 8);
    eshift(v, SHIFT_SHL, 16, count, v->x[1], 8);
    eshift(v, SHIFT_SAR, 16, count, count, 8);
    shift_both(v, h, 16, t, u, even, count);
    eshift(v, SHIFT_SHR, 16, even, t, 8);
    eshift(v, SHIFT_SAR, 16, count, v->x[1], 8);
    vec_drop(v, 1);
    odd = vec_tmp(v);
    e3k(v, X_PAND, odd, v->x[0], splat(16, 0xff00));
    vec_drop(v, 0);
    shift_both(v, h, 16, t, u, odd, count);
    e3k(v, X_PAND, t, t, splat(16, 0xff00));
    vec_result(v, X_POR, t, even);
}

void lower_vshift(struct gen *g, const struct ir_op *o)
{
    struct how h = how_of(o->op);
    unsigned n = o->aux, count, t, u;
    struct vec v;

    if (!x86_cpu.avx512vl) {
        lower_vgeneric(g, o);
        return;
    }
    vec_open(&v, g, o);
    if (n == 8) {
        shift_bytes(&v, h);
        return;
    }
    count = vec_tmp(&v);
    eshift(&v, SHIFT_SHL, n, count, v.x[1], n - 8);
    eshift(&v, SHIFT_SAR, n, count, count, n - 8);
    vec_drop(&v, 1);
    t = vec_tmp(&v);
    u = vec_tmp(&v);
    shift_both(&v, h, n, t, u, v.x[0], count);
    vec_result_2(&v, V_MOVAPS, t);
}

/* Signed in, unsigned out, by a constant: what is over ones(n - imm) gives all ones. */
void lower_vsqshlu(struct gen *g, const struct ir_op *o)
{
    uint32_t max = vec_opcode(IR_vmaxs, (unsigned)__builtin_ctz(o->aux) - 3);
    unsigned t, u;
    struct vec v;

    if (!max || o->imm >= o->aux) {
        lower_vgeneric(g, o);
        return;
    }
    vec_open(&v, g, o);
    t = vec_tmp(&v);
    u = vec_tmp(&v);
    ezero(&v, t);
    e3(&v, max, t, t, v.x[0]);
    if (!o->imm) {
        vec_result_2(&v, V_MOVAPS, t);
        return;
    }
    e3k(&v, vec_opcode(IR_vcgts, v.i), u, t, splat(v.n, ones(v.n - (unsigned)o->imm)));
    eshift(&v, SHIFT_SHL, v.n, t, t, o->imm);
    vec_result(&v, X_POR, t, u);
}

/*
 * sve_int.c: translate functions of sve_int.decode: SVE on integers.
 */
#include "frontend/arm/a64/sve.h"
#include "frontend/arm/a64/sve_more.h"

#include "frontend/arm/a64/sve_int.args.h"
#include "frontend/arm/a64/sve_int.decode.h"

bool sve_int_decode(struct a64 *t, uint32_t insn) { return sve_int_table(t, insn); }

void svei_lanes(struct a64 *t, const struct svei_lanes *f)
{
    struct sve_regs r = {.d = f->d, .n = f->n, .m = f->m, .a = f->a, .g = f->g, .size = f->size, .kind = f->kind};

    sve_call(t, HELPER_sve_lanes, IR_NONE, f->op, r, sve_number(t, 0));
}

void svei_reduce(struct a64 *t, const struct svei_reduce *f)
{
    struct sve_regs r = {.d = f->d, .n = f->n, .g = f->g, .size = f->size, .kind = f->kind};
    static const uint64_t all = ~0ull;
    uint64_t number = f->op == SVE_AND || f->op == SVE_UMIN ? all >> (64 - (8u << f->size)) : 0;

    if (f->op == SVE_SMAX)
        number = 1ull << ((8u << f->size) - 1);
    if (f->op == SVE_SMIN)
        number = ones((8u << f->size) - 1);
    sve_call(t, HELPER_sve_reduce, IR_NONE, f->op, r, sve_number(t, (int64_t)number));
}

/* ---- shifts: the highest set bit of tsz is the size, what is below it and imm3 the distance ---- */

static unsigned size_of(unsigned tsz) { return 31u - (unsigned)__builtin_clz(tsz); }

void svei_shift_right(struct a64 *t, const struct svei_shift_right *f)
{
    unsigned size = size_of(f->tsz);
    struct sve_regs r = {.d = f->d, .n = f->n, .g = f->g, .size = (uint8_t)size, .kind = f->kind};

    sve_call(t, HELPER_sve_lanes, IR_NONE, f->op, r, sve_number(t, (int64_t)((16u << size) - (f->tsz << 3 | f->imm3))));
}

void svei_shift_left(struct a64 *t, const struct svei_shift_left *f)
{
    unsigned size = size_of(f->tsz);
    struct sve_regs r = {.d = f->d, .n = f->n, .g = f->g, .size = (uint8_t)size, .kind = f->kind};

    sve_call(t, HELPER_sve_lanes, IR_NONE, f->op, r, sve_number(t, (int64_t)((f->tsz << 3 | f->imm3) - (8u << size))));
}

void svei_xar(struct a64 *t, const struct svei_xar *f)
{
    unsigned size = size_of(f->tsz);
    struct sve_regs r = {.d = f->d, .n = f->d, .m = f->m, .size = (uint8_t)size};

    sve_call(t, HELPER_sve_lanes, IR_NONE, SVE_XAR, r, sve_number(t, (int64_t)((16u << size) - (f->tsz << 3 | f->imm3))));
}

/* ---- sequences and addresses ---- */

/* The helper takes one number, so the register's numbers say where start and step come from. */
void svei_index(struct a64 *t, const struct svei_index *f)
{
    struct sve_regs r = {.d = f->d, .n = f->start, .m = f->step, .size = f->size, .kind = (uint8_t)(f->xs | f->xt << 1)};

    sve_call(t, HELPER_sve_perm, I64, SVEP_INDEX, r, sve_number(t, 0));
}

void svei_adr(struct a64 *t, const struct svei_adr *f)
{
    struct sve_regs r = {.d = f->d, .n = f->n, .m = f->m, .size = f->size, .kind = f->kind, .index = f->shift};

    sve_call(t, HELPER_sve_perm, I64, SVEP_ADR, r, sve_number(t, 0));
}

void svei_float(struct a64 *t, const struct svei_float *f)
{
    struct sve_regs r = {.d = f->d, .n = f->n, .m = f->m, .size = f->size};

    sve_call(t, HELPER_sve_float, IR_NONE, f->op, r, sve_number(t, 0));
}

void svei_add_length(struct a64 *t, const struct svei_add_length *f)
{
    set_reg_sp(t, 1, f->Rd, ir_op2i(t->ir, IR_add, I64, get_reg_sp(t, 1, f->Rn), (uint64_t)(sx(f->imm6, 6) * (int64_t)f->bytes)));
}

void svei_read_length(struct a64 *t, const struct svei_read_length *f)
{
    set_reg(t, 1, f->Rd, ir_const(t->ir, I64, (uint64_t)(sx(f->imm6, 6) * (int64_t)sve_vl(t))));
}

/* ---- counts ---- */

unsigned sve_pattern(unsigned pattern, unsigned size, unsigned vl)
{
    unsigned n = vl >> size, fixed;

    switch (pattern) {
    case 0:  fixed = 1; while (fixed * 2 <= n) fixed *= 2; return fixed;
    case 1: case 2: case 3: case 4: case 5: case 6: case 7: case 8: fixed = pattern; break;
    case 9: case 10: case 11: case 12: case 13: fixed = 16u << (pattern - 9); break;
    case 29: return n - n % 4;
    case 30: return n - n % 3;
    case 31: return n;
    default: return 0;
    }
    return fixed <= n ? fixed : 0;
}

void svei_count(struct a64 *t, const struct svei_count *f)
{
    set_reg(t, 1, f->Rd, ir_const(t->ir, I64, (uint64_t)sve_pattern(f->pattern, f->size, sve_vl(t)) * (f->imm4 + 1)));
}

void svei_step(struct a64 *t, const struct svei_step *f)
{
    uint64_t by = (uint64_t)sve_pattern(f->pattern, f->size, sve_vl(t)) * (f->imm4 + 1);

    set_reg(t, 1, f->Rd, ir_op2i(t->ir, f->down ? IR_sub : IR_add, I64, get_reg(t, 1, f->Rd), by));
}

void svei_step_lanes(struct a64 *t, const struct svei_step_lanes *f)
{
    struct sve_regs r = {.d = f->d, .n = f->d, .size = f->size, .kind = K_IMM};

    sve_call(t, HELPER_sve_lanes, IR_NONE, f->op, r, sve_number(t, (int64_t)sve_pattern(f->pattern, f->size, sve_vl(t)) * (f->imm4 + 1)));
}

void svei_step_saturated(struct a64 *t, const struct svei_step_saturated *f)
{
    struct sve_regs r = {.d = f->Rd, .kind = (uint8_t)(f->sf | f->u << 1 | f->down << 2)};
    int64_t by = (int64_t)sve_pattern(f->pattern, f->size, sve_vl(t)) * (f->imm4 + 1);

    set_reg(t, 1, f->Rd, sve_call(t, HELPER_sve_pred, I64, SVEQ_STEP, r, sve_number(t, by)));
}

/*
 * atomic.c: exclusives, acquire and release, atomic memory operations. Called
 * by a64_mem_decode(). Source: ARM DDI 0487 B2.12, C3.2.6-13, C6.2.
 *
 * A load-exclusive records address and value; a store-exclusive is a
 * compare-and-swap against them. A store by another thread of the value that was
 * there already goes unseen, which no program can tell from no store at all.
 * Memory of the host is ordered more strongly than ARM's: acquire and release
 * are plain accesses, and every host atomic is a full barrier.
 */
#include "frontend/arm/a64/mem.h"

#include "frontend/arm/a64/atomic.args.h"
#include "frontend/arm/a64/atomic.decode.h"

bool a64_atomic_decode(struct a64 *t, uint32_t insn)
{
    return atomic_decode(t, insn);
}

/* ---- barriers ---- */

/* No memory access since the last full barrier of this region: another would do nothing. */
static bool is_fenced(const struct a64 *t)
{
    if (!t->fenced_at)
        return false;
    for (uint32_t i = t->fenced_at; i < t->ir->count; i++) {
        unsigned op = t->ir->ops[i].op;
        if (op == IR_load || op == IR_store || op == IR_call || op == IR_label || (op >= IR_cas && op <= IR_xeor))
            return false;
    }
    return true;
}

void a64_fence(struct a64 *t)
{
    if (!is_fenced(t))
        ir_fence(t->ir);
    t->fenced_at = t->ir->count;
}

static void fence_passed(struct a64 *t) { t->fenced_at = t->ir->count; }

/* ---- exclusives ---- */

/* Bytes are always aligned. */
static unsigned aligned(unsigned size) { return (size & MO_SIZE) == MO_8 ? size : size | MO_ALIGN; }

static ir_ref zext(struct a64 *t, ir_ref w) { return ir_op1(t->ir, IR_zext, I32, w); }
static ir_ref low_word(struct a64 *t, ir_ref x) { return ir_op1(t->ir, IR_trunc, I64, x); }
static ir_ref high_word(struct a64 *t, ir_ref x) { return ir_op1(t->ir, IR_high, I64, x); }

void a64_forget_exclusive(struct a64 *t)
{
    ir_put(t->ir, I64, SLOT(exclusive_address), ir_const(t->ir, I64, NO_EXCLUSIVE));
}

static void remember(struct a64 *t, ir_ref addr, ir_ref value)
{
    ir_put(t->ir, I64, SLOT(exclusive_address), addr);
    ir_put(t->ir, I64, SLOT(exclusive_value), value);
}

/* LDXR{B,H}, LDAXR{B,H} */
void atomic_load_exclusive(struct a64 *t, const struct atomic_load_exclusive *f)
{
    bool wide = f->size == MO_64;
    ir_ref addr = get_reg_sp(t, 1, f->Rn), v = a64_load(t, a64_type(wide), aligned(f->size), addr);

    remember(t, addr, wide ? v : zext(t, v));
    set_reg(t, wide, f->Rt, v);
}

/* LDXP, LDAXP: the pair is read at once. */
void atomic_load_exclusive_pair(struct a64 *t, const struct atomic_load_exclusive_pair *f)
{
    ir_ref addr = get_reg_sp(t, 1, f->Rn), v = a64_load(t, f->X ? V128 : I64, aligned(MO_64 + f->X), addr);
    ir_ref first = f->X ? half(t, v, 0) : low_word(t, v), second = f->X ? half(t, v, 1) : high_word(t, v);

    remember(t, addr, f->X ? first : v);
    if (f->X)
        ir_put(t->ir, I64, SLOT(exclusive_high), second);
    set_reg(t, f->X, f->Rt, first);
    set_reg(t, f->X, f->Rt2, second);
}

/*
 * A store-exclusive: Rs = 0 when the store was done, else 1. Between begin and
 * end stands the compare-and-swap, which gives what to put there.
 */
struct exclusive { unsigned failed, done; };

static struct exclusive exclusive_begin(struct a64 *t, ir_ref addr)
{
    struct exclusive e = {ir_new_label(t->ir), ir_new_label(t->ir)};

    ir_br_if(t->ir, ir_op2(t->ir, IR_ne, I64, addr, ir_get(t->ir, I64, SLOT(exclusive_address))), e.failed);
    return e;
}

static void exclusive_end(struct a64 *t, struct exclusive e, unsigned Rs, ir_ref status)
{
    set_reg(t, 0, Rs, status);
    ir_br(t->ir, e.done);
    ir_label(t->ir, e.failed);
    ir_fence(t->ir); /* so that a barrier was passed either way */
    set_reg(t, 0, Rs, ir_const(t->ir, I32, 1));
    ir_label(t->ir, e.done);
    fence_passed(t);
    a64_forget_exclusive(t);
}

/* STXR{B,H}, STLXR{B,H} */
void atomic_store_exclusive(struct a64 *t, const struct atomic_store_exclusive *f)
{
    bool wide = f->size == MO_64;
    enum ir_type type = a64_type(wide);
    ir_ref addr = get_reg_sp(t, 1, f->Rn), expected, was;
    struct exclusive e = exclusive_begin(t, addr);

    expected = ir_get(t->ir, type, SLOT(exclusive_value));
    was = a64_cas(t, type, aligned(f->size), addr, expected, get_reg(t, wide, f->Rt));
    exclusive_end(t, e, f->Rs, ir_op2(t->ir, IR_ne, type, was, expected));
}

/* A pair of words or doublewords as one value for the compare-and-swap. */
static ir_ref pair_value(struct a64 *t, bool X, unsigned Rt, unsigned Rt2)
{
    ir_ref first = get_reg(t, X, Rt), second = get_reg(t, X, Rt2);

    return X ? join(t, first, second) : ir_op2(t->ir, IR_concat, I32, first, second);
}

/* STXP, STLXP */
void atomic_store_exclusive_pair(struct a64 *t, const struct atomic_store_exclusive_pair *f)
{
    struct ir_region *r = t->ir;
    ir_ref addr = get_reg_sp(t, 1, f->Rn), expected, was, status;
    struct exclusive e = exclusive_begin(t, addr);

    expected = ir_get(r, I64, SLOT(exclusive_value));
    if (f->X) {
        ir_ref high = ir_get(r, I64, SLOT(exclusive_high));
        was = a64_cas(t, V128, aligned(MO_128), addr, join(t, expected, high), pair_value(t, 1, f->Rt, f->Rt2));
        status = ir_op2(r, IR_or, I64, ir_op2(r, IR_xor, I64, half(t, was, 0), expected), ir_op2(r, IR_xor, I64, half(t, was, 1), high));
        status = ir_op2i(r, IR_ne, I64, status, 0);
    } else {
        was = a64_cas(t, I64, aligned(MO_64), addr, expected, pair_value(t, 0, f->Rt, f->Rt2));
        status = ir_op2(r, IR_ne, I64, was, expected);
    }
    exclusive_end(t, e, f->Rs, status);
}

/* ---- acquire and release ---- */

void atomic_load_acquire(struct a64 *t, const struct atomic_load_acquire *f)
{
    ir_ref addr = plus(t, get_reg_sp(t, 1, f->Rn), (int32_t)f->imm);

    set_reg(t, f->sf, f->Rt, a64_load(t, a64_type(f->sf), aligned(f->size), addr));
}

/* Sequentially consistent with later LDAR, hence the fence. */
void atomic_store_release(struct a64 *t, const struct atomic_store_release *f)
{
    ir_ref addr = plus(t, get_reg_sp(t, 1, f->Rn), (int32_t)f->imm);
    bool wide = f->size == MO_64;

    a64_store(t, a64_type(wide), aligned(f->size), addr, get_reg(t, wide, f->Rt));
    a64_fence(t);
}

/* ---- one atomic access: full barriers all, whatever order they ask for ---- */

void atomic_cas(struct a64 *t, const struct atomic_cas *f)
{
    bool wide = f->size == MO_64;
    ir_ref expected = get_reg(t, wide, f->Rs), desired = get_reg(t, wide, f->Rt);

    set_reg(t, wide, f->Rs, a64_cas(t, a64_type(wide), aligned(f->size), get_reg_sp(t, 1, f->Rn), expected, desired));
    fence_passed(t);
}

/* The registers are even ones and those behind them; behind 30 stands the zero register. */
void atomic_cas_pair(struct a64 *t, const struct atomic_cas_pair *f)
{
    ir_ref expected = pair_value(t, f->X, f->Rs, f->Rs + 1), desired = pair_value(t, f->X, f->Rt, f->Rt + 1);
    ir_ref was = a64_cas(t, f->X ? V128 : I64, aligned(MO_64 + f->X), get_reg_sp(t, 1, f->Rn), expected, desired);

    fence_passed(t);
    set_reg(t, f->X, f->Rs, f->X ? half(t, was, 0) : low_word(t, was));
    set_reg(t, f->X, f->Rs + 1, f->X ? half(t, was, 1) : high_word(t, was));
}

void atomic_rmw(struct a64 *t, const struct atomic_rmw *f)
{
    bool wide = f->size == MO_64;
    ir_ref operand = get_reg(t, wide, f->Rs), was;

    if (f->op == IR_xand) /* LDCLR */
        operand = ir_op1(t->ir, IR_not, a64_type(wide), operand);
    was = a64_rmw(t, f->op, a64_type(wide), aligned(f->size), get_reg_sp(t, 1, f->Rn), operand);
    fence_passed(t);
    set_reg(t, wide, f->Rt, was);
}

/* LDSMAX, LDSMIN, LDUMAX, LDUMIN: op 0 to 3, by C. The load finds a misaligned address, or one with a wrong tag. */
void atomic_minmax(struct a64 *t, const struct atomic_minmax *f)
{
    bool wide = f->size == MO_64;
    ir_ref addr = get_reg_sp(t, 1, f->Rn), operand = get_reg(t, 1, f->Rs), was;

    a64_load(t, a64_type(wide), aligned(f->size), addr);
    was = call_helper(t, HELPER_atomic_minmax, I64, addr, operand, ir_const(t->ir, I32, f->op << 2 | f->size), NO_ARG);
    fence_passed(t);
    set_reg(t, wide, f->Rt, wide ? was : low_word(t, was));
}

/* ---- helpers ---- */

#define MINMAX(utype, stype)                                                                                    \
    {                                                                                                           \
        utype *p = a64_host_address(s, addr), was = __atomic_load_n(p, __ATOMIC_RELAXED), with = (utype)operand; \
        bool max = !(op & 1), sign = op < 2;                                                                    \
        utype new;                                                                                              \
        do {                                                                                                    \
            bool greater = sign ? (stype)was > (stype)with : was > with;                                        \
            new = greater == max ? was : with;                                                                  \
        } while (!__atomic_compare_exchange_n(p, &was, new, false, __ATOMIC_SEQ_CST, __ATOMIC_RELAXED));         \
        return was;                                                                                             \
    }

uint64_t a64_helper_atomic_minmax(struct a64_state *s, uint64_t addr, uint64_t operand, uint32_t op_size)
{
    unsigned op = op_size >> 2;

    switch (op_size & 3) {
    case MO_8:  MINMAX(uint8_t, int8_t)
    case MO_16: MINMAX(uint16_t, int16_t)
    case MO_32: MINMAX(uint32_t, int32_t)
    default:    MINMAX(uint64_t, int64_t)
    }
}

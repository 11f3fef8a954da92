/*
 * random_test.c: random IR regions, compiled and run, against the interpreter.
 * A made-up guest with 15 integer registers, flags and a vector file stands in
 * for a real one, once with 32-bit registers and addresses and once with 64;
 * every run is fixed by its seed, which a failure prints.
 */
#include "backend/backend.h"
#include "ir/interp.h"
#include "util/util.h"

#include <glib.h>
#include <stdlib.h>
#include <sys/mman.h>
#include <sys/syscall.h>
#include <unistd.h>
#include <asm/prctl.h>

struct state {
    uint64_t r[16];
    uint64_t flags, flags2;
    uint64_t vec[64];
};
#define R(n)  ((unsigned)offsetof(struct state, r) + 8 * (n))
#define D(n)  ((unsigned)offsetof(struct state, vec) + 8 * (n))

static const struct guest_pin pins[] = {
#define P(n) {R(n), 8, 0}
    P(0), P(1), P(2), P(3), P(13), P(4), P(5), P(6), P(7), P(14), P(8),
#define V(n) {D(n), 8, 1}
#define Q(n) {D(2 * (n)), 16, 1}
    V(0), V(1), V(2), V(3), V(4), V(5), V(6), V(7), Q(8), Q(9), Q(10), Q(11), V(8), V(9), V(10), V(11), V(12), V(13), V(14), V(15), Q(12), Q(13), Q(14), Q(15),
};

static uint64_t mix(void *state, uint64_t a, uint64_t b) { return (a * 31 + b) & 0xffffffff; }
static uint64_t touch(void *state, uint64_t a)
{
    struct state *s = state;

    s->r[3] = (uint32_t)(s->r[3] + a);
    s->vec[5] ^= s->r[10];
    return (uint32_t)s->r[1];
}
static const struct guest_helper helpers[] = {
    {"mix", mix, HELPER_PURE, I32, {I32, I32}},
    {"touch", touch, HELPER_READS | HELPER_WRITES, I32, {I32}},
};
static const void *const helper_table[] = {mix, touch};

static struct region_key key_of_return(struct region_key from, uint64_t ra) { return (struct region_key){ra, from.mode}; }
static struct guest_arch toy = {
    .name = "toy", .address_bits = 32, .code_shift = 1, .state_size = sizeof(struct state), .pc_offset = R(15),
    .flags_offset = offsetof(struct state, flags), .pins = pins, .npins = ARRAY_SIZE(pins),
    .helpers = helpers, .nhelpers = ARRAY_SIZE(helpers), .key_of_return = key_of_return,
};

static bool wide; /* the 64-bit guest; r15 holds the address of its memory */
static uint64_t seed;
static uint32_t rnd(uint32_t n)
{
    seed ^= seed << 13;
    seed ^= seed >> 7;
    seed ^= seed << 17;
    return (uint32_t)((seed >> 11) % n);
}
static uint64_t edge(void)
{
    static const uint64_t v[] = {0, 1, 2, 31, 32, 33, 64, 0x7f, 0x80, 0xff, 0x7fff, 0x8000, 0xffff, 0x7fffffff, 0x80000000, 0xffffffff, 0xfffffffe};
    return rnd(2) ? v[rnd(ARRAY_SIZE(v))] : (uint32_t)(seed >> 17);
}

static uint64_t edge64(void) { return rnd(3) ? edge() << rnd(40) : rnd(2) ? ~edge() : seed * 0x9e3779b97f4a7c15; }

/* ---- making regions ---- */

#define POOL 24
struct pool { ir_ref v[POOL]; unsigned n; };
struct maker {
    struct ir_region *r;
    struct pool i32, i64, f64, f32, v128;
    ir_ref flags;
    bool vectors, floats, dense; /* dense: hardly anything but vector ops */
};

static void add(struct pool *p, ir_ref v)
{
    if (p->n < POOL)
        p->v[p->n++] = v;
    else
        p->v[rnd(POOL)] = v;
}

static ir_ref take(struct maker *m, enum ir_type t)
{
    struct pool *p = t == I32 ? &m->i32 : t == I64 ? &m->i64 : t == F64 ? &m->f64 : t == F32 ? &m->f32 : &m->v128;
    ir_ref v;

    if (p->n && rnd(3)) {
        unsigned k = rnd(2) ? p->n - 1 : rnd(p->n);
        return p->v[k];
    }
    switch (t) {
    case I32: v = rnd(3) ? ir_get(m->r, I32, R(rnd(15))) : ir_const(m->r, I32, (uint32_t)edge()); break;
    case I64:
        if (wide && rnd(4)) {
            v = rnd(4) ? ir_get(m->r, I64, R(rnd(16))) : ir_const(m->r, I64, edge64());
            break;
        }
        v = rnd(3) ? ir_op1(m->r, rnd(2) ? IR_zext : IR_sext, I64, take(m, I32)) : ir_const(m->r, I64, edge() << rnd(40)); break;
    case F64: v = rnd(2) ? ir_get(m->r, F64, D(rnd(32))) : ir_getf(m->r, F64, D(2 * rnd(16))); break;
    case F32: v = rnd(2) ? ir_getf(m->r, F32, D(2 * rnd(16))) : ir_get(m->r, F32, D(rnd(32)) + 4 * rnd(2)); break;
    default:
        if (!m->floats && rnd(5) == 0) { /* equal halves, often equal lanes */
            uint64_t k = edge64();
            k = rnd(2) ? (k & 0xff) * 0x0101010101010101ull : rnd(2) ? (uint32_t)k * 0x100000001ull : k;
            v = ir_vconst(m->r, k, rnd(4) ? k : edge64());
            break;
        }
        v = rnd(2) ? ir_getv(m->r, D(rnd(32)), 8) : ir_getv(m->r, D(rnd(16) * 2), 16);
    }
    add(p, v);
    return v;
}

static ir_ref flags(struct maker *m) { return m->flags.id && rnd(4) ? m->flags : (m->flags = ir_get(m->r, FLAGS, toy.flags_offset)); }

static void forget(struct maker *m)
{
    m->i32.n = m->i64.n = m->f64.n = m->f32.n = m->v128.n = 0;
    m->flags.id = 0;
}

static ir_ref condition(struct maker *m)
{
    switch (rnd(3)) {
    case 0: return ir_cond(m->r, rnd(14), flags(m));
    case 1: return ir_op2(m->r, IR_eq + rnd(6), I32, take(m, I32), take(m, I32));
    default: return take(m, I32);
    }
}

/* At most 0x7f8 + 0x7f8 + 1023 into the memory. */
static ir_ref address64(struct maker *m, uint64_t mask)
{
    struct ir_region *r = m->r;
    ir_ref base = ir_get(r, I64, R(15)), small;

    small = rnd(2) ? ir_op2i(r, IR_and, I64, take(m, I64), 0x7f8 & mask) :
                     ir_op1(r, rnd(2) ? IR_zext : IR_sext, I64, ir_op2i(r, IR_and, I32, take(m, I32), 0x7f8 & mask));
    switch (rnd(5)) {
    case 0: return ir_op2i(r, IR_add, I64, base, rnd(1024) & mask);
    case 1: return ir_op2(r, IR_add, I64, base, small);
    case 2: return ir_op2(r, IR_add, I64, base, ir_op2i(r, IR_shl, I64, ir_op2i(r, IR_and, I64, take(m, I64), 0xff & mask), rnd(4)));
    case 3: return ir_op2i(r, IR_add, I64, ir_op2(r, IR_add, I64, small, base), rnd(1024) & mask);
    default: return base;
    }
}

static ir_ref address(struct maker *m)
{
    if (wide)
        return address64(m, ~0ull);
    ir_ref base = ir_op2i(m->r, IR_and, I32, take(m, I32), 0x7f8);

    switch (rnd(3)) {
    case 0: return base;
    case 1: return ir_op2i(m->r, IR_add, I32, base, rnd(64) * 4);
    default: return ir_op2(m->r, IR_add, I32, base, ir_op2i(m->r, IR_shl, I32, ir_op2i(m->r, IR_and, I32, take(m, I32), 0xff), rnd(4)));
    }
}

static void integer_op(struct maker *m)
{
    static const uint8_t two[] = {IR_add, IR_sub, IR_mul, IR_and, IR_or, IR_xor, IR_andn, IR_shl, IR_shr, IR_sar, IR_ror, IR_shlz, IR_shrz, IR_sarz,
                                  IR_udiv, IR_sdiv, IR_urem, IR_srem, IR_umulh, IR_smulh};
    static const uint8_t one[] = {IR_neg, IR_not, IR_clz, IR_ctz, IR_popcnt, IR_bswap, IR_bswap16, IR_rbit, IR_ext8u, IR_ext8s, IR_ext16u, IR_ext16s};
    static const uint8_t widen[] = {IR_trunc, IR_high};
    enum ir_type t = rnd(wide ? 2 : 4) ? I32 : I64;
    struct pool *p = t == I32 ? &m->i32 : &m->i64;
    struct ir_region *r = m->r;

    switch (rnd(12)) {
    case 0: case 1: case 2: add(p, ir_op2(r, two[rnd(ARRAY_SIZE(two))], t, take(m, t), take(m, t))); break;
    case 3: add(p, ir_op1(r, one[rnd(ARRAY_SIZE(one))], t, take(m, t))); break;
    case 4: add(&m->i32, ir_op1(r, widen[rnd(2)], I64, take(m, I64))); break;
    case 5: add(&m->i32, ir_op2(r, IR_eq + rnd(6), t, take(m, t), take(m, t))); break;
    case 6: add(p, ir_op3(r, IR_select, t, condition(m), take(m, t), take(m, t))); break;
    case 7: add(&m->i64, ir_op2(r, IR_concat, I64, take(m, I32), take(m, I32))); break;
    case 8: add(&m->i32, ir_op(r, rnd(2) ? IR_crc32 : IR_crc32c, I32, take(m, I32), take(m, I64), (ir_ref){0}, 1 << rnd(4), 0)); break;
    case 9: add(&m->i32, ir_cond(r, rnd(14), flags(m))); break;
    case 10: add(p, ir_op2(r, IR_add, t, take(m, t), ir_op2i(r, IR_shl, t, take(m, t), rnd(5)))); break;
    default: add(&m->i32, ir_op1(r, IR_flags_pack, I32, flags(m)));
    }
}

static void flag_op(struct maker *m)
{
    static const uint8_t pairs[][2] = {{IR_add, IR_flags_add}, {IR_sub, IR_flags_sub}, {IR_adc, IR_flags_adc}, {IR_sbc, IR_flags_sbc}};
    unsigned k = rnd(8);
    enum ir_type t = wide && rnd(2) ? I64 : I32;
    ir_ref a = take(m, t), b = take(m, t), f, none = {0};
    struct ir_region *r = m->r;
    struct pool *p = t == I32 ? &m->i32 : &m->i64;

    if (k < 4) {
        ir_ref old = k >= 2 ? flags(m) : none;
        ir_ref v = rnd(3) ? ir_op3(r, pairs[k][0], t, a, b, old) : none;
        f = ir_op3(r, pairs[k][1], t, a, b, old);
        if (v.id) {
            add(p, v);
            if (rnd(2))
                ir_put(r, t, R(rnd(15)), v);
        }
    } else if (k < 6) {
        ir_ref v = ir_op2(r, rnd(2) ? IR_and : IR_xor, t, a, b), old = flags(m);
        add(p, v);
        f = ir_op2(r, IR_flags_nz, t, v, old);
    } else if (k == 6) {
        ir_ref v = ir_op2i(r, IR_shr, t, a, 3), c = ir_op2i(r, IR_and, I32, take(m, I32), 1), old = flags(m);
        f = ir_op3(r, IR_flags_nzc, t, v, c, old);
    } else {
        f = ir_op1(r, IR_flags_unpack, I32, take(m, I32));
    }
    m->flags = f;
    if (rnd(4))
        ir_put(r, FLAGS, toy.flags_offset, f);
    else if (rnd(4) == 0)
        ir_put(r, FLAGS, offsetof(struct state, flags2), f);
}

static void memory_op(struct maker *m)
{
    struct ir_region *r = m->r;
    unsigned size = rnd(3), extra = (rnd(2) ? MO_SIGN : 0) | (rnd(4) ? 0 : MO_BE);
    static const uint8_t rmw[] = {IR_xchg, IR_xadd, IR_xand, IR_xor_, IR_xeor};

    switch (rnd(8)) {
    case 0: case 1: case 2: add(&m->i32, ir_load(r, I32, size | extra, address(m))); break;
    case 3: case 4: ir_store(r, I32, size | (extra & MO_BE), address(m), take(m, I32)); break;
    case 5: add(&m->i32, ir_cas(r, I32, size | (extra & MO_BE), address(m), take(m, I32), take(m, I32))); break;
    case 6: add(&m->i32, ir_rmw(r, rmw[rnd(5)], I32, size | (extra & MO_BE), address(m), take(m, I32))); break;
    default:
        if (rnd(2))
            add(&m->i64, ir_load(r, I64, rnd(4) | extra, address(m)));
        else
            ir_store(r, I64, MO_64 | (extra & MO_BE), address(m), take(m, I64));
    }
    if (rnd(wide ? 2 : 8) == 0) {
        size = rnd(4);
        switch (rnd(4)) {
        case 0: add(&m->i64, ir_cas(r, I64, size | (extra & MO_BE), address(m), take(m, I64), take(m, I64))); break;
        case 1: add(&m->i64, ir_rmw(r, rmw[rnd(5)], I64, size | (extra & MO_BE), address(m), take(m, I64))); break;
        case 2: add(&m->i64, ir_load(r, I64, size | extra, address(m))); break;
        default: ir_store(r, I64, size | (extra & MO_BE), address(m), take(m, I64));
        }
    }
    if (m->vectors && rnd(3) == 0) {
        if (wide && rnd(3) == 0) {
            ir_ref a = address64(m, ~15ull), want = rnd(2) ? ir_load(r, V128, MO_128, a) : take(m, V128);
            add(&m->v128, ir_cas(r, V128, MO_128, a, want, take(m, V128)));
        } else if (rnd(2))
            add(&m->v128, ir_load(r, V128, rnd(2) ? MO_64 : MO_128, address(m)));
        else
            ir_store(r, V128, rnd(2) ? MO_64 : MO_128, address(m), take(m, V128));
    }
}

static void vector_op(struct maker *m)
{
    struct ir_region *r = m->r;
    enum ir_opcode op;
    unsigned lane = 8u << rnd(4);

    do
        op = m->floats ? IR_vfadd + rnd(IR_vfnarrow - IR_vfadd + 1) : IR_vadd + rnd(IR_vudot - IR_vadd + 1);
    while (op == IR_vconst || (op == IR_vhsubu && lane == 64));
    const struct ir_opinfo *info = &ir_info[op];
    uint64_t imm = rnd(lane);
    if (op == IR_vshli || op == IR_vshri || op == IR_vsari)
        imm = rnd(lane + 2);
    if (op == IR_vrshri || op == IR_vrsari)
        imm = 1 + rnd(lane);
    if (op == IR_vsqdmulh || op == IR_vsqrdmulh)
        lane = rnd(2) ? 16 : 32;
    if (op >= IR_vfadd && op <= IR_vutof && rnd(2))
        lane = 32 | IR_STD;
    else if (op >= IR_vfadd && op < IR_vfwiden)
        lane = 16u << rnd(3);
    else if (op == IR_vfwiden || op == IR_vfnarrow)
        lane = 32;
    if (op == IR_vfround)
        imm = rnd(IR_RCUR + 1) | (rnd(2) ? IR_EXACT : 0);
    if (op == IR_vdupl || op == IR_vget || op == IR_vgets || op == IR_vset)
        imm = rnd(128 / lane);
    if (op == IR_vins)
        imm = rnd(128 / lane) | rnd(128 / lane) << 4;
    if (op == IR_vext)
        imm = rnd(16), lane = 8;
    if (op == IR_vrev)
        lane = 8u << rnd(3), imm = lane << (1 + rnd(lane == 8 ? 3 : lane == 16 ? 2 : 1));
    if ((info->traits & IR_IS_VECTOR) && lane == 64 && (op < IR_vuzp1 || op > IR_vtrn2) && (op < IR_vpadd || op > IR_vpmaxs) && op != IR_vins && op != IR_vget && op != IR_vset && op != IR_vdup && op != IR_vdupl && op != IR_vpmull && op != IR_vzip1 && op != IR_vzip2 && op != IR_vcombine)
        lane = 32;
    if (op == IR_vpmul || op == IR_vrbit)
        lane = 8;
    if (op == IR_vpmull)
        lane = rnd(2) ? 8 : 64;
    if (op == IR_vset || op == IR_vdup) {
        ir_ref a = op == IR_vset ? take(m, V128) : take(m, I64), b = op == IR_vset ? take(m, I64) : (ir_ref){0};
        add(&m->v128, ir_op(r, op, V128, a, b, (ir_ref){0}, lane, imm));
        return;
    }
    ir_ref none = {0}, a = take(m, V128), b = info->operands[1] ? take(m, V128) : none, c = info->operands[1] && info->operands[2] ? take(m, V128) : none;
    ir_ref v = ir_op(r, op, V128, a, b, c, lane, imm);
    if (info->result == RES_W64)
        add(&m->i64, v);
    else
        add(&m->v128, v);
}

static void float_op(struct maker *m)
{
    struct ir_region *r = m->r;
    enum ir_type t = rnd(2) ? F32 : F64;
    struct pool *p = t == F32 ? &m->f32 : &m->f64;
    ir_ref none = {0};

    switch (rnd(17)) {
    case 0: case 1: case 2: case 3: add(p, ir_op2(r, IR_fadd + rnd(4), t, take(m, t), take(m, t))); break;
    case 4: add(p, ir_op1(r, IR_fsqrt, t, take(m, t))); break;
    case 5: add(p, ir_op3(r, IR_fma, t, take(m, t), take(m, t), take(m, t))); break;
    case 6: add(p, ir_op1(r, rnd(2) ? IR_fneg : IR_fabs, t, take(m, t))); break;
    case 7:
        m->flags = ir_op2(r, rnd(2) ? IR_fcmp : IR_fcmpe, t, take(m, t), take(m, t));
        ir_put(r, FLAGS, rnd(2) ? toy.flags_offset : (unsigned)offsetof(struct state, flags2), m->flags);
        break;
    case 8: t == F32 ? add(&m->f64, ir_op1(r, IR_f32to64, F64, take(m, F32))) : add(&m->f32, ir_op1(r, IR_f64to32, F32, take(m, F64))); break;
    case 9: add(&m->i32, ir_op(r, rnd(2) ? IR_ftoi32 : IR_ftou32, t, take(m, t), none, none, rnd(2) ? IR_RZ : IR_RCUR, rnd(3) ? 0 : rnd(32))); break;
    case 10: add(p, ir_op(r, rnd(2) ? IR_i32tof : IR_u32tof, t, take(m, I32), none, none, 0, rnd(3) ? 0 : rnd(32))); break;
    case 11: add(p, ir_op2(r, IR_fmin + rnd(4), t, take(m, t), take(m, t))); break;
    case 12: add(p, ir_op(r, IR_fround, t, take(m, t), none, none, rnd(IR_RCUR + 1) | (rnd(2) ? IR_EXACT : 0), 0)); break;
    case 13: add(&m->i64, ir_op(r, rnd(2) ? IR_ftoi64 : IR_ftou64, t, take(m, t), none, none, rnd(IR_RCUR + 1), 0)); break;
    case 14: add(p, ir_op(r, rnd(2) ? IR_i64tof : IR_u64tof, t, take(m, I64), none, none, 0, 0)); break;
    case 15: add(p, ir_op1(r, IR_ffrom, t, take(m, I64))); break;
    default: add(&m->i64, ir_op1(r, IR_fbits, t, take(m, t)));
    }
}

static void put_something(struct maker *m)
{
    struct ir_region *r = m->r;

    switch (rnd(m->vectors || m->floats ? 5 : 2)) {
    case 2: if (m->floats) ir_put(r, F64, D(rnd(32)), take(m, F64)); break;
    case 3:
        if (m->floats && rnd(2))
            ir_put(r, F32, D(rnd(32)) + 4 * rnd(2), take(m, F32));
        else if (m->floats && rnd(2))
            ir_putf(r, F32, D(2 * rnd(16)), take(m, F32));
        else if (m->floats)
            ir_putf(r, F64, D(2 * rnd(16)), take(m, F64));
        break;
    case 4:
        if (!m->vectors)
            break;
        if (rnd(2))
            ir_putv(r, D(rnd(32)), 8, take(m, V128));
        else
            ir_putv(r, D(rnd(16) * 2), 16, take(m, V128));
        break;
    default:
        if (wide && rnd(2))
            ir_put(r, I64, R(rnd(15)), take(m, I64));
        else
            ir_put(r, I32, R(rnd(15)), take(m, I32));
    }
}

static void make_region(struct ir_region *r, bool fold, unsigned vectors, bool floats, unsigned fp)
{
    struct maker m = {.r = r, .vectors = vectors, .floats = floats, .dense = vectors > 1};
    unsigned n = 3 + rnd(40);
    bool skipping = false;
    unsigned label = 0;

    r->fold = fold;
    ir_begin(r, (struct region_key){0x1000, 0});
    r->fold = fold;
    r->fp = (uint8_t)fp;
    r->pointer64 = wide;
    for (unsigned i = 0; i < n; i++) {
        ir_insn(r, 0x1000 + 4 * i, 0);
        if (m.dense && rnd(8)) {
            vector_op(&m);
            if (rnd(2))
                put_something(&m);
            continue;
        }
        switch (rnd(12)) {
        case 0: case 1: case 2: integer_op(&m); break;
        case 3: case 4: flag_op(&m); break;
        case 5: memory_op(&m); break;
        case 6: put_something(&m); break;
        case 7:
            if (wide && rnd(2))
                ir_put(r, I64, R(rnd(15)), take(&m, I64));
            else
                ir_put(r, I32, R(rnd(15)), take(&m, I32));
            break;
        case 8:
            if (skipping) {
                ir_label(r, label);
                forget(&m);
                skipping = false;
            } else {
                label = ir_new_label(r);
                ir_br_if(r, condition(&m), label);
                skipping = true;
            }
            break;
        case 9: ir_exit_if(r, condition(&m), 0x4000 + 4 * i, 0); break;
        case 10:
            if (vectors)
                vector_op(&m);
            if (floats)
                float_op(&m);
            break;
        default:
            if (rnd(3) == 0)
                add(&m.i32, rnd(2) ? ir_call(r, 0, I32, take(&m, I32), take(&m, I32), (ir_ref){0}, (ir_ref){0})
                                   : ir_call(r, 1, I32, take(&m, I32), (ir_ref){0}, (ir_ref){0}, (ir_ref){0}));
            m.i32.n = m.i32.n > 4 ? 4 : m.i32.n;
            m.i64.n = m.i64.n > 4 ? 4 : m.i64.n;
            break;
        }
    }
    if (skipping) {
        ir_label(r, label);
        forget(&m);
    }
    switch (rnd(4)) {
    case 0: ir_exit_indirect(r, take(&m, wide ? I64 : I32)); break;
    case 1: ir_exit_return(r, take(&m, wide ? I64 : I32)); break;
    case 2: ir_exit_icall(r, take(&m, wide ? I64 : I32), wide ? 0x555555555000 : 0x5000); break;
    default: ir_exit(r, 0x8000, 0);
    }
}

/* ---- running them ---- */

static uint8_t *code, *memory;
static struct host_gates gates;
static uint32_t gates_size;
static struct vcpu *cpu;
static struct host_code out;
static struct host_insn insns[IR_MAX_OPS];
static struct host_flags host_flags[IR_MAX_OPS];

static void on_fpe(int sig, siginfo_t *info, void *uc)
{
    if (!x86_64_backend.mend_fp(cpu, uc))
        abort();
}

static void setup(void)
{
    struct sigaction sa = {.sa_sigaction = on_fpe, .sa_flags = SA_SIGINFO | SA_ONSTACK};
    static char signal_stack[65536];
    stack_t ss = {.ss_sp = signal_stack, .ss_size = sizeof signal_stack};

    sigaltstack(&ss, NULL);
    sigaction(SIGFPE, &sa, NULL);
    code = mmap(NULL, 2 << 20, PROT_READ | PROT_WRITE | PROT_EXEC, MAP_PRIVATE | MAP_ANONYMOUS, -1, 0);
    memory = mmap(NULL, 16384, PROT_READ | PROT_WRITE, MAP_PRIVATE | MAP_ANONYMOUS, -1, 0);
    cpu = aligned_alloc(64, align_up(VCPU_STATE + sizeof(struct state) + 64, 64));
    memset(cpu, 0, VCPU_STATE + sizeof(struct state));
    cpu->arch = &toy;
    cpu->helpers = helper_table;
    cpu->jump_mask = JUMP_MASK(JUMP_CACHE_SIZE);
    cpu->jump_cache[0].target = ~0ull;
    uint8_t *stack = mmap(NULL, 65536 + 4096, PROT_READ | PROT_WRITE, MAP_PRIVATE | MAP_ANONYMOUS, -1, 0);
    cpu->return_stack = stack + 4096;
    cpu->return_stack_top = stack + 4096 + 65536;
    syscall(SYS_arch_prctl, ARCH_SET_GS, memory);
    out.insns = insns;
    out.flags = host_flags;
}

static bool interp_call(struct ir_interp_env *e, const struct ir_op *op, const v128 a[4], v128 *result)
{
    *result = (v128){op->imm == 0 ? mix(e->state, a[0].lo, a[1].lo) : touch(e->state, a[0].lo), 0};
    return true;
}

static unsigned all_live(void *ctx, struct region_key key) { return key.pc & 8 ? 15 : 0; }

/* Eight bytes that often are at some edge, as are the lanes they make up. */
static uint64_t bytes(void)
{
    static const uint8_t edges[] = {0, 0, 1, 0x7f, 0x80, 0xff, 0xff};
    uint64_t v = 0;

    for (unsigned i = 0; i < 8; i++)
        v = v << 8 | (rnd(3) ? edges[rnd(ARRAY_SIZE(edges))] : rnd(2) ? rnd(20) : rnd(256));
    return v;
}

/* Two floats of ordinary size, or odd ones. */
static uint64_t lanes(void)
{
    static const uint32_t odd[] = {0, 0x80000000, 0x7f800000, 0xff800000, 0x7fc00000, 0x7f800001, 0x00000001, 0x807fffff, 0x00800000, 0x7f7fffff, 0x3f800000, 0x4effffff, 0x4f000000, 0x4f800000, 0xbf800000};
    uint64_t v = 0;

    for (unsigned i = 0; i < 2; i++)
        v = v << 32 | (rnd(8) ? (0x3f000000 + rnd(1 << 25)) | rnd(2) << 31 : rnd(4) ? rnd(1u << 31) * 2 : odd[rnd(ARRAY_SIZE(odd))]);
    return v;
}

static void random_state(struct state *s, bool dense)
{
    static const uint64_t f64s[] = {0, 1ull << 63, 0x3ff0000000000000, 0x7ff0000000000000, 0x7ff8000000000000, 0x7ff0000000000001, 1, 0x0010000000000000, 0x41dfffffffc00000,
                                    0x3f8000003f800000, 0x7f8000017fc00000, 0x00800000ff800000, 0x4f0000007f800000, 0xc1e0000000200000, 0x000fffffffffffff};
    for (unsigned i = 0; i < 15; i++)
        s->r[i] = wide ? edge64() : (uint32_t)edge();
    s->r[15] = wide ? (uint64_t)memory : 0;
    s->flags = ((uint64_t)rnd(4) << 14) | rnd(2) << 8 | rnd(2);
    s->flags2 = 0;
    for (unsigned i = 0; i < 64; i++)
        s->vec[i] = dense ? (rnd(2) ? lanes() : bytes()) : rnd(2) ? f64s[rnd(ARRAY_SIZE(f64s))] : (rnd(2) ? seed * 0x9e3779b97f4a7c15 : 0x3ff0000000000000 + ((uint64_t)rnd(1 << 30) << 24));
}

#define FLAG_BITS 0xc101u
/* The region compiled somewhere else, under another number, differs only where host_code.moves says so. */
static void check_moves(uint64_t seed, const struct ir_region *r)
{
    static struct host_code other;
    static struct host_insn rows[IR_MAX_OPS];
    static struct host_flags flags[IR_MAX_OPS];
    uint8_t *at = out.code + (1 << 20) + 16 * (seed % 64), *moved = g_malloc(out.size);

    other.insns = rows;
    other.flags = flags;
    g_assert_true(x86_64_backend.compile(&toy, r, &gates, all_live, NULL, 77, at, 1 << 19, &other));
    g_assert_cmpuint(out.nmoves, <=, MAX_MOVES);
    memcpy(moved, out.code, out.size);
    for (unsigned i = 0; i < out.nmoves; i++) {
        uint8_t *p = moved + (out.moves[i] >> 1);

        stle32(p, ldle32(p) + (out.moves[i] & 1 ? (77 - 1) << 8 : (uint32_t)(out.code - at)));
    }
    if (other.size != out.size || memcmp(other.code, moved, out.size))
        g_error("seed %" G_GUINT64_FORMAT ": code depends on its place", seed);
    g_free(moved);
}

static void run_one(uint64_t start, bool fold, unsigned vectors, bool floats, unsigned fp)
{
    static struct ir_op ops[IR_MAX_OPS];
    static uint8_t mem_before[8192], mem_after[8192];
    struct ir_region r = {.ops = ops};
    struct state before, expect, *got = vcpu_state(cpu);
    struct fp_status status = {0};

    seed = start * 0x9e3779b97f4a7c15 + 12345;
    for (int i = 0; i < 4; i++)
        rnd(2);
    make_region(&r, fold, vectors, floats, fp);
    const char *bad = ir_verify(&r);
    if (bad)
        g_error("seed %" G_GUINT64_FORMAT ": the region is wrong: %s", start, bad);
    random_state(&before, vectors > 1);
    if (floats && (vectors < 2 || fp == FP_SOFT)) /* v128 floats are rounded to nearest always, and so is all else when FP_HOST */
        status.round = (uint8_t)rnd(4);
    if (fp == FP_SOFT) {
        status.flush_inputs = status.flush_outputs = rnd(2);
        status.default_nan = rnd(2);
    }
    for (unsigned i = 0; i < sizeof mem_before; i += 4)
        stle32(mem_before + i, (uint32_t)edge());

    expect = before;
    memcpy(memory, mem_before, sizeof mem_before);
    cpu->fp = status;
    struct ir_interp_env e = {.state = &expect, .fp = &cpu->fp, .mem_base = wide ? 0 : (uint64_t)memory, .call = interp_call};
    struct ir_left left = ir_interp(&e, &r);
    uint8_t flags_expected = cpu->fp.flags;
    memcpy(mem_after, memory, sizeof mem_after);

    if (!x86_64_backend.compile(&toy, &r, &gates, all_live, NULL, 1, code + gates_size, 1 << 19, &out)) {
        g_test_message("seed %" G_GUINT64_FORMAT " does not fit", start);
        return;
    }
    if (start % 8 == 0)
        check_moves(start, &r);
    memcpy(memory, mem_before, sizeof mem_before);
    *got = before;
    cpu->fp = status;
    cpu->code_stack = NULL;
    cpu->vspill[0] = (v128){0};
    unsigned kind = gates.enter(cpu, out.code);
    uint64_t pc = kind == EXIT_INDIRECT ? cpu->exit_target : out.exits[cpu->exit_id & 0xff].target.pc;
    uint64_t want = left.how == IR_exit_ind || left.how == IR_exit_ret || left.how == IR_exit_icall ? left.address : left.target.pc;
    bool live = kind == EXIT_INDIRECT || pc & 8;
    bool same = pc == want && !memcmp(got->r, expect.r, sizeof got->r) && !memcmp(got->vec, expect.vec, sizeof got->vec)
        && !memcmp(mem_after, memory, sizeof mem_after) && (!live || !((got->flags ^ expect.flags) & FLAG_BITS)) && !((got->flags2 ^ expect.flags2) & FLAG_BITS)
        && (fp == FP_HOST || cpu->fp.flags == flags_expected);
    if (same)
        return;
    printf("seed %" G_GUINT64_FORMAT " fold %d vectors %d floats %d fp %u differs\n", start, fold, vectors, floats, fp);
    ir_print(stdout, &r);
    printf("left at %#" G_GINT64_MODIFIER "x, expected %#" G_GINT64_MODIFIER "x\n", pc, want);
    for (unsigned i = 0; i < 16; i++)
        if (got->r[i] != expect.r[i])
            printf("r%u (state+%#x): was %#lx got %#lx expected %#lx\n", i, R(i), before.r[i], got->r[i], expect.r[i]);
    for (unsigned i = 0; i < 64; i++)
        if (got->vec[i] != expect.vec[i])
            printf("d%u (state+%#x): was %#lx got %#lx expected %#lx\n", i, D(i), before.vec[i], got->vec[i], expect.vec[i]);
    printf("flags got %#lx %#lx expected %#lx %#lx, live %d; fp %#x %#x\n", got->flags, got->flags2, expect.flags, expect.flags2, live, cpu->fp.flags, flags_expected);
    for (unsigned i = 0; i < sizeof mem_after; i += 4)
        if (ldle32(memory + i) != ldle32(mem_after + i))
            printf("memory %#x: got %#x expected %#x\n", i, ldle32(memory + i), ldle32(mem_after + i));
    FILE *f = fopen("/tmp/random_test.bin", "w");
    if (f) {
        fwrite(out.code, 1, out.size, f);
        fclose(f);
    }
    fflush(stdout);
    g_test_fail();
}

static unsigned rounds = 3000;

static void become(bool wide_guest)
{
    wide = wide_guest;
    toy.address_bits = wide ? 64 : 32;
    gates_size = x86_64_backend.make_gates(&toy, code, 65536, &gates);
}

static void run_many(unsigned vectors, bool floats, unsigned fp)
{
    for (uint64_t s = 1; s <= rounds && !g_test_failed(); s++) {
        run_one(s, false, vectors, floats, fp);
        if (!g_test_failed())
            run_one(s, true, vectors, floats, fp);
    }
}

static void on_the_wide_guest(unsigned vectors, bool floats, unsigned fp)
{
    become(true);
    run_many(vectors, floats, fp);
    become(false);
}
static void wide_integer_regions_agree(void) { on_the_wide_guest(false, false, FP_HOST); }
static void wide_vector_regions_agree(void) { on_the_wide_guest(true, false, FP_HOST); }
static void wide_vector_ops_agree(void) { on_the_wide_guest(2, false, FP_HOST); }
static void wide_float_regions_agree(void)
{
    on_the_wide_guest(false, true, FP_HOST);
    on_the_wide_guest(false, true, FP_EXACT);
    on_the_wide_guest(true, true, FP_HOST);
}
static void integer_regions_agree(void) { run_many(false, false, FP_HOST); }
static void vector_ops_agree(void) { run_many(2, false, FP_HOST); }
static void vector_floats_agree(void)
{
    run_many(2, true, FP_HOST);
    run_many(2, true, FP_EXACT);
    run_many(2, true, FP_SOFT);
}
static void vector_regions_agree(void) { run_many(true, false, FP_HOST); }
static void float_regions_agree_on_results(void) { run_many(false, true, FP_HOST); }
static void float_regions_agree_on_flags(void) { run_many(false, true, FP_EXACT); }
static void soft_float_regions_agree(void) { run_many(false, true, FP_SOFT); }

int main(int argc, char **argv)
{
    g_test_init(&argc, &argv, NULL);
    if (argc > 1)
        rounds = (unsigned)atoi(argv[1]);
    setup();
    become(false);
    g_test_add_func("/backend/random/integer", integer_regions_agree);
    g_test_add_func("/backend/random/vector", vector_regions_agree);
    g_test_add_func("/backend/random/vector-ops", vector_ops_agree);
    g_test_add_func("/backend/random/vector-floats", vector_floats_agree);
    g_test_add_func("/backend/random/float", float_regions_agree_on_results);
    g_test_add_func("/backend/random/float-flags", float_regions_agree_on_flags);
    g_test_add_func("/backend/random/float-soft", soft_float_regions_agree);
    g_test_add_func("/backend/random/wide-integer", wide_integer_regions_agree);
    g_test_add_func("/backend/random/wide-vector", wide_vector_regions_agree);
    g_test_add_func("/backend/random/wide-vector-ops", wide_vector_ops_agree);
    g_test_add_func("/backend/random/wide-float", wide_float_regions_agree);
    return g_test_run();
}

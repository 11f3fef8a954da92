/*
 * interp.c: runs a region op by op. ir_interp itself does what is common in
 * code: integers, state, plain accesses, control; other() does the rest. Pure
 * ops take their value from ops.def: integers of 32 and 64 bits where they are
 * run, the rest by ir_value and ir_vvalue; FLOAT ops from ir_float.
 */
#include "ir/interp.h"
#include "ir/value.h"

#include <alloca.h>

/* A run: the values made so far, by op index. hi: of v128 only. */
struct run {
    struct ir_interp_env *e;
    const struct ir_region *r;
    uint64_t *lo, *hi;
};

static v128 value(const struct run *run, ir_ref v) { return (v128){run->lo[v.id], run->hi[v.id]}; }

static void set_value(struct run *run, uint32_t i, v128 v)
{
    run->lo[i] = v.lo;
    run->hi[i] = v.hi;
}

/* ---- accesses of guest memory ----
 * The env must be up to date in memory when a host fault jumps out of one: the compiler may not
 * keep stores back. Not instrumented: the fault must be the access's own, wherever it goes.
 * Aligned accesses are one host access, as guests rely on. */

#define GUEST_ACCESS __attribute__((no_sanitize("address", "null")))
#define WHOLE() __atomic_signal_fence(__ATOMIC_SEQ_CST)
#define ACCESS(n)                                                                                                   \
    typedef uint##n##_t __attribute__((may_alias, aligned(1))) anywhere##n;                                         \
    GUEST_ACCESS static inline uint64_t read##n(uint64_t at) { WHOLE(); return *(const volatile anywhere##n *)at; } \
    GUEST_ACCESS static inline void write##n(uint64_t at, uint64_t v) { WHOLE(); *(volatile anywhere##n *)at = (uint##n##_t)v; WHOLE(); }
ACCESS(8)
ACCESS(16)
ACCESS(32)
ACCESS(64)
#undef ACCESS

typedef uint64_t __attribute__((vector_size(16))) both;
typedef uint64_t __attribute__((vector_size(16), may_alias, aligned(1))) anywhere128;

GUEST_ACCESS static inline v128 read128(uint64_t at)
{
    both v;

    WHOLE();
    v = *(const volatile anywhere128 *)at;
    return (v128){v[0], v[1]};
}

GUEST_ACCESS static inline void write128(uint64_t at, v128 v)
{
    WHOLE();
    *(volatile anywhere128 *)at = (both){v.lo, v.hi};
    WHOLE();
}

static v128 host_read(uint64_t at, unsigned bytes)
{
    switch (bytes) {
    case 1:  return (v128){read8(at), 0};
    case 2:  return (v128){read16(at), 0};
    case 4:  return (v128){read32(at), 0};
    case 8:  return (v128){read64(at), 0};
    default: return read128(at);
    }
}

static void host_write(uint64_t at, v128 v, unsigned bytes)
{
    switch (bytes) {
    case 1:  write8(at, v.lo); break;
    case 2:  write16(at, v.lo); break;
    case 4:  write32(at, v.lo); break;
    case 8:  write64(at, v.lo); break;
    default: write128(at, v); break;
    }
}

/* The guest may be misaligned; the host's locked instructions do not mind. */
#define CAS(type) \
    { type e, d; memcpy(&e, expected, sizeof e); memcpy(&d, desired, sizeof d); \
      e = __sync_val_compare_and_swap((type *)p, e, d); memcpy(expected, &e, sizeof e); } break
__attribute__((noinline, no_sanitize("address", "null", "alignment")))
static bool host_cas(void *p, void *expected, const void *desired, unsigned bytes)
{
    switch (bytes) {
    case 1:  CAS(uint8_t);
    case 2:  CAS(uint16_t);
    case 4:  CAS(uint32_t);
    case 8:  CAS(uint64_t);
    default: CAS(unsigned __int128);
    }
    return true;
}
#undef CAS

static uint64_t host_address(const struct ir_interp_env *e, uint64_t addr)
{
    return e->mem_base + addr;
}

static bool read_memory(struct ir_interp_env *e, uint64_t addr, v128 *v, unsigned bytes)
{
    *v = (v128){0, 0};
    if (e->read)
        return e->read(e, addr, v, bytes);
    *v = host_read(host_address(e, addr), bytes);
    return true;
}

static bool write_memory(struct ir_interp_env *e, uint64_t addr, v128 v, unsigned bytes)
{
    if (e->write)
        return e->write(e, addr, &v, bytes);
    host_write(host_address(e, addr), v, bytes);
    return true;
}

static bool cas_memory(struct ir_interp_env *e, uint64_t addr, v128 *expected, v128 desired, unsigned bytes)
{
    return e->cas ? e->cas(e, addr, expected, &desired, bytes) : host_cas((void *)(uintptr_t)host_address(e, addr), expected, &desired, bytes);
}

/* ---- memory ops, all of them ---- */

static unsigned access_bytes(const struct ir_op *o)
{
    return 1u << (o->aux & MO_SIZE);
}

/* Bytes as they lie in memory <-> value. */
static v128 swap_bytes(v128 v, unsigned bytes)
{
    if (bytes == 16)
        return (v128){__builtin_bswap64(v.hi), __builtin_bswap64(v.lo)};
    return (v128){__builtin_bswap64(v.lo) >> (64 - 8 * bytes), 0};
}

static v128 to_memory(const struct ir_op *o, v128 v)
{
    unsigned bytes = access_bytes(o);

    if (bytes < 16)
        v = (v128){v.lo & ones(8 * bytes), 0};
    return o->aux & MO_BE ? swap_bytes(v, bytes) : v;
}

static v128 from_memory(const struct ir_op *o, v128 v)
{
    unsigned bytes = access_bytes(o);

    if (o->aux & MO_BE)
        v = swap_bytes(v, bytes);
    if (o->aux & MO_SIGN && bytes < 8)
        v.lo = (uint64_t)sx(v.lo, 8 * bytes) & ones(MIN_(ir_bits(o->type), 64u));
    return v;
}

static v128 combine(enum ir_opcode op, v128 was, v128 with)
{
    switch (op) {
    case IR_xadd: return (v128){was.lo + with.lo, 0};
    case IR_xand: return (v128){was.lo & with.lo, was.hi & with.hi};
    case IR_xor_: return (v128){was.lo | with.lo, was.hi | with.hi};
    case IR_xeor: return (v128){was.lo ^ with.lo, was.hi ^ with.hi};
    default:      return with; /* xchg */
    }
}

/* Read, combine, compare and swap until nobody came between. */
static bool read_modify_write(struct run *run, const struct ir_op *o, uint64_t addr, v128 *result)
{
    unsigned bytes = access_bytes(o);
    v128 was, held;

    if (!read_memory(run->e, addr, &was, bytes))
        return false;
    for (;; was = held) {
        v128 new = combine(o->op, from_memory(o, was), value(run, o->arg[1]));

        held = was;
        if (!cas_memory(run->e, addr, &held, to_memory(o, new), bytes))
            return false;
        if (held.lo == was.lo && held.hi == was.hi)
            break;
    }
    *result = from_memory(o, was);
    return true;
}

/* Hosts have 48-bit addresses; they do not tell at which other one an access failed. */
static bool reachable(uint64_t addr)
{
    return (uint64_t)((int64_t)(addr << 16) >> 16) == addr;
}

/* Is an access there an alignment fault? */
static bool misaligned(const struct ir_op *o, uint64_t addr, unsigned bytes)
{
    unsigned n = (unsigned)(o->imm2 ? o->imm2 & (IR_WITHIN - 1) : bytes);

    if (!(o->aux & MO_ALIGN) && (o->op != IR_cas || bytes != 16))
        return false;
    return o->imm2 & IR_WITHIN ? (addr & (n - 1)) + bytes > n : addr & (n - 1);
}

static bool store_memory(struct run *run, const struct ir_op *o, uint64_t addr)
{
    bool done = write_memory(run->e, addr, to_memory(o, value(run, o->arg[1])), access_bytes(o));

    if (o->aux & MO_REL && o->aux & MO_ACQ) /* later loads must not pass it */
        __atomic_thread_fence(__ATOMIC_SEQ_CST);
    return done;
}

static bool access_memory(struct run *run, const struct ir_op *o, v128 *result)
{
    unsigned bytes = access_bytes(o), strip = run->e->strip;
    uint64_t addr = (uint64_t)((int64_t)(run->lo[o->arg[0].id] << strip) >> strip);

    if (!reachable(addr)) {
        run->e->exception = EXC_DATA_FAULT;
        run->e->data = ir_fault_data(addr, o->op != IR_load);
        return false;
    }

    if (misaligned(o, addr, bytes)) {
        run->e->exception = EXC_ALIGNMENT;
        run->e->data = addr;
        return false;
    }
    switch (o->op) {
    case IR_load:
        if (!read_memory(run->e, addr, result, bytes))
            return false;
        break;
    case IR_store:
        return store_memory(run, o, addr);
    case IR_cas:
        *result = to_memory(o, value(run, o->arg[1]));
        if (!cas_memory(run->e, addr, result, to_memory(o, value(run, o->arg[2])), bytes))
            return false;
        break;
    default:
        return read_modify_write(run, o, addr, result);
    }
    *result = from_memory(o, *result);
    return true;
}

static bool call_helper(struct run *run, const struct ir_op *o, v128 *result)
{
    v128 arg[4] = {{0, 0}};

    for (unsigned i = 0; i < o->nargs; i++)
        if (o->arg[i].id)
            arg[i] = value(run, o->arg[i]);
    *result = (v128){0, 0};
    return run->e->call(run->e, o, arg, result);
}

/* ---- state: integer slots are 8 bytes, written whole ---- */

static v128 read_slot(const struct ir_interp_env *e, const struct ir_op *o)
{
    const char *slot = (const char *)e->state + o->imm;

    switch ((enum ir_type)o->type) {
    case F32:
    case I32:  return (v128){ldle32(slot), 0};
    case V128: return (v128){ldle64(slot), o->aux == 8 ? 0 : ldle64(slot + 8)};
    default:   return (v128){ldle64(slot) & ones(ir_bits(o->type)), 0};
    }
}

static void write_slot(struct ir_interp_env *e, const struct ir_op *o, v128 v)
{
    char *slot = (char *)e->state + o->imm;

    if (o->type == F32) {
        stle32(slot, (uint32_t)v.lo);
        return;
    }
    stle64(slot, v.lo);
    if (o->type == V128 && o->aux != 8)
        stle64(slot + 8, v.hi);
}

/* ---- control ---- */

/*
 * Labels lie forward: the op of label `number` at or after i. What stands behind it belongs to the
 * instruction in which it stands, though the branch has leapt over where that begins.
 */
static uint32_t branch_to(struct ir_interp_env *e, const struct ir_region *r, uint32_t i, uint64_t number)
{
    for (; i < r->count && !(r->ops[i].op == IR_label && r->ops[i].imm == number); i++)
        if (r->ops[i].op == IR_insn) {
            e->pc = r->ops[i].imm;
            e->mode = r->ops[i].mode;
        }
    bug_on(i == r->count);
    return i;
}

/* What is not said of an exit of this kind is 0. */
static inline struct ir_left leave(const struct ir_op *o, size_t index, enum ir_opcode how, uint64_t address, enum exception e, uint64_t data)
{
    return (struct ir_left){.how = how, .index = (uint32_t)index, .target = {o->imm, o->mode}, .address = address,
                            .return_address = o->imm2, .exception = e, .data = data};
}

/* An op raised: like the op raise, at the instruction we are in. */
static struct ir_left leave_raised(const struct ir_interp_env *e, uint32_t index)
{
    return (struct ir_left){.how = IR_raise, .index = index, .target = {e->pc, e->mode}, .exception = e->exception, .data = e->data};
}

/* ---- any op, whatever its type ---- */

static v128 pure(const struct run *run, const struct ir_op *o)
{
    const struct ir_opinfo *info = &ir_info[o->op];
    v128 a = value(run, o->arg[0]), b = value(run, o->arg[1]), c = value(run, o->arg[2]);

    if (info->traits & IR_IS_FLOAT && info->result == RES_VEC)
        return ir_vfloat(o->op, a, b, c, o->aux, o->imm, run->e->fp);
    if (info->traits & IR_IS_FLOAT)
        return (v128){ir_float(o->op, o->type, a.lo, b.lo, c.lo, o->aux, o->imm, run->e->fp), 0};
    if (info->traits & (IR_IS_LANE | IR_IS_VECTOR))
        return ir_vvalue(o->op, o->type, a, b, c, o->aux, o->imm, o->imm2);
    return (v128){ir_value(o->op, ir_bits(o->type), a.lo, b.lo, c.lo, o->aux, o->imm), 0};
}

/* Those that ir_interp does not do itself: no control. False: it raised. */
static __attribute__((noinline)) bool other(struct run *run, uint32_t i)
{
    const struct ir_op *o = &run->r->ops[i];
    bool done = true;
    v128 v = {0, 0};

    switch (o->op) {
    case IR_const:
        v.lo = o->imm;
        break;
    case IR_get:
        v = read_slot(run->e, o);
        break;
    case IR_put:
        write_slot(run->e, o, value(run, o->arg[0]));
        break;
    case IR_load: case IR_store: case IR_cas: case IR_xchg: case IR_xadd: case IR_xand: case IR_xor_: case IR_xeor:
        done = access_memory(run, o, &v);
        break;
    case IR_fence:
        __atomic_thread_fence(__ATOMIC_SEQ_CST);
        break;
    case IR_call:
        done = call_helper(run, o, &v);
        break;
    default:
        v = pure(run, o);
    }
    set_value(run, i, v);
    return done;
}

/* ---- the run ----
 * An op is done at the label that `where` has for its opcode and type, as the offset from the label
 * any, and each goes on to the next from its own end: two jumps fewer than a loop around a switch.
 * Where the op behind the next is done is looked up before the jump to the next: most jumps are
 * guessed wrong in code that runs for the first time, and the one after it is then known at once.
 * So one op behind the region is looked at, whatever it holds. */

#define KEY(op, type) ((unsigned)(op) | (unsigned)(type) << 8)
#define AT(label) (int32_t)((char *)&&label - (char *)&&any)
#define LABEL_OF(o) ((char *)&&any + where[KEY((o)->op, (o)->type) & (ARRAY_SIZE(where) - 1)])
#define NEXT now = next, i++, o++, next = LABEL_OF(o + 1); goto *now
#define ARG(n) run.lo[o->arg[n].id]

/* Hosts have 48-bit addresses: moved up by this, the reachable ones are below twice as much. */
#define REACH (1ull << 47)
#define IS_PLAIN(size) (o->aux == (size) && ARG(0) + REACH < reach)

struct ir_left ir_interp(struct ir_interp_env *e, const struct ir_region *r)
{
    static const int32_t where[16 << 8] = {
        [KEY(IR_insn, IR_NONE)] = AT(insn), [KEY(IR_label, IR_NONE)] = AT(nothing), [KEY(IR_nop, IR_NONE)] = AT(nothing),
        [KEY(IR_const, I32)] = AT(constant), [KEY(IR_const, I64)] = AT(constant), [KEY(IR_const, FLAGS)] = AT(constant),
        [KEY(IR_vconst, V128)] = AT(vconst),
        [KEY(IR_get, I64)] = AT(get_64), [KEY(IR_get, I32)] = AT(get_32), [KEY(IR_get, FLAGS)] = AT(get_flags),
        [KEY(IR_get, V128)] = AT(get_128), [KEY(IR_put, V128)] = AT(put_128),
        [KEY(IR_put, I64)] = AT(put), [KEY(IR_put, I32)] = AT(put), [KEY(IR_put, FLAGS)] = AT(put),
        [KEY(IR_load, I64)] = AT(load_64), [KEY(IR_load, I32)] = AT(load_32), [KEY(IR_load, V128)] = AT(load_128),
        [KEY(IR_store, I64)] = AT(store_64), [KEY(IR_store, I32)] = AT(store_32), [KEY(IR_store, V128)] = AT(store_128),
        [KEY(IR_br, IR_NONE)] = AT(br), [KEY(IR_br_if, IR_NONE)] = AT(br_if),
        [KEY(IR_exit_if, IR_NONE)] = AT(exit_if), [KEY(IR_exit, IR_NONE)] = AT(exit), [KEY(IR_exit_call, IR_NONE)] = AT(exit_call),
        [KEY(IR_exit_ind, IR_NONE)] = AT(exit_ind), [KEY(IR_exit_icall, IR_NONE)] = AT(exit_ind), [KEY(IR_exit_ret, IR_NONE)] = AT(exit_ind),
        [KEY(IR_raise, IR_NONE)] = AT(raise), [KEY(IR_sync, IR_NONE)] = AT(exit_call),
        [KEY(IR_cond, FLAGS)] = AT(cond),
#define OP(name, ...) [KEY(IR_##name, I64)] = AT(name##_64), [KEY(IR_##name, I32)] = AT(name##_32),
#define LANE(name, ...)
#define VECTOR(name, ...)
#define FLOAT(name, ...)
#define EFFECT(name, ...)
#include "ir/ops.def"
#undef OP
    };
    /* The verifier sees to it that values are made before they are read, and that a region ends in an exit. */
    struct run run;
    const uint64_t base = e->mem_base, reach = e->read || e->write ? 0 : 2 * REACH; /* 0: no access is plain */
    char *const state = e->state;
    const struct ir_op *o = r->ops;
    const char *now, *next = LABEL_OF(o + 1);
    size_t i = 0;

    run.e = e;
    run.r = r;
    run.lo = alloca(2 * r->count * sizeof *run.lo); /* no more than is needed: guests may give their threads small stacks */
    run.hi = run.lo + r->count;
    set_value(&run, 0, (v128){0, 0});
    NEXT;

insn:
    e->pc = o->imm;
    e->mode = o->mode;
    e->insns++;
nothing:
    NEXT;
constant:
    run.lo[i] = o->imm;
    NEXT;
vconst:
    set_value(&run, i, (v128){o->imm, o->imm2});
    NEXT;

get_64:
    run.lo[i] = ldle64(state + o->imm);
    NEXT;
get_32:
    run.lo[i] = ldle32(state + o->imm);
    NEXT;
get_flags:
    run.lo[i] = ldle16(state + o->imm);
    NEXT;
get_128:
    run.lo[i] = ldle64(state + o->imm);
    run.hi[i] = o->aux == 8 ? 0 : ldle64(state + o->imm + 8);
    NEXT;
put:
    stle64(state + o->imm, ARG(0));
    NEXT;
put_128:
    stle64(state + o->imm, ARG(0));
    if (o->aux != 8)
        stle64(state + o->imm + 8, run.hi[o->arg[0].id]);
    NEXT;

load_64:
    if (!IS_PLAIN(MO_64))
        goto any;
    run.lo[i] = read64(base + ARG(0));
    NEXT;
load_32:
    if (IS_PLAIN(MO_32))
        run.lo[i] = read32(base + ARG(0));
    else if (IS_PLAIN(MO_8))
        run.lo[i] = read8(base + ARG(0));
    else if (IS_PLAIN(MO_16))
        run.lo[i] = read16(base + ARG(0));
    else
        goto any;
    NEXT;
load_128:
    if (IS_PLAIN(MO_128))
        set_value(&run, i, read128(base + ARG(0)));
    else if (IS_PLAIN(MO_64))
        set_value(&run, i, (v128){read64(base + ARG(0)), 0});
    else
        goto any;
    NEXT;
store_64:
    if (!IS_PLAIN(MO_64))
        goto any;
    write64(base + ARG(0), ARG(1));
    NEXT;
store_32:
    if (IS_PLAIN(MO_32))
        write32(base + ARG(0), ARG(1));
    else if (IS_PLAIN(MO_8))
        write8(base + ARG(0), ARG(1));
    else if (IS_PLAIN(MO_16))
        write16(base + ARG(0), ARG(1));
    else
        goto any;
    NEXT;
store_128:
    if (IS_PLAIN(MO_128))
        write128(base + ARG(0), value(&run, o->arg[1]));
    else if (IS_PLAIN(MO_64))
        write64(base + ARG(0), ARG(1));
    else
        goto any;
    NEXT;

br_if:
    if (!ARG(0))
        goto nothing;
br:
    i = branch_to(e, run.r, (uint32_t)i, o->imm);
    o = &run.r->ops[i];
    next = LABEL_OF(o + 1);
    NEXT;
exit_if:
    if (!ARG(0))
        goto nothing;
exit:
    return leave(o, i, IR_exit, 0, EXC_NONE, 0);
exit_call:
    return leave(o, i, o->op, 0, EXC_NONE, 0);
exit_ind:
    return leave(o, i, o->op, ARG(0), EXC_NONE, 0);
raise:
    return leave(o, i, IR_raise, 0, o->aux, o->imm2);

cond:
    run.lo[i] = holds(o->aux, ARG(0));
    NEXT;

#define VALUE(bits, name, result, value)                                               \
    name##_##bits: {                                                                   \
        const unsigned n = bits, aux = o->aux;                                         \
        const uint64_t a = ARG(0), b = ARG(1), c = ARG(2);                             \
        (void)n, (void)aux, (void)a, (void)b, (void)c;                                 \
        run.lo[i] = (uint64_t)(value) & ones(result_bits(RES_##result, n));            \
        NEXT;                                                                          \
    }
#define OP(name, result, operands, traits, value) VALUE(64, name, result, value) VALUE(32, name, result, value)
#include "ir/ops.def"
#undef OP
#undef LANE
#undef VECTOR
#undef FLOAT
#undef EFFECT

any:
    if (!other(&run, (uint32_t)i))
        return leave_raised(e, (uint32_t)i);
    NEXT;
}

/*
 * interp.c: runs a region op by op. Pure ops take their value from ops.def by
 * ir_value and ir_vvalue, FLOAT ops from ir_float; here stand the effects.
 */
#include "ir/interp.h"
#include "util/util.h"

/* A run: the values made so far, by op index. */
struct run {
    struct ir_interp_env *e;
    const struct ir_region *r;
    struct ir_left left;
    v128 v[IR_MAX_OPS];
};

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

/* ---- memory ---- */

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

/* Not inlined: the env must be up to date in memory when a host fault jumps
 * out of here. Not instrumented: the fault must be the access's own, wherever
 * it goes. Aligned accesses are one host access, as guests rely on. */
#define GUEST_ACCESS __attribute__((noinline, no_sanitize("address")))
GUEST_ACCESS static bool host_read(const void *p, void *to, unsigned bytes)
{
    switch (bytes) {
    case 1:  memcpy(to, p, 1); break;
    case 2:  memcpy(to, p, 2); break;
    case 4:  memcpy(to, p, 4); break;
    case 8:  memcpy(to, p, 8); break;
    default: memcpy(to, p, 16); break;
    }
    return true;
}

GUEST_ACCESS static bool host_write(void *p, const void *from, unsigned bytes)
{
    switch (bytes) {
    case 1:  memcpy(p, from, 1); break;
    case 2:  memcpy(p, from, 2); break;
    case 4:  memcpy(p, from, 4); break;
    case 8:  memcpy(p, from, 8); break;
    default: memcpy(p, from, 16); break;
    }
    return true;
}

/* The guest may be misaligned; the host's locked instructions do not mind. */
#define CAS(type) \
    { type e, d; memcpy(&e, expected, sizeof e); memcpy(&d, desired, sizeof d); \
      e = __sync_val_compare_and_swap((type *)p, e, d); memcpy(expected, &e, sizeof e); } break
GUEST_ACCESS __attribute__((no_sanitize("alignment")))
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

static void *host_address(const struct ir_interp_env *e, uint64_t addr)
{
    return (void *)(uintptr_t)(e->mem_base + addr);
}

static bool read_memory(struct ir_interp_env *e, uint64_t addr, v128 *v, unsigned bytes)
{
    *v = (v128){0, 0};
    return e->read ? e->read(e, addr, v, bytes) : host_read(host_address(e, addr), v, bytes);
}

static bool write_memory(struct ir_interp_env *e, uint64_t addr, v128 v, unsigned bytes)
{
    return e->write ? e->write(e, addr, &v, bytes) : host_write(host_address(e, addr), &v, bytes);
}

static bool cas_memory(struct ir_interp_env *e, uint64_t addr, v128 *expected, v128 desired, unsigned bytes)
{
    return e->cas ? e->cas(e, addr, expected, &desired, bytes) : host_cas(host_address(e, addr), expected, &desired, bytes);
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
        v128 new = combine(o->op, from_memory(o, was), run->v[o->arg[1].id]);

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

static bool access_memory(struct run *run, const struct ir_op *o, v128 *result)
{
    unsigned bytes = access_bytes(o), strip = run->e->strip;
    uint64_t addr = (uint64_t)((int64_t)(run->v[o->arg[0].id].lo << strip) >> strip);

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
        return write_memory(run->e, addr, to_memory(o, run->v[o->arg[1].id]), bytes);
    case IR_cas:
        *result = to_memory(o, run->v[o->arg[1].id]);
        if (!cas_memory(run->e, addr, result, to_memory(o, run->v[o->arg[2].id]), bytes))
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
            arg[i] = run->v[o->arg[i].id];
    *result = (v128){0, 0};
    return run->e->call(run->e, o, arg, result);
}

/* ---- control ---- */

/*
 * Labels lie forward: the op of label `number` at or after i. What stands behind it belongs to the
 * instruction in which it stands, though the branch has leapt over where that begins.
 */
static uint32_t branch_to(struct run *run, uint32_t i, uint64_t number)
{
    const struct ir_region *r = run->r;

    for (; i < r->count && !(r->ops[i].op == IR_label && r->ops[i].imm == number); i++)
        if (r->ops[i].op == IR_insn) {
            run->e->pc = r->ops[i].imm;
            run->e->mode = r->ops[i].mode;
        }
    return i;
}

static void leave(struct run *run, uint32_t index, const struct ir_op *o)
{
    struct ir_left *l = &run->left;

    *l = (struct ir_left){.how = o->op == IR_exit_if ? IR_exit : (enum ir_opcode)o->op, .index = index,
                          .target = {o->imm, o->mode}, .return_address = o->imm2};
    if (o->op == IR_exit_ind || o->op == IR_exit_icall || o->op == IR_exit_ret)
        l->address = run->v[o->arg[0].id].lo;
    if (o->op == IR_raise) {
        l->exception = (enum exception)o->aux;
        l->data = o->imm2;
    }
}

/* An op raised: like the op raise, at the instruction we are in. */
static void leave_raised(struct run *run, uint32_t index)
{
    const struct ir_interp_env *e = run->e;

    run->left = (struct ir_left){.how = IR_raise, .index = index, .target = {e->pc, e->mode},
                                 .exception = e->exception, .data = e->data};
}

/* An EFFECT at index i. Returns the index to go on at, 0 when the region was left. */
static uint32_t effect(struct run *run, uint32_t i)
{
    const struct ir_op *o = &run->r->ops[i];
    struct ir_interp_env *e = run->e;

    switch (o->op) {
    case IR_get:
        run->v[i] = read_slot(e, o);
        break;
    case IR_put:
        write_slot(e, o, run->v[o->arg[0].id]);
        break;
    case IR_load: case IR_store: case IR_cas: case IR_xchg: case IR_xadd: case IR_xand: case IR_xor_: case IR_xeor:
        if (!access_memory(run, o, &run->v[i])) {
            leave_raised(run, i);
            return 0;
        }
        break;
    case IR_fence:
        __atomic_thread_fence(__ATOMIC_SEQ_CST);
        break;
    case IR_call:
        if (!call_helper(run, o, &run->v[i])) {
            leave_raised(run, i);
            return 0;
        }
        break;
    case IR_insn:
        e->pc = o->imm;
        e->mode = o->mode;
        e->insns++;
        break;
    case IR_label:
        break;
    case IR_br:
        return branch_to(run, i, o->imm);
    case IR_br_if:
        return run->v[o->arg[0].id].lo ? branch_to(run, i, o->imm) : i + 1;
    case IR_exit_if:
        if (!run->v[o->arg[0].id].lo)
            break;
        leave(run, i, o);
        return 0;
    default:
        leave(run, i, o);
        return 0;
    }
    return i + 1;
}

static v128 pure(const struct run *run, const struct ir_op *o)
{
    const struct ir_opinfo *info = &ir_info[o->op];
    v128 a = run->v[o->arg[0].id], b = run->v[o->arg[1].id], c = run->v[o->arg[2].id];

    if (info->traits & IR_IS_FLOAT && info->result == RES_VEC)
        return ir_vfloat(o->op, a, b, c, o->aux, o->imm, run->e->fp);
    if (info->traits & IR_IS_FLOAT)
        return (v128){ir_float(o->op, o->type, a.lo, b.lo, c.lo, o->aux, o->imm, run->e->fp), 0};
    if (info->traits & (IR_IS_LANE | IR_IS_VECTOR))
        return ir_vvalue(o->op, o->type, a, b, c, o->aux, o->imm, o->imm2);
    return (v128){ir_value(o->op, ir_bits(o->type), a.lo, b.lo, c.lo, o->aux, o->imm), 0};
}

struct ir_left ir_interp(struct ir_interp_env *e, const struct ir_region *r)
{
    struct run run; /* values are not cleared: the verifier sees to it that they are made before they are read */
    uint32_t i = 1;

    run.e = e;
    run.r = r;
    run.v[0] = (v128){0, 0};
    while (i) {
        const struct ir_op *o = &r->ops[i];

        bug_on(i >= r->count); /* a region ends in an exit */
        if (o->op == IR_const)
            run.v[i++] = (v128){o->imm, 0};
        else if (o->op == IR_nop)
            i++;
        else if (ir_info[o->op].traits & (IR_PURE | IR_IS_FLOAT)) {
            run.v[i] = pure(&run, o);
            i++;
        } else
            i = effect(&run, i);
    }
    return run.left;
}

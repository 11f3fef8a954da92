/*
 * build.c: ops are appended here, and nowhere else, to a region. Called by the
 * frontends for each guest instruction, so every call is constant time and
 * allocates nothing. With r->fold it also finds what is already known: values
 * of slots since the last label, constants, and the rules of fold.rules.
 */
#include "ir/fold.h"
#include "ir/ir.h"
#include "util/util.h"

static const ir_ref none;

/* Where the next op goes: filled in place, in large pieces. It counts once append() has been there. */
static inline struct ir_op *next_op(struct ir_region *r)
{
    bug_on(r->count >= IR_MAX_OPS); /* the frontend must look at ir_room() */
    return &r->ops[r->count];
}

static inline void fill(struct ir_op *o, enum ir_opcode op, unsigned type, unsigned aux, unsigned nargs, uint32_t mode,
                        ir_ref a, ir_ref b, uint64_t imm)
{
    uint64_t head = op | type << 8 | (aux & 0xff) << 16 | nargs << 24 | (uint64_t)mode << 32, args = a.id | (uint64_t)b.id << 32;

    memcpy(o, &head, sizeof head);
    memcpy(&o->arg[0], &args, sizeof args);
    memset(&o->arg[2], 0, sizeof args);
    o->imm = imm;
    o->imm2 = 0;
}
_Static_assert(offsetof(struct ir_op, type) == 1 && offsetof(struct ir_op, aux) == 2 && offsetof(struct ir_op, nargs) == 3 &&
               offsetof(struct ir_op, mode) == 4 && offsetof(struct ir_op, arg) == 8, "as in fill()");

static inline ir_ref append(struct ir_region *r, enum ir_opcode op, unsigned type, unsigned aux, unsigned nargs, uint32_t mode,
                            ir_ref a, ir_ref b, uint64_t imm)
{
    fill(next_op(r), op, type, aux, nargs, mode, a, b, imm);
    return (ir_ref){r->count++};
}

static inline struct ir_op *last(struct ir_region *r) { return &r->ops[r->count - 1]; }

/* ---- what is known of the state ----
 * A row of seen[] for what begins at each multiple of 8 (up to 16 bytes) and, in the
 * other half, one for the 4 bytes behind it, the same for slots 1024 bytes apart. */

static unsigned place(unsigned at) { return at / 8 % 128 | (at & 4) << 5; }

static uint32_t place_of(enum ir_type type, unsigned at, unsigned bytes) { return at | (uint32_t)type << 16 | bytes << 24; }
static unsigned bytes_of(uint32_t what) { return what >> 24; }

/* Guest state has changed behind our back, or may be reached by another path. */
static void forget_all(struct ir_region *r)
{
    r->fresh = r->count;
    r->epoch++;
}

/* Rows of slots 1024 bytes apart may go as well. */
static void forget(struct ir_region *r, unsigned at, unsigned bytes)
{
    unsigned first = at & ~7u;
    struct ir_seen *before = &r->seen[place(first - 8)];

    if (bytes_of(before->what) == 16)
        before->what = 0; /* it may reach into ours */
    if (bytes < 8) {
        r->seen[place(at)].what = 0;
        if (at & 4 && bytes_of(r->seen[place(first)].what) > 4)
            r->seen[place(first)].what = 0;
        return;
    }
    for (unsigned s = first; s < at + bytes; s += 8)
        r->seen[place(s)].what = r->seen[place(s + 4)].what = 0;
}

static inline void remember(struct ir_region *r, enum ir_type type, unsigned at, unsigned bytes, ir_ref v)
{
    if (!(at & 7 && bytes > 4))
        r->seen[place(at)] = (struct ir_seen){place_of(type, at, bytes), v.id, r->epoch};
}

static inline ir_ref known(const struct ir_region *r, enum ir_type type, unsigned at, unsigned bytes)
{
    const struct ir_seen *row = &r->seen[place(at)];

    return row->what == place_of(type, at, bytes) && row->epoch == r->epoch ? (ir_ref){row->id} : none;
}

/* Integer slots are written whole, whatever the type. */
static unsigned slot_bytes(enum ir_type type)
{
    return type == F32 ? 4 : 8;
}

bool ir_is_seen(const struct ir_region *r, ir_ref v, const struct ir_op *o)
{
    const struct ir_seen *row = &r->seen[place((unsigned)o->imm)];

    return (o->op == IR_get || o->op == IR_put) && row->id == v.id && row->epoch == r->epoch && (row->what & 0xffff) == o->imm;
}

/* What a get of another width knows; a put of i32 clears the upper half, a get leaves it open. */
static ir_ref known_otherwise(struct ir_region *r, enum ir_type type, unsigned at)
{
    ir_ref v = known(r, type == I64 ? I32 : I64, at, 8);

    if (!v.id || (type == I64 && r->ops[v.id].op == IR_get))
        return none;
    return type == I64 ? ir_op1(r, IR_zext, I64, v) : ir_op1(r, IR_trunc, I64, v);
}

/* Without r->fold nothing is remembered. */
static __attribute__((noinline)) ir_ref get_anew(struct ir_region *r, enum ir_type type, unsigned at, unsigned bytes)
{
    ir_ref v;

    if (r->fold && (type == I64 || type == I32) && (v = known_otherwise(r, type, at)).id)
        return v;
    v = append(r, IR_get, type, type == V128 ? bytes : 0, 0, 0, none, none, at);
    if (r->fold)
        remember(r, type, at, bytes, v);
    return v;
}

static inline ir_ref get(struct ir_region *r, enum ir_type type, unsigned at, unsigned bytes)
{
    ir_ref v = known(r, type, at, bytes);

    return v.id ? v : get_anew(r, type, at, bytes);
}

/* Does the slot hold v already? Of a 32-bit get the upper half is open, and a put would clear it. */
static bool holds(const struct ir_region *r, enum ir_type type, unsigned at, unsigned bytes, ir_ref v)
{
    ir_ref old = known(r, type, at, bytes);
    const struct ir_op *a = &r->ops[old.id], *b = &r->ops[v.id];

    if (!old.id || type == V128 || (a->op == IR_get && type != I64))
        return false;
    return old.id == v.id || (a->op == IR_const && b->op == IR_const && a->imm == b->imm);
}

static __attribute__((noinline)) void put(struct ir_region *r, enum ir_type type, unsigned at, unsigned bytes, ir_ref v)
{
    if (r->inlined && r->fold && holds(r, type, at, bytes, v)) /* as an inlined function gives registers back */
        return;
    if (type == FLAGS && !r->first_flags_put)
        r->first_flags_put = r->count;
    append(r, IR_put, type, type == V128 ? bytes : 0, 1, 0, v, none, at);
    if (!r->fold)
        return;
    forget(r, at, bytes);
    /* A put of 8 bytes of a vector says nothing of the upper half of v, which a get reads as zero.
     * A copy of another slot is read from its own: v's slot may change, and then v would have to be kept. */
    if ((type != V128 || bytes == 16) && r->ops[v.id].op != IR_get)
        remember(r, type, at, bytes, v);
}

ir_ref ir_get(struct ir_region *r, enum ir_type type, unsigned offset)
{
    return get(r, type, offset, slot_bytes(type));
}

/* As put(), which is for all: most are these. */
void ir_put(struct ir_region *r, enum ir_type type, unsigned offset, ir_ref value)
{
    unsigned i = place(offset);
    struct ir_seen *row = &r->seen[i], *before = &r->seen[(i - 1) % 128];

    if (type == F32 || offset & 7 || r->inlined || !r->fold || bytes_of(before->what) == 16) {
        put(r, type, offset, slot_bytes(type), value);
        return;
    }
    if (type == FLAGS && !r->first_flags_put)
        r->first_flags_put = r->count;
    append(r, IR_put, type, 0, 1, 0, value, none, offset);
    r->seen[i + 128].what = 0;
    row->what = r->ops[value.id].op == IR_get ? 0 : place_of(type, offset, 8);
    row->id = value.id;
    row->epoch = r->epoch;
}

ir_ref ir_getv(struct ir_region *r, unsigned offset, unsigned bytes)
{
    return get(r, V128, offset, bytes);
}

void ir_putv(struct ir_region *r, unsigned offset, unsigned bytes, ir_ref value)
{
    put(r, V128, offset, bytes, value);
}

ir_ref ir_getf(struct ir_region *r, enum ir_type type, unsigned offset)
{
    ir_ref v = r->fold ? known(r, V128, offset, 16) : none;

    if (!v.id)
        return ir_get(r, type, offset);
    const struct ir_op *o = &r->ops[v.id];
    return o->op == IR_ftov && o->type == type ? o->arg[0] : ir_op1(r, IR_vtof, type, v);
}

void ir_putf(struct ir_region *r, enum ir_type type, unsigned offset, ir_ref value)
{
    ir_putv(r, offset, 16, ir_op1(r, IR_ftov, type, value));
}

/* ---- values ---- */

void ir_begin(struct ir_region *r, struct region_key key)
{
    r->key = key;
    r->ops[0] = (struct ir_op){.op = IR_nop};
    r->count = 1;
    r->labels = 0;
    r->insns = 0;
    r->first_flags_put = 0;
    r->branches = 0;
    r->inlined = 0;
    r->insn_at = 0;
    r->mode = key.mode;
    r->end = 0;
    forget_all(r);
}

/* A constant is made once between labels, mostly: the hash remembers one of those that meet in it. */
static inline ir_ref constant(struct ir_region *r, enum ir_opcode op, enum ir_type type, uint64_t imm, uint64_t imm2)
{
    uint16_t *place = &r->constants[(imm ^ imm >> 6 ^ type) % ARRAY_SIZE(r->constants)];
    uint32_t id = *place;
    const struct ir_op *o = &r->ops[id];
    ir_ref v;

    if (o->imm == imm && o->op == op && o->type == type && o->imm2 == imm2 && id > r->fresh && id < r->count && r->fold)
        return (ir_ref){id};
    *place = (uint16_t)r->count;
    v = append(r, op, type, 0, 0, 0, none, none, imm);
    last(r)->imm2 = imm2;
    return v;
}

static inline ir_ref scalar(struct ir_region *r, enum ir_type type, uint64_t value)
{
    return constant(r, IR_const, type, type == I64 ? value : value & ones(ir_bits(type)), 0);
}

ir_ref ir_const(struct ir_region *r, enum ir_type type, uint64_t value)
{
    return scalar(r, type, value);
}

ir_ref ir_vconst(struct ir_region *r, uint64_t low, uint64_t high)
{
    return constant(r, IR_vconst, V128, low, high);
}

static bool is_constant(const struct ir_region *r, ir_ref v)
{
    return r->ops[v.id].op == IR_const || r->ops[v.id].op == IR_vconst;
}

/* Value of a scalar op whose operands are all constants. FLAGS have no constants. */
static bool evaluate(const struct ir_region *r, const struct ir_op *o, uint64_t *value)
{
    const struct ir_opinfo *info = &ir_info[o->op];
    uint64_t v[3] = {0};

    if (!(info->traits & IR_PURE) || info->traits & (IR_IS_LANE | IR_IS_VECTOR) || info->result == RES_FL || !o->nargs)
        return false;
    for (unsigned i = 0; i < o->nargs; i++) {
        if (!ir_is_const(r, o->arg[i]))
            return false;
        v[i] = r->ops[o->arg[i].id].imm;
    }
    *value = ir_value(o->op, ir_bits(o->type), v[0], v[1], v[2], o->aux, o->imm);
    return true;
}

static enum ir_type result_type(const struct ir_op *o)
{
    switch ((enum ir_result)ir_info[o->op].result) {
    case RES_W32: return I32;
    case RES_W64: return I64;
    default:      return (enum ir_type)o->type;
    }
}

/* What is known without the op; 0: it is needed. */
static ir_ref simplify(struct ir_region *r, const struct ir_op *o)
{
    uint64_t value;

    return ir_is_const(r, o->arg[0]) && evaluate(r, o, &value) ? ir_const(r, result_type(o), value) : ir_fold(r, o);
}

static inline ir_ref make(struct ir_region *r, enum ir_opcode op, enum ir_type type, ir_ref a, ir_ref b, ir_ref c, unsigned aux, uint64_t imm)
{
    const struct ir_opinfo *info = &ir_info[op];
    bool swap = info->traits & COMMUTES && is_constant(r, a) && !is_constant(r, b);
    struct ir_op *o = next_op(r);

    fill(o, op, info->type ? info->type : type, aux, info->nargs, 0, swap ? b : a, swap ? a : b, imm);
    o->arg[2] = c;
    if (r->fold) {
        ir_ref v = simplify(r, o);

        if (v.id)
            return v;
    }
    return (ir_ref){r->count++};
}

ir_ref ir_op(struct ir_region *r, enum ir_opcode op, enum ir_type type, ir_ref a, ir_ref b, ir_ref c, unsigned aux, uint64_t imm)
{
    return make(r, op, type, a, b, c, aux, imm);
}

ir_ref ir_op2(struct ir_region *r, enum ir_opcode op, enum ir_type type, ir_ref a, ir_ref b)
{
    return make(r, op, type, a, b, none, 0, 0);
}

ir_ref ir_op2i(struct ir_region *r, enum ir_opcode op, enum ir_type type, ir_ref a, uint64_t b)
{
    return ir_op2(r, op, type, a, scalar(r, type, b));
}

/* ---- memory ---- */

ir_ref ir_load(struct ir_region *r, enum ir_type type, unsigned memop, ir_ref addr)
{
    return append(r, IR_load, type, memop, 1, 0, addr, none, 0);
}

void ir_store(struct ir_region *r, enum ir_type type, unsigned memop, ir_ref addr, ir_ref value)
{
    append(r, IR_store, type, memop, 2, 0, addr, value, 0);
}

ir_ref ir_cas(struct ir_region *r, enum ir_type type, unsigned memop, ir_ref addr, ir_ref expected, ir_ref desired)
{
    ir_ref v = append(r, IR_cas, type, memop, 3, 0, addr, expected, 0);

    last(r)->arg[2] = desired;
    return v;
}

ir_ref ir_rmw(struct ir_region *r, enum ir_opcode op, enum ir_type type, unsigned memop, ir_ref addr, ir_ref value)
{
    return append(r, op, type, memop, 2, 0, addr, value, 0);
}

void ir_fence(struct ir_region *r)
{
    append(r, IR_fence, IR_NONE, 0, 0, 0, none, none, 0);
}

ir_ref ir_call(struct ir_region *r, unsigned helper, enum ir_type type, ir_ref a, ir_ref b, ir_ref c, ir_ref d)
{
    uint8_t nargs = d.id ? 4 : c.id ? 3 : b.id ? 2 : a.id ? 1 : 0;

    forget_all(r); /* only the frontend knows which helpers leave the state alone */
    ir_ref v = append(r, IR_call, type, 0, nargs, type, a, b, helper);

    last(r)->arg[2] = c;
    last(r)->arg[3] = d;
    return v;
}

/* ---- control ---- */

void ir_insn(struct ir_region *r, uint64_t pc, uint32_t mode)
{
    r->insns++;
    r->insn_at = r->count;
    r->mode = mode;
    append(r, IR_insn, IR_NONE, 0, 0, mode, none, none, pc);
}

unsigned ir_new_label(struct ir_region *r)
{
    return r->labels++;
}

void ir_label(struct ir_region *r, unsigned label)
{
    forget_all(r);
    append(r, IR_label, IR_NONE, 0, 0, 0, none, none, label);
}

void ir_br(struct ir_region *r, unsigned label)
{
    r->branches++;
    append(r, IR_br, IR_NONE, 0, 0, 0, none, none, label);
}

void ir_br_if(struct ir_region *r, ir_ref cond, unsigned label)
{
    if (r->fold && ir_is_const(r, cond)) {
        if (ir_at(r, cond)->imm)
            ir_br(r, label);
        return;
    }
    r->branches++;
    append(r, IR_br_if, IR_NONE, 0, 1, 0, cond, none, label);
}

void ir_exit(struct ir_region *r, uint64_t pc, uint32_t mode)
{
    append(r, IR_exit, IR_NONE, 0, 0, mode, none, none, pc);
}

void ir_exit_if(struct ir_region *r, ir_ref cond, uint64_t pc, uint32_t mode)
{
    append(r, IR_exit_if, IR_NONE, 0, 1, mode, cond, none, pc);
}

void ir_exit_call(struct ir_region *r, uint64_t pc, uint32_t mode, uint64_t return_address)
{
    append(r, IR_exit_call, IR_NONE, 0, 0, mode, none, none, pc);
    last(r)->imm2 = return_address;
}

void ir_exit_indirect(struct ir_region *r, ir_ref target)
{
    append(r, IR_exit_ind, IR_NONE, 0, 1, 0, target, none, 0);
}

void ir_exit_icall(struct ir_region *r, ir_ref target, uint64_t return_address)
{
    append(r, IR_exit_icall, IR_NONE, 0, 1, 0, target, none, 0);
    last(r)->imm2 = return_address;
}

void ir_exit_return(struct ir_region *r, ir_ref target)
{
    append(r, IR_exit_ret, IR_NONE, 0, 1, 0, target, none, 0);
}

void ir_raise(struct ir_region *r, enum exception e, uint64_t pc, uint64_t data)
{
    append(r, IR_raise, IR_NONE, e, 0, r->mode, none, none, pc);
    last(r)->imm2 = data;
}

void ir_sync(struct ir_region *r, uint64_t pc, uint32_t mode)
{
    append(r, IR_sync, IR_NONE, 0, 0, mode, none, none, pc);
}

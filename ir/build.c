/*
 * build.c: ops are appended here, and nowhere else, to a region. Called by the
 * frontends for each guest instruction, so every call is constant time and
 * allocates nothing. With r->fold it also finds what is already known: values
 * of slots since the last label, constants, and the rules of fold.rules.
 */
#include "ir/fold.h"
#include "ir/ir.h"
#include "util/util.h"

/* Putting two words together in a vector register takes longer than storing both. */
#pragma GCC optimize("no-tree-slp-vectorize")

#define none ((ir_ref){0})

/* The first four bytes of an op. */
static inline uint32_t head(enum ir_opcode op, unsigned type, unsigned aux, unsigned nargs)
{
    return op | type << 8 | (aux & 0xff) << 16 | nargs << 24;
}

/* In large pieces. */
static inline void fill(struct ir_op *o, uint32_t head, uint32_t mode, ir_ref a, ir_ref b, ir_ref c, uint64_t imm)
{
    uint64_t first = head | (uint64_t)mode << 32, args = a.id | (uint64_t)b.id << 32, rest = c.id;

    memcpy(o, &first, sizeof first);
    memcpy(&o->arg[0], &args, sizeof args);
    memcpy(&o->arg[2], &rest, sizeof rest);
    o->imm = imm;
    o->imm2 = 0;
}
_Static_assert(offsetof(struct ir_op, type) == 1 && offsetof(struct ir_op, aux) == 2 && offsetof(struct ir_op, nargs) == 3 &&
               offsetof(struct ir_op, mode) == 4 && offsetof(struct ir_op, arg) == 8, "as in head() and fill()");

/* Where the next op goes. */
static inline struct ir_op *next_op(const struct ir_region *r)
{
    bug_on(r->count >= IR_MAX_OPS); /* the frontend must look at ir_room() */
    return &r->ops[r->count];
}

static inline ir_ref append_op(struct ir_region *r, uint32_t head, uint32_t mode, ir_ref a, ir_ref b, ir_ref c, uint64_t imm)
{
    struct ir_op *o = next_op(r);
    ir_ref v = {r->count};

    r->count = v.id + 1;
    fill(o, head, mode, a, b, c, imm);
    return v;
}

static inline ir_ref append(struct ir_region *r, enum ir_opcode op, unsigned type, unsigned aux, unsigned nargs, uint32_t mode,
                            ir_ref a, ir_ref b, uint64_t imm)
{
    return append_op(r, head(op, type, aux, nargs), mode, a, b, none, imm);
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

static __attribute__((noinline)) ir_ref get_anew(struct ir_region *r, enum ir_type type, unsigned at, unsigned bytes)
{
    ir_ref v;

    if ((type == I64 || type == I32) && (v = known_otherwise(r, type, at)).id)
        return v;
    v = append(r, IR_get, type, type == V128 ? bytes : 0, 0, 0, none, none, at);
    remember(r, type, at, bytes, v);
    return v;
}

/* What r->fold asks for are functions of their own, here and below: the other way then saves no registers for it. */
static __attribute__((noinline)) ir_ref get(struct ir_region *r, enum ir_type type, unsigned at, unsigned bytes)
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

/* aux: bytes of a vector. */
static inline void append_put(struct ir_region *r, enum ir_type type, unsigned at, unsigned aux, ir_ref v)
{
    if (type == FLAGS && !r->first_flags_put)
        r->first_flags_put = r->count;
    append(r, IR_put, type, aux, 1, 0, v, none, at);
}

static __attribute__((noinline)) void put(struct ir_region *r, enum ir_type type, unsigned at, unsigned bytes, ir_ref v)
{
    if (r->inlined && holds(r, type, at, bytes, v)) /* as an inlined function gives registers back */
        return;
    append_put(r, type, at, type == V128 ? bytes : 0, v);
    forget(r, at, bytes);
    /* A put of 8 bytes of a vector says nothing of the upper half of v, which a get reads as zero.
     * A copy of another slot is read from its own: v's slot may change, and then v would have to be kept. */
    if ((type != V128 || bytes == 16) && r->ops[v.id].op != IR_get)
        remember(r, type, at, bytes, v);
}

/* Without r->fold nothing is remembered, and nothing looked up. */

ir_ref ir_get(struct ir_region *r, enum ir_type type, unsigned offset)
{
    return r->fold ? get(r, type, offset, slot_bytes(type)) : append(r, IR_get, type, 0, 0, 0, none, none, offset);
}

/* As put(), which is for all: most are these. */
static __attribute__((noinline)) void put_slot(struct ir_region *r, enum ir_type type, unsigned offset, ir_ref value)
{
    unsigned i = place(offset);
    struct ir_seen *row = &r->seen[i], *before = &r->seen[(i - 1) % 128];

    if (type == F32 || offset & 7 || r->inlined || bytes_of(before->what) == 16) {
        put(r, type, offset, slot_bytes(type), value);
        return;
    }
    append_put(r, type, offset, 0, value);
    r->seen[i + 128].what = 0;
    row->what = r->ops[value.id].op == IR_get ? 0 : place_of(type, offset, 8);
    row->id = value.id;
    row->epoch = r->epoch;
}

void ir_put(struct ir_region *r, enum ir_type type, unsigned offset, ir_ref value)
{
    if (r->fold)
        put_slot(r, type, offset, value);
    else
        append_put(r, type, offset, 0, value);
}

ir_ref ir_getv(struct ir_region *r, unsigned offset, unsigned bytes)
{
    return r->fold ? get(r, V128, offset, bytes) : append(r, IR_get, V128, bytes, 0, 0, none, none, offset);
}

void ir_putv(struct ir_region *r, unsigned offset, unsigned bytes, ir_ref value)
{
    if (r->fold)
        put(r, V128, offset, bytes, value);
    else
        append_put(r, V128, offset, bytes, value);
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
    forget_all(r);
}

static inline ir_ref append_constant(struct ir_region *r, enum ir_opcode op, enum ir_type type, uint64_t imm, uint64_t imm2)
{
    ir_ref v = append(r, op, type, 0, 0, 0, none, none, imm);

    if (op == IR_vconst)
        r->ops[v.id].imm2 = imm2;
    return v;
}

/* A constant is made once between labels, mostly: the hash remembers one of those that meet in it. */
static inline ir_ref find_constant(struct ir_region *r, enum ir_opcode op, enum ir_type type, uint64_t imm, uint64_t imm2)
{
    uint16_t *place = &r->constants[(imm ^ imm >> 6 ^ type) % ARRAY_SIZE(r->constants)];
    uint32_t id = *place;
    const struct ir_op *o = &r->ops[id];

    if (o->imm == imm && o->op == op && o->type == type && o->imm2 == imm2 && id > r->fresh && id < r->count)
        return (ir_ref){id};
    *place = (uint16_t)r->count;
    return append_constant(r, op, type, imm, imm2);
}

/* A look-up: widths come in no order that a branch could learn. */
static inline uint64_t of_type(enum ir_type type, uint64_t value)
{
    static const uint64_t ones_of[] = {[I8] = UINT8_MAX, [I16] = UINT16_MAX, [I32] = UINT32_MAX, [I64] = UINT64_MAX,
                                       [F32] = UINT32_MAX, [F64] = UINT64_MAX, [V128] = UINT64_MAX, [FLAGS] = UINT16_MAX};

    return value & ones_of[type];
}

static __attribute__((noinline)) ir_ref scalar(struct ir_region *r, enum ir_type type, uint64_t value)
{
    return find_constant(r, IR_const, type, value, 0);
}

ir_ref ir_const(struct ir_region *r, enum ir_type type, uint64_t value)
{
    value = of_type(type, value);
    if (r->fold)
        return scalar(r, type, value);
    return append_constant(r, IR_const, type, value, 0);
}

ir_ref ir_vconst(struct ir_region *r, uint64_t low, uint64_t high)
{
    return r->fold ? find_constant(r, IR_vconst, V128, low, high) : append_constant(r, IR_vconst, V128, low, high);
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

/* Appends a pure or FLOAT op, or finds that it is known without. */
static __attribute__((noinline)) ir_ref fold(struct ir_region *r, uint32_t head, ir_ref a, ir_ref b, ir_ref c, uint64_t imm)
{
    struct ir_op *o = next_op(r);
    bool swap = ir_info[head & 0xff].traits & COMMUTES && is_constant(r, a) && !is_constant(r, b);
    ir_ref v;

    fill(o, head, 0, swap ? b : a, swap ? a : b, c, imm);
    v = simplify(r, o);
    return v.id ? v : (ir_ref){r->count++};
}

/* head() of a pure or FLOAT op; the type is the table's where it says one. */
static inline uint32_t pure_head(enum ir_opcode op, enum ir_type type, unsigned aux)
{
    const struct ir_opinfo *info = &ir_info[op];

    return head(op, info->type ? info->type : type, aux, info->nargs);
}

static inline ir_ref make(struct ir_region *r, enum ir_opcode op, enum ir_type type, ir_ref a, ir_ref b, ir_ref c, unsigned aux, uint64_t imm)
{
    uint32_t first = pure_head(op, type, aux);

    if (r->fold)
        return fold(r, first, a, b, c, imm);
    return append_op(r, first, 0, a, b, c, imm);
}

ir_ref ir_op(struct ir_region *r, enum ir_opcode op, enum ir_type type, ir_ref a, ir_ref b, ir_ref c, unsigned aux, uint64_t imm)
{
    return make(r, op, type, a, b, c, aux, imm);
}

ir_ref ir_op1(struct ir_region *r, enum ir_opcode op, enum ir_type type, ir_ref a)
{
    return make(r, op, type, a, none, none, 0, 0);
}

ir_ref ir_op2(struct ir_region *r, enum ir_opcode op, enum ir_type type, ir_ref a, ir_ref b)
{
    return make(r, op, type, a, b, none, 0, 0);
}

ir_ref ir_op3(struct ir_region *r, enum ir_opcode op, enum ir_type type, ir_ref a, ir_ref b, ir_ref c)
{
    return make(r, op, type, a, b, c, 0, 0);
}

static __attribute__((noinline)) ir_ref fold_with(struct ir_region *r, uint32_t head, ir_ref a, enum ir_type type, uint64_t b)
{
    return fold(r, head, a, find_constant(r, IR_const, type, b, 0), none, 0);
}

ir_ref ir_op2i(struct ir_region *r, enum ir_opcode op, enum ir_type type, ir_ref a, uint64_t b)
{
    uint32_t first = pure_head(op, type, 0);

    b = of_type(type, b);
    if (r->fold)
        return fold_with(r, first, a, type, b);
    return append_op(r, first, 0, a, append_constant(r, IR_const, type, b, 0), none, 0);
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

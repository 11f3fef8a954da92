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

/* The next op, to be filled in place: a struct handed over by value would be
 * written in small pieces and read back in large ones, which stalls the host. */
static inline struct ir_op *append(struct ir_region *r)
{
    bug_on(r->count >= IR_MAX_OPS); /* the frontend must look at ir_room() */
    return &r->ops[r->count++];
}

static inline ir_ref last(const struct ir_region *r)
{
    return (ir_ref){r->count - 1};
}

/* ---- what is known of the state ----
 * A place in seen[] for what begins at each multiple of 8 (up to 16 bytes) and
 * one for the 4 bytes behind it, the same for slots 1024 bytes apart. */

static unsigned place(unsigned at) { return at / 4 % 256; }

static uint32_t place_of(enum ir_type type, unsigned at, unsigned bytes) { return at | (uint32_t)type << 16 | bytes << 24; }
static unsigned bytes_of(uint32_t what) { return what >> 24; }

static bool is_valid(const struct ir_region *r, unsigned i) { return r->seen_valid[i / 64] >> i % 64 & 1; }

/* Guest state has changed behind our back, or may be reached by another path. */
static void forget_all(struct ir_region *r)
{
    r->fresh = r->count;
    memset(r->seen_valid, 0, sizeof r->seen_valid);
}

static void forget_row(struct ir_region *r, unsigned i) { r->seen_valid[i / 64] &= ~(1ull << i % 64); }

/* Rows of slots 1024 bytes apart may go as well. */
static void forget(struct ir_region *r, unsigned at, unsigned bytes)
{
    unsigned first = at & ~7u, before = place(first - 8);

    if (is_valid(r, before) && bytes_of(r->seen[before].what) == 16)
        forget_row(r, before); /* it may reach into ours */
    if (bytes < 8) {
        forget_row(r, place(at));
        if (at & 4 && bytes_of(r->seen[place(first)].what) > 4)
            forget_row(r, place(first));
        return;
    }
    for (unsigned s = first; s < at + bytes; s += 8)
        r->seen_valid[place(s) / 64] &= ~(3ull << place(s) % 64);
}

static void remember(struct ir_region *r, enum ir_type type, unsigned at, unsigned bytes, ir_ref v)
{
    unsigned i = place(at);

    if (at & 7 && bytes > 4)
        return;
    r->seen[i].what = place_of(type, at, bytes);
    r->seen[i].id = v.id;
    r->seen_valid[i / 64] |= 1ull << i % 64;
}

static ir_ref known(const struct ir_region *r, enum ir_type type, unsigned at, unsigned bytes)
{
    unsigned i = place(at);

    if (is_valid(r, i) && r->seen[i].what == place_of(type, at, bytes))
        return (ir_ref){r->seen[i].id};
    return none;
}

/* Integer slots are written whole, whatever the type. */
static unsigned slot_bytes(enum ir_type type)
{
    return type == F32 ? 4 : 8;
}

static ir_ref get(struct ir_region *r, enum ir_type type, unsigned at, unsigned bytes)
{
    ir_ref v = r->fold ? known(r, type, at, bytes) : none;

    if (v.id)
        return v;
    if (r->fold && type == I64 && (v = known(r, I32, at, bytes)).id && r->ops[v.id].op != IR_get)
        return ir_op1(r, IR_zext, I64, v); /* a put of i32 clears the upper half, a get leaves it open */
    if (r->fold && type == I32 && (v = known(r, I64, at, bytes)).id)
        return ir_op1(r, IR_trunc, I64, v);
    *append(r) = (struct ir_op){.op = IR_get, .type = type, .aux = (uint8_t)(type == V128 ? bytes : 0), .imm = at};
    v = last(r);
    if (r->fold)
        remember(r, type, at, bytes, v);
    return v;
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

static void put(struct ir_region *r, enum ir_type type, unsigned at, unsigned bytes, ir_ref v)
{
    if (r->inlined && r->fold && holds(r, type, at, bytes, v)) /* as an inlined function gives registers back */
        return;
    if (type == FLAGS && !r->first_flags_put)
        r->first_flags_put = r->count;
    *append(r) = (struct ir_op){.op = IR_put, .type = type, .aux = (uint8_t)(type == V128 ? bytes : 0), .nargs = 1,
                             .arg = {v}, .imm = at};
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

void ir_put(struct ir_region *r, enum ir_type type, unsigned offset, ir_ref value)
{
    put(r, type, offset, slot_bytes(type), value);
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
    r->inlined = 0;
    r->insn_at = 0;
    r->mode = key.mode;
    r->end = 0;
    r->fresh = 0;
    memset(r->seen_valid, 0, sizeof r->seen_valid);
}

/* A constant is made once between labels, mostly: the hash remembers one of those that meet in it. */
static ir_ref constant(struct ir_region *r, enum ir_opcode op, enum ir_type type, uint64_t imm, uint64_t imm2)
{
    uint16_t *place = &r->constants[(imm ^ imm >> 6 ^ type) % ARRAY_SIZE(r->constants)];
    const struct ir_op *o = &r->ops[*place % IR_MAX_OPS];

    if (r->fold && *place > r->fresh && *place < r->count && o->op == op && o->type == type && o->imm == imm && o->imm2 == imm2)
        return (ir_ref){*place};
    *place = (uint16_t)r->count;
    *append(r) = (struct ir_op){.op = op, .type = type, .imm = imm, .imm2 = imm2};
    return last(r);
}

ir_ref ir_const(struct ir_region *r, enum ir_type type, uint64_t value)
{
    return constant(r, IR_const, type, value & ones(ir_bits(type)), 0);
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

ir_ref ir_op(struct ir_region *r, enum ir_opcode op, enum ir_type type, ir_ref a, ir_ref b, ir_ref c, unsigned aux, uint64_t imm)
{
    const struct ir_opinfo *info = &ir_info[op];
    bool swap = info->traits & COMMUTES && is_constant(r, a) && !is_constant(r, b);
    ir_ref left = swap ? b : a, right = swap ? a : b;

    type = ir_canonical_type(op, type);
    if (r->fold) {
        struct ir_op o = {.op = op, .type = type, .aux = (uint8_t)aux, .nargs = info->nargs, .arg = {left, right, c}, .imm = imm};
        ir_ref v = simplify(r, &o);

        if (v.id)
            return v;
    }
    *append(r) = (struct ir_op){.op = op, .type = type, .aux = (uint8_t)aux, .nargs = info->nargs, .arg = {left, right, c}, .imm = imm};
    return last(r);
}

/* ---- memory ---- */

ir_ref ir_load(struct ir_region *r, enum ir_type type, unsigned memop, ir_ref addr)
{
    *append(r) = (struct ir_op){.op = IR_load, .type = type, .aux = (uint8_t)memop, .nargs = 1, .arg = {addr}};
    return last(r);
}

void ir_store(struct ir_region *r, enum ir_type type, unsigned memop, ir_ref addr, ir_ref value)
{
    *append(r) = (struct ir_op){.op = IR_store, .type = type, .aux = (uint8_t)memop, .nargs = 2, .arg = {addr, value}};
}

ir_ref ir_cas(struct ir_region *r, enum ir_type type, unsigned memop, ir_ref addr, ir_ref expected, ir_ref desired)
{
    *append(r) = (struct ir_op){.op = IR_cas, .type = type, .aux = (uint8_t)memop, .nargs = 3,
                                    .arg = {addr, expected, desired}};
    return last(r);
}

ir_ref ir_rmw(struct ir_region *r, enum ir_opcode op, enum ir_type type, unsigned memop, ir_ref addr, ir_ref value)
{
    *append(r) = (struct ir_op){.op = op, .type = type, .aux = (uint8_t)memop, .nargs = 2, .arg = {addr, value}};
    return last(r);
}

void ir_fence(struct ir_region *r)
{
    *append(r) = (struct ir_op){.op = IR_fence};
}

ir_ref ir_call(struct ir_region *r, unsigned helper, enum ir_type type, ir_ref a, ir_ref b, ir_ref c, ir_ref d)
{
    uint8_t nargs = d.id ? 4 : c.id ? 3 : b.id ? 2 : a.id ? 1 : 0;

    forget_all(r); /* only the frontend knows which helpers leave the state alone */
    *append(r) = (struct ir_op){.op = IR_call, .type = type, .mode = type, .nargs = nargs, .arg = {a, b, c, d},
                                    .imm = helper};
    return last(r);
}

/* ---- control ---- */

void ir_insn(struct ir_region *r, uint64_t pc, uint32_t mode)
{
    r->insns++;
    r->insn_at = r->count;
    r->mode = mode;
    *append(r) = (struct ir_op){.op = IR_insn, .mode = mode, .imm = pc};
}

unsigned ir_new_label(struct ir_region *r)
{
    return r->labels++;
}

void ir_label(struct ir_region *r, unsigned label)
{
    forget_all(r);
    *append(r) = (struct ir_op){.op = IR_label, .imm = label};
}

void ir_br(struct ir_region *r, unsigned label)
{
    *append(r) = (struct ir_op){.op = IR_br, .imm = label};
}

void ir_br_if(struct ir_region *r, ir_ref cond, unsigned label)
{
    if (r->fold && ir_is_const(r, cond)) {
        if (ir_at(r, cond)->imm)
            ir_br(r, label);
        return;
    }
    *append(r) = (struct ir_op){.op = IR_br_if, .nargs = 1, .arg = {cond}, .imm = label};
}

void ir_exit(struct ir_region *r, uint64_t pc, uint32_t mode)
{
    *append(r) = (struct ir_op){.op = IR_exit, .mode = mode, .imm = pc};
}

void ir_exit_if(struct ir_region *r, ir_ref cond, uint64_t pc, uint32_t mode)
{
    *append(r) = (struct ir_op){.op = IR_exit_if, .mode = mode, .nargs = 1, .arg = {cond}, .imm = pc};
}

void ir_exit_call(struct ir_region *r, uint64_t pc, uint32_t mode, uint64_t return_address)
{
    *append(r) = (struct ir_op){.op = IR_exit_call, .mode = mode, .imm = pc, .imm2 = return_address};
}

void ir_exit_indirect(struct ir_region *r, ir_ref target)
{
    *append(r) = (struct ir_op){.op = IR_exit_ind, .nargs = 1, .arg = {target}};
}

void ir_exit_icall(struct ir_region *r, ir_ref target, uint64_t return_address)
{
    *append(r) = (struct ir_op){.op = IR_exit_icall, .nargs = 1, .arg = {target}, .imm2 = return_address};
}

void ir_exit_return(struct ir_region *r, ir_ref target)
{
    *append(r) = (struct ir_op){.op = IR_exit_ret, .nargs = 1, .arg = {target}};
}

void ir_raise(struct ir_region *r, enum exception e, uint64_t pc, uint64_t data)
{
    *append(r) = (struct ir_op){.op = IR_raise, .aux = (uint8_t)e, .mode = r->mode, .imm = pc, .imm2 = data};
}

void ir_sync(struct ir_region *r, uint64_t pc, uint32_t mode)
{
    *append(r) = (struct ir_op){.op = IR_sync, .mode = mode, .imm = pc};
}

/*
 * fold.c: what the matcher made from fold.rules is written in.
 */
#include "ir/fold.h"
#include "util/util.h"

#define AT(v) (&r->ops[(v).id])

static const ir_ref none;

static bool constant(const struct ir_region *r, ir_ref v, unsigned n, uint64_t *value)
{
    *value = AT(v)->imm;
    return AT(v)->op == IR_const;
}

/* want is meant at the constant's own width: {ones(n)}, -1 and the like fit any. */
static bool is_constant(const struct ir_region *r, ir_ref v, unsigned n, uint64_t want)
{
    return AT(v)->op == IR_const && AT(v)->imm == (want & ones(ir_bits((enum ir_type)AT(v)->type)));
}

static uint64_t every_lane(uint64_t value, unsigned n)
{
    return (value & ones(n)) * (~0ull / ones(n)); /* 1, or a one in each lane */
}

/* A vector of equal lanes of n bits. */
static bool lane_constant(const struct ir_region *r, ir_ref v, unsigned n, uint64_t *value)
{
    const struct ir_op *o = AT(v);

    *value = o->imm & ones(n);
    return o->op == IR_vconst && o->imm == o->imm2 && o->imm == every_lane(*value, n);
}

static bool is_lane_constant(const struct ir_region *r, ir_ref v, unsigned n, uint64_t want)
{
    uint64_t value;

    return lane_constant(r, v, n, &value) && value == (want & ones(n));
}

static ir_ref lane_value(struct ir_region *r, unsigned n, uint64_t value)
{
    return ir_vconst(r, every_lane(value, n), every_lane(value, n));
}

static bool boolean(const struct ir_region *r, ir_ref v)
{
    switch (AT(v)->op) {
    case IR_eq: case IR_ne: case IR_ltu: case IR_leu: case IR_lts: case IR_les: case IR_cond:
        return true;
    default:
        return false;
    }
}

/*
 * May an op use v, which so far only an operand of it uses? Not when v is of an
 * earlier guest instruction and its register has been overwritten since: the
 * backend would have to keep a copy, dearer than what the rule saves.
 */
static bool near(const struct ir_region *r, ir_ref v)
{
    if (v.id > r->insn_at || AT(v)->op == IR_const || AT(v)->op == IR_vconst)
        return true;
    if (AT(v)->op == IR_get) /* the builder never takes it for the value of another slot */
        return ir_is_seen(r, v, AT(v));
    for (uint32_t i = r->count - 1; i > v.id; i--)
        if (r->ops[i].op == IR_put && r->ops[i].arg[0].id == v.id && ir_is_seen(r, v, &r->ops[i]))
            return true;
    return false;
}

#include "ir/fold.gen.h"

static uint64_t kind(const struct ir_region *r, ir_ref v)
{
    const struct ir_op *o = AT(v);

    if (o->op == IR_const)
        return o->imm == 0 ? KIND_0 : o->imm == 1 ? KIND_1 : KIND_CONST;
    return kind_of_op[o->op];
}

/* Most ops are seen here to match nothing. */
static bool may_match(const struct ir_region *r, const struct ir_op *o)
{
    uint64_t needed = kinds_needed[o->op], kinds = KIND_ANY;

    if (!needed)
        return false;
    kinds |= kind(r, o->arg[0]) | kind(r, o->arg[1]) | kind(r, o->arg[2]);
    if (o->arg[0].id == o->arg[1].id || o->arg[1].id == o->arg[2].id)
        kinds |= KIND_SAME;
    return needed & kinds;
}

ir_ref ir_fold(struct ir_region *r, const struct ir_op *o)
{
    unsigned n;

    if (!may_match(r, o))
        return none;
    n = ir_bits((enum ir_type)o->type);
    if (ir_info[o->op].traits & IR_IS_LANE)
        n = o->aux == 8 || o->aux == 16 || o->aux == 32 ? o->aux : 64;
    return match(r, o, n);
}

/*
 * stored.c: loads of what the region itself has just stored, as a function's
 * pops find its pushes. Looking costs time, so a frontend asks where it pays:
 * in hot code, at the end of a function that it has inlined.
 */
#include "ir/ir.h"
#include "util/util.h"

#define LOOK_BACK 256 /* ops */
#define NEAR 4080     /* closer than a page, two addresses are never two names of one place */

/* An address as base + offset; a base of 0: it is all offset. */
static void split(const struct ir_region *r, ir_ref addr, ir_ref *base, uint64_t *offset)
{
    const struct ir_op *o = ir_at(r, addr);

    *offset = 0;
    for (; (o->op == IR_add || o->op == IR_sub) && ir_is_const(r, o->arg[1]); o = ir_at(r, addr)) {
        uint64_t n = ir_at(r, o->arg[1])->imm;

        *offset += o->op == IR_add ? n : -n;
        addr = o->arg[0];
    }
    *base = addr;
    if (o->op == IR_const) {
        *offset += o->imm;
        *base = (ir_ref){0};
    }
}

static bool is_whole(enum ir_type type, unsigned memop)
{
    return !(memop & (MO_BE | MO_ALIGN | MO_ACQ)) && 8u << (memop & MO_SIZE) == ir_bits(type);
}

/* Does nothing happen here that may change memory? */
static bool leaves_memory(const struct ir_op *o)
{
    unsigned traits = ir_info[o->op].traits;

    return traits & (IR_PURE | IR_IS_FLOAT) || o->op == IR_nop || o->op == IR_const || o->op == IR_get || o->op == IR_put ||
           o->op == IR_load || o->op == IR_insn || o->op == IR_br_if || o->op == IR_exit_if;
}

static unsigned bytes_of(unsigned memop) { return 1u << (memop & MO_SIZE); }

ir_ref ir_load_stored(struct ir_region *r, enum ir_type type, unsigned memop, ir_ref addr)
{
    uint32_t stop = MAX_(r->fresh, r->count > LOOK_BACK ? r->count - LOOK_BACK : 0);
    uint64_t mask = r->pointer64 ? ~0ull : UINT32_MAX, offset, at;
    ir_ref base, from;

    split(r, addr, &base, &offset);
    for (uint32_t i = r->count - 1; r->fold && i > stop && is_whole(type, memop); i--) {
        const struct ir_op *o = &r->ops[i];

        if (leaves_memory(o))
            continue;
        if (o->op != IR_store)
            break;
        split(r, o->arg[0], &from, &at);
        uint64_t above = (offset - at) & mask, below = (at - offset) & mask;
        if (from.id == base.id && !above && o->type == type && is_whole(type, o->aux & ~(unsigned)MO_ALIGN))
            return o->arg[1];
        if (from.id != base.id || MIN_(above, below) > NEAR || above < bytes_of(o->aux) || below < bytes_of(memop))
            break;
    }
    return ir_load(r, type, memop, addr);
}

/*
 * coherent.c: code on pages that are written so often that they are no longer
 * write-protected (PAGE_MAX_HITS). Architectures ask for cache maintenance
 * there, but CPUs whose caches are coherent do without, and so do programs
 * written on them. So the region compares its own bytes first, each time it is
 * entered; when they are others it is left by EXC_NONE and made again. It ends
 * at its first call, behind which it would be entered unchecked.
 */
#include "runtime/internal.h"

static bool is_call(const struct ir_op *o) { return o->op == IR_exit_call || o->op == IR_exit_icall; }

/* Where the instruction ends, at the latest; not on a page that it may have no business on. */
static uint64_t end_of(uint64_t pc)
{
    return MIN_(pc + MAX_INSN, align_down(pc, GUEST_PAGE) + GUEST_PAGE);
}

unsigned coherent_plan(const struct ir_region *r, struct coherent *c)
{
    unsigned insns = 0;

    c->nranges = 0;
    for (uint32_t i = 1; i < r->count; i++) {
        const struct ir_op *o = &r->ops[i];
        struct code_range *last = c->nranges ? &c->ranges[c->nranges - 1] : NULL;

        if (is_call(o))
            break;
        if (o->op != IR_insn)
            continue;
        if (last && o->imm >= last->start && o->imm <= last->end) {
            last->end = MAX_(last->end, end_of(o->imm));
        } else if (c->nranges < ARRAY_SIZE(c->ranges)) {
            c->ranges[c->nranges++] = (struct code_range){o->imm, end_of(o->imm)};
        } else {
            break;
        }
        insns++;
    }
    return insns;
}

/* The bits in which n bytes at addr differ from what they are now. */
static ir_ref difference(struct ir_region *r, struct code_source *s, uint64_t addr, unsigned size)
{
    uint64_t now = 0;
    ir_ref at = ir_const(r, r->pointer64 ? I64 : I32, addr);

    s->read(s, addr, &now, 1u << size);
    return ir_op2i(r, IR_xor, I64, ir_load(r, I64, size, at), now);
}

unsigned coherent_begin(struct ir_region *r, struct code_source *s, const struct coherent *c)
{
    unsigned stale = ir_new_label(r);
    ir_ref all = {0};

    ir_insn(r, r->key.pc, r->key.mode);
    for (unsigned i = 0; i < c->nranges; i++)
        for (uint64_t at = c->ranges[i].start; at < c->ranges[i].end;) {
            unsigned size = c->ranges[i].end - at >= 8 ? MO_64 : c->ranges[i].end - at >= 4 ? MO_32 : MO_16;
            ir_ref part = difference(r, s, at, size);

            all = all.id ? ir_op2(r, IR_or, I64, all, part) : part;
            at += 1u << size;
        }
    ir_br_if(r, ir_op2i(r, IR_ne, I64, all, 0), stale);
    r->insns = 0;
    return stale;
}

void coherent_end(struct ir_region *r, unsigned stale)
{
    uint32_t insns = r->insns;
    const struct ir_op *last = &r->ops[r->count - 1];

    if (is_call(last)) { /* it comes back to the label behind it, which must not be ours */
        struct region_key back = rt.arch->key_of_return(r->key, last->imm2);

        ir_label(r, ir_new_label(r));
        ir_exit(r, back.pc, back.mode);
    }
    ir_label(r, stale);
    ir_insn(r, r->key.pc, r->key.mode);
    ir_raise(r, EXC_NONE, r->key.pc, 0);
    r->insns = insns;
    rt.count.coherent++;
}

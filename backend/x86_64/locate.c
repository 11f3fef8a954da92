/*
 * locate.c: where values are. A value is a constant, another name of a guest
 * register's home, in one of the few scratch registers, spilled, or not made
 * at all because its consumers swallow it. There is no allocator beyond that.
 */
#include "backend/x86_64/gen.h"

static int32_t spill_at(unsigned i) { return VC(spill) + 8 * (int32_t)i; }
struct mem spill_mem(unsigned i) { return mem_at(RBP, spill_at(i)); }
struct mem vspill_mem(unsigned i) { return mem_at(RBP, VC(vspill) + 16 * (int32_t)i); }

static unsigned bit_free(struct gen *g, uint32_t *map, unsigned n)
{
    for (unsigned i = 0; i < n; i++)
        if (!(*map >> i & 1)) {
            *map |= 1u << i;
            return i;
        }
    give_up(g);
    return 0;
}

static enum ir_type type_at(struct gen *g, uint32_t id) { return ir_type_of(g->r, (ir_ref){id}); }
static bool wide(struct gen *g, uint32_t id) { return type_at(g, id) == I64; }

/* ---- aliases: values that are the present content of a guest register ---- */

static inline void alias_remove(struct gen *g, unsigned i)
{
    unsigned last = g->aliases[--g->naliases];

    count_names(g, &g->v[g->aliases[i]], -1u);
    g->aliases[i] = (uint16_t)last;
    g->v[last].alias = (uint8_t)i;
}

static inline void alias_drop(struct gen *g, uint32_t id)
{
    unsigned i = g->v[id].alias;

    if (i < g->naliases && g->aliases[i] == id)
        alias_remove(g, i);
}

/* The same value now stands in a home too: read it from there. */
void alias_move(struct gen *g, uint32_t id, unsigned reg, unsigned offset)
{
    struct value *v = &g->v[id];

    count_names(g, v, -1u);
    v->where = W_PIN;
    v->reg = (uint8_t)reg;
    v->at = (uint16_t)offset;
    count_names(g, v, 1);
}

/* Eight bytes got in their own home are no more than that; put elsewhere as a vector they are sixteen. */
static unsigned alias_bytes(struct gen *g, uint32_t id)
{
    switch (type_at(g, id)) {
    case F32: return 4;
    case V128: return g->v[id].where == W_PIN && g->r->ops[id].op == IR_get && g->r->ops[id].aux == 8 ? 8 : 16;
    default: return 8;
    }
}

/* A value in scratch that memory holds as well, so that it need not be stored when its register is wanted. */
static void unback(struct gen *g, uint32_t id)
{
    struct value *v = &g->v[id];

    if (v->backed == W_SLOT)
        alias_drop(g, id);
    else if (v->backed == W_SPILL)
        *(v->vector ? &g->vspill_used : &g->spill_used) &= ~(1u << v->at);
    v->backed = W_NONE;
}

void back_by_slot(struct gen *g, uint32_t id, unsigned offset)
{
    struct value *v = &g->v[id];

    if (v->where != W_REG || v->backed || g->naliases == MAX_ALIAS)
        return;
    v->backed = W_SLOT;
    v->at = (uint16_t)offset;
    alias_add(g, id);
}

void lose_slot(struct gen *g, ir_ref v)
{
    if (val(g, v)->backed == W_SLOT)
        unback(g, g->v[v.id].root);
}

void make_alias(struct gen *g, uint32_t id, enum where where, unsigned reg, unsigned offset)
{
    struct value *v = &g->v[id];

    if (v->backed)
        unback(g, id);
    name_alias(g, id, where, reg, offset);
}

/* ---- scratch registers ---- */

static void spill(struct gen *g, uint32_t id)
{
    struct value *v = &g->v[id];

    if (v->backed) {
        (v->vector ? g->xmm_owner : g->gpr_owner)[v->reg] = 0;
        v->where = v->backed;
        v->backed = W_NONE;
        return;
    }
    if (v->vector) {
        unsigned i = bit_free(g, &g->vspill_used, 16);
        v_rm(&g->c, V_MOVDQU_S, v->reg, vspill_mem(i));
        g->xmm_owner[v->reg] = 0;
        v->at = (uint16_t)i;
    } else {
        unsigned i = bit_free(g, &g->spill_used, 32);
        mov_store(&g->c, true, spill_mem(i), v->reg);
        g->gpr_owner[v->reg] = 0;
        v->at = (uint16_t)i;
    }
    v->where = W_SPILL;
}

static unsigned pick(struct gen *g, const uint16_t *owner, uint32_t set, uint32_t lock)
{
    uint32_t open = set & ~lock, best = 0;
    unsigned reg = NOREG;

    /* rax last: it stays free for lahf and cmpxchg */
    for (uint32_t s = open & ~1u; s; s &= s - 1)
        if (!owner[__builtin_ctz(s)])
            return (unsigned)__builtin_ctz(s);
    if (open & 1 && !owner[0])
        return 0;
    for (uint32_t s = open; s; s &= s - 1) { /* the oldest is likely the last to be read */
        unsigned r = (unsigned)__builtin_ctz(s);
        if (reg == NOREG || owner[r] < best) {
            reg = r;
            best = owner[r];
        }
    }
    bug_on(reg == NOREG);
    spill(g, owner[reg]);
    return reg;
}

unsigned gpr_scratch(struct gen *g)
{
    unsigned r = pick(g, g->gpr_owner, GPR_SCRATCH, g->gpr_lock);

    g->gpr_lock |= 1u << r;
    return r;
}

unsigned xmm_scratch(struct gen *g)
{
    unsigned r = pick(g, g->xmm_owner, XMM_SCRATCH, g->xmm_lock);

    g->xmm_lock |= 1u << r;
    return r;
}

unsigned xmm_low(struct gen *g)
{
    uint32_t low = XMM_LOW & ~g->xmm_lock, high = XMM_SCRATCH & ~XMM_LOW & ~g->xmm_lock;
    unsigned r = NOREG;

    for (uint32_t s = low; s && r == NOREG; s &= s - 1)
        if (!g->xmm_owner[__builtin_ctz(s)])
            r = (unsigned)__builtin_ctz(s);
    for (uint32_t s = high; s && low && r == NOREG; s &= s - 1)
        if (!g->xmm_owner[__builtin_ctz(s)]) { /* its owner moves up */
            unsigned to = (unsigned)__builtin_ctz(s);
            r = (unsigned)__builtin_ctz(low);
            movaps(&g->c, to, r);
            g->v[g->xmm_owner[r]].reg = (uint8_t)to;
            g->xmm_owner[to] = g->xmm_owner[r];
            g->xmm_owner[r] = 0;
        }
    if (r == NOREG)
        r = pick(g, g->xmm_owner, XMM_LOW, g->xmm_lock);
    g->xmm_lock |= 1u << r;
    return r;
}

void gpr_take(struct gen *g, unsigned reg)
{
    uint32_t id = g->gpr_owner[reg];

    g->gpr_lock |= 1u << reg;
    if (!id)
        return;
    for (uint32_t s = GPR_SCRATCH & ~g->gpr_lock; s; s &= s - 1) {
        unsigned r = (unsigned)__builtin_ctz(s);
        if (!g->gpr_owner[r]) {
            mov_rr(&g->c, true, r, reg);
            g->gpr_owner[r] = id;
            g->gpr_owner[reg] = 0;
            g->v[id].reg = (uint8_t)r;
            return;
        }
    }
    spill(g, id);
}

void xmm_take(struct gen *g, unsigned reg)
{
    uint32_t id = g->xmm_owner[reg];

    g->xmm_lock |= 1u << reg;
    if (!id)
        return;
    for (uint32_t s = XMM_SCRATCH & ~g->xmm_lock; s; s &= s - 1) {
        unsigned r = (unsigned)__builtin_ctz(s);
        if (!g->xmm_owner[r]) {
            movaps(&g->c, r, reg);
            g->xmm_owner[r] = id;
            g->xmm_owner[reg] = 0;
            g->v[id].reg = (uint8_t)r;
            return;
        }
    }
    spill(g, id);
}

static __attribute__((noinline)) void release_lazy(struct gen *g, uint32_t id)
{
    const struct ir_op *o = &g->r->ops[id];

    for (unsigned i = 0; i < o->nargs; i++)
        used(g, o->arg[i]);
}

static __attribute__((noinline)) void release_other(struct gen *g, uint32_t id)
{
    struct value *v = &g->v[id];

    if (v->kept)
        flags_forget_operands(g, id);
    switch (v->where) {
    case W_PIN: case W_SLOT:
        alias_drop(g, id);
        break;
    case W_REG:
        if (v->backed)
            unback(g, id);
        if (v->vector && g->xmm_owner[v->reg] == id)
            g->xmm_owner[v->reg] = 0;
        else if (!v->vector && g->gpr_owner[v->reg] == id)
            g->gpr_owner[v->reg] = 0;
        break;
    case W_SPILL:
        *(v->vector ? &g->vspill_used : &g->spill_used) &= ~(1u << v->at);
        break;
    case W_LAZY:
        release_lazy(g, id);
        break;
    default:
        break;
    }
}

/* What is commonest is done without a call. */
void release(struct gen *g, uint32_t id)
{
    const struct value *v = &g->v[id];

    if (v->kept | v->backed | v->vector)
        release_other(g, id);
    else if (v->where == W_PIN)
        alias_drop(g, id);
    else if (v->where != W_REG)
        release_other(g, id);
    else if (g->gpr_owner[v->reg] == id)
        g->gpr_owner[v->reg] = 0;
}

/* ---- reading ---- */

bool in_memory(struct gen *g, ir_ref r, struct mem *m)
{
    const struct value *v = val(g, r);

    if (v->where == W_SLOT)
        *m = mem_at(RBP, ST(v->at));
    else if (v->where == W_SPILL)
        *m = v->vector ? vspill_mem(v->at) : spill_mem(v->at);
    else
        return false;
    return true;
}

static void own(struct gen *g, uint32_t id, unsigned reg)
{
    struct value *v = &g->v[id];

    v->backed = W_NONE;
    v->where = W_REG;
    v->reg = (uint8_t)reg;
    (v->vector ? g->xmm_owner : g->gpr_owner)[reg] = id;
}

/* A trunc is another name of 64 bits; the home of a 64-bit guest's register is read as it is. */
bool upper_clean(struct gen *g, ir_ref ref)
{
    if (g->r->ops[ref.id].op == IR_trunc)
        return false;
    return !x86_pins.wide_guest || op_of(g, ref)->op != IR_get || val(g, ref)->where != W_PIN;
}

/* Loaded from its slot or spill, which stays what it is. */
static void own_copy(struct gen *g, uint32_t id, unsigned reg)
{
    enum where from = g->v[id].where;

    own(g, id, reg);
    g->v[id].backed = from;
}

/* A value that is in no register yet. */
unsigned gpr_loaded(struct gen *g, ir_ref ref)
{
    uint32_t id = g->v[ref.id].root;
    struct value *v = &g->v[id];
    unsigned reg;

    switch (v->where) {
    case W_LAZY:
        force(g, id);
        return gpr_of(g, ref);
    case W_CONST: /* not kept: constants are cheap */
        reg = gpr_scratch(g);
        mov_ri(&g->c, reg, g->r->ops[id].imm);
        return reg;
    case W_SLOT: case W_SPILL:
        reg = gpr_scratch(g);
        state_load(&g->c, v->where == W_SPILL || wide(g, id), reg, v->where == W_SLOT ? ST(v->at) : spill_at(v->at));
        own_copy(g, id, reg);
        return reg;
    default:
        bug("x86: value %u of %s is nowhere", id, ir_info[g->r->ops[id].op].name);
    }
}

static void load_vector(struct gen *g, uint32_t id, unsigned reg, struct mem m)
{
    static const uint32_t loads[] = {[F32] = V_MOVSS_L, [F64] = V_MOVQ_L, [V128] = V_MOVDQU_L};

    v_rm(&g->c, g->v[id].where == W_SPILL ? V_MOVDQU_L : loads[type_at(g, id)], reg, m);
}

unsigned xmm_of(struct gen *g, ir_ref ref)
{
    uint32_t id = g->v[ref.id].root;
    struct value *v = &g->v[id];
    struct mem m;
    unsigned reg;

    switch (v->where) {
    case W_PIN:
        return v->reg;
    case W_REG:
        g->xmm_lock |= 1u << v->reg;
        return v->reg;
    case W_SLOT: case W_SPILL:
        reg = xmm_scratch(g);
        in_memory(g, ref, &m);
        load_vector(g, id, reg, m);
        if (v->where == W_SLOT && type_at(g, id) != V128)
            v->known |= zeros_above(type_at(g, id));
        own_copy(g, id, reg);
        return reg;
    default:
        bug("x86: vector value %u of %s is nowhere", id, ir_info[g->r->ops[id].op].name);
    }
}

void unlock(struct gen *g, unsigned reg) { g->gpr_lock &= ~(1u << reg); }

void gpr_into(struct gen *g, ir_ref ref, unsigned reg)
{
    struct mem m;

    if (val(g, ref)->where == W_LAZY)
        force(g, g->v[ref.id].root);
    if (is_const(g, ref))
        mov_ri(&g->c, reg, const_of(g, ref));
    else if (in_memory(g, ref, &m))
        mov_load(&g->c, val(g, ref)->where == W_SPILL || wide(g, g->v[ref.id].root), reg, m);
    else
        mov_rr(&g->c, wide(g, g->v[ref.id].root), reg, val(g, ref)->reg);
}

/* ---- writing ---- */

/* Does a value still to be read live in these bytes of the state? */
static bool slot_wanted(struct gen *g, unsigned offset, unsigned bytes)
{
    for (unsigned i = 0; i < g->naliases; i++) {
        const struct value *v = &g->v[g->aliases[i]];
        if (v->where != W_REG && v->at < offset + bytes && offset < v->at + alias_bytes(g, g->aliases[i]))
            return true;
    }
    return false;
}

static inline unsigned gpr_home(struct gen *g, uint32_t op)
{
    const struct value *v = &g->v[op];
    unsigned reg;

    if (!v->hint)
        return NOREG;
    reg = x86_pins.gpr[v->hint - 1];
    return reg == NOREG || (g->names[v->hint - 1] && slot_wanted(g, (v->hint - 1) * 8u, 8)) ? NOREG : reg;
}

unsigned gpr_dest(struct gen *g, uint32_t op)
{
    unsigned home = gpr_home(g, op);

    if (home != NOREG)
        return home;
    /* a register freed by an operand of this very op may be taken although it is locked */
    for (uint32_t s = GPR_SCRATCH & g->gpr_lock & ~g->gpr_outer; s; s &= s - 1)
        if (!g->gpr_owner[__builtin_ctz(s)])
            return (unsigned)__builtin_ctz(s);
    return gpr_scratch(g);
}

/* Like gpr_dest, but never a locked register: the operands are still read after it is written. */
unsigned gpr_dest_early(struct gen *g, uint32_t op)
{
    unsigned home = gpr_home(g, op);

    return home != NOREG ? home : gpr_scratch(g);
}

static unsigned xmm_home(struct gen *g, uint32_t op)
{
    const struct value *v = &g->v[op];
    enum ir_type t = type_at(g, op);
    unsigned slot = v->hint - 1u;

    if (!v->hint || x86_pins.xmm[slot] == NOREG || x86_pins.part[slot])
        return NOREG;
    if (slot_wanted(g, slot * 8, t == V128 || x86_pins.wide[slot] ? 16 : 8))
        return NOREG;
    return x86_pins.xmm[slot];
}

unsigned xmm_dest(struct gen *g, uint32_t op)
{
    unsigned home = xmm_home(g, op);

    if (home != NOREG)
        return home;
    for (uint32_t s = XMM_SCRATCH & g->xmm_lock & ~g->xmm_outer; s; s &= s - 1)
        if (!g->xmm_owner[__builtin_ctz(s)])
            return (unsigned)__builtin_ctz(s);
    return xmm_scratch(g);
}

unsigned xmm_dest_early(struct gen *g, uint32_t op)
{
    unsigned home = xmm_home(g, op);

    return home != NOREG ? home : xmm_scratch(g);
}

void made(struct gen *g, uint32_t op, unsigned reg)
{
    struct value *v = &g->v[op];

    if (!((v->vector ? XMM_SCRATCH : GPR_SCRATCH) >> reg & 1)) /* straight into the home of the guest register it will be put to */
        name_alias(g, op, W_PIN, reg, (v->hint - 1) * 8u);
    else if (v->uses)
        own(g, op, reg);
}

bool clear_in_place(struct gen *g, const struct ir_op *o, unsigned known)
{
    struct value *v = &g->v[g->at], *a = val(g, o->arg[0]);

    v->known = (uint8_t)known;
    if (a->where == W_REG && (a->known & known) == known) {
        a->uses += v->uses;
        v->root = g->v[o->arg[0].id].root;
        used(g, o->arg[0]);
        return true;
    }
    if (a->where != W_PIN || !v->hint || a->at != (v->hint - 1) * 8 || a->reg != x86_pins.xmm[v->hint - 1] || op_of(g, o->arg[0])->op == IR_get)
        return false;
    unsigned reg = a->reg, at = a->at;
    if ((a->known & known) != known) { /* who goes on reading a scalar does not mind */
        if (a->uses > 1 && type_at(g, g->v[o->arg[0].id].root) == V128)
            return false;
        cut_above(g, known, reg, reg);
        a->known |= (uint8_t)known;
    }
    used(g, o->arg[0]);
    make_alias(g, g->at, W_PIN, reg, at);
    return true;
}

void force(struct gen *g, uint32_t id)
{
    struct value *v = &g->v[id];
    uint32_t at = g->at;
    const struct lower_row *row = &x86_lower[g->r->ops[id].op];

    v->where = W_NONE;
    g->at = id;
    uint32_t gl = g->gpr_lock, xl = g->xmm_lock, go = g->gpr_outer, xo = g->xmm_outer;
    g->gpr_outer |= gl; /* what the op we are called for holds is not ours */
    g->xmm_outer |= xl;
    row->fn(g, &g->r->ops[id]);
    g->gpr_lock |= gl;
    g->xmm_lock |= xl;
    g->gpr_outer = go;
    g->xmm_outer = xo;
    g->at = at;
}

/* Of an 8-byte home only the lower half comes through a call. */
void spill_narrow(struct gen *g)
{
    for (unsigned i = 0; i < g->naliases;) {
        uint32_t id = g->aliases[i];
        if (g->v[id].upper && !(g->v[id].known & V_ZERO_ABOVE) && g->v[id].where == W_PIN && !x86_pins.wide[g->v[id].at / 8]) {
            alias_drop(g, id);
            spill(g, id);
        } else {
            i++;
        }
    }
}

void evict_all(struct gen *g)
{
    for (uint32_t s = GPR_SCRATCH; s; s &= s - 1)
        if (g->gpr_owner[__builtin_ctz(s)])
            spill(g, g->gpr_owner[__builtin_ctz(s)]);
    for (uint32_t s = XMM_SCRATCH; s; s &= s - 1)
        if (g->xmm_owner[__builtin_ctz(s)])
            spill(g, g->xmm_owner[__builtin_ctz(s)]);
    spill_narrow(g);
}

/* FLAGS words are memory to memory. */
static void copy_flags_word(struct gen *g, uint32_t id)
{
    struct value *v = &g->v[id];
    unsigned reg = gpr_scratch(g), i = bit_free(g, &g->spill_used, 32);

    mov_load(&g->c, true, reg, mem_at(RBP, ST(v->at)));
    mov_store(&g->c, true, spill_mem(i), reg);
    v->where = W_SPILL;
    v->at = (uint16_t)i;
}

/* The slot goes: when nobody but the compare in EFLAGS reads the old value, the compare gives it up. */
static void flags_let_go(struct gen *g, unsigned offset, unsigned bytes)
{
    const struct ir_op *o = &g->r->ops[g->fl.value];

    for (unsigned i = 0; i < o->nargs; i++) {
        const struct value *v = val(g, o->arg[i]);
        if ((v->where == W_PIN || v->where == W_SLOT) && v->uses == 1 && v->at < offset + bytes && offset < v->at + 8u) {
            flags_forget_operands(g, g->fl.value);
            return;
        }
    }
}

void clobber_slot(struct gen *g, unsigned offset, unsigned bytes, uint32_t except)
{
    if (g->fl.value && g->v[g->fl.value].kept) /* a compare still in EFLAGS is not worth a copy of its operands */
        flags_let_go(g, offset, bytes);
    for (unsigned i = 0; i < g->naliases;) {
        uint32_t id = g->aliases[i];
        struct value *v = &g->v[id];

        if (id == except || v->at >= offset + bytes || offset >= v->at + 16u || offset >= v->at + alias_bytes(g, id)) {
            if (v->at / 16 == offset / 16 && id != except && v->where == W_PIN) /* what changes is above it in its home */
                v->known &= (uint8_t)~zeros_above(F32);
            i++;
            continue;
        }
        alias_remove(g, i);
        if (v->where == W_REG) {
            v->backed = W_NONE;
        } else if (type_at(g, id) == FLAGS) {
            copy_flags_word(g, id);
        } else if (v->vector) {
            unsigned reg = xmm_scratch(g);
            if (v->where == W_PIN)
                movaps(&g->c, reg, v->reg);
            else
                load_vector(g, id, reg, mem_at(RBP, ST(v->at)));
            own(g, id, reg);
            g->xmm_lock &= ~(1u << reg); /* there may be more of them than registers */
        } else {
            unsigned reg = gpr_scratch(g);
            if (v->where == W_PIN)
                mov_rr(&g->c, wide(g, id), reg, v->reg);
            else
                mov_load(&g->c, wide(g, id), reg, mem_at(RBP, ST(v->at)));
            own(g, id, reg);
            g->gpr_lock &= ~(1u << reg);
        }
    }
}

void forget_aliases(struct gen *g)
{
    for (unsigned i = 0; i < g->naliases; i++) {
        const struct value *v = &g->v[g->aliases[i]];

        g->names[v->at / 8] = g->names[v->at / 8 + 1] = 0;
    }
    g->naliases = 0;
}

void drop_temps(struct gen *g)
{
    memset(g->gpr_owner, 0, sizeof g->gpr_owner);
    memset(g->xmm_owner, 0, sizeof g->xmm_owner);
    g->spill_used = 0;
    g->vspill_used = VECTOR_CALL_SPILLS;
    forget_aliases(g);
}

/*
 * lower_mem.c: guest memory. That of a 32-bit guest is gs:[...] with an addr32
 * prefix, so that addresses wrap as theirs do; a 64-bit guest's addresses are
 * the host's own.
 */
#include "backend/x86_64/gen.h"

/* ---- addresses ---- */

static struct mem guest_mem(struct gen *g)
{
    bool window = !g->r->pointer64;

    return (struct mem){.base = NOREG, .index = NOREG, .guest = window, .addr32 = window};
}

static struct mem address_as_it_is(struct gen *g, ir_ref a)
{
    struct mem m = guest_mem(g);
    const struct ir_op *o = op_of(g, a);

    if (is_const(g, a) && (!g->r->pointer64 || fits32(o->imm))) {
        m.disp = (int32_t)o->imm;
        return m;
    }
    if (val(g, a)->where != W_LAZY) {
        m.base = (uint8_t)gpr_of(g, a);
        return m;
    }
    bug_on(o->op != IR_add);
    ir_ref x = o->arg[0], y = o->arg[1];
    if (is_const(g, y) && (!g->r->pointer64 || fits32(const_of(g, y)))) {
        m.base = (uint8_t)gpr_of(g, x);
        m.disp = (int32_t)const_of(g, y);
    } else if (val(g, y)->where == W_LAZY && op_of(g, y)->op == IR_shl) {
        const struct ir_op *s = op_of(g, y);
        m.base = (uint8_t)gpr_of(g, x);
        m.index = (uint8_t)gpr_of(g, s->arg[0]);
        m.scale = (uint8_t)const_of(g, s->arg[1]);
    } else {
        m.base = (uint8_t)gpr_of(g, x);
        m.index = (uint8_t)gpr_of(g, y);
    }
    return m;
}

/* Registers of the address are locked; the read of `a` is still to be marked. */
static struct mem address(struct gen *g, ir_ref a)
{
    if (!g->r->strip)
        return address_as_it_is(g, a);
    flags_kill(g);
    uint32_t lock = g->gpr_lock;
    struct mem m = address_as_it_is(g, a);
    unsigned t = gpr_scratch(g);
    lea(&g->c, true, t, m);
    shift_ri(&g->c, true, X_SHL, t, g->r->strip);
    shift_ri(&g->c, true, X_SAR, t, g->r->strip);
    g->gpr_lock = lock | 1u << t;
    return mem_at(t, 0);
}

/* A misaligned address leaves the region with EXC_ALIGNMENT. */
static void check_alignment(struct gen *g, const struct ir_op *o, struct mem m)
{
    unsigned within = o->imm2 & IR_WITHIN ? (unsigned)o->imm2 - IR_WITHIN : 0;
    unsigned size = o->imm2 && !within ? (unsigned)o->imm2 : 1u << (o->aux & MO_SIZE);
    bool pair = o->op == IR_cas && size == 16; /* the host demands it as well */

    if ((!(o->aux & MO_ALIGN) && !pair) || size == 1)
        return;
    flags_kill(g);
    unsigned t = m.base;
    if (m.index != NOREG || m.disp & (int)(size - 1) || m.base == NOREG) {
        t = gpr_scratch(g);
        lea(&g->c, g->r->pointer64, t, m);
    }
    test_ri(&g->c, t, size - 1);
    struct cold k = {.kind = COLD_ALIGN, .reg = (uint8_t)t, .within = (uint8_t)within, .bytes = (uint8_t)size};
    if (t == m.base)
        k.data = (uint32_t)m.disp;
    k.exit = new_exit(g, (struct region_key){g->cur_pc, g->cur_mode});
    k.site = jcc32(&g->c, CC_NE, NULL, false);
    k.back = g->c.p;
    cold_add(g, k);
    if (t != m.base)
        unlock(g, t);
}

/* The fault table says where the flags are if this access faults. */
static void note_where(struct gen *g, unsigned where)
{
    struct host_code *out = g->out;

    if (out->nflags ? out->flags[out->nflags - 1].where == where : !where)
        return;
    out->flags[out->nflags].host = (uint32_t)(g->c.p - g->start);
    out->flags[out->nflags++].where = (uint8_t)where;
}

static void may_fault_with_flags(struct gen *g)
{
    if (g->fl.pending && g->live_in[g->pass] && (g->fl.kind == FK_FLOAT || g->fl.kind == FK_SWAPPED))
        flags_kill(g); /* the table has no word for what ucomis leaves */
    note_where(g, flags_where(g));
}

static inline void may_fault_here(struct gen *g)
{
    if (g->fl.pending || g->out->nflags)
        may_fault_with_flags(g);
}

/* ---- the commonest accesses: integers as the host has them, at a register and a distance ---- */

#define NOT_PLAIN (MO_BE | MO_ALIGN | MO_REL)
static inline bool is_plain(const struct gen *g, const struct ir_op *o) { return o->type <= I64 && !(o->aux & NOT_PLAIN) && !g->r->strip; }

/* False: nothing is done, the address has another form. */
static inline bool base_and_distance(struct gen *g, ir_ref a, unsigned *base, int32_t *distance)
{
    uint32_t id = g->v[a.id].root;
    const struct ir_op *x = &g->r->ops[id], *y;

    *distance = 0;
    if (g->v[id].where == W_LAZY) {
        y = op_of(g, x->arg[1]);
        if (x->op != IR_add || y->op != IR_const || (g->r->pointer64 && !fits32(y->imm)) || may_wait(g, x->arg[0]))
            return false;
        a = x->arg[0];
        *distance = (int32_t)y->imm;
    } else if (x->op == IR_const) {
        return false;
    }
    *base = gpr_of(g, a);
    return true;
}

/* One read of an address that has this form is done. */
static inline void used_address(struct gen *g, ir_ref a)
{
    struct value *v = val(g, a);

    if (v->where != W_LAZY)
        used(g, a);
    else if (--v->uses == 0)
        used(g, op_of(g, a)->arg[0]);
}

static bool load_plain(struct gen *g, const struct ir_op *o)
{
    static const uint16_t opcodes[] = {[MO_8] = 0x0fb6, [MO_16] = 0x0fb7, [MO_32] = 0x8b, [MO_64] = 0x8b,
                                       [MO_8 | MO_SIGN] = 0x0fbe, [MO_16 | MO_SIGN] = 0x0fbf, [MO_32 | MO_SIGN] = 0x63, [MO_64 | MO_SIGN] = 0x8b};
    unsigned how = o->aux & (MO_SIZE | MO_SIGN), base, d;
    bool w = (how & MO_SIZE) == MO_64 || (how & MO_SIGN && o->type == I64);
    int32_t distance;

    if (!base_and_distance(g, o->arg[0], &base, &distance))
        return false;
    if (how == (MO_32 | MO_SIGN) && !w)
        how = MO_32;
    used_address(g, o->arg[0]);
    d = g->v[g->at].uses ? gpr_dest(g, g->at) : gpr_scratch(g); /* only for its faults: into scratch */
    may_fault_here(g);
    base_rm(&g->c, !g->r->pointer64, w, false, opcodes[how], d, base, distance);
    if (g->v[g->at].uses)
        made(g, g->at, d);
    return true;
}

static bool store_plain(struct gen *g, const struct ir_op *o)
{
    unsigned size = o->aux & MO_SIZE, base, s;
    int32_t distance;

    if (is_const(g, o->arg[1]) || may_wait(g, o->arg[1]) || !base_and_distance(g, o->arg[0], &base, &distance))
        return false;
    s = gpr_of(g, o->arg[1]);
    may_fault_here(g);
    if (size == MO_16)
        put8(&g->c, 0x66);
    base_rm(&g->c, !g->r->pointer64, size == MO_64, size == MO_8, size == MO_8 ? 0x88 : 0x89, s, base, distance);
    used_address(g, o->arg[0]);
    used(g, o->arg[1]);
    return true;
}

/* ---- loads ---- */

static void swap32(struct code *c, unsigned d)
{
    if (d >= 8)
        put8(c, 0x41);
    put8(c, 0x0f);
    put8(c, 0xc8 | (d & 7));
}

static void load_gpr(struct gen *g, const struct ir_op *o, unsigned d, struct mem m)
{
    struct code *c = &g->c;
    bool sign = o->aux & MO_SIGN, w = o->type == I64, be = o->aux & MO_BE;

    switch (o->aux & MO_SIZE) {
    case MO_8:
        op_rm(c, sign && w, 0, sign ? 0x0fbe : 0x0fb6, d, m);
        break;
    case MO_16:
        if (be) { /* load, swap, extend */
            op_rm(c, false, 0, 0x0fb7, d, m);
            put8(c, 0x66); /* rol r16, 8 */
            shift_ri(c, false, X_ROL, d, 8);
            if (sign)
                op_rr(c, w, 0, 0x0fbf, d, d);
            else
                op_rr(c, false, 0, 0x0fb7, d, d);
        } else {
            op_rm(c, sign && w, 0, sign ? 0x0fbf : 0x0fb7, d, m);
        }
        break;
    case MO_32:
        if (be) {
            op_rm(c, false, 0, x86_cpu.movbe ? 0x0f38f0 : 0x8b, d, m);
            if (!x86_cpu.movbe)
                swap32(c, d);
            if (sign && w)
                op_rr(c, true, 0, 0x63, d, d);
        } else if (sign && w) {
            op_rm(c, true, 0, 0x63, d, m);
        } else {
            mov_load(c, false, d, m);
        }
        break;
    default:
        mov_load(c, true, d, m);
        if (be) {
            put8(c, 0x48 | d >> 3);
            put8(c, 0x0f);
            put8(c, 0xc8 | (d & 7));
        }
    }
}

/* FP and vector loads in big-endian order go through an integer register. */
static void load_xmm(struct gen *g, const struct ir_op *o, unsigned d, struct mem m)
{
    unsigned size = o->aux & MO_SIZE;
    struct code *c = &g->c;

    if (o->aux & MO_BE && size >= MO_16) {
        unsigned t = gpr_scratch(g);
        bug_on(size == MO_128);
        if (size == MO_64)
            mov_load(c, true, t, m), put8(c, 0x48 | t >> 3), put8(c, 0x0f), put8(c, 0xc8 | (t & 7));
        else if (size == MO_32)
            mov_load(c, false, t, m), swap32(c, t);
        else
            op_rm(c, false, 0, 0x0fb7, t, m), put8(c, 0x66), shift_ri(c, false, X_ROL, t, 8);
        v_rr(c, size == MO_64 ? V_MOVQ_TO : V_MOVD_TO, d, t);
        return;
    }
    switch (size) {
    case MO_128: v_rm(c, V_MOVDQU_L, d, m); break;
    case MO_64: v_rm(c, V_MOVQ_L, d, m); break;
    case MO_32: v_rm(c, V_MOVSS_L, d, m); break;
    default: {
        unsigned t = gpr_scratch(g);
        op_rm(c, false, 0, size == MO_16 ? 0x0fb7 : 0x0fb6, t, m);
        v_rr(c, V_MOVD_TO, d, t);
    }
    }
}

static __attribute__((noinline)) void load_other(struct gen *g, const struct ir_op *o)
{
    begin_op(g, o, 1);
    struct mem m = address(g, o->arg[0]);
    bool vector = g->v[g->at].vector;
    unsigned d;

    check_alignment(g, o, m);
    if (o->aux & MO_BE && (o->aux & MO_SIZE) == MO_16)
        flags_kill(g);
    used(g, o->arg[0]);
    if (!g->v[g->at].uses) { /* only for its faults: into scratch */
        d = vector ? xmm_scratch(g) : gpr_scratch(g);
    } else {
        d = vector ? xmm_dest(g, g->at) : gpr_dest(g, g->at);
    }
    may_fault_here(g);
    if (vector && (o->aux & MO_SIZE) < MO_128)
        g->v[g->at].known = zeros_above((o->aux & MO_SIZE) == MO_64 ? F64 : F32);
    if (vector)
        load_xmm(g, o, d, m);
    else
        load_gpr(g, o, d, m);
    if (g->v[g->at].uses)
        made(g, g->at, d);
}

void lower_load(struct gen *g, const struct ir_op *o)
{
    if (!is_plain(g, o) || !load_plain(g, o))
        load_other(g, o);
}

/* ---- stores ---- */

/* Byte order of the low `size` bytes, in place. */
static void reverse(struct gen *g, unsigned size, unsigned r)
{
    if (size == MO_64)
        put8(&g->c, 0x48 | r >> 3), put8(&g->c, 0x0f), put8(&g->c, 0xc8 | (r & 7));
    else if (size == MO_32)
        swap32(&g->c, r);
    else
        put8(&g->c, 0x66), shift_ri(&g->c, false, X_ROL, r, 8);
}

static void store_gpr(struct gen *g, unsigned size, bool be, unsigned s, struct mem m)
{
    struct code *c = &g->c;

    if (be && size != MO_8 && x86_cpu.movbe) {
        op_rm(c, size == MO_64, size == MO_16 ? 0x66 : 0, 0x0f38f1, s, m);
        return;
    }
    if (be && size != MO_8) { /* a scratch register is swapped in place and back: nothing is lost at a fault */
        unsigned t = s;
        if (!(GPR_SCRATCH >> s & 1) || m.base == s || m.index == s) {
            t = gpr_scratch(g);
            mov_rr(c, true, t, s);
        }
        bool keep = t == s && size == MO_32; /* bswap clears the upper half, which an i64 may still want */
        struct mem saved = mem_at(RBP, VC(reserved) + 56);
        if (keep)
            mov_store(c, true, saved, t);
        reverse(g, size, t);
        store_gpr(g, size, false, t, m);
        if (keep)
            mov_load(c, true, t, saved);
        else
            reverse(g, size, t);
        return;
    }
    switch (size) {
    case MO_8: op_rm8(c, 0x88, s, m); break;
    case MO_16: op_rm(c, false, 0x66, 0x89, s, m); break;
    case MO_32: op_rm(c, false, 0, 0x89, s, m); break;
    default: op_rm(c, true, 0, 0x89, s, m);
    }
}

static void store_const(struct gen *g, unsigned size, uint64_t v, struct mem m)
{
    struct code *c = &g->c;

    switch (size) {
    case MO_8: op_rm(c, false, 0, 0xc6, 0, m); put8(c, (unsigned)v); break;
    case MO_16: op_rm(c, false, 0x66, 0xc7, 0, m); put8(c, (unsigned)v); put8(c, (unsigned)(v >> 8)); break;
    case MO_32: mov_mi(c, false, m, (int32_t)v); break;
    default: mov_mi(c, true, m, (int32_t)v);
    }
}

static void store_xmm(struct gen *g, const struct ir_op *o, unsigned s, struct mem m)
{
    unsigned size = o->aux & MO_SIZE;
    struct code *c = &g->c;

    if ((o->aux & MO_BE && size >= MO_16) || size <= MO_16) {
        unsigned t = gpr_scratch(g);
        bug_on(size == MO_128);
        v_rr(c, size == MO_64 ? V_MOVQ_FROM : V_MOVD_FROM, s, t);
        store_gpr(g, size, o->aux & MO_BE, t, m);
        return;
    }
    v_rm(c, size == MO_128 ? V_MOVDQU_S : size == MO_64 ? V_MOVQ_S : V_MOVSS_S, s, m);
}

/* A release store that others must see in order with later loads (RCsc) is an exchange. */
static __attribute__((noinline)) void store_other(struct gen *g, const struct ir_op *o)
{
    unsigned size = o->aux & MO_SIZE;
    bool vector = val(g, o->arg[1])->vector, be = o->aux & MO_BE;
    begin_op(g, o, 2);
    struct mem m = address(g, o->arg[0]);

    check_alignment(g, o, m);
    if (be && size == MO_16)
        flags_kill(g);
    if (vector) {
        unsigned s = xmm_of(g, o->arg[1]);
        may_fault_here(g);
        store_xmm(g, o, s, m);
    } else if (is_const(g, o->arg[1]) && !be && !(o->aux & MO_REL) && (size != MO_64 || fits32(const_of(g, o->arg[1])))) {
        may_fault_here(g);
        store_const(g, size, const_of(g, o->arg[1]), m);
    } else {
        unsigned s = gpr_of(g, o->arg[1]);
        may_fault_here(g);
        store_gpr(g, size, be, s, m);
    }
    if (o->aux & MO_REL && o->aux & MO_ACQ)
        lower_fence(g, o);
    used(g, o->arg[0]);
    used(g, o->arg[1]);
}

void lower_store(struct gen *g, const struct ir_op *o)
{
    if (!is_plain(g, o) || !store_plain(g, o))
        store_other(g, o);
}

/* ---- atomics ---- */

static void swap_bytes(struct gen *g, unsigned size, unsigned r)
{
    struct code *c = &g->c;

    if (size == MO_64) {
        put8(c, 0x48 | r >> 3), put8(c, 0x0f), put8(c, 0xc8 | (r & 7));
    } else if (size >= MO_16) {
        swap32(c, r);
        if (size == MO_16)
            shift_ri(c, false, X_SHR, r, 16);
    }
}

static void lock_rm(struct gen *g, unsigned size, unsigned opcode8, unsigned opcode, unsigned reg, struct mem m)
{
    struct code *c = &g->c;

    put8(c, 0xf0);
    if (size == MO_8)
        op_rm8(c, opcode8, reg, m);
    else
        op_rm(c, size == MO_64, size == MO_16 ? 0x66 : 0, opcode, reg, m);
}

/* The address in one register, so that scratch is left for the data. */
static struct mem simple_address(struct gen *g, const struct ir_op *o)
{
    struct mem m = address(g, o->arg[0]);

    check_alignment(g, o, m);
    return m;
}

/* Operands are made before registers are taken. */
static void make_operands(struct gen *g, const struct ir_op *o)
{
    for (unsigned i = 0; i < o->nargs; i++) {
        if (val(g, o->arg[i])->where == W_LAZY)
            force(g, g->v[o->arg[i].id].root);
        unlock_all(g);
    }
}

static void zero_extend(struct gen *g, unsigned size, unsigned r)
{
    if (size == MO_8)
        op_rr8(&g->c, 0x0fb6, r, r, false, true);
    else if (size == MO_16)
        op_rr(&g->c, false, 0, 0x0fb7, r, r);
    else if (size == MO_32)
        mov_rr(&g->c, false, r, r);
}

/*
 * lock cmpxchg16b wants rbx, and a register for the address beside the four of
 * the data: two homes are lent for one instruction. A fault there finds them
 * in vcpu->lent.
 */
static void cas_pair(struct gen *g, const struct ir_op *o)
{
    struct code *c = &g->c;
    struct mem lent = mem_at(RBP, VC(lent)), lent2 = mem_at(RBP, VC(lent) + 8), m;

    bug_on(o->aux & MO_BE);
    m = simple_address(g, o);
    mov_store(c, true, lent, RBX);
    mov_store(c, true, lent2, LENT_GPR);
    lea(c, true, LENT_GPR, m);
    used(g, o->arg[0]);
    unlock_all(g);
    gpr_take(g, RAX);
    gpr_take(g, RDX);
    gpr_take(g, RCX);
    unsigned e = xmm_of(g, o->arg[1]), d = xmm_of(g, o->arg[2]);
    v_rr(c, V_MOVQ_FROM, e, RAX);
    v_rri(c, V_PEXTRQ, e, RDX, 1);
    v_rr(c, V_MOVQ_FROM, d, RBX);
    v_rri(c, V_PEXTRQ, d, RCX, 1);
    used(g, o->arg[1]);
    used(g, o->arg[2]);
    note_where(g, FAULT_LENT);
    put8(c, 0xf0);
    op_rm(c, true, 0, 0x0fc7, 1, mem_at(LENT_GPR, 0));
    note_where(g, 0);
    mov_load(c, true, LENT_GPR, lent2);
    mov_load(c, true, RBX, lent);
    if (!g->v[g->at].uses)
        return;
    unsigned x = xmm_scratch(g);
    v_rr(c, V_MOVQ_TO, x, RAX);
    v_rrri(c, V_PINSRQ, x, x, RDX, 1);
    made(g, g->at, x);
}

void lower_cas(struct gen *g, const struct ir_op *o)
{
    unsigned size = o->aux & MO_SIZE;
    bool be = o->aux & MO_BE;
    unsigned desired;

    if (size == MO_128) {
        flags_kill(g);
        make_operands(g, o);
        cas_pair(g, o);
        return;
    }
    flags_kill(g);
    make_operands(g, o);
    gpr_take(g, RAX);
    struct mem m = simple_address(g, o);
    if (be) {
        desired = gpr_scratch(g);
        gpr_into(g, o->arg[2], desired);
        swap_bytes(g, size, desired);
    } else {
        desired = gpr_of(g, o->arg[2]);
    }
    gpr_into(g, o->arg[1], RAX);
    if (be)
        swap_bytes(g, size, RAX);
    may_fault_here(g);
    lock_rm(g, size, 0x0fb0, 0x0fb1, desired, m);
    if (be)
        swap_bytes(g, size, RAX);
    zero_extend(g, size, RAX);
    used(g, o->arg[0]);
    used(g, o->arg[1]);
    used(g, o->arg[2]);
    if (g->v[g->at].uses)
        made(g, g->at, RAX);
}

/* xchg and xadd have an instruction; the rest is a compare-exchange loop. arg: opcodes, or alu */
void lower_rmw(struct gen *g, const struct ir_op *o)
{
    const uint32_t *row = x86_lower[o->op].arg;
    unsigned size = o->aux & MO_SIZE;
    bool be = o->aux & MO_BE;
    struct code *c = &g->c;

    flags_kill(g);
    make_operands(g, o);
    if (o->op != IR_xchg && !be && !g->v[g->at].uses) { /* nobody asks what was there */
        struct mem m = simple_address(g, o);
        unsigned v = gpr_of(g, o->arg[1]);
        may_fault_here(g);
        lock_rm(g, size, row[2] << 3, row[2] << 3 | 1, v, m);
        used(g, o->arg[0]);
        used(g, o->arg[1]);
        return;
    }
    if (row[0] && !(be && o->op == IR_xadd)) {
        struct mem m = simple_address(g, o);
        unsigned d = gpr_scratch(g);
        gpr_into(g, o->arg[1], d);
        if (be)
            swap_bytes(g, size, d);
        may_fault_here(g);
        lock_rm(g, size, row[0], row[1], d, m);
        if (be)
            swap_bytes(g, size, d);
        zero_extend(g, size, d);
        used(g, o->arg[0]);
        used(g, o->arg[1]);
        if (g->v[g->at].uses)
            made(g, g->at, d);
        return;
    }
    gpr_take(g, RAX);
    struct mem m = simple_address(g, o);
    unsigned t = gpr_scratch(g);
    unsigned v = val(g, o->arg[1])->where == W_PIN ? val(g, o->arg[1])->reg : NOREG;
    if (v == NOREG) /* out of registers: the operand stays in memory */
        gpr_into(g, o->arg[1], t), mov_store(c, true, mem_at(RBP, VC(reserved) + 8), t);
    may_fault_here(g);
    struct ir_op load = *o;
    load.aux = (uint8_t)size;
    load_gpr(g, &load, RAX, m);
    uint8_t *loop = c->p;
    mov_rr(c, true, t, RAX);
    if (be)
        swap_bytes(g, size, t);
    if (v == NOREG)
        alu_rm(c, true, row[2], t, mem_at(RBP, VC(reserved) + 8));
    else
        alu_rr(c, true, row[2], t, v);
    if (be)
        swap_bytes(g, size, t);
    lock_rm(g, size, 0x0fb0, 0x0fb1, t, m);
    put8(c, 0x75);
    put8(c, (unsigned)(loop - (c->p + 1)));
    if (be)
        swap_bytes(g, size, RAX);
    zero_extend(g, size, RAX);
    used(g, o->arg[0]);
    used(g, o->arg[1]);
    if (g->v[g->at].uses)
        made(g, g->at, RAX);
}

/* A locked or of nothing on the stack: a quarter of what mfence costs. */
void lower_fence(struct gen *g, const struct ir_op *o)
{
    if (o->op == IR_fence && o->aux)
        return;
    flags_kill(g);
    put8(&g->c, 0xf0);
    alu_mi(&g->c, false, X_OR, mem_at(RSP, -64), 0);
}

/*
 * flags.c: guest condition flags in the host's EFLAGS. A FLAGS value stays in
 * EFLAGS from its producer to its consumers; only when something else must use
 * EFLAGS, or the region is left while a successor may look, does it become the
 * word of ops.def in memory (lahf, seto).
 *
 * Invariant: while fl.pending is set, that value is in EFLAGS.
 */
#include "backend/x86_64/gen.h"

static struct mem flags_slot(const struct gen *g) { return mem_at(RBP, ST(g->arch->flags_offset)); }

unsigned flags_where(const struct gen *g)
{
    return !g->fl.pending ? 0 : g->fl.kind == FK_CARRY ? 1 : g->fl.kind == FK_BORROW ? 2 : 0;
}

void flags_set(struct gen *g, uint32_t value, enum flags_kind kind)
{
    g->fl.value = value;
    g->fl.kind = kind;
}

bool flags_busy(struct gen *g) { return g->fl.value && (g->fl.pending || g->v[g->fl.value].uses); }

/* Keeps every register and, for BORROW, leaves CF inverted (nobody reads it after). */
void flags_store(struct gen *g, enum flags_kind kind, struct mem to)
{
    struct code *c = &g->c;
    bool keep = g->gpr_owner[RAX] || g->gpr_lock & 1u << RAX;

    if (keep)
        mov_store(c, true, mem_at(RBP, VC(reserved)), RAX);
    if (kind == FK_BORROW)
        put8(c, 0xf5); /* cmc */
    put8(c, 0x9f);     /* lahf */
    if (kind == FK_CARRY || kind == FK_BORROW) {
        setcc(c, CC_O, RAX);
    } else {
        op_rr8(c, 0x0fb6, RAX, 4, false, false); /* movzx eax, ah */
        op_rm(c, false, 0, 0x0fb7, RAX,
              (struct mem){.base = RBP, .index = RAX, .scale = 1,
                           .disp = VC(float_flags) + (kind == FK_SWAPPED ? 512 : 0)});
    }
    mov_store(c, true, to, RAX);
    if (keep)
        mov_load(c, true, RAX, mem_at(RBP, VC(reserved)));
}

/*
 * A compare whose operands can be kept costs least when it is simply done
 * again: the reads of its operands stay open until its last reader is done.
 */
static unsigned repeat_operands(const struct ir_op *o) { return o->op == IR_flags_sub ? 2 : 1; }

void flags_forget_operands(struct gen *g, uint32_t id)
{
    const struct ir_op *o = &g->r->ops[id];

    if (!g->v[id].kept)
        return;
    g->v[id].kept = 0;
    if (g->v[id].where == W_REMAT) /* now it is only in EFLAGS */
        g->v[id].where = W_NONE;
    for (unsigned i = 0; i < repeat_operands(o); i++)
        used(g, o->arg[i]);
}

/* The flags of an and that is not made. */
static void emit_test(struct gen *g, const struct ir_op *x)
{
    bool w = x->type == I64;
    unsigned a = gpr_of(g, x->arg[0]);

    if (is_const(g, x->arg[1]) && (!w || const_of(g, x->arg[1]) < 0x80000000))
        test_ri(&g->c, a, (uint32_t)const_of(g, x->arg[1]));
    else
        test_rr(&g->c, w, a, gpr_of(g, x->arg[1]));
}

/* The instruction that sets EFLAGS as flags_sub and flags_nz say. */
static void emit_compare(struct gen *g, const struct ir_op *o)
{
    const struct ir_op *x = op_of(g, o->arg[0]);
    bool w = o->type == I64;
    struct mem m;

    if (o->op == IR_flags_sub && is_const(g, o->arg[1]) && const_of(g, o->arg[1]) && (!w || fits32(const_of(g, o->arg[1]))) &&
        val(g, o->arg[0])->where == W_SLOT && val(g, o->arg[0])->uses == 1) {
        in_memory(g, o->arg[0], &m);
        alu_mi(&g->c, w, X_CMP, m, (int32_t)const_of(g, o->arg[1]));
        return;
    }
    if (o->op != IR_flags_sub && val(g, o->arg[0])->where == W_LAZY) {
        emit_test(g, x);
        return;
    }
    unsigned a = gpr_of(g, o->arg[0]);
    if (o->op != IR_flags_sub || (is_const(g, o->arg[1]) && const_of(g, o->arg[1]) == 0))
        test_rr(&g->c, w, a, a);
    else if (is_const(g, o->arg[1]) && (!w || fits32(const_of(g, o->arg[1]))))
        alu_ri(&g->c, w, X_CMP, a, (int32_t)const_of(g, o->arg[1]));
    else if (in_memory(g, o->arg[1], &m))
        alu_rm(&g->c, w, X_CMP, a, m);
    else
        alu_rr(&g->c, w, X_CMP, a, gpr_of(g, o->arg[1]));
}

/* W_REMAT into EFLAGS again. */
static void repeat(struct gen *g, uint32_t id)
{
    uint32_t lock = g->gpr_lock;

    flags_kill(g);
    emit_compare(g, &g->r->ops[id]);
    g->gpr_lock = lock;
    flags_set(g, id, g->r->ops[id].op == IR_flags_sub ? FK_BORROW : FK_CARRY);
}

void flags_settle(struct gen *g, ir_ref f)
{
    uint32_t id = g->v[f.id].root;

    if (g->v[id].where == W_REMAT && g->fl.value != id)
        repeat(g, id);
}

void flags_kill(struct gen *g)
{
    uint32_t id = g->fl.value;
    struct value *v = &g->v[id];

    g->result_flags = g->logic_flags = 0;
    if (!id)
        return;
    if (g->fl.pending && g->live_in[g->pass]) {
        flags_store(g, g->fl.kind, flags_slot(g));
        if (v->uses && v->where != W_REMAT)
            make_alias(g, id, W_SLOT, 0, g->arch->flags_offset);
    } else if (v->uses && v->where == W_NONE && v->kept) {
        v->where = W_REMAT;
    } else if (v->uses && v->where != W_REMAT) {
        unsigned i = (unsigned)__builtin_ctz(~g->spill_used);

        g->spill_used |= 1u << i;
        v->where = W_SPILL;
        v->at = (uint16_t)i;
        flags_store(g, g->fl.kind, spill_mem(i));
    }
    g->fl.value = 0;
    g->fl.pending = 0;
}

void flags_sync(struct gen *g, unsigned live)
{
    if (g->fl.pending && live)
        flags_kill(g);
}

/* The word of a FLAGS value that is not (or no longer) in EFLAGS. */
static struct mem word_of(struct gen *g, ir_ref f)
{
    uint32_t id = g->v[f.id].root;
    struct mem m;

    if (g->v[id].where == W_REMAT) {
        if (g->fl.value != id)
            repeat(g, id);
        g->v[id].where = W_NONE;
    }
    if (g->fl.value == id) {
        flags_forget_operands(g, id);
        flags_kill(g);
    }
    if (in_memory(g, f, &m))
        return m;
    bug_on(!is_const(g, f));
    unsigned i = (unsigned)__builtin_ctz(~g->spill_used); /* only until the next instruction: not marked used */
    mov_mi(&g->c, true, spill_mem(i), (int32_t)const_of(g, f));
    return spill_mem(i);
}

static struct mem plus(struct mem m, int d)
{
    m.disp += d;
    return m;
}

static void test_byte(struct gen *g, struct mem m, unsigned imm)
{
    op_rm8(&g->c, 0xf6, 0, m);
    put8(&g->c, imm);
}

/* EFLAGS from the word: sahf for S Z C, an addition that overflows for O. */
static void load_word(struct gen *g, struct mem m)
{
    struct code *c = &g->c;
    bool keep = g->gpr_owner[RAX] || g->gpr_lock & 1u << RAX;

    if (keep)
        mov_store(c, true, mem_at(RBP, VC(reserved)), RAX);
    mov_load(c, false, RAX, m);
    put8(c, 0x04); /* add al, 0x7f */
    put8(c, 0x7f);
    put8(c, 0x9e); /* sahf */
    if (keep)
        mov_load(c, true, RAX, mem_at(RBP, VC(reserved)));
}

static const uint8_t cc_borrow[] = {CC_E, CC_NE, CC_AE, CC_B, CC_S, CC_NS, CC_O, CC_NO, CC_A, CC_BE, CC_GE, CC_L, CC_G, CC_LE};
static const uint8_t cc_carry[] = {CC_E, CC_NE, CC_B, CC_AE, CC_S, CC_NS, CC_O, CC_NO, NOREG, NOREG, CC_GE, CC_L, CC_G, CC_LE};
/* After ucomis: NOREG where one host condition cannot say it. */
static const uint8_t cc_float[] = {NOREG, NOREG, NOREG, NOREG, NOREG, NOREG, CC_P, CC_NP, NOREG, NOREG, CC_AE, CC_B, CC_A, CC_BE};
static const uint8_t cc_swapped[] = {NOREG, NOREG, NOREG, NOREG, CC_A, CC_BE, CC_P, CC_NP, CC_B, CC_AE, NOREG, NOREG, NOREG, NOREG};

static enum x86_cc in_eflags(struct gen *g, enum ir_cond cc)
{
    switch (g->fl.kind) {
    case FK_BORROW: return cc_borrow[cc];
    case FK_FLOAT: return cc_float[cc];
    case FK_SWAPPED: return cc_swapped[cc];
    default: break;
    }
    if (cc == IR_HI || cc == IR_LS) { /* C and not Z: only CF = not C has that condition */
        put8(&g->c, 0xf5);
        g->fl.kind = FK_BORROW;
        g->result_flags = g->logic_flags = 0;
        return cc_borrow[cc];
    }
    return cc_carry[cc];
}

enum x86_cc flags_cc(struct gen *g, ir_ref f, enum ir_cond cc)
{
    static const struct { uint8_t byte, mask; } single[] = {
        [IR_EQ] = {1, 0x40}, [IR_HS] = {1, 0x01}, [IR_MI] = {1, 0x80}, [IR_VS] = {0, 0x01}};
    uint32_t id = g->v[f.id].root;

    if (g->fl.value != id && g->v[id].where == W_REMAT)
        repeat(g, id);
    if (g->fl.value == id) {
        unsigned x = in_eflags(g, cc);
        if (x != NOREG)
            return x;
    }
    struct mem m = word_of(g, f);
    flags_kill(g);
    if (cc <= IR_VC) {
        test_byte(g, plus(m, single[cc & ~1].byte), single[cc & ~1].mask);
        return cc & 1 ? CC_E : CC_NE;
    }
    load_word(g, m);
    if (cc == IR_HI || cc == IR_LS)
        put8(&g->c, 0xf5);
    return cc_borrow[cc];
}

void flags_carry(struct gen *g, ir_ref f, bool borrow)
{
    uint32_t id = g->v[f.id].root;
    struct value *v = &g->v[id];

    if (g->fl.value != id && v->where == W_REMAT)
        repeat(g, id);
    /* what waits to be put may go when the slot is written again before anybody looks */
    if (g->fl.value == id && (!g->fl.pending || !g->live_after[g->at]) && v->uses == 1 && g->fl.kind <= FK_BORROW) {
        bool inverted = g->fl.kind == FK_BORROW;
        g->fl.value = g->fl.pending = 0;
        g->result_flags = g->logic_flags = 0;
        used(g, f);
        if (inverted != borrow)
            put8(&g->c, 0xf5);
        return;
    }
    struct mem m = word_of(g, f);
    flags_kill(g);
    op_rm(&g->c, false, 0, 0x0fba, 4, m); /* bt dword, 8 */
    put8(&g->c, 8);
    if (borrow)
        put8(&g->c, 0xf5);
    used(g, f);
}

static bool same(struct gen *g, ir_ref a, ir_ref b)
{
    if (g->v[a.id].root == g->v[b.id].root)
        return true;
    return is_const(g, a) && is_const(g, b) && const_of(g, a) == const_of(g, b);
}

bool flags_follow(struct gen *g, const struct ir_op *o, enum ir_opcode flag_op)
{
    if (g->at != g->pass) /* made late for a consumer: what followed it is done */
        return false;
    for (uint32_t i = g->at + 1; i < g->r->count && i < g->at + 6; i++) {
        const struct ir_op *f = &g->r->ops[i];

        if (f->op == IR_const || f->op == IR_nop || (ir_info[f->op].traits & IR_PURE && !g->v[i].uses))
            continue;
        if (f->op != flag_op || f->type != o->type)
            return false;
        for (unsigned k = 0; k < o->nargs; k++)
            if (!same(g, f->arg[k], o->arg[k]))
                return false;
        for (unsigned k = 0; k < f->nargs; k++)
            if (!is_const(g, f->arg[k]))
                used(g, f->arg[k]);
        g->v[i].fused = 1;
        return true;
    }
    return false;
}

/* N and Z of a result, C and V clear: what the host's test leaves, or the and that made it. */
static void test_logic(struct gen *g, const struct ir_op *o)
{
    uint32_t id = g->v[o->arg[0].id].root, logic = g->logic_flags;

    flags_kill(g);
    if (logic != id || !logic || g->r->ops[id].type != o->type)
        emit_compare(g, o);
    g->result_flags = g->logic_flags = id;
    g->v[g->at].kept = 1;
    flags_set(g, g->at, FK_CARRY);
}

/* cmp / cmn / adcs and sbcs of which only the flags are wanted. */
void lower_flagop(struct gen *g, const struct ir_op *o)
{
    bool w = o->type == I64, sub = o->op == IR_flags_sub || o->op == IR_flags_sbc, carry = o->nargs == 3;
    const uint8_t alu[2] = {X_ADD, sub ? X_SBB : X_ADC};
    struct code *c = &g->c;

    if (g->v[g->at].fused) {
        flags_set(g, g->at, sub ? FK_BORROW : FK_CARRY);
        return;
    }
    if (o->op == IR_flags_sub) {
        flags_kill(g);
        emit_compare(g, o);
        g->v[g->at].kept = 1;
        flags_set(g, g->at, FK_BORROW);
        return;
    }
    if (is_test(g->r, o)) {
        test_logic(g, o);
        return;
    }
    if (!carry)
        flags_kill(g);
    unsigned a = gpr_of(g, o->arg[0]), t = gpr_scratch(g);
    bool imm = is_const(g, o->arg[1]) && (fits32(const_of(g, o->arg[1])) || !w);
    unsigned b = imm ? 0 : gpr_of(g, o->arg[1]);
    mov_rr(c, w, t, a);
    if (carry)
        flags_carry(g, o->arg[2], sub);
    if (imm)
        alu_ri(c, w, alu[carry], t, (int32_t)const_of(g, o->arg[1]));
    else
        alu_rr(c, w, alu[carry], t, b);
    used(g, o->arg[0]);
    used(g, o->arg[1]);
    flags_set(g, g->at, sub ? FK_BORROW : FK_CARRY);
}

/* N and Z of a result, in EFLAGS. */
static void test_result(struct gen *g, const struct ir_op *o)
{
    uint32_t id = g->v[o->arg[0].id].root, result = g->result_flags;

    flags_kill(g);
    if (result != id || !result || g->r->ops[id].type != o->type)
        emit_compare(g, o);
    g->result_flags = id;
    if (o->op == IR_flags_nz)
        g->v[g->at].kept = 1;
    else
        used(g, o->arg[0]);
}

/*
 * flags_nz, flags_nzc: N Z of a result, C and V from elsewhere. When nobody
 * looks at C and V, EFLAGS is enough; else the word is put together.
 */
void lower_flags_nz(struct gen *g, const struct ir_op *o)
{
    unsigned need = g->v[g->at].need;
    bool with_c = o->op == IR_flags_nzc;
    ir_ref old = o->arg[with_c ? 2 : 1];
    unsigned from_old = need & (with_c ? 1 : 3);
    struct code *c = &g->c;

    if (!(need & 3)) {
        test_result(g, o);
        flags_set(g, g->at, FK_CARRY);
        return;
    }
    struct mem m = {0};
    if (from_old)
        m = word_of(g, old);
    flags_kill(g);
    gpr_take(g, RAX);
    unsigned t = gpr_scratch(g);
    if (from_old) {
        mov_load(c, false, t, m);
        alu_ri(c, false, X_AND, t, from_old == 1 ? 1 : from_old == 2 ? 0x100 : 0x101);
        used(g, old);
    }
    if (with_c && need & 2) {
        ir_ref carry = o->arg[1];
        if (is_const(g, carry)) {
            if (!from_old)
                mov_ri(c, t, const_of(g, carry) ? 0x100 : 0);
            else if (const_of(g, carry))
                alu_ri(c, false, X_OR, t, 0x100);
        } else {
            unsigned k = gpr_of(g, carry); /* 0 or 1 */
            mov_rr(c, false, RAX, k);
            unlock(g, k);
            shift_ri(c, false, X_SHL, RAX, 8);
            if (from_old)
                alu_rr(c, false, X_OR, t, RAX);
            else
                mov_rr(c, false, t, RAX);
        }
        used(g, carry);
    }
    unsigned a = gpr_of(g, o->arg[0]);
    test_rr(c, o->type == I64, a, a);
    put8(c, 0x9f); /* lahf */
    alu_ri(c, false, X_AND, RAX, 0xc000);
    alu_rr(c, false, X_OR, RAX, t);
    used(g, o->arg[0]);
    unsigned i = (unsigned)__builtin_ctz(~g->spill_used);
    g->spill_used |= 1u << i;
    mov_store(c, true, spill_mem(i), RAX);
    g->v[g->at].where = W_SPILL;
    g->v[g->at].at = (uint16_t)i;
}

void lower_pack(struct gen *g, const struct ir_op *o)
{
    struct code *c = &g->c;
    unsigned t, d;
    struct mem m;

    flags_kill(g);
    m = word_of(g, o->arg[0]);
    t = gpr_scratch(g);
    d = gpr_scratch(g);
    mov_load(c, false, d, m);
    used(g, o->arg[0]);
    /* N Z: bits 15 14 -> 31 30; C: 8 -> 29; V: 0 -> 28 */
    mov_rr(c, false, t, d);
    alu_ri(c, false, X_AND, t, 0xc000);
    shift_ri(c, false, X_SHL, t, 16);
    alu_ri(c, false, X_AND, d, 0x101);
    op_rr(c, false, 0, 0x69, d, d); /* imul d, d, 1 << 21 | 1 << 28: bit 8 -> 29 (36 falls off), bit 0 -> 28 and 21 */
    put32(c, 1u << 21 | 1u << 28);
    alu_ri(c, false, X_AND, d, 0x30000000);
    alu_rr(c, false, X_OR, d, t);
    made(g, g->at, d);
}

/* A constant in EFLAGS, in the sense that a compare leaves, since it likely meets one at a label. */
static void flags_constant(struct gen *g, unsigned nzcv)
{
    unsigned need = g->v[g->at].need;
    struct code *c = &g->c;
    bool keep = g->gpr_owner[RAX];

    if (nzcv == 6 || (!(need & ~4u) && nzcv & 4)) {
        alu_rr(c, false, X_CMP, RAX, RAX);
    } else if (!(need & ~4u)) {
        test_rr(c, true, RSP, RSP);
    } else {
        if (keep)
            mov_store(c, true, mem_at(RBP, VC(reserved)), RAX);
        mov_ri(c, RAX, (nzcv >> 2) << 14 | !(nzcv & 2) << 8 | (nzcv & 1));
        put8(c, 0x04); /* add al, 0x7f: overflows or not */
        put8(c, 0x7f);
        put8(c, 0x9e); /* sahf */
        if (keep)
            mov_load(c, true, RAX, mem_at(RBP, VC(reserved)));
    }
    flags_set(g, g->at, FK_BORROW);
}

void lower_unpack(struct gen *g, const struct ir_op *o)
{
    struct code *c = &g->c;
    unsigned a, t, d, i;

    flags_kill(g);
    if (is_const(g, o->arg[0])) {
        flags_constant(g, (unsigned)const_of(g, o->arg[0]) >> 28);
        return;
    }
    a = gpr_of(g, o->arg[0]);
    d = gpr_scratch(g);
    t = gpr_scratch(g);
    mov_rr(c, false, d, a);
    shift_ri(c, false, X_SHR, d, 16);
    alu_ri(c, false, X_AND, d, 0xc000);
    mov_rr(c, false, t, a);
    shift_ri(c, false, X_SHR, t, 28);
    alu_ri(c, false, X_AND, t, 1);
    alu_rr(c, false, X_OR, d, t);
    mov_rr(c, false, t, a);
    shift_ri(c, false, X_SHR, t, 21);
    alu_ri(c, false, X_AND, t, 0x100);
    alu_rr(c, false, X_OR, d, t);
    used(g, o->arg[0]);
    i = (unsigned)__builtin_ctz(~g->spill_used);
    g->spill_used |= 1u << i;
    mov_store(c, true, spill_mem(i), d);
    g->v[g->at].where = W_SPILL;
    g->v[g->at].at = (uint16_t)i;
}

void lower_cond(struct gen *g, const struct ir_op *o)
{
    if (o->aux == IR_AL) {
        unsigned d = gpr_dest(g, g->at);
        mov_ri(&g->c, d, 1);
        made(g, g->at, d);
        return;
    }
    enum x86_cc cc = flags_cc(g, o->arg[0], o->aux);
    used(g, o->arg[0]);
    unsigned d = gpr_dest(g, g->at);
    setcc(&g->c, cc, d);
    op_rr8(&g->c, 0x0fb6, d, d, false, true);
    made(g, g->at, d);
}

/* Bits of x, an and that is not made; the condition that says cc (equal, not equal) of them and 0. */
static enum x86_cc test_bits(struct gen *g, const struct ir_op *x, enum x86_cc cc)
{
    uint64_t mask = is_const(g, x->arg[1]) ? const_of(g, x->arg[1]) : 0;

    if (mask >> 31 == 0 || mask & (mask - 1)) {
        emit_test(g, x);
        return cc;
    }
    op_rr(&g->c, x->type == I64, 0, 0x0fba, 4, gpr_of(g, x->arg[0])); /* bt */
    put8(&g->c, (uint8_t)__builtin_ctzll(mask));
    return cc == CC_E ? CC_AE : CC_B;
}

/* cmp of a compare op; the host condition that says it holds. Consumes the operands. */
static enum x86_cc compare(struct gen *g, const struct ir_op *o)
{
    static const uint8_t cc[] = {CC_E, CC_NE, CC_B, CC_BE, CC_L, CC_LE};
    bool w = o->type == I64, imm = is_const(g, o->arg[1]) && (fits32(const_of(g, o->arg[1])) || !w);
    unsigned a, b = 0;

    flags_kill(g);
    if (val(g, o->arg[0])->where == W_LAZY && op_of(g, o->arg[0])->op == IR_and && imm && !const_of(g, o->arg[1])) {
        enum x86_cc result = test_bits(g, op_of(g, o->arg[0]), cc[o->op - IR_eq]);

        used(g, o->arg[0]);
        return result;
    }
    a = gpr_of(g, o->arg[0]);
    if (!imm)
        b = gpr_of(g, o->arg[1]);
    flags_kill(g); /* making an operand may have... set flags nobody wants */
    if (imm && const_of(g, o->arg[1]) == 0 && (o->op == IR_eq || o->op == IR_ne || o->op == IR_lts))
        test_rr(&g->c, w, a, a);
    else if (imm)
        alu_ri(&g->c, w, X_CMP, a, (int32_t)const_of(g, o->arg[1]));
    else
        alu_rr(&g->c, w, X_CMP, a, b);
    used(g, o->arg[0]);
    used(g, o->arg[1]);
    return cc[o->op - IR_eq];
}

void lower_compare(struct gen *g, const struct ir_op *o)
{
    enum x86_cc cc = compare(g, o);
    unsigned d = gpr_dest(g, g->at);
    setcc(&g->c, cc, d);
    op_rr8(&g->c, 0x0fb6, d, d, false, true);
    made(g, g->at, d);
}

enum x86_cc condition(struct gen *g, ir_ref ref)
{
    uint32_t id = g->v[ref.id].root;
    struct value *v = &g->v[id];
    const struct ir_op *o = &g->r->ops[id];

    if (v->where == W_LAZY && o->op == IR_cond && o->aux != IR_AL) {
        enum x86_cc cc = flags_cc(g, o->arg[0], o->aux);
        used(g, ref);
        return cc;
    }
    if (v->where == W_LAZY && o->op != IR_cond && v->uses == 1) {
        /* the last reader: compare here; operands are consumed by compare() itself */
        v->where = W_NONE;
        v->uses = 0;
        return compare(g, o);
    }
    unsigned a = gpr_of(g, ref);
    flags_kill(g);
    test_rr(&g->c, false, a, a);
    used(g, ref);
    return CC_NE;
}

/* ---- the slots ---- */

void lower_flags_put(struct gen *g, const struct ir_op *o)
{
    uint32_t id = g->v[o->arg[0].id].root;
    bool main_slot = o->imm == g->arch->flags_offset;
    struct mem to = mem_at(RBP, ST(o->imm)), m;

    if (main_slot && !g->live_after[g->at]) {
        g->fl.pending = 0; /* what was pending is overwritten, and this is never looked at */
        clobber_gpr_slot(g, (unsigned)o->imm, 0);
        return;
    }
    clobber_gpr_slot(g, (unsigned)o->imm, main_slot ? 0 : id);
    if (g->v[id].where == W_REMAT && g->fl.value != id)
        repeat(g, id);
    if (g->fl.value == id) {
        if (main_slot) {
            g->fl.pending = id;
        } else {
            flags_store(g, g->fl.kind, to);
            if (g->fl.kind == FK_BORROW) { /* cmc was done */
                g->fl.kind = FK_CARRY;
            }
        }
        used(g, o->arg[0]);
        return;
    }
    if (main_slot)
        g->fl.pending = 0;
    if (is_const(g, o->arg[0])) {
        mov_mi(&g->c, true, to, (int32_t)const_of(g, o->arg[0]));
        return;
    }
    bug_on(!in_memory(g, o->arg[0], &m));
    unsigned t = gpr_scratch(g);
    mov_load(&g->c, true, t, m);
    mov_store(&g->c, true, to, t);
    used(g, o->arg[0]);
}

void lower_flags_get(struct gen *g, const struct ir_op *o)
{
    if (o->imm == g->arch->flags_offset && g->fl.pending) { /* another name of what is pending */
        g->v[g->at].root = g->fl.pending;
        g->v[g->fl.pending].uses += g->v[g->at].uses;
        g->v[g->fl.pending].need |= g->v[g->at].need;
        return;
    }
    make_alias(g, g->at, W_SLOT, 0, (unsigned)o->imm);
}

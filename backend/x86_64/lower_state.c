/*
 * lower_state.c: guest registers: gets and puts of the state's slots, which
 * stand in their homes or in memory. Most gets emit nothing: the value is
 * another name of the home.
 */
#include "backend/x86_64/gen.h"

static void get_vector(struct gen *g, const struct ir_op *o)
{
    unsigned off = (unsigned)o->imm, s = off / 8, x = x86_pins.xmm[s], d;
    unsigned lane = (x86_pins.part[s] ? 2 : 0) + (off >> 2 & 1);
    struct code *c = &g->c;

    if (x != NOREG && x86_pins.wide[s] && !lane && (o->type != V128 || o->aux == 16))
        g->v[g->at].known = (uint8_t)above_get(g, off);
    if (o->type == V128 && o->aux == 16) {
        unsigned y = x86_pins.xmm[s + 1];
        if (x != NOREG && x == y) {
            make_alias(g, g->at, W_PIN, x, off);
        } else if (x != NOREG && y != NOREG) {
            d = xmm_scratch(g);
            v_rrr(c, V_PUNPCKLQDQ, d, x, y);
            made(g, g->at, d);
        } else if (x != NOREG) {
            d = xmm_scratch(g);
            v_rrm(c, 0x16, d, x, mem_at(RBP, ST(off + 8))); /* movhps */
            made(g, g->at, d);
        } else {
            make_alias(g, g->at, W_SLOT, 0, off);
        }
        return;
    }
    if (x == NOREG) {
        if (o->type != V128) {
            make_alias(g, g->at, W_SLOT, 0, off);
            return;
        }
        d = xmm_scratch(g);
        v_rm(c, V_MOVQ_L, d, mem_at(RBP, ST(off)));
        made(g, g->at, d);
        return;
    }
    if (lane == 0 && (o->type != V128 || !g->v[g->at].upper)) {
        make_alias(g, g->at, W_PIN, x, off);
        return;
    }
    if (o->type == V128)
        g->v[g->at].known = V_ZERO_ABOVE;
    d = xmm_scratch(g);
    if (o->type == F32)
        v_rri(c, V_66 | 0x70, d, x, lane); /* pshufd: the lane to the bottom */
    else if (lane)
        v_shift_i(c, V_66 | 0x73, 3, d, x, 8); /* psrldq */
    else
        v_rr(c, V_MOVQ_L, d, x);
    made(g, g->at, d);
}

static __attribute__((noinline)) void get_other(struct gen *g, const struct ir_op *o)
{
    if (o->type == FLAGS)
        lower_flags_get(g, o);
    else
        get_vector(g, o);
}

void lower_get(struct gen *g, const struct ir_op *o)
{
    unsigned reg;

    if (o->type > I64) {
        get_other(g, o);
        return;
    }
    reg = x86_pins.gpr[o->imm / 8];
    name_alias(g, g->at, reg != NOREG ? W_PIN : W_SLOT, reg, (unsigned)o->imm);
}

static __attribute__((noinline)) void put_vector(struct gen *g, const struct ir_op *o)
{
    unsigned off = (unsigned)o->imm, s = off / 8, x = x86_pins.xmm[s], v;
    unsigned bytes = o->type == F32 ? 4 : o->type == F64 ? 8 : o->aux;
    unsigned lane = (x86_pins.part[s] ? 2 : 0) + (off >> 2 & 1);
    uint32_t id = g->v[o->arg[0].id].root;
    struct value *w = &g->v[id];
    struct code *c = &g->c;

    above_put(g, off, bytes, w->known);
    if (w->where == W_PIN && w->reg == x && w->at == off && lane == 0 && (bytes < 16 || x86_pins.wide[s]) && g->r->ops[id].op != IR_get) {
        used(g, o->arg[0]); /* made in place */
        return;
    }
    clobber_slot(g, off, bytes, w->at == off ? id : 0); /* a register's half put to its other half changes it too */
    v = xmm_of(g, o->arg[0]);
    if (x == NOREG && (bytes != 16 || x86_pins.xmm[s + 1] == NOREG)) {
        v_rm(c, bytes == 16 ? V_MOVDQU_S : bytes == 8 ? V_MOVQ_S : V_MOVSS_S, v, mem_at(RBP, ST(off)));
        if (bytes == 16 && w->uses > 1)
            back_by_slot(g, id, off);
    } else if (bytes == 16 && x == x86_pins.xmm[s + 1]) {
        movaps(c, x, v);
    } else if (bytes == 16) {
        unsigned y = x86_pins.xmm[s + 1];
        /* the upper half first: v may be the lower home itself */
        if (y != NOREG)
            v_rrr(c, V_PUNPCKHQDQ, y, v, v);
        else
            v_rm(c, 0x17, v, mem_at(RBP, ST(off + 8))); /* movhps */
        if (x != NOREG)
            movaps(c, x, v);
        else
            v_rm(c, V_MOVQ_S, v, mem_at(RBP, ST(off)));
    } else if (bytes == 8 && !x86_pins.wide[s]) {
        movaps(c, x, v);
    } else if (bytes == 8) {
        v_rrr(c, lane ? V_PUNPCKLQDQ : V_MOVSD_L, x, x, v);
    } else if (lane == 0) {
        if (x != v)
            v_rrr(c, V_MOVSS_L, x, x, v);
    } else {
        v_rrri(c, V_66 | V_3A | 0x21, x, x, v, lane << 4); /* insertps */
    }
    used(g, o->arg[0]);
}

static void put_const(struct gen *g, const struct ir_op *o, unsigned reg)
{
    uint64_t imm = const_of(g, o->arg[0]);
    struct mem m = mem_at(RBP, ST(o->imm));

    if (reg != NOREG && imm == 0 && !flags_busy(g)) {
        flags_kill(g);
        alu_rr(&g->c, false, X_XOR, reg, reg);
    } else if (reg != NOREG) {
        mov_ri(&g->c, reg, imm);
    } else if (fits32(imm)) {
        mov_mi(&g->c, true, m, (int32_t)imm);
    } else {
        unsigned t = gpr_scratch(g);
        mov_ri(&g->c, t, imm);
        mov_store(&g->c, true, m, t);
    }
}

static __attribute__((noinline)) void put_gpr(struct gen *g, const struct ir_op *o)
{
    unsigned off = (unsigned)o->imm, reg = x86_pins.gpr[off / 8];
    uint32_t id = g->v[o->arg[0].id].root;
    struct value *v = &g->v[id];

    begin_op(g, o, 1);
    if (v->where == W_LAZY) {
        if (g->r->ops[id].type == o->type) /* made where it is wanted */
            v->hint = (uint16_t)(off / 8 + 1);
        force(g, id);
    }
    if (v->where == W_CONST) {
        clobber_gpr_slot(g, off, 0);
        put_const(g, o, reg);
        return;
    }
    bool narrow = o->type == I32, clean = !narrow || upper_clean(g, o->arg[0]);
    if (v->where == W_PIN && v->reg == reg && v->at == off && clean) { /* made in place, or put back as it was */
        used(g, o->arg[0]);
        return;
    }
    if (v->where == W_PIN && v->reg == reg && v->at == off && (v->uses == 1 || g->r->ops[id].type == I32)) { /* all it takes is a clean upper half */
        clobber_gpr_slot(g, off, id);
        mov_rr(&g->c, false, reg, reg);
        used(g, o->arg[0]);
        return;
    }
    clobber_gpr_slot(g, off, clean ? id : 0);
    if (reg != NOREG && v->where == W_SLOT && v->at != off && g->r->ops[id].type == o->type) { /* mov between guest registers, one of them in memory */
        state_load(&g->c, !narrow, reg, ST(v->at));
        if (v->uses > 1) {
            alias_move(g, id, reg, off);
        }
        used(g, o->arg[0]);
        return;
    }
    unsigned s = gpr_of(g, o->arg[0]);
    if (reg != NOREG) {
        mov_rr(&g->c, !narrow, reg, s);
    } else {
        if (!clean) {
            unsigned t = gpr_scratch(g);
            mov_rr(&g->c, false, t, s);
            s = t;
        }
        state_store(&g->c, true, ST(off), s);
        if (v->uses > 1 && ir_type_of(g->r, (ir_ref){id}) == o->type)
            back_by_slot(g, id, off);
    }
    used(g, o->arg[0]);
    /* later readers take it from its home, and scratch is free again */
    if (v->uses && v->where == W_REG && reg != NOREG && g->r->ops[id].type == o->type && ir_type_of(g->r, (ir_ref){id}) == o->type) {
        g->gpr_owner[v->reg] = 0;
        make_alias(g, id, W_PIN, reg, off);
    }
}

static __attribute__((noinline)) void put_other(struct gen *g, const struct ir_op *o)
{
    begin_op(g, o, 1);
    if (o->type == FLAGS)
        lower_flags_put(g, o);
    else
        put_vector(g, o);
}

void lower_put(struct gen *g, const struct ir_op *o)
{
    const struct value *v = val(g, o->arg[0]);

    if (o->type > I64)
        put_other(g, o);
    else if (v->where == W_PIN && v->at == o->imm && v->reg == x86_pins.gpr[v->at / 8] && (o->type == I64 || upper_clean(g, o->arg[0])))
        used(g, o->arg[0]); /* made in place, or put back as it was */
    else
        put_gpr(g, o);
}

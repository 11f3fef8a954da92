/*
 * exits.c: control flow: labels inside the region, the ways out of it, calls
 * of C helpers, and the cold code behind a region's last hot instruction.
 */
#include "backend/x86_64/gen.h"

static struct mem vc(int32_t disp) { return mem_at(RBP, disp); }

unsigned new_exit(struct gen *g, struct region_key target)
{
    struct host_code *out = g->out;

    if (out->nexits == MAX_EXITS) {
        give_up(g);
        return 0;
    }
    out->exits[out->nexits] = (struct host_exit){.target = target};
    return out->nexits++;
}

void cold_add(struct gen *g, struct cold c)
{
    if (g->ncold == MAX_COLD)
        give_up(g);
    else
        g->cold[g->ncold++] = c;
}

static struct region_key target_of(const struct ir_op *o) { return (struct region_key){o->imm, o->mode}; }
/* The rel32 that an exit jumps by; until it is linked it leads to its stub. */
static void exit_site(struct gen *g, unsigned exit, const uint8_t *site)
{
    g->out->exits[exit].site = (uint32_t)(site - g->start);
}

static void poll(struct gen *g, unsigned exit)
{
    struct cold k = {.kind = COLD_POLL, .exit = exit};

    alu_mi(&g->c, false, X_CMP, vc(VC(poll)), 0);
    k.site = jcc32(&g->c, CC_NE, NULL, false);
    cold_add(g, k);
}

/* To the same instruction in another mode is no loop. */
static bool backward(const struct gen *g, const struct ir_op *o)
{
    return o->imm < g->cur_pc || (o->imm == g->cur_pc && o->mode == g->cur_mode);
}

/* ---- gates ---- */

/* The last four bytes are to be known to whoever moves the code. */
static void moves(struct gen *g, unsigned kind)
{
    struct host_code *out = g->out;

    if (out->nmoves++ < MAX_MOVES)
        out->moves[out->nmoves - 1] = (uint32_t)(g->c.p - 4 - g->start) << 1 | kind;
}

void call_gate(struct gen *g, const uint8_t *gate)
{
    call32(&g->c, gate, false);
    moves(g, MOVE_GATE);
}

static void jump_gate(struct gen *g, const uint8_t *gate)
{
    jmp32(&g->c, gate, false);
    moves(g, MOVE_GATE);
}

/* mov eax, number of the exit; jmp gate */
static inline uint8_t *leave(uint8_t *p, uint32_t exit_id, const uint8_t *gate)
{
    p[0] = 0xb8;
    stle32(p + 1, exit_id);
    p[5] = 0xe9;
    stle32(p + 6, (uint32_t)(gate - (p + 10)));
    return p + 10;
}

/* Such at `at`; there are so many moves before, so many with it. */
static inline unsigned note_leave(struct host_code *out, unsigned nmoves, uint32_t at)
{
    if (nmoves + 2 <= MAX_MOVES) {
        out->moves[nmoves] = (at + 1) << 1 | MOVE_ID;
        out->moves[nmoves + 1] = (at + 6) << 1 | MOVE_GATE;
    }
    return nmoves + 2;
}

static void leave_gate(struct gen *g, unsigned exit, const uint8_t *gate)
{
    g->out->nmoves = note_leave(g->out, g->out->nmoves, (uint32_t)(g->c.p - g->start));
    g->c.p = leave(g->c.p, g->region_id << 8 | exit, gate);
}

/* ---- direct edges ---- */

static unsigned edge(struct gen *g, const struct ir_op *o)
{
    unsigned e = new_exit(g, target_of(o));

    if (loops_back(g, o))
        loop_exit(g, e);
    return e;
}

void lower_exit(struct gen *g, const struct ir_op *o)
{
    unsigned e = edge(g, o);

    flags_sync(g, g->live_after[g->at]);
    if (backward(g, o))
        poll(g, e);
    exit_site(g, e, jmp32(&g->c, NULL, true));
    g->unreachable = true;
}

void lower_exit_if(struct gen *g, const struct ir_op *o)
{
    bool copy_ends = g->copying && loops_back(g, o);
    unsigned e = copy_ends ? 0 : edge(g, o);
    enum x86_cc cc = condition(g, o->arg[0]);
    bool save = g->fl.pending && g->live_after[g->at];
    struct code *c = &g->c;

    if (copy_ends) {
        loop_copy_ends(g, cc, save);
    } else if (save) {
        struct cold k = {.kind = COLD_SAVE, .exit = e, .flags_kind = g->fl.kind, .data = backward(g, o)};
        k.site = jcc32(c, cc, NULL, false);
        cold_add(g, k);
    } else if (backward(g, o)) { /* a loop: taken while the poll flag is clear */
        uint8_t *over = jcc8(c, cc ^ 1);
        alu_mi(c, false, X_CMP, vc(VC(poll)), 0);
        uint8_t *site = jcc32(c, CC_E, NULL, true);
        struct cold k = {.kind = COLD_POLL, .exit = e, .site = jmp32(c, NULL, false)};
        set_rel8(c, over);
        exit_site(g, e, site);
        cold_add(g, k);
        if (loops_back(g, o))
            loop_behind(g);
    } else {
        exit_site(g, e, jcc32(c, cc, NULL, true));
    }
}

/* A label right behind a call is where it returns to. */
static bool returns_here(struct gen *g)
{
    for (uint32_t i = g->at + 1; i < g->r->count; i++) {
        unsigned op = g->r->ops[i].op;
        if (op != IR_nop && op != IR_const)
            return op == IR_label;
    }
    return false;
}

/*
 * Behind a call: the host's return came here because the host's own prediction
 * said so; the guest's target, in rcx, has the last word. Another target is
 * looked up.
 */
static void landing(struct gen *g, uint64_t ra)
{
    struct code *c = &g->c;
    struct cold k = {.kind = COLD_RETURN, .reg = RCX};
    unsigned e = new_exit(g, g->arch->key_of_return(g->r->key, ra));
    bool goes_on = returns_here(g);

    if ((((uintptr_t)c->p + 6) & 7) == 7) /* see below */
        put8(c, 0x90);

    if (g->r->pointer64 && !fits32(ra)) {
        mov_ri(c, RAX, ra);
        alu_rr(c, true, X_CMP, RCX, RAX);
    } else {
        alu_ri(c, g->r->pointer64, X_CMP, RCX, (int32_t)ra);
    }
    k.site = jcc32(c, CC_NE, NULL, false);
    cold_add(g, k);
    if (!goes_on) {
        exit_site(g, e, jmp32(c, NULL, true));
        g->unreachable = true;
        return;
    }
    /* The region goes on here. Once it is dropped, returns into it must not: the
     * two opcode bytes of jne, within 8 aligned bytes, become nop; jmp. */
    g->out->exits[e].landing = true;
    g->out->exits[e].site = (uint32_t)(k.site - 2 - g->start);
    g->fl = (struct flags_state){0};
    above_forget(g);
}

void lower_exit_call(struct gen *g, const struct ir_op *o)
{
    unsigned e = new_exit(g, target_of(o));

    g->out->exits[e].call = true;
    flags_sync(g, g->live_after[g->at]);
    if (backward(g, o) || o->aux) /* endless recursion has a backward call */
        poll(g, e);
    exit_site(g, e, call32(&g->c, NULL, true));
    landing(g, o->imm2);
}

/* ---- indirect edges: the target goes to rax ---- */

static void target_to_rax(struct gen *g, const struct ir_op *o)
{
    flags_sync(g, g->live_after[g->at]);
    if (val(g, o->arg[0])->where == W_LAZY)
        force(g, g->v[o->arg[0].id].root);
    if (is_const(g, o->arg[0]))
        mov_ri(&g->c, RAX, const_of(g, o->arg[0]));
    else
        gpr_into(g, o->arg[0], RAX);
    if (!g->r->pointer64 && g->r->ops[o->arg[0].id].op == IR_trunc) /* its upper half is not clean */
        mov_rr(&g->c, false, RAX, RAX);
    used(g, o->arg[0]);
}

/* The look-up at the site, so that the host's predictor sees each jump apart. */
static struct mem look_up(struct gen *g)
{
    struct code *c = &g->c;
    struct mem entry = {.base = RBP, .index = RCX, .disp = VC(jump_cache)};

    lea(c, false, RCX, (struct mem){.base = NOREG, .index = RAX, .scale = x86_pins.code_scale});
    alu_rm(c, false, X_AND, RCX, vc(VC(jump_mask)));
    alu_rm(c, true, X_CMP, RAX, entry);
    entry.disp += (int32_t)offsetof(struct jump_cache_entry, code);
    return entry;
}

void lower_exit_ind(struct gen *g, const struct ir_op *o)
{
    target_to_rax(g, o);
    struct mem code = look_up(g);
    jcc32(&g->c, CC_NE, g->gates->indirect, false);
    moves(g, MOVE_GATE);
    jmp_m(&g->c, code);
    g->unreachable = true;
}

void lower_exit_icall(struct gen *g, const struct ir_op *o)
{
    struct cold k = {.kind = COLD_ICALL};

    target_to_rax(g, o);
    struct mem code = look_up(g);
    k.site = jcc32(&g->c, CC_NE, NULL, false);
    call_m(&g->c, code);
    k.back = g->c.p;
    cold_add(g, k);
    landing(g, o->imm2);
}

/* The host's return, whose landing compares the target in rcx. */
void lower_exit_ret(struct gen *g, const struct ir_op *o)
{
    flags_sync(g, g->live_after[g->at]);
    if (val(g, o->arg[0])->where != W_REG || val(g, o->arg[0])->reg != RCX || g->r->ops[o->arg[0].id].op == IR_trunc) {
        gpr_into(g, o->arg[0], RCX);
        if (!g->r->pointer64 && g->r->ops[o->arg[0].id].op == IR_trunc) /* its upper half is not clean */
            mov_rr(&g->c, false, RCX, RCX);
    }
    put8(&g->c, 0xc3);
    used(g, o->arg[0]);
    g->unreachable = true;
}

void lower_raise(struct gen *g, const struct ir_op *o)
{
    struct code *c = &g->c;
    unsigned e = new_exit(g, (struct region_key){o->imm, o->mode ? o->mode : g->cur_mode});

    flags_sync(g, 15);
    mov_mi(c, false, vc(VC(exception)), o->aux);
    if (fits32(o->imm2)) {
        mov_mi(c, true, vc(VC(exception_data)), (int32_t)o->imm2);
    } else {
        mov_ri(c, RAX, o->imm2);
        mov_store(c, true, vc(VC(exception_data)), RAX);
    }
    leave_gate(g, e, g->gates->exception);
    g->unreachable = true;
}

void x86_count_calls(uint8_t *p, uint32_t exit_id, unsigned counter, const void *target)
{
    struct code c = {p, p, p + 32};

    put8(&c, 0x66);
    alu_mi(&c, false, X_ADD, vc(VC(call_counts) + 2 * (int32_t)counter), 4); /* 16 bits: carries after 16384 times */
    jcc32(&c, CC_AE, target, false);
    mov_ri(&c, RAX, exit_id);
    jmp32(&c, x86_gates.direct, false);
}

/* ---- labels ---- */

/*
 * Flags may come to a label in EFLAGS, when every way there brings them so, in
 * the same sense; else they are stored on each way: behind the jump, in cold
 * code, on the ways that have them in EFLAGS.
 */
static void jump_to_label(struct gen *g, uint64_t n, uint8_t *site)
{
    struct label_state *l = &g->label[n];

    if (l->nfrom == ARRAY_SIZE(l->from)) {
        give_up(g);
        return;
    }
    l->from[l->nfrom].rel32 = site;
    l->from[l->nfrom++].flags = g->fl.pending && l->live ? g->fl : (struct flags_state){0};
}

void lower_br_if(struct gen *g, const struct ir_op *o)
{
    enum x86_cc cc = condition(g, o->arg[0]);

    jump_to_label(g, o->imm, jcc32(&g->c, cc, NULL, false));
}

void lower_br(struct gen *g, const struct ir_op *o)
{
    jump_to_label(g, o->imm, jmp32(&g->c, NULL, false));
    g->fl = (struct flags_state){0};
    g->unreachable = true;
}

static bool same_sense(const struct flags_state *a, const struct flags_state *b) { return a->pending && b->pending && a->kind == b->kind; }

void lower_label(struct gen *g, const struct ir_op *o)
{
    struct label_state *l = &g->label[o->imm];
    static const struct flags_state none;
    const struct flags_state *first = !g->unreachable ? &g->fl : l->nfrom ? &l->from[0].flags : &none;
    bool agree = l->live && first->pending;

    for (unsigned i = 0; i < l->nfrom; i++)
        agree = agree && same_sense(first, &l->from[i].flags);
    if (!agree && !g->unreachable && g->fl.pending && l->live)
        flags_store(g, g->fl.kind, mem_at(RBP, ST(g->arch->flags_offset)));
    for (unsigned i = 0; i < l->nfrom && g->c.p <= g->c.end; i++) {
        if (l->from[i].flags.pending && !agree)
            cold_add(g, (struct cold){.kind = COLD_MERGE, .site = l->from[i].rel32, .flags_kind = l->from[i].flags.kind, .back = g->c.p});
        else
            set_rel32(l->from[i].rel32, g->c.p);
    }
    g->fl = agree ? *first : (struct flags_state){0};
    g->result_flags = g->logic_flags = 0;
    above_forget(g);
    g->unreachable = false;
    drop_temps(g);
    if (agree) { /* whatever made them, from here on they are only what EFLAGS holds */
        g->v[g->fl.value].where = W_NONE;
        g->v[g->fl.value].kept = 0;
        g->v[g->fl.value].uses = 0;
        g->fl.pending = g->fl.value;
    }
}

/* ---- helpers ---- */

/* Values read from guest registers are copied before a helper changes those. */
static void detach_aliases(struct gen *g)
{
    unlock_all(g);
    evict_all(g);
    while (g->naliases && !g->failed) {
        const struct value *v = &g->v[g->aliases[0]];
        clobber_slot(g, v->at, 1, 0);
        unlock_all(g);
        evict_all(g);
    }
}

void lower_call(struct gen *g, const struct ir_op *o)
{
    const struct guest_helper *h = &g->arch->helpers[o->imm];
    struct code *c = &g->c;

    if (h->traits & (HELPER_READS | HELPER_FAULTS))
        flags_sync(g, 15);
    flags_kill(g);
    for (unsigned i = 0; i < o->nargs; i++) {
        struct mem to = vc(VC(call_args) + 8 * (int32_t)i);
        if (is_const(g, o->arg[i]) && fits32(const_of(g, o->arg[i]))) {
            mov_mi(c, true, to, (int32_t)const_of(g, o->arg[i]));
        } else if (val(g, o->arg[i])->vector) {
            unsigned x = xmm_of(g, o->arg[i]);
            v_rm(c, V_MOVQ_S, x, to);
        } else {
            unsigned r = gpr_of(g, o->arg[i]);
            if (ir_type_of(g->r, o->arg[i]) == I32 && !upper_clean(g, o->arg[i])) {
                unsigned t = gpr_scratch(g);
                mov_rr(c, false, t, r);
                r = t;
            }
            mov_store(c, true, to, r);
        }
        used(g, o->arg[i]);
        unlock_all(g);
    }
    evict_all(g);
    if (h->traits & HELPER_WRITES) {
        detach_aliases(g);
        above_forget(g);
    }
    mov_load(c, true, RAX, vc(VC(helpers)));
    mov_load(c, true, RAX, mem_at(RAX, 8 * (int32_t)o->imm));
    call_gate(g, h->traits == HELPER_PURE ? g->gates->helper_light : h->traits & HELPER_INTEGER ? g->gates->helper_integer : g->gates->helper_full);
    if (h->traits & HELPER_WRITES)
        g->fl = (struct flags_state){0};
    if (!g->v[g->at].uses)
        return;
    if (g->v[g->at].vector) {
        unsigned x = xmm_scratch(g);
        v_rr(c, V_MOVQ_TO, x, RAX);
        made(g, g->at, x);
    } else {
        if (o->type == I32)
            mov_rr(c, false, RAX, RAX);
        made(g, g->at, RAX);
    }
}

void lower_sync(struct gen *g, const struct ir_op *o)
{
    flags_sync(g, 15);
    leave_gate(g, new_exit(g, target_of(o)), g->gates->sync);
    g->unreachable = true;
}

/* ---- cold code ---- */

/* Misaligned, but is it within the block? No register is free, so it is computed in memory. */
static void cold_within(struct gen *g, const struct cold *k)
{
    struct code *c = &g->c;
    struct mem temp = vc(VC(exception_data));

    mov_store(c, true, temp, k->reg);
    if (k->data)
        alu_mi(c, false, X_ADD, temp, (int32_t)k->data);
    alu_mi(c, false, X_AND, temp, k->within - 1);
    alu_mi(c, false, X_CMP, temp, k->within - k->bytes);
    jcc32(c, CC_BE, k->back, false);
}

static void cold_align(struct gen *g, const struct cold *k)
{
    struct code *c = &g->c;

    if (k->within)
        cold_within(g, k);
    if (k->data)
        lea(c, g->r->pointer64, RAX, mem_at(k->reg, (int32_t)k->data));
    else
        mov_rr(c, g->r->pointer64, RAX, k->reg);
    mov_store(c, true, vc(VC(exception_data)), RAX);
    mov_mi(c, false, vc(VC(exception)), EXC_ALIGNMENT);
    leave_gate(g, k->exit, g->gates->exception);
}

static void cold_one(struct gen *g, const struct cold *k)
{
    struct code *c = &g->c;

    if (k->site && c->p <= c->end)
        set_rel32(k->site, c->p);
    for (unsigned i = 0; k->kind >= COLD_VECTOR && i < ARRAY_SIZE(k->also) && c->p <= c->end; i++)
        if (k->also[i])
            set_rel32(k->also[i], c->p);
    switch ((enum cold_kind)k->kind) {
    case COLD_POLL: leave_gate(g, k->exit, g->gates->poll); break;
    case COLD_SAVE:
        memset(g->gpr_owner, 0, sizeof g->gpr_owner);
        unlock_all(g);
        flags_store(g, k->flags_kind, mem_at(RBP, ST(g->arch->flags_offset)));
        if (k->data)
            poll(g, k->exit);
        exit_site(g, k->exit, jmp32(c, NULL, true));
        break;
    case COLD_ALIGN: cold_align(g, k); break;
    case COLD_ICALL:
        call_gate(g, g->gates->lookup);
        jmp32(c, k->back, false);
        break;
    case COLD_MERGE:
        memset(g->gpr_owner, 0, sizeof g->gpr_owner);
        unlock_all(g);
        flags_store(g, k->flags_kind, mem_at(RBP, ST(g->arch->flags_offset)));
        jmp32(c, k->back, false);
        break;
    case COLD_RETURN:
        mov_rr(c, g->r->pointer64, RAX, k->reg);
        jump_gate(g, g->gates->lookup);
        break;
    case COLD_SOFT: cold_soft(g, k); break;
    case COLD_GUESS: cold_guess(g, k); break;
    case COLD_VECTOR: cold_vector(g, k); break;
    case COLD_FLUSH: cold_flush(g, k); break;
    }
}

/* Behind the rest, for each exit that is not linked: back to the runtime with its number. */
static void stubs(struct gen *g)
{
    struct host_code *out = g->out;
    uint8_t *start = g->start, *p = g->c.p;
    const uint8_t *gate = g->gates->direct;
    unsigned nmoves = out->nmoves;

    for (unsigned i = g->stubs_done; i < out->nexits && p < g->c.end; i++) {
        struct host_exit *e = &out->exits[i];

        if (!e->site || e->landing)
            continue;
        e->stub = (uint32_t)(p - start);
        stle32(start + e->site, (uint32_t)(p - (start + e->site + 4)));
        p = leave(p, g->region_id << 8 | i, gate);
        nmoves = note_leave(out, nmoves, e->stub);
    }
    g->c.p = p;
    out->nmoves = nmoves;
}

void exits_begin(struct gen *g)
{
    g->ncold = 0;
    g->stubs_done = g->out->nexits;
}

/* Cold code may add to the list. */
void emit_cold(struct gen *g)
{
    for (unsigned i = 0; i < g->ncold && g->c.p < g->c.end; i++)
        cold_one(g, &g->cold[i]);
    stubs(g);
}

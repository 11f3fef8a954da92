/*
 * loop.c: what is known to be zero above the scalars in 16-byte homes, within a
 * region and round a loop. A scalar op keeps what lies above its first operand;
 * when that came into the region it is unknown and the result must be cut off,
 * which an accumulator waits for each time round. So a region that jumps to its
 * own start gets a second version: compiled for what holds at the jumps back,
 * and entered only by them. There a short loop goes twice round to a look at the
 * poll flag, and a sum of products need not wait for fused multiply-adds.
 */
#include "backend/x86_64/lower_vec.h"

enum { SHORT_LOOP = 12 }; /* guest instructions */

enum { READ_AS_CAME = 1, WRITTEN = 2 };
enum { ZEROS = V_ZERO_ABOVE | V_ZERO_ABOVE32 };

void above_begin(struct gen *g)
{
    if (!g->any_above)
        return;
    memset(g->above, 0, sizeof g->above);
    memset(g->touched, 0, sizeof g->touched);
    g->any_above = false;
}

void above_put(struct gen *g, unsigned offset, unsigned bytes, unsigned known)
{
    g->any_above = true;
    g->above[offset / 16] = bytes == 16 ? known & ZEROS : 0;
    g->touched[offset / 16] |= WRITTEN;
}

unsigned above_get(struct gen *g, unsigned offset)
{
    g->any_above = true;
    if (!g->touched[offset / 16])
        g->touched[offset / 16] = READ_AS_CAME;
    return offset & 15 ? 0 : g->above[offset / 16];
}

void above_forget(struct gen *g)
{
    if (g->any_above)
        memset(g->above, 0, sizeof g->above);
}

/* An exit to the region's own start. */
void loop_exit(struct gen *g, unsigned exit)
{
    if (g->nback == ARRAY_SIZE(g->back))
        return;
    for (unsigned i = 0; i < ARRAY_SIZE(g->above); i++)
        g->at_back[i] = g->nback ? g->at_back[i] & g->above[i] : g->above[i];
    g->back[g->nback++] = exit;
}

/* Is anything known at the jumps back of what the region reads as it came? Then that is what the second version begins with. */
static bool take_for_granted(struct gen *g, uint8_t *granted)
{
    bool any = false;

    for (unsigned i = 0; i < ARRAY_SIZE(g->above); i++) {
        granted[i] = g->touched[i] & READ_AS_CAME ? g->at_back[i] : 0;
        any |= granted[i] != 0;
    }
    return any;
}

static bool still_holds(const struct gen *g, const uint8_t *granted)
{
    for (unsigned i = 0; i < ARRAY_SIZE(g->above); i++)
        if (granted[i] & ~g->at_back[i])
            return false;
    return true;
}

/* ---- sums of products ---- */

/*
 * The one fma of a short loop that adds to what the last time round has left. It
 * takes the host longer than a sum does, and everybody waits for it.
 */
static uint32_t accumulation(const struct gen *g)
{
    const struct ir_region *r = g->r;
    uint32_t found = 0;
    unsigned insns = 0;

    for (uint32_t i = 1; i < r->count && insns <= SHORT_LOOP; i++) {
        const struct ir_op *o = &r->ops[i];

        insns += o->op == IR_insn;
        if (o->op == IR_exit_if && loops_back(g, o))
            return found;
        if (o->op == IR_label || (o->op == IR_fma && found))
            return 0;
        if (o->op == IR_fma && r->ops[o->arg[2].id].op == IR_get)
            found = i;
    }
    return 0;
}

/*
 * A product that is exact needs no fused addition; it is when rounding it down
 * and up gives the same. Nobody waits for that look but a branch. A product that
 * is a NaN makes the compare trap, and is taken for inexact then (fptrap.c).
 */
bool loop_guesses(struct gen *g, const struct ir_op *o, unsigned d, const uint8_t x[3])
{
    unsigned type = o->type == F64 ? V_F2 | V_EW : V_F3, p, q;
    struct cold k = {.kind = COLD_GUESS, .op = g->at, .xmm = {x[0], x[1], x[2], (uint8_t)d}};
    struct code *c = &g->c;

    if (g->guess != g->at || x[2] != d || x[0] == d || x[1] == d || XMM_SCRATCH >> d & 1)
        return false;
    p = xmm_scratch(g);
    q = xmm_scratch(g);
    v_rrr(c, type | V_ONLYEVEX | V_DOWN | 0x59, p, x[0], x[1]);
    v_rrr(c, type | V_ONLYEVEX | V_UP | 0x59, q, x[0], x[1]);
    put8(c, X86_STANDARD_PREFIX);
    v_rr(c, 0x2f | (o->type == F64 ? V_66 | V_EW : 0), p, q);
    k.site = jcc32(c, CC_NE, NULL, false);
    v_rrr(c, type | 0x58, d, d, p);
    k.back = c->p;
    cold_add(g, k);
    return true;
}

/* Stores the displacement that makes the jump at `site` lead to `target`; all three move together. */
static void relink(struct code *c, const uint8_t *site, const uint8_t *target)
{
    put8(c, 0xc7);
    put8(c, 0x05);
    put32(c, (uint32_t)(site - (c->p + 8)));
    put32(c, (uint32_t)(target - (site + 4)));
}

/* Too often: from now on all jumps back lead to the first version. */
void cold_guess(struct gen *g, const struct cold *k)
{
    const struct ir_op *o = &g->r->ops[k->op];
    struct code *c = &g->c;
    uint8_t x[3] = {k->xmm[0], k->xmm[1], k->xmm[2]};

    alu_mi(c, false, X_SUB, mem_at(RBP, VC(guesses)), 1);
    uint8_t *more = jcc8(c, CC_NS);
    mov_mi(c, false, mem_at(RBP, VC(guesses)), WRONG_GUESSES);
    for (unsigned i = 0; i < g->nback; i++)
        relink(c, g->start + g->out->exits[g->back[i]].site, g->start);
    set_rel8(c, more);
    fma_into(g, V_66 | V_38 | 0x99 | (o->type == F64 ? V_W : 0), k->xmm[3], x, 2);
    jmp32(c, k->back, false);
}

/* ---- twice round ---- */

static bool is_short(const struct gen *g, bool *floats)
{
    const struct ir_region *r = g->r;
    unsigned insns = 0;

    *floats = false;

    for (uint32_t i = 0; i < r->count && insns <= SHORT_LOOP && !r->labels; i++) {
        const struct ir_op *o = &r->ops[i];

        insns += o->op == IR_insn;
        *floats |= (ir_info[o->op].traits & IR_IS_FLOAT) != 0;
        if (loops_back(g, o) && (o->op == IR_exit_if || o->op == IR_exit))
            return o->op == IR_exit_if;
    }
    return false;
}

/* Where the loop ends the other copy goes on: everything is in the same place there. */
void loop_copy_ends(struct gen *g, enum x86_cc cc, bool save)
{
    uint16_t *k = g->todo_from;

    g->failed |= save;
    g->out_of_copy = jcc32(&g->c, cc ^ 1, NULL, false);
    while (*k != g->at)
        k++;
    k[1] = 0; /* the last op */
}

void loop_behind(struct gen *g)
{
    if (g->out_of_copy && g->c.p <= g->c.end)
        set_rel32(g->out_of_copy, g->c.p);
    g->out_of_copy = NULL;
}

/* ---- the second version ---- */

static void lower_again(struct gen *g, const uint8_t *granted, void (*lower_all)(struct gen *g))
{
    memcpy(g->above, granted, sizeof g->above);
    g->any_above = true;
    memset(g->touched, 0, sizeof g->touched);
    memset(g->xmm_owner, 0, sizeof g->xmm_owner);
    memset(g->gpr_owner, 0, sizeof g->gpr_owner);
    g->fl = (struct flags_state){0};
    g->result_flags = g->logic_flags = 0;
    forget_aliases(g);
    g->spill_used = 0;
    g->vspill_used = VECTOR_CALL_SPILLS;
    g->unreachable = false;
    x86_analyse(g);
    lower_all(g);
}

/* False: something of it does not hold, and all is as before. */
static bool second_version(struct gen *g, const uint8_t *granted, bool twice, void (*lower_all)(struct gen *g))
{
    struct host_code *out = g->out;
    unsigned first = g->nback, nexits = out->nexits, ninsns = out->ninsns, nflags = out->nflags, nmoves = out->nmoves;
    unsigned nvalues = g->pool.nvalues, nsites = g->pool.nsites;
    uint8_t *start = g->c.p, *end = g->c.end;

    exits_begin(g);
    if (twice) {
        g->copying = true;
        lower_again(g, granted, lower_all);
        g->copying = false;
        g->failed |= !g->out_of_copy;
    }
    if (!g->failed)
        lower_again(g, granted, lower_all);
    emit_cold(g);
    if (g->failed || g->out_of_copy || g->c.p > g->c.end || g->nback == first || !still_holds(g, granted)) {
        out->nexits = nexits;
        out->ninsns = ninsns;
        out->nflags = nflags;
        out->nmoves = nmoves;
        g->pool.nvalues = nvalues;
        g->pool.nsites = nsites;
        g->nback = first;
        g->out_of_copy = NULL;
        g->failed = false;
        g->c.p = start;
        g->c.end = end;
        return false;
    }
    for (unsigned i = 0; i < g->nback; i++)
        out->exits[g->back[i]].again = (uint32_t)(start - g->start);
    return true;
}

void loop_again(struct gen *g, void (*lower_all)(struct gen *g))
{
    uint8_t granted[ARRAY_SIZE(g->above)];
    bool floats, is_better;

    if (!g->nback || g->failed || g->r->insns > 128)
        return;
    is_better = take_for_granted(g, granted);
    g->guess = x86_cpu.avx512vl && g->r->fp == FP_HOST ? accumulation(g) : 0;
    if (is_short(g, &floats) && (is_better || floats) && second_version(g, granted, true, lower_all))
        return;
    if (is_better)
        second_version(g, granted, false, lower_all);
}

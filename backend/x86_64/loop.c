/*
 * loop.c: what is known to be zero above the scalars in 16-byte homes, within a
 * region and round a loop. A scalar op keeps what lies above its first operand;
 * when that came into the region it is unknown and the result must be cut off,
 * which an accumulator waits for each time round. So a region that jumps to its
 * own start gets a second version: compiled for what holds at the jumps back,
 * and entered only by them.
 */
#include "backend/x86_64/gen.h"

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

void loop_again(struct gen *g, void (*lower_all)(struct gen *g))
{
    uint8_t granted[ARRAY_SIZE(g->above)];
    struct host_code *out = g->out;
    unsigned first = g->nback, nexits = out->nexits, ninsns = out->ninsns, nflags = out->nflags, nmoves = out->nmoves;
    unsigned nvalues = g->pool.nvalues, nsites = g->pool.nsites;
    uint8_t *start = g->c.p, *end = g->c.end;

    if (!first || g->failed || g->r->insns > 128 || !take_for_granted(g, granted))
        return;
    memcpy(g->above, granted, sizeof granted);
    g->any_above = true;
    memset(g->touched, 0, sizeof g->touched);
    memset(g->xmm_owner, 0, sizeof g->xmm_owner);
    memset(g->gpr_owner, 0, sizeof g->gpr_owner);
    g->fl = (struct flags_state){0};
    g->result_flags = g->logic_flags = g->naliases = g->nlazies = 0;
    g->spill_used = 0;
    g->vspill_used = VECTOR_CALL_SPILLS;
    g->any_remat = g->unreachable = false;
    exits_begin(g);
    x86_analyse(g);
    lower_all(g);
    emit_cold(g);
    if (g->failed || g->c.p > g->c.end || g->nback == first || !still_holds(g, granted)) { /* without it, then */
        out->nexits = nexits;
        out->ninsns = ninsns;
        out->nflags = nflags;
        out->nmoves = nmoves;
        g->pool.nvalues = nvalues;
        g->pool.nsites = nsites;
        g->failed = false;
        g->c.p = start;
        g->c.end = end;
        return;
    }
    for (unsigned i = 0; i < g->nback; i++)
        out->exits[g->back[i]].again = (uint32_t)(start - g->start);
}

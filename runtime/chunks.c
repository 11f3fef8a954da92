/*
 * chunks.c: the code cache is bounded, and filled in chunks, one after the
 * other, round and round. When one is full the next is emptied, which was
 * condemned when the one before it was begun: its regions were dropped then,
 * nobody new has entered them since, and by now every vcpu has been outside
 * once and has forgotten its return stack. So nobody is waited for, but a
 * thread that did not come by a poll in all that time; others run on.
 *
 * Epochs count condemnations. A vcpu that is inside has seen those up to its
 * own epoch.
 */
#include "runtime/internal.h"

#define FIRST_REGION 1 /* index 0 of the tables is "none" */

static struct chunk *chunk(unsigned i)
{
    return &cache.chunk[i % cache.nchunks];
}

/* The numbers i.. of `total` things that belong to chunk i. */
static struct span share(uint32_t total, unsigned i)
{
    uint32_t each = total / cache.nchunks;

    return (struct span){i * each, (i + 1) * each};
}

void chunks_lay_out(void)
{
    for (unsigned i = 0; i < cache.nchunks; i++) {
        struct chunk *c = chunk(i);

        c->code = share(cache.code_size, i);
        c->code.start = (uint32_t)align_up(c->code.start, 64);
        c->regions = share(cache.max_regions, i);
        c->exits = share(cache.max_exits, i);
        c->notes = share(cache.max_notes, i);
        c->ops = share(cache.max_ops, i);
        if (!i)
            c->regions.start = c->exits.start = c->ops.start = FIRST_REGION;
    }
}

static void enter(unsigned i)
{
    struct code_cache *k = &cache;
    struct chunk *c = chunk(i);

    k->now = i;
    k->code_used = i ? c->code.start : k->code_start;
    k->counters = c->code.end;
    k->nregions = c->regions.start;
    k->nexits = c->exits.start;
    k->nnotes = c->notes.start;
    k->nops = c->ops.start;
    c->nregions = c->regions.start;
    c->state = CHUNK_USED;
}

void chunks_reset(void)
{
    for (unsigned i = 0; i < cache.nchunks; i++) {
        chunk(i)->state = CHUNK_CLEAN;
        chunk(i)->nregions = chunk(i)->regions.start;
    }
    enter(0);
}

bool chunk_has_room(void)
{
    const struct code_cache *k = &cache;
    const struct chunk *c = chunk(k->now);

    return k->nregions < c->regions.end && k->nexits + MAX_EXITS <= c->exits.end && k->nnotes + MIN_ROOM <= c->notes.end &&
           (!k->max_ops || k->nops + IR_MAX_OPS <= c->ops.end) && (!k->code || k->code_used + MIN_ROOM <= k->counters);
}

/* ---- emptying ---- */

static void condemn(struct chunk *c)
{
    uint64_t invalidated = rt.count.invalidated;

    for (uint32_t id = c->regions.start; id < c->nregions; id++)
        cache_drop(&cache.regions[id]);
    rt.count.invalidated = invalidated;
    c->state = CHUNK_CONDEMNED;
    c->epoch = vcpus_new_epoch();
}

/* The chunk's own exits no longer stand in anybody's list. */
static void forget_exits(const struct chunk *c)
{
    for (unsigned i = 0; i < cache.nchunks; i++)
        for (uint32_t id = chunk(i)->regions.start; id < chunk(i)->nregions; id++)
            for (uint32_t *at = &cache.regions[id].incoming; *at;) {
                struct region_exit *e = &cache.exits[*at - 1];

                if (*at - 1 >= c->exits.start && *at - 1 < c->exits.end)
                    *at = e->next;
                else
                    at = &e->next;
            }
}

static void empty(struct chunk *c)
{
    uint32_t end = c->nregions;

    c->nregions = c->regions.start;
    forget_exits(c);
    pages_forget(c->regions.start, end);
    cache_free_tables();
    cache.generation++;
    c->state = CHUNK_CLEAN;
    rt.count.recycled++;
}

bool chunks_advance(const struct vcpu *self)
{
    struct chunk *next = chunk(cache.now + 1), *after = chunk(cache.now + 2);

    if (next->state == CHUNK_USED)
        condemn(next);
    if (next->state == CHUNK_CONDEMNED) {
        if (!vcpus_have_seen(next->epoch, self))
            return false;
        empty(next);
    }
    enter((cache.now + 1) % cache.nchunks);
    if (after->state == CHUNK_USED && cache.nchunks > 2)
        condemn(after);
    return true;
}

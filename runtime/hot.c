/*
 * hot.c: which regions run often and are worth more effort. Code that runs
 * once pays nothing for the question: a direct call is linked through a piece
 * of code of its own that counts, and when the count is full the region that
 * calls is made again with translate_options.hot, if that makes a difference.
 * The old region is retired: it stays right, but nobody new enters.
 */
#include "runtime/internal.h"

/* Keys by hash; a wrong yes only costs time. */
static uint8_t hot[4096];
static uint32_t ncounters;

static unsigned bit_of(uint64_t pc)
{
    return (unsigned)(pc * 0x9e3779b97f4a7c15ull >> 49) % (sizeof hot * 8);
}

static void set_hot(uint64_t pc, bool on)
{
    uint8_t bit = (uint8_t)(1 << bit_of(pc) % 8);

    hot[bit_of(pc) / 8] = (uint8_t)(on ? hot[bit_of(pc) / 8] | bit : hot[bit_of(pc) / 8] & ~bit);
}

void make_hot(uint64_t pc) { set_hot(pc, true); }

bool is_hot(uint64_t pc)
{
    return !rt.nbreakpoints && (rt.hot || hot[bit_of(pc) / 8] >> bit_of(pc) % 8 & 1);
}

const void *hot_way_to(const struct region *from, struct region_exit *e, const struct region *to)
{
    struct code_cache *k = &cache;
    uint8_t *p;

    if (!e->host.call || k->code_used + COUNTER_ROOM > k->counters || is_hot(from->key.pc))
        return region_code(to);
    k->counters -= COUNTER_ROOM; /* apart from the regions: most are hardly ever used */
    p = k->code + k->counters;
    rt.backend->count_calls(p, region_id(from) << 8 | (uint32_t)(e - &k->exits[from->first_exit]), ncounters++ % CALL_COUNTERS, region_code(to));
    return p;
}

void hot_count_is_full(struct vcpu *c, struct region *r, struct region_exit *e)
{
    uint32_t generation = cache.generation;

    if (!e->to || !e->host.call)
        return;
    e->host.call = false;
    rt.backend->link(cache.code, &e->host, region_code(&cache.regions[e->to]));
    if (r->flags)
        return;
    set_hot(r->key.pc, true);
    if (!region_would_inline(c, r->key)) {
        set_hot(r->key.pc, false);
        r->flags |= REGION_PLAIN;
    } else if (generation == cache.generation) {
        cache_retire(r);
        rt.count.hot++;
    }
}

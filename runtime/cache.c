/*
 * cache.c: where regions live. One mapping holds host code (readable, writable
 * and executable: the guest has the process's rights anyway, and a private
 * mapping is what fork needs) and the tables beside it, all filled from the
 * start upwards and emptied whole. Nothing is freed one by one: a thread may
 * still be inside the code of a dropped region, or have its address on its
 * return stack.
 */
#include "runtime/internal.h"

#include <errno.h>
#include <sys/mman.h>

struct code_cache cache;

#define FIRST_SLOTS 1024
#define SMALL_PAGES_BYTES (2u << 20) /* of code; what a larger program has beyond is in huge pages, for the sake of the host's instruction TLB */

static uint8_t *reserve(size_t bytes, int prot, const char *what)
{
    void *p = mmap(NULL, bytes, prot, MAP_PRIVATE | MAP_ANONYMOUS | MAP_NORESERVE, -1, 0);

    if (p == MAP_FAILED)
        die("cannot reserve %zu MiB for %s: %s%s", bytes >> 20, what, strerror(errno),
            prot & PROT_EXEC ? " (does this host forbid writable and executable memory? MOA_INTERPRET=1 does without)" : "");
    return p;
}

static void want_huge_pages(uint32_t start, uint32_t end)
{
    if (cache.code && start < end)
        madvise(cache.code + start, end - start, MADV_HUGEPAGE);
}

void cache_init(uint64_t bytes)
{
    struct code_cache *k = &cache;
    uint8_t *p;

    k->code_size = (uint32_t)align_up(bytes, 4096);
    k->max_regions = MIN_(k->code_size / 256, (1u << REGION_BITS) - 1);
    k->max_exits = k->max_regions * 4;
    k->nchunks = MIN_(k->code_size / MIN_CHUNK, MAX_CHUNKS);
    k->max_notes = MAX_(k->code_size / 2, 2 * MIN_ROOM * k->nchunks);
    k->max_links = k->max_regions * 4;
    k->max_pages = k->max_regions / 4 + 1024;
    k->max_ops = rt.interpret || rt.check ? k->max_regions * 64 : 0;
    if (!rt.interpret)
        k->code = reserve(k->code_size, PROT_READ | PROT_WRITE | PROT_EXEC, "translated code");

    p = reserve(k->max_regions * sizeof *k->regions + k->max_exits * sizeof *k->exits + k->max_notes +
                k->max_links * sizeof *k->links + k->max_pages * sizeof *k->pages + (size_t)k->max_ops * sizeof *k->ops,
                PROT_READ | PROT_WRITE, "tables of translated code");
    k->regions = (void *)p, p += k->max_regions * sizeof *k->regions;
    k->exits = (void *)p, p += k->max_exits * sizeof *k->exits;
    k->links = (void *)p, p += k->max_links * sizeof *k->links;
    k->pages = (void *)p, p += k->max_pages * sizeof *k->pages;
    k->ops = (void *)p, p += (size_t)k->max_ops * sizeof *k->ops;
    k->notes = p;
    chunks_lay_out();
    want_huge_pages(k->chunk[0].code.start + SMALL_PAGES_BYTES, MAX_(k->chunk[0].code.end, SMALL_PAGES_BYTES) - SMALL_PAGES_BYTES); /* counters begin at its end */
    want_huge_pages(k->chunk[0].code.end, k->code_size);
    cache_reset();
}

void cache_reset(void)
{
    static struct { struct region_table table; uint32_t slot[FIRST_SLOTS]; } first = {.table.mask = FIRST_SLOTS - 1};
    struct code_cache *k = &cache;

    chunks_reset();
    k->nlinks = k->npages = 1;
    k->free_links = k->free_link_count = k->free_pages = k->free_page_count = 0;
    if (!k->table)
        k->table = &first.table;
    cache_free_tables();
    memset(k->table->slot, 0, (k->table->mask + 1) * sizeof *k->table->slot);
    k->table->used = 0;
    k->last_page = NULL;
    memset(k->page_buckets, 0, sizeof k->page_buckets);
    k->generation++;
}

bool cache_has_room(void)
{
    const struct code_cache *k = &cache;

    return k->nlinks + MAX_READ_PAGES <= k->max_links + k->free_link_count && k->npages + MAX_READ_PAGES <= k->max_pages + k->free_page_count;
}

/* ---- by key: a table of {part of the hash, id}, so that a miss seldom looks at a region ---- */

/* What lies in the same 128 bytes of guest code meets in a line of the host's cache. */
static uint32_t hash_of(struct region_key key)
{
    uint64_t h = (key.pc / 128 ^ (uint64_t)key.mode << 40) * 0x9e3779b97f4a7c15ull;

    return (uint32_t)(h >> 35 << 3 | (key.pc / 16 & 7)) ^ (uint32_t)(key.pc % 16) << 28;
}

static uint32_t slot_of(uint32_t hash, uint32_t id) { return hash >> REGION_BITS << REGION_BITS | id; }
static uint32_t id_in(uint32_t slot) { return slot & ((1u << REGION_BITS) - 1); }

#define DROPPED ~0u /* what stood here is gone, the search goes on */

/*
 * Readers come without the lock. A slot is written by one store, its region
 * before it; a larger table is whole when its address is published. The old
 * one is left to readers: all of them together are as large as the last.
 */
struct region *cache_find(struct region_key key)
{
    const struct region_table *t = __atomic_load_n(&cache.table, __ATOMIC_ACQUIRE);
    uint32_t hash = hash_of(key), slot;

    for (uint32_t i = hash & t->mask; (slot = __atomic_load_n(&t->slot[i], __ATOMIC_ACQUIRE)); i = (i + 1) & t->mask) {
        struct region *r;

        if ((slot ^ hash) >> REGION_BITS || slot == DROPPED)
            continue;
        r = &cache.regions[id_in(slot)];
        if (r->key.pc == key.pc && r->key.mode == key.mode && !(r->flags & REGION_DEAD))
            return r;
    }
    return NULL;
}

static void insert(struct region_table *t, struct region *r)
{
    uint32_t hash = hash_of(r->key), i = hash & t->mask;

    while (t->slot[i] && t->slot[i] != DROPPED)
        i = (i + 1) & t->mask;
    t->used += !t->slot[i];
    __atomic_store_n(&t->slot[i], slot_of(hash, region_id(r)), __ATOMIC_RELEASE);
}

/* Room for twice as many as there are; those that were dropped are left behind. */
static void renew_table(void)
{
    uint32_t n = 2 * FIRST_SLOTS, live = 0;
    struct region_table *t;

    for (unsigned i = 0; i < cache.nchunks; i++)
        for (uint32_t id = cache.chunk[i].regions.start; id < cache.chunk[i].nregions; id++)
            live += !(cache.regions[id].flags & (REGION_DEAD | REGION_RETIRED));
    while (n < 4 * live)
        n *= 2;
    t = (void *)reserve(sizeof *t + n * sizeof *t->slot, PROT_READ | PROT_WRITE, "the table of regions");
    madvise(t, sizeof *t + n * sizeof *t->slot, MADV_POPULATE_WRITE); /* all of it will be read, then written, page by page */
    t->mask = n - 1;
    for (unsigned i = 0; i < cache.nchunks; i++)
        for (uint32_t id = cache.chunk[i].regions.start; id < cache.chunk[i].nregions; id++)
            if (!(cache.regions[id].flags & (REGION_DEAD | REGION_RETIRED)))
                insert(t, &cache.regions[id]);
    t->older = cache.table;
    __atomic_store_n(&cache.table, t, __ATOMIC_RELEASE);
}

/* The first one is not from reserve(). */
void cache_free_tables(void)
{
    struct region_table *t = cache.table->older;

    cache.table->older = NULL;
    while (t && t->older) {
        struct region_table *older = t->older;

        munmap(t, sizeof *t + (t->mask + 1) * sizeof *t->slot);
        t = older;
    }
    if (t && t->mask != FIRST_SLOTS - 1)
        munmap(t, sizeof *t + (t->mask + 1) * sizeof *t->slot);
}

static void unpublish(struct region *r)
{
    struct region_table *t = cache.table;
    uint32_t hash = hash_of(r->key), i = hash & t->mask;

    while (t->slot[i] && t->slot[i] != slot_of(hash, region_id(r)))
        i = (i + 1) & t->mask;
    if (t->slot[i])
        __atomic_store_n(&t->slot[i], DROPPED, __ATOMIC_RELEASE);
}

/* ---- notes: small numbers, seven bits a byte, lowest first ---- */

static inline uint8_t *note(uint8_t *p, uint64_t v)
{
    for (; v >= 0x80; v >>= 7)
        *p++ = (uint8_t)(v | 0x80);
    *p = (uint8_t)v;
    return p + 1;
}

static uint64_t read_note(const uint8_t **p)
{
    uint64_t v = 0;

    for (unsigned shift = 0;; shift += 7) {
        uint8_t b = *(*p)++;

        v |= (uint64_t)(b & 0x7f) << shift;
        if (!(b & 0x80))
            return v;
    }
}

static uint64_t zigzag(int64_t v) { return (uint64_t)v << 1 ^ (uint64_t)(v >> 63); }
static int64_t zagzig(uint64_t v) { return (int64_t)(v >> 1 ^ -(v & 1)); }

/* Pages {page, windows read}, then rows {host offset, pc, mode}, then rows {host offset, where the flags are}; each as a difference to the last. */
static uint8_t *note_pages(uint8_t *p, const struct new_region *n)
{
    uint64_t page = n->key.pc / GUEST_PAGE;

    for (unsigned i = 0; i < n->npages; i++) {
        p = note(p, zigzag((int64_t)(n->pages[i].page - page)));
        stle64(p, n->pages[i].windows);
        p += 8;
        page = n->pages[i].page;
    }
    return p;
}

static uint8_t *note_rows(uint8_t *p, const struct new_region *n)
{
    const struct host_insn *row = n->host->insns, *end = row + n->host->ninsns;
    uint32_t at = 0, mode = n->key.mode;
    uint64_t pc = n->key.pc;

    for (; row < end; row++) {
        uint32_t host = row->host - at;
        uint64_t far = zigzag((int64_t)(row->pc - pc));

        if (row->mode == mode && host < 0x40 && far < 0x80) { /* as most are: a byte each */
            stle16(p, (uint16_t)(host << 1 | far << 8));
            p += 2;
        } else {
            p = note(p, (uint64_t)host << 1 | (row->mode != mode));
            p = note(p, far);
            if (row->mode != mode)
                p = note(p, row->mode);
        }
        at = row->host, pc = row->pc, mode = row->mode;
    }
    return p;
}

static uint8_t *note_flags(uint8_t *p, const struct host_code *h)
{
    uint32_t at = 0;

    for (unsigned i = 0; i < h->nflags; i++) {
        p = note(p, (uint64_t)(h->flags[i].host - at) << 2 | h->flags[i].where);
        at = h->flags[i].host;
    }
    return p;
}

static void write_notes(struct region *r, const struct new_region *n)
{
    const struct host_code *h = n->host;
    uint8_t *p;

    r->notes = cache.nnotes;
    r->npages = (uint8_t)n->npages;
    if (n->notes) {
        memcpy(cache.notes + cache.nnotes, n->notes, n->nnotes);
        cache.nnotes += n->nnotes;
        r->nrows = (uint16_t)h->ninsns;
        r->nflags = (uint16_t)h->nflags;
        return;
    }
    p = note_pages(cache.notes + cache.nnotes, n);
    if (h) {
        r->nrows = (uint16_t)h->ninsns;
        r->nflags = (uint16_t)h->nflags;
        p = note_flags(note_rows(p, n), h);
    }
    cache.nnotes = (uint32_t)(p - cache.notes);
}

static const uint8_t *read_page(const uint8_t *p, uint64_t *page, struct read_page *row)
{
    *page += (uint64_t)zagzig(read_note(&p));
    *row = (struct read_page){*page, ldle64(p)};
    return p + 8;
}

void region_pages(const uint8_t *notes, uint64_t pc, struct read_page *pages, unsigned n)
{
    uint64_t page = pc / GUEST_PAGE;

    for (unsigned i = 0; i < n; i++)
        notes = read_page(notes, &page, &pages[i]);
}

static const uint8_t *skip_pages(const struct region *r)
{
    const uint8_t *p = cache.notes + r->notes;

    for (unsigned i = 0; i < r->npages; i++) {
        read_note(&p);
        p += 8;
    }
    return p;
}

/* The last row that does not lie behind host_pc; *rest: where the rows end. */
static struct region_key insn_row(const struct region *r, uint32_t offset, const uint8_t **rest)
{
    const uint8_t *p = skip_pages(r);
    struct region_key key = r->key, found = r->key;
    uint32_t at = 0;

    for (unsigned i = 0; i < r->nrows; i++) {
        uint64_t v = read_note(&p);

        at += (uint32_t)(v >> 1);
        key.pc += (uint64_t)zagzig(read_note(&p));
        if (v & 1)
            key.mode = (uint32_t)read_note(&p);
        if (at <= offset)
            found = key;
    }
    *rest = p;
    return found;
}

struct region_key region_insn_at(const struct region *r, const void *host_pc)
{
    const uint8_t *rest;

    return insn_row(r, (uint32_t)((const uint8_t *)host_pc - cache.code - r->code), &rest);
}

unsigned region_flags_at(const struct region *r, const void *host_pc)
{
    uint32_t offset = (uint32_t)((const uint8_t *)host_pc - cache.code - r->code), at = 0;
    unsigned where = 0;
    const uint8_t *p;

    insn_row(r, offset, &p);
    for (unsigned i = 0; i < r->nflags; i++) {
        uint64_t v = read_note(&p);

        at += (uint32_t)(v >> 2);
        if (at > offset)
            break;
        where = v & 3;
    }
    return where;
}

/* ---- adding ---- */

static void add_exits(struct region *r, const struct host_code *h)
{
    r->first_exit = cache.nexits;
    r->nexits = (uint16_t)h->nexits;
    for (unsigned i = 0; i < h->nexits; i++) {
        struct region_exit *e = &cache.exits[cache.nexits++];

        *e = (struct region_exit){.host = h->exits[i]};
        e->host.site += r->code;
        e->host.stub += r->code;
        if (e->host.again)
            e->host.again += r->code;
    }
}

/* Hot code begins where the processor's fetch does: 16 bytes off cost up to a quarter of its speed. */
uint8_t *cache_next_code(bool hot)
{
    if (hot)
        cache.code_used = (uint32_t)align_up(cache.code_used, 64);
    return cache.code + cache.code_used;
}

struct region *cache_add(const struct new_region *n)
{
    struct code_cache *k = &cache;
    struct region *r = &k->regions[k->nregions];

    if (2 * k->table->used > k->table->mask)
        renew_table();
    *r = (struct region){.key = n->key};
    if (n->host) {
        r->code = k->code_used;
        r->size = n->host->size;
        k->code_used = (uint32_t)align_up(k->code_used + r->size, 16);
        add_exits(r, n->host);
    }
    if (k->max_ops) {
        r->ops = k->nops;
        r->nops = (uint16_t)n->ir->count;
        memcpy(&k->ops[k->nops], n->ir->ops, n->ir->count * sizeof *k->ops);
        k->nops += n->ir->count;
    }
    write_notes(r, n);
    k->nregions++;
    __atomic_store_n(&k->chunk[k->now].nregions, k->nregions, __ATOMIC_RELEASE);
    for (unsigned i = 0; i < n->npages; i++)
        if (n->pages[i].windows)
            pages_watch(region_id(r), n->pages[i].page);
    insert(k->table, r);
    return r;
}

void cache_link(const struct region *from, struct region_exit *e, struct region *to)
{
    if (e->to || to->flags & REGION_DEAD)
        return;
    e->to = region_id(to);
    e->next = to->incoming;
    to->incoming = (uint32_t)(e - cache.exits) + 1;
    rt.backend->link(cache.code, &e->host, to == from && e->host.again ? cache.code + e->host.again : hot_way_to(from, e, to));
    rt.count.links++;
}

/* ---- dropping ---- */

static void unlink_incoming(struct region *r)
{
    for (uint32_t i = r->incoming; i;) {
        struct region_exit *e = &cache.exits[i - 1];

        rt.backend->link(cache.code, &e->host, NULL);
        i = e->next;
        e->to = e->next = 0;
    }
    r->incoming = 0;
}

/* Calls that are still to return into the region return to the dispatcher instead. */
static void close_landings(struct region *r)
{
    for (unsigned i = 0; i < r->nexits; i++)
        if (cache.exits[r->first_exit + i].host.landing)
            rt.backend->link(cache.code, &cache.exits[r->first_exit + i].host, NULL);
}

static void close_entrances(struct region *r)
{
    unpublish(r);
    unlink_incoming(r);
    for (struct vcpu_private *p = rt.vcpus; p; p = p->next)
        vcpu_forget_code(p->vcpu, r);
}

void cache_retire(struct region *r)
{
    r->flags |= REGION_RETIRED;
    close_entrances(r);
}

void cache_drop(struct region *r)
{
    if (r->flags & REGION_DEAD)
        return;
    /* Seen before the jump caches are swept: see fill_jump_cache(). */
    __atomic_or_fetch(&r->flags, REGION_DEAD, __ATOMIC_SEQ_CST);
    close_entrances(r);
    close_landings(r);
    rt.count.invalidated++;
}

/* The windows of a page that lie in [start, end), which touches it. */
static uint64_t windows_in(uint64_t page, uint64_t start, uint64_t end)
{
    uint64_t at = page * GUEST_PAGE;
    unsigned first = start > at ? (unsigned)((start - at) / CODE_WINDOW) : 0;
    unsigned last = end - at < GUEST_PAGE ? (unsigned)((end - at - 1) / CODE_WINDOW) : GUEST_PAGE / CODE_WINDOW - 1;

    return ~0ull << first & ~0ull >> (63 - last);
}

static bool depends_on(const struct region *r, uint64_t start, uint64_t end)
{
    const uint8_t *p = cache.notes + r->notes;
    uint64_t page = r->key.pc / GUEST_PAGE;

    for (unsigned i = 0; i < r->npages; i++) {
        struct read_page row;

        p = read_page(p, &page, &row);
        if (page >= start / GUEST_PAGE && page <= (end - 1) / GUEST_PAGE && row.windows & windows_in(page, start, end))
            return true;
    }
    return false;
}

/* Dead regions leave the page's chain on the way. */
static unsigned drop_on_page(struct code_page *page, uint64_t start, uint64_t end)
{
    unsigned dropped = 0;

    for (uint32_t *at = &page->links; *at;) {
        struct page_link *link = &cache.links[*at];
        struct region *r = &cache.regions[link->region];
        uint32_t id = *at;

        if (!(r->flags & REGION_DEAD) && depends_on(r, start, end)) {
            cache_drop(r);
            dropped++;
        }
        if (r->flags & REGION_DEAD) {
            *at = link->next;
            free_link(id);
        } else {
            at = &link->next;
        }
    }
    return dropped;
}

unsigned cache_drop_range(uint64_t start, uint64_t end)
{
    uint64_t first = start / GUEST_PAGE, last = (end - 1) / GUEST_PAGE;
    unsigned dropped = 0;

    if (last - first < cache.npages) {
        for (uint64_t i = first; i <= last; i++) {
            struct code_page *page = page_find(i * GUEST_PAGE);

            if (page)
                dropped += drop_on_page(page, start, end);
        }
    } else {
        for (uint32_t i = 1; i < cache.npages; i++)
            if (cache.pages[i].page >= first && cache.pages[i].page <= last)
                dropped += drop_on_page(&cache.pages[i], start, end);
    }
    return dropped;
}

/* ---- by host address ---- */

struct region *cache_region_at(const void *host_pc)
{
    const struct code_cache *k = &cache;
    uint64_t offset = (uint64_t)((const uint8_t *)host_pc - k->code);
    const struct chunk *c;
    uint32_t low, high;

    if (offset < k->code_start || offset >= k->code_size)
        return NULL;
    c = &k->chunk[MIN_(offset / (k->code_size / k->nchunks), k->nchunks - 1)];
    low = c->regions.start;
    high = __atomic_load_n(&c->nregions, __ATOMIC_ACQUIRE);
    while (high - low > 1) {
        uint32_t middle = low + (high - low) / 2;

        if (k->regions[middle].code <= offset)
            low = middle;
        else
            high = middle;
    }
    if (low >= high || offset - k->regions[low].code >= k->regions[low].size)
        return NULL;
    return &k->regions[low];
}

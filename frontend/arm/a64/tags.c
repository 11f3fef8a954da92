/*
 * tags.c: allocation tags of memory (MTE): where they are kept, how they are
 * chosen and checked. Called by translated code (helpers_mem.def) and by doors,
 * which say what pages have tags (a64_public.h). Source: ARM DDI 0487 D10.
 *
 * A tag is a byte per granule, in leaves of 4 MiB of addresses that are made
 * when a page of them first gets tags and stay. Pages without tags, most of
 * them, are not checked.
 */
#include "frontend/arm/a64/tags.h"
#include "frontend/arm/a64/mem.h"

#include <sys/mman.h>

#define ADDRESS_BITS 48
#define LEAF_BITS    22
#define TABLE_BITS   13
#define PAGE_BITS    12
#define LEAF_PAGES   (1u << (LEAF_BITS - PAGE_BITS))
#define PAGE_GRANULES (4096 / GRANULE)

struct leaf {
    uint8_t has_tags[LEAF_PAGES];
    uint8_t tag[LEAF_PAGES][PAGE_GRANULES];
};
static struct leaf **tables[1 << (ADDRESS_BITS - LEAF_BITS - TABLE_BITS)] APART;

HELPER_FN static uint64_t plain(uint64_t addr) { return addr & 0x00ffffffffffffff; }

/* ---- the tree ---- */

HELPER_FN static struct leaf *leaf_of(uint64_t addr)
{
    struct leaf **table;

    if (addr >> ADDRESS_BITS)
        return NULL;
    table = __atomic_load_n(&tables[addr >> (LEAF_BITS + TABLE_BITS)], __ATOMIC_ACQUIRE);
    return table ? __atomic_load_n(&table[addr >> LEAF_BITS & ((1u << TABLE_BITS) - 1)], __ATOMIC_ACQUIRE) : NULL;
}

/* The tags of addr's page, NULL: it has none. */
HELPER_FN static uint8_t *page_tags(uint64_t addr)
{
    struct leaf *leaf = leaf_of(addr);
    unsigned page = addr >> PAGE_BITS & (LEAF_PAGES - 1);

    return leaf && leaf->has_tags[page] ? leaf->tag[page] : NULL;
}

/* Zeroed memory for *at, unless another thread was faster. */
static void *made(void **at, size_t bytes)
{
    void *was = NULL, *new;

    if (__atomic_load_n(at, __ATOMIC_ACQUIRE))
        return *at;
    new = mmap(NULL, bytes, PROT_READ | PROT_WRITE, MAP_PRIVATE | MAP_ANONYMOUS | MAP_NORESERVE, -1, 0);
    if (new == MAP_FAILED)
        return NULL;
    if (__atomic_compare_exchange_n(at, &was, new, false, __ATOMIC_ACQ_REL, __ATOMIC_ACQUIRE))
        return new;
    munmap(new, bytes);
    return was;
}

static struct leaf *make_leaf(uint64_t addr)
{
    struct leaf **table = made((void **)&tables[addr >> (LEAF_BITS + TABLE_BITS)], sizeof *table << TABLE_BITS);

    return table ? made((void **)&table[addr >> LEAF_BITS & ((1u << TABLE_BITS) - 1)], sizeof(struct leaf)) : NULL;
}

/* ---- doors: pages ---- */

bool a64_tags_map(uint64_t start, uint64_t end)
{
    for (uint64_t addr = start; addr < end && !(addr >> ADDRESS_BITS); addr += 1 << PAGE_BITS) {
        struct leaf *leaf = make_leaf(addr);
        unsigned page = addr >> PAGE_BITS & (LEAF_PAGES - 1);

        if (!leaf)
            return false;
        __atomic_store_n(&leaf->has_tags[page], 1, __ATOMIC_RELEASE);
    }
    return true;
}

void a64_tags_unmap(uint64_t start, uint64_t end)
{
    uint64_t next;

    for (uint64_t addr = start; addr < end && !(addr >> ADDRESS_BITS); addr = next) {
        struct leaf *leaf = leaf_of(addr);
        unsigned page = addr >> PAGE_BITS & (LEAF_PAGES - 1);

        next = leaf ? addr + (1 << PAGE_BITS) : ((addr >> LEAF_BITS) + 1) << LEAF_BITS;
        if (!leaf || !leaf->has_tags[page])
            continue;
        leaf->has_tags[page] = 0;
        memset(leaf->tag[page], 0, PAGE_GRANULES);
    }
}

bool a64_tags_mapped(uint64_t addr) { return page_tags(plain(addr)); }

/* mremap: pages and their tags go to another place. */
void a64_tags_move(uint64_t from, uint64_t to, uint64_t bytes)
{
    for (uint64_t at = 0; at < bytes; at += 1 << PAGE_BITS) {
        const uint8_t *tags = page_tags(from + at);

        if (!tags || !a64_tags_map(to + at, to + at + 1))
            continue;
        memcpy(page_tags(to + at), tags, PAGE_GRANULES);
        a64_tags_unmap(from + at, from + at + 1);
    }
}

/* Programs that see the same tags in each run would not find what tags are for. Never 0: IRG's generator would stay there. */
void a64_seed_tags(struct a64_state *s)
{
    s->tag_seed = __builtin_ia32_rdtsc() | 1;
}

/* prctl(PR_SET_TAGGED_ADDR_CTRL): checks in bits 1 (synchronous) and 2, tags that IRG may make in bits 3 to 18. */
void a64_set_tag_control(struct a64_state *s, uint64_t control)
{
    unsigned checks = control & 4 ? 2 : control & 2 ? 1 : 0;

    s->tag_mode = (uint64_t)checks << MODE_TAG_SHIFT;
    s->tag_exclude = ~(control >> 3) & 0xffff;
}

/* ---- tags ---- */

HELPER_FN unsigned tag_of(uint64_t addr)
{
    const uint8_t *tags = page_tags(plain(addr));

    return tags ? __atomic_load_n(&tags[addr / GRANULE % PAGE_GRANULES], __ATOMIC_RELAXED) : 0;
}

void tag_set(uint64_t addr, unsigned tag, unsigned granules)
{
    for (addr = plain(addr); granules--; addr += GRANULE) {
        uint8_t *tags = page_tags(addr);

        if (tags)
            __atomic_store_n(&tags[addr / GRANULE % PAGE_GRANULES], (uint8_t)tag, __ATOMIC_RELAXED);
    }
}

HELPER_FN uint64_t tag_agrees(uint64_t addr, uint64_t bytes)
{
    unsigned tag = addr >> 56 & 15;
    uint64_t at = plain(addr), end = at + bytes, next;

    for (uint64_t granule = at & ~(uint64_t)(GRANULE - 1); granule < end; granule = next) {
        const uint8_t *tags = page_tags(granule);

        next = tags ? granule + GRANULE : (granule | 4095) + 1;
        if (tags && __atomic_load_n(&tags[granule / GRANULE % PAGE_GRANULES], __ATOMIC_RELAXED) != tag)
            return granule > at ? granule - at : 0;
    }
    return bytes;
}

/* ---- checks: 1 asks for the same instruction once more in the mode in which a failure raises ---- */

/* Are failing accesses of this kind only noted? Mode 2: all, 3: writes. */
HELPER_FN static bool is_noted(const struct a64_state *s, bool write)
{
    unsigned mode = (unsigned)(s->tag_mode >> MODE_TAG_SHIFT);

    return mode == 2 || (mode == 3 && write);
}

HELPER_FN uint32_t a64_helper_tag_check(struct a64_state *s, uint64_t addr, uint32_t access)
{
    unsigned bytes = access & ~TAG_WRITE;

    if (tag_agrees(addr, bytes) == bytes)
        return 0;
    if (!is_noted(s, access & TAG_WRITE))
        return 1;
    s->tag_fault = 1;
    return 0;
}

void tag_failed(struct a64_state *s, uint64_t addr, bool write)
{
    if (is_noted(s, write))
        s->tag_fault = 1;
    else
        vcpu_raise(vcpu_of_state(s), EXC_TRAP, A64_TRAP(TRAP_TAG, addr));
}

void a64_helper_tag_raise(struct a64_state *s, uint64_t addr, uint32_t access)
{
    unsigned bytes = access & ~TAG_WRITE;
    uint64_t good = tag_agrees(addr, bytes);

    if (good < bytes)
        tag_failed(s, addr + good, access & TAG_WRITE);
}

/* ---- instructions ---- */

/* STG and its like: the memory must be writable. */
void a64_helper_tag_store(struct a64_state *s, uint64_t addr, uint64_t from, uint32_t granules)
{
    for (unsigned i = 0; i < granules; i++)
        __atomic_fetch_or((uint8_t *)a64_host_address(s, addr + i * GRANULE), 0, __ATOMIC_RELAXED);
    tag_set(addr, from >> 56 & 15, granules);
}

HELPER_FN uint64_t a64_helper_tag_load(struct a64_state *s, uint64_t addr)
{
    return tag_of(addr);
}

/* The tag `steps` behind this one, passing over those that are excluded. */
HELPER_FN static unsigned next_tag(unsigned tag, unsigned steps, unsigned exclude)
{
    if (exclude == 0xffff)
        return 0;
    while (!steps && exclude >> tag & 1)
        tag = (tag + 1) & 15;
    while (steps--)
        do
            tag = (tag + 1) & 15;
        while (exclude >> tag & 1);
    return tag;
}

HELPER_FN static uint64_t with_tag(uint64_t addr, unsigned tag) { return (addr & ~(15ull << 56)) | (uint64_t)tag << 56; }

HELPER_FN uint64_t a64_helper_tag_add(struct a64_state *s, uint64_t addr, uint32_t steps)
{
    return with_tag(addr, next_tag(addr >> 56 & 15, steps, (unsigned)s->tag_exclude));
}

HELPER_FN uint64_t a64_helper_tag_random(struct a64_state *s, uint64_t addr, uint64_t exclude)
{
    uint64_t r = s->tag_seed;

    r ^= r << 13;
    r ^= r >> 7;
    r ^= r << 17;
    s->tag_seed = r;
    return with_tag(addr, next_tag(0, r >> 32 & 15, (unsigned)(exclude | s->tag_exclude) & 0xffff));
}

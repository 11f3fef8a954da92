/*
 * page_radix.c: the flags of a 64-bit guest's pages: a tree of three levels,
 * 1 GiB, 2 MiB and 4 KiB. A slot holds the flags of all pages below it, or the
 * node that holds them; a reservation of terabytes is a few thousand slots.
 *
 * Reading takes no lock and happens at any time (translation, signal handlers):
 * nodes are never freed. A node that is not needed stays with its slot, and is
 * filled again before the slot points to it again. Writers hold mmap_lock.
 * Which pages were translated from (PAGE_CODE) is not kept here: the runtime knows.
 */
#include "linux-user/page_map.h"

#include <sys/mman.h>

#define LEVEL_BITS 9
#define FAN (1u << LEVEL_BITS)
#define TOP_BITS (47 - 12 - 2 * LEVEL_BITS)
#define PAGES (1ull << (47 - 12))
#define SPLIT 0x100ull           /* of a slot: the node below counts, not bits 0..7 */
#define NODE_CHUNK (1u << 20)

typedef uint64_t slot;           /* flags, SPLIT, address of a node or 0 (nodes are aligned to 512) */
static slot *top;

void page_radix_init(void)
{
    top = mmap(NULL, sizeof(slot) << TOP_BITS, PROT_READ | PROT_WRITE, MAP_PRIVATE | MAP_ANONYMOUS | MAP_NORESERVE, -1, 0);
    if (top == MAP_FAILED)
        die("cannot reserve memory: %s", strerror(errno));
}

static slot load(const slot *s) { return __atomic_load_n(s, __ATOMIC_ACQUIRE); }
static void store(slot *s, slot value) { __atomic_store_n(s, value, __ATOMIC_RELEASE); }
static void *node_of(slot s) { return (void *)(s & ~0x1ffull); }

/* The largest range around a page that is one slot: its flags, and how many pages. */
struct block { uint64_t start, pages; uint8_t flags; };

static struct block block_at(uint64_t page)
{
    slot s = load(&top[page >> 2 * LEVEL_BITS]);
    uint64_t pages = FAN * FAN;

    if (s & SPLIT) {
        s = load((slot *)node_of(s) + (page >> LEVEL_BITS) % FAN);
        pages = FAN;
        if (s & SPLIT) {
            s = __atomic_load_n((uint8_t *)node_of(s) + page % FAN, __ATOMIC_RELAXED);
            pages = 1;
        }
    }
    return (struct block){align_down(page, pages), pages, (uint8_t)s};
}

unsigned page_radix_flags(uint64_t addr)
{
    return addr / GUEST_PAGE < PAGES ? block_at(addr / GUEST_PAGE).flags : 0;
}

/* ---- changes ---- */

static void *new_node(size_t size)
{
    static char *chunk;
    static size_t left;

    if (left < size) {
        chunk = mmap(NULL, NODE_CHUNK, PROT_READ | PROT_WRITE, MAP_PRIVATE | MAP_ANONYMOUS, -1, 0);
        if (chunk == MAP_FAILED)
            die("out of memory");
        left = NODE_CHUNK;
    }
    left = align_down(left - size, size); /* nodes are aligned to their size */
    return chunk + left;
}

static slot *split_top(slot *s)
{
    slot old = *s;
    slot *node = node_of(old);

    if (old & SPLIT)
        return node;
    if (!node) { /* written before it is read: the other way round its page costs two faults */
        node = new_node(FAN * sizeof(slot));
        for (unsigned i = 0; i < FAN; i++)
            store(&node[i], (uint8_t)old);
    } else {
        for (unsigned i = 0; i < FAN; i++)
            store(&node[i], (node[i] & ~0x1ffull) | (uint8_t)old);
    }
    store(s, (uint64_t)node | SPLIT);
    return node;
}

static uint8_t *split_middle(slot *s)
{
    slot old = *s;
    uint8_t *node = node_of(old);

    if (old & SPLIT)
        return node;
    if (!node)
        node = new_node(FAN);
    memset(node, (uint8_t)old, FAN);
    store(s, (uint64_t)node | SPLIT);
    return node;
}

/* A slot whose pages all change. False: they had different flags of which some are kept. */
static bool change_whole(slot *s, unsigned keep, unsigned set)
{
    slot old = *s;

    if (old & SPLIT && keep)
        return false;
    store(s, (uint64_t)node_of(old) | (uint8_t)((old & keep) | set));
    return true;
}

static void change_pages(uint8_t *node, unsigned first, unsigned n, unsigned keep, unsigned set)
{
    for (unsigned i = first; i < first + n; i++)
        __atomic_store_n(&node[i], (uint8_t)((node[i] & keep) | set), __ATOMIC_RELAXED);
}

static void change(uint64_t page, uint64_t end, unsigned keep, unsigned set)
{
    while (page < end) {
        slot *s = &top[page >> 2 * LEVEL_BITS];
        uint64_t n = MIN_(end, align_down(page, FAN * FAN) + FAN * FAN) - page;

        if (n == FAN * FAN && change_whole(s, keep, set)) {
            page += n;
            continue;
        }
        s = split_top(s) + (page >> LEVEL_BITS) % FAN;
        n = MIN_(end, align_down(page, FAN) + FAN) - page;
        if (n < FAN || !change_whole(s, keep, set))
            change_pages(split_middle(s), page % FAN, (unsigned)n, keep, set);
        page += n;
    }
}

/* ---- questions ---- */

static struct summary look(uint64_t page, uint64_t end)
{
    struct summary sum = {0, 0xff, 0};

    while (page < end) {
        struct block b = block_at(page);
        uint64_t stop = MIN_(end, b.start + b.pages);

        sum.any |= b.flags;
        sum.all &= b.flags;
        sum.used += b.flags & PAGE_VALID ? stop - page : 0;
        page = stop;
    }
    return sum;
}

static uint64_t skip(uint64_t end, uint64_t low, bool used)
{
    while (end > low) {
        struct block b = block_at(end - 1);

        if ((b.flags != 0) != used)
            break;
        end = MAX_(b.start, low);
    }
    return end;
}

static uint64_t skip_used(uint64_t end, uint64_t low) { return skip(end, low, true); }
static uint64_t skip_free(uint64_t end, uint64_t low) { return skip(end, low, false); }

static uint64_t run(uint64_t page, uint64_t end)
{
    unsigned flags = block_at(page).flags & ~(unsigned)PAGE_CODE;

    while (page < end) {
        struct block b = block_at(page);

        if ((b.flags & ~(unsigned)PAGE_CODE) != flags)
            break;
        page = MIN_(end, b.start + b.pages);
    }
    return page;
}

const struct page_store page_radix = {look, change, skip_used, skip_free, run};

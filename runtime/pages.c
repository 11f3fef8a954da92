/*
 * pages.c: which guest pages code was translated from, and their
 * write-protection on the host. A write into one faults once, drops the code,
 * and the page is writable until it is translated from again.
 */
#include "runtime/internal.h"

#include <sys/mman.h>

unsigned page_flags_at(uint64_t addr)
{
    if (rt.mem.page_flags)
        return addr >> 32 ? 0 : rt.mem.page_flags[addr / GUEST_PAGE];
    return rt.mem.page_query ? rt.mem.page_query(addr) : 0;
}

/*
 * Where no byte a page says PAGE_CODE: a bit for each code page, shared by
 * pages 2^18 apart. It answers most questions with no, without lock.
 */
#define MARKS (1u << 18)
static uint64_t marks[MARKS / 64] APART;

static void mark(uint64_t page)
{
    uint64_t *word = &marks[page % MARKS / 64], bit = 1ull << page % 64;

    if (!(__atomic_load_n(word, __ATOMIC_SEQ_CST) & bit))
        __atomic_or_fetch(word, bit, __ATOMIC_SEQ_CST);
}

static bool any_marked(uint64_t first, uint64_t last)
{
    if (last - first >= MARKS)
        return true;
    for (uint64_t i = first; i <= last;) {
        uint64_t word = __atomic_load_n(&marks[i % MARKS / 64], __ATOMIC_SEQ_CST) >> i % 64;
        uint64_t n = MIN_(64 - i % 64, last - i + 1);

        if (word & (n == 64 ? ~0ull : (1ull << n) - 1))
            return true;
        i += n;
    }
    return false;
}

static uint32_t *bucket(uint64_t page)
{
    return &cache.page_buckets[page % PAGE_BUCKETS];
}

struct code_page *page_find(uint64_t addr)
{
    uint64_t page = addr / GUEST_PAGE;

    if (cache.last_page && cache.last_page->page == page)
        return cache.last_page;
    for (uint32_t i = *bucket(page); i; i = cache.pages[i].next)
        if (cache.pages[i].page == page)
            return cache.last_page = &cache.pages[i];
    return NULL;
}

bool pages_any_worn;

bool page_is_unwatched(uint64_t addr)
{
    const struct code_page *p = pages_any_worn ? page_find(addr) : NULL;

    return p && p->hits >= PAGE_MAX_HITS && page_flags_at(addr) & PAGE_WRITE;
}

static struct code_page *page_get(uint64_t addr)
{
    struct code_page *p = page_find(addr);

    if (p)
        return p;
    uint32_t id = cache.free_pages;
    if (id)
        cache.free_pages = cache.pages[id].next, cache.free_page_count--;
    else
        id = cache.npages++;
    p = &cache.pages[id];
    *p = (struct code_page){.page = addr / GUEST_PAGE, .next = *bucket(addr / GUEST_PAGE)};
    *bucket(p->page) = id;
    return p;
}

static void *host_page(const struct code_page *p)
{
    return (void *)(rt.mem.base + p->page * GUEST_PAGE);
}

/* Only pages that the guest may write need the host's protection; the mark is set on all,
 * it tells runtime_unprotect() where to look. */
static void protect(struct code_page *p)
{
    unsigned flags = page_flags_at(p->page * GUEST_PAGE);

    if (!rt.mem.page_flags)
        mark(p->page);
    else if (!(flags & PAGE_CODE))
        __atomic_or_fetch(&rt.mem.page_flags[p->page], PAGE_CODE, __ATOMIC_SEQ_CST);
    if (p->protected || !(flags & PAGE_WRITE) || p->hits >= PAGE_MAX_HITS)
        return;
    p->protected = !mprotect(host_page(p), GUEST_PAGE, PROT_READ);
}

/* Gives the page back as the guest's own flags have it. */
static void unprotect(struct code_page *p)
{
    unsigned flags = page_flags_at(p->page * GUEST_PAGE);

    if (rt.mem.page_flags)
        __atomic_and_fetch(&rt.mem.page_flags[p->page], (uint8_t)~PAGE_CODE, __ATOMIC_SEQ_CST);
    if (p->protected && flags & PAGE_WRITE)
        mprotect(host_page(p), GUEST_PAGE, PROT_READ | PROT_WRITE);
    p->protected = false;
}

void free_link(uint32_t id)
{
    cache.links[id].next = cache.free_links;
    cache.free_links = id;
    cache.free_link_count++;
}

static void link_page(struct code_page *p, uint32_t region)
{
    struct page_link *link;
    uint32_t id = cache.free_links;

    if (id)
        cache.free_links = cache.links[id].next, cache.free_link_count--;
    else
        id = cache.nlinks++;
    link = &cache.links[id];
    *link = (struct page_link){.region = region, .next = p->links};
    p->links = id;
}

/* A page is protected as long as regions are linked to it. */
void pages_watch(uint32_t region, uint64_t page)
{
    struct code_page *p = page_get(page * GUEST_PAGE);
    bool first = !p->links;

    link_page(p, region);
    if (first)
        protect(p);
}

void pages_reset(void)
{
    for (uint32_t i = 1; i < cache.npages; i++)
        if (cache.pages[i].page != ~0ull)
            unprotect(&cache.pages[i]);
    if (!rt.mem.page_flags)
        memset(marks, 0, sizeof marks);
}

/* No code comes from it now, and nothing else is known of it. */
static void forget_page(uint32_t id)
{
    struct code_page *p = &cache.pages[id];
    uint32_t *at = bucket(p->page);

    while (*at != id)
        at = &cache.pages[*at].next;
    *at = p->next;
    *p = (struct code_page){.page = ~0ull, .next = cache.free_pages};
    cache.free_pages = id;
    cache.free_page_count++;
    cache.last_page = NULL;
}

void pages_forget(uint32_t start, uint32_t end)
{
    for (uint32_t i = 1; i < cache.npages; i++) {
        struct code_page *p = &cache.pages[i];
        bool had = p->links;

        for (uint32_t *at = &p->links; *at;) {
            struct page_link *link = &cache.links[*at];

            if (link->region >= start && link->region < end) {
                uint32_t id = *at;
                *at = link->next;
                free_link(id);
            } else {
                at = &link->next;
            }
        }
        if (had && !p->links) {
            unprotect(p);
            if (!p->hits)
                forget_page(i);
        }
    }
}

/* Everything translated from the page goes: it is about to be writable. */
static void release(struct code_page *p)
{
    uint64_t start = p->page * GUEST_PAGE;

    if (p->hits < PAGE_MAX_HITS && ++p->hits == PAGE_MAX_HITS)
        pages_any_worn = true;
    rt.count.page_hits++;
    cache_drop_range(start, start + GUEST_PAGE);
    unprotect(p);
}

bool page_write_fault(uint64_t addr)
{
    struct code_page *p = page_find(addr);

    if (!p || !(page_flags_at(addr) & PAGE_WRITE))
        return false;
    if (p->protected)
        release(p);
    return true; /* or another thread was here first: try the write again */
}

/* ---- the door ---- */

/* Pages that were mapped anew or changed protection are not protected by us any more. */
static void settle(struct code_page *p)
{
    if (p && !p->links)
        unprotect(p);
}

void runtime_invalidate(uint64_t start, uint64_t end)
{
    uint64_t first = start / GUEST_PAGE, last = (end - 1) / GUEST_PAGE;

    if (start >= end || __atomic_load_n(&cache.npages, __ATOMIC_ACQUIRE) == 1)
        return;
    translation_lock();
    if (!rt.mem.page_flags && !any_marked(first, last)) { /* not before the lock: a page is marked after it was read */
        translation_unlock();
        return;
    }
    cache_drop_range(start, end);
    if (last - first < cache.npages) {
        for (uint64_t i = first; i <= last; i++)
            settle(page_find(i * GUEST_PAGE));
    } else {
        for (uint32_t i = 1; i < cache.npages; i++)
            if (cache.pages[i].page >= first && cache.pages[i].page <= last)
                settle(&cache.pages[i]);
    }
    translation_unlock();
}

static bool has_code(uint64_t start, uint64_t end)
{
    if (__atomic_load_n(&cache.npages, __ATOMIC_ACQUIRE) == 1)
        return false;
    if (!rt.mem.page_flags)
        return any_marked(start / GUEST_PAGE, (end - 1) / GUEST_PAGE);
    for (uint64_t at = start / GUEST_PAGE; at <= (end - 1) / GUEST_PAGE && !(at >> 20); at++)
        if (rt.mem.page_flags[at] & PAGE_CODE)
            return true;
    return false;
}

void runtime_unprotect(uint64_t start, uint64_t end)
{
    if (start >= end || !has_code(start, end))
        return;
    translation_lock();
    for (uint64_t at = align_down(start, GUEST_PAGE); at < end; at += GUEST_PAGE) {
        struct code_page *p = page_find(at);

        if (!p || !(page_flags_at(at) & PAGE_WRITE))
            continue;
        if (p->protected)
            release(p);
        else
            cache_drop_range(MAX_(start, at), MIN_(end, at + GUEST_PAGE));
    }
    translation_unlock();
}

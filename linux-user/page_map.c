/*
 * page_map.c: the map of the guest's address space: PAGE_* of each page, and
 * where a new mapping goes. How they are kept: page_flat.c, page_radix.c.
 */
#include "linux-user/page_map.h"

#include <inttypes.h>
#include <sys/mman.h>

#define STACK_GAP_MIN (128ull << 20)

static uint64_t mmap_base;           /* new mappings go below, downwards */
/* All free ranges between search_from and mmap_base are shorter than or equal to largest_hole. */
static uint64_t search_from, largest_hole;
static uint64_t used_pages;

void guest_memory_layout(uint64_t stack_size)
{
    uint64_t gap = MAX_(stack_size + (1 << 20), STACK_GAP_MIN);

    mmap_base = align_down(abi->mmap_top - MIN_(gap, abi->mmap_top / 6 * 5), GUEST_PAGE);
    search_from = mmap_base;
    largest_hole = 0;
}

static const struct page_store *store(void)
{
    return page_flags ? &page_flat : &page_radix;
}

static struct summary look(uint64_t page, uint64_t end)
{
    return store()->look(page, end);
}

static struct summary look_at(uint64_t addr, uint64_t len)
{
    return look(addr / GUEST_PAGE, (addr + len) / GUEST_PAGE);
}

static uint64_t skip_free_up(uint64_t page, uint64_t high)
{
    return page < high && !(page_flags_of(page * GUEST_PAGE)) ? store()->run(page, high) : page;
}

/* ---- questions ---- */

bool map_fits(uint64_t addr, uint64_t len)
{
    return len && addr < abi->task_size && len <= abi->task_size - addr;
}

bool map_is_free(uint64_t addr, uint64_t len)
{
    return !(look_at(addr, len).any & PAGE_VALID);
}

bool map_is_full(uint64_t addr, uint64_t len)
{
    return look_at(addr, len).all & PAGE_VALID;
}

bool map_has(uint64_t addr, uint64_t len, unsigned flags)
{
    return look_at(addr, len).any & flags;
}

uint64_t map_bytes(void)
{
    return used_pages * GUEST_PAGE;
}

uint64_t map_run(uint64_t addr, uint64_t end, unsigned *flags)
{
    *flags = page_flags_of(addr) & ~(unsigned)PAGE_CODE;
    return MIN_(store()->run(addr / GUEST_PAGE, end / GUEST_PAGE) * GUEST_PAGE, end);
}

int guest_page_prot(uint64_t addr)
{
    unsigned flags = page_flags_of(addr);

    if (!(flags & PAGE_VALID))
        return -1;
    return (flags & PAGE_READ ? PROT_READ : 0) | (flags & PAGE_WRITE ? PROT_WRITE : 0) | (flags & PAGE_EXEC ? PROT_EXEC : 0);
}

void guest_map_print(FILE *f)
{
    int width = 2 * abi->long_size;
    unsigned flags;

    fprintf(f, "%-*s %-*s %-*s prot\n", width, "start", width, "end", width, "size");
    for (uint64_t addr = 0, end; addr < abi->task_size; addr = end) {
        end = map_run(addr, abi->task_size, &flags);
        if (flags & PAGE_VALID)
            fprintf(f, "%0*"PRIx64"-%0*"PRIx64" %0*"PRIx64" %c%c%c%c\n", width, addr, width, end, width, end - addr,
                    flags & PAGE_READ ? 'r' : '-', flags & PAGE_WRITE ? 'w' : '-', flags & PAGE_EXEC ? 'x' : '-',
                    flags & PAGE_SHARED ? 's' : 'p');
    }
}

/* ---- changes ---- */

/* Free ranges above search_from are kept account of, so that most searches start where the last one ended. */
static void freed(uint64_t page, uint64_t end)
{
    uint64_t low = abi->mmap_min / GUEST_PAGE, base = mmap_base / GUEST_PAGE;

    if (end * GUEST_PAGE <= search_from || page >= base)
        return;
    end = skip_free_up(MIN_(end, base), base);
    if (page * GUEST_PAGE <= search_from)
        search_from = end * GUEST_PAGE;
    else
        largest_hole = MAX_(largest_hole, (end - store()->skip_free(page, low)) * GUEST_PAGE);
}

void map_set(uint64_t addr, uint64_t len, unsigned flags)
{
    uint64_t page = addr / GUEST_PAGE, end = (addr + len) / GUEST_PAGE;
    struct summary before = look(page, end);

    used_pages += (flags & PAGE_VALID ? end - page : 0) - before.used;
    store()->change(page, end, 0, flags);
    if (before.any & PAGE_SHARED)
        aliases_forget(addr, len);
    if (abi->tags && before.used)
        abi->tags->unmap(addr, addr + len);
    if (before.any & (PAGE_EXEC | PAGE_CODE))
        runtime_invalidate(addr, addr + len);
    if (!flags)
        freed(page, end);
}

void map_protect(uint64_t addr, uint64_t len, unsigned flags)
{
    store()->change(addr / GUEST_PAGE, (addr + len) / GUEST_PAGE, PAGE_ANON | PAGE_SHARED, flags);
}

/* ---- where a new mapping goes ---- */

/* The highest free range of len bytes that ends at or below `from`; 0 if none. */
static uint64_t find_below(uint64_t from, uint64_t len, uint64_t align)
{
    uint64_t low = abi->mmap_min / GUEST_PAGE, need = len / GUEST_PAGE, slack = align / GUEST_PAGE - 1;
    uint64_t end = store()->skip_used(from / GUEST_PAGE, low);

    while (end >= low + need) {
        uint64_t least = end >= low + need + slack ? end - need - slack : low;
        uint64_t start = store()->skip_free(end, least), at = align_down((end - need) * GUEST_PAGE, align);

        if (at >= start * GUEST_PAGE)
            return at;
        largest_hole = MAX_(largest_hole, (end - start) * GUEST_PAGE);
        end = store()->skip_used(start, low);
    }
    return 0;
}

static uint64_t find_above(uint64_t from, uint64_t len, uint64_t align)
{
    uint64_t at = align_up(from, align);

    while (map_fits(at, len)) {
        uint64_t end = (at + len) / GUEST_PAGE, stop = skip_free_up(at / GUEST_PAGE, end);

        if (stop == end)
            return at;
        at = align_up(store()->run(stop, abi->task_size / GUEST_PAGE) * GUEST_PAGE, align);
    }
    return 0;
}

uint64_t map_find(uint64_t len, uint64_t align)
{
    uint64_t at;

    if (len <= largest_hole || align > GUEST_PAGE) {
        search_from = mmap_base;
        largest_hole = 0;
    }
    at = find_below(search_from, len, align);
    if (at && align == GUEST_PAGE)
        search_from = at;
    return at ? at : find_above(mmap_base, len, align);
}

/*
 * page_map.c: the map of the guest's window: one byte of PAGE_* a page. It is
 * read eight pages at a time, since it may be asked about a gigabyte.
 */
#include "linux-user/page_map.h"

#include <inttypes.h>
#include <sys/mman.h>

#define STACK_GAP_MIN (128ull << 20)
#define EACH(byte) (0x0101010101010101ull * (byte))

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

/* ---- ranges; in pages, end not included ---- */

struct summary { uint8_t any, all; uint64_t used; };

static uint64_t word_at(uint64_t page)
{
    return ldle64(page_flags + page);
}

static struct summary look(uint64_t page, uint64_t end)
{
    uint64_t any = 0, all = ~0ull, used = 0;

    for (; page + 8 <= end; page += 8) {
        uint64_t word = word_at(page);

        any |= word;
        all &= word;
        used += (unsigned)__builtin_popcountll(word & EACH(PAGE_VALID));
    }
    for (; page < end; page++) {
        any |= page_flags[page];
        all &= EACH(page_flags[page]);
        used += page_flags[page] != 0;
    }
    for (unsigned n = 32; n >= 8; n /= 2) {
        any |= any >> n;
        all &= all >> n;
    }
    return (struct summary){(uint8_t)any, (uint8_t)all, used};
}

static struct summary look_at(uint64_t addr, uint64_t len)
{
    return look(addr / GUEST_PAGE, (addr + len) / GUEST_PAGE);
}

static bool has_zero_byte(uint64_t word)
{
    return (word - EACH(1)) & ~word & EACH(0x80);
}

/* From end downwards over mapped pages, not below low. */
static uint64_t skip_used(uint64_t end, uint64_t low)
{
    while (end > low && page_flags[end - 1])
        end -= end >= low + 8 && !has_zero_byte(word_at(end - 8)) ? 8 : 1;
    return end;
}

static uint64_t skip_free(uint64_t end, uint64_t low)
{
    while (end > low && !page_flags[end - 1])
        end -= end >= low + 8 && !word_at(end - 8) ? 8 : 1;
    return end;
}

static uint64_t skip_free_up(uint64_t page, uint64_t high)
{
    while (page < high && !page_flags[page])
        page += page + 8 <= high && !word_at(page) ? 8 : 1;
    return page;
}

/* ---- questions ---- */

bool map_fits(uint64_t addr, uint64_t len)
{
    return len && addr < abi->task_size && len <= abi->task_size - addr;
}

bool map_is_free(uint64_t addr, uint64_t len)
{
    return !look_at(addr, len).any;
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

int guest_page_prot(uint64_t addr)
{
    unsigned flags = addr < WINDOW_SIZE ? page_flags[addr / GUEST_PAGE] : 0;

    if (!flags)
        return -1;
    return (flags & PAGE_READ ? PROT_READ : 0) | (flags & PAGE_WRITE ? PROT_WRITE : 0) | (flags & PAGE_EXEC ? PROT_EXEC : 0);
}

void guest_map_print(FILE *f)
{
    uint64_t pages = WINDOW_SIZE / GUEST_PAGE;

    fprintf(f, "start    end      size     prot\n");
    for (uint64_t page = 0, end; page < pages; page = end) {
        unsigned flags = page_flags[page] & ~(unsigned)PAGE_CODE;

        for (end = page + 1; end < pages && (page_flags[end] & ~(unsigned)PAGE_CODE) == flags; end++)
            ;
        if (flags)
            fprintf(f, "%08"PRIx64"-%08"PRIx64" %08"PRIx64" %c%c%c%c\n", page * GUEST_PAGE, end * GUEST_PAGE, (end - page) * GUEST_PAGE,
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
        largest_hole = MAX_(largest_hole, (end - skip_free(page, low)) * GUEST_PAGE);
}

void map_set(uint64_t addr, uint64_t len, unsigned flags)
{
    uint64_t page = addr / GUEST_PAGE, end = (addr + len) / GUEST_PAGE;
    struct summary before = look(page, end);

    used_pages += (flags ? end - page : 0) - before.used;
    memset(page_flags + page, (int)flags, end - page);
    if (before.any & (PAGE_EXEC | PAGE_CODE))
        runtime_invalidate(addr, addr + len);
    if (!flags)
        freed(page, end);
}

/* ---- where a new mapping goes ---- */

/* The highest free range of len bytes that ends at or below `from`; 0 if none. */
static uint64_t find_below(uint64_t from, uint64_t len, uint64_t align)
{
    uint64_t low = abi->mmap_min / GUEST_PAGE, need = len / GUEST_PAGE, slack = align / GUEST_PAGE - 1;
    uint64_t end = skip_used(from / GUEST_PAGE, low);

    while (end >= low + need) {
        uint64_t least = end >= low + need + slack ? end - need - slack : low;
        uint64_t start = skip_free(end, least), at = align_down((end - need) * GUEST_PAGE, align);

        if (at >= start * GUEST_PAGE)
            return at;
        largest_hole = MAX_(largest_hole, (end - start) * GUEST_PAGE);
        end = skip_used(start, low);
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
        at = align_up((stop + 1) * GUEST_PAGE, align);
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

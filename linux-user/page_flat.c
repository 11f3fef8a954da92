/*
 * page_flat.c: the flags of a 32-bit guest's pages: one byte each, in an array
 * that translated code's lookups share. It is read eight pages at a time,
 * since it may be asked about a gigabyte.
 */
#include "linux-user/page_map.h"

#define EACH(byte) (0x0101010101010101ull * (byte))

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

static void change(uint64_t page, uint64_t end, unsigned keep, unsigned set)
{
    if (!keep) {
        memset(page_flags + page, (int)set, end - page);
        return;
    }
    for (; page < end; page++)
        page_flags[page] = (uint8_t)((page_flags[page] & keep) | set);
}

static bool has_zero_byte(uint64_t word)
{
    return (word - EACH(1)) & ~word & EACH(0x80);
}

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

static uint64_t run(uint64_t page, uint64_t end)
{
    unsigned flags = page_flags[page] & ~(unsigned)PAGE_CODE;
    uint64_t same = EACH(flags), ignored = EACH(PAGE_CODE);

    while (page < end && (page_flags[page] & ~(unsigned)PAGE_CODE) == flags)
        page += page + 8 <= end && (word_at(page) & ~ignored) == same ? 8 : 1;
    return page;
}

const struct page_store page_flat = {look, change, skip_used, skip_free, run};

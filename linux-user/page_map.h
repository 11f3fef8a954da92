/*
 * page_map.h: what is mapped where in the guest's address space. Questions
 * need no lock; changes and placement are made under mmap_lock.
 */
#ifndef LINUX_USER_PAGE_MAP_H
#define LINUX_USER_PAGE_MAP_H

#include "linux-user/internal.h"

/* Is it a range that a program may map? */
bool map_fits(uint64_t addr, uint64_t len);
bool map_is_free(uint64_t addr, uint64_t len);
bool map_is_full(uint64_t addr, uint64_t len);
bool map_has(uint64_t addr, uint64_t len, unsigned flags);
/* The host's mapping of the range has changed: the flags follow (0: unmapped), translations of what was there go. */
void map_set(uint64_t addr, uint64_t len, unsigned flags);
/* Only the rights have changed: PAGE_ANON and PAGE_SHARED stay. */
void map_protect(uint64_t addr, uint64_t len, unsigned flags);
/* Where len bytes may go: the highest place below the stack, as the kernel chooses; 0: nowhere. */
uint64_t map_find(uint64_t len, uint64_t align);
/* How much is mapped. */
uint64_t map_bytes(void);
/*
 * Walks the map: flags (without PAGE_CODE) of the page at addr and, as result, where they end: at `end` at the latest.
 * Runs of terabytes are one step.
 */
uint64_t map_run(uint64_t addr, uint64_t end, unsigned *flags);

/* aliases.c: shared mappings, to find the other places where the guest sees the same bytes. Under mmap_lock. */
void aliases_add(uint64_t addr, uint64_t len, int fd, uint64_t offset); /* fd -1: anonymous */
void aliases_add_segment(uint64_t addr, uint64_t len, int id);          /* System V */
void aliases_copy(uint64_t from, uint64_t to, uint64_t len);            /* mremap: `to` shows what from does; the same: it has grown */
void aliases_forget(uint64_t addr, uint64_t len);

/*
 * How the flags of pages are kept: page_flat.c a byte each in one array, page_radix.c
 * in a tree whose nodes are of one value as long as they can be. Ranges are in
 * pages, the end not included.
 */
struct summary { uint8_t any, all; uint64_t used; }; /* flags ored and anded, pages that are PAGE_VALID */
struct page_store {
    struct summary (*look)(uint64_t page, uint64_t end);
    /* flags = (flags & keep) | set */
    void (*change)(uint64_t page, uint64_t end, unsigned keep, unsigned set);
    /* From end downwards over pages that have flags, or that have none; not below low. */
    uint64_t (*skip_used)(uint64_t end, uint64_t low);
    uint64_t (*skip_free)(uint64_t end, uint64_t low);
    /* Where the run of pages like this one ends. */
    uint64_t (*run)(uint64_t page, uint64_t end);
};
extern const struct page_store page_flat, page_radix;

#endif

/*
 * page_map.h: what is mapped where in the guest's window. Questions need no
 * lock; changes and placement are made under mmap_lock.
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
/* Where len bytes may go: the highest place below the stack, as the kernel chooses; 0: nowhere. */
uint64_t map_find(uint64_t len, uint64_t align);
/* How much is mapped. */
uint64_t map_bytes(void);

#endif

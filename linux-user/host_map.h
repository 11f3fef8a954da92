/*
 * host_map.h: mapping for the guest on the host; what the page map says follows, by its caller.
 */
#ifndef LINUX_USER_HOST_MAP_H
#define LINUX_USER_HOST_MAP_H

#include <stdint.h>

/* At a guest address that map_fits(); flags without MAP_FIXED. Replaces what the guest has there. -EEXIST: it is ours. */
long host_map(uint64_t addr, uint64_t len, int prot, int flags, int fd, uint64_t offset);
/* Unmaps what is the guest's of it. */
long host_unmap(uint64_t addr, uint64_t len);
/* A mapping grows into the free pages behind it. */
long host_grow(uint64_t addr, uint64_t old_len, uint64_t new_len);
/* Makes sure that a MAP_FIXED or its like hits nothing of ours; undone by unclaim when it is not made. -EEXIST: it would. */
long host_claim(uint64_t addr, uint64_t len);
void host_unclaim(uint64_t addr, uint64_t len);

#endif

/*
 * tags.h: allocation tags of memory (MTE): storage and checks, for the helpers
 * of this folder. How a door says which pages have tags is in a64_public.h.
 */
#ifndef FRONTEND_ARM_A64_TAGS_H
#define FRONTEND_ARM_A64_TAGS_H

#include "frontend/arm/a64/a64.h"

#define GRANULE 16

/* Tag of the granule at addr (any top byte); 0 where memory has none. */
unsigned tag_of(uint64_t addr);
/* Nothing where memory has none. */
void tag_set(uint64_t addr, unsigned tag, unsigned granules);
/* A new CPU's source of random tags. */
void a64_seed_tags(struct a64_state *s);
/* How many of the bytes at addr lie in granules that have addr's tag, or in memory without tags. */
uint64_t tag_agrees(uint64_t addr, uint64_t bytes);
/* What becomes of a check that failed at addr: asynchronously only noted, else the region is left. */
void tag_failed(struct a64_state *s, uint64_t addr, bool write);

/* The argument of the checking helpers: bytes, and whether they are written. */
#define TAG_WRITE 0x100

#endif

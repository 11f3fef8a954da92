/*
 * source.h: where a translation reads guest code, and what it has read.
 */
#ifndef RUNTIME_SOURCE_H
#define RUNTIME_SOURCE_H

#include "frontend/frontend.h"

/* What was read of a page (address / GUEST_PAGE): a bit for each window. */
struct read_page { uint64_t page, windows; };
#define MAX_READ_PAGES 32

struct source {
    struct code_source source;
    bool peeking; /* for flags_live: less matters, it may always be told no */
    bool unwatched; /* source_is_unwatched() of what the region was read from */
    unsigned npages;
    struct read_page page[MAX_READ_PAGES]; /* what the translation depends on */
    uint8_t row[8];                        /* where the row of a page was last, by its lowest bits; it may be another by now */
};

/* struct code_source's functions; source_forget() before each translation. */
bool source_read(struct code_source *base, uint64_t pc, void *buf, unsigned n);
const uint8_t *source_window_at(struct code_source *base, uint64_t pc);
#define NEW_SOURCE {.source = {.read = source_read, .window_at = source_window_at}}
void source_forget(struct source *s);
/* From now on what is read is only looked at: less of it may be read, and what cannot be is no error. */
void source_peek(struct source *s);
/* Has the source code on pages whose changes are not seen? */
bool source_is_unwatched(const struct source *s);

#endif

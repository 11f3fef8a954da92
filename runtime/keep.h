/*
 * keep.h: translations kept between processes, shared by keep.c (which of them
 * there are, and whether they still hold) and keep_file.c (files and folder).
 */
#ifndef RUNTIME_KEEP_H
#define RUNTIME_KEEP_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

/* What a file of translations is for: an executable mapping of some file, run by this very program on such a host. */
struct keep_origin {
    uint64_t engine, host, guest;              /* numbers for our own build, for the host's CPU, for the guest's */
    uint64_t device, inode, size, time, offset; /* of the file, and where in it the mapping begins */
    uint64_t start, end;                       /* guest addresses */
};

/* Then slot[nslots] by hash of a region's key, the hash's upper half above the offset / 8, 0 is none; then the regions. */
struct keep_header {
    uint64_t magic, bytes;     /* of the whole file */
    struct keep_origin origin;
    uint64_t disproved;        /* made after the frontend's assumption had been disproved */
    uint32_t nregions, nslots; /* a power of two */
    uint64_t slot[];
};
#define KEEP_MAGIC 0x32207065656b0a1aull

static inline uint64_t keep_mix(uint64_t h, uint64_t v)
{
    h = (h ^ v) * 0x9e3779b97f4a7c15ull;
    return h ^ h >> 32;
}

/* A file that is mapped, and what its header said then: somebody may cut it off at any time, which makes zeros of it. */
struct keep_map { const struct keep_header *h; uint64_t bytes; uint32_t nslots, nregions; bool disproved; };

/* ---- keep_file.c ---- */
/* The file of that origin; false, and *m empty: there is none that can be used. To be given back to keep_close. */
bool keep_open(const struct keep_origin *o, struct keep_map *m);
void keep_close(struct keep_map *m);
/* Replaces the file of h->origin as a whole, or leaves what is there. */
void keep_write(const struct keep_header *h);
/* NULL: nowhere. */
void keep_set_folder(const char *folder);
bool keep_has_folder(void);

#endif

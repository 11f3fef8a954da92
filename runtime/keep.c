/*
 * keep.c: translations kept between processes. What is translated from a file
 * that is mapped to be executed is noted as it comes out of the backend, and
 * written to a file of its own when the process ends; the next process that
 * has the same file at the same address copies it from there instead of
 * translating. A translation depends on the guest bytes it was made from, on
 * our own build, on the host's and the guest's CPU and on what the frontend
 * assumes. The bytes are compared (by a hash, region by region) before a kept
 * region is used, the rest is in struct keep_origin; so which file it is need
 * only be a good guess.
 */
#include "runtime/internal.h"
#include "runtime/keep.h"

#include <elf.h>
#include <sys/mman.h>
#include <sys/stat.h>

#define MAX_KEPT_FILES 256
#define MAX_KEPT_BYTES (128u << 20) /* of one file; then what this process has made begins a new one */
#define FRESH_ROOM (64u << 20)      /* noted and not yet written */
#define MIN_FRESH 16                /* and 1/32 of what is kept already: fewer are not worth writing all again */

/* A region in a file; behind it the exits, the moves, the notes and the code, each as long as said here. */
struct kept {
    uint64_t check;  /* of all that follows here */
    uint64_t pc, source; /* source: of the guest bytes */
    uint32_t mode, bytes, code, notes, insns;
    uint16_t nexits, nmoves, nrows, nflags;
    uint8_t npages, traits, fill[2];
};
enum { KEPT_HOT = 1, KEPT_SOFT = 2 };
union kept_copy { struct kept k; uint8_t data[2 * MIN_ROOM]; };
static union kept_copy found APART;

struct kept_file {
    struct keep_origin origin;
    struct keep_map old; /* .h NULL: none, or none that holds */
    uint32_t fresh, own; /* regions noted for it; by this process, not by the one it was forked from */
    uint32_t latest;     /* of the fresh ones: where in memory */
    bool gone;           /* not mapped there any more */
};

/* In the memory for fresh ones, in front of each. before: the one of the same file that was noted before it. */
struct fresh { uint64_t before; };

static struct {
    struct kept_file file[MAX_KEPT_FILES];
    unsigned nfiles, last;
    uint8_t *memory;
    uint32_t used;
    uint64_t engine; /* 0: translations are not kept */
} keep APART;

/* ---- numbers ---- */

static uint64_t hash_bytes(uint64_t h, const void *data, size_t n)
{
    const uint8_t *p = data;

    for (; n >= 8; p += 8, n -= 8)
        h = keep_mix(h, ldle64(p));
    for (; n; p++, n--)
        h = keep_mix(h, *p);
    return h;
}

/* The linker's build-id of this very program; 0: it has none. */
static uint64_t engine_number(void)
{
    extern const char __ehdr_start[] __attribute__((visibility("hidden")));
    const Elf64_Ehdr *e = (const void *)__ehdr_start;
    const Elf64_Phdr *p = (const void *)(__ehdr_start + e->e_phoff);

    for (unsigned i = 0; i < e->e_phnum; i++) {
        if (p[i].p_type != PT_NOTE)
            continue;
        for (uint64_t at = 0; at + sizeof(Elf64_Nhdr) < p[i].p_filesz;) {
            const Elf64_Nhdr *n = (const void *)(__ehdr_start + p[i].p_vaddr + at);
            const char *name = (const char *)(n + 1);

            if (n->n_type == NT_GNU_BUILD_ID && n->n_namesz == 4 && !memcmp(name, "GNU", 4))
                return hash_bytes(1, name + 4, n->n_descsz) | 1;
            at += sizeof *n + align_up(n->n_namesz, 4) + align_up(n->n_descsz, 4);
        }
    }
    return 0;
}

static uint64_t guest_number(void)
{
    const struct guest_cpu_model *m = rt.vcpus->vcpu->model;
    uint64_t h = hash_bytes(0, rt.arch->name, strlen(rt.arch->name));

    h = hash_bytes(h, m->name, strlen(m->name));
    return keep_mix(keep_mix(h, m->features), m->id);
}

static uint64_t hash_of(uint64_t pc, uint32_t mode) { return keep_mix(mode, pc); }

/* ---- files ---- */

/* Logs, debuggers and checks want to see each translation, or another one than usual. */
static bool wanted(void)
{
    return keep.engine && !runtime_hooks.translated && !runtime_hooks.entered && !rt.nbreakpoints;
}

void runtime_keep_in(const char *folder)
{
    const struct runtime_options *o = &rt.options;

    if (rt.interpret || rt.check || rt.verify || rt.hot || o->one_insn || o->nochain || o->max_insns || !o->fold)
        return;
    keep_set_folder(folder);
    keep.engine = folder ? engine_number() : 0;
}

static bool disproved(void) { return rt.arch->disproved && *rt.arch->disproved; }

void keep_disproved(void)
{
    for (unsigned i = 0; i < keep.nfiles; i++) {
        struct kept_file *f = &keep.file[i];

        f->fresh = f->own = 0;
        if (!f->old.disproved)
            keep_close(&f->old);
    }
    keep.used = 0;
}

/* What was disproved when the file was written would be found out soon. */
static bool agrees(const struct keep_map *m)
{
    if (m->disproved && !disproved() && rt.nvcpus <= 1) {
        *rt.arch->disproved = true;
        flush_everything(vcpu_current());
        keep_disproved();
    }
    return m->disproved == disproved();
}

/* What was at these addresses is not there any more: nothing is looked up or noted for it, but what was noted will be written. */
static void detach(uint64_t start, uint64_t end)
{
    for (unsigned i = 0; i < keep.nfiles; i++) {
        struct kept_file *f = &keep.file[i];

        if (f->origin.start >= end || f->origin.end <= start)
            continue;
        keep_close(&f->old);
        f->gone = true;
    }
}

void runtime_mapped(uint64_t start, uint64_t end, const struct stat *st, uint64_t offset)
{
    struct kept_file *f;

    if (!keep.engine || !rt.vcpus)
        return;
    translation_lock();
    detach(start, end);
    for (f = keep.file; f < keep.file + keep.nfiles && (!f->gone || f->fresh); f++)
        ;
    if (st && S_ISREG(st->st_mode) && f < keep.file + MAX_KEPT_FILES && wanted()) {
        unsigned i = (unsigned)(f - keep.file);

        *f = (struct kept_file){.origin = {
            keep.engine, rt.backend->variant(), guest_number(), st->st_dev, st->st_ino, (uint64_t)st->st_size,
            (uint64_t)st->st_mtim.tv_sec * 1000000000 + (uint64_t)st->st_mtim.tv_nsec, offset, start, end}};
        keep.nfiles = MAX_(keep.nfiles, i + 1);
        if (keep_open(&f->origin, &f->old) && !agrees(&f->old))
            keep_close(&f->old);
    }
    translation_unlock();
}

static struct kept_file *file_at(uint64_t pc)
{
    for (unsigned i = keep.last, n = 0; n < keep.nfiles; n++, i = i + 1 < keep.nfiles ? i + 1 : 0)
        if (pc - keep.file[i].origin.start < keep.file[i].origin.end - keep.file[i].origin.start && !keep.file[i].gone) {
            keep.last = i;
            return &keep.file[i];
        }
    return NULL;
}

bool keep_mends(uint64_t host_address)
{
    for (unsigned i = 0; i < keep.nfiles; i++) {
        const struct keep_map *m = &keep.file[i].old;

        if (host_address - (uint64_t)m->h < m->bytes)
            return mmap((void *)align_down(host_address, GUEST_PAGE), GUEST_PAGE, PROT_READ, MAP_PRIVATE | MAP_ANONYMOUS | MAP_FIXED, -1, 0) !=
                   MAP_FAILED;
    }
    return false;
}

/* ---- what a region was made from ---- */

static bool hash_window(uint64_t *h, uint64_t at)
{
    uint64_t w[CODE_WINDOW / 8];

    if (!code_copy(w, (const void *)(rt.mem.base + at)))
        return false;
    for (unsigned i = 0; i < ARRAY_SIZE(w); i++)
        *h = keep_mix(*h, w[i]);
    return true;
}

/* False: some of it cannot be read, or may be written: nobody would tell us. */
static bool hash_source(uint64_t *h, const struct read_page *page, unsigned n)
{
    *h = 0;
    for (unsigned i = 0; i < n; i++) {
        uint64_t at = page[i].page * GUEST_PAGE;

        if (page[i].windows && (page_flags_at(at) & (PAGE_EXEC | PAGE_WRITE)) != PAGE_EXEC)
            return false;
        for (uint64_t left = page[i].windows; left; left &= left - 1)
            if (!hash_window(h, at + CODE_WINDOW * (unsigned)__builtin_ctzll(left)))
                return false;
    }
    return true;
}

/* ---- noting ---- */

static uint64_t check_of(const struct kept *k)
{
    return hash_bytes(KEEP_MAGIC, &k->pc, k->bytes - offsetof(struct kept, pc));
}

static uint8_t *append(uint8_t *p, const void *from, size_t n)
{
    memcpy(p, from, n);
    return p + n;
}

/* The code as it would be for region 0 at the very start of the cache. */
static void put_at_start(uint8_t *code, const struct region *r, const uint32_t *moves, unsigned n)
{
    for (unsigned i = 0; i < n; i++) {
        uint8_t *p = code + (moves[i] >> 1);

        stle32(p, moves[i] & 1 ? ldle32(p) - (region_id(r) << 8) : ldle32(p) + r->code);
    }
}

static void put_at_its_place(uint8_t *code, uint32_t id, uint32_t place, const uint32_t *moves, unsigned n)
{
    for (unsigned i = 0; i < n; i++) {
        uint8_t *p = code + (moves[i] >> 1);

        stle32(p, moves[i] & 1 ? ldle32(p) + (id << 8) : ldle32(p) - place);
    }
}

static bool has_room(uint32_t bytes)
{
    if (!keep.memory) {
        void *p = mmap(NULL, FRESH_ROOM, PROT_READ | PROT_WRITE, MAP_PRIVATE | MAP_ANONYMOUS | MAP_NORESERVE, -1, 0);

        if (p == MAP_FAILED)
            return false;
        keep.memory = p;
    }
    return keep.used + bytes <= FRESH_ROOM;
}

void keep_note(const struct region *r, const struct new_region *n)
{
    const struct host_code *h = n->host;
    struct kept_file *f = wanted() ? file_at(n->key.pc) : NULL;
    uint32_t notes, bytes;
    struct kept *k;
    uint8_t *p;

    if (!f || h->nmoves > MAX_MOVES || n->ir->strip)
        return;
    notes = cache.nnotes - r->notes;
    bytes = (uint32_t)align_up(sizeof *k + h->nexits * sizeof *h->exits + h->nmoves * 4 + notes + h->size, 8);
    if (!has_room(bytes + sizeof(struct fresh)))
        return;
    k = (void *)(keep.memory + keep.used + sizeof(struct fresh));
    *k = (struct kept){.pc = n->key.pc, .mode = n->key.mode, .bytes = bytes, .code = h->size, .notes = notes, .insns = n->ir->insns,
                       .nexits = (uint16_t)h->nexits, .nmoves = (uint16_t)h->nmoves, .nrows = r->nrows, .nflags = r->nflags, .npages = r->npages,
                       .traits = (uint8_t)((is_hot(n->key.pc) ? KEPT_HOT : 0) | (n->ir->fp == FP_SOFT ? KEPT_SOFT : 0))};
    if (!hash_source(&k->source, n->pages, n->npages))
        return;
    p = append((uint8_t *)(k + 1), h->exits, h->nexits * sizeof *h->exits);
    p = append(p, h->moves, h->nmoves * 4);
    p = append(p, cache.notes + r->notes, notes);
    append(p, h->code, h->size);
    put_at_start(p, r, h->moves, h->nmoves);
    k->check = check_of(k);
    *(struct fresh *)(keep.memory + keep.used) = (struct fresh){f->latest};
    f->latest = keep.used;
    keep.used += bytes + (uint32_t)sizeof(struct fresh);
    f->fresh++;
    f->own++;
}

/* ---- finding ---- */

/* A copy, since the file may be cut off under our hands. False: there is no whole region. */
static bool copy_kept(const struct keep_map *m, uint64_t slot, union kept_copy *to)
{
    uint64_t at = 8ull * (uint32_t)slot;
    const uint8_t *from = (const uint8_t *)m->h + at;

    if (at + sizeof to->k > m->bytes)
        return false;
    memcpy(&to->k, from, sizeof to->k);
    if (to->k.bytes < sizeof to->k || to->k.bytes % 8 || to->k.bytes > sizeof *to || at + to->k.bytes > m->bytes)
        return false;
    memcpy(to->data + sizeof to->k, from + sizeof to->k, to->k.bytes - sizeof to->k);
    return true;
}

static bool look_up(const struct keep_map *m, uint64_t pc, uint32_t mode, union kept_copy *to)
{
    uint64_t hash = hash_of(pc, mode), slot;
    uint32_t mask = m->nslots - 1, i = (uint32_t)hash & mask;

    for (uint32_t n = 0; m->h && n <= mask && (slot = m->h->slot[i]); n++, i = (i + 1) & mask)
        if (slot >> 32 == hash >> 32 && copy_kept(m, slot, to) && to->k.pc == pc && to->k.mode == mode)
            return true;
    return false;
}

/* As it would be translated now, or better. */
static bool is_good_enough(const struct kept *k)
{
    return (k->traits & KEPT_HOT || !is_hot(k->pc)) && (k->traits & KEPT_SOFT || !region_is_soft(k->pc)) && !address_bits_to_strip(k->pc);
}

static bool source_is_same(const struct kept *k, const struct read_page *pages)
{
    uint64_t h;

    return hash_source(&h, pages, k->npages) && h == k->source;
}

struct region *keep_find(struct region_key key)
{
    static struct host_code host APART;
    static const struct ir_region no_ir;
    struct new_region n = {.key = key, .host = &host, .ir = &no_ir};
    struct read_page pages[UINT8_MAX];
    struct kept_file *f;
    const struct kept *k = &found.k;
    const uint8_t *p;

    if (!keep.nfiles || !wanted() || !(f = file_at(key.pc)) || !look_up(&f->old, key.pc, key.mode, &found) ||
        !is_good_enough(k) || k->check != check_of(k))
        return NULL;
    p = (const uint8_t *)(k + 1);
    host.nexits = k->nexits;
    memcpy(host.exits, p, k->nexits * sizeof *host.exits), p += k->nexits * sizeof *host.exits;
    memcpy(host.moves, p, k->nmoves * 4u), p += k->nmoves * 4;
    n.notes = p, n.nnotes = k->notes, p += k->notes;
    region_pages(n.notes, key.pc, pages, k->npages);
    if (!source_is_same(k, pages))
        return NULL;
    host.code = cache_next_code(k->traits & KEPT_HOT);
    host.size = k->code;
    host.ninsns = k->nrows;
    host.nflags = k->nflags;
    memcpy(host.code, p, k->code);
    put_at_its_place(host.code, cache.nregions, cache.code_used, host.moves, k->nmoves);
    if (k->traits & KEPT_HOT)
        make_hot(key.pc);
    n.pages = pages, n.npages = k->npages;
    rt.count.kept++;
    rt.count.kept_insns += k->insns;
    return cache_add(&n);
}

/* ---- writing ---- */

/* A file in the making: its slots say where regions are, those of the process before those of the old file. */
struct making {
    struct keep_header *h;
    uint64_t at; /* where the next region goes */
    uint32_t missing; /* regions that the old file has not */
};

static bool put(struct making *m, const struct kept *k)
{
    struct keep_header *h = m->h;
    uint64_t hash = hash_of(k->pc, k->mode);
    uint32_t i = (uint32_t)hash & (h->nslots - 1);

    if (h->nregions > h->nslots / 4 * 3) /* the old file has more than it says */
        return false;
    for (; h->slot[i]; i = (i + 1) & (h->nslots - 1)) {
        const struct kept *other = (const void *)((char *)h + 8ull * (uint32_t)h->slot[i]);

        if (other->pc == k->pc && other->mode == k->mode)
            return false;
    }
    memcpy((char *)h + m->at, k, k->bytes);
    h->slot[i] = hash >> 32 << 32 | m->at / 8;
    h->nregions++;
    m->at += k->bytes;
    return true;
}

/* Latest first: of two with the same key the later one holds. */
static void put_fresh(struct making *m, const struct kept_file *f, const struct keep_map *old)
{
    uint32_t at = f->latest;

    for (uint32_t n = f->fresh; n--;) {
        const struct fresh *x = (const void *)(keep.memory + at);
        const struct kept *k = (const void *)(x + 1);

        if (put(m, k))
            m->missing += !look_up(old, k->pc, k->mode, &found) || found.k.check != k->check;
        at = (uint32_t)x->before;
    }
}

static void put_old(struct making *m, const struct keep_map *old)
{
    for (uint32_t i = 0; i < old->nslots; i++) {
        uint64_t slot = old->h->slot[i];

        if (slot && copy_kept(old, slot, &found) && m->at + found.k.bytes <= m->h->bytes)
            put(m, &found.k);
    }
}

static void write_file(const struct kept_file *f)
{
    struct keep_map old;
    uint32_t slots = 64, least;
    struct making m = {0};
    uint64_t room;

    if (keep_open(&f->origin, &old) && (old.disproved != disproved() || old.bytes > MAX_KEPT_BYTES)) /* as it is by now */
        keep_close(&old);
    least = MIN_FRESH + old.nregions / 32;
    if (f->own < least) {
        keep_close(&old);
        return;
    }
    while (slots < 2 * (f->fresh + old.nregions))
        slots *= 2;
    room = sizeof *m.h + 8ull * slots + keep.used + old.bytes;
    m.h = mmap(NULL, room, PROT_READ | PROT_WRITE, MAP_PRIVATE | MAP_ANONYMOUS | MAP_NORESERVE, -1, 0);
    if (m.h != MAP_FAILED) {
        *m.h = (struct keep_header){.magic = KEEP_MAGIC, .bytes = room, .origin = f->origin, .disproved = disproved(), .nslots = slots};
        m.at = align_up(sizeof *m.h + 8ull * slots, 8);
        put_fresh(&m, f, &old);
        if (m.missing >= least) {
            put_old(&m, &old);
            m.h->bytes = m.at;
            keep_write(m.h);
        }
        munmap(m.h, room);
    }
    keep_close(&old);
}

void runtime_keep(void)
{
    if (!keep.engine || !keep_has_folder())
        return;
    translation_lock();
    for (unsigned i = 0; i < keep.nfiles; i++)
        if (keep.file[i].own >= MIN_FRESH)
            write_file(&keep.file[i]);
    keep_disown(); /* what was not worth it now will not be soon */
    translation_unlock();
}

void keep_disown(void)
{
    for (unsigned i = 0; i < keep.nfiles; i++)
        keep.file[i].own = 0;
}

/*
 * internal.h: what the files of this folder share: regions, where they are
 * kept, and the process-wide state of the runtime. Nobody outside includes it.
 */
#ifndef RUNTIME_INTERNAL_H
#define RUNTIME_INTERNAL_H

#include "backend/backend.h"
#include "ir/interp.h"
#include "runtime/source.h"
#include "runtime/runtime.h"
#include "util/util.h"

#define GUEST_PAGE 4096ull

/* ---- one translation; its id is its index, ids and code addresses grow together ---- */
enum region_flags {
    REGION_DEAD = 1, /* guest code has changed: nobody new may enter; the bytes stay until the next flush */
    REGION_RETIRED = 2, /* a better one has its key: nobody new need enter */
    REGION_PLAIN = 4, /* more effort would not make it better */
};
struct region {
    struct region_key key;
    uint32_t code, size;    /* in cache.code */
    uint32_t ops;           /* its IR in cache.ops, when the interpreter needs it */
    uint32_t notes;         /* in cache.notes: what was read, rows of the pc table, rows of the flags table */
    uint32_t first_exit;    /* in cache.exits */
    uint32_t incoming;      /* exit + 1 that is linked to us, chained by region_exit.next */
    uint16_t nexits, nrows, nflags, nops;
    uint8_t npages, flags, traps, address_faults;
};

/* A direct edge; site and stub are offsets from cache.code. to: linked to this region, 0 = not. */
struct region_exit {
    struct host_exit host;
    uint32_t to, next;
};

/* Guest pages that code was translated from. */
struct code_page {
    uint64_t page;      /* address / GUEST_PAGE */
    uint32_t next;      /* hash chain */
    uint32_t links;     /* chain of page_link */
    uint8_t hits;       /* writes into it that dropped code */
    bool protected;     /* write-protected on the host by us */
};
struct page_link { uint32_t region, next; };

#define PAGE_BUCKETS 1024
/* After so many writes a page is no longer write-protected: see runtime/README.md. */
#define PAGE_MAX_HITS 8

/* Open addressing; a slot is the upper bits of the hash above a region's number. used: slots that are not 0. */
#define REGION_BITS 22 /* as a code cache of 1 GiB may hold */
struct region_table {
    uint32_t mask, used;
    struct region_table *older; /* replaced; freed when nobody can be reading it */
    uint32_t slot[];
};

#define MIN_ROOM (128 << 10) /* no region is bigger */
#define MIN_CHUNK (256 << 10)
#define MAX_CHUNKS 16
struct span { uint32_t start, end; };
struct chunk {
    struct span code, regions, exits, notes, ops; /* its part of each array */
    uint32_t nregions; /* end of those in use */
    uint32_t epoch;    /* of its condemnation */
    enum { CHUNK_CLEAN, CHUNK_USED, CHUNK_CONDEMNED } state;
};

/* Arrays in one lazily touched mapping, filled chunk by chunk (chunks.c); index 0 of each is "none". All of it is
 * written under the translation lock; the table and regions' keys are read without. */
struct code_cache {
    uint8_t *code;
    uint32_t code_size, code_used, code_start; /* start: behind the gates */
    uint32_t counters;       /* from here to the end: code that counts calls, see hot.c */
    struct region *regions;
    uint32_t nregions, max_regions;
    struct region_exit *exits;
    uint32_t nexits, max_exits;
    uint8_t *notes;
    uint32_t nnotes, max_notes;
    struct page_link *links;
    uint32_t nlinks, max_links, free_links;
    struct code_page *pages;
    uint32_t npages, max_pages;
    struct ir_op *ops; /* only with interpret or check */
    uint32_t nops, max_ops;
    struct region_table *table;
    struct code_page *last_page; /* that was looked for, a hint */
    uint32_t page_buckets[PAGE_BUCKETS];
    uint32_t generation; /* counts flushes and emptied chunks: region ids of another one mean nothing */
    struct chunk chunk[MAX_CHUNKS];
    unsigned nchunks, now;
    uint32_t free_link_count, free_pages, free_page_count;
};
extern struct code_cache cache;

/* Bytes of guest code that a translation depends on. */
/* What a new region is made of, handed from translate.c to cache.c. */
struct new_region {
    struct region_key key;
    struct host_code *host;  /* NULL: interpreted */
    const struct ir_region *ir;
    const struct read_page *pages;
    unsigned npages;
    const uint8_t *notes;    /* ready ones, or NULL: made from pages and host */
    uint32_t nnotes;
};

/* ---- the process ---- */
enum poll_reason { POLL_KICK = 1, POLL_FLUSH = 2 };

/* Counters: rows of -d stats. Written under the lock. */
#define RUNTIME_COUNTERS(C)                                      \
    C(regions, "regions translated")                             \
    C(insns, "guest instructions translated")                    \
    C(translate_ns, "nanoseconds in translation")                \
    C(met, "guest instructions met for the first time")          \
    C(first_runs, "runs of regions interpreted before they were translated") \
    C(first_ns, "nanoseconds in them")                           \
    C(code_bytes, "bytes of host code")                          \
    C(kept, "regions that an earlier process had translated")   \
    C(kept_insns, "guest instructions in them")                  \
    C(links, "direct edges linked")                              \
    C(flushes, "flushes of the whole cache")                     \
    C(recycled, "parts of the cache used again")                 \
    C(invalidated, "regions dropped because guest code changed") \
    C(coherent, "regions that compare their own bytes")           \
    C(page_hits, "writes that reached translated pages")         \
    C(hot, "regions retired because they are hot")               \
    C(fp_traps, "floating-point traps mended")                   \
    C(fp_soft, "regions translated again without traps")         \
    C(address_faults, "accesses by tagged or impossible addresses") \
    C(stripped, "regions translated again with addresses stripped") \
    C(stack_traps, "return stack overflows")

#define MAX_HELPERS 512
struct runtime {
    const struct guest_arch *arch;
    const void *helpers[MAX_HELPERS]; /* by number */
    const struct host_backend *backend;
    struct runtime_memory mem;
    struct runtime_options options;
    struct host_gates gates;
    bool interpret;
    bool check;              /* MOA_CHECK: every region is run by both engines and compared */
    bool hot;                /* MOA_HOT: every region is translated as if it ran often */
    bool verify;             /* MOA_DEBUG: the IR verifier looks at every region */
    uint32_t epoch;          /* how many chunks were condemned */
    uint32_t flush_wanted;   /* somebody holds the lock and waits for all vcpus to leave their code */
    struct vcpu_private *vcpus; /* list, under the lock */
    unsigned nvcpus;
    const uint64_t *breakpoints; /* sorted */
    unsigned nbreakpoints;
#define C(name, text) uint64_t name;
    struct { RUNTIME_COUNTERS(C) } count;
#undef C
};
extern struct runtime rt;

/* Behind the guest's state in a vcpu's memory. */
struct vcpu_private {
    struct vcpu *vcpu;
    struct vcpu_private *next;
    struct vcpu_private **link; /* what points to us */
    uint32_t epoch;       /* condemnations of chunks that it has seen, see chunks.c */
    uint32_t inside;      /* between look-up and the end of translated code: regions must not be taken away */
    uint32_t target_mode; /* mode bits of an indirect target that jump_cache and return stack hold for */
    uint32_t mode;        /* that of the key vcpu_run was last called with; target_mode follows from it */
    uint32_t jump_mask;   /* what vcpu.jump_mask is unless somebody wants us */
    uint32_t jump_fills;  /* of the jump cache since it has had that size */
    bool singlestep;
    size_t mapped;        /* bytes of the mapping */
    struct ir_interp_env interp;
    void *interp_jump;    /* jmp_buf while the interpreter runs */
    bool address_fault;   /* translated code was left by an access that is to be interpreted, see address.c */
    bool watch_hit;       /* the instruction touched a watchpoint */
    bool is_new;          /* what it runs next was never run before: for -d stats */
    struct first_run *first; /* first.c's own, NULL: not needed so far */
};
static inline struct vcpu_private *private_of(const struct vcpu *c)
{
    return (struct vcpu_private *)((char *)c + VCPU_STATE + align_up(rt.arch->state_size, 64));
}

/* ---- lock.c ---- */
void translation_lock(void);
bool translation_trylock(void);
void translation_unlock(void);
void translation_lock_reset(void); /* in the child of a fork */
bool translation_lock_held(void);  /* by the calling thread */

/* ---- cache.c ---- */
void cache_init(uint64_t bytes);
/* Region of key or NULL; without the lock a region that is just being added may be missed. */
struct region *cache_find(struct region_key key);
static inline uint32_t region_id(const struct region *r) { return (uint32_t)(r - cache.regions); }
static inline void *region_code(const struct region *r) { return cache.code + r->code; }
/* Where the next region's code is to stand, which cache_add takes for granted. */
uint8_t *cache_next_code(bool hot);
bool cache_has_room(void); /* for page tables: there is no more of them than a flush gives back */
void cache_free_tables(void); /* older tables of regions; nobody reads them */
/* Under the lock. Adds a region whose code stands at cache.code + cache.code_used. */
struct region *cache_add(const struct new_region *n);
void cache_link(const struct region *from, struct region_exit *e, struct region *to);
void cache_drop(struct region *r);
void cache_retire(struct region *r);
/* Drops what was translated from bytes of [start, end); returns the number of regions. */
unsigned cache_drop_range(uint64_t start, uint64_t end);
/* Forgets everything. All vcpus must be outside. */
void cache_reset(void);
/* Region whose code holds this host address, or NULL. */
struct region *cache_region_at(const void *host_pc);
/* Guest pc and mode at a host address of r. */
struct region_key region_insn_at(const struct region *r, const void *host_pc);
unsigned region_flags_at(const struct region *r, const void *host_pc);
/* The n pages that notes of a region at pc begin with. */
void region_pages(const uint8_t *notes, uint64_t pc, struct read_page *pages, unsigned n);

/* ---- chunks.c ---- */
void chunks_lay_out(void);
void chunks_reset(void);
bool chunk_has_room(void);
/* Goes on to the next chunk, without what was in it. False: somebody may still be inside that, try again. */
bool chunks_advance(const struct vcpu *self);

/* ---- pages.c ---- */
void free_link(uint32_t id);
/* Regions with these numbers are no more. */
void pages_forget(uint32_t start, uint32_t end);
unsigned page_flags_at(uint64_t addr);
/* Region id depends on code there: writes to the page are watched for. */
void pages_watch(uint32_t region, uint64_t page);
struct code_page *page_find(uint64_t addr);
/* Is the page written so often that writes are no longer seen? */
bool page_is_unwatched(uint64_t addr);
extern bool pages_any_worn; /* has any page ever been written PAGE_MAX_HITS times? */
/* Is a write there to be answered by dropping code (the page is protected by us)? Does so. */
bool page_write_fault(uint64_t addr);
void pages_reset(void);

/* ---- translate.c ---- */
/* Finds or makes the region of key. Takes the lock itself; may flush everything. NULL: it is to be run by first_run().
 * from: exit of this cache generation (index in cache.exits) that is to be linked to it, or 0. */
struct region *region_get(struct vcpu *c, struct region_key key, uint32_t from, uint32_t generation);
/* IR for one run by the interpreter, into r->ops, without the lock. */
void translate_once(struct vcpu *c, struct ir_region *r, struct source *s, struct region_key key);
/* One instruction for the interpreter. The ops are malloc'ed. */
struct ir_region translate_one(struct vcpu *c, struct region_key key);
bool region_is_soft(uint64_t pc);
/* The region's floating point traps too often: next time it is made without. */
void region_make_soft(struct region *r);
/* Under the lock: drops everything, with all other vcpus stopped meanwhile. */
void flush_everything(const struct vcpu *self);
/* Was the fault in our reading of guest code? Then that will find that it cannot be read. */
bool code_copy_fault(void *ucontext);

/* Copies CODE_WINDOW bytes of guest code, or returns false: they cannot be read. */
bool code_copy(void *to, const void *from);
/* Would its translation be another one when it is hot? */
bool region_would_inline(struct vcpu *c, struct region_key key);

/* ---- keep.c, under the lock ---- */
/* A region of key that another process has made, added to the cache, or NULL. There is room for it. */
struct region *keep_find(struct region_key key);
/* r has just been added and is not linked yet. */
void keep_note(const struct region *r, const struct new_region *n);
void keep_disproved(void); /* the frontend's assumption does not hold */
void keep_disown(void); /* in a forked child: what was noted so far is its parent's to write */
bool keep_mends(uint64_t host_address); /* SIGBUS there: somebody has cut off a file of ours; go on */

/* ---- stopwatch.c ---- */
uint64_t stopwatch_start(void);
/* Nanoseconds since then; `average` if the thread was interrupted. */
uint64_t stopwatch_stop(uint64_t start, uint64_t average);

/* ---- hot.c ---- */
#define COUNTER_ROOM 32
bool is_hot(uint64_t pc);
void make_hot(uint64_t pc);
/* What e, an exit of `from`, is to jump to on its way to `to`: straight there, or by a counter. */
const void *hot_way_to(const struct region *from, struct region_exit *e, const struct region *to);
/* The runtime was entered by an exit that is linked: its counter has run full. May flush everything. */
void hot_count_is_full(struct vcpu *c, struct region *r, struct region_exit *e);

/* ---- vcpu.c ---- */
void vcpu_forget_code(struct vcpu *c, const struct region *r); /* r is no more in its jump cache */
void vcpu_reset_code(struct vcpu *c);                          /* jump cache and return stack are empty */
/* Under the lock: waits until no other vcpu is inside. vcpus_go lets them in again. */
void vcpus_stop(const struct vcpu *self);
void vcpus_go(void);
/* Under the lock. Every vcpu shall go outside once and forget its return stack; the number of that wish. */
uint32_t vcpus_new_epoch(void);
bool vcpus_have_seen(uint32_t epoch, const struct vcpu *self);
void vcpu_see_epoch(struct vcpu *c); /* c is outside */


/* ---- address.c ---- */
/* What the address is without its tag. */
uint64_t address_strip(uint64_t addr);
/* For the region at pc: how many upper bits its code must drop from addresses. */
unsigned address_bits_to_strip(uint64_t pc);
/* A fault that does not tell its address: in code of r, to be followed by address_retry. */
bool address_is_unknown(const void *ucontext);
void address_fault(struct vcpu *c, struct region *r);
/* Outside: does the instruction whose access failed. True: it raised (c->exception). */
bool address_retry(struct vcpu *c);

/* ---- coherent.c ---- */
#define MAX_INSN 4 /* bytes; a shorter one is compared with what follows */
struct coherent {
    struct code_range { uint64_t start, end; } ranges[16];
    unsigned nranges;
};
/* What of r is to be compared; gives the instructions that are covered. */
unsigned coherent_plan(const struct ir_region *r, struct coherent *c);
/* Into an empty region, and behind its last exit. */
unsigned coherent_begin(struct ir_region *r, struct code_source *s, const struct coherent *c);
void coherent_end(struct ir_region *r, unsigned stale);

/* ---- first.c ---- */
/* Under the lock: code at key is about to run. True: it has seldom done so, and first_run() is to run it.
 * *is_new: for the first time, as far as is known. */
bool first_run_wanted(struct region_key key, bool *is_new);
/* Inside, without the lock; like gates.enter, but for EXIT_DIRECT *key is where it goes. */
enum exit_kind first_run(struct vcpu *c, struct region_key *key);
void first_run_free(struct vcpu_private *p);

/* ---- interpret.c ---- */
/* Runs a region of the cache; like gates.enter, but for EXIT_DIRECT *next is where it goes. */
enum exit_kind interpret_region(struct vcpu *c, const struct region *r, struct region_key *next);
struct ir_region region_ir(const struct region *r);
enum exit_kind interpret(struct vcpu *c, const struct ir_region *r, struct region_key *next);
/* One instruction. True: it raised (c->exception). */
bool interpret_one(struct vcpu *c);
/* One instruction; EXC_DEBUG after it unless it raised something else. */
enum exception interpret_step(struct vcpu *c);
/* In a signal handler or helper: ends the interpreter's run; c->exception is set. */
void interpret_leave(struct vcpu *c) __attribute__((noreturn));
extern unsigned nwatchpoints;

/* ---- check.c ---- */
/* Runs the region with both engines; a difference is reported and ends the process. run: the compiled one. */
void check_after_fork(void);
enum exit_kind check_region(struct vcpu *c, const struct region *r, struct region_key *next,
                            enum exit_kind (*run)(struct vcpu *c, const struct region *r, struct region_key *next));
/* Which of N Z C V code at key may read, for check.c. */
unsigned live_flags(struct region_key key);

#endif

/*
 * runtime.h: running a vcpu: regions are found, translated, chained, entered,
 * left and dropped. Both doors (linux-user, system) call this and nothing
 * below it.
 */
#ifndef RUNTIME_RUNTIME_H
#define RUNTIME_RUNTIME_H

#include "frontend/frontend.h"
#include <signal.h>

#define MAX_FIRST_RUNS 3
struct runtime_options {
    bool interpret;      /* no translation: the IR interpreter runs everything */
    bool one_insn;       /* -one-insn-per-tb */
    bool nochain;
    bool fold;           /* run the builder's simplifications (default on) */
    unsigned max_insns;  /* per region, 0 = default */
    unsigned first_runs; /* so many runs of a region are interpreted before it is translated */
    uint64_t cache_bytes; /* code cache, 0 = default */
};
/* MOA_INTERPRET=1 in the environment is the same as interpret; MOA_DEBUG=1 verifies the IR of every region. */

/* Once per process, before the first vcpu. base: host address of guest address 0;
 * page_flags: one byte per guest page for 32-bit guests (PAGE_*), owned by the caller, or NULL and page_query. */
enum { PAGE_READ = 1, PAGE_WRITE = 2, PAGE_EXEC = 4, PAGE_VALID = 8, PAGE_CODE = 16 /* runtime's: translated from, write-protected on the host */ };
struct runtime_memory {
    uint64_t base;
    unsigned address_bits;
    uint8_t *page_flags; /* index = guest page (4 KiB); for 32-bit guests */
    unsigned (*page_query)(uint64_t addr); /* for 64-bit guests */
};
void runtime_init(const struct guest_arch *arch, const struct runtime_memory *mem, const struct runtime_options *o);

/* A vcpu with its state reset to the model; free with vcpu_free (by any thread, when it does not run). */
struct vcpu *vcpu_new(const struct guest_arch *arch, const struct guest_cpu_model *model);
struct vcpu *vcpu_clone(const struct vcpu *from); /* for clone(2): same registers */
void vcpu_free(struct vcpu *c);
/* To be called on the thread that will run it (sets gs base, alternate stack). */
void vcpu_attach(struct vcpu *c);
struct vcpu *vcpu_current(void); /* of the calling thread, or NULL */

/* Runs until an exception; vcpu->exception says which, the state is whole and pc is where the enum says. */
enum exception vcpu_run(struct vcpu *c);
/* From any thread or signal handler: c leaves translated code soon with EXC_INTERRUPT. */
void vcpu_kick(struct vcpu *c);

/* Guest bytes in [start, end) change, go away, or their page flags or mapping have changed:
 * translations of them are dropped. After mmap, munmap, mprotect call it when the host mapping
 * and page_flags are as they shall be (a new mapping's flags without PAGE_CODE).
 * Safe from any thread outside translated code; takes the translation lock. */
void runtime_invalidate(uint64_t start, uint64_t end);
/* Before the host kernel or a C function writes guest memory: makes write-protected code pages writable. */
void runtime_unprotect(uint64_t start, uint64_t end);
void runtime_flush(void); /* everything (breakpoints changed, options changed) */

/* Host signal handler part for SIGSEGV SIGBUS SIGFPE SIGILL: handles faults of
 * translated code and helpers (self-modifying code, NaN traps, guest faults).
 * True: resolved, return from the handler (possibly into the unwind gate so
 * that vcpu_run returns EXC_DATA_FAULT; bit 62 of its data is set when the signal was SIGBUS).
 * False: not ours. Also serves writes of our own C code into protected code pages. */
bool runtime_signal(int sig, siginfo_t *info, void *ucontext);
/* Is this host pc inside translated code or gates? (async signals) */
bool runtime_is_code(const void *host_pc);

/* In a helper with HELPER_READS/FAULTS: guest pc of the calling instruction. */
uint64_t vcpu_helper_pc(struct vcpu *c);

/* fork(2): locks are taken before and dropped after on both sides. */
void runtime_before_fork(void);
void runtime_after_fork(bool child);

/*
 * Translations of mapped files can be kept for processes to come: keep.c.
 * keep_in, after runtime_init and before anything is mapped: in that folder,
 * NULL nowhere. mapped: an executable mapping was made of the file *st
 * (private), or of something else: st is NULL. keep: the process is about to
 * end or to become another one.
 */
struct stat;
void runtime_keep_in(const char *folder);
void runtime_mapped(uint64_t start, uint64_t end, const struct stat *st, uint64_t offset);
void runtime_keep(void);

/* Counters for -d stats. */
void runtime_print_stats(FILE *f);

/*
 * For logs and profilers; NULL: nobody listens. Called with the translation
 * lock held (but entered): no guest code may be run or translated in them.
 */
struct host_code;
extern struct runtime_hooks {
    /* A region was made. code: NULL when it is interpreted. s reads the guest's bytes. */
    void (*translated)(const struct ir_region *r, const struct host_code *code, struct code_source *s);
    void (*flushed)(void);
    /* The dispatcher is about to enter a region; the vcpu's state is whole. */
    void (*entered)(struct vcpu *c, struct region_key key);
} runtime_hooks;

/* Debugger (debug/gdbstub): */
void runtime_set_breakpoints(const uint64_t *pcs, unsigned n);    /* EXC_DEBUG before the instruction at pc */
void runtime_set_singlestep(struct vcpu *c, bool on);             /* EXC_DEBUG after each instruction */

struct watchpoint { uint64_t addr, len; uint8_t on_read, on_write; };
void runtime_set_watchpoints(const struct watchpoint *w, unsigned n); /* EXC_DEBUG after the access */

#endif

/*
 * debug.h: looking at a guest from outside: disassembly and symbols for the
 * logs, the perf map, the host's backtrace, and the gdb stub.
 *
 * debug/ knows neither runtime/ nor the doors. A door hands it a struct
 * debug_process and sets runtime_hooks to the functions for logs.
 */
#ifndef DEBUG_DEBUG_H
#define DEBUG_DEBUG_H

#include "backend/backend.h"

/* ---- once, early: where guest address 0 is on the host, for symbols and logs; sets bug_hook ---- */
void debug_init(const struct guest_arch *arch, uint64_t mem_base);

/* ---- logs: the functions of runtime_hooks, to be set when a log or perf wants them ---- */
/* -d in_asm, op, op_opt, out_asm and the perf files. code: NULL when the region is interpreted. */
void debug_translated(const struct ir_region *r, const struct host_code *code, struct code_source *s);
/* -d exec, cpu, fpu. */
void debug_entered(struct vcpu *c, struct region_key key);
/* Does anybody listen? Then the hook is worth its call. */
bool debug_wants_translated(void), debug_wants_entered(void);

/*
 * Prints size bytes of code, a line an instruction: "0x00010400:  e3a00001  mov r0, #1".
 * isa: "arm", "thumb", "x86_64". f may be a log's stream.
 */
void debug_disas(FILE *f, const char *isa, const void *code, size_t size, uint64_t pc);

/* Name of the function at a guest address, from the symbol tables of the mapped ELF file, or NULL.
 * *offset: from its start. The string lives as long as the process. */
const char *debug_symbol(uint64_t addr, uint64_t *offset);
/* "main+0x10 (hello.c:12)", "libc.so.6+0x1234" or "0x1234"; for humans. Returns buf. */
const char *debug_where(uint64_t addr, char *buf, size_t size);

/* ---- perf: -perfmap writes /tmp/perf-PID.map, -jitdump /tmp/jit-PID.dump ---- */
void debug_perfmap_open(void);
void debug_jitdump_open(void);

/* ---- the host's own stack, to stderr; debug_init makes it bug_hook ---- */
void debug_backtrace(void);
/* The same from where a signal hit (ucontext of the handler). */
void debug_backtrace_from(const void *ucontext);
/* Where a guest thread is: pc with symbol, one line to stderr. */
void debug_print_guest_pc(const struct vcpu *c);

/* ================= gdb (-g) ================= */

/* A guest's registers in gdb's numbering. */
struct gdb_registers {
    unsigned count;           /* for g and G */
    char *(*describe)(const struct vcpu *c);             /* target.xml, allocated */
    unsigned (*size)(unsigned n);                        /* bytes, 0: no such register */
    void (*read)(const struct vcpu *c, unsigned n, uint8_t *to);
    void (*write)(struct vcpu *c, unsigned n, const uint8_t *from);
};
/* One in each file; only those that a program names are part of it. */
extern const struct gdb_registers gdb_arm, gdb_a64;

struct debug_watch {
    uint64_t addr, len;
    bool on_read, on_write;
};

/* What the stub needs of the process around the cpus. Functions are called on
 * the stub's thread, mostly while the guest stands still. */
struct debug_process {
    const struct guest_arch *arch;
    const struct gdb_registers *registers;
    /* Guest memory whatever its protection; false: not mapped. A write drops translations. */
    bool (*read)(uint64_t addr, void *buf, size_t n);
    bool (*write)(uint64_t addr, const void *buf, size_t n);
    /* runtime_set_breakpoints, _set_watchpoints, _set_singlestep, vcpu_kick */
    void (*set_breakpoints)(const uint64_t *pcs, unsigned n);
    void (*set_watchpoints)(const struct debug_watch *w, unsigned n);
    void (*set_singlestep)(struct vcpu *c, bool on);
    void (*kick)(struct vcpu *c);
    /* A host path for a guest's (the -L prefix); NULL: the same. Returns buf. */
    const char *(*host_path)(const char *guest_path, char *buf, size_t size);
    const void *auxv;      /* as on the guest's stack */
    size_t auxv_size;
    const char *exec_file; /* absolute */
    uint64_t text_bias;    /* load address minus linked address of the program */
};

/* spec: as -g takes it: PORT, ADDRESS:PORT, /unix/path (%d = pid), with ,suspend=n.
 * Dies with a sentence when it cannot listen. Unless suspend=n, the first debug_safe_point of
 * the first thread waits for gdb. Call it after debug_thread_begin of the first thread. */
void debug_gdb_start(const char *spec, const struct debug_process *p);

extern bool debug_gdb_on; /* a stub is listening; with it off nothing below does anything */

/* Called by the guest's threads, each on itself: */
void debug_thread_begin(struct vcpu *c); /* before its first instruction; also before debug_gdb_start */
void debug_thread_end(struct vcpu *c);
void debug_park(struct vcpu *c);
/* Before each vcpu_run: waits here while gdb holds this thread. */
static inline void debug_safe_point(struct vcpu *c) { if (__builtin_expect(debug_gdb_on, 0)) debug_park(c); }
/* vcpu_run gave EXC_DEBUG: tells gdb, returns when the thread may go on, with the signal gdb sends or 0. */
int debug_trap(struct vcpu *c);
/* A signal is about to be delivered (at a safe point; synchronous ones too): returns the signal to
 * deliver instead, 0 = none. siginfo: in the guest's layout, may be NULL. */
int debug_signal(struct vcpu *c, int sig, const void *siginfo, size_t size);
/* Before each system call, and after it (nr is not looked at then): catch syscall; a single step over one. */
void debug_syscall(struct vcpu *c, unsigned nr, bool entering);
/* The process is about to end: exit status, or the signal that kills it. */
void debug_exiting(int status);
void debug_killed(int sig);
/* After fork, in the child: gdb stays with the parent. */
void debug_forked_child(void);

#endif

/*
 * linux-user.h: what the files of this room share: the guest process, its
 * threads, its memory, its signals, and what an ABI must answer.
 *
 * One process holds one guest process, so that one is a global (`guest`);
 * everything a thread owns hangs off the struct guest_thread that is passed in.
 */
#ifndef LINUX_USER_LINUX_USER_H
#define LINUX_USER_LINUX_USER_H

#include <errno.h>
#include <pthread.h>
#include <signal.h>
#include <sys/types.h>

#include "frontend/frontend.h"
#include "linux-user/options.h"
#include "runtime/runtime.h"
#include "util/log.h"
#include "util/util.h"

struct guest_thread;
struct guest_sigaction;
struct gdb_registers;

/* ------------------------------------------------------------------ ABI -- */

/* Results of system calls that never reach the guest; numbered as in the kernel. */
enum {
    ERESTARTSYS = 512,           /* a signal came first: again if its handler says SA_RESTART, else EINTR */
    ERESTARTNOINTR = 513,        /* again whatever the handler says */
    ERESTARTNOHAND = 514,        /* again only if no handler runs */
    ERESTART_RESTARTBLOCK = 516, /* the same */
    ESIGRETURN = 600,            /* registers are already what they should be: leave them alone */
};

/* A dynamic linker by the end of its name, the package that holds it, and where a cross compiler keeps it. */
struct guest_linker { char name[24], package[24], folder[32]; };

/* System calls that only one ABI has, by the name of their OWN row in syscalls.def. */
struct own_syscall { char name[20]; long (*call)(struct guest_thread *t, const uint64_t *a); };
/* Which table of nr/ numbers the calls. */
enum syscall_numbers { NUMBERS_arm, NUMBERS_aarch64 };

/* Memory whose granules have tags: what mman.c tells the frontend. Ranges are whole pages. */
struct page_tags {
    int prot;                    /* the bit of PROT_* that asks for them */
    bool (*map)(uint64_t start, uint64_t end);
    void (*unmap)(uint64_t start, uint64_t end);
    void (*move)(uint64_t from, uint64_t to, uint64_t bytes);
    void (*clear)(uint64_t start, uint64_t end); /* the pages' contents are gone: those that have tags have tags 0 */
};

/* What a guest's ABI is; one table per program (target_arm.c). */
#define BIG_STACK (256ull << 20)
struct guest_abi {
    const char *name;            /* "arm" */
    const char *program;         /* "moa-arm" */
    const struct guest_linker *linkers; /* the first is the usual one; ends with name "" */
    uint16_t elf_machine;
    uint8_t elf_class;           /* ELFCLASS32 or ELFCLASS64 */
    uint8_t elf_data;            /* ELFDATA2LSB or ELFDATA2MSB */
    bool big_endian;
    uint8_t long_size;           /* 4 or 8 */
    uint64_t task_size;          /* end of what a program may map */
    uint64_t stack_top;          /* of a stack of up to BIG_STACK bytes; a bigger one lies below mmap_top */
    uint64_t mmap_top;           /* new mappings go below, downwards, with room left for a big stack */
    uint64_t mmap_min, pie_base;
    uint32_t shmlba;             /* what shmat rounds to */
    int (*own_prot)(void);       /* bits of PROT_* that only this architecture has and this CPU knows; NULL: none */
    uint8_t tag_bits;            /* of a pointer's top, that the CPU ignores: siginfo does not show them */
    const struct page_tags *tags; /* NULL: there are none */
    bool (*guards)(int prot);    /* are indirect branches into pages of this PROT_* checked (PAGE_GUARDED)? NULL: never */
    int (*property_prot)(uint32_t type, uint32_t value); /* what a GNU property of a program adds to PROT_* of its code; NULL: none do */
    uint32_t min_sigstack;       /* MINSIGSTKSZ of the kernel */
    bool read_implies_exec;      /* without PT_GNU_STACK: data may be executed as well */
    uint32_t minsigstksz;        /* AT_MINSIGSTKSZ, 0: not given */
    enum syscall_numbers numbers;
    const struct own_syscall *own_syscalls; /* ends with name "" */
    const uint8_t *vdso;         /* image, page-aligned length */
    uint32_t vdso_size, sigreturn_offset;

    /* Start a program: registers cleared, pc and sp set. */
    void (*start)(struct guest_thread *t, uint64_t pc, uint64_t sp);
    uint64_t (*hwcap)(const struct vcpu *c, int which); /* 1: AT_HWCAP, 2: AT_HWCAP2 */
    const char *(*platform_of)(const struct vcpu *c);   /* AT_PLATFORM: "v7l" */
    const char *(*machine_of)(const struct vcpu *c);    /* uname -m: "armv7l" */
    /* Map what the kernel has at fixed places (ARM kuser page). */
    void (*map_fixed)(void);

    /* System calls: number and arguments out of the registers, result in. */
    int (*syscall_number)(struct guest_thread *t, uint64_t arg[7]);
    void (*syscall_result)(struct guest_thread *t, long result);
    void (*syscall_restart)(struct guest_thread *t); /* pc back to the instruction, first argument as it was */
    bool (*special_syscall)(struct guest_thread *t, uint32_t immediate); /* svc with an immediate: true when all is done */

    /* The kernel sends the thread to pc, in the same instruction set. */
    void (*jump)(struct guest_thread *t, uint64_t pc);

    /* clone: the child's stack (0: keep), result 0. */
    void (*clone_child)(struct guest_thread *t, uint64_t sp);
    uint16_t sp_offset, tls_offset; /* where the state keeps them; pc: guest_arch */

    /* Signal frames. setup: false when the stack cannot be written. */
    bool (*signal_setup)(struct guest_thread *t, int sig, const siginfo_t *info, const struct guest_sigaction *action,
                         uint64_t restore_mask);
    long (*sigreturn)(struct guest_thread *t, bool rt);

    /* More room for a signal frame than minsigstksz. May be NULL. */
    unsigned (*more_sigstack)(const struct vcpu *c);
    /* Before execve: what becomes of the options for it. May be NULL. */
    void (*before_exec)(struct guest_thread *t);

    /* prctl commands of this architecture: false: none of them. May be NULL. */
    bool (*prctl)(struct guest_thread *t, int command, const uint64_t arg[4], long *result);

    /* Everything vcpu_run may return that is not common to all guests. */
    void (*exception)(struct guest_thread *t, enum exception e);
    void (*cpuinfo)(FILE *f, const struct vcpu *c, unsigned ncpus); /* /proc/cpuinfo */
    const struct gdb_registers *gdb; /* debug/debug.h */
};
extern const struct guest_abi *const abi; /* of this program */
extern const struct guest_arch *const guest_arch;

/* --------------------------------------------------------------- memory -- */

#define GUEST_PAGE ((uint64_t)4096)

/*
 * A guest with 32-bit addresses lives in a window of the host's address space.
 * One with 64-bit addresses lives among us: its addresses are the host's, and
 * the map of pages says which are its own.
 */
extern uint64_t guest_base;      /* host address of guest address 0; constant once main() has begun the guest */
extern uint64_t guest_address_mask; /* what of a pointer is the address; all ones unless the guest passes tagged ones */
extern uint8_t *page_flags;      /* PAGE_* (runtime.h) of each guest page, guests with 32-bit addresses; else NULL */
unsigned page_radix_flags(uint64_t addr);
static inline bool guest_is_windowed(void) { return abi->long_size == 4; }
/* PAGE_* of any address; 0: nothing of the guest's is there. */
static inline unsigned page_flags_of(uint64_t addr)
{
    if (page_flags)
        return addr >> 32 ? 0 : page_flags[addr >> 12];
    return page_radix_flags(addr);
}

static inline void *g2h(uint64_t addr) { return (void *)(guest_base + (addr & guest_address_mask)); }
static inline uint64_t h2g(const void *p) { return (uint64_t)p - guest_base; }
/* Is this host address one of the guest's? */
bool host_in_guest(const void *p);

/*
 * May the guest read (PROT_READ) or write (PROT_WRITE) all of it? With
 * PROT_WRITE translated pages within are made writable for the host, so that
 * afterwards the host kernel and C may write there. Another thread may still
 * unmap it: use the copies below or hand the address to the host kernel.
 */
bool guest_access_ok(uint64_t addr, uint64_t len, int prot);
/* Is what lies at this address the guest's, if anything is? Before the host's kernel is let loose on a range. */
bool guest_owns(uint64_t addr);

/* A fault in these is no crash: they return false. Never partial checks before, as in the kernel. */
bool copy_from_guest(void *to, uint64_t from, uint64_t len);
bool copy_to_guest(uint64_t to, const void *from, uint64_t len);
bool clear_guest(uint64_t to, uint64_t len);
/* Length without the NUL; -EFAULT; -ENAMETOOLONG when there is none within max bytes. */
long guest_strlen(uint64_t addr, uint64_t max);
/* In the guest's byte order. size 1, 2, 4, 8; put truncates. */
bool guest_get(uint64_t addr, unsigned size, uint64_t *value);
bool guest_put(uint64_t addr, unsigned size, uint64_t value);
/* A guest long, and a value in guest order for structs made by hand. */
static inline bool guest_get_long(uint64_t addr, uint64_t *value) { return guest_get(addr, abi->long_size, value); }
static inline bool guest_put_long(uint64_t addr, uint64_t value) { return guest_put(addr, abi->long_size, value); }
static inline uint16_t order16(uint16_t v) { return abi->big_endian ? __builtin_bswap16(v) : v; }
static inline uint32_t order32(uint32_t v) { return abi->big_endian ? __builtin_bswap32(v) : v; }
static inline uint64_t order64(uint64_t v) { return abi->big_endian ? __builtin_bswap64(v) : v; }

/* mman.c: maps as the loader and the system calls need it; result is a guest address or -errno. */
void guest_memory_init(void);
long guest_mmap(uint64_t addr, uint64_t len, int prot, int flags, int fd, uint64_t offset);
long guest_munmap(uint64_t addr, uint64_t len);
long guest_mprotect(uint64_t addr, uint64_t len, int prot);
void guest_map_print(FILE *f);   /* -d page */
/* Protection (PROT_*) of a mapped page, or -1. */
int guest_page_prot(uint64_t addr);

/* ---------------------------------------------------------------- paths -- */

/* What a guest's absolute path means under -L: the path below the prefix when
 * that exists (written to buf), otherwise path itself. */
const char *guest_path(const char *path, char buf[4096]);

/* -------------------------------------------------------------- process -- */

struct guest_process {
    char *exe;                   /* host path of the program, absolute */
    char *exe_guest;             /* what the guest knows it as: /proc/self/exe */
    char comm[16];
    const struct guest_cpu_model *model;
    uint64_t load_base, phdr, interp_base;
    uint64_t entry;              /* where to start: the interpreter's, if there is one */
    uint64_t entry_program;      /* AT_ENTRY */
    uint16_t phnum, phent;
    uint64_t start_code, end_code, start_data, end_data;
    uint64_t brk_start, brk;
    uint64_t stack_start;        /* sp at the start */
    uint64_t stack_low, stack_high;
    uint64_t arg_start, arg_end, env_start, env_end;
    uint64_t auxv_start, auxv_end;
    uint64_t vdso;
    uint64_t personality;
    bool exec_stack;             /* PT_GNU_STACK asks for it */
    bool secure;                 /* AT_SECURE: started set-user-ID */
    bool by_binfmt;              /* binfmt_misc started us: it will start the guest's children too */
    char **argv;                 /* the guest's */
    struct guest_thread *threads;
    pthread_mutex_t threads_lock;
    unsigned nthreads;
    uid_t uid;                   /* as getuid() was at the start; for si_uid of signals to oneself */
};
extern struct guest_process guest;

/* elf.c: maps the program and its interpreter; says one sentence and exits when it cannot. */
void load_program(const char *path, int fd);
/* Is it a program of ours (1), a program of the host (0), or neither (-errno)? */
int elf_probe(int fd);
/* stack.c: the first stack: strings, auxv, envp, argv. Returns sp. */
uint64_t build_stack(struct guest_thread *t, int argc, char **argv, char **envp, const char *execfn);

/* -------------------------------------------------------------- signals -- */

#define NSIG_GUEST 64
static inline uint64_t sigbit(int sig) { return 1ull << (sig - 1); }

struct guest_sigaction { uint64_t handler, flags, restorer, mask; };
/* Shared by threads, copied when clone() asks for it. */
struct guest_sighand {
    int users;
    pthread_mutex_t lock;
    uint64_t host_handled;       /* signals for which our handler is installed on the host */
    uint64_t caught;             /* signals that have a guest handler */
    uint64_t watched;            /* signals of a signalfd: the host must know at once that they are blocked */
    struct guest_sigaction action[NSIG_GUEST + 1];
};

struct guest_altstack { uint64_t sp, size; uint32_t flags; };

/* What a thread has to do with restartable sequences: rseq.c. */
#define RSEQ_CPUS 1024
struct rseq_thread {
    uint64_t area;               /* the guest's struct rseq; 0: not registered, and nothing below counts */
    uint32_t length, signature;
    unsigned cpu;                /* the number it owns, or owned last: what the area says */
    bool running;                /* owns it, and nobody may take it */
    bool waited;                 /* a signal has called it out of the queue */
    volatile uint32_t events;    /* what to do before it runs on */
    volatile uint32_t granted;   /* somebody has given it a number */
    struct guest_thread *next;   /* in the queue, which has the order of `due` */
    uint64_t due;
    uint64_t allowed[RSEQ_CPUS / 64];
};

#define SIGNAL_RING 32
struct guest_thread {
    struct vcpu *cpu;
    pid_t tid, pid;
    struct guest_thread *next;   /* guest.threads, under threads_lock */

    /*
     * Signals (signal.c). A host signal that the guest does not block goes
     * into the ring (written by the handler only, read by the thread only) and
     * from there to the queue. One that the guest blocks stays in the host
     * kernel: the handler blocks it there too. So: host_mask is part of mask.
     */
    uint64_t mask;               /* the guest's */
    uint64_t host_mask;          /* what the host blocks for this thread */
    uint64_t saved_mask;         /* sigsuspend and others: what the frame restores */
    bool restore_mask;
    volatile uint32_t signal_pending; /* something in the ring or deliverable in the queue: look before you block */
    volatile bool spurious;      /* a system call was interrupted by something the guest does not see */
    volatile bool door_closed;   /* the ring ran full; the host blocks everything */
    volatile uint32_t ring_head, ring_tail;
    siginfo_t ring[SIGNAL_RING];
    siginfo_t *queue;
    unsigned queued, queue_room;
    int forced;                  /* a fault of the guest to be delivered first, or 0 */
    siginfo_t forced_info;
    long restart;                /* ERESTART* of the system call just left, or 0 */
    struct guest_altstack altstack;
    struct guest_sighand *sighand;

    uint64_t clear_child_tid, robust_list;
    struct rseq_thread rseq;
    uint64_t orig_arg0;          /* first argument of the system call: its register holds the result */
    int syscall_nr;              /* number of the running system call, or -1 */
    bool own_process;            /* CLONE_VM without CLONE_THREAD: exit() ends a process */
    bool exiting;                /* cpu_loop returns */
    void *exec_memory;           /* of an execve under way; freed by the parent when it has worked in a vfork child */
    uint64_t scratch[8];         /* 0, 1: the last fault was a write, of an instruction; the others are the ABI's own */
};
extern __thread struct guest_thread *self_thread;

/* Registers that every CPU has: slots of 8 bytes. */
static inline uint64_t *guest_slot(const struct guest_thread *t, unsigned offset) { return (uint64_t *)((char *)vcpu_state(t->cpu) + offset); }
static inline uint64_t guest_pc(const struct guest_thread *t) { return *guest_slot(t, guest_arch->pc_offset); }
static inline uint64_t guest_sp(const struct guest_thread *t) { return *guest_slot(t, abi->sp_offset); }
static inline void guest_set_tls(struct guest_thread *t, uint64_t tls)
{
    *guest_slot(t, abi->tls_offset) = abi->long_size == 4 ? (uint32_t)tls : tls;
}

void signals_init(struct guest_thread *t);
/* A fault of the guest's own making; delivered before the next instruction, kills if blocked or ignored. */
void signal_force(struct guest_thread *t, int sig, int code, uint64_t addr);
/* Queues for this thread. */
void signal_queue(struct guest_thread *t, const siginfo_t *info);
/* Called by the cpu loop when signal_pending: builds frames, or stops, or dies. */
void signals_deliver(struct guest_thread *t);
/* The mask changes: what became deliverable becomes pending. */
void signals_set_mask(struct guest_thread *t, uint64_t mask);
/* Around exec: the host's mask and dispositions become the guest's, and back when it failed. */
void signals_before_exec(struct guest_thread *t);
void signals_after_exec(struct guest_thread *t);
/* All host signals off for this thread, and back. */
void signals_block_host(void);
void signals_unblock_host(struct guest_thread *t);
/* Says what happened on stderr and dies of sig. */
void die_by_signal(struct guest_thread *t, int sig) __attribute__((noreturn));
const char *signal_name(int sig); /* "SIGSEGV" */
/* siginfo in the guest's layout, 128 bytes. */
void siginfo_to_guest(void *to, const siginfo_t *info);
void siginfo_from_guest(siginfo_t *to, const void *from);

/* ------------------------------------------------- restartable sequences -- */

/* The thread gives its CPU number up: anybody may have it until rseq_resume(). */
void rseq_pause(struct guest_thread *t);
/* Before the guest runs on: gets a number and aborts the section if need be. False: look at signals and the debugger again. */
bool rseq_resume(struct guest_thread *t);
static inline bool rseq_may_run(struct guest_thread *t)
{
    return !t->rseq.area || (t->rseq.running && !t->rseq.events) || rseq_resume(t);
}
/* As if the CPU had been taken away now: out of a section to its abort address. False: the program deserves a SIGSEGV. */
bool rseq_abort_section(struct guest_thread *t);
void rseq_drop(struct guest_thread *t);   /* no longer registered */
void rseq_forked(struct guest_thread *t); /* in the child */
void rseq_affinity_changed(struct guest_thread *self, pid_t tid);

extern uint32_t rseq_waiting; /* threads without a number */
void rseq_block(struct guest_thread *t, long host_nr);
/* A system call is likely to sleep: its thread's number is better used by another. */
static inline void rseq_before_blocking(long host_nr)
{
    if (__builtin_expect(rseq_waiting, 0))
        rseq_block(self_thread, host_nr);
}

/* ---------------------------------------------------------- system calls -- */

/*
 * The dispatch (syscall.c): nr and arguments as the guest passed them, result
 * as the guest's kernel returns it (-errno), or one of the ERESTART values.
 */
long guest_syscall(struct guest_thread *t, int nr, const uint64_t arg[7]);
/* Around fork, on both sides: a child must not inherit a lock of a thread it does not have. */
void syscalls_before_fork(void);
void syscalls_after_fork(void);

/*
 * A host system call that may block: -ERESTARTSYS without having begun it if a
 * signal waits, with no gap between that check and the call. -errno otherwise.
 * The caller decides what -EINTR means.
 */
#define safe_syscall(nr, ...) SAFE_SYSCALL_(nr, ##__VA_ARGS__, 0, 0, 0, 0, 0, 0)
#define SAFE_SYSCALL_(nr, a, b, c, d, e, f, ...) \
    (rseq_before_blocking(nr), safe_syscall_window(&self_thread->signal_pending, nr, (long)(a), (long)(b), (long)(c), (long)(d), (long)(e), (long)(f)))
long safe_syscall_window(volatile uint32_t *pending, long nr, long a, long b, long c, long d, long e, long f);
/* One that does not block: -errno instead of errno. */
long host_syscall_(long nr, long a, long b, long c, long d, long e, long f);
#define host_syscall(nr, ...) HOST_SYSCALL_(nr, ##__VA_ARGS__, 0, 0, 0, 0, 0, 0)
#define HOST_SYSCALL_(nr, a, b, c, d, e, f, ...) \
    host_syscall_(nr, (long)(a), (long)(b), (long)(c), (long)(d), (long)(e), (long)(f))

/*
 * System calls that are done by the files of process, memory, threads and
 * signals. All take the raw arguments.
 */
#define PROCESS_SYSCALLS(X)                                                                        \
    /* mman.c (mmap2: offset in units of 4096) */                                                  \
    X(mmap) X(mmap2) X(munmap) X(mprotect) X(mremap) X(brk) X(madvise) X(msync) X(mincore)         \
    X(mlock) X(munlock) X(mlock2) X(shmat) X(shmdt) X(remap_file_pages) X(pkey_mprotect)           \
    /* signal.c */                                                                                 \
    X(rt_sigaction) X(sigaction) X(rt_sigprocmask) X(sigprocmask) X(rt_sigpending) X(sigpending)   \
    X(rt_sigsuspend) X(sigsuspend) X(rt_sigtimedwait) X(rt_sigtimedwait_time64) X(rt_sigqueueinfo) \
    X(rt_tgsigqueueinfo) X(kill) X(tkill) X(tgkill) X(sigaltstack) X(rt_sigreturn) X(sigreturn)    \
    X(pause) X(signalfd) X(signalfd4) X(restart_syscall)                                           \
    /* thread.c, futex.c */                                                                        \
    X(clone) X(clone3) X(fork) X(vfork) X(exit) X(exit_group) X(set_tid_address) X(gettid) X(getpid)         \
    X(set_robust_list) X(get_robust_list) X(futex) X(futex_time64) X(futex_waitv)                  \
    X(wait4) X(waitid)                                                                             \
    /* rseq.c */                                                                                   \
    X(rseq) X(sched_yield)                                                                         \
    /* exec.c */                                                                                   \
    X(execve) X(execveat)
#define DECLARE(name) long sys_##name(struct guest_thread *t, const uint64_t *a);
PROCESS_SYSCALLS(DECLARE)
#undef DECLARE

/* For calls that install a temporary mask (ppoll, pselect6, epoll_pwait): the
 * mask holds until the call returns or the handler's frame restores the old one. */
long signals_temporary_mask(struct guest_thread *t, uint64_t set_addr, uint64_t set_size);
void signals_temporary_done(struct guest_thread *t, long result);

/* proc.c: files under /proc that describe the guest, not us. True: it was one, *result is the fd or length or -errno. */
bool proc_open(int dirfd, const char *path, int flags, int mode, long *result);
bool proc_readlink(int dirfd, const char *path, char *buf, size_t size, long *result);

/* ---------------------------------------------------------------- running -- */

void cpu_loop(struct guest_thread *t); /* until the thread has called exit(2) */
struct guest_thread *thread_new(struct vcpu *cpu);
void process_exit(struct guest_thread *t, int status) __attribute__((noreturn));

#endif

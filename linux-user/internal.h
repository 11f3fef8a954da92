/*
 * internal.h: what only the files of processes, memory and signals share;
 * the system-call table does not need it.
 */
#ifndef LINUX_USER_INTERNAL_H
#define LINUX_USER_INTERNAL_H

#include "linux-user/linux-user.h"

/* Of guests with 32-bit addresses. Behind the window is a guard: an access that starts below 4 GiB and runs over it faults. */
#define WINDOW_SIZE  (1ull << 32)
#define WINDOW_GUARD (1ull << 16)

/* safe_syscall.S. 1 means a fault. */
int guest_copy(void *to, const void *from, size_t n);
int guest_zero(void *to, size_t n);
int guest_load1(const void *from, uint64_t *value);
int guest_load2(const void *from, uint64_t *value);
int guest_load4(const void *from, uint64_t *value);
int guest_load8(const void *from, uint64_t *value);
int guest_store1(void *to, uint64_t value);
int guest_store2(void *to, uint64_t value);
int guest_store4(void *to, uint64_t value);
int guest_store8(void *to, uint64_t value);
int guest_strnlen(const char *s, size_t max, size_t *length);
int guest_cas4(void *at, uint64_t *expected, uint64_t desired);
int guest_cas8(void *at, uint64_t *expected, uint64_t desired);
extern const char guest_access_begin[], guest_access_end[], guest_access_fault[];
extern const char safe_syscall_begin[], safe_syscall_insn[], safe_syscall_interrupted[];

/* page_radix.c */
void page_radix_init(void);

/* aliases.c: the guest has cleaned its instruction caches here: translations go, at other addresses of the same memory too. */
void guest_code_changed(uint64_t start, uint64_t end);

/* mman.c */
extern pthread_mutex_t mmap_lock;
/* Pages of private anonymous memory, beside PAGE_* of runtime.h. */
enum { PAGE_ANON = 32, PAGE_SHARED = 64, PAGE_GUARDED = 128 /* guest_abi.guards */ };
/* The area below which mappings are placed, once the stack's size is known. */
void guest_memory_layout(uint64_t stack_size);

/* elf.c */
/* Opens a program for execution as a shell would report it: exits 127 or 126 with a sentence. */
int open_program(const char *path);

/* proc.c: lets the kernel show the guest's command line and environment. */
void proc_publish(void);

/* stack.c */
void map_stack(void);

/* exec.c: the interpreter line of a script; 1 found, 0 not a script, -errno. */
struct script { char interpreter[256]; char argument[256]; };
int read_script(int fd, struct script *s);

/* host_signal.c */
/* Makes our handler, SIG_DFL or SIG_IGN the host's disposition for sig; returns -errno. */
long host_signal_set(int sig, void (*what)(int, siginfo_t *, void *), uint64_t flags);
void host_signal_handler(int sig, siginfo_t *info, void *context);
bool host_signal_take(int sig, bool handle); /* was it ignored? handle: from now on it comes to our handler */
void host_mask_set(struct guest_thread *t, uint64_t mask);
uint64_t host_mask_get(void);
/* A signal taken out of the host's kernel goes back into it (blocked). */
void host_put_back(int sig, const siginfo_t *info);
/* What came out of it, as it was before host_put_back(). */
void host_unwrap(siginfo_t *info);

/* signal.c */
long signal_action(struct guest_thread *t, int sig, const struct guest_sigaction *set, struct guest_sigaction *old);
struct guest_sighand *sighand_copy(const struct guest_sighand *from);
void sighand_drop(struct guest_sighand *h);
bool signal_take(struct guest_thread *t, uint64_t set, siginfo_t *info);
uint64_t signals_queued(struct guest_thread *t);
void signals_clear(struct guest_thread *t); /* after fork */

void signal_reinstall(struct guest_thread *t, int sig); /* somebody has changed the host's disposition */
void signals_reset_handlers(struct guest_thread *t);

/* futex.c */
void robust_list_exit(struct guest_thread *t);

/*
 * sys_time.c: what the vDSO's functions do, answered without the system-call table. Each makes an svc
 * with an immediate of its own; size: of a word of its timespec or timeval.
 */
enum vdso_function { VDSO_FN_GETTIME, VDSO_FN_GETRES, VDSO_FN_TIMEOFDAY };
struct vdso_call { uint32_t immediate; enum vdso_function function; uint8_t size; };
/* False: it is none of them. *done false: the image's code shall go on to the real system call, which knows the error. */
bool vdso_answer(const struct vdso_call *calls, unsigned n, uint32_t immediate, uint64_t first, uint64_t second, bool *done);

/* sys_signal.c: sigaltstack */
bool on_altstack(const struct guest_thread *t, uint64_t sp);
uint32_t altstack_state(const struct guest_thread *t); /* SS_DISABLE, SS_ONSTACK, ... */
void altstack_restore(struct guest_thread *t, uint64_t sp, uint32_t flags, uint64_t size);

/* thread.c: the calling host thread becomes t's. */
void thread_begin(struct guest_thread *t);

/* gdb.c */
void gdb_start(struct guest_thread *t, const char *where);
/* The debugger, if one is attached, takes over until it lets t go on. */
void debugger_stop(struct guest_thread *t);
/* A signal is about to be delivered: which one the debugger wants instead, 0: none. */
int debugger_signal(struct guest_thread *t, int sig, const siginfo_t *info);
/* process.c: what must happen before the process ends in any way. */
void process_end(struct guest_thread *t);

#endif

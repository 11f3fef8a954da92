/*
 * host_signal.c: the host's side of signals: which dispositions are installed,
 * what the thread's host mask is, and the one handler. It records and kicks;
 * everything else happens in signal.c on the thread's way back to the guest.
 *
 * The handler runs on an alternate stack with all signals blocked. It may come
 * at any instruction: in translated code, in the runtime, in a system call's C
 * code, before or in the host's system call itself.
 */
#include "debug/debug.h"
#include "linux-user/internal.h"

#include <sys/syscall.h>
#include <ucontext.h>
#include <unistd.h>

#define KERNEL_SA_RESTORER 0x04000000

/* As the kernel takes it; glibc's sigaction() would hide signals 32 and 33. */
struct kernel_sigaction {
    void (*handler)(int, siginfo_t *, void *);
    unsigned long flags;
    void (*restorer)(void);
    uint64_t mask;
};

void host_sigreturn(void); /* below */
__asm__(".text\n.type host_sigreturn, @function\nhost_sigreturn: mov $15, %eax\n syscall\n");

/* ---- dispositions and masks ---- */

static long raw_sigaction(int sig, const struct kernel_sigaction *set, struct kernel_sigaction *old)
{
    return host_syscall(SYS_rt_sigaction, sig, set, old, 8);
}

static struct kernel_sigaction action_of(void (*what)(int, siginfo_t *, void *), uint64_t flags)
{
    struct kernel_sigaction action = {what, KERNEL_SA_RESTORER | flags, host_sigreturn, 0};

    if (what == host_signal_handler) {
        action.flags |= SA_SIGINFO | SA_ONSTACK;
        action.mask = ~0ull;
    }
    return action;
}

long host_signal_set(int sig, void (*what)(int, siginfo_t *, void *), uint64_t flags)
{
    struct kernel_sigaction action = action_of(what, flags);

    return raw_sigaction(sig, &action, NULL);
}

bool host_signal_take(int sig, bool handle)
{
    struct kernel_sigaction action = action_of(host_signal_handler, 0), old;

    return raw_sigaction(sig, handle ? &action : NULL, &old) == 0 && old.handler == (void *)SIG_IGN;
}

static void set_host_mask(uint64_t mask)
{
    host_syscall(SYS_rt_sigprocmask, SIG_SETMASK, &mask, NULL, 8);
}

void host_mask_set(struct guest_thread *t, uint64_t mask)
{
    t->host_mask = mask;
    set_host_mask(mask);
}

uint64_t host_mask_get(void)
{
    uint64_t mask = 0;

    host_syscall(SYS_rt_sigprocmask, SIG_SETMASK, NULL, &mask, 8);
    return mask;
}

void signals_block_host(void)
{
    set_host_mask(~0ull);
}

void signals_unblock_host(struct guest_thread *t)
{
    set_host_mask(t->host_mask);
}

/* ---- faults ---- */

static uint64_t *frame_mask(ucontext_t *uc)
{
    return (uint64_t *)&uc->uc_sigmask; /* the kernel's frame holds 8 bytes */
}

/* A page was write-protected because code was translated from it, and C writes to it. */
static bool write_to_code_page(const siginfo_t *info, const ucontext_t *uc)
{
    uint64_t addr = h2g(info->si_addr);

    if (!(uc->uc_mcontext.gregs[REG_ERR] & 2) || !(page_flags_of(addr) & PAGE_WRITE))
        return false;
    runtime_unprotect(align_down(addr, GUEST_PAGE), align_down(addr, GUEST_PAGE) + GUEST_PAGE);
    return true;
}

static struct { int sig; void *address; ucontext_t context; } crash;

static void print_crash(void)
{
    debug_backtrace_from(&crash.context);
    if (self_thread)
        debug_print_guest_pc(self_thread->cpu);
}

static void report_crash(void) __attribute__((noreturn));
static void report_crash(void)
{
    bug_hook = print_crash;
    bug("%s at host pc %#llx, address %p", signal_name(crash.sig),
        (unsigned long long)crash.context.uc_mcontext.gregs[REG_RIP], crash.address);
}

/*
 * Not the guest's doing: ours. The report is made where the handler returns
 * to, on the thread's C stack: reading debug information takes more room than
 * a signal stack has.
 */
static void emulator_crash(int sig, const siginfo_t *info, ucontext_t *uc)
{
    greg_t *g = uc->uc_mcontext.gregs;
    uint64_t sp = (uint64_t)g[REG_RSP];

    host_signal_set(sig, NULL, 0); /* another fault on the way ends it */
    host_signal_set(SIGABRT, NULL, 0);
    crash.sig = sig;
    crash.address = info->si_addr;
    crash.context = *uc;
    if (self_thread && runtime_is_code((void *)g[REG_RIP]))
        sp = (uint64_t)self_thread->cpu->c_stack;
    g[REG_RSP] = (greg_t)(align_down(sp - 256, 16) - 8);
    g[REG_RIP] = (greg_t)report_crash;
    *frame_mask(uc) = ~(sigbit(SIGABRT) | sigbit(sig));
}

static void fault(int sig, siginfo_t *info, ucontext_t *uc)
{
    const char *pc = (const char *)uc->uc_mcontext.gregs[REG_RIP];

    if (pc >= guest_access_begin && pc < guest_access_end) {
        if (sig != SIGSEGV || !write_to_code_page(info, uc))
            uc->uc_mcontext.gregs[REG_RIP] = (greg_t)guest_access_fault;
        return;
    }
    if (runtime_signal(sig, info, uc))
        return;
    if (sig == SIGSEGV && host_in_guest(info->si_addr) && write_to_code_page(info, uc))
        return;
    emulator_crash(sig, info, uc);
}

/* ---- everything else ---- */

/*
 * Only a process's first thread may queue what looks like a signal of kill() or
 * of the kernel. The others say it with a negative code, which host_unwrap()
 * turns back when it arrives.
 */
#define WRAPPED 0x10000

void host_put_back(int sig, const siginfo_t *info)
{
    long pid = host_syscall(SYS_getpid), tid = host_syscall(SYS_gettid);
    siginfo_t wrapped = *info;

    if (info->si_code == SI_TKILL) {
        host_syscall(SYS_rt_tgsigqueueinfo, pid, tid, sig, info);
        return;
    }
    if (info->si_code >= 0 && pid != tid)
        wrapped.si_code = -(WRAPPED + info->si_code);
    host_syscall(SYS_rt_sigqueueinfo, pid, sig, &wrapped);
}

void host_unwrap(siginfo_t *info)
{
    if (info->si_code <= -WRAPPED)
        info->si_code = -info->si_code - WRAPPED;
}

/*
 * The guest blocks it: from here on the host does too (only now, because most
 * blocking is never put to the test), and it waits in the host's kernel. Those
 * that wait behind it are taken out and put back, to keep the order.
 */
static void hold_back(struct guest_thread *t, int sig, const siginfo_t *info, uint64_t *mask)
{
    uint64_t set = sigbit(sig);
    struct timespec now = {0, 0};
    siginfo_t behind[8];
    unsigned n = 0;

    t->host_mask |= set;
    *mask |= set;
    if (sig >= SIGRTMIN - 2)
        while (n < ARRAY_SIZE(behind) && host_syscall(SYS_rt_sigtimedwait, &set, &behind[n], &now, 8) == sig)
            host_unwrap(&behind[n++]);
    host_put_back(sig, info);
    for (unsigned i = 0; i < n; i++)
        host_put_back(sig, &behind[i]);
}

static void interrupt(struct guest_thread *t, ucontext_t *uc)
{
    const char *pc = (const char *)uc->uc_mcontext.gregs[REG_RIP];

    t->signal_pending = 1;
    vcpu_kick(t->cpu);
    if (pc >= safe_syscall_begin && pc <= safe_syscall_insn)
        uc->uc_mcontext.gregs[REG_RIP] = (greg_t)safe_syscall_interrupted;
}

static void record(struct guest_thread *t, const siginfo_t *info, ucontext_t *uc)
{
    t->ring[t->ring_head % SIGNAL_RING] = *info;
    __atomic_store_n(&t->ring_head, t->ring_head + 1, __ATOMIC_RELEASE);
    if (t->ring_head - t->ring_tail == SIGNAL_RING) { /* full: nothing more until signals_deliver has emptied it */
        *frame_mask(uc) = ~0ull;
        t->door_closed = true;
    }
    interrupt(t, uc);
}

void host_signal_handler(int sig, siginfo_t *info, void *context)
{
    ucontext_t *uc = context;
    struct guest_thread *t = self_thread;
    int saved_errno = errno;
    bool is_fault = sig == SIGSEGV || sig == SIGBUS || sig == SIGFPE || sig == SIGILL;

    if (is_fault && info->si_code > 0) {
        fault(sig, info, uc);
    } else if (t) {
        host_unwrap(info);
        t->spurious = true;
        if (t->mask & sigbit(sig))
            hold_back(t, sig, info, frame_mask(uc));
        else
            record(t, info, uc);
    }
    errno = saved_errno;
}

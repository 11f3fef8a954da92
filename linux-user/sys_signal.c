/*
 * sys_signal.c: the system calls about signals. Masks are 64 bits in either
 * kind of guest; the old calls (no rt_) know only the first 32.
 */
#include "linux-user/internal.h"
#include "linux-user/types.h"
#include "linux-user/syscall.h"

#include <sys/mman.h>
#include <sys/signalfd.h>
#include <sys/syscall.h>
#include <time.h>
#include <unistd.h>

#define SIGSET_SIZE 8
#define SS_AUTODISARM_FLAG (1u << 31)

/* ---- sets in guest memory ---- */

/* A sigset_t is an array of longs. */
static bool get_set(uint64_t addr, uint64_t *set)
{
    uint64_t low, high;

    if (abi->long_size == 8)
        return guest_get(addr, 8, set);
    if (!guest_get(addr, 4, &low) || !guest_get(addr + 4, 4, &high))
        return false;
    *set = high << 32 | low;
    return true;
}

static bool put_set(uint64_t addr, uint64_t set)
{
    if (abi->long_size == 8)
        return guest_put(addr, 8, set);
    return guest_put(addr, 4, set) && guest_put(addr + 4, 4, set >> 32);
}

/* ---- sigaction ---- */

/* struct sigaction of the kernel: handler, flags, restorer, mask. */
static bool get_action(uint64_t addr, struct guest_sigaction *a)
{
    unsigned l = abi->long_size;

    return guest_get_long(addr, &a->handler) && guest_get_long(addr + l, &a->flags) &&
           guest_get_long(addr + 2 * l, &a->restorer) && get_set(addr + 3 * l, &a->mask);
}

static bool put_action(uint64_t addr, const struct guest_sigaction *a)
{
    unsigned l = abi->long_size;

    return guest_put_long(addr, a->handler) && guest_put_long(addr + l, a->flags) &&
           guest_put_long(addr + 2 * l, a->restorer) && put_set(addr + 3 * l, a->mask);
}

long sys_rt_sigaction(struct guest_thread *t, const uint64_t *a)
{
    struct guest_sigaction set, old;
    long error;

    if (a[3] != SIGSET_SIZE)
        return -EINVAL;
    if (a[1] && !get_action(a[1], &set))
        return -EFAULT;
    error = signal_action(t, (int)a[0], a[1] ? &set : NULL, &old);
    if (!error && a[2] && !put_action(a[2], &old))
        return -EFAULT;
    return error;
}

/* The old struct: handler, mask (one long), flags, restorer. */
long sys_sigaction(struct guest_thread *t, const uint64_t *a)
{
    struct guest_sigaction set, old;
    unsigned l = abi->long_size;
    long error;

    if (a[1] && !(guest_get_long(a[1], &set.handler) && guest_get_long(a[1] + l, &set.mask) &&
                  guest_get_long(a[1] + 2 * l, &set.flags) && guest_get_long(a[1] + 3 * l, &set.restorer)))
        return -EFAULT;
    error = signal_action(t, (int)a[0], a[1] ? &set : NULL, &old);
    if (!error && a[2] && !(guest_put_long(a[2], old.handler) && guest_put_long(a[2] + l, old.mask) &&
                            guest_put_long(a[2] + 2 * l, old.flags) && guest_put_long(a[2] + 3 * l, old.restorer)))
        return -EFAULT;
    return error;
}

/* ---- mask ---- */

static bool combine(int how, uint64_t old, uint64_t set, uint64_t *mask)
{
    switch (how) {
    case SIG_BLOCK:   *mask = old | set; return true;
    case SIG_UNBLOCK: *mask = old & ~set; return true;
    case SIG_SETMASK: *mask = set; return true;
    default:          return false;
    }
}

long sys_rt_sigprocmask(struct guest_thread *t, const uint64_t *a)
{
    uint64_t old = t->mask, set, mask;

    if (a[3] != SIGSET_SIZE)
        return -EINVAL;
    if (a[1]) {
        if (!get_set(a[1], &set))
            return -EFAULT;
        if (!combine((int)a[0], old, set, &mask))
            return -EINVAL;
        signals_set_mask(t, mask);
    }
    return a[2] && !put_set(a[2], old) ? -EFAULT : 0;
}

long sys_sigprocmask(struct guest_thread *t, const uint64_t *a)
{
    uint64_t old = t->mask, set, mask;

    if (a[1]) {
        if (!guest_get_long(a[1], &set))
            return -EFAULT;
        if (!combine((int)a[0], old & 0xffffffff, set, &mask))
            return -EINVAL;
        signals_set_mask(t, (old & ~0xffffffffull) | mask);
    }
    return a[2] && !guest_put_long(a[2], old) ? -EFAULT : 0;
}

static uint64_t pending(struct guest_thread *t)
{
    uint64_t host = 0;

    host_syscall(SYS_rt_sigpending, &host, SIGSET_SIZE);
    return (host | signals_queued(t)) & t->mask;
}

long sys_rt_sigpending(struct guest_thread *t, const uint64_t *a)
{
    if (a[1] > SIGSET_SIZE)
        return -EINVAL;
    return put_set(a[0], pending(t)) ? 0 : -EFAULT;
}

long sys_sigpending(struct guest_thread *t, const uint64_t *a)
{
    return guest_put_long(a[0], pending(t)) ? 0 : -EFAULT;
}

/* ---- waiting ---- */

static void set_temporary(struct guest_thread *t, uint64_t mask)
{
    t->saved_mask = t->mask;
    t->restore_mask = true;
    signals_set_mask(t, mask);
}

static long suspend(struct guest_thread *t, uint64_t mask)
{
    uint64_t host;

    set_temporary(t, mask);
    host = t->host_mask;
    safe_syscall(SYS_rt_sigsuspend, &host, SIGSET_SIZE);
    return -ERESTARTNOHAND; /* the mask comes back with the handler's frame, or in signals_deliver */
}

long sys_rt_sigsuspend(struct guest_thread *t, const uint64_t *a)
{
    uint64_t mask;

    if (a[1] != SIGSET_SIZE)
        return -EINVAL;
    if (!get_set(a[0], &mask))
        return -EFAULT;
    return suspend(t, mask);
}

/* mask is the third argument: the kernel keeps two unused ones before it. */
long sys_sigsuspend(struct guest_thread *t, const uint64_t *a)
{
    return suspend(t, a[2] & 0xffffffff);
}

long sys_pause(struct guest_thread *t, const uint64_t *a)
{
    safe_syscall(SYS_pause);
    return -ERESTARTNOHAND;
}

long signals_temporary_mask(struct guest_thread *t, uint64_t set_addr, uint64_t set_size)
{
    uint64_t mask;

    if (!set_addr)
        return 0;
    if (set_size != SIGSET_SIZE)
        return -EINVAL;
    if (!get_set(set_addr, &mask))
        return -EFAULT;
    set_temporary(t, mask);
    return 0;
}

void signals_temporary_done(struct guest_thread *t, long result)
{
    bool interrupted = result == -EINTR || (result <= -ERESTARTSYS && result >= -ERESTART_RESTARTBLOCK);

    if (t->restore_mask && !interrupted) {
        t->restore_mask = false;
        signals_set_mask(t, t->saved_mask);
    }
}

static long took(const siginfo_t *info, uint64_t info_addr)
{
    uint8_t raw[128];

    siginfo_to_guest(raw, info);
    if (info_addr && !copy_to_guest(info_addr, raw, sizeof raw))
        return -EFAULT;
    return info->si_signo;
}

/*
 * The host does the waiting, so the signals of the set must be blocked there.
 * One that came just before is in the queue.
 */
static long timed_wait(struct guest_thread *t, uint64_t set, uint64_t info_addr, const struct timespec *timeout)
{
    siginfo_t info;
    long result;

    set &= ~(sigbit(SIGKILL) | sigbit(SIGSTOP));
    if (set & ~t->host_mask)
        host_mask_set(t, t->host_mask | set);
    if (signal_take(t, set, &info)) {
        result = took(&info, info_addr);
    } else {
        result = safe_syscall(SYS_rt_sigtimedwait, &set, &info, timeout, SIGSET_SIZE);
        if (result > 0)
            host_unwrap(&info);
        if (result > 0)
            result = took(&info, info_addr);
        else if (result == -ERESTARTSYS)
            result = -ERESTARTNOINTR; /* not begun */
    }
    if (t->host_mask & ~t->mask)
        host_mask_set(t, t->host_mask & t->mask);
    return result;
}

static long sigtimedwait_(struct guest_thread *t, const uint64_t *a, bool time64)
{
    struct k_timespec ts;
    struct timespec timeout;
    uint64_t set;

    if (a[3] != SIGSET_SIZE)
        return -EINVAL;
    if (!get_set(a[0], &set))
        return -EFAULT;
    if (a[2]) {
        if (!struct_from_guest(time64 ? T_timespec64 : T_timespec, &ts, a[2]))
            return -EFAULT;
        timeout = (struct timespec){ts.tv_sec, ts.tv_nsec};
    }
    return timed_wait(t, set, a[1], a[2] ? &timeout : NULL);
}

long sys_rt_sigtimedwait(struct guest_thread *t, const uint64_t *a)
{
    return sigtimedwait_(t, a, false);
}

long sys_rt_sigtimedwait_time64(struct guest_thread *t, const uint64_t *a)
{
    return sigtimedwait_(t, a, true);
}

/* ---- sending ---- */

/* To the calling thread, which does not block it and has no need of the host. */
static bool send_self(struct guest_thread *t, int sig, int code)
{
    siginfo_t info = {.si_signo = sig, .si_code = code};

    if (sig < 1 || sig > NSIG_GUEST || t->mask & sigbit(sig) || sig == SIGKILL || !(t->sighand->caught & sigbit(sig)))
        return false;
    info.si_pid = t->pid;
    info.si_uid = guest.uid;
    signal_queue(t, &info);
    return true;
}

long sys_kill(struct guest_thread *t, const uint64_t *a)
{
    int pid = (int)a[0], sig = (int)a[1];

    if (pid == t->pid && guest.nthreads == 1 && send_self(t, sig, SI_USER))
        return 0;
    return host_syscall(SYS_kill, pid, sig);
}

long sys_tkill(struct guest_thread *t, const uint64_t *a)
{
    if ((int)a[0] == t->tid && send_self(t, (int)a[1], SI_TKILL))
        return 0;
    return host_syscall(SYS_tkill, (int)a[0], (int)a[1]);
}

long sys_tgkill(struct guest_thread *t, const uint64_t *a)
{
    if ((int)a[0] == t->pid && (int)a[1] == t->tid && send_self(t, (int)a[2], SI_TKILL))
        return 0;
    return host_syscall(SYS_tgkill, (int)a[0], (int)a[1], (int)a[2]);
}

static long get_info(siginfo_t *info, int sig, uint64_t addr)
{
    uint8_t raw[128];

    if (!copy_from_guest(raw, addr, sizeof raw))
        return -EFAULT;
    siginfo_from_guest(info, raw);
    info->si_signo = sig;
    return 0;
}

long sys_rt_sigqueueinfo(struct guest_thread *t, const uint64_t *a)
{
    siginfo_t info;
    long error = get_info(&info, (int)a[1], a[2]);

    return error ? error : host_syscall(SYS_rt_sigqueueinfo, (int)a[0], (int)a[1], &info);
}

long sys_rt_tgsigqueueinfo(struct guest_thread *t, const uint64_t *a)
{
    siginfo_t info;
    long error = get_info(&info, (int)a[2], a[3]);

    return error ? error : host_syscall(SYS_rt_tgsigqueueinfo, (int)a[0], (int)a[1], (int)a[2], &info);
}

/* ---- alternate stack ---- */

bool on_altstack(const struct guest_thread *t, uint64_t sp)
{
    const struct guest_altstack *s = &t->altstack;

    return !(s->flags & SS_AUTODISARM_FLAG) && s->size && sp > s->sp && sp - s->sp <= s->size;
}

uint32_t altstack_state(const struct guest_thread *t)
{
    const struct guest_altstack *s = &t->altstack;

    if (!s->size)
        return SS_DISABLE;
    return (on_altstack(t, guest_sp(t)) ? SS_ONSTACK : 0) | (s->flags & SS_AUTODISARM_FLAG);
}

static long set_altstack(struct guest_thread *t, uint64_t sp, uint32_t flags, uint64_t size)
{
    uint32_t mode = flags & ~SS_AUTODISARM_FLAG;

    if (on_altstack(t, guest_sp(t)))
        return -EPERM;
    if (mode != 0 && mode != SS_DISABLE && mode != SS_ONSTACK)
        return -EINVAL;
    if (mode == SS_DISABLE) {
        t->altstack = (struct guest_altstack){0};
        return 0;
    }
    if (size < abi->min_sigstack)
        return -ENOMEM;
    t->altstack = (struct guest_altstack){sp, size, flags & SS_AUTODISARM_FLAG};
    return 0;
}

void altstack_restore(struct guest_thread *t, uint64_t sp, uint32_t flags, uint64_t size)
{
    set_altstack(t, sp, flags, size); /* errors are nobody's */
}

/* stack_t: sp, flags (int, padded to a long), size. */
long sys_sigaltstack(struct guest_thread *t, const uint64_t *a)
{
    struct guest_altstack old = t->altstack;
    uint32_t old_flags = altstack_state(t);
    unsigned l = abi->long_size;
    uint64_t sp, flags, size;

    if (a[0]) {
        long error;

        if (!guest_get_long(a[0], &sp) || !guest_get(a[0] + l, 4, &flags) || !guest_get_long(a[0] + 2 * l, &size))
            return -EFAULT;
        error = set_altstack(t, sp, (uint32_t)flags, size);
        if (error)
            return error;
    }
    if (a[1] && !(guest_put_long(a[1], old.sp) && guest_put(a[1] + l, 4, old_flags) && guest_put_long(a[1] + 2 * l, old.size)))
        return -EFAULT;
    return 0;
}

/* ---- the rest ---- */

long sys_rt_sigreturn(struct guest_thread *t, const uint64_t *a)
{
    return abi->sigreturn(t, true);
}

long sys_sigreturn(struct guest_thread *t, const uint64_t *a)
{
    return abi->sigreturn(t, false);
}

/* Only entered through ERESTART_RESTARTBLOCK, which we do by calling again. */
long sys_restart_syscall(struct guest_thread *t, const uint64_t *a)
{
    return -EINTR;
}

/* The host's signalfd sees what its kernel holds back: the set must be blocked there, as the guest has. */
static long signalfd_(struct guest_thread *t, int fd, uint64_t set_addr, uint64_t size, int flags)
{
    uint64_t set;

    if (size != SIGSET_SIZE || flags & ~(SFD_CLOEXEC | SFD_NONBLOCK))
        return -EINVAL;
    if (!get_set(set_addr, &set))
        return -EFAULT;
    if (set & t->mask & ~t->host_mask)
        host_mask_set(t, t->host_mask | (set & t->mask));
    t->sighand->watched |= set;
    return host_syscall(SYS_signalfd4, fd, &set, SIGSET_SIZE, flags);
}

long sys_signalfd(struct guest_thread *t, const uint64_t *a)
{
    return signalfd_(t, (int)a[0], a[1], a[2], 0);
}

long sys_signalfd4(struct guest_thread *t, const uint64_t *a)
{
    return signalfd_(t, (int)a[0], a[1], a[2], (int)a[3]);
}

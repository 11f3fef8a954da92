/*
 * signal.c: the guest's signals: its table of actions, masks, and delivery.
 *
 * Where a pending signal is: unblocked ones come through the host handler into
 * the thread's ring and queue, on their way to be delivered; blocked ones wait
 * in the host's kernel, which knows best which thread may have them, when they
 * are lost and who waits for them. For that the host mask follows the guest's:
 *   - at once for signals without a guest handler, since they might be waited
 *     for, and since the host's default action must not happen;
 *   - when the first one arrives (host_signal.c: hold_back) for those with a handler, so
 *     that blocking and unblocking cost nothing.
 * A mask of all ones is a C library's critical section: never at once.
 */
#include "debug/debug.h"
#include "linux-user/internal.h"

#include <stdlib.h>
#include <sys/resource.h>
#include <sys/syscall.h>
#include <unistd.h>

#define UNBLOCKABLE (sigbit(SIGKILL) | sigbit(SIGSTOP))
#define FAULTS (sigbit(SIGSEGV) | sigbit(SIGBUS) | sigbit(SIGFPE) | sigbit(SIGILL) | sigbit(SIGTRAP) | sigbit(SIGSYS))
#define STOPS (sigbit(SIGSTOP) | sigbit(SIGTSTP) | sigbit(SIGTTIN) | sigbit(SIGTTOU))
#define IGNORED_BY_DEFAULT (sigbit(SIGCHLD) | sigbit(SIGCONT) | sigbit(SIGURG) | sigbit(SIGWINCH))
#define DUMPS_CORE (FAULTS | sigbit(SIGQUIT) | sigbit(SIGABRT) | sigbit(SIGXCPU) | sigbit(SIGXFSZ))

enum { DFL = 0, IGN = 1 }; /* guest handler values */

static const char *const names[] = {
    "0", "SIGHUP", "SIGINT", "SIGQUIT", "SIGILL", "SIGTRAP", "SIGABRT", "SIGBUS", "SIGFPE", "SIGKILL", "SIGUSR1",
    "SIGSEGV", "SIGUSR2", "SIGPIPE", "SIGALRM", "SIGTERM", "SIGSTKFLT", "SIGCHLD", "SIGCONT", "SIGSTOP", "SIGTSTP",
    "SIGTTIN", "SIGTTOU", "SIGURG", "SIGXCPU", "SIGXFSZ", "SIGVTALRM", "SIGPROF", "SIGWINCH", "SIGIO", "SIGPWR", "SIGSYS",
};

const char *signal_name(int sig)
{
    static __thread char rt[24];

    if (sig >= 0 && sig < (int)ARRAY_SIZE(names))
        return names[sig];
    snprintf(rt, sizeof rt, "SIGRT_%d", sig - 32);
    return rt;
}

/* ---- the table of actions ---- */

/* What the host must do with sig, given the guest's action. */
static void (*host_disposition(int sig, uint64_t handler))(int, siginfo_t *, void *)
{
    uint64_t bit = sigbit(sig);

    if (bit & FAULTS || handler > IGN)
        return host_signal_handler;
    if (handler == IGN)
        return (void *)SIG_IGN;
    return bit & (STOPS | IGNORED_BY_DEFAULT) ? NULL : host_signal_handler;
}

/* What was ignored before exec still is. For most signals one call both asks and sets. */
static void inherit(struct guest_sighand *h, int sig)
{
    bool handled = host_disposition(sig, DFL) == host_signal_handler;

    if (host_signal_take(sig, handled)) {
        h->action[sig].handler = IGN;
        if (handled && host_disposition(sig, IGN) != host_signal_handler) {
            host_signal_set(sig, (void *)SIG_IGN, 0);
            return;
        }
    }
    h->host_handled |= handled ? sigbit(sig) : 0;
}

void signals_init(struct guest_thread *t)
{
    struct guest_sighand *h = calloc(1, sizeof *h);

    if (!h)
        die("out of memory");
    h->users = 1;
    pthread_mutex_init(&h->lock, NULL);
    t->sighand = h;
    t->mask = t->host_mask = host_mask_get();
    for (int sig = 1; sig <= NSIG_GUEST; sig++)
        if (!(sigbit(sig) & UNBLOCKABLE))
            inherit(h, sig);
}

/* What becomes of children is the host's doing. */
static uint64_t host_flags(const struct guest_sighand *h, int sig)
{
    return sig == SIGCHLD ? h->action[sig].flags & (SA_NOCLDSTOP | SA_NOCLDWAIT) : 0;
}

static void follow_disposition(struct guest_sighand *h, int sig)
{
    void (*what)(int, siginfo_t *, void *) = host_disposition(sig, h->action[sig].handler);
    bool handled = what == host_signal_handler;

    if (handled && h->host_handled & sigbit(sig) && sig != SIGCHLD)
        return;
    host_signal_set(sig, what, host_flags(h, sig));
    h->host_handled = handled ? h->host_handled | sigbit(sig) : h->host_handled & ~sigbit(sig);
}

static bool is_ignored(const struct guest_sighand *h, int sig)
{
    uint64_t handler = h->action[sig].handler;

    return handler == IGN || (handler == DFL && sigbit(sig) & IGNORED_BY_DEFAULT);
}

static void forget(struct guest_thread *t, int sig);

static void set_action(struct guest_thread *t, int sig, const struct guest_sigaction *action)
{
    struct guest_sighand *h = t->sighand;

    pthread_mutex_lock(&h->lock);
    h->action[sig] = *action;
    if (action->handler > IGN)
        h->caught |= sigbit(sig);
    else
        h->caught &= ~sigbit(sig);
    /* Blocked without a handler: the host must block it before its own action can happen. */
    if (t->mask & ~t->host_mask & ~h->caught & sigbit(sig))
        host_mask_set(t, t->host_mask | sigbit(sig));
    follow_disposition(h, sig);
    if (is_ignored(h, sig))
        forget(t, sig);
    pthread_mutex_unlock(&h->lock);
}

long signal_action(struct guest_thread *t, int sig, const struct guest_sigaction *set, struct guest_sigaction *old)
{
    if (sig < 1 || sig > NSIG_GUEST || (set && sigbit(sig) & UNBLOCKABLE))
        return -EINVAL;
    if (old)
        *old = t->sighand->action[sig];
    if (set)
        set_action(t, sig, set);
    return 0;
}

void signal_reinstall(struct guest_thread *t, int sig)
{
    pthread_mutex_lock(&t->sighand->lock);
    host_signal_set(sig, host_disposition(sig, t->sighand->action[sig].handler), host_flags(t->sighand, sig));
    pthread_mutex_unlock(&t->sighand->lock);
}

void signals_reset_handlers(struct guest_thread *t)
{
    struct guest_sigaction dfl = {0};

    for (int sig = 1; sig <= NSIG_GUEST; sig++)
        if (t->sighand->action[sig].handler > IGN)
            set_action(t, sig, &dfl);
}

struct guest_sighand *sighand_copy(const struct guest_sighand *from)
{
    struct guest_sighand *h = malloc(sizeof *h);

    if (!h)
        return NULL;
    *h = *from;
    h->users = 1;
    pthread_mutex_init(&h->lock, NULL);
    return h;
}

void sighand_drop(struct guest_sighand *h)
{
    if (__atomic_sub_fetch(&h->users, 1, __ATOMIC_ACQ_REL) == 0)
        free(h);
}

/* ---- queue ---- */

static void enqueue(struct guest_thread *t, const siginfo_t *info)
{
    int sig = info->si_signo;

    if (sig < 32) /* standard signals do not pile up, but the thread's and the process's are apart */
        for (unsigned i = 0; i < t->queued; i++)
            if (t->queue[i].si_signo == sig && t->queue[i].si_code == info->si_code)
                return;
    if (info->si_code == SI_TIMER) /* nor do those of one timer: what it missed is counted */
        for (unsigned i = 0; i < t->queued; i++)
            if (t->queue[i].si_code == SI_TIMER && t->queue[i].si_timerid == info->si_timerid) {
                t->queue[i].si_overrun += info->si_overrun + 1;
                return;
            }
    if (t->queued == t->queue_room) {
        unsigned room = t->queue_room ? t->queue_room * 2 : 8;
        siginfo_t *more = realloc(t->queue, room * sizeof *more);

        if (!more)
            return;
        t->queue = more;
        t->queue_room = room;
    }
    t->queue[t->queued++] = *info;
}

static void dequeue(struct guest_thread *t, unsigned i, siginfo_t *info)
{
    *info = t->queue[i];
    memmove(&t->queue[i], &t->queue[i + 1], (--t->queued - i) * sizeof *t->queue);
}

static void drain_ring(struct guest_thread *t)
{
    while (t->ring_tail != __atomic_load_n(&t->ring_head, __ATOMIC_ACQUIRE)) {
        enqueue(t, &t->ring[t->ring_tail % SIGNAL_RING]);
        __atomic_store_n(&t->ring_tail, t->ring_tail + 1, __ATOMIC_RELEASE);
    }
    if (t->door_closed) {
        t->door_closed = false;
        signals_unblock_host(t);
    }
}

/* The queued signal to be taken next among those in set; t->queued if none. */
static unsigned next_queued(const struct guest_thread *t, uint64_t set)
{
    unsigned best = t->queued;

    for (unsigned i = 0; i < t->queued; i++) {
        int sig = t->queue[i].si_signo;

        if (sigbit(sig) & set && (best == t->queued || sig < t->queue[best].si_signo))
            best = i;
    }
    return best;
}

static void forget(struct guest_thread *t, int sig)
{
    siginfo_t dropped;

    drain_ring(t);
    for (unsigned i; (i = next_queued(t, sigbit(sig))) < t->queued;)
        dequeue(t, i, &dropped);
}

/* Cleared first: a signal that comes in between sets it again. */
static void update_pending(struct guest_thread *t)
{
    t->signal_pending = 0;
    __atomic_signal_fence(__ATOMIC_SEQ_CST);
    if (t->ring_head != t->ring_tail || t->forced || next_queued(t, ~t->mask) < t->queued)
        t->signal_pending = 1;
}

void signal_queue(struct guest_thread *t, const siginfo_t *info)
{
    enqueue(t, info);
    t->signal_pending = 1;
}

/* ---- mask ---- */

static void change_mask(struct guest_thread *t, uint64_t mask, bool at_once)
{
    uint64_t host;

    mask &= ~UNBLOCKABLE;
    if (mask == t->mask)
        return;
    t->mask = mask;
    __atomic_signal_fence(__ATOMIC_SEQ_CST); /* from here the handler goes by the new mask */
    host = t->host_mask & mask;
    if (at_once && (mask | UNBLOCKABLE) != ~0ull)
        host |= mask & (~t->sighand->caught | t->sighand->watched) & ~FAULTS;
    if (host != t->host_mask)
        host_mask_set(t, host);
    update_pending(t);
}

void signals_set_mask(struct guest_thread *t, uint64_t mask)
{
    change_mask(t, mask, true);
}

/* ---- delivery ---- */

void signal_force(struct guest_thread *t, int sig, int code, uint64_t addr)
{
    siginfo_t info = {.si_signo = sig, .si_code = code};

    if (sig == SIGTRAP || sig == SIGSEGV || sig == SIGBUS || sig == SIGILL || sig == SIGFPE)
        info.si_addr = (void *)addr;
    t->forced = sig;
    t->forced_info = info;
    t->signal_pending = 1;
}

void die_by_signal(struct guest_thread *t, int sig)
{
    struct rlimit none = {0, 0};

    if (sigbit(sig) & DUMPS_CORE && sig < 32) {
        char line[120];
        int n = snprintf(line, sizeof line, "moa: uncaught target signal %d (%s) - core dumped\n", sig, strsignal(sig));

        if (write(STDERR_FILENO, line, (size_t)n) < 0)
            n = 0; /* nobody listens */
    }
    setrlimit(RLIMIT_CORE, &none); /* a core of the translator would help nobody */
    process_end(t);
    debug_killed(sig);
    signals_block_host();
    host_signal_set(sig, NULL, 0);
    host_syscall(SYS_kill, t->pid, sig);
    host_syscall(SYS_rt_sigprocmask, SIG_UNBLOCK, &(uint64_t){sigbit(sig)}, NULL, 8);
    for (;;) /* another thread is dying of it */
        host_syscall(SYS_tgkill, t->pid, t->tid, sig);
}

static void stop_by_signal(struct guest_thread *t, int sig)
{
    host_signal_set(sig, NULL, 0); /* the host's own default: it knows about orphaned groups */
    host_syscall(SYS_kill, t->pid, sig);
    pthread_mutex_lock(&t->sighand->lock);
    t->sighand->host_handled &= ~sigbit(sig);
    follow_disposition(t->sighand, sig);
    pthread_mutex_unlock(&t->sighand->lock);
}

/* What becomes of an interrupted system call now that a handler will run. */
static void settle_restart(struct guest_thread *t, uint64_t flags)
{
    long why = t->restart;

    t->restart = 0;
    if (why == ERESTARTNOINTR || (why == ERESTARTSYS && flags & SA_RESTART))
        abi->syscall_restart(t);
    else if (why)
        abi->syscall_result(t, -EINTR);
}

static void run_handler(struct guest_thread *t, int sig, const siginfo_t *info, const struct guest_sigaction *action)
{
    uint64_t restore = t->restore_mask ? t->saved_mask : t->mask;

    settle_restart(t, action->flags);
    if ((t->rseq.area && !rseq_abort_section(t)) || !abi->signal_setup(t, sig, info, action, restore)) {
        struct guest_sigaction dfl = {0};

        if (sig == SIGSEGV)
            set_action(t, SIGSEGV, &dfl);
        signal_force(t, SIGSEGV, SI_KERNEL, 0);
        return;
    }
    t->restore_mask = false;
    change_mask(t, t->mask | action->mask | (action->flags & SA_NODEFER ? 0 : sigbit(sig)), false);
}

/* True when a handler was entered. */
static bool deliver_one(struct guest_thread *t, int sig, const siginfo_t *info, bool forced)
{
    struct guest_sighand *h = t->sighand;
    struct guest_sigaction action, dfl = {0};

    if (debug_gdb_on && !(sig = debugger_signal(t, sig, info)))
        return false;
    pthread_mutex_lock(&h->lock);
    action = h->action[sig];
    pthread_mutex_unlock(&h->lock);

    if (log_on(LOG_int) || log_on(LOG_strace))
        log_print(log_on(LOG_strace) ? LOG_strace : LOG_int, "--- %s {si_signo=%s, si_code=%d} ---\n", signal_name(sig),
                  signal_name(sig), info->si_code);
    if (forced && (action.handler <= IGN || t->mask & sigbit(sig)))
        die_by_signal(t, sig);
    if (action.handler == IGN || (action.handler == DFL && sigbit(sig) & IGNORED_BY_DEFAULT))
        return false;
    if (action.handler == DFL) {
        if (!(sigbit(sig) & STOPS))
            die_by_signal(t, sig);
        stop_by_signal(t, sig);
        return false;
    }
    if (action.flags & SA_RESETHAND)
        set_action(t, sig, &dfl);
    run_handler(t, sig, info, &action);
    return true;
}

void signals_deliver(struct guest_thread *t)
{
    bool entered = false;
    siginfo_t info;

    for (;;) {
        unsigned i;

        t->signal_pending = 0;
        __atomic_signal_fence(__ATOMIC_SEQ_CST);
        drain_ring(t);
        if (t->forced) {
            int sig = t->forced;

            t->forced = 0;
            info = t->forced_info;
            entered |= deliver_one(t, sig, &info, true);
            continue;
        }
        i = next_queued(t, ~t->mask);
        if (i == t->queued)
            break;
        dequeue(t, i, &info);
        entered |= deliver_one(t, info.si_signo, &info, false);
    }
    if (!entered && t->restore_mask) {
        t->restore_mask = false;
        signals_set_mask(t, t->saved_mask);
    }
    if (t->restart) { /* nothing that the guest could see came of it */
        t->restart = 0;
        abi->syscall_restart(t);
    }
}

/* ---- exec ---- */

void signals_before_exec(struct guest_thread *t)
{
    siginfo_t info;
    struct guest_sighand *h = t->sighand;

    signals_block_host();
    for (int sig = 1; sig <= NSIG_GUEST; sig++)
        if (h->action[sig].handler == IGN && h->host_handled & sigbit(sig))
            host_signal_set(sig, (void *)SIG_IGN, 0);
    drain_ring(t);
    signals_block_host();
    while (t->queued) {
        dequeue(t, 0, &info);
        host_put_back(info.si_signo, &info);
    }
    host_syscall(SYS_rt_sigprocmask, SIG_SETMASK, &t->mask, NULL, 8);
}

void signals_after_exec(struct guest_thread *t)
{
    struct guest_sighand *h = t->sighand;

    for (int sig = 1; sig <= NSIG_GUEST; sig++)
        if (h->action[sig].handler == IGN && h->host_handled & sigbit(sig))
            host_signal_set(sig, host_signal_handler, 0);
    signals_unblock_host(t);
}

/* ---- for sys_signal.c ---- */

/* A queued signal of the set, waiting or not: for sigtimedwait. */
bool signal_take(struct guest_thread *t, uint64_t set, siginfo_t *info)
{
    unsigned i;

    drain_ring(t);
    i = next_queued(t, set);
    if (i == t->queued)
        return false;
    dequeue(t, i, info);
    update_pending(t);
    return true;
}

uint64_t signals_queued(struct guest_thread *t)
{
    uint64_t set = 0;

    drain_ring(t);
    for (unsigned i = 0; i < t->queued; i++)
        set |= sigbit(t->queue[i].si_signo);
    return set;
}

void signals_clear(struct guest_thread *t)
{
    t->ring_tail = t->ring_head;
    t->queued = 0;
    t->forced = 0;
    t->signal_pending = 0;
}

/*
 * gdb_threads.c: the guest's threads as gdb sees them (all-stop mode). A
 * thread that stops by itself (breakpoint, signal) notes its event, wakes the
 * stub and waits; the stub then makes all others hold. They do so at their
 * next safe point; a thread that sleeps in a system call holds when it comes
 * back, and its registers can be read meanwhile.
 */
#include "debug/gdb.h"

#include <sys/eventfd.h>
#include <sys/syscall.h>
#include <time.h>
#include <unistd.h>

struct gdb gdb = {.lock = PTHREAD_MUTEX_INITIALIZER, .go = PTHREAD_COND_INITIALIZER, .wake = -1};
bool debug_gdb_on;
static __thread struct gdb_thread self;

/* A child that shares our memory (vfork) is not debugged. */
static bool mine(void)
{
    return debug_gdb_on && self.cpu && getpid() == gdb.pid;
}

static uint64_t pc_of(const struct vcpu *c)
{
    return ldle64((const char *)vcpu_state((struct vcpu *)c) + c->arch->pc_offset);
}

/* Signals that reach a holding thread would run handlers that expect no lock held. */
static void enter(sigset_t *old)
{
    sigset_t all;

    sigfillset(&all);
    pthread_sigmask(SIG_SETMASK, &all, old);
    pthread_mutex_lock(&gdb.lock);
}

static void leave(const sigset_t *old)
{
    pthread_mutex_unlock(&gdb.lock);
    pthread_sigmask(SIG_SETMASK, old, NULL);
}

static void wait_until_released(void)
{
    self.parked = true;
    while (gdb.connected && (self.resume == GDB_HOLD || self.event))
        pthread_cond_wait(&gdb.go, &gdb.lock);
    self.parked = false;
    gdb.process->set_singlestep(self.cpu, self.resume == GDB_STEP);
}

/* Tells gdb and waits for it. Lock held. */
static void report(struct gdb_stop stop)
{
    uint64_t one = 1;

    self.stop = stop;
    self.event = true;
    self.give_signal = 0;
    if (write(gdb.wake, &one, sizeof one) < 0)
        return; /* the stub is gone */
    wait_until_released();
}

void debug_thread_begin(struct vcpu *c)
{
    sigset_t old;

    enter(&old);
    self = (struct gdb_thread){.cpu = c, .tid = (pid_t)syscall(SYS_gettid), .next = gdb.threads,
                               .resume = gdb.stopped ? GDB_HOLD : GDB_RUN};
    gdb.threads = &self;
    leave(&old);
}

void debug_thread_end(struct vcpu *c)
{
    sigset_t old;

    enter(&old);
    for (struct gdb_thread **p = &gdb.threads; *p; p = &(*p)->next)
        if (*p == &self) {
            *p = self.next;
            break;
        }
    self.cpu = NULL;
    leave(&old);
}

void debug_park(struct vcpu *c)
{
    sigset_t old;

    if (!mine() || self.resume != GDB_HOLD)
        return;
    enter(&old);
    if (self.resume == GDB_HOLD)
        wait_until_released();
    leave(&old);
}

static struct gdb_stop why_trapped(struct vcpu *c)
{
    struct gdb_stop stop = {.sig = SIGTRAP, .why = WHY_SIGNAL};
    const struct debug_watch *w = c->exception_data ? gdb_watch_at(c->exception_data) : NULL;

    if (w)
        stop = (struct gdb_stop){SIGTRAP, !w->on_read ? WHY_WATCH : w->on_write ? WHY_AWATCH : WHY_RWATCH, w->addr};
    else if (gdb_is_breakpoint(pc_of(c)))
        stop.why = WHY_SWBREAK;
    return stop;
}

int debug_trap(struct vcpu *c)
{
    sigset_t old;
    int give = 0;

    if (debug_gdb_on && getpid() != gdb.pid)
        gdb.process->set_singlestep(c, gdb_is_breakpoint(pc_of(c))); /* a vfork child walks over its parent's breakpoint */
    if (!mine() || !gdb.connected)
        return 0;
    enter(&old);
    struct gdb_stop stop = why_trapped(c);
    uint64_t pc = pc_of(c);

    c->exception_data = 0; /* a step must not look like the watchpoint before it */
    if (stop.why != WHY_SIGNAL || self.resume != GDB_STEP || pc < self.range_start || pc >= self.range_end) {
        report(stop);
        give = self.give_signal;
    }
    leave(&old);
    return give;
}

int debug_signal(struct vcpu *c, int sig, const void *siginfo, size_t size)
{
    sigset_t old;
    int give;

    if (!mine() || !gdb.connected || gdb.pass_signals >> (sig & 63) & 1)
        return sig;
    enter(&old);
    self.siginfo_size = siginfo ? MIN_(size, sizeof self.siginfo) : 0;
    if (siginfo)
        memcpy(self.siginfo, siginfo, self.siginfo_size);
    report((struct gdb_stop){.sig = sig, .why = WHY_SIGNAL});
    give = gdb.connected ? self.give_signal : sig;
    self.siginfo_size = 0;
    leave(&old);
    return give;
}

static bool caught(unsigned nr)
{
    return gdb.catch_all || (nr < 1024 && gdb.catch_syscalls[nr / 64] >> nr % 64 & 1);
}

void debug_syscall(struct vcpu *c, unsigned nr, bool entering)
{
    sigset_t old;

    if (!mine() || !gdb.connected)
        return;
    enter(&old);
    if (entering)
        self.syscall = nr;
    nr = self.syscall;
    if (caught(nr))
        report((struct gdb_stop){SIGTRAP, entering ? WHY_SYSCALL_ENTRY : WHY_SYSCALL_RETURN, nr});
    else if (!entering && self.resume == GDB_STEP)
        report((struct gdb_stop){.sig = SIGTRAP, .why = WHY_SIGNAL});
    leave(&old);
}

/* ---- the stub's side; lock held ---- */

struct gdb_thread *gdb_thread_by_tid(pid_t tid)
{
    for (struct gdb_thread *t = gdb.threads; t; t = t->next)
        if (t->tid == tid || tid <= 0)
            return t;
    return NULL;
}

static bool all_stand(void)
{
    for (struct gdb_thread *t = gdb.threads; t; t = t->next)
        if (!t->parked && t->cpu->in_code)
            return false;
    return true;
}

static bool all_parked(void)
{
    for (struct gdb_thread *t = gdb.threads; t; t = t->next)
        if (!t->parked)
            return false;
    return true;
}

void gdb_stop_all(void)
{
    const struct timespec pause = {.tv_nsec = 1000000};

    gdb.stopped = true;
    for (struct gdb_thread *t = gdb.threads; t; t = t->next)
        t->resume = GDB_HOLD;
    for (unsigned ms = 0; !all_parked() && (ms < 30 || !all_stand()) && ms < 5000; ms++) {
        for (struct gdb_thread *t = gdb.threads; t; t = t->next)
            if (!t->parked)
                gdb.process->kick(t->cpu);
        pthread_mutex_unlock(&gdb.lock);
        nanosleep(&pause, NULL);
        pthread_mutex_lock(&gdb.lock);
    }
}

void gdb_resume_all(void)
{
    gdb.stopped = false;
    pthread_cond_broadcast(&gdb.go);
}

void gdb_let_go(void)
{
    if (!gdb.stopped)
        gdb_stop_all(); /* dropping translations under running threads is the runtime's business, but be kind */
    gdb_remove_all_points();
    gdb.pass_signals = 0;
    gdb.catch_all = false;
    memset(gdb.catch_syscalls, 0, sizeof gdb.catch_syscalls);
    gdb.connected = false;
    for (struct gdb_thread *t = gdb.threads; t; t = t->next) {
        t->resume = GDB_RUN;
        t->event = false;
    }
    gdb_resume_all();
}

/* ---- the end ---- */

static void say_goodbye(const char *fmt, int n)
{
    char text[32];
    sigset_t old;

    if (!debug_gdb_on || getpid() != gdb.pid)
        return;
    enter(&old);
    if (gdb.connected) {
        snprintf(text, sizeof text, fmt, n);
        gdb_send(text, strlen(text));
        gdb_disconnect();
    }
    leave(&old);
}

void debug_exiting(int status)
{
    say_goodbye("W%02x", status & 255);
}

void debug_killed(int sig)
{
    say_goodbye("X%02x", gdb_signal_from_guest(sig));
}

void debug_forked_child(void)
{
    debug_gdb_on = false;
    pthread_mutex_init(&gdb.lock, NULL);
    gdb.threads = NULL;
    gdb.connected = false;
    /* The breakpoints are copies of the parent's; nobody would answer them. */
    if (gdb.process)
        gdb_remove_all_points();
}

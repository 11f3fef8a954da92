/*
 * rseq.c: restartable sequences (rseq(2)): sections of code that the kernel
 * sends to their abort address when it takes the thread's CPU away.
 *
 * We cannot see when the host preempts a thread inside such a section, and
 * need not: what a section relies on is that between its beginning and its
 * commit no other thread with the same CPU number runs. So a CPU number is
 * something a thread owns. A registered thread runs guest code only while it
 * owns one; it gives it up only in system calls and at the top of cpu_loop,
 * where its pc is exact, and if that lies in a section, goes to the abort
 * address. Threads that have not registered own nothing and are not slowed.
 *
 *   slot      a number's word: the owner's tid; with IDLE: the owner is in a system call, and anybody may take the
 *             number; 0: free. While it runs, only the owner writes it. All that is not the owner coming back from a
 *             call to a number still its own happens under the lock
 *   waiting   who finds no number queues up, and sleeps; numbers come from threads whose call blocks (safe_syscall), from
 *             those that have had one for more than a slice and are asked to yield, and from idle ones, which the first
 *             in the queue looks for from time to time
 *   preempted  a number was got anew, a signal is delivered, membarrier(2) asks for it: the section is aborted and the
 *             numbers in the guest's area are written, before the next instruction of the guest
 *
 * Why nobody waits for ever. To wait for a number is to be outside of translated code with no lock held, and it ends when
 * a signal comes: vcpus_stop(), exits and exec do not wait for such a thread, and gdb counts it as asleep in a call. Who
 * has a number and runs comes to a poll, whatever others do: the locks it may wait for on its way (translation, the
 * signal table, ours) are held only by threads that wait for no number. mmap_lock and threads_lock belong to system
 * calls, where a number is anybody's. With gdb a number is idle from the moment vcpu_run returns: a parked thread keeps
 * none from the one that is stepped. A stop signal and the end of the process meet all threads at once. membarrier
 * waits, with threads_lock and in a call of its own, for running threads to see a flag: two that do it take turns.
 *
 * Not protected: per-CPU data in memory that several processes share. Each process has its own table of owners.
 */
#include "debug/debug.h"
#include "linux-user/internal.h"
#include "linux-user/syscall.h"

#include <linux/futex.h>
#include <linux/membarrier.h>
#include <sched.h>
#include <sys/syscall.h>
#include <time.h>

#ifndef MEMBARRIER_CMD_PRIVATE_EXPEDITED_RSEQ
#define MEMBARRIER_CMD_PRIVATE_EXPEDITED_RSEQ (1 << 7)
#define MEMBARRIER_CMD_REGISTER_PRIVATE_EXPEDITED_RSEQ (1 << 8)
#define MEMBARRIER_CMD_FLAG_CPU 1
#endif
#define MEMBARRIER_GET_REGISTRATIONS (1 << 9)
#define MEMBARRIER_RSEQ (MEMBARRIER_CMD_PRIVATE_EXPEDITED_RSEQ | MEMBARRIER_CMD_REGISTER_PRIVATE_EXPEDITED_RSEQ)

#define IDLE 0x80000000u
#define SLICE 4000000ull /* ns that a thread may keep a number for which somebody waits */
#define PART  1000000ull /* the same, when that one comes from a call, or waits longer than it should */
#define LOOK  1000000ull /* ns between looks of the first in the queue */

/* What a thread must do before it runs on. */
enum { YIELD = 1, MOVE = 2, RESTART = 4, PREEMPTED = 8 };

/* struct rseq and struct rseq_cs of the kernel's uapi/linux/rseq.h. */
enum { AREA_CPU_START = 0, AREA_CPU = 4, AREA_CS = 8, AREA_FLAGS = 16, AREA_NODE = 20, AREA_MM_CID = 24, AREA_SIZE = 32 };
#define FLAG_UNREGISTER 1
#define UNINITIALIZED ~0u
struct section { uint32_t version, flags; uint64_t start, length, abort; };

static struct slot {
    uint32_t word;
    struct guest_thread *owner; /* these two under the lock */
    uint64_t since;
} __attribute__((aligned(64))) slots[RSEQ_CPUS];
static unsigned nslots; /* so many were ever in a thread's affinity mask */
static pthread_mutex_t lock = PTHREAD_MUTEX_INITIALIZER;
static struct guest_thread *queue;
uint32_t rseq_waiting;

static void event(struct guest_thread *t, uint32_t what)
{
    __atomic_or_fetch(&t->rseq.events, what, __ATOMIC_SEQ_CST);
}

static uint64_t now(void)
{
    struct timespec ts;

    clock_gettime(CLOCK_MONOTONIC, &ts);
    return (uint64_t)ts.tv_sec * 1000000000 + (uint64_t)ts.tv_nsec;
}

/* ---- the numbers a thread may have ---- */

static bool may_have(const struct guest_thread *t, unsigned cpu)
{
    return t->rseq.allowed[cpu / 64] >> cpu % 64 & 1;
}

/* Of the calling thread: the host's affinity mask, so that it follows whoever changes that. */
static void read_affinity(struct guest_thread *t)
{
    unsigned highest = 0;

    memset(t->rseq.allowed, 0, sizeof t->rseq.allowed);
    if (host_syscall(SYS_sched_getaffinity, 0, sizeof t->rseq.allowed, t->rseq.allowed) <= 0)
        t->rseq.allowed[0] = ~0ull; /* more CPUs than we have numbers: some of these, then */
    for (unsigned i = 0; i < ARRAY_SIZE(t->rseq.allowed); i++)
        if (t->rseq.allowed[i])
            highest = 64 * i + 63 - (unsigned)__builtin_clzll(t->rseq.allowed[i]);
    for (unsigned n = nslots; highest >= n;)
        if (__atomic_compare_exchange_n(&nslots, &n, highest + 1, false, __ATOMIC_SEQ_CST, __ATOMIC_SEQ_CST))
            break;
}

/* ---- numbers change hands; under the lock ---- */

static bool is_running(uint32_t word)
{
    return word && !(word & IDLE);
}

static void own(struct guest_thread *t, unsigned cpu)
{
    slots[cpu].owner = t;
    slots[cpu].since = now();
    t->rseq.cpu = cpu;
    __atomic_and_fetch(&t->rseq.events, ~(uint32_t)YIELD, __ATOMIC_SEQ_CST);
    event(t, PREEMPTED);
}

/* Takes a number that is free, or whose owner is in a call. */
static bool take(struct guest_thread *t, unsigned cpu, bool idle_too)
{
    uint32_t word = __atomic_load_n(&slots[cpu].word, __ATOMIC_RELAXED);

    if (is_running(word) || (word && !idle_too) ||
        !__atomic_compare_exchange_n(&slots[cpu].word, &word, (uint32_t)t->tid, false, __ATOMIC_SEQ_CST, __ATOMIC_RELAXED))
        return false;
    own(t, cpu);
    return true;
}

/* The last one if it is free, else another free one, else one of an owner in a call. */
static bool take_any(struct guest_thread *t)
{
    for (int idle_too = 0; idle_too < 2; idle_too++)
        for (unsigned i = 0; i < nslots; i++) {
            unsigned cpu = (t->rseq.cpu + i) % nslots;

            if (may_have(t, cpu) && take(t, cpu, idle_too))
                return true;
        }
    return false;
}

/*
 * In the order in which they should run: who comes from a call, before those who have had their slice, but not before
 * those for whom that is long ago. Whom a signal had called out of the queue keeps its place.
 */
static void enqueue(struct guest_thread *t)
{
    struct guest_thread **p = &queue;

    if (!t->rseq.waited)
        t->rseq.due = MAX_(t->rseq.due, now());
    while (*p && (*p)->rseq.due <= t->rseq.due)
        p = &(*p)->rseq.next;
    t->rseq.next = *p;
    *p = t;
    __atomic_add_fetch(&rseq_waiting, 1, __ATOMIC_SEQ_CST);
}

static void dequeue(struct guest_thread *t)
{
    for (struct guest_thread **p = &queue; *p; p = &(*p)->rseq.next)
        if (*p == t) {
            *p = t->rseq.next;
            __atomic_sub_fetch(&rseq_waiting, 1, __ATOMIC_SEQ_CST);
            return;
        }
}

static struct guest_thread *first_for(unsigned cpu)
{
    struct guest_thread *t = queue;

    while (t && !may_have(t, cpu))
        t = t->rseq.next;
    return t;
}

/* It has a number now. */
static void end_wait(struct guest_thread *t)
{
    dequeue(t);
    __atomic_store_n(&t->rseq.granted, 1, __ATOMIC_SEQ_CST);
    host_syscall(SYS_futex, &t->rseq.granted, FUTEX_WAKE_PRIVATE, 1, NULL, NULL, 0);
}

/* Whatever is free or idle, to those who wait. */
static void serve(void)
{
    for (unsigned cpu = 0; queue && cpu < nslots; cpu++) {
        struct guest_thread *t = is_running(__atomic_load_n(&slots[cpu].word, __ATOMIC_RELAXED)) ? NULL : first_for(cpu);

        if (t && take(t, cpu, true))
            end_wait(t);
    }
}

/* The running caller's number goes to who waits for it; anyway: else it is free. */
static void pass_on(struct guest_thread *t, bool anyway)
{
    unsigned cpu = t->rseq.cpu;
    struct guest_thread *next = first_for(cpu);

    if (!next && !anyway)
        return;
    t->rseq.running = false;
    t->rseq.due = now() + 2 * SLICE * (rseq_waiting + 1); /* twice as long as the others need, or so */
    __atomic_store_n(&slots[cpu].word, next ? (uint32_t)next->tid : 0, __ATOMIC_SEQ_CST);
    if (!next)
        return;
    own(next, cpu);
    end_wait(next);
}

/* Asks the thread that has run longest on a number somebody waits for, if that is long enough. */
static void ask(void)
{
    uint64_t time = now(), enough = queue->rseq.due <= time ? PART : SLICE;
    unsigned asked = 0;
    struct slot *oldest = NULL;

    for (struct slot *s = slots; s < slots + nslots; s++) {
        if (!is_running(__atomic_load_n(&s->word, __ATOMIC_RELAXED)))
            continue;
        if (s->owner->rseq.events & YIELD)
            asked++;
        else if (time - s->since >= enough && (!oldest || s->since < oldest->since) && first_for((unsigned)(s - slots)))
            oldest = s;
    }
    if (!oldest || asked >= rseq_waiting)
        return;
    event(oldest->owner, YIELD);
    vcpu_kick(oldest->owner->cpu);
}

/* ---- a thread waits ---- */

/* The first looks around often; the second in case the first was served and nothing has happened since; and so on. */
static struct timespec patience(const struct guest_thread *t)
{
    uint64_t ns = LOOK;

    for (const struct guest_thread *p = queue; p && p != t; p = p->rseq.next)
        ns += SLICE;
    return (struct timespec){(time_t)(ns / 1000000000), (long)(ns % 1000000000)};
}

/* Under the lock, which it lets go. */
static void sleep_a_while(struct guest_thread *t)
{
    struct timespec ts = patience(t);

    pthread_mutex_unlock(&lock);
    safe_syscall_window(&t->signal_pending, SYS_futex, (long)&t->rseq.granted, FUTEX_WAIT_PRIVATE, 0, (long)&ts, 0, 0);
    pthread_mutex_lock(&lock);
}

/* False: there is a signal to be looked at first. */
static bool acquire(struct guest_thread *t)
{
    bool ok;

    read_affinity(t);
    pthread_mutex_lock(&lock);
    serve(); /* not past those who wait already */
    ok = take_any(t);
    if (!ok) {
        t->rseq.granted = 0;
        enqueue(t);
        while (!t->rseq.granted && !t->signal_pending) {
            ask();
            sleep_a_while(t);
            if (t->rseq.events & MOVE)
                read_affinity(t);
            serve();
        }
        ok = t->rseq.granted;
        if (!ok)
            dequeue(t);
    }
    t->rseq.waited = !ok;
    pthread_mutex_unlock(&lock);
    return ok;
}

/* ---- the guest's side ---- */

/* The section described at that address; false: one that the kernel would not have. */
static bool read_section(struct guest_thread *t, uint64_t at, struct section *s)
{
    uint64_t signature;

    if (at >= abi->task_size || !copy_from_guest(s, at, sizeof *s))
        return false;
    s->start = order64(s->start);
    s->length = order64(s->length);
    s->abort = order64(s->abort);
    return !s->version && s->start < abi->task_size && s->start + s->length < abi->task_size && s->start + s->length >= s->start &&
           s->abort < abi->task_size && s->abort - s->start >= s->length && guest_get(s->abort - 4, 4, &signature) &&
           signature == t->rseq.signature;
}

static bool wants_no_restart(struct guest_thread *t, const struct section *s)
{
    uint64_t flags;

    return s->flags || !guest_get(t->rseq.area + AREA_FLAGS, 4, &flags) || flags; /* deprecated, all of them */
}

bool rseq_abort_section(struct guest_thread *t)
{
    struct section s;
    uint64_t at;

    if (!guest_get(t->rseq.area + AREA_CS, 8, &at))
        return false;
    if (!at)
        return true;
    if (!read_section(t, at, &s))
        return false;
    if (guest_pc(t) - s.start >= s.length) /* it has left the section */
        return guest_put(t->rseq.area + AREA_CS, 8, 0);
    if (wants_no_restart(t, &s) || !guest_put(t->rseq.area + AREA_CS, 8, 0))
        return false;
    abi->jump(t, s.abort);
    return true;
}

static bool write_numbers(uint64_t area, uint32_t cpu_start, uint32_t cpu, uint32_t mm_cid)
{
    return guest_put(area + AREA_CPU_START, 4, cpu_start) && guest_put(area + AREA_CPU, 4, cpu) &&
           guest_put(area + AREA_NODE, 4, 0) && guest_put(area + AREA_MM_CID, 4, mm_cid);
}

/* ---- running ---- */

void rseq_pause(struct guest_thread *t)
{
    if (!t->rseq.running)
        return;
    t->rseq.running = false;
    __atomic_store_n(&slots[t->rseq.cpu].word, (uint32_t)t->tid | IDLE, __ATOMIC_RELEASE);
}

/* Gets a number: mostly that which it had before the call. */
static bool own_again(struct guest_thread *t)
{
    uint32_t idle = (uint32_t)t->tid | IDLE;

    if (!__atomic_compare_exchange_n(&slots[t->rseq.cpu].word, &idle, (uint32_t)t->tid, false, __ATOMIC_SEQ_CST, __ATOMIC_RELAXED)) {
        if (!acquire(t))
            return false;
        t->rseq.running = true;
        if (debug_gdb_on) { /* the debugger may have stopped everybody meanwhile */
            rseq_pause(t);
            return false;
        }
    }
    return t->rseq.running = true;
}

static void give_up_what_is_wanted(struct guest_thread *t, uint32_t events)
{
    bool leave = false;

    if (events & MOVE) {
        read_affinity(t);
        leave = !may_have(t, t->rseq.cpu);
    }
    if (!leave && !(events & YIELD))
        return;
    pthread_mutex_lock(&lock);
    pass_on(t, leave);
    pthread_mutex_unlock(&lock);
}

bool rseq_resume(struct guest_thread *t)
{
    while (!t->rseq.running || t->rseq.events) {
        uint32_t events;

        if (!t->rseq.running && !own_again(t))
            return false;
        events = __atomic_exchange_n(&t->rseq.events, 0, __ATOMIC_SEQ_CST);
        if (events & (MOVE | YIELD))
            give_up_what_is_wanted(t, events);
        if (!t->rseq.running || !(events & (RESTART | PREEMPTED)))
            continue; /* a new number comes with its own PREEMPTED */
        if (!rseq_abort_section(t) || !write_numbers(t->rseq.area, t->rseq.cpu, t->rseq.cpu, t->rseq.cpu)) {
            signal_force(t, SIGSEGV, SI_KERNEL, 0);
            return false;
        }
    }
    return true;
}

/* These seldom sleep, so the number is worth keeping; if one does, the first in the queue will find it idle. */
static bool ends_soon(long host_nr)
{
    switch (host_nr) {
    case SYS_write: case SYS_writev: case SYS_pwrite64: case SYS_pwritev: case SYS_pwritev2: case SYS_pread64: case SYS_preadv:
    case SYS_preadv2: case SYS_openat: case SYS_openat2: case SYS_ioctl: case SYS_sendto: case SYS_sendmsg:
        return true;
    default:
        return false;
    }
}

void rseq_block(struct guest_thread *t, long host_nr)
{
    struct guest_thread *next;

    if (!t->rseq.area || t->rseq.running || ends_soon(host_nr))
        return;
    pthread_mutex_lock(&lock);
    next = first_for(t->rseq.cpu);
    if (next && __atomic_load_n(&slots[t->rseq.cpu].word, __ATOMIC_RELAXED) == ((uint32_t)t->tid | IDLE) && take(next, t->rseq.cpu, true))
        end_wait(next);
    pthread_mutex_unlock(&lock);
}

void rseq_drop(struct guest_thread *t)
{
    uint32_t idle = (uint32_t)t->tid | IDLE;

    if (!t->rseq.area)
        return;
    pthread_mutex_lock(&lock);
    if (t->rseq.running)
        pass_on(t, true);
    else
        __atomic_compare_exchange_n(&slots[t->rseq.cpu].word, &idle, 0, false, __ATOMIC_SEQ_CST, __ATOMIC_RELAXED);
    serve();
    pthread_mutex_unlock(&lock);
    t->rseq = (struct rseq_thread){0};
}

/* Nobody else is here: the numbers are free but for our own. */
void rseq_forked(struct guest_thread *t)
{
    pthread_mutex_init(&lock, NULL);
    memset(slots, 0, nslots * sizeof *slots);
    queue = NULL;
    rseq_waiting = 0;
    t->rseq.events = 0;
    if (t->rseq.area) {
        slots[t->rseq.cpu].word = (uint32_t)t->tid | (t->rseq.running ? 0 : IDLE);
        own(t, t->rseq.cpu);
    }
}

/* ---- system calls ---- */

static bool is_laid_out_well(uint64_t area, uint32_t length)
{
    return length >= AREA_SIZE && area % AREA_SIZE == 0;
}

static long unregister(struct guest_thread *t, uint64_t area, uint32_t length, uint32_t signature)
{
    if (!t->rseq.area || t->rseq.area != area || t->rseq.length != length)
        return -EINVAL;
    if (t->rseq.signature != signature)
        return -EPERM;
    if (!write_numbers(area, 0, UNINITIALIZED, 0))
        return -EFAULT;
    rseq_drop(t);
    return 0;
}

static long already_registered(const struct guest_thread *t, uint64_t area, uint32_t length, uint32_t signature)
{
    if (t->rseq.area != area || t->rseq.length != length)
        return -EINVAL;
    return t->rseq.signature != signature ? -EPERM : -EBUSY;
}

/*
 * rseq(area, length, flags, signature). A child that shares our memory and is a
 * process of its own gets none: it may be killed while it owns a number.
 */
long sys_rseq(struct guest_thread *t, const uint64_t *a)
{
    uint64_t area = a[0];
    uint32_t length = (uint32_t)a[1], flags = (uint32_t)a[2], signature = (uint32_t)a[3];

    if (flags == FLAG_UNREGISTER)
        return unregister(t, area, length, signature);
    if (flags)
        return -EINVAL;
    if (t->rseq.area)
        return already_registered(t, area, length, signature);
    if (!is_laid_out_well(area, length))
        return -EINVAL;
    if (t->own_process)
        return -ENOSYS;
    if (!area || (area & guest_address_mask) >= abi->task_size || length > abi->task_size - (area & guest_address_mask) ||
        !guest_put(area + AREA_CS, 8, 0))
        return -EFAULT;
    t->rseq = (struct rseq_thread){.area = area, .length = length, .signature = signature, .cpu = (unsigned)MAX_(sched_getcpu(), 0) % RSEQ_CPUS};
    return 0;
}

/* What the area says, where there is one. */
HANDLER(sys_getcpu)
{
    unsigned *cpu = a[0].ptr, *node = a[1].ptr;

    if (!t->rseq.area)
        return host_syscall(SYS_getcpu, cpu, node);
    if (cpu)
        *cpu = t->rseq.cpu;
    if (node)
        *node = 0;
    return 0;
}

long sys_sched_yield(struct guest_thread *t, const uint64_t *a)
{
    if (rseq_waiting)
        rseq_block(t, SYS_sched_yield);
    return host_syscall(SYS_sched_yield);
}

/* Has this process a thread tid? threads_lock is held. */
static struct guest_thread *thread_of(pid_t tid)
{
    struct guest_thread *t = guest.threads;

    while (t && t->tid != tid)
        t = t->next;
    return t;
}

void rseq_affinity_changed(struct guest_thread *self, pid_t tid)
{
    struct guest_thread *t;

    pthread_mutex_lock(&guest.threads_lock);
    t = tid ? thread_of(tid) : self;
    if (t) {
        event(t, MOVE);
        if (t != self)
            vcpu_kick(t->cpu);
    }
    pthread_mutex_unlock(&guest.threads_lock);
}

/* ---- membarrier ---- */

/* Until who runs on that number has seen our flag; who comes later has lost it meanwhile, or comes from a call. */
static void restart_on(const struct guest_thread *self, const struct slot *s)
{
    uint32_t word = __atomic_load_n(&s->word, __ATOMIC_SEQ_CST);
    struct guest_thread *t = is_running(word) ? thread_of((pid_t)word) : NULL;

    if (!t || t == self)
        return;
    event(t, RESTART);
    vcpu_kick(t->cpu);
    while (__atomic_load_n(&s->word, __ATOMIC_SEQ_CST) == word && __atomic_load_n(&t->rseq.events, __ATOMIC_SEQ_CST) & RESTART)
        sched_yield();
}

static void restart_others(const struct guest_thread *self, int cpu)
{
    pthread_mutex_lock(&guest.threads_lock);
    for (unsigned i = 0; i < nslots; i++)
        if (cpu < 0 || (unsigned)cpu == i)
            restart_on(self, &slots[i]);
    pthread_mutex_unlock(&guest.threads_lock);
    host_syscall(SYS_membarrier, MEMBARRIER_CMD_PRIVATE_EXPEDITED, 0, 0);
}

HANDLER(sys_membarrier)
{
    static bool registered; /* a forked child is, too */
    unsigned flags = (unsigned)a[1].u;
    long result;

    switch ((int)a[0].n) {
    case MEMBARRIER_CMD_REGISTER_PRIVATE_EXPEDITED_RSEQ:
        if (flags)
            return -EINVAL;
        result = host_syscall(SYS_membarrier, MEMBARRIER_CMD_REGISTER_PRIVATE_EXPEDITED, 0, 0);
        registered |= !result;
        return result;
    case MEMBARRIER_CMD_PRIVATE_EXPEDITED_RSEQ:
        if (flags & ~(unsigned)MEMBARRIER_CMD_FLAG_CPU)
            return -EINVAL;
        if (!registered)
            return -EPERM;
        restart_others(t, flags ? (int)a[2].n : -1);
        return 0;
    case MEMBARRIER_CMD_QUERY:
        result = host_syscall(SYS_membarrier, MEMBARRIER_CMD_QUERY, flags, 0);
        return result < 0 ? result : result | MEMBARRIER_RSEQ;
    case MEMBARRIER_GET_REGISTRATIONS:
        result = host_syscall(SYS_membarrier, MEMBARRIER_GET_REGISTRATIONS, flags, 0);
        return result < 0 || !registered ? result : result | MEMBARRIER_CMD_REGISTER_PRIVATE_EXPEDITED_RSEQ;
    default:
        return host_syscall(SYS_membarrier, a[0].n, flags, a[2].n);
    }
}

/*
 * thread.c: guest threads and processes are made and end here. A guest thread
 * is a host thread; a guest process is a host process.
 *
 *   CLONE_THREAD        a POSIX thread of ours
 *   CLONE_VM, no thread a process that shares our memory (vfork, posix_spawn): it runs on a stack of its own and
 *                       borrows the C library's thread block of the thread that started it, which therefore
 *                       stands still until the child is gone; without CLONE_VFORK a thread is made to stand still
 *   otherwise           fork
 */
#include "debug/debug.h"
#include "linux-user/internal.h"
#include "linux-user/syscall.h"
#include "linux-user/types.h"

#include <limits.h>
#include <linux/futex.h>
#include <sched.h>
#include <stdlib.h>
#include <sys/mman.h>
#include <sys/prctl.h>
#include <sys/resource.h>
#include <sys/syscall.h>
#include <sys/wait.h>
#include <unistd.h>

#ifndef CLONE_PIDFD
#define CLONE_PIDFD 0x1000
#endif
#define HOST_STACK (512u << 10)
#define CLONE_ARGS_SIZE_V0 64
#define CSIGNAL_MASK 0xff
#define CLEAR_SIGHAND (1ull << 32) /* of clone3 */
#define GLIBC_SETXID 33

__thread struct guest_thread *self_thread;

struct request {
    uint64_t flags, exit_signal, stack, parent_tid, child_tid, tls, pidfd, set_tid, set_tid_size, cgroup;
};

/* ---- a thread's beginning ---- */

struct guest_thread *thread_new(struct vcpu *cpu)
{
    struct guest_thread *t = calloc(1, sizeof *t);

    if (!t)
        return NULL;
    t->cpu = cpu;
    t->syscall_nr = -1;
    cpu->owner = t;
    return t;
}

static void thread_free(struct guest_thread *t)
{
    sighand_drop(t->sighand);
    vcpu_free(t->cpu);
    free(t->queue);
    free(t->exec_memory);
    free(t);
}

static void enlist(struct guest_thread *t)
{
    pthread_mutex_lock(&guest.threads_lock);
    t->next = guest.threads;
    guest.threads = t;
    guest.nthreads++;
    pthread_mutex_unlock(&guest.threads_lock);
}

/* Returns how many are left. */
static unsigned delist(struct guest_thread *t)
{
    unsigned left;

    pthread_mutex_lock(&guest.threads_lock);
    for (struct guest_thread **p = &guest.threads; *p; p = &(*p)->next)
        if (*p == t) {
            *p = t->next;
            break;
        }
    left = --guest.nthreads;
    pthread_mutex_unlock(&guest.threads_lock);
    return left;
}

void thread_begin(struct guest_thread *t)
{
    self_thread = t;
    t->tid = (pid_t)host_syscall(SYS_gettid);
    t->pid = (pid_t)host_syscall(SYS_getpid);
    vcpu_attach(t->cpu);
    if (t->own_process)
        return; /* a process in our memory: it has the C library's thread of its parent, whose entries must stay */
    enlist(t);
    debug_thread_begin(t->cpu);
}

/* A copy of t as the child of clone has it; runs nowhere yet. */
static struct guest_thread *thread_copy(struct guest_thread *t, const struct request *r)
{
    struct guest_thread *child = thread_new(vcpu_clone(t->cpu));

    if (!child)
        return NULL;
    memcpy(child->scratch, t->scratch, sizeof child->scratch);
    child->mask = t->mask;
    child->host_mask = t->host_mask;
    if ((r->flags & (CLONE_VM | CLONE_VFORK)) != CLONE_VM)
        child->altstack = t->altstack;
    if (r->flags & CLONE_SIGHAND) {
        child->sighand = t->sighand;
        __atomic_add_fetch(&t->sighand->users, 1, __ATOMIC_ACQ_REL);
    } else {
        child->sighand = sighand_copy(t->sighand);
    }
    abi->clone_child(child, r->stack);
    if (r->flags & CLONE_SETTLS)
        guest_set_tls(child, r->tls);
    if (r->flags & CLONE_CHILD_CLEARTID)
        child->clear_child_tid = r->child_tid;
    return child;
}

/* ---- CLONE_THREAD ---- */

struct start { struct guest_thread *t; const struct request *r; pid_t tid; volatile uint32_t ready; };

static void wake(volatile uint32_t *word)
{
    __atomic_store_n(word, 1, __ATOMIC_RELEASE);
    host_syscall(SYS_futex, word, FUTEX_WAKE_PRIVATE, 1, NULL, NULL, 0);
}

static void wait_for(volatile uint32_t *word)
{
    while (!__atomic_load_n(word, __ATOMIC_ACQUIRE))
        host_syscall(SYS_futex, word, FUTEX_WAIT_PRIVATE, 0, NULL, NULL, 0);
}

static void *thread_main(void *arg)
{
    struct start *s = arg;
    struct guest_thread *t = s->t;
    const struct request *r = s->r;

    thread_begin(t);
    if (!(r->flags & CLONE_FS))
        unshare(CLONE_FS);
    if (!(r->flags & CLONE_FILES))
        unshare(CLONE_FILES);
    if (r->flags & CLONE_CHILD_SETTID)
        guest_put(r->child_tid, 4, (uint32_t)t->tid);
    if (r->flags & CLONE_PARENT_SETTID)
        guest_put(r->parent_tid, 4, (uint32_t)t->tid);
    s->tid = t->tid;
    wake(&s->ready); /* s is gone from here on */
    signals_unblock_host(t);
    cpu_loop(t);
    self_thread = NULL; /* signals stay blocked from here on */
    thread_free(t);
    return NULL;
}

/* glibc takes a signal for itself when the first thread is made; the guest's glibc wants it too. */
static void reclaim_signals(struct guest_thread *t)
{
    static bool done;

    if (!done)
        signal_reinstall(t, GLIBC_SETXID);
    done = true;
}

static long new_thread(struct guest_thread *t, const struct request *r)
{
    struct start s = {.r = r};
    pthread_attr_t attr;
    pthread_t id;
    int error;

    s.t = thread_copy(t, r);
    if (!s.t)
        return -ENOMEM;
    pthread_attr_init(&attr);
    pthread_attr_setstacksize(&attr, HOST_STACK);
    pthread_attr_setdetachstate(&attr, PTHREAD_CREATE_DETACHED);
    signals_block_host();
    error = pthread_create(&id, &attr, thread_main, &s);
    pthread_attr_destroy(&attr);
    reclaim_signals(t);
    if (!error) {
        wait_for(&s.ready); /* the thread may have ended already */
    } else {
        thread_free(s.t);
    }
    signals_unblock_host(t);
    return error ? -EAGAIN : s.tid;
}

/* ---- CLONE_VM: a process in our memory ---- */

struct vm_child { struct guest_thread *t; const struct request *r; long pid; volatile uint32_t ready; int flags; struct guest_thread *parent; };

static int vm_child_main(void *arg)
{
    struct vm_child *c = arg;
    struct guest_thread *t = c->t;

    thread_begin(t);
    if (c->r->flags & CLEAR_SIGHAND)
        signals_reset_handlers(t);
    if (c->r->flags & CLONE_CHILD_SETTID)
        guest_put(c->r->child_tid, 4, (uint32_t)t->tid);
    c->pid = t->pid;
    if (!(c->r->flags & CLONE_VFORK))
        wake(&c->ready);
    signals_unblock_host(t);
    cpu_loop(t);
    bug("a process ended as a thread");
}

/* Starts the child and stands still until it is gone from our memory. Signals are blocked. */
static long run_vm_child(struct vm_child *c)
{
    void *stack = mmap(NULL, HOST_STACK, PROT_READ | PROT_WRITE, MAP_PRIVATE | MAP_ANONYMOUS | MAP_STACK | MAP_NORESERVE, -1, 0);
    long pid = -ENOMEM;

    if (stack != MAP_FAILED) {
        pid = clone(vm_child_main, (char *)stack + HOST_STACK, c->flags, c);
        if (pid < 0)
            pid = -errno;
        munmap(stack, HOST_STACK);
    }
    if (pid < 0) {
        c->pid = pid;
        wake(&c->ready);
    }
    return pid;
}

static void *donor_main(void *arg)
{
    struct vm_child *c = arg;
    struct guest_thread *t = c->t;

    run_vm_child(c);
    thread_free(t);
    return NULL;
}

static long new_vm_process(struct guest_thread *t, const struct request *r)
{
    const uint64_t passed = CLONE_FS | CLONE_FILES | CLONE_PARENT | CLONE_SYSVSEM | CLONE_IO | CLONE_NEWNS | CLONE_NEWUTS |
                            CLONE_NEWIPC | CLONE_NEWUSER | CLONE_NEWPID | CLONE_NEWNET | CLONE_NEWCGROUP;
    struct vm_child c = {.r = r, .parent = t};
    long pid;

    c.flags = (int)((r->flags & passed) | CLONE_VM | CLONE_VFORK | (r->exit_signal & CSIGNAL_MASK));
    c.t = thread_copy(t, r);
    if (!c.t)
        return -ENOMEM;
    c.t->own_process = true;
    rseq_pause(t);
    signals_block_host();
    if (r->flags & CLONE_VFORK) {
        pid = run_vm_child(&c);
        self_thread = t;
        vcpu_attach(t->cpu);
        thread_free(c.t);
    } else {
        pthread_t id;
        pthread_attr_t attr;

        pthread_attr_init(&attr);
        pthread_attr_setdetachstate(&attr, PTHREAD_CREATE_DETACHED);
        pid = -pthread_create(&id, &attr, donor_main, &c);
        pthread_attr_destroy(&attr);
        reclaim_signals(t);
        if (!pid) {
            wait_for(&c.ready);
            pid = c.pid;
        } else {
            thread_free(c.t);
        }
    }
    signals_unblock_host(t);
    return pid;
}

/* ---- fork ---- */

static void become_child(struct guest_thread *t, const struct request *r)
{
    t->pid = (pid_t)host_syscall(SYS_getpid);
    t->tid = (pid_t)host_syscall(SYS_gettid);
    guest.threads = t;
    guest.nthreads = 1;
    t->next = NULL;
    t->own_process = false;
    signals_clear(t);
    rseq_forked(t);
    t->robust_list = 0;
    t->clear_child_tid = r->flags & CLONE_CHILD_CLEARTID ? r->child_tid : 0;
    if (r->flags & CLONE_CHILD_SETTID)
        guest_put(r->child_tid, 4, (uint32_t)t->tid);
    abi->clone_child(t, r->stack);
    if (r->flags & CLONE_SETTLS)
        guest_set_tls(t, r->tls);
    if (r->flags & CLEAR_SIGHAND)
        signals_reset_handlers(t);
    debug_forked_child();
}

/* glibc's fork() mends its own locks; only it cannot do namespaces and the like. */
static long host_fork(const struct request *r)
{
    uint64_t plain = CLEAR_SIGHAND | CLONE_CHILD_SETTID | CLONE_CHILD_CLEARTID | CLONE_PARENT_SETTID | CLONE_SETTLS | CLONE_PIDFD | CLONE_SYSVSEM | CLONE_VFORK;
    uint64_t flags = r->flags & ~plain;
    long pid;

    if (!flags && r->exit_signal == SIGCHLD) {
        pid = fork();
        return pid < 0 ? -errno : pid;
    }
    return host_syscall(SYS_clone, flags | (r->exit_signal & CSIGNAL_MASK), NULL, NULL, NULL, NULL);
}

static long new_process(struct guest_thread *t, const struct request *r)
{
    long pid;

    signals_block_host();
    pthread_mutex_lock(&mmap_lock);
    pthread_mutex_lock(&guest.threads_lock);
    pthread_mutex_lock(&t->sighand->lock);
    syscalls_before_fork();
    runtime_before_fork();
    pid = host_fork(r);
    runtime_after_fork(pid == 0);
    syscalls_after_fork();
    pthread_mutex_unlock(&t->sighand->lock);
    pthread_mutex_unlock(&guest.threads_lock);
    pthread_mutex_unlock(&mmap_lock);
    if (!pid)
        become_child(t, r);
    signals_unblock_host(t);
    return pid;
}

/* ---- the system calls ---- */

static bool flags_make_sense(uint64_t f)
{
    return !(f & CLONE_THREAD && !(f & CLONE_SIGHAND)) && !(f & CLONE_SIGHAND && !(f & CLONE_VM)) &&
           !(f & CLONE_FS && f & (CLONE_NEWNS | CLONE_NEWUSER)) && !(f & CLONE_THREAD && f & (CLONE_NEWUSER | CLONE_NEWPID)) &&
           !(f & CLONE_PIDFD && f & CLONE_THREAD) && !(f & CLEAR_SIGHAND && f & CLONE_SIGHAND);
}

static long put_pidfd(const struct request *r, long pid)
{
    long fd;

    if (pid <= 0 || !(r->flags & CLONE_PIDFD))
        return pid;
    fd = host_syscall(SYS_pidfd_open, pid, 0);
    guest_put(r->pidfd, 4, (uint32_t)fd);
    return pid;
}

static long do_clone(struct guest_thread *t, const struct request *r)
{
    long pid;

    if (!flags_make_sense(r->flags))
        return -EINVAL;
    if (r->flags & CLONE_THREAD)
        return new_thread(t, r);
    pid = r->flags & CLONE_VM ? new_vm_process(t, r) : new_process(t, r);
    if (pid > 0 && r->flags & CLONE_PARENT_SETTID)
        guest_put(r->parent_tid, 4, (uint32_t)pid);
    return put_pidfd(r, pid);
}

/* Argument order of CONFIG_CLONE_BACKWARDS (ARM, AArch64, MIPS, PowerPC): tls before child_tid. */
long sys_clone(struct guest_thread *t, const uint64_t *a)
{
    struct request r = {
        .flags = a[0] & ~(uint64_t)CSIGNAL_MASK & 0xffffffff, .exit_signal = a[0] & CSIGNAL_MASK, .stack = a[1],
        .parent_tid = a[2], .tls = a[3], .child_tid = a[4], .pidfd = a[2],
    };

    return do_clone(t, &r);
}

long sys_clone3(struct guest_thread *t, const uint64_t *a)
{
    uint64_t raw[11] = {0};
    struct request r;

    if (a[1] < CLONE_ARGS_SIZE_V0)
        return -EINVAL;
    if (a[1] > sizeof raw)
        return -E2BIG;
    if (!copy_from_guest(raw, a[0], a[1]))
        return -EFAULT;
    for (unsigned i = 0; i < ARRAY_SIZE(raw); i++)
        raw[i] = order64(raw[i]);
    r = (struct request){
        .flags = raw[0], .pidfd = raw[1], .child_tid = raw[2], .parent_tid = raw[3], .exit_signal = raw[4],
        .stack = raw[5] ? raw[5] + raw[6] : 0, .tls = raw[7], .set_tid = raw[8], .set_tid_size = raw[9], .cgroup = raw[10],
    };
    if (r.exit_signal > NSIG_GUEST || r.flags & CSIGNAL_MASK || (r.flags & CLONE_THREAD && r.exit_signal) || !raw[5] != !raw[6])
        return -EINVAL;
    if (r.set_tid_size || r.flags >> 32 & 2) {
        log_print(LOG_unimp, "clone3: set_tid and CLONE_INTO_CGROUP are not supported\n");
        return -ENOSYS;
    }
    return do_clone(t, &r);
}

long sys_fork(struct guest_thread *t, const uint64_t *a)
{
    struct request r = {.exit_signal = SIGCHLD};

    return do_clone(t, &r);
}

long sys_vfork(struct guest_thread *t, const uint64_t *a)
{
    struct request r = {.flags = CLONE_VM | CLONE_VFORK, .exit_signal = SIGCHLD};

    return do_clone(t, &r);
}

long sys_set_tid_address(struct guest_thread *t, const uint64_t *a)
{
    t->clear_child_tid = a[0];
    return t->tid;
}

long sys_gettid(struct guest_thread *t, const uint64_t *a)
{
    return t->tid;
}

/* A process keeps its number: no need to ask the host. */
long sys_getpid(struct guest_thread *t, const uint64_t *a)
{
    return t->pid;
}

/* ---- the end ---- */

static void leave_guest_memory(struct guest_thread *t)
{
    robust_list_exit(t);
    if (t->clear_child_tid) {
        guest_put(t->clear_child_tid, 4, 0);
        host_syscall(SYS_futex, g2h(t->clear_child_tid), FUTEX_WAKE, INT_MAX, NULL, NULL, 0);
    }
}

/* The first thread's host thread cannot return: it ends alone, the process lives on until the last one ends. */
long sys_exit(struct guest_thread *t, const uint64_t *a)
{
    leave_guest_memory(t);
    rseq_drop(t);
    if (t->own_process)
        process_exit(t, (int)a[0]);
    if (options.gdb)
        debug_thread_end(t->cpu);
    signals_block_host();
    if (delist(t) == 0)
        process_end(t);
    if (t->tid == t->pid)
        host_syscall(SYS_exit, (int)a[0]);
    t->exiting = true;
    return -ESIGRETURN;
}

long sys_exit_group(struct guest_thread *t, const uint64_t *a)
{
    process_exit(t, (int)a[0]);
}

/* ---- wait ---- */

static long wait_result(long result)
{
    return result == -ERESTARTSYS ? -ERESTARTNOINTR : result == -EINTR ? -ERESTARTSYS : result;
}

static bool put_rusage(uint64_t addr, const struct rusage *r)
{
    struct k_rusage k;

    _Static_assert(sizeof(struct k_rusage) == sizeof(struct rusage), "rusage is all longs on the host");
    memcpy(&k, r, sizeof k);
    return !addr || struct_to_guest(T_rusage, addr, &k);
}

long sys_wait4(struct guest_thread *t, const uint64_t *a)
{
    int status = 0;
    struct rusage usage;
    long pid = safe_syscall(SYS_wait4, (int)a[0], &status, (int)a[2], &usage);

    if (pid <= 0)
        return wait_result(pid);
    if ((a[1] && !guest_put(a[1], 4, (uint32_t)status)) || !put_rusage(a[3], &usage))
        return -EFAULT;
    return pid;
}

long sys_waitid(struct guest_thread *t, const uint64_t *a)
{
    siginfo_t info = {0};
    struct rusage usage = {0};
    uint8_t raw[128];
    long result = safe_syscall(SYS_waitid, (int)a[0], (int)a[1], &info, (int)a[3], &usage);

    if (result < 0)
        return wait_result(result);
    siginfo_to_guest(raw, &info);
    if ((a[2] && !copy_to_guest(a[2], raw, sizeof raw)) || !put_rusage(a[4], &usage))
        return -EFAULT;
    return result;
}

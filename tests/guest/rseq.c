/*
 * rseq.c: restartable sequences. Per-CPU data is changed without atomic
 * accesses by many more threads than there are CPUs, and nothing gets lost;
 * what ends a section sends it to its abort address; and all of rseq(2)'s and
 * membarrier(2)'s rules.
 */
#include "linux-user/check.h"
#include "guest/rseq_sections.h"

#include <linux/membarrier.h>
#include <pthread.h>
#include <sched.h>
#include <signal.h>
#include <stdbool.h>
#include <sys/mman.h>
#include <sys/wait.h>
#include <ucontext.h>

enum { THREADS = 12, ADDS = 12000, NODES = 40, MOVES = 3000, ROUNDS = 60, CPUS = 1024, LENGTH = 32, UNREGISTER = 1 };
enum { RSEQ_BARRIER = 1 << 7, REGISTER_RSEQ_BARRIER = 1 << 8, ON_ONE_CPU = 1 };

static struct area *own_area(void)
{
    return (struct area *)((char *)__builtin_thread_pointer() + __rseq_offset);
}

static long rseq(void *area, uint32_t length, int flags, uint32_t signature)
{
    return syscall(SYS_rseq, area, length, flags, signature);
}

static long membarrier(int command, unsigned flags, int cpu)
{
    return syscall(SYS_membarrier, command, flags, cpu);
}

static void on_threads(unsigned n, void *(*work)(void *))
{
    pthread_t t[THREADS];

    for (unsigned i = 0; i < n; i++)
        if (pthread_create(&t[i], NULL, work, (void *)(uintptr_t)i))
            perror("pthread_create"), exit(2);
    for (unsigned i = 0; i < n; i++)
        pthread_join(t[i], NULL);
}

/* ---- the C library's registration ---- */

static void registered_by_the_library(void)
{
    struct area *a = own_area();
    unsigned cpu = ~0u, node = ~0u;

    CHECK(__rseq_size == LENGTH);
    CHECK(a->cpu_id < CPUS && a->cpu_id == a->cpu_id_start && a->node_id == 0 && a->mm_cid == a->cpu_id);
    CHECK((unsigned)sched_getcpu() == a->cpu_id);
    CHECK(syscall(SYS_getcpu, &cpu, &node, NULL) == 0 && cpu == a->cpu_id && node == 0);
    CHECK(syscall(SYS_getcpu, NULL, NULL, NULL) == 0);
}

/* ---- nothing gets lost ---- */

static struct { uint32_t count; struct node *head; } per_cpu[CPUS] __attribute__((aligned(64)));
static unsigned aborted;

static void *count(void *arg)
{
    struct area *a = own_area();

    for (unsigned i = 0; i < ADDS;) {
        uint32_t cpu = *(volatile uint32_t *)&a->cpu_id_start;
        int how = section_add(a, &per_cpu[cpu].count, cpu);

        i += how == COMMITTED;
        if (how == ABORTED)
            __atomic_add_fetch(&aborted, 1, __ATOMIC_RELAXED);
        if ((uintptr_t)arg % 3 == 1 && i % 200 == 199) /* the others run until somebody asks for their number */
            sched_yield();
    }
    return NULL;
}

static void counters(void)
{
    unsigned sum = 0;

    on_threads(THREADS, count);
    for (unsigned i = 0; i < CPUS; i++)
        sum += per_cpu[i].count;
    CHECK(sum == THREADS * ADDS);
}

static void push(struct node *n)
{
    struct area *a = own_area();
    uint32_t cpu;

    do
        cpu = *(volatile uint32_t *)&a->cpu_id_start;
    while (section_push(a, &per_cpu[cpu].head, cpu, n) != COMMITTED);
}

static struct node *pop(void)
{
    struct area *a = own_area();
    struct node *n;
    uint32_t cpu;

    do
        cpu = *(volatile uint32_t *)&a->cpu_id_start;
    while (section_pop(a, &per_cpu[cpu].head, cpu, &n) != COMMITTED);
    return n;
}

static void *move_nodes(void *arg)
{
    for (unsigned i = 0; i < MOVES; i++) {
        struct node *n = pop(), *m = pop();

        if (n)
            n->value++, push(n);
        if ((uintptr_t)arg % 3 == 1 && i % 100 == 99)
            sched_yield();
        if (m)
            m->value++, push(m);
    }
    return NULL;
}

static void lists(void)
{
    static struct node nodes[NODES];
    bool seen[NODES] = {false};
    unsigned found = 0;

    for (unsigned i = 0; i < NODES; i++)
        push(&nodes[i]);
    on_threads(THREADS, move_nodes);
    for (unsigned cpu = 0; cpu < CPUS; cpu++)
        for (struct node *n = per_cpu[cpu].head; n && found <= NODES; n = n->next) {
            CHECK(!seen[n - nodes]);
            seen[n - nodes] = true;
            found++;
        }
    CHECK(found == NODES);
}

/* ---- what ends a section ---- */

static uint32_t spinning, handled;
static uint64_t handler_pc, handler_cs;

static uint64_t frame_pc(const ucontext_t *uc)
{
#ifdef __aarch64__
    return uc->uc_mcontext.pc;
#else
    return uc->uc_mcontext.arm_pc;
#endif
}

static void on_signal(int sig, siginfo_t *info, void *context)
{
    handler_pc = frame_pc(context);
    handler_cs = own_area()->rseq_cs;
    __atomic_add_fetch(&handled, 1, __ATOMIC_SEQ_CST);
}

static void await(uint32_t *word)
{
    while (!__atomic_load_n(word, __ATOMIC_SEQ_CST))
        ;
}

static uint64_t code_address(const void *p)
{
    return (uintptr_t)p & ~(uintptr_t)1;
}

static uint32_t seen_at_abort, spin_stop, spin_ended;

/* Each signal finds it in the section, or just before or behind it. */
static void *spin_until_signal(void *arg)
{
    while (!__atomic_load_n(&spin_stop, __ATOMIC_SEQ_CST)) {
        CHECK(section_spin(own_area(), &spinning, *(volatile uint32_t *)&own_area()->cpu_id) != COMMITTED);
        __atomic_store_n(&spinning, 0, __ATOMIC_SEQ_CST);
    }
    __atomic_store_n(&spin_ended, 1, __ATOMIC_SEQ_CST);
    return NULL;
}

static void set_handler(int sig)
{
    struct sigaction action = {.sa_sigaction = on_signal, .sa_flags = SA_SIGINFO};

    sigaction(sig, &action, NULL);
}

static void signals_abort(void)
{
    pthread_t t;

    set_handler(SIGUSR1);
    pthread_create(&t, NULL, spin_until_signal, NULL);
    for (unsigned i = 0; i < 20 || !seen_at_abort; i++) {
        uint32_t before = handled;

        await(&spinning);
        pthread_kill(t, SIGUSR1);
        while (__atomic_load_n(&handled, __ATOMIC_SEQ_CST) == before)
            sched_yield();
        seen_at_abort += handler_pc == code_address(spin_abort) && handler_cs == 0;
    }
    for (spin_stop = 1; !__atomic_load_n(&spin_ended, __ATOMIC_SEQ_CST); sched_yield())
        pthread_kill(t, SIGUSR1);
    pthread_join(t, NULL);
}

static struct section good(void)
{
    return (struct section){.start = code_address(trap_start), .length = code_address(trap_end) - code_address(trap_start),
                            .abort = code_address(trap_abort)};
}

/* A fault within a section: the handler sees the abort address, unless the section is bad: then not even SIGSEGV's handler runs. */
static int ending_of(const struct section *s, uint32_t flags)
{
    int status;
    pid_t pid;

    fflush(stdout);
    pid = fork();
    if (!pid) {
        handled = 0;
        set_handler(SIGILL);
        set_handler(SIGSEGV);
        own_area()->flags = flags;
        _exit(section_trap(own_area(), s) == ABORTED && handled == 1 && handler_pc == code_address(trap_abort) ? 7 : 1);
    }
    return waitpid(pid, &status, 0) != pid ? -1 : WIFEXITED(status) ? WEXITSTATUS(status) : -WTERMSIG(status);
}

static void bad_sections(void)
{
    struct section s = good();
    char *page = mmap(NULL, 4096, PROT_READ | PROT_WRITE, MAP_PRIVATE | MAP_ANONYMOUS, -1, 0);

    CHECK(ending_of(&s, 0) == 7);
    CHECK(ending_of(&s, 1) == -SIGSEGV);
    s.version = 1;
    CHECK(ending_of(&s, 0) == -SIGSEGV);
    s = good(), s.flags = 4;
    CHECK(ending_of(&s, 0) == -SIGSEGV);
    s = good(), s.abort = s.start + s.length - 2;
    CHECK(ending_of(&s, 0) == -SIGSEGV);
    s = good(), s.abort = code_address(bad_abort);
    CHECK(ending_of(&s, 0) == -SIGSEGV);
    s = good(), s.length = ~s.start + 100;
    CHECK(ending_of(&s, 0) == -SIGSEGV);
    s = good(), s.abort = ~0ull - 100;
    CHECK(ending_of(&s, 0) == -SIGSEGV);
    munmap(page, 4096);
    CHECK(ending_of((struct section *)page, 0) == -SIGSEGV);
}

/* ---- rseq(2)'s rules ---- */

static struct area my_area __attribute__((aligned(64)));

static void *rules(void *arg)
{
    struct area *a = own_area();
    char *closed = mmap(NULL, 4096, PROT_READ, MAP_PRIVATE | MAP_ANONYMOUS, -1, 0);
    char *bytes = (char *)&my_area;

    CHECK_ERRNO(rseq(a, LENGTH, 0, RSEQ_SIG), EBUSY);
    CHECK_ERRNO(rseq(a, LENGTH, 0, RSEQ_SIG + 1), EPERM);
    CHECK_ERRNO(rseq(a, LENGTH + 32, 0, RSEQ_SIG), EINVAL);
    CHECK_ERRNO(rseq(bytes, LENGTH, 0, RSEQ_SIG), EINVAL);
    CHECK_ERRNO(rseq(a, LENGTH, 2, RSEQ_SIG), EINVAL);
    CHECK_ERRNO(rseq(a, LENGTH, UNREGISTER | 2, RSEQ_SIG), EINVAL);
    CHECK_ERRNO(rseq(bytes, LENGTH, UNREGISTER, RSEQ_SIG), EINVAL);
    CHECK_ERRNO(rseq(a, LENGTH + 32, UNREGISTER, RSEQ_SIG), EINVAL);
    CHECK_ERRNO(rseq(a, LENGTH, UNREGISTER, RSEQ_SIG + 1), EPERM);

    CHECK(rseq(a, LENGTH, UNREGISTER, RSEQ_SIG) == 0);
    CHECK(a->cpu_id_start == 0 && a->cpu_id == ~0u && a->node_id == 0 && a->mm_cid == 0);
    CHECK_ERRNO(rseq(a, LENGTH, UNREGISTER, RSEQ_SIG), EINVAL);
    CHECK(sched_getcpu() >= 0);

    CHECK_ERRNO(rseq(bytes + 16, LENGTH, 0, RSEQ_SIG), EINVAL);
    CHECK_ERRNO(rseq(bytes, LENGTH - 1, 0, RSEQ_SIG), EINVAL);
    CHECK_ERRNO(rseq(bytes, 28, 0, RSEQ_SIG), EINVAL);
    CHECK_ERRNO(rseq(bytes + 16, LENGTH + 8, 0, RSEQ_SIG), EINVAL);
    CHECK_ERRNO(rseq(closed, LENGTH, 0, RSEQ_SIG), EFAULT);
    CHECK_ERRNO(rseq((void *)-4096l, LENGTH, 0, RSEQ_SIG), EFAULT);
    my_area.cpu_id = ~0u;
    my_area.rseq_cs = 12345;
    CHECK(rseq(bytes, LENGTH + 8, 0, 99) == 0);
    CHECK(my_area.cpu_id < CPUS && my_area.cpu_id_start == my_area.cpu_id && my_area.rseq_cs == 0);
    CHECK_ERRNO(rseq(bytes, LENGTH + 8, 0, 99), EBUSY);
    CHECK(rseq(bytes, LENGTH + 8, UNREGISTER, 99) == 0 && my_area.cpu_id == ~0u);
    CHECK(rseq(a, LENGTH, 0, RSEQ_SIG) == 0 && a->cpu_id < CPUS);
    munmap(closed, 4096);
    return NULL;
}

/* ---- who has a registration ---- */

static struct area raw_area __attribute__((aligned(32)));
static uint32_t raw_done;
static int raw_failures;

/* No C library here: it has the thread block of another. */
static int raw_thread(void *arg)
{
    uint32_t cpu;

    raw_failures += rseq(&raw_area, LENGTH, UNREGISTER, RSEQ_SIG) != -1; /* clone has dropped it */
    raw_failures += rseq(&raw_area, LENGTH, 0, RSEQ_SIG) != 0;
    for (unsigned i = 0; i < ADDS;) {
        cpu = *(volatile uint32_t *)&raw_area.cpu_id_start;
        i += section_add(&raw_area, &per_cpu[cpu].count, cpu) == COMMITTED;
    }
    raw_failures += raw_area.cpu_id >= CPUS || raw_area.mm_cid != raw_area.cpu_id;
    __atomic_store_n(&raw_done, 1, __ATOMIC_SEQ_CST);
    for (;;)
        syscall(SYS_exit, 0);
    return 0;
}

static void raw(void)
{
    size_t size = 64 << 10;
    char *stack = mmap(NULL, size, PROT_READ | PROT_WRITE, MAP_PRIVATE | MAP_ANONYMOUS, -1, 0);
    unsigned sum = 0;

    memset(per_cpu, 0, sizeof per_cpu);
    CHECK(clone(raw_thread, stack + size, CLONE_VM | CLONE_FS | CLONE_FILES | CLONE_SIGHAND | CLONE_THREAD | CLONE_SYSVSEM, NULL) > 0);
    count(NULL);
    while (!__atomic_load_n(&raw_done, __ATOMIC_SEQ_CST))
        sched_yield();
    for (unsigned i = 0; i < CPUS; i++)
        sum += per_cpu[i].count;
    CHECK(sum == 2 * ADDS && raw_failures == 0);
}

static int exit_status(pid_t pid)
{
    int status = -1;

    return waitpid(pid, &status, 0) == pid && WIFEXITED(status) ? WEXITSTATUS(status) : -1;
}

static int vfork_child(void *area)
{
    _exit(rseq(area, LENGTH, UNREGISTER, RSEQ_SIG) == -1 && errno == EINVAL ? 5 : 1);
}

static void children(void)
{
    char stack[32 << 10] __attribute__((aligned(16)));
    struct area *a = own_area();
    pid_t pid;

    fflush(stdout);
    pid = fork();
    if (!pid) {
        registered_by_the_library();
        CHECK_ERRNO(rseq(a, LENGTH, 0, RSEQ_SIG), EBUSY);
        memset(per_cpu, 0, sizeof per_cpu);
        counters();
        CHECK(rseq(a, LENGTH, UNREGISTER, RSEQ_SIG) == 0);
        fflush(stdout);
        _exit(failures ? 1 : 4);
    }
    CHECK(exit_status(pid) == 4);
    pid = vfork();
    if (!pid)
        _exit(rseq(a, LENGTH, UNREGISTER, RSEQ_SIG) == -1 && errno == EINVAL ? 6 : 1);
    CHECK(exit_status(pid) == 6);
    CHECK(exit_status(clone(vfork_child, stack + sizeof stack, CLONE_VM | SIGCHLD, a)) == 5);
    CHECK_ERRNO(rseq(a, LENGTH, 0, RSEQ_SIG), EBUSY);
}

/* ---- affinity ---- */

static cpu_set_t all;
static uint32_t mover_tid, mover_cpu, mover_stop;

static cpu_set_t only(unsigned cpu)
{
    cpu_set_t set;

    CPU_ZERO(&set);
    CPU_SET(cpu, &set);
    return set;
}

static void *be_moved(void *arg)
{
    mover_cpu = ~0u;
    __atomic_store_n(&mover_tid, (uint32_t)syscall(SYS_gettid), __ATOMIC_SEQ_CST);
    while (!__atomic_load_n(&mover_stop, __ATOMIC_SEQ_CST))
        __atomic_store_n(&mover_cpu, *(volatile uint32_t *)&own_area()->cpu_id, __ATOMIC_SEQ_CST);
    return NULL;
}

static void affinity(void)
{
    pthread_t t;

    sched_getaffinity(0, sizeof all, &all);
    pthread_create(&t, NULL, be_moved, NULL);
    await(&mover_tid);
    for (unsigned round = 0; round < 3; round++)
        for (unsigned cpu = 0; cpu < CPU_SETSIZE; cpu++) {
            cpu_set_t set = only(cpu);

            if (!CPU_ISSET(cpu, &all))
                continue;
            CHECK(sched_setaffinity(0, sizeof set, &set) == 0);
            CHECK(own_area()->cpu_id == cpu && own_area()->cpu_id_start == cpu);
            registered_by_the_library();
            CHECK(sched_setaffinity((pid_t)mover_tid, sizeof set, &set) == 0);
            while (__atomic_load_n(&mover_cpu, __ATOMIC_SEQ_CST) != cpu)
                sched_yield();
        }
    mover_stop = 1;
    pthread_join(t, NULL);
    memset(per_cpu, 0, sizeof per_cpu);
    counters(); /* they have inherited this one CPU */
    CHECK(sched_setaffinity(0, sizeof all, &all) == 0);
}

/* ---- membarrier ---- */

static struct spinner { uint32_t inside, cpu, aborts, stop, ended; } spinners[2];

static void *spin_for_barriers(void *arg)
{
    struct spinner *s = &spinners[(uintptr_t)arg];

    while (!__atomic_load_n(&s->stop, __ATOMIC_SEQ_CST)) {
        s->cpu = *(volatile uint32_t *)&own_area()->cpu_id; /* the section begins only if this still holds */
        if (section_spin(own_area(), &s->inside, s->cpu) == ABORTED) {
            s->inside = 0;
            __atomic_add_fetch(&s->aborts, 1, __ATOMIC_SEQ_CST);
        }
    }
    __atomic_store_n(&s->ended, 1, __ATOMIC_SEQ_CST);
    return NULL;
}

/* Each ends the sections of its spinner, with barriers that meet the other's. */
static void *make_barriers(void *arg)
{
    struct spinner *s = &spinners[(uintptr_t)arg];
    pthread_t t;

    pthread_create(&t, NULL, spin_for_barriers, arg);
    for (unsigned i = 0; i <= ROUNDS; i++) {
        uint32_t before = __atomic_load_n(&s->aborts, __ATOMIC_SEQ_CST);

        if (i == ROUNDS)
            __atomic_store_n(&s->stop, 1, __ATOMIC_SEQ_CST);
        while (before == __atomic_load_n(&s->aborts, __ATOMIC_SEQ_CST) && !__atomic_load_n(&s->ended, __ATOMIC_SEQ_CST)) {
            CHECK(membarrier(RSEQ_BARRIER, i % 2 ? ON_ONE_CPU : 0, (int)__atomic_load_n(&s->cpu, __ATOMIC_SEQ_CST)) == 0);
            sched_yield();
        }
    }
    pthread_join(t, NULL);
    return NULL;
}

static void barriers(void)
{
    long can = membarrier(MEMBARRIER_CMD_QUERY, 0, 0);

    if (can < 0) /* the host has none at all */
        return;
    CHECK(can & RSEQ_BARRIER && can & REGISTER_RSEQ_BARRIER);
    CHECK_ERRNO(membarrier(RSEQ_BARRIER, 0, 0), EPERM);
    CHECK_ERRNO(membarrier(REGISTER_RSEQ_BARRIER, ON_ONE_CPU, 0), EINVAL);
    CHECK(membarrier(REGISTER_RSEQ_BARRIER, 0, 0) == 0);
    CHECK_ERRNO(membarrier(RSEQ_BARRIER, 2, 0), EINVAL);
    CHECK(membarrier(RSEQ_BARRIER, ON_ONE_CPU, 1 << 20) == 0);
    CHECK(membarrier(RSEQ_BARRIER, 0, 0) == 0);
    on_threads(2, make_barriers);
}

int main(void)
{
    if (rseq(NULL, 0, 2, 0) == -1 && errno == ENOSYS)
        return printf("no rseq here\n"), 1;
    setvbuf(stdout, NULL, _IOLBF, 0);
    registered_by_the_library();
    counters();
    lists();
    signals_abort();
    bad_sections();
    on_threads(1, rules);
    raw();
    children();
    affinity();
    barriers();
    return failures != 0;
}

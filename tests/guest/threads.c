/*
 * threads.c: eight threads share locks, atomics, exclusive accesses, condition
 * variables and new threads while signals come from timers and from each
 * other. Nothing may get lost or stuck. The argument is how many seconds.
 * args: 2
 * flags: -latomic
 * expect: threads: all right
 */
#define _GNU_SOURCE
#include <errno.h>
#include <pthread.h>
#include <semaphore.h>
#include <signal.h>
#include <stdbool.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/syscall.h>
#include <sys/time.h>
#include <time.h>
#include <unistd.h>

enum { THREADS = 8, STUCK_SECONDS = 30, NODES = 32, RING = 16 };

struct worker {
    pthread_t thread;
    pid_t tid;
    unsigned id, random;
    volatile unsigned rounds;        /* grows while the thread lives: the watchdog looks at it */
    const char *volatile doing;
    unsigned sums[8];                /* what this thread added to each shared sum */
    unsigned long long wide_sum;
    unsigned pushed, popped;
    volatile unsigned signals;
};

static struct worker workers[THREADS];
static volatile bool stop;
static unsigned wrong;
static unsigned run_signals;

static void fail(const struct worker *w, const char *what)
{
    if (__atomic_fetch_add(&wrong, 1, __ATOMIC_SEQ_CST) < 20)
        printf("WRONG thread %u: %s\n", w->id, what);
}

#define MUST(w, cond) do { if (!(cond)) fail(w, #cond); } while (0)

static unsigned next_random(struct worker *w)
{
    w->random ^= w->random << 13;
    w->random ^= w->random >> 17;
    return w->random ^= w->random << 5;
}

/* ---- locks ---- */

static pthread_mutex_t mutex = PTHREAD_MUTEX_INITIALIZER;
static pthread_rwlock_t rwlock = PTHREAD_RWLOCK_INITIALIZER;
static pthread_spinlock_t spinlock;
static sem_t semaphore;
static volatile unsigned by_mutex, its_double, by_rwlock, rw_copy, by_spinlock, by_semaphore;

static void use_mutex(struct worker *w)
{
    for (int i = 0; i < 50; i++) {
        pthread_mutex_lock(&mutex);
        by_mutex++;
        its_double += 2;
        MUST(w, its_double == 2 * by_mutex);
        pthread_mutex_unlock(&mutex);
        w->sums[0]++;
    }
}

static void use_rwlock(struct worker *w)
{
    for (int i = 0; i < 20; i++) {
        if (next_random(w) & 3) {
            pthread_rwlock_rdlock(&rwlock);
            MUST(w, by_rwlock == rw_copy);
        } else {
            pthread_rwlock_wrlock(&rwlock);
            by_rwlock++;
            rw_copy++;
            w->sums[1]++;
        }
        pthread_rwlock_unlock(&rwlock);
    }
}

static void use_spinlock_and_semaphore(struct worker *w)
{
    for (int i = 0; i < 20; i++) {
        pthread_spin_lock(&spinlock);
        by_spinlock++;
        pthread_spin_unlock(&spinlock);
        while (sem_wait(&semaphore))
            MUST(w, errno == EINTR);
        by_semaphore++;
        sem_post(&semaphore);
        w->sums[2]++;
    }
}

/* ---- atomics and exclusives ---- */

static uint8_t bytes[4];
static uint16_t halves[2];
static uint32_t word, swapped_in = 1;
static unsigned long long wide __attribute__((aligned(8)));

static void use_atomics(struct worker *w)
{
    for (unsigned i = 0; i < 100; i++) {
        uint32_t old = __atomic_load_n(&word, __ATOMIC_RELAXED);

        __atomic_fetch_add(&bytes[i % 3], 1, __ATOMIC_SEQ_CST); /* bytes[3] stays: a neighbour is not touched */
        __atomic_fetch_add(&halves[0], 3, __ATOMIC_ACQ_REL);
        while (!__atomic_compare_exchange_n(&word, &old, old + 7, i & 1, __ATOMIC_SEQ_CST, __ATOMIC_RELAXED))
            ;
        __atomic_fetch_add(&wide, 0x100000001ull, __ATOMIC_SEQ_CST);
        w->sums[3]++;
        w->wide_sum += 0x100000001ull;
    }
}

#if __ARM_ARCH >= 7
static uint32_t ex_word;
static uint16_t ex_half;
static uint8_t ex_byte;
static unsigned long long ex_wide __attribute__((aligned(8)));

#ifdef __aarch64__
static unsigned long long ex_pair[2] __attribute__((aligned(16)));

#define EXCLUSIVE_ADD(size, type, name)                                                     \
    static void name(type *p, unsigned by)                                                  \
    {                                                                                       \
        unsigned old, failed;                                                               \
        __asm__ volatile("1: ldxr" size " %w0, [%2]\n add %w0, %w0, %w3\n"                  \
                         " stlxr" size " %w1, %w0, [%2]\n cbnz %w1, 1b"                     \
                         : "=&r"(old), "=&r"(failed) : "r"(p), "r"(by) : "memory");         \
    }

/* Both halves grow together, so a torn access shows at once; a pair of words, one of doublewords. */
#define EXCLUSIVE_PAIR_ADD(reg, p)                                                                  \
    do {                                                                                            \
        unsigned long long low, high;                                                               \
        unsigned failed;                                                                            \
        __asm__ volatile("1: ldaxp " reg "2, " reg "3, [%3]\n mov %0, x2\n mov %1, x3\n"            \
                         " add x2, x2, 1\n add x3, x3, 1\n stlxp %w2, " reg "2, " reg "3, [%3]\n"   \
                         " cbnz %w2, 1b" : "=&r"(low), "=&r"(high), "=&r"(failed) : "r"(p) : "x2", "x3", "memory"); \
        MUST(w, low == high);                                                                       \
    } while (0)

static void add_wide(struct worker *w)
{
    EXCLUSIVE_PAIR_ADD("w", &ex_wide);
    EXCLUSIVE_PAIR_ADD("x", ex_pair);
}

static bool pairs_are_right(unsigned n) { return ex_pair[0] == n && ex_pair[1] == n; }
#else
#define EXCLUSIVE_ADD(size, type, name)                                                  \
    static void name(type *p, unsigned by)                                               \
    {                                                                                    \
        unsigned old, failed;                                                            \
        __asm__ volatile("1: ldrex" size " %0, [%2]\n add %0, %3\n"                      \
                         " strex" size " %1, %0, [%2]\n cmp %1, #0\n bne 1b\n dmb"       \
                         : "=&r"(old), "=&r"(failed) : "r"(p), "r"(by) : "cc", "memory"); \
    }

/* Both halves grow together, so a torn access shows at once. */
static void add_wide(struct worker *w)
{
    unsigned low, high, failed;

    __asm__ volatile("1: ldrexd r2, r3, [%3]\n mov %0, r2\n mov %1, r3\n add r2, #1\n add r3, #1\n"
                     " strexd %2, r2, r3, [%3]\n cmp %2, #0\n bne 1b\n dmb"
                     : "=&r"(low), "=&r"(high), "=&r"(failed) : "r"(&ex_wide) : "r2", "r3", "cc", "memory");
    MUST(w, low == high);
}

static bool pairs_are_right(unsigned n) { return true; }
#endif
EXCLUSIVE_ADD("", uint32_t, add_word)
EXCLUSIVE_ADD("h", uint16_t, add_half)
EXCLUSIVE_ADD("b", uint8_t, add_byte)

static void use_exclusives(struct worker *w)
{
    for (int i = 0; i < 100; i++) {
        add_word(&ex_word, 5);
        add_half(&ex_half, 1);
        add_byte(&ex_byte, 1);
        add_wide(w);
        w->sums[4]++;
    }
}

static bool exclusives_are_right(unsigned n)
{
    return ex_word == 5 * n && ex_half == (uint16_t)n && ex_byte == (uint8_t)n && (uint32_t)ex_wide == n && ex_wide >> 32 == n &&
           pairs_are_right(n);
}
#else
static void use_exclusives(struct worker *w) { use_atomics(w); }
static bool exclusives_are_right(unsigned n) { return true; }
#endif

/* A token that exactly one thread holds: exchange gives it to one only. */
static void use_exchange(struct worker *w)
{
    static volatile unsigned holders;

    for (int i = 0; i < 20; i++) {
        if (!__atomic_exchange_n(&swapped_in, 0, __ATOMIC_ACQUIRE))
            continue;
        MUST(w, ++holders == 1);
        holders--;
        __atomic_store_n(&swapped_in, 1, __ATOMIC_RELEASE);
    }
}

/* ---- a stack without locks: index and tag in one double word ---- */

static struct { unsigned next, owner; } nodes[NODES];
static unsigned long long top __attribute__((aligned(8)));

static void push(unsigned n)
{
    unsigned long long old = __atomic_load_n(&top, __ATOMIC_SEQ_CST), new;

    do {
        nodes[n].next = (unsigned)old;
        new = ((old >> 32) + 1) << 32 | n;
    } while (!__atomic_compare_exchange_n(&top, &old, new, false, __ATOMIC_SEQ_CST, __ATOMIC_SEQ_CST));
}

static unsigned pop(void)
{
    unsigned long long old = __atomic_load_n(&top, __ATOMIC_SEQ_CST), new;

    do {
        if (!(unsigned)old)
            return 0;
        new = ((old >> 32) + 1) << 32 | __atomic_load_n(&nodes[(unsigned)old].next, __ATOMIC_RELAXED);
    } while (!__atomic_compare_exchange_n(&top, &old, new, false, __ATOMIC_SEQ_CST, __ATOMIC_SEQ_CST));
    return (unsigned)old;
}

static void use_stack(struct worker *w)
{
    for (int i = 0; i < 50; i++) {
        unsigned n = pop();

        if (!n)
            continue;
        MUST(w, __atomic_exchange_n(&nodes[n].owner, w->id + 1, __ATOMIC_SEQ_CST) == 0);
        MUST(w, __atomic_exchange_n(&nodes[n].owner, 0, __ATOMIC_SEQ_CST) == w->id + 1);
        push(n);
    }
}

static unsigned count_stack(void)
{
    unsigned n = 0;

    while (pop())
        n++;
    return n;
}

/* ---- condition variables: a ring of numbers ---- */

static pthread_mutex_t ring_lock = PTHREAD_MUTEX_INITIALIZER;
static pthread_cond_t not_full = PTHREAD_COND_INITIALIZER, not_empty = PTHREAD_COND_INITIALIZER;
static unsigned ring[RING], ring_in, ring_out;

static void put(struct worker *w, unsigned value)
{
    pthread_mutex_lock(&ring_lock);
    while (ring_in - ring_out == RING)
        pthread_cond_wait(&not_full, &ring_lock);
    ring[ring_in++ % RING] = value;
    w->pushed += value;
    pthread_cond_signal(&not_empty);
    pthread_mutex_unlock(&ring_lock);
}

static void take(struct worker *w)
{
    pthread_mutex_lock(&ring_lock);
    while (ring_in == ring_out)
        pthread_cond_wait(&not_empty, &ring_lock);
    w->popped += ring[ring_out++ % RING];
    pthread_cond_broadcast(&not_full);
    pthread_mutex_unlock(&ring_lock);
}

/* Each puts before it takes, so that somebody can always go on. */
static void use_conditions(struct worker *w)
{
    for (int i = 0; i < 10; i++) {
        put(w, next_random(w));
        take(w);
    }
}

static void use_timed_wait(struct worker *w)
{
    struct timespec until;
    int err = 0;

    clock_gettime(CLOCK_REALTIME, &until);
    until.tv_nsec += 200000;
    if (until.tv_nsec >= 1000000000)
        until.tv_sec++, until.tv_nsec -= 1000000000;
    pthread_mutex_lock(&mutex);
    static pthread_cond_t nobody = PTHREAD_COND_INITIALIZER;
    while (!err)
        err = pthread_cond_timedwait(&nobody, &mutex, &until);
    pthread_mutex_unlock(&mutex);
    MUST(w, err == ETIMEDOUT);
}

/* ---- new threads ---- */

static __thread unsigned mine = 99;

static void *child(void *arg)
{
    unsigned *n = arg;
    unsigned before = mine;

    mine = *n;
    __atomic_fetch_add(&bytes[0], 1, __ATOMIC_SEQ_CST);
    *n = mine * 3;
    return (void *)(uintptr_t)before;
}

static void use_creation(struct worker *w)
{
    unsigned n[2] = {next_random(w), 5}, want = n[0] * 3, own = mine;
    pthread_t t[2];
    void *result[2];

    for (int i = 0; i < 2; i++)
        MUST(w, pthread_create(&t[i], NULL, child, &n[i]) == 0);
    for (int i = 0; i < 2; i++)
        MUST(w, pthread_join(t[i], &result[i]) == 0);
    MUST(w, n[0] == want && n[1] == 15 && result[0] == (void *)99 && result[1] == (void *)99 && mine == own);
    w->sums[5] += 2;
}

/* ---- order between threads: what one thread wrote first is seen first ---- */

static volatile unsigned payload[64];
static unsigned published;

static void use_publication(struct worker *w)
{
    for (int i = 0; i < 50; i++) {
        if (w->id == 0) {
            unsigned n = published + 1;

            payload[n % 64] = n;
            __atomic_store_n(&published, n, __ATOMIC_RELEASE);
        } else {
            unsigned n = __atomic_load_n(&published, __ATOMIC_ACQUIRE), v = payload[n % 64];

            MUST(w, n == 0 || v == n || (int)(v - n) >= 64);
        }
    }
}

/* ---- arithmetic whose state a signal must not disturb ---- */

static void use_arithmetic(struct worker *w)
{
    unsigned sum[2];
    double real[2];

    for (int pass = 0; pass < 2; pass++) {
        unsigned s = 1;
        double x = 1;

        for (unsigned i = 1; i < 2000; i++) {
            s = (s >> 3 | s << 29) + i * 2654435761u;
            x = x * 1.0001 + 1.0 / i;
        }
        sum[pass] = s;
        real[pass] = x;
    }
    MUST(w, sum[0] == sum[1] && real[0] == real[1]);
}

/* ---- signals ---- */

static struct worker *self(void)
{
    pthread_t me = pthread_self();

    for (int i = 0; i < THREADS; i++)
        if (pthread_equal(workers[i].thread, me))
            return &workers[i];
    return NULL;
}

static void handler(int sig)
{
    int before = errno;
    struct worker *w = self();
    volatile double x = 3;

    for (int i = 0; i < 10; i++)
        x = x * 1.5 - (double)i / 3;
    __atomic_fetch_add(&run_signals, 1, __ATOMIC_RELAXED);
    if (w)
        w->signals++;
    errno = before;
}

static void send_signal(struct worker *w)
{
    const struct worker *to = &workers[next_random(w) % THREADS];

    MUST(w, syscall(SYS_tgkill, getpid(), to->tid, SIGUSR1) == 0);
}

static void start_thread_timer(void)
{
    struct sigevent ev = {.sigev_notify = SIGEV_THREAD_ID, .sigev_signo = SIGRTMIN + 4};
    struct itimerspec when = {{0, 1700000}, {0, 1700000}};
    timer_t timer;

    ev._sigev_un._tid = (pid_t)syscall(SYS_gettid);
    if (timer_create(CLOCK_MONOTONIC, &ev, &timer) || timer_settime(timer, 0, &when, NULL))
        perror("timer");
}

/* ---- all of it ---- */

static const struct { const char *name; void (*run)(struct worker *); } parts[] = {
    {"mutex", use_mutex}, {"rwlock", use_rwlock}, {"spinlock, semaphore", use_spinlock_and_semaphore},
    {"atomics", use_atomics}, {"exclusives", use_exclusives}, {"exchange", use_exchange}, {"stack", use_stack},
    {"conditions", use_conditions}, {"timed wait", use_timed_wait}, {"creation", use_creation},
    {"publication", use_publication}, {"arithmetic", use_arithmetic}, {"signal", send_signal},
};

static pthread_barrier_t start_line;

static void *work(void *arg)
{
    struct worker *w = arg;

    w->tid = (pid_t)syscall(SYS_gettid);
    mine = w->id;
    pthread_barrier_wait(&start_line);
    start_thread_timer();
    while (!stop) {
        unsigned n = next_random(w) % (sizeof parts / sizeof parts[0]);

        w->doing = parts[n].name;
        parts[n].run(w);
        w->rounds++;
        MUST(w, mine == w->id);
    }
    w->doing = "the end";
    pthread_barrier_wait(&start_line); /* nobody ends while another may send it a signal */
    return w;
}

/* Tells what each thread was doing when nothing moves any more. */
static void watch(unsigned seconds)
{
    unsigned last[THREADS] = {0}, still[THREADS] = {0};

    for (unsigned second = 0; second < seconds; second++) {
        struct timespec rest = {1, 0};

        while (clock_nanosleep(CLOCK_MONOTONIC, 0, &rest, &rest) == EINTR)
            ;
        for (int i = 0; i < THREADS; i++) {
            still[i] = workers[i].rounds == last[i] ? still[i] + 1 : 0;
            last[i] = workers[i].rounds;
            if (still[i] < STUCK_SECONDS)
                continue;
            for (int j = 0; j < THREADS; j++)
                printf("thread %d: %u rounds, in %s\n", j, workers[j].rounds, workers[j].doing);
            printf("HANG thread %d in %s\n", i, workers[i].doing);
            exit(2);
        }
        if (second % 60 == 59) {
            printf("%u s: %u rounds of thread 0, %u signals, %u wrong\n", second + 1, workers[0].rounds, run_signals, wrong);
            fflush(stdout);
        }
    }
}

static unsigned total(unsigned which)
{
    unsigned n = 0;

    for (int i = 0; i < THREADS; i++)
        n += workers[i].sums[which];
    return n;
}

static void check_sums(void)
{
    unsigned atomics = total(3), pushed = 0, popped = 0, signals = 0, rounds = 0;
    unsigned long long wide_sum = 0;
    struct worker *w = &workers[0];

    for (int i = 0; i < THREADS; i++) {
        pushed += workers[i].pushed;
        popped += workers[i].popped;
        signals += workers[i].signals;
        rounds += workers[i].rounds;
        wide_sum += workers[i].wide_sum;
        MUST(&workers[i], workers[i].signals > 0);
    }
    MUST(w, by_mutex == total(0) && its_double == 2 * total(0));
    MUST(w, by_rwlock == total(1) && rw_copy == total(1));
    MUST(w, by_spinlock == total(2) && by_semaphore == total(2));
    MUST(w, word == 7 * atomics && halves[0] == (uint16_t)(3 * atomics) && halves[1] == 0 && wide == wide_sum);
    MUST(w, (uint8_t)(bytes[0] + bytes[1] + bytes[2]) == (uint8_t)(atomics + total(5)) && bytes[3] == 0);
    MUST(w, exclusives_are_right(total(4)));
    MUST(w, pushed == popped && ring_in == ring_out);
    MUST(w, count_stack() == NODES - 1);
    printf("%u rounds, %u mutex, %u atomic, %u exclusive, %u new threads, %u signals\n", rounds, total(0), atomics,
           total(4), total(5), run_signals);
}

int main(int argc, char **argv)
{
    struct itimerval period = {{0, 3300}, {0, 3300}}, off = {{0, 0}, {0, 0}};
    struct sigaction a = {.sa_handler = handler, .sa_flags = SA_RESTART};

    sigaction(SIGUSR1, &a, NULL);
    sigaction(SIGALRM, &a, NULL);
    sigaction(SIGRTMIN + 4, &a, NULL);
    pthread_spin_init(&spinlock, 0);
    sem_init(&semaphore, 0, 1);
    pthread_barrier_init(&start_line, NULL, THREADS);
    for (unsigned i = 1; i < NODES; i++)
        push(i);
    for (unsigned i = 0; i < THREADS; i++) {
        workers[i].id = i;
        workers[i].random = 12345 + 977 * i;
        if (pthread_create(&workers[i].thread, NULL, work, &workers[i]))
            perror("pthread_create"), exit(2);
    }
    setitimer(ITIMER_REAL, &period, NULL);
    watch(argc > 1 ? (unsigned)atoi(argv[1]) : 2);
    stop = true;
    for (unsigned i = 0; i < THREADS; i++)
        pthread_join(workers[i].thread, NULL);
    setitimer(ITIMER_REAL, &off, NULL);
    check_sums();
    printf(wrong ? "threads: %u wrong\n" : "threads: all right\n", wrong);
    return wrong != 0;
}

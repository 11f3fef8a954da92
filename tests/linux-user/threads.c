/*
 * threads.c: mutexes, condition variables, atomics, thread-local data, joins,
 * cancellation, signals to threads, robust mutexes, fork among threads.
 * flags: -pthread
 */
#include "linux-user/check.h"

#include <linux/futex.h>
#include <pthread.h>
#include <semaphore.h>
#include <setjmp.h>
#include <signal.h>
#include <sys/mman.h>
#include <sys/time.h>
#include <sys/wait.h>
#include <time.h>

#define THREADS 8
#define ROUNDS 3000

static pthread_mutex_t mutex = PTHREAD_MUTEX_INITIALIZER;
static pthread_cond_t cond = PTHREAD_COND_INITIALIZER;
static long guarded, turn;
static _Atomic unsigned atomic32;
static _Atomic unsigned long long atomic64;
static __thread int mine;

static void run_all(void *(*fn)(void *))
{
    pthread_t t[THREADS];

    for (long i = 0; i < THREADS; i++)
        CHECK(pthread_create(&t[i], NULL, fn, (void *)i) == 0);
    for (long i = 0; i < THREADS; i++) {
        void *result;

        CHECK(pthread_join(t[i], &result) == 0 && result == (void *)(i * 3));
    }
}

static void *count(void *arg)
{
    long id = (long)arg;

    mine = (int)id;
    for (int i = 0; i < ROUNDS; i++) {
        pthread_mutex_lock(&mutex);
        guarded++;
        pthread_mutex_unlock(&mutex);
        atomic32 += 3;
        atomic64 += 0x100000001ull;
    }
    CHECK(mine == id);
    return (void *)(id * 3);
}

static void sums_are_right(void)
{
    run_all(count);
    CHECK(guarded == THREADS * ROUNDS);
    CHECK(atomic32 == 3 * THREADS * ROUNDS);
    CHECK(atomic64 == 0x100000001ull * THREADS * ROUNDS);
}

static void *take_turns(void *arg)
{
    long id = (long)arg;

    for (int i = 0; i < 50; i++) {
        pthread_mutex_lock(&mutex);
        while (turn % THREADS != id)
            pthread_cond_wait(&cond, &mutex);
        turn++;
        pthread_cond_broadcast(&cond);
        pthread_mutex_unlock(&mutex);
    }
    return (void *)(id * 3);
}

static void turns_are_taken(void)
{
    run_all(take_turns);
    CHECK(turn == THREADS * 50);
}

static void *nothing(void *arg)
{
    return arg;
}

static void many_threads_come_and_go(void)
{
    for (long i = 0; i < 200; i++) {
        pthread_t t;
        void *result;

        CHECK(pthread_create(&t, NULL, nothing, (void *)i) == 0);
        CHECK(pthread_join(t, &result) == 0 && result == (void *)i);
    }
}

static volatile int handled_by, stop;

static void note_thread(int sig)
{
    handled_by = (int)syscall(SYS_gettid);
}

static volatile int spinner_tid;

static void *spin(void *arg)
{
    spinner_tid = (int)syscall(SYS_gettid);
    while (!stop)
        ;
    return NULL;
}

static void *sleep_long(void *arg)
{
    spinner_tid = (int)syscall(SYS_gettid);
    while (!stop)
        usleep(1000000);
    return NULL;
}

static void wait_until(volatile int *what, int value)
{
    for (int i = 0; i < 5000 && *what != value; i++)
        usleep(1000);
    CHECK(*what == value);
}

static void signals_reach_the_thread_they_are_sent_to(void *(*fn)(void *))
{
    pthread_t t;

    stop = handled_by = spinner_tid = 0;
    signal(SIGUSR1, note_thread);
    pthread_create(&t, NULL, fn, NULL);
    while (!spinner_tid)
        usleep(100);
    pthread_kill(t, SIGUSR1);
    wait_until(&handled_by, spinner_tid);
    stop = 1;
    pthread_kill(t, SIGUSR1);
    pthread_join(t, NULL);
}

static void a_process_signal_goes_to_a_thread_that_takes_it(void)
{
    sigset_t set;
    pthread_t t;

    stop = handled_by = spinner_tid = 0;
    signal(SIGUSR2, note_thread);
    pthread_create(&t, NULL, spin, NULL);
    while (!spinner_tid)
        usleep(100);
    sigemptyset(&set);
    sigaddset(&set, SIGUSR2);
    pthread_sigmask(SIG_BLOCK, &set, NULL);
    kill(getpid(), SIGUSR2);
    wait_until(&handled_by, spinner_tid);
    stop = 1;
    pthread_join(t, NULL);
    pthread_sigmask(SIG_UNBLOCK, &set, NULL);
}

static void *waiter(void *arg)
{
    sigset_t *set = arg;
    int sig = 0;

    sigwait(set, &sig);
    return (void *)(long)sig;
}

static void a_thread_waits_for_the_process_s_signals(void)
{
    sigset_t set;
    pthread_t t;
    void *sig;

    sigfillset(&set);
    pthread_sigmask(SIG_BLOCK, &set, NULL);
    sigemptyset(&set);
    sigaddset(&set, SIGTERM);
    pthread_create(&t, NULL, waiter, &set);
    usleep(20000);
    kill(getpid(), SIGTERM);
    pthread_join(t, &sig);
    CHECK((long)sig == SIGTERM);
    sigfillset(&set);
    pthread_sigmask(SIG_UNBLOCK, &set, NULL);
}

static void cancelled_clean_up(void *arg)
{
    *(int *)arg = 1;
}

static void *to_be_cancelled(void *arg)
{
    pthread_cleanup_push(cancelled_clean_up, arg);
    for (;;)
        pause();
    pthread_cleanup_pop(0);
    return NULL;
}

static void cancellation(void)
{
    pthread_t t;
    void *result;
    int cleaned = 0;

    pthread_create(&t, NULL, to_be_cancelled, &cleaned);
    usleep(10000);
    CHECK(pthread_cancel(t) == 0);
    CHECK(pthread_join(t, &result) == 0 && result == PTHREAD_CANCELED && cleaned);
}

static pthread_mutex_t robust;

static void *die_with_lock(void *arg)
{
    pthread_mutex_lock(&robust);
    return NULL;
}

static void a_dead_owner_is_noticed(void)
{
    pthread_mutexattr_t a;
    pthread_t t;

    pthread_mutexattr_init(&a);
    pthread_mutexattr_setrobust(&a, PTHREAD_MUTEX_ROBUST);
    pthread_mutex_init(&robust, &a);
    pthread_create(&t, NULL, die_with_lock, NULL);
    pthread_join(t, NULL);
    CHECK(pthread_mutex_lock(&robust) == EOWNERDEAD);
    CHECK(pthread_mutex_consistent(&robust) == 0);
    CHECK(pthread_mutex_unlock(&robust) == 0);
}

static void timed_waits_time_out(void)
{
    struct timespec t;
    sem_t sem;

    sem_init(&sem, 0, 0);
    clock_gettime(CLOCK_REALTIME, &t);
    t.tv_nsec += 20000000;
    if (t.tv_nsec >= 1000000000)
        t.tv_nsec -= 1000000000, t.tv_sec++;
    CHECK_ERRNO(sem_timedwait(&sem, &t), ETIMEDOUT);
}

static void priority_inheritance(void)
{
    pthread_mutexattr_t a;
    pthread_mutex_t m;

    pthread_mutexattr_init(&a);
    pthread_mutexattr_setprotocol(&a, PTHREAD_PRIO_INHERIT);
    CHECK(pthread_mutex_init(&m, &a) == 0);
    CHECK(pthread_mutex_lock(&m) == 0);
    CHECK(pthread_mutex_unlock(&m) == 0);
}

static void *busy(void *arg)
{
    while (!stop) {
        void *p = malloc(100);

        pthread_mutex_lock(&mutex);
        guarded++;
        pthread_mutex_unlock(&mutex);
        free(p);
    }
    return NULL;
}

static void fork_while_others_run(void)
{
    pthread_t t[3];

    stop = 0;
    for (int i = 0; i < 3; i++)
        pthread_create(&t[i], NULL, busy, NULL);
    for (int i = 0; i < 20; i++) {
        int status;
        pid_t pid = fork();

        if (!pid) {
            pthread_t u;
            void *result;

            if (pthread_create(&u, NULL, nothing, (void *)5) || pthread_join(u, &result) || result != (void *)5)
                _exit(1);
            _exit(syscall(SYS_gettid) == getpid() ? 0 : 2);
        }
        CHECK(waitpid(pid, &status, 0) == pid && status == 0);
    }
    stop = 1;
    for (int i = 0; i < 3; i++)
        pthread_join(t[i], NULL);
}

static void other_processes_share_futexes(void)
{
    unsigned *word = mmap(NULL, 4096, PROT_READ | PROT_WRITE, MAP_SHARED | MAP_ANONYMOUS, -1, 0);
    int status;
    pid_t pid = fork();

    if (!pid) {
        while (syscall(SYS_futex, word, FUTEX_WAIT, 0, NULL) == -1 && errno == EINTR)
            ;
        _exit(*word != 1);
    }
    usleep(30000);
    *word = 1;
    syscall(SYS_futex, word, FUTEX_WAKE, 1);
    CHECK(waitpid(pid, &status, 0) == pid && status == 0);
}

static _Atomic int ticks;

static void tick(int sig)
{
    ticks++;
}

static void *futex_ping_pong(void *arg)
{
    return count(arg);
}

static void results_hold_under_a_timer_storm(void)
{
    struct itimerval t = {{0, 300}, {0, 300}}, off = {{0, 0}, {0, 0}};
    struct sigaction a = {.sa_handler = tick, .sa_flags = SA_RESTART};

    sigaction(SIGALRM, &a, NULL);
    setitimer(ITIMER_REAL, &t, NULL);
    guarded = 0;
    run_all(futex_ping_pong);
    turn = 0;
    run_all(take_turns);
    setitimer(ITIMER_REAL, &off, NULL);
    CHECK(guarded == THREADS * ROUNDS && turn == THREADS * 50);
}

/* The first thread may end before the others. */
static void *finish(void *arg)
{
    usleep(30000);
    exit(failures);
}

int main(void)
{
    pthread_t t;

    sums_are_right();
    turns_are_taken();
    many_threads_come_and_go();
    signals_reach_the_thread_they_are_sent_to(spin);
    signals_reach_the_thread_they_are_sent_to(sleep_long);
    a_process_signal_goes_to_a_thread_that_takes_it();
    a_thread_waits_for_the_process_s_signals();
    cancellation();
    a_dead_owner_is_noticed();
    timed_waits_time_out();
    priority_inheritance();
    fork_while_others_run();
    other_processes_share_futexes();
    results_hold_under_a_timer_storm();
    pthread_create(&t, NULL, finish, NULL);
    pthread_exit(NULL);
}

/*
 * forks.c: a storm of forks, vforks, spawns and execs from a process whose
 * other threads keep running, translating and taking locks. Every child comes
 * to its end with its own number, none is lost, none hangs.
 * sanitizers: no (a vfork child leaves the marks of its stack frames behind, ASan takes them for the next one's)
 */
#include "linux-user/check.h"

#include <pthread.h>
#include <signal.h>
#include <spawn.h>
#include <stdbool.h>
#include <sys/mman.h>
#include <sys/time.h>
#include <sys/wait.h>

extern char **environ;

enum { FORKERS = 4, WORKERS = 3, CHILDREN = 25 };

static volatile bool stop;
static _Atomic unsigned endings, work_done;
static volatile unsigned child_signals;
static pthread_mutex_t lock = PTHREAD_MUTEX_INITIALIZER;

static void on_child(int sig) { child_signals++; }

static unsigned compute(unsigned seed)
{
    double x = 1;

    for (unsigned i = 0; i < 5000; i++) {
        seed = seed * 1664525 + 1013904223;
        x = x * 1.0001 + seed % 7;
    }
    return seed ^ (unsigned)x;
}

static void *worker(void *arg)
{
    while (!stop) {
        char *p;

        pthread_mutex_lock(&lock);
        p = malloc(1000 + work_done % 50000);
        memset(p, 1, 1000);
        pthread_mutex_unlock(&lock);
        compute(work_done++);
        free(p);
    }
    return NULL;
}

/* Ends with n; allocates, prints to nowhere and computes first. */
static void child(unsigned n, unsigned want)
{
    char text[100];
    char *p = malloc(5000 + n);

    memset(p, (int)n, 5000);
    snprintf(text, sizeof text, "%u %g", n, n / 3.0);
    _exit(compute(n) == want && p[4999] == (char)n && atoi(text) == (int)n ? (int)n : 99);
}

static int wait_for(pid_t pid)
{
    int status = -1;

    while (waitpid(pid, &status, 0) < 0)
        if (errno != EINTR)
            return -errno;
    return WIFEXITED(status) ? WEXITSTATUS(status) : -1000 - status;
}

static pid_t start(unsigned n, unsigned want)
{
    char number[16], *argv[] = {"forks", number, NULL};
    pid_t pid = -1;

    snprintf(number, sizeof number, "%u", n);
    switch (n % 4) {
    case 0:
    case 1:
        pid = fork();
        if (!pid)
            child(n, want);
        break;
    case 2:
        pid = vfork();
        if (!pid) {
            execve("/proc/self/exe", argv, environ);
            _exit(98);
        }
        break;
    case 3:
        if (posix_spawn(&pid, "/proc/self/exe", NULL, NULL, argv, environ))
            pid = -1;
    }
    return pid;
}

static void *forker(void *arg)
{
    unsigned id = (unsigned)(uintptr_t)arg;

    for (unsigned i = 0; i < CHILDREN; i++) {
        unsigned n = (id * CHILDREN + i) % 97;
        pid_t pid = start(n, compute(n));
        int ending = pid > 0 ? wait_for(pid) : -errno;

        if (ending != (int)n)
            printf("child %u (way %u) of thread %u: %d\n", n, n % 4, id, ending), failures++;
        endings++;
    }
    return NULL;
}

static void forks_among_threads(void)
{
    pthread_t f[FORKERS], w[WORKERS];

    for (long i = 0; i < WORKERS; i++)
        pthread_create(&w[i], NULL, worker, NULL);
    for (long i = 0; i < FORKERS; i++)
        pthread_create(&f[i], NULL, forker, (void *)i);
    for (long i = 0; i < FORKERS; i++)
        pthread_join(f[i], NULL);
    stop = true;
    for (long i = 0; i < WORKERS; i++)
        pthread_join(w[i], NULL);
    CHECK(endings == FORKERS * CHILDREN);
    CHECK(child_signals > 0);
    CHECK_ERRNO(waitpid(-1, NULL, 0), ECHILD);
}

/* Each generation forks the next; what is shared is shared, what is private is not. */
static void generations(void)
{
    unsigned *shared = mmap(NULL, 4096, PROT_READ | PROT_WRITE, MAP_SHARED | MAP_ANONYMOUS, -1, 0), own = 0;
    pid_t first = getpid();

    for (int i = 0; i < 40; i++) {
        pid_t pid = fork();

        if (pid) {
            int ending = wait_for(pid);

            if (getpid() != first)
                _exit(ending == i + 1 ? i : 97);
            CHECK(ending == i + 1);
            break;
        }
        own++;
        __atomic_add_fetch(shared, own, __ATOMIC_SEQ_CST);
        if (i == 39)
            _exit(own == 40 ? 40 : 96);
    }
    CHECK(*shared == 40 * 41 / 2 && own == 0);
}

/* All at once, reaped in any order. */
static void many_at_a_time(void)
{
    enum { N = 60 };
    bool seen[N] = {false};

    for (int i = 0; i < N; i++) {
        pid_t pid = fork();

        if (!pid)
            _exit(compute((unsigned)i) == 0 ? 99 : i);
        CHECK(pid > 0);
    }
    for (int i = 0; i < N; i++) {
        int status;

        while (wait(&status) < 0 && errno == EINTR)
            ;
        CHECK(WIFEXITED(status) && WEXITSTATUS(status) < N && !seen[WEXITSTATUS(status)]);
        seen[WEXITSTATUS(status) % N] = true;
    }
}

/* A child that goes on with threads of its own. */
static void *answer(void *arg) { return (char *)arg + 1; }

static void threads_in_a_child(void)
{
    pid_t pid = fork();

    if (!pid) {
        long n = 0;

        for (int i = 0; i < 20; i++) {
            pthread_t t;
            void *result;

            if (pthread_create(&t, NULL, answer, (void *)n) || pthread_join(t, &result))
                _exit(99);
            n = (long)result;
        }
        _exit((int)n);
    }
    CHECK(wait_for(pid) == 20);
}

int main(int argc, char **argv)
{
    struct sigaction a = {.sa_handler = on_child, .sa_flags = SA_RESTART};

    if (argc > 1)
        return atoi(argv[1]);
    sigaction(SIGCHLD, &a, NULL);
    generations();
    many_at_a_time();
    forks_among_threads();
    threads_in_a_child();
    return failures;
}

/*
 * storm.c: a timer signal every 50 to 200 us, while the program computes,
 * moves memory, makes system calls, resolves symbols, forks and jumps out of
 * its handler. Every result must be what it is without signals.
 * link: dynamic
 * flags: -ldl
 */
#include "linux-user/check.h"

#include <dlfcn.h>
#include <math.h>
#include <pthread.h>
#include <setjmp.h>
#include <signal.h>
#include <stdbool.h>
#include <sys/mman.h>
#include <sys/time.h>
#include <sys/wait.h>
#include <time.h>

static volatile unsigned signals;
static volatile double scratch;
static sigjmp_buf out;
static volatile bool jump_out;

static void handler(int sig, siginfo_t *info, void *context)
{
    int before = errno;
    unsigned char block[64];

    signals++;
    memset(block, (int)signals, sizeof block); /* vector registers and flags are used here too */
    for (int i = 0; i < 5; i++)
        scratch = scratch * 0.5 + block[i];
    errno = before;
    if (jump_out)
        siglongjmp(out, 1);
}

static void storm(int us)
{
    struct itimerval t = {{0, us}, {0, us}};
    struct sigaction a = {.sa_sigaction = handler, .sa_flags = SA_SIGINFO | SA_RESTART};

    sigaction(SIGALRM, &a, NULL);
    setitimer(ITIMER_REAL, &t, NULL);
}

/* ---- the work: each gives a number that depends on everything it did ---- */

static unsigned integers(unsigned rounds)
{
    unsigned a = 1, b = 2, carry = 0;
    unsigned long long wide = 3;

    for (unsigned i = 0; i < rounds * 2000; i++) {
        unsigned sum = a + b;

        carry += sum < a;
        b = (a << 7 | a >> 25) ^ i;
        a = sum;
        wide = wide * 6364136223846793005ull + a;
        if ((int)b < 0)
            carry ^= b / ((i & 255) + 1);
    }
    return a ^ b ^ carry ^ (unsigned)(wide >> 32);
}

static unsigned reals(unsigned rounds)
{
    double x = 0.5, y = 0;
    float f = 1;

    for (unsigned i = 1; i < rounds * 1000; i++) {
        x = 3.9 * x * (1 - x);
        y += sqrt(x) / i;
        f = f * 0.999f + (float)x;
    }
    return (unsigned)(y * 1e6) + (unsigned)(f * 1000);
}

static unsigned vectors(unsigned rounds)
{
    static short in[512], result[512];
    unsigned sum = 0;

    for (unsigned i = 0; i < 512; i++)
        in[i] = (short)(i * 77);
    for (unsigned r = 0; r < rounds * 10; r++) {
        for (unsigned i = 0; i < 512; i++)
            result[i] = (short)(in[i] * 3 + (in[i] >> 2));
        for (unsigned i = 0; i < 512; i++)
            in[i] = (short)(result[511 - i] ^ (short)r);
    }
    for (unsigned i = 0; i < 512; i++)
        sum = sum * 31 + (unsigned short)in[i];
    return sum;
}

static unsigned memory(unsigned rounds)
{
    static unsigned char a[20000], b[20000];
    unsigned sum = 1;

    for (unsigned i = 0; i < sizeof a; i++)
        a[i] = (unsigned char)(i * 13 >> 3);
    for (unsigned r = 0; r < rounds; r++) {
        memcpy(b + 3, a, sizeof a - 7);
        memmove(b, b + 5, sizeof b - 9);
        memset(a + r * 11 % 9000, (int)r, 977);
        memcpy(a, b, sizeof a);
        for (unsigned i = 0; i < sizeof a; i += 97)
            sum = sum * 33 + a[i];
    }
    return sum + (unsigned)strlen((char *)memset(b, 'x', 999));
}

static unsigned calls(unsigned rounds)
{
    char text[64];
    int fd[2];
    unsigned sum = 0;

    if (pipe(fd))
        return 1;
    for (unsigned i = 0; i < rounds * 20; i++) {
        int n = snprintf(text, sizeof text, "%u:%x", i, i * 2654435761u);
        char back[64] = "";

        CHECK(write(fd[1], text, (size_t)n) == n);
        CHECK(read(fd[0], back, sizeof back) == n);
        CHECK(strcmp(text, back) == 0);
        sum = sum * 31 + (unsigned)back[n - 1] + (unsigned)(getppid() > 0);
        errno = 0;
        CHECK(close(-1) == -1 && errno == EBADF);
    }
    close(fd[0]);
    close(fd[1]);
    return sum;
}

static unsigned mappings(unsigned rounds)
{
    unsigned sum = 0;

    for (unsigned i = 0; i < rounds * 5; i++) {
        unsigned char *p = mmap(NULL, 5 * 4096, PROT_READ | PROT_WRITE, MAP_PRIVATE | MAP_ANONYMOUS, -1, 0);

        CHECK(p != MAP_FAILED);
        for (unsigned k = 0; k < 5; k++)
            p[k * 4096 + i % 4096] = (unsigned char)(i + k);
        mprotect(p, 4096, PROT_READ);
        for (unsigned k = 0; k < 5; k++)
            sum = sum * 7 + p[k * 4096 + i % 4096];
        munmap(p, 5 * 4096);
    }
    return sum;
}

/* Lazy binding, symbol look-up, constructors: the dynamic linker's own code under fire. */
static unsigned linking(unsigned rounds)
{
    unsigned sum = 0;

    for (unsigned i = 0; i < rounds / 4 + 1; i++) {
        void *lib = dlopen("libm.so.6", RTLD_LAZY | RTLD_LOCAL);
        double (*f)(double) = lib ? (double (*)(double))dlsym(lib, i & 1 ? "cbrt" : "exp2") : NULL;

        CHECK(f != NULL);
        if (f)
            sum += (unsigned)(f(i) * 100);
        CHECK(dlsym(lib, "no_such_function") == NULL);
        dlclose(lib);
    }
    return sum;
}

static unsigned depth(unsigned n) { return n ? depth(n - 1) * 3 + n : 1; }

static unsigned recursion(unsigned rounds)
{
    unsigned sum = 0;

    for (unsigned i = 0; i < rounds; i++)
        sum += depth(100 + i % 300);
    return sum;
}

static const struct { const char *name; unsigned (*run)(unsigned rounds); unsigned rounds; } work[] = {
    {"integers", integers, 200}, {"reals", reals, 200}, {"vectors", vectors, 100}, {"memory", memory, 100},
    {"calls", calls, 40}, {"mappings", mappings, 40}, {"linking", linking, 40}, {"recursion", recursion, 400},
};

static void results_do_not_change(void)
{
    static const int periods[] = {50, 73, 120, 200};

    for (unsigned i = 0; i < sizeof work / sizeof work[0]; i++) {
        unsigned want, got;

        storm(0);
        want = work[i].run(work[i].rounds);
        for (unsigned k = 0; k < sizeof periods / sizeof periods[0]; k++) {
            unsigned before = signals;

            storm(periods[k]);
            do
                got = work[i].run(work[i].rounds);
            while (got == want && signals < before + 20);
            storm(0);
            if (got != want)
                printf("%s, every %d us: %08x instead of %08x\n", work[i].name, periods[k], got, want), failures++;
        }
    }
}

/* The handler leaves the work where it stands, again and again. */
static void leaving_by_longjmp(void)
{
    volatile unsigned times = 0;
    unsigned want;

    storm(0);
    want = integers(3);
    if (sigsetjmp(out, 1))
        times++;
    jump_out = false;
    if (times < 200) {
        storm(100);
        CHECK(integers(3) == want);
        jump_out = true;
        for (;;) {
            integers(1);
            memory(1);
        }
    }
    storm(0);
    CHECK(times == 200 && integers(3) == want);
}

static void processes_under_fire(void)
{
    unsigned want = integers(2);

    storm(150);
    for (int i = 0; i < 20; i++) {
        int status = 0;
        pid_t pid = fork();

        if (!pid) {
            storm(100);
            _exit(integers(2) == want ? i : 99);
        }
        while (waitpid(pid, &status, 0) < 0 && errno == EINTR)
            ;
        CHECK(WIFEXITED(status) && WEXITSTATUS(status) == i);
    }
    storm(0);
}

static void *thread_work(void *arg)
{
    unsigned *n = arg;

    *n = integers(50) ^ memory(20);
    return NULL;
}

static void threads_under_fire(void)
{
    unsigned want, got[4];
    pthread_t t[4];

    thread_work(&want);
    storm(60);
    for (int round = 0; round < 3; round++) {
        static pthread_mutex_t one = PTHREAD_MUTEX_INITIALIZER;

        for (int i = 0; i < 4; i++) {
            CHECK(pthread_create(&t[i], NULL, thread_work, &got[i]) == 0);
            pthread_mutex_lock(&one); /* memory() works on static data: one at a time */
            pthread_join(t[i], NULL);
            pthread_mutex_unlock(&one);
            CHECK(got[i] == want);
        }
    }
    storm(0);
}

/* Sleeping: the whole time passes, however often it is interrupted. */
static void sleeping_under_fire(void)
{
    struct timespec a, b, left = {0, 30000000};

    storm(80);
    clock_gettime(CLOCK_MONOTONIC, &a);
    while (nanosleep(&left, &left))
        CHECK(errno == EINTR);
    clock_gettime(CLOCK_MONOTONIC, &b);
    storm(0);
    CHECK((b.tv_sec - a.tv_sec) * 1000000000ll + b.tv_nsec - a.tv_nsec >= 30000000);
}

int main(void)
{
    results_do_not_change();
    leaving_by_longjmp();
    processes_under_fire();
    threads_under_fire();
    sleeping_under_fire();
    CHECK(signals > 500);
    return failures;
}

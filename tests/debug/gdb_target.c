/*
 * gdb_target.c: what gdb_test.py debugs: calls, a watched variable, floats, a
 * NEON register, a signal, threads ("crowd": with one CPU number for all), and
 * an endless loop for Ctrl-C.
 */
#define _GNU_SOURCE
#include <arm_neon.h>
#include <pthread.h>
#include <sched.h>
#include <signal.h>
#include <stdio.h>
#include <string.h>
#include <unistd.h>

int watched;
volatile int go_on = 1;
static volatile sig_atomic_t handled;
double shared_double = 2.5;

__attribute__((noinline)) int leaf(int n)
{
    watched += n;
    return n * 2;
}

__attribute__((noinline)) int middle(int n)
{
    return leaf(n + 1) + 1;
}

#ifdef __aarch64__
#define REGISTER_8 "v8"
#else
#define REGISTER_8 "q8"
#endif

__attribute__((noinline)) void vectors(void)
{
    register uint32x4_t q __asm__(REGISTER_8) = {1, 2, 3, 0xdeadbeef};
    register double d __asm__("d0") = shared_double * 2;

    __asm__ volatile("vectors_here: nop" : : "w"(q), "w"(d));
}

static void on_signal(int sig)
{
    handled = sig;
}

static void *worker(void *arg)
{
    pthread_barrier_wait(arg);
    while (go_on)
        usleep(1000);
    return NULL;
}

static void threads(void)
{
    pthread_t t[2];
    static pthread_barrier_t ready;

    pthread_barrier_init(&ready, NULL, 3);
    for (int i = 0; i < 2; i++)
        pthread_create(&t[i], NULL, worker, &ready);
    pthread_barrier_wait(&ready);
    middle(100);
    go_on = 0;
    for (int i = 0; i < 2; i++)
        pthread_join(t[i], NULL);
}

static void share_one_cpu(void)
{
    cpu_set_t set;

    CPU_ZERO(&set);
    CPU_SET(sched_getcpu(), &set);
    sched_setaffinity(0, sizeof set, &set);
}

static void endless(void)
{
    for (;;)
        watched++;
}

int main(int argc, char **argv)
{
    int sum = middle(20);

    vectors();
    signal(SIGUSR1, on_signal);
    raise(SIGUSR1);
    if (argc > 1 && !strcmp(argv[1], "crowd"))
        share_one_cpu();
    threads();
    if (argc > 1 && !strcmp(argv[1], "loop"))
        endless();
    printf("sum %d handled %d\n", sum, (int)handled);
    return 7;
}

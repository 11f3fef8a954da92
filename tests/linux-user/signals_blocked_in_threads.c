/*
 * signals_blocked_in_threads.c: a signal for the process finds the one thread
 * that does not block it, whichever thread the host asked first, and says
 * truly where it came from.
 */
#include "linux-user/check.h"

#include <pthread.h>
#include <signal.h>

static volatile int got, code, sender;
static void on_signal(int sig, siginfo_t *info, void *context)
{
    code = info->si_code;
    sender = info->si_pid;
    got++;
}

static void *blocks_all(void *arg)
{
    sigset_t all;

    sigfillset(&all);
    pthread_sigmask(SIG_BLOCK, &all, NULL);
    for (;;)
        pause();
}

static void wait_for_it(void)
{
    for (int ms = 0; ms < 2000 && !got; ms++)
        usleep(1000);
    CHECK(got == 1);
}

int main(void)
{
    struct sigaction sa = {.sa_sigaction = on_signal, .sa_flags = SA_SIGINFO};
    pthread_t thread;
    sigset_t all, old;

    sigaction(SIGUSR1, &sa, NULL);
    sigaction(SIGALRM, &sa, NULL);
    sigaction(SIGSEGV, &sa, NULL);
    for (int i = 0; i < 8; i++)
        pthread_create(&thread, NULL, blocks_all, NULL);
    usleep(50000);
    sigfillset(&all);
    for (int i = 0; i < 90; i++) {
        pthread_sigmask(SIG_BLOCK, &all, &old);
        got = 0;
        if (i % 3 == 0)
            ualarm(500, 0);
        else
            kill(getpid(), i % 3 == 1 ? SIGUSR1 : SIGSEGV);
        usleep(2000);
        CHECK(got == 0);
        pthread_sigmask(SIG_SETMASK, &old, NULL);
        wait_for_it();
        if (i % 3 == 0)
            CHECK(code == SI_KERNEL);
        else
            CHECK(code == SI_USER && sender == getpid());
    }
    return failures;
}

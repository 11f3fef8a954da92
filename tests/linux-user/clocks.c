/*
 * clocks.c: clocks, sleeps and timers by both widths of time.
 */
#include "linux-user/check.h"

#include <signal.h>
#include <sys/resource.h>
#include <sys/time.h>
#include <sys/timerfd.h>
#include <sys/times.h>
#include <time.h>

struct ts64 { int64_t sec, nsec; };

static void both_widths_tell_the_same_time(void)
{
    struct timespec a;
    struct ts64 b;
    struct timeval tv;

    CHECK(syscall(SYS_clock_gettime, CLOCK_REALTIME, &a) == 0);
    CHECK(syscall(SYS_clock_gettime64, CLOCK_REALTIME, &b) == 0);
    CHECK(syscall(SYS_gettimeofday, &tv, NULL) == 0);
    CHECK(b.sec - a.tv_sec <= 1 && tv.tv_sec - a.tv_sec <= 1 && a.tv_sec > 1600000000);
    CHECK(b.nsec >= 0 && b.nsec < 1000000000);
    CHECK(syscall(SYS_clock_getres_time64, CLOCK_MONOTONIC, &b) == 0 && b.sec == 0 && b.nsec > 0);
    CHECK_ERRNO(syscall(SYS_clock_gettime, 99, &a), EINVAL);
    CHECK_ERRNO(syscall(SYS_clock_gettime64, CLOCK_REALTIME, 16), EFAULT);
}

/* The C library's functions go through the vDSO, which leaves to the system call what it cannot do. */
static void the_vdso_tells_the_time(void)
{
    struct timespec a, b = {-1, -1};
    struct timezone zone = {77, 77};
    struct timeval tv = {-1, -1};
    int (*volatile of_day)(struct timeval *, void *) = (int (*)(struct timeval *, void *))gettimeofday;

    CHECK(syscall(SYS_clock_gettime, CLOCK_REALTIME, &a) == 0 && clock_gettime(CLOCK_REALTIME, &b) == 0);
    CHECK(b.tv_sec - a.tv_sec <= 1 && b.tv_sec >= a.tv_sec && b.tv_nsec >= 0 && b.tv_nsec < 1000000000);
    CHECK(of_day(&tv, &zone) == 0 && tv.tv_sec - b.tv_sec <= 1 && tv.tv_sec >= b.tv_sec && tv.tv_usec >= 0 && tv.tv_usec < 1000000);
    CHECK(zone.tz_minuteswest == 0 && zone.tz_dsttime == 0);
    CHECK(clock_getres(CLOCK_MONOTONIC, &b) == 0 && b.tv_sec == 0 && b.tv_nsec > 0 && clock_getres(CLOCK_MONOTONIC, NULL) == 0);
    CHECK_ERRNO(clock_gettime(99, &a), EINVAL);
    CHECK_ERRNO(clock_getres(99, &a), EINVAL);
}

static int64_t now(void)
{
    struct timespec ts;

    clock_gettime(CLOCK_MONOTONIC, &ts);
    return ts.tv_sec * 1000000000ll + ts.tv_nsec;
}

static void sleeps_last(void)
{
    int64_t begin = now();
    struct timespec ts = {0, 20000000};
    struct ts64 t64 = {0, 20000000 | (sizeof(long) == 4 ? 0xdeadbeefull << 32 : 0)}; /* the upper half is padding */

    CHECK(syscall(SYS_nanosleep, &ts, NULL) == 0);
    CHECK(syscall(SYS_clock_nanosleep_time64, CLOCK_MONOTONIC, 0, &t64, NULL) == 0);
    CHECK(now() - begin >= 40000000 && now() - begin < 2000000000);
    ts.tv_nsec = 1000000000;
    CHECK_ERRNO(syscall(SYS_nanosleep, &ts, NULL), EINVAL);
}

static volatile int alarms;
static void on_alarm(int sig) { alarms++; }

static void an_alarm_ends_a_sleep(void)
{
    struct itimerval it = {{0, 0}, {0, 20000}}, old;
    struct timespec ts = {5, 0}, rest = {0, 0};

    signal(SIGALRM, on_alarm);
    CHECK(setitimer(ITIMER_REAL, &it, NULL) == 0);
    CHECK(getitimer(ITIMER_REAL, &old) == 0 && old.it_value.tv_sec == 0 && old.it_value.tv_usec <= 20000);
    CHECK_ERRNO(syscall(SYS_nanosleep, &ts, &rest), EINTR);
    CHECK(alarms == 1 && rest.tv_sec == 4 && rest.tv_nsec > 0);
}

static void timerfds_count(void)
{
    int fd = timerfd_create(CLOCK_MONOTONIC, TFD_CLOEXEC | TFD_NONBLOCK);
    struct itimerspec it = {{0, 5000000}, {0, 5000000}}, now;
    struct { struct ts64 interval, value; } now64;
    uint64_t n;

    CHECK(fd >= 0);
    CHECK(timerfd_settime(fd, 0, &it, NULL) == 0);
    CHECK(timerfd_gettime(fd, &now) == 0 && now.it_interval.tv_nsec == 5000000 && now.it_value.tv_nsec <= 5000000);
    CHECK(syscall(SYS_timerfd_gettime64, fd, &now64) == 0 && now64.interval.nsec == 5000000);
    usleep(30000);
    CHECK(read(fd, &n, sizeof n) == 8 && n >= 4);
    CHECK_ERRNO(read(fd, &n, 4), EINVAL);
    close(fd);
}

static volatile int got_value;
static void on_timer(int sig, siginfo_t *si, void *uc) { got_value = si->si_code == SI_TIMER ? si->si_value.sival_int : -1; }

static void posix_timers_fire(void)
{
    struct sigaction sa = {.sa_sigaction = on_timer, .sa_flags = SA_SIGINFO};
    struct sigevent ev = {.sigev_notify = SIGEV_SIGNAL, .sigev_signo = SIGRTMIN + 2, .sigev_value.sival_int = 0x1234};
    struct itimerspec it = {{0, 0}, {0, 10000000}}, rest;
    timer_t timer;

    sigaction(SIGRTMIN + 2, &sa, NULL);
    CHECK(timer_create(CLOCK_MONOTONIC, &ev, &timer) == 0);
    CHECK(timer_settime(timer, 0, &it, NULL) == 0);
    for (int i = 0; i < 100 && !got_value; i++)
        usleep(5000);
    CHECK(got_value == 0x1234);
    CHECK(timer_gettime(timer, &rest) == 0 && rest.it_value.tv_nsec == 0);
    CHECK(timer_getoverrun(timer) == 0 && timer_delete(timer) == 0);
}

static void usage_is_counted(void)
{
    struct rusage ru;
    struct tms tms;
    volatile unsigned n = 0;

    while (n < 30000000)
        n++;
    CHECK(getrusage(RUSAGE_SELF, &ru) == 0 && ru.ru_maxrss > 0 && ru.ru_utime.tv_sec * 1000000 + ru.ru_utime.tv_usec > 0);
    CHECK(times(&tms) != -1 && tms.tms_utime >= 0);
}

int main(void)
{
    both_widths_tell_the_same_time();
    the_vdso_tells_the_time();
    sleeps_last();
    an_alarm_ends_a_sleep();
    timerfds_count();
    posix_timers_fire();
    usage_is_counted();
    return failures;
}

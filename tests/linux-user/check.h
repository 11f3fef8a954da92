/*
 * check.h: for guest programs that test system calls: a condition that does
 * not hold is printed with its line; main() returns how many there were.
 */
#ifndef TESTS_LINUX_USER_CHECK_H
#define TESTS_LINUX_USER_CHECK_H

#ifndef _GNU_SOURCE
#define _GNU_SOURCE
#endif
#include <errno.h>
#include <fcntl.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/syscall.h>
#include <unistd.h>

/* 64-bit ABIs have one width of time. */
#if __SIZEOF_LONG__ == 8
#define SYS_clock_gettime64 SYS_clock_gettime
#define SYS_clock_getres_time64 SYS_clock_getres
#define SYS_clock_nanosleep_time64 SYS_clock_nanosleep
#define SYS_timerfd_gettime64 SYS_timerfd_gettime
#endif

static int failures;

#define CHECK(cond)                                                                          \
    do {                                                                                     \
        if (!(cond)) {                                                                       \
            printf("%s:%d: %s (errno %d)\n", __func__, __LINE__, #cond, errno);              \
            failures++;                                                                      \
        }                                                                                    \
    } while (0)
/* The call fails, and with this errno. */
#define CHECK_ERRNO(call, e) do { errno = 0; CHECK((call) == -1 && errno == (e)); } while (0)

/* A directory of our own below the current one or /tmp, to work in. */
static inline void enter_scratch(void)
{
    static char name[] = "/tmp/moa-test-XXXXXX";

    if (!mkdtemp(name) || chdir(name))
        perror("mkdtemp"), exit(1);
}

static inline void leave_scratch(void)
{
    char name[64], command[128];

    if (getcwd(name, sizeof name) && strncmp(name, "/tmp/moa-test-", 14) == 0) {
        snprintf(command, sizeof command, "%s", name);
        if (chdir("/") == 0)
            rmdir(command);
    }
}

#endif

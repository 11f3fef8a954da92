/*
 * cpu.c: runs a command N times and prints the least CPU time (user and
 * system, of the whole process) and the largest resident size. posix_spawn, so
 * that our own size is not counted.   cpu N COMMAND [ARG...]
 */
#define _GNU_SOURCE
#include <fcntl.h>
#include <spawn.h>
#include <stdio.h>
#include <stdlib.h>
#include <sys/resource.h>
#include <sys/wait.h>

extern char **environ;

static double ms(const struct timeval *t) { return t->tv_sec * 1e3 + t->tv_usec / 1e3; }

int main(int argc, char **argv)
{
    double least = 1e9;
    long size = 0;
    posix_spawn_file_actions_t quiet;

    if (argc < 3)
        return 2;
    posix_spawn_file_actions_init(&quiet);
    posix_spawn_file_actions_addopen(&quiet, 1, "/dev/null", O_WRONLY, 0);
    for (int i = 0; i < atoi(argv[1]); i++) {
        struct rusage u;
        pid_t pid;
        int status;

        if (posix_spawnp(&pid, argv[2], &quiet, NULL, argv + 2, environ) || wait4(pid, &status, 0, &u) < 0 || status) {
            fprintf(stderr, "cpu: %s did not run to a right end\n", argv[2]);
            return 1;
        }
        double t = ms(&u.ru_utime) + ms(&u.ru_stime);
        least = t < least ? t : least;
        size = u.ru_maxrss > size ? u.ru_maxrss : size;
    }
    printf("%.2f ms %.1f MB\n", least, size / 1024.0);
    return 0;
}

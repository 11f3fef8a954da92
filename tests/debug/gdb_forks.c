/*
 * gdb_forks.c: children that run through a breakpoint which is the parent's:
 * one by fork, one by vfork, which shares the parent's memory.
 */
#include <stdio.h>
#include <sys/wait.h>
#include <unistd.h>

volatile int calls;

__attribute__((noinline)) int leaf(int n)
{
    calls++;
    return n + 1;
}

static int status_of(pid_t child)
{
    int status = -1;

    waitpid(child, &status, 0);
    return WIFEXITED(status) ? WEXITSTATUS(status) : -status;
}

int main(void)
{
    pid_t child = fork();
    int forked, vforked;

    if (child == 0)
        _exit(leaf(10));
    forked = status_of(child);
    child = vfork();
    if (child == 0)
        _exit(leaf(20));
    vforked = status_of(child);
    leaf(30);
    printf("forked %d vforked %d calls %d\n", forked, vforked, calls);
    return 0;
}

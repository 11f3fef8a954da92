/*
 * syscall_fuzz.c: random system calls with random arguments, many of them bad
 * pointers: whatever the answer, the emulator survives (its own failures end
 * in SIGABRT, which no child here raises).
 *
 *   syscall_fuzz [batches [seed]]
 * args: 20
 */
#include "linux-user/check.h"

#include <signal.h>
#include <sys/mman.h>
#include <sys/prctl.h>
#include <sys/resource.h>
#include <sys/stat.h>
#include <sys/wait.h>
#include <time.h>

#define CALLS 400
#define PAGE 4096

/* Would end, multiply or stop the test, or harm who runs it. */
static const short never[] = {
#if __SIZEOF_LONG__ == 4
    SYS_fork, SYS_vfork, SYS_pause, SYS_sigsuspend, SYS_sigreturn, SYS_clock_settime64, SYS_clock_adjtime64, SYS_ftruncate64, SYS_truncate64,
#endif
    SYS_exit, SYS_exit_group, SYS_clone, SYS_clone3, SYS_kill, SYS_tkill, SYS_tgkill, SYS_rt_sigqueueinfo,
    SYS_rt_tgsigqueueinfo, SYS_pidfd_send_signal, SYS_reboot, SYS_rt_sigsuspend, SYS_rt_sigreturn,
    SYS_ptrace, SYS_sync, SYS_syncfs, SYS_setsid, SYS_setpgid, SYS_vhangup, SYS_process_vm_writev, SYS_chroot,
    SYS_setrlimit, SYS_prlimit64, SYS_mount, SYS_umount2, SYS_pivot_root, SYS_swapoff, SYS_swapon, SYS_settimeofday,
    SYS_clock_settime, SYS_adjtimex, SYS_clock_adjtime, SYS_sethostname,
    SYS_setdomainname, SYS_shutdown, SYS_shmget, SYS_semget, SYS_msgget, SYS_semctl, SYS_msgctl, SYS_shmctl, SYS_fallocate, SYS_acct,
    SYS_ftruncate, SYS_truncate,
};

static int is_never(int nr)
{
    for (unsigned i = 0; i < sizeof never / sizeof *never; i++)
        if (never[i] == nr)
            return 1;
    return 0;
}

static uint32_t state;
static uint32_t rnd(void)
{
    state ^= state << 13;
    state ^= state >> 17;
    state ^= state << 5;
    return state;
}

static char *pages; /* readable and writable, then read-only, then a hole, then no access */

static uintptr_t pointer(void)
{
    switch (rnd() % 14) {
    case 0: return 0;
    case 12: return (uintptr_t)(0x7f0000000000ull + ((uint64_t)rnd() << 8)); /* where an emulator may be */
    case 13: return (uintptr_t)((uint64_t)rnd() << 32 | rnd());
    case 1: return 16;
    case 2: return 0xffff0f00 + rnd() % 256;
    case 3: return 0xfffff000 + rnd() % PAGE;
    case 4: return (uintptr_t)pages + PAGE - rnd() % 64;      /* over the edge to what cannot be written */
    case 5: return (uintptr_t)pages + 2 * PAGE - rnd() % 64;  /* over the edge to nothing */
    case 6: return (uintptr_t)pages + 3 * PAGE + rnd() % PAGE;
    case 7: return rnd();
    default: return (uintptr_t)pages + (rnd() % (PAGE / 2) & ~7u);
    }
}

static uintptr_t argument(void)
{
    switch (rnd() % 8) {
    case 0: return 3 + rnd() % 12; /* a descriptor, perhaps */
    case 1: return rnd() % 64;
    case 2: return 1u << rnd() % 32;
    case 3: return -(rnd() % 128);
    case 4: return rnd() % 5000;
    default: return pointer();
    }
}

static void fill(void)
{
    for (int i = 0; i < PAGE / 4; i++)
        ((uint32_t *)pages)[i] = rnd() % 3 ? argument() : rnd();
}

static void open_things(void)
{
    int p[2];

    open(".", O_RDONLY | O_DIRECTORY);
    open("file", O_RDWR | O_CREAT, 0600);
    if (pipe(p) == 0)
        (void)!write(p[1], "some bytes", 10);
    syscall(SYS_epoll_create1, 0);
    syscall(SYS_eventfd2, 3, 0);
    syscall(SYS_timerfd_create, 1, 0);
    syscall(SYS_socket, 1, 2, 0);
    syscall(SYS_socketpair, 1, 1, 0, p);
    syscall(SYS_memfd_create, "m", 0);
    syscall(SYS_inotify_init1, 0);
    open("/dev/ptmx", O_RDWR | O_NOCTTY);
}

static void child(uint32_t seed)
{
    state = seed | 1;
    (void)!freopen("/dev/null", "w", stdout);
    setpriority(PRIO_PROCESS, 0, 10);
    open_things();
    for (int i = 0; i < CALLS; i++) {
        int nr = rnd() % 463;

        if (i % 16 == 0)
            fill();
        if (is_never(nr))
            continue;
        alarm(1);
        syscall(nr, argument(), argument(), argument(), argument(), argument(), argument());
    }
    _exit(0);
}

/* Its status; killed when it hangs, which a signal mask or a stop may make it do. */
static int reap(pid_t pid)
{
    int status;

    for (int ms = 0; ms < 3000; ms += 5) {
        if (waitpid(pid, &status, WNOHANG | WUNTRACED) == pid && !WIFSTOPPED(status))
            return status;
        usleep(5000);
    }
    kill(pid, SIGKILL);
    while (waitpid(pid, &status, 0) != pid || WIFSTOPPED(status))
        ;
    return status;
}

int main(int argc, char **argv)
{
    int batches = argc > 1 ? atoi(argv[1]) : 60;
    uint32_t seed = argc > 2 ? strtoul(argv[2], NULL, 0) : 1;

    enter_scratch();
    if (geteuid() == 0) {
        chmod(".", 0777);
        if (setgid(65534) || setuid(65534))
            return 77;
    }
    pages = mmap(NULL, 5 * PAGE, PROT_READ | PROT_WRITE, MAP_PRIVATE | MAP_ANONYMOUS, -1, 0);
    mprotect(pages + PAGE, PAGE, PROT_READ);
    munmap(pages + 2 * PAGE, PAGE);
    mprotect(pages + 3 * PAGE, PAGE, PROT_NONE);
    for (int i = 0; i < batches; i++) {
        pid_t pid = fork();

        if (pid == 0)
            child(seed + i * 2654435761u);
        int status = reap(pid);
        if (WIFSIGNALED(status) && WTERMSIG(status) == SIGABRT) {
            printf("batch %d (seed %u): the emulator failed\n", i, seed);
            failures++;
        }
    }
    return failures;
}

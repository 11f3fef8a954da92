/*
 * frames.c: hostile signal frames: a handler damages what it was given, and returns. The program goes on, or it gets its
 * own SIGSEGV, SIGILL or SIGBUS; nothing else ever happens. Usage: frames [inputs [seed]].
 *
 * A child damages one frame after the other until one makes it end, then the next
 * child goes on behind it. The pc comes from a list: it must not lead to a system call.
 */
#include "linux-user/check.h"

#include <signal.h>
#include <stdbool.h>
#include <stddef.h>
#include <sys/mman.h>
#include <sys/wait.h>
#include <ucontext.h>

#ifdef __aarch64__
#define PC pc
#define SP sp
#define FLAGS pstate
#define RECORDS(uc) ((uint8_t *)(uc)->uc_mcontext.__reserved)
#define RECORDS_SIZE 640 /* FPSIMD, whatever follows it, the end */
#define RETURN 0xd65f03c0u
#else
#define PC arm_pc
#define SP arm_sp
#define FLAGS arm_cpsr
#define RECORDS(uc) ((uint8_t *)(uc)->uc_regspace)
#define RECORDS_SIZE 512
#define RETURN 0xe12fff1eu
#endif

static struct shared { volatile unsigned long next, survived; } *shared;
static uint64_t random_state;
static uintptr_t data_page;

static uint32_t rnd(void)
{
    random_state = random_state * 6364136223846793005ull + 1442695040888963407ull;
    return (uint32_t)(random_state >> 33);
}

static uintptr_t odd_value(void)
{
    static const uint64_t values[] = {0, 1, 2, 4, 7, 8, 15, 16, 0xff, 0x100, 0xfff, 0x1000, 0x210, 0x211, 0x46508001, 0x45585401, 0x45535201,
                                      0x53564501, 0x56465001, 0x5ac3c35a, 0x7fffffff, 0x80000000, 0xffffffff, 0x7ffffffff000, 0x800000000000,
                                      0xffff000000000000, 0x7fffffffffffffff, 0x8000000000000000, 0xfffffffffffffff0, 0xffffffffffffffff};

    switch (rnd() % 4) {
    case 0:  return (uintptr_t)rnd() << (rnd() % 2 ? sizeof(uintptr_t) * 4 : 0) | rnd();
    case 1:  return data_page + rnd() % 64;
    default: return (uintptr_t)values[rnd() % (sizeof values / sizeof *values)];
    }
}

static uintptr_t nowhere(void)
{
    const uintptr_t places[] = {0, 2, 0x1000, data_page, data_page + 1, data_page + 2, ~(uintptr_t)0, ~(uintptr_t)3, (uintptr_t)1 << (sizeof(uintptr_t) * 8 - 1)};

    return places[rnd() % (sizeof places / sizeof *places)];
}

/* Of a block: a bit, a byte, or a word. */
static void damage(uint8_t *block, unsigned size)
{
    unsigned at = rnd() % size;
    uintptr_t value = odd_value();

    switch (rnd() % 3) {
    case 0: block[at] ^= (uint8_t)(1u << rnd() % 8); break;
    case 1: block[at] = (uint8_t)value; break;
    case 2: memcpy(block + (at & ~3u), &value, rnd() % 2 ? 4 : at / 8 * 8 + 8 <= size ? sizeof value : 4); break;
    }
}

static void handler(int sig, siginfo_t *info, void *context)
{
    ucontext_t *uc = context;
    mcontext_t *m = &uc->uc_mcontext;

    for (unsigned n = 1 + rnd() % 3; n; n--)
        switch (rnd() % 8) {
        case 0: m->SP = odd_value(); break;
        case 1: m->PC = nowhere(); break;
        case 2: damage((uint8_t *)&m->FLAGS, sizeof m->FLAGS); break;
        case 3: damage((uint8_t *)uc, offsetof(ucontext_t, uc_mcontext)); break; /* flags, link, alternate stack, mask */
        case 4: damage(RECORDS(uc), 16); break;                                   /* the first record's head */
        case 5: damage(RECORDS(uc) + RECORDS_SIZE - 128, 128); break;             /* the end of the list */
        default: damage(RECORDS(uc), RECORDS_SIZE); break;
        }
    if (rnd() % 64 == 0)
        memset(RECORDS(uc), 0, RECORDS_SIZE);
}

/* The vectors and flags are whatever a frame has made them. */
static void use_registers(void)
{
    static volatile double d = 1.5;

    d = d * 1.25 + 1;
    if (!(d < 1e6))
        d = 1.5;
}

static void child(unsigned long count, unsigned long seed)
{
    static char stack[65536];
    stack_t s = {.ss_sp = stack, .ss_size = sizeof stack};
    struct sigaction a = {.sa_sigaction = handler};
    sigset_t none;

    sigemptyset(&none);
    fclose(stderr);
    alarm(5);
    while (shared->next < count) {
        unsigned long n = shared->next++;

        random_state = (n + 1) * 0x9e3779b97f4a7c15ull + seed;
        rnd();
        a.sa_flags = SA_SIGINFO | (n & 1 ? SA_ONSTACK : 0);
        sigaltstack(&s, NULL);
        sigaction(SIGUSR1, &a, NULL);
        sigprocmask(SIG_SETMASK, &none, NULL); /* the last frame may have left any */
        syscall(SYS_tkill, getpid(), SIGUSR1);
        use_registers();
        shared->survived++;
    }
    _exit(0);
}

static bool acceptable(int status)
{
    int sig = WIFSIGNALED(status) ? WTERMSIG(status) : 0;

    return status == 0 || sig == SIGSEGV || sig == SIGILL || sig == SIGBUS || sig == SIGFPE || sig == SIGALRM;
}

int main(int argc, char **argv)
{
    unsigned long count = argc > 1 ? strtoul(argv[1], NULL, 0) : 1500, seed = argc > 2 ? strtoul(argv[2], NULL, 0) : 1;

    shared = mmap(NULL, 4096, PROT_READ | PROT_WRITE, MAP_SHARED | MAP_ANONYMOUS, -1, 0);
    data_page = (uintptr_t)mmap(NULL, 4096, PROT_READ | PROT_WRITE, MAP_PRIVATE | MAP_ANONYMOUS, -1, 0);
    *(uint32_t *)data_page = RETURN;
    while (shared->next < count && failures < 10) {
        int status;
        pid_t pid = fork();

        if (!pid)
            child(count, seed);
        CHECK(waitpid(pid, &status, 0) == pid);
        if (!acceptable(status)) {
            printf("input %lu of seed %lu: status %#x\n", shared->next - 1, seed, status);
            failures++;
        }
    }
    printf("%lu frames, %lu survived, %d badly ended\n", shared->next, shared->survived, failures);
    return failures != 0;
}

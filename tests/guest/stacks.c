/*
 * stacks.c: deep recursion with right results, stacks that overflow and are
 * caught, limits that are kept, switching between many stacks.
 * flags: -Wno-infinite-recursion
 */
#include "linux-user/check.h"

#include <pthread.h>
#include <setjmp.h>
#include <signal.h>
#include <stdbool.h>
#include <sys/mman.h>
#include <sys/resource.h>
#include <sys/wait.h>
#include <ucontext.h>

/* ---- deep, but within the limit ---- */

static __attribute__((noinline)) unsigned ladder(unsigned n, unsigned x)
{
    volatile unsigned local = x * 2654435761u;
    unsigned below = n ? ladder(n - 1, local ^ n) : 1;

    return below * 31 + (local >> 7);
}

/* The same without recursion. */
static unsigned ladder_by_loop(unsigned n, unsigned x)
{
    unsigned *locals = malloc((n + 1) * sizeof *locals), result = 1;

    for (unsigned i = n;; i--) {
        locals[i] = x * 2654435761u;
        x = locals[i] ^ i;
        if (!i)
            break;
    }
    for (unsigned i = 0; i <= n; i++)
        result = result * 31 + (locals[i] >> 7);
    free(locals);
    return result;
}

static void deep_recursion_is_right(void)
{
    static const unsigned depths[] = {1, 100, 1000, 20000, 65536, 100000};

    for (unsigned i = 0; i < sizeof depths / sizeof depths[0]; i++)
        CHECK(ladder(depths[i], i) == ladder_by_loop(depths[i], i));
}

static jmp_buf top;

static __attribute__((noinline)) unsigned dive(unsigned n)
{
    volatile char room[64];

    room[0] = (char)n;
    if (!n)
        longjmp(top, 1);
    return dive(n - 1) + (unsigned)room[0];
}

static void jumping_out_of_depth(void)
{
    for (volatile unsigned i = 0; i < 2000; i++)
        if (!setjmp(top))
            dive(i % 500);
    CHECK(ladder(1000, 7) == ladder_by_loop(1000, 7));
}

/* ---- too deep ---- */

static sigjmp_buf back;
static volatile uintptr_t fault_addr, fault_sp;

#ifdef __aarch64__
#define SP_OF(m) ((m).sp)
#else
#define SP_OF(m) ((m).arm_sp)
#endif

static void caught(int sig, siginfo_t *info, void *context)
{
    fault_addr = (uintptr_t)info->si_addr;
    fault_sp = SP_OF(((ucontext_t *)context)->uc_mcontext);
    siglongjmp(back, sig);
}

static void catch_overflow(void)
{
    struct sigaction a = {.sa_sigaction = caught, .sa_flags = SA_SIGINFO | SA_ONSTACK};

    sigaction(SIGSEGV, &a, NULL);
}

static void alternate_stack(void)
{
    stack_t s = {.ss_sp = malloc(65536), .ss_size = 65536};

    sigaltstack(&s, NULL);
}

static __attribute__((noinline)) unsigned endless(unsigned n, volatile char *above)
{
    volatile char room[400];

    room[0] = above ? above[0] : 1;
    return endless(n + 1, room) + (unsigned)room[0];
}

static void overflow_is_caught(void)
{
    char here;

    for (volatile int i = 0; i < 3; i++) {
        int sig = sigsetjmp(back, 1);

        if (!sig)
            endless(0, NULL);
        CHECK(sig == SIGSEGV);
        CHECK((uintptr_t)&here - fault_addr > 1 << 20 && (uintptr_t)&here - fault_addr < 9 << 20);
        CHECK(fault_sp - fault_addr + 8192 < 16384);
    }
}

static int child_dies_of(void (*how)(void))
{
    int status;
    pid_t pid = fork();

    if (!pid) {
        fclose(stderr);
        how();
        _exit(0);
    }
    waitpid(pid, &status, 0);
    return WIFSIGNALED(status) ? WTERMSIG(status) : -1;
}

static void overflow(void)
{
    signal(SIGSEGV, SIG_DFL);
    endless(0, NULL);
}

static void overflow_without_a_place(void)
{
    struct sigaction a = {.sa_sigaction = caught, .sa_flags = SA_SIGINFO};
    stack_t off = {.ss_flags = SS_DISABLE};

    sigaltstack(&off, NULL);
    sigaction(SIGSEGV, &a, NULL);
    endless(0, NULL);
}

static void overflow_ends_the_process(void)
{
    CHECK(child_dies_of(overflow) == SIGSEGV);
    CHECK(child_dies_of(overflow_without_a_place) == SIGSEGV);
}

/* ---- limits ---- */

static __attribute__((noinline)) void measure(unsigned n, volatile char *start, volatile uint32_t *reached)
{
    volatile char room[1000];

    room[0] = 1;
    *reached = (uint32_t)(start - room);
    if (n)
        measure(n - 1, start, reached);
    room[1] = 1; /* no tail call */
}

/* In a program that was started with a limit of its own: how far it comes. */
static int report_depth(void)
{
    volatile char here;
    static volatile uint32_t reached;

    alternate_stack();
    catch_overflow();
    if (!sigsetjmp(back, 1))
        measure(1 << 20, &here, &reached);
    printf("%u\n", reached / 1024);
    return 0;
}

static unsigned depth_with_limit(const char *self, unsigned kib)
{
    int fd[2];
    char text[32] = "";
    pid_t pid;

    if (pipe(fd))
        return 0;
    pid = fork();
    if (!pid) {
        struct rlimit r = {kib * 1024, RLIM_INFINITY};

        setrlimit(RLIMIT_STACK, &r);
        dup2(fd[1], 1);
        execl(self, self, "depth", NULL);
        _exit(1);
    }
    close(fd[1]);
    if (read(fd[0], text, sizeof text - 1) < 0)
        perror("read");
    close(fd[0]);
    waitpid(pid, NULL, 0);
    return (unsigned)atoi(text);
}

static void the_limit_is_kept(const char *self)
{
    static const unsigned limits[] = {512, 2048, 8192, 32768};

    for (unsigned i = 0; i < sizeof limits / sizeof limits[0]; i++) {
        unsigned reached = depth_with_limit(self, limits[i]);

        if (reached > limits[i] + 64 || reached + 300 < limits[i])
            printf("limit %u KiB: %u KiB deep\n", limits[i], reached), failures++;
    }
}

/* ---- threads ---- */

static void *overflow_in_thread(void *arg)
{
    static __thread int sig;
    stack_t off = {.ss_flags = SS_DISABLE};

    alternate_stack();
    sig = sigsetjmp(back, 1);
    if (!sig)
        endless(0, NULL);
    sigaltstack(&off, NULL);
    return (void *)(intptr_t)sig;
}

static void a_thread_overflows_alone(void)
{
    for (int i = 0; i < 3; i++) {
        pthread_attr_t attr;
        pthread_t t;
        void *result = NULL;

        pthread_attr_init(&attr);
        pthread_attr_setstacksize(&attr, 128 << 10);
        CHECK(pthread_create(&t, &attr, overflow_in_thread, NULL) == 0);
        CHECK(pthread_join(t, &result) == 0);
        CHECK(result == (void *)SIGSEGV);
    }
}

static void *deep_thread(void *arg)
{
    return (void *)(uintptr_t)(ladder(20000, (unsigned)(uintptr_t)arg) == ladder_by_loop(20000, (unsigned)(uintptr_t)arg));
}

static void threads_go_deep_together(void)
{
    pthread_t t[8];

    for (int i = 0; i < 8; i++)
        CHECK(pthread_create(&t[i], NULL, deep_thread, (void *)(intptr_t)i) == 0);
    for (int i = 0; i < 8; i++) {
        void *ok;

        pthread_join(t[i], &ok);
        CHECK(ok);
    }
}

/* ---- many stacks ---- */

#ifdef __arm__
enum { COROUTINES = 20 };

/* A switch as coroutine libraries have it: what calls return to is on another stack. */
void switch_stack(void **save, void *to);
__asm__(".text\n.balign 4\n.arm\n.type switch_stack, %function\n"
        "switch_stack: push {r4-r11, lr}\n str sp, [r0]\n mov sp, r1\n pop {r4-r11, pc}\n"
#ifdef __thumb__
        ".thumb\n"
#endif
);

static void *saved[COROUTINES + 1];
static unsigned current, total, finished;

static void yield(void)
{
    unsigned from = current;

    current = 0;
    switch_stack(&saved[from], saved[0]);
}

static __attribute__((noinline)) unsigned nested(unsigned n, unsigned id)
{
    if (!n) {
        yield();
        return id;
    }
    return nested(n - 1, id) + (n & 1);
}

static void coroutine(void)
{
    unsigned id = current;

    for (unsigned i = 0; i < 50; i++)
        total += nested(id + i % 7, id);
    finished++;
    for (;;)
        yield();
}

static void switching_between_stacks(void)
{
    unsigned want = 0;

    for (unsigned id = 1; id <= COROUTINES; id++) {
        uint32_t *sp = (uint32_t *)((char *)malloc(32768) + 32768) - 9;

        sp[8] = (uint32_t)(uintptr_t)coroutine;
        saved[id] = sp;
        for (unsigned i = 0; i < 50; i++)
            want += id + (id + i % 7 + 1) / 2;
    }
    for (unsigned i = 0; i < 60; i++)
        for (unsigned id = 1; id <= COROUTINES; id++) {
            current = id;
            switch_stack(&saved[0], saved[id]);
        }
    CHECK(finished == COROUTINES && total == want);
}
#else
static void switching_between_stacks(void) {}
#endif

int main(int argc, char **argv)
{
    if (argc > 1)
        return report_depth();
    alternate_stack();
    catch_overflow();
    deep_recursion_is_right();
    jumping_out_of_depth();
    overflow_is_caught();
    overflow_ends_the_process();
    the_limit_is_kept("/proc/self/exe");
    a_thread_overflows_alone();
    threads_go_deep_together();
    switching_between_stacks();
    return failures;
}

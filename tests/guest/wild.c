/*
 * wild.c: jumps to where nothing can run, accesses to where nothing can be, at the ends of the
 * address space and around them. The guest gets its own signal with the address as the
 * kernel gives it, all registers as they were, and can go on.
 * abis: armhf armhf-thumb aarch64
 * flags: -Wno-clobbered
 */
#include "linux-user/check.h"

#include <setjmp.h>
#include <signal.h>
#include <stdbool.h>
#include <sys/mman.h>
#include <sys/wait.h>
#include <ucontext.h>

enum { PAGE = 4096 };

static sigjmp_buf back;
/* r1 and sp as they were; far: the address with all its bits; write: it was a store. */
static volatile struct { int sig, code; uintptr_t addr, pc, r1, sp, far; bool write; } seen;

static uint8_t *new_pages(unsigned n, int prot)
{
    return mmap(NULL, n * PAGE, prot, MAP_PRIVATE | MAP_ANONYMOUS, -1, 0);
}

static void (*at(uintptr_t addr))(void)
{
    return (void (*)(void))addr;
}

static bool expect(const char *what, uintptr_t target, int sig, int code, uintptr_t addr)
{
    if (seen.sig == sig && seen.code == code && seen.addr == addr)
        return true;
    printf("%s %lx: signal %d code %d addr %lx pc %lx\n", what, (unsigned long)target, seen.sig, seen.code, (unsigned long)seen.addr,
           (unsigned long)seen.pc);
    return false;
}

/* What a signal handler is told of a jump to target: pc and address are `where`. */
static bool jump_is_caught(uintptr_t target, uintptr_t where, int sig, int code)
{
    memset((void *)&seen, 0, sizeof seen);
    if (!sigsetjmp(back, 1))
        at(target)();
    return expect("jump to", target, sig, code, where) && (sig != SIGSEGV || seen.pc == where);
}

#ifdef __aarch64__
#include "guest/wild_a64.h"
#else
#include "guest/wild_arm.h"
#endif

static void leave(int sig, siginfo_t *info, void *context)
{
    seen.sig = sig;
    seen.code = info->si_code;
    seen.addr = (uintptr_t)info->si_addr;
    read_context(&((ucontext_t *)context)->uc_mcontext);
    siglongjmp(back, 1);
}

static void catch_all(void)
{
    static char stack[65536];
    stack_t s = {.ss_sp = stack, .ss_size = sizeof stack};
    struct sigaction a = {.sa_sigaction = leave, .sa_flags = SA_SIGINFO | SA_ONSTACK};

    sigaltstack(&s, NULL);
    sigaction(SIGSEGV, &a, NULL);
    sigaction(SIGBUS, &a, NULL);
    sigaction(SIGILL, &a, NULL);
}

/* ---- jumps ---- */

static void jumps_into_data(void)
{
    uint8_t *data = new_pages(1, PROT_READ | PROT_WRITE), *gone = new_pages(1, PROT_READ | PROT_WRITE), *closed = new_pages(1, PROT_NONE);
    uint32_t word = RETURN; /* it would return, could it be run */

    memcpy(data, &word, 4);
    memcpy(gone, &word, 4);
    munmap(gone, PAGE);
    for (int round = 0; round < 3; round++) { /* the second time the jump is known */
        CHECK(jump_is_caught((uintptr_t)data, (uintptr_t)data, SIGSEGV, SEGV_ACCERR));
        CHECK(jump_is_caught((uintptr_t)gone, (uintptr_t)gone, SIGSEGV, SEGV_MAPERR));
        CHECK(jump_is_caught((uintptr_t)closed, (uintptr_t)closed, SIGSEGV, SEGV_ACCERR));
    }
}

/* Code that worked a moment ago is taken away by munmap, mprotect, or a new mapping. */
static void code_that_goes_away(void)
{
    uint32_t returns = RETURN;

    for (int how = 0; how < 3; how++)
        for (int round = 0; round < 3; round++) {
            uint8_t *code = new_pages(1, PROT_READ | PROT_WRITE | PROT_EXEC);
            uintptr_t addr = (uintptr_t)code;

            memcpy(code, &returns, 4);
            __builtin___clear_cache((char *)code, (char *)code + 4);
            for (int i = 0; i < 5; i++)
                at(addr)();
            switch (how) {
            case 0: munmap(code, PAGE); break;
            case 1: mprotect(code, PAGE, PROT_READ | PROT_WRITE); break;
            default: mmap(code, PAGE, PROT_NONE, MAP_PRIVATE | MAP_ANONYMOUS | MAP_FIXED, -1, 0);
            }
            CHECK(jump_is_caught(addr, addr, SIGSEGV, how == 0 ? SEGV_MAPERR : SEGV_ACCERR));
            if (how == 1) {
                mprotect(code, PAGE, PROT_READ | PROT_EXEC);
                at(addr)();
            }
        }
}

/* Straight into the next page, which cannot be run: the instructions before have taken effect. */
static void running_off_a_page(void)
{
    uint8_t *code = new_pages(2, PROT_READ | PROT_WRITE | PROT_EXEC);
    uint32_t *last = (uint32_t *)(code + PAGE) - 2;

    mprotect(code + PAGE, PAGE, PROT_READ | PROT_WRITE);
    last[0] = MOV_R1_42;
    last[1] = ADD_R1_1;
    __builtin___clear_cache((char *)last, (char *)(last + 2));
    CHECK(jump_is_caught((uintptr_t)last, (uintptr_t)(code + PAGE), SIGSEGV, SEGV_ACCERR) && seen.r1 == 43);
    running_off_within_an_instruction(code + PAGE);
}

/* Random words as code, in a child each: whatever they do, it is the child's own end. */
static void random_code(void)
{
    uint64_t x = 88172645463325252ull;

    for (unsigned round = 0; round < 64; round++) {
        int status;
        pid_t pid;

        x ^= x << 13, x ^= x >> 7, x ^= x << 17;
        pid = fork();
        if (!pid) {
            uint32_t *code = (uint32_t *)new_pages(1, PROT_READ | PROT_WRITE | PROT_EXEC);

            for (unsigned i = 0; i < PAGE / 4; i++) {
                x ^= x << 13, x ^= x >> 7, x ^= x << 17;
                code[i] = random_word((uint32_t)(x >> 20), round);
            }
            for (int sig = 1; sig < 32; sig++)
                signal(sig, SIG_DFL);
            alarm(2);
            fclose(stderr);
            ((void (*)(void *, const void *, void *, void *))random_entry(code, round))(code + 100, places, code + 300, (void *)&seen);
            _exit(0);
        }
        CHECK(waitpid(pid, &status, 0) == pid);
        if (WIFSIGNALED(status))
            CHECK(WTERMSIG(status) == SIGILL || WTERMSIG(status) == SIGSEGV || WTERMSIG(status) == SIGBUS ||
                  WTERMSIG(status) == SIGTRAP || WTERMSIG(status) == SIGALRM || WTERMSIG(status) == SIGFPE);
        else
            CHECK(WIFEXITED(status) && WEXITSTATUS(status) != 125);
    }
}

/* ---- accesses ---- */

static void pages_keep_their_rights(void)
{
    static volatile uint64_t sink;
    char *p = (char *)new_pages(3, PROT_READ);
    volatile uint64_t *edge = (volatile uint64_t *)(p + 2 * PAGE - 4);

    CHECK(mprotect(p + 2 * PAGE, PAGE, PROT_NONE) == 0);
    seen.sig = 0;
    if (!sigsetjmp(back, 1))
        *p = 1;
    CHECK(expect("read-only", (uintptr_t)p, SIGSEGV, SEGV_ACCERR, (uintptr_t)p) && seen.write);
    seen.sig = 0;
    if (!sigsetjmp(back, 1))
        sink = *edge;
    CHECK(expect("over the edge", (uintptr_t)edge, SIGSEGV, SEGV_ACCERR, (uintptr_t)p + 2 * PAGE) && !seen.write);
    munmap(p, 3 * PAGE);
    seen.sig = 0;
    if (!sigsetjmp(back, 1))
        sink = (uint64_t)*p;
    CHECK(expect("unmapped", (uintptr_t)p, SIGSEGV, SEGV_MAPERR, (uintptr_t)p) && !seen.write);
}

/* A stack pointer that is nowhere: no place for a frame, so the process ends, of SIGSEGV. */
static void a_stack_that_is_nowhere(void)
{
    for (unsigned i = 0; i < sizeof stacks / sizeof stacks[0]; i++) {
        int status;
        pid_t pid = fork();

        if (!pid) {
            stack_t off = {.ss_flags = SS_DISABLE};

            fclose(stderr);
            sigaltstack(&off, NULL);
            push_pop_undefined(stacks[i]);
        }
        CHECK(waitpid(pid, &status, 0) == pid && WIFSIGNALED(status) && (WTERMSIG(status) == SIGSEGV || WTERMSIG(status) == SIGILL));
    }
}

int main(void)
{
    catch_all();
    jumps_to_nowhere();
    jumps_into_data();
    code_that_goes_away();
    running_off_a_page();
    pages_keep_their_rights();
    accesses();
    a_stack_that_is_nowhere();
    random_code();
    return failures;
}

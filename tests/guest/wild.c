/*
 * wild.c: jumps to where nothing can run, accesses at the top of the address
 * space and around it. The guest gets its own signal with the right address
 * and can go on.
 * abis: armhf armhf-thumb
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
static volatile struct { int sig, code; uint32_t addr, pc, lr, r1; } seen;

static void leave(int sig, siginfo_t *info, void *context)
{
    const mcontext_t *m = &((ucontext_t *)context)->uc_mcontext;

    seen.sig = sig;
    seen.code = info->si_code;
    seen.addr = (uint32_t)(uintptr_t)info->si_addr;
    seen.pc = m->arm_pc;
    seen.lr = m->arm_lr;
    seen.r1 = m->arm_r1;
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

static void (*at(uint32_t addr))(void)
{
    return (void (*)(void))(uintptr_t)addr;
}

/* ---- jumps ---- */

static bool jump_is_caught(uint32_t target, uint32_t addr, int code)
{
    memset((void *)&seen, 0, sizeof seen);
    if (!sigsetjmp(back, 1))
        at(target)();
    if (seen.sig == SIGSEGV && seen.addr == addr && seen.code == code && seen.pc == (target & ~1u))
        return true;
    printf("jump to %08x: signal %d code %d addr %08x pc %08x\n", target, seen.sig, seen.code, seen.addr, seen.pc);
    return false;
}

static uint8_t *new_pages(unsigned n, int prot)
{
    return mmap(NULL, n * PAGE, prot, MAP_PRIVATE | MAP_ANONYMOUS, -1, 0);
}

static void jumps_to_nowhere(void)
{
    uint32_t places[] = {0, 0x10, 0x1000, 0x7ffffff0, 0xc0000000, 0xffff4000, 0xfffffff8};

    for (unsigned round = 0; round < 3; round++) /* the second time the jump is known */
        for (unsigned i = 0; i < sizeof places / sizeof places[0]; i++) {
            CHECK(jump_is_caught(places[i], places[i], SEGV_MAPERR) || (places[i] >= 0xc0000000 && seen.sig == SIGSEGV && seen.addr == places[i]));
            CHECK(jump_is_caught(places[i] | 1, places[i], SEGV_MAPERR) || (places[i] >= 0xc0000000 && seen.sig == SIGSEGV && seen.addr == places[i]));
        }
}

static void jumps_into_data(void)
{
    uint8_t *data = new_pages(1, PROT_READ | PROT_WRITE), *gone = new_pages(1, PROT_READ | PROT_WRITE), *closed = new_pages(1, PROT_NONE);
    uint32_t word = 0xe12fff1e; /* bx lr: it would return, could it be run */

    memcpy(data, &word, 4);
    memcpy(gone, &word, 4);
    munmap(gone, PAGE);
    CHECK(jump_is_caught((uint32_t)(uintptr_t)data, (uint32_t)(uintptr_t)data, SEGV_ACCERR));
    CHECK(jump_is_caught((uint32_t)(uintptr_t)gone, (uint32_t)(uintptr_t)gone, SEGV_MAPERR));
    CHECK(jump_is_caught((uint32_t)(uintptr_t)closed, (uint32_t)(uintptr_t)closed, SEGV_ACCERR));
    CHECK(jump_is_caught((uint32_t)(uintptr_t)closed + 2 + 1, (uint32_t)(uintptr_t)closed + 2, SEGV_ACCERR));
}

/* Code that worked a moment ago is taken away by munmap, mprotect, or a new mapping. */
static void code_that_goes_away(void)
{
    uint32_t returns = 0xe12fff1e;

    for (int how = 0; how < 3; how++)
        for (int round = 0; round < 3; round++) {
            uint8_t *code = new_pages(1, PROT_READ | PROT_WRITE | PROT_EXEC);
            uint32_t addr = (uint32_t)(uintptr_t)code;

            memcpy(code, &returns, 4);
            __builtin___clear_cache((char *)code, (char *)code + 4);
            for (int i = 0; i < 5; i++)
                at(addr)();
            switch (how) {
            case 0: munmap(code, PAGE); break;
            case 1: mprotect(code, PAGE, PROT_READ | PROT_WRITE); break;
            default: mmap(code, PAGE, PROT_NONE, MAP_PRIVATE | MAP_ANONYMOUS | MAP_FIXED, -1, 0);
            }
            CHECK(jump_is_caught(addr, addr, how == 0 ? SEGV_MAPERR : SEGV_ACCERR));
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
    uint16_t *thumb = (uint16_t *)(code + PAGE) - 3;

    mprotect(code + PAGE, PAGE, PROT_READ | PROT_WRITE);
    last[0] = 0xe3a0102a; /* mov r1, #42 */
    last[1] = 0xe2811001; /* add r1, r1, #1 */
    __builtin___clear_cache((char *)last, (char *)(last + 2));
    memset((void *)&seen, 0, sizeof seen);
    if (!sigsetjmp(back, 1))
        at((uint32_t)(uintptr_t)last)();
    CHECK(seen.sig == SIGSEGV && seen.code == SEGV_ACCERR && seen.r1 == 43);
    CHECK(seen.addr == (uint32_t)(uintptr_t)(code + PAGE) && seen.pc == seen.addr);

    thumb[0] = 0x212a; /* movs r1, #42 */
    thumb[1] = 0x3101; /* adds r1, #1 */
    thumb[2] = 0xf04f; /* the first half of mov.w */
    memcpy(code + PAGE, "\0\1", 2);
    __builtin___clear_cache((char *)thumb, (char *)(thumb + 3));
    memset((void *)&seen, 0, sizeof seen);
    if (!sigsetjmp(back, 1))
        at((uint32_t)(uintptr_t)thumb | 1)();
    CHECK(seen.sig == SIGSEGV && seen.code == SEGV_ACCERR && seen.r1 == 43);
    CHECK(seen.addr == (uint32_t)(uintptr_t)(code + PAGE) && seen.pc == seen.addr - 2);
}

/* Random words as code, in a child each: whatever they do, it is the child's own end. */
static void random_code(void)
{
    uint32_t x = 2463534242u;

    for (int round = 0; round < 40; round++) {
        int status;
        pid_t pid;

        x ^= x << 13, x ^= x >> 17, x ^= x << 5;
        pid = fork();
        if (!pid) {
            uint32_t *code = (uint32_t *)new_pages(1, PROT_READ | PROT_WRITE | PROT_EXEC);

            for (unsigned i = 0; i < PAGE / 4; i++) {
                x ^= x << 13, x ^= x >> 17, x ^= x << 5;
                code[i] = (x & 0x0f000000) == 0x0f000000 ? 0xe1a00000 : x; /* no system calls */
                if (round & 1 && ((x & 0xff00) == 0xdf00 || x >> 24 == 0xdf))
                    code[i] = 0xbf00bf00;
            }
            for (int sig = 1; sig < 32; sig++)
                signal(sig, SIG_DFL);
            alarm(2);
            fclose(stderr);
            at((uint32_t)(uintptr_t)code | (round & 1))();
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

/* ---- the top of the address space ---- */

/* r1, r2 as given; what r3 and r1 become. */
#define RUN(insn, base, index)                                                                            \
    ({                                                                                                    \
        register uint32_t r1 __asm__("r1") = (base), r2 __asm__("r2") = (index), r3 __asm__("r3") = 0xdead; \
        memset((void *)&seen, 0, sizeof seen);                                                            \
        if (!sigsetjmp(back, 1)) {                                                                        \
            r1 = (base), r2 = (index), r3 = 0xdead;                                                       \
            __asm__ volatile(insn : "+r"(r1), "+r"(r2), "+r"(r3) : : "r4", "r5", "r6", "d0", "d1", "d2", "d3", "cc", "memory"); \
        }                                                                                                 \
        (struct outcome){r1, r3};                                                                         \
    })

struct outcome { uint32_t r1, r3; };

#define FAULTS_AT(insn, base, index, where) \
    do {                                                                                      \
        RUN(insn, base, index);                                                               \
        if (seen.sig != SIGSEGV || seen.addr != (where) || seen.r1 != (base))                 \
            printf("%s: signal %d addr %08x r1 %08x\n", insn, seen.sig, seen.addr, seen.r1), failures++; \
    } while (0)

static void accesses_around_the_top(void)
{
    FAULTS_AT("ldr r3, [r1]", 0xfffffffcu, 0, 0xfffffffcu);
    FAULTS_AT("ldr r3, [r1]", 0xfffffffeu, 0, 0xfffffffeu);
    FAULTS_AT("ldr r3, [r1]", 0xffffffffu, 0, 0xffffffffu);
    FAULTS_AT("ldrh r3, [r1]", 0xffffffffu, 0, 0xffffffffu);
    FAULTS_AT("str r3, [r1]", 0xfffffffdu, 0, 0xfffffffdu);
    FAULTS_AT("ldr r3, [r1, #8]", 0xfffffffcu, 0, 4);
    FAULTS_AT("ldr r3, [r1, #8]!", 0xfffffffcu, 0, 4);
    FAULTS_AT("ldr r3, [r1, #-8]", 4u, 0, 0xfffffffcu);
    FAULTS_AT("str r3, [r1, #-8]!", 4u, 0, 0xfffffffcu);
    FAULTS_AT("ldr r3, [r1, r2]", 0x80000000u, 0x80000000u, 0);
    FAULTS_AT("ldr r3, [r1, r2, lsl #3]", 0xfffffff8u, 0x20000002u, 8);
    FAULTS_AT("ldrb r3, [r1, r2]", 0xffffffffu, 1, 0);
    FAULTS_AT("ldmia r1!, {r3-r6}", 0xfffffff8u, 0, 0xfffffff8u);
    FAULTS_AT("stmia r1!, {r3-r6}", 0xfffffff8u, 0, 0xfffffff8u);
    FAULTS_AT("ldmdb r1!, {r3-r6}", 8u, 0, 0xfffffff8u);
    FAULTS_AT("stmdb r1!, {r3-r6}", 8u, 0, 0xfffffff8u);
    FAULTS_AT("ldrd r4, r5, [r1]", 0xfffffffcu, 0, 0xfffffffcu);
    FAULTS_AT("ldrd r4, r5, [r1, #8]", 0xfffffff8u, 0, 0);
    FAULTS_AT("vldmia r1!, {d0-d3}", 0xfffffff0u, 0, 0xfffffff0u);
    FAULTS_AT("vldr d0, [r1, #16]", 0xfffffff0u, 0, 0);
    FAULTS_AT("vldr d0, [r1, #-16]", 8u, 0, 0xfffffff8u);
    FAULTS_AT("ldrex r3, [r1]", 0xfffffffcu, 0, 0xfffffffcu);
}

/* Sums of base and index that wrap to a good address are good. */
static void addresses_wrap(void)
{
    static uint32_t words[4] __attribute__((aligned(16))) = {0x11111111, 0x22222222, 0x33333333, 0x44444444};
    uint32_t p = (uint32_t)(uintptr_t)words;
    struct outcome o;

    o = RUN("ldr r3, [r1, r2]", p + 0x80000004u, 0x80000000u);
    CHECK(!seen.sig && o.r3 == 0x22222222);
    o = RUN("ldr r3, [r1, r2, lsl #2]", p, 0x40000002u);
    CHECK(!seen.sig && o.r3 == 0x33333333);
    o = RUN("ldr r3, [r1, r2, lsl #3]", p - 8, 0xe0000001u);
    CHECK(!seen.sig && o.r3 == 0x11111111);
    o = RUN("ldr r3, [r1, r2]", p, 0xfffffffcu + 8);
    CHECK(!seen.sig && o.r3 == 0x22222222);
    o = RUN("ldr r3, [r1, r2]", 4, p);
    CHECK(!seen.sig && o.r3 == 0x22222222);
    o = RUN("add r3, r1, r2; ldr r3, [r3, #4]", p + 0x90000000u, 0x70000000u);
    CHECK(!seen.sig && o.r3 == 0x22222222);
    o = RUN("add r3, r1, #252; add r3, r3, r2; ldr r3, [r3, #-252]", p, 0);
    CHECK(!seen.sig && o.r3 == 0x11111111);
    o = RUN("add r4, r1, r2, lsl #1; str r4, [r4, #12]; ldr r3, [r1, #12]", p, 0x80000000u);
    CHECK(!seen.sig && o.r3 == p);
    o = RUN("strh r2, [r1, r2]; ldr r3, [r1]", p, 0);
    CHECK(!seen.sig && o.r3 == 0x11110000);
#ifndef __thumb__
    o = RUN("ldr r3, [r1, -r2]", p - 0x10000000u, 0xf0000000u - 4);
    CHECK(!seen.sig && o.r3 == 0x22222222);
    o = RUN("ldr r3, [r1, r2, ror #1]!", p, 9); /* + 0x80000004 */
    CHECK(seen.sig == SIGSEGV && seen.addr == p + 0x80000004u && seen.r1 == p);
    o = RUN("ldr r3, [r1, r2, asr #31]", p + 1, 0x80000000u);
    CHECK(!seen.sig && o.r3 == 0x11110000);
#endif
}

/* A stack pointer that is nowhere: no place for a frame, so the process ends, of SIGSEGV. */
static void a_stack_that_is_nowhere(void)
{
    static const uint32_t places[] = {0, 8, 0x1000, 0xfffffffc, 0xffff0ff8};

    for (unsigned i = 0; i < sizeof places / sizeof places[0]; i++) {
        int status;
        pid_t pid = fork();

        if (!pid) {
            stack_t off = {.ss_flags = SS_DISABLE};

            fclose(stderr);
            sigaltstack(&off, NULL);
            __asm__ volatile("mov sp, %0\n push {r0-r3}\n pop {r0-r3}\n udf #0" : : "r"(places[i]));
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
    accesses_around_the_top();
    addresses_wrap();
    a_stack_that_is_nowhere();
    random_code();
    return failures;
}

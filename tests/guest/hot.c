/*
 * hot.c: small functions called so often that they become part of their
 * callers' translation, and everything that may happen inside them then:
 * faults, signals, long jumps, returns to elsewhere, new code.
 */
#include "linux-user/check.h"

#include <setjmp.h>
#include <signal.h>
#include <stdbool.h>
#include <sys/mman.h>
#include <sys/time.h>
#include <ucontext.h>

enum { HOT = 50000, PAGE = 4096 };

#define FUNCTION __attribute__((noipa))

#ifdef __aarch64__
#define PC_OF(u) ((u)->uc_mcontext.pc)
#define SP_OF(u) ((u)->uc_mcontext.sp)
#else
#define PC_OF(u) ((u)->uc_mcontext.arm_pc)
#define SP_OF(u) ((u)->uc_mcontext.arm_sp)
#endif

/* ---- right results: early returns, the rest of the function, nothing but a return ---- */

static FUNCTION unsigned long long slow(unsigned n) { return n * 3ull; }
static FUNCTION unsigned long long guarded(unsigned n) { return n < 5 ? n : slow(n - 1) + n; }
static FUNCTION void nothing(void) {}
static FUNCTION int sign(int n) { return n < 0 ? -1 : n > 0; }
static FUNCTION unsigned last_one(const unsigned *p, unsigned n) { return n ? p[n - 1] : 7; }
static FUNCTION unsigned hops(unsigned n) { return n < 2 ? n : hops(n - 1) + hops(n - 2); }
static FUNCTION unsigned ack(unsigned m, unsigned n) { return m ? ack(m - 1, n ? ack(m, n - 1) : 1) : n + 1; }

/* More ways out than a frame has room for. */
static FUNCTION unsigned doors(const unsigned char *c)
{
    if (c[0] == 1)
        return (unsigned)slow(1) + 1;
    if (c[1] == 2)
        return (unsigned)slow(2) + 2;
    if (c[2] == 3)
        return (unsigned)slow(3) + 3;
    if (c[3] == 4)
        return (unsigned)slow(4) + 4;
    if (c[4] == 5)
        return 5;
    if (c[5] == 6)
        return (unsigned)slow(6) + 6;
    if (c[6] == 7)
        return 7;
    return 0;
}

static void many_ways_out(void)
{
    unsigned char c[8] = {0};
    unsigned bad = 0;

    for (unsigned i = 0; i < 4 * HOT; i++) {
        unsigned k = i % 9, want = k == 0 || k > 7 ? 0 : k == 5 || k == 7 ? k : k * 4;

        memset(c, 0, sizeof c);
        c[k ? k - 1 : 7] = (unsigned char)k;
        bad += doors(c) != want;
    }
    CHECK(!bad);
}

static void results_are_right(void)
{
    static const unsigned list[] = {5, 6, 9};
    unsigned long long a = 0, want = 0;
    int b = 0;

    for (unsigned i = 0; i < HOT; i++) {
        unsigned n = i % 11;

        nothing();
        a += guarded(n) + last_one(list, n % 4);
        want += n < 5 ? n : (n - 1) * 3 + n;
        want += n % 4 ? list[n % 4 - 1] : 7;
        b += sign((int)n - 5);
    }
    CHECK(a == want);
    CHECK(b == -(HOT % 11 < 5 ? HOT % 11 : 10 - HOT % 11) % 11);
    CHECK(hops(25) == 75025);
    CHECK(ack(2, 500) == 1003);
}

/* ---- faults and jumps out ---- */

static FUNCTION int load(const int *p) { return *p; }
static FUNCTION int middle(const int *p, int add) { return load(p) + add; }

static sigjmp_buf out;
static volatile uintptr_t fault_pc, fault_addr;

static void on_fault(int sig, siginfo_t *info, void *context)
{
    fault_pc = PC_OF((ucontext_t *)context);
    fault_addr = (uintptr_t)info->si_addr;
    siglongjmp(out, 1);
}

static void faults_are_exact(void)
{
    struct sigaction action = {.sa_sigaction = on_fault, .sa_flags = SA_SIGINFO};
    int value = 3;
    volatile unsigned caught = 0;
    volatile long sum = 0;

    sigaction(SIGSEGV, &action, NULL);
    for (volatile unsigned i = 0; i < HOT; i++) {
        if (sigsetjmp(out, 0)) {
            uintptr_t start = (uintptr_t)load & ~(uintptr_t)1;
            sigset_t none;

            caught++;
            CHECK(fault_pc >= start && fault_pc < start + 16 && fault_addr == 64);
            sigemptyset(&none);
            sigprocmask(SIG_SETMASK, &none, NULL);
            continue;
        }
        sum += middle(i % 1000 == 999 ? (int *)64 : &value, 1);
    }
    signal(SIGSEGV, SIG_DFL);
    CHECK(caught == HOT / 1000);
    CHECK(sum == 4 * (HOT - HOT / 1000));
}

static jmp_buf top;
static FUNCTION void leaps(unsigned n)
{
    if (n % 7 == 0)
        longjmp(top, 1);
}
static FUNCTION void leaps_deep(unsigned n, unsigned depth)
{
    if (depth)
        leaps_deep(n, depth - 1);
    leaps(n);
}

static void long_jumps(void)
{
    volatile unsigned jumped = 0, stayed = 0;

    for (volatile unsigned i = 0; i < HOT; i++) {
        if (setjmp(top)) {
            jumped++;
            continue;
        }
        leaps_deep(i, i % 5);
        stayed++;
    }
    CHECK(jumped == (HOT + 6) / 7 && stayed == HOT - jumped);
    CHECK(hops(15) == 610);
}

/* ---- a function that returns four bytes farther when its argument is not 0 ---- */

unsigned calls_skips(unsigned n);
#ifdef __aarch64__
__asm__(".text\n"
        "skips: cbz w0, 1f\n  add x30, x30, #4\n1:  ret\n"
        "calls_skips: str x30, [sp, #-16]!\n  bl skips\n  b 2f\n  mov w0, #1\n  ldr x30, [sp], #16\n  ret\n"
        "2: mov w0, #0\n  ldr x30, [sp], #16\n  ret\n");
#else
__asm__(".text\n.syntax unified\n"
#ifdef __thumb__
        ".thumb\n.thumb_func\n"
#else
        ".arm\n"
#endif
        "skips: cmp r0, #0\n  it ne\n  addne lr, lr, #4\n  bx lr\n"
#ifdef __thumb__
        ".thumb_func\n"
#define W ".w"
#else
#define W ""
#endif
        ".type calls_skips, %function\n"
        "calls_skips: push {r4, lr}\n  bl skips\n  b" W " 2f\n  mov r0, #1\n  pop {r4, pc}\n"
        "2: mov r0, #0\n  pop {r4, pc}\n");
#endif

static void returns_elsewhere(void)
{
    unsigned sum = 0;

    for (unsigned i = 0; i < HOT; i++)
        sum += calls_skips(i % 3 == 0);
    CHECK(sum == (HOT + 2) / 3);
}

/* ---- signals ---- */

static volatile unsigned ticks;
static volatile bool sp_aligned = true;

static void on_tick(int sig, siginfo_t *info, void *context)
{
    ticks++;
    sp_aligned &= SP_OF((ucontext_t *)context) % 4 == 0;
}

static void ticking(unsigned usec)
{
    struct itimerval every = {{0, (suseconds_t)usec}, {0, (suseconds_t)usec}};

    setitimer(ITIMER_REAL, &every, NULL);
}

static void signals_inside(void)
{
    struct sigaction action = {.sa_sigaction = on_tick, .sa_flags = SA_SIGINFO | SA_RESTART};
    unsigned long long sum = 0, n = 0;

    sigaction(SIGALRM, &action, NULL);
    ticking(300);
    for (ticks = 0; ticks < 300; n += 1000)
        for (unsigned i = 0; i < 1000; i++)
            sum += guarded(i % 2);
    CHECK(sum == n / 2 && sp_aligned);
    for (ticks = 0; ticks < 50;)
        CHECK(hops(12) == 144);
    for (ticks = 0; ticks < 50;) /* nothing but calls and a compare */
        nothing();
    ticking(0);
}

/* ---- new code: a loop on one page calls a function on another ---- */

#ifdef __aarch64__
static const uint32_t loop[] = {
    0xa9be7bfd, 0xa90153f3, 0x2a0003f3, 0x52800014, /* save; w19 = n; w20 = 0 */
    0x52800020, 0x94000000, 0x0b000294, 0x71000673, 0x54ffff81, /* 1: w20 += f(1); n--; bne 1b */
    0x2a1403e0, 0xa94153f3, 0xa8c27bfd, 0xd65f03c0,
};
enum { CALL_AT = 5 };
static uint32_t call_to(int distance) { return 0x94000000 | ((uint32_t)distance / 4 & 0x3ffffff); }
static void put_function(volatile uint32_t *at, unsigned k)
{
    at[0] = 0x52800000 | (k & 255) << 5;
    at[1] = 0xd65f03c0;
}
#else
static const uint32_t loop[] = {
    0xe92d4030, 0xe1a04000, 0xe3a05000, /* push {r4, r5, lr}; r4 = n; r5 = 0 */
    0xe3a00001, 0xeb000000, 0xe0855000, 0xe2544001, 0x1afffffa, /* 1: r5 += f(1); n--; bne 1b */
    0xe1a00005, 0xe8bd8030,
};
enum { CALL_AT = 4 };
static uint32_t call_to(int distance) { return 0xeb000000 | ((uint32_t)(distance - 8) >> 2 & 0xffffff); }
static void put_function(volatile uint32_t *at, unsigned k)
{
    at[0] = 0xe3a00000 | (k & 255);
    at[1] = 0xe12fff1e;
}
#endif

static void flush(void *at, unsigned n) { __builtin___clear_cache((char *)at, (char *)at + n); }

static void new_code_in_another_page(void)
{
    uint32_t *code = mmap(NULL, 4 * PAGE, PROT_READ | PROT_WRITE | PROT_EXEC, MAP_PRIVATE | MAP_ANONYMOUS, -1, 0);
    uint32_t *f = code + 3 * PAGE / 4;
    unsigned (*run)(unsigned n) = (unsigned (*)(unsigned))code;

    memcpy(code, loop, sizeof loop);
    code[CALL_AT] = call_to(3 * PAGE - CALL_AT * 4);
    put_function(f, 1);
    flush(code, 4 * PAGE);
    CHECK(run(HOT) == HOT);
    for (unsigned k = 2; k < 30; k++) {
        put_function(f, k);
        flush(f, 8);
        CHECK(run(k % 4 ? 10 : HOT) == k * (k % 4 ? 10 : HOT));
    }
    CHECK(mprotect(f, PAGE, PROT_READ | PROT_WRITE) == 0);
    put_function(f, 77);
    CHECK(mprotect(f, PAGE, PROT_READ | PROT_EXEC) == 0);
    CHECK(run(HOT) == 77 * HOT);
    CHECK(mmap(f, PAGE, PROT_READ | PROT_WRITE | PROT_EXEC, MAP_PRIVATE | MAP_ANONYMOUS | MAP_FIXED, -1, 0) == f);
    put_function(f, 9);
    flush(f, 8);
    CHECK(run(10) == 90);
    munmap(code, 4 * PAGE);
}

/* The function goes away while a loop that contains it is hot. */
static void function_unmapped(void)
{
    uint32_t *code = mmap(NULL, 4 * PAGE, PROT_READ | PROT_WRITE | PROT_EXEC, MAP_PRIVATE | MAP_ANONYMOUS, -1, 0);
    uint32_t *f = code + 3 * PAGE / 4;
    unsigned (*run)(unsigned n) = (unsigned (*)(unsigned))code;
    struct sigaction action = {.sa_sigaction = on_fault, .sa_flags = SA_SIGINFO};

    memcpy(code, loop, sizeof loop);
    code[CALL_AT] = call_to(3 * PAGE - CALL_AT * 4);
    put_function(f, 1);
    flush(code, 4 * PAGE);
    CHECK(run(HOT) == HOT);
    munmap(f, PAGE);
    sigaction(SIGSEGV, &action, NULL);
    if (!sigsetjmp(out, 1)) {
        run(1);
        CHECK(!"reached");
    }
    CHECK(fault_pc == (uintptr_t)f && fault_addr == (uintptr_t)f);
    signal(SIGSEGV, SIG_DFL);
    munmap(code, 3 * PAGE);
}

int main(void)
{
    results_are_right();
    many_ways_out();
    faults_are_exact();
    long_jumps();
    returns_elsewhere();
    signals_inside();
    new_code_in_another_page();
    function_unmapped();
    return failures;
}

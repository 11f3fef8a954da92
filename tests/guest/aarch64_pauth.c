/*
 * aarch64_pauth.c: pointer authentication as a program meets it: signed
 * pointers come back whole, one that was tampered with is SIGILL with
 * ILL_ILLOPN at the instruction, combined branches and loads check as well, and
 * keys differ, are the process's own and new after prctl(PR_PAC_RESET_KEYS).
 * abis: aarch64
 * flags: -march=armv8.5-a -mbranch-protection=pac-ret
 * expect: pauth: all right
 */
#define _GNU_SOURCE
#include <setjmp.h>
#include <signal.h>
#include <stdint.h>
#include <stdio.h>
#include <sys/prctl.h>
#include <sys/wait.h>
#include <ucontext.h>
#include <unistd.h>

#define PAC_FIELD (0x7full << 48)

static unsigned wrong;
#define MUST(cond) do { if (!(cond)) { printf("WRONG line %d: %s\n", __LINE__, #cond); wrong++; } } while (0)

static sigjmp_buf back;
static volatile int code;
static void *volatile at;
static volatile uint64_t x0;

static void handler(int sig, siginfo_t *info, void *context)
{
    const ucontext_t *u = context;

    code = info->si_code;
    at = info->si_addr;
    x0 = u->uc_mcontext.regs[0];
    if (u->uc_mcontext.pc != (uint64_t)info->si_addr)
        code = -1;
    siglongjmp(back, 1);
}

/* The instruction at label 1 must raise; x0 is `pointer` before, and still when it did. */
#define FAILS(pointer, modifier, insn)                                                                     \
    do {                                                                                                   \
        uint64_t here = 0;                                                                                 \
        code = 0;                                                                                          \
        if (!sigsetjmp(back, 1)) {                                                                         \
            __asm__ volatile("adr x2, 1f\n str x2, %0\n mov x0, %1\n mov x1, %2\n mov x30, x0\n1: " insn                 \
                             : "=m"(here) : "r"(pointer), "r"((uint64_t)(modifier)) : "x0", "x1", "x2", "x3", "x30", "memory"); \
            printf("WRONG line %d: %s did not fail\n", __LINE__, insn);                                    \
            wrong++;                                                                                       \
        } else {                                                                                           \
            MUST(code == ILL_ILLOPN && (uint64_t)at == here && x0 == (pointer));                           \
        }                                                                                                  \
    } while (0)

#define SIGN(name, insn) \
    static uint64_t name(uint64_t p, uint64_t m) { __asm__(".arch armv8.5-a\n " insn : "+r"(p) : "r"(m)); return p; }
SIGN(pacia, "pacia %0, %1") SIGN(pacib, "pacib %0, %1") SIGN(pacda, "pacda %0, %1") SIGN(pacdb, "pacdb %0, %1")
SIGN(autia, "autia %0, %1") SIGN(autib, "autib %0, %1") SIGN(autda, "autda %0, %1") SIGN(autdb, "autdb %0, %1")
static uint64_t xpaci(uint64_t p) { __asm__("xpaci %0" : "+r"(p)); return p; }
static uint64_t xpacd(uint64_t p) { __asm__("xpacd %0" : "+r"(p)); return p; }
SIGN(pacga, "pacga %0, %0, %1")

static void signs_and_checks(void)
{
    uint64_t p = (uint64_t)&signs_and_checks, tagged = p | 0x5aull << 56;
    unsigned different = 0;

    for (uint64_t m = 1; m < 100; m += 7) {
        uint64_t a = pacia(p, m), b = pacib(p, m), c = pacda(p, m), d = pacdb(p, m);
        MUST(autia(a, m) == p && autib(b, m) == p && autda(c, m) == p && autdb(d, m) == p);
        MUST(xpaci(a) == p && xpacd(b) == p && !((a ^ p) & ~PAC_FIELD));
        MUST(autia(pacia(tagged, m), m) == tagged);
        different += (a != b) + (c != d) + (a != c) + (pacia(p, m + 1) != a);
        MUST(!(pacga(p, m) & 0xffffffff) && pacga(p, m) == pacga(p, m));
    }
    MUST(different > 40); /* of 60; equal by chance one in 2 to the number of bits */
    MUST(xpaci(0xffff000000000000) == 0xffff000000000000 || xpaci(0xffff000000000000) == 0xfff0000000000000);
}

static void tampering_is_found(void)
{
    uint64_t p = (uint64_t)&tampering_is_found, bad = pacia(p, 1) ^ 1ull << 54;

    FAILS(bad, 1, "autia x0, x1");
}

static void combined_forms_check(void)
{
    uint64_t p = (uint64_t)&combined_forms_check, code_a = pacia(p, 1) ^ 1ull << 54, data_a = pacda(p, 0) ^ 1ull << 54, sp, return_a;

    __asm__("mov %0, sp" : "=r"(sp));
    return_a = pacia(p, sp) ^ 1ull << 54; /* one signed with another modifier is right once in 128 */
    FAILS(code_a, 1, "braa x0, x1");
    FAILS(code_a, 1, "blraa x0, x1");
    FAILS(data_a, 0, "ldraa x3, [x0]");
    FAILS(data_a, 0, "ldraa x3, [x0, #8]!");
    FAILS(return_a, 0, "retaa");
}

static uint64_t values[4] = {1, 2, 3, 4};

static void combined_forms_work(void)
{
    uint64_t p = pacda((uint64_t)values, 0), q = p, v, w, result;

    __asm__("ldraa %0, [%2, #16]\n ldraa %1, [%3, #8]!" : "=&r"(v), "=&r"(w), "+r"(p), "+r"(q));
    MUST(v == 3 && w == 2 && q == (uint64_t)&values[1]);
    __asm__("adr x1, 1f\n mov x2, 77\n pacia x1, x2\n mov %0, 0\n braa x1, x2\n mov %0, 1\n1: add %0, %0, 2" : "=&r"(result) : : "x1", "x2");
    MUST(result == 2);
    __asm__("adr x1, 1f\n pacizb x1\n blrabz x1\n b 2f\n1: mov %0, x30\n pacibsp\n retab\n2:" : "=&r"(result) : : "x1", "x30");
    MUST(result != 0);
}

/* Built with -mbranch-protection: every call that stores lr is signed. */
static __attribute__((noinline)) int nested(int n) { return n <= 0 ? 0 : nested(n - 1) + n + (n & 1 ? getpid() & 0 : 0); }

static void keys_of_processes(void)
{
    uint64_t p = (uint64_t)&keys_of_processes, before[8], after[8];
    unsigned same = 0;
    int status;

    for (unsigned i = 0; i < 8; i++)
        before[i] = pacia(p, i);
    if (!fork())
        _exit(pacia(p, 3) == before[3] ? 7 : 8); /* fork keeps keys */
    wait(&status);
    MUST(WIFEXITED(status) && WEXITSTATUS(status) == 7);
    if (!fork()) { /* by itself: a caller's signed return address would not do any more */
        uint64_t r = prctl(PR_PAC_RESET_KEYS, PR_PAC_APDAKEY, 0, 0, 0);
        MUST(r == 0);
        for (unsigned i = 0; i < 8; i++)
            same += pacia(p, i) == before[i];
        _exit(same == 8 ? 7 : 8);
    }
    wait(&status);
    MUST(WIFEXITED(status) && WEXITSTATUS(status) == 7);
    for (unsigned i = 0; i < 8; i++)
        before[i] = pacdb(p, i);
    MUST(prctl(PR_PAC_RESET_KEYS, PR_PAC_APDBKEY, 0, 0, 0) == 0);
    same = 0;
    for (unsigned i = 0; i < 8; i++)
        after[i] = pacdb(p, i), same += after[i] == before[i];
    MUST(same < 8);
    MUST(prctl(PR_PAC_RESET_KEYS, 0x100, 0, 0, 0) == -1);
}

int main(void)
{
    struct sigaction action = {.sa_sigaction = handler, .sa_flags = SA_SIGINFO};

    sigaction(SIGILL, &action, NULL);
    signs_and_checks();
    tampering_is_found();
    combined_forms_check();
    combined_forms_work();
    MUST(nested(100) == 5050);
    keys_of_processes();
    puts(wrong ? "pauth: WRONG" : "pauth: all right");
    return wrong != 0;
}

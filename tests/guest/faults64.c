/*
 * faults64.c: what faults.c does for A32 and T32, for A64: every addressing mode faults precisely and
 * can be resumed. Each instruction of the list runs on accessible memory, then with a page taken
 * away: the handler looks at si_addr, pc and all registers (none may have
 * changed yet, base included), gives the page back and returns. The end must
 * be the same, registers and memory.
 * abis: aarch64
 * expect: 0 failed
 */
#define _GNU_SOURCE
#include <signal.h>
#include <stdbool.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>
#include <ucontext.h>

enum {
    LOAD = 0, STORE = 1,
    WORDS = 2,       /* may cross pages at a word */
    BYTES = 4,       /* may cross pages at any byte */
    SAFE = 8,        /* does not access anything */
    PAGE = 4096, NREGS = 12, MEM = 3 * PAGE,
};

struct test {
    void (*before)(void); /* the same without the instruction and what follows it */
    void (*run)(void);
    uint64_t at;          /* the instruction */
    const char *text;
    int offset;           /* from x1 to the lowest byte that is accessed */
    unsigned size, flags, pad;
};

/*
 * x1 is the base, x2 = 8 the index. x12 keeps sp for the tests that change it;
 * what sp was at the end is seen as x11.
 */
#define TEST_(before, insn, after, offset, size, flags)                                          \
    __asm__(".text\n.balign 4\n"                                                                  \
            "1: mov x12, sp\n" before "\n mov x11, sp\n mov sp, x12\n ret\n"                     \
            "2: mov x12, sp\n" before "\n3: " insn "\n" after "\n"                              \
            " mov x11, sp\n mov sp, x12\n ret\n"                                                 \
            ".section .rodata\n5: .asciz \"" before " | " insn "\"\n"                             \
            ".section test_list, \"aw\"\n.balign 8\n"                                            \
            ".quad 1b, 2b, 3b, 5b\n.word " #offset ", " #size ", " #flags ", 0\n.text\n");
#define TEST__(before, insn, after, offset, size, flags) TEST_(before, insn, after, offset, size, flags)
#define T(insn, offset, size, flags)     TEST__("", insn, "", offset, size, flags)
#define ON_SP(insn, offset, size, flags) TEST__("mov sp, x1", insn, "", offset, size, flags)
/* Flags and new values are only in the host's registers when the fault comes. */
#define BUSY(insn, offset, size, flags)                                                                                  \
    TEST__("add x7, x7, x8; eor x9, x9, x10; subs x4, x4, #1; cmp x5, x6", insn, "adc x7, x7, x9; cinc x10, x10, cs; cset x6, lt", \
           offset, size, flags)
__asm__(".arch armv8.4-a+crypto\n");

/* flags in numbers, for the assembler: 1 store, 2 words, 4 bytes, 8 safe */
T("ldr x3, [x1]", 0, 8, 4)
T("ldr w3, [x1, #4]", 4, 4, 4)
T("ldr x3, [x1, #4088]", 4088, 8, 4)
T("ldur x3, [x1, #-13]", -13, 8, 4)
T("ldr x3, [x1, #8]!", 8, 8, 4)
T("ldr x3, [x1, #-8]!", -8, 8, 4)
T("ldr x3, [x1], #8", 0, 8, 4)
T("ldr w3, [x1], #-200", 0, 4, 4)
T("ldr x3, [x1, x2]", 8, 8, 4)
T("ldr x3, [x1, x2, lsl #3]", 64, 8, 4)
T("ldr w3, [x1, w2, sxtw #2]", 32, 4, 4)
T("ldr x1, [x1, #8]", 8, 8, 4)
T("ldtr x3, [x1]", 0, 8, 4)
T("ldrb w3, [x1, #1]", 1, 1, 0)
T("ldrb w3, [x1, #1]!", 1, 1, 0)
T("ldrb w3, [x1], #1", 0, 1, 0)
T("ldrh w3, [x1, #2]!", 2, 2, 4)
T("ldrh w3, [x1, x2]", 8, 2, 4)
T("ldrsb x3, [x1, #3]", 3, 1, 0)
T("ldrsb w3, [x1], #3", 0, 1, 0)
T("ldrsh x3, [x1, #-2]!", -2, 2, 4)
T("ldrsw x3, [x1, #4]!", 4, 4, 4)
T("ldrsw x3, [x1], #4", 0, 4, 4)
T("ldp x4, x5, [x1, #16]", 16, 16, 4)
T("ldp x4, x5, [x1, #16]!", 16, 16, 4)
T("ldp x4, x5, [x1], #-16", 0, 16, 4)
T("ldp w4, w5, [x1, #-8]", -8, 8, 4)
T("ldpsw x4, x5, [x1], #8", 0, 8, 4)
T("ldnp x4, x5, [x1]", 0, 16, 4)
T("ldp x1, x5, [x1, #16]", 16, 16, 4)
T("str x3, [x1]", 0, 8, 5)
T("str x3, [x1, #8]!", 8, 8, 5)
T("str x3, [x1, #-8]!", -8, 8, 5)
T("str w3, [x1], #4", 0, 4, 5)
T("str x3, [x1, x2, lsl #3]", 64, 8, 5)
T("stur x3, [x1, #-5]", -5, 8, 5)
T("str xzr, [x1], #8", 0, 8, 5)
T("sttr x3, [x1]", 0, 8, 5)
T("strb w3, [x1, #-5]!", -5, 1, 1)
T("strb w3, [x1], #1", 0, 1, 1)
T("strh w3, [x1, #2]!", 2, 2, 5)
T("strh w3, [x1], #-2", 0, 2, 5)
T("stp x4, x5, [x1, #16]", 16, 16, 5)
T("stp x4, x5, [x1, #-16]!", -16, 16, 5)
T("stp x4, x5, [x1], #16", 0, 16, 5)
T("stp w4, w5, [x1]", 0, 8, 5)
ON_SP("stp x3, x4, [sp, #-16]!", -16, 16, 5)
ON_SP("ldp x3, x4, [sp], #16", 0, 16, 4)
ON_SP("str x3, [sp, #-16]!", -16, 8, 5)
ON_SP("ldr x3, [sp], #16", 0, 8, 4)
ON_SP("ldr x3, [sp, #64]", 64, 8, 4)

T("ldxr x3, [x1]", 0, 8, 0)
T("ldaxr w3, [x1]", 0, 4, 0)
T("ldxrb w3, [x1]", 0, 1, 0)
T("ldxp x4, x5, [x1]", 0, 16, 0)
T("ldar x3, [x1]", 0, 8, 0)
T("ldarb w3, [x1]", 0, 1, 0)
T("ldapr w3, [x1]", 0, 4, 0)
T("stlr x3, [x1]", 0, 8, 1)
T("stlrh w3, [x1]", 0, 2, 1)
T("ldadd x3, x4, [x1]", 0, 8, 1)
T("ldclral w3, w4, [x1]", 0, 4, 1)
T("ldsmaxab w3, w4, [x1]", 0, 1, 1)
T("swpal x3, x3, [x1]", 0, 8, 1)
T("cas x3, x4, [x1]", 0, 8, 1)
T("casalh w3, w4, [x1]", 0, 2, 1)
T("casp x4, x5, x6, x7, [x1]", 0, 16, 1)
T("steor x3, [x1]", 0, 8, 1)

T("ldr s5, [x1, #4]", 4, 4, 4)
T("ldr d5, [x1, #-8]!", -8, 8, 4)
T("ldr q5, [x1], #16", 0, 16, 4)
T("ldr b5, [x1], #1", 0, 1, 0)
T("ldr h5, [x1, x2]", 8, 2, 4)
T("str s5, [x1, #12]", 12, 4, 5)
T("str d17, [x1], #8", 0, 8, 5)
T("str q17, [x1, #-16]!", -16, 16, 5)
T("ldp s3, s9, [x1], #8", 0, 8, 4)
T("ldp d0, d7, [x1, #16]!", 16, 16, 4)
T("ldp q16, q19, [x1], #32", 0, 32, 4)
T("stp d8, d15, [x1, #-16]!", -16, 16, 5)
T("stp q1, q4, [x1], #-32", 0, 32, 5)
T("ld1 {v0.16b}, [x1]", 0, 16, 4)
T("ld1 {v0.8b-v3.8b}, [x1], #32", 0, 32, 4)
T("ld1 {v4.4s, v5.4s}, [x1], x2", 0, 32, 4)
T("ld1 {v4.b}[3], [x1]", 0, 1, 0)
T("ld1 {v4.d}[1], [x1], #8", 0, 8, 0)
T("ld1r {v4.8h}, [x1], #2", 0, 2, 0)
T("ld2 {v0.16b, v1.16b}, [x1], #32", 0, 32, 4)
T("ld2 {v0.h, v1.h}[5], [x1]", 0, 4, 0)
T("ld3 {v0.8h-v2.8h}, [x1], #48", 0, 48, 4)
T("ld3r {v0.8b-v2.8b}, [x1], x2", 0, 3, 0)
T("ld4 {v0.4s-v3.4s}, [x1], #64", 0, 64, 2)
T("ld4 {v0.2d-v3.2d}, [x1]", 0, 64, 2)
T("st1 {v0.8b-v3.8b}, [x1], #32", 0, 32, 5)
T("st1 {v7.16b}, [x1], x2", 0, 16, 5)
T("st1 {v4.b}[5], [x1], #1", 0, 1, 1)
T("st2 {v0.4s, v1.4s}, [x1], #32", 0, 32, 3)
T("st3 {v0.16b-v2.16b}, [x1]", 0, 48, 5)
T("st3 {v0.h, v1.h, v2.h}[1], [x1], #6", 0, 6, 1)
T("st4 {v0.8h-v3.8h}, [x1], #64", 0, 64, 3)
T("st4 {v0.s, v1.s, v2.s, v3.s}[1], [x1], #16", 0, 16, 3)

BUSY("ldr x3, [x1, #8]!", 8, 8, 4)
BUSY("str x3, [x1], #8", 0, 8, 5)
BUSY("ldp x3, x4, [x1], #16", 0, 16, 4)
BUSY("stp x7, x9, [x1, #-16]!", -16, 16, 5)
BUSY("ld1 {v0.16b, v1.16b}, [x1], #32", 0, 32, 4)
BUSY("st1 {v0.2d-v3.2d}, [x1], #64", 0, 64, 3)
BUSY("ldaddal x7, x3, [x1]", 0, 8, 1)
TEST__("adds x4, x4, x5; adcs x6, x6, x7", "ldp x3, x8, [x1], #16", "sbc x9, x9, x10", 0, 16, 4)
TEST__("cmp x1, x2; cinc x5, x5, hi", "str x3, [x1], #8", "cinc x7, x7, hi; cset x6, ls", 0, 8, 5)
TEST__("fcmp d1, d2", "str x3, [x1, #8]!", "cinc x7, x7, lt; cset x6, mi", 8, 8, 5)
TEST__("fcmp d1, d2", "ldr d5, [x1, #8]", "cset x7, gt; cset x8, le", 8, 8, 4)
TEST__("fcmp s4, s4", "ldr x3, [x1], #8", "fcsel d6, d7, d8, ge; cset x8, eq; cset x6, vs", 0, 8, 4)
TEST__("ands x7, x7, #8; eor x8, x8, x9", "ldp x4, x5, [x1], #16", "cset x6, ne", 0, 16, 4)
TEST__("subs x4, x4, #1; sbcs x5, x5, xzr", "stp x4, x5, [x1], #16", "sbcs x7, x7, xzr; sbc x8, x8, x9; cset x6, cs", 0, 16, 5)
TEST__("fadd d3, d4, d5; fmul v6.2d, v7.2d, v8.2d; add v9.4s, v10.4s, v11.4s", "ldr q3, [x1, #16]!", "fadd d4, d3, d5; add v12.4s, v9.4s, v3.4s", 16, 16, 4)
TEST__("mov x8, x7; mov w7, w8; add x6, x6, x7, lsl #2", "str w6, [x1, #4]!", "eor x5, x6, x7", 4, 4, 5)
T("prfm pldl1keep, [x1]", 0, 0, 8)

extern const struct test __start_test_list[], __stop_test_list[];

/* ---- running a piece of code with all registers given ---- */

struct registers { uint64_t r[NREGS]; uint64_t v[32][2]; };

#define PAIRS(op) \
    op " q0, q1, [x18]\n" op " q2, q3, [x18, #32]\n" op " q4, q5, [x18, #64]\n" op " q6, q7, [x18, #96]\n" \
    op " q8, q9, [x18, #128]\n" op " q10, q11, [x18, #160]\n" op " q12, q13, [x18, #192]\n" op " q14, q15, [x18, #224]\n" \
    op " q16, q17, [x18, #256]\n" op " q18, q19, [x18, #288]\n" op " q20, q21, [x18, #320]\n" op " q22, q23, [x18, #352]\n" \
    op " q24, q25, [x18, #384]\n" op " q26, q27, [x18, #416]\n" op " q28, q29, [x18, #448]\n" op " q30, q31, [x18, #480]\n"
void run_with(const void *code, struct registers *r);
__asm__(".text\n.balign 4\n.globl run_with\n.type run_with, %function\n"
        "run_with: stp x29, x30, [sp, #-96]!\n mov x29, sp\n stp d8, d9, [sp, #16]\n stp d10, d11, [sp, #32]\n"
        "stp d12, d13, [sp, #48]\n stp d14, d15, [sp, #64]\n stp x0, x1, [sp, #80]\n"
        "mov x16, x0\n mov x17, x1\n add x18, x1, #96\n"
        PAIRS("ldp")
        "ldp x0, x1, [x17]\n ldp x2, x3, [x17, #16]\n ldp x4, x5, [x17, #32]\n ldp x6, x7, [x17, #48]\n ldp x8, x9, [x17, #64]\n"
        "ldr x10, [x17, #80]\n blr x16\n"
        "ldr x17, [x29, #88]\n stp x0, x1, [x17]\n stp x2, x3, [x17, #16]\n stp x4, x5, [x17, #32]\n stp x6, x7, [x17, #48]\n"
        "stp x8, x9, [x17, #64]\n stp x10, x11, [x17, #80]\n add x18, x17, #96\n"
        PAIRS("stp")
        "ldp d8, d9, [sp, #16]\n ldp d10, d11, [sp, #32]\n ldp d12, d13, [sp, #48]\n ldp d14, d15, [sp, #64]\n"
        "ldp x29, x30, [sp], #96\n ret\n");

static uint8_t *memory; /* three pages; the middle one, or the first, is taken away */
static struct registers input, seen_at_fault;
static struct { unsigned count; uint64_t addr, pc; int code; } fault;
static unsigned passed, failed;

static void give_back(int sig, siginfo_t *info, void *context)
{
    const mcontext_t *m = &((ucontext_t *)context)->uc_mcontext;

    fault.addr = (uint64_t)info->si_addr;
    fault.code = info->si_code;
    fault.pc = m->pc;
    memcpy(seen_at_fault.r, m->regs, 11 * 8);
    seen_at_fault.r[11] = m->sp;
    memcpy(seen_at_fault.v, (const char *)m->__reserved + 16, sizeof seen_at_fault.v);
    if (++fault.count > 3)
        _Exit(99);
    mprotect(memory, MEM, PROT_READ | PROT_WRITE);
}

static void set_memory(void)
{
    for (unsigned i = 0; i < MEM; i++)
        memory[i] = (uint8_t)(i * 7 + (i >> 8));
}

static struct registers set_registers(const struct test *t, const uint8_t *target)
{
    struct registers r = input;

    r.r[1] = (uint64_t)target - (uint64_t)t->offset;
    r.r[2] = 8;
    return r;
}

static void complain(const struct test *t, const char *variant, const char *what)
{
    printf("FAIL %s (%s): %s\n", t->text, variant, what);
}

static bool same(const struct test *t, const char *variant, const char *when, const struct registers *got, const struct registers *want)
{
    bool ok = true;

    for (unsigned i = 0; i < NREGS; i++)
        if (got->r[i] != want->r[i]) {
            printf("FAIL %s (%s): %s%u is %016lx instead of %016lx %s\n", t->text, variant, i < 11 ? "x" : "sp ", i, got->r[i], want->r[i], when);
            ok = false;
        }
    for (unsigned i = 0; i < 32; i++)
        if (memcmp(got->v[i], want->v[i], 16)) {
            printf("FAIL %s (%s): v%u is %016lx%016lx instead of %016lx%016lx %s\n", t->text, variant, i, got->v[i][1], got->v[i][0], want->v[i][1], want->v[i][0], when);
            ok = false;
        }
    return ok;
}

/* What a load of several words has loaded before it came to the page may be seen, but never in its base. */
static void forgive_loaded(struct registers *got, const struct registers *before, const struct registers *after)
{
    for (unsigned i = 0; i < 11; i++)
        if (i != 1 && got->r[i] == after->r[i])
            got->r[i] = before->r[i];
    for (unsigned i = 0; i < 512; i++)
        if (((uint8_t *)got->v)[i] == ((const uint8_t *)after->v)[i])
            ((uint8_t *)got->v)[i] = ((const uint8_t *)before->v)[i];
}

static bool check_fault(const struct test *t, const char *variant, const uint8_t *low, const uint8_t *high, int code, bool exact)
{
    uint64_t first = (uint64_t)low, end = (uint64_t)high;
    bool ok = true;

    if (fault.count != 1)
        return complain(t, variant, fault.count ? "more than one fault" : "no fault"), false;
    if (fault.addr < first || fault.addr >= end || (exact && fault.addr != first)) {
        printf("FAIL %s (%s): si_addr %lx is not in %lx-%lx\n", t->text, variant, fault.addr, first, end);
        ok = false;
    }
    if (fault.pc != t->at)
        complain(t, variant, "pc is not the instruction's"), ok = false;
    if (fault.code != code)
        complain(t, variant, "si_code"), ok = false;
    return ok;
}

/* page is taken away (or made read-only); the lowest byte accessed in it is `low`. */
static void try(const struct test *t, const char *variant, uint8_t *target, uint8_t *page, int prot)
{
    static uint8_t after[MEM];
    struct registers before = set_registers(t, target), want = before, got = before;
    uint8_t *low = page > target ? page : target, *high = target + t->size;
    bool ok = true;

    if (high > page + PAGE)
        high = page + PAGE;
    set_memory();
    run_with(t->before, &before);
    run_with(t->run, &want);
    memcpy(after, memory, MEM);

    set_memory();
    memset(&fault, 0, sizeof fault);
    mprotect(page, PAGE, prot);
    run_with(t->run, &got);
    mprotect(memory, MEM, PROT_READ | PROT_WRITE);
    if (t->flags & SAFE) {
        if (fault.count)
            complain(t, variant, "a fault"), ok = false;
    } else {
        ok = check_fault(t, variant, low, high, SEGV_ACCERR, low == target);
        if (low != target && !(t->flags & STORE))
            forgive_loaded(&seen_at_fault, &before, &want);
        if (!same(t, variant, "at the fault", &seen_at_fault, &before))
            ok = false;
    }
    if (!same(t, variant, "at the end", &got, &want))
        ok = false;
    if (memcmp(after, memory, MEM))
        complain(t, variant, "memory at the end"), ok = false;
    ok ? passed++ : failed++;
}

static void test(const struct test *t)
{
    uint8_t *middle = memory + PAGE;
    unsigned step = t->flags & BYTES ? 1 : 4;

    try(t, "inside", middle + 64, middle, PROT_NONE);
    if (t->flags & STORE)
        try(t, "read-only", middle + 128, middle, PROT_READ);
    if (!(t->flags & (WORDS | BYTES)) || t->flags & SAFE)
        return;
    for (unsigned part = step; part < t->size; part += step) {
        try(t, "second page", middle - part, middle, PROT_NONE);
        try(t, "first page", middle - part, memory, PROT_NONE);
    }
}

int main(void)
{
    static char stack[65536];
    stack_t s = {.ss_sp = stack, .ss_size = sizeof stack};
    struct sigaction a = {.sa_sigaction = give_back, .sa_flags = SA_SIGINFO | SA_ONSTACK};

    memory = mmap(NULL, MEM, PROT_READ | PROT_WRITE, MAP_PRIVATE | MAP_ANONYMOUS, -1, 0);
    sigaltstack(&s, NULL);
    sigaction(SIGSEGV, &a, NULL);
    sigaction(SIGBUS, &a, NULL);
    for (unsigned i = 0; i < NREGS; i++)
        input.r[i] = 0x0101010101010101 * (i + 1) ^ 0x8000000000000000u >> (i & 1);
    for (unsigned i = 0; i < 32; i++)
        input.v[i][0] = 0x0102030405060708ull * (i + 1), input.v[i][1] = 0x1122334455667788ull ^ i;
    for (const struct test *t = __start_test_list; t < __stop_test_list; t++)
        test(t);
    printf("%u passed, %u failed\n", passed, failed);
    return failed != 0;
}

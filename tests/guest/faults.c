/*
 * faults.c: every addressing mode faults precisely and can be resumed. Each
 * instruction of the list (faults_arm.h, faults_a64.h) runs on accessible memory, then with a page taken
 * away: the handler looks at si_addr, pc and all registers (none may have
 * changed yet, base included), gives the page back and returns. The end must
 * be the same, registers and memory.
 * abis: armhf armhf-thumb aarch64
 * flags-arm: -Wa,-mimplicit-it=always
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
    ZEROS = 16,      /* memory holds zeros */
    PC_FIRST = 32,   /* the first word in memory is where to go on */
    PC_SECOND = 64,
    BASE_16 = 128,   /* the base must be a multiple of 16: places where it is not are left out (aarch64_sp.c) */
    PAGE = 4096, NREGS = 12, MEM = 3 * PAGE,
};

struct test {
    void (*before)(void); /* the same without the instruction and what follows it */
    void (*run)(void);
    uintptr_t at, end;    /* the instruction; where a load to pc goes */
    const char *text;
    int offset;           /* from the base, register 1, to the lowest byte that is accessed */
    unsigned size, flags;
};

#ifdef __aarch64__
#include "guest/faults_a64.h"
#else
#include "guest/faults_arm.h"
#endif
extern const struct test __start_test_list[], __stop_test_list[];

#define WIDTH (2 * (int)sizeof(uintptr_t))
static uint8_t *memory; /* three pages; the middle one, or the first, is taken away */
static struct registers input, seen_at_fault;
static struct { unsigned count; uintptr_t addr, pc; int code; } fault;
static unsigned passed, failed;

static void give_back(int sig, siginfo_t *info, void *context)
{
    fault.addr = (uintptr_t)info->si_addr;
    fault.code = info->si_code;
    fault.pc = read_context(context, &seen_at_fault);
    if (++fault.count > 3)
        _Exit(99);
    mprotect(memory, MEM, PROT_READ | PROT_WRITE);
}

static void set_memory(const struct test *t, uint8_t *target)
{
    uintptr_t *words = (uintptr_t *)target;

    for (unsigned i = 0; i < MEM; i++)
        memory[i] = t->flags & ZEROS ? 0 : (uint8_t)(i * 7 + (i >> 8));
    if (t->flags & PC_FIRST)
        words[0] = t->end;
    if (t->flags & PC_SECOND)
        words[1] = t->end;
}

static struct registers set_registers(const struct test *t, const uint8_t *target)
{
    struct registers r = input;

    r.r[1] = (uintptr_t)target - (uintptr_t)t->offset;
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
            printf("FAIL %s (%s): %s is %0*lx instead of %0*lx %s\n", t->text, variant, register_names[i], WIDTH, (unsigned long)got->r[i],
                   WIDTH, (unsigned long)want->r[i], when);
            ok = false;
        }
    for (unsigned i = 0; i < 32 * VECTOR_WORDS; i++)
        if (got->v[i] != want->v[i]) {
            printf("FAIL %s (%s): doubleword %u of the vectors is %016llx instead of %016llx %s\n", t->text, variant, i,
                   (unsigned long long)got->v[i], (unsigned long long)want->v[i], when);
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
    for (unsigned i = 0; i < sizeof got->v / sizeof(vector_part); i++)
        if (((vector_part *)got->v)[i] == ((const vector_part *)after->v)[i])
            ((vector_part *)got->v)[i] = ((const vector_part *)before->v)[i];
}

static bool check_fault(const struct test *t, const char *variant, const uint8_t *low, const uint8_t *high, int code, bool exact)
{
    uintptr_t first = (uintptr_t)low, end = (uintptr_t)high;
    bool ok = true;

    if (fault.count != 1)
        return complain(t, variant, fault.count ? "more than one fault" : "no fault"), false;
    if (fault.addr < first || fault.addr >= end || (exact && fault.addr != first)) {
        printf("FAIL %s (%s): si_addr %lx is not in %lx-%lx\n", t->text, variant, (unsigned long)fault.addr, (unsigned long)first,
               (unsigned long)end);
        ok = false;
    }
    if (fault.pc != instruction_of(t))
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
    set_memory(t, target);
    run_with(t->before, &before);
    run_with(t->run, &want);
    memcpy(after, memory, MEM);

    set_memory(t, target);
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
    unsigned step = t->flags & BYTES ? 1 : 4, place = t->flags & BASE_16 ? t->offset & 15 : 0;

    try(t, "inside", middle + 64 + place, middle, PROT_NONE);
    if (t->flags & STORE)
        try(t, "read-only", middle + 128 + place, middle, PROT_READ);
    if (!(t->flags & (WORDS | BYTES)) || t->flags & SAFE)
        return;
    for (unsigned part = step; part < t->size; part += step) {
        if (t->flags & BASE_16 && ((uintptr_t)middle - part - (uintptr_t)t->offset) % 16)
            continue;
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
        input.r[i] = ~(uintptr_t)0 / 255 * (i + 1) ^ (~(uintptr_t)0 / 2 + 1) >> (i & 1);
    for (unsigned i = 0; i < 32 * VECTOR_WORDS; i++)
        input.v[i] = 0x0102030405060708ull * (i + 1);
    for (const struct test *t = __start_test_list; t < __stop_test_list; t++)
        test(t);
    printf("%u passed, %u failed\n", passed, failed);
    return failed != 0;
}

/*
 * faults.c: every addressing mode faults precisely and can be resumed. Each
 * instruction of the list runs on accessible memory, then with a page taken
 * away: the handler looks at si_addr, pc and all registers (none may have
 * changed yet, base included), gives the page back and returns. The end must
 * be the same, registers and memory.
 * abis: armhf armhf-thumb
 * flags: -Wa,-mimplicit-it=always
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
    PAGE = 4096, NREGS = 12, MEM = 3 * PAGE,
};

struct test {
    void (*before)(void); /* the same without the instruction and what follows it */
    void (*run)(void);
    uint32_t at, end;     /* the instruction; where a load to pc goes */
    const char *text;
    int offset;           /* from r1 to the lowest byte that is accessed */
    unsigned size, flags;
};

/*
 * r1 is the base, r2 = 8 the index. r12 keeps sp for the tests that change it;
 * what sp was at the end is seen as r11.
 */
#define TEST_(before, insn, after, offset, size, flags)                                          \
    __asm__(".text\n.balign 4\n"                                                                  \
            "1: mov r12, sp\n" before "\n mov r11, sp\n mov sp, r12\n bx lr\n"                   \
            ".balign 4\n2: mov r12, sp\n" before "\n3: " insn "\n" after "\n"                    \
            "4: mov r11, sp\n mov sp, r12\n bx lr\n .ltorg\n"                                    \
            ".section .rodata\n5: .asciz \"" before " | " insn "\"\n"                            \
            ".section test_list, \"a\"\n.balign 4\n"                                             \
            ".word 1b + " MODE ", 2b + " MODE ", 3b, 4b + " MODE ", 5b, " #offset ", " #size ", " #flags "\n.text\n");
#define TEST__(before, insn, after, offset, size, flags) TEST_(before, insn, after, offset, size, flags)
#define T(insn, offset, size, flags)     TEST__("", insn, "", offset, size, flags)
#define ON_SP(insn, offset, size, flags) TEST__("mov sp, r1", insn, "", offset, size, flags)
/* Flags and new values are only in the host's registers when the fault comes. */
#define BUSY(insn, offset, size, flags)                                                                                  \
    TEST__("add r7, r7, r8; eor r9, r9, r10; subs r4, r4, #1; cmp r5, r6", insn, "adc r7, r7, r9; addcs r10, r10, #1; mrs r6, cpsr", \
           offset, size, flags)

#ifdef __thumb__
#define MODE "1"
__asm__(".thumb\n");
#else
#define MODE "0"
__asm__(".arm\n");
#endif
__asm__(".syntax unified\n.arch armv8-a\n.arch_extension crc\n.fpu crypto-neon-fp-armv8\n");

/* flags in numbers, for the assembler: 1 store, 2 words, 4 bytes, 8 safe, 16 zeros, 32 and 64 pc */
T("ldr r3, [r1]", 0, 4, 4)
T("ldr r3, [r1, #4]", 4, 4, 4)
T("ldr r3, [r1, #4092]", 4092, 4, 4)
T("ldr r3, [r1, #-12]", -12, 4, 4)
T("ldr r3, [r1, #4]!", 4, 4, 4)
T("ldr r3, [r1, #-4]!", -4, 4, 4)
T("ldr r3, [r1], #4", 0, 4, 4)
T("ldr r3, [r1], #-200", 0, 4, 4)
T("ldr r3, [r1, r2]", 8, 4, 4)
T("ldr r3, [r1, r2, lsl #2]", 32, 4, 4)
T("ldr r1, [r1, #8]", 8, 4, 4)
T("ldrb r3, [r1, #1]", 1, 1, 0)
T("ldrb r3, [r1, #1]!", 1, 1, 0)
T("ldrb r3, [r1], #1", 0, 1, 0)
T("ldrb r3, [r1, r2]", 8, 1, 0)
T("ldrh r3, [r1, #2]", 2, 2, 4)
T("ldrh r3, [r1, #2]!", 2, 2, 4)
T("ldrh r3, [r1], #2", 0, 2, 4)
T("ldrh r3, [r1, r2]", 8, 2, 4)
T("ldrsb r3, [r1, #3]", 3, 1, 0)
T("ldrsb r3, [r1], #3", 0, 1, 0)
T("ldrsh r3, [r1, #2]", 2, 2, 4)
T("ldrsh r3, [r1, #-2]!", -2, 2, 4)
T("ldrsh r3, [r1, r2]", 8, 2, 4)
T("ldrd r4, r5, [r1, #8]", 8, 8, 2)
T("ldrd r4, r5, [r1, #8]!", 8, 8, 2)
T("ldrd r4, r5, [r1], #-8", 0, 8, 2)
T("ldrt r3, [r1]", 0, 4, 4)
T("ldrbt r3, [r1]", 0, 1, 0)
T("ldrht r3, [r1]", 0, 2, 4)
T("str r3, [r1]", 0, 4, 5)
T("str r3, [r1, #4]!", 4, 4, 5)
T("str r3, [r1, #-4]!", -4, 4, 5)
T("str r3, [r1], #4", 0, 4, 5)
T("str r3, [r1, r2]", 8, 4, 5)
T("str r3, [r1, r2, lsl #3]", 64, 4, 5)
T("strb r3, [r1, #5]", 5, 1, 1)
T("strb r3, [r1, #-5]!", -5, 1, 1)
T("strb r3, [r1], #1", 0, 1, 1)
T("strh r3, [r1, #2]", 2, 2, 5)
T("strh r3, [r1, #2]!", 2, 2, 5)
T("strh r3, [r1], #-2", 0, 2, 5)
T("strd r4, r5, [r1, #8]", 8, 8, 3)
T("strd r4, r5, [r1, #-8]!", -8, 8, 3)
T("strd r4, r5, [r1], #8", 0, 8, 3)
T("strt r3, [r1]", 0, 4, 5)
T("strbt r3, [r1]", 0, 1, 1)

T("ldmia r1, {r3, r4}", 0, 8, 2)
T("ldmia r1!, {r3-r10}", 0, 32, 2)
T("ldmia r1, {r0-r9}", 0, 40, 2)
T("ldmdb r1, {r3-r6}", -16, 16, 2)
T("ldmdb r1!, {r3-r6, r8, r10}", -24, 24, 2)
T("ldmia r1!, {r3-r5, r7, r9}", 0, 20, 2)
T("stmia r1!, {r2-r7}", 0, 24, 3)
T("stmia r1, {r0-r10}", 0, 44, 3)
T("stmdb r1!, {r3, r5, r7}", -12, 12, 3)
T("stmdb r1, {r3-r10}", -32, 32, 3)
T("ldr pc, [r1]", 0, 4, 32)
T("ldr pc, [r1, #4]!", 4, 4, 32)
T("ldr pc, [r1, r2, lsl #1]", 16, 4, 32)
T("ldmia r1!, {r4, pc}", 0, 8, 66)
T("ldmdb r1, {r4, pc}", -8, 8, 66)
ON_SP("push {r3}", -4, 4, 1)
ON_SP("push {r3-r8, lr}", -28, 28, 3)
ON_SP("pop {r3}", 0, 4, 0)
ON_SP("pop {r3-r8}", 0, 24, 2)
ON_SP("pop {r4, pc}", 0, 8, 66)
ON_SP("ldr r3, [sp, #64]", 64, 4, 4)
ON_SP("str r3, [sp, #-8]!", -8, 4, 5)
ON_SP("ldr r3, [sp], #4", 0, 4, 4)

T("ldrex r3, [r1]", 0, 4, 0)
T("ldrexb r3, [r1]", 0, 1, 0)
T("ldrexh r3, [r1]", 0, 2, 0)
T("ldrexd r4, r5, [r1]", 0, 8, 0)
T("lda r3, [r1]", 0, 4, 0)
T("ldab r3, [r1]", 0, 1, 0)
T("ldaex r3, [r1]", 0, 4, 0)
T("stl r3, [r1]", 0, 4, 1)
T("stlh r3, [r1]", 0, 2, 1)

T("vldr s5, [r1, #4]", 4, 4, 0)
T("vldr d5, [r1, #-8]", -8, 8, 2)
T("vstr s5, [r1, #12]", 12, 4, 1)
T("vstr d17, [r1]", 0, 8, 3)
T("vldmia r1!, {s3-s9}", 0, 28, 2)
T("vldmia r1, {d0-d7}", 0, 64, 2)
T("vldmdb r1!, {d16-d19}", -32, 32, 2)
T("vstmia r1!, {d8-d15}", 0, 64, 3)
T("vstmdb r1!, {s1-s4}", -16, 16, 3)
ON_SP("vpush {d8-d10}", -24, 24, 3)
ON_SP("vpop {d8-d10}", 0, 24, 2)
T("vld1.8 {d0}, [r1]", 0, 8, 4)
T("vld1.8 {d0-d3}, [r1]!", 0, 32, 4)
T("vld1.32 {d4-d5}, [r1], r2", 0, 16, 4)
T("vld1.64 {d4-d5}, [r1:128]", 0, 16, 0)
T("vld1.8 {d4[3]}, [r1]", 0, 1, 0)
T("vld1.16 {d4[]}, [r1]!", 0, 2, 0)
T("vld1.32 {d4[1]}, [r1], r2", 0, 4, 0)
T("vld2.8 {d0-d1}, [r1]!", 0, 16, 4)
T("vld2.16 {d0[1], d1[1]}, [r1]", 0, 4, 0)
T("vld3.16 {d0-d2}, [r1]!", 0, 24, 4)
T("vld3.8 {d0[2], d1[2], d2[2]}, [r1], r2", 0, 3, 0)
T("vld4.32 {d0, d2, d4, d6}, [r1]!", 0, 32, 2)
T("vld4.8 {d0[], d1[], d2[], d3[]}, [r1]!", 0, 4, 0)
T("vst1.8 {d0-d3}, [r1]!", 0, 32, 5)
T("vst1.16 {d7}, [r1], r2", 0, 8, 5)
T("vst1.8 {d4[5]}, [r1]!", 0, 1, 1)
T("vst2.32 {d0-d3}, [r1]!", 0, 32, 3)
T("vst3.8 {d0-d2}, [r1]", 0, 24, 5)
T("vst3.16 {d0[1], d1[1], d2[1]}, [r1]!", 0, 6, 1)
T("vst4.16 {d0-d3}, [r1]!", 0, 32, 5)
T("vst4.32 {d0[1], d1[1], d2[1], d3[1]}, [r1]!", 0, 16, 3)

BUSY("ldr r3, [r1, #4]!", 4, 4, 4)
BUSY("str r3, [r1], #4", 0, 4, 5)
BUSY("ldmia r1!, {r3, r4}", 0, 8, 2)
BUSY("stmdb r1!, {r7, r9, r10}", -12, 12, 3)
BUSY("ldrd r4, r5, [r1, #8]!", 8, 8, 2)
BUSY("vld1.8 {d0-d1}, [r1]!", 0, 16, 4)
BUSY("vstmia r1!, {d0-d3}", 0, 32, 3)
TEST__("cmp r1, r1", "ldreq r3, [r1], #4", "mrs r6, cpsr", 0, 4, 4)
TEST__("cmp r1, r1", "ldrne r3, [r1], #4", "mrs r6, cpsr", 0, 4, 8)
TEST__("cmp r1, r2", "strhi r3, [r1, #4]!", "addhi r5, r5, #1", 4, 4, 4)
TEST__("adds r4, r4, r5; adcs r6, r6, r7", "ldmiacs r1!, {r3, r8}", "sbc r9, r9, r10", 0, 8, 8)
TEST__("cmp r1, r2; addhi r5, r5, #1; addhi r6, r6, r5", "strhi r3, [r1], #4", "addhi r7, r7, #1; addls r8, r8, #1", 0, 4, 5)
TEST__("cmp r1, r2; addls r5, r5, #1", "strhi r3, [r1], #4", "addhi r7, r7, #1; mrs r6, cpsr", 0, 4, 5)
TEST__("vcmp.f64 d1, d2; vmrs APSR_nzcv, fpscr", "strmi r3, [r1, #4]!", "addlt r7, r7, #1; mrs r6, cpsr", 4, 4, 5)
TEST__("vcmp.f64 d1, d2; vmrs APSR_nzcv, fpscr", "vldrle d5, [r1, #8]", "addgt r7, r7, #1; addle r8, r8, #1", 8, 8, 2)
TEST__("vcmp.f32 s4, s4; vmrs APSR_nzcv, fpscr", "ldr r3, [r1], #4", "vmovge.f64 d6, d7; addeq r8, r8, #1; mrs r6, cpsr", 0, 4, 4)
TEST__("movs r7, r7, lsl #1", "ldrcc r3, [r1], #4", "adc r6, r6, r6", 0, 4, 4)
TEST__("ands r7, r7, #8; eor r8, r8, r9", "ldrdne r4, r5, [r1], #8", "addne r6, r6, r6; addeq r8, r8, #1", 0, 8, 2)
TEST__("subs r4, r4, #1; sbcs r5, r5, #0", "stmia r1!, {r4-r6}", "sbcs r7, r7, #0; sbc r8, r8, r9; mrs r6, cpsr", 0, 12, 3)
TEST__("tst r1, #0", "push {r4, r6}", "addeq r7, r7, #1; pop {r4, r6}", 0, 0, 8)
T("pld [r1]", 0, 0, 8)
#ifdef __thumb__
T("ldr.w r3, [r1, #4]", 4, 4, 4)
T("ldrb.w r3, [r1, r2]", 8, 1, 0)
T("str.w r3, [r1, #-255]", -255, 4, 5)
T("tbb [r1, r2]", 8, 1, 16)
T("tbh [r1, r2, lsl #1]", 16, 2, 16)
#else
T("ldr r3, [r1, -r2]", -8, 4, 4)
T("ldr r3, [r1, r2]!", 8, 4, 4)
T("ldr r3, [r1, -r2, lsl #1]!", -16, 4, 4)
T("ldr r3, [r1], r2, lsr #1", 0, 4, 4)
T("ldr r3, [r1, r2, ror #3]", 1, 4, 4)
T("str r3, [r1], -r2, asr #1", 0, 4, 5)
T("strh r3, [r1, -r2]!", -8, 2, 5)
T("ldrsb r3, [r1], -r2", 0, 1, 0)
T("ldrd r4, r5, [r1, r2]!", 8, 8, 2)
T("strd r4, r5, [r1], -r2", 0, 8, 3)
TEST__("cmp r5, r6", "ldr r3, [r1, r2, rrx]!", "adc r7, r7, r7", 4, 4, 4)
TEST__("cmp r6, r5", "str r3, [r1], r2, rrx", "adc r7, r7, r7", 0, 4, 5)
T("ldmda r1!, {r3-r6}", -12, 16, 2)
T("ldmib r1!, {r3-r6}", 4, 16, 2)
T("stmda r1, {r3-r6}", -12, 16, 3)
T("stmib r1!, {r3-r6}", 4, 16, 3)
T(".inst 0xe1013094 @ swp r3, r4, [r1]", 0, 4, 1)
#endif

extern const struct test __start_test_list[], __stop_test_list[];

/* ---- running a piece of code with all registers given ---- */

struct registers { uint32_t r[NREGS]; uint64_t d[32]; };

void run_with(const void *code, struct registers *r);
__asm__(".text\n.balign 4\n.type run_with, %function\n"
#ifdef __thumb__
        ".thumb_func\n"
#endif
        "run_with: push {r4-r11, lr}\n vpush {d8-d15}\n push {r0, r1}\n mov r12, r0\n"
        "add r2, r1, #48\n vldmia r2!, {d0-d15}\n vldmia r2, {d16-d31}\n"
        "ldmia r1, {r0-r10}\n blx r12\n"
        "ldr r12, [sp, #4]\n stmia r12!, {r0-r11}\n vstmia r12!, {d0-d15}\n vstmia r12, {d16-d31}\n"
        "add sp, #8\n vpop {d8-d15}\n pop {r4-r11, pc}\n");

static uint8_t *memory; /* three pages; the middle one, or the first, is taken away */
static struct registers input, seen_at_fault;
static struct { unsigned count; uint32_t addr, pc; int code; } fault;
static unsigned passed, failed;

static void give_back(int sig, siginfo_t *info, void *context)
{
    ucontext_t *uc = context;
    const mcontext_t *m = &uc->uc_mcontext;

    fault.addr = (uint32_t)(uintptr_t)info->si_addr;
    fault.code = info->si_code;
    fault.pc = m->arm_pc;
    memcpy(seen_at_fault.r, &m->arm_r0, 11 * 4);
    seen_at_fault.r[11] = m->arm_sp;
    memcpy(seen_at_fault.d, (const char *)uc->uc_regspace + 8, sizeof seen_at_fault.d);
    if (++fault.count > 3)
        _Exit(99);
    mprotect(memory, MEM, PROT_READ | PROT_WRITE);
}

static void set_memory(const struct test *t, uint8_t *target)
{
    uint32_t *words = (uint32_t *)target;

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

    r.r[1] = (uint32_t)(uintptr_t)target - (uint32_t)t->offset;
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
            printf("FAIL %s (%s): %s %u is %08x instead of %08x %s\n", t->text, variant, i < 11 ? "r" : "sp", i, got->r[i], want->r[i], when);
            ok = false;
        }
    for (unsigned i = 0; i < 32; i++)
        if (got->d[i] != want->d[i]) {
            printf("FAIL %s (%s): d%u is %016llx instead of %016llx %s\n", t->text, variant, i, (unsigned long long)got->d[i],
                   (unsigned long long)want->d[i], when);
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
    for (unsigned i = 0; i < 64; i++)
        if (((uint32_t *)got->d)[i] == ((const uint32_t *)after->d)[i])
            ((uint32_t *)got->d)[i] = ((const uint32_t *)before->d)[i];
}

/* The assembler may have put an IT in front. */
static uint32_t instruction_of(const struct test *t)
{
    uint16_t first = *(const uint16_t *)(uintptr_t)t->at;

    return sizeof MODE == 2 && MODE[0] == '1' && (first & 0xff00) == 0xbf00 && first & 15 ? t->at + 2 : t->at;
}

static bool check_fault(const struct test *t, const char *variant, const uint8_t *low, const uint8_t *high, int code, bool exact)
{
    uint32_t first = (uint32_t)(uintptr_t)low, end = (uint32_t)(uintptr_t)high;
    bool ok = true;

    if (fault.count != 1)
        return complain(t, variant, fault.count ? "more than one fault" : "no fault"), false;
    if (fault.addr < first || fault.addr >= end || (exact && fault.addr != first)) {
        printf("FAIL %s (%s): si_addr %08x is not in %08x-%08x\n", t->text, variant, fault.addr, first, end);
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
        input.r[i] = 0x01010101 * (i + 1) ^ 0x80000000u << (i & 1);
    for (unsigned i = 0; i < 32; i++)
        input.d[i] = 0x0102030405060708ull * (i + 1);
    for (const struct test *t = __start_test_list; t < __stop_test_list; t++)
        test(t);
    printf("%u passed, %u failed\n", passed, failed);
    return failed != 0;
}

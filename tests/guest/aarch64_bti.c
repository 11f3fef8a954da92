/*
 * aarch64_bti.c: branch target identification as a program meets it: in guarded
 * pages an indirect branch must arrive at an instruction that expects it. Every
 * kind of branch to every kind of target, from guarded and other pages; what a
 * failure looks like to a handler; handlers and sigreturn; pages that are
 * guarded later, no more, moved or mapped anew.
 * abis: aarch64
 * flags: -march=armv8.5-a
 * expect: bti: all right
 */
#define _GNU_SOURCE
#include <errno.h>
#include <setjmp.h>
#include <signal.h>
#include <stdbool.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/auxv.h>
#include <sys/mman.h>
#include <ucontext.h>
#include <unistd.h>

#define PROT_BTI 0x10
#define GUARDED (PROT_READ | PROT_EXEC | PROT_BTI)
#define BTYPE(pstate) ((pstate) >> 10 & 3)

static unsigned wrong;
#define MUST(cond) do { if (!(cond)) { printf("WRONG line %d: %s\n", __LINE__, #cond); wrong++; } } while (0)

/* ---- code: targets, each of which returns by x30, and branches to x0 (or x16, x17) ---- */

enum target { NOTHING, BTI, BTI_C, BTI_J, BTI_JC, PACIASP, PACIBSP, PACIAZ, CALLS, TARGETS, BREAK = TARGETS };
static const uint32_t first_insn[TARGETS] = {0xd503201f, 0xd503241f, 0xd503245f, 0xd503249f, 0xd50324df, 0xd503233f, 0xd503237f, 0xd503231f, 0xd503245f};
enum branch { BR_X0, BR_X16, BR_X17, BLR_X0, BLR_X16, RET_X0, BRAAZ_X0, BLRAAZ_X0, BRAAZ_X16, BRANCHES };
static const uint32_t branch_insn[BRANCHES] = {0xd61f0000, 0xd61f0200, 0xd61f0220, 0xd63f0000, 0xd63f0200, 0xd65f0000, 0xd61f081f, 0xd63f081f, 0xd61f0a1f};
static bool is_call(enum branch b) { return b == BLR_X0 || b == BLR_X16 || b == BLRAAZ_X0; }
static bool is_signed(enum branch b) { return b >= BRAAZ_X0; }

enum { TARGET_WORDS = 8, BRANCH_WORDS = 16, BRANCHES_AT = 256, CODE_BYTES = 8192, BRANCH_AT = 8, CALL_RETURNS = BRANCH_AT + 1 };
static uint32_t *guarded, *other; /* the same code in both */

static void write_code(uint32_t *code)
{
    for (unsigned t = 0; t < TARGETS; t++) {
        uint32_t *p = code + TARGET_WORDS * t;

        *p++ = first_insn[t];
        if (t == CALLS) { /* what follows a call is reached by a return */
            *p++ = 0xaa1e03e9; /* mov x9, x30 */
            *p++ = 0x94000003; /* bl to the ret */
            *p++ = 0xaa0903fe; /* mov x30, x9 */
        }
        *p++ = 0xd2800ae1; /* mov x1, #87: it was here */
        if (t == PACIASP || t == PACIBSP || t == PACIAZ)
            *p++ = first_insn[t] | 0x80; /* autiasp, autibsp, autiaz: x30 is as before */
        *p++ = 0xd65f03c0; /* ret */
    }
    code[TARGET_WORDS * BREAK] = 0xd4200000; /* brk #0 */
    for (unsigned b = 0; b < BRANCHES; b++) {
        uint32_t *p = code + BRANCHES_AT + BRANCH_WORDS * b;
        const uint32_t words[] = {
            0xd503245f,                /* bti c */
            0xa9bf7bf3,                /* stp x19, x30, [sp, #-16]! */
            0xd2800001,                /* mov x1, #0 */
            0xaa0003f0, 0xaa0003f1,    /* mov x16, x0; mov x17, x0 */
            0x1000009e,                /* adr x30, the word behind the branch */
            0xd503201f, 0xd503201f,
            branch_insn[b],
            0xd50324df,                /* bti jc */
            0xaa0103e0,                /* mov x0, x1 */
            0xa8c17bf3, 0xd65f03c0,    /* ldp x19, x30, [sp], #16; ret */
        };

        memcpy(p, words, sizeof words);
    }
    __builtin___clear_cache((char *)code, (char *)code + CODE_BYTES);
}

static void *target_at(uint32_t *code, enum target t) { return code + TARGET_WORDS * t; }
static uint32_t *branch_at(uint32_t *code, enum branch b) { return code + BRANCHES_AT + BRANCH_WORDS * b; }

static void *new_pages(int prot)
{
    uint32_t *code = mmap(NULL, CODE_BYTES, PROT_READ | PROT_WRITE, MAP_PRIVATE | MAP_ANONYMOUS, -1, 0);

    write_code(code);
    MUST(mprotect(code, CODE_BYTES, prot) == 0);
    return code;
}

/* ---- failures ---- */

static sigjmp_buf back;
static struct { uint64_t pc, x30, address; unsigned btype; int code; } seen;

static void on_fault(int sig, siginfo_t *info, void *context)
{
    const mcontext_t *m = &((const ucontext_t *)context)->uc_mcontext;

    seen.pc = m->pc;
    seen.x30 = m->regs[30];
    seen.address = (uint64_t)info->si_addr;
    seen.btype = BTYPE(m->pstate);
    seen.code = info->si_code;
    siglongjmp(back, 1);
}

static void handle(int sig, void *handler)
{
    struct sigaction action = {.sa_sigaction = handler, .sa_flags = SA_SIGINFO};

    sigaction(sig, &action, NULL);
}

/* What the CPU keeps of the branch when it arrives. */
static unsigned btype_of(enum branch b, bool from_guarded)
{
    if (b == RET_X0)
        return 0;
    if (is_call(b))
        return 2;
    return b == BR_X16 || b == BR_X17 || b == BRAAZ_X16 || !from_guarded ? 1 : 3;
}

static bool is_good(enum target t, unsigned btype)
{
    switch (t) {
    case BTI_C: case CALLS: case PACIASP: case PACIBSP: return btype != 3;
    case BTI_J:                             return btype != 2;
    case BTI_JC:                            return true;
    default:                                return !btype;
    }
}

static void try(uint32_t *from, enum branch b, uint32_t *to, enum target t)
{
    unsigned btype = btype_of(b, from == guarded);
    bool good = to != guarded || is_good(t, btype);
    uint64_t target = (uint64_t)target_at(to, t), pointer = target;
    uint64_t (*go)(uint64_t) = (uint64_t (*)(uint64_t))branch_at(from, b);

    if (is_signed(b))
        __asm__("paciza %0" : "+r"(pointer));
    memset(&seen, 0, sizeof seen);
    if (!sigsetjmp(back, 1)) {
        MUST(go(pointer) == 87);
        MUST(good);
    } else {
        MUST(!good);
        MUST(seen.pc == target && seen.address == target && seen.btype == btype && seen.code == ILL_ILLOPC);
        if (is_call(b))
            MUST(seen.x30 == (uint64_t)(branch_at(from, b) + CALL_RETURNS));
    }
    if (!wrong)
        return;
    printf("(branch %d of %s page to target %d of %s page: pc %+lld, btype %u, code %d)\n", b, from == guarded ? "a guarded" : "another", t,
           to == guarded ? "a guarded" : "another", (long long)(seen.pc - target), seen.btype, seen.code);
    exit(1);
}

static void all_branches(void)
{
    for (unsigned round = 0; round < 4; round++)
        for (enum branch b = 0; b < BRANCHES; b++)
            for (enum target t = 0; t < TARGETS; t++) {
                try(guarded, b, guarded, t);
                try(guarded, b, other, t);
                try(other, b, guarded, t);
                try(other, b, other, t);
            }
}

/* It is an exception anyhow: the breakpoint's. */
static void to_breakpoint(void)
{
    handle(SIGTRAP, on_fault);
    if (!sigsetjmp(back, 1)) {
        ((void (*)(void *))branch_at(guarded, BLR_X0))(target_at(guarded, BREAK));
        MUST(false);
    }
    MUST(seen.pc == (uint64_t)target_at(guarded, BREAK) && seen.code == TRAP_BRKPT);
}

/* ---- signals ---- */

static uint64_t new_pc, new_btype;

static void set_pc(int sig, siginfo_t *info, void *context)
{
    mcontext_t *m = &((ucontext_t *)context)->uc_mcontext;

    MUST(BTYPE(m->pstate) == 0);
    m->regs[30] = m->pc;
    m->pc = new_pc;
    m->pstate = (m->pstate & ~(3ull << 10)) | new_btype << 10;
}

static void raise_and_go(enum target t, unsigned btype, bool good)
{
    new_pc = (uint64_t)target_at(guarded, t);
    new_btype = btype;
    if (!sigsetjmp(back, 1)) {
        raise(SIGUSR1);
        MUST(good);
    } else {
        MUST(!good && seen.pc == new_pc && seen.btype == btype);
    }
}

/* A handler is called: BTI j is not what it begins with. It is entered, and then that fails. */
static void call_handler(enum target t, bool good)
{
    handle(SIGUSR2, target_at(guarded, t));
    if (!sigsetjmp(back, 1)) {
        raise(SIGUSR2);
        MUST(good);
    } else {
        MUST(!good && seen.pc == (uint64_t)target_at(guarded, t) && seen.btype == 2 && seen.code == ILL_ILLOPC);
    }
}

static void signals(void)
{
    handle(SIGUSR1, set_pc);
    raise_and_go(NOTHING, 0, true);
    raise_and_go(NOTHING, 1, false);
    raise_and_go(BTI_C, 1, true);
    raise_and_go(BTI_C, 2, true);
    raise_and_go(BTI_C, 3, false);
    raise_and_go(BTI_J, 2, false);
    raise_and_go(BTI_J, 3, true);
    call_handler(BTI_C, true);
    call_handler(BTI_JC, true);
    call_handler(BTI_J, false);
    call_handler(NOTHING, false);
}

/* ---- pages ---- */

static bool fails(uint32_t *to)
{
    uint64_t (*go)(uint64_t) = (uint64_t (*)(uint64_t))branch_at(to, BLR_X0);

    if (sigsetjmp(back, 1))
        return true;
    MUST(go((uint64_t)target_at(to, NOTHING)) == 87);
    return false;
}

static void pages(void)
{
    uint32_t *code = new_pages(PROT_READ | PROT_EXEC), *to;

    MUST(!fails(code));
    MUST(mprotect(code, CODE_BYTES, GUARDED) == 0);
    MUST(fails(code));
    MUST(mprotect(code, CODE_BYTES, PROT_READ | PROT_EXEC) == 0);
    MUST(!fails(code));
    MUST(mprotect(code, 4096, GUARDED) == 0); /* targets and branches; the page behind is not */
    MUST(fails(code));
    to = mremap(code, CODE_BYTES, CODE_BYTES, MREMAP_MAYMOVE | MREMAP_FIXED, mmap(NULL, CODE_BYTES, PROT_NONE, MAP_PRIVATE | MAP_ANONYMOUS, -1, 0));
    MUST(to != MAP_FAILED && to != code);
    MUST(fails(to));
    MUST(mmap(to, CODE_BYTES, PROT_READ | PROT_WRITE, MAP_PRIVATE | MAP_ANONYMOUS | MAP_FIXED, -1, 0) == to);
    write_code(to);
    MUST(mprotect(to, CODE_BYTES, PROT_READ | PROT_EXEC) == 0);
    MUST(!fails(to));
}

/* A CPU without it: the pages are like others, and nobody can ask for more later. */
static int without(void)
{
    uint32_t *code = mmap(NULL, CODE_BYTES, PROT_READ | PROT_WRITE | PROT_BTI, MAP_PRIVATE | MAP_ANONYMOUS, -1, 0);

    write_code(code);
    MUST(mprotect(code, CODE_BYTES, GUARDED) == -1 && errno == EINVAL);
    MUST(mprotect(code, CODE_BYTES, PROT_READ | PROT_EXEC) == 0);
    MUST(!fails(code));
    puts(wrong ? "bti: wrong" : "bti: none, all right");
    return wrong != 0;
}

int main(void)
{
    if (!(getauxval(AT_HWCAP2) & HWCAP2_BTI))
        return without();
    handle(SIGILL, on_fault);
    guarded = new_pages(GUARDED);
    other = new_pages(PROT_READ | PROT_EXEC);
    all_branches();
    to_breakpoint();
    signals();
    pages();
    printf(wrong ? "bti: wrong\n" : "bti: all right\n");
    return wrong != 0;
}

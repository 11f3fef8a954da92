/*
 * aarch64_sp.c: the base of an access must be a multiple of 16 when it is the stack pointer: SIGBUS, BUS_ADRALN, at the
 * stack pointer, with all registers as they were. Moving it is free, prefetches and other bases too; and it works again
 * when it is a multiple again: within straight code, over calls, loops and returns, from a signal handler.
 * abis: aarch64
 * flags: -march=armv8.5-a+memtag
 */
#include "linux-user/check.h"

#include <signal.h>
#include <stdbool.h>
#include <sys/mman.h>
#include <sys/wait.h>
#include <ucontext.h>

static volatile struct { unsigned count; int sig, code; uint64_t addr, sp, pc, x3; } seen;

/* Skips the instruction. */
static void handler(int sig, siginfo_t *info, void *context)
{
    mcontext_t *m = &((ucontext_t *)context)->uc_mcontext;

    seen.count++;
    seen.sig = sig;
    seen.code = info->si_code;
    seen.addr = (uint64_t)info->si_addr;
    seen.sp = m->sp;
    seen.pc = m->pc;
    seen.x3 = m->regs[3];
    m->pc += 4;
}

/* sp becomes room + odd by a register, then insn. Result: how many faults; end: where sp was then. */
#define WITH_SP(odd, insn)                                                                                          \
    ({                                                                                                              \
        uint64_t sp_, kept_, room_ = (uint64_t)&room[MIDDLE] + (odd);                                                  \
        seen.count = 0;                                                                                             \
        __asm__ volatile("mov %[kept], sp\n mov x3, #77\n mov sp, %[room]\n " insn "\n mov %[sp], sp\n mov sp, %[kept]" \
                         : [sp] "=&r"(sp_), [kept] "=&r"(kept_) : [room] "r"(room_)                                 \
                         : "x0", "x1", "x2", "x3", "x4", "x5", "x6", "x8", "v0", "v1", "v2", "v3", "x30", "memory", "cc"); \
        end = sp_ - (uint64_t)&room[MIDDLE];                                                                           \
        seen.count;                                                                                                 \
    })

enum { MIDDLE = 16384 }; /* a signal frame has its place below */
static uint8_t room[2 * MIDDLE] __attribute__((aligned(64)));
static uint64_t end;

/* What faults leaves sp alone. */
#define FAULTS(insn)                                                                                                \
    do {                                                                                                            \
        for (unsigned odd_ = 1; odd_ < 16; odd_ += odd_ == 1 ? 3 : 4)                                                \
            if (WITH_SP(odd_, insn) != 1 || seen.sig != SIGBUS || seen.code != BUS_ADRALN || seen.sp != seen.addr ||  \
                seen.sp != (uint64_t)&room[MIDDLE] + odd_ || end != odd_ || seen.x3 != 77)                              \
                printf("%s at sp + %u: %u faults, signal %d code %d, sp moved by %ld\n", insn, odd_, seen.count, seen.sig, seen.code, (long)(end - odd_)), failures++; \
        if (WITH_SP(0, insn) || WITH_SP(32, insn))                                                                   \
            printf("%s at an aligned sp: fault\n", insn), failures++;                                                \
    } while (0)
#define WORKS(insn) CHECK(WITH_SP(8, insn) == 0)

static void accesses(void)
{
    FAULTS("ldr x3, [sp]");
    FAULTS("ldr w3, [sp, #8]!");
    FAULTS("ldrb w3, [sp], #1");
    FAULTS("str x3, [sp, #-16]!");
    FAULTS("strh w3, [sp, #2]");
    FAULTS("ldur x3, [sp, #-3]");
    FAULTS("mov x4, #0\n ldrsw x3, [sp, x4, lsl #2]");
    FAULTS("ldp x3, x4, [sp], #16");
    FAULTS("stp x3, x4, [sp, #-32]!");
    FAULTS("ldnp x3, x4, [sp]");
    FAULTS("ldp q0, q1, [sp, #32]");
    FAULTS("str q0, [sp], #16");
    FAULTS("ld1 {v0.16b}, [sp]");
    FAULTS("st3 {v0.8b-v2.8b}, [sp], #24");
    FAULTS("ld1r {v0.4s}, [sp]");
    FAULTS("ldxr x3, [sp]");
    FAULTS("ldar w3, [sp]");
    FAULTS("stlr w3, [sp]");
    FAULTS("ldadd x3, x4, [sp]");
    FAULTS("cas x3, x4, [sp]");
    FAULTS("swpb w3, w4, [sp]");
}

static void what_does_not_fault(void)
{
    WORKS("prfm pldl1keep, [sp]");
    WORKS("prfum pldl1keep, [sp, #-5]");
    WORKS("add x3, sp, #8\n ldr x4, [x3]");
    WORKS("mov x3, sp\n ldr x4, [x3]");
    WORKS("add sp, sp, #8\n ldr x4, [sp]\n sub sp, sp, #8");
    WORKS("sub sp, sp, #24\n str x4, [sp]\n add sp, sp, #24");
    WORKS("mov x3, sp\n and sp, x3, #-16\n ldr x4, [sp]");
    WORKS("mov x3, #8\n add sp, sp, x3\n ldr x4, [sp]");
    WORKS("ldr x4, 1f\n b 2f\n .balign 8\n1: .quad 5\n2:");
    WORKS("sub sp, sp, #4\n sub sp, sp, #4\n ldr x4, [sp]");
}

/* Made odd by a constant, in straight code that was aligned. */
static void steps_of_odd_size(void)
{
    CHECK(WITH_SP(0, "add sp, sp, #8\n ldr x4, [sp]\n sub sp, sp, #8") == 1 && seen.sp == (uint64_t)&room[MIDDLE + 8]);
    CHECK(WITH_SP(0, "add sp, sp, #8\n add sp, sp, #8\n ldr x4, [sp]") == 0);
    CHECK(WITH_SP(0, "ldr x4, [sp], #8\n ldr x4, [sp], #8\n ldr x4, [sp]") == 2 && end == 8);
    CHECK(WITH_SP(0, "str x4, [sp, #-8]!\n str x4, [sp, #-8]!") == 1 && end == (uint64_t)-8);
    CHECK(WITH_SP(0, "mov x3, sp\n orr x3, x3, #1\n mov sp, x3\n ldrb w4, [sp]") == 1 && seen.sp == (uint64_t)&room[MIDDLE + 1]);
}

/* Over calls, returns and loops, many times, so that the code is chained and hot. */
static void over_calls_and_loops(void)
{
    CHECK(WITH_SP(8, "bl 1f\n b 2f\n1: ldr x4, [sp]\n ret\n2: ldr x4, [sp]") == 2);
    for (int i = 0; i < 50; i++) {
        CHECK(WITH_SP(0, "mov x5, #100\n1: bl 2f\n subs x5, x5, #1\n b.ne 1b\n b 3f\n2: ldr x4, [sp]\n ret\n3:") == 0);
        CHECK(WITH_SP(8, "mov x5, #3\n1: bl 2f\n subs x5, x5, #1\n b.ne 1b\n b 3f\n2: ldr x4, [sp]\n ret\n3:") == 3);
        /* every other time round */
        CHECK(WITH_SP(0, "mov x5, #10\n1: bl 2f\n add sp, sp, #8\n subs x5, x5, #1\n b.ne 1b\n b 3f\n2: ldr x4, [sp]\n ret\n3:") == 5 && end == 80);
        CHECK(WITH_SP(0, "adr x6, 2f\n mov x5, #10\n1: blr x6\n sub sp, sp, #8\n subs x5, x5, #1\n b.ne 1b\n b 3f\n2: str x4, [sp]\n ret\n3:") == 5);
    }
}

/* A handler runs on an aligned stack whatever sp was, and may leave an odd one. */
static void make_odd(int sig, siginfo_t *info, void *context)
{
    ((ucontext_t *)context)->uc_mcontext.sp += 8;
}

static void from_a_handler(void)
{
    struct sigaction a = {.sa_sigaction = make_odd, .sa_flags = SA_SIGINFO};

    sigaction(SIGUSR1, &a, NULL);
    CHECK(WITH_SP(0, "ldr x4, [sp]\n mov x8, #172\n svc #0\n mov x1, #10\n mov x8, #130\n svc #0\n ldr x4, [sp]") == 1);
}

int main(void)
{
    static char stack[65536];
    stack_t s = {.ss_sp = stack, .ss_size = sizeof stack};
    struct sigaction a = {.sa_sigaction = handler, .sa_flags = SA_SIGINFO | SA_ONSTACK};

    sigaltstack(&s, NULL);
    sigaction(SIGBUS, &a, NULL);
    sigaction(SIGSEGV, &a, NULL);
    for (int round = 0; round < 3; round++) {
        accesses();
        what_does_not_fault();
        steps_of_odd_size();
        over_calls_and_loops();
        from_a_handler();
    }
    return failures != 0;
}

/*
 * aarch64_scalar_loops.c: a scalar operation clears what lies above it in its V
 * register, at that instruction and not before, however often a loop has gone
 * round: loops that are left early, that fault, that are entered with all bits set.
 * abis: aarch64
 * expect: scalar loops: all right
 */
#define _GNU_SOURCE
#include <setjmp.h>
#include <signal.h>
#include <stdint.h>
#include <stdio.h>
#include <string.h>
#include <sys/mman.h>
#include <ucontext.h>
#include <unistd.h>

static unsigned wrong;
#define MUST(cond) do { if (!(cond)) { printf("WRONG line %d: %s\n", __LINE__, #cond); wrong++; } } while (0)

struct v { double low; uint64_t high; } __attribute__((aligned(16)));
static volatile uint64_t high_at_fault;
static volatile double low_at_fault;
static sigjmp_buf back;

static void handler(int sig, siginfo_t *info, void *context)
{
    ucontext_t *uc = context;
    struct _aarch64_ctx *head = (struct _aarch64_ctx *)uc->uc_mcontext.__reserved;

    while (head->magic != FPSIMD_MAGIC)
        head = (struct _aarch64_ctx *)((char *)head + head->size);
    struct fpsimd_context *fp = (struct fpsimd_context *)head;
    uint64_t low = (uint64_t)fp->vregs[0];
    memcpy((void *)&low_at_fault, &low, 8);
    high_at_fault = (uint64_t)(fp->vregs[0] >> 64);
    siglongjmp(back, sig);
}

/* Adds n numbers to v0; a[] may end in a page that is not there. */
static void sum(struct v *v, const double *a, uint64_t n)
{
    __asm__ volatile("ldr q0, [%0]\n"
                     "1: ldr d1, [%1], #8\n fadd d0, d0, d1\n subs %2, %2, #1\n b.ne 1b\n"
                     "str q0, [%0]" : "+r"(v), "+r"(a), "+r"(n) : : "v0", "v1", "memory", "cc");
}

/* Leaves before it writes v0, when v0 is greater than `limit`. */
static void doubling(struct v *v, double limit)
{
    __asm__ volatile("ldr q0, [%0]\n fmov d2, %1\n"
                     "1: fcmp d0, d2\n b.gt 2f\n fadd d0, d0, d0\n b 1b\n"
                     "2: str q0, [%0]" : : "r"(v), "r"(limit) : "v0", "v2", "memory", "cc");
}

/* v0's upper half is written as well, where the number of the round is odd. */
static void mixed(struct v *v, uint64_t n, uint64_t mark)
{
    __asm__ volatile("ldr q0, [%0]\n fmov d1, #1.0\n"
                     "1: fadd d0, d0, d1\n tbz %1, #0, 2f\n mov v0.d[1], %2\n 2: subs %1, %1, #1\n b.ne 1b\n"
                     "str q0, [%0]" : "+r"(v), "+r"(n) : "r"(mark) : "v0", "v1", "memory", "cc");
}

/* Single precision: all but 32 bits. */
static void sum_single(struct v *v, uint64_t n)
{
    __asm__ volatile("ldr q0, [%0]\n fmov s1, #1.0\n"
                     "1: fadd s0, s0, s1\n subs %1, %1, #1\n b.ne 1b\n"
                     "str q0, [%0]" : "+r"(v), "+r"(n) : : "v0", "v1", "memory", "cc");
}

int main(void)
{
    struct v v;
    char *page = mmap(NULL, 8192, PROT_READ | PROT_WRITE, MAP_PRIVATE | MAP_ANONYMOUS, -1, 0);
    double *end = (double *)(page + 4096);

    mprotect(end, 4096, PROT_NONE);
    signal(SIGSEGV, (void (*)(int))(void *)handler);
    sigaction(SIGSEGV, &(struct sigaction){.sa_sigaction = handler, .sa_flags = SA_SIGINFO | SA_NODEFER}, NULL);
    for (unsigned i = 1; i <= 100; i++)
        end[-(int)i] = i;
    for (unsigned round = 0; round < 50; round++) {
        v = (struct v){0.5, ~0ull};
        sum(&v, end - 10, 10);
        MUST(v.low == 55.5 && v.high == 0);

        v = (struct v){2, ~0ull};
        if (!sigsetjmp(back, 1))
            sum(&v, end, 10); /* nothing was added */
        MUST(low_at_fault == 2 && high_at_fault == ~0ull);
        if (!sigsetjmp(back, 1))
            sum(&v, end - 4, 10);
        MUST(low_at_fault == 12 && high_at_fault == 0);

        v = (struct v){8, ~0ull};
        doubling(&v, 7);
        MUST(v.low == 8 && v.high == ~0ull);
        doubling(&v, 100);
        MUST(v.low == 128 && v.high == 0);

        v = (struct v){0, ~0ull};
        mixed(&v, 20, 77);
        MUST(v.low == 20 && v.high == 77);
        mixed(&v, 1, 78);
        MUST(v.low == 21 && v.high == 78);
        __asm__ volatile("" : : : "memory");

        v = (struct v){1, ~0ull};
        uint32_t one = 0x3f800000;
        memcpy(&v.low, &one, 4);
        sum_single(&v, 30);
        uint64_t bits;
        memcpy(&bits, &v.low, 8);
        MUST(bits == 0x41f80000 && v.high == 0);
    }
    puts(wrong ? "scalar loops: WRONG" : "scalar loops: all right");
    return wrong != 0;
}

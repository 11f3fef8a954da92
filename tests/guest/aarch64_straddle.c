/*
 * aarch64_straddle.c: accesses of every kind at every distance from a page that
 * cannot be accessed, or only be read: which signal comes, at which address,
 * and the base register is as it was. Ordered and atomic accesses must be
 * aligned; with LSE2 it is enough that they lie in 16 aligned bytes. All of it
 * with a tag in the top byte as well.
 * abis: aarch64
 * flags: -march=armv8.5-a
 * expect: straddle: all right
 */
#define _GNU_SOURCE
#include <setjmp.h>
#include <signal.h>
#include <stdbool.h>
#include <stdint.h>
#include <stdio.h>
#include <string.h>
#include <sys/auxv.h>
#include <sys/mman.h>
#include <ucontext.h>

#define PAGE 4096
enum kind { READ = 1, WRITE = 2, ALIGNED = 4 };

/* x0 = address; what is accessed is `bytes` from x0 + offset on */
#define FORMS(F)                                                                                           \
    F("ldrb w1, [x0]", 1, 0, READ) F("ldrh w1, [x0, #2]", 2, 2, READ) F("ldr w1, [x0]", 4, 0, READ)         \
    F("ldr x1, [x0], #8", 8, 0, READ) F("ldr x1, [x0, #-8]!", 8, -8, READ) F("ldr x0, [x0]", 8, 0, READ)    \
    F("ldrsw x1, [x0, x2]", 4, 16, READ) F("ldp x1, x0, [x0, #16]", 16, 16, READ)                          \
    F("ldp x0, x1, [x0]", 16, 0, READ) F("ldp x3, x1, [x0, #-16]!", 16, -16, READ)                         \
    F("ldp w3, w1, [x0], #8", 8, 0, READ) F("ldnp q0, q1, [x0]", 32, 0, READ) F("ldr b0, [x0]", 1, 0, READ) \
    F("ldr h0, [x0]", 2, 0, READ) F("ldr s0, [x0, #4]!", 4, 4, READ) F("ldr d0, [x0, x2, lsl #3]", 8, 128, READ) \
    F("ldr q0, [x0], #16", 16, 0, READ) F("ldp d0, d1, [x0]", 16, 0, READ) F("ldtr x1, [x0, #-3]", 8, -3, READ) \
    F("ld1 {v0.16b, v1.16b}, [x0], #32", 32, 0, READ) F("ld3 {v0.8b, v1.8b, v2.8b}, [x0]", 24, 0, READ)    \
    F("ld4 {v0.2d, v1.2d, v2.2d, v3.2d}, [x0], x2", 64, 0, READ) F("ld1r {v0.4s}, [x0]", 4, 0, READ)       \
    F("ld2 {v0.h, v1.h}[3], [x0], #4", 4, 0, READ) F("strb w1, [x0], #1", 1, 0, WRITE)                     \
    F("strh w1, [x0, #2]!", 2, 2, WRITE) F("str w1, [x0]", 4, 0, WRITE) F("str x1, [x0, x2]", 8, 16, WRITE) \
    F("str xzr, [x0], #-8", 8, 0, WRITE) F("stp x1, x2, [x0, #-32]!", 16, -32, WRITE)                      \
    F("stp w1, w2, [x0]", 8, 0, WRITE) F("str q0, [x0]", 16, 0, WRITE) F("stp q0, q1, [x0], #32", 32, 0, WRITE) \
    F("st1 {v0.d}[1], [x0], #8", 8, 0, WRITE) F("st2 {v0.8h, v1.8h}, [x0]", 32, 0, WRITE)                  \
    F("st4 {v0.4s, v1.4s, v2.4s, v3.4s}, [x0], #64", 64, 0, WRITE)                                         \
    F("ldar x1, [x0]", 8, 0, READ | ALIGNED) F("ldarh w1, [x0]", 2, 0, READ | ALIGNED)                     \
    F("ldaxr w1, [x0]", 4, 0, READ | ALIGNED) F("ldxp x3, x1, [x0]", 16, 0, READ | ALIGNED)                \
    F("ldxp w3, w1, [x0]", 8, 0, READ | ALIGNED) F("stlr w1, [x0]", 4, 0, WRITE | ALIGNED)                 \
    F("stlrb w1, [x0]", 1, 0, WRITE | ALIGNED) F("stlr x1, [x0]", 8, 0, WRITE | ALIGNED)
#define LSE_FORMS(F)                                                                                       \
    F("ldapr x1, [x0]", 8, 0, READ | ALIGNED) F("swpal x1, x3, [x0]", 8, 0, WRITE | ALIGNED)               \
    F("ldaddalh w1, w3, [x0]", 2, 0, WRITE | ALIGNED) F("ldclr x1, x3, [x0]", 8, 0, WRITE | ALIGNED)       \
    F("ldumax w1, w3, [x0]", 4, 0, WRITE | ALIGNED) F("stset x1, [x0]", 8, 0, WRITE | ALIGNED)             \
    F("cas x1, x3, [x0]", 8, 0, WRITE | ALIGNED) F("casalb w1, w3, [x0]", 1, 0, WRITE | ALIGNED)           \
    F("casp x4, x5, x2, x3, [x0]", 16, 0, WRITE | ALIGNED) F("casp w4, w5, w2, w3, [x0]", 8, 0, WRITE | ALIGNED)

struct form { const char *text; int bytes, offset, kind; void (*run)(uint64_t address); };
#define CODE(text) \
    ({ void run(uint64_t address) { register uint64_t x0 __asm__("x0") = address; \
       __asm__ volatile("mov x2, 16\n " text : "+r"(x0) : : "x1", "x2", "x3", "x4", "x5", "v0", "v1", "v2", "v3", "memory"); } run; })

static sigjmp_buf back;
static volatile int sig, code;
static volatile uint64_t at, base;
static unsigned wrong;

static void handler(int s, siginfo_t *info, void *context)
{
    sig = s;
    code = info->si_code;
    at = (uint64_t)info->si_addr;
    base = ((ucontext_t *)context)->uc_mcontext.regs[0];
    siglongjmp(back, 1);
}

static bool misaligned(const struct form *f, uint64_t a)
{
    bool lse2 = getauxval(AT_HWCAP) >> 25 & 1 && f->bytes < 16;

    if (!(f->kind & ALIGNED))
        return false;
    return lse2 ? (a & 15) + (unsigned)f->bytes > 16 : a & (unsigned)(f->bytes - 1);
}

static void one(const struct form *f, uint64_t edge, int from, int what, uint64_t tag)
{
    uint64_t x0 = edge + (uint64_t)(int64_t)from, a = x0 + (uint64_t)(int64_t)f->offset;
    bool outside = a + (unsigned)f->bytes > edge, faults = outside && (what == PROT_NONE || f->kind & WRITE);
    int want = misaligned(f, a) ? SIGBUS : faults ? SIGSEGV : 0;
    uint64_t where = want == SIGBUS || a > edge ? a : edge;

    sig = 0;
    if (!sigsetjmp(back, 1))
        f->run(x0 | tag);
    if (sig == want && (!want || (code == (want == SIGBUS ? BUS_ADRALN : SEGV_ACCERR) && (at & ~0ull >> 8) == where && base == (x0 | tag))))
        return;
    if (wrong++ < 20)
        printf("WRONG %s at %d: signal %d code %d address %+ld base %+ld, should be signal %d address %+ld\n", f->text, from, sig, code,
               (long)((at & ~0ull >> 8) - edge), (long)(base - x0 - tag), want, (long)(where - edge));
}

#define ROW(text, bytes, offset, kind) {text, bytes, offset, kind, CODE(text)},

int main(void)
{
    struct sigaction action = {.sa_sigaction = handler, .sa_flags = SA_SIGINFO};
    uint8_t *m = mmap(NULL, 4 * PAGE, PROT_READ | PROT_WRITE, MAP_PRIVATE | MAP_ANONYMOUS, -1, 0);
    const struct form forms[] = {FORMS(ROW)}, lse[] = {LSE_FORMS(ROW)};
    uint64_t edge = (uint64_t)m + 2 * PAGE;

    sigaction(SIGSEGV, &action, NULL);
    sigaction(SIGBUS, &action, NULL);
    for (int pass = 0; pass < 4; pass++) {
        int what = pass & 1 ? PROT_READ : PROT_NONE;
        uint64_t tag = pass & 2 ? 0xa5ull << 56 : 0;
        mprotect((void *)edge, 2 * PAGE, what);
        for (int from = -130; from < 40; from++) {
            for (unsigned i = 0; i < sizeof forms / sizeof *forms; i++)
                one(&forms[i], edge, from, what, tag);
            for (unsigned i = 0; i < sizeof lse / sizeof *lse && getauxval(AT_HWCAP) >> 15 & 1; i++)
                one(&lse[i], edge, from, what, tag);
        }
    }
    puts(wrong ? "straddle: WRONG" : "straddle: all right");
    return wrong != 0;
}

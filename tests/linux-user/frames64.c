/*
 * frames64.c: AArch64's signal frames: a handler sees all registers and may change them; what it
 * leaves of the list of records is checked as the kernel checks it.
 * abis: aarch64
 */
#include "linux-user/check.h"

#include <signal.h>
#include <stdbool.h>
#include <sys/auxv.h>
#include <sys/wait.h>
#include <ucontext.h>

#define FPSIMD 0x46508001u
#define EXTRA 0x45585401u
struct record { uint32_t magic, size; };
struct fpsimd { struct record head; uint32_t fpsr, fpcr; __uint128_t v[32]; };

static int what;
static volatile uint64_t seen_x20, seen_pstate;
static volatile __uint128_t seen_v9;
static volatile uint32_t seen_fpcr;

static void handler(int sig, siginfo_t *info, void *context)
{
    ucontext_t *uc = context;
    mcontext_t *m = &uc->uc_mcontext;
    struct fpsimd *f = (struct fpsimd *)m->__reserved;
    struct record *end = (struct record *)(m->__reserved + f->head.size), *r;

    switch (what) {
    case 0: /* look, and change */
        seen_x20 = m->regs[20];
        seen_v9 = f->v[9];
        seen_pstate = m->pstate;
        seen_fpcr = f->fpcr;
        if (f->head.magic != FPSIMD || f->head.size != 528 || end->magic || end->size || m->sp % 16)
            _exit(90);
        m->regs[20] = 77;
        f->v[9] = ((__uint128_t)5 << 64) | 6;
        m->pstate = (m->pstate & ~0xf0000000ull) | 0x60000000;
        m->pc += 4; /* over the udf */
        break;
    case 1: f->head.magic = 0; break;              /* none */
    case 2: f->head.size = 512; break;             /* too short */
    case 3: end->magic = 0x12345678; end->size = 16; break; /* nobody's */
    case 4: memcpy(end, f, 528); break;            /* a second one */
    case 5: end->size = 16; break;                 /* an end with a size */
    case 6: m->pstate |= 4; break;                 /* another exception level */
    case 7: f->head.size = 0x100000; break;        /* beyond the frame */
    case 8:                                        /* the list goes on where it may not */
        end->magic = EXTRA, end->size = 32;
        memset(end + 1, 0, 40);
        *(uint64_t *)(end + 1) = (uint64_t)uc;
        ((uint32_t *)(end + 1))[2] = 16;
        break;
    case 9:                                        /* the list goes on behind: right */
        r = end;
        r->magic = EXTRA, r->size = 32;
        *(uint64_t *)(r + 1) = (uint64_t)(r + 4) + 16;
        ((uint32_t *)(r + 1))[2] = 528 + 16;
        r[4] = r[5] = (struct record){0, 0};
        memcpy(r + 6, f, 528);
        memset((char *)(r + 6) + 528, 0, 16);
        f->head = (struct record){0x45535201, 528}; /* a record that is passed over */
        m->pc += 4;
        break;
    }
}

static bool changes_are_taken(void)
{
    uint64_t x20, flags, v[2];

    __asm__ volatile("mov x20, #33\n movi v9.16b, #3\n mov x20, #33\n cmn x20, #34\n cmp wzr, w20\n .inst 0\n mrs %1, nzcv\n mov %0, x20\n stp d9, d9, [%2]\n st1 {v9.2d}, [%2]"
                     : "=&r"(x20), "=&r"(flags) : "r"(v) : "x20", "v9", "memory", "cc");
    return x20 == 77 && flags == 0x60000000 && v[0] == 6 && v[1] == 5 && seen_x20 == 33 && (uint64_t)seen_v9 == 0x0303030303030303 &&
           (seen_pstate & 0xf000001f) == 0x80000000;
}

static int child_ends(int how)
{
    int status;
    pid_t pid = fork();

    if (!pid) {
        what = how;
        fclose(stderr);
        __asm__ volatile(".inst 0");
        _exit(0);
    }
    waitpid(pid, &status, 0);
    return WIFSIGNALED(status) ? WTERMSIG(status) : -WEXITSTATUS(status);
}

int main(void)
{
    struct sigaction a = {.sa_sigaction = handler, .sa_flags = SA_SIGINFO};

    sigaction(SIGILL, &a, NULL);
    CHECK(changes_are_taken());
    for (int how = 1; how <= 8; how++)
        if (child_ends(how) != SIGSEGV)
            printf("bad frame %d is taken\n", how), failures++;
    CHECK(child_ends(9) == 0);
    CHECK(getauxval(AT_MINSIGSTKSZ) >= 4688);
    return failures;
}

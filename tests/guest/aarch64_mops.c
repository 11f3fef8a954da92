/*
 * aarch64_mops.c: memory copy and memory set instructions: lengths and places
 * against memmove and memset, overlapping both ways; faults in the middle, which
 * leave registers that say how far it went, and after which the same instruction goes on.
 * abis: aarch64
 * flags: -march=armv8.5-a
 * expect: mops: all right
 */
#define _GNU_SOURCE
#include <signal.h>
#include <stdbool.h>
#include <stdint.h>
#include <stdio.h>
#include <string.h>
#include <sys/auxv.h>
#include <sys/mman.h>
#include <ucontext.h>

#define PAGE 4096
static unsigned wrong;
#define MUST(cond) do { if (!(cond) && wrong++ < 20) printf("WRONG line %d: %s\n", __LINE__, #cond); } while (0)

struct regs { uint64_t d, s, n; };
#define ARCH ".arch armv8.8-a\n "
/* prologue, main and epilogue with x0 = destination, x1 = source or value, x2 = count */
#define OPERATION(name, insns)                                                                         \
    static void name(struct regs *r)                                                                   \
    {                                                                                                  \
        register uint64_t d __asm__("x0") = r->d, s __asm__("x1") = r->s, n __asm__("x2") = r->n;      \
        __asm__ volatile(ARCH insns : "+r"(d), "+r"(s), "+r"(n) : : "cc", "memory");                   \
        *r = (struct regs){d, s, n};                                                                   \
    }
OPERATION(copy_forward, "cpyfp [x0]!, [x1]!, x2!\n cpyfm [x0]!, [x1]!, x2!\n cpyfe [x0]!, [x1]!, x2!")
OPERATION(copy, "cpyp [x0]!, [x1]!, x2!\n cpym [x0]!, [x1]!, x2!\n cpye [x0]!, [x1]!, x2!")
OPERATION(copy_hinted, "cpyprtwn [x0]!, [x1]!, x2!\n cpymrtwn [x0]!, [x1]!, x2!\n cpyertwn [x0]!, [x1]!, x2!")
OPERATION(set, "setp [x0]!, x2!, x1\n setm [x0]!, x2!, x1\n sete [x0]!, x2!, x1")
OPERATION(set_hinted, "setptn [x0]!, x2!, x1\n setmtn [x0]!, x2!, x1\n setetn [x0]!, x2!, x1")

static uint8_t ours[3 * PAGE], theirs[3 * PAGE];

static void fill(unsigned seed)
{
    for (unsigned i = 0; i < sizeof ours; i++)
        ours[i] = theirs[i] = (uint8_t)(seed = seed * 1103515245 + 12345, seed >> 16);
}

static void one_copy(void (*op)(struct regs *), unsigned to, unsigned from, unsigned n)
{
    struct regs r = {(uint64_t)ours + to, (uint64_t)ours + from, n};

    fill(to + from + n);
    memmove(theirs + to, theirs + from, n);
    op(&r);
    MUST(!memcmp(ours, theirs, sizeof ours) && r.n == 0);
    /* forward the addresses end behind; a backward copy leaves them */
    MUST((r.d == (uint64_t)ours + to + n && r.s == (uint64_t)ours + from + n) || (op != copy_forward && r.d == (uint64_t)ours + to));
}

static void copies(void)
{
    static const unsigned places[] = {0, 1, 7, 16, 33, PAGE - 9, PAGE, PAGE + 3}, lengths[] = {0, 1, 2, 7, 8, 15, 16, 17, 63, 64, 100, 4095, 4096, 4200};

    for (unsigned i = 0; i < 8; i++)
        for (unsigned k = 0; k < 8; k++)
            for (unsigned l = 0; l < 14; l++) {
                one_copy(copy, places[i], places[k], lengths[l]);
                one_copy(copy_hinted, places[k], places[i], lengths[l]);
                if (places[i] + lengths[l] <= places[k] || places[k] + lengths[l] <= places[i])
                    one_copy(copy_forward, places[i], places[k], lengths[l]);
            }
}

static void sets(void)
{
    for (unsigned to = 0; to < 20; to += 3)
        for (unsigned n = 0; n < 5000; n = n * 2 + 1) {
            struct regs r = {(uint64_t)ours + to, 0xabcd00 + n, n};

            fill(n);
            memset(theirs + to, (uint8_t)n, n);
            (to & 1 ? set : set_hinted)(&r);
            MUST(!memcmp(ours, theirs, sizeof ours) && r.n == 0 && r.d == (uint64_t)ours + to + n);
        }
}

/* ---- faults ---- */

static uint8_t *edge;       /* what is from here on can be opened */
static unsigned faults;
static bool open_it;
static struct regs at_fault;
static volatile uint64_t fault_address;

static void handler(int sig, siginfo_t *info, void *context)
{
    ucontext_t *u = context;

    faults++;
    fault_address = (uint64_t)info->si_addr;
    at_fault = (struct regs){u->uc_mcontext.regs[0], u->uc_mcontext.regs[1], u->uc_mcontext.regs[2]};
    if (open_it)
        mprotect(edge, PAGE, PROT_READ | PROT_WRITE);
    else
        u->uc_mcontext.pc += 4, u->uc_mcontext.regs[2] = 0;
}

static void with_faults(void)
{
    uint8_t *p = mmap(NULL, 6 * PAGE, PROT_READ | PROT_WRITE, MAP_PRIVATE | MAP_ANONYMOUS, -1, 0), *from = p + 3 * PAGE;
    struct regs r;

    open_it = true;
    for (unsigned n = 20; n < 3000; n = n * 3 + 1) {
        edge = p + PAGE;
        mprotect(edge, PAGE, PROT_NONE);
        faults = 0;
        r = (struct regs){(uint64_t)edge - 13, 0x5a, n};
        set(&r);
        MUST(faults == 1 && fault_address == (uint64_t)edge && r.n == 0 && edge[-13] == 0x5a && edge[n - 14] == 0x5a && edge[n - 13] == 0);
        MUST(at_fault.d + at_fault.n <= (uint64_t)edge && at_fault.d == (uint64_t)edge - 13 + n); /* option A */
        memset(edge - 13, 0, n);

        for (unsigned i = 0; i < n; i++)
            from[i] = (uint8_t)(i * 7 + 1);
        mprotect(edge, PAGE, PROT_NONE);
        faults = 0;
        r = (struct regs){(uint64_t)edge - 5, (uint64_t)from, n};
        copy(&r);
        MUST(faults == 1 && fault_address == (uint64_t)edge && !memcmp(edge - 5, from, n));
        memset(edge - 5, 0, n);

        memcpy(edge - 9, from, n);
        mprotect(edge, PAGE, PROT_NONE); /* the source cannot be read */
        faults = 0;
        r = (struct regs){(uint64_t)from, (uint64_t)edge - 9, n};
        copy_forward(&r);
        MUST(faults == 1 && fault_address == (uint64_t)edge && !memcmp(edge - 9, from, n));
        memset(edge - 9, 0, n);

        /* backward, into what is closed: begins at its last byte */
        for (unsigned i = 0; i < n; i++)
            edge[(int)i - 9] = (uint8_t)(i * 5 + 3);
        memcpy(from, edge - 9, n);
        mprotect(edge, PAGE, PROT_NONE);
        faults = 0;
        r = (struct regs){(uint64_t)edge - 8, (uint64_t)edge - 9, n};
        copy(&r);
        MUST(faults == 1 && fault_address >= (uint64_t)edge && !memcmp(edge - 8, from, n));
        memset(edge - 9, 0, n + 1);
    }
}

int main(void)
{
    struct sigaction action = {.sa_sigaction = handler, .sa_flags = SA_SIGINFO};

    if (!(getauxval(AT_HWCAP2) >> 43 & 1)) {
        puts("mops: all right (not there)");
        return 0;
    }
    sigaction(SIGSEGV, &action, NULL);
    copies();
    sets();
    with_faults();
    puts(wrong ? "mops: WRONG" : "mops: all right");
    return wrong != 0;
}

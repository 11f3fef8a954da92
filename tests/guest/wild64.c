/*
 * wild64.c: accesses and jumps to where nothing can be in a 64-bit program: at the ends of
 * the address space, with bits that no address has, through tagged pointers.
 * The guest gets its own signal with the address as the kernel gives it, all registers as they were,
 * and can go on.
 * abis: aarch64
 * flags: -Wno-clobbered
 */
#include "linux-user/check.h"

#include <setjmp.h>
#include <signal.h>
#include <stdbool.h>
#include <sys/mman.h>
#include <sys/wait.h>
#include <ucontext.h>

enum { PAGE = 4096 };

static sigjmp_buf back;
static volatile struct { int sig, code; uint64_t addr, far, pc, sp, lr; bool write; } seen;

static bool wrote(const mcontext_t *m)
{
    const uint32_t *r = (const uint32_t *)m->__reserved;

    while (r[0] && r[0] != 0x45535201)
        r += r[1] / 4;
    return r[0] && r[2] >> 6 & 1;
}

static void leave(int sig, siginfo_t *info, void *context)
{
    const mcontext_t *m = &((ucontext_t *)context)->uc_mcontext;

    seen.sig = sig;
    seen.code = info->si_code;
    seen.addr = (uint64_t)info->si_addr;
    seen.far = m->fault_address;
    seen.pc = m->pc;
    seen.sp = m->sp;
    seen.lr = m->regs[30];
    seen.write = wrote(m);
    siglongjmp(back, 1);
}

/* The kernel shows addresses without their tag: bits 63..56 as bit 55. */
static uint64_t shown(uint64_t addr) { return (uint64_t)((int64_t)(addr << 8) >> 8); }

static bool expect(const char *what, uint64_t target, int sig, int code, uint64_t addr)
{
    if (seen.sig == sig && seen.code == code && seen.addr == addr)
        return true;
    printf("%s %016lx: signal %d code %d addr %016lx\n", what, target, seen.sig, seen.code, seen.addr);
    return false;
}

static const uint64_t places[] = {
    0, 16, 0x7f0000000000, 0x7fffffffeff8, 0x800000000000, 0x1000000000000, 0x7fffffffffff00, 0x80000000000000, 0xff00000000001000,
    0xffff000000000000, 0xffff800000000000, 0xffffffff00000000, 0xfffffffffffffff8, 0x5500000000000010, 0x1234800000000000,
};

static void accesses_to_nowhere(void)
{
    for (unsigned i = 0; i < sizeof places / sizeof *places; i++) {
        volatile uint64_t *p = (volatile uint64_t *)places[i];

        seen.sig = 0;
        if (!sigsetjmp(back, 1))
            (void)*p;
        CHECK(expect("load", places[i], SIGSEGV, SEGV_MAPERR, shown(places[i])) && !seen.write && seen.far == seen.addr);
        seen.sig = 0;
        if (!sigsetjmp(back, 1))
            *p = 1;
        CHECK(expect("store", places[i], SIGSEGV, SEGV_MAPERR, shown(places[i])) && seen.write);
        seen.sig = 0;
        if (!sigsetjmp(back, 1))
            __atomic_fetch_add(p, 1, __ATOMIC_SEQ_CST);
        CHECK(expect("atomic", places[i], SIGSEGV, SEGV_MAPERR, shown(places[i])));
    }
}

static void jumps_to_nowhere(void)
{
    for (unsigned i = 0; i < sizeof places / sizeof *places; i++) {
        seen.sig = 0;
        if (!sigsetjmp(back, 1))
            ((void (*)(void))places[i])();
        /* the tag of a branch's target is dropped on the way to pc */
        CHECK(expect("jump", places[i], SIGSEGV, SEGV_MAPERR, shown(places[i])) && seen.pc == shown(places[i]));
        seen.sig = 0;
        if (!sigsetjmp(back, 1))
            ((void (*)(void))(places[i] + 2))();
        CHECK(expect("odd jump", places[i] + 2, SIGBUS, BUS_ADRALN, shown(places[i] + 2)));
    }
}

static void pages_keep_their_rights(void)
{
    char *p = mmap(NULL, 3 * PAGE, PROT_READ, MAP_PRIVATE | MAP_ANONYMOUS, -1, 0);
    volatile uint64_t *edge = (volatile uint64_t *)(p + 2 * PAGE - 4);

    CHECK(mprotect(p + 2 * PAGE, PAGE, PROT_NONE) == 0);
    if (!sigsetjmp(back, 1))
        *p = 1;
    CHECK(expect("read-only", (uint64_t)p, SIGSEGV, SEGV_ACCERR, (uint64_t)p) && seen.write);
    if (!sigsetjmp(back, 1))
        (void)*edge;
    CHECK(expect("over the edge", (uint64_t)edge, SIGSEGV, SEGV_ACCERR, (uint64_t)p + 2 * PAGE) && !seen.write);
    if (!sigsetjmp(back, 1))
        ((void (*)(void))p)();
    CHECK(expect("not executable", (uint64_t)p, SIGSEGV, SEGV_ACCERR, (uint64_t)p) && seen.pc == (uint64_t)p);
    munmap(p, 3 * PAGE);
    if (!sigsetjmp(back, 1))
        (void)*(volatile char *)p;
    CHECK(expect("unmapped", (uint64_t)p, SIGSEGV, SEGV_MAPERR, (uint64_t)p));
}

static void tags_are_ignored(void)
{
    static volatile uint64_t word = 42;
    static int (*volatile to)(const char *) = atoi;

    for (uint64_t tag = 1; tag < 256; tag += 27) {
        volatile uint64_t *p = (volatile uint64_t *)((uint64_t)&word | tag << 56);

        CHECK(*p == word);
        *p += 1;
        CHECK(__atomic_add_fetch(p, 1, __ATOMIC_SEQ_CST) == word);
        CHECK(((int (*)(const char *))((uint64_t)to | tag << 56))((char *)((uint64_t)"17" | tag << 56)) == 17);
    }
    CHECK(word == 42 + 20);
}

/* Random words as code, in a child each: whatever they do, it is the child's own end. */
static void random_code(void)
{
    static const uint32_t groups[] = {0x00000000, 0x10000000, 0x14000000, 0x08000000, 0x0a000000, 0x0e000000, 0x04000000, 0xd4000000};
    uint64_t x = 88172645463325252ull;

    for (int round = 0; round < 64; round++) {
        int status;
        pid_t pid;

        x ^= x << 13, x ^= x >> 7, x ^= x << 17;
        pid = fork();
        if (!pid) {
            uint32_t *code = mmap(NULL, PAGE, PROT_READ | PROT_WRITE | PROT_EXEC, MAP_PRIVATE | MAP_ANONYMOUS, -1, 0);

            for (unsigned i = 0; i < PAGE / 4; i++) {
                x ^= x << 13, x ^= x >> 7, x ^= x << 17;
                code[i] = (uint32_t)(x >> 20);
                if (round & 1) /* mostly of one group, many of which exist */
                    code[i] = (code[i] & 0xe1ffffff) | groups[(unsigned)round / 2 % 7];
                if ((code[i] & 0xffe0001f) == 0xd4000001) /* no system calls */
                    code[i] = 0xd503201f;
            }
            for (int sig = 1; sig < 32; sig++)
                signal(sig, SIG_DFL);
            alarm(2);
            fclose(stderr);
            ((void (*)(void *, void *, void *, void *))code)(code + 100, places, code + 300, &seen);
            _exit(0);
        }
        CHECK(waitpid(pid, &status, 0) == pid);
        CHECK(!WIFSIGNALED(status) || (WTERMSIG(status) != SIGABRT && WTERMSIG(status) != SIGKILL));
        CHECK(!WIFEXITED(status) || WEXITSTATUS(status) != 125);
    }
}

int main(void)
{
    static char stack[65536];
    stack_t s = {.ss_sp = stack, .ss_size = sizeof stack};
    struct sigaction a = {.sa_sigaction = leave, .sa_flags = SA_SIGINFO | SA_ONSTACK};

    sigaltstack(&s, NULL);
    sigaction(SIGSEGV, &a, NULL);
    sigaction(SIGBUS, &a, NULL);
    accesses_to_nowhere();
    jumps_to_nowhere();
    pages_keep_their_rights();
    tags_are_ignored();
    random_code();
    return failures;
}

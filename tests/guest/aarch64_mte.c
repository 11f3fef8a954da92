/*
 * aarch64_mte.c: memory tagging as a program meets it: tags are stored, read
 * and checked granule by granule; a wrong one is SIGSEGV with SEGV_MTESERR at
 * once or SEGV_MTEAERR at the next system call; what is not checked; which
 * tags IRG makes; tags follow the memory through mremap and fork, and are gone with it.
 * abis: aarch64
 * flags: -march=armv8.5-a+memtag
 * expect: mte: all right
 */
#define _GNU_SOURCE
#include <pthread.h>
#include <setjmp.h>
#include <signal.h>
#include <stdbool.h>
#include <stdint.h>
#include <stdio.h>
#include <string.h>
#include <sys/auxv.h>
#include <sys/mman.h>
#include <sys/prctl.h>
#include <sys/wait.h>
#include <unistd.h>

#ifndef PROT_MTE
#define PROT_MTE 0x20
#endif
#define SYNC(exclude) (PR_TAGGED_ADDR_ENABLE | PR_MTE_TCF_SYNC | (~(exclude) & 0xffffull) << PR_MTE_TAG_SHIFT)
#define ASYNC (PR_TAGGED_ADDR_ENABLE | PR_MTE_TCF_ASYNC | 0xfffeull << PR_MTE_TAG_SHIFT)
#define NONE (PR_TAGGED_ADDR_ENABLE | 0xfffeull << PR_MTE_TAG_SHIFT)

static unsigned wrong;
#define MUST(cond) do { if (!(cond)) { printf("WRONG line %d: %s\n", __LINE__, #cond); wrong++; } } while (0)

static sigjmp_buf back;
static volatile int code;
static volatile uint64_t at;

static void handler(int sig, siginfo_t *info, void *context)
{
    code = info->si_code;
    at = (uint64_t)info->si_addr;
    siglongjmp(back, 1);
}
/* si_code of what the statement raises, 0 for nothing. */
#define RAISES(...) (code = 0, sigsetjmp(back, 1) ? code : ({ __VA_ARGS__; 0; }))

static void control(unsigned long how) { MUST(prctl(PR_SET_TAGGED_ADDR_CTRL, how, 0, 0, 0) == 0); }

static uint64_t tagged(const void *p, unsigned tag) { return ((uint64_t)p & ~(15ull << 56)) | (uint64_t)tag << 56; }
static unsigned tag_in(uint64_t p) { return p >> 56 & 15; }
static void set_tag(uint64_t p) { __asm__ volatile("stg %0, [%0]" : : "r"(p) : "memory"); }
static unsigned tag_at(const volatile void *p)
{
    uint64_t v = (uint64_t)p;

    __asm__ volatile("ldg %0, [%0]" : "+r"(v) : : "memory");
    return tag_in(v);
}
static uint64_t irg(uint64_t p, uint64_t exclude) { __asm__ volatile("irg %0, %0, %1" : "+r"(p) : "r"(exclude)); return p; }
static uint64_t gmi(uint64_t p, uint64_t set) { __asm__("gmi %0, %1, %0" : "+r"(set) : "r"(p)); return set; }
#define BYTE(p) (*(volatile uint8_t *)(p))
#define WORD(p) (*(volatile uint64_t *)(p))

static uint8_t *page;

static void cache_blocks(void)
{
    uint64_t size, block;

    __asm__("mrs %0, dczid_el0" : "=r"(size));
    size = 4u << (size & 15);
    block = (uint64_t)page + size;
    __asm__ volatile("dc gva, %0" : : "r"(tagged((void *)block, 4) + 6) : "memory");
    MUST(tag_at((void *)(block - 1)) == 0 && tag_at((void *)block) == 4);
    MUST(tag_at((void *)(block + size - 1)) == 4 && tag_at((void *)(block + size)) == 0);
    memset((void *)tagged((void *)block, 4), 0x55, size);
    __asm__ volatile("dc gzva, %0" : : "r"(block + 6) : "memory");
    MUST(tag_at((void *)block) == 0 && WORD(block) == 0 && WORD(block + size - 8) == 0);
}

static void instructions(void)
{
    uint64_t p = tagged(page, 7), v;

    set_tag(p);
    MUST(tag_at(page) == 7 && tag_at(page + 15) == 7 && tag_at(page + 16) == 0);
    memset((void *)tagged(page, 7), 0x55, 16);
    memset(page + 16, 0x55, 32);
    __asm__ volatile("stz2g %1, [%0]" : : "r"(page), "r"(tagged(0, 9)) : "memory");
    MUST(tag_at(page) == 9 && tag_at(page + 16) == 9 && tag_at(page + 32) == 0);
    MUST(WORD(tagged(page, 9)) == 0 && WORD(tagged(page + 24, 9)) == 0 && BYTE(page + 32) == 0x55);
    v = tagged(page, 3);
    __asm__ volatile("st2g %0, [%0], #32\n stg %0, [%0, #-16]!" : "+r"(v) : : "memory");
    MUST(v == tagged(page + 16, 3) && tag_at(page) == 3);
    v = tagged(page, 5);
    __asm__ volatile("stgp %1, %2, [%0, #16]!" : "+r"(v) : "r"(11ull), "r"(12ull) : "memory");
    MUST(v == tagged(page + 16, 5) && tag_at(page + 16) == 5 && WORD(v) == 11 && WORD(v + 8) == 12);
    __asm__ volatile("stzg %0, [%0]" : : "r"(tagged(page + 16, 6)) : "memory");
    MUST(tag_at(page + 16) == 6 && WORD(tagged(page + 16, 6)) == 0);
    __asm__("addg %0, %1, #32, #2" : "=r"(v) : "r"(tagged(page, 14)));
    MUST(v == tagged(page + 32, 1)); /* 0 is excluded */
    __asm__("subg %0, %1, #16, #1" : "=r"(v) : "r"(tagged(page, 2)));
    MUST(v == tagged(page - 16, 3));
    __asm__("subp %0, %1, %2" : "=r"(v) : "r"(tagged(page, 2)), "r"(tagged(page + 3, 9)));
    MUST(v == -3ull);
    MUST(gmi(tagged(0, 4), 3) == 0x13);
    MUST(RAISES(__asm__ volatile("stg %0, [%1]" : : "r"(p), "r"(page + 8) : "memory")) == BUS_ADRALN);
    cache_blocks();
}

static void random_tags(void)
{
    unsigned seen = 0;

    control(SYNC(0x00f1));
    for (int i = 0; i < 500; i++)
        seen |= 1u << tag_in(irg((uint64_t)page, 0x0f00));
    MUST(seen == 0xf00e);
    MUST(tag_in(irg(tagged(page, 3), 0xffff)) == 0);
    control(SYNC(0xffff));
    MUST(tag_in(irg((uint64_t)page, 0)) == 0);
    control(SYNC(1));
}

/* Everything that is 7 bytes off a granule's end: which part is in the wrong granule is where it fails. */
static void checks(void)
{
    uint64_t p = tagged(page, 8), bad = tagged(page, 2);
    uint64_t v;

    memset(page, 0, 64);
    __asm__ volatile("st2g %0, [%0]" : : "r"(p) : "memory");
    MUST(RAISES(BYTE(p + 31) = 1) == 0 && BYTE(p + 31) == 1);
    MUST(RAISES(BYTE(bad)) == SEGV_MTESERR && (at & ~0ull >> 8) == (uint64_t)page);
    MUST(RAISES(BYTE(bad + 5) = 1) == SEGV_MTESERR && (at & ~0ull >> 8) == (uint64_t)page + 5);
    MUST(RAISES(BYTE(page)) == SEGV_MTESERR);
    MUST(RAISES(BYTE(p + 32)) == SEGV_MTESERR);
    MUST(RAISES(WORD(p + 25)) == SEGV_MTESERR && (at & ~0ull >> 8) == (uint64_t)page + 32);
    MUST(RAISES(WORD(p + 25) = ~0ull) == SEGV_MTESERR && BYTE(p + 25) == 0);
    MUST(RAISES(WORD(p + 24)) == 0);
    MUST(RAISES(__asm__ volatile("ldp x0, x1, [%0]" : : "r"(p + 24) : "x0", "x1")) == SEGV_MTESERR);
    MUST(RAISES(__asm__ volatile("ldr q0, [%0, #16]" : : "r"(p + 1) : "v0")) == SEGV_MTESERR);
    MUST(RAISES(__asm__ volatile("ld2 {v0.16b, v1.16b}, [%0]" : : "r"(p + 1) : "v0", "v1")) == SEGV_MTESERR);
    MUST(RAISES(__asm__ volatile("st1 {v0.b}[3], [%0]" : : "r"(bad) : "memory")) == SEGV_MTESERR);
    MUST(RAISES(__atomic_fetch_add((uint64_t *)bad, 1, __ATOMIC_SEQ_CST)) == SEGV_MTESERR);
    MUST(RAISES(__asm__ volatile("casal x0, x1, [%0]" : : "r"(bad) : "x0", "memory")) == SEGV_MTESERR);
    MUST(RAISES(__asm__ volatile("ldumax x0, x1, [%0]" : : "r"(bad) : "x1", "memory")) == SEGV_MTESERR);
    MUST(RAISES(__asm__ volatile("ldaxr x0, [%0]" : : "r"(bad) : "x0", "memory")) == SEGV_MTESERR);
    MUST(RAISES(__asm__ volatile("dc zva, %0" : : "r"(bad) : "memory")) == SEGV_MTESERR);
    MUST(RAISES(__asm__ volatile("prfm pldl1keep, [%0]" : : "r"(bad))) == 0);
    MUST(RAISES(__asm__ volatile("ldr %0, [%1], #8" : "=r"(v), "+r"(bad))) == SEGV_MTESERR);
    MUST(bad == tagged(page, 2));
    /* off sp by a constant nothing is checked, by a register or with write-back it is */
    MUST(RAISES(__asm__ volatile("mov x9, sp\n mov sp, %1\n ldr x0, [sp, #8]\n mov sp, x9" : "=m"(v) : "r"(bad) : "x0", "x9")) == 0);
    MUST(RAISES(BYTE(p)) == 0);
    /* PSTATE.TCO */
    __asm__ volatile("msr tco, #1");
    MUST(RAISES(BYTE(bad) = 3) == 0);
    __asm__ volatile("msr tco, #0");
    MUST(RAISES(BYTE(bad)) == SEGV_MTESERR && BYTE(p) == 3);
    control(NONE);
    MUST(RAISES(BYTE(bad) = 4) == 0);
    control(SYNC(1));
    MUST(RAISES(BYTE(bad)) == SEGV_MTESERR && BYTE(p) == 4);
}

static void asynchronous(void)
{
    uint64_t bad = tagged(page, 2);

    control(ASYNC);
    MUST(RAISES(BYTE(bad) = 9; getppid()) == SEGV_MTEAERR && at == 0);
    MUST(RAISES(getppid()) == 0);
    control(SYNC(1));
    MUST(BYTE(tagged(page, 8)) == 9);
}

static void memory_operations(void)
{
    uint64_t p = tagged(page, 8), bad = tagged(page, 2), d, n;

    if (!(getauxval(AT_HWCAP2) >> 43 & 1))
        return;
    memset((void *)p, 0, 32);
#define SET(pp, nn, vv) (d = (pp), n = (nn), __extension__({ __asm__ volatile(".arch armv8.8-a+memtag\n setp [%0]!, %1!, %2\n setm [%0]!, %1!, %2\n sete [%0]!, %1!, %2" \
                         : "+r"(d), "+r"(n) : "r"((uint64_t)(vv)) : "cc", "memory"); 0; }))
#define SETG(pp, nn, vv) (d = (pp), n = (nn), __extension__({ __asm__ volatile(".arch armv8.8-a+memtag\n setgp [%0]!, %1!, %2\n setgm [%0]!, %1!, %2\n setge [%0]!, %1!, %2" \
                         : "+r"(d), "+r"(n) : "r"((uint64_t)(vv)) : "cc", "memory"); 0; }))
    MUST(RAISES(SET(p, 32, 0xee)) == 0 && BYTE(p + 31) == 0xee && d == p + 32 && n == 0);
    MUST(RAISES(SET(p + 20, 20, 0xdd)) == SEGV_MTESERR && (at & ~0ull >> 8) == (uint64_t)page + 32);
    MUST(RAISES(SET(bad, 1, 0xdd)) == SEGV_MTESERR);
    MUST(RAISES(SETG(tagged(page + 48, 11), 32, 0x77)) == 0);
    MUST(tag_at(page + 32) == 0 && tag_at(page + 48) == 11 && tag_at(page + 64) == 11 && tag_at(page + 80) == 0);
    MUST(BYTE(tagged(page + 79, 11)) == 0x77 && BYTE(page + 80) != 0x77);
    MUST(RAISES(SETG(tagged(page + 48, 0), 32, 0)) == 0 && tag_at(page + 48) == 0);
    MUST(RAISES(SETG(p, 8, 0)) == BUS_ADRALN);
    MUST(RAISES(SETG(p + 8, 16, 0)) == BUS_ADRALN);
}

static void *in_thread(void *arg)
{
    *(int *)arg = RAISES(BYTE(tagged(page, 2)));
    return NULL;
}

static void lives_of_tags(void)
{
    uint8_t *m = mmap(NULL, 8192, PROT_READ | PROT_WRITE, MAP_PRIVATE | MAP_ANONYMOUS, -1, 0), *moved;
    int status, in_other = 0;
    pthread_t thread;

    set_tag(tagged(m, 5)); /* no tags there: nothing happens */
    MUST(tag_at(m) == 0 && RAISES(BYTE(tagged(m, 5))) == 0);
    MUST(mprotect(m, 4096, PROT_READ | PROT_WRITE | PROT_MTE) == 0);
    MUST(RAISES(BYTE(tagged(m, 5))) == SEGV_MTESERR);
    set_tag(tagged(m, 5));
    MUST(tag_at(m) == 5);
    MUST(mprotect(m, 4096, PROT_READ) == 0 && tag_at(m) == 5 && RAISES(set_tag(tagged(m, 1))) == SEGV_ACCERR);
    MUST(mprotect(m, 4096, PROT_READ | PROT_WRITE) == 0 && RAISES(BYTE(m)) == SEGV_MTESERR);
    if (!fork()) {
        bool same = tag_at(m) == 5 && RAISES(BYTE(m)) == SEGV_MTESERR;
        set_tag(tagged(m, 6));
        _exit(same && tag_at(m) == 6 ? 7 : 8);
    }
    wait(&status);
    MUST(WIFEXITED(status) && WEXITSTATUS(status) == 7 && tag_at(m) == 5);
    pthread_create(&thread, NULL, in_thread, &in_other);
    pthread_join(thread, NULL);
    MUST(in_other == SEGV_MTESERR);
    moved = mremap(m, 4096, 4096, MREMAP_MAYMOVE | MREMAP_FIXED, m + 4096);
    MUST(moved == m + 4096 && tag_at(moved) == 5);
    m = mmap(moved, 4096, PROT_READ | PROT_WRITE, MAP_PRIVATE | MAP_ANONYMOUS | MAP_FIXED, -1, 0);
    MUST(m == moved && tag_at(m) == 0 && RAISES(BYTE(tagged(m, 4))) == 0);
    MUST(RAISES(tag_at((void *)64)) == SEGV_MAPERR);
}

int main(void)
{
    struct sigaction action = {.sa_sigaction = handler, .sa_flags = SA_SIGINFO};

    sigaction(SIGSEGV, &action, NULL);
    sigaction(SIGBUS, &action, NULL);
    control(SYNC(1));
    page = mmap(NULL, 4096, PROT_READ | PROT_WRITE | PROT_MTE, MAP_PRIVATE | MAP_ANONYMOUS, -1, 0);
    instructions();
    random_tags();
    page = mmap(page, 4096, PROT_READ | PROT_WRITE | PROT_MTE, MAP_PRIVATE | MAP_ANONYMOUS | MAP_FIXED, -1, 0);
    checks();
    asynchronous();
    memory_operations();
    lives_of_tags();
    puts(wrong ? "mte: WRONG" : "mte: all right");
    return wrong != 0;
}

/*
 * selfmod.c: programs that write their own code, in all the ways programs do:
 * a JIT in one page, stack trampolines, code beside its data, code that read(2)
 * or a sibling thread writes, W^X by mprotect and by two mappings, code
 * mapped anew at the same address, and code that ends where the mapping does.
 * args: 1
 * expect: selfmod: all right
 */
#define _GNU_SOURCE
#include <pthread.h>
#include <setjmp.h>
#include <signal.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>
#include <sys/time.h>
#include <unistd.h>

#define PAGE 4096
#define RWX (PROT_READ | PROT_WRITE | PROT_EXEC)

typedef int (*function)(void);
static unsigned failures;

static void check(const char *what, long got, long want)
{
    if (got == want)
        return;
    printf("%s: %ld instead of %ld\n", what, got, want);
    failures++;
}

/* A32: mov r0, #n (0..255); bx lr */
static void put(uint32_t *at, unsigned n)
{
    at[0] = 0xe3a00000 | n;
    at[1] = 0xe12fff1e;
}

static void put_and_flush(uint32_t *at, unsigned n)
{
    put(at, n);
    __builtin___clear_cache((char *)at, (char *)(at + 2));
}

static int call(void *code) { return ((function)code)(); }

static uint32_t *map(size_t bytes, int prot)
{
    void *p = mmap(NULL, bytes, prot, MAP_PRIVATE | MAP_ANONYMOUS, -1, 0);

    if (p == MAP_FAILED) {
        perror("mmap");
        exit(2);
    }
    return p;
}

static void a_jit_writes_one_place_again_and_again(void)
{
    uint32_t *code = map(PAGE, RWX);

    for (unsigned i = 0; i < 300; i++) {
        put_and_flush(code + i % 3 * 16, i & 0xff);
        check("rewritten", call(code + i % 3 * 16), i & 0xff);
    }
    munmap(code, PAGE);
}

static void fresh_code_needs_no_flush(void)
{
    uint32_t *code = map(4 * PAGE, RWX);

    for (unsigned i = 0; i < 4 * PAGE / 8; i++) {
        put(code + 2 * i, i & 0xff);
        check("fresh", call(code + 2 * i), i & 0xff);
    }
    munmap(code, 4 * PAGE);
}

static void code_and_its_data_share_a_page(void)
{
    uint32_t *code = map(PAGE, RWX);
    volatile uint32_t *data = code + 64;

    put_and_flush(code, 9);
    for (unsigned i = 0; i < 10000; i++) {
        *data += (uint32_t)call(code);
        if (i % 1000 == 0)
            put_and_flush(code + 16, i / 1000);
    }
    check("sum beside code", (long)*data, 90000);
    check("later neighbour", call(code + 16), 9);
    munmap(code, PAGE);
}

/* The compiler puts a trampoline on the stack for this. */
static int __attribute__((noinline)) apply(int (*f)(int), int n) { return f(n); }

static int __attribute__((noinline)) nested(int base)
{
    int inner(int n) { return base + n; }
    volatile int pad[8] = {base};

    return apply(inner, pad[0]);
}

static void trampolines_on_the_stack_work(void)
{
    long sum = 0;

    for (int i = 0; i < 2000; i++)
        sum += nested(i);
    check("trampolines", sum, 2000L * 1999);
}

static void the_kernel_writes_code(void)
{
    uint32_t *code = map(PAGE, RWX);
    int fd[2];

    if (pipe(fd))
        exit(2);
    for (unsigned i = 0; i < 100; i++) {
        uint32_t words[2];

        put(words, i);
        if (write(fd[1], words, 8) != 8 || read(fd[0], code, 8) != 8)
            exit(2);
        __builtin___clear_cache((char *)code, (char *)(code + 2));
        check("read into code", call(code), i);
    }
    close(fd[0]);
    close(fd[1]);
    munmap(code, PAGE);
}

static void rights_change_to_and_fro(void)
{
    uint32_t *code = map(PAGE, PROT_READ | PROT_WRITE);

    for (unsigned i = 0; i < 100; i++) {
        mprotect(code, PAGE, PROT_READ | PROT_WRITE);
        put(code, i);
        mprotect(code, PAGE, PROT_READ | PROT_EXEC);
        __builtin___clear_cache((char *)code, (char *)(code + 2));
        check("after mprotect", call(code), i);
    }
    munmap(code, PAGE);
}

static void one_file_is_mapped_twice(void)
{
    int fd = memfd_create("code", 0);
    uint32_t *writable, *code;

    if (fd < 0 || ftruncate(fd, PAGE))
        return; /* an old kernel */
    writable = mmap(NULL, PAGE, PROT_READ | PROT_WRITE, MAP_SHARED, fd, 0);
    code = mmap(NULL, PAGE, PROT_READ | PROT_EXEC, MAP_SHARED, fd, 0);
    for (unsigned i = 0; i < 50; i++) {
        put(writable, i);
        __builtin___clear_cache((char *)code, (char *)(code + 2));
        check("second mapping", call(code), i);
    }
    munmap(writable, PAGE);
    munmap(code, PAGE);
    close(fd);
}

static void an_address_is_mapped_anew(void)
{
    uint32_t *code = map(PAGE, RWX);

    for (unsigned i = 0; i < 50; i++) {
        if (mmap(code, PAGE, RWX, MAP_PRIVATE | MAP_ANONYMOUS | MAP_FIXED, -1, 0) != code)
            exit(2);
        put(code, i);
        check("mapped anew", call(code), i);
    }
    munmap(code, PAGE);
}

/* ---- code that is not there ---- */

static sigjmp_buf back;
static volatile uintptr_t fault_at;

static void on_fault(int sig, siginfo_t *info, void *context)
{
    fault_at = (uintptr_t)info->si_addr;
    siglongjmp(back, 1);
}

static void expect_fault(const char *what, void *code, uintptr_t at)
{
    fault_at = 0;
    if (!sigsetjmp(back, 1)) {
        call(code);
        check(what, 0, 1);
    }
    check(what, (long)fault_at, (long)at);
}

static void code_ends_where_its_mapping_does(void)
{
    struct sigaction sa = {.sa_sigaction = on_fault, .sa_flags = SA_SIGINFO};
    uint32_t *code = map(2 * PAGE, RWX), *last = code + PAGE / 4 - 1;

    sigaction(SIGSEGV, &sa, NULL);
    munmap(code + PAGE / 4, PAGE);
    *last = 0xe3a00001; /* falls off the end */
    expect_fault("off the end", last, (uintptr_t)(last + 1));
    put_and_flush(code, 5);
    check("before", call(code), 5);
    mprotect(code, PAGE, PROT_NONE); /* with a stack of code, all that can be read can be executed */
    expect_fault("no longer executable", code, (uintptr_t)code);
    munmap(code, PAGE);
    expect_fault("unmapped", code, (uintptr_t)code);
    signal(SIGSEGV, SIG_DFL);
}

/* ---- one thread writes what another runs, while timers strike ---- */

static uint32_t *shared_code;
static volatile unsigned generation, seen, stop;

static void *runner(void *unused)
{
    while (!stop) {
        unsigned g = generation;

        if (g != seen && call(shared_code) != (int)(g & 0xff)) {
            printf("thread ran old code\n");
            failures++;
        }
        seen = g;
    }
    return NULL;
}

static volatile unsigned alarms;
static void on_alarm(int sig) { alarms++; }

static void threads_see_each_others_code(unsigned seconds)
{
    struct itimerval often = {{0, 500}, {0, 500}}, never = {{0, 0}, {0, 0}};
    time_t end = time(NULL) + (time_t)(seconds ? seconds + 1 : 0); /* the first second is a part of one */
    pthread_t t;

    signal(SIGALRM, on_alarm);
    setitimer(ITIMER_REAL, &often, NULL);
    shared_code = map(PAGE, RWX);
    put_and_flush(shared_code, 0);
    pthread_create(&t, NULL, runner, NULL);
    while (time(NULL) < end) {
        put_and_flush(shared_code, (generation + 1) & 0xff);
        __sync_synchronize();
        generation++;
        while (seen != generation)
            ;
    }
    stop = 1;
    pthread_join(t, NULL);
    setitimer(ITIMER_REAL, &never, NULL);
    check("rounds", !seconds || generation > 0, 1);
    munmap(shared_code, PAGE);
}

int main(int argc, char **argv)
{
    a_jit_writes_one_place_again_and_again();
    fresh_code_needs_no_flush();
    code_and_its_data_share_a_page();
    trampolines_on_the_stack_work();
    the_kernel_writes_code();
    rights_change_to_and_fro();
    one_file_is_mapped_twice();
    an_address_is_mapped_anew();
    code_ends_where_its_mapping_does();
    threads_see_each_others_code(argc > 1 ? (unsigned)atoi(argv[1]) : 1);
    printf("selfmod: %s\n", failures ? "FAILED" : "all right");
    return failures != 0;
}

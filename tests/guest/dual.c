/*
 * dual.c: one memory at two addresses, as runtimes do that never have a page both writable and executable: code is
 * written at one and run at the other. The processor's instruction cache is physically tagged, as it says in
 * CTR_EL0.L1Ip: cleaning the lines at any of the addresses, by instructions or by cacheflush(2), is enough.
 */
#include "linux-user/check.h"

#include <pthread.h>
#include <stdbool.h>
#include <sys/mman.h>
#include <sys/shm.h>

enum { PAGE = 4096, SIZE = 4 * PAGE };

typedef unsigned function(void);

#ifdef __aarch64__
#define MOV(n) (0x52800000u | (uint32_t)(n) << 5)    /* mov w0, #n */
#define RETURN 0xd65f03c0u
#else
#define MOV(n) (0xe3a00000u | (uint32_t)(n))         /* A32: mov r0, #n */
#define RETURN 0xe12fff1eu                           /* bx lr */
#endif

struct dual { uint8_t *write, *run; }; /* the same bytes */

static void flush(void *at, unsigned n) { __builtin___clear_cache((char *)at, (char *)at + n); }

static unsigned call(const void *at) { return ((function *)(uintptr_t)at)(); }

static int memory_file(void)
{
    int fd = (int)syscall(SYS_memfd_create, "code", 0);

    CHECK(fd >= 0 && ftruncate(fd, SIZE) == 0);
    return fd;
}

static void *map(int fd, unsigned offset, unsigned size, int prot)
{
    void *at = mmap(NULL, size, prot, MAP_SHARED, fd, offset);

    CHECK(at != MAP_FAILED);
    return at;
}

static struct dual two_views(void)
{
    int fd = memory_file();
    struct dual d = {map(fd, 0, SIZE, PROT_READ | PROT_WRITE), map(fd, 0, SIZE, PROT_READ | PROT_EXEC)};

    close(fd);
    return d;
}

static void unmap(struct dual d)
{
    munmap(d.write, SIZE);
    munmap(d.run, SIZE);
}

static void put_mov(void *at, unsigned n)
{
    ((volatile uint32_t *)at)[0] = MOV(n & 255);
    ((volatile uint32_t *)at)[1] = RETURN;
}

/* Of all calls the first that is wrong is told, not each. */
static void rewrite(uint8_t *write, const uint8_t *run, bool flush_where_it_runs, const char *who)
{
    for (unsigned i = 0; i < 3000; i++) {
        unsigned at = i * 8 % SIZE, got;

        put_mov(write + at, i);
        flush(flush_where_it_runs ? (uint8_t *)run + at : write + at, 8);
        got = call(run + at);
        if (got != (i & 255)) {
            printf("%s: version %u runs as %u\n", who, i & 255, got);
            failures++;
            return;
        }
    }
}

static void flushed_where_it_runs(void)
{
    struct dual d = two_views();

    rewrite(d.write, d.run, true, __func__);
    unmap(d);
}

static void flushed_where_it_is_written(void)
{
    struct dual d = two_views();

    rewrite(d.write, d.run, false, __func__);
    unmap(d);
}

/* The views may begin at different places of the file. */
static void views_that_overlap(void)
{
    int fd = memory_file();
    uint8_t *write = map(fd, PAGE, 3 * PAGE, PROT_READ | PROT_WRITE), *run = map(fd, 0, 3 * PAGE, PROT_READ | PROT_EXEC);

    for (unsigned i = 0; i < 500; i++) {
        put_mov(write + 64, i);
        flush(write + 64, 8);
        CHECK(call(run + PAGE + 64) == (i & 255));
    }
    munmap(write, 3 * PAGE);
    munmap(run, 3 * PAGE);
    close(fd);
}

/* A view for each method, made, written and dropped again, as .NET does. */
static void views_that_come_and_go(void)
{
    int fd = memory_file();
    uint8_t *run = map(fd, 0, SIZE, PROT_READ | PROT_EXEC);

    for (unsigned i = 0; i < 500; i++) {
        unsigned page = i % 4 * PAGE;
        uint8_t *write = map(fd, page, PAGE, PROT_READ | PROT_WRITE);

        put_mov(write + 8 * i % PAGE, i);
        flush(i & 1 ? write + 8 * i % PAGE : run + page + 8 * i % PAGE, 8);
        if (i & 2)
            munmap(write, PAGE);
        CHECK(call(run + page + 8 * i % PAGE) == (i & 255));
        if (!(i & 2))
            munmap(write, PAGE);
    }
    munmap(run, SIZE);
    close(fd);
}

/* Two places run it; the file is closed, one of them was moved, one was doubled with mremap. */
static void views_that_move(void)
{
    struct dual d = two_views();
    uint8_t *moved = mremap(d.run, SIZE, SIZE, MREMAP_MAYMOVE | MREMAP_FIXED, mmap(NULL, SIZE, PROT_NONE, MAP_PRIVATE | MAP_ANONYMOUS, -1, 0));
    uint8_t *second = mremap(moved, 0, SIZE, MREMAP_MAYMOVE);

    CHECK(moved != MAP_FAILED && second != MAP_FAILED && second != moved);
    for (unsigned i = 0; i < 500; i++) {
        put_mov(d.write, i);
        flush(i & 1 ? d.write : moved, 8);
        CHECK(call(moved) == (i & 255));
        CHECK(call(second) == (i & 255));
    }
    munmap(second, SIZE);
    munmap(moved, SIZE);
    munmap(d.write, SIZE);
}

static void views_that_grow(void)
{
    int fd = memory_file();
    uint8_t *run = map(fd, 0, SIZE, PROT_READ | PROT_EXEC), *write = map(fd, 0, SIZE, PROT_READ | PROT_WRITE);

    CHECK(munmap(write, SIZE) == 0 && mmap(write, PAGE, PROT_READ | PROT_WRITE, MAP_SHARED | MAP_FIXED, fd, 0) == write);
    CHECK(mremap(write, PAGE, 3 * PAGE, 0) == write);
    for (unsigned i = 0; i < 50; i++) {
        put_mov(write + 2 * PAGE, i);
        flush(write + 2 * PAGE, 8);
        CHECK(call(run + 2 * PAGE) == i);
    }
    munmap(write, 3 * PAGE);
    munmap(run, SIZE);
    close(fd);
}

/* Without a file: anonymous shared memory, doubled; one of them loses its right to be written to. */
static void doubled_by_mremap(void)
{
    uint8_t *write = mmap(NULL, SIZE, PROT_READ | PROT_WRITE, MAP_SHARED | MAP_ANONYMOUS, -1, 0);
    uint8_t *run = mremap(write, 0, SIZE, MREMAP_MAYMOVE);

    CHECK(run != MAP_FAILED && run != write && mprotect(run, SIZE, PROT_READ | PROT_EXEC) == 0);
    rewrite(write, run, false, __func__);
    unmap((struct dual){write, run});
}

static void attached_twice(void)
{
    int id = shmget(IPC_PRIVATE, SIZE, IPC_CREAT | 0700);
    uint8_t *write = shmat(id, NULL, 0), *run = shmat(id, NULL, SHM_RDONLY | SHM_EXEC);

    CHECK(id >= 0 && write != (void *)-1 && run != (void *)-1);
    shmctl(id, IPC_RMID, NULL);
    rewrite(write, run, false, __func__);
    shmdt(write);
    shmdt(run);
}

/* ---- threads ---- */

static struct dual shared;
static volatile unsigned version;
static volatile bool stop;
static const bool where_it_runs = true;

static void *runner(void *arg)
{
    while (!stop) {
        unsigned before = version, got = call(shared.run), after = version;

        if (before == after && got < before) {
            printf("%s: a thread runs version %u of %u\n", arg ? "where it is written" : "where it runs", got, before);
            failures++;
            stop = true;
        }
    }
    return NULL;
}

/* A thread runs the code while another changes an instruction of it: the old one or the new, and the new one once the flush has returned. */
static void written_by_another_thread(const bool *flush_where)
{
    pthread_t t[2];

    shared = two_views();
    stop = false;
    version = 0;
    put_mov(shared.write, 0);
    flush(shared.run, 8);
    for (int i = 0; i < 2; i++)
        pthread_create(&t[i], NULL, runner, flush_where ? NULL : "");
    for (unsigned i = 1; i < 256 && !stop; i++) {
        __atomic_store_n((uint32_t *)shared.write, MOV(i), __ATOMIC_SEQ_CST);
        flush(flush_where ? shared.run : shared.write, 8);
        __atomic_store_n(&version, i, __ATOMIC_SEQ_CST);
        for (int spin = 0; spin < 20; spin++)
            sched_yield();
    }
    stop = true;
    for (int i = 0; i < 2; i++)
        pthread_join(t[i], NULL);
    CHECK(call(shared.run) == 255);
    unmap(shared);
}

/* Each compiles into its own part of one file, through a view of its own, all at a time. */
static void *compiler(void *arg)
{
    struct dual d = *(struct dual *)arg;

    rewrite(d.write, d.run, false, __func__);
    return NULL;
}

static void many_compilers(void)
{
    pthread_t t[4];
    struct dual d[4];

    for (int i = 0; i < 4; i++) {
        d[i] = two_views();
        pthread_create(&t[i], NULL, compiler, &d[i]);
    }
    for (int i = 0; i < 4; i++) {
        pthread_join(t[i], NULL);
        unmap(d[i]);
    }
}

int main(void)
{
    flushed_where_it_runs();
    flushed_where_it_is_written();
    views_that_overlap();
    views_that_come_and_go();
    views_that_move();
    views_that_grow();
    doubled_by_mremap();
    attached_twice();
    written_by_another_thread(&where_it_runs);
    written_by_another_thread(NULL);
    many_compilers();
    return failures != 0;
}

/*
 * selfmod.c: programs that write programs: new code in old places, by the same
 * thread, by another one, by the kernel, through a second mapping; with cache
 * maintenance as ARM asks for, and where mprotect or munmap stands for it.
 * Code and data that share a page do not disturb each other.
 */
#include "linux-user/check.h"

#include <pthread.h>
#include <signal.h>
#include <stdbool.h>
#include <sys/mman.h>
#include <sys/wait.h>

enum { PAGE = 4096 };

typedef unsigned function(uintptr_t);

#ifdef __aarch64__
#define MOV(n) (0x52800000u | (uint32_t)(n) << 5)    /* mov w0, #n */
#define ADD(n) (0x11000000u | (uint32_t)(n) << 10)   /* add w0, w0, #n */
#define RETURN 0xd65f03c0u
#else
#define MOV(n) (0xe3a00000u | (uint32_t)(n))         /* A32: mov r0, #n */
#define ADD(n) (0xe2800000u | (uint32_t)(n))
#define RETURN 0xe12fff1eu                           /* bx lr */
#endif

static void flush(void *at, unsigned n) { __builtin___clear_cache((char *)at, (char *)at + n); }

static uint32_t *pages(unsigned n, int prot)
{
    return mmap(NULL, n * PAGE, prot, MAP_PRIVATE | MAP_ANONYMOUS, -1, 0);
}

static function *code_at(void *at) { return (function *)at; }

static void put_mov(volatile uint32_t *at, unsigned n)
{
    at[0] = MOV(n & 255);
    at[1] = RETURN;
}

static void rewritten_with_flush(void)
{
    uint32_t *code = pages(1, PROT_READ | PROT_WRITE | PROT_EXEC);

    for (unsigned i = 0; i < 3000; i++) {
        put_mov(code, i);
        flush(code, 8);
        CHECK(code_at(code)(0) == (i & 255));
    }
    munmap(code, PAGE);
}

#ifdef __arm__
/* T32: movs r0, #n; bx lr */
static void rewritten_thumb(void)
{
    uint16_t *code = (uint16_t *)pages(1, PROT_READ | PROT_WRITE | PROT_EXEC);

    for (unsigned i = 0; i < 300; i++) {
        code[0] = (uint16_t)(0x2000 | (i & 255));
        code[1] = 0x4770;
        flush(code, 4);
        CHECK(code_at((char *)code + 1)(0) == (i & 255));
    }
    munmap(code, PAGE);
}

#else
static void rewritten_thumb(void)
{
}
#endif

/* As loaders and JITs without RWX pages do it: no flush, but a change of protection. */
static void rewritten_by_mprotect(void)
{
    uint32_t *code = pages(1, PROT_READ | PROT_WRITE);

    for (unsigned i = 0; i < 100; i++) {
        mprotect(code, PAGE, PROT_READ | PROT_WRITE);
        put_mov(code, i);
        mprotect(code, PAGE, PROT_READ | PROT_EXEC);
        for (int k = 0; k < 3; k++)
            CHECK(code_at(code)(0) == i);
    }
    munmap(code, PAGE);
}

/* A JIT that appends: the page it writes to is the one that runs. No address is reused. */
static void appended_without_flush(void)
{
    uint32_t *code = pages(4, PROT_READ | PROT_WRITE | PROT_EXEC);

    for (unsigned i = 0; i < 4 * PAGE / 8; i++) {
        put_mov(code + 2 * i, i);
        CHECK(code_at(code + 2 * i)(0) == (i & 255));
        CHECK(code_at(code)(0) == 0);
    }
    munmap(code, 4 * PAGE);
}

/* Only the middle of a loop changes, while its beginning and end stay. */
static void patched_in_a_loop(void)
{
    uint32_t *code = pages(1, PROT_READ | PROT_WRITE | PROT_EXEC);
    static const uint32_t loop[] = {
#ifdef __aarch64__
        0x2a0003e1, /* mov w1, w0 */
        MOV(0),
        ADD(1),     /* 1: (patched) */
        0x71000421, /* subs w1, w1, #1 */
        0x54ffffc1, /* b.ne 1b */
        RETURN,
#else
        0xe1a01000, /* mov r1, r0 */
        0xe3a00000, /* mov r0, #0 */
        0xe2800001, /* 1: add r0, r0, #1 (patched) */
        0xe2511001, /* subs r1, r1, #1 */
        0x1afffffc, /* bne 1b */
        RETURN,
#endif
    };

    memcpy(code, loop, sizeof loop);
    for (unsigned i = 1; i < 200; i++) {
        code[2] = ADD(i);
        flush(code + 2, 4);
        CHECK(code_at(code)(100) == 100 * i);
    }
    munmap(code, PAGE);
}

/* The instructions that change the next ones: store, clean, barrier, run. */
static void patched_by_itself(void)
{
    uint32_t *code = pages(1, PROT_READ | PROT_WRITE | PROT_EXEC);
    static const uint32_t text[] = {
#ifdef __aarch64__
        0x100000e4, /* adr x4, the instruction at [7] */
        0xb9000080, /* str w0, [x4] */
        0xd50b7b24, /* dc cvau, x4 */
        0xd5033b9f, /* dsb ish */
        0xd50b7524, /* ic ivau, x4 */
        0xd5033b9f, /* dsb ish */
        0xd5033fdf, /* isb */
        MOV(0),     /* [7] (changed) */
        RETURN,
#else
        0xe92d4090, /* push {r4, r7, lr} */
        0xe28f4018, /* add r4, pc, #24: the instruction at [9] */
        0xe5840000, /* str r0, [r4] */
        0xe1a00004, /* mov r0, r4 */
        0xe2841004, /* add r1, r4, #4 */
        0xe3a02000, /* mov r2, #0 */
        0xe59f7010, /* ldr r7, [pc, #16]: cacheflush */
        0xef000000, /* svc #0 */
        0xe1a00000, /* nop */
        0xe3a00000, /* [9] mov r0, #0 (changed) */
        0xe8bd8090, /* pop {r4, r7, pc} */
        0xe1a00000, 0x000f0002,
#endif
    };

    memcpy(code, text, sizeof text);
    flush(code, sizeof text);
    for (unsigned i = 0; i < 100; i++)
        CHECK(code_at(code)(MOV(i)) == i);
    munmap(code, PAGE);
}

static void code_and_data_share_a_page(void)
{
    uint32_t *code = pages(1, PROT_READ | PROT_WRITE | PROT_EXEC), *counter = code + 512;
    static const uint32_t count[] = {
#ifdef __aarch64__
        0xb9400001, /* ldr w1, [x0] */
        0x11000421, /* add w1, w1, #1 */
        0xb9000001, /* str w1, [x0] */
        0x2a0103e0, /* mov w0, w1 */
        RETURN,
#else
        0xe5901000, /* ldr r1, [r0] */
        0xe2811001, /* add r1, r1, #1 */
        0xe5801000, /* str r1, [r0] */
        0xe1a00001, /* mov r0, r1 */
        RETURN,
#endif
    };

    memcpy(code, count, sizeof count);
    flush(code, sizeof count);
    for (unsigned i = 1; i < 20000; i++)
        if (code_at(code)((uintptr_t)counter) != i) {
            CHECK(!"the count is right");
            break;
        }
    CHECK(*counter == 19999);
    memset(code + 600, 7, 1000);
    CHECK(code_at(code)((uintptr_t)counter) == 20000 && code[600] == 0x07070707);
    munmap(code, PAGE);
}

/* Unmapped and mapped anew at the same place: nothing of the old code is left. */
static void mapped_anew(void)
{
    uint32_t *at = pages(1, PROT_NONE);

    for (unsigned i = 0; i < 100; i++) {
        uint32_t *code = mmap(at, PAGE, PROT_READ | PROT_WRITE | PROT_EXEC, MAP_PRIVATE | MAP_ANONYMOUS | MAP_FIXED, -1, 0);

        CHECK(code == at);
        put_mov(code, i);
        CHECK(code_at(code)(0) == i);
        if (i & 1)
            munmap(code, PAGE);
    }
}

static void moved_by_mremap(void)
{
    uint32_t *code = pages(1, PROT_READ | PROT_WRITE | PROT_EXEC), *other = pages(1, PROT_READ | PROT_WRITE | PROT_EXEC), *to;

    put_mov(code, 11);
    put_mov(other, 22);
    flush(code, 8);
    flush(other, 8);
    CHECK(code_at(code)(0) == 11 && code_at(other)(0) == 22);
    to = mremap(code, PAGE, PAGE, MREMAP_MAYMOVE | MREMAP_FIXED, other);
    CHECK(to == other && code_at(to)(0) == 11);
    munmap(to, PAGE);
}

static void read_from_a_file(void)
{
    uint32_t *code = pages(1, PROT_READ | PROT_WRITE | PROT_EXEC);
    int fd[2];

    CHECK(pipe(fd) == 0);
    for (unsigned i = 0; i < 100; i++) {
        uint32_t text[2];

        put_mov(text, i);
        CHECK(write(fd[1], text, 8) == 8);
        CHECK(read(fd[0], code, 8) == 8);
        flush(code, 8);
        CHECK(code_at(code)(0) == i);
    }
    close(fd[0]);
    close(fd[1]);
    munmap(code, PAGE);
}

/* One memory, two mappings: written here, run there. */
static void two_mappings(void)
{
    int fd = (int)syscall(SYS_memfd_create, "code", 0);
    uint32_t *writable, *runnable;

    CHECK(fd >= 0 && ftruncate(fd, PAGE) == 0);
    writable = mmap(NULL, PAGE, PROT_READ | PROT_WRITE, MAP_SHARED, fd, 0);
    runnable = mmap(NULL, PAGE, PROT_READ | PROT_EXEC, MAP_SHARED, fd, 0);
    CHECK(writable != MAP_FAILED && runnable != MAP_FAILED);
    for (unsigned i = 0; i < 200; i++) {
        put_mov(writable, i);
        flush(runnable, 8);
        CHECK(code_at(runnable)(0) == i);
    }
    close(fd);
    munmap(writable, PAGE);
    munmap(runnable, PAGE);
}

/* ---- another thread ---- */

static uint32_t *shared_code;
static volatile unsigned version, seen_version;
static volatile bool stop;

static void *runner(void *arg)
{
    while (!stop) {
        unsigned before = version, got = code_at(shared_code)(0), after = version;

        __atomic_thread_fence(__ATOMIC_SEQ_CST);
        if (got > 200 || (before == after && got + 1 < before))
            printf("thread runs version %u of %u\n", got, before), failures++, stop = true;
        seen_version = before;
    }
    return NULL;
}

/*
 * The writer changes one instruction that the others are running; when the
 * flush has returned, they run the new one the next time they come by.
 */
static void written_by_another_thread(void)
{
    pthread_t t[3];

    shared_code = pages(1, PROT_READ | PROT_WRITE | PROT_EXEC);
    put_mov(shared_code, 0);
    flush(shared_code, 8);
    for (int i = 0; i < 3; i++)
        pthread_create(&t[i], NULL, runner, NULL);
    for (unsigned i = 1; i <= 200 && !stop; i++) {
        __atomic_store_n(shared_code, MOV(i), __ATOMIC_SEQ_CST);
        flush(shared_code, 8);
        __atomic_store_n(&version, i, __ATOMIC_SEQ_CST);
        for (int spin = 0; spin < 1000 && seen_version != i; spin++)
            sched_yield();
    }
    stop = true;
    for (int i = 0; i < 3; i++)
        pthread_join(t[i], NULL);
    CHECK(code_at(shared_code)(0) == 200);
}

struct jit { uint32_t *code; unsigned id, wrong; };

/* Each thread compiles into pages of its own, others compile at the same time. */
static void *jit(void *arg)
{
    struct jit *j = arg;

    for (unsigned i = 0; i < 1000; i++) {
        put_mov(j->code, i * 7 + j->id);
        put_mov(j->code + 2 + i % 500, i);
        flush(j->code, PAGE);
        j->wrong += code_at(j->code)(0) != ((i * 7 + j->id) & 255);
        j->wrong += code_at(j->code + 2 + i % 500)(0) != (i & 255);
    }
    return NULL;
}

static void many_jits(void)
{
    struct jit j[6];
    pthread_t t[6];

    for (unsigned i = 0; i < 6; i++) {
        j[i] = (struct jit){.code = pages(1, PROT_READ | PROT_WRITE | PROT_EXEC), .id = i};
        pthread_create(&t[i], NULL, jit, &j[i]);
    }
    for (unsigned i = 0; i < 6; i++) {
        pthread_join(t[i], NULL);
        CHECK(j[i].wrong == 0);
        munmap(j[i].code, PAGE);
    }
}

static void a_child_changes_its_copy(void)
{
    uint32_t *code = pages(1, PROT_READ | PROT_WRITE | PROT_EXEC);
    int status;
    pid_t pid;

    put_mov(code, 5);
    flush(code, 8);
    CHECK(code_at(code)(0) == 5);
    pid = fork();
    if (!pid) {
        bool ok = code_at(code)(0) == 5;

        put_mov(code, 6);
        flush(code, 8);
        _exit(ok && code_at(code)(0) == 6 ? 42 : 1);
    }
    CHECK(waitpid(pid, &status, 0) == pid && WIFEXITED(status) && WEXITSTATUS(status) == 42);
    CHECK(code_at(code)(0) == 5);
    munmap(code, PAGE);
}

int main(void)
{
    rewritten_with_flush();
    rewritten_thumb();
    rewritten_by_mprotect();
    appended_without_flush();
    patched_in_a_loop();
    patched_by_itself();
    code_and_data_share_a_page();
    mapped_anew();
    moved_by_mremap();
    read_from_a_file();
    two_mappings();
    written_by_another_thread();
    many_jits();
    a_child_changes_its_copy();
    return failures;
}

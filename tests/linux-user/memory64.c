/*
 * memory64.c: the address space of a 64-bit program: reservations of terabytes,
 * fixed places low and high, hints that cannot be, and that nothing of the
 * emulator can be seen, mapped over, unmapped, protected or handed to the kernel.
 * abis: aarch64
 * sanitizers: no (their shadow lies where the fixed places are)
 */
#include "linux-user/check.h"

#include <signal.h>
#include <setjmp.h>
#include <sys/mman.h>
#include <sys/uio.h>
#include <sys/wait.h>

#ifndef MAP_FIXED_NOREPLACE
#define MAP_FIXED_NOREPLACE 0x100000
#endif
#define ANON (MAP_PRIVATE | MAP_ANONYMOUS)
#define LAZY (ANON | MAP_NORESERVE)
#define TB (1ull << 40)
enum { PAGE = 4096 };

static void *map(uint64_t at, uint64_t len, int prot, int flags) { return mmap((void *)at, len, prot, flags, -1, 0); }

static void terabytes_cost_nothing(void)
{
    uint8_t *p = map(0, 16 * TB, PROT_NONE, LAZY);

    CHECK(p != MAP_FAILED);
    CHECK(mprotect(p + 7 * TB, PAGE, PROT_READ | PROT_WRITE) == 0);
    p[7 * TB] = 1;
    CHECK(mprotect(p + 7 * TB, 1 << 21, PROT_READ | PROT_WRITE) == 0 && p[7 * TB] == 1 && p[7 * TB + PAGE] == 0);
    CHECK(madvise(p, 16 * TB, MADV_DONTNEED) == 0 && p[7 * TB] == 0);
    for (unsigned i = 0; i < 200; i++) {
        void *q = map(0, TB, PROT_NONE, LAZY);

        CHECK(q != MAP_FAILED && munmap(q, TB) == 0);
    }
    CHECK(munmap(p, 16 * TB) == 0);
}

static void fixed_places_are_taken(void)
{
    static const uint64_t places[] = {
        0x10000, 0x200000, 0x7fff0000, 0x100000000, 0x1000000000, 0x4000000000, 0xc000000000, 0x100000000000, 0x2aaaaaaaa000,
        0x555500000000, 0x600000000000, 0x7c0000000000,
    };

    for (unsigned i = 0; i < sizeof places / sizeof *places; i++) {
        volatile char *p = map(places[i], 2 * PAGE, PROT_READ | PROT_WRITE, ANON | MAP_FIXED);

        CHECK((uint64_t)p == places[i]);
        if (p == MAP_FAILED)
            continue;
        p[PAGE] = 3;
        CHECK(map(places[i], PAGE, PROT_NONE, ANON | MAP_FIXED_NOREPLACE) == MAP_FAILED && errno == EEXIST);
        CHECK(map(places[i], PAGE, PROT_READ, ANON | MAP_FIXED) == p && p[PAGE] == 3 && p[0] == 0);
        CHECK(munmap((void *)p, 2 * PAGE) == 0);
    }
}

static void impossible_places(void)
{
    static const uint64_t hints[] = {0x800000000000, 0xffff80000000, 0x1000000000000, 0x8000000000000000};

    for (unsigned i = 0; i < 4; i++) {
        void *p = map(hints[i], PAGE, PROT_READ, ANON);

        CHECK(p != MAP_FAILED && (uint64_t)p < 0x800000000000);
        munmap(p, PAGE);
        CHECK(map(hints[i], PAGE, PROT_READ, ANON | MAP_FIXED) == MAP_FAILED && errno == ENOMEM);
        CHECK(munmap((void *)hints[i], PAGE) == -1 && errno == EINVAL);
    }
    CHECK(map(0, 256 * TB, PROT_NONE, LAZY) == MAP_FAILED && errno == ENOMEM);
    CHECK(map(0, ~0ull << 12, PROT_NONE, LAZY) == MAP_FAILED && errno == ENOMEM);
}

/* Every line of maps is a place that mincore() knows. */
static void maps_shows_what_is_ours(void)
{
    FILE *f = fopen("/proc/self/maps", "r");
    char line[512];
    uint64_t start, end, last = 0, sp = (uint64_t)__builtin_frame_address(0);
    int lines = 0, stack = 0;
    unsigned char vec;

    CHECK(f != NULL);
    while (f && fgets(line, sizeof line, f)) {
        CHECK(sscanf(line, "%lx-%lx", &start, &end) == 2 && start >= last && end > start);
        CHECK(mincore((void *)start, PAGE, &vec) == 0 && mincore((void *)(end - PAGE), PAGE, &vec) == 0);
        CHECK(!strstr(line, "moa"));
        stack += start <= sp && sp < end && strstr(line, "[stack]");
        last = end;
        lines++;
    }
    CHECK(lines >= 4 && stack == 1);
    fclose(f);
}

/*
 * Where the emulator is, the program does not know; it tries everywhere above its own stack. Whatever it gets is good
 * memory, and the emulator goes on.
 */
static void nothing_else_can_be_harmed(void)
{
    uint64_t step = 1ull << 37;
    int fd = open("/dev/zero", O_RDONLY), null = open("/dev/null", O_WRONLY);
    unsigned refused = 0, granted = 0;

    for (uint64_t at = 0x700000000000; at < 0x7ffffffff000; at += step) {
        uint64_t len = at + step > 0x7ffffffff000 ? 0x7ffffffff000 - at : step;
        void *p = map(at, len, PROT_NONE, LAZY | MAP_FIXED);

        if (p == MAP_FAILED) {
            CHECK(errno == ENOMEM);
            refused++;
        } else {
            granted++;
            CHECK(munmap(p, len) == 0);
        }
        CHECK(munmap((void *)at, len) == 0);
        CHECK_ERRNO(mprotect((void *)at, len, PROT_NONE), ENOMEM);
        CHECK_ERRNO(madvise((void *)at, len, MADV_DONTNEED), ENOMEM);
        CHECK(mremap((void *)at, PAGE, 2 * PAGE, MREMAP_MAYMOVE) == MAP_FAILED && errno == EFAULT);
        CHECK_ERRNO(read(fd, (void *)at, PAGE), EFAULT);
    }
    CHECK(refused >= 1 && granted >= 1);
    close(fd);
    close(null);
}

/* A frame, a string or a buffer above everything of ours: the kernel says EFAULT. */
static void reads_of_others_fail(void)
{
    int fds[2];
    struct iovec v;

    CHECK(pipe(fds) == 0);
    for (uint64_t at = 0x7f0000000000; at < 0x7ffffffff000; at += 1ull << 30) {
        v = (struct iovec){(void *)at, 16};
        if (write(fds[1], (void *)at, 16) != -1 || errno != EFAULT || writev(fds[1], &v, 1) != -1 || errno != EFAULT) {
            CHECK(!"bytes of the emulator");
            break;
        }
    }
    close(fds[0]);
    close(fds[1]);
}

static void brk_grows_behind_the_program(void)
{
    char *old = sbrk(0), *more = sbrk(10 << 20);
    extern char end[];

    CHECK(more == old && old >= end && old - end < (64 << 20));
    more[(10 << 20) - 1] = 1;
    CHECK(sbrk(-(10 << 20)) == old + (10 << 20));
}

static void mremap_moves_and_grows(void)
{
    char *p = map(0, 4 * PAGE, PROT_READ | PROT_WRITE, ANON), *q, *wall;

    p[0] = 5;
    wall = map((uint64_t)p + 4 * PAGE, PAGE, PROT_NONE, ANON | MAP_FIXED);
    q = mremap(p, 4 * PAGE, 4096 * PAGE, MREMAP_MAYMOVE);
    CHECK(q != MAP_FAILED && q != p && q[0] == 5 && q[4095 * PAGE] == 0);
    CHECK(mremap(q, 4096 * PAGE, PAGE, 0) == q);
    CHECK(mremap(q, PAGE, 2 * PAGE, 0) == q && (q[PAGE] = 1));
    munmap(q, 2 * PAGE);
    munmap(wall, PAGE);
}

int main(void)
{
    terabytes_cost_nothing();
    fixed_places_are_taken();
    impossible_places();
    maps_shows_what_is_ours();
    nothing_else_can_be_harmed();
    reads_of_others_fail();
    brk_grows_behind_the_program();
    mremap_moves_and_grows();
    return failures;
}

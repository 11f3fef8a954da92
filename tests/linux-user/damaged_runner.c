/*
 * damaged_runner.c: truncated and damaged ELF files, each given to moa-arm or moa-aarch64 as a
 * whole (elf_fuzz_test.c tries many more, on the loader alone).
 *
 *   damaged_runner MOA COUNT [SEED [FIRST]]
 *
 * Each input is a small valid program with some bytes changed, mostly in its
 * headers. moa must say one sentence and exit with 1, 126 or 127, or run what
 * it is given: the guest may exit as it likes or die of a signal that a guest
 * can die of. "internal error", a sanitizer's report or a hang is a failure;
 * the input's number is printed, and FIRST = that number with COUNT 1 runs it
 * again and leaves the file in damaged-failure.
 */
#include "util/util.h"

#include <elf.h>
#include <errno.h>
#include <fcntl.h>
#include <poll.h>
#include <signal.h>
#include <spawn.h>
#include <stdio.h>
#include <stdlib.h>
#include <sys/mman.h>
#include <sys/stat.h>
#include <sys/syscall.h>
#include <sys/wait.h>
#include <unistd.h>

enum { CODE_OFFSET = 0x100, CODE_OFFSET64 = 0x1c0, SIZE = 0x200, TIMEOUT_MS = 10000 };
extern char **environ;

static uint64_t state;

static uint32_t next(void)
{
    state ^= state << 13;
    state ^= state >> 7;
    state ^= state << 17;
    return (uint32_t)(state >> 16);
}

static uint32_t below(uint32_t n)
{
    return next() % n;
}

static const uint32_t code[] = {0xe3a07001, 0xe3a00000, 0xef000000, 0xeafffffe};

/* exit(0) at 0x10100, with a segment of code, one of data, and sometimes an interpreter. */
static void make_program(uint8_t *image)
{
    static const char interpreter[] = "/lib/ld-linux-armhf.so.3";
    bool dynamic = below(4) == 0;
    Elf32_Ehdr *e = (Elf32_Ehdr *)image;
    Elf32_Phdr *p = (Elf32_Phdr *)(image + sizeof *e);

    memset(image, 0, SIZE);
    memcpy(e->e_ident, "\177ELF\1\1\1", 7);
    e->e_type = below(3) ? ET_EXEC : ET_DYN;
    e->e_machine = EM_ARM;
    e->e_version = 1;
    e->e_entry = 0x10000 + CODE_OFFSET;
    e->e_phoff = sizeof *e;
    e->e_flags = 0x05000400;
    e->e_ehsize = sizeof *e;
    e->e_phentsize = sizeof *p;
    e->e_phnum = dynamic ? 4 : 3;
    p[0] = (Elf32_Phdr){PT_LOAD, 0, 0x10000, 0x10000, SIZE, SIZE, PF_R | PF_X, 0x1000};
    p[1] = (Elf32_Phdr){PT_LOAD, 0, 0x20000, 0x20000, SIZE, 0x3000, PF_R | PF_W, 0x1000};
    p[2] = (Elf32_Phdr){PT_GNU_STACK, 0, 0, 0, 0, 0, PF_R | PF_W, 16};
    p[3] = (Elf32_Phdr){PT_INTERP, 0x180, 0x10180, 0x10180, sizeof interpreter, sizeof interpreter, PF_R, 1};
    memcpy(image + CODE_OFFSET, code, sizeof code);
    memcpy(image + 0x180, interpreter, sizeof interpreter);
}

static const uint32_t code64[] = {0xd2800ba8, 0xd2800000, 0xd4000001, 0x14000000};

static void make_program64(uint8_t *image)
{
    static const char interpreter[] = "/lib/ld-linux-aarch64.so.1";
    bool dynamic = below(4) == 0;
    Elf64_Ehdr *e = (Elf64_Ehdr *)image;
    Elf64_Phdr *p = (Elf64_Phdr *)(image + sizeof *e);

    memset(image, 0, SIZE);
    memcpy(e->e_ident, "\177ELF\2\1\1", 7);
    e->e_type = below(3) ? ET_EXEC : ET_DYN;
    e->e_machine = EM_AARCH64;
    e->e_version = 1;
    e->e_entry = 0x10000 + CODE_OFFSET64;
    e->e_phoff = sizeof *e;
    e->e_ehsize = sizeof *e;
    e->e_phentsize = sizeof *p;
    e->e_phnum = dynamic ? 4 : 3;
    p[0] = (Elf64_Phdr){PT_LOAD, PF_R | PF_X, 0, 0x10000, 0x10000, SIZE, SIZE, 0x1000};
    p[1] = (Elf64_Phdr){PT_LOAD, PF_R | PF_W, 0, 0x20000, 0x20000, SIZE, 0x3000, 0x1000};
    p[2] = (Elf64_Phdr){PT_GNU_STACK, PF_R | PF_W, 0, 0, 0, 0, 0, 16};
    p[3] = (Elf64_Phdr){PT_INTERP, PF_R, 0x180, 0x10180, 0x10180, sizeof interpreter, sizeof interpreter, 1};
    memcpy(image + CODE_OFFSET64, code64, sizeof code64);
    memcpy(image + 0x180, interpreter, sizeof interpreter);
}

static uint32_t interesting(void)
{
    static const uint32_t values[] = {0, 1, 2, 3, 4, 6, 7, 0xff, 0x100, 0xfff, 0x1000, 0x1001, 0x10000, 0x7fff, 0x8000, 0xffff,
                                      0x10100, 0x7fffffff, 0x80000000, 0xbfffffff, 0xc0000000, 0xfffef000, 0xffff0000,
                                      0xffff0fe0, 0xfffff000, 0xfffffffe, 0xffffffff};

    return below(4) ? values[below(ARRAY_SIZE(values))] : next();
}

static size_t damage(uint8_t *image, bool wide)
{
    size_t headers = wide ? sizeof(Elf64_Ehdr) + 4 * sizeof(Elf64_Phdr) : sizeof(Elf32_Ehdr) + 4 * sizeof(Elf32_Phdr);

    for (unsigned n = 1 + below(4); n; n--) {
        size_t at = below(5) ? below((uint32_t)headers) : below(SIZE);

        switch (below(3)) {
        case 0: image[at] = (uint8_t)next(); break;
        case 1: stle32(image + (at & ~3ul), interesting()); break;
        case 2: stle16(image + (at & ~1ul), (uint16_t)interesting()); break;
        }
    }
    return below(6) ? SIZE : below(SIZE + 1);
}

/* Exit status as wait() gives it, or -1 when it had to be killed; what it said in text. */
static int run(const char *moa, const char *path, char *text, size_t room)
{
    posix_spawn_file_actions_t actions;
    char *argv[] = {(char *)moa, (char *)path, NULL};
    int output = memfd_create("output", MFD_CLOEXEC), status = -1, pidfd;
    struct pollfd waits;
    pid_t pid;
    ssize_t n;

    posix_spawn_file_actions_init(&actions);
    posix_spawn_file_actions_adddup2(&actions, output, STDOUT_FILENO);
    posix_spawn_file_actions_adddup2(&actions, output, STDERR_FILENO);
    if (posix_spawn(&pid, moa, &actions, NULL, argv, environ) != 0)
        die("cannot start '%s'", moa);
    posix_spawn_file_actions_destroy(&actions);
    pidfd = (int)syscall(SYS_pidfd_open, pid, 0);
    waits = (struct pollfd){pidfd, POLLIN, 0};
    if (poll(&waits, 1, TIMEOUT_MS) <= 0) {
        kill(pid, SIGKILL);
        waitpid(pid, NULL, 0);
    } else {
        waitpid(pid, &status, 0);
    }
    n = pread(output, text, room - 1, 0);
    text[n > 0 ? n : 0] = 0;
    close(pidfd);
    close(output);
    return status;
}

/* NULL, or what is wrong with how it ended. A program that loops for ever is the guest's own affair. */
static const char *verdict(int status, const char *text, bool runs_for_ever)
{
    if (strstr(text, "internal error") || strstr(text, "host stack") || strstr(text, "Sanitizer") || strstr(text, "runtime error"))
        return "moa itself failed";
    if (status == -1)
        return runs_for_ever ? NULL : "it hung";
    if (WIFSIGNALED(status) && !strstr(text, "uncaught target signal"))
        return "it died of a signal that was not announced as the guest's";
    if (WIFEXITED(status) && WEXITSTATUS(status) != 0 && !*text)
        return NULL; /* the guest's own exit status */
    return NULL;
}

static void write_input(const char *path, const uint8_t *image, size_t size)
{
    int fd = open(path, O_WRONLY | O_CREAT | O_TRUNC | O_CLOEXEC, 0700);

    if (fd < 0 || write(fd, image, size) != (ssize_t)size)
        die("cannot write '%s': %s", path, strerror(errno));
    close(fd);
}

/* Its code was changed, or it begins behind the call of exit, where it jumps to itself. */
static bool may_run_for_ever(const uint8_t *image, bool wide)
{
    if (wide)
        return memcmp(image + CODE_OFFSET64, code64, 12) || ((const Elf64_Ehdr *)image)->e_entry % 4096 == CODE_OFFSET64 + 12;
    return memcmp(image + CODE_OFFSET, code, 12) || ((const Elf32_Ehdr *)image)->e_entry % 4096 == CODE_OFFSET + 12;
}

int main(int argc, char **argv)
{
    unsigned long count = argc > 2 ? strtoul(argv[2], NULL, 0) : 1000, seed = argc > 3 ? strtoul(argv[3], NULL, 0) : 1;
    unsigned long first = argc > 4 ? strtoul(argv[4], NULL, 0) : 0, failed = 0;
    bool wide = argc > 1 && strstr(argv[1], "aarch64");
    static uint8_t image[SIZE];
    static char text[65536];
    char path[64];

    if (argc < 2)
        die("usage: damaged_runner MOA COUNT [SEED [FIRST]]");
    snprintf(path, sizeof path, "/dev/shm/moa-damaged-%d", (int)getpid());
    for (unsigned long i = first; i < first + count; i++) {
        const char *wrong;
        size_t size;
        int status;

        state = (seed << 32 ^ (i + 1)) * 0x9e3779b97f4a7c15ull | 1;
        for (int warm = 0; warm < 4; warm++)
            next();
        (wide ? make_program64 : make_program)(image);
        size = damage(image, wide);
        write_input(path, image, size);
        status = run(argv[1], path, text, sizeof text);
        wrong = verdict(status, text, may_run_for_ever(image, wide));
        if (wrong) {
            failed++;
            printf("FAIL input %lu of seed %lu: %s (status %#x)\n%s\n", i, seed, wrong, (unsigned)status, text);
            if (count == 1)
                write_input("damaged-failure", image, size);
        }
    }
    unlink(path);
    printf("%lu passed, %lu failed\n", count - failed, failed);
    return failed != 0;
}

/*
 * perfmap.c: tells Linux perf what the translated code is.
 *   -perfmap  /tmp/perf-PID.map: a line "start size name" for each region
 *   -jitdump  /tmp/jit-PID.dump: the code itself as well, for perf inject --jit
 * Format of the latter: tools/perf/Documentation/jitdump-specification.txt in the kernel.
 */
#include "debug/debug.h"
#include "debug/internal.h"
#include "util/util.h"

#include <elf.h>
#include <errno.h>
#include <fcntl.h>
#include <inttypes.h>
#include <stdlib.h>
#include <sys/mman.h>
#include <sys/syscall.h>
#include <time.h>
#include <unistd.h>

static int map_fd = -1, dump_fd = -1;
static uint64_t dump_index;

static int open_for_perf(const char *format)
{
    char path[64];
    int fd;

    snprintf(path, sizeof path, format, (int)getpid());
    fd = open(path, O_RDWR | O_CREAT | O_TRUNC | O_CLOEXEC | O_NOFOLLOW, 0600);
    if (fd < 0)
        warn("cannot write '%s' for perf: %s", path, strerror(errno));
    return fd < 0 ? -1 : debug_private_fd(fd);
}

void debug_perfmap_open(void)
{
    map_fd = open_for_perf("/tmp/perf-%d.map");
}

struct jit_header {
    uint32_t magic, version, size, machine, pad, pid;
    uint64_t time, flags;
};
struct jit_load {
    uint32_t id, size;
    uint64_t time;
    uint32_t pid, tid;
    uint64_t address, code_address, code_size, index;
};

static uint64_t now_ns(void)
{
    struct timespec t;

    clock_gettime(CLOCK_MONOTONIC, &t); /* perf record -k mono */
    return (uint64_t)t.tv_sec * 1000000000u + (uint64_t)t.tv_nsec;
}

static void put(int fd, const void *data, size_t size)
{
    if (write(fd, data, size) != (ssize_t)size) {
        warn("cannot write perf's file: %s", strerror(errno));
        map_fd = dump_fd = -1;
    }
}

void debug_jitdump_open(void)
{
    struct jit_header h = {.magic = 0x4a695444, .version = 1, .size = sizeof h, .machine = EM_X86_64,
                           .pid = (uint32_t)getpid(), .time = now_ns()};

    dump_fd = open_for_perf("/tmp/jit-%d.dump");
    if (dump_fd < 0)
        return;
    put(dump_fd, &h, sizeof h);
    /* perf finds the file by seeing it mapped executable. */
    if (mmap(NULL, 4096, PROT_READ | PROT_EXEC, MAP_PRIVATE, dump_fd, 0) == MAP_FAILED)
        warn("perf will not find the jit dump: %s", strerror(errno));
}

static void dump_region(const char *name, const struct host_code *code)
{
    size_t name_size = strlen(name) + 1;
    struct jit_load load = {.size = (uint32_t)(sizeof load + name_size + code->size), .time = now_ns(),
                            .pid = (uint32_t)getpid(), .tid = (uint32_t)syscall(SYS_gettid),
                            .address = (uint64_t)code->code, .code_address = (uint64_t)code->code,
                            .code_size = code->size, .index = dump_index++};

    put(dump_fd, &load, sizeof load);
    put(dump_fd, name, name_size);
    put(dump_fd, code->code, code->size);
}

bool debug_perf_on(void)
{
    return map_fd >= 0 || dump_fd >= 0;
}

void debug_perf_region(const struct ir_region *r, const struct host_code *code)
{
    uint64_t offset;
    const char *symbol;
    char name[256], line[320];

    symbol = debug_symbol(r->key.pc, &offset);
    if (symbol)
        snprintf(name, sizeof name, "guest:%s+0x%" PRIx64, symbol, offset);
    else
        snprintf(name, sizeof name, "guest:0x%" PRIx64, r->key.pc);
    if (map_fd >= 0) {
        int n = snprintf(line, sizeof line, "%" PRIx64 " %x %s\n", (uint64_t)code->code, code->size, name);

        put(map_fd, line, (size_t)n);
    }
    if (dump_fd >= 0)
        dump_region(name, code);
}

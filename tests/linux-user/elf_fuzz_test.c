/*
 * elf_fuzz_test.c: the loader alone, thousands a second: damaged ELF files end in one sentence and exit 126 or 127,
 * or they load; never in a crash, a hang or another status. Usage:
 * elf_fuzz_test [inputs [seed]]; a few thousand unless told. It makes files of the
 * class its program loads: 32 bits, and 64 in elf_fuzz_aarch64_test.
 *
 * A child loads one damaged file after the other until one makes it exit, then
 * the next child goes on behind it.
 */
#include "linux-user/internal.h"

#include <elf.h>
#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <sys/mman.h>
#include <sys/wait.h>
#include <unistd.h>

#define FILE_SIZE 12288
#define SECONDS 20

static struct shared { volatile unsigned long next; volatile unsigned long loaded; } *shared;
static uint64_t random_state;

static uint32_t rnd(void)
{
    random_state = random_state * 6364136223846793005ull + 1442695040888963407ull;
    return (uint32_t)(random_state >> 33);
}

/* ---- a sound file: text, data with bss, stack, now and then an interpreter ---- */

static void make_sound32(uint8_t *file, bool dyn, bool interpreter)
{
    uint32_t base = dyn ? 0 : 0x10000;
    Elf32_Ehdr h = {
        .e_ident = {0x7f, 'E', 'L', 'F', ELFCLASS32, ELFDATA2LSB, EV_CURRENT}, .e_type = dyn ? ET_DYN : ET_EXEC,
        .e_machine = EM_ARM, .e_version = EV_CURRENT, .e_entry = base + 0x400, .e_phoff = sizeof h, .e_flags = 0x5000400,
        .e_ehsize = sizeof h, .e_phentsize = sizeof(Elf32_Phdr), .e_phnum = interpreter ? 4 : 3,
    };
    Elf32_Phdr p[4] = {
        {PT_LOAD, 0, base, base, 0x1000, 0x1000, PF_R | PF_X, 0x1000},
        {PT_LOAD, 0x1000, base + 0x2000, base + 0x2000, 0x800, 0x1800, PF_R | PF_W, 0x1000},
        {PT_GNU_STACK, 0, 0, 0, 0, 0, PF_R | PF_W, 16},
        {PT_INTERP, 0x500, base + 0x500, base + 0x500, 24, 24, PF_R, 1},
    };

    memcpy(file, &h, sizeof h);
    memcpy(file + sizeof h, p, sizeof p);
    memcpy(file + 0x500, "/no/ld-linux-armhf.so.3", 24);
}

#define PROPERTIES_AT 0x600
static const uint32_t properties[] = { /* a note of two: code is guarded, and one of 12 bytes that nobody knows */
    4, 40, NT_GNU_PROPERTY_TYPE_0, 0x554e47 /* GNU */, GNU_PROPERTY_AARCH64_FEATURE_1_AND, 4, GNU_PROPERTY_AARCH64_FEATURE_1_BTI, 0, 0xc0000002, 12, 1, 2, 3, 0,
};

static void make_sound64(uint8_t *file, bool dyn, bool interpreter)
{
    uint64_t base = dyn ? 0 : 0x400000;
    Elf64_Ehdr h = {
        .e_ident = {0x7f, 'E', 'L', 'F', ELFCLASS64, ELFDATA2LSB, EV_CURRENT}, .e_type = dyn ? ET_DYN : ET_EXEC,
        .e_machine = EM_AARCH64, .e_version = EV_CURRENT, .e_entry = base + 0x400, .e_phoff = sizeof h,
        .e_ehsize = sizeof h, .e_phentsize = sizeof(Elf64_Phdr), .e_phnum = interpreter ? 5 : 4,
    };
    Elf64_Phdr p[5] = {
        {PT_LOAD, PF_R | PF_X, 0, base, base, 0x1000, 0x1000, 0x1000},
        {PT_LOAD, PF_R | PF_W, 0x1000, base + 0x2000, base + 0x2000, 0x800, 0x1800, 0x1000},
        {PT_GNU_STACK, PF_R | PF_W, 0, 0, 0, 0, 0, 16},
        {PT_GNU_PROPERTY, PF_R, PROPERTIES_AT, base + PROPERTIES_AT, base + PROPERTIES_AT, sizeof properties, sizeof properties, 8},
        {PT_INTERP, PF_R, 0x500, base + 0x500, base + 0x500, 26, 26, 1},
    };

    memcpy(file, &h, sizeof h);
    memcpy(file + sizeof h, p, sizeof p);
    memcpy(file + 0x500, "/no/ld-linux-aarch64.so.1", 26);
    memcpy(file + PROPERTIES_AT, properties, sizeof properties);
}

static bool is_wide(void)
{
    return abi->elf_class == ELFCLASS64;
}

static const uint64_t edges[] = {
    0, 1, 2, 3, 0x7f, 0x80, 0xff, 0xfff, 0x1000, 0x1001, 0x2000, 0x7fffffff, 0x80000000, 0xfffff000, 0xffff0000, 0xffffefff,
    0xfffffffe, 0xffffffff, 0x100000000, 0x400000000000, 0x555555554000, 0x6ffffffff000, 0x7ffffffff000, 0x7fffffffefff, 0x800000000000,
    0xffff000000000000, 0x7fffffffffffffff, 0x8000000000000000, 0xffffffffffff0000, 0xfffffffffffff000, 0xffffffffffffefff, 0xffffffffffffffff,
};

static void put_word(uint8_t *at, unsigned width, uint64_t value)
{
    if (width == 8)
        stle64(at, value);
    else
        stle32(at, (uint32_t)value);
}

/* Headers are what matters: most changes go there. */
static size_t damage(uint8_t *file)
{
    unsigned changes = 1 + rnd() % 4, headers = is_wide() ? sizeof(Elf64_Ehdr) + 5 * sizeof(Elf64_Phdr) : 180;

    while (changes--) {
        unsigned at = rnd() % 8 ? rnd() % headers : rnd() % 2 ? PROPERTIES_AT + rnd() % sizeof properties : rnd() % FILE_SIZE, width = is_wide() && rnd() % 4 ? 8 : 4;
        uint8_t *word = file + (at & ~(width - 1));
        uint64_t was = width == 8 ? ldle64(word) : ldle32(word);

        switch (rnd() % 4) {
        case 0: file[at] ^= (uint8_t)(1u << rnd() % 8); break;
        case 1: file[at] = (uint8_t)rnd(); break;
        case 2: put_word(word, width, edges[rnd() % ARRAY_SIZE(edges)]); break;
        case 3: put_word(word, width, was + (uint64_t)(int64_t)((int)(rnd() % 33) - 16) * 256); break;
        }
    }
    return rnd() % 16 ? FILE_SIZE : rnd() % FILE_SIZE;
}

/* ---- loading ---- */

/* Of a window, only what lies below the top 256 MiB: beyond is no program's. */
static void forget_window(void)
{
    for (uint64_t page = 0, end; page < WINDOW_SIZE / GUEST_PAGE; page = end) {
        end = page + 1;
        if (!page_flags[page])
            continue;
        while (end < WINDOW_SIZE / GUEST_PAGE && page_flags[end])
            end++;
        guest_munmap(page * GUEST_PAGE, (end - page) * GUEST_PAGE);
        if (end > 0xf0000)
            break;
    }
}

static void forget_process(void)
{
    if (page_flags)
        forget_window();
    else
        guest_munmap(0, abi->task_size);
    memset(&guest, 0, sizeof guest);
}

static const struct guest_cpu_model *last_model(void)
{
    const struct guest_cpu_model *m = guest_arch->models;

    while (m[1].name)
        m++;
    return m;
}

static void load_one(unsigned long n, unsigned long seed)
{
    static uint8_t file[FILE_SIZE];
    int fd = memfd_create("fuzz", MFD_CLOEXEC);
    size_t size;

    guest.model = last_model(); /* it has everything */
    random_state = n * 0x9e3779b97f4a7c15ull + seed;
    rnd();
    memset(file, 0, FILE_SIZE);
    (is_wide() ? make_sound64 : make_sound32)(file, n & 1, n & 2);
    size = damage(file);
    if (write(fd, file, size) != (ssize_t)size)
        _exit(99);
    alarm(SECONDS);
    load_program("damaged", fd);
    map_stack();
    shared->loaded++;
    close(fd);
    forget_process();
}

static void child(unsigned long count, unsigned long seed)
{
    if (!freopen("/dev/null", "w", stderr))
        _exit(98);
    while (shared->next < count) {
        unsigned long n = shared->next++;

        load_one(n, seed);
    }
    _exit(0);
}

static bool acceptable(int status)
{
    int code = WIFEXITED(status) ? WEXITSTATUS(status) : -1;

    return code == 0 || code == 1 || code == 126 || code == 127;
}

int main(int argc, char **argv)
{
    unsigned long count = argc > 1 ? strtoul(argv[1], NULL, 0) : 3000, seed = argc > 2 ? strtoul(argv[2], NULL, 0) : 1;
    struct runtime_options o = {.interpret = true};
    struct runtime_memory memory = {.address_bits = guest_arch->address_bits};
    unsigned bad = 0;

    shared = mmap(NULL, 4096, PROT_READ | PROT_WRITE, MAP_SHARED | MAP_ANONYMOUS, -1, 0);
    options.stack_size = 1 << 20;
    guest_memory_init();
    memory.base = guest_base;
    memory.page_flags = page_flags;
    memory.page_query = page_flags ? NULL : page_radix_flags;
    runtime_init(guest_arch, &memory, &o);
    guest_memory_layout(options.stack_size);
    while (shared->next < count && bad < 20) {
        unsigned long first = shared->next;
        int status;
        pid_t pid = fork();

        if (!pid)
            child(count, seed);
        if (waitpid(pid, &status, 0) != pid)
            return 99;
        if (!acceptable(status)) {
            printf("input %lu (children since %lu): status %#x\n", shared->next - 1, first, status);
            bad++;
        }
    }
    printf("%lu damaged files, %lu loaded, %u badly ended\n", shared->next, shared->loaded, bad);
    return bad != 0;
}

/*
 * stack.c: the first stack of a program: strings at the top, below them the
 * auxiliary vector, environment and arguments, as fs/binfmt_elf.c lays it out.
 */
#include "linux-user/internal.h"

#include <elf.h>
#include <stdlib.h>
#include <sys/auxv.h>
#include <sys/mman.h>
#include <sys/random.h>
#include <sys/resource.h>
#include <unistd.h>

#ifndef AT_MINSIGSTKSZ
#define AT_MINSIGSTKSZ 51
#endif

struct vector { uint64_t *words; unsigned count; };

static void add(struct vector *v, uint64_t word)
{
    v->words[v->count++] = word;
}

static uint64_t push_bytes(uint64_t *sp, const void *bytes, uint64_t size)
{
    if (size > *sp - guest.stack_low)
        die("the arguments and the environment do not fit on the stack (-s sets its size)");
    *sp -= size;
    copy_to_guest(*sp, bytes, size);
    return *sp;
}

static uint64_t push_string(uint64_t *sp, const char *s)
{
    return push_bytes(sp, s, strlen(s) + 1);
}

/* Pushes them so that the first lies lowest; writes their addresses to at. */
static void push_strings(uint64_t *sp, unsigned n, char **strings, uint64_t *at)
{
    for (unsigned i = n; i-- > 0;)
        at[i] = push_string(sp, strings[i]);
}

/* AT_RANDOM's bytes: -seed makes them repeatable. */
static uint64_t push_random(uint64_t *sp)
{
    uint64_t bytes[2];

    if (options.seed) {
        uint64_t x = strtoull(options.seed, NULL, 0);

        for (unsigned i = 0; i < 2; i++)
            bytes[i] = x = x * 6364136223846793005ull + 1442695040888963407ull;
    } else if (getrandom(bytes, sizeof bytes, GRND_NONBLOCK) != sizeof bytes) {
        bytes[0] = bytes[1] = (uint64_t)getpid();
    }
    return push_bytes(sp, bytes, sizeof bytes);
}

/* No AT_RSEQ_FEATURE_SIZE and _ALIGN (Linux 6.3): they would move the stack away from the reference's, which random
 * instructions look at; who misses them takes the 32 bytes that struct rseq always had. */
static void add_auxv(struct vector *v, const struct vcpu *cpu, uint64_t random, uint64_t execfn, uint64_t platform)
{
    const struct { uint64_t type, value; } aux[] = {
        {AT_SYSINFO_EHDR, guest.vdso},
        {AT_MINSIGSTKSZ, abi->minsigstksz + (abi->more_sigstack ? abi->more_sigstack(cpu) : 0)},
        {AT_HWCAP, abi->hwcap(cpu, 1)},
        {AT_PAGESZ, GUEST_PAGE},
        {AT_CLKTCK, (uint64_t)sysconf(_SC_CLK_TCK)},
        {AT_PHDR, guest.phdr},
        {AT_PHENT, guest.phent},
        {AT_PHNUM, guest.phnum},
        {AT_BASE, guest.interp_base},
        {AT_FLAGS, 0},
        {AT_ENTRY, guest.entry_program},
        {AT_UID, getuid()},
        {AT_EUID, geteuid()},
        {AT_GID, getgid()},
        {AT_EGID, getegid()},
        {AT_SECURE, guest.secure},
        {AT_RANDOM, random},
        {AT_HWCAP2, abi->hwcap(cpu, 2)},
        {AT_EXECFN, execfn},
        {AT_PLATFORM, platform},
        {AT_NULL, 0},
    };

    for (unsigned i = 0; i < ARRAY_SIZE(aux); i++) {
        if ((aux[i].type == AT_SYSINFO_EHDR || aux[i].type == AT_MINSIGSTKSZ) && !aux[i].value)
            continue;
        add(v, aux[i].type);
        add(v, aux[i].value);
    }
}

static void write_words(uint64_t at, const struct vector *v)
{
    for (unsigned i = 0; i < v->count; i++)
        guest_put_long(at + i * abi->long_size, v->words[i]);
}

void map_stack(void)
{
    uint64_t size = align_up(options.stack_size, GUEST_PAGE);
    uint64_t top = size > BIG_STACK ? abi->mmap_top : abi->stack_top;
    int prot = PROT_READ | PROT_WRITE | (guest.exec_stack ? PROT_EXEC : 0);
    long at = guest_mmap(top - size, size, prot, MAP_PRIVATE | MAP_ANONYMOUS | MAP_NORESERVE | MAP_STACK | MAP_FIXED_NOREPLACE, -1, 0);

    if (at < 0)
        die("cannot map a stack of %llu bytes: %s", (unsigned long long)size, at == -EEXIST ? "the program itself lies there" : strerror((int)-at));
    guest.stack_low = (uint64_t)at;
    guest.stack_high = guest.stack_low + size;
}

uint64_t build_stack(struct guest_thread *t, int argc, char **argv, char **envp, const char *execfn)
{
    unsigned envc = 0;
    uint64_t sp = guest.stack_high, random, execfn_at, platform, auxv_index;
    struct vector v = {0};
    uint64_t *at;

    while (envp[envc])
        envc++;
    v.words = calloc((size_t)argc + envc + 64, sizeof *v.words);
    at = calloc((size_t)argc + envc + 1, sizeof *at);
    if (!v.words || !at)
        die("out of memory");

    push_bytes(&sp, &(uint64_t){0}, 8); /* strings and what follows lie as under qemu: programs that read beyond an object see the same */
    execfn_at = push_string(&sp, execfn);
    guest.env_end = sp;
    push_strings(&sp, envc, envp, at + argc);
    guest.env_start = guest.arg_end = sp;
    push_strings(&sp, (unsigned)argc, argv, at);
    guest.arg_start = sp;
    platform = push_string(&sp, abi->platform_of(t->cpu));
    sp &= ~15ull;
    random = push_random(&sp);

    add(&v, (uint64_t)argc);
    for (int i = 0; i < argc; i++)
        add(&v, at[i]);
    add(&v, 0);
    for (unsigned i = 0; i < envc; i++)
        add(&v, at[(unsigned)argc + i]);
    add(&v, 0);
    auxv_index = v.count;
    add_auxv(&v, t->cpu, random, execfn_at, platform);

    if (v.count * abi->long_size + 32 > sp - guest.stack_low)
        die("the arguments and the environment do not fit on the stack (-s sets its size)");
    sp = (sp - v.count * abi->long_size) & ~15ull;
    write_words(sp, &v);
    guest.auxv_start = sp + auxv_index * abi->long_size;
    guest.auxv_end = sp + v.count * abi->long_size;
    guest.stack_start = sp;
    free(v.words);
    free(at);
    return sp;
}

/*
 * runtime.c: the runtime's beginning, its forks and its counters.
 */
#include "runtime/internal.h"

#include <stdlib.h>

#define DEFAULT_CACHE_BYTES (256ull << 20)
#define MAX_CACHE_BYTES (1024ull << 20) /* every place reaches every other by rel32 */
#define GATES_ROOM 16384

struct runtime rt;

static bool env_is_set(const char *name)
{
    const char *v = getenv(name);

    return v && *v && strcmp(v, "0");
}

static void make_gates(void)
{
    cache.code_start = (uint32_t)align_up(rt.backend->make_gates(rt.arch, cache.code, GATES_ROOM, &rt.gates), 64);
    cache_reset();
}

void runtime_init(const struct guest_arch *arch, const struct runtime_memory *mem, const struct runtime_options *o)
{
    uint64_t bytes = o->cache_bytes ? o->cache_bytes : DEFAULT_CACHE_BYTES;

    bug_on(arch->nhelpers > MAX_HELPERS);
    rt.arch = arch;
    rt.mem = *mem;
    rt.options = *o;
    rt.backend = &x86_64_backend;
    rt.interpret = o->interpret || env_is_set("MOA_INTERPRET");
    rt.check = !rt.interpret && env_is_set("MOA_CHECK");
    rt.options.nochain |= rt.check;
    rt.hot = env_is_set("MOA_HOT");
    rt.verify = env_is_set("MOA_DEBUG");
    for (unsigned i = 0; i < arch->nhelpers; i++)
        rt.helpers[i] = arch->helpers[i].fn;
    cache_init(MIN_(MAX_(bytes, 1 << 20), MAX_CACHE_BYTES));
    if (!rt.interpret)
        make_gates();
}

bool runtime_is_code(const void *host_pc)
{
    return cache.code && (const uint8_t *)host_pc >= cache.code && (const uint8_t *)host_pc < cache.code + cache.code_size;
}

/* ---- fork: tables must be at rest, and the child has one vcpu ---- */

void runtime_before_fork(void)
{
    translation_lock();
}

void runtime_after_fork(bool child)
{
    struct vcpu *c = vcpu_current();

    if (!child) {
        translation_unlock();
        return;
    }
    /* The others' memory is lost: their threads may have been anywhere in it. */
    rt.vcpus = c ? private_of(c) : NULL;
    rt.nvcpus = c != NULL;
    if (c) {
        private_of(c)->next = NULL;
        private_of(c)->link = &rt.vcpus;
    }
    rt.flush_wanted = 0;
    memset(&rt.count, 0, sizeof rt.count);
    translation_lock_reset();
    check_after_fork();
    keep_disown();
}

/* ---- counters ---- */

static const struct { const char *text; unsigned offset; } counters[] = {
#define C(name, text) {text, offsetof(struct runtime, count.name)},
    RUNTIME_COUNTERS(C)
#undef C
};

void runtime_print_stats(FILE *f)
{
    for (unsigned i = 0; i < ARRAY_SIZE(counters); i++) {
        const uint64_t *value = (const uint64_t *)((const char *)&rt + counters[i].offset);

        fprintf(f, "%12llu %s\n", (unsigned long long)*value, counters[i].text);
    }
}

/*
 * translate.c: from a key to a region: reads guest bytes, asks the frontend
 * for IR and the backend for host code, and adds the result to the cache. All
 * of it under the translation lock, on buffers made once; guest code runs
 * meanwhile.
 */
#include "runtime/internal.h"
#include "util/log.h"

#include <sched.h>
#include <stdlib.h>

#define DEFAULT_MAX_INSNS 64
#define ENOUGH_INSNS 1 /* measured: against 8, 20 % fewer instructions are translated and a compiler run once takes 12 % less; no loop is slower */

struct runtime_hooks runtime_hooks;

static unsigned flags_live(void *ctx, struct region_key key)
{
    struct source *s = ctx;

    return rt.arch->flags_live ? rt.arch->flags_live(key, &s->source) : 15;
}

unsigned live_flags(struct region_key key)
{
    struct source s = NEW_SOURCE;

    source_forget(&s);
    source_peek(&s);
    return rt.arch->flags_live ? rt.arch->flags_live(key, &s.source) : 15;
}

/* ---- regions whose floating point is done without traps; a wrong yes only costs time ---- */
static uint8_t soft[4096];

static unsigned soft_bit(uint64_t pc)
{
    return (unsigned)(pc * 0x9e3779b97f4a7c15ull >> 49) % (sizeof soft * 8);
}

bool region_is_soft(uint64_t pc)
{
    return soft[soft_bit(pc) / 8] >> soft_bit(pc) % 8 & 1;
}

void region_make_soft(struct region *r)
{
    soft[soft_bit(r->key.pc) / 8] |= (uint8_t)(1 << soft_bit(r->key.pc) % 8);
    rt.count.fp_soft++;
    cache_drop(r);
}

/* ---- IR ---- */

static struct ir_op op_buffer[IR_MAX_OPS] APART;
static struct host_insn insn_buffer[IR_MAX_OPS / 2] APART;
static struct host_flags flags_buffer[IR_MAX_OPS] APART;
static struct host_code host APART;

static bool is_breakpoint(uint64_t pc)
{
    unsigned low = 0, high = rt.nbreakpoints;

    while (low < high) {
        unsigned middle = (low + high) / 2;

        if (rt.breakpoints[middle] < pc)
            low = middle + 1;
        else
            high = middle;
    }
    return low < rt.nbreakpoints && rt.breakpoints[low] == pc;
}

/* How many instructions stand before the first one with a breakpoint; 0: none has one. */
static unsigned insns_before_breakpoint(const struct ir_region *r)
{
    unsigned n = 0;

    for (uint32_t i = 0; rt.nbreakpoints && i < r->count; i++)
        if (r->ops[i].op == IR_insn && n++ && is_breakpoint(r->ops[i].imm))
            return n - 1;
    return 0;
}

static unsigned region_limit(void)
{
    return rt.options.one_insn ? 1 : rt.options.max_insns ? rt.options.max_insns : DEFAULT_MAX_INSNS;
}

/* What the frontend assumed in older translations does not hold. */
static void flush_if_disproved(struct vcpu *c, struct ir_region *r)
{
    if (!r->disproved)
        return;
    r->disproved = false;
    keep_disproved();
    flush_everything(c);
}

static void verify(const struct ir_region *r)
{
    const char *wrong = rt.verify ? ir_verify(r) : NULL;

    if (wrong)
        bug("IR of the region at %#llx: %s", (unsigned long long)r->key.pc, wrong);
}

static void translate_ir(struct vcpu *c, struct ir_region *r, struct source *s, struct region_key key, unsigned max_insns)
{
    bool hot = max_insns == region_limit() && is_hot(key.pc);
    struct translate_options o = {.max_insns = max_insns, .enough = hot ? 0 : ENOUGH_INSNS, .singlestep = max_insns == 1, .hot = hot};

    source_forget(s);
    ir_begin(r, key);
    rt.arch->translate(r, &s->source, c->model, &o);
    flush_if_disproved(c, r);
}

static void init_ir(struct ir_region *r)
{
    r->ops = op_buffer;
    r->fold = rt.options.fold;
    r->pointer64 = rt.arch->address_bits == 64;
    r->fp = FP_HOST;
    r->nearest = r->disproved = false;
}

/* The same region again, with a look at its own bytes before. */
static void make_coherent(struct vcpu *c, struct ir_region *r, struct source *s, struct region_key key)
{
    struct coherent plan;
    struct translate_options o = {.max_insns = coherent_plan(r, &plan)};
    unsigned stale;

    if (!o.max_insns)
        return;
    source_forget(s);
    ir_begin(r, key);
    stale = coherent_begin(r, &s->source, &plan);
    rt.arch->translate(r, &s->source, c->model, &o);
    flush_if_disproved(c, r);
    coherent_end(r, stale);
}

static void make_ir(struct vcpu *c, struct ir_region *r, struct source *s, struct region_key key, unsigned max_insns)
{
    init_ir(r);
    if (is_breakpoint(key.pc)) {
        uint8_t byte;

        source_forget(s);
        s->unwatched = true;
        ir_begin(r, key);
        ir_insn(r, key.pc, key.mode);
        ir_raise(r, EXC_DEBUG, key.pc, 0);
        source_read(&s->source, key.pc, &byte, 1);
        return;
    }
    translate_ir(c, r, s, key, max_insns);
    unsigned stop = insns_before_breakpoint(r);
    if (stop)
        translate_ir(c, r, s, key, stop);
    s->unwatched = source_is_unwatched(s);
    if (s->unwatched)
        make_coherent(c, r, s, key);
    if (region_is_soft(key.pc))
        r->fp = FP_SOFT;
    r->strip = (uint8_t)address_bits_to_strip(key.pc);
    verify(r);
}

/* ---- a region ---- */

/* MOA_DEBUG: an error of ours below shows what was being translated. */
static const struct ir_region *translating;
static void (*hook_after_ours)(void);

static void print_translating(void)
{
    if (translating)
        ir_print(stderr, translating);
    if (hook_after_ours)
        hook_after_ours();
}

static void show_in_bugs(const struct ir_region *r)
{
    translating = r;
    if (bug_hook == print_translating)
        return;
    hook_after_ours = bug_hook;
    bug_hook = print_translating;
}

/* False: no room for so many instructions at once. */
static bool compile(struct ir_region *r, struct source *s)
{
    host.code = cache_next_code(is_hot(r->key.pc));
    host.insns = insn_buffer;
    host.flags = flags_buffer;
    host.nexits = host.ninsns = host.nflags = 0;
    source_peek(s);
    return rt.backend->compile(rt.arch, r, &rt.gates, flags_live, s, cache.nregions, host.code,
                               cache.counters - cache.code_used, &host);
}

static struct source own_source = NEW_SOURCE;

bool region_would_inline(struct vcpu *c, struct region_key key)
{
    static struct ir_region r APART;

    make_ir(c, &r, &own_source, key, region_limit());
    return r.inlined;
}

static struct region *translate(struct vcpu *c, struct region_key key)
{
    unsigned max_insns = region_limit();
    uint64_t start = log_on(LOG_stats) ? stopwatch_start() : 0;
    static struct ir_region r APART;
    struct new_region new;
    struct region *region;

    make_ir(c, &r, &own_source, key, max_insns);
    if (rt.verify)
        show_in_bugs(&r);
    while (!rt.interpret && !compile(&r, &own_source)) {
        bug_on(max_insns == 1);
        max_insns = MIN_(max_insns, r.insns) / 2 + (r.insns < 2);
        make_ir(c, &r, &own_source, key, max_insns);
    }
    translating = NULL;
    if (runtime_hooks.translated)
        runtime_hooks.translated(&r, rt.interpret ? NULL : &host, &own_source.source);
    new = (struct new_region){.key = key, .host = rt.interpret ? NULL : &host, .ir = &r, .pages = own_source.page, .npages = own_source.npages};
    region = cache_add(&new);
    keep_note(region, &new);
    rt.count.regions++;
    rt.count.insns += r.insns;
    rt.count.met += private_of(c)->is_new ? r.insns : 0;
    rt.count.code_bytes += rt.interpret ? 0 : host.size;
    if (start)
        rt.count.translate_ns += stopwatch_stop(start, rt.count.translate_ns / rt.count.regions);
    return region;
}

struct ir_region translate_one(struct vcpu *c, struct region_key key)
{
    struct source s = NEW_SOURCE;
    struct ir_region r = {0};
    struct ir_op *ops;

    translation_lock();
    init_ir(&r);
    translate_ir(c, &r, &s, key, 1);
    ops = malloc((r.count + 1) * sizeof *ops); /* as ir_interp asks */
    if (!ops)
        die("out of memory");
    memcpy(ops, r.ops, r.count * sizeof *ops);
    r.ops = ops;
    translation_unlock();
    return r;
}

/* What the frontend assumed in older translations is dropped with them; the lock is taken for that. */
static void flush_from_inside(struct vcpu *c, struct ir_region *r)
{
    struct vcpu_private *p = private_of(c);

    __atomic_store_n(&p->inside, 0, __ATOMIC_RELEASE);
    translation_lock();
    flush_if_disproved(c, r);
    vcpu_see_epoch(c);
    p->inside = 1;
    translation_unlock();
}

void translate_once(struct vcpu *c, struct ir_region *r, struct source *s, struct region_key key)
{
    struct translate_options o = {.max_insns = region_limit(), .enough = ENOUGH_INSNS, .once = true};

    source_forget(s);
    r->fold = r->disproved = false;
    r->pointer64 = rt.arch->address_bits == 64;
    ir_begin(r, key);
    rt.arch->translate(r, &s->source, c->model, &o);
    if (__builtin_expect(r->disproved, 0))
        flush_from_inside(c, r);
    verify(r);
}

void flush_everything(const struct vcpu *self)
{
    vcpus_stop(self);
    for (struct vcpu_private *p = rt.vcpus; p; p = p->next)
        vcpu_reset_code(p->vcpu);
    pages_reset();
    cache_reset();
    rt.count.flushes++;
    vcpus_go();
    if (runtime_hooks.flushed)
        runtime_hooks.flushed();
}

/* False: not yet, let others run. */
static bool make_room(struct vcpu *c)
{
    if (!cache_has_room())
        flush_everything(c);
    return chunk_has_room() || chunks_advance(c);
}

struct region *region_get(struct vcpu *c, struct region_key key, uint32_t from, uint32_t generation)
{
    struct vcpu_private *p = private_of(c);
    struct region *r, *last = from ? &cache.regions[c->exit_id >> 8] : NULL; /* whose exit it is */

    /* Whoever holds the lock may be waiting for us to be outside. */
    __atomic_store_n(&p->inside, 0, __ATOMIC_RELEASE);
    translation_lock();
    if (from && generation == cache.generation && cache.exits[from].to)
        hot_count_is_full(c, last, &cache.exits[from]);
    while (!(r = cache_find(key)) && !make_room(c)) {
        translation_unlock();
        sched_yield();
        translation_lock();
    }
    if (!r)
        r = keep_find(key);
    if (!r && !first_run_wanted(key, &p->is_new))
        r = translate(c, key);
    if (r && from && generation == cache.generation)
        cache_link(last, &cache.exits[from], r);
    vcpu_see_epoch(c);
    p->inside = 1;
    translation_unlock();
    return r;
}

/* ---- the door ---- */

void runtime_flush(void)
{
    translation_lock();
    flush_everything(vcpu_current());
    translation_unlock();
}

static int by_value(const void *a, const void *b)
{
    uint64_t x = *(const uint64_t *)a, y = *(const uint64_t *)b;

    return x < y ? -1 : x > y;
}

void runtime_set_breakpoints(const uint64_t *pcs, unsigned n)
{
    uint64_t *copy = malloc(n * sizeof *copy + 1);

    if (!copy)
        die("out of memory");
    if (n) {
        memcpy(copy, pcs, n * sizeof *copy);
        qsort(copy, n, sizeof *copy, by_value);
    }
    translation_lock();
    free((void *)rt.breakpoints);
    rt.breakpoints = copy;
    rt.nbreakpoints = n;
    flush_everything(vcpu_current());
    translation_unlock();
}

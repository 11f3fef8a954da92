/*
 * check.c: MOA_CHECK=1. Each region is first interpreted with its stores held
 * back, then run as host code from the same state, and everything the two did
 * is compared. For finding a wrong translation in a real program: the first
 * region that differs is printed and the process ends. One thread at a time is
 * in a check, so that no other writes the same memory meanwhile. Not compared:
 * regions with helpers that touch memory themselves (once more would be twice),
 * and runs that a signal ended early.
 */
#include "runtime/internal.h"

#include <pthread.h>
#include <stdio.h>
#include <stdlib.h>

#define MAX_STORES 4096
#define MAX_STATE  16384
#define FLAGS_MASK 0xc101ull /* bits of a FLAGS word that mean something */

/* ---- stores of the interpreter, held back ---- */

struct held_store { uint64_t addr; uint8_t bytes[16]; unsigned n; };
static struct { struct held_store store[MAX_STORES]; unsigned n; } held APART; /* touched only here, as all static data under `checking` */
static pthread_mutex_t checking = PTHREAD_MUTEX_INITIALIZER;

/* fork(2): the thread that held it does not exist in the child. */
void check_after_fork(void)
{
    pthread_mutex_init(&checking, NULL);
}

static bool allowed(struct ir_interp_env *e, uint64_t addr, unsigned n, unsigned need)
{
    for (unsigned i = 0; i < n; i += n - 1 ? n - 1 : 1) {
        uint64_t at = rt.arch->address_bits == 32 ? (uint32_t)(addr + i) : addr + i;

        if ((page_flags_at(at) & need) == need)
            continue;
        e->exception = EXC_DATA_FAULT;
        e->data = ir_fault_data(at, need & PAGE_WRITE);
        return false;
    }
    return true;
}

static bool read_through(struct ir_interp_env *e, uint64_t addr, void *to, unsigned n)
{
    uint8_t *bytes = to;

    if (!allowed(e, addr, n, PAGE_VALID | PAGE_READ))
        return false;
    memcpy(bytes, (const void *)(e->mem_base + addr), n);
    for (unsigned i = 0; i < held.n; i++)
        for (unsigned k = 0; k < held.store[i].n; k++)
            if (held.store[i].addr + k - addr < n)
                bytes[held.store[i].addr + k - addr] = held.store[i].bytes[k];
    return true;
}

static bool hold_store(struct ir_interp_env *e, uint64_t addr, const void *from, unsigned n)
{
    struct held_store *s = &held.store[held.n];

    if (!allowed(e, addr, n, PAGE_VALID | PAGE_WRITE))
        return false;
    bug_on(held.n == MAX_STORES);
    s->addr = addr;
    s->n = n;
    memcpy(s->bytes, from, n);
    held.n++;
    return true;
}

static bool hold_cas(struct ir_interp_env *e, uint64_t addr, void *expected, const void *desired, unsigned n)
{
    uint8_t was[16];
    bool equal;

    if (!allowed(e, addr, n, PAGE_VALID | PAGE_WRITE) || !read_through(e, addr, was, n))
        return false;
    equal = !memcmp(was, expected, n);
    memcpy(expected, was, n);
    return !equal || hold_store(e, addr, desired, n);
}

/* ---- what a run did ---- */

struct outcome {
    enum exit_kind kind;
    struct region_key next; /* indirect ones too */
    uint32_t exception;
    uint64_t data;
    struct fp_status fp, fp_std;
    uint8_t *state;
};

static void take_outcome(struct vcpu *c, struct outcome *o, enum exit_kind kind, struct region_key next)
{
    if (kind == EXIT_EXCEPTION && c->exit_id != ~0ull)
        rt.arch->set_pc(c, next.pc, next.mode);
    o->kind = kind;
    o->next = kind == EXIT_INDIRECT ? rt.arch->key_of_target(c, c->exit_target) :
              kind == EXIT_EXCEPTION && c->exit_id == ~0ull ? rt.arch->key(c) : next;
    o->exception = kind == EXIT_EXCEPTION ? c->exception : 0;
    o->data = kind == EXIT_EXCEPTION ? c->exception_data : 0;
    o->fp = c->fp;
    o->fp_std = c->fp_std;
    memcpy(o->state, vcpu_state(c), rt.arch->state_size);
}

/* Flags that the frontend says nobody reads behind an indirect exit. */
static unsigned dead_flags(const struct ir_region *r)
{
    unsigned dead = 0;

    for (uint32_t i = 0; i < r->count; i++)
        if (r->ops[i].op == IR_exit_ind || r->ops[i].op == IR_exit_icall || r->ops[i].op == IR_exit_ret)
            dead |= (unsigned)r->ops[i].imm;
    return dead;
}

/* FLAGS slots written here hold a word of which four bits mean something; those of the
 * arch's own flags that nobody reads may be wrong altogether. */
static uint64_t slot_mask(const struct ir_region *r, unsigned offset, const struct outcome *o)
{
    static const uint16_t bit[] = {1 << 0, 1 << 8, 1 << 14, 1 << 15}; /* V C Z N */
    uint64_t mask = 0;
    unsigned live;

    if (offset == rt.arch->flags_offset) {
        live = o->kind == EXIT_EXCEPTION ? 15 : o->kind == EXIT_INDIRECT ? 15 & ~dead_flags(r) : live_flags(o->next);
        for (unsigned i = 0; i < 4; i++)
            mask |= live >> i & 1 ? bit[i] : 0;
        return mask;
    }
    for (uint32_t i = 0; i < r->count; i++)
        if (r->ops[i].op == IR_put && r->ops[i].imm == offset && r->ops[i].type == FLAGS)
            return FLAGS_MASK;
    return ~0ull;
}

static const char *slot_name(unsigned offset, char *buf, size_t size)
{
    for (unsigned i = 0; i < rt.arch->nregs; i++) {
        const struct guest_reg *g = &rt.arch->regs[i];
        unsigned n = offset - g->offset;

        if (offset < g->offset || n >= (unsigned)g->bytes * MAX_(g->count, 1))
            continue;
        if (g->count > 1)
            snprintf(buf, size, g->name, n / g->bytes);
        if (g->count > 1 && strchr(g->name, '%'))
            return buf;
        snprintf(buf, size, g->count > 1 ? "%s[%u]" : "%s", g->name, n / g->bytes);
        return buf;
    }
    snprintf(buf, size, "state+%u", offset);
    return buf;
}

static unsigned compare_states(const struct ir_region *r, const struct outcome *want, const struct outcome *got, const uint8_t *before)
{
    unsigned wrong = 0;
    char name[40];

    for (unsigned at = 0; at + 8 <= rt.arch->state_size; at += 8) {
        uint64_t w = ldle64(want->state + at), g = ldle64(got->state + at);

        if (w == g || at == rt.arch->pc_offset || !((w ^ g) & slot_mask(r, at, want)))
            continue;
        fprintf(stderr, "  %-10s was %016llx, is %016llx, should be %016llx\n", slot_name(at, name, sizeof name),
                (unsigned long long)ldle64(before + at), (unsigned long long)g, (unsigned long long)w);
        wrong++;
    }
    return wrong;
}

static unsigned compare_memory(void)
{
    unsigned wrong = 0;

    for (unsigned i = 0; i < held.n; i++)
        for (unsigned k = 0; k < held.store[i].n; k++) {
            uint64_t at = held.store[i].addr + k;
            uint8_t want = held.store[i].bytes[k], got = *(uint8_t *)(rt.mem.base + at);

            for (unsigned later = i + 1; later < held.n; later++)
                if (at - held.store[later].addr < held.store[later].n)
                    want = held.store[later].bytes[at - held.store[later].addr];
            if (got != want && ++wrong)
                fprintf(stderr, "  memory at %#llx is %02x, should be %02x\n", (unsigned long long)at, got, want);
        }
    return wrong;
}

static unsigned compare_ends(const struct outcome *want, const struct outcome *got)
{
    unsigned wrong = 0;

    if ((want->kind == EXIT_EXCEPTION) != (got->kind == EXIT_EXCEPTION) || want->exception != got->exception ||
        want->data != got->data || want->next.pc != got->next.pc || want->next.mode != got->next.mode) {
        fprintf(stderr, "  left by %u (exception %u, %#llx) to %#llx mode %#x, should be %u (exception %u, %#llx) to %#llx mode %#x\n",
                got->kind, got->exception, (unsigned long long)got->data, (unsigned long long)got->next.pc, got->next.mode,
                want->kind, want->exception, (unsigned long long)want->data, (unsigned long long)want->next.pc, want->next.mode);
        wrong++;
    }
    if (want->fp.flags != got->fp.flags || want->fp_std.flags != got->fp_std.flags) {
        fprintf(stderr, "  floating-point flags are %02x and %02x, should be %02x and %02x\n", got->fp.flags, got->fp_std.flags,
                want->fp.flags, want->fp_std.flags);
        wrong++;
    }
    return wrong;
}

static void interpret_dry(struct vcpu *c, const struct ir_region *r, struct outcome *o)
{
    struct ir_interp_env *e = &private_of(c)->interp;
    struct region_key next = r->key;
    enum exit_kind kind;

    held.n = 0;
    e->read = read_through;
    e->write = hold_store;
    e->cas = hold_cas;
    kind = interpret(c, r, &next);
    e->read = NULL;
    e->write = NULL;
    e->cas = NULL;
    take_outcome(c, o, kind, next);
}

/* Nothing of the first run may be left behind for the second. */
static bool can_run_twice(const struct ir_region *r)
{
    for (uint32_t i = 0; i < r->count; i++)
        if (r->ops[i].op == IR_call && rt.arch->helpers[r->ops[i].imm].traits & HELPER_FAULTS)
            return false;
    return true;
}

enum exit_kind check_region(struct vcpu *c, const struct region *r, struct region_key *next,
                            enum exit_kind (*run)(struct vcpu *c, const struct region *r, struct region_key *next))
{
    struct ir_region ir = region_ir(r);
    size_t size = rt.arch->state_size;
    static uint8_t before[MAX_STATE] APART, states[2][MAX_STATE] APART;
    struct outcome want = {.state = states[0]}, got = {.state = states[1]};
    struct fp_status fp = c->fp, fp_std = c->fp_std;
    enum exit_kind kind;

    bug_on(size > MAX_STATE);
    if (!can_run_twice(&ir)) {
        c->code_stack = NULL;
        return run(c, r, next);
    }
    pthread_mutex_lock(&checking);
    memcpy(before, vcpu_state(c), size);
    interpret_dry(c, &ir, &want);
    memcpy(vcpu_state(c), before, size);
    c->fp = fp;
    c->fp_std = fp_std;
    c->code_stack = NULL; /* a predicted return would go on in the caller's region */
    kind = run(c, r, next);
    take_outcome(c, &got, kind, *next);
    if (kind == EXIT_POLL || !(compare_ends(&want, &got) + compare_states(&ir, &want, &got, before) + compare_memory())) {
        pthread_mutex_unlock(&checking);
        return kind;
    }
    fprintf(stderr, "the region at %#llx, mode %#x (%u bytes at %p), does not do what its IR says:\n",
            (unsigned long long)r->key.pc, r->key.mode, r->size, region_code(r));
    ir_print(stderr, &ir);
    for (unsigned at = 0; at < size; at += 8) {
        char name[40];
        if (ldle64(before + at))
            fprintf(stderr, "  %s = %llx before\n", slot_name(at, name, sizeof name), (unsigned long long)ldle64(before + at));
    }
    abort();
}

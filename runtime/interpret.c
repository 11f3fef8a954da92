/*
 * interpret.c: running regions by the reference interpreter: on hosts without
 * executable memory, for the debugger's single steps and watchpoints, and to
 * find out who is wrong (MOA_INTERPRET=1).
 */
#include "runtime/internal.h"

#include <setjmp.h>
#include <stdlib.h>

/* ---- helpers: scalars in integer registers, the state first ---- */

typedef uint64_t (*helper_fn)(void *state, uint64_t a, uint64_t b, uint64_t c, uint64_t d);

static bool call_helper(struct ir_interp_env *e, const struct ir_op *op, const v128 arg[4], v128 *result)
{
    const struct guest_helper *h = &rt.arch->helpers[op->imm];
    uint64_t v = ((helper_fn)h->fn)(e->state, arg[0].lo, arg[1].lo, arg[2].lo, arg[3].lo);

    *result = (v128){h->result == I32 ? (uint32_t)v : v, 0};
    return true;
}

/* ---- leaving in the middle ---- */

void interpret_leave(struct vcpu *c)
{
    siglongjmp(*(sigjmp_buf *)private_of(c)->interp_jump, 1);
}

static enum exit_kind left(struct vcpu *c, const struct ir_left *l, struct region_key *next)
{
    switch (l->how) {
    case IR_exit:
    case IR_exit_if:
    case IR_exit_call:
        *next = l->target;
        return EXIT_DIRECT;
    case IR_sync:
        *next = l->target;
        return EXIT_SYNC;
    case IR_exit_ind:
    case IR_exit_icall:
    case IR_exit_ret:
        c->exit_target = l->address;
        return EXIT_INDIRECT;
    default:
        rt.arch->set_pc(c, l->target.pc, l->target.mode);
        c->exit_id = ~0ull; /* the state is whole */
        c->exception = l->exception;
        c->exception_data = l->data;
        return EXIT_EXCEPTION;
    }
}

enum exit_kind interpret(struct vcpu *c, const struct ir_region *r, struct region_key *next)
{
    struct vcpu_private *p = private_of(c);
    struct ir_left l;
    sigjmp_buf jump;

    p->interp.call = call_helper;
    p->interp_jump = &jump;
    if (sigsetjmp(jump, 0)) { /* whoever jumped has set exception and pc */
        c->exit_id = ~0ull;
        p->interp_jump = NULL;
        return EXIT_EXCEPTION;
    }
    l = ir_interp(&p->interp, r);
    p->interp_jump = NULL;
    return left(c, &l, next);
}

struct ir_region region_ir(const struct region *r)
{
    return (struct ir_region){.key = r->key, .ops = &cache.ops[r->ops], .count = r->nops,
                              .pointer64 = rt.arch->address_bits == 64};
}

enum exit_kind interpret_region(struct vcpu *c, const struct region *r, struct region_key *next)
{
    struct ir_region ir = region_ir(r);

    return interpret(c, &ir, next);
}

/* ---- one instruction, for the debugger ---- */

unsigned nwatchpoints;
static struct watchpoint *watchpoints;

static void look_at_watchpoints(struct ir_interp_env *e, uint64_t addr, unsigned bytes, bool write)
{
    for (unsigned i = 0; i < nwatchpoints; i++) {
        const struct watchpoint *w = &watchpoints[i];

        if ((write ? w->on_write : w->on_read) && addr < w->addr + w->len && w->addr < addr + bytes) {
            struct vcpu *c = e->owner;

            private_of(c)->watch_hit = true;
            c->exception_data = w->addr;
        }
    }
}

static bool watched_read(struct ir_interp_env *e, uint64_t addr, void *to, unsigned bytes)
{
    memcpy(to, (const void *)(e->mem_base + addr), bytes);
    look_at_watchpoints(e, addr, bytes, false);
    return true;
}

static bool watched_write(struct ir_interp_env *e, uint64_t addr, const void *from, unsigned bytes)
{
    memcpy((void *)(e->mem_base + addr), from, bytes);
    look_at_watchpoints(e, addr, bytes, true);
    return true;
}

bool interpret_one(struct vcpu *c)
{
    struct region_key key = rt.arch->key(c), from;
    enum exit_kind kind;

    do { /* an exit to the instruction itself in another mode: there it goes on */
        struct ir_region r = translate_one(c, key);

        from = key;
        kind = interpret(c, &r, &key);
        free(r.ops);
    } while (kind == EXIT_DIRECT && key.pc == from.pc && key.mode != from.mode);
    if (kind == EXIT_INDIRECT)
        key = rt.arch->key_of_target(c, c->exit_target);
    if (kind != EXIT_EXCEPTION)
        rt.arch->set_pc(c, key.pc, key.mode);
    return kind == EXIT_EXCEPTION;
}

enum exception interpret_step(struct vcpu *c)
{
    struct vcpu_private *p = private_of(c);

    p->interp.read = nwatchpoints ? watched_read : NULL;
    p->interp.write = nwatchpoints ? watched_write : NULL;
    p->watch_hit = false;
    for (;;) {
        if (interpret_one(c))
            return c->exception;
        if (p->singlestep || p->watch_hit)
            return c->exception = EXC_DEBUG;
        if (c->poll && __atomic_fetch_and(&c->poll, (uint32_t)~(POLL_KICK | POLL_FLUSH), __ATOMIC_SEQ_CST) & POLL_KICK)
            return c->exception = EXC_INTERRUPT;
        if (!nwatchpoints)
            return c->exception = EXC_INTERRUPT;
    }
}

void runtime_set_watchpoints(const struct watchpoint *w, unsigned n)
{
    struct watchpoint *copy = malloc(n * sizeof *copy + 1);

    if (!copy)
        die("out of memory");
    if (n)
        memcpy(copy, w, n * sizeof *copy);
    translation_lock();
    free(watchpoints);
    watchpoints = copy;
    nwatchpoints = n;
    for (struct vcpu_private *p = rt.vcpus; p; p = p->next)
        vcpu_kick(p->vcpu);
    translation_unlock();
}

/*
 * first.c: code that runs for the first time is interpreted. Most of what a
 * short program runs, it runs once (static hello 70 % of its regions, a
 * compiler 40 % of its instructions), and a translation costs as much as some
 * six runs by the interpreter: a region is translated when it is entered once
 * more than rt.options.first_runs times. Nothing is kept of the runs before
 * but their number, so there is nothing to invalidate either.
 */
#include "runtime/internal.h"
#include "util/log.h"

#include <stdlib.h>
#include <sys/mman.h>

/* What a vcpu makes its IR in: no lock is held while guest code runs. */
struct first_run {
    struct ir_region ir;
    struct source source;
    struct ir_op ops[IR_MAX_OPS];
};

/*
 * How often regions were entered: two bits each, by the address, those of 16384
 * neighbouring instructions in a page, since a page's first touch is dear.
 * Where two regions meet both are translated sooner.
 */
enum { COUNTERS = 1 << 19, IN_A_PAGE = 4096 * 4 };
static uint8_t entered[COUNTERS / 4] APART __attribute__((aligned(GUEST_PAGE)));

struct counter { uint8_t *byte; unsigned shift; };

static struct counter counter_of(struct region_key key)
{
    uint64_t at = key.pc >> rt.arch->code_shift;
    uint64_t page = (at / IN_A_PAGE ^ (uint64_t)key.mode << 32) * 0x9e3779b97f4a7c15ull >> 32;
    uint64_t i = page * (COUNTERS / IN_A_PAGE) >> 32 << 14 | at % IN_A_PAGE;

    return (struct counter){&entered[i / 4], (unsigned)(i % 4) * 2};
}
_Static_assert(IN_A_PAGE == 1 << 14, "as counter_of() shifts");

static unsigned times_entered(struct counter n) { return *n.byte >> n.shift & MAX_FIRST_RUNS; }

/* Logs, debuggers and checks want to see each translation. */
static bool allowed(void)
{
    const struct runtime_options *o = &rt.options;

    return o->first_runs && !rt.interpret && !rt.check && !rt.hot && !o->one_insn && !o->nochain && !runtime_hooks.translated &&
           !runtime_hooks.entered && !rt.nbreakpoints;
}

/*
 * Of the latest regions that ran for the first time, how many ran again? One
 * run by the interpreter costs a quarter of a translation, so it is worth it
 * as long as a good part never runs again. A compiler's do by 60 %, static
 * hello's by 30, an interpreter's, once it is warm, by more than 80: then one
 * in sixteen is tried, in case it changes.
 */
enum { ENOUGH_SEEN = 64, MANY_SEEN = 2048, SELDOM = 16 };
static struct { uint32_t seen, again, passed; } latest;

static unsigned worthwhile_runs(void)
{
    if (latest.seen < ENOUGH_SEEN || latest.again * 10 < latest.seen * 4)
        return rt.options.first_runs;
    return latest.again * 10 < latest.seen * 8;
}

static void note_new(void)
{
    if (++latest.seen < MANY_SEEN)
        return;
    latest.seen /= 2;
    latest.again /= 2;
}

bool first_run_wanted(struct region_key key, bool *is_new)
{
    struct counter n = counter_of(key);
    unsigned times = times_entered(n), worthwhile;

    *is_new = !times;
    if (!allowed())
        return false;
    worthwhile = worthwhile_runs();
    if (!times && !worthwhile && ++latest.passed % SELDOM)
        return false;
    if (times < MAX_FIRST_RUNS)
        *n.byte += (uint8_t)(1 << n.shift);
    if (!times)
        note_new();
    latest.again += times == 1;
    return times < MAX_(worthwhile, 1u);
}

static struct first_run *make_room(struct vcpu *c)
{
    struct first_run *f = calloc(1, sizeof *f); /* touched as far as regions are long */
    static bool touched;

    if (!f)
        die("out of memory");
    if (!__atomic_exchange_n(&touched, true, __ATOMIC_RELAXED))
        madvise(entered, sizeof entered, MADV_POPULATE_WRITE); /* a page that is read and then written takes as long as six of these */
    f->source = (struct source)NEW_SOURCE;
    f->ir.ops = f->ops;
    return private_of(c)->first = f;
}

static const struct ir_region *make_ir(struct vcpu *c, struct region_key key)
{
    struct first_run *f = private_of(c)->first;

    if (!f)
        f = make_room(c);
    translate_once(c, &f->ir, &f->source, key);
    return &f->ir;
}

/* For -d stats; other threads count as well. */
static void count_run(const struct ir_region *r, bool is_first, uint64_t ns)
{
    __atomic_add_fetch(&rt.count.first_runs, 1, __ATOMIC_RELAXED);
    __atomic_add_fetch(&rt.count.met, is_first ? r->insns : 0, __ATOMIC_RELAXED);
    __atomic_add_fetch(&rt.count.first_ns, ns, __ATOMIC_RELAXED);
}

enum exit_kind first_run(struct vcpu *c, struct region_key *key)
{
    uint64_t start = log_on(LOG_stats) ? stopwatch_start() : 0;
    const struct ir_region *r = make_ir(c, *key);
    enum exit_kind kind = interpret(c, r, key);

    if (start)
        count_run(r, private_of(c)->is_new, stopwatch_stop(start, rt.count.first_ns / (rt.count.first_runs + 1)));
    return kind;
}

void first_run_free(struct vcpu_private *p)
{
    free(p->first);
}

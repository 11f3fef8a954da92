/*
 * litmus.c: what threads may see of each other's accesses: message passing
 * (MP), store buffering (SB), load buffering (LB), independent reads of
 * independent writes (IRIW) and crossed writes (2+2W), each with relaxed
 * accesses, with full barriers between them, and with accesses that are
 * ordered themselves (on AArch64: STLR, LDAR). For MP also a write behind a
 * barrier read through an address that depends on what was read first, for SB
 * and 2+2W atomic exchanges as stores. The argument is the number of runs of each.
 * An outcome that the last two ways exclude is wrong; with relaxed accesses it is counted only.
 * args: 200000
 * expect: litmus: all right
 */
#define _GNU_SOURCE
#include <pthread.h>
#include <sched.h>
#include <stdbool.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

enum { CELLS = 1024, LINE = 64, THREADS = 4 };
enum order { PLAIN, FENCES, ORDERED, SPECIAL };

/* What one run shares; each variable has a cache line. */
struct cell {
    unsigned x, pad1[LINE / 4 - 1], y, pad2[LINE / 4 - 1];
    unsigned seen[THREADS][2]; /* by each thread, first and second */
} __attribute__((aligned(LINE)));
static struct cell cells[CELLS];

#define INLINE static inline __attribute__((always_inline))
INLINE void put(unsigned *p, unsigned v, enum order o)
{
    if (o == ORDERED)
        __atomic_store_n(p, v, __ATOMIC_SEQ_CST);
    else if (o == SPECIAL)
        (void)__atomic_exchange_n(p, v, __ATOMIC_SEQ_CST);
    else
        __atomic_store_n(p, v, __ATOMIC_RELAXED);
}
INLINE unsigned get(unsigned *p, enum order o)
{
    return o == ORDERED || o == SPECIAL ? __atomic_load_n(p, __ATOMIC_SEQ_CST) : __atomic_load_n(p, __ATOMIC_RELAXED);
}
INLINE void fence(enum order o)
{
    if (o == FENCES)
        __atomic_thread_fence(__ATOMIC_SEQ_CST);
}

/* ---- the tests: what thread `who` does in one run, and which outcome is the weak one ---- */

INLINE void write_write(unsigned *first, unsigned a, unsigned *second, unsigned b, enum order o) { put(first, a, o), fence(o), put(second, b, o); }
INLINE void write_read(unsigned *first, unsigned *second, unsigned *seen, enum order o) { put(first, 1, o), fence(o), *seen = get(second, o); }
INLINE void read_write(unsigned *first, unsigned *second, unsigned *seen, enum order o) { *seen = get(first, o), fence(o), put(second, 1, o); }
INLINE void read_read(unsigned *first, unsigned *second, unsigned *seen, enum order o) { seen[0] = get(first, o), fence(o), seen[1] = get(second, o); }

INLINE void mp(unsigned who, struct cell *c, enum order o)
{
    if (who == 0) {
        write_write(&c->x, 1, &c->y, 1, o == SPECIAL ? FENCES : o);
    } else if (o == SPECIAL) { /* the address of the second read depends on the first */
        unsigned y = get(&c->y, PLAIN), zero = y;
        __asm__("" : "+r"(zero)); /* y - y would be folded */
        c->seen[1][0] = y;
        c->seen[1][1] = get(&c->x + (zero - y), PLAIN);
    } else {
        read_read(&c->y, &c->x, c->seen[1], o);
    }
}
static bool mp_weak(const struct cell *c) { return c->seen[1][0] == 1 && c->seen[1][1] == 0; }

INLINE void sb(unsigned who, struct cell *c, enum order o)
{
    if (who == 0)
        write_read(&c->x, &c->y, c->seen[0], o);
    else
        write_read(&c->y, &c->x, c->seen[1], o);
}
static bool sb_weak(const struct cell *c) { return c->seen[0][0] == 0 && c->seen[1][0] == 0; }

INLINE void lb(unsigned who, struct cell *c, enum order o)
{
    if (who == 0)
        read_write(&c->x, &c->y, c->seen[0], o);
    else
        read_write(&c->y, &c->x, c->seen[1], o);
}
static bool lb_weak(const struct cell *c) { return c->seen[0][0] == 1 && c->seen[1][0] == 1; }

INLINE void iriw(unsigned who, struct cell *c, enum order o)
{
    switch (who) {
    case 0: put(&c->x, 1, o); break;
    case 1: put(&c->y, 1, o); break;
    case 2: read_read(&c->x, &c->y, c->seen[2], o); break;
    default: read_read(&c->y, &c->x, c->seen[3], o);
    }
}
static bool iriw_weak(const struct cell *c) { return c->seen[2][0] == 1 && c->seen[2][1] == 0 && c->seen[3][0] == 1 && c->seen[3][1] == 0; }

INLINE void w22(unsigned who, struct cell *c, enum order o)
{
    if (who == 0)
        write_write(&c->x, 1, &c->y, 2, o);
    else
        write_write(&c->y, 1, &c->x, 2, o);
}
static bool w22_weak(const struct cell *c) { return c->x == 1 && c->y == 1; }

/* Each order has its own code, as a program would have it. */
#define BODY(test, name, order) \
    static __attribute__((noinline)) void test##_##name(unsigned who) { for (unsigned i = 0; i < CELLS; i++) test(who, &cells[i], order); }
#define BODIES(test) BODY(test, plain, PLAIN) BODY(test, fences, FENCES) BODY(test, ordered, ORDERED)
BODIES(mp) BODY(mp, special, SPECIAL)
BODIES(sb) BODY(sb, special, SPECIAL)
BODIES(lb)
BODIES(iriw)
BODIES(w22) BODY(w22, special, SPECIAL)

static const struct test {
    const char *name;
    unsigned threads;
    bool (*weak)(const struct cell *c);
    void (*body)(unsigned who);
    bool forbidden;
} tests[] = {
#define ROWS(name, n, test) \
    {name " relaxed", n, test##_weak, test##_plain, false}, {name " with barriers", n, test##_weak, test##_fences, true}, \
    {name " of ordered accesses", n, test##_weak, test##_ordered, true}
    ROWS("MP", 2, mp), {"MP with an address dependency", 2, mp_weak, mp_special, true},
    ROWS("SB", 2, sb), {"SB of exchanges", 2, sb_weak, sb_special, true},
    ROWS("LB", 2, lb),
    ROWS("IRIW", 4, iriw),
    ROWS("2+2W", 2, w22), {"2+2W of exchanges", 2, w22_weak, w22_special, true},
};

/* ---- running them: all threads go over the cells at the same time, again and again ---- */

static const struct test *current;
static unsigned arrived, round_now; /* a barrier that is left at once */

static void meet(unsigned n, unsigned round)
{
    if (__atomic_add_fetch(&arrived, 1, __ATOMIC_SEQ_CST) == n) {
        __atomic_store_n(&arrived, 0, __ATOMIC_SEQ_CST);
        __atomic_store_n(&round_now, round, __ATOMIC_SEQ_CST);
        return;
    }
    for (unsigned spins = 0; __atomic_load_n(&round_now, __ATOMIC_SEQ_CST) != round; spins++)
        if (spins > 2000)
            sched_yield();
}

struct worker { unsigned who, rounds, weak; };

/* The threads start a little apart, now this one first, now that one. */
static void dawdle(unsigned who, unsigned round)
{
    for (volatile unsigned i = (round * 2654435761u >> (28 - 4 * who)) % 64; i > 0; i--)
        ;
}

static void *work(void *arg)
{
    struct worker *w = arg;
    unsigned n = current->threads, round = 0;

    for (unsigned i = 0; i < w->rounds; i++) {
        if (w->who == 0)
            memset(cells, 0, sizeof cells);
        meet(n, ++round);
        dawdle(w->who, i);
        current->body(w->who);
        meet(n, ++round);
        if (w->who == 0)
            for (unsigned k = 0; k < CELLS; k++)
                w->weak += current->weak(&cells[k]);
    }
    return NULL;
}

static bool run(const struct test *t, unsigned rounds)
{
    struct worker workers[THREADS] = {{0}};
    pthread_t threads[THREADS];

    current = t;
    round_now = 0;
    for (unsigned i = 0; i < t->threads; i++) {
        workers[i] = (struct worker){i, rounds, 0};
        if (pthread_create(&threads[i], NULL, work, &workers[i]))
            exit(2);
    }
    for (unsigned i = 0; i < t->threads; i++)
        pthread_join(threads[i], NULL);
    printf("%-34s %10u runs %8u weak%s\n", t->name, rounds * CELLS, workers[0].weak, t->forbidden ? workers[0].weak ? ": WRONG" : "" : " (allowed)");
    fflush(stdout);
    return !(t->forbidden && workers[0].weak);
}

int main(int argc, char **argv)
{
    unsigned rounds = ((argc > 1 ? (unsigned)atoi(argv[1]) : 200000) + CELLS - 1) / CELLS, wrong = 0;

    for (unsigned i = 0; i < sizeof tests / sizeof *tests; i++)
        wrong += !run(&tests[i], rounds);
    puts(wrong ? "litmus: WRONG" : "litmus: all right");
    return wrong != 0;
}

/*
 * stopwatch.c: how long translating takes, for -d stats. A thread's own clock
 * is a system call that would cost a tenth of what it measures, so this is the
 * wall's clock, which is read without one; and the kernel tells when the thread
 * had to stop meanwhile (Linux rseq: the pointer to a restartable sequence is
 * cleared on preemption, migration and signals). What was interrupted counts
 * as long as others do on average.
 */
#include "runtime/internal.h"

#include <sys/rseq.h>
#include <time.h>

/* A sequence that is nowhere: nothing is to be restarted. */
static const uint32_t signature[2] = {RSEQ_SIG};
static struct rseq_cs nowhere = {.start_ip = 1, .post_commit_offset = 1};

static struct rseq *own_rseq(void)
{
    return __rseq_size ? (struct rseq *)((char *)__builtin_thread_pointer() + __rseq_offset) : NULL;
}

static uint64_t now_ns(void)
{
    struct timespec t;

    clock_gettime(CLOCK_MONOTONIC, &t);
    return (uint64_t)t.tv_sec * 1000000000 + (uint64_t)t.tv_nsec;
}

uint64_t stopwatch_start(void)
{
    struct rseq *own = own_rseq();

    nowhere.abort_ip = (uintptr_t)(signature + 1);
    if (own)
        __atomic_store_n(&own->rseq_cs, (uintptr_t)&nowhere, __ATOMIC_RELAXED);
    return now_ns();
}

uint64_t stopwatch_stop(uint64_t start, uint64_t average)
{
    uint64_t ns = now_ns() - start;
    struct rseq *own = own_rseq();
    bool whole = !own || __atomic_load_n(&own->rseq_cs, __ATOMIC_RELAXED);

    if (own)
        __atomic_store_n(&own->rseq_cs, 0, __ATOMIC_RELAXED);
    return whole ? ns : average;
}

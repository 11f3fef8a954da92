/*
 * futex.c: futexes are the host's: guest words are host words at the same
 * offsets of the same pages, and thread ids are the host's. Only timeouts need
 * conversion, and robust lists, whose layout the host's kernel cannot walk.
 */
#include "linux-user/internal.h"
#include "linux-user/syscall.h"
#include "linux-user/types.h"

#include <linux/futex.h>
#include <sys/mman.h>
#include <sys/syscall.h>
#include <time.h>

#ifndef FUTEX_LOCK_PI2
#define FUTEX_LOCK_PI2 13
#endif
#define ROBUST_LIMIT 2048

/* ---- futex(2) ---- */

/* What argument 3 is, by operation. */
enum { NOTHING, TIMEOUT, NUMBER };
static const uint8_t fourth[14] = {
    [FUTEX_WAIT] = TIMEOUT, [FUTEX_WAIT_BITSET] = TIMEOUT, [FUTEX_LOCK_PI] = TIMEOUT, [FUTEX_LOCK_PI2] = TIMEOUT,
    [FUTEX_WAIT_REQUEUE_PI] = TIMEOUT, [FUTEX_REQUEUE] = NUMBER, [FUTEX_CMP_REQUEUE] = NUMBER, [FUTEX_WAKE_OP] = NUMBER,
    [FUTEX_CMP_REQUEUE_PI] = NUMBER,
};

/* FUTEX_WAIT's timeout is relative; a wait that is taken up again must still end when it should. */
static void make_absolute(struct timespec *t, bool realtime)
{
    struct timespec now;

    clock_gettime(realtime ? CLOCK_REALTIME : CLOCK_MONOTONIC, &now);
    t->tv_sec += now.tv_sec;
    t->tv_nsec += now.tv_nsec;
    if (t->tv_nsec >= 1000000000) {
        t->tv_nsec -= 1000000000;
        t->tv_sec++;
    }
}

static long wait_result(struct guest_thread *t, long result, bool timed)
{
    if (result == -ERESTARTSYS)
        return -ERESTARTNOINTR; /* not begun */
    if (result == -EINTR)
        return timed ? -ERESTART_RESTARTBLOCK : -ERESTARTSYS;
    return result;
}

static long futex(struct guest_thread *t, const uint64_t *a, bool time64)
{
    unsigned op = (unsigned)a[1], command = op & FUTEX_CMD_MASK;
    uint32_t value3 = (uint32_t)a[5];
    struct timespec timeout, *timeout_at = NULL;
    struct k_timespec ts;
    void *word = g2h(a[0]), *word2 = g2h(a[4]);
    long result;

    if (command >= ARRAY_SIZE(fourth))
        return -ENOSYS;
    if (fourth[command] == TIMEOUT && a[3]) {
        if (!struct_from_guest(time64 ? T_timespec64 : T_timespec, &ts, a[3]))
            return -EFAULT;
        if (ts.tv_sec < 0 || ts.tv_nsec < 0 || ts.tv_nsec > 999999999)
            return -EINVAL;
        timeout = (struct timespec){ts.tv_sec, ts.tv_nsec};
        timeout_at = &timeout;
    }
    if (command == FUTEX_WAIT) {
        if (timeout_at)
            make_absolute(timeout_at, op & FUTEX_CLOCK_REALTIME);
        op = (op & ~(unsigned)FUTEX_CMD_MASK) | FUTEX_WAIT_BITSET;
        value3 = FUTEX_BITSET_MATCH_ANY;
    }
    if (command == FUTEX_WAKE_OP)
        guest_access_ok(a[4], 4, PROT_WRITE); /* the kernel writes there: not to be stopped by our write protection */
    if (fourth[command] == NUMBER)
        return host_syscall(SYS_futex, word, op, (uint32_t)a[2], a[3], word2, value3);
    if (fourth[command] == NOTHING)
        return host_syscall(SYS_futex, word, op, (uint32_t)a[2], NULL, NULL, value3);
    do { /* signals that the guest does not see do not end the wait */
        t->spurious = false;
        result = safe_syscall(SYS_futex, word, op, (uint32_t)a[2], timeout_at, word2, value3);
    } while (result == -EINTR && t->spurious && !t->signal_pending);
    return wait_result(t, result, timeout_at);
}

long sys_futex(struct guest_thread *t, const uint64_t *a)
{
    return futex(t, a, abi->long_size == 8);
}

long sys_futex_time64(struct guest_thread *t, const uint64_t *a)
{
    return futex(t, a, true);
}

/* struct futex_waitv { u64 val, uaddr; u32 flags, reserved; } */
long sys_futex_waitv(struct guest_thread *t, const uint64_t *a)
{
    struct { uint64_t val, uaddr; uint32_t flags, reserved; } waiters[FUTEX_WAITV_MAX];
    struct k_timespec ts;
    struct timespec timeout;

    if (!a[1] || a[1] > ARRAY_SIZE(waiters))
        return -EINVAL;
    if (!copy_from_guest(waiters, a[0], a[1] * sizeof *waiters))
        return -EFAULT;
    for (unsigned i = 0; i < a[1]; i++) {
        waiters[i].val = order64(waiters[i].val);
        waiters[i].uaddr = (uint64_t)g2h(order64(waiters[i].uaddr));
        waiters[i].flags = order32(waiters[i].flags);
    }
    if (a[3]) {
        if (!struct_from_guest(T_timespec64, &ts, a[3]))
            return -EFAULT;
        timeout = (struct timespec){ts.tv_sec, ts.tv_nsec};
    }
    return wait_result(t, safe_syscall(SYS_futex_waitv, waiters, a[1], a[2], a[3] ? &timeout : NULL, (int)a[4]), a[3]);
}

/* ---- robust lists ---- */

long sys_set_robust_list(struct guest_thread *t, const uint64_t *a)
{
    if (a[1] != 3u * abi->long_size)
        return -EINVAL;
    t->robust_list = a[0];
    return 0;
}

long sys_get_robust_list(struct guest_thread *t, const uint64_t *a)
{
    if (a[0] && (pid_t)a[0] != t->tid)
        return -EPERM;
    return guest_put_long(a[1], t->robust_list) && guest_put_long(a[2], 3 * abi->long_size) ? 0 : -EFAULT;
}

/* The owner of the word is dying: say so and wake one that waits. */
static bool owner_died(struct guest_thread *t, uint64_t at, bool pi, bool is_pending)
{
    uint64_t value, found;

    if (at % 4 || !guest_get(at, 4, &value))
        return false;
    if (is_pending && !pi && !value) { /* died between unlocking and waking */
        host_syscall(SYS_futex, g2h(at), FUTEX_WAKE, 1, NULL, NULL, 0);
        return true;
    }
    while ((value & FUTEX_TID_MASK) == (uint32_t)t->tid) {
        uint32_t dead = (uint32_t)(value & FUTEX_WAITERS) | FUTEX_OWNER_DIED;

        found = order32((uint32_t)value);
        if (guest_cas4(g2h(at), &found, order32(dead)))
            return false;
        if (order32((uint32_t)found) == value) {
            if (!pi && value & FUTEX_WAITERS)
                host_syscall(SYS_futex, g2h(at), FUTEX_WAKE, 1, NULL, NULL, 0);
            break;
        }
        value = order32((uint32_t)found);
    }
    return true;
}

/* Entries are pointers whose bit 0 marks a priority-inheriting futex. */
void robust_list_exit(struct guest_thread *t)
{
    uint64_t head = t->robust_list, entry, next, offset, pending;
    unsigned l = abi->long_size;

    if (!head || !guest_get_long(head, &entry) || !guest_get_long(head + l, &offset) || !guest_get_long(head + 2 * l, &pending))
        return;
    offset = (uint64_t)sx(offset, 8 * l);
    for (unsigned n = 0; (entry & ~1ull) != head && n < ROBUST_LIMIT; n++) {
        bool more = guest_get_long(entry & ~1ull, &next);

        if ((entry & ~1ull) != (pending & ~1ull) && !owner_died(t, bits((entry & ~1ull) + offset, 0, 8 * l), entry & 1, false))
            return;
        if (!more)
            return;
        entry = next;
    }
    if (pending & ~1ull)
        owner_died(t, bits((pending & ~1ull) + offset, 0, 8 * l), pending & 1, true);
}

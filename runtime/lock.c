/*
 * lock.c: the translation lock. A futex of our own: it is taken in the host's
 * SIGSEGV handler too, and is given up in the child of a fork, for which the
 * C library's mutexes make no promises.
 */
#include "runtime/internal.h"

#include <linux/futex.h>
#include <sys/syscall.h>
#include <unistd.h>

static uint32_t word; /* 0 free, 1 held, 2 held and somebody waits */
static __thread bool mine;

bool translation_trylock(void)
{
    uint32_t zero = 0;

    if (mine || !__atomic_compare_exchange_n(&word, &zero, 1, false, __ATOMIC_ACQUIRE, __ATOMIC_RELAXED))
        return false;
    mine = true;
    return true;
}

void translation_lock(void)
{
    bug_on(mine);
    if (translation_trylock())
        return;
    while (__atomic_exchange_n(&word, 2, __ATOMIC_ACQUIRE))
        syscall(SYS_futex, &word, FUTEX_WAIT_PRIVATE, 2, NULL, NULL, 0);
    mine = true;
}

void translation_unlock(void)
{
    mine = false;
    if (__atomic_exchange_n(&word, 0, __ATOMIC_RELEASE) == 2)
        syscall(SYS_futex, &word, FUTEX_WAKE_PRIVATE, 1, NULL, NULL, 0);
}

void translation_lock_reset(void)
{
    mine = false;
    __atomic_store_n(&word, 0, __ATOMIC_RELEASE);
}

bool translation_lock_held(void)
{
    return mine;
}

/*
 * sys_time.c: clocks and timers that need more than a row.
 */
#include "linux-user/internal.h"
#include "linux-user/syscall.h"

#include <sys/syscall.h>
#include <sys/time.h>
#include <time.h>

/* Through the host's vDSO: no kernel entry. */
HANDLER(sys_clock_gettime)
{
    struct timespec ts;
    struct k_timespec64 *k = a[1].ptr;

    if (clock_gettime((int)a[0].n, &ts))
        return -errno;
    if (!k)
        return -EFAULT;
    *k = (struct k_timespec64){ts.tv_sec, ts.tv_nsec};
    return 0;
}

HANDLER(sys_gettimeofday)
{
    struct timeval tv;
    struct timezone tz;
    struct k_timeval *k = a[0].ptr;
    struct k_timezone *zone = a[1].ptr;

    gettimeofday(&tv, &tz);
    if (k)
        *k = (struct k_timeval){tv.tv_sec, tv.tv_usec};
    if (zone)
        *zone = (struct k_timezone){tz.tz_minuteswest, tz.tz_dsttime};
    return 0;
}

/* Numbers of signals and threads are the host's; the value comes back in siginfo. */
static bool sigevent_in(struct sigevent *e, uint64_t addr)
{
    struct k_sigevent k;

    if (!struct_from_guest(T_sigevent, &k, addr))
        return false;
    memset(e, 0, sizeof *e);
    e->sigev_value.sival_ptr = (void *)k.sigev_value;
    e->sigev_signo = k.sigev_signo;
    e->sigev_notify = k.sigev_notify;
    e->_sigev_un._tid = k.sigev_notify_thread_id;
    return true;
}

HANDLER(sys_timer_create)
{
    struct sigevent event;
    int id;
    long result;

    if (a[1].addr && !sigevent_in(&event, a[1].addr))
        return -EFAULT;
    result = host_syscall(SYS_timer_create, (int)a[0].n, a[1].addr ? &event : NULL, &id);
    if (result)
        return result;
    if (guest_put(a[2].addr, 4, id))
        return 0;
    host_syscall(SYS_timer_delete, id);
    return -EFAULT;
}

/* SIGEV_THREAD: the value points to a cookie that the kernel copies at once. */
HANDLER(sys_mq_notify)
{
    struct sigevent event;

    if (!a[1].addr)
        return host_syscall(SYS_mq_notify, a[0].fd, 0);
    if (!sigevent_in(&event, a[1].addr))
        return -EFAULT;
    if (event.sigev_notify == SIGEV_THREAD)
        event.sigev_value.sival_ptr = in_bytes((uint64_t)event.sigev_value.sival_ptr, 32);
    return host_syscall(SYS_mq_notify, a[0].fd, &event);
}

/* ---- the vDSO ---- */

static bool put_time(uint64_t addr, unsigned size, int64_t seconds, long rest)
{
    return guest_put(addr, size, (uint64_t)seconds) && guest_put(addr + size, size, (uint64_t)rest);
}

static bool vdso_function(const struct vdso_call *call, uint64_t first, uint64_t second)
{
    struct timespec now;

    switch (call->function) {
    case VDSO_FN_GETTIME:
        return !clock_gettime((clockid_t)first, &now) && put_time(second, call->size, now.tv_sec, now.tv_nsec);
    case VDSO_FN_GETRES:
        return !clock_getres((clockid_t)first, &now) && (!second || put_time(second, call->size, now.tv_sec, now.tv_nsec));
    case VDSO_FN_TIMEOFDAY: /* timeval or 0, and timezone or 0: two ints that Linux keeps at zero */
        clock_gettime(CLOCK_REALTIME, &now);
        return (!first || put_time(first, call->size, now.tv_sec, now.tv_nsec / 1000)) && (!second || put_time(second, 4, 0, 0));
    }
    return false;
}

bool vdso_answer(const struct vdso_call *calls, unsigned n, uint32_t immediate, uint64_t first, uint64_t second, bool *done)
{
    for (unsigned i = 0; i < n; i++)
        if (calls[i].immediate == immediate) {
            *done = vdso_function(&calls[i], first, second);
            return true;
        }
    return false;
}

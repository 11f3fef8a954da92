/*
 * sys_poll.c: waiting for descriptors: poll, select, epoll, and their variants
 * that change the signal mask meanwhile.
 */
#include "linux-user/syscall.h"

#include <poll.h>
#include <sys/epoll.h>
#include <sys/mman.h>
#include <sys/select.h>
#include <sys/syscall.h>

/*
 * A call under a temporary mask. A signal that came first ends it as if it had
 * begun: under the old mask it might never be delivered again.
 */
static long under_mask_done(struct guest_thread *t, bool masked, long result)
{
    if (!masked)
        return result;
    if (result == -ERESTARTNOINTR)
        result = -ERESTARTNOHAND;
    signals_temporary_done(t, result);
    return result;
}

/* ----------------------------------------------------------------- poll -- */

#define POLL_MAX 65536

/* struct pollfd differs in nothing but the order of bytes. */
static void swap_pollfds(struct pollfd *fds, unsigned n)
{
    for (unsigned i = 0; abi->big_endian && i < n; i++) {
        fds[i].fd = order32(fds[i].fd);
        fds[i].events = order16(fds[i].events);
        fds[i].revents = order16(fds[i].revents);
    }
}

static long poll_call(uint64_t addr, unsigned n, const struct timespec *timeout)
{
    struct pollfd *fds;
    long result;

    if (n > POLL_MAX)
        return -EINVAL;
    fds = out_bytes(addr, n * sizeof *fds);
    if (!fds)
        return -EFAULT;
    swap_pollfds(fds, n);
    result = blocking(SLEEPS, SYS_ppoll, fds, n, timeout, 0, 8);
    swap_pollfds(fds, n);
    return result;
}

HANDLER(sys_poll)
{
    int ms = a[2].n;
    struct timespec timeout = {ms / 1000, ms % 1000 * 1000000l};

    return poll_call(a[0].addr, a[1].u, ms < 0 ? NULL : &timeout);
}

/* The timeout was converted both ways by the dispatch: the host leaves the rest in it. */
HANDLER(sys_ppoll)
{
    long result = a[3].addr ? signals_temporary_mask(t, a[3].addr, a[4].u) : 0;

    if (result)
        return result;
    result = poll_call(a[0].addr, a[1].u, a[2].ptr);
    return under_mask_done(t, a[3].addr, result);
}

/* --------------------------------------------------------------- select -- */

#define SELECT_MAX 65536

struct sets {
    unsigned n;
    uint64_t bits[3][SELECT_MAX / 64];
};

/* Descriptor sets are arrays of guest longs. */
static long sets_in(struct sets *s, int n, const union arg *addr)
{
    unsigned per = 8 * abi->long_size;

    if (n < 0)
        return -EINVAL;
    s->n = MIN_(n, SELECT_MAX);
    for (unsigned k = 0; k < 3; k++) {
        memset(s->bits[k], 0, (s->n + 63) / 64 * 8);
        for (unsigned i = 0; addr[k].addr && i * per < s->n; i++) {
            uint64_t word;

            if (!guest_get_long(addr[k].addr + i * abi->long_size, &word))
                return -EFAULT;
            s->bits[k][i * per / 64] |= word << (i * per % 64);
        }
    }
    return 0;
}

static long sets_out(const struct sets *s, const union arg *addr, long result)
{
    unsigned per = 8 * abi->long_size;

    for (unsigned k = 0; result >= 0 && k < 3; k++)
        for (unsigned i = 0; addr[k].addr && i * per < s->n; i++)
            if (!guest_put_long(addr[k].addr + i * abi->long_size, s->bits[k][i * per / 64] >> (i * per % 64)))
                return -EFAULT;
    return result;
}

static uint64_t *set_of(struct sets *s, const union arg *addr, unsigned k)
{
    return addr[k].addr ? s->bits[k] : NULL;
}

HANDLER(sys_select)
{
    struct sets s;
    long result = sets_in(&s, a[0].n, a + 1);

    if (result)
        return result;
    result = blocking(SLEEPS, SYS_select, s.n, set_of(&s, a + 1, 0), set_of(&s, a + 1, 1), set_of(&s, a + 1, 2), a[4].ptr);
    return sets_out(&s, a + 1, result);
}

/* The sixth argument points to {mask, size}. */
HANDLER(sys_pselect6)
{
    struct sets s;
    struct k_pselect_mask mask = {0};
    long result;

    if (a[5].addr && !struct_from_guest(T_pselect_mask, &mask, a[5].addr))
        return -EFAULT;
    result = sets_in(&s, a[0].n, a + 1);
    if (!result && mask.set)
        result = signals_temporary_mask(t, mask.set, mask.size);
    if (result)
        return result;
    result = blocking(SLEEPS, SYS_pselect6, s.n, set_of(&s, a + 1, 0), set_of(&s, a + 1, 1), set_of(&s, a + 1, 2), a[4].ptr, 0);
    return sets_out(&s, a + 1, under_mask_done(t, mask.set, result));
}

/* ---------------------------------------------------------------- epoll -- */

#define EPOLL_BATCH 1024 /* a call may give fewer events than there are */

/* The host packs struct epoll_event, others do not. */
HANDLER(sys_epoll_ctl)
{
    const struct k_epoll_event *k = a[3].ptr;
    struct epoll_event event;

    if (!k)
        return host_syscall(SYS_epoll_ctl, a[0].fd, a[1].n, a[2].fd, 0);
    event.events = k->events;
    event.data.u64 = k->data;
    return host_syscall(SYS_epoll_ctl, a[0].fd, a[1].n, a[2].fd, &event);
}

static long events_out(uint64_t addr, const struct epoll_event *events, long n)
{
    unsigned size = type_size(guest_types(), T_epoll_event);

    for (long i = 0; i < n; i++) {
        struct k_epoll_event k = {events[i].events, events[i].data.u64};

        if (!struct_to_guest(T_epoll_event, addr + i * size, &k))
            return i ? i : -EFAULT;
    }
    return n;
}

static long epoll_call(int fd, uint64_t addr, int most, const struct timespec *timeout)
{
    struct epoll_event events[EPOLL_BATCH];
    long result;

    if (most <= 0 || most > INT32_MAX / 16)
        return -EINVAL;
    if (!guest_access_ok(addr, type_size(guest_types(), T_epoll_event), PROT_WRITE))
        return -EFAULT;
    result = blocking(SLEEPS, SYS_epoll_pwait2, fd, events, MIN_(most, EPOLL_BATCH), timeout, 0, 8);
    if (result == -ENOSYS) { /* before Linux 5.11: milliseconds */
        int ms = !timeout ? -1 : MIN_(timeout->tv_sec * 1000 + (timeout->tv_nsec + 999999) / 1000000, INT32_MAX);

        result = blocking(SLEEPS, SYS_epoll_wait, fd, events, MIN_(most, EPOLL_BATCH), ms);
    }
    return result > 0 ? events_out(addr, events, result) : result;
}

static long epoll_ms(struct guest_thread *t, const union arg *a, uint64_t mask, uint64_t size)
{
    int ms = a[3].n;
    struct timespec timeout = {ms / 1000, ms % 1000 * 1000000l};
    long result = mask ? signals_temporary_mask(t, mask, size) : 0;

    if (result)
        return result;
    result = epoll_call(a[0].fd, a[1].addr, a[2].n, ms < 0 ? NULL : &timeout);
    return under_mask_done(t, mask, result);
}

HANDLER(sys_epoll_wait) { return epoll_ms(t, a, 0, 0); }
HANDLER(sys_epoll_pwait) { return epoll_ms(t, a, a[4].addr, a[5].u); }

HANDLER(sys_epoll_pwait2)
{
    long result = a[4].addr ? signals_temporary_mask(t, a[4].addr, a[5].u) : 0;

    if (result)
        return result;
    result = epoll_call(a[0].fd, a[1].addr, a[2].n, a[3].ptr);
    return under_mask_done(t, a[4].addr, result);
}

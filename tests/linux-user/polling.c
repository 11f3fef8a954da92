/*
 * polling.c: poll, select, epoll, eventfd; masks that hold while they wait.
 */
#include "linux-user/check.h"

#include <poll.h>
#include <signal.h>
#include <sys/epoll.h>
#include <sys/eventfd.h>
#include <sys/select.h>
#include <time.h>

static int in, out;

static void poll_sees_what_is_ready(void)
{
    struct pollfd p[2] = {{in, POLLIN, 0}, {out, POLLOUT, 0}};

    CHECK(poll(p, 1, 0) == 0);
    CHECK(poll(p, 2, 100) == 1 && p[1].revents == POLLOUT && p[0].revents == 0);
    CHECK(write(out, "x", 1) == 1);
    CHECK(poll(p, 2, -1) == 2 && p[0].revents == POLLIN);
    CHECK_ERRNO(syscall(SYS_ppoll, 16, 1, &(struct timespec){0, 0}, NULL, 8), EFAULT);
    p[0].fd = 999;
    CHECK(poll(p, 1, 0) == 1 && p[0].revents == POLLNVAL);
}

static void select_touches_only_its_words(void)
{
    struct { uint32_t before; fd_set set; } r;
    unsigned long words[3] = {0, 0x55555555, 0x55555555}; /* one word is enough for descriptors below 32 */
    struct timeval tv = {5, 0};

    FD_ZERO(&r.set);
    FD_SET(in, &r.set);
    CHECK(select(in + 1, &r.set, NULL, NULL, &tv) == 1 && FD_ISSET(in, &r.set) && tv.tv_sec >= 4);
    words[0] = 1u << in;
    CHECK(syscall(SYS_pselect6, in + 1, words, NULL, NULL, &(struct timespec){5, 0}, NULL) == 1);
    CHECK(words[0] == 1u << in && words[1] == 0x55555555);
    CHECK_ERRNO(select(-1, NULL, NULL, NULL, &tv), EINVAL);
    FD_ZERO(&r.set);
    FD_SET(60, &r.set);
    CHECK_ERRNO(select(61, &r.set, NULL, NULL, &tv), EBADF);
    tv = (struct timeval){0, 10000};
    CHECK(select(0, NULL, NULL, NULL, &tv) == 0 && tv.tv_usec == 0);
}

static void epoll_keeps_the_data(void)
{
    int e = epoll_create1(EPOLL_CLOEXEC), event = eventfd(0, EFD_NONBLOCK);
    struct epoll_event ev = {.events = EPOLLIN, .data.u64 = 0x1122334455667788ull}, got[4];
    uint64_t n = 3;

    CHECK(epoll_ctl(e, EPOLL_CTL_ADD, in, &ev) == 0);
    ev.data.u64 = 0xfeedfacecafebeefull;
    ev.events = EPOLLIN | EPOLLET;
    CHECK(epoll_ctl(e, EPOLL_CTL_ADD, event, &ev) == 0);
    CHECK(epoll_wait(e, got, 4, 0) == 1 && got[0].data.u64 == 0x1122334455667788ull && got[0].events == EPOLLIN);
    CHECK(write(event, &n, 8) == 8);
    CHECK(epoll_wait(e, got, 4, 1000) == 2);
    CHECK(got[0].data.u64 == 0xfeedfacecafebeefull || got[1].data.u64 == 0xfeedfacecafebeefull);
    CHECK(epoll_wait(e, got, 4, 0) == 1); /* edge-triggered: once */
    CHECK_ERRNO(epoll_ctl(e, EPOLL_CTL_ADD, in, &ev), EEXIST);
    CHECK(epoll_ctl(e, EPOLL_CTL_DEL, in, NULL) == 0);
    CHECK_ERRNO(epoll_wait(e, got, 0, 0), EINVAL);
    CHECK(read(event, &n, 8) == 8 && n == 3);
    CHECK_ERRNO(read(event, &n, 8), EAGAIN);
    close(e), close(event);
}

static volatile int signals;
static void on_signal(int sig) { signals++; }

static void a_pending_signal_ends_ppoll(void)
{
    sigset_t block, none;
    struct timespec ts = {5, 0};

    signal(SIGUSR1, on_signal);
    sigemptyset(&none);
    sigemptyset(&block);
    sigaddset(&block, SIGUSR1);
    sigprocmask(SIG_BLOCK, &block, NULL);
    raise(SIGUSR1);
    CHECK(signals == 0);
    CHECK_ERRNO(ppoll(NULL, 0, &ts, &none), EINTR);
    CHECK(signals == 1);
    raise(SIGUSR1);
    CHECK_ERRNO(pselect(0, NULL, NULL, NULL, &ts, &none), EINTR);
    CHECK(signals == 2);
    raise(SIGUSR1);
    int e = epoll_create(1);
    struct epoll_event ev;
    CHECK_ERRNO(epoll_pwait(e, &ev, 1, 5000, &none), EINTR);
    CHECK(signals == 3);
    sigprocmask(SIG_BLOCK, NULL, &none);
    CHECK(sigismember(&none, SIGUSR1));
    close(e);
}

int main(void)
{
    int p[2];

    CHECK(pipe(p) == 0);
    in = p[0];
    out = p[1];
    poll_sees_what_is_ready();
    select_touches_only_its_words();
    epoll_keeps_the_data();
    a_pending_signal_ends_ppoll();
    return failures;
}

/*
 * sockets.c: messages with control data, addresses, options.
 */
#include "linux-user/check.h"

#include <netinet/in.h>
#include <arpa/inet.h>
#include <stddef.h>
#include <sys/ioctl.h>
#include <sys/socket.h>
#include <sys/stat.h>
#include <sys/time.h>
#include <sys/un.h>
#include <sys/wait.h>
#include <time.h>

static void a_descriptor_and_credentials_travel(void)
{
    int s[2], p[2], one = 1, got = -1;
    char data[4] = "abc", buf[8] = "", control[128] __attribute__((aligned(4)));
    struct iovec iov = {data, 3}, riov = {buf, 8};
    struct msghdr m = {.msg_iov = &iov, .msg_iovlen = 1, .msg_control = control, .msg_controllen = CMSG_SPACE(4)};
    struct cmsghdr *c;
    struct ucred cred = {0};

    CHECK(socketpair(AF_UNIX, SOCK_STREAM | SOCK_CLOEXEC, 0, s) == 0 && pipe(p) == 0);
    CHECK(fcntl(s[0], F_GETFD) == FD_CLOEXEC);
    CHECK(setsockopt(s[1], SOL_SOCKET, SO_PASSCRED, &one, sizeof one) == 0);
    c = CMSG_FIRSTHDR(&m);
    c->cmsg_len = CMSG_LEN(4);
    c->cmsg_level = SOL_SOCKET;
    c->cmsg_type = SCM_RIGHTS;
    memcpy(CMSG_DATA(c), &p[1], 4);
    CHECK(sendmsg(s[0], &m, 0) == 3);
    m.msg_iov = &riov;
    m.msg_controllen = sizeof control;
    CHECK(recvmsg(s[1], &m, MSG_CMSG_CLOEXEC) == 3 && memcmp(buf, "abc", 3) == 0);
    CHECK(!(m.msg_flags & MSG_CTRUNC));
    for (c = CMSG_FIRSTHDR(&m); c; c = CMSG_NXTHDR(&m, c)) {
        if (c->cmsg_type == SCM_RIGHTS && c->cmsg_len == CMSG_LEN(4))
            memcpy(&got, CMSG_DATA(c), 4);
        if (c->cmsg_type == SCM_CREDENTIALS && c->cmsg_len == CMSG_LEN(sizeof cred))
            memcpy(&cred, CMSG_DATA(c), sizeof cred);
    }
    CHECK(cred.pid == getpid() && cred.uid == getuid());
    CHECK(got >= 0 && write(got, "x", 1) == 1 && read(p[0], buf, 1) == 1);
    close(s[0]), close(s[1]), close(p[0]), close(p[1]), close(got);
}

static void control_data_without_room_is_cut(void)
{
    int s[2], one = 1;
    char buf[4], control[12] __attribute__((aligned(4)));
    struct iovec iov = {buf, 4};
    struct msghdr m = {.msg_iov = &iov, .msg_iovlen = 1, .msg_control = control, .msg_controllen = 4};

    CHECK(socketpair(AF_UNIX, SOCK_DGRAM, 0, s) == 0);
    setsockopt(s[1], SOL_SOCKET, SO_PASSCRED, &one, sizeof one);
    CHECK(send(s[0], "abcdefgh", 8, 0) == 8);
    CHECK(recvmsg(s[1], &m, 0) == 4 && (m.msg_flags & (MSG_TRUNC | MSG_CTRUNC)) == (MSG_TRUNC | MSG_CTRUNC));
    close(s[0]), close(s[1]);
}

static void timestamps_are_of_the_guests_width(void)
{
    int s = socket(AF_INET, SOCK_DGRAM, 0), one = 1;
    struct sockaddr_in a = {.sin_family = AF_INET, .sin_addr.s_addr = htonl(INADDR_LOOPBACK)}, from;
    socklen_t len = sizeof a;
    char buf[16], control[128] __attribute__((aligned(8)));
    struct iovec iov = {buf, 16};
    struct msghdr m = {.msg_name = &from, .msg_namelen = sizeof from, .msg_iov = &iov, .msg_iovlen = 1,
                       .msg_control = control, .msg_controllen = sizeof control};
    struct cmsghdr *c;
    long stamp[2] = {0};

    CHECK(bind(s, (void *)&a, sizeof a) == 0 && getsockname(s, (void *)&a, &len) == 0 && len == sizeof a && a.sin_port);
    CHECK(setsockopt(s, SOL_SOCKET, 29 /* SO_TIMESTAMP, old */, &one, sizeof one) == 0);
    CHECK(sendto(s, "stamp", 5, 0, (void *)&a, sizeof a) == 5);
    CHECK(recvmsg(s, &m, 0) == 5);
    CHECK(m.msg_namelen == sizeof from && from.sin_port == a.sin_port && from.sin_family == AF_INET);
    c = CMSG_FIRSTHDR(&m);
    CHECK(c && c->cmsg_level == SOL_SOCKET && c->cmsg_type == 29 && c->cmsg_len == CMSG_LEN(sizeof stamp));
    if (c)
        memcpy(stamp, CMSG_DATA(c), sizeof stamp);
    CHECK(labs(stamp[0] - time(NULL)) <= 2 && stamp[1] >= 0 && stamp[1] < 1000000);
    close(s);
}

static void options_are_converted(void)
{
    int s = socket(AF_INET, SOCK_STREAM, 0), type = 0;
    long tv[2] = {3, 500000}, got[2] = {0};
    int64_t tv64[2] = {7, 250000}, got64[2] = {0};
    struct linger l = {1, 5}, gl;
    socklen_t len = sizeof got;

    CHECK(setsockopt(s, SOL_SOCKET, 20 /* SO_RCVTIMEO, old */, tv, sizeof tv) == 0);
    CHECK(getsockopt(s, SOL_SOCKET, 20, got, &len) == 0 && len == sizeof got && got[0] == 3 && got[1] == 500000);
    CHECK(setsockopt(s, SOL_SOCKET, 66 /* SO_RCVTIMEO, new */, tv64, sizeof tv64) == 0);
    len = sizeof got64;
    CHECK(getsockopt(s, SOL_SOCKET, 66, got64, &len) == 0 && len == 16 && got64[0] == 7);
    len = sizeof gl;
    CHECK(setsockopt(s, SOL_SOCKET, SO_LINGER, &l, sizeof l) == 0 && getsockopt(s, SOL_SOCKET, SO_LINGER, &gl, &len) == 0 && gl.l_linger == 5);
    len = sizeof type;
    CHECK(getsockopt(s, SOL_SOCKET, SO_TYPE, &type, &len) == 0 && type == SOCK_STREAM && len == 4);
    CHECK_ERRNO(setsockopt(s, SOL_SOCKET, 20, tv, 4), EINVAL);
    close(s);
}

static void streams_connect_through_a_name(void)
{
    int l = socket(AF_UNIX, SOCK_STREAM, 0), status, n;
    struct sockaddr_un a = {.sun_family = AF_UNIX}, from;
    socklen_t len = offsetof(struct sockaddr_un, sun_path) + snprintf(a.sun_path + 1, 90, "moa-test-%d", getpid()) + 1;
    char buf[8];

    CHECK(bind(l, (void *)&a, len) == 0 && listen(l, 1) == 0);
    if (fork() == 0) {
        int s = socket(AF_UNIX, SOCK_STREAM, 0);

        CHECK(connect(s, (void *)&a, len) == 0 && write(s, "hey", 3) == 3);
        _exit(failures);
    }
    len = sizeof from;
    int s = accept4(l, (void *)&from, &len, SOCK_NONBLOCK | SOCK_CLOEXEC);
    CHECK(s >= 0 && len == 2 && (fcntl(s, F_GETFL) & O_NONBLOCK));
    wait(&status);
    CHECK(status == 0);
    CHECK(ioctl(s, FIONREAD, &n) == 0 && n == 3);
    CHECK(recv(s, buf, 8, MSG_PEEK) == 3 && read(s, buf, 8) == 3 && read(s, buf, 8) == 0);
    len = sizeof a;
    CHECK(getpeername(s, (void *)&a, &len) == 0);
    close(s), close(l);
}

static void many_messages_at_once(void)
{
    int s[2];
    char a[4] = "one", b[4] = "two", in[3][4] = {{0}};
    struct iovec iov[2] = {{a, 3}, {b, 3}}, riov[3] = {{in[0], 4}, {in[1], 4}, {in[2], 4}};
    struct mmsghdr out[2] = {{.msg_hdr = {.msg_iov = &iov[0], .msg_iovlen = 1}}, {.msg_hdr = {.msg_iov = &iov[1], .msg_iovlen = 1}}};
    struct mmsghdr got[3] = {0};
    struct timespec ts = {1, 0};

    CHECK(socketpair(AF_UNIX, SOCK_DGRAM, 0, s) == 0);
    CHECK(sendmmsg(s[0], out, 2, 0) == 2 && out[1].msg_len == 3);
    for (int i = 0; i < 3; i++)
        got[i].msg_hdr = (struct msghdr){.msg_iov = &riov[i], .msg_iovlen = 1};
    CHECK(recvmmsg(s[1], got, 3, MSG_WAITFORONE, &ts) == 2);
    CHECK(memcmp(in[0], "one", 3) == 0 && memcmp(in[1], "two", 3) == 0 && got[0].msg_len == 3);
    close(s[0]), close(s[1]);
}

int main(void)
{
    a_descriptor_and_credentials_travel();
    control_data_without_room_is_cut();
    timestamps_are_of_the_guests_width();
    options_are_converted();
    streams_connect_through_a_name();
    many_messages_at_once();
    return failures;
}

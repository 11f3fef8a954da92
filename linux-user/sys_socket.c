/*
 * sys_socket.c: sockets: addresses, messages with control data, options.
 *
 * Socket addresses, option numbers and flags are the host's on ARM. What
 * differs is whatever holds a long or a pointer: msghdr, cmsghdr, timeval.
 */
#include "linux-user/syscall.h"

#include <linux/filter.h>
#include <netinet/in.h>
#include <stdlib.h>
#include <sys/mman.h>
#include <sys/socket.h>
#include <sys/syscall.h>
#include <sys/time.h>
#include <sys/uio.h>

#define ADDRESS_MAX 256

/* ------------------------------------------------------------ addresses -- */

/* Only the family is in host order; on little-endian guests addresses are as they are. */
static long address_in(struct sockaddr_storage *to, const void *from, uint64_t len, socklen_t *size)
{
    if ((int)len < 0 || len > sizeof *to)
        return -EINVAL;
    memset(to, 0, sizeof *to);
    if (len && (!from || !copy_from_guest(to, h2g(from), len)))
        return -EFAULT;
    if (len >= sizeof to->ss_family)
        to->ss_family = order16(to->ss_family);
    *size = len;
    return 0;
}

/* The guest's room is at len_addr, where the whole length goes. */
static long address_out(uint64_t addr, uint64_t len_addr, struct sockaddr_storage *from, socklen_t size)
{
    uint64_t room;

    if (!guest_get(len_addr, 4, &room))
        return -EFAULT;
    if ((int)room < 0)
        return -EINVAL;
    from->ss_family = order16(from->ss_family);
    if (!copy_to_guest(addr, from, MIN_(MIN_(room, size), sizeof *from)) || !guest_put(len_addr, 4, size))
        return -EFAULT;
    return 0;
}

HANDLER(sys_bind)
{
    struct sockaddr_storage address;
    socklen_t size;
    long result = address_in(&address, a[1].ptr, a[2].u, &size);

    return result ? result : host_syscall(SYS_bind, a[0].fd, &address, size);
}

HANDLER(sys_connect)
{
    struct sockaddr_storage address;
    socklen_t size;
    long result = address_in(&address, a[1].ptr, a[2].u, &size);

    return result ? result : blocking(RESTARTS, SYS_connect, a[0].fd, &address, size);
}

static long accept_call(const union arg *a, int flags)
{
    struct sockaddr_storage address;
    socklen_t size = sizeof address;
    long fd, result;

    if (!a[1].addr)
        return blocking(RESTARTS, SYS_accept4, a[0].fd, 0, 0, flags);
    fd = blocking(RESTARTS, SYS_accept4, a[0].fd, &address, &size, flags);
    if (fd < 0)
        return fd;
    result = address_out(a[1].addr, a[2].addr, &address, size);
    if (result)
        host_syscall(SYS_close, fd);
    return result ? result : fd;
}

HANDLER(sys_accept) { return accept_call(a, 0); }
HANDLER(sys_accept4) { return accept_call(a, a[3].n); }

static long name_call(long nr, const union arg *a)
{
    struct sockaddr_storage address;
    socklen_t size = sizeof address;
    long result = host_syscall(nr, a[0].fd, &address, &size);

    return result ? result : address_out(a[1].addr, a[2].addr, &address, size);
}

HANDLER(sys_getsockname) { return name_call(SYS_getsockname, a); }
HANDLER(sys_getpeername) { return name_call(SYS_getpeername, a); }

/* ----------------------------------------------------------- plain data -- */

HANDLER(sys_send)
{
    return blocking(RESTARTS, SYS_sendto, a[0].fd, a[1].ptr, a[2].u, a[3].n, 0, 0);
}

HANDLER(sys_sendto)
{
    struct sockaddr_storage address;
    socklen_t size = 0;
    long result = a[4].ptr ? address_in(&address, a[4].ptr, a[5].u, &size) : 0;

    if (result)
        return result;
    return blocking(RESTARTS, SYS_sendto, a[0].fd, a[1].ptr, a[2].u, a[3].n, a[4].ptr ? &address : NULL, size);
}

HANDLER(sys_recv)
{
    return blocking(RESTARTS, SYS_recvfrom, a[0].fd, a[1].ptr, a[2].u, a[3].n, 0, 0);
}

HANDLER(sys_recvfrom)
{
    struct sockaddr_storage address;
    socklen_t size = sizeof address;
    long n, result;

    if (!a[4].addr)
        return blocking(RESTARTS, SYS_recvfrom, a[0].fd, a[1].ptr, a[2].u, a[3].n, 0, 0);
    n = blocking(RESTARTS, SYS_recvfrom, a[0].fd, a[1].ptr, a[2].u, a[3].n, &address, &size);
    if (n < 0)
        return n;
    result = address_out(a[4].addr, a[5].addr, &address, size);
    return result ? result : n;
}

/* --------------------------------------------------------- control data -- */

#define CONTROL_MAX 65536

/* Control messages whose payload is a struct with longs: the others are bytes for all ABIs. */
static enum type control_type(int level, int type)
{
    if (level == SOL_SOCKET && type == SO_TIMESTAMP)
        return T_timeval;
    if (level == SOL_SOCKET && type == SO_TIMESTAMPNS)
        return T_timespec;
    if (level == SOL_SOCKET && type == SO_TIMESTAMPING)
        return T_timespec_triple;
    return T_none;
}

static unsigned guest_header(void) { return align_up(type_size(guest_types(), T_cmsghdr), abi->long_size); }

/* Guest's control messages -> the host's in `to`, whose room is CONTROL_MAX. Length or -errno. */
static long control_in(char *to, uint64_t addr, uint64_t len)
{
    unsigned header = guest_header();
    uint64_t at = 0, done = 0;

    while (len - at >= header && at < len) {
        struct k_cmsghdr k;
        struct cmsghdr *c = (struct cmsghdr *)(to + done);
        uint64_t payload;

        if (!struct_from_guest(T_cmsghdr, &k, addr + at))
            return -EFAULT;
        if (k.cmsg_len < header || k.cmsg_len > len - at)
            break;
        payload = k.cmsg_len - header;
        if (done + CMSG_SPACE(payload) > CONTROL_MAX)
            return -ENOBUFS;
        memset(c, 0, CMSG_SPACE(payload));
        c->cmsg_len = CMSG_LEN(payload);
        c->cmsg_level = k.cmsg_level;
        c->cmsg_type = k.cmsg_type;
        if (!copy_from_guest(CMSG_DATA(c), addr + at + header, payload))
            return -EFAULT;
        done += CMSG_SPACE(payload);
        at += align_up(k.cmsg_len, abi->long_size);
    }
    return done;
}

/* One host control message at guest address addr. Its guest length, 0 if there is no room, -errno. */
static long control_put(const struct cmsghdr *c, uint64_t addr, uint64_t room, int *flags)
{
    unsigned header = guest_header();
    uint64_t payload = c->cmsg_len - CMSG_LEN(0);
    enum type type = control_type(c->cmsg_level, c->cmsg_type);
    char converted[64];
    const void *data = CMSG_DATA(c);
    struct k_cmsghdr k = {.cmsg_level = c->cmsg_level, .cmsg_type = c->cmsg_type};

    if (room < header) {
        *flags |= MSG_CTRUNC;
        return 0;
    }
    if (type != T_none && payload == type_size(&host_types, type)) {
        type_out(guest_types(), type, converted, data);
        data = converted;
        payload = type_size(guest_types(), type);
    }
    if (payload > room - header) {
        payload = room - header;
        *flags |= MSG_CTRUNC;
    }
    k.cmsg_len = header + payload;
    if (!struct_to_guest(T_cmsghdr, addr, &k) || !copy_to_guest(addr + header, data, payload))
        return -EFAULT;
    return k.cmsg_len;
}

static long control_out(uint64_t addr, uint64_t room, struct msghdr *m)
{
    uint64_t at = 0;

    for (struct cmsghdr *c = CMSG_FIRSTHDR(m); c; c = CMSG_NXTHDR(m, c)) {
        long len = control_put(c, addr + at, room - at, &m->msg_flags);

        if (len <= 0)
            return len < 0 ? len : (long)at;
        at += MIN_(align_up(len, abi->long_size), room - at);
    }
    return at;
}

/* ------------------------------------------------------------- messages -- */

struct message {
    struct k_msghdr guest;
    struct msghdr host;
    struct sockaddr_storage name;
    struct iovec iov[GUEST_IOV_MAX];
};

/* How much a host control buffer must hold so that the guest's room can be filled. */
static uint64_t control_room(uint64_t guest_room)
{
    return MIN_(guest_room * 2 + 64, CONTROL_MAX);
}

static long message_in(struct message *m, char *control, uint64_t addr, bool receives)
{
    long n;

    if (!struct_from_guest(T_msghdr, &m->guest, addr))
        return -EFAULT;
    memset(&m->host, 0, sizeof m->host);
    if (m->guest.msg_iovlen > GUEST_IOV_MAX)
        return -EMSGSIZE;
    n = iovec_in(m->iov, m->guest.msg_iov, m->guest.msg_iovlen, receives);
    if (n < 0)
        return n;
    m->host.msg_iov = m->iov;
    m->host.msg_iovlen = n;
    if (m->guest.msg_name) {
        if (m->guest.msg_namelen < 0)
            return -EINVAL;
        m->host.msg_name = &m->name;
        m->host.msg_namelen = sizeof m->name;
        if (!receives) {
            n = address_in(&m->name, g2h(m->guest.msg_name), MIN_((unsigned)m->guest.msg_namelen, sizeof m->name), &m->host.msg_namelen);
            if (n)
                return n;
        }
    }
    if (m->guest.msg_control && m->guest.msg_controllen) {
        n = receives ? (long)control_room(m->guest.msg_controllen) : control_in(control, m->guest.msg_control, m->guest.msg_controllen);
        if (n < 0)
            return n;
        m->host.msg_control = control;
        m->host.msg_controllen = n;
    }
    return 0;
}

/* After a receive: name, control data and flags back into the guest's msghdr. */
static long message_out(struct message *m, uint64_t addr)
{
    long n = 0;

    if (m->guest.msg_name) {
        m->name.ss_family = order16(m->name.ss_family);
        if (!copy_to_guest(m->guest.msg_name, &m->name, MIN_((unsigned)m->guest.msg_namelen, MIN_(m->host.msg_namelen, sizeof m->name))))
            return -EFAULT;
        m->guest.msg_namelen = m->host.msg_namelen;
    }
    if (m->host.msg_control && m->host.msg_controllen) {
        n = control_out(m->guest.msg_control, m->guest.msg_controllen, &m->host);
        if (n < 0)
            return n;
    }
    m->guest.msg_controllen = n;
    m->guest.msg_flags = m->host.msg_flags;
    return struct_to_guest(T_msghdr, addr, &m->guest) ? 0 : -EFAULT;
}

static long send_message(int fd, uint64_t addr, int flags)
{
    struct message m;
    char control[CONTROL_MAX] __attribute__((aligned(8)));
    long result = message_in(&m, control, addr, false);

    return result ? result : blocking(RESTARTS, SYS_sendmsg, fd, &m.host, flags);
}

static long receive_message(int fd, uint64_t addr, int flags)
{
    struct message m;
    char control[CONTROL_MAX] __attribute__((aligned(8)));
    long result = message_in(&m, control, addr, true), n;

    if (result)
        return result;
    n = blocking(RESTARTS, SYS_recvmsg, fd, &m.host, flags);
    if (n < 0)
        return n;
    result = message_out(&m, addr);
    return result ? result : n;
}

HANDLER(sys_sendmsg) { return send_message(a[0].fd, a[1].addr, a[2].n); }
HANDLER(sys_recvmsg) { return receive_message(a[0].fd, a[1].addr, a[2].n); }

/* ------------------------------------------------------- many messages -- */

#define MESSAGES_MAX 1024

/* Where element i of a struct mmsghdr array keeps its length. */
static uint64_t length_of(uint64_t addr, unsigned i)
{
    unsigned size = type_size(guest_types(), T_mmsghdr);

    return addr + i * size + type_size(guest_types(), T_msghdr);
}

/* One by one, as the kernel does: an error after the first message is kept for the next call. */
HANDLER(sys_sendmmsg)
{
    unsigned count = MIN_(a[2].u, MESSAGES_MAX), done;

    for (done = 0; done < count; done++) {
        uint64_t addr = a[1].addr + done * type_size(guest_types(), T_mmsghdr);
        long n = send_message(a[0].fd, addr, a[3].n);

        if (n < 0)
            return done ? (long)done : n;
        if (!guest_put(length_of(a[1].addr, done), 4, n))
            return -EFAULT;
    }
    return done;
}

static uint64_t now_ns(void)
{
    struct timespec ts;

    clock_gettime(CLOCK_MONOTONIC, &ts);
    return ts.tv_sec * 1000000000ull + ts.tv_nsec;
}

/* The timeout is looked at between messages only, and what remains is written back: both as in the kernel. */
HANDLER(sys_recvmmsg)
{
    unsigned count = MIN_(a[2].u, MESSAGES_MAX), done;
    struct k_timespec64 *timeout = a[4].ptr;
    int flags = a[3].n & ~MSG_WAITFORONE;
    uint64_t end = timeout ? now_ns() + timeout->tv_sec * 1000000000ull + timeout->tv_nsec : 0;

    for (done = 0; done < count;) {
        uint64_t addr = a[1].addr + done * type_size(guest_types(), T_mmsghdr), now;
        long n = receive_message(a[0].fd, addr, flags);

        if (n < 0)
            return done ? (long)done : n;
        if (!guest_put(length_of(a[1].addr, done), 4, n))
            return -EFAULT;
        done++;
        if (a[3].n & MSG_WAITFORONE)
            flags |= MSG_DONTWAIT;
        if (!timeout)
            continue;
        now = now_ns();
        *timeout = (struct k_timespec64){now < end ? (end - now) / 1000000000 : 0, now < end ? (end - now) % 1000000000 : 0};
        if (now >= end)
            break;
    }
    return done;
}

/* -------------------------------------------------------------- options -- */

/*
 * Options of SOL_SOCKET that are structs with longs; ints and strings are
 * bytes. The numbers for 64-bit time (SO_RCVTIMEO_NEW and its like) are the
 * host's too.
 */
static enum type option_type(int level, int name)
{
    if (level != SOL_SOCKET)
        return T_none;
    switch (name) {
    case SO_RCVTIMEO: case SO_SNDTIMEO: return T_timeval;
    case SO_LINGER: return T_linger;
    case SO_PEERCRED: return T_ucred;
    default: return T_none;
    }
}

#define OPTION_MAX 65536

/* struct sock_fprog holds a pointer to the filter, whose instructions have one layout everywhere. */
static long attach_filter(int fd, int name, uint64_t addr)
{
    struct k_sock_fprog k;
    struct sock_fprog prog;

    if (!struct_from_guest(T_sock_fprog, &k, addr))
        return -EFAULT;
    prog.len = k.len;
    prog.filter = in_bytes(k.filter, k.len * sizeof *prog.filter);
    return host_syscall(SYS_setsockopt, fd, SOL_SOCKET, name, &prog, sizeof prog);
}

/*
 * Multicast groups: u32 interface, then one or two socket addresses, aligned
 * as a long is: only the gap after the interface differs.
 */
static bool is_group_option(int level, int name)
{
    return (level == IPPROTO_IP || level == IPPROTO_IPV6) && name >= MCAST_JOIN_GROUP && name <= MCAST_LEAVE_SOURCE_GROUP;
}

static long group_option(int fd, int level, int name, uint64_t addr, uint64_t len)
{
    struct group_source_req req = {0};
    unsigned addresses = name == MCAST_JOIN_GROUP || name == MCAST_LEAVE_GROUP ? 1 : 2;
    uint64_t size = addresses * sizeof(struct sockaddr_storage), interface;

    if (len < abi->long_size + size)
        return -EINVAL;
    if (!guest_get(addr, 4, &interface) || !copy_from_guest(&req.gsr_group, addr + abi->long_size, size))
        return -EFAULT;
    req.gsr_interface = interface;
    req.gsr_group.ss_family = order16(req.gsr_group.ss_family);
    req.gsr_source.ss_family = order16(req.gsr_source.ss_family);
    return host_syscall(SYS_setsockopt, fd, level, name, &req, sizeof(long) + size);
}

HANDLER(sys_setsockopt)
{
    int fd = a[0].fd, level = a[1].n, name = a[2].n;
    enum type type = option_type(level, name);
    _Alignas(8) char host[TYPE_MAX_SIZE];

    if (level == SOL_SOCKET && (name == SO_ATTACH_FILTER || name == SO_ATTACH_REUSEPORT_CBPF))
        return attach_filter(fd, name, a[3].addr);
    if ((int)a[4].n < 0)
        return -EINVAL;
    if (is_group_option(level, name))
        return group_option(fd, level, name, a[3].addr, a[4].u);
    if (type == T_none) {
        void *value = a[3].addr ? in_bytes(a[3].addr, a[4].u) : NULL;

        return value || !a[3].addr ? host_syscall(SYS_setsockopt, fd, level, name, value, a[4].u) : -EFAULT;
    }
    if (a[4].u < type_size(guest_types(), type))
        return -EINVAL;
    if (!struct_from_guest(type, host, a[3].addr))
        return -EFAULT;
    return host_syscall(SYS_setsockopt, fd, level, name, host, type_size(&host_types, type));
}

HANDLER(sys_getsockopt)
{
    int fd = a[0].fd, level = a[1].n, name = a[2].n;
    enum type type = option_type(level, name);
    _Alignas(8) char host[TYPE_MAX_SIZE], guest_form[TYPE_MAX_SIZE];
    uint64_t room;
    socklen_t size;
    long result;

    if (!guest_get(a[4].addr, 4, &room))
        return -EFAULT;
    if ((int)room < 0)
        return -EINVAL;
    if (type == T_none) {
        void *value = out_bytes(a[3].addr, room);

        size = room;
        result = value ? host_syscall(SYS_getsockopt, fd, level, name, value, &size) : -EFAULT;
        return result < 0 || guest_put(a[4].addr, 4, size) ? result : -EFAULT;
    }
    size = type_size(&host_types, type);
    result = host_syscall(SYS_getsockopt, fd, level, name, host, &size);
    if (result)
        return result;
    type_out(guest_types(), type, guest_form, host);
    room = MIN_(room, type_size(guest_types(), type));
    return copy_to_guest(a[3].addr, guest_form, room) && guest_put(a[4].addr, 4, room) ? 0 : -EFAULT;
}

/*
 * sys_ioctl.c: ioctl by table: ioctls.def says what a request's argument is.
 * Requests that are not there get ENOTTY, which is what a device that does not
 * know them says, and a line under -d unimp.
 */
#include "linux-user/syscall.h"

#include <linux/blkpg.h>
#include <linux/fiemap.h>
#include <linux/fs.h>
#include <linux/hdreg.h>
#include <linux/if_tun.h>
#include <linux/kd.h>
#include <linux/loop.h>
#include <linux/nsfs.h>
#include <linux/random.h>
#include <linux/rtc.h>
#include <linux/sockios.h>
#include <linux/vt.h>
#include <net/route.h>
#include <netinet/in.h>
#include <stdlib.h>
#include <sys/ioctl.h>
#include <sys/syscall.h>
#include <termios.h>

#include <net/if.h>

/* What headers cannot say without clashing, or no longer say. */
#define TCGETS2_ _IOR('T', 0x2a, struct k_termios2)
#define TCSETS2_ _IOW('T', 0x2b, struct k_termios2)
#define TCSETSW2_ _IOW('T', 0x2c, struct k_termios2)
#define TCSETSF2_ _IOW('T', 0x2d, struct k_termios2)
#define SIOCGSTAMP_ 0x8906
#define SIOCGSTAMPNS_ 0x8907

enum does { DOES_NONE, DOES_NUMBER, DOES_OPENFLAGS, DOES_SAME, DOES_IN, DOES_OUT, DOES_INOUT, DOES_IFCONF, DOES_IFDATA, DOES_ROUTE };

struct ioctl_row {
    char name[24];
    uint32_t host;
    uint16_t sized; /* type whose size is in the number, T_none: of what it points to */
    uint16_t type;
    uint8_t does;
};

#define NONE T_none, DOES_NONE
#define NUMBER T_none, DOES_NUMBER
#define OPENFLAGS T_none, DOES_OPENFLAGS
#define SAME T_none, DOES_SAME
#define IFCONF T_ifconf, DOES_IFCONF
#define IFDATA T_none, DOES_IFDATA
#define ROUTE T_rtentry, DOES_ROUTE
#define IN(t) T_##t, DOES_IN
#define OUT(t) T_##t, DOES_OUT
#define INOUT(t) T_##t, DOES_INOUT
static const struct ioctl_row rows[] = {
#define IOCTL(name, ...) {#name, name, T_none, __VA_ARGS__},
#define IOCTL_OF(name, type, ...) {#name, name, T_##type, __VA_ARGS__},
#include "linux-user/ioctls.def"
#undef IOCTL
#undef IOCTL_OF
};
#undef IN
#undef OUT
#undef INOUT

static uint32_t guest_number(const struct ioctl_row *r)
{
    enum type sized = r->sized != T_none ? r->sized : r->type;
    unsigned size = _IOC_SIZE(r->host);

    if (!size || sized == T_none)
        return r->host;
    if (size != type_size(&host_types, sized))
        return r->host;
    return (r->host & ~_IOC(0, 0, 0, _IOC_SIZEMASK)) | _IOC(0, 0, 0, type_size(guest_types(), sized));
}

static const struct ioctl_row *find(uint32_t request)
{
    static uint32_t numbers[ARRAY_SIZE(rows)];
    static volatile bool known;

    /* Threads that meet here first all write the same. */
    if (!known) {
        for (unsigned i = 0; i < ARRAY_SIZE(rows); i++)
            numbers[i] = guest_number(&rows[i]);
        known = true;
    }
    for (unsigned i = 0; i < ARRAY_SIZE(rows); i++)
        if (numbers[i] == request)
            return &rows[i];
    return NULL;
}

static long through_struct(const struct ioctl_row *r, int fd, uint64_t addr)
{
    _Alignas(8) char host[TYPE_MAX_SIZE] = {0};
    long result;

    if (r->does != DOES_OUT && !struct_from_guest(r->type, host, addr))
        return -EFAULT;
    result = blocking(RESTARTS, SYS_ioctl, fd, r->host, host);
    if (result < 0 || r->does == DOES_IN)
        return result;
    return struct_to_guest(r->type, addr, host) ? result : -EFAULT;
}

/* struct ifconf points to an array of struct ifreq, which is shorter on 32-bit guests. */
static long interfaces(int fd, uint64_t addr)
{
    unsigned size = type_size(guest_types(), T_ifreq_addr);
    struct k_ifconf k;
    struct ifconf conf;
    struct ifreq req[256];
    long result;
    int n;

    if (!struct_from_guest(T_ifconf, &k, addr))
        return -EFAULT;
    if (k.length < 0)
        return -EINVAL;
    conf.ifc_req = k.buffer ? req : NULL;
    conf.ifc_len = MIN_(k.length / size, ARRAY_SIZE(req)) * sizeof *req;
    result = host_syscall(SYS_ioctl, fd, SIOCGIFCONF, &conf);
    if (result < 0)
        return result;
    n = conf.ifc_len / sizeof *req;
    for (int i = 0; k.buffer && i < n; i++)
        if (!struct_to_guest(T_ifreq_addr, k.buffer + i * size, &req[i]))
            return -EFAULT;
    k.length = n * size;
    return struct_to_guest(T_ifconf, addr, &k) ? result : -EFAULT;
}

/* struct ifreq with a pointer to a struct of one layout for all: ethtool. */
static long interface_data(const struct ioctl_row *r, int fd, uint64_t addr)
{
    struct ifreq req = {0};
    uint64_t data;

    if (!copy_from_guest(req.ifr_name, addr, IFNAMSIZ) || !guest_get_long(addr + IFNAMSIZ, &data))
        return -EFAULT;
    req.ifr_data = out_bytes(data, GUEST_PAGE);
    return req.ifr_data ? host_syscall(SYS_ioctl, fd, r->host, &req) : -EFAULT;
}

/* struct rtentry points to the name of a device. */
static long route(const struct ioctl_row *r, int fd, uint64_t addr)
{
    struct k_rtentry k;

    if (!struct_from_guest(T_rtentry, &k, addr))
        return -EFAULT;
    if (k.rt_dev) {
        if (guest_strlen(k.rt_dev, IFNAMSIZ) < 0)
            return -EFAULT;
        k.rt_dev = (uint64_t)g2h(k.rt_dev);
    }
    return host_syscall(SYS_ioctl, fd, r->host, &k);
}

/* Bytes that have one layout; a size in the number is the least there must be. */
static long through_bytes(const struct ioctl_row *r, int fd, uint64_t addr)
{
    void *p = out_bytes(addr, MAX_(_IOC_SIZE(r->host), GUEST_PAGE));

    if (!p)
        p = out_bytes(addr, _IOC_SIZE(r->host));
    return p ? blocking(RESTARTS, SYS_ioctl, fd, r->host, p) : -EFAULT;
}

HANDLER(sys_ioctl)
{
    const struct ioctl_row *r = find(a[1].u);
    int fd = a[0].fd;
    uint64_t arg = a[2].addr;

    if (!r) {
        long flags = host_syscall(SYS_fcntl, fd, 1 /* F_GETFD */);

        if (flags < 0)
            return flags;
        log_print(LOG_unimp, "%d: ioctl %#x\n", t->tid, (unsigned)a[1].u);
        return -ENOTTY;
    }
    switch (r->does) {
    case DOES_NONE: case DOES_NUMBER:
        return blocking(RESTARTS, SYS_ioctl, fd, r->host, sx(arg, 8 * abi->long_size));
    case DOES_OPENFLAGS: return host_syscall(SYS_ioctl, fd, r->host, open_flags_in(arg));
    case DOES_SAME: return through_bytes(r, fd, arg);
    case DOES_IFCONF: return interfaces(fd, arg);
    case DOES_IFDATA: return interface_data(r, fd, arg);
    case DOES_ROUTE: return route(r, fd, arg);
    default: return through_struct(r, fd, arg);
    }
}

/*
 * process_facts.c: what a process may ask about itself, its limits and its
 * terminal.
 * flags: -lutil
 */
#include "linux-user/check.h"

#include <grp.h>
#include <linux/fs.h>
#include <net/if.h>
#include <poll.h>
#include <pty.h>
#include <sched.h>
#include <sys/file.h>
#include <sys/ioctl.h>
#include <sys/prctl.h>
#include <sys/resource.h>
#include <sys/sysinfo.h>
#include <sys/utsname.h>
#include <sys/xattr.h>
#include <termios.h>

#ifdef __aarch64__
#define MACHINE "aarch64"
#else
#define MACHINE "armv"
#endif

static void the_machine_is_arm(void)
{
    struct utsname u;
    struct sysinfo s;

    CHECK(uname(&u) == 0 && strncmp(u.machine, MACHINE, strlen(MACHINE)) == 0 && strcmp(u.sysname, "Linux") == 0);
    CHECK(sysinfo(&s) == 0 && s.totalram > 0 && s.freeram <= s.totalram && s.mem_unit >= 1 && s.procs > 0);
}

static void limits_belong_to_the_guest(void)
{
    struct rlimit r, old;
    struct rlimit64 r64;

    CHECK(getrlimit(RLIMIT_NOFILE, &old) == 0);
    r = old;
    r.rlim_cur = 64;
    CHECK(setrlimit(RLIMIT_NOFILE, &r) == 0 && getrlimit(RLIMIT_NOFILE, &r) == 0 && r.rlim_cur == 64);
    CHECK(prlimit64(0, RLIMIT_NOFILE, NULL, &r64) == 0 && r64.rlim_cur == 64);
    CHECK_ERRNO(dup2(0, 64), EBADF);
    CHECK(setrlimit(RLIMIT_NOFILE, &old) == 0);
    CHECK(getrlimit(RLIMIT_AS, &r) == 0 && r.rlim_cur == RLIM_INFINITY);
    r.rlim_cur = 64 << 20;
    CHECK(setrlimit(RLIMIT_AS, &r) == 0);
    CHECK(getrlimit(RLIMIT_AS, &r) == 0 && r.rlim_cur == 64 << 20);
    r.rlim_cur = RLIM_INFINITY;
    CHECK(setrlimit(RLIMIT_AS, &r) == 0);
    CHECK_ERRNO(getrlimit(99, &r), EINVAL);
}

static void ids_come_in_both_widths(void)
{
    uid_t r, e, s;
    unsigned short r16, e16, s16;
    gid_t groups[64];
    unsigned short groups16[64];
    int n = getgroups(64, groups);

    CHECK(getresuid(&r, &e, &s) == 0 && r == getuid() && e == geteuid());
    CHECK(syscall(SYS_getresuid, &r16, &e16, &s16) == 0 && r16 == r && e16 == e && s16 == s);
    CHECK(n >= 0 && syscall(SYS_getgroups, 64, groups16) == n);
    for (int i = 0; i < n; i++)
        CHECK(groups16[i] == groups[i]);
    CHECK((uid_t)syscall(SYS_getuid) == r);
}

static void prctl_names_and_options(void)
{
    char name[16];
    int sig = -1;

    CHECK(prctl(PR_SET_NAME, "a-longer-name-than-fits") == 0 && prctl(PR_GET_NAME, name) == 0 && strcmp(name, "a-longer-name-t") == 0);
    CHECK(prctl(PR_SET_PDEATHSIG, 10) == 0 && prctl(PR_GET_PDEATHSIG, &sig) == 0 && sig == 10);
    CHECK(prctl(PR_GET_DUMPABLE) >= 0);
    CHECK_ERRNO(prctl(0x7777), EINVAL);
}

static void affinity_masks_have_the_guests_width(void)
{
    cpu_set_t set;
    long n;

    CHECK(sched_getaffinity(0, sizeof set, &set) == 0 && CPU_COUNT(&set) > 0 && CPU_COUNT(&set) <= get_nprocs_conf());
    n = syscall(SYS_sched_getaffinity, 0, sizeof set, &set);
    CHECK(n > 0 && n % 4 == 0 && n <= (long)sizeof set);
    CHECK(sched_setaffinity(0, sizeof set, &set) == 0);
    CHECK_ERRNO(syscall(SYS_sched_getaffinity, 0, 3, &set), EINVAL);
}

static void terminals_are_terminals(void)
{
    int master, slave, n = -1;
    struct winsize w = {24, 80, 0, 0}, got;
    struct termios t;
    char buf[16];

    if (openpty(&master, &slave, NULL, NULL, &w)) {
        CHECK(errno == ENOENT);
        return;
    }
    CHECK(isatty(slave) && ioctl(slave, TIOCGWINSZ, &got) == 0 && got.ws_row == 24 && got.ws_col == 80);
    CHECK(tcgetattr(slave, &t) == 0 && (t.c_lflag & ECHO));
    cfmakeraw(&t);
    CHECK(tcsetattr(slave, TCSANOW, &t) == 0 && tcgetattr(slave, &t) == 0 && !(t.c_lflag & ECHO) && t.c_cc[VMIN] == 1);
    CHECK(write(master, "abc", 3) == 3);
    CHECK(poll(&(struct pollfd){slave, POLLIN, 0}, 1, 5000) == 1); /* a worker of the kernel hands it over */
    CHECK(ioctl(slave, FIONREAD, &n) == 0 && n == 3 && read(slave, buf, 16) == 3);
    n = 1;
    CHECK(ioctl(master, FIONBIO, &n) == 0);
    CHECK_ERRNO(read(master, buf, 16), EAGAIN);
    CHECK_ERRNO(ioctl(slave, 0xdead, &n), ENOTTY);
    CHECK_ERRNO(ioctl(-1, 0xdead, &n), EBADF);
    close(master), close(slave);
}

static void ioctls_of_files_and_interfaces(void)
{
    int s = socket(AF_INET, SOCK_DGRAM, 0), fd = open("/tmp", O_RDONLY | O_DIRECTORY), flags = 0;
    struct ifreq r = {0}, many[16];
    struct ifconf c = {.ifc_len = sizeof many, .ifc_req = many};

    strcpy(r.ifr_name, "lo");
    CHECK(ioctl(s, SIOCGIFFLAGS, &r) == 0 && (r.ifr_flags & IFF_LOOPBACK));
    CHECK(ioctl(s, SIOCGIFINDEX, &r) == 0 && r.ifr_ifindex > 0);
    CHECK(ioctl(s, SIOCGIFCONF, &c) == 0 && c.ifc_len % sizeof r == 0);
    CHECK(ioctl(fd, FS_IOC_GETFLAGS, &flags) == 0 || errno == ENOTTY || errno == EOPNOTSUPP);
    CHECK(ioctl(fd, FIOCLEX) == 0 && fcntl(fd, F_GETFD) == FD_CLOEXEC && ioctl(fd, FIONCLEX) == 0 && fcntl(fd, F_GETFD) == 0);
    close(s), close(fd);
}

static void nice_and_priority(void)
{
    int now = getpriority(PRIO_PROCESS, 0);

    CHECK(nice(1) == now + 1 || now == 19);
    CHECK(getpriority(PRIO_PROCESS, 0) >= now);
}

int main(void)
{
    the_machine_is_arm();
    limits_belong_to_the_guest();
    ids_come_in_both_widths();
    prctl_names_and_options();
    affinity_masks_have_the_guests_width();
    terminals_are_terminals();
    ioctls_of_files_and_interfaces();
    nice_and_priority();
    return failures;
}

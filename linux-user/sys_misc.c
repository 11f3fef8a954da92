/*
 * sys_misc.c: calls about the process and the machine that need more than a
 * row: names, ids, limits, affinity, prctl.
 */
#include "linux-user/syscall.h"

#include <linux/kcmp.h>
#include <linux/prctl.h>
#include <sched.h>
#include <stdlib.h>
#include <sys/personality.h>
#include <sys/prctl.h>
#include <sys/resource.h>
#include <sys/syscall.h>
#include <sys/sysinfo.h>
#include <sys/utsname.h>
#include <unistd.h>

/* ---------------------------------------------------------- the machine -- */

HANDLER(sys_uname)
{
    struct utsname u;
    long result = host_syscall(SYS_uname, &u);

    if (result)
        return result;
    strncpy(u.machine, abi->machine_of(t->cpu), sizeof u.machine - 1);
    if (options.uname)
        strncpy(u.release, options.uname, sizeof u.release - 1);
    return copy_to_guest(a[0].addr, &u, sizeof u) ? 0 : -EFAULT;
}

/* As the kernel does for 32-bit programs: sizes in units that make them fit. */
static void sysinfo_scale(struct k_sysinfo *k)
{
    uint64_t *const sizes[] = {&k->totalram, &k->freeram, &k->sharedram, &k->bufferram,
                               &k->totalswap, &k->freeswap, &k->totalhigh, &k->freehigh};
    unsigned shift = 0;

    while ((k->totalram | k->totalswap) >> shift >> 32 || (shift && (k->mem_unit << shift) < GUEST_PAGE))
        shift++;
    for (unsigned i = 0; i < ARRAY_SIZE(sizes); i++)
        *sizes[i] >>= shift;
    k->mem_unit <<= shift;
}

HANDLER(sys_sysinfo)
{
    struct sysinfo s;
    long result = host_syscall(SYS_sysinfo, &s);
    struct k_sysinfo k = {
        .uptime = s.uptime, .loads = {s.loads[0], s.loads[1], s.loads[2]}, .totalram = s.totalram, .freeram = s.freeram,
        .sharedram = s.sharedram, .bufferram = s.bufferram, .totalswap = s.totalswap, .freeswap = s.freeswap,
        .procs = s.procs, .totalhigh = s.totalhigh, .freehigh = s.freehigh, .mem_unit = s.mem_unit,
    };

    if (result)
        return result;
    if (abi->long_size == 4)
        sysinfo_scale(&k);
    return struct_to_guest(T_sysinfo, a[0].addr, &k) ? 0 : -EFAULT;
}

/* ------------------------------------------------------------------ ids -- */

#define GROUPS_MAX 65536 /* the kernel's NGROUPS_MAX */

/* The calls without a suffix pass ids of 16 bits on 32-bit ABIs, which have a second set of calls. */
static unsigned plain_id_size(void)
{
    return abi->long_size == 4 ? 2 : 4;
}

static long put_ids16(const union arg *addr, const unsigned *id)
{
    unsigned size = plain_id_size();

    for (unsigned i = 0; i < 3; i++)
        if (!guest_put(addr[i].addr, size, size == 2 && id[i] > 0xffff ? 65534 : id[i]))
            return -EFAULT;
    return 0;
}

HANDLER(sys_getresuid16)
{
    unsigned id[3];

    host_syscall(SYS_getresuid, &id[0], &id[1], &id[2]);
    return put_ids16(a, id);
}

HANDLER(sys_getresgid16)
{
    unsigned id[3];

    host_syscall(SYS_getresgid, &id[0], &id[1], &id[2]);
    return put_ids16(a, id);
}

static long get_groups(int room, uint64_t addr, unsigned size)
{
    unsigned ids[GROUPS_MAX];
    long n = room < 0 ? -EINVAL : host_syscall(SYS_getgroups, MIN_(room, GROUPS_MAX), ids);

    for (long i = 0; room && i < n; i++)
        if (!guest_put(addr + i * size, size, size == 2 && ids[i] > 0xffff ? 65534 : ids[i]))
            return -EFAULT;
    return n;
}

static long set_groups(int n, uint64_t addr, unsigned size)
{
    unsigned ids[GROUPS_MAX];

    if ((unsigned)n > GROUPS_MAX)
        return -EINVAL;
    for (int i = 0; i < n; i++) {
        uint64_t id;

        if (!guest_get(addr + i * size, size, &id))
            return -EFAULT;
        ids[i] = size == 2 && id == 0xffff ? ~0u : id;
    }
    return host_syscall(SYS_setgroups, n, ids);
}

HANDLER(sys_getgroups16) { return get_groups(a[0].n, a[1].addr, plain_id_size()); }
HANDLER(sys_getgroups) { return get_groups(a[0].n, a[1].addr, 4); }
HANDLER(sys_setgroups16) { return set_groups(a[0].n, a[1].addr, plain_id_size()); }
HANDLER(sys_setgroups) { return set_groups(a[0].n, a[1].addr, 4); }

/* --------------------------------------------------------------- limits -- */

/*
 * Limits on address space would fall on the translator's memory: these belong
 * to the guest alone and are kept here. 0 in `known`: still the host's.
 */
static struct guest_limit {
    bool known;
    struct k_rlimit64 limit;
} own_limits[RLIM_NLIMITS];

static bool limit_is_own(int which)
{
    return which == RLIMIT_AS || which == RLIMIT_DATA || which == RLIMIT_STACK || which == RLIMIT_MEMLOCK;
}

static long limit(pid_t pid, int which, const struct k_rlimit64 *set, struct k_rlimit64 *get)
{
    struct guest_limit *own;
    struct k_rlimit64 now;
    long result;

    if (!limit_is_own(which) || (pid && pid != getpid()))
        return host_syscall(SYS_prlimit64, pid, which, set, get);
    own = &own_limits[which];
    result = host_syscall(SYS_prlimit64, 0, which, 0, &now);
    if (result)
        return result;
    if (own->known)
        now = own->limit;
    if (set) {
        if (set->rlim_cur > set->rlim_max)
            return -EINVAL;
        if (set->rlim_max > now.rlim_max && geteuid() != 0)
            return -EPERM;
        own->limit = *set;
        own->known = true;
    }
    if (get)
        *get = now;
    return 0;
}

uint64_t guest_rlimit(int which)
{
    struct k_rlimit64 now;

    return limit(0, which, NULL, &now) ? RLIM_INFINITY : now.rlim_cur;
}

static const struct { int which; uint64_t least; } passed_on[] = {
    {RLIMIT_STACK, 256 << 10}, {RLIMIT_AS, 128 << 20}, {RLIMIT_DATA, 128 << 20},
};

/* Limits on memory that we were started under are the guest's: we lift them for ourselves as far as we may. */
void limits_at_start(void)
{
    for (unsigned i = 1; i < ARRAY_SIZE(passed_on); i++) {
        int which = passed_on[i].which;
        struct rlimit l;

        if (getrlimit(which, &l) || l.rlim_cur == RLIM_INFINITY)
            continue;
        own_limits[which] = (struct guest_limit){true, {l.rlim_cur, l.rlim_max}};
        if (setrlimit(which, &(struct rlimit){RLIM_INFINITY, RLIM_INFINITY})) {
            l.rlim_cur = l.rlim_max;
            setrlimit(which, &l);
        }
    }
}

/* The next program takes its limits from the host's. If it is one of ours it needs some room to start, and the
 * hard limit to lift the soft one. */
void limits_before_exec(void)
{
    for (unsigned i = 0; i < ARRAY_SIZE(passed_on); i++) {
        const struct guest_limit *own = &own_limits[passed_on[i].which];
        struct rlimit l;

        if (!own->known || getrlimit(passed_on[i].which, &l))
            continue;
        l.rlim_cur = MIN_(MAX_(own->limit.rlim_cur, passed_on[i].least), l.rlim_max);
        setrlimit(passed_on[i].which, &l);
    }
}

/* Infinity is all ones of a long. */
static uint64_t limit_in(uint64_t v)
{
    return abi->long_size == 4 && v == 0xffffffff ? RLIM_INFINITY : v;
}

static uint64_t limit_out(uint64_t v)
{
    return abi->long_size == 4 ? MIN_(v, 0xffffffff) : v;
}

HANDLER(sys_setrlimit)
{
    const struct k_rlimit *k = a[1].ptr;
    struct k_rlimit64 set;

    if (!k)
        return -EFAULT;
    set.rlim_cur = limit_in(k->rlim_cur);
    set.rlim_max = limit_in(k->rlim_max);
    return limit(0, a[0].n, &set, NULL);
}

HANDLER(sys_getrlimit)
{
    struct k_rlimit *k = a[1].ptr;
    struct k_rlimit64 get;
    long result = limit(0, a[0].n, NULL, &get);

    if (result)
        return result;
    if (!k)
        return -EFAULT;
    k->rlim_cur = limit_out(get.rlim_cur);
    k->rlim_max = limit_out(get.rlim_max);
    return 0;
}

HANDLER(sys_prlimit64) { return limit(a[0].n, a[1].n, a[2].ptr, a[3].ptr); }

/* ----------------------------------------------------------- scheduling -- */

HANDLER(sys_nice)
{
    int now = 20 - host_syscall(SYS_getpriority, PRIO_PROCESS, 0);
    int wanted = now + MIN_(MAX_((int)a[0].n, -40), 40);
    long result = host_syscall(SYS_setpriority, PRIO_PROCESS, 0, MIN_(MAX_(wanted, -20), 19));

    return result == -EACCES ? -EPERM : result;
}

#define CPU_BYTES 1024

/* Masks are arrays of guest longs; the host's long is longer. */
HANDLER(sys_sched_setaffinity)
{
    uint64_t mask[CPU_BYTES / 8] = {0};
    unsigned size = MIN_(a[1].u, CPU_BYTES) / abi->long_size * abi->long_size;
    long result;

    for (unsigned at = 0; at < size; at += abi->long_size) {
        uint64_t word;

        if (!guest_get_long(a[2].addr + at, &word))
            return -EFAULT;
        mask[at / 8] |= word << (at % 8 * 8);
    }
    result = host_syscall(SYS_sched_setaffinity, a[0].n, CPU_BYTES, mask);
    if (!result)
        rseq_affinity_changed(t, (pid_t)a[0].n);
    return result;
}

HANDLER(sys_sched_getaffinity)
{
    uint64_t mask[CPU_BYTES / 8] = {0};
    long size = a[1].u;
    long result;

    if (size % abi->long_size || sysconf(_SC_NPROCESSORS_CONF) > size * 8)
        return -EINVAL;
    result = host_syscall(SYS_sched_getaffinity, a[0].n, CPU_BYTES, mask);
    if (result < 0)
        return result;
    size = MIN_(size, result);
    for (long at = 0; at < size; at += abi->long_size)
        if (!guest_put_long(a[2].addr + at, mask[at / 8] >> (at % 8 * 8)))
            return -EFAULT;
    return size;
}

/* ---------------------------------------------------------- the process -- */

/* Kept for the guest to read back; address layout is the one thing the next program inherits from the host. */
HANDLER(sys_personality)
{
    uint64_t old = guest.personality;
    uint32_t wanted = a[0].u;

    if (wanted != 0xffffffff) {
        guest.personality = wanted;
        host_syscall(SYS_personality, wanted & ADDR_NO_RANDOMIZE);
    }
    return old;
}

/* The reserved window must not be locked into memory with the rest of us: we agree and do nothing. */
HANDLER(sys_mlockall) { return a[0].u & ~7u || !a[0].u ? -EINVAL : 0; }
HANDLER(sys_munlockall) { return 0; }

/* prctl commands whose second argument is a place for an int. */
static long prctl_get_int(int command, uint64_t addr)
{
    int value;
    long result = host_syscall(SYS_prctl, command, &value, 0, 0, 0);

    return result < 0 || guest_put(addr, 4, value) ? result : -EFAULT;
}

static long prctl_name(int command, uint64_t addr)
{
    char name[16] = {0};
    long result = 0;

    if (command == PR_GET_NAME) {
        result = host_syscall(SYS_prctl, PR_GET_NAME, name);
        return result < 0 || copy_to_guest(addr, name, sizeof name) ? result : -EFAULT;
    }
    for (unsigned i = 0; i < sizeof name - 1; i++) {
        uint64_t c;

        if (!guest_get(addr + i, 1, &c))
            return -EFAULT;
        if (!(name[i] = c))
            break;
    }
    return host_syscall(SYS_prctl, PR_SET_NAME, name);
}

HANDLER(sys_prctl)
{
    int command = a[0].n;
    long result;

    switch (command) {
    case PR_GET_PDEATHSIG: case PR_GET_CHILD_SUBREAPER: return prctl_get_int(command, a[1].addr);
    case PR_SET_NAME: case PR_GET_NAME: return prctl_name(command, a[1].addr);
    case PR_GET_TID_ADDRESS: return guest_put_long(a[1].addr, t->clear_child_tid) ? 0 : -EFAULT;
    case PR_SET_PDEATHSIG: case PR_GET_DUMPABLE: case PR_SET_DUMPABLE: case PR_GET_KEEPCAPS: case PR_SET_KEEPCAPS:
    case PR_GET_TIMING: case PR_SET_TIMING: case PR_CAPBSET_READ: case PR_CAPBSET_DROP:
    case PR_GET_SECUREBITS: case PR_SET_SECUREBITS: case PR_GET_TIMERSLACK: case PR_SET_TIMERSLACK:
    case PR_MCE_KILL: case PR_MCE_KILL_GET: case PR_SET_CHILD_SUBREAPER: case PR_SET_NO_NEW_PRIVS: case PR_GET_NO_NEW_PRIVS:
    case PR_GET_THP_DISABLE: case PR_SET_THP_DISABLE: case PR_CAP_AMBIENT: case PR_SET_PTRACER:
    case PR_GET_SPECULATION_CTRL: case PR_SET_SPECULATION_CTRL: case PR_SET_IO_FLUSHER: case PR_GET_IO_FLUSHER:
        return host_syscall(SYS_prctl, command, a[1].n, a[2].n, a[3].n, a[4].n);
    case PR_SET_VMA: /* names of mappings: nothing depends on them */
        return 0;
    case PR_GET_SECCOMP:
        return 0;
    case PR_SET_SECCOMP: /* a host filter would judge our system calls, not the guest's */
    default:
        if (abi->prctl && abi->prctl(t, command, (const uint64_t[]){a[1].u, a[2].u, a[3].u, a[4].u}, &result))
            return result;
        log_print(LOG_unimp, "%d: prctl %d\n", t->tid, command);
        return -EINVAL;
    }
}

/* One of the comparisons points to a struct, three 32-bit numbers everywhere. */
HANDLER(sys_kcmp)
{
    void *slot = in_bytes(a[4].addr, 12);

    if (a[2].n != KCMP_EPOLL_TFD)
        return host_syscall(SYS_kcmp, a[0].n, a[1].n, a[2].n, a[3].u, a[4].u);
    return slot ? host_syscall(SYS_kcmp, a[0].n, a[1].n, a[2].n, a[3].u, slot) : -EFAULT;
}

HANDLER(sys_pidfd_send_signal)
{
    char bytes[128];
    siginfo_t info;

    if (!a[2].addr)
        return host_syscall(SYS_pidfd_send_signal, a[0].fd, a[1].n, 0, a[3].u);
    if (!copy_from_guest(bytes, a[2].addr, sizeof bytes))
        return -EFAULT;
    siginfo_from_guest(&info, bytes);
    return host_syscall(SYS_pidfd_send_signal, a[0].fd, a[1].n, &info, a[3].u);
}

/*
 * syscall.c: from the guest's registers to a call of the host or of a handler,
 * and back. Everything here is the same for all calls: what differs stands in
 * syscalls.def, types.def and flags.def.
 *
 * Called by the cpu loop. Restarting is the business of signal.c, which gets
 * the ERESTART values unchanged.
 */
#include "linux-user/syscall.h"

#include <sys/mman.h>
#include <sys/socket.h>
#include <sys/syscall.h>
#include <sys/uio.h>

/* Newer than the headers we may be built with. */
#ifndef SYS_cachestat
#define SYS_cachestat 451
#define SYS_fchmodat2 452
#define SYS_statmount 457
#define SYS_listmount 458
#define SYS_lsm_get_self_attr 459
#define SYS_lsm_set_self_attr 460
#define SYS_lsm_list_modules 461
#endif

/* ----------------------------------------------------------- the tables -- */

enum row {
#define PLAIN(name, ...) ROW_##name,
#define HANDLED(name, ...) ROW_##name,
#define RAW(name, ...) ROW_##name,
#define OWN(name, ...) ROW_##name,
#define ABSENT(name, ...) ROW_##name,
#include "linux-user/syscalls.def"
#undef PLAIN
#undef HANDLED
#undef RAW
#undef OWN
#undef ABSENT
    ROW_COUNT
};

/* The words of the tables' columns. */
#define ARGS(...) {__VA_ARGS__}
#define NOTHING A_NOTHING
#define INT A_INT
#define UINT A_UINT
#define PID A_INT
#define LONG A_LONG
#define OFF A_LONG
#define ULONG A_ULONG
#define SIZE A_ULONG
#define HEX A_HEX
#define FD A_FD
#define DIRFD A_DIRFD
#define UID A_UINT
#define UID16 A_UID16
#define MODE A_MODE
#define DEV A_UINT
#define SIG A_SIG
#define ADDR A_ADDR
#define U64 A_U64
#define OFF64 A_U64
#define FLAGS(t) (A_FLAGS | FLAGS_##t << 8)
#define ENUM(t) (A_ENUM | FLAGS_##t << 8)
#define PATH A_PATH
#define NEWPATH A_NEWPATH
#define STR A_NEWPATH
#define STRS A_STRS
#define IN(t) (A_IN | (unsigned)T_##t << 8)
#define OUT(t) (A_OUT | (unsigned)T_##t << 8)
#define INOUT(t) (A_INOUT | (unsigned)T_##t << 8)
#define IN_BYTES(i) (A_IN_BYTES | (i) << 8 | 1u << 24)
#define IN_BYTES_OF(i, size) (A_IN_BYTES | (i) << 8 | (unsigned)(size) << 24)
#define OUT_BYTES(i) (A_OUT_BYTES | (i) << 8 | 1u << 24)
#define IN_RAW(n) (A_IN_RAW | (n) << 8)
#define OUT_RAW(n) (A_OUT_RAW | (n) << 8)

#define GIVES_ZERO ZERO
#define GIVES_INT INT_
#define GIVES_FD FD_
#define GIVES_SIZE SIZE_
#define GIVES_LONG LONG_
#define GIVES_OFF OFF_
#define GIVES_ADDR ADDR_
#define GIVES_UID16 UID16_
#define GIVES_NEVER NEVER

static const struct syscall_row rows[ROW_COUNT] = {
#define PLAIN(name, host, gives, takes, waits) {#name, takes, SYS_##host, HOW_PLAIN, GIVES_##gives, waits},
#define HANDLED(name, handler, gives, takes, waits) {#name, takes, 0, HOW_HANDLED, GIVES_##gives, waits},
#define RAW(name, handler, gives, takes) {#name, takes, 0, HOW_RAW, GIVES_##gives, 0},
#define OWN(name, gives, takes) {#name, takes, 0, HOW_OWN, GIVES_##gives, 0},
#define ABSENT(name, why) {#name, {A_HEX, A_HEX, A_HEX, A_HEX, A_HEX, A_HEX}, 0, HOW_ABSENT, ZERO, 0},
#include "linux-user/syscalls.def"
#undef PLAIN
#undef HANDLED
#undef RAW
#undef OWN
#undef ABSENT
};

/* Number -> row + 1. */
static const uint16_t arm_rows[] = {
#define NR(number, name) [number] = ROW_##name + 1,
#define PRIVATE(number, name)
#include "linux-user/nr/arm.tbl"
#undef PRIVATE
};
static const uint16_t aarch64_rows[] = {
#include "linux-user/nr/aarch64.tbl"
#undef NR
};
#define PRIVATE_BASE 0xf0000
static const uint16_t arm_private[] = {
#define NR(number, name)
#define PRIVATE(number, name) [number] = ROW_##name + 1,
#include "linux-user/nr/arm.tbl"
#undef NR
#undef PRIVATE
};

static const struct { const uint16_t *rows, *private; unsigned count, nprivate; } numbers[] = {
    [NUMBERS_arm] = {arm_rows, arm_private, ARRAY_SIZE(arm_rows), ARRAY_SIZE(arm_private)},
    [NUMBERS_aarch64] = {aarch64_rows, NULL, ARRAY_SIZE(aarch64_rows), 0},
};

static const struct syscall_row *row_of(unsigned nr)
{
    unsigned row = 0;

    if (nr < numbers[abi->numbers].count)
        row = numbers[abi->numbers].rows[nr];
    else if (nr - PRIVATE_BASE < numbers[abi->numbers].nprivate)
        row = numbers[abi->numbers].private[nr - PRIVATE_BASE];
    return row ? &rows[row - 1] : NULL;
}

static long call_handler(enum row row, struct guest_thread *t, const union arg *a)
{
    switch (row) {
#define PLAIN(...)
#define RAW(...)
#define OWN(...)
#define ABSENT(...)
#define HANDLED(name, handler, ...) case ROW_##name: return handler(t, a);
#include "linux-user/syscalls.def"
#undef HANDLED
#undef RAW
#undef OWN
    default: bug("no handler for %s", rows[row].name);
    }
}

static long call_raw(enum row row, struct guest_thread *t, const uint64_t *regs)
{
    switch (row) {
#define HANDLED(...)
#define OWN(...)
#define RAW(name, handler, ...) case ROW_##name: return handler(t, regs);
#include "linux-user/syscalls.def"
#undef PLAIN
#undef HANDLED
#undef RAW
#undef OWN
#undef ABSENT
    default: bug("no handler for %s", rows[row].name);
    }
}

static long call_own(const struct syscall_row *row, struct guest_thread *t, const uint64_t *regs)
{
    const struct own_syscall *own = abi->own_syscalls;

    while (own->name[0] && strcmp(own->name, row->name))
        own++;
    return own->call ? own->call(t, regs) : -ENOSYS;
}

static const char *why_absent(enum row row)
{
    switch (row) {
#define PLAIN(...)
#define HANDLED(...)
#define RAW(...)
#define OWN(...)
#define ABSENT(name, why) case ROW_##name: return why;
#include "linux-user/syscalls.def"
#undef PLAIN
#undef HANDLED
#undef RAW
#undef OWN
#undef ABSENT
    default: return NULL;
    }
}

/* --------------------------------------------------------- guest memory -- */

#define NOBODYS (abi->task_size) /* the last page below the kernel's half: never mapped */

const struct type_abi *guest_types(void)
{
    static struct type_abi types;

    if (!types.long_size)
        types = (struct type_abi){.long_size = abi->long_size, .align64 = 8, .big_endian = abi->big_endian};
    return &types;
}

bool struct_from_guest(enum type t, void *host, uint64_t addr)
{
    char bytes[TYPE_MAX_SIZE];
    unsigned size = type_size(guest_types(), t);

    bug_on(size > sizeof bytes);
    if (!copy_from_guest(bytes, addr, size))
        return false;
    type_in(guest_types(), t, host, bytes);
    return true;
}

bool struct_to_guest(enum type t, uint64_t addr, const void *host)
{
    char bytes[TYPE_MAX_SIZE];
    unsigned size = type_size(guest_types(), t);

    bug_on(size > sizeof bytes);
    type_out(guest_types(), t, bytes, host);
    return copy_to_guest(addr, bytes, size);
}

/*
 * Only the range is checked: what is not mapped for the guest is not for the
 * host's kernel either, and a call that touches less than it may must not fail.
 * Where we live in the same address space a range that does not begin with a page
 * of the guest's is exchanged for one in which the kernel faults.
 */
void *in_bytes(uint64_t addr, uint64_t len)
{
    if (!guest_is_windowed() && !guest_owns(addr))
        return (void *)NOBODYS;
    uint64_t at = addr & guest_address_mask;

    return at <= abi->task_size && len <= abi->task_size - at ? g2h(addr) : NULL;
}

void *out_bytes(uint64_t addr, uint64_t len)
{
    void *host = in_bytes(addr, len);

    /* Asked for what it does to translated pages; where the range ends in a hole, for the part before. */
    if (host != (void *)NOBODYS && host && !guest_access_ok(addr, len, PROT_WRITE))
        for (uint64_t page = addr; page < addr + len && guest_access_ok(page, 1, PROT_WRITE); page = align_down(page, GUEST_PAGE) + GUEST_PAGE)
            ;
    return host;
}

long iovec_in(struct iovec *to, uint64_t addr, unsigned long count, bool kernel_writes)
{
    if (count > GUEST_IOV_MAX)
        return -EINVAL;
    for (unsigned long i = 0; i < count; i++) {
        uint64_t base, len;

        if (!guest_get_long(addr + i * 2 * abi->long_size, &base) ||
            !guest_get_long(addr + (i * 2 + 1) * abi->long_size, &len))
            return -EFAULT;
        if (sx(len, 8 * abi->long_size) < 0)
            return -EINVAL;
        to[i].iov_len = len;
        to[i].iov_base = kernel_writes ? out_bytes(base, len) : in_bytes(base, len);
        if (!to[i].iov_base && len)
            return -EFAULT;
    }
    return count;
}

/* ---------------------------------------------------- one call, converted -- */

long interrupted(long result, unsigned how)
{
    /* Not begun: as if the signal had come before the call. */
    if (result == -ERESTARTSYS)
        return -ERESTARTNOINTR;
    if (result == -EINTR)
        return how & RESTARTS ? -ERESTARTSYS : how & SLEEPS ? -ERESTARTNOHAND : -EINTR;
    return result;
}

struct frame {
    union arg arg[6];
    uint64_t addr[6];   /* of pointers, as the guest passed them */
    _Alignas(16) char structs[6][TYPE_MAX_SIZE];
    unsigned npaths;
    char paths[2][4096];
};

/* A string the guest passed as path: below -L if it is there. The result is 0 or -errno. */
static long path_in(struct frame *f, union arg *to, uint64_t addr)
{
    long len;

    to->path = addr ? g2h(addr) : NULL;
    if (!addr)
        return 0;
    len = guest_strlen(addr, 4096);
    if (len < 0)
        return len;
    if (options.prefix && to->path[0] == '/' && f->npaths < ARRAY_SIZE(f->paths))
        to->path = guest_path(to->path, f->paths[f->npaths++]);
    return 0;
}

/* Bytes of the buffer that `arg` describes; its length stands in another argument's register. */
static uint64_t buffer_size(const struct syscall_row *row, uint32_t arg, const uint64_t *regs)
{
    unsigned at = 0;

    for (unsigned i = 0; i < ARG_PARAM(arg); i++)
        at = arg_register(row->takes[i], at) + arg_registers(row->takes[i]);
    at = arg_register(row->takes[ARG_PARAM(arg)], at);
    return regs[at] * ARG_SECOND(arg);
}

/* One argument from its register(s). 0 or -errno. */
static long arg_in(struct frame *f, const struct syscall_row *row, unsigned i, const uint64_t *regs, unsigned at)
{
    uint32_t takes = row->takes[i];
    union arg *to = &f->arg[i];
    uint64_t reg = regs[at];

    f->addr[i] = reg;
    switch (ARG_KIND(takes)) {
    case A_INT: case A_FD: case A_DIRFD: case A_SIG:
        to->n = (int32_t)reg;
        return 0;
    case A_UINT: case A_MODE: case A_ENUM:
        to->u = (uint32_t)reg;
        return 0;
    case A_LONG:
        to->n = sx(reg, 8 * abi->long_size);
        return 0;
    case A_UID16:
        to->u = abi->long_size == 8 ? (uint32_t)reg : (uint16_t)reg == 0xffff ? 0xffffffff : (uint16_t)reg;
        return 0;
    case A_U64:
        to->u = abi->long_size == 4 ? arg_pair(regs + at) : reg;
        return 0;
    case A_FLAGS:
        to->u = ARG_PARAM(takes) == FLAGS_open ? open_flags_in(reg) : (uint32_t)reg;
        return 0;
    case A_PATH:
        return path_in(f, to, reg);
    case A_NEWPATH:
        to->ptr = reg ? g2h(reg) : NULL;
        return 0;
    case A_IN: case A_INOUT:
        to->ptr = reg ? f->structs[i] : NULL;
        return !reg || struct_from_guest(ARG_PARAM(takes), to->ptr, reg) ? 0 : -EFAULT;
    case A_OUT:
        to->ptr = reg ? f->structs[i] : NULL;
        return 0;
    case A_IN_BYTES: case A_IN_RAW:
        to->ptr = !reg ? NULL : in_bytes(reg, ARG_KIND(takes) == A_IN_RAW ? ARG_PARAM(takes) : buffer_size(row, takes, regs));
        return to->ptr || !reg ? 0 : -EFAULT;
    case A_OUT_BYTES: case A_OUT_RAW:
        to->ptr = !reg ? NULL : out_bytes(reg, ARG_KIND(takes) == A_OUT_RAW ? ARG_PARAM(takes) : buffer_size(row, takes, regs));
        return to->ptr || !reg ? 0 : -EFAULT;
    default: /* A_ULONG A_HEX A_ADDR A_STRS */
        to->u = reg;
        return 0;
    }
}

static long args_in(struct frame *f, const struct syscall_row *row, const uint64_t *regs)
{
    unsigned at = 0;

    f->npaths = 0;
    memset(f->arg, 0, sizeof f->arg);
    for (unsigned i = 0; i < 6 && row->takes[i] != A_NOTHING; i++) {
        at = arg_register(row->takes[i], at);
        long error = arg_in(f, row, i, regs, at);
        if (error)
            return error;
        at += arg_registers(row->takes[i]);
    }
    return 0;
}

/* Structs that the call filled. An interrupted sleep still says what remains. */
static long args_out(struct frame *f, const struct syscall_row *row, long result)
{
    bool cut_short = result == -EINTR || result == -ERESTARTSYS || result == -ERESTARTNOHAND;

    for (unsigned i = 0; i < 6 && row->takes[i] != A_NOTHING; i++) {
        unsigned kind = ARG_KIND(row->takes[i]);

        if ((kind == A_INOUT && (result >= 0 || cut_short)) || (kind == A_OUT && result >= 0))
            if (f->arg[i].ptr && !struct_to_guest(ARG_PARAM(row->takes[i]), f->addr[i], f->structs[i]) && !cut_short)
                return -EFAULT;
    }
    return result;
}

static long call_plain(const struct syscall_row *row, const union arg *a)
{
    if (row->waits)
        return blocking(row->waits, row->host, a[0].n, a[1].n, a[2].n, a[3].n, a[4].n, a[5].n);
    return host_syscall(row->host, a[0].n, a[1].n, a[2].n, a[3].n, a[4].n, a[5].n);
}

/*
 * The kernel could not write where the guest may: another thread has just run
 * code from that page, and its translation protected the page again.
 */
static bool protected_meanwhile(const struct frame *f, const struct syscall_row *row, const uint64_t *regs)
{
    for (unsigned i = 0; i < 6; i++)
        if (ARG_KIND(row->takes[i]) == A_OUT_BYTES && f->addr[i])
            return guest_access_ok(f->addr[i], buffer_size(row, row->takes[i], regs), PROT_WRITE);
    return false;
}

/* With a time limit on its socket a call that a signal cut short is not restarted: signal(7). */
static bool socket_has_limit(int fd)
{
    static const int options[] = {SO_RCVTIMEO, SO_SNDTIMEO};

    for (unsigned i = 0; i < ARRAY_SIZE(options); i++) {
        struct k_timeval tv = {0};
        socklen_t size = sizeof tv;

        if (host_syscall(SYS_getsockopt, fd, SOL_SOCKET, options[i], &tv, &size) == 0 && (tv.tv_sec || tv.tv_usec))
            return true;
    }
    return false;
}

static long call_converted(struct guest_thread *t, const struct syscall_row *row, const uint64_t *regs)
{
    struct frame f;
    long result;

    if (row->takes[0] == A_NOTHING && row->how == HOW_PLAIN && (row->gives != UID16_ || abi->long_size == 8))
        return host_syscall(row->host); /* getppid and its like: nothing to convert, and often called */
    result = args_in(&f, row, regs);

    if (result)
        return result;
    result = row->how == HOW_PLAIN ? call_plain(row, f.arg) : call_handler(row - rows, t, f.arg);
    for (unsigned again = 0; result == -EFAULT && again < 4 && protected_meanwhile(&f, row, regs); again++)
        result = row->how == HOW_PLAIN ? call_plain(row, f.arg) : call_handler(row - rows, t, f.arg);
    if (result == -ERESTARTSYS && row->takes[0] == A_FD && socket_has_limit(f.arg[0].fd))
        result = -EINTR;
    result = args_out(&f, row, result);
    /* 16-bit calls cannot express larger ids: the kernel's overflowuid. */
    return row->gives == UID16_ && abi->long_size == 4 && result > 0xffff ? 65534 : result;
}

static long call_absent(struct guest_thread *t, const struct syscall_row *row)
{
    log_print(LOG_unimp, "%d: %s: %s\n", t->tid, row->name, why_absent(row - rows));
    return -ENOSYS;
}

static long call(struct guest_thread *t, const struct syscall_row *row, const uint64_t *regs)
{
    switch (row->how) {
    case HOW_RAW: return call_raw(row - rows, t, regs);
    case HOW_OWN: return call_own(row, t, regs);
    case HOW_ABSENT: return call_absent(t, row);
    default: return call_converted(t, row, regs);
    }
}

long guest_syscall(struct guest_thread *t, int nr, const uint64_t regs[7])
{
    const struct syscall_row *row = row_of(nr);
    long result;

    if (!row) {
        log_print(LOG_unimp, "%d: unknown system call %d\n", t->tid, nr);
        return -ENOSYS;
    }
    if (!log_on(LOG_strace))
        return call(t, row, regs);
    if (row->gives == NEVER)
        strace_call(t, row, regs, 0, false);
    result = call(t, row, regs);
    if (row->gives != NEVER)
        strace_call(t, row, regs, result, true);
    return result;
}

void syscalls_print(FILE *f)
{
    static const char *const how[] = {"plain", "handled", "handled", "handled", "absent"};

    for (unsigned nr = 0; nr < PRIVATE_BASE + numbers[abi->numbers].nprivate; nr++) {
        const struct syscall_row *row = row_of(nr);
        const char *why = row ? why_absent(row - rows) : NULL;

        if (row)
            fprintf(f, "%6u  %-28s %s%s%s\n", nr, row->name, how[row->how], why ? ": " : "", why ? why : "");
    }
}

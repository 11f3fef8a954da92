/*
 * syscall.h: what the handlers of system calls (sys_*.c) share with the
 * dispatch (syscall.c) and with each other.
 */
#ifndef LINUX_USER_SYSCALL_H
#define LINUX_USER_SYSCALL_H

#include "linux-user/linux-user.h"
#include "linux-user/types.h"

/*
 * A converted argument. Pointers are host pointers: to guest memory for buffers
 * and strings, to a host struct for IN/OUT/INOUT; NULL where the guest passed 0.
 */
union arg {
    int64_t n;
    uint64_t u, addr; /* addr: as the guest knows it */
    int fd;
    void *ptr;
    const char *path;
};

/* A signal came: what a call that waited gives back. RESTARTS, SLEEPS in syscalls.def. */
enum { RESTARTS = 1, SLEEPS = 2 };
long interrupted(long result, unsigned how);
/* safe_syscall with the result a guest's kernel would give when a signal came first. */
#define blocking(how, ...) interrupted(safe_syscall(__VA_ARGS__), how)

const struct type_abi *guest_types(void);

/* Read or write one struct at a guest address; false: EFAULT. */
bool struct_from_guest(enum type t, void *host, uint64_t addr);
bool struct_to_guest(enum type t, uint64_t addr, const void *host);

/* Before the host kernel writes len bytes at addr: NULL if they do not lie in the guest's window. */
void *out_bytes(uint64_t addr, uint64_t len);
void *in_bytes(uint64_t addr, uint64_t len);

/* O_* bits in the guest's numbering <-> the host's. */
unsigned open_flags_in(unsigned guest_flags);
unsigned open_flags_out(unsigned host_flags);

/* A guest's iovec array as the host needs it: at most UIO_MAXIOV; -errno or the count. */
#define GUEST_IOV_MAX 1024
struct iovec;
long iovec_in(struct iovec *to, uint64_t addr, unsigned long count, bool kernel_writes);

/*
 * sys_fs.c: directory positions. A 32-bit program cannot hold the 63-bit hashes
 * that ext4 calls positions: it gets cookies. Offsets that fit are their own.
 */
int64_t dir_cookie(int fd, int64_t offset);
int64_t dir_offset(int fd, int64_t cookie);
void dir_forget(int fd);

/* The guest's soft limit: those on memory are not applied to us. */
uint64_t guest_rlimit(int which);
void limits_at_start(void);
void limits_before_exec(void);

/* For main: -syscalls. */
void syscalls_print(FILE *f);

/* A row of syscalls.def as the dispatch and strace read it. */
enum how { HOW_PLAIN, HOW_HANDLED, HOW_RAW, HOW_OWN, HOW_ABSENT };
enum gives { ZERO, INT_, FD_, SIZE_, LONG_, OFF_, ADDR_, UID16_, NEVER };
struct syscall_row {
    char name[32];
    uint32_t takes[6];  /* kind | first parameter << 8 | second << 24 */
    uint16_t host;      /* number of the host's call */
    uint8_t how, gives, waits;
};
enum arg_kind {
    A_NOTHING, A_INT, A_UINT, A_LONG, A_ULONG, A_HEX, A_FD, A_DIRFD, A_UID16, A_MODE, A_SIG, A_ADDR, A_U64,
    A_FLAGS, A_ENUM, A_PATH, A_NEWPATH, A_STRS, A_IN, A_OUT, A_INOUT, A_IN_BYTES, A_OUT_BYTES, A_IN_RAW, A_OUT_RAW,
};
#define ARG_KIND(arg) ((arg) & 0xff)
#define ARG_PARAM(arg) ((arg) >> 8 & 0xffff)
#define ARG_SECOND(arg) ((arg) >> 24)
/* Register in which argument `arg` begins, if the one before ended at r: 64-bit ones take an even pair. */
static inline unsigned arg_register(uint32_t arg, unsigned r)
{
    return ARG_KIND(arg) == A_U64 && abi->long_size == 4 ? (r + 1) & ~1u : r;
}
static inline unsigned arg_registers(uint32_t arg) { return ARG_KIND(arg) == A_U64 && abi->long_size == 4 ? 2 : 1; }
static inline uint64_t arg_pair(const uint64_t *regs)
{
    return abi->big_endian ? regs[0] << 32 | (uint32_t)regs[1] : regs[1] << 32 | (uint32_t)regs[0];
}

/* strace.c: one line to -d strace. done: the result is known. */
void strace_call(struct guest_thread *t, const struct syscall_row *row, const uint64_t *regs, long result, bool done);

/* flags.def */
enum flag_table {
#define TABLE(name) FLAGS_##name,
#define FLAG(...)
#define VALUE(...)
#define ARM(...)
#define END
#include "linux-user/flags.def"
#undef TABLE
#undef FLAG
#undef VALUE
#undef ARM
#undef END
};
void flags_print(FILE *f, enum flag_table table, uint64_t guest_value);

#define HANDLER(name) long name(struct guest_thread *t, const union arg *a)

/* The handlers, declared by their rows. */
#define PLAIN(...)
#define RAW(...)
#define OWN(...)
#define ABSENT(...)
#define HANDLED(name, handler, ...) long handler(struct guest_thread *t, const union arg *a);
#include "linux-user/syscalls.def"
#undef PLAIN
#undef RAW
#undef OWN
#undef ABSENT
#undef HANDLED

#endif

/*
 * sys_file.c: system calls on open files that need more than a row: opening
 * (the guest must see itself under /proc), vectors, positions, locks.
 */
#include "linux-user/syscall.h"

#include <fcntl.h>
#include <linux/openat2.h>
#include <sys/syscall.h>
#include <sys/uio.h>
#include <unistd.h>

/* A few files under /proc describe the process: the guest must find itself there, not us. */
static long open_file(int dirfd, const char *path, int flags, int mode)
{
    long result;

    if (path && proc_open(dirfd, path, flags, mode, &result))
        return result;
    return blocking(RESTARTS, SYS_openat, dirfd, path, flags, mode);
}

HANDLER(sys_open) { return open_file(AT_FDCWD, a[0].path, a[1].n, a[2].n); }
HANDLER(sys_creat) { return open_file(AT_FDCWD, a[0].path, O_CREAT | O_WRONLY | O_TRUNC, a[1].n); }
HANDLER(sys_openat) { return open_file(a[0].fd, a[1].path, a[2].n, a[3].n); }

/* struct open_how: 64-bit fields everywhere; only its flags are numbered by the ABI. */
HANDLER(sys_openat2)
{
    struct open_how how = {0};
    uint64_t word[3];
    long result;

    if (a[3].u < sizeof how)
        return -EINVAL;
    if (!copy_from_guest(word, a[2].addr, sizeof word))
        return -EFAULT;
    for (uint64_t i = sizeof how; i < a[3].u; i++) {
        uint64_t byte;

        if (!guest_get(a[2].addr + i, 1, &byte))
            return -EFAULT;
        if (byte)
            return -E2BIG;
    }
    how.flags = open_flags_in(order64(word[0]));
    how.mode = order64(word[1]);
    how.resolve = order64(word[2]);
    if (!how.resolve && a[1].path && proc_open(a[0].fd, a[1].path, how.flags, how.mode, &result))
        return result;
    return blocking(RESTARTS, SYS_openat2, a[0].fd, a[1].path, &how, sizeof how);
}

HANDLER(sys_close)
{
    dir_forget(a[0].fd);
    return host_syscall(SYS_close, a[0].fd);
}

static long copy_link(uint64_t size, void *to, const char *link, long result)
{
    if (result < 0)
        return result;
    result = MIN_((uint64_t)result, size);
    return copy_to_guest(h2g(to), link, result) ? result : -EFAULT;
}

static long read_link(int dirfd, const char *path, void *to, int64_t size)
{
    char link[4096];
    long result;

    if ((int)size <= 0)
        return -EINVAL;
    if (path && to && proc_readlink(dirfd, path, link, sizeof link, &result))
        return copy_link((int)size, to, link, result);
    return host_syscall(SYS_readlinkat, dirfd, path, to, (int)size);
}

HANDLER(sys_readlink) { return read_link(AT_FDCWD, a[0].path, a[1].ptr, a[2].n); }
HANDLER(sys_readlinkat) { return read_link(a[0].fd, a[1].path, a[2].ptr, a[3].n); }

/* -------------------------------------------------------------- vectors -- */

static long vector_call(long nr, const union arg *a, bool kernel_writes, uint64_t offset, long flags)
{
    struct iovec iov[GUEST_IOV_MAX];
    long count = iovec_in(iov, a[1].addr, a[2].u, kernel_writes);

    if (count < 0)
        return count;
    return blocking(RESTARTS, nr, a[0].fd, iov, count, offset, 0, flags);
}

/* The offset comes in two longs, low first, whatever the byte order; the host wants it in one. */
static uint64_t offset_of(const union arg *low)
{
    return abi->long_size == 8 ? low[0].u : low[1].u << 32 | (uint32_t)low[0].u;
}

HANDLER(sys_readv) { return vector_call(SYS_readv, a, true, 0, 0); }
HANDLER(sys_writev) { return vector_call(SYS_writev, a, false, 0, 0); }
HANDLER(sys_preadv) { return vector_call(SYS_preadv, a, true, offset_of(a + 3), 0); }
HANDLER(sys_pwritev) { return vector_call(SYS_pwritev, a, false, offset_of(a + 3), 0); }
HANDLER(sys_preadv2) { return vector_call(SYS_preadv2, a, true, offset_of(a + 3), a[5].n); }
HANDLER(sys_pwritev2) { return vector_call(SYS_pwritev2, a, false, offset_of(a + 3), a[5].n); }

HANDLER(sys_vmsplice)
{
    struct iovec iov[GUEST_IOV_MAX];
    long count = iovec_in(iov, a[1].addr, a[2].u, true);

    if (count < 0)
        return count;
    return blocking(RESTARTS, SYS_vmsplice, a[0].fd, iov, count, a[3].u);
}

/* The remote side is in the other process's addresses: a guest's, of our own base if it is us. */
static long process_vm(long nr, const union arg *a, bool reads)
{
    struct iovec local[GUEST_IOV_MAX], remote[GUEST_IOV_MAX];
    long nlocal = iovec_in(local, a[1].addr, a[2].u, reads), nremote;

    if (nlocal < 0)
        return nlocal;
    nremote = iovec_in(remote, a[3].addr, a[4].u, !reads);
    if (nremote < 0)
        return nremote;
    return host_syscall(nr, a[0].n, local, nlocal, remote, nremote, a[5].u);
}

HANDLER(sys_process_vm_readv) { return process_vm(SYS_process_vm_readv, a, true); }
HANDLER(sys_process_vm_writev) { return process_vm(SYS_process_vm_writev, a, false); }

/* ------------------------------------------------------------ positions -- */

/* Positions in directories are cookies of ours where the host's do not fit. */
static long seek(int fd, int64_t offset, int whence)
{
    if (whence == SEEK_SET)
        offset = dir_offset(fd, offset);
    long result = host_syscall(SYS_lseek, fd, offset, whence);

    return result > 0 ? dir_cookie(fd, result) : result;
}

HANDLER(sys_lseek)
{
    long result = seek(a[0].fd, a[1].n, a[2].n);

    return result >= 0 && abi->long_size == 4 && result > INT32_MAX ? -EOVERFLOW : result;
}

HANDLER(sys__llseek)
{
    long result = seek(a[0].fd, a[1].u << 32 | (uint32_t)a[2].u, a[4].n);

    if (result < 0)
        return result;
    return guest_put(a[3].addr, 8, result) ? 0 : -EFAULT;
}

/* 64-bit arguments in aligned pairs put the advice before them. */
HANDLER(sys_fadvise64_64) { return host_syscall(SYS_fadvise64, a[0].fd, a[2].n, a[3].n, a[1].n); }
HANDLER(sys_sync_file_range2) { return host_syscall(SYS_sync_file_range, a[0].fd, a[2].n, a[3].n, a[1].n); }

/* ---------------------------------------------------------------- fcntl -- */

enum {
    K_F_GETLK = 5, K_F_SETLK, K_F_SETLKW, /* the numbers of all 64-bit and the old ones of 32-bit ABIs */
    K_F_GETLK64 = 12, K_F_SETLK64, K_F_SETLKW64,
    K_F_GETOWNER_UIDS = 17,
};

static long lock_call(int fd, int cmd, void *lock)
{
    bool waits = cmd == K_F_SETLKW || cmd == F_OFD_SETLKW;

    return waits ? blocking(RESTARTS, SYS_fcntl, fd, cmd, lock) : host_syscall(SYS_fcntl, fd, cmd, lock);
}

/* struct flock with offsets of the ABI's long. */
static long fcntl_lock(int fd, int cmd, uint64_t addr)
{
    struct k_flock lock;
    int64_t most = abi->long_size == 4 ? INT32_MAX : INT64_MAX;
    long result;

    if (!struct_from_guest(T_flock, &lock, addr))
        return -EFAULT;
    result = lock_call(fd, cmd, &lock);
    if (result || cmd != K_F_GETLK)
        return result;
    if (lock.l_start > most || (lock.l_len > most && lock.l_type != F_UNLCK))
        return -EOVERFLOW;
    return struct_to_guest(T_flock, addr, &lock) ? 0 : -EFAULT;
}

static long fcntl_lock64(int fd, int cmd, uint64_t addr)
{
    struct k_flock64 lock;
    long result;

    if (!struct_from_guest(T_flock64, &lock, addr))
        return -EFAULT;
    result = lock_call(fd, cmd, &lock);
    if (result || (cmd != K_F_GETLK && cmd != F_OFD_GETLK))
        return result;
    return struct_to_guest(T_flock64, addr, &lock) ? 0 : -EFAULT;
}

/* Commands whose argument is a struct or an array to be converted both ways. */
static long fcntl_struct(int fd, int cmd, enum type type, uint64_t addr)
{
    _Alignas(8) char host[TYPE_MAX_SIZE];
    long result;

    if (!struct_from_guest(type, host, addr))
        return -EFAULT;
    result = host_syscall(SYS_fcntl, fd, cmd, host);
    return result < 0 || struct_to_guest(type, addr, host) ? result : -EFAULT;
}

HANDLER(sys_fcntl)
{
    int fd = a[0].fd, cmd = a[1].n;
    long result;

    switch (cmd) {
    case F_GETFL:
        result = host_syscall(SYS_fcntl, fd, cmd);
        return result < 0 ? result : open_flags_out(result);
    case F_SETFL: return host_syscall(SYS_fcntl, fd, cmd, open_flags_in(a[2].u));
    case K_F_GETLK: case K_F_SETLK: case K_F_SETLKW: return fcntl_lock(fd, cmd, a[2].addr);
    case K_F_GETLK64: case K_F_SETLK64: case K_F_SETLKW64: return fcntl_lock64(fd, cmd - K_F_GETLK64 + K_F_GETLK, a[2].addr);
    case F_OFD_GETLK: case F_OFD_SETLK: case F_OFD_SETLKW: return fcntl_lock64(fd, cmd, a[2].addr);
    case F_GETOWN_EX: case F_SETOWN_EX: return fcntl_struct(fd, cmd, T_f_owner_ex, a[2].addr);
    case K_F_GETOWNER_UIDS: return fcntl_struct(fd, cmd, T_int_pair, a[2].addr);
    case F_GET_RW_HINT: case F_SET_RW_HINT: case F_GET_FILE_RW_HINT: case F_SET_FILE_RW_HINT:
        return fcntl_struct(fd, cmd, T_u64, a[2].addr);
    case F_SETLEASE: return host_syscall(SYS_fcntl, fd, cmd, (int)a[2].n);
    case F_SETOWN: return host_syscall(SYS_fcntl, fd, cmd, (int)a[2].n);
    case F_DUPFD: case F_DUPFD_CLOEXEC: case F_GETFD: case F_SETFD: case F_GETOWN: case F_SETSIG: case F_GETSIG:
    case F_GETLEASE: case F_NOTIFY: case F_SETPIPE_SZ: case F_GETPIPE_SZ: case F_ADD_SEALS: case F_GET_SEALS:
        return host_syscall(SYS_fcntl, fd, cmd, a[2].u);
    default:
        log_print(LOG_unimp, "%d: fcntl %d\n", t->tid, cmd);
        return -EINVAL;
    }
}

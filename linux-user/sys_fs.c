/*
 * sys_fs.c: what files are and what directories hold: stat and statfs in the
 * guest's layouts, and directory reading that 32-bit programs survive.
 */
#include "linux-user/syscall.h"

#include <dirent.h>
#include <fcntl.h>
#include <stdlib.h>
#include <sys/stat.h>
#include <sys/statfs.h>
#include <sys/syscall.h>
#include <unistd.h>

/*
 * A 32-bit kernel has 32-bit inode numbers; the host may have larger ones, and
 * C libraries answer EOVERFLOW to those. Fold them, everywhere alike, so that
 * readdir and stat still agree.
 */
static uint64_t fold_ino(uint64_t ino)
{
    return abi->long_size == 4 ? (uint32_t)ino ^ ino >> 32 : ino;
}

/* ----------------------------------------------------------------- stat -- */

/* /proc/self/exe must lead to the guest's program also for calls that follow it. */
static const char *follow(int dirfd, const char *path, int flags, char *buf, size_t size)
{
    size_t len = path ? strlen(path) : 0;
    long result;

    if (flags & AT_SYMLINK_NOFOLLOW || len < 4 || strcmp(path + len - 4, "/exe") != 0)
        return path;
    if (!proc_readlink(dirfd, path, buf, size - 1, &result) || result < 0)
        return path;
    buf[result] = 0;
    return buf;
}

static long host_stat(int dirfd, const char *path, int flags, struct stat *st)
{
    char exe[4096];

    return host_syscall(SYS_newfstatat, dirfd, follow(dirfd, path, flags, exe, sizeof exe), st, flags);
}

/* Of ABIs that follow the kernel's asm-generic/stat.h. */
static long stat_generic_out(uint64_t addr, const struct stat *st)
{
    struct k_stat_generic k = {
        .st_dev = st->st_dev, .st_ino = st->st_ino, .st_mode = st->st_mode, .st_nlink = (uint32_t)st->st_nlink,
        .st_uid = st->st_uid, .st_gid = st->st_gid, .st_rdev = st->st_rdev,
        .st_size = st->st_size, .st_blksize = (int)st->st_blksize, .st_blocks = st->st_blocks,
        .st_atime_sec = st->st_atim.tv_sec, .st_atime_nsec = st->st_atim.tv_nsec,
        .st_mtime_sec = st->st_mtim.tv_sec, .st_mtime_nsec = st->st_mtim.tv_nsec,
        .st_ctime_sec = st->st_ctim.tv_sec, .st_ctime_nsec = st->st_ctim.tv_nsec,
    };

    return struct_to_guest(T_stat_generic, addr, &k) ? 0 : -EFAULT;
}

static long stat_out(uint64_t addr, const struct stat *st)
{
    struct k_stat k = {
        .st_dev = st->st_dev, .st_ino = fold_ino(st->st_ino), .st_mode = st->st_mode, .st_nlink = st->st_nlink,
        .st_uid = st->st_uid > 0xffff ? 65534 : st->st_uid, .st_gid = st->st_gid > 0xffff ? 65534 : st->st_gid,
        .st_rdev = st->st_rdev, .st_size = st->st_size, .st_blksize = st->st_blksize, .st_blocks = st->st_blocks,
        .st_atime_sec = st->st_atim.tv_sec, .st_atime_nsec = st->st_atim.tv_nsec,
        .st_mtime_sec = st->st_mtim.tv_sec, .st_mtime_nsec = st->st_mtim.tv_nsec,
        .st_ctime_sec = st->st_ctim.tv_sec, .st_ctime_nsec = st->st_ctim.tv_nsec,
    };

    if (abi->long_size == 8)
        return stat_generic_out(addr, st);
    if (st->st_size > INT32_MAX)
        return -EOVERFLOW;
    return struct_to_guest(T_stat, addr, &k) ? 0 : -EFAULT;
}

static long stat64_out(uint64_t addr, const struct stat *st)
{
    struct k_stat64 k = {
        .st_dev = st->st_dev, .st_ino32 = (uint32_t)fold_ino(st->st_ino), .st_ino = fold_ino(st->st_ino),
        .st_mode = st->st_mode, .st_nlink = st->st_nlink, .st_uid = st->st_uid, .st_gid = st->st_gid,
        .st_rdev = st->st_rdev, .st_size = st->st_size, .st_blksize = st->st_blksize, .st_blocks = st->st_blocks,
        .st_atime_sec = st->st_atim.tv_sec, .st_atime_nsec = st->st_atim.tv_nsec,
        .st_mtime_sec = st->st_mtim.tv_sec, .st_mtime_nsec = st->st_mtim.tv_nsec,
        .st_ctime_sec = st->st_ctim.tv_sec, .st_ctime_nsec = st->st_ctim.tv_nsec,
    };

    return struct_to_guest(T_stat64, addr, &k) ? 0 : -EFAULT;
}

static long stat_path(int dirfd, const char *path, int flags, uint64_t to, long (*out)(uint64_t, const struct stat *))
{
    struct stat st;
    long result = host_stat(dirfd, path, flags, &st);

    return result ? result : out(to, &st);
}

static long stat_fd(int fd, uint64_t to, long (*out)(uint64_t, const struct stat *))
{
    struct stat st;
    long result = host_syscall(SYS_fstat, fd, &st);

    return result ? result : out(to, &st);
}

HANDLER(sys_stat) { return stat_path(AT_FDCWD, a[0].path, 0, a[1].addr, stat_out); }
HANDLER(sys_lstat) { return stat_path(AT_FDCWD, a[0].path, AT_SYMLINK_NOFOLLOW, a[1].addr, stat_out); }
HANDLER(sys_fstat) { return stat_fd(a[0].fd, a[1].addr, stat_out); }
HANDLER(sys_stat64) { return stat_path(AT_FDCWD, a[0].path, 0, a[1].addr, stat64_out); }
HANDLER(sys_lstat64) { return stat_path(AT_FDCWD, a[0].path, AT_SYMLINK_NOFOLLOW, a[1].addr, stat64_out); }
HANDLER(sys_fstat64) { return stat_fd(a[0].fd, a[1].addr, stat64_out); }
HANDLER(sys_newfstatat) { return stat_path(a[0].fd, a[1].path, a[3].n, a[2].addr, stat_out); }
HANDLER(sys_fstatat64) { return stat_path(a[0].fd, a[1].path, a[3].n, a[2].addr, stat64_out); }

/* All of struct statx is the same everywhere but for the order of bytes. */
HANDLER(sys_statx)
{
    char exe[4096];
    struct statx st;
    long result = host_syscall(SYS_statx, a[0].fd, follow(a[0].fd, a[1].path, a[2].n, exe, sizeof exe), a[2].n, a[3].u, &st);

    if (result)
        return result;
    st.stx_ino = fold_ino(st.stx_ino);
    bug_on(abi->big_endian); /* needs a row in types.def, with the first big-endian guest */
    return copy_to_guest(h2g(a[4].ptr), &st, sizeof st) ? 0 : -EFAULT;
}

/* --------------------------------------------------------------- statfs -- */

static long statfs_out(uint64_t addr, const struct statfs *st)
{
    struct k_statfs k = {
        .f_type = st->f_type, .f_bsize = st->f_bsize, .f_blocks = st->f_blocks, .f_bfree = st->f_bfree,
        .f_bavail = st->f_bavail, .f_files = st->f_files, .f_ffree = st->f_ffree,
        .f_fsid = {st->f_fsid.__val[0], st->f_fsid.__val[1]},
        .f_namelen = st->f_namelen, .f_frsize = st->f_frsize, .f_flags = st->f_flags,
    };

    if (abi->long_size == 4 && ((k.f_blocks | k.f_bfree | k.f_bavail | k.f_bsize | k.f_frsize) >> 32 ||
        (k.f_files + 1 && k.f_files >> 32) || (k.f_ffree + 1 && k.f_ffree >> 32)))
        return -EOVERFLOW;
    return struct_to_guest(T_statfs, addr, &k) ? 0 : -EFAULT;
}

/* ARM's struct is packed to 84 bytes; programs built otherwise pass 88. */
static long statfs64_out(uint64_t addr, uint64_t size, const struct statfs *st)
{
    struct k_statfs64 k = {
        .f_type = st->f_type, .f_bsize = st->f_bsize, .f_blocks = st->f_blocks, .f_bfree = st->f_bfree,
        .f_bavail = st->f_bavail, .f_files = st->f_files, .f_ffree = st->f_ffree,
        .f_fsid = {st->f_fsid.__val[0], st->f_fsid.__val[1]},
        .f_namelen = st->f_namelen, .f_frsize = st->f_frsize, .f_flags = st->f_flags,
    };
    char bytes[TYPE_MAX_SIZE];
    unsigned whole = type_size(guest_types(), T_statfs64);
    unsigned packed = abi->long_size == 4 ? whole - 4 : whole;

    if (size != whole && size != packed)
        return -EINVAL;
    type_out(guest_types(), T_statfs64, bytes, &k);
    return copy_to_guest(addr, bytes, packed) ? 0 : -EFAULT;
}

HANDLER(sys_statfs)
{
    struct statfs st;
    long result = host_syscall(SYS_statfs, a[0].path, &st);

    return result ? result : statfs_out(a[1].addr, &st);
}

HANDLER(sys_fstatfs)
{
    struct statfs st;
    long result = host_syscall(SYS_fstatfs, a[0].fd, &st);

    return result ? result : statfs_out(a[1].addr, &st);
}

HANDLER(sys_statfs64)
{
    struct statfs st;
    long result = host_syscall(SYS_statfs, a[0].path, &st);

    return result ? result : statfs64_out(a[2].addr, a[1].u, &st);
}

HANDLER(sys_fstatfs64)
{
    struct statfs st;
    long result = host_syscall(SYS_fstatfs, a[0].fd, &st);

    return result ? result : statfs64_out(a[2].addr, a[1].u, &st);
}

/* ---------------------------------------------------- directory cookies -- */

/*
 * Offsets that a fd's directory gave out, oldest first. Cookie n stands for
 * offset[n - COOKIE_BASE]. They die when the directory is read from its start
 * again, which is when POSIX lets them; so a descriptor that was closed behind
 * our back and opened anew begins afresh.
 */
#define COOKIE_BASE 0x40000000
#define DIR_FDS 65536

struct dir {
    uint64_t *offset;
    unsigned count, room;
};

static struct dir **dirs; /* by fd, made at the first need */
static pthread_mutex_t dirs_lock = PTHREAD_MUTEX_INITIALIZER;

static bool fits(int64_t offset)
{
    return abi->long_size == 8 || (offset >= 0 && offset < COOKIE_BASE);
}

static struct dir *dir_of(int fd, bool make)
{
    if (fd < 0 || fd >= DIR_FDS || (!dirs && !make))
        return NULL;
    if (!dirs)
        dirs = calloc(DIR_FDS, sizeof *dirs);
    if (dirs && !dirs[fd] && make)
        dirs[fd] = calloc(1, sizeof **dirs);
    return dirs ? dirs[fd] : NULL;
}

static int64_t cookie_new(struct dir *d, int64_t offset)
{
    /* The same position is asked for again and again: by lseek, by the next getdents. */
    if (d->count && d->offset[d->count - 1] == (uint64_t)offset)
        return COOKIE_BASE + d->count - 1;
    if (d->count == d->room) {
        unsigned room = d->room ? 2 * d->room : 256;
        uint64_t *more = realloc(d->offset, room * sizeof *more);

        if (!more)
            return INT32_MAX;
        d->offset = more;
        d->room = room;
    }
    d->offset[d->count] = offset;
    return COOKIE_BASE + d->count++;
}

/* Only directories have positions that do not fit without being sizes: files keep theirs. */
static bool is_dir(int fd)
{
    struct stat st;

    return host_syscall(SYS_fstat, fd, &st) == 0 && S_ISDIR(st.st_mode);
}

int64_t dir_cookie(int fd, int64_t offset)
{
    int64_t cookie = offset;
    struct dir *d;

    if (fits(offset) || !is_dir(fd))
        return offset;
    pthread_mutex_lock(&dirs_lock);
    d = dir_of(fd, true);
    if (d)
        cookie = cookie_new(d, offset);
    pthread_mutex_unlock(&dirs_lock);
    return cookie;
}

int64_t dir_offset(int fd, int64_t cookie)
{
    struct dir *d;

    if (abi->long_size == 8 || !dirs || cookie < COOKIE_BASE || cookie > INT32_MAX)
        return cookie;
    pthread_mutex_lock(&dirs_lock);
    d = dir_of(fd, false);
    if (d && cookie - COOKIE_BASE < d->count)
        cookie = d->offset[cookie - COOKIE_BASE];
    pthread_mutex_unlock(&dirs_lock);
    return cookie;
}

void dir_forget(int fd)
{
    if (!dirs || fd < 0 || fd >= DIR_FDS || !dirs[fd])
        return;
    pthread_mutex_lock(&dirs_lock);
    if (dirs[fd]) {
        free(dirs[fd]->offset);
        free(dirs[fd]);
        dirs[fd] = NULL;
    }
    pthread_mutex_unlock(&dirs_lock);
}

void syscalls_before_fork(void) { pthread_mutex_lock(&dirs_lock); }
void syscalls_after_fork(void) { pthread_mutex_unlock(&dirs_lock); }

/* ------------------------------------------------------------- getdents -- */

struct host_dirent {
    uint64_t d_ino;
    int64_t d_off;
    uint16_t d_reclen;
    uint8_t d_type;
    char d_name[];
};

#define DIR_BUFFER 32768u

/* Entries from the host, their offsets replaced by what the guest can hold. */
static long read_entries(int fd, char *buf, uint64_t count)
{
    struct dir *d;
    long n;

    if (dirs && fd >= 0 && fd < DIR_FDS && dirs[fd] && host_syscall(SYS_lseek, fd, 0, SEEK_CUR) == 0)
        dir_forget(fd);
    n = host_syscall(SYS_getdents64, fd, buf, MIN_(count, DIR_BUFFER));
    if (n <= 0)
        return n;
    pthread_mutex_lock(&dirs_lock);
    for (long at = 0; at < n;) {
        struct host_dirent *e = (struct host_dirent *)(buf + at);

        e->d_ino = fold_ino(e->d_ino);
        if (!fits(e->d_off) && (d = dir_of(fd, true)))
            e->d_off = cookie_new(d, e->d_off);
        at += e->d_reclen;
    }
    pthread_mutex_unlock(&dirs_lock);
    return n;
}

HANDLER(sys_getdents64)
{
    char buf[DIR_BUFFER] __attribute__((aligned(8)));
    long n = read_entries(a[0].fd, buf, a[2].u);

    if (n <= 0)
        return n;
    for (long at = 0; abi->big_endian && at < n;) {
        struct host_dirent *e = (struct host_dirent *)(buf + at);

        at += e->d_reclen;
        e->d_ino = order64(e->d_ino);
        e->d_off = order64(e->d_off);
        e->d_reclen = order16(e->d_reclen);
    }
    return copy_to_guest(a[1].addr, buf, n) ? n : -EFAULT;
}

/*
 * struct linux_dirent: long d_ino, long d_off, u16 d_reclen, name, and the
 * type in the last byte. Never longer than the host's entry, so what was read
 * for the guest's room fits it.
 */
HANDLER(sys_getdents)
{
    char buf[DIR_BUFFER] __attribute__((aligned(8))), *to = buf;
    unsigned word = abi->long_size, header = 2 * word + 2;
    long n = read_entries(a[0].fd, buf, a[2].u);

    for (long at = 0; at < n;) {
        struct host_dirent *e = (struct host_dirent *)(buf + at);
        uint64_t ino = order64(e->d_ino), off = order64(e->d_off);
        unsigned name = strlen(e->d_name), len = align_up(header + name + 2, word), type = e->d_type;
        uint16_t reclen = order16(len);
        unsigned skip = abi->big_endian ? 8 - word : 0; /* where the low word of a 64-bit value lies */

        at += e->d_reclen;
        memmove(to + header, e->d_name, name);
        memset(to + header + name, 0, len - header - name);
        memcpy(to, (char *)&ino + skip, word);
        memcpy(to + word, (char *)&off + skip, word);
        memcpy(to + 2 * word, &reclen, 2);
        to[len - 1] = type;
        to += len;
    }
    if (n <= 0)
        return n;
    return copy_to_guest(a[1].addr, buf, to - buf) ? to - buf : -EFAULT;
}

/* -------------------------------------------------------------- handles -- */

/* struct file_handle: u32 handle_bytes, s32 handle_type, bytes. */
HANDLER(sys_name_to_handle_at)
{
    char buf[sizeof(struct file_handle) + MAX_HANDLE_SZ] __attribute__((aligned(8)));
    struct file_handle *h = (struct file_handle *)buf;
    uint64_t room;
    long result;

    if (!guest_get(a[2].addr, 4, &room))
        return -EFAULT;
    if (room > MAX_HANDLE_SZ)
        return -EINVAL;
    h->handle_bytes = room;
    result = host_syscall(SYS_name_to_handle_at, a[0].fd, a[1].path, h, a[3].ptr, a[4].n);
    if (result && result != -EOVERFLOW)
        return result;
    if (!guest_put(a[2].addr, 4, h->handle_bytes))
        return -EFAULT;
    if (result)
        return result;
    return guest_put(a[2].addr + 4, 4, h->handle_type) && copy_to_guest(a[2].addr + 8, h->f_handle, h->handle_bytes) ? 0 : -EFAULT;
}

HANDLER(sys_open_by_handle_at)
{
    char buf[sizeof(struct file_handle) + MAX_HANDLE_SZ] __attribute__((aligned(8)));
    struct file_handle *h = (struct file_handle *)buf;
    uint64_t size, type;

    if (!guest_get(a[1].addr, 4, &size) || !guest_get(a[1].addr + 4, 4, &type))
        return -EFAULT;
    if (size > MAX_HANDLE_SZ)
        return -EINVAL;
    h->handle_bytes = size;
    h->handle_type = type;
    if (!copy_from_guest(h->f_handle, a[1].addr + 8, size))
        return -EFAULT;
    return host_syscall(SYS_open_by_handle_at, a[0].fd, h, a[2].n);
}

/* Mount ids are 64-bit everywhere; the array goes out as it is. */
HANDLER(sys_listmount)
{
    void *to = out_bytes(a[1].addr, a[2].u * 8);

    return to ? host_syscall(458, a[0].ptr, to, a[2].u, a[3].u) : -EFAULT;
}

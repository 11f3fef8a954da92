/*
 * files.c: files, positions beyond 4 GiB, vectors, locks, names, stat.
 * flags: -D_FILE_OFFSET_BITS=32 -U_TIME_BITS
 */
#include "linux-user/check.h"

#include <sys/file.h>
#include <sys/sendfile.h>
#include <sys/stat.h>
#include <sys/statfs.h>
#include <sys/time.h>
#include <sys/uio.h>
#include <sys/vfs.h>
#include <sys/wait.h>

#define FAR 0x123456789allu

static void positions_beyond_4g_are_whole(void)
{
    int fd = open64("big", O_RDWR | O_CREAT | O_TRUNC, 0600);
    char buf[8] = "";
    struct stat64 st;
    struct iovec iov[2] = {{buf, 2}, {buf + 2, 2}};

    CHECK(pwrite64(fd, "far", 3, FAR) == 3);
    CHECK(lseek64(fd, 0, SEEK_END) == FAR + 3);
    CHECK(pread64(fd, buf, 8, FAR) == 3 && memcmp(buf, "far", 3) == 0);
    CHECK(lseek64(fd, FAR + 1, SEEK_SET) == FAR + 1);
    CHECK(read(fd, buf, 8) == 2 && memcmp(buf, "ar", 2) == 0);
    CHECK(preadv64(fd, iov, 2, FAR) == 3 && memcmp(buf, "far", 3) == 0);
    CHECK(fstat64(fd, &st) == 0 && st.st_size == (off64_t)FAR + 3);
    CHECK(ftruncate64(fd, FAR - 5) == 0 && fstat64(fd, &st) == 0 && st.st_size == (off64_t)FAR - 5);
    CHECK(truncate64("big", FAR + 9) == 0 && stat64("big", &st) == 0 && st.st_size == (off64_t)FAR + 9);
    CHECK(posix_fadvise64(fd, FAR, 4096, POSIX_FADV_DONTNEED) == 0);
    CHECK(readahead(fd, FAR, 4096) == 0);
    CHECK(sync_file_range(fd, FAR, 1, SYNC_FILE_RANGE_WRITE) == 0);
    if (sizeof(long) == 4)
        CHECK_ERRNO(lseek(fd, 0, SEEK_END), EOVERFLOW);
    close(fd);
    unlink("big");
}

static void vectors_gather_and_scatter(void)
{
    int fd = open("v", O_RDWR | O_CREAT | O_TRUNC, 0600);
    char a[4] = "", b[8] = "";
    struct iovec out[3] = {{"ab", 2}, {"", 0}, {"cdef", 4}}, in[2] = {{a, 3}, {b, 8}};

    CHECK(writev(fd, out, 3) == 6);
    CHECK(lseek(fd, 0, SEEK_SET) == 0);
    CHECK(readv(fd, in, 2) == 6 && memcmp(a, "abc", 3) == 0 && memcmp(b, "def", 3) == 0);
    CHECK(pwritev(fd, out, 1, 10) == 2);
    CHECK_ERRNO(writev(fd, (void *)16, 1), EFAULT);
    in[0].iov_len = -1;
    CHECK_ERRNO(readv(fd, in, 2), EINVAL);
    close(fd);
    unlink("v");
}

static void open_flags_are_the_guests(void)
{
    int fd;

    mkdir("d", 0700);
    CHECK(symlink("d", "l") == 0);
    CHECK((fd = open("d", O_RDONLY | O_DIRECTORY)) >= 0);
    CHECK(fcntl(fd, F_GETFL) & O_DIRECTORY);
    close(fd);
    CHECK_ERRNO(open("l", O_RDONLY | O_NOFOLLOW), ELOOP);
    CHECK_ERRNO(open("/dev/null", O_RDONLY | O_DIRECTORY), ENOTDIR);
    fd = open("f", O_WRONLY | O_CREAT | O_APPEND | O_CLOEXEC, 0640);
    CHECK((fcntl(fd, F_GETFL) & (O_ACCMODE | O_APPEND | O_NONBLOCK | O_DIRECTORY | O_NOFOLLOW | O_DIRECT)) == (O_WRONLY | O_APPEND));
    CHECK(fcntl(fd, F_GETFD) == FD_CLOEXEC);
    CHECK(fcntl(fd, F_SETFL, O_NONBLOCK) == 0 && (fcntl(fd, F_GETFL) & (O_APPEND | O_NONBLOCK)) == O_NONBLOCK);
    close(fd);
    unlink("f"), unlink("l"), rmdir("d");
}

static void a_lock_of_another_process_is_seen(void)
{
    int fd = open("lock", O_RDWR | O_CREAT, 0600), status;
    struct flock fl = {.l_type = F_WRLCK, .l_whence = SEEK_SET, .l_start = 10, .l_len = 5};
    struct flock64 fl64 = {.l_type = F_WRLCK, .l_whence = SEEK_SET, .l_start = FAR, .l_len = 5};

    CHECK(fcntl(fd, F_SETLK, &fl) == 0);
    CHECK(fcntl(fd, F_SETLK64, &fl64) == 0);
    if (fork() == 0) {
        struct flock probe = {.l_type = F_RDLCK, .l_whence = SEEK_SET, .l_start = 12, .l_len = 1};
        struct flock64 far = {.l_type = F_RDLCK, .l_whence = SEEK_SET, .l_start = FAR + 1, .l_len = 1};

        CHECK(fcntl(fd, F_GETLK, &probe) == 0 && probe.l_type == F_WRLCK && probe.l_start == 10 && probe.l_len == 5 && probe.l_pid == getppid());
        CHECK(fcntl(fd, F_GETLK64, &far) == 0 && far.l_type == F_WRLCK && far.l_start == (off64_t)FAR && far.l_pid == getppid());
        probe.l_type = F_RDLCK;
        CHECK_ERRNO(fcntl(fd, F_SETLK, &probe), EAGAIN);
        _exit(failures);
    }
    CHECK(wait(&status) > 0 && status == 0);
    close(fd);
    unlink("lock");
}

static void data_moves_between_descriptors(void)
{
    int from = open("from", O_RDWR | O_CREAT | O_TRUNC, 0600), to = open("to", O_RDWR | O_CREAT | O_TRUNC, 0600), p[2];
    off_t at = 2;
    off64_t at64 = 1, to64 = 100;
    char buf[16] = "";

    CHECK(write(from, "0123456789", 10) == 10);
    CHECK(sendfile(to, from, &at, 3) == 3 && at == 5);
    CHECK(sendfile64(to, from, &at64, 2) == 2 && at64 == 3);
    CHECK(pread(to, buf, 16, 0) == 5 && memcmp(buf, "23412", 5) == 0);
    at64 = 4;
    CHECK(copy_file_range(from, &at64, to, &to64, 6, 0) == 6 && at64 == 10 && to64 == 106);
    CHECK(pipe(p) == 0);
    at64 = 7;
    CHECK(splice(from, &at64, p[1], NULL, 3, 0) == 3 && at64 == 10);
    CHECK(read(p[0], buf, 16) == 3 && memcmp(buf, "789", 3) == 0);
    close(from), close(to), close(p[0]), close(p[1]);
    unlink("from"), unlink("to");
}

static void all_stats_agree(void)
{
    struct stat st;
    struct stat64 st64;
    struct statx sx;
    struct statfs fs;
    struct statfs64 fs64;
    struct timespec times[2] = {{1000000001, 5}, {1234567890, 123456789}};
    int fd = open("s", O_RDWR | O_CREAT, 0640);

    CHECK(write(fd, "12345", 5) == 5);
    CHECK(futimens(fd, times) == 0);
    CHECK(stat("s", &st) == 0 && fstat64(fd, &st64) == 0 && statx(AT_FDCWD, "s", 0, STATX_ALL, &sx) == 0);
    CHECK(st.st_ino == st64.st_ino && st.st_ino == sx.stx_ino);
    CHECK(st.st_dev == st64.st_dev);
    CHECK((st.st_mode & 07777) == 0640 && S_ISREG(st64.st_mode) && sx.stx_mode == st.st_mode);
    CHECK(st.st_size == 5 && st64.st_size == 5 && sx.stx_size == 5);
    CHECK(st.st_mtime == 1234567890 && st64.st_mtim.tv_nsec == 123456789 && sx.stx_mtime.tv_nsec == 123456789);
    CHECK(st.st_uid == getuid() && st64.st_gid == getgid() && st.st_nlink == 1);
    CHECK(statfs(".", &fs) == 0 && statfs64(".", &fs64) == 0);
    CHECK(fs.f_type == fs64.f_type && fs.f_bsize == fs64.f_bsize && fs.f_namelen == fs64.f_namelen && fs64.f_namelen >= 255);
    CHECK_ERRNO(stat("nowhere", &st), ENOENT);
#ifdef SYS_stat64
    CHECK_ERRNO(syscall(SYS_stat64, "s", 16), EFAULT);
    CHECK_ERRNO(syscall(SYS_stat64, 16, &st64), EFAULT);
#else
    CHECK_ERRNO(syscall(SYS_newfstatat, AT_FDCWD, "s", 16, 0), EFAULT);
    CHECK_ERRNO(syscall(SYS_newfstatat, AT_FDCWD, 16, &st64, 0), EFAULT);
#endif
    close(fd);
    unlink("s");
}

static void names_are_made_and_followed(void)
{
    char buf[64];

    CHECK(symlink("target", "sym") == 0 && readlink("sym", buf, sizeof buf) == 6 && memcmp(buf, "target", 6) == 0);
    CHECK(readlink("sym", buf, 3) == 3);
    CHECK(mkdir("sub", 0755) == 0 && rename("sym", "sub/sym2") == 0 && access("sub/sym2", F_OK) == -1);
    CHECK(link("sub/sym2", "hard") == 0 && unlink("hard") == 0 && unlink("sub/sym2") == 0 && rmdir("sub") == 0);
    CHECK_ERRNO(mkdir("no/such", 0755), ENOENT);
}

static void bad_pointers_are_errors(void)
{
    int fd = open("/dev/zero", O_RDONLY);

    CHECK_ERRNO(read(fd, (void *)16, 5), EFAULT);
    CHECK_ERRNO(open((char *)16, O_RDONLY), EFAULT);
    CHECK_ERRNO(syscall(SYS_read, fd, 0xfffffff0, 64), EFAULT);
    CHECK_ERRNO(syscall(SYS_pipe2, 16, 0), EFAULT);
    close(fd);
}

int main(void)
{
    enter_scratch();
    positions_beyond_4g_are_whole();
    vectors_gather_and_scatter();
    open_flags_are_the_guests();
    a_lock_of_another_process_is_seen();
    data_moves_between_descriptors();
    all_stats_agree();
    names_are_made_and_followed();
    bad_pointers_are_errors();
    leave_scratch();
    return failures;
}

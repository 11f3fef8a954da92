/*
 * directories.c: reading directories with 32-bit calls, also where the host's
 * positions are 63-bit hashes (ext4): every name once, and seekdir returns.
 */
#include "linux-user/check.h"

#include <dirent.h>
#include <sys/stat.h>

#define FILES 1500

static void make_files(void)
{
    char name[32];

    for (int i = 0; i < FILES; i++) {
        snprintf(name, sizeof name, "file-%04d", i);
        close(open(name, O_CREAT | O_WRONLY, 0600));
    }
}

static void remove_files(void)
{
    char name[32];

    for (int i = 0; i < FILES; i++) {
        snprintf(name, sizeof name, "file-%04d", i);
        unlink(name);
    }
}

static void every_name_comes_once(void)
{
    static unsigned char seen[FILES];
    DIR *d = opendir(".");
    struct dirent *e;
    int n;

    while ((errno = 0, e = readdir(d)))
        if (sscanf(e->d_name, "file-%d", &n) == 1 && n < FILES) {
            struct stat st;

            seen[n]++;
            CHECK(stat(e->d_name, &st) == 0 && st.st_ino == e->d_ino);
            CHECK(e->d_type == DT_REG || e->d_type == DT_UNKNOWN);
        }
    CHECK(errno == 0);
    for (int i = 0; i < FILES; i++)
        CHECK(seen[i] == 1);
    closedir(d);
}

static void positions_lead_back(void)
{
    DIR *d = opendir(".");
    static long place[FILES + 2];
    static char name[FILES + 2][64];
    struct dirent *e;
    int n = 0;

    for (; n < FILES + 2; n++) {
        place[n] = telldir(d);
        CHECK(place[n] != -1);
        e = readdir(d);
        if (!e)
            break;
        strcpy(name[n], e->d_name);
    }
    CHECK(n == FILES + 2);
    for (int i = n - 1; i >= 0; i -= 37) {
        seekdir(d, place[i]);
        e = readdir(d);
        CHECK(e && strcmp(e->d_name, name[i]) == 0);
    }
    rewinddir(d);
    e = readdir(d);
    CHECK(e && strcmp(e->d_name, name[0]) == 0);
    closedir(d);
}

#ifdef SYS_getdents
/* The old call: struct linux_dirent with longs and the type in the last byte. */
static void the_old_call_works(void)
{
    char buf[4096];
    int fd = open(".", O_RDONLY | O_DIRECTORY), names = 0;
    long n;

    while ((n = syscall(SYS_getdents, fd, buf, sizeof buf)) > 0)
        for (long at = 0; at < n; names++) {
            unsigned short reclen;

            memcpy(&reclen, buf + at + 8, 2);
            CHECK(reclen >= 12 && reclen % 4 == 0 && at + reclen <= n);
            at += reclen;
        }
    CHECK(n == 0 && names == FILES + 2);
    CHECK(lseek(fd, 0, SEEK_SET) == 0 && syscall(SYS_getdents, fd, buf, sizeof buf) > 0);
    CHECK(lseek(fd, 0, SEEK_CUR) > 0);
    CHECK_ERRNO(syscall(SYS_getdents, fd, buf, 4), EINVAL);
    close(fd);
}
#else
static void the_old_call_works(void)
{
}
#endif

int main(void)
{
    enter_scratch();
    make_files();
    every_name_comes_once();
    positions_lead_back();
    the_old_call_works();
    remove_files();
    leave_scratch();
    return failures;
}

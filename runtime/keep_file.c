/*
 * keep_file.c: the folder of kept translations. A file is only ever replaced
 * as a whole, so whoever has it mapped keeps the old one. Nobody but the user
 * may have written what is read here: folder and files belong to the effective
 * user and nobody else can change them, or they are left alone.
 */
#include "runtime/keep.h"
#include "util/util.h"

#include <dirent.h>
#include <errno.h>
#include <fcntl.h>
#include <limits.h>
#include <stdio.h>
#include <stdlib.h>
#include <sys/mman.h>
#include <sys/resource.h>
#include <sys/stat.h>
#include <unistd.h>

#define MAX_FOLDER_BYTES (512ull << 20) /* of all files; then the oldest go */
#define PRUNE_ONCE_IN 16                /* new files */
#define MAX_FILES 4096                  /* looked at when pruning */

static char folder[PATH_MAX] APART;
static bool seen;         /* the folder: it shall be the same one later, even if the guest changes its root */
static dev_t seen_device;
static ino_t seen_inode;

void keep_set_folder(const char *path)
{
    if (!path || snprintf(folder, sizeof folder, "%s", path) >= (int)sizeof folder)
        folder[0] = 0;
}

bool keep_has_folder(void) { return folder[0]; }

static bool only_ours(const struct stat *st)
{
    return st->st_uid == geteuid() && !(st->st_mode & (S_IWGRP | S_IWOTH));
}

/* The folder and the one it is in, unless that would be in somebody else's. */
static void make_folder(void)
{
    char above[PATH_MAX];
    struct stat st;

    memcpy(above, folder, sizeof above);
    for (unsigned i = 0; i < 2; i++) {
        char *slash = strrchr(above, '/');

        if (!slash || slash == above)
            return;
        *slash = 0;
        if (stat(above, &st) == 0) {
            if (!only_ours(&st))
                return;
            break;
        }
    }
    memcpy(above, folder, sizeof above);
    *strrchr(above, '/') = 0;
    mkdir(above, 0700);
    mkdir(folder, 0700);
}

/* A descriptor or -1; after a failure nothing is tried again. */
static int open_folder(void)
{
    struct stat st;
    int fd;

    if (!folder[0])
        return -1;
    fd = open(folder, O_RDONLY | O_DIRECTORY | O_NOFOLLOW | O_CLOEXEC);
    if (fd < 0 && errno == ENOENT && !seen) {
        make_folder();
        fd = open(folder, O_RDONLY | O_DIRECTORY | O_NOFOLLOW | O_CLOEXEC);
    }
    if (fd >= 0 && !fstat(fd, &st) && only_ours(&st) && (!seen || (st.st_dev == seen_device && st.st_ino == seen_inode))) {
        seen = true;
        seen_device = st.st_dev;
        seen_inode = st.st_ino;
        return fd;
    }
    if (fd >= 0)
        close(fd);
    folder[0] = 0;
    return -1;
}

static void name_of(const struct keep_origin *o, char name[17])
{
    uint64_t words[sizeof *o / 8], h = KEEP_MAGIC;

    memcpy(words, o, sizeof words);
    for (unsigned i = 0; i < ARRAY_SIZE(words); i++)
        h = keep_mix(h, words[i]);
    snprintf(name, 17, "%016llx", (unsigned long long)h);
}

/* ---- reading ---- */

static bool is_whole(const struct keep_header *h, uint64_t bytes, const struct keep_origin *o)
{
    return bytes >= sizeof *h && h->magic == KEEP_MAGIC && h->bytes == bytes && !memcmp(&h->origin, o, sizeof *o) && h->nslots &&
           !(h->nslots & (h->nslots - 1)) && sizeof *h + 8ull * h->nslots <= bytes;
}

bool keep_open(const struct keep_origin *o, struct keep_map *m)
{
    int dir = open_folder(), fd;
    void *map = MAP_FAILED;
    struct stat st;
    char name[17];

    *m = (struct keep_map){0};
    if (dir < 0)
        return false;
    name_of(o, name);
    fd = openat(dir, name, O_RDONLY | O_NOFOLLOW | O_NONBLOCK | O_CLOEXEC);
    close(dir);
    if (fd < 0)
        return false;
    if (!fstat(fd, &st) && S_ISREG(st.st_mode) && only_ours(&st) && st.st_size >= (off_t)sizeof(struct keep_header))
        map = mmap(NULL, (size_t)st.st_size, PROT_READ, MAP_PRIVATE, fd, 0);
    close(fd);
    if (map == MAP_FAILED)
        return false;
    if (!is_whole(map, (uint64_t)st.st_size, o)) {
        munmap(map, (size_t)st.st_size);
        return false;
    }
    *m = (struct keep_map){map, (uint64_t)st.st_size, ((const struct keep_header *)map)->nslots,
                           ((const struct keep_header *)map)->nregions, ((const struct keep_header *)map)->disproved};
    return true;
}

void keep_close(struct keep_map *m)
{
    if (m->h)
        munmap((void *)m->h, m->bytes);
    *m = (struct keep_map){0};
}

/* ---- pruning ---- */

struct entry { char name[48]; uint64_t bytes; time_t time; };

static int by_age(const void *a, const void *b)
{
    const struct entry *x = a, *y = b;

    return x->time < y->time ? -1 : x->time > y->time;
}

/* Only names of our form are counted and removed, those of files that were not finished too. */
static bool read_entry(int dir, const char *name, struct entry *e)
{
    struct stat st;

    if (strlen(name) >= sizeof e->name || strspn(name, "0123456789abcdef") != 16 || fstatat(dir, name, &st, AT_SYMLINK_NOFOLLOW))
        return false;
    *e = (struct entry){.bytes = (uint64_t)st.st_blocks * 512, .time = st.st_mtime};
    snprintf(e->name, sizeof e->name, "%s", name);
    return true;
}

static void prune(int dir)
{
    struct entry *all = calloc(MAX_FILES, sizeof *all);
    DIR *d = fdopendir(fcntl(dir, F_DUPFD_CLOEXEC, 0));
    struct dirent *next;
    uint64_t total = 0;
    unsigned n = 0;

    while (all && d && n < MAX_FILES && (next = readdir(d)))
        if (read_entry(dir, next->d_name, &all[n]))
            total += all[n++].bytes;
    if (n == MAX_FILES || total > MAX_FOLDER_BYTES) {
        qsort(all, n, sizeof *all, by_age);
        for (unsigned i = 0; i < n && (i < MAX_FILES / 4 || total > MAX_FOLDER_BYTES / 4 * 3); i++) {
            unlinkat(dir, all[i].name, 0);
            total -= all[i].bytes;
        }
    }
    if (d)
        closedir(d);
    free(all);
}

/* ---- writing ---- */

static bool write_all(int fd, const void *data, uint64_t bytes)
{
    for (const char *p = data, *end = p + bytes; p < end;) {
        ssize_t n = write(fd, p, (size_t)(end - p));

        if (n <= 0)
            return false;
        p += n;
    }
    return true;
}

/* A limit would end the guest by SIGXFSZ. */
static bool may_write(uint64_t bytes)
{
    struct rlimit limit;

    return !getrlimit(RLIMIT_FSIZE, &limit) && (limit.rlim_cur == RLIM_INFINITY || limit.rlim_cur >= bytes);
}

void keep_write(const struct keep_header *h)
{
    static unsigned written;
    char name[17], temporary[48];
    int dir, fd;

    if (!may_write(h->bytes) || (dir = open_folder()) < 0)
        return;
    name_of(&h->origin, name);
    snprintf(temporary, sizeof temporary, "%s.%d.new", name, (int)getpid());
    fd = openat(dir, temporary, O_WRONLY | O_CREAT | O_EXCL | O_NOFOLLOW | O_CLOEXEC, 0600);
    if (fd >= 0) {
        bool whole = write_all(fd, h, h->bytes);

        if (close(fd) || !whole || renameat(dir, temporary, dir, name))
            unlinkat(dir, temporary, 0);
        else if (((unsigned)getpid() + written++) % PRUNE_ONCE_IN == 0)
            prune(dir);
    }
    close(dir);
}

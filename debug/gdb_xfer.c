/*
 * gdb_xfer.c: what gdb reads in pieces: the description of the registers, the
 * auxiliary vector, the program's name, the threads, a signal's siginfo; and
 * files of the guest (vFile), so that gdb finds libraries without a sysroot.
 */
#include "debug/gdb.h"
#include "debug/internal.h"

#include <errno.h>
#include <fcntl.h>
#include <inttypes.h>
#include <stdlib.h>
#include <sys/stat.h>
#include <unistd.h>

static struct gdb_thread *thread;

void gdb_xfer_thread(struct gdb_thread *t)
{
    thread = t;
}

/* ---- objects: each returns allocated bytes ---- */

static void *copy_of(const void *p, size_t n)
{
    void *copy = malloc(n + 1);

    return copy ? memcpy(copy, p, n) : NULL;
}

static void *object_features(const char *annex, size_t *size)
{
    char *xml = thread && !strcmp(annex, "target.xml") ? gdb.process->registers->describe(thread->cpu) : NULL;

    *size = xml ? strlen(xml) : 0;
    return xml;
}

static void *object_auxv(const char *annex, size_t *size)
{
    *size = gdb.process->auxv_size;
    return copy_of(gdb.process->auxv, *size);
}

static void *object_exec_file(const char *annex, size_t *size)
{
    *size = strlen(gdb.process->exec_file);
    return copy_of(gdb.process->exec_file, *size);
}

static void *object_siginfo(const char *annex, size_t *size)
{
    *size = thread ? thread->siginfo_size : 0;
    return *size ? copy_of(thread->siginfo, *size) : NULL;
}

/* The name that the thread has given itself, kept out of the XML's way. */
static void thread_name(pid_t tid, char name[32])
{
    char path[64];
    FILE *f;

    snprintf(path, sizeof path, "/proc/self/task/%d/comm", (int)tid);
    f = fopen(path, "re");
    *name = 0;
    if (f && !fgets(name, 32, f))
        *name = 0;
    if (f)
        fclose(f);
    for (; *name; name++)
        if (strchr("<>&\"\n", *name))
            *name = *name == '\n' ? 0 : '_';
}

static void *object_threads(const char *annex, size_t *size)
{
    char *text = NULL, name[32];
    FILE *f = open_memstream(&text, size);

    fprintf(f, "<?xml version=\"1.0\"?>\n<threads>\n");
    for (struct gdb_thread *t = gdb.threads; t; t = t->next) {
        thread_name(t->tid, name);
        fprintf(f, "<thread id=\"p%x.%x\" name=\"%s\"></thread>\n", (unsigned)gdb.pid, (unsigned)t->tid, name);
    }
    fprintf(f, "</threads>\n");
    fclose(f);
    return text;
}

static const struct {
    const char *name;
    void *(*make)(const char *annex, size_t *size);
} objects[] = {
    {"auxv", object_auxv},       {"exec-file", object_exec_file}, {"features", object_features},
    {"siginfo", object_siginfo}, {"threads", object_threads},
};

/* "object:read:annex:offset,length" */
void gdb_xfer(const char *args, struct gdb_answer *a)
{
    char object[32], annex[128] = "", range[64];
    uint64_t offset, length;
    size_t size = 0;
    char *data = NULL;

    if (sscanf(args, "%31[^:]:read:%127[^:]:%63s", object, annex, range) != 3) {
        *annex = 0;
        if (sscanf(args, "%31[^:]:read::%63s", object, range) != 2)
            return;
    }
    if (sscanf(range, "%" SCNx64 ",%" SCNx64, &offset, &length) != 2)
        return;
    for (unsigned i = 0; i < ARRAY_SIZE(objects); i++)
        if (!strcmp(objects[i].name, object))
            data = objects[i].make(annex, &size);
    if (!data) {
        put_text(a, "E00");
        return;
    }
    put_text(a, "m");
    offset = MIN_(offset, size);
    length = MIN_(length, size - offset);
    length = put_binary(a, data + offset, length, GDB_PACKET - 128);
    if (offset + length == size)
        a->text[0] = 'l';
    free(data);
}

/* ---- vFile: read-only ---- */

enum { MAX_FILES = 16 };
static int files[MAX_FILES];

static void put_result(struct gdb_answer *a, long result)
{
    if (result < 0)
        put_text(a, "F-1,%x", errno == ENOENT ? 2 : errno == EACCES ? 13 : 22);
    else
        put_text(a, "F%lx", (unsigned long)result);
}

/* A hex-coded path, seen with the guest's eyes. */
static const char *path_of(const char *hex, char buf[4096])
{
    char path[4096] = "";

    path[gdb_from_hex(path, hex, sizeof path - 1)] = 0;
    if (!gdb.process->host_path)
        return strcpy(buf, path);
    return gdb.process->host_path(path, buf, 4096);
}

static void file_open(char *args, struct gdb_answer *a)
{
    char buf[4096];
    char *comma = strchr(args, ',');
    int slot = 0, fd;

    if (comma && strtoul(comma + 1, NULL, 16) != 0) {
        errno = EACCES;
        put_result(a, -1);
        return;
    }
    while (slot < MAX_FILES && files[slot])
        slot++;
    fd = slot < MAX_FILES ? open(path_of(args, buf), O_RDONLY | O_CLOEXEC | O_NONBLOCK) : -1;
    if (fd >= 0)
        files[slot] = debug_private_fd(fd);
    put_result(a, fd < 0 ? -1 : slot);
}

static int file_of(const char *args)
{
    unsigned long n = strtoul(args, NULL, 16);

    return n < MAX_FILES && files[n] ? files[n] : -1;
}

static void file_close(char *args, struct gdb_answer *a)
{
    int fd = file_of(args);

    put_result(a, fd < 0 ? -1 : close(fd));
    if (fd >= 0)
        files[strtoul(args, NULL, 16)] = 0;
}

static void file_pread(char *args, struct gdb_answer *a)
{
    static char data[GDB_PACKET / 2] APART;
    uint64_t fd, count, offset;
    ssize_t n = -1;
    char head[32];

    if (sscanf(args, "%" SCNx64 ",%" SCNx64 ",%" SCNx64, &fd, &count, &offset) == 3)
        n = pread(file_of(args), data, MIN_(count, sizeof data - 64), (off_t)offset);
    if (n < 0) {
        put_result(a, -1);
        return;
    }
    snprintf(head, sizeof head, "F%zx;", (size_t)n);
    put_text(a, "%s", head);
    put_binary(a, data, (size_t)n, GDB_PACKET - 2);
}

/* struct stat as the File-I/O protocol defines it: big-endian, packed. */
static void file_fstat(char *args, struct gdb_answer *a)
{
    struct stat st;
    uint8_t b[64] = {0};

    if (fstat(file_of(args), &st) < 0) {
        put_result(a, -1);
        return;
    }
    stbe32(b + 0, (uint32_t)st.st_dev);
    stbe32(b + 4, (uint32_t)st.st_ino);
    stbe32(b + 8, st.st_mode);
    stbe32(b + 12, (uint32_t)st.st_nlink);
    stbe32(b + 16, st.st_uid);
    stbe32(b + 20, st.st_gid);
    stbe64(b + 28, (uint64_t)st.st_size);
    stbe64(b + 36, (uint64_t)st.st_blksize);
    stbe64(b + 44, (uint64_t)st.st_blocks);
    stbe32(b + 52, (uint32_t)st.st_atime);
    stbe32(b + 56, (uint32_t)st.st_mtime);
    stbe32(b + 60, (uint32_t)st.st_ctime);
    put_text(a, "F40;");
    put_binary(a, b, sizeof b, GDB_PACKET - 2);
}

static void file_readlink(char *args, struct gdb_answer *a)
{
    char buf[4096], target[4096];
    ssize_t n = readlink(path_of(args, buf), target, sizeof target);

    if (n < 0) {
        put_result(a, -1);
        return;
    }
    put_text(a, "F%zx;", (size_t)n);
    put_binary(a, target, (size_t)n, GDB_PACKET - 2);
}

static void file_setfs(char *args, struct gdb_answer *a)
{
    put_text(a, "F0"); /* ours is the guest's file system already */
}

static const struct {
    const char *name;
    void (*answer)(char *args, struct gdb_answer *a);
} file_calls[] = {
    {"close:", file_close}, {"fstat:", file_fstat},       {"open:", file_open},
    {"pread:", file_pread}, {"readlink:", file_readlink}, {"setfs:", file_setfs},
};

void gdb_vfile(char *args, size_t size, struct gdb_answer *a)
{
    for (unsigned i = 0; i < ARRAY_SIZE(file_calls); i++) {
        size_t n = strlen(file_calls[i].name);

        if (!strncmp(args, file_calls[i].name, n)) {
            file_calls[i].answer(args + n, a);
            return;
        }
    }
}

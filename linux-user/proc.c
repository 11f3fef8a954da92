/*
 * proc.c: files under /proc that would show us instead of the guest. /proc/self,
 * /proc/thread-self, /proc/PID of our own, and their task/TID folders are
 * recognised by name; what the host shows is kept where it is right already
 * (comm, fd, limits; cmdline and environ once the kernel knows where they are).
 */
#include "linux-user/internal.h"
#include "linux-user/page_map.h"

#include <ctype.h>
#include <fcntl.h>
#include <inttypes.h>
#include <limits.h>
#include <stdio.h>
#include <stdlib.h>
#include <sys/mman.h>
#include <sys/prctl.h>
#include <sys/syscall.h>
#include <unistd.h>

typedef void view_fn(FILE *f);

/* ---- maps, smaps ---- */

static const char *map_name(uint64_t start, uint64_t end, const char *host_name)
{
    if (start <= guest.stack_start && guest.stack_start < end)
        return "[stack]";
    if (start == guest.vdso)
        return "[vdso]";
    if (start == 0xffff0000)
        return "[vectors]";
    if (guest.brk > guest.brk_start && start < guest.brk && end > guest.brk_start && !*host_name)
        return "[heap]";
    return host_name;
}

struct host_map { uint64_t start, end, offset; char prot[8], device[16], inode[24], name[PATH_MAX]; };

static bool parse_map(const char *line, struct host_map *m)
{
    m->name[0] = 0;
    return sscanf(line, "%" SCNx64 "-%" SCNx64 " %7s %" SCNx64 " %15s %23s %4095[^\n]", &m->start, &m->end, m->prot, &m->offset,
                  m->device, m->inode, m->name) >= 6;
}

/* One line for each run of pages with the same rights within a host mapping. */
static void print_runs(FILE *f, const struct host_map *m)
{
    uint64_t start = h2g((void *)m->start), stop = h2g((void *)m->end);

    while (start < stop) {
        int prot = guest_page_prot(start);
        unsigned flags;
        uint64_t end = map_run(start, stop, &flags);

        if (prot >= 0) {
            const char *name = map_name(start, end, m->name);
            int n = fprintf(f, "%08" PRIx64 "-%08" PRIx64 " %c%c%c%c %08" PRIx64 " %s %s ", start, end, prot & PROT_READ ? 'r' : '-',
                            prot & PROT_WRITE ? 'w' : '-', prot & PROT_EXEC ? 'x' : '-', m->prot[3],
                            m->offset + start - h2g((void *)m->start), m->device, m->inode);

            fprintf(f, *name ? "%*s%s\n" : "\n", *name ? MAX_(73 - n, 1) : 0, "", name);
        }
        start = end;
    }
}

/* Can this host address be a guest's? */
static bool is_addressable(uint64_t host)
{
    return host - guest_base < (guest_is_windowed() ? WINDOW_SIZE : abi->task_size);
}

static void copy_maps(FILE *f, const char *from, bool details)
{
    char *line = NULL;
    size_t room = 0;
    bool keep = false;
    FILE *host = fopen(from, "re");
    struct host_map m;

    if (!host)
        return;
    while (getline(&line, &room, host) > 0) {
        bool header = isxdigit((unsigned char)line[0]) && !isupper((unsigned char)line[0]);

        if (header && parse_map(line, &m)) {
            keep = m.end > m.start && is_addressable(m.start) && is_addressable(m.end - 1) && guest_page_prot(h2g((void *)m.start)) >= 0;
            if (is_addressable(m.start) && is_addressable(m.end - 1))
                print_runs(f, &m);
        } else if (details && keep) {
            fputs(line, f);
        }
    }
    free(line);
    fclose(host);
}

static void view_maps(FILE *f)
{
    copy_maps(f, "/proc/self/maps", false);
}

static void view_smaps(FILE *f)
{
    copy_maps(f, "/proc/self/smaps", true);
}

/* ---- the others ---- */

static void put_guest_bytes(FILE *f, uint64_t start, uint64_t end)
{
    for (char byte; start < end && copy_from_guest(&byte, start, 1); start++)
        fputc(byte, f);
}

static void view_auxv(FILE *f)
{
    put_guest_bytes(f, guest.auxv_start, guest.auxv_end);
}

static void view_cmdline(FILE *f)
{
    put_guest_bytes(f, guest.arg_start, guest.arg_end);
}

static void view_environ(FILE *f)
{
    put_guest_bytes(f, guest.env_start, guest.env_end);
}

static void view_cpuinfo(FILE *f)
{
    abi->cpuinfo(f, self_thread->cpu, (unsigned)sysconf(_SC_NPROCESSORS_ONLN));
}

/* Fields that are addresses, and the size of the address space, are the guest's. */
static void print_stat(FILE *f, const char *from)
{
    char line[2048], *at, *field;
    FILE *host = fopen(from, "re");
    size_t n;

    if (!host)
        return;
    n = fread(line, 1, sizeof line - 1, host);
    fclose(host);
    line[n] = 0;
    at = strrchr(line, ')');
    if (!at)
        return;
    fprintf(f, "%.*s)", (int)(at - line), line);
    at += 2;
    for (unsigned i = 3; (field = strsep(&at, " \n")); i++) {
        uint64_t value;

        switch (i) {
        case 23: value = map_bytes(); break;
        case 26: value = guest.start_code; break;
        case 27: value = guest.end_code; break;
        case 28: value = guest.stack_start; break;
        case 29: value = guest_sp(self_thread); break;
        case 30: value = guest_pc(self_thread); break;
        case 45: value = guest.start_data; break;
        case 46: value = guest.end_data; break;
        case 47: value = guest.brk_start; break;
        case 48: value = guest.arg_start; break;
        case 49: value = guest.arg_end; break;
        case 50: value = guest.env_start; break;
        case 51: value = guest.env_end; break;
        default:
            if (*field)
                fprintf(f, " %s", field);
            continue;
        }
        fprintf(f, " %" PRIu64, value);
    }
    fputc('\n', f);
}

static void view_stat(FILE *f)
{
    print_stat(f, "/proc/self/stat");
}

static void view_task_stat(FILE *f)
{
    print_stat(f, "/proc/thread-self/stat");
}

/* Sizes and signal sets are ours in the host's file. */
static void view_status(FILE *f)
{
    char line[512];
    uint64_t caught = self_thread->sighand->caught, ignored = 0;
    FILE *host = fopen("/proc/thread-self/status", "re");

    if (!host)
        return;
    for (int sig = 1; sig <= NSIG_GUEST; sig++)
        if (self_thread->sighand->action[sig].handler == 1)
            ignored |= sigbit(sig);
    while (fgets(line, sizeof line, host)) {
        if (!strncmp(line, "VmPeak:", 7) || !strncmp(line, "VmSize:", 7))
            fprintf(f, "%.7s\t%8" PRIu64 " kB\n", line, map_bytes() / 1024);
        else if (!strncmp(line, "SigBlk:", 7))
            fprintf(f, "SigBlk:\t%016" PRIx64 "\n", self_thread->mask);
        else if (!strncmp(line, "SigIgn:", 7))
            fprintf(f, "SigIgn:\t%016" PRIx64 "\n", ignored);
        else if (!strncmp(line, "SigCgt:", 7))
            fprintf(f, "SigCgt:\t%016" PRIx64 "\n", caught);
        else
            fputs(line, f);
    }
    fclose(host);
}

/* ---- which file is meant ---- */

static const struct { char name[12]; view_fn *fn; } own_views[] = {
    {"maps", view_maps}, {"smaps", view_smaps}, {"auxv", view_auxv}, {"cmdline", view_cmdline}, {"environ", view_environ},
    {"stat", view_stat}, {"status", view_status},
};

static const char *skip(const char *s, const char *prefix)
{
    size_t n = strlen(prefix);

    return strncmp(s, prefix, n) ? NULL : s + n;
}

static bool is_own_thread(long id)
{
    const struct guest_thread *t;

    if (self_thread->own_process) /* the list is our parent's */
        return false;
    pthread_mutex_lock(&guest.threads_lock);
    for (t = guest.threads; t && t->tid != id; t = t->next)
        ;
    pthread_mutex_unlock(&guest.threads_lock);
    return t;
}

/* A number that is our pid or one of our threads. */
static const char *skip_own_id(const char *s, bool *is_thread)
{
    char *end;
    long id = isdigit((unsigned char)*s) ? strtol(s, &end, 10) : 0;

    if (!id || *end != '/')
        return NULL;
    if (id == self_thread->pid)
        return end + 1;
    *is_thread = true;
    return is_own_thread(id) ? end + 1 : NULL;
}

/* "maps" for "/proc/self/maps" and its other names; NULL if it is not about us. */
static const char *own_name(const char *path, bool *is_thread)
{
    const char *rest = skip(path, "/proc/"), *name;

    *is_thread = false;
    if (!rest)
        return NULL;
    name = skip(rest, "self/"); /* of a vfork child too: until it execs it is what its parent is */
    if (!name && (name = skip(rest, "thread-self/")))
        *is_thread = true;
    if (!name)
        name = skip_own_id(rest, is_thread);
    if (name && (rest = skip(name, "task/"))) {
        bool ignored;

        name = skip_own_id(rest, &ignored);
        *is_thread = true;
    }
    return name;
}

/* Relative paths are made absolute if the folder is in /proc. */
static const char *absolute(int dirfd, const char *path, char *buf)
{
    char link[40];
    ssize_t n;

    if (*path == '/')
        return path;
    if (dirfd == AT_FDCWD)
        snprintf(link, sizeof link, "/proc/self/cwd");
    else
        snprintf(link, sizeof link, "/proc/self/fd/%d", dirfd);
    n = readlink(link, buf, PATH_MAX - 1);
    if (n < 5 || strncmp(buf, "/proc", 5) || (n > 5 && buf[5] != '/'))
        return NULL;
    snprintf(buf + n, (size_t)(PATH_MAX - n), "/%s", path);
    return buf;
}

/* Cheap test first: nearly no path is about /proc. */
static bool may_be_proc(int dirfd, const char *path)
{
    static const char names[][8] = {"maps", "smaps", "auxv", "cmdline", "environ", "stat", "status", "exe", "cpuinfo"};
    const char *slash = strrchr(path, '/');

    if (*path == '/')
        return !strncmp(path, "/proc/", 6);
    for (unsigned i = 0; i < ARRAY_SIZE(names); i++)
        if (!strcmp(slash ? slash + 1 : path, names[i]))
            return true;
    return false;
}

static long open_view(view_fn *fn, int flags)
{
    char *text = NULL;
    size_t size = 0;
    int fd = (int)host_syscall(SYS_memfd_create, "proc", flags & O_CLOEXEC ? MFD_CLOEXEC : 0);
    FILE *f;

    if (fd < 0)
        return fd;
    f = open_memstream(&text, &size);
    if (!f) {
        close(fd);
        return -ENOMEM;
    }
    fn(f);
    fclose(f);
    if (write(fd, text, size) != (ssize_t)size || lseek(fd, 0, SEEK_SET)) {
        close(fd);
        fd = -EIO;
    }
    free(text);
    return fd;
}

static view_fn *find_view(const char *path)
{
    bool is_thread;
    const char *name;

    if (!strcmp(path, "/proc/cpuinfo"))
        return view_cpuinfo;
    name = own_name(path, &is_thread);
    for (unsigned i = 0; name && i < ARRAY_SIZE(own_views); i++)
        if (!strcmp(name, own_views[i].name))
            return is_thread && own_views[i].fn == view_stat ? view_task_stat : own_views[i].fn;
    return NULL;
}

static const char *exe_target(int dirfd, const char *path, char *buf)
{
    const char *full, *name;
    bool is_thread;

    if (!may_be_proc(dirfd, path))
        return NULL;
    full = absolute(dirfd, path, buf);
    name = full ? own_name(full, &is_thread) : NULL;
    return name && !strcmp(name, "exe") ? guest.exe_guest : NULL;
}

bool proc_open(int dirfd, const char *path, int flags, int mode, long *result)
{
    char buf[PATH_MAX];
    const char *full, *exe;
    view_fn *fn;

    if (!may_be_proc(dirfd, path))
        return false;
    exe = exe_target(dirfd, path, buf);
    if (exe && !(flags & O_NOFOLLOW)) {
        *result = host_syscall(SYS_openat, AT_FDCWD, guest.exe, flags, mode);
        return true;
    }
    full = absolute(dirfd, path, buf);
    fn = full ? find_view(full) : NULL;
    if (!fn || flags & O_PATH)
        return false;
    *result = (flags & O_ACCMODE) == O_RDONLY ? open_view(fn, flags) : -EACCES;
    return true;
}

bool proc_readlink(int dirfd, const char *path, char *buf, size_t size, long *result)
{
    char full[PATH_MAX];
    const char *exe = exe_target(dirfd, path, full);

    if (!exe)
        return false;
    *result = (long)MIN_(strlen(exe), size);
    memcpy(buf, exe, (size_t)*result);
    return true;
}

/* ---- what other processes see: the kernel is told where the guest's arguments and environment are ---- */

extern const char __executable_start[], etext[], edata[];

void proc_publish(void)
{
    struct prctl_mm_map map = {
        .start_code = (uint64_t)__executable_start, .end_code = (uint64_t)etext,
        .start_data = (uint64_t)etext, .end_data = (uint64_t)edata,
        .start_brk = (uint64_t)sbrk(0), .brk = (uint64_t)sbrk(0),
        .start_stack = (uint64_t)g2h(guest.stack_start),
        .arg_start = (uint64_t)g2h(guest.arg_start), .arg_end = (uint64_t)g2h(guest.arg_end),
        .env_start = (uint64_t)g2h(guest.env_start), .env_end = (uint64_t)g2h(guest.env_end),
        .exe_fd = ~0u,
    };

    prctl(PR_SET_MM, PR_SET_MM_MAP, &map, sizeof map, 0); /* an old kernel: ps shows our own command line */
}

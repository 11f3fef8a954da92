/*
 * exec.c: execve. A guest program, or a script whose interpreter is one, runs
 * under us again, with our options, whether or not binfmt_misc knows of us;
 * everything else is the host kernel's business. Where binfmt_misc started us
 * it starts the children too: then set-user-ID programs and the like work.
 */
#include "linux-user/internal.h"
#include "linux-user/syscall.h"

#include <ctype.h>
#include <fcntl.h>
#include <limits.h>
#include <stdio.h>
#include <stdlib.h>
#include <sys/auxv.h>
#include <sys/stat.h>
#include <sys/syscall.h>
#include <unistd.h>

#define MAX_STRINGS (1u << 20)
#define SCRIPT_DEPTH 5
#define OWN_ARGS (MAX_EXEC_OPTIONS + 8)

/* ---- scripts ---- */

/* As fs/binfmt_script.c: the line is cut at 255 bytes, blanks around are dropped, one argument at most. */
int read_script(int fd, struct script *s)
{
    char line[256];
    ssize_t n = pread(fd, line, sizeof line - 1, 0);
    char *at, *end;

    if (n < 0)
        return -errno;
    if (n < 3 || line[0] != '#' || line[1] != '!')
        return 0;
    line[n] = 0;
    end = strchr(line, '\n');
    if (end)
        *end = 0;
    for (at = line + 2; *at == ' ' || *at == '\t'; at++)
        ;
    for (end = at + strlen(at); end > at && (end[-1] == ' ' || end[-1] == '\t'); end--)
        end[-1] = 0;
    if (!*at)
        return 0;
    end = at + strcspn(at, " \t");
    snprintf(s->interpreter, sizeof s->interpreter, "%.*s", (int)(end - at), at);
    end += strspn(end, " \t");
    snprintf(s->argument, sizeof s->argument, "%s", end);
    return 1;
}

/* Does running this file end in a guest program? 1, 0, or -errno. Follows #! lines. */
static int is_for_us(const char *path)
{
    char found[PATH_MAX];
    struct script s;

    for (unsigned depth = 0; depth <= SCRIPT_DEPTH; depth++) {
        int fd = open(path, O_RDONLY | O_CLOEXEC | O_NONBLOCK | O_NOCTTY), what, script;

        if (fd < 0)
            return -errno;
        what = elf_probe(fd);
        script = what >= 0 ? 0 : read_script(fd, &s);
        close(fd);
        if (script <= 0)
            return what;
        path = guest_path(s.interpreter, found);
    }
    return -ENOEXEC;
}

static long may_execute(int dirfd, const char *path, int flags)
{
    struct stat st;

    if (fstatat(dirfd, path, &st, flags & (AT_EMPTY_PATH | AT_SYMLINK_NOFOLLOW)))
        return -errno;
    if (S_ISLNK(st.st_mode))
        return -ELOOP;
    if (!S_ISREG(st.st_mode))
        return -EACCES;
    if (!(flags & AT_EMPTY_PATH && !*path) && faccessat(dirfd, path, X_OK, AT_EACCESS))
        return -errno;
    return 0;
}

/* ---- string arrays ---- */

/* Number of pointers before the NULL; the array itself may be 0. */
static long count_strings(uint64_t array)
{
    uint64_t p;

    for (unsigned n = 0; array && n < MAX_STRINGS; n++) {
        if (!guest_get_long(array + n * abi->long_size, &p))
            return -EFAULT;
        if (!p)
            return n;
    }
    return array ? -E2BIG : 0;
}

/* The strings stay where they are: the host's kernel copies them, and finds the bad ones. */
static bool fill_strings(const char **to, uint64_t array, long n)
{
    uint64_t p;

    for (long i = 0; i < n; i++) {
        if (!guest_get_long(array + (uint64_t)i * abi->long_size, &p))
            return false;
        to[i] = g2h(p);
    }
    to[n] = NULL;
    return true;
}

/* ---- execve ---- */

struct exec {
    int dirfd, flags;
    char path[PATH_MAX];         /* as the host finds it */
    const char **own;            /* room for OWN_ARGS, then argv, then envp */
    const char **argv, **envp;
    long argc;
};

/* execveat relative to a descriptor, or of one. */
static bool names_by_fd(const struct exec *e)
{
    return !*e->path || (e->dirfd != AT_FDCWD && *e->path != '/');
}

static long host_exec(const struct exec *e)
{
    return host_syscall(SYS_execveat, e->dirfd, e->path, e->argv, e->envp, e->flags);
}

/* Ourselves: by /proc, or where there is none (a bare chroot) by the name we were started with. */
static long exec_self(const char **argv, const char **envp)
{
    long error = host_syscall(SYS_execve, "/proc/self/exe", argv, envp);

    if (error == -ENOENT)
        error = host_syscall(SYS_execve, getauxval(AT_EXECFN), argv, envp);
    return error;
}

/* moa-arm <our options> [-execfd N] -0 <argv[0]> -- <program> <argv[1]> ... */
static long exec_under_us(struct exec *e)
{
    const char *argv0 = e->argc ? e->argv[0] : "";
    char fd_text[16];
    unsigned n = 0;
    int fd = -1;
    long error;
    const char **own;

    e->own[n++] = program_name;
    n += options_for_exec(e->own + n);
    if (names_by_fd(e)) { /* what the descriptor stands for now */
        fd = *e->path ? openat(e->dirfd, e->path, O_RDONLY) : dup(e->dirfd);
        if (fd < 0)
            return -errno;
        snprintf(fd_text, sizeof fd_text, "%d", fd);
        e->own[n++] = "-execfd";
        e->own[n++] = fd_text;
    }
    e->own[n++] = "-0";
    e->own[n++] = argv0;
    e->own[n++] = "--";
    e->own[n++] = *e->path ? e->path : "/dev/fd";
    /* close the gap up to argv[1] */
    own = e->argv + (e->argc ? 1 : 0) - n;
    memmove(own, e->own, n * sizeof *own);
    error = exec_self(own, e->envp);
    if (fd >= 0)
        close(fd);
    return error;
}

static int is_fd_for_us(int fd)
{
    char name[40];

    snprintf(name, sizeof name, "/proc/self/fd/%d", fd);
    return is_for_us(name);
}

static long run(struct exec *e)
{
    int ours;

    if (guest.by_binfmt) {
        long error = host_exec(e);

        if (error != -ENOEXEC)
            return error;
    }
    if (!names_by_fd(e)) {
        ours = is_for_us(e->path);
    } else if (!*e->path) {
        ours = is_fd_for_us(e->dirfd);
    } else {
        int fd = openat(e->dirfd, e->path, O_RDONLY | O_CLOEXEC);

        if (fd < 0)
            return -errno;
        ours = is_fd_for_us(fd);
        close(fd);
    }
    return ours == 1 ? exec_under_us(e) : host_exec(e);
}

static long do_exec(struct guest_thread *t, struct exec *e, const char *guest_name, uint64_t argv, uint64_t envp)
{
    long argc = count_strings(argv), envc = count_strings(envp), result;
    char link[PATH_MAX], found[PATH_MAX];
    const char *path = guest_name;

    if (argc < 0 || envc < 0)
        return argc < 0 ? argc : envc;
    if (proc_readlink(e->dirfd, guest_name, link, sizeof link - 1, &result) && result > 0) { /* /proc/self/exe */
        link[result] = 0;
        path = link;
    }
    snprintf(e->path, sizeof e->path, "%s", guest_path(path, found));
    result = may_execute(e->dirfd, e->path, e->flags);
    if (result)
        return result;

    free(t->exec_memory);
    t->exec_memory = calloc((size_t)(OWN_ARGS + argc + envc) + 4, sizeof *e->own);
    if (!t->exec_memory)
        return -ENOMEM;
    e->own = t->exec_memory;
    e->argv = e->own + OWN_ARGS;
    e->envp = e->argv + argc + 1;
    e->argc = argc;
    if (!fill_strings(e->argv, argv, argc) || !fill_strings(e->envp, envp, envc))
        return -EFAULT;
    if (t->signal_pending)
        return -ERESTARTNOINTR;
    runtime_keep();
    if (abi->before_exec)
        abi->before_exec(t);
    signals_before_exec(t);
    limits_before_exec();
    result = run(e);
    signals_after_exec(t);
    free(t->exec_memory);
    t->exec_memory = NULL;
    return result;
}

static long get_path(uint64_t addr, char *to)
{
    long length = guest_strlen(addr, PATH_MAX);

    if (length < 0)
        return length;
    return copy_from_guest(to, addr, (uint64_t)length + 1) ? length : -EFAULT;
}

long sys_execve(struct guest_thread *t, const uint64_t *a)
{
    struct exec e = {.dirfd = AT_FDCWD};
    char path[PATH_MAX];
    long length = get_path(a[0], path);

    if (length <= 0)
        return length ? length : -ENOENT;
    return do_exec(t, &e, path, a[1], a[2]);
}

long sys_execveat(struct guest_thread *t, const uint64_t *a)
{
    struct exec e = {.dirfd = (int)a[0], .flags = (int)a[4]};
    char path[PATH_MAX];
    long length = get_path(a[1], path);

    if (length < 0)
        return length;
    if (e.flags & ~(AT_EMPTY_PATH | AT_SYMLINK_NOFOLLOW))
        return -EINVAL;
    if (!length && !(e.flags & AT_EMPTY_PATH))
        return -ENOENT;
    return do_exec(t, &e, path, a[2], a[3]);
}

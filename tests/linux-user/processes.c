/*
 * processes.c: fork, vfork, clone and spawn, wait, exec of guest programs,
 * scripts and host programs, what a program finds about itself.
 */
#include "linux-user/check.h"

#include <limits.h>
#include <sched.h>
#include <signal.h>
#include <spawn.h>
#include <sys/auxv.h>
#include <sys/mman.h>
#include <sys/prctl.h>
#include <sys/resource.h>
#include <sys/stat.h>
#include <sys/wait.h>

extern char **environ;
static char self[PATH_MAX];

static int wait_for(pid_t pid)
{
    int status = -1;

    CHECK(waitpid(pid, &status, 0) == pid);
    return WIFEXITED(status) ? WEXITSTATUS(status) : 1000 + WTERMSIG(status);
}

static void fork_copies_memory(void)
{
    volatile int x = 1;
    pid_t pid = fork();

    if (!pid) {
        x = 2;
        _exit(x + 5);
    }
    CHECK(wait_for(pid) == 7 && x == 1);
}

static void vfork_shares_memory(void)
{
    static volatile int x;
    pid_t pid = vfork();

    if (!pid) {
        x = 2;
        _exit(3);
    }
    CHECK(x == 2 && wait_for(pid) == 3);
}

static char stack[65536] __attribute__((aligned(16)));

static int clone_child(void *arg)
{
    *(volatile int *)arg = getpid();
    return 4;
}

static void clone_with_shared_memory_only(void)
{
    static volatile int pid_there;
    pid_t pid = clone(clone_child, stack + sizeof stack, CLONE_VM | SIGCHLD, (void *)&pid_there);

    CHECK(pid > 0 && wait_for(pid) == 4);
    CHECK(pid_there == pid);
    pid_there = 0;
    pid = clone(clone_child, stack + sizeof stack, CLONE_VM | CLONE_VFORK | SIGCHLD, (void *)&pid_there);
    CHECK(pid_there == pid && wait_for(pid) == 4);
}

static void ids_are_written_where_asked(void)
{
    static int ids[2];
    pid_t pid = (pid_t)syscall(SYS_clone, CLONE_PARENT_SETTID | CLONE_CHILD_SETTID | SIGCHLD, NULL, &ids[0], NULL, &ids[1]);

    if (!pid)
        _exit(ids[1] != getpid());
    CHECK(ids[0] == pid && wait_for(pid) == 0);
}

static void wait_tells_how(void)
{
    siginfo_t info;
    struct rusage usage;
    int status;
    pid_t pid = fork();

    if (!pid)
        _exit(5);
    CHECK(waitid(P_PID, (id_t)pid, &info, WEXITED | WNOWAIT) == 0);
    CHECK(info.si_signo == SIGCHLD && info.si_code == CLD_EXITED && info.si_pid == pid && info.si_status == 5);
    CHECK(wait4(pid, &status, 0, &usage) == pid && WEXITSTATUS(status) == 5);
    CHECK(usage.ru_maxrss > 0);
    CHECK_ERRNO(waitpid(-1, &status, 0), ECHILD);
    pid = fork();
    if (!pid)
        for (;;)
            pause();
    CHECK(waitpid(pid, &status, WNOHANG) == 0);
    kill(pid, SIGTERM);
    CHECK(wait_for(pid) == 1000 + SIGTERM);
}

static int run(const char *path, char *const argv[])
{
    pid_t pid = fork();

    if (!pid) {
        execv(path, argv);
        _exit(200 + (errno == ENOEXEC) + 2 * (errno == EACCES) + 4 * (errno == ENOENT));
    }
    return wait_for(pid);
}

/* As main(): what exec has passed on. */
static int as_child(int argc, char **argv)
{
    char link[PATH_MAX] = "";

    if (!strcmp(argv[1], "args"))
        return !(argc == 4 && !strcmp(argv[0], "zero") && !strcmp(argv[2], "") && !strcmp(argv[3], "-x y"));
    if (!strcmp(argv[1], "env"))
        return !(getenv("FOO") && !strcmp(getenv("FOO"), "bar") && !getenv("PATH"));
    if (!strcmp(argv[1], "exe"))
        return readlink("/proc/self/exe", link, sizeof link - 1) < 0 || strcmp(link, self);
    if (!strcmp(argv[1], "mask")) {
        sigset_t now;
        struct sigaction a;

        sigprocmask(SIG_BLOCK, NULL, &now);
        sigaction(SIGUSR1, NULL, &a);
        if (!sigismember(&now, SIGUSR2) || sigismember(&now, SIGTERM) || a.sa_handler != SIG_IGN)
            return 1;
        sigpending(&now);
        sigaction(SIGTERM, NULL, &a);
        return !sigismember(&now, SIGUSR2) || a.sa_handler != SIG_DFL;
    }
    return 99;
}

static void exec_passes_everything_on(void)
{
    char *args[] = {"zero", "args", "", "-x y", NULL}, *exe[] = {self, "exe", NULL};
    char *env[] = {self, "env", NULL}, *vars[] = {"FOO=bar", NULL};
    pid_t pid;

    CHECK(run(self, args) == 0);
    CHECK(run(self, exe) == 0);
    CHECK(run("/proc/self/exe", exe) == 0);
    pid = fork();
    if (!pid)
        execve(self, env, vars), _exit(100);
    CHECK(wait_for(pid) == 0);
    CHECK(posix_spawn(&pid, self, NULL, NULL, args, environ) == 0 && wait_for(pid) == 0);
}

static void ignore(int sig)
{
}

static void exec_keeps_mask_and_ignored_signals(void)
{
    char *args[] = {self, "mask", NULL};
    pid_t pid = fork();

    if (!pid) {
        sigset_t set;

        sigemptyset(&set);
        sigaddset(&set, SIGUSR2);
        sigprocmask(SIG_BLOCK, &set, NULL);
        signal(SIGUSR1, SIG_IGN);
        signal(SIGTERM, ignore);
        signal(SIGUSR2, ignore);
        raise(SIGUSR2);
        execv(self, args);
        _exit(100);
    }
    CHECK(wait_for(pid) == 0);
}

static void write_file(const char *name, const char *text, mode_t mode)
{
    int fd = open(name, O_CREAT | O_WRONLY | O_TRUNC, mode);

    CHECK(fd >= 0 && write(fd, text, strlen(text)) == (ssize_t)strlen(text));
    close(fd);
}

static void scripts_and_bad_programs(void)
{
    char text[PATH_MAX + 40], *script[] = {"ignored", "args?", NULL}, *none[] = {"x", NULL};

    enter_scratch();
    snprintf(text, sizeof text, "#! %s script one \n", self);
    write_file("script", text, 0755);
    CHECK(run("./script", script) == 77);
    write_file("second", "#!./script\n", 0755);
    CHECK(run("./second", script) == 78);
    write_file("noexec", text, 0644);
    CHECK(run("./noexec", none) == 202);
    write_file("data", "\1\2\3 nothing", 0755);
    CHECK(run("./data", none) == 201);
    CHECK(run("./absent", none) == 204);
    CHECK(run("/tmp", none) == 202);
    CHECK(run("/bin/true", none) == 0); /* of the host or of the guest: both must run */
    unlink("script"), unlink("second"), unlink("noexec"), unlink("data");
    leave_scratch();
}

static void exec_by_descriptor(void)
{
    char *args[] = {"zero", "args", "", "-x y", NULL};
    int fd = open(self, O_RDONLY | O_CLOEXEC);
    pid_t pid = fork();

    if (!pid) {
        fexecve(fd, args, environ);
        _exit(100);
    }
    CHECK(wait_for(pid) == 0);
    close(fd);
}

static void what_a_program_knows_of_itself(void)
{
    char line[512], name[16];
    int stack_lines = 0, text_lines = 0;
    FILE *f = fopen("/proc/self/maps", "r");

    CHECK(getauxval(AT_PAGESZ) == 4096 && getauxval(AT_RANDOM) && getauxval(AT_PHDR) && getauxval(AT_HWCAP));
    CHECK(getauxval(AT_UID) == getuid() && getauxval(AT_SECURE) == 0 && getauxval(AT_SYSINFO_EHDR));
    CHECK(strcmp((char *)getauxval(AT_EXECFN), "") != 0);
    while (f && fgets(line, sizeof line, f)) {
        unsigned long long start, end;

        CHECK(sscanf(line, "%llx-%llx", &start, &end) == 2 && end > start && end <= (sizeof(long) == 4 ? 0x100000000ull : 0x800000000000ull));
        stack_lines += strstr(line, "[stack]") && start <= (uintptr_t)name && (uintptr_t)name < end;
        text_lines += strstr(line, self) && strstr(line, "r-xp");
    }
    CHECK(f && stack_lines == 1 && text_lines >= 1);
    if (f)
        fclose(f);
    f = fopen("/proc/self/auxv", "r");
    CHECK(f && fread(line, 1, 8, f) == 8);
    if (f)
        fclose(f);
    f = fopen("/proc/self/cmdline", "r");
    CHECK(f && fgets(line, sizeof line, f) && strstr(line, "processes") && !strstr(line, "moa-a"));
    if (f)
        fclose(f);
    CHECK(prctl(PR_GET_NAME, name) == 0 && !strncmp(name, "processes", 9));
}

int main(int argc, char **argv)
{
    if (readlink("/proc/self/exe", self, sizeof self - 1) < 0)
        return 100;
    if (argc == 4 && !strcmp(argv[1], "script one")) { /* interpreter, its argument, script, the script's arguments */
        if (!strcmp(argv[2], "./script"))
            return !strcmp(argv[0], self) && !strcmp(argv[3], "args?") ? 77 : 79;
        return 80;
    }
    if (argc == 5 && !strcmp(argv[1], "script one"))
        return strcmp(argv[2], "./script") || strcmp(argv[3], "./second") || strcmp(argv[4], "args?") ? 81 : 78;
    if (argc > 1)
        return as_child(argc, argv);
    fork_copies_memory();
    vfork_shares_memory();
    clone_with_shared_memory_only();
    ids_are_written_where_asked();
    wait_tells_how();
    exec_passes_everything_on();
    exec_keeps_mask_and_ignored_signals();
    scripts_and_bad_programs();
    exec_by_descriptor();
    what_a_program_knows_of_itself();
    return failures;
}

/*
 * disas.c: disassembly by a child process. capstone's tables would cost every
 * start of moa a millisecond (79,000 relocations), so they live in a program
 * of its own, carried inside as bytes, that is started from a memfd when a log
 * first asks. It works in any chroot: nothing is looked up by name.
 */
#include "debug/debug.h"
#include "debug/disas.h"
#include "debug/internal.h"
#include "util/util.h"

#include <errno.h>
#include <fcntl.h>
#include <pthread.h>
#include <stdlib.h>
#include <sys/mman.h>
#include <sys/syscall.h>
#include <sys/wait.h>
#include <unistd.h>

extern const uint8_t disas_image[], disas_image_end[];

static pthread_mutex_t lock = PTHREAD_MUTEX_INITIALIZER;
static int to_child = -1, from_child = -1;
static pid_t owner; /* the process that started the child; after fork another is needed */

static const char *const isa_names[DISAS_ISAS] = {
    [DISAS_ARM] = "arm", [DISAS_THUMB] = "thumb", [DISAS_AARCH64] = "aarch64", [DISAS_X86_64] = "x86_64",
};

/* Out of the guest's way: it counts on the lowest numbers being free. */
int debug_private_fd(int fd)
{
    int high = fcntl(fd, F_DUPFD_CLOEXEC, 900);

    if (high < 0)
        return fd; /* RLIMIT_NOFILE is lower than that */
    close(fd);
    return high;
}

/*
 * The disassembler is a grandchild whose parent has gone, so that the guest's
 * wait() never sees it; the child between is waited for here.
 */
static void spawn(int image, int in, int out)
{
    pid_t child = fork();

    if (child == 0) {
        sigset_t none;

        sigemptyset(&none);
        sigprocmask(SIG_SETMASK, &none, NULL);
        if (fork() != 0)
            _exit(0);
        dup2(in, STDIN_FILENO);
        dup2(out, STDOUT_FILENO);
        setsid(); /* a Ctrl-C at the terminal is not meant for it */
        syscall(SYS_execveat, image, "", (char *[]){(char *)"moa-disas", NULL}, (char *[]){NULL}, AT_EMPTY_PATH);
        _exit(127);
    }
    if (child > 0)
        while (waitpid(child, NULL, 0) < 0 && errno == EINTR)
            ;
}

static bool start(void)
{
    size_t size = (size_t)(disas_image_end - disas_image);
    int image, in[2], out[2];

    if (owner == getpid())
        return to_child >= 0;
    owner = getpid();
    if (to_child >= 0) {
        close(to_child);
        close(from_child);
        to_child = -1;
    }
    image = memfd_create("moa-disas", MFD_CLOEXEC);
    if (image < 0 || write(image, disas_image, size) != (ssize_t)size || pipe2(in, O_CLOEXEC) < 0)
        return false;
    if (pipe2(out, O_CLOEXEC) < 0)
        return false;
    spawn(image, in[0], out[1]);
    close(image);
    close(in[0]);
    close(out[1]);
    to_child = debug_private_fd(in[1]);
    from_child = debug_private_fd(out[0]);
    return true;
}

static bool transfer(int fd, void *data, size_t size, bool out)
{
    for (size_t done = 0; done < size;) {
        ssize_t n = out ? write(fd, (char *)data + done, size - done) : read(fd, (char *)data + done, size - done);

        if (n < 0 && errno == EINTR)
            continue;
        if (n <= 0)
            return false;
        done += (size_t)n;
    }
    return true;
}

/* The answer's text, NUL-terminated, or NULL; the caller frees it. */
static char *ask(unsigned isa, const void *code, uint32_t size, uint64_t pc)
{
    struct disas_request r = {.pc = pc, .size = size, .isa = isa};
    uint32_t length;
    char *text = NULL;

    if (start() && transfer(to_child, &r, sizeof r, true) && transfer(to_child, (void *)code, size, true) &&
        transfer(from_child, &length, sizeof length, false)) {
        text = malloc(length + 1ul);
        if (text && transfer(from_child, text, length, false))
            text[length] = 0;
    }
    return text;
}

static void print_plain(FILE *f, const uint8_t *code, size_t size, uint64_t pc)
{
    for (size_t i = 0; i < size; i += 4) {
        fprintf(f, "0x%08llx: ", (unsigned long long)pc + i);
        for (size_t j = i; j < size && j < i + 4; j++)
            fprintf(f, " %02x", code[j]);
        fprintf(f, "\n");
    }
}

/* The text of one request; NULL when there is no disassembler. */
char *debug_disas_text(const char *isa, const void *code, size_t size, uint64_t pc)
{
    sigset_t all, old;
    char *text = NULL;

    /* SIGPIPE and the guest's signals must not come between. */
    sigfillset(&all);
    pthread_sigmask(SIG_SETMASK, &all, &old);
    pthread_mutex_lock(&lock);
    for (unsigned i = 0; i < DISAS_ISAS; i++)
        if (!strcmp(isa, isa_names[i]) && size <= DISAS_MAX)
            text = ask(i, code, (uint32_t)size, pc);
    pthread_mutex_unlock(&lock);
    pthread_sigmask(SIG_SETMASK, &old, NULL);
    return text;
}

void debug_disas(FILE *f, const char *isa, const void *code, size_t size, uint64_t pc)
{
    char *text = debug_disas_text(isa, code, size, pc);

    if (text)
        fputs(text, f);
    else
        print_plain(f, code, size, pc);
    free(text);
}

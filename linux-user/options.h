/*
 * options.h: what the command line and its environment twins have set.
 */
#ifndef LINUX_USER_OPTIONS_H
#define LINUX_USER_OPTIONS_H

#include <stdbool.h>
#include <stdint.h>

struct guest_options {
    const char *prefix;          /* -L, or NULL */
    uint64_t first_runs;         /* -first-runs: how often code is interpreted before it is translated */
    const char *cache;           /* -cache: folder of kept translations, "off", or NULL */
    const char *cpu;             /* -cpu */
    const char *set_env, *unset_env;
    const char *argv0;
    const char *uname;           /* -r */
    uint64_t stack_size;
    uint64_t guest_base, reserved_va;
    const char *exec_fd;         /* -execfd: the program is open here */
    const char *gdb;             /* -g */
    const char *log, *log_file, *dfilter;
    bool strace, one_insn, interpret, perfmap, jitdump;
    const char *seed;            /* -seed */
};
extern struct guest_options options;

/* Reads environment and command line; returns the index of the program in argv. */
int options_parse(int argc, char **argv);
void print_cpus(void) __attribute__((noreturn));
/* Our options as they must be given to a moa started by execve; returns how many words. They are static, or of options. */
#define MAX_EXEC_OPTIONS 64
unsigned options_for_exec(const char *list[MAX_EXEC_OPTIONS]);

#endif

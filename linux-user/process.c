/*
 * process.c: the guest process, and its end.
 */
#include "debug/debug.h"
#include "linux-user/internal.h"

#include <sys/syscall.h>

struct guest_process guest = {.threads_lock = PTHREAD_MUTEX_INITIALIZER};

void process_end(struct guest_thread *t)
{
    if (log_on(LOG_stats)) {
        FILE *f = log_begin(LOG_stats);

        runtime_print_stats(f);
        log_end(f);
    }
    runtime_keep();
}

void process_exit(struct guest_thread *t, int status)
{
    process_end(t);
    if (debug_gdb_on)
        debug_exiting(status);
    host_syscall(SYS_exit_group, status);
    __builtin_unreachable();
}

/*
 * util.c: the three kinds of errors, each one sentence on stderr. Written with
 * one write(2) and no allocation: they may come from a signal handler.
 */
#include "util/util.h"

#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <unistd.h>

const char *program_name = "moa";
void (*bug_hook)(void);

static void sentence(const char *kind, const char *fmt, va_list ap)
{
    char line[1024];
    int used = snprintf(line, sizeof line - 1, "%s: %s", program_name, kind);

    if (used < 0 || used >= (int)sizeof line - 1)
        used = 0; /* the kernel may have given us an enormous name */
    vsnprintf(line + used, sizeof line - 1 - (size_t)used, fmt, ap);
    strcat(line, "\n");
    if (write(STDERR_FILENO, line, strlen(line)) < 0)
        return; /* stderr is closed: nobody to tell */
}

void die_status(int status, const char *fmt, ...)
{
    va_list ap;

    va_start(ap, fmt);
    sentence("", fmt, ap);
    va_end(ap);
    exit(status);
}

void die(const char *fmt, ...)
{
    va_list ap;

    va_start(ap, fmt);
    sentence("", fmt, ap);
    va_end(ap);
    exit(1);
}

void warn(const char *fmt, ...)
{
    va_list ap;

    va_start(ap, fmt);
    sentence("warning: ", fmt, ap);
    va_end(ap);
}

void bug(const char *fmt, ...)
{
    void (*hook)(void) = bug_hook;
    va_list ap;

    va_start(ap, fmt);
    sentence("internal error: ", fmt, ap);
    va_end(ap);
    bug_hook = NULL; /* a bug in the hook must not come back here */
    if (hook)
        hook();
    abort();
}

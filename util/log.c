/*
 * log.c: -d, -D and -dfilter. Nothing is opened or allocated until a category
 * is on. With -d tid each thread writes its own file when the name given to -D
 * holds %d, and otherwise begins its lines with its thread id.
 */
#include "util/log.h"
#include "util/util.h"

#include <ctype.h>
#include <errno.h>
#include <limits.h>
#include <stdarg.h>
#include <stdlib.h>
#include <sys/syscall.h>
#include <unistd.h>

uint64_t log_mask;

static const struct { const char *name, *summary; } categories[LOG_COUNT] = {
#define LOG(name, summary) {#name, summary},
#include "util/trace.def"
#undef LOG
};

static FILE *log_file; /* NULL: stderr */
static const char *log_path;
static __thread FILE *thread_file;

/* -dfilter's ranges, both ends included; none: everything is wanted. */
static struct { uint64_t first, last; } wanted[16];
static unsigned nwanted;

/* ---- -d ---- */

static bool set_word(const char *word, size_t length)
{
    if (length == 3 && !strncmp(word, "all", 3)) {
        log_mask |= ones(LOG_COUNT) & ~(1ull << LOG_nochain | 1ull << LOG_tid);
        return true;
    }
    for (unsigned i = 0; i < LOG_COUNT; i++)
        if (strlen(categories[i].name) == length && !strncmp(word, categories[i].name, length)) {
            log_mask |= 1ull << i;
            return true;
        }
    return false;
}

bool log_set(const char *list, const char **bad)
{
    while (*list) {
        size_t length = strcspn(list, ",");

        if (length && !set_word(list, length)) {
            *bad = list;
            return false;
        }
        list += length + (list[length] == ',');
    }
    return true;
}

void log_help(FILE *f)
{
    fprintf(f, "Log items (comma separated):\n");
    for (unsigned i = 0; i < LOG_COUNT; i++)
        fprintf(f, "%-16s%s\n", categories[i].name, categories[i].summary);
}

/* ---- -D ---- */

/* path with the first %d replaced by id. */
static FILE *open_for(const char *path, int id)
{
    char name[PATH_MAX];
    const char *at = strstr(path, "%d");
    int length = at ? snprintf(name, sizeof name, "%.*s%d%s", (int)(at - path), path, id, at + 2)
                    : snprintf(name, sizeof name, "%s", path);

    if (length >= (int)sizeof name) {
        errno = ENAMETOOLONG;
        return NULL;
    }
    return fopen(name, "we");
}

bool log_open(const char *path)
{
    FILE *f = open_for(path, getpid());

    if (!f)
        return false;
    setvbuf(f, NULL, _IOLBF, 0);
    if (log_file)
        fclose(log_file);
    log_file = f;
    log_path = path;
    return true;
}

static bool file_per_thread(void)
{
    return log_on(LOG_tid) && log_path && strstr(log_path, "%d");
}

static FILE *stream(void)
{
    if (file_per_thread()) {
        if (!thread_file)
            thread_file = open_for(log_path, (int)syscall(SYS_gettid));
        if (thread_file)
            return thread_file;
    }
    return log_file ? log_file : stderr;
}

FILE *log_begin(enum log_category c)
{
    FILE *f = stream();

    flockfile(f);
    if (log_on(LOG_tid) && !file_per_thread())
        fprintf(f, "[%ld] ", syscall(SYS_gettid));
    return f;
}

void log_end(FILE *f)
{
    fflush(f); /* the guest may fork or be killed at any time */
    funlockfile(f);
}

void log_print(enum log_category c, const char *fmt, ...)
{
    va_list ap;
    FILE *f;

    if (!log_on(c))
        return;
    f = log_begin(c);
    va_start(ap, fmt);
    vfprintf(f, fmt, ap);
    va_end(ap);
    log_end(f);
}

/* ---- -dfilter ---- */

/* a..b, a+n or a-n; *end is left after it. */
static bool range(const char *s, char **end, uint64_t *first, uint64_t *last)
{
    uint64_t a = strtoull(s, end, 0), b;
    const char *op = *end;

    if (op == s || !(*op == '+' || *op == '-' || !strncmp(op, "..", 2)))
        return false;
    s = op + (*op == '.' ? 2 : 1);
    b = strtoull(s, end, 0);
    if (*end == s || !isdigit((unsigned char)*s))
        return false;
    if (*op != '.' && !b)
        return false; /* no address at all */
    *first = *op == '-' ? a - (b - 1) : a;
    *last = *op == '+' ? a + (b - 1) : *op == '-' ? a : b;
    return *first <= *last;
}

bool log_filter(const char *list)
{
    for (nwanted = 0; nwanted < ARRAY_SIZE(wanted); nwanted++) {
        char *end;

        if (!range(list, &end, &wanted[nwanted].first, &wanted[nwanted].last))
            return false;
        if (*end != ',') {
            nwanted++;
            return !*end;
        }
        list = end + 1;
    }
    return false;
}

bool log_wanted(uint64_t pc)
{
    for (unsigned i = 0; i < nwanted; i++)
        if (wanted[i].first <= pc && pc <= wanted[i].last)
            return true;
    return !nwanted;
}

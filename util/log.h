/*
 * log.h: -d categories. trace.def is the list; a category that is off costs one
 * load and a branch.
 */
#ifndef UTIL_LOG_H
#define UTIL_LOG_H

#include <stdbool.h>
#include <stdint.h>
#include <stdio.h>

enum log_category {
#define LOG(name, ...) LOG_##name,
#include "util/trace.def"
#undef LOG
    LOG_COUNT
};

extern uint64_t log_mask;
static inline bool log_on(enum log_category c) { return __builtin_expect(log_mask >> c & 1, 0); }

/* "in_asm,cpu" or "help" semantics of -d. False: unknown word (left in *bad, not owned). */
bool log_set(const char *list, const char **bad);
/* -D: "%d" is the pid. False with errno set when it cannot be opened. Default stderr. */
bool log_open(const char *path);
/* -dfilter: start..end, start+len, start-len, comma-separated. False: bad syntax. */
bool log_filter(const char *list);
bool log_wanted(uint64_t pc); /* within -dfilter */
void log_help(FILE *f);
/* A line (or more) under a category; no prefix is added but with -d tid. */
void log_print(enum log_category c, const char *fmt, ...) __attribute__((format(printf, 2, 3)));
/* The stream itself, locked, for multi-line dumps. */
FILE *log_begin(enum log_category c);
void log_end(FILE *f);

#endif

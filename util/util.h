/*
 * util.h: what glib does not give and every room needs: bit fields, unaligned
 * loads of either byte order, and the three kinds of errors.
 */
#ifndef UTIL_UTIL_H
#define UTIL_UTIL_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

#define ARRAY_SIZE(a) (sizeof(a) / sizeof *(a))
#define container_of(p, type, member) ((type *)((char *)(p) - offsetof(type, member)))
#define MIN_(a, b) ((a) < (b) ? (a) : (b))
#define MAX_(a, b) ((a) > (b) ? (a) : (b))

/* For a large or seldom used table: it stands apart from small data, which then shares pages. */
#define APART __attribute__((section(".lbss")))

static inline uint64_t ones(unsigned n) { return n >= 64 ? ~0ull : (1ull << n) - 1; }
static inline uint64_t bits(uint64_t v, unsigned low, unsigned n) { return v >> low & ones(n); }
static inline int64_t sx(uint64_t v, unsigned n) { return n >= 64 ? (int64_t)v : (int64_t)(v << (64 - n)) >> (64 - n); }
static inline uint64_t align_down(uint64_t v, uint64_t a) { return v & -a; }
static inline uint64_t align_up(uint64_t v, uint64_t a) { return (v + a - 1) & -a; }

/* Loads and stores at any alignment, in little- or big-endian order. */
#define LOADSTORE(n)                                                                                                     \
    static inline uint##n##_t ldle##n(const void *p) { uint##n##_t v; memcpy(&v, p, sizeof v); return v; }               \
    static inline void stle##n(void *p, uint##n##_t v) { memcpy(p, &v, sizeof v); }                                      \
    static inline uint##n##_t ldbe##n(const void *p) { return __builtin_bswap##n(ldle##n(p)); }                          \
    static inline void stbe##n(void *p, uint##n##_t v) { stle##n(p, __builtin_bswap##n(v)); }
LOADSTORE(16)
LOADSTORE(32)
LOADSTORE(64)
#undef LOADSTORE

/* The user's error: one sentence on stderr ("moa-arm: ..."), then exit(1) or the status given. */
void die(const char *fmt, ...) __attribute__((noreturn, format(printf, 1, 2)));
void die_status(int status, const char *fmt, ...) __attribute__((noreturn, format(printf, 2, 3)));
void warn(const char *fmt, ...) __attribute__((format(printf, 1, 2)));
/* Our error: sentence, backtrace, abort. bug_hook, when set, prints more (guest pc, host stack) first. */
void bug(const char *fmt, ...) __attribute__((noreturn, format(printf, 1, 2)));
extern void (*bug_hook)(void);
#define bug_on(cond) do { if (__builtin_expect(!!(cond), 0)) bug("%s:%d: %s", __FILE__, __LINE__, #cond); } while (0)
/* Name that the messages begin with; "moa" until set. */
extern const char *program_name;

#endif

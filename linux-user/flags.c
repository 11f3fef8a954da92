/*
 * flags.c: the names and numbers of flags.def: printing for strace, and the
 * conversion of those that ABIs number differently.
 */
#include "linux-user/syscall.h"

#include <fcntl.h>
#include <linux/futex.h>
#include <linux/mman.h>
#include <sched.h>
#include <sys/epoll.h>
#include <sys/file.h>
#include <sys/mman.h>
#include <sys/prctl.h>
#include <sys/random.h>
#include <sys/resource.h>
#include <sys/socket.h>
#include <sys/stat.h>
#include <sys/time.h>
#include <sys/uio.h>
#include <sys/wait.h>
#include <time.h>
#include <unistd.h>

#include <linux/close_range.h>
#include <linux/prctl.h>

/* What 64-bit C libraries hide: numbers of the kernel. */
#define K_O_LARGEFILE 0100000
#define K_O_TMPFILE 020000000
#define K_F_GETLK 5
#define K_F_SETLK 6
#define K_F_SETLKW 7
#define K_F_GETLK64 12
#define K_F_SETLK64 13
#define K_F_SETLKW64 14
#ifndef GRND_INSECURE
#define GRND_INSECURE 4
#endif

struct flag {
    char name[24];
    uint32_t host, guest, mask;
};

enum { END_OF_TABLE = 0 };
static const struct flag flags[] = {
#define TABLE(name)
#define FLAG(f) {#f, f, f, f},
#define VALUE(v, mask) {#v, v, v, (uint32_t)(mask)},
#define ARM(f, bits) {#f, f, bits, bits},
#define END {"", 0, 0, END_OF_TABLE},
#include "linux-user/flags.def"
#undef TABLE
#undef FLAG
#undef VALUE
#undef ARM
#undef END
};

/* First row of a table. */
static const struct flag *table_of(enum flag_table table)
{
    const struct flag *f = flags;

    for (unsigned n = table; n; n--) {
        while (f->name[0])
            f++;
        f++;
    }
    return f;
}

/* K_ marks names that only differ from the C library's by what it hides. */
static const char *shown(const struct flag *f)
{
    return f->name + (strncmp(f->name, "K_", 2) == 0 ? 2 : 0);
}

void flags_print(FILE *out, enum flag_table table, uint64_t value)
{
    uint32_t left = value;
    const char *bar = "";

    for (const struct flag *f = table_of(table); f->name[0]; f++) {
        uint32_t mask = f->mask ? f->mask : ~0u;

        if ((value & mask) == f->guest && (f->guest ? (left & f->guest) == f->guest : (left & mask) == 0) &&
            (f->guest || mask != ~0u || value == 0)) {
            fprintf(out, "%s%s", bar, shown(f));
            left &= ~f->guest;
            bar = "|";
            if (mask == ~0u)
                return;
        }
    }
    if (left || !*bar)
        fprintf(out, "%s%#x", bar, left);
}

/*
 * Bits of table `open` that have other numbers on the host. Rows are the four
 * ARM() rows.
 */
static unsigned convert_open(unsigned value, bool in)
{
    unsigned result = value;

    for (const struct flag *f = table_of(FLAGS_open); f->name[0]; f++)
        if (f->host != f->guest)
            result &= ~(in ? f->guest : f->host);
    for (const struct flag *f = table_of(FLAGS_open); f->name[0]; f++)
        if (f->host != f->guest && (value & (in ? f->guest : f->host)))
            result |= in ? f->host : f->guest;
    return result;
}

unsigned open_flags_in(unsigned guest_flags) { return convert_open(guest_flags, true); }
unsigned open_flags_out(unsigned host_flags) { return convert_open(host_flags, false); }

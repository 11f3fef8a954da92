/*
 * gdb.h: what the files of the gdb stub share.
 *
 *   gdb_server.c    -g: the socket, packets in and out, the stub's thread
 *   gdb_threads.c   the guest's threads: stopping all, letting go, stop events
 *   gdb_packets.c   the table of packets and their answers
 *   gdb_points.c    breakpoints and watchpoints
 *   gdb_xfer.c      qXfer and vFile: descriptions and files that gdb reads
 *   gdb_arm.c gdb_a64.c  registers as gdb numbers them
 */
#ifndef DEBUG_GDB_H
#define DEBUG_GDB_H

#include "debug/debug.h"
#include "util/util.h"

#include <pthread.h>
#include <signal.h>
#include <sys/types.h>

#define GDB_PACKET 16384 /* longest packet either way; told to gdb in qSupported */

/* ---- gdb_threads.c ---- */

enum gdb_resume { GDB_HOLD, GDB_RUN, GDB_STEP };
enum gdb_why { WHY_NONE, WHY_SIGNAL, WHY_SWBREAK, WHY_WATCH, WHY_RWATCH, WHY_AWATCH, WHY_SYSCALL_ENTRY, WHY_SYSCALL_RETURN };

/* Why a thread has stopped: sig is the guest's number (Linux generic). */
struct gdb_stop {
    int sig;
    enum gdb_why why;
    uint64_t value; /* watched address, or system call number */
};

struct gdb_thread {
    struct gdb_thread *next;
    struct vcpu *cpu;
    pid_t tid;
    enum gdb_resume resume;
    bool parked;              /* waits in this file */
    bool event;               /* has stopped by itself and gdb does not know yet */
    struct gdb_stop stop;
    int give_signal;          /* what gdb wants delivered when it goes on; 0 = none */
    uint64_t range_start, range_end; /* step until outside */
    unsigned syscall;         /* the last one entered */
    uint8_t siginfo[128];
    size_t siginfo_size;
};

/* One debugger, one guest process. Fields are under lock, but `process` (constant). */
struct gdb {
    pthread_mutex_t lock;
    pthread_cond_t go;
    struct gdb_thread *threads;
    const struct debug_process *process;
    bool connected;           /* gdb is there: stops are reported */
    bool stopped;             /* all threads hold; packets are answered */
    int wake;                 /* eventfd: a thread has an event */
    pid_t pid;                /* whose stub this is: forked children are not debugged */
    uint64_t pass_signals;    /* QPassSignals: delivered without asking */
    bool catch_all;           /* QCatchSyscalls:1 without numbers */
    uint64_t catch_syscalls[16]; /* bit set, numbers below 1024 */
};
extern struct gdb gdb;

struct gdb_thread *gdb_thread_by_tid(pid_t tid);
/* Makes every thread hold; returns when none runs guest code. Called and returns with the lock held. */
void gdb_stop_all(void);
/* Lets go the threads whose resume is not GDB_HOLD. Lock held. */
void gdb_resume_all(void);
/* Debugging ends: breakpoints gone, everything runs. Lock held. */
void gdb_let_go(void);

/* ---- gdb_server.c ---- */

/* A stop reply or exit packet goes out on its own; lock held. */
void gdb_send(const char *packet, size_t size);
void gdb_disconnect(void);
extern bool gdb_no_ack;

/* ---- gdb_packets.c ---- */

/* A growing answer; put_* append. Too long: cut (the packets that may be long take offset and length). */
struct gdb_answer {
    size_t size;
    char text[GDB_PACKET + 1];
};
void put_text(struct gdb_answer *a, const char *fmt, ...) __attribute__((format(printf, 2, 3)));
void put_hex(struct gdb_answer *a, const void *bytes, size_t n);
/* Escapes # $ } * as the protocol wants of binary data; stops when full, returns how many bytes went in. */
size_t put_binary(struct gdb_answer *a, const void *bytes, size_t n, size_t limit);
/* Hex digits to bytes; returns how many, stops at the first other character. */
size_t gdb_from_hex(void *to, const char *hex, size_t room);
/* Undoes the escapes in place; returns the new size. */
size_t gdb_unescape(char *p, size_t n);

enum gdb_outcome { GDB_ANSWER, GDB_SILENT /* resumed: a stop reply comes later */, GDB_END };
enum gdb_outcome gdb_packet(char *packet, size_t size, struct gdb_answer *a);
void gdb_stop_reply(const struct gdb_thread *t, struct gdb_answer *a);
void gdb_packets_reset(void); /* a new connection */
int gdb_signal_from_guest(int sig);
int gdb_signal_to_guest(int sig);

/* ---- gdb_points.c ---- */

bool gdb_insert_point(unsigned type, uint64_t addr, uint64_t kind);
bool gdb_remove_point(unsigned type, uint64_t addr, uint64_t kind);
void gdb_remove_all_points(void);
bool gdb_is_breakpoint(uint64_t pc);
/* The watchpoint that an access at addr belongs to, or NULL. */
const struct debug_watch *gdb_watch_at(uint64_t addr);

/* ---- gdb_xfer.c ---- */

void gdb_xfer(const char *args, struct gdb_answer *a);
void gdb_vfile(char *args, size_t size, struct gdb_answer *a);
void gdb_xfer_thread(struct gdb_thread *t); /* whose siginfo is meant */

#endif

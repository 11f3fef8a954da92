/*
 * backend.h: IR region -> host bytes. The backend knows a guest only through
 * the numbers in struct guest_arch (state size, pins, helpers).
 */
#ifndef BACKEND_BACKEND_H
#define BACKEND_BACKEND_H

#include "frontend/frontend.h"

/* A place in host code that a direct edge jumps from; the 4 bytes at `site` are patched with one store. Programs have very many. */
struct host_exit {
    uint32_t site;      /* offset of the rel32 in the region's code */
    uint32_t stub : 30; /* offset of the stub it goes to while not linked */
    uint32_t landing : 1; /* not an edge: a call returns into the region here. link(NULL), when the region is dropped, turns returns away */
    uint32_t call : 1;  /* a direct call: worth counting */
    uint32_t again;     /* to the region's own start: offset of a better way in for this exit, 0 none */
    struct region_key target;
};

/* Guest pc and decode state by host offset: rows sorted by host offset; a row holds from there on. */
struct host_insn { uint32_t host; uint32_t mode; uint64_t pc; };

/*
 * Code may be moved, in this process or into another one with the same gates:
 * a MOVE_GATE holds the distance to a gate, a MOVE_ID the region's number
 * above the lowest byte; nothing else depends on the place but modulo 16.
 */
enum { MOVE_GATE, MOVE_ID };
#define MAX_MOVES 1024
#define MAX_EXITS 256
struct host_code {
    uint8_t *code;               /* where it stands (already in the code cache) */
    uint32_t size, insn_bytes;   /* instructions first, then padding and constants */
    uint32_t nexits, ninsns;
    struct host_exit exits[MAX_EXITS];
    uint32_t nmoves;             /* above MAX_MOVES: not all of them are known */
    uint32_t moves[MAX_MOVES];   /* offset of 4 bytes << 1 | kind */
    struct host_insn *insns;     /* IR_MAX_OPS / 2 rows, caller's memory */
    /* For a fault between: is the FLAGS slot's value in the host's flags? sorted by host offset like insns */
    struct host_flags { uint32_t host; uint8_t where; } *flags; /* where: 0 in the slot, 1 in host flags, 2 the same with C inverted, 3 backend's own */
    uint32_t nflags;
};

/*
 * vcpu fields the gates keep:
 *   in_code     0 outside, 1 translated code runs, 2 a C helper called from it runs, 3 one that leaves
 *               the vectors where they are (HELPER_INTEGER)
 *   code_stack  rsp of translated code while it is not running (left, or in a helper);
 *               in a helper *(uint64_t *)code_stack is the host pc after the call
 *   c_stack     rsp of the C caller of enter()
 *   return_stack .. return_stack_top: the return stack, 64 KiB or more, page-aligned, a
 *               PROT_NONE page below it; allocated by runtime, code_stack = 0 means empty
 * A helper with HELPER_READS/WRITES/FAULTS runs with all pinned registers stored in
 * the state; other helpers run with them preserved.
 */

/* Code that is not of any region: how to get in, out and to helpers. Made once per code cache. */
struct host_gates {
    /* Runs translated code at `code` until it leaves; returns exit kind. Saves and restores the host's registers. */
    unsigned (*enter)(struct vcpu *c, const void *code);
    /* The same in its parts, for callers that count returns: leaving translated code has put the
     * host's return predictor out of step, so each ret of C after enter_bare is mispredicted. */
    void (*prepare)(struct vcpu *c); /* before every entry */
    unsigned (*enter_bare)(struct vcpu *c, const void *code);
    void (*finish)(struct vcpu *c);  /* after it */
    const void *unwind;          /* jumping here (with rbp right, any rsp) leaves as EXIT_EXCEPTION with state stored */
    const void *unwind_integer;  /* the same from a HELPER_INTEGER: vectors are stored first */
    const void *leave_fault;     /* the same, but pinned registers are stored first (fault inside translated code) */
    uint32_t size;
};
enum exit_kind {
    EXIT_DIRECT,    /* vcpu->exit_id: see exit_of */
    EXIT_INDIRECT,  /* vcpu->exit_target: code address */
    EXIT_EXCEPTION, /* vcpu->exception; exit_id names an exit whose target is the pc and mode to report, ~0: state has them already */
    EXIT_POLL,      /* vcpu->exit_id of a direct edge, poll flag was set */
    EXIT_SYNC,      /* as EXIT_DIRECT but never linked: decode state or code has changed */
};

struct host_backend {
    const char *name;
    /* Hosts and guests for which the same code is written have the same number; once gates are made. */
    uint64_t (*variant)(void);
    /* Writes gates at p (room bytes); returns bytes used. */
    uint32_t (*make_gates)(const struct guest_arch *arch, uint8_t *p, uint32_t room, struct host_gates *gates);
    /* Compiles r to p; region_id is what exits report: exit_id = region_id << 8 | exit number.
     * False: does not fit in room bytes (nothing is lost, try again with more or flush). */
    bool (*compile)(const struct guest_arch *arch, const struct ir_region *r, const struct host_gates *gates,
                    unsigned (*flags_live)(void *ctx, struct region_key key), void *ctx,
                    uint32_t region_id, uint8_t *p, uint32_t room, struct host_code *out);
    void (*link)(uint8_t *code, const struct host_exit *e, const void *target); /* target NULL: unlink to stub */
    /* Writes code that goes on to target and adds to vcpu->call_counts[counter]; each 16384th time it leaves as the
     * exit (region id << 8 | exit number) does that is not linked. At most 32 bytes. */
    void (*count_calls)(uint8_t *p, uint32_t exit_id, unsigned counter, const void *target);
    /* Copies pinned registers and flags from a signal's ucontext to the vcpu's state, where flags are as in host_flags;
     * what was lent to other uses at that place is put right in the ucontext too. */
    void (*state_from_signal)(struct vcpu *c, void *ucontext, unsigned flags_where);
    /* SIGFPE in translated code: emulate the instruction by softfloat and step over it. False: not ours. */
    bool (*mend_fp)(struct vcpu *c, void *ucontext);
    /* Is rsp of the signal in the guard below the return stack? Then it is reset and true is returned. */
    bool (*mend_return_stack)(struct vcpu *c, void *ucontext, uint64_t fault_address);
};
extern const struct host_backend x86_64_backend;

#endif

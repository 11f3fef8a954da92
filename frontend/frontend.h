/*
 * frontend.h: what a guest CPU gives to the rest: struct guest_arch.
 *
 * A frontend knows its guest's state, decodes guest bytes to IR, and answers
 * questions about its CPU; it knows nothing of hosts, systems or processes.
 */
#ifndef FRONTEND_FRONTEND_H
#define FRONTEND_FRONTEND_H

#include "ir/ir.h"
#include "util/softfloat.h"

#include <string.h>

/*
 * What every vcpu has, whatever its guest. The guest's own state follows
 * directly: state = (char *)vcpu + VCPU_STATE. Translated code reaches both
 * from one register, so offsets here are part of the code generator's contract.
 */
#define JUMP_CACHE_SIZE 16384 /* at most: as many are used as there are targets */
/* Index of a target: (target >> s) & (entries used - 1), s = arch->code_shift; in translated code (target << (4 - s)) & jump_mask bytes. */
#define JUMP_MASK(entries) (((entries) - 1) * 16)
#define CALL_COUNTERS 1024
struct jump_cache_entry { uint64_t target; void *code; }; /* target: code address as the guest holds it */
struct vcpu {
    struct jump_cache_entry jump_cache[JUMP_CACHE_SIZE];
    const struct guest_arch *arch;
    const struct guest_cpu_model *model;
    void *owner;                 /* linux-user thread or machine's cpu */
    uint64_t mem_base;           /* host address of guest address 0 */
    /* translated code and its surroundings (backend's and runtime's own) */
    void *c_stack;               /* rsp of the C caller while translated code runs */
    void *code_stack;            /* rsp of translated code while it does not run (see backend.h) */
    void *return_stack, *return_stack_top;
    uint64_t exit_id;            /* which exit left translated code */
    uint64_t exit_target;        /* code address of an indirect exit */
    uint64_t spill[32];          /* backend's temporaries */
    v128 vspill[16];
    uint32_t mxcsr_guest, mxcsr_host;
    uint32_t in_code;            /* 0 outside, 1 translated code, 2 a C helper of it, 3 a HELPER_INTEGER one (see backend.h) */
    uint32_t hash;               /* of the running thread */
    /* exceptions: set by ir raise and by the runtime */
    uint32_t exception;          /* enum exception */
    uint64_t exception_data;
    struct fp_status fp;         /* rounding, NaN rules and sticky flags of scalar FP */
    struct fp_status fp_std;     /* ARM's "standard FPSCR": NEON */
    const void *const *helpers;  /* arch->helpers */
    uint32_t jump_mask;          /* JUMP_MASK of the entries used; 0 makes every indirect jump miss (a kick): entry 0 must not match then */
    uint64_t call_args[4];       /* arguments on their way to a helper */
    const void *soft_op, *vector_op; /* backend's C entries for rare ops */
    uint16_t float_flags[512];   /* FLAGS words by lahf's ah after a float compare, and after one with swapped operands */
    uint16_t call_counts[CALL_COUNTERS]; /* of direct calls; several share one */
    uint32_t poll;               /* nonzero: leave at the next back-edge or call (signal, invalidation, debugger) */
    uint32_t soft_traps;
    int32_t guesses;             /* backend: how many more may be wrong, see loop.c */
    v128 cold_vectors[8];        /* backend: scratch registers around a rare call */
    uint64_t lent[2];            /* backend: pinned registers lent to one instruction */
    uint64_t reserved[8];
} __attribute__((aligned(64)));
#define VCPU_STATE sizeof(struct vcpu)
static inline void *vcpu_state(struct vcpu *c) { return (char *)c + VCPU_STATE; }
static inline struct vcpu *vcpu_of_state(void *s) { return (struct vcpu *)((char *)s - VCPU_STATE); }

/* The runtime's, for helpers: leave the helper and the region; the pc is that of the instruction which called. */
void vcpu_raise(struct vcpu *c, enum exception e, uint64_t data) __attribute__((noreturn));

/*
 * A row of state.def. rank: 1.. = the hottest come first, the backend pins as
 * many as the host has registers for; 0 = lives in memory. bytes: 8 (integer)
 * or 8/16 (unit of the vector file that is pinned as one).
 */
struct guest_reg {
    const char *name; /* printf format with the index when count > 1 */
    const char *gdb;  /* gdb's name or NULL */
    uint16_t offset, bytes, count;
};
struct guest_pin { uint16_t offset; uint8_t bytes; uint8_t is_vector; }; /* in order of heat */

/* A row of helpers.def: a C function that translated code calls. Its first C
 * argument is always the guest's state. */
enum helper_traits {
    HELPER_PURE = 0,   /* reads and writes no guest state, does not fault */
    HELPER_READS = 1,  /* looks at guest registers in the state */
    HELPER_WRITES = 2, /* changes them */
    HELPER_FAULTS = 4, /* touches guest memory or raises: state must be whole */
    HELPER_INTEGER = 8, /* uses general registers only, sees none of the guest's vectors, and does not call vcpu_raise */
};
struct guest_helper {
    const char *name;
    const void *fn;
    uint8_t traits, result, args[4]; /* enum ir_type */
};

/*
 * Where the frontend reads guest code: n bytes at pc, or false (not mapped, not
 * executable). Implemented by runtime, which may leave aligned pieces of code
 * here, so that code_read() seldom has to call it.
 */
#define CODE_WINDOW 64
#define CODE_WINDOWS 8
struct code_source {
    bool (*read)(struct code_source *s, uint64_t pc, void *buf, unsigned n);
    /* The window that holds pc, which counts as read; NULL: it cannot be. May be NULL: there are no windows. */
    const uint8_t *(*window_at)(struct code_source *s, uint64_t pc);
    uint64_t window_tag[CODE_WINDOWS]; /* start | 1 of the piece that may be read freely, 0: none */
    uint8_t window[CODE_WINDOWS][CODE_WINDOW];
};

/* The window that holds pc, see window_at. */
static inline const uint8_t *code_window(struct code_source *s, uint64_t pc)
{
    unsigned i = pc / CODE_WINDOW % CODE_WINDOWS;

    if (__builtin_expect(s->window_tag[i] != ((pc - pc % CODE_WINDOW) | 1), 0))
        return s->window_at(s, pc);
    return s->window[i];
}

static inline bool code_read(struct code_source *s, uint64_t pc, void *buf, unsigned n)
{
    unsigned at = pc % CODE_WINDOW;
    const uint8_t *window;

    if (__builtin_expect(at + n > CODE_WINDOW || !s->window_at, 0))
        return s->read(s, pc, buf, n);
    window = code_window(s, pc);
    if (window)
        memcpy(buf, window + at, n);
    return window;
}

/* The 4 bytes at a multiple of 4. */
static inline bool code_word(struct code_source *s, uint64_t pc, uint32_t *word)
{
    const uint8_t *window = s->window_at ? code_window(s, pc) : NULL;

    if (!window)
        return !s->window_at && s->read(s, pc, word, 4);
    memcpy(word, window + pc % CODE_WINDOW, 4);
    return true;
}

/*
 * Code read straight on, at one load an instruction. A cursor holds until
 * anything else is read from the source; then cursor_lose() makes it look again.
 */
struct code_cursor { const uint8_t *at, *end; uint8_t few[4]; };
static inline void cursor_lose(struct code_cursor *c) { c->at = c->end = NULL; }

/* The n bytes (2 or 4) at pc, a multiple of n that lies behind what was read before, or anywhere after cursor_lose(). */
static inline bool cursor_read(struct code_cursor *c, struct code_source *s, uint64_t pc, void *buf, unsigned n)
{
    if (__builtin_expect(c->at == c->end, 0)) {
        const uint8_t *window = s->window_at ? code_window(s, pc) : s->read(s, pc, c->few, n) ? c->few : NULL;

        if (!window)
            return false;
        c->at = s->window_at ? window + pc % CODE_WINDOW : window;
        c->end = s->window_at ? window + CODE_WINDOW : window + n;
    }
    memcpy(buf, c->at, n);
    c->at += n;
    return true;
}

struct translate_options {
    unsigned max_insns;  /* guest instructions in the region, 1 for single step */
    unsigned enough;     /* after so many (0: max_insns) a conditional exit ends the region, unless the code behind
                          * it looks at the flags: that is often a region of its own, and would be translated twice */
    uint64_t page_limit; /* nonzero: do not cross this address (debugger's breakpoints) */
    bool singlestep;
    bool once;           /* will be interpreted, once: what is made for the sake of good code is not wanted */
    bool hot;            /* runs often: worth more effort. A frontend may inline calls then: ir/frame.h */
};

struct guest_cpu_model { const char *name, *summary; uint64_t features; uint64_t id; };
/* -cpu model,name=on or off: features that the switch turns on and off, and those that it turns the other way. */
struct guest_cpu_switch { const char *name; uint64_t features, inverse; };

struct guest_arch {
    const char *name;            /* "arm" */
    const char *capstone;        /* for debug/: architecture and mode, "arm:thumb" is chosen by mode bit */
    unsigned address_bits;       /* 32 or 64 */
    unsigned address_ignore_top; /* upper bits of data addresses that the CPU does not look at (tags); the bit below them stands for them */
    bool big_endian;
    unsigned state_size;         /* bytes, multiple of 16 */
    unsigned slot_bytes;         /* translated code reaches so many of them (0: all); what lies behind is the helpers' own */
    unsigned code_shift;         /* 1 or 2: instructions begin at multiples of 1 << this */
    unsigned pc_offset;          /* of the pc slot in the state */
    unsigned flags_offset;       /* of the FLAGS slot, or ~0u */
    const struct guest_reg *regs;
    unsigned nregs;
    const struct guest_pin *pins;
    unsigned npins;
    const struct guest_helper *helpers;
    unsigned nhelpers;
    const struct guest_cpu_model *models; /* ends with name NULL */
    const struct guest_cpu_switch *switches; /* ends with name NULL; NULL: what follows a model's name is ignored */

    /* -cpu model,text where text is no switch: takes it, or says no. May be NULL. */
    bool (*cpu_property)(struct guest_cpu_model *m, const char *text);

    void (*reset)(struct vcpu *c, const struct guest_cpu_model *m);
    /* Key of the code the vcpu would run now (pc slot and mode bits of its state). */
    struct region_key (*key)(const struct vcpu *c);
    /* Key for an indirect target (as in a register or on the stack), other mode bits as they are now. */
    struct region_key (*key_of_target)(const struct vcpu *c, uint64_t target);
    /* Put pc and decode state of a key (or of the insn op at a fault) into the state. */
    void (*set_pc)(struct vcpu *c, uint64_t pc, uint32_t mode);
    /* Guest bytes at key -> IR, ended by an exit. Always makes at least one instruction or a raise. */
    void (*translate)(struct ir_region *r, struct code_source *s, const struct guest_cpu_model *m, const struct translate_options *o);
    /* Key of the code a call made in a region of key `from` returns to. */
    struct region_key (*key_of_return)(struct region_key from, uint64_t return_address);
    /* Which of N Z C V (bits 3..0) may be read before they are written by code at key; 15 if unknown. */
    unsigned (*flags_live)(struct region_key key, struct code_source *s);
    /* Set by translate with ir_region.disproved: from then on translations do without some assumption.
     * May be set before there are any. NULL: nothing is assumed. */
    bool *disproved;
    /* Lines for -d cpu. */
    void (*dump)(const struct vcpu *c, FILE *f);
};

static inline unsigned guest_slot_bytes(const struct guest_arch *a) { return a->slot_bytes ? a->slot_bytes : a->state_size; }

extern const struct guest_arch arm_arch;

#endif

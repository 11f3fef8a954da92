/*
 * gen.h: what the files of the code generator share while one region is
 * compiled: where every value is, what the host's flags hold, and the small
 * verbs that lowering functions are written in.
 */
#ifndef BACKEND_X86_64_GEN_H
#define BACKEND_X86_64_GEN_H

#include "backend/backend.h"
#include "backend/x86_64/emit.h"

/* Displacement of a vcpu field and of a state offset from rbp = state + 128. */
#define VC(field) ((int32_t)offsetof(struct vcpu, field) - (int32_t)VCPU_STATE - 128)
#define ST(offset) ((int32_t)(offset) - 128)

/* Which host register is home to which guest register; made once from arch->pins. */
#define STATE_MAX 2048
struct pins {
    uint8_t gpr[STATE_MAX / 8];   /* host register of the slot at 8 * i, or NOREG */
    uint8_t xmm[STATE_MAX / 8];   /* host register whose unit covers bytes 8 * i.., or NOREG */
    uint8_t part[STATE_MAX / 8];  /* 1: these are the upper 8 bytes of that 16-byte unit */
    uint8_t wide[STATE_MAX / 8];  /* 1: the unit has 16 bytes */
    uint16_t gpr_slot[16], xmm_slot[32]; /* offset that a host register is home to */
    uint16_t gpr_pinned;          /* bit per host register */
    uint32_t xmm_pinned;
    bool wide_guest;              /* 64-bit registers */
    uint8_t code_scale;           /* of a code address, to its place in the jump cache */
};
extern struct pins x86_pins;
void x86_make_pins(const struct guest_arch *arch);

/* Scratch: what is left beside rsp, rbp and the pins. */
#define GPR_SCRATCH (1u << RAX | 1u << RCX | 1u << RDX)
#define LENT_GPR R14 /* beside rbx: what a compare-exchange of 16 bytes borrows */
#define FAULT_LENT 3  /* host_flags.where: flags are in the slot, rbx and LENT_GPR in vcpu->lent */
#define XMM_LOW 0xfu                                        /* those that every encoding can name */
#define XMM_SCRATCH (x86_cpu.avx512vl ? 0xf000000fu : XMM_LOW)

enum where {
    W_NONE,   /* not made (yet) */
    W_CONST,
    W_PIN,    /* in its guest register's home: reg */
    W_SLOT,   /* in the state, unpinned: at = offset */
    W_REG,    /* in scratch register reg (GPR or XMM by type) */
    W_SPILL,  /* in vcpu->spill[at] or vspill[at] */
    W_WAITS = 8, /* the bit of those that wait: consumers have to look */
    W_LAZY = W_WAITS, /* not made: consumers build it into an address, a compare or a condition */
    W_REMAT,  /* FLAGS: the compare is done again when wanted; its operands are kept */
};

struct value {
    uint8_t where, reg;
    uint8_t need;      /* FLAGS: which of NZCV somebody wants */
    uint8_t swap;      /* fcmp: conditions that want the operands swapped */
    uint8_t fused;     /* made together with the op before it */
    uint8_t kept;      /* FLAGS: the reads of its operands are not marked done, so that it can be made again */
    uint8_t lazy;      /* analysis: who could take it unmade: bits BY_ADDRESS ... */
    uint8_t backed;    /* W_REG: W_SLOT or W_SPILL when what is at `at` holds it too */
    uint8_t dead;      /* a put that another one overwrites before anybody can look */
    uint8_t vector;    /* lives in XMM */
    uint8_t upper;     /* v128: somebody looks at the upper half */
    uint8_t known;     /* of an XMM register: V_TAME ..., see below */
    uint8_t alias;     /* its place in gen.aliases, if it stands there */
    uint16_t at;
    uint16_t hint;     /* slot/8 + 1 of the put it is made for, 0 none */
    uint16_t uses;     /* reads still to come */
    uint16_t later;    /* of them, behind the put of `hint` */
    uint16_t root;     /* value it is another name of (trunc), or itself */
};

/*
 * What is known of the whole register of a vector or float value. TAME: f32 lanes: no denormal number, no NaN but the
 * default one. TAME32, TAME64: f32, f64 lanes as an op under FP_SOFT leaves them: the same if the guest's modes say so; not for IR_STD ops.
 */
enum { V_TAME = 1, V_TAME32 = 16, V_TAME64 = 8, V_ZERO_ABOVE = 2 /* the upper half */, V_ZERO_ABOVE32 = 4 /* ... and all but 32 bits; sets both */ };

/* What the host's EFLAGS and the state's FLAGS slot hold. */
enum flags_kind {
    FK_CARRY,    /* CF = C, as after add */
    FK_BORROW,   /* CF = not C, as after sub and cmp */
    FK_FLOAT,    /* ucomis a, b: ZF PF CF */
    FK_SWAPPED,  /* ucomis b, a */
};
struct flags_state {
    uint32_t value;    /* FLAGS value in EFLAGS, 0 none */
    uint8_t kind;      /* enum flags_kind */
    uint32_t pending;  /* value put to the slot but not stored there; it is in EFLAGS. 0 = slot is current */
};

struct label_state {
    struct { uint8_t *rel32; struct flags_state flags; } from[8]; /* jumps to it, with what they bring */
    union {
        struct {
            uint8_t nfrom, live;
            uint8_t sources, asks; /* analysis: how many branches lead here, and which flags they look at */
        };
        uint32_t all;              /* of these, to be zeroed */
    };
};

#define VECTOR_CALL_SPILLS (7u << 13) /* vspill[13..15]: operands of vector_call */
#define MAX_LABELS 256
#define MAX_ALIAS 64
/* Code out of the hot path, emitted at the region's end. */
enum cold_kind {
    COLD_SAVE,   /* flags stored, then jump along the exit */
    COLD_POLL,   /* the poll flag was set: leave with the exit's number */
    COLD_ALIGN,  /* misaligned address in reg + data */
    COLD_ICALL,  /* indirect call that missed the jump cache */
    COLD_MERGE,  /* flags stored on the way to a label where others have them stored */
    COLD_RETURN, /* a return whose target is in reg missed */
    COLD_FLUSH,  /* a compare with a denormal number */
    COLD_VECTOR, /* (those from here on may have several sites) the same for a v128 op, see lower_vfloat.c */
    COLD_SOFT,   /* a float op done again by softfloat, see float.c */
    COLD_GUESS,  /* a product was not exact: a fused multiply-add after all */
};
struct cold {
    uint8_t kind, reg, flags_kind, gpr;
    uint8_t within, bytes; /* COLD_ALIGN: not 0: all is well if the bytes accessed do not cross a multiple of it */
    uint8_t xmm[4];       /* COLD_SOFT, COLD_GUESS: operands and destination */
    uint8_t *site;        /* rel32 that leads here */
    uint8_t *also[3];     /* COLD_VECTOR: and these */
    uint32_t xmms, gprs;  /* COLD_VECTOR: scratch registers to be kept */
    const uint8_t *back;  /* where to go on */
    unsigned exit;
    uint32_t op, data;
};
#define MAX_COLD 1024

/* 16-byte constants of the region, behind its code, read by rip-relative operands. */
#define MAX_POOL 64
#define MAX_POOL_SITES 256
struct pool {
    v128 value[MAX_POOL];
    struct pool_site { uint8_t *disp; const uint8_t *end; unsigned k; } site[MAX_POOL_SITES]; /* displacement, end of its instruction */
    unsigned nvalues, nsites;
};

struct gen {
    struct code c;
    const struct guest_arch *arch;
    const struct ir_region *r;
    const struct x86_gate_table *gates;
    unsigned (*flags_live)(void *ctx, struct region_key key);
    void *ctx;
    uint32_t region_id;
    struct host_code *out;
    uint8_t *start;

    uint32_t at;                 /* op being lowered */
    uint32_t pass;               /* how far the forward pass is; beyond at while a lazy value is made */
    uint16_t gpr_owner[16], xmm_owner[32]; /* value in a scratch register, 0 free */
    uint32_t gpr_lock, xmm_lock; /* scratch registers that may not be taken now */
    uint32_t gpr_outer, xmm_outer; /* locked by the op on whose behalf another is made now */
    uint32_t spill_used, vspill_used;
    struct flags_state fl;
    uint32_t result_flags;       /* op whose result EFLAGS' SF and ZF describe, 0 none */
    uint32_t logic_flags;        /* the same, and CF and OF are clear */
    unsigned naliases;
    bool soft;                   /* floating point of the region is softfloat's */
    unsigned back[8], nback;     /* exits to the region's own start */
    uint8_t *out_of_copy;        /* rel32 of the jump that leaves the loop's first copy for what is behind the loop, or NULL */
    bool copying;                /* that copy is being made */
    uint32_t guess;              /* fma whose product is taken to be exact, 0 none */
    struct label_state label[MAX_LABELS];
    /* Of each 16 bytes of the state: V_ZERO_ABOVE .. of the vector there; was it read or written; above at all jumps back. */
    uint8_t above[STATE_MAX / 16], touched[STATE_MAX / 16], at_back[STATE_MAX / 16];
    bool any_above;              /* something stands in the first two */
    uint16_t aliases[MAX_ALIAS]; /* values that live in a guest register's home or slot */
    uint8_t names[STATE_MAX / 8 + 1]; /* how many of them each slot has */
    struct cold cold[MAX_COLD];
    unsigned ncold, stubs_done;  /* cold code; exits up to here that have their stubs, where they want some */
    struct pool pool;
    bool unreachable;            /* behind an exit, before the next label */
    bool failed;                 /* out of some table: the region is compiled again with fewer instructions */
    uint64_t cur_pc;             /* and decode state of the current guest instruction */
    uint32_t cur_mode;
    uint8_t live_after[IR_MAX_OPS]; /* which of NZCV in the slot is live behind a put of flags or an adc; exits: at their target */
    uint8_t live_in[IR_MAX_OPS + 1]; /* before each op that is to be lowered */
    uint16_t todo[IR_MAX_OPS + 1]; /* ops that must be looked at, from todo_from on to the 0 at the end; made from there backwards */
    uint16_t *todo_from;
    struct value v[IR_MAX_OPS];
};

/* Out of some table: nothing more is lowered. */
static inline void give_up(struct gen *g)
{
    g->failed = true;
    g->c.end = g->c.start;
}

/* ---- analyse.c ---- */
void x86_analyse(struct gen *g);

/* ---- locate.c: values and registers ---- */
static inline struct value *val(struct gen *g, ir_ref r) { return &g->v[g->v[r.id].root]; }
static inline const struct ir_op *op_of(struct gen *g, ir_ref r) { return &g->r->ops[g->v[r.id].root]; }
static inline bool is_const(struct gen *g, ir_ref r) { return op_of(g, r)->op == IR_const; }
static inline uint64_t const_of(struct gen *g, ir_ref r) { return op_of(g, r)->imm; }
static inline bool fits32(uint64_t v) { return (int64_t)v == (int32_t)v; }

unsigned gpr_scratch(struct gen *g);           /* a free scratch register, locked until unlock_all */
void gpr_take(struct gen *g, unsigned reg);    /* this one: whoever is in it moves away; locked */
unsigned xmm_scratch(struct gen *g);
void xmm_take(struct gen *g, unsigned reg);    /* as gpr_take */
unsigned xmm_low(struct gen *g);               /* one of xmm0-3, for instructions without EVEX form */
static inline void unlock_all(struct gen *g) { g->gpr_lock = g->xmm_lock = 0; }
static inline void count_names(struct gen *g, const struct value *v, unsigned n)
{
    g->names[v->at / 8] += n;
    g->names[v->at / 8 + 1] += v->vector ? n : 0;
}
/* One more value is the content of a guest register's home or slot. */
static inline void alias_add(struct gen *g, uint32_t id)
{
    if (g->naliases == MAX_ALIAS) {
        give_up(g);
        return;
    }
    count_names(g, &g->v[id], 1);
    g->v[id].alias = (uint8_t)g->naliases;
    g->aliases[g->naliases++] = (uint16_t)id;
}
/* The same of a value that is nowhere else. */
static inline void name_alias(struct gen *g, uint32_t id, enum where where, unsigned reg, unsigned offset)
{
    struct value *v = &g->v[id];

    v->where = (uint8_t)where;
    v->reg = (uint8_t)reg;
    v->at = (uint16_t)offset;
    alias_add(g, id);
}
unsigned gpr_loaded(struct gen *g, ir_ref v);
static inline unsigned gpr_of(struct gen *g, ir_ref r) /* register that holds r now (loaded if need be, locked) */
{
    const struct value *v = val(g, r);

    if (v->where == W_PIN)
        return v->reg;
    if (v->where != W_REG)
        return gpr_loaded(g, r);
    g->gpr_lock |= 1u << v->reg;
    return v->reg;
}
unsigned xmm_of(struct gen *g, ir_ref v);
bool upper_clean(struct gen *g, ir_ref v);     /* an i32's register has zeros in its upper half */
bool in_memory(struct gen *g, ir_ref v, struct mem *m); /* v is W_SLOT or W_SPILL: its address */
void release(struct gen *g, uint32_t id);      /* nobody reads it any more */
static inline void used(struct gen *g, ir_ref r) /* one read of r is done */
{
    struct value *v = val(g, r);

    if (v->where != W_CONST && --v->uses == 0)
        release(g, g->v[r.id].root);
}
unsigned gpr_dest(struct gen *g, uint32_t op); /* where op's result goes: its home when allowed, else scratch */
unsigned xmm_dest(struct gen *g, uint32_t op);
unsigned xmm_dest_early(struct gen *g, uint32_t op); /* no register that an operand not yet used() is in */
void spill_narrow(struct gen *g);              /* before a call: values in homes that lose their upper half */
void made(struct gen *g, uint32_t op, unsigned reg); /* op's result is in reg (home or scratch) */
void force(struct gen *g, uint32_t value);     /* make a lazy value */
void unlock(struct gen *g, unsigned reg);       /* a scratch register is done with before the op ends */
void gpr_into(struct gen *g, ir_ref v, unsigned reg); /* a copy of v in reg (taken by the caller); v still to be used() */
void evict_all(struct gen *g);                 /* scratch registers to spill slots (before a call) */
void clobber_slot(struct gen *g, unsigned offset, unsigned bytes, uint32_t except); /* old value's readers get a copy */
/* The same for a slot of 8 bytes that no vector is in. */
static inline void clobber_gpr_slot(struct gen *g, unsigned offset, uint32_t except)
{
    if (g->names[offset / 8])
        clobber_slot(g, offset, 8, except);
}
void drop_temps(struct gen *g);                /* at labels */
void forget_aliases(struct gen *g);            /* before v is made anew */
void alias_move(struct gen *g, uint32_t id, unsigned reg, unsigned offset);
void back_by_slot(struct gen *g, uint32_t id, unsigned offset); /* a value in scratch was also stored there */
void lose_slot(struct gen *g, ir_ref v); /* ... and is not to be read from there any more */
void make_alias(struct gen *g, uint32_t id, enum where where, unsigned reg, unsigned offset);
unsigned gpr_dest_early(struct gen *g, uint32_t op); /* operands are still read after it is written */
struct mem spill_mem(unsigned i);
struct mem vspill_mem(unsigned i);

/* ---- loop.c ---- */
void above_begin(struct gen *g);
void above_put(struct gen *g, unsigned offset, unsigned bytes, unsigned known);
unsigned above_get(struct gen *g, unsigned offset);
void above_forget(struct gen *g);
void loop_exit(struct gen *g, unsigned exit);
/* An exit to the region's own start? */
static inline bool loops_back(const struct gen *g, const struct ir_op *o) { return o->imm == g->r->key.pc && o->mode == g->r->key.mode; }
void loop_copy_ends(struct gen *g, enum x86_cc cc, bool save); /* such an exit_if in the copy, taken on cc */
void loop_behind(struct gen *g); /* behind such an exit_if */
bool loop_guesses(struct gen *g, const struct ir_op *o, unsigned d, const uint8_t x[3]); /* an fma done by a product and a sum, or false */
void cold_guess(struct gen *g, const struct cold *k);
#define WRONG_GUESSES 64
void loop_again(struct gen *g, void (*lower_all)(struct gen *g)); /* behind all code of the first version */

/* ---- flags.c ---- */
bool flags_busy(struct gen *g);                /* does EFLAGS hold something that is wanted and nowhere else? */
void flags_kill(struct gen *g);                /* the next instruction changes EFLAGS: save what is wanted */
void flags_set(struct gen *g, uint32_t value, enum flags_kind kind);
enum x86_cc flags_cc(struct gen *g, ir_ref flags, enum ir_cond cc); /* EFLAGS made to hold flags; the condition to test */
void flags_carry(struct gen *g, ir_ref flags, bool borrow); /* CF = C, or its inverse; consumes the use */
void flags_store(struct gen *g, enum flags_kind kind, struct mem to);     /* EFLAGS as a word; keeps rax */
void flags_forget_operands(struct gen *g, uint32_t id); /* it will not be made again */
void flags_settle(struct gen *g, ir_ref f); /* f is in EFLAGS or stored: reading it takes no register */
void flags_sync(struct gen *g, unsigned live); /* before leaving: pending value into the slot when live */
unsigned flags_where(const struct gen *g);     /* for the fault table */
/* flags_add x, 0: the host's test. */
static inline bool is_test(const struct ir_region *r, const struct ir_op *o)
{
    return o->op == IR_flags_add && ir_is_const(r, o->arg[1]) && ir_at(r, o->arg[1])->imm == 0;
}
/* EFLAGS for `cond != 0`; consumes the use. */
enum x86_cc condition(struct gen *g, ir_ref cond);
/* Does the FLAGS op `flag_op` stand right behind and want the flags of what is being lowered? */
bool flags_follow(struct gen *g, const struct ir_op *o, enum ir_opcode flag_op);

/* ---- compile.c ---- */
static inline unsigned may_wait(const struct gen *g, ir_ref a) { return g->v[g->v[a.id].root].where & W_WAITS; }
void settle(struct gen *g, const struct ir_op *o);
/* Before an op that has so many operands takes any register: what waits is made, but for what the op can swallow. */
static inline void begin_op(struct gen *g, const struct ir_op *o, unsigned nargs)
{
    if (may_wait(g, o->arg[0]) | (nargs > 1 ? may_wait(g, o->arg[1]) : 0) || nargs > 2)
        settle(g, o);
}

/* ---- lower_*.c ---- */
typedef void lower_fn(struct gen *g, const struct ir_op *o);
struct lower_row { lower_fn *fn; uint32_t arg[4]; };
extern const struct lower_row x86_lower[IR_COUNT];
lower_fn lower_flags_nz, lower_flags_put, lower_flags_get;
lower_fn lower_add, lower_sub, lower_alu, lower_mul, lower_mulh, lower_div, lower_neg, lower_not, lower_andn, lower_shift, lower_shiftz, lower_count,
    lower_bswap, lower_bswap16, lower_rbit, lower_ext, lower_zext, lower_sext, lower_trunc, lower_high, lower_concat, lower_compare, lower_select, lower_crc32,
    lower_adc, lower_flagop, lower_pack, lower_unpack, lower_cond, lower_const,
    lower_load, lower_store, lower_cas, lower_rmw, lower_fence, lower_get, lower_put,
    lower_call, lower_label, lower_br, lower_br_if, lower_exit, lower_exit_if, lower_exit_call, lower_exit_ind, lower_exit_icall, lower_exit_ret,
    lower_raise, lower_sync,
    lower_farith, lower_fsqrt, lower_fma, lower_fminmax, lower_fcmp, lower_fcvt, lower_ftoi, lower_ftou64, lower_itof, lower_u64tof, lower_soft,
    lower_fsign, lower_fmove, lower_fround, lower_vgeneric, lower_vsoft;
lower_fn *soft_lowering(const struct ir_op *o); /* of a FLOAT op under FP_SOFT (lower_soft.c) */
static inline unsigned zeros_above(enum ir_type t) { return t == F32 ? V_ZERO_ABOVE | V_ZERO_ABOVE32 : V_ZERO_ABOVE; }
void cut_above(struct gen *g, unsigned known, unsigned d, unsigned a); /* d = a with so much zero */
unsigned host_rounding(unsigned how); /* the immediate of round and vrndscale for an enum ir_round */
bool clear_in_place(struct gen *g, const struct ir_op *o, unsigned known); /* operand 0 is the result: this is known of it, or it is where that goes */
void emit_pool(struct gen *g); /* lower_vec.c: the region's vector constants */
#define VECTOR_ROW(name, f, ...) lower_fn f;
#include "backend/x86_64/lower_vec.def"
#undef VECTOR_ROW

/* ---- soft.c: called from translated code ---- */
uint64_t x86_soft_op(void *state, uint64_t a, uint64_t b, uint64_t c, uint64_t desc);
uint64_t x86_vector_op(void *state, uint64_t desc, uint64_t imm, uint64_t imm2, uint64_t unused);

/* ---- exits.c ---- */
unsigned new_exit(struct gen *g, struct region_key target);
void cold_add(struct gen *g, struct cold c);
void exits_begin(struct gen *g); /* before a version of the region's code */
void emit_cold(struct gen *g);
void call_gate(struct gen *g, const uint8_t *gate);
void x86_count_calls(uint8_t *p, uint32_t exit_id, unsigned counter, const void *target);
void cold_soft(struct gen *g, const struct cold *k);
void cold_vector(struct gen *g, const struct cold *k);
void cold_flush(struct gen *g, const struct cold *k);

/* ---- fptrap.c ---- */
#define X86_STANDARD_PREFIX 0x3e /* ds, in front of a packed float instruction: in ARM's standard modes */

/* ---- gates.c ---- */
#define MXCSR_PM 0x1000u /* inexact does not trap */
struct x86_gate_table {
    const uint8_t *enter, *direct, *poll, *sync, *exception, *lookup, *indirect, *helper_full, *helper_light, *helper_integer, *unwind, *leave_fault, *sentinel;
};
extern struct x86_gate_table x86_gates;
uint32_t x86_make_gates(const struct guest_arch *arch, uint8_t *p, uint32_t room, struct host_gates *gates);
bool x86_mend_return_stack(struct vcpu *c, void *ucontext, uint64_t fault_address);
void x86_state_from_signal(struct vcpu *c, void *ucontext, unsigned flags_where);
bool x86_mend_fp(struct vcpu *c, void *ucontext);

#endif

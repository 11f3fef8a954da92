/*
 * ir.h: the intermediate representation between a guest's decoder and the
 * host's code generator; ops.def is the language.
 *
 * A region is one linear list of ops, single entry at the top, any number of
 * exits. Values are assigned once and named by their op's index. Guest
 * registers are slots of the guest's state, read by `get` and written by
 * `put`; labels lie forward only and no value lives across one.
 */
#ifndef IR_IR_H
#define IR_IR_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>

enum ir_type { IR_NONE, I8, I16, I32, I64, F32, F64, V128, FLAGS }; /* I8, I16: only in proofs and memory sizes */

enum ir_opcode {
    IR_nop, /* index 0 of every region, and what a pass leaves of a dropped op */
    IR_const, /* imm = value */
#define OP(name, ...)     IR_##name,
#define LANE(name, ...)   IR_##name,
#define VECTOR(name, ...) IR_##name,
#define FLOAT(name, ...)  IR_##name,
#define EFFECT(name, ...) IR_##name,
#include "ir/ops.def"
#undef OP
#undef LANE
#undef VECTOR
#undef FLOAT
#undef EFFECT
    IR_COUNT
};

enum ir_traits { COMMUTES = 1, MAY_FAULT = 2, LEAVES = 4, IR_PURE = 8, IR_IS_LANE = 16, IR_IS_VECTOR = 32, IR_IS_FLOAT = 64 };

/* What the table says of an op; ir_info[] is made from ops.def. result: see ops.def. */
enum ir_result { RES_NONE, RES_T, RES_W32, RES_W64, RES_FL, RES_VEC };
struct ir_opinfo {
    char name[13];
    char operands[5];
    uint8_t result, traits, nargs;
    uint8_t type; /* enum ir_type: what ir_op.type is whatever was asked, IR_NONE: as asked */
} __attribute__((aligned(32))); /* a power of two: looked at for every op */
extern const struct ir_opinfo ir_info[IR_COUNT];

/* Conditions on FLAGS, numbered as in ARM's cond field; inverse = ^ 1. */
enum ir_cond { IR_EQ, IR_NE, IR_HS, IR_LO, IR_MI, IR_PL, IR_VS, IR_VC, IR_HI, IR_LS, IR_GE, IR_LT, IR_GT, IR_LE, IR_AL };

/* Rounding for fround and fto*: a fixed mode, or the one the guest has set. */
enum ir_round { IR_RN, IR_RP, IR_RM, IR_RZ, IR_RA /* ties away */, IR_RCUR, IR_EXACT = 0x80 };

/* aux of floating point on v128: the lane width, and a flag. */
enum { IR_STD = 0x80 /* ARM's standard modes, see ops.def */, IR_LANE_BITS = 0x7f };

/* aux of memory ops. */
enum ir_memop {
    MO_8, MO_16, MO_32, MO_64, MO_128, MO_SIZE = 7,
    MO_SIGN = 8,     /* sign-extend to the type */
    MO_BE = 16,      /* big-endian */
    MO_ALIGN = 32,   /* a misaligned address is an alignment fault; imm2: to how many bytes, 0: its size, or IR_WITHIN | n */
    MO_ACQ = 64, MO_REL = 128,
};

/* aux of raise: what the runtime hands to its caller. imm2 (data) in brackets. */
enum exception {
    EXC_NONE,
    EXC_SYSCALL,      /* pc: the instruction after [the immediate of svc] */
    EXC_ILLEGAL,      /* pc: the instruction [its encoding] */
    EXC_BREAKPOINT,   /* pc: the instruction [immediate] */
    EXC_FETCH_FAULT,  /* pc cannot be executed [faulting address] */
    EXC_DATA_FAULT,   /* made by the runtime: pc: the instruction [ir_fault_data(address, write)] */
    EXC_ALIGNMENT,    /* [address] */
    EXC_ARITHMETIC,   /* division or floating-point trap */
    EXC_TRAP,         /* guest's own numbering */
    EXC_INTERRUPT,    /* made by the runtime: poll flag was set; pc: the next instruction */
    EXC_DEBUG,        /* made by the runtime: single step or breakpoint of the debugger */
    EXC_KERNEL_PAGE,  /* call into a page the kernel answers itself (ARM kuser) [entry] */
};

/* Bit 63 = write, bit 62 = the runtime's (bus error); the address's bits 63 and 62 are those of bit 61. */
static inline uint64_t ir_fault_data(uint64_t address, bool write) { return (address & ~(3ull << 62)) | (uint64_t)write << 63; }
static inline uint64_t ir_fault_address(uint64_t data) { return (uint64_t)((int64_t)(data << 2) >> 2); }

/* A value: the index of the op that makes it. 0 is no value. */
typedef struct { uint32_t id; } ir_ref;

struct ir_op {
    uint8_t op, type, aux, nargs;
    uint32_t mode; /* exits: region_key.mode of the target; insn: decode state; calls: type of result */
    ir_ref arg[4];
    uint64_t imm, imm2;
};

/* What identifies a translation: where, and all state that decoding depends on. */
struct region_key {
    uint64_t pc;
    uint32_t mode; /* guest's own bits: ARM: T, E, IT state, FPSCR length, soft FP ... */
} __attribute__((packed, aligned(4))); /* 12 bytes: there is one for each exit of each region */

/* How floating-point ops of this region are to be done. */
enum ir_fp { FP_HOST, /* on the host's FPU; invalid operations trap and are mended */
             FP_EXACT, /* the same with underflow checked (the guest looks at its sticky flags) */
             FP_SOFT /* as util/softfloat does it: flush-to-zero, default NaN and other rare modes */ };

#define IR_MAX_OPS 4096 /* a frontend stops a region when ir_room() is short */

struct ir_region {
    struct region_key key;
    struct ir_op *ops; /* ops[0] is nop; owned by the caller, IR_MAX_OPS long */
    uint32_t count, labels;
    uint8_t fp;     /* enum ir_fp */
    uint8_t strip;  /* so many upper bits are no part of the guest's data addresses; bit 63 - strip is above them */
    bool nearest;   /* the guest's rounding mode is to nearest for sure */
    bool pointer64; /* guest addresses are I64 */
    bool fold;      /* the builder simplifies (ir/fold.rules) and forwards put to get; off in tests */
    uint32_t insns; /* guest instructions */
    uint32_t first_flags_put; /* op, 0: none */
    uint32_t branches; /* br and br_if */
    uint32_t insn_at, mode; /* index and decode state of the last insn, builder's own: a raise takes the mode */
    uint32_t inlined; /* calls whose callee is part of the region */
    bool disproved; /* the frontend saw that something it assumed before does not hold: all older translations must be dropped */
    /* For each slot the value last put or got, so that a get finds it; builder's own, zero before the first
     * region. what: place_of(type, offset, bytes); a row counts while its epoch is that of the region.
     * fresh: what is remembered of values before this op is out of date.
     * constants: where a constant was made last, by a hash of its value. */
    struct ir_seen { uint32_t what, id; uint64_t epoch; } seen[256];
    uint64_t epoch;
    uint32_t fresh;
    uint16_t constants[64];
};

/* ---- building; every call appends (or finds) one op. Types are checked by ir_verify ---- */
/* An empty region. ops, fold, fp and pointer64 stay as the caller has set them. */
void ir_begin(struct ir_region *r, struct region_key key);
static inline unsigned ir_room(const struct ir_region *r) { return IR_MAX_OPS - r->count; }

ir_ref ir_const(struct ir_region *r, enum ir_type type, uint64_t value);
ir_ref ir_vconst(struct ir_region *r, uint64_t low, uint64_t high);
/* Any pure or FLOAT op. Unused operands are (ir_ref){0}. For W32/W64/FL/VEC
 * results `type` is the operands' type (what n is), the result follows the table. */
ir_ref ir_op(struct ir_region *r, enum ir_opcode op, enum ir_type type, ir_ref a, ir_ref b, ir_ref c, unsigned aux, uint64_t imm);

ir_ref ir_op1(struct ir_region *r, enum ir_opcode op, enum ir_type type, ir_ref a);
ir_ref ir_op2(struct ir_region *r, enum ir_opcode op, enum ir_type type, ir_ref a, ir_ref b);
ir_ref ir_op3(struct ir_region *r, enum ir_opcode op, enum ir_type type, ir_ref a, ir_ref b, ir_ref c);
/* The same with an immediate right operand. */
ir_ref ir_op2i(struct ir_region *r, enum ir_opcode op, enum ir_type type, ir_ref a, uint64_t b);
static inline ir_ref ir_cond(struct ir_region *r, enum ir_cond cc, ir_ref flags)
{ return ir_op(r, IR_cond, I32, flags, (ir_ref){0}, (ir_ref){0}, cc, 0); }
/* Lane and vector ops: lane width in bits and immediate. */
static inline ir_ref ir_v1(struct ir_region *r, enum ir_opcode op, unsigned lane, ir_ref a, uint64_t imm)
{ return ir_op(r, op, V128, a, (ir_ref){0}, (ir_ref){0}, lane, imm); }
static inline ir_ref ir_v2(struct ir_region *r, enum ir_opcode op, unsigned lane, ir_ref a, ir_ref b, uint64_t imm)
{ return ir_op(r, op, V128, a, b, (ir_ref){0}, lane, imm); }
static inline ir_ref ir_v3(struct ir_region *r, enum ir_opcode op, unsigned lane, ir_ref a, ir_ref b, ir_ref c)
{ return ir_op(r, op, V128, a, b, c, lane, 0); }

/* State. offset: bytes from the start of the guest's state. Integer slots are
 * 8 bytes each and always written whole (a put of I32 clears the upper half).
 * V128: bytes 8 or 16 (8: upper half reads as zero, is not written).
 * F32 4 bytes, F64 8 bytes, anywhere in the vector file. */
ir_ref ir_get(struct ir_region *r, enum ir_type type, unsigned offset);
void ir_put(struct ir_region *r, enum ir_type type, unsigned offset, ir_ref value);
ir_ref ir_getv(struct ir_region *r, unsigned offset, unsigned bytes);
void ir_putv(struct ir_region *r, unsigned offset, unsigned bytes, ir_ref value);
/* F32 or F64 at the bottom of a 16-byte register; the put clears the rest of it. */
ir_ref ir_getf(struct ir_region *r, enum ir_type type, unsigned offset);
void ir_putf(struct ir_region *r, enum ir_type type, unsigned offset, ir_ref value);

/* Memory. V128 with MO_8..MO_64 loads the low lane and clears the rest / stores the low lane. */
ir_ref ir_load(struct ir_region *r, enum ir_type type, unsigned memop, ir_ref addr);
void ir_store(struct ir_region *r, enum ir_type type, unsigned memop, ir_ref addr, ir_ref value);
/* A load, or the value that the region has stored there itself (then no op is made: no ir_set_alignment). */
ir_ref ir_load_stored(struct ir_region *r, enum ir_type type, unsigned memop, ir_ref addr);
/* In imm2 of an access with MO_ALIGN: only one that crosses a multiple of n bytes is a fault. */
#define IR_WITHIN 0x100
/* The access just built is an alignment fault unless addr is a multiple of `bytes` (a power of two). */
static inline void ir_set_alignment(struct ir_region *r, unsigned bytes) { r->ops[r->count - 1].aux |= MO_ALIGN, r->ops[r->count - 1].imm2 = bytes; }
ir_ref ir_cas(struct ir_region *r, enum ir_type type, unsigned memop, ir_ref addr, ir_ref expected, ir_ref desired);
ir_ref ir_rmw(struct ir_region *r, enum ir_opcode op, enum ir_type type, unsigned memop, ir_ref addr, ir_ref value);
void ir_fence(struct ir_region *r);

/* Helpers: index of a row of the guest's helpers.def; unused args {0}. type IR_NONE: no result. */
ir_ref ir_call(struct ir_region *r, unsigned helper, enum ir_type type, ir_ref a, ir_ref b, ir_ref c, ir_ref d);

/* Control. ir_insn also counts r->insns. */
void ir_insn(struct ir_region *r, uint64_t pc, uint32_t mode);
unsigned ir_new_label(struct ir_region *r);
void ir_label(struct ir_region *r, unsigned label);
void ir_br(struct ir_region *r, unsigned label);
void ir_br_if(struct ir_region *r, ir_ref cond, unsigned label);
void ir_exit(struct ir_region *r, uint64_t pc, uint32_t mode);
void ir_exit_if(struct ir_region *r, ir_ref cond, uint64_t pc, uint32_t mode);
void ir_exit_call(struct ir_region *r, uint64_t pc, uint32_t mode, uint64_t return_address);
/* The exit_call just made looks at the poll flag although it leads forward. */
static inline void ir_poll(struct ir_region *r) { r->ops[r->count - 1].aux = 1; }
void ir_exit_indirect(struct ir_region *r, ir_ref target);
void ir_exit_icall(struct ir_region *r, ir_ref target, uint64_t return_address);
void ir_exit_return(struct ir_region *r, ir_ref target);
/* Of the exit_ind, exit_icall or exit_ret just made: nobody reads these flags (N Z C V = 8 4 2 1) behind it. */
static inline void ir_flags_dead(struct ir_region *r, unsigned flags) { r->ops[r->count - 1].imm = flags; }
void ir_raise(struct ir_region *r, enum exception e, uint64_t pc, uint64_t data);
void ir_sync(struct ir_region *r, uint64_t pc, uint32_t mode);

/* ---- using ---- */
static inline enum ir_type ir_result_type(const struct ir_opinfo *info, enum ir_type type)
{
    static const uint8_t fixed[] = {[RES_NONE] = IR_NONE, [RES_W32] = I32, [RES_W64] = I64, [RES_FL] = FLAGS, [RES_VEC] = V128};

    return info->result == RES_T ? type : (enum ir_type)fixed[info->result];
}
/* Type of the value an op makes (IR_NONE: none). */
static inline enum ir_type ir_type_of(const struct ir_region *r, ir_ref v)
{
    return ir_result_type(&ir_info[r->ops[v.id].op], (enum ir_type)r->ops[v.id].type);
}
/* Type the table asks of operand i; IR_NONE: any (calls). */
enum ir_type ir_operand_type(const struct ir_region *r, const struct ir_op *o, unsigned i);
/* What an op's type field holds when `asked` was asked of the builder. */
static inline enum ir_type ir_canonical_type(enum ir_opcode op, enum ir_type asked)
{
    return ir_info[op].type ? (enum ir_type)ir_info[op].type : asked;
}
static inline unsigned ir_bits(enum ir_type t) { static const uint8_t b[] = {0, 8, 16, 32, 64, 32, 64, 128, 16}; return b[t]; }
static inline const struct ir_op *ir_at(const struct ir_region *r, ir_ref v) { return &r->ops[v.id]; }
static inline bool ir_is_const(const struct ir_region *r, ir_ref v) { return r->ops[v.id].op == IR_const; }

/* Value of a pure scalar op on constants (LANE: one lane). n = width in bits. */
uint64_t ir_value(enum ir_opcode op, unsigned n, uint64_t a, uint64_t b, uint64_t c, unsigned aux, uint64_t imm);
bool ir_cond_holds(enum ir_cond cc, uint64_t flags);
typedef struct { uint64_t lo, hi; } v128;
/* Value of a LANE or VECTOR op; scalar results and operands in .lo. */
v128 ir_vvalue(enum ir_opcode op, enum ir_type type, v128 a, v128 b, v128 c, unsigned aux, uint64_t imm, uint64_t imm2);

/* One op (no newline), or the region, in the syntax that ir_parse reads (see ir/README.md). */
void ir_print_op(FILE *f, const struct ir_region *r, unsigned index);
void ir_print(FILE *f, const struct ir_region *r);
/* Returns NULL, or a sentence that says what is wrong at which line (static storage, per thread). */
const char *ir_parse(struct ir_region *r, const char *text);
const char *ir_verify(const struct ir_region *r);

#endif

/*
 * interp.h: the interpreter. It runs a region on a guest's state and
 * says how the region was left; what that means is the caller's business
 * (runtime: run guests without translated code; tests: compare with it).
 */
#ifndef IR_INTERP_H
#define IR_INTERP_H

#include "ir/ir.h"
#include "util/softfloat.h"

struct ir_interp_env {
    void *state;            /* the guest's state: get and put are offsets into it */
    struct fp_status *fp;   /* rules and sticky flags of FLOAT ops */
    void *owner;            /* caller's own */

    /*
     * Guest memory. Without functions it is host memory at mem_base + address,
     * and a bad address is the host's SIGSEGV: whoever handles it may longjmp
     * out of ir_interp, nothing is lost (state is whole, pc and mode below
     * are of the faulting instruction). The functions return false for an
     * access that raised; they fill exception and data.
     */
    uint64_t mem_base;
    uint8_t strip;          /* as in struct ir_region: the functions below and the host see addresses without */
    bool (*read)(struct ir_interp_env *e, uint64_t addr, void *to, unsigned bytes);
    bool (*write)(struct ir_interp_env *e, uint64_t addr, const void *from, unsigned bytes);
    /* If memory holds *expected it becomes *desired; *expected becomes what it held. Atomic. */
    bool (*cas)(struct ir_interp_env *e, uint64_t addr, void *expected, const void *desired, unsigned bytes);

    /* Runs a helper: index and operands as in the op (scalars in .lo). False: it raised. */
    bool (*call)(struct ir_interp_env *e, const struct ir_op *op, const v128 arg[4], v128 *result);

    /* Where we are: of the last insn op. */
    uint64_t pc;
    uint32_t mode;
    uint64_t insns; /* guest instructions begun; never reset here */

    /* Filled by the functions above when they return false. */
    enum exception exception;
    uint64_t data;
};

/* How a region was left. */
struct ir_left {
    enum ir_opcode how;        /* IR_exit (exit_if too), IR_exit_call, _ind, _icall, _ret, IR_raise, IR_sync */
    uint32_t index;            /* of the op in the region */
    struct region_key target;  /* exit, exit_call, sync: where to go on. raise: pc to report, its mode */
    uint64_t address;          /* exit_ind, _icall, _ret: code address as the guest holds it */
    uint64_t return_address;   /* exit_call, exit_icall */
    enum exception exception;  /* raise; faults and alignment faults look the same */
    uint64_t data;
};

/* r->ops can be read one op further than r->count. */
struct ir_left ir_interp(struct ir_interp_env *e, const struct ir_region *r);

/* Value of a FLOAT op: f32 and f64 as their bits. */
uint64_t ir_float(enum ir_opcode op, enum ir_type type, uint64_t a, uint64_t b, uint64_t c, unsigned aux, uint64_t imm,
                  struct fp_status *s);
/* Of one on v128; what is raised is added to s->flags, its modes do not matter to one with IR_STD. */
v128 ir_vfloat(enum ir_opcode op, v128 a, v128 b, v128 c, unsigned aux, uint64_t imm, struct fp_status *s);

#endif

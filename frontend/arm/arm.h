/*
 * arm.h: what the files of this folder share: CPU features, the bits of a
 * region's mode, the translation context and its small helpers. Nobody
 * outside frontend/arm includes it (arm_public.h is for them).
 */
#ifndef FRONTEND_ARM_ARM_H
#define FRONTEND_ARM_ARM_H

#include "frontend/arm/arm_public.h"
#include "ir/frame.h"
#include "util/util.h"

/* ---- what a CPU model has: bits of guest_cpu_model.features ---- */
enum arm_feature {
    ARM_V5TE = 1 << 0,    /* every model has it */
    ARM_V6 = 1 << 1,      /* SIMD in registers, REV, LDREX, unaligned accesses, SETEND */
    ARM_V6K = 1 << 2,     /* LDREXB/H/D, CLREX, TLS registers, hints */
    ARM_V6T2 = 1 << 3,    /* Thumb-2, bit fields, MOVW/MOVT, RBIT, MLS */
    ARM_V7 = 1 << 4,      /* DMB DSB ISB, PLI; MOV to pc interworks in A32 */
    ARM_MP = 1 << 5,      /* PLDW */
    ARM_DIV = 1 << 6,     /* SDIV UDIV in both instruction sets */
    ARM_LPAE = 1 << 7,    /* aligned LDRD/STRD are single-copy atomic */
    ARM_V8 = 1 << 8,      /* LDA STL, HLT, SEVL, VRINT VSEL VMAXNM VCVTA, AES of the base set apart */
    ARM_CRC = 1 << 9,
    ARM_VFP2 = 1 << 10,
    ARM_VFP3 = 1 << 11,   /* VMOV immediate, fixed-point conversions */
    ARM_D32 = 1 << 12,
    ARM_FP16 = 1 << 13,   /* conversions between half and single precision */
    ARM_VFP4 = 1 << 14,   /* fused multiply-add, half precision */
    ARM_NEON = 1 << 15,
    ARM_AES = 1 << 16,
    ARM_PMULL = 1 << 17,
    ARM_SHA1 = 1 << 18,
    ARM_SHA2 = 1 << 19,
    ARM_FP16_ARITH = 1 << 20,
    ARM_DOTPROD = 1 << 21,
    ARM_RDM = 1 << 22,    /* VQRDMLAH VQRDMLSH */
    ARM_FHM = 1 << 23,    /* VFMAL VFMSL */
    ARM_I8MM = 1 << 24,
    ARM_BF16 = 1 << 25,
    ARM_FCMA = 1 << 26,   /* VCMLA VCADD */
    ARM_JSCVT = 1 << 27,
};

/*
 * ---- region_key.mode: all decode depends on beyond the bytes ----
 * An exit names the mode of its target; the IT bits are zero there but when an
 * IT block is left half-way (a fault, or a region that ends inside one).
 */
enum arm_mode {
    MODE_T = 1,
    MODE_E = 2,                  /* data big-endian */
    MODE_IT_SHIFT = 8, MODE_IT = 0xff << 8, /* ITSTATE of the first instruction */
    MODE_VECTOR = 1 << 16,       /* FPSCR Len or Stride is not zero: VFP short vectors */
    MODE_FP_NEAREST = 3, MODE_FP_SHIFT = 17, MODE_FP = 3 << 17,  /* enum ir_fp: host, exact, soft; 3 = soft, to nearest */
};
/* arm_state.fp_mode holds MODE_VECTOR | MODE_FP bits; whoever writes fpscr keeps it (arm_set_fpscr)
 * and ends the region by arm_sync(). Regions and cached jump targets of another mode must not be
 * entered then: the runtime compares modes after a sync. */
#define NO_EXCLUSIVE 0xffffffffu /* no exclusive access can be there: the top page is the kernel's */

/* ---- slots ---- */
#define SLOT(field) ((unsigned)offsetof(struct arm_state, field))
#define SLOT_R(n)   (SLOT(r) + 8 * (n))
#define SLOT_D(n)   (SLOT(d) + 8 * (n))
#define SLOT_S(n)   (SLOT(d) + 4 * (n))   /* single n; halves of d0..d15 */
#define SLOT_Q(n)   (SLOT(d) + 16 * (n))

/* ---- translation context: lives as long as one region is built ---- */
struct a32 {
    struct ir_region *ir;
    struct code_source *src;
    uint64_t features;
    uint32_t pc, next;      /* of this instruction, of the one that will be translated after it */
    uint32_t insn;          /* its encoding: A32, T16 in the low half, T32 with the first half on top */
    uint32_t mode;          /* region_key.mode with the IT bits clear */
    bool thumb;
    uint8_t it, next_it;    /* ITSTATE this instruction and the next stand under, 0 outside IT blocks */
    uint8_t cond;           /* its condition (IR_AL: none); it has been tested when a translate function runs */
    bool done;              /* the region has ended in its exit */
    bool called;            /* ... which is a call: behind it the region may go on */
    bool flags_written;     /* this instruction wrote nzcv */
    bool once;             /* translate_options.once */
    bool following;         /* direct jumps may be followed (not when single-stepping) */
    bool hot;               /* small functions may be inlined */
    struct ir_frame frame;

    /* Conditional instructions being jumped over (IR_AL: none), and where the jump lands. */
    uint8_t skip_cond;
    unsigned skip_label;

    /* Conditional moves instead of a jump: what set_reg then does. */
    bool selecting;
    ir_ref select_cond;     /* i32, not zero: the instruction happens */
    struct { uint8_t reg, cond; ir_ref cond_value, value, old; } last_select; /* of the instruction before; reg 15: none */

    uint32_t fenced_at;     /* ops made when a full barrier had just been passed on every path; 0: none in this region */
};

static inline bool has(const struct a32 *t, uint64_t feature) { return (t->features & feature) == feature; }
static inline bool it_last(const struct a32 *t) { return (t->it & 0xf) == 8; }

/* ---- registers. r15 reads as this instruction's address + 8 (A32) or + 4 (T32) ---- */
static inline ir_ref imm32(struct a32 *t, uint32_t v) { return ir_const(t->ir, I32, v); }
static inline uint32_t pc_value(const struct a32 *t) { return t->pc + (t->thumb ? 4 : 8); }
static inline ir_ref get_reg(struct a32 *t, unsigned n)
{
    return n == 15 ? imm32(t, pc_value(t)) : ir_get(t->ir, I32, SLOT_R(n));
}
/* Writes a result; to r15 it is a jump, done the way data processing does it. */
void set_reg(struct a32 *t, unsigned n, ir_ref value);
/* Jumps to addresses from registers and memory. */
void jump_bx(struct a32 *t, ir_ref target);     /* bit 0 chooses the instruction set */
void jump_return(struct a32 *t, ir_ref target); /* the same, from a call */
void jump_loaded(struct a32 *t, ir_ref target, bool is_return); /* LDR, LDM, POP to pc */

/* ---- data memory: the memop with the current byte order ---- */
static inline unsigned arm_mo(const struct a32 *t, unsigned mo) { return t->mode & MODE_E && (mo & MO_SIZE) ? mo | MO_BE : mo; }
static inline ir_ref arm_load(struct a32 *t, enum ir_type type, unsigned mo, ir_ref addr)
{
    return ir_load(t->ir, type, arm_mo(t, mo), addr);
}
static inline void arm_store(struct a32 *t, enum ir_type type, unsigned mo, ir_ref addr, ir_ref v)
{
    ir_store(t->ir, type, arm_mo(t, mo), addr, v);
}

/* ---- flags ---- */
static inline ir_ref get_nzcv(struct a32 *t) { return ir_get(t->ir, FLAGS, SLOT(nzcv)); }
static inline void put_nzcv(struct a32 *t, ir_ref flags)
{
    ir_put(t->ir, FLAGS, SLOT(nzcv), flags);
    t->flags_written = true;
}

/* This instruction is undefined. */
void arm_undefined(struct a32 *t);
/* Ends the region: decode state changed (E, FPSCR) or code may have; go on at the next instruction. */
void arm_sync(struct a32 *t);

/*
 * VFP and Advanced SIMD instructions, in A32 form whatever the instruction set:
 *   VFP (coprocessors 10, 11)        cccc11.. ....: the A32 word; in T32 the top four bits are 1110,
 *                                    or 1111 for the v8 forms that are unconditional (as in A32)
 *   NEON data processing             1111001U ...: T32's 111U1111 is rearranged by the caller
 *   NEON element loads and stores    11110100 ...: T32's 11111001 likewise
 * The condition has been dealt with. False: undefined (the caller raises).
 * Coprocessor 8 and 9 words of FCMA, dot product, FHM (1111110., 11111110) come here too.
 */
bool arm_fp_decode(struct a32 *t, uint32_t insn);
/* Reset's part for fpscr, fp and fp_std; and -d cpu's FP lines. */
void arm_fp_reset(struct vcpu *c);

/* ---- helpers: enum and prototypes made from helpers.def (integer) and helpers_fp.def ---- */
enum arm_helper {
#define HELPER(name, ...) HELPER_##name,
#include "frontend/arm/helpers.def"
#include "frontend/arm/helpers_fp.def"
#undef HELPER
    ARM_HELPER_COUNT
};

#define C_IR_NONE void
#define C_I32     uint32_t
#define C_I64     uint64_t
#define ARGS0(none)
#define ARGS1(a)          , C_##a
#define ARGS2(a, b)       , C_##a, C_##b
#define ARGS3(a, b, c)    , C_##a, C_##b, C_##c
#define ARGS4(a, b, c, d) , C_##a, C_##b, C_##c, C_##d
#define HELPER(name, traits, result, n, ...) C_##result arm_helper_##name(struct arm_state * ARGS##n(__VA_ARGS__));
#include "frontend/arm/helpers.def"
#include "frontend/arm/helpers_fp.def"
#undef HELPER
/* A helper that is called as HELPER_PURE must leave the SSE registers alone: they hold guest values. */
#define HELPER_FN __attribute__((target("general-regs-only")))

/* Calls a helper; unused arguments are {0}. */
#define NO_ARG ((ir_ref){0})
static inline ir_ref call_helper(struct a32 *t, enum arm_helper h, enum ir_type result, ir_ref a, ir_ref b, ir_ref c, ir_ref d)
{
    return ir_call(t->ir, h, result, a, b, c, d);
}

#endif

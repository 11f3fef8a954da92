/*
 * a64.h: what the files of this folder share: CPU features, the bits of a
 * region's mode, the translation context and its small helpers. Nobody
 * outside this folder includes it (a64_public.h is for them).
 */
#ifndef FRONTEND_ARM_A64_H
#define FRONTEND_ARM_A64_H

#include "frontend/arm/a64/a64_public.h"
#include "ir/frame.h"
#include "util/util.h"

/* ---- what a CPU model has: bits of guest_cpu_model.features ---- */
#define A64_FEATURES(X) \
    X(FP) X(SIMD) X(LSE) X(CRC32) X(AES) X(PMULL) X(SHA1) X(SHA256) X(SHA512) X(SHA3) X(SM3) X(SM4) X(RDM) X(FP16) \
    X(DOTPROD) X(FCMA) X(FHM) X(JSCVT) X(LRCPC) X(LRCPC2) X(DPB) X(DPB2) X(FLAGM) X(FLAGM2) X(FRINTTS) X(BF16) X(I8MM) \
    X(SB) X(SSBS) X(BTI) X(PAUTH) X(PAUTH_QARMA5) X(FPAC) X(MTE) X(RNG) X(MOPS) X(HBC) X(CSSC) X(ECV) X(LSE2) X(DIT) X(VL128) X(VL256) X(SVE) X(SVE2) \
    X(SVE_AES) X(SVE_SHA3) X(SVE_SM4) X(SVE_BITPERM) X(SVE_F32MM) X(SVE_F64MM)
enum a64_feature_bit {
#define X(name) A64_BIT_##name,
    A64_FEATURES(X)
#undef X
};
#define X(name) static const uint64_t A64_##name __attribute__((unused)) = 1ull << A64_BIT_##name;
A64_FEATURES(X)
#undef X

/*
 * ---- region_key.mode: all decode depends on beyond the bytes ----
 */
enum a64_mode {
    MODE_FP_NEAREST = 3, MODE_FP_SHIFT = 0, MODE_FP = 3 << 0,  /* enum ir_fp: host, exact, soft; 3 = soft, to nearest */
    MODE_FP16_FLUSH = 1 << 2,  /* FPCR.FZ16 */
    MODE_AUTH_FAILS = 1 << 3,  /* this instruction's authentication fails: it was seen to by the code of the mode without this bit */
    MODE_TAG_FAILS = 1 << 6,   /* the same for a tag check */
    MODE_BTYPE_SHIFT = 13, MODE_BTYPE = 3 << 13, /* PSTATE.BTYPE: by what kind of branch (enum a64_btype) a guarded page was reached */
    MODE_FAILS = MODE_AUTH_FAILS | MODE_TAG_FAILS, MODE_ONE_INSN = MODE_FAILS | MODE_BTYPE, /* hold for the first instruction of a region and are nobody's lasting state */
    MODE_VQ_SHIFT = 8, MODE_VQ = 15 << 8, /* SVE: vector length in units of 16 bytes, less one */
    MODE_ZHIGH = 1 << 12,      /* SVE: bits of Z registers above V may be other than zero: who writes V clears them */
    MODE_TAG_SHIFT = 4, MODE_TAG = 3 << 4,                      /* MTE checks: 0 none, 1 synchronous, 2 asynchronous, 3 asymmetric */
    MODE_GUARDED = 1 << 15,    /* BTI: some pages of the program are guarded: indirect branches say what they are */
    MODE_SP = 1 << 7,          /* sp is no multiple of 16: accesses by it look whether it still is none */
};
/* a64_state.fp_mode, tag_mode and sve_mode hold these bits; whoever writes fpcr keeps them (a64_set_fpcr) and ends the region by a64_sync(). */
#define NO_EXCLUSIVE (~0ull) /* no exclusive access can be there: it is no address */

/* ---- slots ---- */
#define SLOT(field) ((unsigned)offsetof(struct a64_state, field))
#define SLOT_X(n)   (SLOT(x) + 8 * (n))    /* 31: sp */
#define SLOT_V(n)   (SLOT(v) + 16 * (n))

/* ---- translation context: lives as long as one region is built ---- */
struct a64 {
    struct ir_region *ir;
    struct code_source *src;
    uint64_t features;
    uint64_t pc, next;      /* of this instruction, of the one that will be translated after it */
    uint32_t insn;
    uint32_t mode;          /* region_key.mode */
    bool done;              /* the region has ended in its exit */
    bool called;            /* ... which is a call: behind it the region may go on */
    bool scalars;           /* has written scalar floats: see translate.c */
    bool once;             /* translate_options.once */
    bool following;         /* direct jumps may be followed (not when single-stepping) */
    bool hot;               /* small functions may be inlined */
    ir_ref new_sp;          /* what this instruction has written to sp */
    struct ir_frame frame;
    bool skipping;          /* a conditional compare jumps over the branch behind it: */
    uint64_t skip_pc;       /* to here, */
    unsigned skip_label;    /* where this label is to be put */
    struct { uint64_t pc; ir_ref fails; unsigned nzcv; } chosen; /* only the instruction there asks what a conditional compare left */
    const struct guest_cpu_model *model;
    uint32_t v_written;     /* V registers this instruction has written: see wrote_v */
    bool sve_state;         /* this instruction may have written what only SVE has */
    uint32_t fenced_at;     /* op behind the last full barrier of the region (a64_fence) */
};
static inline bool has(const struct a64 *t, uint64_t feature) { return (t->features & feature) == feature; }

/*
 * ---- registers ----
 * `sf` chooses X (I64) or W (I32; writes clear the upper half, as a put of I32 does).
 * 31 is the zero register in *_reg, the stack pointer in *_reg_sp.
 */
static inline enum ir_type a64_type(unsigned sf) { return sf ? I64 : I32; }
static inline ir_ref get_reg_sp(struct a64 *t, unsigned sf, unsigned n) { return ir_get(t->ir, a64_type(sf), SLOT_X(n)); }
static inline void set_reg_sp(struct a64 *t, unsigned sf, unsigned n, ir_ref v)
{
    if (n == 31)
        t->new_sp = v;
    ir_put(t->ir, a64_type(sf), SLOT_X(n), v);
}
static inline ir_ref get_reg(struct a64 *t, unsigned sf, unsigned n)
{
    return n == 31 ? ir_const(t->ir, a64_type(sf), 0) : get_reg_sp(t, sf, n);
}
static inline void set_reg(struct a64 *t, unsigned sf, unsigned n, ir_ref v)
{
    if (n != 31)
        set_reg_sp(t, sf, n, v);
}
/* Whoever writes V other than by set_v says so: what SVE has above it is cleared when it may not be zero. */
static inline void wrote_v(struct a64 *t, unsigned n) { t->v_written |= 1u << n; }
/* Vector registers whole. */
static inline ir_ref get_v(struct a64 *t, unsigned n) { return ir_getv(t->ir, SLOT_V(n), 16); }
/* q: the whole register; otherwise the upper half is cleared. */
static inline void set_v(struct a64 *t, unsigned q, unsigned n, ir_ref v)
{
    wrote_v(t, n);
    ir_putv(t->ir, SLOT_V(n), 16, q ? v : ir_v1(t->ir, IR_vlow, 64, v, 0));
}

static inline ir_ref get_nzcv(struct a64 *t) { return ir_get(t->ir, FLAGS, SLOT(nzcv)); }
static inline void put_nzcv(struct a64 *t, ir_ref flags) { ir_put(t->ir, FLAGS, SLOT(nzcv), flags); }

/*
 * Conditional compares (translate.c): what is built between these happens only
 * when the condition holds; when it does not, the flags are nzcv (N Z C V = 8 4 2 1).
 */
struct a64_unless { bool open; unsigned label; };
struct a64_unless a64_unless(struct a64 *t, unsigned cond, unsigned nzcv);
void a64_unless_end(struct a64 *t, struct a64_unless u);
/* Does the condition hold? An i32, 0 or 1. For selects: one may stand behind a conditional compare. */
ir_ref a64_condition(struct a64 *t, unsigned cond);

/* SVE: what lies above the V registers in t->v_written becomes zero. */
void a64_clear_above_v(struct a64 *t);

/* Ends the region: decode state changed (FPCR, tags) or code may have; go on at the next instruction. */
void a64_sync(struct a64 *t);
/* An instruction that the tables have and that these operands make undefined. */
void a64_undefined(struct a64 *t);

/*
 * The data-memory door: every load and store goes through here, so that tagged
 * addresses and MTE checks have one home (mem.c).
 */
ir_ref a64_load(struct a64 *t, enum ir_type type, unsigned memop, ir_ref addr);
/* Before and behind each instruction: accesses by a stack pointer that is no multiple of 16 raise. */
void a64_check_sp(struct a64 *t);
void a64_need_even_sp(struct a64 *t); /* before an access that the former does not know: SVE's */
void a64_sp_moved(struct a64 *t);
void a64_store(struct a64 *t, enum ir_type type, unsigned memop, ir_ref addr, ir_ref v);

/* Memory tagging: `granules` of 16 bytes get the tag that `from` has, and zeros. Nothing is checked. */
void a64_store_tags(struct a64 *t, ir_ref addr, ir_ref from, unsigned granules, bool zero);

/* A full barrier (DMB, DSB), left out when no memory access stands between it and the last one. */
void a64_fence(struct a64 *t);
/* CLREX */
void a64_forget_exclusive(struct a64 *t);

/*
 * Pointer authentication (pauth.c). sign and auth give the pointer as the
 * instruction leaves it; a failed auth leaves the region with EXC_TRAP
 * (FPAC), or gives an invalid pointer. Ask has(t, A64_PAUTH) first.
 */
enum a64_key { KEY_IA, KEY_IB, KEY_DA, KEY_DB, KEY_GA }; /* as in a64_state.pauth_key */
ir_ref a64_sign(struct a64 *t, ir_ref pointer, ir_ref modifier, unsigned key);
ir_ref a64_auth(struct a64 *t, ir_ref pointer, ir_ref modifier, unsigned key);
ir_ref a64_strip(struct a64 *t, ir_ref pointer);
/* HINT #n (CRm:op2): XPACLRI, PACIASP ... AUTIBZ; false: not one of these, or a NOP on this CPU. */
bool a64_pauth_hint(struct a64 *t, unsigned n);
/* Branch targets (bti.c). The target of an indirect branch, with BTYPE in it if anybody looks; BTYPE_SHORT: by X16 or X17. */
enum a64_btype { BTYPE_NONE, BTYPE_SHORT, BTYPE_CALL, BTYPE_JUMP };
ir_ref a64_branch_target(struct a64 *t, ir_ref target, enum a64_btype btype);
/* MODE_BTYPE of such a target. */
uint32_t a64_mode_of_target(uint64_t target);
/* First of all of an instruction with a MODE_BTYPE. False: it does not expect that branch, and raises. */
bool a64_expects_branch(struct a64 *t);
/* PACIA ... XPACD, PACGA; IRG, GMI, SUBP, ADDG: data processing that a64_data_decode has not. */
bool a64_mem_data_decode(struct a64 *t, uint32_t insn);

/*
 * Decoders: one a section of DDI 0487 C4.1; false: undefined (the caller raises).
 */
bool a64_data_decode(struct a64 *t, uint32_t insn);   /* op0 100x and x101: data processing on integer registers */
bool a64_branch_decode(struct a64 *t, uint32_t insn); /* 101x: branches, exceptions, system */
bool a64_system_decode(struct a64 *t, uint32_t insn); /* ... tried when branch.decode's table says false */
bool a64_mem_decode(struct a64 *t, uint32_t insn);    /* x1x0: loads and stores, but AdvSIMD structures */
bool a64_simd_mem_decode(struct a64 *t, uint32_t insn); /* 0x00 110x: LD1-4, ST1-4 */
bool a64_fp_decode(struct a64 *t, uint32_t insn);     /* x111 with insn<28> = 1, insn<30> = 0: scalar floating point */
bool a64_simd_decode(struct a64 *t, uint32_t insn);   /* the rest of x111: vector and scalar AdvSIMD on integers, crypto */
bool a64_sve_decode(struct a64 *t, uint32_t insn);    /* 0010: SVE */
bool a64_simd_fp_decode(struct a64 *t, uint32_t insn); /* ... tried when that says false: AdvSIMD on floating point */

/* ---- helpers: enum and prototypes made from helpers*.def, one file an owner ---- */
enum a64_helper {
#define HELPER(name, ...) HELPER_##name,
#include "frontend/arm/a64/helpers.def"
#include "frontend/arm/a64/helpers_mem.def"
#include "frontend/arm/a64/helpers_fp.def"
#include "frontend/arm/a64/helpers_simd.def"
#include "frontend/arm/a64/helpers_sve.def"
#undef HELPER
    A64_HELPER_COUNT
};

#define C_IR_NONE void
#define C_I32     uint32_t
#define C_I64     uint64_t
#define ARGS0(none)
#define ARGS1(a)          , C_##a
#define ARGS2(a, b)       , C_##a, C_##b
#define ARGS3(a, b, c)    , C_##a, C_##b, C_##c
#define ARGS4(a, b, c, d) , C_##a, C_##b, C_##c, C_##d
#define HELPER(name, traits, result, n, ...) C_##result a64_helper_##name(struct a64_state * ARGS##n(__VA_ARGS__));
#include "frontend/arm/a64/helpers.def"
#include "frontend/arm/a64/helpers_mem.def"
#include "frontend/arm/a64/helpers_fp.def"
#include "frontend/arm/a64/helpers_simd.def"
#include "frontend/arm/a64/helpers_sve.def"
#undef HELPER
/* A helper that is called as HELPER_PURE must leave the SSE registers alone: they hold guest values. */
#define HELPER_FN __attribute__((target("general-regs-only")))

#define NO_ARG ((ir_ref){0})
static inline ir_ref call_helper(struct a64 *t, enum a64_helper h, enum ir_type result, ir_ref a, ir_ref b, ir_ref c, ir_ref d)
{
    return ir_call(t->ir, h, result, a, b, c, d);
}

#endif

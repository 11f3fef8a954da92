/*
 * sve.h: what the files of SVE (sve*.c) share: how an instruction is told to
 * the C helper that does it, and registers as those see them.
 *
 * Z<n> is V<n> with zhi above it; a predicate has a bit for each byte of Z.
 */
#ifndef FRONTEND_ARM_A64_SVE_H
#define FRONTEND_ARM_A64_SVE_H

#include "frontend/arm/a64/a64.h"

enum { SVE_BYTES = 256, FFR = 16 };

/* What happens to lanes whose predicate bit is clear; and where operands come from. */
enum sve_kind {
    K_ALL = 0,      /* no predicate */
    K_MERGE = 1,    /* they keep what d has */
    K_ZERO = 2,     /* they become zero */
    K_WHEN = 3,
    K_IMM = 4,      /* m is the number */
    K_NTOP = 8, K_MTOP = 16, K_DTOP = 32, /* odd lanes of the narrow operand; of both: K_TOP */
    K_TOP = K_NTOP | K_MTOP | K_DTOP,
};

/* Registers and form of an instruction, packed. a: accumulator; index: 0, or 1 + the lane of each 128 bits of m. */
struct sve_regs { uint8_t d, n, m, a, g, size, kind, index; };
_Static_assert(sizeof(struct sve_regs) == 8, "packed into an I64 constant");
static inline uint64_t pack_sve(struct sve_regs r)
{
    uint64_t v;
    memcpy(&v, &r, sizeof v);
    return v;
}
static inline struct sve_regs unpack_sve(uint64_t v)
{
    struct sve_regs r;
    memcpy(&r, &v, sizeof r);
    return r;
}

/* ---- translation ---- */

static inline unsigned sve_vl(const struct a64 *t) { return (((t->mode & MODE_VQ) >> MODE_VQ_SHIFT) + 1) * 16; }
static inline ir_ref sve_call(struct a64 *t, enum a64_helper h, enum ir_type result, unsigned op, struct sve_regs r, ir_ref number)
{
    t->sve_state = true;
    return call_helper(t, h, result, ir_const(t->ir, I32, op), ir_const(t->ir, I64, pack_sve(r)), number, NO_ARG);
}
static inline ir_ref sve_number(struct a64 *t, int64_t v) { return ir_const(t->ir, I64, (uint64_t)v); }

bool sve_int_decode(struct a64 *t, uint32_t insn);  /* 04: integers */
bool sve_perm_decode(struct a64 *t, uint32_t insn); /* 05: permutations, bit masks */
bool sve_pred_decode(struct a64 *t, uint32_t insn); /* 24, 25: compares, predicates, wide immediates */
bool sve_fp_decode(struct a64 *t, uint32_t insn);   /* 64, 65: floating point */
bool sve_two_decode(struct a64 *t, uint32_t insn);  /* 44, 45: SVE2 */
bool sve_mem_decode(struct a64 *t, uint32_t insn);  /* 84 and above */

/* A bit mask of the logical immediates, in all of 64 bits; false: there is none. */
bool sve_bit_mask(unsigned imm13, uint64_t *mask);
/* How many elements of 1 << size bytes a pattern of PTRUE names, at this length. */
unsigned sve_pattern(unsigned pattern, unsigned size, unsigned vl);

/* ---- in helpers ---- */

struct zreg { uint8_t b[SVE_BYTES]; };

static inline unsigned vl_of(const struct a64_state *s) { return ((unsigned)(s->sve_mode & MODE_VQ) >> MODE_VQ_SHIFT) * 16 + 16; }
static inline uint8_t *zhi_of(struct a64_state *s, unsigned n) { return (uint8_t *)s->zhi[15 * n]; }
static inline uint8_t *pred_of(struct a64_state *s, unsigned n) { return (uint8_t *)s->p[2 * n]; }
static inline void read_z(struct a64_state *s, unsigned n, struct zreg *z)
{
    memcpy(z->b, s->v[n], 16);
    for (unsigned i = 16; i < vl_of(s); i += 16) /* shorter than a call of memcpy, mostly */
        memcpy(z->b + i, zhi_of(s, n) + i - 16, 16);
}
static inline void write_z(struct a64_state *s, unsigned n, const struct zreg *z)
{
    memcpy(s->v[n], z->b, 16);
    for (unsigned i = 16; i < vl_of(s); i += 16)
        memcpy(zhi_of(s, n) + i - 16, z->b + i, 16);
}
static inline uint64_t z_get(const struct zreg *z, unsigned size, unsigned i)
{
    uint64_t v = 0;

    switch (size) {
    case 0: return z->b[i];
    case 1: memcpy(&v, z->b + 2 * i, 2); break;
    case 2: memcpy(&v, z->b + 4 * i, 4); break;
    default: memcpy(&v, z->b + 8 * i, 8);
    }
    return v;
}
static inline void z_set(struct zreg *z, unsigned size, unsigned i, uint64_t v)
{
    switch (size) {
    case 0: z->b[i] = (uint8_t)v; break;
    case 1: memcpy(z->b + 2 * i, &v, 2); break;
    case 2: memcpy(z->b + 4 * i, &v, 4); break;
    default: memcpy(z->b + 8 * i, &v, 8);
    }
}
/* The element's bit is that of its lowest byte. */
static inline bool p_get(const uint8_t *p, unsigned size, unsigned i)
{
    unsigned bit = i << size;

    return p[bit / 8] >> bit % 8 & 1;
}
static inline void p_set(uint8_t *p, unsigned size, unsigned i, bool v)
{
    unsigned bit = i << size, mask = 1u << bit % 8;

    p[bit / 8] = (uint8_t)((p[bit / 8] & ~mask) | (v ? mask : 0));
}

/* FLAGS words as the state has them. */
enum { SVE_N = 1 << 15, SVE_Z = 1 << 14, SVE_C = 1 << 8, SVE_V = 1 };
/* PredTest: N: the first active element is set, Z: none is, C: the last active is not. */
uint64_t sve_pred_test(const uint8_t *g, const uint8_t *p, unsigned size, unsigned vl);

/* One lane; the operations are those of sve_ops.def, and enum fp_operation from SVE_FP on. */
enum sve_op {
#define OP(name, shape, value) SVE_##name,
#include "frontend/arm/a64/sve_ops.def"
#undef OP
    SVE_OP_COUNT,
    SVE_FP = 0x100,
    SVE_UNORDERED = 0x80, /* FCMUO: no fp_operation */
    SVE_COMPARE_INVERT = 0x1000,
};
/* Which elements an operation takes. */
enum sve_shape {
    SAME,   /* of d's size */
    WIDE,   /* m: the 64-bit element that lies there */
    LONG,   /* n, m of half the size */
    LONGM,  /* only m */
    NARROW, /* n, m of twice the size */
    PAIRS,  /* pairs: even lanes from d, odd from m */
    LPAIR,  /* n, m: the two halves of n's lane */
};
/* The same by the host's vectors (sve_quick.c), when they have the operation. */
bool sve_quick_lanes(struct a64_state *s, unsigned op, struct sve_regs r, uint64_t number);
bool sve_quick_compare(struct a64_state *s, unsigned op, struct sve_regs r, uint64_t number, uint8_t *result);
/* Elements that are not active become zero. */
void sve_keep_active(struct zreg *z, const uint8_t *g, unsigned size, unsigned vl);
/* Is every element active? */
bool sve_all_active(const uint8_t *g, unsigned size, unsigned vl);
struct sve_lane { uint64_t a, n, m; int64_t sa, sn, sm; unsigned bits; };
uint64_t sve_integer(enum sve_op op, const struct sve_lane *l);

#endif

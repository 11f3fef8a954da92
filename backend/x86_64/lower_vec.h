/*
 * lower_vec.h: what the lower_vec*.c files are written in. A function opens
 * its op (operands are then in registers), computes in temporaries, asks for
 * the destination as late as it can (it may be an operand's own register) and
 * writes it last. e2, e3 and their kin take any registers: they copy where the
 * host's encoding would not have it.
 */
#ifndef BACKEND_X86_64_LOWER_VEC_H
#define BACKEND_X86_64_LOWER_VEC_H

#include "backend/x86_64/gen.h"

struct vec {
    struct gen *g;
    struct code *c;
    const struct ir_op *o;
    unsigned n, i;     /* lane width in bits; 0 1 2 3 for 8 16 32 64 */
    uint32_t opcode;   /* of the op's row for this width, 0 none (or none that this host has) */
    unsigned x[3];     /* operands' registers */
    bool dropped[3];   /* read for the last time already */
};

bool vec_has(uint32_t opcode);                                /* does this host have it? */
uint32_t vec_opcode(enum ir_opcode op, unsigned i);           /* another op's opcode at width index i; 0: none */
static inline unsigned vec_width_index(const struct ir_op *o) { return o->aux ? (unsigned)__builtin_ctz(o->aux) - 3 : 3; }
void vec_open(struct vec *v, struct gen *g, const struct ir_op *o);
unsigned vec_tmp(struct vec *v);
void vec_free(struct vec *v, unsigned reg);                   /* a temporary is done with */
void vec_drop(struct vec *v, unsigned k);                     /* operand k has been read for the last time */
unsigned vec_dest(struct vec *v);                             /* all operands have; where the result goes */
void vec_made(struct vec *v, unsigned d);
/* The op's last instruction, with what a function ends in: destination asked for, written, made. */
void vec_result(struct vec *v, uint32_t op, unsigned a, unsigned b);
void vec_result_i(struct vec *v, uint32_t op, unsigned a, unsigned b, unsigned imm);
void vec_result_k(struct vec *v, uint32_t op, unsigned a, v128 k);
void vec_result_2(struct vec *v, uint32_t op, unsigned a);
void vec_result_ternary(struct vec *v, unsigned x, unsigned y, unsigned z, unsigned imm);

void e2(struct vec *v, uint32_t op, unsigned d, unsigned a);
void e2i(struct vec *v, uint32_t op, unsigned d, unsigned a, unsigned imm);
void e3(struct vec *v, uint32_t op, unsigned d, unsigned a, unsigned b);
void e3i(struct vec *v, uint32_t op, unsigned d, unsigned a, unsigned b, unsigned imm);
void e3k(struct vec *v, uint32_t op, unsigned d, unsigned a, v128 k);   /* with a constant */
void e3ki(struct vec *v, uint32_t op, unsigned d, unsigned a, v128 k, unsigned imm);
void econst(struct vec *v, unsigned d, v128 k);
void ezero(struct vec *v, unsigned d);
void eones(struct vec *v, unsigned d);
void emove(struct vec *v, unsigned d, unsigned a);
enum { SHIFT_SHR = 2, SHIFT_SAR = 4, SHIFT_SHL = 6 };         /* the host's /n */
bool can_shift(unsigned kind, unsigned n);
void eshift(struct vec *v, unsigned kind, unsigned n, unsigned d, unsigned a, uint64_t count); /* d is written before all is read of nothing but a */
/* AVX-512: d = any function of the bits of x y z, imm bit 4x+2y+z. d may be any of them. */
void eternary(struct vec *v, unsigned d, unsigned x, unsigned y, unsigned z, unsigned imm);
void vec_not_equal(struct vec *v, unsigned i, unsigned d, unsigned a, unsigned b); /* AVX-512 */

v128 splat(unsigned n, uint64_t x);

/* ---- float lanes, and what they share with scalars ---- */
/* An op that may be done again in cold code; registers do not move between its checks and its end. */
struct checked { struct vec v; struct cold k; unsigned nsites, d, t; };
void cold_when_any(struct checked *s, unsigned k1, unsigned k2);                  /* opmasks */
void classify(struct checked *s, unsigned k, unsigned x, unsigned classes);      /* vfpclass's, of 32-bit lanes */
void cold_when_not_zero(struct checked *s);                                      /* EFLAGS */
void checked_done(struct checked *s);                                            /* the result is in s->d */
unsigned zero_above(struct vec *v);                                              /* V_ZERO_ABOVE when all operands are so */
void fma_into(struct gen *g, unsigned op, unsigned d, uint8_t x[3], unsigned over);
bool fma_traps(const struct gen *g, bool scalar);
unsigned fma_carrier(unsigned d, const uint8_t x[3]);
lower_fn lower_vguest;                                                           /* lanes under the guest's own modes */
/* vfpclass's classes */
enum { CLASS_QNAN = 1, CLASS_ZEROS = 2 | 4, CLASS_INF = 8 | 16, CLASS_DENORMAL = 32, CLASS_SNAN = 128, CLASS_NAN = CLASS_QNAN | CLASS_SNAN };
static inline bool all_low(unsigned a, unsigned b) { return a < 16 && b < 16; }

#define X_PAND  (V_66 | V_COMMUTES | 0xdb)
#define X_POR   (V_66 | V_COMMUTES | 0xeb)
#define X_PXOR  (V_66 | V_COMMUTES | 0xef)
#define X_PANDN (V_66 | 0xdf)               /* ~a & b */
#define X_PSHUFB (V_66 | V_38 | 0x00)
#define X_PSHUFD (V_66 | 0x70)
#define X_SHUFPS 0xc6
#define X_PACKUSWB (V_66 | 0x67)
#define X_PBLENDW (V_66 | V_3A | V_NOEVEX | 0x0e)

#endif

/*
 * integer.h: what the integer translate functions (int_*.c) and the decoders
 * share: the constants of .decode lines, immediates, flags, shifts.
 */
#ifndef FRONTEND_ARM_INTEGER_H
#define FRONTEND_ARM_INTEGER_H

#include "frontend/arm/arm.h"
#include "frontend/arm/args.gen.h"

/* Data processing, numbered as in A32's opcode field; ORN is Thumb's. */
enum dp { DP_and, DP_eor, DP_sub, DP_rsb, DP_add, DP_adc, DP_sbc, DP_rsc, DP_tst, DP_teq, DP_cmp, DP_cmn, DP_orr, DP_mov, DP_bic, DP_mvn, DP_orn };
enum shift_type { SHIFT_LSL, SHIFT_LSR, SHIFT_ASR, SHIFT_ROR };
enum extend_kind { EXT_SB, EXT_SH, EXT_SB16, EXT_UB, EXT_UH, EXT_UB16 };
enum parallel_kind { PAR_S, PAR_Q, PAR_SH, PAR_U, PAR_UQ, PAR_UH };
enum parallel_op { PAR_ADD16, PAR_ASX, PAR_SAX, PAR_SUB16, PAR_ADD8, PAR_SUB8 };

/* A32 modified immediate: 8 bits rotated right by twice the top 4 bits. */
static inline uint32_t a32_imm(uint32_t imm12)
{
    unsigned rotate = imm12 >> 8 << 1;
    uint32_t v = imm12 & 0xff;
    return rotate ? v >> rotate | v << (32 - rotate) : v;
}

/* T32 modified immediate (ThumbExpandImm): repeated bytes, or 1bcdefgh rotated right by 8..31. */
static inline uint32_t t32_imm(uint32_t i, uint32_t imm3, uint32_t imm8)
{
    unsigned kind = i << 3 | imm3;
    unsigned rotate = kind << 1 | imm8 >> 7;

    switch (kind) {
    case 0: return imm8;
    case 1: return imm8 << 16 | imm8;
    case 2: return imm8 << 24 | imm8 << 8;
    case 3: return imm8 * 0x01010101u;
    }
    imm8 |= 0x80;
    return imm8 >> rotate | imm8 << (32 - rotate);
}

/* Offset of T32's B.W, BL and BLX: S:I1:I2:imm10:imm11:0, where I = not (J eor S). */
static inline int32_t t32_offset(uint32_t insn)
{
    uint32_t s = insn >> 26 & 1, i1 = ~(insn >> 13 ^ s) & 1, i2 = ~(insn >> 11 ^ s) & 1;
    return (int32_t)sx(s << 24 | i1 << 23 | i2 << 22 | (insn >> 16 & 0x3ff) << 12 | (insn & 0x7ff) << 1, 25);
}

/* ---- shifter (int_shift.c): the value, and the carry out as an i32 0/1; carry.id 0: C stays ---- */
struct shifted { ir_ref value, carry; };
/* By an immediate, encoded as in the instruction: 0 means 32 for LSR and ASR, and RRX for ROR. */
struct shifted shift_imm(struct a32 *t, ir_ref v, enum shift_type type, unsigned imm5, bool want_carry);
/* By the low byte of a register. */
struct shifted shift_reg(struct a32 *t, ir_ref v, enum shift_type type, ir_ref amount, bool want_carry);

/* The carry flag as an i32 0/1. */
static inline ir_ref carry_flag(struct a32 *t) { return ir_cond(t->ir, IR_HS, get_nzcv(t)); }
/* Q |= an i32 that is 0 or 1. */
static inline void put_q(struct a32 *t, ir_ref saturated)
{
    ir_put(t->ir, I32, SLOT(q), ir_op2(t->ir, IR_or, I32, ir_get(t->ir, I32, SLOT(q)), saturated));
}
static inline ir_ref sext(struct a32 *t, ir_ref v) { return ir_op1(t->ir, IR_sext, I32, v); }
static inline ir_ref zext(struct a32 *t, ir_ref v) { return ir_op1(t->ir, IR_zext, I32, v); }
static inline ir_ref low_word(struct a32 *t, ir_ref v) { return ir_op1(t->ir, IR_trunc, I64, v); }
static inline ir_ref high_word(struct a32 *t, ir_ref v) { return ir_op1(t->ir, IR_high, I64, v); }

#endif

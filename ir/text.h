/*
 * text.h: what the printer and the parser must agree on: words of the syntax.
 */
#ifndef IR_TEXT_H
#define IR_TEXT_H

#include "ir/ir.h"

extern const char *const ir_type_words[FLAGS + 1];
extern const char *const ir_cond_words[IR_AL + 1];
extern const char *const ir_round_words[IR_RCUR + 1];
extern const char *const ir_exception_words[EXC_KERNEL_PAGE + 1];
extern const char *const ir_fp_words[FP_SOFT + 1];

/* Bits of a memory op's aux that are words of their own. */
struct ir_memop_word { const char *word; unsigned bit; };
extern const struct ir_memop_word ir_memop_words[4];

/* What the suffixes of an op's name that are no type say of aux. */
enum ir_aux { AUX_NUMBER, AUX_FLOAT_LANES, AUX_COND, AUX_ROUND, AUX_MEMOP, AUX_EXCEPTION };
enum ir_aux ir_aux_of(enum ir_opcode op);

/* Is the type written behind the name? (Else the row leaves no choice.) */
bool ir_has_type_suffix(enum ir_opcode op);

/* The key under which imm and imm2 are written. */
const char *ir_imm_key(enum ir_opcode op);
const char *ir_imm2_key(enum ir_opcode op);

#endif

/*
 * fold.h: the simplifications of fold.rules, for the builder, and the functions
 * that conditions in the rules may use.
 */
#ifndef IR_FOLD_H
#define IR_FOLD_H

#include "ir/ir.h"

/* The value that makes op needless, appending what a rule makes instead; 0: no rule applies. */
ir_ref ir_fold(struct ir_region *r, const struct ir_op *op);

/* Does the slot that o, a get or a put, is about hold v still? */
bool ir_is_seen(const struct ir_region *r, ir_ref v, const struct ir_op *o);

static inline bool power_of_2(uint64_t i) { return i && !(i & (i - 1)); }
static inline unsigned log2_of(uint64_t i) { return i ? 63 - (unsigned)__builtin_clzll(i) : 0; }

#endif

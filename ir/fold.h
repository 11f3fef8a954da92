/*
 * fold.h: the simplifications of fold.rules, for the builder.
 */
#ifndef IR_FOLD_H
#define IR_FOLD_H

#include "ir/ir.h"

/* The value that makes op needless, appending what a rule makes instead; 0: no rule applies. */
ir_ref ir_fold(struct ir_region *r, const struct ir_op *op);

#endif

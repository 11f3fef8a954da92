/*
 * aes.h: ARM's AES instructions in IR, for both guests. AESE adds the key
 * first, the IR's rounds (and other CPUs') add it last: AESE with the AESMC
 * behind it is a round whose key is zero, to which the next AESE adds its own.
 */
#ifndef FRONTEND_ARM_AES_H
#define FRONTEND_ARM_AES_H

#include "ir/ir.h"

/* Which instructions: full is a whole round, last one without mix, which mixes columns. */
struct aes_ops { enum ir_opcode full, last, mix; };
static const struct aes_ops aes_encrypt = {IR_vaesenc, IR_vaesenclast, IR_vaesmc}, aes_decrypt = {IR_vaesdec, IR_vaesdeclast, IR_vaesimc};

static inline bool aes_is_zero(struct ir_region *r, ir_ref v)
{
    const struct ir_op *o = ir_at(r, v);

    return o->op == IR_vconst && !o->imm && !o->imm2;
}

/* AESE, AESD */
static inline ir_ref aes_round(struct ir_region *r, const struct aes_ops *k, ir_ref state, ir_ref key)
{
    const struct ir_op *o = ir_at(r, state);
    bool before = o->op == k->full && aes_is_zero(r, o->arg[1]);
    ir_ref sum = before ? ir_v2(r, k->full, 8, o->arg[0], key, 0) : ir_v2(r, IR_vxor, 64, state, key, 0);

    return ir_v2(r, k->last, 8, sum, ir_vconst(r, 0, 0), 0);
}

/* AESMC, AESIMC */
static inline ir_ref aes_mix(struct ir_region *r, const struct aes_ops *k, ir_ref state)
{
    const struct ir_op *o = ir_at(r, state);

    if (o->op == k->last && aes_is_zero(r, o->arg[1]))
        return ir_v2(r, k->full, 8, o->arg[0], o->arg[1], 0);
    return ir_v1(r, k->mix, 8, state, 0);
}

#endif

/*
 * soft.c: C that translated code calls for what has no (exact) host
 * instruction: float ops in rare modes by softfloat, vector ops and odd
 * integer ops by the IR's own definition. And the lowering to such a call.
 */
#include "backend/x86_64/gen.h"
#include "ir/interp.h"

/* desc: opcode, type, aux, imm; see describe() in lower_float.c. */
uint64_t x86_soft_op(void *state, uint64_t a, uint64_t b, uint64_t c, uint64_t desc)
{
    struct vcpu *cpu = vcpu_of_state(state);
    enum ir_opcode op = desc & 0xff;
    enum ir_type type = desc >> 8 & 0xff;
    unsigned aux = desc >> 16 & 0xff;

    if (ir_info[op].traits & IR_IS_FLOAT)
        return ir_float(op, type, a, b, c, aux, desc >> 32, &cpu->fp);
    return ir_value(op, ir_bits(type), a, b, c, aux, desc >> 32);
}

/* Operands in vspill[13..15], the result goes to vspill[13] (its low half is returned). */
uint64_t x86_vector_op(void *state, uint64_t desc, uint64_t imm, uint64_t imm2, uint64_t unused)
{
    v128 *v = &vcpu_of_state(state)->vspill[13];

    if (ir_info[desc & 0xff].traits & IR_IS_FLOAT)
        v[0] = ir_vfloat(desc & 0xff, v[0], v[1], v[2], &vcpu_of_state(state)->fp);
    else
        v[0] = ir_vvalue(desc & 0xff, desc >> 8 & 0xff, v[0], v[1], v[2], desc >> 16 & 0xff, imm, imm2);
    return v[0].lo;
}

static void store_const64(struct gen *g, struct mem to, uint64_t v)
{
    mov_ri(&g->c, RAX, v);
    mov_store(&g->c, true, to, RAX);
}

void lower_vgeneric(struct gen *g, const struct ir_op *o)
{
    struct code *c = &g->c;
    struct mem args = mem_at(RBP, VC(call_args));
    enum ir_type t = ir_type_of(g->r, (ir_ref){g->at});

    flags_kill(g);
    for (unsigned i = 0; i < o->nargs; i++) {
        if (val(g, o->arg[i])->vector) {
            v_rm(c, V_MOVDQU_S, xmm_of(g, o->arg[i]), vspill_mem(13 + i));
        } else {
            unsigned r = gpr_scratch(g);
            gpr_into(g, o->arg[i], r);
            mov_store(c, true, vspill_mem(13 + i), r);
        }
        unlock_all(g);
    }
    for (unsigned i = 0; i < o->nargs; i++)
        used(g, o->arg[i]);
    evict_all(g);
    store_const64(g, args, o->op | (uint64_t)o->type << 8 | (uint64_t)o->aux << 16);
    args.disp += 8;
    store_const64(g, args, o->imm);
    args.disp += 8;
    store_const64(g, args, o->imm2);
    mov_load(c, true, RAX, mem_at(RBP, VC(vector_op)));
    call32(c, g->gates->helper_full, false);
    if (!g->v[g->at].uses)
        return;
    if (t == V128) {
        unsigned x = xmm_scratch(g);
        v_rm(c, V_MOVDQU_L, x, vspill_mem(13));
        made(g, g->at, x);
    } else {
        made(g, g->at, RAX);
    }
}

/*
 * soft.c: C that translated code calls for what has no (exact) host
 * instruction: float ops in rare modes by softfloat, vector ops and odd
 * integer ops by the IR's own definition. And the lowering to such a call.
 */
#include "backend/x86_64/gen.h"
#include "ir/interp.h"

#include <immintrin.h>

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

/* ---- f32 lanes by SSE, for hosts where lower_vfloat.c does nothing ---- */

/* Zero, or of a size that neither sums nor products of two are denormal or infinite: 2^-60 <= |x| < 2^60. */
static bool moderate(v128 v)
{
    __m128i a = _mm_and_si128(_mm_set_epi64x((int64_t)v.hi, (int64_t)v.lo), _mm_set1_epi32(0x7fffffff));
    __m128i in = _mm_and_si128(_mm_cmpgt_epi32(a, _mm_set1_epi32((67 << 23) - 1)), _mm_cmpgt_epi32(_mm_set1_epi32(187 << 23), a));

    return _mm_movemask_epi8(_mm_or_si128(in, _mm_cmpeq_epi32(a, _mm_setzero_si128()))) == 0xffff;
}

static __m128 lanes(v128 v) { return _mm_castsi128_ps(_mm_set_epi64x((int64_t)v.hi, (int64_t)v.lo)); }

/* When inexact is set already, nothing else can be raised by moderate operands. False: not this op, or not these. */
static bool quick_float(enum ir_opcode op, const v128 *v, v128 *result)
{
    __m128 a = lanes(v[0]), b = lanes(v[1]), r;

    if (!moderate(v[0]) || !moderate(v[1]))
        return false;
    switch (op) {
    case IR_vfadd:    r = _mm_add_ps(a, b); break;
    case IR_vfsub:    r = _mm_sub_ps(a, b); break;
    case IR_vfmul:    r = _mm_mul_ps(a, b); break;
    case IR_vfceq:    r = _mm_cmpeq_ps(a, b); break;
    case IR_vfcge:    r = _mm_cmpge_ps(a, b); break;
    case IR_vfcgt:    r = _mm_cmpgt_ps(a, b); break;
    case IR_vfmin:    r = _mm_or_ps(_mm_min_ps(a, b), _mm_min_ps(b, a)); break; /* they differ for zeros of both signs only */
    case IR_vfmax:    r = _mm_and_ps(_mm_max_ps(a, b), _mm_max_ps(b, a)); break;
    case IR_vfrecps:  r = _mm_sub_ps(_mm_set1_ps(2), _mm_mul_ps(a, b)); break;
    case IR_vfrsqrts: r = _mm_mul_ps(_mm_sub_ps(_mm_set1_ps(3), _mm_mul_ps(a, b)), _mm_set1_ps(0.5f)); break;
    default:          return false;
    }
    *result = (v128){(uint64_t)_mm_cvtsi128_si64(_mm_castps_si128(r)), (uint64_t)_mm_extract_epi64(_mm_castps_si128(r), 1)};
    return true;
}

static v128 float_op(enum ir_opcode op, unsigned aux, uint64_t imm, const v128 *v, struct fp_status *s)
{
    v128 r;

    return aux & IR_STD && s->flags & FP_INEXACT && ir_info[op].nargs == 2 && quick_float(op, v, &r) ? r : ir_vfloat(op, v[0], v[1], v[2], aux, imm, s);
}

/* Operands in vspill[13..15], the result goes to vspill[13] (its low half is returned). */
uint64_t x86_vector_op(void *state, uint64_t desc, uint64_t imm, uint64_t imm2, uint64_t unused)
{
    v128 *v = &vcpu_of_state(state)->vspill[13];

    if (ir_info[desc & 0xff].traits & IR_IS_FLOAT)
        v[0] = float_op(desc & 0xff, desc >> 16 & 0xff, imm, v, &vcpu_of_state(state)->fp);
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
    call_gate(g, g->gates->helper_full);
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

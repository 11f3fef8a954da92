/*
 * lower_vfloat.c: f32 lanes under fixed modes (to nearest, default NaN, flush
 * to zero) on an FPU whose MXCSR says otherwise. What the modes are about, NaNs
 * and denormal numbers, is looked for in operands and results; when found the op
 * is done (again) by softfloat in cold code. Results are tame: no denormal
 * number, no NaN but the default one, which the host hands on as it is; they
 * are not looked at again. Infinities may trap, which fptrap.c mends. For hosts
 * with AVX-512; rows in lower_vec.def.
 */
#include "backend/x86_64/lower_vec.h"

#define E_FPCLASS  (V_66 | V_3A | V_ONLYEVEX | 0x66)
#define E_CMPPS    (V_ONLYEVEX | 0xc2)
#define E_RANGEPS  (V_66 | V_3A | V_ONLYEVEX | 0x50)
#define E_CVTTPS2UDQ (V_ONLYEVEX | 0x78)
#define E_CVTUDQ2PS  (V_F2 | V_ONLYEVEX | 0x7a)
#define X_KORTESTB (V_66 | 0x98)
#define X_FMADD231PS (V_66 | V_38 | 0xb8)
enum { X_ADDPS = 0x58, X_MULPS = 0x59, X_SUBPS = 0x5c, X_CVTDQ2PS = 0x5b, X_CVTTPS2DQ = V_F3 | 0x5b };

void cold_when_not_zero(struct checked *s)
{
    uint8_t *site = jcc32(s->v.c, CC_NE, NULL, false);

    if (s->nsites == 0)
        s->k.site = site;
    else
        s->k.also[s->nsites - 1] = site;
    s->nsites++;
}

void cold_when_any(struct checked *s, unsigned k1, unsigned k2)
{
    v_rr(s->v.c, X_KORTESTB, k1, k2);
    cold_when_not_zero(s);
}

/* Of the next instruction the trap handler is told by a prefix without meaning that it does these modes, not the guest's. */
static void mark(struct checked *s) { put8(s->v.c, X86_STANDARD_PREFIX); }

/* The guest may have another rounding mode for scalars. */
static void check_rounding(struct checked *s)
{
    struct code *c = s->v.c;

    if (s->v.g->r->nearest)
        return;
    op_rm(c, false, 0, 0xf7, 0, mem_at(RBP, VC(mxcsr_guest))); /* test dword, imm32 */
    put32(c, 0x6000);
    cold_when_not_zero(s);
}

void classify(struct checked *s, unsigned k, unsigned x, unsigned classes) { v_rri(s->v.c, E_FPCLASS, k, x, classes); }

static bool known_tame(struct gen *g, ir_ref r)
{
    const struct ir_op *o = op_of(g, r);

    if (o->op == IR_vconst) {
        for (unsigned i = 0; i < 4; i++) {
            uint32_t lane = (uint32_t)((i & 2 ? o->imm2 : o->imm) >> (i & 1) * 32) & 0x7fffffff;
            if (lane && (lane < 0x00800000 || lane > 0x7f800000))
                return false;
        }
        return true;
    }
    return val(g, r)->known & V_TAME;
}

/* Operands (tame ones too when `all`) are looked at, two at a time. */
static void check_operands(struct checked *s, unsigned classes, bool all)
{
    const struct ir_op *o = s->v.o;
    unsigned n = 0;

    for (unsigned i = 0; i < o->nargs; i++) {
        if ((!all && known_tame(s->v.g, o->arg[i])) || (i && s->v.x[i] == s->v.x[0]))
            continue;
        classify(s, 1 + n % 2, s->v.x[i], classes);
        if (n++ % 2)
            cold_when_any(s, 1, 2);
    }
    if (n % 2)
        cold_when_any(s, 1, 1);
}

/* A sum that is tiny is exact, so a denormal number shows that; a product may have been rounded up to the least normal one. */
static void check_sum(struct checked *s, unsigned d)
{
    classify(s, 1, d, CLASS_DENORMAL);
    cold_when_any(s, 1, 1);
}

static void check_product(struct checked *s, unsigned d, unsigned t)
{
    e3k(&s->v, vec_opcode(IR_vadd, 2), t, d, splat(32, ~0ull)); /* one less */
    classify(s, 1, t, CLASS_DENORMAL | CLASS_ZEROS);
    cold_when_any(s, 1, 1);
}

unsigned zero_above(struct vec *v)
{
    unsigned known = V_ZERO_ABOVE;

    for (unsigned i = 0; i < v->o->nargs; i++)
        known &= val(v->g, v->o->arg[i])->known;
    return known;
}

/*
 * Registers are all taken here: from the first check to the end nothing may
 * move, since cold code comes back behind what it leaves out. s->d is the
 * result's and no operand's, s->t a temporary.
 */
static bool start(struct checked *s, struct gen *g, const struct ir_op *o)
{
    if (!x86_cpu.avx512vl || !(o->aux & IR_STD)) {
        (o->aux & IR_STD ? lower_vgeneric : lower_vguest)(g, o);
        return false;
    }
    flags_kill(g);
    spill_narrow(g);
    *s = (struct checked){.nsites = 0};
    vec_open(&s->v, g, o);
    s->k = (struct cold){.kind = COLD_VECTOR, .op = g->at};
    for (unsigned i = 0; i < o->nargs; i++)
        s->k.xmm[i] = (uint8_t)s->v.x[i];
    s->d = xmm_dest_early(g, g->at);
    s->t = vec_tmp(&s->v);
    check_rounding(s);
    return true;
}

static void finish(struct checked *s, unsigned known)
{
    struct gen *g = s->v.g;

    for (unsigned i = 0; i < s->v.o->nargs; i++)
        used(g, s->v.o->arg[i]);
    g->v[g->at].known = (uint8_t)known;
    checked_done(s);
}

void checked_done(struct checked *s)
{
    struct gen *g = s->v.g;
    unsigned d = s->d;

    made(g, g->at, d);
    if (!s->nsites)
        return;
    for (unsigned i = 0; i < 3; i++)
        s->k.gprs |= (g->gpr_owner[i] != 0) << i;
    for (unsigned i = 0; i < 32; i++)
        s->k.xmms |= (uint32_t)(g->xmm_owner[i] && i != d) << i;
    s->k.xmm[3] = (uint8_t)d;
    s->k.back = s->v.c->p;
    cold_add(g, s->k);
}

/* vfadd vfsub vfmul; arg: opcode */
void lower_vfarith(struct gen *g, const struct ir_op *o)
{
    struct checked s;

    if (!start(&s, g, o))
        return;
    if (o->op != IR_vfmul && known_tame(g, o->arg[0]) != known_tame(g, o->arg[1])) {
        /* a sum with a denormal number raises nothing that softfloat does not: operand and result are looked at together */
        mark(&s);
        e3(&s.v, x86_lower[o->op].arg[0], s.d, s.v.x[0], s.v.x[1]);
        classify(&s, 1, s.v.x[known_tame(g, o->arg[0])], CLASS_NAN | CLASS_DENORMAL);
        classify(&s, 2, s.d, CLASS_DENORMAL);
        cold_when_any(&s, 1, 2);
        finish(&s, V_TAME | zero_above(&s.v));
        return;
    }
    check_operands(&s, CLASS_NAN | CLASS_DENORMAL, false);
    mark(&s);
    e3(&s.v, x86_lower[o->op].arg[0], s.d, s.v.x[0], s.v.x[1]);
    if (o->op == IR_vfmul)
        check_product(&s, s.d, s.t);
    else
        check_sum(&s, s.d);
    finish(&s, V_TAME | zero_above(&s.v));
}

void lower_vfma(struct gen *g, const struct ir_op *o)
{
    struct checked s;

    if (!start(&s, g, o))
        return;
    check_operands(&s, CLASS_NAN | CLASS_DENORMAL, false);
    emove(&s.v, s.d, s.v.x[2]);
    mark(&s);
    e3(&s.v, X_FMADD231PS, s.d, s.v.x[0], s.v.x[1]);
    check_product(&s, s.d, s.t);
    finish(&s, V_TAME | zero_above(&s.v));
}

/* vrangeps knows about zeros of both signs. */
void lower_vfminmax(struct gen *g, const struct ir_op *o)
{
    struct checked s;

    if (!start(&s, g, o))
        return;
    check_operands(&s, CLASS_NAN | CLASS_DENORMAL, true);
    v_rrri(s.v.c, E_RANGEPS, s.d, s.v.x[0], s.v.x[1], o->op == IR_vfmin ? 4 : 5);
    finish(&s, V_TAME | zero_above(&s.v));
}

/* arg: predicate of vcmpps */
void lower_vfcompare(struct gen *g, const struct ir_op *o)
{
    struct checked s;

    if (!start(&s, g, o))
        return;
    check_operands(&s, CLASS_NAN | CLASS_DENORMAL, true);
    v_rrri(s.v.c, E_CMPPS, 1, s.v.x[0], s.v.x[1], x86_lower[o->op].arg[0]);
    v_rr(s.v.c, V_F3 | V_38 | V_ONLYEVEX | 0x38, s.d, 1); /* vpmovm2d */
    finish(&s, 0);
}

/* vfrecps vfrsqrts: nothing can go wrong behind the product. */
void lower_vfstep(struct gen *g, const struct ir_op *o)
{
    bool root = o->op == IR_vfrsqrts;
    struct checked s;

    if (!start(&s, g, o))
        return;
    check_operands(&s, CLASS_NAN | CLASS_DENORMAL | CLASS_INF, true); /* 0 * infinity is no NaN here */
    mark(&s);
    e3(&s.v, X_MULPS, s.t, s.v.x[0], s.v.x[1]);
    check_product(&s, s.t, s.d);
    econst(&s.v, s.d, splat(32, root ? 0x40400000 : 0x40000000));
    mark(&s);
    e3(&s.v, X_SUBPS, s.d, s.d, s.t);
    if (root) {
        mark(&s);
        e3k(&s.v, X_MULPS, s.d, s.d, splat(32, 0x3f000000));
    }
    finish(&s, V_TAME);
}

/* To integers; what is out of range (infinities and NaNs are), and for unsigned ones -0, is not done here. */
void lower_vftoi(struct gen *g, const struct ir_op *o)
{
    bool is_signed = o->op == IR_vftos;
    struct checked s;

    if (!start(&s, g, o))
        return;
    if (is_signed) {
        e3k(&s.v, X_PAND, s.t, s.v.x[0], splat(32, 0x7fffffff));
        e3ki(&s.v, V_66 | V_3A | V_ONLYEVEX | 0x1f, 1, s.t, splat(32, 0x4effffff), 6); /* vpcmpd, greater */
    } else {
        e3ki(&s.v, V_66 | V_3A | V_ONLYEVEX | 0x1e, 1, s.v.x[0], splat(32, 0x4f7fffff), 6); /* vpcmpud */
    }
    classify(&s, 2, s.v.x[0], CLASS_DENORMAL);
    cold_when_any(&s, 1, 2);
    mark(&s);
    e2(&s.v, is_signed ? X_CVTTPS2DQ : E_CVTTPS2UDQ, s.d, s.v.x[0]);
    finish(&s, 0);
}

void lower_vitof(struct gen *g, const struct ir_op *o)
{
    struct checked s;

    if (!start(&s, g, o))
        return;
    mark(&s);
    e2(&s.v, o->op == IR_vstof ? X_CVTDQ2PS : E_CVTUDQ2PS, s.d, s.v.x[0]);
    finish(&s, V_TAME | zero_above(&s.v));
}

/* From cold code: the scratch registers that are in use are kept. */
void cold_vector(struct gen *g, const struct cold *k)
{
    const struct ir_op *o = &g->r->ops[k->op];
    struct code *c = &g->c;
    int32_t at;

    for (unsigned i = 0; i < 3; i++)
        if (k->gprs >> i & 1)
            mov_store(c, true, mem_at(RBP, VC(reserved) + 16 + 8 * (int32_t)i), i);
    at = VC(cold_vectors);
    for (uint32_t s = k->xmms; s; s &= s - 1, at += 16)
        v_rm(c, V_MOVDQU_S, (unsigned)__builtin_ctz(s), mem_at(RBP, at));
    for (unsigned i = 0; i < o->nargs; i++)
        if (k->xmm[i] != NOREG) /* else it is there */
            v_rm(c, V_MOVDQU_S, k->xmm[i], vspill_mem(13 + i));
    mov_mi(c, true, mem_at(RBP, VC(call_args)), (int32_t)(o->op | (uint32_t)o->type << 8 | (uint32_t)o->aux << 16));
    mov_mi(c, true, mem_at(RBP, VC(call_args) + 8), (int32_t)o->imm);
    mov_load(c, true, RAX, mem_at(RBP, VC(vector_op)));
    call_gate(g, g->gates->helper_full);
    for (unsigned i = 0; i < 3; i++)
        if (k->gprs >> i & 1)
            mov_load(c, true, i, mem_at(RBP, VC(reserved) + 16 + 8 * (int32_t)i));
    at = VC(cold_vectors);
    for (uint32_t s = k->xmms; s; s &= s - 1, at += 16)
        v_rm(c, V_MOVDQU_L, (unsigned)__builtin_ctz(s), mem_at(RBP, at));
    v_rm(c, V_MOVDQU_L, k->xmm[3], vspill_mem(13));
    jmp32(c, k->back, false);
}

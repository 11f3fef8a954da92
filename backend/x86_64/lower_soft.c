/*
 * lower_soft.c: float ops by softfloat. Under FP_SOFT (flush to zero, default
 * NaN) operands and results that are NaNs or denormal numbers, or nearly so, go
 * there; the rest is done by the host as ever. Without AVX-512 everything goes.
 * And the cold code in which lower_float.c has an op done again.
 */
#include "backend/x86_64/gen.h"

static struct mem vc(int32_t disp) { return mem_at(RBP, disp); }
static bool is_double(enum ir_type t) { return t == F64; }
static unsigned scalar(enum ir_type t, unsigned opcode) { return opcode | (is_double(t) ? V_F2 | V_EW : V_F3); }

static uint64_t describe(const struct ir_op *o) { return o->op | (uint64_t)o->type << 8 | (uint64_t)o->aux << 16 | o->imm << 32; }

static void result_from_rax(struct gen *g, enum ir_type t)
{
    struct value *v = &g->v[g->at];

    if (!v->uses)
        return;
    if (t == FLAGS) {
        unsigned i = (unsigned)__builtin_ctz(~g->spill_used);
        g->spill_used |= 1u << i;
        mov_store(&g->c, true, spill_mem(i), RAX);
        v->where = W_SPILL;
        v->at = (uint16_t)i;
    } else if (v->vector) {
        unsigned x = xmm_scratch(g);
        v_rr(&g->c, V_MOVQ_TO, x, RAX);
        made(g, g->at, x);
    } else {
        made(g, g->at, RAX);
    }
}

static void store_arg(struct gen *g, ir_ref a, unsigned i)
{
    struct mem to = vc(VC(call_args) + 8 * (int32_t)i);

    if (val(g, a)->vector) {
        v_rm(&g->c, V_MOVQ_S, xmm_of(g, a), to);
    } else {
        unsigned r = gpr_scratch(g);
        gpr_into(g, a, r);
        if (g->r->ops[a.id].op == IR_trunc)
            mov_rr(&g->c, false, r, r);
        mov_store(&g->c, true, to, r);
    }
    unlock_all(g);
}

void lower_soft(struct gen *g, const struct ir_op *o)
{
    struct code *c = &g->c;

    flags_kill(g);
    for (unsigned i = 0; i < o->nargs; i++)
        store_arg(g, o->arg[i], i);
    for (unsigned i = 0; i < o->nargs; i++)
        used(g, o->arg[i]);
    evict_all(g);
    mov_ri(c, RAX, describe(o));
    mov_store(c, true, vc(VC(call_args) + 24), RAX);
    mov_load(c, true, RAX, vc(VC(soft_op)));
    call_gate(g, g->gates->helper_full);
    result_from_rax(g, ir_type_of(g->r, (ir_ref){g->at}));
}

static void move_scratch(struct code *c, unsigned op)
{
    int32_t at = VC(cold_vectors);

    for (uint32_t s = XMM_SCRATCH; s; s &= s - 1, at += 16)
        v_rm(c, op, (unsigned)__builtin_ctz(s), vc(at));
}

/* From cold code: every scratch register is kept, operands are in k->xmm[0..2]. */
void cold_soft(struct gen *g, const struct cold *k)
{
    const struct ir_op *o = &g->r->ops[k->op];
    struct code *c = &g->c;

    for (unsigned i = 0; i < 3; i++)
        mov_store(c, true, vc(VC(reserved) + 16 + 8 * (int32_t)i), i); /* rax rcx rdx */
    move_scratch(c, V_MOVDQU_S);
    for (unsigned i = 0; i < o->nargs; i++)
        v_rm(c, V_MOVQ_S, k->xmm[i], vc(VC(call_args) + 8 * (int32_t)i));
    mov_ri(c, RAX, describe(o));
    mov_store(c, true, vc(VC(call_args) + 24), RAX);
    mov_load(c, true, RAX, vc(VC(soft_op)));
    call_gate(g, g->gates->helper_full);
    mov_store(c, true, vc(VC(call_args)), RAX);
    for (unsigned i = 0; i < 3; i++)
        mov_load(c, true, i, vc(VC(reserved) + 16 + 8 * (int32_t)i));
    move_scratch(c, V_MOVDQU_L);
    if (k->gpr)
        mov_load(c, false, k->reg, vc(VC(call_args)));
    else
        v_rm(c, V_MOVQ_L, k->xmm[3], vc(VC(call_args)));
    jmp32(c, k->back, false);
}

/* ---- FP_SOFT with AVX-512: what is looked at before and after ---- */

/*
 * An op whose odd cases softfloat does. All registers are taken before the
 * first check, since cold code comes back behind what it leaves out.
 */
struct careful { struct cold k; unsigned nsites; };
enum { CLASS_NAN = 0x81, CLASS_ZEROS = 6, CLASS_DENORMAL = 32 };

static void odd_when_any(struct gen *g, struct careful *s, unsigned k1, unsigned k2)
{
    v_rr(&g->c, V_66 | 0x98, k1, k2); /* kortestb */
    uint8_t *site = jcc32(&g->c, CC_NE, NULL, false);
    *(s->nsites++ ? &s->k.also[s->nsites - 2] : &s->k.site) = site;
}

static void classify(struct gen *g, bool wide, unsigned k, unsigned x, unsigned classes)
{
    v_rri(&g->c, V_66 | V_3A | V_ONLYEVEX | (wide ? V_EW : 0) | 0x67, k, x, classes); /* vfpclasss[sd] */
}

/* Operands in regs; what is known to be tame is left out. */
static void check_operands(struct gen *g, const struct ir_op *o, struct careful *s, const uint8_t *regs, bool wide, bool all)
{
    unsigned n = 0;

    spill_narrow(g);
    s->k = (struct cold){.kind = COLD_SOFT, .op = g->at};
    for (unsigned i = 0; i < o->nargs; i++) {
        s->k.xmm[i] = regs[i];
        if ((!all && val(g, o->arg[i])->known & (wide ? V_TAME64 : V_TAME | V_TAME32)) || (i && regs[i] == regs[0]))
            continue;
        classify(g, wide, 1 + n % 2, regs[i], CLASS_NAN | CLASS_DENORMAL);
        if (n++ % 2)
            odd_when_any(g, s, 1, 2);
    }
    if (n % 2)
        odd_when_any(g, s, 1, 1);
}

/* Tiny before rounding: denormal, or the least normal number. t: temporary. */
static void check_result(struct gen *g, struct careful *s, unsigned d, unsigned t, bool wide)
{
    v_rrr(&g->c, V_66 | V_NOEVEX | 0x76, t, t, t);                                    /* -1 */
    v_rrr(&g->c, V_66 | (wide ? V_EW | 0xd4 : 0xfe), t, t, d);
    classify(g, wide, 1, t, CLASS_ZEROS | CLASS_DENORMAL);
    odd_when_any(g, s, 1, 1);
}

static void careful_end(struct gen *g, struct careful *s, unsigned d, bool gpr)
{
    s->k.xmm[3] = s->k.reg = (uint8_t)d;
    s->k.gpr = gpr;
    s->k.back = g->c.p;
    if (s->nsites)
        cold_add(g, s->k);
}

/* One to three float operands, float result: by `op`, of width `wide`, operands of width `from_wide`. */
static void careful(struct gen *g, const struct ir_op *o, unsigned op, bool from_wide, bool wide)
{
    struct careful s = {.nsites = 0};
    uint8_t x[3];

    flags_kill(g);
    for (unsigned i = 0; i < o->nargs; i++)
        x[i] = (uint8_t)xmm_of(g, o->arg[i]);
    unsigned t = xmm_low(g), d = xmm_scratch(g);
    check_operands(g, o, &s, x, from_wide, o->nargs == 3); /* of three NaNs the host takes another */
    if (o->nargs == 3) {
        movaps(&g->c, d, x[0]);
        v_rrr(&g->c, op, d, x[1], x[2]);
    } else {
        v_rrr(&g->c, op, d, x[0], x[o->nargs - 1]);
    }
    if (o->op != IR_fsqrt && o->op != IR_f32to64)
        check_result(g, &s, d, t, wide);
    for (unsigned i = 0; i < o->nargs; i++)
        used(g, o->arg[i]);
    g->v[g->at].known = wide ? V_TAME64 : V_TAME32;
    made(g, g->at, d);
    careful_end(g, &s, d, false);
}

/* With an immediate, and a result that is as tame as the operands. */
static void careful_imm(struct gen *g, const struct ir_op *o, unsigned op, unsigned imm)
{
    bool wide = is_double(o->type);
    struct careful s = {.nsites = 0};
    uint8_t x[2];

    flags_kill(g);
    for (unsigned i = 0; i < o->nargs; i++)
        x[i] = (uint8_t)xmm_of(g, o->arg[i]);
    unsigned d = xmm_scratch(g);
    check_operands(g, o, &s, x, wide, o->nargs == 2);
    v_rrri(&g->c, op | (wide ? V_EW : 0), d, x[0], x[o->nargs - 1], imm);
    for (unsigned i = 0; i < o->nargs; i++)
        used(g, o->arg[i]);
    g->v[g->at].known = wide ? V_TAME64 : V_TAME32;
    made(g, g->at, d);
    careful_end(g, &s, d, false);
}

/* To an integer. */
static void careful_ftoi(struct gen *g, const struct ir_op *o, unsigned op, bool from_wide, bool wide)
{
    struct careful s = {.nsites = 0};

    flags_kill(g);
    uint8_t x = (uint8_t)xmm_of(g, o->arg[0]);
    unsigned d = gpr_scratch(g);
    check_operands(g, o, &s, &x, from_wide, false);
    v_rr(&g->c, op | (wide ? V_W : 0), d, x);
    used(g, o->arg[0]);
    made(g, g->at, d);
    careful_end(g, &s, d, true);
}

/* From cold code: a compare with an operand that is denormal, thus zero when the guest flushes. */
void cold_flush(struct gen *g, const struct cold *k)
{
    bool wide = is_double(g->r->ops[k->op].type);
    struct mem rax = vc(VC(reserved) + 16);
    struct code *c = &g->c;
    uint8_t *as_it_is, *normal;

    mov_store(c, true, rax, RAX);
    for (unsigned i = 0; i < 2; i++) {
        v_rm(c, V_MOVQ_S, k->xmm[i], vc(VC(call_args) + 8 * (int32_t)i));
        v_rm(c, V_MOVDQU_S, i, vc(VC(cold_vectors) + 16 * (int32_t)i));
    }
    op_rm(c, false, 0, 0x0fb6, RAX, vc(VC(fp.flush_inputs)));
    test_rr(c, false, RAX, RAX);
    as_it_is = jcc8(c, CC_E);
    mov_ri(c, RAX, FP_DENORMAL);
    op_rm8(c, 0x08, RAX, vc(VC(fp.flags)));
    for (unsigned i = 0; i < 2; i++) {
        int32_t at = VC(call_args) + 8 * (int32_t)i;
        mov_load(c, wide, RAX, vc(at));
        alu_rr(c, wide, X_ADD, RAX, RAX);
        shift_ri(c, wide, X_SHR, RAX, wide ? 53 : 24);
        normal = jcc8(c, CC_NE);
        alu_mi(c, false, X_AND, vc(wide ? at + 4 : at), INT32_MIN);
        if (wide)
            mov_mi(c, false, vc(at), 0);
        set_rel8(c, normal);
    }
    set_rel8(c, as_it_is);
    for (unsigned i = 0; i < 2; i++)
        v_rm(c, V_MOVQ_L, i, vc(VC(call_args) + 8 * (int32_t)i));
    v_rr(c, k->data, 0, 1);
    for (unsigned i = 0; i < 2; i++)
        v_rm(c, V_MOVDQU_L, i, vc(VC(cold_vectors) + 16 * (int32_t)i));
    mov_load(c, true, RAX, rax);
    jmp32(c, k->back, false);
}

/* To an integer, towards zero or as the guest rounds. */
static void careful_to_integer(struct gen *g, const struct ir_op *o)
{
    unsigned round = o->aux & 0x7f;
    enum ir_type from = ir_type_of(g->r, o->arg[0]);

    bool is_unsigned = o->op == IR_ftou32 || o->op == IR_ftou64, to_zero = round == IR_RZ;
    unsigned op = is_unsigned ? V_ONLYEVEX | (to_zero ? 0x78 : 0x79) : to_zero ? 0x2c : 0x2d;

    if (o->imm || (round != IR_RZ && round != IR_RCUR))
        lower_soft(g, o);
    else
        careful_ftoi(g, o, (is_double(from) ? V_F2 : V_F3) | op, is_double(from), o->op == IR_ftoi64 || o->op == IR_ftou64);
}

static void careful_min_max(struct gen *g, const struct ir_op *o)
{
    careful_imm(g, o, V_66 | V_3A | V_ONLYEVEX | 0x51, x86_lower[o->op].arg[0]); /* vranges[sd] */
}

static void careful_round(struct gen *g, const struct ir_op *o)
{
    if ((o->aux & 0x7f) == IR_RA)
        lower_soft(g, o);
    else
        careful_imm(g, o, V_66 | V_3A | (is_double(o->type) ? 0x0b : 0x0a), host_rounding(o->aux));
}

static void careful_arithmetic(struct gen *g, const struct ir_op *o)
{
    careful(g, o, scalar(o->type, x86_lower[o->op].arg[0]), is_double(o->type), is_double(o->type));
}
static void careful_sqrt(struct gen *g, const struct ir_op *o) { careful(g, o, scalar(o->type, 0x51), is_double(o->type), is_double(o->type)); }

static void careful_fma(struct gen *g, const struct ir_op *o)
{
    unsigned w = is_double(o->type) ? V_W : 0;

    careful(g, o, V_66 | V_38 | 0xa9 | w, w, w);
}

static void careful_width(struct gen *g, const struct ir_op *o)
{
    bool narrow = o->op == IR_f64to32;

    careful(g, o, 0x5a | (narrow ? V_F2 | V_EW : V_F3), narrow, !narrow);
}

static void careful_compare(struct gen *g, const struct ir_op *o)
{
    unsigned op = x86_lower[o->op].arg[0] | (is_double(o->type) ? V_66 | V_EW : 0);
    bool swap = g->v[g->at].swap;

    flags_kill(g);
    uint8_t a = (uint8_t)xmm_of(g, o->arg[0]), b = (uint8_t)xmm_of(g, o->arg[1]);
    struct cold k = {.kind = COLD_FLUSH, .op = g->at, .data = op, .xmm = {swap ? b : a, swap ? a : b}};
    classify(g, is_double(o->type), 1, a, CLASS_DENORMAL);
    classify(g, is_double(o->type), 2, b, CLASS_DENORMAL);
    v_rr(&g->c, V_66 | 0x98, 1, 2); /* kortestb */
    k.site = jcc32(&g->c, CC_NE, NULL, false);
    v_rr(&g->c, op, k.xmm[0], k.xmm[1]);
    k.back = g->c.p;
    cold_add(g, k);
    used(g, o->arg[0]);
    used(g, o->arg[1]);
    flags_set(g, g->at, swap ? FK_SWAPPED : FK_FLOAT);
}

lower_fn *soft_lowering(const struct ir_op *o)
{
    if (ir_info[o->op].result == RES_VEC)
        return o->aux & IR_STD ? x86_lower[o->op].fn : lower_vsoft;
    if (!x86_cpu.avx512vl)
        return lower_soft;
    switch (o->op) {
    case IR_fadd: case IR_fsub: case IR_fmul: case IR_fdiv: return careful_arithmetic;
    case IR_fsqrt:                    return careful_sqrt;
    case IR_fma:                      return careful_fma;
    case IR_fcmp: case IR_fcmpe:      return careful_compare;
    case IR_f32to64: case IR_f64to32: return careful_width;
    case IR_fmin: case IR_fmax: case IR_fminnm: case IR_fmaxnm: return careful_min_max;
    case IR_fround:                   return careful_round;
    case IR_ftoi32: case IR_ftoi64: case IR_ftou32: case IR_ftou64: return careful_to_integer;
    case IR_i32tof: case IR_u32tof: case IR_i64tof: return lower_itof;
    case IR_u64tof:                   return lower_u64tof;
    default:                          return lower_soft;
    }
}

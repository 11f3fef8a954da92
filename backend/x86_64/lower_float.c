/*
 * lower_float.c: floating point on the host's FPU, with MXCSR carrying the
 * guest's rounding and sticky flags and the trap on invalid open (fptrap.c
 * mends what traps). What the host does differently without trapping is
 * checked inline and done again by softfloat in cold code:
 *   fma: the host prefers another operand's NaN
 *   FP_EXACT: tininess is detected before rounding by ARM and PowerPC, after
 *   it by x86; they differ only when the result is the smallest normal number
 * Under FP_SOFT (flush to zero, default NaN) operands and results that are NaNs
 * or denormal numbers, or nearly so, go to softfloat; the rest is as ever.
 * Without AVX-512 everything goes there.
 */
#include "backend/x86_64/gen.h"

static struct mem vc(int32_t disp) { return mem_at(RBP, disp); }
static bool is_double(enum ir_type t) { return t == F64; }
static unsigned scalar(enum ir_type t, unsigned opcode) { return opcode | (is_double(t) ? V_F2 | V_EW : V_F3); }

/* ---- softfloat, and whatever else has no host instruction ---- */

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
    call32(c, g->gates->helper_full, false);
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
    call32(c, g->gates->helper_full, false);
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

/* ---- FP_SOFT with AVX-512 ---- */

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
static void check_operands(struct gen *g, const struct ir_op *o, struct careful *s, const uint8_t *regs, bool wide)
{
    unsigned n = 0;

    s->k = (struct cold){.kind = COLD_SOFT, .op = g->at};
    for (unsigned i = 0; i < o->nargs; i++) {
        s->k.xmm[i] = regs[i];
        if (val(g, o->arg[i])->known & V_TAME || (i && regs[i] == regs[0]))
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
    check_operands(g, o, &s, x, from_wide);
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
    g->v[g->at].known = V_TAME;
    made(g, g->at, d);
    careful_end(g, &s, d, false);
}

/* To a signed integer. */
static void careful_ftoi(struct gen *g, const struct ir_op *o, unsigned op, bool from_wide, bool wide)
{
    struct careful s = {.nsites = 0};

    flags_kill(g);
    uint8_t x = (uint8_t)xmm_of(g, o->arg[0]);
    unsigned d = gpr_scratch(g);
    check_operands(g, o, &s, &x, from_wide);
    v_rr(&g->c, op | (wide ? V_W : 0), d, x);
    used(g, o->arg[0]);
    made(g, g->at, d);
    careful_end(g, &s, d, true);
}

static bool inline_soft(struct gen *g) { return g->r->fp == FP_SOFT && x86_cpu.avx512vl; }

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

static void soft_when(struct gen *g, const struct ir_op *o, enum x86_cc cc, const uint8_t *xmm, unsigned dst, bool gpr)
{
    struct cold k = {.kind = COLD_SOFT, .op = g->at, .gpr = gpr, .reg = (uint8_t)dst};

    for (unsigned i = 0; i < o->nargs; i++)
        k.xmm[i] = xmm[i];
    k.xmm[3] = (uint8_t)dst;
    k.site = jcc32(&g->c, cc, NULL, false);
    k.back = g->c.p;
    cold_add(g, k);
}

/* FP_EXACT: the smallest normal number may have been tiny before it was rounded. */
static void check_tiny(struct gen *g, const struct ir_op *o, enum ir_type t, unsigned x, const uint8_t *xmm)
{
    unsigned r = gpr_scratch(g);
    struct code *c = &g->c;

    if (t == F64) {
        unsigned k = gpr_scratch(g);
        v_rr(c, V_MOVQ_FROM, x, r);
        alu_rr(c, true, X_ADD, r, r);
        mov_ri(c, k, 0x0020000000000000);
        alu_rr(c, true, X_CMP, r, k);
    } else {
        v_rr(c, V_MOVD_FROM, x, r);
        alu_rr(c, false, X_ADD, r, r);
        alu_ri(c, false, X_CMP, r, 0x01000000);
    }
    soft_when(g, o, CC_E, xmm, x, false);
}

/* dst = a op b in a register that is neither operand's. */
static void arith(struct code *c, unsigned op, unsigned d, unsigned a, unsigned b)
{
    if (!x86_cpu.avx && d == b && d != a)
        bug("x86: legacy float op would overwrite its operand");
    v_rrr(c, op, d, a, b);
}

/* arg: opcode, may underflow inexactly */
void lower_farith(struct gen *g, const struct ir_op *o)
{
    const uint32_t *row = x86_lower[o->op].arg;
    unsigned op = scalar(o->type, row[0]), a, b, d;
    bool check = g->r->fp == FP_EXACT && row[1];
    struct mem m;

    if (inline_soft(g)) {
        careful(g, o, op, is_double(o->type), is_double(o->type));
        return;
    }
    if (g->r->fp == FP_SOFT) {
        lower_soft(g, o);
        return;
    }
    if (check)
        flags_kill(g);
    a = xmm_of(g, o->arg[0]);
    if (!check && in_memory(g, o->arg[1], &m) && val(g, o->arg[1])->where == W_SLOT && g->v[o->arg[0].id].root != g->v[o->arg[1].id].root) {
        used(g, o->arg[0]);
        d = xmm_dest(g, g->at);
        v_rrm(&g->c, op, d, a, m);
        used(g, o->arg[1]);
        made(g, g->at, d);
        return;
    }
    b = xmm_of(g, o->arg[1]);
    if (check || !x86_cpu.avx) {
        d = xmm_scratch(g);
        arith(&g->c, op, d, a, b);
        if (check)
            check_tiny(g, o, o->type, d, (uint8_t[]){(uint8_t)a, (uint8_t)b});
        used(g, o->arg[0]);
        used(g, o->arg[1]);
    } else {
        used(g, o->arg[0]);
        used(g, o->arg[1]);
        d = xmm_dest(g, g->at);
        arith(&g->c, op, d, a, b);
    }
    made(g, g->at, d);
}

static void unary(struct code *c, unsigned op, unsigned d, unsigned a)
{
    if (x86_cpu.avx)
        v_rrr(c, op, d, a, a);
    else
        v_rr(c, op, d, a);
}

void lower_fsqrt(struct gen *g, const struct ir_op *o)
{
    unsigned a, d;

    if (inline_soft(g)) {
        careful(g, o, scalar(o->type, 0x51), is_double(o->type), is_double(o->type));
        return;
    }
    if (g->r->fp == FP_SOFT) {
        lower_soft(g, o);
        return;
    }
    a = xmm_of(g, o->arg[0]);
    used(g, o->arg[0]);
    d = xmm_dest(g, g->at);
    unary(&g->c, scalar(o->type, 0x51), d, a);
    made(g, g->at, d);
}

void lower_fma(struct gen *g, const struct ir_op *o)
{
    unsigned w = is_double(o->type) ? V_W : 0;

    if (inline_soft(g)) {
        careful(g, o, V_66 | V_38 | 0xa9 | w, w, w);
        return;
    }
    if (g->r->fp == FP_SOFT || !x86_cpu.fma) {
        lower_soft(g, o);
        return;
    }
    flags_kill(g);
    unsigned a = xmm_of(g, o->arg[0]), b = xmm_of(g, o->arg[1]), k = xmm_of(g, o->arg[2]), d = xmm_scratch(g);
    uint8_t ops[] = {(uint8_t)a, (uint8_t)b, (uint8_t)k};
    movaps(&g->c, d, a);
    v_rrr(&g->c, V_66 | V_38 | 0xa9 | w, d, b, k); /* vfmadd213: d = b * d + k */
    v_rr(&g->c, 0x2e | (is_double(o->type) ? V_66 | V_EW : 0), d, d);
    soft_when(g, o, CC_P, ops, d, false);
    if (g->r->fp == FP_EXACT)
        check_tiny(g, o, o->type, d, ops);
    for (unsigned i = 0; i < 3; i++)
        used(g, o->arg[i]);
    made(g, g->at, d);
}

/* arg: opcode of ucomis or comis */
void lower_fcmp(struct gen *g, const struct ir_op *o)
{
    unsigned op = x86_lower[o->op].arg[0] | (is_double(o->type) ? V_66 | V_EW : 0), a, b;
    bool swap = g->v[g->at].swap, careful = inline_soft(g);

    if (g->r->fp == FP_SOFT && !careful) {
        lower_soft(g, o);
        return;
    }
    flags_kill(g);
    a = xmm_of(g, o->arg[0]);
    b = xmm_of(g, o->arg[1]);
    struct cold k = {.kind = COLD_FLUSH, .op = g->at, .data = op, .xmm = {(uint8_t)(swap ? b : a), (uint8_t)(swap ? a : b)}};
    if (careful) {
        classify(g, is_double(o->type), 1, a, CLASS_DENORMAL);
        classify(g, is_double(o->type), 2, b, CLASS_DENORMAL);
        v_rr(&g->c, V_66 | 0x98, 1, 2); /* kortestb */
        k.site = jcc32(&g->c, CC_NE, NULL, false);
    }
    v_rr(&g->c, op, k.xmm[0], k.xmm[1]);
    k.back = g->c.p;
    if (careful)
        cold_add(g, k);
    used(g, o->arg[0]);
    used(g, o->arg[1]);
    flags_set(g, g->at, swap ? FK_SWAPPED : FK_FLOAT);
}

void lower_fcvt(struct gen *g, const struct ir_op *o)
{
    bool narrow = o->op == IR_f64to32, check = narrow && g->r->fp == FP_EXACT;
    unsigned op = 0x5a | (narrow ? V_F2 | V_EW : V_F3), a, d;

    if (inline_soft(g)) {
        careful(g, o, op, narrow, !narrow);
        return;
    }
    if (g->r->fp == FP_SOFT) {
        lower_soft(g, o);
        return;
    }
    if (check)
        flags_kill(g);
    a = xmm_of(g, o->arg[0]);
    if (check) {
        d = xmm_scratch(g);
        unary(&g->c, op, d, a);
        check_tiny(g, o, F32, d, (uint8_t[]){(uint8_t)a});
        used(g, o->arg[0]);
    } else {
        used(g, o->arg[0]);
        d = xmm_dest(g, g->at);
        unary(&g->c, op, d, a);
    }
    made(g, g->at, d);
}

/* Out-of-range values trap. The unsigned one is a 64-bit conversion whose upper half must be zero. */
void lower_ftoi(struct gen *g, const struct ir_op *o)
{
    unsigned round = o->aux & 0x7f, opcode = round == IR_RZ ? 0x2c : 0x2d, a, d;
    bool is_unsigned = o->op == IR_ftou32, wide = is_unsigned || o->op == IR_ftoi64;
    enum ir_type from = ir_type_of(g->r, o->arg[0]);
    unsigned op = (is_double(from) ? V_F2 | V_EW : V_F3) | opcode;

    if (inline_soft(g) && !o->imm && (round == IR_RZ || round == IR_RCUR) && !is_unsigned) {
        careful_ftoi(g, o, op & ~(unsigned)V_EW, is_double(from), wide);
        return;
    }
    if (g->r->fp == FP_SOFT || o->imm || (round != IR_RZ && round != IR_RCUR) || (is_unsigned && g->r->fp == FP_EXACT)) {
        lower_soft(g, o);
        return;
    }
    op = (op & ~(unsigned)V_EW) | (wide ? V_W : 0);
    if (is_unsigned)
        flags_kill(g);
    a = xmm_of(g, o->arg[0]);
    if (!is_unsigned) {
        used(g, o->arg[0]);
        d = gpr_dest(g, g->at);
        v_rr(&g->c, op, d, a);
        made(g, g->at, d);
        return;
    }
    d = gpr_scratch(g);
    unsigned t = gpr_scratch(g);
    v_rr(&g->c, op, t, a);
    mov_rr(&g->c, false, d, t);
    alu_rr(&g->c, true, X_CMP, d, t);
    soft_when(g, o, CC_NE, (uint8_t[]){(uint8_t)a}, d, true);
    used(g, o->arg[0]);
    made(g, g->at, d);
}

void lower_itof(struct gen *g, const struct ir_op *o)
{
    bool wide = o->op != IR_i32tof;
    unsigned a, d, op = (is_double(o->type) ? V_F2 : V_F3) | 0x2a | (wide ? V_W : 0);

    if ((g->r->fp == FP_SOFT && !inline_soft(g)) || o->imm) {
        lower_soft(g, o);
        return;
    }
    if (o->op == IR_u32tof) {
        a = gpr_scratch(g);
        gpr_into(g, o->arg[0], a);
        mov_rr(&g->c, false, a, a);
    } else {
        a = gpr_of(g, o->arg[0]);
    }
    used(g, o->arg[0]);
    d = xmm_dest(g, g->at);
    v_rrr(&g->c, 0x57, d, d, d); /* xorps: the upper part must not make it wait */
    v_rrr(&g->c, op, d, d, a);
    made(g, g->at, d);
}

/* fneg, fabs: the sign bit by a mask made from all ones. */
void lower_fsign(struct gen *g, const struct ir_op *o)
{
    bool dbl = is_double(o->type), neg = o->op == IR_fneg;
    unsigned a = xmm_of(g, o->arg[0]), t = xmm_low(g), d;

    v_rrr(&g->c, V_66 | V_NOEVEX | 0x76, t, t, t); /* pcmpeqd */
    v_shift_i(&g->c, V_66 | (dbl ? 0x73 : 0x72), neg ? 6 : 2, t, t, neg ? (dbl ? 63 : 31) : 1);
    v_rrr(&g->c, neg ? V_66 | 0xef : V_66 | 0xdb, t, t, a);
    used(g, o->arg[0]);
    d = t;
    made(g, g->at, d);
}

/* Between bit patterns, scalars and vectors. */
void lower_fmove(struct gen *g, const struct ir_op *o)
{
    unsigned a, d;
    struct code *c = &g->c;

    switch (o->op) {
    case IR_fbits:
        a = xmm_of(g, o->arg[0]);
        used(g, o->arg[0]);
        d = gpr_dest(g, g->at);
        v_rr(c, is_double(o->type) ? V_MOVQ_FROM : V_MOVD_FROM, a, d);
        break;
    case IR_ffrom:
        if (is_const(g, o->arg[0]) && const_of(g, o->arg[0]) == 0) {
            d = xmm_dest(g, g->at);
            v_rrr(c, 0x57, d, d, d);
            break;
        }
        a = gpr_of(g, o->arg[0]);
        used(g, o->arg[0]);
        d = xmm_dest(g, g->at);
        v_rr(c, is_double(o->type) ? V_MOVQ_TO : V_MOVD_TO, d, a);
        break;
    case IR_ftov:
        a = xmm_of(g, o->arg[0]);
        used(g, o->arg[0]);
        d = xmm_scratch(g);
        if (is_double(o->type))
            v_rr(c, V_MOVQ_L, d, a);
        else
            v_rrri(c, V_66 | V_3A | 0x21, d, a, a, 0x0e); /* insertps, upper lanes zero */
        break;
    default: /* vtof */
        a = xmm_of(g, o->arg[0]);
        used(g, o->arg[0]);
        d = xmm_scratch(g);
        movaps(c, d, a);
    }
    made(g, g->at, d);
}

/*
 * lower_float.c: floating point on the host's FPU, with MXCSR carrying the
 * guest's rounding and sticky flags and the trap on invalid open (fptrap.c
 * mends what traps). What the host does differently without trapping is
 * checked inline and done again by softfloat in cold code:
 *   fma: the host prefers the factors' NaNs, guests the addend's; a NaN there is
 *   made to trap before the instruction
 *   FP_EXACT: tininess is detected before rounding by ARM and PowerPC, after
 *   it by x86; they differ only when the result is the smallest normal number
 * A scalar op keeps what lies above its first operand; whether that is zero is
 * remembered (V_ZERO_ABOVE), since guests want it so. FP_SOFT is lower_soft.c's.
 */
#include "backend/x86_64/lower_vec.h"

static bool is_double(enum ir_type t) { return t == F64; }
static unsigned scalar(enum ir_type t, unsigned opcode) { return opcode | (is_double(t) ? V_F2 | V_EW : V_F3); }

/* Said of the result: it has what lies above operand i. */
static void above_as(struct gen *g, const struct ir_op *o, unsigned i) { g->v[g->at].known = val(g, o->arg[i])->known & zeros_above(o->type); }

static void soft_when(struct gen *g, const struct ir_op *o, enum x86_cc cc, const uint8_t *xmm, unsigned dst, bool gpr)
{
    struct cold k = {.kind = COLD_SOFT, .op = g->at, .gpr = gpr, .reg = (uint8_t)dst};

    for (unsigned i = 0; i < o->nargs; i++)
        k.xmm[i] = xmm[i];
    k.xmm[3] = (uint8_t)dst;
    spill_narrow(g); /* no flags are changed */
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

/* In a slot that has all of an operand of type t: an f32 that was made a vector there has zeros above it only in a register. */
static bool in_slot(struct gen *g, ir_ref r, enum ir_type t, struct mem *m)
{
    return in_memory(g, r, m) && val(g, r)->where == W_SLOT && (t == F32 || ir_type_of(g->r, (ir_ref){g->v[r.id].root}) != F32);
}

/* arg: opcode, may underflow inexactly */
void lower_farith(struct gen *g, const struct ir_op *o)
{
    const uint32_t *row = x86_lower[o->op].arg;
    unsigned op = scalar(o->type, row[0]), a, b, d;
    bool check = g->r->fp == FP_EXACT && row[1];
    struct mem m;

    if (check)
        flags_kill(g);
    a = xmm_of(g, o->arg[0]);
    above_as(g, o, 0);
    if (!check && in_slot(g, o->arg[1], o->type, &m) && g->v[o->arg[0].id].root != g->v[o->arg[1].id].root) {
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
    unsigned a = xmm_of(g, o->arg[0]), d;

    if (x86_cpu.avx)
        above_as(g, o, 0);
    used(g, o->arg[0]);
    d = xmm_dest(g, g->at);
    unary(&g->c, scalar(o->type, 0x51), d, a);
    made(g, g->at, d);
}

/*
 * A compare that signals an addend that is a NaN, so that the trap handler does
 * the FMA behind it. Nobody waits for its result. To an opmask where there are:
 * that leaves EFLAGS and p0 alone.
 */
static void trap_on_nan(struct code *c, unsigned fma, unsigned addend)
{
    unsigned type = (fma & 1 ? fma & V_W ? V_F2 : V_F3 : fma & V_W ? V_66 : 0) | (fma & V_W ? V_EW : 0);

    put8(c, X86_STANDARD_PREFIX);
    if (x86_cpu.avx512vl)
        v_rrri(c, type | V_ONLYEVEX | 0xc2, 1, addend, addend, V_UNORDERED_SIGNALS);
    else
        v_rr(c, 0x2f | (fma & V_W ? V_66 | V_EW : 0), addend, addend);
}

/* Does the trap do it? Of two lanes only opmasks tell. The compare of a scalar changes EFLAGS without them. */
bool fma_traps(const struct gen *g, bool scalar) { return g->r->fp == FP_HOST && (x86_cpu.avx512vl || scalar); }

/*
 * d = x[0] * x[1] + x[2] in the form that overwrites operand `over`, copied to d
 * if it is not there. An operand that was in d is kept elsewhere for cold code.
 * For each form the host's NaN is that of the first factor in the order of the
 * operands, and the trap handler reads them so.
 */
void fma_into(struct gen *g, unsigned op, unsigned d, uint8_t x[3], unsigned over)
{
    bool traps = fma_traps(g, op & 1);
    enum { FORM_132 = 0x00, FORM_213 = 0x10, FORM_231 = 0x20 };
    unsigned carrier = x[over];

    bool others = traps && x[over] == d; /* that carry on in d are not needed any more */
    for (unsigned i = 0; i < 3 && others; i++)
        others = i == over || x[i] != d;
    if (!others && (x[0] == d || x[1] == d || x[2] == d)) {
        unsigned t = xmm_scratch(g);
        movaps(&g->c, t, d);
        for (unsigned i = 0; i < 3; i++)
            if (x[i] == d)
                x[i] = (uint8_t)t;
    }
    movaps(&g->c, d, carrier);
    if (traps)
        trap_on_nan(&g->c, op, over == 2 ? d : x[2]);
    switch (over) {
    case 0:  v_rrr(&g->c, op + FORM_132, d, x[2], x[1]); break;
    case 1:  v_rrr(&g->c, op + FORM_213, d, x[0], x[2]); break;
    default: v_rrr(&g->c, op + FORM_231, d, x[0], x[1]); break;
    }
}

/* The operand that is where the result goes, if any. */
unsigned fma_carrier(unsigned d, const uint8_t x[3]) { return x[2] == d ? 2 : x[0] == d ? 0 : x[1] == d ? 1 : 2; }

void lower_fma(struct gen *g, const struct ir_op *o)
{
    unsigned w = is_double(o->type) ? V_W : 0, zeros = zeros_above(o->type), above[3], over, d;
    bool traps = fma_traps(g, true);
    uint8_t x[3];

    if (!x86_cpu.fma) {
        lower_soft(g, o);
        return;
    }
    if (!traps || !x86_cpu.avx512vl || g->guess == g->at)
        flags_kill(g);
    for (unsigned i = 0; i < 3; i++) {
        x[i] = (uint8_t)xmm_of(g, o->arg[i]);
        above[i] = val(g, o->arg[i])->known & zeros;
    }
    for (unsigned i = 0; i < 3; i++)
        used(g, o->arg[i]);
    d = xmm_dest(g, g->at);
    over = fma_carrier(d, x);
    for (unsigned i = 0; i < 3 && above[over] != zeros; i++) /* best one with nothing above it */
        if (above[i] == zeros)
            over = i;
    g->v[g->at].known = (uint8_t)above[over];
    if (over == 2 && loop_guesses(g, o, d, x)) {
        made(g, g->at, d);
        return;
    }
    fma_into(g, V_66 | V_38 | 0x99 | w, d, x, over);
    if (!traps) {
        v_rr(&g->c, 0x2e | (is_double(o->type) ? V_66 | V_EW : 0), d, d);
        soft_when(g, o, CC_P, x, d, false);
        check_tiny(g, o, o->type, d, x);
    }
    made(g, g->at, d);
}

/* arg: vrange's choice. It knows about zeros of both signs, and lets a number win over a quiet NaN. */
void lower_fminmax(struct gen *g, const struct ir_op *o)
{
    bool number_wins = o->op == IR_fminnm || o->op == IR_fmaxnm;
    unsigned d;
    uint8_t x[2];

    if (!x86_cpu.avx512vl) {
        lower_soft(g, o);
        return;
    }
    if (!number_wins)
        flags_kill(g);
    x[0] = (uint8_t)xmm_of(g, o->arg[0]);
    x[1] = (uint8_t)xmm_of(g, o->arg[1]);
    above_as(g, o, 0);
    d = number_wins ? NOREG : xmm_scratch(g);
    if (!number_wins)
        v_rr(&g->c, 0x2e | (is_double(o->type) ? V_66 | V_EW : 0), x[0], x[1]);
    struct cold k = {.kind = COLD_SOFT, .op = g->at, .xmm = {x[0], x[1], 0, (uint8_t)d}};
    if (!number_wins) {
        spill_narrow(g);
        k.site = jcc32(&g->c, CC_P, NULL, false);
    }
    used(g, o->arg[0]);
    used(g, o->arg[1]);
    if (number_wins)
        d = xmm_dest(g, g->at);
    v_rrri(&g->c, V_66 | V_3A | V_ONLYEVEX | (is_double(o->type) ? V_EW : 0) | 0x51, d, x[0], x[1], x86_lower[o->op].arg[0]); /* vranges[sd] */
    made(g, g->at, d);
    if (!number_wins) {
        k.back = g->c.p;
        cold_add(g, k);
    }
}

/* The host's number of a rounding mode, and whether it keeps quiet about inexact results. */
unsigned host_rounding(unsigned how)
{
    static const uint8_t modes[] = {[IR_RN] = 0, [IR_RM] = 1, [IR_RP] = 2, [IR_RZ] = 3, [IR_RCUR] = 4};

    return modes[how & 0x7f] | (how & IR_EXACT ? 0 : 8);
}

static unsigned round_opcode(enum ir_type t) { return V_66 | V_3A | (is_double(t) ? V_EW | 0x0b : 0x0a); }

/*
 * Ties away from zero, which the host has not (AVX-512): what rounding towards
 * zero takes away is looked at, and 1 with the operand's sign or a zero with it
 * is added; that is exact. Result in a scratch register.
 */
static unsigned round_away(struct gen *g, enum ir_type type, unsigned a, unsigned exact)
{
    bool dbl = is_double(type);
    struct vec v = {.g = g, .c = &g->c};
    uint64_t sign = dbl ? 1ull << 63 : 1u << 31;
    unsigned t = xmm_low(g), d = xmm_scratch(g);

    v_rrri(v.c, V_66 | V_3A | V_ONLYEVEX | (dbl ? V_EW : 0) | 0x57, t, a, a, host_rounding(IR_RZ)); /* vreduces[sd]; 0 of infinity */
    e3k(&v, X_PAND, t, t, (v128){sign - 1, 0});
    e3ki(&v, (dbl ? V_F2 : V_F3) | 0xc2, t, t, (v128){dbl ? 0x3fe0000000000000 : 0x3f000000, 0}, 0x1d); /* at least 1/2, quietly */
    e3k(&v, X_PAND, t, t, (v128){dbl ? 0x3ff0000000000000 : 0x3f800000, 0});
    e3ki(&v, V_66 | V_3A | V_ONLYEVEX | 0x25, t, a, (v128){sign, 0}, 0xf8); /* vpternlogd: t | a & sign */
    v_rrri(v.c, round_opcode(type), d, a, a, host_rounding(IR_RZ | exact));
    v_rrr(v.c, scalar(type, 0x58), d, d, t);
    return d;
}

void lower_fround(struct gen *g, const struct ir_op *o)
{
    unsigned a, d;

    if ((o->aux & 0x7f) == IR_RA) {
        if (!x86_cpu.avx512vl) {
            lower_soft(g, o);
            return;
        }
        a = xmm_of(g, o->arg[0]);
        above_as(g, o, 0);
        d = round_away(g, o->type, a, o->aux & IR_EXACT);
        used(g, o->arg[0]);
        made(g, g->at, d);
        return;
    }
    a = xmm_of(g, o->arg[0]);
    above_as(g, o, 0);
    used(g, o->arg[0]);
    if (x86_cpu.avx) {
        d = xmm_dest(g, g->at);
        v_rrri(&g->c, round_opcode(o->type), d, a, a, host_rounding(o->aux));
    } else {
        d = xmm_scratch(g);
        movaps(&g->c, d, a);
        v_rri(&g->c, round_opcode(o->type), d, a, host_rounding(o->aux));
    }
    made(g, g->at, d);
}

/* arg: opcode of ucomis or comis */
void lower_fcmp(struct gen *g, const struct ir_op *o)
{
    unsigned op = x86_lower[o->op].arg[0] | (is_double(o->type) ? V_66 | V_EW : 0), a, b;
    bool swap = g->v[g->at].swap;

    flags_kill(g);
    a = xmm_of(g, o->arg[0]);
    b = xmm_of(g, o->arg[1]);
    v_rr(&g->c, op, swap ? b : a, swap ? a : b);
    used(g, o->arg[0]);
    used(g, o->arg[1]);
    flags_set(g, g->at, swap ? FK_SWAPPED : FK_FLOAT);
}

/* Merged into zero: that is what lies above then, and nothing older is waited for. */
void lower_fcvt(struct gen *g, const struct ir_op *o)
{
    bool narrow = o->op == IR_f64to32, check = narrow && g->r->fp == FP_EXACT;
    unsigned op = 0x5a | (narrow ? V_F2 | V_EW : V_F3), a, d;

    if (check)
        flags_kill(g);
    a = xmm_of(g, o->arg[0]);
    g->v[g->at].known = (uint8_t)zeros_above(o->type);
    d = xmm_dest_early(g, g->at);
    v_rrr(&g->c, 0x57, d, d, d);
    v_rrr(&g->c, op, d, d, a);
    if (check)
        check_tiny(g, o, F32, d, (uint8_t[]){(uint8_t)a});
    used(g, o->arg[0]);
    made(g, g->at, d);
}

/* A value that the host must round first, by a mode that its conversions have not. FP_EXACT: it would be inexact and out of range. */
static unsigned rounded_first(struct gen *g, enum ir_type from, unsigned how, unsigned a)
{
    unsigned t;

    if (how == IR_RZ || how == IR_RCUR)
        return a;
    if (how == IR_RA)
        return round_away(g, from, a, IR_EXACT);
    t = xmm_scratch(g);
    if (x86_cpu.avx)
        v_rrri(&g->c, round_opcode(from), t, a, a, host_rounding(how | IR_EXACT));
    else
        v_rri(&g->c, round_opcode(from), t, a, host_rounding(how | IR_EXACT));
    return t;
}

static bool converts_inline(struct gen *g, const struct ir_op *o)
{
    unsigned how = o->aux & 0x7f;

    return !o->imm && (how != IR_RA || x86_cpu.avx512vl) && (g->r->fp == FP_HOST || how == IR_RZ || how == IR_RCUR);
}

/* Out-of-range values trap. Without AVX-512 the unsigned one is a 64-bit conversion whose upper half must be zero. */
void lower_ftoi(struct gen *g, const struct ir_op *o)
{
    unsigned how = o->aux & 0x7f, opcode = how == IR_RCUR ? 0x2d : 0x2c, a, d;
    bool is_unsigned = o->op == IR_ftou32, direct = !is_unsigned || x86_cpu.avx512vl, wide = !direct || o->op == IR_ftoi64;
    enum ir_type from = ir_type_of(g->r, o->arg[0]);
    unsigned op = (is_double(from) ? V_F2 : V_F3) | (wide ? V_W : 0) | (is_unsigned && direct ? V_ONLYEVEX | (opcode == 0x2d ? 0x79 : 0x78) : opcode);

    if (!converts_inline(g, o) || (!direct && g->r->fp == FP_EXACT)) {
        lower_soft(g, o);
        return;
    }
    if (!direct)
        flags_kill(g);
    a = rounded_first(g, from, how, xmm_of(g, o->arg[0]));
    if (direct) {
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
    soft_when(g, o, CC_NE, (uint8_t[]){(uint8_t)xmm_of(g, o->arg[0])}, d, true);
    used(g, o->arg[0]);
    made(g, g->at, d);
}

void lower_ftou64(struct gen *g, const struct ir_op *o)
{
    enum ir_type from = ir_type_of(g->r, o->arg[0]);
    unsigned how = o->aux & 0x7f, a, d;

    if (!x86_cpu.avx512vl || !converts_inline(g, o)) {
        lower_soft(g, o);
        return;
    }
    a = rounded_first(g, from, how, xmm_of(g, o->arg[0]));
    used(g, o->arg[0]);
    d = gpr_dest(g, g->at);
    v_rr(&g->c, (is_double(from) ? V_F2 : V_F3) | V_W | V_ONLYEVEX | (how == IR_RCUR ? 0x79 : 0x78), d, a);
    made(g, g->at, d);
}

/* Into zero, see lower_fcvt. */
static void from_integer(struct gen *g, const struct ir_op *o, unsigned op, unsigned a)
{
    unsigned d;

    used(g, o->arg[0]);
    g->v[g->at].known = (uint8_t)zeros_above(o->type);
    d = xmm_dest(g, g->at);
    v_rrr(&g->c, 0x57, d, d, d);
    v_rrr(&g->c, (is_double(o->type) ? V_F2 : V_F3) | op, d, d, a);
    made(g, g->at, d);
}

void lower_itof(struct gen *g, const struct ir_op *o)
{
    unsigned a;

    if (o->imm) {
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
    from_integer(g, o, 0x2a | (o->op != IR_i32tof ? V_W : 0), a);
}

void lower_u64tof(struct gen *g, const struct ir_op *o)
{
    if (o->imm || !x86_cpu.avx512vl)
        lower_soft(g, o);
    else
        from_integer(g, o, 0x7b | V_W | V_ONLYEVEX, gpr_of(g, o->arg[0]));
}

/* fneg, fabs: the sign bit by a constant. */
void lower_fsign(struct gen *g, const struct ir_op *o)
{
    uint64_t sign = is_double(o->type) ? 1ull << 63 : 1u << 31;
    bool neg = o->op == IR_fneg;
    struct vec v;

    vec_open(&v, g, o);
    if (neg)
        above_as(g, o, 0);
    else
        g->v[g->at].known = (uint8_t)zeros_above(o->type);
    vec_result_k(&v, neg ? X_PXOR : X_PAND, v.x[0], (v128){neg ? sign : sign - 1, 0});
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
        g->v[g->at].known = (uint8_t)zeros_above(o->type);
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
        if (clear_in_place(g, o, zeros_above(o->type)))
            return;
        used(g, o->arg[0]);
        d = xmm_dest(g, g->at);
        g->v[g->at].known = (uint8_t)zeros_above(o->type);
        cut_above(g, zeros_above(o->type), d, a);
        break;
    default: /* vtof: see x86_analyse */
        g->v[g->at].root = g->v[o->arg[0].id].root;
        return;
    }
    made(g, g->at, d);
}

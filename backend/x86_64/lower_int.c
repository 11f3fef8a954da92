/*
 * lower_int.c: integer IR ops to x86-64 instructions, one function for each
 * shape of op; compile.c has the table. A function fetches its operands, says
 * which reads are done, asks for a destination, emits.
 */
#include "backend/x86_64/gen.h"

static bool is_wide(const struct ir_op *o) { return o->type == I64; }

/* The operand where the result goes, for instructions that change it in place. */
static unsigned copy_to_dest(struct gen *g, ir_ref operand, bool w)
{
    unsigned a = gpr_of(g, operand), d;

    used(g, operand);
    d = gpr_dest(g, g->at);
    if (d != a)
        mov_rr(&g->c, w, d, a);
    return d;
}

/* A constant operand that x86 takes as a sign-extended imm32 at this width. */
static bool imm_operand(struct gen *g, const struct ir_op *o, ir_ref r, int32_t *imm)
{
    if (!is_const(g, r))
        return false;
    uint64_t v = const_of(g, r);
    if (is_wide(o) && !fits32(v))
        return false;
    *imm = (int32_t)v;
    return true;
}

static unsigned count_of_shl(struct gen *g, ir_ref r)
{
    return (unsigned)const_of(g, g->r->ops[g->v[r.id].root].arg[1]);
}

/* Is r a scaled index that waits to be swallowed? */
static bool lazy_index(struct gen *g, ir_ref r)
{
    return val(g, r)->where == W_LAZY && op_of(g, r)->op == IR_shl;
}

/* Two-operand form: d = a op b, whatever d is. */
static void two_operand(struct gen *g, bool w, enum x86_alu op, bool commutes, unsigned d, unsigned a, unsigned b)
{
    struct code *c = &g->c;

    if (d == b && d != a) {
        if (commutes) {
            alu_rr(c, w, op, d, a);
            return;
        }
        unsigned t = gpr_scratch(g);
        mov_rr(c, w, t, a);
        alu_rr(c, w, op, t, b);
        mov_rr(c, w, d, t);
        return;
    }
    if (d != a)
        mov_rr(c, w, d, a);
    alu_rr(c, w, op, d, b);
}

/* In memory, and nobody will read it again. */
static bool last_in_memory(struct gen *g, ir_ref r, struct mem *m) { return in_memory(g, r, m) && val(g, r)->uses == 1; }

static void alu_op(struct gen *g, const struct ir_op *o, enum x86_alu alu, bool commutes)
{
    bool w = is_wide(o);
    struct code *c = &g->c;
    struct mem m;
    int32_t imm;
    unsigned a, b, d;
    ir_ref x = o->arg[0], y = o->arg[1];

    if (commutes && last_in_memory(g, x, &m) && !is_const(g, y) && !in_memory(g, y, &m)) {
        x = o->arg[1];
        y = o->arg[0];
    }
    a = gpr_of(g, x);
    if (imm_operand(g, o, y, &imm)) {
        used(g, x);
        d = gpr_dest(g, g->at);
        if (d != a)
            mov_rr(c, w, d, a);
        alu_ri(c, w, alu, d, imm);
    } else if (last_in_memory(g, y, &m)) {
        used(g, x);
        d = gpr_dest(g, g->at);
        if (d != a)
            mov_rr(c, w, d, a);
        alu_rm(c, w, alu, d, m);
        used(g, y);
    } else {
        b = gpr_of(g, y);
        used(g, x);
        used(g, y);
        d = gpr_dest(g, g->at);
        two_operand(g, w, alu, commutes, d, a, b);
    }
    made(g, g->at, d);
    g->result_flags = g->at;
}

/* and or xor: N and Z of the result are in EFLAGS afterwards. */
void lower_alu(struct gen *g, const struct ir_op *o)
{
    flags_kill(g);
    alu_op(g, o, x86_lower[o->op].arg[0], true);
    g->logic_flags = g->at;
}

static bool lea_add(struct gen *g, const struct ir_op *o)
{
    bool w = is_wide(o);
    struct mem m = {.base = NOREG, .index = NOREG};
    int32_t imm;
    unsigned a = gpr_of(g, o->arg[0]);

    m.base = (uint8_t)a;
    if (imm_operand(g, o, o->arg[1], &imm)) {
        m.disp = imm;
        used(g, o->arg[0]);
    } else if (lazy_index(g, o->arg[1])) {
        const struct ir_op *s = op_of(g, o->arg[1]);
        m.index = (uint8_t)gpr_of(g, s->arg[0]);
        m.scale = (uint8_t)count_of_shl(g, o->arg[1]);
        used(g, o->arg[0]);
        used(g, o->arg[1]);
    } else {
        m.index = (uint8_t)gpr_of(g, o->arg[1]);
        used(g, o->arg[0]);
        used(g, o->arg[1]);
    }
    unsigned d = gpr_dest(g, g->at);
    lea(&g->c, w, d, m);
    made(g, g->at, d);
    return true;
}

/* Will the result stand where the first operand stands now? Then the two-operand form needs no move. */
static bool in_place(struct gen *g, const struct ir_op *o)
{
    const struct value *v = val(g, o->arg[0]);
    unsigned home = g->v[g->at].hint ? x86_pins.gpr[g->v[g->at].hint - 1] : NOREG;

    return v->uses == 1 && (v->where == W_PIN ? v->reg == home : v->where == W_REG);
}

void lower_add(struct gen *g, const struct ir_op *o)
{
    int32_t imm;

    if (lazy_index(g, o->arg[1])) {
        lea_add(g, o);
        return;
    }
    bool flags = flags_follow(g, o, IR_flags_add);
    if (!flags) {
        if (flags_busy(g)) { /* lea leaves the guest's flags alone */
            lea_add(g, o);
            return;
        }
        /* lea also adds into a third register in one instruction */
        bool constant = imm_operand(g, o, o->arg[1], &imm);
        if (!in_place(g, o) && val(g, o->arg[0])->where != W_SLOT && (constant || val(g, o->arg[1])->where == W_PIN || val(g, o->arg[1])->where == W_REG)) {
            lea_add(g, o);
            return;
        }
    }
    flags_kill(g);
    alu_op(g, o, X_ADD, true);
}

void lower_sub(struct gen *g, const struct ir_op *o)
{
    int32_t imm;
    bool flags = flags_follow(g, o, IR_flags_sub);

    if (!flags && imm_operand(g, o, o->arg[1], &imm) && imm != INT32_MIN && (flags_busy(g) || !in_place(g, o))) {
        unsigned a = gpr_of(g, o->arg[0]), d;
        used(g, o->arg[0]);
        d = gpr_dest(g, g->at);
        lea(&g->c, is_wide(o), d, mem_at(a, -imm));
        made(g, g->at, d);
        return;
    }
    flags_kill(g);
    if (is_const(g, o->arg[0]) && const_of(g, o->arg[0]) == 0 && !is_const(g, o->arg[1])) { /* neg sets the flags of 0 - x */
        unsigned a = gpr_of(g, o->arg[1]), d;
        used(g, o->arg[1]);
        d = gpr_dest(g, g->at);
        if (d != a)
            mov_rr(&g->c, is_wide(o), d, a);
        op_rr(&g->c, is_wide(o), 0, 0xf7, 3, d);
        made(g, g->at, d);
        g->result_flags = g->at;
        return;
    }
    alu_op(g, o, X_SUB, false);
}

void lower_adc(struct gen *g, const struct ir_op *o)
{
    bool sub = o->op == IR_sbc;

    flags_follow(g, o, sub ? IR_flags_sbc : IR_flags_adc);
    for (unsigned k = 0; k < 2; k++) /* operands are made before the carry is there */
        if (val(g, o->arg[k])->where == W_LAZY)
            force(g, g->v[o->arg[k].id].root);
    /* other flags of the same value still wanted are saved by flags_carry */
    flags_carry(g, o->arg[2], sub);
    alu_op(g, o, sub ? X_SBB : X_ADC, !sub);
}

/*
 * mulx: one half of rdx times an operand in d; leaves the flags alone, so that
 * long sums of products keep their carry. With both halves in one register the
 * high one stays.
 */
static void lower_mulx(struct gen *g, const struct ir_op *o, bool high)
{
    uint32_t op = V_F2 | V_38 | (is_wide(o) ? V_W : 0) | 0xf6;
    unsigned b = NOREG, d;
    struct mem m;

    gpr_take(g, RDX);
    if (!in_memory(g, o->arg[1], &m) || (!is_wide(o) && val(g, o->arg[1])->where == W_SPILL))
        b = gpr_of(g, o->arg[1]);
    gpr_into(g, o->arg[0], RDX);
    used(g, o->arg[0]);
    if (b != NOREG)
        used(g, o->arg[1]);
    d = high ? gpr_dest(g, g->at) : gpr_dest_early(g, g->at);
    if (b == NOREG) {
        v_rrm(&g->c, op, high ? d : RDX, d, m);
        used(g, o->arg[1]); /* not before: its place would be free for a spill */
    } else {
        v_rrr(&g->c, op, high ? d : RDX, d, b);
    }
    made(g, g->at, d);
}

void lower_mul(struct gen *g, const struct ir_op *o)
{
    bool w = is_wide(o);
    int32_t imm;
    unsigned a, b, d;

    if (x86_cpu.bmi2 && flags_busy(g) && !imm_operand(g, o, o->arg[1], &imm)) {
        lower_mulx(g, o, false);
        return;
    }
    flags_kill(g);
    a = gpr_of(g, o->arg[0]);
    if (imm_operand(g, o, o->arg[1], &imm)) {
        used(g, o->arg[0]);
        d = gpr_dest(g, g->at);
        op_rr(&g->c, w, 0, 0x69, d, a);
        put32(&g->c, (uint32_t)imm);
    } else {
        b = gpr_of(g, o->arg[1]);
        used(g, o->arg[0]);
        used(g, o->arg[1]);
        d = gpr_dest(g, g->at);
        if (d == b) {
            op_rr(&g->c, w, 0, 0x0faf, d, a);
        } else {
            if (d != a)
                mov_rr(&g->c, w, d, a);
            op_rr(&g->c, w, 0, 0x0faf, d, b);
        }
    }
    made(g, g->at, d);
}

/* mul and imul with a double-width result in rdx:rax. */
void lower_mulh(struct gen *g, const struct ir_op *o)
{
    bool w = is_wide(o);

    if (x86_cpu.bmi2 && o->op == IR_umulh) {
        lower_mulx(g, o, true);
        return;
    }
    flags_kill(g);
    gpr_take(g, RAX);
    gpr_take(g, RDX);
    unsigned b = gpr_of(g, o->arg[1]);
    gpr_into(g, o->arg[0], RAX);
    op_rr(&g->c, w, 0, 0xf7, o->op == IR_umulh ? 4 : 5, b);
    used(g, o->arg[0]);
    used(g, o->arg[1]);
    made(g, g->at, RDX);
}

/* Division by zero gives 0 (rem: the dividend); the one overflowing quotient is -x. */
void lower_div(struct gen *g, const struct ir_op *o)
{
    bool is_signed = o->op == IR_sdiv || o->op == IR_srem, rem = o->op == IR_urem || o->op == IR_srem;
    bool w = is_wide(o) || is_signed; /* 32-bit signed division cannot overflow when done in 64 bits */
    struct code *c = &g->c;
    uint8_t *zero, *minus = NULL;

    flags_kill(g);
    gpr_take(g, RAX);
    gpr_take(g, RDX);
    gpr_take(g, RCX);
    gpr_into(g, o->arg[1], RCX);
    gpr_into(g, o->arg[0], RAX);
    if (is_signed && !is_wide(o)) {
        op_rr(c, true, 0, 0x63, RAX, RAX); /* movsxd */
        op_rr(c, true, 0, 0x63, RCX, RCX);
    }
    if (rem)
        mov_rr(c, true, RDX, RAX);
    else
        alu_rr(c, false, X_XOR, RDX, RDX);
    test_rr(c, w, RCX, RCX);
    zero = jcc8(c, CC_E);
    if (is_signed && is_wide(o)) { /* x / -1 = -x, x % -1 = 0 */
        alu_ri(c, true, X_CMP, RCX, -1);
        uint8_t *plain = jcc8(c, CC_NE);
        op_rr(c, true, 0, 0xf7, 3, RAX);
        alu_rr(c, false, X_XOR, RDX, RDX);
        put8(c, 0xeb); /* jmp over the division */
        put8(c, 0);
        minus = c->p - 1;
        set_rel8(c, plain);
    }
    if (is_signed)
        put8(c, 0x48), put8(c, 0x99); /* cqo */
    else
        alu_rr(c, false, X_XOR, RDX, RDX);
    op_rr(c, w, 0, 0xf7, is_signed ? 7 : 6, RCX);
    if (minus)
        set_rel8(c, minus);
    if (!rem)
        mov_rr(c, is_wide(o), RDX, RAX);
    set_rel8(c, zero);
    used(g, o->arg[0]);
    used(g, o->arg[1]);
    if (!is_wide(o))
        mov_rr(c, false, RDX, RDX);
    made(g, g->at, RDX);
}

void lower_neg(struct gen *g, const struct ir_op *o)
{
    bool is_not = o->op == IR_not; /* not leaves EFLAGS alone */
    unsigned d;

    if (!is_not)
        flags_kill(g);
    d = copy_to_dest(g, o->arg[0], is_wide(o));
    op_rr(&g->c, is_wide(o), 0, 0xf7, is_not ? 2 : 3, d);
    made(g, g->at, d);
}

void lower_andn(struct gen *g, const struct ir_op *o)
{
    bool w = is_wide(o);
    unsigned a, b, d;

    flags_kill(g);
    a = gpr_of(g, o->arg[0]);
    if (is_const(g, o->arg[1]) && (!w || fits32(~const_of(g, o->arg[1])))) {
        used(g, o->arg[0]);
        d = gpr_dest(g, g->at);
        if (d != a)
            mov_rr(&g->c, w, d, a);
        alu_ri(&g->c, w, X_AND, d, (int32_t)~const_of(g, o->arg[1]));
    } else if (x86_cpu.bmi2) {
        b = gpr_of(g, o->arg[1]);
        used(g, o->arg[0]);
        used(g, o->arg[1]);
        d = gpr_dest(g, g->at);
        andn_rr(&g->c, w, d, b, a);
    } else {
        unsigned t = gpr_scratch(g);
        gpr_into(g, o->arg[1], t);
        op_rr(&g->c, w, 0, 0xf7, 2, t);
        alu_rr(&g->c, w, X_AND, t, a);
        used(g, o->arg[0]);
        used(g, o->arg[1]);
        d = t;
    }
    made(g, g->at, d);
    g->result_flags = g->logic_flags = g->at;
}

static void shift_const(struct gen *g, const struct ir_op *o, enum x86_shift sh)
{
    bool w = is_wide(o);
    unsigned n = (unsigned)const_of(g, o->arg[1]) & (w ? 63 : 31), a, d;

    if (o->op == IR_shl && n <= 3 && n && flags_busy(g)) {
        a = gpr_of(g, o->arg[0]);
        used(g, o->arg[0]);
        d = gpr_dest(g, g->at);
        lea(&g->c, w, d, (struct mem){.base = NOREG, .index = (uint8_t)a, .scale = (uint8_t)n});
        made(g, g->at, d);
        return;
    }
    if (o->op == IR_ror && x86_cpu.bmi2) {
        a = gpr_of(g, o->arg[0]);
        used(g, o->arg[0]);
        d = gpr_dest(g, g->at);
        rorx(&g->c, w, d, a, n);
        made(g, g->at, d);
        return;
    }
    if (x86_lower[o->op].arg[1] && x86_cpu.bmi2 && flags_busy(g)) { /* shlx and its like leave the flags alone */
        unsigned t = gpr_scratch(g);
        a = gpr_of(g, o->arg[0]);
        mov_ri(&g->c, t, n);
        used(g, o->arg[0]);
        d = gpr_dest(g, g->at);
        shiftx(&g->c, w, x86_lower[o->op].arg[1], d, a, t);
        made(g, g->at, d);
        return;
    }
    flags_kill(g);
    d = copy_to_dest(g, o->arg[0], w);
    if (n)
        shift_ri(&g->c, w, sh, d, n);
    else if (!w) /* in place: the upper half is to be zero all the same */
        mov_rr(&g->c, false, d, d);
    made(g, g->at, d);
}

static void shift_by_cl(struct gen *g, const struct ir_op *o, enum x86_shift sh)
{
    bool w = is_wide(o);

    flags_kill(g);
    gpr_take(g, RCX);
    gpr_into(g, o->arg[1], RCX);
    unsigned d = gpr_dest_early(g, g->at);
    gpr_into(g, o->arg[0], d);
    shift_rcl(&g->c, w, sh, d);
    used(g, o->arg[0]);
    used(g, o->arg[1]);
    made(g, g->at, d);
}

/* arg: enum x86_shift, shiftx prefix (0: none) */
void lower_shift(struct gen *g, const struct ir_op *o)
{
    const uint32_t *row = x86_lower[o->op].arg;

    if (is_const(g, o->arg[1])) {
        shift_const(g, o, row[0]);
    } else if (row[1] && x86_cpu.bmi2) {
        unsigned a = gpr_of(g, o->arg[0]), b = gpr_of(g, o->arg[1]), d;
        used(g, o->arg[0]);
        used(g, o->arg[1]);
        d = gpr_dest(g, g->at);
        shiftx(&g->c, is_wide(o), row[1], d, a, b);
        made(g, g->at, d);
    } else {
        shift_by_cl(g, o, row[0]);
    }
}

/* Counts that reach the width: the result is masked (shl, shr) or the count is limited (sar). */
void lower_shiftz(struct gen *g, const struct ir_op *o)
{
    bool w = is_wide(o);
    unsigned n = w ? 64 : 32;
    struct code *c = &g->c;

    flags_kill(g);
    gpr_take(g, RCX);
    unsigned d = gpr_scratch(g);
    gpr_into(g, o->arg[1], RCX);
    gpr_into(g, o->arg[0], d);
    used(g, o->arg[0]);
    used(g, o->arg[1]);
    if (o->op == IR_sarz) {
        unsigned t = gpr_scratch(g);
        mov_ri(c, t, n - 1);
        alu_rr(c, w, X_CMP, RCX, t);
        cmov_rr(c, false, CC_A, RCX, t);
        shift_rcl(c, w, X_SAR, d);
    } else {
        shift_rcl(c, w, o->op == IR_shlz ? X_SHL : X_SHR, d);
        alu_ri(c, w, X_CMP, RCX, (int32_t)n);
        alu_rr(c, w, X_SBB, RCX, RCX); /* all ones when the count was below n */
        alu_rr(c, w, X_AND, d, RCX);
    }
    made(g, g->at, d);
}

/* clz ctz popcnt; without lzcnt/tzcnt by bsr/bsf, which leave zero undefined. */
void lower_count(struct gen *g, const struct ir_op *o)
{
    bool w = is_wide(o);
    unsigned n = w ? 64 : 32, a, d;
    struct code *c = &g->c;

    flags_kill(g);
    a = gpr_of(g, o->arg[0]);
    if (o->op == IR_popcnt || (x86_cpu.lzcnt && x86_cpu.bmi2)) {
        static const uint16_t opcode[] = {0x0fbd, 0x0fbc, 0x0fb8};
        used(g, o->arg[0]);
        d = gpr_dest(g, g->at);
        op_rr(c, w, 0xf3, opcode[o->op - IR_clz], d, a);
        made(g, g->at, d);
        return;
    }
    d = gpr_scratch(g);
    unsigned t = gpr_scratch(g);
    mov_ri(c, t, o->op == IR_clz ? 2 * n - 1 : n);
    op_rr(c, w, 0, o->op == IR_clz ? 0x0fbd : 0x0fbc, d, a);
    cmov_rr(c, w, CC_E, d, t);
    if (o->op == IR_clz)
        alu_ri(c, w, X_XOR, d, (int32_t)n - 1);
    used(g, o->arg[0]);
    made(g, g->at, d);
}

static void bswap_r(struct code *c, bool w, unsigned r)
{
    put8(c, 0x40 | w << 3 | (r >> 3));
    put8(c, 0x0f);
    put8(c, 0xc8 | (r & 7));
}

void lower_bswap(struct gen *g, const struct ir_op *o)
{
    unsigned d = copy_to_dest(g, o->arg[0], is_wide(o));

    bswap_r(&g->c, is_wide(o), d);
    made(g, g->at, d);
}

/* Swap fields of `n` bits within d: (d & mask) << n | (d >> n & mask). */
static void swap_fields(struct gen *g, bool w, unsigned d, unsigned t, unsigned n, uint64_t mask)
{
    struct code *c = &g->c;

    mov_rr(c, w, t, d);
    shift_ri(c, w, X_SHR, t, n);
    if (!w) {
        alu_ri(c, false, X_AND, t, (int32_t)mask);
        alu_ri(c, false, X_AND, d, (int32_t)mask);
    } else {
        unsigned k = gpr_scratch(g);
        mov_ri(c, k, mask);
        alu_rr(c, true, X_AND, t, k);
        alu_rr(c, true, X_AND, d, k);
        unlock(g, k);
    }
    shift_ri(c, w, X_SHL, d, n);
    alu_rr(c, w, X_OR, d, t);
}

void lower_bswap16(struct gen *g, const struct ir_op *o)
{
    bool w = is_wide(o);

    flags_kill(g);
    unsigned d = gpr_scratch(g), t = gpr_scratch(g);
    gpr_into(g, o->arg[0], d);
    used(g, o->arg[0]);
    if (w) {
        swap_fields(g, w, d, t, 8, 0x00ff00ff00ff00ff);
    } else {
        bswap_r(&g->c, false, d);
        shift_ri(&g->c, false, X_ROL, d, 16);
    }
    made(g, g->at, d);
}

void lower_rbit(struct gen *g, const struct ir_op *o)
{
    bool w = is_wide(o);

    flags_kill(g);
    unsigned d = gpr_scratch(g), t = gpr_scratch(g);
    gpr_into(g, o->arg[0], d);
    used(g, o->arg[0]);
    bswap_r(&g->c, w, d);
    swap_fields(g, w, d, t, 4, 0x0f0f0f0f0f0f0f0f);
    swap_fields(g, w, d, t, 2, 0x3333333333333333);
    swap_fields(g, w, d, t, 1, 0x5555555555555555);
    made(g, g->at, d);
}

/* arg: opcode, byte operand, 64-bit when the type is (sign extensions) */
void lower_ext(struct gen *g, const struct ir_op *o)
{
    const uint32_t *row = x86_lower[o->op].arg;
    unsigned a = gpr_of(g, o->arg[0]), d;
    bool w = row[2] && is_wide(o);

    used(g, o->arg[0]);
    d = gpr_dest(g, g->at);
    if (w)
        op_rr(&g->c, true, 0, row[0], d, a);
    else
        op_rr8(&g->c, row[0], d, a, false, row[1]);
    made(g, g->at, d);
}

void lower_zext(struct gen *g, const struct ir_op *o)
{
    unsigned a = gpr_of(g, o->arg[0]), d;
    struct value *v = &g->v[g->at];

    if (upper_clean(g, o->arg[0]) && !v->hint) { /* another name */
        lose_slot(g, o->arg[0]); /* whose upper half may be anything */
        val(g, o->arg[0])->uses += v->uses;
        v->root = g->v[o->arg[0].id].root;
        used(g, o->arg[0]);
        return;
    }
    used(g, o->arg[0]);
    d = gpr_dest(g, g->at);
    mov_rr(&g->c, false, d, a);
    made(g, g->at, d);
}

void lower_sext(struct gen *g, const struct ir_op *o)
{
    unsigned a = gpr_of(g, o->arg[0]), d;

    used(g, o->arg[0]);
    d = gpr_dest(g, g->at);
    op_rr(&g->c, true, 0, 0x63, d, a);
    made(g, g->at, d);
}

/* Another name: 32-bit readers do not look at the upper half. */
void lower_trunc(struct gen *g, const struct ir_op *o)
{
    if (is_const(g, o->arg[0])) {
        unsigned d = gpr_dest(g, g->at);
        mov_ri(&g->c, d, (uint32_t)const_of(g, o->arg[0]));
        made(g, g->at, d);
        return;
    }
    g->v[g->at].root = g->v[o->arg[0].id].root;
}

void lower_high(struct gen *g, const struct ir_op *o)
{
    unsigned d;

    if (x86_cpu.bmi2 && flags_busy(g)) { /* a rotation leaves the flags alone; then the upper half is cleared */
        unsigned a = gpr_of(g, o->arg[0]);
        used(g, o->arg[0]);
        d = gpr_dest(g, g->at);
        rorx(&g->c, true, d, a, 32);
        mov_rr(&g->c, false, d, d);
    } else {
        flags_kill(g);
        d = copy_to_dest(g, o->arg[0], true);
        shift_ri(&g->c, true, X_SHR, d, 32);
    }
    made(g, g->at, d);
}

void lower_concat(struct gen *g, const struct ir_op *o)
{
    flags_kill(g);
    unsigned d = gpr_scratch(g), t = gpr_scratch(g);

    gpr_into(g, o->arg[1], d);
    shift_ri(&g->c, true, X_SHL, d, 32);
    gpr_into(g, o->arg[0], t);
    mov_rr(&g->c, false, t, t);
    alu_rr(&g->c, true, X_OR, d, t);
    used(g, o->arg[0]);
    used(g, o->arg[1]);
    made(g, g->at, d);
}

void lower_select(struct gen *g, const struct ir_op *o)
{
    bool w = is_wide(o);
    unsigned d;

    /* operands first: making them may set flags that condition() would then have to save */
    if (val(g, o->arg[1])->where == W_LAZY)
        force(g, g->v[o->arg[1].id].root);
    if (val(g, o->arg[2])->where == W_LAZY)
        force(g, g->v[o->arg[2].id].root);
    unsigned a = gpr_of(g, o->arg[1]), b = NOREG;
    enum x86_cc cc = condition(g, o->arg[0]);
    struct mem m;
    g->gpr_lock = 1u << a; /* the condition's operands are done with */
    bool memory = in_memory(g, o->arg[2], &m) && val(g, o->arg[2])->uses == 1;
    if (!memory)
        b = gpr_of(g, o->arg[2]);
    used(g, o->arg[1]);
    if (!memory)
        used(g, o->arg[2]);
    d = gpr_dest(g, g->at);
    if (d == a && memory) { /* the first stays unless the other is chosen */
        op_rm(&g->c, w, 0, 0x0f40 | (cc ^ 1), d, m);
    } else if (d == a) {
        cmov_rr(&g->c, w, cc ^ 1, d, b);
    } else {
        if (memory)
            mov_load(&g->c, w, d, m);
        else if (d != b)
            mov_rr(&g->c, w, d, b);
        cmov_rr(&g->c, w, cc, d, a);
    }
    if (memory) /* not before: its place would be free for a spill */
        used(g, o->arg[2]);
    made(g, g->at, d);
}

void lower_crc32(struct gen *g, const struct ir_op *o)
{
    static const uint8_t opcode[] = {[1] = 0xf0, [2] = 0xf1, [4] = 0xf1, [8] = 0xf1};
    struct code *c = &g->c;

    if (o->op == IR_crc32) { /* no host instruction has this polynomial */
        lower_soft(g, o);
        return;
    }
    unsigned d = gpr_scratch(g), b = gpr_of(g, o->arg[1]);
    gpr_into(g, o->arg[0], d);
    if (o->aux == 2)
        put8(c, 0x66);
    put8(c, 0xf2);
    put8(c, 0x40 | (o->aux == 8) << 3 | (d >> 3) << 2 | b >> 3);
    put8(c, 0x0f);
    put8(c, 0x38);
    put8(c, opcode[o->aux]);
    put8(c, 0xc0 | (d & 7) << 3 | (b & 7));
    used(g, o->arg[0]);
    used(g, o->arg[1]);
    made(g, g->at, d);
}

/*
 * sve_pred.c: SVE compares, predicates, loop control and wide immediates:
 * translate functions of sve_pred.decode and helper sve_pred.
 */
#include "frontend/arm/a64/fp.h"
#include "frontend/arm/a64/mem.h"
#include "frontend/arm/a64/sve.h"
#include "frontend/arm/a64/sve_more.h"

#include "frontend/arm/a64/sve_pred.args.h"
#include "frontend/arm/a64/sve_pred.decode.h"

bool sve_pred_decode(struct a64 *t, uint32_t insn) { return sve_pred_table(t, insn); }

/* ---- compares and numbers ---- */

void sveq_compare(struct a64 *t, const struct sveq_compare *f)
{
    struct sve_regs r = {.d = f->d, .n = f->n, .m = f->m, .g = f->g, .size = f->size};

    sve_call(t, HELPER_sve_compare, IR_NONE, f->op, r, sve_number(t, 0));
}

void sveq_compare_imm(struct a64 *t, const struct sveq_compare_imm *f)
{
    struct sve_regs r = {.d = f->d, .n = f->n, .g = f->g, .size = f->size, .kind = K_IMM};

    sve_call(t, HELPER_sve_compare, IR_NONE, f->op, r, sve_number(t, (int32_t)f->imm));
}

void sveq_wide_imm(struct a64 *t, const struct sveq_wide_imm *f)
{
    struct sve_regs r = {.d = f->d, .n = f->d, .size = f->size, .kind = K_IMM};

    sve_call(t, HELPER_sve_lanes, IR_NONE, f->op, r, sve_number(t, (int32_t)f->imm8 * (f->sh ? 256 : 1)));
}

void sveq_float_imm(struct a64 *t, const struct sveq_float_imm *f)
{
    static const uint8_t ft[] = {0, FT_H, FT_S, FT_D};
    struct sve_regs r = {.d = f->d, .size = f->size, .kind = K_IMM};

    sve_call(t, HELPER_sve_lanes, IR_NONE, SVE_MOV, r, sve_number(t, (int64_t)fp_expand_imm(ft[f->size], f->imm8)));
}

/* ---- predicates: index 1: flags are set ---- */

void sveq_logic(struct a64 *t, const struct sveq_logic *f)
{
    bool always = f->op == SVEQ_TEST || f->op == SVEQ_FIRST || f->op == SVEQ_NEXT;
    struct sve_regs r = {.d = f->d, .n = f->n, .m = f->m, .g = f->g, .size = f->size, .kind = f->kind, .index = f->S || always};

    sve_call(t, HELPER_sve_pred, I64, f->op, r, sve_number(t, 0));
}

void sveq_all_true(struct a64 *t, const struct sveq_all_true *f)
{
    struct sve_regs r = {.d = f->d, .size = f->size, .index = f->S};

    sve_call(t, HELPER_sve_pred, I64, SVEQ_TRUE, r, sve_number(t, sve_pattern(f->pattern, f->size, sve_vl(t))));
}

void sveq_count(struct a64 *t, const struct sveq_count *f)
{
    struct sve_regs r = {.n = f->n, .g = f->g, .size = f->size};

    set_reg(t, 1, f->Rd, sve_call(t, HELPER_sve_pred, I64, SVEQ_CNTP, r, sve_number(t, 0)));
}

/* kind: 1 64 bits wide, 2 unsigned, 4 down */
void sveq_step(struct a64 *t, const struct sveq_step *f)
{
    struct sve_regs r = {.d = f->Rd, .m = f->m, .size = f->size, .kind = (uint8_t)(f->sf | f->u << 1 | f->down << 2)};

    set_reg(t, 1, f->Rd, sve_call(t, HELPER_sve_pred, I64, SVEQ_STEP_P, r, sve_number(t, 0)));
}

void sveq_step_plain(struct a64 *t, const struct sveq_step_plain *f)
{
    struct sve_regs r = {.n = f->m, .g = f->m, .size = f->size};
    ir_ref n = sve_call(t, HELPER_sve_pred, I64, SVEQ_CNTP, r, sve_number(t, 0));

    set_reg(t, 1, f->Rd, ir_op2(t->ir, f->down ? IR_sub : IR_add, I64, get_reg(t, 1, f->Rd), n));
}

void sveq_step_lanes(struct a64 *t, const struct sveq_step_lanes *f)
{
    struct sve_regs r = {.d = f->d, .m = f->m, .size = f->size, .kind = (uint8_t)(f->u << 1 | f->down << 2)};

    sve_call(t, HELPER_sve_pred, I64, f->op, r, sve_number(t, 0));
}

void sveq_while(struct a64 *t, const struct sveq_while *f)
{
    struct sve_regs r = {.d = f->d, .n = f->Rn, .m = f->Rm, .size = f->size, .kind = (uint8_t)(f->sf | f->U << 1 | f->lt << 2 | f->eq << 3)};

    sve_call(t, HELPER_sve_pred, I64, SVEQ_WHILE, r, sve_number(t, 0));
}

void sveq_while_pointer(struct a64 *t, const struct sveq_while_pointer *f)
{
    struct sve_regs r = {.d = f->d, .n = f->Rn, .m = f->Rm, .size = f->size, .kind = f->rw};

    sve_call(t, HELPER_sve_pred, I64, SVEQ_WHILE_PTR, r, sve_number(t, 0));
}

void sveq_terminate(struct a64 *t, const struct sveq_terminate *f)
{
    struct sve_regs r = {.n = f->Rn, .m = f->Rm, .kind = (uint8_t)(f->sf | f->ne << 1)};

    sve_call(t, HELPER_sve_pred, I64, SVEQ_CTERM, r, sve_number(t, 0));
}

/* ---- the helper ---- */

struct preds { struct a64_state *s; struct sve_regs r; unsigned vl; const uint8_t *g, *n, *m; uint8_t d[SVE_BYTES / 8]; };

static uint64_t reg_of(const struct a64_state *s, unsigned n, bool wide, bool u)
{
    uint64_t v = n == 31 ? 0 : s->x[n];

    return wide ? v : u ? (uint32_t)v : (uint64_t)(int32_t)v;
}

static void do_logic(struct preds *p, enum sve_pred_op op)
{
    for (unsigned i = 0; i < p->vl / 8; i++) {
        uint8_t g = p->g[i], n = p->n[i], m = p->m[i];
        switch (op) {
        case SVEQ_AND:  p->d[i] = n & m & g; break;
        case SVEQ_BIC:  p->d[i] = n & (uint8_t)~m & g; break;
        case SVEQ_EOR:  p->d[i] = (n ^ m) & g; break;
        case SVEQ_SEL:  p->d[i] = (n & g) | (m & (uint8_t)~g); break;
        case SVEQ_ORR:  p->d[i] = (n | m) & g; break;
        case SVEQ_ORN:  p->d[i] = (n | (uint8_t)~m) & g; break;
        case SVEQ_NOR:  p->d[i] = (uint8_t)~(n | m) & g; break;
        default:        p->d[i] = (uint8_t)~(n & m) & g; break;
        }
    }
}

/* Up to (A) or before (B) the first active bit of n; what is not active is zero, or stays. */
static void do_break(struct preds *p, bool before)
{
    bool broken = false;

    for (unsigned i = 0; i < p->vl; i++) {
        bool active = p_get(p->g, 0, i), bit = p_get(p->n, 0, i);
        if (before && active)
            broken |= bit;
        if (active || p->r.kind != K_MERGE)
            p_set(p->d, 0, i, active && !broken);
        if (!before && active)
            broken |= bit;
    }
}

static bool last_active(const uint8_t *g, const uint8_t *n, unsigned vl)
{
    for (unsigned i = vl; i--;)
        if (p_get(g, 0, i))
            return p_get(n, 0, i);
    return false;
}

/* The same for the bits of m, and none unless the last active bit of n is set. */
static void do_break_pair(struct preds *p, bool before)
{
    bool go = last_active(p->g, p->n, p->vl);

    for (unsigned i = 0; i < p->vl; i++) {
        bool active = p_get(p->g, 0, i), bit = p_get(p->m, 0, i);
        if (before && active)
            go = go && !bit;
        p_set(p->d, 0, i, active && go);
        if (!before && active)
            go = go && !bit;
    }
}

static void do_first(struct preds *p)
{
    for (unsigned i = 0; i < p->vl; i++)
        if (p_get(p->g, 0, i)) {
            p_set(p->d, 0, i, true);
            return;
        }
}

static void do_next(struct preds *p)
{
    unsigned i = p->vl >> p->r.size;

    while (i && !p_get(p->d, p->r.size, i - 1))
        i--;
    while (i < p->vl >> p->r.size && !p_get(p->g, p->r.size, i))
        i++;
    memset(p->d, 0, sizeof p->d);
    if (i < p->vl >> p->r.size)
        p_set(p->d, p->r.size, i, true);
}

static uint64_t count(const struct preds *p, const uint8_t *g, const uint8_t *n)
{
    uint64_t k = 0;

    for (unsigned i = 0; i < p->vl >> p->r.size; i++)
        k += p_get(g, p->r.size, i) && p_get(n, p->r.size, i);
    return k;
}

static uint64_t stepped(uint64_t v, uint64_t by, unsigned bits, bool u, bool down)
{
    static const enum sve_op ops[2][2] = {{SVE_SQADD, SVE_UQADD}, {SVE_SQSUB, SVE_UQSUB}};
    struct sve_lane l = {.n = v & ones(bits), .m = by, .sn = sx(v, bits), .sm = (int64_t)by, .bits = bits};

    return sve_integer(ops[down][u], &l) & ones(bits);
}

/* A scalar of 32 bits comes out extended as its kind asks. */
static uint64_t step_scalar(const struct preds *p, uint64_t by)
{
    unsigned kind = p->r.kind, bits = kind & 1 ? 64 : 32;
    uint64_t v = stepped(reg_of(p->s, p->r.d, true, true), by, bits, kind & 2, kind & 4);

    return kind & 1 || kind & 2 ? v : (uint64_t)(int32_t)v;
}

static void step_vector(const struct preds *p, bool saturate)
{
    uint64_t by = count(p, p->m, p->m);
    unsigned size = p->r.size, bits = 8u << size;
    struct zreg z;

    read_z(p->s, p->r.d, &z);
    for (unsigned i = 0; i < p->vl >> size; i++) {
        uint64_t v = z_get(&z, size, i);
        z_set(&z, size, i, saturate ? stepped(v, by, bits, p->r.kind & 2, p->r.kind & 4) : p->r.kind & 4 ? v - by : v + by);
    }
    write_z(p->s, p->r.d, &z);
}

static bool holds(uint64_t a, uint64_t b, unsigned kind)
{
    bool u = kind & 2, lt = kind & 4, eq = kind & 8;
    bool less = u ? a < b : (int64_t)a < (int64_t)b;

    if (lt)
        return less || (eq && a == b);
    return eq ? !less && a != b : !less; /* eq: WHILEGT, WHILEHI */
}

static void set_elements(uint8_t *p, unsigned size, unsigned from, unsigned to)
{
    static const uint8_t all[] = {0xff, 0x55, 0x11, 0x01};

    from <<= size;
    to <<= size;
    for (; from < to && from % 8; from += 1u << size)
        p_set(p, 0, from, true);
    for (; from + 8 <= to; from += 8)
        p[from / 8] = all[size];
    for (; from < to; from += 1u << size)
        p_set(p, 0, from, true);
}

/* The first elements (LT ...) or the last ones (GE ...), as many as a loop would do until it does not hold; it may never end. */
static void do_while(struct preds *p)
{
    unsigned kind = p->r.kind, size = p->r.size, n = p->vl >> size, bits = kind & 1 ? 64 : 32;
    bool u = kind & 2, lt = kind & 4, and_equal = lt == !!(kind & 8);
    uint64_t a = reg_of(p->s, p->r.n, kind & 1, u), b = reg_of(p->s, p->r.m, kind & 1, u);
    uint64_t most = u ? ones(bits) : ones(bits - 1), end = lt ? most : u ? 0 : ~most, count = 0;

    if (holds(a, b, kind))
        count = and_equal && b == end ? n : (lt ? b - a : a - b) + and_equal;
    count = MIN_(count, n);
    set_elements(p->d, size, lt ? 0 : n - (unsigned)count, lt ? (unsigned)count : n);
}

/* So many elements as can be worked on before one pointer's data reaches the other's. */
static void do_while_pointer(struct preds *p)
{
    uint64_t a = reg_of(p->s, p->r.n, true, true), b = reg_of(p->s, p->r.m, true, true), distance;
    unsigned size = p->r.size, n = p->vl >> size;
    bool forward = a < b, all;

    distance = (forward ? b - a : a - b) >> size;
    all = !distance || (!p->r.kind && !forward); /* RW: the distance either way */
    for (unsigned i = 0; i < n; i++)
        p_set(p->d, size, i, all || i < distance);
}

uint64_t a64_helper_sve_pred(struct a64_state *s, uint32_t op, uint64_t regs, uint64_t number)
{
    struct preds p = {.s = s, .r = unpack_sve(regs), .vl = vl_of(s)};
    static const uint8_t full[SVE_BYTES / 8] = {[0 ... SVE_BYTES / 8 - 1] = 0xff};
    uint8_t *d = pred_of(s, p.r.d < 17 ? p.r.d : 0);
    const uint8_t *test = NULL;
    bool keep = false;

    p.g = p.r.g < 16 ? pred_of(s, p.r.g) : full;
    p.n = p.r.n < 16 ? pred_of(s, p.r.n) : full;
    p.m = p.r.m < 16 ? pred_of(s, p.r.m) : full;
    memcpy(p.d, d, sizeof p.d);
    test = p.g;
    switch ((enum sve_pred_op)op) {
    case SVEQ_AND: case SVEQ_BIC: case SVEQ_EOR: case SVEQ_SEL: case SVEQ_ORR: case SVEQ_ORN: case SVEQ_NOR: case SVEQ_NAND:
        do_logic(&p, op);
        break;
    case SVEQ_BRKA:  do_break(&p, false); break;
    case SVEQ_BRKB:  do_break(&p, true); break;
    case SVEQ_BRKPA: do_break_pair(&p, false); break;
    case SVEQ_BRKPB: do_break_pair(&p, true); break;
    case SVEQ_BRKN:
        if (!last_active(p.g, p.n, p.vl))
            memset(p.d, 0, sizeof p.d);
        test = full;
        break;
    case SVEQ_TEST:
        s->nzcv = sve_pred_test(p.g, p.n, 0, p.vl);
        return 0;
    case SVEQ_FIRST: do_first(&p); break;
    case SVEQ_NEXT:  do_next(&p); break;
    case SVEQ_TRUE:
        memset(p.d, 0, sizeof p.d);
        for (unsigned i = 0; i < number; i++)
            p_set(p.d, p.r.size, i, true);
        test = p.d;
        break;
    case SVEQ_RDFFR:
        for (unsigned i = 0; i < p.vl / 8; i++)
            p.d[i] = pred_of(s, FFR)[i] & p.g[i];
        break;
    case SVEQ_WRFFR:
        memcpy(pred_of(s, FFR), p.n, sizeof p.d);
        return 0;
    case SVEQ_CNTP:   return count(&p, p.g, p.n);
    case SVEQ_STEP:   return step_scalar(&p, number);
    case SVEQ_STEP_P: return step_scalar(&p, count(&p, p.m, p.m));
    case SVEQ_STEP_PV: step_vector(&p, true); return 0;
    case SVEQ_INCP_V: step_vector(&p, false); return 0;
    case SVEQ_WHILE: case SVEQ_WHILE_PTR:
        memset(p.d, 0, sizeof p.d);
        if (op == SVEQ_WHILE)
            do_while(&p);
        else
            do_while_pointer(&p);
        test = full;
        p.r.index = 1;
        break;
    case SVEQ_CTERM:
        keep = reg_of(s, p.r.n, p.r.kind & 1, true) == reg_of(s, p.r.m, p.r.kind & 1, true);
        keep ^= p.r.kind >> 1 & 1;
        s->nzcv = (s->nzcv & (SVE_Z | SVE_C)) | (keep ? SVE_N : s->nzcv & SVE_C ? 0 : SVE_V);
        return 0;
    default: bug("sve_pred: operation %u", op);
    }
    if (p.r.index)
        s->nzcv = sve_pred_test(test, p.d, p.r.size, p.vl);
    memcpy(d, p.d, sizeof p.d);
    return 0;
}

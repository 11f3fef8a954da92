/*
 * sve_two.c: SVE2 on integers, dot products, matrices and ciphers: translate
 * functions of sve_two.decode, and the helper for what takes more than one
 * lane of each operand (sve_wide). DDI 0487 C8.2.
 */
#include "frontend/arm/a64/simd.h"
#include "frontend/arm/a64/sve.h"
#include "frontend/arm/a64/sve_more.h"

#include "frontend/arm/a64/sve_two.args.h"
#include "frontend/arm/a64/sve_two.decode.h"

bool sve_two_decode(struct a64 *t, uint32_t insn) { return sve_two_table(t, insn); }

/* ---- translation ---- */

void sve2_lanes(struct a64 *t, const struct sve2_lanes *f)
{
    struct sve_regs r = {.d = f->d, .n = f->n, .m = f->m, .a = f->a, .g = f->g, .size = f->size, .kind = f->kind, .index = f->index};

    sve_call(t, HELPER_sve_lanes, IR_NONE, f->op, r, sve_number(t, 0));
}

void sve2_wide(struct a64 *t, const struct sve2_wide *f)
{
    struct sve_regs r = {.d = f->d, .n = f->n, .m = f->m, .g = f->g, .size = f->size, .kind = f->kind, .index = f->index};

    sve_call(t, HELPER_sve_wide, IR_NONE, f->op, r, sve_number(t, f->number));
}

void sve2_match(struct a64 *t, const struct sve2_match *f)
{
    struct sve_regs r = {.d = f->d, .n = f->n, .m = f->m, .g = f->g, .size = f->size};

    sve_call(t, HELPER_sve_wide, IR_NONE, SVEW_MATCH, r, sve_number(t, f->no));
}

static unsigned size_of(unsigned tsz) { return 31u - (unsigned)__builtin_clz(tsz); }

static void shift(struct a64 *t, unsigned op, struct sve_regs r, unsigned distance)
{
    r.kind |= K_IMM;
    sve_call(t, HELPER_sve_lanes, IR_NONE, op, r, sve_number(t, distance));
}

void sve2_shift_right(struct a64 *t, const struct sve2_shift_right *f)
{
    unsigned size = size_of(f->tsz);

    shift(t, f->op, (struct sve_regs){.d = f->d, .n = f->n, .a = f->d, .size = (uint8_t)size}, (16u << size) - (f->tsz << 3 | f->imm3));
}

void sve2_shift_left(struct a64 *t, const struct sve2_shift_left *f)
{
    unsigned size = size_of(f->tsz);

    shift(t, f->op, (struct sve_regs){.d = f->d, .n = f->n, .a = f->d, .size = (uint8_t)size}, (f->tsz << 3 | f->imm3) - (8u << size));
}

void sve2_shift_long(struct a64 *t, const struct sve2_shift_long *f)
{
    unsigned size = size_of(f->tsz);
    struct sve_regs r = {.d = f->d, .n = f->n, .size = (uint8_t)(size + 1), .kind = f->T ? K_NTOP : 0};

    shift(t, f->op, r, (f->tsz << 3 | f->imm3) - (8u << size));
}

void sve2_shift_narrow(struct a64 *t, const struct sve2_shift_narrow *f)
{
    unsigned size = size_of(f->tsz);
    struct sve_regs r = {.d = f->d, .n = f->n, .size = (uint8_t)size, .kind = f->T ? K_DTOP : 0};

    shift(t, f->op, r, (16u << size) - (f->tsz << 3 | f->imm3));
}

void sve2_narrow(struct a64 *t, const struct sve2_narrow *f)
{
    struct sve_regs r = {.d = f->d, .n = f->n, .size = (uint8_t)size_of(f->tsz), .kind = f->T ? K_DTOP : 0};

    sve_call(t, HELPER_sve_lanes, IR_NONE, f->op, r, sve_number(t, 0));
}

/* ---- the helper ---- */

struct wide { struct a64_state *s; struct sve_regs r; uint64_t number; unsigned vl, lanes; struct zreg d, n, m, out; };

static int64_t element(const struct zreg *z, unsigned size, unsigned i, bool u)
{
    uint64_t v = z_get(z, size, i);

    return u ? (int64_t)v : sx(v, 8u << size);
}
static int64_t signed_of(const struct zreg *z, unsigned size, unsigned i) { return element(z, size, i, false); }
static unsigned in_segment(unsigned i, unsigned lanes, unsigned index) { return i / lanes * lanes + index; }

/* Which of m's elements of this size stands beside i: its own, or the index's of its 128 bits. */
static unsigned beside(const struct wide *w, unsigned i, unsigned size)
{
    return w->r.index ? in_segment(i, 16u >> size, w->r.index - 1u) : i;
}

static uint64_t dot(const struct wide *w, unsigned i)
{
    unsigned size = w->r.size, group = beside(w, i, size);
    uint64_t sum = z_get(&w->d, size, i);

    for (unsigned k = 0; k < 4; k++)
        sum += (uint64_t)(element(&w->n, size - 2, 4 * i + k, w->r.kind & SVEW_N_UNSIGNED) *
                          element(&w->m, size - 2, 4 * group + k, w->r.kind & SVEW_M_UNSIGNED));
    return sum;
}

static uint64_t complex_dot(const struct wide *w, unsigned i)
{
    unsigned size = w->r.size, group = beside(w, i, size), rot = (unsigned)w->number, a = rot & 1;
    bool subtract = (rot & 1) == rot >> 1;
    uint64_t sum = z_get(&w->d, size, i);

    for (unsigned k = 0; k < 4; k += 2) {
        uint64_t real = (uint64_t)(signed_of(&w->n, size - 2, 4 * i + k) * signed_of(&w->m, size - 2, 4 * group + k + a));
        uint64_t imaginary = (uint64_t)(signed_of(&w->n, size - 2, 4 * i + k + 1) * signed_of(&w->m, size - 2, 4 * group + k + 1 - a));
        sum += subtract ? real - imaginary : real + imaginary;
    }
    return sum;
}

/* Element i of CMLA and its saturating kin; pairs of m may be chosen by an index. */
static uint64_t complex_product(const struct wide *w, unsigned i, bool high)
{
    unsigned size = w->r.size, rot = (unsigned)w->number, a = rot & 1, pair = beside(w, i / 2, size + 1);
    bool imaginary = i & 1, subtract = imaginary ? rot >> 1 : (rot & 1) != rot >> 1;
    uint64_t n = z_get(&w->n, size, (i & ~1u) + a), m = z_get(&w->m, size, 2 * pair + (imaginary ? 1 - a : a)), acc = z_get(&w->d, size, i);
    unsigned bits = 8u << size;
    struct sve_lane l = {.a = acc, .n = n, .m = m, .sa = sx(acc, bits), .sn = sx(n, bits), .sm = sx(m, bits), .bits = bits};

    return sve_integer(high ? (subtract ? SVE_SQRDMLSH : SVE_SQRDMLAH) : subtract ? SVE_MLS : SVE_MLA, &l);
}

/* Turned by 90 degrees (number 0) or 270. */
static uint64_t complex_sum(const struct wide *w, unsigned i, bool saturate)
{
    unsigned size = w->r.size, bits = 8u << size;
    uint64_t n = z_get(&w->n, size, i), m = z_get(&w->m, size, i ^ 1);
    bool subtract = (i & 1) == w->number;
    struct sve_lane l = {.n = n, .m = m, .sn = sx(n, bits), .sm = sx(m, bits), .bits = bits};

    return sve_integer(subtract ? (saturate ? SVE_SQSUB : SVE_SUB) : saturate ? SVE_SQADD : SVE_ADD, &l);
}

static uint64_t matrix(const struct wide *w, unsigned i)
{
    unsigned base = i / 4 * 16, row = base + i / 2 % 2 * 8, column = base + i % 2 * 8;
    uint64_t sum = z_get(&w->d, 2, i);

    for (unsigned k = 0; k < 8; k++)
        sum += (uint64_t)(element(&w->n, 0, row + k, w->r.kind & SVEW_N_UNSIGNED) * element(&w->m, 0, column + k, w->r.kind & SVEW_M_UNSIGNED));
    return sum;
}

/* The even element is the sum, the odd one its carry; number: 1 odd elements of n, 2 inverted. */
static uint64_t add_carry(const struct wide *w, unsigned i)
{
    unsigned size = w->r.size, even = i & ~1u, bits = 8u << size;
    uint64_t n = z_get(&w->n, size, even + (w->number & 1)), mask = ones(bits);
    unsigned __int128 sum = (unsigned __int128)z_get(&w->d, size, even) + (w->number & 2 ? ~n & mask : n) + (z_get(&w->m, size, even + 1) & 1);

    return i & 1 ? (uint64_t)(sum >> bits) : (uint64_t)sum;
}

static uint64_t histogram(const struct wide *w, unsigned i, const uint8_t *g)
{
    uint64_t n = z_get(&w->n, w->r.size, i), count = 0;

    for (unsigned k = 0; k <= i; k++)
        count += p_get(g, w->r.size, k) && z_get(&w->m, w->r.size, k) == n;
    return p_get(g, w->r.size, i) ? count : 0;
}

static unsigned equals_in_segment(const struct wide *w, unsigned i)
{
    unsigned lanes = 16u >> w->r.size, count = 0;

    for (unsigned k = 0; k < lanes; k++)
        count += z_get(&w->m, w->r.size, in_segment(i, lanes, k)) == z_get(&w->n, w->r.size, i);
    return count;
}

static void match(struct wide *w)
{
    const uint8_t *g = pred_of(w->s, w->r.g);
    uint8_t d[SVE_BYTES / 8] = {0};

    for (unsigned i = 0; i < w->lanes; i++)
        if (p_get(g, w->r.size, i))
            p_set(d, w->r.size, i, (equals_in_segment(w, i) == 0) == w->number);
    w->s->nzcv = sve_pred_test(g, d, w->r.size, w->vl);
    memcpy(pred_of(w->s, w->r.d), d, sizeof d);
}

static void poly_multiply(struct wide *w, unsigned at)
{
    uint64_t n = z_get(&w->n, 3, 2 * at + (unsigned)w->number), m = z_get(&w->m, 3, 2 * at + (unsigned)w->number), low = 0, high = 0;

    for (unsigned i = 0; i < 64; i++)
        if (m >> i & 1) {
            low ^= n << i;
            high ^= i ? n >> (64 - i) : 0;
        }
    z_set(&w->out, 3, 2 * at, low);
    z_set(&w->out, 3, 2 * at + 1, high);
}

/* Ciphers work on 128 bits. */
static void cipher(struct wide *w, enum sve_wide_op op, unsigned at)
{
    static const enum ir_opcode ops[] = {[SVEW_AESE] = IR_vaesenclast, [SVEW_AESD] = IR_vaesdeclast, [SVEW_AESMC] = IR_vaesmc, [SVEW_AESIMC] = IR_vaesimc};
    const v128 zero = {0, 0};
    uint32_t d[4], m[4];
    v128 n;

    memcpy(&n, w->n.b + 16 * at, 16);
    memcpy(d, w->n.b + 16 * at, 16);
    memcpy(m, w->m.b + 16 * at, 16);
    switch (op) {
    case SVEW_AESE: case SVEW_AESD:
        n.lo ^= z_get(&w->m, 3, 2 * at);
        n.hi ^= z_get(&w->m, 3, 2 * at + 1);
        n = ir_vvalue(ops[op], V128, n, zero, zero, 8, 0, 0);
        break;
    case SVEW_AESMC: case SVEW_AESIMC:
        n = ir_vvalue(ops[op], V128, n, zero, zero, 8, 0, 0);
        break;
    default:
        simd_sm4_rounds(d, m, op == SVEW_SM4EKEY);
        memcpy(&n, d, 16);
    }
    memcpy(w->out.b + 16 * at, &n, 16);
}

static uint64_t value(const struct wide *w, enum sve_wide_op op, unsigned i)
{
    uint64_t m = z_get(&w->m, w->r.size, i);

    switch (op) {
    case SVEW_DOT:       return dot(w, i);
    case SVEW_CDOT:      return complex_dot(w, i);
    case SVEW_CMLA:      return complex_product(w, i, false);
    case SVEW_SQRDCMLAH: return complex_product(w, i, true);
    case SVEW_CADD:      return complex_sum(w, i, false);
    case SVEW_SQCADD:    return complex_sum(w, i, true);
    case SVEW_MMLA:      return matrix(w, i);
    case SVEW_ADCL:      return add_carry(w, i);
    case SVEW_EORBT:     return (i & 1) == w->number ? z_get(&w->n, w->r.size, i) ^ z_get(&w->m, w->r.size, i ^ 1) : z_get(&w->d, w->r.size, i);
    case SVEW_HISTCNT:   return histogram(w, i, pred_of(w->s, w->r.g));
    case SVEW_HISTSEG:   return equals_in_segment(w, i);
    case SVEW_RAX1:      return z_get(&w->n, 3, i) ^ (m << 1 | m >> 63);
    default: bug("sve_wide: operation %u", op);
    }
}

void a64_helper_sve_wide(struct a64_state *s, uint32_t op, uint64_t regs, uint64_t number)
{
    struct wide w = {.s = s, .r = unpack_sve(regs), .number = number, .vl = vl_of(s)};

    w.lanes = w.vl >> w.r.size;
    read_z(s, w.r.d, &w.d);
    read_z(s, w.r.n, &w.n);
    read_z(s, w.r.m, &w.m);
    switch (op) {
    case SVEW_MATCH:
        match(&w);
        return;
    case SVEW_PMULL128:
        for (unsigned i = 0; i < w.vl / 16; i++)
            poly_multiply(&w, i);
        break;
    case SVEW_AESE: case SVEW_AESD: case SVEW_AESMC: case SVEW_AESIMC: case SVEW_SM4E: case SVEW_SM4EKEY:
        for (unsigned i = 0; i < w.vl / 16; i++)
            cipher(&w, op, i);
        break;
    default:
        for (unsigned i = 0; i < w.lanes; i++)
            z_set(&w.out, w.r.size, i, value(&w, op, i));
    }
    write_z(s, w.r.d, &w.out);
}

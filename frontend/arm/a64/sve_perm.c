/*
 * sve_perm.c: SVE permutations, copies and bit masks: translate functions of
 * sve_perm.decode and the helper that moves lanes (sve_perm).
 */
#include "frontend/arm/a64/fp.h"
#include "frontend/arm/a64/sve.h"
#include "frontend/arm/a64/sve_more.h"

static bool bad_mask(unsigned imm13)
{
    uint64_t mask;

    return !sve_bit_mask(imm13, &mask);
}
/* Elements of 128 bits need room for two. */
static bool bad_quad(const struct a64 *t) { return sve_vl(t) < 32; }

#include "frontend/arm/a64/sve_perm.args.h"
#include "frontend/arm/a64/sve_perm.decode.h"

bool sve_perm_decode(struct a64 *t, uint32_t insn) { return sve_perm_table(t, insn); }

/* DecodeBitMasks() for 64 bits: N:immr:imms. */
bool sve_bit_mask(unsigned imm13, uint64_t *mask)
{
    unsigned n = imm13 >> 12, immr = imm13 >> 6 & 63, imms = imm13 & 63, key = n << 6 | (~imms & 63), width, s, r;

    if (key < 2)
        return false;
    width = 1u << (31 - __builtin_clz(key));
    s = imms & (width - 1);
    r = immr & (width - 1);
    if (s == width - 1)
        return false;
    *mask = ones(s + 1);
    if (r)
        *mask = (*mask >> r | *mask << (width - r)) & ones(width);
    for (unsigned w = width; w < 64; w *= 2)
        *mask |= *mask << w;
    return true;
}

/* ---- translation ---- */

void svep_mask(struct a64 *t, const struct svep_mask *f)
{
    struct sve_regs r = {.d = f->d, .n = f->d, .size = 3, .kind = K_IMM};
    uint64_t mask = 0;

    sve_bit_mask(f->imm13, &mask);
    sve_call(t, HELPER_sve_lanes, IR_NONE, f->op, r, sve_number(t, (int64_t)mask));
}

void svep_lanes(struct a64 *t, const struct svep_lanes *f)
{
    struct sve_regs r = {.d = f->d, .n = f->n, .g = f->g, .size = f->size, .kind = K_MERGE};

    sve_call(t, HELPER_sve_lanes, IR_NONE, f->op, r, sve_number(t, 0));
}

void svep_copy_imm(struct a64 *t, const struct svep_copy_imm *f)
{
    struct sve_regs r = {.d = f->d, .g = f->g, .size = f->size, .kind = (uint8_t)(f->kind | K_IMM)};

    sve_call(t, HELPER_sve_lanes, IR_NONE, SVE_MOV, r, sve_number(t, sx(f->imm8, 8) * (f->sh ? 256 : 1)));
}

void svep_copy_float(struct a64 *t, const struct svep_copy_float *f)
{
    struct sve_regs r = {.d = f->d, .g = f->g, .size = f->size, .kind = K_MERGE | K_IMM};
    static const uint8_t ft[] = {0, FT_H, FT_S, FT_D};

    sve_call(t, HELPER_sve_lanes, IR_NONE, SVE_MOV, r, sve_number(t, (int64_t)fp_expand_imm(ft[f->size], f->imm8)));
}

void svep_copy_reg(struct a64 *t, const struct svep_copy_reg *f)
{
    struct sve_regs r = {.d = f->d, .g = f->g, .size = f->size, .kind = K_MERGE | K_IMM};

    sve_call(t, HELPER_sve_lanes, IR_NONE, SVE_MOV, r, get_reg_sp(t, 1, f->Rn));
}

void svep_dup_reg(struct a64 *t, const struct svep_dup_reg *f)
{
    struct sve_regs r = {.d = f->d, .size = f->size};

    sve_call(t, HELPER_sve_perm, I64, f->op, r, f->op == SVEP_DUP ? get_reg_sp(t, 1, f->Rn) : get_reg(t, 1, f->Rn));
}

void svep_dup_lane(struct a64 *t, const struct svep_dup_lane *f)
{
    unsigned size = (unsigned)__builtin_ctz(f->tsz);
    struct sve_regs r = {.d = f->d, .n = f->n, .size = (uint8_t)size};

    sve_call(t, HELPER_sve_perm, I64, SVEP_DUP_LANE, r, sve_number(t, f->tsz >> (size + 1)));
}

void svep_extract(struct a64 *t, const struct svep_extract *f)
{
    struct sve_regs r = {.d = f->d, .n = f->n, .m = f->m};

    sve_call(t, HELPER_sve_perm, I64, SVEP_EXT, r, sve_number(t, f->imm));
}

void svep_permute(struct a64 *t, const struct svep_permute *f)
{
    struct sve_regs r = {.d = f->d, .n = f->n, .m = f->m, .g = f->g, .size = f->size, .kind = f->kind};

    sve_call(t, HELPER_sve_perm, I64, f->op, r, sve_number(t, 0));
}

/* Which a register of 32 bits takes for elements that are no wider. */
void svep_last(struct a64 *t, const struct svep_last *f)
{
    struct sve_regs r = {.n = f->n, .g = f->g, .size = f->size, .kind = f->b};

    set_reg(t, 1, f->Rd, sve_call(t, HELPER_sve_perm, I64, f->op, r, get_reg(t, 1, f->Rd)));
}

/* ---- the helper ---- */

struct permute { struct a64_state *s; struct sve_regs r; unsigned vl, lanes; struct zreg n, m, d; uint64_t number; };

static void move_lane(struct zreg *to, unsigned i, const struct zreg *from, unsigned j, unsigned size)
{
    memcpy(to->b + (i << size), from->b + (j << size), 1u << size);
}

static uint64_t x_of(const struct a64_state *s, unsigned n) { return n == 31 ? 0 : s->x[n]; }

static void make_index(struct permute *p)
{
    uint64_t start = p->r.kind & 1 ? x_of(p->s, p->r.n) : (uint64_t)sx(p->r.n, 5);
    uint64_t step = p->r.kind & 2 ? x_of(p->s, p->r.m) : (uint64_t)sx(p->r.m, 5);

    for (unsigned i = 0; i < p->lanes; i++)
        z_set(&p->d, p->r.size, i, start + i * step);
}

static void make_addresses(struct permute *p)
{
    for (unsigned i = 0; i < p->lanes; i++) {
        uint64_t offset = z_get(&p->m, p->r.size, i);
        offset = p->r.kind == 1 ? (uint64_t)(int32_t)offset : p->r.kind == 2 ? (uint32_t)offset : offset;
        z_set(&p->d, p->r.size, i, z_get(&p->n, p->r.size, i) + (offset << p->r.index));
    }
}

/* A lane beyond the table gives 0, or leaves what was there. */
static void look_up(struct permute *p, unsigned tables, bool keep)
{
    struct zreg second;

    read_z(p->s, (p->r.n + 1) & 31, &second);
    for (unsigned i = 0; i < p->lanes; i++) {
        uint64_t at = z_get(&p->m, p->r.size, i);
        if (at < p->lanes)
            move_lane(&p->d, i, &p->n, (unsigned)at, p->r.size);
        else if (tables == 2 && at < 2 * p->lanes)
            move_lane(&p->d, i, &second, (unsigned)at - p->lanes, p->r.size);
        else if (!keep)
            z_set(&p->d, p->r.size, i, 0);
    }
}

/* Of 128-bit elements there may be an odd number: what is left over is zero. */
static void interleave(struct permute *p, enum sve_perm_op op)
{
    unsigned size = p->r.size, half = p->lanes / 2, odd = op == SVEP_ZIP2 || op == SVEP_UZP2 || op == SVEP_TRN2;

    memset(&p->d, 0, sizeof p->d);
    for (unsigned i = 0; i < half; i++)
        switch (op) {
        case SVEP_ZIP1: case SVEP_ZIP2:
            move_lane(&p->d, 2 * i, &p->n, i + odd * half, size);
            move_lane(&p->d, 2 * i + 1, &p->m, i + odd * half, size);
            break;
        case SVEP_UZP1: case SVEP_UZP2:
            move_lane(&p->d, i, &p->n, 2 * i + odd, size);
            move_lane(&p->d, i + half, &p->m, 2 * i + odd, size);
            break;
        default:
            move_lane(&p->d, 2 * i, &p->n, 2 * i + odd, size);
            move_lane(&p->d, 2 * i + 1, &p->m, 2 * i + odd, size);
        }
}

/* The same on predicates: elements of 1 << size bits. */
static void interleave_bits(struct permute *p, enum sve_perm_op op)
{
    unsigned half = p->lanes / 2, odd = (op - SVEP_PZIP1) & 1, width = 1u << p->r.size;
    const uint8_t *n = pred_of(p->s, p->r.n), *m = pred_of(p->s, p->r.m);
    uint8_t d[SVE_BYTES / 8] = {0};

    for (unsigned i = 0; i < p->lanes; i++) {
        const uint8_t *from = i & 1 ? m : n;
        unsigned at;
        switch (op) {
        case SVEP_PZIP1: case SVEP_PZIP2: at = i / 2 + odd * half; break;
        case SVEP_PUZP1: case SVEP_PUZP2: from = i < half ? n : m; at = 2 * (i % half) + odd; break;
        default: at = (i & ~1u) + odd;
        }
        for (unsigned b = 0; b < width; b++)
            p_set(d, 0, i * width + b, p_get(from, 0, at * width + b));
    }
    memcpy(pred_of(p->s, p->r.d), d, sizeof d);
}

static void reverse_bits_of(struct permute *p)
{
    unsigned width = 1u << p->r.size;
    uint8_t d[SVE_BYTES / 8] = {0};

    for (unsigned i = 0; i < p->lanes; i++)
        for (unsigned b = 0; b < width; b++)
            p_set(d, 0, i * width + b, p_get(pred_of(p->s, p->r.n), 0, (p->lanes - 1 - i) * width + b));
    memcpy(pred_of(p->s, p->r.d), d, sizeof d);
}

static void unpack_bits(struct permute *p)
{
    uint8_t d[SVE_BYTES / 8] = {0};

    for (unsigned i = 0; i < p->vl / 2; i++)
        p_set(d, 1, i, p_get(pred_of(p->s, p->r.n), 0, i + (p->r.kind ? p->vl / 2 : 0)));
    memcpy(pred_of(p->s, p->r.d), d, sizeof d);
}

static void unpack(struct permute *p)
{
    unsigned from = p->r.size - 1, first = p->r.kind & 1 ? p->lanes : 0;

    for (unsigned i = 0; i < p->lanes; i++) {
        uint64_t v = z_get(&p->n, from, first + i);
        z_set(&p->d, p->r.size, i, p->r.kind & 2 ? v : (uint64_t)sx(v, 8u << from));
    }
}

/* The lane behind the last active one (A), or that itself (B); false: none is active. */
static bool last_lane(const struct permute *p, unsigned *at)
{
    const uint8_t *g = pred_of(p->s, p->r.g);

    for (unsigned i = p->lanes; i--;)
        if (p_get(g, p->r.size, i)) {
            *at = p->r.kind ? i : (i + 1) % p->lanes;
            return true;
        }
    *at = p->r.kind ? p->lanes - 1 : 0;
    return false;
}

static void compact(struct permute *p)
{
    unsigned k = 0;

    memset(&p->d, 0, sizeof p->d);
    for (unsigned i = 0; i < p->lanes; i++)
        if (p_get(pred_of(p->s, p->r.g), p->r.size, i))
            move_lane(&p->d, k++, &p->n, i, p->r.size);
}

static void splice(struct permute *p)
{
    const uint8_t *g = pred_of(p->s, p->r.g);
    unsigned first = 0, last = 0, k = 0;

    while (first < p->lanes && !p_get(g, p->r.size, first))
        first++;
    for (unsigned i = first; i < p->lanes; i++)
        if (p_get(g, p->r.size, i))
            last = i + 1;
    for (unsigned i = first; i < last; i++)
        move_lane(&p->d, k++, &p->n, i, p->r.size);
    for (unsigned i = 0; k < p->lanes; i++)
        move_lane(&p->d, k++, &p->m, i, p->r.size);
}

static void to_all(struct permute *p, uint64_t v, bool by_predicate)
{
    for (unsigned i = 0; i < p->lanes; i++)
        if (!by_predicate || p_get(pred_of(p->s, p->r.g), p->r.size, i))
            z_set(&p->d, p->r.size, i, v);
}

static void only(struct permute *p, uint64_t v)
{
    memset(&p->d, 0, sizeof p->d);
    z_set(&p->d, p->r.size, 0, v);
}

static void insert(struct permute *p, uint64_t v)
{
    memmove(p->d.b + (1u << p->r.size), p->d.b, p->vl - (1u << p->r.size));
    z_set(&p->d, p->r.size, 0, v);
}

uint64_t a64_helper_sve_perm(struct a64_state *s, uint32_t op, uint64_t regs, uint64_t number)
{
    struct permute p = {.s = s, .r = unpack_sve(regs), .vl = vl_of(s), .number = number};
    unsigned at = 0, size = p.r.size;

    p.lanes = p.vl >> size;
    read_z(s, p.r.d & 31, &p.d);
    read_z(s, p.r.n & 31, &p.n);
    read_z(s, p.r.m & 31, &p.m);
    switch ((enum sve_perm_op)op) {
    case SVEP_INDEX:     make_index(&p); break;
    case SVEP_ADR:       make_addresses(&p); break;
    case SVEP_DUP:       to_all(&p, number, false); break;
    case SVEP_DUP_LANE:
        if (size == 4) {
            for (unsigned i = 0; i < p.lanes; i++)
                if (number < p.lanes)
                    move_lane(&p.d, i, &p.n, (unsigned)number, 4);
                else
                    memset(p.d.b + 16 * i, 0, 16);
        } else {
            to_all(&p, number < p.lanes ? z_get(&p.n, size, (unsigned)number) : 0, false);
        }
        break;
    case SVEP_COPY_LANE: to_all(&p, z_get(&p.n, size, 0), true); break;
    case SVEP_SEL:
        for (unsigned i = 0; i < p.lanes; i++)
            move_lane(&p.d, i, p_get(pred_of(s, p.r.g), size, i) ? &p.n : &p.m, i, size);
        break;
    case SVEP_EXT:
        at = number < p.vl ? (unsigned)number : 0;
        memcpy(p.d.b, p.n.b + at, p.vl - at);
        memcpy(p.d.b + p.vl - at, p.m.b, at);
        break;
    case SVEP_INSR:      insert(&p, number); break;
    case SVEP_INSR_V:    insert(&p, z_get(&p.n, size, 0)); break;
    case SVEP_TBL:       look_up(&p, 1, false); break;
    case SVEP_TBL2:      look_up(&p, 2, false); break;
    case SVEP_TBX:       look_up(&p, 1, true); break;
    case SVEP_REV:
        for (unsigned i = 0; i < p.lanes; i++)
            move_lane(&p.d, i, &p.n, p.lanes - 1 - i, size);
        break;
    case SVEP_UNPACK:    unpack(&p); break;
    case SVEP_ZIP1: case SVEP_ZIP2: case SVEP_UZP1: case SVEP_UZP2: case SVEP_TRN1: case SVEP_TRN2:
        interleave(&p, op);
        break;
    case SVEP_COMPACT:   compact(&p); break;
    case SVEP_SPLICE: splice(&p); break;
    case SVEP_LAST:
        last_lane(&p, &at);
        return z_get(&p.n, size, at);
    case SVEP_LAST_V:
        last_lane(&p, &at);
        only(&p, z_get(&p.n, size, at));
        break;
    case SVEP_CLAST:
        if (last_lane(&p, &at))
            to_all(&p, z_get(&p.m, size, at), false);
        break;
    case SVEP_CLAST_V:
        only(&p, last_lane(&p, &at) ? z_get(&p.n, size, at) : z_get(&p.d, size, 0));
        break;
    case SVEP_CLAST_R:
        return last_lane(&p, &at) ? z_get(&p.n, size, at) : number & ones(8u << size);
    case SVEP_PZIP1: case SVEP_PZIP2: case SVEP_PUZP1: case SVEP_PUZP2: case SVEP_PTRN1: case SVEP_PTRN2:
        interleave_bits(&p, op);
        return 0;
    case SVEP_PREV:      reverse_bits_of(&p); return 0;
    case SVEP_PUNPACK:   unpack_bits(&p); return 0;
    }
    write_z(s, p.r.d, &p.d);
    return 0;
}

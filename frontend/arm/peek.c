/*
 * peek.c: which condition flags may be read before they are written by the
 * code at a place that has no translation yet. A look at a few encodings, far
 * cheaper than a translation; whatever it does not recognise ends the look
 * with "all flags live", so it can only be too careful.
 */
#include "frontend/arm/translate.h"

#define BUDGET 16 /* instructions looked at, over all paths */
enum { V = 1, C = 2, Z = 4, N = 8, NZ = 12, NZC = 14, ALL = 15 };

/* What one instruction does to flags and control. */
struct effect {
    uint8_t reads, writes;
    enum { NEXT, JUMP, FORK /* conditional branch */, END /* leaves for somewhere unknown */ } kind;
    uint32_t target;
};

struct peek {
    struct code_source *src;
    unsigned budget;
};

static const uint8_t condition_reads[16] = {Z, Z, C, C, N, N, V, V, C | Z, C | Z, N | V, N | V, N | Z | V, N | Z | V};

static const struct effect plain, end = {.kind = END};

static struct effect flags(unsigned reads, unsigned writes)
{
    return (struct effect){.reads = (uint8_t)reads, .writes = (uint8_t)writes};
}

static struct effect to(int kind, uint32_t target)
{
    return (struct effect){.kind = kind, .target = target};
}

/* A data-processing operation with S: kinds 0 logical, 1 arithmetic, 2 arithmetic that reads C.
 * shifter: whether its carry is kept (0), written (C) or perhaps either (V, taken as a read). */
enum { LOGICAL, ARITHMETIC, WITH_CARRY };
static struct effect data(unsigned kind, bool S, bool rrx, bool carry_written, bool carry_unsure)
{
    unsigned reads = (kind == WITH_CARRY || rrx ? C : 0) | (S && kind == LOGICAL && carry_unsure ? C : 0);

    if (!S)
        return flags(reads, 0);
    return flags(reads, kind != LOGICAL ? ALL : carry_written ? NZC : NZ);
}

/* ---- A32 ---- */

static struct effect a32_data_effect(uint32_t insn)
{
    static const uint8_t kinds[16] = {0, 0, 1, 1, 1, 2, 2, 2, 0, 0, 1, 1, 0, 0, 0, 0};
    unsigned op = insn >> 21 & 15, imm5 = insn >> 7 & 31, type = insn >> 5 & 3;
    bool imm = insn >> 25 & 1, S = insn >> 20 & 1, by_reg = !imm && insn >> 4 & 1;
    bool rrx = !imm && !by_reg && type == 3 && !imm5;

    if ((insn >> 12 & 15) == 15 && (op < 8 || op > 11))
        return end;
    if (imm)
        return data(kinds[op], S, false, insn >> 8 & 15, false);
    return data(kinds[op], S, rrx, !by_reg && (imm5 || type), by_reg);
}

static struct effect a32_misc_effect(uint32_t insn)
{
    unsigned op2 = insn >> 4 & 15;

    if (insn >> 25 & 1)
        return insn >> 21 & 1 && insn >> 16 & 0x4f ? end : plain; /* MSR; MOVW, MOVT and hints */
    if (op2 & 8 || op2 == 4 || op2 == 5 || (op2 == 1 && (insn >> 21 & 3) == 3))
        return plain; /* halfword multiplies, CRC32, saturating, CLZ */
    return end;
}

static struct effect a32_effect(uint32_t insn, uint32_t pc)
{
    unsigned group = insn >> 25 & 7;

    if (insn >> 28 == 15)
        return group == 5 || insn >> 24 == 0xf1 ? end : plain;
    switch (group) {
    case 0:
        if ((insn & 0x90) == 0x90)
            return (insn & 0x60) || !(insn >> 20 & 1) || insn >> 24 & 1 ? plain : flags(0, NZ);
        /* fall through */
    case 1:
        return (insn & 0x01900000) == 0x01000000 ? a32_misc_effect(insn) : a32_data_effect(insn);
    case 2:
    case 3:
        return insn >> 20 & 1 && (insn >> 12 & 15) == 15 && !(group == 3 && insn >> 4 & 1) ? end : plain;
    case 4:
        return insn >> 20 & 1 && insn >> 15 & 1 ? end : plain;
    case 5:
        if (insn >> 24 & 1)
            return end;
        return to(insn >> 28 == 14 ? JUMP : FORK, pc + 8 + (uint32_t)(sx(insn, 24) * 4));
    case 6:
        return plain;
    default:
        if ((insn & 0x0fffffff) == 0x0ef1fa10) /* VMRS APSR_nzcv, FPSCR */
            return flags(0, ALL);
        return insn >> 24 & 1 || (insn & 0xf010) == 0xf010 ? end : plain;
    }
}

/* ---- Thumb ---- */

static struct effect t16_low_effect(uint32_t insn)
{
    static const struct effect dp[16] = {
        {.writes = NZ}, {.writes = NZ}, {.reads = C, .writes = NZ}, {.reads = C, .writes = NZ}, {.reads = C, .writes = NZ},
        {.reads = C, .writes = ALL}, {.reads = C, .writes = ALL}, {.reads = C, .writes = NZ},
        {.writes = NZ}, {.writes = ALL}, {.writes = ALL}, {.writes = ALL}, {.writes = NZ}, {.writes = NZ}, {.writes = NZ}, {.writes = NZ},
    };

    if (insn >> 10 == 0x10)
        return dp[insn >> 6 & 15];
    if (insn >> 13 == 0 && insn >> 11 != 3)
        return flags(0, insn >> 6 ? NZC : NZ);
    return flags(0, insn >> 11 == 4 ? NZ : ALL);
}

static struct effect t16_effect(uint32_t insn, uint32_t pc, bool in_it)
{
    struct effect e;

    switch (insn >> 12) {
    case 0: case 1: case 2: case 3:
        e = t16_low_effect(insn);
        if (in_it && insn >> 11 != 5)
            e.writes = 0;
        return e;
    case 4:
        if (insn >> 10 == 0x10) {
            e = t16_low_effect(insn);
            if (in_it && ((insn >> 6 & 15) < 8 || (insn >> 6 & 15) == 9 || (insn >> 6 & 15) > 11))
                e.writes = 0;
            return e;
        }
        if (insn >> 11 == 9)
            return plain;
        if (insn >> 8 == 0x45)
            return flags(0, ALL);
        return insn >> 8 == 0x47 || (insn & 0x87) == 0x87 ? end : plain;
    case 0xb:
        if ((insn & 0xf500) == 0xb100) /* CBZ, CBNZ */
            return to(FORK, pc + 4 + ((insn >> 9 & 1) << 6 | (insn >> 3 & 31) << 1));
        return insn >> 8 == 0xbd || insn >> 8 == 0xbe || insn >> 5 == 0x5b2 ? end : plain;
    case 0xd:
        if ((insn >> 8 & 15) >= 14)
            return end;
        e = to(FORK, pc + 4 + (uint32_t)(sx(insn, 8) * 2));
        e.reads = condition_reads[insn >> 8 & 15];
        return e;
    case 0xe:
        return to(JUMP, pc + 4 + (uint32_t)(sx(insn, 11) * 2));
    default:
        return plain;
    }
}

static struct effect t32_data_effect(uint32_t insn)
{
    static const uint8_t kinds[16] = {0, 0, 0, 0, 0, 0, 0, 0, 1, 0, 2, 2, 0, 1, 1, 0};
    bool imm = insn >> 28 == 0xf, S = insn >> 20 & 1;
    unsigned kind = kinds[insn >> 21 & 15], imm3 = insn >> 12 & 7, imm5 = imm3 << 2 | (insn >> 6 & 3), type = insn >> 4 & 3;

    if (imm)
        return data(kind, S, false, insn >> 26 & 1 || imm3 >= 4, false);
    return data(kind, S, type == 3 && !imm5, imm5 || type, false);
}

static struct effect t32_branch_effect(uint32_t insn, uint32_t pc)
{
    struct effect e;
    uint32_t s = insn >> 26 & 1, j1 = insn >> 13 & 1, j2 = insn >> 11 & 1;

    if (insn & 0x4000)
        return end; /* BL, BLX */
    if (insn & 0x1000) {
        uint32_t i1 = ~(j1 ^ s) & 1, i2 = ~(j2 ^ s) & 1;
        return to(JUMP, pc + 4 + (uint32_t)sx(s << 24 | i1 << 23 | i2 << 22 | (insn >> 16 & 0x3ff) << 12 | (insn & 0x7ff) << 1, 25));
    }
    if ((insn >> 22 & 15) < 14) {
        e = to(FORK, pc + 4 + (uint32_t)sx(s << 20 | j2 << 19 | j1 << 18 | (insn >> 16 & 0x3f) << 12 | (insn & 0x7ff) << 1, 21));
        e.reads = condition_reads[insn >> 22 & 15];
        return e;
    }
    return (insn >> 20 & 0x7f) == 0x3a || (insn >> 20 & 0x7f) == 0x3b ? plain : end; /* hints, barriers */
}

static struct effect t32_effect(uint32_t insn, uint32_t pc)
{
    if (insn >> 25 == 0x74) {
        if (insn >> 22 & 1)
            return (insn & 0xfff0ffe0) == 0xe8d0f000 ? end : plain; /* TBB, TBH */
        return insn >> 20 & 1 && insn >> 15 & 1 ? end : plain;
    }
    if (insn >> 25 == 0x75)
        return t32_data_effect(insn);
    if (insn >> 26 == 0x3b || insn >> 26 == 0x3f) {
        if ((insn & 0x0fffffff) == 0x0ef1fa10)
            return flags(0, ALL);
        return (insn & 0x0f00f010) == 0x0e00f010 ? end : plain;
    }
    if (insn >> 27 == 0x1e) {
        if (insn & 0x8000)
            return t32_branch_effect(insn, pc);
        return insn >> 25 & 1 ? plain : t32_data_effect(insn);
    }
    if ((insn & 0xff70f000) == 0xf850f000)
        return end; /* LDR to pc */
    return (insn & 0xff90f0f0) == 0xfa10f000 ? flags(C, NZ) : plain; /* shift by register with S */
}

/* ---- along the code ---- */

struct place { uint32_t pc; uint8_t it; bool thumb; };

/* Effect of the instruction at p, and p moved behind it. False: it cannot be read. */
static bool step(struct peek *k, struct place *p, struct effect *e)
{
    uint8_t b[4];
    uint32_t insn, pc = p->pc;
    unsigned cond = p->it >> 4;
    bool in_it = p->it;

    if (!k->src->read(k->src, pc, b, p->thumb ? 2 : 4))
        return false;
    p->pc += 4;
    if (!p->thumb) {
        insn = ldle32(b);
        cond = insn >> 28;
        *e = a32_effect(insn, pc);
    } else if (!t32_is_wide(insn = ldle16(b))) {
        *e = t16_effect(insn, pc, in_it);
        p->pc -= 2;
    } else {
        if (!k->src->read(k->src, pc + 2, b + 2, 2))
            return false;
        insn = insn << 16 | ldle16(b + 2);
        *e = t32_effect(insn, pc);
    }
    p->it = it_advance(p->it);
    if (p->thumb && !in_it && insn >> 8 == 0xbf && insn & 15)
        p->it = (uint8_t)insn;
    if ((!p->thumb || in_it) && cond < 14) {
        e->reads |= condition_reads[cond];
        e->writes = 0;
        if (e->kind == JUMP)
            e->kind = FORK;
    }
    return true;
}

static unsigned live(struct peek *k, struct place p)
{
    unsigned need = 0, written = 0;
    struct effect e;

    while (k->budget) {
        k->budget--;
        if (p.pc >= KUSER_PAGE || !step(k, &p, &e))
            break;
        need |= e.reads & ~written;
        written |= e.writes;
        if ((need | written) == ALL)
            return need;
        if (e.kind == END)
            break;
        if (e.kind == FORK)
            need |= live(k, (struct place){e.target, 0, p.thumb}) & ~written;
        if (e.kind == JUMP)
            p.pc = e.target;
    }
    return need | (ALL & ~written);
}

unsigned arm_flags_live(struct region_key key, struct code_source *s)
{
    struct peek k = {s, BUDGET};

    return live(&k, (struct place){(uint32_t)key.pc, (key.mode & MODE_IT) >> MODE_IT_SHIFT, key.mode & MODE_T});
}

/*
 * peek.c: which condition flags may be read before they are written by the
 * code at a place that has no translation yet. A look at a few encodings, far
 * cheaper than a translation; whatever it does not recognise ends the look
 * with "all flags live", so it can only be too careful.
 *
 * Calls and returns. The procedure call standard leaves flags undefined there,
 * and compilers keep to it; but there are routines that return flags (the run-time
 * ABI's __aeabi_cdcmple) or are called with flags alive across. So flags count as
 * dead at returns and indirect calls until a call is reached behind which they
 * are read first: then arm_returns_keep_flags is set, for good, and everything
 * translated before is dropped (ir_region.disproved).
 * What stands behind a call that never returns may be data and look as if it read
 * flags, so the call gets a region of its own: that is translated when it runs.
 */
#include "frontend/arm/integer.h"
#include "frontend/arm/translate.h"

#define BUDGET 64       /* instructions looked at, over all paths: hot loops without flags are long */
#define BUDGET_CALL 64  /* behind a call: who takes flags from it looks at them at once; what lies further is not them */
#define MAX_PLACES 16

bool arm_returns_keep_flags;

enum { V = 1, C = 2, Z = 4, N = 8, NZ = 12, NZC = 14, ALL = 15 };

/* What one instruction does to flags and control; 8 bytes, all zero for most. */
enum {
    NEXT,
    JUMP,
    FORK,   /* conditional branch */
    CALL,
    ICALL,  /* through a register */
    RETURN,
    PUBLIC, /* through the linker's table: its first call goes to the dynamic linker, which keeps no flags */
    END     /* leaves for somewhere unknown */
};
struct effect {
    uint8_t reads, writes;
    uint8_t keeps; /* perhaps neither: the carry of a shift by a register, which may be by 0 */
    uint8_t kind : 4;
    bool exchange : 1; /* the target is of the other instruction set */
    bool traps : 1;    /* to the kernel */
    uint32_t target;
};

struct peek {
    struct code_source *src;
    unsigned budget;
    bool behind_call; /* looking for reads of what a callee left: what is unknown reads nothing */
    bool passes;      /* a path has returned from a callee, or may have, with flags it did not write */
    unsigned nplaces;
    uint64_t near_places; /* one bit for all whose pc / 2 is equal modulo 64 */
    struct { uint32_t pc; uint8_t written; } place[MAX_PLACES]; /* where paths have been led, with these flags written */
};

static const uint8_t condition_reads[16] = {Z, Z, C, C, N, N, V, V, C | Z, C | Z, N | V, N | V, N | Z | V, N | Z | V};

static const struct effect plain, svc = {.traps = true}, end = {.kind = END}, give_back = {.kind = RETURN};

static struct effect flags(unsigned reads, unsigned writes)
{
    return (struct effect){.reads = (uint8_t)reads, .writes = (uint8_t)writes};
}

static struct effect to(int kind, uint32_t target)
{
    return (struct effect){.kind = (uint8_t)kind & 15, .target = target};
}

/* A data-processing operation with S: kinds 0 logical, 1 arithmetic, 2 arithmetic that reads C.
 * shifter: whether its carry is kept (0), written (C) or perhaps either (keeps). */
enum { LOGICAL, ARITHMETIC, WITH_CARRY };
static struct effect data(unsigned kind, bool S, bool rrx, bool carry_written, bool carry_unsure)
{
    unsigned reads = kind == WITH_CARRY || rrx ? C : 0;
    struct effect e;

    if (!S)
        return flags(reads, 0);
    e = flags(reads, kind != LOGICAL ? ALL : carry_written ? NZC : NZ);
    e.keeps = kind == LOGICAL && carry_unsure ? C : 0;
    return e;
}

/* ---- A32 ---- */

static struct effect a32_data_effect(uint32_t insn)
{
    static const uint8_t kinds[16] = {0, 0, 1, 1, 1, 2, 2, 2, 0, 0, 1, 1, 0, 0, 0, 0};
    unsigned op = insn >> 21 & 15, imm5 = insn >> 7 & 31, type = insn >> 5 & 3;
    bool imm = insn >> 25 & 1, S = insn >> 20 & 1, by_reg = !imm && insn >> 4 & 1;
    bool rrx = !imm && !by_reg && type == 3 && !imm5;

    if ((insn >> 12 & 15) == 15 && (op < 8 || op > 11))
        return (insn & 0x0fffffff) == 0x01a0f00e ? give_back : end; /* MOV PC, LR */
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
    if ((insn & 0x0fffffff) == 0x012fff1e)
        return give_back; /* BX LR */
    return (insn & 0x0ffffff0) == 0x012fff30 ? to(ICALL, 0) : end;
}

static struct effect a32_load_effect(uint32_t insn)
{
    if (!(insn >> 20 & 1) || (insn >> 12 & 15) != 15 || (insn >> 25 & 1 && insn >> 4 & 1))
        return plain;
    if ((insn & 0x0ffff000) == 0x05bcf000) /* LDR PC, [IP, #n]! */
        return to(PUBLIC, 0);
    return (insn & 0x0ffff000) == 0x049df000 ? give_back : end; /* POP {PC}, LDR PC, [SP], #n */
}

static struct effect a32_effect(uint32_t insn, uint32_t pc)
{
    unsigned group = insn >> 25 & 7;

    if (insn >> 28 == 15) {
        if (group == 5)
            return (struct effect){.kind = CALL, .exchange = true, .target = pc + 8 + (uint32_t)(sx(insn, 24) * 4) + (insn >> 23 & 2)};
        return insn >> 24 == 0xf1 ? end : plain;
    }
    switch (group) {
    case 0:
        if ((insn & 0x90) == 0x90)
            return (insn & 0x60) || !(insn >> 20 & 1) || insn >> 24 & 1 ? plain : flags(0, NZ);
        /* fall through */
    case 1:
        return (insn & 0x01900000) == 0x01000000 ? a32_misc_effect(insn) : a32_data_effect(insn);
    case 2:
    case 3:
        return a32_load_effect(insn);
    case 4:
        return insn >> 20 & 1 && insn >> 15 & 1 ? give_back : plain;
    case 5:
        return to(insn >> 24 & 1 ? CALL : JUMP, pc + 8 + (uint32_t)(sx(insn, 24) * 4));
    case 6:
        return plain;
    default:
        if ((insn & 0x0fffffff) == 0x0ef1fa10) /* VMRS APSR_nzcv, FPSCR */
            return flags(0, ALL);
        if (insn >> 24 & 1)
            return svc;
        return (insn & 0xf010) == 0xf010 ? end : plain;
    }
}

/* ---- Thumb ---- */

static struct effect t16_low_effect(uint32_t insn)
{
    static const struct effect dp[16] = {
        {.writes = NZ}, {.writes = NZ}, {.keeps = C, .writes = NZ}, {.keeps = C, .writes = NZ}, {.keeps = C, .writes = NZ},
        {.reads = C, .writes = ALL}, {.reads = C, .writes = ALL}, {.keeps = C, .writes = NZ},
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
        if (insn == 0x4770)
            return give_back;
        if (insn >> 7 == 0x8f)
            return to(ICALL, 0);
        if (insn == 0x4778) /* BX PC */
            return (struct effect){.kind = JUMP, .exchange = true, .target = (pc + 4) & ~3u};
        return insn >> 8 == 0x47 || (insn & 0x87) == 0x87 ? end : plain;
    case 0xb:
        if ((insn & 0xf500) == 0xb100) /* CBZ, CBNZ */
            return to(FORK, pc + 4 + ((insn >> 9 & 1) << 6 | (insn >> 3 & 31) << 1));
        if (insn >> 8 == 0xbd)
            return give_back;
        return insn >> 8 == 0xbe || insn >> 5 == 0x5b2 ? end : plain;
    case 0xd:
        if ((insn >> 8 & 15) >= 14)
            return insn >> 8 & 1 ? svc : end; /* or UDF */
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

    if ((insn & 0x5000) == 0x4000) /* BLX */
        return (struct effect){.kind = CALL, .exchange = true, .target = ((pc + 4) & ~3u) + (uint32_t)t32_offset(insn)};
    if (insn & 0x1000) /* B, BL */
        return to(insn & 0x4000 ? CALL : JUMP, pc + 4 + (uint32_t)t32_offset(insn));
    if ((insn >> 22 & 15) < 14) {
        e = to(FORK, pc + 4 + (uint32_t)sx(s << 20 | j2 << 19 | j1 << 18 | (insn >> 16 & 0x3f) << 12 | (insn & 0x7ff) << 1, 21));
        e.reads = condition_reads[insn >> 22 & 15];
        return e;
    }
    return (insn >> 20 & 0x7f) == 0x3a || (insn >> 20 & 0x7f) == 0x3b ? plain : end; /* hints, barriers */
}

static struct effect t32_load_effect(uint32_t insn)
{
    if ((insn >> 12 & 15) != 15)
        return plain;
    if (insn == 0xf85dfb04)
        return give_back; /* POP.W {PC} */
    if (insn == 0xf8dcf000)
        return to(PUBLIC, 0); /* LDR PC, [IP] */
    return (insn & 0xff70f000) == 0xf850f000 ? end : plain; /* LDR to pc */
}

static struct effect t32_effect(uint32_t insn, uint32_t pc)
{
    switch (insn >> 25) {
    case 0x74:
        if (insn >> 22 & 1)
            return (insn & 0xfff0ffe0) == 0xe8d0f000 ? end : plain; /* TBB, TBH */
        return insn >> 20 & 1 && insn >> 15 & 1 ? give_back : plain;
    case 0x75:
        return t32_data_effect(insn);
    case 0x76: case 0x77: case 0x7e: case 0x7f:
        if ((insn & 0x0fffffff) == 0x0ef1fa10)
            return flags(0, ALL);
        return (insn & 0x0f00f010) == 0x0e00f010 ? end : plain;
    case 0x78: case 0x79: case 0x7a: case 0x7b:
        if (insn & 0x8000)
            return t32_branch_effect(insn, pc);
        return insn >> 25 & 1 ? plain : t32_data_effect(insn);
    case 0x7c:
        return t32_load_effect(insn);
    default: /* shift by register with S */
        return (insn & 0xff90f0f0) == 0xfa10f000 ? data(LOGICAL, true, false, false, true) : plain;
    }
}

/* ---- along the code ---- */

struct place { uint32_t pc; uint8_t it; bool thumb; };

/* 16-bit instructions outside IT blocks whose effect their upper five bits tell, all that go on behind themselves. */
#define KNOWN 0x80
static const uint8_t t16_writes[32] = {
    [1] = KNOWN | NZC, [2] = KNOWN | NZC, [3] = KNOWN | ALL, [4] = KNOWN | NZ, [5] = KNOWN | ALL, [6] = KNOWN | ALL, [7] = KNOWN | ALL,
    [9 ... 21] = KNOWN, [24 ... 25] = KNOWN,
};

/* What an IT block makes of the effect, and the state behind the instruction. */
static void in_it_block(struct place *p, uint32_t insn, struct effect *e, bool *conditional)
{
    unsigned cond = p->it >> 4;

    if (!p->it) {
        if (insn & 15)
            p->it = (uint8_t)insn; /* IT itself, if not a hint */
        return;
    }
    p->it = it_advance(p->it);
    *conditional = cond < 14;
    if (*conditional) {
        e->reads |= condition_reads[cond];
        e->writes = 0;
    }
}

/* The Thumb instruction at pc, as read_thumb() gives it. */
static inline unsigned next_thumb(struct code_cursor *c, struct code_source *src, uint32_t pc, uint32_t *insn)
{
    uint16_t half[2];

    if (!cursor_read(c, src, pc, &half[0], 2))
        return 0;
    *insn = half[0];
    if (!t32_is_wide(half[0]))
        return 2;
    if (!cursor_read(c, src, pc + 2, &half[1], 2))
        return 0;
    *insn = (uint32_t)half[0] << 16 | half[1];
    return 4;
}

/* Effect of the instruction at p, and p moved behind it. conditional: it may not happen. False: it cannot be read. */
static inline __attribute__((always_inline)) bool step(struct code_source *src, struct code_cursor *c, struct place *p, struct effect *e, bool *conditional)
{
    uint32_t insn, pc = p->pc;
    unsigned length, cond;

    *conditional = false;
    if (p->thumb) {
        length = next_thumb(c, src, pc, &insn);
        if (!length)
            return false;
        p->pc += length;
        if (length == 4)
            *e = t32_effect(insn, pc);
        else if (!p->it && t16_writes[insn >> 11])
            *e = flags(0, t16_writes[insn >> 11] & ALL);
        else
            *e = t16_effect(insn, pc, p->it);
        if (p->it || insn >> 8 == 0xbf)
            in_it_block(p, insn, e, conditional);
        return true;
    }
    if (!cursor_read(c, src, pc, &insn, 4))
        return false;
    p->pc += 4;
    *e = a32_effect(insn, pc);
    cond = insn >> 28;
    if (cond < 14) {
        *conditional = true;
        e->reads |= condition_reads[cond];
        e->writes = 0;
    }
    return true;
}

static bool may_have_been(const struct peek *k, uint32_t pc) { return k->near_places >> (pc >> 1 & 63) & 1; }

/* Has a path been led here that knew no more flags to be written? What it found counts already. */
static bool been_here(struct peek *k, uint32_t pc, unsigned written)
{
    for (unsigned i = 0; may_have_been(k, pc) && i < k->nplaces; i++)
        if (k->place[i].pc == pc) {
            bool been = !(k->place[i].written & ~written);

            k->place[i].written = (uint8_t)written;
            k->passes |= been;
            return been;
        }
    return false;
}

/* A path is led to here. */
static bool go_there(struct peek *k, uint32_t pc, unsigned written)
{
    if (been_here(k, pc, written))
        return true;
    if (k->nplaces < MAX_PLACES) {
        k->place[k->nplaces].pc = pc;
        k->place[k->nplaces++].written = (uint8_t)written;
        k->near_places |= 1ull << (pc >> 1 & 63);
    }
    return false;
}

static unsigned live(struct peek *k, struct place p, unsigned written);

static void begin(struct peek *k, struct code_source *src, unsigned budget, bool behind_call);

/* Which flags that a callee left are read at p? */
static unsigned read_behind_call(struct code_source *src, struct place p)
{
    struct peek k;

    begin(&k, src, BUDGET_CALL, true);
    return live(&k, p, 0);
}

/*
 * Flags that are read behind a call: those that arm_call_waits() will find when the call is
 * translated must not have been dropped on the way to it.
 */
static unsigned behind(const struct peek *k, struct place return_address)
{
    return k->behind_call ? 0 : read_behind_call(k->src, return_address);
}

/* Does the straight code at p return without having touched flags? Go's block copies do: up to 256 instructions. */
static bool leaves_flags_alone(struct peek *k, struct place p)
{
    struct code_cursor c = {0};
    struct effect e;
    bool conditional;

    for (unsigned n = 0; n < 260 && p.pc < KUSER_PAGE && step(k->src, &c, &p, &e, &conditional); n++)
        if (e.writes || conditional || e.kind != NEXT)
            return !e.writes && !conditional && e.kind == RETURN;
    return false;
}

/* Only what a callee may leave as it was can be read behind its call. */
static unsigned through_call(struct peek *k, struct place target, struct place return_address, unsigned written)
{
    bool passes = k->passes;
    unsigned need;

    k->passes = false;
    need = live(k, target, written);
    if (k->passes)
        need |= behind(k, return_address);
    k->passes |= passes;
    return need;
}

/* Flags that are read where e, which is not NEXT, may go but for behind it, which is next. *ends: nothing goes on there. */
static unsigned elsewhere(struct peek *k, const struct effect *e, struct place next, unsigned written, bool *ends)
{
    struct place target = {e->target, 0, next.thumb ^ e->exchange};

    *ends = e->kind != FORK;
    switch (e->kind) {
    case PUBLIC:
        k->passes = true;
        return 0;
    case FORK:
    case JUMP:
        return live(k, target, written);
    case CALL:
        if (k->behind_call)
            return 0;
        return arm_returns_keep_flags ? ALL : through_call(k, target, (struct place){next.pc, 0, next.thumb}, written);
    case ICALL:
        k->passes = true;
        return arm_returns_keep_flags ? ALL : behind(k, (struct place){next.pc, 0, next.thumb});
    case RETURN:
        k->passes = true;
        return arm_returns_keep_flags ? ALL : 0;
    default:
        return k->behind_call ? 0 : ALL;
    }
}

static unsigned live(struct peek *k, struct place p, unsigned written)
{
    struct code_cursor c = {0};
    unsigned need = 0;
    bool conditional, ends;
    struct effect e;

    if (go_there(k, p.pc, written))
        return 0;
    while (k->budget) {
        k->budget--;
        if (p.pc >= KUSER_PAGE || !step(k->src, &c, &p, &e, &conditional))
            break;
        if (!memcmp(&e, &plain, sizeof e)) {
            if (been_here(k, p.pc, written))
                return need;
            continue;
        }
        need |= (e.reads | (k->behind_call ? 0 : e.keeps)) & ~written;
        written |= e.writes;
        if ((need | written) == ALL)
            return need;
        if (e.kind != NEXT)
            cursor_lose(&c);
        if (e.kind == JUMP && !conditional) {
            p = (struct place){e.target, 0, p.thumb ^ e.exchange};
            if (go_there(k, p.pc, written))
                return need;
            continue;
        }
        if (e.kind != NEXT && !(e.kind == CALL && k->behind_call && leaves_flags_alone(k, (struct place){e.target, 0, p.thumb ^ e.exchange}))) {
            need |= elsewhere(k, &e, p, written, &ends) & ~written;
            if (ends && !conditional)
                return need;
        }
        if (been_here(k, p.pc, written))
            return need;
    }
    return k->behind_call ? need : need | (ALL & ~written);
}

static void begin(struct peek *k, struct code_source *src, unsigned budget, bool behind_call)
{
    k->src = src;
    k->budget = budget;
    k->behind_call = behind_call;
    k->passes = false;
    k->nplaces = 0;
    k->near_places = 0;
}

unsigned arm_flags_live(struct region_key key, struct code_source *s)
{
    struct peek k;

    begin(&k, s, BUDGET, false);
    return live(&k, (struct place){(uint32_t)key.pc, (key.mode & MODE_IT) >> MODE_IT_SHIFT, key.mode & MODE_T}, 0);
}

/* MVN r3, #0xf000; MOV LR, PC; SUB PC, r3, #63: how C libraries for old CPUs call
 * the kernel's helpers. Those answer into the state, flags and all. */
static bool calls_kernel_helper(struct a32 *t)
{
    uint8_t b[4];

    return !t->thumb && t->insn == 0xe1a0e00f && code_read(t->src, t->next, b, 4) && (ldle32(b) & 0xfff0ff00) == 0xe240f000;
}

bool arm_call_waits(struct a32 *t, uint32_t return_address)
{
    if (arm_returns_keep_flags || calls_kernel_helper(t) || !read_behind_call(t->src, (struct place){return_address & ~1u, 0, t->thumb}))
        return false;
    if (t->pc != (uint32_t)t->ir->key.pc) {
        ir_exit(t->ir, t->pc, t->mode | (uint32_t)t->it << MODE_IT_SHIFT);
        t->done = true;
        return true;
    }
    arm_returns_keep_flags = true;
    t->ir->disproved = true;
    return false;
}

/* ---- functions that may be inlined ---- */

#define MAX_INLINE 24 /* instructions */
#define MAX_TAIL 4    /* of an early return */

/* e, the last of n instructions, goes on in a way that can be followed in a frame. */
static bool is_straight(const struct effect *e, uint32_t pc)
{
    return !e->traps && (e->kind == NEXT || (e->kind == JUMP && !e->exchange && e->target > pc));
}

bool arm_returns_soon(struct a32 *t, uint32_t pc)
{
    struct place p = {pc, 0, t->thumb};
    struct code_cursor c = {0};
    bool conditional;
    struct effect e;

    for (unsigned n = 0; n < MAX_TAIL && p.pc < KUSER_PAGE; n++) {
        uint32_t at = p.pc;

        if (!step(t->src, &c, &p, &e, &conditional))
            return false;
        if (e.kind == RETURN)
            return !conditional;
        if (e.kind != NEXT || !is_straight(&e, at))
            return false;
    }
    return false;
}

bool arm_may_inline(struct a32 *t, uint32_t pc, uint32_t *stop)
{
    struct place p = {pc, 0, t->thumb};
    struct code_cursor c = {0};
    bool conditional;
    struct effect e;

    *stop = NOWHERE;
    for (unsigned n = 0; n < MAX_INLINE && p.pc < KUSER_PAGE; n++) {
        uint32_t at = p.pc;

        if (!step(t->src, &c, &p, &e, &conditional))
            break;
        if (e.kind == RETURN && !conditional) {
            *stop = NOWHERE;
            return true;
        }
        cursor_lose(&c);
        if (e.kind == RETURN || ((e.kind == FORK || (e.kind == JUMP && conditional)) && arm_returns_soon(t, e.target))) {
            *stop = p.pc;
            continue;
        }
        if (e.kind == FORK || (e.kind == JUMP && conditional)) {
            if (e.target <= at) /* a loop */
                break;
            continue;
        }
        if (!is_straight(&e, at))
            break;
        if (e.kind == JUMP)
            p = (struct place){e.target, 0, t->thumb};
    }
    return *stop != NOWHERE;
}

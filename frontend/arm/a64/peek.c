/*
 * peek.c: which condition flags may be read before they are written by the
 * code at a place that has no translation yet. A look at a few encodings, far
 * cheaper than a translation; at whatever it does not recognise all flags are
 * live, so it can only be too careful.
 *
 * Calls and returns. The procedure call standard (AAPCS64 6.1.1) leaves flags
 * undefined there, and compilers keep to it; assembly code need not. So flags
 * count as dead at returns and indirect calls until a call is reached behind which
 * they are read first: then a64_returns_keep_flags is set, for good, and everything
 * translated before is dropped (ir_region.disproved).
 * Jumps through a compiler's tables are taken for such too: no flags live from a switch to its cases.
 * What stands behind a call that never returns may be data and look as if it read
 * flags, so the call gets a region of its own: that is translated when it runs.
 */
#include "frontend/arm/a64/translate.h"

#define BUDGET 64       /* instructions looked at, over all paths: hot loops without flags are long */
#define BUDGET_CALL 64  /* behind a call: who takes flags from it looks at them at once; what lies further is not them */
#define MAX_PLACES 16

bool a64_returns_keep_flags;

enum { V = 1, C = 2, Z = 4, N = 8, ALL = 15 };

/* What one instruction does to flags and control. */
struct effect {
    uint8_t reads, writes;
    enum {
        NEXT,
        JUMP,
        FORK,   /* conditional branch */
        CALL,
        ICALL,  /* through a register */
        RETURN,
        PUBLIC, /* through the linker's table: its first call goes to the dynamic linker, which keeps no flags */
        END     /* leaves for somewhere unknown */
    } kind;
    uint64_t target;
};

struct peek {
    struct code_source *src;
    unsigned budget;
    bool behind_call; /* looking for reads of what a callee left: what is unknown reads nothing */
    bool passes;      /* a path has returned from a callee, or may have, with flags it did not write */
    unsigned nplaces;
    uint64_t near_places; /* one bit for all whose pc / 4 is equal modulo 64 */
    struct { uint64_t pc; uint8_t written; } place[MAX_PLACES]; /* where paths have been led, with these flags written */
};

static const uint8_t condition_reads[16] = {Z, Z, C, C, N, N, V, V, C | Z, C | Z, N | V, N | V, N | Z | V, N | Z | V, 0, 0};

/* Data processing with registers of more than two kinds, by bits that fix its use of flags. The first row that matches counts. */
enum { CONDITION = 16 }; /* reads what the condition in bits 15..12 looks at */
static const struct row { uint32_t mask, value; uint8_t reads, writes; } data_rows[] = {
    {0x3fe00000, 0x1a800000, CONDITION, 0},   /* CSEL ... */
    {0x3fe00000, 0x3a400000, CONDITION, ALL}, /* CCMP CCMN */
    {0x3fe0fc00, 0x1a000000, C, 0},           /* ADC SBC */
    {0x3fe0fc00, 0x3a000000, C, ALL},         /* ADCS SBCS */
    {0xffffbc1f, 0x3a00080d, 0, N | Z | V},   /* SETF8 SETF16 */
}, fp_rows[] = {
    {0xff20fc07, 0x1e202000, 0, ALL},         /* FCMP */
    {0xff200c00, 0x1e200c00, CONDITION, 0},   /* FCSEL */
    {0xff200c00, 0x1e200400, CONDITION, ALL}, /* FCCMP */
};

static void find(const struct row *row, unsigned n, uint32_t insn, struct effect *e)
{
    for (unsigned i = 0; i < n; i++) {
        if ((insn & row[i].mask) != row[i].value)
            continue;
        e->reads = row[i].reads == CONDITION ? condition_reads[insn >> 12 & 15] : row[i].reads;
        e->writes = row[i].writes;
        return;
    }
}

static void data_effect(uint32_t insn, struct effect *e)
{
    find(data_rows, ARRAY_SIZE(data_rows), insn, e);
    if ((insn & 0xffe07c10) == 0xba000400) /* RMIF */
        e->writes = insn & 15;
}

bool a64_jumps_by_table(struct code_source *s, uint64_t pc, unsigned Rn)
{
    uint32_t insn;

    if (Rn == 16 || Rn == 17) /* the linker's stub */
        return true;
    for (unsigned n = 1; n <= 3 && code_read(s, pc - 4 * n, &insn, 4); n++) {
        if ((insn & 31) == Rn && ((insn & 0xff000000) == 0x8b000000 || (insn & 0xffe00c00) == 0xf8600800))
            return true; /* ADD with a shifted or extended entry; LDR of an entry */
        if ((insn >> 26 & 7) == 5) /* a branch: what is before it is elsewhere */
            break;
    }
    return false;
}

static void register_branch_effect(uint32_t insn, struct effect *e)
{
    static const uint8_t kinds[4] = {END, ICALL, RETURN, END};

    e->kind = kinds[insn >> 21 & 3];
}

static void system_effect(uint32_t insn, struct effect *e)
{
    if ((insn & 0xffffffe0) == 0xd51b4200) /* MSR NZCV */
        e->writes = ALL;
    else if ((insn & 0xffffffe0) == 0xd53b4200) /* MRS NZCV */
        e->reads = ALL;
    else if ((insn & 0xfffff01f) == 0xd500401f) /* CFINV, AXFLAG, XAFLAG */
        e->reads = ALL;
    else if ((insn & 0xffffffc0) == 0xd53b2400) /* RNDR, RNDRRS */
        e->writes = ALL;
}

static void branch_to(struct effect *e, int kind, uint64_t pc, uint32_t field, unsigned bits)
{
    e->kind = kind;
    e->target = pc + (uint64_t)(sx(field, bits) * 4);
}

/*
 * By the top byte, most significant bit first: '.' no flags, on to the next; A writes all flags; I too, if bit 23 is
 * clear (immediates); D, F: data_rows, fp_rows; M: MOPS, or '.'; J, L: B, BL; b: B.cond; c: CBZ; t: TBZ; R: branches to
 * registers; S: system; X: exceptions; E: not allocated.
 */
static const char groups[256 + 1] =
    "EEEEEEEE............JJJJ.MD..MF." /* 00 */
    "EEEEEEEE...A.....I..cctt..D....." /* 20 */
    "EEEEEEEE............bEEE.MD..M.." /* 40 */
    "EEEEEEEE..AA.....II.EEEE..D....." /* 60 */
    "EEEEEEEE............LLLL.MD..M.." /* 80 */
    "EEEEEEEE...A.....I..cctt..D....." /* a0 */
    "EEEEEEEE............XSRR.MD..M.." /* c0 */
    "EEEEEEEE..AA.....II.EEEE..D....."; /* e0 */

static bool is_plain(uint32_t insn) { return groups[insn >> 24] == '.'; }

static struct effect effect_of(uint32_t insn, uint64_t pc)
{
    struct effect e = {.kind = NEXT};

    switch (groups[insn >> 24]) {
    case '.':
        break;
    case 'A':
        e.writes = ALL;
        break;
    case 'I':
        e.writes = insn >> 23 & 1 ? 0 : ALL;
        break;
    case 'D':
        data_effect(insn, &e);
        break;
    case 'F':
        find(fp_rows, ARRAY_SIZE(fp_rows), insn, &e);
        break;
    case 'M': /* they pass flags from one instruction to the next */
        if ((insn & 0x3b200c00) == 0x19000400)
            e.reads = ALL;
        break;
    case 'J':
        branch_to(&e, JUMP, pc, insn, 26);
        break;
    case 'L':
        branch_to(&e, CALL, pc, insn, 26);
        break;
    case 'b':
        e.reads = condition_reads[insn & 15];
        branch_to(&e, (insn & 15) < IR_AL ? FORK : JUMP, pc, insn >> 5, 19);
        break;
    case 'c':
        branch_to(&e, FORK, pc, insn >> 5, 19);
        break;
    case 't':
        branch_to(&e, FORK, pc, insn >> 5, 14);
        break;
    case 'R':
        register_branch_effect(insn, &e);
        break;
    case 'S':
        system_effect(insn, &e);
        break;
    case 'X':
        e.kind = (insn & 0xffe0001f) == 0xd4000001 ? NEXT : END; /* SVC */
        break;
    default:
        e.kind = END;
    }
    return e;
}

/* ---- along the code ---- */

/* Has a path been led here that knew no more flags to be written? What it found counts already. */
static bool been_here(struct peek *k, uint64_t pc, unsigned written)
{
    if (!(k->near_places >> (pc >> 2 & 63) & 1))
        return false;
    for (unsigned i = 0; i < k->nplaces; i++)
        if (k->place[i].pc == pc) {
            bool been = !(k->place[i].written & ~written);

            k->place[i].written = (uint8_t)written;
            k->passes |= been;
            return been;
        }
    return false;
}

/* A path is led to here. */
static bool go_there(struct peek *k, uint64_t pc, unsigned written)
{
    if (been_here(k, pc, written))
        return true;
    if (k->nplaces < MAX_PLACES) {
        k->place[k->nplaces].pc = pc;
        k->place[k->nplaces++].written = (uint8_t)written;
        k->near_places |= 1ull << (pc >> 2 & 63);
    }
    return false;
}

/* Does the straight code at pc return without having touched flags? Go's block copies do: up to 256 instructions. */
static bool leaves_flags_alone(struct code_source *src, uint64_t pc)
{
    struct code_cursor c = {0};
    uint32_t insn;

    for (unsigned n = 0; n < 260 && !(pc & 3) && cursor_read(&c, src, pc, &insn, 4); n++, pc += 4) {
        struct effect e;

        if (is_plain(insn))
            continue;
        e = effect_of(insn, pc);
        if (e.writes || e.kind != NEXT)
            return !e.writes && e.kind == RETURN;
    }
    return false;
}

static unsigned live(struct peek *k, uint64_t pc, unsigned written);

static void begin(struct peek *k, struct code_source *src, unsigned budget, bool behind_call)
{
    k->src = src;
    k->budget = budget;
    k->behind_call = behind_call;
    k->passes = false;
    k->nplaces = 0;
    k->near_places = 0;
}

/* Which flags that a callee left are read at pc? */
static unsigned read_behind_call(struct code_source *src, uint64_t pc)
{
    struct peek k;

    begin(&k, src, BUDGET_CALL, true);
    return live(&k, pc, 0);
}

/*
 * Flags that are read behind a call: those that a64_call_waits() will find when the call is
 * translated must not have been dropped on the way to it.
 */
static unsigned behind(const struct peek *k, uint64_t return_address)
{
    return k->behind_call ? 0 : read_behind_call(k->src, return_address);
}

/* Only what a callee may leave as it was can be read behind its call. */
static unsigned through_call(struct peek *k, uint64_t target, uint64_t return_address, unsigned written)
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

/* Flags that are read where e, at pc, may go but for behind it. *ends: nothing goes on behind it. */
static unsigned elsewhere(struct peek *k, const struct effect *e, uint64_t pc, unsigned written, bool *ends)
{
    *ends = e->kind != FORK;
    switch (e->kind) {
    case FORK:
        return live(k, e->target, written);
    case CALL:
        if (k->behind_call)
            return 0;
        return a64_returns_keep_flags ? ALL : through_call(k, e->target, pc + 4, written);
    case ICALL:
        k->passes = true;
        return a64_returns_keep_flags ? ALL : behind(k, pc + 4);
    case RETURN:
    case PUBLIC:
        k->passes = true;
        return a64_returns_keep_flags ? ALL : 0;
    default:
        return k->behind_call ? 0 : ALL;
    }
}

static unsigned live(struct peek *k, uint64_t pc, unsigned written)
{
    struct code_cursor c = {0};
    unsigned need = 0;
    uint32_t insn;
    bool ends;

    if (go_there(k, pc, written))
        return 0;
    for (; k->budget; pc += 4) {
        struct effect e;

        k->budget--;
        if (pc & 3 || !cursor_read(&c, k->src, pc, &insn, 4))
            break;
        if (is_plain(insn))
            continue;
        e = effect_of(insn, pc);
        need |= e.reads & ~written;
        written |= e.writes;
        if ((need | written) == ALL)
            return need;
        if (e.kind == NEXT)
            continue;
        cursor_lose(&c);
        if ((insn & 0xfefff000) == 0xd61f0000 && a64_jumps_by_table(k->src, pc, insn >> 5 & 31)) /* BR */
            e.kind = PUBLIC;
        if (e.kind == CALL && k->behind_call && leaves_flags_alone(k->src, e.target))
            continue;
        if (e.kind == JUMP) {
            if (go_there(k, e.target, written))
                return need;
            pc = e.target - 4;
            continue;
        }
        need |= elsewhere(k, &e, pc, written, &ends) & ~written;
        if (ends || (need | written) == ALL)
            return need;
    }
    return k->behind_call ? need : need | (ALL & ~written);
}

unsigned a64_flags_live(struct region_key key, struct code_source *s)
{
    struct peek k;

    begin(&k, s, BUDGET, false);
    return live(&k, key.pc, 0);
}

bool a64_call_waits(struct a64 *t, uint64_t return_address)
{
    struct effect call;

    if (a64_returns_keep_flags || !read_behind_call(t->src, return_address))
        return false;
    call = effect_of(t->insn, t->pc);
    if (call.kind == CALL && leaves_flags_alone(t->src, call.target))
        return false;
    if (t->pc != t->ir->key.pc) {
        ir_exit(t->ir, t->pc, t->mode);
        t->done = true;
        return true;
    }
    a64_returns_keep_flags = true;
    t->ir->disproved = true;
    return false;
}

/* ---- functions that may be inlined ---- */

#define MAX_INLINE 24 /* instructions */
#define MAX_TAIL 4    /* of an early return */

static bool step(struct a64 *t, uint64_t pc, struct effect *e, bool *traps)
{
    uint32_t insn;

    if (pc & 3 || !code_read(t->src, pc, &insn, 4))
        return false;
    *e = effect_of(insn, pc);
    *traps = insn >> 24 == 0xd4;
    return true;
}

bool a64_returns_soon(struct a64 *t, uint64_t pc)
{
    struct effect e;
    bool traps;

    for (unsigned n = 0; n < MAX_TAIL; n++, pc += 4) {
        if (!step(t, pc, &e, &traps))
            return false;
        if (e.kind != NEXT || traps)
            return e.kind == RETURN;
    }
    return false;
}

/* The whole of a short function, or what is before the last of its early returns. */
bool a64_may_inline(struct a64 *t, uint64_t pc, uint64_t *stop)
{
    struct effect e;
    bool traps;

    *stop = NOWHERE;
    for (unsigned n = 0; n < MAX_INLINE && step(t, pc, &e, &traps); n++) {
        uint64_t at = pc;

        pc += 4;
        if (e.kind == RETURN) {
            *stop = NOWHERE;
            return true;
        }
        if (e.kind == FORK) {
            if (a64_returns_soon(t, e.target))
                *stop = pc;
            else if (e.target <= at) /* a loop */
                break;
        } else if (e.kind == JUMP && e.target > at) {
            pc = e.target;
        } else if (e.kind != NEXT || traps) {
            break;
        }
    }
    return *stop != NOWHERE;
}

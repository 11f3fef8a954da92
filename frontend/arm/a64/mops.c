/*
 * mops.c: memory copy and memory set: prologue, main, epilogue. Called by
 * a64_mem_decode(). Source: ARM DDI 0487 C6.2 (CPYFP on, SETP on), D1.3.7.
 *
 * Our prologue makes the registers of option A and moves nothing; main moves
 * all; the epilogue finds nothing left unless a program has changed the
 * registers. In option A a forward operation has the addresses at its end and
 * the negated count of what is left, a backward copy the addresses at its start
 * and the count. Registers with C set are of option B (the address where to go
 * on, the count left): a kernel would have made them A, so both are understood.
 *
 * Work is done in pieces that lie in one page each, and the count is brought up
 * to date after each: an instruction that faults can be started again.
 */
#include "frontend/arm/a64/mem.h"
#include "frontend/arm/a64/tags.h"

enum mops_stage { STAGE_PROLOGUE, STAGE_MAIN, STAGE_EPILOGUE };

static bool mops_bad(unsigned Rd, unsigned Rs, unsigned Rn) { return Rd == Rs || Rd == Rn || Rs == Rn || Rd == 31 || Rs == 31 || Rn == 31; }
/* The value that is set may be the zero register. */
static bool mops_bad_set(unsigned Rd, unsigned Rs, unsigned Rn) { return Rd == Rs || Rd == Rn || Rs == Rn || Rd == 31 || Rn == 31; }

#include "frontend/arm/a64/mops.args.h"
#include "frontend/arm/a64/mops.decode.h"

bool a64_mops_decode(struct a64 *t, uint32_t insn)
{
    return mops_decode(t, insn);
}

#define COPY_FORWARD_MOST 0x7fffffffffffffff /* counts saturate; CPY's has room for a direction */
#define COPY_BOTH_MOST    0x007fffffffffffff
#define PIECE             4096

/* ---- translation: the helper gets the registers' numbers; the prologue clears NZCV, which says option A ---- */

struct operation { enum a64_helper whole, quick; unsigned Rd, Rs, Rn, stage; bool variant, copy; };

/* What the prologue nearly always does: a forward operation of ordinary length. Others go to `rare`. */
static void plain_prologue(struct a64 *t, const struct operation *o, unsigned rare)
{
    struct ir_region *r = t->ir;
    ir_ref d = get_reg(t, 1, o->Rd), n = get_reg(t, 1, o->Rn), from = o->copy ? get_reg(t, 1, o->Rs) : NO_ARG;

    ir_br_if(r, ir_op1(r, IR_high, I64, n), rare);
    if (o->copy && o->variant) { /* the destination begins within the source? */
        ir_ref ahead = ir_op2i(r, IR_shl, I64, ir_op2(r, IR_sub, I64, d, from), 8); /* tags are no distance */
        ir_br_if(r, ir_op2(r, IR_ltu, I64, ahead, ir_op2i(r, IR_shl, I64, n, 8)), rare);
    }
    set_reg(t, 1, o->Rd, ir_op2(r, IR_add, I64, d, n));
    if (o->copy)
        set_reg(t, 1, o->Rs, ir_op2(r, IR_add, I64, from, n));
    set_reg(t, 1, o->Rn, ir_op1(r, IR_neg, I64, n));
}

static void operate(struct a64 *t, const struct operation *o)
{
    struct ir_region *r = t->ir;
    ir_ref regs = ir_const(r, I32, o->Rd | o->Rs << 5 | o->Rn << 10);
    unsigned done = ir_new_label(r), rare = ir_new_label(r);

    if (o->stage == STAGE_PROLOGUE && (o->copy || !o->variant)) {
        plain_prologue(t, o, rare);
        ir_br(r, done);
        ir_label(r, rare);
    } else if (o->stage != STAGE_PROLOGUE) {
        ir_br_if(r, ir_op2i(r, IR_eq, I64, get_reg(t, 1, o->Rn), 0), done);
        if (o->stage == STAGE_MAIN && (o->copy || !o->variant))
            ir_br_if(r, ir_op2i(r, IR_eq, I32, call_helper(t, o->quick, I32, regs, NO_ARG, NO_ARG, NO_ARG), 0), done);
    }
    regs = ir_const(r, I32, o->Rd | o->Rs << 5 | o->Rn << 10 | o->stage << 15 | (unsigned)o->variant << 17);
    call_helper(t, o->whole, IR_NONE, regs, NO_ARG, NO_ARG, NO_ARG);
    ir_label(r, done);
    if (o->stage == STAGE_PROLOGUE)
        put_nzcv(t, ir_op1(r, IR_flags_unpack, I32, ir_const(r, I32, 0)));
}

void mops_copy(struct a64 *t, const struct mops_copy *f)
{
    operate(t, &(struct operation){HELPER_mops_copy, HELPER_mops_quick_copy, f->Rd, f->Rs, f->Rn, f->stage, f->both, true});
}

void mops_set(struct a64 *t, const struct mops_set *f)
{
    operate(t, &(struct operation){HELPER_mops_set, HELPER_mops_quick_set, f->Rd, f->Rs, f->Rn, f->stage, f->tags, false});
}

/* ---- the plain case: forward, no tags, within the user's half, nothing overlaps within a page ---- */

/* Loads first, so that nothing is written when one of them faults. */
typedef uint64_t __attribute__((may_alias, aligned(1))) u64_anywhere;
typedef uint32_t __attribute__((may_alias, aligned(1))) u32_anywhere;

HELPER_FN static void quick_move(uint8_t *to, const uint8_t *from, uint64_t n)
{
    if (n > 32) {
        __asm__ volatile("rep movsb" : "+D"(to), "+S"(from), "+c"(n) : : "memory");
    } else if (n > 16) {
        uint64_t a = *(const u64_anywhere *)from, b = *(const u64_anywhere *)(from + 8), c = *(const u64_anywhere *)(from + n - 16), d = *(const u64_anywhere *)(from + n - 8);
        *(u64_anywhere *)to = a, *(u64_anywhere *)(to + 8) = b, *(u64_anywhere *)(to + n - 16) = c, *(u64_anywhere *)(to + n - 8) = d;
    } else if (n >= 8) {
        uint64_t a = *(const u64_anywhere *)from, b = *(const u64_anywhere *)(from + n - 8);
        *(u64_anywhere *)to = a, *(u64_anywhere *)(to + n - 8) = b;
    } else if (n >= 4) {
        uint32_t a = *(const u32_anywhere *)from, b = *(const u32_anywhere *)(from + n - 4);
        *(u32_anywhere *)to = a, *(u32_anywhere *)(to + n - 4) = b;
    } else {
        while (n--)
            *(volatile uint8_t *)to++ = *from++;
    }
}

/* The end of what is to be done and the negated count of it: is it all in the user's half? */
HELPER_FN static bool in_user_half(uint64_t end, uint64_t n) { return !(end >> 47) && end >= -n; }

HELPER_FN uint32_t a64_helper_mops_quick_copy(struct a64_state *s, uint32_t w)
{
    uint64_t d = s->x[w & 31], from = s->x[w >> 5 & 31], ahead = d - from;
    volatile uint64_t *n = &s->x[w >> 10 & 31]; /* true before each access that may fault */

    if ((int64_t)*n > 0 || s->tag_mode || s->nzcv & 0x100 || !in_user_half(d, *n) || !in_user_half(from, *n))
        return 1;
    for (uint64_t left = *n; left;) {
        uint64_t bytes = -left, to_end = PIECE - ((d + left) & (PIECE - 1)), source_end = PIECE - ((from + left) & (PIECE - 1));

        bytes = bytes < to_end ? bytes : to_end;
        bytes = bytes < source_end ? bytes : source_end;
        if (ahead && ahead < bytes)
            return 1;
        quick_move((uint8_t *)(d + left), (const uint8_t *)(from + left), bytes);
        *n = left += bytes;
    }
    return 0;
}

HELPER_FN uint32_t a64_helper_mops_quick_set(struct a64_state *s, uint32_t w)
{
    uint64_t d = s->x[w & 31], value = (w >> 5 & 31) == 31 ? 0 : s->x[w >> 5 & 31];
    volatile uint64_t *n = &s->x[w >> 10 & 31];

    if ((int64_t)*n > 0 || s->tag_mode || s->nzcv & 0x100 || !in_user_half(d, *n))
        return 1;
    for (uint64_t left = *n; left;) {
        uint64_t bytes = -left, to_end = PIECE - ((d + left) & (PIECE - 1)), count;
        uint8_t *to = (uint8_t *)(d + left);

        bytes = count = bytes < to_end ? bytes : to_end;
        __asm__ volatile("rep stosb" : "+D"(to), "+c"(count) : "a"(value) : "memory");
        *n = left += bytes;
    }
    return 0;
}

/* ---- helpers ---- */

#define FIELD(w, at) ((w) >> (at) & 31)
#define STAGE(w)     ((w) >> 15 & 3)
#define VARIANT(w)   ((w) >> 17 & 1)
#define FLAG_C       0x100 /* of a FLAGS word */

static uint64_t untagged(uint64_t addr) { return addr & 0x00ffffffffffffff; }
static uint64_t to_page_end(uint64_t addr) { return PIECE - (addr & (PIECE - 1)); }
/* Bytes of the page before addr, at least one. */
static uint64_t to_page_start(uint64_t addr) { return ((addr - 1) & (PIECE - 1)) + 1; }
static uint64_t least(uint64_t a, uint64_t b) { return a < b ? a : b; }

/* The host does not tell at which address above its 48 bits an access failed. */
static void must_be_reachable(struct a64_state *s, uint64_t addr, bool write)
{
    uint64_t plain = (uint64_t)sx(addr, 56);

    if ((uint64_t)sx(plain, 48) != plain)
        vcpu_raise(vcpu_of_state(s), EXC_DATA_FAULT, ir_fault_data(plain, write));
}

/* Touches the byte that the instruction touches first, so that a fault is reported there. */
static void probe_read(struct a64_state *s, uint64_t addr)
{
    must_be_reachable(s, addr, false);
    (void)*(const volatile uint8_t *)a64_host_address(s, addr);
}
static void probe_write(struct a64_state *s, uint64_t addr)
{
    must_be_reachable(s, addr, true);
    __atomic_fetch_or((uint8_t *)a64_host_address(s, addr), 0, __ATOMIC_RELAXED);
}

/* The counts in the state are true whenever the next piece may fault: the compiler keeps them in memory. */
static void done_so_far(void) { __asm__ volatile("" ::: "memory"); }

/* Registers of option B become those of A (forward). */
static void to_option_a(struct a64_state *s, uint64_t *d, uint64_t *source, uint64_t *n)
{
    if (!(s->nzcv & FLAG_C))
        return;
    *d += *n;
    if (source)
        *source += *n;
    *n = -*n;
    s->nzcv &= ~(uint64_t)FLAG_C;
}

/* How much of a piece may be done before a tag check fails; 0: none, and the failure only was noted. */
static uint64_t checked_bytes(struct a64_state *s, uint64_t addr, uint64_t bytes, bool write)
{
    uint64_t good = s->tag_mode && !s->tco ? tag_agrees(addr, bytes) : bytes;

    if (!good)
        tag_failed(s, addr, write);
    return good ? good : bytes;
}

static void copy_piece(struct a64_state *s, uint64_t d, uint64_t from, uint64_t bytes, bool last_first)
{
    uint64_t first = last_first ? bytes - 1 : 0;

    probe_read(s, from + first);
    probe_write(s, d + first);
    memmove(a64_host_address(s, d), a64_host_address(s, from), bytes);
    done_so_far();
}

/* What overlaps forward is copied as bytes in rising order do it: in pieces no longer than the distance. */
static void copy_forward(struct a64_state *s, uint64_t d, uint64_t from, uint64_t *n)
{
    uint64_t ahead = untagged(d) - untagged(from);

    while (*n) {
        uint64_t bytes = least(-*n, least(to_page_end(d + *n), to_page_end(from + *n)));
        if (ahead && ahead < bytes)
            bytes = ahead;
        bytes = checked_bytes(s, from + *n, bytes, false);
        bytes = checked_bytes(s, d + *n, bytes, true);
        copy_piece(s, d + *n, from + *n, bytes, false);
        *n += bytes;
    }
}

/* Backward a piece is done when all of it may be. */
static void check_all(struct a64_state *s, uint64_t addr, uint64_t bytes, bool write)
{
    uint64_t good = s->tag_mode && !s->tco ? tag_agrees(addr, bytes) : bytes;

    if (good < bytes)
        tag_failed(s, addr + good, write);
}

static void copy_backward(struct a64_state *s, uint64_t d, uint64_t from, uint64_t *n)
{
    uint64_t ahead = untagged(from) - untagged(d);

    while (*n) {
        uint64_t bytes = least(*n, least(to_page_start(d + *n), to_page_start(from + *n)));
        if (ahead && ahead < bytes)
            bytes = ahead;
        check_all(s, from + *n - bytes, bytes, false);
        check_all(s, d + *n - bytes, bytes, true);
        copy_piece(s, d + *n - bytes, from + *n - bytes, bytes, true);
        *n -= bytes;
    }
}

static void copy_prologue(uint64_t *d, uint64_t *from, uint64_t *n, bool both)
{
    uint64_t to = untagged(*d), source = untagged(*from);

    *n = least(*n, both ? COPY_BOTH_MOST : COPY_FORWARD_MOST);
    if (both && source < to && source + *n > to)
        return; /* backward */
    *d += *n;
    *from += *n;
    *n = -*n;
}

void a64_helper_mops_copy(struct a64_state *s, uint32_t w)
{
    uint64_t *d = &s->x[FIELD(w, 0)], *from = &s->x[FIELD(w, 5)], *n = &s->x[FIELD(w, 10)];

    if (STAGE(w) == STAGE_PROLOGUE) {
        copy_prologue(d, from, n, VARIANT(w));
        return;
    }
    to_option_a(s, d, from, n);
    if ((int64_t)*n <= 0 || !VARIANT(w))
        copy_forward(s, *d, *from, n);
    else
        copy_backward(s, *d, *from, n);
}

/* SETG: tags of what is set, which is whole granules. */
static void set_tags(uint64_t addr, uint64_t bytes) { tag_set(addr, addr >> 56 & 15, (unsigned)(bytes / GRANULE)); }

void a64_helper_mops_set(struct a64_state *s, uint32_t w)
{
    uint64_t *d = &s->x[FIELD(w, 0)], *n = &s->x[FIELD(w, 10)];
    uint8_t value = FIELD(w, 5) == 31 ? 0 : (uint8_t)s->x[FIELD(w, 5)];

    if (VARIANT(w) && *n && (*d | *n) % GRANULE)
        vcpu_raise(vcpu_of_state(s), EXC_ALIGNMENT, *d);
    if (STAGE(w) == STAGE_PROLOGUE) {
        *n = least(*n, VARIANT(w) ? COPY_FORWARD_MOST & ~(GRANULE - 1ull) : COPY_FORWARD_MOST);
        *d += *n;
        *n = -*n;
        return;
    }
    to_option_a(s, d, NULL, n);
    while (*n) {
        uint64_t bytes = least(-*n, to_page_end(*d + *n));
        if (!VARIANT(w))
            bytes = checked_bytes(s, *d + *n, bytes, true);
        probe_write(s, *d + *n);
        if (VARIANT(w))
            set_tags(*d + *n, bytes);
        memset(a64_host_address(s, *d + *n), value, bytes);
        done_so_far();
        *n += bytes;
    }
}

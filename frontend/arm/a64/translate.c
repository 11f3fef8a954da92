/*
 * translate.c: guest bytes to a region of IR: which table decodes a word, and
 * where a region ends. What one instruction does stands in the files of the
 * tables.
 *
 * A region follows fall-through and forward direct jumps, and goes on behind
 * conditional branches and calls. In hot code small callees become part of it.
 */
#include "frontend/arm/a64/translate.h"
#include "util/log.h"

#define MAX_INSNS 64      /* of a region, unless the caller says otherwise */
#define ROOM_FOR_INSN 400 /* ops: more than the longest instruction makes */
#define MAX_REACH 4096    /* a region's bytes lie within this of its start */

/* ---- jumps ---- */

void a64_jump(struct a64 *t, uint64_t target)
{
    if (t->following && target > t->pc && target - t->ir->key.pc < MAX_REACH) {
        t->next = target;
        return;
    }
    if (t->frame.on)
        ir_frame_jump(t->ir, &t->frame, target);
    else
        ir_exit(t->ir, target, t->mode);
    t->done = true;
}

void a64_jump_if(struct a64 *t, ir_ref condition, uint64_t target)
{
    if (!t->frame.on)
        ir_exit_if(t->ir, condition, target, t->mode);
    else if (ir_frame_jump_if(t->ir, &t->frame, condition, target, t->next, a64_returns_soon(t, target)))
        t->next = target;
}

void a64_jump_indirect(struct a64 *t, ir_ref target, unsigned dead_flags)
{
    if (t->frame.on) {
        ir_frame_jump_indirect(t->ir, &t->frame, target, false);
    } else {
        ir_exit_indirect(t->ir, target);
        ir_flags_dead(t->ir, dead_flags);
    }
    t->done = true;
}

void a64_jump_return(struct a64 *t, ir_ref target)
{
    unsigned dead_flags = a64_returns_keep_flags ? 0 : 15;

    if (t->frame.on) {
        ir_frame_return(t->ir, &t->frame, target, false, dead_flags);
    } else {
        ir_exit_return(t->ir, target);
        ir_flags_dead(t->ir, dead_flags);
    }
    t->done = true;
}

bool a64_inline_call(struct a64 *t, uint64_t target, uint64_t return_address)
{
    uint64_t stop;

    if (!t->hot || t->frame.on || !a64_may_inline(t, target, &stop))
        return false;
    ir_frame_begin(t->ir, &t->frame, t->mode, return_address, t->next, stop);
    t->next = target;
    return true;
}

/* ---- conditional compares ---- */

static bool is_ccmp(uint32_t insn) { return (insn & 0x3fe00410) == 0x3a400000; } /* CCMN, CCMP */

static uint64_t flags_word(unsigned nzcv) { return ir_value(IR_flags_unpack, 32, nzcv << 28, 0, 0, 0, 0); }

/*
 * Where a condition fails the flags are constants, and most often a branch
 * follows, so it is known where that leads: there, instead of flags made and
 * looked at. True: it is; then nzcv is what the flags are by then, target
 * where the branch leads, and behind what follows it.
 */
static bool follow_failure(struct a64 *t, unsigned *nzcv, bool *taken, uint64_t *target, uint64_t *behind)
{
    uint32_t insn;

    for (uint64_t pc = t->next; t->following && !t->frame.on && pc < t->next + 16 && code_read(t->src, pc, &insn, 4); pc += 4) {
        uint64_t flags = flags_word(*nzcv);

        if (is_ccmp(insn) || (insn & 0xff200c00) == 0x1e200400) { /* FCCMP */
            unsigned cond = insn >> 12 & 15;

            if (cond >= IR_AL || ir_cond_holds(cond, flags))
                return false;
            *nzcv = insn & 15;
            continue;
        }
        *target = pc + (uint64_t)(sx(insn >> 5, 19) * 4);
        *behind = pc + 4;
        *taken = (insn & 15) < IR_AL && ir_cond_holds(insn & 15, flags);
        return insn >> 24 == 0x54 && (insn & 15) < IR_AL;
    }
    return false;
}

/* Is the next instruction a select, behind which nobody asks for the flags? A comparison of integers may be
 * made anyhow then; one of floats would raise exceptions. */
static bool select_follows(struct a64 *t)
{
    uint32_t insn;

    return t->following && is_ccmp(t->insn) && code_read(t->src, t->next, &insn, 4) &&
           ((insn & 0x3fe00800) == 0x1a800000 || (insn & 0xff200c00) == 0x1e200c00) && /* CSEL ...; FCSEL */
           !a64_flags_live((struct region_key){t->next + 4, t->mode}, t->src);
}

ir_ref a64_condition(struct a64 *t, unsigned cond)
{
    ir_ref v = ir_cond(t->ir, cond, get_nzcv(t));

    if (!t->chosen.fails.id || t->chosen.pc != t->pc)
        return v;
    return ir_op2(t->ir, ir_cond_holds(cond, flags_word(t->chosen.nzcv)) ? IR_or : IR_andn, I32, v, t->chosen.fails);
}

static void put_constant_flags(struct a64 *t, unsigned nzcv)
{
    put_nzcv(t, ir_const(t->ir, FLAGS, flags_word(nzcv)));
}

struct a64_unless a64_unless(struct a64 *t, unsigned cond, unsigned nzcv)
{
    struct a64_unless u = {0};
    uint64_t target, behind;
    unsigned after = nzcv;
    bool taken;
    ir_ref fails;

    if (cond >= IR_AL)
        return u;
    fails = a64_condition(t, cond ^ 1);
    if (select_follows(t)) {
        t->chosen.pc = t->next;
        t->chosen.fails = fails;
        t->chosen.nzcv = nzcv;
        return u;
    }
    if (!follow_failure(t, &after, &taken, &target, &behind)) {
        put_constant_flags(t, nzcv);
        u = (struct a64_unless){true, ir_new_label(t->ir)};
        ir_br_if(t->ir, fails, u.label);
        return u;
    }
    put_constant_flags(t, after);
    if (taken) {
        a64_jump_if(t, fails, target);
        return u;
    }
    if (!t->skipping) {
        t->skipping = true;
        t->skip_pc = behind;
        t->skip_label = ir_new_label(t->ir);
    }
    ir_br_if(t->ir, fails, t->skip_label);
    return u;
}

void a64_unless_end(struct a64 *t, struct a64_unless u)
{
    if (u.open)
        ir_label(t->ir, u.label);
}

/* The region ends before the instruction that was to ask: the flags are made after all. */
static void end_chosen(struct a64 *t)
{
    unsigned over;

    if (!t->chosen.fails.id || t->chosen.pc != t->pc)
        return;
    over = ir_new_label(t->ir);
    ir_br_if(t->ir, ir_op2i(t->ir, IR_eq, I32, t->chosen.fails, 0), over);
    put_constant_flags(t, t->chosen.nzcv);
    ir_label(t->ir, over);
}

static void end_skip(struct a64 *t)
{
    if (t->skipping)
        ir_label(t->ir, t->skip_label);
    t->skipping = false;
}

void a64_sync(struct a64 *t)
{
    ir_sync(t->ir, t->next, t->mode);
    t->done = true;
}

void a64_undefined(struct a64 *t)
{
    if (log_on(LOG_unimp))
        log_print(LOG_unimp, "undefined instruction %08x at %#llx\n", t->insn, (unsigned long long)t->pc);
    ir_raise(t->ir, EXC_ILLEGAL, t->pc, t->insn);
    t->done = true;
}

/* ---- the region ---- */

/* DDI 0487 C4.1: by bits 28..25. */
static bool decode(struct a64 *t, uint32_t insn)
{
    switch (insn >> 25 & 15) {
    case 4: case 6: case 12: case 14:
        return (insn & 0xbe000000) == 0x0c000000 ? a64_simd_mem_decode(t, insn) : a64_mem_decode(t, insn);
    case 5: case 8: case 9: case 13:
        return a64_data_decode(t, insn);
    case 7: case 15:
        if ((insn & 0x50000000) == 0x10000000)
            return a64_fp_decode(t, insn);
        return a64_simd_decode(t, insn) || a64_simd_fp_decode(t, insn);
    case 10: case 11:
        return a64_branch_decode(t, insn);
    case 2:
        return a64_sve_decode(t, insn);
    default: /* UDF; SME, which no model has */
        return false;
    }
}

static void one_insn(struct a64 *t)
{
    t->next = t->pc + 4;
    t->new_sp = (ir_ref){0};
    if (t->mode & MODE_BTYPE && !a64_expects_branch(t))
        return;
    a64_check_sp(t);
    if (!decode(t, t->insn))
        a64_undefined(t);
    if (t->mode & MODE_ZHIGH && t->v_written && !t->done)
        a64_clear_above_v(t);
    t->v_written = 0;
    if (t->new_sp.id)
        a64_sp_moved(t);
}

/* How long a region may be. page: this address is not crossed; enough: see struct translate_options. */
struct limits { unsigned insns, enough; uint64_t page; };

static bool after_conditional_exit(const struct ir_region *r)
{
    return r->ops[r->count - 1].op == IR_exit_if;
}

/* Does the instruction to come look at the flags (B.cond, CSEL, CCMP)? Then they need not be stored when it stays in the region. */
static bool reads_flags(uint32_t insn)
{
    return insn >> 24 == 0x54 || (insn & 0x1fe00000) == 0x1a800000 || (insn & 0x1fe00000) == 0x1a400000;
}

/*
 * Scalar floats: a loop that is one region need not cut them off above each
 * time round, so it is worth going on beyond a conditional exit.
 */
enum { ENOUGH_WITH_SCALARS = 24 };
static bool is_enough(const struct a64 *t, unsigned n, unsigned enough)
{
    return n >= (t->scalars ? MAX_(enough, ENOUGH_WITH_SCALARS) : enough);
}

/* Does the region end before the instruction that was just read? Asked where it may. */
static bool ends_here(const struct a64 *t, unsigned n, const struct limits *l)
{
    return n >= l->insns || t->pc >= l->page || ir_room(t->ir) < ROOM_FOR_INSN || ir_frame_stops(&t->frame, t->pc) ||
           (after_conditional_exit(t->ir) && is_enough(t, n, l->enough) && !reads_flags(t->insn));
}

static bool may_end_here(const struct a64 *t, unsigned n, const struct limits *l)
{
    return (n >= l->insns) | (t->pc >= l->page) | (ir_room(t->ir) < ROOM_FOR_INSN) | t->frame.on | after_conditional_exit(t->ir);
}

/* False: the region goes on at t->pc. */
static bool end(struct a64 *t)
{
    end_skip(t);
    end_chosen(t);
    if (t->frame.on)
        return !ir_frame_leave(t->ir, &t->frame, t->pc, t->mode, &t->pc);
    ir_exit(t->ir, t->pc, t->mode);
    return true;
}

/* A way has ended in an exit; is there another, behind a call or in a frame? */
static void way_ends(struct a64 *t)
{
    if (t->called && t->following && !t->once) { /* the call returns to this label */
        ir_label(t->ir, ir_new_label(t->ir));
        t->done = false;
    } else if (t->frame.on) {
        t->done = !ir_frame_way_ends(t->ir, &t->frame, &t->next);
    }
    t->called = false;
}

static void translate_until_end(struct a64 *t, const struct limits *l)
{
    struct ir_region *r = t->ir;

    for (unsigned n = 0; !t->done; n++) {
        bool readable = !(t->pc & 3) && code_word(t->src, t->pc, &t->insn);

        if (t->skipping && t->pc == t->skip_pc)
            end_skip(t);
        while (n && __builtin_expect(!readable | may_end_here(t, n, l), 0) && (!readable || ends_here(t, n, l))) {
            if (end(t))
                return;
            readable = !(t->pc & 3) && code_word(t->src, t->pc, &t->insn);
        }
        ir_insn(r, t->pc, t->mode & ~(uint32_t)MODE_FAILS);
        if (!readable) {
            ir_raise(r, t->pc & 3 ? EXC_ALIGNMENT : EXC_FETCH_FAULT, t->pc, t->pc);
            return;
        }
        one_insn(t);
        if (t->done)
            way_ends(t);
        t->mode &= ~(uint32_t)MODE_ONE_INSN;
        t->pc = t->next;
    }
}

void a64_translate(struct ir_region *r, struct code_source *s, const struct guest_cpu_model *m, const struct translate_options *o)
{
    uint32_t mode = r->key.mode;
    unsigned max_insns = o->singlestep ? 1 : o->max_insns ? o->max_insns : MAX_INSNS, fp = (mode & MODE_FP) >> MODE_FP_SHIFT;
    struct a64 t = {.ir = r, .src = s, .model = m, .features = m->features, .pc = r->key.pc, .mode = mode};

    t.following = max_insns > 1;
    t.hot = t.following && o->hot;
    t.once = o->once;
    r->fp = fp == MODE_FP_NEAREST ? FP_SOFT : fp;
    r->nearest = fp == MODE_FP_NEAREST || fp == FP_HOST;
    r->pointer64 = true;
    translate_until_end(&t, &(struct limits){max_insns, o->enough ? o->enough : max_insns, o->page_limit ? o->page_limit : ~0ull});
}

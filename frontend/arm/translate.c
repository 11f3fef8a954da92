/*
 * translate.c: guest bytes to a region of IR: fetching, IT blocks, conditional
 * execution and where a region ends. What one instruction does stands in
 * int_*.c and fp_*.c, which the decoders (made from *.decode) call.
 *
 * A region follows fall-through and forward direct jumps. Conditional branches
 * leave it and it goes on behind them, up to one that goes backward: a loop.
 */
#include "frontend/arm/integer.h"
#include "frontend/arm/translate.h"
#include "util/log.h"

#include "frontend/arm/a32.decode.h"
#include "frontend/arm/t32.decode.h"

#define MAX_INSNS 64      /* of a region, unless the caller says otherwise */
#define ROOM_FOR_INSN 400 /* ops: more than the longest instruction makes */
#define MAX_REACH 4096    /* a region's bytes lie within this of its start */

/* ---- fetching ---- */

/* Reads the instruction at pc; returns its length, 0 when it cannot be read (then *fault is where). */
static inline unsigned fetch_insn(struct a32 *t, uint32_t pc, uint32_t *insn, uint32_t *fault)
{
    unsigned length = t->thumb ? read_thumb(t->src, pc, insn) : code_read(t->src, pc, insn, 4) ? 4 : 0;
    uint16_t half;

    if (!length) /* the first half may be there */
        *fault = t->thumb && code_read(t->src, pc, &half, 2) && t32_is_wide(half) ? pc + 2 : pc;
    return length;
}

/* ---- jumps ---- */

static uint32_t mode_after(const struct a32 *t)
{
    return t->mode | (uint32_t)t->next_it << MODE_IT_SHIFT;
}

void jump_bx(struct a32 *t, ir_ref target)
{
    if (t->frame.on) {
        ir_frame_jump_indirect(t->ir, &t->frame, target, t->cond != IR_AL);
        t->done = true;
        return;
    }
    ir_exit_indirect(t->ir, target);
    t->done = true;
}

void jump_return(struct a32 *t, ir_ref target)
{
    if (t->frame.on) {
        ir_frame_return(t->ir, &t->frame, target, t->cond != IR_AL, arm_returns_keep_flags ? 0 : 15);
        t->done = true;
        return;
    }
    ir_exit_return(t->ir, target);
    if (!arm_returns_keep_flags)
        ir_flags_dead(t->ir, 15);
    t->done = true;
}

void jump_loaded(struct a32 *t, ir_ref target, bool is_return)
{
    if (is_return)
        jump_return(t, target);
    else
        jump_bx(t, target);
}

/* Data processing to r15: A32 interworks from ARMv7 on, Thumb never does. */
static void jump_alu(struct a32 *t, ir_ref target)
{
    if (t->thumb)
        target = ir_op2i(t->ir, IR_or, I32, target, 1);
    else if (!has(t, ARM_V7))
        target = ir_op2i(t->ir, IR_and, I32, target, ~3u);
    jump_bx(t, target);
}

void jump_direct(struct a32 *t, uint32_t target)
{
    uint32_t start = (uint32_t)t->ir->key.pc;

    if (t->following && t->cond == IR_AL && target > t->pc && target - start < MAX_REACH) {
        t->next = target;
        return;
    }
    if (t->frame.on) {
        ir_frame_jump(t->ir, &t->frame, target);
        t->done = true;
        return;
    }
    ir_exit(t->ir, target, t->mode);
    t->done = true;
}

void jump_if(struct a32 *t, ir_ref condition, uint32_t target)
{
    if (!t->frame.on)
        ir_exit_if(t->ir, condition, target, t->mode);
    else if (ir_frame_jump_if(t->ir, &t->frame, condition, target, t->next, arm_returns_soon(t, target)))
        t->next = target;
}

void arm_sync(struct a32 *t)
{
    ir_sync(t->ir, t->next, mode_after(t));
    t->done = true;
}

void arm_undefined(struct a32 *t)
{
    if (log_on(LOG_unimp))
        log_print(LOG_unimp, "undefined instruction %08x at %08x (%s)\n", t->insn, t->pc, t->thumb ? "thumb" : "arm");
    ir_raise(t->ir, EXC_ILLEGAL, t->pc, t->insn);
    t->done = true;
}

/* ---- registers ---- */

/*
 * In select mode the old value stays when the condition fails. After
 * "moveq r0, a" a "movne r0, b" needs no old value: r0 = eq ? a : b.
 */
static void select_reg(struct a32 *t, unsigned n, ir_ref value)
{
    bool pair = t->last_select.reg == n && t->last_select.cond == (t->cond ^ 1);
    ir_ref old = pair ? t->last_select.value : get_reg(t, n);
    ir_ref cond = pair ? t->last_select.cond_value : t->select_cond;
    ir_ref result = pair ? ir_op3(t->ir, IR_select, I32, cond, old, value) : ir_op3(t->ir, IR_select, I32, cond, value, old);

    ir_put(t->ir, I32, SLOT_R(n), result);
    t->last_select.reg = (uint8_t)n;
    t->last_select.cond = t->cond;
    t->last_select.cond_value = t->select_cond;
    t->last_select.value = value;
}

/* MOV LR, PC; ADR LR: a call by hand follows. */
static bool makes_return_address(const struct a32 *t)
{
    uint32_t i = t->insn;

    if (!t->thumb)
        return (i & 0x0fffffff) == 0x01a0e00f || (i & 0x0ffff000) == 0x028fe000 || (i & 0x0ffff000) == 0x024fe000;
    return i == 0x46fe || (i & 0xfbff8f00) == 0xf20f0e00 || (i & 0xfbff8f00) == 0xf2af0e00;
}

void set_reg(struct a32 *t, unsigned n, ir_ref value)
{
    if (n == 14 && makes_return_address(t) && ir_is_const(t->ir, value) &&
        arm_call_waits(t, (uint32_t)ir_at(t->ir, value)->imm))
        return;
    if (t->selecting)
        select_reg(t, n, value);
    else if (n == 15)
        jump_alu(t, value);
    else
        ir_put(t->ir, I32, SLOT_R(n), value);
}

/* ---- conditional execution ---- */

static enum ir_cond condition_of(const struct a32 *t, uint32_t insn, uint8_t it)
{
    unsigned cond = t->thumb ? (it ? it >> 4 : IR_AL) : insn >> 28;

    return cond >= IR_AL ? IR_AL : (enum ir_cond)cond;
}

/* Direct branches take their condition into the exit. */
static bool is_branch(const struct a32 *t, uint32_t insn)
{
    if (!t->thumb)
        return (insn & 0x0f000000) == 0x0a000000;
    return insn >> 16 ? (insn & 0xf800d000) == 0xf0009000 : insn >> 11 == 0x1c;
}

/*
 * One or two simple operations are worth a conditional move instead of a
 * branch that may be mispredicted. No flags, no memory, not to or from r15,
 * and no RRX, which reads the carry.
 */
#define SET(op) (1u << DP_##op)
static bool a32_selectable(uint32_t insn)
{
    unsigned op = insn >> 21 & 15, Rd = insn >> 12 & 15, Rn = insn >> 16 & 15;
    bool imm = insn >> 25 & 1, move = op == DP_mov || op == DP_mvn;

    if (Rd == 15)
        return false;
    if ((insn & 0x0f8f03f0) == 0x068f0070) /* SXTB ... UXTH */
        return (insn & 15) != 15;
    if (insn & 0x0c100000)
        return false;
    if (imm && op == 8)
        return true; /* MOVW */
    if (!(1u << op & (SET(and) | SET(eor) | SET(sub) | SET(add) | SET(orr) | SET(mov) | SET(bic) | SET(mvn))) || (!move && Rn == 15))
        return false;
    return imm || (!(insn & 0x10) && (insn & 0xff0) != 0x60 && (insn & 15) != 15);
}
#undef SET

static bool t16_selectable(uint32_t insn)
{
    if (insn >> 8 == 0x46) /* MOV */
        return (insn & 0x87) != 0x87 && (insn >> 3 & 15) != 15;
    if (insn >> 10 == 0x10) /* AND EOR ORR BIC MVN */
        return 1u << (insn >> 6 & 15) & 0xd003;
    /* shifts by a constant, ADD SUB MOV of constants and registers, SXTB ... UXTH */
    return insn >> 13 == 0 || insn >> 11 == 4 || insn >> 12 == 3 || insn >> 8 == 0xb2;
}

static bool t32_selectable(uint32_t insn)
{
    unsigned op = insn >> 21 & 15, Rd = insn >> 8 & 15, Rn = insn >> 16 & 15;
    bool simple = 1u << op & (1u << 0 | 1u << 1 | 1u << 2 | 1u << 3 | 1u << 4 | 1u << 8 | 1u << 13); /* AND BIC ORR ORN EOR ADD SUB */

    if (!(insn >> 16))
        return t16_selectable(insn);
    if (Rd == 15)
        return false;
    if ((insn & 0xfbf08000) == 0xf2400000) /* MOVW */
        return true;
    if ((insn & 0xff8ff0c0) == 0xfa0ff080) /* SXTH ... UXTB */
        return (insn & 15) != 15;
    if ((insn & 0xfa108000) == 0xf0000000) /* constant */
        return simple && (Rn != 15 || op == 2 || op == 3);
    if ((insn & 0xfe108000) == 0xea000000) /* shifted register, RRX apart */
        return simple && (insn & 0x70f0) != 0x0030 && (insn & 15) != 15 && (Rn != 15 || op == 2 || op == 3);
    return false;
}

/* Is this the start of at most two conditional instructions that are all selectable? */
static bool selects(struct a32 *t)
{
    uint32_t pc = t->pc, insn = t->insn, fault;
    uint8_t it = t->it;
    unsigned n = 0, length = t->thumb && !(insn >> 16) ? 2 : 4;

    while (condition_of(t, insn, it) >> 1 == t->cond >> 1 && !is_branch(t, insn)) {
        if (++n > 2 || !(t->thumb ? t32_selectable(insn) : a32_selectable(insn)))
            return false;
        pc += length;
        it = it_advance(it);
        length = fetch_insn(t, pc, &insn, &fault);
        if (!length)
            break;
    }
    return true;
}

static void skip_end(struct a32 *t)
{
    if (t->skip_cond != IR_AL)
        ir_label(t->ir, t->skip_label);
    t->skip_cond = IR_AL;
}

/* After the instructions of one condition come those of the inverse: if ... else. */
static void skip_else(struct a32 *t)
{
    unsigned end = ir_new_label(t->ir);

    ir_br(t->ir, end);
    ir_label(t->ir, t->skip_label);
    t->skip_label = end;
    t->skip_cond = t->cond;
}

static void skip_begin(struct a32 *t)
{
    t->skip_label = ir_new_label(t->ir);
    t->skip_cond = t->cond;
    ir_br_if(t->ir, ir_cond(t->ir, t->cond ^ 1, get_nzcv(t)), t->skip_label);
}

/* Makes what follows happen only under t->cond. */
static void conditional(struct a32 *t)
{
    t->selecting = false;
    if (t->skip_cond == t->cond && t->cond != IR_AL && !(t->frame.on && is_branch(t, t->insn))) /* a frame may go on at a branch's target */
        return;
    if (t->skip_cond != IR_AL && t->skip_cond == (t->cond ^ 1) && !is_branch(t, t->insn)) {
        skip_else(t);
        return;
    }
    skip_end(t);
    if (t->cond == IR_AL || is_branch(t, t->insn))
        return;
    if (selects(t)) {
        t->selecting = true;
        t->select_cond = ir_cond(t->ir, t->cond, get_nzcv(t));
    } else {
        skip_begin(t);
    }
}

/* ---- the region ---- */

static bool decode(struct a32 *t)
{
    if (!t->thumb)
        return a32_decode(t, t->insn);
    return t->insn >> 16 ? t32_decode(t, t->insn) : t16_decode(t, t->insn);
}

static void one_insn(struct a32 *t, unsigned length)
{
    t->next = t->pc + length;
    t->next_it = it_advance(t->it);
    t->cond = condition_of(t, t->insn, t->it);
    t->flags_written = false;
    conditional(t);
    if (!t->selecting)
        t->last_select.reg = 15;
    if (!decode(t)) {
        if (t->selecting)
            skip_begin(t);
        arm_undefined(t);
    }
    if (t->flags_written)
        t->last_select.reg = 15;
    /* A conditional exit, or new flags: what follows is reached otherwise. */
    if (t->skip_cond != IR_AL && (t->done || t->flags_written)) {
        skip_end(t);
        t->done = false;
    }
}

/* Code of the page at the top of memory is the kernel's, and short: the door answers calls into it. */
static bool kernel_page(const struct a32 *t)
{
    return t->pc >= KUSER_PAGE;
}

static bool after_conditional_exit(const struct ir_region *r)
{
    return r->ops[r->count - 1].op == IR_exit_if;
}

/* Does the instruction to come look at the flags? Then they need not be stored when it stays in the region. */
static bool reads_flags(const struct a32 *t)
{
    uint32_t i = t->insn;

    if (!t->thumb)
        return i >> 28 < IR_AL;
    if (i >> 16) /* B<cond>.W */
        return (i & 0xf800d000) == 0xf0008000 && (i >> 22 & 15) < IR_AL;
    return (i >> 12 == 0xd && (i >> 8 & 15) < IR_AL) || (i >> 8 == 0xbf && i & 15);
}

/* ---- frames: see ir/frame.h ---- */

bool arm_inline_call(struct a32 *t, uint32_t target, uint32_t return_address)
{
    uint32_t stop;

    if (!t->hot || t->frame.on || t->cond != IR_AL || t->it || target >= KUSER_PAGE || !arm_may_inline(t, target, &stop))
        return false;
    ir_frame_begin(t->ir, &t->frame, t->mode, return_address, t->next, stop);
    t->next = target;
    return true;
}

static void leave_frame(struct a32 *t)
{
    uint64_t next;

    t->last_select.reg = 15;
    t->done = !ir_frame_leave(t->ir, &t->frame, t->pc, t->mode | (uint32_t)t->it << MODE_IT_SHIFT, &next);
    t->pc = (uint32_t)next;
    t->it = 0;
}

static void way_ends(struct a32 *t)
{
    uint64_t next;

    t->done = !ir_frame_way_ends(t->ir, &t->frame, &next);
    t->next = (uint32_t)next;
    t->next_it = 0;
}

static void translate_until_end(struct a32 *t, unsigned max_insns, unsigned enough, uint64_t page_limit)
{
    struct ir_region *r = t->ir;
    uint32_t fault = 0;
    unsigned n = 0, length;

    while (!t->done) {
        length = kernel_page(t) ? 0 : fetch_insn(t, t->pc, &t->insn, &fault);
        if (n && (!length || n >= max_insns || ir_frame_stops(&t->frame, t->pc) || (n >= enough && after_conditional_exit(r) && !reads_flags(t)) || ir_room(r) < ROOM_FOR_INSN || (page_limit && t->pc >= page_limit))) {
            skip_end(t);
            if (t->frame.on) {
                leave_frame(t);
                continue;
            }
            ir_exit(r, t->pc, t->mode | (uint32_t)t->it << MODE_IT_SHIFT);
            return;
        }
        ir_insn(r, t->pc, t->mode | (uint32_t)t->it << MODE_IT_SHIFT);
        if (!length) {
            if (kernel_page(t))
                ir_raise(r, EXC_KERNEL_PAGE, t->pc, t->pc);
            else
                ir_raise(r, EXC_FETCH_FAULT, t->pc, fault);
            return;
        }
        one_insn(t, length);
        if (t->done && t->called && t->following && !t->once) { /* the call returns to this label */
            ir_label(r, ir_new_label(r));
            t->done = false;
        }
        if (t->done && t->frame.on)
            way_ends(t);
        t->called = false;
        t->pc = t->next;
        t->it = t->next_it;
        n++;
    }
}

void arm_translate(struct ir_region *r, struct code_source *s, const struct guest_cpu_model *m, const struct translate_options *o)
{
    uint32_t mode = r->key.mode;
    struct a32 t = {
        .ir = r, .src = s, .features = m->features, .pc = (uint32_t)r->key.pc, .mode = mode & ~(uint32_t)MODE_IT,
        .thumb = mode & MODE_T, .it = (mode & MODE_IT) >> MODE_IT_SHIFT, .skip_cond = IR_AL, .last_select.reg = 15,
    };
    unsigned max_insns = o->max_insns ? o->max_insns : MAX_INSNS;

    t.following = max_insns > 1 && !o->singlestep;
    t.hot = t.following && o->hot;
    t.once = o->once;
    unsigned fp = (mode & MODE_FP) >> MODE_FP_SHIFT;
    r->fp = fp == MODE_FP_NEAREST ? FP_SOFT : fp;
    r->nearest = fp == MODE_FP_NEAREST || fp == FP_HOST;
    r->pointer64 = false;
    translate_until_end(&t, o->singlestep ? 1 : max_insns, o->enough ? o->enough : max_insns, o->page_limit);
}

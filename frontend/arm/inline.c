/*
 * inline.c: calls of small functions in hot code go on inside the region. The
 * link register is written as ever and the callee's instructions follow, in a
 * frame: a place to go on behind the call, and the address that a return must
 * have. A return compares (or the builder knows the value: then nothing is
 * left of it). Guest state is as exact as anywhere; only the host's return
 * stack has no entry for the frame. So whoever leaves for the rest of the
 * function does it as a call that returns behind the frame.
 *
 * What is translated of a function is its straight way to a return, or to the
 * last early return: "if (n < 2) return n;" is inlined, what follows is called.
 */
#include "frontend/arm/integer.h"
#include "frontend/arm/translate.h"

#define MAX_JOINS 7 /* jumps to the end of a frame; backends take 8 */

bool arm_inline_call(struct a32 *t, uint32_t target, uint32_t return_address)
{
    struct arm_frame *f = &t->frame;
    uint32_t stop;

    if (!t->hot || f->on || t->cond != IR_AL || t->it || target >= KUSER_PAGE || !arm_may_inline(t, target, &stop))
        return false;
    *f = (struct arm_frame){.on = true, .return_address = return_address, .back = t->next, .stop = stop,
                            .end_label = ir_new_label(t->ir)};
    t->next = target;
    t->ir->inlined++;
    return true;
}

/* To the end of the frame. */
static void join(struct a32 *t)
{
    struct arm_frame *f = &t->frame;

    if (f->joins == MAX_JOINS) {
        ir_exit(t->ir, f->back, t->mode);
        return;
    }
    f->joins++;
    ir_br(t->ir, f->end_label);
}

/* Leaves for the rest of the function. last: the end of the frame follows. */
static void call_rest(struct a32 *t, uint32_t target, uint32_t mode, bool last)
{
    struct arm_frame *f = &t->frame;

    ir_exit_call(t->ir, target, mode, f->return_address);
    if (target < f->back) /* it may be a recursion, and the call itself has not polled */
        ir_poll(t->ir);
    if (!last && f->joins == MAX_JOINS)
        return; /* what it returns to is a region of its own */
    ir_label(t->ir, ir_new_label(t->ir));
    if (!last)
        join(t);
}

/* Goes on at the next place to be translated after a way through the frame has ended. falls: it ended behind the call. */
static void end_way(struct a32 *t, bool falls)
{
    struct arm_frame *f = &t->frame;

    t->done = false;
    t->next_it = 0;
    if (falls && (f->resuming || f->nsides))
        join(t);
    if (f->resuming) {
        ir_label(t->ir, f->resume_label);
        f->resuming = false;
        t->next = f->resume;
        return;
    }
    for (unsigned i = 0; i < f->nsides; i++) {
        ir_label(t->ir, f->side[i].label);
        call_rest(t, f->side[i].target, t->mode, i + 1 == f->nsides);
    }
    f->on = false;
    t->next = f->back;
    if (f->joins)
        ir_label(t->ir, f->end_label);
    else if (!falls && !f->nsides)
        t->done = true;
}

void arm_frame_way_ends(struct a32 *t)
{
    bool falls = t->frame.falls;

    t->frame.falls = false;
    end_way(t, falls);
}

bool arm_frame_stops(const struct a32 *t)
{
    return t->frame.on && !t->frame.resuming && t->pc == t->frame.stop;
}

void arm_frame_leave(struct a32 *t)
{
    bool last = !t->frame.resuming && !t->frame.nsides;

    call_rest(t, t->pc, t->mode | (uint32_t)t->it << MODE_IT_SHIFT, last);
    end_way(t, last);
}

/* The condition that holds when this one does not. */
static ir_ref inverse(struct ir_region *r, ir_ref condition)
{
    const struct ir_op *o = ir_at(r, condition);

    switch (o->op) {
    case IR_cond: return ir_cond(r, o->aux ^ 1, o->arg[0]);
    case IR_eq: return ir_op2(r, IR_ne, I32, o->arg[0], o->arg[1]);
    case IR_ne: return ir_op2(r, IR_eq, I32, o->arg[0], o->arg[1]);
    default: return ir_op2i(r, IR_eq, I32, condition, 0);
    }
}

void arm_frame_jump_if(struct a32 *t, ir_ref condition, uint32_t target)
{
    struct arm_frame *f = &t->frame;

    if (!f->resuming && arm_returns_soon(t, target)) { /* first that way, then what lies behind the branch */
        f->resuming = true;
        f->resume = t->next;
        f->resume_label = ir_new_label(t->ir);
        ir_br_if(t->ir, inverse(t->ir, condition), f->resume_label);
        t->next = target;
    } else if (f->nsides < ARRAY_SIZE(f->side)) {
        f->side[f->nsides].target = target;
        f->side[f->nsides].label = ir_new_label(t->ir);
        ir_br_if(t->ir, condition, f->side[f->nsides++].label);
    } else {
        unsigned over = ir_new_label(t->ir);
        ir_br_if(t->ir, inverse(t->ir, condition), over);
        call_rest(t, target, t->mode, false);
        ir_label(t->ir, over);
    }
}

void arm_frame_jump(struct a32 *t, uint32_t target)
{
    call_rest(t, target, t->mode, false);
    t->done = true;
}

void arm_frame_return(struct a32 *t, ir_ref target)
{
    struct arm_frame *f = &t->frame;

    t->done = true;
    if (ir_is_const(t->ir, target) && ir_at(t->ir, target)->imm == f->return_address) {
        f->falls = t->cond == IR_AL;
        if (!f->falls)
            join(t);
        return;
    }
    if (f->joins < MAX_JOINS) {
        f->joins++;
        ir_br_if(t->ir, ir_op2i(t->ir, IR_eq, I32, target, f->return_address), f->end_label);
    }
    ir_exit_indirect(t->ir, target);
    if (!arm_returns_keep_flags)
        ir_flags_dead(t->ir, 15);
}

void arm_frame_jump_indirect(struct a32 *t, ir_ref target)
{
    if (ir_is_const(t->ir, target) && ir_at(t->ir, target)->imm == t->frame.return_address) { /* MOV PC, LR */
        arm_frame_return(t, target);
        return;
    }
    ir_exit_icall(t->ir, target, t->frame.return_address);
    ir_label(t->ir, ir_new_label(t->ir));
    join(t);
    t->done = true;
}

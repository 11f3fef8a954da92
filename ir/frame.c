/*
 * frame.c: see frame.h. The ways through a frame are built one after the other
 * and all lead to its end label; branches out of it are collected and made at
 * the end, so that the way to the return is straight.
 */
#include "ir/frame.h"
#include "util/util.h"

#define MAX_JOINS 7 /* jumps to the end of a frame; backends take 8 */

void ir_frame_begin(struct ir_region *r, struct ir_frame *f, uint32_t mode, uint64_t return_address, uint64_t back, uint64_t stop)
{
    *f = (struct ir_frame){.on = true, .mode = mode, .return_address = return_address, .back = back, .stop = stop,
                           .end_label = ir_new_label(r)};
    r->inlined++;
}

/* To the end of the frame. */
static void join(struct ir_region *r, struct ir_frame *f)
{
    if (f->joins == MAX_JOINS) {
        ir_exit(r, f->back, f->mode);
        return;
    }
    f->joins++;
    ir_br(r, f->end_label);
}

/* Leaves for the rest of the function. last: the end of the frame follows. */
static void call_rest(struct ir_region *r, struct ir_frame *f, uint64_t target, uint32_t mode, bool last)
{
    ir_exit_call(r, target, mode, f->return_address);
    if (target < f->back) /* it may be a recursion, and the call itself has not polled */
        ir_poll(r);
    ir_label(r, ir_new_label(r)); /* right behind a call it is where that returns */
    if (!last)
        join(r, f);
}

/* falls: the way has arrived behind the call. */
static bool end_way(struct ir_region *r, struct ir_frame *f, bool falls, uint64_t *next)
{
    if (falls && (f->resuming || f->nsides))
        join(r, f);
    if (f->resuming) {
        ir_label(r, f->resume_label);
        f->resuming = false;
        *next = f->resume;
        return true;
    }
    for (unsigned i = 0; i < f->nsides; i++) {
        ir_label(r, f->side[i].label);
        call_rest(r, f, f->side[i].target, f->mode, i + 1 == f->nsides);
    }
    f->on = false;
    *next = f->back;
    if (f->joins)
        ir_label(r, f->end_label);
    return f->joins || f->nsides || falls;
}

bool ir_frame_way_ends(struct ir_region *r, struct ir_frame *f, uint64_t *next)
{
    bool falls = f->falls;

    f->falls = false;
    return end_way(r, f, falls, next);
}

bool ir_frame_leave(struct ir_region *r, struct ir_frame *f, uint64_t pc, uint32_t mode, uint64_t *next)
{
    bool last = !f->resuming && !f->nsides;

    call_rest(r, f, pc, mode, last);
    return end_way(r, f, last, next);
}

void ir_frame_jump(struct ir_region *r, struct ir_frame *f, uint64_t target)
{
    call_rest(r, f, target, f->mode, false);
}

/* The condition that holds when this one does not. */
static ir_ref inverse(struct ir_region *r, ir_ref condition)
{
    struct ir_op o = *ir_at(r, condition);

    switch (o.op) {
    case IR_cond: return ir_cond(r, o.aux ^ 1, o.arg[0]);
    case IR_eq: return ir_op2(r, IR_ne, o.type, o.arg[0], o.arg[1]);
    case IR_ne: return ir_op2(r, IR_eq, o.type, o.arg[0], o.arg[1]);
    default: return ir_op2i(r, IR_eq, I32, condition, 0);
    }
}

bool ir_frame_jump_if(struct ir_region *r, struct ir_frame *f, ir_ref condition, uint64_t target, uint64_t behind, bool returns_soon)
{
    unsigned over;

    if (!f->resuming && returns_soon) { /* first that way, then what lies behind the branch */
        f->resuming = true;
        f->resume = behind;
        f->resume_label = ir_new_label(r);
        ir_br_if(r, inverse(r, condition), f->resume_label);
        return true;
    }
    if (f->nsides < ARRAY_SIZE(f->side)) {
        f->side[f->nsides].target = target;
        f->side[f->nsides].label = ir_new_label(r);
        ir_br_if(r, condition, f->side[f->nsides++].label);
        return false;
    }
    over = ir_new_label(r);
    ir_br_if(r, inverse(r, condition), over);
    call_rest(r, f, target, f->mode, false);
    ir_label(r, over);
    return false;
}

static bool is_expected(const struct ir_region *r, const struct ir_frame *f, ir_ref target)
{
    return ir_is_const(r, target) && ir_at(r, target)->imm == f->return_address;
}

void ir_frame_return(struct ir_region *r, struct ir_frame *f, ir_ref target, bool conditional, unsigned dead_flags)
{
    enum ir_type type = r->pointer64 ? I64 : I32;

    if (is_expected(r, f, target)) {
        f->falls = !conditional;
        if (conditional)
            join(r, f);
        return;
    }
    if (f->joins < MAX_JOINS) {
        f->joins++;
        ir_br_if(r, ir_op2i(r, IR_eq, type, target, f->return_address), f->end_label);
    }
    ir_exit_indirect(r, target);
    ir_flags_dead(r, dead_flags);
}

void ir_frame_jump_indirect(struct ir_region *r, struct ir_frame *f, ir_ref target, bool conditional)
{
    if (is_expected(r, f, target)) { /* a return after all */
        ir_frame_return(r, f, target, conditional, 0);
        return;
    }
    ir_exit_icall(r, target, f->return_address);
    ir_label(r, ir_new_label(r));
    join(r, f);
}

/*
 * frame.h: a call that a frontend translates inside its caller's region. The
 * link register is written as ever and the callee's instructions follow, in a
 * frame: a place to go on behind the call, and the address that a return must
 * have. A return compares (or the builder knows the value: then nothing is
 * left of it). Guest state is as exact as anywhere; only the host's return
 * stack has no entry for the frame. So whoever leaves for the rest of the
 * function does it as a call that returns behind the frame.
 *
 * What a frontend does in hot code (translate_options.hot), see frontend/arm:
 * - it looks ahead whether the callee has a short straight way to a return, or
 *   early returns, behind the last of which it stops ("if (n < 2) return n;" is
 *   inlined, what follows is called); system calls are not inlined
 * - at the call, with no frame on: ir_frame_begin(), and on at the callee
 * - before each instruction: ir_frame_stops(), or no more room: ir_frame_leave()
 * - direct jumps that it does not follow, conditional and indirect jumps and
 *   returns: the functions below instead of exits; where they end a way, or a
 *   raise or sync does: ir_frame_way_ends()
 */
#ifndef IR_FRAME_H
#define IR_FRAME_H

#include "ir/ir.h"

struct ir_frame {
    bool on;
    bool resuming;            /* a branch was followed; what lies behind it comes next */
    bool falls;               /* the way that has just ended arrived behind the call */
    uint8_t joins, nsides;    /* jumps to the end; branches out of the frame still to be made */
    uint32_t mode;            /* region_key.mode of caller and callee */
    unsigned end_label, resume_label;
    uint64_t return_address;  /* as the guest holds it */
    uint64_t back;            /* pc behind the call */
    uint64_t stop;            /* from this pc on the function is called; no pc: it is all here */
    uint64_t resume;
    struct { uint64_t target; unsigned label; } side[4];
};

void ir_frame_begin(struct ir_region *r, struct ir_frame *f, uint32_t mode, uint64_t return_address, uint64_t back, uint64_t stop);
/* Is pc where the function is called from? */
static inline bool ir_frame_stops(const struct ir_frame *f, uint64_t pc) { return f->on && !f->resuming && pc == f->stop; }

/* Calls the function from pc on. Like ir_frame_way_ends(), which is not to be called then. */
bool ir_frame_leave(struct ir_region *r, struct ir_frame *f, uint64_t pc, uint32_t mode, uint64_t *next);
/* A way through the function has ended in an exit or a return. *next: what is to be translated now; false: nothing, the region has ended. */
bool ir_frame_way_ends(struct ir_region *r, struct ir_frame *f, uint64_t *next);

/* A jump that is not followed; ends the way. */
void ir_frame_jump(struct ir_region *r, struct ir_frame *f, uint64_t target);
/* A conditional jump. returns_soon: a few instructions behind target is a return. True: target is to be translated next; else what is behind. */
bool ir_frame_jump_if(struct ir_region *r, struct ir_frame *f, ir_ref condition, uint64_t target, uint64_t behind, bool returns_soon);
/* A jump through a register, or a return; conditional: the instruction is jumped over when its condition fails, and the way goes on. */
void ir_frame_jump_indirect(struct ir_region *r, struct ir_frame *f, ir_ref target, bool conditional);
void ir_frame_return(struct ir_region *r, struct ir_frame *f, ir_ref target, bool conditional, unsigned dead_flags);

#endif

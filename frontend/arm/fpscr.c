/*
 * fpscr.c: FPSCR, whose parts live apart: control bits and mode in the state,
 * comparison flags in a slot of their own, sticky flags where arithmetic leaves
 * them (vcpu->fp, vcpu->fp_std and, as non-zero bits, the qc accumulator).
 */
#include "frontend/arm/arm.h"

enum {
    FPSCR_QC = 1 << 27, FPSCR_AHP = 1 << 26, FPSCR_DN = 1 << 25, FPSCR_FZ = 1 << 24, FPSCR_RMODE = 3 << 22,
    FPSCR_STRIDE = 3 << 20, FPSCR_FZ16 = 1 << 19, FPSCR_LEN = 7 << 16, FPSCR_STICKY = 0x9f,
};

/* Control bits that can be set. Trapping of exceptions is not implemented, as in most CPUs. */
static uint32_t writable(uint64_t features)
{
    uint32_t mask = FPSCR_DN | FPSCR_FZ | FPSCR_RMODE;

    if (features & ARM_FP16)
        mask |= FPSCR_AHP;
    else
        mask |= FPSCR_STRIDE | FPSCR_LEN; /* short vectors ended with the CPUs that got half precision */
    if (features & ARM_FP16_ARITH)
        mask |= FPSCR_FZ16;
    return mask;
}

uint32_t arm_get_fpscr(const struct arm_state *s)
{
    const struct vcpu *c = vcpu_of_state((void *)s);
    uint32_t nzcv = (uint32_t)ir_value(IR_flags_pack, 32, s->fpnzcv, 0, 0, 0, 0);

    return nzcv | (uint32_t)s->fpscr | ((c->fp.flags | c->fp_std.flags) & FPSCR_STICKY) | (s->qc[0] | s->qc[1] ? FPSCR_QC : 0);
}

/* RMode's numbers are enum fp_round's. */
static void set_status(struct vcpu *c, uint32_t fpscr)
{
    bool flush = fpscr & FPSCR_FZ, flush16 = fpscr & FPSCR_FZ16;

    c->fp = (struct fp_status){
        .round = (uint8_t)(fpscr >> 22 & 3), .nan_rule = FP_NAN_ARM, .default_nan = fpscr & FPSCR_DN,
        .flush_inputs = flush, .flush_outputs = flush, .flush16 = flush16, .flags = fpscr & FPSCR_STICKY,
    };
    c->fp_std = (struct fp_status){
        .round = FP_RN, .nan_rule = FP_NAN_ARM, .default_nan = true, .flush_inputs = true, .flush_outputs = true, .flush16 = flush16,
    };
}

/*
 * What follows from FPSCR for decoding. A program that has changed FPSCR may
 * look at its sticky flags as well: from then on underflow is done exactly.
 */
static uint32_t mode_of(uint32_t fpscr, bool changed)
{
    unsigned fp = fpscr & FPSCR_AHP ? FP_SOFT : fpscr & (FPSCR_DN | FPSCR_FZ) ? (fpscr & FPSCR_RMODE ? FP_SOFT : MODE_FP_NEAREST)
                : changed ? FP_EXACT : FP_HOST;

    return fp << MODE_FP_SHIFT | (fpscr & (FPSCR_LEN | FPSCR_STRIDE) ? MODE_VECTOR : 0);
}

void arm_set_fpscr(struct arm_state *s, uint32_t fpscr)
{
    struct vcpu *c = vcpu_of_state(s);
    uint32_t control = fpscr & writable(c->model->features);
    bool changed = (s->fp_mode & MODE_FP) != FP_HOST << MODE_FP_SHIFT || fpscr != arm_get_fpscr(s);

    s->fpscr = control;
    s->fpnzcv = ir_value(IR_flags_unpack, 32, fpscr, 0, 0, 0, 0);
    s->qc[0] = fpscr & FPSCR_QC ? 1 : 0;
    s->qc[1] = 0;
    s->fp_mode = mode_of(control, changed);
    set_status(c, control | (fpscr & FPSCR_STICKY));
}

void arm_fp_reset(struct vcpu *c)
{
    struct arm_state *s = vcpu_state(c);

    s->fpscr = s->fpnzcv = s->qc[0] = s->qc[1] = s->fp_mode = 0;
    set_status(c, 0);
}

uint32_t arm_helper_get_fpscr(struct arm_state *s) { return arm_get_fpscr(s); }
void arm_helper_set_fpscr(struct arm_state *s, uint32_t fpscr) { arm_set_fpscr(s, fpscr); }

/*
 * fpcr.c: FPCR and FPSR, whose parts live apart: control bits and mode in the
 * state, sticky flags where arithmetic leaves them (vcpu->fp and, as non-zero
 * bits, the qc accumulator). DDI 0487 C5.2.
 */
#include "frontend/arm/a64/a64.h"

enum {
    FPCR_AHP = 1 << 26, FPCR_DN = 1 << 25, FPCR_FZ = 1 << 24, FPCR_RMODE = 3 << 22, FPCR_FZ16 = 1 << 19,
    FPSR_QC = 1 << 27, FPSR_STICKY = 0x9f,
};

uint32_t a64_get_fpcr(const struct a64_state *s) { return (uint32_t)s->fpcr; }

uint32_t a64_get_fpsr(const struct a64_state *s)
{
    const struct vcpu *c = vcpu_of_state((void *)s);

    return (c->fp.flags & FPSR_STICKY) | (s->qc[0] | s->qc[1] ? FPSR_QC : 0);
}

/* RMode's numbers are enum fp_round's. */
static void set_status(struct vcpu *c, uint32_t fpcr)
{
    bool flush = fpcr & FPCR_FZ;

    c->fp = (struct fp_status){
        .round = (uint8_t)(fpcr >> 22 & 3), .nan_rule = FP_NAN_ARM, .default_nan = fpcr & FPCR_DN,
        .flush_inputs = flush, .flush_outputs = flush, .flush16 = fpcr & FPCR_FZ16, .flags = c->fp.flags,
    };
}

/*
 * What follows from FPCR for decoding. A program that has changed FPCR or FPSR
 * may look at its sticky flags as well: from then on underflow is done exactly.
 */
static uint64_t mode_of(uint32_t fpcr, bool changed)
{
    unsigned fp = fpcr & (FPCR_DN | FPCR_FZ) ? (fpcr & FPCR_RMODE ? FP_SOFT : MODE_FP_NEAREST) : changed ? FP_EXACT : FP_HOST;

    return fp << MODE_FP_SHIFT | (fpcr & FPCR_FZ16 ? MODE_FP16_FLUSH : 0);
}

static bool changed_before(const struct a64_state *s) { return (s->fp_mode & MODE_FP) != FP_HOST << MODE_FP_SHIFT; }

/* Trapping of exceptions is not implemented, as in most CPUs. */
void a64_set_fpcr(struct a64_state *s, uint32_t fpcr)
{
    struct vcpu *c = vcpu_of_state(s);
    uint32_t writable = FPCR_AHP | FPCR_DN | FPCR_FZ | FPCR_RMODE | (c->model->features & A64_FP16 ? FPCR_FZ16 : 0);
    bool changed = changed_before(s) || (fpcr & writable) != s->fpcr;

    s->fpcr = fpcr & writable;
    s->fp_mode = mode_of((uint32_t)s->fpcr, changed);
    set_status(c, (uint32_t)s->fpcr);
}

void a64_set_fpsr(struct a64_state *s, uint32_t fpsr)
{
    bool changed = changed_before(s) || (fpsr & FPSR_STICKY) != (a64_get_fpsr(s) & FPSR_STICKY);

    vcpu_of_state(s)->fp.flags = fpsr & FPSR_STICKY;
    s->qc[0] = fpsr & FPSR_QC ? 1 : 0;
    s->qc[1] = 0;
    s->fp_mode = mode_of((uint32_t)s->fpcr, changed);
}

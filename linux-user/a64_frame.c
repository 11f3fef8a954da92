/*
 * a64_frame.c: AArch64's signal frames, written and read back. Layouts: the
 * kernel's arch/arm64/include/uapi/asm/{sigcontext,ucontext}.h; which records
 * are accepted on the way back, and how they are checked: its
 * Documentation/arch/arm64/sve.rst and the comments in sigcontext.h.
 */
#include "linux-user/a64.h"

#include <stdlib.h>

#define FPSIMD_MAGIC 0x46508001u
#define ESR_MAGIC    0x45535201u
#define SVE_MAGIC    0x53564501u
#define EXTRA_MAGIC  0x45585401u
#define SA_RESTORER_FLAG 0x04000000u
#define SIGINFO_SIZE 128
#define RESERVED_SIZE 4096
#define END_SIZE     16 /* of the end of a list */
#define EXTRA_MOST   (1u << 20)

#define PSTATE_NZCV  0xf0000000u
#define PSTATE_SSBS  (1u << 12)
#define PSTATE_DIT   (1u << 24)
#define PSTATE_TCO   (1u << 25)
#define PSTATE_BTYPE (3u << 10)
#define PSTATE_BTYPE_C (2u << 10)
#define PSTATE_MODE  0x1fu

#define ESR_DATA_ABORT  (0x24u << 26)
#define ESR_FETCH_ABORT (0x20u << 26)
#define ESR_IL          (1u << 25)
#define ESR_WNR         (1u << 6)

struct a64_sigcontext {
    uint64_t fault_address, x[31], sp, pc, pstate;
    uint8_t reserved[RESERVED_SIZE] __attribute__((aligned(16)));
};

struct a64_ucontext {
    uint64_t flags, link;
    struct { uint64_t sp; uint32_t flags, pad; uint64_t size; } stack;
    uint64_t sigmask;
    uint8_t unused[120];
    struct a64_sigcontext mcontext;
};

struct a64_sigframe {
    uint8_t info[SIGINFO_SIZE];
    struct a64_ucontext uc;
};

struct frame_record { uint64_t fp, lr; };
struct record { uint32_t magic, size; };
struct fpsimd_record { struct record head; uint32_t fpsr, fpcr; uint64_t v[32][2]; };
struct esr_record { struct record head; uint64_t esr; };
struct sve_record { struct record head; uint16_t vl, flags, reserved[2]; };
struct extra_record { struct record head; uint64_t data; uint32_t size, reserved[3]; };

_Static_assert(offsetof(struct a64_ucontext, mcontext) == 176, "ucontext");
_Static_assert(offsetof(struct a64_sigcontext, reserved) == 288, "sigcontext");
_Static_assert(sizeof(struct a64_sigframe) == 4688, "frame");
_Static_assert(sizeof(struct fpsimd_record) == 528 && sizeof(struct extra_record) == 32, "records");

/* ---- out ---- */

/* Appends a record; the zeros behind the last one end the list. */
static void *append(struct a64_sigcontext *c, unsigned *at, uint32_t magic, uint32_t size)
{
    void *record = c->reserved + *at;

    *(struct record *)record = (struct record){magic, size};
    *at += size;
    return record;
}

static void save_fpsimd(const struct a64_state *s, struct fpsimd_record *f)
{
    f->fpsr = a64_get_fpsr(s);
    f->fpcr = a64_get_fpcr(s);
    memcpy(f->v, s->v, sizeof f->v);
}

/* ---- SVE: a record of its own, without registers when V is all there is ---- */

static bool has_sve(const struct vcpu *c) { return a64_hwcap(c->model, 1) >> 22 & 1; }
static unsigned sve_exact(unsigned vl) { return (unsigned)sizeof(struct sve_record) + 32 * vl + 17 * (vl / 8); }
static unsigned sve_bytes(unsigned vl) { return (unsigned)align_up(sve_exact(vl), 16); }
static uint8_t *sve_predicates(struct sve_record *r) { return (uint8_t *)(r + 1) + 32 * r->vl; }

static void save_sve(const struct a64_state *s, struct sve_record *r)
{
    r->vl = (uint16_t)a64_get_vector_length(s);
    if (r->head.size > sizeof *r)
        a64_get_sve(s, r + 1, sve_predicates(r), sve_predicates(r) + 16 * (r->vl / 8));
}

/* How far the records may reach beyond the frame's own space, when SVE's is full. */
static unsigned sve_more(unsigned vl)
{
    unsigned all = sizeof(struct fpsimd_record) + sizeof(struct esr_record) + sizeof(struct extra_record) + 2 * END_SIZE + sve_bytes(vl);

    return all > RESERVED_SIZE ? (unsigned)align_up(all - RESERVED_SIZE, 16) : 0;
}
#define SVE_MOST 5632 /* sve_more(256) */

unsigned a64_sve_sigstack(const struct vcpu *c) { return has_sve(c) ? sve_more(a64_best_vector_length(~0u)) : 0; }

static bool is_memory_fault(int sig, const siginfo_t *info)
{
    return (sig == SIGSEGV || sig == SIGBUS) && info->si_code > 0 && info->si_code < SI_KERNEL;
}

/* As the abort handler leaves it: garbage collectors look at the write bit. */
static uint64_t syndrome(const struct guest_thread *t, int sig, const siginfo_t *info)
{
    unsigned status = sig == SIGBUS ? 0x21 : info->si_code == SEGV_ACCERR ? 0x0f : info->si_code == SEGV_MAPERR ? 0x07 : 0x11;

    return (t->scratch[SCRATCH_FETCH] ? ESR_FETCH_ABORT : ESR_DATA_ABORT) | ESR_IL | (t->scratch[SCRATCH_WRITE] ? ESR_WNR : 0) | status;
}

/*
 * The record of SVE, in the frame's space or, when that is too small, behind
 * the end of the list in it, where an EXTRA record says. at: of the records
 * before it.
 */
static void append_sve(struct guest_thread *t, struct a64_sigframe *f, uint64_t frame_at, unsigned at)
{
    const struct a64_state *s = a64_of(t);
    struct a64_sigcontext *c = &f->uc.mcontext;
    unsigned size = a64_sve_in_use(s) ? sve_bytes(a64_get_vector_length(s)) : sizeof(struct sve_record);
    uint64_t reserved_at = frame_at + offsetof(struct a64_sigframe, uc.mcontext.reserved);
    struct extra_record *extra;

    if (at + size + sizeof(struct extra_record) + END_SIZE > RESERVED_SIZE) {
        extra = append(c, &at, EXTRA_MAGIC, sizeof *extra);
        at += END_SIZE;
        extra->data = reserved_at + at;
        extra->size = size + END_SIZE;
    }
    save_sve(s, append(c, &at, SVE_MAGIC, size));
}

static void fill_frame(struct guest_thread *t, int sig, const siginfo_t *info, uint64_t mask, uint64_t frame_at, struct a64_sigframe *f)
{
    const struct a64_state *s = a64_of(t);
    struct a64_sigcontext *c = &f->uc.mcontext;
    unsigned at = 0;

    f->uc.stack.sp = t->altstack.sp;
    f->uc.stack.flags = altstack_state(t);
    f->uc.stack.size = t->altstack.size;
    f->uc.sigmask = mask;
    memcpy(c->x, s->x, sizeof c->x);
    c->sp = s->sp;
    c->pc = s->pc;
    c->pstate = a64_get_pstate(s);
    save_fpsimd(s, append(c, &at, FPSIMD_MAGIC, sizeof(struct fpsimd_record)));
    if (is_memory_fault(sig, info)) {
        c->fault_address = (uint64_t)info->si_addr;
        ((struct esr_record *)append(c, &at, ESR_MAGIC, sizeof(struct esr_record)))->esr = syndrome(t, sig, info);
    }
    if (has_sve(t->cpu))
        append_sve(t, f, frame_at, at);
}

/* Where the frame goes: the alternate stack if asked for, set up, and not in use already. */
static uint64_t stack_top(struct guest_thread *t, const struct guest_sigaction *action)
{
    uint64_t sp = a64_of(t)->sp;

    if (action->flags & SA_ONSTACK && t->altstack.size && !on_altstack(t, sp))
        sp = t->altstack.sp + t->altstack.size;
    return sp;
}

bool a64_signal_setup(struct guest_thread *t, int sig, const siginfo_t *info, const struct guest_sigaction *action, uint64_t mask)
{
    struct a64_state *s = a64_of(t);
    struct frame_record record = {s->x[29], s->x[30]};
    uint64_t record_at = align_down(stack_top(t, action) - sizeof record, 16), at;
    struct { struct a64_sigframe f; uint8_t sve[SVE_MOST]; } f;
    unsigned more = has_sve(t->cpu) && a64_sve_in_use(s) ? sve_more(a64_get_vector_length(s)) : 0;

    at = align_down(record_at - sizeof f.f - more, 16);
    memset(&f.f, 0, sizeof f.f);
    memset(f.sve, 0, more);
    fill_frame(t, sig, info, mask, at, &f.f);
    if (action->flags & SA_SIGINFO)
        siginfo_to_guest(f.f.info, info);
    if (!copy_to_guest(at, &f, sizeof f.f + more) || !copy_to_guest(record_at, &record, sizeof record))
        return false;

    s->x[0] = (uint64_t)sig;
    if (action->flags & SA_SIGINFO) {
        s->x[1] = at;
        s->x[2] = at + offsetof(struct a64_sigframe, uc);
    }
    s->sp = at;
    s->x[29] = record_at;
    s->x[30] = action->flags & SA_RESTORER_FLAG ? action->restorer : guest.vdso + abi->sigreturn_offset;
    s->pc = action->handler;
    a64_set_pstate(s, (a64_get_pstate(s) & ~(uint64_t)(PSTATE_BTYPE | PSTATE_TCO)) | PSTATE_BTYPE_C);
    a64_clear_exclusive(t);
    return true;
}

/* ---- back ---- */

/* The records found: of FPSIMD exactly one is needed. */
struct found { struct fpsimd_record fpsimd; bool has_fpsimd, has_extra, has_sve; struct { struct sve_record head; uint8_t regs[32 * 256 + 17 * 32]; } sve; };

/* A list of records: in the frame, or where an EXTRA record says. */
struct list { const uint8_t *bytes; uint32_t limit, at; };

static bool next_record(struct list *l, struct record *r)
{
    if (l->limit - l->at < sizeof *r || l->at % 16)
        return false;
    memcpy(r, l->bytes + l->at, sizeof *r);
    return r->size <= l->limit - l->at;
}

/*
 * The rest of the list lies elsewhere: behind the frame's reserved space, so
 * that the stack pointer bounds it, and the EXTRA record is the last but the end.
 */
static bool follow_extra(struct list *l, uint64_t reserved_at, uint8_t **memory)
{
    struct extra_record e;
    struct record end;
    struct list rest = {l->bytes, l->limit, l->at + sizeof e};

    memcpy(&e, l->bytes + l->at, sizeof e);
    if (!next_record(&rest, &end) || end.magic || end.size || e.data % 16 || e.size % 16 ||
        e.data != reserved_at + align_up(l->at + sizeof e + sizeof end, 16) || e.size > EXTRA_MOST)
        return false;
    *memory = malloc(e.size);
    if (!*memory || !copy_from_guest(*memory, e.data, e.size))
        return false;
    *l = (struct list){*memory, e.size, 0};
    return true;
}

static bool parse_records(const struct a64_sigcontext *c, uint64_t reserved_at, bool sve, struct found *found)
{
    struct list l = {c->reserved, RESERVED_SIZE, 0};
    struct record r;
    uint8_t *memory = NULL;
    bool good = false;

    while (next_record(&l, &r)) {
        if (!r.magic) {
            good = !r.size && found->has_fpsimd;
            break;
        }
        if (r.size < sizeof r)
            break;
        if (r.magic == EXTRA_MAGIC) {
            if (found->has_extra || r.size < sizeof(struct extra_record) || !follow_extra(&l, reserved_at, &memory))
                break;
            found->has_extra = true;
            continue;
        }
        if (r.magic == FPSIMD_MAGIC) {
            if (found->has_fpsimd || r.size != sizeof found->fpsimd)
                break;
            memcpy(&found->fpsimd, l.bytes + l.at, sizeof found->fpsimd);
            found->has_fpsimd = true;
        } else if (r.magic == SVE_MAGIC && sve) {
            if (found->has_sve || r.size < sizeof(struct sve_record))
                break;
            memcpy(&found->sve, l.bytes + l.at, MIN_(r.size, sizeof found->sve));
            found->has_sve = true;
        } else if (r.magic != ESR_MAGIC) {
            break;
        }
        l.at += r.size;
    }
    free(memory);
    return good;
}

/* The record's vector length must be the thread's; without registers in it they are zero above V. */
static bool restore_sve(struct a64_state *s, struct found *f)
{
    struct sve_record *r = &f->sve.head;
    unsigned vl = a64_get_vector_length(s);

    if (f->has_sve && (r->vl != vl || (r->head.size > sizeof *r && r->head.size < sve_exact(vl))))
        return false;
    if (f->has_sve && r->head.size > sizeof *r)
        a64_set_sve(s, r + 1, sve_predicates(r), sve_predicates(r) + 16 * (vl / 8));
    else
        a64_forget_sve(s);
    return true;
}

static bool restore(struct guest_thread *t, const struct a64_ucontext *uc, uint64_t uc_at)
{
    struct a64_state *s = a64_of(t);
    const struct a64_sigcontext *c = &uc->mcontext;
    struct found found;

    found.has_fpsimd = found.has_extra = found.has_sve = false;

    signals_set_mask(t, uc->sigmask);
    memcpy(s->x, c->x, sizeof s->x);
    s->sp = c->sp;
    s->pc = c->pc;
    if (c->pstate & PSTATE_MODE) /* another exception level, or AArch32: the kernel kills */
        return false;
    a64_set_pstate(s, c->pstate & (PSTATE_NZCV | PSTATE_SSBS | PSTATE_DIT | PSTATE_TCO | PSTATE_BTYPE));
    a64_clear_exclusive(t);
    if (!parse_records(c, uc_at + offsetof(struct a64_ucontext, mcontext.reserved), has_sve(t->cpu), &found) || !restore_sve(s, &found))
        return false;
    memcpy(s->v, found.fpsimd.v, sizeof s->v);
    a64_set_fpcr(s, found.fpsimd.fpcr);
    a64_set_fpsr(s, found.fpsimd.fpsr);
    return true;
}

long a64_sigreturn(struct guest_thread *t, bool rt)
{
    struct a64_ucontext uc;
    uint64_t sp = a64_of(t)->sp, uc_at = sp + offsetof(struct a64_sigframe, uc);

    t->restart = 0; /* the frame holds what the interrupted call is to give */
    if (sp % 16 || !copy_from_guest(&uc, uc_at, sizeof uc) || !restore(t, &uc, uc_at))
        signal_force(t, SIGSEGV, SI_KERNEL, 0);
    else
        altstack_restore(t, uc.stack.sp, uc.stack.flags, uc.stack.size);
    return -ESIGRETURN;
}

/*
 * arm_frame.c: ARM's signal frames, written and read back. Layouts: the
 * kernel's arch/arm/include/uapi/asm/{sigcontext,ucontext}.h and the user-side
 * order of its signal.c; a program may look at and change every word of them.
 */
#include "linux-user/arm.h"

#include <sys/mman.h>

#define VFP_MAGIC   0x56465001u
#define VFP_SIZE    288           /* magic, size, 32 doubles, fpscr, fpexc, fpinst, fpinst2, padded */
#define FPEXC_ON    0x40000000u   /* as user space sees it: enabled */
#define OLD_MAGIC   0x5ac3c35au   /* uc_flags of a frame without siginfo */
#define SA_RESTORER_FLAG 0x04000000u
#define SIGINFO_SIZE 128

struct arm_sigcontext {
    uint32_t trap_no, error_code, oldmask, r[16], cpsr, fault_address;
};

struct arm_altstack { uint32_t sp, flags, size; };

struct arm_ucontext {
    uint32_t flags, link;
    struct arm_altstack stack;
    struct arm_sigcontext mcontext;
    uint64_t sigmask __attribute__((packed, aligned(4)));
    uint32_t unused[30];
    uint8_t regspace[512];
};

struct arm_sigframe {
    struct arm_ucontext uc;
    uint32_t retcode[4];
};

struct arm_rt_sigframe {
    uint8_t info[SIGINFO_SIZE];
    struct arm_sigframe sig;
};

struct vfp_frame {
    uint32_t magic, size;
    uint64_t d[32];
    uint32_t fpscr, fpexc, fpinst, fpinst2;
};

_Static_assert(sizeof(struct arm_sigframe) == 760, "sigframe");
_Static_assert(offsetof(struct arm_ucontext, regspace) == 232, "ucontext");

/* ---- out ---- */

static void save_vfp(const struct arm_state *s, uint8_t *space)
{
    struct vfp_frame f = {.magic = VFP_MAGIC, .size = VFP_SIZE, .fpscr = arm_get_fpscr(s), .fpexc = FPEXC_ON};

    memcpy(f.d, s->d, sizeof f.d);
    memcpy(space, &f, sizeof f); /* and the zero word behind it ends the list */
}

/* trap_no and error_code as the data abort handler leaves them: garbage collectors look at the write bit. */
static void save_fault(struct guest_thread *t, int sig, const siginfo_t *info, struct arm_sigcontext *c)
{
    if ((sig != SIGSEGV && sig != SIGBUS) || info->si_code <= 0 || info->si_code >= SI_KERNEL)
        return;
    c->trap_no = 14;
    c->error_code = (info->si_code == SEGV_ACCERR ? 0xf : 0x7) | (t->scratch[0] ? 1 << 11 : 0);
    c->fault_address = (uint32_t)(uintptr_t)info->si_addr;
}

static void fill_ucontext(struct guest_thread *t, int sig, const siginfo_t *info, uint64_t mask, struct arm_ucontext *uc)
{
    const struct arm_state *s = arm_of(t);

    for (unsigned i = 0; i < 16; i++)
        uc->mcontext.r[i] = (uint32_t)s->r[i];
    uc->mcontext.cpsr = arm_get_cpsr(s);
    uc->mcontext.oldmask = (uint32_t)mask;
    save_fault(t, sig, info, &uc->mcontext);
    uc->sigmask = mask;
    uc->stack = (struct arm_altstack){(uint32_t)t->altstack.sp, altstack_state(t), (uint32_t)t->altstack.size};
    save_vfp(s, uc->regspace);
}

/* Where the frame goes: the alternate stack if asked for, set up, and not in use already. */
static uint32_t frame_address(struct guest_thread *t, const struct guest_sigaction *action, unsigned size)
{
    uint64_t sp = arm_of(t)->r[13];

    if (action->flags & SA_ONSTACK && t->altstack.size && !on_altstack(t, sp))
        sp = t->altstack.sp + t->altstack.size;
    return (uint32_t)(sp - size) & ~7u;
}

static uint32_t return_address(const struct guest_sigaction *action, bool thumb)
{
    unsigned which = (action->flags & SA_SIGINFO ? 2 : 0) + thumb;

    if (action->flags & SA_RESTORER_FLAG)
        return (uint32_t)action->restorer;
    return (uint32_t)(guest.vdso + abi->sigreturn_offset + 8 * which + thumb);
}

bool arm_signal_setup(struct guest_thread *t, int sig, const siginfo_t *info, const struct guest_sigaction *action, uint64_t mask)
{
    struct arm_state *s = arm_of(t);
    struct arm_rt_sigframe f;
    bool rt = action->flags & SA_SIGINFO, thumb = action->handler & 1;
    unsigned skip = rt ? 0 : SIGINFO_SIZE, size = sizeof f - skip;
    uint32_t at = frame_address(t, action, size);
    static const uint32_t codes[4][2] = {{0xe3a07077, 0xef000000}, {0xdf002777}, {0xe3a070ad, 0xef000000}, {0xdf0027ad}};

    memset(&f, 0, sizeof f);
    fill_ucontext(t, sig, info, mask, &f.sig.uc);
    memcpy(f.sig.retcode, codes[(rt ? 2 : 0) + thumb], 8);
    if (rt)
        siginfo_to_guest(f.info, info);
    else
        f.sig.uc.flags = OLD_MAGIC;
    if (!copy_to_guest(at, (const uint8_t *)&f + skip, size))
        return false;

    s->r[0] = (uint32_t)sig;
    if (rt) {
        s->r[1] = at;
        s->r[2] = at + SIGINFO_SIZE;
    }
    s->r[13] = at;
    s->r[14] = return_address(action, thumb);
    arm_set_cpsr(s, (arm_get_cpsr(s) & ~(CPSR_T | CPSR_E | CPSR_IT_LOW | CPSR_IT_HIGH)) | (thumb ? CPSR_T : 0));
    s->r[15] = action->handler & (thumb ? ~1u : ~3u);
    return true;
}

/* ---- back ---- */

static bool restore_vfp(struct arm_state *s, const uint8_t *space)
{
    struct vfp_frame f;

    memcpy(&f, space, sizeof f);
    if (f.magic != VFP_MAGIC || f.size != VFP_SIZE)
        return false;
    memcpy(s->d, f.d, sizeof f.d);
    arm_set_fpscr(s, f.fpscr);
    return true;
}

static bool restore_ucontext(struct guest_thread *t, const struct arm_ucontext *uc)
{
    struct arm_state *s = arm_of(t);

    signals_set_mask(t, uc->sigmask);
    for (unsigned i = 0; i < 16; i++)
        s->r[i] = uc->mcontext.r[i];
    if (uc->mcontext.cpsr & 0xf) /* not user mode: the kernel kills */
        return false;
    arm_set_cpsr(s, uc->mcontext.cpsr);
    s->r[15] &= s->thumb ? ~1u : ~3u;
    s->exclusive_address = ~0ull;
    return restore_vfp(s, uc->regspace);
}

long arm_sigreturn(struct guest_thread *t, bool rt)
{
    struct arm_ucontext uc;
    uint32_t sp = (uint32_t)arm_of(t)->r[13];

    t->restart = 0; /* the frame holds what the interrupted call is to give */
    if (sp & 7 || !copy_from_guest(&uc, sp + (rt ? SIGINFO_SIZE : 0), sizeof uc) || !restore_ucontext(t, &uc))
        signal_force(t, SIGSEGV, SI_KERNEL, 0);
    else if (rt)
        altstack_restore(t, uc.stack.sp, uc.stack.flags, uc.stack.size);
    return -ESIGRETURN;
}

/*
 * fault.c: host signals raised by translated code, by helpers it calls, and
 * by writes to pages that were translated from; exceptions from helpers. A
 * signal is resolved in place, or becomes an exception of the guest: state
 * whole, pc of the instruction, and the handler returns into a gate.
 */
#include "runtime/internal.h"

#include <sched.h>
#include <sys/mman.h>
#include <ucontext.h>

#define SOFT_AFTER_TRAPS 4  /* then a region's floating point is done without traps */
#define PAGE_FAULT_WRITE 2  /* of the page fault's error code */
#define FAULT_BUS (1ull << 62)
#define STATE_BASE 128      /* rbp of translated code points so far into the state */

static greg_t *reg(void *ucontext, int r)
{
    return &((ucontext_t *)ucontext)->uc_mcontext.gregs[r];
}

static void *host_pc(void *ucontext)
{
    return (void *)*reg(ucontext, REG_RIP);
}

/* ---- writes to pages of translated code ---- */

/* False: somebody flushes everything and waits for us; the page is writable then without more. */
static bool lock_in_signal(uint64_t host_address)
{
    while (!translation_trylock()) {
        if (__atomic_load_n(&rt.flush_wanted, __ATOMIC_SEQ_CST)) {
            mprotect((void *)align_down(host_address, GUEST_PAGE), GUEST_PAGE, PROT_READ | PROT_WRITE);
            return false;
        }
        sched_yield();
    }
    return true;
}

/* The same write again and again without our changing anything is no longer our business. */
static bool is_stuck(const void *pc, uint64_t address)
{
    static __thread struct { const void *pc; uint64_t address; unsigned times; } last;

    if (last.pc != pc || last.address != address) {
        last.pc = pc;
        last.address = address;
        last.times = 0;
    }
    return ++last.times > 1000;
}

static bool write_to_code(uint64_t host_address, const void *pc)
{
    uint64_t addr = host_address - rt.mem.base;
    bool ours;

    if ((page_flags_at(addr) & (PAGE_WRITE | PAGE_VALID)) != (PAGE_WRITE | PAGE_VALID) || translation_lock_held() ||
        is_stuck(pc, host_address))
        return false;
    if (!lock_in_signal(host_address))
        return true;
    ours = page_write_fault(addr);
    translation_unlock();
    return ours;
}

/* ---- faults of the guest ---- */

/* Is it in what the guest can reach? A 32-bit access that starts below 4 GiB may end in the guard behind. */
static bool guest_address(uint64_t host_address, uint64_t *addr)
{
    *addr = host_address - rt.mem.base;
    if (rt.arch->address_bits == 64)
        return true;
    if (*addr >= (1ull << 32) + GUEST_PAGE)
        return false;
    *addr = (uint32_t)*addr;
    return true;
}

static void set_exception(struct vcpu *c, struct region_key at, enum exception e, uint64_t data)
{
    rt.arch->set_pc(c, at.pc, at.mode);
    c->exception = e;
    c->exception_data = data;
    c->exit_id = ~0ull; /* the state is whole */
}

static void go_on_at(struct vcpu *c, void *ucontext, const void *gate)
{
    *reg(ucontext, REG_RIP) = (greg_t)gate;
    *reg(ucontext, REG_RBP) = (greg_t)vcpu_state(c) + STATE_BASE;
}

static bool fault_in_code(struct vcpu *c, struct region *r, void *ucontext, uint64_t data)
{
    const void *pc = host_pc(ucontext);

    rt.backend->state_from_signal(c, ucontext, region_flags_at(r, pc));
    set_exception(c, region_insn_at(r, pc), EXC_DATA_FAULT, data);
    if (address_is_unknown(ucontext))
        address_fault(c, r);
    go_on_at(c, ucontext, rt.gates.leave_fault);
    return true;
}

/* The return address of a helper's call; the call itself ends one byte before. */
static const void *helper_call_site(const struct vcpu *c)
{
    return (const char *)*(const uint64_t *)c->code_stack - 1;
}

static struct region_key helper_insn(const struct vcpu *c)
{
    const struct vcpu_private *p = private_of(c);
    const struct region *r;

    if (p->interp_jump)
        return (struct region_key){p->interp.pc, p->interp.mode};
    r = cache_region_at(helper_call_site(c));
    bug_on(!r);
    return region_insn_at(r, helper_call_site(c));
}

static bool fault_in_helper(struct vcpu *c, void *ucontext, uint64_t data)
{
    set_exception(c, helper_insn(c), EXC_DATA_FAULT, data);
    *reg(ucontext, REG_RSP) = (greg_t)c->c_stack; /* the gate expects any stack; the helper's frames are gone */
    go_on_at(c, ucontext, c->in_code == 3 ? rt.gates.unwind_integer : rt.gates.unwind);
    return true;
}

/* The handler returns here, on the stack of the interpreter. */
static void leave_interpreter(void)
{
    interpret_leave(vcpu_current());
}

#define INTERPRET_FRAME 4096 /* that of interpret(), where the jump buffer is, ends sooner */

/* What is far below the jump buffer is given up, and may be where the stack has overflowed. */
static bool fault_in_interpreter(struct vcpu *c, void *ucontext, uint64_t data)
{
    uint64_t below = (uint64_t)private_of(c)->interp_jump - INTERPRET_FRAME;
    uint64_t rsp = MAX_((uint64_t)*reg(ucontext, REG_RSP), below);

    set_exception(c, helper_insn(c), EXC_DATA_FAULT, data);
    *reg(ucontext, REG_RSP) = (greg_t)(align_down(rsp - 256, 16) - 8); /* as after a call */
    *reg(ucontext, REG_RIP) = (greg_t)leave_interpreter;
    return true;
}

static bool memory_fault(struct vcpu *c, int sig, const siginfo_t *info, void *ucontext)
{
    bool write = *reg(ucontext, REG_ERR) & PAGE_FAULT_WRITE;
    struct region *r = cache_region_at(host_pc(ucontext));
    uint64_t address = (uint64_t)info->si_addr, data;

    if (sig == SIGSEGV && runtime_is_code(host_pc(ucontext)) && rt.backend->mend_return_stack(c, ucontext, address)) {
        rt.count.stack_traps++;
        return true;
    }
    if (!guest_address(address, &data))
        return false;
    data = ir_fault_data(data, write) | (sig == SIGBUS ? FAULT_BUS : 0);
    if (private_of(c)->interp_jump)
        return fault_in_interpreter(c, ucontext, data);
    if (r)
        return fault_in_code(c, r, ucontext, data);
    if (c->in_code >= 2)
        return fault_in_helper(c, ucontext, data);
    return false;
}

/* ---- floating point ---- */

static bool fp_trap(struct vcpu *c, void *ucontext)
{
    struct region *r = cache_region_at(host_pc(ucontext));

    if (!r || !rt.backend->mend_fp(c, ucontext))
        return false;
    rt.count.fp_traps++;
    if (r->traps < SOFT_AFTER_TRAPS)
        r->traps++;
    else if (!(r->flags & REGION_DEAD) && translation_trylock()) { /* busy: next time */
        region_make_soft(r);
        translation_unlock();
    }
    return true;
}

/* ---- the door ---- */

bool runtime_signal(int sig, siginfo_t *info, void *ucontext)
{
    struct vcpu *c = vcpu_current();

    if (info->si_code <= 0)
        return false; /* sent by somebody */
    if (sig != SIGSEGV && sig != SIGBUS)
        return sig == SIGFPE && c && runtime_is_code(host_pc(ucontext)) && fp_trap(c, ucontext);
    if (code_copy_fault(ucontext) || (sig == SIGBUS && keep_mends((uint64_t)info->si_addr)))
        return true;
    if (sig == SIGSEGV && info->si_code == SEGV_ACCERR && *reg(ucontext, REG_ERR) & PAGE_FAULT_WRITE &&
        write_to_code((uint64_t)info->si_addr, host_pc(ucontext)))
        return true;
    return c && memory_fault(c, sig, info, ucontext);
}

uint64_t vcpu_helper_pc(struct vcpu *c)
{
    return helper_insn(c).pc;
}

void vcpu_raise(struct vcpu *c, enum exception e, uint64_t data)
{
    set_exception(c, helper_insn(c), e, data);
    if (private_of(c)->interp_jump)
        interpret_leave(c);
    __asm__ volatile("mov %0, %%rbp\n\tjmp *%1"
                     : : "r"((char *)vcpu_state(c) + STATE_BASE), "a"(rt.gates.unwind) : "memory");
    __builtin_unreachable();
}

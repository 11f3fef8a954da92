/*
 * gates.c: code that belongs to no region: entering translated code, leaving
 * it, looking up an indirect target, and calling C helpers. Made once at the
 * start of the code cache, by the emitter, from the guest's pins.
 *
 * In translated code: rbp = state + 128, rsp = return stack (host return
 * addresses of the calls the guest has made, so that the host predicts the
 * guest's returns), every pinned register in its home.
 */
#include "backend/x86_64/gen.h"

#include <string.h>
#include <ucontext.h>

struct pins x86_pins;
struct x86_gate_table x86_gates;

/* Hot guest registers go to callee-saved ones, so that helpers leave them alone. */
static const uint8_t gpr_order[] = {RBX, R14, R15, RSI, R13, RDI, R8, R9, R10, R12, R11};

void x86_make_pins(const struct guest_arch *arch)
{
    struct pins *p = &x86_pins;
    unsigned gprs = 0, xmms = 0, max_xmm = x86_cpu.avx512vl ? 28 : 16; /* 28 to 31 are XMM_SCRATCH */

    p->wide_guest = arch->address_bits == 64;
    p->code_scale = (uint8_t)(4 - arch->code_shift);
    memset(p->gpr, NOREG, sizeof p->gpr);
    memset(p->xmm, NOREG, sizeof p->xmm);
    p->gpr_pinned = 0;
    p->xmm_pinned = 0;
    bug_on(guest_slot_bytes(arch) > STATE_MAX);
    for (unsigned i = 0; i < arch->npins; i++) {
        const struct guest_pin *pin = &arch->pins[i];
        unsigned s = pin->offset / 8;

        if (!pin->is_vector && gprs < ARRAY_SIZE(gpr_order)) {
            unsigned reg = gpr_order[gprs++];
            p->gpr[s] = reg;
            p->gpr_slot[reg] = pin->offset;
            p->gpr_pinned |= 1u << reg;
        } else if (pin->is_vector && 4 + xmms < max_xmm) {
            unsigned reg = 4 + xmms++;
            p->xmm[s] = reg;
            p->part[s] = 0;
            p->wide[s] = pin->bytes == 16;
            if (pin->bytes == 16) {
                p->xmm[s + 1] = reg;
                p->part[s + 1] = 1;
                p->wide[s + 1] = 1;
            }
            p->xmm_slot[reg] = pin->offset;
            p->xmm_pinned |= 1u << reg;
        }
    }
}

static struct mem vc(int32_t disp) { return mem_at(RBP, disp); }

/* Loads of a 32-bit guest's registers clear the upper halves: C may have left anything there. */
static void move_pins(struct code *c, uint32_t gprs, bool vectors, bool store)
{
    const struct pins *p = &x86_pins;

    for (unsigned r = 0; r < 16; r++)
        if (p->gpr_pinned & gprs & 1u << r)
            op_rm(c, store || p->wide_guest, 0, store ? 0x89 : 0x8b, r, vc(ST(p->gpr_slot[r])));
    for (unsigned r = 0; vectors && r < 32; r++) {
        if (!(p->xmm_pinned >> r & 1))
            continue;
        struct mem m = vc(ST(p->xmm_slot[r]));
        if (p->wide[p->xmm_slot[r] / 8])
            v_rm(c, store ? V_MOVDQU_S : V_MOVDQU_L, r, m);
        else
            v_rm(c, store ? V_MOVQ_S : V_MOVQ_L, r, m);
    }
}

#define LDMXCSR 2
#define STMXCSR 3
static void mxcsr(struct code *c, unsigned ext, int32_t disp) { op_rm(c, false, 0, 0x0fae, ext, vc(disp)); }
static void push_r(struct code *c, unsigned r) { op_rr(c, false, 0, 0xff, 6, r); }
static void pop_r(struct code *c, unsigned r) { op_rr(c, false, 0, 0x8f, 0, r); }
static const uint8_t saved[] = {RBX, RBP, R12, R13, R14, R15};

static void gate_enter(struct code *c)
{
    for (unsigned i = 0; i < ARRAY_SIZE(saved); i++)
        push_r(c, saved[i]);
    alu_ri(c, true, X_SUB, RSP, 8);
    lea(c, true, RBP, mem_at(RDI, (int32_t)VCPU_STATE + 128));
    mov_store(c, true, vc(VC(c_stack)), RSP);
    mxcsr(c, LDMXCSR, VC(mxcsr_guest));
    mov_rr(c, true, RAX, RSI);
    mov_load(c, true, RSP, vc(VC(code_stack)));
    mov_mi(c, false, vc(VC(in_code)), 1);
    move_pins(c, ~0u, true, false);
    op_rr(c, false, 0, 0xff, 4, RAX);
}

/* rax: exit kind. */
static void gate_leave(struct code *c, bool pins, bool keep_code_stack)
{
    if (pins)
        move_pins(c, ~0u, true, true);
    if (!keep_code_stack)
        mov_store(c, true, vc(VC(code_stack)), RSP);
    mov_mi(c, false, vc(VC(in_code)), 0);
    if (pins) /* else a helper is left: C's own MXCSR is in force, and says nothing of the guest */
        mxcsr(c, STMXCSR, VC(mxcsr_guest));
    mxcsr(c, LDMXCSR, VC(mxcsr_host));
    mov_load(c, true, RSP, vc(VC(c_stack)));
    alu_ri(c, true, X_ADD, RSP, 8);
    for (unsigned i = ARRAY_SIZE(saved); i-- > 0;)
        pop_r(c, saved[i]);
    /* Not ret: the host's return predictor is where the guest's calls and returns have left it. */
    pop_r(c, RCX);
    op_rr(c, false, 0, 0xff, 4, RCX);
}

/* rax: exit number. */
static const uint8_t *gate_exit(struct code *c, enum exit_kind kind, const uint8_t *leave)
{
    const uint8_t *at = c->p;

    mov_store(c, true, vc(VC(exit_id)), RAX);
    mov_ri(c, RAX, kind);
    jmp32(c, leave, false);
    return at;
}

/* rax: target as the guest holds it. */
static void gate_lookup(struct code *c)
{
    struct mem entry = {.base = RBP, .index = RCX, .disp = VC(jump_cache)};

    lea(c, false, RCX, (struct mem){.base = NOREG, .index = RAX, .scale = x86_pins.code_scale});
    alu_rm(c, false, X_AND, RCX, vc(VC(jump_mask)));
    alu_rm(c, true, X_CMP, RAX, entry);
    uint8_t *miss = jcc8(c, CC_NE);
    entry.disp += (int32_t)offsetof(struct jump_cache_entry, code);
    jmp_m(c, entry);
    set_rel8(c, miss);
}

/*
 * Calls the C function in rax with the state and vcpu->call_args. The return
 * address on the return stack tells the runtime which instruction it serves.
 * full: every register is stored and loaded around it, sticky FP flags are
 * folded into vcpu->fp, and C's own MXCSR is in force. integer: every general
 * register is.
 */
static void gate_helper(struct code *c, bool full, bool integer)
{
    static const uint8_t args[] = {RSI, RDX, RCX, R8};
    uint32_t gprs = full || integer ? ~0u : 1u << RSI | 1u << RDI | 1u << R8 | 1u << R9 | 1u << R10 | 1u << R11;

    move_pins(c, gprs, full, true);
    mov_store(c, true, vc(VC(code_stack)), RSP);
    if (integer)
        mov_mi(c, false, vc(VC(in_code)), 3);
    if (full) {
        mov_mi(c, false, vc(VC(in_code)), 2);
        mxcsr(c, STMXCSR, VC(mxcsr_guest));
        mxcsr(c, LDMXCSR, VC(mxcsr_host));
        /* MXCSR IE . ZE OE UE PE -> fp_flag IOC DZC OFC UFC IXC */
        mov_load(c, false, RCX, vc(VC(mxcsr_guest)));
        mov_rr(c, false, RDX, RCX);
        shift_ri(c, false, X_SHR, RDX, 1);
        alu_ri(c, false, X_AND, RDX, 0x1e);
        alu_ri(c, false, X_AND, RCX, 1);
        alu_rr(c, false, X_OR, RCX, RDX);
        op_rm8(c, 0x08, RCX, vc(VC(fp.flags)));
        alu_mi(c, false, X_AND, vc(VC(mxcsr_guest)), ~0x3f);
    }
    mov_load(c, true, RSP, vc(VC(c_stack)));
    lea(c, true, RDI, vc(-128));
    for (unsigned i = 0; i < ARRAY_SIZE(args); i++)
        mov_load(c, true, args[i], vc(VC(call_args) + 8 * (int32_t)i));
    op_rr(c, false, 0, 0xff, 2, RAX);
    mov_load(c, true, RSP, vc(VC(code_stack)));
    if (full)
        mxcsr(c, LDMXCSR, VC(mxcsr_guest));
    if (full || integer)
        mov_mi(c, false, vc(VC(in_code)), 1);
    move_pins(c, gprs, full, false);
    put8(c, 0xc3);
}

static void start_return_stack(struct vcpu *c)
{
    uint64_t *top = (uint64_t *)((char *)c->return_stack_top - 64);

    top[0] = (uint64_t)x86_gates.sentinel;
    c->code_stack = top;
}

/*
 * Guest's rounding and the trap on invalid; what was raised is folded into
 * fp.flags on leaving. Inexact traps as well until the guest's flag is set:
 * then it does not matter that an op which softfloat does again raised it.
 */
static uint32_t guest_mxcsr(const struct fp_status *s)
{
    static const uint16_t rc[] = {[FP_RN] = 0, [FP_RM] = 0x2000, [FP_RP] = 0x4000, [FP_RZ] = 0x6000, [FP_RA] = 0};

    return (s->flags & FP_INEXACT ? 0x1f00 : 0x1f00 & ~MXCSR_PM) | rc[s->round];
}

/* What translated code expects to find in the vcpu; at the first entry, not at start-up. */
static void prepare(struct vcpu *c)
{
    c->soft_op = x86_soft_op;
    c->vector_op = x86_vector_op;
    c->mxcsr_host = 0x1f80;
    c->guesses = WRONG_GUESSES;
    for (unsigned ah = 0; ah < 256; ah++) {
        bool zf = ah & 0x40, pf = ah & 4, cf = ah & 1;
        uint16_t unordered = 0x0101, less = 0x8000, equal = 0x4100, greater = 0x0100;

        c->float_flags[ah] = zf && pf ? unordered : zf ? equal : cf ? less : greater;
        c->float_flags[256 + ah] = zf && pf ? unordered : zf ? equal : cf ? greater : less;
    }
}

static void x86_prepare(struct vcpu *c)
{
    if (!c->soft_op)
        prepare(c);
    if (!c->code_stack)
        start_return_stack(c);
    c->mxcsr_guest = guest_mxcsr(&c->fp);
}

static void x86_finish(struct vcpu *c)
{
    c->fp.flags |= (c->mxcsr_guest & 1) | (c->mxcsr_guest >> 1 & 0x1e);
}

static unsigned x86_enter(struct vcpu *c, const void *code)
{
    x86_prepare(c);
    unsigned kind = ((unsigned (*)(struct vcpu *, const void *))x86_gates.enter)(c, code);
    x86_finish(c);
    return kind;
}

uint32_t x86_make_gates(const struct guest_arch *arch, uint8_t *p, uint32_t room, struct host_gates *gates)
{
    struct code c = {p, p, p + room};
    struct x86_gate_table *t = &x86_gates;

    x86_detect();
    x86_make_pins(arch);
    t->enter = c.p;
    gate_enter(&c);
    const uint8_t *leave = c.p;
    gate_leave(&c, true, false);
    t->direct = gate_exit(&c, EXIT_DIRECT, leave);
    t->poll = gate_exit(&c, EXIT_POLL, leave);
    t->sync = gate_exit(&c, EXIT_SYNC, leave);
    t->exception = gate_exit(&c, EXIT_EXCEPTION, leave);
    t->lookup = c.p;
    gate_lookup(&c);
    t->indirect = c.p;
    mov_store(&c, true, vc(VC(exit_target)), RAX);
    mov_ri(&c, RAX, EXIT_INDIRECT);
    jmp32(&c, leave, false);
    /* A return that nothing was called for; rcx holds its target. */
    t->sentinel = c.p;
    alu_ri(&c, true, X_SUB, RSP, 8);
    mov_rr(&c, true, RAX, RCX);
    jmp32(&c, t->lookup, false);
    t->helper_full = c.p;
    gate_helper(&c, true, false);
    t->helper_light = c.p;
    gate_helper(&c, false, false);
    t->helper_integer = c.p;
    gate_helper(&c, false, true);
    t->leave_fault = c.p;
    mov_ri(&c, RAX, EXIT_EXCEPTION);
    jmp32(&c, leave, false);
    gates->unwind_integer = c.p;
    move_pins(&c, 0, true, true);
    mxcsr(&c, STMXCSR, VC(mxcsr_guest));
    t->unwind = c.p;
    alu_mi(&c, true, X_ADD, vc(VC(code_stack)), 8);
    mov_ri(&c, RAX, EXIT_EXCEPTION);
    gate_leave(&c, false, true);
    bug_on(c.p > c.end);

    gates->enter = x86_enter;
    gates->enter_bare = (unsigned (*)(struct vcpu *, const void *))t->enter;
    gates->prepare = x86_prepare;
    gates->finish = x86_finish;
    gates->unwind = t->unwind;
    gates->leave_fault = t->leave_fault;
    gates->size = (uint32_t)(c.p - c.start);
    return gates->size;
}

/* The call that found no room is done again; older frames are forgotten: their returns will be looked up. */
bool x86_mend_return_stack(struct vcpu *c, void *ucontext, uint64_t fault_address)
{
    ucontext_t *uc = ucontext;

    if (fault_address >= (uint64_t)c->return_stack || fault_address < (uint64_t)c->return_stack - 4096)
        return false;
    start_return_stack(c);
    uc->uc_mcontext.gregs[REG_RSP] = (greg_t)c->code_stack;
    return true;
}

/* The gates' own stores do the vectors on the way out; here are the integers and the flags. */
void x86_state_from_signal(struct vcpu *c, void *ucontext, unsigned flags_where)
{
    static const uint8_t greg[16] = {REG_RAX, REG_RCX, REG_RDX, REG_RBX, REG_RSP, REG_RBP, REG_RSI, REG_RDI,
                                     REG_R8, REG_R9, REG_R10, REG_R11, REG_R12, REG_R13, REG_R14, REG_R15};
    ucontext_t *uc = ucontext;
    uint8_t *state = vcpu_state(c);

    if (flags_where == FAULT_LENT) {
        uc->uc_mcontext.gregs[REG_RBX] = (greg_t)c->lent[0];
        uc->uc_mcontext.gregs[greg[LENT_GPR]] = (greg_t)c->lent[1];
        flags_where = 0;
    }
    for (unsigned r = 0; r < 16; r++)
        if (x86_pins.gpr_pinned >> r & 1)
            stle64(state + x86_pins.gpr_slot[r], (uint64_t)uc->uc_mcontext.gregs[greg[r]]);
    if (flags_where && c->arch->flags_offset != ~0u) {
        uint64_t f = (uint64_t)uc->uc_mcontext.gregs[REG_EFL];
        uint64_t carry = (f & 1) ^ (flags_where == 2);

        stle64(state + c->arch->flags_offset, (f >> 7 & 1) << 15 | (f >> 6 & 1) << 14 | carry << 8 | (f >> 11 & 1));
    }
}

/*
 * a64_public.h: what a door (linux-user's signal frames, system calls and
 * auxiliary vector, debug's gdb stub) needs to know of an AArch64 vcpu beyond
 * frontend.h. `state` is vcpu_state(c).
 */
#ifndef FRONTEND_ARM_A64_PUBLIC_H
#define FRONTEND_ARM_A64_PUBLIC_H

#include "frontend/frontend.h"

#define REGS(name, count, gdb) uint64_t name[count];
#define REG(name, gdb)         uint64_t name;
#define VEC(name)              uint64_t name[2] __attribute__((aligned(16)));
#define VECS(name, count, gdb) uint64_t name[count][2] __attribute__((aligned(16)));
struct a64_state {
#include "frontend/arm/a64/state.def"
    /* Behind the slots, for helpers only: */
    uint64_t zhi[480][2] __attribute__((aligned(16))); /* SVE: Z registers above their V part, 15 units each */
    uint64_t p[34][2];                                 /* P0 to P15 and FFR: 2 units each, a bit a byte of Z */
} __attribute__((aligned(16)));
#undef REGS
#undef REG
#undef VEC
#undef VECS

/* exception_data of EXC_TRAP: the kind in the top byte, the address (if there is one) below. */
enum a64_trap {
    TRAP_PAUTH = 1,   /* authentication failed (FPAC): SIGILL, ILL_ILLOPN */
    TRAP_TAG,         /* synchronous tag check failed, [address]: SIGSEGV, SEGV_MTESERR */
    TRAP_TAG_ASYNC,   /* asynchronous tag checks failed before: SIGSEGV, SEGV_MTEAERR, address 0 */
    TRAP_SP,          /* an access by a stack pointer that is no multiple of 16: SIGBUS, BUS_ADRALN, address sp */
    TRAP_CODE_CHANGED, /* IC IVAU, [number of the register that holds the address]: nothing happens but that translations of the line go */
    TRAP_BTI,         /* this instruction does not expect the branch that led to it: SIGILL, ILL_ILLOPC */
};
#define A64_TRAP(kind, address) ((uint64_t)(kind) << 56 | ((address) & 0x00ffffffffffffff))

/*
 * Memory tagging (tags.c). A door says which pages have tags (PROT_MTE), in
 * whole pages: map gives tags 0 to those that had none (false: no memory),
 * unmap takes them away, as a new mapping does; mremap moves them.
 */
bool a64_tags_map(uint64_t start, uint64_t end);
void a64_tags_unmap(uint64_t start, uint64_t end);
void a64_tags_move(uint64_t from, uint64_t to, uint64_t bytes);
bool a64_tags_mapped(uint64_t addr);
/* What PR_SET_TAGGED_ADDR_CTRL was given (0 at start): checks and IRG's tags. In asynchronous
 * mode the door looks at tag_fault when it enters the kernel (TRAP_TAG_ASYNC) and clears it. */
void a64_set_tag_control(struct a64_state *s, uint64_t control);

/*
 * Guarded pages (bti.c). A door sets it once some are (PROT_BTI), and from then on each thread's next system call,
 * branches are checked by it. Any address, no lock. While it is NULL, BTYPE is always 0.
 */
extern bool (*a64_guarded)(uint64_t addr);

/*
 * SVE. The vector length in bytes, 16 to 256. set: a length that the CPU has (the largest not above it); registers
 * keep their V part, the rest and all predicates become zero if it changes. lengths: bit n: 16 * (n + 1) bytes.
 */
extern unsigned a64_default_vector_length, a64_initial_vector_length; /* initial: of the first program, 0: the default */
extern bool a64_vector_length_inherited; /* ... and of those it starts */
extern uint32_t a64_vector_lengths;
unsigned a64_get_vector_length(const struct a64_state *s);
unsigned a64_best_vector_length(unsigned bytes);
void a64_set_vector_length(struct a64_state *s, unsigned bytes);
/* What only SVE has, in the form of the signal frame: Z whole, P, FFR, each of its length. */
void a64_get_sve(const struct a64_state *s, void *z, void *p, void *ffr);
void a64_set_sve(struct a64_state *s, const void *z, const void *p, const void *ffr);
/* Does it hold anything beyond V? false: all of it reads as zero. */
bool a64_sve_in_use(const struct a64_state *s);
/* All of it becomes zero, as at a system call. */
void a64_forget_sve(struct a64_state *s);

/* PSTATE as SPSR_EL1 shows it: NZCV, TCO, DIT, BTYPE, SSBS. set changes these and ignores the rest. */
uint64_t a64_get_pstate(const struct a64_state *s);
void a64_set_pstate(struct a64_state *s, uint64_t pstate);
/* FPCR and FPSR. FPSR is gathered from vcpu->fp, the host's mxcsr_guest and the qc accumulator. */
uint32_t a64_get_fpcr(const struct a64_state *s);
void a64_set_fpcr(struct a64_state *s, uint32_t fpcr);
uint32_t a64_get_fpsr(const struct a64_state *s);
void a64_set_fpsr(struct a64_state *s, uint32_t fpsr);

/* AT_HWCAP (which 1) and AT_HWCAP2 (2) as Linux gives them for this CPU. */
uint64_t a64_hwcap(const struct guest_cpu_model *m, int which);
/* A system register that EL0 may read or the kernel emulates for it (ID_AA64*, MIDR, CTR, DCZID ...); false: none. */
bool a64_read_id_register(const struct guest_cpu_model *m, unsigned op0, unsigned op1, unsigned crn, unsigned crm, unsigned op2, uint64_t *value);

extern const struct guest_arch a64_arch;

#endif

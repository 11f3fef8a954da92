/*
 * arm_public.h: what a door (linux-user's signal frames, system calls and
 * auxiliary vector, debug's gdb stub) needs to know of an ARM vcpu beyond
 * frontend.h. `state` is vcpu_state(c).
 */
#ifndef FRONTEND_ARM_ARM_PUBLIC_H
#define FRONTEND_ARM_ARM_PUBLIC_H

#include "frontend/frontend.h"

/* Bits of CPSR and FPSCR by their places in the architecture. */
enum {
    CPSR_N = 1u << 31, CPSR_Z = 1 << 30, CPSR_C = 1 << 29, CPSR_V = 1 << 28, CPSR_Q = 1 << 27,
    CPSR_IT_LOW = 3 << 25, CPSR_GE = 0xf << 16, CPSR_IT_HIGH = 0xfc00, CPSR_E = 1 << 9, CPSR_T = 1 << 5,
    CPSR_MODE_USER = 0x10,
};

#define REGS(name, count, gdb) uint64_t name[count];
#define REG(name, gdb)         uint64_t name;
#define VEC(name)              uint64_t name[2] __attribute__((aligned(16)));
#define VECS(name, count, gdb) uint64_t name[count] __attribute__((aligned(16)));
struct arm_state {
#include "frontend/arm/state.def"
} __attribute__((aligned(16)));
#undef REGS
#undef REG
#undef VEC
#undef VECS

/* The whole program status register; set changes NZCV Q IT GE E T and ignores the rest. */
uint32_t arm_get_cpsr(const struct arm_state *s);
void arm_set_cpsr(struct arm_state *s, uint32_t cpsr);
/* FPSCR with its sticky flags gathered from vcpu->fp, fp_std and the qc accumulator
 * (and, in translated code's mxcsr_guest, the host's); set spreads it out again. */
uint32_t arm_get_fpscr(const struct arm_state *s);
void arm_set_fpscr(struct arm_state *s, uint32_t fpscr);

/* AT_HWCAP and AT_HWCAP2 as Linux gives them for this CPU. */
void arm_hwcap(const struct guest_cpu_model *m, uint32_t *hwcap, uint32_t *hwcap2);
/* "v5l", "v6l", "v7l", "v8l": AT_PLATFORM, and "arm" + it is uname's machine. */
const char *arm_platform(const struct guest_cpu_model *m);

/* kuser page: entry points that raise EXC_KERNEL_PAGE with the entry as data. */
enum { KUSER_PAGE = 0xffff0f00u, KUSER_CMPXCHG64 = 0xffff0f60u, KUSER_BARRIER = 0xffff0fa0u,
       KUSER_CMPXCHG = 0xffff0fc0u, KUSER_GET_TLS = 0xffff0fe0u, KUSER_VERSION = 0xffff0ffcu };

#endif

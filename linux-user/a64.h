/*
 * a64.h: what target_aarch64.c and a64_frame.c share.
 */
#ifndef LINUX_USER_A64_H
#define LINUX_USER_A64_H

#include "frontend/arm/a64/a64_public.h"
#include "linux-user/internal.h"

static inline struct a64_state *a64_of(const struct guest_thread *t) { return vcpu_state(t->cpu); }
/* An exception's entry and return clear the monitor of exclusive accesses. */
static inline void a64_clear_exclusive(struct guest_thread *t) { a64_of(t)->exclusive_address = ~0ull; }

/* Immediates of the svc instructions in vdso/aarch64.S. */
enum { A64_VDSO_CLOCK_GETTIME = 0x6d00, A64_VDSO_GETTIMEOFDAY, A64_VDSO_CLOCK_GETRES };

/* guest_thread.scratch: what the last fault was, for the frame's ESR record. */
enum { SCRATCH_WRITE, SCRATCH_FETCH, SCRATCH_TAGGED /* what prctl(PR_SET_TAGGED_ADDR_CTRL) was given */,
       SCRATCH_SVE_ONEXEC /* vector length after execve, 0: the default */, SCRATCH_SVE_INHERIT };

/* a64_frame.c */
/* Bytes that SVE adds to A64_MINSIGSTKSZ when all of it is saved. */
unsigned a64_sve_sigstack(const struct vcpu *c);
#define A64_MINSIGSTKSZ 4720 /* AT_MINSIGSTKSZ: the frame, its frame record, and room to align */
bool a64_signal_setup(struct guest_thread *t, int sig, const siginfo_t *info, const struct guest_sigaction *action, uint64_t mask);
long a64_sigreturn(struct guest_thread *t, bool rt);

#endif

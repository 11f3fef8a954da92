/*
 * arm.h: what target_arm.c and arm_frame.c share.
 */
#ifndef LINUX_USER_ARM_H
#define LINUX_USER_ARM_H

#include "frontend/arm/arm_public.h"
#include "linux-user/internal.h"

static inline struct arm_state *arm_of(const struct guest_thread *t) { return vcpu_state(t->cpu); }

/* Immediates of the svc instructions in vdso/arm.S. */
enum { VDSO_CLOCK_GETTIME = 0x6d6f00, VDSO_CLOCK_GETTIME64 = 0x6d6f01, VDSO_GETTIMEOFDAY = 0x6d6f02, VDSO_CLOCK_GETRES = 0x6d6f03 };

/* arm_frame.c */
bool arm_signal_setup(struct guest_thread *t, int sig, const siginfo_t *info, const struct guest_sigaction *action, uint64_t mask);
long arm_sigreturn(struct guest_thread *t, bool rt);

#endif

/*
 * models.h: the CPUs of -cpu, for arch.c.
 */
#ifndef FRONTEND_ARM_A64_MODELS_H
#define FRONTEND_ARM_A64_MODELS_H

#include "frontend/arm/a64/a64.h"

extern const struct guest_cpu_model a64_models[];
extern const struct guest_cpu_switch a64_switches[];
/* SVE's vector lengths (sve.c) */
bool a64_cpu_property(struct guest_cpu_model *m, const char *text);

#endif

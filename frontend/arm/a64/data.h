/*
 * data.h: what data.decode and data.c share: the constants of the table's
 * lines, bitmask immediates, shifted and extended operands.
 */
#ifndef FRONTEND_ARM_A64_DATA_H
#define FRONTEND_ARM_A64_DATA_H

#include "frontend/arm/a64/a64.h"

enum logic { LOGIC_and, LOGIC_orr, LOGIC_eor, LOGIC_ands };
enum move_wide { MOVE_not, MOVE_zero, MOVE_keep };
enum minmax { SMAX, UMAX, SMIN, UMIN };
enum bitfield { FIELD_signed, FIELD_insert, FIELD_unsigned };

/* A sign-extended field as a line's parameter. */
static inline uint32_t sx32(uint32_t v, unsigned n) { return (uint32_t)sx(v, n); }

/* N:imms:immr of a logical immediate; 0: none (no immediate is 0). DDI 0487 DecodeBitMasks. */
uint64_t a64_bitmask(unsigned sf, unsigned N, unsigned imms, unsigned immr);

#endif

/*
 * aarch64_bti_off.c: aarch64_bti.c on a CPU that has no BTI.
 * abis: aarch64
 * emu: -cpu max,bti=off
 * flags: -march=armv8.5-a
 * expect: bti: none, all right
 */
#include "guest/aarch64_bti.c"

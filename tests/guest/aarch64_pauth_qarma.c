/*
 * aarch64_pauth_qarma.c: aarch64_pauth.c with the architected algorithm.
 * abis: aarch64
 * emu: -cpu max,pauth-qarma5=on
 * flags: -march=armv8.5-a -mbranch-protection=pac-ret
 * expect: pauth: all right
 */
#include "guest/aarch64_pauth.c"

/*
 * aarch64_bti_static.c: a static program whose GNU property says that its code
 * is guarded: the loader has to see that, nobody else does it for such a program.
 * abis: aarch64
 * flags: -nostdlib -mbranch-protection=bti -Wl,-z,force-bti
 * signal: 4
 */
__asm__(".globl _start\n_start: bti c\n adr x16, 1f\n br x16\n"      /* to bti c, which is expected, */
        "1: bti c\n adr x0, 2f\n br x0\n 2: mov x0, #1\n"              /* and to nothing */
        "mov x8, #94\n svc #0\n");

int unused; /* the compiler writes the property */

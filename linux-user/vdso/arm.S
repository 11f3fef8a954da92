/*
 * vdso_arm.S: the image of ARM's vDSO: times without the system-call table,
 * and the trampolines that handlers return through. tools/genvdso.py builds
 * arm.h from it with a cross compiler; users need none.
 */
    .syntax unified
    .arch armv5te
    .arm
    .text

/* A call is answered by the svc (r12 = 0) or goes on to the system call itself. */
.macro timecall name, immediate, number
    .globl \name
    .type \name, %function
    .balign 16
\name:
    .fnstart
    svc #\immediate
    cmp r12, #0
    bxeq lr
    push {r7, lr}
    ldr r7, =\number
    svc #0
    pop {r7, pc}
    .fnend
    .size \name, . - \name
.endm

    timecall __vdso_clock_gettime,   0x6d6f00, 263
    timecall __vdso_clock_gettime64, 0x6d6f01, 403
    timecall __vdso_gettimeofday,    0x6d6f02, 78
    timecall __vdso_clock_getres,    0x6d6f03, 264
    .ltorg

/* sigreturn A32, T32, rt_sigreturn A32, T32: 8 bytes each; debuggers know them by these words */
    .balign 32
    .globl sigreturn_codes
    .type sigreturn_codes, %function
sigreturn_codes:
    mov r7, #119
    svc #0
    .thumb
    movs r7, #119
    svc #0
    nop
    nop
    .arm
    mov r7, #173
    svc #0
    .thumb
    movs r7, #173
    svc #0
    nop
    nop
    .size sigreturn_codes, . - sigreturn_codes

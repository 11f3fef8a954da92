/*
 * aarch64.S: the image of AArch64's vDSO: times without the system-call table,
 * and the trampoline that handlers return through. tools/genvdso.py builds
 * aarch64.h from it with a cross compiler; users need none.
 */
    .text

/* A call is answered by the svc (x16 = 0) or goes on to the system call itself. */
.macro timecall name, immediate, number
    .globl \name
    .type \name, %function
    .balign 16
\name:
    .cfi_startproc
    bti c
    svc #\immediate
    cbz x16, 1f
    mov x8, #\number
    svc #0
1:  ret
    .cfi_endproc
    .size \name, . - \name
.endm

    timecall __kernel_clock_gettime, 0x6d00, 113
    timecall __kernel_gettimeofday,  0x6d01, 169
    timecall __kernel_clock_getres,  0x6d02, 114

/* Unwinders know the trampoline by its two instructions; the nop is for those that look before a return address. */
    .balign 16
    nop
    .globl __kernel_rt_sigreturn, sigreturn_codes
    .type __kernel_rt_sigreturn, %function
__kernel_rt_sigreturn:
sigreturn_codes:
    mov x8, #139
    svc #0
    .size __kernel_rt_sigreturn, . - __kernel_rt_sigreturn

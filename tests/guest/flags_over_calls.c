/*
 * flags_over_calls.c: a function written in assembly keeps the flags and its caller
 * counts on it, which the procedure call standard does not promise: right
 * from the first call on, also where a branch lies between setting the flags and the call.
 * Go's compiler does so around duffcopy.
 */
#include "linux-user/check.h"

int kept(int a, int b, int c);
#ifdef __aarch64__
__asm__(".text\n.globl kept\n.type kept, %function\n"
        "kept: stp x29, x30, [sp, #-32]!\n cmp w0, w1\n str w2, [sp, #16]\n cbz w2, 1f\n mov w3, #1\n"
        "1: mov x29, sp\n bl 3f\n add w3, w3, #1\n b.ne 2f\n mov w0, #100\n ldp x29, x30, [sp], #32\n ret\n"
        "2: mov w0, #200\n ldp x29, x30, [sp], #32\n ret\n"
        "3: add x2, x2, #1\n ret\n.size kept, . - kept\n");
#else
__asm__(".text\n.arm\n.globl kept\n.type kept, %function\n"
        "kept: push {r4, lr}\n mov r4, r2\n cmp r0, r1\n beq 1f\n mov r3, #1\n"
        "1: mov r2, r4\n bl 3f\n add r3, r3, #1\n bne 2f\n mov r0, #100\n pop {r4, pc}\n"
        "2: mov r0, #200\n pop {r4, pc}\n"
        "3: add r2, r2, #1\n bx lr\n.size kept, . - kept\n");
#endif

int main(void)
{
    volatile int a = 7, b = 7;

    CHECK(kept(a, b, 0) == 100);
    b = 8;
    CHECK(kept(a, b, 0) == 200 && kept(b, a, 1) == 200 && kept(b, b, 1) == 100);
    return failures;
}

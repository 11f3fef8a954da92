/*
 * faults_a64.h: what faults.c needs to know of A64: the instructions, all registers given and read,
 * where a signal handler finds them.
 */
#define VECTOR_WORDS 2
typedef uint8_t vector_part; /* what is loaded at once */
static const char *const register_names[NREGS] = {"x0", "x1", "x2", "x3", "x4", "x5", "x6", "x7", "x8", "x9", "x10", "sp"};

/*
 * x1 is the base, x2 = 8 the index. x12 keeps sp for the tests that change it;
 * what sp was at the end is seen as x11.
 */
#define TEST_(before, insn, after, offset, size, flags)                                          \
    __asm__(".text\n.balign 4\n"                                                                  \
            "1: mov x12, sp\n" before "\n mov x11, sp\n mov sp, x12\n ret\n"                     \
            "2: mov x12, sp\n" before "\n3: " insn "\n" after "\n"                              \
            " mov x11, sp\n mov sp, x12\n ret\n"                                                 \
            ".section .rodata\n5: .asciz \"" before " | " insn "\"\n"                             \
            ".section test_list, \"aw\"\n.balign 8\n"                                            \
            ".quad 1b, 2b, 3b, 0, 5b\n.word " #offset ", " #size ", " #flags ", 0\n.text\n");
#define TEST__(before, insn, after, offset, size, flags) TEST_(before, insn, after, offset, size, flags)
#define T(insn, offset, size, flags)     TEST__("", insn, "", offset, size, flags)
#define ON_SP(insn, offset, size, flags) TEST__("mov sp, x1", insn, "", offset, size, flags + 128)
/* Flags and new values are only in the host's registers when the fault comes. */
#define BUSY(insn, offset, size, flags)                                                                                  \
    TEST__("add x7, x7, x8; eor x9, x9, x10; subs x4, x4, #1; cmp x5, x6", insn, "adc x7, x7, x9; cinc x10, x10, cs; cset x6, lt", \
           offset, size, flags)
__asm__(".arch armv8.4-a+crypto\n");

/* flags in numbers, for the assembler: 1 store, 2 words, 4 bytes, 8 safe, 128 base a multiple of 16 */
T("ldr x3, [x1]", 0, 8, 4)
T("ldr w3, [x1, #4]", 4, 4, 4)
T("ldr x3, [x1, #4088]", 4088, 8, 4)
T("ldur x3, [x1, #-13]", -13, 8, 4)
T("ldr x3, [x1, #8]!", 8, 8, 4)
T("ldr x3, [x1, #-8]!", -8, 8, 4)
T("ldr x3, [x1], #8", 0, 8, 4)
T("ldr w3, [x1], #-200", 0, 4, 4)
T("ldr x3, [x1, x2]", 8, 8, 4)
T("ldr x3, [x1, x2, lsl #3]", 64, 8, 4)
T("ldr w3, [x1, w2, sxtw #2]", 32, 4, 4)
T("ldr x1, [x1, #8]", 8, 8, 4)
T("ldtr x3, [x1]", 0, 8, 4)
T("ldrb w3, [x1, #1]", 1, 1, 0)
T("ldrb w3, [x1, #1]!", 1, 1, 0)
T("ldrb w3, [x1], #1", 0, 1, 0)
T("ldrh w3, [x1, #2]!", 2, 2, 4)
T("ldrh w3, [x1, x2]", 8, 2, 4)
T("ldrsb x3, [x1, #3]", 3, 1, 0)
T("ldrsb w3, [x1], #3", 0, 1, 0)
T("ldrsh x3, [x1, #-2]!", -2, 2, 4)
T("ldrsw x3, [x1, #4]!", 4, 4, 4)
T("ldrsw x3, [x1], #4", 0, 4, 4)
T("ldp x4, x5, [x1, #16]", 16, 16, 4)
T("ldp x4, x5, [x1, #16]!", 16, 16, 4)
T("ldp x4, x5, [x1], #-16", 0, 16, 4)
T("ldp w4, w5, [x1, #-8]", -8, 8, 4)
T("ldpsw x4, x5, [x1], #8", 0, 8, 4)
T("ldnp x4, x5, [x1]", 0, 16, 4)
T("ldp x1, x5, [x1, #16]", 16, 16, 4)
T("str x3, [x1]", 0, 8, 5)
T("str x3, [x1, #8]!", 8, 8, 5)
T("str x3, [x1, #-8]!", -8, 8, 5)
T("str w3, [x1], #4", 0, 4, 5)
T("str x3, [x1, x2, lsl #3]", 64, 8, 5)
T("stur x3, [x1, #-5]", -5, 8, 5)
T("str xzr, [x1], #8", 0, 8, 5)
T("sttr x3, [x1]", 0, 8, 5)
T("strb w3, [x1, #-5]!", -5, 1, 1)
T("strb w3, [x1], #1", 0, 1, 1)
T("strh w3, [x1, #2]!", 2, 2, 5)
T("strh w3, [x1], #-2", 0, 2, 5)
T("stp x4, x5, [x1, #16]", 16, 16, 5)
T("stp x4, x5, [x1, #-16]!", -16, 16, 5)
T("stp x4, x5, [x1], #16", 0, 16, 5)
T("stp w4, w5, [x1]", 0, 8, 5)
T("ldtrsw x3, [x1, #-4]", -4, 4, 4)
T("sttrh w3, [x1]", 0, 2, 5)
T("ldapur x3, [x1, #-8]", -8, 8, 0)
T("stlur w3, [x1, #4]", 4, 4, 1)
T("ldnp q3, q4, [x1]", 0, 32, 4)
T("stnp d3, d4, [x1, #-16]", -16, 16, 5)
T("ldr q5, [x1, x2, lsl #4]", 128, 16, 4)
T("dc zva, x1", 0, 64, 1)
ON_SP("stp x3, x4, [sp, #-16]!", -16, 16, 5)
ON_SP("ldp x3, x4, [sp], #16", 0, 16, 4)
ON_SP("str x3, [sp, #-16]!", -16, 8, 5)
ON_SP("ldr x3, [sp], #16", 0, 8, 4)
ON_SP("ldr x3, [sp, #64]", 64, 8, 4)
ON_SP("ldr x3, [sp, #12]", 12, 8, 4)
ON_SP("str x3, [sp, #12]", 12, 8, 5)
ON_SP("ldp q0, q1, [sp], #32", 0, 32, 4)
ON_SP("stp q3, q4, [sp, #-32]!", -32, 32, 5)

T("ldxr x3, [x1]", 0, 8, 0)
T("ldaxr w3, [x1]", 0, 4, 0)
T("ldxrb w3, [x1]", 0, 1, 0)
T("ldxp x4, x5, [x1]", 0, 16, 0)
T("ldar x3, [x1]", 0, 8, 0)
T("ldarb w3, [x1]", 0, 1, 0)
T("ldapr w3, [x1]", 0, 4, 0)
T("stlr x3, [x1]", 0, 8, 1)
T("stlrh w3, [x1]", 0, 2, 1)
T("ldadd x3, x4, [x1]", 0, 8, 1)
T("ldclral w3, w4, [x1]", 0, 4, 1)
T("ldsmaxab w3, w4, [x1]", 0, 1, 1)
T("swpal x3, x3, [x1]", 0, 8, 1)
T("cas x3, x4, [x1]", 0, 8, 1)
T("casalh w3, w4, [x1]", 0, 2, 1)
T("casp x4, x5, x6, x7, [x1]", 0, 16, 1)
T("steor x3, [x1]", 0, 8, 1)

T("ldr s5, [x1, #4]", 4, 4, 4)
T("ldr d5, [x1, #-8]!", -8, 8, 4)
T("ldr q5, [x1], #16", 0, 16, 4)
T("ldr b5, [x1], #1", 0, 1, 0)
T("ldr h5, [x1, x2]", 8, 2, 4)
T("str s5, [x1, #12]", 12, 4, 5)
T("str d17, [x1], #8", 0, 8, 5)
T("str q17, [x1, #-16]!", -16, 16, 5)
T("ldp s3, s9, [x1], #8", 0, 8, 4)
T("ldp d0, d7, [x1, #16]!", 16, 16, 4)
T("ldp q16, q19, [x1], #32", 0, 32, 4)
T("stp d8, d15, [x1, #-16]!", -16, 16, 5)
T("stp q1, q4, [x1], #-32", 0, 32, 5)
T("ld1 {v0.16b}, [x1]", 0, 16, 4)
T("ld1 {v0.8b-v3.8b}, [x1], #32", 0, 32, 4)
T("ld1 {v4.4s, v5.4s}, [x1], x2", 0, 32, 4)
T("ld1 {v4.b}[3], [x1]", 0, 1, 0)
T("ld1 {v4.d}[1], [x1], #8", 0, 8, 0)
T("ld1r {v4.8h}, [x1], #2", 0, 2, 0)
T("ld2 {v0.16b, v1.16b}, [x1], #32", 0, 32, 4)
T("ld2 {v0.h, v1.h}[5], [x1]", 0, 4, 0)
T("ld3 {v0.8h-v2.8h}, [x1], #48", 0, 48, 4)
T("ld3r {v0.8b-v2.8b}, [x1], x2", 0, 3, 0)
T("ld4 {v0.4s-v3.4s}, [x1], #64", 0, 64, 2)
T("ld4 {v0.2d-v3.2d}, [x1]", 0, 64, 2)
T("st1 {v0.8b-v3.8b}, [x1], #32", 0, 32, 5)
T("st1 {v7.16b}, [x1], x2", 0, 16, 5)
T("st1 {v4.b}[5], [x1], #1", 0, 1, 1)
T("st2 {v0.4s, v1.4s}, [x1], #32", 0, 32, 3)
T("st3 {v0.16b-v2.16b}, [x1]", 0, 48, 5)
T("st3 {v0.h, v1.h, v2.h}[1], [x1], #6", 0, 6, 1)
T("st4 {v0.8h-v3.8h}, [x1], #64", 0, 64, 3)
T("st4 {v0.s, v1.s, v2.s, v3.s}[1], [x1], #16", 0, 16, 3)

BUSY("ldr x3, [x1, #8]!", 8, 8, 4)
BUSY("str x3, [x1], #8", 0, 8, 5)
BUSY("ldp x3, x4, [x1], #16", 0, 16, 4)
BUSY("stp x7, x9, [x1, #-16]!", -16, 16, 5)
BUSY("ld1 {v0.16b, v1.16b}, [x1], #32", 0, 32, 4)
BUSY("st1 {v0.2d-v3.2d}, [x1], #64", 0, 64, 3)
BUSY("ldaddal x7, x3, [x1]", 0, 8, 1)
TEST__("adds x4, x4, x5; adcs x6, x6, x7", "ldp x3, x8, [x1], #16", "sbc x9, x9, x10", 0, 16, 4)
TEST__("cmp x1, x2; cinc x5, x5, hi", "str x3, [x1], #8", "cinc x7, x7, hi; cset x6, ls", 0, 8, 5)
TEST__("fcmp d1, d2", "str x3, [x1, #8]!", "cinc x7, x7, lt; cset x6, mi", 8, 8, 5)
TEST__("fcmp d1, d2", "ldr d5, [x1, #8]", "cset x7, gt; cset x8, le", 8, 8, 4)
TEST__("fcmp s4, s4", "ldr x3, [x1], #8", "fcsel d6, d7, d8, ge; cset x8, eq; cset x6, vs", 0, 8, 4)
TEST__("ands x7, x7, #8; eor x8, x8, x9", "ldp x4, x5, [x1], #16", "cset x6, ne", 0, 16, 4)
TEST__("subs x4, x4, #1; sbcs x5, x5, xzr", "stp x4, x5, [x1], #16", "sbcs x7, x7, xzr; sbc x8, x8, x9; cset x6, cs", 0, 16, 5)
TEST__("fadd d3, d4, d5; fmul v6.2d, v7.2d, v8.2d; add v9.4s, v10.4s, v11.4s", "ldr q3, [x1, #16]!", "fadd d4, d3, d5; add v12.4s, v9.4s, v3.4s", 16, 16, 4)
TEST__("mov x8, x7; mov w7, w8; add x6, x6, x7, lsl #2", "str w6, [x1, #4]!", "eor x5, x6, x7", 4, 4, 5)
T("prfm pldl1keep, [x1]", 0, 0, 8)

/* ---- running a piece of code with all registers given ---- */

#define PAIRS(op) \
    op " q0, q1, [x18]\n" op " q2, q3, [x18, #32]\n" op " q4, q5, [x18, #64]\n" op " q6, q7, [x18, #96]\n" \
    op " q8, q9, [x18, #128]\n" op " q10, q11, [x18, #160]\n" op " q12, q13, [x18, #192]\n" op " q14, q15, [x18, #224]\n" \
    op " q16, q17, [x18, #256]\n" op " q18, q19, [x18, #288]\n" op " q20, q21, [x18, #320]\n" op " q22, q23, [x18, #352]\n" \
    op " q24, q25, [x18, #384]\n" op " q26, q27, [x18, #416]\n" op " q28, q29, [x18, #448]\n" op " q30, q31, [x18, #480]\n"
struct registers { uintptr_t r[NREGS]; uint64_t v[32 * VECTOR_WORDS]; };
void run_with(const void *code, struct registers *r);
__asm__(".text\n.balign 4\n.globl run_with\n.type run_with, %function\n"
        "run_with: stp x29, x30, [sp, #-96]!\n mov x29, sp\n stp d8, d9, [sp, #16]\n stp d10, d11, [sp, #32]\n"
        "stp d12, d13, [sp, #48]\n stp d14, d15, [sp, #64]\n stp x0, x1, [sp, #80]\n"
        "mov x16, x0\n mov x17, x1\n add x18, x1, #96\n"
        PAIRS("ldp")
        "ldp x0, x1, [x17]\n ldp x2, x3, [x17, #16]\n ldp x4, x5, [x17, #32]\n ldp x6, x7, [x17, #48]\n ldp x8, x9, [x17, #64]\n"
        "ldr x10, [x17, #80]\n blr x16\n"
        "ldr x17, [x29, #88]\n stp x0, x1, [x17]\n stp x2, x3, [x17, #16]\n stp x4, x5, [x17, #32]\n stp x6, x7, [x17, #48]\n"
        "stp x8, x9, [x17, #64]\n stp x10, x11, [x17, #80]\n add x18, x17, #96\n"
        PAIRS("stp")
        "ldp d8, d9, [sp, #16]\n ldp d10, d11, [sp, #32]\n ldp d12, d13, [sp, #48]\n ldp d14, d15, [sp, #64]\n"
        "ldp x29, x30, [sp], #96\n ret\n");

static uintptr_t read_context(const ucontext_t *uc, struct registers *r)
{
    const mcontext_t *m = &uc->uc_mcontext;

    memcpy(r->r, m->regs, 11 * 8);
    r->r[11] = m->sp;
    memcpy(r->v, (const char *)m->__reserved + 16, sizeof r->v);
    return m->pc;
}

static uintptr_t instruction_of(const struct test *t)
{
    return t->at;
}

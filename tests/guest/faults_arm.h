/*
 * faults_arm.h: what faults.c needs to know of A32 and T32: the instructions, all registers given
 * and read, where a signal handler finds them.
 */
#define VECTOR_WORDS 1
typedef uint32_t vector_part; /* what is loaded at once */
static const char *const register_names[NREGS] = {"r0", "r1", "r2", "r3", "r4", "r5", "r6", "r7", "r8", "r9", "r10", "sp"};

/*
 * r1 is the base, r2 = 8 the index. r12 keeps sp for the tests that change it;
 * what sp was at the end is seen as r11.
 */
#define TEST_(before, insn, after, offset, size, flags)                                          \
    __asm__(".text\n.balign 4\n"                                                                  \
            "1: mov r12, sp\n" before "\n mov r11, sp\n mov sp, r12\n bx lr\n"                   \
            ".balign 4\n2: mov r12, sp\n" before "\n3: " insn "\n" after "\n"                    \
            "4: mov r11, sp\n mov sp, r12\n bx lr\n .ltorg\n"                                    \
            ".section .rodata\n5: .asciz \"" before " | " insn "\"\n"                            \
            ".section test_list, \"a\"\n.balign 4\n"                                             \
            ".word 1b + " MODE ", 2b + " MODE ", 3b, 4b + " MODE ", 5b, " #offset ", " #size ", " #flags "\n.text\n");
#define TEST__(before, insn, after, offset, size, flags) TEST_(before, insn, after, offset, size, flags)
#define T(insn, offset, size, flags)     TEST__("", insn, "", offset, size, flags)
#define ON_SP(insn, offset, size, flags) TEST__("mov sp, r1", insn, "", offset, size, flags)
/* Flags and new values are only in the host's registers when the fault comes. */
#define BUSY(insn, offset, size, flags)                                                                                  \
    TEST__("add r7, r7, r8; eor r9, r9, r10; subs r4, r4, #1; cmp r5, r6", insn, "adc r7, r7, r9; addcs r10, r10, #1; mrs r6, cpsr", \
           offset, size, flags)

#ifdef __thumb__
#define MODE "1"
__asm__(".thumb\n");
#else
#define MODE "0"
__asm__(".arm\n");
#endif
__asm__(".syntax unified\n.arch armv8-a\n.arch_extension crc\n.fpu crypto-neon-fp-armv8\n");

/* flags in numbers, for the assembler: 1 store, 2 words, 4 bytes, 8 safe, 16 zeros, 32 and 64 pc */
T("ldr r3, [r1]", 0, 4, 4)
T("ldr r3, [r1, #4]", 4, 4, 4)
T("ldr r3, [r1, #4092]", 4092, 4, 4)
T("ldr r3, [r1, #-12]", -12, 4, 4)
T("ldr r3, [r1, #4]!", 4, 4, 4)
T("ldr r3, [r1, #-4]!", -4, 4, 4)
T("ldr r3, [r1], #4", 0, 4, 4)
T("ldr r3, [r1], #-200", 0, 4, 4)
T("ldr r3, [r1, r2]", 8, 4, 4)
T("ldr r3, [r1, r2, lsl #2]", 32, 4, 4)
T("ldr r1, [r1, #8]", 8, 4, 4)
T("ldrb r3, [r1, #1]", 1, 1, 0)
T("ldrb r3, [r1, #1]!", 1, 1, 0)
T("ldrb r3, [r1], #1", 0, 1, 0)
T("ldrb r3, [r1, r2]", 8, 1, 0)
T("ldrh r3, [r1, #2]", 2, 2, 4)
T("ldrh r3, [r1, #2]!", 2, 2, 4)
T("ldrh r3, [r1], #2", 0, 2, 4)
T("ldrh r3, [r1, r2]", 8, 2, 4)
T("ldrsb r3, [r1, #3]", 3, 1, 0)
T("ldrsb r3, [r1], #3", 0, 1, 0)
T("ldrsh r3, [r1, #2]", 2, 2, 4)
T("ldrsh r3, [r1, #-2]!", -2, 2, 4)
T("ldrsh r3, [r1, r2]", 8, 2, 4)
T("ldrd r4, r5, [r1, #8]", 8, 8, 2)
T("ldrd r4, r5, [r1, #8]!", 8, 8, 2)
T("ldrd r4, r5, [r1], #-8", 0, 8, 2)
T("ldrt r3, [r1]", 0, 4, 4)
T("ldrbt r3, [r1]", 0, 1, 0)
T("ldrht r3, [r1]", 0, 2, 4)
T("str r3, [r1]", 0, 4, 5)
T("str r3, [r1, #4]!", 4, 4, 5)
T("str r3, [r1, #-4]!", -4, 4, 5)
T("str r3, [r1], #4", 0, 4, 5)
T("str r3, [r1, r2]", 8, 4, 5)
T("str r3, [r1, r2, lsl #3]", 64, 4, 5)
T("strb r3, [r1, #5]", 5, 1, 1)
T("strb r3, [r1, #-5]!", -5, 1, 1)
T("strb r3, [r1], #1", 0, 1, 1)
T("strh r3, [r1, #2]", 2, 2, 5)
T("strh r3, [r1, #2]!", 2, 2, 5)
T("strh r3, [r1], #-2", 0, 2, 5)
T("strd r4, r5, [r1, #8]", 8, 8, 3)
T("strd r4, r5, [r1, #-8]!", -8, 8, 3)
T("strd r4, r5, [r1], #8", 0, 8, 3)
T("strt r3, [r1]", 0, 4, 5)
T("strbt r3, [r1]", 0, 1, 1)

T("ldmia r1, {r3, r4}", 0, 8, 2)
T("ldmia r1!, {r3-r10}", 0, 32, 2)
T("ldmia r1, {r0-r9}", 0, 40, 2)
T("ldmdb r1, {r3-r6}", -16, 16, 2)
T("ldmdb r1!, {r3-r6, r8, r10}", -24, 24, 2)
T("ldmia r1!, {r3-r5, r7, r9}", 0, 20, 2)
T("stmia r1!, {r2-r7}", 0, 24, 3)
T("stmia r1, {r0-r10}", 0, 44, 3)
T("stmdb r1!, {r3, r5, r7}", -12, 12, 3)
T("stmdb r1, {r3-r10}", -32, 32, 3)
T("ldr pc, [r1]", 0, 4, 32)
T("ldr pc, [r1, #4]!", 4, 4, 32)
T("ldr pc, [r1, r2, lsl #1]", 16, 4, 32)
T("ldmia r1!, {r4, pc}", 0, 8, 66)
T("ldmdb r1, {r4, pc}", -8, 8, 66)
ON_SP("push {r3}", -4, 4, 1)
ON_SP("push {r3-r8, lr}", -28, 28, 3)
ON_SP("pop {r3}", 0, 4, 0)
ON_SP("pop {r3-r8}", 0, 24, 2)
ON_SP("pop {r4, pc}", 0, 8, 66)
ON_SP("ldr r3, [sp, #64]", 64, 4, 4)
ON_SP("str r3, [sp, #-8]!", -8, 4, 5)
ON_SP("ldr r3, [sp], #4", 0, 4, 4)

T("ldrex r3, [r1]", 0, 4, 0)
T("ldrexb r3, [r1]", 0, 1, 0)
T("ldrexh r3, [r1]", 0, 2, 0)
T("ldrexd r4, r5, [r1]", 0, 8, 0)
T("lda r3, [r1]", 0, 4, 0)
T("ldab r3, [r1]", 0, 1, 0)
T("ldaex r3, [r1]", 0, 4, 0)
T("stl r3, [r1]", 0, 4, 1)
T("stlh r3, [r1]", 0, 2, 1)

T("vldr s5, [r1, #4]", 4, 4, 0)
T("vldr d5, [r1, #-8]", -8, 8, 2)
T("vstr s5, [r1, #12]", 12, 4, 1)
T("vstr d17, [r1]", 0, 8, 3)
T("vldmia r1!, {s3-s9}", 0, 28, 2)
T("vldmia r1, {d0-d7}", 0, 64, 2)
T("vldmdb r1!, {d16-d19}", -32, 32, 2)
T("vstmia r1!, {d8-d15}", 0, 64, 3)
T("vstmdb r1!, {s1-s4}", -16, 16, 3)
ON_SP("vpush {d8-d10}", -24, 24, 3)
ON_SP("vpop {d8-d10}", 0, 24, 2)
T("vld1.8 {d0}, [r1]", 0, 8, 4)
T("vld1.8 {d0-d3}, [r1]!", 0, 32, 4)
T("vld1.32 {d4-d5}, [r1], r2", 0, 16, 4)
T("vld1.64 {d4-d5}, [r1:128]", 0, 16, 0)
T("vld1.8 {d4[3]}, [r1]", 0, 1, 0)
T("vld1.16 {d4[]}, [r1]!", 0, 2, 0)
T("vld1.32 {d4[1]}, [r1], r2", 0, 4, 0)
T("vld2.8 {d0-d1}, [r1]!", 0, 16, 4)
T("vld2.16 {d0[1], d1[1]}, [r1]", 0, 4, 0)
T("vld3.16 {d0-d2}, [r1]!", 0, 24, 4)
T("vld3.8 {d0[2], d1[2], d2[2]}, [r1], r2", 0, 3, 0)
T("vld4.32 {d0, d2, d4, d6}, [r1]!", 0, 32, 2)
T("vld4.8 {d0[], d1[], d2[], d3[]}, [r1]!", 0, 4, 0)
T("vst1.8 {d0-d3}, [r1]!", 0, 32, 5)
T("vst1.16 {d7}, [r1], r2", 0, 8, 5)
T("vst1.8 {d4[5]}, [r1]!", 0, 1, 1)
T("vst2.32 {d0-d3}, [r1]!", 0, 32, 3)
T("vst3.8 {d0-d2}, [r1]", 0, 24, 5)
T("vst3.16 {d0[1], d1[1], d2[1]}, [r1]!", 0, 6, 1)
T("vst4.16 {d0-d3}, [r1]!", 0, 32, 5)
T("vst4.32 {d0[1], d1[1], d2[1], d3[1]}, [r1]!", 0, 16, 3)

BUSY("ldr r3, [r1, #4]!", 4, 4, 4)
BUSY("str r3, [r1], #4", 0, 4, 5)
BUSY("ldmia r1!, {r3, r4}", 0, 8, 2)
BUSY("stmdb r1!, {r7, r9, r10}", -12, 12, 3)
BUSY("ldrd r4, r5, [r1, #8]!", 8, 8, 2)
BUSY("vld1.8 {d0-d1}, [r1]!", 0, 16, 4)
BUSY("vstmia r1!, {d0-d3}", 0, 32, 3)
TEST__("cmp r1, r1", "ldreq r3, [r1], #4", "mrs r6, cpsr", 0, 4, 4)
TEST__("cmp r1, r1", "ldrne r3, [r1], #4", "mrs r6, cpsr", 0, 4, 8)
TEST__("cmp r1, r2", "strhi r3, [r1, #4]!", "addhi r5, r5, #1", 4, 4, 4)
TEST__("adds r4, r4, r5; adcs r6, r6, r7", "ldmiacs r1!, {r3, r8}", "sbc r9, r9, r10", 0, 8, 8)
TEST__("cmp r1, r2; addhi r5, r5, #1; addhi r6, r6, r5", "strhi r3, [r1], #4", "addhi r7, r7, #1; addls r8, r8, #1", 0, 4, 5)
TEST__("cmp r1, r2; addls r5, r5, #1", "strhi r3, [r1], #4", "addhi r7, r7, #1; mrs r6, cpsr", 0, 4, 5)
TEST__("vcmp.f64 d1, d2; vmrs APSR_nzcv, fpscr", "strmi r3, [r1, #4]!", "addlt r7, r7, #1; mrs r6, cpsr", 4, 4, 5)
TEST__("vcmp.f64 d1, d2; vmrs APSR_nzcv, fpscr", "vldrle d5, [r1, #8]", "addgt r7, r7, #1; addle r8, r8, #1", 8, 8, 2)
TEST__("vcmp.f32 s4, s4; vmrs APSR_nzcv, fpscr", "ldr r3, [r1], #4", "vmovge.f64 d6, d7; addeq r8, r8, #1; mrs r6, cpsr", 0, 4, 4)
TEST__("movs r7, r7, lsl #1", "ldrcc r3, [r1], #4", "adc r6, r6, r6", 0, 4, 4)
TEST__("ands r7, r7, #8; eor r8, r8, r9", "ldrdne r4, r5, [r1], #8", "addne r6, r6, r6; addeq r8, r8, #1", 0, 8, 2)
TEST__("subs r4, r4, #1; sbcs r5, r5, #0", "stmia r1!, {r4-r6}", "sbcs r7, r7, #0; sbc r8, r8, r9; mrs r6, cpsr", 0, 12, 3)
TEST__("tst r1, #0", "push {r4, r6}", "addeq r7, r7, #1; pop {r4, r6}", 0, 0, 8)
T("pld [r1]", 0, 0, 8)
#ifdef __thumb__
T("ldr.w r3, [r1, #4]", 4, 4, 4)
T("ldrb.w r3, [r1, r2]", 8, 1, 0)
T("str.w r3, [r1, #-255]", -255, 4, 5)
T("tbb [r1, r2]", 8, 1, 16)
T("tbh [r1, r2, lsl #1]", 16, 2, 16)
#else
T("ldr r3, [r1, -r2]", -8, 4, 4)
T("ldr r3, [r1, r2]!", 8, 4, 4)
T("ldr r3, [r1, -r2, lsl #1]!", -16, 4, 4)
T("ldr r3, [r1], r2, lsr #1", 0, 4, 4)
T("ldr r3, [r1, r2, ror #3]", 1, 4, 4)
T("str r3, [r1], -r2, asr #1", 0, 4, 5)
T("strh r3, [r1, -r2]!", -8, 2, 5)
T("ldrsb r3, [r1], -r2", 0, 1, 0)
T("ldrd r4, r5, [r1, r2]!", 8, 8, 2)
T("strd r4, r5, [r1], -r2", 0, 8, 3)
TEST__("cmp r5, r6", "ldr r3, [r1, r2, rrx]!", "adc r7, r7, r7", 4, 4, 4)
TEST__("cmp r6, r5", "str r3, [r1], r2, rrx", "adc r7, r7, r7", 0, 4, 5)
T("ldmda r1!, {r3-r6}", -12, 16, 2)
T("ldmib r1!, {r3-r6}", 4, 16, 2)
T("stmda r1, {r3-r6}", -12, 16, 3)
T("stmib r1!, {r3-r6}", 4, 16, 3)
T(".inst 0xe1013094 @ swp r3, r4, [r1]", 0, 4, 1)
#endif

/* ---- running a piece of code with all registers given ---- */

struct registers { uintptr_t r[NREGS]; uint64_t v[32 * VECTOR_WORDS]; };
void run_with(const void *code, struct registers *r);
__asm__(".text\n.balign 4\n.type run_with, %function\n"
#ifdef __thumb__
        ".thumb_func\n"
#endif
        "run_with: push {r4-r11, lr}\n vpush {d8-d15}\n push {r0, r1}\n mov r12, r0\n"
        "add r2, r1, #48\n vldmia r2!, {d0-d15}\n vldmia r2, {d16-d31}\n"
        "ldmia r1, {r0-r10}\n blx r12\n"
        "ldr r12, [sp, #4]\n stmia r12!, {r0-r11}\n vstmia r12!, {d0-d15}\n vstmia r12, {d16-d31}\n"
        "add sp, #8\n vpop {d8-d15}\n pop {r4-r11, pc}\n");

static uintptr_t read_context(const ucontext_t *uc, struct registers *r)
{
    const mcontext_t *m = &uc->uc_mcontext;

    memcpy(r->r, &m->arm_r0, 11 * 4);
    r->r[11] = m->arm_sp;
    memcpy(r->v, (const char *)uc->uc_regspace + 8, sizeof r->v);
    return m->arm_pc;
}

/* The assembler may have put an IT in front. */
static uintptr_t instruction_of(const struct test *t)
{
    uint16_t first = *(const uint16_t *)t->at;

    return sizeof MODE == 2 && MODE[0] == '1' && (first & 0xff00) == 0xbf00 && first & 15 ? t->at + 2 : t->at;
}

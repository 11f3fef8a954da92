/*
 * wild_arm.h: what wild.c needs of A32 and T32: words of code, the places, and what happens where
 * addresses wrap around at 4 GiB.
 */
#define RETURN    0xe12fff1eu /* bx lr */
#define MOV_R1_42 0xe3a0102au
#define ADD_R1_1  0xe2811001u

static const uint32_t places[] = {0, 0x10, 0x1000, 0x7ffffff0, 0xc0000000, 0xffff4000, 0xfffffff8};
static const uint32_t stacks[] = {0, 8, 0x1000, 0xfffffffc, 0xffff0ff8};

static void read_context(const mcontext_t *m)
{
    seen.pc = m->arm_pc;
    seen.r1 = m->arm_r1;
    seen.sp = m->arm_sp;
    seen.far = m->fault_address;
    seen.write = m->error_code >> 11 & 1;
}

/* ---- jumps ---- */

/* The kernel's part may say either code. */
static bool nowhere(uint32_t target)
{
    uint32_t where = target & ~1u;

    return jump_is_caught(target, where, SIGSEGV, SEGV_MAPERR) ||
           (where >= 0xc0000000 && seen.sig == SIGSEGV && seen.addr == where && seen.pc == where);
}

static void jumps_to_nowhere(void)
{
    uint8_t *closed = new_pages(1, PROT_NONE);

    for (unsigned round = 0; round < 3; round++) /* the second time the jump is known */
        for (unsigned i = 0; i < sizeof places / sizeof places[0]; i++) {
            CHECK(nowhere(places[i]));
            CHECK(nowhere(places[i] | 1));
        }
    CHECK(jump_is_caught((uintptr_t)closed + 2 + 1, (uintptr_t)closed + 2, SIGSEGV, SEGV_ACCERR));
}

static void running_off_within_an_instruction(uint8_t *end)
{
    uint16_t *thumb = (uint16_t *)end - 3;

    thumb[0] = 0x212a; /* movs r1, #42 */
    thumb[1] = 0x3101; /* adds r1, #1 */
    thumb[2] = 0xf04f; /* the first half of mov.w */
    memcpy(end, "\0\1", 2);
    __builtin___clear_cache((char *)thumb, (char *)(thumb + 3));
    memset((void *)&seen, 0, sizeof seen);
    if (!sigsetjmp(back, 1))
        at((uintptr_t)thumb | 1)();
    CHECK(seen.sig == SIGSEGV && seen.code == SEGV_ACCERR && seen.r1 == 43);
    CHECK(seen.addr == (uintptr_t)end && seen.pc == seen.addr - 2);
}

/* Odd rounds are T32. No system calls. */
static uint32_t random_word(uint32_t x, unsigned round)
{
    if (round & 1 && ((x & 0xff00) == 0xdf00 || x >> 24 == 0xdf))
        return 0xbf00bf00;
    return (x & 0x0f000000) == 0x0f000000 ? 0xe1a00000 : x;
}

static uintptr_t random_entry(const uint32_t *code, unsigned round)
{
    return (uintptr_t)code | (round & 1);
}

static void push_pop_undefined(uint32_t sp)
{
    __asm__ volatile("mov sp, %0\n push {r0-r3}\n pop {r0-r3}\n udf #0" : : "r"(sp));
}

/* ---- the top of the address space ---- */

struct outcome { uint32_t r1, r3; };

/* r1, r2 as given; what r3 and r1 become. */
#define RUN(insn, base, index)                                                                            \
    ({                                                                                                    \
        register uint32_t r1 __asm__("r1") = (base), r2 __asm__("r2") = (index), r3 __asm__("r3") = 0xdead; \
        memset((void *)&seen, 0, sizeof seen);                                                            \
        if (!sigsetjmp(back, 1)) {                                                                        \
            r1 = (base), r2 = (index), r3 = 0xdead;                                                       \
            __asm__ volatile(insn : "+r"(r1), "+r"(r2), "+r"(r3) : : "r4", "r5", "r6", "d0", "d1", "d2", "d3", "cc", "memory"); \
        }                                                                                                 \
        (struct outcome){r1, r3};                                                                         \
    })


#define FAULTS_AT(insn, base, index, where) \
    do {                                                                                      \
        RUN(insn, base, index);                                                               \
        if (seen.sig != SIGSEGV || seen.addr != (where) || seen.r1 != (base))                 \
            printf("%s: signal %d addr %08x r1 %08x\n", insn, seen.sig, (unsigned)seen.addr, (unsigned)seen.r1), failures++; \
    } while (0)

static void accesses_around_the_top(void)
{
    FAULTS_AT("ldr r3, [r1]", 0xfffffffcu, 0, 0xfffffffcu);
    FAULTS_AT("ldr r3, [r1]", 0xfffffffeu, 0, 0xfffffffeu);
    FAULTS_AT("ldr r3, [r1]", 0xffffffffu, 0, 0xffffffffu);
    FAULTS_AT("ldrh r3, [r1]", 0xffffffffu, 0, 0xffffffffu);
    FAULTS_AT("str r3, [r1]", 0xfffffffdu, 0, 0xfffffffdu);
    FAULTS_AT("ldr r3, [r1, #8]", 0xfffffffcu, 0, 4);
    FAULTS_AT("ldr r3, [r1, #8]!", 0xfffffffcu, 0, 4);
    FAULTS_AT("ldr r3, [r1, #-8]", 4u, 0, 0xfffffffcu);
    FAULTS_AT("str r3, [r1, #-8]!", 4u, 0, 0xfffffffcu);
    FAULTS_AT("ldr r3, [r1, r2]", 0x80000000u, 0x80000000u, 0);
    FAULTS_AT("ldr r3, [r1, r2, lsl #3]", 0xfffffff8u, 0x20000002u, 8);
    FAULTS_AT("ldrb r3, [r1, r2]", 0xffffffffu, 1, 0);
    FAULTS_AT("ldmia r1!, {r3-r6}", 0xfffffff8u, 0, 0xfffffff8u);
    FAULTS_AT("stmia r1!, {r3-r6}", 0xfffffff8u, 0, 0xfffffff8u);
    FAULTS_AT("ldmdb r1!, {r3-r6}", 8u, 0, 0xfffffff8u);
    FAULTS_AT("stmdb r1!, {r3-r6}", 8u, 0, 0xfffffff8u);
    FAULTS_AT("ldrd r4, r5, [r1]", 0xfffffffcu, 0, 0xfffffffcu);
    FAULTS_AT("ldrd r4, r5, [r1, #8]", 0xfffffff8u, 0, 0);
    FAULTS_AT("vldmia r1!, {d0-d3}", 0xfffffff0u, 0, 0xfffffff0u);
    FAULTS_AT("vldr d0, [r1, #16]", 0xfffffff0u, 0, 0);
    FAULTS_AT("vldr d0, [r1, #-16]", 8u, 0, 0xfffffff8u);
    FAULTS_AT("ldrex r3, [r1]", 0xfffffffcu, 0, 0xfffffffcu);
}

/* Sums of base and index that wrap to a good address are good. */
static void addresses_wrap(void)
{
    static uint32_t words[4] __attribute__((aligned(16))) = {0x11111111, 0x22222222, 0x33333333, 0x44444444};
    uint32_t p = (uint32_t)(uintptr_t)words;
    struct outcome o;

    o = RUN("ldr r3, [r1, r2]", p + 0x80000004u, 0x80000000u);
    CHECK(!seen.sig && o.r3 == 0x22222222);
    o = RUN("ldr r3, [r1, r2, lsl #2]", p, 0x40000002u);
    CHECK(!seen.sig && o.r3 == 0x33333333);
    o = RUN("ldr r3, [r1, r2, lsl #3]", p - 8, 0xe0000001u);
    CHECK(!seen.sig && o.r3 == 0x11111111);
    o = RUN("ldr r3, [r1, r2]", p, 0xfffffffcu + 8);
    CHECK(!seen.sig && o.r3 == 0x22222222);
    o = RUN("ldr r3, [r1, r2]", 4, p);
    CHECK(!seen.sig && o.r3 == 0x22222222);
    o = RUN("add r3, r1, r2; ldr r3, [r3, #4]", p + 0x90000000u, 0x70000000u);
    CHECK(!seen.sig && o.r3 == 0x22222222);
    o = RUN("add r3, r1, #252; add r3, r3, r2; ldr r3, [r3, #-252]", p, 0);
    CHECK(!seen.sig && o.r3 == 0x11111111);
    o = RUN("add r4, r1, r2, lsl #1; str r4, [r4, #12]; ldr r3, [r1, #12]", p, 0x80000000u);
    CHECK(!seen.sig && o.r3 == p);
    o = RUN("strh r2, [r1, r2]; ldr r3, [r1]", p, 0);
    CHECK(!seen.sig && o.r3 == 0x11110000);
#ifndef __thumb__
    o = RUN("ldr r3, [r1, -r2]", p - 0x10000000u, 0xf0000000u - 4);
    CHECK(!seen.sig && o.r3 == 0x22222222);
    o = RUN("ldr r3, [r1, r2, ror #1]!", p, 9); /* + 0x80000004 */
    CHECK(seen.sig == SIGSEGV && seen.addr == p + 0x80000004u && seen.r1 == p);
    o = RUN("ldr r3, [r1, r2, asr #31]", p + 1, 0x80000000u);
    CHECK(!seen.sig && o.r3 == 0x11110000);
#endif
}

static void accesses(void)
{
    accesses_around_the_top();
    addresses_wrap();
}

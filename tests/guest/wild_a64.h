/*
 * wild_a64.h: what wild.c needs of A64: words of code, the places (with bits that no address has), and
 * what tags in pointers do.
 */
#define RETURN    0xd65f03c0u /* ret */
#define MOV_R1_42 0xd2800541u /* mov x1, #42 */
#define ADD_R1_1  0x91000421u

static const uint64_t places[] = {
    0, 16, 0x7f0000000000, 0x7fffffffeff8, 0x800000000000, 0x1000000000000, 0x7fffffffffff00, 0x80000000000000, 0xff00000000001000,
    0xffff000000000000, 0xffff800000000000, 0xffffffff00000000, 0xfffffffffffffff8, 0x5500000000000010, 0x1234800000000000,
};
static const uint64_t stacks[] = {0, 16, 0x1000, 0x7ffffffffff0, 0x800000000000, 0xffff000000000000, 0xfffffffffffffff0, 0x1234567800000000};

static bool wrote(const mcontext_t *m)
{
    const uint32_t *r = (const uint32_t *)m->__reserved;

    while (r[0] && r[0] != 0x45535201)
        r += r[1] / 4;
    return r[0] && r[2] >> 6 & 1;
}

static void read_context(const mcontext_t *m)
{
    seen.pc = m->pc;
    seen.r1 = m->regs[1];
    seen.sp = m->sp;
    seen.far = m->fault_address;
    seen.write = wrote(m);
}

/* The kernel shows addresses without their tag: bits 63..56 as bit 55. */
static uint64_t shown(uint64_t addr) { return (uint64_t)((int64_t)(addr << 8) >> 8); }

/* ---- jumps ---- */

/* The tag of a branch's target is dropped on the way to pc. */
static void jumps_to_nowhere(void)
{
    for (unsigned round = 0; round < 3; round++) /* the second time the jump is known */
        for (unsigned i = 0; i < sizeof places / sizeof *places; i++) {
            CHECK(jump_is_caught(places[i], shown(places[i]), SIGSEGV, SEGV_MAPERR));
            CHECK(jump_is_caught(places[i] + 2, shown(places[i] + 2), SIGBUS, BUS_ADRALN));
        }
}

/* All instructions are as long and aligned. */
static void running_off_within_an_instruction(uint8_t *end)
{
}

/* Odd rounds mostly of one group, many of which exist. No system calls. */
static uint32_t random_word(uint32_t x, unsigned round)
{
    static const uint32_t groups[] = {0x00000000, 0x10000000, 0x14000000, 0x08000000, 0x0a000000, 0x0e000000, 0x04000000, 0xd4000000};

    if (round & 1)
        x = (x & 0xe1ffffff) | groups[round / 2 % 7];
    return (x & 0xffe0001f) == 0xd4000001 ? 0xd503201f : x;
}

static uintptr_t random_entry(const uint32_t *code, unsigned round)
{
    return (uintptr_t)code;
}

static void push_pop_undefined(uint64_t sp)
{
    __asm__ volatile("mov sp, %0\n stp x0, x1, [sp, #-16]!\n ldp x0, x1, [sp], #16\n udf #0" : : "r"(sp));
}

/* ---- accesses ---- */

static void accesses_to_nowhere(void)
{
    for (unsigned i = 0; i < sizeof places / sizeof *places; i++) {
        volatile uint64_t *p = (volatile uint64_t *)places[i];

        seen.sig = 0;
        if (!sigsetjmp(back, 1))
            (void)*p;
        CHECK(expect("load", places[i], SIGSEGV, SEGV_MAPERR, shown(places[i])) && !seen.write && seen.far == seen.addr);
        seen.sig = 0;
        if (!sigsetjmp(back, 1))
            *p = 1;
        CHECK(expect("store", places[i], SIGSEGV, SEGV_MAPERR, shown(places[i])) && seen.write);
        seen.sig = 0;
        if (!sigsetjmp(back, 1))
            __atomic_fetch_add(p, 1, __ATOMIC_SEQ_CST);
        CHECK(expect("atomic", places[i], SIGSEGV, SEGV_MAPERR, shown(places[i])));
    }
}

static void tags_are_ignored(void)
{
    static volatile uint64_t word = 42;
    static int (*volatile to)(const char *) = atoi;

    for (uint64_t tag = 1; tag < 256; tag += 27) {
        volatile uint64_t *p = (volatile uint64_t *)((uint64_t)&word | tag << 56);

        CHECK(*p == word);
        *p += 1;
        CHECK(__atomic_add_fetch(p, 1, __ATOMIC_SEQ_CST) == word);
        CHECK(((int (*)(const char *))((uint64_t)to | tag << 56))((char *)((uint64_t)"17" | tag << 56)) == 17);
    }
    CHECK(word == 42 + 20);
}

static void accesses(void)
{
    accesses_to_nowhere();
    tags_are_ignored();
}

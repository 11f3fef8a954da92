/*
 * sve_program.c: runs each case of sve_cases.txt once, as sve_test.py has made
 * it into C and assembly: registers and memory are filled from a seed, one SVE
 * instruction is run, and what it has left is printed as a hash, a line a case.
 * args: the vector length in bytes; the number of a case prints its registers.
 */
#include "cases.h" /* struct test_case { insn, fpcr, size, kind }; cases[]; enum kind */

#include <setjmp.h>
#include <signal.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>
#include <sys/prctl.h>

#define ZBYTES 256
#define SEEN_REGS 28 /* general registers that instructions use; the others are the runner's */
struct state {
    uint64_t x[32], nzcv, fpsr, fpcr, unused;
    uint8_t p[16][32], ffr[32], z[32][ZBYTES];
} __attribute__((aligned(64)));
extern void run_case(const struct state *before, struct state *after, const void *code);
extern const char case_code[];

static struct state before, after;
static unsigned vl;

static uint64_t seed;
static uint64_t chance(void)
{
    seed ^= seed << 13;
    seed ^= seed >> 7;
    seed ^= seed << 17;
    return seed * 0x2545f4914f6cdd1d;
}

/* ---- memory: some pages low enough for 32-bit addresses, and none behind them ---- */
#define MEMORY 0x10000000ull
#define MEMORY_BYTES 0x10000ull
#define MIDDLE (MEMORY + MEMORY_BYTES / 2 + 0x800)
static uint8_t *memory;

static void fill_memory(unsigned salt)
{
    for (uint64_t i = 0; i < MEMORY_BYTES; i += 8) {
        uint64_t v = (i * 0x9e3779b97f4a7c15) ^ salt;
        memcpy(memory + i, &v, 8);
    }
}

/* ---- values ---- */

static uint64_t float_value(unsigned size)
{
    static const uint16_t h[] = {0, 0x8000, 0x3c00, 0xbc00, 0x7c00, 0xfc00, 0x7e01, 0x7d01, 0xfe02, 1, 0x8001, 0x3ff, 0x400, 0x7bff, 0xfbff, 0x4000};
    static const uint32_t s[] = {0, 0x80000000, 0x3f800000, 0xbf800000, 0x7f800000, 0xff800000, 0x7fc00001, 0x7f800001, 0xffc12345, 1, 0x80000001,
                                 0x7fffff, 0x800000, 0x7f7fffff, 0xff7fffff, 0x40000000, 0x4f000000, 0xcf000000, 0x5f000000, 0x33800000, 0x387fc000, 0x477fe000};
    static const uint64_t d[] = {0, 1ull << 63, 0x3ff0000000000000, 0xbff0000000000000, 0x7ff0000000000000, 0xfff0000000000000, 0x7ff8000000000001,
                                 0x7ff0000000000001, 0xfff8123400000000, 1, 0x8000000000000001, 0xfffffffffffff, 0x10000000000000, 0x7fefffffffffffff,
                                 0x41dfffffffc00000, 0x43e0000000000000, 0xc3e0000000000000, 0x380fffffffffffff, 0x36a0000000000000, 0x47efffffe0000000};
    unsigned how = chance() % 8;
    bool special = how < 3, near_one = how < 6;

    switch (size) {
    case 1:  return special ? h[chance() % 16] : near_one ? (chance() & 0x83ff) | (chance() % 8 + 11) << 10 : chance() & 0xffff;
    case 2:  return special ? s[chance() % 22] : near_one ? (chance() & 0x807fffff) | (chance() % 8 + 123) << 23 : (uint32_t)chance();
    default: return special ? d[chance() % 20] : near_one ? (chance() & 0x800fffffffffffff) | (chance() % 8 + 1019) << 52 : chance();
    }
}

static uint64_t integer_value(unsigned how, unsigned size)
{
    static const uint64_t edges[] = {0, 1, ~0ull, 0x80, 0x7f, 0x8000, 0x7fff, 0x80000000, 0x7fffffff, 1ull << 63, ~0ull >> 1, 0x55, 2};
    uint64_t v;

    switch (how) {
    case 0:  return chance();
    case 1:  v = chance() % ((vl * 2 >> size) | 1); return chance() % 4 ? v : -v;
    case 2:  return edges[chance() % 13];
    default: v = chance() >> chance() % 64; return chance() % 2 ? v : -v;
    }
}

static void fill_z(uint8_t *z, const struct test_case *c)
{
    unsigned size = c->size, how = chance() % 4;

    if (c->kind & FLOATS && (size == 0 || chance() % 8 == 0))
        size = 1 + chance() % 3;
    for (unsigned i = 0; i < ZBYTES >> size; i++) {
        uint64_t v = c->kind & FLOATS ? float_value(size) : integer_value(how, size);
        memcpy(z + (i << size), &v, 1u << size);
    }
}

static void put32(unsigned z, unsigned i, uint64_t v) { memcpy(before.z[z] + 4 * i, &v, 4); }
static void put64(unsigned z, unsigned i, uint64_t v) { memcpy(before.z[z] + 8 * i, &v, 8); }

/* x1-x6 into the memory, x7 and x8 near its end; x9-x16 small; z24-z27 offsets, z28-z31 addresses; z26 z27 z29 z31 also beyond the end */
static void fill_addresses(const struct test_case *c)
{
    for (unsigned i = 1; i <= 6; i++)
        before.x[i] = MIDDLE + chance() % 64;
    before.x[7] = MEMORY + MEMORY_BYTES - chance() % (2 * vl);
    before.x[8] = MEMORY + MEMORY_BYTES - chance() % (8 * vl);
    for (unsigned i = 9; i <= 16; i++)
        before.x[i] = chance() % 64;
    for (unsigned i = 0; i < ZBYTES / 4; i++) {
        put32(24, i, c->kind & UNSIGNED_OFFSETS ? chance() % 512 : chance() % 1024 - 512);
        put32(25, i, c->kind & UNSIGNED_OFFSETS ? chance() % 512 : chance() % 1024 - 512);
        put32(27, i, chance() % 8 ? chance() % 512 : MEMORY_BYTES);
        put32(30, i, MIDDLE + chance() % 512);
        put32(31, i, chance() % 6 ? MIDDLE + chance() % 512 : MEMORY + MEMORY_BYTES);
    }
    for (unsigned i = 0; i < ZBYTES / 8; i++) {
        if (c->kind & OFFSETS64) {
            put64(24, i, chance() % 1024 - 512);
            put64(25, i, chance() % 1024 - 512);
        }
        put64(26, i, chance() % 6 ? chance() % 512 : MEMORY_BYTES);
        put64(28, i, MIDDLE + chance() % 512);
        put64(29, i, chance() % 6 ? MIDDLE + chance() % 512 : MEMORY + MEMORY_BYTES);
    }
}

static void fill_p(uint8_t *p)
{
    unsigned how = chance() % 4;

    for (unsigned b = 0; b < vl / 8; b++)
        p[b] = (uint8_t)(how == 0 ? 0xff : how == 1 ? chance() : how == 2 ? chance() | chance() : chance() & chance() & chance());
}

static void fill_state(const struct test_case *c)
{
    unsigned ffr_bits;

    memset(&before, 0, sizeof before);
    for (unsigned i = 0; i < 32; i++)
        fill_z(before.z[i], c);
    if (chance() % 3 == 0)
        memcpy(before.z[1], before.z[2], ZBYTES);
    for (unsigned i = 0; i < 32; i++) {
        uint64_t v = chance();
        unsigned how = chance() % 4;
        before.x[i] = how == 0 ? v : how == 1 ? v % 300 : how == 2 ? -(v % 300) : v >> (v & 63);
    }
    if (c->kind & ADDRESSES)
        fill_addresses(c);
    for (unsigned i = 0; i < 16; i++)
        fill_p(before.p[i]);
    if (chance() % 8 == 0)
        memset(before.p[chance() % 16], 0, sizeof before.p[0]);
    for (unsigned i = 0; i < 16 && c->kind & AS_FAR; i++) /* the first element is active */
        before.p[i][0] |= 1;
    ffr_bits = chance() % 3 || c->kind & AS_FAR ? vl : chance() % vl;
    for (unsigned b = 0; b < ffr_bits; b++)
        before.ffr[b / 8] |= (uint8_t)(1u << b % 8);
    before.nzcv = (chance() & 15) << 28;
    before.fpcr = c->fpcr;
}

/* ---- running ---- */

static sigjmp_buf fault_return;
static volatile int fault_signal;
static void fault(int sig)
{
    fault_signal = sig;
    siglongjmp(fault_return, 1);
}

static void add(uint64_t *hash, const void *from, size_t bytes)
{
    const uint8_t *b = from;

    for (size_t i = 0; i < bytes; i++)
        *hash = (*hash ^ b[i]) * 0x100000001b3;
}

/* What a load that stopped has left behind the place is unknown. */
static void drop_unknown(unsigned d)
{
    unsigned n = 0;

    while (n < vl && after.ffr[n / 8] >> n % 8 & 1)
        n++;
    memset(after.z[d] + n, 0, ZBYTES - n);
}

static uint32_t hash_state(void)
{
    uint64_t hash = 0xcbf29ce484222325;

    for (unsigned i = 0; i < 32; i++)
        add(&hash, after.z[i], vl);
    for (unsigned i = 0; i < 16; i++)
        add(&hash, after.p[i], vl / 8);
    add(&hash, after.ffr, vl / 8);
    add(&hash, after.x, SEEN_REGS * 8);
    add(&hash, &after.nzcv, 8);
    add(&hash, &after.fpsr, 8);
    add(&hash, memory, MEMORY_BYTES);
    return (uint32_t)(hash ^ hash >> 32);
}

/* V_ONLY: an instruction that writes V clears what lies above: 0, or 1 + the register where it did not. */
static uint32_t not_cleared(void)
{
    static const uint8_t none[ZBYTES];

    for (unsigned i = 0; i < 32; i++)
        if (memcmp(before.z[i], after.z[i], vl) && memcmp(after.z[i] + 16, none, vl - 16))
            return i + 1;
    return 0;
}

static uint32_t run_one(unsigned n)
{
    const struct test_case *c = &cases[n];

    seed = 0x9e3779b97f4a7c15 * (c->insn | 1) + vl;
    fill_memory(n);
    fill_state(c);
    memset(&after, 0, sizeof after);
    fault_signal = 0;
    if (!sigsetjmp(fault_return, 1))
        run_case(&before, &after, case_code + 8 * n);
    if (c->kind & V_ONLY)
        return fault_signal ? 0 : not_cleared();
    if (fault_signal)
        return (uint32_t)fault_signal;
    if (c->kind & AS_FAR)
        drop_unknown(c->insn & 31);
    return hash_state();
}

static void print_bytes(const char *kind, unsigned n, const uint8_t *was, const uint8_t *is, unsigned bytes)
{
    printf("%s%u", kind, n);
    for (unsigned pass = 0; pass < (memcmp(was, is, bytes) ? 2u : 1u); pass++) {
        printf(pass ? "\n ->\t" : "\t");
        for (unsigned i = bytes; i--;)
            printf("%02x%s", (pass ? is : was)[i], i % 8 || !i ? "" : "_");
    }
    printf("\n");
}

static void print_state(void)
{
    for (unsigned i = 0; i < SEEN_REGS; i++)
        printf("x%u\t%llx -> %llx\n", i, (unsigned long long)before.x[i], (unsigned long long)after.x[i]);
    printf("nzcv %x fpsr %x signal %d\n", (unsigned)(after.nzcv >> 28), (unsigned)after.fpsr, fault_signal);
    for (unsigned i = 0; i < 16; i++)
        print_bytes("p", i, before.p[i], after.p[i], vl / 8);
    print_bytes("ffr", 0, before.ffr, after.ffr, vl / 8);
    for (unsigned i = 0; i < 32; i++)
        print_bytes("z", i, before.z[i], after.z[i], vl);
}

int main(int argc, char **argv)
{
    int only = argc > 2 ? atoi(argv[2]) : -1;

    vl = argc > 1 ? (unsigned)atoi(argv[1]) : 16;
    if ((prctl(PR_SVE_SET_VL, vl) & PR_SVE_VL_LEN_MASK) != (int)vl) {
        printf("no vectors of %u bytes\n", vl);
        return 77;
    }
    memory = mmap((void *)MEMORY, MEMORY_BYTES + 0x2000, PROT_READ | PROT_WRITE, MAP_PRIVATE | MAP_ANONYMOUS | MAP_FIXED, -1, 0);
    mprotect(memory + MEMORY_BYTES, 0x2000, PROT_NONE);
    signal(SIGSEGV, fault);
    signal(SIGILL, fault);
    for (unsigned i = 0; i < NCASES; i++)
        if (only < 0 || i == (unsigned)only)
            printf("%u %08x\n", i, run_one(i));
    if (only >= 0)
        print_state();
    return 0;
}

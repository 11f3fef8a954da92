/*
 * arch.c: struct guest_arch of 32-bit ARM: state, models, where a vcpu stands.
 * Read by every room above through arm_arch.
 */
#include "frontend/arm/arm.h"
#include "frontend/arm/translate.h"

/* ---- registers ---- */

#define REGS(name, count, gdb) {#name "%u", gdb, offsetof(struct arm_state, name), 8, count},
#define REG(name, gdb)         {#name, gdb, offsetof(struct arm_state, name), 8, 1},
#define VEC(name)              {#name, NULL, offsetof(struct arm_state, name), 16, 1},
#define VECS(name, count, gdb) {#name "%u", gdb, offsetof(struct arm_state, name), 8, count},
static const struct guest_reg regs[] = {
#include "frontend/arm/state.def"
};
#undef REGS
#undef REG
#undef VEC
#undef VECS

/*
 * Hottest first: what compiled A32 and T32 code uses most. Scalar FP lives in
 * d0-d15 (and their S halves); NEON code uses q8-q15 first, as compilers give
 * them out in that order, so these are pinned as 16 bytes.
 */
#define R(n) {SLOT_R(n), 8, 0}
#define D(n) {SLOT_D(n), 8, 1}
#define Q(n) {SLOT_Q(n), 16, 1}
static const struct guest_pin pins[] = {
    R(0), R(1), R(2), R(3), R(13), R(4), R(5), R(6), R(7), R(14), R(8), R(12), R(9), R(10), R(11),
    D(0), D(1), D(2), D(3), D(4), D(5), D(6), D(7), Q(8), Q(9), Q(10), Q(11),
    D(8), D(9), D(10), D(11), D(12), D(13), D(14), D(15), Q(12), Q(13), Q(14), Q(15),
};
#undef R
#undef D
#undef Q

#define HELPER(name, traits, result, n, ...) {#name, arm_helper_##name, traits, result, {__VA_ARGS__}},
static const struct guest_helper helpers[] = {
#include "frontend/arm/helpers.def"
#include "frontend/arm/helpers_fp.def"
    {NULL, NULL, 0, 0, {0}},
};
#undef HELPER

/* ---- models ---- */

#define V6     (ARM_V5TE | ARM_V6 | ARM_VFP2)
#define V7     (V6 | ARM_V6K | ARM_V6T2 | ARM_V7 | ARM_VFP3)
#define V7_MP  (V7 | ARM_MP | ARM_D32 | ARM_NEON)
#define V7VE   (V7_MP | ARM_FP16 | ARM_DIV | ARM_LPAE | ARM_VFP4)
#define V8     (V7VE | ARM_V8 | ARM_CRC | ARM_AES | ARM_PMULL | ARM_SHA1 | ARM_SHA2)
static const struct guest_cpu_model models[] = {
    {"arm926", "ARM926EJ-S: ARMv5TEJ, VFPv2", ARM_V5TE | ARM_VFP2, 0x41069265},
    {"arm1136", "ARM1136J(F)-S: ARMv6K, VFPv2", V6 | ARM_V6K, 0x4117b363},
    {"arm1176", "ARM1176JZ(F)-S: ARMv6K, VFPv2", V6 | ARM_V6K, 0x410fb767},
    {"cortex-a7", "ARMv7-A, VFPv4, NEON, divide", V7VE, 0x410fc075},
    {"cortex-a8", "ARMv7-A, VFPv3, NEON", V7 | ARM_D32 | ARM_NEON, 0x410fc080},
    {"cortex-a9", "ARMv7-A, VFPv3, NEON, half-precision conversions", V7_MP | ARM_FP16, 0x410fc090},
    {"cortex-a15", "ARMv7-A, VFPv4, NEON, divide", V7VE, 0x412fc0f1},
    {"max", "everything there is: ARMv8.6 AArch32 (default)",
     V8 | ARM_FP16_ARITH | ARM_DOTPROD | ARM_RDM | ARM_FHM | ARM_I8MM | ARM_BF16 | ARM_FCMA | ARM_JSCVT, 0x411fd070},
    {NULL, NULL, 0, 0},
};

/* Linux's arch/arm/include/uapi/asm/hwcap.h */
static const struct { uint64_t features; uint32_t hwcap, hwcap2; } hwcaps[] = {
    {ARM_V5TE, 1 << 0 | 1 << 1 | 1 << 2 | 1 << 4 | 1 << 7, 0}, /* swp half thumb fastmult edsp */
    {ARM_VFP2, 1 << 6, 0},
    {ARM_NEON, 1 << 12, 0},
    {ARM_VFP3, 1 << 13, 0},
    {ARM_V6K, 1 << 15, 0}, /* tls */
    {ARM_VFP4, 1 << 16, 0},
    {ARM_DIV, 1 << 17 | 1 << 18, 0},
    {ARM_D32, 1 << 19, 0},
    {ARM_LPAE, 1 << 20, 0},
    {ARM_FP16_ARITH, 1 << 22 | 1 << 23, 0},
    {ARM_DOTPROD, 1 << 24, 0},
    {ARM_FHM, 1 << 25, 0},
    {ARM_BF16, 1 << 26, 0},
    {ARM_I8MM, 1 << 27, 0},
    {ARM_AES, 0, 1 << 0},
    {ARM_PMULL, 0, 1 << 1},
    {ARM_SHA1, 0, 1 << 2},
    {ARM_SHA2, 0, 1 << 3},
    {ARM_CRC, 0, 1 << 4},
};

void arm_hwcap(const struct guest_cpu_model *m, uint32_t *hwcap, uint32_t *hwcap2)
{
    *hwcap = *hwcap2 = 0;
    for (unsigned i = 0; i < ARRAY_SIZE(hwcaps); i++) {
        if (m->features & hwcaps[i].features) {
            *hwcap |= hwcaps[i].hwcap;
            *hwcap2 |= hwcaps[i].hwcap2;
        }
    }
}

const char *arm_platform(const struct guest_cpu_model *m)
{
    return m->features & ARM_V8 ? "v8l" : m->features & ARM_V7 ? "v7l" : m->features & ARM_V6 ? "v6l" : "v5tel";
}

/* ---- status register: see FLAGS in ir/ops.def ---- */

static uint32_t pack_flags(uint64_t flags)
{
    return (uint32_t)((flags >> 15 & 1) << 31 | (flags >> 14 & 1) << 30 | (flags >> 8 & 1) << 29 | (flags & 1) << 28);
}

uint32_t arm_get_cpsr(const struct arm_state *s)
{
    uint32_t ge = 0, it = (uint32_t)s->it;

    for (unsigned i = 0; i < 4; i++)
        ge |= (s->ge >> 8 * i & 1) << i;
    return pack_flags(s->nzcv) | (s->q ? CPSR_Q : 0) | (it & 3) << 25 | ge << 16 | (it & 0xfc) << 8 |
           (s->big_endian ? CPSR_E : 0) | (s->thumb ? CPSR_T : 0) | CPSR_MODE_USER;
}

void arm_set_cpsr(struct arm_state *s, uint32_t cpsr)
{
    s->nzcv = bits(cpsr, 31, 1) << 15 | bits(cpsr, 30, 1) << 14 | bits(cpsr, 29, 1) << 8 | bits(cpsr, 28, 1);
    s->q = bits(cpsr, 27, 1);
    s->ge = 0;
    for (unsigned i = 0; i < 4; i++)
        s->ge |= bits(cpsr, 16 + i, 1) * 0xff << 8 * i;
    s->it = bits(cpsr, 10, 6) << 2 | bits(cpsr, 25, 2);
    s->big_endian = bits(cpsr, 9, 1);
    s->thumb = bits(cpsr, 5, 1);
}

/* ---- where a vcpu stands ---- */

static void reset(struct vcpu *c, const struct guest_cpu_model *m)
{
    struct arm_state *s = vcpu_state(c);

    memset(s, 0, sizeof *s);
    s->exclusive_address = NO_EXCLUSIVE;
    arm_fp_reset(c);
}

static uint32_t lasting_mode(const struct arm_state *s)
{
    return (s->big_endian ? MODE_E : 0) | (uint32_t)s->fp_mode;
}

static struct region_key key(const struct vcpu *c)
{
    const struct arm_state *s = vcpu_state((struct vcpu *)c);

    return (struct region_key){(uint32_t)s->r[15], lasting_mode(s) | (s->thumb ? MODE_T : 0) | (uint32_t)s->it << MODE_IT_SHIFT};
}

/* A call returns in the instruction set it was made in, outside any IT block. */
static struct region_key key_of_return(struct region_key from, uint64_t return_address)
{
    return (struct region_key){return_address & ~1ull, from.mode & ~(uint32_t)MODE_IT};
}

static struct region_key key_of_target(const struct vcpu *c, uint64_t target)
{
    uint32_t mode = lasting_mode(vcpu_state((struct vcpu *)c));

    if (target & 1)
        return (struct region_key){(uint32_t)target & ~1u, mode | MODE_T};
    return (struct region_key){(uint32_t)target & ~3u, mode};
}

static void set_pc(struct vcpu *c, uint64_t pc, uint32_t mode)
{
    struct arm_state *s = vcpu_state(c);

    s->r[15] = (uint32_t)pc;
    s->thumb = !!(mode & MODE_T);
    s->big_endian = !!(mode & MODE_E);
    s->it = (mode & MODE_IT) >> MODE_IT_SHIFT;
}

static void dump(const struct vcpu *c, FILE *f)
{
    const struct arm_state *s = vcpu_state((struct vcpu *)c);
    uint32_t cpsr = arm_get_cpsr(s);

    for (unsigned i = 0; i < 16; i++)
        fprintf(f, "R%02u=%08x%c", i, (uint32_t)s->r[i], i % 4 == 3 ? '\n' : ' ');
    fprintf(f, "PSR=%08x %c%c%c%c %c usr32\n", cpsr, cpsr & CPSR_N ? 'N' : '-', cpsr & CPSR_Z ? 'Z' : '-',
            cpsr & CPSR_C ? 'C' : '-', cpsr & CPSR_V ? 'V' : '-', cpsr & CPSR_T ? 'T' : 'A');
}

const struct guest_arch arm_arch = {
    .name = "arm",
    .capstone = "arm",
    .address_bits = 32,
    .code_shift = 1,
    .state_size = sizeof(struct arm_state),
    .pc_offset = SLOT_R(15),
    .flags_offset = SLOT(nzcv),
    .regs = regs,
    .nregs = ARRAY_SIZE(regs),
    .pins = pins,
    .npins = ARRAY_SIZE(pins),
    .helpers = helpers,
    .nhelpers = ARM_HELPER_COUNT,
    .models = models,
    .reset = reset,
    .key = key,
    .key_of_target = key_of_target,
    .key_of_return = key_of_return,
    .set_pc = set_pc,
    .translate = arm_translate,
    .flags_live = arm_flags_live,
    .disproved = &arm_returns_keep_flags,
    .dump = dump,
};
_Static_assert(sizeof(struct arm_state) % 16 == 0, "the state is a multiple of 16 bytes");

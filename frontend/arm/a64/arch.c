/*
 * arch.c: struct guest_arch of AArch64: state, PSTATE, where a vcpu stands.
 * Read by every room above through a64_arch. Models are in models.c.
 */
#include "frontend/arm/a64/models.h"
#include "frontend/arm/a64/tags.h"
#include "frontend/arm/a64/translate.h"

/* ---- registers ---- */

#define REGS(name, count, gdb) {#name "%u", gdb, offsetof(struct a64_state, name), 8, count},
#define REG(name, gdb)         {#name, gdb, offsetof(struct a64_state, name), 8, 1},
#define VEC(name)              {#name, NULL, offsetof(struct a64_state, name), 16, 1},
#define VECS(name, count, gdb) {#name "%u", gdb, offsetof(struct a64_state, name), 16, count},
static const struct guest_reg regs[] = {
#include "frontend/arm/a64/state.def"
};
#undef REGS
#undef REG
#undef VEC
#undef VECS

/* Hottest first, by measurement (docs/performance.md). 31: sp */
#define X(n) {SLOT_X(n), 8, 0}
#define V(n) {SLOT_V(n), 16, 1}
static const struct guest_pin pins[] = {
    X(0), X(1), X(2), X(3), X(31), X(19), X(4), X(20), X(21), X(22), X(30), X(5), X(8), X(23), X(6), X(29),
    V(0), V(1), V(2), V(3), V(4), V(5), V(6), V(7), V(16), V(17), V(18), V(19), V(20), V(21), V(22), V(23), V(8), V(9), V(10),
    V(11), V(12), V(13), V(14), V(15), V(24), V(25), V(26), V(27), V(28), V(29), V(30), V(31),
};
#undef X
#undef V

#define HELPER(name, traits, result, n, ...) {#name, a64_helper_##name, traits, result, {__VA_ARGS__}},
static const struct guest_helper helpers[] = {
#include "frontend/arm/a64/helpers.def"
#include "frontend/arm/a64/helpers_mem.def"
#include "frontend/arm/a64/helpers_fp.def"
#include "frontend/arm/a64/helpers_simd.def"
#include "frontend/arm/a64/helpers_sve.def"
    {NULL, NULL, 0, 0, {0}},
};
#undef HELPER

/* ---- PSTATE: bits by their places in SPSR_EL1; flags: see FLAGS in ir/ops.def ---- */

enum { PSTATE_TCO = 25, PSTATE_DIT = 24, PSTATE_SSBS = 12, PSTATE_BTYPE = 10 };

uint64_t a64_get_pstate(const struct a64_state *s)
{
    return ir_value(IR_flags_pack, 32, s->nzcv, 0, 0, 0, 0) | s->tco << PSTATE_TCO | s->dit << PSTATE_DIT |
           s->ssbs << PSTATE_SSBS | s->btype << PSTATE_BTYPE;
}

void a64_set_pstate(struct a64_state *s, uint64_t pstate)
{
    uint64_t features = vcpu_of_state(s)->model->features;

    s->nzcv = ir_value(IR_flags_unpack, 32, pstate & 0xffffffff, 0, 0, 0, 0);
    s->tco = features & A64_MTE ? bits(pstate, PSTATE_TCO, 1) : 0;
    s->dit = features & A64_DIT ? bits(pstate, PSTATE_DIT, 1) : 0;
    s->ssbs = features & A64_SSBS ? bits(pstate, PSTATE_SSBS, 1) : 0;
    s->btype = a64_guarded ? bits(pstate, PSTATE_BTYPE, 2) : 0;
}

/* ---- where a vcpu stands ---- */

static void reset(struct vcpu *c, const struct guest_cpu_model *m)
{
    struct a64_state *s = vcpu_state(c);

    c->fp.flags = 0;
    memset(s, 0, m->features & A64_SVE ? sizeof *s : offsetof(struct a64_state, zhi)); /* a new one is zero anyway */
    s->exclusive_address = NO_EXCLUSIVE;
    a64_set_fpcr(s, 0);
    a64_set_tag_control(s, 0);
    a64_seed_tags(s);
    if (m->features & (A64_VL128 | A64_VL256)) /* SVE's vectors are no longer than that */
        a64_vector_lengths &= m->features & A64_VL128 ? 1 : 3;
    a64_set_vector_length(s, a64_default_vector_length);
}

static uint32_t lasting_mode(const struct a64_state *s)
{
    return (a64_guarded ? MODE_GUARDED : 0) | (uint32_t)(s->fp_mode | s->sve_mode | (s->tco ? 0 : s->tag_mode)) | (s->sp & 15 ? MODE_SP : 0);
}

static struct region_key key(const struct vcpu *c)
{
    const struct a64_state *s = vcpu_state((struct vcpu *)c);

    return (struct region_key){s->pc, lasting_mode(s) | (uint32_t)s->btype << MODE_BTYPE_SHIFT};
}

static struct region_key key_of_return(struct region_key from, uint64_t return_address)
{
    return (struct region_key){return_address, from.mode & ~(uint32_t)MODE_ONE_INSN};
}

/* The top byte of an address is a tag, which branches drop (TBI). */
static struct region_key key_of_target(const struct vcpu *c, uint64_t target)
{
    uint32_t mode = lasting_mode(vcpu_state((struct vcpu *)c));

    return (struct region_key){(uint64_t)sx(target, 56), mode & MODE_GUARDED ? mode | a64_mode_of_target(target) : mode};
}

static void set_pc(struct vcpu *c, uint64_t pc, uint32_t mode)
{
    struct a64_state *s = vcpu_state(c);

    s->pc = pc;
    if (mode & MODE_BTYPE)
        s->btype = (mode & MODE_BTYPE) >> MODE_BTYPE_SHIFT;
}

static void dump(const struct vcpu *c, FILE *f)
{
    const struct a64_state *s = vcpu_state((struct vcpu *)c);
    unsigned long long pstate = a64_get_pstate(s);

    fprintf(f, " PC=%016llx ", (unsigned long long)s->pc);
    for (unsigned i = 0; i < 31; i++)
        fprintf(f, "X%02u=%016llx%c", i, (unsigned long long)s->x[i], i % 3 == 1 ? '\n' : ' ');
    fprintf(f, " SP=%016llx\nPSTATE=%08llx %c%c%c%c EL0t\n", (unsigned long long)s->sp, pstate, pstate >> 31 & 1 ? 'N' : '-',
            pstate >> 30 & 1 ? 'Z' : '-', pstate >> 29 & 1 ? 'C' : '-', pstate >> 28 & 1 ? 'V' : '-');
}

const struct guest_arch a64_arch = {
    .name = "aarch64",
    .capstone = "aarch64",
    .address_bits = 64,
    .code_shift = 2,
    .address_ignore_top = 8,
    .state_size = sizeof(struct a64_state),
    .slot_bytes = SLOT(zhi),
    .pc_offset = SLOT(pc),
    .flags_offset = SLOT(nzcv),
    .regs = regs,
    .nregs = ARRAY_SIZE(regs),
    .pins = pins,
    .npins = ARRAY_SIZE(pins),
    .helpers = helpers,
    .nhelpers = A64_HELPER_COUNT,
    .models = a64_models,
    .switches = a64_switches,
    .cpu_property = a64_cpu_property,
    .reset = reset,
    .key = key,
    .key_of_target = key_of_target,
    .key_of_return = key_of_return,
    .set_pc = set_pc,
    .translate = a64_translate,
    .flags_live = a64_flags_live,
    .disproved = &a64_returns_keep_flags,
    .dump = dump,
};
_Static_assert(sizeof(struct a64_state) % 16 == 0, "the state is a multiple of 16 bytes");
_Static_assert(offsetof(struct a64_state, sp) == SLOT_X(31), "sp is register 31");

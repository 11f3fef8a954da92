/*
 * verify.c: is a region well formed? Runs after every pass in debug builds and
 * tests; the interpreter and the backend rely on what is checked here.
 */
#include "ir/ir.h"
#include "util/util.h"

#include <stdarg.h>

static __thread char sentence[256];

__attribute__((format(printf, 3, 4)))
static const char *wrong(const struct ir_region *r, unsigned index, const char *fmt, ...)
{
    int used = snprintf(sentence, sizeof sentence, "op %u (%.12s): ", index, ir_info[MIN_(r->ops[index].op, IR_COUNT - 1u)].name);
    va_list ap;

    va_start(ap, fmt);
    vsnprintf(sentence + used, sizeof sentence - (size_t)used, fmt, ap);
    va_end(ap);
    return sentence;
}

/* ---- types an op is made for, as sets of 1 << enum ir_type ---- */

#define SET(t) (1u << (t))
enum {
    INTEGERS = SET(I8) | SET(I16) | SET(I32) | SET(I64),
    FLOATS = SET(F32) | SET(F64),
    STATE = SET(I32) | SET(I64) | FLOATS | SET(V128),
};

static unsigned types_of(const struct ir_op *o)
{
    const struct ir_opinfo *info = &ir_info[o->op];

    switch (o->op) {
    case IR_const:  return INTEGERS | FLOATS | SET(FLAGS);
    case IR_get: case IR_put:
        return STATE | SET(FLAGS);
    case IR_load: case IR_store: case IR_xchg: case IR_cas:
        return STATE;
    case IR_xadd: case IR_xand: case IR_xor_: case IR_xeor:
        return SET(I32) | SET(I64);
    case IR_call:   return STATE | SET(FLAGS) | SET(IR_NONE);
    case IR_select: return INTEGERS | FLOATS;
    case IR_f32to64: case IR_f16to64:
        return SET(F64);
    case IR_f64to32: case IR_f16to32: case IR_f32to16:
        return SET(F32);
    case IR_f64to16:
        return SET(F64);
    }
    if (!strchr(info->operands, 't') && info->result != RES_T)
        return SET(ir_canonical_type(o->op, IR_NONE));
    return info->traits & (IR_IS_FLOAT | IR_IS_VECTOR) ? FLOATS : INTEGERS;
}

/* ---- lane widths an op is made for: the set is the sum, each being a power of two ---- */

static unsigned lanes_of(enum ir_opcode op)
{
    switch (op) {
    case IR_vconst: case IR_vsumb: case IR_vlow: case IR_vhigh: case IR_vcombine: case IR_vext: case IR_vtbl:
    case IR_vaesenc: case IR_vaesenclast: case IR_vaesdec: case IR_vaesdeclast: case IR_vaesmc: case IR_vaesimc: case IR_vsdot: case IR_vudot: case IR_vusdot:
    case IR_vsha256r: case IR_vsha256m1: case IR_vsha256m2: case IR_vsha1:
    case IR_ftov: case IR_vtof: case IR_fbits: case IR_ffrom: case IR_fneg: case IR_fabs:
    case IR_vand: case IR_vor: case IR_vxor: case IR_vandn: case IR_vorn: case IR_vnot: case IR_vbsl:
        return ~0u; /* does not look at it */
    case IR_vuxtl: case IR_vsxtl: case IR_vxtn: case IR_vsqxtn: case IR_vuqxtn: case IR_vsqxtun:
    case IR_vpaddlu: case IR_vpaddls: case IR_vmullu: case IR_vmulls:
        return 8 | 16 | 32;
    case IR_vfwiden: case IR_vfnarrow:
        return 32;
    case IR_vfadd ... IR_vfround:
        return 16 | 32 | 64;
    case IR_vpmul: case IR_vrbit:
        return 8;
    case IR_vpmull:
        return 8 | 64;
    case IR_vsqdmulh: case IR_vsqrdmulh:
        return 16 | 32;
    default:
        return 8 | 16 | 32 | 64;
    }
}

static bool lanes_fit(const struct ir_op *o)
{
    unsigned allowed = lanes_of(o->op), lane = o->aux;

    if (o->op >= IR_vfadd && o->op <= IR_vutof && lane == (32 | IR_STD))
        lane = 32;
    return allowed == ~0u || (lane && !(lane & (lane - 1)) && allowed & lane);
}

/* ---- one op ---- */

static const char *check_memory(const struct ir_region *r, unsigned index)
{
    const struct ir_op *o = &r->ops[index];
    unsigned size = o->aux & MO_SIZE, bits = 8u << size, have = ir_bits(o->type);

    if (size > MO_128)
        return wrong(r, index, "no such size");
    if (o->type == V128 ? size == MO_128 && o->aux & MO_SIGN : bits > have)
        return wrong(r, index, "%u bits of memory do not fit the type", bits);
    if (SET(o->type) & FLOATS && bits != have)
        return wrong(r, index, "a float is loaded and stored whole");
    return NULL;
}

static const char *check_state(const struct ir_region *r, unsigned index)
{
    const struct ir_op *o = &r->ops[index];

    if (o->imm & 3)
        return wrong(r, index, "slot at %#llx is not a multiple of 4", (unsigned long long)o->imm);
    if (o->type == V128 && o->aux != 8 && o->aux != 16)
        return wrong(r, index, "%u bytes of a vector: must be 8 or 16", o->aux);
    return NULL;
}

static const char *check_aux(const struct ir_region *r, unsigned index)
{
    const struct ir_op *o = &r->ops[index];

    if ((ir_info[o->op].traits & (IR_IS_LANE | IR_IS_VECTOR) || (o->op >= IR_vfadd && o->op <= IR_vfnarrow)) && !lanes_fit(o))
        return wrong(r, index, "not made for lanes of %u bits", o->aux);
    switch (o->op) {
    case IR_get: case IR_put:
        return check_state(r, index);
    case IR_load: case IR_store: case IR_cas: case IR_xchg: case IR_xadd: case IR_xand: case IR_xor_: case IR_xeor:
        return check_memory(r, index);
    case IR_cond:
        return o->aux > IR_AL ? wrong(r, index, "no condition %u", o->aux) : NULL;
    case IR_fround: case IR_ftoi32: case IR_ftou32: case IR_ftoi64: case IR_ftou64:
        return (o->aux & ~IR_EXACT) > IR_RCUR ? wrong(r, index, "no rounding %u", o->aux) : NULL;
    case IR_crc32: case IR_crc32c:
        return o->aux > 8 ? wrong(r, index, "%u bytes of a 64-bit word", o->aux) : NULL;
    case IR_raise:
        return o->aux > EXC_KERNEL_PAGE ? wrong(r, index, "no exception %u", o->aux) : NULL;
    }
    return NULL;
}

/* first: values made before it are on the other side of a label. */
static const char *check_operands(const struct ir_region *r, unsigned index, unsigned first)
{
    const struct ir_op *o = &r->ops[index];
    bool is_call = o->op == IR_call;

    if (is_call ? o->nargs > 4 : o->nargs != ir_info[o->op].nargs)
        return wrong(r, index, "has %u operands", o->nargs);
    for (unsigned i = 0; i < o->nargs; i++) {
        unsigned id = o->arg[i].id;
        enum ir_type want = ir_operand_type(r, o, i);

        if (is_call && !id)
            continue;
        if (!id || id >= index)
            return wrong(r, index, "operand %u is not made before it", i);
        if (id < first)
            return wrong(r, index, "operand %u (v%u) is from before a label", i, id);
        if (ir_type_of(r, o->arg[i]) == IR_NONE)
            return wrong(r, index, "operand %u (v%u) has no value", i, id);
        if (!is_call && ir_type_of(r, o->arg[i]) != want)
            return wrong(r, index, "operand %u (v%u) has the wrong type", i, id);
    }
    return NULL;
}

static const char *check_op(const struct ir_region *r, unsigned index, unsigned first)
{
    const struct ir_op *o = &r->ops[index];
    const char *error;

    if (o->op >= IR_COUNT)
        return wrong(r, index, "no op %u", o->op);
    if (o->op == IR_nop)
        return NULL;
    if (o->type > FLAGS || !(types_of(o) & SET(o->type)))
        return wrong(r, index, "not made for this type (%u)", o->type);
    if (o->op == IR_const && o->imm & ~ones(ir_bits(o->type)))
        return wrong(r, index, "constant is wider than its type");
    error = check_operands(r, index, first);
    return error ? error : check_aux(r, index);
}

/* ---- the region ---- */

enum { UNKNOWN, AWAITED, DEFINED };

static const char *check_label(const struct ir_region *r, unsigned index, uint8_t *state)
{
    const struct ir_op *o = &r->ops[index];

    if (o->op != IR_label && o->op != IR_br && o->op != IR_br_if)
        return NULL;
    if (o->imm >= r->labels || o->imm >= IR_MAX_OPS)
        return wrong(r, index, "label %llu was not asked for", (unsigned long long)o->imm);
    if (state[o->imm] == DEFINED)
        return wrong(r, index, o->op == IR_label ? "label %llu stands twice" : "label %llu lies behind", (unsigned long long)o->imm);
    state[o->imm] = o->op == IR_label ? DEFINED : AWAITED;
    return NULL;
}

static bool goes_on(const struct ir_op *o)
{
    return o->op != IR_br && (o->op == IR_exit_if || !(ir_info[o->op].traits & LEAVES));
}

const char *ir_verify(const struct ir_region *r)
{
    uint8_t label[IR_MAX_OPS] = {0};
    unsigned first = 1;

    if (r->count < 2 || r->count > IR_MAX_OPS || r->ops[0].op != IR_nop)
        return "region is empty, too long or does not begin with nop";
    for (unsigned i = 1; i < r->count; i++) {
        const char *error = check_op(r, i, first);

        error = error ? error : check_label(r, i, label);
        if (error)
            return error;
        if (r->ops[i].op == IR_label)
            first = i;
    }
    for (unsigned i = 0; i < r->labels && i < IR_MAX_OPS; i++)
        if (label[i] == AWAITED)
            return wrong(r, r->count - 1, "region ends before label %u", i);
    if (goes_on(&r->ops[r->count - 1]))
        return wrong(r, r->count - 1, "region does not end in an exit");
    return NULL;
}

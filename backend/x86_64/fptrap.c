/*
 * fptrap.c: SIGFPE in translated code. Translated code runs with the invalid
 * operation unmasked: SNaN operands, inf - inf, 0 * inf, 0 / 0, sqrt(-1) and
 * conversions out of range stop at the instruction, with nothing written, and so
 * does the first inexact one (see guest_mxcsr in gates.c). Here it is read, done
 * by softfloat under the guest's rules, and stepped over. Takes what the code
 * generator emits: SSE2, SSE4.1, AVX, FMA3, AVX-512 forms without masking, of
 * scalars (lower_float.c) and of 128 bits (lower_vguest.c, lower_vfloat.c). Encodings: Intel SDM volume 2, chapter 2.
 */
#include "backend/x86_64/gen.h"
#include "ir/interp.h"
#include "util/util.h"

#include <cpuid.h>
#include <ucontext.h>

/* ---- registers in the signal frame ---- */

/* General registers in the order of their encoding. */
static const uint8_t gregs[16] = {
    REG_RAX, REG_RCX, REG_RDX, REG_RBX, REG_RSP, REG_RBP, REG_RSI, REG_RDI,
    REG_R8, REG_R9, REG_R10, REG_R11, REG_R12, REG_R13, REG_R14, REG_R15,
};

/* XSAVE state components (SDM volume 1, 13.1). Those of 0 and 1 lie in the legacy area. */
enum { XC_SSE = 1, XC_AVX = 2, XC_ZMM_HIGH = 6, XC_ZMM16 = 7, XSAVE_HEADER = 512, FRAME_MAGIC_AT = 464, FRAME_MAGIC = 0x46505853 };

struct frame {
    struct vcpu *c;
    greg_t *g;
    uint8_t *fx;     /* FXSAVE image, the rest of XSAVE behind it */
    uint64_t *inuse; /* XSTATE_BV, or NULL: there is no XSAVE image */
};

static bool frame_open(struct frame *f, struct vcpu *c, ucontext_t *uc)
{
    f->c = c;
    f->g = uc->uc_mcontext.gregs;
    f->fx = (uint8_t *)uc->uc_mcontext.fpregs;
    if (!f->fx)
        return false;
    f->inuse = ldle32(f->fx + FRAME_MAGIC_AT) == FRAME_MAGIC ? (uint64_t *)(void *)(f->fx + XSAVE_HEADER) : NULL;
    return true;
}

static uint32_t mxcsr(const struct frame *f) { return ldle32(f->fx + 24); }

/* Where the processor keeps component n in the image; 0: it has none. */
static unsigned component_at(unsigned n)
{
    unsigned size, at, c, d;
    return __get_cpuid_count(0xd, n, &size, &at, &c, &d) ? at : 0;
}

/* A component that is not in use reads as zeros, whatever the image holds: make that so before part of it is written. */
static void component_use(struct frame *f, unsigned n, unsigned at, unsigned size)
{
    if (*f->inuse >> n & 1)
        return;
    memset(f->fx + at, 0, size);
    *f->inuse |= 1ull << n;
}

static uint8_t *xmm_at(struct frame *f, unsigned r)
{
    if (r < 16) {
        if (f->inuse)
            component_use(f, XC_SSE, 160, 256);
        return f->fx + 160 + 16 * r;
    }
    unsigned at = component_at(XC_ZMM16);
    component_use(f, XC_ZMM16, at, 1024);
    return f->fx + at + 64 * (r - 16);
}

/* What VEX and EVEX forms do to their destination beyond 128 bits. */
static void clear_above(struct frame *f, unsigned r)
{
    if (r > 15)
        memset(xmm_at(f, r) + 16, 0, 48);
    else if (f->inuse && *f->inuse >> XC_AVX & 1)
        memset(f->fx + component_at(XC_AVX) + 16 * r, 0, 16);
    if (r < 16 && f->inuse && *f->inuse >> XC_ZMM_HIGH & 1)
        memset(f->fx + component_at(XC_ZMM_HIGH) + 32 * r, 0, 32);
}

/* ---- decoding ---- */

enum { LEGACY, VEX, EVEX };
enum { PP_NONE, PP_66, PP_F3, PP_F2 };

struct insn {
    const uint8_t *p;          /* next byte to read */
    uint8_t encoding, map, pp, opcode;
    bool w, gs, addr32, standard;
    uint8_t reg, vvvv, rm;     /* rm: register number, when !memory */
    bool memory;
    uint8_t index_high, base_high; /* 0 or 8 */
    uint64_t address;          /* host address of the operand */
    uint8_t tuple;             /* EVEX: log2 of what disp8 counts */
    uint8_t imm;
};

static bool decode_legacy(struct insn *i)
{
    uint8_t rex = 0;

    for (;; i->p++) {
        switch (*i->p) {
        case 0x66: if (!i->pp) i->pp = PP_66; continue; /* F2 and F3 win over 66 */
        case 0xf3: i->pp = PP_F3; continue;
        case 0xf2: i->pp = PP_F2; continue;
        case 0x65: i->gs = true; continue;
        case 0x67: i->addr32 = true; continue;
        case X86_STANDARD_PREFIX: i->standard = true; continue;
        case 0x2e: continue; /* without meaning in 64-bit mode */
        }
        break;
    }
    if (i->pp == PP_NONE && (*i->p == 0xc4 || *i->p == 0xc5 || *i->p == 0x62))
        return true; /* not legacy: the caller sees which */
    if ((*i->p & 0xf0) == 0x40)
        rex = *i->p++;
    if (*i->p++ != 0x0f)
        return false;
    i->map = 1;
    if (*i->p == 0x38 || *i->p == 0x3a)
        i->map = *i->p++ == 0x38 ? 2 : 3;
    i->w = rex & 8;
    i->reg = (rex & 4) << 1;
    i->index_high = (rex & 2) << 2;
    i->base_high = (rex & 1) << 3;
    return true;
}

static bool decode_vex(struct insn *i)
{
    uint8_t b1 = i->p[1], b2 = i->p[2];

    i->encoding = VEX;
    i->reg = b1 & 0x80 ? 0 : 8;
    if (*i->p == 0xc5) {
        b2 = b1;
        i->map = 1;
        i->p += 2;
    } else {
        i->index_high = b1 & 0x40 ? 0 : 8;
        i->base_high = b1 & 0x20 ? 0 : 8;
        i->map = b1 & 0x1f;
        i->w = b2 & 0x80;
        i->p += 3;
    }
    i->vvvv = ~b2 >> 3 & 15;
    i->pp = b2 & 3;
    return true;
}

static bool decode_evex(struct insn *i)
{
    uint8_t p0 = i->p[1], p1 = i->p[2], p2 = i->p[3];

    if (p2 & 0x97) /* zeroing, broadcast or rounding, opmask: z b aaa */
        return false;
    i->encoding = EVEX;
    i->reg = (p0 & 0x80 ? 0 : 8) | (p0 & 0x10 ? 0 : 16);
    i->index_high = p0 & 0x40 ? 0 : 8;
    i->base_high = p0 & 0x20 ? 0 : 8;
    i->map = p0 & 7;
    i->w = p1 & 0x80;
    i->vvvv = (~p1 >> 3 & 15) | (p2 & 8 ? 0 : 16);
    i->pp = p1 & 3;
    i->p += 4;
    return true;
}

/* Base + index + displacement. end: where the next instruction begins, for rip-relative addresses. */
static uint64_t effective_address(struct insn *i, const struct frame *f, unsigned mod, unsigned rm, unsigned imm_bytes)
{
    uint64_t a = 0;
    unsigned disp = mod == 1 ? 1 : mod == 2 ? 4 : 0, base = rm;

    if (rm == 4) {
        uint8_t sib = *i->p++;
        unsigned index = (sib >> 3 & 7) | i->index_high;
        base = sib & 7;
        if (index != 4)
            a = (uint64_t)f->g[gregs[index]] << (sib >> 6);
    }
    bool rip = mod == 0 && rm == 5, bare = mod == 0 && base == 5;
    if (bare)
        disp = 4;
    else
        a += (uint64_t)f->g[gregs[base | i->base_high]];
    if (disp == 1)
        a += (uint64_t)(int64_t)(int8_t)*i->p << i->tuple;
    else if (disp == 4)
        a += (uint64_t)(int64_t)(int32_t)ldle32(i->p);
    i->p += disp;
    if (rip)
        a += (uint64_t)(uintptr_t)i->p + imm_bytes;
    if (i->addr32)
        a = (uint32_t)a;
    return i->gs ? a + f->c->mem_base : a;
}

static bool decode_at(struct insn *i, const struct frame *f, const uint8_t *at)
{
    i->p = at;
    if (!decode_legacy(i))
        return false;
    if (!i->map && !(*i->p == 0x62 ? decode_evex(i) : decode_vex(i)))
        return false;
    i->opcode = *i->p++;

    uint8_t modrm = *i->p++;
    unsigned imm_bytes = i->map == 3 || (i->map == 1 && i->opcode == 0xc2);
    i->reg |= modrm >> 3 & 7;
    i->memory = modrm < 0xc0;
    if (i->memory) {
        bool wide = i->map == 1 ? i->pp == PP_F2 || i->pp == PP_66 : i->map == 2 ? i->w : i->opcode & 1;
        i->tuple = i->encoding == EVEX ? (wide ? 3 : 2) : 0;
        i->address = effective_address(i, f, modrm >> 6, modrm & 7, imm_bytes);
    } else { /* EVEX has a fifth bit of a vector register where an index would have its fourth */
        i->rm = (modrm & 7) | i->base_high | (i->encoding == EVEX ? i->index_high << 1 : 0);
    }
    if (imm_bytes)
        i->imm = *i->p++;
    return true;
}

/* ---- operands and results ---- */

/* Of a float in an XMM register or in memory; wide: 64 bits. */
static uint64_t fetch(const void *p, bool wide)
{
    return wide ? ldle64(p) : ldle32(p);
}

static void store(void *p, uint64_t value, bool wide)
{
    if (wide)
        stle64(p, value);
    else
        stle32(p, (uint32_t)value);
}

static uint64_t fetch_rm(const struct insn *i, struct frame *f, bool wide)
{
    return fetch(i->memory ? (const void *)(uintptr_t)i->address : xmm_at(f, i->rm), wide);
}

/* The first source: a register of its own in VEX and EVEX forms, the destination in legacy ones. */
static unsigned first_source(const struct insn *i)
{
    return i->encoding == LEGACY ? i->reg : i->vvvv;
}

static void put_float(const struct insn *i, struct frame *f, uint64_t value, bool wide)
{
    uint8_t *d = xmm_at(f, i->reg);

    if (i->encoding != LEGACY) {
        memmove(d, xmm_at(f, i->vvvv), 16);
        clear_above(f, i->reg);
    }
    store(d, value, wide);
}

/* MXCSR's and the rounding instructions' encoding of a mode. */
static enum fp_round host_round(unsigned rc)
{
    return (const enum fp_round[]){FP_RN, FP_RM, FP_RP, FP_RZ}[rc & 3];
}

/* ---- doing it ---- */

/* The function of `wide`'s width. */
#define EITHER(fn, ...) (wide ? f64_##fn(__VA_ARGS__) : f32_##fn(__VA_ARGS__))

static bool do_arithmetic(const struct insn *i, struct frame *f, struct fp_status *s, bool wide)
{
    uint64_t a = fetch(xmm_at(f, first_source(i)), wide), b = fetch_rm(i, f, wide), r;

    switch (i->opcode) {
    case 0x51: r = EITHER(sqrt, b, s); break;
    case 0x58: r = EITHER(add, a, b, s); break;
    case 0x59: r = EITHER(mul, a, b, s); break;
    case 0x5c: r = EITHER(sub, a, b, s); break;
    case 0x5d: r = EITHER(min, a, b, s); break;
    case 0x5e: r = EITHER(div, a, b, s); break;
    case 0x5f: r = EITHER(max, a, b, s); break;
    default: return false;
    }
    put_float(i, f, r, wide);
    return true;
}

static bool do_width(const struct insn *i, struct frame *f, struct fp_status *s, bool from_wide)
{
    uint64_t b = fetch_rm(i, f, from_wide);

    put_float(i, f, from_wide ? f64_to_f32(b, s) : f32_to_f64((uint32_t)b, s), !from_wide);
    return true;
}

/* To a general register: ARM's saturated value, where the processor would give its "integer indefinite". */
static bool do_to_integer(const struct insn *i, struct frame *f, struct fp_status *s, bool wide)
{
    bool truncates = i->opcode == 0x2c || i->opcode == 0x78, is_unsigned = i->opcode >= 0x78;
    enum fp_round mode = truncates ? FP_RZ : s->round;
    unsigned n = i->w ? 64 : 32;
    uint64_t b = fetch_rm(i, f, wide), r;

    if (is_unsigned)
        r = EITHER(to_uint, b, n, mode, 0, s);
    else
        r = (uint64_t)EITHER(to_int, b, n, mode, 0, s);
    f->g[gregs[i->reg & 15]] = (greg_t)(i->w ? r : (uint32_t)r);
    return true;
}

static bool do_compare(const struct insn *i, struct frame *f, struct fp_status *s, bool wide)
{
    enum { CF = 1, PF = 4, AF = 0x10, ZF = 0x40, SF = 0x80, OF = 0x800 };
    static const uint16_t flags[] = {[FP_LESS] = CF, [FP_EQUAL] = ZF, [FP_GREATER] = 0, [FP_UNORDERED] = ZF | PF | CF};
    uint64_t a = fetch(xmm_at(f, i->reg), wide), b = fetch_rm(i, f, wide);
    enum fp_relation r = EITHER(compare, a, b, i->opcode == 0x2f, s);

    f->g[REG_EFL] = (f->g[REG_EFL] & ~(CF | PF | AF | ZF | SF | OF)) | flags[r];
    return true;
}

/* cmpss, vcmpss to an XMM register. Predicates repeat every 16 but for whether a quiet NaN is invalid. */
static bool do_mask(const struct insn *i, struct frame *f, struct fp_status *s, bool wide)
{
    enum { LT = 1 << FP_LESS, EQ = 1 << FP_EQUAL, GT = 1 << FP_GREATER, UN = 1 << FP_UNORDERED };
    static const uint8_t holds[16] = {EQ, LT, LT | EQ, UN, LT | GT | UN, EQ | GT | UN, GT | UN, LT | EQ | GT,
                                      EQ | UN, LT | UN, LT | EQ | UN, 0, LT | GT, EQ | GT, GT, LT | EQ | GT | UN};
    uint64_t a = fetch(xmm_at(f, first_source(i)), wide), b = fetch_rm(i, f, wide);
    bool signals = ((i->imm & 3) == 1 || (i->imm & 3) == 2) != (i->imm >> 4 & 1);

    if (i->encoding == EVEX) /* gives an opmask */
        return false;
    enum fp_relation r = EITHER(compare, a, b, signals, s);
    put_float(i, f, holds[i->imm & 15] >> r & 1 ? ~0ull : 0, wide);
    return true;
}

/*
 * FMA3: 132 is dst * src3 + src2, 213 src2 * dst + src3, 231 src2 * src3 + dst.
 * A negated product is the product of the first factor negated, as in ARM.
 */
static bool do_fma(const struct insn *i, struct frame *f, struct fp_status *s)
{
    bool wide = i->w, negate = (i->opcode & 15) >= 0xd, subtract = (i->opcode & 15) == 0xb || (i->opcode & 15) == 0xf;
    uint64_t dst = fetch(xmm_at(f, i->reg), wide), src2 = fetch(xmm_at(f, i->vvvv), wide), src3 = fetch_rm(i, f, wide);
    uint64_t sign = wide ? 1ull << 63 : 1u << 31, a, b, c;

    switch (i->opcode >> 4) {
    case 0x9: a = dst, b = src3, c = src2; break;
    case 0xa: a = src2, b = dst, c = src3; break;
    default:  a = src2, b = src3, c = dst; break;
    }
    if (negate)
        a ^= sign;
    if (subtract)
        c ^= sign;
    uint64_t r = EITHER(muladd, a, b, c, s);
    store(xmm_at(f, i->reg), r, wide); /* the rest of the 128 bits stays as it is */
    clear_above(f, i->reg);
    return true;
}

/* roundss, vrndscaless without scale. */
static bool do_round(const struct insn *i, struct frame *f, struct fp_status *s, bool wide)
{
    enum fp_round mode = i->imm & 4 ? s->round : host_round(i->imm);
    uint64_t b = fetch_rm(i, f, wide);

    if (i->imm >> 4)
        return false;
    put_float(i, f, EITHER(round, b, mode, !(i->imm & 8), s), wide);
    return true;
}

/* From a general register. */
static bool do_from_integer(const struct insn *i, struct frame *f, struct fp_status *s, bool wide)
{
    int64_t v = i->memory ? 0 : (int64_t)f->g[gregs[i->rm & 15]];

    if (i->memory)
        return false;
    if (i->opcode == 0x7b)
        put_float(i, f, EITHER(from_uint, i->w ? (uint64_t)v : (uint32_t)v, 0, s), wide);
    else
        put_float(i, f, EITHER(from_int, i->w ? v : (int32_t)v, 0, s), wide);
    return true;
}

/* vreduces[sd]: traps for a signalling NaN only, as lower_float.c uses it. */
static bool do_reduce(const struct insn *i, struct frame *f, struct fp_status *s)
{
    bool wide = i->w;
    uint64_t b = fetch_rm(i, f, wide);

    put_float(i, f, EITHER(round, b, FP_RZ, false, s), wide);
    return true;
}

/* vranges[sd] as lower_fminmax uses it. */
static bool do_range(const struct insn *i, struct frame *f, struct fp_status *s)
{
    bool wide = i->w;
    uint64_t a = fetch(xmm_at(f, first_source(i)), wide), b = fetch_rm(i, f, wide);

    if ((i->imm | 1) != 5)
        return false;
    put_float(i, f, i->imm == 4 ? EITHER(minnm, a, b, s) : EITHER(maxnm, a, b, s), wide);
    return true;
}

/* ---- all lanes of a vector ---- */

/*
 * As an op of the IR with lanes of `bits`, in the guest's modes, or marked for
 * the fixed ones of lower_vfloat.c.
 */
struct packed { enum ir_opcode op; unsigned bits; bool swap; uint64_t imm; };

static struct packed packed_compare(const struct insn *i, unsigned bits)
{
    static const uint8_t op[] = {IR_vfceq, IR_vfcgt, IR_vfcge}; /* equal; less and less or equal: of exchanged operands */

    return (struct packed){i->imm < 3 && i->encoding != EVEX ? op[i->imm] : IR_nop, bits, i->imm != 0, 0};
}

static struct packed packed_range(const struct insn *i)
{
    return (struct packed){i->imm == 4 ? IR_vfminnm : i->imm == 5 ? IR_vfmaxnm : IR_nop, i->w ? 64 : 32, false, 0};
}

static struct packed packed_round(const struct insn *i)
{
    static const uint8_t mode[] = {IR_RN, IR_RM, IR_RP, IR_RZ, IR_RCUR, IR_RCUR, IR_RCUR, IR_RCUR};

    return (struct packed){i->imm < 16 ? IR_vfround : IR_nop, i->opcode & 1 ? 64 : 32, false, mode[i->imm & 7] | (i->imm & 8 ? 0 : IR_EXACT)};
}

static struct packed packed_op(const struct insn *i)
{
    unsigned bits = i->pp == PP_66 ? 64 : 32;

    if (i->map == 2)
        return (struct packed){i->pp == PP_66 && i->encoding != LEGACY && (i->opcode & 15) == 8 && i->opcode >> 4 >= 9 && i->opcode >> 4 <= 0xb
                               ? IR_vfma : IR_nop, i->w ? 64 : 32, false, 0};
    if (i->map == 3)
        return i->pp != PP_66 ? (struct packed){IR_nop, 0, false, 0} : (i->opcode | 1) == 0x09 ? packed_round(i)
             : i->opcode == 0x50 ? packed_range(i) : (struct packed){IR_nop, 0, false, 0};
    switch (i->opcode | i->pp << 8) {
    case 0x51: case 0x51 | PP_66 << 8: return (struct packed){IR_vfsqrt, bits, false, 0};
    case 0x58: case 0x58 | PP_66 << 8: return (struct packed){IR_vfadd, bits, false, 0};
    case 0x59: case 0x59 | PP_66 << 8: return (struct packed){IR_vfmul, bits, false, 0};
    case 0x5c: case 0x5c | PP_66 << 8: return (struct packed){IR_vfsub, bits, false, 0};
    case 0x5e: case 0x5e | PP_66 << 8: return (struct packed){IR_vfdiv, bits, false, 0};
    case 0xc2: case 0xc2 | PP_66 << 8: return packed_compare(i, bits);
    case 0x5a:                         return (struct packed){IR_vfwiden, 32, false, 0};
    case 0x5a | PP_66 << 8:            return (struct packed){IR_vfnarrow, 32, false, 0};
    case 0x5b:                         return (struct packed){IR_vstof, 32, false, 0};
    case 0x5b | PP_F3 << 8:            return (struct packed){IR_vftos, 32, false, 0};
    case 0x78:                         return (struct packed){IR_vftou, 32, false, 0};
    case 0x7a | PP_F2 << 8:            return (struct packed){IR_vutof, 32, false, 0};
    case 0xe6 | PP_F3 << 8:            return (struct packed){IR_vstof, 64, false, 0};
    case 0x7a | PP_F3 << 8:            return (struct packed){IR_vutof, 64, false, 0};
    case 0x7a | PP_66 << 8:            return (struct packed){IR_vftos, 64, false, 0};
    case 0x78 | PP_66 << 8:            return (struct packed){IR_vftou, 64, false, 0};
    default:                           return (struct packed){IR_nop, 0, false, 0};
    }
}

static void do_packed(const struct insn *i, struct packed p, struct frame *f, struct fp_status *s)
{
    v128 a, b, d, r;

    if (i->standard)
        p.bits |= IR_STD;
    memcpy(&a, xmm_at(f, first_source(i)), sizeof a);
    memcpy(&b, i->memory ? (const void *)(uintptr_t)i->address : xmm_at(f, i->rm), sizeof b);
    memcpy(&d, xmm_at(f, i->reg), sizeof d);
    if (p.op == IR_vfma)
        r = i->opcode >> 4 == 0x9 ? ir_vfloat(p.op, d, b, a, p.bits, 0, s) : i->opcode >> 4 == 0xa ? ir_vfloat(p.op, a, d, b, p.bits, 0, s)
                                  : ir_vfloat(p.op, a, b, d, p.bits, 0, s);
    else
        r = ir_vfloat(p.op, p.swap || ir_info[p.op].nargs == 1 ? b : a, p.swap ? a : b, d, p.bits, p.imm, s);
    memcpy(xmm_at(f, i->reg), &r, sizeof r);
    if (i->encoding != LEGACY)
        clear_above(f, i->reg);
}

static bool perform(const struct insn *i, struct frame *f, struct fp_status *s)
{
    bool scalar = i->pp >= PP_F3, wide = i->pp == PP_F2;
    struct packed packed = packed_op(i);

    if (packed.op != IR_nop) {
        do_packed(i, packed, f, s);
        return true;
    }
    if (i->map == 2) {
        unsigned form = i->opcode >> 4, low = i->opcode & 15;
        return i->encoding != LEGACY && i->pp == PP_66 && form >= 9 && form <= 0xb && low >= 9 && (low & 1) && do_fma(i, f, s);
    }
    if (i->map == 3)
        return i->pp == PP_66 && ((i->opcode | 1) == 0x0b ? do_round(i, f, s, i->opcode & 1) : i->opcode == 0x51 ? do_range(i, f, s) : i->opcode == 0x57 && do_reduce(i, f, s));
    if (i->map != 1)
        return false;
    switch (i->opcode) {
    case 0x2a: case 0x7b: return scalar && do_from_integer(i, f, s, wide);
    case 0x2e: case 0x2f: return i->pp <= PP_66 && do_compare(i, f, s, i->pp == PP_66);
    case 0x2c: case 0x2d: return scalar && do_to_integer(i, f, s, wide);
    case 0x78: case 0x79: return scalar && i->encoding == EVEX && do_to_integer(i, f, s, wide);
    case 0x5a:            return scalar && do_width(i, f, s, wide);
    case 0xc2:            return scalar && do_mask(i, f, s, wide);
    default:              return scalar && do_arithmetic(i, f, s, wide);
    }
}

/* softfloat's flags as MXCSR's; "denormal flushed" has no place there. */
static uint32_t host_flags(unsigned flags)
{
    return (flags & FP_INVALID ? 0x01 : 0) | (flags & FP_DIVZERO ? 0x04 : 0) | (flags & FP_OVERFLOW ? 0x08 : 0) |
           (flags & FP_UNDERFLOW ? 0x10 : 0) | (flags & FP_INEXACT ? 0x20 : 0);
}

/* The compare before an FMA, see lower_float.c: its addend is a NaN. */
static bool is_addends(const struct insn *i)
{
    return i->standard && i->map == 1 && !i->memory &&
           (i->opcode == 0x2f ? i->reg == i->rm : i->opcode == 0xc2 && i->imm == V_UNORDERED_SIGNALS && i->vvvv == i->rm);
}

/* The compare of a product rounded down and up, see loop.c, found no number: they are to be taken for different. */
static bool is_guess(const struct insn *i) { return i->standard && i->map == 1 && i->opcode == 0x2f && !i->memory && i->reg != i->rm; }

static void do_guess(const struct insn *i, struct frame *f)
{
    enum { CF = 1, PF = 4, ZF = 0x40 };

    f->g[REG_EFL] &= ~(CF | PF | ZF);
    f->g[REG_RIP] = (greg_t)(uintptr_t)i->p;
    stle32(f->fx + 24, mxcsr(f) & ~host_flags(FP_INVALID));
}

static bool decode_behind(struct insn *i, const struct frame *f)
{
    const uint8_t *next = i->p;

    *i = (struct insn){0};
    return decode_at(i, f, next);
}

/* For SIGFPE at the frame's rip, inside translated code. False: not an instruction of ours, nothing was changed. */
bool x86_mend_fp(struct vcpu *c, void *ucontext)
{
    struct frame f;
    struct insn i = {0};
    struct fp_status s = c->fp;

    if (!frame_open(&f, c, ucontext) || !decode_at(&i, &f, (const uint8_t *)(uintptr_t)f.g[REG_RIP]))
        return false;
    if (is_guess(&i)) {
        do_guess(&i, &f);
        return true;
    }
    bool addends = is_addends(&i);
    if (addends && !decode_behind(&i, &f))
        return false;
    s.round = host_round(mxcsr(&f) >> 13);
    s.flags = 0;
    if (!perform(&i, &f, &s))
        return false;
    if (s.flags & FP_INEXACT) /* known now: see guest_mxcsr in gates.c */
        c->mxcsr_guest |= MXCSR_PM;
    uint32_t old = mxcsr(&f);
    if (!(old & MXCSR_PM)) /* set by the trap itself, not before it */
        old &= ~host_flags(FP_INEXACT);
    if (addends) /* likewise; what was raised before is in fp.flags too */
        old &= ~host_flags(FP_INVALID);
    stle32(f.fx + 24, old | host_flags(s.flags) | (c->mxcsr_guest & MXCSR_PM));
    c->fp.flags |= s.flags & (FP_DENORMAL | FP_INVALID);
    c->soft_traps++;
    f.g[REG_RIP] = (greg_t)(uintptr_t)i.p;
    return true;
}

/*
 * vector.c: values of the LANE and VECTOR ops. A LANE op is its row's
 * expression for each lane; a VECTOR op has a function here, found by its
 * name. Lane 0 is the lowest.
 */
#include "ir/aes.h"
#include "ir/ir.h"
#include "ir/sha.h"
#include "util/util.h"

/* Operands of a VECTOR op; n: lane width, 8 16 32 64 as the verifier allows for the op. */
struct in {
    v128 a, b, c;
    unsigned n;
    enum ir_type type;
    uint64_t imm, imm2;
};

static uint64_t lane(v128 v, unsigned i, unsigned n)
{
    unsigned bit = i * n;

    return (bit & 64 ? v.hi : v.lo) >> (bit & 63) & ones(n);
}

static void set_lane(v128 *v, unsigned i, unsigned n, uint64_t x)
{
    unsigned bit = i * n;
    uint64_t *half = bit & 64 ? &v->hi : &v->lo, mask = ones(n) << (bit & 63);

    *half = (*half & ~mask) | (x << (bit & 63) & mask);
}

static unsigned lanes(unsigned n) { return 128 / n; }

/* The half that imm asks for, in the low half. */
static v128 half(v128 v, uint64_t imm) { return imm & 1 ? (v128){v.hi, v.lo} : v; }

static v128 scalar(uint64_t x) { return (v128){x, 0}; }

/* ---- moving lanes ---- */

static v128 op_vconst(const struct in *o) { return (v128){o->imm, o->imm2}; }
static v128 op_vget(const struct in *o) { return scalar(lane(o->a, o->imm % lanes(o->n), o->n)); }
static v128 op_vgets(const struct in *o) { return scalar((uint64_t)sx(op_vget(o).lo, o->n)); }
static v128 op_vlow(const struct in *o) { return scalar(o->a.lo); }
static v128 op_vhigh(const struct in *o) { return scalar(o->a.hi); }
static v128 op_vcombine(const struct in *o) { return (v128){o->a.lo, o->b.lo}; }

static v128 op_vdup(const struct in *o)
{
    v128 r = {0, 0};

    for (unsigned i = 0; i < lanes(o->n); i++)
        set_lane(&r, i, o->n, o->a.lo);
    return r;
}

static v128 op_vdupl(const struct in *o)
{
    struct in copy = *o;

    copy.a.lo = lane(o->a, o->imm % lanes(o->n), o->n);
    return op_vdup(&copy);
}

static v128 op_vset(const struct in *o)
{
    v128 r = o->a;

    set_lane(&r, o->imm % lanes(o->n), o->n, o->b.lo);
    return r;
}

static v128 op_vins(const struct in *o)
{
    v128 r = o->a;

    set_lane(&r, o->imm & (lanes(o->n) - 1), o->n, lane(o->b, o->imm >> 4 & (lanes(o->n) - 1), o->n));
    return r;
}

/* Lanes first, first + 1, ... of a and b in turn. */
static v128 zip(const struct in *o, unsigned first)
{
    v128 r = {0, 0};

    for (unsigned i = 0; i < lanes(o->n) / 2; i++) {
        set_lane(&r, 2 * i, o->n, lane(o->a, first + i, o->n));
        set_lane(&r, 2 * i + 1, o->n, lane(o->b, first + i, o->n));
    }
    return r;
}

static v128 op_vzip1(const struct in *o) { return zip(o, 0); }
static v128 op_vzip2(const struct in *o) { return zip(o, lanes(o->n) / 2); }

static v128 unzip(const struct in *o, unsigned odd)
{
    unsigned half = lanes(o->n) / 2;
    v128 r = {0, 0};

    for (unsigned i = 0; i < half; i++) {
        set_lane(&r, i, o->n, lane(o->a, 2 * i + odd, o->n));
        set_lane(&r, half + i, o->n, lane(o->b, 2 * i + odd, o->n));
    }
    return r;
}

static v128 op_vuzp1(const struct in *o) { return unzip(o, 0); }
static v128 op_vuzp2(const struct in *o) { return unzip(o, 1); }

static v128 transpose(const struct in *o, unsigned odd)
{
    v128 r = {0, 0};

    for (unsigned i = 0; i < lanes(o->n); i += 2) {
        set_lane(&r, i, o->n, lane(o->a, i + odd, o->n));
        set_lane(&r, i + 1, o->n, lane(o->b, i + odd, o->n));
    }
    return r;
}

static v128 op_vtrn1(const struct in *o) { return transpose(o, 0); }
static v128 op_vtrn2(const struct in *o) { return transpose(o, 1); }

static v128 op_vext(const struct in *o)
{
    v128 r = {0, 0};

    for (unsigned i = 0; i < 16; i++) {
        unsigned from = (unsigned)(o->imm & 15) + i;

        set_lane(&r, i, 8, from < 16 ? lane(o->a, from, 8) : lane(o->b, from - 16, 8));
    }
    return r;
}

static v128 op_vrev(const struct in *o)
{
    unsigned group = o->imm >= o->n && o->imm <= 128 ? (unsigned)o->imm / o->n : 1;
    v128 r = {0, 0};

    for (unsigned i = 0; i < lanes(o->n); i++)
        set_lane(&r, i, o->n, lane(o->a, i - i % group + (group - 1 - i % group), o->n));
    return r;
}

static v128 op_vtbl(const struct in *o)
{
    v128 r = {0, 0};

    for (unsigned i = 0; i < 16; i++) {
        uint64_t from = lane(o->b, i, 8);

        set_lane(&r, i, 8, from < 16 ? lane(o->a, (unsigned)from, 8) : 0);
    }
    return r;
}

/* ---- lanes of another width ---- */

static v128 op_vuxtl(const struct in *o)
{
    v128 a = half(o->a, o->imm), r = {0, 0};

    for (unsigned i = 0; i < lanes(2 * o->n); i++)
        set_lane(&r, i, 2 * o->n, lane(a, i, o->n));
    return r;
}

static v128 op_vsxtl(const struct in *o)
{
    v128 a = half(o->a, o->imm), r = {0, 0};

    for (unsigned i = 0; i < lanes(2 * o->n); i++)
        set_lane(&r, i, 2 * o->n, (uint64_t)sx(lane(a, i, o->n), o->n));
    return r;
}

/* Lanes of 2n brought into low..high, of which n bits are kept. */
static v128 narrow(const struct in *o, bool is_signed, __int128 low, __int128 high)
{
    v128 r = {0, 0};

    for (unsigned i = 0; i < lanes(2 * o->n); i++) {
        uint64_t x = lane(o->a, i, 2 * o->n);
        __int128 v = is_signed ? (__int128)sx(x, 2 * o->n) : (__int128)x;

        set_lane(&r, i, o->n, (uint64_t)(v < low ? low : v > high ? high : v));
    }
    return r;
}

static v128 op_vxtn(const struct in *o) { return narrow(o, false, 0, ones(64)); }
static v128 op_vuqxtn(const struct in *o) { return narrow(o, false, 0, ones(o->n)); }
static v128 op_vsqxtun(const struct in *o) { return narrow(o, true, 0, ones(o->n)); }

static v128 op_vsqxtn(const struct in *o)
{
    __int128 high = ones(o->n - 1);

    return narrow(o, true, -high - 1, high);
}

static v128 pairs_widened(const struct in *o, bool is_signed)
{
    unsigned n = o->n;
    v128 r = {0, 0};

    for (unsigned i = 0; i < lanes(2 * n); i++) {
        uint64_t x = lane(o->a, 2 * i, n), y = lane(o->a, 2 * i + 1, n);

        set_lane(&r, i, 2 * n, is_signed ? (uint64_t)(sx(x, n) + sx(y, n)) : x + y);
    }
    return r;
}

static v128 op_vsumb(const struct in *o)
{
    v128 r = {0, 0};

    for (unsigned i = 0; i < 16; i++)
        *(i < 8 ? &r.lo : &r.hi) += lane(o->a, i, 8);
    return r;
}

static v128 op_vpaddlu(const struct in *o) { return pairs_widened(o, false); }
static v128 op_vpaddls(const struct in *o) { return pairs_widened(o, true); }

static v128 multiply_widened(const struct in *o, bool is_signed)
{
    v128 a = half(o->a, o->imm), b = half(o->b, o->imm), r = {0, 0};
    unsigned n = o->n;

    for (unsigned i = 0; i < lanes(2 * n); i++) {
        uint64_t x = lane(a, i, n), y = lane(b, i, n);

        set_lane(&r, i, 2 * n, is_signed ? (uint64_t)(sx(x, n) * sx(y, n)) : x * y);
    }
    return r;
}

static v128 op_vmullu(const struct in *o) { return multiply_widened(o, false); }
static v128 op_vmulls(const struct in *o) { return multiply_widened(o, true); }

/* ---- pairs ---- */

/* Adjacent lanes of a, then of b, joined by a LANE op. */
static v128 pairwise(const struct in *o, enum ir_opcode join)
{
    unsigned half = lanes(o->n) / 2;
    v128 r = {0, 0};

    for (unsigned i = 0; i < lanes(o->n); i++) {
        v128 from = i < half ? o->a : o->b;
        unsigned k = 2 * (i % half);

        set_lane(&r, i, o->n, ir_value(join, o->n, lane(from, k, o->n), lane(from, k + 1, o->n), 0, 0, 0));
    }
    return r;
}

static v128 op_vpadd(const struct in *o) { return pairwise(o, IR_vadd); }
static v128 op_vpminu(const struct in *o) { return pairwise(o, IR_vminu); }
static v128 op_vpmins(const struct in *o) { return pairwise(o, IR_vmins); }
static v128 op_vpmaxu(const struct in *o) { return pairwise(o, IR_vmaxu); }
static v128 op_vpmaxs(const struct in *o) { return pairwise(o, IR_vmaxs); }

/* ---- polynomials over GF(2) ---- */

static v128 carryless(uint64_t a, uint64_t b)
{
    v128 r = {0, 0};

    for (unsigned i = 0; i < 64; i++)
        if (b >> i & 1) {
            r.lo ^= a << i;
            r.hi ^= i ? a >> (64 - i) : 0;
        }
    return r;
}

static v128 op_vpmul(const struct in *o)
{
    v128 r = {0, 0};

    for (unsigned i = 0; i < 16; i++)
        set_lane(&r, i, 8, carryless(lane(o->a, i, 8), lane(o->b, i, 8)).lo);
    return r;
}

static v128 op_vpmull(const struct in *o)
{
    v128 a = half(o->a, o->imm), b = half(o->b, o->imm), r = {0, 0};

    if (o->n == 64)
        return carryless(a.lo, b.lo);
    for (unsigned i = 0; i < lanes(2 * o->n); i++)
        set_lane(&r, i, 2 * o->n, carryless(lane(a, i, o->n), lane(b, i, o->n)).lo);
    return r;
}

/* ---- cryptography, dot products ---- */

static v128 by_bytes(void (*f)(uint8_t out[16], const uint8_t in[16]), v128 a)
{
    uint8_t in[16], out[16];

    stle64(in, a.lo);
    stle64(in + 8, a.hi);
    f(out, in);
    return (v128){ldle64(out), ldle64(out + 8)};
}

static v128 either(v128 a, v128 b) { return (v128){a.lo ^ b.lo, a.hi ^ b.hi}; }

static v128 op_vaesenclast(const struct in *o) { return either(by_bytes(aes_encrypt_round, o->a), o->b); }
static v128 op_vaesdeclast(const struct in *o) { return either(by_bytes(aes_decrypt_round, o->a), o->b); }
static v128 op_vaesenc(const struct in *o) { return either(by_bytes(aes_mix_columns, by_bytes(aes_encrypt_round, o->a)), o->b); }
static v128 op_vaesdec(const struct in *o) { return either(by_bytes(aes_inverse_mix_columns, by_bytes(aes_decrypt_round, o->a)), o->b); }
static v128 op_vaesmc(const struct in *o) { return by_bytes(aes_mix_columns, o->a); }
static v128 op_vaesimc(const struct in *o) { return by_bytes(aes_inverse_mix_columns, o->a); }

static uint64_t byte(v128 v, unsigned i, bool is_signed) { return is_signed ? (uint64_t)sx(lane(v, i, 8), 8) : lane(v, i, 8); }
static v128 dot(const struct in *o, bool a_signed, bool b_signed)
{
    v128 r = o->c;

    for (unsigned i = 0; i < 16; i++)
        set_lane(&r, i / 4, 32, lane(r, i / 4, 32) + byte(o->a, i, a_signed) * byte(o->b, i, b_signed));
    return r;
}

static v128 op_vsdot(const struct in *o) { return dot(o, true, true); }
static v128 op_vudot(const struct in *o) { return dot(o, false, false); }
static v128 op_vusdot(const struct in *o) { return dot(o, false, true); }

/* ---- hashes (FIPS 180-4): ir/sha.c ---- */

static v128 by_words(void (*f)(uint32_t d[4], const uint32_t a[4], const uint32_t b[4], const uint32_t c[4], unsigned which), const struct in *o)
{
    uint32_t d[4], a[4], b[4], c[4];

    for (unsigned i = 0; i < 4; i++) {
        a[i] = (uint32_t)lane(o->a, i, 32);
        b[i] = (uint32_t)lane(o->b, i, 32);
        c[i] = (uint32_t)lane(o->c, i, 32);
    }
    f(d, a, b, c, (unsigned)o->imm);
    return (v128){(uint64_t)d[1] << 32 | d[0], (uint64_t)d[3] << 32 | d[2]};
}
static v128 op_vsha256r(const struct in *o) { return by_words(sha256_two_rounds, o); }
static v128 op_vsha256m1(const struct in *o) { return by_words(sha256_schedule_first, o); }
static v128 op_vsha256m2(const struct in *o) { return by_words(sha256_schedule_second, o); }
static v128 op_vsha1(const struct in *o) { return by_words(sha1_four_rounds, o); }

/* ---- between register files; f32 and f64 are their bits ---- */

static v128 op_ftov(const struct in *o) { return scalar(o->a.lo & ones(ir_bits(o->type))); }
static v128 op_vtof(const struct in *o) { return op_ftov(o); }
static v128 op_fbits(const struct in *o) { return op_ftov(o); }
static v128 op_ffrom(const struct in *o) { return op_ftov(o); }
static v128 op_fneg(const struct in *o) { return scalar(o->a.lo ^ 1ull << (ir_bits(o->type) - 1)); }
static v128 op_fabs(const struct in *o) { return scalar(o->a.lo & ones(ir_bits(o->type) - 1)); }

/* ---- all of them ---- */

static v128 each_lane(enum ir_opcode op, const struct in *o)
{
    unsigned n = o->n && o->n < 64 ? o->n : 64; /* bitwise ops may come without a width */
    v128 r = {0, 0};

    for (unsigned i = 0; i < lanes(n); i++)
        set_lane(&r, i, n, ir_value(op, n, lane(o->a, i, n), lane(o->b, i, n), lane(o->c, i, n), o->n, o->imm));
    return r;
}

v128 ir_vvalue(enum ir_opcode op, enum ir_type type, v128 a, v128 b, v128 c, unsigned aux, uint64_t imm, uint64_t imm2)
{
    const struct in o = {a, b, c, aux, type, imm, imm2};

    switch (op) {
#define LANE(name, ...)   case IR_##name: return each_lane(op, &o);
#define VECTOR(name, ...) case IR_##name: return op_##name(&o);
#define OP(name, ...)
#define FLOAT(name, ...)
#define EFFECT(name, ...)
#include "ir/ops.def"
#undef OP
#undef LANE
#undef VECTOR
#undef FLOAT
#undef EFFECT
    default: bug("ir_vvalue: %s has no value", ir_info[op].name);
    }
}

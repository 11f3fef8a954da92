/*
 * simd_crypto.c: the Cryptographic Extension to IR (simd_crypto.decode; DDI
 * 0487 C7.2, FIPS 180-4). AES and the steps of SHA-256 and SHA-1 are IR ops,
 * SHA-512 and SHA-3 are built of vector ops; SM3 and SM4 are in simd_sm.c.
 */
#include "frontend/arm/a64/simd.h"
#include "frontend/arm/aes.h"
#include "frontend/arm/a64/simd_crypto.args.h"

static ir_ref op2(struct a64 *t, enum ir_opcode op, unsigned lane, ir_ref a, ir_ref b) { return ir_v2(t->ir, op, lane, a, b, 0); }
static ir_ref exclusive_or(struct a64 *t, ir_ref a, ir_ref b) { return op2(t, IR_vxor, 64, a, b); }
static ir_ref rotate_right(struct a64 *t, unsigned lane, ir_ref a, unsigned count) { return ir_v1(t->ir, IR_vrori, lane, a, count & (lane - 1)); }

/* ---- AES ---- */
void simd_aese(struct a64 *t, const struct simd_aese *f) { set_v(t, 1, f->Rd, aes_round(t->ir, &aes_encrypt, get_v(t, f->Rd), get_v(t, f->Rn))); }
void simd_aesd(struct a64 *t, const struct simd_aesd *f) { set_v(t, 1, f->Rd, aes_round(t->ir, &aes_decrypt, get_v(t, f->Rd), get_v(t, f->Rn))); }
void simd_aesmc(struct a64 *t, const struct simd_aesmc *f) { set_v(t, 1, f->Rd, aes_mix(t->ir, &aes_encrypt, get_v(t, f->Rn))); }
void simd_aesimc(struct a64 *t, const struct simd_aesimc *f) { set_v(t, 1, f->Rd, aes_mix(t->ir, &aes_decrypt, get_v(t, f->Rn))); }

/* ---- SHA-1 ---- */
void simd_sha1_rounds(struct a64 *t, const struct simd_sha1_rounds *f)
{
    set_v(t, 1, f->Rd, ir_op(t->ir, IR_vsha1, V128, get_v(t, f->Rd), get_v(t, f->Rn), get_v(t, f->Rm), 32, f->which));
}
/* Words 2 to 5 of d and n, with d's own and m's. */
void simd_sha1su0(struct a64 *t, const struct simd_sha1su0 *f)
{
    ir_ref d = get_v(t, f->Rd), ahead = ir_v2(t->ir, IR_vext, 8, d, get_v(t, f->Rn), 8);

    set_v(t, 1, f->Rd, exclusive_or(t, exclusive_or(t, ahead, d), get_v(t, f->Rm)));
}
void simd_sha1h(struct a64 *t, const struct simd_sha1h *f) { set_low(t, f->Rd, 32, rotate_right(t, 32, get_v(t, f->Rn), 2)); }
/* The last word takes in the first result, rotated once more. */
void simd_sha1su1(struct a64 *t, const struct simd_sha1su1 *f)
{
    ir_ref zero = ir_vconst(t->ir, 0, 0), words = exclusive_or(t, get_v(t, f->Rd), ir_v2(t->ir, IR_vext, 8, get_v(t, f->Rn), zero, 4));
    ir_ref first = rotate_right(t, 32, words, 31);

    set_v(t, 1, f->Rd, exclusive_or(t, first, rotate_right(t, 32, ir_v2(t->ir, IR_vext, 8, zero, first, 4), 31)));
}

/* ---- SHA-256 ---- */
/* The op, or the value of an equal one shortly before: SHA256H and SHA256H2 do the same rounds, and each gives half of their result. */
static ir_ref once(struct a64 *t, enum ir_opcode op, unsigned lane, ir_ref a, ir_ref b, ir_ref c, uint64_t imm)
{
    uint32_t stop = t->ir->count > 40 ? t->ir->count - 40 : 1;

    for (uint32_t i = t->ir->count; i-- > MAX_(stop, t->ir->fresh);) {
        const struct ir_op *o = &t->ir->ops[i];
        if (o->op == IR_label)
            break;
        if (o->op == op && o->aux == lane && o->imm == imm && o->arg[0].id == a.id && o->arg[1].id == b.id && o->arg[2].id == c.id)
            return (ir_ref){i};
    }
    return ir_op(t->ir, op, V128, a, b, c, lane, imm);
}
/* Words 0 1 (2 3) of low, then of high, each pair the other way round. */
static ir_ref swapped_pairs(struct a64 *t, bool upper, ir_ref low, ir_ref high)
{
    ir_ref pairs = once(t, upper ? IR_vzip2 : IR_vcombine, 64, low, high, NO_ARG, 0);

    return once(t, IR_vrev, 32, pairs, NO_ARG, NO_ARG, 64);
}
/* Is v swapped_pairs() of two values? */
static bool is_swapped(struct a64 *t, bool upper, ir_ref v, ir_ref pair[2])
{
    const struct ir_op *o = ir_at(t->ir, v), *p = ir_at(t->ir, o->arg[0]);

    if (o->op != IR_vrev || o->aux != 32 || p->op != (upper ? IR_vzip2 : IR_vcombine) || p->aux != 64)
        return false;
    memcpy(pair, p->arg, 2 * sizeof *pair);
    return true;
}
static ir_ref sha256_rounds(struct a64 *t, bool second_half, ir_ref abcd, ir_ref efgh, ir_ref words)
{
    ir_ref feba, hgdc, from[2][2];

    if (is_swapped(t, true, abcd, from[0]) && is_swapped(t, false, efgh, from[1]) && !memcmp(from[0], from[1], sizeof from[0])) {
        feba = from[0][0]; /* as the rounds before have left them */
        hgdc = from[0][1];
    } else {
        feba = swapped_pairs(t, false, efgh, abcd);
        hgdc = swapped_pairs(t, true, efgh, abcd);
    }
    ir_ref two = once(t, IR_vsha256r, 32, feba, hgdc, words, 0);
    ir_ref four = once(t, IR_vsha256r, 32, two, feba, once(t, IR_vhigh, 64, words, NO_ARG, NO_ARG, 0), 0);

    return swapped_pairs(t, !second_half, four, two);
}
void simd_sha256h(struct a64 *t, const struct simd_sha256h *f)
{
    set_v(t, 1, f->Rd, sha256_rounds(t, false, get_v(t, f->Rd), get_v(t, f->Rn), get_v(t, f->Rm)));
}
void simd_sha256h2(struct a64 *t, const struct simd_sha256h2 *f)
{
    set_v(t, 1, f->Rd, sha256_rounds(t, true, get_v(t, f->Rn), get_v(t, f->Rd), get_v(t, f->Rm)));
}
void simd_sha256su0(struct a64 *t, const struct simd_sha256su0 *f)
{
    set_v(t, 1, f->Rd, op2(t, IR_vsha256m1, 32, get_v(t, f->Rd), get_v(t, f->Rn)));
}
void simd_sha256su1(struct a64 *t, const struct simd_sha256su1 *f)
{
    ir_ref m = get_v(t, f->Rm), sum = op2(t, IR_vadd, 32, get_v(t, f->Rd), ir_v2(t->ir, IR_vext, 8, get_v(t, f->Rn), m, 4));

    set_v(t, 1, f->Rd, op2(t, IR_vsha256m2, 32, sum, m));
}

/* ---- SHA-512: one lane of 64 bits after the other; what stands in the other lane is of no account ---- */
static ir_ref rotations(struct a64 *t, ir_ref a, unsigned i, unsigned j, unsigned k)
{
    return exclusive_or(t, exclusive_or(t, rotate_right(t, 64, a, i), rotate_right(t, 64, a, j)), rotate_right(t, 64, a, k));
}
static ir_ref high(struct a64 *t, ir_ref a) { return ir_v1(t->ir, IR_vhigh, 64, a, 0); }
static ir_ref add(struct a64 *t, ir_ref a, ir_ref b) { return op2(t, IR_vadd, 64, a, b); }
static ir_ref majority(struct a64 *t, ir_ref a, ir_ref b, ir_ref c)
{
    return ir_v3(t->ir, IR_vbsl, 64, exclusive_or(t, a, b), c, a); /* where a and b differ c decides */
}

/* Of two rounds the sums that go to e: n = g f, m = e with d below, d = what has been summed. */
void simd_sha512h(struct a64 *t, const struct simd_sha512h *f)
{
    ir_ref x = get_v(t, f->Rn), y = get_v(t, f->Rm), w = get_v(t, f->Rd), y1 = high(t, y);
    ir_ref first = add(t, ir_v3(t->ir, IR_vbsl, 64, y1, x, high(t, x)), add(t, rotations(t, y1, 14, 18, 41), high(t, w)));
    ir_ref e = add(t, first, y);
    ir_ref second = add(t, ir_v3(t->ir, IR_vbsl, 64, e, y1, x), add(t, rotations(t, e, 14, 18, 41), w));

    set_v(t, 1, f->Rd, op2(t, IR_vcombine, 64, second, first));
}
void simd_sha512h2(struct a64 *t, const struct simd_sha512h2 *f)
{
    ir_ref x = get_v(t, f->Rn), y = get_v(t, f->Rm), w = get_v(t, f->Rd), y1 = high(t, y);
    ir_ref first = add(t, majority(t, y1, y, x), add(t, rotations(t, y, 28, 34, 39), high(t, w)));
    ir_ref second = add(t, majority(t, y1, y, first), add(t, rotations(t, first, 28, 34, 39), w));

    set_v(t, 1, f->Rd, op2(t, IR_vcombine, 64, second, first));
}
/* The schedule's sums, both lanes at once: two rotations and a shift. */
static ir_ref sigma(struct a64 *t, ir_ref a, unsigned i, unsigned j, unsigned shift)
{
    return exclusive_or(t, exclusive_or(t, rotate_right(t, 64, a, i), rotate_right(t, 64, a, j)), ir_v1(t->ir, IR_vshri, 64, a, shift));
}
void simd_sha512su0(struct a64 *t, const struct simd_sha512su0 *f)
{
    ir_ref d = get_v(t, f->Rd);

    set_v(t, 1, f->Rd, add(t, d, sigma(t, ir_v2(t->ir, IR_vext, 8, d, get_v(t, f->Rn), 8), 1, 8, 7)));
}
void simd_sha512su1(struct a64 *t, const struct simd_sha512su1 *f)
{
    set_v(t, 1, f->Rd, add(t, add(t, get_v(t, f->Rd), get_v(t, f->Rm)), sigma(t, get_v(t, f->Rn), 19, 61, 6)));
}

/* ---- SHA-3 ---- */
void simd_eor3(struct a64 *t, const struct simd_eor3 *f)
{
    set_v(t, 1, f->Rd, exclusive_or(t, exclusive_or(t, get_v(t, f->Rn), get_v(t, f->Rm)), get_v(t, f->Ra)));
}
void simd_bcax(struct a64 *t, const struct simd_bcax *f)
{
    set_v(t, 1, f->Rd, exclusive_or(t, get_v(t, f->Rn), op2(t, IR_vandn, 64, get_v(t, f->Rm), get_v(t, f->Ra))));
}
void simd_rax1(struct a64 *t, const struct simd_rax1 *f)
{
    set_v(t, 1, f->Rd, exclusive_or(t, get_v(t, f->Rn), rotate_right(t, 64, get_v(t, f->Rm), 63)));
}
void simd_xar(struct a64 *t, const struct simd_xar *f)
{
    set_v(t, 1, f->Rd, rotate_right(t, 64, exclusive_or(t, get_v(t, f->Rn), get_v(t, f->Rm)), f->imm6));
}

/* ---- SM3, SM4 ---- */
void simd_sm3ss1(struct a64 *t, const struct simd_sm3ss1 *f)
{
    call_simd_helper(t, HELPER_simd_sm, VOP_SM3SS1, (struct simd_args){.d = f->Rd, .n = f->Rn, .m = f->Rm, .a = f->Ra});
}
void simd_sm_call(struct a64 *t, const struct simd_sm_call *f)
{
    call_simd_helper(t, HELPER_simd_sm, f->vop, (struct simd_args){.d = f->Rd, .n = f->Rn, .m = f->Rm, .lane = f->imm2});
}

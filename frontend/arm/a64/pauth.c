/*
 * pauth.c: pointer authentication. Called by a64_mem_data_decode(), by the
 * decoders of hints and of branches (a64_sign and its neighbours in a64.h).
 * Source: ARM DDI 0487 D8.10, and shared/functions/pac of chapter J1.
 *
 * User space has 48-bit addresses and the top byte is a tag, so a signature is
 * bits 48 to 54, and bit 55 says what they are in a pointer without one. With
 * the fast algorithm (ours; any will do) all is inline and a failed check is an
 * exit to the same instruction in a mode in which it raises. FPAC implies here
 * that signatures are exclusive-or-ed in (PAuth2) and combined forms check too.
 */
#include "frontend/arm/a64/mem.h"

#include "frontend/arm/a64/pauth.args.h"
#include "frontend/arm/a64/pauth.decode.h"

#define PAC_SHIFT 48
#define PAC_BITS  7
#define PAC_FIELD (((1ull << PAC_BITS) - 1) << PAC_SHIFT)

bool a64_pauth_decode(struct a64 *t, uint32_t insn)
{
    return pauth_decode(t, insn);
}

static ir_ref imm64(struct a64 *t, uint64_t v) { return ir_const(t->ir, I64, v); }
static ir_ref op2(struct a64 *t, enum ir_opcode op, ir_ref a, ir_ref b) { return ir_op2(t->ir, op, I64, a, b); }
static ir_ref op2i(struct a64 *t, enum ir_opcode op, ir_ref a, uint64_t b) { return ir_op2i(t->ir, op, I64, a, b); }

/* ---- the algorithms: 64 bits from pointer, modifier and the 128 of a key ---- */

/* Ours: the 48 address bits (a tag is not covered), modifier and one half of the key, times the other half; all comes together at the top. */
static ir_ref fast_hash(struct a64 *t, ir_ref pointer, ir_ref modifier, ir_ref low, ir_ref high)
{
    ir_ref h = op2(t, IR_add, op2i(t, IR_shl, pointer, 64 - PAC_SHIFT), modifier);

    return op2(t, IR_mul, op2(t, IR_xor, h, low), high);
}

static ir_ref hash(struct a64 *t, ir_ref pointer, ir_ref modifier, unsigned key)
{
    ir_ref low = ir_get(t->ir, I64, SLOT(pauth_key) + 16 * key), high = ir_get(t->ir, I64, SLOT(pauth_key) + 16 * key + 8);

    if (has(t, A64_PAUTH_QARMA5))
        return call_helper(t, HELPER_qarma5, I64, pointer, modifier, low, high);
    return fast_hash(t, pointer, modifier, low, high);
}

/* The pointer with the signature's bits all as bit 55. */
static ir_ref canonical(struct a64 *t, ir_ref pointer)
{
    ir_ref sign = op2i(t, IR_sar, op2i(t, IR_shl, pointer, 8), 63); /* all ones or zeros */

    return op2(t, IR_or, op2i(t, IR_and, pointer, ~PAC_FIELD), op2i(t, IR_and, sign, PAC_FIELD));
}

/* Signature of a pointer, whatever its field holds now, in place. */
static ir_ref signature(struct a64 *t, ir_ref pointer, ir_ref modifier, unsigned key)
{
    ir_ref h;

    if (has(t, A64_PAUTH_QARMA5))
        return op2i(t, IR_and, hash(t, canonical(t, pointer), modifier, key), PAC_FIELD);
    h = op2i(t, IR_shr, hash(t, pointer, modifier, key), 64 - PAC_BITS);
    return op2i(t, IR_shl, h, PAC_SHIFT);
}

/* 1 when the field is not all as bit 55: the eight bits are then neither 0 nor -1, and one more is neither 1 nor 0. */
static ir_ref is_signed(struct a64 *t, ir_ref pointer)
{
    ir_ref one_more = op2i(t, IR_add, pointer, 1ull << PAC_SHIFT);

    return ir_op2i(t->ir, IR_ne, I64, op2i(t, IR_and, one_more, 0xfeull << PAC_SHIFT), 0);
}

ir_ref a64_sign(struct a64 *t, ir_ref pointer, ir_ref modifier, unsigned key)
{
    ir_ref field = signature(t, pointer, modifier, key), spoilt;

    if (has(t, A64_FPAC))
        return op2(t, IR_xor, pointer, field);
    /* the sign of a pointer that was none is made wrong */
    spoilt = op2i(t, IR_shl, ir_op1(t->ir, IR_zext, I32, is_signed(t, pointer)), PAC_SHIFT + PAC_BITS - 1);
    return op2(t, IR_or, op2i(t, IR_and, pointer, ~PAC_FIELD), op2(t, IR_xor, field, spoilt));
}

/* FPAC: what is left in the field must be nothing. */
static ir_ref auth_or_raise(struct a64 *t, ir_ref result)
{
    if (t->mode & MODE_AUTH_FAILS) {
        ir_raise(t->ir, EXC_TRAP, t->pc, A64_TRAP(TRAP_PAUTH, 0));
        t->done = true;
    } else {
        ir_exit_if(t->ir, is_signed(t, result), t->pc, t->mode | MODE_AUTH_FAILS);
    }
    return result;
}

ir_ref a64_auth(struct a64 *t, ir_ref pointer, ir_ref modifier, unsigned key)
{
    ir_ref field = signature(t, pointer, modifier, key), good, bad;

    if (has(t, A64_FPAC))
        return auth_or_raise(t, op2(t, IR_xor, pointer, field));
    good = canonical(t, pointer); /* else an error code is put into it */
    bad = op2i(t, IR_and, good, ~(3ull << 53));
    bad = op2i(t, IR_or, bad, (key == KEY_IB || key == KEY_DB ? 2ull : 1ull) << 53);
    return ir_op3(t->ir, IR_select, I64, ir_op2(t->ir, IR_eq, I64, field, op2i(t, IR_and, pointer, PAC_FIELD)), good, bad);
}

ir_ref a64_strip(struct a64 *t, ir_ref pointer)
{
    return canonical(t, pointer);
}

/* ---- instructions ---- */

static void sign_reg(struct a64 *t, unsigned Rd, ir_ref modifier, unsigned key) { set_reg(t, 1, Rd, a64_sign(t, get_reg(t, 1, Rd), modifier, key)); }

static void auth_reg(struct a64 *t, unsigned Rd, ir_ref modifier, unsigned key)
{
    ir_ref v = a64_auth(t, get_reg(t, 1, Rd), modifier, key);

    if (!t->done)
        set_reg(t, 1, Rd, v);
}

void pauth_sign(struct a64 *t, const struct pauth_sign *f) { sign_reg(t, f->Rd, f->zero ? imm64(t, 0) : get_reg_sp(t, 1, f->Rn), f->key); }
void pauth_auth(struct a64 *t, const struct pauth_auth *f) { auth_reg(t, f->Rd, f->zero ? imm64(t, 0) : get_reg_sp(t, 1, f->Rn), f->key); }
void pauth_strip(struct a64 *t, const struct pauth_strip *f) { set_reg(t, 1, f->Rd, a64_strip(t, get_reg(t, 1, f->Rd))); }

void pauth_generic(struct a64 *t, const struct pauth_generic *f)
{
    ir_ref h = hash(t, get_reg(t, 1, f->Rn), get_reg_sp(t, 1, f->Rm), KEY_GA);

    set_reg(t, 1, f->Rd, op2i(t, IR_and, h, 0xffffffff00000000));
}

/* LDRAA, LDRAB: modifier zero; the base is written back without its signature. */
void pauth_load(struct a64 *t, const struct pauth_load *f)
{
    ir_ref addr = a64_auth(t, get_reg_sp(t, 1, f->Rn), imm64(t, 0), f->key);

    if (t->done)
        return;
    addr = plus(t, addr, (int32_t)f->imm);
    set_reg(t, 1, f->Rt, a64_load(t, I64, MO_64, addr));
    if (f->W)
        set_reg_sp(t, 1, f->Rn, addr);
}

bool a64_pauth_hint(struct a64 *t, unsigned n)
{
    unsigned key = n & 2 ? KEY_IB : KEY_IA;

    if (!has(t, A64_PAUTH))
        return false;
    switch (n) {
    case 7:           set_reg(t, 1, 30, a64_strip(t, get_reg(t, 1, 30))); return true;
    case 8: case 10:  sign_reg(t, 17, get_reg(t, 1, 16), key); return true; /* PACIA1716 */
    case 12: case 14: auth_reg(t, 17, get_reg(t, 1, 16), key); return true;
    case 24: case 26: sign_reg(t, 30, imm64(t, 0), key); return true;       /* PACIAZ */
    case 25: case 27: sign_reg(t, 30, get_reg_sp(t, 1, 31), key); return true; /* PACIASP */
    case 28: case 30: auth_reg(t, 30, imm64(t, 0), key); return true;
    case 29: case 31: auth_reg(t, 30, get_reg_sp(t, 1, 31), key); return true;
    default:          return false;
    }
}

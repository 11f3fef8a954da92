/*
 * mem.c: loads and stores of general and SIMD&FP registers: single, pairs,
 * literals; and the data-memory door. Called by translate.c through
 * a64_mem_decode(). Source: ARM DDI 0487 C3.2, C6.2, C7.2.
 *
 * A base is written after all accesses, so that an instruction that faults can
 * be started again; the first register of a pair may then have its new value, as
 * the architecture allows (D1.3.5: registers to be loaded are unknown). Where the base is also loaded with write-back (constrained
 * unpredictable) the moved base wins. sp as a base is not checked for
 * alignment, as on a CPU whose system has SA0 off.
 */
#include "frontend/arm/a64/mem.h"
#include "frontend/arm/a64/tags.h"

#include "frontend/arm/a64/mem.args.h"
#include "frontend/arm/a64/mem.decode.h"

bool a64_mem_decode(struct a64 *t, uint32_t insn)
{
    return mem_decode(t, insn) || a64_atomic_decode(t, insn) || a64_pauth_decode(t, insn) ||
           a64_mops_decode(t, insn) || a64_mte_decode(t, insn);
}

bool a64_mem_data_decode(struct a64 *t, uint32_t insn)
{
    return a64_pauth_decode(t, insn) || a64_mte_decode(t, insn);
}

/* ---- the door ---- */

/* Does the instruction compute an address from sp and a constant (or from pc)? Then its tag is not checked. */
static bool by_sp_and_constant(uint32_t insn)
{
    bool sp = bits(insn, 5, 5) == 31;

    if (bits(insn, 25, 1) || !bits(insn, 27, 1)) /* not a load or store: DC ZVA */
        return false;
    switch (bits(insn, 27, 3)) {
    case 1:  return sp && (bits(insn, 26, 1) ? !bits(insn, 23, 1) : true); /* structures without post-index; exclusives */
    case 3:  return !bits(insn, 24, 1) || sp;                              /* literal; LDAPUR */
    case 5:  return sp && !bits(insn, 23, 1);                              /* pairs but pre- and post-indexed */
    default: return sp && (bits(insn, 24, 1) || (bits(insn, 21, 1) ? bits(insn, 10, 2) < 2 : !bits(insn, 10, 1)));
    }
}

/* With tag checks on: a check before the access, and the address without its tag. A failure
 * is looked at once more by the same instruction in the mode in which it raises. */
static ir_ref checked(struct a64 *t, ir_ref addr, unsigned memop, bool write)
{
    ir_ref access, bad;

    if (!(t->mode & MODE_TAG))
        return addr;
    access = ir_const(t->ir, I32, (1u << (memop & MO_SIZE)) | (write ? TAG_WRITE : 0));
    if (t->mode & MODE_TAG_FAILS && !by_sp_and_constant(t->insn)) {
        call_helper(t, HELPER_tag_raise, IR_NONE, addr, access, NO_ARG, NO_ARG);
    } else if (!by_sp_and_constant(t->insn)) {
        bad = call_helper(t, HELPER_tag_check, I32, addr, access, NO_ARG, NO_ARG);
        ir_exit_if(t->ir, ir_op2i(t->ir, IR_ne, I32, bad, 0), t->pc, t->mode | MODE_TAG_FAILS);
    }
    return ir_op2i(t->ir, IR_and, I64, addr, 0x00ffffffffffffff);
}

/* With LSE2 what must be aligned need only lie in 16 aligned bytes. All 16 must be aligned. */
static void within_16(struct a64 *t, unsigned memop)
{
    if (memop & MO_ALIGN && has(t, A64_LSE2) && (memop & MO_SIZE) < MO_128)
        ir_set_alignment(t->ir, IR_WITHIN | 16);
}

/* A function that is inlined loads from its stack frame mostly what the region has stored there. */
static bool from_frame(const struct a64 *t, unsigned memop)
{
    return t->frame.on && bits(t->insn, 5, 5) == 31 && !(memop & MO_ALIGN) && !(t->mode & MODE_TAG);
}

ir_ref a64_load(struct a64 *t, enum ir_type type, unsigned memop, ir_ref addr)
{
    ir_ref v;

    if (from_frame(t, memop))
        return ir_load_stored(t->ir, type, memop, addr);
    v = ir_load(t->ir, type, memop, checked(t, addr, memop, false));

    within_16(t, memop);
    return v;
}

void a64_store(struct a64 *t, enum ir_type type, unsigned memop, ir_ref addr, ir_ref v)
{
    ir_store(t->ir, type, memop, checked(t, addr, memop, true), v);
    within_16(t, memop);
}

ir_ref a64_cas(struct a64 *t, enum ir_type type, unsigned memop, ir_ref addr, ir_ref expected, ir_ref desired)
{
    ir_ref was = ir_cas(t->ir, type, memop, checked(t, addr, memop, true), expected, desired);

    within_16(t, memop);
    return was;
}

ir_ref a64_rmw(struct a64 *t, enum ir_opcode op, enum ir_type type, unsigned memop, ir_ref addr, ir_ref operand)
{
    ir_ref was = ir_rmw(t->ir, op, type, memop, checked(t, addr, memop, true), operand);

    within_16(t, memop);
    return was;
}

/* ---- addresses ---- */

/* Where the access is, and how far the base moves behind it. The moved base is a sum of its own:
 * the one that is the address becomes an operand of the host's access. */
struct address { ir_ref addr, base; int32_t move; };

static struct address imm_address(struct a64 *t, unsigned Rn, unsigned index, uint32_t imm)
{
    ir_ref base = get_reg_sp(t, 1, Rn);

    return (struct address){index == INDEX_POST ? base : plus(t, base, (int32_t)imm), base, index == INDEX_NONE ? 0 : (int32_t)imm};
}

static ir_ref reg_address(struct a64 *t, unsigned Rn, unsigned Rm, bool sign, bool wide, unsigned shift)
{
    ir_ref offset = get_reg(t, wide, Rm);

    if (!wide)
        offset = ir_op1(t->ir, sign ? IR_sext : IR_zext, I32, offset);
    if (shift)
        offset = ir_op2i(t->ir, IR_shl, I64, offset, shift);
    return ir_op2(t->ir, IR_add, I64, get_reg_sp(t, 1, Rn), offset);
}

static void write_back(struct a64 *t, unsigned Rn, struct address a)
{
    if (a.move)
        set_reg_sp(t, 1, Rn, plus(t, a.base, a.move));
}

/* ---- one register ---- */

void mem_load(struct a64 *t, const struct mem_load *f)
{
    struct address a = imm_address(t, f->Rn, f->index, f->imm);

    set_reg(t, f->sf, f->Rt, a64_load(t, a64_type(f->sf), f->size, a.addr));
    write_back(t, f->Rn, a);
}

void mem_load_reg(struct a64 *t, const struct mem_load_reg *f)
{
    set_reg(t, f->sf, f->Rt, a64_load(t, a64_type(f->sf), f->size, reg_address(t, f->Rn, f->Rm, f->sign, f->wide, f->shift)));
}

void mem_load_literal(struct a64 *t, const struct mem_load_literal *f)
{
    ir_ref addr = ir_const(t->ir, I64, t->pc + (uint64_t)(int32_t)f->imm);

    set_reg(t, f->sf, f->Rt, a64_load(t, a64_type(f->sf), f->size, addr));
}

void mem_store(struct a64 *t, const struct mem_store *f)
{
    struct address a = imm_address(t, f->Rn, f->index, f->imm);
    bool wide = f->size == MO_64;

    a64_store(t, a64_type(wide), f->size, a.addr, get_reg(t, wide, f->Rt));
    write_back(t, f->Rn, a);
}

void mem_store_reg(struct a64 *t, const struct mem_store_reg *f)
{
    bool wide = f->size == MO_64;

    a64_store(t, a64_type(wide), f->size, reg_address(t, f->Rn, f->Rm, f->sign, f->wide, f->shift), get_reg(t, wide, f->Rt));
}

/* A hint, and x86 guesses well enough by itself; it never faults. */
void mem_prefetch(struct a64 *t) { (void)t; }

/* ---- one SIMD&FP register: the rest of it is cleared ---- */

void mem_load_fp(struct a64 *t, const struct mem_load_fp *f)
{
    struct address a = imm_address(t, f->Rn, f->index, f->imm);

    set_v(t, 1, f->Rt, a64_load(t, V128, f->size, a.addr));
    write_back(t, f->Rn, a);
}

void mem_load_fp_reg(struct a64 *t, const struct mem_load_fp_reg *f)
{
    set_v(t, 1, f->Rt, a64_load(t, V128, f->size, reg_address(t, f->Rn, f->Rm, f->sign, f->wide, f->shift)));
}

void mem_load_literal_fp(struct a64 *t, const struct mem_load_literal_fp *f)
{
    set_v(t, 1, f->Rt, a64_load(t, V128, f->size, ir_const(t->ir, I64, t->pc + (uint64_t)(int32_t)f->imm)));
}

void mem_store_fp(struct a64 *t, const struct mem_store_fp *f)
{
    struct address a = imm_address(t, f->Rn, f->index, f->imm);

    a64_store(t, V128, f->size, a.addr, get_v(t, f->Rt));
    write_back(t, f->Rn, a);
}

void mem_store_fp_reg(struct a64 *t, const struct mem_store_fp_reg *f)
{
    a64_store(t, V128, f->size, reg_address(t, f->Rn, f->Rm, f->sign, f->wide, f->shift), get_v(t, f->Rt));
}

/* ---- pairs: both addresses are the base and a constant, so that each access is one host operand ---- */

static ir_ref second_address(struct a64 *t, unsigned Rn, unsigned index, uint32_t imm, unsigned bytes)
{
    return plus(t, get_reg_sp(t, 1, Rn), (index == INDEX_POST ? 0 : (int32_t)imm) + (int32_t)bytes);
}

/*
 * With LSE2 a pair of X registers in 16 aligned bytes is one access, which
 * shows in atomic loads and stores of 16 bytes: made of LDP or STP beside a
 * barrier, or as a function of its own. Elsewhere two host accesses are faster.
 */
static bool at_once(struct a64 *t, unsigned size, unsigned Rn, unsigned index)
{
    uint32_t next;

    if (!has(t, A64_LSE2) || size != MO_64 || Rn == 31 || index != INDEX_NONE)
        return false;
    if (t->fenced_at && t->fenced_at + 1 == t->ir->count) /* this instruction's own op lies between */
        return true;
    return code_read(t->src, t->next, &next, 4) && ((next & 0xfffff0ff) == 0xd50330bf || next == 0xd65f03c0); /* DMB, RET */
}

void mem_load_pair(struct a64 *t, const struct mem_load_pair *f)
{
    bool once = at_once(t, f->size, f->Rn, f->index);
    struct address a = imm_address(t, f->Rn, f->index, f->imm);
    ir_ref addr2 = second_address(t, f->Rn, f->index, f->imm, 1u << (f->size & MO_SIZE));
    ir_ref first, second;

    if (once) {
        ir_ref both = a64_load(t, V128, MO_128, a.addr);
        set_reg(t, 1, f->Rt, half(t, both, 0));
        set_reg(t, 1, f->Rt2, half(t, both, 1));
        return;
    }
    first = a64_load(t, a64_type(f->sf), f->size, a.addr);
    if (f->Rt != f->Rn)
        set_reg(t, f->sf, f->Rt, first);
    second = a64_load(t, a64_type(f->sf), f->size, addr2);
    if (f->Rt == f->Rn)
        set_reg(t, f->sf, f->Rt, first);
    set_reg(t, f->sf, f->Rt2, second);
    write_back(t, f->Rn, a);
}

void mem_store_pair(struct a64 *t, const struct mem_store_pair *f)
{
    bool once = at_once(t, f->size, f->Rn, f->index);
    struct address a = imm_address(t, f->Rn, f->index, f->imm);
    ir_ref addr2 = second_address(t, f->Rn, f->index, f->imm, 1u << f->size);
    bool wide = f->size == MO_64;

    if (once) {
        a64_store(t, V128, MO_128, a.addr, join(t, get_reg(t, 1, f->Rt), get_reg(t, 1, f->Rt2)));
        return;
    }
    a64_store(t, a64_type(wide), f->size, a.addr, get_reg(t, wide, f->Rt));
    a64_store(t, a64_type(wide), f->size, addr2, get_reg(t, wide, f->Rt2));
    write_back(t, f->Rn, a);
}

void mem_load_pair_fp(struct a64 *t, const struct mem_load_pair_fp *f)
{
    struct address a = imm_address(t, f->Rn, f->index, f->imm);
    ir_ref addr2 = second_address(t, f->Rn, f->index, f->imm, 1u << f->size);

    set_v(t, 1, f->Rt, a64_load(t, V128, f->size, a.addr));
    set_v(t, 1, f->Rt2, a64_load(t, V128, f->size, addr2));
    write_back(t, f->Rn, a);
}

void mem_store_pair_fp(struct a64 *t, const struct mem_store_pair_fp *f)
{
    struct address a = imm_address(t, f->Rn, f->index, f->imm);
    ir_ref addr2 = second_address(t, f->Rn, f->index, f->imm, 1u << f->size);

    a64_store(t, V128, f->size, a.addr, get_v(t, f->Rt));
    a64_store(t, V128, f->size, addr2, get_v(t, f->Rt2));
    write_back(t, f->Rn, a);
}

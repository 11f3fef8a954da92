/*
 * int_mem.c: loads and stores of core registers: single, dual, multiple, swap.
 * Called by the decoders. Source: ARM DDI 0406C A5.2.8, A5.3, A5.5, A6.3.5-10.
 *
 * A base is written back after the access, and a register list is loaded base
 * last, so that an instruction that faults can be started again.
 * LDM, STM, LDRD and STRD want word alignment, but Linux mends what goes wrong
 * (Documentation/arch/arm/mem_alignment.rst), so a check would only cost time.
 * One whose own offset is not a multiple of four is checked all the same: no
 * compiler makes it, and other emulators raise SIGBUS.
 */
#include "frontend/arm/integer.h"

/* The base; the pc counts from a word boundary in literal loads. */
static ir_ref get_base(struct a32 *t, unsigned Rn)
{
    return Rn == 15 ? imm32(t, pc_value(t) & ~3u) : get_reg(t, Rn);
}

/* Address of an access and, with writeback, what the base becomes. */
struct address { ir_ref addr, base_after; };

static struct address indexed(ir_ref base, ir_ref moved, bool P, bool W)
{
    return (struct address){P ? moved : base, !P || W ? moved : NO_ARG};
}

static struct address imm_address(struct a32 *t, unsigned Rn, uint32_t imm, bool P, bool U, bool W)
{
    ir_ref base = get_base(t, Rn);

    return indexed(base, imm ? ir_op2i(t->ir, IR_add, I32, base, U ? imm : -imm) : base, P, W);
}

static struct address reg_address(struct a32 *t, unsigned Rn, unsigned Rm, unsigned type, unsigned imm5, bool P, bool U, bool W)
{
    ir_ref base = get_base(t, Rn), offset = shift_imm(t, get_reg(t, Rm), type, imm5, false).value;

    return indexed(base, ir_op2(t->ir, U ? IR_add : IR_sub, I32, base, offset), P, W);
}

static void write_back(struct a32 *t, unsigned Rn, struct address a)
{
    if (a.base_after.id)
        ir_put(t->ir, I32, SLOT_R(Rn), a.base_after);
}

/* Before ARMv6 a word is read at the aligned address and rotated. */
static ir_ref load(struct a32 *t, unsigned size, ir_ref addr)
{
    ir_ref word;

    if (has(t, ARM_V6) || (size & MO_SIZE) != MO_32)
        return arm_load(t, I32, size, addr);
    word = arm_load(t, I32, size, ir_op2i(t->ir, IR_and, I32, addr, ~3u));
    return ir_op2(t->ir, IR_ror, I32, word, ir_op2i(t->ir, IR_shl, I32, ir_op2i(t->ir, IR_and, I32, addr, 3), 3));
}

static void load_single(struct a32 *t, unsigned size, unsigned Rt, unsigned Rn, struct address a)
{
    ir_ref v = load(t, size, a.addr);

    write_back(t, Rn, a);
    if (Rt == 15)
        jump_loaded(t, v, Rn == 13 && a.base_after.id);
    else
        set_reg(t, Rt, v);
}

static void store_single(struct a32 *t, unsigned size, unsigned Rt, unsigned Rn, struct address a)
{
    if (!has(t, ARM_V6) && size == MO_32)
        a.addr = ir_op2i(t->ir, IR_and, I32, a.addr, ~3u);
    arm_store(t, I32, size, a.addr, get_reg(t, Rt));
    write_back(t, Rn, a);
}

/* LDR{B,H,SB,SH} <Rt>, [<Rn>{, #+-imm}]{!}, and [<Rn>], #+-imm */
void a32_load_imm(struct a32 *t, const struct a32_load_imm *f)
{
    load_single(t, f->size, f->Rt, f->Rn, imm_address(t, f->Rn, f->imm, f->P, f->U, f->W));
}

void a32_load_reg(struct a32 *t, const struct a32_load_reg *f)
{
    load_single(t, f->size, f->Rt, f->Rn, reg_address(t, f->Rn, f->Rm, f->type, f->imm5, f->P, f->U, f->W));
}

void a32_store_imm(struct a32 *t, const struct a32_store_imm *f)
{
    store_single(t, f->size, f->Rt, f->Rn, imm_address(t, f->Rn, f->imm, f->P, f->U, f->W));
}

void a32_store_reg(struct a32 *t, const struct a32_store_reg *f)
{
    store_single(t, f->size, f->Rt, f->Rn, reg_address(t, f->Rn, f->Rm, f->type, f->imm5, f->P, f->U, f->W));
}

/* ---- dual ---- */

static ir_ref plus(struct a32 *t, ir_ref addr, uint32_t n)
{
    return n ? ir_op2i(t->ir, IR_add, I32, addr, n) : addr;
}

/* With LPAE an aligned pair is accessed at once, so that other threads see all or nothing. */
static bool at_once(struct a32 *t, uint32_t offset)
{
    return has(t, ARM_LPAE) && !(offset & 3);
}

static unsigned word_of_pair(uint32_t offset)
{
    return offset & 3 ? MO_32 | MO_ALIGN : MO_32;
}

static void load_dual(struct a32 *t, unsigned Rt, unsigned Rt2, unsigned Rn, uint32_t offset, struct address a)
{
    ir_ref first, second;

    if (at_once(t, offset)) {
        ir_ref both = arm_load(t, I64, MO_64, a.addr);
        bool big = t->mode & MODE_E;
        first = ir_op1(t->ir, big ? IR_high : IR_trunc, I64, both);
        second = ir_op1(t->ir, big ? IR_trunc : IR_high, I64, both);
    } else {
        first = arm_load(t, I32, word_of_pair(offset), a.addr);
        second = arm_load(t, I32, MO_32, plus(t, a.addr, 4));
    }
    set_reg(t, Rt, first);
    set_reg(t, Rt2, second);
    write_back(t, Rn, a);
}

static void store_dual(struct a32 *t, unsigned Rt, unsigned Rt2, unsigned Rn, uint32_t offset, struct address a)
{
    ir_ref first = get_reg(t, Rt), second = get_reg(t, Rt2);

    if (at_once(t, offset)) {
        bool big = t->mode & MODE_E;
        ir_ref both = ir_op2(t->ir, IR_concat, I32, big ? second : first, big ? first : second);
        arm_store(t, I64, MO_64, a.addr, both);
    } else {
        arm_store(t, I32, word_of_pair(offset), a.addr, first);
        arm_store(t, I32, MO_32, plus(t, a.addr, 4), second);
    }
    write_back(t, Rn, a);
}

void a32_load_dual_imm(struct a32 *t, const struct a32_load_dual_imm *f)
{
    load_dual(t, f->Rt, f->Rt2, f->Rn, f->P ? f->imm : 0, imm_address(t, f->Rn, f->imm, f->P, f->U, f->W));
}

void a32_load_dual_reg(struct a32 *t, const struct a32_load_dual_reg *f)
{
    struct address a = reg_address(t, f->Rn, f->Rm, SHIFT_LSL, 0, f->P, f->U, f->W);

    if (!f->P && (f->Rm & ~1u) == f->Rt)
        a.base_after = NO_ARG;
    load_dual(t, f->Rt, f->Rt + 1, f->Rn, 0, a);
    if (!f->P && !a.base_after.id) /* unpredictable; others move the base by what was just loaded */
        ir_put(t->ir, I32, SLOT_R(f->Rn), ir_op2(t->ir, f->U ? IR_add : IR_sub, I32, a.addr, get_reg(t, f->Rm)));
}

void a32_store_dual_imm(struct a32 *t, const struct a32_store_dual_imm *f)
{
    store_dual(t, f->Rt, f->Rt2, f->Rn, f->P ? f->imm : 0, imm_address(t, f->Rn, f->imm, f->P, f->U, f->W));
}

void a32_store_dual_reg(struct a32 *t, const struct a32_store_dual_reg *f)
{
    store_dual(t, f->Rt, f->Rt + 1, f->Rn, 0, reg_address(t, f->Rn, f->Rm, SHIFT_LSL, 0, f->P, f->U, f->W));
}

/* ---- multiple: registers stand at rising addresses in rising order, whatever the direction ---- */

/* Offset from the base of the lowest register's place. */
static int32_t list_offset(unsigned n, bool P, bool U)
{
    return U ? (P ? 4 : 0) : (P ? 0 : 4) - 4 * (int32_t)n;
}

static void list_write_back(struct a32 *t, unsigned Rn, ir_ref base, unsigned n, bool U)
{
    ir_put(t->ir, I32, SLOT_R(Rn), ir_op2i(t->ir, IR_add, I32, base, U ? 4 * n : -4 * n));
}

void a32_load_multiple(struct a32 *t, const struct a32_load_multiple *f)
{
    unsigned n = (unsigned)__builtin_popcount(f->list);
    ir_ref base = get_reg(t, f->Rn), base_value = NO_ARG, target = NO_ARG, v;
    uint32_t offset = (uint32_t)list_offset(n, f->P, f->U);

    for (unsigned i = 0; i < 16; i++) {
        if (!(f->list >> i & 1))
            continue;
        v = t->frame.on ? ir_load_stored(t->ir, I32, arm_mo(t, MO_32), plus(t, base, offset)) : arm_load(t, I32, MO_32, plus(t, base, offset));
        offset += 4;
        if (i == f->Rn)
            base_value = v;
        else if (i == 15)
            target = v;
        else
            set_reg(t, i, v);
    }
    if (base_value.id)
        set_reg(t, f->Rn, base_value);
    else if (f->W)
        list_write_back(t, f->Rn, base, n, f->U);
    if (target.id)
        jump_loaded(t, target, true);
}

void a32_store_multiple(struct a32 *t, const struct a32_store_multiple *f)
{
    unsigned n = (unsigned)__builtin_popcount(f->list);
    ir_ref base = get_reg(t, f->Rn);
    uint32_t offset = (uint32_t)list_offset(n, f->P, f->U);

    for (unsigned i = 0; i < 16; i++) {
        if (!(f->list >> i & 1))
            continue;
        arm_store(t, I32, MO_32, plus(t, base, offset), get_reg(t, i));
        offset += 4;
    }
    if (f->W)
        list_write_back(t, f->Rn, base, n, f->U);
}

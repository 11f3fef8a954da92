/*
 * simd_mem.c: AdvSIMD element and structure loads and stores to IR
 * (simd_mem.decode). DDI 0487 C7.2 LD1 to ST4.
 *
 * Memory is read in whole vectors and its lanes are dealt out to the registers.
 * All of a structure is read before a register changes, and write-back is last.
 */
#include "frontend/arm/a64/simd.h"
#include "frontend/arm/a64/simd_mem.args.h"

/* Where an instruction is: base register, the offset of the next access. */
struct place { ir_ref base; unsigned offset; };

static ir_ref next_address(struct a64 *t, struct place *p, unsigned bytes)
{
    ir_ref addr = p->offset ? ir_op2i(t->ir, IR_add, I64, p->base, p->offset) : p->base;

    p->offset += bytes;
    return addr;
}
static ir_ref load_next(struct a64 *t, struct place *p, unsigned size) { return a64_load(t, V128, size, next_address(t, p, 1u << size)); }
static void store_next(struct a64 *t, struct place *p, unsigned size, ir_ref v) { a64_store(t, V128, size, next_address(t, p, 1u << size), v); }
static ir_ref load_element(struct a64 *t, struct place *p, unsigned size) { return a64_load(t, I64, size, next_address(t, p, 1u << size)); }

/* Rm: 31 adds the bytes moved. */
static void write_back(struct a64 *t, bool write, unsigned Rn, unsigned Rm, struct place p)
{
    if (write)
        set_reg_sp(t, 1, Rn, Rm == 31 ? ir_op2i(t->ir, IR_add, I64, p.base, p.offset) : ir_op2(t->ir, IR_add, I64, p.base, get_reg(t, 1, Rm)));
}

/* ---- structures: `mem` are vectors in memory order, `reg` the registers; Q 0: only low halves of registers count ---- */

static ir_ref op2(struct a64 *t, enum ir_opcode op, unsigned lane, ir_ref a, ir_ref b) { return ir_v2(t->ir, op, lane, a, b, 0); }

static void deal2(struct a64 *t, bool Q, unsigned lane, const ir_ref *mem, ir_ref *reg)
{
    ir_ref second = Q ? mem[1] : mem[0];

    reg[0] = op2(t, IR_vuzp1, lane, mem[0], second);
    reg[1] = op2(t, IR_vuzp2, lane, mem[0], second);
}
static void gather2(struct a64 *t, bool Q, unsigned lane, const ir_ref *reg, ir_ref *mem)
{
    mem[0] = op2(t, IR_vzip1, lane, reg[0], reg[1]);
    if (Q)
        mem[1] = op2(t, IR_vzip2, lane, reg[0], reg[1]);
}

/* Even lanes belong to registers 0 and 2, odd ones to 1 and 3. */
static void deal4(struct a64 *t, bool Q, unsigned lane, const ir_ref *mem, ir_ref *reg)
{
    ir_ref even = op2(t, IR_vuzp1, lane, mem[0], mem[1]), odd = op2(t, IR_vuzp2, lane, mem[0], mem[1]), even2 = even, odd2 = odd;

    if (Q) {
        even2 = op2(t, IR_vuzp1, lane, mem[2], mem[3]);
        odd2 = op2(t, IR_vuzp2, lane, mem[2], mem[3]);
    }
    reg[0] = op2(t, IR_vuzp1, lane, even, even2);
    reg[1] = op2(t, IR_vuzp1, lane, odd, odd2);
    reg[2] = op2(t, IR_vuzp2, lane, even, even2);
    reg[3] = op2(t, IR_vuzp2, lane, odd, odd2);
}
static void gather4(struct a64 *t, bool Q, unsigned lane, const ir_ref *reg, ir_ref *mem)
{
    ir_ref even = op2(t, IR_vzip1, lane, reg[0], reg[2]), odd = op2(t, IR_vzip1, lane, reg[1], reg[3]);

    mem[0] = op2(t, IR_vzip1, lane, even, odd);
    mem[1] = op2(t, IR_vzip2, lane, even, odd);
    if (!Q)
        return;
    even = op2(t, IR_vzip2, lane, reg[0], reg[2]);
    odd = op2(t, IR_vzip2, lane, reg[1], reg[3]);
    mem[2] = op2(t, IR_vzip1, lane, even, odd);
    mem[3] = op2(t, IR_vzip2, lane, even, odd);
}

/* Bytes of the 48 in v, byte i being from[i]; 0xff gives 0. */
static ir_ref choose_bytes(struct a64 *t, const ir_ref v[3], unsigned n, const uint8_t from[16])
{
    ir_ref sum = {0};

    for (unsigned k = 0; k < n; k++) {
        uint8_t b[16];
        uint64_t index[2];
        for (unsigned i = 0; i < 16; i++)
            b[i] = from[i] / 16 == k ? from[i] % 16 : 0xff;
        memcpy(index, b, 16);
        ir_ref part = op2(t, IR_vtbl, 8, v[k], ir_vconst(t->ir, index[0], index[1]));
        sum = k ? op2(t, IR_vor, 64, sum, part) : part;
    }
    return sum;
}
static void deal3(struct a64 *t, bool Q, unsigned lane, const ir_ref *mem, ir_ref *reg)
{
    unsigned bytes = lane / 8;

    for (unsigned k = 0; k < 3; k++) {
        uint8_t from[16];
        memset(from, 0xff, sizeof from);
        for (unsigned i = 0; i < (Q ? 16 : 8); i++)
            from[i] = (uint8_t)((3 * (i / bytes) + k) * bytes + i % bytes);
        reg[k] = choose_bytes(t, mem, Q ? 3 : 2, from);
    }
}
static void gather3(struct a64 *t, bool Q, unsigned lane, const ir_ref *reg, ir_ref *mem)
{
    unsigned bytes = lane / 8, total = Q ? 48 : 24;

    for (unsigned j = 0; 16 * j < total; j++) {
        uint8_t from[16];
        memset(from, 0xff, sizeof from);
        for (unsigned i = 0; i < 16 && 16 * j + i < total; i++) {
            unsigned element = (16 * j + i) / bytes;
            from[i] = (uint8_t)(16 * (element % 3) + element / 3 * bytes + i % bytes);
        }
        mem[j] = choose_bytes(t, reg, 3, from);
    }
}

/* How the bytes of `each` registers lie in vectors: all whole, but for the last of an odd number of halves. */
static unsigned vectors(bool Q, unsigned each) { return Q ? each : (each + 1) / 2; }
static unsigned size_of(bool Q, unsigned each, unsigned i) { return Q || 2 * i + 1 < each ? MO_128 : MO_64; }

void simd_load_multiple(struct a64 *t, const struct simd_load_multiple *f)
{
    static void (*const deal[])(struct a64 *, bool, unsigned, const ir_ref *, ir_ref *) = {[2] = deal2, [3] = deal3, [4] = deal4};
    struct place p = {get_reg_sp(t, 1, f->Rn), 0};
    unsigned count = f->each * f->groups;
    ir_ref mem[4], reg[4];

    if (f->each == 1) {
        for (unsigned i = 0; i < count; i++)
            reg[i] = load_next(t, &p, f->Q ? MO_128 : MO_64);
        for (unsigned i = 0; i < count; i++)
            set_v(t, 1, (f->Rd + i) & 31, reg[i]);
    } else {
        for (unsigned i = 0; i < vectors(f->Q, f->each); i++)
            mem[i] = load_next(t, &p, size_of(f->Q, f->each, i));
        deal[f->each](t, f->Q, LANE(f), mem, reg);
        for (unsigned i = 0; i < count; i++)
            set_v(t, f->Q, (f->Rd + i) & 31, reg[i]);
    }
    write_back(t, f->write, f->Rn, f->Rm, p);
}

void simd_store_multiple(struct a64 *t, const struct simd_store_multiple *f)
{
    static void (*const gather[])(struct a64 *, bool, unsigned, const ir_ref *, ir_ref *) = {[2] = gather2, [3] = gather3, [4] = gather4};
    struct place p = {get_reg_sp(t, 1, f->Rn), 0};
    ir_ref mem[4], reg[4];

    for (unsigned i = 0; i < f->each * f->groups; i++)
        reg[i] = get_v(t, (f->Rd + i) & 31);
    if (f->each == 1) {
        for (unsigned i = 0; i < f->groups; i++)
            store_next(t, &p, f->Q ? MO_128 : MO_64, reg[i]);
    } else {
        gather[f->each](t, f->Q, LANE(f), reg, mem);
        for (unsigned i = 0; i < vectors(f->Q, f->each); i++)
            store_next(t, &p, size_of(f->Q, f->each, i), mem[i]);
    }
    write_back(t, f->write, f->Rn, f->Rm, p);
}

/* ---- one lane, and all of them ---- */
static unsigned size_of_lane(unsigned lane) { return (unsigned)__builtin_ctz(lane) - 3; }

void simd_load_lane(struct a64 *t, const struct simd_load_lane *f)
{
    struct place p = {get_reg_sp(t, 1, f->Rn), 0};
    ir_ref x[4];

    for (unsigned k = 0; k < f->each; k++)
        x[k] = load_element(t, &p, size_of_lane(f->lane));
    for (unsigned k = 0; k < f->each; k++) {
        unsigned d = (f->Rd + k) & 31;
        set_v(t, 1, d, ir_v2(t->ir, IR_vset, f->lane, get_v(t, d), x[k], f->index));
    }
    write_back(t, f->write, f->Rn, f->Rm, p);
}
void simd_store_lane(struct a64 *t, const struct simd_store_lane *f)
{
    struct place p = {get_reg_sp(t, 1, f->Rn), 0};
    unsigned size = size_of_lane(f->lane);

    for (unsigned k = 0; k < f->each; k++) {
        ir_ref v = ir_op(t->ir, IR_vget, V128, get_v(t, (f->Rd + k) & 31), NO_ARG, NO_ARG, f->lane, f->index);
        a64_store(t, I64, size, next_address(t, &p, 1u << size), v);
    }
    write_back(t, f->write, f->Rn, f->Rm, p);
}
void simd_load_all(struct a64 *t, const struct simd_load_all *f)
{
    struct place p = {get_reg_sp(t, 1, f->Rn), 0};
    ir_ref x[4];

    for (unsigned k = 0; k < f->each; k++)
        x[k] = f->size >= 2 ? load_next(t, &p, f->size) : load_element(t, &p, f->size);
    for (unsigned k = 0; k < f->each; k++)
        set_v(t, f->Q, (f->Rd + k) & 31, ir_v1(t->ir, f->size >= 2 ? IR_vdupl : IR_vdup, LANE(f), x[k], 0));
    write_back(t, f->write, f->Rn, f->Rm, p);
}

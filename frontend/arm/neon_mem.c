/*
 * neon_mem.c: Advanced SIMD element and structure loads and stores to IR
 * (neon_mem.decode). DDI 0406C A7.7 and A8.8.320 on.
 *
 * In little-endian order memory is read in whole vectors and its lanes are
 * dealt out to the registers; in big-endian order, which is rare, lane by lane.
 * All of a structure is read before a register changes, and write-back is last.
 * Registers that would follow d31 are state.def's beyond_d.
 */
#include "frontend/arm/fp.h"

_Static_assert(offsetof(struct arm_state, beyond_d) == offsetof(struct arm_state, d) + 32 * 8, "follows the vector file");

/* Where an instruction is: base register, the offset of the next access, and the alignment the first one has to check. */
struct place { ir_ref base; unsigned offset, align; };

static struct place place_of(struct a32 *t, unsigned Rn, unsigned align) { return (struct place){get_reg(t, Rn), 0, align}; }
static ir_ref next_address(struct a32 *t, struct place *p, unsigned bytes)
{
    ir_ref addr = p->offset ? ir_op2i(t->ir, IR_add, I32, p->base, p->offset) : p->base;

    p->offset += bytes;
    return addr;
}
/* The next 1 << size bytes, zero-extended to a vector; from a vector's low lane. */
static ir_ref load_next(struct a32 *t, struct place *p, unsigned size)
{
    ir_ref v = arm_load(t, V128, size, next_address(t, p, 1u << size));

    if (p->align)
        ir_set_alignment(t->ir, p->align);
    p->align = 0;
    return v;
}
/* The same for one element in an I64. */
static ir_ref load_element(struct a32 *t, struct place *p, unsigned size)
{
    ir_ref v = arm_load(t, I64, size, next_address(t, p, 1u << size));

    if (p->align)
        ir_set_alignment(t->ir, p->align);
    p->align = 0;
    return v;
}
static void store_element(struct a32 *t, struct place *p, unsigned size, unsigned d, unsigned lane)
{
    ir_ref v = ir_op(t->ir, IR_vget, V128, get_v(t, d, false), NO_ARG, NO_ARG, 8u << size, lane);

    arm_store(t, I64, size, next_address(t, p, 1u << size), v);
    if (p->align)
        ir_set_alignment(t->ir, p->align);
    p->align = 0;
}
static void store_next(struct a32 *t, struct place *p, unsigned size, ir_ref v)
{
    arm_store(t, V128, size, next_address(t, p, 1u << size), v);
    if (p->align)
        ir_set_alignment(t->ir, p->align);
    p->align = 0;
}

/* Rm: 15 leaves the base alone, 13 adds the bytes moved. */
static void write_back(struct a32 *t, unsigned Rn, unsigned Rm, struct place p)
{
    if (Rm == 13)
        set_reg(t, Rn, ir_op2i(t->ir, IR_add, I32, p.base, p.offset));
    else if (Rm != 15)
        set_reg(t, Rn, ir_op2(t->ir, IR_add, I32, p.base, get_reg(t, Rm)));
}

static ir_ref combine(struct a32 *t, ir_ref low, ir_ref high) { return ir_v2(t->ir, IR_vcombine, 64, low, high, 0); }

/* ---- structures of 2, 3 and 4 registers: `mem` are 16-byte vectors in memory order, `reg` doublewords ---- */
static void deal2(struct a32 *t, unsigned lane, const ir_ref *mem, ir_ref *reg)
{
    reg[0] = ir_v2(t->ir, IR_vuzp1, lane, mem[0], mem[0], 0);
    reg[1] = ir_v2(t->ir, IR_vuzp2, lane, mem[0], mem[0], 0);
}
static void gather2(struct a32 *t, unsigned lane, const ir_ref *reg, ir_ref *mem)
{
    mem[0] = ir_v2(t->ir, IR_vzip1, lane, reg[0], reg[1], 0);
}

/* Even lanes belong to registers 0 and 2, odd ones to 1 and 3. */
static void deal4(struct a32 *t, unsigned lane, const ir_ref *mem, ir_ref *reg)
{
    ir_ref even = ir_v2(t->ir, IR_vuzp1, lane, mem[0], mem[1], 0), odd = ir_v2(t->ir, IR_vuzp2, lane, mem[0], mem[1], 0);

    reg[0] = ir_v2(t->ir, IR_vuzp1, lane, even, even, 0);
    reg[1] = ir_v2(t->ir, IR_vuzp1, lane, odd, odd, 0);
    reg[2] = ir_v2(t->ir, IR_vuzp2, lane, even, even, 0);
    reg[3] = ir_v2(t->ir, IR_vuzp2, lane, odd, odd, 0);
}
static void gather4(struct a32 *t, unsigned lane, const ir_ref *reg, ir_ref *mem)
{
    ir_ref even = ir_v2(t->ir, IR_vzip1, lane, reg[0], reg[2], 0), odd = ir_v2(t->ir, IR_vzip1, lane, reg[1], reg[3], 0);

    mem[0] = ir_v2(t->ir, IR_vzip1, lane, even, odd, 0);
    mem[1] = ir_v2(t->ir, IR_vzip2, lane, even, odd, 0);
}

/* Bytes of the 32 in low and high, byte i being from[i]; 0xff gives 0. */
static ir_ref choose_bytes(struct a32 *t, ir_ref low, ir_ref high, const uint8_t from[16])
{
    uint64_t index[2], above[2];
    uint8_t b[16];

    memcpy(index, from, 16);
    for (unsigned i = 0; i < 16; i++)
        b[i] = from[i] == 0xff ? 0xff : (uint8_t)(from[i] - 16);
    memcpy(above, b, 16);
    ir_ref l = ir_v2(t->ir, IR_vtbl, 8, low, ir_vconst(t->ir, index[0], index[1]), 0);
    ir_ref h = ir_v2(t->ir, IR_vtbl, 8, high, ir_vconst(t->ir, above[0], above[1]), 0);
    return ir_v2(t->ir, IR_vor, 64, l, h, 0);
}
static void deal3(struct a32 *t, unsigned lane, const ir_ref *mem, ir_ref *reg)
{
    unsigned bytes = lane / 8;

    for (unsigned k = 0; k < 3; k++) {
        uint8_t from[16];
        memset(from, 0xff, sizeof from);
        for (unsigned i = 0; i < 8; i++)
            from[i] = (uint8_t)((3 * (i / bytes) + k) * bytes + i % bytes);
        reg[k] = choose_bytes(t, mem[0], mem[1], from);
    }
}
/* Registers 0 and 1 are bytes 0..15 of the choice, register 2 is 16..23. */
static void gather3(struct a32 *t, unsigned lane, const ir_ref *reg, ir_ref *mem)
{
    unsigned bytes = lane / 8;
    ir_ref first = combine(t, reg[0], reg[1]);

    for (unsigned half = 0; half < 2; half++) {
        uint8_t from[16];
        memset(from, 0xff, sizeof from);
        for (unsigned i = 0; i < 16 && 16 * half + i < 24; i++) {
            unsigned element = (16 * half + i) / bytes;
            from[i] = (uint8_t)(8 * (element % 3) + element / 3 * bytes + i % bytes);
        }
        mem[half] = choose_bytes(t, first, reg[2], from);
    }
}

/* One structure set: `each` doublewords, 8 * each bytes. */
static void load_structures(struct a32 *t, struct place *p, unsigned each, unsigned size, ir_ref *reg)
{
    static void (*const deal[])(struct a32 *, unsigned, const ir_ref *, ir_ref *) = {[2] = deal2, [3] = deal3, [4] = deal4};
    ir_ref mem[2];

    if (each == 1) {
        reg[0] = load_next(t, p, MO_64);
        return;
    }
    mem[0] = load_next(t, p, MO_128);
    if (each > 2)
        mem[1] = load_next(t, p, each == 3 ? MO_64 : MO_128);
    deal[each](t, 8u << size, mem, reg);
}
static void store_structures(struct a32 *t, struct place *p, unsigned each, unsigned size, const ir_ref *reg)
{
    static void (*const gather[])(struct a32 *, unsigned, const ir_ref *, ir_ref *) = {[2] = gather2, [3] = gather3, [4] = gather4};
    ir_ref mem[2];

    if (each == 1) {
        store_next(t, p, MO_64, reg[0]);
        return;
    }
    gather[each](t, 8u << size, reg, mem);
    store_next(t, p, MO_128, mem[0]);
    if (each > 2)
        store_next(t, p, each == 3 ? MO_64 : MO_128, mem[1]);
}

/* The same in big-endian order: element by element. */
static void load_elements(struct a32 *t, struct place *p, unsigned each, unsigned size, ir_ref *reg)
{
    for (unsigned k = 0; k < each; k++)
        reg[k] = ir_vconst(t->ir, 0, 0);
    for (unsigned i = 0; i < 8u >> size; i++)
        for (unsigned k = 0; k < each; k++)
            reg[k] = ir_op(t->ir, IR_vset, V128, reg[k], load_element(t, p, size), NO_ARG, 8u << size, i);
}
static void store_elements(struct a32 *t, struct place *p, unsigned each, unsigned size, unsigned d, unsigned step)
{
    for (unsigned i = 0; i < 8u >> size; i++)
        for (unsigned k = 0; k < each; k++)
            store_element(t, p, size, d + k * step, i);
}

static unsigned alignment(unsigned align) { return align ? 4u << align : 0; }

/* VLD1 of two doublewords that are a quadword: one access. */
static bool is_quad(const struct a32 *t, unsigned each, unsigned d, unsigned left) { return each == 1 && !(d & 1) && left > 1 && !(t->mode & MODE_E); }

void fp_vld_multiple(struct a32 *t, const struct fp_vld_multiple *f)
{
    struct place p = place_of(t, f->Rn, alignment(f->align));
    unsigned d = REG_D(f);
    ir_ref reg[2][4];

    if (f->each == 1) {
        for (unsigned g = 0; g < f->groups;) {
            bool quad = is_quad(t, 1, d + g, f->groups - g);
            if (t->mode & MODE_E)
                load_elements(t, &p, 1, f->size, reg[0]);
            else
                reg[0][0] = load_next(t, &p, quad ? MO_128 : MO_64);
            put_v(t, d + g, quad, reg[0][0]);
            g += quad ? 2 : 1;
        }
    } else {
        for (unsigned g = 0; g < f->groups; g++)
            (t->mode & MODE_E ? load_elements : load_structures)(t, &p, f->each, f->size, reg[g]);
        for (unsigned g = 0; g < f->groups; g++)
            for (unsigned k = 0; k < f->each; k++)
                put_v(t, d + g + k * f->step, false, reg[g][k]);
    }
    write_back(t, f->Rn, f->Rm, p);
}

void fp_vst_multiple(struct a32 *t, const struct fp_vst_multiple *f)
{
    struct place p = place_of(t, f->Rn, alignment(f->align));
    unsigned d = REG_D(f);

    for (unsigned g = 0; g < f->groups;) {
        ir_ref reg[4];
        if (is_quad(t, f->each, d + g, f->groups - g)) {
            store_next(t, &p, MO_128, get_v(t, d + g, true));
            g += 2;
            continue;
        }
        for (unsigned k = 0; k < f->each; k++)
            reg[k] = get_v(t, d + g + k * f->step, false);
        if (t->mode & MODE_E)
            store_elements(t, &p, f->each, f->size, d + g, f->step);
        else
            store_structures(t, &p, f->each, f->size, reg);
        g++;
    }
    write_back(t, f->Rn, f->Rm, p);
}

/* ---- one lane ---- */
struct lane_form { unsigned lane, step, align; bool undefined; };

/* index_align: the lane's index on top, then the registers' distance, then the alignment; see the tables of A8.8.321 on. */
static struct lane_form lane_form(unsigned each, unsigned size, unsigned index_align)
{
    struct lane_form f = {.lane = index_align >> (size + 1), .step = 1};
    unsigned low = index_align & ones(size + 1), bytes = 1u << size;

    if (each > 1 && size > 0 && low >> size) /* bit `size` is the step, but for bytes and VLD1 */
        f.step = 2;
    switch (each) {
    case 1:
        f.undefined = size == 0 ? low : size == 1 ? low > 1 : low != 0 && low != 3;
        f.align = size && low ? bytes : 0;
        break;
    case 2:
        f.undefined = size == 2 && low & 2;
        f.align = low & 1 ? 2 * bytes : 0;
        break;
    case 3:
        f.undefined = low & ones(size ? size : 1);
        break;
    default:
        f.undefined = size == 2 && (low & 3) == 3;
        f.align = size == 2 ? (low & 3 ? 4u << (low & 3) : 0) : low & 1 ? 4 * bytes : 0;
    }
    return f;
}

bool bad_lane(unsigned each, unsigned size, unsigned index_align, unsigned d)
{
    struct lane_form f = lane_form(each, size, index_align);

    return f.undefined || d + (each - 1) * f.step > 31;
}

void fp_vld_lane(struct a32 *t, const struct fp_vld_lane *f)
{
    struct lane_form form = lane_form(f->each, f->size, f->index_align);
    struct place p = place_of(t, f->Rn, form.align);
    unsigned d = REG_D(f), lane = 8u << f->size;
    ir_ref x[4];

    for (unsigned k = 0; k < f->each; k++)
        x[k] = load_element(t, &p, f->size);
    for (unsigned k = 0; k < f->each; k++) {
        ir_ref old = get_v(t, d + k * form.step, false);
        put_v(t, d + k * form.step, false, ir_op(t->ir, IR_vset, V128, old, x[k], NO_ARG, lane, form.lane));
    }
    write_back(t, f->Rn, f->Rm, p);
}

void fp_vst_lane(struct a32 *t, const struct fp_vst_lane *f)
{
    struct lane_form form = lane_form(f->each, f->size, f->index_align);
    struct place p = place_of(t, f->Rn, form.align);

    for (unsigned k = 0; k < f->each; k++)
        store_element(t, &p, f->size, REG_D(f) + k * form.step, form.lane);
    write_back(t, f->Rn, f->Rm, p);
}

/*
 * VLDn to all lanes. T: VLD1 fills two registers, the others take every second
 * one. a asks for the structure's own alignment; size 3 is VLD4 of words with
 * 16 bytes of it.
 */
bool bad_all(unsigned each, unsigned size, unsigned a)
{
    if (size == 3)
        return !(each == 4 && a);
    return a && (each == 3 || (each == 1 && size == 0));
}

void fp_vld_all(struct a32 *t, const struct fp_vld_all *f)
{
    unsigned size = f->size == 3 ? 2 : f->size, d = REG_D(f), step = f->each > 1 && f->T ? 2 : 1;
    unsigned align = !f->a ? 0 : f->size == 3 ? 16 : f->each == 4 && size == 2 ? 8 : f->each << size;
    struct place p = place_of(t, f->Rn, align);
    ir_ref x[4];

    for (unsigned k = 0; k < f->each; k++)
        x[k] = ir_v1(t->ir, IR_vdup, 8u << size, load_element(t, &p, size), 0);
    for (unsigned k = 0; k < f->each; k++)
        put_v(t, d + k * step, false, x[k]);
    if (f->each == 1 && f->T)
        put_v(t, d + 1, false, x[0]);
    write_back(t, f->Rn, f->Rm, p);
}

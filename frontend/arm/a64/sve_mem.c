/*
 * sve_mem.c: SVE loads and stores: translate functions of sve_mem.decode, and
 * their helper (sve_mem). Registers are written when all has been read, so that
 * an instruction that faults can be started again.
 */
#include "frontend/arm/a64/mem.h"
#include "frontend/arm/a64/sve.h"
#include "frontend/arm/a64/sve_more.h"
#include "frontend/arm/a64/tags.h"

#include <sys/uio.h>
#include <unistd.h>

#include "frontend/arm/a64/sve_mem.args.h"
#include "frontend/arm/a64/sve_mem.decode.h"

bool sve_mem_decode(struct a64 *t, uint32_t insn) { return sve_mem_table(t, insn); }

/* ---- translation ---- */

static void transfer(struct a64 *t, unsigned flags, struct sve_regs r, ir_ref base)
{
    sve_call(t, HELPER_sve_mem, IR_NONE, flags, r, base);
}

static ir_ref base_reg(struct a64 *t, unsigned Rn)
{
    if (Rn == 31)
        a64_need_even_sp(t);
    return get_reg_sp(t, 1, Rn);
}

/* base + index, scaled by the access */
static ir_ref base_and_reg(struct a64 *t, unsigned Rn, unsigned Rm, unsigned shift)
{
    ir_ref base = base_reg(t, Rn), offset = get_reg(t, 1, Rm); /* in this order: a check is a label, over which no value lives */

    if (shift)
        offset = ir_op2i(t->ir, IR_shl, I64, offset, shift);
    return ir_op2(t->ir, IR_add, I64, base, offset);
}

/* Contiguous loads: what a dtype reads, and what it makes of that. */
static const struct { uint8_t msz, size, sign; } dtypes[16] = {
    {0, 0, 0}, {0, 1, 0}, {0, 2, 0}, {0, 3, 0}, {2, 3, 1}, {1, 1, 0}, {1, 2, 0}, {1, 3, 0},
    {1, 3, 1}, {1, 2, 1}, {2, 2, 0}, {2, 3, 0}, {0, 3, 1}, {0, 2, 1}, {0, 1, 1}, {3, 3, 0},
};

static unsigned of_dtype(unsigned dtype) { return dtypes[dtype].msz | (dtypes[dtype].sign ? SVEM_SIGNED : 0); }

void svem_whole(struct a64 *t, const struct svem_whole *f)
{
    unsigned unit = f->flags & SVEM_PREDICATE ? sve_vl(t) / 8 : sve_vl(t);

    transfer(t, f->flags, (struct sve_regs){.d = f->d}, plus(t, base_reg(t, f->Rn), sx(f->imm, 9) * (int64_t)unit));
}

void svem_replicate(struct a64 *t, const struct svem_replicate *f)
{
    struct sve_regs r = {.d = f->d, .g = f->g, .size = dtypes[f->dtype].size};

    transfer(t, of_dtype(f->dtype) | SVEM_ALL, r, plus(t, base_reg(t, f->Rn), (int64_t)f->imm << dtypes[f->dtype].msz));
}

void svem_by_reg(struct a64 *t, const struct svem_by_reg *f)
{
    struct sve_regs r = {.d = f->d, .g = f->g, .size = f->size};

    transfer(t, f->flags | f->msz | f->regs << SVEM_REGS_SHIFT, r, base_and_reg(t, f->Rn, f->Rm, f->msz));
}

/* The number counts whole transfers, or what unit says. */
void svem_by_imm(struct a64 *t, const struct svem_by_imm *f)
{
    struct sve_regs r = {.d = f->d, .g = f->g, .size = f->size};
    int64_t unit = f->unit ? f->unit : (int64_t)(sve_vl(t) >> f->size << f->msz) * (f->regs + 1);

    transfer(t, f->flags | f->msz | f->regs << SVEM_REGS_SHIFT, r, plus(t, base_reg(t, f->Rn), sx(f->imm, 4) * unit));
}

void svem_typed_reg(struct a64 *t, const struct svem_typed_reg *f)
{
    struct sve_regs r = {.d = f->d, .g = f->g, .size = dtypes[f->dtype].size};

    transfer(t, f->flags | of_dtype(f->dtype), r, base_and_reg(t, f->Rn, f->Rm, dtypes[f->dtype].msz));
}

void svem_typed_imm(struct a64 *t, const struct svem_typed_imm *f)
{
    unsigned msz = dtypes[f->dtype].msz, size = dtypes[f->dtype].size;
    struct sve_regs r = {.d = f->d, .g = f->g, .size = (uint8_t)size};

    transfer(t, f->flags | of_dtype(f->dtype), r, plus(t, base_reg(t, f->Rn), sx(f->imm, 4) * (int64_t)(sve_vl(t) >> size << msz)));
}

/* ext: 0 unsigned, 1 signed 32-bit offsets, 2 offsets of 64 bits */
static unsigned offsets(unsigned ext, bool scaled)
{
    return SVEM_GATHER | (ext == 2 ? 0 : ext ? SVEM_SXTW : SVEM_UXTW) | (scaled ? SVEM_SCALED : 0);
}
static unsigned loaded(unsigned msz, unsigned u, unsigned first_fault)
{
    return msz | (u ? 0 : SVEM_SIGNED) | (first_fault ? SVEM_FIRST_FAULT : 0);
}

void svem_gather(struct a64 *t, const struct svem_gather *f)
{
    struct sve_regs r = {.d = f->d, .m = f->m, .g = f->g, .size = f->size};

    transfer(t, loaded(f->msz, f->U, f->ff) | offsets(f->ext, f->scaled), r, base_reg(t, f->Rn));
}

void svem_scatter(struct a64 *t, const struct svem_scatter *f)
{
    struct sve_regs r = {.d = f->d, .m = f->m, .g = f->g, .size = f->size};

    transfer(t, SVEM_STORE | f->msz | offsets(f->ext, f->scaled), r, base_reg(t, f->Rn));
}

void svem_from_vector(struct a64 *t, const struct svem_from_vector *f)
{
    struct sve_regs r = {.d = f->d, .n = f->n, .g = f->g, .size = f->size};

    transfer(t, loaded(f->msz, f->U, f->ff) | SVEM_VECTOR, r, sve_number(t, (int64_t)f->imm << f->msz));
}

void svem_from_vector_reg(struct a64 *t, const struct svem_from_vector_reg *f)
{
    struct sve_regs r = {.d = f->d, .n = f->n, .g = f->g, .size = f->size};

    transfer(t, loaded(f->msz, f->U, 0) | SVEM_VECTOR, r, get_reg(t, 1, f->Rm));
}

void svem_to_vector(struct a64 *t, const struct svem_to_vector *f)
{
    struct sve_regs r = {.d = f->d, .n = f->n, .g = f->g, .size = f->size};

    transfer(t, SVEM_STORE | f->msz | SVEM_VECTOR, r, sve_number(t, (int64_t)f->imm << f->msz));
}

void svem_to_vector_reg(struct a64 *t, const struct svem_to_vector_reg *f)
{
    struct sve_regs r = {.d = f->d, .n = f->n, .g = f->g, .size = f->size};

    transfer(t, SVEM_STORE | f->msz | SVEM_VECTOR, r, get_reg(t, 1, f->Rm));
}

void svem_prefetch(struct a64 *t, const struct svem_prefetch *f)
{
    (void)t, (void)f;
}

/* ---- the helper ---- */

struct transfer {
    struct a64_state *s;
    struct sve_regs r;
    unsigned flags, msz, size, vl, lanes, regs;
    uint64_t base;
    struct zreg n, m;
    uint64_t good_page; /* read before, | 1 */
};

static uint64_t plain(uint64_t addr) { return (uint64_t)sx(addr, 56); }
static bool has_tag_checks(const struct a64_state *s) { return s->tag_mode && !s->tco; }

/* The host does not tell at which address above its 48 bits an access failed. */
static void must_be_reachable(struct a64_state *s, uint64_t addr, bool write)
{
    if ((uint64_t)sx(plain(addr), 48) != plain(addr))
        vcpu_raise(vcpu_of_state(s), EXC_DATA_FAULT, ir_fault_data(plain(addr), write));
}

static void check(struct a64_state *s, uint64_t addr, unsigned bytes, bool write)
{
    must_be_reachable(s, addr, write);
    if (has_tag_checks(s) && tag_agrees(addr, bytes) < bytes)
        tag_failed(s, addr, write);
}

/* Of 1 << size bytes: the compiler makes single accesses of these. */
static uint64_t host_read(const void *from, unsigned size)
{
    uint64_t v = 0;

    switch (size) {
    case 0:  memcpy(&v, from, 1); break;
    case 1:  memcpy(&v, from, 2); break;
    case 2:  memcpy(&v, from, 4); break;
    default: memcpy(&v, from, 8);
    }
    return v;
}
static void host_write(void *to, unsigned size, uint64_t v)
{
    switch (size) {
    case 0:  memcpy(to, &v, 1); break;
    case 1:  memcpy(to, &v, 2); break;
    case 2:  memcpy(to, &v, 4); break;
    default: memcpy(to, &v, 8);
    }
}

static uint64_t extended(const struct transfer *x, uint64_t v) { return x->flags & SVEM_SIGNED ? (uint64_t)sx(v, 8u << x->msz) : v; }

static uint64_t read_element(struct transfer *x, uint64_t addr)
{
    check(x->s, addr, 1u << x->msz, false);
    return extended(x, host_read(a64_host_address(x->s, addr), x->msz));
}

static void write_element(struct transfer *x, uint64_t addr, uint64_t v)
{
    check(x->s, addr, 1u << x->msz, true);
    host_write(a64_host_address(x->s, addr), x->msz, v);
}

/* Would a read fault? Asked of the host's kernel, which reads for us or says no. */
static bool is_readable(struct transfer *x, uint64_t addr)
{
    unsigned bytes = 1u << x->msz;
    uint64_t page = plain(addr) >> 12, v;
    struct iovec to = {&v, bytes}, from = {a64_host_address(x->s, addr), bytes};

    if ((uint64_t)sx(plain(addr), 48) != plain(addr))
        return false;
    if (has_tag_checks(x->s) && tag_agrees(addr, bytes) < bytes)
        return false;
    if (x->good_page == (page << 1 | 1) && (plain(addr) & 4095) + bytes <= 4096)
        return true;
    if (process_vm_readv(getpid(), &to, 1, &from, 1, 0) != (ssize_t)bytes)
        return false;
    x->good_page = page << 1 | 1;
    return true;
}

/* Element i of register k (of several, whose elements alternate in memory). */
static uint64_t address(const struct transfer *x, unsigned i, unsigned k)
{
    uint64_t offset;

    if (x->flags & SVEM_VECTOR)
        return z_get(&x->n, x->size, i) + x->base;
    if (!(x->flags & SVEM_GATHER))
        return x->base + ((uint64_t)(i * x->regs + k) << x->msz);
    offset = z_get(&x->m, x->size, i);
    if (x->flags & SVEM_SXTW)
        offset = (uint64_t)(int32_t)offset;
    else if (x->flags & SVEM_UXTW)
        offset = (uint32_t)offset;
    return x->base + (x->flags & SVEM_SCALED ? offset << x->msz : offset);
}

/* ---- contiguous in one page: all of it can be accessed or nothing, so one access tells ---- */

static unsigned total_bytes(const struct transfer *x) { return x->lanes * x->regs << x->msz; }

static bool is_in_page(const struct transfer *x)
{
    return !(x->flags & (SVEM_GATHER | SVEM_VECTOR)) && !has_tag_checks(x->s) && (x->base & 4095) + total_bytes(x) <= 4096;
}

/* The first active element is accessed before all others: that is where a fault is reported. False: there is none. */
static bool touch_first(struct transfer *x, const uint8_t *g)
{
    for (unsigned i = 0; i < x->lanes; i++)
        if (p_get(g, x->size, i)) {
            uint64_t addr = address(x, i, 0);
            must_be_reachable(x->s, addr, x->flags & SVEM_STORE);
            if (!(x->flags & SVEM_STORE))
                (void)*(const volatile uint8_t *)a64_host_address(x->s, addr);
            return true;
        }
    return false;
}

#define EXTEND(to, from) for (unsigned i = 0; i < n; i++) { from v; memcpy(&v, in + i * sizeof v, sizeof v); to w = (to)v; memcpy(out + i * sizeof w, &w, sizeof w); } break
/* n elements of one size to a wider one, or to a narrower one. */
static void resize(uint8_t *out, unsigned to, const uint8_t *in, unsigned from, bool sign, unsigned n)
{
    switch (to << 3 | from << 1 | sign) {
    case 1 << 3 | 0 << 1:     EXTEND(uint16_t, uint8_t);
    case 2 << 3 | 0 << 1:     EXTEND(uint32_t, uint8_t);
    case 3 << 3 | 0 << 1:     EXTEND(uint64_t, uint8_t);
    case 2 << 3 | 1 << 1:     EXTEND(uint32_t, uint16_t);
    case 3 << 3 | 1 << 1:     EXTEND(uint64_t, uint16_t);
    case 3 << 3 | 2 << 1:     EXTEND(uint64_t, uint32_t);
    case 1 << 3 | 0 << 1 | 1: EXTEND(int16_t, int8_t);
    case 2 << 3 | 0 << 1 | 1: EXTEND(int32_t, int8_t);
    case 3 << 3 | 0 << 1 | 1: EXTEND(int64_t, int8_t);
    case 2 << 3 | 1 << 1 | 1: EXTEND(int32_t, int16_t);
    case 3 << 3 | 1 << 1 | 1: EXTEND(int64_t, int16_t);
    case 3 << 3 | 2 << 1 | 1: EXTEND(int64_t, int32_t);
    case 0 << 3 | 1 << 1:     EXTEND(uint8_t, uint16_t);
    case 0 << 3 | 2 << 1:     EXTEND(uint8_t, uint32_t);
    case 0 << 3 | 3 << 1:     EXTEND(uint8_t, uint64_t);
    case 1 << 3 | 2 << 1:     EXTEND(uint16_t, uint32_t);
    case 1 << 3 | 3 << 1:     EXTEND(uint16_t, uint64_t);
    case 2 << 3 | 3 << 1:     EXTEND(uint32_t, uint64_t);
    default: memcpy(out, in, (size_t)n << to);
    }
}
#undef EXTEND

static void load_page(struct transfer *x, const uint8_t *g)
{
    uint8_t bytes[4 * SVE_BYTES];
    struct zreg z;
    bool any = touch_first(x, g);

    if (any)
        memcpy(bytes, a64_host_address(x->s, x->base), total_bytes(x));
    for (unsigned k = 0; k < x->regs; k++) {
        if (!any)
            memset(&z, 0, sizeof z);
        else if (x->regs == 1)
            resize(z.b, x->size, bytes, x->msz, x->flags & SVEM_SIGNED, x->lanes);
        else
            for (unsigned i = 0; i < x->lanes; i++)
                z_set(&z, x->size, i, host_read(bytes + ((i * x->regs + k) << x->msz), x->msz));
        sve_keep_active(&z, g, x->size, x->vl);
        write_z(x->s, (x->r.d + k) & 31, &z);
    }
}

static void store_page(struct transfer *x, const uint8_t *g)
{
    uint8_t bytes[SVE_BYTES], *to = a64_host_address(x->s, x->base);
    struct zreg z;

    read_z(x->s, x->r.d, &z);
    if (!touch_first(x, g))
        return;
    if (sve_all_active(g, x->size, x->vl)) {
        resize(bytes, x->msz, z.b, x->size, false, x->lanes);
        memcpy(to, bytes, total_bytes(x));
        return;
    }
    for (unsigned i = 0; i < x->lanes; i++)
        if (p_get(g, x->size, i))
            host_write(to + (i << x->msz), x->msz, z_get(&z, x->size, i));
}

static void load(struct transfer *x)
{
    const uint8_t *g = pred_of(x->s, x->r.g);
    struct zreg z[4];

    if (is_in_page(x)) {
        load_page(x, g);
        return;
    }
    memset(z, 0, sizeof z);
    for (unsigned i = 0; i < x->lanes; i++)
        for (unsigned k = 0; k < x->regs && p_get(g, x->size, i); k++)
            z_set(&z[k], x->size, i, read_element(x, address(x, i, k)));
    for (unsigned k = 0; k < x->regs; k++)
        write_z(x->s, (x->r.d + k) & 31, &z[k]);
}

static void store(struct transfer *x)
{
    const uint8_t *g = pred_of(x->s, x->r.g);
    struct zreg z[4];

    if (x->regs == 1 && is_in_page(x)) {
        store_page(x, g);
        return;
    }
    for (unsigned k = 0; k < x->regs; k++)
        read_z(x->s, (x->r.d + k) & 31, &z[k]);
    for (unsigned i = 0; i < x->lanes; i++)
        for (unsigned k = 0; k < x->regs && p_get(g, x->size, i); k++)
            write_element(x, address(x, i, k), z_get(&z[k], x->size, i));
}

/*
 * The first active element faults as ever (LDFF1), all others only end the load:
 * FFR is cleared from there on. Elements that FFR has not are as they were.
 */
static void load_as_far(struct transfer *x)
{
    const uint8_t *g = pred_of(x->s, x->r.g);
    uint8_t ffr[SVE_BYTES / 8];
    bool first = x->flags & SVEM_FIRST_FAULT, ended = false;
    struct zreg z = {{0}}, was;

    memcpy(ffr, pred_of(x->s, FFR), sizeof ffr);
    read_z(x->s, x->r.d, &was);
    for (unsigned i = 0; i < x->lanes; i++) {
        uint64_t addr = address(x, i, 0), v = 0;
        if (p_get(g, x->size, i) && !ended) {
            if (first) {
                v = read_element(x, addr);
                x->good_page = (plain(addr) & 4095) + (1u << x->msz) <= 4096 ? plain(addr) >> 12 << 1 | 1 : 0;
                first = false;
            } else if (is_readable(x, addr)) {
                v = read_element(x, addr);
            } else {
                ended = true;
            }
        }
        if (ended)
            for (unsigned b = 0; b < 1u << x->size; b++)
                p_set(ffr, 0, (i << x->size) + b, false);
        z_set(&z, x->size, i, v);
    }
    memcpy(pred_of(x->s, FFR), ffr, sizeof ffr);
    write_z(x->s, x->r.d, &z);
}

/* LD1R, LD1RQ, LD1RO: a part of so many bytes, and that again and again. */
static void load_repeated(struct transfer *x)
{
    const uint8_t *g = pred_of(x->s, x->r.g);
    unsigned part = x->flags & SVEM_QUAD ? 16 : x->flags & SVEM_OCT ? 32 : 1u << x->size, n = part >> x->size;
    struct zreg z = {{0}};

    if (x->flags & SVEM_ALL) {
        uint64_t v = 0;
        bool read = false;
        for (unsigned i = 0; i < x->lanes; i++)
            if (p_get(g, x->size, i)) {
                if (!read)
                    v = read_element(x, x->base);
                read = true;
                z_set(&z, x->size, i, v);
            }
    } else {
        for (unsigned i = 0; i < n; i++)
            if (p_get(g, x->size, i))
                z_set(&z, x->size, i, read_element(x, x->base + ((uint64_t)i << x->size)));
        for (unsigned at = part; at + part <= x->vl; at += part)
            memcpy(z.b + at, z.b, part);
    }
    write_z(x->s, x->r.d, &z);
}

/* LDR, STR: bytes. */
static void whole(struct transfer *x)
{
    bool predicate = x->flags & SVEM_PREDICATE, write = x->flags & SVEM_STORE;
    unsigned bytes = predicate ? x->vl / 8 : x->vl;
    uint8_t *p = pred_of(x->s, x->r.d & 15);
    struct zreg z = {{0}};

    must_be_reachable(x->s, x->base, write);
    for (unsigned i = 0; has_tag_checks(x->s) && i < bytes; i++)
        if (!tag_agrees(x->base + i, 1))
            tag_failed(x->s, x->base + i, write);
    if (!write) {
        memcpy(z.b, a64_host_address(x->s, x->base), bytes);
        if (predicate)
            memcpy(p, z.b, bytes);
        else
            write_z(x->s, x->r.d, &z);
        return;
    }
    if (predicate)
        memcpy(z.b, p, bytes);
    else
        read_z(x->s, x->r.d, &z);
    memcpy(a64_host_address(x->s, x->base), z.b, bytes);
}

void a64_helper_sve_mem(struct a64_state *s, uint32_t flags, uint64_t regs, uint64_t base)
{
    struct transfer x; /* its Z registers stay as they are unless they are used */

    x.s = s;
    x.r = unpack_sve(regs);
    x.flags = flags;
    x.msz = flags & SVEM_SIZE;
    x.vl = vl_of(s);
    x.base = base;
    x.good_page = 0;
    x.size = x.r.size;
    x.lanes = x.vl >> x.size;
    x.regs = (flags >> SVEM_REGS_SHIFT & 3) + 1;
    if (flags & (SVEM_GATHER | SVEM_VECTOR)) {
        read_z(s, x.r.n, &x.n);
        read_z(s, x.r.m, &x.m);
    }
    if (flags & (SVEM_WHOLE | SVEM_PREDICATE))
        whole(&x);
    else if (flags & SVEM_STORE)
        store(&x);
    else if (flags & (SVEM_FIRST_FAULT | SVEM_NO_FAULT))
        load_as_far(&x);
    else if (flags & (SVEM_ALL | SVEM_QUAD | SVEM_OCT))
        load_repeated(&x);
    else
        load(&x);
}

/*
 * emit.c: bytes of x86-64 instructions. See emit.h. Nothing here decides
 * anything but the shortest encoding of what it is asked for.
 */
#include "backend/x86_64/emit.h"

#include <cpuid.h>
#include <stdlib.h>

struct x86_cpu x86_cpu;

/* MOA_HOST_CPU=v2 or v3 (levels of the x86-64 psABI): tests of what lesser hosts are given. */
static void pretend(void)
{
    const char *level = getenv("MOA_HOST_CPU");

    if (!level)
        return;
    if (!strcmp(level, "v2"))
        x86_cpu = (struct x86_cpu){.aes = x86_cpu.aes, .pclmul = x86_cpu.pclmul};
    else if (!strcmp(level, "v3"))
        x86_cpu.avx512vl = x86_cpu.vpopcnt = x86_cpu.gfni = x86_cpu.vaes = x86_cpu.vpclmul = x86_cpu.vnni = x86_cpu.vbmi = false;
}

/* Where there is no lzcnt the same bytes are a bsr. */
static bool has_lzcnt(void)
{
    uint32_t zeros;

    __asm__("lzcnt %1, %0" : "=r"(zeros) : "r"(1u) : "cc");
    return zeros == 31;
}

/* As few cpuids as will do: each leaves a virtual machine, which takes microseconds. */
void x86_detect(void)
{
    unsigned a, b, c, d, xcr0 = 0, hi;

    __cpuid(1, a, b, c, d);
    x86_cpu.movbe = c >> 22 & 1;
    x86_cpu.aes = c >> 25 & 1;
    x86_cpu.pclmul = c >> 1 & 1;
    bool has_xsave = c >> 27 & 1; /* and so leaf 13 */
    if (has_xsave)
        __asm__("xgetbv" : "=a"(xcr0), "=d"(hi) : "c"(0));
    bool ymm = (xcr0 & 6) == 6, zmm = (xcr0 & 0xe6) == 0xe6;
    x86_cpu.avx = ymm && c >> 28 & 1;
    x86_cpu.fma = x86_cpu.avx && c >> 12 & 1;
    x86_cpu.f16c = x86_cpu.avx && c >> 29 & 1;
    x86_cpu.lzcnt = has_lzcnt();
    if (!has_xsave)
        return;
    __cpuid_count(7, 0, a, b, c, d);
    x86_cpu.bmi2 = b >> 8 & 1 && b >> 3 & 1;
    x86_cpu.avx2 = x86_cpu.avx && b >> 5 & 1;
    x86_cpu.adx = b >> 19 & 1;
    x86_cpu.sha = b >> 29 & 1;
    x86_cpu.gfni = x86_cpu.avx && c >> 8 & 1;
    /* F, DQ, CD, BW and VL together, or not at all */
    x86_cpu.avx512vl = zmm && x86_cpu.avx2 && b >> 16 & 1 && b >> 17 & 1 && b >> 28 & 1 && b >> 30 & 1 && b >> 31 & 1;
    x86_cpu.vpopcnt = x86_cpu.avx512vl && c >> 12 & 1 && c >> 14 & 1;
    x86_cpu.vaes = x86_cpu.avx512vl && c >> 9 & 1;
    x86_cpu.vpclmul = x86_cpu.avx512vl && c >> 10 & 1;
    x86_cpu.vnni = x86_cpu.avx512vl && c >> 11 & 1;
    x86_cpu.vbmi = x86_cpu.avx512vl && c >> 1 & 1;
    pretend();
}

/*
 * ---- prefixes, ModRM, SIB ----
 * Each takes the place and gives the one behind; what may be absent is written
 * all the same and overwritten, which is cheaper than a branch.
 */

static inline uint8_t *byte(uint8_t *p, unsigned v)
{
    *p = (uint8_t)v;
    return p + 1;
}

static inline uint8_t *byte_if(uint8_t *p, bool yes, unsigned v)
{
    *p = (uint8_t)v;
    return p + yes;
}

static inline uint8_t *word(uint8_t *p, uint32_t v)
{
    stle32(p, v);
    return p + 4;
}

static inline uint8_t *opcode_bytes(uint8_t *p, unsigned opcode)
{
    if (opcode > 0xffff)
        p = byte(p, opcode >> 16);
    p = byte_if(p, opcode > 0xff, opcode >> 8);
    return byte(p, opcode);
}

static inline uint8_t *modrm(uint8_t *p, unsigned mod, unsigned reg, unsigned rm) { return byte(p, mod << 6 | (reg & 7) << 3 | (rm & 7)); }

static inline unsigned sib(struct mem m, unsigned base) { return m.scale << 6 | (m.index == NOREG ? 4 : m.index & 7) << 3 | base; }

static uint8_t *modrm_no_base(uint8_t *p, unsigned reg, struct mem m)
{
    if (m.base == RIP)
        return word(modrm(p, 0, reg, 5), 0);
    /* [index << scale + disp32] or [disp32] */
    p = modrm(p, 0, reg, 4);
    p = byte(p, sib(m, 5));
    return word(p, (uint32_t)m.disp);
}

/* disp8 may not be used under EVEX, which scales it: `disp32` asks for the long form. */
static inline uint8_t *modrm_mem(uint8_t *p, unsigned reg, struct mem m, bool disp32)
{
    unsigned mod, base = m.base & 7;

    if (m.base >= RIP)
        return modrm_no_base(p, reg, m);
    if (m.disp == 0 && base != 5)
        mod = 0;
    else
        mod = !disp32 && m.disp == (int8_t)m.disp ? 1 : 2;
    if (m.index != NOREG || base == 4)
        p = byte(modrm(p, mod, reg, 4), sib(m, base));
    else
        p = modrm(p, mod, reg, base);
    stle32(p, (uint32_t)m.disp);
    return p + (mod == 2 ? 4 : mod);
}

static inline uint8_t *rex(uint8_t *p, bool w, unsigned r, unsigned x, unsigned b, bool force)
{
    unsigned v = 0x40 | w << 3 | (r >> 1 & 4) | (x >> 2 & 2) | (b >> 3 & 1);

    return byte_if(p, v != 0x40 || force, v);
}

static inline uint8_t *segment(uint8_t *p, struct mem m)
{
    stle16(p, 0x6765);
    return p + m.guest + (m.guest && m.addr32);
}

static inline unsigned x_of(struct mem m) { return m.index == NOREG ? 0 : m.index; }
static inline unsigned b_of(struct mem m) { return m.base == NOREG ? 0 : m.base; }

void op_rr(struct code *c, bool w, unsigned prefix, unsigned opcode, unsigned reg, unsigned rm)
{
    uint8_t *p = byte_if(c->p, prefix, prefix);

    p = rex(p, w, reg, 0, rm, false);
    p = opcode_bytes(p, opcode);
    c->p = modrm(p, 3, reg, rm);
}

void op_rm(struct code *c, bool w, unsigned prefix, unsigned opcode, unsigned reg, struct mem m)
{
    uint8_t *p = segment(c->p, m);

    p = byte_if(p, prefix, prefix);
    p = rex(p, w, reg, x_of(m), b_of(m), false);
    p = opcode_bytes(p, opcode);
    c->p = modrm_mem(p, reg, m, false);
}

void op_rr8(struct code *c, unsigned opcode, unsigned reg, unsigned rm, bool reg_is_byte, bool rm_is_byte)
{
    uint8_t *p = rex(c->p, false, reg, 0, rm, (reg_is_byte && reg >= 4) || (rm_is_byte && rm >= 4));

    p = opcode_bytes(p, opcode);
    c->p = modrm(p, 3, reg, rm);
}

void op_rm8(struct code *c, unsigned opcode, unsigned reg, struct mem m)
{
    uint8_t *p = segment(c->p, m);

    p = rex(p, false, reg, x_of(m), b_of(m), reg >= 4);
    p = opcode_bytes(p, opcode);
    c->p = modrm_mem(p, reg, m, false);
}

/* ---- integer instructions ---- */

void alu_rr(struct code *c, bool w, enum x86_alu op, unsigned dst, unsigned src) { op_rr(c, w, 0, op * 8 + 3, dst, src); }
void alu_rm(struct code *c, bool w, enum x86_alu op, unsigned dst, struct mem m) { op_rm(c, w, 0, op * 8 + 3, dst, m); }

void alu_ri(struct code *c, bool w, enum x86_alu op, unsigned dst, int32_t imm)
{
    bool small = imm == (int8_t)imm;
    uint8_t *p = rex(c->p, w, 0, 0, dst, false);

    if (!small && dst == RAX)
        p = byte(p, op * 8 + 5);
    else
        p = modrm(byte(p, small ? 0x83 : 0x81), 3, op, dst);
    stle32(p, (uint32_t)imm);
    c->p = p + (small ? 1 : 4);
}

void alu_mi(struct code *c, bool w, enum x86_alu op, struct mem m, int32_t imm)
{
    bool small = imm == (int8_t)imm;

    op_rm(c, w, 0, small ? 0x83 : 0x81, op, m);
    stle32(c->p, (uint32_t)imm);
    c->p += small ? 1 : 4;
}

void mov_rr(struct code *c, bool w, unsigned dst, unsigned src) { op_rr(c, w, 0, 0x8b, dst, src); }

void mov_ri(struct code *c, unsigned dst, uint64_t imm)
{
    uint8_t *p;

    if (imm <= 0xffffffff) {
        p = rex(c->p, false, 0, 0, dst, false);
        c->p = word(byte(p, 0xb8 | (dst & 7)), (uint32_t)imm);
    } else if ((int64_t)imm == (int32_t)imm) {
        p = rex(c->p, true, 0, 0, dst, false);
        c->p = word(modrm(byte(p, 0xc7), 3, 0, dst), (uint32_t)imm);
    } else {
        p = rex(c->p, true, 0, 0, dst, false);
        c->p = byte(p, 0xb8 | (dst & 7));
        put64(c, imm);
    }
}

void mov_load(struct code *c, bool w, unsigned dst, struct mem m) { op_rm(c, w, 0, 0x8b, dst, m); }
void mov_store(struct code *c, bool w, struct mem m, unsigned src) { op_rm(c, w, 0, 0x89, src, m); }

void mov_mi(struct code *c, bool w, struct mem m, int32_t imm)
{
    op_rm(c, w, 0, 0xc7, 0, m);
    put32(c, (uint32_t)imm);
}

void lea(struct code *c, bool w, unsigned dst, struct mem m)
{
    /* [index*1 + disp] is shorter with the register as base; [index*2] as base + index */
    if (m.base == NOREG && m.index != NOREG && m.scale == 0) {
        m.base = m.index;
        m.index = NOREG;
    } else if (m.base == NOREG && m.index != NOREG && m.scale == 1) {
        m.base = m.index;
        m.scale = 0;
    }
    m.guest = false;
    op_rm(c, w, 0, 0x8d, dst, m);
}

void shift_ri(struct code *c, bool w, enum x86_shift op, unsigned dst, unsigned count)
{
    op_rr(c, w, 0, count == 1 ? 0xd1 : 0xc1, op, dst);
    if (count != 1)
        put8(c, count);
}

void shift_rcl(struct code *c, bool w, enum x86_shift op, unsigned dst) { op_rr(c, w, 0, 0xd3, op, dst); }
void test_rr(struct code *c, bool w, unsigned a, unsigned b) { op_rr(c, w, 0, 0x85, b, a); }

void test_ri(struct code *c, unsigned a, uint32_t imm)
{
    uint8_t *p;

    if (imm < 0x80) {
        p = rex(c->p, false, 0, 0, a, a >= 4);
        c->p = byte(modrm(byte(p, 0xf6), 3, 0, a), imm);
    } else {
        p = rex(c->p, false, 0, 0, a, false);
        c->p = word(modrm(byte(p, 0xf7), 3, 0, a), imm);
    }
}

void setcc(struct code *c, enum x86_cc cc, unsigned dst) { op_rr8(c, 0x0f90 | cc, 0, dst, false, true); }
void cmov_rr(struct code *c, bool w, enum x86_cc cc, unsigned dst, unsigned src) { op_rr(c, w, 0, 0x0f40 | cc, dst, src); }

static void put_modrm(struct code *c, unsigned mod, unsigned reg, unsigned rm) { c->p = modrm(c->p, mod, reg, rm); }

static void vex3(struct code *c, unsigned map, bool w, unsigned pp, unsigned reg, unsigned vvvv, unsigned x, unsigned b)
{
    if (map == 1 && !w && !(x & 8) && !(b & 8)) {
        put8(c, 0xc5);
        put8(c, (~reg >> 3 & 1) << 7 | (~vvvv & 15) << 3 | pp);
        return;
    }
    put8(c, 0xc4);
    put8(c, (~reg >> 3 & 1) << 7 | (~x >> 3 & 1) << 6 | (~b >> 3 & 1) << 5 | map);
    put8(c, w << 7 | (~vvvv & 15) << 3 | pp);
}

void shiftx(struct code *c, bool w, unsigned pp, unsigned dst, unsigned src, unsigned count)
{
    vex3(c, 2, w, pp, dst, count, 0, src);
    put8(c, 0xf7);
    put_modrm(c, 3, dst, src);
}

void rorx(struct code *c, bool w, unsigned dst, unsigned src, unsigned count)
{
    vex3(c, 3, w, 3, dst, 0, 0, src);
    put8(c, 0xf0);
    put_modrm(c, 3, dst, src);
    put8(c, count);
}

void andn_rr(struct code *c, bool w, unsigned dst, unsigned inverted, unsigned src)
{
    vex3(c, 2, w, 0, dst, inverted, 0, src);
    put8(c, 0xf2);
    put_modrm(c, 3, dst, src);
}

/* ---- jumps ---- */

/*
 * Padding before an instruction of `before` opcode bytes so that its rel32 lies
 * within 8 aligned bytes: one store patches it, and fetches see all or nothing.
 */
static void align_rel32(struct code *c, unsigned before)
{
    static const struct { uint32_t nop, bytes; } pad[8] = {[5] = {0x001f0f, 3}, [6] = {0x9066, 2}, [7] = {0x90, 1}};
    unsigned at = (uintptr_t)(c->p + before) & 7;

    stle32(c->p, pad[at].nop);
    c->p += pad[at].bytes;
}

void set_rel32(uint8_t *site, const void *target)
{
    int32_t rel = (int32_t)((const uint8_t *)target - (site + 4));

    __atomic_store_n((int32_t *)site, rel, __ATOMIC_RELEASE);
}

static uint8_t *rel32(struct code *c, const void *target)
{
    uint8_t *site = c->p;

    put32(c, target ? (uint32_t)((const uint8_t *)target - (site + 4)) : 0);
    return site;
}

uint8_t *jmp32(struct code *c, const void *target, bool patched)
{
    if (patched)
        align_rel32(c, 1);
    put8(c, 0xe9);
    return rel32(c, target);
}

uint8_t *jcc32(struct code *c, enum x86_cc cc, const void *target, bool patched)
{
    if (patched)
        align_rel32(c, 2);
    stle16(c->p, (uint16_t)(0x800f | (unsigned)cc << 8));
    c->p += 2;
    return rel32(c, target);
}

uint8_t *call32(struct code *c, const void *target, bool patched)
{
    if (patched)
        align_rel32(c, 1);
    put8(c, 0xe8);
    return rel32(c, target);
}

uint8_t *jcc8(struct code *c, enum x86_cc cc)
{
    put8(c, 0x70 | cc);
    put8(c, 0);
    return c->p - 1;
}

void set_rel8(struct code *c, uint8_t *site)
{
    if (c->p > c->end)
        return;
    bug_on(c->p - (site + 1) > 127);
    *site = (uint8_t)(c->p - (site + 1));
}

void jmp_m(struct code *c, struct mem m) { op_rm(c, false, 0, 0xff, 4, m); }
void call_m(struct code *c, struct mem m) { op_rm(c, false, 0, 0xff, 2, m); }

void push_i(struct code *c, int32_t imm)
{
    put8(c, 0x68);
    put32(c, (uint32_t)imm);
}

/* ---- vectors ---- */

static void evex(struct code *c, unsigned op, unsigned reg, unsigned vvvv, unsigned x, unsigned b, bool rm_is_reg)
{
    unsigned map = (op >> 10 & 3) + 1, pp = op >> 8 & 3;
    bool w = op & (V_W | V_EW);

    if (rm_is_reg)
        x = b >> 1; /* bit 4 of the register goes to X */
    put8(c, 0x62);
    put8(c, (~reg >> 3 & 1) << 7 | (~x >> 3 & 1) << 6 | (~b >> 3 & 1) << 5 | (~reg >> 4 & 1) << 4 | map);
    put8(c, w << 7 | (~vvvv & 15) << 3 | 4 | pp);
    put8(c, (~vvvv >> 4 & 1) << 3 | (op & V_DOWN ? 0x30 : op & V_UP ? 0x50 : 0)); /* 128 bits, no mask */
}

static void legacy(struct code *c, unsigned op, unsigned reg, unsigned x, unsigned b)
{
    static const uint8_t prefix[] = {0, 0x66, 0xf3, 0xf2};

    if (op & V_PP)
        put8(c, prefix[op >> 8 & 3]);
    c->p = rex(c->p, op & V_W, reg, x, b, false);
    put8(c, 0x0f);
    if (op & V_38)
        put8(c, 0x38);
    if (op & V_3A)
        put8(c, 0x3a);
}

static void vector_prefix(struct code *c, unsigned op, unsigned reg, unsigned vvvv, unsigned x, unsigned b, bool rm_is_reg, bool *is_evex)
{
    bool high = reg > 15 || (vvvv != NOREG && vvvv > 15) || (rm_is_reg && b > 15);

    *is_evex = false;
    if (high || op & V_ONLYEVEX) {
        bug_on(op & V_NOEVEX);
        *is_evex = true;
        evex(c, op, reg, vvvv == NOREG ? 0 : vvvv, x, b, rm_is_reg);
    } else if (x86_cpu.avx && !(op & V_LEGACY)) {
        vex3(c, (op >> 10 & 3) + 1, op & V_W, op >> 8 & 3, reg, vvvv == NOREG ? 0 : vvvv, x, b);
    } else {
        legacy(c, op, reg, x, b);
    }
}

static void v_reg(struct code *c, unsigned op, unsigned reg, unsigned vvvv, unsigned rm)
{
    bool e;

    vector_prefix(c, op, reg, vvvv, 0, rm, true, &e);
    put8(c, op);
    put_modrm(c, 3, reg, rm);
}

static void v_mem(struct code *c, unsigned op, unsigned reg, unsigned vvvv, struct mem m)
{
    bool e;

    c->p = segment(c->p, m);
    vector_prefix(c, op, reg, vvvv, x_of(m), b_of(m), false, &e);
    put8(c, op);
    c->p = modrm_mem(c->p, reg, m, e);
}

void v_rr(struct code *c, unsigned op, unsigned reg, unsigned rm) { v_reg(c, op, reg, NOREG, rm); }
void v_rm(struct code *c, unsigned op, unsigned reg, struct mem m) { v_mem(c, op, reg, NOREG, m); }

void v_rrr(struct code *c, unsigned op, unsigned dst, unsigned a, unsigned b)
{
    if (!x86_cpu.avx) {
        bug_on(dst == b && dst != a);
        if (dst != a)
            movaps(c, dst, a);
    }
    v_reg(c, op, dst, a, b);
}

void v_rrm(struct code *c, unsigned op, unsigned dst, unsigned a, struct mem m)
{
    if (!x86_cpu.avx && dst != a)
        movaps(c, dst, a);
    v_mem(c, op, dst, a, m);
}

void v_rri(struct code *c, unsigned op, unsigned reg, unsigned rm, unsigned imm)
{
    v_rr(c, op, reg, rm);
    put8(c, imm);
}

void v_rrri(struct code *c, unsigned op, unsigned dst, unsigned a, unsigned b, unsigned imm)
{
    v_rrr(c, op, dst, a, b);
    put8(c, imm);
}

void v_shift_i(struct code *c, unsigned op, unsigned ext, unsigned dst, unsigned src, unsigned imm)
{
    bool e;

    if (!x86_cpu.avx && dst != src)
        movaps(c, dst, src);
    if (!x86_cpu.avx)
        src = dst;
    bool high = dst > 15 || src > 15;
    if (high || op & V_ONLYEVEX)
        evex(c, op, ext, dst, 0, src, true);
    else
        vector_prefix(c, op, ext, dst, 0, src, true, &e);
    put8(c, op);
    put_modrm(c, 3, ext, src);
    put8(c, imm);
}

void movaps(struct code *c, unsigned dst, unsigned src)
{
    if (dst != src)
        v_rr(c, V_MOVAPS, dst, src);
}

/*
 * emit.h: x86-64 encodings. The only files of the backend that know bytes are
 * emit.c and gates.c. Sources: Intel SDM volume 2, chapter 2 (prefixes, VEX, EVEX).
 */
#ifndef BACKEND_X86_64_EMIT_H
#define BACKEND_X86_64_EMIT_H

#include "util/util.h"

enum { RAX, RCX, RDX, RBX, RSP, RBP, RSI, RDI, R8, R9, R10, R11, R12, R13, R14, R15, RIP = 0x80, NOREG = 0xff };

/* Host features the emitter and the lowering rows ask for; set once by x86_detect(). */
struct x86_cpu { bool avx, avx2, bmi2, fma, movbe, lzcnt, avx512vl, vpopcnt, gfni, f16c, aes, pclmul, sha, adx, vaes, vpclmul, vnni, vbmi; }; /* from vaes on: their EVEX forms */
extern struct x86_cpu x86_cpu;
void x86_detect(void);

/*
 * Bytes are written without a look at the end: whoever lowers an op sees to it
 * beforehand that CODE_SLACK bytes are left, more than any op takes.
 */
struct code { uint8_t *p, *start, *end; };
#define CODE_SLACK 8192

static inline void put8(struct code *c, unsigned v) { *c->p++ = (uint8_t)v; }
static inline void put32(struct code *c, uint32_t v) { stle32(c->p, v); c->p += 4; }
static inline void put64(struct code *c, uint64_t v) { stle64(c->p, v); c->p += 8; }

/* [base + index << scale + disp]; guest: gs segment, and 32-bit arithmetic when addr32.
 * Base RIP: the displacement is filled in later, by who asked for it. */
struct mem { uint8_t base, index, scale; bool guest, addr32; int32_t disp; };
static inline struct mem mem_at(unsigned base, int32_t disp) { return (struct mem){.base = (uint8_t)base, .index = NOREG, .disp = disp}; }

/* reg and the 8 (w) or 4 bytes at [rbp + disp], where the guest's state is: opcodes of one byte. */
static inline void state_rm(struct code *c, bool w, unsigned opcode, unsigned reg, int32_t disp)
{
    unsigned rex = 0x40 | (unsigned)w << 3 | (reg >> 1 & 4);
    bool small = disp == (int8_t)disp;
    uint8_t *p = c->p;

    *p = (uint8_t)rex;
    p += rex != 0x40;
    stle16(p, (uint16_t)(opcode | ((small ? 0x45 : 0x85) | (reg & 7) << 3) << 8));
    stle32(p + 2, (uint32_t)disp);
    c->p = p + (small ? 3 : 6);
}
static inline void state_load(struct code *c, bool w, unsigned dst, int32_t disp) { state_rm(c, w, 0x8b, dst, disp); }
static inline void state_store(struct code *c, bool w, int32_t disp, unsigned src) { state_rm(c, w, 0x89, src, disp); }

/* reg and [base + disp]; opcode: one byte, or two from 0x0f00 on; byte: reg is one of 8 bits; window: as mem.guest and .addr32. */
static inline void base_rm(struct code *c, bool window, bool w, bool byte, unsigned opcode, unsigned reg, unsigned base, int32_t disp)
{
    unsigned rex = 0x40 | (unsigned)w << 3 | (reg >> 1 & 4) | base >> 3, rm = base & 7;
    unsigned mod = disp == 0 && rm != 5 ? 0 : disp == (int8_t)disp ? 1 : 2;
    uint8_t *p = c->p;

    stle16(p, 0x6765);
    p += window ? 2 : 0;
    *p = (uint8_t)rex;
    p += rex != 0x40 || (byte && reg >= 4);
    *p = 0x0f;
    p += opcode > 0xff;
    stle16(p, (uint16_t)((opcode & 0xff) | (mod << 6 | (reg & 7) << 3 | rm) << 8));
    p += 2;
    *p = 0x24;
    p += rm == 4;
    stle32(p, (uint32_t)disp);
    c->p = p + (mod == 2 ? 4 : mod);
}

/* Opcodes of the classic two-operand group: reg, r/m form is op * 8 + 3, immediate form /op. */
enum x86_alu { X_ADD, X_OR, X_ADC, X_SBB, X_AND, X_SUB, X_XOR, X_CMP };
enum x86_shift { X_ROL, X_ROR, X_RCL, X_RCR, X_SHL, X_SHR, X_SAR = 7 };
enum x86_cc { CC_O, CC_NO, CC_B, CC_AE, CC_E, CC_NE, CC_BE, CC_A, CC_S, CC_NS, CC_P, CC_NP, CC_L, CC_GE, CC_LE, CC_G };

/* One-byte and two-byte (0x0f..) opcodes, register-register and register-memory.
 * w: 64-bit operation. opcode: 0x00-0xff, 0x0f00-0x0fff, 0x0f3800..; prefix: 0, 0x66, 0xf2, 0xf3. */
void op_rr(struct code *c, bool w, unsigned prefix, unsigned opcode, unsigned reg, unsigned rm);
void op_rm(struct code *c, bool w, unsigned prefix, unsigned opcode, unsigned reg, struct mem m);
/* Same with byte registers (REX for sil, dil...). */
void op_rr8(struct code *c, unsigned opcode, unsigned reg, unsigned rm, bool reg_is_byte, bool rm_is_byte);
void op_rm8(struct code *c, unsigned opcode, unsigned reg, struct mem m);
/* m's immediate forms: `imm_bytes` follow the address (matters to nothing but order: caller emits them). */

void alu_rr(struct code *c, bool w, enum x86_alu op, unsigned dst, unsigned src);
void alu_rm(struct code *c, bool w, enum x86_alu op, unsigned dst, struct mem m);
void alu_ri(struct code *c, bool w, enum x86_alu op, unsigned dst, int32_t imm);
void alu_mi(struct code *c, bool w, enum x86_alu op, struct mem m, int32_t imm);
void mov_rr(struct code *c, bool w, unsigned dst, unsigned src);
void mov_ri(struct code *c, unsigned dst, uint64_t imm); /* shortest; leaves the flags alone */
void mov_load(struct code *c, bool w, unsigned dst, struct mem m);
void mov_store(struct code *c, bool w, struct mem m, unsigned src);
void mov_mi(struct code *c, bool w, struct mem m, int32_t imm);
void lea(struct code *c, bool w, unsigned dst, struct mem m);
void shift_ri(struct code *c, bool w, enum x86_shift op, unsigned dst, unsigned count);
void shift_rcl(struct code *c, bool w, enum x86_shift op, unsigned dst);
void test_rr(struct code *c, bool w, unsigned a, unsigned b);
void test_ri(struct code *c, unsigned a, uint32_t imm);
void setcc(struct code *c, enum x86_cc cc, unsigned dst);
void cmov_rr(struct code *c, bool w, enum x86_cc cc, unsigned dst, unsigned src);
/* BMI2: pp 1 = shlx, 2 = sarx, 3 = shrx */
void shiftx(struct code *c, bool w, unsigned pp, unsigned dst, unsigned src, unsigned count);
void rorx(struct code *c, bool w, unsigned dst, unsigned src, unsigned count);
void andn_rr(struct code *c, bool w, unsigned dst, unsigned inverted, unsigned src);

/* Jumps. The 4 displacement bytes lie in 8 aligned bytes when `patched` (one store links it). */
uint8_t *jmp32(struct code *c, const void *target, bool patched); /* return the place of the rel32 */
uint8_t *jcc32(struct code *c, enum x86_cc cc, const void *target, bool patched);
uint8_t *call32(struct code *c, const void *target, bool patched);
void set_rel32(uint8_t *site, const void *target);
uint8_t *jcc8(struct code *c, enum x86_cc cc); /* returns place of the rel8 */
void set_rel8(struct code *c, uint8_t *site);
void jmp_m(struct code *c, struct mem m);
void call_m(struct code *c, struct mem m);
void push_i(struct code *c, int32_t imm);

/*
 * SSE, VEX or EVEX by what the host has and which registers are named.
 * An opcode: low byte the opcode, then fields.
 */
enum {
    V_66 = 1 << 8, V_F3 = 2 << 8, V_F2 = 3 << 8, V_PP = 3 << 8,
    V_0F = 0, V_38 = 1 << 10, V_3A = 2 << 10, V_MAP = 3 << 10,
    V_W = 1 << 12,      /* W in VEX and EVEX and REX.W */
    V_EW = 1 << 13,     /* W in EVEX only */
    V_NOEVEX = 1 << 14, /* registers 16 and up must be copied first */
    V_ONLYEVEX = 1 << 15,
    V_LEGACY = 1 << 17, /* has no VEX form: dst = dst op rm, registers below 16 */
    V_DOWN = 1 << 18, V_UP = 1 << 19, /* EVEX, registers only: rounded so whatever MXCSR says, and no exception is noticed */
    V_COMMUTES = 1 << 16, /* for those who choose the order of operands */
};
void v_rr(struct code *c, unsigned op, unsigned reg, unsigned rm);               /* two operands (moves, unary) */
void v_rm(struct code *c, unsigned op, unsigned reg, struct mem m);
void v_rrr(struct code *c, unsigned op, unsigned dst, unsigned a, unsigned b);    /* dst = a op b; legacy: dst must be a or not b */
void v_rrm(struct code *c, unsigned op, unsigned dst, unsigned a, struct mem m);
void v_rri(struct code *c, unsigned op, unsigned reg, unsigned rm, unsigned imm);
#define V_UNORDERED_SIGNALS 0x13 /* a predicate of vcmp. With X86_STANDARD_PREFIX, as vcomis with it: of the addend of the FMA behind it */
void v_rrri(struct code *c, unsigned op, unsigned dst, unsigned a, unsigned b, unsigned imm);
void v_shift_i(struct code *c, unsigned op, unsigned ext, unsigned dst, unsigned src, unsigned imm); /* psllw etc. group */

#define V_MOVAPS   0x28
#define V_MOVDQU_L (V_F3 | 0x6f)
#define V_MOVDQU_S (V_F3 | 0x7f)
#define V_MOVQ_L   (V_F3 | V_EW | 0x7e)  /* xmm, xmm/m64, clears the rest */
#define V_MOVQ_S   (V_66 | V_EW | 0xd6)
#define V_MOVSS_L  (V_F3 | 0x10)
#define V_MOVSS_S  (V_F3 | 0x11)
#define V_MOVSD_L  (V_F2 | V_EW | 0x10)
#define V_MOVSD_S  (V_F2 | V_EW | 0x11)
#define V_MOVD_TO  (V_66 | 0x6e)         /* xmm, r32 */
#define V_MOVD_FROM (V_66 | 0x7e)        /* reg field = xmm, rm = r32 */
#define V_MOVQ_TO  (V_66 | V_W | 0x6e)
#define V_MOVQ_FROM (V_66 | V_W | 0x7e)
#define V_PEXTRQ   (V_66 | V_3A | V_W | 0x16) /* reg field = xmm, rm = r64, imm8 */
#define V_PINSRQ   (V_66 | V_3A | V_W | 0x22)
#define V_PUNPCKLQDQ (V_66 | V_EW | 0x6c)
#define V_PUNPCKHQDQ (V_66 | V_EW | 0x6d)

void movaps(struct code *c, unsigned dst, unsigned src);

#endif

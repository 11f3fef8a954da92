/*
 * fptrap_test.c: instructions of every form the code generator emits are run on
 * this machine with the invalid operation unmasked; what stands in the registers
 * after the trap was mended is compared with ARM's answer.
 */
#include "backend/x86_64/gen.h"
#include "util/util.h"

#include <asm/prctl.h>
#include <glib.h>
#include <signal.h>
#include <sys/syscall.h>
#include <ucontext.h>
#include <unistd.h>

enum { MXCSR_UNMASKED_INVALID = 0x1f00, IE = 1, PE = 0x20 };

/* dst, one and two are loaded into xmm0 xmm1 xmm2 (forms 16: xmm16 xmm17 xmm18) and dst is stored again. */
struct io {
    uint64_t dst[8], one[8], two[8];
    uint64_t rax, flags;
    uint32_t mxcsr;
};

static struct vcpu vcpu;
static unsigned refused;

static void on_fpe(int sig, siginfo_t *info, void *uc)
{
    if (info->si_code == FPE_FLTINV && x86_mend_fp(&vcpu, uc))
        return;
    refused++;
    if (write(2, "an instruction was not mended\n", 30)) { }
    _exit(1);
}

#define CLOBBERS "memory", "cc", "rax", "rcx", "xmm0", "xmm1", "xmm2"
#define RUN(load, insn, save)                                                                           \
    __asm__ volatile(load "ldmxcsr %[on]\n xor %%eax, %%eax\n mov $4, %%ecx\n stc\n" insn "\n"           \
                     "mov %%rax, 192(%[io])\n lea -128(%%rsp), %%rsp\n pushfq\n pop %%rax\n"               \
                     "lea 128(%%rsp), %%rsp\n mov %%rax, 200(%[io])\n"                                 \
                     "stmxcsr 208(%[io])\n ldmxcsr %[off]\n" save                                        \
                     :: [io] "r"(io), [on] "m"(on), [off] "m"(off) : CLOBBERS)

static const uint32_t on = MXCSR_UNMASKED_INVALID, on_up = MXCSR_UNMASKED_INVALID | 0x4000, off = 0x1f80;

#define SSE(name, insn)                                                                                 \
    static void name(struct io *io)                                                                     \
    {                                                                                                   \
        RUN("movups 0(%[io]), %%xmm0\n movups 64(%[io]), %%xmm1\n movups 128(%[io]), %%xmm2\n", insn,    \
            "movups %%xmm0, 0(%[io])\n");                                                               \
    }
#define AVX(name, insn)                                                                                 \
    static void name(struct io *io)                                                                     \
    {                                                                                                   \
        RUN("vmovups 0(%[io]), %%ymm0\n vmovups 64(%[io]), %%ymm1\n vmovups 128(%[io]), %%ymm2\n", insn, \
            "vmovups %%ymm0, 0(%[io])\n vzeroupper\n");                                                  \
    }
#define E16(name, insn)                                                                                 \
    static void name(struct io *io)                                                                     \
    {                                                                                                   \
        RUN("vmovups 0(%[io]), %%zmm16\n vmovups 64(%[io]), %%zmm17\n vmovups 128(%[io]), %%zmm30\n",     \
            insn, "vmovups %%zmm16, 0(%[io])\n vpxord %%zmm16, %%zmm16, %%zmm16\n");                      \
    }

SSE(sse_addss, "addss %%xmm1, %%xmm0")
SSE(sse_subsd, "subsd %%xmm1, %%xmm0")
SSE(sse_mulsd_mem, "mulsd 64(%[io]), %%xmm0")
SSE(sse_divss_index, "divss 32(%[io], %%rcx, 8), %%xmm0")
SSE(sse_sqrtsd, "sqrtsd %%xmm1, %%xmm0")
SSE(sse_cvttsd2si, "cvttsd2si %%xmm1, %%eax")
SSE(sse_cvttss2si64, "cvttss2si %%xmm1, %%rax")
SSE(sse_cvtss2sd, "cvtss2sd %%xmm1, %%xmm0")
SSE(sse_ucomiss, "ucomiss %%xmm1, %%xmm0")
SSE(sse_comisd, "comisd 64(%[io]), %%xmm0")
SSE(sse_roundss, "roundss $3, %%xmm1, %%xmm0")
SSE(sse_cmpss, "cmpltss %%xmm1, %%xmm0")
SSE(sse_minss, "minss %%xmm1, %%xmm0")
SSE(sse_high, "movaps %%xmm0, %%xmm9\n movaps %%xmm1, %%xmm14\n addsd %%xmm14, %%xmm9\n movaps %%xmm9, %%xmm0")
SSE(sse_gs, "addss %%gs:4(%%ecx), %%xmm0")
SSE(sse_plain, "addss %%xmm1, %%xmm0")
AVX(avx_addss, "vaddss %%xmm2, %%xmm1, %%xmm0")
AVX(avx_subsd, "vsubsd %%xmm2, %%xmm1, %%xmm0")
AVX(avx_divsd_mem, "vdivsd 128(%[io]), %%xmm1, %%xmm0")
AVX(avx_sqrtss, "vsqrtss %%xmm2, %%xmm1, %%xmm0")
AVX(avx_cvtsd2ss, "vcvtsd2ss %%xmm2, %%xmm1, %%xmm0")
AVX(avx_cvtsd2si, "vcvtsd2si %%xmm2, %%rax")
AVX(avx_vcomiss, "vcomiss %%xmm2, %%xmm1")
AVX(avx_roundsd, "vroundsd $4, %%xmm2, %%xmm1, %%xmm0")
AVX(avx_high, "vmovaps %%xmm2, %%xmm12\n vmovaps %%xmm1, %%xmm11\n vmulss %%xmm12, %%xmm11, %%xmm10\n vmovaps %%xmm10, %%xmm0")
AVX(avx_gs, "vaddsd %%gs:4(%%ecx, %%ecx), %%xmm1, %%xmm0")
AVX(fma_132, "vfmadd132sd %%xmm2, %%xmm1, %%xmm0")
AVX(fma_213, "vfmadd213ss %%xmm2, %%xmm1, %%xmm0")
AVX(fma_231, "vfmadd231ss %%xmm2, %%xmm1, %%xmm0")
AVX(fnma_231, "vfnmadd231ss %%xmm2, %%xmm1, %%xmm0")
AVX(fms_231_mem, "vfmsub231sd 128(%[io]), %%xmm1, %%xmm0")
E16(evex_addss, "vaddss %%xmm30, %%xmm17, %%xmm16")
E16(evex_mulsd_mem, "vmulsd 128(%[io]), %%xmm17, %%xmm16")
E16(evex_cvttsd2si, "vcvttsd2si %%xmm30, %%rax")
E16(evex_cvttss2usi, "vcvttss2usi %%xmm30, %%eax")
E16(evex_ucomisd, "vucomisd %%xmm30, %%xmm17")
E16(evex_rndscale, "vrndscaless $1, %%xmm30, %%xmm17, %%xmm16")
E16(evex_fma, "vfmadd231sd %%xmm30, %%xmm17, %%xmm16")
E16(evex_gs, "vaddsd %%gs:24(%%rcx, %%rcx), %%xmm17, %%xmm16")

#define SNAN32 0x7fa00001u
#define QNAN32 0x7fe00001u /* SNAN32, quieted */
#define SNAN64 0x7ff4000000000001ull
#define QNAN64 0x7ffc000000000001ull
#define DEFAULT32 0x7fc00000u
#define DEFAULT64 0x7ff8000000000000ull
#define INF32 0x7f800000u
#define INF64 0x7ff0000000000000ull
#define ONE32 0x3f800000u
#define ONE64 0x3ff0000000000000ull
#define NEG32 0x80000000u
#define NEG64 (1ull << 63)

enum gives { TO_SSE, TO_AVX, TO_16, TO_FMA, TO_GPR, TO_FLAGS };
enum { UNORDERED = 0x45 /* ZF PF CF */ };

struct row {
    const char *name;
    void (*run)(struct io *io);
    const char *cpu;
    enum gives gives;
    bool wide;
    uint64_t dst, one, two, expect;
};

static const struct row rows[] = {
    {"addss", sse_addss, "", TO_SSE, false, ONE32, SNAN32, 0, QNAN32},
    {"subsd", sse_subsd, "", TO_SSE, true, INF64, INF64, 0, DEFAULT64},
    {"mulsd mem", sse_mulsd_mem, "", TO_SSE, true, INF64, 0, 0, DEFAULT64},
    {"divss mem, index", sse_divss_index, "", TO_SSE, false, 0, NEG32, 0, DEFAULT32},
    {"sqrtsd", sse_sqrtsd, "", TO_SSE, true, ONE64, ONE64 | NEG64, 0, DEFAULT64},
    {"cvttsd2si, NaN", sse_cvttsd2si, "", TO_GPR, true, 0, QNAN64, 0, 0},
    {"cvttsd2si, too big", sse_cvttsd2si, "", TO_GPR, true, 0, 0x41e0000000000000, 0, 0x7fffffff},
    {"cvttsd2si, too small", sse_cvttsd2si, "", TO_GPR, true, 0, NEG64 | INF64, 0, 0x80000000},
    {"cvttss2si, 64 bits", sse_cvttss2si64, "", TO_GPR, false, 0, 0x60000000, 0, 0x7fffffffffffffff},
    {"cvtss2sd", sse_cvtss2sd, "", TO_SSE, true, ONE64, SNAN32 | NEG32, 0, 0xfffc000020000000},
    {"ucomiss", sse_ucomiss, "", TO_FLAGS, false, SNAN32, ONE32, 0, UNORDERED},
    {"comisd mem", sse_comisd, "", TO_FLAGS, true, ONE64, QNAN64, 0, UNORDERED},
    {"roundss", sse_roundss, "", TO_SSE, false, ONE32, SNAN32, 0, QNAN32},
    {"cmpltss", sse_cmpss, "", TO_SSE, false, ONE32, QNAN32, 0, 0},
    {"minss", sse_minss, "", TO_SSE, false, SNAN32, ONE32, 0, QNAN32},
    {"addsd, xmm9 and xmm14", sse_high, "", TO_SSE, true, ONE64, SNAN64, 0, QNAN64},
    {"addss gs:", sse_gs, "", TO_SSE, false, ONE32, 0, 0, QNAN32},
    {"vaddss", avx_addss, "avx", TO_AVX, false, 0, QNAN32 | NEG32, SNAN32, QNAN32},
    {"vsubsd", avx_subsd, "avx", TO_AVX, true, 0, SNAN64 | 6, SNAN64, QNAN64 | 6},
    {"vdivsd mem", avx_divsd_mem, "avx", TO_AVX, true, 0, INF64, INF64 | NEG64, DEFAULT64},
    {"vsqrtss", avx_sqrtss, "avx", TO_AVX, false, 0, 0, INF32 | NEG32, DEFAULT32},
    {"vcvtsd2ss", avx_cvtsd2ss, "avx", TO_AVX, false, 0, 0, SNAN64, 0x7fe00000},
    {"vcvtsd2si, 64 bits", avx_cvtsd2si, "avx", TO_GPR, true, 0, 0, 0xc3f0000000000000, 1ull << 63},
    {"vcomiss", avx_vcomiss, "avx", TO_FLAGS, false, 0, QNAN32, ONE32, UNORDERED},
    {"vroundsd", avx_roundsd, "avx", TO_AVX, true, 0, 0, SNAN64, QNAN64},
    {"vmulss, xmm10 to xmm12", avx_high, "avx", TO_AVX, false, 0, INF32, NEG32, DEFAULT32},
    {"vaddsd gs:", avx_gs, "avx", TO_AVX, true, 0, ONE64, 0, QNAN64},
    {"vfmadd132sd", fma_132, "fma", TO_FMA, true, INF64, ONE64, 0, DEFAULT64},
    {"vfmadd213ss", fma_213, "fma", TO_FMA, false, SNAN32, QNAN32, ONE32, QNAN32},
    {"vfmadd231ss: the addend's NaN comes first", fma_231, "fma", TO_FMA, false, SNAN32 | 8, SNAN32, SNAN32, QNAN32 | 8},
    {"vfnmadd231ss: the first factor is negated", fnma_231, "fma", TO_FMA, false, ONE32, SNAN32, ONE32, QNAN32 | NEG32},
    {"vfmsub231sd mem", fms_231_mem, "fma", TO_FMA, true, INF64, INF64, ONE64, DEFAULT64},
    {"vaddss, xmm16 up", evex_addss, "avx512vl", TO_16, false, 0, SNAN32, ONE32, QNAN32},
    {"vmulsd mem, xmm16 up", evex_mulsd_mem, "avx512vl", TO_16, true, 0, 0, INF64, DEFAULT64},
    {"vcvttsd2si, xmm16 up", evex_cvttsd2si, "avx512vl", TO_GPR, true, 0, 0, 0xc3f0000000000000, 1ull << 63},
    {"vcvttss2usi", evex_cvttss2usi, "avx512vl", TO_GPR, false, 0, 0, 0xbf800000, 0},
    {"vucomisd, xmm16 up", evex_ucomisd, "avx512vl", TO_FLAGS, true, 0, SNAN64, ONE64, UNORDERED},
    {"vrndscaless", evex_rndscale, "avx512vl", TO_16, false, 0, 0, SNAN32, QNAN32},
    {"vfmadd231sd, xmm16 up", evex_fma, "avx512vl", TO_16, true, SNAN64, ONE64, INF64, QNAN64},
    {"vaddsd gs: disp8 * 8", evex_gs, "avx512vl", TO_16, true, 0, ONE64, 0, QNAN64},
};

static bool cpu_has(const char *what)
{
    __builtin_cpu_init();
    if (!strcmp(what, "avx"))
        return __builtin_cpu_supports("avx");
    if (!strcmp(what, "fma"))
        return __builtin_cpu_supports("fma");
    return !*what || __builtin_cpu_supports("avx512vl");
}

/* Distinct values in the lanes that the instruction does not compute. */
static void load(uint64_t v[8], uint64_t low, bool wide, unsigned n)
{
    for (unsigned i = 0; i < 8; i++)
        v[i] = 0x1111111100000000u * n + i;
    v[0] = wide || low >> 32 ? low : (v[0] & ~0xffffffffull) | low;
}

static void check_lanes(const struct row *r, const struct io *io)
{
    struct io fresh;
    unsigned above = r->gives == TO_16 ? 8 : 4;
    /* where the rest of the lowest 128 bits comes from */
    bool from_one = r->gives == TO_AVX || (r->gives == TO_16 && r->run != evex_fma);

    load(fresh.dst, r->dst, r->wide, 1);
    load(fresh.one, r->one, r->wide, 2);
    const uint64_t *rest = from_one ? fresh.one : fresh.dst;
    if (!r->wide)
        g_assert_cmphex(io->dst[0] >> 32, ==, rest[0] >> 32);
    g_assert_cmphex(io->dst[1], ==, rest[1]);
    for (unsigned i = 2; i < above && r->gives != TO_SSE; i++)
        g_assert_cmphex(io->dst[i], ==, 0);
}

static uint64_t memory_operand[16];

static void instruction_is_mended(const void *data)
{
    const struct row *r = data;
    struct io io = {0};

    if (!cpu_has(r->cpu)) {
        g_test_skip("this processor does not have it");
        return;
    }
    load(io.dst, r->dst, r->wide, 1);
    load(io.one, r->one, r->wide, 2);
    load(io.two, r->two, r->wide, 3);
    unsigned before = vcpu.soft_traps;
    r->run(&io);
    g_assert_cmpuint(vcpu.soft_traps, ==, before + 1);
    g_assert_cmphex(io.mxcsr & 0x3f, ==, IE);
    switch (r->gives) {
    case TO_GPR:
        g_assert_cmphex(io.rax, ==, r->expect);
        break;
    case TO_FLAGS:
        g_assert_cmphex(io.flags & 0x8d5, ==, r->expect);
        break;
    default:
        g_assert_cmphex(r->wide ? io.dst[0] : (uint32_t)io.dst[0], ==, r->expect);
        check_lanes(r, &io);
    }
}

static void what_is_valid_does_not_trap(void)
{
    struct io io = {{ONE32}, {ONE32}, {0}, 0, 0, 0};
    unsigned before = vcpu.soft_traps;

    sse_plain(&io);
    g_assert_cmphex((uint32_t)io.dst[0], ==, 0x40000000);
    g_assert_cmpuint(vcpu.soft_traps, ==, before);
}

static void default_nan_is_the_vcpus_choice(void)
{
    struct io io = {{ONE32}, {SNAN32}, {0}, 0, 0, 0};

    vcpu.fp.default_nan = true;
    sse_addss(&io);
    vcpu.fp.default_nan = false;
    g_assert_cmphex((uint32_t)io.dst[0], ==, DEFAULT32);
}

/*
 * A quiet NaN as an addend raises nothing: its compare traps, the FMA is done
 * and stepped over with it, and "invalid" is as it was before.
 */
static void nan_addend_is_preferred_and_raises_nothing(void)
{
    uint64_t r = QNAN64 | 5, factor = QNAN64 | 9, inf = INF64, zero = 0;
    unsigned before = vcpu.soft_traps;
    uint32_t after;

    if (!cpu_has("fma")) {
        g_test_skip("this processor does not have it");
        return;
    }
    vcpu.fp.flags = 0;
    __asm__ volatile("ldmxcsr %2\n vmovq %0, %%xmm1\n vmovq %3, %%xmm2\n .byte 0x3e\n vcomisd %%xmm1, %%xmm1\n vfmadd231sd %%xmm2, %%xmm2, %%xmm1\n"
                     "vmovq %%xmm1, %0\n stmxcsr %1\n ldmxcsr %4" : "+r"(r), "=m"(after) : "m"(on), "r"(factor), "m"(off) : "xmm1", "xmm2");
    g_assert_cmphex(r, ==, QNAN64 | 5);
    g_assert_cmphex(after & 0x3f, ==, 0);
    g_assert_cmphex(vcpu.fp.flags & FP_INVALID, ==, 0);
    g_assert_cmpuint(vcpu.soft_traps, ==, before + 1);
    if (!cpu_has("avx512vl"))
        return;
    __asm__ volatile("ldmxcsr %2\n vmovq %0, %%xmm1\n vmovq %3, %%xmm2\n vmovq %4, %%xmm3\n .byte 0x3e\n vcmpsd $0x13, %%xmm1, %%xmm1, %%k1\n"
                     "vfmadd231sd %%xmm2, %%xmm3, %%xmm1\n vmovq %%xmm1, %0\n stmxcsr %1\n ldmxcsr %5"
                     : "+r"(r), "=m"(after) : "m"(on), "r"(inf), "r"(zero), "m"(off) : "xmm1", "xmm2", "xmm3");
    g_assert_cmphex(r, ==, DEFAULT64); /* infinity times zero is invalid all the same */
    g_assert_cmphex(after & 0x3f, ==, IE);
    g_assert_cmphex(vcpu.fp.flags & FP_INVALID, ==, FP_INVALID);
}

/* A NaN meets no rounding; a saturated conversion does not either: so compare a mode that matters nowhere but in MXCSR. */
static void rounding_mode_of_the_frame_survives(void)
{
    uint32_t after;
    int32_t r;
    double big = 1e300;

    __asm__ volatile("ldmxcsr %2\n cvtsd2si %3, %0\n stmxcsr %1\n ldmxcsr %4" : "=r"(r), "=m"(after) : "m"(on_up), "x"(big), "m"(off));
    g_assert_cmpint(r, ==, INT32_MAX);
    g_assert_cmphex(after, ==, on_up | IE);
}

static void an_unknown_instruction_is_refused_unchanged(void)
{
    static const uint8_t unknown[][8] = {
        {0x90}, {0x0f, 0x50, 0xc1} /* movmskps */, {0xd8, 0xc1} /* fadd */, {0x62, 0xf1, 0x76, 0x18, 0x58, 0xc2} /* rounding control */,
        {0xc5, 0xf2, 0xff, 0xc2}, {0xf2, 0x0f, 0x38, 0xf0, 0xc1} /* crc32 */,
    };
    struct _libc_fpstate fp = {0};

    for (unsigned i = 0; i < ARRAY_SIZE(unknown); i++) {
        ucontext_t uc = {0};
        uc.uc_mcontext.fpregs = &fp;
        uc.uc_mcontext.gregs[REG_RIP] = (greg_t)(uintptr_t)unknown[i];
        g_assert_false(x86_mend_fp(&vcpu, &uc));
        g_assert_cmphex((uint64_t)uc.uc_mcontext.gregs[REG_RIP], ==, (uint64_t)(uintptr_t)unknown[i]);
    }
}

int main(int argc, char **argv)
{
    struct sigaction sa = {.sa_sigaction = on_fpe, .sa_flags = SA_SIGINFO};

    g_test_init(&argc, &argv, NULL);
    sigaction(SIGFPE, &sa, NULL);
    stle32((char *)memory_operand + 8, SNAN32); /* where the gs: forms look */
    stle64((char *)memory_operand + 12, SNAN64);
    stle64((char *)memory_operand + 32, SNAN64);
    syscall(SYS_arch_prctl, ARCH_SET_GS, memory_operand);
    vcpu.mem_base = (uintptr_t)memory_operand;

    for (unsigned i = 0; i < ARRAY_SIZE(rows); i++) {
        char *path = g_strdup_printf("/fptrap/%s", rows[i].name);
        g_test_add_data_func(path, &rows[i], instruction_is_mended);
        g_free(path);
    }
    g_test_add_func("/fptrap/valid", what_is_valid_does_not_trap);
    g_test_add_func("/fptrap/default-nan", default_nan_is_the_vcpus_choice);
    g_test_add_func("/fptrap/addend", nan_addend_is_preferred_and_raises_nothing);
    g_test_add_func("/fptrap/mxcsr", rounding_mode_of_the_frame_survives);
    g_test_add_func("/fptrap/unknown", an_unknown_instruction_is_refused_unchanged);
    return g_test_run();
}

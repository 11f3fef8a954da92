/*
 * models.c: CPU models, and what Linux tells a program of them: HWCAP words and
 * the ID registers, both made from the model's features. Source: ARM DDI 0487
 * D23.2; Linux's arch/arm64/include/uapi/asm/hwcap.h and
 * Documentation/arch/arm64/cpu-feature-registers.rst (which fields a program sees).
 */
#include "frontend/arm/a64/models.h"

#define V80   (A64_FP | A64_SIMD | A64_CRC32 | A64_AES | A64_PMULL | A64_SHA1 | A64_SHA256)
#define V82   (V80 | A64_LSE | A64_RDM | A64_FP16 | A64_DOTPROD | A64_LRCPC | A64_DPB | A64_SSBS)
#define V84   (V82 | A64_FCMA | A64_FHM | A64_JSCVT | A64_LRCPC2 | A64_DPB2 | A64_FLAGM | A64_DIT | A64_LSE2 | A64_PAUTH | \
               A64_SHA512 | A64_SHA3 | A64_SM3 | A64_SM4 | A64_BF16 | A64_I8MM)
#define V90   (V84 | A64_PAUTH_QARMA5 | A64_FLAGM2 | A64_FRINTTS | A64_SB | A64_BTI | A64_RNG | A64_MTE)
#define SVE_ALL (A64_SVE | A64_SVE2 | A64_SVE_AES | A64_SVE_SHA3 | A64_SVE_SM4 | A64_SVE_BITPERM | A64_SVE_F32MM | A64_SVE_F64MM)
#define SVE_N2  (A64_SVE | A64_SVE2 | A64_SVE_AES | A64_SVE_SHA3 | A64_SVE_SM4 | A64_SVE_BITPERM)
/*
 * SVE is done in C and slower than AdvSIMD: max has it when asked for (sve=on). max says it is a Neoverse N2:
 * libraries choose by the name, and for this one glibc copies memory in vectors, three times as fast here.
 */
const struct guest_cpu_model a64_models[] = {
    {"cortex-a53", "ARMv8.0-A with CRC32 and cryptography", V80, 0x410fd034},
    {"cortex-a57", "ARMv8.0-A with CRC32 and cryptography", V80, 0x411fd070},
    {"cortex-a72", "ARMv8.0-A with CRC32 and cryptography", V80, 0x410fd083},
    {"cortex-a76", "ARMv8.2-A with dot products, LRCPC and SSBS", V82, 0x414fd0b1},
    {"neoverse-n1", "ARMv8.2-A with dot products, LRCPC and SSBS", V82, 0x414fd0c1},
    {"neoverse-n2", "ARMv9.0-A with SVE2 of 128 bits", (V90 & ~A64_PAUTH_QARMA5) | A64_FPAC | SVE_N2 | A64_VL128, 0x410fd493},
    {"neoverse-v1", "ARMv8.4-A with BF16, I8MM, RNG and SVE of 256 bits", V84 | A64_RNG | A64_SVE | A64_VL256, 0x411fd402},
    {"max", "everything there is (default)", (V90 & ~A64_PAUTH_QARMA5) | A64_FPAC | A64_MOPS | A64_HBC | A64_CSSC | A64_ECV, 0x410fd493},
    {NULL, NULL, 0, 0},
};

/* SME can be switched off, as on other emulators; it is not there anyway. */
const struct guest_cpu_switch a64_switches[] = {
    {"sve", SVE_ALL, 0}, {"sve2", SVE_ALL & ~A64_SVE, 0}, {"sme", 0, 0}, {"pauth", A64_PAUTH, 0}, {"pauth-impdef", 0, A64_PAUTH_QARMA5}, {"pauth-qarma5", A64_PAUTH_QARMA5, 0},
    {"fpac", A64_FPAC, 0}, {"mte", A64_MTE, 0}, {"bti", A64_BTI, 0}, {"lse", A64_LSE, 0}, {"lse2", A64_LSE2, 0}, {"crc32", A64_CRC32, 0},
    {"aes", A64_AES | A64_PMULL, 0}, {"sha1", A64_SHA1, 0}, {"sha2", A64_SHA256, 0}, {"sha512", A64_SHA512, 0}, {"sha3", A64_SHA3, 0},
    {"sm3", A64_SM3, 0}, {"sm4", A64_SM4, 0}, {"rdm", A64_RDM, 0}, {"fp16", A64_FP16 | A64_FHM, 0}, {"dotprod", A64_DOTPROD, 0},
    {"fcma", A64_FCMA, 0}, {"jscvt", A64_JSCVT, 0}, {"lrcpc", A64_LRCPC | A64_LRCPC2, 0}, {"flagm", A64_FLAGM | A64_FLAGM2, 0},
    {"frintts", A64_FRINTTS, 0}, {"bf16", A64_BF16, 0}, {"i8mm", A64_I8MM, 0}, {"rng", A64_RNG, 0}, {"mops", A64_MOPS, 0},
    {"cssc", A64_CSSC, 0}, {"dit", A64_DIT, 0}, {"ssbs", A64_SSBS, 0}, {"sb", A64_SB, 0},
    {NULL, 0, 0},
};

/* ---- HWCAP ---- */

static const struct { uint64_t features; uint8_t word, bit; } hwcaps[] = {
    {A64_FP, 1, 0}, {A64_SIMD, 1, 1}, {A64_AES, 1, 3}, {A64_PMULL, 1, 4}, {A64_SHA1, 1, 5}, {A64_SHA256, 1, 6}, {A64_CRC32, 1, 7},
    {A64_LSE, 1, 8}, {A64_FP16, 1, 9}, {A64_FP16 | A64_SIMD, 1, 10}, {0, 1, 11} /* CPUID: the registers below can be read */,
    {A64_RDM, 1, 12}, {A64_JSCVT, 1, 13}, {A64_FCMA, 1, 14}, {A64_LRCPC, 1, 15}, {A64_DPB, 1, 16}, {A64_SHA3, 1, 17}, {A64_SM3, 1, 18},
    {A64_SM4, 1, 19}, {A64_DOTPROD, 1, 20}, {A64_SHA512, 1, 21}, {A64_SVE, 1, 22}, {A64_FHM, 1, 23}, {A64_DIT, 1, 24}, {A64_LSE2, 1, 25},
    {A64_LRCPC2, 1, 26}, {A64_FLAGM, 1, 27}, {A64_SSBS, 1, 28}, {A64_SB, 1, 29}, {A64_PAUTH, 1, 30}, {A64_PAUTH, 1, 31},
    {A64_DPB2, 2, 0}, {A64_SVE2, 2, 1}, {A64_SVE2 | A64_SVE_AES, 2, 2},
    {A64_SVE2 | A64_SVE_AES, 2, 3}, {A64_SVE2 | A64_SVE_BITPERM, 2, 4}, {A64_SVE2 | A64_SVE_SHA3, 2, 5}, {A64_SVE2 | A64_SVE_SM4, 2, 6},
    {A64_SVE | A64_I8MM, 2, 9}, {A64_SVE | A64_SVE_F32MM, 2, 10}, {A64_SVE | A64_SVE_F64MM, 2, 11}, {A64_SVE | A64_BF16, 2, 12}, {A64_FLAGM2, 2, 7}, {A64_FRINTTS, 2, 8}, {A64_I8MM, 2, 13}, {A64_BF16, 2, 14}, {A64_RNG, 2, 16},
    {A64_BTI, 2, 17}, {A64_MTE, 2, 18}, {A64_ECV, 2, 19}, {A64_MTE, 2, 22} /* MTE3 */, {A64_CSSC, 2, 34}, {A64_MOPS, 2, 43}, {A64_HBC, 2, 44},
};

uint64_t a64_hwcap(const struct guest_cpu_model *m, int which)
{
    uint64_t word = 0;

    for (unsigned i = 0; i < ARRAY_SIZE(hwcaps); i++)
        if (hwcaps[i].word == which && (m->features & hwcaps[i].features) == hwcaps[i].features)
            word |= 1ull << hwcaps[i].bit;
    return word;
}

/* ---- ID registers: op0 op1 CRn are 3 0 0, the rest makes the number ---- */

enum id_register {
    ID_MIDR = 0x00, ID_MPIDR = 0x05, ID_REVIDR = 0x06, ID_PFR0 = 0x40, ID_PFR1 = 0x41, ID_ZFR0 = 0x44, ID_DFR0 = 0x50, ID_ISAR0 = 0x60,
    ID_ISAR1 = 0x61, ID_ISAR2 = 0x62, ID_MMFR0 = 0x70, ID_MMFR2 = 0x72,
};

/* A field's value when the CPU has the features; of several rows the last that holds counts. */
static const struct { uint64_t features; uint8_t reg, shift, value; } fields[] = {
    {0, ID_PFR0, 0, 1}, {0, ID_PFR0, 4, 1},
    {A64_FP16, ID_PFR0, 16, 1}, {A64_FP16, ID_PFR0, 20, 1}, {A64_SVE, ID_PFR0, 32, 1}, {A64_DIT, ID_PFR0, 48, 1},
    {A64_BTI, ID_PFR1, 0, 1}, {A64_SSBS, ID_PFR1, 4, 2}, {A64_MTE, ID_PFR1, 8, 3},
    {A64_SVE | A64_SVE2, ID_ZFR0, 0, 1}, {A64_SVE | A64_SVE_AES, ID_ZFR0, 4, 2}, {A64_SVE | A64_SVE_BITPERM, ID_ZFR0, 16, 1},
    {A64_SVE | A64_BF16, ID_ZFR0, 20, 1}, {A64_SVE | A64_SVE_SHA3, ID_ZFR0, 32, 1}, {A64_SVE | A64_SVE_SM4, ID_ZFR0, 40, 1},
    {A64_SVE | A64_I8MM, ID_ZFR0, 44, 1}, {A64_SVE | A64_SVE_F32MM, ID_ZFR0, 52, 1}, {A64_SVE | A64_SVE_F64MM, ID_ZFR0, 56, 1},
    {0, ID_DFR0, 0, 6},
    {A64_AES, ID_ISAR0, 4, 1}, {A64_PMULL, ID_ISAR0, 4, 2}, {A64_SHA1, ID_ISAR0, 8, 1}, {A64_SHA256, ID_ISAR0, 12, 1},
    {A64_SHA512, ID_ISAR0, 12, 2}, {A64_CRC32, ID_ISAR0, 16, 1}, {A64_LSE, ID_ISAR0, 20, 2}, {A64_RDM, ID_ISAR0, 28, 1},
    {A64_SHA3, ID_ISAR0, 32, 1}, {A64_SM3, ID_ISAR0, 36, 1}, {A64_SM4, ID_ISAR0, 40, 1}, {A64_DOTPROD, ID_ISAR0, 44, 1},
    {A64_FHM, ID_ISAR0, 48, 1}, {A64_FLAGM, ID_ISAR0, 52, 1}, {A64_FLAGM2, ID_ISAR0, 52, 2}, {A64_RNG, ID_ISAR0, 60, 1},
    {A64_DPB, ID_ISAR1, 0, 1}, {A64_DPB2, ID_ISAR1, 0, 2},
    {A64_JSCVT, ID_ISAR1, 12, 1}, {A64_FCMA, ID_ISAR1, 16, 1}, {A64_LRCPC, ID_ISAR1, 20, 1}, {A64_LRCPC2, ID_ISAR1, 20, 2},
    {A64_FRINTTS, ID_ISAR1, 32, 1}, {A64_SB, ID_ISAR1, 36, 1}, {A64_BF16, ID_ISAR1, 44, 1}, {A64_I8MM, ID_ISAR1, 52, 1},
    {A64_MOPS, ID_ISAR2, 16, 1}, {A64_HBC, ID_ISAR2, 20, 1}, {A64_CSSC, ID_ISAR2, 52, 1},
    {0, ID_MMFR0, 28, 15}, {0, ID_MMFR0, 24, 15}, {A64_ECV, ID_MMFR0, 60, 1},
    {A64_LSE2, ID_MMFR2, 32, 1},
};

/* Pointer authentication: QARMA5 in APA and GPA, ours in API and GPI; 3: the signature is merged by exclusive or, 5: a failure traps. */
static uint64_t pauth_fields(uint64_t features)
{
    unsigned how = features & A64_FPAC ? 5 : 1, shift = features & A64_PAUTH_QARMA5 ? 4 : 8;

    return features & A64_PAUTH ? (uint64_t)how << shift | 1ull << (shift == 4 ? 24 : 28) : 0;
}

static uint64_t id_register(const struct guest_cpu_model *m, unsigned reg)
{
    uint64_t v = reg == ID_MIDR ? m->id : reg == ID_MPIDR ? 1ull << 31 : reg == ID_ISAR1 ? pauth_fields(m->features) : 0;

    for (unsigned i = 0; i < ARRAY_SIZE(fields); i++)
        if (fields[i].reg == reg && (m->features & fields[i].features) == fields[i].features)
            v = (v & ~(15ull << fields[i].shift)) | (uint64_t)fields[i].value << fields[i].shift;
    return v;
}

/* Caches look as on the first 64-bit cores: lines of 64 bytes, maintenance by the program. */
enum { CTR = 0x8444c004, DCZID = 4 };

bool a64_read_id_register(const struct guest_cpu_model *m, unsigned op0, unsigned op1, unsigned crn, unsigned crm, unsigned op2, uint64_t *value)
{
    unsigned reg = crm << 4 | op2;

    if (op0 == 3 && op1 == 3 && crn == 0 && (reg == 1 || reg == 7)) {
        *value = reg == 1 ? CTR : DCZID;
        return true;
    }
    if (op0 != 3 || op1 || crn || crm > 7 || crm == 1)
        return false;
    if (crm == 0 && reg != ID_MIDR && reg != ID_MPIDR && reg != ID_REVIDR)
        return false;
    if (crm == 2 || crm == 3)
        *value = 0; /* AArch32's, which there is not */
    else
        *value = id_register(m, reg);
    return true;
}

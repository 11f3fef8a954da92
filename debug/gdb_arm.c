/*
 * gdb_arm.c: AArch32 registers as gdb numbers them. gdb fixes the features'
 * names and what they must hold (GDB manual, "ARM Features"); the registers
 * themselves are the frontend's: rows of state.def with a gdb name, and cpsr
 * and fpscr, which are put together on demand.
 */
#include "debug/gdb.h"
#include "frontend/arm/arm_public.h"

#include <elf.h>
#include <stdio.h>
#include <stdlib.h>

enum { R0, CPSR = 16, D0, FPSCR = D0 + 32, TPIDRURO, COUNT, Q0 = COUNT, END = Q0 + 16 };

/* AT_HWCAP bits of the kernel's asm/hwcap.h */
enum { HAS_VFP = 1 << 6, HAS_NEON = 1 << 12, HAS_D32 = 1 << 19 };

static struct arm_state *state_of(const struct vcpu *c)
{
    return vcpu_state((struct vcpu *)c);
}

static void describe_core(FILE *f)
{
    static const char *const names[] = {"sp", "lr", "pc"};

    fprintf(f, "<feature name=\"org.gnu.gdb.arm.core\">\n");
    for (unsigned n = 0; n < 13; n++)
        fprintf(f, "<reg name=\"r%u\" bitsize=\"32\" regnum=\"%u\"/>\n", n, R0 + n);
    for (unsigned n = 13; n < 16; n++)
        fprintf(f, "<reg name=\"%s\" bitsize=\"32\" regnum=\"%u\" type=\"%s\"/>\n", names[n - 13], R0 + n,
                n == 15 ? "code_ptr" : n == 13 ? "data_ptr" : "int");
    fprintf(f, "<reg name=\"cpsr\" bitsize=\"32\" regnum=\"%u\"/>\n</feature>\n", CPSR);
}

/*
 * Some gdbs make q0..q15 of the doubles when this feature is empty, gdb 13
 * does not; so they are given, but left out of g and G packets (COUNT), where
 * they would say everything twice.
 */
static void describe_neon(FILE *f)
{
    static const struct { const char *id, *type; unsigned lanes; } views[] = {
        {"u8", "uint8", 16}, {"u16", "uint16", 8}, {"u32", "uint32", 4}, {"u64", "uint64", 2},
        {"f32", "ieee_single", 4}, {"f64", "ieee_double", 2},
    };

    fprintf(f, "<feature name=\"org.gnu.gdb.arm.neon\">\n");
    for (unsigned i = 0; i < ARRAY_SIZE(views); i++)
        fprintf(f, "<vector id=\"neon_%s\" type=\"%s\" count=\"%u\"/>\n", views[i].id, views[i].type, views[i].lanes);
    fprintf(f, "<union id=\"neon_q\">\n");
    for (unsigned i = 0; i < ARRAY_SIZE(views); i++)
        fprintf(f, "<field name=\"%s\" type=\"neon_%s\"/>\n", views[i].id, views[i].id);
    fprintf(f, "</union>\n");
    for (unsigned n = 0; n < 16; n++)
        fprintf(f, "<reg name=\"q%u\" bitsize=\"128\" regnum=\"%u\" type=\"neon_q\"/>\n", n, Q0 + n);
    fprintf(f, "</feature>\n");
}

static void describe_vfp(FILE *f, unsigned doubles, bool neon)
{
    fprintf(f, "<feature name=\"org.gnu.gdb.arm.vfp\">\n");
    for (unsigned n = 0; n < doubles; n++)
        fprintf(f, "<reg name=\"d%u\" bitsize=\"64\" regnum=\"%u\" type=\"ieee_double\"/>\n", n, D0 + n);
    fprintf(f, "<reg name=\"fpscr\" bitsize=\"32\" regnum=\"%u\" type=\"int\" group=\"float\"/>\n</feature>\n", FPSCR);
    if (neon)
        describe_neon(f);
}

static char *describe(const struct vcpu *c)
{
    uint32_t hwcap, hwcap2;
    char *text = NULL;
    size_t size;
    FILE *f = open_memstream(&text, &size);

    arm_hwcap(c->model, &hwcap, &hwcap2);
    fprintf(f, "<?xml version=\"1.0\"?>\n<!DOCTYPE target SYSTEM \"gdb-target.dtd\">\n"
               "<target>\n<architecture>arm</architecture>\n<osabi>GNU/Linux</osabi>\n");
    describe_core(f);
    if (hwcap & HAS_VFP)
        describe_vfp(f, hwcap & HAS_D32 ? 32 : 16, hwcap & HAS_NEON);
    fprintf(f, "<feature name=\"org.gnu.gdb.arm.tls\">\n<reg name=\"tpidruro\" bitsize=\"32\" regnum=\"%u\" "
               "type=\"data_ptr\"/>\n</feature>\n</target>\n", TPIDRURO);
    fclose(f);
    return text;
}

static unsigned size(unsigned n)
{
    return n >= END ? 0 : n >= Q0 ? 16 : n >= D0 && n < FPSCR ? 8 : 4;
}

static void read_register(const struct vcpu *c, unsigned n, uint8_t *to)
{
    const struct arm_state *s = state_of(c);

    if (n < CPSR)
        stle32(to, (uint32_t)s->r[n]);
    else if (n == CPSR)
        stle32(to, arm_get_cpsr(s));
    else if (n < FPSCR)
        stle64(to, s->d[n - D0]);
    else if (n >= Q0)
        memcpy(to, &s->d[2 * (n - Q0)], 16);
    else
        stle32(to, n == FPSCR ? arm_get_fpscr(s) : (uint32_t)s->tpidruro);
}

static void write_register(struct vcpu *c, unsigned n, const uint8_t *from)
{
    struct arm_state *s = state_of(c);

    if (n < CPSR)
        s->r[n] = ldle32(from);
    else if (n == CPSR)
        arm_set_cpsr(s, ldle32(from));
    else if (n < FPSCR)
        s->d[n - D0] = ldle64(from);
    else if (n >= Q0)
        memcpy(&s->d[2 * (n - Q0)], from, 16);
    else if (n == FPSCR)
        arm_set_fpscr(s, ldle32(from));
    else
        s->tpidruro = ldle32(from);
}

const struct gdb_registers gdb_arm = {
    .count = COUNT, .describe = describe, .size = size, .read = read_register, .write = write_register,
};

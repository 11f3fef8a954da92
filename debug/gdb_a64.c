/*
 * gdb_a64.c: AArch64 registers as gdb numbers them. gdb fixes the features'
 * names and what they must hold (GDB manual, "AArch64 Features"); the registers
 * themselves are the frontend's, cpsr, fpsr and fpcr are put together on demand.
 */
#include "debug/gdb.h"
#include "frontend/arm/a64/a64_public.h"

#include <stdio.h>

enum { X0, SP = 31, PC, CPSR, V0, FPSR = V0 + 32, FPCR, TPIDR, COUNT };

static struct a64_state *state_of(const struct vcpu *c)
{
    return vcpu_state((struct vcpu *)c);
}

static void describe_core(FILE *f)
{
    fprintf(f, "<feature name=\"org.gnu.gdb.aarch64.core\">\n");
    for (unsigned n = 0; n < 31; n++)
        fprintf(f, "<reg name=\"x%u\" bitsize=\"64\" regnum=\"%u\"/>\n", n, X0 + n);
    fprintf(f, "<reg name=\"sp\" bitsize=\"64\" regnum=\"%u\" type=\"data_ptr\"/>\n", SP);
    fprintf(f, "<reg name=\"pc\" bitsize=\"64\" regnum=\"%u\" type=\"code_ptr\"/>\n", PC);
    fprintf(f, "<reg name=\"cpsr\" bitsize=\"32\" regnum=\"%u\" type=\"int\"/>\n</feature>\n", CPSR);
}

/* Each lane size is a vector or, with several readings, a union of vectors; gdb makes b, h, s, d and q of them itself. */
static void describe_fpu(FILE *f)
{
    static const struct { char size; struct { const char *id, *type; } view[3]; unsigned lanes; } lanes[] = {
        {'d', {{"f", "ieee_double"}, {"u", "uint64"}, {"s", "int64"}}, 2},
        {'s', {{"f", "ieee_single"}, {"u", "uint32"}, {"s", "int32"}}, 4},
        {'h', {{"f", "ieee_half"}, {"u", "uint16"}, {"s", "int16"}}, 8},
        {'b', {{"u", "uint8"}, {"s", "int8"}}, 16},
        {'q', {{"u", "uint128"}, {"s", "int128"}}, 1},
    };

    fprintf(f, "<feature name=\"org.gnu.gdb.aarch64.fpu\">\n");
    for (unsigned i = 0; i < ARRAY_SIZE(lanes); i++)
        for (unsigned k = 0; k < 3 && lanes[i].view[k].id; k++)
            fprintf(f, "<vector id=\"v%c%s\" type=\"%s\" count=\"%u\"/>\n", lanes[i].size, lanes[i].view[k].id, lanes[i].view[k].type, lanes[i].lanes);
    for (unsigned i = 0; i < ARRAY_SIZE(lanes); i++) {
        fprintf(f, "<union id=\"vn%c\">\n", lanes[i].size);
        for (unsigned k = 0; k < 3 && lanes[i].view[k].id; k++)
            fprintf(f, "<field name=\"%s\" type=\"v%c%s\"/>\n", lanes[i].view[k].id, lanes[i].size, lanes[i].view[k].id);
        fprintf(f, "</union>\n");
    }
    fprintf(f, "<union id=\"aarch64v\">\n");
    for (unsigned i = 0; i < ARRAY_SIZE(lanes); i++)
        fprintf(f, "<field name=\"%c\" type=\"vn%c\"/>\n", lanes[i].size, lanes[i].size);
    fprintf(f, "</union>\n");
    for (unsigned n = 0; n < 32; n++)
        fprintf(f, "<reg name=\"v%u\" bitsize=\"128\" regnum=\"%u\" type=\"aarch64v\"/>\n", n, V0 + n);
    fprintf(f, "<reg name=\"fpsr\" bitsize=\"32\" regnum=\"%u\" type=\"int\" group=\"float\"/>\n", FPSR);
    fprintf(f, "<reg name=\"fpcr\" bitsize=\"32\" regnum=\"%u\" type=\"int\" group=\"float\"/>\n</feature>\n", FPCR);
}

static char *describe(const struct vcpu *c)
{
    char *text = NULL;
    size_t size;
    FILE *f = open_memstream(&text, &size);

    fprintf(f, "<?xml version=\"1.0\"?>\n<!DOCTYPE target SYSTEM \"gdb-target.dtd\">\n"
               "<target>\n<architecture>aarch64</architecture>\n<osabi>GNU/Linux</osabi>\n");
    describe_core(f);
    describe_fpu(f);
    fprintf(f, "<feature name=\"org.gnu.gdb.aarch64.tls\">\n<reg name=\"tpidr\" bitsize=\"64\" regnum=\"%u\" "
               "type=\"data_ptr\"/>\n</feature>\n</target>\n", TPIDR);
    fclose(f);
    return text;
}

static unsigned size(unsigned n)
{
    return n >= COUNT ? 0 : n >= V0 && n < FPSR ? 16 : n == CPSR || n == FPSR || n == FPCR ? 4 : 8;
}

/* The slot of a register that is kept as it is, or NULL. */
static void *slot(struct a64_state *s, unsigned n)
{
    if (n >= V0 && n < FPSR)
        return s->v[n - V0];
    switch (n) {
    case SP:    return &s->sp;
    case PC:    return &s->pc;
    case TPIDR: return &s->tpidr;
    default:    return n < SP ? &s->x[n] : NULL;
    }
}

static void read_register(const struct vcpu *c, unsigned n, uint8_t *to)
{
    struct a64_state *s = state_of(c);
    const void *at = slot(s, n);

    if (at)
        memcpy(to, at, size(n));
    else
        stle32(to, n == CPSR ? (uint32_t)a64_get_pstate(s) : n == FPSR ? a64_get_fpsr(s) : a64_get_fpcr(s));
}

static void write_register(struct vcpu *c, unsigned n, const uint8_t *from)
{
    struct a64_state *s = state_of(c);
    void *at = slot(s, n);

    if (at)
        memcpy(at, from, size(n));
    else if (n == CPSR)
        a64_set_pstate(s, ldle32(from));
    else if (n == FPSR)
        a64_set_fpsr(s, ldle32(from));
    else
        a64_set_fpcr(s, ldle32(from));
}

const struct gdb_registers gdb_a64 = {
    .count = COUNT, .describe = describe, .size = size, .read = read_register, .write = write_register,
};

/*
 * disas_main.c: the program moa-disas: reads requests on stdin, answers on
 * stdout, ends when its input ends. The only file that knows capstone. moa
 * carries it inside as bytes (disas_image.S) and talks to it through disas.c.
 */
#include "debug/disas.h"

#include <capstone/capstone.h>
#include <inttypes.h>
#include <stdbool.h>
#include <stdio.h>
#include <stdlib.h>
#include <unistd.h>

static const struct {
    cs_arch arch;
    cs_mode mode;
    unsigned step; /* bytes to pass over when an instruction is not known */
} isas[DISAS_ISAS] = {
    [DISAS_ARM] = {CS_ARCH_ARM, CS_MODE_ARM | CS_MODE_V8, 4},
    [DISAS_THUMB] = {CS_ARCH_ARM, CS_MODE_THUMB | CS_MODE_V8, 2},
    [DISAS_AARCH64] = {CS_ARCH_ARM64, CS_MODE_LITTLE_ENDIAN, 4},
    [DISAS_X86_64] = {CS_ARCH_X86, CS_MODE_64, 1},
};
static csh handles[DISAS_ISAS];

static bool transfer(int fd, void *data, size_t size, bool out)
{
    for (size_t done = 0; done < size;) {
        ssize_t n = out ? write(fd, (char *)data + done, size - done) : read(fd, (char *)data + done, size - done);

        if (n <= 0)
            return false;
        done += (size_t)n;
    }
    return true;
}

/* ARM code reads as words, halfwords for Thumb; x86 as bytes. */
static void print_bytes(FILE *f, unsigned isa, const uint8_t *p, unsigned n)
{
    unsigned unit = isas[isa].step, printed = 0;

    for (unsigned i = 0; i < n; i += unit)
        for (unsigned j = unit; j-- > 0;)
            if (i + j < n)
                printed += (unsigned)fprintf(f, "%02x%s", p[i + j], j == 0 && unit < 4 ? " " : "");
    fprintf(f, "%*s", printed < 24 ? (int)(unit == 1 ? 24 - printed : 10 - (printed < 10 ? printed : 10)) : 0, "");
}

static void disassemble(FILE *f, const struct disas_request *r, const uint8_t *code)
{
    size_t left = r->size;
    uint64_t pc = r->pc;
    cs_insn *insn;

    if (!handles[r->isa] && cs_open(isas[r->isa].arch, isas[r->isa].mode, &handles[r->isa]) != CS_ERR_OK) {
        fprintf(f, "(capstone does not know this instruction set)\n");
        return;
    }
    insn = cs_malloc(handles[r->isa]);
    while (left) {
        const uint8_t *start = code;
        uint64_t at = pc;

        if (cs_disasm_iter(handles[r->isa], &code, &left, &pc, insn)) {
            fprintf(f, "0x%08" PRIx64 ":  ", at);
            print_bytes(f, r->isa, start, insn->size);
            fprintf(f, " %s%s%s\n", insn->mnemonic, *insn->op_str ? " " : "", insn->op_str);
        } else {
            unsigned step = left < isas[r->isa].step ? (unsigned)left : isas[r->isa].step;

            fprintf(f, "0x%08" PRIx64 ":  ", at);
            print_bytes(f, r->isa, start, step);
            fprintf(f, " (unknown)\n");
            code = start + step;
            pc = at + step;
            left -= step;
        }
    }
    cs_free(insn, 1);
}

int main(void)
{
    static uint8_t code[DISAS_MAX];
    struct disas_request r;

    while (transfer(STDIN_FILENO, &r, sizeof r, false)) {
        char *text = NULL;
        size_t length = 0;
        uint32_t answer;
        FILE *f;

        if (r.size > sizeof code || r.isa >= DISAS_ISAS || !transfer(STDIN_FILENO, code, r.size, false))
            return 1;
        f = open_memstream(&text, &length);
        disassemble(f, &r, code);
        fclose(f);
        answer = (uint32_t)length;
        if (!transfer(STDOUT_FILENO, &answer, sizeof answer, true) || !transfer(STDOUT_FILENO, text, length, true))
            return 1;
        free(text);
    }
    return 0;
}

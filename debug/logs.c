/*
 * logs.c: what -d in_asm, op, out_asm, exec and cpu print. in_asm and out_asm
 * walk the region's own list of instructions, so a region that follows jumps
 * shows the pieces it is made of.
 */
#include "debug/debug.h"
#include "debug/internal.h"
#include "util/log.h"
#include "util/util.h"

#include <inttypes.h>
#include <stdlib.h>

static const char *isa_of(uint32_t mode)
{
    if (!strcmp(debug_arch->name, "arm"))
        return mode & 1 ? "thumb" : "arm"; /* region_key.mode bit 0 is T */
    return debug_arch->name;
}

/* Bytes of the instruction at pc: up to where the next one starts. */
static unsigned insn_bytes(const char *isa, struct code_source *s, uint64_t pc, uint8_t *buf)
{
    if (!strcmp(isa, "thumb")) {
        if (!s->read(s, pc, buf, 2))
            return 0;
        return buf[1] >> 3 >= 0x1d && s->read(s, pc + 2, buf + 2, 2) ? 4 : 2;
    }
    return s->read(s, pc, buf, 4) ? 4 : 0;
}

/* One straight run of instructions, gathered so that the disassembler is asked once (Thumb's IT needs it too). */
struct run {
    uint8_t code[4 * IR_MAX_OPS];
    unsigned size;
    uint64_t pc;
    const char *isa;
};

static void print_run(FILE *f, const struct run *run)
{
    if (run->size)
        debug_disas(f, run->isa, run->code, run->size, run->pc);
}

static void print_in_asm(FILE *f, const struct ir_region *r, struct code_source *s)
{
    struct run *run = calloc(1, sizeof *run);
    char where[512];

    fprintf(f, "----------------\nIN: %s\n", debug_where(r->key.pc, where, sizeof where));
    for (uint32_t i = 0; run && i < r->count; i++) {
        const struct ir_op *op = &r->ops[i];
        const char *isa = isa_of(op->mode);

        if (op->op != IR_insn)
            continue;
        if (op->imm != run->pc + run->size || isa != run->isa) {
            print_run(f, run);
            *run = (struct run){.pc = op->imm, .isa = isa};
        }
        run->size += insn_bytes(isa, s, op->imm, run->code + run->size);
    }
    if (run)
        print_run(f, run);
    fprintf(f, "\n");
    free(run);
}

/* The builder simplifies while it builds, so op and op_opt are one list; `op` alone shows it as well. */
static void print_op(FILE *f, const struct ir_region *r)
{
    fprintf(f, "OP:\n");
    ir_print(f, r);
    fprintf(f, "\n");
}

static void print_out_asm(FILE *f, const struct ir_region *r, const struct host_code *code)
{
    fprintf(f, "OUT: [size=%u] for 0x%" PRIx64 "\n", code->size, r->key.pc);
    for (uint32_t i = 0; i <= code->ninsns; i++) {
        uint32_t from = i ? code->insns[i - 1].host : 0;
        uint32_t to = i < code->ninsns ? code->insns[i].host : code->insn_bytes;

        if (i)
            fprintf(f, "  -- guest 0x%" PRIx64 "\n", code->insns[i - 1].pc);
        if (to > from)
            debug_disas(f, "x86_64", code->code + from, to - from, (uint64_t)code->code + from);
    }
    fprintf(f, "\n");
}

bool debug_wants_translated(void)
{
    return log_on(LOG_in_asm) || log_on(LOG_op) || log_on(LOG_op_opt) || log_on(LOG_out_asm) || debug_perf_on();
}

void debug_translated(const struct ir_region *r, const struct host_code *code, struct code_source *s)
{
    FILE *f;

    if (debug_perf_on() && code)
        debug_perf_region(r, code);
    if (!log_wanted(r->key.pc))
        return;
    f = log_begin(LOG_in_asm);
    if (log_on(LOG_in_asm))
        print_in_asm(f, r, s);
    if (log_on(LOG_op) || log_on(LOG_op_opt))
        print_op(f, r);
    if (log_on(LOG_out_asm) && code)
        print_out_asm(f, r, code);
    log_end(f);
}

bool debug_wants_entered(void)
{
    return log_on(LOG_exec) || log_on(LOG_cpu);
}

void debug_entered(struct vcpu *c, struct region_key key)
{
    char where[512];
    FILE *f;

    if (!log_wanted(key.pc))
        return;
    f = log_begin(LOG_exec);
    if (log_on(LOG_exec))
        fprintf(f, "Trace: 0x%08" PRIx64 " [%08x] %s\n", key.pc, key.mode, debug_where(key.pc, where, sizeof where));
    if (log_on(LOG_cpu))
        c->arch->dump(c, f);
    log_end(f);
}

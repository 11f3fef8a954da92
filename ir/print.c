/*
 * print.c: regions as text, as -d op shows them and tests write them:
 *
 *     region pc=0x8000 mode=0x0 fp=host
 *     insn pc=0x8000
 *       v2 = get.i32 at=0x8
 *       v4 = add.i32 v2, #0x10
 *       v5 = load.i32.u8.align v4
 *       br_if v5, label=0
 *
 * Constants stand where they are used; their own ops are not shown. #i64:0x10
 * names the type where the table does not.
 */
#include "ir/text.h"
#include "util/util.h"

#include <inttypes.h>

const char *const ir_type_words[] = {"none", "i8", "i16", "i32", "i64", "f32", "f64", "v128", "flags"};
const char *const ir_cond_words[] = {"eq", "ne", "hs", "lo", "mi", "pl", "vs", "vc", "hi", "ls", "ge", "lt", "gt", "le", "al"};
const char *const ir_round_words[] = {"rn", "rp", "rm", "rz", "ra", "rcur"};
const char *const ir_exception_words[] = {"none", "syscall", "illegal", "breakpoint", "fetch_fault", "data_fault", "alignment",
                                          "arithmetic", "trap", "interrupt", "debug", "kernel_page"};
const char *const ir_fp_words[] = {"host", "exact", "soft"};
const struct ir_memop_word ir_memop_words[] = {{"be", MO_BE}, {"align", MO_ALIGN}, {"acq", MO_ACQ}, {"rel", MO_REL}};

enum ir_aux ir_aux_of(enum ir_opcode op)
{
    switch (op) {
    case IR_cond:
        return AUX_COND;
    case IR_fround: case IR_ftoi32: case IR_ftou32: case IR_ftoi64: case IR_ftou64:
        return AUX_ROUND;
    case IR_load: case IR_store: case IR_cas: case IR_xchg: case IR_xadd: case IR_xand: case IR_xor_: case IR_xeor:
        return AUX_MEMOP;
    case IR_raise:
        return AUX_EXCEPTION;
    case IR_vfadd ... IR_vfnarrow:
        return AUX_FLOAT_LANES;
    default:
        return AUX_NUMBER;
    }
}

bool ir_has_type_suffix(enum ir_opcode op)
{
    return ir_info[op].result == RES_T || strchr(ir_info[op].operands, 't');
}

const char *ir_imm_key(enum ir_opcode op)
{
    switch (op) {
    case IR_get: case IR_put:
        return "at";
    case IR_label: case IR_br: case IR_br_if:
        return "label";
    case IR_call:
        return "helper";
    case IR_insn: case IR_exit: case IR_exit_if: case IR_exit_call: case IR_raise: case IR_sync:
        return "pc";
    default:
        return "imm";
    }
}

const char *ir_imm2_key(enum ir_opcode op)
{
    return op == IR_raise ? "data" : op == IR_exit_call || op == IR_exit_icall ? "ret" : "imm2";
}

static void print_memop(FILE *f, unsigned memop)
{
    fprintf(f, ".%c%u", memop & MO_SIGN ? 's' : 'u', 8u << (memop & MO_SIZE));
    for (unsigned i = 0; i < ARRAY_SIZE(ir_memop_words); i++)
        if (memop & ir_memop_words[i].bit)
            fprintf(f, ".%s", ir_memop_words[i].word);
}

static void print_aux(FILE *f, const struct ir_op *o)
{
    switch (ir_aux_of(o->op)) {
    case AUX_NUMBER:
        if (o->aux)
            fprintf(f, ".%u", o->aux);
        break;
    case AUX_FLOAT_LANES:
        fprintf(f, ".%u%s", o->aux & IR_LANE_BITS, o->aux & IR_STD ? ".std" : "");
        break;
    case AUX_COND:
        fprintf(f, ".%s", ir_cond_words[MIN_(o->aux, (unsigned)IR_AL)]);
        break;
    case AUX_ROUND:
        fprintf(f, ".%s%s", ir_round_words[MIN_(o->aux & 0x7fu, (unsigned)IR_RCUR)], o->aux & IR_EXACT ? ".exact" : "");
        break;
    case AUX_MEMOP:
        print_memop(f, o->aux);
        break;
    case AUX_EXCEPTION:
        fprintf(f, ".%s", ir_exception_words[MIN_(o->aux, (unsigned)EXC_KERNEL_PAGE)]);
        break;
    }
}

static void print_operand(FILE *f, const struct ir_region *r, const struct ir_op *o, unsigned i)
{
    const struct ir_op *a = &r->ops[o->arg[i].id < r->count ? o->arg[i].id : 0];

    if (!o->arg[i].id)
        fprintf(f, "-");
    else if (a->op != IR_const)
        fprintf(f, "v%u", o->arg[i].id);
    else if (a->type == ir_operand_type(r, o, i))
        fprintf(f, "#%#" PRIx64, a->imm);
    else
        fprintf(f, "#%s:%#" PRIx64, ir_type_words[a->type], a->imm);
}

/* Fields that are not operands, when they say something. */
static void print_fields(FILE *f, const struct ir_op *o, const char *separator)
{
    const char *key = ir_imm_key(o->op);
    bool always = strcmp(key, "imm") || o->op == IR_const;

    if (o->imm || always) {
        fprintf(f, "%s%s=%#" PRIx64, separator, key, o->imm);
        separator = ", ";
    }
    if (o->mode && o->op != IR_call) {
        fprintf(f, "%smode=%#x", separator, o->mode);
        separator = ", ";
    }
    if (o->imm2)
        fprintf(f, "%s%s=%#" PRIx64, separator, ir_imm2_key(o->op), o->imm2);
}

void ir_print_op(FILE *f, const struct ir_region *r, unsigned index)
{
    const struct ir_op *o = &r->ops[index];

    if (o->op == IR_call ? o->type != IR_NONE : ir_info[o->op].result != RES_NONE)
        fprintf(f, "v%u = ", index);
    fprintf(f, "%.12s", ir_info[o->op].name);
    if (ir_has_type_suffix(o->op) && o->type)
        fprintf(f, ".%s", ir_type_words[o->type]);
    print_aux(f, o);
    for (unsigned i = 0; i < o->nargs; i++) {
        fprintf(f, i ? ", " : " ");
        print_operand(f, r, o, i);
    }
    print_fields(f, o, o->nargs ? ", " : " ");
}

void ir_print(FILE *f, const struct ir_region *r)
{
    fprintf(f, "region pc=%#" PRIx64 " mode=%#x fp=%s%s\n", r->key.pc, r->key.mode, ir_fp_words[r->fp],
            r->pointer64 ? " pointer64" : "");
    for (unsigned i = 1; i < r->count; i++) {
        unsigned op = r->ops[i].op;

        if (op == IR_const || op == IR_nop)
            continue;
        if (op != IR_insn && op != IR_label)
            fprintf(f, "  ");
        ir_print_op(f, r, i);
        fprintf(f, "\n");
    }
}

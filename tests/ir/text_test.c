/*
 * text_test.c: what the printer writes the parser reads back, for every op;
 * and the verifier takes what is right and names what is wrong.
 */
#include "ir/text.h"
#include "util/util.h"

#include <glib.h>

static struct ir_op ops[IR_MAX_OPS], again_ops[IR_MAX_OPS];
static struct ir_region region = {.ops = ops}, again = {.ops = again_ops};

static char *printed(const struct ir_region *r)
{
    char *text = NULL;
    size_t size;
    FILE *f = open_memstream(&text, &size);

    ir_print(f, r);
    fclose(f);
    return text;
}

static void parses(struct ir_region *r, const char *text)
{
    g_assert_cmpstr(ir_parse(r, text), ==, NULL);
}

/* ---- round trip ---- */

static enum ir_type some_type(enum ir_opcode op)
{
    switch (op) {
    case IR_f32to64: case IR_f16to64: case IR_f64to16: return F64;
    case IR_f64to32: case IR_f16to32: case IR_f32to16: return F32;
    case IR_call:                                      return I32;
    case IR_xadd: case IR_xand: case IR_xor_: case IR_xeor: return I64;
    default: break;
    }
    if (!ir_has_type_suffix(op))
        return IR_NONE;
    return ir_info[op].traits & (IR_IS_FLOAT | IR_IS_VECTOR) ? F32 : I32;
}

static unsigned some_aux(enum ir_opcode op)
{
    switch (ir_aux_of(op)) {
    case AUX_COND:      return IR_GE;
    case AUX_ROUND:     return IR_RZ | IR_EXACT;
    case AUX_MEMOP:     return MO_32 | MO_BE | MO_ALIGN | MO_ACQ;
    case AUX_EXCEPTION: return EXC_ILLEGAL;
    case AUX_FLOAT_LANES: return op <= IR_vutof ? 32 | IR_STD : 32;
    case AUX_NUMBER:    break;
    }
    if (op == IR_vpmul || op == IR_vrbit)
        return 8;
    if (op == IR_vpmull)
        return 64;
    if (ir_info[op].traits & IR_IS_LANE || (ir_info[op].traits & IR_IS_VECTOR && ir_info[op].result != RES_T))
        return op == IR_fbits || op == IR_ftov ? 0 : 16;
    return 0;
}

/* A region of just this op, its operands read from the state. */
static void region_of(struct ir_region *r, enum ir_opcode op)
{
    struct ir_op o = {.op = op, .aux = (uint8_t)some_aux(op), .imm = 0x18, .imm2 = 0x44};

    ir_begin(r, (struct region_key){0x8000, 1});
    o.type = ir_canonical_type(op, some_type(op));
    o.nargs = ir_info[op].nargs;
    for (unsigned i = 0; i < o.nargs; i++) {
        enum ir_type t = ir_operand_type(r, &o, i);

        o.arg[i] = t == V128 ? ir_getv(r, 16 * i, 16) : ir_get(r, t, 16 * i);
    }
    if (op == IR_call) {
        o.nargs = 3;
        o.arg[0] = ir_get(r, I64, 0x20);
        o.arg[2] = ir_get(r, F32, 0x30);
        o.mode = o.type;
    } else if (ir_info[op].traits & LEAVES || op == IR_insn)
        o.mode = 0x21;
    if (op == IR_label || op == IR_br || op == IR_br_if)
        o.imm = ir_new_label(r), o.imm2 = 0;
    ops[r->count++] = o;
    if (op == IR_br || op == IR_br_if)
        ir_label(r, 0);
    if (op == IR_insn)
        r->insns++;
    ir_exit(r, 0x8004, 1);
}

static void every_op_survives_print_and_parse(void)
{
    for (unsigned op = IR_const + 1; op < IR_COUNT; op++) {
        char *text;

        region_of(&region, op);
        text = printed(&region);
        g_assert_cmpstr(ir_verify(&region), ==, NULL);
        parses(&again, text);
        g_assert_cmpuint(again.count, ==, region.count);
        g_assert_cmpmem(again.ops, again.count * sizeof *ops, region.ops, region.count * sizeof *ops);
        g_assert_cmpuint(again.labels, ==, region.labels);
        g_assert_cmpuint(again.insns, ==, region.insns);
        g_assert_cmphex(again.key.pc, ==, region.key.pc);
        g_assert_cmphex(again.key.mode, ==, region.key.mode);
        free(text);
    }
}

static void constants_are_written_where_they_are_used(void)
{
    static const char text[] = "region pc=0x8000 mode=0 fp=soft pointer64\n"
                               "insn pc=0x8000\n"
                               "  v2 = add.i64 #0x3, #0x4\n"
                               "  v9 = call.i64 v2, -, #i32:0x7, helper=0x2\n"
                               "  store.i64.u8 v9, #0\n"
                               "  exit_ind #0x8000\n";
    char *first, *second;

    parses(&region, text);
    g_assert_cmpstr(ir_verify(&region), ==, NULL);
    first = printed(&region);
    parses(&again, first);
    second = printed(&again);
    g_assert_cmpstr(first, ==, second);
    g_assert_nonnull(strstr(first, "#i32:0x7, helper=0x2"));
    g_assert_nonnull(strstr(first, "exit_ind #0x8000"));
    free(first);
    free(second);
}

static void bad_text_is_refused_with_its_line(void)
{
    static const struct { const char *text, *says; } cases[] = {
        {"  v1 = frob.i32 v2\n", "line 1: no op is called 'frob'"},
        {"\n  v1 = not.i32 v7\n", "line 2: v7 has not been made"},
        {"v1 = get.i32.q at=0\n", "'q' means nothing behind 'get'"},
        {"v1 = get.i32 to=0\n", "'get' has no field 'to'"},
        {"v1 = not.i32 #0, #1\n", "too many operands"},
        {"call #1, helper=0\n", "needs its type"},
        {"exit pc=\n", "a number is missing"},
        {"v0 = get.i32 at=0\n", "no good name"},
        {"v5000 = get.i32 at=0\n", "no good name"},
        {"region colour=1\n", "no field 'colour'"},
    };

    for (unsigned i = 0; i < ARRAY_SIZE(cases); i++) {
        const char *error = ir_parse(&region, cases[i].text);

        g_assert_nonnull(error);
        if (!strstr(error, cases[i].says))
            g_error("'%s' does not say '%s'", error, cases[i].says);
    }
}

/* ---- verifier ---- */

static void wrong_regions_are_rejected(void)
{
    static const struct { const char *text, *says; } cases[] = {
        {"insn pc=0\n", "does not end in an exit"},
        {"exit_if #1, pc=0\n", "does not end in an exit"},
        {"br label=0\nlabel label=0\nlabel label=0\nexit pc=0\n", "stands twice"},
        {"label label=0\nbr label=0\n", "lies behind"},
        {"br label=0\nexit pc=0\n", "ends before label 0"},
        {"v1 = get.i32 at=0\nbr_if v1, label=0\nlabel label=0\nput.i32 v1, at=0\nexit pc=0\n", "from before a label"},
        {"v1 = get.i64 at=0\nv2 = not.i32 v1\nexit pc=0\n", "wrong type"},
        {"v1 = get.i32 at=0\nput.i32 v1, at=0\nv3 = vnot.8 v1\nexit pc=0\n", "wrong type"},
        {"v1 = get.i32 at=2\nexit pc=0\n", "multiple of 4"},
        {"v1 = get.v128.12 at=0\nexit pc=0\n", "must be 8 or 16"},
        {"v1 = add.f32 #0, #0\nexit pc=0\n", "not made for this type"},
        {"v1 = fadd.i32 #0, #0\nexit pc=0\n", "not made for this type"},
        {"v1 = get.v128.16 at=0\nv2 = vadd.24 v1, v1\nexit pc=0\n", "lanes of 24"},
        {"v1 = get.v128.16 at=0\nv2 = vuxtl.64 v1\nexit pc=0\n", "lanes of 64"},
        {"v1 = load.i32.u64 #0\nexit pc=0\n", "do not fit"},
        {"v1 = load.f64.u32 #0\nexit pc=0\n", "whole"},
        {"v1 = not.i32\nexit pc=0\n", "operands"},
        {"v1 = not.i32 -\nexit pc=0\n", "not made before it"},
        {"v1 = vconst\nv2 = crc32.9 #0, #0\nexit pc=0\n", "9 bytes"},
    };

    for (unsigned i = 0; i < ARRAY_SIZE(cases); i++) {
        const char *error;

        parses(&region, cases[i].text);
        error = ir_verify(&region);
        if (!error || !strstr(error, cases[i].says))
            g_error("%s'%s' does not say '%s'", cases[i].text, error, cases[i].says);
    }
}

static void nonsense_never_crashes_parser_or_verifier(void)
{
    GRand *rand = g_rand_new_with_seed(3);

    for (unsigned round = 0; round < 20000; round++) {
        char text[200];
        unsigned n = 0;

        while (n < sizeof text - 20) {
            unsigned op = (unsigned)g_rand_int_range(rand, 1, IR_COUNT);
            static const char *const bits[] = {" ", ".", ",", "#1", "v1", "v2 = ", "\n", "=", ".i32", ".8", "label=0", "imm=1", "#i32:2", "-"};

            if (g_rand_boolean(rand))
                n += (unsigned)snprintf(text + n, 16, "%s", ir_info[op].name);
            n += (unsigned)snprintf(text + n, 10, "%s", bits[g_rand_int_range(rand, 0, ARRAY_SIZE(bits))]);
        }
        if (!ir_parse(&region, text) && region.count > 1)
            ir_verify(&region);
    }
    for (unsigned round = 0; round < 20000; round++) {
        ir_begin(&region, (struct region_key){0, 0});
        for (unsigned i = 1; i < 8; i++)
            for (unsigned b = 0; b < sizeof *ops; b++)
                ((uint8_t *)&ops[i])[b] = (uint8_t)g_rand_int_range(rand, 0, b ? 9 : IR_COUNT + 3);
        region.count = 8;
        region.labels = 2;
        ir_verify(&region);
    }
    g_rand_free(rand);
}

int main(int argc, char **argv)
{
    g_test_init(&argc, &argv, NULL);
#define TEST(f) g_test_add_func("/text/" #f, f)
    TEST(every_op_survives_print_and_parse);
    TEST(constants_are_written_where_they_are_used);
    TEST(bad_text_is_refused_with_its_line);
    TEST(wrong_regions_are_rejected);
    TEST(nonsense_never_crashes_parser_or_verifier);
    return g_test_run();
}

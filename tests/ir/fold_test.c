/*
 * fold_test.c: every rule of ir/fold.rules holds for all 8-bit values of its
 * variables, at every width its ops have; and the matcher made from them does
 * to a region what the rules say.
 */
#include "ir/fold.h"
#include "ir/interp.h"
#include "util/util.h"

#include <glib.h>

/* ---- the rules ---- */

struct given {
    unsigned n, m; /* the free widths */
    uint64_t v[5]; /* variables in alphabetical order */
};

struct proof {
    const char *rule;
    bool (*holds)(const struct given *g);
    unsigned variables, widths;
    bool is_float;
};

#define NZCV 0xc101

static uint64_t as_boolean(uint64_t v) { return v & 1; }
static uint64_t as_flags(uint64_t v) { return ir_value(IR_flags_unpack, 32, v << 28 & 0xf0000000, 0, 0, 0, 0); }

static uint64_t value(enum ir_opcode op, unsigned n, uint64_t a, uint64_t b, uint64_t c, unsigned aux, uint64_t imm)
{
    if (ir_info[op].traits & IR_IS_VECTOR)
        return ir_vvalue(op, n == 32 ? F32 : F64, (v128){a, 0}, (v128){b, 0}, (v128){c, 0}, aux, imm, 0).lo;
    return ir_value(op, n, a, b, c, aux, imm);
}

#include "tests/ir/fold.proof.h"

/* An 8-bit value in a wider word: low, sign-extended, at the top, in every byte. */
static uint64_t spread(unsigned byte, unsigned how, unsigned n)
{
    switch (how) {
    case 0:  return byte;
    case 1:  return (uint64_t)(int64_t)(int8_t)byte;
    case 2:  return (uint64_t)byte << (n - 8);
    default: return byte * 0x0101010101010101ull;
    }
}

/* All values for the first two variables, and for the third where all ops are
 * 8 bits wide; samples at the edges for the others. */
static void prove_at(const struct proof *p, struct given *g, unsigned at, unsigned how)
{
    static const uint8_t edges[] = {0, 1, 2, 3, 7, 8, 9, 15, 16, 24, 31, 32, 33, 63, 64, 0x7f, 0x80, 0x81, 0xaa, 0xf0, 0xfe, 0xff};
    bool all = at < 2 || (at == 2 && g->n == 8 && p->variables == 3);

    if (at == p->variables) {
        if (!p->holds(g)) {
            g_test_message("%s: n=%u %#lx %#lx %#lx %#lx", p->rule, g->n, g->v[0], g->v[1], g->v[2], g->v[3]);
            g_test_fail();
        }
        return;
    }
    for (unsigned i = 0; i < (all ? 256 : ARRAY_SIZE(edges)) && !g_test_failed(); i++) {
        g->v[at] = spread(all ? i : edges[i], how, g->n);
        prove_at(p, g, at + 1, how);
    }
}

static void prove(gconstpointer data)
{
    const struct proof *p = data;

    for (unsigned n = p->is_float ? 32 : 8; n <= 64; n *= 2)
        for (unsigned m = p->widths > 1 ? 8 : n; m <= (p->widths > 1 ? 64 : n); m *= 2)
            for (unsigned how = 0; how < (n == 8 ? 1 : 4); how++) {
                struct given g = {.n = n, .m = m};

                prove_at(p, &g, 0, how);
            }
}

static void add_proofs(void)
{
    for (unsigned i = 0; i < ARRAY_SIZE(proofs); i++) {
        char *name = g_strdup_printf("/fold/rule/%s", proofs[i].rule);

        g_strdelimit(name + 11, "/", ':');
        g_test_add_data_func(name, &proofs[i], prove);
        g_free(name);
    }
}

/* ---- the matcher ---- */

static struct ir_op ops[IR_MAX_OPS];
static struct ir_region region = {.ops = ops, .fold = true};

static struct ir_region *begin(void)
{
    ir_begin(&region, (struct region_key){0x8000, 0});
    ir_insn(&region, 0x8000, 0);
    return &region;
}

static enum ir_opcode op_of(ir_ref v) { return ops[v.id].op; }

static void masks_become_extensions(void)
{
    struct ir_region *r = begin();
    ir_ref x = ir_get(r, I32, 0), v = ir_op2(r, IR_and, I32, ir_const(r, I32, 0xff), x);

    g_assert_cmpuint(op_of(v), ==, IR_ext8u);
    g_assert_cmpuint(ops[v.id].arg[0].id, ==, x.id);
}

static void constants_are_evaluated(void)
{
    struct ir_region *r = begin();
    ir_ref v = ir_op2i(r, IR_shl, I32, ir_const(r, I32, 0x81), 28);

    g_assert_true(ir_is_const(r, v));
    g_assert_cmphex(ir_at(r, v)->imm, ==, 0x10000000);
}

static void chains_of_constants_add_up(void)
{
    struct ir_region *r = begin();
    ir_ref x = ir_get(r, I32, 0), v = ir_op2i(r, IR_add, I32, ir_op2i(r, IR_add, I32, x, 8), 0xfffffffc);

    g_assert_cmpuint(op_of(v), ==, IR_add);
    g_assert_cmpuint(ops[v.id].arg[0].id, ==, x.id);
    g_assert_cmphex(ops[ops[v.id].arg[1].id].imm, ==, 4);
}

/* ldr r1, [r0], #4 twice: the old r0 would have to be kept. */
static void a_chain_over_an_overwritten_register_stays(void)
{
    struct ir_region *r = begin();
    ir_ref x = ir_get(r, I32, 0), v = ir_op2i(r, IR_add, I32, x, 4);

    ir_put(r, I32, 0, v);
    ir_insn(r, 0x8004, 0);
    g_assert_cmpuint(ops[ir_op2i(r, IR_add, I32, ir_get(r, I32, 0), 4).id].arg[0].id, ==, v.id);
}

static void a_chain_over_another_register_is_folded(void)
{
    struct ir_region *r = begin();
    ir_ref x = ir_get(r, I32, 0);

    ir_put(r, I32, 8, ir_op2i(r, IR_shl, I32, x, 24));
    ir_insn(r, 0x8004, 0);
    g_assert_cmpuint(op_of(ir_op2i(r, IR_sar, I32, ir_get(r, I32, 8), 24)), ==, IR_ext8s);
}

static void inverted_conditions_lose_their_comparison(void)
{
    struct ir_region *r = begin();
    ir_ref f = ir_op2(r, IR_flags_sub, I32, ir_get(r, I32, 0), ir_get(r, I32, 8));
    ir_ref v = ir_op2i(r, IR_eq, I32, ir_cond(r, IR_LT, f), 0);

    g_assert_cmpuint(op_of(v), ==, IR_cond);
    g_assert_cmpuint(ops[v.id].aux, ==, IR_GE);
}

static void lane_constants_are_seen_in_their_width(void)
{
    struct ir_region *r = begin();
    ir_ref x = ir_getv(r, 0x100, 16);
    ir_ref v = ir_v2(r, IR_vmul, 16, x, ir_vconst(r, 0x0008000800080008, 0x0008000800080008), 0);
    ir_ref w = ir_v2(r, IR_vmul, 32, x, ir_vconst(r, 0x0008000800080008, 0x0008000800080008), 0);

    g_assert_cmpuint(op_of(v), ==, IR_vshli);
    g_assert_cmpuint(ops[v.id].imm, ==, 3);
    g_assert_cmpuint(op_of(w), ==, IR_vmul);
}

static void comparisons_of_other_types_keep_theirs(void)
{
    struct ir_region *r = begin();
    ir_ref inner = ir_op2(r, IR_ltu, I64, ir_get(r, I64, 0), ir_get(r, I64, 8));
    ir_ref v = ir_op2i(r, IR_eq, I32, inner, 0);

    g_assert_cmpuint(op_of(v), ==, IR_leu);
    g_assert_cmpuint(ops[v.id].type, ==, I64);
}

/* ---- what is known of the state ---- */

static void a_put_is_found_by_the_next_get(void)
{
    struct ir_region *r = begin();
    ir_ref v = ir_op1(r, IR_not, I32, ir_get(r, I32, 0));

    ir_put(r, I32, 8, v);
    g_assert_cmpuint(ir_get(r, I32, 8).id, ==, v.id);
    g_assert_cmpuint(ir_get(r, I64, 8).id, !=, v.id);
}

static void a_label_forgets_everything(void)
{
    struct ir_region *r = begin();
    ir_ref v = ir_get(r, I32, 0), k = ir_const(r, I32, 5);
    unsigned label = ir_new_label(r);

    ir_br_if(r, v, label);
    ir_label(r, label);
    g_assert_cmpuint(ir_get(r, I32, 0).id, !=, v.id);
    g_assert_cmpuint(ir_const(r, I32, 5).id, !=, k.id);
}

static void a_call_forgets_everything(void)
{
    struct ir_region *r = begin();
    ir_ref v = ir_get(r, I32, 0);

    ir_call(r, 0, IR_NONE, v, (ir_ref){0}, (ir_ref){0}, (ir_ref){0});
    g_assert_cmpuint(ir_get(r, I32, 0).id, !=, v.id);
}

static void a_put_forgets_what_overlaps(void)
{
    struct ir_region *r = begin();
    ir_ref q = ir_getv(r, 0x100, 16), d = ir_get(r, F64, 0x108), s = ir_get(r, F32, 0x110);

    ir_put(r, F32, 0x10c, ir_get(r, F32, 0x200));
    g_assert_cmpuint(ir_getv(r, 0x100, 16).id, !=, q.id);
    g_assert_cmpuint(ir_get(r, F64, 0x108).id, !=, d.id);
    g_assert_cmpuint(ir_get(r, F32, 0x110).id, ==, s.id);
}

int main(int argc, char **argv)
{
    g_test_init(&argc, &argv, NULL);
    add_proofs();
#define TEST(f) g_test_add_func("/fold/" #f, f)
    TEST(masks_become_extensions);
    TEST(constants_are_evaluated);
    TEST(chains_of_constants_add_up);
    TEST(a_chain_over_an_overwritten_register_stays);
    TEST(a_chain_over_another_register_is_folded);
    TEST(inverted_conditions_lose_their_comparison);
    TEST(lane_constants_are_seen_in_their_width);
    TEST(comparisons_of_other_types_keep_theirs);
    TEST(a_put_is_found_by_the_next_get);
    TEST(a_label_forgets_everything);
    TEST(a_call_forgets_everything);
    TEST(a_put_forgets_what_overlaps);
    return g_test_run();
}

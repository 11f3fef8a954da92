/*
 * frame_test.c: functions inside a region: ways out of their frames, loads that
 * find their value among the region's own stores, puts that are left out.
 */
#include "ir/frame.h"

#include <glib.h>
#include <stdbool.h>

static struct ir_op ops[IR_MAX_OPS];
static struct ir_region r;

static ir_ref begin(void)
{
    r = (struct ir_region){.ops = ops, .fold = true};
    ir_begin(&r, (struct region_key){0x1000, 0});
    return ir_get(&r, I32, 0);
}

static ir_ref plus(ir_ref base, uint32_t n) { return ir_op2i(&r, IR_add, I32, base, n); }

/* Is a load of 4 bytes at addr the value itself, without a load? */
static bool finds(ir_ref addr, ir_ref value)
{
    return ir_load_stored(&r, I32, MO_32, addr).id == value.id;
}

static void pops_find_pushes(void)
{
    ir_ref sp = begin(), a = ir_get(&r, I32, 8), b = ir_get(&r, I32, 16), low;

    ir_store(&r, I32, MO_32, plus(sp, -8u), a);
    ir_store(&r, I32, MO_32, plus(sp, -4u), b);
    low = plus(sp, -8u);
    ir_put(&r, I32, 0, low);
    ir_br_if(&r, ir_op2i(&r, IR_eq, I32, a, 0), ir_new_label(&r));
    g_assert_true(finds(low, a));
    g_assert_true(finds(plus(low, 4), b));
    g_assert_false(finds(plus(low, 8), b));
}

static void what_may_have_changed_is_loaded(void)
{
    ir_ref sp = begin(), a = ir_get(&r, I32, 8), p = ir_get(&r, I32, 16);

    ir_store(&r, I32, MO_32, sp, a);
    ir_store(&r, I32, MO_8, plus(sp, 8), a); /* beside it */
    g_assert_true(finds(sp, a));
    ir_store(&r, I32, MO_8, plus(sp, 3), a); /* into it */
    g_assert_false(finds(sp, a));
    ir_store(&r, I32, MO_32, sp, a);
    ir_store(&r, I32, MO_32, plus(sp, 4096), a); /* perhaps another name of the same page */
    g_assert_false(finds(sp, a));
    ir_store(&r, I32, MO_32, sp, a);
    ir_store(&r, I32, MO_32, p, a);
    g_assert_false(finds(sp, a));
    ir_store(&r, I32, MO_32, sp, a);
    ir_rmw(&r, IR_xadd, I32, MO_32, p, a);
    g_assert_false(finds(sp, a));
    ir_store(&r, I32, MO_32, sp, a);
    ir_fence(&r);
    g_assert_false(finds(sp, a));
    ir_store(&r, I32, MO_32, sp, a);
    ir_label(&r, ir_new_label(&r));
    g_assert_false(finds(sp, a));
}

static void only_whole_values(void)
{
    ir_ref sp = begin(), a = ir_get(&r, I32, 8);

    ir_store(&r, I32, MO_16, sp, a);
    g_assert_false(finds(sp, a));
    ir_store(&r, I32, MO_32 | MO_BE, sp, a);
    g_assert_false(finds(sp, a));
    ir_store(&r, I32, MO_32, sp, a);
    g_assert_cmpuint(ir_load_stored(&r, I32, MO_16, sp).id, !=, a.id);
    g_assert_cmpuint(ir_load_stored(&r, I32, MO_32 | MO_ACQ, sp).id, !=, a.id);
    g_assert_cmpuint(ir_load_stored(&r, I32, MO_32 | MO_ALIGN, sp).id, !=, a.id);
    r.fold = false;
    g_assert_false(finds(sp, a));
}

static unsigned puts_made(void)
{
    unsigned n = 0;

    for (uint32_t i = 0; i < r.count; i++)
        n += ops[i].op == IR_put;
    return n;
}

static void registers_given_back(void)
{
    struct ir_frame f;
    ir_ref v;

    begin();
    ir_frame_begin(&r, &f, 0, 0x2004, 0x2004, ~0ull);
    ir_put(&r, I32, 8, ir_const(&r, I32, 5));
    ir_insn(&r, 0x2000, 0);
    ir_put(&r, I32, 8, ir_const(&r, I32, 5));
    g_assert_cmpuint(puts_made(), ==, 1);
    ir_put(&r, I32, 8, ir_const(&r, I32, 6));
    g_assert_cmpuint(puts_made(), ==, 2);
    v = ir_get(&r, I32, 16);
    ir_put(&r, I32, 16, v); /* clears the upper half */
    g_assert_cmpuint(puts_made(), ==, 3);
    v = ir_get(&r, I64, 24);
    ir_put(&r, I64, 24, v);
    g_assert_cmpuint(puts_made(), ==, 3);
    ir_label(&r, ir_new_label(&r));
    ir_put(&r, I32, 8, ir_const(&r, I32, 6));
    g_assert_cmpuint(puts_made(), ==, 4);
}

/* What stands right behind a call is where it returns to: a label of its own. */
static void ways_out_return_behind_the_call(void)
{
    struct ir_frame f;
    bool jumped_to[256] = {false};
    uint64_t next;

    begin();
    ir_frame_begin(&r, &f, 0, 0x2004, 0x2004, ~0ull);
    for (unsigned i = 0; i < 20; i++)
        if (ir_frame_jump_if(&r, &f, ir_op2i(&r, IR_eq, I32, ir_get(&r, I32, 0), i), 0x3000 + 4 * i, 0x2000, i % 5 == 0)) {
            ir_frame_return(&r, &f, ir_get(&r, I32, 8), false, 15);
            g_assert_true(ir_frame_way_ends(&r, &f, &next));
            g_assert_cmphex(next, ==, 0x2000);
        }
    ir_frame_return(&r, &f, ir_const(&r, I32, 0x2004), false, 15);
    g_assert_true(ir_frame_way_ends(&r, &f, &next));
    g_assert_cmphex(next, ==, 0x2004);
    ir_exit(&r, next, 0);
    g_assert_null(ir_verify(&r));
    for (uint32_t i = 0; i < r.count; i++)
        if (ops[i].op == IR_br || ops[i].op == IR_br_if)
            jumped_to[ops[i].imm] = true;
    for (uint32_t i = 0; i < r.count; i++)
        if (ops[i].op == IR_exit_call)
            g_assert_true(ops[i + 1].op == IR_label && !jumped_to[ops[i + 1].imm]);
}

int main(int argc, char **argv)
{
    g_test_init(&argc, &argv, NULL);
    g_test_add_func("/stored/pops_find_pushes", pops_find_pushes);
    g_test_add_func("/stored/what_may_have_changed_is_loaded", what_may_have_changed_is_loaded);
    g_test_add_func("/stored/only_whole_values", only_whole_values);
    g_test_add_func("/stored/registers_given_back", registers_given_back);
    g_test_add_func("/frame/ways_out_return_behind_the_call", ways_out_return_behind_the_call);
    return g_test_run();
}

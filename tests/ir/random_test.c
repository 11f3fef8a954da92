/*
 * random_test.c: random builder calls make the same region twice, with fold
 * and without; both must verify, survive printing and parsing, and leave the
 * same state behind in the interpreter.
 */
#include "ir/interp.h"
#include "util/util.h"

#include <glib.h>

#define SLOTS 24                      /* 16 integers, flags, then the vector file */
#define VECTORS (17 * 8 + 8)
#define STATE (VECTORS + 64)

static GRand *rnd;
static unsigned below(unsigned n) { return (unsigned)g_rand_int_range(rnd, 0, (gint32)n); }

/* Small numbers, edges, powers of two, anything. */
static uint64_t some_number(void)
{
    static const uint64_t edges[] = {0, 1, 2, 4, 8, 16, 24, 31, 32, 0xff, 0xffff, 0x80000000, 0xffffffff, ~0ull};

    switch (below(4)) {
    case 0:  return below(40);
    case 1:  return edges[below(ARRAY_SIZE(edges))];
    case 2:  return 1ull << below(64);
    default: return (uint64_t)g_rand_int(rnd) << 32 | g_rand_int(rnd);
    }
}

/* Values made since the last label, for operands. */
static struct { ir_ref v; enum ir_type type; } made[64];
static unsigned nmade;

static ir_ref note(struct ir_region *r, ir_ref v)
{
    if (nmade == ARRAY_SIZE(made))
        nmade = 0;
    made[nmade].v = v;
    made[nmade++].type = ir_type_of(r, v);
    return v;
}

static ir_ref fresh(struct ir_region *r, enum ir_type type)
{
    switch (type) {
    case FLAGS: return ir_get(r, FLAGS, 16 * 8);
    case V128:  return below(3) ? ir_getv(r, VECTORS + 8 * below(7), 16) : ir_vconst(r, below(2) ? 0 : ~0ull, below(2) ? 0 : ~0ull);
    case F32:   return below(2) ? ir_get(r, F32, VECTORS + 4 * below(16)) : ir_const(r, F32, some_number());
    case F64:   return below(2) ? ir_get(r, F64, VECTORS + 8 * below(8)) : ir_const(r, F64, some_number());
    default:    return below(2) ? ir_get(r, type, 8 * below(16)) : ir_const(r, type, some_number());
    }
}

static ir_ref operand(struct ir_region *r, enum ir_type type)
{
    for (unsigned tries = below(8); tries && nmade; tries--) {
        unsigned i = below(nmade);

        if (made[i].type == type)
            return made[i].v;
    }
    return note(r, fresh(r, type));
}

static unsigned some_aux(enum ir_opcode op)
{
    switch (op) {
    case IR_cond:                   return below(15);
    case IR_crc32: case IR_crc32c:  return 1u << below(4);
    case IR_vpmul: case IR_vrbit:   return 8;
    case IR_vpmull:                 return below(2) ? 8 : 64;
    case IR_vsqdmulh: case IR_vsqrdmulh: return 16u << below(2);
    default:                        return ir_info[op].traits & (IR_IS_LANE | IR_IS_VECTOR) ? 8u << below(3) : 0;
    }
}

static void random_value(struct ir_region *r)
{
    enum ir_opcode op = (enum ir_opcode)(IR_const + 1 + below(IR_fadd - IR_const - 1)); /* the pure ones */
    bool wide = below(3) == 0, is_float = ir_info[op].traits & IR_IS_VECTOR;
    struct ir_op o = {.op = (uint8_t)op};
    ir_ref arg[3] = {{0}};

    if (op == IR_vconst)
        return;
    o.type = ir_canonical_type(op, is_float ? (wide ? F64 : F32) : wide ? I64 : I32);
    for (unsigned i = 0; i < ir_info[op].nargs; i++)
        arg[i] = operand(r, ir_operand_type(r, &o, i));
    note(r, ir_op(r, op, o.type, arg[0], arg[1], arg[2], some_aux(op), below(2) ? below(8) : some_number()));
}

static void random_put(struct ir_region *r)
{
    static const enum ir_type types[] = {I32, I32, I64, FLAGS, V128, V128, F32, F64};
    enum ir_type type = types[below(ARRAY_SIZE(types))];
    ir_ref v = operand(r, type);

    switch (type) {
    case FLAGS: ir_put(r, FLAGS, 16 * 8, v); break;
    case V128:  ir_putv(r, VECTORS + 8 * below(7), below(2) ? 8 : 16, v); break;
    case F32:   ir_put(r, F32, VECTORS + 4 * below(16), v); break;
    case F64:   ir_put(r, F64, VECTORS + 8 * below(8), v); break;
    default:    ir_put(r, type, 8 * below(16), v); break;
    }
}

static void build(struct ir_region *r, guint32 seed)
{
    int open = -1;

    rnd = g_rand_new_with_seed(seed);
    nmade = 0;
    ir_begin(r, (struct region_key){seed, 0});
    for (unsigned i = 0; i < 60; i++) {
        switch (below(12)) {
        case 0:
            ir_insn(r, i, 0);
            break;
        case 1:
            if (open < 0)
                ir_br_if(r, operand(r, I32), (unsigned)(open = (int)ir_new_label(r)));
            else {
                ir_label(r, (unsigned)open);
                open = -1;
                nmade = 0;
            }
            break;
        case 2: case 3: case 4:
            random_put(r);
            break;
        default:
            random_value(r);
        }
    }
    if (open >= 0)
        ir_label(r, (unsigned)open);
    ir_exit(r, 0, 0);
    g_rand_free(rnd);
}

static void run(const struct ir_region *r, uint8_t state[STATE])
{
    struct fp_status fp = {0};
    struct ir_interp_env e = {.state = state, .fp = &fp};

    for (unsigned i = 0; i < STATE; i++)
        state[i] = (uint8_t)(i * 73 + r->key.pc * (i | 1));
    memset(state + 16 * 8, 0, 8);
    ir_interp(&e, r);
    stle64(state + 16 * 8, ldle64(state + 16 * 8) & 0xc101); /* the other bits mean nothing */
}

static struct ir_op ops[3][IR_MAX_OPS];

static void complain(const struct ir_region *plain, const struct ir_region *folded)
{
    ir_print(stdout, plain);
    ir_print(stdout, folded);
    g_test_fail();
}

static void folded_and_plain_regions_do_the_same(void)
{
    struct ir_region plain = {.ops = ops[0]}, folded = {.ops = ops[1], .fold = true}, parsed = {.ops = ops[2]};
    unsigned long before = 0, after = 0;

    for (guint32 seed = 0; seed < 20000 && !g_test_failed(); seed++) {
        uint8_t state[3][STATE];
        char *text = NULL;
        size_t size;
        FILE *f;

        build(&plain, seed);
        build(&folded, seed);
        g_assert_cmpstr(ir_verify(&plain), ==, NULL);
        g_assert_cmpstr(ir_verify(&folded), ==, NULL);
        f = open_memstream(&text, &size);
        ir_print(f, &folded);
        fclose(f);
        g_assert_cmpstr(ir_parse(&parsed, text), ==, NULL);
        free(text);
        run(&plain, state[0]);
        run(&folded, state[1]);
        run(&parsed, state[2]);
        if (memcmp(state[0], state[1], STATE) || memcmp(state[1], state[2], STATE))
            complain(&plain, &folded);
        before += plain.count;
        after += folded.count;
    }
    g_test_message("%lu ops became %lu", before, after);
}

int main(int argc, char **argv)
{
    g_test_init(&argc, &argv, NULL);
    g_test_add_func("/random/folded_and_plain_regions_do_the_same", folded_and_plain_regions_do_the_same);
    return g_test_run();
}

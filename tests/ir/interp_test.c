/*
 * interp_test.c: the interpreter on small regions: state, memory in both byte
 * orders, atomics, faults, helpers and every way out; and samples of the value
 * column that nothing else checks.
 */
#include "ir/interp.h"
#include "util/util.h"

#include <glib.h>

static struct ir_op ops[IR_MAX_OPS];
static struct ir_region region = {.ops = ops};
static struct { uint64_t slot[64]; } state;
static uint8_t memory[64];
static struct fp_status fp;
static struct ir_interp_env env;

static struct ir_left run(const char *text)
{
    g_assert_cmpstr(ir_parse(&region, text), ==, NULL);
    g_assert_cmpstr(ir_verify(&region), ==, NULL);
    return ir_interp(&env, &region);
}

static void begin(void)
{
    memset(&state, 0, sizeof state);
    for (unsigned i = 0; i < sizeof memory; i++)
        memory[i] = (uint8_t)(0x80 + i);
    fp = (struct fp_status){0};
    env = (struct ir_interp_env){.state = &state, .fp = &fp, .mem_base = (uintptr_t)memory};
}

/* ---- state and memory ---- */

static void a_word_put_clears_the_upper_half(void)
{
    begin();
    state.slot[1] = ~0ull;
    run("v1 = get.i32 at=8\n put.i32 v1, at=8\n exit pc=0\n");
    g_assert_cmphex(state.slot[1], ==, 0xffffffff);
}

static void half_a_vector_reads_as_zero_extended_and_is_put_alone(void)
{
    begin();
    state.slot[2] = 1, state.slot[3] = 2, state.slot[5] = 7;
    run("v1 = get.v128.8 at=0x10\n put.v128.16 v1, at=0x30\n put.v128.8 v1, at=0x20\n exit pc=0\n");
    g_assert_cmphex(state.slot[6], ==, 1);
    g_assert_cmphex(state.slot[7], ==, 0);
    g_assert_cmphex(state.slot[4], ==, 1);
    g_assert_cmphex(state.slot[5], ==, 7);
}

static void loads_extend_and_turn_bytes(void)
{
    static const struct { const char *load; uint64_t value; } cases[] = {
        {"v1 = load.i32.u8 #3\n put.i32 v1", 0x83},
        {"v1 = load.i32.s8 #3\n put.i32 v1", 0xffffff83},
        {"v1 = load.i64.s16 #1\n put.i64 v1", 0xffffffffffff8281},
        {"v1 = load.i32.s16.be #1\n put.i32 v1", 0xffff8182},
        {"v1 = load.i32.u32 #0\n put.i32 v1", 0x83828180},
        {"v1 = load.i32.u32.be #0\n put.i32 v1", 0x80818283},
        {"v1 = load.i64.s32 #0\n put.i64 v1", 0xffffffff83828180},
        {"v1 = load.i64.u64.be #0\n put.i64 v1", 0x8081828384858687},
        {"v1 = load.f64.u64 #0\n put.f64 v1", 0x8786858483828180},
        {"v1 = load.f32.u32.be #0\n put.f32 v1", 0x80818283},
    };

    for (unsigned i = 0; i < ARRAY_SIZE(cases); i++) {
        char text[128];

        begin();
        snprintf(text, sizeof text, "%s, at=0\n exit pc=0\n", cases[i].load);
        run(text);
        g_assert_cmphex(state.slot[0], ==, cases[i].value);
    }
}

static void stores_write_their_size_only(void)
{
    begin();
    run("store.i32.u16.be #1, #0x11223344\n exit pc=0\n");
    g_assert_cmphex(ldle32(memory), ==, 0x83443380);
    run("v1 = vconst imm=0x1111111122222222\n store.v128.u32 #8, v1\n exit pc=0\n");
    g_assert_cmphex(ldle64(memory + 8), ==, 0x8f8e8d8c22222222);
}

static void atomics_give_what_was(void)
{
    begin();
    run("v1 = xadd.i32.u16 #0, #0x10\n put.i32 v1, at=0\n v2 = cas.i32.u32.be #4, #0x84858687, #1\n put.i32 v2, at=8\n"
        "v3 = cas.i32.u8 #8, #0, #1\n put.i32 v3, at=0x10\n v4 = xor_.i64.u64 #0x10, #0xff\n put.i64 v4, at=0x18\n"
        "v5 = xchg.i32.s8 #0x20, #5\n put.i32 v5, at=0x20\n exit pc=0\n");
    g_assert_cmphex(state.slot[0], ==, 0x8180);
    g_assert_cmphex(ldle32(memory), ==, 0x83828190);
    g_assert_cmphex(state.slot[1], ==, 0x84858687);
    g_assert_cmphex(ldbe32(memory + 4), ==, 1);
    g_assert_cmphex(state.slot[2], ==, 0x88);
    g_assert_cmphex(memory[8], ==, 0x88);
    g_assert_cmphex(ldle64(memory + 0x10), ==, 0x97969594939291ff);
    g_assert_cmphex(state.slot[4], ==, 0xffffffa0);
    g_assert_cmphex(memory[0x20], ==, 5);
}

static void a_misaligned_access_raises_when_asked_to(void)
{
    struct ir_left left;

    begin();
    left = run("insn pc=0x100\n insn pc=0x104, mode=0x5\n v1 = load.i32.u32.align #2\n exit pc=0\n");
    g_assert_cmpint(left.how, ==, IR_raise);
    g_assert_cmpint(left.exception, ==, EXC_ALIGNMENT);
    g_assert_cmphex(left.target.pc, ==, 0x104);
    g_assert_cmphex(left.target.mode, ==, 5);
    g_assert_cmphex(left.data, ==, 2);
    g_assert_cmpuint(env.insns, ==, 2);
}

static void plain_accesses_drop_tags_and_stay_within_48_bits(void)
{
    struct ir_left left;

    begin();
    env.mem_base = 0;
    env.strip = 8;
    state.slot[0] = (uintptr_t)memory | 0xa5ull << 56;
    run("region pc=0 mode=0 fp=host pointer64\n v1 = get.i64 at=0\n v2 = load.i64.u64 v1\n put.i64 v2, at=8\n store.i32.u32 v1, #0x1234\n v3 = load.i32.u8 v1\n put.i32 v3, at=16\n exit pc=0\n");
    g_assert_cmphex(state.slot[1], ==, 0x8786858483828180);
    g_assert_cmphex(ldle32(memory), ==, 0x1234);
    g_assert_cmphex(state.slot[2], ==, 0x34);
    state.slot[0] = 1ull << 52;
    left = run("region pc=0 mode=0 fp=host pointer64\n insn pc=0x100\n v1 = get.i64 at=0\n store.i64.u64 v1, #1\n exit pc=0\n");
    g_assert_cmpint(left.exception, ==, EXC_DATA_FAULT);
    g_assert_cmphex(left.data, ==, ir_fault_data(1ull << 52, true));
    g_assert_cmphex(left.target.pc, ==, 0x100);
}

static bool nothing_there(struct ir_interp_env *e, uint64_t addr, void *to, unsigned bytes)
{
    e->exception = EXC_DATA_FAULT;
    e->data = addr;
    return false;
}

static void a_fault_leaves_with_the_state_as_it_was(void)
{
    struct ir_left left;

    begin();
    env.read = nothing_there;
    left = run("insn pc=0x100\n put.i32 #1, at=0\n insn pc=0x104\n v1 = load.i32.u32 #0x5000\n put.i32 v1, at=0\n exit pc=0\n");
    g_assert_cmpint(left.exception, ==, EXC_DATA_FAULT);
    g_assert_cmphex(left.target.pc, ==, 0x104);
    g_assert_cmphex(left.data, ==, 0x5000);
    g_assert_cmphex(state.slot[0], ==, 1);
}

static void a_fault_behind_a_label_is_of_the_instruction_around_it(void)
{
    struct ir_left left;

    begin();
    env.read = nothing_there;
    left = run("insn pc=0x100\n br_if #1, label=0\n put.i32 #1, at=0\n insn pc=0x104, mode=0x5\n br label=1\n"
               " label label=0\n v1 = load.i32.u32 #0x5000\n put.i32 v1, at=0\n label label=1\n exit pc=0\n");
    g_assert_cmpint(left.exception, ==, EXC_DATA_FAULT);
    g_assert_cmphex(left.target.pc, ==, 0x104);
    g_assert_cmphex(left.target.mode, ==, 5);
}

static bool adder(struct ir_interp_env *e, const struct ir_op *op, const v128 arg[4], v128 *result)
{
    result->lo = op->imm + arg[0].lo + arg[2].lo;
    return true;
}

static void helpers_get_their_operands(void)
{
    begin();
    env.call = adder;
    run("v1 = call.i64 #i32:0x10, -, #i64:0x200, helper=3\n put.i64 v1, at=0\n exit pc=0\n");
    g_assert_cmphex(state.slot[0], ==, 0x213);
}

/* ---- ways out ---- */

static void branches_skip_forward(void)
{
    begin();
    run("br_if #0, label=1\n put.i32 #1, at=0\n br label=1\n put.i32 #2, at=0\n label label=1\n put.i32 #3, at=8\n exit pc=0\n");
    g_assert_cmphex(state.slot[0], ==, 1);
    g_assert_cmphex(state.slot[1], ==, 3);
}

static void every_exit_says_how(void)
{
    struct ir_left left;

    begin();
    left = run("exit_if #0, pc=1\n exit_if #1, pc=2, mode=3\n exit pc=4\n");
    g_assert_cmpint(left.how, ==, IR_exit);
    g_assert_cmphex(left.target.pc, ==, 2);
    g_assert_cmphex(left.target.mode, ==, 3);
    left = run("exit_call pc=0x10, mode=1, ret=0x21\n");
    g_assert_cmpint(left.how, ==, IR_exit_call);
    g_assert_cmphex(left.return_address, ==, 0x21);
    left = run("exit_icall #0x31, ret=0x41\n");
    g_assert_cmpint(left.how, ==, IR_exit_icall);
    g_assert_cmphex(left.address, ==, 0x31);
    g_assert_cmphex(left.return_address, ==, 0x41);
    left = run("exit_ret #0x51\n");
    g_assert_cmpint(left.how, ==, IR_exit_ret);
    g_assert_cmphex(left.address, ==, 0x51);
    left = run("raise.syscall pc=0x60, mode=1, data=0x70\n");
    g_assert_cmpint(left.exception, ==, EXC_SYSCALL);
    g_assert_cmphex(left.target.pc, ==, 0x60);
    g_assert_cmphex(left.data, ==, 0x70);
    left = run("sync pc=0x80, mode=1\n");
    g_assert_cmpint(left.how, ==, IR_sync);
}

static void floats_set_sticky_flags(void)
{
    begin();
    run("v1 = fdiv.f64 #0x3ff0000000000000, #0\n put.f64 v1, at=0\n v2 = fcmp.f32 #0x3f800000, #0x40000000\n"
        "v3 = cond.mi v2\n put.i32 v3, at=8\n exit pc=0\n");
    g_assert_cmphex(state.slot[0], ==, 0x7ff0000000000000);
    g_assert_cmphex(fp.flags, ==, FP_DIVZERO);
    g_assert_cmphex(state.slot[1], ==, 1);
}

/* ---- the value column against plain arithmetic on all bytes ---- */

static int clamp(int v, int low, int high) { return v < low ? low : v > high ? high : v; }

static int shifted(int v, int count, bool rounding)
{
    if (count >= 0)
        return v * (1 << MIN_(count, 16));
    count = MIN_(-count, 16);
    return (v + (rounding ? 1 << (count - 1) : 0)) >> count;
}

static void lanes_of_bytes_saturate(void)
{
    for (int a = 0; a < 256; a++)
        for (int b = 0; b < 256; b++) {
            int s = (int8_t)a, t = (int8_t)b;
#define CHECK(op, expected) g_assert_cmphex(ir_value(IR_##op, 8, (uint8_t)a, (uint8_t)b, 0, 0, 0), ==, (uint8_t)(expected))
            CHECK(vuqadd, clamp(a + b, 0, 255));
            CHECK(vsqadd, clamp(s + t, -128, 127));
            CHECK(vuqsub, clamp(a - b, 0, 255));
            CHECK(vsqsub, clamp(s - t, -128, 127));
            CHECK(vhaddu, (a + b) >> 1);
            CHECK(vhadds, (s + t) >> 1);
            CHECK(vrhaddu, (a + b + 1) >> 1);
            CHECK(vrhadds, (s + t + 1) >> 1);
            CHECK(vhsubu, (a - b) >> 1);
            CHECK(vhsubs, (s - t) >> 1);
            CHECK(vabdu, abs(a - b));
            CHECK(vabds, abs(s - t));
            CHECK(vsqdmulh, clamp((2 * s * t) >> 8, -128, 127));
            CHECK(vsqrdmulh, clamp((2 * s * t + 128) >> 8, -128, 127));
            CHECK(vshlu, shifted(a, t, false));
            CHECK(vshls, shifted(s, t, false));
            CHECK(vrshlu, shifted(a, t, true));
            CHECK(vrshls, shifted(s, t, true));
            CHECK(vuqshl, clamp(shifted(a, t, false), 0, 255));
            CHECK(vsqshl, clamp(shifted(s, t, false), -128, 127));
            CHECK(vuqrshl, clamp(shifted(a, t, true), 0, 255));
            CHECK(vsqrshl, clamp(shifted(s, t, true), -128, 127));
            CHECK(sdiv, t ? s / t : 0);
            CHECK(srem, t ? s % t : s);
            CHECK(smulh, (s * t) >> 8);
#undef CHECK
        }
}

static void flags_agree_with_wide_arithmetic(void)
{
    for (int a = 0; a < 256; a++)
        for (int b = 0; b < 256; b++)
            for (int c = 0; c < 2; c++) {
                int sum = a + b + c, ssum = (int8_t)a + (int8_t)b + c;
                uint64_t f = ir_value(IR_flags_adc, 8, (uint8_t)a, (uint8_t)b, c ? 0x100 : 0, 0, 0);

                g_assert_cmpint(ir_cond_holds(IR_HS, f), ==, sum > 255);
                g_assert_cmpint(ir_cond_holds(IR_EQ, f), ==, !(uint8_t)sum);
                g_assert_cmpint(ir_cond_holds(IR_MI, f), ==, sum >> 7 & 1);
                g_assert_cmpint(ir_cond_holds(IR_VS, f), ==, ssum > 127 || ssum < -128);
                f = ir_value(IR_flags_sub, 8, (uint8_t)a, (uint8_t)b, 0, 0, 0);
                g_assert_cmpint(ir_cond_holds(IR_HS, f), ==, a >= b);
                g_assert_cmpint(ir_cond_holds(IR_HI, f), ==, a > b);
                g_assert_cmpint(ir_cond_holds(IR_LT, f), ==, (int8_t)a < (int8_t)b);
                g_assert_cmpint(ir_cond_holds(IR_GT, f), ==, (int8_t)a > (int8_t)b);
            }
}

static void checksums_and_ciphers_match_published_vectors(void)
{
    uint64_t crc = 0xffffffff;
    v128 v;

    for (const char *p = "123456789"; *p; p++)
        crc = ir_value(IR_crc32, 32, crc, (uint8_t)*p, 0, 1, 0);
    g_assert_cmphex(crc ^ 0xffffffff, ==, 0xcbf43926);
    crc = 0xffffffff;
    for (const char *p = "123456789"; *p; p++)
        crc = ir_value(IR_crc32c, 32, crc, (uint8_t)*p, 0, 1, 0);
    g_assert_cmphex(crc ^ 0xffffffff, ==, 0xe3069283);
    /* FIPS 197 appendix B, round 1: start of round -> after ShiftRows; a column through MixColumns */
    v = ir_vvalue(IR_vaesenclast, V128, (v128){0x2be2f4a0bee33d19, 0x0848f8e92a8dc69a}, (v128){0, 0}, (v128){0, 0}, 0, 0, 0);
    g_assert_cmphex(v.lo, ==, 0xae52b4e0305dbfd4);
    g_assert_cmphex(v.hi, ==, 0xe598271ef11141b8);
    v = ir_vvalue(IR_vaesdeclast, V128, v, (v128){0, 0}, (v128){0, 0}, 0, 0, 0);
    g_assert_cmphex(v.lo, ==, 0x2be2f4a0bee33d19);
    v = ir_vvalue(IR_vaesmc, V128, (v128){0x455313dbull, 0}, (v128){0, 0}, (v128){0, 0}, 0, 0, 0); /* column db 13 53 45 */
    g_assert_cmphex(v.lo, ==, 0xbca14d8e);                                                           /* 8e 4d a1 bc */
    v = ir_vvalue(IR_vaesimc, V128, v, (v128){0, 0}, (v128){0, 0}, 0, 0, 0);
    g_assert_cmphex(v.lo, ==, 0x455313db);
}

static const uint64_t odd[] = {0, 1, 7, 8, 0x7f, 0x80, 0xff, 0x7fff, 0x8000, 0xffff, 0x7fffffff, 0x80000000, 0xffffffff,
                               0x7fffffffffffffff, 0x8000000000000000, ~0ull};

/* What ir_interp makes of a pure scalar op. */
static uint64_t interpreted(enum ir_opcode op, enum ir_type type, const uint64_t v[3], unsigned aux)
{
    struct ir_op shape = {.op = op, .type = ir_canonical_type(op, type)};
    ir_ref arg[3] = {{0}};

    ir_begin(&region, (struct region_key){0});
    region.fold = false;
    for (unsigned i = 0; i < ir_info[op].nargs; i++)
        arg[i] = ir_const(&region, ir_operand_type(&region, &shape, i), v[i]);
    arg[0] = ir_op(&region, op, type, arg[0], arg[1], arg[2], aux, 0);
    ir_put(&region, ir_type_of(&region, arg[0]), 0, arg[0]);
    ir_exit(&region, 0, 0);
    g_assert_cmpstr(ir_verify(&region), ==, NULL);
    ir_interp(&env, &region);
    return state.slot[0];
}

static void every_row_is_interpreted_as_its_value_says(void)
{
    begin();
    for (unsigned op = IR_const + 1; op < IR_COUNT; op++) {
        const struct ir_opinfo *info = &ir_info[op];

        if (!(info->traits & IR_PURE) || info->traits & (IR_IS_VECTOR | IR_IS_LANE))
            continue;
        for (enum ir_type asked = I32; asked <= I64; asked++)
            for (unsigned k = 0; k < 16 * 16 * 16; k++) {
                enum ir_type type = ir_canonical_type(op, asked);
                struct ir_op shape = {.op = op, .type = type};
                uint64_t v[3] = {odd[k & 15], odd[k >> 4 & 15], odd[k >> 8]};
                unsigned aux = k % (op == IR_cond ? IR_AL + 1 : 9);

                for (unsigned i = 0; i < info->nargs; i++)
                    v[i] &= ones(ir_bits(ir_operand_type(&region, &shape, i)));
                g_assert_cmphex(interpreted(op, asked, v, aux), ==, ir_value(op, ir_bits(type), v[0], v[1], v[2], aux, 0));
            }
    }
}

/* No row may lean on undefined behaviour: the sanitizer says so if one does. */
static void every_row_has_a_value_for_every_input(void)
{
    for (unsigned op = IR_const + 1; op < IR_COUNT; op++) {
        const struct ir_opinfo *info = &ir_info[op];
        bool scalar = !(info->traits & (IR_IS_VECTOR | IR_IS_LANE));

        if (!(info->traits & IR_PURE) || info->traits & IR_IS_VECTOR)
            continue;
        for (unsigned n = 8; n <= 64; n *= 2)
            for (unsigned k = 0; k < 16 * 16 * 16; k++) {
                uint64_t a = odd[k & 15] & ones(n), b = odd[k >> 4 & 15] & ones(n), c = odd[k >> 8] & ones(n);
                unsigned aux = scalar ? k & 15 : n;

                ir_value(op, n, a, b, c, aux, odd[k & 15]);
            }
    }
}

int main(int argc, char **argv)
{
    g_test_init(&argc, &argv, NULL);
#define TEST(f) g_test_add_func("/interp/" #f, f)
    TEST(a_word_put_clears_the_upper_half);
    TEST(half_a_vector_reads_as_zero_extended_and_is_put_alone);
    TEST(loads_extend_and_turn_bytes);
    TEST(stores_write_their_size_only);
    TEST(atomics_give_what_was);
    TEST(a_misaligned_access_raises_when_asked_to);
    TEST(plain_accesses_drop_tags_and_stay_within_48_bits);
    TEST(a_fault_leaves_with_the_state_as_it_was);
    TEST(a_fault_behind_a_label_is_of_the_instruction_around_it);
    TEST(helpers_get_their_operands);
    TEST(branches_skip_forward);
    TEST(every_exit_says_how);
    TEST(floats_set_sticky_flags);
    TEST(lanes_of_bytes_saturate);
    TEST(flags_agree_with_wide_arithmetic);
    TEST(checksums_and_ciphers_match_published_vectors);
    TEST(every_row_is_interpreted_as_its_value_says);
    TEST(every_row_has_a_value_for_every_input);
    return g_test_run();
}

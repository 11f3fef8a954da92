/*
 * runtime_test.c: the vcpu loop, chaining, invalidation, faults, kicks and the
 * debugger's wishes, on a toy guest. Everything runs six times: interpreted,
 * compiled, and by both engines compared region by region (MOA_CHECK), as a
 * 32-bit guest in a window of memory and as a 64-bit one at host addresses.
 */
#include "runtime/runtime.h"
#include "tests/runtime/toy.h"
#include "util/util.h"

#include <glib.h>
#include <pthread.h>
#include <stdlib.h>
#include <sys/mman.h>
#include <sys/wait.h>
#include <unistd.h>

/* ---- the toy's frontend ---- */

#define R(n)  ((unsigned)offsetof(struct toy_state, r[n]))
#define S(n)  ((unsigned)offsetof(struct toy_state, s[n]))

uint64_t (*toy_helper)(struct toy_state *s, uint64_t a);
static uint64_t call_helper(struct toy_state *s, uint64_t a) { return toy_helper(s, a); }

static const struct guest_helper helpers[] = {
    {"toy", call_helper, HELPER_READS | HELPER_WRITES | HELPER_FAULTS, I64, {I32}},
};

static struct toy_state *state_of(const struct vcpu *c) { return vcpu_state((struct vcpu *)c); }
static void reset(struct vcpu *c, const struct guest_cpu_model *m) { memset(vcpu_state(c), 0, sizeof(struct toy_state)); }
static struct region_key key(const struct vcpu *c)
{
    return (struct region_key){state_of(c)->pc, (uint32_t)state_of(c)->mode};
}
static struct region_key key_of_target(const struct vcpu *c, uint64_t t)
{
    return (struct region_key){t & ~1ull, (uint32_t)((state_of(c)->mode & ~1ull) | (t & 1))};
}
static struct region_key key_of_return(struct region_key from, uint64_t address)
{
    return (struct region_key){address & ~1ull, (from.mode & ~1u) | (address & 1)};
}
static void set_pc(struct vcpu *c, uint64_t pc, uint32_t mode)
{
    state_of(c)->pc = pc;
    state_of(c)->mode = (state_of(c)->mode & ~1ull) | (mode & 1);
}
static unsigned flags_live(struct region_key k, struct code_source *s) { return 15; }
static void dump(const struct vcpu *c, FILE *f) {}

/* Registers are as wide as addresses. */
static enum ir_type T(const struct ir_region *r) { return r->pointer64 ? I64 : I32; }

static ir_ref address(struct ir_region *r, unsigned reg, int8_t disp)
{
    return ir_op2i(r, IR_add, T(r), ir_get(r, T(r), R(reg)), (uint64_t)disp);
}

/* False: the region ends. */
static bool one(struct ir_region *r, const uint8_t *i, uint64_t pc, uint32_t mode)
{
    unsigned a = i[1] & 7, b = i[2] & 7;
    uint64_t target = pc + 4 * (uint64_t)(int8_t)i[2];
    enum ir_type t = T(r);
    ir_ref none = {0};

    switch (i[0]) {
    case TOY_ADDI:
        ir_put(r, t, R(a), ir_op2i(r, IR_add, t, ir_get(r, t, R(a)), (uint64_t)(int8_t)i[2]));
        return true;
    case TOY_BNEZ:
        ir_exit_if(r, ir_op2i(r, IR_ne, t, ir_get(r, t, R(a)), 0), target, mode);
        return true;
    case TOY_JUMP:
        ir_exit(r, target, mode);
        return false;
    case TOY_JR:
        ir_exit_indirect(r, ir_get(r, t, R(a)));
        return false;
    case TOY_CALL:
        ir_put(r, t, R(7), ir_const(r, t, pc + 4));
        ir_exit_call(r, target, mode, pc + 4);
        return false;
    case TOY_RET:
        ir_exit_return(r, ir_get(r, t, R(7)));
        return false;
    case TOY_STORE:
        ir_store(r, t, t == I64 ? MO_64 : MO_32, address(r, a, (int8_t)i[3]), ir_get(r, t, R(b)));
        return true;
    case TOY_LOAD:
        ir_put(r, t, R(b), ir_load(r, t, t == I64 ? MO_64 : MO_32, address(r, a, (int8_t)i[3])));
        return true;
    case TOY_HELPER:
        ir_put(r, I64, R(b), ir_call(r, 0, I64, ir_get(r, t, R(a)), none, none, none));
        return true;
    case TOY_SYNC:
        ir_put(r, I64, offsetof(struct toy_state, mode), ir_op2i(r, IR_xor, I64, ir_get(r, I64, offsetof(struct toy_state, mode)), i[2]));
        ir_sync(r, pc + 4, mode);
        return false;
    case TOY_FDIV:
        ir_put(r, F32, S(1), ir_op2(r, IR_fdiv, F32, ir_get(r, F32, S(0)), ir_get(r, F32, S(0))));
        return true;
    default:
        ir_raise(r, EXC_SYSCALL, pc + 4, i[2]);
        return false;
    }
}

static void translate(struct ir_region *r, struct code_source *s, const struct guest_cpu_model *m, const struct translate_options *o)
{
    uint64_t pc = r->key.pc;

    for (; r->insns < o->max_insns; pc += 4) {
        uint8_t i[4];

        if (!s->read(s, pc, i, 4)) {
            if (r->insns)
                break;
            ir_insn(r, pc, r->key.mode);
            ir_raise(r, EXC_FETCH_FAULT, pc, pc);
            return;
        }
        ir_insn(r, pc, r->key.mode);
        r->insns++;
        if (!one(r, i, pc, r->key.mode))
            return;
    }
    ir_exit(r, pc, r->key.mode);
}

static const struct guest_pin pins[] = {{R(0), 8, 0}, {R(1), 8, 0}, {R(2), 8, 0}};
static const struct guest_cpu_model models[] = {{.name = "toy"}, {NULL}};
struct guest_arch toy_arch = {
    .name = "toy", .address_bits = 32, .code_shift = 1, .state_size = sizeof(struct toy_state), .pc_offset = offsetof(struct toy_state, pc),
    .flags_offset = ~0u, .pins = pins, .npins = ARRAY_SIZE(pins), .helpers = helpers, .nhelpers = ARRAY_SIZE(helpers),
    .models = models, .reset = reset, .key = key, .key_of_target = key_of_target, .key_of_return = key_of_return,
    .set_pc = set_pc, .translate = translate, .flags_live = flags_live, .dump = dump,
};

/* ---- the toy's machine ---- */

#define CODE (origin + 0x10000)
#define DATA (origin + 0x40000)
static uint64_t origin; /* the first guest address */
static uint8_t *base;   /* where it is on the host */
static uint8_t flags[1 << 20];
static void *host(uint64_t addr) { return base + (addr - origin); }

static void handler(int sig, siginfo_t *info, void *uc)
{
    if (!runtime_signal(sig, info, uc)) {
        static const char text[] = "signal is not the runtime's\n";
        ssize_t r = write(2, text, sizeof text - 1);
        (void)r;
        _exit(99);
    }
}

static unsigned page_query(uint64_t addr) { return (addr - origin) >> 32 ? 0 : flags[(addr - origin) / 4096]; }

static void map(uint64_t addr, uint32_t size, int prot, unsigned page)
{
    mprotect(host(addr), size, prot);
    for (uint64_t a = addr; a < addr + size; a += 4096)
        flags[(a - origin) / 4096] = (uint8_t)(page | PAGE_VALID);
    runtime_invalidate(addr, addr + size);
}

static void set_up(const struct runtime_options *o, bool wide)
{
    struct sigaction sa = {.sa_sigaction = handler, .sa_flags = SA_SIGINFO | SA_ONSTACK};
    struct runtime_memory mem = {.address_bits = 32, .page_flags = flags};

    base = mmap(NULL, (1ull << 32) + 65536, PROT_NONE, MAP_PRIVATE | MAP_ANONYMOUS | MAP_NORESERVE, -1, 0);
    mem.base = (uint64_t)base;
    if (wide) {
        origin = (uint64_t)base;
        mem = (struct runtime_memory){.address_bits = 64, .page_query = page_query};
        toy_arch.address_bits = 64;
        toy_arch.address_ignore_top = 8;
    }
    runtime_init(&toy_arch, &mem, o);
    sigaction(SIGSEGV, &sa, NULL);
    sigaction(SIGBUS, &sa, NULL);
    sigaction(SIGFPE, &sa, NULL);
    map(CODE, 0x10000, PROT_READ | PROT_WRITE, PAGE_READ | PAGE_WRITE | PAGE_EXEC);
    map(DATA, 0x10000, PROT_READ | PROT_WRITE, PAGE_READ | PAGE_WRITE);
}

static void put(uint64_t at, unsigned op, unsigned a, int b, int c)
{
    uint8_t i[4] = {(uint8_t)op, (uint8_t)a, (uint8_t)b, (uint8_t)c};
    memcpy(host(at), i, 4); /* protected code pages are the runtime's business */
}

static struct vcpu *cpu_at(uint64_t pc)
{
    struct vcpu *c = vcpu_new(&toy_arch, models);

    vcpu_attach(c);
    state_of(c)->pc = pc;
    return c;
}

static uint32_t r(struct vcpu *c, unsigned n) { return (uint32_t)state_of(c)->r[n]; }

#define expect_exception(c, e, at) do {                  \
        g_assert_cmpuint(vcpu_run(c), ==, e);            \
        g_assert_cmphex(state_of(c)->pc, ==, at);        \
    } while (0)

/* ---- tests ---- */

static void count_down(uint64_t at)
{
    put(at, TOY_ADDI, 1, 2, 0);
    put(at + 4, TOY_ADDI, 0, -1, 0);
    put(at + 8, TOY_BNEZ, 0, -2, 0);
    put(at + 12, TOY_HALT, 0, 42, 0);
}

static void a_loop_ends_in_its_system_call(void)
{
    struct vcpu *c = cpu_at(CODE);

    count_down(CODE);
    state_of(c)->r[0] = 100000;
    expect_exception(c, EXC_SYSCALL, CODE + 16);
    g_assert_cmpuint(r(c, 1), ==, 200000);
    g_assert_cmpuint(c->exception_data, ==, 42);
    vcpu_free(c);
}

static void calls_and_indirect_jumps_arrive(void)
{
    struct vcpu *c = cpu_at(CODE + 0x100);
    uint64_t f = CODE + 0x140;

    put(CODE + 0x100, TOY_CALL, 0, 16, 0);
    put(CODE + 0x104, TOY_ADDI, 0, -1, 0);
    put(CODE + 0x108, TOY_BNEZ, 0, -2, 0);
    put(CODE + 0x10c, TOY_JR, 2, 0, 0);
    put(f, TOY_ADDI, 1, 3, 0);
    put(f + 4, TOY_RET, 0, 0, 0);
    put(CODE + 0x180, TOY_HALT, 0, 0, 0);
    state_of(c)->r[0] = 5000;
    state_of(c)->r[2] = CODE + 0x180;
    expect_exception(c, EXC_SYSCALL, CODE + 0x184);
    g_assert_cmpuint(r(c, 1), ==, 15000);
    vcpu_free(c);
}

static void recursion_deeper_than_the_return_stack_returns(void)
{
    struct vcpu *c = cpu_at(CODE + 0x200);
    uint64_t at = CODE + 0x200;

    /* f: if (!r0) return; r0--; push r7 at r3; f(); pop r7; r1++; return */
    put(at, TOY_CALL, 0, 4, 0);
    put(at + 4, TOY_HALT, 0, 0, 0);
    at += 16;
    put(at, TOY_BNEZ, 0, 2, 0);
    put(at + 4, TOY_RET, 0, 0, 0);
    put(at + 8, TOY_ADDI, 0, -1, 0);
    put(at + 12, TOY_STORE, 3, 7, 0);
    put(at + 16, TOY_ADDI, 3, 8, 0);
    put(at + 20, TOY_CALL, 0, -5, 0);
    put(at + 24, TOY_ADDI, 3, -8, 0);
    put(at + 28, TOY_LOAD, 3, 7, 0);
    put(at + 32, TOY_ADDI, 1, 1, 0);
    put(at + 36, TOY_RET, 0, 0, 0);
    map(origin + 0x100000, 0x200000, PROT_READ | PROT_WRITE, PAGE_READ | PAGE_WRITE);
    state_of(c)->r[0] = 200000;
    state_of(c)->r[3] = origin + 0x100000;
    expect_exception(c, EXC_SYSCALL, CODE + 0x208);
    g_assert_cmpuint(r(c, 1), ==, 200000);
    vcpu_free(c);
}

static void a_bad_access_is_a_fault_at_its_instruction(void)
{
    struct vcpu *c = cpu_at(CODE + 0x300);

    put(CODE + 0x300, TOY_ADDI, 1, 7, 0);
    put(CODE + 0x304, TOY_STORE, 0, 1, 4);
    put(CODE + 0x308, TOY_ADDI, 1, 7, 0);
    put(CODE + 0x30c, TOY_LOAD, 0, 1, 8);
    put(CODE + 0x310, TOY_HALT, 0, 0, 0);
    state_of(c)->r[0] = origin + 0x90000;
    expect_exception(c, EXC_DATA_FAULT, CODE + 0x304);
    g_assert_cmphex(c->exception_data, ==, 1ull << 63 | (origin + 0x90004));
    g_assert_cmpuint(r(c, 1), ==, 7);
    state_of(c)->pc = CODE + 0x308;
    expect_exception(c, EXC_DATA_FAULT, CODE + 0x30c);
    g_assert_cmphex(c->exception_data, ==, origin + 0x90008);
    g_assert_cmpuint(r(c, 1), ==, 14);
    state_of(c)->r[0] = DATA;
    expect_exception(c, EXC_SYSCALL, CODE + 0x314);
    vcpu_free(c);
}

/* Only on the 64-bit guest: the upper byte of an address is a tag. */
static void tagged_addresses_reach_their_page(void)
{
    struct vcpu *c = cpu_at(CODE + 0x340);
    uint64_t tag = 0x5aull << 56;

    put(CODE + 0x340, TOY_STORE, 3, 0, 8);
    put(CODE + 0x344, TOY_LOAD, 3, 2, 8);
    put(CODE + 0x348, TOY_ADDI, 1, 1, 0);
    put(CODE + 0x34c, TOY_ADDI, 0, -1, 0);
    put(CODE + 0x350, TOY_BNEZ, 0, -4, 0);
    put(CODE + 0x354, TOY_HALT, 0, 0, 0);
    state_of(c)->r[0] = 1000;
    state_of(c)->r[3] = DATA | tag;
    expect_exception(c, EXC_SYSCALL, CODE + 0x358);
    g_assert_cmpuint(r(c, 1), ==, 1000);
    g_assert_cmpuint(r(c, 2), ==, 1);
    g_assert_cmphex(state_of(c)->r[3], ==, DATA | tag);
    state_of(c)->pc = CODE + 0x340;
    state_of(c)->r[3] = (origin + 0x90000) | tag;
    expect_exception(c, EXC_DATA_FAULT, CODE + 0x340);
    g_assert_cmphex(c->exception_data, ==, 1ull << 63 | (origin + 0x90008));
    vcpu_free(c);
}

static void impossible_addresses_fault_where_they_are(void)
{
    static const uint64_t bad[] = {0x0000800000000000, 0x007f123456789ab0, 0x00ffff1234567890, 0xffff800000001000, 0xffffffffffffe000};
    struct vcpu *c = cpu_at(CODE + 0x360);

    put(CODE + 0x360, TOY_LOAD, 3, 2, 8);
    put(CODE + 0x364, TOY_STORE, 3, 2, 8);
    put(CODE + 0x368, TOY_HALT, 0, 0, 0);
    for (unsigned i = 0; i < 4 * ARRAY_SIZE(bad); i++) {
        uint64_t addr = bad[i % ARRAY_SIZE(bad)];

        state_of(c)->r[3] = addr;
        state_of(c)->pc = CODE + 0x360 + 4 * (i & 1);
        expect_exception(c, EXC_DATA_FAULT, CODE + 0x360 + 4 * (i & 1));
        addr = (uint64_t)((int64_t)(addr << 8) >> 8) + 8;
        g_assert_cmphex(ir_fault_address(c->exception_data), ==, addr);
        g_assert_cmpuint(c->exception_data >> 63, ==, i & 1);
    }
    state_of(c)->r[3] = DATA;
    state_of(c)->pc = CODE + 0x360;
    expect_exception(c, EXC_SYSCALL, CODE + 0x36c);
    vcpu_free(c);
}

static void jumps_to_nowhere_are_fetch_faults(void)
{
    static const uint64_t bad[] = {0x0000800000000000, 0x5a00123456789ab0, 0xffff800000001000, 0xfffffffffffffff0};
    struct vcpu *c = cpu_at(0);

    put(CODE + 0x370, TOY_JR, 3, 0, 0);
    for (unsigned i = 0; i < ARRAY_SIZE(bad); i++) {
        state_of(c)->r[3] = bad[i];
        state_of(c)->pc = CODE + 0x370;
        expect_exception(c, EXC_FETCH_FAULT, bad[i]);
    }
    vcpu_free(c);
}

static void code_that_cannot_be_fetched_faults_there(void)
{
    struct vcpu *c = cpu_at(CODE + 0x380);

    put(CODE + 0x380, TOY_ADDI, 1, 7, 0);
    put(CODE + 0x384, TOY_JR, 2, 0, 0);
    state_of(c)->r[2] = DATA;
    expect_exception(c, EXC_FETCH_FAULT, DATA);
    g_assert_cmpuint(r(c, 1), ==, 7);
    vcpu_free(c);
}

static uint64_t raise_odd(struct toy_state *s, uint64_t a)
{
    volatile double third = 1.0;

    third /= 3; /* inexact, but not the guest's */
    if (a & 1)
        vcpu_raise(vcpu_of_state(s), EXC_TRAP, a);
    if (a == 2)
        return *(volatile uint32_t *)(base + 0x90000);
    return vcpu_helper_pc(vcpu_of_state(s)) + s->r[0];
}

static void helpers_see_their_pc_and_may_raise(void)
{
    struct vcpu *c = cpu_at(CODE + 0x400);

    toy_helper = raise_odd;
    put(CODE + 0x400, TOY_ADDI, 0, 4, 0);
    put(CODE + 0x404, TOY_HELPER, 0, 1, 0);
    put(CODE + 0x408, TOY_HALT, 0, 0, 0);
    expect_exception(c, EXC_SYSCALL, CODE + 0x40c);
    g_assert_cmphex(r(c, 1), ==, (uint32_t)CODE + 0x404 + 4);
    for (unsigned i = 0; i < 10; i++) { /* the stacks are as before */
        state_of(c)->pc = CODE + 0x400;
        state_of(c)->r[0] = 1;
        expect_exception(c, EXC_TRAP, CODE + 0x404);
        g_assert_cmpuint(c->exception_data, ==, 5);
        g_assert_cmpuint(c->fp.flags, ==, 0);
        state_of(c)->pc = CODE + 0x400;
        state_of(c)->r[0] = origin ? (uint64_t)-2 : (uint32_t)-2;
        expect_exception(c, EXC_DATA_FAULT, CODE + 0x404);
        g_assert_cmphex(c->exception_data, ==, origin + 0x90000);
    }
    vcpu_free(c);
}

static uint64_t next_immediate(struct toy_state *s, uint64_t insn) { return insn + 0x10000; }

static void a_guest_that_rewrites_code_runs_the_new_one(void)
{
    struct vcpu *c = cpu_at(CODE + 0x500);

    /* the code at 0x1600 is on a page of its own; the loop adds 1 to its immediate each time */
    put(CODE + 0x500, TOY_CALL, 0, 127, 0);
    put(CODE + 0x500 + 127 * 4, TOY_JR, 4, 0, 0);
    put(CODE + 0x1600, TOY_ADDI, 1, 1, 0);
    put(CODE + 0x1604, TOY_RET, 0, 0, 0);
    put(CODE + 0x504, TOY_LOAD, 4, 5, 0);
    put(CODE + 0x508, TOY_HELPER, 5, 5, 0);
    put(CODE + 0x50c, TOY_STORE, 4, 5, 0);
    put(CODE + 0x510, TOY_ADDI, 0, -1, 0);
    put(CODE + 0x514, TOY_BNEZ, 0, -5, 0);
    put(CODE + 0x518, TOY_HALT, 0, 0, 0);
    state_of(c)->r[0] = 60; /* long after the page is no longer write-protected */
    state_of(c)->r[4] = CODE + 0x1600;
    toy_helper = next_immediate;
    expect_exception(c, EXC_SYSCALL, CODE + 0x51c);
    g_assert_cmpuint(r(c, 1), ==, 60 * 61 / 2);
    vcpu_free(c);
}

static void what_the_kernel_writes_into_code_is_seen_however_often(void)
{
    struct vcpu *c = cpu_at(0);

    for (int i = 1; i < 40; i++) {
        runtime_unprotect(CODE + 0x2000, CODE + 0x2010);
        base[CODE - origin + 0x2000] = TOY_ADDI;
        base[CODE - origin + 0x2001] = 1;
        base[CODE - origin + 0x2002] = (uint8_t)i;
        base[CODE - origin + 0x2004] = TOY_HALT;
        state_of(c)->pc = CODE + 0x2000;
        state_of(c)->r[1] = 0;
        expect_exception(c, EXC_SYSCALL, CODE + 0x2008);
        g_assert_cmpint((int)r(c, 1), ==, i);
    }
    vcpu_free(c);
}

static void unmapped_code_is_gone(void)
{
    struct vcpu *c = cpu_at(CODE + 0x3000);

    count_down(CODE + 0x3000);
    state_of(c)->r[0] = 10;
    expect_exception(c, EXC_SYSCALL, CODE + 0x3010);
    map(CODE + 0x3000, 0x1000, PROT_NONE, 0);
    state_of(c)->pc = CODE + 0x3000;
    expect_exception(c, EXC_FETCH_FAULT, CODE + 0x3000);
    map(CODE + 0x3000, 0x1000, PROT_READ | PROT_WRITE, PAGE_READ | PAGE_WRITE | PAGE_EXEC);
    vcpu_free(c);
}

static volatile bool stop;

static void *kicker(void *c)
{
    while (!stop) {
        usleep(100);
        vcpu_kick(c);
    }
    return NULL;
}

static void kicks_end_loops_of_every_kind(void)
{
    static const struct { unsigned op; } kinds[] = {{TOY_JUMP}, {TOY_JR}};

    for (unsigned k = 0; k < ARRAY_SIZE(kinds); k++) {
        struct vcpu *c = cpu_at(CODE + 0x600);
        pthread_t t;
        int kicks = 0;

        put(CODE + 0x600, kinds[k].op, 2, 0, 0);
        state_of(c)->r[2] = CODE + 0x600;
        stop = false;
        pthread_create(&t, NULL, kicker, c);
        do
            expect_exception(c, EXC_INTERRUPT, CODE + 0x600);
        while (++kicks < 50);
        stop = true;
        pthread_join(t, NULL);
        vcpu_free(c);
    }
}

static void the_mode_of_the_code_may_change(void)
{
    struct vcpu *c = cpu_at(CODE + 0x700);

    put(CODE + 0x700, TOY_SYNC, 0, 4, 0);
    put(CODE + 0x704, TOY_ADDI, 0, -1, 0);
    put(CODE + 0x708, TOY_BNEZ, 0, -2, 0);
    put(CODE + 0x70c, TOY_HALT, 0, 0, 0);
    state_of(c)->r[0] = 101;
    expect_exception(c, EXC_SYSCALL, CODE + 0x710);
    g_assert_cmpuint(state_of(c)->mode, ==, 4);
    vcpu_free(c);
}

static void an_invalid_division_is_mended(void)
{
    struct vcpu *c = cpu_at(CODE + 0x800);

    put(CODE + 0x800, TOY_FDIV, 0, 0, 0);
    put(CODE + 0x804, TOY_ADDI, 0, -1, 0);
    put(CODE + 0x808, TOY_BNEZ, 0, -2, 0);
    put(CODE + 0x80c, TOY_HALT, 0, 0, 0);
    state_of(c)->r[0] = 20;
    expect_exception(c, EXC_SYSCALL, CODE + 0x810);
    g_assert_cmphex(state_of(c)->s[1], ==, 0x7fc00000);
    g_assert_cmpuint(c->fp.flags, ==, FP_INVALID);
    vcpu_free(c);
}

static void breakpoints_and_steps_stop_where_they_should(void)
{
    struct vcpu *c = cpu_at(CODE + 0x900);
    uint64_t at = CODE + 0x908;

    count_down(CODE + 0x900);
    state_of(c)->r[0] = 3;
    runtime_set_breakpoints(&at, 1);
    expect_exception(c, EXC_DEBUG, CODE + 0x908);
    g_assert_cmpuint(r(c, 0), ==, 2);
    runtime_set_breakpoints(NULL, 0);
    runtime_set_singlestep(c, true);
    expect_exception(c, EXC_DEBUG, CODE + 0x900);
    expect_exception(c, EXC_DEBUG, CODE + 0x904);
    runtime_set_singlestep(c, false);
    if (vcpu_run(c) == EXC_INTERRUPT) /* the kick that began stepping */
        vcpu_run(c);
    g_assert_cmphex(state_of(c)->pc, ==, CODE + 0x910);
    vcpu_free(c);
}

static void a_watchpoint_stops_after_the_access(void)
{
    struct vcpu *c = cpu_at(CODE + 0xa00);
    struct watchpoint w = {DATA + 8, 4, 0, 1};

    put(CODE + 0xa00, TOY_LOAD, 3, 1, 8);
    put(CODE + 0xa04, TOY_STORE, 3, 1, 16);
    put(CODE + 0xa08, TOY_STORE, 3, 1, 8);
    put(CODE + 0xa0c, TOY_HALT, 0, 0, 0);
    state_of(c)->r[3] = DATA;
    runtime_set_watchpoints(&w, 1);
    if (vcpu_run(c) == EXC_INTERRUPT)
        vcpu_run(c);
    g_assert_cmphex(state_of(c)->pc, ==, CODE + 0xa0c);
    g_assert_cmpuint(c->exception, ==, EXC_DEBUG);
    runtime_set_watchpoints(NULL, 0);
    vcpu_free(c);
}

/* ---- many threads, one of which takes the code away again and again ---- */

static void *runner(void *arg)
{
    struct vcpu *c = cpu_at(0);
    uintptr_t rounds = 0;

    for (; !stop; rounds++) {
        state_of(c)->pc = CODE + 0x100;
        state_of(c)->r[0] = 2000;
        state_of(c)->r[1] = 0;
        state_of(c)->r[2] = CODE + 0x180;
        if (vcpu_run(c) != EXC_SYSCALL || r(c, 1) != 6000)
            g_error("wrong result %u at %#" G_GINT64_MODIFIER "x", r(c, 1), state_of(c)->pc);
    }
    vcpu_free(c);
    return (void *)rounds;
}

static void code_may_be_dropped_under_running_threads(void)
{
    pthread_t t[3];

    calls_and_indirect_jumps_arrive();
    stop = false;
    for (unsigned i = 0; i < ARRAY_SIZE(t); i++)
        pthread_create(&t[i], NULL, runner, NULL);
    for (unsigned i = 0; i < 1500; i++) {
        if (i % 8 == 0)
            runtime_flush();
        else if (i % 2)
            runtime_invalidate(CODE + 0x140, CODE + 0x144);
        else
            put(CODE + 0x100, TOY_CALL, 0, 16, 0);
        usleep(50);
    }
    stop = true;
    for (unsigned i = 0; i < ARRAY_SIZE(t); i++)
        pthread_join(t[i], NULL);
}

static void a_forked_child_goes_on_alone(void)
{
    struct vcpu *c = cpu_at(CODE);
    int status;
    pid_t pid;

    runtime_before_fork();
    pid = fork();
    runtime_after_fork(!pid);
    if (!pid) {
        put(CODE, TOY_ADDI, 1, 3, 0);
        state_of(c)->r[0] = 10;
        _exit(vcpu_run(c) == EXC_SYSCALL && r(c, 1) == 30 ? 0 : 1);
    }
    waitpid(pid, &status, 0);
    g_assert_cmpint(status, ==, 0);
    state_of(c)->r[0] = 10;
    expect_exception(c, EXC_SYSCALL, CODE + 16);
    g_assert_cmpuint(r(c, 1), ==, 20);
    vcpu_free(c);
}

static void fill_cache(unsigned rounds)
{
    struct vcpu *c = cpu_at(0);

    for (unsigned round = 0; round < rounds; round++)
        for (uint64_t at = CODE + 0x4000; at < CODE + 0xff00; at += 16) {
            if (!round)
                count_down(at);
            state_of(c)->pc = at;
            state_of(c)->r[0] = 1;
            state_of(c)->r[1] = 0;
            expect_exception(c, EXC_SYSCALL, at + 16);
            g_assert_cmpuint(r(c, 1), ==, 2);
            if (round % 4 == 3)
                runtime_invalidate(at, at + 4);
        }
    vcpu_free(c);
}

struct test { const char *name; void (*run)(void); };
static void a_full_cache_starts_again(void) { fill_cache(40); }

/* Each thread goes on in code that its old translations are taken from again and again. */
static void a_full_cache_starts_again_under_running_threads(void)
{
    pthread_t t[3];

    calls_and_indirect_jumps_arrive();
    stop = false;
    for (unsigned i = 0; i < ARRAY_SIZE(t); i++)
        pthread_create(&t[i], NULL, runner, NULL);
    fill_cache(12);
    stop = true;
    for (unsigned i = 0; i < ARRAY_SIZE(t); i++)
        pthread_join(t[i], NULL);
}

static const struct test tests[] = {
    {"loop", a_loop_ends_in_its_system_call},
    {"indirect", calls_and_indirect_jumps_arrive},
    {"recursion", recursion_deeper_than_the_return_stack_returns},
    {"data-fault", a_bad_access_is_a_fault_at_its_instruction},
    {"fetch-fault", code_that_cannot_be_fetched_faults_there},
    {"helpers", helpers_see_their_pc_and_may_raise},
    {"self-modifying", a_guest_that_rewrites_code_runs_the_new_one},
    {"kernel-writes", what_the_kernel_writes_into_code_is_seen_however_often},
    {"unmap", unmapped_code_is_gone},
    {"kick", kicks_end_loops_of_every_kind},
    {"mode", the_mode_of_the_code_may_change},
    {"invalid", an_invalid_division_is_mended},
    {"breakpoint", breakpoints_and_steps_stop_where_they_should},
    {"watchpoint", a_watchpoint_stops_after_the_access},
    {"threads", code_may_be_dropped_under_running_threads},
    {"fork", a_forked_child_goes_on_alone},
    {"full", a_full_cache_starts_again},
    {"full-threads", a_full_cache_starts_again_under_running_threads},
};

static const struct test wide_tests[] = {
    {"tags", tagged_addresses_reach_their_page},
    {"impossible", impossible_addresses_fault_where_they_are},
    {"nowhere", jumps_to_nowhere_are_fetch_faults},
};

static const char *const engines[] = {"interpreted", "compiled", "checked"};

static void add_test(const struct test *t, unsigned engine, bool wide)
{
    char *path = g_strdup_printf("/%s-%u/%s", engines[engine], wide ? 64 : 32, t->name);

    g_test_add_func(path, t->run);
    g_free(path);
}

/* The runtime is set up once in a process: the engines take turns in children. */
static int run_engine(int argc, char **argv, unsigned engine, bool wide)
{
    struct runtime_options o = {.interpret = engine == 0, .fold = true, .cache_bytes = 1 << 20};
    int status;
    pid_t pid = fork();

    if (pid) {
        waitpid(pid, &status, 0);
        return status;
    }
    setenv("MOA_CHECK", engine == 2 ? "1" : "0", 1);
    set_up(&o, wide);
    g_test_init(&argc, &argv, NULL);
    for (unsigned i = 0; i < ARRAY_SIZE(tests); i++)
        if (engine != 2 || !strstr(tests[i].name, "threads")) /* threads that share memory look like differences */
            add_test(&tests[i], engine, wide);
    for (unsigned i = 0; wide && i < ARRAY_SIZE(wide_tests); i++)
        add_test(&wide_tests[i], engine, wide);
    exit(g_test_run());
}

int main(int argc, char **argv)
{
    for (unsigned engine = 0; engine < ARRAY_SIZE(engines); engine++)
        if (run_engine(argc, argv, engine, false) || run_engine(argc, argv, engine, true))
            return 1;
    return 0;
}

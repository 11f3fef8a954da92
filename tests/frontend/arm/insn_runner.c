/*
 * insn_runner.c: runs the instruction tests that tests/insn.py has assembled.
 *
 * A test comes as lines on stdin: "begin CPU THUMB HEXCODE", then "set NAME
 * VALUE" for registers (r0..r14 cpsr fpscr d0..d31, or x0..x30 sp pstate fpcr fpsr
 * v0..v31; hexadecimal) and "mem ADDR HEXBYTES", then "run". The code is put at
 * CODE and ends in svc; the answer is one line: exception, its data, registers,
 * and the bytes of scratch memory that changed. The mode on the command line says
 * what runs it, the guest which CPU it is of: arm or a64. With MOA_TEST_IR=1 in the
 * environment the IR goes to stderr.
 */
#include "backend/backend.h"
#include "frontend/arm/a64/a64_public.h"
#include "frontend/arm/arm_public.h"
#include "ir/interp.h"
#include "runtime/runtime.h"
#include "util/util.h"

#include <inttypes.h>
#include <setjmp.h>
#include <signal.h>
#include <stdlib.h>
#include <sys/mman.h>

enum { CODE = 0x10000, CODE_SIZE = 0x1000, SCRATCH = 0x20000, SCRATCH_SIZE = 0x4000, INSN_LIMIT = 10000 };

static uint8_t *memory; /* host address of guest address 0 */
static uint8_t before[SCRATCH_SIZE];
static uint8_t page_flags[1 << 20];
static struct vcpu *cpu;

/* interp and interp-fold run the reference interpreter on each region, by
 * themselves; compiled-nofold and compiled go through the runtime. host prints
 * the first region's code and where each guest instruction begins in it. */
static const struct mode {
    const char *name;
    bool compiled, fold, show_host;
} modes[] = {
    {"interp", false, false, false},
    {"interp-fold", false, true, false},
    {"compiled-nofold", true, false, false},
    {"compiled", true, true, false},
    {"host", true, true, true},
};
static const struct mode *mode;

/* ---- the guests ---- */

static bool arm_set(const char *name, uint64_t v, uint64_t high)
{
    struct arm_state *s = vcpu_state(cpu);
    unsigned n = (unsigned)atoi(name + 1);

    if (!strcmp(name, "cpsr"))
        arm_set_cpsr(s, (uint32_t)v);
    else if (!strcmp(name, "fpscr"))
        arm_set_fpscr(s, (uint32_t)v);
    else if (name[0] == 'r' && n < 15)
        s->r[n] = v;
    else if (name[0] == 'd' && n < 32)
        s->d[n] = v;
    else
        return false;
    return true;
}

static void arm_show(void)
{
    const struct arm_state *s = vcpu_state(cpu);

    for (unsigned i = 0; i < 16; i++)
        printf(" r%u=%08" PRIx64, i, s->r[i]);
    printf(" cpsr=%08x fpscr=%08x", arm_get_cpsr(s), arm_get_fpscr(s));
    for (unsigned i = 0; i < 32; i++)
        printf(" d%u=%016" PRIx64, i, s->d[i]);
}

static void arm_start(bool thumb)
{
    struct arm_state *s = vcpu_state(cpu);

    s->r[15] = CODE;
    s->thumb = thumb;
}

static bool a64_set(const char *name, uint64_t v, uint64_t high)
{
    struct a64_state *s = vcpu_state(cpu);
    unsigned n = (unsigned)atoi(name + 1);

    if (!strcmp(name, "pstate")) {
        a64_set_pstate(s, v);
    } else if (!strcmp(name, "fpcr")) {
        a64_set_fpcr(s, (uint32_t)v);
    } else if (!strcmp(name, "fpsr")) {
        a64_set_fpsr(s, (uint32_t)v);
    } else if (!strcmp(name, "sp")) {
        s->sp = v;
    } else if (name[0] == 'x' && n < 31) {
        s->x[n] = v;
    } else if (name[0] == 'v' && n < 32) {
        s->v[n][0] = v;
        s->v[n][1] = high;
    } else {
        return false;
    }
    return true;
}

static void a64_show(void)
{
    const struct a64_state *s = vcpu_state(cpu);

    for (unsigned i = 0; i < 31; i++)
        printf(" x%u=%016" PRIx64, i, s->x[i]);
    printf(" sp=%" PRIx64 " pc=%" PRIx64 " pstate=%08" PRIx64 " fpcr=%08x fpsr=%08x", s->sp, s->pc, a64_get_pstate(s), a64_get_fpcr(s),
           a64_get_fpsr(s));
    for (unsigned i = 0; i < 32; i++)
        printf(" v%u=%016" PRIx64 "%016" PRIx64, i, s->v[i][1], s->v[i][0]);
}

static void a64_start(bool thumb)
{
    ((struct a64_state *)vcpu_state(cpu))->pc = CODE;
}

static const struct guest {
    const char *name;
    const struct guest_arch *arch;
    void (*start)(bool thumb);
    bool (*set)(const char *name, uint64_t low, uint64_t high); /* false: no such register */
    void (*show)(void);
} guests[] = {
    {"arm", &arm_arch, arm_start, arm_set, arm_show},
    {"a64", &a64_arch, a64_start, a64_set, a64_show},
};
static const struct guest *guest = &guests[0];

/* ---- the interpreter alone: translate, run, follow exits ---- */

static sigjmp_buf fault_jump;
static uint64_t fault_address;

static void on_fault(int sig, siginfo_t *info, void *context)
{
    if (mode->compiled) {
        if (!runtime_signal(sig, info, context))
            die("signal %d is nobody's", sig);
        return;
    }
    fault_address = (uint64_t)info->si_addr - (uint64_t)memory;
    siglongjmp(fault_jump, 1);
}

static bool read_code(struct code_source *s, uint64_t pc, void *buf, unsigned n)
{
    if (pc < CODE || pc + n > CODE + CODE_SIZE)
        return false;
    memcpy(buf, memory + pc, n);
    return true;
}

static bool call_helper(struct ir_interp_env *e, const struct ir_op *op, const v128 arg[4], v128 *result)
{
    const struct guest_helper *h = &cpu->arch->helpers[op->imm];
    uint64_t (*fn)(void *, uint64_t, uint64_t, uint64_t, uint64_t) =
        (uint64_t (*)(void *, uint64_t, uint64_t, uint64_t, uint64_t))(uintptr_t)h->fn;

    result->lo = fn(e->state, arg[0].lo, arg[1].lo, arg[2].lo, arg[3].lo) & ones(ir_bits(h->result));
    result->hi = 0;
    return true;
}

static enum exception run_interp(uint64_t *data)
{
    static struct ir_op ops[IR_MAX_OPS];
    static struct ir_region region;
    struct code_source source = {.read = read_code};
    struct translate_options options = {.max_insns = 64};
    struct ir_interp_env env = {.state = vcpu_state(cpu), .fp = &cpu->fp, .owner = cpu, .mem_base = (uint64_t)memory,
                                .call = call_helper};

    if (sigsetjmp(fault_jump, 1)) {
        cpu->arch->set_pc(cpu, env.pc, env.mode);
        *data = fault_address;
        return EXC_DATA_FAULT;
    }
    while (env.insns < INSN_LIMIT) {
        struct region_key key = cpu->arch->key(cpu);
        struct ir_left left;
        const char *wrong;

        region.ops = ops;
        region.fold = mode->fold;
        ir_begin(&region, key);
        cpu->arch->translate(&region, &source, cpu->model, &options);
        wrong = ir_verify(&region);
        if (getenv("MOA_TEST_IR"))
            ir_print(stderr, &region);
        if (wrong) {
            ir_print(stderr, &region);
            die("translation of 0x%" PRIx64 " is not valid IR: %s", key.pc, wrong);
        }
        left = ir_interp(&env, &region);
        if (left.how == IR_exit_ind || left.how == IR_exit_icall || left.how == IR_exit_ret)
            left.target = cpu->arch->key_of_target(cpu, left.address);
        cpu->arch->set_pc(cpu, left.target.pc, left.target.mode);
        if (left.how == IR_raise) {
            *data = left.data;
            return left.exception;
        }
    }
    return EXC_INTERRUPT;
}

/* ---- through the runtime ---- */

static enum exception run_compiled(uint64_t *data)
{
    enum exception e = vcpu_run(cpu);

    *data = e == EXC_DATA_FAULT ? bits(cpu->exception_data, 0, guest->arch->address_bits == 32 ? 32 : 62) : cpu->exception_data;
    return e;
}

static bool host_shown;

static void show_host(const struct ir_region *r, const struct host_code *code, struct code_source *s)
{
    if (host_shown || !code)
        return;
    host_shown = true;
    printf("host ");
    for (uint32_t i = 0; i < code->insn_bytes; i++)
        printf("%02x", code->code[i]);
    for (uint32_t i = 0; i < code->ninsns; i++)
        printf(" %x:%x", (unsigned)code->insns[i].pc, code->insns[i].host);
    printf("\n");
    fflush(stdout);
}

static void new_cpu(const struct guest_cpu_model *m)
{
    if (mode->compiled) {
        if (cpu)
            vcpu_free(cpu);
        cpu = vcpu_new(guest->arch, m);
        vcpu_attach(cpu);
        return;
    }
    memset(cpu, 0, sizeof *cpu + guest->arch->state_size);
    cpu->arch = guest->arch;
    cpu->model = (struct guest_cpu_model *)m;
    cpu->mem_base = (uint64_t)memory;
    guest->arch->reset(cpu, m);
}

/* ---- the protocol ---- */

static void set_register(const char *name, const char *value)
{
    size_t digits = strlen(value), low = digits > 16 ? digits - 16 : 0;
    char high[17] = "";

    memcpy(high, value, low);
    if (!guest->set(name, strtoull(value + low, NULL, 16), strtoull(high, NULL, 16)))
        die("unknown register '%s'", name);
}

static unsigned from_hex(uint8_t *to, const char *hex, unsigned room)
{
    unsigned n = 0, byte;

    for (; n < room && sscanf(hex + 2 * n, "%2x", &byte) == 1; n++)
        to[n] = (uint8_t)byte;
    return n;
}

static void begin(const char *model, bool thumb, const char *code)
{
    const struct guest_cpu_model *m = guest->arch->models;

    while (m->name && strcmp(m->name, model))
        m++;
    if (!m->name)
        die("unknown CPU '%s'", model);
    if (mode->compiled)
        runtime_unprotect(CODE, CODE + CODE_SIZE);
    memset(memory + CODE, 0, CODE_SIZE);
    memset(memory + SCRATCH, 0, SCRATCH_SIZE);
    from_hex(memory + CODE, code, CODE_SIZE);
    if (mode->compiled)
        runtime_invalidate(CODE, CODE + CODE_SIZE);
    new_cpu(m);
    guest->start(thumb);
}

static void answer(enum exception e, uint64_t data)
{
    printf("%d %" PRIx64, (int)e, data);
    guest->show();
    for (unsigned i = 0; i < SCRATCH_SIZE; i++)
        if (memory[SCRATCH + i] != before[i])
            printf(" m%x=%02x", SCRATCH + i, memory[SCRATCH + i]);
    printf("\n");
    fflush(stdout);
}

static void run(void)
{
    uint64_t data = 0;
    enum exception e;

    memcpy(before, memory + SCRATCH, SCRATCH_SIZE);
    host_shown = false;
    e = mode->compiled ? run_compiled(&data) : run_interp(&data);
    if (mode->show_host && !host_shown)
        printf("host\n");
    if (!mode->show_host)
        answer(e, data);
}

/* 64-bit guests have their memory where they think: the two places are free in a position-independent program. */
static void map_memory(void)
{
    bool identity = guest->arch->address_bits == 64;
    int flags = MAP_PRIVATE | MAP_ANONYMOUS | MAP_NORESERVE | (identity ? MAP_FIXED_NOREPLACE : 0);

    if (!identity)
        memory = mmap(NULL, (1ull << 32) + 65536, PROT_NONE, flags, -1, 0);
    else if (mmap((void *)CODE, SCRATCH + SCRATCH_SIZE + 65536 - CODE, PROT_NONE, flags, -1, 0) != (void *)CODE)
        memory = MAP_FAILED;
    if (memory == MAP_FAILED || mprotect(memory + CODE, CODE_SIZE, PROT_READ | PROT_WRITE) ||
        mprotect(memory + SCRATCH, SCRATCH_SIZE, PROT_READ | PROT_WRITE))
        die("no memory for the tests");
}

static void setup(void)
{
    static const int faults[] = {SIGSEGV, SIGBUS, SIGFPE, SIGILL};
    struct sigaction a = {.sa_sigaction = on_fault, .sa_flags = SA_SIGINFO | SA_NODEFER | SA_ONSTACK};
    struct runtime_memory m = {.address_bits = guest->arch->address_bits, .page_flags = page_flags};
    struct runtime_options o = {.fold = mode->fold};

    map_memory();
    for (unsigned i = 0; i < ARRAY_SIZE(faults); i++)
        sigaction(faults[i], &a, NULL);
    if (mode->compiled) {
        memset(page_flags + CODE / 4096, PAGE_VALID | PAGE_READ | PAGE_WRITE | PAGE_EXEC, CODE_SIZE / 4096);
        memset(page_flags + SCRATCH / 4096, PAGE_VALID | PAGE_READ | PAGE_WRITE, SCRATCH_SIZE / 4096);
        m.base = (uint64_t)memory;
        runtime_init(guest->arch, &m, &o);
        if (mode->show_host)
            runtime_hooks.translated = show_host;
    } else {
        cpu = aligned_alloc(64, align_up(sizeof *cpu + guest->arch->state_size, 64));
    }
}

int main(int argc, char **argv)
{
    static char line[65536], word[3][32768];

    for (unsigned i = 0; i < ARRAY_SIZE(modes); i++)
        if (argc > 1 && !strcmp(argv[1], modes[i].name))
            mode = &modes[i];
    for (unsigned i = 0; i < ARRAY_SIZE(guests); i++)
        if (argc > 2 && !strcmp(argv[2], guests[i].name))
            guest = &guests[i];
    if (!mode)
        die("usage: insn_runner interp|interp-fold|compiled-nofold|compiled|host [arm|a64]");
    setup();
    while (fgets(line, sizeof line, stdin)) {
        int n = sscanf(line, "%*s %32767s %32767s %32767s", word[0], word[1], word[2]);

        if (!strncmp(line, "begin ", 6) && n == 3)
            begin(word[0], atoi(word[1]), word[2]);
        else if (!strncmp(line, "set ", 4) && n == 2)
            set_register(word[0], word[1]);
        else if (!strncmp(line, "mem ", 4) && n == 2)
            from_hex(memory + strtoul(word[0], NULL, 16), word[1], SCRATCH_SIZE);
        else if (!strncmp(line, "run", 3))
            run();
        else
            die("what is '%s'?", line);
    }
    return 0;
}

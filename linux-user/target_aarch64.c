/*
 * target_aarch64.c: the ABI of 64-bit ARM Linux: registers of system calls,
 * what each exception means to the program, what the processor is called.
 * Source: the kernel's Documentation/arch/arm64/ and include/uapi/asm.
 */
#include "debug/debug.h"
#include "linux-user/a64.h"
#include "linux-user/vdso/aarch64.h"

#include <elf.h>
#include <linux/prctl.h>
#include <stdlib.h>
#include <sys/mman.h>
#include <sys/random.h>
#include <sys/time.h>
#include <time.h>

#define PROT_BTI 0x10
#define PROT_MTE 0x20
#define PER_LINUX32 8
#define PERSONALITY_MASK 0xff
#define CACHE_LINE 64ull

/* ---- start ---- */

/* The kernel makes the keys of a new program from chance; -seed makes them repeatable. */
static void make_pauth_keys(struct a64_state *s, unsigned keys)
{
    static uint64_t seeded;
    uint64_t bytes[2];

    for (unsigned k = 0; k < 5; k++) {
        if (!(keys >> k & 1))
            continue;
        if (options.seed) {
            seeded = seeded ? seeded : strtoull(options.seed, NULL, 0);
            for (unsigned i = 0; i < 2; i++)
                bytes[i] = seeded = seeded * 6364136223846793005ull + 1442695040888963407ull;
        } else if (getrandom(bytes, sizeof bytes, GRND_NONBLOCK) != sizeof bytes) {
            bytes[0] = bytes[1] = (uint64_t)time(NULL);
        }
        memcpy(&s->pauth_key[2 * k], bytes, sizeof bytes);
    }
}

static void start(struct guest_thread *t, uint64_t pc, uint64_t sp)
{
    struct a64_state *s = a64_of(t);

    s->sp = sp;
    s->pc = pc;
    make_pauth_keys(s, 0x1f);
    a64_clear_exclusive(t);
    if (a64_initial_vector_length) { /* it was asked for by the program that started this one */
        a64_set_vector_length(s, a64_initial_vector_length);
        t->scratch[SCRATCH_SVE_INHERIT] = a64_vector_length_inherited;
        t->scratch[SCRATCH_SVE_ONEXEC] = a64_vector_length_inherited ? a64_get_vector_length(s) : 0;
    }
}

static uint64_t hwcap(const struct vcpu *c, int which)
{
    return a64_hwcap(c->model, which);
}

static const char *platform_of(const struct vcpu *c)
{
    return "aarch64";
}

static const char *machine_of(const struct vcpu *c)
{
    return (guest.personality & PERSONALITY_MASK) == PER_LINUX32 ? "armv8l" : "aarch64";
}

static void map_nothing(void)
{
}

/* ---- system calls ---- */

static int syscall_number(struct guest_thread *t, uint64_t arg[7])
{
    struct a64_state *s = a64_of(t);

    if (s->tag_fault) { /* checks failed since the last time: told on entry to the kernel */
        s->tag_fault = 0;
        signal_force(t, SIGSEGV, SEGV_MTEAERR, 0);
    }
    memcpy(arg, s->x, 7 * sizeof *arg);
    a64_forget_sve(s); /* as the kernel does on entry */
    return (int)s->x[8];
}

static void syscall_result(struct guest_thread *t, long result)
{
    a64_of(t)->x[0] = (uint64_t)result;
}

static void syscall_restart(struct guest_thread *t)
{
    struct a64_state *s = a64_of(t);

    s->x[0] = t->orig_arg0;
    s->pc -= 4;
}

static void jump(struct guest_thread *t, uint64_t pc)
{
    struct a64_state *s = a64_of(t);

    s->btype = 0;
    s->pc = pc;
    a64_clear_exclusive(t);
}

static void clone_child(struct guest_thread *t, uint64_t sp)
{
    struct a64_state *s = a64_of(t);

    s->x[0] = 0;
    if (sp)
        s->sp = sp;
    a64_clear_exclusive(t);
}

/* ---- the vDSO's calls: svc with an immediate of its own, answered without the system-call table ---- */

static bool vdso_call(struct guest_thread *t, uint32_t immediate)
{
    static const struct vdso_call calls[] = {
        {A64_VDSO_CLOCK_GETTIME, VDSO_FN_GETTIME, 8}, {A64_VDSO_CLOCK_GETRES, VDSO_FN_GETRES, 8}, {A64_VDSO_GETTIMEOFDAY, VDSO_FN_TIMEOFDAY, 8},
    };
    struct a64_state *s = a64_of(t);
    bool done;

    if (!vdso_answer(calls, ARRAY_SIZE(calls), immediate, s->x[0], s->x[1], &done))
        return false;
    s->x[16] = !done; /* what the image's code looks at */
    if (done)
        s->x[0] = 0;
    return true;
}

/* The kernel takes x8 whatever the immediate. */
static bool svc(struct guest_thread *t, uint32_t immediate)
{
    return immediate && guest_pc(t) - guest.vdso < abi->vdso_size && vdso_call(t, immediate);
}

/* ---- prctl ---- */

#define TAGGED_KNOWN (PR_TAGGED_ADDR_ENABLE | PR_MTE_TCF_SYNC | PR_MTE_TCF_ASYNC | PR_MTE_TAG_MASK)
#define PAC_KEYS (PR_PAC_APIAKEY | PR_PAC_APIBKEY | PR_PAC_APDAKEY | PR_PAC_APDBKEY)
#define HWCAP_PACA (1ull << 30)
#define HWCAP_PACG (1ull << 31)
#define HWCAP2_BTI (1ull << 17)
#define HWCAP2_MTE (1ull << 18)

static bool has_mte(const struct guest_thread *t) { return a64_hwcap(t->cpu->model, 2) & HWCAP2_MTE; }
static bool has_pauth(const struct guest_thread *t) { return a64_hwcap(t->cpu->model, 1) & HWCAP_PACA; }

static long set_tagged(struct guest_thread *t, const uint64_t arg[4])
{
    uint64_t known = has_mte(t) ? TAGGED_KNOWN : PR_TAGGED_ADDR_ENABLE;

    if (arg[0] & ~known || arg[1] || arg[2] || arg[3])
        return -EINVAL;
    guest_address_mask = arg[0] & PR_TAGGED_ADDR_ENABLE ? ~0ull >> 8 : ~0ull;
    t->scratch[SCRATCH_TAGGED] = arg[0];
    a64_set_tag_control(a64_of(t), arg[0]);
    return 0;
}

static long reset_keys(struct guest_thread *t, const uint64_t arg[4])
{
    if (!has_pauth(t) || arg[0] & ~(uint64_t)(PAC_KEYS | PR_PAC_APGAKEY) || arg[1] || arg[2] || arg[3])
        return -EINVAL;
    make_pauth_keys(a64_of(t), arg[0] ? (unsigned)arg[0] : 0x1f);
    return 0;
}

/* ---- vector lengths: the kernel's Documentation/arch/arm64/sve.rst ---- */

#define HWCAP_SVE (1ull << 22)
#define SVE_VL_MOST 8192 /* that the interface knows */

static bool has_sve(const struct guest_thread *t) { return a64_hwcap(t->cpu->model, 1) & HWCAP_SVE; }

static long vector_status(const struct guest_thread *t, unsigned vl)
{
    return (long)(vl | (t->scratch[SCRATCH_SVE_INHERIT] ? PR_SVE_VL_INHERIT : 0));
}

static long set_vector_length(struct guest_thread *t, uint64_t arg)
{
    uint64_t vl = arg & PR_SVE_VL_LEN_MASK, flags = arg & ~(uint64_t)PR_SVE_VL_LEN_MASK;

    if (!has_sve(t) || flags & ~(uint64_t)(PR_SVE_SET_VL_ONEXEC | PR_SVE_VL_INHERIT) || vl < 16 || vl % 16 || vl > SVE_VL_MOST)
        return -EINVAL;
    vl = a64_best_vector_length((unsigned)vl);
    t->scratch[SCRATCH_SVE_ONEXEC] = flags ? vl : 0;
    if (!(flags & PR_SVE_SET_VL_ONEXEC))
        a64_set_vector_length(a64_of(t), (unsigned)vl);
    t->scratch[SCRATCH_SVE_INHERIT] = !!(flags & PR_SVE_VL_INHERIT);
    return vector_status(t, (unsigned)(flags & PR_SVE_SET_VL_ONEXEC ? vl : a64_get_vector_length(a64_of(t))));
}

/* The length that the next program starts with goes with the model's name. */
static void before_exec(struct guest_thread *t)
{
    static char name[4096] APART;
    static size_t length;
    uint64_t vl = t->scratch[SCRATCH_SVE_ONEXEC];

    if (!has_sve(t) || !options.cpu)
        return;
    if (options.cpu != name) {
        length = strcspn(options.cpu, ",");
        for (const char *at = options.cpu; (at = strstr(at, ",sve-initial-vector-length=")); at++)
            length = (size_t)(at - options.cpu);
        if (!strstr(options.cpu, ",sve-initial-vector-length="))
            length = strlen(options.cpu);
        snprintf(name, sizeof name, "%s", options.cpu);
    }
    length = MIN_(length, sizeof name - 64);
    name[length] = 0;
    if (vl)
        snprintf(name + length, sizeof name - length, ",sve-initial-vector-length=%u%s", (unsigned)vl, t->scratch[SCRATCH_SVE_INHERIT] ? "i" : "");
    options.cpu = name;
}

static bool own_prctl(struct guest_thread *t, int command, const uint64_t arg[4], long *result)
{
    switch (command) {
    case PR_SET_TAGGED_ADDR_CTRL:
        *result = set_tagged(t, arg);
        return true;
    case PR_GET_TAGGED_ADDR_CTRL:
        *result = arg[0] || arg[1] || arg[2] || arg[3] ? -EINVAL : (long)t->scratch[SCRATCH_TAGGED];
        return true;
    case PR_SVE_SET_VL:
        *result = set_vector_length(t, arg[0]);
        return true;
    case PR_SVE_GET_VL:
        *result = has_sve(t) ? vector_status(t, a64_get_vector_length(a64_of(t))) : -EINVAL;
        return true;
    case PR_PAC_RESET_KEYS:
        *result = reset_keys(t, arg);
        return true;
    case PR_PAC_GET_ENABLED_KEYS:
        *result = has_pauth(t) ? (long)PAC_KEYS : -EINVAL;
        return true;
    case PR_PAC_SET_ENABLED_KEYS: /* keys cannot be switched off */
        *result = has_pauth(t) && !(arg[0] & ~(uint64_t)PAC_KEYS) && (arg[0] & arg[1]) == arg[0] ? 0 : -EINVAL;
        return true;
    default:
        return false;
    }
}

/* ---- memory with tags ---- */

static bool any_tags;

static bool tags_map(uint64_t start, uint64_t end)
{
    any_tags = true;
    return a64_tags_map(start, end);
}

/* Most programs have none, and unmap terabytes. */
static void tags_unmap(uint64_t start, uint64_t end)
{
    if (any_tags)
        a64_tags_unmap(start, end);
}

static void tags_move(uint64_t from, uint64_t to, uint64_t bytes)
{
    if (any_tags)
        a64_tags_move(from, to, bytes);
}

static void tags_clear(uint64_t start, uint64_t end)
{
    for (uint64_t page = start; any_tags && page < end; page += GUEST_PAGE)
        if (a64_tags_mapped(page)) {
            a64_tags_unmap(page, page + GUEST_PAGE);
            a64_tags_map(page, page + GUEST_PAGE);
        }
}

static const struct page_tags tags = {.prot = PROT_MTE, .map = tags_map, .unmap = tags_unmap, .move = tags_move, .clear = tags_clear};

/* ---- guarded pages ---- */

static bool is_guarded(uint64_t addr)
{
    return page_flags_of(addr) & PAGE_GUARDED;
}

static int own_prot(void)
{
    uint64_t hwcap2 = a64_hwcap(guest.model, 2);

    return (hwcap2 & HWCAP2_BTI ? PROT_BTI : 0) | (hwcap2 & HWCAP2_MTE ? PROT_MTE : 0);
}

static bool guards(int prot)
{
    if (!(prot & PROT_BTI) || !(own_prot() & PROT_BTI))
        return false;
    __atomic_store_n(&a64_guarded, is_guarded, __ATOMIC_SEQ_CST);
    return true;
}

static int property_prot(uint32_t type, uint32_t value)
{
    return type == GNU_PROPERTY_AARCH64_FEATURE_1_AND && value & GNU_PROPERTY_AARCH64_FEATURE_1_BTI ? PROT_BTI : 0;
}

/* ---- exceptions ---- */

static void trap(struct guest_thread *t, uint64_t data)
{
    struct a64_state *s = a64_of(t);
    uint64_t address = data & 0x00ffffffffffffff;

    t->scratch[SCRATCH_FETCH] = t->scratch[SCRATCH_WRITE] = 0;
    switch (data >> 56) {
    case TRAP_TAG:
        signal_force(t, SIGSEGV, SEGV_MTESERR, address);
        break;
    case TRAP_TAG_ASYNC:
        signal_force(t, SIGSEGV, SEGV_MTEAERR, 0);
        break;
    case TRAP_SP:
        signal_force(t, SIGBUS, BUS_ADRALN, s->sp);
        break;
    case TRAP_CODE_CHANGED:
        address = align_down(s->x[address & 31] & ~0ull >> 8, CACHE_LINE);
        guest_code_changed(address, address + CACHE_LINE);
        break;
    case TRAP_BTI:
        signal_force(t, SIGILL, ILL_ILLOPC, s->pc);
        break;
    case TRAP_PAUTH:
    default:
        signal_force(t, SIGILL, ILL_ILLOPN, s->pc);
        break;
    }
}

static void exception(struct guest_thread *t, enum exception e)
{
    struct a64_state *s = a64_of(t);
    uint64_t data = t->cpu->exception_data;

    switch (e) {
    case EXC_TRAP:
        trap(t, data);
        break;
    case EXC_ILLEGAL:
        if (log_on(LOG_unimp))
            log_print(LOG_unimp, "undefined instruction %#010x at %#llx\n", (unsigned)data, (unsigned long long)s->pc);
        signal_force(t, SIGILL, ILL_ILLOPC, s->pc);
        break;
    default:
        signal_force(t, SIGILL, ILL_ILLTRP, s->pc);
        break;
    }
}

/* ---- /proc/cpuinfo ---- */

static const char *const features[2][64] = {
    {"fp", "asimd", "evtstrm", "aes", "pmull", "sha1", "sha2", "crc32", "atomics", "fphp", "asimdhp", "cpuid", "asimdrdm", "jscvt",
     "fcma", "lrcpc", "dcpop", "sha3", "sm3", "sm4", "asimddp", "sha512", "sve", "asimdfhm", "dit", "uscat", "ilrcpc", "flagm",
     "ssbs", "sb", "paca", "pacg"},
    {"dcpodp", "sve2", "sveaes", "svepmull", "svebitperm", "svesha3", "svesm4", "flagm2", "frint", "svei8mm", "svef32mm", "svef64mm",
     "svebf16", "i8mm", "bf16", "dgh", "rng", "bti", "mte", "ecv", "afp", "rpres", "mte3", "sme", "smei16i64", "smef64f64", "smei8i32",
     "smef16f32", "smeb16f32", "smef32f32", "smefa64", "wfxt", "ebf16", "sveebf16", "cssc", "rprfm", "sve2p1", "sme2", "sme2p1",
     "smei16i32", "smebi32i32", "smeb16b16", "smef16f16", "mops", "hbc"},
};

static void cpuinfo(FILE *f, const struct vcpu *c, unsigned ncpus)
{
    uint32_t id = (uint32_t)c->model->id;

    for (unsigned n = 0; n < ncpus; n++) {
        fprintf(f, "processor\t: %u\nBogoMIPS\t: 100.00\nFeatures\t:", n);
        for (int which = 1; which <= 2; which++)
            for (unsigned i = 0; i < 64; i++)
                if (a64_hwcap(c->model, which) >> i & 1 && features[which - 1][i])
                    fprintf(f, " %s", features[which - 1][i]);
        fprintf(f, "\nCPU implementer\t: %#04x\nCPU architecture: 8\nCPU variant\t: %#x\nCPU part\t: %#05x\nCPU revision\t: %u\n\n",
                id >> 24, id >> 20 & 15, id >> 4 & 0xfff, id & 15);
    }
}

static const struct guest_linker linkers[] = {
    {"ld-linux-aarch64.so.1", "libc6:arm64", "/usr/aarch64-linux-gnu"},
    {"ld-musl-aarch64.so.1", "musl:arm64", "/usr/aarch64-linux-musl"},
    {"", "", ""},
};

static const struct own_syscall own_syscalls[] = {{"", NULL}};

/*
 * The program lives among us, in the lower half of the address space: a kernel
 * with 47-bit addresses puts our own mappings, heap and stack above 0x7e..,
 * at 0x5555.. and (with unlimited stacks) above 0x2aaa...
 */
static const struct guest_abi aarch64_abi = {
    .name = "aarch64",
    .program = "moa-aarch64",
    .linkers = linkers,
    .elf_machine = EM_AARCH64,
    .elf_class = ELFCLASS64,
    .elf_data = ELFDATA2LSB,
    .long_size = 8,
    .task_size = 0x7ffffffff000,
    .stack_top = 0x6ffffffff000,
    .mmap_top = 0x6ffffffff000,
    .mmap_min = 0x10000,
    .pie_base = 0x400000000000,
    .shmlba = GUEST_PAGE,
    .tag_bits = 8,
    .tags = &tags,
    .guards = guards,
    .property_prot = property_prot,
    .own_prot = own_prot,
    .min_sigstack = 5120,
    .minsigstksz = A64_MINSIGSTKSZ,
    .numbers = NUMBERS_aarch64,
    .own_syscalls = own_syscalls,
    .vdso = vdso_aarch64,
    .vdso_size = sizeof vdso_aarch64,
    .sigreturn_offset = VDSO_SIGRETURN,
    .start = start,
    .hwcap = hwcap,
    .platform_of = platform_of,
    .machine_of = machine_of,
    .map_fixed = map_nothing,
    .syscall_number = syscall_number,
    .syscall_result = syscall_result,
    .syscall_restart = syscall_restart,
    .special_syscall = svc,
    .jump = jump,
    .clone_child = clone_child,
    .sp_offset = offsetof(struct a64_state, sp),
    .tls_offset = offsetof(struct a64_state, tpidr),
    .signal_setup = a64_signal_setup,
    .sigreturn = a64_sigreturn,
    .more_sigstack = a64_sve_sigstack,
    .before_exec = before_exec,
    .prctl = own_prctl,
    .exception = exception,
    .cpuinfo = cpuinfo,
    .gdb = &gdb_a64,
};
const struct guest_abi *const abi = &aarch64_abi;
const struct guest_arch *const guest_arch = &a64_arch;

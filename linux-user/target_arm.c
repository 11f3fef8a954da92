/*
 * target_arm.c: the ABI of 32-bit ARM Linux (EABI): registers of system calls,
 * the kuser page at 0xffff0000, what each exception means to the program.
 * Source: the kernel's Documentation/arch/arm/kernel_user_helpers.rst.
 */
#include "debug/debug.h"
#include "linux-user/arm.h"
#include "linux-user/vdso/arm.h"

#include <elf.h>
#include <sys/mman.h>

#define KUSER_MAP 0xffff0000u
#define OABI_SYSCALL_BASE 0x900000

/* ---- start ---- */

static void start(struct guest_thread *t, uint64_t pc, uint64_t sp)
{
    struct arm_state *s = arm_of(t);

    s->r[13] = sp;
    arm_set_cpsr(s, CPSR_MODE_USER | (pc & 1 ? CPSR_T : 0));
    s->r[15] = pc & ~1u;
}

static uint64_t hwcap(const struct vcpu *c, int which)
{
    uint32_t cap[2];

    arm_hwcap(c->model, &cap[0], &cap[1]);
    return cap[which - 1];
}

static const char *platform_of(const struct vcpu *c)
{
    return arm_platform(c->model);
}

/* An ARMv8 core says armv7l too: "armv8l" is unknown to most configure scripts and package managers. */
static const char *machine_of(const struct vcpu *c)
{
    static char name[16];
    const char *platform = arm_platform(c->model);

    snprintf(name, sizeof name, "arm%s", strcmp(platform, "v8l") == 0 ? "v7l" : platform);
    return name;
}

/* The helpers as the kernel has them, for those who read or disassemble them; calls raise EXC_KERNEL_PAGE. */
static void map_kuser_page(void)
{
    static const struct { uint32_t at, word; } words[] = {
        {KUSER_CMPXCHG64, 0xe12fff1e}, {KUSER_BARRIER, 0xf57ff05b}, {KUSER_BARRIER + 4, 0xe12fff1e},
        {KUSER_CMPXCHG, 0xe12fff1e}, {KUSER_GET_TLS, 0xee1d0f70}, {KUSER_GET_TLS + 4, 0xe12fff1e}, {KUSER_VERSION, 5},
    };

    guest_mmap(KUSER_MAP, GUEST_PAGE, PROT_READ | PROT_WRITE, MAP_PRIVATE | MAP_ANONYMOUS | MAP_FIXED, -1, 0);
    for (unsigned i = 0; i < ARRAY_SIZE(words); i++)
        guest_put(words[i].at, 4, words[i].word);
    guest_mprotect(KUSER_MAP, GUEST_PAGE, PROT_READ | PROT_EXEC);
}

/* ---- system calls ---- */

static int syscall_number(struct guest_thread *t, uint64_t arg[7])
{
    const struct arm_state *s = arm_of(t);

    for (unsigned i = 0; i < 7; i++)
        arg[i] = (uint32_t)s->r[i];
    return (int)s->r[7];
}

static void syscall_result(struct guest_thread *t, long result)
{
    arm_of(t)->r[0] = (uint32_t)result;
}

static void syscall_restart(struct guest_thread *t)
{
    struct arm_state *s = arm_of(t);

    s->r[0] = t->orig_arg0;
    s->r[15] = (uint32_t)(s->r[15] - (s->thumb ? 2 : 4));
}

static void jump(struct guest_thread *t, uint64_t pc)
{
    struct arm_state *s = arm_of(t);

    arm_set_cpsr(s, arm_get_cpsr(s) & ~(uint32_t)(CPSR_IT_LOW | CPSR_IT_HIGH));
    s->r[15] = (uint32_t)pc & (s->thumb ? ~1u : ~3u);
}

static void clone_child(struct guest_thread *t, uint64_t sp)
{
    struct arm_state *s = arm_of(t);

    s->r[0] = 0;
    if (sp)
        s->r[13] = sp;
}

static long arm_breakpoint(struct guest_thread *t, const uint64_t *a)
{
    signal_force(t, SIGTRAP, TRAP_BRKPT, guest_pc(t));
    return -ESIGRETURN;
}

static long arm_cacheflush(struct guest_thread *t, const uint64_t *a)
{
    if (a[1] < a[0] || a[2])
        return -EINVAL;
    guest_code_changed(a[0], a[1]);
    return 0;
}

static long arm_usr26(struct guest_thread *t, const uint64_t *a)
{
    return -ENOSYS; /* no CPU of the last twenty years has 26-bit modes */
}

static long arm_usr32(struct guest_thread *t, const uint64_t *a)
{
    return 0;
}

static long arm_set_tls(struct guest_thread *t, const uint64_t *a)
{
    guest_set_tls(t, a[0]);
    return 0;
}

static long arm_get_tls(struct guest_thread *t, const uint64_t *a)
{
    return (long)(uint32_t)arm_of(t)->tpidruro;
}

/* ---- the vDSO's calls: svc with an immediate of its own, answered without the system-call table ---- */

static bool vdso_call(struct guest_thread *t, uint32_t immediate)
{
    static const struct vdso_call calls[] = {
        {VDSO_CLOCK_GETTIME, VDSO_FN_GETTIME, 4}, {VDSO_CLOCK_GETTIME64, VDSO_FN_GETTIME, 8}, {VDSO_CLOCK_GETRES, VDSO_FN_GETRES, 4},
        {VDSO_GETTIMEOFDAY, VDSO_FN_TIMEOFDAY, 4},
    };
    struct arm_state *s = arm_of(t);
    bool done;

    if (!vdso_answer(calls, ARRAY_SIZE(calls), immediate, (uint32_t)s->r[0], (uint32_t)s->r[1], &done))
        return false;
    s->r[12] = !done; /* what the image's code looks at */
    if (done)
        s->r[0] = 0;
    return true;
}

/* ---- exceptions ---- */

static void return_from_kuser(struct arm_state *s)
{
    uint32_t cpsr = arm_get_cpsr(s);

    arm_set_cpsr(s, (cpsr & ~(CPSR_T | CPSR_IT_LOW | CPSR_IT_HIGH)) | (s->r[14] & 1 ? CPSR_T : 0));
    s->r[15] = s->r[14] & ~1u;
}

/* r0 = 0 and C set: stored; otherwise r0 not 0 and C clear. */
static void kuser_cmpxchg(struct guest_thread *t, bool wide)
{
    struct arm_state *s = arm_of(t);
    uint32_t cpsr = arm_get_cpsr(s), at = (uint32_t)s->r[2];
    uint64_t wanted = s->r[0], desired = s->r[1], found;
    bool ok = true;

    if (wide)
        ok = guest_get(s->r[0], 8, &wanted) && guest_get(s->r[1], 8, &desired);
    found = wanted;
    if (!ok || !guest_access_ok(at, wide ? 8 : 4, PROT_READ | PROT_WRITE) ||
        (wide ? guest_cas8(g2h(at), &found, desired) : guest_cas4(g2h(at), &found, desired))) {
        signal_force(t, SIGSEGV, guest_page_prot(at) < 0 ? SEGV_MAPERR : SEGV_ACCERR, at);
        return;
    }
    s->r[0] = found != wanted;
    arm_set_cpsr(s, found == wanted ? cpsr | CPSR_C : cpsr & ~(uint32_t)CPSR_C);
    return_from_kuser(s);
}

static void kernel_page(struct guest_thread *t, uint32_t entry)
{
    struct arm_state *s = arm_of(t);

    switch (entry) {
    case KUSER_CMPXCHG64: kuser_cmpxchg(t, true); break;
    case KUSER_CMPXCHG:   kuser_cmpxchg(t, false); break;
    case KUSER_GET_TLS:   s->r[0] = s->tpidruro; return_from_kuser(s); break;
    case KUSER_BARRIER:   __atomic_thread_fence(__ATOMIC_SEQ_CST); return_from_kuser(s); break;
    default:              signal_force(t, SIGSEGV, SEGV_MAPERR, entry); break;
    }
}

/* Encodings that Linux keeps for debuggers: bkpt has not always been there. */
static bool is_breakpoint(uint32_t insn, bool thumb)
{
    return thumb ? insn == 0xde01 || insn == 0xf7f0a000 : (insn & 0x0fffffff) == 0x07f001f0;
}

static void exception(struct guest_thread *t, enum exception e)
{
    struct arm_state *s = arm_of(t);
    uint32_t data = (uint32_t)t->cpu->exception_data;

    switch (e) {
    case EXC_KERNEL_PAGE:
        kernel_page(t, data);
        break;
    case EXC_ILLEGAL:
        if (is_breakpoint(data, s->thumb)) {
            signal_force(t, SIGTRAP, TRAP_BRKPT, s->r[15]);
            break;
        }
        if (log_on(LOG_unimp))
            log_print(LOG_unimp, "undefined instruction %#x at %#x (%s)\n", data, (uint32_t)s->r[15], s->thumb ? "T32" : "A32");
        signal_force(t, SIGILL, ILL_ILLOPC, s->r[15]);
        break;
    default:
        signal_force(t, SIGILL, ILL_ILLTRP, s->r[15]);
        break;
    }
}

static bool svc(struct guest_thread *t, uint32_t immediate)
{
    uint64_t pc = guest_pc(t);

    if (!immediate)
        return false;
    if (pc - guest.vdso < abi->vdso_size && vdso_call(t, immediate))
        return true;
    if (immediate >= OABI_SYSCALL_BASE && immediate < OABI_SYSCALL_BASE + 0x1000) {
        log_print(LOG_unimp, "system call %u of the old ABI (before EABI) at %#llx: not supported\n",
                  immediate - OABI_SYSCALL_BASE, (unsigned long long)pc);
        arm_of(t)->r[15] = (uint32_t)(pc - 4);
        signal_force(t, SIGILL, ILL_ILLTRP, pc - 4);
        return true;
    }
    return false; /* the kernel takes r7 whatever the immediate */
}

/* ---- /proc/cpuinfo ---- */

static const char *const features1[32] = {
    "swp", "half", "thumb", "26bit", "fastmult", "fpa", "vfp", "edsp", "java", "iwmmxt", "crunch", "thumbee", "neon",
    "vfpv3", "vfpv3d16", "tls", "vfpv4", "idiva", "idivt", "vfpd32", "lpae", "evtstrm", "fphp", "asimdhp", "asimddp",
    "asimdfhm", "asimdbf16", "i8mm",
};
static const char *const features2[32] = {"aes", "pmull", "sha1", "sha2", "crc32", "sb", "ssbs"};

static void cpuinfo(FILE *f, const struct vcpu *c, unsigned ncpus)
{
    uint32_t id = (uint32_t)c->model->id, cap[2];

    arm_hwcap(c->model, &cap[0], &cap[1]);
    for (unsigned n = 0; n < ncpus; n++) {
        fprintf(f, "processor\t: %u\nmodel name\t: ARMv%c Processor rev %u (%s)\nBogoMIPS\t: 100.00\nFeatures\t:", n,
                platform_of(c)[1], id & 15, platform_of(c));
        for (unsigned i = 0; i < 32; i++)
            if (cap[0] >> i & 1 && features1[i])
                fprintf(f, " %s", features1[i]);
        for (unsigned i = 0; i < 32; i++)
            if (cap[1] >> i & 1 && features2[i])
                fprintf(f, " %s", features2[i]);
        fprintf(f, "\nCPU implementer\t: %#x\nCPU architecture: %c\nCPU variant\t: %#x\nCPU part\t: %#05x\nCPU revision\t: %u\n\n",
                id >> 24, platform_of(c)[1], id >> 20 & 15, id >> 4 & 0xfff, id & 15);
    }
    fprintf(f, "Hardware\t: moa\nRevision\t: 0000\nSerial\t\t: 0000000000000000\n");
}

static const struct own_syscall own_syscalls[] = {
    {"arm_breakpoint", arm_breakpoint}, {"arm_cacheflush", arm_cacheflush}, {"arm_usr26", arm_usr26},
    {"arm_usr32", arm_usr32}, {"arm_set_tls", arm_set_tls}, {"arm_get_tls", arm_get_tls}, {"", NULL},
};

static const struct guest_linker linkers[] = {
    {"ld-linux-armhf.so.3", "libc6:armhf", "/usr/arm-linux-gnueabihf"},
    {"ld-linux.so.3", "libc6:armel", "/usr/arm-linux-gnueabi"},
    {"ld-musl-armhf.so.1", "musl:armhf", "/usr/arm-linux-musleabihf"},
    {"ld-musl-arm.so.1", "musl:armel", "/usr/arm-linux-musleabi"},
    {"", "", ""},
};

static const struct guest_abi arm_abi = {
    .name = "arm",
    .program = "moa-arm",
    .linkers = linkers,
    .elf_machine = EM_ARM,
    .elf_class = ELFCLASS32,
    .elf_data = ELFDATA2LSB,
    .long_size = 4,
    .task_size = 0xfffff000,
    .stack_top = 0x40801000, /* where qemu-arm has it: programs that read far beyond an object see the same there */
    .mmap_top = 0xffff0000,
    .mmap_min = 0x10000,
    .pie_base = 0x400000,
    .shmlba = 4 * GUEST_PAGE, /* for its aliasing caches */
    .min_sigstack = 2048,
    .read_implies_exec = true,
    .numbers = NUMBERS_arm,
    .own_syscalls = own_syscalls,
    .vdso = vdso_arm,
    .vdso_size = sizeof vdso_arm,
    .sigreturn_offset = VDSO_SIGRETURN,
    .start = start,
    .hwcap = hwcap,
    .platform_of = platform_of,
    .machine_of = machine_of,
    .map_fixed = map_kuser_page,
    .syscall_number = syscall_number,
    .syscall_result = syscall_result,
    .syscall_restart = syscall_restart,
    .special_syscall = svc,
    .jump = jump,
    .clone_child = clone_child,
    .sp_offset = offsetof(struct arm_state, r[13]),
    .tls_offset = offsetof(struct arm_state, tpidruro),
    .signal_setup = arm_signal_setup,
    .sigreturn = arm_sigreturn,
    .exception = exception,
    .cpuinfo = cpuinfo,
    .gdb = &gdb_arm,
};
const struct guest_abi *const abi = &arm_abi;
const struct guest_arch *const guest_arch = &arm_arch;

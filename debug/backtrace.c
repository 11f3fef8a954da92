/*
 * backtrace.c: where our own stack stands when moa itself has failed, by
 * libunwind; and where the guest was. Called from bug() and from the handler
 * of a fault that is not the guest's; the process ends afterwards, so reading
 * symbol tables in a signal handler is worth its risk.
 */
#define UNW_LOCAL_ONLY
#include "debug/debug.h"
#include "debug/internal.h"
#include "util/util.h"

#include <inttypes.h>
#include <libunwind.h>
#include <ucontext.h>

#define MAX_FRAMES 64

static void print_frame(unsigned n, uint64_t pc)
{
    char where[512];

    /* A return address may stand just behind its function: name the call. */
    fprintf(stderr, "  #%-2u 0x%012" PRIx64 " %s\n", n, pc, debug_where_host(n ? pc - 1 : pc, where, sizeof where));
}

static void walk(unw_context_t *context, unsigned skip)
{
    unw_cursor_t cursor;

    fprintf(stderr, "host stack:\n");
    if (unw_init_local(&cursor, context) != 0)
        return;
    for (unsigned n = 0; n < MAX_FRAMES; n++) {
        unw_word_t pc;

        if (unw_get_reg(&cursor, UNW_REG_IP, &pc) != 0 || !pc)
            break;
        if (n >= skip)
            print_frame(n - skip, pc);
        if (unw_step(&cursor) <= 0)
            break;
    }
}

void debug_backtrace(void)
{
    unw_context_t context;

    if (unw_getcontext(&context) == 0)
        walk(&context, 1);
}

/* The registers of the interrupted code, in the order that LLVM's unw_context_t keeps them. */
void debug_backtrace_from(const void *ucontext)
{
    const greg_t *g = ((const ucontext_t *)ucontext)->uc_mcontext.gregs;
    static const struct { int unw, greg; } map[] = {
        {UNW_X86_64_RAX, REG_RAX}, {UNW_X86_64_RDX, REG_RDX}, {UNW_X86_64_RCX, REG_RCX}, {UNW_X86_64_RBX, REG_RBX},
        {UNW_X86_64_RSI, REG_RSI}, {UNW_X86_64_RDI, REG_RDI}, {UNW_X86_64_RBP, REG_RBP}, {UNW_X86_64_RSP, REG_RSP},
        {UNW_X86_64_R8, REG_R8}, {UNW_X86_64_R9, REG_R9}, {UNW_X86_64_R10, REG_R10}, {UNW_X86_64_R11, REG_R11},
        {UNW_X86_64_R12, REG_R12}, {UNW_X86_64_R13, REG_R13}, {UNW_X86_64_R14, REG_R14}, {UNW_X86_64_R15, REG_R15},
        {UNW_REG_IP, REG_RIP},
    };
    unw_context_t context;
    unw_cursor_t cursor;

    fprintf(stderr, "host stack:\n");
    print_frame(0, (uint64_t)g[REG_RIP]);
    if (unw_getcontext(&context) != 0 || unw_init_local(&cursor, &context) != 0)
        return;
    for (unsigned i = 0; i < ARRAY_SIZE(map); i++)
        unw_set_reg(&cursor, map[i].unw, (unw_word_t)g[map[i].greg]);
    for (unsigned n = 1; n < MAX_FRAMES && unw_step(&cursor) > 0; n++) {
        unw_word_t pc;

        if (unw_get_reg(&cursor, UNW_REG_IP, &pc) != 0 || !pc)
            break;
        print_frame(n, pc);
    }
}

void debug_print_guest_pc(const struct vcpu *c)
{
    char where[512];
    uint64_t pc = ldle64((const char *)vcpu_state((struct vcpu *)c) + c->arch->pc_offset);

    fprintf(stderr, "guest pc: 0x%" PRIx64 " %s\n", pc, debug_where(pc, where, sizeof where));
}

void debug_init(const struct guest_arch *arch, uint64_t mem_base)
{
    debug_arch = arch;
    debug_mem_base = mem_base;
    bug_hook = debug_backtrace;
}

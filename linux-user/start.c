/*
 * start.c: from the kernel to main() without glibc's questions about the
 * processor's caches: some 65 cpuids, each of which leaves a virtual machine
 * (6 µs a piece), are four fifths of what starting a small process costs.
 * glibc chooses among its string functions by the answers; without them it
 * takes those that every x86-64 can run, which is enough here.
 *
 * The rest is what its __libc_start_main() does in a static program, in that
 * order, by its own functions, but for the environment's tunables: they
 * are meant for the guest's C library. These functions are nobody's interface: configure
 * knows for which versions this has been tried (START in config.mk), and
 * a program linked with another one starts in the ordinary way.
 */
#include <elf.h>
#include <stdint.h>
#include <stdlib.h>

#define GLIBC __attribute__((visibility("hidden")))
typedef void (*const initializer)(int, char **, char **);
extern GLIBC char **__environ;
extern GLIBC void *__libc_stack_end;
extern GLIBC int __libc_enable_secure;
extern GLIBC uint64_t *_dl_random;
extern GLIBC long __x86_shared_non_temporal_threshold, __x86_rep_movsb_stop_threshold;
extern GLIBC initializer __init_array_start[], __init_array_end[];
GLIBC void _dl_aux_init(Elf64_auxv_t *);
GLIBC void _dl_relocate_static_pie(void);
GLIBC void __libc_setup_tls(void);
GLIBC void __libc_early_init(_Bool);
GLIBC void __libc_init_first(int, char **, char **);
GLIBC void __libc_check_standard_fds(void);

int main(int argc, char **argv, char **envp);

#define LARGE_COPY (768 << 10) /* bytes from which memcpy goes past the caches */

__asm__(".text\n.globl quick_start\n.type quick_start, @function\n"
        "quick_start: .cfi_startproc\n .cfi_undefined rip\n"
        " xor %ebp, %ebp\n mov %rsp, %rdi\n and $-16, %rsp\n call quick_start_c\n hlt\n"
        ".cfi_endproc\n");

/* The stack as the kernel leaves it: argc, argv, environment, auxiliary vector. */
GLIBC void quick_start_c(intptr_t *stack) __attribute__((noreturn, used, optimize("no-stack-protector")));
void quick_start_c(intptr_t *stack)
{
    int argc = (int)*stack;
    char **argv = (char **)stack + 1, **envp = argv + argc + 1, **end = envp;

    while (*end++)
        ;
    __environ = envp;
    __libc_stack_end = stack;
    _dl_aux_init((Elf64_auxv_t *)end);
    __x86_shared_non_temporal_threshold = __x86_rep_movsb_stop_threshold = LARGE_COPY;
    _dl_relocate_static_pie();
    __libc_setup_tls();
    __asm__ volatile("mov %0, %%fs:0x28\n mov %1, %%fs:0x30" : : "r"(_dl_random[0] & ~0xffull), "r"(_dl_random[1])); /* guards */
    __libc_early_init(1);
    __libc_init_first(argc, argv, envp);
    if (__libc_enable_secure)
        __libc_check_standard_fds();
    for (initializer *f = __init_array_start; f < __init_array_end; f++)
        (*f)(argc, argv, envp);
    exit(main(argc, argv, envp));
}

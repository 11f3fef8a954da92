/*
 * gdb.c: what the gdb stub in debug/ may ask of the process.
 */
#include "debug/debug.h"
#include "linux-user/internal.h"

#include <sys/mman.h>
#include <sys/uio.h>
#include <unistd.h>

/* The debugger may read and write what the program may not; the host's kernel does the copying. */
static bool transfer(uint64_t addr, void *buf, size_t n, bool write)
{
    uint64_t first = addr / GUEST_PAGE, last = (addr + n - 1) / GUEST_PAGE;

    if (!n)
        return true;
    if (addr >= abi->task_size || n > abi->task_size - addr)
        return false;
    for (uint64_t page = first; page <= last; page++) {
        int prot = guest_page_prot(page * GUEST_PAGE);
        uint64_t start = MAX_(addr, page * GUEST_PAGE), end = MIN_(addr + n, (page + 1) * GUEST_PAGE);
        char *host = g2h(start), *ours = (char *)buf + (start - addr);
        bool open_up = prot >= 0 && !(prot & (write ? PROT_WRITE : PROT_READ));

        if (prot < 0)
            return false;
        if (write)
            runtime_unprotect(start, end);
        if (open_up)
            mprotect(g2h(page * GUEST_PAGE), GUEST_PAGE, PROT_READ | PROT_WRITE);
        if (write)
            guest_copy(host, ours, end - start);
        else
            guest_copy(ours, host, end - start);
        if (open_up)
            mprotect(g2h(page * GUEST_PAGE), GUEST_PAGE, prot ? PROT_READ : PROT_NONE);
    }
    if (write)
        runtime_invalidate(addr, addr + n);
    return true;
}

static bool read_memory(uint64_t addr, void *buf, size_t n)
{
    return transfer(addr, buf, n, false);
}

static bool write_memory(uint64_t addr, const void *buf, size_t n)
{
    return transfer(addr, (void *)(uintptr_t)buf, n, true);
}

static void set_watchpoints(const struct debug_watch *w, unsigned n)
{
    struct watchpoint list[64];

    n = MIN_(n, ARRAY_SIZE(list));
    for (unsigned i = 0; i < n; i++)
        list[i] = (struct watchpoint){.addr = w[i].addr, .len = w[i].len, .on_read = w[i].on_read, .on_write = w[i].on_write};
    runtime_set_watchpoints(list, n);
}

static const char *host_path(const char *path, char *buf, size_t size)
{
    char found[4096];

    snprintf(buf, size, "%s", guest_path(path, found));
    return buf;
}

void gdb_start(struct guest_thread *t, const char *where)
{
    static struct debug_process p = {
        .read = read_memory, .write = write_memory, .set_breakpoints = runtime_set_breakpoints,
        .set_watchpoints = set_watchpoints, .set_singlestep = runtime_set_singlestep, .kick = vcpu_kick, .host_path = host_path,
    };

    p.arch = guest_arch;
    p.registers = abi->gdb;
    p.auxv = g2h(guest.auxv_start);
    p.auxv_size = guest.auxv_end - guest.auxv_start;
    p.exec_file = guest.exe;
    p.text_bias = guest.load_base;
    debug_gdb_start(where, &p);
}

/* gdb's "signal N" after a stop that was none. */
void debugger_stop(struct guest_thread *t)
{
    siginfo_t info = {.si_signo = debug_trap(t->cpu), .si_code = SI_USER, .si_pid = t->pid};

    if (info.si_signo)
        signal_queue(t, &info);
}

int debugger_signal(struct guest_thread *t, int sig, const siginfo_t *info)
{
    uint8_t bytes[128];

    siginfo_to_guest(bytes, info);
    return debug_signal(t->cpu, sig, bytes, sizeof bytes);
}

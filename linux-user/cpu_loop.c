/*
 * cpu_loop.c: a guest thread's life: run until an exception, do what the
 * kernel would do about it, deliver signals, again.
 */
#include "debug/debug.h"
#include "linux-user/internal.h"

#include <sys/mman.h>

enum { WRITE_FAULT = 63, BUS_FAULT = 62 }; /* bits of EXC_DATA_FAULT's data */

/*
 * A signal that is known before the call begins is delivered first: the guest
 * cannot tell it from one that came an instruction earlier, and a call that
 * blocks signals must not return with a handler still to come.
 */
static void system_call(struct guest_thread *t)
{
    uint64_t arg[7];
    int nr = abi->syscall_number(t, arg);
    long result;

    t->orig_arg0 = arg[0];
    if (t->signal_pending) {
        t->restart = ERESTARTNOINTR;
        return;
    }
    t->syscall_nr = nr;
    t->spurious = false;
    if (t->rseq.area && guest.nthreads > 1) /* else nobody is there to want its number */
        rseq_pause(t);
    if (debug_gdb_on)
        debug_syscall(t->cpu, (unsigned)nr, true);
    result = guest_syscall(t, nr, arg);
    t->syscall_nr = -1;
    if (result == -ESIGRETURN)
        return;
    if (result == -EINTR && t->spurious && !t->signal_pending) {
        t->restart = ERESTARTNOHAND; /* interrupted by something of ours */
        t->signal_pending = 1;
    } else if (result <= -ERESTARTSYS && result >= -ERESTART_RESTARTBLOCK) {
        t->restart = -result;
        t->signal_pending = 1;
    } else {
        abi->syscall_result(t, result);
        if (t->restore_mask)
            t->signal_pending = 1;
    }
}

static void data_fault(struct guest_thread *t, uint64_t data)
{
    uint64_t addr = (uint64_t)sx(ir_fault_address(data), 64 - abi->tag_bits);
    int prot = guest_page_prot(addr);

    t->scratch[0] = bits(data, WRITE_FAULT, 1);
    t->scratch[1] = 0;
    if (bits(data, BUS_FAULT, 1))
        signal_force(t, SIGBUS, BUS_ADRERR, addr); /* a mapping longer than its file */
    else
        signal_force(t, SIGSEGV, prot < 0 ? SEGV_MAPERR : SEGV_ACCERR, addr);
}

static void fetch_fault(struct guest_thread *t, uint64_t addr)
{
    t->scratch[0] = 0;
    t->scratch[1] = 1;
    signal_force(t, SIGSEGV, guest_page_prot(addr) < 0 ? SEGV_MAPERR : SEGV_ACCERR, addr);
}

static void log_exception(const struct guest_thread *t, enum exception e)
{
    static const char *const names[] = {
        "none", "system call", "illegal instruction", "breakpoint", "fetch fault", "data fault", "alignment fault",
        "arithmetic", "trap", "interrupt", "debug", "kernel page",
    };

    log_print(LOG_int, "exception: %s at %#llx, data %#llx\n", names[e], (unsigned long long)guest_pc(t),
              (unsigned long long)t->cpu->exception_data);
}

void cpu_loop(struct guest_thread *t)
{
    while (!t->exiting) {
        enum exception e;
        uint64_t data;

        if (t->signal_pending)
            signals_deliver(t);
        debug_safe_point(t->cpu);
        if (!rseq_may_run(t))
            continue;
        e = vcpu_run(t->cpu);
        if (debug_gdb_on && t->rseq.area)
            rseq_pause(t);
        data = t->cpu->exception_data;
        if (log_on(LOG_int) && e != EXC_INTERRUPT)
            log_exception(t, e);
        switch (e) {
        case EXC_SYSCALL:
            if (!data || !abi->special_syscall(t, (uint32_t)data))
                system_call(t);
            if (debug_gdb_on)
                debug_syscall(t->cpu, ~0u, false);
            break;
        case EXC_INTERRUPT:
        case EXC_NONE:
            break;
        case EXC_DATA_FAULT:
            data_fault(t, data);
            break;
        case EXC_FETCH_FAULT:
            fetch_fault(t, data);
            break;
        case EXC_ALIGNMENT:
            signal_force(t, SIGBUS, BUS_ADRALN, data);
            break;
        case EXC_ARITHMETIC:
            signal_force(t, SIGFPE, FPE_FLTINV, guest_pc(t));
            break;
        case EXC_BREAKPOINT:
            signal_force(t, SIGTRAP, TRAP_BRKPT, guest_pc(t));
            break;
        case EXC_DEBUG:
            debugger_stop(t);
            break;
        default:
            abi->exception(t, e);
        }
    }
}

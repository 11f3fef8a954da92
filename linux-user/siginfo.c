/*
 * siginfo.c: siginfo_t between host and guest. Which member of the union is
 * meant follows from signal and code, as in the kernel's siginfo_layout().
 */
#include "linux-user/internal.h"

enum layout { KILL, TIMER, POLL, FAULT, CHILD, QUEUE, SYS };

static enum layout layout_of(int sig, int code)
{
    if (code > SI_USER && code < SI_KERNEL) {
        switch (sig) {
        case SIGILL: case SIGFPE: case SIGSEGV: case SIGBUS: case SIGTRAP: return FAULT;
        case SIGCHLD: return CHILD;
        case SIGPOLL: return POLL;
        case SIGSYS:  return SYS;
        default:      return code <= 6 /* NSIGPOLL: fcntl(F_SETSIG) */ ? POLL : KILL;
        }
    }
    if (code == SI_TIMER)
        return TIMER;
    if (code == SI_SIGIO)
        return POLL;
    return code < 0 && code != SI_TKILL ? QUEUE : KILL;
}

/* A cursor over the guest's struct: values in its byte order, longs aligned. */
struct cursor { uint8_t *base; unsigned at; };

static void put32(struct cursor *c, uint32_t v)
{
    stle32(c->base + c->at, order32(v));
    c->at += 4;
}

static uint32_t get32(struct cursor *c)
{
    c->at += 4;
    return order32(ldle32(c->base + c->at - 4));
}

static void put_long(struct cursor *c, uint64_t v)
{
    c->at = (unsigned)align_up(c->at, abi->long_size);
    if (abi->long_size == 8) {
        stle64(c->base + c->at, order64(v));
        c->at += 8;
    } else {
        put32(c, (uint32_t)v);
    }
}

static uint64_t get_long(struct cursor *c)
{
    c->at = (unsigned)align_up(c->at, abi->long_size);
    if (abi->long_size == 4)
        return get32(c);
    c->at += 8;
    return order64(ldle64(c->base + c->at - 8));
}

void siginfo_to_guest(void *to, const siginfo_t *info)
{
    struct cursor c = {to, 0};

    memset(to, 0, 128);
    put32(&c, (uint32_t)info->si_signo);
    put32(&c, (uint32_t)info->si_errno);
    put32(&c, (uint32_t)info->si_code);
    c.at = (unsigned)align_up(c.at, abi->long_size);
    switch (layout_of(info->si_signo, info->si_code)) {
    case FAULT:
        put_long(&c, (uint64_t)info->si_addr);
        break;
    case POLL:
        put_long(&c, (uint64_t)info->si_band);
        put32(&c, (uint32_t)info->si_fd);
        break;
    case SYS:
        put_long(&c, (uint64_t)info->si_call_addr);
        put32(&c, (uint32_t)info->si_syscall);
        put32(&c, info->si_arch);
        break;
    case TIMER:
        put32(&c, (uint32_t)info->si_timerid);
        put32(&c, (uint32_t)info->si_overrun);
        put_long(&c, (uint64_t)info->si_value.sival_ptr);
        break;
    case CHILD:
        put32(&c, (uint32_t)info->si_pid);
        put32(&c, info->si_uid);
        put32(&c, (uint32_t)info->si_status);
        put_long(&c, (uint64_t)info->si_utime);
        put_long(&c, (uint64_t)info->si_stime);
        break;
    case QUEUE:
        put32(&c, (uint32_t)info->si_pid);
        put32(&c, info->si_uid);
        put_long(&c, (uint64_t)info->si_value.sival_ptr);
        break;
    case KILL:
        put32(&c, (uint32_t)info->si_pid);
        put32(&c, info->si_uid);
        break;
    }
}

/* From rt_sigqueueinfo: the guest fills in the forms that user space may send. */
void siginfo_from_guest(siginfo_t *to, const void *from)
{
    struct cursor c = {(uint8_t *)(uintptr_t)from, 0};

    memset(to, 0, sizeof *to);
    to->si_signo = (int)get32(&c);
    to->si_errno = (int)get32(&c);
    to->si_code = (int)get32(&c);
    c.at = (unsigned)align_up(c.at, abi->long_size);
    to->si_pid = (pid_t)get32(&c);
    to->si_uid = get32(&c);
    if (layout_of(to->si_signo, to->si_code) != KILL)
        to->si_value.sival_ptr = (void *)get_long(&c);
}

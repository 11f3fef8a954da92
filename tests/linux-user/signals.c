/*
 * signals.c: handlers, masks, queues, alternate stacks, waiting for signals,
 * and what a frame holds.
 */
#include "linux-user/check.h"

#include <setjmp.h>
#include <stdbool.h>
#include <signal.h>
#include <sys/mman.h>
#include <sys/signalfd.h>
#include <sys/time.h>
#include <sys/wait.h>
#include <time.h>
#include <ucontext.h>

static volatile int seen, order[16], nseen;
static siginfo_t last;
static ucontext_t *volatile context;

static void plain(int sig)
{
    seen = sig;
    if (nseen < 16)
        order[nseen++] = sig;
}

static void detailed(int sig, siginfo_t *info, void *uc)
{
    last = *info;
    context = uc;
    plain(sig);
}

static void install(int sig, int flags)
{
    struct sigaction a = {.sa_flags = flags};

    if (flags & SA_SIGINFO)
        a.sa_sigaction = detailed;
    else
        a.sa_handler = plain;
    CHECK(sigaction(sig, &a, NULL) == 0);
    seen = nseen = 0;
}

static sigset_t set_of(int sig)
{
    sigset_t s;

    sigemptyset(&s);
    if (sig)
        sigaddset(&s, sig);
    return s;
}

static void raise_runs_the_handler_before_it_returns(void)
{
    install(SIGUSR1, 0);
    raise(SIGUSR1);
    CHECK(seen == SIGUSR1 && nseen == 1);
    install(SIGUSR1, SA_SIGINFO);
    kill(getpid(), SIGUSR1);
    CHECK(seen == SIGUSR1 && last.si_code == SI_USER && last.si_pid == getpid() && last.si_uid == getuid());
    raise(SIGUSR1);
    CHECK(last.si_code == SI_TKILL);
}

static void reset_and_ignore(void)
{
    struct sigaction a;

    install(SIGUSR2, SA_RESETHAND);
    raise(SIGUSR2);
    CHECK(seen == SIGUSR2);
    CHECK(sigaction(SIGUSR2, NULL, &a) == 0 && a.sa_handler == SIG_DFL);
    signal(SIGUSR2, SIG_IGN);
    seen = 0;
    raise(SIGUSR2);
    kill(getpid(), SIGUSR2);
    CHECK(seen == 0);
    CHECK_ERRNO(sigaction(SIGKILL, &a, NULL), EINVAL);
    CHECK_ERRNO(sigaction(65, &a, NULL), EINVAL);
}

static void blocked_signals_wait(void)
{
    sigset_t set = set_of(SIGUSR1), pending;

    install(SIGUSR1, 0);
    sigprocmask(SIG_BLOCK, &set, NULL);
    raise(SIGUSR1);
    raise(SIGUSR1);
    CHECK(seen == 0);
    sigpending(&pending);
    CHECK(sigismember(&pending, SIGUSR1));
    sigprocmask(SIG_UNBLOCK, &set, NULL);
    CHECK(seen == SIGUSR1 && nseen == 1);
    sigpending(&pending);
    CHECK(!sigismember(&pending, SIGUSR1));
    seen = nseen = 0;
    sigprocmask(SIG_BLOCK, &set, NULL);
    raise(SIGUSR1); /* to the thread, and to the process: two signals */
    kill(getpid(), SIGUSR1);
    sigprocmask(SIG_UNBLOCK, &set, NULL);
    CHECK(nseen == 2);
}

static void real_time_signals_queue_in_order(void)
{
    sigset_t set = set_of(SIGRTMIN + 1);
    union sigval v;

    sigaddset(&set, SIGRTMIN + 3);
    install(SIGRTMIN + 1, SA_SIGINFO);
    install(SIGRTMIN + 3, SA_SIGINFO);
    sigprocmask(SIG_BLOCK, &set, NULL);
    for (int i = 0; i < 5; i++) {
        v.sival_int = i;
        CHECK(sigqueue(getpid(), SIGRTMIN + 3, v) == 0);
        v.sival_int = 100 + i;
        CHECK(sigqueue(getpid(), SIGRTMIN + 1, v) == 0);
    }
    for (int i = 0; i < 10; i++) {
        siginfo_t info;
        int sig = sigwaitinfo(&set, &info);

        CHECK(sig == (i < 5 ? SIGRTMIN + 1 : SIGRTMIN + 3));
        CHECK(info.si_value.sival_int == (i < 5 ? 100 + i : i - 5) && info.si_code == SI_QUEUE && info.si_pid == getpid());
    }
    CHECK(nseen == 0);
    v.sival_int = 7;
    sigqueue(getpid(), SIGRTMIN + 3, v);
    sigqueue(getpid(), SIGRTMIN + 1, v);
    sigprocmask(SIG_UNBLOCK, &set, NULL);
    CHECK(nseen == 2 && last.si_value.sival_int == 7);
}

static void sigtimedwait_times_out_and_takes_what_has_no_handler(void)
{
    sigset_t set = set_of(SIGCHLD);
    struct timespec ms = {0, 20000000}, second = {5, 0};
    siginfo_t info;
    pid_t pid;

    sigprocmask(SIG_BLOCK, &set, NULL);
    CHECK_ERRNO(sigtimedwait(&set, &info, &ms), EAGAIN);
    pid = fork();
    if (!pid)
        _exit(42);
    CHECK(sigtimedwait(&set, &info, &second) == SIGCHLD);
    CHECK(info.si_code == CLD_EXITED && info.si_pid == pid && info.si_status == 42);
    CHECK(waitpid(pid, NULL, 0) == pid);
    sigprocmask(SIG_UNBLOCK, &set, NULL);
}

static volatile int depth, deepest, times;

static void nesting(int sig)
{
    if (++depth > deepest)
        deepest = depth;
    if (++times < 3)
        raise(sig);
    depth--;
}

static void handlers_block_themselves_unless_told_otherwise(void)
{
    struct sigaction a = {.sa_handler = nesting};

    sigaction(SIGUSR1, &a, NULL);
    raise(SIGUSR1);
    CHECK(deepest == 1); /* the second came afterwards */
    deepest = times = 0;
    a.sa_flags = SA_NODEFER;
    sigaction(SIGUSR1, &a, NULL);
    raise(SIGUSR1);
    CHECK(deepest == 3);
}

static void sigsuspend_takes_the_mask_for_its_time(void)
{
    sigset_t set = set_of(SIGALRM), none = set_of(0), now;

    install(SIGALRM, 0);
    sigprocmask(SIG_BLOCK, &set, NULL);
    raise(SIGALRM);
    CHECK(seen == 0);
    CHECK_ERRNO(sigsuspend(&none), EINTR);
    CHECK(seen == SIGALRM);
    sigprocmask(SIG_BLOCK, NULL, &now);
    CHECK(sigismember(&now, SIGALRM));
    sigprocmask(SIG_UNBLOCK, &set, NULL);
}

static void alarm_in_ms(int ms)
{
    struct itimerval t = {{0, 0}, {0, ms * 1000}};

    setitimer(ITIMER_REAL, &t, NULL);
}

static void blocking_calls_are_interrupted_or_restarted(void)
{
    int fd[2], status;
    char byte = 0;
    pid_t pid;

    CHECK(pipe(fd) == 0);
    install(SIGALRM, 0);
    alarm_in_ms(30);
    CHECK_ERRNO(read(fd[0], &byte, 1), EINTR);
    CHECK(seen == SIGALRM);

    install(SIGALRM, SA_RESTART);
    pid = fork();
    if (!pid) {
        usleep(100000);
        _exit(write(fd[1], "x", 1) != 1);
    }
    alarm_in_ms(30);
    CHECK(read(fd[0], &byte, 1) == 1 && byte == 'x');
    CHECK(seen == SIGALRM);
    CHECK(waitpid(pid, &status, 0) == pid && status == 0);

    alarm_in_ms(30); /* sleeping is not restarted */
    CHECK_ERRNO(nanosleep(&(struct timespec){5, 0}, NULL), EINTR);
    alarm_in_ms(30);
    CHECK(pause() == -1 && errno == EINTR);
}

static void an_ignored_child_does_not_disturb_a_sleep(void)
{
    struct timespec a, b;
    pid_t pid = fork();

    if (!pid) {
        usleep(20000);
        _exit(0);
    }
    clock_gettime(CLOCK_MONOTONIC, &a);
    CHECK(nanosleep(&(struct timespec){0, 100000000}, NULL) == 0);
    clock_gettime(CLOCK_MONOTONIC, &b);
    CHECK((b.tv_sec - a.tv_sec) * 1000000000ll + b.tv_nsec - a.tv_nsec >= 100000000);
    waitpid(pid, NULL, 0);
}

static void children_that_nobody_waits_for(void)
{
    struct sigaction a = {.sa_handler = plain, .sa_flags = SA_NOCLDWAIT};
    pid_t pid;

    sigaction(SIGCHLD, &a, NULL);
    pid = fork();
    if (!pid)
        _exit(0);
    CHECK_ERRNO(waitpid(pid, NULL, 0), ECHILD);
    a.sa_flags = SA_NOCLDSTOP;
    sigaction(SIGCHLD, &a, NULL);
    seen = 0;
    pid = fork();
    if (!pid)
        raise(SIGSTOP), _exit(0);
    CHECK(waitpid(pid, NULL, WUNTRACED) == pid && seen == 0);
    kill(pid, SIGCONT);
    CHECK(waitpid(pid, NULL, 0) == pid && seen == SIGCHLD);
    signal(SIGCHLD, SIG_DFL);
}

static char alternate[65536];
static void *volatile handler_sp;

static void where(int sig)
{
    int here;
    stack_t s;

    handler_sp = &here;
    CHECK(sigaltstack(NULL, &s) == 0 && s.ss_flags == SS_ONSTACK);
    CHECK_ERRNO(sigaltstack(&s, NULL), EPERM);
    seen = sig;
}

static void alternate_stack(void)
{
    stack_t s = {.ss_sp = alternate, .ss_size = sizeof alternate}, old;
    struct sigaction a = {.sa_handler = where, .sa_flags = SA_ONSTACK};

    CHECK(sigaltstack(NULL, &old) == 0 && old.ss_flags == SS_DISABLE);
    CHECK(sigaltstack(&s, NULL) == 0);
    sigaction(SIGUSR1, &a, NULL);
    raise(SIGUSR1);
    CHECK((char *)handler_sp > alternate && (char *)handler_sp < alternate + sizeof alternate);
    CHECK(sigaltstack(NULL, &old) == 0 && old.ss_flags == 0 && old.ss_sp == alternate);
    s.ss_size = 100;
    CHECK_ERRNO(sigaltstack(&s, NULL), ENOMEM);
}

static sigjmp_buf back;

static void jump(int sig, siginfo_t *info, void *uc)
{
    last = *info;
    seen = sig;
    siglongjmp(back, 1);
}

static void fault_at(volatile int *p, bool write, int code)
{
    seen = 0;
    if (!sigsetjmp(back, 1)) {
        if (write)
            *p = 1;
        else
            (void)*p;
    }
    CHECK(seen == SIGSEGV && last.si_code == code && last.si_addr == p);
}

static void faults_tell_address_and_reason(void)
{
    struct sigaction a = {.sa_sigaction = jump, .sa_flags = SA_SIGINFO};
    int *page = mmap(NULL, 4096, PROT_READ, MAP_PRIVATE | MAP_ANONYMOUS, -1, 0);

    sigaction(SIGSEGV, &a, NULL);
    sigaction(SIGBUS, &a, NULL);
    sigaction(SIGILL, &a, NULL);
    sigaction(SIGTRAP, &a, NULL);
    fault_at((int *)16, false, SEGV_MAPERR);
    fault_at((int *)16, true, SEGV_MAPERR);
    fault_at(page + 4, true, SEGV_ACCERR);
    munmap(page, 4096);
    fault_at(page + 4, false, SEGV_MAPERR);
    CHECK_ERRNO(read(-1, page, 1), EBADF);
    if (!sigsetjmp(back, 1))
        ((void (*)(void))0x20)();
    CHECK(seen == SIGSEGV && last.si_addr == (void *)0x20);
}

static void a_mapping_longer_than_its_file_is_a_bus_error(void)
{
    FILE *f = tmpfile();
    volatile char *p = mmap(NULL, 8192, PROT_READ, MAP_SHARED, fileno(f), 0);

    seen = 0;
    if (!sigsetjmp(back, 1))
        (void)p[4096];
    CHECK(seen == SIGBUS && last.si_code == BUS_ADRERR && last.si_addr == p + 4096);
    fclose(f);
}

#ifdef __arm__
static void undefined_and_breakpoint(void)
{
    seen = 0;
    if (!sigsetjmp(back, 1))
        __asm__ volatile("udf #7");
    CHECK(seen == SIGILL && last.si_code == ILL_ILLOPC);
    if (!sigsetjmp(back, 1))
        __asm__ volatile("bkpt #1");
    CHECK(seen == SIGTRAP && last.si_code == TRAP_BRKPT);
}

static volatile unsigned passed_pc;

static void skip_instruction(int sig, siginfo_t *info, void *p)
{
    ucontext_t *uc = p;
    uint32_t *vfp = (uint32_t *)uc->uc_regspace;

    CHECK(uc->uc_mcontext.fault_address == 0x40 && uc->uc_mcontext.trap_no == 14);
    CHECK(uc->uc_mcontext.error_code & 0x800);
    CHECK(vfp[0] == 0x56465001 && vfp[1] == 288);
    uc->uc_mcontext.arm_pc += uc->uc_mcontext.arm_cpsr & 0x20 ? 2 : 4;
    uc->uc_mcontext.arm_r4 = 0x1234;
    vfp[2 + 2 * 9] = 0x11223344; /* d9 */
    seen = sig;
}

static void a_handler_can_change_the_registers(void)
{
    struct sigaction a = {.sa_sigaction = skip_instruction, .sa_flags = SA_SIGINFO};
    unsigned r4, d9;

    sigaction(SIGSEGV, &a, NULL);
    seen = 0;
    __asm__ volatile("mov r4, #0x40\n vmov d9, r4, r4\n str r4, [r4]\n mov %0, r4\n vmov %1, s18\n"
                     : "=&r"(r4), "=&r"(d9) : : "r4", "d9", "memory");
    CHECK(seen == SIGSEGV && r4 == 0x1234 && d9 == 0x11223344);
}
#else
static void undefined_and_breakpoint(void) {}
static void a_handler_can_change_the_registers(void) {}
#endif

static int death_of(void (*how)(void))
{
    int status;
    pid_t pid = fork();

    if (!pid) {
        if (!freopen("/dev/null", "w", stderr))
            _exit(1);
        how();
        _exit(0);
    }
    waitpid(pid, &status, 0);
    return WIFSIGNALED(status) ? WTERMSIG(status) : -1;
}

static void by_abort(void) { abort(); }
static void by_term(void) { signal(SIGTERM, SIG_DFL), kill(getpid(), SIGTERM); }
static void by_kill(void) { raise(SIGKILL); }
static void by_rt(void) { raise(SIGRTMAX); }
static void by_fault(void) { signal(SIGSEGV, SIG_DFL), *(volatile int *)8 = 1; }
static void by_blocked_fault(void)
{
    sigset_t s = set_of(SIGSEGV);

    signal(SIGSEGV, plain);
    sigprocmask(SIG_BLOCK, &s, NULL);
    *(volatile int *)8 = 1;
}
static void by_ignored_fault(void) { signal(SIGSEGV, SIG_IGN), *(volatile int *)8 = 1; }
static void by_stack(void)
{
    struct sigaction a = {.sa_handler = plain}; /* no alternate stack: nowhere to put the frame */
    stack_t off = {.ss_flags = SS_DISABLE};

    sigaltstack(&off, NULL);
    sigaction(SIGSEGV, &a, NULL);
#ifdef __arm__
    __asm__ volatile("mov r0, #64\n mov sp, r0\n ldr r0, [sp]");
#else
    *(volatile int *)8 = 1;
#endif
}

static void a_process_dies_of_the_signal_itself(void)
{
    CHECK(death_of(by_abort) == SIGABRT);
    CHECK(death_of(by_term) == SIGTERM);
    CHECK(death_of(by_kill) == SIGKILL);
    CHECK(death_of(by_rt) == SIGRTMAX);
    CHECK(death_of(by_fault) == SIGSEGV);
    CHECK(death_of(by_blocked_fault) == SIGSEGV);
    CHECK(death_of(by_ignored_fault) == SIGSEGV);
#ifdef __arm__
    CHECK(death_of(by_stack) == SIGSEGV);
#endif
}

static void stop_and_continue(void)
{
    int status;
    pid_t pid = fork();

    if (!pid) {
        raise(SIGSTOP);
        raise(SIGTSTP);
        _exit(9);
    }
    CHECK(waitpid(pid, &status, WUNTRACED) == pid && WIFSTOPPED(status) && WSTOPSIG(status) == SIGSTOP);
    kill(pid, SIGCONT);
    CHECK(waitpid(pid, &status, WUNTRACED) == pid);
    if (WIFSTOPPED(status)) { /* an orphaned group would not stop */
        CHECK(WSTOPSIG(status) == SIGTSTP);
        kill(pid, SIGCONT);
        CHECK(waitpid(pid, &status, 0) == pid);
    }
    CHECK(WIFEXITED(status) && WEXITSTATUS(status) == 9);
}

static void a_signalfd_reads_blocked_signals(void)
{
    sigset_t set = set_of(SIGUSR2);
    struct signalfd_siginfo info;
    int fd;

    install(SIGUSR2, 0);
    sigprocmask(SIG_BLOCK, &set, NULL);
    fd = signalfd(-1, &set, SFD_CLOEXEC);
    CHECK(fd >= 0);
    kill(getpid(), SIGUSR2);
    CHECK(read(fd, &info, sizeof info) == sizeof info && info.ssi_signo == SIGUSR2 && (pid_t)info.ssi_pid == getpid());
    CHECK(seen == 0);
    close(fd);
    sigprocmask(SIG_UNBLOCK, &set, NULL);
}

static void count(int sig)
{
    seen++;
}

static void a_storm_of_timers_loses_no_result(void)
{
    struct itimerval t = {{0, 200}, {0, 200}}, off = {{0, 0}, {0, 0}};
    struct sigaction a = {.sa_handler = count, .sa_flags = SA_RESTART};
    unsigned sum = 0, want = 0;
    double x = 1, y = 1;

    seen = 0;
    sigaction(SIGALRM, &a, NULL);
    for (int round = 0; round < 2; round++) {
        if (round)
            setitimer(ITIMER_REAL, &t, NULL);
        x = 1;
        sum = 0;
        for (int i = 1; i < 300000 || (round && seen < 20 && i < 30000000); i++) {
            if (i < 300000) {
                sum = sum * 31 + (unsigned)i;
                x = x * 1.0000001 + 1.0 / i;
            }
            if (i % 4096 == 0)
                getppid();
        }
        if (!round)
            want = sum, y = x;
    }
    setitimer(ITIMER_REAL, &off, NULL);
    CHECK(sum == want && x == y && seen > 0);
}

int main(void)
{
    raise_runs_the_handler_before_it_returns();
    reset_and_ignore();
    blocked_signals_wait();
    real_time_signals_queue_in_order();
    sigtimedwait_times_out_and_takes_what_has_no_handler();
    handlers_block_themselves_unless_told_otherwise();
    sigsuspend_takes_the_mask_for_its_time();
    blocking_calls_are_interrupted_or_restarted();
    an_ignored_child_does_not_disturb_a_sleep();
    children_that_nobody_waits_for();
    alternate_stack();
    faults_tell_address_and_reason();
    a_mapping_longer_than_its_file_is_a_bus_error();
    undefined_and_breakpoint();
    a_handler_can_change_the_registers();
    a_process_dies_of_the_signal_itself();
    stop_and_continue();
    a_signalfd_reads_blocked_signals();
    a_storm_of_timers_loses_no_result();
    return failures;
}

/*
 * tags.c: memory tagging as the kernel offers it: PROT_MTE, prctl's, both kinds
 * of faults, tagged pointers in system calls.
 * abis: aarch64
 * flags: -march=armv8.5-a+memtag
 */
#include "linux-user/check.h"

#include <arm_acle.h>
#include <setjmp.h>
#include <signal.h>
#include <stdbool.h>
#include <sys/auxv.h>
#include <sys/mman.h>
#include <sys/prctl.h>

#ifndef PROT_MTE
#define PROT_MTE 0x20
#endif
#define HWCAP2_MTE_ (1 << 18)
#define CONTROL(mode) (PR_TAGGED_ADDR_ENABLE | (mode) | 0xfffeul << PR_MTE_TAG_SHIFT)
enum { PAGE = 4096, MTEAERR = 8, MTESERR = 9 };

static sigjmp_buf back;
static volatile int code;
static void *volatile address;

static void on_fault(int sig, siginfo_t *info, void *context)
{
    code = info->si_code;
    address = info->si_addr;
    siglongjmp(back, 1);
}

static long control(unsigned long value) { return prctl(PR_SET_TAGGED_ADDR_CTRL, value, 0, 0, 0); }

static bool store_faults(volatile char *p)
{
    code = 0;
    if (!sigsetjmp(back, 1))
        *p = 1;
    return code;
}

static void control_is_checked(void)
{
    CHECK(prctl(PR_GET_TAGGED_ADDR_CTRL, 0, 0, 0, 0) == 0);
    CHECK_ERRNO(prctl(PR_SET_TAGGED_ADDR_CTRL, 1ul << 40, 0, 0, 0), EINVAL);
    CHECK_ERRNO(prctl(PR_SET_TAGGED_ADDR_CTRL, 1, 1, 0, 0), EINVAL);
    CHECK(control(CONTROL(PR_MTE_TCF_SYNC)) == 0 && (unsigned long)prctl(PR_GET_TAGGED_ADDR_CTRL, 0, 0, 0, 0) == CONTROL(PR_MTE_TCF_SYNC));
}

static void wrong_tags_fault_at_once(void)
{
    char *p = mmap(NULL, 2 * PAGE, PROT_READ | PROT_WRITE, MAP_PRIVATE | MAP_ANONYMOUS, -1, 0), *q;

    CHECK(!store_faults((char *)((uint64_t)p | 3ull << 56))); /* no tags, no checks */
    CHECK(mprotect(p, 2 * PAGE, PROT_READ | PROT_WRITE | PROT_MTE) == 0);
    q = __arm_mte_create_random_tag(p, 1);
    CHECK(q != p && store_faults(q) && code == MTESERR && address == (void *)p);
    __arm_mte_set_tag(q);
    CHECK(!store_faults(q) && store_faults(p) && store_faults(q + 16) && __arm_mte_get_tag(p) == q);
    CHECK(write(-1, q, 1) == -1 && errno == EBADF);
    CHECK(madvise(q, PAGE, MADV_DONTNEED) == 0 && __arm_mte_get_tag(p) == p && *(volatile char *)p == 0);
    CHECK(munmap(p, 2 * PAGE) == 0);
    CHECK(mmap(p, PAGE, PROT_READ | PROT_WRITE, MAP_PRIVATE | MAP_ANONYMOUS | MAP_FIXED, -1, 0) == p && !store_faults(q));
    munmap(p, PAGE);
    CHECK(mmap(NULL, PAGE, PROT_READ | PROT_MTE, MAP_PRIVATE, open("/proc/self/exe", O_RDONLY), 0) == MAP_FAILED && errno == EINVAL);
}

static void wrong_tags_are_told_later(void)
{
    char *p = mmap(NULL, PAGE, PROT_READ | PROT_WRITE | PROT_MTE, MAP_PRIVATE | MAP_ANONYMOUS, -1, 0), *q;

    CHECK(p != MAP_FAILED && control(CONTROL(PR_MTE_TCF_ASYNC)) == 0);
    q = __arm_mte_create_random_tag(p, 1);
    code = 0;
    if (!sigsetjmp(back, 1)) {
        *(volatile char *)q = 1;
        getppid();
        CHECK(!"reached");
    }
    CHECK(code == MTEAERR && !address && *p == 1);
    CHECK(control(0) == 0);
    munmap(p, PAGE);
}

static void tagged_pointers_need_leave(void)
{
    char *tagged = (char *)((uint64_t)"x" | 5ull << 56);
    int fd = open("/dev/null", O_WRONLY);

    CHECK_ERRNO(write(fd, tagged, 1), EFAULT);
    CHECK(control(PR_TAGGED_ADDR_ENABLE) == 0 && write(fd, tagged, 1) == 1);
    CHECK(control(0) == 0);
    close(fd);
}

int main(void)
{
    struct sigaction a = {.sa_sigaction = on_fault, .sa_flags = SA_SIGINFO};

    if (!(getauxval(AT_HWCAP2) & HWCAP2_MTE_))
        return 0;
    sigaction(SIGSEGV, &a, NULL);
    control_is_checked();
    wrong_tags_fault_at_once();
    wrong_tags_are_told_later();
    tagged_pointers_need_leave();
    return failures;
}

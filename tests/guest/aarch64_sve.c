/*
 * aarch64_sve.c: SVE as a program meets it: HWCAPs, vector lengths by prctl and
 * over fork and execve; Z, P and FFR in signal frames, there and back; which
 * frames the kernel refuses; what a fault leaves; what system calls and writes
 * of V registers clear; loads that stop at a fault.
 * abis: aarch64
 * emu: -cpu max,sve=on
 * flags: -march=armv8.2-a+sve -static -O1
 * expect: sve: all right
 */
#include <setjmp.h>
#include <signal.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/auxv.h>
#include <sys/mman.h>
#include <sys/prctl.h>
#include <sys/wait.h>
#include <ucontext.h>
#include <unistd.h>

#define CHECK(c) do { if (!(c)) { printf("line %d: %s\n", __LINE__, #c); exit(1); } } while (0)
#define ONEXEC  (1 << 18)
#define INHERIT (1 << 17)

static unsigned vector_length(void)
{
    uint64_t n;

    __asm__ volatile("rdvl %0, 1" : "=r"(n));
    return (unsigned)n;
}

static void test_lengths(void)
{
    static const unsigned tried[] = {16, 32, 64, 128, 256};

    CHECK(getauxval(AT_HWCAP) >> 22 & 1);
    CHECK(vector_length() == 64);
    CHECK(prctl(PR_SVE_GET_VL) == 64);
    for (unsigned i = 0; i < 5; i++) {
        CHECK(prctl(PR_SVE_SET_VL, tried[i]) == (int)tried[i]);
        CHECK(vector_length() == tried[i]);
    }
    CHECK(prctl(PR_SVE_SET_VL, 8192) == 256);
    CHECK(prctl(PR_SVE_SET_VL, 0) == -1 && prctl(PR_SVE_SET_VL, 24) == -1 && prctl(PR_SVE_SET_VL, 8208) == -1);
    CHECK(prctl(PR_SVE_SET_VL, 1 << 20 | 16) == -1);
    CHECK(prctl(PR_SVE_SET_VL, INHERIT | 32) == (INHERIT | 32) && prctl(PR_SVE_GET_VL) == (INHERIT | 32));
    CHECK(prctl(PR_SVE_SET_VL, ONEXEC | 128) == 128 && prctl(PR_SVE_GET_VL) == 32);
    CHECK(prctl(PR_SVE_SET_VL, 64) == 64);
}

static unsigned exec_says(const char *self, unsigned how)
{
    int status;

    if (!fork()) {
        prctl(PR_SVE_SET_VL, how);
        execl(self, self, "length", NULL);
        _exit(255);
    }
    wait(&status);
    return (unsigned)WEXITSTATUS(status);
}

static void test_exec(const char *self)
{
    int status;

    CHECK(exec_says(self, 32) == 64 / 16);
    CHECK(exec_says(self, ONEXEC | 32) == 32 / 16);
    CHECK(exec_says(self, INHERIT | 128) == 128 / 16);
    prctl(PR_SVE_SET_VL, 48);
    if (!fork())
        _exit((int)vector_length());
    wait(&status);
    CHECK(WEXITSTATUS(status) == vector_length());
    prctl(PR_SVE_SET_VL, 64);
}

/* ---- what clears the upper parts ---- */

static void test_clearing(void)
{
    uint64_t z[8], count;

    __asm__ volatile("ptrue p0.d\n mov z0.d, #-1\n mov z1.d, #-1\n mov v1.16b, v0.16b\n cmpne p1.d, p0/z, z1.d, #0\n"
                     "cntp %0, p0, p1.d\n st1d {z1.d}, p0, [%1]" : "=&r"(count) : "r"(z) : "v0", "v1", "p0", "p1", "memory");
    CHECK(count == 2 && z[0] == ~0ull && z[1] == ~0ull && z[2] == 0 && z[7] == 0);
    __asm__ volatile("ptrue p0.d\n mov z1.d, #-1\n fmov d1, #1.0\n st1d {z1.d}, p0, [%0]" :: "r"(z) : "v1", "p0", "memory");
    CHECK(z[0] == 0x3ff0000000000000 && z[1] == 0 && z[2] == 0 && z[7] == 0);
    __asm__ volatile("ptrue p0.d\n mov z1.d, #-1\n ldr b1, [%0]\n st1d {z1.d}, p0, [%0]" :: "r"(z) : "v1", "p0", "memory");
    CHECK(z[0] == 0 && z[1] == 0 && z[7] == 0);
    __asm__ volatile("mov z8.d, #-1\n mov x8, #172\n svc #0\n ptrue p0.d\n st1d {z8.d}, p0, [%0]" :: "r"(z) : "x0", "x8", "v8", "p0", "memory");
    CHECK(z[0] == ~0ull && z[1] == ~0ull);
}

/* ---- signal frames ---- */

static volatile unsigned seen;
static uint8_t *sve_record(ucontext_t *u, unsigned *size)
{
    uint8_t *at = (uint8_t *)u->uc_mcontext.__reserved;

    for (;;) {
        uint32_t magic, bytes;
        memcpy(&magic, at, 4);
        memcpy(&bytes, at + 4, 4);
        if (magic == SVE_MAGIC) {
            *size = bytes;
            return at;
        }
        if (magic == EXTRA_MAGIC)
            memcpy(&at, at + 8, 8);
        else if (!magic)
            return NULL;
        else
            at += bytes;
    }
}

enum { LOOK, CHANGE, DROP, WRONG_LENGTH } wanted;
static void handler(int sig, siginfo_t *info, void *context)
{
    unsigned size, vl = vector_length();
    uint8_t *r = sve_record(context, &size);
    uint64_t v;

    CHECK(r && r[8] + r[9] * 256u == vl);
    seen = size;
    if (wanted == LOOK || size == 16) {
        __asm__ volatile("mov z5.d, #3\n pfalse p5.b\n ptrue p0.d\n mov z6.d, #0" ::: "v5", "v6", "p0", "p5");
    } else if (wanted == CHANGE) {
        memcpy(&v, r + 16 + 5 * vl + vl - 8, 8);
        CHECK(v == 0x0505050505050505);
        v = 0x1122334455667788;
        memcpy(r + 16 + 5 * vl + vl - 8, &v, 8);
        r[16 + 32 * vl + 5 * (vl / 8)] = 0x7f;
    } else if (wanted == DROP) {
        ((uint32_t *)r)[1] = 16;
        memset(r + 16, 0, 16);
    } else if (wanted == WRONG_LENGTH) {
        r[8] ^= 16;
    }
}

/* Z5 is all 5s, P5 all true; a signal comes by its own hand: brk. Returns Z5's top and P5's bottom as they are then. */
static void disturbed(uint64_t *top, uint64_t *bottom, uint64_t *p)
{
    uint8_t z[256], pred[32];
    unsigned vl = vector_length();

    __asm__ volatile("ptrue p5.b\n mov z5.b, #5\n .inst 0\n str z5, [%0]\n str p5, [%1]" :: "r"(z), "r"(pred) : "v5", "p5", "memory", "p0", "v6");
    memcpy(top, z + vl - 8, 8);
    memcpy(bottom, z, 8);
    *p = pred[0];
}

static void over_illegal(int sig, siginfo_t *info, void *context)
{
    ((ucontext_t *)context)->uc_mcontext.pc += 4;
    handler(sig, info, context);
}

static void test_frames(void)
{
    struct sigaction a = {.sa_sigaction = over_illegal, .sa_flags = SA_SIGINFO};
    uint64_t top, bottom, p;
    int status;

    sigaction(SIGILL, &a, NULL);
    for (unsigned vl = 16; vl <= 256; vl *= 2) {
        CHECK(prctl(PR_SVE_SET_VL, vl) == (int)vl);
        wanted = LOOK;
        disturbed(&top, &bottom, &p);
        CHECK(top == 0x0505050505050505 && bottom == top && p == 0xff);
        CHECK(seen == ((16 + 32 * vl + 17 * (vl / 8) + 15) & ~15u));
        wanted = CHANGE;
        disturbed(&top, &bottom, &p);
        CHECK(top == (vl == 16 ? 0x0505050505050505 : 0x1122334455667788) && p == 0x7f);
        wanted = DROP;
        disturbed(&top, &bottom, &p);
        CHECK(bottom == 0x0505050505050505 && (vl == 16 || top == 0) && p == 0);
    }
    if (!fork()) {
        wanted = WRONG_LENGTH;
        disturbed(&top, &bottom, &p);
        _exit(0);
    }
    wait(&status);
    CHECK(WIFSIGNALED(status) && WTERMSIG(status) == SIGSEGV);
    prctl(PR_SVE_SET_VL, 64);
}

/* ---- faults ---- */

static sigjmp_buf back;
static void *volatile fault_at;
static void faulted(int sig, siginfo_t *info, void *context)
{
    fault_at = info->si_addr;
    siglongjmp(back, 1);
}

static void test_faults(void)
{
    struct sigaction a = {.sa_sigaction = faulted, .sa_flags = SA_SIGINFO};
    uint8_t *two = mmap(NULL, 8192, PROT_READ | PROT_WRITE, MAP_PRIVATE | MAP_ANONYMOUS, -1, 0), ffr[32], z[256];

    memset(two, 7, 4096);
    mprotect(two + 4096, 4096, PROT_NONE);
    sigaction(SIGSEGV, &a, NULL);
    if (!sigsetjmp(back, 1)) {
        __asm__ volatile("ptrue p0.b\n ld1b {z1.b}, p0/z, [%0]" :: "r"(two + 4096 - 20) : "v1", "p0");
        CHECK(!"no fault");
    }
    CHECK(fault_at == two + 4096);
    if (!sigsetjmp(back, 1)) {
        __asm__ volatile("index z0.d, #0, #1\n lsl z0.d, z0.d, #12\n ptrue p0.d\n ld1d {z1.d}, p0/z, [%0, z0.d]" :: "r"(two + 8) : "v0", "v1", "p0");
        CHECK(!"no fault");
    }
    CHECK(fault_at == two + 4096 + 8);
    if (!sigsetjmp(back, 1)) {
        __asm__ volatile("ptrue p0.b\n st1b {z1.b}, p0, [%0]" :: "r"(two + 4096 - 20) : "p0", "memory");
        CHECK(!"no fault");
    }
    CHECK(fault_at == two + 4096);
    memset(two, 7, 4096);
    __asm__ volatile("setffr\n ptrue p0.b\n ldff1b {z1.b}, p0/z, [%0]\n rdffr p1.b\n str p1, [%1]\n str z1, [%2]"
                     :: "r"(two + 4096 - 20), "r"(ffr), "r"(z) : "v1", "p0", "p1", "memory");
    CHECK(ffr[0] == 0xff && ffr[1] == 0xff && ffr[2] == 0x0f && ffr[3] == 0 && z[0] == 7 && z[19] == 7);
    __asm__ volatile("setffr\n ptrue p0.b\n ldnf1b {z1.b}, p0/z, [%0]\n rdffr p1.b\n str p1, [%1]" :: "r"(two + 4096), "r"(ffr) : "v1", "p0", "p1", "memory");
    CHECK(ffr[0] == 0 && ffr[7] == 0);
    if (!sigsetjmp(back, 1)) {
        __asm__ volatile("setffr\n ptrue p0.b\n ldff1b {z1.b}, p0/z, [%0]" :: "r"(two + 4096) : "v1", "p0");
        CHECK(!"no fault");
    }
    CHECK(fault_at == two + 4096);
    signal(SIGSEGV, SIG_DFL);
}

int main(int argc, char **argv)
{
    if (argc > 1)
        return (int)vector_length() / 16;
    test_lengths();
    test_exec("/proc/self/exe");
    test_clearing();
    test_frames();
    test_faults();
    printf("sve: all right\n");
    return 0;
}

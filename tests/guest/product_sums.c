/*
 * product_sums.c: loops that add products to a sum by fused multiply-add, over
 * exact and inexact products, denormal ones, zeros of both signs, infinities and
 * NaNs of both kinds: bit for bit what one multiply-add at a time gives. And a
 * fault any number of times round.
 * abis: armhf armhf-thumb aarch64
 * flags-arm: -mfpu=neon-vfpv4
 */
#include "linux-user/check.h"

#include <setjmp.h>
#include <signal.h>
#include <sys/mman.h>

enum { N = 61, ROUNDS = 150 };

static uint64_t seed = 88172645463325252ull;

static uint64_t any(void)
{
    seed ^= seed << 13;
    seed ^= seed >> 7;
    return seed ^= seed << 17;
}

static double of_bits(uint64_t u)
{
    double d;

    memcpy(&d, &u, 8);
    return d;
}

static uint64_t bits(double d)
{
    uint64_t u;

    memcpy(&u, &d, 8);
    return u;
}

static uint64_t fraction(void) { return any() & 0x800fffffffffffffull; }

enum kind { EXACT, INEXACT, DENORMAL, SMALL, TINY_PRODUCT, POWERS, ZEROS, INFINITE, QUIET, SIGNALLING, ANY, KINDS };

static double value(enum kind k)
{
    switch (k) {
    case EXACT:        return (double)(int)(any() & 1023) / 64;
    case INEXACT:      return (double)(int64_t)any() / 1e15;
    case DENORMAL:     return of_bits(fraction());
    case SMALL:        return of_bits(fraction() | (any() % 120 + 1) << 52);
    case TINY_PRODUCT: return of_bits(fraction() | (any() % 64 + 460) << 52);
    case POWERS:       return of_bits((any() & 1ull << 63) | (any() % 4 + 480) << 52);
    case ZEROS:        return any() & 1 ? 0.0 : any() & 1 ? -0.0 : (double)(int)(any() & 255) - 128;
    case INFINITE:     return any() % 32 ? (double)(any() & 7) : any() & 1 ? 1 / 0.0 : -1 / 0.0;
    case QUIET:        return any() % 32 ? (double)(any() & 255) : of_bits(0x7ff8000000000000ull | (any() & 0xffff) | (any() & 1ull << 63));
    case SIGNALLING:   return any() % 64 ? (double)(any() & 255) : of_bits(0x7ff0000000000001ull | (any() & 0xffff));
    default:           return of_bits(any());
    }
}

__attribute__((noipa)) static double one(double a, double b, double z) { return __builtin_fma(a, b, z); }
__attribute__((noipa)) static float one_f(float a, float b, float z) { return __builtin_fmaf(a, b, z); }

__attribute__((noipa)) static double sum(const double *a, const double *b, long n, double z)
{
    for (long i = 0; i < n; i++)
        z = __builtin_fma(a[i], b[i], z);
    return z;
}

__attribute__((noipa)) static float sum_f(const float *a, const float *b, long n, float z)
{
    for (long i = 0; i < n; i++)
        z = __builtin_fmaf(a[i], b[i], z);
    return z;
}

static void sums_of(enum kind k)
{
    static double a[N], b[N];
    static float fa[N], fb[N];
    double z = any() & 1 ? -0.0 : any() & 1 ? 0 : value(k), want;
    float f = (float)z, want_f, got_f;
    long n = (long)(any() % N);

    want = z;
    want_f = f;
    for (int i = 0; i < N; i++) {
        a[i] = value(k == POWERS ? TINY_PRODUCT : k);
        b[i] = value(k);
        fa[i] = (float)a[i];
        fb[i] = (float)b[i];
    }
    for (long i = 0; i < n; i++) {
        want = one(a[i], b[i], want);
        want_f = one_f(fa[i], fb[i], want_f);
    }
    got_f = sum_f(fa, fb, n, f);
    CHECK(bits(sum(a, b, n, z)) == bits(want));
    CHECK(!memcmp(&got_f, &want_f, sizeof got_f));
}

static sigjmp_buf jump;
static void *fault_at;

static void on_fault(int sig, siginfo_t *info, void *context)
{
    (void)sig;
    (void)context;
    fault_at = info->si_addr;
    siglongjmp(jump, 1);
}

static void faults(void)
{
    struct sigaction sa = {.sa_sigaction = on_fault, .sa_flags = SA_SIGINFO};
    char *p = mmap(NULL, 8192, PROT_READ | PROT_WRITE, MAP_PRIVATE | MAP_ANONYMOUS, -1, 0);

    sigaction(SIGSEGV, &sa, NULL);
    mprotect(p + 4096, 4096, PROT_NONE);
    for (long before = 0; before < 20; before++) {
        fault_at = NULL;
        if (!sigsetjmp(jump, 1))
            sum((double *)(p + 4096) - before, (double *)p, before + 3, 1);
        CHECK(fault_at == p + 4096);
    }
}

int main(void)
{
    for (enum kind k = 0; k < KINDS; k++)
        for (int round = 0; round < ROUNDS; round++)
            sums_of(k);
    faults();
    for (int round = 0; round < ROUNDS; round++)
        sums_of(EXACT);
    return failures != 0;
}

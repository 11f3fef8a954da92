/*
 * address.c: guest addresses that no host access can be made with. A 64-bit
 * guest may ignore the upper bits of its addresses (tags); translated code
 * uses them as they are, and where they are not what the host accepts it
 * faults without saying at which address. The instruction is then done by the
 * interpreter, which knows the address, drops the tag, and raises the guest's
 * own fault when nothing is there. A region that comes here twice is
 * translated again with its addresses stripped.
 */
#include "runtime/internal.h"

#include <ucontext.h>

#define STRIP_AFTER_FAULTS 2
#define PAGE_FAULT 14 /* the trap that tells an address */

uint64_t address_strip(uint64_t addr)
{
    unsigned n = rt.arch->address_ignore_top;

    return (uint64_t)((int64_t)(addr << n) >> n);
}

/* ---- regions whose addresses are stripped; a wrong yes only costs time ---- */
static uint8_t stripped[4096];

static unsigned bit_of(uint64_t pc)
{
    return (unsigned)(pc * 0x9e3779b97f4a7c15ull >> 49) % (sizeof stripped * 8);
}

unsigned address_bits_to_strip(uint64_t pc)
{
    bool strip = rt.check || stripped[bit_of(pc) / 8] >> bit_of(pc) % 8 & 1;

    return strip ? rt.arch->address_ignore_top : 0;
}

static void strip_from_now_on(struct region *r)
{
    stripped[bit_of(r->key.pc) / 8] |= (uint8_t)(1 << bit_of(r->key.pc) % 8);
    rt.count.stripped++;
    cache_drop(r);
}

/* ---- the fault ---- */

bool address_is_unknown(const void *ucontext)
{
    return rt.arch->address_bits == 64 && ((const ucontext_t *)ucontext)->uc_mcontext.gregs[REG_TRAPNO] != PAGE_FAULT;
}

void address_fault(struct vcpu *c, struct region *r)
{
    private_of(c)->address_fault = true;
    rt.count.address_faults++;
    if (++r->address_faults < STRIP_AFTER_FAULTS || !rt.arch->address_ignore_top || r->flags & REGION_DEAD || !translation_trylock())
        return; /* lock busy: next time */
    strip_from_now_on(r);
    translation_unlock();
}

bool address_retry(struct vcpu *c)
{
    private_of(c)->address_fault = false;
    return interpret_one(c);
}

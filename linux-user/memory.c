/*
 * memory.c: reading and writing guest memory from C. Whether it is there is
 * found out by trying: the windows in safe_syscall.S return 1 on a fault, so a
 * thread that unmaps meanwhile does no harm.
 */
#include "linux-user/internal.h"

#include <sys/mman.h>

uint64_t guest_base;
uint64_t guest_address_mask = ~0ull;
uint8_t *page_flags;

bool host_in_guest(const void *p)
{
    return guest_is_windowed() ? h2g(p) < WINDOW_SIZE + WINDOW_GUARD : page_flags_of((uint64_t)p) & PAGE_VALID;
}

/*
 * May C or the host's kernel touch [addr, addr + len) for the guest? In a window everything is the guest's; outside of
 * one its own pages are: the first is asked for, and whoever copies faults at a hole.
 */
static bool is_guests(uint64_t addr, uint64_t len)
{
    addr &= guest_address_mask;
    if (guest_is_windowed())
        return addr < WINDOW_SIZE && len <= WINDOW_SIZE - addr;
    return addr < abi->task_size && len <= abi->task_size - addr && page_flags_of(addr) & PAGE_VALID &&
           (addr / GUEST_PAGE == (addr + len - 1) / GUEST_PAGE || page_flags_of(addr + len - 1) & PAGE_VALID);
}

bool guest_owns(uint64_t addr)
{
    return guest_is_windowed() || page_flags_of(addr & guest_address_mask) & PAGE_VALID;
}

/* The host kernel and C are about to write: translated pages must not be in the way. */
static void make_writable(uint64_t addr, uint64_t len)
{
    uint64_t last = ((addr &= guest_address_mask) + len - 1) / GUEST_PAGE;

    if (!page_flags) {
        runtime_unprotect(addr, addr + len);
        return;
    }
    for (uint64_t page = addr / GUEST_PAGE; page <= last; page++)
        if (page_flags[page] & PAGE_CODE) {
            runtime_unprotect(addr, addr + len);
            return;
        }
}

bool guest_access_ok(uint64_t addr, uint64_t len, int prot)
{
    unsigned need = PAGE_VALID | (prot & PROT_READ ? PAGE_READ : 0) | (prot & PROT_WRITE ? PAGE_WRITE : 0);

    if (!len)
        return true;
    if (!is_guests(addr, len))
        return false;
    addr &= guest_address_mask;
    for (uint64_t page = addr / GUEST_PAGE; page <= (addr + len - 1) / GUEST_PAGE; page++)
        if ((page_flags_of(page * GUEST_PAGE) & need) != need)
            return false;
    if (prot & PROT_WRITE)
        make_writable(addr, len);
    return true;
}

bool copy_from_guest(void *to, uint64_t from, uint64_t len)
{
    return !len || (is_guests(from, len) && !guest_copy(to, g2h(from), len));
}

bool copy_to_guest(uint64_t to, const void *from, uint64_t len)
{
    if (!len)
        return true;
    if (!is_guests(to, len))
        return false;
    make_writable(to, len);
    return !guest_copy(g2h(to), from, len);
}

bool clear_guest(uint64_t to, uint64_t len)
{
    if (!len)
        return true;
    if (!is_guests(to, len))
        return false;
    make_writable(to, len);
    return !guest_zero(g2h(to), len);
}

long guest_strlen(uint64_t addr, uint64_t max)
{
    size_t length;
    uint64_t room = (addr & guest_address_mask) < abi->task_size ? abi->task_size - (addr & guest_address_mask) : 0;

    if (!guest_owns(addr))
        return -EFAULT;
    if (guest_strnlen(g2h(addr), MIN_(max, room), &length))
        return -EFAULT;
    if (length < max)
        return length == room ? -EFAULT : (long)length;
    return -ENAMETOOLONG;
}

bool guest_get(uint64_t addr, unsigned size, uint64_t *value)
{
    if (!is_guests(addr, size))
        return false;
    switch (size) {
    case 1: return !guest_load1(g2h(addr), value);
    case 2:
        if (guest_load2(g2h(addr), value))
            return false;
        *value = order16((uint16_t)*value);
        return true;
    case 4:
        if (guest_load4(g2h(addr), value))
            return false;
        *value = order32((uint32_t)*value);
        return true;
    default:
        if (guest_load8(g2h(addr), value))
            return false;
        *value = order64(*value);
        return true;
    }
}

bool guest_put(uint64_t addr, unsigned size, uint64_t value)
{
    if (!is_guests(addr, size))
        return false;
    make_writable(addr, size);
    switch (size) {
    case 1:  return !guest_store1(g2h(addr), value);
    case 2:  return !guest_store2(g2h(addr), order16((uint16_t)value));
    case 4:  return !guest_store4(g2h(addr), order32((uint32_t)value));
    default: return !guest_store8(g2h(addr), order64(value));
    }
}

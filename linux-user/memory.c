/*
 * memory.c: reading and writing guest memory from C. Whether it is there is
 * found out by trying: the windows in safe_syscall.S return 1 on a fault, so a
 * thread that unmaps meanwhile does no harm.
 */
#include "linux-user/internal.h"

#include <sys/mman.h>

uint64_t guest_base;
uint8_t *page_flags;

bool host_in_guest(const void *p)
{
    return h2g(p) < WINDOW_SIZE + WINDOW_GUARD;
}

/* Is [addr, addr + len) inside the window? A range of the whole 4 GiB is not asked for. */
static bool in_window(uint64_t addr, uint64_t len)
{
    return addr < WINDOW_SIZE && len <= WINDOW_SIZE - addr;
}

/* The host kernel and C are about to write: translated pages must not be in the way. */
static void make_writable(uint64_t addr, uint64_t len)
{
    uint64_t last = (addr + len - 1) / GUEST_PAGE;

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
    if (!in_window(addr, len))
        return false;
    for (uint64_t page = addr / GUEST_PAGE; page <= (addr + len - 1) / GUEST_PAGE; page++)
        if ((page_flags[page] & need) != need)
            return false;
    if (prot & PROT_WRITE)
        make_writable(addr, len);
    return true;
}

bool copy_from_guest(void *to, uint64_t from, uint64_t len)
{
    return !len || (in_window(from, len) && !guest_copy(to, g2h(from), len));
}

bool copy_to_guest(uint64_t to, const void *from, uint64_t len)
{
    if (!len)
        return true;
    if (!in_window(to, len))
        return false;
    make_writable(to, len);
    return !guest_copy(g2h(to), from, len);
}

bool clear_guest(uint64_t to, uint64_t len)
{
    if (!len)
        return true;
    if (!in_window(to, len))
        return false;
    make_writable(to, len);
    return !guest_zero(g2h(to), len);
}

long guest_strlen(uint64_t addr, uint64_t max)
{
    size_t length;
    uint64_t room = addr < WINDOW_SIZE ? WINDOW_SIZE - addr : 0;

    if (guest_strnlen(g2h(addr), MIN_(max, room), &length))
        return -EFAULT;
    if (length < max)
        return length == room ? -EFAULT : (long)length;
    return -ENAMETOOLONG;
}

bool guest_get(uint64_t addr, unsigned size, uint64_t *value)
{
    if (!in_window(addr, size))
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
    if (!in_window(addr, size))
        return false;
    make_writable(addr, size);
    switch (size) {
    case 1:  return !guest_store1(g2h(addr), value);
    case 2:  return !guest_store2(g2h(addr), order16((uint16_t)value));
    case 4:  return !guest_store4(g2h(addr), order32((uint32_t)value));
    default: return !guest_store8(g2h(addr), order64(value));
    }
}

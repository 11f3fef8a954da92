/*
 * host_map.c: the host's side of the guest's mappings. Called by mman.c under mmap_lock.
 *
 * Window (guests with 32-bit addresses): all of it is reserved from the start,
 * so nothing of ours ever lands in it, and mapping is always MAP_FIXED.
 *
 * Shared address space (64-bit): the guest's places are chosen far from where the kernel puts
 * ours, and the kernel is always asked to map without replacing what the
 * page map does not call the guest's: it alone knows what the C library
 * maps meanwhile. What it refuses is ours, and is remembered so that it is not tried again;
 * before it has refused anything nobody looks what is ours.
 */
#include "linux-user/host_map.h"
#include "linux-user/page_map.h"

#include <inttypes.h>
#include <stdlib.h>
#include <sys/mman.h>
#include <sys/syscall.h>

#define RESERVED (MAP_PRIVATE | MAP_ANONYMOUS | MAP_NORESERVE)

/* ---- what is ours ---- */

/* Pages of ours, for whoever looks for a free place: not the guest's (no PAGE_VALID), yet not free. */
#define FOREIGN (PAGE_ANON | PAGE_SHARED)

static struct range { uint64_t start, end; } foreign[512] APART;
static unsigned nforeign;

static void mark(const struct range *r, unsigned old, unsigned new)
{
    unsigned flags;

    for (uint64_t at = r->start, end; at < r->end; at = end) {
        end = map_run(at, r->end, &flags);
        if (flags == old)
            page_radix.change(at / GUEST_PAGE, end / GUEST_PAGE, 0, new);
    }
}

static void add_foreign(uint64_t start, uint64_t end)
{
    if (end > abi->task_size || nforeign == ARRAY_SIZE(foreign))
        return;
    foreign[nforeign] = (struct range){start, end};
    mark(&foreign[nforeign++], 0, FOREIGN);
}

/* Reads anew what the host has mapped. What is not the guest's is ours. */
static void find_foreign(void)
{
    FILE *f = fopen("/proc/self/maps", "re");
    char *line = NULL;
    size_t room = 0;
    uint64_t start, end;

    while (nforeign)
        mark(&foreign[--nforeign], FOREIGN, 0);
    while (f && getline(&line, &room, f) > 0)
        if (sscanf(line, "%" SCNx64 "-%" SCNx64, &start, &end) == 2)
            add_foreign(start, end);
    free(line);
    if (f)
        fclose(f);
}

/* ---- the window ---- */

static void reserve_window(void)
{
    int fixed = options.guest_base ? MAP_FIXED_NOREPLACE : 0;
    void *wanted = fixed ? (void *)options.guest_base : NULL;
    void *window = mmap(wanted, WINDOW_SIZE + WINDOW_GUARD, PROT_NONE, RESERVED | fixed, -1, 0);

    if (window == MAP_FAILED)
        die("cannot reserve 4 GiB of address space%s: %s (is 'ulimit -v' set?)", fixed ? " at the place given by -B" : "",
            strerror(errno));
    guest_base = (uint64_t)window;
    page_flags = mmap(NULL, WINDOW_SIZE / GUEST_PAGE, PROT_READ | PROT_WRITE, RESERVED, -1, 0);
    if (page_flags == MAP_FAILED)
        die("cannot reserve memory: %s", strerror(errno));
}

void guest_memory_init(void)
{
    if (guest_is_windowed())
        reserve_window();
    else
        page_radix_init();
}

/* ---- claims ---- */

/* Gives back what claim() took of [addr, end). */
static void unclaim(uint64_t addr, uint64_t end)
{
    unsigned flags;

    for (uint64_t stop; addr < end; addr = stop) {
        stop = map_run(addr, end, &flags);
        if (!(flags & PAGE_VALID))
            munmap(g2h(addr), stop - addr);
    }
}

long host_claim(uint64_t addr, uint64_t len)
{
    unsigned flags;

    if (guest_is_windowed())
        return 0;
    for (uint64_t at = addr, end; at < addr + len; at = end) {
        end = map_run(at, addr + len, &flags);
        if (flags & PAGE_VALID)
            continue;
        if (mmap(g2h(at), end - at, PROT_NONE, RESERVED | MAP_FIXED_NOREPLACE, -1, 0) == MAP_FAILED) {
            long error = errno == EEXIST ? -EEXIST : -errno;

            unclaim(addr, at);
            if (error == -EEXIST)
                find_foreign();
            return error;
        }
    }
    return 0;
}

void host_unclaim(uint64_t addr, uint64_t len)
{
    if (!guest_is_windowed())
        unclaim(addr, addr + len);
}

/* ---- mapping ---- */

long host_map(uint64_t addr, uint64_t len, int prot, int flags, int fd, uint64_t offset)
{
    int how = MAP_FIXED;

    if (!guest_is_windowed()) {
        if (map_is_free(addr, len)) {
            how = MAP_FIXED_NOREPLACE;
        } else {
            long error = host_claim(addr, len);

            if (error)
                return error;
        }
    }
    if (mmap(g2h(addr), len, prot, flags | how, fd, (off_t)offset) != MAP_FAILED)
        return 0;
    if (errno == EEXIST) {
        find_foreign();
        return -EEXIST;
    }
    if (how == MAP_FIXED) {
        long error = -errno;

        host_unclaim(addr, len);
        return error;
    }
    return -errno;
}

long host_unmap(uint64_t addr, uint64_t len)
{
    unsigned flags;

    if (guest_is_windowed()) /* back to the reserve */
        return mmap(g2h(addr), len, PROT_NONE, RESERVED | MAP_FIXED, -1, 0) == MAP_FAILED ? -errno : 0;
    for (uint64_t at = addr, end; at < addr + len; at = end) {
        end = map_run(at, addr + len, &flags);
        if (flags & PAGE_VALID && munmap(g2h(at), end - at))
            return -errno;
    }
    return 0;
}

long host_grow(uint64_t addr, uint64_t old_len, uint64_t new_len)
{
    uint64_t end = addr + old_len, more = new_len - old_len;
    long error = 0;

    if (guest_is_windowed())
        munmap(g2h(end), more);
    if (mremap(g2h(addr), old_len, new_len, 0) == MAP_FAILED)
        error = -errno;
    if (error && guest_is_windowed())
        mmap(g2h(end), more, PROT_NONE, RESERVED | MAP_FIXED, -1, 0);
    return error;
}

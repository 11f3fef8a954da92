/*
 * mman.c: the guest's address space: mmap and its relatives, brk, shared
 * memory segments. What is mapped where: page_map.c; how the host is asked for
 * it without harm to ourselves: host_map.c.
 */
#include "linux-user/host_map.h"
#include "linux-user/internal.h"
#include "linux-user/page_map.h"
#include "linux-user/syscall.h"

#include <sys/ipc.h>
#include <sys/mman.h>
#include <sys/personality.h>
#include <sys/resource.h>
#include <sys/shm.h>
#include <sys/stat.h>
#include <sys/syscall.h>

#ifndef MREMAP_DONTUNMAP
#define MREMAP_DONTUNMAP 4
#endif
#define PLACES_TRIED 8

pthread_mutex_t mmap_lock = PTHREAD_MUTEX_INITIALIZER;

/* The bytes have changed. */
static void drop_code(uint64_t addr, uint64_t len)
{
    if (map_has(addr, len, PAGE_EXEC | PAGE_CODE))
        runtime_invalidate(addr, addr + len);
}

static unsigned flags_of_prot(int prot)
{
    unsigned flags = PAGE_VALID;

    if (prot & (PROT_READ | PROT_WRITE | PROT_EXEC))
        flags |= PAGE_READ; /* no CPU of ours has pages that can only be written or executed */
    if (prot & PROT_WRITE)
        flags |= PAGE_WRITE;
    if (prot & PROT_EXEC || (prot & PROT_READ && guest.personality & READ_IMPLIES_EXEC))
        flags |= PAGE_EXEC;
    if (flags & PAGE_EXEC && abi->guards && abi->guards(prot))
        flags |= PAGE_GUARDED;
    return flags;
}

/* Guest code is read, never executed, by the host. */
static int host_prot(int prot)
{
    return (prot & (PROT_READ | PROT_WRITE | PROT_EXEC) ? PROT_READ : 0) | (prot & PROT_WRITE);
}

/* Anonymous memory only: a file has nowhere to keep tags. */
static bool may_have_tags(int prot, unsigned page)
{
    return !abi->tags || !(prot & abi->tags->prot) || page & PAGE_ANON;
}

static bool give_tags(uint64_t addr, uint64_t len, int prot)
{
    return !abi->tags || !(prot & abi->tags->prot) || abi->tags->map(addr, addr + len);
}

static void map_changed(void)
{
    if (log_on(LOG_page)) {
        FILE *f = log_begin(LOG_page);

        guest_map_print(f);
        log_end(f);
    }
}

/* ---- mmap, munmap, mprotect; callers hold mmap_lock ---- */

/* A private mapping is what the file was when its pages are touched: runtime looks at the bytes themselves. */
static void keep_translations(uint64_t addr, uint64_t len, int flags, int fd, uint64_t offset)
{
    struct stat st;
    bool file = !(flags & MAP_ANONYMOUS) && (flags & MAP_TYPE) == MAP_PRIVATE && !fstat(fd, &st);

    runtime_mapped(addr, addr + len, file ? &st : NULL, offset);
}

static long map_at(uint64_t addr, uint64_t len, int prot, int flags, int fd, uint64_t offset)
{
    int host_flags = flags & ~(MAP_FIXED | MAP_FIXED_NOREPLACE | MAP_32BIT | MAP_GROWSDOWN);
    unsigned page = flags_of_prot(prot);
    long error;

    if (map_bytes() + len > guest_rlimit(RLIMIT_AS))
        return -ENOMEM;
    if (!may_have_tags(prot, flags & MAP_ANONYMOUS ? PAGE_ANON : 0))
        return -EINVAL;
    error = host_map(addr, len, host_prot(prot), host_flags, fd, offset);
    if (error)
        return error;
    if ((flags & MAP_TYPE) != MAP_PRIVATE)
        page |= PAGE_SHARED;
    else if (flags & MAP_ANONYMOUS)
        page |= PAGE_ANON;
    map_set(addr, len, page);
    if (page & PAGE_SHARED)
        aliases_add(addr, len, flags & MAP_ANONYMOUS ? -1 : fd, offset);
    if (prot & PROT_EXEC)
        keep_translations(addr, len, flags, fd, offset);
    return give_tags(addr, len, prot) ? (long)addr : -ENOMEM;
}

/* At a place of our choosing, or of the caller's if hint is not 0. */
static long map_somewhere(uint64_t hint, uint64_t len, int prot, int flags, int fd, uint64_t offset)
{
    long result = -EEXIST;

    for (unsigned i = 0; result == -EEXIST && i < PLACES_TRIED; i++, hint = 0) {
        uint64_t addr = hint ? hint : map_find(len, GUEST_PAGE);

        if (!addr)
            return -ENOMEM;
        result = map_at(addr, len, prot, flags, fd, offset);
    }
    return result == -EEXIST ? -ENOMEM : result;
}

static long mmap_locked(uint64_t addr, uint64_t len, int prot, int flags, int fd, uint64_t offset)
{
    bool fixed = flags & (MAP_FIXED | MAP_FIXED_NOREPLACE);
    long error;

    if (!len || offset % GUEST_PAGE)
        return -EINVAL;
    len = align_up(len, GUEST_PAGE);
    if (!len || len > abi->task_size)
        return -ENOMEM;
    if (fixed) {
        if (addr % GUEST_PAGE)
            return -EINVAL;
        if (!map_fits(addr, len))
            return -ENOMEM;
        if (flags & MAP_FIXED_NOREPLACE && !map_is_free(addr, len))
            return -EEXIST;
        error = map_at(addr, len, prot, flags, fd, offset);
        return error == -EEXIST && !(flags & MAP_FIXED_NOREPLACE) ? -ENOMEM : error; /* ours */
    }
    addr = align_up(addr, GUEST_PAGE);
    if (addr < abi->mmap_min || !map_fits(addr, len) || !map_is_free(addr, len))
        addr = 0;
    return map_somewhere(addr, len, prot, flags, fd, offset);
}

long guest_mmap(uint64_t addr, uint64_t len, int prot, int flags, int fd, uint64_t offset)
{
    long result;

    pthread_mutex_lock(&mmap_lock);
    result = mmap_locked(addr, len, prot, flags, fd, offset);
    pthread_mutex_unlock(&mmap_lock);
    map_changed();
    return result;
}

static long unmap_locked(uint64_t addr, uint64_t len)
{
    long error = host_unmap(addr, len);

    if (!error)
        map_set(addr, len, 0);
    return error;
}

long guest_munmap(uint64_t addr, uint64_t len)
{
    long result;

    len = align_up(len, GUEST_PAGE);
    if (addr % GUEST_PAGE || !map_fits(addr, len))
        return -EINVAL;
    pthread_mutex_lock(&mmap_lock);
    result = unmap_locked(addr, len);
    pthread_mutex_unlock(&mmap_lock);
    map_changed();
    return result;
}

static long protect_locked(uint64_t addr, uint64_t len, int prot)
{
    unsigned flags = flags_of_prot(prot);

    bool had_code = map_has(addr, len, PAGE_EXEC | PAGE_CODE);

    if (!map_is_full(addr, len))
        return -ENOMEM;
    if (!may_have_tags(prot, map_has(addr, len, PAGE_ANON) ? PAGE_ANON : 0))
        return -EINVAL;
    if (mprotect(g2h(addr), len, host_prot(prot)))
        return -errno;
    map_protect(addr, len, flags);
    if (had_code)
        runtime_invalidate(addr, addr + len);
    return give_tags(addr, len, prot) ? 0 : -ENOMEM; /* and once there, they stay */
}

long guest_mprotect(uint64_t addr, uint64_t len, int prot)
{
    long result;

    if (addr % GUEST_PAGE || (prot & ~(PROT_READ | PROT_WRITE | PROT_EXEC | PROT_GROWSDOWN | PROT_GROWSUP | (abi->own_prot ? abi->own_prot() : 0))))
        return -EINVAL;
    len = align_up(len, GUEST_PAGE);
    if (!len)
        return 0;
    if (!map_fits(addr, len))
        return -ENOMEM;
    pthread_mutex_lock(&mmap_lock);
    result = protect_locked(addr, len, prot);
    pthread_mutex_unlock(&mmap_lock);
    map_changed();
    return result;
}

/* ---- mremap ---- */

/*
 * Private anonymous memory is grown by mapping more behind it, and moved with
 * the old place kept: the window never has a hole for another thread's host
 * mapping to fall into. Other memory leaves one for a moment.
 */
static long grow_in_place(uint64_t addr, uint64_t old_len, uint64_t new_len)
{
    unsigned flags = page_flags_of(addr + old_len - 1);
    long error;
    uint64_t end = addr + old_len, more = new_len - old_len;

    if (map_bytes() + more > guest_rlimit(RLIMIT_AS))
        return -ENOMEM;
    if (flags & PAGE_ANON) {
        int prot = flags & PAGE_WRITE ? PROT_READ | PROT_WRITE : flags & PAGE_READ ? PROT_READ : PROT_NONE;

        error = host_map(end, more, prot, MAP_PRIVATE | MAP_ANONYMOUS, -1, 0);
    } else {
        error = host_grow(addr, old_len, new_len);
    }
    if (error)
        return error == -EEXIST ? -ENOMEM : error;
    map_set(end, more, flags & ~(unsigned)PAGE_CODE);
    if (flags & PAGE_SHARED)
        aliases_copy(addr, addr, new_len);
    return (long)addr;
}

static long move_to(uint64_t addr, uint64_t old_len, uint64_t new_len, uint64_t to, bool keep)
{
    unsigned flags = page_flags_of(addr) & ~(unsigned)PAGE_CODE;
    bool in_two_steps = flags & PAGE_ANON || keep;
    uint64_t first_len = in_two_steps ? MIN_(old_len, new_len) : new_len;
    int how = MREMAP_MAYMOVE | MREMAP_FIXED | (in_two_steps ? MREMAP_DONTUNMAP : 0);
    long error = host_claim(to, first_len);

    if (error)
        return error == -EEXIST ? -ENOMEM : error;
    if (mremap(g2h(addr), in_two_steps ? first_len : old_len, first_len, how, g2h(to)) == MAP_FAILED) {
        error = -errno;
        host_unclaim(to, first_len);
        return error;
    }
    map_set(to, first_len, flags);
    if (flags & PAGE_SHARED)
        aliases_copy(addr, to, new_len);
    if (abi->tags)
        abi->tags->move(addr, to, first_len);
    if (!keep)
        unmap_locked(addr, old_len);
    if (new_len > first_len)
        return grow_in_place(to, first_len, new_len) < 0 ? -ENOMEM : (long)to;
    return (long)to;
}

static long mremap_locked(uint64_t addr, uint64_t old_len, uint64_t new_len, int flags, uint64_t to)
{
    if (!map_fits(addr, MAX_(old_len, GUEST_PAGE)) || !map_is_full(addr, MAX_(old_len, GUEST_PAGE)))
        return -EFAULT;
    if (!old_len && page_flags_of(addr) & PAGE_ANON)
        return -EINVAL; /* only shared memory can be mapped a second time */
    if (flags & MREMAP_FIXED) {
        if (to % GUEST_PAGE || !map_fits(to, new_len) || (addr < to + new_len && to < addr + old_len))
            return -EINVAL;
        return move_to(addr, old_len, new_len, to, flags & MREMAP_DONTUNMAP);
    }
    if (flags & MREMAP_DONTUNMAP) {
        to = map_find(new_len, GUEST_PAGE);
        return to ? move_to(addr, old_len, new_len, to, true) : -ENOMEM;
    }
    if (new_len <= old_len) {
        if (new_len < old_len)
            unmap_locked(addr + new_len, old_len - new_len);
        return (long)addr;
    }
    if (old_len && map_fits(addr, new_len) && map_is_free(addr + old_len, new_len - old_len)) {
        long result = grow_in_place(addr, old_len, new_len);

        if (result >= 0)
            return result;
    }
    if (!(flags & MREMAP_MAYMOVE))
        return -ENOMEM;
    to = map_find(new_len, GUEST_PAGE);
    return to ? move_to(addr, old_len, new_len, to, false) : -ENOMEM;
}

long sys_mremap(struct guest_thread *t, const uint64_t *a)
{
    int flags = (int)a[3];
    uint64_t old_len = align_up(a[1], GUEST_PAGE), new_len = align_up(a[2], GUEST_PAGE);
    long result;

    if (a[0] % GUEST_PAGE || !new_len || flags & ~(MREMAP_MAYMOVE | MREMAP_FIXED | MREMAP_DONTUNMAP) ||
        (flags & (MREMAP_FIXED | MREMAP_DONTUNMAP) && !(flags & MREMAP_MAYMOVE)) ||
        (flags & MREMAP_DONTUNMAP && old_len != new_len))
        return -EINVAL;
    pthread_mutex_lock(&mmap_lock);
    result = mremap_locked(a[0], old_len, new_len, flags, a[4]);
    pthread_mutex_unlock(&mmap_lock);
    map_changed();
    return result;
}

/* ---- the plain system calls ---- */

/* Most calls take tagged pointers; those that give a new mapping its place do not. */
static uint64_t untagged(uint64_t addr)
{
    return addr & guest_address_mask;
}

long sys_mmap(struct guest_thread *t, const uint64_t *a)
{
    return guest_mmap(a[0], a[1], (int)a[2], (int)a[3], (int)a[4], a[5]);
}

long sys_mmap2(struct guest_thread *t, const uint64_t *a)
{
    return guest_mmap(a[0], a[1], (int)a[2], (int)a[3], (int)a[4], (a[5] & 0xffffffff) * 4096);
}

long sys_munmap(struct guest_thread *t, const uint64_t *a)
{
    return guest_munmap(untagged(a[0]), a[1]);
}

long sys_mprotect(struct guest_thread *t, const uint64_t *a)
{
    return guest_mprotect(untagged(a[0]), a[1], (int)a[2]);
}

/* No protection keys: only the default one (-1) can be given. */
long sys_pkey_mprotect(struct guest_thread *t, const uint64_t *a)
{
    return (int32_t)a[3] == -1 ? guest_mprotect(a[0], a[1], (int)a[2]) : -EINVAL;
}

static long brk_locked(uint64_t wanted)
{
    uint64_t old_end = align_up(guest.brk, GUEST_PAGE), new_end = align_up(wanted, GUEST_PAGE);

    if (wanted < guest.brk_start)
        return (long)guest.brk;
    if (new_end > old_end) {
        uint64_t more = new_end - old_end;

        if (wanted - guest.brk_start > guest_rlimit(RLIMIT_DATA))
            return (long)guest.brk;
        if (!map_fits(old_end, more) || !map_is_free(old_end, more) ||
            map_at(old_end, more, PROT_READ | PROT_WRITE, MAP_PRIVATE | MAP_ANONYMOUS, -1, 0) < 0)
            return (long)guest.brk;
    } else if (new_end < old_end) {
        unmap_locked(new_end, old_end - new_end);
    }
    guest.brk = wanted;
    return (long)wanted;
}

long sys_brk(struct guest_thread *t, const uint64_t *a)
{
    long result;

    pthread_mutex_lock(&mmap_lock);
    result = brk_locked(a[0]);
    pthread_mutex_unlock(&mmap_lock);
    map_changed();
    return result;
}

/* A range that is handed to the host: our reserve must look unmapped. */
static long check_range(uint64_t addr, uint64_t *len)
{
    *len = align_up(*len, GUEST_PAGE);
    if (!*len)
        return 0;
    return map_fits(addr, *len) && map_is_full(addr, *len) ? 0 : -ENOMEM;
}

long sys_madvise(struct guest_thread *t, const uint64_t *a)
{
    uint64_t addr = untagged(a[0]), len = a[1];
    long error;

    if (addr % GUEST_PAGE)
        return -EINVAL;
    error = check_range(addr, &len);
    if (error || !len)
        return error;
    error = host_syscall(SYS_madvise, g2h(addr), len, (int)a[2]);
    if (a[2] == MADV_DONTNEED || a[2] == MADV_REMOVE || a[2] == MADV_FREE)
        drop_code(addr, len);
    if (a[2] == MADV_DONTNEED && abi->tags)
        abi->tags->clear(addr, addr + len);
    return error;
}

long sys_msync(struct guest_thread *t, const uint64_t *a)
{
    uint64_t len = a[1];
    long error = a[0] % GUEST_PAGE ? -EINVAL : check_range(untagged(a[0]), &len);

    return error ? error : host_syscall(SYS_msync, g2h(a[0]), len, (int)a[2]);
}

long sys_mincore(struct guest_thread *t, const uint64_t *a)
{
    uint64_t len = a[1];
    long error = a[0] % GUEST_PAGE ? -EINVAL : check_range(untagged(a[0]), &len);

    if (error)
        return error;
    if (!guest_access_ok(a[2], len / GUEST_PAGE, PROT_WRITE))
        return -EFAULT;
    return host_syscall(SYS_mincore, g2h(a[0]), len, g2h(a[2]));
}

static long lock_range(long nr, const uint64_t *a, uint64_t flags)
{
    uint64_t addr = align_down(untagged(a[0]), GUEST_PAGE), len = a[1] + a[0] % GUEST_PAGE;
    long error = check_range(addr, &len);

    return error ? error : host_syscall(nr, g2h(addr), len, flags);
}

long sys_mlock(struct guest_thread *t, const uint64_t *a)
{
    return lock_range(SYS_mlock, a, 0);
}

long sys_mlock2(struct guest_thread *t, const uint64_t *a)
{
    return lock_range(SYS_mlock2, a, a[2]);
}

long sys_munlock(struct guest_thread *t, const uint64_t *a)
{
    return lock_range(SYS_munlock, a, 0);
}

long sys_remap_file_pages(struct guest_thread *t, const uint64_t *a)
{
    uint64_t len = a[1];
    long error = a[0] % GUEST_PAGE ? -EINVAL : check_range(untagged(a[0]), &len);

    if (error)
        return error;
    error = host_syscall(SYS_remap_file_pages, g2h(a[0]), len, a[2], a[3], (int)a[4]);
    drop_code(a[0], len);
    return error;
}

/* ---- System V shared memory ---- */

static struct segment { uint64_t addr, len; } segments[256] APART; /* attached, under mmap_lock */

static struct segment *segment_at(uint64_t addr)
{
    for (unsigned i = 0; i < ARRAY_SIZE(segments); i++)
        if (segments[i].len ? segments[i].addr == addr : addr == 0)
            return &segments[i];
    return NULL;
}

static long shmat_locked(int id, uint64_t addr, int flags, uint64_t len)
{
    const uint64_t shmlba = abi->shmlba;
    struct segment *s = segment_at(0);
    void *at;

    if (!s)
        return -ENOMEM;
    if (addr) {
        if (flags & SHM_RND)
            addr = align_down(addr, shmlba);
        if (addr % GUEST_PAGE || !map_fits(addr, len) || (!(flags & SHM_REMAP) && !map_is_free(addr, len)))
            return -EINVAL;
    } else {
        addr = map_find(len, shmlba);
        if (!addr)
            return -ENOMEM;
    }
    if (host_claim(addr, len))
        return -ENOMEM;
    at = shmat(id, g2h(addr), (flags & SHM_RDONLY) | SHM_REMAP);
    if (at == (void *)-1) {
        int error = errno;

        host_unclaim(addr, len);
        return -error;
    }
    map_set(addr, len, flags_of_prot(PROT_READ | (flags & SHM_RDONLY ? 0 : PROT_WRITE) | (flags & SHM_EXEC ? PROT_EXEC : 0)) | PAGE_SHARED);
    aliases_add_segment(addr, len, id);
    *s = (struct segment){addr, len};
    return (long)addr;
}

long sys_shmat(struct guest_thread *t, const uint64_t *a)
{
    struct shmid_ds info;
    long result;

    if (shmctl((int)a[0], IPC_STAT, &info))
        return errno == EACCES ? -EACCES : -EINVAL;
    pthread_mutex_lock(&mmap_lock);
    result = shmat_locked((int)a[0], a[1], (int)a[2], align_up(info.shm_segsz, GUEST_PAGE));
    pthread_mutex_unlock(&mmap_lock);
    map_changed();
    return result;
}

long sys_shmdt(struct guest_thread *t, const uint64_t *a)
{
    struct segment *s;
    long result = -EINVAL;

    pthread_mutex_lock(&mmap_lock);
    s = a[0] ? segment_at(a[0]) : NULL;
    if (s) {
        result = unmap_locked(s->addr, s->len); /* mapping over it detaches */
        s->len = 0;
    }
    pthread_mutex_unlock(&mmap_lock);
    map_changed();
    return result;
}

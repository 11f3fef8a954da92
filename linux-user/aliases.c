/*
 * aliases.c: memory that the guest has mapped at more than one address. Its
 * instruction caches are physically tagged (CTR_EL0.L1Ip): when it has changed
 * code and says so at one address, what was translated at the others goes too.
 *
 * A list of the shared mappings with what they show, under mmap_lock. It may
 * name places where something else lies by now: that costs some translations,
 * and nothing is missing. A mapping of another process does not count.
 */
#include "linux-user/internal.h"
#include "linux-user/page_map.h"

#include <stdlib.h>
#include <sys/stat.h>

#define NO_DEVICE ~0ull /* anonymous memory: the inode is a number of ours */

static struct alias { uint64_t start, end, device, inode, offset; } *list;
static unsigned count, room;

static void add(struct alias a)
{
    if (count == room) {
        unsigned wanted = room ? 2 * room : 16;
        struct alias *more = realloc(list, wanted * sizeof *more);

        if (!more)
            return;
        list = more;
        room = wanted;
    }
    list[count++] = a;
}

void aliases_add(uint64_t addr, uint64_t len, int fd, uint64_t offset)
{
    static uint64_t anonymous;
    struct stat s;

    if (fd < 0 || fstat(fd, &s))
        add((struct alias){addr, addr + len, NO_DEVICE, ++anonymous, 0});
    else
        add((struct alias){addr, addr + len, s.st_dev, s.st_ino, offset});
}

void aliases_add_segment(uint64_t addr, uint64_t len, int id)
{
    add((struct alias){addr, addr + len, NO_DEVICE, (uint64_t)id << 32, 0});
}

static bool overlap(const struct alias *a, uint64_t start, uint64_t end)
{
    return a->start < end && start < a->end;
}

void aliases_copy(uint64_t from, uint64_t to, uint64_t len)
{
    for (unsigned i = 0, n = count; i < n; i++) {
        struct alias a = list[i];

        if (!overlap(&a, from, from + 1))
            continue;
        if (to == from)
            list[i].end = MAX_(a.end, to + len);
        else
            add((struct alias){to, to + len, a.device, a.inode, a.offset + (from - a.start)});
    }
}

/* Pieces that are left of a mapping keep the whole's row. */
void aliases_forget(uint64_t addr, uint64_t len)
{
    for (unsigned i = 0; i < count;)
        if (list[i].start >= addr && list[i].end <= addr + len)
            list[i] = list[--count];
        else
            i++;
}

/* What of `seen` shows the bytes that start..end has in `at`. */
static void drop_seen(const struct alias *at, uint64_t start, uint64_t end, const struct alias *seen)
{
    uint64_t first = at->offset + (MAX_(start, at->start) - at->start), last = at->offset + (MIN_(end, at->end) - at->start);

    first = MAX_(first, seen->offset);
    last = MIN_(last, seen->offset + (seen->end - seen->start));
    if (first < last)
        runtime_invalidate(seen->start + (first - seen->offset), seen->start + (last - seen->offset));
}

static void drop_aliases(uint64_t start, uint64_t end)
{
    for (unsigned i = 0; i < count; i++)
        for (unsigned k = 0; overlap(&list[i], start, end) && k < count; k++)
            if (k != i && list[k].device == list[i].device && list[k].inode == list[i].inode)
                drop_seen(&list[i], start, end, &list[k]);
}

void guest_code_changed(uint64_t start, uint64_t end)
{
    uint64_t first = align_down(start, GUEST_PAGE), last = align_up(MIN_(end, abi->task_size), GUEST_PAGE);

    runtime_invalidate(start, end);
    if (first >= last || !map_has(first, last - first, PAGE_SHARED))
        return;
    pthread_mutex_lock(&mmap_lock);
    drop_aliases(start, end);
    pthread_mutex_unlock(&mmap_lock);
}

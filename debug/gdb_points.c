/*
 * gdb_points.c: Z and z packets. gdb keeps its own reference counts, so a list
 * of what is set now is enough. The runtime gets the whole list each time.
 */
#include "debug/gdb.h"

enum { MAX_POINTS = 1024 };

static uint64_t breakpoints[MAX_POINTS] APART;
static unsigned nbreakpoints;
static struct debug_watch watches[MAX_POINTS] APART;
static unsigned nwatches;

static int find_breakpoint(uint64_t pc)
{
    for (unsigned i = 0; i < nbreakpoints; i++)
        if (breakpoints[i] == pc)
            return (int)i;
    return -1;
}

bool gdb_is_breakpoint(uint64_t pc)
{
    return find_breakpoint(pc) >= 0;
}

static int find_watch(const struct debug_watch *w)
{
    for (unsigned i = 0; i < nwatches; i++)
        if (watches[i].addr == w->addr && watches[i].len == w->len && watches[i].on_read == w->on_read &&
            watches[i].on_write == w->on_write)
            return (int)i;
    return -1;
}

const struct debug_watch *gdb_watch_at(uint64_t addr)
{
    for (unsigned i = 0; i < nwatches; i++)
        if (addr + 16 > watches[i].addr && addr < watches[i].addr + watches[i].len)
            return &watches[i];
    return NULL;
}

/* Types of the Z packet: 0 software and 1 hardware breakpoint, 2 write, 3 read, 4 access watchpoint. */
static struct debug_watch watch_of(unsigned type, uint64_t addr, uint64_t len)
{
    return (struct debug_watch){addr, len, type != 2, type != 3};
}

bool gdb_insert_point(unsigned type, uint64_t addr, uint64_t kind)
{
    if (type < 2) {
        if (find_breakpoint(addr) < 0) {
            if (nbreakpoints == MAX_POINTS)
                return false;
            breakpoints[nbreakpoints++] = addr;
            gdb.process->set_breakpoints(breakpoints, nbreakpoints);
        }
        return true;
    }
    if (nwatches == MAX_POINTS || !gdb.process->set_watchpoints)
        return false;
    watches[nwatches++] = watch_of(type, addr, kind);
    gdb.process->set_watchpoints(watches, nwatches);
    return true;
}

bool gdb_remove_point(unsigned type, uint64_t addr, uint64_t kind)
{
    struct debug_watch w = watch_of(type, addr, kind);
    int i = type < 2 ? find_breakpoint(addr) : find_watch(&w);

    if (i < 0)
        return false;
    if (type < 2) {
        breakpoints[i] = breakpoints[--nbreakpoints];
        gdb.process->set_breakpoints(breakpoints, nbreakpoints);
    } else {
        watches[i] = watches[--nwatches];
        gdb.process->set_watchpoints(watches, nwatches);
    }
    return true;
}

void gdb_remove_all_points(void)
{
    if (nbreakpoints)
        gdb.process->set_breakpoints(NULL, nbreakpoints = 0);
    if (nwatches)
        gdb.process->set_watchpoints(NULL, nwatches = 0);
}

/*
 * internal.h: what the files of debug/ share, apart from the gdb stub (gdb.h).
 */
#ifndef DEBUG_INTERNAL_H
#define DEBUG_INTERNAL_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

extern const struct guest_arch *debug_arch;
extern uint64_t debug_mem_base;

struct ir_region;
struct host_code;
bool debug_perf_on(void);
void debug_perf_region(const struct ir_region *r, const struct host_code *code);

/* A descriptor moved out of the guest's way, close-on-exec. */
int debug_private_fd(int fd);
char *debug_disas_text(const char *isa, const void *code, size_t size, uint64_t pc);
/* Symbol of a host address in one of our own or the guest's files; names live as long as the process. */
const char *debug_symbol_of_host(uint64_t host, uint64_t *offset, const char **file);
/* As debug_where, for a host address. */
const char *debug_where_host(uint64_t host, char *buf, size_t size);

#endif

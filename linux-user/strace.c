/*
 * strace.c: a system call as a line of -strace, printed from its row:
 *     PID name(args) = result
 *     PID name(args) = -1 errno=2 (No such file or directory)
 * Strings and structs are read through the same checks as the call's own.
 */
#include "linux-user/syscall.h"

#include <ctype.h>
#include <fcntl.h>
#include <stdlib.h>

#define STRING_SHOWN 128

static void print_bytes(FILE *f, uint64_t addr, uint64_t len, bool cut)
{
    unsigned char bytes[STRING_SHOWN];

    if (!copy_from_guest(bytes, addr, len)) {
        fprintf(f, "%#llx", (unsigned long long)addr);
        return;
    }
    fputc('"', f);
    for (uint64_t i = 0; i < len; i++) {
        switch (bytes[i]) {
        case '\n': fputs("\\n", f); break;
        case '\t': fputs("\\t", f); break;
        case '\r': fputs("\\r", f); break;
        case '"': fputs("\\\"", f); break;
        case '\\': fputs("\\\\", f); break;
        default: fprintf(f, isprint(bytes[i]) ? "%c" : "\\%03o", bytes[i]);
        }
    }
    fputs(cut ? "\"..." : "\"", f);
}

static void print_string(FILE *f, uint64_t addr)
{
    long len = addr ? guest_strlen(addr, 4096) : -1;

    if (!addr)
        fputs("NULL", f);
    else if (len < 0)
        fprintf(f, "%#llx", (unsigned long long)addr);
    else
        print_bytes(f, addr, MIN_(len, STRING_SHOWN), len > STRING_SHOWN);
}

/* argv or envp: {"a","b",NULL} */
static void print_strings(FILE *f, uint64_t addr)
{
    uint64_t string;

    fputc('{', f);
    for (unsigned i = 0; i < 32 && guest_get_long(addr + i * abi->long_size, &string) && string; i++) {
        print_string(f, string);
        fputc(',', f);
    }
    fputs("NULL}", f);
}

static void print_struct(FILE *f, uint32_t takes, uint64_t addr)
{
    _Alignas(16) char host[TYPE_MAX_SIZE];

    if (!addr)
        fputs("NULL", f);
    else if (!struct_from_guest(ARG_PARAM(takes), host, addr))
        fprintf(f, "%#llx", (unsigned long long)addr);
    else
        type_print(f, ARG_PARAM(takes), host);
}

static uint64_t buffer_length(const struct syscall_row *row, uint32_t takes, const uint64_t *regs)
{
    unsigned at = 0;

    for (unsigned i = 0; i < ARG_PARAM(takes); i++)
        at = arg_register(row->takes[i], at) + arg_registers(row->takes[i]);
    return regs[arg_register(row->takes[ARG_PARAM(takes)], at)] * ARG_SECOND(takes);
}

static void print_buffer(FILE *f, const struct syscall_row *row, uint32_t takes, const uint64_t *regs, uint64_t addr, uint64_t most)
{
    uint64_t len = MIN_(buffer_length(row, takes, regs), most);

    if (!addr)
        fputs("NULL", f);
    else
        print_bytes(f, addr, MIN_(len, STRING_SHOWN), len > STRING_SHOWN);
}

static void print_arg(FILE *f, const struct syscall_row *row, unsigned i, const uint64_t *regs, unsigned at, long result, bool done)
{
    uint32_t takes = row->takes[i];
    uint64_t reg = regs[at];
    bool filled = done && result >= 0;

    switch (ARG_KIND(takes)) {
    case A_INT: case A_FD: case A_UID16: fprintf(f, "%d", (int)reg); break;
    case A_DIRFD:
        if ((int)reg == AT_FDCWD)
            fputs("AT_FDCWD", f);
        else
            fprintf(f, "%d", (int)reg);
        break;
    case A_UINT: fprintf(f, "%u", (unsigned)reg); break;
    case A_LONG: fprintf(f, "%lld", (long long)sx(reg, 8 * abi->long_size)); break;
    case A_ULONG: fprintf(f, "%llu", (unsigned long long)reg); break;
    case A_MODE: fprintf(f, "%#o", (unsigned)reg); break;
    case A_SIG: {
        const char *name = signal_name(reg);

        if (name && reg)
            fputs(name, f);
        else
            fprintf(f, "%d", (int)reg);
        break;
    }
    case A_U64: fprintf(f, "%lld", (long long)(abi->long_size == 4 ? arg_pair(regs + at) : reg)); break;
    case A_FLAGS: case A_ENUM: flags_print(f, ARG_PARAM(takes), (uint32_t)reg); break;
    case A_PATH: case A_NEWPATH: print_string(f, reg); break;
    case A_STRS: print_strings(f, reg); break;
    case A_IN: print_struct(f, takes, reg); break;
    case A_OUT: case A_INOUT:
        if (filled)
            print_struct(f, takes, reg);
        else
            fprintf(f, "%#llx", (unsigned long long)reg);
        break;
    case A_IN_BYTES:
        print_buffer(f, row, takes, regs, reg, ~0ull);
        break;
    case A_OUT_BYTES:
        if (filled && row->gives == SIZE_)
            print_buffer(f, row, takes, regs, reg, result);
        else
            fprintf(f, "%#llx", (unsigned long long)reg);
        break;
    default: fprintf(f, reg ? "%#llx" : "%lld", (unsigned long long)reg);
    }
}

static void print_result(FILE *f, const struct syscall_row *row, long result)
{
    if (result <= -ERESTARTSYS && result >= -ERESTART_RESTARTBLOCK)
        fprintf(f, " = ? (interrupted by a signal)");
    else if (result < 0 && result >= -4095)
        fprintf(f, " = -1 errno=%ld (%s)", -result, strerror(-result));
    else if (row->gives == ADDR_)
        fprintf(f, " = 0x%llx", (unsigned long long)result & (abi->long_size == 4 ? 0xffffffffull : ~0ull));
    else
        fprintf(f, " = %ld", result);
}

void strace_call(struct guest_thread *t, const struct syscall_row *row, const uint64_t *regs, long result, bool done)
{
    char *line = NULL;
    size_t size;
    FILE *f = open_memstream(&line, &size);
    unsigned at = 0;

    if (!f)
        return;
    fprintf(f, "%d %s(", t->tid, row->name);
    for (unsigned i = 0; i < 6 && row->takes[i] != A_NOTHING; i++) {
        at = arg_register(row->takes[i], at);
        if (i)
            fputc(',', f);
        print_arg(f, row, i, regs, at, result, done);
        at += arg_registers(row->takes[i]);
    }
    fputc(')', f);
    if (done)
        print_result(f, row, result);
    else
        fputs(" = ?", f);
    fclose(f);
    log_print(LOG_strace, "%s\n", line);
    free(line);
}

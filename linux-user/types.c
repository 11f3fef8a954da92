/*
 * types.c: conversion and printing of the structs of types.def. Nothing here
 * knows a struct by name: each function walks the rows of one.
 */
#include "linux-user/types.h"

#include "util/util.h"

enum kind { K_struct, K_end, K_sub, K_schar, K_uchar, K_sshort, K_ushort, K_sint, K_uint, K_slong, K_ulong, K_s64, K_u64, K_nsec, K_wide, K_narrow };

struct row {
    uint8_t kind;
    uint8_t count;
    uint16_t sub; /* type of a nested struct */
    char name[24];
};

static const struct row rows[T_COUNT] = {
#define STRUCT(name)              {K_struct, 0, 0, #name},
#define FIELD(kind, name)         {K_##kind, 1, 0, #name},
#define ARRAY(kind, name, n)      {K_##kind, n, 0, #name},
#define SUB(type, name)           {K_sub, 1, T_##type, #name},
#define END(name)                 {K_end, 0, 0, ""},
#include "linux-user/types.def"
#undef STRUCT
#undef FIELD
#undef ARRAY
#undef SUB
#undef END
};

/* Bytes of each kind; 0: a long. */
static const uint8_t kind_size[] = {
    [K_schar] = 1, [K_uchar] = 1, [K_sshort] = 2, [K_ushort] = 2, [K_sint] = 4, [K_uint] = 4,
    [K_slong] = 0, [K_ulong] = 0, [K_s64] = 8, [K_u64] = 8, [K_nsec] = 8,
};
static const bool kind_signed[] = {
    [K_schar] = true, [K_sshort] = true, [K_sint] = true, [K_slong] = true, [K_s64] = true, [K_nsec] = true, [K_narrow] = false,
};

const struct type_abi host_types = {.long_size = sizeof(long), .align64 = 8};

static inline unsigned size_of(const struct type_abi *abi, unsigned kind)
{
    if (kind == K_wide || kind == K_narrow)
        return (kind == K_wide) != (abi->long_size == 8) ? 0 : kind == K_wide ? 8 : 1;
    return kind_size[kind] ? kind_size[kind] : abi->long_size;
}

static inline unsigned align_of(const struct type_abi *abi, unsigned size)
{
    return size == 8 ? abi->align64 : size ? size : 1;
}

/* Size without and alignment of a type: the loop that every walk repeats. */
static unsigned layout(const struct type_abi *abi, enum type t, unsigned *alignment)
{
    unsigned at = 0, most = 1;

    for (const struct row *r = &rows[t + 1]; r->kind != K_end; r++) {
        unsigned align, size;

        if (r->kind == K_sub) {
            size = layout(abi, r->sub, &align);
            size = align_up(size, align);
        } else {
            size = size_of(abi, r->kind);
            align = align_of(abi, size);
        }
        at = align_up(at, align) + size * r->count;
        most = MAX_(most, align);
    }
    *alignment = most;
    return at;
}

unsigned type_size(const struct type_abi *abi, enum type t)
{
    static uint16_t known[2][2][T_COUNT] APART; /* threads that meet here first all write the same */
    uint16_t *size = &known[abi->long_size == 8][abi->align64 == 8][t];
    unsigned alignment;

    if (!*size) {
        unsigned sum = layout(abi, t, &alignment);

        *size = (uint16_t)align_up(sum, alignment);
    }
    return *size;
}

/* A guest that lays out and orders everything as we do. */
static bool is_like_host(const struct type_abi *guest)
{
    return guest->long_size == host_types.long_size && guest->align64 == host_types.align64 && !guest->big_endian;
}

static int64_t load(const void *p, unsigned size, bool is_signed, bool big)
{
    uint64_t v = 0;

    if (!size) /* this ABI does not have it */
        return 0;
    memcpy(&v, p, size);
    if (big)
        v = __builtin_bswap64(v) >> (64 - 8 * size);
    return is_signed ? sx(v, 8 * size) : (int64_t)v;
}

static void store(void *p, unsigned size, uint64_t v, bool big)
{
    if (!size)
        return;
    if (big)
        v = __builtin_bswap64(v) >> (64 - 8 * size);
    memcpy(p, &v, size);
}

/* Copies every field from layout a to layout b, both ABIs in full generality. */
static void convert(const struct type_abi *a, const char *from, const struct type_abi *b, char *to, enum type t, bool in)
{
    unsigned x = 0, y = 0;

    for (const struct row *r = &rows[t + 1]; r->kind != K_end; r++) {
        if (r->kind == K_sub) {
            unsigned align, size = layout(a, r->sub, &align);

            x = align_up(x, align);
            layout(b, r->sub, &align);
            y = align_up(y, align);
            convert(a, from + x, b, to + y, r->sub, in);
            x += type_size(a, r->sub);
            y += type_size(b, r->sub);
            (void)size;
            continue;
        }
        unsigned xs = size_of(a, r->kind), ys = size_of(b, r->kind);

        x = align_up(x, align_of(a, xs));
        y = align_up(y, align_of(b, ys));
        for (unsigned i = 0; i < r->count; i++, x += xs, y += ys) {
            int64_t v = load(from + x, xs, kind_signed[r->kind], a->big_endian);

            /* The upper half is padding in 32-bit programs and may hold anything. */
            if (r->kind == K_nsec && in && a->long_size == 4)
                v = (uint32_t)v;
            store(to + y, ys, v, b->big_endian);
        }
    }
}

void type_in(const struct type_abi *guest, enum type t, void *host, const void *from)
{
    if (is_like_host(guest))
        memcpy(host, from, type_size(guest, t));
    else
        convert(guest, from, &host_types, host, t, true);
}

void type_out(const struct type_abi *guest, enum type t, void *to, const void *host)
{
    if (is_like_host(guest)) {
        memcpy(to, host, type_size(guest, t));
        return;
    }
    memset(to, 0, type_size(guest, t));
    convert(&host_types, host, guest, to, t, false);
}

static void print(FILE *f, enum type t, const char *host)
{
    unsigned at = 0;
    const char *comma = "";

    fputc('{', f);
    for (const struct row *r = &rows[t + 1]; r->kind != K_end; r++, comma = ",") {
        fprintf(f, "%s%s=", comma, r->name);
        if (r->kind == K_sub) {
            unsigned align;

            layout(&host_types, r->sub, &align);
            at = align_up(at, align);
            print(f, r->sub, host + at);
            at += type_size(&host_types, r->sub);
            continue;
        }
        unsigned size = size_of(&host_types, r->kind);

        at = align_up(at, size ? size : 1);
        if (r->count > 1)
            fputc('[', f);
        for (unsigned i = 0; i < r->count; i++, at += size) {
            int64_t v = load(host + at, size, kind_signed[r->kind], false);

            fprintf(f, kind_signed[r->kind] ? "%s%lld" : "%s%llu", i ? "," : "", (long long)v);
        }
        if (r->count > 1)
            fputc(']', f);
    }
    fputc('}', f);
}

void type_print(FILE *f, enum type t, const void *host)
{
    print(f, t, host);
}

/*
 * types.h: kernel structs as types.def describes them, and their conversion
 * between a guest's layout and the host's.
 *
 * struct k_<name> is the host's layout of a row's struct; T_<name> names it.
 */
#ifndef LINUX_USER_TYPES_H
#define LINUX_USER_TYPES_H

#include <stdbool.h>
#include <stdint.h>
#include <stdio.h>

/* What a struct's layout depends on. */
struct type_abi {
    uint8_t long_size;  /* 4 or 8 */
    uint8_t align64;    /* of 64-bit integers: 8, on i386 4 */
    bool big_endian;
};
extern const struct type_abi host_types;

#define C_schar int8_t
#define C_uchar uint8_t
#define C_sshort int16_t
#define C_ushort uint16_t
#define C_sint int32_t
#define C_uint uint32_t
#define C_slong int64_t
#define C_ulong uint64_t
#define C_s64 int64_t
#define C_u64 uint64_t
#define C_nsec int64_t
#define C_wide uint64_t
#define C_narrow struct nothing
struct nothing {};

#define STRUCT(name)            struct k_##name {
#define FIELD(kind, name)           C_##kind name;
#define ARRAY(kind, name, n)        C_##kind name[n];
#define SUB(type, name)             struct k_##type name;
#define END(name)               };
#include "linux-user/types.def"
#undef STRUCT
#undef FIELD
#undef ARRAY
#undef SUB
#undef END

/* A type is the index of its first row in the flat list of all rows. */
#define ROW_(line)  T_row_##line
#define ROW(line)   ROW_(line),
enum type {
#define STRUCT(name)         T_##name,
#define FIELD(kind, name)    ROW(__LINE__)
#define ARRAY(kind, name, n) ROW(__LINE__)
#define SUB(type, name)      ROW(__LINE__)
#define END(name)            ROW(__LINE__)
#include "linux-user/types.def"
#undef STRUCT
#undef FIELD
#undef ARRAY
#undef SUB
#undef END
    T_COUNT,
    T_none = 0xffff
};
#undef ROW
#undef ROW_

/* Bytes of a type in the layout of an ABI, padding at the end included. */
unsigned type_size(const struct type_abi *abi, enum type t);
/* Guest bytes <-> host struct. Padding of the guest's is zeroed. */
void type_in(const struct type_abi *guest, enum type t, void *host, const void *from);
void type_out(const struct type_abi *guest, enum type t, void *to, const void *host);
/* "{tv_sec=1,tv_nsec=0}" of a host struct, for strace. Nested structs print inside. */
void type_print(FILE *f, enum type t, const void *host);

/* The largest struct that the dispatch converts on its own stack. */
#define TYPE_MAX_SIZE 256

#endif

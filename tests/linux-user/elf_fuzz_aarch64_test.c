/*
 * elf_fuzz_aarch64_test.c: elf_fuzz_test.c for moa-aarch64: 64-bit files, and a
 * guest that shares the address space with the loader. Usage: as there.
 */
#include "elf_fuzz_test.c"

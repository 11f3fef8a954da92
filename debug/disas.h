/*
 * disas.h: what moa and its disassembling child say to each other over two
 * pipes. A request is the header and `size` bytes of code; the answer is a
 * 32-bit length and that many bytes of text, a line an instruction.
 */
#ifndef DEBUG_DISAS_H
#define DEBUG_DISAS_H

#include <stdint.h>

enum disas_isa { DISAS_ARM, DISAS_THUMB, DISAS_AARCH64, DISAS_X86_64, DISAS_ISAS };

#define DISAS_MAX 65536 /* bytes of code in one request */
struct disas_request {
    uint64_t pc;
    uint32_t size;
    uint32_t isa;
};

#endif

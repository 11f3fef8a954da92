/*
 * rseq_sections.h: critical sections in assembly, for A32, T32 and A64. Each
 * is a function: it names its section in the area, does its work if the area
 * still says the CPU it was called for, and returns COMMITTED, or ABORTED,
 * OTHER_CPU. The waste of time within makes it likely that it is interrupted.
 */
#ifndef TESTS_GUEST_RSEQ_SECTIONS_H
#define TESTS_GUEST_RSEQ_SECTIONS_H

#include <stdint.h>
#include <sys/rseq.h>

struct area { uint32_t cpu_id_start, cpu_id; uint64_t rseq_cs; uint32_t flags, node_id, mm_cid, unused; };
struct section { uint32_t version, flags; uint64_t start, length, abort; };
struct node { struct node *next; uint32_t value; };
enum { OTHER_CPU, COMMITTED, ABORTED };

/* *count += 1 */
int section_add(struct area *area, uint32_t *count, uint32_t cpu);
/* node in front of *head */
int section_push(struct area *area, struct node **head, uint32_t cpu, struct node *node);
/* the first of *head out of it, to *node; there is one, or *node becomes NULL */
int section_pop(struct area *area, struct node **head, uint32_t cpu, struct node **node);
/* *inside = 1, and round and round until it is aborted */
int section_spin(struct area *area, uint32_t *inside, uint32_t cpu);
extern char spin_abort[];
/* an undefined instruction, in a section that is described by *s; returns ABORTED */
int section_trap(struct area *area, const struct section *s);
extern char trap_start[], trap_end[], trap_abort[], bad_abort[];

#define TEXT(x) TEXT_(x)
#define TEXT_(x) #x
#define WASTE TEXT(600)
#define SIGNATURE ".long " TEXT(RSEQ_SIG) "\n"

#ifdef __aarch64__
#define FUNCTION(name) ".text\n.balign 4\n.globl " #name "\n.type " #name ", %function\n" #name ":\n"
#define DESCRIBE(name) ".data\n.balign 32\n" #name "_cs: .long 0, 0\n.quad 1b, 2b - 1b, 3b\n.text\n"
#define ENTER(name) "adrp x9, " #name "_cs\n add x9, x9, :lo12:" #name "_cs\n str x9, [x0, #8]\n1:\n"
#define ON_CPU "ldr w9, [x0, #4]\n cmp w9, w2\n b.ne 4f\n"
#define WASTE_TIME "mov w11, #" WASTE "\n5: subs w11, w11, #1\n b.ne 5b\n"
#define LEAVE(name) "2: mov w0, #1\n ret\n4: mov w0, #0\n ret\n" SIGNATURE "3: mov w0, #2\n ret\n" DESCRIBE(name)

__asm__(FUNCTION(section_add) ENTER(add) ON_CPU "ldr w10, [x1]\n" WASTE_TIME "add w10, w10, #1\n str w10, [x1]\n" LEAVE(add));
__asm__(FUNCTION(section_push) ENTER(push) ON_CPU "ldr x10, [x1]\n" WASTE_TIME "str x10, [x3]\n str x3, [x1]\n" LEAVE(push));
__asm__(FUNCTION(section_pop) ENTER(pop) ON_CPU "ldr x10, [x1]\n str x10, [x3]\n cbz x10, 2f\n ldr x10, [x10]\n" WASTE_TIME
        "str x10, [x1]\n" LEAVE(pop));
__asm__(FUNCTION(section_spin) ENTER(spin) ON_CPU "mov w9, #1\n str w9, [x1]\n5: b 5b\n2:\n4: mov w0, #0\n ret\n" SIGNATURE
        ".globl spin_abort\nspin_abort:\n3: mov w0, #2\n ret\n" DESCRIBE(spin));
__asm__(FUNCTION(section_trap) "str x1, [x0, #8]\n.globl trap_start, trap_end, trap_abort, bad_abort\ntrap_start: nop\n .inst 0\n b trap_start\n"
        "trap_end: ret\n" SIGNATURE "trap_abort: mov w0, #2\n ret\n .long 12345\nbad_abort: b trap_abort\n");

#else
#ifdef __thumb__
#define FUNCTION(name) ".text\n.syntax unified\n.thumb\n.balign 4\n.globl " #name "\n.thumb_func\n.type " #name ", %function\n" #name ":\n"
#define UNDEFINED ".inst.n 0xde00\n"
#else
#define FUNCTION(name) ".text\n.syntax unified\n.arm\n.balign 4\n.globl " #name "\n.type " #name ", %function\n" #name ":\n"
#define UNDEFINED ".inst 0xe7f000f0\n"
#endif
#define DESCRIBE(name) ".ltorg\n.data\n.balign 32\n" #name "_cs: .long 0, 0, 1b, 0, 2b - 1b, 0, 3b, 0\n.text\n"
#define ENTER(name) "push {r4, r5, r6, lr}\n ldr r4, =" #name "_cs\n str r4, [r0, #8]\n1:\n"
#define ON_CPU "ldr r4, [r0, #4]\n cmp r4, r2\n bne 4f\n"
#define WASTE_TIME "ldr r5, =" WASTE "\n5: subs r5, r5, #1\n bne 5b\n"
#define OUT "pop {r4, r5, r6, pc}\n"
#define LEAVE(name) "2: movs r0, #1\n" OUT "4: movs r0, #0\n" OUT ".balign 4\n" SIGNATURE "3: movs r0, #2\n" OUT DESCRIBE(name)

__asm__(FUNCTION(section_add) ENTER(add) ON_CPU "ldr r6, [r1]\n" WASTE_TIME "adds r6, r6, #1\n str r6, [r1]\n" LEAVE(add));
__asm__(FUNCTION(section_push) ENTER(push) ON_CPU "ldr r6, [r1]\n" WASTE_TIME "str r6, [r3]\n str r3, [r1]\n" LEAVE(push));
__asm__(FUNCTION(section_pop) ENTER(pop) ON_CPU "ldr r6, [r1]\n str r6, [r3]\n cmp r6, #0\n beq 2f\n ldr r6, [r6]\n" WASTE_TIME
        "str r6, [r1]\n" LEAVE(pop));
__asm__(FUNCTION(section_spin) ENTER(spin) ON_CPU "movs r4, #1\n str r4, [r1]\n5: b 5b\n2:\n4: movs r0, #0\n" OUT " .balign 4\n" SIGNATURE
        ".globl spin_abort\nspin_abort:\n3: movs r0, #2\n" OUT DESCRIBE(spin));
__asm__(FUNCTION(section_trap) "str r1, [r0, #8]\n.globl trap_start, trap_end, trap_abort, bad_abort\ntrap_start: nop\n" UNDEFINED " b trap_start\n"
        "trap_end: bx lr\n .balign 4\n" SIGNATURE "trap_abort: movs r0, #2\n bx lr\n .balign 4\n .long 12345\nbad_abort: b trap_abort\n");
#endif

#endif

#!/usr/bin/env python3
"""Make linux-user/nr/<abi>.tbl from the kernel's own exported headers.

usage: gensyscalls.py unistd-eabi.h > linux-user/nr/arm.tbl
       aarch64-linux-gnu-gcc -dM -E -include asm/unistd.h - </dev/null | gensyscalls.py /dev/stdin > linux-user/nr/aarch64.tbl

The headers of a cross toolchain (linux-libc-dev) are the kernel's list up to
their version; NEWER holds what kernels up to 6.12 added since, with the
numbers all ABIs share. Run by hand when headers change: the table is kept in
the repository, because a build must not depend on cross headers.
"""
import re
import sys

NEWER = {
    451: "cachestat", 452: "fchmodat2", 453: "map_shadow_stack", 454: "futex_wake",
    455: "futex_wait", 456: "futex_requeue", 457: "statmount", 458: "listmount",
    459: "lsm_get_self_attr", 460: "lsm_set_self_attr", 461: "lsm_list_modules", 462: "mseal",
}

# Not in the exported list by number: the ARM kernel's private calls.
ARM_PRIVATE = {0xf0001: "arm_breakpoint", 0xf0002: "arm_cacheflush", 0xf0003: "arm_usr26",
               0xf0004: "arm_usr32", 0xf0005: "arm_set_tls", 0xf0006: "arm_get_tls"}


def main():
    calls = dict(NEWER)
    for path in sys.argv[1:]:
        text = open(path).read()
        shared = dict(re.findall(r"#define (__NR3264_\w+) (\d+)", text))  # the generic list: one number, its name by word size
        for name, number in re.findall(r"#define __NR_(\w+) \(?(?:__NR_SYSCALL_BASE ?\+ ?)?(\d+|__NR3264_\w+)\)?", text):
            if name not in ("syscalls", "arch_specific_syscall"):
                calls[int(shared.get(number, number))] = name
    print("/* Made by tools/gensyscalls.py from the kernel's list; NR(number, row of syscalls.def); PRIVATE: number + 0xf0000. */")
    for number, name in sorted(calls.items()):
        print(f"NR({number}, {name})")
    if any("eabi" in path for path in sys.argv[1:]):
        for number, name in sorted(ARM_PRIVATE.items()):
            print(f"PRIVATE({number & 0xffff}, {name})")


main()

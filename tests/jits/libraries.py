"""Libraries that write code while they run, and programs as large as libLLVM: libffi's closures, PCRE2's JIT, mono, clang,
llc and lli, and another emulator inside this one.

In the form that ../shared/suites/userland.py reads: (name, script for the guest's /bin/sh, what it prints, options).
    ../shared/suites/userland.py --emu build/moa- --arch aarch64 --checks tests/jits/libraries.py
What is expected was printed by the same programs on x86_64, or is true of any right run. A few minutes.
"""
import os

NAME = "libraries"
PACKAGES = """bash dash coreutils diffutils sed grep gawk python3 perl gcc g++ libc6-dev libffi-dev libpcre2-dev pcre2-utils qemu-user
gcc-arm-linux-gnueabihf libc6-dev-armhf-cross llvm-14 clang-14 mono-runtime-sgen mono-mcs""".split()
HERE = os.path.dirname(os.path.abspath(__file__))


def put(name):
    """A shell command that makes the file of this folder in the guest's working folder."""
    return f"cat > {name} <<'END_OF_FILE'\n{open(os.path.join(HERE, name), encoding='utf-8').read()}END_OF_FILE\n"


HELLO = """cat > h.c <<'E'
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
static int up(const void *a, const void *b) { return *(const int *)a - *(const int *)b; }
int main(int argc, char **argv) {
    int v[1000]; double d = 0; unsigned h = 5381;
    for (int i = 0; i < 1000; i++) v[i] = i * 7919 % 1009;
    qsort(v, 1000, sizeof *v, up);
    for (int i = 1; i < 1000; i++) { d += (double)v[i] / i; h = h * 33 ^ (unsigned)v[i]; }
    for (char *s = argv[0] + strlen(argv[0]); argc > 1 && s > argv[0]; s--) h++;
    printf("hello %u %.6f %d\\n", h, d, argc);
    return 0;
}
E
"""
SAYS = "hello 987940707 1009.092888 1"
MONO = "75025 9 b 5250 344850 1242 334498167"
LLI = "clang-14 -O1 -emit-llvm -c h.c -o h.bc && "
# Each pattern by the JIT, which says so behind each match, and by the interpreter of patterns: the same for both.
PCRE2 = """pcre2test -C jit; pcre2test -q patterns.txt plain; (echo '#pattern jitverify'; cat patterns.txt) | pcre2test -q -jit > jit
grep -c 'JIT compilation was successful' jit; grep -c '(JIT)$' jit; grep -v '^JIT compilation\\|^#' jit | sed 's/ (JIT)$//' | cmp - plain; md5sum < plain"""
GREP = """seq 1 60000 | grep -cP '^(\\d)(\\d)?\\d?\\2?\\1$'; seq 1 60000 | grep -P '(?<=9)7(?!1)' | md5sum
perl -e 'print "x" x 500, "\\n"' | grep -oP '(x{7}(?=x))+' | wc -c"""
LLVM = """llc-14 --version | grep -c 'LLVM version 14'; clang-14 --version | grep -c 'clang version 14'
clang-14 -O2 h.c -o h && ./h; clang-14 -O1 -S -emit-llvm h.c -o h.ll && llc-14 -O2 -relocation-model=pic h.ll -o h.s && clang-14 h.s -o h2 && ./h2
opt-14 -O3 -S h.ll | llc-14 -O0 -relocation-model=pic -filetype=obj -o h3.o && clang-14 h3.o -o h3 && ./h3"""

CHECKS = [
    ("libffi-closures", put("closures.c") + "gcc -O1 -pthread closures.c -o closures -lffi && ./closures", "8005 closures, 0 wrong", {"slow": 2}),
    ("libffi-ctypes", put("callbacks.py") + "python3 callbacks.py", "[True, True, True, True] 3998000 260 504678", {"slow": 2}),
    ("pcre2-jit", put("patterns.txt") + PCRE2, "1\n16\n39\nd4d12b72e77e4e2a1d3d6b7c2f8aca50  -", {}),
    ("grep-pcre2", GREP, "1499\na324d2f49ce1996c76481e44710a12d7  -\n498", {}),
    ("mono", put("Program.cs") + "mcs -out:p.exe Program.cs && mono p.exe && mono --optimize=-all p.exe", f"{MONO}\n{MONO}", {"slow": 3}),
    ("mono-interpreter", put("Program.cs") + "mcs -out:p.exe Program.cs && mono --interpreter p.exe", MONO, {"slow": 4}),
    ("clang-llc-opt", HELLO + LLVM, "1\n1\n" + "\n".join([SAYS] * 3), {"slow": 3}),
    ("lli-mcjit", HELLO + LLI + "lli-14 -jit-kind=mcjit h.bc && lli-14 -jit-kind=mcjit -O0 h.bc", f"{SAYS}\n{SAYS}", {"slow": 2}),
    ("lli-orc", HELLO + LLI + "lli-14 -jit-kind=orc h.bc", SAYS, {"slow": 2}),
    ("lli-orc-lazy", HELLO + LLI + "lli-14 -jit-kind=orc-lazy h.bc", SAYS, {"slow": 2, "skip": ("arm", "armel")}), # LLVM has it not for ARM
    ("qemu-aarch64-static", HELLO + "gcc -O2 -static h.c -o h && qemu-aarch64 ./h", SAYS, {"slow": 2, "skip": ("arm", "armel")}),
    ("qemu-arm-static", HELLO + "arm-linux-gnueabihf-gcc -O2 -static h.c -o h && qemu-arm ./h", SAYS, {"slow": 2}),
    ("qemu-aarch64-bash", "qemu-aarch64 /bin/bash -c 'for i in 1 2 3; do echo $((i * 7)); done; echo ${BASH_VERSINFO[0]} $(echo sub)'",
     "7\n14\n21\n5 sub", {"slow": 2, "skip": ("arm", "armel")}),
    ("qemu-aarch64-python", "qemu-aarch64 /usr/bin/python3 -c 'import json, threading as t; r = []; w = [t.Thread(target=lambda i=i: r.append(i * i)) "
     "for i in range(8)]; [x.start() for x in w]; [x.join() for x in w]; print(sum(r), json.dumps({\"a\": 2 ** 0.5}))'",
     '140 {"a": 1.4142135623730951}', {"slow": 4, "skip": ("arm", "armel")}),
]

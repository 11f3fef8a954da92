#!/usr/bin/env python3
"""-d, -D, -dfilter, -perfmap and -jitdump: logs_test.py BUILD. Each case runs a small program and looks at what was written."""
import glob
import os
import re
import shutil
import subprocess
import sys
import tempfile

CC = "arm-linux-gnueabihf-gcc"
SOURCE = r"""
__attribute__((noinline)) int looked_at(int n) { return n * 3 + 1; }
int main(int argc, char **argv)
{
    int sum = 0;
    for (int i = 0; i < 100; i++)
        sum = looked_at(sum + i);
    return sum & 1;
}
"""


def address_of(program, symbol):
    out = subprocess.run(["arm-linux-gnueabihf-nm", program], capture_output=True, text=True).stdout
    return int(re.search(rf"^(\w+) T {symbol}$", out, re.M)[1], 16) & ~1


def main():
    moa = os.path.join(os.path.abspath(sys.argv[1]), "moa-arm")
    if not shutil.which(CC):
        print(f"{CC} is not installed")
        return 77
    failed, count = 0, 0

    def case(name, args, patterns, forbidden=(), files="log"):
        nonlocal failed, count
        count += 1
        with tempfile.TemporaryDirectory() as work:
            log = os.path.join(work, "log")
            args = [a.replace("LOG", log) for a in args]
            done = subprocess.run([moa, *args, program], capture_output=True, text=True, timeout=60, env={**os.environ, "TMPDIR": work})
            text = done.stderr + "".join(open(f, errors="replace").read() for f in sorted(glob.glob(os.path.join(work, files))))
            wrong = [p for p in patterns if not re.search(p, text, re.M)] + [f"not {p}" for p in forbidden if re.search(p, text, re.M)]
            if wrong or done.returncode not in (0, 1):
                failed += 1
                print(f"FAIL {name}: {wrong} status {done.returncode}\n" + text[-1500:])

    with tempfile.TemporaryDirectory() as folder:
        program = os.path.join(folder, "prog")
        open(program + ".c", "w").write(SOURCE)
        subprocess.run([CC, "-g", "-O1", "-static", "-marm", "-o", program, program + ".c"], check=True)
        at = address_of(program, "looked_at")
        case("in_asm names the function, its line, and disassembles", ["-d", "in_asm", "-D", "LOG"],
             [rf"^IN: looked_at\+0x0 \(prog.c:2\)$", rf"^0x{at:08x}:  \w{{8}}   add r0, r0, r0, lsl #1"])
        case("op and op_opt print IR, out_asm host code with guest addresses", ["-d", "op,out_asm", "-D", "LOG"],
             [r"^OP:$", r"insn pc=0x", r"^OUT: \[size=\d+\]", r"-- guest 0x", r"gs:\["])
        case("thumb code is disassembled as thumb", ["-d", "in_asm", "-D", "LOG"], [r"^0x\w{8}:  [0-9a-f]{4}       (push|mov|pop|b\S*) "])
        case("-dfilter leaves the rest out", ["-d", "in_asm", "-dfilter", f"{at:#x}+4", "-D", "LOG"], [r"looked_at"], [r"IN: main", r"_start"])
        case("exec and cpu with nochain show each entry", ["-d", "exec,cpu,nochain", "-D", "LOG"], [rf"0x{at:08x} .*looked_at", r"r0=|R00="])
        case("%d in -D is the process", ["-d", "in_asm", "-D", "LOG.%d"], [r"looked_at"], files="log.[0-9]*")
        case("strace needs no other option", ["-strace"], [r"exit_group\("])
        case("int tells of system calls", ["-d", "int", "-D", "LOG"], [r"system call at 0x"])
        case("page shows the memory map", ["-d", "page", "-D", "LOG"], [r"^\w{8}-\w{8} \w{8} r-xp"])
        case("stats are printed at the end", ["-d", "stats", "-D", "LOG"], [r"region"])
        case("an unknown category is the user's error", ["-d", "nonsense"], [r"moa-arm: .*nonsense"])
        count += 1
        done = subprocess.Popen([moa, "-perfmap", program], stdout=subprocess.DEVNULL)
        done.wait(timeout=60)
        path = f"/tmp/perf-{done.pid}.map"
        text = open(path).read() if os.path.exists(path) else ""
        if not re.search(r"^[0-9a-f]+ [0-9a-f]+ guest:looked_at\+0x0$", text, re.M):
            failed += 1
            print(f"FAIL -perfmap writes {path}: {text[:300]!r}")
        if os.path.exists(path):
            os.unlink(path)
    print(f"{count - failed} passed, {failed} failed")
    return failed != 0


if __name__ == "__main__":
    sys.exit(main())

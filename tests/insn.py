#!/usr/bin/env python3
"""Run instruction tests: the lines of tests/frontend/<guest>/*.t.

    insn.py [--build DIR] [--mode MODE] [-v] [--only REGEX] FILE.t...

A line is  insn[; insn...] | before | after  and a comment from '#' on (not in
the first column field, where '#' is the assembler's). It says what the code
does to a state; what 'after' does not name must be as before.

    r0=80000000 r1-r4=f sp= lr=     registers, hexadecimal
    nzcv=0101 q=1 ge=f e=1 t=1      parts of cpsr
    s3=3f800000 d1= q2=             the vector file: q as high half then low half
    fpscr=                          compared only when named
    m8[20000]=ff m16 m32 m64        memory; scratch is 20000..23fff, code at 10000
    pc=10008                        after: where it ends, if not at the end of the code
    exc=illegal|fault|align|bkpt    after: what is raised instead of reaching the end
    far=20001                       after: the exception's data

Lines that begin with '@' hold until changed: '@isa t32', '@cpu arm926'.
Each line is run by the interpreter and by compiled code, each with and without
the folding of IR, and as on hosts that are only x86-64-v2 and v3. Assembled by arm-linux-gnueabihf-as; exit 77 where that is missing.
"""
import argparse
import glob
import os
import re
import shutil
import subprocess
import sys
import tempfile

AS = "arm-linux-gnueabihf-as"
OBJCOPY = "arm-linux-gnueabihf-objcopy"
NM = "arm-linux-gnueabihf-nm"
CODE = 0x10000
# mode of the runner, and the host it is to pretend ("": as it is)
MODES = ["interp", "interp-fold", "compiled-nofold", "compiled", "compiled/v2", "compiled/v3"]
END_SVC = {False: 0x123456, True: 0xEE}
HEADER = """.syntax unified
.arch armv8.6-a
.fpu crypto-neon-fp-armv8
.arch_extension crc
.arch_extension fp16
.arch_extension dotprod
.arch_extension fp16fml
.arch_extension i8mm
.arch_extension sb
.text
"""
EXC = {1: "svc", 2: "illegal", 3: "bkpt", 4: "fetch", 5: "fault", 6: "align", 7: "arith", 8: "trap", 9: "limit",
       11: "kernel"}
CPSR_FIELDS = {"nzcv": (28, 4), "q": (27, 1), "ge": (16, 4), "e": (9, 1), "t": (5, 1)}


class Test:
    def __init__(self, where, insn, before, after, thumb, cpu):
        self.where, self.insn, self.before, self.after, self.thumb, self.cpu = where, insn, before, after, thumb, cpu
        self.code = None
        self.error = None


def read_tests(path):
    thumb, cpu = False, "max"
    for number, line in enumerate(open(path), 1):
        line = line.strip()
        if line.startswith("@"):
            word, value = line[1:].split()[:2]
            if word == "isa":
                thumb = value == "t32"
            elif word == "cpu":
                cpu = value
            else:
                sys.exit(f"{path}:{number}: unknown directive '@{word}'")
            continue
        if not line or line.startswith("#"):
            continue
        fields = line.split("|")
        if len(fields) != 3:
            sys.exit(f"{path}:{number}: expected 'insn | before | after'")
        before, after = fields[1].strip(), fields[2].split("#")[0].strip()
        yield Test(f"{path}:{number}", fields[0].strip(), before, after, thumb, cpu)


def assemble(tests):
    """Fills test.code, or test.error with what the assembler said."""
    with tempfile.TemporaryDirectory() as work:
        source, obj, image = (os.path.join(work, n) for n in ("t.s", "t.o", "t.bin"))
        for _ in range(2):
            good = [t for t in tests if not t.error]
            lines, owner = HEADER.splitlines(), {}
            for i, t in enumerate(good):
                lines += [".balign 8", ".thumb" if t.thumb else ".arm", f"t{i}_start:"]
                owner[len(lines) + 1] = t
                lines += [t.insn, f"svc #{END_SVC[t.thumb]}", ".ltorg", f"t{i}_stop:"]
            open(source, "w").write("\n".join(lines) + "\n")
            done = subprocess.run([AS, "-mthumb-interwork", "-mimplicit-it=never", "-o", obj, source], capture_output=True, text=True)
            if done.returncode == 0:
                break
            for number, message in re.findall(r":(\d+): Error: (.*)", done.stderr):
                t = owner.get(int(number))
                if not t:
                    sys.exit("cannot assemble: " + done.stderr)
                t.error = "assembler: " + message
        subprocess.run([OBJCOPY, "-O", "binary", "-j", ".text", obj, image], check=True)
        symbols = dict((name, int(value, 16)) for value, name in
                       re.findall(r"(\w+) \w (t\d+_\w+)", subprocess.run([NM, obj], capture_output=True, text=True).stdout))
        text = open(image, "rb").read()
        for i, t in enumerate(good):
            t.code = text[symbols[f"t{i}_start"] & ~1:symbols[f"t{i}_stop"] & ~1]


def expand(tokens, state, memory):
    """Apply 'name=value' tokens to a state of r0.. cpsr fpscr d0..; returns the names given."""
    named = {}
    for token in tokens.split():
        name, _, value = token.partition("=")
        m = re.fullmatch(r"m(8|16|32|64)\[([0-9a-f]+)\]", name)
        if m:
            for i in range(int(m[1]) // 8):
                memory[int(m[2], 16) + i] = int(value, 16) >> 8 * i & 0xFF
            continue
        name = {"sp": "r13", "lr": "r14"}.get(name, name)
        m = re.fullmatch(r"([rdsq])(\d+)-[rdsq](\d+)", name)
        names = [f"{m[1]}{i}" for i in range(int(m[2]), int(m[3]) + 1)] if m else [name]
        for n in names:
            if n in CPSR_FIELDS:
                low, bits = CPSR_FIELDS[n]
                v = int(value, 2 if n == "nzcv" else 16)
                state["cpsr"] = state["cpsr"] & ~(((1 << bits) - 1) << low) | v << low
            elif re.fullmatch(r"q\d+", n):
                i = int(n[1:]) * 2
                v = int(value.replace("_", ""), 16)
                state[f"d{i}"], state[f"d{i + 1}"] = v & (1 << 64) - 1, v >> 64
            elif re.fullmatch(r"s\d+", n):
                d, shift = f"d{int(n[1:]) // 2}", 32 * (int(n[1:]) & 1)
                state[d] = state[d] & ~(0xFFFFFFFF << shift) | int(value, 16) << shift
            elif n in ("exc", "far", "pc"):
                named[n] = value
            elif n in state:
                state[n] = int(value.replace("_", ""), 16)
                named[n] = value
            else:
                raise ValueError(f"unknown name '{n}'")
    return named


def fresh_state(thumb):
    state = {f"r{i}": 0 for i in range(15)}
    state.update({f"d{i}": 0 for i in range(32)})
    state.update(cpsr=0x10 | thumb << 5, fpscr=0)
    return state


def request(t):
    t.state, t.memory = fresh_state(t.thumb), {}
    expand(t.before, t.state, t.memory)
    lines = [f"begin {t.cpu} {int(t.thumb)} {t.code.hex()}"]
    lines += [f"set {n} {v:x}" for n, v in t.state.items() if v]
    lines += [f"mem {a:x} {v:02x}" for a, v in t.memory.items()]
    return "\n".join(lines + ["run", ""])


def compare(t, line):
    words = line.split()
    exc, data = EXC.get(int(words[0]), words[0]), int(words[1], 16)
    got = dict(w.split("=") for w in words[2:])
    want, memory = dict(t.state), dict(t.memory)
    named = expand(t.after, want, memory)
    wrong = []
    want_exc = named.get("exc", "svc")
    if exc != want_exc:
        wrong.append(f"exc={exc} (data {data:x})")
    elif "far" in named and data != int(named["far"], 16):
        wrong.append(f"far={data:x}")
    if want_exc == "svc" and exc == "svc":
        want_pc = CODE + t.code.rindex(bytes([0xEE, 0xDF]) if t.thumb else b"\x56\x34\x12\xef") + (2 if t.thumb else 4)
    else:
        want_pc = CODE
    pc = int(got["r15"], 16)
    if pc != int(named.get("pc", f"{want_pc:x}"), 16) and exc == want_exc:
        wrong.append(f"pc={pc:x}")
    for name, value in want.items():
        have = int(got[name], 16)
        if name == "fpscr" and "fpscr" not in named:
            continue
        if name == "cpsr":
            if want_exc != "svc":
                have, value = have & ~0x0600FC00, value & ~0x0600FC00
            if have != value:
                wrong.append(f"nzcv={have >> 28:04b} q={have >> 27 & 1} ge={have >> 16 & 15:x} (cpsr={have:08x}, expected {value:08x})")
        elif have != value:
            wrong.append(f"{name}={have:x} (expected {value:x})")
    changed = {int(n[1:], 16): int(v, 16) for n, v in got.items() if re.fullmatch(r"m[0-9a-f]+", n)}
    expected = {a: v for a, v in memory.items() if t.memory.get(a, 0) != v}
    for a in sorted(set(changed) | set(expected)):
        if changed.get(a, t.memory.get(a, 0)) != expected.get(a, t.memory.get(a, 0)):
            wrong.append(f"m8[{a:x}]={changed.get(a, t.memory.get(a, 0)):02x}")
    return wrong


def run_mode(runner, mode, tests, verbose):
    failed = 0
    pending = tests
    while pending:
        how, _, host = mode.partition("/")
        environment = {**os.environ, "MOA_HOST_CPU": host} if host else None
        done = subprocess.run([runner, how], input="".join(request(t) for t in pending), capture_output=True, text=True,
                              timeout=600, env=environment)
        answers = done.stdout.splitlines()
        sys.stderr.write(done.stderr if os.environ.get("MOA_TEST_IR") else "")
        for t, line in zip(pending, answers):
            wrong = compare(t, line)
            if wrong:
                failed += 1
                print(f"FAIL {t.where} [{mode}] {t.insn} | {t.before} | {t.after}\n     got {' '.join(wrong)}")
            elif verbose:
                print(f"ok   {t.where} [{mode}] {t.insn}")
        if len(answers) == len(pending):
            break
        t = pending[len(answers)]
        failed += 1
        print(f"FAIL {t.where} [{mode}] {t.insn}: the runner ended with {done.returncode}: {done.stderr.strip()[-2000:]}")
        pending = pending[len(answers) + 1:]
    return failed


def main():
    here = os.path.dirname(os.path.abspath(__file__))
    p = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    p.add_argument("--build", default=".")
    p.add_argument("--mode", action="append")
    p.add_argument("--only", default="")
    p.add_argument("-v", action="store_true")
    p.add_argument("files", nargs="*")
    a = p.parse_args()
    if not shutil.which(AS):
        print(f"SKIP: {AS} is not installed (package binutils-arm-linux-gnueabihf)")
        return 77
    files = a.files or sorted(glob.glob(os.path.join(here, "frontend/arm/*.t")))
    tests = [t for f in files for t in read_tests(f) if re.search(a.only, t.insn)]
    assemble(tests)
    good = [t for t in tests if t.code]
    failed = 0
    for t in tests:
        if t.error:
            failed += 1
            print(f"FAIL {t.where} {t.insn}: {t.error}")
    for mode in a.mode or MODES:
        failed += run_mode(os.path.join(a.build, "tests/frontend/arm/insn_runner"), mode, good, a.v)
    total = len(good) * len(a.mode or MODES) + len(tests) - len(good)
    print(f"{total - failed} passed, {failed} failed")
    return failed != 0


if __name__ == "__main__":
    sys.exit(main())

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
    x0= x1-x4= w5= sp= lr=          A64: registers; w clears the upper half
    v3= q3= d3= s3= h3= b3=         A64: vector registers: v and q as 32 digits, the others clear what is above
    tco=1 dit=1 ssbs=1 btype=       A64: parts of PSTATE (nzcv as above)
    fpcr= fpsr=                     A64: compared only when named
    m8[20000]=ff m16 m32 m64        memory; scratch is 20000..23fff, code at 10000
    pc=10008                        after: where it ends, if not at the end of the code
    exc=illegal|fault|align|bkpt    after: what is raised instead of reaching the end
    far=20001                       after: the exception's data

Lines that begin with '@' hold until changed: '@isa t32', '@cpu arm926'. Files named
a64_*.t begin in A64. In all registers '_' may stand between digits.
Each line is run by the interpreter and by compiled code, each with and without
the folding of IR, and as on hosts that are only x86-64-v2 and v3. Assembled by arm-linux-gnueabihf-as and aarch64-linux-gnu-as; exit 77 where both are missing.
"""
import argparse
import glob
import os
import re
import shutil
import subprocess
import sys
import tempfile

CODE = 0x10000
# mode of the runner, and the host it is to pretend ("": as it is)
MODES = ["interp", "interp-fold", "compiled-nofold", "compiled", "compiled/v2", "compiled/v3"]
A32_HEADER = """.syntax unified
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
A64_HEADER = """.arch armv8.8-a+crypto+sha3+sm4+fp16+fp16fml+rng+memtag+i8mm+bf16+mops+hbc+cssc+flagm+pauth+ssbs+sb
.text
"""


class Isa:
    """What differs between instruction sets; a32 and t32 share all but how a test begins and ends."""

    def __init__(self, name):
        self.name, self.a64, self.thumb = name, name == "a64", name == "t32"
        prefix = "aarch64-linux-gnu-" if self.a64 else "arm-linux-gnueabihf-"
        self.assembler, self.objcopy, self.nm, self.objdump = (prefix + tool for tool in ("as", "objcopy", "nm", "objdump"))
        self.as_options = [] if self.a64 else ["-mthumb-interwork", "-mimplicit-it=never"]
        self.header = A64_HEADER if self.a64 else A32_HEADER
        self.begin = [] if self.a64 else [".thumb" if self.thumb else ".arm"]
        self.end_svc = {"a64": 0x1234, "t32": 0xEE, "a32": 0x123456}[name]
        self.end_bytes = {"a64": (0xD4000001 | 0x1234 << 5).to_bytes(4, "little"), "t32": b"\xee\xdf", "a32": b"\x56\x34\x12\xef"}[name]
        self.runner = "a64" if self.a64 else "arm"
        self.status = "pstate" if self.a64 else "cpsr"
        self.pc = "pc" if self.a64 else "r15"

    def usable(self):
        return shutil.which(self.assembler)


ISAS = {name: Isa(name) for name in ("a32", "t32", "a64")}
AS = ISAS["a32"].assembler
EXC = {1: "svc", 2: "illegal", 3: "bkpt", 4: "fetch", 5: "fault", 6: "align", 7: "arith", 8: "trap", 9: "limit",
       11: "kernel"}
CPSR_FIELDS = {"nzcv": (28, 4), "q": (27, 1), "ge": (16, 4), "e": (9, 1), "t": (5, 1)}
PSTATE_FIELDS = {"nzcv": (28, 4), "tco": (25, 1), "dit": (24, 1), "ssbs": (12, 1), "btype": (10, 2)}
VECTOR_BITS = {"b": 8, "h": 16, "s": 32, "d": 64, "q": 128, "v": 128}


class Test:
    def __init__(self, where, insn, before, after, isa, cpu):
        self.where, self.insn, self.before, self.after, self.cpu = where, insn, before, after, cpu
        self.isa = ISAS[isa]
        self.code = None
        self.error = None


def isa_of_file(path):
    return "a64" if os.path.basename(path).startswith("a64") else "a32"


def read_tests(path):
    isa, cpu = isa_of_file(path), "max"
    for number, line in enumerate(open(path), 1):
        line = line.strip()
        if line.startswith("@"):
            word, value = line[1:].split()[:2]
            if word == "isa":
                isa = value
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
        yield Test(f"{path}:{number}", fields[0].strip(), before, after, isa, cpu)


def assemble(tests):
    """Fills test.code, or test.error with what the assembler said."""
    for a64 in (False, True):
        some = [t for t in tests if t.isa.a64 == a64]
        if some:
            assemble_with(ISAS["a64" if a64 else "a32"], some)


def assemble_with(tools, tests):
    with tempfile.TemporaryDirectory() as work:
        source, obj, image = (os.path.join(work, n) for n in ("t.s", "t.o", "t.bin"))
        for _ in range(2):
            good = [t for t in tests if not t.error]
            lines, owner = tools.header.splitlines(), {}
            for i, t in enumerate(good):
                lines += [".balign 8"] + t.isa.begin + [f"t{i}_start:"]
                owner[len(lines) + 1] = t
                lines += [t.insn, f"svc #{t.isa.end_svc}", ".ltorg", f"t{i}_stop:"]
            open(source, "w").write("\n".join(lines) + "\n")
            done = subprocess.run([tools.assembler, *tools.as_options, "-o", obj, source], capture_output=True, text=True)
            if done.returncode == 0:
                break
            for number, message in re.findall(r":(\d+): Error: (.*)", done.stderr):
                t = owner.get(int(number))
                if not t:
                    sys.exit("cannot assemble: " + done.stderr)
                t.error = "assembler: " + message
        subprocess.run([tools.objcopy, "-O", "binary", "-j", ".text", obj, image], check=True)
        symbols = dict((name, int(value, 16)) for value, name in
                       re.findall(r"(\w+) \w (t\d+_\w+)", subprocess.run([tools.nm, obj], capture_output=True, text=True).stdout))
        text = open(image, "rb").read()
        for i, t in enumerate(good):
            t.code = text[symbols[f"t{i}_start"] & ~1:symbols[f"t{i}_stop"] & ~1]


def set_field(state, word, fields, name, value):
    low, bits = fields[name]
    v = int(value, 2 if name == "nzcv" else 16)
    state[word] = state[word] & ~(((1 << bits) - 1) << low) | v << low


def set_one(isa, state, n, value):
    """One register or field; False: there is none of that name."""
    if isa.a64:
        if n in PSTATE_FIELDS:
            set_field(state, "pstate", PSTATE_FIELDS, n, value)
        elif re.fullmatch(r"[vqdshb]\d+", n) and "v" + n[1:] in state:
            state["v" + n[1:]] = int(value.replace("_", ""), 16) & (1 << VECTOR_BITS[n[0]]) - 1
        elif re.fullmatch(r"w\d+", n) and "x" + n[1:] in state:
            state["x" + n[1:]] = int(value.replace("_", ""), 16) & 0xFFFFFFFF
        elif n in state:
            state[n] = int(value.replace("_", ""), 16) & (1 << 64) - 1
        else:
            return False
        return True
    if n in CPSR_FIELDS:
        set_field(state, "cpsr", CPSR_FIELDS, n, value)
    elif re.fullmatch(r"q\d+", n):
        i = int(n[1:]) * 2
        v = int(value.replace("_", ""), 16)
        state[f"d{i}"], state[f"d{i + 1}"] = v & (1 << 64) - 1, v >> 64
    elif re.fullmatch(r"s\d+", n):
        d, shift = f"d{int(n[1:]) // 2}", 32 * (int(n[1:]) & 1)
        state[d] = state[d] & ~(0xFFFFFFFF << shift) | int(value, 16) << shift
    elif n in state:
        state[n] = int(value.replace("_", ""), 16)
    else:
        return False
    return True


def expand(tokens, state, memory, isa=ISAS["a32"]):
    """Apply 'name=value' tokens to a state (fresh_state) and memory; returns the names given."""
    named = {}
    aliases = {"lr": "x30"} if isa.a64 else {"sp": "r13", "lr": "r14"}
    for token in tokens.split():
        name, _, value = token.partition("=")
        m = re.fullmatch(r"m(8|16|32|64)\[([0-9a-f]+)\]", name)
        if m:
            for i in range(int(m[1]) // 8):
                memory[int(m[2], 16) + i] = int(value, 16) >> 8 * i & 0xFF
            continue
        name = aliases.get(name, name)
        m = re.fullmatch(r"([a-z])(\d+)-[a-z](\d+)", name)
        names = [f"{m[1]}{i}" for i in range(int(m[2]), int(m[3]) + 1)] if m else [name]
        for n in names:
            named[n] = value
            if n not in ("exc", "far", "pc") and not set_one(isa, state, n, value):
                raise ValueError(f"unknown name '{n}'")
    return named


def fresh_state(isa):
    if isa.a64:
        state = {f"x{i}": 0 for i in range(31)}
        state.update({f"v{i}": 0 for i in range(32)})
        state.update(sp=0, pstate=0, fpcr=0, fpsr=0)
        return state
    state = {f"r{i}": 0 for i in range(15)}
    state.update({f"d{i}": 0 for i in range(32)})
    state.update(cpsr=0x10 | isa.thumb << 5, fpscr=0)
    return state


def request(t):
    t.state, t.memory = fresh_state(t.isa), {}
    expand(t.before, t.state, t.memory, t.isa)
    lines = [f"begin {t.cpu} {int(t.isa.thumb)} {t.code.hex()}"]
    lines += [f"set {n} {v:x}" for n, v in t.state.items() if v]
    lines += [f"mem {a:x} {v:02x}" for a, v in t.memory.items()]
    return "\n".join(lines + ["run", ""])


def status_text(isa, word):
    fields = PSTATE_FIELDS if isa.a64 else CPSR_FIELDS
    shown = [f"{n}={word >> low & (1 << bits) - 1:{'04b' if n == 'nzcv' else 'x'}}" for n, (low, bits) in fields.items()]
    return " ".join(shown)


def compare(t, line):
    words = line.split()
    exc, data = EXC.get(int(words[0]), words[0]), int(words[1], 16)
    got = dict(w.split("=") for w in words[2:])
    want, memory = dict(t.state), dict(t.memory)
    named = expand(t.after, want, memory, t.isa)
    wrong = []
    want_exc = named.get("exc", "svc")
    if exc != want_exc:
        wrong.append(f"exc={exc} (data {data:x})")
    elif "far" in named and data != int(named["far"], 16):
        wrong.append(f"far={data:x}")
    if want_exc == "svc" and exc == "svc":
        want_pc = CODE + t.code.rindex(t.isa.end_bytes) + len(t.isa.end_bytes)
    else:
        want_pc = CODE
    pc = int(got[t.isa.pc], 16)
    if pc != int(named.get("pc", f"{want_pc:x}"), 16) and exc == want_exc:
        wrong.append(f"pc={pc:x}")
    for name, value in want.items():
        have = int(got[name], 16)
        if name in ("fpscr", "fpcr", "fpsr") and name not in named:
            continue
        if name == t.isa.status:
            if want_exc != "svc" and not t.isa.a64:
                have, value = have & ~0x0600FC00, value & ~0x0600FC00
            if have != value:
                wrong.append(f"{status_text(t.isa, have)} ({name}={have:08x}, expected {value:08x})")
        elif have != value:
            wrong.append(f"{name}={have:x} (expected {value:x})")
    changed = {int(n[1:], 16): int(v, 16) for n, v in got.items() if re.fullmatch(r"m[0-9a-f]+", n)}
    expected = {a: v for a, v in memory.items() if t.memory.get(a, 0) != v}
    for a in sorted(set(changed) | set(expected)):
        if changed.get(a, t.memory.get(a, 0)) != expected.get(a, t.memory.get(a, 0)):
            wrong.append(f"m8[{a:x}]={changed.get(a, t.memory.get(a, 0)):02x}")
    return wrong


def run_mode(runner, guest, mode, tests, verbose):
    failed = 0
    pending = tests
    while pending:
        how, _, host = mode.partition("/")
        environment = {**os.environ, "MOA_HOST_CPU": host} if host else None
        done = subprocess.run([runner, how, guest], input="".join(request(t) for t in pending), capture_output=True, text=True,
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
    if not any(isa.usable() for isa in ISAS.values()):
        print(f"SKIP: {AS} is not installed (package binutils-arm-linux-gnueabihf)")
        return 77
    files = a.files or sorted(glob.glob(os.path.join(here, "frontend/arm/*.t")))
    tests = [t for f in files for t in read_tests(f) if t.isa.usable() and re.search(a.only, t.insn)]
    if files and not tests and not a.only:
        print("SKIP: no assembler for these")
        return 77
    assemble(tests)
    good = [t for t in tests if t.code]
    failed = 0
    for t in tests:
        if t.error:
            failed += 1
            print(f"FAIL {t.where} {t.insn}: {t.error}")
    for mode in a.mode or MODES:
        for guest in ("arm", "a64"):
            some = [t for t in good if t.isa.runner == guest]
            if some:
                failed += run_mode(os.path.join(a.build, "tests/frontend/arm/insn_runner"), guest, mode, some, a.v)
    total = len(good) * len(a.mode or MODES) + len(tests) - len(good)
    print(f"{total - failed} passed, {failed} failed")
    return failed != 0


if __name__ == "__main__":
    sys.exit(main())

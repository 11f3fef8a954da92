#!/usr/bin/env python3
"""SVE and SVE2: every line of the tables sve_*.decode, at several vector lengths.

    sve_test.py BUILD                       runs sve_cases.txt and compares
    sve_test.py --new SEED N --ref 'qemu-aarch64 -cpu max' >sve_cases.txt
                                            N cases a line, with a reference's results
    sve_test.py --show NUMBER BYTES BUILD   registers before and behind a case

A line of sve_cases.txt: instruction word, FPCR, size of elements, kind of
operands (enum kind), and a hash of all registers and memory for each vector
length, or - where the reference is known to differ from the architecture.

Instructions of AdvSIMD and scalar floating point are run as well, with bits set
above the V registers: those that write V must clear them.
"""
import collections
import os
import random
import re
import shutil
import subprocess
import sys
import tempfile

HERE = os.path.dirname(os.path.abspath(__file__))
ROOT = os.path.dirname(os.path.dirname(os.path.dirname(HERE)))
CASES = os.path.join(HERE, "sve_cases.txt")
LENGTHS = (16, 32, 64, 256)
COMPILER = "aarch64-linux-gnu-gcc"
KINDS = ("FLOATS", "ADDRESSES", "UNSIGNED_OFFSETS", "OFFSETS64", "AS_FAR", "V_ONLY")
FLOATS, ADDRESSES, UNSIGNED_OFFSETS, OFFSETS64, AS_FAR, V_ONLY = (1 << i for i in range(6))

Case = collections.namedtuple("Case", "insn fpcr size kind hashes")


def read_cases(path=CASES):
    for line in open(path):
        words = line.split()
        if words and words[0] != "#":
            yield Case(int(words[0], 16), int(words[1], 16), int(words[2]), int(words[3]), words[4:])


# ---- the program ----

def runner_code():
    """run_case(before, after, code): x28 and x29 hold the states, x30 returns."""
    z = 32 * 8 + 32 + 544
    out = ["stp x29, x30, [sp, -160]!"] + [f"stp x{r}, x{r + 1}, [sp, {16 + 8 * (r - 19)}]" for r in range(19, 29, 2)]
    out += [f"stp d{r}, d{r + 1}, [sp, {96 + 8 * (r - 8)}]" for r in range(8, 16, 2)]
    out += ["mov x28, x0", "mov x29, x1", "stp x29, x2, [sp, -16]!", "ldr x2, [x28, 272]", "msr fpcr, x2", "ldr x2, [x28, 264]", "msr fpsr, x2",
            f"add x1, x28, {32 * 8 + 32 + 512}", "ldr p0, [x1]", "wrffr p0.b"]
    for i in range(16):
        out += [f"add x1, x28, {32 * 8 + 32 + 32 * i}", f"ldr p{i}, [x1]"]
    out += [f"add x1, x28, {z}"]
    for i in range(32):
        out += [f"ldr z{i}, [x1]", "add x1, x1, 256"]
    out += ["ldr x2, [x28, 256]", "msr nzcv, x2"] + [f"ldr x{i}, [x28, {8 * i}]" for i in range(28)]
    out += ["ldr x28, [sp, 8]", "blr x28", "ldp x29, x28, [sp], 16"] + [f"str x{i}, [x29, {8 * i}]" for i in range(28)]
    out += ["mrs x2, nzcv", "str x2, [x29, 256]", "mrs x2, fpsr", "str x2, [x29, 264]", "msr fpcr, xzr", f"add x1, x29, {z}"]
    for i in range(32):
        out += [f"str z{i}, [x1]", "add x1, x1, 256"]
    for i in range(16):
        out += [f"add x1, x29, {32 * 8 + 32 + 32 * i}", f"str p{i}, [x1]"]
    out += ["rdffr p0.b", f"add x1, x29, {32 * 8 + 32 + 512}", "str p0, [x1]"]
    out += [f"ldp d{r}, d{r + 1}, [sp, {96 + 8 * (r - 8)}]" for r in range(8, 16, 2)]
    out += [f"ldp x{r}, x{r + 1}, [sp, {16 + 8 * (r - 19)}]" for r in range(19, 29, 2)] + ["ldp x29, x30, [sp], 160", "ret"]
    return "".join(f"    {line}\n" for line in out)


def build_program(cases, folder):
    with open(os.path.join(folder, "cases.h"), "w") as f:
        f.write("#include <stdbool.h>\n#include <stdint.h>\nenum kind { " + ", ".join(f"{k} = {1 << i}" for i, k in enumerate(KINDS)) + " };\n")
        f.write("static const struct test_case { uint32_t insn, fpcr; uint8_t size, kind; } cases[] = {\n")
        f.write("".join(f"{{{c.insn:#010x}, {c.fpcr:#x}, {c.size}, {c.kind}}},\n" for c in cases) + f"}};\n#define NCASES {len(cases)}\n")
    with open(os.path.join(folder, "code.S"), "w") as f:
        f.write(".arch armv8.2-a+sve\n.text\n.globl case_code, run_case\n.balign 64\ncase_code:\n")
        f.write("".join(f".inst {c.insn:#010x}\nret\n" for c in cases) + "run_case:\n" + runner_code())
    program = os.path.join(folder, "sve")
    subprocess.check_call([COMPILER, "-O1", "-static", "-I" + folder, os.path.join(HERE, "sve_program.c"), os.path.join(folder, "code.S"), "-o", program])
    return program


def run_program(command, program, vl, timeout=300):
    done = subprocess.run(command + [program, str(vl)], stdout=subprocess.PIPE, stderr=subprocess.STDOUT, timeout=timeout)
    return [line.split()[1] for line in done.stdout.decode(errors="replace").splitlines() if re.fullmatch(r"\d+ [0-9a-f]{8}", line)]


# ---- making cases ----

def decode_lines(name):
    sys.path.insert(0, os.path.join(ROOT, "tools"))
    import gendecode
    return gendecode.File(os.path.join(ROOT, f"frontend/arm/a64/{name}.decode")).lines


def tables():
    return {part: decode_lines("sve_" + part) for part in ("int", "perm", "pred", "two", "fp", "mem")}


def fields_of(line, word):
    values = {}
    for name, parts in line.fields.items():
        values[name] = 0
        for low, n in parts:
            values[name] = values[name] << n | (word >> low & (1 << n) - 1)
    return values


def with_field(line, word, name, value):
    at = sum(n for _, n in line.fields[name])
    for low, n in line.fields[name]:
        at -= n
        word = word & ~((1 << n) - 1 << low) | (value >> at & (1 << n) - 1) << low
    return word


def bad_mask(imm13):
    n, imms = imm13 >> 12, imm13 & 63
    key = n << 6 | (~imms & 63)
    width = 1 << key.bit_length() - 1 if key else 1
    return key < 2 or imms & width - 1 == width - 1


def is_undefined(line, word):
    text = line.unpredictable.replace("&&", " and ").replace("||", " or ")
    text = re.sub(r"!(?!=)", " not ", text).strip()
    names = {"bad_mask": bad_mask, "bad_quad": lambda t: False, "sve_vl": lambda t: 64, "has": lambda t, f: True, "t": 0, "A64_SVE2": 1}
    return bool(text) and bool(eval(text, names, fields_of(line, word)))


def small_registers(line, word):
    """General registers that the runner leaves to the instruction; sp differs from run to run."""
    for name in ("Rn", "Rm", "Rd", "start", "step"):
        f = fields_of(line, word)
        if name in f and sum(n for _, n in line.fields[name]) == 5 and f[name] > 27 and (f[name] != 31 or line.name in ("DUP_r", "CPY_r", "ADDVL", "ADDPL")):
            word = with_field(line, word, name, random.randint(0, 27))
    return word


def memory_registers(line, word):
    """Base, index and offsets are what sve_program.c makes of them."""
    f, kind = fields_of(line, word), ADDRESSES
    as_far = "FF" in line.name or "NF" in line.name or f.get("ff")
    wide, long_lanes = line.name.endswith(("_d", "_dx")), line.name.endswith(("d", "dv", "du", "dx", "dux"))
    if as_far:
        kind |= AS_FAR
    if "Rn" in f:
        word = with_field(line, word, "Rn", random.choice([7, 8, 1, 2]) if as_far and "m" not in f else random.randint(1, 6))
    if "Rm" in f:
        word = with_field(line, word, "Rm", 31 if as_far and random.random() < .1 else random.randint(9, 16))
    if "m" in f:
        word = with_field(line, word, "m", random.choice([24, 25] if not as_far else [26, 24] if wide else [27, 25]))
        kind |= (OFFSETS64 if wide else 0) | (0 if f.get("xs") else UNSIGNED_OFFSETS)
    if "n" in f:
        word = with_field(line, word, "n", (28 if long_lanes else 30) + (random.randint(0, 1) if as_far else 0))
    if f.get("d", 0) > 23 and sum(n for _, n in line.fields["d"]) == 5:
        word = with_field(line, word, "d", f["d"] - 12)
    return word, kind


FPCRS = [0, 0, 0, 1 << 22, 2 << 22, 3 << 22, 1 << 24, 1 << 25, 1 << 19, 1 << 24 | 1 << 25, 1 << 26]


def make_case(part, line):
    """A random instance of a line, or None when it is another line's, or undefined."""
    word, kind = random.getrandbits(32) & ~line.mask | line.value, 0
    if part == "mem":
        word, kind = memory_registers(line, word)
        size = random.randint(0, 3)
    else:
        word = small_registers(line, word)
        size = fields_of(line, word).get("size", random.randint(0, 3))
        given = line.params.get("from", line.params.get("size", ""))
        size = int(given) if given.isdigit() and int(given) < 4 else size
    if part == "fp" or line.name in ("FTSSEL", "FEXPA", "FABS", "FNEG"):
        kind = 0 if line.name.startswith(("FT", "FEXPA", "FSCALE", "CVTF")) and random.random() < .4 else FLOATS
    if any(word & m == v for m, v in line.excluded) or is_undefined(line, word):
        return None
    return Case(word, random.choice(FPCRS) if part == "fp" else 0, size, kind, [])


def new_cases(seed, per_line):
    random.seed(seed)
    every = tables()
    for part, lines in every.items():
        for line in lines:
            made = 0
            for _ in range(400 * per_line):
                case = make_case(part, line)
                best = case and max((r for r in lines if case.insn & r.mask == r.value and not any(case.insn & m == v for m, v in r.excluded)),
                                    key=lambda r: bin(r.mask).count("1"))
                if best is line:
                    made += 1
                    yield line, case
                if made == per_line:
                    break
            if not made:
                sys.exit(f"no instance of {line.name}")


def reference_differs(line, vl):
    """FMMLA is undefined with vectors of 128 bits; differences of addresses smaller than an element; UQXTN of large numbers."""
    return line.name in ("FMMLA_d", "TRN1_q", "TRN2_q", "UZP1_q", "UZP2_q", "ZIP1_q", "ZIP2_q", "LD1RO_r", "LD1RO_i") and vl == 16 or \
        line.name in ("WHILE_ptr", "UQXTN")


def make_file(seed, per_line, reference):
    made = list(new_cases(seed, per_line))
    with tempfile.TemporaryDirectory() as folder:
        program = build_program([c for _, c in made], folder)
        results = [run_program(reference, program, vl) for vl in LENGTHS]
    if any(len(r) != len(made) for r in results):
        sys.exit("the reference did not run all cases")
    print(f"# sve_cases.txt: made by sve_test.py --new; vector lengths {' '.join(map(str, LENGTHS))}")
    for i, (line, c) in enumerate(made):
        print(f"{c.insn:08x} {c.fpcr:x} {c.size} {c.kind}", *("-" if reference_differs(line, vl) else r[i] for vl, r in zip(LENGTHS, results)))


# ---- the test ----

def v_cases(per_line):
    """Random instances of what writes V registers without SVE; which of them are undefined does not matter."""
    random.seed(1)
    for name in ("fp", "simd_crypto", "simd_fp", "simd_imm", "simd_long", "simd_misc", "simd_shift", "simd_three"):
        for line in decode_lines(name):
            for _ in range(per_line):
                word = random.getrandbits(32) & ~line.mask | line.value
                for reg in ("Rn", "Rm", "Rd", "Ra"):
                    if fields_of(line, word).get(reg, 0) > 27:
                        word = with_field(line, word, reg, random.randint(0, 27))
                yield Case(word, 0, random.randint(0, 3), V_ONLY | (FLOATS if "fp" in name else 0), [])


def check_clearing(build, folder):
    """(passed, failed)"""
    cases = list(v_cases(4))
    results = run_program(emulator(build), build_program(cases, folder), 64)
    for case, result in zip(cases, results):
        if int(result, 16):
            print(f"{case.insn:08x}: bits above V{int(result, 16) - 1} are left")
    return sum(r == "0" * 8 for r in results), sum(r != "0" * 8 for r in results) + (len(results) != len(cases))


def emulator(build):
    return [os.path.join(build, "moa-aarch64"), "-cpu", "max,sve=on"]


def main(arguments):
    if not shutil.which(COMPILER):
        print(f"{COMPILER} is not installed")
        return 77
    if arguments[0] == "--new":
        make_file(int(arguments[1]), int(arguments[2]), arguments[4].split())
        return 0
    cases, passed, failed = list(read_cases()), 0, 0
    with tempfile.TemporaryDirectory() as folder:
        program = build_program(cases, folder)
        if arguments[0] == "--show":
            return subprocess.call(emulator(arguments[3]) + [program, arguments[2], arguments[1]])
        for at, vl in enumerate(LENGTHS):
            results = run_program(emulator(arguments[0]), program, vl)
            if len(results) != len(cases):
                print(f"{vl} bytes: {len(results)} of {len(cases)} cases were run")
                failed += 1
            for number, (case, result) in enumerate(zip(cases, results)):
                if case.hashes[at] in ("-", result):
                    passed += 1
                else:
                    failed += 1
                    print(f"case {number}, {case.insn:08x}, {vl} bytes: {result}, not {case.hashes[at]}")
        cleared, left = check_clearing(arguments[0], folder)
    print(f"{passed + cleared} passed, {failed + left} failed")
    return failed + left != 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))

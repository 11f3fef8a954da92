#!/usr/bin/env python3
"""The code that the backend emits: host_code_test.py BUILD [-v]

1. capstone reads every host instruction emitted for every instruction test (for
   hosts with AVX-512 or GFNI, which capstone 4 knows in part, binutils read what
   it cannot), and each guest instruction begins at the start of one.
2. Guest idioms take as many host instructions as *.expect says, on a host that
   is x86-64-v3: a line is 'idiom   count   # why'. What follows an idiom, and
   the label 1: that it may jump to, sets all flags, so they are dead there as
   they are in most programs. Padding (nop) does not count. '@isa t32' and '@cpu' as in .t files, a64*.expect is
   A64. Only counts, never times.
"""
import glob
import os
import re
import sys

HERE = os.path.dirname(os.path.abspath(__file__))
sys.path.insert(0, os.path.join(HERE, "../.."))
import host_code  # noqa: E402
import insn  # noqa: E402


def read_expectations(path):
    isa, cpu = insn.isa_of_file(path), "max"
    for number, line in enumerate(open(path), 1):
        line = line.rstrip()
        if line.startswith("@"):
            word, value = line[1:].split()[:2]
            isa, cpu = (value, cpu) if word == "isa" else (isa, value)
            continue
        m = re.match(r"(\S.*?)\s{2,}(\d+)\s*(#.*)?$", line)
        if m and not line.startswith("#"):
            t = insn.Test(f"{os.path.basename(path)}:{number}", m[1], "", "", isa, cpu)
            t.count = int(m[2])
            yield t


# What follows an idiom: it sets all flags.
LAST = {"a32": ("cmn r7, r7", b"\x07\x00\x77\xe1"), "t32": ("cmn r7, r7", b"\xff\x42"), "a64": ("cmn x7, x7", b"\xff\x00\x07\xab")}


def with_end(test):
    last = LAST[test.isa.name][0]
    return f"{test.insn}; {last}; svc #{test.isa.end_svc}; 1: {last}"


def idiom_length(test, code, rows, disassembler):
    """Host instructions between the idiom's first instruction and what follows it."""
    end = insn.CODE + test.idiom_size
    start = next(offset for pc, offset in rows if pc == insn.CODE)
    stop = next((offset for pc, offset in rows if pc == end), None)
    listing = disassembler.read(code)
    inside = [text for offset, text in listing if start <= offset and (stop is None or offset < stop) and not text.startswith("nop")]
    return inside


def check_expectations(build, disassembler, verbose):
    passed = failed = 0
    for path in sorted(glob.glob(os.path.join(HERE, "*.expect"))):
        tests = list(read_expectations(path))
        for t in tests:
            t.idiom, t.insn = t.insn, with_end(t)
        tests = [t for t in tests if t.isa.usable()]
        insn.assemble(tests)
        bad = [t for t in tests if t.error]
        for t in bad:
            failed += 1
            print(f"FAIL {t.where} {t.idiom}: {t.error}")
        tests = [t for t in tests if not t.error]
        for t, found in zip(tests, host_code.host_code(build, tests, "v3", 6)):
            t.idiom_size = t.code.index(LAST[t.isa.name][1])
            inside = idiom_length(t, *found, disassembler)
            if len(inside) <= t.count:
                passed += 1
                if len(inside) < t.count:
                    print(f"better: {t.where} {t.idiom}: {len(inside)} now, please put it in the place of {t.count}")
                elif verbose:
                    print(f"ok   {t.where} {t.idiom}: {t.count}")
            else:
                failed += 1
                print(f"FAIL {t.where} {t.idiom}: {len(inside)} host instructions, expected {t.count}")
                print("".join(f"       {text}\n" for text in inside), end="")
    return passed, failed


def check_readable(build, disassembler, host):
    tests = [t for p in sorted(glob.glob(os.path.join(HERE, "../../frontend/arm/*.t"))) for t in insn.read_tests(p) if t.isa.usable()]
    insn.assemble(tests)
    tests = [t for t in tests if t.code]
    passed = failed = 0
    for t, found in zip(tests, host_code.host_code(build, tests, host)):
        if not found:
            continue
        code, rows = found
        listing = disassembler.read(code)
        if not host and any(text is None for offset, text in listing):
            listing = host_code.objdump(code)
        starts = {offset for offset, _ in listing}
        unknown = [offset for offset, text in listing if text is None]
        astray = [f"{pc:x}" for pc, offset in rows if offset not in starts and offset != len(code)]
        if unknown or astray:
            failed += 1
            at = unknown[0] if unknown else 0
            print(f"FAIL {t.where} ({host or 'this host'}) {t.insn}: " + (f"bytes {code[at:at + 15].hex()} at {at:#x} are no instruction" if unknown else
                                                 f"guest instructions at {astray} begin inside a host instruction"))
        else:
            passed += 1
    return passed, failed


def main():
    build, verbose = os.path.abspath(sys.argv[1]), "-v" in sys.argv
    if not any(isa.usable() for isa in insn.ISAS.values()):
        print("no cross assembler is installed")
        return 77
    disassembler = host_code.Disassembler(build)
    counts = [check_readable(build, disassembler, host) for host in ("v2", "v3", "")]
    counts.append(check_expectations(build, disassembler, verbose))
    failed = sum(c[1] for c in counts)
    print(f"{sum(c[0] for c in counts)} passed, {failed} failed")
    return failed != 0


if __name__ == "__main__":
    sys.exit(main())

"""Which lines of the .decode files do the instruction tests exercise?

Used by checks/decode_tests.py and make_insn_tests.py. A word belongs to the
most specific line that matches it; words that the base decoders do not know
are looked up in the floating-point files in A32 form, as arm_fp_decode() gets
them. A64 words are looked up in all the tables of frontend/arm/a64.
"""
import glob
import os
import sys

ROOT = os.path.dirname(os.path.dirname(os.path.abspath(__file__)))
sys.path.insert(0, os.path.join(ROOT, "tools"))
import gendecode  # noqa: E402
import insn  # noqa: E402


class Decoders:
    def __init__(self, root):
        folder = os.path.join(root, "frontend", "arm")
        self.paths = {os.path.relpath(p, folder)[:-7]: p for p in sorted(glob.glob(folder + "/**/*.decode", recursive=True))}
        self.files = {name: gendecode.File(p) for name, p in self.paths.items()}
        self.a64 = [f for name, f in self.files.items() if name.startswith("a64/")]
        self.fp = [f for name, f in self.files.items() if name not in ("a32", "t32") and f not in self.a64]

    @staticmethod
    def best(files, word, width):
        rows = [r for f in files for r in f.lines
                if r.width == width and word & r.mask == r.value and not any(word & m == v for m, v in r.excluded)]
        return max(rows, key=lambda r: bin(r.mask).count("1"), default=None)

    def lines_of(self, word, isa, width=32):
        """The line of the base decoder; behind one that hands its word to fp(), the line there too."""
        if isa.a64:
            row = self.best(self.a64, word, width)
            return [row] if row else []
        thumb = isa.thumb
        row = self.best([self.files["t32" if thumb else "a32"]], word, width)
        rows = [row] if row else []
        if width == 32 and (not row or row.function == "fp"):
            row = self.best(self.fp, fp_word(word) if thumb else word, 32)
            rows += [row] if row else []
        return rows


def fp_word(word):
    """A Thumb word of VFP or Advanced SIMD as A32 has it."""
    if word >> 24 & 0xEF == 0xEF:
        return 0xF2000000 | (word >> 28 & 1) << 24 | word & 0xFFFFFF
    if word >> 24 == 0xF9:
        return 0xF4000000 | word & 0xFFFFFF
    return word


def words(code, isa):
    """(word, width) of each instruction."""
    at = 0
    while at + 2 <= len(code):
        half = int.from_bytes(code[at:at + 2], "little")
        if isa.thumb and half >> 11 < 0x1D:
            yield half, 16
            at += 2
        elif isa.thumb:
            yield half << 16 | int.from_bytes(code[at + 2:at + 4], "little"), 32
            at += 4
        else:
            yield int.from_bytes(code[at:at + 4], "little"), 32
            at += 4


def uncovered(root):
    """{decode file: names of the lines that no test reaches}"""
    decoders = Decoders(root)
    tests = [t for path in sorted(glob.glob(os.path.join(root, "tests/frontend/arm/*.t"))) for t in insn.read_tests(path) if t.isa.usable()]
    insn.assemble(tests)
    seen = set()
    for t in tests:
        for word, width in words(t.code or b"", t.isa):
            seen |= {row.where for row in decoders.lines_of(word, t.isa, width)}
    for line in open(os.path.join(root, "tests/frontend/arm/sve_cases.txt")): # sve_test.py's
        if not line.startswith("#"):
            seen |= {row.where for row in decoders.lines_of(int(line.split()[0], 16), insn.ISAS["a64"])}
    return {decoders.paths[name]: [r.name for r in f.lines if r.where not in seen]
            for name, f in decoders.files.items() if insn.ISAS["a64" if f in decoders.a64 else "a32"].usable()}

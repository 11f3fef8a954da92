#!/usr/bin/env python3
"""Write instruction tests for lines of the .decode files that have none.

    make_insn_tests.py --ref 'COMMAND -g {port} {program}' NAME > tests/frontend/arm/NAME.t

NAME is that of a .decode file below frontend/arm without its ending: neon_imm, a64/data. --new: only lines that no
test reaches yet; --only REGEX: lines of these names.


For each uncovered line a few random words are drawn, disassembled, given
random operands, and executed by a reference through its gdb stub (an emulator
or a gdbserver on hardware); what changed is the right-hand side. What comes
out is read and kept as any other test: from then on it is ours. Branches and
other lines that do not go on at the next instruction are left to hand. For A64
the reference must show the registers v0..v31: qemu-aarch64 -cpu max,sve=off,sme=off.
"""
import argparse
import os
import random
import re
import subprocess
import sys
import tempfile

import decode_cover
import insn
from gdb_remote import Remote

SCRATCH, SCRATCH_SIZE, BASE = 0x20000, 0x4000, 0x21000
CODE, PAGES, DATA = 0x100000, 60, 0x20000  # where the reference has them: some protect a page they have run
INTS = [0, 1, 2, 3, 7, 0x1F, 0x20, 0xFF, 0x7FFF, 0x8000, 0xFFFF, 0x7FFFFFFF, 0x80000000, 0x80000001, 0xFFFFFFFF, 0xFFFFFF80]
F32 = [0, 0x80000000, 0x3F800000, 0xBF800000, 0x40490FDB, 0x7F800000, 0xFF800000, 0x7FC00000, 0x7F800001, 1, 0x007FFFFF, 0x7F7FFFFF, 0x4F000000, 0x42F70000]
F64 = [0, 1 << 63, 0x3FF0000000000000, 0xBFF8000000000000, 0x400921FB54442D18, 0x7FF0000000000000, 0x7FF8000000000000, 0x7FF0000000000001, 1, 0x41DFFFFFFFC00000, 0x40FE240C9FBE76C9]
F16 = [0, 0x8000, 0x3C00, 0xC000, 0x7C00, 0x7E00, 0x7C01, 1, 0x7BFF, 0x4248]


INTS64 = INTS + [0x7FFFFFFFFFFFFFFF, 1 << 63, (1 << 64) - 1, (1 << 64) - 128, 0x123456789ABCDEF0, 1 << 32, 0xFFFFFFFF00000000]


class Reference:
    # our names of registers to gdb's
    NAMES = {"r13": "sp", "r14": "lr", "pstate": "cpsr"}

    def __init__(self, command, work, isa):
        self.command, self.port, self.process, self.refused = command, random.randrange(20000, 40000), None, 0
        self.program = os.path.join(work, "reference")
        source, nop = self.program + ".s", "0xd503201f" if isa.a64 else "0xe1a00000"
        open(source, "w").write(f".section code,\"awx\"\n.globl _start\n_start: .fill 65536,4,{nop}\n.data\n.fill 4096,4,0\n")
        subprocess.run([isa.assembler, "-o", self.program + ".o", source], check=True)
        subprocess.run([isa.assembler[:-2] + "ld", "--no-warn-rwx-segments", f"--section-start=code={CODE:#x}", f"-Tdata={DATA:#x}", "-o", self.program, self.program + ".o"], check=True)
        self.start()

    def start(self):
        if self.process:
            self.process.kill()
            self.process.wait()
        self.port += 1
        self.process = subprocess.Popen(self.command.format(port=self.port, program=self.program).split(), stderr=subprocess.DEVNULL)
        self.remote = Remote(self.port)
        self.now, self.page = {}, 0

    def set(self, name, value):
        if self.now.get(name) != value:
            self.remote.set(name, value)
            self.now[name] = value

    def run(self, code, state, memory):
        """(distance of pc, state, changed memory) after one instruction, or None when it did not just go on."""
        names = self.NAMES
        if self.page == PAGES:
            self.start()
        at = CODE + 4096 * self.page
        self.page += 1
        full = bytearray(SCRATCH_SIZE)
        for a, v in memory.items():
            full[a - SCRATCH] = v
        self.remote.write(SCRATCH, bytes(full))
        self.remote.write(at, code + bytes(8))
        for n, v in state.items():
            self.set(names.get(n, n), v)
        self.set("pc", at)
        try:
            reply = self.remote.resume("s")
        except (EOFError, OSError):
            self.start()
            return None
        self.now = {}
        if not reply.startswith("T05"):
            self.start()
            self.refused += 1
            return None
        got = {n: self.remote.get(names.get(n, n)) for n in state}
        self.now = {names.get(n, n): v for n, v in got.items()}
        after = self.remote.read(SCRATCH, SCRATCH_SIZE)
        return self.remote.get("pc") - at, got, {SCRATCH + i: after[i] for i in range(SCRATCH_SIZE) if after[i] != full[i]}


def disassemble(words, isa, work):
    """Text of each word, or None when it is unknown, undefined or unpredictable."""
    source, obj = os.path.join(work, "d.s"), os.path.join(work, "d.o")
    lines = [] if isa.a64 else [".syntax unified", ".thumb" if isa.thumb else ".arm"]
    for i, (word, width) in enumerate(words):
        lines += [f"w{i}: .inst.{'n' if width == 16 else 'w'} {word:#x}" if isa.thumb else f"w{i}: .inst {word:#x}"]
        lines += ["nop.w" if isa.thumb else "nop"]
    open(source, "w").write("\n".join(lines) + "\n")
    subprocess.run([isa.assembler, *([] if isa.a64 else ["-march=armv8.6-a"]), "-o", obj, source], check=True)
    dump = subprocess.run([isa.objdump, "-d", obj], capture_output=True, text=True).stdout
    text = {}
    current = None
    for line in dump.splitlines():
        m = re.match(r"[0-9a-f]+ <w(\d+)>:", line)
        if m:
            current = int(m[1])
            continue
        m = re.match(r"\s+[0-9a-f]+:\t[0-9a-f ]+\t(.*)", line)
        if m and current is not None:
            text[current] = m[1].replace("\t", " ").split("@")[0].split(";")[0].split("//")[0].strip()
            text[current] = re.sub(r" <w?\d.*>| <[a-z]\w*\+.*>", "", text[current])
            if re.search(r"UNPREDICTABLE|undefined|UNDEFINED|illegal|<unknown|<und", m[1]):
                text[current] = None
            current = None
    return [text.get(i) for i in range(len(words))]


def draw(row, isa, rng):
    """A random word of the line."""
    while True:
        word = rng.getrandbits(row.width)
        if row.width == 32 and any(m == 0xF0000000 and v == 0xF0000000 for m, v in row.excluded):
            cond = 14 if isa.thumb or rng.random() < 0.85 else rng.randrange(14)
            word = word & 0x0FFFFFFF | cond << 28
        word = word & ~row.mask | row.value
        if not any(word & m == v for m, v in row.excluded):
            return word


def thumb_word(word):
    """The inverse of fp_word."""
    if word >> 25 == 0x79:
        return 0xEF000000 | (word >> 24 & 1) << 28 | word & 0xFFFFFF
    if word >> 24 == 0xF4:
        return 0xF9000000 | word & 0xFFFFFF
    return word


def vector_value(text, rng):
    width = {"64": 64, "32": 32, "16": 16}.get((re.search(r"\.b?f(16|32|64)", text) or [0, ""])[1], 0)
    pool = {64: F64, 32: F32, 16: F16}.get(width)
    value = 0
    for i in range(64 // (width or 64)):
        value |= (rng.choice(pool) if pool and rng.random() < 0.6 else rng.getrandbits(width or 64)) << (width or 64) * i
    return value if pool or rng.random() < 0.7 else rng.choice([0, (1 << 64) - 1, 0x8000000080000000, 0x7F80FF0180007FFF])


def operands(text, rng):
    """Random registers for the text: 'before' tokens, and bytes of memory."""
    tokens, ops = [], text.split(" ", 1)[1] if " " in text else ""
    base = re.search(r"\[(r\d+|sp|lr|ip|fp|sl)\b", ops) or (re.match(r"(?:ldm|stm|vldm|vstm|fldm|fstm|srs|rfe)\S* (r\d+|sp|lr|ip|fp|sl)\b", text))
    names = {"sp": 13, "lr": 14, "ip": 12, "fp": 11, "sl": 10}
    number = lambda s: names.get(s) if s in names else int(s[1:])
    base_reg = number(base[1]) if base else None
    if not base and re.match(r"push|pop|vpush|vpop", text):
        base_reg = 13
    index = re.search(r"\[[^\]]*?, -?(r\d+|ip|fp|sl|lr)\b", ops) or re.search(r"\], (r\d+|ip|fp|sl|lr)\b", ops)
    regs = {number(m) for m in re.findall(r"\b(r\d+|sp|lr|ip|fp|sl)\b", ops)}
    for m in re.finditer(r"\br(\d+)-r(\d+)", ops):
        regs |= set(range(int(m[1]), int(m[2]) + 1))
    if base_reg is not None:
        regs.add(base_reg)
    for r in sorted(regs):
        if r > 14:
            continue
        value = rng.choice(INTS) if rng.random() < 0.5 else rng.getrandbits(32)
        if r == base_reg:
            value = BASE + rng.choice([0, 0, 0, 4, 8, 16])
        elif index and r == number(index[1]):
            value = rng.choice([0, 1, 2, 4, 8])
        tokens.append((f"r{r}", value))
    vectors = set()
    for kind, n in re.findall(r"\b([qds])(\d+)\b", ops):
        n = int(n)
        vectors |= {2 * n, 2 * n + 1} if kind == "q" else {n} if kind == "d" else {n // 2}
    for m in re.finditer(r"\b([ds])(\d+)-[ds](\d+)", ops):
        vectors |= {n if m[1] == "d" else n // 2 for n in range(int(m[2]), int(m[3]) + 1)}
    for d in sorted(vectors):
        tokens.append((f"d{d}", vector_value(text, rng)))
    return tokens, base_reg


LANES = {"b": 8, "h": 16, "s": 32, "d": 64}


def a64_vector_value(text, width, rng):
    """16 bytes in lanes of width bits: floats of that width, or integers, some of them at the borders."""
    pool = {64: F64, 32: F32, 16: F16}.get(width) if re.match(r"(f|bf|[su]cvtf)", text) else None
    edges = [0, (1 << width) - 1, 1 << width - 1, (1 << width - 1) - 1, 1]
    value = 0
    for i in range(128 // width):
        lane = rng.choice(pool or edges) if rng.random() < (0.6 if pool else 0.3) else rng.getrandbits(width)
        value |= lane << width * i
    return value


def a64_operands(text, rng):
    """The same for A64."""
    tokens, ops = [], text.split(" ", 1)[1] if " " in text else ""
    number = lambda s: 31 if s in ("sp", "wsp") else int(s[1:])
    base = re.search(r"\[(x\d+|sp)\b", ops) or (re.search(r"\b(x\d+)\b", ops) if text.startswith("dc ") else None)
    base_reg = number(base[1]) if base else None
    index = re.search(r"\[\w+, ([xw]\d+)", ops) or re.search(r"\], (x\d+)", ops)
    regs = {number(m) for m in re.findall(r"\b([xw]\d+|w?sp)\b", ops)}
    if re.match(r"casp", text):
        regs |= {r + 1 for r in regs if r < 30}
    for r in sorted(regs):
        value = rng.choice(INTS64) if rng.random() < 0.5 else rng.getrandbits(64)
        if r == base_reg:
            value = BASE + rng.choice([0, 0, 0, 16, 32])
        elif index and r == number(index[1]):
            value = rng.choice([0, 1, 2, 4, 8])
        elif r == 31:
            value &= ~15
        tokens.append(("sp" if r == 31 else f"x{r}", value))
    vectors = {}
    for n, lane in re.findall(r"\bv(\d+)\.(?:\d*)([bhsd])", ops):
        vectors[int(n)] = LANES[lane]
    for m in re.finditer(r"\bv(\d+)\.\d*([bhsd])-v(\d+)", ops):
        n = int(m[1])
        while n != int(m[3]):
            vectors[n], n = LANES[m[2]], (n + 1) % 32
    for lane, n in re.findall(r"\b([qdshb])(\d+)\b", ops):
        vectors.setdefault(int(n), LANES.get(lane, 64))
    tokens += [(f"v{n}", a64_vector_value(text, width, rng)) for n, width in sorted(vectors.items())]
    return tokens, base_reg


def a64_memory_for(text, tokens, base_reg, rng):
    if base_reg is None:
        return []
    values = dict(tokens)
    at = values["sp" if base_reg == 31 else f"x{base_reg}"]
    offset = re.search(r"\[[^\]]*?, #(-?(?:0x)?[0-9a-f]+)\]", text)
    index = re.search(r"\[\w+, [xw](\d+)(?:, \w+ #(\d+))?", text)
    if offset:
        at += int(offset[1], 0)
    elif index:
        at += values[f"x{index[1]}"] << int(index[2] or 0)
    count = 8 if re.match(r"(ld|st)[1234]|dc", text) else 4 if re.match(r"(ld|st)n?p|casp|ldxp|ldaxp", text) else 2
    return [(f"m64[{(at & ~7) + 8 * i:x}]", rng.getrandbits(64)) for i in range(count)]


def memory_for(text, tokens, base_reg, rng):
    if base_reg is None:
        return []
    values = dict(tokens)
    at = values[f"r{base_reg}"]
    offset = re.search(r"\[[^\]]*?, #(-?\d+)\]", text)
    index = re.search(r"\[[^\]]*?, (-?)(r\d+)(?:, lsl #(\d+))?", text)
    if offset:
        at += int(offset[1])
    elif index and index[2] in values:
        at += (values[index[2]] << int(index[3] or 0)) * (-1 if index[1] else 1)
    many = re.match(r"v?(ldm|stm|push|pop|ld[234]|st[234])|vld1|vst1|ldrd|strd", text)
    start, count = (at & ~7) - (16 if re.match(r"(ldm|stm)d|push", text) else 0), 4 if many else 1
    return [(f"m64[{start + 8 * i:x}]", rng.getrandbits(64)) for i in range(count)]


def value_text(name, value):
    if name[0] == "v":
        return f"{name}={value >> 64:016x}_{value & (1 << 64) - 1:016x}"
    return f"{name}={value:016x}" if name[0] == "d" else f"{name}={value:x}"


def show(tokens):
    return " ".join(value_text(*t) for t in tokens)


def describe_after(before, got):
    out = []
    for n in before:
        if n in ("cpsr", "pstate"):
            for field, (low, bits) in (insn.CPSR_FIELDS if n == "cpsr" else insn.PSTATE_FIELDS).items():
                old, new = before[n] >> low & (1 << bits) - 1, got[n] >> low & (1 << bits) - 1
                if old != new:
                    out.append(f"{field}={new:04b}" if field == "nzcv" else f"{field}={new:x}")
        elif got[n] != before[n]:
            out.append(value_text(n, got[n]))
    return out


def after_text(before, got, memory, changed):
    parts = describe_after(before, got)
    words = sorted({a & ~7 for a in changed})
    for w in words:
        value = sum((changed.get(w + i, memory.get(w + i, 0))) << 8 * i for i in range(8))
        parts.append(f"m64[{w:x}]={value:016x}")
    return " ".join(parts)


# Not to be stepped over, or not the same everywhere.
A64_SKIP = r"(svc|brk|hlt|hvc|smc|udf|dcps|eret|wf[ei]|ic |b |bl|br|ret|cb|tb|b\.|bc|msr (?!nzcv|fpcr|fpsr|tpidr_el0|dit|ssbs)|mrs (?!.*(nzcv|fpcr|fpsr|dit|ssbs|tpidr_el0))|isb|adrp?|ldr [xwdsq]\d+, 0x|ldrsw x\d+, 0x|prfm \S+, 0x|pac|aut|xpac|ldra|irg)"
A32_SKIP = (r"(it[te]* |svc|udf|bkpt|hlt|hvc|smc|wf[ei]|cps|rfe|srs|eret|dcps|msr .?psr_[^f]|msr spsr|mrs \S+ spsr|"
            r"mrc|mcr|mrrc|mcrr|cdp|ldc|stc)")
NO_EFFECT = r"(nop|dmb|dsb|isb|pl[di]|prfm|prfum|yield|sev|clrex|csdb|dbg|esb|sb|hint|bti|dc c|psb|tsb|dgh|wf)"


def extras(text, isa, fp, rng):
    """Flags and modes that may matter to the instruction."""
    flags = rng.getrandbits(4)
    extra = [("nzcv", f"{flags:04b}")] if flags and rng.random() < (0.1 if fp else 0.7) else []
    if isa.a64:
        if re.match(r"(f|[su]cvtf|bf)", text) and rng.random() < 0.25:
            extra.append(("fpcr", f"{rng.choice([0x400000, 0x800000, 0xC00000, 0x1000000, 0x2000000, 0x3000000, 0x80000]):x}"))
        return extra
    if text.startswith("sel"):
        extra.append(("ge", f"{rng.getrandbits(4):x}"))
    if fp and rng.random() < 0.25:
        extra.append(("fpscr", f"{rng.choice([0x400000, 0x800000, 0xC00000, 0x1000000, 0x2000000, 0x3000000]):x}"))
    return extra


def one_test(row, isa, ref, rng, work):
    thumb = isa.thumb
    fp = "fp_" if re.search(r"/(neon|vfp|simd|fp)[^/]*$", row.where) else ""
    tries = [draw(row, isa, rng) for _ in range(40)]
    encoded = [(thumb_word(w) if fp and thumb else w, row.width) for w in tries]
    for (word, width), text in zip(encoded, disassemble(encoded, isa, work)):
        if not text or re.match(A64_SKIP if isa.a64 else A32_SKIP, text) and not re.match("vm", text):
            continue
        if not isa.a64 and re.search(r"\bpc\b|\br15\b", text):
            continue
        if not thumb and not fp and not isa.a64 and word >> 28 == 15 and row.mask >> 28 != 15:
            continue
        shown = text if roundtrip(text, word, width, isa) else f".inst{'.n' if width == 16 else '.w' if thumb else ''} {word:#x}"
        for _ in range(3):
            tokens, base_reg = (a64_operands if isa.a64 else operands)(text, rng)
            tokens += (a64_memory_for if isa.a64 else memory_for)(text, tokens, base_reg, rng)
            before = (show(tokens) + " " + " ".join(f"{n}={v}" for n, v in extras(text, isa, fp, rng))).strip()
            state, memory = insn.fresh_state(isa), {}
            try:
                insn.expand(before, state, memory, isa)
            except ValueError:
                continue
            if any(not SCRATCH <= a < SCRATCH + SCRATCH_SIZE for a in memory):
                continue
            code = (word >> 16).to_bytes(2, "little") + (word & 0xFFFF).to_bytes(2, "little") if thumb and width == 32 else word.to_bytes(width // 8, "little")
            if ref.refused > 3: # it does not know the instruction
                return None
            result = ref.run(code, state, memory)
            if not result or result[0] != width // 8:
                continue
            got = dict(result[1])
            if not isa.a64:
                got["cpsr"] = got["cpsr"] & ~0x0600FC00
            after = after_text(state, got, memory, result[2])
            if after or re.match(NO_EFFECT, text) or rng.random() < 0.2:
                return f"{shown:<36} | {before:<40} | {after}".rstrip()
    return None


def roundtrip(text, word, width, isa):
    t = insn.Test("", text, "", "", isa.name, "max")
    insn.assemble([t])
    return not t.error and list(decode_cover.words(t.code, isa))[0] == (word, width)


def main():
    p = argparse.ArgumentParser()
    p.add_argument("--ref", required=True)
    p.add_argument("--thumb", action="store_true")
    p.add_argument("--count", type=int, default=1)
    p.add_argument("--seed", type=int, default=1)
    p.add_argument("--new", action="store_true")
    p.add_argument("--only", default="")
    p.add_argument("name", help="a .decode file's name below frontend/arm, without its ending")
    a = p.parse_args()
    rng = random.Random(a.seed)
    decoders = decode_cover.Decoders(decode_cover.ROOT)
    isa = insn.ISAS["a64" if a.name.startswith("a64/") else "t32" if a.thumb or a.name == "t32" else "a32"]
    missing = decode_cover.uncovered(decode_cover.ROOT)[decoders.paths[a.name]] if a.new else None
    with tempfile.TemporaryDirectory() as work:
        ref = Reference(a.ref, work, isa)
        for row in decoders.files[a.name].lines:
            if not re.search(a.only, row.name) or (a.new and row.name not in missing):
                continue
            made = ref.refused = 0
            for _ in range(a.count):
                line = one_test(row, isa, ref, rng, work)
                if line:
                    print(line, flush=True)
                    made += 1
            if not made:
                print(f"no test for {row.name}", file=sys.stderr)
        ref.process.kill()


if __name__ == "__main__":
    main()

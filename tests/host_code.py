"""Host code of guest idioms, and its disassembly: for the tests of the backend's output."""
import os
import re
import struct
import subprocess
import tempfile

import insn

X86_64 = 3  # enum disas_isa


class Disassembler:
    def __init__(self, build):
        self.child = subprocess.Popen([os.path.join(build, "debug/moa-disas")], stdin=subprocess.PIPE, stdout=subprocess.PIPE)

    def read(self, code, pc=0):
        """[(offset, text)] of each instruction."""
        self.child.stdin.write(struct.pack("<QII", pc, len(code), X86_64) + code)
        self.child.stdin.flush()
        size = struct.unpack("<I", self.child.stdout.read(4))[0]
        lines = self.child.stdout.read(size).decode().splitlines()
        return [(int(line.split(":")[0], 16) - pc, None if "(unknown)" in line else re.split(r"\s{2,}", line, 2)[2])
                for line in lines]


def objdump(code):
    """The same by binutils, which know more than capstone 4 of AVX-512."""
    with tempfile.NamedTemporaryFile() as f:
        f.write(code)
        f.flush()
        out = subprocess.run(["objdump", "-D", "-b", "binary", "-mi386:x86-64", "-Mintel", "-w", f.name], capture_output=True, text=True).stdout
    return [(int(m[1], 16), None if "(bad)" in m[2] else m[2].strip())
            for m in re.finditer(r"^ +([0-9a-f]+):\t[0-9a-f ]+\t(.*)$", out, re.M)]


def host_code(build, tests, host="", batch=100000):
    """For each test: (code, [(guest pc, offset)...]) or None. host: the level of CPU to pretend, v2 or v3.
    batch: tests for one process; code that is written often is no longer looked at ahead."""
    environment = {**os.environ, "MOA_HOT": "1"}  # a region goes on behind conditional exits, as in code that runs often
    if host:
        environment["MOA_HOST_CPU"] = host
    runner = os.path.join(build, "tests/frontend/arm/insn_runner")
    found = {}
    groups = [[t for t in tests if t.isa.runner == guest] for guest in sorted({t.isa.runner for t in tests})]
    for some in [group[i:i + batch] for group in groups for i in range(0, len(group), batch)]:
        out = subprocess.run([runner, "host", some[0].isa.runner], input="".join(insn.request(t) for t in some), capture_output=True, text=True,
                             timeout=300, env=environment)
        for t, line in zip(some, out.stdout.splitlines()):
            words = line.split()
            found[id(t)] = len(words) > 1 and (bytes.fromhex(words[1]), [tuple(int(x, 16) for x in w.split(":")) for w in words[2:]])
    return [found.get(id(t)) or None for t in tests]

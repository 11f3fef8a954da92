#!/usr/bin/env python3
"""Code that runs for the first time is interpreted: first_test.py BUILD.

What is translated then, what -first-runs says of it, and that whoever looks at
translations sees all of them. That programs run the same both ways is what
tests/run tries with each guest program.
"""
import os
import re
import resource
import shutil
import subprocess
import sys
import tempfile

sys.dont_write_bytecode = True
from check_test import load_runner

PROGRAM = r"""
#include <stdio.h>
#include <stdlib.h>
int main(int argc, char **argv)
{
    unsigned long sum = 0;
    for (long i = 0; i < atol(argv[1]); i++)
        sum = sum * 31 + (sum >> 7) + i;
    printf("%lu\n", sum);
    return 0;
}
"""


def measure(emulator, program, times, items="stats", *options):
    """Output, regions translated, runs by the interpreter."""
    with tempfile.NamedTemporaryFile() as log:
        environment = {k: v for k, v in os.environ.items() if k != "MOA_FIRST_RUNS"}
        done = subprocess.run([emulator, "-cache", "off", "-d", items, "-D", log.name, *options, program, str(times)],
                              env=environment, stdin=subprocess.DEVNULL, stdout=subprocess.PIPE, timeout=60)
        text = open(log.name).read()

    def count(what):
        return int(re.search(rf"^ *(\d+) {what}", text, re.M)[1])

    return done.stdout, count("regions translated"), count("runs of regions interpreted")


def test(emulator, program):
    """(name, good) for each thing that is to hold."""
    at_once = measure(emulator, program, 1000, "stats", "-first-runs", "0")
    once = measure(emulator, program, 1000, "stats", "-first-runs", "1")
    thrice = measure(emulator, program, 1000, "stats", "-first-runs", "3")
    usual = measure(emulator, program, 1000)
    looked_at = measure(emulator, program, 1000, "stats,in_asm")
    short, long = (measure(emulator, program, n, "stats", "-first-runs", "3") for n in (10, 100000))
    yield "the same is printed", len({r[0] for r in (at_once, once, thrice, usual, looked_at)}) == 1 and usual[0]
    yield "with 0 nothing is interpreted", at_once[2] == 0
    yield "with 1 less than half is translated", 0 < 2 * once[1] < at_once[1]
    yield "with 3 still less", 0 < thrice[1] < once[1]
    yield "as a rule it is interpreted first", usual[2] > 0 and 2 * usual[1] < at_once[1]
    yield "a log of code shows all of it", looked_at[2] == 0 and looked_at[1] == at_once[1]
    small = subprocess.run([emulator, "-cache", "off", program, "1000"], stdin=subprocess.DEVNULL, stdout=subprocess.PIPE, timeout=60,
                           preexec_fn=lambda: resource.setrlimit(resource.RLIMIT_STACK, (65536, 65536)))
    yield "a stack of 64 KiB is enough", small.stdout == usual[0]
    yield "a loop is translated soon, however long", abs(long[2] - short[2]) < 20


def main():
    build = os.path.abspath(sys.argv[1])
    runner = load_runner()
    passed = failed = 0
    for abi in ("armhf", "aarch64"):
        emulator, compiler = runner.GUESTS[abi][:2]
        emulator = os.path.join(build, emulator)
        if not os.path.exists(emulator) or not shutil.which(compiler):
            continue
        with tempfile.TemporaryDirectory() as work:
            program = os.path.join(work, "program")
            subprocess.run([compiler, "-O2", "-static", "-x", "c", "-", "-o", program], input=PROGRAM, text=True, check=True)
            for name, good in test(emulator, program):
                passed, failed = passed + bool(good), failed + (not good)
                if not good:
                    print(f"FAIL {abi}: {name}")
    if not passed + failed:
        print("SKIP: no cross compiler, or no emulator is built")
        return runner.SKIPPED
    print(f"{passed} passed, {failed} failed")
    return failed != 0


if __name__ == "__main__":
    sys.exit(main())

#!/usr/bin/env python3
"""Damaged ELF files are run: damaged_test.py BUILD [--inputs N] [--seed S]; on all processors."""
import argparse
import os
import re
import subprocess
import sys


def main():
    p = argparse.ArgumentParser(description=__doc__)
    p.add_argument("build")
    p.add_argument("--inputs", type=int, default=2000)
    p.add_argument("--seed", type=int, default=1)
    a = p.parse_args()
    runner = os.path.join(a.build, "tests/linux-user/damaged_runner")
    jobs = os.cpu_count() or 1
    share = (a.inputs + jobs - 1) // jobs
    emulators = [e for e in (os.path.join(a.build, name) for name in ("moa-arm", "moa-aarch64")) if os.path.exists(e)]
    running = [subprocess.Popen([runner, e, str(share), str(a.seed), str(i * share)], stdout=subprocess.PIPE, text=True)
               for e in emulators for i in range(jobs)]
    passed = failed = 0
    for r in running:
        text = r.communicate()[0]
        m = re.search(r"^(\d+) passed, (\d+) failed", text, re.M)
        if not m:
            print(text + f"\n(the runner ended with {r.returncode})")
            failed += 1
            continue
        passed, failed = passed + int(m[1]), failed + int(m[2])
        print("".join(line + "\n" for line in text.splitlines()[:-1]), end="")
    print(f"{passed} passed, {failed} failed")
    return failed != 0


if __name__ == "__main__":
    sys.exit(main())

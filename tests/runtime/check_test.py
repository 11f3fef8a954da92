#!/usr/bin/env python3
"""MOA_CHECK=1 raises no false alarms: check_test.py BUILD.

Guest programs with memory tags, with instructions that copy memory, with signals and threads, each region of which is
run twice and compared.
"""
import importlib.machinery
import importlib.util
import os
import shutil
import sys

TESTS = os.path.dirname(os.path.dirname(os.path.abspath(__file__)))
PROGRAMS = {
    "aarch64": ["guest/aarch64_mte.c", "guest/aarch64_mops.c", "guest/aarch64_pauth.c", "linux-user/tags.c", "linux-user/signals.c"],
    "armhf": ["linux-user/signals.c", "guest/flags_over_calls.c"],
}


def load_runner():
    loader = importlib.machinery.SourceFileLoader("runner", os.path.join(TESTS, "run"))
    module = importlib.util.module_from_spec(importlib.util.spec_from_loader("runner", loader))
    loader.exec_module(module)
    return module


def main():
    build = os.path.abspath(sys.argv[1])
    runner = load_runner()
    os.environ["MOA_CHECK"] = "1"
    passed = failed = 0
    for abi, sources in PROGRAMS.items():
        emulator, compiler = runner.GUESTS[abi][:2]
        if not os.path.exists(os.path.join(build, emulator)) or not shutil.which(compiler):
            continue
        for source in sources:
            path = os.path.join(TESTS, source)
            how = runner.directives(path)
            if abi not in how.get("abis", abi).split():
                continue
            program, text = runner.build_guest(build, abi, path, how)
            problem = runner.run_guest(build, abi, program, how) if program else "it does not compile:\n" + text
            passed, failed = passed + (not problem), failed + bool(problem)
            if problem:
                print(f"FAIL {source} ({abi}):", *problem.splitlines()[:20], sep="\n  ")
    if not passed + failed:
        print("SKIP: no cross compiler, or no emulator is built")
        return runner.SKIPPED
    print(f"{passed} passed, {failed} failed")
    return failed != 0


if __name__ == "__main__":
    sys.dont_write_bytecode = True
    sys.exit(main())

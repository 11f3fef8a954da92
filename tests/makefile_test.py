#!/usr/bin/env python3
"""A library holds the objects of the sources that are there: makefile_test.py BUILD.

In a copy of the tree without the large rooms' sources, so that it takes seconds: a source that is older than the
library comes in, one that is removed goes out, and nothing is made when nothing has changed.
"""
import os
import shutil
import subprocess
import sys
import tempfile

ROOT = os.path.dirname(os.path.dirname(os.path.abspath(__file__)))
LIBRARY = "lib/util.a"


def make(folder, target=LIBRARY):
    done = subprocess.run(["make", target], cwd=folder, capture_output=True, text=True)
    if done.returncode:
        sys.exit(f"make {target} failed:\n{done.stdout}{done.stderr}")
    return done.stdout


def members(folder):
    return subprocess.run(["ar", "t", os.path.join(folder, LIBRARY)], capture_output=True, text=True, check=True).stdout.split()


def copy_tree(to):
    for name in ("Makefile.in", "configure"):
        shutil.copy2(os.path.join(ROOT, name), to)
    for name in ("util", "tools"):
        shutil.copytree(os.path.join(ROOT, name), os.path.join(to, name))


def check(tree, build):
    failed = 0

    def expect(what, ok):
        nonlocal failed
        failed += not ok
        print(("ok   " if ok else "FAIL ") + what)

    late = os.path.join(tree, "util", "late.c")
    make(build)
    expect("the library is made", len(members(build)) > 1 and "late.o" not in members(build))
    open(late, "w").write("int late(void);\nint late(void) { return 1; }\n")
    os.utime(late, (1e9, 1e9))
    make(build)
    expect("a source older than the library comes in", "late.o" in members(build))
    expect("what has not changed is not made", " AR" not in make(build) and " CC" not in make(build))
    os.unlink(late)
    make(build)
    expect("a source that is gone goes out", "late.o" not in members(build))
    return failed


def main():
    with tempfile.TemporaryDirectory() as folder:
        tree, build = os.path.join(folder, "tree"), os.path.join(folder, "build")
        os.mkdir(tree)
        os.mkdir(build)
        copy_tree(tree)
        configured = subprocess.run([os.path.join(tree, "configure"), "--target-list=arm-linux-user"], cwd=build, capture_output=True, text=True)
        if configured.returncode:
            sys.exit(f"configure failed:\n{configured.stdout}{configured.stderr}")
        failed = check(tree, build)
    print(f"{4 - failed} passed, {failed} failed")
    return failed != 0


if __name__ == "__main__":
    sys.exit(main())

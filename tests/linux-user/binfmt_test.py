#!/usr/bin/env python3
"""Programs started by the kernel through binfmt_misc: moa-binfmt's entry, argv[0], a program that only execute permission opens.

binfmt_test.py BUILD. Uses a user namespace with a binfmt_misc of its own
(Linux 6.7 or later), so the machine's entries stay as they are; else SKIP.
"""
import os
import shutil
import subprocess
import sys
import tempfile

GUESTS = {"arm": "arm-linux-gnueabihf-gcc", "aarch64": "aarch64-linux-gnu-gcc"}
TOOL = os.path.join(os.path.dirname(os.path.abspath(__file__)), "../../tools/moa-binfmt")
SOURCE = r"""
#include <stdio.h>
#include <sys/auxv.h>
int main(int argc, char **argv)
{
    printf("argc %d argv0 %s last %s\n", argc, argv[0], argv[argc - 1]);
    return 5;
}
"""
MOUNT = "mount -t binfmt_misc binfmt_misc /proc/sys/fs/binfmt_misc && "


def inside(script, **kw):
    return subprocess.run(["unshare", "-Urm", "sh", "-c", MOUNT + script], capture_output=True, text=True, timeout=60, **kw)


def run_cases(moa, arch):
    """(passed, failed) of one guest."""
    failed = 0
    with tempfile.TemporaryDirectory() as work:
        bin_dir, program = os.path.join(work, "bin"), os.path.join(work, "prog")
        os.mkdir(bin_dir)
        shutil.copy(moa, bin_dir)
        shutil.copy(TOOL, bin_dir)
        open(program + ".c", "w").write(SOURCE)
        subprocess.run([GUESTS[arch], "-static", "-o", program, program + ".c"], check=True)
        script = os.path.join(work, "script")
        open(script, "w").write(f"#!{program} -x\n")
        os.chmod(script, 0o755)
        register = f"{bin_dir}/moa-binfmt register {arch} >&2 && "
        cases = [
            ("a program is started by its name", f"{program} a b; echo $?", f"argc 3 argv0 {program} last b\n5\n"),
            ("argv[0] is what the caller gave", f"python3 -c 'import os; os.execv(\"{program}\", [\"other\", \"x\"])'",
             "argc 2 argv0 other last x\n"),
            ("it is the interpreter of a script", f"{script} y; true", f"argc 4 argv0 {program} last y\n"),
            ("it works in a chroot without moa", f"mkdir -p {work}/r; cp {program} {work}/r/p; chroot {work}/r /p z; true",
             "argc 2 argv0 /p last z\n"),
            ("the doctor finds nothing wrong", f"{bin_dir}/moa-binfmt doctor {arch} | grep -c 'as it should be'", "1\n"),
            ("unregister takes it away", f"{bin_dir}/moa-binfmt unregister {arch}; {program} 2>/dev/null; test $? -ge 126 && echo gone", "gone\n"),
        ]
        for name, line, want in cases:
            got = inside(register + line)
            if got.stdout != want:
                failed += 1
                print(f"FAIL {arch}: {name}: got {got.stdout!r}, expected {want!r} {got.stderr.strip()[-300:]}")
    return len(cases) - failed, failed


def main():
    passed = failed = 0
    lacking = []
    if inside("true").returncode:
        print("this kernel does not let a user namespace mount binfmt_misc")
        return 77
    for arch, compiler in GUESTS.items():
        moa = os.path.join(os.path.abspath(sys.argv[1]), "moa-" + arch)
        if not os.path.exists(moa):
            lacking.append(f"moa-{arch} is not built")
        elif not shutil.which(compiler):
            lacking.append(f"{compiler} is not installed")
        else:
            p, f = run_cases(moa, arch)
            passed, failed = passed + p, failed + f
    if not passed and not failed:
        print("; ".join(lacking))
        return 77
    print(f"{passed} passed, {failed} failed" + (f", {len(lacking)} skipped" if lacking else ""))
    return failed != 0


if __name__ == "__main__":
    sys.exit(main())

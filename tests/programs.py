#!/usr/bin/env python3
"""A handful of unmodified Debian programs (armhf, arm64) under moa-arm and moa-aarch64 -L: programs.py BUILD [WORK].

The packages are fetched with apt into WORK (default BUILD/demo) unless they are
there; without apt or network: SKIP. Each check is a line for the guest's shell
and what it must print; '=host' compares with this machine's own shell.
"""
import os
import subprocess
import sys

PACKAGES = "bash coreutils grep sed gawk python3 perl-base gzip tar findutils diffutils bc".split()
TOOLS = os.path.join(os.path.dirname(os.path.dirname(os.path.abspath(__file__))), "tools")
ENVIRONMENT = {"PATH": "/usr/bin:/bin", "HOME": "/", "LC_ALL": "C.UTF-8", "TMPDIR": "/tmp"}
CHECKS = [
    ("bash arithmetic", "echo $((6 * 7)) ${BASH_VERSINFO[0]}", "42 5\n"),
    ("uname says arm", "uname -m | cut -c1-3", "arm\n"),
    ("pipes and sort", "seq 1 5000 | sort -rn | head -2", "5000\n4999\n"),
    ("forty processes", "for i in $(seq 40); do /bin/true || echo no; done; echo done", "done\n"),
    ("background jobs and wait", "for i in 1 2 3; do (sleep 0.0$i; exit $i) & done; wait %3; echo $?", "3\n"),
    ("checksums", "head -c 300000 /dev/zero | sha256sum; seq 9999 | md5sum; seq 9999 | sha1sum", "=host"),
    ("sed and grep", "seq 100 | sed -n 's/^\\(.\\)\\1$/<&>/p' | grep -c '<'", "9\n"),
    ("awk floating point", "echo 2 | gawk '{printf \"%.15g %.3f\\n\", sqrt($1), exp(1)}'", "1.4142135623731 2.718\n"),
    ("gzip round trip", "seq 20000 | gzip -9 | gzip -dc | tail -1", "20000\n"),
    ("tar and find", "d=$(mktemp -d); cd $d; seq 10 > a; mkdir b; cp a b/c; tar cf t.tar a b; mkdir x; tar xf t.tar -C x;"
                     " find x -type f | sort; cmp a x/b/c; cd /; rm -r $d", "x/a\nx/b/c\n"),
    ("ls of a large folder", "ls /usr/lib/python3 /usr/bin | wc -l | grep -c '[0-9]'", "1\n"),
    ("perl", "perl -e 'my %h; $h{$_ % 7} += $_ for 1..5000; print join(\",\", map {$h{$_}} sort keys %h), \"\\n\"'", "=host"),
    ("bc", "echo '2^200; scale=20; 4*a(1)' | bc -l", "1606938044258990275541962092341162602522202993782792835301376\n3.14159265358979323844\n"),
    ("python3 integers and floats", "python3 -c 'print(3 ** 200, 2 ** 0.5, 1e22, 0.1 + 0.2)'",
     f"{3 ** 200} {2 ** 0.5} {1e22} {0.1 + 0.2}\n"),
    ("python3 json, re, hashlib", "python3 -c 'import json, re, hashlib; print(json.loads(\"[1, {\\\"a\\\": 2.5}]\"), "
                                  "re.sub(\"b+\", \"-\", \"abbba\"), hashlib.sha256(b\"moa\").hexdigest()[:16])'",
     None),
    ("python3 threads", "python3 -c 'import threading as t; r = []; w = [t.Thread(target=lambda i=i: r.append(i * i)) "
                        "for i in range(20)]; [x.start() for x in w]; [x.join() for x in w]; print(sum(r))'", "2470\n"),
    ("python3 subprocess", "python3 -c 'import subprocess; print(subprocess.run([\"echo\", \"hi\"], capture_output=True).stdout)'", "b'hi\\n'\n"),
]


def expected(line, want):
    if want == "=host":
        return subprocess.run(["bash", "-c", line], capture_output=True, text=True).stdout
    if want is None:
        import hashlib
        return f"[1, {{'a': 2.5}}] a-a {hashlib.sha256(b'moa').hexdigest()[:16]}\n"
    return want


GUESTS = {"armhf": ("moa-arm", "arm"), "arm64": ("moa-aarch64", "aar")}  # Debian's name: ours, how uname -m begins


def run_guest(build, work, arch):
    """(passed, failed, why not)."""
    emulator, machine = os.path.join(build, GUESTS[arch][0]), GUESTS[arch][1]
    root = os.path.join(work, "root-" + arch)
    if not os.path.exists(emulator):
        return 0, 0, f"{GUESTS[arch][0]} is not built"
    fetch = subprocess.run([sys.executable, os.path.join(TOOLS, "debroot.py"), "--arch", arch, "--work", os.path.join(work, "apt-" + arch),
                            "--root", root, *PACKAGES], capture_output=True, text=True)
    if fetch.returncode:
        return 0, 0, "Debian's packages cannot be fetched: " + (fetch.stderr.strip() or "?").splitlines()[-1]
    bash = next(p for p in (os.path.join(root, "usr/bin/bash"), os.path.join(root, "bin/bash")) if os.path.exists(p))
    failed = 0
    for name, line, want in CHECKS:
        want = expected(line, want.replace("arm", machine) if name.startswith("uname") else want)
        try:
            done = subprocess.run([emulator, "-L", root, bash, "-c", line], stdin=subprocess.DEVNULL,
                                  capture_output=True, text=True, timeout=120, env=ENVIRONMENT)
            got, note = done.stdout, done.stderr
        except subprocess.TimeoutExpired:
            got, note = "", "(killed after 120 s)"
        if got == want:
            print(f"ok   {arch}: {name}")
        else:
            failed += 1
            print(f"FAIL {arch}: {name}: $ {line}\n     got  {got!r}\n     want {want!r}\n     {note.strip()[-500:]}")
    return len(CHECKS) - failed, failed, None


def main():
    build = os.path.abspath(sys.argv[1])
    work = os.path.abspath(sys.argv[2]) if len(sys.argv) > 2 else os.path.join(build, "demo")
    results = [run_guest(build, work, arch) for arch in GUESTS]
    passed, failed, reasons = sum(r[0] for r in results), sum(r[1] for r in results), [r[2] for r in results if r[2]]
    if not passed and not failed:
        print("SKIP:", "; ".join(reasons))
        return 77
    print(f"{passed} passed, {failed} failed" + (f", {len(reasons)} skipped ({'; '.join(reasons)})" if reasons else ""))
    return failed != 0


if __name__ == "__main__":
    sys.exit(main())

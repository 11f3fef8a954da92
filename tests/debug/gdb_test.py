#!/usr/bin/env python3
"""gdb-multiarch against moa-arm and moa-aarch64 -g: break, watch, step, backtrace, registers, signals, threads, Ctrl-C.

    gdb_test.py BUILD [-v]

Each case is a gdb script and patterns that its output must hold, in order.
"""
import os
import re
import shutil
import signal
import subprocess
import sys
import tempfile
import time

HERE = os.path.dirname(os.path.abspath(__file__))
GUESTS = {
    # emulator: (compiler, its package, flags)
    "moa-arm": ("arm-linux-gnueabihf-gcc", "gcc-arm-linux-gnueabihf", ["-mfpu=neon"]),
    "moa-aarch64": ("aarch64-linux-gnu-gcc", "gcc-aarch64-linux-gnu", []),
}
# What one guest calls otherwise.
NAMES = {
    "moa-arm": {},
    "moa-aarch64": {"$q8.u32": "$v8.s.u", "$fpscr": "$fpsr", "print $r0": "print $x0", "print $d0": "print $d0.f", "$d5": "$d5.f"},
}

CASES = {
    "a breakpoint stops and the backtrace is right": ("", """
break leaf
continue
backtrace
print n
continue
""", [r"Breakpoint 1, leaf \(n=21\)", r"#0 +leaf \(n=21\)", r"#1 .* middle \(n=20\)", r"#2 .* main ", r"\$1 = 21",
      r"SIGUSR1"]),
    "a watchpoint tells old and new value": ("", """
watch watched
continue
""", [r"Hardware watchpoint 1: watched", r"Old value = 0\s+New value = 21", r"leaf"]),
    "an access watchpoint sees a read": ("", """
rwatch shared_double
continue
""", [r"Hardware read watchpoint", r"Value = 2\.5", r"vectors"]),
    "step, next, finish and until": ("", """
break middle
continue
step
next
finish
stepi
info registers pc
""", [r"middle \(n=20\)", r"leaf \(n=21\)", r"return n \* 2", r"Value returned is \$1 = 42", r"pc "]),
    "single steps execute one instruction each": ("", """
break *vectors_here
continue
set $before = $pc
stepi
print $pc - $before
""", [r"\$1 = [24]\b"]),
    "a float and a NEON register": ("", """
break *vectors_here
continue
print $d0
print $q8.u32
print $fpscr & 0
info registers cpsr
""", [r"\$1 = 5\b", r"\{1, 2, 3, 3735928559\}", r"\$3 = 0", r"cpsr +0x[0-9a-f]+"]),
    "registers and memory can be written": ("", """
break leaf
continue
set var n = 1000
set var watched = 5
next
print watched
print $r0
set $d5 = 1.5
print $d5
""", [r"\$1 = 1005", r"\$2 = ", r"\$3 = 1\.5"]),
    "a signal is reported and delivered": ("", """
handle SIGUSR1 stop print pass
continue
print $_siginfo.si_signo
continue
""", [r"received signal SIGUSR1", r"\$1 = 10", r"exited with code 07"]),
    "a signal can be withheld": ("", """
handle SIGUSR1 stop print nopass
continue
continue
""", [r"received signal SIGUSR1", r"exited with code 07"]),
    "threads are listed and switched": ("", """
handle SIGUSR1 nostop noprint pass
break leaf if n > 100
continue
info threads
thread apply all bt 1
""", [r"leaf \(n=101\)", r"Thread .*\n.*Thread .*\n.*Thread ", r"Thread \d", r"Thread \d", r"Thread \d"]),
    "stepping one thread holds the others": ("", """
handle SIGUSR1 nostop noprint pass
break leaf if n > 100
continue
set scheduler-locking on
next
next
set scheduler-locking off
delete
continue
""", [r"leaf \(n=101\)", r"exited with code 07"]),
    "a thread is stepped while others that hold want its CPU number": ("crowd", """
handle SIGUSR1 nostop noprint pass
break leaf if n > 100
continue
set scheduler-locking on
next
next
stepi 20
set scheduler-locking off
info threads
delete
continue
""", [r"leaf \(n=101\)", r"Thread .*\n.*Thread .*\n.*Thread ", r"exited with code 07"]),
    "system calls can be caught": ("", """
handle SIGUSR1 nostop noprint pass
catch syscall write
continue
continue
""", [r"Catchpoint 1 \(call to syscall write\)", r"Catchpoint 1 \(returned from syscall write\)"]),
    "auxv, exec file and mappings": ("", """
info auxv
info files
monitor help
""", [r"AT_HWCAP", r"AT_ENTRY", r"commands:"]),
    "detaching lets it run to its end": ("", """
break leaf
continue
detach
""", [r"leaf \(n=21\)", r"detached"]),
    "killing ends it": ("", """
kill
""", [r"killed"]),
}


def build(folder, name, guest):
    program = os.path.join(folder, name)
    compiler, _, flags = GUESTS[guest]
    subprocess.run([compiler, "-g", "-O0", "-static", "-pthread", *flags, "-o", program, os.path.join(HERE, name + ".c")], check=True)
    return program


def in_words_of(guest, script):
    for old, new in NAMES[guest].items():
        script = script.replace(old, new)
    return script


def session(emulator, program, args, script, folder, interrupt=False):
    """What gdb prints, and how the program ended."""
    path = os.path.join(folder, "gdb.sock")
    if os.path.exists(path):
        os.unlink(path)
    guest = subprocess.Popen([emulator, "-g", path, program, *args], stdout=subprocess.PIPE, stderr=subprocess.STDOUT)
    deadline = time.monotonic() + 20
    while not os.path.exists(path) and time.monotonic() < deadline and guest.poll() is None:
        time.sleep(0.02)
    commands = os.path.join(folder, "commands")
    with open(commands, "w") as f:
        f.write(f"set pagination off\nset confirm off\nset sysroot /\nset debuginfod enabled off\nfile {program}\n"
                f"target remote {path}\n{script}\n")
    gdb = subprocess.Popen(["gdb-multiarch", "-q", "-nx", "-batch", "-x", commands], stdin=subprocess.DEVNULL,
                           stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True, start_new_session=True)
    text = ""
    if interrupt:
        for line in gdb.stdout: # a loaded machine needs its time to get there
            text += line
            if "running now" in line:
                break
        time.sleep(2)
        gdb.send_signal(signal.SIGINT)
    try:
        text += gdb.communicate(timeout=60)[0]
    except subprocess.TimeoutExpired:
        gdb.kill()
        text += gdb.communicate()[0] + "\n(gdb was killed after 60 s)"
    try:
        guest.wait(timeout=10)
    except subprocess.TimeoutExpired:
        guest.kill()
        guest.wait()
        text += "\n(the guest was killed)"
    return text, guest.returncode


def matches(text, patterns):
    """The first pattern that does not follow the ones before, or None."""
    at = 0
    for pattern in patterns:
        m = re.compile(pattern).search(text, at)
        if not m:
            return pattern
        at = m.end()
    return None


def run_cases(emulator, guest, only, verbose):
    """(passed, failed) of one guest."""
    passed = failed = 0
    with tempfile.TemporaryDirectory() as folder:
        own = ["gdb_fails"] if guest == "moa-aarch64" else []
        programs = {name: build(folder, name, guest) for name in ["gdb_target", "gdb_forks", *own]}
        cases = dict(CASES)
        cases["Ctrl-C stops a loop"] = ("loop", """
handle SIGUSR1 nostop noprint pass
tbreak endless
continue
echo running now\\n
continue
print watched != 0 || 1
bt
kill
""", [r"received signal SIGINT|Program received signal", r"\$1 = 1", r"main "])
        cases["children run through the parent's breakpoints"] = ("forks", """
break leaf
continue
print n
continue
""", [r"\$1 = 30", r"exited normally"])
        if guest == "moa-aarch64":
            cases["a step ends where the instruction fails"] = ("fails", """
break *failing
continue
stepi
print $pc == (unsigned long)failing
""", [r"received signal SIGILL", r"\$1 = 1"])
        for name, (args, script, patterns) in cases.items():
            if only and not any(o in name for o in only):
                continue
            program = programs.get("gdb_" + args, programs["gdb_target"])
            text, status = session(emulator, program, args.split(), in_words_of(guest, script), folder, args == "loop")
            missing = matches(text, patterns)
            if missing:
                failed += 1
                print(f"FAIL {guest}: {name}: no match for /{missing}/ in\n" + "\n".join("    " + l for l in text.splitlines()[-40:]))
            else:
                passed += 1
                if verbose:
                    print(f"ok   {guest}: {name}")
    return passed, failed


def main():
    verbose = "-v" in sys.argv
    only = [a for a in sys.argv[2:] if a != "-v"]
    passed = failed = 0
    lacking = []
    if not shutil.which("gdb-multiarch"):
        print("gdb-multiarch is not installed (package gdb-multiarch)")
        return 77
    for guest, (compiler, package, _) in GUESTS.items():
        emulator = os.path.join(os.path.abspath(sys.argv[1]), guest)
        if not os.path.exists(emulator):
            lacking.append(f"{guest} is not built")
        elif not shutil.which(compiler):
            lacking.append(f"{compiler} is not installed (package {package})")
        else:
            p, f = run_cases(emulator, guest, only, verbose)
            passed, failed = passed + p, failed + f
    if not passed and not failed:
        print("; ".join(lacking))
        return 77
    print(f"{passed} passed, {failed} failed" + (f", {len(lacking)} skipped" if lacking else ""))
    return failed != 0


if __name__ == "__main__":
    sys.exit(main())

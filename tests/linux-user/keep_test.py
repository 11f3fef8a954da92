#!/usr/bin/env python3
"""Translations kept between processes (-cache): keep_test.py BUILD [-v].

Programs run with an empty folder, then with what that run left there, then with
files that were damaged, cut off, replaced or are not ours to trust.
"""
import os
import random
import re
import shutil
import subprocess
import sys
import tempfile

GUESTS = {"moa-arm": ("arm-linux-gnueabihf-gcc", ["-marm"]), "moa-aarch64": ("aarch64-linux-gnu-gcc", [])}
TESTS = os.path.dirname(os.path.dirname(os.path.abspath(__file__)))
TIMEOUT = 60

# NUMBER is in the code itself; argv[1]: a folder whose files are cut off before new code is run.
PROGRAM = r"""
#include <dirent.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/wait.h>
#include <unistd.h>
static int by_value(const void *a, const void *b) { return *(int *)a - *(int *)b; }
int __attribute__((noinline)) number(void) { return NUMBER; }
static void cut_off(const char *folder)
{
    DIR *d = opendir(folder);
    char path[4096];
    for (struct dirent *e; (e = readdir(d));)
        if (e->d_name[0] != '.' && snprintf(path, sizeof path, "%s/%s", folder, e->d_name) > 0)
            truncate(path, 100);
}
int main(int argc, char **argv)
{
    int v[300];
    char text[64];
    if (argc > 1)
        cut_off(argv[1]);
    for (int i = 0; i < 300; i++)
        v[i] = i * 7919 % 301;
    qsort(v, 300, sizeof *v, by_value);
    printf("%d %d %d\n", number(), v[0], v[299]);
    snprintf(text, sizeof text, "%.17g %e", 1 / 3.0, atof("2.5e-3"));
    puts(text);
    fflush(stdout);
    for (int i = 0; i < 3; i++)
        if (!fork())
            _exit(printf("child %s\n", strstr("abcdef", "de")) != 10 || fflush(stdout));
    for (int status, i = 0; i < 3; i++)
        if (wait(&status) < 0 || status)
            return 3;
    return 0;
}
"""
EXPECTED = "{} 0 300\n0.33333333333333331 2.500000e-03\nchild def\nchild def\nchild def\n"


class Test:
    def __init__(self, emulator, compiler, flags, work, verbose):
        self.emulator, self.compiler, self.flags, self.work, self.verbose = emulator, compiler, flags, work, verbose
        self.passed = self.failed = 0
        self.program = os.path.join(work, "program")
        self.folder = os.path.join(work, "cache")

    def compile(self, number, out):
        subprocess.run([self.compiler, "-O2", "-static", f"-DNUMBER={number}", "-x", "c", "-", "-o", out], input=PROGRAM, text=True, check=True)

    def run(self, *arguments, program=None, options=(), check_output=None):
        """(exit status, output, regions translated, regions that were kept)."""
        log = os.path.join(self.work, "stats")
        environment = {**os.environ, "MOA_CACHE": self.folder, "MOA_FIRST_RUNS": "0"}
        command = [self.emulator, *options, "-d", "stats", "-D", log, program or self.program, *arguments]
        running = subprocess.Popen(command, env=environment, stdin=subprocess.DEVNULL, stdout=subprocess.PIPE, stderr=subprocess.STDOUT)
        output = running.communicate(timeout=TIMEOUT)[0]
        text = open(log).read()

        def count(what):
            return int((re.findall(rf"^ *(\d+) {what}$", text, re.M) or ["0"])[-1])  # its children come before

        return running.returncode, output.decode(errors="replace"), count("regions translated"), count("regions that an earlier process had translated")

    def expect(self, name, good, seen=""):
        self.passed += bool(good)
        self.failed += not good
        if not good:
            print(f"{os.path.basename(self.emulator)}: {name}: {seen}")
        elif self.verbose:
            print(f"ok {os.path.basename(self.emulator)}: {name}")

    def expect_output(self, name, run, number):
        self.expect(name, run[0] == 0 and run[1] == EXPECTED.format(number), run)

    def empty(self):
        shutil.rmtree(self.folder, ignore_errors=True)

    def files(self):
        return sorted(os.path.join(self.folder, f) for f in os.listdir(self.folder))

    # ---- the tests ----

    def warm(self):
        self.empty()
        cold, warm = self.run(), self.run()
        self.expect_output("the first run", cold, 111)
        self.expect_output("the second run", warm, 111)
        self.expect("the first run translates everything", cold[2] > 300 and cold[3] == 0, cold)
        self.expect("the second run translates next to nothing", warm[2] < 16 + warm[3] / 32 and warm[3] > 300, warm)
        mode = os.stat(self.folder).st_mode & 0o777
        self.expect("the folder is the user's alone", mode == 0o700, oct(mode))
        self.expect("nothing is left half written", not [f for f in self.files() if f.endswith(".new")], self.files())
        off = self.run(options=("-cache", "off"))
        self.expect("-cache off does without", off[0] == 0 and off[3] == 0 and off[2] > 300, off)

    def changed_program(self):
        """The same file to look at, other code in it."""
        self.empty()
        self.run()
        before = os.stat(self.program)
        other = os.path.join(self.work, "other")
        self.compile(222, other)
        code = open(other, "rb").read()
        self.expect("both programs have one size", len(code) == before.st_size)
        with open(self.program, "r+b") as f:
            f.write(code)
        os.utime(self.program, ns=(before.st_atime_ns, before.st_mtime_ns))
        changed = self.run()
        self.expect_output("changed code is seen", changed, 222)
        self.expect("what has not changed is kept", changed[3] > 300 and changed[2] < 100, changed)
        self.expect_output("changed code is seen once more", self.run(), 222)
        self.compile(111, self.program)

    def damaged_files(self):
        self.empty()
        self.run()
        good = {f: open(f, "rb").read() for f in self.files()}
        rng = random.Random(1)
        for i in range(30):
            for f, data in good.items():
                bad = bytearray(data)
                if i % 3 == 0:
                    bad = bad[: rng.randrange(len(bad))]
                for _ in range(rng.choice((1, 20, 2000)) if bad else 0):
                    at = rng.randrange(200 if i % 3 == 1 and len(bad) > 200 else len(bad))
                    bad[at] = rng.randrange(256)
                open(f, "wb").write(bad)
            self.expect_output(f"damaged files {i}", self.run(), 111)

    def cut_off_meanwhile(self):
        self.empty()
        self.run()
        self.expect_output("files are cut off while they are in use", self.run(self.folder), 111)

    def others_folder(self):
        self.empty()
        self.run()
        os.chmod(self.folder, 0o777)
        self.expect("a folder that others can write is left alone", self.run()[3] == 0)
        os.chmod(self.folder, 0o700)
        for f in self.files():
            os.chmod(f, 0o666)
        self.expect("so is a file", self.run()[3] == 0)
        self.empty()
        os.symlink(self.work, self.folder)
        self.expect("and a link to a folder", self.run()[0] == 0 and not os.path.exists(os.path.join(self.work, "0" * 16)))
        os.unlink(self.folder)
        open(self.folder, "w").close()
        self.expect_output("a file in the folder's place", self.run(), 111)
        os.unlink(self.folder)

    def other_cpu(self):
        self.empty()
        self.run()
        model = "cortex-a15" if "arm" in os.path.basename(self.emulator).split("-")[1] else "cortex-a53"
        other = self.run(options=("-cpu", model))
        self.expect("another CPU model has translations of its own", other[0] == 0 and other[3] == 0 and other[2] > 300, other)

    def guest_tests(self):
        """Programs that are hard on a translator, with what their own first run left."""
        for name in "flags_over_calls", "hot", "selfmod", "faults", "forks":
            program = os.path.join(self.work, name)
            command = [self.compiler, "-O2", "-static", "-pthread", "-I", TESTS, os.path.join(TESTS, "guest", name + ".c"), "-o", program]
            compiled = subprocess.run([*command, *self.flags], capture_output=True, text=True)
            if compiled.returncode:
                self.expect(f"{name}.c compiles", False, compiled.stderr[:500])
                continue
            self.empty()
            runs = [self.run(program=program) for _ in range(3)]
            self.expect(f"{name}.c three times", all(r[:2] == runs[0][:2] and r[0] == 0 for r in runs), runs)
            self.expect(f"{name}.c finds translations", runs[2][3] > 100, runs[2][2:])


def main():
    passed = failed = guests = 0
    for name, (compiler, flags) in GUESTS.items():
        emulator = os.path.join(os.path.abspath(sys.argv[1]), name)
        if not os.path.exists(emulator) or not shutil.which(compiler):
            continue
        guests += 1
        with tempfile.TemporaryDirectory() as work:
            t = Test(emulator, compiler, flags, work, "-v" in sys.argv)
            t.compile(111, t.program)
            for test in t.warm, t.changed_program, t.damaged_files, t.cut_off_meanwhile, t.others_folder, t.other_cpu, t.guest_tests:
                test()
            passed, failed = passed + t.passed, failed + t.failed
    if not guests:
        print("no cross compiler for a guest that was built")
        return 77
    print(f"{passed} passed, {failed} failed")
    return failed != 0


if __name__ == "__main__":
    sys.exit(main())

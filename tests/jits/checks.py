"""Programs that write code while they run, and their compilers: node, LuaJIT, java, Go, Rust.

In the form that ../shared/suites/userland.py reads: (name, script for the guest's /bin/sh, what it prints, options).
    ../shared/suites/userland.py --emu build/moa- --arch aarch64 --checks tests/jits/checks.py
What is expected was printed by the same programs on x86_64, or is true of any right run. Takes about an hour.
"""
import os

NAME = "jits"
PACKAGES = """bash dash coreutils python3 nodejs luajit openjdk-17-jdk-headless openjdk-17-source golang-go rustc gcc libc6-dev
librust-semver-dev librust-itoa-dev librust-ryu-dev findutils grep sed""".split()
HERE = os.path.dirname(os.path.abspath(__file__))
TIMES = (1, 2, 3)


def put(name):
    """A shell command that makes the file of this folder in the guest's working folder."""
    return f"cat > {name} <<'END_OF_FILE'\n{open(os.path.join(HERE, name)).read()}END_OF_FILE\n"


LOOPS = "0.851969261 247129004 2626169456 200000 464381 8999955000050000 2665654719\n125099"
JAVAC = """J=$(ls -d /usr/lib/jvm/java-17-openjdk-*); mkdir -p src out
python3 -m zipfile -e $(find /usr/lib/jvm -name src.zip | head -1) src
mkdir -p tree/java && mv src/java.base/java/util tree/java && rm -rf src && find tree -name '*.java' > list; wc -l < list
$J/bin/javac {gc} -nowarn -proc:none -J-Xmx700m {jgc} --patch-module java.base=tree -d out @list 2>&1 | grep 'error:' | head -5
find out -name '*.class' | wc -l; find out -name 'HashMap*.class' | wc -l"""
JAVA = """J=$(ls -d /usr/lib/jvm/java-17-openjdk-*)/bin
cat > T.java <<'E'
import java.util.*; import java.util.concurrent.*; import java.util.stream.*;
public class T {
    interface Shape { double area(); }
    record Circle(double r) implements Shape { public double area() { return 3 * r * r; } }
    record Box(double a, double b) implements Shape { public double area() { return a * b; } }
    public static void main(String[] x) throws Exception {
        long h = 0; Random r = new Random(7);
        for (int i = 0; i < 3_000_000; i++) h = h * 31 + (r.nextInt() ^ i);
        Map<String, Integer> m = new TreeMap<>();
        for (int i = 0; i < 300_000; i++) m.merge("k" + i % 977, i, Integer::sum);
        List<Shape> s = new ArrayList<>();
        for (int i = 0; i < 200_000; i++) s.add(i % 3 == 0 ? new Circle(i) : new Box(i, 2));
        double area = s.stream().mapToDouble(Shape::area).sum();
        ExecutorService e = Executors.newFixedThreadPool(4); List<Future<Long>> f = new ArrayList<>();
        for (int t = 0; t < 16; t++) { final int k = t; f.add(e.submit(() -> LongStream.range(0, 400_000).map(v -> v * k % 1009).sum())); }
        long sum = 0; for (Future<Long> v : f) sum += v.get(); e.shutdown();
        int caught = 0; for (int i = 0; i < 20_000; i++) try { Object[] o = new Object[1]; o[i % 2] = null; ((String) (i % 5 == 0 ? null : "a")).length(); } catch (RuntimeException q) { caught++; }
        byte[][] junk = new byte[64][]; for (int i = 0; i < 200_000; i++) junk[i % 64] = new byte[1000 + i % 5000];
        System.out.println(h + " " + m.get("k5") + " " + area + " " + sum + " " + caught + " " + junk[3].length);
    }
}
E
$J/javac T.java && $J/java {gc} -Xmx300m T"""
GO = "export GOCACHE=$PWD/cache GOPATH=$PWD/gopath GOFLAGS=-mod=mod GO111MODULE=off HOME=$PWD; "
RUST = """for c in semver itoa ryu; do d=$(ls -d /usr/share/cargo/registry/$c-* | head -1); e=$(sed -n 's/^edition = "\\(.*\\)"/\\1/p' $d/Cargo.toml)
rustc --edition ${e:-2015} --crate-name $c --crate-type lib -O --cap-lints allow --cfg 'feature="std"' $d/src/lib.rs -o lib$c.rlib && echo $c; done
cat > m.rs <<'E'
use std::collections::HashMap;
fn main() { let mut m = HashMap::new(); for i in 0..200000u64 { *m.entry(i * 7919 % 1009).or_insert(0u64) += i; }
  let mut v: Vec<_> = m.into_iter().collect(); v.sort(); let mut b = itoa::Buffer::new(); let mut r = ryu::Buffer::new();
  println!("{} {} {}", b.format(v[500].1), r.format(v[7].1 as f64 / 3.0), semver::Version::parse("1.2.3-a.1").unwrap()); }
E
rustc --edition 2021 -O m.rs --extern semver=libsemver.rlib --extern itoa=libitoa.rlib --extern ryu=libryu.rlib -L . && ./m"""


def thrice(name, script, want, slow):
    return [(f"{name}-{i}", script, want, {"slow": slow}) for i in TIMES]


CHECKS = [
    *thrice("node-loops", put("loops.js") + "node loops.js", LOOPS, 2),
    *thrice("node-loops-jitless", put("loops.js") + "node --jitless loops.js", LOOPS, 8)[:1],
    *thrice("node-workers", put("workers.js") + "node workers.js", "800000 800000 578349056", 2),
    *thrice("luajit", put("loops.lua") + "luajit loops.lua", "148933\t3905042\t2250008249994\t0:506:1008\t1342556889\t478861\t948360", 2),
    *thrice("luajit-interpreter", put("loops.lua") + "luajit -joff loops.lua", "148933\t3905042\t2250008249994\t0:506:1008\t1342556889\t478861\t948360", 4)[:1],
    *thrice("java-serial", JAVA.replace("{gc}", "-XX:+UseSerialGC"), "8776655089990874073 46192146 2.666673333100001E15 3023686542 12000 5939", 4),
    *thrice("java-g1", JAVA.replace("{gc}", "-XX:+UseG1GC"), "8776655089990874073 46192146 2.666673333100001E15 3023686542 12000 5939", 4),
    *thrice("javac-serial", JAVAC.replace("{gc}", "-J-XX:+UseSerialGC").replace("{jgc}", ""), "354\n1370\n15", 10),
    *thrice("javac-g1", JAVAC.replace("{gc}", "-J-XX:+UseG1GC").replace("{jgc}", ""), "354\n1370\n15", 10),
    *thrice("go-build-std", GO + "go build -a std && echo built", "built", 20),
    *thrice("go-test", GO + "go test -short strings sort strconv unicode/utf8 container/heap 2>&1 | sed 's/\\t[0-9.]*s$//'",
            "ok  \tstrings\nok  \tsort\nok  \tstrconv\nok  \tunicode/utf8\nok  \tcontainer/heap", 20),
    *thrice("rustc", RUST, "semver\nitoa\nryu\n19860687 6605643.0 1.2.3-a.1", 8),
]

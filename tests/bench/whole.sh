#!/bin/sh
# whole.sh BUILD ROOT: whole programs over native: python3, gcc -O2 of 10,000
# lines, sqlite3 and perl, from Debian on both sides. CPU milliseconds (user and
# system), least of RUNS (3); native, qemu-aarch64 and moa-aarch64 in one sitting,
# then the geometric means of the ratios. moa has the translations of its first run;
# 'first': it makes them anew each time (-cache off). ROOT: an unpacked Debian arm64 with
# python3, gcc-12, sqlite3 and perl (tools/debroot.py --arch arm64); the same
# packages must be installed on this machine. REF= leaves the reference out.
set -eu
moa=$(realpath "$1")/moa-aarch64
root=$(realpath "$2")
ref=${REF-qemu-aarch64}
runs=${RUNS:-3}
here=$(cd "$(dirname "$0")" && pwd)
tmp=$(mktemp -d)
trap 'rm -rf "$tmp"' EXIT
cd "$tmp"
export MOA_CACHE="$tmp/cache"
gcc -O2 "$here/cpu.c" -o cpu

cat > bench.py <<'PY'
import json, re
def primes(n):
    sieve = bytearray([1]) * n
    for i in range(2, int(n ** 0.5) + 1):
        if sieve[i]:
            sieve[i * i::i] = bytes(len(range(i * i, n, i)))
    return sum(sieve[2:])
class Node:
    __slots__ = ("left", "right", "key")
    def __init__(self, key): self.key, self.left, self.right = key, None, None
def insert(root, key):
    while True:
        side = "left" if key < root.key else "right"
        child = getattr(root, side)
        if child is None:
            setattr(root, side, Node(key))
            return
        root = child
def tree(n):
    root, x = Node(n // 2), 1
    for i in range(n):
        x = (x * 1103515245 + 12345) & 0x7fffffff
        insert(root, x % n)
    def depth(t): return 0 if t is None else 1 + max(depth(t.left), depth(t.right))
    return depth(root)
def words(n):
    count = {}
    for i in range(n):
        w = "word%d" % (i * 7919 % 1009)
        count[w] = count.get(w, 0) + 1
    return sorted(count.items(), key=lambda kv: (-kv[1], kv[0]))[:3]
def floats(n):
    x, v = 1.0, 0.0
    for i in range(n):
        v -= x * 0.001
        x += v * 0.001
    return round(x, 9)
text = json.dumps([{"id": i, "name": "n%d" % i, "v": [i, i * 2.5, None, True]} for i in range(8000)])
print(primes(400000), tree(20000), words(200000), floats(400000), len(json.loads(text)), len(re.findall(r'"n(\d+)5"', text)))
PY

cat > bench.pl <<'PL'
use strict; use warnings;
my %h; my $x = 1;
for my $i (1 .. 300000) { $x = ($x * 1103515245 + 12345) & 0x7fffffff; $h{"k" . $x % 5000} += $i; }
my $s = join ",", map { "$_=$h{$_}" } sort keys %h;
my $n = 0; $n++ while $s =~ /k(\d+)7=(\d+)3,/g;
my @a = map { ($_ * 7919) % 100003 } 1 .. 100000; @a = sort { $a <=> $b } @a;
my $t = 0; for (my $i = 0; $i < 1500000; $i++) { $t = ($t + $i * 3) % 1000003 }
(my $u = $s) =~ tr/0-9/a-j/; my $c = () = $u =~ /[a-c]{3}/g;
print "$n $a[500] $t $c\n";
PL

cat > bench.sql <<'SQL'
create table t(id integer primary key, a integer, b text);
with recursive n(i) as (select 1 union all select i + 1 from n where i < 60000)
  insert into t select i, (i * 7919) % 10007, 'row ' || (i * 31 % 977) from n;
create index ta on t(a);
select count(*), sum(a), max(b) from t where b like '%7%';
select b, count(*) c, avg(a) from t group by b order by c desc, b limit 3;
select count(*) from t x join t y on x.a = y.a where x.id < y.id;
update t set b = upper(b) || a where id % 3 = 0;
select sum(length(b)) from t;
delete from t where a between 100 and 4000;
select count(*), sum(id) from t;
SQL

# Ten thousand lines of C: what a preprocessed file of a real program looks like in kind, not in content.
awk 'BEGIN {
    print "typedef unsigned long size_t; struct item { int key; double weight; struct item *next; char name[16]; };"
    print "extern void *malloc(size_t); extern int strcmp(const char *, const char *);"
    for (i = 0; i < 270; i++) {
        printf "enum state%d {\n    STATE%d_NONE,\n    STATE%d_OPEN = %d,\n    STATE%d_SHUT,\n};\n", i, i, i, i + 2, i
        printf "struct record%d {\n    enum state%d state;\n    const char *name;\n    struct item *items[%d];\n    double rate;\n};\n", i, i, i % 9 + 1
        printf "extern int record%d_open(struct record%d *r, const char *name);\nextern void record%d_close(struct record%d *r);\n", i, i, i, i
        printf "int record%d_check(const struct record%d *r)\n{\n    return r->state == STATE%d_OPEN && r->name;\n}\n", i, i, i
        printf "static int table%d[8] = {%d, %d, %d, 3, 5, 7, 11, 13};\n", i, i, i * 7 % 31, i * 13 % 101
        printf "struct item *find%d(struct item *list, const char *name, int limit)\n{\n", i
        printf "    int steps = 0;\n    for (struct item *p = list; p; p = p->next, steps++) {\n"
        printf "        if (steps > limit + %d)\n            return 0;\n", i
        printf "        if (p->key == table%d[steps & 7] && strcmp(p->name, name) == 0)\n            return p;\n    }\n    return 0;\n}\n", i
        printf "int work%d(int n, double *v)\n{\n    int sum = %d;\n    for (int j = 0; j < n; j++) {\n", i, i
        printf "        sum += table%d[j & 7] * (j ^ %d);\n        v[j] = v[j] * 0.5 + sum;\n", i, i
        printf "        switch (sum %% %d) { case 0: sum -= j; break; case 1: sum ^= %d; break; default: sum += n; }\n    }\n    return sum;\n}\n", i % 7 + 3, i * 3
    } }' > bench.c

ratios=
# row NAME PROGRAM-BELOW-ROOT NATIVE-PROGRAM ARGUMENTS...
row() {
    name=$1 guest=$root$2 host=$3
    shift 3
    n=$(./cpu "$runs" "$host" "$@"); n=${n%% *}
    m=$(./cpu "$runs" "$moa" -L "$root" "$guest" "$@"); m=${m%% *}
    f=$(./cpu "$runs" "$moa" -cache off -L "$root" "$guest" "$@"); f=${f%% *}
    q=-
    if [ -n "$ref" ]; then q=$(./cpu "$runs" "$ref" -L "$root" "$guest" "$@"); q=${q%% *}; fi
    echo "$name $n $q $f $m" | awk '{ printf "%-16s %10s %10s %10s %10s %8.2f %8.2f %8.2f\n", $1, $2, $3, $4, $5, ($3 > 0 ? $3 / $2 : 0), $4 / $2, $5 / $2 }'
    ratios="$ratios $n/$q/$f/$m"
}
printf '%-16s %10s %10s %10s %10s %8s %8s %8s\n' 'CPU ms' native "${ref:--}" first moa ref/nat first moa/nat
row python3 /usr/bin/python3.11 /usr/bin/python3.11 bench.py
row gcc-O2 /usr/lib/gcc/aarch64-linux-gnu/12/cc1 /usr/lib/gcc/x86_64-linux-gnu/12/cc1 -quiet -O2 bench.c -o out.s
row sqlite3 /usr/bin/sqlite3 /usr/bin/sqlite3 -init bench.sql :memory: .exit
row perl /usr/bin/perl /usr/bin/perl bench.pl
echo "$ratios" | tr ' ' '\n' | awk -F/ 'NF == 4 { f += log($3 / $1); m += log($4 / $1); if ($2 > 0) { q += log($2 / $1); k++ } n++ }
    END { printf "%-16s %*s %8.2f %8.2f %8.2f\n", "geometric mean", 43, "", k ? exp(q / k) : 0, exp(f / n), exp(m / n) }'

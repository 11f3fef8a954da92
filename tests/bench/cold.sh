#!/bin/sh
# cold.sh BUILD [ROOT [GUEST]]: guest instructions translated in a second of
# translation, and the nanoseconds each takes, when all code is translated
# before it runs (-first-runs 0); then as moa does it, interpreting code that
# runs for the first time: instructions met for the first time in a second of
# translating and interpreting, what the guest's own work in it takes included.
# The best of several runs each, by -d stats (runtime/stopwatch.c: 20 ns a
# region or run of what is printed is the clock's own). GUEST: arm (default) or
# aarch64. ROOT: an unpacked Debian of it (as in once.sh), for programs of
# 400,000 instructions and more (gcc, python3, node, clang and llc of libLLVM,
# gdb); those it lacks are left out. Needs the guest's gcc for the small ones.
set -eu
root=${2:-}
guest=${3:-arm}
moa=$(realpath "$1")/moa-$guest
case $guest in
arm) triplet=arm-linux-gnueabihf ;;
*) triplet=$guest-linux-gnu ;;
esac
tmp=$(mktemp -d)
trap 'rm -rf "$tmp"' EXIT
cd "$tmp"

cat > hello.c <<'C'
#include <stdio.h>
int main(void) { puts("hello"); return 0; }
C
"$triplet"-gcc -O2 -static hello.c -o hello
"$triplet"-gcc -E -P hello.c -o hello.i

# row RUNS NAME PROGRAM ARGUMENT...
row() {
    runs=$1 name=$2
    shift 2
    [ -x "$1" ] || return 0
    i=0
    : > at-once
    : > usual
    while [ $((i += 1)) -le "$runs" ]; do
        for first in at-once usual; do
            [ $first = usual ] || set -- -first-runs 0 "$@"
            "$moa" -cache off -d stats -D stats ${root:+-L "$root"} "$@" > /dev/null 2>&1 || echo "$name: fails" >&2
            [ $first = usual ] || shift 2
            awk '/guest instructions translated/ { n = $1 } / regions translated$/ { r = $1 } /nanoseconds in translation/ { t = $1 }
                 /met for the first time/ { met = $1 } /nanoseconds in them/ { t += $1 }
                 END { if (met) print t / met, met, r, n }' stats >> $first
        done
    done
    sort -n usual | head -1 > best
    sort -n at-once | head -1 >> together
    cat best >> together-usually
    sort -n at-once | awk -v name="$name" 'NR == 1 { getline b < "best"; split(b, u);
        printf "%-26s %7d instructions in %6d regions: %4.0f ns each, %5.2f million a second; usually %5.2f (%d translated)\n",
               name, $2, $3, $1, 1000 / $1, 1000 / u[1], u[4] }'
}

row 30 "hello, static" ./hello
[ -n "$root" ] || exit 0
rm together*
for cc1 in "$root"/usr/lib/gcc/"$triplet"/*/cc1; do
    row 5 "cc1 -O2 of a page" "$cc1" -quiet -O2 hello.i -o out.s
done
for big in "$root"/usr/bin/clang-[0-9]* "$root"/usr/bin/llc-*[0-9]; do
    row 3 "$(basename "$big") --version" "$big" --version
done
for clang in "$root"/usr/bin/clang-[0-9]*; do
    row 3 "$(basename "$clang") -O2 of a page" "$clang" -O2 -c hello.c -o hello.o
    [ ! -x "$clang" ] || "$moa" -L "$root" "$clang" -O1 -S -emit-llvm hello.c -o hello.ll
done
for llc in "$root"/usr/bin/llc-*[0-9]; do
    row 3 "$(basename "$llc") -O2 of a page" "$llc" -O2 -relocation-model=pic hello.ll -o hello.s
done
total() { awk '{ n += $2; t += $1 * $2 } END { if (n) printf "%.2f", 1000 * n / t }' "$1"; }
echo "compilers together: $(total together) million a second; usually $(total together-usually)"
for python in "$root"/usr/bin/python3.*[0-9]; do
    row 8 "python3 -c 'import json'" "$python" -c 'import json'
done
row 3 "node -e 1" "$root/usr/bin/node" -e 1
row 5 "gdb --version" "$root/usr/bin/gdb" --version

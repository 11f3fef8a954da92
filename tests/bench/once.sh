#!/bin/sh
# once.sh BUILD [ROOT]: what ../shared/bench does not measure: start-up, code that
# runs once, and the system-call and signal paths. CPU milliseconds (user and
# system) and resident size, least of many runs; native, qemu-arm and moa-arm in
# one sitting. ROOT: an unpacked Debian armhf with gcc-12 and python3, for the
# code that runs once. Needs gcc, arm-linux-gnueabihf-gcc and qemu-arm.
set -eu
moa=$(realpath "$1")/moa-arm
root=${2:-}
here=$(cd "$(dirname "$0")" && pwd)
tmp=$(mktemp -d)
trap 'rm -rf "$tmp"' EXIT
cd "$tmp"
arm=arm-linux-gnueabihf-gcc
libs=/usr/arm-linux-gnueabihf

cat > hello.c <<'C'
#include <stdio.h>
int main(void) { puts("hello"); return 0; }
C
cat > getpid.c <<'C'
#define _GNU_SOURCE
#include <sys/syscall.h>
#include <unistd.h>
int main(void) { for (int i = 0; i < 3000000; i++) syscall(SYS_getpid); return 0; }
C
cat > raise.c <<'C'
#include <signal.h>
static volatile int n;
static void on(int s) { n++; }
int main(void) {
    struct sigaction a = { .sa_handler = on };
    for (int i = 0; i < 300000; i++) { sigaction(SIGUSR1, &a, 0); raise(SIGUSR1); }
    return n != 300000;
}
C
gcc -O2 "$here/cpu.c" -o cpu
row() { printf '%-24s %-8s %s\n' "$1" "$2" "$(shift 2; ./cpu "$@")"; }

for p in hello getpid raise; do
    gcc -O2 -static $p.c -o $p-native
    $arm -O2 -static $p.c -o $p-arm
    n=5
    [ $p = hello ] && n=60
    row "$p, static" native $n ./$p-native
    row "$p, static" qemu $n qemu-arm ./$p-arm
    row "$p, static" moa $n "$moa" ./$p-arm
done
$arm -O2 hello.c -o hello-dynamic
row "hello, dynamic" qemu 60 qemu-arm -L $libs ./hello-dynamic
row "hello, dynamic" moa 60 "$moa" -L $libs ./hello-dynamic
[ -n "$root" ] || exit 0
$arm -E -P hello.c -o hello.i
cc1=$(echo "$root"/usr/lib/gcc/arm-linux-gnueabihf/*/cc1)
for e in qemu-arm "$moa"; do
    row "cc1 -O2 of a page" "$(basename "$e")" 5 "$e" -L "$root" "$cc1" -quiet -O2 hello.i -o out.s
    row "python3 import json" "$(basename "$e")" 10 "$e" -L "$root" "$(echo "$root"/usr/bin/python3.1?)" -c 'import json'
done

#!/bin/sh
# once.sh BUILD [ROOT [GUEST]]: what ../shared/bench does not measure: start-up, code that
# runs once, and the system-call and signal paths. CPU milliseconds (user and
# system) and resident size, least of many runs; native, qemu and moa in one
# sitting; 'moa' has the translations of its own first run, 'first' makes them each
# time (-cache off). ROOT: an unpacked Debian of the guest with gcc-12 and python3, for the
# code that runs once, or empty. GUEST: arm (default) or aarch64. Needs gcc, the
# cross compiler and qemu-user.
set -eu
root=${2:-}
guest=${3:-arm}
case $guest in
arm)     triplet=arm-linux-gnueabihf ;;
aarch64) triplet=aarch64-linux-gnu ;;
*)       echo "once.sh: guest '$guest' is neither arm nor aarch64" >&2; exit 1 ;;
esac
moa=$(realpath "$1")/moa-$guest
qemu=qemu-$guest
cc=$triplet-gcc
libs=/usr/$triplet
here=$(cd "$(dirname "$0")" && pwd)
tmp=$(mktemp -d)
trap 'rm -rf "$tmp"' EXIT
cd "$tmp"
export MOA_CACHE="$tmp/cache"

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
    $cc -O2 -static $p.c -o $p-guest
    n=5
    [ $p = hello ] && n=60
    row "$p, static" native $n ./$p-native
    row "$p, static" qemu $n $qemu ./$p-guest
    row "$p, static" first $n "$moa" -cache off ./$p-guest
    row "$p, static" moa $n "$moa" ./$p-guest
done
$cc -O2 hello.c -o hello-dynamic
row "hello, dynamic" qemu 60 $qemu -L $libs ./hello-dynamic
row "hello, dynamic" first 60 "$moa" -cache off -L $libs ./hello-dynamic
row "hello, dynamic" moa 60 "$moa" -L $libs ./hello-dynamic
[ -n "$root" ] || exit 0
$cc -E -P hello.c -o hello.i
cc1=$(echo "$root"/usr/lib/gcc/$triplet/*/cc1)
for e in $qemu first moa; do
    case $e in
    first) command="$moa -cache off" ;;
    moa)   command=$moa ;;
    *)     command=$e ;;
    esac
    row "cc1 -O2 of a page" "${e%%-*}" 5 $command -L "$root" "$cc1" -quiet -O2 hello.i -o out.s
    row "python3 import json" "${e%%-*}" 10 $command -L "$root" "$(echo "$root"/usr/bin/python3.1?)" -c 'import json'
done

#!/bin/sh
# openssl.sh BUILD ROOT: `openssl speed` over native: bytes or operations a second
# of CPU time, native, qemu-aarch64 and moa-aarch64 in one sitting; native / emulated.
# ROOT: an unpacked Debian arm64 with openssl; the same package must be installed
# on this machine. REF= leaves the reference out; SECONDS_EACH (1): of each measurement.
set -eu
moa=$(realpath "$1")/moa-aarch64
root=$(realpath "$2")
ref=${REF-qemu-aarch64}
each=${SECONDS_EACH:-1}

# speed KIND COMMAND...: bytes, or operations (rsa: signatures), a second
speed() {
    kind=$1
    shift
    case $kind in
    aes-gcm) "$@" speed -mr -seconds "$each" -bytes 8192 -evp aes-128-gcm 2>/dev/null | awk -F: '/^\+F:/ { v = $NF } END { print v }' ;;
    sha256)  "$@" speed -mr -seconds "$each" -bytes 8192 -evp sha256 2>/dev/null | awk -F: '/^\+F:/ { v = $NF } END { print v }' ;;
    x25519)  "$@" speed -mr -seconds "$each" ecdhx25519 2>/dev/null | awk -F: '/^\+F5:/ { print $4 }' ;;
    rsa)     "$@" speed -mr -seconds "$each" rsa2048 2>/dev/null | awk -F: '/^\+F2:/ { print $4 }' ;;
    esac
}
printf '%-20s %12s %12s %12s %8s %8s\n' 'per CPU second' native "${ref:--}" moa nat/ref nat/moa
for kind in aes-gcm sha256 x25519 rsa; do
    n=$(speed $kind /usr/bin/openssl)
    q=0
    [ -z "$ref" ] || q=$(speed $kind "$ref" -L "$root" "$root/usr/bin/openssl")
    m=$(speed $kind "$moa" -L "$root" "$root/usr/bin/openssl")
    echo "$kind $n ${q:-0} ${m:-0}"
done | awk '{ printf "%-20s %12.0f %12.0f %12.0f %8.2f %8.2f\n", $1, $2, $3, $4, ($3 > 0 ? $2 / $3 : 0), ($4 > 0 ? $2 / $4 : 0)
        if ($3 > 0) { q += log($2 / $3); k++ } if ($4 > 0) { m += log($2 / $4); n++ } }
    END { printf "%-20s %38s %8.2f %8.2f\n", "geometric mean", "", (k ? exp(q / k) : 0), (n ? exp(m / n) : 0) }'

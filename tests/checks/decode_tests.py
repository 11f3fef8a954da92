#!/usr/bin/env python3
"""Every line of a .decode file has a test line: its name is found by decoding the tests' own code.

tools/gendecode.py --names FILE.decode lists the lines; the tests are assembled
and matched against the bit patterns here, so no list is kept by hand.
"""
import glob
import os
import re
import shutil
import sys


def main(root):
    sys.path.insert(0, os.path.join(root, "tests"))
    import decode_cover

    if not shutil.which("arm-linux-gnueabihf-as") and not shutil.which("aarch64-linux-gnu-as"):
        print("neither arm-linux-gnueabihf-as nor aarch64-linux-gnu-as is installed")
        return 77
    missing = decode_cover.uncovered(root)
    for path, names in missing.items():
        print(f"{os.path.relpath(path, root)}: {len(names)} lines without a test: {' '.join(names)}")
    return any(missing.values())


if __name__ == "__main__":
    sys.exit(main(sys.argv[1]))

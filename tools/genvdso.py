#!/usr/bin/env python3
"""genvdso.py SOURCE.S OUTPUT.h CROSS-PREFIX: builds a guest's vDSO image and
writes it as a C array, page-aligned, with the offset of its sigreturn codes.
Run by hand when the source changes; the output is kept in the repository.
"""
import pathlib
import re
import subprocess
import sys
import tempfile

SCRIPT = """
SECTIONS {
  . = SIZEOF_HEADERS;
  .hash : { *(.hash) } :text
  .gnu.hash : { *(.gnu.hash) }
  .dynsym : { *(.dynsym) }
  .dynstr : { *(.dynstr) }
  .gnu.version : { *(.gnu.version) }
  .gnu.version_d : { *(.gnu.version_d) }
  .dynamic : { *(.dynamic) } :text :dynamic
  .ARM.exidx : { *(.ARM.exidx*) } :text
  .eh_frame : { KEEP(*(.eh_frame)) } :text
  .text : { *(.text*) }
  .got : { *(.got*) *(.rel*) *(.data*) *(.bss*) }
  /DISCARD/ : { *(.note*) *(.ARM.attributes) *(.comment) }
}
PHDRS { text PT_LOAD FLAGS(5) FILEHDR PHDRS; dynamic PT_DYNAMIC FLAGS(4); }
VERSION { %s { global: %s; local: *; }; }
"""

# Version and names of the functions, as each architecture's kernel has them.
EXPORTS = {"arm": ("LINUX_2.6", "__vdso_*"), "aarch64": ("LINUX_2.6.39", "__kernel_*")}


def main():
    source, output, prefix = sys.argv[1:]
    with tempfile.TemporaryDirectory() as folder:
        script, image = f"{folder}/vdso.lds", f"{folder}/vdso.so"
        pathlib.Path(script).write_text(SCRIPT % EXPORTS[pathlib.Path(source).stem])
        subprocess.run([prefix + "gcc", "-nostdlib", "-shared", "-fPIC", "-Wl,--hash-style=both", "-Wl,-soname,linux-vdso.so.1",
                        "-Wl,-T," + script, "-Wl,-z,max-page-size=4096", "-Wl,--build-id=none", "-o", image, source], check=True)
        symbols = subprocess.run([prefix + "nm", image], check=True, capture_output=True, text=True).stdout
        offset = int(re.search(r"^([0-9a-f]+) . sigreturn_codes$", symbols, re.M).group(1), 16)
        subprocess.run([prefix + "strip", "-s", image], check=True)
        data = pathlib.Path(image).read_bytes()
    data += bytes(-len(data) % 4096)
    name = "vdso_" + pathlib.Path(output).stem
    used = len(data.rstrip(b"\0"))
    lines = [f"/*\n * {pathlib.Path(output).name}: made by tools/genvdso.py from {pathlib.Path(source).name}; do not edit.\n */",
             "#include <stdint.h>", "", f"enum {{ VDSO_SIGRETURN = {offset:#x} }};",
             f"static const uint8_t {name}[{len(data)}] = {{"]
    for i in range(0, used, 20):
        lines.append("    " + " ".join(f"{b}," for b in data[i:min(i + 20, used)]))
    pathlib.Path(output).write_text("\n".join(lines + ["};", ""]))


main()

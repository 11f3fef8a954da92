#!/usr/bin/env python3
"""Files stay small enough to see whole, begin with a comment that says what lives there, and folders have a README."""
import os
import sys

ROOMS = ("util", "ir", "frontend", "backend", "runtime", "debug", "linux-user", "tools", "tests")
MAX_LINES = 800


def main(root):
    bad = []
    for room in ROOMS:
        for folder, folders, files in os.walk(os.path.join(root, room)):
            folders[:] = [f for f in folders if f != "__pycache__"]
            for name in files:
                path = os.path.relpath(os.path.join(folder, name), root)
                if not name.endswith((".c", ".h", ".S", ".py")):
                    continue
                text = open(os.path.join(root, path), errors="replace").read()
                lines = text.count("\n")
                if lines > MAX_LINES:
                    bad.append(f"{path}: {lines} lines, more than {MAX_LINES}")
                if not text.startswith(("/*", "#!", '"""', "#")):
                    bad.append(f"{path}: does not begin with a comment that says what it is")
        for folder in [room] + [os.path.join(room, d) for d in os.listdir(os.path.join(root, room))
                                if room in ("frontend", "backend") and os.path.isdir(os.path.join(root, room, d))]:
            if room not in ("frontend", "backend") or "/" in folder:
                if not os.path.exists(os.path.join(root, folder, "README.md")):
                    bad.append(f"{folder}/README.md is missing")
    print("\n".join(bad))
    return bool(bad)


if __name__ == "__main__":
    sys.exit(main(sys.argv[1]))

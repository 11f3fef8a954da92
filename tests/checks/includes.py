#!/usr/bin/env python3
"""No #include runs up a floor or across rooms (the house rule of the README).

A room may include its own headers and doors of rooms on lower floors. On one
floor nobody knows a neighbour.
"""
import os
import re
import sys

FLOORS = {
    "util": 0,
    "ir": 1,
    "frontend": 2,
    "backend": 2,
    "runtime": 3,
    "debug": 3,
    "linux-user": 4,
    "system": 4,
    "hw": 5,
    "kvm": 5,
}
# What a lower room may be entered by; other headers are its own.
DOORS = {
    "frontend": r"frontend/frontend\.h|frontend(/\w+)+/\w+_public\.h|frontend(/\w+)+/state\.def",
    "backend": r"backend/backend\.h",
    "runtime": r"runtime/runtime\.h",
    "debug": r"debug/debug\.h",
    "ir": r"ir/\w+\.(h|def)",
    "util": r"util/\w+\.(h|def)",
}


def room_of(path):
    """'frontend/arm' and 'backend/x86_64' are rooms; elsewhere the first folder is."""
    parts = path.split("/")
    return "/".join(parts[:2]) if parts[0] in ("frontend", "backend") and len(parts) > 2 else parts[0]


def problem(path, include):
    mine, other = room_of(path), room_of(include)
    if other.split("/")[0] not in FLOORS or mine == other:
        return None
    my_floor, floor = FLOORS[mine.split("/")[0]], FLOORS[other.split("/")[0]]
    # backend.h is above frontend.h by design: a backend knows guests through struct guest_arch.
    if include == "frontend/frontend.h" and mine.split("/")[0] in ("frontend", "backend"):
        return None
    if include == "backend/backend.h" and mine.split("/")[0] == "backend":
        return None
    if floor > my_floor:
        return "runs up a floor"
    if floor == my_floor:
        return "goes to a neighbour"
    door = DOORS.get(other.split("/")[0])
    return "is not the room's door" if door and not re.fullmatch(door, include) else None


def main(root):
    bad = 0
    for top in FLOORS:
        for folder, _, files in os.walk(os.path.join(root, top)):
            for name in files:
                path = os.path.relpath(os.path.join(folder, name), root)
                if not name.endswith((".c", ".h", ".S")):
                    continue
                for number, line in enumerate(open(os.path.join(root, path), errors="replace"), 1):
                    m = re.match(r'\s*#\s*include\s+"([^"]+)"', line)
                    why = m and problem(path, m[1])
                    if why:
                        print(f"{path}:{number}: \"{m[1]}\" {why}")
                        bad += 1
    return bad != 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1]))

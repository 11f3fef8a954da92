#!/usr/bin/env python3
"""Unpack Debian packages of another architecture, with all they depend on, into a folder.

    debroot.py --arch armhf --work DIR --root DIR package...

apt does the work with a configuration of its own below --work, so neither the
machine's list of architectures nor its package state is touched, and no root
is needed. Packages come from the mirror the machine uses, verified with
Debian's keyring. Maintainer scripts do not run.
"""
import argparse
import os
import re
import subprocess
import sys

KEYRING = "/usr/share/keyrings/debian-archive-keyring.gpg"


def mirror():
    """Where this machine's apt gets its main packages."""
    out = subprocess.run(["apt-get", "indextargets", "--no-release-info", "--format", "$(SITE)"],
                         capture_output=True, text=True).stdout.split()
    sites = [s.rstrip("/") for s in out if "security" not in s]
    if not sites:
        sys.exit("apt knows no mirror: add a Debian source to /etc/apt/sources.list and run apt-get update")
    return sites[0]


def suite():
    for line in open("/etc/os-release"):
        if line.startswith("VERSION_CODENAME="):
            return line.strip().split("=")[1].strip('"')
    return "bookworm"


class Apt:
    def __init__(self, arch, work):
        self.work = os.path.abspath(work)
        for d in ("state/lists/partial", "cache/archives/partial"):
            os.makedirs(os.path.join(self.work, d), exist_ok=True)
        self.write("sources.list", f"deb [arch={arch} signed-by={KEYRING}] {mirror()} {suite()} main\n")
        if not os.path.exists(os.path.join(self.work, "status")):
            self.write("status", "")
        config = self.write("apt.conf", f'''Dir::Etc::sourcelist "{self.work}/sources.list";
Dir::Etc::sourceparts "-";
Dir::Etc::preferencesparts "-";
Dir::State "{self.work}/state";
Dir::State::status "{self.work}/status";
Dir::Cache "{self.work}/cache";
APT::Architecture "{arch}";
APT::Architectures {{ "{arch}"; }};
APT::Sandbox::User "";
APT::Install-Recommends "false";
''')
        self.env = {**os.environ, "APT_CONFIG": config, "LC_ALL": "C"}

    def write(self, name, text):
        path = os.path.join(self.work, name)
        with open(path, "w") as f:
            f.write(text)
        return path

    def run(self, *command):
        done = subprocess.run(command, env=self.env, capture_output=True, text=True)
        if done.returncode:
            sys.exit(f"{' '.join(command)} failed:\n{done.stderr.strip()}")
        return done.stdout

    def fetch(self, packages):
        """Paths of the .deb files of the packages and their dependencies."""
        if not os.path.exists(os.path.join(self.work, "updated")):
            self.run("apt-get", "-q", "update")
            self.write("updated", "")
        archives = os.path.join(self.work, "cache/archives")
        wanted = re.findall(r"^Inst (\S+) \((\S+)", self.run("apt-get", "-s", "install", *packages), re.M)
        self.run("apt-get", "-qq", "-y", "--download-only", "install", *packages)
        names = {(n.split(":")[0], v.replace(":", "%3a")) for n, v in wanted}
        return [os.path.join(archives, f) for f in sorted(os.listdir(archives))
                if f.endswith(".deb") and tuple(f.split("_")[:2]) in names]


def make_root(root):
    """Debian's layout: /bin, /lib and /sbin are links into /usr."""
    for name in ("bin", "lib", "sbin"):
        os.makedirs(os.path.join(root, "usr", name), exist_ok=True)
        if not os.path.lexists(os.path.join(root, name)):
            os.symlink("usr/" + name, os.path.join(root, name))


def unpack(deb, root):
    """As dpkg-deb -x, but a link that stands for a folder stays one."""
    files = subprocess.Popen(["dpkg-deb", "--fsys-tarfile", deb], stdout=subprocess.PIPE)
    subprocess.run(["tar", "-x", "--keep-directory-symlink", "-C", root], stdin=files.stdout, check=True)
    if files.wait():
        sys.exit(f"{deb} is damaged: remove it and try again")


def keep_links_inside(root):
    """Absolute links would leave the folder: make them relative."""
    for base, dirs, files in os.walk(root):
        for name in dirs + files:
            path = os.path.join(base, name)
            if os.path.islink(path) and os.readlink(path).startswith("/"):
                inside = root + os.readlink(path)
                if os.path.lexists(inside):
                    os.unlink(path)
                    os.symlink(os.path.relpath(inside, base), path)


def main():
    p = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    p.add_argument("--arch", default="armhf")
    p.add_argument("--work", required=True)
    p.add_argument("--root", required=True)
    p.add_argument("packages", nargs="+")
    a = p.parse_args()
    root = os.path.abspath(a.root)
    make_root(root)
    stamp = os.path.join(root, ".unpacked")
    have = set(open(stamp).read().split("\n")) if os.path.exists(stamp) else set()
    for deb in Apt(a.arch, a.work).fetch(a.packages):
        name = os.path.basename(deb)
        if name not in have:
            print(f"  {name}")
            unpack(deb, root)
            with open(stamp, "a") as f:
                f.write(name + "\n")
    keep_links_inside(root)


if __name__ == "__main__":
    main()

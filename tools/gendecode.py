#!/usr/bin/env python3
"""Makes a decoder in C from a .decode file: one line an encoding.

  gendecode.py FILE.decode OUT.h            the decoder (static functions; included by one .c)
  gendecode.py --args OUT.h FILE.decode...  argument structs and prototypes of the translate functions,
                                            one for all the files of a folder that share them
  gendecode.py --list FILE.decode...      name, bits and function of every line (tests' coverage list)

A line:   NAME  bits...  function [param=expr...]  [needs [unpredictable]]

  bits           0 and 1 are fixed, x is ignored, name:width is a field (the same name twice
                 joins the parts, high bits first). They must sum to 32, or 16.
                 name:width!value excludes one value (another line has it); the name _ is nobody's.
                 cond:4 on top of 32 bits excludes 1111 and is not passed on.
  param=expr     a field of the function's struct from a C expression over the line's fields
                 and t (no blanks). The struct has the params, and the fields that some line
                 does not use up in expressions. What a line does not give is 0.
  needs          features, '+' between, '-' for none: without them the word is undefined
  unpredictable  a C condition over the fields ('=' compares): then the word is undefined

Directives, at the top: 'decoder NAME' and 'decoder16 NAME' name the functions made,
'functions PREFIX' is put before translate functions (files of a folder with one prefix share structs), 'context TYPE' is their first
argument (TYPE *t), 'feature PREFIX' makes needs into constants for has(t, ...).

Two lines may overlap only when one is strictly more specific; it is tried first.
"""
import glob
import os
import re
import sys

WORD = re.compile(r"[A-Za-z_]\w*")


class Line:
    def __init__(self, where, text, old=None):
        self.where = where
        parts = text.split()
        self.name, at = parts[0], 1
        self.fields, self.mask, self.value, self.excluded = {}, 0, 0, []  # excluded: (mask, value)
        tokens, total = [], 0
        while at < len(parts) and total not in (16, 32) or at < len(parts) and total == 16 and self._bits(parts[at]) and len(parts) > at + 1:
            n = self._bits(parts[at])
            if not n:
                fail(where, f"'{parts[at]}' is neither bits nor a field, and the bits so far sum to {total}")
            tokens.append(parts[at])
            total += n
            at += 1
        if total not in (16, 32):
            fail(where, f"bits sum to {total}, not 16 or 32")
        self.width, low = total, total
        for tok in tokens:
            n = self._bits(tok)
            low -= n
            if ":" in tok:
                name, _, but = tok.partition(":")
                but = but.partition("!")[2]
                if name == "cond" and low == 28 and total == 32:
                    but = "15"
                else:
                    if name != "_":
                        self.fields.setdefault(name, []).append((low, n))
                if but:
                    self.excluded.append((((1 << n) - 1) << low, int(but) << low))
            else:
                for i, c in enumerate(tok):
                    bit = 1 << low + n - 1 - i
                    if c != "x":
                        self.mask |= bit
                    if c == "1":
                        self.value |= bit
        if at >= len(parts) or self._bits(parts[at]):
            fail(where, "no translate function where the bits are full")
        self.function = parts[at]
        at += 1
        self.params = {}
        while at < len(parts) and re.match(r"[A-Za-z_]\w*=[^=]", parts[at]):
            k, v = parts[at].split("=", 1)
            self.params[k] = v
            at += 1
        self.needs = parts[at] if at < len(parts) else "-"
        self.unpredictable = re.sub(r"(?<![=!<>])=(?!=)", "==", " ".join(parts[at + 1:]))
        used = set()
        for v in self.params.values():
            used |= set(WORD.findall(v))
        self.consumed = {f for f in self.fields if f in used and f not in self.params}

    @staticmethod
    def _bits(tok):
        if re.fullmatch(r"[01x]+", tok):
            return len(tok)
        m = re.fullmatch(r"[A-Za-z_]\w*:(\d+)(!\d+)?", tok)
        return int(m[1]) if m else 0

    def excludes(self, mask, value):
        """None of the words with these bits fixed is this line's."""
        return any(m & ~mask == 0 and value & m == v for m, v in self.excluded)

    def overlaps(self, other):
        if (self.value ^ other.value) & self.mask & other.mask:
            return False
        return not self.excludes(other.mask, other.value) and not other.excludes(self.mask, self.value)

    def more_specific(self, other):
        return other.mask & ~self.mask == 0 and self.mask != other.mask


def fail(where, why):
    sys.exit(f"{where}: {why}")


class File:
    def __init__(self, path):
        self.path, self.lines = path, []
        self.decoder = self.decoder16 = self.prefix = self.context = self.feature = ""
        for number, text in enumerate(open(path), 1):
            text = text.split("#")[0].strip()
            if not text:
                continue
            word, _, rest = text.partition(" ")
            directive = {"decoder": "decoder", "decoder16": "decoder16", "functions": "prefix", "context": "context", "feature": "feature"}.get(word)
            if directive:
                setattr(self, directive, rest.strip())
            else:
                self.lines.append(Line(f"{path}:{number}", text))
        self.check()

    def check(self):
        names = {}
        for line in self.lines:
            if line.name in names:
                fail(line.where, f"{line.name} was defined at {names[line.name].where}")
            names[line.name] = line
        for width in (16, 32):
            rows = [r for r in self.lines if r.width == width]
            for i, a in enumerate(rows):
                for b in rows[i + 1:]:
                    if a.overlaps(b) and not a.more_specific(b) and not b.more_specific(a):
                        fail(b.where, f"{b.name} overlaps {a.name} ({a.where}) and neither is more specific")


def field_expr(parts, word="insn"):
    """C for a field that may be in several places, high part first."""
    out, shift = [], 0
    for low, n in reversed(parts):
        e = f"({word} >> {low} & {hex((1 << n) - 1)})" if low else f"({word} & {hex((1 << n) - 1)})"
        out.append(f"{e} << {shift}" if shift else e)
        shift += n
    return " | ".join(reversed(out))


def struct_members(files):
    """{function: [member]} over all files: params and the fields that no line consumes."""
    members = {}
    for f in files:
        for r in f.lines:
            m = members.setdefault(r.function, {})
            for k in list(r.fields) + list(r.params):
                if k not in r.consumed:
                    m[k] = True
    return {k: list(v) for k, v in members.items()}


def make_args(out, files):
    members = struct_members(files)
    prefix, context = files[0].prefix, files[0].context
    guard = re.sub(r"\W", "_", "_".join(out.split("/")[-3:])).upper()
    w = [f"/* Made by tools/gendecode.py from {' '.join(f.path.split('/')[-1] for f in files)}: do not edit. */",
         f"#ifndef {guard}", f"#define {guard}", "#include <stdint.h>", f"{context};", ""]
    for fn, m in members.items():
        if m:
            w.append(f"struct {prefix}{fn} {{ uint32_t {', '.join(m)}; }};")
            w.append(f"void {prefix}{fn}({context} *t, const struct {prefix}{fn} *f);")
        else:
            w.append(f"void {prefix}{fn}({context} *t);")
    w.append("#endif\n")
    open(out, "w").write("\n".join(w))


class Maker:
    """The decision tree of one width."""
    def __init__(self, file, width, decoder):
        self.file, self.width, self.decoder = file, width, decoder
        self.rows = [r for r in file.lines if r.width == width]
        self.out = []

    def row_function(self, r, members):
        f, w = self.file, self.out
        w.append(f"static bool {self.decoder}_{r.name}({f.context} *t, uint32_t insn)")
        w.append("{")
        if r.needs != "-":
            need = " | ".join(f.feature + n.upper() for n in r.needs.split("+"))
            w.append(f"    if (!has(t, {need}))\n        return false;")
        text = r.unpredictable + " " + " ".join(r.params.values())
        used = set(WORD.findall(text))
        for k, parts in r.fields.items():
            if k in used:
                w.append(f"    const uint32_t {k} = {field_expr(parts)};")
        if r.unpredictable:
            w.append(f"    if ({r.unpredictable})\n        return false;")
        give = [f".{k} = {v}" for k, v in r.params.items()]
        give += [f".{k} = {k if k in used else field_expr(p)}" for k, p in r.fields.items() if k in members[r.function] and k not in r.params]
        if members[r.function]:
            w.append(f"    {f.prefix}{r.function}(t, &(struct {f.prefix}{r.function}){{{', '.join(give)}}});")
        else:
            w.append(f"    {f.prefix}{r.function}(t);")
        w.append("    return true;\n}")

    def leaf(self, rows, known, indent):
        order = []
        for r in rows:  # most specific first
            at = next((i for i, o in enumerate(order) if r.more_specific(o)), len(order))
            order.insert(at, r)
        pad = "    " * indent
        for r in order:
            tests = []
            mask = r.mask & ~known
            if mask:
                tests.append(f"(insn & {mask:#x}) == {r.value & mask:#x}")
            tests += [f"(insn & {m:#x}) != {v:#x}" for m, v in r.excluded if m & ~known]
            call = f"return {self.decoder}_{r.name}(t, insn);"
            if not tests:
                self.out.append(pad + call)
                return
            self.out.append(f"{pad}if ({' && '.join(tests)})\n{pad}    {call}")
        self.out.append(pad + "return false;")

    def split(self, rows, lo, n, known, bits):
        """Rows for each value of bits lo..lo+n-1."""
        buckets = []
        for v in range(1 << n):
            m, val = ((1 << n) - 1) << lo, v << lo
            here = [r for r in rows if not (r.value ^ val) & r.mask & m]
            buckets.append([r for r in here if not r.excludes(known | m, bits | val)])
        return buckets

    def tree(self, rows, known, bits, indent, depth=0):
        if len(rows) <= 2 or depth > 6:
            return self.leaf(rows, known, indent)
        best = None
        for n in range(1, 9 if depth == 0 else 7):
            for lo in range(self.width - n + 1):
                m = ((1 << n) - 1) << lo
                if known & m:
                    continue
                covered = sum(1 for r in rows if r.mask & m)
                if covered < len(rows) / 2:
                    continue
                b = self.split(rows, lo, n, known, bits)
                worst = max(len(x) for x in b)
                if worst == len(rows):
                    continue
                cost = sum(len(x) ** 2 for x in b) / max(1, sum(len(x) for x in b)) + .02 * sum(len(x) for x in b) / len(rows) * n
                if best is None or cost < best[0]:
                    best = (cost, lo, n, b)
        if best is None:
            return self.leaf(rows, known, indent)
        _, lo, n, buckets = best
        pad = "    " * indent
        same = {}
        for v, b in enumerate(buckets):
            same.setdefault(tuple(id(r) for r in b), []).append(v)
        self.out.append(f"{pad}switch (insn >> {lo} & {hex((1 << n) - 1)}) {{")
        for key, values in same.items():
            if not key:
                continue
            self.out.append(pad + " ".join(f"case {hex(v)}:" for v in values))
            m = 0
            for bit in range(n):  # bits that all values of the group agree in are known from here on
                if len({v >> bit & 1 for v in values}) == 1:
                    m |= 1 << lo + bit
            self.tree(buckets[values[0]], known | m, bits | values[0] << lo & m, indent + 1, depth + 1)
        self.out.append(f"{pad}}}\n{pad}return false;")

    def make(self, members):
        for r in self.rows:
            self.row_function(r, members)
        self.out.append(f"/* Translates one word. False: undefined. */\nstatic bool {self.decoder}({self.file.context} *t, uint32_t insn)\n{{")
        self.tree(self.rows, 0, 0, 1)
        self.out.append("}")
        return "\n".join(self.out)


def make_decoder(path, out, others):
    f = File(path)
    members = struct_members([f] + [o for o in others if o.prefix == f.prefix])
    text = [f"/* Made by tools/gendecode.py from {path.split('/')[-1]}: do not edit. */",
            "#pragma GCC diagnostic push", '#pragma GCC diagnostic ignored "-Wparentheses"']
    for width, name in ((32, f.decoder), (16, f.decoder16)):
        if name:
            text.append(Maker(f, width, name).make(members))
    text.append("#pragma GCC diagnostic pop")
    open(out, "w").write("\n".join(text) + "\n")


def main(argv):
    if argv[:1] == ["--args"]:
        make_args(argv[1], [File(p) for p in argv[2:]])
    elif argv[:1] == ["--list"]:
        for p in argv[1:]:
            for r in File(p).lines:
                bits = "".join("1" if r.value >> i & 1 else "0" if r.mask >> i & 1 else "." for i in reversed(range(r.width)))
                print(r.name, bits, r.function, r.needs)
    elif len(argv) >= 2 and not argv[0].startswith("-"):
        siblings = sorted(set(glob.glob(os.path.join(os.path.dirname(argv[0]), "*.decode"))) - {argv[0]})
        make_decoder(argv[0], argv[1], [File(p) for p in siblings])
    else:
        sys.exit(__doc__)


if __name__ == "__main__":
    main(sys.argv[1:])

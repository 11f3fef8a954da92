#!/usr/bin/env python3
"""genfold.py: ir/fold.rules -> C.

    genfold.py fold.rules fold.gen.h            the matcher, included by ir/fold.c
    genfold.py --proof fold.rules fold.proof.h  both sides of each rule as C, for tests/ir

The ops' operands and results are read from ops.def beside the rules. A rule
that cannot type-check is refused with its line.
"""
import os
import re
import sys

WIDTH_OF_LETTER = {'w': 32, 'q': 64, 'f': 'flags', 'v': 'vector'}
WIDTH_OF_RESULT = {'W32': 32, 'W64': 64, 'FL': 'flags', 'VEC': 'vector'}
TYPE_OF_WIDTH = {32: 'I32', 64: 'I64', 'flags': 'FLAGS', 'vector': 'V128'}
BITWISE = {'vand', 'vor', 'vxor', 'vandn', 'vorn', 'vnot', 'vbsl'}


def read_ops(path):
    """name -> (kind, result, operands, commutes) of the pure ops."""
    ops = {}
    row = re.compile(r'^(OP|LANE|VECTOR|FLOAT)\((\w+),\s*(?:(\w+),\s*)?"(\w*)"(?:,\s*(\w+))?')
    for line in open(path):
        m = row.match(line)
        if m:
            kind, name, result, operands, traits = m.groups()
            ops[name] = (kind, result or 'VEC', operands, traits == 'COMMUTES')
    return ops


class Refused(Exception):
    pass


# ---- a rule as a tree ----

class Var:
    def __init__(self, name):
        self.name = name


class Const:
    """expr None: captured under name; else it must equal (or be) the C expression."""
    def __init__(self, name, expr):
        self.name, self.expr = name, expr


class Node:
    def __init__(self, op, aux, imm, args):
        self.op, self.aux, self.imm, self.args = op, aux, imm, args


TOKEN = re.compile(r'\s*(\(|\)|\{[^}]*\}|[^\s(){}]+(?:\{[^}]*\})?)')


def tokens(text):
    at, out = 0, []
    text = text.rstrip()
    while at < len(text):
        m = TOKEN.match(text, at)
        if not m:
            raise Refused(f"cannot read '{text[at:]}'")
        out.append(m.group(1))
        at = m.end()
    return out


def number_or_name(text):
    return Const(None, text) if re.match(r'^(0x[0-9a-f]+|\d+)$', text) else Const(text, None)


def parse_leaf(token):
    if token[0] == '{':
        return Const(None, token[1:-1])
    if re.match(r'^[0-9]', token) or token in ('i', 'j', 'k'):
        return number_or_name(token)
    if token in ('x', 'y', 'z', 'b', 'f'):
        return Var(token)
    raise Refused(f"'{token}' is neither variable nor constant")


def parse_op(words, ops):
    m = re.match(r'^(\w+)(?:([.@])(.+))?$', words.pop(0))
    if not m or m.group(1) not in ops:
        return None
    extra = m.group(3)
    value = None
    if extra:
        value = Const(None, extra[1:-1]) if extra[0] == '{' else number_or_name(extra)
    args = []
    while words and words[0] != ')':
        args.append(parse_operand(words, ops))
    if len(args) != len(ops[m.group(1)][2]):
        raise Refused(f"{m.group(1)} takes {len(ops[m.group(1)][2])} operands")
    is_aux = m.group(2) == '.'
    return Node(m.group(1), value if is_aux else None, None if is_aux else value, args)


def parse_operand(words, ops):
    if words[0] != '(':
        return parse_leaf(words.pop(0))
    words.pop(0)
    node = parse_op(words, ops)
    if node is None or not words or words.pop(0) != ')':
        raise Refused("')' or an op is missing")
    return node


def parse_side(text, ops):
    words = tokens(text)
    if len(words) == 1 and words[0].split('.')[0].split('@')[0] not in ops:
        return parse_leaf(words[0])
    node = parse_op(list(words), ops)
    if node is None:
        raise Refused(f"no op in '{text}'")
    return node


class Rule:
    def __init__(self, text, line, ops):
        m = re.match(r'^(.*?)\s+->\s+(.*?)(?:\s+if\s+(.*))?$', text)
        if not m:
            raise Refused('a rule is: pattern -> result [if condition]')
        self.text, self.line = re.sub(r'\s+', ' ', text), line
        self.left, self.right = parse_side(m.group(1), ops), parse_side(m.group(2), ops)
        self.condition = m.group(3)
        if not isinstance(self.left, Node):
            raise Refused('the pattern must be an op')


def read_rules(path, ops):
    rules = []
    for number, line in enumerate(open(path), 1):
        text = line.split('#')[0].strip()
        if not text:
            continue
        try:
            rules.append(Rule(text, number, ops))
        except Refused as why:
            sys.exit(f'{path}:{number}: {why}')
    return rules


def swapped(node, ops):
    """The pattern with each choice of order of commutative operands that are no constants."""
    if not isinstance(node, Node):
        return [node]
    choices = [[]]
    for arg in node.args:
        choices = [c + [a] for c in choices for a in swapped(arg, ops)]
    out = [Node(node.op, node.aux, node.imm, c) for c in choices]
    if ops[node.op][3] and not any(isinstance(a, Const) for a in node.args):
        a, b = node.args
        same = isinstance(a, Var) and isinstance(b, Var)
        if not same:
            out += [Node(n.op, n.aux, n.imm, n.args[::-1]) for n in list(out)]
    return out


# ---- widths: each op's T and each variable has one; equal ones are joined ----

class Widths:
    def __init__(self):
        self.parent, self.fixed, self.type_expr = {}, {}, {}

    def find(self, key):
        while key in self.parent:
            key = self.parent[key]
        return key

    def fix(self, key, width):
        key = self.find(key)
        if self.fixed.setdefault(key, width) != width:
            raise Refused(f'a value is both {self.fixed[key]} and {width} wide')

    def join(self, a, b):
        a, b = self.find(a), self.find(b)
        if a == b:
            return
        self.parent[b] = a
        if b in self.fixed:
            self.fix(a, self.fixed[b])
        if b in self.type_expr:
            self.type_expr.setdefault(a, self.type_expr[b])

    def width(self, key):
        return self.fixed.get(self.find(key))


class Typing:
    """Widths of one rule (with a given order of operands). What the right side
    asks beyond what the left side grants becomes a check at run time."""

    def __init__(self, left, right, ops):
        self.ops, self.widths, self.checks = ops, Widths(), []
        self.result = self.visit(left, 'o', True)
        self.left_done = True
        key = self.visit_any(right, self.result, False)
        self.demand(key, self.result)

    def node_key(self, node):
        return ('T', id(node))

    def demand(self, a, b):
        w = self.widths
        a, b = w.find(a), w.find(b)
        if a == b or (w.width(a) is not None and w.width(a) == w.width(b)):
            return
        if w.width(a) is not None and w.width(b) is not None:
            raise Refused(f'right side mixes widths {w.width(a)} and {w.width(b)}')
        fresh = [k for k in (a, b) if k not in w.type_expr and w.width(k) is None]
        if not fresh:
            for_fixed = [TYPE_OF_WIDTH[w.width(k)] if w.width(k) is not None else w.type_expr[k] for k in (a, b)]
            self.checks.append(f'{for_fixed[0]} == {for_fixed[1]}')
        w.join(a, b)

    def operand_key(self, node, letter):
        if letter in WIDTH_OF_LETTER:
            key = ('fixed', WIDTH_OF_LETTER[letter])
            self.widths.fix(key, WIDTH_OF_LETTER[letter])
            return key
        return self.node_key(node)

    def result_key(self, node):
        result = self.ops[node.op][1]
        if result == 'T':
            return self.node_key(node)
        key = ('fixed', WIDTH_OF_RESULT[result])
        self.widths.fix(key, WIDTH_OF_RESULT[result])
        return key

    def visit(self, node, path, left):
        """Returns the key of the node's result."""
        key = self.node_key(node)
        self.widths.find(key)
        if left:
            self.widths.type_expr.setdefault(self.widths.find(key), f'{path}->type')
        for i, (arg, letter) in enumerate(zip(node.args, self.ops[node.op][2])):
            want = self.operand_key(node, letter)
            have = self.visit_any(arg, want, left, f'{path}->arg[{i}]')
            if left:
                self.widths.join(want, have)
            else:
                self.demand(have, want)
        return self.result_key(node)

    def visit_any(self, arg, want, left, path=None):
        if isinstance(arg, Node):
            return self.visit(arg, f'AT({path})', left)
        if isinstance(arg, Var):
            key = ('var', arg.name)
            if arg.name == 'b':
                self.widths.fix(key, 32)
            if left:
                self.widths.type_expr.setdefault(self.widths.find(key), f'ir_type_of(r, {path})')
            return key
        return want


# ---- the matcher ----

def in_lanes(ops, name):
    return ops[name][0] == 'LANE'


class Matcher:
    """C for one rule with one order of operands."""

    def __init__(self, rule, left, ops):
        self.rule, self.ops = rule, ops
        self.conditions, self.where, self.deep, self.lines = [], {}, set(), []
        self.typing = Typing(left, rule.right, ops)
        self.match_op(left, 'o', 0)
        self.conditions += self.typing.checks
        if rule.condition:
            self.conditions.append(f'({rule.condition})')
        self.conditions += [f'near(r, {self.where[v]})' for v in sorted(self.deep & self.used(rule.right))]
        self.left = left

    def used(self, side):
        if isinstance(side, Var):
            return {side.name}
        return set().union(set(), *(self.used(a) for a in side.args)) if isinstance(side, Node) else set()

    def match_op(self, node, path, depth):
        if depth:
            self.conditions.append(f'{path}->op == IR_{node.op}')
            if in_lanes(self.ops, node.op) and node.op not in BITWISE:
                self.conditions.append(f'{path}->aux == o->aux')
        for field in ('aux', 'imm'):
            value = getattr(node, field)
            if value is not None and value.name:
                self.conditions.append(f'({value.name} = {path}->{field}, true)')
            elif value is not None:
                self.conditions.append(f'{path}->{field} == ({value.expr})')
        for i, arg in enumerate(node.args):
            self.match_operand(node, arg, f'{path}->arg[{i}]', depth, i)

    def match_operand(self, node, arg, path, depth, i):
        lanes = 'lane_' if self.ops[node.op][2][i] == 'v' else ''
        if isinstance(arg, Node):
            self.match_op(arg, f'AT({path})', depth + 1)
        elif isinstance(arg, Const) and arg.name and arg.name in self.where:
            self.conditions.append(f'is_{lanes}constant(r, {path}, n, {arg.name})')
        elif isinstance(arg, Const) and arg.name:
            self.where[arg.name] = path
            self.conditions.append(f'{lanes}constant(r, {path}, n, &{arg.name})')
        elif isinstance(arg, Const):
            self.conditions.append(f'is_{lanes}constant(r, {path}, n, {arg.expr})')
        elif arg.name in self.where:
            self.conditions.append(f'{path}.id == {self.where[arg.name]}.id')
        else:
            self.where[arg.name] = path
            if depth:
                self.deep.add(arg.name)
            if arg.name == 'b':
                self.conditions.append(f'boolean(r, {path})')

    def type_of(self, key):
        width = self.typing.widths.width(key)
        return TYPE_OF_WIDTH[width] if width is not None else self.typing.widths.type_expr[self.typing.widths.find(key)]

    def build(self, side, key):
        if isinstance(side, Var):
            return self.where[side.name]
        if isinstance(side, Const):
            expr = side.name or side.expr
            if self.typing.widths.width(key) == 'vector':
                return f'lane_value(r, n, {expr})'
            return f'ir_const(r, {self.type_of(key)}, {expr})'
        args = []
        for arg, letter in zip(side.args, self.ops[side.op][2]):
            args.append(self.build(arg, self.typing.operand_key(side, letter)))
            if isinstance(arg, Node):
                self.lines.append(f'ir_ref t{len(self.lines)} = {args[-1]};')
                args[-1] = f't{len(self.lines) - 1}'
        args += ['none'] * (3 - len(args))
        lanes = in_lanes(self.ops, side.op)
        aux = f'{side.aux.name or side.aux.expr}' if side.aux else 'o->aux' if lanes else '0'
        imm = f'{side.imm.name or side.imm.expr}' if side.imm else '0'
        kind = 'V128' if lanes else self.type_of(self.typing.node_key(side)) if self.is_typed(side) else 'I32'
        return f'ir_op(r, IR_{side.op}, {kind}, {", ".join(args)}, (unsigned)({aux}), {imm})'

    def is_typed(self, node):
        return self.ops[node.op][1] == 'T' or 't' in self.ops[node.op][2]

    def emit(self, out):
        value = self.build(self.rule.right, self.typing.result)
        conditions = self.conditions or ['true']
        out.append(f'        /* line {self.rule.line}: {self.rule.text} */')
        out.append('        if (' + ' &&\n            '.join(conditions) + ') {')
        if not isinstance(self.rule.right, Var):
            out.append('            const struct ir_op kept = *o;') # o is where the next op will be
            out.append('            o = &kept;')
        out.extend('            ' + line for line in self.lines)
        out.append(f'            return {value};')
        out.append('        }')


# ---- which ops are worth a look: kinds of operands without one of which no rule of the op applies ----

KINDS = ['KIND_0', 'KIND_1', 'KIND_CONST', 'KIND_SAME', 'KIND_ANY']
BOOLEANS = ['eq', 'ne', 'ltu', 'leu', 'lts', 'les', 'cond']


def kinds_needed(node):
    """One operand that the pattern asks something of: the kinds it may have."""
    inner = [a for a in node.args if isinstance(a, Node)]
    constants = [a for a in node.args if isinstance(a, Const)]
    names = [a.name for a in node.args if isinstance(a, Var)]
    if inner:
        return {inner[0].op}
    if constants:
        literal = next((a.expr for a in constants if not a.name and a.expr.isdigit()), None)
        if literal is None:
            return {'KIND_0', 'KIND_1', 'KIND_CONST'}
        return {{'0': 'KIND_0', '1': 'KIND_1'}.get(literal, 'KIND_CONST')}
    if len(set(names)) < len(names):
        return {'KIND_SAME'}
    return set(BOOLEANS) if 'b' in names else {'KIND_ANY'}


def kind_tables(rules, ops):
    needed = {}
    for rule in rules:
        needed.setdefault(rule.left.op, set()).update(kinds_needed(rule.left))
    inner = sorted(set().union(*needed.values()) - set(KINDS))
    names = KINDS + [f'KIND_{op}' for op in inner]
    if len(names) > 64:
        sys.exit('fold.rules: more kinds of operands than bits')
    out = [f'#define {name} (1ull << {bit})' for bit, name in enumerate(names)]
    out += ['', '/* What an op is as an operand. */', 'static const uint64_t kind_of_op[IR_COUNT] = {', '    [IR_vconst] = KIND_0 | KIND_1 | KIND_CONST,']
    out += [f'    [IR_{op}] = KIND_{op},' for op in inner]
    out += ['};', '', '/* Of which kinds there must be one that a rule may apply. */', 'static const uint64_t kinds_needed[IR_COUNT] = {']
    for op, kinds in needed.items():
        out.append(f'    [IR_{op}] = {" | ".join(k if k in KINDS else "KIND_" + k for k in sorted(kinds))},')
    return out + ['};', '']


def matcher(rules, ops):
    out = ['/* Made from fold.rules by tools/genfold.py. */', ''] + kind_tables(rules, ops) + [
           'static ir_ref match(struct ir_region *r, const struct ir_op *o, unsigned n)', '{',
           '    uint64_t i = 0, j = 0, k = 0, c = 0;', '',
           '    (void)i, (void)j, (void)k, (void)c;', '    switch (o->op) {']
    for op in dict.fromkeys(rule.left.op for rule in rules):
        out.append(f'    case IR_{op}:')
        for rule in (rule for rule in rules if rule.left.op == op):
            for left in swapped(rule.left, ops):
                try:
                    Matcher(rule, left, ops).emit(out)
                except Refused as why:
                    sys.exit(f'fold.rules:{rule.line}: {why}')
        out.append('        break;')
    return out + ['    }', '    return none;', '}']


# ---- the proof ----

class Proof:
    def __init__(self, rule, ops):
        self.rule, self.ops = rule, ops
        self.typing = Typing(rule.left, rule.right, ops)
        self.free = []
        self.variables = {}
        self.left = self.value(rule.left, self.typing.result)
        self.right = self.value(rule.right, self.typing.result)

    def width(self, key):
        """C for the width: a number, n, or m for a second free one."""
        width = self.typing.widths.width(key)
        if isinstance(width, int):
            return str(width)
        if width == 'flags':
            return '16'
        root = 'lanes' if width == 'vector' else self.typing.widths.find(key)
        if root not in self.free:
            self.free.append(root)
        if len(self.free) > 2:
            raise Refused('more than two widths')
        return 'nm'[self.free.index(root)]

    def value(self, side, key):
        if isinstance(side, Var):
            self.variables.setdefault(side.name, self.width(key))
            return side.name
        if isinstance(side, Const):
            if side.name:
                self.variables.setdefault(side.name, self.width(key))
                return side.name
            return f'(((uint64_t)({side.expr})) & ones({self.width(key)}))'
        args = [self.value(a, self.typing.operand_key(side, l) if not isinstance(a, Node) else self.typing.result_key(a))
                for a, l in zip(side.args, self.ops[side.op][2])] + ['0'] * (3 - len(side.args))
        own = ('fixed', 'vector') if in_lanes(self.ops, side.op) else self.typing.node_key(side)
        typed = in_lanes(self.ops, side.op) or self.ops[side.op][1] == 'T' or 't' in self.ops[side.op][2]
        for field in ('aux', 'imm'):
            if getattr(side, field) is not None and getattr(side, field).name:
                self.variables.setdefault(getattr(side, field).name, '8')
        aux = (side.aux.name or side.aux.expr) if side.aux else '0'
        imm = (side.imm.name or side.imm.expr) if side.imm else '0'
        return f'value(IR_{side.op}, {self.width(own) if typed else 32}, {", ".join(args)}, (unsigned)({aux}), {imm})'

    def emit(self, out, number):
        names = sorted(self.variables)
        out.append(f'static bool rule{number}(const struct given *g) /* {self.rule.text} */')
        out.append('{')
        out.append('    const unsigned n = g->n, m = g->m;')
        for at, name in enumerate(names):
            kind = {'b': 'boolean', 'f': 'flags'}.get(name)
            width = self.variables[name]
            out.append(f'    const uint64_t {name} = ' +
                       (f'as_{kind}(g->v[{at}]);' if kind else f'g->v[{at}] & ones({width});'))
        out.append('')
        out.append('    (void)n, (void)m;')
        if self.rule.condition:
            out.append(f'    if (!({self.rule.condition}))')
            out.append('        return true;')
        if self.typing.widths.width(self.typing.result) == 'flags':
            self.left, self.right = f'({self.left} & NZCV)', f'({self.right} & NZCV)'
        out.append(f'    return {self.left} == {self.right};')
        out.append('}')
        out.append('')


def proofs(rules, ops):
    out = ['/* Made from fold.rules by tools/genfold.py: is each rule true of these values? */', '']
    rows = []
    for number, rule in enumerate(rules):
        proof = Proof(rule, ops)
        proof.emit(out, number)
        floats = any(re.match(r'(f\w+|vtof)\b', w) and w in ops and ops[w][0] == 'VECTOR' for w in re.split(r'\W+', rule.text))
        rows.append(f'    {{"{rule.text}", rule{number}, {len(proof.variables)}, {len(proof.free)}, {int(floats)}}},')
    return out + ['static const struct proof proofs[] = {'] + rows + ['};']


def main():
    args = sys.argv[1:]
    prove = args[0] == '--proof'
    source, target = args[prove:]
    ops = read_ops(os.path.join(os.path.dirname(source) or '.', 'ops.def'))
    rules = read_rules(source, ops)
    text = proofs(rules, ops) if prove else matcher(rules, ops)
    with open(target, 'w') as f:
        f.write('\n'.join(text) + '\n')


main()

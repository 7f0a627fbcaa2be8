"""The plain part of the template language as straight Python that joins ready bytes. Pure.

Names, attributes, ``for``, ``if``, ``set``, tests and pure filters become one Python function per part; what
stands between them is encoded once. The function takes every short cut that holds for plain values and raises
for anything else: then the thorough way of ``template.py`` makes the document, or says what is wrong. So
nothing here needs words for faults, and nothing here may print what the thorough way would not.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any

from jinja2 import nodes
from jinja2.utils import _PassArg

from docgen.engine import effort, language, printing
from docgen.engine.missing import NO_VALUE
from docgen.engine.quick import RUNTIME

Fill = Callable[[Mapping[str, object], "list[bytes]"], None]
#: Tests that look at the value alone.
_TESTS = frozenset(
    {
        "odd",
        "even",
        "divisibleby",
        "eq",
        "equalto",
        "==",
        "ne",
        "!=",
        "lt",
        "lessthan",
        "<",
        "le",
        "<=",
    }
    | {
        "gt",
        "greaterthan",
        ">",
        "ge",
        ">=",
        "in",
        "string",
        "number",
        "integer",
        "float",
        "boolean",
    }
    | {"true", "false", "mapping", "sequence", "iterable"}
)
_OPERATORS = {
    "eq": "==",
    "ne": "!=",
    "lt": "<",
    "lteq": "<=",
    "gt": ">",
    "gteq": ">=",
    "in": "in",
    "notin": "not in",
}
_ARITHMETIC: dict[type[nodes.BinExpr], str] = {
    nodes.Sub: "-",
    nodes.Div: "/",
    nodes.FloorDiv: "//",
    nodes.And: "and",
    nodes.Or: "or",
}
_LOOP = {
    "index": "{i}+1",
    "index0": "{i}",
    "first": "{i}==0",
    "last": "{i}+1=={n}",
    "length": "{n}",
    "revindex": "{n}-{i}",
    "revindex0": "{n}-{i}-1",
}
_OF_DATES = frozenset({"year", "month", "day"})
_NOT_DATA = frozenset({"range", "namespace", "self", "caller", "varargs", "kwargs", "loop"})
_DEEPEST = 18  # Python's own limit of blocks in blocks is 20


class _Unfit(Exception):
    """The template uses more than the plain part of the language."""


def straight(tree: nodes.Template) -> Fill | None:
    """The function that appends the bytes of a part, or None if the part uses more than the plain language.

    ``tree`` is as ``rewrite.compile_source`` leaves it: safe, every print and loop marked.
    """
    writer = _Writer()
    try:
        writer.block(tree.body, {}, depth=1)
        source = "def fill(data, out):\n steps = 0\n" + "\n".join(writer.lines)
        code = compile(source, "<docgen straight>", "exec")
    except (_Unfit, SyntaxError, RecursionError, ValueError, MemoryError):
        return None
    space = RUNTIME | writer.constants
    exec(code, space)  # noqa: S102 - made here from a checked tree; names and texts of the author are constants
    fill: Fill = space["fill"]  # type: ignore[assignment]
    return fill


Scope = dict[str, str]


class _Writer:
    """Python lines for the nodes of a template, and the constants they use."""

    def __init__(self) -> None:
        self.lines: list[str] = []
        self.constants: dict[str, object] = {}
        self._number = 0
        self._depth = 1

    def _new(self, letter: str) -> str:
        self._number += 1
        return f"{letter}{self._number}"

    def _constant(self, value: object) -> str:
        if value is None or type(value) in (str, int, bool):
            return repr(value)
        name = self._new("C")
        self.constants[name] = value
        return name

    def _line(self, text: str) -> None:
        self.lines.append(" " * self._depth + text)

    def block(
        self, body: list[nodes.Node], scope: Scope, *, depth: int, branch: bool = False
    ) -> None:
        """Statements one after another; in a branch of ``if`` no name may be set."""
        if depth > _DEEPEST:
            raise _Unfit
        self._depth = depth
        before = len(self.lines)
        for node in body:
            if isinstance(node, nodes.Output):
                self._output(node, scope)
            elif isinstance(node, nodes.For):
                self._for(node, scope)
            elif isinstance(node, nodes.If):
                self._if(node, scope)
            elif (
                isinstance(node, nodes.Assign)
                and not branch
                and isinstance(node.target, nodes.Name)
            ):
                value = self.value(node.node, scope)
                name = self._new("v")
                self._line(f"{name} = {value}")
                scope[node.target.name] = name
            else:
                raise _Unfit
            self._depth = depth
        if len(self.lines) == before:
            self._line("pass")

    def _output(self, node: nodes.Output, scope: Scope) -> None:
        shown: list[str] = []
        static: list[str] = []
        for child in node.nodes:
            if isinstance(child, nodes.TemplateData):
                static.append(child.data)
                continue
            if static:
                shown.append(self._constant("".join(static).encode()))
                static = []
            shown.append(self._print(child, scope))
        if static:
            shown.append(self._constant("".join(static).encode()))
        if shown:
            self._line(f"out += ({', '.join(shown)},)")

    def _print(self, node: nodes.Expr, scope: Scope) -> str:
        if not isinstance(node, nodes.Filter) or node.name != language.PRINT or node.node is None:
            raise _Unfit
        kind = node.args[0].as_const()
        value = self.value(node.node, scope)
        if kind == printing.TEXT:
            return f"text({value})"
        return f"other({value}, {self._constant(kind)})"

    def _for(self, node: nodes.For, scope: Scope) -> None:
        marked = node.iter
        if node.recursive or not isinstance(marked, nodes.Filter) or marked.node is None:
            raise _Unfit
        if marked.name != language.LOOP:
            raise _Unfit
        depth, inner = self._depth, dict(scope)
        items, index = self._new("s"), self._new("i")
        cost = marked.args[-1].as_const()
        self._line(f"{items} = entries({self.value(marked.node, scope)})")
        self._line(f"steps += len({items}) * {cost}")
        self._line(f"if steps > {effort.MAX_STEPS}: endless()")
        target = self._target(node.target, inner)
        if node.test is not None:
            if not isinstance(node.target, nodes.Name):
                raise _Unfit
            self._line(
                f"{items} = [{target} for {target} in {items} if {self.value(node.test, _no_loop(inner))}]"
            )
        inner.update({"loop": "", "loop.i": index, "loop.n": f"len({items})"})
        if any(name.name == "loop" for name in node.find_all(nodes.Name)):
            self._line(f"for {index}, {target} in enumerate({items}):")
        else:
            self._line(f"for {target} in {items}:")
        self.block(node.body, inner, depth=depth + 1)
        self._depth = depth
        if node.else_:
            self._line(f"if not {items}:")
            self.block(node.else_, dict(scope), depth=depth + 1)
            self._depth = depth

    def _target(self, node: nodes.Node, scope: Scope) -> str:
        if isinstance(node, nodes.Name):
            scope[node.name] = self._new("v")
            return scope[node.name]
        if isinstance(node, nodes.Tuple):
            return f"({' '.join(self._target(item, scope) + ',' for item in node.items)})"
        raise _Unfit

    def _if(self, node: nodes.If, scope: Scope) -> None:
        depth = self._depth
        self._line(f"if {self.value(node.test, scope)}:")
        self.block(node.body, scope, depth=depth + 1, branch=True)
        for other in node.elif_:
            self._depth = depth
            self._line(f"elif {self.value(other.test, scope)}:")
            self.block(other.body, scope, depth=depth + 1, branch=True)
        if node.else_:
            self._depth = depth
            self._line("else:")
            self.block(node.else_, scope, depth=depth + 1, branch=True)
        self._depth = depth

    def value(self, node: nodes.Node | None, scope: Scope) -> str:
        """A Python expression for an expression of the template."""
        ways: dict[type[nodes.Node], Callable[[Any, Scope], str]] = {
            nodes.Const: lambda node, _: self._constant(node.value),
            nodes.Name: lambda node, scope: self._name(node.name, scope),
            nodes.Getitem: self._item,
            nodes.Filter: self._filter,
            nodes.Test: self._test,
            nodes.Compare: self._compare,
            nodes.Not: lambda node, scope: f"(not {self.value(node.node, scope)})",
            nodes.Concat: self._concat,
            nodes.CondExpr: self._choice,
            nodes.List: self._list,
            nodes.Tuple: self._list,
        }
        if isinstance(node, nodes.BinExpr) and (
            type(node) in _ARITHMETIC or isinstance(node, nodes.Add)
        ):
            return self._two_sided(node, scope)
        way = None if node is None else ways.get(type(node))
        if way is None:
            raise _Unfit
        return way(node, scope)

    def _two_sided(self, node: nodes.BinExpr, scope: Scope) -> str:
        if isinstance(node, nodes.Add):
            return f"plus({self.value(node.left, scope)}, {self.value(node.right, scope)})"
        sign = _ARITHMETIC[type(node)]
        return f"({self.value(node.left, scope)} {sign} {self.value(node.right, scope)})"

    def _concat(self, node: nodes.Concat, scope: Scope) -> str:
        parts = [f"joined({self._joined(part, scope)})" for part in node.nodes]
        return f"{self._constant('')}.join(({', '.join(parts)},))"

    def _choice(self, node: nodes.CondExpr, scope: Scope) -> str:
        test, one = self.value(node.test, scope), self.value(node.expr1, scope)
        return f"({one} if {test} else {self.value(node.expr2, scope)})"

    def _list(self, node: nodes.List | nodes.Tuple, scope: Scope) -> str:
        return f"[{', '.join(self.value(item, scope) for item in node.items)}]"

    def _joined(self, node: nodes.Node, scope: Scope) -> str:
        if not isinstance(node, nodes.Filter) or node.name != language.JOIN:
            raise _Unfit
        return self.value(node.node, scope)

    def _name(self, name: str, scope: Scope) -> str:
        if scope.get(name):
            return scope[name]
        if name in _NOT_DATA:
            raise _Unfit
        return f"data[{self._constant(name)}]"

    def _item(self, node: nodes.Getitem, scope: Scope) -> str:
        if isinstance(node.node, nodes.Name) and node.node.name == "loop":
            pattern = _LOOP.get(_key(node) or "")
            if pattern is None or "loop.i" not in scope:
                raise _Unfit
            return f"({pattern.format(i=scope['loop.i'], n=scope['loop.n'])})"
        if not isinstance(node.arg, nodes.Const) or type(node.arg.value) not in (str, int):
            raise _Unfit
        base, key = self.value(node.node, scope), self._constant(node.arg.value)
        return f"part_of({base}, {key})" if node.arg.value in _OF_DATES else f"{base}[{key}]"

    def _asked(self, node: nodes.Node | None, scope: Scope) -> str:
        """A dotted name that may be absent."""
        keys: list[str] = []
        while isinstance(node, nodes.Getitem):
            key = _key(node)
            if key is None or node.node is None:
                raise _Unfit
            keys.insert(0, key)
            node = node.node
        if not isinstance(node, nodes.Name) or (
            node.name in _NOT_DATA and not scope.get(node.name)
        ):
            raise _Unfit
        if scope.get(node.name):
            return f"ask({scope[node.name]}, {self._constant(tuple(keys))})"
        return f"ask(data, {self._constant((node.name, *keys))})"

    def _filter(self, node: nodes.Filter, scope: Scope) -> str:
        if node.name == language.NOTHING:
            return self._constant(NO_VALUE)
        if node.dyn_args is not None or node.dyn_kwargs is not None:
            raise _Unfit
        given = [self.value(item, scope) for item in node.args]
        given += [
            f"**{{{self._constant(pair.key)}: {self.value(pair.value, scope)}}}"
            for pair in node.kwargs
        ]
        if node.name in ("default", "d"):
            first = node.node
            plain_name = isinstance(first, nodes.Name | nodes.Getitem)
            asked = (
                f"or_default({self._asked(first, scope)})"
                if plain_name
                else self.value(first, scope)
            )
            return f"default({', '.join([asked, *given])})"
        env = language.environment()
        function = env.filters.get(node.name)
        passed = None if function is None else _PassArg.from_obj(function)
        if function is None or passed not in (None, _PassArg.environment):
            raise _Unfit
        before = [] if passed is None else [self._constant(env)]
        arguments = ", ".join([*before, self.value(node.node, scope), *given])
        return f"{self._constant(function)}({arguments})"

    def _test(self, node: nodes.Test, scope: Scope) -> str:
        if node.name in ("defined", "undefined"):
            sign = "is not" if node.name == "defined" else "is"
            return f"({self._asked(node.node, scope)} {sign} absent)"
        if node.name == "none":
            return f"({self._asked(node.node, scope)} is {self._constant(None)})"
        if node.name not in _TESTS or node.kwargs or node.dyn_args or node.dyn_kwargs:
            raise _Unfit
        function: Any = language.environment().tests[node.name]
        arguments = [self.value(item, scope) for item in (node.node, *node.args)]
        return f"{self._constant(function)}({', '.join(arguments)})"

    def _compare(self, node: nodes.Compare, scope: Scope) -> str:
        parts = [self.value(node.expr, scope)]
        for operand in node.ops:
            parts += [_OPERATORS[operand.op], self.value(operand.expr, scope)]
        return f"({' '.join(parts)})"


def _key(node: nodes.Getitem) -> str | None:
    constant = node.arg
    if isinstance(constant, nodes.Const) and isinstance(constant.value, str):
        return constant.value
    return None


def _no_loop(scope: Scope) -> Scope:
    return {name: value for name, value in scope.items() if not name.startswith("loop")}

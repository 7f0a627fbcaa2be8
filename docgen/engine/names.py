"""Which names of the data a template uses, read from its syntax tree. Pure."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field

from jinja2 import nodes

#: Names that are not data.
GLOBALS = frozenset({"range", "namespace", "loop", "caller", "varargs", "kwargs", "self"})
_SAME_LIST = frozenset(
    {
        "default",
        "d",
        "sort",
        "unique",
        "reverse",
        "list",
        "select",
        "reject",
        "selectattr",
        "rejectattr",
    }
)
_ONE_OF_LIST = frozenset({"first", "last", "min", "max"})
_ASKING = frozenset({"defined", "undefined", "none"})

Scope = Mapping[
    str, "str | None"
]  # local name -> dotted name it stands for, None if made in the template


@dataclass(frozen=True, slots=True)
class Use:
    """One use of a dotted name on a line of the compiled source.

    ``defaulted``: under ``default``; ``asked``: under ``is defined``.
    """

    name: str
    line: int
    defaulted: bool = False
    asked: bool = False


@dataclass(slots=True)
class Names:
    """Uses found, and the dotted name of expressions that are printed or looped over (by node id)."""

    uses: list[Use] = field(default_factory=list)
    by_node: dict[int, str] = field(default_factory=dict)


def path_of(node: nodes.Node, scope: Scope) -> str | None:
    """The dotted name an expression reads, or None if it is no plain path into the data."""
    if isinstance(node, nodes.Name):
        if node.name in scope:
            return scope[node.name]
        return None if node.name in GLOBALS else node.name
    if isinstance(node, nodes.Getattr):
        base = path_of(node.node, scope)
        return None if base is None else f"{base}.{node.attr}"
    if isinstance(node, nodes.Getitem):
        base = path_of(node.node, scope)
        if base is None or isinstance(node.arg, nodes.Slice):
            return base
        if isinstance(node.arg, nodes.Const) and isinstance(node.arg.value, str):
            return f"{base}.{node.arg.value}"
        return f"{base}[]"
    if isinstance(node, nodes.Filter) and node.node is not None:
        base = path_of(node.node, scope)
        if base is not None and node.name in _SAME_LIST:
            return base
        if base is not None and node.name in _ONE_OF_LIST:
            return f"{base}[]"
    return None


def collect(tree: nodes.Template) -> Names:
    """All uses of data names in a parsed template, in document order."""
    names = Names()
    _Walker(names).block(tree.body, {})
    return names


class _Walker:
    def __init__(self, names: Names) -> None:
        self.names = names

    def block(self, body: Iterable[nodes.Node], scope: Scope) -> None:
        """Walk statements; an assignment is seen by those after it."""
        seen = dict(scope)
        for node in body:
            self.walk(node, seen)
            if isinstance(node, nodes.Assign):
                _bind(node.target, path_of(node.node, seen), seen)
            elif isinstance(node, nodes.AssignBlock):
                _bind(node.target, None, seen)
            elif isinstance(node, nodes.Macro):
                seen[node.name] = None

    def walk(
        self, node: nodes.Node, scope: Scope, *, defaulted: bool = False, asked: bool = False
    ) -> None:
        """Record the uses in one node."""
        if isinstance(node, nodes.Name | nodes.Getattr | nodes.Getitem):
            self._path(node, scope, defaulted=defaulted, asked=asked)
        elif isinstance(node, nodes.For):
            self._loop(node, scope)
        elif isinstance(node, nodes.If):
            self._condition(node, scope)
        elif isinstance(node, nodes.Macro | nodes.CallBlock | nodes.With):
            self._with_locals(node, scope)
        elif isinstance(node, nodes.AssignBlock | nodes.FilterBlock):
            self.block(node.body, scope)
        elif isinstance(node, nodes.Filter) and node.name in ("default", "d") and node.node:
            self.walk(node.node, scope, defaulted=True)
            self._all(node.args, scope)
        elif isinstance(node, nodes.Test) and node.name in _ASKING:
            self.walk(node.node, scope, asked=True)
        else:
            self._other(node, scope)

    def _other(self, node: nodes.Node, scope: Scope) -> None:
        children: Iterable[nodes.Node] = node.iter_child_nodes()
        if isinstance(node, nodes.Output | nodes.Concat):
            self._note(node.nodes, scope)
        elif isinstance(node, nodes.Call) and isinstance(node.node, nodes.Getattr):
            children = [node.node.node, *node.args, *node.kwargs]  # d.items() uses d
        self._all(children, scope)

    def _condition(self, node: nodes.If, scope: Scope) -> None:
        self.walk(node.test, scope)
        for body in (node.body, node.elif_, node.else_):
            self.block(body, scope)

    def _all(self, children: Iterable[nodes.Node], scope: Scope) -> None:
        for child in children:
            self.walk(child, scope)

    def _note(self, expressions: Iterable[nodes.Node], scope: Scope) -> None:
        for node in expressions:
            path = path_of(node, scope)
            defaulted = isinstance(node, nodes.Filter) and node.name in ("default", "d")
            if path is not None and not defaulted:  # what is printed may be the default
                self.names.by_node[id(node)] = path

    def _path(
        self,
        node: nodes.Name | nodes.Getattr | nodes.Getitem,
        scope: Scope,
        *,
        defaulted: bool,
        asked: bool,
    ) -> None:
        path = path_of(node, scope)
        if path is not None:
            if not isinstance(node, nodes.Name) or node.ctx == "load":
                self.names.uses.append(Use(path, node.lineno, defaulted, asked))
        elif not isinstance(node, nodes.Name):
            self.walk(node.node, scope)
        if isinstance(node, nodes.Getitem) and not isinstance(node.arg, nodes.Const):
            self.walk(node.arg, scope)

    def _loop(self, node: nodes.For, scope: Scope) -> None:
        self._note([node.iter], scope)
        self.walk(node.iter, scope)
        path = path_of(node.iter, scope)
        inner = dict(scope)
        _bind(node.target, None if path is None else f"{path}[]", inner)
        if node.test is not None:
            self.walk(node.test, inner)
        self.block(node.body, inner)
        self.block(node.else_, scope)

    def _with_locals(self, node: nodes.Macro | nodes.CallBlock | nodes.With, scope: Scope) -> None:
        inner = dict(scope)
        if isinstance(node, nodes.With):
            self._all(node.values, scope)
            for target, value in zip(node.targets, node.values, strict=True):
                _bind(target, path_of(value, scope), inner)
        else:
            self._all(node.defaults, scope)
            for argument in node.args:
                _bind(argument, None, inner)
            if isinstance(node, nodes.CallBlock):
                self.walk(node.call, scope)
        self.block(node.body, inner)


def _bind(target: nodes.Node, path: str | None, scope: dict[str, str | None]) -> None:
    if isinstance(target, nodes.Name):
        scope[target.name] = path
    else:
        for name in target.find_all(nodes.Name):
            scope[name.name] = None


def leaves(found: Iterable[str]) -> frozenset[str]:
    """The names of which no other is a part: ``ds[].x`` stands for ``ds`` too."""
    every = set(found)
    parents = set()
    for name in every:
        for index, letter in enumerate(name):
            if letter in ".[":
                parents.add(name[:index])
    return frozenset(every - parents)


def optional(uses: Iterable[Use]) -> frozenset[str]:
    """Names the data may leave out: asked for by ``is defined``, or defaulted wherever they stand."""
    asked: set[str] = set()
    bare: set[str] = set()
    every: set[str] = set()
    for use in uses:
        every.add(use.name)
        if use.asked:
            asked.add(use.name)
        elif not use.defaulted:
            bare.add(use.name)
    return frozenset(asked | (every - bare))

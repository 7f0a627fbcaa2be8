"""From the rewritten XML of a part to compiled code: safe, with a place for every tag. Pure.

Each tag gets a line of its own in the Jinja source, so a line number is a place in the document.
"""

from __future__ import annotations

import bisect
import re
import threading
from collections.abc import Iterable
from dataclasses import dataclass, replace
from types import TracebackType
from typing import NoReturn, cast

from jinja2 import Template, TemplateSyntaxError, nodes
from jinja2.visitor import NodeTransformer

from docgen.engine import language, printing
from docgen.engine.effort import LETTERS
from docgen.engine.errors import Place, TemplateError, UnsafeTemplate
from docgen.engine.names import Names, Use, collect
from docgen.engine.places import PlaceFinder
from docgen.engine.stable import stable
from docgen.engine.straight import Fill, straight
from docgen.engine.values import nfc

FILENAME = "<docgen template>"
_OPEN = re.compile(r"\{\{|\{%|\{#")
_CLOSE = {"{{": "}}", "{%": "%}", "{#": "#}"}
_MARK = re.compile(r"<(/?)([A-Za-z_][\w:.-]*)(?:\s[^<>]*?)?(/?)>")
_LEAVES = frozenset({"w:t", "w:instrText", "w:delText", "a:t", "m:t"})
_BRACES = (("{_{", "{{"), ("}_}", "}}"), ("{_%", "{%"), ("%_}", "%}"))
_REFUSED = (
    nodes.Include,
    nodes.Import,
    nodes.FromImport,
    nodes.Extends,
    nodes.Block,
    nodes.ScopedEvalContextModifier,
)


@dataclass(frozen=True, slots=True)
class Source:
    """Jinja source with one line per tag: ``lines[i]`` is where tag ``i`` begins, ``tags[i]`` its place."""

    text: str
    lines: tuple[int, ...]
    tags: tuple[Place, ...]
    part: str

    def place(self, line: int | None) -> Place:
        """The place of the tag on a line."""
        if line is None or not self.tags:
            return Place(self.part)
        return self.tags[max(0, bisect.bisect_right(self.lines, line) - 1)]


class Jinja:
    """A part as Jinja runs it, compiled when it is first needed: most parts are filled by straight code."""

    def __init__(self, tree: nodes.Template) -> None:
        self._tree: nodes.Template | None = tree
        self._template: Template | None = None
        self._lock = threading.Lock()

    def template(self) -> Template:
        """The compiled template; the tree is let go. Threads may ask at once."""
        with self._lock:
            if self._template is None:
                env = language.environment()
                code = env.compile(cast("nodes.Template", self._tree), filename=FILENAME)
                self._template, self._tree = Template.from_code(env, code, env.globals), None
            return self._template


@dataclass(frozen=True, slots=True)
class CompiledPart:
    """One part, or one property, ready to be filled. Immutable; may be shared by threads.

    ``fill``: the straight way, if the part is plain enough. ``stable``: no data can upset its XML.
    """

    jinja: Jinja
    source: Source
    uses: tuple[Use, ...]
    fill: Fill | None = None
    stable: bool = False

    def text(self, data: dict[str, object]) -> str:
        """The part filled by Jinja. Raises what its expressions raise."""
        template = self.jinja.template()
        return "".join(template.root_render_func(template.new_context(data)))

    def place_of_error(self, trace: TracebackType | None) -> Place | None:
        """The place of the tag an exception came from, by the line of the compiled code."""
        line = None
        while trace is not None:
            if trace.tb_frame.f_code.co_filename == FILENAME:
                line = self.jinja.template().get_corresponding_lineno(trace.tb_lineno)
            trace = trace.tb_next
        return None if line is None else self.source.place(line)


def number_tags(text: str, finder: PlaceFinder, part: str) -> Source:
    """Put every tag of the rewritten XML on a line of its own. Names become NFC."""
    pieces: list[str] = []
    lines: list[int] = []
    tags: list[Place] = []
    position, line, raw, in_mark = 0, 1, False, False
    while match := _OPEN.search(text, position):
        end = text.find(_CLOSE[match.group()], match.end())
        if end < 0:
            break
        before, tag = text[position : match.start()], text[match.start() : end + 2]
        edge = max(before.rfind("<"), before.rfind(">"))
        in_mark = in_mark if edge < 0 else before[edge] == "<"
        place = finder.find_attribute(tag) if in_mark else finder.find(tag)
        raw = raw and "endraw" not in tag
        if not raw and match.group() != "{#":
            sign = tag[2] if tag[2] in "-+" else ""
            inner = nfc(tag[2 + len(sign) :]).replace("&amp;", "&").replace("\n", " ")
            tag = f"{match.group()}{sign}\n{inner}"
            line += before.count("\n")
            lines.append(line + 1)
            tags.append(place)
            line += 1
        else:
            line += before.count("\n") + tag.count("\n")
        raw = raw or re.match(r"\{%[-+]?\s*raw\b", tag) is not None
        pieces += (before, tag)
        position = end + 2
    pieces.append(text[position:])
    return Source("".join(pieces), tuple(lines), tuple(tags), part)


class _Position:
    """Follows the XML around the tags: what kind of place is a value printed at."""

    def __init__(self) -> None:
        self._carry = ""
        self._leaf = ""
        self._depth = 0

    def feed(self, data: str) -> None:
        data = self._carry + data
        for mark in _MARK.finditer(data):
            closing, name, empty = mark.groups()
            if empty:
                continue
            if name in _LEAVES:
                self._leaf = "" if closing else name
            elif name == "w:p":
                self._depth = max(0, self._depth + (-1 if closing else 1))
        start = data.rfind("<")
        self._carry = data[start:] if start > data.rfind(">") else ""

    def kind(self) -> str:
        if self._carry:
            return self._attribute()
        if self._leaf:
            return printing.TEXT if self._leaf == "w:t" else printing.LEAF
        return printing.RUN if self._depth else printing.BLOCK

    def _attribute(self) -> str:
        name, _, value = self._carry.rpartition('="')
        if name.endswith(":embed"):
            return printing.EMBED + value
        described = name.endswith((" descr", " title")) and not value
        return printing.DESCRIPTION if described else printing.ATTRIBUTE


class _Rewriter(NodeTransformer):
    """Refuses what is unsafe, reads data keys before methods, and prints by the kind of place."""

    def __init__(self, source: Source, names: Names, *, plain: bool) -> None:
        self._source = source
        self._names = names
        self._position = None if plain else _Position()

    def _filter(self, node: nodes.Expr, name: str, *args: object) -> nodes.Filter:
        consts: list[nodes.Expr] = [nodes.Const(arg) for arg in args]
        return nodes.Filter(node, name, consts, [], None, None, lineno=node.lineno)

    def _safe_name(self, name: str, line: int) -> None:
        if name.startswith("_"):
            raise UnsafeTemplate(
                f"Không được dùng «.{name}» trong mẫu", self._source.place(line), name=name
            )

    def generic_visit(self, node: nodes.Node, *args: object, **kwargs: object) -> nodes.Node:
        if isinstance(node, _REFUSED):
            raise UnsafeTemplate(
                f"Không được dùng thẻ {type(node).__name__.lower()} trong mẫu",
                self._source.place(node.lineno),
            )
        return super().generic_visit(node)

    def visit_Output(self, node: nodes.Output) -> nodes.Node:  # noqa: N802
        shown: list[nodes.Expr] = []
        for child in node.nodes:
            if isinstance(child, nodes.TemplateData):
                shown.append(self._static(child))
                continue
            path = self._names.by_node.get(id(child))
            kind = printing.PLAIN if self._position is None else self._position.kind()
            tag = self._source.place(child.lineno).tag
            visited: nodes.Expr = self.visit(child)
            shown.append(self._filter(visited, language.PRINT, kind, path, tag))
        node.nodes = shown
        return node

    def _static(self, node: nodes.TemplateData) -> nodes.TemplateData:
        if self._position is not None:
            self._position.feed(node.data)
            for escaped, brace in _BRACES:
                node.data = node.data.replace(escaped, brace)
        return node

    def visit_For(self, node: nodes.For) -> nodes.Node:  # noqa: N802
        path = self._names.by_node.get(id(node.iter))
        tag = self._source.place(node.iter.lineno).tag
        self.generic_visit(node)
        marked = cast("nodes.Expr", node.iter)
        node.iter = self._filter(marked, language.LOOP, path, tag, _cost(node))
        return node

    def visit_CondExpr(self, node: nodes.CondExpr) -> nodes.Node:  # noqa: N802
        if node.expr2 is None:
            node.expr2 = self._filter(nodes.Const(None, lineno=node.lineno), language.NOTHING)
        return self.generic_visit(node)

    def visit_Concat(self, node: nodes.Concat) -> nodes.Node:  # noqa: N802
        self.generic_visit(node)
        node.nodes = [self._filter(child, language.JOIN) for child in node.nodes]
        return node

    def visit_Compare(self, node: nodes.Compare) -> nodes.Node:  # noqa: N802
        self.generic_visit(node)
        for operand in node.ops:
            if operand.op in ("in", "notin"):
                operand.expr = self._filter(operand.expr, language.SEARCH)
        return node

    # Jinja tells an unknown filter or test inside an `if` only when it is reached.
    def visit_Filter(self, node: nodes.Filter) -> nodes.Node:  # noqa: N802
        if node.name not in language.FILTERS and node.name != language.NOTHING:
            self._unknown(f"Không có bộ lọc «{node.name}»", node)
        return self.generic_visit(node)

    def visit_Test(self, node: nodes.Test) -> nodes.Node:  # noqa: N802
        if node.name not in language.environment().tests:
            self._unknown(f"Không có phép thử «{node.name}»", node)
        return self.generic_visit(node)

    def _unknown(self, message: str, node: nodes.Filter | nodes.Test) -> NoReturn:
        raise TemplateError(message, self._source.place(node.lineno), name=node.name)

    def visit_Getattr(self, node: nodes.Getattr) -> nodes.Node:  # noqa: N802
        self._safe_name(node.attr, node.lineno)
        base: nodes.Expr = self.visit(node.node)
        key = nodes.Const(node.attr, lineno=node.lineno)
        return nodes.Getitem(base, key, "load", lineno=node.lineno)

    def visit_Getitem(self, node: nodes.Getitem) -> nodes.Node:  # noqa: N802
        if isinstance(node.arg, nodes.Const) and isinstance(node.arg.value, str):
            self._safe_name(node.arg.value, node.lineno)
        return self.generic_visit(node)

    def visit_Call(self, node: nodes.Call) -> nodes.Node:  # noqa: N802
        called = node.node
        if not isinstance(called, nodes.Getattr):
            return self.generic_visit(node)
        self._safe_name(called.attr, called.lineno)
        called.node = self.visit(called.node)
        node.args = [self.visit(item) for item in node.args]
        node.kwargs = [self.visit(item) for item in node.kwargs]
        return node


def _cost(loop: nodes.For) -> int:
    """Steps of one entry of a loop: the text of the template in it, what is printed, loops inside not counted."""
    cost, waiting = 1, list(loop.body)
    while waiting:
        node = waiting.pop()
        if isinstance(node, nodes.TemplateData):
            cost += len(node.data) // LETTERS
        elif isinstance(node, nodes.Output):
            cost += len(node.nodes) // 2
            waiting += node.nodes
        elif not isinstance(node, nodes.For):
            waiting += node.iter_child_nodes()
    return cost


def compile_source(source: Source, *, plain: bool = False) -> CompiledPart:
    """Compile the numbered source of a part; ``plain`` for a property, which is text and not XML.

    Raises ``TemplateError`` or ``UnsafeTemplate`` with the place and the text of the tag.
    """
    env = language.environment()
    try:
        tree = env.parse(source.text, filename=FILENAME)
        names = collect(tree)
        tree = _Rewriter(source, names, plain=plain).visit(tree)
        tree.set_environment(env)
        fill, sound = straight(tree), not plain and stable(tree)
        jinja = Jinja(tree)
        if fill is None:
            jinja.template()
    except TemplateSyntaxError as error:
        place = source.place(error.lineno)
        raise TemplateError(
            _said(error.message or ""), place, detail=error.message, name=None
        ) from error
    except (
        SyntaxError,
        RecursionError,
        ValueError,
    ) as error:  # past the limits of Python's own compiler
        message = "Mẫu lồng quá sâu hoặc có số quá dài"
        raise UnsafeTemplate(message, Place(source.part), detail=str(error)) from error
    return CompiledPart(jinja, source, tuple(names.uses), fill, sound)


_BLOCKS = {
    "for": "endfor",
    "if": "endif",
    "macro": "endmacro",
    "call": "endcall",
    "with": "endwith",
}
_BLOCKS |= {"filter": "endfilter", "raw": "endraw"}
_ENDS = frozenset(_BLOCKS.values()) | {"endset"}


def check_blocks(tags: Iterable[Place]) -> None:
    """Every ``for`` and ``if`` closed by its own end: tells the tag that is wrong, not the end of the file."""
    stack: list[tuple[str, Place]] = []
    for place in tags:
        match = re.match(r"\{%[-+]?(?:(?:tr|tc|p|r)\s)?\s*(\w+)(.*)", place.tag, re.DOTALL)
        if match is None:
            continue
        word, rest = match.groups()
        if stack and stack[-1][0] == "endraw" != word:
            continue
        if word == "set" and "=" not in rest:
            stack.append(("endset", place))
        elif word in _BLOCKS:
            stack.append((_BLOCKS[word], place))
        elif word in _ENDS:
            if not stack:
                raise TemplateError(f"Thẻ {{% {word} %}} không có thẻ mở", place)
            wanted, opening = stack.pop()
            if wanted != word:
                raise TemplateError(
                    f"Thẻ {{% {word} %}} đóng nhầm: «{opening.tag}» cần {{% {wanted} %}}", place
                )
    if stack:
        wanted, opening = stack[-1]
        raise TemplateError(f"Thẻ này chưa đóng, thiếu {{% {wanted} %}}", opening)


_SAYINGS = (
    (r"Encountered unknown tag '(.+?)'", "Không có thẻ «{0}»"),
    (r"expected token '(.+?)', got '(.+?)'", "Cú pháp sai: cần «{0}» nhưng gặp «{1}»"),
    (r"unexpected 'end of", "Thẻ trống hoặc thiếu tên trường"),
    (r"unexpected '(.+?)'", "Cú pháp sai: thừa «{0}»"),
    (r"unexpected char '(.+?)'", "Cú pháp sai: ký tự lạ «{0}»"),
    (r"Expected an expression, got '(.+?)'", "Thẻ trống hoặc thiếu tên trường"),
)


def _said(message: str) -> str:
    for pattern, sentence in _SAYINGS:
        if match := re.search(pattern, message):
            return sentence.format(*match.groups())
    return "Thẻ viết sai cú pháp"


def without_place(error: TemplateError, place: Place | None) -> TemplateError:
    """The same error with a place, if it had none."""
    if error.where is not None or place is None:
        return error
    name = str(error.name) if error.name else None
    return type(error)(error.message_vi, replace(place), name=name)

"""Does a part stay whole whatever the data: worked out once from the template, not from each document. Pure.

Loops and conditions can upset what Word needs: marks that close, grids that fit their rows, drawings with ids
of their own, cells with a last paragraph. ``stable`` follows the marks through all ways the template can go. Only
if each of them is sound may a document skip the check and the mending of ``layout.mend``.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field

from jinja2 import nodes

from docgen.engine import language, printing
from docgen.engine.layout import NEEDS_PARAGRAPH
from docgen.engine.places import W

_MARK = re.compile(
    r"<(/?)([A-Za-z_][\w.-]*(?::[\w.-]+)?)((?:\s+[\w:.-]+=\"[^\"<]*+\")*)\s*(/?)>|([^<]++)|(<)"
)
_ATTRIBUTE = re.compile(r"\s([\w:.-]+)=\"([^\"<]*+)\"")
_ENTITY = re.compile(r"&(?!(?:amp|lt|gt|quot|apos|#\d{1,7}|#x[0-9a-fA-F]{1,6});)")
_WORDS = W.strip("{}") + '"'
_HOLDERS = frozenset("w:" + tag.removeprefix(W) for tag in NEEDS_PARAGRAPH)
_ENDS_WELL = frozenset({"w:p", "w:sdt"})
#: What a loop may close and open again without touching tables or holders.
_SOFT = frozenset({"w:t", "w:r", "w:p", "w:hyperlink", "w:ins", "w:smartTag"})
_SKIPS = frozenset({"w:gridBefore", "w:gridAfter"})
NOTHING, WELL, BADLY = 1, 2, 4  # how the children of a holder may end, as bits


class _Unstable(Exception):
    """Some way through the template may upset the part."""


@dataclass(slots=True)
class _Frame:
    """An open element, and what its rows, cells or last child have been so far."""

    name: str
    control: int
    last: int = NOTHING
    cells: int = 0
    width: int = 0
    span: int = 0
    columns: int = -1
    rows: list[tuple[int, int, bool]] = field(default_factory=list)


def stable(tree: nodes.Template) -> bool:
    """True if no data can make the part ill-formed or make ``layout.mend`` change anything in it."""
    walker = _Walker()
    try:
        walker.block(tree.body)
    except (_Unstable, RecursionError):
        return False
    return walker.whole


class _Walker:
    def __init__(self) -> None:
        self.stack: list[_Frame] = []
        self.roots = 0
        self._low = 0
        self._control = 0
        self._loops = 0
        self._drawings: set[str] = set()
        self._cut = ""  # a mark with a tag in it, so far

    @property
    def whole(self) -> bool:
        """Whether all that was opened is closed: one element, nothing after it."""
        return not self.stack and not self._cut and self.roots == 1

    def block(self, body: list[nodes.Node]) -> None:
        """Follow statements that always run one after another."""
        for node in body:
            if isinstance(node, nodes.Output):
                self._output(node)
            elif self._cut:
                raise _Unstable
            elif isinstance(node, nodes.For):
                self._loops += 1
                self._ways([node.body])
                self._loops -= 1
                self._ways([node.else_])
            elif isinstance(node, nodes.If):
                branches = [node.body, *(other.body for other in node.elif_)]
                self._ways([*branches, node.else_], one_of_them=bool(node.else_))
            elif not isinstance(node, nodes.Assign):
                raise _Unstable

    def _ways(self, bodies: list[list[nodes.Node]], *, one_of_them: bool = False) -> None:
        """Bodies of which one, or none, will run: each must leave the open elements as they were."""
        before = [frame.last for frame in self.stack]
        names = [frame.name for frame in self.stack]
        after = [0] * len(before) if one_of_them else list(before)
        outer = self._low
        self._control += 1
        for body in bodies:
            for frame, last in zip(self.stack, before, strict=True):
                frame.last = last
            self._low = len(self.stack)
            self.block(body)
            if [frame.name for frame in self.stack] != names:
                raise _Unstable
            after = [seen | frame.last for seen, frame in zip(after, self.stack, strict=True)]
            outer = min(outer, self._low)
        for frame, last in zip(self.stack, after, strict=True):
            frame.last = last
        self._control -= 1
        self._low = outer

    def _output(self, node: nodes.Output) -> None:
        for child in node.nodes:
            if isinstance(child, nodes.TemplateData):
                self._marks(child.data)
            elif isinstance(child, nodes.Filter) and child.name == language.PRINT:
                self._printed(child.args[0].as_const())
            else:
                raise _Unstable

    def _printed(self, kind: str) -> None:
        if kind == printing.ATTRIBUTE or not self.stack:
            raise _Unstable
        if kind == printing.DESCRIPTION or kind.startswith(printing.EMBED):
            return  # no more than letters that an attribute may hold
        if kind in (printing.RUN, printing.BLOCK):
            self.stack[-1].last |= WELL if kind == printing.BLOCK else BADLY

    def _marks(self, data: str) -> None:
        data = self._cut + data
        start = data.rfind("<")
        self._cut = data[start:] if start > data.rfind(">") else ""
        for match in _MARK.finditer(data.removesuffix(self._cut)):
            closing, name, attributes, empty, text, stray = match.groups()
            if stray or (text is not None and _ENTITY.search(text)):
                raise _Unstable
            if text is not None:
                if not self.stack and text.strip():
                    raise _Unstable
            elif closing:
                self._close(name)
            else:
                self._open(name, attributes or "")
                if empty:
                    self._close(name)

    def _open(self, name: str, attributes: str) -> None:
        if self.stack:
            if _WORDS in attributes or "xmlns:w=" in attributes:
                raise _Unstable  # another prefix for the words of Word
        elif attributes.count(_WORDS) != 1:
            raise _Unstable
        else:
            self.roots += 1
        if _ENTITY.search(attributes):
            raise _Unstable
        if name == "w:tc":
            self._cell()
        elif name == "w:gridCol":
            self._column()
        elif name.endswith(":docPr"):
            self._drawing(attributes)
        elif name == "w:gridSpan" or name in _SKIPS:
            self._grid_number(name, attributes)
        self.stack.append(_Frame(name, self._control))

    def _column(self) -> None:
        grid = self.stack[-1] if self.stack else None
        if grid is None or grid.name != "w:tblGrid" or grid.control != self._control:
            raise _Unstable
        grid.cells += 1

    def _row_of_cell(self) -> _Frame:
        names = [frame.name for frame in self.stack[-3:]]
        if names[-1:] == ["w:tr"]:
            return self.stack[-1]
        if names == ["w:tr", "w:sdt", "w:sdtContent"]:
            return self.stack[-3]
        raise _Unstable

    def _cell(self) -> None:
        row = self._row_of_cell()
        if row.control != self._control:
            raise _Unstable
        row.cells += 1
        row.width += 1

    def _grid_number(self, name: str, attributes: str) -> None:
        found = dict(_ATTRIBUTE.findall(attributes)).get("w:val", "")
        number = int(float(found)) if found.replace(".", "", 1).isdigit() else 0
        names = [frame.name for frame in self.stack]
        if name in _SKIPS and names[-2:] == ["w:tr", "w:trPr"]:
            row = self.stack[-2]
            row.width += number
        elif name == "w:gridSpan" and names[-2:] == ["w:tc", "w:tcPr"]:
            cell, row = self.stack[-2], self._row_above()
            if cell.span:
                raise _Unstable
            cell.span = 1
            row.width += max(1, number) - 1
        else:
            raise _Unstable
        if row.control != self._control:
            raise _Unstable

    def _row_above(self) -> _Frame:
        return next(frame for frame in reversed(self.stack) if frame.name == "w:tr")

    def _drawing(self, attributes: str) -> None:
        number = dict(_ATTRIBUTE.findall(attributes)).get("id", "")
        if self._loops or number in self._drawings:
            raise _Unstable
        self._drawings.add(number)

    def _close(self, name: str) -> None:
        if not self.stack or self.stack[-1].name != name:
            raise _Unstable
        frame = self.stack.pop()
        if len(self.stack) < self._low:
            if name not in _SOFT:
                raise _Unstable
            self._low = len(self.stack)
        if name in _HOLDERS and frame.last != WELL:
            raise _Unstable
        parent = self.stack[-1] if self.stack else None
        if parent is not None:
            parent.last = WELL if name in _ENDS_WELL else BADLY
        if name == "w:tr":
            self._row(frame)
        elif name == "w:tblGrid" and parent is not None and parent.name == "w:tbl":
            if parent.columns >= 0 or frame.control != parent.control:
                raise _Unstable
            parent.columns = frame.cells
        elif name == "w:tbl":
            _check_grid(frame)

    def _row(self, row: _Frame) -> None:
        if not row.cells:
            raise _Unstable
        table = next((frame for frame in reversed(self.stack) if frame.name == "w:tbl"), None)
        if table is not None:
            table.rows.append((row.cells, row.width, row.control != table.control))


def _check_grid(table: _Frame) -> None:
    """The grid fits the fewest rows the table can have, and all of them."""
    if table.columns < 0:
        return
    always = [(cells, width) for cells, width, maybe in table.rows if not maybe]
    every = [(cells, width) for cells, width, _ in table.rows]
    for rows in ([always] if always else [[row] for row in every]) + ([every] if every else []):
        most, width = max(row[0] for row in rows), max(row[1] for row in rows)
        needed = max(most, min(table.columns, width))
        if needed not in (0, table.columns):
            raise _Unstable

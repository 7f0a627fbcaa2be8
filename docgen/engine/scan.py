"""Reads the tags of a Word part tolerantly: a fault is noted and the reading goes on. Pure.

The renderer's own reader stops at the first fault; this one finds all of them.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass, field, replace
from functools import cached_property

from lxml import etree

from docgen.engine.errors import Place
from docgen.engine.faults import Fault
from docgen.engine.places import W

Node = etree._Element  # noqa: SLF001 (lxml's only name for an element)

_TEXTS = (W + "t", W + "instrText")
_OPEN = re.compile(r"\{\{|\{%|\{#")
_CLOSE = {"{{": "}}", "{%": "%}", "{#": "#}"}
_ANY_CLOSE = re.compile(r"\}\}|%\}|#\}")
_FORM = re.compile(r"^\{([{%#])(?:(tr|tc|p|r)(?=\s))?([-+]?)\s*(.*?)\s*([-+]?)[%}#]\}$", re.DOTALL)
_ESCAPED = re.compile(r"\{_\{|\}_\}|\{_%|%_\}")


@dataclass(frozen=True, slots=True, eq=False)
class Tag:
    """One tag as typed: ``kind`` is ``{``, ``%`` or ``#``; ``prefix`` tr, tc, p, r or empty.

    ``word`` and ``rest`` split a statement (``for``, ``d in ds``); ``inner`` is what stands between the
    brackets. ``first`` and ``last`` are the text nodes it begins and ends in, None for a property.
    """

    text: str
    place: Place
    kind: str
    prefix: str
    inner: str
    word: str
    rest: str
    paragraph: Node | None
    first: Node | None
    last: Node | None


@dataclass(frozen=True, eq=False)
class Paragraph:
    """One paragraph with its own text, the text nodes it is made of and where each begins."""

    node: Node
    number: int
    text: str
    nodes: tuple[Node, ...]
    starts: tuple[int, ...]

    def node_at(self, offset: int) -> Node:
        """The text node that holds the character at an offset."""
        return self.nodes[max(0, bisect_right(self.starts, offset) - 1)]


@dataclass(eq=False)
class Part:
    """One part of the package as read: its tags in document order, and the faults of their writing."""

    name: str
    kind: str
    root: Node
    tags: list[Tag] = field(default_factory=list)
    faults: list[Fault] = field(default_factory=list)

    @cached_property
    def paragraphs(self) -> tuple[Paragraph, ...]:
        """All paragraphs, those in tables and text boxes too."""
        texts: dict[Node, list[Node]] = defaultdict(list)
        for node in self.root.iter(*_TEXTS):
            owner = next(node.iterancestors(W + "p"), None)
            if owner is not None and node.text:
                texts[owner].append(node)
        found = []
        for number, node in enumerate(self.root.iter(W + "p"), start=1):
            nodes = tuple(texts.get(node, ()))
            starts, position = [], 0
            for piece in nodes:
                starts.append(position)
                position += len(piece.text or "")
            text = "".join(piece.text or "" for piece in nodes)
            found.append(Paragraph(node, number, text, nodes, tuple(starts)))
        return tuple(found)

    @cached_property
    def _numbers(self) -> dict[Node, int]:
        """1-based number of every table of the part, row of its table, cell of its row."""
        numbers = {table: count for count, table in enumerate(self.root.iter(W + "tbl"), start=1)}
        for inner, outer in (("tr", "tbl"), ("tc", "tr")):
            seen: dict[Node | None, int] = defaultdict(int)
            for node in self.root.iter(W + inner):
                holder = next(node.iterancestors(W + outer), None)
                seen[holder] += 1
                numbers[node] = seen[holder]
        return numbers

    def place(self, paragraph: Paragraph, tag: str = "") -> Place:
        """The place of a paragraph, with the coordinates of its table cell."""
        place = Place(self.name, paragraph.number, paragraph.text, tag=tag)
        cell = next(paragraph.node.iterancestors(W + "tc"), None)
        row = None if cell is None else next(cell.iterancestors(W + "tr"), None)
        table = None if row is None else next(row.iterancestors(W + "tbl"), None)
        if cell is None or row is None or table is None:
            return place
        numbers = self._numbers
        return replace(place, table=numbers[table], row=numbers[row], cell=numbers[cell])

    @cached_property
    def _by_node(self) -> dict[Node, Paragraph]:
        return {paragraph.node: paragraph for paragraph in self.paragraphs}

    def place_of(self, node: Node) -> Place:
        """The place of the paragraph an element stands in, or of the first one in it; else of the part."""
        holder = node if node.tag == W + "p" else next(node.iterancestors(W + "p"), None)
        if holder is None:
            holder = next(node.iter(W + "p"), None)
        return Place(self.name) if holder is None else self.place(self._by_node[holder])


def make_tag(text: str, place: Place, nodes: tuple[Node | None, Node | None, Node | None]) -> Tag:
    """A tag taken apart; ``nodes`` are its paragraph and the text nodes it begins and ends in."""
    match = _FORM.match(text)
    kind, prefix, inner = text[1], "", text[2:-2].strip()
    if match is not None:
        kind, prefix, sign, inner = match[1], match[2] or "", match[3], match[4]
        if prefix and sign:  # `{%p- for`: docxtpl does not know it
            inner = sign + inner
    word, rest = "", ""
    if kind == "%" and (words := re.match(r"(\w*)\s*(.*)", inner, re.DOTALL)):
        word, rest = words.groups()
    paragraph, first, last = nodes
    return Tag(text, place, kind, prefix, inner, word, rest, paragraph, first, last)


def scan(name: str, kind: str, root: Node) -> Part:
    """Read all tags of a part, and note every fault of their writing."""
    part = Part(name, kind, root)
    reader = _Reader(part)
    for paragraph in part.paragraphs:
        reader.read(paragraph)
    reader.finish()
    order = {node: index for index, node in enumerate(root.iter(*_TEXTS))}
    part.tags.sort(key=lambda tag: -1 if tag.first is None else order[tag.first])
    return part


class _Reader:
    """Goes through the paragraphs; a comment may run on, an unclosed tag may end in the next one."""

    def __init__(self, part: Part) -> None:
        self._part = part
        self._comment = False  # within a `{#` that an earlier paragraph opened
        ends = [paragraph.number for paragraph in part.paragraphs if "#}" in paragraph.text]
        self._last_comment_end = ends[-1] if ends else 0
        self._torn: tuple[str, Place, str] | None = None  # unclosed at the end: close, place, tag
        self._last = ""  # last character so far

    def read(self, paragraph: Paragraph) -> None:
        text = paragraph.text
        if not text:
            return
        self._joined(paragraph)
        self._last = text[-1]
        if "{" not in text and "}" not in text:
            self._untorn(paragraph, text, 0)
            return
        position = 0
        if self._comment:
            end = text.find("#}")
            if end < 0:
                return
            self._comment, position = False, end + 2
        self._tags(paragraph, self._untorn(paragraph, text, position))

    def finish(self) -> None:
        """What is still open at the end of the part."""
        if self._torn is not None:
            self._unclosed()

    def _note(self, rule: str, message: str, place: Place) -> None:
        self._part.faults.append(Fault(rule, message, place))

    def _unclosed(self) -> None:
        if self._torn is not None:
            close, place, tag = self._torn
            self._note("TAG-01", _unclosed_message(tag, close), place)
            self._torn = None

    def _untorn(self, paragraph: Paragraph, text: str, position: int) -> int:
        """A tag left open by the paragraph before: closed here, or not at all."""
        if self._torn is None:
            return position
        close, place, _ = self._torn
        end, again = text.find(close, position), _OPEN.search(text, position)
        if end < 0 or (again and again.start() < end):
            if text.strip():
                self._unclosed()
            return position
        self._torn = None
        here = self._part.place(paragraph)
        message = (
            f"Thẻ bị ngắt: mở ở đoạn {place.paragraph}, đóng bằng {close} ở đoạn {here.paragraph}; "
            "gõ cả thẻ trong một đoạn"
        )
        self._part.faults.append(Fault("TAG-02", message, place, related=here))
        return end + 2

    def _joined(self, paragraph: Paragraph) -> None:
        first, last = paragraph.text[0], self._last
        joined = (last == "{" and first in "{%#") or (last in ("%", "}", "#") and first == "}")
        if joined and not (self._torn and last == "{"):
            message = (
                f"Dấu {first} ở đầu đoạn này sẽ bị ghép với dấu {last} cuối đoạn trước thành một thẻ; "
                "gõ cả thẻ trong một đoạn, hoặc thêm dấu cách"
            )
            self._note("TAG-02", message, self._part.place(paragraph))

    def _tags(self, paragraph: Paragraph, position: int) -> None:
        text = paragraph.text
        while match := _OPEN.search(text, position):
            self._loose(paragraph, position, match.start())
            opening, begin = match.group(), match.start()
            close = _CLOSE[opening]
            end, again = text.find(close, match.end()), _OPEN.search(text, match.end())
            if opening == "{#" and end < 0 and paragraph.number < self._last_comment_end:
                self._comment = True
                return
            if opening == "{#" and end < 0:
                message = "Ghi chú mở bằng {# nhưng không đóng bằng #}; thêm #} hoặc bỏ {#"
                self._note("TAG-01", message, self._part.place(paragraph, text[begin:]))
                position = match.end()
                continue
            if end < 0 or (opening != "{#" and again and again.start() < end):
                stop = again.start() if again else len(text)
                place = self._part.place(paragraph, text[begin:stop].rstrip())
                if again:
                    self._note("TAG-01", _unclosed_message(place.tag, close), place)
                    position = stop
                    continue
                self._torn = (close, place, place.tag)
                return
            self._add(paragraph, begin, end + 2)
            position = end + 2
        self._loose(paragraph, position, len(text))

    def _add(self, paragraph: Paragraph, begin: int, end: int) -> None:
        text = paragraph.text[begin:end]
        first, last = paragraph.node_at(begin), paragraph.node_at(end - 1)
        place = self._part.place(paragraph, text)
        self._part.tags.append(make_tag(text, place, (paragraph.node, first, last)))
        if first is not last and not _same_holder(first, last):
            message = (
                "Thẻ nằm vắt qua ranh giới của một liên kết, ô điều khiển, trường hay chỗ sửa có theo dõi; "
                "xóa cả thẻ rồi gõ lại liền một mạch"
            )
            self._note("TAG-05", message, place)

    def _loose(self, paragraph: Paragraph, begin: int, end: int) -> None:
        """Brackets in the text between tags."""
        between = _ESCAPED.sub("   ", paragraph.text[begin:end])
        if "{" not in between and "}" not in between:
            return
        for match in _ANY_CLOSE.finditer(between):
            place = self._part.place(paragraph, match.group())
            message = f"Dấu {match.group()} không có dấu mở; sẽ in ra nguyên như vậy. Bỏ đi, hoặc thêm dấu mở"
            self._note("TAG-03", message, place)
        for match in _SPLIT_BRACES.finditer(between):
            place = self._part.place(paragraph, match.group())
            message = "Hai dấu ngoặc của thẻ bị cách nhau nên không thành thẻ; gõ liền {{ … }} hoặc {% … %}"
            self._note("TAG-04", message, place)


_SPLIT_BRACES = re.compile(r"\{\s+\{[^{}]*\}\s*\}|\{\s+%[^{}]*%\s*\}")


def _unclosed_message(tag: str, close: str) -> str:
    inner = tag[2:]
    if "}" in inner:
        return f"Thẻ đóng sai: cần {close} nhưng gặp một dấu }} hay dấu khác; sửa dấu đóng thành {close}"
    return f"Thẻ mở bằng {tag[:2]} nhưng không đóng trong đoạn; thêm {close} ở cuối thẻ"


def _same_holder(first: Node, last: Node) -> bool:
    """Whether what docxtpl cuts out between the two text nodes leaves the elements balanced."""
    if first.tag != W + "t" or last.tag != W + "t":
        return False  # docxtpl joins what is split over text nodes only, not over field codes
    return [node.tag for node in first.iterancestors()] == [
        node.tag for node in last.iterancestors()
    ]


def loose_names(part: Part) -> Iterator[tuple[str, str, Place]]:
    """Names in one brace or in the guillemets of a mail merge: (name, as typed, place)."""
    for paragraph in part.paragraphs:
        for match in re.finditer(
            r"(?<![{_])\{\s*([\w.]+)\s*\}(?![}_])|«\s*(\w+)\s*»", paragraph.text
        ):
            yield match[1] or match[2], match[0], part.place(paragraph, match[0])

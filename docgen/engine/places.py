"""Where tags stand in a Word part: paragraph, table, row, cell. Pure.

Also finds the faults that docxtpl's own pattern matching would turn into lost text.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace

from lxml import etree

from docgen.engine.errors import Place, TemplateError
from docgen.engine.values import nfc

W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
_OPEN = re.compile(r"\{\{|\{%|\{#")
_CLOSE = {"{{": "}}", "{%": "%}", "{#": "#}"}
_SPECIAL = re.compile(r"^(?:\{\{|\{%|\{#)(tr|tc|p)\s")
_BRACES_APART = re.compile(r"([{%#}])((?:<[^<>]*>)+)(?=([{%#}]))")
_CONTAINER_VI = {"tr": "hàng bảng", "tc": "ô bảng", "p": "đoạn"}


@dataclass(frozen=True, slots=True)
class TagPlace:
    """One tag as typed by the author, and where."""

    text: str
    place: Place


def tags_in(text: str, place: Place) -> Iterator[str]:
    """The tags of one paragraph. Raises ``TemplateError`` for a tag that is not closed in it."""
    position = 0
    while match := _OPEN.search(text, position):
        opening = match.group()
        end = text.find(_CLOSE[opening], match.end())
        again = _OPEN.search(text, match.end())
        if end < 0 or (opening != "{#" and again and again.start() < end):
            if opening == "{#":  # a comment may run over several paragraphs
                return
            raise TemplateError(
                f"Thẻ mở bằng {opening} nhưng không đóng bằng {_CLOSE[opening]} trong cùng đoạn",
                place,
            )
        yield text[match.start() : end + 2]
        position = end + 2


def own_text(paragraph: etree._Element) -> str:
    """The text of a paragraph without that of paragraphs inside it (text boxes)."""
    words = []
    for node in paragraph.iter(W + "t", W + "instrText"):
        owner = next(node.iterancestors(W + "p"), None)
        if owner is paragraph:
            words.append(node.text or "")
    return "".join(words)


def _numbered(root: etree._Element) -> dict[etree._Element, int]:
    """Tables of the part, rows of each table and cells of each row, counted from 1."""
    holders = {W + "tr": W + "tbl", W + "tc": W + "tr"}
    numbers: dict[etree._Element, int] = {}
    counts: dict[etree._Element | None, int] = {}
    for node in root.iter(W + "tbl", *holders):
        holder = None
        if node.tag in holders:
            holder = next(node.iterancestors(holders[node.tag]), None)
            if holder is None:
                continue
        counts[holder] = numbers[node] = counts.get(holder, 0) + 1
    return numbers


def _coordinates(
    paragraph: etree._Element, numbers: dict[etree._Element, int]
) -> tuple[int, int, int] | tuple[None, None, None]:
    cell = next(paragraph.iterancestors(W + "tc"), None)
    row = None if cell is None else next(cell.iterancestors(W + "tr"), None)
    table = None if row is None else next(row.iterancestors(W + "tbl"), None)
    if cell is None or row is None or table is None:
        return None, None, None
    return numbers[table], numbers[row], numbers[cell]


def read_tags(root: etree._Element, part: str) -> list[TagPlace]:
    """All tags of a part in order, each with its place.

    Raises ``TemplateError`` for an unclosed tag, and for a ``{%tr %}``, ``{%tc %}`` or ``{%p %}`` that
    shares its row, cell or paragraph with something else: docxtpl would drop that without a word.
    """
    numbers = _numbered(root)
    found: list[TagPlace] = []
    for number, paragraph in enumerate(root.iter(W + "p"), start=1):
        text = own_text(paragraph)
        if "{" not in text:
            continue
        place = Place(part, number, text)
        if _OPEN.search(text):
            table, row, cell = _coordinates(paragraph, numbers)
            place = replace(place, table=table, row=row, cell=cell)
        for tag in tags_in(text, place):
            here = replace(place, tag=tag)
            _check_alone(tag, paragraph, here)
            found.append(TagPlace(tag, here))
    return found


def attribute_tags(root: etree._Element, part: str) -> Iterator[TagPlace]:
    """The tags in attributes, such as the alternative text of a picture, in document order."""
    numbers = _numbered(root)
    order = {node: number for number, node in enumerate(root.iter(W + "p"), start=1)}
    for node in root.iter():
        for value in node.attrib.values():
            for tag in _TAGS.findall(str(value)):
                paragraph = next(node.iterancestors(W + "p"), None)
                if paragraph is None:
                    yield TagPlace(tag, Place(part, tag=tag))
                    continue
                table, row, cell = _coordinates(paragraph, numbers)
                text = own_text(paragraph)
                place = Place(part, order[paragraph], text, table, row, cell, tag)
                yield TagPlace(tag, place)


def _check_alone(tag: str, paragraph: etree._Element, place: Place) -> None:
    special = _SPECIAL.match(tag)
    if special is None:
        return
    kind = special.group(1)
    holder = paragraph if kind == "p" else next(paragraph.iterancestors(W + kind), None)
    if holder is None:
        raise TemplateError(f"Thẻ {{%{kind} %}} chỉ dùng được trong bảng", place)
    text = "".join(node.text or "" for node in holder.iter(W + "t"))
    if text.replace(tag, "", 1).strip():
        raise TemplateError(
            f"Thẻ {{%{kind} %}} phải đứng một mình trong {_CONTAINER_VI[kind]} của nó; "
            "phần còn lại ở đó sẽ mất",
            place,
        )


def check_braces(xml: str, part: str) -> None:
    """Raises ``TemplateError`` for braces of two paragraphs that docxtpl would join to one tag.

    It would drop all between them, be it the end of a table row.
    """
    for match in _BRACES_APART.finditer(xml):
        first, between, second = match.groups()
        joined = second == "}" if first in "%}#" else second in "{%#"
        if joined and "</w:p>" in between:
            number = len(re.findall(r"<w:p[ >]", xml[: match.start(3)]))
            message = f"Dấu {second} ở đầu đoạn này sẽ bị ghép với dấu {first} của đoạn trước; thêm dấu cách"
            raise TemplateError(message, Place(part, number))


def bare(tag: str) -> str:
    """A tag reduced to what docxtpl leaves of it, to find it again after its rewriting."""
    inner = re.sub(r"^(?:\{\{|\{%|\{#)[-+]?|[-+]?(?:\}\}|%\}|#\})$", "", tag)
    inner = re.sub(r"^(?:tr|tc|p|r)\s", "", inner)
    inner = inner.translate(str.maketrans("“”‘’", "\"\"''"))
    inner = inner.replace("&lt;", "<").replace("&gt;", ">").replace("&amp;", "&")
    return nfc("".join(inner.split()))


class PlaceFinder:
    """Follows tags in document order after rewriting and tells where each one came from.

    Those in attributes are followed apart: where in the text they stand cannot be told.
    """

    def __init__(
        self, tags: Iterable[TagPlace], part: str, attributes: Iterable[TagPlace] = ()
    ) -> None:
        self._tags = [(bare(tag.text), tag.place) for tag in tags]
        self._attributes = [(bare(tag.text), tag.place) for tag in attributes]
        self._next = self._next_attribute = 0
        self._last = self._tags[0][1] if self._tags else Place(part)

    def find(self, tag: str) -> Place:
        """The place of the next tag with this text; of the last one found if docxtpl added it."""
        index = _found(self._tags, self._next, tag)
        if index is not None:
            self._next = index + 1
            self._last = self._tags[index][1]
        return self._last

    def find_attribute(self, tag: str) -> Place:
        """The place of the next tag inside a mark: in the alternative text of a picture, mostly."""
        index = _found(self._attributes, self._next_attribute, tag)
        if index is None:
            return self._last
        self._next_attribute = index + 1
        return self._attributes[index][1]


def _found(tags: Sequence[tuple[str, Place]], start: int, tag: str) -> int | None:
    wanted = bare(tag)
    return next((index for index in range(start, len(tags)) if tags[index][0] == wanted), None)


_TAGS = re.compile(r"\{\{.*?\}\}|\{%.*?%\}|\{#.*?#\}", re.DOTALL)
_MARKUP = re.compile(r"<[^<>]*>")
_TRIMMING = re.compile(r"\{%-|-%\}")
_SHOWN = 40


def check_kept(root: etree._Element, xml: str, rewritten: str, part: str) -> None:
    """Raises ``TemplateError`` if docxtpl's rewriting lost text or table cells of the template.

    ``{%-`` and ``-%}`` take all up to the next text along, the end of a cell or a row too.
    """
    before = "".join(_TAGS.sub("", _MARKUP.sub("", xml)).split())
    after = "".join(_MARKUP.sub("", _TAGS.sub("", rewritten)).split())
    place = _first_trimming(root, part)
    if before != after:
        same = next(
            (i for i, pair in enumerate(zip(before, after, strict=False)) if len(set(pair)) > 1), 0
        )
        lost = before[same : same + _SHOWN]
        raise TemplateError(f"Cách đặt thẻ ở đây làm mất chữ của mẫu, từ «{lost}»", place)
    cells = len(list(root.iter(W + "tc"))) - len(_cells_of_tags(root))
    if cells != len(re.findall(r"<w:tc[ >]", rewritten)):
        raise TemplateError("Cách đặt thẻ ở đây làm mất ô của bảng; bỏ dấu - trong thẻ", place)


def _cells_of_tags(root: etree._Element) -> set[etree._Element]:
    """The cells that go with a ``{%tr %}`` or ``{%tc %}``."""
    gone: set[etree._Element] = set()
    for paragraph in root.iter(W + "p"):
        text = own_text(paragraph)
        for kind in ("tr", "tc"):
            if re.search(r"\{[{%#]" + kind + r"\s", text):
                holder = next(paragraph.iterancestors(W + kind), None)
                if holder is not None:  # none: typed inside a comment, outside a table
                    gone.update(holder.iter(W + "tc"))
    return gone


def _first_trimming(root: etree._Element, part: str) -> Place:
    for number, paragraph in enumerate(root.iter(W + "p"), start=1):
        text = own_text(paragraph)
        if _TRIMMING.search(text):
            return Place(part, number, text)
    return Place(part)

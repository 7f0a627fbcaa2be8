"""From Word's XML to a Jinja source: the language of docxtpl, in passes that go once over the text. Pure.

Word cuts what an author types into runs; the tags are put together again (``heal``), the special ones take
the place of the row, cell, paragraph or run that holds them (``lift``). Everything here gives, letter for
letter, what docxtpl 0.20.2 makes of the same XML; the tests hold both against each other.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from docgen.engine.wordcells import cell_tags

_OPENING = re.compile(r"\{[{%#]")
_CLOSING = {"{{": "}}", "{%": "%}", "{#": "#}"}
_TAGS_BETWEEN = re.compile(r"(?:<[^>]*+>)++")
_TEXT_START = re.compile(r"<w:t[ >]")
_AFTER_TRIM = re.compile(r"<w:t|\{%|\{\{")
_RUN_TAG = re.compile(r"(?:\{\{|\{%)r\s")
_KEEP_SPACE = '<w:t xml:space="preserve">'
_NEW_RUN = "</w:t></w:r><w:r>" + _KEEP_SPACE
_TYPED = (
    *(("&#8216;", "'"), ("&lt;", "<"), ("&gt;", ">")),
    *(("“", '"'), ("”", '"'), ("‘", "'"), ("’", "'")),
)


def word_to_jinja(xml: str) -> str:
    """The Jinja source of a Word part: split tags joined, ``{%tr %}`` and the like out of their holders."""
    xml = heal(xml)
    xml = cell_tags(xml, before_lifting=True)
    xml = _keep_spaces(xml)
    xml = _split_runs(xml)
    xml = _trim_before(xml)
    xml = _trim_after(xml)
    for name in ("tr", "tc", "p", "r"):
        xml = lift(xml, name, ("{%", "{{"), r"([^}%]*+(?:%\}|\}\}))")
    for name in ("tr", "tc", "p"):
        xml = lift(xml, name, ("{#",), r"([^}#]*+#\})")
    return _typed_signs(cell_tags(xml, before_lifting=False))


def heal(xml: str) -> str:
    """Tags cut by markup made whole: first their braces, then what is between them."""
    return _inside_tags(_join_braces(xml))


def _join_braces(xml: str) -> str:
    """``{<...>{`` becomes ``{{``, and so on for ``{%``, ``{#`` and the closing ones."""
    pieces: list[str] = []
    position = 0
    for match in _TAGS_BETWEEN.finditer(xml):
        start = match.start()
        if start == 0 or match.end() == len(xml):
            continue
        before, after = xml[start - 1], xml[match.end()]
        if (before == "{" and after in "{%#") or (before in "%}#" and after == "}"):
            pieces.append(xml[position:start])
            position = match.end()
    pieces.append(xml[position:])
    return "".join(pieces)


def _inside_tags(xml: str) -> str:
    """Inside a tag, what stands from the end of one text of Word to the start of the next goes."""
    pieces: list[str] = []
    position = 0
    while match := _OPENING.search(xml, position):
        end = xml.find(_CLOSING[match.group()], match.end())
        end = len(xml) if end < 0 else end
        pieces += (xml[position : match.start()], _without_ends(xml[match.start() : end]))
        position = end
    pieces.append(xml[position:])
    return "".join(pieces)


def _without_ends(tag: str) -> str:
    pieces: list[str] = []
    position = 0
    while (cut := tag.find("</w:t>", position)) >= 0:
        again = _TEXT_START.search(tag, cut + 6)
        end = -1 if again is None else tag.find(">", again.end() - 1)
        if end < 0:
            break
        pieces.append(tag[position:cut])
        position = end + 1
    pieces.append(tag[position:])
    return "".join(pieces)


def _keep_spaces(xml: str) -> str:
    """A text of Word with a tag in it, or in those after it up to the next bare one, keeps its spaces."""
    last = {"{{": xml.rfind("}}"), "{%": xml.rfind("%}")}
    pieces: list[str] = []
    position = start = 0
    while (start := xml.find("<w:t>", start)) >= 0:
        end = xml.find("<w:t>", start + 5)
        end = len(xml) if end < 0 else end
        tag = max(_last_tag(xml, opening, start + 5, end, last[opening]) for opening in last)
        if tag < 0:
            start = end
            continue
        pieces += (xml[position:start], _KEEP_SPACE)
        position = start + 5
        start = xml.find(_CLOSING[xml[tag : tag + 2]], tag + 2) + 2
    pieces.append(xml[position:])
    return "".join(pieces)


def _last_tag(xml: str, opening: str, start: int, end: int, last_closing: int) -> int:
    return xml.rfind(opening, start, max(0, min(end, last_closing)))


def _split_runs(xml: str) -> str:
    """``{{r x}}`` and ``{%r x %}`` get a run of their own, to be lifted out of it later."""
    pieces: list[str] = []
    position = start = 0
    while match := _RUN_TAG.search(xml, start):
        end = xml.find(_CLOSING[match.group()[:2]], match.end())
        if end < 0:
            start = match.end()
            continue
        tag = xml[match.start() : end + 2]
        pieces += (xml[position : match.start()], _NEW_RUN, tag, _NEW_RUN)
        position = start = end + 2
    pieces.append(xml[position:])
    return "".join(pieces)


def _trim_before(xml: str) -> str:
    """``{%-`` joins its text with the text before it."""
    pieces: list[str] = []
    position = searched = 0
    while (tag := xml.find("{%-", searched)) >= 0:
        end = xml.rfind("</w:t>", searched, tag)
        if end >= 0:
            pieces += (xml[position:end], "{%")
            position = tag + 3
        searched = tag + 3
    pieces.append(xml[position:])
    return "".join(pieces)


def _trim_after(xml: str) -> str:
    """``-%}`` joins its text with the text after it."""
    pieces: list[str] = []
    position = start = 0
    while (tag := xml.find("-%}", start)) >= 0:
        start = tag + 3
        match = _AFTER_TRIM.search(xml, start)
        if match is None:
            break
        end = xml.find(">", match.end()) if match.group() == "<w:t" else -1
        if end >= 0:
            pieces += (xml[position:tag], "%}")
            position = start = end + 1
    pieces.append(xml[position:])
    return "".join(pieces)


def _starts(xml: str, openings: tuple[str, ...], name: str) -> list[int]:
    found: list[int] = []
    for opening in openings:
        wanted = f"{opening}{name} "
        position = xml.find(wanted)
        while position >= 0:
            found.append(position)
            position = xml.find(wanted, position + 1)
    return sorted(found)


def lift(xml: str, name: str, openings: tuple[str, ...], rest: str) -> str:
    """A tag such as ``{%tr x %}`` takes the place of the ``w:tr`` that holds it, as ``{% x %}``.

    Of several in one holder the last one stays.
    """
    starts = _starts(xml, openings, name)
    if not starts:
        return xml
    inner = re.compile(rest)
    closing, skip = f"</w:{name}>", len(name) + 3
    last_end = xml.rfind(closing)
    pieces: list[str] = []
    position = 0
    for holder, inside in _by_holder(xml, name, starts):
        if holder < position:
            continue
        for tag in reversed(inside):
            match = inner.match(xml, tag + skip)
            if match is not None and match.end() <= last_end:
                pieces += (xml[position:holder], xml[tag : tag + 2], " ", match.group(1))
                position = xml.find(closing, match.end()) + len(closing)
                break
    pieces.append(xml[position:])
    return "".join(pieces)


def _by_holder(xml: str, name: str, starts: list[int]) -> Iterator[tuple[int, list[int]]]:
    """The tags by the opening mark that is nearest before them."""
    inside: list[int] = []
    holder, waiting = -1, 0
    for mark in re.finditer(f"<w:{name}[ >]", xml):
        while waiting < len(starts) and starts[waiting] < mark.start():
            inside.append(starts[waiting])
            waiting += 1
        if holder >= 0 and inside:
            yield holder, inside
        holder, inside = mark.start(), []
    if holder >= 0 and waiting < len(starts):
        yield holder, starts[waiting:]


def _typed_signs(xml: str) -> str:
    """Inside tags: quotes as Word types them and escaped signs become those of an expression."""
    if "{" not in xml:
        return xml
    pieces: list[str] = []
    position = start = 0
    openings = re.compile(r"\{[{%]")
    nearest = _Nearest(xml)
    while match := openings.search(xml, start):
        inner = match.end()
        end = nearest.closing(inner)
        if end is None:
            break
        if nearest.line_end(inner) < end:
            start = match.start() + 1
            continue
        if (
            end == inner
        ):  # after an empty match a pattern is tried again from there for one that is not
            later = nearest.closing(inner + 1)
            end = later if later is not None and later <= nearest.line_end(inner) else end
        pieces += (xml[position:inner], _as_expression(xml[inner:end]))
        position = end
        start = max(end - 2, match.start() + 1)  # what opens may be part of the last match
    pieces.append(xml[position:])
    return "".join(pieces)


def _as_expression(text: str) -> str:
    for typed, meant in _TYPED:
        text = text.replace(typed, meant)
    return text


class _Nearest:
    """The next closing braces and line end after a position that only grows."""

    def __init__(self, xml: str) -> None:
        self._xml = xml
        self._closings = re.compile(r"[}%]\}")
        self._closing: int | None = -1
        self._line = -1

    def closing(self, position: int) -> int | None:
        if self._closing is not None and self._closing < position:
            match = self._closings.search(self._xml, position)
            self._closing = None if match is None else match.start()
        return self._closing

    def line_end(self, position: int) -> int:
        if self._line < position:
            found = self._xml.find("\n", position)
            self._line = len(self._xml) if found < 0 else found
        return self._line

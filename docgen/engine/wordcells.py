"""The four tags of docxtpl that change a table cell: colspan, cellbg, vm and hm. Pure."""

from __future__ import annotations

import re
from collections.abc import Callable

_CELL = re.compile(r"<w:tc[ >]")
_RUN = re.compile(r"<w:r[ >]")
_VALUE_TAG = r"\{%%\s*+%s\s++([^%%]*+)%%\}"
_MERGE_TAG = r"\{%%\s*+%s\s*+%%\}"
_COLSPAN = re.compile(_VALUE_TAG % "colspan")
_CELLBG = re.compile(_VALUE_TAG % "cellbg")
_VM = re.compile(_MERGE_TAG % "vm")
_HM = re.compile(_MERGE_TAG % "hm")
_WIDTH = re.compile(r'(w:gridSpan w:val=")(\d++)(")')
_PROPERTIES = re.compile(r"<w:tcPr[^>]*+>")
_FIRST = "{% if loop.first %}"
_END = "{% endif %}"
_CELL_END = re.compile(r"</w:tc[ >]")


def cell_tags(xml: str, *, before_lifting: bool) -> str:
    """Colspan and cellbg (before the lifting of special tags), vm and hm (after it)."""
    if before_lifting:
        if "colspan" in xml:
            xml = _with_value(xml, _COLSPAN, _span)
        return _with_value(xml, _CELLBG, _fill) if "cellbg" in xml else xml
    if "vm" in xml:
        xml = _merged(xml, _VM, _vertical)
    return _merged(xml, _HM, _horizontal) if "hm" in xml else xml


def _with_value(xml: str, tag: re.Pattern[str], rebuild: Callable[[str, str], str]) -> str:
    """Cells with the tag rebuilt; of several tags in one cell the last counts."""
    starts = [mark.start() for mark in _CELL.finditer(xml)]
    bounds = [*starts, len(xml)][1:]
    found = list(tag.finditer(xml))
    last_end = xml.rfind("</w:tc>")
    pieces: list[str] = []
    position = index = 0
    for start, bound in zip(starts, bounds, strict=True):
        inside: list[re.Match[str]] = []
        while index < len(found) and found[index].start() < bound:
            if found[index].start() > start and found[index].end() <= last_end:
                inside.append(found[index])
            index += 1
        if start < position or not inside:
            continue
        match = inside[-1]
        end = xml.find("</w:tc>", match.end()) + len("</w:tc>")
        cell = xml[start : match.start()] + xml[match.end() : end]
        pieces += (xml[position:start], rebuild(_without_empty_run(cell), match.group(1)))
        position = end
    pieces.append(xml[position:])
    return "".join(pieces)


def _without_empty_run(cell: str) -> str:
    """The runs left without text by the tag go."""
    starts = [mark.start() for mark in _RUN.finditer(cell)]
    bounds = [*starts, len(cell)][1:]
    last_end = max(0, cell.rfind("</w:r>"))
    pieces: list[str] = []
    position = 0
    for start, bound in zip(starts, bounds, strict=True):
        if start < position:
            continue
        empty = cell.rfind("<w:t></w:t>", start, min(bound, last_end))
        if empty >= 0:
            pieces.append(cell[position:start])
            position = cell.find("</w:r>", empty + 11) + len("</w:r>")
    pieces.append(cell[position:])
    return "".join(pieces)


def _drop_first(cell: str, mark: str) -> str:
    """Without the first empty element of this name (its attributes hold no slash)."""
    match = re.search(f"<{mark}[^/]*+/>", cell)
    return cell if match is None else cell[: match.start()] + cell[match.end() :]


def _span(cell: str, value: str) -> str:
    added = f'<w:gridSpan w:val="{{{{{value}}}}}"/>'
    return _PROPERTIES.sub(lambda m: m.group() + added, _drop_first(cell, "w:gridSpan"))


def _fill(cell: str, value: str) -> str:
    added = f'<w:shd w:val="clear" w:color="auto" w:fill="{{{{{value}}}}}"/>'
    return _PROPERTIES.sub(lambda m: m.group() + added, _drop_first(cell, "w:shd"))


def _merged(xml: str, tag: re.Pattern[str], rebuild: Callable[[str], str]) -> str:
    starts = [mark.start() for mark in _CELL.finditer(xml)]
    bounds = [*starts, len(xml)][1:]
    pieces: list[str] = []
    position = 0
    for start, bound in zip(starts, bounds, strict=True):
        if start < position:
            continue
        match = tag.search(xml, start, bound)
        end = None if match is None else _CELL_END.search(xml, match.end())
        if end is not None:
            pieces += (xml[position:start], rebuild(xml[start : end.end()]))
            position = end.end()
    pieces.append(xml[position:])
    return "".join(pieces)


def _parted(cell: str, tag: re.Pattern[str], put: Callable[[str, str], str]) -> str:
    """The cell with ``put(between properties and text, text)`` for each tag that follows its properties."""
    pieces: list[str] = []
    position = 0
    while (start := cell.find("</w:tcPr>", position)) >= 0:
        text = cell.find("<w:t", start + 9)
        body = -1 if text < 0 else cell.find(">", text)
        match = None if body < 0 else tag.search(cell, body + 1)
        end = -1 if match is None else cell.find("</w:t>", match.end())
        if match is None or end < 0:
            break
        words = cell[body + 1 : match.start()] + cell[match.end() : end]
        pieces += (cell[position:start], put(cell[start : body + 1], words), "</w:t>")
        position = end + len("</w:t>")
    pieces.append(cell[position:])
    return "".join(pieces)


def _vertical(cell: str) -> str:
    def put(between: str, words: str) -> str:
        merge = f'<w:vMerge w:val="{_FIRST}restart{{% else %}}continue{_END}"/>'
        return f"{merge}{between}{_FIRST}{words}{_END}"

    return _parted(cell, _VM, put)


def _horizontal(cell: str) -> str:
    if "w:gridSpan" in cell:
        cell = _WIDTH.sub(r"\1{{ \2 * loop.length }}\3", cell)
        cell = _HM.sub("", cell)
    else:
        cell = _parted(
            cell,
            _HM,
            lambda between, words: f'<w:gridSpan w:val="{{{{ loop.length }}}}"/>{between}{words}',
        )
    return f"{_FIRST}{cell}{_END}"

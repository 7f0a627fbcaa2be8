"""Automatic numbers: what Word prints before a paragraph, and how far it is indented for it."""

from __future__ import annotations

from dataclasses import dataclass, field

from lxml import etree

from core.numbers import to_roman
from docgen.rules.view.looks import Props, paragraph_props, run_props
from docgen.rules.view.names import VAL, W, integer, value

_LATIN = "abcdefghijklmnopqrstuvwxyz"
_LEVELS = 9


@dataclass(frozen=True, slots=True)
class Level:
    """One level of a list: format, text with ``%1`` for counters, first number, looks."""

    form: str
    text: str
    start: int
    paragraph: Props
    run: Props


@dataclass
class Numbering:
    """All lists of a file, with running counters (ask paragraphs in document order)."""

    levels: dict[str, dict[int, Level]]
    lists: dict[str, str]  # numId -> the list whose counters it shares
    _counters: dict[str, list[int]] = field(default_factory=dict)

    def level(self, num_id: str | None, at: int) -> Level | None:
        """The level a paragraph belongs to; numId 0 takes the numbering away."""
        if num_id is None or num_id == "0":
            return None
        return self.levels.get(num_id, {}).get(at)

    def label(self, num_id: str, at: int) -> str:
        """The next number of the list as printed: ``Điều 3.``, ``b)``, ``-`` for a bullet."""
        level = self.levels[num_id][at]
        if level.form == "bullet":
            return "-"
        counters = self._counters.setdefault(self.lists[num_id], [0] * _LEVELS)
        counters[at] = counters[at] + 1 if counters[at] else level.start
        for deeper in range(at + 1, _LEVELS):
            counters[deeper] = 0
        text = level.text
        for index in range(at + 1):
            own = self.levels[num_id].get(index)
            form = own.form if own else "decimal"
            text = text.replace(f"%{index + 1}", _number(max(counters[index], 1), form))
        return text


_ROMAN_MOST = 3999


def _number(number: int, form: str) -> str:
    if "Roman" in form and not 0 < number <= _ROMAN_MOST:
        return str(number)
    match form:
        case "upperRoman":
            return to_roman(number)
        case "lowerRoman":
            return to_roman(number).lower()
        case "lowerLetter":
            return _LATIN[(number - 1) % 26]
        case "upperLetter":
            return _LATIN[(number - 1) % 26].upper()
        case "decimalZero":
            return f"{number:02d}"
        case "none":
            return ""
        case _:
            return str(number)


def read_numbering(root: etree._Element | None) -> Numbering:
    """The lists of ``numbering.xml`` (None: a file without one)."""
    levels: dict[str, dict[int, Level]] = {}
    lists: dict[str, str] = {}
    if root is None:
        return Numbering(levels, lists)
    abstract = {
        element.get(W + "abstractNumId", ""): {
            integer(level, "ilvl") or 0: _level(level) for level in element.findall(W + "lvl")
        }
        for element in root.findall(W + "abstractNum")
    }
    for number in root.findall(W + "num"):
        key = number.get(W + "numId", "")
        base = value(number, "abstractNumId") or ""
        overrides = number.findall(W + "lvlOverride")
        levels[key] = dict(abstract.get(base, {}))
        lists[key] = f"num {key}" if overrides else f"abstract {base}"
        for override in overrides:
            own = override.find(W + "lvl")
            if own is not None:
                levels[key][integer(override, "ilvl") or 0] = _level(own)
    return Numbering(levels, lists)


def _level(element: etree._Element) -> Level:
    start = element.find(W + "start")
    form = element.find(W + "numFmt")
    return Level(
        form="decimal" if form is None else form.get(VAL, "decimal"),
        text=value(element, "lvlText") or "",
        start=1 if start is None else (integer(start, "val") or 1),
        paragraph=paragraph_props(element.find(W + "pPr")),
        run=run_props(element.find(W + "rPr"), {}),
    )

"""Text that is mended: old encodings run by run, composed letters, zeros and spaces of numbers and dates."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator

from lxml import etree

from core.legacy import Encoding, encoding_of_font, guess_encoding, to_unicode
from docgen.rules.checks.number import STRAY_SYMBOL, right_date, tidy_symbol
from docgen.rules.checks.page import every_para
from docgen.rules.fix.change import Mending
from docgen.rules.fix.elements import set_font
from docgen.rules.paper import Paper
from docgen.rules.pieces import where
from docgen.rules.view.model import Para, Run
from docgen.rules.view.names import W

_XML_SPACE = "{http://www.w3.org/XML/1998/namespace}space"


def mend_encoding(mending: Mending, paper: Paper) -> None:
    """PG-06: each run by its own font; else by its letters, unless some are Unicode already; then NFC."""
    for para in every_para(paper):
        guessed = _guess("".join(run.text for run in para.runs if not _by_font(run)))
        seen: set[etree._Element] = set()
        for run in para.runs:
            if run.element is not None and run.element not in seen:
                seen.add(run.element)
                _mend_run(mending, para, run, guessed)


def _by_font(run: Run) -> Encoding | None:
    return encoding_of_font(run.look.ascii_font) or encoding_of_font(run.look.other_font)


def _guess(text: str) -> Encoding | None:
    """The encoding of text in a Unicode font; none if it holds a letter that only Unicode has."""
    if any(char.isalpha() and char > "\u00ff" for char in text):
        return None
    return guess_encoding(text)


def _mend_run(mending: Mending, para: Para, run: Run, guessed: Encoding | None) -> None:
    element = run.element
    if element is None:
        return
    font = run.look.ascii_font
    by_font = _by_font(run) is not None
    encoding = _by_font(run) or guessed or _guess(run.text)
    before = _text(element)
    for node in element.findall(W + "t"):
        text = node.text or ""
        text = to_unicode(text, encoding, font=font) if encoding else text
        node.text = unicodedata.normalize("NFC", text)
    if by_font:
        set_font(element)
    after = _text(element)
    if before != after or by_font:
        name = encoding or "Unicode tổ hợp"
        message = f"Chuyển chữ từ {name} sang Unicode dựng sẵn."
        mending.tell("PG-06", message, where(para), before=before[:60], after=after[:60])


def _text(run: etree._Element) -> str:
    return "".join(node.text or "" for node in run.findall(W + "t"))


def mend_codes_and_dates(mending: Mending, paper: Paper) -> None:
    """SO-02, SO-03, DD-03: zeros and spaces of the paper's own line and of the documents it cites."""
    if paper.number is not None:
        _mend_number(mending, paper.number.para)
    if paper.place_date is not None:
        _mend_date(mending, paper.place_date.para)
    for para in (*paper.bases, *paper.body):
        for found in reversed(list(STRAY_SYMBOL.finditer(full_text(para)))):
            right = re.sub(r"\s*([/-])\s*", r"\1", found.group())
            _swap(mending, para, found.span(), right, rule="SO-03")


_OWN = re.compile(
    r"(?P<lead>Số\s*:?\s*)(?P<number>\d{1,5})(?P<gap>\s*)/(?P<symbol>[^\t\n]*?)(?=\s*(?:$|\t|\n| {3}))"
)


def _mend_number(mending: Mending, para: Para) -> None:
    found = _OWN.search(full_text(para))
    if found is None:
        return
    number = f"{int(found['number']):02d}"
    right = f"{number}/{tidy_symbol('/' + found['symbol'])[1:]}"
    span = (found.start("number"), found.end("symbol"))
    before = full_text(para)[slice(*span)]
    if before != right:
        rule = "SO-02" if before.replace(" ", "") != right else "SO-03"
        _swap(mending, para, span, right, rule=rule)


_DATE = re.compile(r"ngày\s+(?P<day>\d{1,2})\s+tháng\s+(?P<month>\d{1,2})\s+năm\s+(?P<year>\d{4})")


def _mend_date(mending: Mending, para: Para) -> None:
    found = _DATE.search(full_text(para))
    if found is None:
        return
    right = right_date(found["day"], found["month"], found["year"])
    if found.group() != right:
        _swap(mending, para, found.span(), right, rule="DD-03")


def full_text(para: Para) -> str:
    """All printed text of a paragraph, superscripts too: what `_swap` counts in."""
    return "".join(run.text for run in para.runs)


def _swap(mending: Mending, para: Para, span: tuple[int, int], right: str, *, rule: str) -> None:
    before = full_text(para)[slice(*span)]
    if replace_text(para, span, right):
        names = {
            "SO-02": "Sửa số văn bản",
            "SO-03": "Bỏ dấu cách trong số, ký hiệu",
            "DD-03": "Sửa ngày, tháng",
        }
        message = f"{names[rule]}: “{before}” thành “{right}”."
        mending.tell(rule, message, where(para), before=before, after=right)


def replace_text(para: Para, span: tuple[int, int], right: str) -> bool:
    """Put ``right`` in place of a stretch of `full_text`, in the run where it begins.

    False, and nothing changed, if the stretch is not all plain text (an automatic number, a tab).
    """
    places = list(_places(para))
    inside = places[slice(*span)]
    if len(places) != len(full_text(para)) or not inside or any(place is None for place in inside):
        return False
    first = inside[0]
    cuts: dict[etree._Element, list[int]] = {}
    for place in inside:
        if place is not None:
            cuts.setdefault(place[0], []).append(place[1])
    for node, letters in cuts.items():
        text = node.text or ""
        new = right if first is not None and node is first[0] else ""
        node.text = text[: letters[0]] + new + text[letters[-1] + 1 :]
        node.set(_XML_SPACE, "preserve")
    return True


def _places(para: Para) -> Iterator[tuple[etree._Element, int] | None]:
    """Where each letter of `full_text` is kept: text node and offset; None for tabs, breaks, numbers."""
    for run in para.runs:
        nodes = [] if run.element is None else run.element.findall(W + "t")
        kept = [(node, at) for node in nodes for at in range(len(node.text or ""))]
        if len(kept) == len(run.text):
            yield from kept
        else:
            yield from _with_breaks(run)


def _with_breaks(run: Run) -> Iterator[tuple[etree._Element, int] | None]:
    left = len(run.text)
    for child in () if run.element is None else run.element:
        if child.tag == W + "t":
            for at in range(len(child.text or "")):
                yield child, at
                left -= 1
        elif child.tag in {
            W + "tab",
            W + "br",
            W + "cr",
            W + "noBreakHyphen",
            W + "sym",
            W + "ptab",
        }:
            yield None
            left -= 1
    yield from [None] * max(left, 0)

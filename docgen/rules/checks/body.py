"""ND-01 to ND-04, ND-13: looks of the body (ND30 PL I II.6e) and its end mark."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import pairwise

from core.typeface import text_width
from docgen.rules.checks.measures import TOLERANCE, millimetres, points
from docgen.rules.finding import Fault, Rule
from docgen.rules.paper import Paper
from docgen.rules.pieces import is_form_blank, where
from docgen.rules.structure import Item, Level, item_of
from docgen.rules.view.model import Para

_MOST = 12  # findings of one kind that are told one by one
_INDENTS = (567, 720)
_GAP = 120
_SINGLE = 1.15  # height of a line of Times New Roman, in its size
_HEADS = {Level.PART, Level.CHAPTER, Level.SECTION, Level.SUBSECTION, Level.TITLE}


def _has_body(paper: Paper) -> bool:
    return bool(paper.body)


def running(paper: Paper) -> list[Item]:
    """Body paragraphs that are text: no centred heads, no dotted blanks of a form."""
    items = [item_of(para) for para in paper.body]
    return [item for item in items if item.level not in _HEADS and not _centred_head(item.para)]


def _centred_head(para: Para) -> bool:
    """A short centred line, in bold or capitals, is a heading."""
    if para.layout.align != "center" or len(para.text) > 160:  # noqa: PLR2004
        return False
    inked = [run for run in para.runs if any(char.isalnum() for char in run.text)]
    return para.text.isupper() or all(run.look.bold or run.look.italic for run in inked)


def _first(faults: Iterator[Fault]) -> Iterator[Fault]:
    for count, fault in enumerate(faults):
        if count >= _MOST:
            return
        yield fault


def body_look(paper: Paper) -> Iterator[Fault]:
    """ND-01: sentence letters, upright, 13-14, justified."""
    for test in (_size_fault, _slant_fault, _align_fault, _capitals_fault):
        yield from _first(fault for item in running(paper) for fault in test(item))


def misaligned(paper: Paper) -> Iterator[Fault]:
    """The paragraphs that ND-01 wants justified."""
    return (fault for item in running(paper) for fault in _align_fault(item))


def _size_fault(item: Item) -> Iterator[Fault]:
    sizes = {
        run.look.size
        for run in item.para.runs
        if not run.look.superscript and any(char.isalnum() for char in run.text)
    }
    wrong = sorted(size for size in sizes if not 13 <= size <= 14)  # noqa: PLR2004
    if wrong and not is_form_blank(item.para.text):
        found = f"cỡ {', '.join(map(points, wrong))}"
        yield Fault("Nội dung văn bản phải có cỡ 13-14.", where(item.para), found, "cỡ 13-14")


def _slant_fault(item: Item) -> Iterator[Fault]:
    inked = [run for run in item.para.runs if any(char.isalnum() for char in run.text)]
    if (
        inked
        and all(run.look.italic for run in inked)
        and not item.para.text.strip().startswith("(")
    ):
        yield Fault(
            "Nội dung văn bản phải là chữ đứng.", where(item.para), "chữ nghiêng", "chữ đứng"
        )


def _align_fault(item: Item) -> Iterator[Fault]:
    align = item.para.layout.align
    if align == "both" or is_form_blank(item.para.text):
        return
    if align == "left" and _one_line(item.para):  # justified or not looks the same
        return
    found = {"left": "canh trái", "right": "canh phải", "center": "canh giữa"}.get(align, align)
    yield Fault("Nội dung phải được dàn đều cả hai lề.", where(item.para), found, "dàn đều hai lề")


def _one_line(para: Para) -> bool:
    layout = para.layout
    room = (para.room - layout.left - layout.right - max(layout.first, 0)) / 20
    if "\n" in para.text:
        return False
    width = sum(text_width(run.text, size=run.look.size, bold=run.look.bold) for run in para.runs)
    return width <= room


def _capitals_fault(item: Item) -> Iterator[Fault]:
    text = item.para.text.strip()
    plain = item.level in {Level.TEXT, Level.BULLET, Level.POINT}
    if plain and text.isupper() and len(text.split()) > 12:  # noqa: PLR2004
        yield Fault("Nội dung phải viết chữ thường.", where(item.para), "chữ in hoa", "chữ thường")


def first_line(paper: Paper) -> Iterator[Fault]:
    """ND-02: the first line begins 1 cm or 1.27 cm in."""
    yield from _first(_indent_faults(paper))


def _indent_faults(paper: Paper) -> Iterator[Fault]:
    for item in running(paper):
        if item.level is Level.ROMAN or is_form_blank(item.para.text) or _is_note(item.para):
            continue
        start = _start(item.para, paper.view.default_tab)
        if all(abs(start - indent) > TOLERANCE for indent in _INDENTS):
            message = "Dòng đầu của đoạn phải lùi vào 1 cm hoặc 1,27 cm."
            yield Fault(message, where(item.para), millimetres(start), "10 mm hoặc 12,7 mm")


def _is_note(para: Para) -> bool:
    """Remarks in brackets under a table or heading."""
    return para.layout.align == "center" or para.text.strip().startswith("(")


def _start(para: Para, default_tab: int) -> int:
    """Where the first letter stands, from the left margin, in twips; a leading tab counts."""
    layout = para.layout
    start = layout.left + layout.first
    for char in para.text:
        if char == "\t":
            stops = [at for at, kind in layout.tabs if at > start and kind in {"left", "num"}]
            step = default_tab or 720
            start = min(stops) if stops else (start // step + 1) * step
        elif char in " \u00a0":
            start += 65
        else:
            break
    return start


def paragraph_gap(paper: Paper) -> Iterator[Fault]:
    """ND-03: at least 6 pt between paragraphs."""
    yield from _first(_gap_faults(paper))


def _gap_faults(paper: Paper) -> Iterator[Fault]:
    items = running(paper)
    for one, two in pairwise(items):
        if not _neighbours(paper, one.para, two.para) or is_form_blank(two.para.text):
            continue
        gap = one.para.layout.after + two.para.layout.before
        same = one.para.style == two.para.style
        if same and one.para.layout.contextual and two.para.layout.contextual:
            gap = 0
        if gap < _GAP - TOLERANCE:
            message = "Khoảng cách giữa hai đoạn phải ít nhất 6 pt."
            yield Fault(message, where(two.para), f"{points(gap / 20)} pt", "từ 6 pt")


def _neighbours(paper: Paper, one: Para, two: Para) -> bool:
    """Whether nothing stands between two paragraphs (an empty line makes the gap)."""
    del paper
    return two.number == one.number + 1


def line_spacing(paper: Paper) -> Iterator[Fault]:
    """ND-04: single to one and a half lines."""
    yield from _first(_spacing_faults(paper))


def _spacing_faults(paper: Paper) -> Iterator[Fault]:
    for item in running(paper):
        layout = item.para.layout
        size = max((run.look.size for run in item.para.runs), default=14.0)
        if layout.line_rule == "auto":
            lines, slack = layout.line / 240, 0.03
        else:
            lines, slack = layout.line / 20 / (size * _SINGLE), TOLERANCE / 20 / (size * _SINGLE)
            lines = max(lines, 1.0) if layout.line_rule == "atLeast" else lines
        if not 1 - slack <= lines <= 1.5 + slack:
            found = f"{lines:.2f} dòng".replace(".", ",")
            message = "Khoảng cách dòng phải từ dòng đơn đến 1,5 dòng."
            yield Fault(message, where(item.para), found, "1-1,5 dòng")


def end_mark(paper: Paper) -> Iterator[Fault]:
    """ND-13: the body ends with ``./.``, once."""
    last = paper.body[-1]
    if not last.text.rstrip().endswith("./."):
        message = "Nội dung văn bản kết thúc bằng “./.”."
        yield Fault(message, where(last), last.text.rstrip()[-12:], "./.")
    for para in paper.body[:-1]:
        if para.text.rstrip().endswith("./."):
            yield Fault("Dấu “./.” chỉ đặt ở cuối văn bản.", where(para), "./.", ".")


def _is_main(paper: Paper) -> bool:
    return bool(paper.body) and not paper.annex_only


RULES = (
    Rule("ND-01", "E", "ND30 PL I II.6e", "Chữ và canh lề nội dung", body_look, _has_body),
    Rule("ND-02", "E", "ND30 PL I II.6e", "Lùi đầu dòng", first_line, _has_body),
    Rule("ND-03", "E", "ND30 PL I II.6e", "Khoảng cách giữa các đoạn", paragraph_gap, _has_body),
    Rule("ND-04", "E", "ND30 PL I II.6e", "Khoảng cách dòng", line_spacing, _has_body),
    Rule("ND-13", "W", "ND30 PL III", "Dấu kết thúc ./.", end_mark, _is_main),
)

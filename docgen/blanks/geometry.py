"""The frozen places of a form: pages, widths, and how many lines a value takes there. Pure.

Lengths are millimetres, sizes points. A scan of a returned form is read by these places, so nothing on the form grows:
what does not fit is refused when the form is filled for its receiver.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache

from core.forms import FormField, FormKind
from core.forms.shown import NO, YES
from core.schema import FieldKind
from core.typeface import text_width

POINT = 72 / 25.4
#: Line pitch as a share of the letter size; stacked Vietnamese marks need more than Latin letters.
PITCH = 1.2
#: Room left and right in a cell, and above and below its lines.
SIDE, EDGE = 1.0, 1.0
#: Least height of a field for the pen, and of a row of a list.
PEN, PEN_LINE, PEN_ROW = 7.2, 6.2, 9.0
TYPED, TYPED_ROW = 7.0, 6.5
NUMBER_WIDTH = 9.0
BOX = "☐"
TICKED = "☒"
_BOX_WIDTH = 0.95
_BOX_GAP = 3
#: A list offers boxes for so many choices; more are written by hand.
_BOXES_IN_LIST = 2


@dataclass(frozen=True, slots=True)
class Page:
    """Paper and margins. The foot holds the form's code."""

    width: float
    height: float
    left: float
    right: float
    top: float
    bottom: float

    @property
    def room(self) -> float:
        """Width for text."""
        return self.width - self.left - self.right


#: ND30 PL I I.3 for the upright page; a list across uses the width.
UPRIGHT = Page(210, 297, 30, 15, 15, 27)
ACROSS = Page(297, 210, 18, 12, 13, 26)


@dataclass(frozen=True, slots=True)
class Slot:
    """One field on the form: the width of its label and of its value, and the lines that each takes."""

    field: FormField
    label: str
    label_width: float
    value_width: float
    label_lines: int
    value_lines: int


@dataclass(frozen=True, slots=True)
class FieldRow:
    """One or two fields side by side."""

    slots: tuple[Slot, ...]
    height: float


@dataclass(frozen=True, slots=True)
class ListPlan:
    """The list: widths of the number column and the others, letter size, heights of the heading rows and of a row."""

    widths: tuple[float, ...]
    size: float
    heads: tuple[float, ...]
    height: float
    lines: int


@dataclass(frozen=True, slots=True)
class Plan:
    """All places of one form kind. ``paper`` is the form for the pen, else the one for the keyboard."""

    form: FormKind
    paper: bool
    page: Page
    size: float
    sections: tuple[tuple[str, tuple[FieldRow, ...]], ...]
    table: ListPlan | None

    @property
    def columns(self) -> tuple[float, float, float, float]:
        """Widths of label, value, label, value."""
        return _columns(self.page)


def plan_of(form: FormKind, *, paper: bool = False) -> Plan:
    """The places of a form kind; the same for every form of that kind and version."""
    page = ACROSS if form.landscape else UPRIGHT
    size = 11.0 if form.landscape else 12.0
    sections = tuple(
        (section.heading, tuple(_field_rows(section.fields, page, size=size, paper=paper)))
        for section in form.sections
    )
    table = _list_plan(form, page, paper=paper) if form.columns else None
    return Plan(form, paper, page, size, sections, table)


def _columns(page: Page) -> tuple[float, float, float, float]:
    label = round(page.room * 0.29, 1)
    value = round(page.room / 2 - label, 1)
    return label, value, label, value


def printed_label(field: FormField) -> str:
    """The label with its unit in brackets: a unit behind the value would be read as a value."""
    unit = field.unit if field.unit and field.unit not in field.label_vi else ""
    return f"{field.label_vi} ({unit})" if unit else field.label_vi


def _field_rows(
    fields: Sequence[FormField], page: Page, *, size: float, paper: bool
) -> list[FieldRow]:
    label, value, _, _ = _columns(page)
    wide = value + label + value
    rows: list[FieldRow] = []
    waiting: Slot | None = None
    for field in fields:
        if is_narrow(field, value, size=size):
            slot = _slot(field, label, value, size=size, paper=paper)
            if waiting is not None:
                rows.append(_row((waiting, slot), size=size, paper=paper))
                waiting = None
            else:
                waiting = slot
            continue
        if waiting is not None:
            rows.append(_widened(waiting.field, label, wide, size=size, paper=paper))
            waiting = None
        rows.append(_widened(field, label, wide, size=size, paper=paper))
    if waiting is not None:
        rows.append(_widened(waiting.field, label, wide, size=size, paper=paper))
    return rows


def is_narrow(field: FormField, width: float, *, size: float) -> bool:
    """Whether the field fits into half of the width, on paper too."""
    if field.lines > 1 or line_count(boxes(field), width, size=size) > 1:
        return False
    return all(line_count(text, width, size=size) <= 1 for text in longest_values(field))


def _widened(field: FormField, label: float, value: float, *, size: float, paper: bool) -> FieldRow:
    return _row((_slot(field, label, value, size=size, paper=paper),), size=size, paper=paper)


def _slot(
    field: FormField, label_width: float, value_width: float, *, size: float, paper: bool
) -> Slot:
    label = printed_label(field)
    lines = field.lines
    if paper and (offered := boxes(field)):
        lines = len(broken(offered, value_width, size=size))
    return Slot(
        field,
        label,
        label_width,
        value_width,
        line_count(label, label_width, size=size),
        lines,
    )


def _row(slots: tuple[Slot, ...], *, size: float, paper: bool) -> FieldRow:
    needed = max(
        max(lines_height(slot.label_lines, size), _value_height(slot, size=size, paper=paper))
        for slot in slots
    )
    return FieldRow(slots, round(max(needed, PEN if paper else TYPED), 1))


def _value_height(slot: Slot, *, size: float, paper: bool) -> float:
    typed = lines_height(slot.value_lines, size)
    return max(typed, slot.value_lines * PEN_LINE + 1) if paper and not boxes(slot.field) else typed


def lines_height(lines: int, size: float) -> float:
    """Height of so many lines with the room above and below."""
    return lines * size * PITCH / POINT + 2 * EDGE


# --- the list ----------------------------------------------------------------------------------------


def _list_plan(form: FormKind, page: Page, *, paper: bool) -> ListPlan:
    size = list_size(form)
    widths = list_widths(form, page)
    columns = list(zip(form.columns, widths[1:], strict=True))
    lines = max(column.lines for column in form.columns)
    if paper:
        offered = [(list_boxes(c, w, size=size), w) for c, w in columns]
        lines = max([lines, *(len(broken(text, w, size=size)) for text, w in offered)])
    height = max(lines_height(lines, size), PEN_ROW if paper else TYPED_ROW)
    lower = max(line_count(c.label_vi, w, size=size, bold=True) for c, w in columns)
    upper = max((_upper_lines(form, widths, size=size)), default=0)
    heads = tuple(round(lines_height(n, size), 1) for n in ((upper, lower) if upper else (lower,)))
    return ListPlan(widths, size, heads, round(height, 1), lines)


def list_size(form: FormKind) -> float:
    """Letters get smaller with the number of columns."""
    many, several = 12, 8
    if len(form.columns) > many:
        return 9.0
    return 10.0 if len(form.columns) > several else 11.0


def list_widths(form: FormKind, page: Page) -> tuple[float, ...]:
    """The number column, then each column's share of the rest."""
    room = page.room - NUMBER_WIDTH
    total = sum(column.width for column in form.columns)
    return (NUMBER_WIDTH, *(round(room * column.width / total, 1) for column in form.columns))


def groups(form: FormKind) -> list[tuple[str, int, int]]:
    """Upper heads with the columns below: name, first, last."""
    found: list[tuple[str, int, int]] = []
    for at, column in enumerate(form.columns):
        if not column.header:
            continue
        if found and found[-1][0] == column.header and found[-1][2] == at - 1:
            found[-1] = (column.header, found[-1][1], at)
        else:
            found.append((column.header, at, at))
    return found


def _upper_lines(form: FormKind, widths: Sequence[float], *, size: float) -> list[int]:
    return [
        line_count(name, sum(widths[first + 1 : last + 2]), size=size, bold=True)
        for name, first, last in groups(form)
    ]


# --- what fits ---------------------------------------------------------------------------------------


def boxes(field: FormField) -> str:
    """The choices of a closed list as boxes to tick; empty for other kinds.

    The words of one choice hang together (no-break spaces).
    """
    if field.kind is FieldKind.BOOLEAN:
        words: tuple[str, ...] = (YES, NO)
    elif field.kind is FieldKind.ENUM:
        words = tuple(option.label_vi for option in field.options)
    else:
        return ""
    return (" " * _BOX_GAP).join(f"{BOX}\u00a0{word.replace(' ', chr(0xA0))}" for word in words)


def list_boxes(field: FormField, width: float, *, size: float) -> str:
    """Boxes in a cell of the list, where the choices are few and fit the column; else the answer is written."""
    offered = boxes(field)
    choices = [choice for choice in offered.split(" " * _BOX_GAP) if choice]
    fits = all(line_count(choice, width, size=size) == 1 for choice in choices)
    return offered if fits and len(choices) <= _BOXES_IN_LIST else ""


def longest_values(field: FormField) -> tuple[str, ...]:
    """Texts as long as the field takes: those of a closed list, or figures and letters of usual width."""
    if field.kind is FieldKind.ENUM:
        return tuple(option.label_vi for option in field.options)
    if field.kind is FieldKind.TEXT:
        return (_words(field.room),)
    return _LONGEST.get(field.kind, ("8" * field.room,))


_LONGEST: dict[FieldKind, tuple[str, ...]] = {
    FieldKind.BOOLEAN: (YES, NO),
    FieldKind.DATE: ("30/12/2024",),
    FieldKind.PARTIAL_DATE: ("30/12/2024",),
    FieldKind.PERIOD: ("từ ngày 01/12/2023 đến ngày 31/12/2024",),
    FieldKind.TERM: ("2024 - 2028",),
    FieldKind.TIME: ("14 giờ 30 phút",),
    FieldKind.MONEY: ("100.000.000 đồng",),
    FieldKind.PHONE: ("0912345678; 0987654321",),
    FieldKind.TAX_CODE: ("6299900012-001",),
}
#: Ordinary words; long names of places and firms have about this mixture of letters.
_TEXT = (
    "Công ty Trách nhiệm hữu hạn Đầu tư Xây dựng và Thương mại Tổng hợp Mường Than, bản Nà Đa, xã Bình Lư, "
    "huyện Tam Đường, tỉnh Lai Châu; đề nghị hướng dẫn thủ tục thành lập công đoàn cơ sở trong quý tới. "
)


def _words(length: int) -> str:
    return (_TEXT * (length // len(_TEXT) + 1))[:length].strip()


def line_count(text: str, width: float, *, size: float, bold: bool = False) -> int:
    """Lines that a text takes in a cell of that width."""
    return len(broken(text, width, size=size, bold=bold))


@lru_cache(maxsize=5_000)
def broken(text: str, width: float, *, size: float, bold: bool = False) -> tuple[str, ...]:
    """A text in the lines of a cell, broken at spaces as Word does; a word too long is broken anywhere."""
    room = (width - 2 * SIDE) * POINT
    lines: list[str] = []
    for part in text.split("\n"):
        line = ""
        for word in part.split(" "):
            grown = f"{line} {word}" if line else word
            if _width(grown.rstrip(" "), size=size, bold=bold) <= room or not line.strip(" "):
                line = grown
                continue
            lines.append(line.rstrip(" "))
            line = word
        lines += _pieces(line.rstrip(" "), room, size=size, bold=bold)
    return tuple(lines)


def _pieces(line: str, room: float, *, size: float, bold: bool) -> list[str]:
    """The last line, cut where a single word is wider than the cell."""
    pieces = []
    while _width(line, size=size, bold=bold) > room and len(line) > 1:
        cut = next(
            n
            for n in range(len(line) - 1, 0, -1)
            if n == 1 or _width(line[:n], size=size, bold=bold) <= room
        )
        pieces.append(line[:cut])
        line = line[cut:]
    return [*pieces, line]


def _width(text: str, *, size: float, bold: bool) -> float:
    signs = text.count(BOX) + text.count(TICKED)
    plain = text.replace(BOX, "").replace(TICKED, "")
    return text_width(plain, size=size, bold=bold) + signs * _BOX_WIDTH * size

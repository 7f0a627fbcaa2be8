"""A form as a workbook: named cells are the fields, the list stands under its heading rows. Pure."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from datetime import date

from core.forms import FormField, FormKind
from core.forms.consent import consent_sentence
from core.forms.shown import NO, YES, shown
from core.letters import upper_vi
from core.schema import FieldKind
from core.sheetforms import Check, FormSheet, Spot, write_form
from core.sheets import ColumnKind
from docgen.blanks.geometry import POINT, groups, line_count, longest_values, printed_label
from docgen.blanks.imprint import Imprint
from docgen.blanks.qr import qr_png
from docgen.blanks.word import HOW_TYPED, MOTTO, NATION, PLACE_DATE, SIGN_HERE

SHEET = "Biểu mẫu"
#: Rows of a list in a workbook: more than on paper, for they cost nothing.
_TIMES, _SPARE = 2, 20
_LINE = 15.5  # points of a line
_LABEL, _VALUE = 40.0, 62.0  # characters
_NUMBER = 5.0
_CHARS_A_MM = 0.62
_NARROWEST = 7.0
_DAY = 11.5
_SIZE = 11.0  # letters of a value
_WIDE = 1.15  # how much wider than usual the letters of a text may be
_LEAST_LINES = 3  # a column is so wide that its greatest length takes about so many lines
#: A column of so many characters in pixels of 1/96 inch: 7 for each, 5 for the edges (Calibri 11).
_PIXELS, _GAP, _POINTS_A_PIXEL = 7.0, 5.0, 0.75
_KINDS = {
    FieldKind.INTEGER: ColumnKind.INTEGER,
    FieldKind.MONEY: ColumnKind.MONEY,
    FieldKind.RATE: ColumnKind.DECIMAL,
    FieldKind.DATE: ColumnKind.DATE,
}


def excel_form(form: FormKind, values: Mapping[str, object], imprint: Imprint) -> bytes:
    """The form as .xlsx, filled with the values given."""
    return _Book(form, values, imprint).made()


def row_count(form: FormKind, values: Mapping[str, object]) -> int:
    """Rows of the list in the workbook."""
    return max(form.printed_rows * _TIMES, len(_rows(values)) + _SPARE)


def _rows(values: Mapping[str, object]) -> Sequence[Mapping[str, object]]:
    rows = values.get("rows")
    return rows if isinstance(rows, Sequence) and not isinstance(rows, str) else ()


class _Book:
    """Puts one part under the other; ``at`` is the row that comes next."""

    def __init__(self, form: FormKind, values: Mapping[str, object], imprint: Imprint) -> None:
        self.form, self.values, self.imprint = form, values, imprint
        self.spots: list[Spot] = []
        self.heights: dict[int, float] = {}
        self.at = 1
        self.repeated: tuple[int, int] | None = None
        self.widths = _widths(form)
        self.label_across, self.value_across = _spans(self.widths)

    def made(self) -> bytes:
        self.head()
        picture_row = self.at
        self.title()
        self.fields()
        if self.form.columns:
            self.at += 1
            self.list_head()
            self.list_rows()
        self.closing()
        code = self.imprint.code
        return write_form(
            FormSheet(
                name=SHEET,
                spots=self.spots,
                widths=self.widths,
                heights=self.heights,
                landscape=self.form.landscape,
                repeated=self.repeated,
                footer=f"Mã biểu mẫu: {code}" if code else f"Mẫu {self.form.code}, chưa cấp mã",
                properties=self.imprint.properties,
                picture=qr_png(code) if code else None,
                picture_at=f"A{picture_row}",
            )
        )

    def line(self, text: str, *, height: float = _LINE, **look: object) -> None:
        """One text over the whole width."""
        look.setdefault("align", "center")
        self.spots.append(Spot(self.at, 1, text, across=len(self.widths), **look))  # type: ignore[arg-type]
        self.heights[self.at] = height
        self.at += 1

    def head(self) -> None:
        left = max(1, len(self.widths) * 2 // 5)
        right = len(self.widths) - left
        if self.form.letter:
            self.line(NATION, bold=True, size=12)
            self.line(MOTTO, bold=True, size=12)
        else:
            office = upper_vi(self.imprint.office) or "……………………"
            upper, lower = (
                (upper_vi(self.imprint.parent), office) if self.imprint.parent else (office, "")
            )
            for text, nation in ((upper, NATION), (lower, MOTTO)):
                bold = text == office
                if text:
                    self.spots.append(
                        Spot(self.at, 1, text, across=left, bold=bold, align="center")
                    )
                self.spots.append(
                    Spot(
                        self.at, left + 1, nation, across=right, bold=True, size=12, align="center"
                    )
                )
                self.heights[self.at] = 2 * _LINE if len(text) > sum(self.widths[:left]) else _LINE
                self.at += 1
        self.at += 1

    def title(self) -> None:
        self.line(self.form.titles[0], bold=True, size=14, height=2 * _LINE)
        if self.imprint.wanted:
            self.line(self.imprint.wanted, bold=True)
        self.line(HOW_TYPED, italic=True, size=10)
        if self.imprint.code:
            self.line(f"Mã biểu mẫu: {self.imprint.code}", size=9)
        self.at += 1

    def fields(self) -> None:
        for section in self.form.sections:
            if section.heading:
                self.line(section.heading, bold=True, align="left", height=1.3 * _LINE)
            for one in section.fields:
                self.field(one)

    def field(self, one: FormField) -> None:
        label = Spot(self.at, 1, printed_label(one), across=self.label_across, boxed=True)
        value = Spot(
            self.at,
            1 + self.label_across,
            native(one, self.values.get(one.key)),
            across=self.value_across,
            kind=_KINDS.get(one.kind, ColumnKind.TEXT),
            name=one.key,
            check=check_of(one),
            boxed=True,
        )
        self.spots += [label, value]
        last = self.label_across + self.value_across
        lines = max(
            self.lines((printed_label(one),), first=0, last=self.label_across, wide=1.0),
            self.lines(longest_values(one), first=self.label_across, last=last),
        )
        self.heights[self.at] = 4 + _LINE * lines
        self.at += 1

    def lines(self, texts: Iterable[str], *, first: int, last: int, wide: float = _WIDE) -> int:
        """Lines of the longest text over columns ``first`` to ``last`` (not included), with room for wide letters."""
        pixels = sum(_PIXELS * width + _GAP for width in self.widths[first:last])
        width = pixels * _POINTS_A_PIXEL / POINT
        return max(line_count(text, width, size=_SIZE * wide) for text in texts)

    def list_head(self) -> None:
        two = bool(groups(self.form))
        spans = {first: (name, last) for name, first, last in groups(self.form)}
        down = 2 if two else 1
        look = {"bold": True, "align": "center", "boxed": True, "shaded": True}
        self.spots.append(Spot(self.at, 1, "TT", down=down, **look))  # type: ignore[arg-type]
        at = 0
        while at < len(self.form.columns):
            name, last = spans.get(at, ("", at))
            if name:
                across = last - at + 1
                self.spots.append(Spot(self.at, at + 2, name, across=across, **look))  # type: ignore[arg-type]
            for i in range(at, last + 1):
                label, row = self.form.columns[i].label_vi, self.at + (1 if name else 0)
                self.spots.append(Spot(row, i + 2, label, down=1 if name else down, **look))  # type: ignore[arg-type]
            at = last + 1
        self.repeated = (self.at, self.at + down - 1)
        for row in range(self.at, self.at + down):
            self.heights[row] = 2 * _LINE
        self.at += down

    def list_rows(self) -> None:
        given = _rows(self.values)
        # Calc grows no row of a file that a program filled: every row holds the greatest length.
        lines = max(
            self.lines(longest_values(column), first=at, last=at + 1)
            for at, column in enumerate(self.form.columns, 1)
        )
        checks = [check_of(column) for column in self.form.columns]
        for number in range(row_count(self.form, self.values)):
            values = given[number] if number < len(given) else {}
            self.spots.append(
                Spot(self.at, 1, number + 1, kind=ColumnKind.INTEGER, align="center", boxed=True)
            )
            for at, (column, check) in enumerate(zip(self.form.columns, checks, strict=True), 2):
                kind = _KINDS.get(column.kind, ColumnKind.TEXT)
                value = native(column, values.get(column.key))
                self.spots.append(Spot(self.at, at, value, kind=kind, check=check, boxed=True))
            self.heights[self.at] = 4 + _LINE * lines
            self.at += 1

    def closing(self) -> None:
        self.at += 1
        for sentence in self.form.pledge:
            self.line(sentence, align="left", height=2 * _LINE)
        if self.form.consent:
            text = consent_sentence(self.imprint.on)
            self.line(text, italic=True, size=10, align="left", height=3 * _LINE)
        if self.form.place_date:
            self.line(PLACE_DATE, italic=True, align="right")
        half = max(1, len(self.widths) // 2)
        for texts, look in (
            (self.form.signers, {"bold": True}),
            (tuple(SIGN_HERE if one else "" for one in self.form.signers), {"italic": True}),
        ):
            for text, column, across in zip(
                texts, (1, half + 1), (half, len(self.widths) - half), strict=False
            ):
                if text:
                    self.spots.append(
                        Spot(self.at, column, text, across=across, align="center", **look)  # type: ignore[arg-type]
                    )
            self.at += 1


def _widths(form: FormKind) -> list[float]:
    if not form.columns:
        return [_LABEL, _VALUE]
    return [
        _NUMBER,
        *(max(_narrowest(column), column.width * _CHARS_A_MM) for column in form.columns),
    ]


def _narrowest(column: FormField) -> float:
    """Numbers and days are never broken: what does not fit is shown as ###."""
    if column.kind in {FieldKind.DATE, FieldKind.PARTIAL_DATE}:
        return _DAY
    if column.kind in {FieldKind.INTEGER, FieldKind.MONEY, FieldKind.RATE}:
        return max(_NARROWEST, column.room + 2.0)
    return max(_NARROWEST, column.room / _LEAST_LINES)


def _spans(widths: Sequence[float]) -> tuple[int, int]:
    """How many columns a label and a value cover, above a list."""
    if len(widths) == 2:  # noqa: PLR2004 - label and value
        return 1, 1
    label, total = 1, widths[0]
    while total < _LABEL * 0.75 and label < len(widths) - 1:
        total += widths[label]
        label += 1
    value, total = 0, 0.0
    while total < _VALUE and label + value < len(widths):
        total += widths[label + value]
        value += 1
    return label, value


def native(one: FormField, value: object) -> str | int | float | date | None:
    """The value as the cell holds it: numbers and days as such, all else as text."""
    if value is None or value == "":
        return None
    match one.kind:
        case FieldKind.INTEGER | FieldKind.MONEY:
            return int(str(value))
        case FieldKind.RATE:
            return float(str(value))
        case FieldKind.DATE:
            return date.fromisoformat(str(value))
        case _:
            return shown(one, value)


def check_of(one: FormField) -> Check:
    """What the cell of a field takes."""
    label = one.label_vi
    match one.kind:
        case FieldKind.ENUM:
            choices = tuple(option.label_vi for option in one.options)
            return Check(f"{label}: chọn một mục trong danh sách.", choices=choices)
        case FieldKind.BOOLEAN:
            return Check(f"{label}: chọn {YES} hoặc {NO}.", choices=(YES, NO))
        case FieldKind.INTEGER | FieldKind.MONEY:
            return Check(f"{label}: ghi một số nguyên.", whole=True, least=one.minimum)
        case FieldKind.RATE:
            return Check(f"{label}: ghi số phần trăm, ví dụ 87,5.", number=True, least=0)
        case FieldKind.DATE:
            return Check(f"{label}: ghi ngày, ví dụ 20/05/2024.", day=True)
        case _:
            told = f"{label}: tối đa {one.room} ký tự."
            return Check(told, longest=one.room, strict=False)

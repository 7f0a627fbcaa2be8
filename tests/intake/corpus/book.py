"""Filled forms as workbooks: numbers and dates as a sheet keeps them, merged heads, hidden parts, several sheets."""

from __future__ import annotations

import io
import math
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from random import Random

import openpyxl
from openpyxl.styles import Alignment, Border, Side
from openpyxl.utils import get_column_letter
from openpyxl.workbook.defined_name import DefinedName
from openpyxl.worksheet.properties import PageSetupProperties
from openpyxl.worksheet.worksheet import Worksheet

from core.forms import FormField, FormKind
from core.letters import unaccent
from core.schema import FieldKind
from core.sheets import FIXED_TIME, same_bytes
from tests.intake.corpus import spell
from tests.intake.corpus.values import Data


@dataclass(frozen=True)
class BookStyle:
    """One way of keeping a form in a workbook.

    ``cells``: text, native, serial. ``place``: beside (label and value in two cells), together (in one merged cell),
    apart (label in A, value in C, a gap between). ``extras``: hidden, notes, subtitles, total, numbering, gap, named.
    """

    name: str
    cells: str = "native"
    place: str = "beside"
    words: str = "exact"
    columns: str = "declared"
    extras: frozenset[str] = frozenset()
    spelling: str = "plain"
    rows: int | None = None


def fill(form: FormKind, data: Data, style: BookStyle, random: Random) -> bytes:
    """One form as a workbook."""
    return fill_several([(form, data)], style, random)


def fill_several(forms: Sequence[tuple[FormKind, Data]], style: BookStyle, random: Random) -> bytes:
    """Several forms, each on its own sheet; before them one of guidance and after them a hidden one where wanted."""
    book = openpyxl.Workbook()
    book.properties.created = FIXED_TIME
    first = book.active
    assert isinstance(first, Worksheet)
    if "notes" in style.extras:
        first.title = "Hướng dẫn"
        first.append(["Hướng dẫn ghi biểu"])
        first.append(["Ghi đủ các cột; gửi về trước ngày 25 hằng tháng."])
    else:
        book.remove(first)
    for at, (form, data) in enumerate(forms, 1):
        _Filler(book.create_sheet(f"Biểu {at}"), form, data, style, random, book).all()
    if "hidden" in style.extras:
        hidden = book.create_sheet("DM")
        hidden.sheet_state = "hidden"
        hidden.append(["Mã số thuế", "9999999999"])
        hidden.append(["Họ và tên", "Danh Mục Ẩn"])
    stream = io.BytesIO()
    book.save(stream)
    return same_bytes(stream.getvalue())


class _Filler:
    def __init__(
        self,
        sheet: Worksheet,
        form: FormKind,
        data: Data,
        style: BookStyle,
        random: Random,
        book: openpyxl.Workbook,
    ) -> None:
        self.sheet, self.form, self.data, self.style, self.random, self.book = (
            sheet,
            form,
            data,
            style,
            random,
            book,
        )
        self.at = 1

    def all(self) -> None:
        self.sheet.cell(1, 1, "CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM")
        self.sheet.cell(2, 1, self.form.titles[0])
        width = max(len(self.form.columns) + 1, 4)
        for row in (1, 2):
            self.sheet.merge_cells(start_row=row, end_row=row, start_column=1, end_column=width)
        self.at = 3
        for section in self.form.sections:
            if section.heading:
                self.sheet.cell(self.at, 1, section.heading)
                self.at += 1
            for field in section.fields:
                self.field(field)
        if "gap" in self.style.extras:
            self.at += 1
        if self.form.columns:
            self.list()
        self.at += 1
        for at, signer in enumerate(self.form.signers):
            self.sheet.cell(self.at, 1 + 3 * at, signer)
        self.layout()

    def layout(self) -> None:
        """Widths, wrapped text and one page across, as an office prints its lists; the list has its lines."""
        self.sheet.page_setup.orientation = "landscape" if self.form.landscape else "portrait"
        self.sheet.page_setup.paperSize = 9
        self.sheet.sheet_properties.pageSetUpPr = PageSetupProperties(fitToPage=True)
        self.sheet.page_setup.fitToHeight = 0
        widths = [30.0, 40.0, 14.0, 14.0]
        if self.form.columns:
            widths = [26.0, *(max(column.width / 1.5, 11.0) for column in self.form.columns)]
        for at, width in enumerate(widths, 1):
            self.sheet.column_dimensions[get_column_letter(at)].width = width
        merged = {area.coord.split(":")[0] for area in self.sheet.merged_cells.ranges}
        for number, row in enumerate(self.sheet.iter_rows(), 1):
            lines = 1
            for cell in row:
                cell.alignment = Alignment(wrap_text=True, vertical="top", horizontal="left")
                width = self.sheet.column_dimensions[get_column_letter(cell.column)].width
                if cell.value is not None and cell.coordinate not in merged:
                    lines = max(lines, math.ceil(1.3 * len(str(cell.value)) / width))
            self.sheet.row_dimensions[number].height = 15.0 * lines

    def ruled(self, first: int, last: int, width: int) -> None:
        side = Side(style="thin")
        for row in self.sheet.iter_rows(min_row=first, max_row=last, max_col=width):
            for cell in row:
                cell.border = Border(left=side, right=side, top=side, bottom=side)

    def label(self, field: FormField) -> str:
        match self.style.words:
            case "variant":
                return self.random.choice((field.label_vi, *field.labels))
            case "bare":
                return unaccent(field.label_vi)
            case "unit":
                return f"{field.label_vi} ({field.unit})" if field.unit else field.label_vi
        return field.label_vi

    def put(self, row: int, column: int, field: FormField, value: object) -> None:
        if value is None:
            return
        kept, number_format = self.kept(field, value)
        cell = self.sheet.cell(row, column)
        cell.value = kept  # type: ignore[assignment]
        if number_format:
            cell.number_format = number_format

    def kept(self, field: FormField, value: object) -> tuple[object, str]:
        """What the cell holds, and its format."""
        text = (
            spell.odd(field, value, self.random)
            if self.style.spelling == "odd"
            else spell.plain(field, value)
        )
        if self.style.cells == "text":
            return text, "@"
        if field.kind in {FieldKind.INTEGER, FieldKind.MONEY}:
            return int(str(value)), "#,##0"
        if field.kind in {FieldKind.DATE, FieldKind.PARTIAL_DATE} and len(str(value)) == 10:
            day = date.fromisoformat(str(value))
            return (
                ((day - date(1899, 12, 30)).days, "General")
                if self.style.cells == "serial"
                else (day, "dd/mm/yyyy")
            )
        if field.kind is FieldKind.PARTIAL_DATE and len(str(value)) == 4:
            return int(str(value)), "General"
        if field.kind is FieldKind.RATE:
            share = float(str(value))
            return (
                (round(share / 100, 6), "0.00%")
                if self.style.cells == "native"
                else (share, "General")
            )
        if (
            field.kind in {FieldKind.PHONE, FieldKind.ID_NUMBER, FieldKind.TAX_CODE}
            and str(value).isdigit()
        ):
            return int(str(value)), "0"
        return text, "General"

    def field(self, field: FormField) -> None:
        row, value = self.at, self.data.get(field.key)
        self.at += 1
        if self.style.place == "together":
            text = spell.plain(field, value)
            self.sheet.cell(row, 1, f"{self.label(field)}: {text or '..........'}")
            self.sheet.merge_cells(start_row=row, end_row=row, start_column=1, end_column=4)
            return
        self.sheet.cell(row, 1, self.label(field))
        place = 3 if self.style.place == "apart" else 2
        if place == 3:
            self.sheet.merge_cells(start_row=row, end_row=row, start_column=1, end_column=2)
        self.put(row, place, field, value)
        if "named" in self.style.extras:
            reference = f"'{self.sheet.title}'!${get_column_letter(place)}${row}"
            self.sheet.defined_names.add(DefinedName(field.key, attr_text=reference))

    def list(self) -> None:
        columns, top = list(self.form.columns), self.at
        if self.style.columns == "shuffled" and not any(column.header for column in columns):
            self.random.shuffle(columns)
        self.head(columns)
        if "numbering" in self.style.extras:
            for at in range(len(columns) + 1):
                self.sheet.cell(self.at, at + 1, f"({at + 1})")
            self.at += 1
        self.lines(columns)
        self.ruled(top, self.at - 1, len(columns) + 1)
        if "hidden" in self.style.extras:
            self.hidden_column(len(columns) + 2)

    def lines(self, columns: Sequence[FormField]) -> None:
        data = self.data.get("rows") or []
        for at, source in enumerate(data):
            if "subtitles" in self.style.extras and at in {0, len(data) // 2}:
                self.sheet.cell(self.at, 1, "I" if at == 0 else "II")
                self.sheet.cell(self.at, 2, "Xã Bình Lư" if at == 0 else "Xã Bản Bo")
                self.at += 1
            self.sheet.cell(self.at, 1, at + 1)
            for place, column in enumerate(columns, 2):
                self.put(self.at, place, column, source.get(column.key))
            self.at += 1
        if "total" in self.style.extras and data:
            self.sheet.cell(self.at, 2, "Cộng")
            for place, column in enumerate(columns, 2):
                numbers = [row[column.key] for row in data if column.key in row]
                if column.kind is FieldKind.INTEGER and numbers:
                    self.sheet.cell(self.at, place, sum(numbers))
            self.at += 1

    def head(self, columns: Sequence[FormField]) -> None:
        top = self.at
        self.sheet.cell(top, 1, "STT")
        two = any(column.header for column in columns)
        for at, column in enumerate(columns, 2):
            self.sheet.cell(top + (1 if column.header else 0), at, self.label(column))
            if column.header:
                before = columns[at - 3] if at > 2 else None
                if before is None or before.header != column.header:
                    self.sheet.cell(top, at, column.header)
                    same = 1
                    while (
                        at - 2 + same < len(columns)
                        and columns[at - 2 + same].header == column.header
                    ):
                        same += 1
                    if same > 1:
                        self.sheet.merge_cells(
                            start_row=top, end_row=top, start_column=at, end_column=at + same - 1
                        )
            elif two:
                self.sheet.merge_cells(
                    start_row=top, end_row=top + 1, start_column=at, end_column=at
                )
        if two:
            self.sheet.merge_cells(start_row=top, end_row=top + 1, start_column=1, end_column=1)
        self.at += 2 if two else 1

    def hidden_column(self, at: int) -> None:
        """An old copy of a column that somebody hid."""
        column = self.form.columns[0]
        rows = len(self.data.get("rows") or [])
        self.sheet.cell(self.at - rows - 1, at, column.label_vi)
        for row in range(self.at - rows, self.at):
            self.sheet.cell(row, at, "bản cũ")
        self.sheet.column_dimensions[get_column_letter(at)].hidden = True

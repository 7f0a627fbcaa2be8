"""Filled forms for tests, typed as office people type them: label and value in a table, dots in lines, lists below."""

from __future__ import annotations

import io
from collections.abc import Mapping, Sequence
from decimal import Decimal

from docx import Document
from docx.document import Document as Word
from docx.shared import Mm, Pt

from core.dates import PartialDate, format_partial
from core.forms import FormField, FormKind, get_form
from core.numbers import format_decimal
from core.periods import format_period
from core.schema import FieldKind


def shown(field: FormField, value: object) -> str:
    """A value as people write it."""
    if value is None:
        return ""
    text = str(value)
    kinds = {
        FieldKind.ENUM: lambda: next(o.label_vi for o in field.options if o.code == value),
        FieldKind.BOOLEAN: lambda: "Có" if value else "Không",
        FieldKind.DATE: lambda: _day(text),
        FieldKind.PARTIAL_DATE: lambda: _day(text),
        FieldKind.PERIOD: lambda: format_period(text),
        FieldKind.TERM: lambda: text.replace("-", " - "),
        FieldKind.MONEY: lambda: f"{int(text):,}".replace(",", ".") + " đồng",
        FieldKind.RATE: lambda: format_decimal(Decimal(text)) + "%",
        FieldKind.TIME: lambda: "{} giờ {} phút".format(*text.split(":")),
    }
    return kinds.get(field.kind, lambda: text)()


def _day(text: str) -> str:
    return format_partial(PartialDate(*(int(part) for part in text.split("-"))))


def word_form(
    kind: str, data: Mapping[str, object] | None = None, *, style: str = "table"
) -> bytes:
    """A form filled with data (its example by default) as .docx."""
    form = get_form(kind)
    document = Document()
    add_form(document, form, form.example if data is None else data, style=style)
    return saved(document)


def saved(document: Word) -> bytes:
    stream = io.BytesIO()
    document.save(stream)
    return stream.getvalue()


def add_form(document: Word, form: FormKind, data: Mapping[str, object], *, style: str) -> None:
    """Put one form into a document: fields as a table, as dotted lines, or as plain lines; then the list."""
    if form.landscape:
        section = document.sections[0]
        section.page_width, section.page_height = Mm(297), Mm(210)
        section.left_margin = section.right_margin = Mm(10)
    document.add_paragraph("CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM")
    document.add_paragraph("Độc lập - Tự do - Hạnh phúc")
    document.add_paragraph(form.titles[0])
    for section in form.sections:
        if section.heading:
            document.add_paragraph(section.heading)
        if style == "table":
            table = document.add_table(0, 2)
            table.style = "Table Grid"
            for field in section.fields:
                cells = table.add_row().cells
                cells[0].text = field.label_vi
                cells[1].text = shown(field, data.get(field.key))
            continue
        for field in section.fields:
            value = shown(field, data.get(field.key))
            filled = f"....{value}........" if style == "dots" else f" {value}"
            document.add_paragraph(f"{field.label_vi}:{filled}")
    if form.columns:
        rows = data.get("rows")
        add_list(document, form, rows if isinstance(rows, Sequence) else [])
    document.add_paragraph("\t".join(form.signers))
    document.add_paragraph("(Ký, ghi rõ họ tên)")


def add_list(document: Word, form: FormKind, rows: Sequence[Mapping[str, object]]) -> None:
    """The list with a header of two levels where the form has one."""
    two = any(column.header for column in form.columns)
    table = document.add_table(2 if two else 1, len(form.columns) + 1)
    table.style = "Table Grid"
    table.cell(0, 0).text = "TT"
    if two:
        table.cell(0, 0).merge(table.cell(1, 0))
    for at, column in enumerate(form.columns, start=1):
        if two and column.header:
            table.cell(0, at).text = column.header
            table.cell(1, at).text = column.label_vi
        else:
            table.cell(0, at).text = column.label_vi
            if two:
                table.cell(0, at).merge(table.cell(1, at))
    _merge_heads(table, form)
    many = 8
    for number, row in enumerate(rows, start=1):
        cells = table.add_row().cells
        cells[0].text = str(number)
        for at, column in enumerate(form.columns, start=1):
            cells[at].text = shown(column, row.get(column.key))
    if len(form.columns) > many:
        for cell in table._cells:
            for run in (run for paragraph in cell.paragraphs for run in paragraph.runs):
                run.font.size = Pt(8)


def _merge_heads(table, form: FormKind) -> None:
    at = 0
    columns = list(form.columns)
    while at < len(columns):
        stop = at
        while (
            stop + 1 < len(columns)
            and columns[at].header
            and columns[stop + 1].header == columns[at].header
        ):
            stop += 1
        if stop > at:
            merged = table.cell(0, at + 1).merge(table.cell(0, stop + 1))
            merged.text = columns[at].header
        at = stop + 1

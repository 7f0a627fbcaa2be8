"""Forms that an office made itself, for the sample: label and value in a table, the list below, no code. Word files."""

from __future__ import annotations

import io
from collections.abc import Mapping, Sequence

from docx import Document
from docx.document import Document as Word
from docx.shared import Mm, Pt

from core.forms import FormKind, get_form
from core.forms.shown import shown

#: Tables with more columns are set in small type, as people do.
_WIDE = 8


def filled_form(kind: str, data: Mapping[str, object], *, typed: Mapping[str, str]) -> bytes:
    """A form filled with these values. ``typed`` are fields whose text is written as given: `khoảng 50`."""
    form, document = get_form(kind), Document()
    if form.landscape:
        page = document.sections[0]
        page.page_width, page.page_height = Mm(297), Mm(210)
        page.left_margin = page.right_margin = Mm(10)
    for line in (
        "CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM",
        "Độc lập - Tự do - Hạnh phúc",
        form.titles[0],
    ):
        document.add_paragraph(line)
    table = document.add_table(0, 2)
    table.style = "Table Grid"
    for field in form.fields:
        cells = table.add_row().cells
        cells[0].text = field.label_vi
        cells[1].text = typed.get(field.key) or shown(field, data.get(field.key))
    rows = data.get("rows")
    if form.columns:
        _add_list(document, form, rows if isinstance(rows, Sequence) else [])
    document.add_paragraph("\t".join(form.signers))
    return word_bytes(document)


def letter(*paragraphs: str) -> bytes:
    """A Word file that is no form."""
    document = Document()
    for text in paragraphs:
        document.add_paragraph(text)
    return word_bytes(document)


def word_bytes(document: Word) -> bytes:
    """The file's bytes."""
    stream = io.BytesIO()
    document.save(stream)
    return stream.getvalue()


def _add_list(document: Word, form: FormKind, rows: Sequence[Mapping[str, object]]) -> None:
    """The list; a head of two levels where the form has one."""
    two = any(column.header for column in form.columns)
    table = document.add_table(2 if two else 1, len(form.columns) + 1)
    table.style = "Table Grid"
    table.cell(0, 0).text = "TT"
    for at, column in enumerate(form.columns, start=1):
        table.cell(0, at).text = column.header or column.label_vi
        if column.header:
            table.cell(1, at).text = column.label_vi
        elif two:
            table.cell(0, at).merge(table.cell(1, at))
    if two:
        table.cell(0, 0).merge(table.cell(1, 0))
        _merge_heads(table, [column.header for column in form.columns])
    for number, row in enumerate(rows, start=1):
        cells = table.add_row().cells
        cells[0].text = str(number)
        for at, column in enumerate(form.columns, start=1):
            cells[at].text = shown(column, row.get(column.key))
    if len(form.columns) > _WIDE:
        _make_small(table)


def _make_small(table) -> None:  # type: ignore[no-untyped-def]
    cells = (cell for line in table.rows for cell in line.cells)
    for run in (run for cell in cells for paragraph in cell.paragraphs for run in paragraph.runs):
        run.font.size = Pt(8)


def _merge_heads(table, headers: Sequence[str]) -> None:  # type: ignore[no-untyped-def]
    """Neighbouring columns under one head share its cell."""
    start = 0
    while start < len(headers):
        stop = start
        while stop + 1 < len(headers) and headers[start] and headers[stop + 1] == headers[start]:
            stop += 1
        if stop > start:
            merged = table.cell(0, start + 1).merge(table.cell(0, stop + 1))
            merged.text = headers[start]
        start = stop + 1

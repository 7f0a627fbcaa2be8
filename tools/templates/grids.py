"""Bordered lists with a heading of two rows, spanned cells and rows of groups, for the campaign's annexes."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from docx.enum.table import WD_ALIGN_VERTICAL, WD_TABLE_ALIGNMENT
from docx.shared import Pt
from docx.table import _Cell

from tools.templates.blocks import line
from tools.templates.styles import BORDERED
from tools.templates.xml import element, twips

#: Least height of a heading, points: two lines of 13 pt and the gaps.
_HEADING = 40.0
HEAD, LEFT, CENTRE, RIGHT, CONTROL = "Bảng đầu cột", "Bảng ô", "Bảng ô giữa", "Bảng ô số", "Thẻ lặp"


@dataclass(frozen=True, slots=True)
class Cell:
    """A cell: text, first column, and how many columns and rows it covers."""

    text: str
    column: int
    style: str = LEFT
    columns: int = 1
    rows: int = 1


@dataclass(frozen=True, slots=True)
class Row:
    """A row of cells; ``control`` is a row tag instead (``{%tr for x in xs %}``), gone after rendering.

    ``with_next`` keeps the row on the page of the row after it (a group's heading).
    """

    cells: tuple[Cell, ...] = ()
    control: str = ""
    with_next: bool = False


def heading_rows(labels: Sequence[str | tuple[str, Sequence[str]]]) -> tuple[Row, Row]:
    """Two heading rows: a label stands over both; ``(label, parts)`` spans its parts."""
    upper: list[Cell] = []
    lower: list[Cell] = []
    column = 0
    for label in labels:
        if isinstance(label, str):
            upper.append(Cell(label, column, HEAD, rows=2))
            column += 1
            continue
        name, parts = label
        upper.append(Cell(name, column, HEAD, columns=len(parts)))
        lower += [Cell(part, column + i, HEAD) for i, part in enumerate(parts)]
        column += len(parts)
    return Row(tuple(upper)), Row(tuple(lower))


def repeated(name: str, names: str, *rows: Row) -> tuple[Row, ...]:
    """Rows printed once for each entry of ``names``."""
    return (Row(control=f"{{%tr for {name} in {names} %}}"), *rows, Row(control="{%tr endfor %}"))


def totalled(name: str, names: str, cells: Sequence[Cell]) -> tuple[Row, ...]:
    """As ``repeated``; the last entry stays on the page of the totals row, which never stands alone."""
    shown = tuple(cells)
    return repeated(
        name,
        names,
        Row(control="{%tr if loop.last %}"),
        Row(shown, with_next=True),
        Row(control="{%tr else %}"),
        Row(shown),
        Row(control="{%tr endif %}"),
    )


def grid(
    document: Any, widths: Sequence[float], *, heading: Sequence[Row], body: Sequence[Row]
) -> Any:
    """A bordered table with columns of ``widths`` points; heading rows repeat, no row is split (PL-01..04)."""
    rows = (*heading, *body)
    table = document.add_table(rows=len(rows), cols=len(widths))
    table.style = BORDERED
    table.autofit = False
    table.alignment = WD_TABLE_ALIGNMENT.CENTER
    for column, width in zip(table.columns, widths, strict=True):
        column.width = Pt(width)
        for cell in column.cells:
            cell.width = Pt(width)
    for index, row in enumerate(rows):
        _fill(table, index, row)
        properties = table.rows[index]._tr.get_or_add_trPr()
        properties.append(element("cantSplit"))
        if index < len(heading):
            # LibreOffice gives a repeated heading no more height than its rows ask for: room for two lines.
            properties.append(
                element("trHeight", val=twips(_HEADING / len(heading)), hRule="atLeast")
            )
            properties.append(element("tblHeader"))
    return table


def _fill(table: Any, index: int, row: Row) -> None:
    for cell in row.cells:
        _write(table, index, cell, with_next=row.with_next)
    for tc in table.rows[index]._tr.tc_lst:
        shown = _Cell(tc, table)
        shown.vertical_alignment = WD_ALIGN_VERTICAL.CENTER
        if row.control or tc.vMerge == "continue":
            shown.paragraphs[0].style = CONTROL
    if row.control:
        table.cell(index, 0).paragraphs[0].add_run(row.control)


def _write(table: Any, index: int, spec: Cell, *, with_next: bool) -> None:
    first = table.cell(index, spec.column)
    last = table.cell(index + spec.rows - 1, spec.column + spec.columns - 1)
    cell = first if first._tc is last._tc else first.merge(last)
    for paragraph in cell.paragraphs:
        paragraph._p.getparent().remove(paragraph._p)
    made = line(cell, spec.text, spec.style)
    if with_next:
        made.paragraph_format.keep_with_next = True

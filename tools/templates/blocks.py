"""Blocks every template is put together from: header, title, signature, recipients, annex, tables.

A template is a list of calls: ``document = new_document(name)``, ``header(document)``, ``title(document, "BÁO CÁO")``,
paragraphs with ``line`` / ``when`` / ``each``, ``signature(document, first_recipient="- Như trên;")``, ``annex(...)``.

Text is docxtpl language; ``**Điều 1.**`` marks bold runs. Tags are written in whole runs, so that they can
be edited in Word.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from docx.enum.section import WD_SECTION
from docx.enum.table import WD_TABLE_ALIGNMENT
from docx.enum.text import WD_LINE_SPACING
from docx.oxml.ns import qn
from docx.shared import Pt
from docx.table import Table

from core.typeface import text_width
from docgen.kinds.layout import (
    ANNEX_RULE,
    HEADER_LEFT,
    HEADER_RIGHT,
    MOTTO,
    MOTTO_SIZE,
    ORG_RULE,
    RECIPIENTS_WIDTH,
    SIGNER_WIDTH,
    SUBJECT_RULE,
    TEXT_WIDTH,
)
from tools.templates.styles import BORDERED, number_pages, set_page
from tools.templates.xml import element, rule_above, twips

LANDSCAPE_WIDTH = 714.3  # A4 across, less 30 and 15 mm
_BOLD = re.compile(r"(\*\*.+?\*\*)")


def line(holder: Any, text: str, style: str, *, keep_next: bool = False) -> Any:
    """One paragraph; parts between ``**`` are bold."""
    paragraph = holder.add_paragraph(style=style)
    for part in _BOLD.split(text):
        if part.startswith("**"):
            paragraph.add_run(part.strip("*")).bold = True
        elif part:
            paragraph.add_run(part)
    if keep_next:
        paragraph.paragraph_format.keep_with_next = True
    return paragraph


def tag(holder: Any, text: str) -> Any:
    """A control line (``{%p for x in xs %}``): it leaves no paragraph behind."""
    return line(holder, text, "Thẻ lặp")


def when(holder: Any, condition: str, text: str, style: str) -> None:
    """A paragraph that is there only if ``condition`` holds."""
    tag(holder, f"{{%p if {condition} %}}")
    line(holder, text, style)
    tag(holder, "{%p endif %}")


def each(holder: Any, name: str, names: str, text: str, style: str) -> None:
    """One paragraph for each entry of a list."""
    tag(holder, f"{{%p for {name} in {names} %}}")
    line(holder, text, style)
    tag(holder, "{%p endfor %}")


def _rule(holder: Any, *, room: float, length: float) -> None:
    rule_above(holder.add_paragraph(style="Đường kẻ"), room=room, length=length)


def _plain_table(document: Any, *, rows: int, widths: Sequence[float]) -> Any:
    """A table without lines and cell margins whose columns keep their widths (points)."""
    table = document.add_table(rows=rows, cols=len(widths))
    table.autofit = False
    table.alignment = WD_TABLE_ALIGNMENT.LEFT
    properties = table._tbl.tblPr
    margins = element("tblCellMar")
    for side in ("left", "right"):
        margins.append(element(side, w="0", type="dxa"))
    look = properties.find(qn("w:tblLook"))
    look.addprevious(margins) if look is not None else properties.append(margins)
    _widths(table, widths)
    return table


def _widths(table: Any, widths: Sequence[float]) -> None:
    for old in table._tbl.tblPr.findall(qn("w:tblW")):
        old.set(qn("w:w"), twips(sum(widths)))
        old.set(qn("w:type"), "dxa")
    for column, width in zip(table.columns, widths, strict=True):
        column.width = Pt(width)
        for cell in column.cells:
            cell.width = Pt(width)


def _emptied(cell: Any) -> Any:
    """The cell without its first empty paragraph, so that the first block starts at the top."""
    first = cell.paragraphs[0]._p
    first.getparent().remove(first)
    return cell


def _row_kept(row: Any) -> None:
    row._tr.get_or_add_trPr().append(element("cantSplit"))


def header(
    document: Any, *, place_date: bool = True, letter: bool = False, issuer_rule: float = ORG_RULE
) -> None:
    """Boxes 1 to 4 (and 5b of a công văn): issuer and number left, Quốc hiệu and place-date right.

    Số and địa danh share a table row, so they stand on one line (ND30 PL I II.4c). Minutes have no
    place and date (model 1.9). ``issuer_rule``: length in points of the rule under a name that never changes.
    """
    table = _plain_table(document, rows=2, widths=(HEADER_LEFT, HEADER_RIGHT))
    left, right = (_emptied(cell) for cell in table.rows[0].cells)
    when(left, "ten_co_quan_chu_quan", "{{ ten_co_quan_chu_quan }}", "Tên cơ quan chủ quản")
    line(left, "{{ ten_co_quan }}", "Tên cơ quan")
    _rule(left, room=HEADER_LEFT, length=issuer_rule)
    line(right, "CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM", "Quốc hiệu")
    line(right, MOTTO, "Tiêu ngữ")
    motto = text_width(MOTTO, size=MOTTO_SIZE, bold=True)
    _rule(right, room=HEADER_RIGHT, length=motto)
    left, right = (_emptied(cell) for cell in table.rows[1].cells)
    line(left, "Số: {{ so_van_ban }}/{{ ky_hieu }}", "Số ký hiệu")
    if letter:
        line(left, "V/v {{ trich_yeu }}", "Trích yếu công văn")
    line(right, "{{ dia_danh }}, {{ ngay_ban_hanh }}" if place_date else "", "Địa danh")


def title(document: Any, type_name: str, *, subject: bool = True) -> None:
    """Type name, trích yếu and the rule under it (box 5a)."""
    line(document, type_name, "Tên loại")
    if subject:
        line(document, "{{ trich_yeu }}", "Trích yếu")
        _rule(document, room=TEXT_WIDTH, length=SUBJECT_RULE)


def addressees(document: Any) -> None:
    """`Kính gửi:` on one line for one addressee, else one line each (ND30 PL I II.9d)."""
    tag(document, "{%p if ds_kinh_gui|length == 1 %}")
    line(document, "Kính gửi: {{ ds_kinh_gui[0] }}", "Kính gửi")
    tag(document, "{%p else %}")
    line(document, "Kính gửi:", "Kính gửi")
    text = "- {{ noi }}{{ ';' if not loop.last else '.' }}"
    each(document, "noi", "ds_kinh_gui", text, "Kính gửi mục")
    tag(document, "{%p endif %}")


def decision_opening(document: Any) -> None:
    """Authority line, legal bases in italics, and the word QUYẾT ĐỊNH (models 1.2 and 1.3)."""
    line(document, "{{ tham_quyen }}", "Thẩm quyền")
    legal_bases(document)
    line(document, "{{ dong_quyet_dinh }}", "Dòng quyết định")


def legal_bases(document: Any) -> None:
    """One italic line per basis; the ends `;` and `.` come with the lines."""
    each(document, "can_cu", "ds_can_cu", "{{ can_cu }}", "Căn cứ")


def recipients(cell: Any, first: str = "", *, first_when: str = "") -> None:
    """Nơi nhận; ``first`` is the fixed first line (``- Như Điều 4;``), there only if ``first_when`` holds."""
    line(cell, "Nơi nhận:", "Nơi nhận")
    if first_when:
        when(cell, first_when, first, "Nơi nhận mục")
    elif first:
        line(cell, first, "Nơi nhận mục")
    each(cell, "noi", "ds_noi_nhan", "- {{ noi }};", "Nơi nhận mục")
    line(cell, "- Lưu: {{ don_vi_luu }}.", "Nơi nhận mục")


def signature(document: Any, *, first_recipient: str = "", first_when: str = "") -> None:
    """Boxes 7 and 9b. ``quyen_han_ky`` brings its own lines (TM., KT., TL., TUQ., Q.)."""
    document.add_paragraph(style="Đường kẻ").paragraph_format.keep_with_next = True
    table = _plain_table(document, rows=1, widths=(RECIPIENTS_WIDTH, SIGNER_WIDTH))
    _row_kept(table.rows[0])
    left, right = (_emptied(cell) for cell in table.rows[0].cells)
    recipients(left, first_recipient, first_when=first_when)
    line(right, "{{ quyen_han_ky }}", "Quyền hạn")
    tag(right, "{%p if chuc_vu_o_co_quan %}")
    line(right, "{{ chuc_vu_o_co_quan }}", "Chức vụ cơ quan")
    line(right, "{{ ho_ten_nguoi_ky }}", "Họ tên liền")
    tag(right, "{%p else %}")
    line(right, "{{ ho_ten_nguoi_ky }}", "Họ tên")
    tag(right, "{%p endif %}")


def minutes_signatures(
    document: Any,
    *,
    third: str = "ĐẠI DIỆN {{ ten_don_vi_dai_dien }}",
    third_name: str = "ho_ten_dai_dien_doanh_nghiep",
) -> None:
    """Secretary left, chair right, an optional third signer between, recipients below (model 1.9).

    ``third`` is the line over the third signature, which is there only where the value of that name
    (``third_name``) is given; without a name nobody signs third.
    """
    half = TEXT_WIDTH / 2
    document.add_paragraph(style="Đường kẻ").paragraph_format.keep_with_next = True
    table = _plain_table(document, rows=5 if third_name else 2, widths=(half, half))
    for row in table.rows:
        _row_kept(row)
    left, right = (_emptied(cell) for cell in table.rows[0].cells)
    line(left, "THƯ KÝ", "Quyền hạn")
    line(left, "{{ ho_ten_thu_ky }}", "Họ tên")
    line(right, "{{ quyen_han_chu_tri }}", "Quyền hạn")
    line(right, "{{ ho_ten_chu_tri }}", "Họ tên")
    if third_name:
        _third_signer(table, third, third_name)
    left, right = (_emptied(cell) for cell in table.rows[-1].cells)
    recipients(left)
    left.paragraphs[0].paragraph_format.space_before = Pt(18)
    line(right, "", "Nơi nhận mục")


def _third_signer(table: Any, words: str, name: str) -> None:
    _control_row(table.rows[1], f"{{%tr if {name} %}}")
    both = _emptied(table.rows[2].cells[0].merge(table.rows[2].cells[1]))
    for extra in both.paragraphs:
        extra._p.getparent().remove(extra._p)
    first = line(both, words, "Quyền hạn")
    first.paragraph_format.space_before = Pt(12)
    line(both, f"{{{{ {name} }}}}", "Họ tên")
    _control_row(table.rows[3], "{%tr endif %}")


def _control_row(row: Any, text: str) -> None:
    row.cells[0].paragraphs[0].style = "Thẻ lặp"
    row.cells[0].paragraphs[0].add_run(text)
    for cell in row.cells[1:]:
        cell.paragraphs[0].style = "Thẻ lặp"


def annex(
    document: Any, *, number: str, heading: str, reference: str, landscape: bool = False
) -> None:
    """A new section with its own page numbers and the annex head (ND30 PL I III.1).

    ``number`` is Roman, or empty for a single annex.
    """
    _keep_with_section_end(document)
    section = document.add_section(WD_SECTION.NEW_PAGE)
    _shrink(document.paragraphs[-1])
    set_page(section, landscape=landscape)
    number_pages(section, restart=True)
    line(document, f"Phụ lục {number}".strip(), "Phụ lục")
    line(document, heading, "Phụ lục tiêu đề")
    line(document, reference, "Phụ lục kèm theo")
    room = LANDSCAPE_WIDTH if landscape else TEXT_WIDTH
    _rule(document, room=room, length=ANNEX_RULE)
    document.paragraphs[-1].paragraph_format.space_after = Pt(8)


def _keep_with_section_end(document: Any) -> None:
    """Signatures at the very foot of a page stay with the paragraph that ends the section.

    Else that paragraph alone is pushed over, and an empty page stands before the annex.
    """
    last = document.element.body.findall(qn("w:tbl"))[-1]
    for paragraph in Table(last, document).rows[-1].cells[0].paragraphs:
        paragraph.paragraph_format.keep_with_next = True


def _shrink(paragraph: Any) -> None:
    """The paragraph that ends a section is 1 pt high, else a full last page would bring an empty one."""
    paragraph.style = "Đường kẻ"
    layout = paragraph.paragraph_format
    layout.space_before = Pt(0)
    layout.line_spacing_rule, layout.line_spacing = WD_LINE_SPACING.EXACTLY, Pt(1)


@dataclass(frozen=True, slots=True)
class Column:
    """A column of a list: heading, width in points, text of a cell, and the cell's style."""

    heading: str
    width: float
    text: str
    style: str = "Bảng ô"


def list_table(
    document: Any, columns: Sequence[Column], *, name: str, names: str, total: Sequence[str] = ()
) -> Any:
    """A bordered list over ``names``: the heading row repeats on each page and no row is split.

    ``total``: texts of a last row, as many as columns.
    """
    widths = [column.width for column in columns]
    table = document.add_table(rows=4 + bool(total), cols=len(columns))
    table.style = BORDERED
    table.autofit = False
    table.alignment = WD_TABLE_ALIGNMENT.CENTER
    _widths(table, widths)
    head, opening, body, closing = table.rows[0], table.rows[1], table.rows[2], table.rows[3]
    head._tr.get_or_add_trPr().append(element("tblHeader"))
    _row_kept(head)
    _row_kept(body)
    for cell, column in zip(head.cells, columns, strict=True):
        line(_emptied(cell), column.heading, "Bảng đầu cột")
    for cell, column in zip(body.cells, columns, strict=True):
        line(_emptied(cell), column.text, column.style)
    _control_row(opening, f"{{%tr for {name} in {names} %}}")
    _control_row(closing, "{%tr endfor %}")
    if total:
        _row_kept(table.rows[4])
        for cell, text, column in zip(table.rows[4].cells, total, columns, strict=True):
            line(_emptied(cell), f"**{text}**" if text else "", column.style)
    return table

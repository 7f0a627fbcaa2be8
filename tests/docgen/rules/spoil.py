"""Ways to spoil a typed paper: each takes the python-docx document and changes one thing."""

from __future__ import annotations

import copy
from collections.abc import Callable
from typing import Any

from docx.enum.text import WD_ALIGN_PARAGRAPH
from docx.oxml import parse_xml
from docx.oxml.ns import nsdecls, qn
from docx.shared import Mm, Pt, RGBColor
from docx.text.paragraph import Paragraph

Spoil = Callable[[Any], None]
ALIGN = {"left": WD_ALIGN_PARAGRAPH.LEFT, "center": WD_ALIGN_PARAGRAPH.CENTER, "right": WD_ALIGN_PARAGRAPH.RIGHT,
         "both": WD_ALIGN_PARAGRAPH.JUSTIFY}  # fmt: skip


def paras(document: Any) -> list[Any]:
    return [Paragraph(p, document) for p in document.element.body.iter(qn("w:p"))]


def find(document: Any, text: str) -> Any:
    return next(para for para in paras(document) if text in para.text)


def size(text: str, points: float) -> Spoil:
    def do(document: Any) -> None:
        for run in find(document, text).runs:
            run.font.size = Pt(points)

    return do


def bold(text: str, on: bool) -> Spoil:
    def do(document: Any) -> None:
        for run in find(document, text).runs:
            run.bold = on

    return do


def italic(text: str, on: bool) -> Spoil:
    def do(document: Any) -> None:
        for run in find(document, text).runs:
            run.italic = on

    return do


def align(text: str, how: str) -> Spoil:
    def do(document: Any) -> None:
        find(document, text).alignment = ALIGN[how]

    return do


def layout(text: str, **values: Any) -> Spoil:
    def do(document: Any) -> None:
        for name, value in values.items():
            setattr(find(document, text).paragraph_format, name, value)

    return do


def font(text: str, name: str) -> Spoil:
    def do(document: Any) -> None:
        find(document, text).runs[0].font.name = name

    return do


def colour(text: str, value: str) -> Spoil:
    def do(document: Any) -> None:
        find(document, text).runs[0].font.color.rgb = RGBColor.from_string(value)

    return do


def margin(side: str, millimetres: float) -> Spoil:
    def do(document: Any) -> None:
        setattr(document.sections[0], f"{side}_margin", Mm(millimetres))

    return do


def page(width: float, height: float) -> Spoil:
    def do(document: Any) -> None:
        document.sections[0].page_width, document.sections[0].page_height = Mm(width), Mm(height)

    return do


def no_title_page(document: Any) -> None:
    document.sections[0].different_first_page_header_footer = False


def page_number(how: str) -> Spoil:
    """``left``, ``size``, ``footer``: what is wrong with the page number."""

    def do(document: Any) -> None:
        section = document.sections[0]
        line = section.header.paragraphs[0]
        if how == "left":
            line.alignment = ALIGN["left"]
        elif how == "size":
            for run in line.runs:
                run.font.size = Pt(10)
        elif how == "roman":
            section._sectPr.append(parse_xml(f'<w:pgNumType {nsdecls("w")} w:fmt="upperRoman"/>'))
        else:
            section.footer.paragraphs[0]._p.getparent().replace(
                section.footer.paragraphs[0]._p, line._p
            )
            section.header._element.append(parse_xml(f"<w:p {nsdecls('w')}/>"))

    return do


def no_rule(text: str) -> Spoil:
    """Take away the border paragraph under a line."""

    def do(document: Any) -> None:
        at = next(i for i, para in enumerate(paras(document)) if text in para.text)
        following = paras(document)[at + 1]._p
        following.getparent().remove(following)

    return do


def rule_length(text: str, side: int) -> Spoil:
    """Other indents of the border paragraph under a line (twips on both sides)."""

    def do(document: Any) -> None:
        at = next(i for i, para in enumerate(paras(document)) if text in para.text)
        indent = paras(document)[at + 1]._p.pPr.find(qn("w:ind"))
        indent.set(qn("w:left"), str(side))
        indent.set(qn("w:right"), str(side))

    return do


def dashes(text: str) -> Spoil:
    """A row of hyphens instead of the rule."""

    def do(document: Any) -> None:
        at = next(i for i, para in enumerate(paras(document)) if text in para.text)
        line = paras(document)[at + 1]
        line._p.pPr.remove(line._p.pPr.find(qn("w:pBdr")))
        line.add_run("---------------").font.name = "Times New Roman"

    return do


def mark(text: str, *, boxed: bool, red: bool) -> Spoil:
    """A mark of urgency or circulation under the number."""

    def do(document: Any) -> None:
        number = find(document, "Số:")
        line = number.insert_paragraph_before("")
        number._p.addnext(line._p)
        run = line.add_run(text)
        run.bold, run.font.size, run.font.name = True, Pt(13), "Times New Roman"
        line.alignment = ALIGN["center"]
        if red:
            run.font.color.rgb = RGBColor(0xFF, 0, 0)
        if boxed:
            sides = "".join(
                f'<w:{side} w:val="single" w:sz="8"/>'
                for side in ("top", "left", "bottom", "right")
            )
            line._p.get_or_add_pPr().append(parse_xml(f"<w:pBdr {nsdecls('w')}>{sides}</w:pBdr>"))

    return do


def move_place_to_end(document: Any) -> None:
    """Place and date out of the header's row, into a row of its own."""
    line = find(document, "Lai Châu, ngày")
    table = document.tables[0]
    row = table.add_row()
    row.cells[1].paragraphs[0]._p.addnext(line._p)


def together(*spoils: Spoil) -> Spoil:
    def do(document: Any) -> None:
        for spoil in spoils:
            spoil(document)

    return do


def drop(document: Any, text: str) -> None:
    element = find(document, text)._p
    element.getparent().remove(element)


def retype(document: Any, old: str, new: str) -> None:
    line = find(document, old)
    for run in line.runs[1:]:
        run.text = ""
    line.runs[0].text = new


def clear_recipients(document: Any) -> None:
    cell = document.tables[-1].cell(0, 0)
    for para in list(cell.paragraphs)[1:]:
        para._p.getparent().remove(para._p)
    cell.paragraphs[0].clear()


def small_annex_head(document: Any) -> None:
    line = [para for para in paras(document) if para.text == "Phụ lục"][-1]
    for run in line.runs:
        run.font.size = Pt(13)


def continue_pages(document: Any) -> None:
    section = document.sections[-1]._sectPr
    for child in list(section):
        if child.tag.endswith("pgNumType"):
            section.remove(child)


def split_paragraph(document: Any) -> None:
    line = find(document, "1. Đồng chí Lò Văn Ín")
    words = line.runs[0].text
    at = words.index("hướng dẫn")
    line._p.addnext(copy.deepcopy(line._p))
    paras(document)[[p.text for p in paras(document)].index(line.text) + 1].runs[0].text = words[
        at:
    ]
    line.runs[0].text = words[:at].rstrip(" ,")

"""The one set of named Word styles, and an empty A4 document that holds nothing else.

Sizes follow one family: Quốc hiệu 12, Tiêu ngữ 13, địa danh 13; body 14 (ND30 PL I V, footnote 1).
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from docx import Document
from docx.enum.style import WD_STYLE_TYPE
from docx.enum.text import WD_ALIGN_PARAGRAPH, WD_LINE_SPACING
from docx.oxml.ns import qn
from docx.shared import Mm, Pt, RGBColor

from docgen.kinds.wrapping import text_width
from tools.templates.xml import element, field_run, set_fonts

LEFT, CENTRE, RIGHT, BOTH = (
    WD_ALIGN_PARAGRAPH.LEFT,
    WD_ALIGN_PARAGRAPH.CENTER,
    WD_ALIGN_PARAGRAPH.RIGHT,
    WD_ALIGN_PARAGRAPH.JUSTIFY,
)
#: First-line indent 1,27 cm (ND30 PL I II.6e).
INDENT = 36.0
#: Dashes under `Kính gửi:` stand under its colon (ND30 PL I II.9d).
_COLON = round(text_width("Kính gửi", size=14), 1)


@dataclass(frozen=True, slots=True)
class Look:
    """How one style looks; lengths are points, lines are single (ND30 PL I II.6e allows 1 to 1.5)."""

    name: str
    key: str
    size: float
    align: WD_ALIGN_PARAGRAPH = CENTRE
    bold: bool = False
    italic: bool = False
    first: float = 0
    left: float = 0
    before: float = 0
    after: float = 0
    keep_next: bool = False
    line: float = 1.0


STYLES: tuple[Look, ...] = (
    Look("Quốc hiệu", "QuocHieu", 12, bold=True),
    Look("Tiêu ngữ", "TieuNgu", 13, bold=True),
    Look("Tên cơ quan chủ quản", "CoQuanChuQuan", 12),
    Look("Tên cơ quan", "TenCoQuan", 12, bold=True),
    Look("Đường kẻ", "DuongKe", 2, before=2),
    Look("Số ký hiệu", "SoKyHieu", 13, before=4),
    Look("Trích yếu công văn", "TrichYeuCongVan", 13, before=6),
    Look("Địa danh", "DiaDanh", 13, italic=True, before=4),
    Look("Tên loại", "TenLoai", 14, bold=True, before=14, keep_next=True),
    Look("Trích yếu", "TrichYeu", 14, bold=True, keep_next=True),
    Look("Kính gửi", "KinhGui", 14, align=LEFT, left=72, before=6, after=6),
    Look("Kính gửi mục", "KinhGuiMuc", 14, align=LEFT, left=72 + _COLON, after=6),
    Look("Thẩm quyền", "ThamQuyen", 14, bold=True, before=10, after=6, keep_next=True),
    Look("Căn cứ", "CanCu", 14, align=BOTH, italic=True, first=INDENT, after=6),
    Look("Dòng quyết định", "DongQuyetDinh", 14, bold=True, after=6, keep_next=True),
    Look("Nội dung", "NoiDung", 14, align=BOTH, first=INDENT, after=6),
    Look("Điều", "Dieu", 14, align=BOTH, first=INDENT, after=6),
    Look("Khoản", "Khoan", 14, align=BOTH, first=INDENT, after=6),
    Look("Khoản có tiêu đề", "KhoanTieuDe", 14, align=BOTH, bold=True, first=INDENT, after=6, keep_next=True),
    Look("Điểm", "Diem", 14, align=BOTH, first=INDENT, after=6),
    Look("Mục lớn", "MucLon", 14, align=BOTH, bold=True, first=INDENT, before=6, after=6, keep_next=True),
    Look("Quyền hạn", "QuyenHan", 14, bold=True, keep_next=True),
    Look("Chức vụ cơ quan", "ChucVuCoQuan", 14, bold=True, before=58, keep_next=True),
    Look("Họ tên", "HoTen", 14, bold=True, before=58),
    Look("Họ tên liền", "HoTenLien", 14, bold=True),
    Look("Nơi nhận", "NoiNhan", 12, align=LEFT, bold=True, italic=True, keep_next=True),
    Look("Nơi nhận mục", "NoiNhanMuc", 11, align=LEFT),
    Look("Phụ lục", "PhuLuc", 14, bold=True, keep_next=True),
    Look("Phụ lục tiêu đề", "PhuLucTieuDe", 14, bold=True, keep_next=True),
    Look("Phụ lục kèm theo", "PhuLucKemTheo", 14, italic=True, keep_next=True),
    Look("Bảng đầu cột", "BangDauCot", 13, bold=True, before=3, after=3, keep_next=True),
    Look("Bảng ô", "BangO", 13, align=LEFT, before=2, after=2),
    Look("Bảng ô giữa", "BangOGiua", 13, before=2, after=2),
    Look("Bảng ô số", "BangOSo", 13, align=RIGHT, before=2, after=2),
    Look("Ghi chú bảng", "GhiChuBang", 13, align=BOTH, italic=True, before=6, after=6),
    Look("Số trang", "SoTrang", 14),
    Look("Thẻ lặp", "TheLap", 10, align=LEFT),
)  # fmt: skip

BORDERED = "Bảng kẻ ô"


def new_document(title: str) -> Any:
    """An empty document: A4 portrait, margins of ND30 PL I I.3, our styles, page number from page 2."""
    document = Document()
    _slim(document)
    _defaults(document)
    for look in STYLES:
        _add(document, look)
    _add_table_style(document)
    section = document.sections[0]
    set_page(section)
    number_pages(section, restart=False)
    core = document.core_properties
    core.title, core.author, core.language = title, "docgen", "vi-VN"
    return document


def set_page(section: Any, *, landscape: bool = False) -> None:
    """A4 with 20 mm top and bottom, 30 mm left, 15 mm right."""
    width, height = (Mm(297), Mm(210)) if landscape else (Mm(210), Mm(297))
    section.page_width, section.page_height = width, height
    section.top_margin = section.bottom_margin = Mm(20)
    section.left_margin, section.right_margin = Mm(30), Mm(15)
    section.header_distance = section.footer_distance = Mm(10)


def number_pages(section: Any, *, restart: bool) -> None:
    """Page number centred in the top margin, not on the first page (ND30 PL I I.7); annexes begin at 1."""
    section.different_first_page_header_footer = True
    if restart:
        for old in section._sectPr.findall(qn("w:pgNumType")):  # copied from the section before
            section._sectPr.remove(old)
        section._sectPr.append(element("pgNumType", start="1"))
        _order_section(section._sectPr)
        return
    header = section.header
    header.is_linked_to_previous = False
    line = header.paragraphs[0]
    line.style = "Số trang"
    field_run(line, "PAGE")
    section.first_page_header.is_linked_to_previous = False
    section.first_page_header.paragraphs[0].style = "Số trang"


def _order_section(properties: Any) -> None:
    order = [
        "headerReference",
        "footerReference",
        "type",
        "pgSz",
        "pgMar",
        "pgBorders",
        "lnNumType",
        "pgNumType",
        "cols",
        "titlePg",
        "docGrid",
    ]
    for child in sorted(properties, key=lambda c: order.index(c.tag.rpartition("}")[2])):
        properties.append(child)


def _slim(document: Any) -> None:
    """Drop what python-docx's own template brings: its styles, thumbnail, theme, numbering, custom XML."""
    for part in (document.part, document.part.package):
        for key, rel in list(part.rels.items()):
            if rel.reltype.rpartition("/")[2] in {
                "thumbnail", "customXml", "stylesWithEffects", "theme", "numbering", "webSettings", "fontTable",
            }:  # fmt: skip
                del part.rels[key]
    keep = {"Normal", "Default Paragraph Font", "Normal Table", "No List"}
    styles = document.styles.element
    for style in list(styles.style_lst):
        if style.name_val not in keep:
            styles.remove(style)
    for latent in styles.findall(qn("w:latentStyles")):
        styles.remove(latent)


def _defaults(document: Any) -> None:
    styles = document.styles.element
    defaults = styles.find(qn("w:docDefaults"))
    run = defaults.find(f"{qn('w:rPrDefault')}/{qn('w:rPr')}")
    for child in list(run):
        run.remove(child)
    set_fonts(run)
    run.append(element("color", val="000000"))
    run.append(element("sz", val="28"))
    run.append(element("szCs", val="28"))
    run.append(element("lang", val="vi-VN", eastAsia="vi-VN", bidi="ar-SA"))
    paragraph = defaults.find(f"{qn('w:pPrDefault')}/{qn('w:pPr')}")
    for child in list(paragraph):
        paragraph.remove(child)
    normal = document.styles["Normal"]
    set_fonts(normal.element.get_or_add_rPr())
    _compatibility(document)


def _compatibility(document: Any) -> None:
    """Say the file is of today's Word, else it opens in compatibility mode; drop all other settings."""
    settings = document.settings.element
    for child in list(settings):
        if child.tag not in {qn("w:defaultTabStop"), qn("w:characterSpacingControl")}:
            settings.remove(child)
    office = "http://schemas.microsoft.com/office/word"
    compat = element("compat")
    compat.append(element("compatSetting", name="compatibilityMode", uri=office, val="15"))
    settings.append(compat)


def _add(document: Any, look: Look) -> None:
    style = document.styles.add_style(look.name, WD_STYLE_TYPE.PARAGRAPH)
    style.element.set(qn("w:styleId"), look.key)
    style.base_style = document.styles["Normal"]
    style.quick_style = True
    font = style.font
    font.size, font.bold, font.italic = Pt(look.size), look.bold, look.italic
    font.color.rgb = RGBColor(0, 0, 0)
    set_fonts(style.element.get_or_add_rPr())
    layout = style.paragraph_format
    layout.alignment = look.align
    layout.space_before, layout.space_after = Pt(look.before), Pt(look.after)
    layout.line_spacing_rule, layout.line_spacing = WD_LINE_SPACING.MULTIPLE, look.line
    layout.first_line_indent, layout.left_indent = Pt(look.first), Pt(look.left)
    layout.keep_with_next = look.keep_next
    layout.widow_control = True


def _add_table_style(document: Any) -> None:
    style = document.styles.add_style(BORDERED, WD_STYLE_TYPE.TABLE)
    style.element.set(qn("w:styleId"), "BangKeO")
    properties = element("tblPr")
    borders = element("tblBorders")
    for side in ("top", "left", "bottom", "right", "insideH", "insideV"):
        borders.append(element(side, val="single", sz="4", space="0", color="000000"))
    properties.append(borders)
    margins = element("tblCellMar")
    for side in ("left", "right"):
        margins.append(element(side, w="70", type="dxa"))
    properties.append(margins)
    style.element.append(properties)

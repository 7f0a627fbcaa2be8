"""PG-01 to PG-08: page, margins, font, encoding, page number, family of sizes (ND30 PL I Mục I)."""

from __future__ import annotations

import unicodedata
from collections.abc import Iterator
from itertools import chain

from core.legacy import encoding_of_font, guess_encoding
from docgen.rules.checks.measures import TOLERANCE, always, millimetres, points
from docgen.rules.finding import Fault, Rule, Where
from docgen.rules.paper import Paper
from docgen.rules.pieces import is_form_blank, where
from docgen.rules.view.model import Para, Section

_A4 = (11906, 16838)
_TOP = (1134, 1417)
_LEFT = (1701, 1984)
_RIGHT = (850, 1134)
#: Side of the page to its rule and range in twips.
MARGINS = {
    "top": ("PG-03", *_TOP),
    "bottom": ("PG-03", *_TOP),
    "left": ("PG-04", *_LEFT),
    "right": ("PG-04", *_RIGHT),
}
_FONT = "times new roman"
_MOST = 20  # places of one kind of fault that are named one by one


def _name(at: int) -> str:
    return "trang" if at == 0 else f"trang của phần {at + 1}"


def _place(paper: Paper, section: int) -> Where:
    paras = [para for para in paper.view.paras if para.section == section and not para.blank]
    return where(paras[0]) if paras else Where(paper.view.main)


def paper_size(paper: Paper) -> Iterator[Fault]:
    """PG-01: A4 in every section."""
    for at, section in enumerate(paper.view.sections):
        sides = sorted((section.width, section.height))
        if any(abs(a - b) > TOLERANCE for a, b in zip(sides, _A4, strict=True)):
            found = f"{millimetres(section.width)} x {millimetres(section.height)}"
            message = f"Khổ giấy của {_name(at)} phải là A4."
            yield Fault(message, _place(paper, at), found, "A4 (210 x 297 mm)")


def orientation(paper: Paper) -> Iterator[Fault]:
    """PG-02: portrait, but for annexes and sections that hold a table."""
    annex_from = min(
        (annex.head.para.section for annex in paper.annexes), default=len(paper.view.sections)
    )
    for at, section in enumerate(paper.view.sections):
        if not section.landscape or at >= annex_from:
            continue
        tables = any(
            para.cell and para.cell.bordered for para in paper.view.paras if para.section == at
        )
        if at == 0 or not tables:
            message = (
                "Trang văn bản phải để chiều dọc; trang ngang chỉ dùng cho bảng biểu, phụ lục."
            )
            yield Fault(message, _place(paper, at), "trang ngang", "trang dọc")


def _margin(
    paper: Paper, at: int, *, name: str, value: int, bounds: tuple[int, int]
) -> Iterator[Fault]:
    low, high = bounds
    if not low - TOLERANCE <= value <= high + TOLERANCE:
        expected = f"{low / 56.69:.0f}-{high / 56.69:.0f} mm"
        message = f"Lề {name} của {_name(at)} phải là {expected}."
        yield Fault(message, _place(paper, at), millimetres(value), expected)


def top_bottom(paper: Paper) -> Iterator[Fault]:
    """PG-03: 20-25 mm at top and bottom."""
    for at, section in enumerate(paper.view.sections):
        yield from _margin(paper, at, name="trên", value=section.top, bounds=_TOP)
        yield from _margin(paper, at, name="dưới", value=section.bottom, bounds=_TOP)


def left_right(paper: Paper) -> Iterator[Fault]:
    """PG-04: 30-35 mm left, 15-20 mm right."""
    for at, section in enumerate(paper.view.sections):
        yield from _margin(paper, at, name="trái", value=section.left, bounds=_LEFT)
        yield from _margin(paper, at, name="phải", value=section.right, bounds=_RIGHT)


def every_para(paper: Paper) -> Iterator[Para]:
    """All paragraphs of body, text boxes, headers and footers."""
    return chain(paper.view.paras, paper.view.boxes, *paper.view.parts.values())


def fonts(paper: Paper) -> Iterator[Fault]:
    """PG-05: Times New Roman, black."""
    marked = {piece.para.number for piece in paper.marks}
    told = 0
    for para in every_para(paper):
        fault = _font_fault(para) or (None if para.number in marked else _colour_fault(para))
        if fault is not None:
            told += 1
            if told > _MOST:
                return
            yield fault


def _font_fault(para: Para) -> Fault | None:
    for run in para.runs:
        text = run.text.strip()
        if not text or run.element is None or is_form_blank(text):
            continue
        plain = text.isascii()
        used = {run.look.ascii_font} if plain else {run.look.ascii_font, run.look.other_font}
        if not any(char.isascii() for char in text):
            used = {run.look.other_font}
        wrong = sorted(font for font in used if font.casefold() != _FONT)
        if wrong and any(char.isalnum() for char in text):
            message = f"Phông chữ phải là Times New Roman, đang là {wrong[0]}."
            return Fault(message, where(para), wrong[0], "Times New Roman")
    return None


def _colour_fault(para: Para) -> Fault | None:
    for run in para.runs:
        if run.text.strip() and run.look.color not in {"auto", "000000"}:
            message = "Chữ phải màu đen."
            return Fault(message, where(para), f"màu #{run.look.color}", "màu đen")
    return None


def encoding(paper: Paper) -> Iterator[Fault]:
    """PG-06: precomposed Unicode; no TCVN3 or VNI."""
    told = 0
    for para in every_para(paper):
        fault = _encoding_fault(para)
        if fault is not None:
            told += 1
            if told > _MOST:
                return
            yield fault


def _encoding_fault(para: Para) -> Fault | None:
    for run in para.runs:
        legacy = encoding_of_font(run.look.ascii_font) or encoding_of_font(run.look.other_font)
        if legacy is not None and any(char.isalpha() for char in run.text):
            message = f"Văn bản gõ bằng bảng mã {legacy}; phải dùng Unicode (TCVN 6909:2001)."
            return Fault(
                message, where(para), f"{legacy}, phông {run.look.ascii_font}", "Unicode dựng sẵn"
            )
    guessed = guess_encoding(para.text)  # no run has a legacy font: told above
    if guessed is not None:
        message = f"Chữ còn ở bảng mã {guessed}; phải chuyển sang Unicode (TCVN 6909:2001)."
        return Fault(message, where(para), guessed, "Unicode dựng sẵn")
    if not unicodedata.is_normalized("NFC", para.text):
        message = "Chữ tiếng Việt ở dạng tổ hợp (dấu rời); phải dùng Unicode dựng sẵn."
        return Fault(message, where(para), "Unicode tổ hợp", "Unicode dựng sẵn (NFC)")
    return None


def number_paras(paper: Paper, parts: dict[str, str]) -> list[Para]:
    """Paragraphs of header or footer parts that hold a PAGE field."""
    return [
        para
        for name in dict.fromkeys(parts.values())
        for para in paper.view.parts.get(name, ())
        if "PAGE" in para.fields.upper().replace("NUMPAGES", "").replace("PAGEREF", "")
    ]


def page_number(paper: Paper) -> Iterator[Fault]:
    """PG-07: centred in the top margin from page 2 on, Arabic, 13-14, upright."""
    first = paper.view.sections[0]
    headers = {kind: name for kind, name in first.headers.items() if kind != "first"}
    if not paper.view.even_pages:
        headers.pop("even", None)
    in_header = number_paras(paper, headers)
    if first.title_page and "first" in first.headers:
        shown = number_paras(paper, {"first": first.headers["first"]})
        if shown:
            yield _first_page_fault(shown[0])
    for para in number_paras(paper, dict(first.footers)):
        message = "Số trang phải ở giữa lề trên của trang, không ở chân trang."
        yield Fault(message, where(para), "ở chân trang", "canh giữa trong phần lề trên")
        return
    if not in_header:
        yield _missing_number(paper)
        return
    if not first.title_page:
        yield _first_page_fault(in_header[0])
    if first.first_number not in {None, 1}:
        found = f"bắt đầu từ {first.first_number}"
        yield Fault("Số trang phải đánh từ 1.", where(in_header[0]), found, "bắt đầu từ 1")
    if first.number_form not in {"decimal", "arabic"}:
        yield Fault(
            "Số trang phải là chữ số Ả Rập.", where(in_header[0]), first.number_form, "1, 2, 3"
        )
    yield from _number_look(in_header[0])


def _first_page_fault(para: Para) -> Fault:
    message = "Trang đầu không được hiển thị số trang (chọn “Different First Page”)."
    return Fault(message, where(para), "hiển thị ở trang đầu", "từ trang 2")


def _missing_number(paper: Paper) -> Fault:
    expected = "số trang canh giữa lề trên, từ trang 2"
    if _lines(paper) <= _page_lines(paper.view.sections[0]):
        message = "Văn bản chưa đặt số trang; nếu dài hơn một trang thì phải có."
        return Fault(message, Where(paper.view.main), "không có số trang", expected, "W")
    return Fault(
        "Văn bản nhiều trang phải có số trang.", Where(paper.view.main), "không có", expected
    )


def _lines(paper: Paper) -> float:
    """Height of section 1 in points, roughly: whether it fits one page."""
    height = 0.0
    for para in paper.view.paras:
        if para.section or (para.cell and para.cell.column > 0):
            continue
        size = max((run.look.size for run in para.runs), default=14.0)
        letters = len(para.text) * size * 0.46
        lines = max(1.0, -(-letters // max(para.room / 20, 1.0)))
        factor = para.layout.line / 240 if para.layout.line_rule == "auto" else 1.0
        height += lines * size * 1.15 * factor + (para.layout.before + para.layout.after) / 20
    return height


def _page_lines(section: Section) -> float:
    return (section.height - section.top - section.bottom) / 20


def _number_look(para: Para) -> Iterator[Fault]:
    layout = para.layout
    centred = layout.align == "center" or layout.frame_align == "center"
    centred = centred or ("\t" in para.text and any(kind == "center" for _, kind in layout.tabs))
    if not centred:
        yield Fault("Số trang phải canh giữa.", where(para), "không canh giữa", "canh giữa")
    looks = [run.look for run in para.runs if run.text.strip()]
    wrong = sorted({look.size for look in looks if not 13 <= look.size <= 14})  # noqa: PLR2004
    if wrong:
        yield Fault("Số trang phải có cỡ 13-14.", where(para), f"cỡ {points(wrong[0])}", "cỡ 13-14")
    if any(look.italic for look in looks):
        yield Fault("Số trang phải là chữ đứng.", where(para), "chữ nghiêng", "chữ đứng")


def size_family(paper: Paper) -> Iterator[Fault]:
    """PG-08: Quốc hiệu, Tiêu ngữ and địa danh are 13, 14, 14 or 12, 13, 13."""
    boxes = (paper.national, paper.motto, paper.place_date)
    sizes = [max(box.sizes) if box is not None and box.sizes else None for box in boxes]
    families = ((13.0, 14.0, 14.0), (12.0, 13.0, 13.0))
    fits = any(
        all(got is None or got == want for got, want in zip(sizes, family, strict=True))
        for family in families
    )
    if fits or paper.national is None or paper.motto is None:
        return
    found = " / ".join("-" if size is None else points(size) for size in sizes)
    message = "Cỡ chữ Quốc hiệu, Tiêu ngữ, địa danh phải tăng giảm thống nhất."
    yield Fault(message, paper.national.where, found, "13 / 14 / 14 hoặc 12 / 13 / 13")


def _has_header(paper: Paper) -> bool:
    return paper.national is not None and paper.motto is not None


RULES = (
    Rule("PG-01", "E", "ND30 PL I I.1", "Khổ giấy A4", paper_size, always),
    Rule("PG-02", "W", "ND30 PL I I.2", "Trang để chiều dọc", orientation, always),
    Rule("PG-03", "E", "ND30 PL I I.3", "Lề trên, lề dưới 20-25 mm", top_bottom, always),
    Rule("PG-04", "E", "ND30 PL I I.3", "Lề trái 30-35 mm, lề phải 15-20 mm", left_right, always),
    Rule("PG-05", "E", "ND30 PL I I.4", "Phông Times New Roman, màu đen", fonts, always),
    Rule("PG-06", "E", "ND30 PL I I.4", "Bảng mã Unicode dựng sẵn", encoding, always),
    Rule("PG-07", "E", "ND30 PL I I.7", "Số trang", page_number, always),
    Rule("PG-08", "W", "ND30 PL I V chú thích 1", "Cỡ chữ thống nhất", size_family, _has_header),
)

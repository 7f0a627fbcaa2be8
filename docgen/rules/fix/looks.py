"""Looks that are mended: sizes box by box; indent, gaps, lines and alignment of the body."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from docgen.rules.checks.body import first_line, line_spacing, misaligned, paragraph_gap, running
from docgen.rules.checks.measures import points, size_range
from docgen.rules.finding import Fault
from docgen.rules.fix.change import Mending
from docgen.rules.fix.elements import drop_attributes, paragraph_property, set_size
from docgen.rules.paper import Paper
from docgen.rules.pieces import Piece, where
from docgen.rules.view.model import Para, Run

_INDENT = 720
_GAP = 120
_Box = tuple[str, str, list[Piece], float, float]


def _one(piece: Piece | None) -> list[Piece]:
    return [] if piece is None else [piece]


def _boxes(paper: Paper) -> Iterator[_Box]:
    """Rule, name, lines, lowest and highest size of every box."""
    yield "QH-01", "Quốc hiệu", _one(paper.national), 12, 13
    yield "QH-02", "Tiêu ngữ", _one(paper.motto), 13, 14
    yield "CQ-01", "tên cơ quan chủ quản", paper.parent, 12, 13
    yield "CQ-02", "tên cơ quan ban hành", paper.issuer, 12, 13
    yield "SO-01", "số, ký hiệu", _one(paper.number), 13, 13
    yield "DD-04", "địa danh, thời gian", _one(paper.place_date), 13, 14
    yield "TL-01", "tên loại", _one(paper.type_line), 13, 14
    yield "TL-02", "trích yếu", paper.subject, 13, 14
    yield "TL-04", "trích yếu công văn", paper.letter_subject if paper.is_letter else [], 12, 13
    yield "KG-01", "Kính gửi", [*_one(paper.greeting), *paper.addressees], 13, 14
    posts = [piece for block in paper.signers for piece in (*block.posts, *block.host_posts)]
    yield "KY-02", "quyền hạn, chức vụ", posts, 13, 14
    yield "KY-03", "họ tên người ký", [b.name for b in paper.signers if b.name is not None], 13, 14
    yield "NN-01", "từ “Nơi nhận”", _one(paper.recipients_head), 12, 12
    yield "NN-02", "danh sách nơi nhận", paper.recipients, 11, 11
    yield "PL-02", "từ “Phụ lục”", [annex.head for annex in paper.annexes], 14, 14
    titles = [piece for annex in paper.annexes for piece in annex.title]
    yield "PL-02", "tiêu đề phụ lục", titles, 13, 14
    lines = [piece for annex in paper.annexes for piece in annex.reference]
    yield "PL-03", "dòng kèm theo", lines, 13, 14


def mend_sizes(mending: Mending, paper: Paper) -> None:
    """Every run of a box whose size is outside takes the nearest size allowed."""
    for rule, name, pieces, low, high in _boxes(paper):
        for piece in pieces:
            runs = [span.run for span in piece.spans if not span.look.superscript]
            _size(mending, piece.para, runs, rule=rule, name=name, low=low, high=high)
    for para in paper.bases:
        _size(mending, para, para.runs, rule="CC-01", name="căn cứ", low=13, high=14)
    for item in running(paper):
        _size(mending, item.para, item.para.runs, rule="ND-01", name="nội dung", low=13, high=14)


def _size(
    mending: Mending,
    para: Para,
    runs: Iterable[Run],
    *,
    rule: str,
    name: str,
    low: float,
    high: float,
) -> None:
    wrong = [
        run
        for run in runs
        if run.element is not None
        and not run.look.superscript
        and run.text.strip()
        and not low <= run.look.size <= high
    ]
    if not wrong:
        return
    before = ", ".join(sorted({points(run.look.size) for run in wrong}))
    new = low if wrong[0].look.size < low else high
    for run in wrong:
        if run.element is not None:
            set_size(run.element, new)
    message = f"Cỡ chữ {name}: {before} thành {points(new)} (quy định {size_range(low, high)})."
    mending.tell(rule, message, where(para), before=before, after=points(new))


def mend_body(mending: Mending, paper: Paper) -> None:
    """ND-01 to ND-04: alignment, first line, gap and line spacing of body paragraphs."""
    paras = {para.number: para for para in paper.body}
    for fault in misaligned(paper):
        para = paras[_number(fault)]
        paragraph_property(para.element, "jc", val="both")
        _tell(mending, "ND-01", "Dàn đều hai lề", para, fault, after="dàn đều")
    for fault in first_line(paper):
        para = paras[_number(fault)]
        if not para.label and para.layout.left == 0 and not para.text.startswith(("\t", " ")):
            drop_attributes(para.element, "ind", "hanging", "firstLineChars", "hangingChars")
            paragraph_property(para.element, "ind", firstLine=_INDENT)
            _tell(mending, "ND-02", "Lùi đầu dòng 1,27 cm", para, fault, after="12,7 mm")
    for fault in paragraph_gap(paper):
        para = paras[_number(fault)]
        drop_attributes(para.element, "spacing", "beforeAutospacing", "beforeLines")
        paragraph_property(para.element, "spacing", before=_GAP)
        if para.layout.contextual:
            paragraph_property(para.element, "contextualSpacing", val="0")
        _tell(mending, "ND-03", "Cách đoạn trên 6 pt", para, fault, after="6 pt")
    for fault in line_spacing(paper):
        para = paras[_number(fault)]
        wide = para.layout.line_rule == "auto" and para.layout.line > 360  # noqa: PLR2004
        paragraph_property(para.element, "spacing", line=360 if wide else 240, lineRule="auto")
        _tell(
            mending,
            "ND-04",
            "Khoảng cách dòng",
            para,
            fault,
            after="1,5 dòng" if wide else "dòng đơn",
        )


def _number(fault: Fault) -> int:
    if fault.where.paragraph is None:
        raise ValueError("a fault of the body names its paragraph")
    return fault.where.paragraph


def _tell(mending: Mending, rule: str, what: str, para: Para, fault: Fault, *, after: str) -> None:
    mending.tell(
        rule, f"{what} (trước đó: {fault.found}).", where(para), before=fault.found, after=after
    )

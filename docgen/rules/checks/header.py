"""QH, CQ: Quốc hiệu, Tiêu ngữ, parent and issuing body (ND30 PL I II.1, II.2)."""

from __future__ import annotations

import re
from collections.abc import Iterator

from core.letters import nfc
from docgen.rules.checks.measures import Want, look_faults, rule_faults, whole
from docgen.rules.finding import Fault, Rule
from docgen.rules.paper import Paper
from docgen.rules.pieces import Piece

NATIONAL = "CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM"
MOTTO = "Độc lập - Tự do - Hạnh phúc"
_NATIONAL_ALSO = NATIONAL.replace("HÒA", "HOÀ")  # ND30's own text has both


def _header(paper: Paper) -> bool:
    return paper.has_header


def national(paper: Paper) -> Iterator[Fault]:
    """QH-01: the exact words, capitals, 12-13, upright bold, top right."""
    piece = paper.national
    if piece is None:
        yield Fault("Thiếu Quốc hiệu.", whole(paper), "không có", NATIONAL)
        return
    if nfc(piece.text) not in {NATIONAL, _NATIONAL_ALSO}:
        yield Fault("Quốc hiệu viết không đúng.", piece.where, piece.text, NATIONAL)
    yield from look_faults([piece], Want("Quốc hiệu", 12, 13, bold=True, italic=False))
    if not _on_the_right(piece):
        yield Fault(
            "Quốc hiệu phải ở phía trên, bên phải trang đầu.",
            piece.where,
            "không ở bên phải",
            "bên phải",
        )


def _on_the_right(piece: Piece) -> bool:
    if piece.column > 0:
        return True
    layout = piece.para.layout
    if piece.para.cell is None and layout.align == "right":
        return True
    lead = piece.para.text[: len(piece.para.text) - len(piece.para.text.lstrip())]
    start = layout.left + layout.first + len(lead.replace("\t", " " * 12)) * 65
    return piece.para.cell is None and start >= piece.para.room * 0.3


def motto(paper: Paper) -> Iterator[Fault]:
    """QH-02: the exact words with a space on both sides of each hyphen, 13-14, upright bold, centred."""
    piece = paper.motto
    if piece is None:
        yield Fault("Thiếu Tiêu ngữ.", whole(paper), "không có", MOTTO)
        return
    if nfc(piece.text) != MOTTO:
        yield Fault("Tiêu ngữ viết không đúng.", piece.where, piece.text, MOTTO)
    yield from look_faults([piece], Want("Tiêu ngữ", 13, 14, bold=True, italic=False, centred=True))


def motto_rule(paper: Paper) -> Iterator[Fault]:
    """QH-03: a solid rule as long as the Tiêu ngữ."""
    if paper.motto is not None:
        yield from rule_faults(paper, [paper.motto], label="Tiêu ngữ", low=1, high=1, required=True)


def header_spacing(paper: Paper) -> Iterator[Fault]:
    """QH-04: Quốc hiệu and Tiêu ngữ single-spaced."""
    for piece in (paper.national, paper.motto):
        if piece is None:
            continue
        layout = piece.para.layout
        if layout.line_rule == "auto" and layout.line > 240 + 12:
            found = f"{layout.line / 240:.2f} dòng".replace(".", ",")
            yield Fault("Quốc hiệu, Tiêu ngữ phải cách dòng đơn.", piece.where, found, "dòng đơn")


_LOWER_BODY = re.compile(r"^(?:LIÊN ĐOÀN LAO ĐỘNG|CÔNG ĐOÀN|CĐCS|NGHIỆP ĐOÀN|BAN CHỈ ĐẠO)")


def parent(paper: Paper) -> Iterator[Fault]:
    """CQ-01: the direct parent above the issuer; capitals, 12-13, upright, not bold."""
    if not paper.parent:
        name = paper.issuer_name.upper()
        if not paper.issuer:
            message = "Thiếu tên cơ quan, tổ chức chủ quản và cơ quan ban hành ở góc trên bên trái."
            yield Fault(message, whole(paper), "không có", "tên cơ quan chủ quản trực tiếp")
        elif _LOWER_BODY.match(name) and not paper.is_congress:
            message = "Chưa có tên cơ quan, tổ chức chủ quản trực tiếp phía trên cơ quan ban hành."
            yield Fault(message, paper.issuer[0].where, "không có", "tên cơ quan chủ quản", "W")
        return
    want = Want("Tên cơ quan chủ quản", 12, 13, bold=False, italic=False, caps=True, centred=True)
    yield from look_faults(paper.parent, want)


_ABBREVIATED = re.compile(r"^(?:LĐLĐ|UBND|UBMTTQ|TLĐ)\b")


def issuer(paper: Paper) -> Iterator[Fault]:
    """CQ-02: full official name; capitals, 12-13, upright, bold, centred under the parent."""
    if not paper.issuer:
        yield Fault(
            "Thiếu tên cơ quan, tổ chức ban hành văn bản.",
            whole(paper),
            "không có",
            "tên đầy đủ, in hoa, đậm",
        )
        return
    want = Want("Tên cơ quan ban hành", 12, 13, bold=True, italic=False, caps=True, centred=True)
    yield from look_faults(paper.issuer, want)
    if _ABBREVIATED.match(paper.issuer_name):
        message = "Tên cơ quan ban hành phải viết đầy đủ, không viết tắt."
        yield Fault(message, paper.issuer[0].where, paper.issuer_name, "tên đầy đủ")


def issuer_rule(paper: Paper) -> Iterator[Fault]:
    """CQ-03: a solid rule of 1/3 to 1/2 of the name."""
    yield from rule_faults(
        paper, paper.issuer, label="tên cơ quan ban hành", low=1 / 3, high=1 / 2, required=True
    )


RULES = (
    Rule("QH-01", "E", "ND30 PL I II.1a", "Quốc hiệu", national, _header),
    Rule("QH-02", "E", "ND30 PL I II.1b", "Tiêu ngữ", motto, _header),
    Rule(
        "QH-03",
        "E",
        "ND30 PL I II.1b",
        "Đường kẻ dưới Tiêu ngữ",
        motto_rule,
        lambda paper: paper.motto is not None,
    ),
    Rule(
        "QH-04",
        "W",
        "ND30 PL I II.1c",
        "Quốc hiệu, Tiêu ngữ cách dòng đơn",
        header_spacing,
        lambda paper: paper.national is not None,
    ),
    Rule("CQ-01", "E", "ND30 PL I II.2a, 2b", "Cơ quan chủ quản", parent, _header),
    Rule("CQ-02", "E", "ND30 PL I II.2a, 2b", "Cơ quan ban hành", issuer, _header),
    Rule(
        "CQ-03",
        "E",
        "ND30 PL I II.2b",
        "Đường kẻ dưới cơ quan ban hành",
        issuer_rule,
        lambda paper: bool(paper.issuer),
    ),
)

"""TL, CC, KG, MAT: type, summary, bases, Kính gửi, marks (ND30 PL I II.5, II.6a-b, II.9, III.2)."""

from __future__ import annotations

import re
from collections.abc import Iterator

from core.letters import fold
from docgen.rules.checks.measures import Want, look_faults, rule_faults, whole
from docgen.rules.finding import Fault, Rule
from docgen.rules.paper import Paper
from docgen.rules.papertypes import WITHOUT_RULE, WITHOUT_SUBJECT
from docgen.rules.pieces import Piece, is_form_blank, rules_below
from docgen.rules.recognise.marks import CIRCULATION, OLD_URGENCY, URGENCY
from docgen.rules.view.names import W


def _typed(paper: Paper) -> bool:
    return paper.type_line is not None


def _with_subject(paper: Paper) -> bool:
    return _typed(paper) and paper.type_abbreviation not in WITHOUT_SUBJECT


def type_name(paper: Paper) -> Iterator[Fault]:
    """TL-01: capitals, 13-14, upright bold, centred, on its own line."""
    piece = paper.type_line
    if piece is None:
        return
    want = Want("Tên loại văn bản", 13, 14, bold=True, italic=False, caps=True, centred=True)
    yield from look_faults([piece], want)
    rest = fold(piece.text).removeprefix(paper.type_name or fold(piece.text)).strip()
    if paper.type_name is not None and len(rest) > 30:  # noqa: PLR2004
        yield Fault(
            "Tên loại phải đứng riêng một dòng.",
            piece.where,
            piece.text,
            piece.text[: len(paper.type_name)].upper(),
        )


def summary(paper: Paper) -> Iterator[Fault]:
    """TL-02: directly under the type; sentence letters, 13-14, upright bold, centred."""
    if not paper.subject:
        place = paper.type_line.where if paper.type_line else whole(paper)
        yield Fault(
            "Thiếu trích yếu nội dung dưới tên loại.", place, "không có", "trích yếu, chữ đậm"
        )
        return
    want = Want("Trích yếu", 13, 14, bold=True, italic=False, caps=False, centred=True)
    yield from look_faults(paper.subject, want)
    first = paper.subject[0]
    if re.match(r"(?i)v\s*/\s*v\b", first.text):
        message = "“V/v” chỉ dùng trong công văn; dưới tên loại viết đủ “Về việc” hoặc nội dung."
        yield Fault(message, first.where, first.text[:20], "Về việc ...", "W")


def summary_rule(paper: Paper) -> Iterator[Fault]:
    """TL-03: a solid rule of 1/3 to 1/2 of the summary. Models 1.8 to 1.10 need none."""
    if paper.subject:
        # Under `(Kèm theo ...)` of an attached text: PL III shows the rule below that line.
        below = rules_below(paper.pieces, paper.attached_line)
        required = paper.type_abbreviation not in WITHOUT_RULE and not below
        yield from rule_faults(
            paper, paper.subject, label="trích yếu", low=1 / 3, high=1 / 2, required=required
        )


def letter_summary(paper: Paper) -> Iterator[Fault]:
    """TL-04: ``V/v`` and the summary under the symbol; 12-13, upright, not bold, centred."""
    if not paper.letter_subject:
        place = paper.number.where if paper.number else whole(paper)
        yield Fault(
            "Công văn thiếu trích yếu (V/v ...) dưới số, ký hiệu.", place, "không có", "V/v ..."
        )
        return
    first = paper.letter_subject[0]
    if not re.match(r"V/v\s", first.text):
        yield Fault(
            "Trích yếu công văn bắt đầu bằng “V/v ”.", first.where, first.text[:20], "V/v ..."
        )
    want = Want("Trích yếu công văn", 12, 13, bold=False, italic=False, caps=False, centred=True)
    yield from look_faults(paper.letter_subject, want)


_DECISION_STARTS = re.compile(r"(?i)^(?:về việc|về |ban hành|phê duyệt)")


def decision_summary(paper: Paper) -> Iterator[Fault]:
    """TL-05: a decision is ``Về việc ...``, ``Ban hành ...`` or ``Phê duyệt ...``."""
    if paper.subject and not is_form_blank(paper.subject[0].text):
        first = paper.subject[0]
        if not _DECISION_STARTS.match(first.text):
            message = "Trích yếu quyết định bắt đầu bằng “Về việc”, “Ban hành” hoặc “Phê duyệt”."
            yield Fault(message, first.where, first.text[:30], "Về việc ...")


_GREETED = frozenset(("TTr", "BC"))
#: Slips and telegrams name whom they go to in a body line of their own; models 1.4, 1.6.
_MAY_GREET = frozenset(("PC", "PG", "PB", "CĐ"))


def greeting(paper: Paper) -> Iterator[Fault]:
    """KG-01: only in công văn, tờ trình, báo cáo; ``Kính gửi:``, 13-14, upright."""
    piece = paper.greeting
    if piece is None:
        if paper.is_letter and paper.letter_subject:
            yield Fault("Công văn phải có “Kính gửi:”.", whole(paper), "không có", "Kính gửi: ...")
        return
    if not paper.is_letter and paper.type_abbreviation not in _GREETED | _MAY_GREET:
        message = "“Kính gửi” chỉ dùng trong công văn, tờ trình, báo cáo gửi cấp trên."
        yield Fault(message, piece.where, piece.text, "bỏ Kính gửi")
        return
    if not piece.text.startswith("Kính gửi:"):
        yield Fault(
            "Viết “Kính gửi:”, sau có dấu hai chấm.", piece.where, piece.text[:20], "Kính gửi:"
        )
    yield from look_faults([piece, *paper.addressees], Want("Kính gửi", 13, 14, italic=False))


def _greets(paper: Paper) -> bool:
    return paper.greeting is not None


def _inline(piece: Piece) -> str:
    return piece.text.partition(":")[2].strip()


def one_addressee(paper: Paper) -> Iterator[Fault]:
    """KG-02: a single addressee stands on the line of ``Kính gửi:``."""
    piece = paper.greeting
    if piece is None or _inline(piece) or len(paper.addressees) != 1:
        return
    only = paper.addressees[0]
    if only.para is not piece.para and (only.para.cell is None or piece.para.cell is None):
        message = "Gửi một nơi thì ghi cùng dòng với “Kính gửi:”."
        yield Fault(
            message, only.where, only.text, f"Kính gửi: {only.text.lstrip('-– ').rstrip('.;')}"
        )


def many_addressees(paper: Paper) -> Iterator[Fault]:
    """KG-03: each on its own line with ``- ``; ends ``;``, the last ``.``."""
    piece = paper.greeting
    if piece is None:
        return
    inline = _inline(piece)
    entries = paper.addressees
    if inline and ";" in inline.rstrip(";"):
        yield Fault(
            "Gửi nhiều nơi thì mỗi nơi một dòng, đầu dòng có dấu gạch.",
            piece.where,
            inline,
            "- ...;",
        )
        return
    if len(entries) < 2:  # noqa: PLR2004
        return
    for at, entry in enumerate(entries):
        if is_form_blank(entry.text):
            continue
        if not re.match(r"^-\s", entry.text):
            yield Fault(
                "Mỗi nơi nhận ở mục Kính gửi bắt đầu bằng “- ”.",
                entry.where,
                entry.text[:20],
                "- ...",
            )
        end = "." if at == len(entries) - 1 else ";"
        if not entry.text.endswith(end):
            name = "chấm (.)" if end == "." else "chấm phẩy (;)"
            yield Fault(
                f"Cuối dòng này của mục Kính gửi là dấu {name}.",
                entry.where,
                entry.text[-12:],
                f"...{end}",
            )


def _has(paper: Paper, names: tuple[str, ...]) -> bool:
    return any(fold(piece.text).strip(" .:!") in names for piece in paper.marks)


def urgency(paper: Paper) -> Iterator[Fault]:
    """MAT-01: KHẨN, THƯỢNG KHẨN, HỎA TỐC; capitals 13-14 bold, boxed, red."""
    for piece in paper.marks:
        name = fold(piece.text).strip(" .:!")
        if name in OLD_URGENCY:
            yield Fault(
                "Mức độ khẩn chỉ có: khẩn, thượng khẩn, hỏa tốc.",
                piece.where,
                piece.text,
                "HỎA TỐC",
            )
        elif name in URGENCY:
            yield from look_faults(
                [piece], Want("Dấu chỉ mức độ khẩn", 13, 14, bold=True, italic=False, caps=True)
            )
            if piece.inked and not all(_is_red(span.look.color) for span in piece.inked):
                yield Fault(
                    "Dấu chỉ mức độ khẩn phải màu đỏ tươi.",
                    piece.where,
                    "không phải màu đỏ",
                    "màu đỏ",
                )
            yield from _box_fault(piece)


def circulation(paper: Paper) -> Iterator[Fault]:
    """MAT-02: XEM XONG TRẢ LẠI, LƯU HÀNH NỘI BỘ; capitals 13-14 bold, boxed."""
    for piece in paper.marks:
        if fold(piece.text).strip(" .:!") in CIRCULATION:
            yield from look_faults(
                [piece],
                Want("Chỉ dẫn phạm vi lưu hành", 13, 14, bold=True, italic=False, caps=True),
            )
            yield from _box_fault(piece)


def _is_red(color: str) -> bool:
    if color == "auto" or len(color) != 6:  # noqa: PLR2004
        return False
    red, green, blue = (int(color[at : at + 2], 16) for at in (0, 2, 4))
    return red >= 0xC0 and green <= 0x60 and blue <= 0x60  # noqa: PLR2004


def _box_fault(piece: Piece) -> Iterator[Fault]:
    element = piece.para.element
    borders = element.find(f"{W}pPr/{W}pBdr")
    boxed = (
        piece.para.in_box or borders is not None or element.find(f".//{W}rPr/{W}bdr") is not None
    )
    if (
        not boxed
        and (piece.para.cell is None or not piece.para.cell.bordered)
        and not piece.para.drawn
    ):
        yield Fault("Dấu chỉ phải có khung viền.", piece.where, "không có khung", "khung chữ nhật")


def _is_decision(paper: Paper) -> bool:
    return paper.type_abbreviation == "QĐ" and bool(paper.subject) and not paper.attached


def _is_letter(paper: Paper) -> bool:
    return paper.is_letter and paper.has_header


def _may_be_greeted(paper: Paper) -> bool:
    return not paper.annex_only and (paper.greeting is not None or paper.is_letter)


RULES = (
    Rule("TL-01", "E", "ND30 PL I II.5b", "Tên loại", type_name, _typed),
    Rule("TL-02", "E", "ND30 PL I II.5a, 5b", "Trích yếu", summary, _with_subject),
    Rule("TL-03", "E", "ND30 PL I II.5b", "Đường kẻ dưới trích yếu", summary_rule, _with_subject),
    Rule("TL-04", "E", "ND30 PL I II.5b", "Trích yếu công văn", letter_summary, _is_letter),
    Rule(
        "TL-05",
        "W",
        "ND30 PL III mẫu 1.2, 1.3",
        "Trích yếu quyết định",
        decision_summary,
        _is_decision,
    ),
    Rule("KG-01", "E", "ND30 PL I II.9b, 9d", "Kính gửi", greeting, _may_be_greeted),
    Rule("KG-02", "E", "ND30 PL I II.9d", "Kính gửi một nơi", one_addressee, _greets),
    Rule("KG-03", "E", "ND30 PL I II.9d", "Kính gửi nhiều nơi", many_addressees, _greets),
    Rule(
        "MAT-01",
        "W",
        "ND30 PL I III.2b",
        "Dấu chỉ mức độ khẩn",
        urgency,
        lambda paper: _has(paper, (*URGENCY, *OLD_URGENCY)),
    ),
    Rule(
        "MAT-02",
        "W",
        "ND30 PL I III.2c",
        "Chỉ dẫn phạm vi lưu hành",
        circulation,
        lambda paper: _has(paper, CIRCULATION),
    ),
)

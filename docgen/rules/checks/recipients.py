"""NN-01 to NN-04, PL-01 to PL-04: Nơi nhận and annexes (ND30 PL I II.9d, III.1)."""

from __future__ import annotations

import re
from collections.abc import Iterator

from core.symbols import find_codes
from docgen.rules.checks.measures import Want, look_faults, whole
from docgen.rules.finding import Fault, Rule
from docgen.rules.paper import Paper
from docgen.rules.pieces import Piece, is_caps, is_form_blank, where
from docgen.rules.view.model import Para


def _due(paper: Paper) -> bool:
    return paper.is_signed and not (paper.is_congress and paper.recipients_head is None)


def heading(paper: Paper) -> Iterator[Fault]:
    """NN-01: ``Nơi nhận:`` on its own line, 12, italic bold, level with the signer's first line."""
    piece = paper.recipients_head
    if piece is None:
        yield Fault("Thiếu mục Nơi nhận.", whole(paper), "không có", "Nơi nhận:")
        return
    if piece.text != "Nơi nhận:":
        yield Fault("Viết “Nơi nhận:” ở dòng riêng.", piece.where, piece.text[:40], "Nơi nhận:")
    yield from look_faults([piece], Want("Từ “Nơi nhận”", 12, 12, bold=True, italic=True))
    if piece.para.layout.align in {"center", "right"}:
        yield Fault(
            "“Nơi nhận:” phải sát lề trái.", piece.where, "không sát lề trái", "sát lề trái"
        )
    if not paper.is_minutes and paper.signers and not _level(piece, paper.signers[0].posts[0]):
        message = "“Nơi nhận:” phải ngang hàng với dòng quyền hạn, chức vụ của người ký."
        yield Fault(message, piece.where, "khác hàng", "ngang hàng")


def _level(head: Piece, sign: Piece) -> bool:
    here, there = head.para.cell, sign.para.cell
    if here is None and there is None:
        return head.para is sign.para or head.column == sign.column
    return (
        here is not None
        and there is not None
        and (here.table, here.row) == (there.table, there.row)
    )


def _listed(paper: Paper) -> bool:
    return bool(paper.recipients)


def entries(paper: Paper) -> Iterator[Fault]:
    """NN-02: size 11, upright; ``- `` at the left edge, ``;`` at the end."""
    yield from look_faults(
        paper.recipients, Want("Danh sách nơi nhận", 11, 11, bold=False, italic=False)
    )
    for at, entry in enumerate(paper.recipients):
        if is_form_blank(entry.text):
            continue
        if not entry.text.startswith("- "):
            yield Fault(
                "Mỗi nơi nhận bắt đầu bằng dấu gạch và dấu cách (“- ”).",
                entry.where,
                entry.text[:20],
                "- ...",
            )
        if at < len(paper.recipients) - 1 and not entry.text.endswith(";"):
            yield Fault(
                "Mỗi nơi nhận kết thúc bằng dấu chấm phẩy.", entry.where, entry.text[-12:], "...;"
            )


_KEPT = re.compile(r"^-?\s*Lưu:\s*VT\b.*\.$", re.DOTALL)


def kept(paper: Paper) -> Iterator[Fault]:
    """NN-03: the last line is ``- Lưu: VT, <unit>.``."""
    last = paper.recipients[-1]
    if is_form_blank(last.text):
        return
    if not _KEPT.match(last.text):
        message = "Dòng cuối nơi nhận là “- Lưu: VT, <đơn vị soạn thảo>.”, kết thúc bằng dấu chấm."
        yield Fault(message, last.where, last.text, "- Lưu: VT, TC-KT.")


def first_entry(paper: Paper) -> Iterator[Fault]:
    """NN-04: ``- Như trên;`` for a letter and what goes up; ``- Như Điều n;`` for a decision."""
    first = paper.recipients[0]
    if is_form_blank(first.text):
        return
    if paper.is_decision and re.search(
        r"(?m)^Điều \d", "\n".join(para.text.strip() for para in paper.body)
    ):
        if not re.match(r"^-?\s*Như Điều \d+;$", first.text):
            message = "Dòng đầu nơi nhận của quyết định, nghị quyết là “- Như Điều ...;”."
            yield Fault(message, first.where, first.text, "- Như Điều 3;")
    elif not paper.is_decision and not re.match(r"^-?\s*Như trên[;.]$", first.text):
        yield Fault("Dòng đầu nơi nhận là “- Như trên;”.", first.where, first.text, "- Như trên;")


def _has_first(paper: Paper) -> bool:
    if not paper.recipients or len(paper.recipients) < 2:  # noqa: PLR2004
        return False
    return paper.is_decision or paper.greeting is not None


_POINTS = re.compile(r"(?i)phụ lục|kèm theo|đính kèm")
_PROMISED = re.compile(
    r"(?i)\(\s*(?:có\s+)?(?:danh sách|biểu mẫu|bảng|phụ lục|đề cương|mẫu)[^()]{0,60}kèm theo[^()]{0,20}\)"
    r"|(?:theo|tại)\s+phụ lục\s*[IVX\d]*\s*kèm theo"
)


def _text_has_annex(paper: Paper) -> bool:
    return (bool(paper.annexes) and not paper.annex_only) or any(
        _PROMISED.search(p.text) for p in paper.body
    )


def annex_named(paper: Paper) -> Iterator[Fault]:
    """PL-01: the body points to the annex; two or more are numbered in Roman."""
    texts: list[Para] = [*paper.bases, *paper.body]
    tables = [para for para in paper.view.paras if para.cell is not None and para.cell.bordered]
    if paper.annexes:
        if not any(_POINTS.search(para.text) for para in (*texts, *tables)):
            head = paper.annexes[0].head
            yield Fault(
                "Trong văn bản phải có chỉ dẫn về phụ lục.",
                head.where,
                "không có chỉ dẫn",
                "(... tại Phụ lục kèm theo)",
            )
    else:
        for para in texts:
            found = _PROMISED.search(para.text)
            if found:
                message = (
                    "Văn bản dẫn đến phụ lục, danh sách kèm theo nhưng trong tệp không có phụ lục."
                )
                yield Fault(message, where(para), found.group(), "phụ lục kèm theo", "W")
                break
    if len(paper.annexes) > 1:
        for annex in paper.annexes:
            if not re.search(r"(?i)phụ lục\s+[IVX]+\b", annex.head.text) and not is_form_blank(
                annex.head.text
            ):
                yield Fault(
                    "Từ hai phụ lục trở lên phải đánh số La Mã.",
                    annex.head.where,
                    annex.head.text,
                    "Phụ lục I",
                )


def _annexed(paper: Paper) -> bool:
    return bool(paper.annexes)


def annex_head(paper: Paper) -> Iterator[Fault]:
    """PL-02: ``Phụ lục`` 14 upright bold centred in sentence letters; title capitals 13-14 bold centred."""
    for annex in paper.annexes:
        want = Want("Từ “Phụ lục”", 14, 14, bold=True, italic=False, centred=True)
        yield from look_faults([annex.head], want)
        if is_caps(annex.head.text.split()[0]):
            yield Fault(
                "Từ “Phụ lục” viết chữ thường, chữ cái đầu in hoa.",
                annex.head.where,
                annex.head.text,
                "Phụ lục I",
            )
        if annex.title:
            title = Want(
                "Tiêu đề phụ lục", 13, 14, bold=True, italic=False, caps=True, centred=True
            )
            if not any(is_form_blank(piece.text) for piece in annex.title):
                yield from look_faults(annex.title, title)
        else:
            yield Fault("Phụ lục thiếu tiêu đề.", annex.head.where, "không có", "TIÊU ĐỀ PHỤ LỤC")


def annex_reference(paper: Paper) -> Iterator[Fault]:
    """PL-03: ``(Kèm theo ... số ... ngày ... của ...)`` in italics, centred, agreeing with the paper."""
    for annex in paper.annexes:
        if not annex.reference:
            message = "Phụ lục thiếu dòng “(Kèm theo ... số ... ngày ... của ...)”."
            yield Fault(
                message, annex.head.where, "không có", "(Kèm theo Kế hoạch số ... ngày ... của ...)"
            )
            continue
        want = Want("Dòng kèm theo của phụ lục", 13, 14, bold=False, italic=True, centred=True)
        yield from look_faults(annex.reference, want)
        text = " ".join(piece.text for piece in annex.reference)
        if is_form_blank(text):
            continue
        if not all(word in text.casefold() for word in ("số", "ngày", "của")):
            yield Fault(
                "Dòng kèm theo phải đủ số, ký hiệu, ngày và cơ quan ban hành.",
                annex.reference[0].where,
                text,
                "số ... ngày ... của ...",
            )
        codes = find_codes(text)
        if (
            paper.code is not None
            and paper.code.number is not None
            and codes
            and str(codes[0]) != str(paper.code)
        ):
            message = "Số, ký hiệu ở dòng kèm theo khác với văn bản."
            yield Fault(message, annex.reference[0].where, str(codes[0]), str(paper.code))


def annex_pages(paper: Paper) -> Iterator[Fault]:
    """PL-04: each annex counts its pages anew, so it is a section of its own."""
    before = {para.section for para in paper.body}
    for annex in paper.annexes:
        section = annex.head.para.section
        if paper.annex_only:
            continue
        if section in before or paper.view.sections[section].first_number != 1:
            message = (
                "Số trang của phụ lục đánh riêng: đặt phụ lục ở phần (section) riêng, bắt đầu từ 1."
            )
            yield Fault(message, annex.head.where, "đánh tiếp số trang", "bắt đầu từ 1")
        before.add(section)


def _counted(paper: Paper) -> bool:
    return bool(paper.annexes) and not paper.annex_only


RULES = (
    Rule("NN-01", "E", "ND30 PL I II.9d", "Từ “Nơi nhận”", heading, _due),
    Rule("NN-02", "E", "ND30 PL I II.9d", "Danh sách nơi nhận", entries, _listed),
    Rule("NN-03", "E", "ND30 PL I II.9d", "Dòng lưu", kept, _listed),
    Rule("NN-04", "E", "ND30 PL I II.9b; PL III", "Dòng đầu nơi nhận", first_entry, _has_first),
    Rule(
        "PL-01", "E", "ND30 PL I III.1a", "Chỉ dẫn và số của phụ lục", annex_named, _text_has_annex
    ),
    Rule("PL-02", "E", "ND30 PL I III.1b", "Đầu phụ lục", annex_head, _annexed),
    Rule("PL-03", "E", "ND30 PL I III.1c", "Dòng kèm theo của phụ lục", annex_reference, _annexed),
    Rule("PL-04", "W", "ND30 PL I III.1đ", "Số trang phụ lục", annex_pages, _counted),
)

"""The body and what closes it: Nơi nhận, signers, annexes, the block of a copy."""

from __future__ import annotations

import re
from collections.abc import Sequence

from core.letters import fold
from docgen.rules.paper import Annex, Block, Paper
from docgen.rules.pieces import Piece, Span, is_form_blank
from docgen.rules.recognise.marks import is_mark
from docgen.rules.view.build import page_break_before

_ANNEX = re.compile(r"(?i)^phụ lục(?:\s*(?:số\s*)?[.…\dIVXivx]+)?\s*[:.]?$")
_SIGNER = re.compile(r"^(?:TM|T/M|KT|K/T|TL|T/L|TUQ|TUN|Q)\s*[./:]\s*\S|^(?:TM|KT|TL|TUQ)\s+[A-ZĐ]")
_SIGNER_LINES = frozenset(
    ("thư ký", "chủ trì", "chủ tọa", "người ghi biên bản", "quyền hạn, chức vụ của người ký",
     "đoàn chủ tịch", "đoàn thư ký", "trưởng ban kiểm phiếu")
)  # fmt: skip
_COPY = frozenset(("sao y", "sao lục", "trích sao", "sao y bản chính"))
_POST = re.compile(
    r"\b(?:BAN|TM|KT|TL|TUQ|CHỦ TỊCH|GIÁM ĐỐC|TRƯỞNG|PHÓ|CHÁNH|CHỦ NHIỆM|BÍ THƯ|THƯ KÝ|CHỦ TRÌ|CHỦ T[ỌO][AẠ]|ĐẠI DIỆN|"
    r"ĐOÀN|QUYỀN HẠN|CÔNG TY|HỘI|ỦY VIÊN|UỶ VIÊN|NGƯỜI|TỈNH|VIỆT NAM|HIỆU TRƯỞNG|KẾ TOÁN|THỦ QUỸ|XÁC NHẬN|PHÒNG|SỞ)\b"
)
_POST_FIRST = re.compile(
    r"^(?:(?:TM|KT|TL|TUQ)\b|(?:PHÓ )?(?:CHỦ TỊCH|GIÁM ĐỐC|TRƯỞNG BAN|CHÁNH VĂN PHÒNG|CHỦ NHIỆM|HIỆU TRƯỞNG|BÍ THƯ)\b)"
)
_SIGN_SPACE = 400  # twips above a line: room for a signature


def read_ending(paper: Paper, start: int) -> None:
    """Fill body, recipients, signers and annexes from piece ``start`` on."""
    pieces = paper.pieces
    if paper.annex_only:
        _read_annexes(paper, start)
        return
    head = _recipients_at(pieces, start)
    annex_at = _annex_start(pieces, start if head is None else head)
    tail = _tail_start(paper, start, head, annex_at)
    end = _tail_end(pieces, tail, head, annex_at)
    _read_body(paper, start, tail)
    if head is not None:
        _read_recipients(paper, head, end)
    _read_signers(paper, tail, end)
    _read_annexes(paper, annex_at)
    paper.marks += _boxed(paper)


def _recipients_at(pieces: Sequence[Piece], start: int) -> int | None:
    return next(
        (
            at
            for at in range(start, len(pieces))
            if fold(pieces[at].text).startswith("nơi nhận") and len(pieces[at].text) < 200  # noqa: PLR2004
        ),
        None,
    )


def _annex_start(pieces: Sequence[Piece], start: int) -> int:
    """The first annex head: after the recipients anywhere, before them only on a new page."""
    for at in range(start, len(pieces)):
        piece = pieces[at]
        if _ANNEX.match(piece.text) and not (piece.para.cell and piece.para.cell.bordered):
            return at
    return len(pieces)


def _table_start(pieces: Sequence[Piece], at: int) -> int:
    cell = pieces[at].para.cell
    if cell is None:
        return at
    while at > 0:
        before = pieces[at - 1].para.cell
        if before is None or before.table != cell.table:
            break
        at -= 1
    return at


def _is_signer(piece: Piece) -> bool:
    text = piece.text
    if not piece.caps or len(text) > 120:  # noqa: PLR2004
        return False
    return bool(_SIGNER.match(text)) or fold(text).strip(" .:") in _SIGNER_LINES


def _tail_start(paper: Paper, start: int, head: int | None, annex_at: int) -> int:
    pieces = paper.pieces
    signs = (at for at in range(start, annex_at) if _is_signer(pieces[at]))
    found = [at for at in (head, next(signs, None)) if at is not None]
    if found:
        return min(_table_start(pieces, at) for at in found)
    return annex_at


def _tail_end(pieces: Sequence[Piece], tail: int, head: int | None, annex_at: int) -> int:
    for at in range(tail, annex_at):
        if fold(pieces[at].text).strip(' .“”"') in _COPY:
            annex_at = _table_start(pieces, at)
            break
    own = pieces[head].para.cell if head is not None else None
    if head is None or own is None:
        return annex_at
    table = own.table
    end = head
    while end < annex_at:
        cell = pieces[end].para.cell
        if cell is None or cell.table != table:
            break
        end += 1
    return end


def _read_body(paper: Paper, start: int, tail: int) -> None:
    seen: set[int] = set()
    taken = {piece.para.number for piece in (paper.type_line, paper.greeting) if piece is not None}
    for piece in paper.pieces[start:tail]:
        para = piece.para
        if para.number in seen or para.number in taken or para.cell is not None:
            continue
        seen.add(para.number)
        if not para.blank and not piece.typed_rule:
            paper.body.append(para)


def _read_recipients(paper: Paper, head: int, end: int) -> None:
    pieces = paper.pieces
    paper.recipients_head = pieces[head]
    cell = pieces[head].para.cell
    for piece in pieces[head + 1 : end]:
        own = piece.para.cell
        if piece.blank or piece.typed_rule or is_mark(piece.text):
            continue
        if cell is not None:
            if own is None or own.column != cell.column:
                continue
        elif piece.column > 0:
            continue
        elif not piece.text.startswith(("-", "–", "+", "Lưu", "…")) and (
            piece.caps or piece.bold or piece.centred or piece.para.layout.left > 3000  # noqa: PLR2004
        ):
            break
        paper.recipients.append(piece)


def _read_signers(paper: Paper, tail: int, end: int) -> None:
    taken = {id(piece) for piece in (paper.recipients_head, *paper.recipients) if piece is not None}
    columns: dict[int, list[Piece]] = {}
    for piece in paper.pieces[tail:end]:
        if id(piece) not in taken and not piece.typed_rule:
            key = piece.column if piece.para.cell is not None else int(piece.column > 0)
            columns.setdefault(key, []).append(piece)
    for key in sorted(columns):
        paper.signers += _blocks(columns[key])


def _blocks(pieces: Sequence[Piece]) -> list[Block]:
    blocks: list[Block] = []
    block = Block()
    blanks, bracketed = 0, False
    for piece in pieces:
        text = piece.text
        bracketed = bracketed or text.startswith("(")
        if bracketed or not any(char.isalpha() for char in text):
            bracketed = bracketed and not text.endswith((")", "5"))
            blanks += 1
            continue
        spaced = blanks > 1 or piece.para.layout.before >= _SIGN_SPACE
        blanks = 0
        if block.name is not None and (piece.caps or text[:1].isupper()):
            blocks.append(block)
            block = Block()
        if not piece.caps:
            if _POST_FIRST.match(text.upper()) and piece is not _last_printed(pieces):
                block.posts.append(piece)  # a post in small letters
            elif _may_be_name(piece):
                block.name = piece
        elif block.posts and spaced:
            if _POST.search(text):
                block.host_posts.append(piece)
            else:
                block.name = piece
        elif block.posts and not _POST.search(text) and piece is pieces[-1]:
            block.name = piece
        else:
            (block.host_posts if block.host_posts else block.posts).append(piece)
    blocks.append(block)
    return [block for block in blocks if block.posts]


def _last_printed(pieces: Sequence[Piece]) -> Piece | None:
    return next((piece for piece in reversed(pieces) if not piece.blank), None)


def _may_be_name(piece: Piece) -> bool:
    text = piece.text
    if text.startswith(("-", "+")) or is_form_blank(text) or any(char.isdigit() for char in text):
        return False
    return len(text.split()) <= 10 and "ký" not in fold(text).split()  # noqa: PLR2004


def _read_annexes(paper: Paper, start: int) -> None:
    annex: Annex | None = None
    for at in range(start, len(paper.pieces)):
        piece = paper.pieces[at]
        heads = _ANNEX.match(piece.text) or (paper.annex_only and annex is None)
        fresh = annex is None or page_break_before(piece.para) or _new_section(paper, at)
        if heads and fresh and piece.para.cell is None and not piece.blank:
            annex = Annex(piece)
            paper.annexes.append(annex)
        elif annex is not None:
            _into(annex, piece)


def _new_section(paper: Paper, at: int) -> bool:
    if at == 0:
        return True
    before = [piece for piece in paper.pieces[max(at - 3, 0) : at] if piece.blank]
    changed = paper.pieces[at].para.section != paper.pieces[at - 1].para.section
    return changed or any(page_break_before(piece.para) for piece in before)


def _into(annex: Annex, piece: Piece) -> None:
    text = piece.text
    if not annex.paras and not piece.blank and not piece.typed_rule and piece.para.cell is None:
        if annex.reference:
            if piece.para is annex.reference[0].para or not annex.reference[-1].text.endswith(")"):
                annex.reference.append(piece)
                return
        elif text.casefold().startswith(("(kèm theo", "kèm theo", "(ban hành")):
            annex.reference.append(piece)
            return
        elif len(annex.title) < 6 and (not annex.title or _goes_on(annex.title[-1], piece)):  # noqa: PLR2004
            annex.title.append(piece)
            return
    if not annex.paras or annex.paras[-1] is not piece.para:
        if piece.typed_rule or (piece.blank and not annex.paras):
            return
        annex.paras.append(piece.para)


def _goes_on(last: Piece, piece: Piece) -> bool:
    return piece.para is last.para or (
        piece.centred == last.centred and piece.bold == last.bold and piece.caps == last.caps
    )


def _boxed(paper: Paper) -> list[Piece]:
    return [
        Piece(para, tuple(Span(run.text, run.look, run) for run in para.runs), 0, None, 0.0)
        for para in paper.view.boxes
        if is_mark(para.text)
    ]

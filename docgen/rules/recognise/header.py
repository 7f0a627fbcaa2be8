"""Boxes 1 to 4 and 5b: Quốc hiệu, Tiêu ngữ, bodies, Số, place and date, V/v."""

from __future__ import annotations

import re
from difflib import SequenceMatcher

from core.letters import fold, unaccent
from docgen.rules.paper import Paper
from docgen.rules.papertypes import type_of
from docgen.rules.pieces import Piece
from docgen.rules.recognise.marks import is_mark

_LOOKED_AT = 120  # pieces from the top within which a header must be
_NATIONAL = "CONG HOA XA HOI CHU NGHIA VIET NAM"
_NUMBER = re.compile(
    r"(?i)^s(?:ố|ó|ô|o)\s*[:.]?\s*[\d.…_ ]*[a-zđ]?\s*[/–-]|^số\s*:?\s*[….]|^số\s*:\s*\d"
)
_DATE_WORDS = re.compile(r"(?i)\b(?:ngày|tháng|năm)(?!\w)")
_SHORT_DATE = re.compile(r",\s*(?:ngày\s*)?\d{1,2}[/.-]\d{1,2}[/.-]\d{4}\s*$")
_LETTER = re.compile(r"(?i)^v\s*/\s*v\b|^về việc\b")
_BODY_START = re.compile(r"(?i)^(?:kính gửi|căn cứ|[-–] căn cứ|theo đề nghị|điều 1\b|thực hiện )")
_NAME_START = re.compile(
    r"^(?:TỔNG LIÊN ĐOÀN|(?<!TỔNG )LIÊN ĐOÀN|LĐLĐ|CÔNG ĐOÀN|CĐCS|NGHIỆP ĐOÀN|BAN |ỦY BAN|UỶ BAN|UBND|UBMTTQ|SỞ |BỘ |"
    r"CHÍNH PHỦ|TỈNH ỦY|HUYỆN ỦY|ĐẢNG |TRƯỜNG|CÔNG TY|TỔNG CÔNG TY|HỘI |ĐOÀN |ĐẠI HỘI|TIỂU BAN|TỔ |PHÒNG|CỤC |"
    r"VĂN PHÒNG|TÊN C)"
)
#: A name that ends in such words goes on in the next line.
_GOES_ON = re.compile(
    r"(?:LAO ĐỘNG|LIÊN ĐOÀN|TỈNH|HUYỆN|THÀNH PHỐ|CÔNG ĐOÀN|CƠ SỞ|CÔNG TY|BAN|TNHH|-|VÀ)$"
)


def is_national(text: str) -> bool:
    """Whether a line is meant as Quốc hiệu, also with slips of typing."""
    plain = " ".join(unaccent(text).upper().split())
    if plain.startswith("CONG HOA XA HOI"):
        return True
    return 20 < len(plain) < 50 and SequenceMatcher(None, plain, _NATIONAL).ratio() > 0.8  # noqa: PLR2004


def is_motto(text: str) -> bool:
    """Whether a line is meant as Tiêu ngữ."""
    plain = re.sub(r"[^a-z]", "", unaccent(text).lower())
    return "doclap" in plain and ("tudo" in plain or "hanhphuc" in plain) and len(plain) < 40  # noqa: PLR2004


def is_place_date(text: str) -> bool:
    """Whether a line is meant as ``Lai Châu, ngày 02 tháng 5 năm 2024``."""
    if len(text) > 90 or text.startswith("("):  # noqa: PLR2004
        return False
    return len(_DATE_WORDS.findall(text)) >= 3 or bool(_SHORT_DATE.search(text))  # noqa: PLR2004


def read_header(paper: Paper) -> int:
    """Fill boxes 1 to 4 and 5b; return the index of the first piece after them."""
    pieces = paper.pieces
    limit = _limit(pieces)
    last = -1
    for at, piece in enumerate(pieces[:limit]):
        if piece.blank or piece.typed_rule:
            continue
        text = piece.text
        if paper.national is None and is_national(text):
            paper.national = piece
        elif paper.motto is None and is_motto(text):
            paper.motto = piece
        elif paper.number is None and _NUMBER.match(text):
            paper.number = piece
        elif paper.place_date is None and is_place_date(text) and not _goes_on(piece, pieces[:at]):
            paper.place_date = piece
        elif is_mark(text):
            paper.marks.append(piece)
        else:
            continue
        last = at
    _read_left(paper, pieces[:limit])
    known = (*paper.parent, *paper.issuer, *paper.letter_subject)
    for at, piece in enumerate(pieces[:limit]):
        if any(piece is one for one in known):
            last = max(last, at)
    _loosen(paper)
    return last + 1


def _goes_on(piece: Piece, before: list[Piece]) -> bool:
    """Whether the line belongs to a `V/v ...` begun above in its cell: a summary may end with a date."""
    if piece.para.cell is None:
        return False
    mates = [
        one for one in before if one.para.cell == piece.para.cell and one.column == piece.column
    ]
    return any(_letter_line(one.text) for one in mates)


def _loosen(paper: Paper) -> None:
    """Where columns are typed with tabs or spaces, nobody can tell whether a line is centred in its column."""
    if paper.national is None or paper.national.para.cell is not None or paper.national.column == 0:
        return
    boxes = (
        paper.motto,
        paper.number,
        paper.place_date,
        *paper.parent,
        *paper.issuer,
        *paper.letter_subject,
    )
    for piece in boxes:
        if piece is not None and piece.para.cell is None and piece.centred is False:
            piece.centred = None


def _limit(pieces: list[Piece]) -> int:
    """Where the header ends at the latest: type line, Kính gửi, first basis, an annex head."""
    for at, piece in enumerate(pieces[:_LOOKED_AT]):
        if piece.blank or piece.typed_rule:
            continue
        if _BODY_START.match(piece.text) or fold(piece.text).startswith("phụ lục"):
            return at
        in_column = piece.para.cell is not None and piece.para.cell.columns > 1
        alone = not in_column and piece.column == 0 and len(piece.text) < 80  # noqa: PLR2004
        if alone and type_of(piece.text, caps=piece.caps) and not _letter_line(piece.text):
            return at
    return min(len(pieces), _LOOKED_AT)


def _letter_line(text: str) -> bool:
    return bool(_LETTER.match(text))


def _read_left(paper: Paper, pieces: list[Piece]) -> None:
    taken = (paper.national, paper.motto, paper.place_date, paper.number, *paper.marks)
    number_at = _index(pieces, paper.number)
    left = [
        (at, piece)
        for at, piece in enumerate(pieces)
        if piece.column == 0
        and not (piece.blank or piece.typed_rule)
        and not any(piece is one for one in taken)
    ]
    stop = len(pieces) if number_at is None else number_at
    names = [piece for at, piece in left if at < stop and _may_be_name(piece)]
    paper.parent, paper.issuer = _bodies(names)
    if number_at is None:
        starts = (at for at, piece in left if _letter_line(piece.text))
        number_at = next(starts, len(pieces)) - 1
    below = [piece for at, piece in left if at > number_at]
    if paper.number is not None and paper.number.para.cell is not None:
        table = paper.number.para.cell.table
        below = [p for p in below if p.para.cell is not None and p.para.cell.table == table]
    elif not (below and _letter_line(below[0].text)):
        below = []
    elif not any(piece.para.cell for piece in below):
        below = _together(below)
    paper.letter_subject = below


def _together(below: list[Piece]) -> list[Piece]:
    """V/v and its further lines where there is no cell to hold them: until the look changes."""
    first = below[0]
    kept = [first]
    for piece in below[1:]:
        alike = piece.para is first.para or (
            piece.sizes == first.sizes and piece.para.layout.align == first.para.layout.align
        )
        if not alike or len(piece.text) > 60 or first.text.endswith("."):  # noqa: PLR2004
            break
        kept.append(piece)
    return kept


def _index(pieces: list[Piece], wanted: Piece | None) -> int | None:
    return next((at for at, piece in enumerate(pieces) if piece is wanted), None)


def _may_be_name(piece: Piece) -> bool:
    if piece.para.cell is not None or piece.column > 0:
        return True
    return len(piece.text) < 90 and (piece.caps or piece.any_bold)  # noqa: PLR2004


def _bodies(names: list[Piece]) -> tuple[list[Piece], list[Piece]]:
    """Parent lines and issuer lines: by weight where it changes, else by where a name begins."""
    if not names:
        return [], []
    first_bold = next((at for at, piece in enumerate(names) if piece.bold), None)
    if first_bold:
        return names[:first_bold], names[first_bold:]
    if names[0].text.upper().startswith("ĐẠI HỘI") and all(piece.bold for piece in names):
        return (
            [],
            names,
        )  # a congress has no body above it, whatever its name goes on with (QĐ 933 Phụ lục IV)
    starts = [
        at
        for at, piece in enumerate(names)
        if _NAME_START.match(piece.text.upper())
        and not (at and _GOES_ON.search(names[at - 1].text.upper()))
    ]
    if first_bold == 0:
        plain = next((at for at, piece in enumerate(names) if not piece.bold), None)
        if plain is not None and plain in starts:
            return names[:plain], names[plain:]
    if len(starts) > 1:
        return names[: starts[-1]], names[starts[-1] :]
    return [], names

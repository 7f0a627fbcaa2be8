"""Box 5a and what stands between it and the body: summary, authority line, bases, Kính gửi."""

from __future__ import annotations

import re

from core.letters import fold
from docgen.rules.paper import Paper
from docgen.rules.papertypes import WITHOUT_SUBJECT, type_of
from docgen.rules.pieces import Piece, is_form_blank
from docgen.rules.view.model import Para

_BASIS = re.compile(r"(?i)^\s*[-–+]?\s*(?:căn cứ|theo đề nghị|xét đề nghị|xét tờ trình|xét )")
_FIRST_BASIS = re.compile(r"(?i)^\s*[-–+]?\s*căn cứ")
_STOP = re.compile(
    r"(?i)^(?:[-–+]?\s*căn cứ|kính gửi|thực hiện |theo đề nghị|điều \d|(?:[IVX]+|\d+)\s*[.)]\s|\(kèm theo)"
)
_DECISION_WORDS = frozenset(("quyết định", "quyết nghị", "nghị quyết"))
_ADDRESSEE = 100  # letters: longer lines are sentences
_TITLE_WITHIN = 14  # printed lines between header and type name at the most


def read_title(paper: Paper, start: int) -> int:
    """Fill type, summary, authority, bases, Kính gửi; return the index of the first piece of the body."""
    at = _read_type(paper, start)
    if paper.annex_only:
        return at
    at = _read_greeting(paper, at)
    return _read_opening(paper, at)


def _printed(paper: Paper, start: int) -> list[int]:
    pieces = paper.pieces
    return [
        at for at in range(start, len(pieces)) if not (pieces[at].blank or pieces[at].typed_rule)
    ]


def _read_type(paper: Paper, start: int) -> int:
    pieces = paper.pieces
    printed = _printed(paper, start)[:_TITLE_WITHIN]
    if printed and start == 0 and fold(pieces[printed[0]].text).startswith("phụ lục"):
        paper.annex_only = True
        return printed[0]
    for at in printed:
        piece = pieces[at]
        if fold(piece.text).startswith("kính gửi") or _FIRST_BASIS.match(piece.text):
            break
        name = type_of(piece.text, caps=piece.caps) if len(piece.text) < 80 else None  # noqa: PLR2004
        unknown = at == printed[0] and piece.caps and piece.centred and not paper.letter_subject
        if name is not None or unknown:
            paper.type_line, paper.type_name = piece, name
            return _read_subject(paper, at + 1)
        if len(piece.text) > 120:  # noqa: PLR2004
            break
    return start


def _read_subject(paper: Paper, start: int) -> int:
    pieces = paper.pieces
    at = start
    first: Piece | None = None
    if paper.type_abbreviation not in WITHOUT_SUBJECT:
        while at < len(pieces) and not (first and (pieces[at].blank or pieces[at].typed_rule)):
            piece = pieces[at]
            if piece.typed_rule or (first is None and piece.para.drawn and piece.blank):
                break
            if not piece.blank:
                if not _is_subject(piece, first):
                    break
                first = first or piece
                paper.subject.append(piece)
            at += 1
    printed = _printed(paper, at)
    if printed and pieces[printed[0]].text.casefold().startswith("(kèm theo"):
        line = pieces[printed[0]].para
        while at < len(pieces) and (pieces[at].para is line or pieces[at].blank or at < printed[0]):
            if pieces[at].para is line:
                paper.attached_line.append(pieces[at])
            at += 1
    return at


def _is_subject(piece: Piece, first: Piece | None) -> bool:
    text = piece.text
    if _STOP.match(text) or piece.para.cell is not None:
        return False
    if first is None:
        return len(text) < 600  # noqa: PLR2004
    if piece.para is first.para:
        return True
    alike = piece.centred == first.centred and piece.bold == first.bold
    return alike and piece.caps == first.caps and bool(piece.centred)


def _read_greeting(paper: Paper, start: int) -> int:
    pieces = paper.pieces
    printed = _printed(paper, start)[:10]
    head = next((at for at in printed if fold(pieces[at].text).startswith("kính gửi")), None)
    if head is None:
        return start
    paper.greeting = pieces[head]
    # `Kính gửi:` and its addressees may stand in cells of one table, or in one paragraph with a tab.
    inline = fold(pieces[head].text).removeprefix("kính gửi").strip(" :.…")
    at = head + 1
    while at < len(pieces):
        piece = pieces[at]
        if piece.blank:
            at += 1
            continue
        same = piece.para is paper.greeting.para or piece.para.cell is not None
        dashed = piece.text.startswith(("-", "–", "+"))
        plain = not (inline or dashed) and _may_be_addressee(paper, piece)
        if not (same or dashed or plain):
            break
        paper.addressees.append(piece)
        at += 1
        if piece.text.endswith(".") and not is_form_blank(piece.text) and not same:
            break
    return at


def _may_be_addressee(paper: Paper, piece: Piece) -> bool:
    """A line without dash is one of several addressees while it is short and the one before goes on."""
    before = paper.addressees[-1].text if paper.addressees else ";"
    return (
        len(piece.text) < _ADDRESSEE
        and before.endswith((";", ","))
        and piece.para.layout.align != "both"
    )


def _read_opening(paper: Paper, start: int) -> int:
    """Authority line, bases, the word QUYẾT ĐỊNH."""
    pieces = paper.pieces
    printed = _printed(paper, start)
    after = start
    paras: list[Para] = []
    for at in printed:
        piece = pieces[at]
        if paras and piece.para is paras[-1]:
            after = at + 1
            continue
        if (
            paper.type_line is not None
            and not paper.is_letter
            and _is_basis(paper, piece.para, paras)
        ):
            paras.append(piece.para)
        elif paper.is_decision and _is_word(piece):
            paper.decision_word = piece
            after = at + 1
            break
        elif paper.is_decision and not paras and piece.caps and piece.para.cell is None:
            paper.authority.append(piece)
        elif paper.is_decision and paras and _word_follows(paper, at):
            paras.append(piece.para)  # a basis that begins with another word
        else:
            break
        after = at + 1
    paper.bases = paras if _are_bases(paper, paras) else []
    if paras and not paper.bases:
        return start
    return after


def _is_word(piece: Piece) -> bool:
    return fold(piece.text).strip(" :.") in _DECISION_WORDS and len(piece.text) < 30  # noqa: PLR2004


def _word_follows(paper: Paper, at: int) -> bool:
    following = _printed(paper, at)[:8]
    return any(_is_word(paper.pieces[index]) for index in following)


def _is_basis(paper: Paper, para: Para, before: list[Para]) -> bool:
    text = para.text.strip()
    if para.cell is not None or text.endswith(":") or re.search(r"(?i)như sau\s*[.:]", text):
        return False
    return bool((_BASIS if before or paper.is_decision else _FIRST_BASIS).match(text))


def _are_bases(paper: Paper, paras: list[Para]) -> bool:
    """Whether opening lines are a list of bases, and not a sentence that begins with ``Căn cứ``."""
    if not paras or paper.is_decision:
        return bool(paras)
    if len(paras) > 1 or paras[0].text.rstrip().endswith(";"):
        return True
    return all(run.look.italic for run in paras[0].runs if run.text.strip())

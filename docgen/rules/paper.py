"""A paper taken apart into the numbered boxes of ND30 PL I Mục IV (domain brief §1.1)."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date

from core.symbols import DocumentCode
from docgen.rules.papertypes import TYPES
from docgen.rules.pieces import Piece
from docgen.rules.view.model import Para, View


@dataclass(slots=True)
class Block:
    """One signer: lines of authority and post in capitals, then the name."""

    posts: list[Piece] = field(default_factory=list)
    name: Piece | None = None
    #: Posts after the space for the signature: the post in the host body (box 7b).
    host_posts: list[Piece] = field(default_factory=list)


@dataclass(slots=True)
class Annex:
    """An annex: its head line, title, reference to the paper, and what follows."""

    head: Piece
    title: list[Piece] = field(default_factory=list)
    reference: list[Piece] = field(default_factory=list)
    paras: list[Para] = field(default_factory=list)


@dataclass(slots=True)
class Paper:
    """The boxes; an absent one is None or empty. ``profile`` is the key of the rules in force."""

    view: View
    pieces: list[Piece]
    profile: str = ""
    # boxes 1 to 4
    national: Piece | None = None
    motto: Piece | None = None
    parent: list[Piece] = field(default_factory=list)
    issuer: list[Piece] = field(default_factory=list)
    number: Piece | None = None
    place_date: Piece | None = None
    # box 5
    letter_subject: list[Piece] = field(default_factory=list)
    type_line: Piece | None = None
    type_name: str | None = None
    subject: list[Piece] = field(default_factory=list)
    # between title and body
    authority: list[Piece] = field(default_factory=list)
    bases: list[Para] = field(default_factory=list)
    decision_word: Piece | None = None
    greeting: Piece | None = None
    addressees: list[Piece] = field(default_factory=list)
    # box 6 and the end
    body: list[Para] = field(default_factory=list)
    recipients_head: Piece | None = None
    recipients: list[Piece] = field(default_factory=list)
    signers: list[Block] = field(default_factory=list)
    annexes: list[Annex] = field(default_factory=list)
    marks: list[Piece] = field(default_factory=list)
    #: `(Kèm theo Quyết định số ...)` under the title: the text that a decision issues.
    attached_line: list[Piece] = field(default_factory=list)
    annex_only: bool = False
    code: DocumentCode | None = None
    issued: date | None = None

    @property
    def attached(self) -> bool:
        """A text that a decision issues: no number, no signer of its own."""
        return bool(self.attached_line)

    @property
    def type_abbreviation(self) -> str | None:
        """``KH`` of a kế hoạch; None for a công văn or a type without one."""
        return TYPES.get(self.type_name) if self.type_name else None

    @property
    def is_letter(self) -> bool:
        """A công văn: no type name."""
        return self.type_line is None and not self.annex_only

    @property
    def is_minutes(self) -> bool:
        """Biên bản: no place and date line (model 1.9)."""
        return self.type_abbreviation == "BB"

    @property
    def is_decision(self) -> bool:
        """Quyết định or nghị quyết."""
        return self.type_abbreviation in {"QĐ", "NQ"} and not self.attached

    @property
    def issuer_name(self) -> str:
        """The issuing body on one line."""
        return " ".join(piece.text for piece in self.issuer)

    @property
    def is_congress(self) -> bool:
        """Papers of a congress or its organs: no symbol, own header (QĐ 933 Phụ lục IV)."""
        head = " ".join(piece.text for piece in (*self.parent, *self.issuer))
        return "ĐẠI HỘI" in head.upper()

    @property
    def has_header(self) -> bool:
        """Whether boxes 1 and 2 are due: all but an annex that stands alone."""
        return not self.annex_only

    @property
    def is_numbered(self) -> bool:
        """Whether Số, ký hiệu is due."""
        if self.annex_only or self.attached:
            return False
        return self.number is not None or not self.is_congress

    @property
    def is_dated(self) -> bool:
        """Whether the line of place and date is due."""
        if self.annex_only or self.attached or self.is_minutes:
            return False
        return self.place_date is not None or not self.is_congress

    @property
    def is_signed(self) -> bool:
        """Whether recipients and signer are due."""
        return not (self.annex_only or self.attached)

"""Cited documents and the legal bases of each kind of paper, on a day."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from core.errors import NotFound
from records.models import Citation, LegalBasis


@dataclass(frozen=True, slots=True)
class CitationSnapshot:
    """A document to cite (domain.md §4.0.1). ``document_code`` as printed: ``675/QĐ-TLĐ``."""

    code: str
    type_name: str
    document_code: str
    date: date | None
    issuer: str
    subject: str
    is_law: bool


def _snapshot(row: Citation) -> CitationSnapshot:
    return CitationSnapshot(
        code=row.code,
        type_name=row.type_name,
        document_code=row.document_code,
        date=row.date,
        issuer=row.issuer,
        subject=row.subject,
        is_law=row.is_law,
    )


def citation(code: str, *, as_of: date) -> CitationSnapshot:
    """The cited document if it is in force on the day. Raises NotFound."""
    row = Citation.objects.valid_on(as_of).filter(code=code).first()
    if row is None:
        raise NotFound(
            f"Không có văn bản dẫn chiếu mã {code} còn hiệu lực vào ngày {as_of:%d/%m/%Y}.",
            facts={"citation": code, "as_of": as_of.isoformat()},
        )
    return _snapshot(row)


def legal_bases(kind: str, *, as_of: date, variant: str = "") -> tuple[CitationSnapshot, ...]:
    """Documents under a kind of paper on the day, in order: those of every variant and of this one.

    A cited document whose own validity ended is left out.
    """
    rows = LegalBasis.objects.valid_on(as_of).filter(kind=kind, variant__in={"", variant})
    rows = rows.select_related("citation").order_by("position", "id")
    return tuple(_snapshot(row.citation) for row in rows if row.citation.is_valid_on(as_of))

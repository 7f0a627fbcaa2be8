"""What every source shares: header, signature and citations of a paper as of a date."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date

from docgen.models import Document
from records.models import UnionOrg


@dataclass(frozen=True, slots=True)
class Collected:
    """Data of one paper, with the rows that it stands on.

    ``on`` is the paper's own date where the record fixes it (minutes carry the day of the event).
    """

    data: dict[str, object]
    issuer_id: int
    signer_id: int | None = None
    on: date | None = None
    campaign_id: int | None = None
    variant: str = ""
    cites: tuple[Document, ...] = field(default=())

"""Signing a batch whose papers can all be issued: one that could not is told before it is signed, not after.

A signed paper goes on to its number with the whole batch; one that may not have it would hold up all the others.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date

from django.db.models import QuerySet

from core.errors import UserError
from docgen.models import Batch, Document, DocumentState
from docgen.services.batches import documents_of
from docgen.services.consequences import refused
from docgen.services.drafting import Proved
from docgen.services.signing import sign_papers


@dataclass(frozen=True, slots=True)
class BatchSigned:
    """How many papers were signed, and why the others were not, by record."""

    signed: int
    left_out: Mapping[str, UserError]


def unsigned(batch: Batch) -> QuerySet[Document]:
    """The papers of a batch that wait for a signature, in item order."""
    states = (DocumentState.DRAFT, DocumentState.SUBMITTED)
    return documents_of(batch).filter(state__in=states)


def not_issuable(papers: QuerySet[Document], *, actor: str) -> dict[str, UserError]:
    """Papers that could not be issued on their days as the records stand, by record, and why."""
    return _refused(papers.select_related("issuer"), actor=actor)


def foreseen(kind: str, items: Iterable[Proved], *, actor: str) -> dict[str, UserError]:
    """As ``not_issuable``, of papers that could be made and are not made yet."""
    papers = (
        Document(
            kind=kind, record=one.item.record, issuer_id=one.issuer_id, intended_on=one.on, data={}
        )
        for one in items
        if not one.numbered
    )
    return _refused(papers, actor=actor)


def _refused(papers: Iterable[Document], *, actor: str) -> dict[str, UserError]:
    groups: defaultdict[tuple[str, date], list[Document]] = defaultdict(list)
    for paper in papers:
        groups[paper.kind, paper.intended_on].append(paper)
    faults: dict[str, UserError] = {}
    for (_, day), group in groups.items():
        faults |= refused(group, on=day, actor=actor)
    return faults


def sign_issuable(batch: Batch, *, signer: str | None, actor: str) -> BatchSigned:
    """Sign what can be issued, all or none of it, each on its own day; the rest stays as it is.

    Raises NotFound when one signer may not sign, Conflict when papers are changed meanwhile.
    """
    left_out = not_issuable(unsigned(batch), actor=actor)
    papers = list(unsigned(batch).exclude(record__in=left_out).values_list("pk", flat=True))
    return BatchSigned(sign_papers(papers, signer=signer, actor=actor), left_out)

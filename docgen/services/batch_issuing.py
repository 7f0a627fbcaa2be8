"""Numbering a batch: all is read, checked and made ready first; the transaction that holds the series only writes.

Numbers, lines of the register, frozen papers and the jobs of their final files are one transaction and a statement a
table. What follows from the papers is looked at before, and written with the final files (`consequences.py`).
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from uuid import UUID

from django.db import IntegrityError
from django.db.models import QuerySet
from django.utils import timezone

from core.errors import Conflict, UserError
from core.profiles import profile_on
from core.symbols import format_code
from docgen.kinds import get_kind
from docgen.kinds.common import recipients_of
from docgen.kinds.typenames import type_name
from docgen.models import Document, DocumentEvent, DocumentState, Purpose, Rendering
from docgen.services.consequences import are_later, check_settled, refused
from docgen.services.issuing import holder_name, sent_data, series_of, signer_of
from docgen.services.readiness import Cited, check_ready
from records.bulk import chunks_of, insert_rows, new_ids, update_rows
from records.models import UnionOrg
from records.selectors.scope import one_reading, remembered
from registry.durability import durable
from registry.models import OfficialNumber
from registry.numbering import take_block
from registry.registers import enter_many
from registry.series import SeriesRef

_S = DocumentState
_CHUNK = 500
_TRIES = 3
_Rank = tuple[int, int, str, date]


@dataclass(frozen=True, slots=True)
class _Ready:
    """A paper that may get its number: all that will be written of it but the number."""

    pk: UUID
    version: datetime
    issuer: int
    kind: str
    series: SeriesRef
    on: date
    symbol: str
    line: tuple[object, ...]

    @property
    def rank(self) -> _Rank:
        """Series by series in one fixed order, whoever numbers: no two batches deadlock."""
        return (self.series.org_id, self.series.year, self.series.key, self.on)


class _MovedError(Exception):
    """A paper was changed between the reading and the writing."""


def issue_papers(papers: QuerySet[Document], *, on: date | None, actor: str) -> int:
    """Number signed papers in the order of the query, one range a series, all or nothing. Gives how many.

    Without ``on`` each carries its own intended date. Raises as ``issue_document``; Conflict when papers are being
    changed by somebody else again and again.
    """
    for _ in range(_TRIES):
        ready = list(_prepared(papers, on=on, actor=actor))
        if not ready:
            return 0
        ready.sort(key=lambda one: one.rank)  # stable: inside a series the order of the query
        try:
            with durable():
                _take(ready, actor=actor)
        except (IntegrityError, _MovedError):
            continue
        return len(ready)
    raise Conflict(
        "Có người khác đang sửa hoặc cấp số văn bản của đợt này; chưa cấp số nào. Chờ rồi làm lại.",
        code="papers_moved",
    )


def _prepared(papers: QuerySet[Document], *, on: date | None, actor: str) -> Iterator[_Ready]:
    ids = list(papers.filter(number__isnull=True).values_list("pk", flat=True))
    issuers = UnionOrg.objects.in_bulk(
        set(papers.order_by().values_list("issuer_id", flat=True).distinct())
    )
    with one_reading():
        for chunk in chunks_of(ids, _CHUNK):
            rows = Document.objects.in_bulk(chunk)
            cited = _cited(chunk)
            found = [rows[pk] for pk in chunk]
            for kind in {paper.kind for paper in found}:
                check_settled(kind, [paper.record for paper in found if paper.kind == kind])
            for paper in found:
                paper.issuer = issuers[paper.issuer_id]
                check_ready(paper, on=on or paper.intended_on, cites=cited.get(paper.pk, ()))
            _check_consequences(found, on=on, actor=actor)
            yield from (_ready(paper, on or paper.intended_on) for paper in found)


def _cited(ids: Sequence[UUID]) -> dict[UUID, list[Cited]]:
    found: dict[UUID, list[Cited]] = {}
    links = Document.cites.through.objects.filter(from_document__in=ids)
    for pk, code, state, issued_on in links.values_list(
        "from_document_id", "to_document__code", "to_document__state", "to_document__issued_on"
    ):
        found.setdefault(pk, []).append(Cited(code, state, issued_on))
    return found


def _check_consequences(papers: Sequence[Document], *, on: date | None, actor: str) -> None:
    """Raises the fault of the first paper, with the records of all, when something could not follow."""
    groups: dict[tuple[str, date], list[Document]] = {}
    for paper in papers:
        groups.setdefault((paper.kind, on or paper.intended_on), []).append(paper)
    for (_, day), group in groups.items():
        faults = refused(group, on=day, actor=actor)
        if faults:
            fault = next(iter(faults.values()))
            raise UserError(
                fault.message, code=fault.code, facts={**fault.facts, "records": sorted(faults)}
            )


def _ready(paper: Document, on: date) -> _Ready:
    data, kind = paper.data, get_kind(paper.kind)
    symbol = str(data["doc_symbol"])
    series = remembered(("series", paper.issuer_id, paper.kind, on), lambda: series_of(paper, on))
    line = (
        paper.issuer_id, on.year, symbol, on, paper.kind, type_name(kind.schema.symbol_type),
        paper.subject, signer_of(data), "; ".join(recipients_of(sent_data(paper))),
        ", ".join(data.get("archive_units", ["VT"])), data.get("copies"), str(paper.pk),
        _S.NUMBERED.value,
    )  # fmt: skip
    return _Ready(paper.pk, paper.updated_at, paper.issuer_id, paper.kind, series, on, symbol, line)


def _take(ready: Sequence[_Ready], *, actor: str) -> None:
    """The writing. What needs no number comes before the series is locked."""
    now = timezone.now()
    profiles = {one.on: profile_on(one.on).format_key for one in ready}
    insert_rows(
        Rendering,
        ("document_id", "purpose", "consequences"),
        [(one.pk, Purpose.FINAL.value, are_later(one.kind)) for one in ready],
    )
    ids = new_ids(OfficialNumber, len(ready))
    codes = _codes(ready, ids, actor=actor)
    changed = update_rows(
        Document,
        ("id", "updated_at", "number_id", "code", "issued_on", "profile"),
        [
            (one.pk, one.version, number, code, one.on, profiles[one.on])
            for one, number, code in zip(ready, ids, codes, strict=True)
        ],
        keys=2,
        constants={"state": _S.NUMBERED.value, "updated_at": now},
        where=f"t.state = '{_S.SIGNED.value}'",
    )
    if changed != len(ready):
        raise _MovedError
    enter_many(
        [(number, code, *one.line) for one, number, code in zip(ready, ids, codes, strict=True)]
    )
    insert_rows(
        DocumentEvent,
        ("document_id", "at", "actor", "from_state", "to_state", "note"),
        [
            (one.pk, now, actor, _S.SIGNED.value, _S.NUMBERED.value, code)
            for one, code in zip(ready, codes, strict=True)
        ],
    )


def _codes(ready: Sequence[_Ready], ids: Sequence[int], *, actor: str) -> list[str]:
    """Take the numbers, one block a series and day; the code of each paper."""
    codes: list[str] = []
    while len(codes) < len(ready):
        start = len(codes)
        head = ready[start]
        end = start
        while end < len(ready) and ready[end].rank == head.rank:
            end += 1
        block = ready[start:end]
        first = take_block(
            head.series,
            on=head.on,
            holders=[holder_name(one.pk) for one in block],
            ids=ids[start:end],
            actor=actor,
        )
        codes += [format_code(first + at, "", one.symbol) for at, one in enumerate(block)]
    return codes

"""Numbering a batch: all is read, checked and made ready first; then a transaction a series only writes.

Numbers, lines of the register, frozen papers and the jobs of their final files are one transaction and a statement a
table. The series is locked for the last of these statements only: the others are written with the numbers that will
come, and when somebody else took one of them meanwhile, all of it is rolled back and done again. What follows from the
papers is looked at before, and written with the final files (`consequences.py`).
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from contextlib import suppress
from dataclasses import dataclass
from datetime import date, datetime
from itertools import groupby
from uuid import UUID

from django.db import IntegrityError
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
from registry.numbering import holders_with_number, take_block
from registry.registers import enter_many
from registry.series import SeriesRef
from registry.series_rows import check_days, lock_series, next_number
from registry.turns import behind

_S = DocumentState
_CHUNK = 500
_TRIES = 3
_Rank = tuple[int, int, str, date]
_SERIES = 3  # so many of a rank name the series


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


def issue_papers(papers: Sequence[UUID], *, on: date | None, actor: str) -> int:
    """Number those of the papers that have no number yet, in their order, one range a series. Gives how many.

    Whatever refuses one refuses all, before a number is taken. Each series is then a transaction, all or nothing: a
    process that dies between two leaves whole ranges, and the rest is numbered when it is called again. Without ``on``
    each carries its own intended date. Raises as ``issue_document``; Conflict when papers are being changed by
    somebody else again and again.
    """
    count = 0
    for _ in range(_TRIES):
        ready = list(_prepared(papers, on=on, actor=actor))
        ready.sort(key=lambda one: one.rank)  # stable: inside a series the order of the papers
        check_days({(one.series, one.on) for one in ready})
        try:
            for _, series in groupby(ready, key=lambda one: one.rank[:_SERIES]):
                group = list(series)
                _take_series(group, actor=actor)
                count += len(group)
        except (IntegrityError, _MovedError):
            continue
        return count
    done = f"mới cấp số được {count} văn bản" if count else "chưa cấp số nào"
    raise Conflict(
        f"Có người khác đang sửa hoặc cấp số văn bản của đợt này; {done}. Chờ rồi làm lại.",
        code="papers_moved",
        facts={"numbered": count},
    )


def states_of(papers: Sequence[UUID]) -> dict[UUID, str]:
    """The states of papers, some hundreds at once: asked by way of their items it would be looked up one by one."""
    found: dict[UUID, str] = {}
    for chunk in chunks_of(papers, _CHUNK):
        found.update(Document.objects.filter(pk__in=chunk).values_list("pk", "state"))
    return found


def have_kept_numbers(papers: Sequence[UUID], states: Mapping[UUID, str]) -> bool:
    """Whether a number was kept for one of these papers: they are then numbered one after another."""
    waiting = [holder_name(pk) for pk in papers if states[pk] == _S.SIGNED]
    return bool(holders_with_number(waiting))


def _prepared(papers: Sequence[UUID], *, on: date | None, actor: str) -> Iterator[_Ready]:
    with one_reading():
        for chunk in chunks_of(papers, _CHUNK):
            rows = Document.objects.filter(number__isnull=True).in_bulk(chunk)
            cited = _cited(chunk)
            found = [rows[pk] for pk in chunk if pk in rows]
            for kind in {paper.kind for paper in found}:
                check_settled(kind, [paper.record for paper in found if paper.kind == kind])
            for paper in found:
                paper.issuer = _issuer(paper.issuer_id)
                check_ready(paper, on=on or paper.intended_on, cites=cited.get(paper.pk, ()))
            _check_consequences(found, on=on, actor=actor)
            yield from (_ready(paper, on or paper.intended_on) for paper in found)


def _issuer(pk: int) -> UnionOrg:
    return remembered(("issuer", pk), lambda: UnionOrg.objects.get(pk=pk))


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


def _take_series(ready: Sequence[_Ready], *, actor: str) -> None:
    """Number the papers of one series, in a transaction.

    At first nobody waits for what is written before the numbers; only when others were quicker again and again is
    the series held from the beginning. Raises _MovedError and IntegrityError when a paper was changed or numbered
    meanwhile.
    """
    for hold in (False, False, True):
        with suppress(_TakenError), behind(), durable():
            if hold:  # papers first, as all who number do
                papers = Document.objects.filter(pk__in=[one.pk for one in ready]).order_by("pk")
                list(papers.select_for_update(of=("self",)).values_list("pk"))
                lock_series(ready[0].series)
            first = next_number(ready[0].series)
            ids = new_ids(OfficialNumber, len(ready))
            _write(ready, ids, first=first, actor=actor)
            _take_numbers(ready, ids, first=first, actor=actor)
            return
    raise RuntimeError("a held series has moved on")


class _TakenError(Exception):
    """Somebody else has a number that was to be ours."""


def _take_numbers(ready: Sequence[_Ready], ids: Sequence[int], *, first: int, actor: str) -> None:
    """Take the numbers, one block a day; locks the series. Raises _TakenError when they do not begin with ``first``."""
    start = 0
    for on, day in groupby(ready, key=lambda one: one.on):
        holders = [holder_name(one.pk) for one in day]
        end = start + len(holders)
        series = ready[start].series
        taken = take_block(series, on=on, holders=holders, ids=ids[start:end], actor=actor)
        if taken != first + start:
            raise _TakenError
        start = end


def _write(ready: Sequence[_Ready], ids: Sequence[int], *, first: int, actor: str) -> None:
    """All but the numbers themselves, which begin with ``first`` and have these row numbers."""
    now = timezone.now()
    profiles = {one.on: profile_on(one.on).format_key for one in ready}
    insert_rows(
        Rendering,
        ("document_id", "purpose", "consequences"),
        [(one.pk, Purpose.FINAL.value, are_later(one.kind)) for one in ready],
    )
    codes = [format_code(first + at, "", one.symbol) for at, one in enumerate(ready)]
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

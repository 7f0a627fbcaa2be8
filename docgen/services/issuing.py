"""Numbering and issuing: number, register line, frozen data and consequences in one transaction."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from contextlib import AbstractContextManager, nullcontext
from dataclasses import dataclass
from datetime import date
from uuid import UUID

from django.utils import timezone

from core.errors import Conflict
from core.profiles import profile_on
from core.symbols import format_code
from docgen.kinds import get_kind
from docgen.kinds.common import recipients_of
from docgen.kinds.typenames import type_name
from docgen.models import Document, DocumentState, Purpose, Rendering
from docgen.services.access import stated
from docgen.services.consequences import are_later, check_settled, follow_up
from docgen.services.lifecycle import log_event
from docgen.services.readiness import check_ready
from records.selectors.scope import one_reading
from registry.durability import durable
from registry.models import NumberState, OfficialNumber, OutgoingEntry
from registry.numbering import assign_reserved, insert_after, reserve_number, reserve_range
from registry.registers import enter_outgoing
from registry.series import SeriesRef, outgoing_series

_S = DocumentState
_ABOUT_A_UNION = frozenset({"first_meeting_minutes", "submission", "vote_count_minutes"})


@dataclass(frozen=True, slots=True)
class Planned:
    """One paper of an issue, with the date that it will carry."""

    document: Document
    on: date


def holder_of(document: Document) -> str:
    """The name under which a paper holds its number."""
    return holder_name(document.pk)


def holder_name(document_id: UUID) -> str:
    """As ``holder_of``, by the paper's id."""
    return f"document:{document_id}"


def series_of(document: Document, on: date) -> SeriesRef:
    """The number series that this paper draws from, by the office's policy."""
    symbol_type = get_kind(document.kind).schema.symbol_type or ""
    return outgoing_series(document.issuer, symbol_type, on)


def issue_document(document: Document, *, on: date, actor: str) -> Document:
    """Give one signed paper its number and date. The final file follows from the render job.

    A paper that has its number keeps it, with its day. Raises Conflict when it is not signed, the date
    would run backwards, a number was kept for another day, or its header or bases changed.
    """
    with _reading(document.kind), durable():
        locked = _locked(document)
        if locked.state in (_S.NUMBERED, _S.ISSUED):
            return locked
        check_ready(locked, on=on)
        check_settled(locked.kind, [locked.record])
        (number,) = _numbers(series_of(locked, on), [locked], on=on, actor=actor)
        return _enter(locked, number, on=on, actor=actor)


def _reading(kind: str) -> AbstractContextManager[None]:
    """What is read for the check serves the consequences too, where these change none of it."""
    return one_reading() if are_later(kind) else nullcontext()


def _locked(document: Document) -> Document:
    """The row as it is now, locked to the end of the transaction."""
    return (
        Document.objects.select_for_update(of=("self",))
        .select_related("issuer")
        .get(pk=document.pk)
    )


def issue_many(planned: Sequence[Planned], *, actor: str) -> list[Document]:
    """Number many signed papers in the given order, one range a series, all or nothing.

    Dates must not run backwards inside a series. Papers that have their number keep it.
    """
    with durable():
        ids = [p.document.pk for p in planned]
        rows = {
            d.pk: d
            for d in Document.objects.select_for_update(of=("self",))
            .select_related("issuer", "number")
            .prefetch_related("cites")
            .filter(pk__in=ids)
        }
        todo = [
            Planned(rows[p.document.pk], p.on)
            for p in planned
            if rows[p.document.pk].number_id is None
        ]
        for kind in {item.document.kind for item in todo}:
            check_settled(kind, [p.document.record for p in todo if p.document.kind == kind])
        with one_reading():
            for item in todo:
                check_ready(item.document, on=item.on)
        numbers = _ranges(todo, actor=actor)
        for item in sorted(todo, key=lambda planned: planned.on):
            _enter(item.document, numbers[item.document.pk], on=item.on, actor=actor)
        return [rows[pk] for pk in ids]


def _ranges(todo: Sequence[Planned], *, actor: str) -> dict[object, OfficialNumber]:
    """All numbers before anything else, series by series in one fixed order: no two batches deadlock."""
    groups: dict[tuple[SeriesRef, date], list[Document]] = {}
    for item in todo:
        groups.setdefault((series_of(item.document, item.on), item.on), []).append(item.document)
    found: dict[object, OfficialNumber] = {}
    for (series, on), papers in sorted(groups.items(), key=lambda group: _rank(*group[0])):
        numbers = _numbers(series, papers, on=on, actor=actor)
        found |= dict(zip((paper.pk for paper in papers), numbers, strict=True))
    return found


def _rank(series: SeriesRef, on: date) -> tuple[int, int, str, date]:
    return (series.org_id, series.year, series.key, on)


def _numbers(
    series: SeriesRef, papers: Sequence[Document], *, on: date, actor: str
) -> list[OfficialNumber]:
    """The papers' numbers; one that was kept for a paper is now given to it, on the day of its keeping."""
    holders = [holder_of(paper) for paper in papers]
    numbers = reserve_range(series, on=on, holders=holders, actor=actor)
    for at, number in enumerate(numbers):
        if number.on != on:
            raise Conflict(
                f"Số {number} được giữ cho văn bản “{papers[at].subject}” từ ngày "
                f"{number.on:%d/%m/%Y}; ban hành văn bản đúng ngày đó (--date).",
                code="date_differs",
                facts={"document": str(papers[at].pk), "on": number.on.isoformat()},
            )
        if number.state == NumberState.RESERVED:
            numbers[at] = assign_reserved(number, holders[at], actor=actor)
    return numbers


def _enter(document: Document, number: OfficialNumber, *, on: date, actor: str) -> Document:
    """Freeze the paper with its number, write the register line, apply what follows from it."""
    symbol = str(document.data["doc_symbol"])
    document.number = number
    document.code = format_code(number.number, number.suffix, symbol)
    document.issued_on = on
    document.state = _S.NUMBERED
    document.profile = profile_on(on).format_key
    document.updated_at = timezone.now()
    document.save(update_fields=("number", "code", "issued_on", "state", "profile", "updated_at"))
    _enter_register(document, number, symbol=symbol, on=on)
    log_event(document, actor=actor, before=_S.SIGNED, after=_S.NUMBERED, note=document.code)
    follow_up(document, actor=actor)
    ask_final(document)
    return document


def ask_final(document: Document) -> None:
    """The job of the final file; a paper has its number once, so there was none before."""
    Rendering.objects.create(document=document, purpose=Purpose.FINAL)


def _enter_register(
    document: Document, number: OfficialNumber, *, symbol: str, on: date
) -> OutgoingEntry:
    data = document.data
    kind = get_kind(document.kind)
    return enter_outgoing(
        number,
        org=document.issuer,
        code=document.code,
        symbol=symbol,
        date=on,
        kind=document.kind,
        type_name=type_name(kind.schema.symbol_type),
        subject=document.subject,
        signer=signer_of(data),
        recipients="; ".join(recipients_of(sent_data(document))),
        kept_by=", ".join(data.get("archive_units", ["VT"])),
        copies=data.get("copies"),
        document_id=str(document.pk),
        state=document.state,
        file=None,
    )


def sent_data(document: Document) -> Mapping[str, object]:
    """The data without the union that the paper speaks of, where it isn't sent to the union."""
    left_out = "union_name" if document.kind in _ABOUT_A_UNION else None
    return {key: value for key, value in document.data.items() if key != left_out}


def signer_of(data: Mapping[str, object]) -> str:
    """Who signed, for the register; minutes are signed by their chair, a count by the head of its board."""
    chair = data.get("chair")
    named = chair.get("full_name") if isinstance(chair, Mapping) else None
    return str(data.get("signer_name") or named or data.get("head_teller") or "")


def waiting_renderings(documents: Sequence[Document]) -> list[int]:
    """Job ids of these papers that wait to be made, in order."""
    return list(
        Rendering.objects.filter(document__in=documents, state="waiting")
        .order_by("id")
        .values_list("pk", flat=True)
    )


def reserve_for(document: Document, *, on: date, reason: str, actor: str) -> OfficialNumber:
    """Keep the next number for a paper that is not yet signed; it takes it when it is issued.

    Raises UserError without a reason, Conflict for a paper that has its number.
    """
    reason = stated(reason, what="Giữ số")
    with durable():
        locked = _locked(document)
        if locked.number_id is not None:
            raise Conflict(
                f"Văn bản “{locked.subject}” đã có số {locked.code}, không giữ thêm số.",
                facts={"document": str(locked.pk), "state": locked.state},
            )
        return reserve_number(
            series_of(locked, on),
            on=on,
            holder=holder_of(locked),
            actor=actor,
            state=NumberState.RESERVED,
            reason=reason,
        )


def issue_inserted(
    document: Document, *, on: date, after: int, reason: str, actor: str
) -> Document:
    """Give one signed paper an inserted number (70a), with its reason.

    Raises UserError without a reason, Conflict when a number is kept for the paper, and as
    ``issue_document``.
    """
    reason = stated(reason, what="Chèn số")
    with durable():
        locked = _locked(document)
        check_ready(locked, on=on)
        kept = OfficialNumber.objects.filter(holder=holder_of(locked)).first()
        if kept is not None:
            raise Conflict(
                f"Đã giữ số {kept} ngày {kept.on:%d/%m/%Y} cho văn bản này; ban hành bằng số đó, "
                "không chèn số khác.",
                facts={"document": str(locked.pk), "number": str(kept)},
            )
        number = insert_after(
            series_of(locked, on),
            after,
            on=on,
            holder=holder_of(locked),
            reason=reason,
            actor=actor,
        )
        return _enter(locked, number, on=on, actor=actor)

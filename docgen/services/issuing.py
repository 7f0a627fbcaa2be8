"""Numbering and issuing: number, register line, frozen data and consequences in one transaction."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from django.utils import timezone

from core.errors import Conflict, UserError
from core.symbols import format_code
from docgen.kinds import get_kind
from docgen.kinds.common import addressees, recipients, text
from docgen.kinds.profiles import profile_on
from docgen.kinds.typenames import type_name
from docgen.models import ENDED_STATES, Document, DocumentState, Purpose, Rendering
from docgen.services.effects import apply_effects
from docgen.services.lifecycle import log_event
from docgen.services.rendering import ask_rendering
from docgen.sources.base import header_fields
from registry.durability import durable
from registry.models import NumberState, OfficialNumber, OutgoingEntry
from registry.numbering import assign_reserved, insert_after, reserve_number, reserve_range
from registry.registers import enter_outgoing, mark_recalled, mark_replaced
from registry.series import SeriesRef, outgoing_series

_S = DocumentState


@dataclass(frozen=True, slots=True)
class Planned:
    """One paper of an issue, with the date that it will carry."""

    document: Document
    on: date


def holder_of(document: Document) -> str:
    """The name under which a paper holds its number."""
    return f"document:{document.pk}"


def series_of(document: Document, on: date) -> SeriesRef:
    """The number series that this paper draws from, by the office's policy."""
    symbol_type = get_kind(document.kind).schema.symbol_type or ""
    return outgoing_series(document.issuer, symbol_type, on)


def check_ready(document: Document, *, on: date) -> None:
    """Refuse what must not get a number: unsigned, another header at that date, unnumbered citations."""
    if document.state != _S.SIGNED:
        raise Conflict(
            f"Văn bản “{document.subject}” đang ở trạng thái “{document.get_state_display()}”. "
            "Chỉ cấp số cho văn bản đã ký.",
            facts={"document": str(document.pk), "state": document.state},
        )
    header = header_fields(document.issuer, as_of=on, kind=document.kind)
    changed = {key for key, value in header.items() if document.data.get(key, "") != value}
    if changed:
        raise Conflict(
            f"Phần đầu văn bản “{document.subject}” được soạn theo ngày "
            f"{document.data_as_of:%d/%m/%Y}, đến ngày {on:%d/%m/%Y} đã khác "
            "(tên cơ quan hoặc địa danh). Soạn lại dự thảo theo ngày ban hành.",
            facts={"document": str(document.pk), "wrong": sorted(changed)},
        )
    for cited in document.cites.all():
        _check_cited(document, cited, on=on)


def _check_cited(document: Document, cited: Document, *, on: date) -> None:
    if cited.state in ENDED_STATES:
        raise Conflict(
            f"Văn bản “{document.subject}” dẫn chiếu {cited.code} đã bị thu hồi hoặc thay thế. "
            "Soạn lại dự thảo.",
            facts={"document": str(document.pk), "cites": cited.code},
        )
    if cited.issued_on is not None and cited.issued_on > on:
        raise Conflict(
            f"Văn bản “{document.subject}” đề ngày {on:%d/%m/%Y} nhưng dẫn chiếu {cited.code} "
            f"đề ngày {cited.issued_on:%d/%m/%Y} là ngày sau. Chọn ngày ban hành khác.",
            facts={"document": str(document.pk), "cites": cited.code},
        )


def issue_document(document: Document, *, on: date, actor: str) -> Document:
    """Give one signed paper its number and date. The final file follows from the render job.

    Raises Conflict when it is not signed, the date would run backwards, or its basis changed.
    """
    with durable():
        locked = (
            Document.objects.select_for_update(of=("self",))
            .select_related("issuer")
            .get(pk=document.pk)
        )
        if locked.state in (_S.NUMBERED, _S.ISSUED):
            return locked
        check_ready(locked, on=on)
        number = reserve_number(series_of(locked, on), on=on, holder=holder_of(locked), actor=actor)
        if number.state == NumberState.RESERVED:
            number = assign_reserved(number, holder_of(locked), actor=actor)
        return _enter(locked, number, on=on, actor=actor)


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
            .filter(pk__in=ids)
        }
        todo = [
            Planned(rows[p.document.pk], p.on)
            for p in planned
            if rows[p.document.pk].number_id is None
        ]
        for item in todo:
            check_ready(item.document, on=item.on)
        for (series, on), group in _by_series(todo).items():
            holders = [holder_of(document) for document in group]
            numbers = reserve_range(series, on=on, holders=holders, actor=actor)
            for document, number in zip(group, numbers, strict=True):
                _enter(document, number, on=on, actor=actor)
        return [rows[pk] for pk in ids]


def _by_series(todo: Sequence[Planned]) -> dict[tuple[SeriesRef, date], list[Document]]:
    """Papers by series and date, in the given order; dates ascending inside a series."""
    groups: dict[tuple[SeriesRef, date], list[Document]] = {}
    for item in sorted(todo, key=lambda planned: planned.on):
        groups.setdefault((series_of(item.document, item.on), item.on), []).append(item.document)
    return groups


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
    apply_effects(document, actor=actor)
    ask_rendering(document, Purpose.FINAL)
    return document


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
        recipients="; ".join(recipients_of(data)),
        kept_by=", ".join(data.get("archive_units", ["VT"])),
        copies=data.get("copies"),
        document_id=str(document.pk),
        state=document.state,
        file=None,
    )


def recipients_of(data: Mapping[str, object]) -> list[str]:
    """Who gets the paper, for column (5) of the register: names, where the paper says `Như trên`."""
    named = [
        *addressees(data),
        *addressees(data, "invitees"),
        *(text(data, key) for key in ("sent_to", "union_name") if "members_total" not in data),
    ]
    return list(dict.fromkeys(name for name in (*named, *recipients(data)) if name))


def signer_of(data: Mapping[str, object]) -> str:
    """Who signed, for the register; minutes are signed by their chair."""
    chair = data.get("chair")
    named = chair.get("full_name") if isinstance(chair, Mapping) else None
    return str(data.get("signer_name") or named or "")


def recall_document(document: Document, *, reason: str, actor: str) -> Document:
    """Issued → recalled (ND30 Điều 18 k4). The paper, its number and its line stay as they are."""
    return _end(document, to=_S.RECALLED, reason=reason, actor=actor)


def replace_document(document: Document, *, by: Document, reason: str, actor: str) -> Document:
    """Issued → replaced by another issued paper of an equal form (ND30 Điều 18 k3)."""
    if by.pk == document.pk or by.number_id is None:
        raise Conflict(
            "Văn bản thay thế phải là một văn bản khác đã được cấp số.",
            facts={"document": str(document.pk), "by": str(by.pk)},
        )
    return _end(document, to=_S.REPLACED, reason=reason, actor=actor, by=by)


def _end(
    document: Document, *, to: DocumentState, reason: str, actor: str, by: Document | None = None
) -> Document:
    if not reason.strip():
        raise UserError(
            "Thu hồi hoặc thay thế văn bản thì phải ghi lý do.", facts={"missing": ["reason"]}
        )
    with durable():
        locked = (
            Document.objects.select_for_update(of=("self",))
            .select_related("number")
            .get(pk=document.pk)
        )
        if locked.state not in (_S.ISSUED, _S.NUMBERED):
            raise Conflict(
                f"Văn bản đang ở trạng thái “{locked.get_state_display()}”; chỉ thu hồi hoặc thay thế "
                "được văn bản đã cấp số.",
                facts={"document": str(locked.pk), "state": locked.state},
            )
        if locked.number is None:
            raise RuntimeError("a numbered paper has its number")
        before = locked.state
        Document.objects.filter(pk=locked.pk).update(
            state=to, replaced_by=by, updated_at=timezone.now()
        )
        number = locked.number
        if by is None:
            mark_recalled(number, reason=reason, actor=actor)
        else:
            mark_replaced(number, by=by.code, reason=reason, actor=actor)
        log_event(locked, actor=actor, before=before, after=to, note=reason.strip())
    document.refresh_from_db()
    return document


def waiting_renderings(documents: Sequence[Document]) -> list[int]:
    """Job ids of these papers that wait to be made, in order."""
    return list(
        Rendering.objects.filter(document__in=documents, state="waiting")
        .order_by("id")
        .values_list("pk", flat=True)
    )


def reserve_for(document: Document, *, on: date, reason: str, actor: str) -> OfficialNumber:
    """Keep the next number for a paper that is not yet signed; it takes it when it is issued."""
    _want_reason(reason, "Giữ số")
    with durable():
        return reserve_number(
            series_of(document, on),
            on=on,
            holder=holder_of(document),
            actor=actor,
            state=NumberState.RESERVED,
            reason=reason.strip(),
        )


def issue_inserted(
    document: Document, *, on: date, after: int, reason: str, actor: str
) -> Document:
    """Give one signed paper an inserted number (70a), with its reason."""
    _want_reason(reason, "Chèn số")
    with durable():
        locked = (
            Document.objects.select_for_update(of=("self",))
            .select_related("issuer")
            .get(pk=document.pk)
        )
        check_ready(locked, on=on)
        number = insert_after(
            series_of(locked, on),
            after,
            on=on,
            holder=holder_of(locked),
            reason=reason.strip(),
            actor=actor,
        )
        return _enter(locked, number, on=on, actor=actor)


def _want_reason(reason: str, what: str) -> None:
    if not reason.strip():
        raise UserError(f"{what} thì phải ghi lý do (--reason).", facts={"missing": ["reason"]})

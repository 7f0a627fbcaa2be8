"""The write side of the registers: one line per official number, copied once and never rewritten."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping, Sequence

from django.db import connection, transaction

from core.errors import Conflict, NotFound
from records.bulk import insert_rows, update_rows
from records.models import ChangeLog, UnionOrg
from registry.durability import ensure_durable
from registry.models import IncomingEntry, OfficialNumber, OutgoingEntry, StoredFile
from registry.numbering import reserve_number
from registry.series import incoming_series

#: States of a line (contract §7); the line of a paper that no longer stands remains in the book.
NUMBERED = "numbered"
ISSUED = "issued"
RECALLED = "recalled"
REPLACED = "replaced"


def enter_outgoing(  # noqa: PLR0913 - the columns of the register
    number: OfficialNumber,
    *,
    org: UnionOrg,
    code: str,
    symbol: str,
    date: dt.date,
    kind: str,
    type_name: str,
    subject: str,
    signer: str,
    recipients: str = "",
    kept_by: str = "",
    copies: int | None = None,
    document_id: str = "",
    state: str = NUMBERED,
    file: StoredFile | None = None,
    note: str = "",
) -> OutgoingEntry:
    """Enter a numbered paper in the outgoing register, in the transaction that gave the number.

    The same paper again gives its line unchanged. Raises Conflict when the line belongs to another
    paper, when the day is not the number's day.
    """
    ensure_durable(connection)
    if date != number.on:
        raise Conflict(
            f"Ngày văn bản {date:%d/%m/%Y} khác ngày của số {number} ({number.on:%d/%m/%Y}).",
            code="date_differs",
            facts={"number": str(number), "date": date.isoformat(), "on": number.on.isoformat()},
        )
    entry = OutgoingEntry.objects.filter(number=number).first()
    if entry is None:
        return OutgoingEntry.objects.create(
            number=number,
            org=org,
            year=date.year,
            code=code,
            symbol=symbol,
            date=date,
            kind=kind,
            type_name=type_name,
            subject=subject,
            signer=signer,
            recipients=recipients,
            kept_by=kept_by,
            copies=copies,
            document_id=document_id,
            state=state,
            file=file,
            note=note,
        )
    if (entry.document_id, entry.code) != (document_id, code):
        raise Conflict(
            f"Số {number} đã vào sổ cho văn bản {entry.code}: {entry.subject}.",
            code="number_already_entered",
            facts={"code": entry.code, "document": entry.document_id},
        )
    return entry


_LINE = (
    "number_id", "code", "org_id", "year", "symbol", "date", "kind", "type_name", "subject", "signer",
    "recipients", "kept_by", "copies", "document_id", "state",
)  # fmt: skip


def enter_many(lines: Sequence[Sequence[object]]) -> None:
    """Enter numbered papers, in the transaction that gave the numbers: number and organisation by row number.

    Columns in the order number, code, organisation, year, symbol, date, kind, type name, subject, signer,
    recipients, kept by, copies, document, state. Raises IntegrityError when a number has its line already.
    """
    ensure_durable(connection)
    insert_rows(OutgoingEntry, _LINE, lines)


def mark_issued(number: OfficialNumber, *, file: StoredFile | None = None) -> OutgoingEntry:
    """The paper went out; its final file is put into the line once. Raises Conflict for another file."""
    with transaction.atomic():
        entry = _locked_entry(number)
        if file is not None and entry.file_id not in {None, file.pk}:
            raise Conflict(
                f"Văn bản {entry.code} đã lưu một tệp khác; tệp trong sổ không được thay.",
                code="file_already_entered",
                facts={"code": entry.code},
            )
        if file is not None:
            entry.file = file
        if entry.state == NUMBERED:
            entry.state = ISSUED
        entry.save(update_fields=("file", "state"))
    return entry


def mark_issued_many(issued: Sequence[tuple[int, int]]) -> None:
    """``mark_issued`` for many numbers, each with its final file, by row number; inside their transaction.

    Raises Conflict when one of the lines has another file or no longer waits for one.
    """
    changed = update_rows(
        OutgoingEntry,
        ("number_id", "file_id"),
        issued,
        constants={"state": ISSUED},
        where=f"t.state = '{NUMBERED}' AND t.file_id IS NULL",
    )
    if changed != len(issued):
        raise Conflict(
            "Một dòng trong sổ đã có tệp hoặc đã thay đổi; xem lại sổ đăng ký văn bản đi.",
            code="file_already_entered",
        )


def mark_sent(
    number: OfficialNumber, *, sent_on: dt.date, receipt: str, actor: str
) -> OutgoingEntry:
    """Fill the columns «Ngày chuyển» and «Ký nhận», which come after the paper is entered. Logged."""
    with transaction.atomic():
        entry = _locked_entry(number)
        before = {"sent_on": entry.sent_on and entry.sent_on.isoformat(), "receipt": entry.receipt}
        entry.sent_on, entry.receipt = sent_on, receipt
        entry.save(update_fields=("sent_on", "receipt"))
        after = {"sent_on": sent_on.isoformat(), "receipt": receipt}
        _log(entry, action="line_sent", actor=actor, reason="", before=before, after=after)
    return entry


def attach_scan(entry: OutgoingEntry, scan: StoredFile, *, actor: str) -> OutgoingEntry:
    """The signed and stamped paper, scanned, beside its line. A better one takes its place, both stay. Logged."""
    with transaction.atomic():
        locked = _locked_entry(entry.number)
        if locked.scan_id == scan.pk:
            return locked
        before = {"scan": locked.scan.sha256 if locked.scan else None}
        locked.scan = scan
        locked.save(update_fields=("scan",))
        after = {"scan": scan.sha256}
        _log(locked, action="line_scanned", actor=actor, reason="", before=before, after=after)
    return locked


def mark_recalled(number: OfficialNumber, *, actor: str, reason: str) -> OutgoingEntry:
    """The paper is recalled: its line stays and says so. Doing it again changes nothing."""
    return _end(number, RECALLED, f"Đã thu hồi: {reason}", actor=actor, reason=reason)


def mark_replaced(
    number: OfficialNumber, *, by: str, actor: str, reason: str = ""
) -> OutgoingEntry:
    """The paper is replaced by the paper with code ``by`` (ND30 Điều 18 k3). Again: no change."""
    return _end(number, REPLACED, f"Đã thay thế bằng {by}", actor=actor, reason=reason)


def mark_corrected(number: OfficialNumber, *, by: str, actor: str) -> OutgoingEntry:
    """A letter corrects the paper's form (ND30 Điều 18 k3): the note names it, the paper stands. Logged.

    The same letter again changes nothing.
    """
    with transaction.atomic():
        entry = _locked_entry(number)
        words = f"Đính chính tại {by}"
        if words in entry.note:
            return entry
        before = {"note": entry.note}
        entry.note = _noted(entry, words)
        entry.save(update_fields=("note",))
        after = {"note": entry.note}
        _log(entry, action="line_corrected", actor=actor, reason=by, before=before, after=after)
    return entry


def enter_incoming(  # noqa: PLR0913 - the columns of the register
    *,
    org: UnionOrg,
    holder: str,
    actor: str,
    arrived_on: dt.date,
    author: str,
    subject: str,
    code: str = "",
    date: dt.date | None = None,
    receiver: str = "",
    passed_on: dt.date | None = None,
    receipt: str = "",
    note: str = "",
    file: StoredFile | None = None,
) -> IncomingEntry:
    """Enter a received paper under the next arrival number of the body (ND30 Điều 22).

    ``holder`` names what was received, once: the same holder gives its line again. Call it inside
    ``durable()``; errors as ``reserve_number``.
    """
    number = reserve_number(
        incoming_series(org, arrived_on.year), on=arrived_on, holder=holder, actor=actor
    )
    entry, _ = IncomingEntry.objects.get_or_create(
        number=number,
        defaults={
            "org": org,
            "year": arrived_on.year,
            "arrived_on": arrived_on,
            "author": author,
            "code": code,
            "date": date,
            "subject": subject,
            "receiver": receiver,
            "passed_on": passed_on,
            "receipt": receipt,
            "note": note,
            "file": file,
        },
    )
    return entry


def _locked_entry(number: OfficialNumber) -> OutgoingEntry:
    entry = OutgoingEntry.objects.select_for_update().filter(number=number).first()
    if entry is None:
        raise NotFound(f"Số {number} chưa vào sổ văn bản đi.", facts={"number": str(number)})
    return entry


def _noted(entry: OutgoingEntry, words: str) -> str:
    """The note with more words, as far as the column goes."""
    room = OutgoingEntry._meta.get_field("note").max_length
    return "; ".join(filter(None, (entry.note, words)))[:room]


def _end(
    number: OfficialNumber, state: str, words: str, *, actor: str, reason: str
) -> OutgoingEntry:
    with transaction.atomic():
        entry = _locked_entry(number)
        if entry.state == state:
            return entry
        before = {"state": entry.state, "note": entry.note}
        entry.state = state
        entry.note = _noted(entry, words)
        entry.save(update_fields=("state", "note"))
        after = {"state": entry.state, "note": entry.note}
        _log(entry, action=f"line_{state}", actor=actor, reason=reason, before=before, after=after)
    return entry


def _log(
    entry: OutgoingEntry,
    *,
    action: str,
    actor: str,
    reason: str,
    before: Mapping[str, object],
    after: Mapping[str, object],
) -> None:
    ChangeLog.objects.create(
        actor=actor,
        channel="registry",
        action=action,
        record_type="registry.outgoingentry",
        record_id=str(entry.pk),
        before=dict(before),
        after=dict(after),
        reason=reason,
    )

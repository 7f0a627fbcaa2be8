"""Who saw, took, changed or signed what: three logs read as one. Pure reading.

Rows come in the order of their numbers, which is that of time; so a page needs no sorting of the whole log.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from heapq import merge
from itertools import islice

from django.apps import apps
from django.db.models import Q, QuerySet
from django.utils import timezone

from docgen.models import DocumentEvent, DocumentState
from records.models import ChangeLog
from web.models import AccessLog

SAW, CHANGED, PAPERS = "xem", "sua", "van-ban"
SOURCES = (
    (SAW, "Đăng nhập, xem, tải về, quản trị"),
    (CHANGED, "Sửa hồ sơ, số văn bản"),
    (PAPERS, "Diễn biến văn bản"),
)
#: Pages that may be turned back; older lines are found by date.
MAX_PAGES = 40
#: What these rows say of people is shown by the names of the fields alone.
_PERSONAL = frozenset(
    {"person", "application", "membership", "committeemember", "officeholder", "enterpriseobservation",
     "returnedform", "enterprise", "foundingcase"}
)  # fmt: skip
_ACTIONS = {
    "created": "ghi mới",
    "changed": "sửa",
    "removed": "xóa",
    "imported": "nhập",
    "seen": "xem",
    "erased": "xóa dữ liệu cá nhân",
    "series_started": "đặt số bắt đầu",
    "number_taken": "cấp số",
    "number_inserted": "chèn số",
}
_CHANNELS = {
    "cli": "cửa sổ lệnh",
    "web": "bàn làm việc",
    "import": "nhập từ Excel",
    "intake": "phiếu gửi về",
    "registry": "sổ văn bản",
    "docgen": "hệ quả của văn bản",
    "sample": "dữ liệu mẫu",
    "setup": "thiết lập",
}
_KEYS = {"series": "dãy số", "next_number": "số tiếp theo", "rows": "số dòng"}
_SHOWN = 80


@dataclass(frozen=True, slots=True)
class Line:
    """One line: when, who, what, about what, more."""

    at: datetime
    actor: str
    action: str
    subject: str
    detail: str
    place: str


@dataclass(frozen=True, slots=True)
class Wanted:
    """What a person looks for; empty means all."""

    source: str = ""
    actor: str = ""
    text: str = ""
    first: date | None = None
    last: date | None = None


def lines(wanted: Wanted, *, limit: int) -> list[Line]:
    """The newest lines, at most ``limit``; one query a log."""
    found: list[Iterator[Line]] = []
    if wanted.source in ("", SAW):
        found.append(_access(wanted, limit))
    if wanted.source in ("", CHANGED):
        found.append(_changes(wanted, limit))
    if wanted.source in ("", PAPERS):
        found.append(_papers(wanted, limit))
    return list(islice(merge(*found, key=lambda line: line.at, reverse=True), limit))


def page_of(wanted: Wanted, number: int, *, size: int) -> tuple[list[Line], bool]:
    """The lines of a page from 1, and whether older ones follow."""
    found = lines(wanted, limit=number * size + 1)
    at = (number - 1) * size
    return found[at : at + size], len(found) > number * size and number < MAX_PAGES


def _between(wanted: Wanted) -> Q:
    query = Q()
    if wanted.first:
        query &= Q(at__gte=timezone.make_aware(datetime.combine(wanted.first, time())))
    if wanted.last:
        after = wanted.last + timedelta(days=1)
        query &= Q(at__lt=timezone.make_aware(datetime.combine(after, time())))
    if wanted.actor:
        query &= Q(actor__icontains=wanted.actor)
    return query


def _access(wanted: Wanted, limit: int) -> Iterator[Line]:
    rows: QuerySet[AccessLog] = AccessLog.objects.filter(_between(wanted)).order_by("-id")
    if wanted.text:
        rows = rows.filter(Q(subject__icontains=wanted.text) | Q(note__icontains=wanted.text))
    for row in rows[:limit]:
        yield Line(
            row.at, row.actor, row.get_action_display(), row.subject, row.note, row.address or ""
        )


def _changes(wanted: Wanted, limit: int) -> Iterator[Line]:
    rows = ChangeLog.objects.filter(_between(wanted)).order_by("-id")
    if wanted.text:
        rows = rows.filter(Q(record_id__icontains=wanted.text) | Q(reason__icontains=wanted.text))
    for row in rows[:limit]:
        yield Line(
            row.at,
            row.actor,
            _ACTIONS.get(row.action, row.action.replace("_", " ")),
            f"{_kind(row.record_type)} {row.record_id}",
            _difference(row),
            _CHANNELS.get(row.channel, row.channel),
        )


def _papers(wanted: Wanted, limit: int) -> Iterator[Line]:
    rows = DocumentEvent.objects.filter(_between(wanted)).select_related("document").order_by("-id")
    if wanted.text:
        rows = rows.filter(
            Q(document__code__icontains=wanted.text) | Q(document__subject__icontains=wanted.text)
        )
    for row in rows[:limit]:
        labels = dict(DocumentState.choices)
        moved = [str(labels.get(state, state)) for state in (row.from_state, row.to_state) if state]
        yield Line(
            row.at, row.actor, " → ".join(dict.fromkeys(moved)),
            f"văn bản {row.document.code or 'dự thảo'}: {row.document.subject}"[:160], row.note, "",
        )  # fmt: skip


def _model(record_type: str) -> type | None:
    name = record_type.rsplit(".", 1)[-1].lower()
    for label in ("records", "registry", "intake", "docgen", "web"):
        model = apps.all_models[label].get(name)
        if model is not None:
            return model
    return None


def _kind(record_type: str) -> str:
    model = _model(record_type)
    return str(model._meta.verbose_name) if model else record_type  # type: ignore[attr-defined]


def _difference(row: ChangeLog) -> str:
    """Which fields changed; the values too, where they say nothing of a person."""
    kind = row.record_type.rsplit(".", 1)[-1].lower()
    model = _model(row.record_type)
    labels = _KEYS | (
        {f.attname: str(f.verbose_name) for f in model._meta.concrete_fields}  # type: ignore[attr-defined]
        if model
        else {}
    )
    keys = sorted({*row.before, *row.after}) if row.action != "created" else []
    if kind in _PERSONAL:
        parts = [labels.get(key, key) for key in keys]
    else:
        parts = [
            f"{labels.get(key, key)}: {_short(row.before.get(key))} → {_short(row.after.get(key))}"
            for key in keys
        ]
    return "; ".join(filter(None, [row.reason, *parts]))[:400]


def _short(value: object) -> str:
    text = "trống" if value in (None, "", [], {}) else str(value)
    return text if len(text) <= _SHOWN else f"{text[:_SHOWN]}…"

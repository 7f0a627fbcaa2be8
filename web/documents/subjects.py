"""What a paper may be about, found by what people type: with or without diacritics, by code or tax code."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from functools import lru_cache

from django.db.models import Count, Max

from core.dates import format_short
from core.searchkeys import search_key, words_of
from docgen.models import ENDED_STATES, Document
from docgen.sources import record_types
from records.models import Campaign, CaseState, FoundingCase, Quota, Reorganisation, Visit

#: Subjects that a page shows; who does not find his types a little more.
SHOWN = 40
TYPE_LABELS = {
    "case": "hồ sơ thành lập công đoàn cơ sở",
    "campaign": "chiến dịch",
    "visit": "chuyến khảo sát, làm việc",
    "unit": "đơn vị báo cáo",
    "reorganisation": "việc sắp xếp tổ chức",
    "document": "văn bản đã ban hành",
}


@dataclass(frozen=True, slots=True)
class Subject:
    """One record: its reference (`case:…`), what people call it, and a line about it."""

    record: str
    title: str
    note: str = ""


def find_subjects(kind: str, query: str, campaign: Campaign | None) -> tuple[list[Subject], int]:
    """Subjects of a kind that fit, at most ``SHOWN``, and how many there are."""
    words = list(words_of(query))
    found = [
        subject
        for record_type in record_types(kind)
        for subject in _FINDERS[record_type](words, campaign)
    ]
    return found[:SHOWN], len(found)


def subject_of(record: str) -> str:
    """What people call a record; the reference itself when it is not there."""
    record_type, _, code = record.partition(":")
    named = _NAMES.get(record_type)
    return (named(code) if named else "") or record


def _fits(words: Iterable[str], *texts: str) -> bool:
    return _begins(words, search_key(" ".join(texts)))


def _begins(words: Iterable[str], key: str) -> bool:
    """Whether each word begins one of the key, as the lists of the desk search (`records.search`)."""
    return all(f" {word}" in f" {key}" for word in words)


def _campaigns(words: list[str], _campaign: Campaign | None) -> list[Subject]:
    return [
        Subject(
            f"campaign:{row.code}",
            row.name,
            f"{row.org.name} · từ {format_short(row.starts_on)} đến {format_short(row.ends_on)}",
        )
        for row in Campaign.objects.select_related("org").order_by("-starts_on")
        if _fits(words, row.name, row.code)
    ]


@lru_cache(maxsize=4)
def _case_book(campaign_id: int, _count: int, _newest: object) -> tuple[tuple[str, Subject], ...]:
    """All cases of a campaign with their search keys; made anew when a case or a name of one changes."""
    rows = FoundingCase.objects.filter(campaign_id=campaign_id).order_by("code")
    return tuple(
        (
            search_key(f"{name} {short} {tax_code or ''} {code} {union}"),
            Subject(
                f"case:{code}",
                name,
                f"{CaseState(state).label} · hồ sơ {code}"
                + (f" · MST {tax_code}" if tax_code else ""),
            ),
        )
        for code, name, short, tax_code, union, state in rows.values_list(
            "code",
            "enterprise__name",
            "enterprise__short_name",
            "enterprise__tax_code",
            "union_name",
            "state",
        )
    )


def _cases(words: list[str], campaign: Campaign | None) -> list[Subject]:
    if campaign is None:
        return []
    rows = FoundingCase.objects.filter(campaign=campaign)
    state = rows.aggregate(
        count=Count("pk"), case=Max("updated_at"), firm=Max("enterprise__updated_at")
    )
    book = _case_book(campaign.pk, state["count"], (state["case"], state["firm"]))
    return [subject for key, subject in book if _begins(words, key)]


def _visits(words: list[str], campaign: Campaign | None) -> list[Subject]:
    rows = Visit.objects.filter(campaign=campaign).select_related("org", "enterprise", "lead")
    return [
        Subject(
            f"visit:{row.code}",
            row.enterprise.name if row.enterprise else row.org.name,
            f"{format_short(row.starts_on)} · {row.content} · trưởng đoàn {row.lead.full_name}",
        )
        for row in rows.order_by("starts_on", "code")
        if _fits(
            words,
            row.code,
            row.org.name,
            row.content,
            row.lead.full_name,
            row.enterprise.name if row.enterprise else "",
        )
    ]


def _units(words: list[str], campaign: Campaign | None) -> list[Subject]:
    if campaign is None:
        return []
    rows = (
        Quota.objects.filter(campaign=campaign)
        .order_by("org__sort_order", "org__code")
        .values_list("org__code", "org__name")
        .distinct()
    )
    return [
        Subject(f"unit:{campaign.code}/{code}", name, "đôn đốc riêng đơn vị này")
        for code, name in rows
        if _fits(words, name, code)
    ]


def _reorganisations(words: list[str], campaign: Campaign | None) -> list[Subject]:
    rows = Reorganisation.objects.select_related("org").prefetch_related("orgs").order_by("code")
    if campaign is not None:
        rows = rows.filter(campaign=campaign)
    return [
        Subject(
            f"reorganisation:{row.code}",
            f"{row.get_act_display()}: {', '.join(org.name for org in row.orgs.all())}",
            f"{row.org.name} · thực hiện từ {format_short(row.effective_on)}",
        )
        for row in rows
        if _fits(words, row.code, row.get_act_display(), *(org.name for org in row.orgs.all()))
    ]


def _documents(words: list[str], _campaign: Campaign | None) -> list[Subject]:
    rows = (
        Document.objects.filter(number__isnull=False)
        .exclude(state__in=ENDED_STATES)
        .order_by("-issued_on", "-created_at")
    )
    if words:
        rows = rows.filter(search_key__words=" ".join(words))
    return [
        Subject(
            f"document:{row.pk}",
            f"{row.code} ngày {format_short(row.issued_on)}" if row.issued_on else row.code,
            row.subject,
        )
        for row in rows[:SHOWN]
    ]


_FINDERS: dict[str, Callable[[list[str], Campaign | None], list[Subject]]] = {
    "case": _cases,
    "campaign": _campaigns,
    "visit": _visits,
    "unit": _units,
    "reorganisation": _reorganisations,
    "document": _documents,
}


def _case_name(code: str) -> str:
    return (
        FoundingCase.objects.filter(code=code).values_list("enterprise__name", flat=True).first()
        or ""
    )


def _campaign_name(code: str) -> str:
    return Campaign.objects.filter(code=code).values_list("name", flat=True).first() or ""


def _visit_name(code: str) -> str:
    row = Visit.objects.filter(code=code).select_related("org", "enterprise").first()
    if row is None:
        return ""
    place = row.enterprise.name if row.enterprise else row.org.name
    return f"{place}, ngày {format_short(row.starts_on)}"


def _unit_name(code: str) -> str:
    campaign, _, unit = code.partition("/")
    row = (
        Quota.objects.filter(campaign__code=campaign, org__code=unit).select_related("org").first()
    )
    return row.org.name if row else ""


def _reorganisation_name(code: str) -> str:
    row = Reorganisation.objects.filter(code=code).prefetch_related("orgs").first()
    if row is None:
        return ""
    return f"{row.get_act_display()}: {', '.join(org.name for org in row.orgs.all())}"


def _document_name(code: str) -> str:
    row = Document.objects.filter(pk=code).first() if len(code) == 36 else None  # noqa: PLR2004
    return str(row) if row else ""


_NAMES: dict[str, Callable[[str], str]] = {
    "case": _case_name,
    "campaign": _campaign_name,
    "visit": _visit_name,
    "unit": _unit_name,
    "reorganisation": _reorganisation_name,
    "document": _document_name,
}

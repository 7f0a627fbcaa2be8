"""One search over everything that a person may see, group by group, a query each."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from urllib.parse import urlencode

from django.db.models import Q, QuerySet
from django.urls import NoReverseMatch, reverse

from core.dates import format_short
from core.searchkeys import words_of
from docgen.kinds import KINDS
from docgen.models import Document
from intake.models import ReceivedFile
from records.models import Enterprise, OrgKind, Person, UnionOrg
from records.search import narrowed
from registry.models import IncomingEntry
from web.rights import Right
from web.viewer import Viewer

#: Live results begin with so many letters.
LEAST_LETTERS = 3


@dataclass(frozen=True, slots=True)
class Hit:
    """One thing that was found."""

    title: str
    note: str
    address: str
    state: str = ""
    state_label: str = ""


@dataclass(frozen=True, slots=True)
class Group:
    """Hits of one kind; ``more`` is the list with all of them, empty where there are no more."""

    label: str
    hits: tuple[Hit, ...]
    more: str = ""


def link(name: str, *args: object) -> str:
    """Address of a page, empty where this desk has none."""
    try:
        return reverse(f"web:{name}", args=args)
    except NoReverseMatch:
        return ""


def _documents(text: str, _: Viewer) -> QuerySet[Document]:
    rows = Document.objects.filter(search_key__words=text).defer("data", "given")
    return rows.order_by("-created_at", "-pk")


def _document(row: Document) -> Hit:
    day = format_short(row.issued_on or row.intended_on)
    label = KINDS[row.kind].schema.label_vi if row.kind in KINDS else row.kind
    title = f"{row.code} " if row.code else "Dự thảo: "
    return Hit(
        f"{title}{row.subject}",
        f"{label}, {day}",
        link("document", row.pk),
        row.state,
        row.get_state_display(),
    )


def _enterprises(text: str, _: Viewer) -> QuerySet[Enterprise]:
    return Enterprise.objects.filter(search_key__words=text).order_by("name_key", "pk")


def _enterprise(row: Enterprise) -> Hit:
    note = f"MST {row.tax_code}" if row.tax_code else "chưa có mã số thuế"
    return Hit(row.name, note, link("enterprise", row.code))


def _orgs(text: str, _: Viewer) -> QuerySet[UnionOrg]:
    rows = UnionOrg.objects.filter(search_key__words=text).exclude(kind=OrgKind.ORGANISING_GROUP)
    return rows.order_by("sort_order", "name", "pk")


def _org(row: UnionOrg) -> Hit:
    name = "union" if row.kind == OrgKind.GRASSROOTS_UNION else "org"
    ended = f", đến {format_short(row.valid_to)}" if row.valid_to else ""
    return Hit(row.name, f"{row.get_kind_display()}{ended}", link(name, row.code))


def _people(text: str, viewer: Viewer) -> QuerySet[Person]:
    asked = Q(search_key__words=text)
    digits = text.replace(" ", "")
    if digits.isdigit() and viewer.may(Right.SEE_PERSONAL):
        asked |= Q(id_number=digits)
    return Person.objects.filter(asked).order_by("full_name", "pk")


def _person(row: Person) -> Hit:
    return Hit(
        row.full_name,
        f"sinh năm {row.birth_year}" if row.birth_year else "",
        link("person", row.code),
    )


def _incoming(text: str, _: Viewer) -> QuerySet[IncomingEntry]:
    rows = IncomingEntry.objects.filter(search_key__words=text)
    return rows.order_by("-pk")


def _entry(row: IncomingEntry) -> Hit:
    note = f"{row.author}, đến {format_short(row.arrived_on)}"
    return Hit(f"{row.code} {row.subject}".strip(), note, link("incoming"))


def _files(text: str, _: Viewer) -> QuerySet[ReceivedFile]:
    return (
        ReceivedFile.objects.filter(search_key__words=text).select_related("sender").order_by("-pk")
    )


def _file(row: ReceivedFile) -> Hit:
    sender = row.sender.name if row.sender else row.sender_text
    return Hit(row.name, sender, link("received"), row.state, row.get_state_display())


@dataclass(frozen=True, slots=True)
class _Source:
    """One group: who sees it, what is asked, how a row is shown, which list has them all."""

    label: str
    right: Right
    rows: Callable[[str, Viewer], QuerySet]  # type: ignore[type-arg]
    hit: Callable[..., Hit]
    all_in: str


_SOURCES = (
    _Source("Văn bản", Right.SEE_DOCUMENTS, _documents, _document, "documents"),
    _Source("Doanh nghiệp", Right.SEE_RECORDS, _enterprises, _enterprise, "enterprises"),
    _Source("Công đoàn cơ sở, tổ chức", Right.SEE_RECORDS, _orgs, _org, "unions"),
    _Source("Người", Right.SEE_RECORDS, _people, _person, "people"),
    _Source("Văn bản đến", Right.SEE_DOCUMENTS, _incoming, _entry, "incoming"),
    _Source("Phiếu đã nhận", Right.SEE_FORMS, _files, _file, "received"),
)


def search(text: str, *, viewer: Viewer, limit: int) -> tuple[Group, ...]:
    """What this person may see and each typed word begins a word of, at most ``limit`` a group.

    Nothing typed finds nothing. Two queries a group.
    """
    if not words_of(text):
        return ()
    found = []
    for source in _SOURCES:
        if not viewer.may(source.right):
            continue
        rows = list(narrowed(source.rows(text, viewer))[: limit + 1])
        if rows:
            hits = tuple(source.hit(row) for row in rows[:limit])
            more = link(source.all_in) if len(rows) > limit else ""
            found.append(
                Group(source.label, hits, f"{more}?{urlencode({'q': text})}" if more else "")
            )
    return tuple(found)

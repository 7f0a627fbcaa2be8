"""Lists of papers, a constant number of queries each, fast with 200,000 of them."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date

from django.contrib.auth.models import User
from django.db.models import Count, Q, QuerySet
from django.http import QueryDict
from django.shortcuts import get_object_or_404

from core.searchkeys import search_key
from docgen.kinds import KINDS
from docgen.models import Document, DocumentState
from records.models import OfficeHolder, Person

_S = DocumentState
_FIRST_YEAR = 2000
_MONTHS = 12


@dataclass(frozen=True, slots=True)
class PaperFilter:
    """What the list is narrowed to; empty means all."""

    text: str = ""
    kind: str = ""
    state: str = ""
    year: int | None = None
    month: int | None = None
    signer: str = ""

    @classmethod
    def of(cls, asked: QueryDict) -> PaperFilter:
        """The filter in an address; what makes no sense there is left out."""
        return cls(
            text=asked.get("q", "").strip()[:200],
            kind=asked.get("loai", "") if asked.get("loai") in KINDS else "",
            state=asked.get("trang_thai", "") if asked.get("trang_thai") in _S.values else "",
            year=_number(asked.get("nam", ""), _FIRST_YEAR, 9999),
            month=_number(asked.get("thang", ""), 1, _MONTHS),
            signer=asked.get("nguoi_ky", "")[:60],
        )

    @property
    def is_empty(self) -> bool:
        """Whether nothing is narrowed."""
        return self == PaperFilter()


def _number(text: str, least: int, most: int) -> int | None:
    return int(text) if text.isdecimal() and len(text) < 5 and least <= int(text) <= most else None  # noqa: PLR2004


def documents(asked: PaperFilter) -> QuerySet[Document]:
    """Papers, the newest first."""
    rows = Document.objects.select_related("issuer", "signer", "number").order_by(
        "-created_at", "-id"
    )
    if asked.text:
        rows = rows.filter(search_key__words=asked.text)
    for column, value in (("kind", asked.kind), ("state", asked.state)):
        if value:
            rows = rows.filter(**{column: value})
    if asked.signer:  # by its key: over the join the planner reads every paper
        rows = rows.filter(signer_id__in=list(_person(asked.signer)))
    if asked.year:
        rows = rows.filter(_dated_between(*_span(asked.year, asked.month)))
    elif asked.month:
        rows = rows.filter(
            Q(issued_on__month=asked.month) | Q(issued_on=None, intended_on__month=asked.month)
        )
    return rows.defer("data", "given")


def _person(code: str) -> QuerySet[Person, int]:
    return Person.objects.filter(code=code).values_list("pk", flat=True)


def _span(year: int, month: int | None) -> tuple[date, date]:
    if month is None:
        return date(year, 1, 1), date(year + 1, 1, 1)
    return date(year, month, 1), date(year + month // _MONTHS, month % _MONTHS + 1, 1)


def _dated_between(first: date, end: date) -> Q:
    return Q(issued_on__gte=first, issued_on__lt=end) | Q(
        issued_on=None, intended_on__gte=first, intended_on__lt=end
    )


def signer_choices() -> list[tuple[str, str]]:
    """People who may sign somewhere, by name: code and name."""
    rows = OfficeHolder.objects.exclude(may_sign=[]).values_list(
        "person__code", "person__full_name"
    )
    return sorted(set(rows), key=lambda row: search_key(row[1]))


def kind_choices() -> list[tuple[str, str]]:
    """Every kind and its label."""
    return [(key, kind.schema.label_vi) for key, kind in KINDS.items()]


def paper(pk: object) -> Document:
    """One paper with what its page shows of other tables; 404 when there is none."""
    return get_object_or_404(
        Document.objects.select_related(
            "issuer", "signer", "number", "campaign", "draft_file", "final_file", "pdf_file",
            "edited_file", "replaced_by",
        ),
        pk=pk,
    )  # fmt: skip


#: Baskets of the page of what waits: states, and the question for those who see it.
WAITING: Mapping[str, tuple[DocumentState, ...]] = {
    "cho-duyet": (_S.SUBMITTED,),
    "cho-cap-so": (_S.SIGNED,),
    "tra-lai": (_S.RETURNED,),
    "du-thao": (_S.DRAFT,),
}


def waiting_counts() -> dict[str, int]:
    """How many papers are in each basket, in one query."""
    states = [state for basket in WAITING.values() for state in basket]
    rows = dict(
        Document.objects.filter(state__in=states)
        .order_by()
        .values_list("state")
        .annotate(Count("pk"))
    )
    return {name: sum(rows.get(state, 0) for state in basket) for name, basket in WAITING.items()}


def waiting(basket: str, *, requested_by: str = "") -> QuerySet[Document]:
    """Papers of a basket, those that waited longest first."""
    rows = (
        Document.objects.filter(state__in=WAITING[basket])
        .select_related("issuer", "signer")
        .order_by("updated_at", "id")
        .defer("data", "given")
    )
    return rows.filter(requested_by=requested_by) if requested_by else rows


def people_names(actors: Iterable[str]) -> dict[str, str]:
    """Names of accounts; who has none keeps the name of the account."""
    wanted = set(actors)
    rows = User.objects.filter(username__in=wanted).values_list(
        "username", "first_name", "last_name"
    )
    return {name: f"{first} {last}".strip() or name for name, first, last in rows}

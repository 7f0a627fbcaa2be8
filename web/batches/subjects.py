"""What an item of a batch is about: its name, and the page where it is completed; some queries for any number."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from django.urls import NoReverseMatch, reverse

from records.models import Campaign, FoundingCase, Reorganisation, UnionOrg, Visit

Codes = dict[str, set[str]]


@dataclass(frozen=True, slots=True)
class Subject:
    """A record by its name for people; ``page`` is empty where the desk has none for it."""

    record: str
    name: str
    page: str = ""


def subjects_of(records: Iterable[str]) -> dict[str, Subject]:
    """The subjects of records (`case:…`, `visit:…`); one that is gone goes by its code."""
    codes: Codes = {}
    wanted = set(records)
    for record in wanted:
        kind, _, code = record.partition(":")
        codes.setdefault(kind, set()).add(code)
    found = {record: Subject(record, record.partition(":")[2]) for record in wanted}
    for reader in (_cases, _visits, _units, _campaigns, _reorganisations):
        found |= {subject.record: subject for subject in reader(codes)}
    return found


def _cases(codes: Codes) -> Iterator[Subject]:
    rows = FoundingCase.objects.filter(code__in=codes["case"]) if "case" in codes else ()
    for row in rows.select_related("enterprise") if rows else ():
        page = address("case", row.code) or address("enterprise", row.enterprise.code)
        yield Subject(f"case:{row.code}", row.enterprise.name, page)


def _visits(codes: Codes) -> Iterator[Subject]:
    rows = Visit.objects.filter(code__in=codes["visit"]) if "visit" in codes else ()
    for row in rows.select_related("org", "enterprise") if rows else ():
        place = row.enterprise.name if row.enterprise else row.org.name
        yield Subject(f"visit:{row.code}", f"{place}, {row.starts_on:%d/%m/%Y}")


def _units(codes: Codes) -> Iterator[Subject]:
    units = {code.rpartition("/")[2]: code for code in codes.get("unit", ())}
    for row in UnionOrg.objects.filter(code__in=units) if units else ():
        yield Subject(f"unit:{units[row.code]}", row.name, address("org", row.code))


def _campaigns(codes: Codes) -> Iterator[Subject]:
    rows = Campaign.objects.filter(code__in=codes["campaign"]) if "campaign" in codes else ()
    for row in rows:
        yield Subject(f"campaign:{row.code}", row.name, address("campaign"))


def _reorganisations(codes: Codes) -> Iterator[Subject]:
    wanted = codes.get("reorganisation", ())
    rows = Reorganisation.objects.filter(code__in=wanted).select_related("org") if wanted else ()
    for row in rows:
        yield Subject(
            f"reorganisation:{row.code}", f"{row.get_act_display()}, {row.org.name} ({row.code})"
        )


def address(name: str, *arguments: object) -> str:
    """The address of a page of another section; empty when there is no such page."""
    try:
        return reverse(f"web:{name}", args=arguments)
    except NoReverseMatch:
        return ""

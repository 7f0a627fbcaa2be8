"""The reporting unit that a record belongs to on a day: who is asked for figures and gets the papers.

A district federation while there are districts; since 01/7/2025 a commune union, or the grassroots union
itself where it stands directly under the province. Which of them is data (who is in charge of the
enterprise, who succeeded whom), not a rule of dates.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date

from records.models import EnterpriseUpper, FoundingCase, OrgKind, Visit
from records.selectors.orgs import OrgBook, org_book, org_heir


@dataclass(frozen=True, slots=True)
class ReportingUnit:
    """A unit by its full name, and its place among the others."""

    name: str
    sort_order: int
    code: str


def reporting_units(records: Iterable[str], *, as_of: date) -> Mapping[str, ReportingUnit]:
    """Units of founding cases (`case:…`) and visits (`visit:…`); other records, and those nobody is in
    charge of, are left out. A constant number of queries for any number of records.
    """
    codes: dict[str, list[str]] = {"case": [], "visit": []}
    for record in records:
        kind, _, code = record.partition(":")
        codes.setdefault(kind, []).append(code)
    return _of_cases(codes["case"], as_of) | _of_visits(codes["visit"], as_of)


def _of_cases(codes: list[str], as_of: date) -> dict[str, ReportingUnit]:
    cases = list(
        FoundingCase.objects.filter(code__in=codes).values_list(
            "code", "enterprise_id", "union_name", "enterprise__name"
        )
    )
    uppers = dict(
        EnterpriseUpper.objects.valid_on(as_of)
        .filter(enterprise_id__in=[enterprise for _, enterprise, _, _ in cases])
        .order_by("id")
        .values_list("enterprise_id", "org_id")
    )
    book = org_book(as_of=as_of, also=uppers.values())
    heirs = {org_id: org_heir(book, org_id) for org_id in set(uppers.values())}
    found = {}
    for code, enterprise, union_name, enterprise_name in cases:
        heir = heirs.get(uppers.get(enterprise, 0))
        if heir is not None:
            own = union_name or f"Công đoàn cơ sở {enterprise_name}"
            found[f"case:{code}"] = _unit(book, heir, own=own, own_code=code)
    return found


def _unit(book: OrgBook, org_id: int, *, own: str, own_code: str) -> ReportingUnit:
    """The organisation in charge; the union itself where that is the province."""
    org = book.rows[org_id]
    if org.kind == OrgKind.PROVINCE_FEDERATION:
        return ReportingUnit(own, org.sort_order, own_code)
    return ReportingUnit(org.name, org.sort_order, org.code)


def _of_visits(codes: list[str], as_of: date) -> dict[str, ReportingUnit]:
    visits = dict(Visit.objects.filter(code__in=codes).values_list("code", "org_id"))
    book = org_book(as_of=as_of, also=visits.values())
    found = {}
    for code, org_id in visits.items():
        org = book.rows[org_id]
        found[f"visit:{code}"] = ReportingUnit(org.name, org.sort_order, org.code)
    return found

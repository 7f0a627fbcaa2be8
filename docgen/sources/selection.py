"""Which records a batch takes, and in which order their papers are numbered."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date

from core.errors import UserError
from records.models import Campaign, Reorganisation
from records.selectors.campaigns import visits_of
from records.selectors.cases import CaseHead, CaseSnapshot, case_heads, cases_of

CASE_FILTERS = ("case", "decide_on", "org", "path", "state")
VISIT_FILTERS = ("org", "visit")
REORGANISATION_FILTERS = ("act", "decide_on", "org", "reorganisation")


def _refuse_unknown(where: Mapping[str, str], known: tuple[str, ...]) -> None:
    unknown = sorted(set(where) - set(known))
    if unknown:
        allowed = (
            f"chỉ lọc theo {', '.join(known)}" if known else "loại văn bản này không có điều kiện"
        )
        raise UserError(
            f"Không lọc được theo {', '.join(unknown)}; {allowed}.",
            code="usage",
            facts={"wrong": dict.fromkeys(unknown, "không có điều kiện này")},
        )


def campaign_record(campaign: Campaign, where: Mapping[str, str], _as_of: date) -> list[str]:
    """The campaign itself."""
    _refuse_unknown(where, ())
    return [f"campaign:{campaign.code}"]


def visit_records(campaign: Campaign, where: Mapping[str, str], as_of: date) -> list[str]:
    """Visits of the campaign by their days."""
    _refuse_unknown(where, VISIT_FILTERS)
    return [
        f"visit:{visit.code}"
        for visit in visits_of(campaign, as_of=as_of)
        if where.get("visit", visit.code) == visit.code
        and where.get("org", visit.org.code) == visit.org.code
    ]


def case_records(campaign: Campaign, where: Mapping[str, str], as_of: date) -> list[str]:
    """Founding cases by deciding body, then code."""
    _refuse_unknown(where, CASE_FILTERS)
    chosen = [case for case in case_heads(campaign, as_of=as_of) if _fits(case, where)]
    chosen.sort(key=_order)
    return [f"case:{case.code}" for case in chosen]


def congress_records(campaign: Campaign, where: Mapping[str, str], as_of: date) -> list[str]:
    """Founding cases whose congress is entered, by deciding body, then code."""
    _refuse_unknown(where, CASE_FILTERS)
    found = cases_of(campaign, as_of=as_of)
    chosen = [case for case in found if case.congress and _fits(case, where)]
    chosen.sort(key=_order)
    return [f"case:{case.code}" for case in chosen]


def _fits(case: CaseHead | CaseSnapshot, where: Mapping[str, str]) -> bool:
    facts = {
        "case": case.code,
        "state": case.state,
        "path": case.path,
        "decide_on": case.decide_on.isoformat() if case.decide_on else "",
        "org": case.deciding_org.code if case.deciding_org else "",
    }
    return all(facts[name] == value for name, value in where.items())


def _order(case: CaseHead | CaseSnapshot) -> tuple[int, str, str]:
    org = case.deciding_org
    return (org.sort_order if org else 0, org.code if org else "", case.code)


def reorganisation_records(campaign: Campaign, where: Mapping[str, str], _as_of: date) -> list[str]:
    """Planned reorganisations of the campaign by deciding body, then code."""
    _refuse_unknown(where, REORGANISATION_FILTERS)
    rows = Reorganisation.objects.filter(campaign=campaign).select_related("org")
    chosen = [row for row in rows if _is_wanted(row, where)]
    chosen.sort(key=lambda row: (row.org.sort_order, row.org.code, row.code))
    return [f"reorganisation:{row.code}" for row in chosen]


def _is_wanted(row: Reorganisation, where: Mapping[str, str]) -> bool:
    facts = {
        "act": row.act,
        "decide_on": row.decide_on.isoformat() if row.decide_on else "",
        "org": row.org.code,
        "reorganisation": row.code,
    }
    return all(facts[name] == value for name, value in where.items())

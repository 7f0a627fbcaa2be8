"""Which records a batch takes, and in which order their papers are numbered."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date

from core.errors import UserError
from docgen.sources.dossiers import lacks
from docgen.sources.progress import expected_percent, unit_states
from records.models import Campaign, CaseState, Reorganisation
from records.selectors.campaigns import campaign_on, visits_of
from records.selectors.cases import CaseHead, CaseSnapshot, case_heads, cases_of

CASE_FILTERS = ("case", "decide_on", "org", "path", "state")
UNIT_FILTERS = ("org",)
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


def no_records(campaign: Campaign, where: Mapping[str, str], _as_of: date) -> list[str]:
    """None: papers of this kind are asked for one by one. Raises UserError, which says so."""
    raise UserError(
        "Loại văn bản này soạn cho từng văn bản (docgen request), không lập thành đợt.",
        code="usage",
        facts={"campaign": campaign.code, "where": dict(where)},
    )


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


def filed_records(campaign: Campaign, where: Mapping[str, str], as_of: date) -> list[str]:
    """Cases whose dossier is filed and lacks something by what was recorded of it."""
    filed = {**where, "state": CaseState.DOSSIER_FILED}
    if where.get("state", CaseState.DOSSIER_FILED) != CaseState.DOSSIER_FILED:
        return []
    incomplete = {
        f"case:{case.code}" for case in cases_of(campaign, as_of=as_of) if lacks(case, on=as_of)
    }
    return [record for record in case_records(campaign, filed, as_of) if record in incomplete]


def unit_records(campaign: Campaign, where: Mapping[str, str], as_of: date) -> list[str]:
    """Reporting units that are behind on the day, in the order of the quota annex."""
    _refuse_unknown(where, UNIT_FILTERS)
    known = campaign_on(campaign.code, as_of=as_of)
    expected = expected_percent(known, on=as_of)
    return [
        f"unit:{campaign.code}/{state.org.code}"
        for state in unit_states(known, on=as_of)
        if (state.is_behind(expected) or state.owes_report)
        and where.get("org", state.org.code) == state.org.code
    ]


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

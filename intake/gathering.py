"""What the records say around one returned form, read in a constant number of queries however many rows it has."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import date

from django.db.models import Q

from core.errors import Unreadable
from core.forms import Values, get_form
from core.identifiers import parse_id_number
from core.names import company_key
from core.text import fold
from intake.handlers.base import IssuedNumber, Known, Target, strip_union
from intake.handlers.progress_report import month_before
from records.models import CaseState, Enterprise, FoundingCase, OrgKind, Person, Quota
from records.selectors.cases import CaseSnapshot, case_snapshots
from records.selectors.enterprises import enterprise_snapshots
from records.selectors.facts import COMMITTEE_SIZE, FOUNDING_MIN_MEMBERS, find_fact
from records.selectors.orgs import OrgSnapshot, org_book
from records.selectors.people import PersonSnapshot, person_snapshot
from records.selectors.reports import ReportSnapshot, reports_of
from registry.models import OutgoingEntry

_NAME_KEYS = ("enterprise_name", "workplace")
_ENDED = (CaseState.RECOGNISED, CaseState.LAUNCHED, CaseState.REFUSED)
_LEAST = 5  # Điều lệ Điều 13 k1, where the office has not recorded the fact
#: Forms whose lines name organisations.
_BY_UNIT = frozenset({"enterprise_list", "progress_report"})


def gather(kind: str, data: Mapping[str, object], *, record: Target, on: date) -> Known:
    """The picture of the records on the day for a form of that kind with these values."""
    values = Values(data)
    about = get_form(kind).about
    ids = _enterprise_ids(values, record)
    cases = _cases(values, record, ids)
    case = _case(cases, record, on) if about == "case" else None
    if case is not None:
        ids.add(case.enterprise.id)
    orgs = _orgs(on) if kind in _BY_UNIT else {}
    org = _org(values, record, orgs)
    least, sizes = find_fact(FOUNDING_MIN_MEMBERS, as_of=on), find_fact(COMMITTEE_SIZE, as_of=on)
    return Known(
        on=on,
        record=record,
        enterprises=tuple(enterprise_snapshots(ids, as_of=on).values()) if ids else (),
        case=case,
        cases={row.enterprise_id: row.code for row in cases},
        org=org,
        orgs=orgs,
        quotas=_quotas(values, orgs) if kind == "progress_report" else {},
        reports=_reports(values, org) if kind == "progress_report" else {},
        issued=_issued(values, org, kind),
        people=_people(values),
        founding_least=least.as_int() if least else _LEAST,
        committee_sizes=tuple((row[0], row[1], row[2]) for row in sizes.value) if sizes else (),
    )


def _all_rows(values: Values) -> Iterable[Values]:
    yield values
    yield from values.rows()


def _enterprise_ids(values: Values, record: Target) -> set[int]:
    codes = {code for row in _all_rows(values) if (code := row.text("tax_code"))}
    names = {
        company_key(name)
        for row in _all_rows(values)
        for key in _NAME_KEYS
        if (name := row.text(key))
    }
    if union := values.text("union_name"):
        names.add(company_key(strip_union(union)))
    wanted = Q(tax_code__in=codes) | Q(name_key__in=names)
    if record.type == "enterprise":
        wanted |= Q(code=record.id)
    return set(Enterprise.objects.filter(wanted).values_list("pk", flat=True))


def _cases(values: Values, record: Target, ids: set[int]) -> list[FoundingCase]:
    """Cases of these enterprises, the best one of each last: still open, of the newest campaign."""
    wanted = Q(enterprise_id__in=ids)
    if record.type == "case":
        wanted |= Q(code=record.id)
    if union := values.text("union_name"):
        wanted |= Q(union_name=union)
    rows = FoundingCase.objects.filter(wanted).select_related("campaign")
    return sorted(rows, key=lambda row: (row.state not in _ENDED, row.campaign.year, row.pk))


def _case(cases: list[FoundingCase], record: Target, on: date) -> CaseSnapshot | None:
    codes = [row.code for row in cases]
    if record.type == "case":
        codes = [code for code in codes if code == record.id]
    elif len({row.enterprise_id for row in cases}) > 1:
        return None  # names of two enterprises on one form: a person must say
    return case_snapshots(codes[-1:], as_of=on)[0] if codes else None


def _orgs(on: date) -> dict[str, OrgSnapshot]:
    """Units above the grassroots by folded name, also those that have ended."""
    book = org_book(as_of=on)
    kinds = (
        OrgKind.PROVINCE_FEDERATION,
        OrgKind.DISTRICT_FEDERATION,
        OrgKind.COMMUNE_UNION,
        OrgKind.BRANCH_UNION,
    )
    found: dict[str, OrgSnapshot] = {}
    for row in book.rows.values():
        if row.kind in kinds:
            snapshot = book.snapshot(row.pk)
            for name in (row.short_name, row.name):
                if name:
                    found[fold(name)] = snapshot
    return found


def _org(values: Values, record: Target, orgs: Mapping[str, OrgSnapshot]) -> OrgSnapshot | None:
    if record.type == "org":
        return next((one for one in orgs.values() if one.code == record.id), None)
    return orgs.get(fold(values.text("district") or ""))


def _quotas(values: Values, orgs: Mapping[str, OrgSnapshot]) -> dict[tuple[int, str], int]:
    period = values.text("period") or ""
    named = {
        orgs[key].id for row in values.rows() if (key := fold(row.text("org_name") or "")) in orgs
    }
    if not period[:4].isdigit() or not named:
        return {}
    rows = Quota.objects.filter(org_id__in=named, campaign__year=int(period[:4])).order_by("id")
    return {(row.org_id, row.measure): row.value for row in rows}


def _reports(values: Values, org: OrgSnapshot | None) -> Mapping[str, ReportSnapshot]:
    period = values.text("period")
    periods = [one for one in (period, month_before(period)) if one]
    return reports_of(org, periods=periods) if org is not None and periods else {}


def _issued(values: Values, org: OrgSnapshot | None, kind: str) -> tuple[IssuedNumber, ...]:
    number, period = values.text("founding_decision_no"), values.text("period") or ""
    if kind == "launch_report" and number:
        rows = OutgoingEntry.objects.filter(code=number)
    elif kind == "progress_report" and org is not None and month_before(period):
        rows = OutgoingEntry.objects.filter(
            org_id=org.id,
            kind="founding_decision",
            date__year=int(period[:4]),
            date__month=int(period[5:7]),
        )
    else:
        return ()
    return tuple(
        IssuedNumber(row.code, row.date, row.kind, row.org_id, row.subject)
        for row in rows.exclude(state__in=("recalled", "replaced")).order_by("id")
    )


def _people(values: Values) -> dict[str, PersonSnapshot]:
    numbers = set()
    for row in _all_rows(values):
        if stated := row.text("id_number"):
            try:
                numbers.add(parse_id_number(stated))
            except Unreadable:
                continue  # the reading itself says so
    rows = Person.objects.filter(id_number__in=numbers) if numbers else ()
    return {row.id_number or "": person_snapshot(row) for row in rows}

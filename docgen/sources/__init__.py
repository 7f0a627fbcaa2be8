"""From the record store to the data of a document kind, one module per kind, as of a date."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from datetime import date

from core.errors import NotFound, UserError
from docgen.sources import (
    admission_decision,
    assignment_decision,
    assignment_notice,
    committee_decision,
    congress_minutes,
    coordination_letter,
    correction_letter,
    dossier_return,
    first_meeting_minutes,
    founding_decision,
    inspection_committee_decision,
    introduction_letter,
    invitation,
    launch_minutes,
    launch_programme,
    plan,
    quota_decision,
    reminder_letter,
    reorganisation_decision,
    result_report,
    submission,
    survey_team_decision,
    vote_count_minutes,
)
from docgen.sources.base import Collected, header_fields, remember_standing
from docgen.sources.periods import filing_of, month_of
from docgen.sources.selection import (
    CASE_FILTERS,
    REORGANISATION_FILTERS,
    UNIT_FILTERS,
    VISIT_FILTERS,
    campaign_record,
    case_records,
    congress_records,
    filed_records,
    no_records,
    reorganisation_records,
    unit_records,
    visit_records,
)
from records.models import Campaign, UnionOrg
from records.selectors.cases import remember_cases
from records.selectors.scope import one_reading, remembered

Collector = Callable[[str, date, str], Collected]
Selector = Callable[[Campaign, Mapping[str, str], date], list[str]]

#: Kind -> types of record it is drafted for (several with `|`), collector, choice of records for a batch.
_SOURCES: dict[str, tuple[str, Collector, Selector]] = {
    "admission_decision": ("case", admission_decision.collect, case_records),
    "assignment_decision": ("campaign", assignment_decision.collect, campaign_record),
    "assignment_notice": ("campaign", assignment_notice.collect, campaign_record),
    "committee_decision": ("case", committee_decision.collect, case_records),
    "congress_minutes": ("case", congress_minutes.collect, congress_records),
    "coordination_letter": ("visit|campaign", coordination_letter.collect, visit_records),
    "correction_letter": ("document", correction_letter.collect, no_records),
    "dossier_return": ("case", dossier_return.collect, filed_records),
    "first_meeting_minutes": ("case", first_meeting_minutes.collect, congress_records),
    "founding_decision": ("case", founding_decision.collect, case_records),
    "inspection_committee_decision": ("case", inspection_committee_decision.collect, case_records),
    "introduction_letter": ("visit", introduction_letter.collect, visit_records),
    "invitation": ("case", invitation.collect, case_records),
    "launch_minutes": ("case", launch_minutes.collect, case_records),
    "launch_programme": ("case", launch_programme.collect, case_records),
    "plan": ("campaign", plan.collect, campaign_record),
    "quota_decision": ("campaign", quota_decision.collect, campaign_record),
    "reminder_letter": ("unit|campaign", reminder_letter.collect, unit_records),
    "reorganisation_decision": (
        "reorganisation",
        reorganisation_decision.collect,
        reorganisation_records,
    ),
    "result_report": ("campaign", result_report.collect, campaign_record),
    "submission": ("case", submission.collect, congress_records),
    "survey_team_decision": ("campaign", survey_team_decision.collect, campaign_record),
    "vote_count_minutes": ("case", vote_count_minutes.collect, congress_records),
}

#: Papers whose header is that of a meeting, not of the body whose book numbers them.
_HEADERS: dict[str, Callable[[str, date, str], dict[str, object]]] = {
    "congress_minutes": congress_minutes.header,
    "first_meeting_minutes": first_meeting_minutes.header,
    "vote_count_minutes": vote_count_minutes.header,
}

#: Kinds that come again about one record: which of them is meant when nobody says (its variant).
_RECURRING: dict[str, Callable[[str, date], str]] = {
    "dossier_return": filing_of,
    "reminder_letter": month_of,
    "result_report": month_of,
}


def _source(kind: str) -> tuple[str, Collector, Selector]:
    found = _SOURCES.get(kind)
    if found is None:
        raise NotFound(
            f"Loại văn bản “{kind}” chưa soạn được từ kho hồ sơ; tạo bằng “docgen make {kind}”.",
            facts={"kind": kind},
        )
    return found


def collect(kind: str, *, record: str, as_of: date, variant: str = "") -> Collected:
    """The data of one paper about a record, as the records stand on a day.

    Raises UserError for a record of the wrong type, NotFound for a missing record or earlier paper.
    """
    record_type, collector, _ = _source(kind)
    given, sign, code = record.partition(":")
    types = record_type.split("|")
    if not sign or given not in types or not code:
        shapes = " hoặc ".join(f"{one}:mã" for one in types)
        raise UserError(
            f"Loại văn bản “{kind}” cần hồ sơ dạng {shapes}; đã cho “{record}”.",
            code="wrong_record",
            facts={"kind": kind, "record": record},
        )
    with one_reading():
        return collector(code, as_of, variant)


#: Numbered papers that the papers of a case cite: founding, then committee, then minutes.
EARLIER: Mapping[str, tuple[str, ...]] = {
    "committee_decision": ("founding_decision",),
    "launch_minutes": ("founding_decision", "committee_decision"),
}


def collect_many(
    kind: str, *, records: Sequence[str], as_of: date, variant: str = ""
) -> dict[str, Collected | UserError]:
    """``collect`` for many records, by record, with the reason in place of the data that are not to be had.

    Founding cases and the papers they cite are read together, in a constant number of queries; the way from
    them to the data is the same, so both give the same.
    """
    found: dict[str, Collected | UserError] = {}
    with one_reading():
        if _source(kind)[0] == "case":
            codes = [record.partition(":")[2] for record in records if record.startswith("case:")]
            remember_cases(codes, as_of=as_of)
            for earlier in EARLIER.get(kind, ()):
                remember_standing(earlier, records)
        for record in records:
            try:
                wanted = variant_of(kind, record=record, on=as_of, given=variant)
                found[record] = collect(kind, record=record, as_of=as_of, variant=wanted)
            except UserError as fault:
                found[record] = fault
    return found


def paper_header(
    kind: str, *, record: str, issuer: UnionOrg, variant: str, as_of: date
) -> dict[str, object]:
    """The header that a paper of this kind carries on a day. Raises NotFound when the issuer has ended."""
    of_body = remembered(
        ("header", issuer.pk, kind, as_of), lambda: header_fields(issuer, as_of=as_of, kind=kind)
    )
    own = _HEADERS.get(kind)
    return of_body if own is None else own(record.partition(":")[2], as_of, variant)


def variant_of(kind: str, *, record: str, on: date, given: str = "") -> str:
    """The variant of a paper: what was asked; of a kind that comes again its month, or its filing."""
    usual = _RECURRING.get(kind)
    return given or (usual(record.partition(":")[2], on) if usual else "")


def select_records(
    kind: str, *, campaign: Campaign, where: Mapping[str, str], as_of: date
) -> list[str]:
    """The records of a campaign that a batch of this kind takes, in the order of their numbers."""
    return _source(kind)[2](campaign, where, as_of)


_FILTERS: Mapping[Selector, tuple[str, ...]] = {
    campaign_record: (),
    case_records: CASE_FILTERS,
    congress_records: CASE_FILTERS,
    filed_records: CASE_FILTERS,
    reorganisation_records: REORGANISATION_FILTERS,
    unit_records: UNIT_FILTERS,
    visit_records: VISIT_FILTERS,
}


def filters_of(kind: str) -> tuple[str, ...] | None:
    """By what the records of a batch of this kind can be chosen; None for a kind asked for one by one."""
    return _FILTERS.get(_source(kind)[2])


def record_types(kind: str) -> tuple[str, ...]:
    """What papers of a kind are about: `case`, `campaign`, `visit`, … Raises NotFound."""
    return tuple(_source(kind)[0].split("|"))

"""Data of the minutes of the new committee's first meeting."""

from __future__ import annotations

from datetime import date

from docgen.kinds.ballots import elected_of
from docgen.kinds.congress_rules import congress_rules
from docgen.sources.base import Collected
from docgen.sources.congress import BALLOT_KEYS, CongressPaper, open_congress, part, symbol_of

KIND = "first_meeting_minutes"
#: What the record of the meeting gives, key by key as the schema has it.
GIVEN = (
    "start_time",
    "end_time",
    "venue",
    "summoned",
    "present",
    "guests",
    "chair",
    "secretary",
    "duties",
    "conclusions",
)


def collect(code: str, on: date, variant: str) -> Collected:
    """The paper carries the day of the meeting. Raises DataIncomplete while that isn't recorded."""
    paper = open_congress(KIND, code, on)
    record = paper.first_meeting
    day = paper.case.first_meeting_on or paper.held_on
    names = _committee(paper)
    fields: dict[str, object] = {
        **_header(paper),
        "doc_symbol": symbol_of("committee", day),
        "event_date": day.isoformat(),
        "congress_date": paper.held_on.isoformat(),
        "committee_members": names,
        "summoned": len(names),
        **part(record, *GIVEN, *BALLOT_KEYS),
    }
    return paper.collected(KIND, fields, on=day, variant=variant)


def _committee(paper: CongressPaper) -> list[str]:
    """Whom the congress elected: by the votes that were entered, as its minutes say."""
    record = paper.case.congress
    elected = elected_of(
        record.get("rows") or [],
        collected=int(record.get("ballots_collected") or 0),
        seats=int(record.get("seats") or 0),
        rules=congress_rules(paper.held_on),
    )
    return [str(row["full_name"]) for row in elected]


def _header(paper: CongressPaper) -> dict[str, object]:
    return {
        "parent_org_name": paper.upper.name,
        "issuing_org_name": paper.union_name,
        "issuing_org_short": paper.union_name,
    }


def header(code: str, on: date, _variant: str) -> dict[str, object]:
    """The union under its upper union, as every paper of a committee."""
    return _header(open_congress(KIND, code, on))

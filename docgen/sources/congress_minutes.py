"""Data of the minutes of a founding congress, from what was entered about it."""

from __future__ import annotations

from datetime import date

from docgen.sources.base import Collected
from docgen.sources.congress import BALLOT_KEYS, CongressPaper, open_congress, part, symbol_of

KIND = "congress_minutes"
#: What the record of the congress gives, key by key as the schema has it.
GIVEN = (
    "start_time",
    "end_time",
    "venue",
    "by_delegates",
    "summoned",
    "present",
    "guests",
    "chair",
    "presidium",
    "secretary",
    "report",
    "votes_for",
    "votes_against",
    "votes_abstain",
    "directions",
    "seats",
    "opinions",
    "resolution_for",
)


def collect(code: str, on: date, variant: str) -> Collected:
    """The paper carries the day of the congress. Raises DataIncomplete while that isn't recorded."""
    paper = open_congress(KIND, code, on)
    record, members = paper.case.congress, paper.members
    fields: dict[str, object] = {
        **_header(paper),
        "doc_symbol": symbol_of("congress", paper.held_on),
        "event_date": paper.held_on.isoformat(),
        "members_total": len(members),
        "member_names": members,
        "summoned": len(members),
        **part(record, *GIVEN, *BALLOT_KEYS),
    }
    return paper.collected(KIND, fields, on=paper.held_on, variant=variant)


def _header(paper: CongressPaper) -> dict[str, object]:
    name = paper.congress_name
    return {"issuing_org_name": name, "issuing_org_short": name}


def header(code: str, on: date, _variant: str) -> dict[str, object]:
    """The congress itself issues; no body stands above it (QĐ 933 Phụ lục IV)."""
    return _header(open_congress(KIND, code, on))

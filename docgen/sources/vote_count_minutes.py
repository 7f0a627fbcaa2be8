"""Data of the minutes of a count: of the congress, or of the posts at the committee's first meeting."""

from __future__ import annotations

from datetime import date

from core.errors import UserError
from docgen.sources.base import Collected
from docgen.sources.congress import (
    BALLOT_KEYS,
    ORDINAL,
    CongressPaper,
    open_congress,
    part,
    symbol_of,
)

KIND = "vote_count_minutes"
#: The committee that the congress elects, and the posts that the committee elects (forms 4a and 4d of HD 38).
VARIANTS = ("executive_committee", "posts")


def collect(code: str, on: date, variant: str) -> Collected:
    """The paper carries the day of the count. Raises DataIncomplete while that isn't recorded."""
    body = _body(variant)
    paper = open_congress(KIND, code, on)
    at_congress = body == VARIANTS[0]
    record = paper.case.congress if at_congress else paper.first_meeting
    day = paper.held_on if at_congress else paper.case.first_meeting_on or paper.held_on
    rows = record.get("rows")
    chair = record.get("chair")
    fields: dict[str, object] = {
        **_header(paper, body),
        "doc_symbol": symbol_of("counting_board", day),
        "body": body,
        "meeting": "congress" if at_congress else "conference",
        "meeting_date": day.isoformat(),
        "end_time": record.get("count_end_time"),
        "summoned": len(paper.members),
        "union_members_total": len(paper.members) if at_congress else None,
        "candidates_total": len(rows) if isinstance(rows, list) else None,
        "secretary": record.get("board_secretary"),
        "presiding": chair.get("full_name") if isinstance(chair, dict) else None,
        **part(record, "venue", "summoned", "present", "seats", *BALLOT_KEYS),
    }
    fields["tellers"] = _others(record.get("tellers"), record.get("board_secretary"))
    return paper.collected(KIND, fields, on=day, variant=body)


def _body(variant: str) -> str:
    body = variant or VARIANTS[0]
    if body not in VARIANTS:
        raise UserError(
            f"Biên bản kiểm phiếu từ kho hồ sơ chỉ có trường hợp {', '.join(VARIANTS)}; đã cho “{variant}”.",
            code="wrong_variant",
            facts={"variant": variant},
        )
    return body


def _others(tellers: object, secretary: object) -> list[str]:
    """The board without its head and secretary, who are named by their posts."""
    return [str(name) for name in tellers if name != secretary] if isinstance(tellers, list) else []


def _header(paper: CongressPaper, body: str) -> dict[str, object]:
    if body == VARIANTS[0]:
        above = paper.congress_name
    else:
        above = f"Hội nghị Ban Chấp hành {paper.union_name} {ORDINAL}, nhiệm kỳ {paper.term_label}"
    return {
        "parent_org_name": above,
        "issuing_org_name": "Ban kiểm phiếu",
        "issuing_org_short": "Ban kiểm phiếu",
    }


def header(code: str, on: date, variant: str) -> dict[str, object]:
    """The board under the meeting that elected it (QĐ 933 Phụ lục IV)."""
    return _header(open_congress(KIND, code, on), _body(variant))

"""What the papers of a case's founding congress share: what was entered about it, names, members, term."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

from core.errors import DataIncomplete
from docgen.kinds.congress_rules import symbol_tail
from docgen.sources.base import Collected, Signature, default_signature, only_known
from records.models import CommitteeKind, FoundingCase
from records.selectors.cases import CaseSnapshot, CommitteeSnapshot, case_snapshot
from records.selectors.orgs import OrgSnapshot, term_for_new_union

#: What every part of the record gives of its ballot, key by key as the schemas have it.
BALLOT_KEYS = (
    "voted",
    "self_nominated",
    "nominated",
    "ballots_issued",
    "ballots_collected",
    "ballots_valid",
    "ballots_invalid",
    "rows",
    "head_teller",
    "tellers",
)
#: Of a result; its rate is worked out anew, since forms give it over one base or another (domain brief §5.f).
_RESULT_KEYS = ("full_name", "votes", "elected", "post")
ORDINAL = "lần thứ nhất"


@dataclass(frozen=True, slots=True)
class CongressPaper:
    """A case on the day of its congress, with what was entered and who keeps the congress's papers."""

    case: CaseSnapshot
    group: OrgSnapshot
    upper: OrgSnapshot
    signature: Signature
    campaign_id: int
    held_on: date
    term: tuple[int, int]

    @property
    def union_name(self) -> str:
        """Registered name of the union (domain brief §4.c: the enterprise's name exactly)."""
        return self.case.union_name or f"Công đoàn cơ sở {self.case.enterprise.name}"

    @property
    def term_label(self) -> str:
        """``2024 - 2028``."""
        return f"{self.term[0]} - {self.term[1]}"

    @property
    def congress_name(self) -> str:
        """The congress as an issuer (QĐ 933 Phụ lục IV): kind of meeting, union, ordinal and term."""
        return f"Đại hội {self.union_name} {ORDINAL}, nhiệm kỳ {self.term_label}"

    @property
    def members(self) -> list[str]:
        """Those whose application counts, in the order of the list."""
        return [
            a.person.full_name
            for a in self.case.applications
            if not a.employer_side and a.applied_on <= self.held_on
        ]

    @property
    def committee(self) -> CommitteeSnapshot | None:
        """The elected committee once it is entered."""
        return self.case.committee(CommitteeKind.ELECTED)

    @property
    def first_meeting(self) -> Mapping[str, Any]:
        """What was entered about the committee's first meeting. Raises DataIncomplete without it."""
        found = self.case.congress.get("first_meeting")
        if not isinstance(found, dict) or not found:
            raise DataIncomplete(
                f"Chưa ghi diễn biến cuộc họp lần thứ nhất của Ban Chấp hành {self.union_name}.",
                missing=("start_time", "end_time", "chair", "secretary", "rows"),
            )
        return found

    def collected(
        self, kind: str, fields: dict[str, object], *, on: date, variant: str
    ) -> Collected:
        """The paper's data, kept in the books of the organising group."""
        shared: dict[str, object] = {
            "intended_date": on.isoformat(),
            "union_name": self.union_name,
            "enterprise_name": self.case.enterprise.name,
            "term_start": self.term[0],
            "term_end": self.term[1],
            "recipients": [f"{self.upper.name} (để báo cáo)"],
        }
        return Collected(
            data=only_known(kind, {**shared, **fields}),
            issuer_id=self.group.id,
            signer_id=self.signature.person_id,
            on=on,
            campaign_id=self.campaign_id,
            variant=variant,
        )


def open_congress(kind: str, code: str, on: date) -> CongressPaper:
    """The case as of its congress. Raises NotFound; DataIncomplete naming what isn't entered yet."""
    row = FoundingCase.objects.filter(code=code).values_list("congress_on", "campaign_id").first()
    held = row[0] if row else None
    case = case_snapshot(code, as_of=held or on)
    name = case.union_name or case.enterprise.name
    if row is None or held is None or not case.congress:
        raise DataIncomplete(
            f"Chưa ghi diễn biến đại hội thành lập {name} (ngày, giờ, chủ tọa, thư ký, kết quả bầu cử).",
            missing=("event_date", "start_time", "end_time", "chair", "secretary", "rows"),
        )
    if case.organising_group is None:
        raise DataIncomplete(
            f"Chưa ghi ban vận động thành lập {name} vào ngày {held:%d/%m/%Y}.",
            missing=("organising_group",),
        )
    if case.deciding_org is None:
        raise DataIncomplete(
            f"Chưa ghi công đoàn cấp trên phụ trách {case.enterprise.name} vào ngày {held:%d/%m/%Y}.",
            missing=("direct_upper_org",),
        )
    return CongressPaper(
        case=case,
        group=case.organising_group,
        upper=case.deciding_org,
        signature=default_signature(case.organising_group, kind=kind, as_of=held),
        campaign_id=row[1],
        held_on=held,
        term=_term(case, case.deciding_org, held),
    )


def _term(case: CaseSnapshot, upper: OrgSnapshot, held: date) -> tuple[int, int]:
    """The committee's own term once it is entered, else the one that the upper union's term gives."""
    committee = case.committee(CommitteeKind.ELECTED)
    if committee and committee.term_start and committee.term_end:
        return committee.term_start, committee.term_end
    found = term_for_new_union(upper, founded_on=held)
    return found.start_year, found.end_year


def part(record: Mapping[str, Any], *keys: str) -> dict[str, object]:
    """The parts of what was entered that a paper prints as they are; of results what counts."""
    found = {key: record[key] for key in keys if record.get(key) not in (None, "")}
    if isinstance(found.get("rows"), list):
        found["rows"] = [
            {key: row[key] for key in _RESULT_KEYS if row.get(key) is not None}
            for row in found["rows"]
        ]
    return found


def symbol_of(organ: str, on: date) -> str:
    """``BB-ĐH``: the congress and its organs have abbreviations of their own (QĐ 933 Phụ lục IV)."""
    return f"BB-{symbol_tail(organ, on)}"

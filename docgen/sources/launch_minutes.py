"""Data of the minutes of a launch ceremony: what was entered about it, and the decisions announced."""

from __future__ import annotations

from datetime import date

from django.utils import timezone

from core.errors import DataIncomplete
from docgen.sources.base import Collected, needed, only_known, reference, standing
from docgen.sources.cases import earlier, open_case
from records.models import CommitteeKind

KIND = "launch_minutes"
#: What the ceremony's own record gives, key by key as the schema has it.
GIVEN = (
    "chair",
    "secretary",
    "guests",
    "members_present",
    "speeches",
    "gifts",
    "employer_representative",
)
EXECUTIVE = (CommitteeKind.ELECTED, CommitteeKind.APPOINTED, CommitteeKind.PROVISIONAL)


def collect(code: str, on: date, variant: str) -> Collected:
    """The paper carries the day of the ceremony. Raises DataIncomplete while that isn't recorded."""
    paper = open_case(KIND, code, on)
    case = paper.case
    if case.launch_at is None or case.launch_ends_at is None or not case.launch:
        raise DataIncomplete(
            f"Chưa ghi diễn biến lễ ra mắt {paper.union_name} (giờ bắt đầu, giờ kết thúc, chủ trì, "
            "thư ký, đại biểu).",
            missing=("start_time", "end_time", "chair", "secretary", "guests"),
        )
    record = f"case:{code}"
    founding = needed(
        "founding_decision", record, label="quyết định thành lập, công nhận công đoàn cơ sở"
    )
    seating = needed("committee_decision", record, label="quyết định về Ban Chấp hành")
    admission = standing("admission_decision", record)
    announced = earlier(founding, admission, seating)
    committee = case.committee(*EXECUTIVE)
    begins, ends = timezone.localtime(case.launch_at), timezone.localtime(case.launch_ends_at)
    members = [a for a in case.applications if not a.employer_side]
    fields: dict[str, object] = {
        **paper.fields,
        **{key: case.launch.get(key) for key in GIVEN},
        "intended_date": begins.date().isoformat(),
        "act": founding.variant or "found",
        "union_name": paper.union_name,
        "enterprise_name": case.enterprise.name,
        "event_date": begins.date().isoformat(),
        "start_time": f"{begins:%H:%M}",
        "end_time": f"{ends:%H:%M}",
        "venue": case.launch_venue,
        "members_total": len(members),
        "decisions": [reference(decision) for decision in announced],
        "presented": [
            {"full_name": seat.person.full_name, "post": seat.post}
            for seat in (committee.members if committee else ())
        ],
        "provisional": committee is not None and committee.kind == CommitteeKind.PROVISIONAL,
    }
    return Collected(
        data=only_known(KIND, fields),
        issuer_id=paper.issuer.id,
        signer_id=paper.signature.person_id,
        on=begins.date(),
        campaign_id=paper.campaign_id,
        variant=variant,
        cites=announced,
    )

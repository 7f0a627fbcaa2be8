"""Data of the invitation to a launch ceremony."""

from __future__ import annotations

from datetime import date

from django.utils import timezone

from core.errors import DataIncomplete
from docgen.sources.base import Collected, archive_units, needed, only_known, reference
from docgen.sources.cases import CasePaper, open_case
from records.models import OrgKind

KIND = "invitation"


def collect(code: str, on: date, variant: str) -> Collected:
    """Guests, hour and place come from the case. Raises DataIncomplete when the ceremony isn't fixed."""
    paper = open_case(KIND, code, on)
    case = paper.case
    if case.launch_at is None or not case.launch_venue:
        lacking = [
            key
            for key, given in (("event_date", case.launch_at), ("venue", case.launch_venue))
            if not given
        ]
        raise DataIncomplete(
            f"Chưa định giờ và địa điểm lễ ra mắt {paper.union_name}.", missing=lacking
        )
    founding = needed(
        "founding_decision", f"case:{code}", label="quyết định thành lập, công nhận công đoàn cơ sở"
    )
    begins = timezone.localtime(case.launch_at)
    act = "công nhận" if founding.variant == "recognise" else "thành lập"
    fields: dict[str, object] = {
        **paper.fields,
        "event": f"Lễ công bố quyết định {act} và ra mắt {paper.union_name}",
        "decision": reference(founding),
        "invitees": _invitees(paper),
        "chair": _chair(paper),
        "event_date": begins.date().isoformat(),
        "start_time": f"{begins:%H:%M}",
        "venue": case.launch_venue,
        "recipients": ["Như trên"],
        "archive_units": archive_units(paper.unit),
    }
    return Collected(
        data=only_known(KIND, fields),
        issuer_id=paper.issuer.id,
        signer_id=paper.signature.person_id,
        campaign_id=paper.campaign_id,
        variant=variant,
        cites=(founding,),
    )


def _invitees(paper: CasePaper) -> list[str]:
    """The body above a district, local authority, the employer and the new union's people.

    The province is the host itself; it doesn't ask the confederation to one enterprise.
    """
    case = paper.case
    given = case.launch.get("invitees")
    if isinstance(given, list) and given:
        return [str(guest) for guest in given]
    parent = paper.issuer.parent
    if parent is None or paper.issuer.kind == OrgKind.PROVINCE_FEDERATION:
        above = []
    else:
        above = [f"Đại diện lãnh đạo {parent.name}"]
    return [
        *above,
        f"Đại diện cấp ủy, chính quyền {_area(paper)}",
        f"Ban lãnh đạo {case.enterprise.name}",
        f"Ban Chấp hành và toàn thể đoàn viên {paper.union_name}",
    ]


def _area(paper: CasePaper) -> str:
    """The commune or ward where the enterprise sits."""
    area = paper.case.enterprise.area
    return area.full_name if area else "địa phương"


def _chair(paper: CasePaper) -> str | None:
    chair = paper.case.launch.get("chair")
    if not isinstance(chair, dict):
        return None
    return ", ".join(
        part for part in (f"Đồng chí {chair.get('full_name')}", str(chair.get("post", ""))) if part
    )

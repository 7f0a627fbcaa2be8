"""Data of the programme of a launch ceremony: its items, timed within the hours that were fixed."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date, datetime, timedelta
from itertools import accumulate
from typing import Any

from django.utils import timezone

from core.errors import DataIncomplete
from core.profiles import rules_row
from docgen.kinds.people import chair_only, committee_name
from docgen.sources.base import Collected, archive_units, only_known, standing
from docgen.sources.cases import CasePaper, earlier, executing_offices, open_case, reported_to
from docgen.sources.launch_minutes import EXECUTIVE
from records.models import CasePath, CommitteeKind

KIND = "launch_programme"
_HOST = "Người dẫn chương trình"


def collect(code: str, on: date, variant: str) -> Collected:
    """Hours and place come from the case. Raises DataIncomplete when the ceremony isn't fixed."""
    paper = open_case(KIND, code, on)
    case = paper.case
    if case.launch_at is None or not case.launch_venue:
        given = (("event_date", case.launch_at), ("venue", case.launch_venue))
        raise DataIncomplete(
            f"Chưa định giờ và địa điểm lễ ra mắt {paper.union_name}.",
            missing=[key for key, value in given if not value],
        )
    begins = timezone.localtime(case.launch_at)
    ends = timezone.localtime(case.launch_ends_at) if case.launch_ends_at else None
    founding = standing("founding_decision", f"case:{code}")
    path = "recognise" if case.path == CasePath.CONGRESS else "found"
    fields: dict[str, object] = {
        **paper.fields,
        "act": founding.variant if founding else path,
        "union_name": paper.union_name,
        "enterprise_name": case.enterprise.name,
        "event_date": begins.date().isoformat(),
        "start_time": f"{begins:%H:%M}",
        "end_time": f"{ends:%H:%M}" if ends else None,
        "venue": case.launch_venue,
        "chair": _named(case.launch.get("chair"), full=True),
        "items": _items(paper, begins=begins, ends=ends),
        "preparing_units": executing_offices(paper),
        "recipients": [
            *reported_to(paper),
            f"Ban lãnh đạo {case.enterprise.name}",
            paper.union_name,
        ],
        "archive_units": archive_units(paper.unit),
    }
    return Collected(
        data=only_known(KIND, fields),
        issuer_id=paper.issuer.id,
        signer_id=paper.signature.person_id,
        campaign_id=paper.campaign_id,
        variant=variant,
        cites=earlier(founding),
    )


def _items(paper: CasePaper, *, begins: datetime, ends: datetime | None) -> list[dict[str, object]]:
    """The case's own programme, else the usual course (unverified: profiles.toml), fitted into the hours."""
    own = paper.case.launch.get("programme")
    if isinstance(own, list) and own:
        return [dict(row) for row in own]
    course = rules_row("programme", begins.date())["items"]
    if not isinstance(course, list):
        raise TypeError("profiles.toml: programme items must be a list")
    minutes = [int(row[1]) for row in course]
    room = int((ends - begins).total_seconds() // 60) if ends else sum(minutes)
    starts = _starts(minutes, room)
    people = _people(paper)
    return [
        {
            "start_time": f"{begins + timedelta(minutes=start):%H:%M}",
            "content": str(row[2]).format(committee=_committee(paper)),
            "performer": people[str(row[0])],
        }
        for start, row in zip(starts, course, strict=True)
    ]


def _starts(minutes: list[int], room: int) -> list[int]:
    """Minutes after the beginning at which each item starts, in whole five minutes where that leaves them apart."""
    ends = list(accumulate(minutes))
    scaled = [0, *(end * room // ends[-1] for end in ends[:-1])]
    rounded = [start - start % 5 for start in scaled]
    apart = len(set(rounded)) == len(rounded)
    return rounded if apart else scaled


def _committee(paper: CasePaper) -> str:
    found = paper.case.committee(*EXECUTIVE)
    if found is None:
        return "Ban Chấp hành"
    seats = [{"union_post": seat.post} for seat in found.members]
    name = committee_name(seats, provisional=found.kind == CommitteeKind.PROVISIONAL)
    return f"{name} Công đoàn cơ sở" if chair_only(seats) else name


def _people(paper: CasePaper) -> dict[str, str]:
    """Who does each kind of item, by the words of profiles.toml."""
    case = paper.case
    found = case.committee(*EXECUTIVE)
    head = (
        next((m.person.full_name for m in found.members if m.post == "chair"), "") if found else ""
    )
    guests = case.launch.get("guests")
    employer = next(
        (g for g in guests if isinstance(g, dict) and g.get("side") == "employer"), None
    ) if isinstance(guests, list) else None  # fmt: skip
    return {
        "workers": "Đoàn viên, người lao động",
        "host": _HOST,
        "chair": _named(case.launch.get("chair")) or f"Lãnh đạo {paper.issuer.name}",
        "new_chair": f"Đồng chí {head}" if head else "Chủ tịch Công đoàn cơ sở",
        "employer": _employer(employer) or f"Đại diện {case.enterprise.name}",
    }


def _named(person: object, *, full: bool = False) -> str:
    """``Đồng chí Lò Thị Ánh``, with the post when ``full``; empty when nobody is recorded."""
    if not isinstance(person, Mapping) or not person.get("full_name"):
        return ""
    post = f", {person['post']}" if full and person.get("post") else ""
    return f"Đồng chí {person['full_name']}{post}"


def _employer(person: Mapping[str, Any] | None) -> str:
    return f"{person['full_name']}, {person['post']}" if person else ""

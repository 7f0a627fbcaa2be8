"""The campaigns of 2024 and 2025 with quotas, assignments and the timetable of visits."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, timedelta
from typing import Any

from records.models import Assignment, Campaign, Measure, Person, Quota, UnionOrg, Visit
from records.sample.enterprises import Profile
from records.sample.orgs import district_org_code
from records.sample.store import (
    CAMPAIGN_FILE,
    PROVINCE,
    Store,
    add_working_days,
    read_csv,
    read_toml,
)

CODE_2024 = "ptdv-2024"
CODE_2025 = "ptdv-2025"
_NAME = "Phát triển đoàn viên, thành lập công đoàn cơ sở năm {year}"
_PEAKS = {2024: "2024-05", 2025: "2025-11"}
_FIRST_VISIT = date(2024, 5, 8)
_VISITS = 12
_VISIT_CONTENT = (
    "Khảo sát tình hình lao động, tuyên truyền, vận động người lao động gia nhập "
    "Công đoàn Việt Nam và thành lập công đoàn cơ sở"
)
_SUPPORT_POSTS = ("specialist",)
#: The plan of 2025 was issued on paper, before the office's books were begun here.
_CONTENT_2025: dict[str, Any] = {
    "plan_on_paper": {
        "type_name": "Kế hoạch",
        "code": "42/KH-LĐLĐ",
        "date": "2025-07-15",
        "issuer": "Ban Thường vụ Liên đoàn Lao động tỉnh Lai Châu",
        "subject": "về phát triển đoàn viên, thành lập công đoàn cơ sở 6 tháng cuối năm 2025",
    }
}


def load_campaigns(store: Store) -> dict[str, Campaign]:
    """Write both campaigns with their quotas and assignments; returns them by code."""
    data = read_toml(CAMPAIGN_FILE) if CAMPAIGN_FILE.exists() else {}
    rows = [
        _campaign(store, 2024, (date(2024, 1, 1), date(2024, 12, 31)), _content(data)),
        _campaign(store, 2025, (date(2025, 7, 1), date(2025, 12, 31)), _CONTENT_2025),
    ]
    campaigns = {row.code: row for row in store.save(Campaign, rows)}
    store.save(Quota, _quotas(store, campaigns))
    _save_assignments(store, campaigns)
    return campaigns


def load_visits(store: Store, campaign: Campaign, profiles: Sequence[Profile]) -> None:
    """Write the timetable: each visit goes to one enterprise, led by who is in charge of the place."""
    in_charge = {
        org.pk: assignment
        for assignment in campaign.assignments.prefetch_related("orgs", "support", "person")
        for org in assignment.orgs.all()
    }
    rows, teams = [], []
    day = _FIRST_VISIT
    for at, profile in enumerate(_spread(profiles)[:_VISITS], start=1):
        org = store.orgs[district_org_code(profile.district)]
        team = _team(store, org, in_charge[org.pk], day)
        long_way = profile.district in {"muong-te", "nam-nhun", "sin-ho"}
        last = add_working_days(day, 1) if long_way else day
        rows.append(
            Visit(
                campaign=campaign,
                code=f"ks24-{at:02d}",
                starts_on=day,
                ends_on=last,
                org=org,
                enterprise=profile.enterprise,
                lead=team[0],
                content=_VISIT_CONTENT,
                valid_until=last + timedelta(days=3),
                **store.stamp,
            )
        )
        teams.append(team[1:])
        day = add_working_days(last, 1)
    for visit, team in zip(store.save(Visit, rows), teams, strict=True):
        visit.team.set(team)


def _spread(profiles: Sequence[Profile]) -> list[Profile]:
    """The first of each district, then the second of each, and so on."""
    turns: dict[str, int] = {}
    marked = []
    for profile in profiles:
        turns[profile.district] = turns.get(profile.district, 0) + 1
        marked.append((turns[profile.district], profile))
    return [profile for _, profile in sorted(marked, key=lambda pair: pair[0])]


def _campaign(
    store: Store, year: int, span: tuple[date, date], content: dict[str, Any]
) -> Campaign:
    return Campaign(
        code=f"ptdv-{year}",
        name=_NAME.format(year=year),
        year=year,
        org=store.orgs[PROVINCE],
        steering_committee=store.orgs["bcd-ptdv"],
        starts_on=span[0],
        ends_on=span[1],
        peak_month=content.get("peak_month", _PEAKS[year]),
        content=content,
        **store.stamp,
    )


def _content(data: dict[str, Any]) -> dict[str, Any]:
    """What the plan says, with the targets of the province beside it."""
    content = dict(data.get("campaign", {}))
    if "targets" in data:
        content["targets"] = data["targets"]
    return content


def _quotas(store: Store, campaigns: dict[str, Campaign]) -> list[Quota]:
    return [
        Quota(
            campaign=campaigns[row["campaign"]],
            org=store.orgs[district_org_code(row["district"])],
            measure=measure,
            value=int(row[measure]),
            **store.stamp,
        )
        for row in read_csv("quotas.csv")
        for measure in Measure.values
    ]


def _save_assignments(store: Store, campaigns: dict[str, Campaign]) -> None:
    data = read_toml("assignments.toml")["assignment"]
    rows = [
        Assignment(
            campaign=campaigns[row["campaign"]],
            person=store.officers[row["person"]],
            position=at,
            valid_from=row["from"],
            valid_to=row["to"],
            **store.stamp,
        )
        for at, row in enumerate(data, start=1)
    ]
    for assignment, row in zip(store.save(Assignment, rows), data, strict=True):
        assignment.orgs.set([store.orgs[district_org_code(key)] for key in row["districts"]])
        assignment.support.set([store.officers[name] for name in row["support"]])


def _team(store: Store, org: UnionOrg, assignment: Assignment, on: date) -> list[Person]:
    """Who goes, the lead first. The chair signs the letters of introduction, so he does not lead."""
    chair = store.holder(store.orgs[PROVINCE], ("chair",), on)
    team = [assignment.person, *assignment.support.all()]
    if chair is not None and chair.person_id == team[0].pk:
        team = team[1:]
    local = store.holder(org, _SUPPORT_POSTS, on)
    return [*team, local.person] if local is not None else team

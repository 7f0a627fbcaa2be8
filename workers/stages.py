"""The order in which a campaign's papers come to be: each stage cites the numbers of the ones before it."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import date, timedelta

from records.models import Campaign, CaseState, FoundingCase

#: A case that has everything a decision needs; the path says which decision (domain brief §3.3, §3.4).
READY = (
    CaseState.ENOUGH_APPLICATIONS,
    CaseState.DOSSIER_FILED,
    CaseState.RECOGNISED,
    CaseState.LAUNCHED,
)


@dataclass(frozen=True, slots=True)
class Stage:
    """One batch: a kind, the records that it takes, the date of its papers."""

    key: str
    title: str
    kind: str
    on: date
    where: dict[str, str] = field(default_factory=dict)


def campaign_stages(campaign: Campaign) -> list[Stage]:
    """Plan, quota, assignments, introductions, then wave by wave: found, seat, invite, launch.

    A campaign whose plan isn't written yet has only its waves. Waves follow the cases' own dates of
    decision, so dates in every series run forward.
    """
    name = campaign.code
    planned = campaign.content.get("plan_date")
    head = plan_stages(name, date.fromisoformat(str(planned))) if planned else []
    return head + [stage for wave in waves(campaign) for stage in wave_stages(name, wave)]


def plan_stages(name: str, plan_on: date) -> list[Stage]:
    """The papers of the campaign as a whole, and the introductions of its visits."""
    next_day = plan_on + timedelta(days=1)
    return [
        Stage(f"{name}/plan", "Kế hoạch", "plan", plan_on),
        Stage(f"{name}/quota", "Quyết định giao chỉ tiêu", "quota_decision", next_day),
        Stage(f"{name}/assignment", "Quyết định phân công", "assignment_decision", next_day),
        Stage(
            f"{name}/introduction",
            "Giấy giới thiệu",
            "introduction_letter",
            plan_on + timedelta(days=4),
        ),
    ]


def waves(campaign: Campaign) -> list[date]:
    """Days on which decisions of the campaign are due."""
    found: Iterable[date | None] = (
        FoundingCase.objects.filter(campaign=campaign, decide_on__isnull=False, state__in=READY)
        .order_by("decide_on")
        .values_list("decide_on", flat=True)
        .distinct()
    )
    return [day for day in found if day is not None]


def wave_stages(name: str, on: date) -> list[Stage]:
    """The papers of one wave; minutes carry the day of the ceremony."""
    where = {"decide_on": on.isoformat()}
    tag = f"{name}/{on.isoformat()}"
    return [
        Stage(f"{tag}/founding", "Quyết định thành lập, công nhận", "founding_decision", on, where),
        Stage(f"{tag}/committee", "Quyết định Ban Chấp hành", "committee_decision", on, where),
        Stage(f"{tag}/invitation", "Giấy mời lễ ra mắt", "invitation", on, where),
        Stage(f"{tag}/minutes", "Biên bản lễ ra mắt", "launch_minutes", on, where),
    ]

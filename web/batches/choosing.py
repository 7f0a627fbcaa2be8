"""Step 1: which kind, campaign and records; read from an address or a form, counted before anything is written."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from django.utils import timezone

from core.dates import format_short, parse_date
from core.errors import Unreadable, UserError
from docgen.kinds import KINDS
from docgen.sources import filters_of, select_records
from records.models import (
    Campaign,
    CasePath,
    CaseState,
    EnterpriseUpper,
    FoundingCase,
    Quota,
    Reorganisation,
    ReorganisationAct,
    UnionOrg,
    Visit,
)
from web.batches.subjects import Subject, subjects_of

#: Records shown by name under the count.
SHOWN = 15
#: Filters that choose one record alone: papers of one record are asked for on the page of composing.
_SINGLE = frozenset({"case", "visit", "reorganisation"})
_LABELS = {
    "state": "Trạng thái hồ sơ",
    "path": "Cách thành lập",
    "decide_on": "Ngày ra quyết định",
    "org": "Tổ chức",
    "act": "Hình thức",
}
Options = list[tuple[str, str]]


@dataclass(frozen=True, slots=True)
class Filter:
    """One filter of the form: its name, label, options, and the one chosen."""

    name: str
    label: str
    options: Options
    chosen: str


@dataclass(slots=True)
class Choice:
    """What was chosen so far, and what it comes to."""

    kind: str
    campaign: Campaign | None
    day: date | None
    typed_day: str
    filters: list[Filter] = field(default_factory=list)
    fault: str = ""
    count: int | None = None
    records: list[Subject] = field(default_factory=list)

    @property
    def where(self) -> dict[str, str]:
        """The filters as the service takes them."""
        return {one.name: one.chosen for one in self.filters if one.chosen}

    @property
    def ready(self) -> bool:
        """Whether a batch can be made of it."""
        return not self.fault and bool(self.count)


def batch_kinds() -> Options:
    """Kinds that are made in batches, in the order of a campaign."""
    return [
        (key, kind.schema.label_vi) for key, kind in KINDS.items() if filters_of(key) is not None
    ]


def read_choice(typed: Mapping[str, str], *, in_hand: Campaign | None) -> Choice:
    """What was typed or chosen; a fault is said in the choice, never raised."""
    campaign = Campaign.objects.filter(code=typed.get("chien_dich", "")).first() or in_hand
    kind = typed.get("loai", "")
    kind = kind if kind in dict(batch_kinds()) else ""
    day, text, fault = _day(typed.get("ngay", ""), campaign)
    choice = Choice(kind, campaign, day, text, fault=fault)
    if kind and campaign:
        choice.filters = _filters(kind, campaign, day, typed)
    return choice


def count_choice(choice: Choice) -> Choice:
    """Ask the records what the choice comes to."""
    if choice.fault or not choice.kind or choice.campaign is None or choice.day is None:
        return choice
    try:
        found = select_records(
            choice.kind, campaign=choice.campaign, where=choice.where, as_of=choice.day
        )
    except UserError as fault:
        choice.fault = fault.message
        return choice
    choice.count = len(found)
    subjects = subjects_of(found[:SHOWN])
    choice.records = [subjects[record] for record in found[:SHOWN]]
    return choice


def _day(typed: str, campaign: Campaign | None) -> tuple[date | None, str, str]:
    if not typed.strip():
        day = _usual_day(campaign)
        return day, format_short(day), ""
    try:
        day_or_part = parse_date(typed)
    except Unreadable as fault:
        return None, typed, fault.message
    if not isinstance(day_or_part, date):
        return None, typed, f"Ngày “{typed}” chưa đủ ngày, tháng, năm. Ghi như 02/5/2024."
    return day_or_part, format_short(day_or_part), ""


def _usual_day(campaign: Campaign | None) -> date:
    """Today, or the nearest day of the campaign."""
    today = timezone.localdate()
    if campaign is None:
        return today
    return max(campaign.starts_on, min(today, campaign.ends_on))


def _filters(
    kind: str, campaign: Campaign, day: date | None, typed: Mapping[str, str]
) -> list[Filter]:
    names = [name for name in filters_of(kind) or () if name not in _SINGLE]
    if kind == "dossier_return":
        names = [name for name in names if name != "state"]
    found = []
    for name in names:
        options = _options(name, kind, campaign, day)
        chosen = typed.get(name, "")
        known = chosen in {code for code, _ in options}
        if options:
            found.append(Filter(name, _LABELS[name], options, chosen if known else ""))
    return sorted(found, key=lambda one: list(_LABELS).index(one.name))


def _options(name: str, kind: str, campaign: Campaign, day: date | None) -> Options:
    if name == "state":
        return list(CaseState.choices)
    if name == "path":
        return list(CasePath.choices)
    if name == "act":
        return list(ReorganisationAct.choices)
    if name == "decide_on":
        return _days(kind, campaign)
    return _orgs(kind, campaign, day)


def _days(kind: str, campaign: Campaign) -> Options:
    plans = Reorganisation if kind == "reorganisation_decision" else FoundingCase
    days = plans.objects.filter(campaign=campaign, decide_on__isnull=False)
    return [
        (day.isoformat(), format_short(day))
        for day in days.order_by("decide_on").values_list("decide_on", flat=True).distinct()
        if day is not None
    ]


def _orgs(kind: str, campaign: Campaign, day: date | None) -> Options:
    ids: Any
    if "act" in (names := filters_of(kind) or ()):
        ids = Reorganisation.objects.filter(campaign=campaign).values("org_id")
    elif "visit" in names:
        ids = Visit.objects.filter(campaign=campaign).values("org_id")
    elif "case" in names:
        uppers = EnterpriseUpper.objects.filter(enterprise__cases__campaign=campaign)
        ids = (uppers.valid_on(day) if day else uppers).values("org_id")
    else:
        ids = Quota.objects.filter(campaign=campaign).values("org_id")
    return list(UnionOrg.objects.filter(pk__in=ids).values_list("code", "name"))

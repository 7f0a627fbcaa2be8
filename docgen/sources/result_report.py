"""Data of the result report of a month, quarter or campaign, from memberships, unions and quotas."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from core.periods import period_span
from docgen.kinds import get_kind
from docgen.kinds.progress_fields import rate
from docgen.kinds.typenames import type_name
from docgen.models import Document
from docgen.sources.base import Collected, lower_first, only_known, upper_first
from docgen.sources.campaigns import campaign_common, campaign_recipients, quota_name, totals
from docgen.sources.periods import period
from docgen.sources.plan import TARGETS
from docgen.sources.progress import carried, has_districts
from records.models import CaseState, Measure
from records.selectors.campaigns import CampaignSnapshot, campaign_on, quota_table
from records.selectors.cases import cases_of
from records.selectors.progress import (
    Deeds,
    NewUnion,
    activity,
    deeds_by_area,
    deeds_by_unit,
    new_unions,
)

KIND = "result_report"
#: Sections that a person writes: given at the request, else those of the campaign's content under `reports`.
PROSE = ("leadership", "propaganda", "strengths", "weaknesses", "directions", "proposals")
_HALF = 50
_WORKERS_25 = 25
_READY = (CaseState.ENOUGH_APPLICATIONS, CaseState.CONGRESS_HELD, CaseState.DOSSIER_FILED)


@dataclass(frozen=True, slots=True)
class _Span:
    """The days of a report: its period cut off at the day, and the beginning of the campaign."""

    period: str
    since: date
    first: date
    last: date


def collect(code: str, on: date, variant: str) -> Collected:
    """``variant`` is the period (`2024-Q3`); the month of the day by default. Raises UserError, NotFound."""
    campaign = campaign_on(code, as_of=on)
    which = period(variant, on)
    first, last = period_span(which)
    span = _Span(which, min(campaign.starts_on, first), first, min(last, on))
    common, signature = campaign_common(KIND, campaign.org, host=campaign.org, on=on)
    bases, cited = carried(campaign, kind=KIND, on=on)
    table = _rows(campaign, span)
    named = new_unions(campaign, first=span.first, last=span.last)
    since = new_unions(campaign, first=span.since, last=span.last)
    parent = campaign.org.parent
    fields: dict[str, object] = {
        **common,
        "addressees": [parent.name] if parent else None,
        "bases": bases,
        "period": which,
        "cut_off_date": span.last.isoformat(),
        "counted_from": span.since.isoformat(),
        "targets": totals(campaign, on=on, measures=TARGETS),
        "rows": table,
        "new_unions": [_named(union, campaign, span) for union in named],
        "cum_unions_nonstate": sum(union.is_nonstate for union in since),
        "cum_unions_25plus": sum(union.has_workers(_WORKERS_25) for union in since),
        "survey": _survey(campaign, span),
        **_prose(campaign, table, span),
        "recipients": campaign_recipients(campaign),
    }
    return Collected(
        data=only_known(KIND, fields),
        issuer_id=campaign.org.id,
        signer_id=signature.person_id,
        campaign_id=campaign.id,
        variant=which,
        cites=cited,
    )


def _survey(campaign: CampaignSnapshot, span: _Span) -> dict[str, object]:
    done = activity(campaign, first=span.first, last=span.last)
    return {
        "enterprises": done.enterprises,
        "workers": done.workers,
        "visits": done.visits,
        "applications": done.applications,
    }


def _figures(now: Deeds, whole: Deeds) -> dict[str, object]:
    return {
        "period_joined": now.joined,
        "period_left": now.left,
        "period_unions": now.unions,
        "cum_joined": whole.joined,
        "cum_left": whole.left,
        "cum_unions": whole.unions,
    }


def _rows(campaign: CampaignSnapshot, span: _Span) -> list[dict[str, object]]:
    """Units of the quota annex; communes and wards where the province alone has a quota (from 01/7/2025)."""
    if not has_districts(campaign, on=span.last):
        return _by_commune(campaign, span)
    now = deeds_by_unit(campaign, first=span.first, last=span.last)
    whole = deeds_by_unit(campaign, first=span.since, last=span.last)
    return [
        {
            "org_name": quota_name(row.org, campaign),
            "target_members": row.values.get(Measure.NEW_MEMBERS, 0),
            "target_net": row.values.get(Measure.NET_INCREASE, 0),
            "target_unions": row.values.get(Measure.NEW_UNIONS, 0),
            **_figures(now.get(row.org.id, Deeds()), whole.get(row.org.id, Deeds())),
        }
        for row in quota_table(campaign, as_of=span.last).rows
    ]


def _by_commune(campaign: CampaignSnapshot, span: _Span) -> list[dict[str, object]]:
    """A line for each commune or ward where something was done; the unions without a place come last."""
    now = deeds_by_area(campaign, first=span.first, last=span.last, as_of=span.last)
    whole = deeds_by_area(campaign, first=span.since, last=span.last, as_of=span.last)
    places = sorted(whole, key=lambda name: (not name, name)) or [""]
    return [
        {
            "org_name": _commune(place, campaign),
            **_figures(now.get(place, Deeds()), whole.get(place, Deeds())),
        }
        for place in places
    ]


def _commune(place: str, campaign: CampaignSnapshot) -> str:
    """``Xã Bình Lư``; what has no place on record stands under the unions of the province."""
    return upper_first(place) or f"Các công đoàn cơ sở trực thuộc {campaign.org.name}"


def _named(union: NewUnion, campaign: CampaignSnapshot, span: _Span) -> dict[str, object]:
    if has_districts(campaign, on=span.last):
        units = {row.org.id: row.org for row in quota_table(campaign, as_of=span.last).rows}
        org = units.get(union.unit_id, campaign.org)
        where = quota_name(org, campaign)
    else:
        area = union.enterprise.area if union.enterprise else None
        where = _commune(area.full_name if area else "", campaign)
    return {
        "union_name": union.name,
        "org_name": where,
        "decision": union.decision.partition(" ngày ")[0] or "Quyết định",
        "founded_on": union.founded_on.isoformat(),
        "members": union.members,
    }


# --- what a person would write, from the figures ------------------------------------------------------


def _prose(
    campaign: CampaignSnapshot, table: Sequence[Mapping[str, object]], span: _Span
) -> dict[str, object]:
    """The sections: as the campaign's content has them for the period, else what the records tell."""
    written = campaign.content.get("reports", {})
    given = written.get(span.period, {}) if isinstance(written, Mapping) else {}
    told: dict[str, object] = {
        "leadership": _led(campaign, span),
        "strengths": _reached(table),
        "weaknesses": _fallen_short(table, campaign, span),
        "directions": _ahead(campaign, span),
    }
    return {key: given.get(key) or told.get(key) for key in PROSE}


def _led(campaign: CampaignSnapshot, span: _Span) -> list[str]:
    """Papers of the campaign that went out by the cut-off day, by kind."""
    papers = Document.objects.filter(
        campaign_id=campaign.id, issuer_id__in=_leaders(campaign), number__isnull=False,
        issued_on__range=(span.since, span.last),
    ).order_by("issued_on", "code")  # fmt: skip
    names = [
        f"{type_name(get_kind(paper.kind).schema.symbol_type)} số {paper.code}"
        for paper in papers
        if paper.kind in {"plan", "quota_decision", "assignment_decision", "reminder_letter"}
    ]
    if not names:
        return [f"Chỉ đạo thực hiện {lower_first(campaign.name)}"]
    return [f"Ban hành {', '.join(names)} để chỉ đạo, đôn đốc thực hiện"]


def _leaders(campaign: CampaignSnapshot) -> list[int]:
    committee = campaign.steering_committee
    return [campaign.org.id, *([committee.id] if committee else [])]


def _percent(row: Mapping[str, object]) -> float | None:
    found = rate(int(str(row["cum_joined"])), int(str(row.get("target_members") or 0)))
    return None if found is None else float(found)


def _within(names: Sequence[str]) -> str:
    """Names of units in the middle of a sentence: ``xã Bình Lư``, ``các công đoàn cơ sở ...`` are small there."""
    return "; ".join(
        lower_first(name) if name.partition(" ")[0] in {"Các", "Xã", "Phường"} else name
        for name in names
    )


def _reached(table: Sequence[Mapping[str, object]]) -> list[str]:
    """Units at half of their quota or more; without quotas of their own, those with a new union."""
    good = [str(row["org_name"]) for row in table if (_percent(row) or 0) >= _HALF]
    if len(good) == len(table):
        return [f"Cả {len(good):02d} đơn vị đạt từ {_HALF}% chỉ tiêu kết nạp mới trở lên"]
    if good:
        return [
            f"Có {len(good):02d} đơn vị đạt từ {_HALF}% chỉ tiêu kết nạp mới trở lên: {_within(good)}"
        ]
    founded = [str(row["org_name"]) for row in table if row["cum_unions"]]
    if founded and len(founded) == len(table) and len(table) > 1:
        return [f"Cả {len(founded):02d} đơn vị, địa bàn đã thành lập mới công đoàn cơ sở"]
    if founded:
        return [f"Đã thành lập mới công đoàn cơ sở tại: {_within(founded)}"]
    return ["Công tác khảo sát, vận động người lao động gia nhập Công đoàn Việt Nam được duy trì"]


def _fallen_short(
    table: Sequence[Mapping[str, object]], campaign: CampaignSnapshot, span: _Span
) -> list[str]:
    """Units below half of their quota; cases that were refused or paused."""
    low = [
        str(row["org_name"])
        for row in table
        if (percent := _percent(row)) is not None and percent < _HALF
    ]
    lines = []
    if low and len(low) == len(table):
        lines.append(f"Cả {len(low):02d} đơn vị đạt dưới {_HALF}% chỉ tiêu kết nạp mới")
    elif low:
        lines.append(
            f"Còn {len(low):02d} đơn vị đạt dưới {_HALF}% chỉ tiêu kết nạp mới: {_within(low)}"
        )
    states = [case.state for case in cases_of(campaign, as_of=span.last)]
    aside = sum(state in {CaseState.REFUSED, CaseState.PAUSED} for state in states)
    if aside:
        lines.append(
            f"Tại {aside:02d} đơn vị, doanh nghiệp, việc thành lập công đoàn cơ sở bị từ chối hoặc tạm dừng"
        )
    return lines or ["Tiến độ khảo sát, thành lập công đoàn cơ sở giữa các địa bàn chưa đều"]


def _ahead(campaign: CampaignSnapshot, span: _Span) -> list[str]:
    """Cases on their way, and what the quota still asks."""
    ready = cases_of(campaign, as_of=span.last, states=_READY)
    lines = []
    if ready:
        lines.append(
            f"Hoàn thành hồ sơ, thành lập công đoàn cơ sở tại {len(ready):02d} đơn vị, doanh nghiệp đã có đủ đơn "
            "gia nhập Công đoàn Việt Nam"
        )
    lines.append(
        f"Tiếp tục khảo sát, vận động, phấn đấu hoàn thành chỉ tiêu năm {campaign.year} về phát triển đoàn viên, "
        "thành lập công đoàn cơ sở"
    )
    return lines

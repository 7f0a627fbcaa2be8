"""Progress by unit and period, as a page and as .xlsx; who is behind or owes a report."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from django.http import HttpResponse
from django.shortcuts import render
from django.utils import timezone

from core.dates import format_short
from core.errors import NotFound
from core.periods import parse_period, period_span
from core.sheets import Column, ColumnKind, SheetData, Value, write_book
from docgen.sources.progress import UnitState, expected_percent, unit_states
from records.models import Campaign
from records.selectors.campaigns import campaign_on
from records.selectors.scope import one_reading
from web.files import XLSX, attachment
from web.frame import campaign_in_hand
from web.home.progress import Progress, UnitProgress, progress_of
from web.home.work import overdue_forms
from web.models import Access
from web.recordbook.days import office_day
from web.rights import Right
from web.viewer import DeskRequest, desk, note_access

#: Forms that the list of overdue ones shows.
SHOWN = 60


@dataclass(frozen=True, slots=True)
class Span:
    """The days of a report: a period of contract §5, or the whole campaign ("")."""

    period: str
    label: str
    first: date
    last: date


def periods_of(campaign: Campaign, *, until: date) -> list[tuple[str, str]]:
    """The campaign, its quarters and months begun by the day, newest first."""
    months: list[tuple[str, str]] = []
    quarters: dict[str, str] = {}
    year, month = campaign.starts_on.year, campaign.starts_on.month
    while date(year, month, 1) <= until:
        months.append((f"{year}-{month:02d}", f"Tháng {month}/{year}"))
        quarter = (month + 2) // 3
        quarters[f"{year}-Q{quarter}"] = f"Quý {'I' * quarter if quarter < 4 else 'IV'}/{year}"  # noqa: PLR2004
        year, month = (year, month + 1) if month < 12 else (year + 1, 1)  # noqa: PLR2004
    return [("", "Từ đầu chiến dịch"), *reversed(quarters.items()), *reversed(months)]


def span_of(campaign: Campaign, asked: str) -> Span:
    """The days of the period asked for, inside the campaign; one that cannot be read is the campaign."""
    last = office_day(campaign)
    whole = Span("", "Từ đầu chiến dịch", campaign.starts_on, last)
    try:
        period = parse_period(asked) if asked else ""
    except ValueError:
        return whole
    if not period:
        return whole
    first, end = period_span(period)
    label = dict(periods_of(campaign, until=last)).get(period, period)
    return Span(period, label, max(first, campaign.starts_on), min(end, last))


def _behind(campaign: Campaign) -> tuple[int, list[UnitState]]:
    """Percent due on the campaign's day, and the units that are behind or owe a report."""
    day = office_day(campaign)
    known = campaign_on(campaign.code, as_of=day)
    expected = expected_percent(known, on=day)
    states = unit_states(known, on=day)
    return expected, [one for one in states if one.is_behind(expected) or one.owes_report]


@desk(Right.SEE_OFFICE)
def reports(request: DeskRequest) -> HttpResponse:
    """The table of a period, what is overdue, and the papers that follow from it."""
    campaign = campaign_in_hand(request)
    if campaign is None:
        return render(request, "web/home/reports.html", {"campaign": None})
    span = span_of(campaign, request.GET.get("ky", ""))
    with one_reading():
        progress = progress_of(campaign, first=span.first, last=span.last)
        expected, behind = _behind(campaign)
    late = overdue_forms(campaign, on=timezone.localdate())
    context = {
        "span": span,
        "periods": periods_of(campaign, until=office_day(campaign)),
        "progress": progress,
        "expected": expected,
        "behind": behind,
        "late": late[:SHOWN],
        "late_count": len(late),
        "record": f"campaign:{campaign.code}",
    }
    return render(request, "web/home/reports.html", context)


_COLUMNS = (
    Column("TT", ColumnKind.INTEGER, 6),
    Column("Đơn vị", width=36),
    Column("Chỉ tiêu đoàn viên mới", ColumnKind.INTEGER, 14),
    Column("Kết nạp", ColumnKind.INTEGER, 12),
    Column("Giảm", ColumnKind.INTEGER, 12),
    Column("Tăng ròng", ColumnKind.INTEGER, 12),
    Column("Tỷ lệ (%)", ColumnKind.DECIMAL, 12),
    Column("Chỉ tiêu CĐCS mới", ColumnKind.INTEGER, 14),
    Column("CĐCS thành lập", ColumnKind.INTEGER, 14),
    Column("Tỷ lệ (%)", ColumnKind.DECIMAL, 12),
)


def _row(place: int | None, unit: UnitProgress) -> tuple[Value, ...]:
    return (
        place,
        unit.name,
        unit.members_target,
        unit.done.joined,
        unit.done.left,
        unit.done.net,
        unit.members_rate,
        unit.unions_target,
        unit.done.unions,
        unit.unions_rate,
    )


def sheet_of(campaign: Campaign, span: Span, progress: Progress) -> bytes:
    """The table as a workbook."""
    rows = [_row(at, unit) for at, unit in enumerate(progress.units, start=1)]
    title = (
        campaign.name,
        f"{span.label}: {format_short(span.first)} - {format_short(span.last)}",
    )
    data = SheetData(
        "Tiến độ", _COLUMNS, [*rows, _row(None, progress.total)], title, landscape=True
    )
    return write_book([data])


@desk(Right.SEE_OFFICE)
def reports_xlsx(request: DeskRequest) -> HttpResponse:
    """The same table for Excel."""
    campaign = campaign_in_hand(request)
    if campaign is None:
        raise NotFound("Chưa có chiến dịch nào để lập báo cáo.")
    span = span_of(campaign, request.GET.get("ky", ""))
    progress = progress_of(campaign, first=span.first, last=span.last)
    note_access(request, Access.TOOK, f"campaign:{campaign.code}", f"tiến độ {span.label}")
    name = f"Tiến độ {campaign.year} {span.label}.xlsx".replace("/", "-")
    return attachment(sheet_of(campaign, span, progress), name=name, media_type=XLSX)

"""What the pages of a unit show, each in a constant number of queries."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from django.db.models import Count, Q, QuerySet

from intake.models import Action, FileState, FormState, ReceivedFile, ReturnedForm, ReviewDecision
from records.models import Campaign, Measure, ProgressReport, Quota
from records.selectors.campaigns import campaign_on
from records.selectors.progress import Deeds, deeds_by_unit
from registry.models import IssuedForm
from web.returns.labels import period_label
from web.returns.queries import newest_return
from web.unit.scope import Scope, own_files, own_forms

#: A file that could not be read is work for so many days; then it is only history.
FRESH = timedelta(days=45)


def owed_forms(scope: Scope) -> QuerySet[IssuedForm]:
    """Forms that have not come back, or were sent back: what the unit still owes."""
    rows = own_forms(scope).annotate(newest=newest_return("state"), newest_id=newest_return("pk"))
    return rows.filter(Q(newest__isnull=True) | Q(newest=FormState.SENT_BACK))


@dataclass(frozen=True, slots=True)
class Work:
    """What a unit has to do, and what waits for the office."""

    overdue: int
    due: int
    sent_back: int
    unread: int
    in_review: int
    reading: int


def work_of(scope: Scope, *, today: date) -> Work:
    """The figures of the first page, in three queries."""
    owed = owed_forms(scope).aggregate(
        overdue=Count("pk", filter=Q(newest__isnull=True, due_on__lt=today)),
        due=Count("pk", filter=Q(newest__isnull=True) & (Q(due_on__gte=today) | Q(due_on=None))),
        back=Count("pk", filter=Q(newest=FormState.SENT_BACK)),
    )
    files = own_files(scope).aggregate(
        unread=Count(
            "pk", filter=Q(state=FileState.SENT_BACK, received_at__date__gte=today - FRESH)
        ),
        reading=Count("pk", filter=Q(state__in=(FileState.RECEIVED, FileState.READING))),
    )
    review = ReturnedForm.objects.filter(
        received__sender__in=scope.whole, state=FormState.NEEDS_REVIEW
    )
    return Work(
        overdue=owed["overdue"],
        due=owed["due"],
        sent_back=owed["back"],
        unread=files["unread"],
        in_review=review.count(),
        reading=files["reading"],
    )


def reasons_of(files: Sequence[ReceivedFile]) -> dict[int, str]:
    """Why forms of these files were sent back, by the number of the form."""
    rows = ReviewDecision.objects.filter(
        form__received__in=[one.pk for one in files], action=Action.SEND_BACK
    )
    return dict(rows.order_by("id").values_list("form_id", "reason"))


def reasons_of_forms(ids: Sequence[int | None]) -> dict[int, str]:
    """Why these forms were sent back."""
    rows = ReviewDecision.objects.filter(
        form__in=[one for one in ids if one], action=Action.SEND_BACK
    )
    return dict(rows.order_by("id").values_list("form_id", "reason"))


def unread_files(scope: Scope, *, today: date) -> list[ReceivedFile]:
    """Files that could not be read and were sent back lately."""
    rows = own_files(scope).filter(state=FileState.SENT_BACK, received_at__date__gte=today - FRESH)
    return list(rows.order_by("-id")[:20])


# --- progress --------------------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class Figure:
    """One measure of the quota: what was asked, what the records say was done (None: not counted by unit)."""

    label: str
    asked: int
    done: int | None


@dataclass(frozen=True, slots=True)
class ReportLine:
    """A report of the unit, the newest revision of its period, with its sums."""

    period: str
    revision: int
    joined: int
    total_joined: int
    unions: int
    total_unions: int


def figures_of(scope: Scope, campaign: Campaign, *, today: date) -> list[Figure]:
    """The unit's quota of a campaign against what was done in it."""
    rows = Quota.objects.filter(campaign=campaign, org__in=scope.whole).order_by("id")
    asked = dict(rows.values_list("measure", "value"))
    if not asked:
        return []
    snapshot = campaign_on(campaign.code, as_of=campaign.starts_on)
    last = min(today, campaign.ends_on)
    by_unit = deeds_by_unit(snapshot, first=campaign.starts_on, last=last)
    sums = [by_unit.get(unit, Deeds()) for unit in scope.whole]
    done = {
        Measure.NEW_MEMBERS: sum(one.joined for one in sums),
        Measure.NET_INCREASE: sum(one.net for one in sums),
        Measure.NEW_UNIONS: sum(one.unions for one in sums),
    }
    return [
        Figure(str(Measure(one).label), asked[one], done.get(Measure(one)))
        for one in Measure.values
        if one in asked and one != Measure.BASE_MEMBERS
    ]


def report_lines(scope: Scope) -> list[ReportLine]:
    """What the unit has reported, the newest period first, in two queries."""
    rows = ProgressReport.objects.filter(org__in=scope.whole).prefetch_related("lines")
    newest: dict[str, ProgressReport] = {}
    for report in rows.order_by("period", "revision"):
        newest[report.period] = report
    made = []
    for period in sorted(newest, reverse=True)[:24]:
        report = newest[period]
        lines = list(report.lines.all())
        made.append(
            ReportLine(
                period=period_label(period),
                revision=report.revision,
                joined=sum(one.month_joined or 0 for one in lines),
                total_joined=sum(one.cum_joined or 0 for one in lines),
                unions=sum(one.month_unions or 0 for one in lines),
                total_unions=sum(one.cum_unions or 0 for one in lines),
            )
        )
    return made

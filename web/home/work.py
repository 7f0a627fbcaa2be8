"""What waits for the person at the desk: counts with the words and the page where it is done."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, timedelta

from django.db.models import Count, Exists, OuterRef, Q, QuerySet
from django.db.models.expressions import Value
from django.db.models.functions import Concat

from core.dates import add_working_days
from docgen.models import ENDED_STATES, Document, DocumentState
from intake.models import FileState, FormState, ReceivedFile, ReturnedForm
from records.models import Campaign, CasePath, CaseState, FoundingCase
from records.selectors.facts import RECOGNITION_DEADLINE_WD, find_fact
from registry.forms import code_of
from registry.models import IssuedForm
from web.rights import Right
from web.search.queries import link
from web.viewer import Viewer

#: A deadline is near from so many days before it.
NEAR = timedelta(days=5)
#: Working days for a recognition where the office recorded no fact (corrections.md).
_RECOGNITION_WD = 15
#: Overdue forms that are looked at: enough for a day's reminders.
FORMS = 300


@dataclass(frozen=True, slots=True)
class Task:
    """One line of the day's work. ``level`` red for what is late, yellow for what presses."""

    count: int
    words: str
    action: str
    address: str
    level: str = ""
    #: False for those that another line counts too.
    counted: bool = True


@dataclass(frozen=True, slots=True)
class _Desk:
    """Who asks, for which campaign, on which day."""

    viewer: Viewer
    campaign: Campaign | None
    today: date


def _to_approve(desk: _Desk) -> list[Task]:
    count = Document.objects.filter(state=DocumentState.SUBMITTED).count()
    return [Task(count, "văn bản chờ duyệt", "Xem", link("approvals"), "yellow")]


def _to_number(desk: _Desk) -> list[Task]:
    count = Document.objects.filter(state=DocumentState.SIGNED).count()
    return [Task(count, "văn bản đã ký chờ cấp số", "Cấp số", link("approvals"), "yellow")]


def _sent_back(desk: _Desk) -> list[Task]:
    mine = Document.objects.filter(
        state=DocumentState.RETURNED, requested_by=desk.viewer.actor
    ).count()
    address = f"{link('documents')}?trang_thai=returned" if link("documents") else ""
    return [Task(mine, "văn bản bị trả lại", "Sửa", address, "red")]


def _drafts(desk: _Desk) -> list[Task]:
    mine = Document.objects.filter(
        state=DocumentState.DRAFT, requested_by=desk.viewer.actor
    ).count()
    address = f"{link('documents')}?trang_thai=draft" if link("documents") else ""
    return [Task(mine, "dự thảo đang soạn", "Mở", address)]


def _to_review(desk: _Desk) -> list[Task]:
    count = ReturnedForm.objects.filter(state=FormState.NEEDS_REVIEW).count()
    return [Task(count, "phiếu chờ kiểm tra", "Kiểm tra", link("reviews"), "yellow")]


def _unreadable(desk: _Desk) -> list[Task]:
    count = ReceivedFile.objects.filter(state__in=(FileState.SENT_BACK, FileState.FAILED)).count()
    return [Task(count, "tệp gửi về không đọc được", "Xem", link("received"), "red")]


def cases_to_decide(campaign: Campaign | None) -> QuerySet[FoundingCase]:
    """Cases that wait for the decision: a dossier is filed, or enough applied where the upper union founds."""
    ready = Q(state=CaseState.DOSSIER_FILED) | Q(
        state=CaseState.ENOUGH_APPLICATIONS, path=CasePath.APPOINTMENT
    )
    decided = Document.objects.filter(
        kind="founding_decision", record=Concat(Value("case:"), OuterRef("code"))
    ).exclude(state__in=ENDED_STATES)
    return FoundingCase.objects.filter(ready, ~Exists(decided), campaign=campaign)


def _waiting_by_day(campaign: Campaign | None) -> list[tuple[date | None, int]]:
    """How many wait for their decision, by the day on which their dossier was complete; one query."""
    rows = cases_to_decide(campaign).order_by()
    return list(rows.values_list("dossier_complete_on").annotate(n=Count("pk")))


def _decisions(desk: _Desk) -> list[Task]:
    """Cases whose time runs out, and all that can be decided."""
    by_day = _waiting_by_day(desk.campaign)
    fact = find_fact(RECOGNITION_DEADLINE_WD, as_of=desk.today)
    days, limit = fact.as_int() if fact else _RECOGNITION_WD, desk.today + NEAR
    near = sum(n for on, n in by_day if on is not None and add_working_days(on, days) <= limit)
    count = sum(n for _, n in by_day)
    address = f"{link('enterprises')}?buoc={CaseState.DOSSIER_FILED}"
    one = address
    if count == 1:
        only = cases_to_decide(desk.campaign).select_related("enterprise").get()
        one = link("enterprise", only.enterprise.code)
    return [
        Task(near, "hồ sơ sắp hoặc đã hết hạn xét công nhận", "Xem", address, "red", counted=False),
        Task(count, "hồ sơ đủ điều kiện ra quyết định", "Soạn", one),
    ]


def _lacking(desk: _Desk) -> list[Task]:
    filed = FoundingCase.objects.filter(campaign=desk.campaign, state=CaseState.DOSSIER_FILED)
    count = filed.filter(
        Q(path="") | Q(dossier_complete_on__isnull=True) | Q(union_name="")
    ).count()
    address = f"{link('enterprises')}?buoc={CaseState.DOSSIER_FILED}"
    return [Task(count, "hồ sơ đã nộp còn thiếu số liệu", "Bổ sung", address, "yellow")]


def overdue_forms(campaign: Campaign | None, *, on: date) -> list[IssuedForm]:
    """Forms of a campaign that should be back and of which nothing came; two queries.

    The FORMS that were due last are looked at: those one still reminds of.
    """
    due = IssuedForm.objects.exclude(sha256="").filter(campaign=campaign, due_on__lt=on)
    rows = list(due.select_related("unit").order_by("-due_on", "-serial")[:FORMS])
    codes = {str(code_of(row)): row for row in rows}
    came = set(
        ReturnedForm.objects.filter(code__in=codes)
        .exclude(state=FormState.SENT_BACK)
        .values_list("code", flat=True)
    )
    return [row for code, row in codes.items() if code not in came]


def _overdue(desk: _Desk) -> list[Task]:
    late = overdue_forms(desk.campaign, on=desk.today)
    units = len({row.unit_id for row in late if row.unit_id})
    words = f"phiếu quá hạn của {units} đơn vị" if units else "phiếu quá hạn"
    if len(late) == FORMS:
        words += ", và còn nữa"
    return [Task(len(late), words, "Đôn đốc", link("reports"), "red")]


_TASKS: tuple[tuple[Right, Callable[[_Desk], list[Task]]], ...] = (
    (Right.APPROVE, _to_approve),
    (Right.NUMBER, _to_number),
    (Right.COMPOSE, _sent_back),
    (Right.REVIEW_FORMS, _to_review),
    (Right.REVIEW_FORMS, _unreadable),
    (Right.COMPOSE, _decisions),
    (Right.CHANGE_RECORDS, _lacking),
    (Right.GIVE_FORMS, _overdue),
    (Right.COMPOSE, _drafts),
)


def tasks_of(viewer: Viewer, *, campaign: Campaign | None, today: date) -> tuple[Task, ...]:
    """What waits for this person, by the rights the person has; what is nothing is left out."""
    desk = _Desk(viewer, campaign, today)
    found = [make(desk) for right, make in _TASKS if viewer.may(right)]
    return tuple(task for tasks in found for task in tasks if task.count)

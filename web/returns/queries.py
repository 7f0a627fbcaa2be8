"""What the lists of rounds, received files and reviews show, each in a constant number of queries."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date

from django.core.paginator import Page, Paginator
from django.db.models import Count, Exists, F, Max, OuterRef, Q, QuerySet, Subquery, Sum

from docgen.models import FormJob, JobState
from docgen.services.forms import file_name
from intake.issues import UNSURE, Issue
from intake.models import FileState, FormState, ReceivedFile, ReturnedForm
from intake.services.checking import open_issues
from intake.services.rounds import STATES
from records.models import Campaign, OrgKind, UnionOrg
from registry.models import FormRound, IssuedForm
from web.returns.labels import (
    Ref,
    file_state,
    kind_label,
    period_label,
    record_labels,
    state_of_issued,
)

PAGE = 50
#: Units that report, whatever the day.
UNITS = (OrgKind.DISTRICT_FEDERATION, OrgKind.COMMUNE_UNION, OrgKind.BRANCH_UNION,
         OrgKind.PROVINCE_FEDERATION)  # fmt: skip


def reporting_units() -> QuerySet[UnionOrg]:
    """Choices of filters; units that have ended are among them, for their papers are."""
    return UnionOrg.objects.filter(kind__in=UNITS).order_by("sort_order", "code")


def newest_return(outcome: str) -> Subquery:
    """A column of the newest form that answers a given-out form; copies of what came before do not count."""
    rows = ReturnedForm.objects.filter(issued=OuterRef("pk")).exclude(state=FormState.DUPLICATE)
    return Subquery(rows.order_by("-id").values(outcome)[:1])


# --- rounds --------------------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class RoundLine:
    """A round in the list, with how many of its forms went out and came back."""

    round: FormRound
    label: str
    period: str
    asked: int
    given: int
    back: int
    late: int
    making: bool


def rounds_page(campaign: Campaign | None, *, page: str | None) -> Page[FormRound]:
    """A page of rounds of a campaign (of all without one), the newest first; lines by :func:`round_lines`."""
    rows = FormRound.objects.select_related("campaign").order_by("-id")
    if campaign is not None:
        rows = rows.filter(campaign=campaign)
    return Paginator(rows, PAGE).get_page(page)


def round_lines(rounds: Sequence[FormRound], *, today: date) -> list[RoundLine]:
    """Figures of these rounds, in two queries."""
    ids = [one.pk for one in rounds]
    back = Exists(
        ReturnedForm.objects.filter(issued=OuterRef("pk")).exclude(
            state__in=(FormState.DUPLICATE, FormState.SENT_BACK)
        )
    )
    forms = (
        IssuedForm.objects.filter(round__in=ids)
        .exclude(sha256="")
        .annotate(is_back=back)
        .values("round", "is_back", "due_on")
        .order_by()
        .annotate(n=Count("pk"))
    )
    given: Counter[int] = Counter()
    came: Counter[int] = Counter()
    late: Counter[int] = Counter()
    for row in forms:
        given[row["round"]] += row["n"]
        came[row["round"]] += row["n"] if row["is_back"] else 0
        overdue = not row["is_back"] and row["due_on"] is not None and row["due_on"] < today
        late[row["round"]] += row["n"] if overdue else 0
    jobs: dict[int, dict[str, int]] = {
        row["round"]: {"size": row["size"] or 0, "open": row["open"]}
        for row in FormJob.objects.filter(round__in=ids)
        .values("round")
        .order_by()
        .annotate(size=Sum("size"), open=Count("pk", filter=_OPEN_JOB))
    }
    return [
        RoundLine(
            round=one,
            label=kind_label(one.kind),
            period=period_label(one.period),
            asked=max(jobs.get(one.pk, {}).get("size", 0), given[one.pk]),
            given=given[one.pk],
            back=came[one.pk],
            late=late[one.pk],
            making=bool(jobs.get(one.pk, {}).get("open")),
        )
        for one in rounds
    ]


_OPEN_JOB = Q(state__in=(JobState.WAITING, JobState.RUNNING))


@dataclass(slots=True)
class UnitLine:
    """One reporting unit of a round: its forms by state, what is kept for it, what could not be made."""

    unit: UnionOrg
    states: Counter[str] = field(default_factory=Counter)
    kept: int = 0
    refused: int = 0
    last: date | None = None

    @property
    def told(self) -> list[tuple[str, int]]:
        """States with their numbers, as the way goes."""
        return [(one, self.states[one]) for one in STATES if self.states[one]]

    @property
    def total(self) -> int:
        """Forms that went out to the unit."""
        return sum(self.states.values())

    @property
    def back(self) -> int:
        """Forms that came back and were not sent back again."""
        return self.total - self.owed

    @property
    def owed(self) -> int:
        """Forms that the unit still owes."""
        return sum(self.states[one] for one in ("expected", "overdue", "sent_back"))


def unit_lines(made: FormRound, *, today: date) -> list[UnitLine]:
    """The table of a round, unit by unit, in three queries."""
    rows = (
        IssuedForm.objects.filter(round=made, unit__isnull=False)
        .exclude(sha256="")
        .annotate(newest=newest_return("state"))
        .values("unit", "newest", "due_on")
        .order_by()
        .annotate(
            n=Count("pk", distinct=True),
            kept=Count("pk", filter=Q(file__isnull=False), distinct=True),
            last=Max("returns__received__received_at"),
        )
    )
    found: dict[int, UnitLine] = {}
    jobs = list(FormJob.objects.filter(round=made).values("unit", "refused"))
    forms = list(rows)
    units = UnionOrg.objects.in_bulk({row["unit"] for row in forms} | {row["unit"] for row in jobs})
    for row in forms:
        line = found.setdefault(row["unit"], UnitLine(units[row["unit"]]))
        line.states[state_of_issued(row["newest"], row["due_on"], today)] += row["n"]
        line.kept += row["kept"]
        if row["last"] is not None and (line.last is None or row["last"] > line.last):
            line.last = row["last"]
    for job in jobs:
        line = found.setdefault(job["unit"], UnitLine(units[job["unit"]]))
        line.refused += len(job["refused"])
    return sorted(found.values(), key=lambda one: (one.unit.sort_order, one.unit.code))


@dataclass(frozen=True, slots=True)
class GivenLine:
    """A form that was given out, with what became of it."""

    issued: IssuedForm
    name: str
    label: str
    period: str
    about: str
    state: str
    returned: int | None


def given_lines(rows: Sequence[IssuedForm], *, today: date) -> list[GivenLine]:
    """Forms given out as lists show them; the rows carry ``newest`` and ``newest_id`` (:func:`with_returns`)."""
    names = record_labels((one.record_type, one.record_id) for one in rows)
    return [
        GivenLine(
            issued=one,
            name=file_name(one),
            label=kind_label(one.kind),
            period=period_label(one.period),
            about=names.get((one.record_type, one.record_id), one.record_id),
            state=state_of_issued(getattr(one, "newest", None), one.due_on, today),
            returned=getattr(one, "newest_id", None),
        )
        for one in rows
    ]


def with_returns(rows: QuerySet[IssuedForm]) -> QuerySet[IssuedForm]:
    """Each with the state and number of the newest form that answers it."""
    return rows.annotate(newest=newest_return("state"), newest_id=newest_return("pk"))


def refused_of(made: FormRound) -> list[tuple[str, str]]:
    """Records that got no form, each with the reason."""
    jobs = FormJob.objects.filter(round=made).exclude(refused=[])
    return [(str(one[0]), str(one[1])) for job in jobs.order_by("position") for one in job.refused]


def failed_of(made: FormRound) -> list[str]:
    """Why rows of work failed, each reason once."""
    rows = FormJob.objects.filter(round=made, state=JobState.FAILED).order_by("error_message")
    return list(rows.values_list("error_message", flat=True).distinct())


# --- received --------------------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class FormLine:
    """One form of a received file."""

    form: ReturnedForm
    label: str
    about: str


@dataclass(frozen=True, slots=True)
class FileLine:
    """A received file, with its state in one word and its forms."""

    file: ReceivedFile
    state: str
    forms: tuple[FormLine, ...]


def files_page(
    rows: QuerySet[ReceivedFile],
    *,
    page: str | None,
    state: str = "",
    kind: str = "",
    unit: str = "",
    text: str = "",
) -> Page[ReceivedFile]:
    """A page of received files, the newest first; of a state, kind, unit or by words of the name when asked."""
    forms = ReturnedForm.objects.filter(received=OuterRef("pk"))
    if state in (FileState.RECEIVED, FileState.READING, FileState.FAILED):
        rows = rows.filter(state=state)
    elif state == FileState.SENT_BACK:
        rows = rows.filter(Q(state=state) | Exists(forms.filter(state=state)))
    elif state:
        rows = rows.filter(Exists(forms.filter(state=state)))
    if kind:
        rows = rows.filter(Exists(forms.filter(kind=kind)))
    if unit:
        rows = rows.filter(Q(sender__code=unit) | Exists(forms.filter(org__code=unit)))
    if text:
        rows = rows.filter(search_key__words=text)
    return Paginator(rows.order_by("-id"), PAGE).get_page(page)


def file_lines(rows: QuerySet[ReceivedFile] | Sequence[ReceivedFile]) -> list[FileLine]:
    """Files as lists show them: forms and names of records in a constant number of queries."""
    ids = [one.pk for one in rows]
    full = ReceivedFile.objects.select_related("sender").prefetch_related("forms__org")
    files = full.in_bulk(ids)
    refs: set[Ref] = {
        (form.record_type, form.record_id) for one in files.values() for form in one.forms.all()
    }
    names = record_labels(refs)
    return [
        FileLine(
            file=(one := files[pk]),
            state=file_state(one),
            forms=tuple(
                FormLine(
                    form, kind_label(form.kind), names.get((form.record_type, form.record_id), "")
                )
                for form in one.forms.all()
            ),
        )
        for pk in ids
    ]


def counts_of_files() -> Mapping[str, int]:
    """How many files wait to be read, and how many forms wait for a person."""
    open_files = ReceivedFile.objects.filter(state__in=(FileState.RECEIVED, FileState.READING))
    return {
        "reading": open_files.count(),
        "waiting": ReturnedForm.objects.filter(state=FormState.NEEDS_REVIEW).count(),
    }


# --- reviews ---------------------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class WaitingLine:
    """A form that waits for a person: what it is about, how many points are open, the weightiest of them."""

    form: ReturnedForm
    label: str
    about: str
    unit: str
    points: int
    unsure: int
    first: str


def waiting_page(*, kind: str = "", unit: str = "", page: str | None = None) -> Page[ReturnedForm]:
    """Forms to be reviewed, those that came first before the others."""
    rows = ReturnedForm.objects.filter(state=FormState.NEEDS_REVIEW)
    if kind:
        rows = rows.filter(kind="" if kind == "-" else kind)
    if unit:
        rows = rows.filter(Q(org__code=unit) | Q(received__sender__code=unit))
    full = rows.select_related("received__sender", "org").prefetch_related("decisions")
    return Paginator(full.order_by("id"), PAGE).get_page(page)


def waiting_lines(forms: Sequence[ReturnedForm]) -> list[WaitingLine]:
    """Forms with their open points; points carry no personal data, lists must not either."""
    names = record_labels((form.record_type, form.record_id) for form in forms)
    return [_waiting(form, names, open_issues(form)) for form in forms]


def _waiting(form: ReturnedForm, names: Mapping[Ref, str], issues: Sequence[Issue]) -> WaitingLine:
    told = [one for one in issues if one.code != UNSURE]
    unit = form.org or form.received.sender
    return WaitingLine(
        form=form,
        label=kind_label(form.kind),
        about=names.get((form.record_type, form.record_id), ""),
        unit=unit.name if unit else form.received.sender_text,
        points=len(told),
        unsure=len(issues) - len(told),
        first=_POINTS.get(told[0].code, "có điểm cần xem") if told else "",
    )


#: The weightiest point of a form in a list, without the values that its sentence may hold.
_POINTS = {
    "no_record": "không tìm thấy hồ sơ",
    "case_closed": "hồ sơ đã công nhận",
    "not_recognised": "chưa được công nhận",
    "name_differs": "tên khác hồ sơ",
    "tax_code_differs": "mã số thuế khác hồ sơ",
    "new_enterprise": "doanh nghiệp mới",
    "sum_mismatch": "cộng không khớp",
    "quota_differs": "chỉ tiêu khác quyết định",
    "cumulative_differs": "lũy kế không khớp",
    "revision": "khác lần gửi trước",
    "person_differs": "người khác hồ sơ",
    "big_change": "số liệu thay đổi nhiều",
}


def neighbours(form: ReturnedForm) -> tuple[int | None, int | None]:
    """Numbers of the waiting forms before and after this one."""
    rows = ReturnedForm.objects.filter(state=FormState.NEEDS_REVIEW).exclude(pk=form.pk)
    before = rows.filter(pk__lt=form.pk).order_by("-pk").values_list("pk", flat=True).first()
    after = rows.filter(pk__gt=form.pk).order_by("pk").values_list("pk", flat=True).first()
    return before, after


def by_due(rows: QuerySet[IssuedForm]) -> QuerySet[IssuedForm]:
    """Forms by their day of return, those without one last."""
    return rows.order_by(F("due_on").asc(nulls_last=True), "serial")

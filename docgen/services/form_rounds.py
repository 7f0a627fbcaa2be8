"""Rounds of forms made in the background: a row for some records of a unit, claimed, made, kept, given out."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from pathlib import Path

from django.db import IntegrityError, transaction
from django.db.models import Count, Q, QuerySet, Sum

from core.errors import Conflict, Outage, UserError
from core.forms import get_form
from docgen.blanks.make import Format
from docgen.engine.pdf import MISSING_VI, find_soffice
from docgen.models import FormJob, JobState
from docgen.services import jobs
from docgen.services.export_index import folder_name
from docgen.services.forms import (
    Order,
    UnitForms,
    file_name,
    fill_orders,
    make_orders,
    start_round,
    unit_records,
)
from docgen.services.zip_stream import ZipStream
from records.models import UnionOrg
from records.selectors.campaigns import campaign_on
from records.selectors.orgs import OrgSnapshot, org_on
from records.selectors.scope import one_reading
from registry.files import NewFile, read, store_many
from registry.forms import seal_forms
from registry.models import FormRound, IssuedForm, StoredFile

#: Records of one row: some seconds of work, so that a killed worker costs little and progress is seen.
CHUNK = 50
_MEDIA = {
    Format.DOCX: "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
    Format.XLSX: "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
    Format.PDF: "application/pdf",
}
CHANNEL = "web"


@dataclass(frozen=True, slots=True)
class RoundWish:
    """A round as a person asks for it."""

    campaign: str
    kind: str
    file_format: Format
    on: date
    due: date
    period: str


@dataclass(frozen=True, slots=True)
class RoundCounts:
    """How far the making of a round is: forms in all, made, refused; rows that wait, run and failed."""

    total: int = 0
    made: int = 0
    refused: int = 0
    waiting: int = 0
    running: int = 0
    failed: int = 0

    @property
    def is_open(self) -> bool:
        """Whether work is still to be done."""
        return bool(self.waiting or self.running)


def planned_units(wish: RoundWish) -> list[tuple[OrgSnapshot, list[str]]]:
    """Units of the day with the records that each would get a form for; units with none are left out.

    Raises NotFound for the campaign or the kind.
    """
    get_form(wish.kind)
    with one_reading():
        led = campaign_on(wish.campaign, as_of=wish.on)
        return [(unit, found) for unit, found in unit_records(led, wish.kind, wish.on) if found]


def begin_round(wish: RoundWish, *, actor: str, again: bool = False) -> FormRound:
    """The round with its rows of work, nothing made yet. The same wish again while it is being made gives that round.

    Raises NotFound, UserError when nobody gets a form or the day of return is past, Conflict when the period had one,
    Outage when PDFs are asked for without LibreOffice.
    """
    if wish.due < wish.on:
        raise UserError(
            f"Hạn nộp {wish.due:%d/%m/%Y} sớm hơn ngày phát {wish.on:%d/%m/%Y}. Sửa hạn nộp.",
            facts={"wrong": {"due": "sớm hơn ngày phát"}},
        )
    if wish.file_format is Format.PDF and find_soffice() is None:
        raise Outage(MISSING_VI, retryable=False, code="soffice_missing")
    units = planned_units(wish)
    if not units:
        raise UserError(
            f"Vào ngày {wish.on:%d/%m/%Y} không có hồ sơ nào cần “{get_form(wish.kind).label_vi}”. "
            "Chọn loại phiếu khác hoặc đổi ngày phát.",
            code="nothing_to_send",
        )
    try:
        with transaction.atomic():
            made = start_round(
                wish.campaign, kind=wish.kind, on=wish.on, due=wish.due, period=wish.period, actor=actor, again=again
            )  # fmt: skip
            if not made.jobs.filter(state__in=(JobState.WAITING, JobState.RUNNING)).exists():
                made.jobs.all().delete()
                FormJob.objects.bulk_create(_rows(made, units, wish.file_format))
    except IntegrityError as fault:
        raise Conflict(
            "Đợt này vừa được tạo ở một cửa sổ khác. Mở danh sách đợt để xem.", code="round_exists"
        ) from fault
    return made


def _rows(
    made: FormRound, units: list[tuple[OrgSnapshot, list[str]]], file_format: Format
) -> Iterator[FormJob]:
    at = 0
    for unit, records in units:
        for start in range(0, len(records), CHUNK):
            part = records[start : start + CHUNK]
            at += 1
            yield FormJob(
                round=made, unit_id=unit.id, position=at, file_format=file_format, records=part, size=len(part)
            )  # fmt: skip


def counts_of(rows: QuerySet[FormJob]) -> RoundCounts:
    """Sums over rows of work."""
    states = {
        name: Count("pk", filter=Q(state=state))
        for name, state in (
            ("waiting", JobState.WAITING),
            ("running", JobState.RUNNING),
            ("failed", JobState.FAILED),
        )
    }
    found = rows.order_by().aggregate(total=Sum("size"), done=Sum("made"), **states)
    refused = sum(len(one) for one in rows.exclude(refused=[]).values_list("refused", flat=True))
    return RoundCounts(
        total=found["total"] or 0,
        made=found["done"] or 0,
        refused=refused,
        waiting=found["waiting"],
        running=found["running"],
        failed=found["failed"],
    )


def retry_round(made: FormRound) -> int:
    """Rows that failed wait again; how many there are."""
    failed = list(made.jobs.filter(state=JobState.FAILED).values_list("pk", flat=True))
    return jobs.retry(failed, FormJob)


def make_job(job: FormJob, *, profile: Path) -> None:
    """Make and give out the forms of a claimed row; a fault is written into it, a passing one gives it back."""
    rounds = FormRound.objects.select_related("campaign")
    made = rounds.get(pk=job.round_id)
    try:
        plan = _plan(job, made)
        given = make_orders(plan.orders, actor=made.created_by, profile=profile, in_round=made)
        stored = store_many(
            NewFile(one.data, _MEDIA[Format(job.file_format)], one.name) for one in given
        )
    except Outage as fault:
        jobs.give_back(job, fault)
        return
    except UserError as fault:
        jobs.fail(job, code=fault.code, message=fault.message)
        return
    refused = [[record, fault.message] for record, fault in plan.refused]
    with transaction.atomic():
        if jobs.finish(job, made=len(given), refused=refused):
            seal_forms(
                [(one.issued, one.data) for one in given],
                actor=made.created_by,
                channel=CHANNEL,
                stored=stored,
            )


def _plan(job: FormJob, made: FormRound) -> UnitForms:
    blank = Order(
        made.kind, Format(job.file_format), made.as_of, due=made.due_on, period=made.period
    )
    code = UnionOrg.objects.values_list("code", flat=True).get(pk=job.unit_id)
    with one_reading():
        unit = org_on(code, as_of=made.as_of)
        return fill_orders(unit, job.records, blank, campaign=made.campaign.code)


# --- out of the store ----------------------------------------------------------------------------------------


def given_forms(made: FormRound, *, unit: int | None = None) -> QuerySet[IssuedForm]:
    """The forms of a round that were given out, of one unit or of all, in the order of their serials."""
    rows = IssuedForm.objects.filter(round=made, file__isnull=False)
    if unit is not None:
        rows = rows.filter(unit=unit)
    return rows.order_by("serial")


def zip_pieces(rows: QuerySet[IssuedForm], *, folders: bool) -> Iterator[bytes]:
    """A ZIP of these forms in pieces, as a stream; ``folders``: one a unit. Raises Outage when a file is lost."""
    archive = ZipStream()
    kept = rows.select_related("file", "unit")
    for issued in kept.iterator(chunk_size=200):
        if issued.file is None:
            continue
        unit = issued.unit
        place = f"{folder_name(unit.short_name or unit.name)}/" if folders and unit else ""
        yield archive.add(f"{place}{file_name(issued)}", read(issued.file))
    yield archive.end()


def form_bytes(issued: IssuedForm) -> tuple[bytes, StoredFile]:
    """A kept form. Raises UserError when it was given out as a file only, Outage when it is lost."""
    if issued.file is None:
        raise UserError(
            f"Phiếu {file_name(issued)} đã gửi riêng, không có trong kho. Hỏi văn thư để lấy lại.",
            code="not_kept",
        )
    return read(issued.file), issued.file

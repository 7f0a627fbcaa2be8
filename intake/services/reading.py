"""Reading a received file: one claim, one transaction for all the forms in it, and its line in the register."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

from django.conf import settings
from django.db import transaction
from django.utils import timezone

from core.errors import Conflict, Outage, Unreadable, UserError
from core.forms import get_form
from intake.calibrate import office_calibration
from intake.lookup import IssuedForms
from intake.models import FileState, FormState, ReceivedFile, ReturnedForm, ReviewDecision
from intake.read import Settings, read_form
from intake.reading import Reading, Status
from intake.reading_json import detailed
from intake.services.applying import apply_review
from intake.services.checking import open_issues, take_check
from intake.services.claims import claim, finish, release
from intake.services.incoming import enter_forms
from intake.services.policy import acceptance, automatic_kinds
from registry.durability import durable
from registry.files import read

#: Who is named where a setting decided, not a person.
MACHINE = "docgen"


def _office_settings() -> Settings:
    """Thresholds and the office's own calibration. Raises Outage when its figures are damaged: no sender's fault."""
    rule = acceptance()
    try:
        figures = office_calibration(Path(settings.DOCGEN_HOME))
    except Unreadable as fault:
        raise Outage(fault.message, retryable=False, code=fault.code) from fault
    return Settings(threshold=rule.default, special=dict(rule.special), calibration=figures)


def read_return(file_id: int) -> FileState | None:
    """Read one waiting file and store what it says. None when someone else has it or it is done.

    A file that cannot be read goes back to its sender with the reason; a passing fault gives it back to the queue.
    """
    row = claim(file_id)
    if row is None:
        return None
    try:
        readings = read_form(
            read(row.file),
            name=row.name,
            expect=row.expect or None,
            store=IssuedForms(),
            on=timezone.localtime(row.received_at).date(),
            settings=_office_settings(),
        )
    except Outage as fault:
        if fault.retryable:
            return release(row, code=fault.code, message=fault.message)
        finish(row, FileState.FAILED, code=fault.code, message=fault.message)
        return FileState.FAILED
    except UserError as fault:
        finish(row, FileState.SENT_BACK, code=fault.code, message=fault.message)
        return FileState.SENT_BACK
    forms = _store(row, readings)
    if forms is None:
        return None
    _apply_clean(forms)
    return FileState.READ


def _store(row: ReceivedFile, readings: list[Reading]) -> list[ReturnedForm] | None:
    """All forms of the file, or none: a reader killed before the end leaves nothing behind."""
    with durable():
        if not finish(row, FileState.READ):
            return None
        forms = [_form(row, at, one) for at, one in enumerate(readings, start=1)]
        enter_forms(row, forms, actor=MACHINE)
    return forms


def _form(row: ReceivedFile, at: int, reading: Reading) -> ReturnedForm:
    form = ReturnedForm(
        received=row,
        position=at,
        kind=reading.kind if reading.status is not Status.REJECTED else "",
        version=reading.version,
        code=reading.code or "",
        status=reading.status.value,
        reading=detailed(replace(reading, sha256=row.file.sha256)),
        values=reading.values(),
        state=FormState.NEEDS_REVIEW,
        org_id=row.sender_id,
    )
    if form.kind:
        take_check(form)
        if form.revises is not None and form.revises.values_hash == form.values_hash:
            form.duplicates, form.revises = form.revises, None
            form.state = FormState.DUPLICATE
    form.save()
    return form


def _apply_clean(forms: list[ReturnedForm]) -> None:
    """Clean readings of the kinds that the office lets through; what the records refuse waits for a person."""
    kinds = automatic_kinds()
    for form in forms:
        if (
            form.kind in kinds
            and form.state == FormState.NEEDS_REVIEW
            and form.status == Status.CLEAN
            and not open_issues(form)
        ):
            try:
                apply_review(form.pk, actor=MACHINE, reason="Rõ ràng, theo cài đặt")
            except UserError:
                continue  # the row still waits, and applying it by hand says why


def read_again(file: ReceivedFile, *, expect: str) -> bool:
    """Queue a file to be read anew as a form of that kind; False when it has been recognised or decided upon.

    Only for a file in which no form was recognised, or which failed: nothing that was read is thrown away.
    """
    get_form(expect)
    with transaction.atomic():
        row = ReceivedFile.objects.select_for_update().get(pk=file.pk)
        forms = ReturnedForm.objects.filter(received=row)
        decided = ReviewDecision.objects.filter(form__received=row).exists()
        if row.state == FileState.READING:
            raise Conflict("Tệp đang được đọc. Chờ đọc xong rồi thử lại.")
        if decided or forms.exclude(kind="").exists():
            return False
        forms.delete()
        row.state, row.expect, row.attempt = FileState.RECEIVED, expect, 0
        row.error_code = row.error_message = ""
        row.finished_at = None
        row.save()
    return True

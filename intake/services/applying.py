"""Applying: once only, in one transaction with the change log, and only while the records are as they were checked."""

from __future__ import annotations

from django.db import connection, transaction
from django.utils import timezone

from core.errors import Conflict, NotFound, UserError
from core.forms import Values, get_form
from intake.handlers import HANDLERS
from intake.handlers.base import Known, Target
from intake.models import Action, FormState, ReturnedForm, ReviewDecision
from intake.services.checking import (
    Checked,
    check_values,
    day_of,
    issued_for,
    open_issues,
    take_check,
)
from records.models import Enterprise, FoundingCase, UnionOrg
from records.services.audit import By
from records.services.audit import log as log_change
from registry.durability import durable

CHANNEL = "intake"
#: Number of the lock that applications take in turn (PostgreSQL).
_TURN = 7_110_624
_REASON = 500


def get_returned(form_id: int) -> ReturnedForm:
    """The returned form of that number. Raises NotFound."""
    rows = ReturnedForm.objects.select_related("received", "received__file", "org", "revises")
    form = rows.filter(pk=form_id).first()
    if form is None:
        raise NotFound(
            f"Không có biểu mẫu gửi về số {form_id}. Xem “docgen review list”.",
            facts={"form": form_id},
        )
    return form


def apply_review(form_id: int, *, actor: str, reason: str = "") -> ReturnedForm:
    """Write an accepted form into the records; its row says what was written.

    Raises Conflict: ``already_applied``, ``still_open`` (points nobody decided), ``record_changed`` (check again and
    decide anew); and whatever the records refuse. Nothing is written then.
    """
    with durable():
        return write_accepted(form_id, actor=actor, reason=reason)


def write_accepted(form_id: int, *, actor: str, reason: str = "") -> ReturnedForm:
    """The same inside a transaction of the caller, who ends it: a preview undoes it."""
    _in_turn()
    _take(form_id, actor=actor)
    form = get_returned(form_id)
    _refuse_open(form)
    record = issued_for(form)
    _lock(check_values(form.kind, form.values, record=record, on=day_of(form)).known)
    checked = check_values(form.kind, form.values, record=record, on=day_of(form))
    _refuse_changed(form, checked)
    by = By(
        actor=actor,
        channel=CHANNEL,
        reason=f"{source_of(form)}. {reason}".strip()[:_REASON],
    )
    lines = HANDLERS[form.kind].apply(
        Values(form.values), checked.known, by, f"biểu mẫu gửi về {form.pk}"
    )
    _close(form, checked.target, lines, actor=actor, reason=reason)
    return form


def source_of(form: ReturnedForm) -> str:
    """How the change log names the form that a change came from."""
    return f"Biểu mẫu gửi về {form.pk}"


def _in_turn() -> None:
    """One application at a time: two forms that both name a new enterprise must not both make it.

    SQLite lets only one write anyway.
    """
    if connection.vendor == "postgresql":
        with connection.cursor() as cursor:
            cursor.execute("SELECT pg_advisory_xact_lock(%s)", [_TURN])


def _take(form_id: int, *, actor: str) -> None:
    """Only one caller gets past this, whoever else tries at the same moment."""
    taken = ReturnedForm.objects.filter(
        pk=form_id, state=FormState.NEEDS_REVIEW, kind__gt=""
    ).update(state=FormState.APPLIED, applied_at=timezone.now(), applied_by=actor)
    if taken:
        return
    form = get_returned(form_id)
    if not form.kind:
        raise UserError(
            "Không nhận ra biểu mẫu trong tệp này. Trả lại, hoặc đọc lại: docgen intake TỆP --as MẪU.",
            code="unknown_form",
        )
    code = "already_applied" if form.state == FormState.APPLIED else "closed"
    raise Conflict(
        f"Biểu mẫu {form_id} đang ở trạng thái “{form.get_state_display()}” nên không nhập nữa.",
        code=code,
        facts={"form": form_id, "state": form.state},
    )


def _refuse_open(form: ReturnedForm) -> None:
    issues = open_issues(form)
    if issues:
        raise Conflict(
            f"Biểu mẫu {form.pk} còn {len(issues)} điểm chưa quyết định: {issues[0].message}"
            + (" …" if len(issues) > 1 else ""),
            code="still_open",
            facts={"form": form.pk, "open": [one.as_json() for one in issues]},
        )


def _refuse_changed(form: ReturnedForm, checked: Checked) -> None:
    target = Target(form.record_type, form.record_id)
    if checked.token == form.records_token and checked.target == target:
        return
    raise Conflict(
        f"Hồ sơ đã thay đổi từ khi biểu mẫu {form.pk} được kiểm tra. Kiểm tra lại (docgen review decide {form.pk} "
        "--recheck), xem điểm khác rồi nhập.",
        code="record_changed",
        facts={"form": form.pk, "record": f"{checked.target.type}:{checked.target.id}"},
    )


def _lock(known: Known) -> None:
    """Hold the records concerned to the end of the transaction, in one order whoever asks."""
    if known.org is not None:
        list(UnionOrg.objects.select_for_update().filter(pk=known.org.id))
    ids = [one.id for one in known.enterprises]
    list(Enterprise.objects.select_for_update().filter(pk__in=ids).order_by("pk"))
    codes = {*known.cases.values(), *((known.case.code,) if known.case else ())}
    list(FoundingCase.objects.select_for_update().filter(code__in=codes).order_by("pk"))


def _close(
    form: ReturnedForm, target: Target, lines: list[str], *, actor: str, reason: str
) -> None:
    form.outcome = lines
    form.record_id = target.id
    form.save(update_fields=("outcome", "record_id"))
    ReviewDecision.objects.create(
        form=form, actor=actor, action=Action.APPLY, after=lines, reason=reason[:_REASON]
    )
    by = By(actor=actor, channel=CHANNEL, reason=reason[:_REASON])
    label = get_form(form.kind).label_vi
    log_change(form, by=by, action="applied", before={}, after={"form": label, "written": lines})
    _supersede(form, actor=actor)


def _supersede(form: ReturnedForm, *, actor: str) -> None:
    """Earlier ones of the same subject that nobody applied are closed: this one stands in their place."""
    waiting = ReturnedForm.objects.filter(
        subject=form.subject, pk__lt=form.pk, state=FormState.NEEDS_REVIEW
    )
    for earlier in waiting.select_for_update():
        earlier.state = FormState.SENT_BACK
        earlier.save(update_fields=("state",))
        ReviewDecision.objects.create(
            form=earlier,
            actor=actor,
            action=Action.SEND_BACK,
            reason=f"Đã nhập bản gửi sau (biểu mẫu {form.pk}).",
        )


def check_again(form_id: int, *, actor: str) -> ReturnedForm:
    """Hold the form against the records of now; points accepted before stay accepted unless they changed."""
    with transaction.atomic():
        form = locked_form(form_id)
        before = form.records_token
        retake(form)
        ReviewDecision.objects.create(
            form=form,
            actor=actor,
            action=Action.RECHECK,
            before=before[:16],
            after=form.records_token[:16],
        )
    return form


def locked_form(form_id: int) -> ReturnedForm:
    """The form that still waits, locked. Raises NotFound, Conflict when it is closed."""
    rows = ReturnedForm.objects.select_for_update(of=("self",)).select_related("received")
    form = rows.filter(pk=form_id).first()
    if form is None:
        return get_returned(form_id)
    if form.state != FormState.NEEDS_REVIEW:
        raise Conflict(
            f"Biểu mẫu {form_id} đang ở trạng thái “{form.get_state_display()}” nên không sửa nữa.",
            code="closed",
            facts={"form": form_id, "state": form.state},
        )
    return form


def retake(form: ReturnedForm) -> None:
    """Check and save."""
    from_check = ("values", "record_type", "record_id", "subject", "records_token", "org", "values_hash",
                  "checked_on", "revises", "findings", "issued")  # fmt: skip
    take_check(form)
    form.save(update_fields=from_check)

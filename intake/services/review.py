"""Review: a person accepts, corrects or rejects, field by field or the whole form. Every decision is a row."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from django.db import transaction

from core.errors import Conflict, UserError
from core.forms import FormKind, get_form
from core.validation import check_data
from intake.extract.found import By, Found
from intake.extract.meaning import mean
from intake.issues import Issue, Path, field_of, parse_path, value_at, with_value, without_row
from intake.models import Action, FormState, ReturnedForm, ReviewDecision
from intake.services.applying import locked_form, retake
from intake.services.checking import doubts, open_issues
from records.models import ChangeLog

_REASON = 500


def accept(form_id: int, *, actor: str, path: str = "", reason: str = "") -> ReturnedForm:
    """The value at the path (or everything that is open) is right as it is read.

    What must be mended stays open. Raises NotFound, Conflict when the form is closed.
    """
    with transaction.atomic():
        form = locked_form(form_id)
        issues = [one for one in open_issues(form) if not one.is_must]
        value: object = None
        if path:
            place = parse_path(path, get_form(form.kind))
            value = value_at(form.values, place)
            issues = _touching(issues, place)
        _log(form, actor=actor, action=Action.ACCEPT, path=path, before=value, after=value,
             settles=issues, reason=reason)  # fmt: skip
    return form


def accept_issues(
    form_id: int, *, actor: str, keys: Iterable[str], path: str = "", reason: str = ""
) -> ReturnedForm:
    """These open points, as somebody saw them, are right as they are.

    A point that is not open any more is passed over: it was decided, or has changed and is asked anew. Raises NotFound,
    Conflict when the form is closed or one of them must be mended.
    """
    wanted = set(keys)
    with transaction.atomic():
        form = locked_form(form_id)
        issues = [one for one in open_issues(form) if one.key in wanted]
        must = next((one for one in issues if one.is_must), None)
        if must is not None:
            raise Conflict(f"Điểm này phải sửa mới nhập được: {must.message}", code="must_mend")
        if issues:
            value = value_at(form.values, parse_path(path, get_form(form.kind))) if path else None
            _log(form, actor=actor, action=Action.ACCEPT, path=path, before=value, after=value,
                 settles=issues, reason=reason)  # fmt: skip
    return form


def correct(
    form_id: int, *, actor: str, path: str, value: object, reason: str = ""
) -> ReturnedForm:
    """Another value at the path; it is checked like any given value, and the form against the records anew.

    Raises UserError for a value that is none of its kind, NotFound, Conflict when the form is closed.
    """
    return _change(
        form_id, actor=actor, path=path, value=value, action=Action.CORRECT, reason=reason
    )


def reject(form_id: int, *, actor: str, path: str, reason: str = "") -> ReturnedForm:
    """The value at the path is not taken over; with ``rows[2]`` the whole row is taken out."""
    return _change(form_id, actor=actor, path=path, value=None, action=Action.REJECT, reason=reason)


def _change(
    form_id: int, *, actor: str, path: str, value: object, action: Action, reason: str
) -> ReturnedForm:
    with transaction.atomic():
        form = locked_form(form_id)
        kind = get_form(form.kind)
        place = parse_path(path, kind)
        issues = _from_reading(form, place)
        if place.at is not None and not place.column:
            if action is not Action.REJECT:
                raise UserError("Chỉ rõ cột cần sửa, ví dụ rows[0].full_name.", code="usage")
            before = value_at(form.values, place)
            form.values = without_row(form.values, place.at)
            after: object = None
        else:
            after = _checked(kind, place, value)
            rows = form.values.get("rows") or []
            new_row = place.at is not None and place.at == len(rows)
            before = None if new_row else value_at(form.values, place)
            form.values = with_value(form.values, place, after)
        _log(form, actor=actor, action=action, path=str(place), before=before, after=after,
             settles=issues, reason=reason)  # fmt: skip
        retake(form)
    return form


def _checked(kind: FormKind, place: Path, value: object) -> object:
    """The value in its stored form. Raises UserError saying what is wrong with it."""
    if value is None:
        return None
    field = field_of(place, kind)
    checked = check_data((field.spec,), {field.key: value})
    if not checked.ok:
        why = "; ".join(checked.wrong.values()) or "để trống"
        raise UserError(
            f"“{field.label_vi}” ({place}): {why}.",
            code="bad_value",
            facts={"wrong": {str(place): why}},
        )
    return checked.data.get(field.key)


def typed_value(form: ReturnedForm, path: str, text: str) -> object:
    """What a person typed for a place, read as forms are read: `2/5/24`, `1.234`, `5 triệu`. Empty is nothing.

    Raises NotFound for a place that is none, UserError when it is no value of that kind.
    """
    kind = get_form(form.kind)
    place = parse_path(path, kind)
    if place.at is not None and not place.column:
        raise UserError("Chỉ rõ cột cần sửa.", code="usage")
    field = field_of(place, kind)
    if field.options and text in {one.code for one in field.options}:
        return text
    meant = mean(field, Found(text, By.LINE))
    if meant.value is None and meant.raw:
        why = "; ".join(one.message for one in meant.doubts) or "không đọc được"
        raise UserError(
            f"“{field.label_vi}”: {why}", code="bad_value", facts={"wrong": {path: why}}
        )
    return meant.value


def send_back(form_id: int, *, actor: str, reason: str) -> ReturnedForm:
    """The form goes back to its sender with the reason; nothing of it is written. Raises UserError without one."""
    if not reason.strip():
        raise UserError(
            "Trả lại biểu mẫu thì phải ghi lý do (--reason).", facts={"missing": ["reason"]}
        )
    with transaction.atomic():
        form = locked_form(form_id)
        form.state = FormState.SENT_BACK
        form.save(update_fields=("state",))
        _log(form, actor=actor, action=Action.SEND_BACK, reason=reason)
    return form


def note_seen(forms: Iterable[ReturnedForm], *, actor: str, channel: str) -> None:
    """Write down who saw forms with personal data unmasked (NĐ 356/2025 Điều 4 k2)."""
    ChangeLog.objects.bulk_create(
        ChangeLog(
            actor=actor,
            channel=channel,
            action="seen",
            record_type="returnedform",
            record_id=str(form.pk),
        )
        for form in forms
        if form.kind and has_personal(get_form(form.kind))
    )


def has_personal(kind: FormKind) -> bool:
    """Whether forms of the kind carry personal data."""
    return any(one.personal for one in kind.everything())


def _touching(issues: Iterable[Issue], place: Path) -> list[Issue]:
    """Issues about the place, or about a cell of the row."""
    text = str(place)
    whole_row = place.at is not None and not place.column
    return [
        one
        for one in issues
        if any(path == text or (whole_row and path.startswith(f"{text}.")) for path in one.paths)
    ]


def _from_reading(form: ReturnedForm, place: Path) -> list[Issue]:
    """Doubts about what was read there: another value leaves them behind."""
    found = _touching(doubts(form, list(form.decisions.all())), place)
    return [one for one in found if len(one.paths) == 1]


def _log(
    form: ReturnedForm,
    *,
    actor: str,
    action: Action,
    path: str = "",
    before: Any = None,
    after: Any = None,
    settles: Iterable[Issue] = (),
    reason: str = "",
) -> None:
    ReviewDecision.objects.create(
        form=form,
        actor=actor,
        action=action,
        path=path,
        before=before,
        after=after,
        settles=[one.key for one in settles],
        reason=reason[:_REASON],
    )

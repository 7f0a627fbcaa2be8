"""`docgen review …`: what waits for a person, one returned form in full, and decisions about it."""

from __future__ import annotations

import json
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

import click
from django.utils import timezone

from config.cli.output import FOUND, answer, json_option
from config.cli.reading import shown
from config.cli.registers import get_org
from config.cli.returns import CLERK, form_line
from config.cli.store import store_group
from config.cli.verbs import WholeNumber
from core.errors import UserError
from core.forms import FORMS, FormField, FormKind, get_form
from core.forms.privacy import mask_numbers, masked
from core.schema import FieldKind
from intake.issues import UNSURE, Issue, field_of, label_of, parse_path, value_at
from intake.models import ReturnedForm, ReviewDecision
from intake.reading_json import restored
from intake.services.applying import apply_review, check_again, get_returned
from intake.services.checking import open_issues
from intake.services.review import accept, correct, has_personal, note_seen, reject, send_back
from intake.services.rounds import waiting_forms

_YES = {
    "true": True,
    "có": True,
    "co": True,
    "x": True,
    "false": False,
    "không": False,
    "khong": False,
}
_NUMBERS = (FieldKind.INTEGER, FieldKind.MONEY, FieldKind.RATE)
_ID = click.argument("form_id", type=WholeNumber(), metavar="SỐ", help="Số của biểu mẫu gửi về.")


@store_group(
    "review", help="Kiểm tra biểu mẫu gửi về: xem, chấp nhận, sửa, trả lại, nhập vào hồ sơ."
)
def review() -> None:
    """The review verbs hang below."""


@review.command("list", help="Những biểu mẫu chờ kiểm tra.")
@click.option(
    "--kind", type=click.Choice(list(FORMS)), metavar="MẪU", help="Chỉ loại biểu mẫu này."
)
@click.option("--from", "sender", metavar="MÃ", help="Chỉ của tổ chức này.")
@json_option
def list_verb(kind: str | None, sender: str | None, *, as_json: bool) -> int:
    """Lists carry no personal data: neither names nor numbers, nor the names of files that may hold them."""
    forms = waiting_forms(kind=kind or "", org=get_org(sender) if sender else None)
    entries = [_entry(form) for form in forms]
    lines = [
        f"{form_line(form)}; {entry['open']} điểm cần quyết định"
        for form, entry in zip(forms, entries, strict=True)
    ]
    answer(entries, as_json=as_json, text="\n".join(lines) or "Không có biểu mẫu nào chờ kiểm tra.")
    return FOUND if forms else 0


def _entry(form: ReturnedForm) -> dict[str, object]:
    return {
        "id": form.pk,
        "kind": form.kind or None,
        "label": get_form(form.kind).label_vi if form.kind else None,
        "state": form.state,
        "status": form.status,
        "record": {"type": form.record_type, "id": form.record_id} if form.record_id else None,
        "sender": form.org.code if form.org else None,
        "received_at": form.received.received_at,
        "revises": form.revises_id,
        "open": len(open_issues(form)),
    }


@review.command("show", help="Một biểu mẫu: giá trị đọc được, điểm cần quyết định, các quyết định.")
@_ID
@click.option(
    "--as", "actor", default=CLERK, show_default=True, help="Người xem (ghi vào nhật ký)."
)
@click.option(
    "--full",
    is_flag=True,
    help="Hiện đủ số định danh, điện thoại, ngày sinh và dữ liệu nhạy cảm (mặc định che).",
)
@json_option
def show(form_id: int, actor: str, *, full: bool, as_json: bool) -> int:
    """Everything about the form; who looks is written down where it holds personal data. Programs see all of it."""
    form = get_returned(form_id)
    note_seen([form], actor=actor, channel="cli")
    issues = open_issues(form)
    lines = list(_lines(form, issues, _Told(full=full)))
    if not full and form.kind and has_personal(get_form(form.kind)):
        lines.append(f"  Dữ liệu cá nhân được che; xem đủ: docgen review show {form.pk} --full")
    answer(full_entry(form, issues), as_json=as_json, text="\n".join(lines))
    return FOUND if issues else 0


@dataclass(frozen=True)
class _Told:
    """How values and sentences are put on the screen."""

    full: bool

    def value(self, field: FormField, value: object) -> str:
        """A value in words, hidden where it must be."""
        if value is None:
            return "(trống)"
        return shown(field, value) if self.full else masked(field, value, shown(field, value))

    def issue(self, issue: Issue) -> str:
        """What is open."""
        return _told(issue) if self.full else mask_numbers(_told(issue))


def full_entry(form: ReturnedForm, issues: list[Issue]) -> dict[str, object]:
    """For scripts: the entry of the list, the reading of contract §4, the values as they are now, and the history."""
    return {
        **_entry(form),
        "reading": restored(form.reading).as_json(),
        "values": form.values,
        "issues": [one.as_json() for one in issues],
        "decisions": [
            {"at": one.at, "actor": one.actor, "action": one.action, "field": one.path or None, "before": one.before,
             "after": one.after, "reason": one.reason}
            for one in form.decisions.all()
        ],
        "outcome": form.outcome,
    }  # fmt: skip


def _lines(form: ReturnedForm, issues: list[Issue], told: _Told) -> Iterator[str]:
    yield form_line(form)
    if not form.kind:
        yield f"  {restored(form.reading).reason or ''}"
        return
    kind = get_form(form.kind)
    for one in kind.fields:
        if one.key in form.values:
            yield from _value(form, one.key, issues, told, indent="  ")
    for at, row in enumerate(form.values.get("rows") or []):
        yield f"  Dòng {at + 1}:"
        for column in kind.columns:
            if column.key in row:
                yield from _value(form, f"rows[{at}].{column.key}", issues, told, indent="    ")
    yield from (f"  {told.issue(one)}" for one in issues if not any(map(_is_value, one.paths)))
    yield from _unsure_line(issues)
    yield from (f"  {_decision(decision, kind)}" for decision in form.decisions.all())
    for line in form.outcome:
        yield f"  Đã ghi: {line}"


def _decision(decision: ReviewDecision, kind: FormKind) -> str:
    """`03/09/2024 09:15 văn thư: sửa Mã số thuế (ghi thiếu một số)`."""
    where = f" {label_of(decision.path, kind)}" if decision.path else ""
    why = f" ({decision.reason})" if decision.reason else ""
    when = timezone.localtime(decision.at).strftime("%d/%m/%Y %H:%M")
    return f"{when} {decision.actor}: {decision.get_action_display()}{where}{why}"


def _is_value(path: str) -> bool:
    return path != "rows" and not path.startswith("rows.") and not path.endswith("]")


def _value(
    form: ReturnedForm, path: str, issues: list[Issue], told: _Told, *, indent: str
) -> Iterator[str]:
    kind = get_form(form.kind)
    place = parse_path(path, kind)
    field = field_of(place, kind)
    value = value_at(form.values, place)
    unsure = " (?)" if any(one.code == UNSURE and path in one.paths for one in issues) else ""
    head = f"{field.header}, {field.label_vi}" if field.header else field.label_vi
    yield f"{indent}{head}: {told.value(field, value)}{unsure}"
    for one in issues:
        if path not in one.paths or one.code == UNSURE:
            continue
        before = _before(form, path, kind, told) if one.code == "revision" else ""
        yield f"{indent}  {told.issue(one)}{before}"


def _unsure_line(issues: list[Issue]) -> Iterator[str]:
    """One line for all values that nothing speaks against: a form has dozens of them before it is calibrated."""
    count = sum(one.code == UNSURE for one in issues)
    if count:
        yield f"  [cần quyết định] {count} giá trị chưa đạt độ chắc chắn cần thiết (dấu ?); đối chiếu với tệp gốc."


def _told(issue: Issue) -> str:
    return f"[{'phải sửa' if issue.is_must else 'cần quyết định'}] {issue.message}"


def _before(form: ReturnedForm, path: str, kind: FormKind, told: _Told) -> str:
    """The value of the form sent earlier, beside the new one."""
    if form.revises is None:
        return ""
    place = parse_path(path, kind)
    rows = form.revises.values.get("rows") or []
    if place.at is not None and place.at >= len(rows):
        return ""
    value = value_at(form.revises.values, place)
    was = told.value(field_of(place, kind), value)
    return f" Lần trước (biểu mẫu {form.revises_id}): {was}"


@review.command("decide", help="Quyết định về một biểu mẫu; mọi quyết định đều được ghi lại.")
@_ID
@click.option(
    "--accept", "accepted", multiple=True, metavar="MỤC", help="Giá trị ở mục này là đúng."
)
@click.option("--accept-all", is_flag=True, help="Chấp nhận mọi điểm còn mở.")
@click.option(
    "--correct", "corrected", multiple=True, metavar="MỤC=GIÁ_TRỊ", help="Sửa giá trị ở mục này."
)
@click.option(
    "--reject", "rejected", multiple=True, metavar="MỤC", help="Bỏ giá trị, hoặc cả dòng: rows[2]."
)
@click.option("--recheck", is_flag=True, help="Kiểm tra lại với hồ sơ lúc này.")
@click.option("--send-back", is_flag=True, help="Trả lại cho nơi gửi, kèm --reason.")
@click.option("--apply", "apply_it", is_flag=True, help="Nhập vào hồ sơ khi không còn điểm mở.")
@click.option("--reason", default="", help="Lý do, ghi vào nhật ký.")
@click.option("--as", "actor", default=CLERK, show_default=True, help="Người quyết định.")
@json_option
def decide(  # noqa: PLR0913 - the options of the verb
    form_id: int,
    accepted: tuple[str, ...],
    corrected: tuple[str, ...],
    rejected: tuple[str, ...],
    reason: str,
    actor: str,
    *,
    accept_all: bool,
    recheck: bool,
    send_back: bool,
    apply_it: bool,
    as_json: bool,
) -> int:
    """In this order: check again, correct, reject, accept, apply. Exit 1 while something stays open."""
    if not (accepted or corrected or rejected or accept_all or recheck or send_back or apply_it):
        raise UserError("Chưa nói quyết định gì. Xem “docgen review decide --help”.", code="usage")
    form = get_returned(form_id)
    if send_back:
        _send_back(form_id, actor=actor, reason=reason)
    else:
        if recheck:
            check_again(form_id, actor=actor)
        for text in corrected:
            path, value = _assignment(text, form)
            correct(form_id, actor=actor, path=path, value=value, reason=reason)
        for path in rejected:
            reject(form_id, actor=actor, path=path, reason=reason)
        for path in accepted:
            accept(form_id, actor=actor, path=path, reason=reason)
        if accept_all:
            accept(form_id, actor=actor, reason=reason)
        if apply_it:
            apply_review(form_id, actor=actor, reason=reason)
    form = get_returned(form_id)
    issues = open_issues(form)
    answer(full_entry(form, issues), as_json=as_json, text="\n".join(_short(form, issues)))
    return FOUND if issues and form.state == "needs_review" else 0


_send_back = send_back


def _short(form: ReturnedForm, issues: list[Issue]) -> Iterator[str]:
    yield form_line(form)
    if form.state == "needs_review":
        hidden = _Told(full=False)
        yield from (f"  {hidden.issue(one)}" for one in issues if one.code != UNSURE)
        yield from _unsure_line(issues)
        if not issues:
            yield f"  Không còn điểm mở; nhập vào hồ sơ: docgen review decide {form.pk} --apply"
    yield from (f"  {line}" for line in form.outcome)


def _assignment(text: str, form: ReturnedForm) -> tuple[str, Any]:
    """`workers_total=27` as a path and a value of the field's kind. Raises UserError."""
    path, equals, written = text.partition("=")
    if not equals:
        raise UserError(f"“{text}”: ghi dạng MỤC=GIÁ_TRỊ, ví dụ workers_total=27.", code="usage")
    if not form.kind:
        raise UserError("Không nhận ra biểu mẫu nên không sửa được từng mục.", code="unknown_form")
    kind = get_form(form.kind)
    place = parse_path(path, kind)
    if place.at is not None and not place.column:
        raise UserError("Chỉ rõ cột cần sửa, ví dụ rows[0].full_name.", code="usage")
    sort = field_of(place, kind).kind
    if not written:
        return path, None
    if sort is FieldKind.BOOLEAN:
        return path, _YES.get(written.casefold(), written)
    if sort in _NUMBERS:
        try:
            return path, json.loads(written.replace(",", "."))
        except ValueError:
            return path, written
    return path, written


VERBS = (review,)

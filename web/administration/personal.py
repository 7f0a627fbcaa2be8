"""Requests of people about their own data: terms by law, all that the store holds, and erasing what may go."""

from __future__ import annotations

import json
from collections.abc import Iterator, Sequence
from datetime import date, datetime, timedelta
from typing import Any

from django.contrib.contenttypes.models import ContentType
from django.db import models, transaction
from django.db.models import Q
from django.utils import timezone

from core.dates import add_working_days
from core.errors import Conflict
from core.sheets import Column, SheetData, sheet_name, write_book
from docgen.models import Document
from intake.models import ReturnedForm
from records.models import ChangeLog, Person
from records.selectors.facts import find_fact
from records.services.audit import By
from records.services.erasure import cases_of, erase_person, reasons_to_keep
from web.models import AccessLog, DataRequest, DataRight, RequestState

#: Dated facts of the terms (corrections to the domain brief §9).
ANSWER_FACT = "personal_data_answer_working_days"
ACT_FACT = "personal_data_act_days"
_HIDDEN = frozenset({"id", "created_by", "updated_by", "password"})
_LIMIT = 5000
_PHONE_DIGITS = 9


def terms(right: str, received: date) -> tuple[date | None, date | None]:
    """The last days to answer and to act, as the law of the day of receipt has it; None where no fact says so."""
    answer, act = (find_fact(key, as_of=received) for key in (ANSWER_FACT, ACT_FACT))
    answer_by = add_working_days(received, answer.as_int()) if answer else None
    days = act.value.get(right) if act and isinstance(act.value, dict) else None
    return answer_by, received + timedelta(days=days) if isinstance(days, int) else None


def register_request(
    person: Person, *, right: DataRight, received: date, how: str, actor: str
) -> DataRequest:
    """Write the request into the register with its terms. The same one twice in a day is one."""
    answer_by, act_by = terms(right, received)
    row, _ = DataRequest.objects.get_or_create(
        person=person, right=right, received_on=received, state=RequestState.OPEN,
        defaults={"how": how, "answer_by": answer_by, "act_by": act_by, "created_by": actor},
    )  # fmt: skip
    return row


def answer_request(row: DataRequest, *, actor: str, today: date, words: str) -> None:
    """The person was answered; the work may still be open. Raises Conflict when it is closed."""
    _move(
        row, RequestState.ANSWERED, actor=actor, answered_on=row.answered_on or today, outcome=words
    )


def close_request(row: DataRequest, *, actor: str, today: date, words: str) -> None:
    """What was asked is done. Raises Conflict when it is closed."""
    _move(row, RequestState.DONE, actor=actor, answered_on=row.answered_on or today, closed_on=today,
          outcome=words)  # fmt: skip


def refuse_request(row: DataRequest, *, actor: str, today: date, words: str) -> None:
    """It cannot be done, and the person was told why. Raises Conflict when it is closed."""
    _move(row, RequestState.REFUSED, actor=actor, answered_on=row.answered_on or today,
          closed_on=today, outcome=words)  # fmt: skip


def _move(row: DataRequest, state: RequestState, *, actor: str, **changes: object) -> None:
    open_ = DataRequest.objects.filter(
        pk=row.pk, state__in=(RequestState.OPEN, RequestState.ANSWERED)
    )
    if not open_.update(state=state, handled_by=actor, **changes):
        raise Conflict("Yêu cầu này đã xong hoặc đã từ chối, không đổi được nữa.", code="closed")
    row.refresh_from_db()


# --- what stands against erasing ---------------------------------------------------------------------------


def reasons_against(person: Person, *, today: date) -> list[str]:
    """Every reason why the data must stay: the records', then issued papers, accounts, forms under review."""
    found = reasons_to_keep(person, today=today)
    records = [f"case:{code}" for code in cases_of(person)]
    papers = Document.objects.filter(number__isnull=False).filter(
        Q(signer=person) | Q(record__in=records)
    )
    found += [
        f"có tên trong văn bản đã phát hành {paper.code}, phải giữ nguyên theo quy định về lưu trữ"
        for paper in papers.order_by("issued_on", "id")[:5]
    ]
    if person.accounts.exists():
        found.append("đang gắn với một tài khoản của bàn làm việc")
    return found


def erase(row: DataRequest, *, actor: str, today: date) -> None:
    """Erase the person's data and close the request; refuse with every reason where something needs them.

    Raises Conflict.
    """
    with transaction.atomic():
        if reasons := reasons_against(row.person, today=today):
            raise Conflict(
                f"Không xóa được: người này {'; '.join(reasons)}. Trả lời người yêu cầu kèm lý do đó.",
                code="still_needed",
                facts={"reasons": reasons},
            )
        by = By(actor, "web", f"Yêu cầu xóa dữ liệu nhận ngày {row.received_on:%d/%m/%Y}")
        erase_person(row.person, by=by, today=today)
        close_request(
            row, actor=actor, today=today, words="Đã xóa dữ liệu của người này trong hồ sơ."
        )


# --- all that the store holds -----------------------------------------------------------------------------


def holdings(person: Person) -> dict[str, list[dict[str, object]]]:
    """Every row that speaks of the person, by what it is; values by their labels.

    Found by the references between tables, so that a table added later is in it too.
    """
    found: dict[str, list[dict[str, object]]] = {"Người": [_values(person)]}
    for name, rows in _referring(person):
        found.setdefault(name, []).extend(_values(row) for row in rows)
    found["Biểu mẫu gửi về"] = [_values(form) for form in _forms(person)]
    found["Nhật ký thay đổi"] = [
        _values(line)
        for line in ChangeLog.objects.filter(record_type="person", record_id=person.code)[:_LIMIT]
    ]
    found["Nhật ký xem"] = [
        _values(line) for line in AccessLog.objects.filter(subject=f"person:{person.code}")[:_LIMIT]
    ]
    return {name: rows for name, rows in found.items() if rows}


def _referring(person: Person) -> Iterator[tuple[str, Sequence[models.Model]]]:
    for relation in person._meta.related_objects:
        model: Any = relation.related_model
        if model is ContentType or model._meta.auto_created:
            continue
        rows = model._default_manager.filter(**{relation.field.name: person})[:_LIMIT]
        yield str(model._meta.verbose_name).capitalize(), list(rows)


def _forms(person: Person) -> Sequence[ReturnedForm]:
    """Forms that name the person by the ID number or the phone; a name alone may be anybody's."""
    query = Q()
    for text in (person.id_number, person.phone):
        if text and len(text) >= _PHONE_DIGITS:
            query |= Q(values__icontains=text)
    return list(ReturnedForm.objects.filter(query)[:_LIMIT]) if query else []


def _values(row: models.Model) -> dict[str, object]:
    """The columns of a row by their labels; references as people read them."""
    found: dict[str, object] = {}
    for field in row._meta.concrete_fields:
        if field.name in _HIDDEN:
            continue
        value = getattr(row, field.attname)
        if field.is_relation and value is not None:
            value = str(getattr(row, field.name))
        found[str(field.verbose_name).capitalize()] = _plain(value)
    return found


def _plain(value: object) -> object:
    if isinstance(value, datetime):
        return timezone.localtime(value).strftime("%Y-%m-%d %H:%M") if value.tzinfo else str(value)
    if isinstance(value, dict | list | str | int | float | bool | None):
        return value
    return str(value)


def as_json(person: Person) -> bytes:
    """All that the store holds about a person, for programs."""
    return json.dumps(holdings(person), ensure_ascii=False, indent=1, default=str).encode()


def as_workbook(person: Person) -> bytes:
    """All that the store holds about a person, a sheet for each kind of row."""
    sheets = []
    for name, rows in holdings(person).items():
        heads = list(dict.fromkeys(key for row in rows for key in row))
        lines = [tuple(_cell(row.get(key)) for key in heads) for row in rows]
        sheets.append(
            SheetData(sheet_name(name), tuple(Column(h) for h in heads), lines, landscape=True)
        )
    return write_book(sheets)


def _cell(value: object) -> str:
    if value is None:
        return ""
    if isinstance(value, dict | list):
        return json.dumps(value, ensure_ascii=False)[:2000]
    return "có" if value is True else "không" if value is False else str(value)

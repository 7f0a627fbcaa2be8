"""What the forms of an enterprise and its case do: read what was typed, call the services, all in one transaction."""

from __future__ import annotations

from collections.abc import Callable, Mapping

from django.db import transaction
from django.http import QueryDict

from core.errors import DataIncomplete
from records.models import (
    Area,
    Campaign,
    CasePath,
    Enterprise,
    EnterpriseStatus,
    EnterpriseType,
    FoundingCase,
    UnionOrg,
)
from records.services.audit import By
from records.services.cases import change_case, create_case, move_case
from records.services.enterprises import (
    change_enterprise,
    create_enterprise,
    locate_enterprise,
    put_under,
    record_observation,
)
from web.recordbook.days import optional_day, typed_day

#: Numbers of an observation, with their words.
COUNTS = {
    "workers_total": "tổng số lao động",
    "workers_female": "lao động nữ",
    "workers_ethnic": "lao động dân tộc thiểu số",
    "workers_si": "lao động đóng BHXH",
    "willing_workers": "số người muốn gia nhập",
    "avg_wage": "thu nhập bình quân",
}
_TEXTS = ("legal_rep_name", "legal_rep_post", "legal_rep_phone", "contact_name", "contact_phone")
_FACTS = ("name", "short_name", "tax_code", "sector")


def typed_count(text: str, *, name: str, label: str) -> int | None:
    """A whole number as people type it (1.234); nothing typed is None. Raises DataIncomplete."""
    digits = text.strip().replace(".", "").replace(" ", "")
    if not digits:
        return None
    if not (digits.isascii() and digits.isdigit()):
        reason = f"“{text}” không phải là số nguyên."
        raise DataIncomplete(f"{label.capitalize()}: {reason}", wrong={name: reason})
    return int(digits)


def _choice(typed: QueryDict, name: str, known: list[str], label: str) -> str:
    value = typed.get(name, "")
    if value not in known:
        raise DataIncomplete(f"Chưa chọn {label}.", missing=[name])
    return value


def _facts(typed: QueryDict) -> dict[str, object]:
    values: dict[str, object] = {name: typed.get(name, "") for name in _FACTS}
    values["tax_code"] = typed.get("tax_code", "").strip() or None
    values["type"] = _choice(typed, "type", EnterpriseType.values, "loại hình")
    values["founded_on"] = optional_day(
        typed.get("founded_on", ""), name="founded_on", label="ngày thành lập"
    )
    return values


def add_enterprise(typed: QueryDict, *, by: By) -> Enterprise:
    """A new enterprise with its address and unit from the day given. Raises DataIncomplete, Conflict."""
    with transaction.atomic():
        row = create_enterprise(by=by, **_facts(typed))
        if typed.get("area"):
            move_address(row, typed, by=by)
        if typed.get("unit"):
            change_unit(row, typed, by=by)
    return row


def save_facts(row: Enterprise, typed: QueryDict, *, by: By) -> None:
    """The facts that have no dates of their own."""
    change_enterprise(row, _facts(typed), by=by)


def move_address(row: Enterprise, typed: QueryDict, *, by: By) -> None:
    """Another address from a day on; no day: as long as anybody knows."""
    area = Area.objects.filter(code=typed.get("area", "")).first()
    if area is None:
        raise DataIncomplete("Chưa chọn xã, phường.", missing=["area"])
    locate_enterprise(
        row,
        area,
        address=typed.get("address", ""),
        on=optional_day(typed.get("located_on", ""), name="located_on", label="ngày chuyển"),
        source=typed.get("source", ""),
        by=by,
    )


def change_unit(row: Enterprise, typed: QueryDict, *, by: By) -> None:
    """Another union organisation in charge from a day on."""
    unit = UnionOrg.objects.filter(code=typed.get("unit", "")).first()
    if unit is None:
        raise DataIncomplete("Chưa chọn công đoàn phụ trách.", missing=["unit"])
    put_under(
        row,
        unit,
        on=optional_day(typed.get("unit_on", ""), name="unit_on", label="từ ngày"),
        source=typed.get("source", ""),
        by=by,
    )


def observe(row: Enterprise, typed: QueryDict, *, by: By) -> None:
    """What was seen or stated on a day; what is left empty says nothing."""
    values: dict[str, object] = {
        name: typed_count(typed.get(name, ""), name=name, label=label)
        for name, label in COUNTS.items()
    }
    values |= {name: typed.get(name, "") for name in _TEXTS}
    status = typed.get("status", "")
    if status:
        values["status"] = _choice(typed, "status", EnterpriseStatus.values, "tình trạng")
    if not any(value not in (None, "") for value in values.values()):
        raise DataIncomplete("Chưa ghi điều gì đã thấy ở doanh nghiệp.", missing=["workers_total"])
    record_observation(
        row,
        observed_on=typed_day(
            typed.get("observed_on", ""), name="observed_on", label="ngày ghi nhận"
        ),
        source_kind="desk",
        source=typed.get("source", ""),
        by=by,
        **values,
    )


#: Parts of the page of changing an enterprise, by the name of their button.
PARTS: Mapping[str, Callable[..., None]] = {
    "facts": save_facts,
    "address": move_address,
    "unit": change_unit,
    "observation": observe,
}
#: Under which key a browser's tab keeps what was typed into each part (`data-keep`).
KEPT = {
    "facts": "du-kien",
    "address": "dia-chi",
    "unit": "phu-trach",
    "observation": "ghi-nhan",
}


def open_case(row: Enterprise, campaign: Campaign, *, by: By) -> FoundingCase:
    """The case of the enterprise in the campaign, opened when there is none."""
    with transaction.atomic():
        Enterprise.objects.select_for_update().get(pk=row.pk)
        kept = FoundingCase.objects.filter(enterprise=row, campaign=campaign).first()
        return kept or create_case(campaign, row, by=by)


def move(case: FoundingCase, typed: QueryDict, *, by: By) -> None:
    """One step of the case by hand. The same move sent twice is one."""
    to = typed.get("to", "")
    on = typed_day(typed.get("on", ""), name="on", label="ngày chuyển bước")
    if case.state == to and case.steps.filter(state=to, on=on).exists():
        return
    move_case(
        case, to, on=on, evidence=typed.get("evidence", ""), note=typed.get("note", ""), by=by
    )


def save_case(case: FoundingCase, typed: QueryDict, *, by: By) -> None:
    """What the papers of the case need beside its people."""
    path = typed.get("path", "")
    if path and path not in CasePath.values:
        raise DataIncomplete("Chưa chọn cách thành lập.", missing=["path"])
    days = {
        "congress_on": "ngày đại hội",
        "request_date": "ngày tờ trình",
        "dossier_complete_on": "ngày đủ hồ sơ",
        "decide_on": "ngày dự kiến quyết định",
    }
    values: dict[str, object] = {
        name: optional_day(typed.get(name, ""), name=name, label=label)
        for name, label in days.items()
    }
    for name in ("union_name", "request_code", "request_issuer"):
        values[name] = typed.get(name, "")
    change_case(case, {**values, "path": path}, by=by)

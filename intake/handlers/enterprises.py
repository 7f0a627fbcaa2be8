"""Finding, making and observing the enterprises that forms name."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from typing import Any

from core.errors import DataIncomplete, Problem
from core.forms import Values
from core.names import company_key
from core.numbers import format_integer
from intake.handlers.base import Known
from records.models import Area, Enterprise, OrgKind, UnionOrg
from records.selectors.enterprises import EnterpriseSnapshot
from records.selectors.orgs import org_book
from records.selectors.places import AreaSnapshot, area_book, resolve_area
from records.services.audit import By
from records.services.enterprises import (
    create_enterprise,
    locate_enterprise,
    put_under,
    record_observation,
)

#: A number of workers so many times larger or smaller than the last known one is asked again.
_LEAP = 3
_COLUMNS = {
    "status": "status",
    "legal_rep_name": "legal_rep_name",
    "legal_rep_post": "legal_rep_post",
    "legal_rep_phone": "legal_rep_phone",
    "contact_name": "contact_name",
    "contact_phone": "contact_phone",
    "workers_total": "workers_total",
    "workers_female": "workers_female",
    "workers_ethnic": "workers_ethnic",
    "workers_foreign": "workers_foreign",
    "workers_si": "workers_si",
    "willing_workers": "willing_workers",
    "avg_wage": "avg_wage",
    "has_union": "has_union",
    "expected_date": "expected_on",
    "phone": "legal_rep_phone",
}
#: What the enterprise itself has, not one observation of it.
_OWN = frozenset({"enterprise_name", "tax_code", "address", "enterprise_type", "sector",
                  "founded_date", "survey_date"})  # fmt: skip


def find(values: Values, known: Known) -> EnterpriseSnapshot | None:
    """The enterprise a form or row is about: as issued, by tax code, by an unmistakable name."""
    if known.record.type == "enterprise":
        for one in known.enterprises:
            if one.code == known.record.id:
                return one
    by_code = known.by_tax_code(values.text("tax_code"))
    if by_code is not None:
        return by_code
    named = known.by_name(values.text("enterprise_name"))
    if named is not None and named.tax_code and values.text("tax_code"):
        return None  # the same name under another tax code: another enterprise, or a slip
    return named


def problems(values: Values, known: Known, *, prefix: str = "", where: str = "") -> list[Problem]:
    """One enterprise as stated against the one in the records."""
    found = find(values, known)
    if found is None:
        return _unknown(values, known, prefix, where)
    made: list[Problem] = []
    name, code = values.text("enterprise_name"), values.text("tax_code")
    if name and company_key(name) != found.name_key:
        message = f"{where}Mã số thuế là của “{found.name}”, biểu mẫu ghi “{name}”."
        made.append(_problem("name_differs", message, prefix, "enterprise_name", "tax_code"))
    if code and found.tax_code and code != found.tax_code:
        message = (
            f"{where}Hồ sơ của {found.name} ghi mã số thuế {found.tax_code}, biểu mẫu ghi {code}."
        )
        made.append(_problem("tax_code_differs", message, prefix, "tax_code"))
    kind = values.text("enterprise_type")
    if kind and kind != found.type:
        message = f"{where}Loại hình khác hồ sơ ({found.type_label}); hồ sơ giữ như cũ."
        made.append(_problem("type_differs", message, prefix, "enterprise_type"))
    if values.flag("has_union") is False and found.union is not None:
        message = f"{where}Ghi chưa có công đoàn cơ sở nhưng hồ sơ đã có {found.union.name}."
        made.append(_problem("union_contradiction", message, prefix, "has_union"))
    if values.flag("eligible") and found.union is not None:
        message = f"{where}Ghi đủ điều kiện thành lập nhưng đã có {found.union.name}."
        made.append(_problem("union_contradiction", message, prefix, "eligible"))
    return made + _leap(values, found, prefix, where)


def _problem(code: str, message: str, prefix: str, *keys: str) -> Problem:
    return Problem(code, message, tuple(f"{prefix}{key}" for key in keys))


def _unknown(values: Values, known: Known, prefix: str, where: str) -> list[Problem]:
    name = values.text("enterprise_name")
    named = known.by_name(name)
    if named is not None:
        message = (
            f"{where}Hồ sơ có {named.name} với mã số thuế {named.tax_code}, khác mã ghi trên biểu mẫu. "
            "Sửa mã số thuế, hoặc chấp nhận để ghi một doanh nghiệp mới."
        )
        return [_problem("tax_code_differs", message, prefix, "tax_code", "enterprise_name")]
    message = f"{where}“{name or 'doanh nghiệp không ghi tên'}” chưa có trong hồ sơ; chấp nhận thì ghi mới."
    return [_problem("new_enterprise", message, prefix, "enterprise_name")]


def _leap(values: Values, found: EnterpriseSnapshot, prefix: str, where: str) -> list[Problem]:
    stated = values.number("workers_total")
    before = found.known.workers_total if found.known else None
    if not stated or not before or before / _LEAP <= stated <= before * _LEAP:
        return []
    message = f"{where}Tổng số lao động ghi {format_integer(stated)}, lần trước là {format_integer(before)}."
    return [_problem("big_change", message, prefix, "workers_total")]


def plain(found: EnterpriseSnapshot | None) -> object:
    """What a survey or a list is compared with, as plain values."""
    if found is None:
        return None
    seen = found.latest
    return [found.code, found.name, found.tax_code, found.type, found.union.code if found.union else "",
            [seen.observed_on.isoformat(), seen.channel, seen.workers_total] if seen else []]  # fmt: skip


def ensure(
    values: Values, known: Known, *, by: By, on: date, source: str
) -> tuple[Enterprise, str]:
    """The row to observe, made when the records have none; with a line that says so, or "".

    Raises DataIncomplete when a new enterprise lacks its name or type.
    """
    found = find(values, known)
    if found is not None:
        return Enterprise.objects.get(pk=found.id), ""
    name, kind = values.text("enterprise_name"), values.text("enterprise_type")
    missing = [
        key for key, value in (("enterprise_name", name), ("enterprise_type", kind)) if not value
    ]
    if missing:
        raise DataIncomplete(
            "Chưa ghi được doanh nghiệp mới: thiếu tên hoặc loại hình. Bổ sung rồi nhập lại.",
            missing=missing,
        )
    founded = values.text("founded_date")
    row = create_enterprise(
        by=by,
        name=name,
        tax_code=values.text("tax_code"),
        type=kind,
        sector=values.text("sector") or "",
        founded_on=date.fromisoformat(founded)
        if founded and len(founded) == len("2024-05-02")
        else None,
        source=source,
    )
    _settle(row, values.text("address"), by=by, on=on, source=source)
    return row, f"Ghi mới doanh nghiệp {row.name}"


def _settle(row: Enterprise, address: str | None, *, by: By, on: date, source: str) -> None:
    """Address and the union organisation of its place, where the address says it without doubt."""
    match = resolve_area(address, as_of=on) if address else None
    if address is None or match is None or match.as_written is None:
        return
    area = match.area or match.as_written
    locate_enterprise(
        row, Area.objects.get(pk=area.id), address=address, on=None, by=by, source=source
    )
    org_id = _org_of(area, on)
    if org_id is not None:
        put_under(row, UnionOrg.objects.get(pk=org_id), on=None, by=by, source=source)


def _org_of(area: AreaSnapshot, on: date) -> int | None:
    """The union organisation of the smallest area around the place that has just one; the province has the rest.

    A district federation sits in a town of its district, so the areas around its seat count too.
    """
    book, areas = org_book(as_of=on), area_book()
    reach: dict[int, set[int]] = {}
    province = None
    for org_id, seat in book.seats.items():
        row = book.rows[org_id]
        if not row.is_valid_on(on):
            continue
        if row.kind == OrgKind.PROVINCE_FEDERATION:
            province = org_id
        elif row.kind in (OrgKind.DISTRICT_FEDERATION, OrgKind.COMMUNE_UNION):
            for one in areas.chain(seat.area_id):
                reach.setdefault(one.id, set()).add(org_id)
    for one in areas.chain(area.id):
        if len(found := reach.get(one.id, set())) == 1:
            return next(iter(found))
    return province


def observe(
    row: Enterprise, values: Values, *, on: date, channel: str, by: By, source: str
) -> None:
    """Add what the form says of the enterprise; what has no column is kept beside, by key."""
    columns: dict[str, Any] = {}
    rest: dict[str, object] = {}
    for key, value in values.data.items():
        if value is None or key in _OWN or isinstance(value, Mapping | list):
            continue
        if key in _COLUMNS:
            columns[_COLUMNS[key]] = value
        else:
            rest[key] = value
    record_observation(
        row, observed_on=on, source_kind=channel, by=by, values=rest, source=source, **columns
    )

"""Writing enterprises: what changes with time is a new dated row, what was seen is never overwritten."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from typing import Any

from core.errors import DataIncomplete
from core.names import company_key
from records.models import (
    Area,
    Enterprise,
    EnterpriseLocation,
    EnterpriseObservation,
    EnterpriseType,
    EnterpriseUpper,
    UnionOrg,
)
from records.services.audit import By, change, new_code, write
from records.services.orgs import succeed

#: Twelve-digit tax codes belong to households only (Thông tư 86/2024/TT-BTC, from 01/7/2025).
_PERSONAL_TAX_CODE = 12


def _check_tax_code(row: Enterprise) -> None:
    personal = len(row.tax_code or "") == _PERSONAL_TAX_CODE
    if personal and row.type != EnterpriseType.HOUSEHOLD:
        raise DataIncomplete(
            "Mã số thuế 12 số chỉ dùng cho hộ kinh doanh.",
            wrong={"tax_code": "Mã số thuế 12 số chỉ dùng cho hộ kinh doanh."},
        )


def save_enterprise(row: Enterprise, *, by: By) -> bool:
    """Write an enterprise with its key for comparing names. Raises DataIncomplete."""
    row.name_key = company_key(row.name)
    _check_tax_code(row)
    return write(row, by=by)


def create_enterprise(*, by: By, **values: Any) -> Enterprise:
    """Write a new enterprise; ``values`` are its fields, ``code`` is made when not given.

    Raises DataIncomplete: no name, a wrong tax code, one that another enterprise has.
    """
    row = Enterprise(**{"code": new_code("dn"), **values})
    save_enterprise(row, by=by)
    return row


def change_enterprise(row: Enterprise, values: Mapping[str, Any], *, by: By) -> bool:
    """Change fields of an enterprise; False when nothing is different."""
    if "name" in values:
        values = {**values, "name_key": company_key(str(values["name"]))}
    if "tax_code" in values or "type" in values:
        tried = Enterprise(
            tax_code=values.get("tax_code", row.tax_code), type=values.get("type", row.type)
        )
        _check_tax_code(tried)
    return change(row, values, by=by)


def locate_enterprise(
    row: Enterprise, area: Area, *, address: str, on: date | None, by: By, source: str = ""
) -> EnterpriseLocation:
    """Record the address from the day on (None: as long as known); an earlier one ends the day before."""
    place = EnterpriseLocation(
        enterprise=row, area=area, address=address, valid_from=on, source=source
    )
    succeed(place, EnterpriseLocation.objects.filter(enterprise=row), by=by)
    return place


def put_under(
    row: Enterprise, org: UnionOrg, *, on: date | None, by: By, source: str = ""
) -> EnterpriseUpper:
    """Record which union organisation is in charge from the day on; the earlier one ends the day before."""
    upper = EnterpriseUpper(enterprise=row, org=org, valid_from=on, source=source)
    succeed(upper, EnterpriseUpper.objects.filter(enterprise=row), by=by)
    return upper


_PARTS = ("workers_female", "workers_ethnic", "workers_foreign", "workers_si", "willing_workers")


def save_observation(row: EnterpriseObservation, *, by: By) -> bool:
    """Write a new observation. Raises DataIncomplete, also when a part of the workers exceeds their total."""
    total = row.workers_total
    wrong = {
        name: f"Lớn hơn tổng số lao động ({total})."
        for name in _PARTS
        if total is not None and (getattr(row, name) or 0) > total
    }
    if wrong:
        raise DataIncomplete("Số lao động ghi nhận không khớp.", wrong=wrong)
    return write(row, by=by)


def record_observation(
    row: Enterprise, *, observed_on: date, source_kind: str, by: By, **values: Any
) -> EnterpriseObservation:
    """Add what was seen or stated on a day; earlier rows stay as they are.

    ``source_kind`` says where from (survey, list, registration, import); ``values`` are fields of
    EnterpriseObservation. Raises DataIncomplete as :func:`save_observation`.
    """
    seen = EnterpriseObservation(
        enterprise=row, observed_on=observed_on, channel=source_kind, **values
    )
    save_observation(seen, by=by)
    return seen

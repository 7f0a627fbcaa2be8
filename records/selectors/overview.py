"""What is in the store, and the plain facts of one record, for people and scripts."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date

from django.apps import apps
from django.utils import timezone

from core.errors import NotFound
from core.identifiers import mask_id
from core.phones import mask_phone
from records.selectors.campaigns import campaign_on, quota_table
from records.selectors.cases import case_snapshot
from records.selectors.enterprises import EnterpriseSnapshot, enterprise_on
from records.selectors.orgs import org_on
from records.selectors.people import office_title_of, person_on


def store_overview() -> dict[str, object]:
    """How many rows each table holds, by its Vietnamese name."""
    return {
        str(model._meta.verbose_name): model._default_manager.count()
        for model in apps.get_app_config("records").get_models(include_auto_created=False)
    }


def record_facts(record: str, *, as_of: date | None = None) -> dict[str, object]:
    """Facts of `case:…`, `enterprise:…`, `org:…`, `person:…` or `campaign:…` as of a day (today).

    ID numbers and phones are masked. Raises NotFound.
    """
    kind, _, code = record.partition(":")
    reader = _READERS.get(kind)
    if reader is None or not code:
        raise NotFound(
            f"Không hiểu hồ sơ “{record}”. Dùng dạng loại:mã, với loại là {', '.join(_READERS)}.",
            facts={"record": record},
        )
    return reader(code, as_of or timezone.localdate())


def _enterprise(found: EnterpriseSnapshot) -> dict[str, object]:
    return {
        "tên": found.name,
        "mã số thuế": found.tax_code,
        "loại hình": found.type_label,
        "ngành nghề": found.sector,
        "địa chỉ": found.address,
        "công đoàn cấp trên": found.upper.name if found.upper else None,
        "công đoàn cơ sở": found.union.name if found.union else None,
        "số lao động": found.known.workers_total if found.known else None,
        "ghi nhận ngày": found.latest.observed_on if found.latest else None,
    }


def _case_facts(code: str, on: date) -> dict[str, object]:
    case = case_snapshot(code, as_of=on)
    return {
        "mã": case.code,
        "trạng thái": case.state,
        "doanh nghiệp": case.enterprise.name,
        "công đoàn cơ sở": case.union_name,
        "cấp quyết định": case.deciding_org.name if case.deciding_org else None,
        "số đơn gia nhập": len(case.applications),
        "ban chấp hành": [
            f"{seat.person.full_name}, {seat.post_label}"
            for committee in case.committees
            for seat in committee.members
        ],
        "các bước": [f"{step.on:%d/%m/%Y} {step.state}: {step.evidence}" for step in case.steps],
    }


def _org_facts(code: str, on: date) -> dict[str, object]:
    org = org_on(code, as_of=on)
    return {
        "mã": org.code,
        "tên": org.name,
        "tên viết tắt": org.short_name,
        "cấp trên": org.parent.name if org.parent else None,
        "địa danh": org.place_name,
        "từ ngày": org.valid_from,
        "đến ngày": org.valid_to,
    }


def _person_facts(code: str, on: date) -> dict[str, object]:
    person = person_on(code, as_of=on)
    return {
        "mã": person.code,
        "họ và tên": person.full_name,
        "năm sinh": person.birth_year,
        "số định danh": mask_id(person.id_number) if person.id_number else None,
        "điện thoại": mask_phone(person.phone) if person.phone else None,
        "chức vụ": office_title_of(person, as_of=on),
    }


def _campaign_facts(code: str, on: date) -> dict[str, object]:
    campaign = campaign_on(code, as_of=on)
    table = quota_table(campaign, as_of=on)
    return {
        "mã": campaign.code,
        "tên": campaign.name,
        "cơ quan": campaign.org.name,
        "từ ngày": campaign.starts_on,
        "đến ngày": campaign.ends_on,
        "chỉ tiêu": dict(table.totals),
        "số đơn vị giao chỉ tiêu": len(table.rows),
    }


_READERS: dict[str, Callable[[str, date], dict[str, object]]] = {
    "campaign": _campaign_facts,
    "case": _case_facts,
    "enterprise": lambda code, on: _enterprise(enterprise_on(code, as_of=on)),
    "org": _org_facts,
    "person": _person_facts,
}

"""Data of a letter that asks for help: to an enterprise about a visit, to authorities for information."""

from __future__ import annotations

from datetime import date

from core.dates import add_working_days
from core.errors import DataIncomplete
from core.profiles import profile_on
from docgen.sources.base import (
    Collected,
    archive_units,
    common_fields,
    drafting_unit,
    full_post,
    only_known,
)
from docgen.sources.progress import carried, reported_through
from records.models import Visit
from records.selectors.campaigns import (
    CampaignSnapshot,
    OfficerSnapshot,
    VisitSnapshot,
    campaign_on,
    visits_of,
)
from records.selectors.facts import find_fact
from records.selectors.people import office_of

KIND = "coordination_letter"
#: Dated facts of the office: authorities that are asked, and from how many workers on enterprises are listed.
ADDRESSEES = "coordination_addressees"
LEAST_WORKERS = "survey_min_employees"
#: The letter has to be there before the team: answers are due so many working days before the visit.
_BEFORE_VISIT = 1


def collect(code: str, on: date, variant: str) -> Collected:
    """``code`` is a visit, or a campaign for the letter to authorities. Raises NotFound, DataIncomplete."""
    row = Visit.objects.select_related("campaign").filter(code=code).first()
    campaign = campaign_on(row.campaign.code if row else code, as_of=on)
    common, signature = common_fields(KIND, campaign.org, on=on)
    unit = drafting_unit(campaign.org, as_of=on)
    bases, cited = carried(campaign, kind=KIND, on=on, with_quota=False)
    fields: dict[str, object] = {
        **common,
        "bases": bases,
        "report_to": reported_through(campaign, unit),
        "recipients": ["Như trên"],
        "archive_units": archive_units(unit),
    }
    if row is None:
        fields |= _information(campaign, on)
    else:
        (visit,) = visits_of(campaign, as_of=on, codes=[code])
        fields |= _visit(visit, on)
    return Collected(
        data=only_known(KIND, fields),
        issuer_id=campaign.org.id,
        signer_id=signature.person_id,
        campaign_id=campaign.id,
        variant=variant or str(fields["purpose"]),
        cites=cited,
    )


def _visit(visit: VisitSnapshot, on: date) -> dict[str, object]:
    """The enterprise is asked to receive the team; a visit to a unit is addressed to that unit."""
    enterprise = visit.enterprise
    place = f"Trụ sở {enterprise.name}, {_small(enterprise.address)}" if enterprise else ""
    until = min(
        add_working_days(visit.starts_on, -_BEFORE_VISIT),
        add_working_days(on, profile_on(on).answer_wd),
    )
    return {
        "purpose": "visit",
        "addressed_to": "employer" if enterprise else "authority",
        "addressees": [enterprise.name if enterprise else visit.org.name],
        "addressee_title": "Quý đơn vị",
        "topic": _topic(visit.content),
        "visit_from": visit.starts_on.isoformat(),
        "visit_to": visit.ends_on.isoformat(),
        "venue": place or f"Trụ sở {visit.org.name}",
        "team": [
            {**_officer(officer, on), **({"is_lead": True} if at == 0 else {})}
            for at, officer in enumerate((visit.lead, *visit.team))
        ],
        "asked_items": [
            "Cử đại diện lãnh đạo đơn vị làm việc với Đoàn công tác",
            "Chuẩn bị số liệu về số lao động, lao động nữ, số lao động tham gia bảo hiểm xã hội",
            "Bố trí để Đoàn công tác gặp gỡ, tuyên truyền về Công đoàn Việt Nam đến người lao động",
        ],
        "deadline": until.isoformat(),
        "recipients": ["Như trên", f"{visit.org.name} (để p/h)"] if enterprise else ["Như trên"],
    }


def _small(address: str) -> str:
    return address[:1].lower() + address[1:]


def _topic(content: str) -> str:
    topic = content.rstrip(".")
    return topic[:1].lower() + topic[1:]


def _officer(officer: OfficerSnapshot, on: date) -> dict[str, object]:
    held = office_of(officer.person, as_of=on)
    return {
        "full_name": officer.person.full_name,
        "post": full_post(held) if held else officer.title,
    }


def _information(campaign: CampaignSnapshot, on: date) -> dict[str, object]:
    """Who is asked is dated data of the office: bodies change their names. Raises DataIncomplete."""
    fact = find_fact(ADDRESSEES, as_of=on)
    if fact is None or not isinstance(fact.value, list) or not fact.value:
        raise DataIncomplete(
            f"Chưa ghi dữ kiện “{ADDRESSEES}” (các cơ quan được đề nghị phối hợp) cho ngày {on:%d/%m/%Y}.",
            missing=("addressees",),
        )
    least = find_fact(LEAST_WORKERS, as_of=on)
    from_workers = f" có từ {least.as_int()} lao động trở lên" if least else ""
    return {
        "purpose": "information",
        "addressed_to": "authority",
        "addressees": [str(name) for name in fact.value],
        "topic": "cung cấp thông tin về doanh nghiệp, lao động trên địa bàn",
        "asked_items": [
            f"Danh sách doanh nghiệp, hợp tác xã đang hoạt động{from_workers} (tên, mã số thuế, địa chỉ)",
            "Số lao động tham gia bảo hiểm xã hội của từng doanh nghiệp, hợp tác xã",
        ],
        "deadline": add_working_days(on, profile_on(on).answer_wd).isoformat(),
    }

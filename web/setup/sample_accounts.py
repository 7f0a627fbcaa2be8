"""One account for each role on the sample store, so that the desk can be tried as each of them."""

from __future__ import annotations

from dataclasses import dataclass

from django.contrib.auth.models import User
from django.utils import timezone

from records.models import Campaign, OfficeHolder, OrgKind, Quota, UnionOrg
from web.administration.accounts import create_account
from web.rights import Role

#: For the sample store alone, which holds invented people and is served to this machine only.
PASSWORD = "van-ban-mau-2024"  # noqa: S105


@dataclass(frozen=True, slots=True)
class Sample:
    """An account of the sample store."""

    username: str
    full_name: str
    role: Role


SAMPLES = (
    Sample("quantri", "Quản trị mẫu", Role.ADMIN),
    Sample("vanthu", "Văn thư mẫu", Role.SECRETARY),
    Sample("chuyenvien", "Chuyên viên mẫu", Role.SPECIALIST),
    Sample("lanhdao", "Lãnh đạo mẫu", Role.LEADER),
    Sample("donvi", "Cán bộ đơn vị mẫu", Role.OFFICER),
    Sample("nguoixem", "Người xem mẫu", Role.READER),
)


def make_sample_accounts() -> list[Sample]:
    """The sample accounts; those that are there stay as they are."""
    for sample in SAMPLES:
        if User.objects.filter(username=sample.username).exists():
            continue
        holder = _signer() if sample.role is Role.LEADER else None
        create_account(
            username=sample.username,
            full_name=holder.person.full_name if holder else sample.full_name,
            roles=[sample.role],
            password=PASSWORD,
            person=holder.person if holder else None,
            unit=_unit() if sample.role is Role.OFFICER else None,
            must_change_password=False,
        )
    return list(SAMPLES)


def _signer() -> OfficeHolder | None:
    campaign = Campaign.objects.order_by("-starts_on").first()
    if campaign is None:
        return None
    today = timezone.localdate()
    holders = OfficeHolder.objects.filter(org=campaign.org).exclude(may_sign=[]).order_by("id")
    held = holders.exclude(valid_to__lt=today)
    return (held or holders).select_related("person").first()


def _unit() -> UnionOrg | None:
    """A unit below the province, as an officer's is."""
    quotas = Quota.objects.exclude(org__kind=OrgKind.PROVINCE_FEDERATION)
    quota = quotas.order_by("-campaign__starts_on", "org__sort_order", "org_id").first()
    return quota.org if quota else UnionOrg.objects.first()

"""Enterprises, their dated locations and managers, and observations that are never overwritten."""

from __future__ import annotations

from typing import ClassVar

from django.db import models

from records.models.append_only import AppendOnly, AppendOnlyManager
from records.models.base import Dated, DatedQuerySet, Recorded
from records.models.places import Area
from records.search import search_column


class EnterpriseType(models.TextChoices):
    """Legal form (contract §5)."""

    STATE = "state", "Doanh nghiệp nhà nước"
    LLC_SINGLE = "llc_single", "Công ty TNHH một thành viên"
    LLC_MULTI = "llc_multi", "Công ty TNHH hai thành viên trở lên"
    JOINT_STOCK = "joint_stock", "Công ty cổ phần"
    PARTNERSHIP = "partnership", "Công ty hợp danh"
    PRIVATE = "private", "Doanh nghiệp tư nhân"
    COOPERATIVE = "cooperative", "Hợp tác xã"
    FDI = "fdi", "Doanh nghiệp có vốn đầu tư nước ngoài"
    HOUSEHOLD = "household", "Hộ kinh doanh"
    BRANCH = "branch", "Chi nhánh, văn phòng đại diện"
    NON_PUBLIC_UNIT = "non_public_unit", "Đơn vị sự nghiệp ngoài công lập"


class EnterpriseStatus(models.TextChoices):
    """Whether the enterprise works (contract §5)."""

    ACTIVE = "active", "Đang hoạt động"
    SUSPENDED = "suspended", "Tạm ngừng"
    DISSOLVED = "dissolved", "Giải thể"
    NOT_AT_ADDRESS = "not_at_address", "Không hoạt động tại địa chỉ"


class Enterprise(Recorded):
    """An enterprise, identified by its tax code. What changes with time hangs on it with dates."""

    code = models.SlugField("mã", max_length=60, unique=True)
    name = models.CharField("tên đăng ký", max_length=300)
    name_key = models.CharField("khóa so tên", max_length=300, db_index=True, editable=False)
    short_name = models.CharField("tên viết tắt", max_length=100, blank=True)
    tax_code = models.CharField("mã số thuế", max_length=14, unique=True, null=True, blank=True)
    type = models.CharField("loại hình", max_length=20, choices=EnterpriseType)
    sector = models.CharField("ngành nghề", max_length=200, blank=True)
    founded_on = models.DateField("ngày thành lập", null=True, blank=True)
    search_key = search_column("name", "short_name", "tax_code", "code")

    class Meta:
        verbose_name = "doanh nghiệp"
        ordering = ("code",)

    def __str__(self) -> str:
        return self.name


class EnterpriseLocation(Recorded, Dated):
    """Address of an enterprise during a span; the text is kept as given, the area is resolved."""

    enterprise = models.ForeignKey(Enterprise, models.CASCADE, related_name="locations")
    address = models.CharField("địa chỉ", max_length=300)
    area = models.ForeignKey(Area, models.PROTECT, related_name="enterprise_locations")

    objects = DatedQuerySet.as_manager()

    class Meta:
        verbose_name = "địa chỉ doanh nghiệp"
        ordering = ("enterprise", "valid_from")

    def __str__(self) -> str:
        return self.address


class EnterpriseUpper(Recorded, Dated):
    """The union organisation that is responsible for the enterprise during a span."""

    enterprise = models.ForeignKey(Enterprise, models.CASCADE, related_name="uppers")
    org = models.ForeignKey("records.UnionOrg", models.PROTECT, related_name="enterprise_links")

    objects = DatedQuerySet.as_manager()

    class Meta:
        verbose_name = "công đoàn cấp trên phụ trách"
        ordering = ("enterprise", "valid_from")

    def __str__(self) -> str:
        return f"{self.enterprise}: {self.org}"


class EnterpriseObservation(Recorded, AppendOnly):
    """What was seen or stated about an enterprise on one day. Never changed; a newer one is added."""

    enterprise = models.ForeignKey(Enterprise, models.PROTECT, related_name="observations")
    observed_on = models.DateField("ngày ghi nhận")
    channel = models.CharField(
        "nguồn ghi nhận", max_length=40
    )  # survey, list, registration, import
    status = models.CharField("tình trạng", max_length=20, choices=EnterpriseStatus, blank=True)
    legal_rep_name = models.CharField("người đại diện", max_length=100, blank=True)
    legal_rep_post = models.CharField("chức vụ người đại diện", max_length=100, blank=True)
    legal_rep_phone = models.CharField("điện thoại người đại diện", max_length=60, blank=True)
    contact_name = models.CharField("người liên hệ", max_length=100, blank=True)
    contact_phone = models.CharField("điện thoại liên hệ", max_length=60, blank=True)
    workers_total = models.PositiveIntegerField("tổng số lao động", null=True, blank=True)
    workers_female = models.PositiveIntegerField("lao động nữ", null=True, blank=True)
    workers_ethnic = models.PositiveIntegerField("lao động dân tộc thiểu số", null=True, blank=True)
    workers_foreign = models.PositiveIntegerField("lao động nước ngoài", null=True, blank=True)
    workers_si = models.PositiveIntegerField("lao động đóng BHXH", null=True, blank=True)
    willing_workers = models.PositiveIntegerField("nguyện vọng gia nhập", null=True, blank=True)
    avg_wage = models.PositiveBigIntegerField("thu nhập bình quân", null=True, blank=True)
    has_union = models.BooleanField("đã có công đoàn cơ sở", null=True, blank=True)
    expected_on = models.CharField("dự kiến thành lập", max_length=10, blank=True)  # partial date
    values = models.JSONField("các mục khác", default=dict, blank=True)

    objects: ClassVar[AppendOnlyManager[EnterpriseObservation]] = AppendOnlyManager()

    class Meta:
        verbose_name = "ghi nhận về doanh nghiệp"
        ordering = ("enterprise", "observed_on", "id")
        indexes = (models.Index(fields=("enterprise", "observed_on")),)

    def __str__(self) -> str:
        return f"{self.enterprise} ({self.observed_on})"

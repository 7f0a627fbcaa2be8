"""Campaigns, quotas, assignments, visits, cited documents and dated facts."""

from __future__ import annotations

from django.db import models

from records.models.base import Dated, DatedQuerySet, Recorded
from records.models.enterprises import Enterprise
from records.models.orgs import UnionOrg
from records.models.people import Person


class Campaign(Recorded):
    """A year's campaign: what its plan says, as data (domain brief §4.a)."""

    code = models.SlugField("mã", max_length=60, unique=True)
    name = models.CharField("tên", max_length=300)
    year = models.PositiveIntegerField("năm")
    org = models.ForeignKey(UnionOrg, models.PROTECT, related_name="campaigns")
    steering_committee = models.ForeignKey(
        UnionOrg, models.PROTECT, null=True, blank=True, related_name="steered_campaigns"
    )
    starts_on = models.DateField("từ ngày")
    ends_on = models.DateField("đến ngày")
    peak_month = models.CharField("cao điểm", max_length=7, blank=True)  # YYYY-MM
    content = models.JSONField("nội dung kế hoạch", default=dict, blank=True)

    class Meta:
        verbose_name = "chiến dịch"
        ordering = ("year", "code")

    def __str__(self) -> str:
        return self.name


class Measure(models.TextChoices):
    """What a quota counts. Gross and net growth are different targets (domain brief §4.b b4)."""

    BASE_MEMBERS = "base_members", "Số đoàn viên đầu kỳ"
    NEW_MEMBERS = "new_members", "Đoàn viên kết nạp mới"
    NEW_MEMBERS_NONSTATE = "new_members_nonstate", "Đoàn viên kết nạp mới ngoài nhà nước"
    NET_INCREASE = "net_increase", "Đoàn viên tăng thêm"
    NEW_UNIONS = "new_unions", "Công đoàn cơ sở thành lập mới"
    NEW_UNIONS_NONSTATE = "new_unions_nonstate", "Công đoàn cơ sở ngoài nhà nước thành lập mới"
    NEW_UNIONS_25PLUS = "new_unions_25plus", "CĐCS ở doanh nghiệp từ 25 lao động"


class Quota(Recorded):
    """One figure asked of one reporting unit in a campaign."""

    campaign = models.ForeignKey(Campaign, models.PROTECT, related_name="quotas")
    org = models.ForeignKey(UnionOrg, models.PROTECT, related_name="quotas")
    measure = models.CharField("chỉ tiêu", max_length=30, choices=Measure)
    value = models.PositiveIntegerField("giá trị")
    note = models.CharField("ghi chú", max_length=200, blank=True)

    class Meta:
        verbose_name = "chỉ tiêu"
        ordering = ("campaign", "org", "measure")
        constraints = (
            models.UniqueConstraint(fields=("campaign", "org", "measure"), name="one_quota_figure"),
        )

    def __str__(self) -> str:
        return f"{self.org} {self.get_measure_display()}: {self.value}"


class Assignment(Recorded, Dated):
    """A member of the steering committee is in charge of reporting units during a span."""

    campaign = models.ForeignKey(Campaign, models.PROTECT, related_name="assignments")
    person = models.ForeignKey(Person, models.PROTECT, related_name="assignments")
    orgs = models.ManyToManyField(UnionOrg, related_name="assignments")
    support = models.ManyToManyField(Person, blank=True, related_name="supported_assignments")
    position = models.PositiveIntegerField("thứ tự", default=0)

    objects = DatedQuerySet.as_manager()

    class Meta:
        verbose_name = "phân công"
        ordering = ("campaign", "position", "id")

    def __str__(self) -> str:
        return f"{self.person}"


class Visit(Recorded):
    """A planned or made visit: a team goes to an enterprise or a reporting unit."""

    campaign = models.ForeignKey(Campaign, models.PROTECT, related_name="visits")
    code = models.SlugField("mã", max_length=60, unique=True)
    starts_on = models.DateField("từ ngày")
    ends_on = models.DateField("đến ngày")
    org = models.ForeignKey(UnionOrg, models.PROTECT, related_name="visits")
    enterprise = models.ForeignKey(
        Enterprise, models.PROTECT, null=True, blank=True, related_name="visits"
    )
    lead = models.ForeignKey(Person, models.PROTECT, related_name="led_visits")
    team = models.ManyToManyField(Person, blank=True, related_name="visits")
    content = models.CharField("nội dung", max_length=300)
    valid_until = models.DateField("giấy giới thiệu có giá trị đến", null=True, blank=True)

    class Meta:
        verbose_name = "chuyến khảo sát"
        ordering = ("campaign", "starts_on", "code")

    def __str__(self) -> str:
        return f"{self.code}: {self.org}"


class Citation(Recorded, Dated):
    """A document that others cite (domain brief §4.0.1)."""

    code = models.SlugField("mã", max_length=80, unique=True)
    type_name = models.CharField("loại văn bản", max_length=60)
    document_code = models.CharField("số, ký hiệu", max_length=60, blank=True)
    date = models.DateField("ngày ban hành", null=True, blank=True)
    issuer = models.CharField("cơ quan ban hành", max_length=200, blank=True)
    subject = models.CharField("trích yếu", max_length=500, blank=True)
    is_law = models.BooleanField("luật, pháp lệnh, điều lệ", default=False)

    objects = DatedQuerySet.as_manager()

    class Meta:
        verbose_name = "văn bản dẫn chiếu"
        ordering = ("code",)

    def __str__(self) -> str:
        return f"{self.type_name} {self.document_code}".strip()


class LegalBasis(Recorded, Dated):
    """Which cited document stands under which kind of paper, in which order, during a span."""

    kind = models.CharField("loại văn bản", max_length=40)
    variant = models.CharField("trường hợp", max_length=40, blank=True)  # act or committee
    citation = models.ForeignKey(Citation, models.PROTECT, related_name="bases")
    position = models.PositiveIntegerField("thứ tự", default=0)

    objects = DatedQuerySet.as_manager()

    class Meta:
        verbose_name = "căn cứ ban hành"
        ordering = ("kind", "variant", "position", "id")

    def __str__(self) -> str:
        return f"{self.kind}: {self.citation}"


class Fact(Recorded, Dated):
    """A rule or figure of the trade as dated data, with its source and whether the office confirmed it.

    Unverified facts of the domain brief live here; `docgen doctor --unverified` lists them.
    """

    key = models.SlugField("khóa", max_length=80)
    value = models.JSONField("giá trị")
    label = models.CharField("tên gọi", max_length=300)
    verified = models.BooleanField("đã xác nhận", default=False)
    note = models.CharField("ghi chú", max_length=500, blank=True)

    objects = DatedQuerySet.as_manager()

    class Meta:
        verbose_name = "dữ kiện nghiệp vụ"
        ordering = ("key", "valid_from")

    def __str__(self) -> str:
        return f"{self.key} = {self.value}"

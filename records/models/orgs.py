"""Union organisations as a dated tree: parents, seats, terms and office holders (domain brief §2.1)."""

from __future__ import annotations

from django.db import models
from django.db.models import Q

from records.models.base import Dated, DatedQuerySet, Recorded
from records.models.people import Person
from records.models.places import Area
from records.search import search_column


class OrgLevel(models.TextChoices):
    """Level in the union."""

    CONFEDERATION = "confederation", "Tổng Liên đoàn"
    PROVINCE = "province", "cấp tỉnh"
    UPPER = "upper", "cấp trên trực tiếp cơ sở"
    GRASSROOTS = "grassroots", "cơ sở"
    UNIT = "unit", "đơn vị giúp việc"


class OrgKind(models.TextChoices):
    """What the organisation is (domain brief §8)."""

    CONFEDERATION = "confederation", "Tổng Liên đoàn"
    PROVINCE_FEDERATION = "province_federation", "Liên đoàn Lao động tỉnh"
    DISTRICT_FEDERATION = "district_federation", "Liên đoàn Lao động huyện, thành phố"
    BRANCH_UNION = "branch_union", "công đoàn ngành"
    COMMUNE_UNION = "commune_union", "công đoàn xã, phường"
    GRASSROOTS_UNION = "grassroots_union", "công đoàn cơ sở"
    ORGANISING_GROUP = "organising_group", "ban vận động"
    DEPARTMENT = "department", "ban"
    OFFICE = "office", "văn phòng"
    STEERING_COMMITTEE = "steering_committee", "ban chỉ đạo"
    FRONT_UNIT = "front_unit", "đơn vị của Mặt trận Tổ quốc"


class UnionOrg(Recorded, Dated):
    """A union organisation, department, steering committee or grassroots union.

    Names as written in a sentence; header lines are their capitals (CQ-01, CQ-02). A grassroots
    union has its enterprise.
    """

    code = models.SlugField("mã", max_length=60, unique=True)
    name = models.CharField("tên đầy đủ", max_length=300)
    short_name = models.CharField("tên viết tắt", max_length=200, blank=True)
    symbol_abbr = models.CharField("chữ viết tắt trong ký hiệu", max_length=20, blank=True)
    archive_abbr = models.CharField("chữ viết tắt nơi lưu", max_length=20, blank=True)
    level = models.CharField("cấp", max_length=20, choices=OrgLevel)
    kind = models.CharField("loại", max_length=30, choices=OrgKind)
    enterprise = models.ForeignKey(
        "records.Enterprise", models.PROTECT, null=True, blank=True, related_name="unions"
    )
    sort_order = models.PositiveIntegerField("thứ tự", default=0)
    dissolved_by = models.CharField("văn bản giải thể", max_length=300, blank=True)
    search_key = search_column("name", "short_name", "code")

    objects = DatedQuerySet.as_manager()

    class Meta:
        verbose_name = "tổ chức công đoàn"
        ordering = ("sort_order", "code")

    def __str__(self) -> str:
        return self.name


class OrgParent(Recorded, Dated):
    """The direct parent of an organisation during a span; also the parent line of its papers."""

    org = models.ForeignKey(UnionOrg, models.PROTECT, related_name="parents")
    parent = models.ForeignKey(UnionOrg, models.PROTECT, related_name="child_links")

    objects = DatedQuerySet.as_manager()

    class Meta:
        verbose_name = "tổ chức cấp trên"
        ordering = ("org", "valid_from")

    def __str__(self) -> str:
        return f"{self.org} thuộc {self.parent}"


class OrgSeat(Recorded, Dated):
    """Where the organisation sits, and the địa danh its papers print (DD-01)."""

    org = models.ForeignKey(UnionOrg, models.PROTECT, related_name="seats")
    area = models.ForeignKey(Area, models.PROTECT, related_name="+")
    place_name = models.CharField("địa danh", max_length=100)

    objects = DatedQuerySet.as_manager()

    class Meta:
        verbose_name = "trụ sở"
        ordering = ("org", "valid_from")

    def __str__(self) -> str:
        return f"{self.org}: {self.place_name}"


class OrgSuccession(Recorded):
    """An organisation ended and another took over its work on a date."""

    predecessor = models.ForeignKey(UnionOrg, models.PROTECT, related_name="successions")
    successor = models.ForeignKey(UnionOrg, models.PROTECT, related_name="origins")
    on = models.DateField("từ ngày")

    class Meta:
        verbose_name = "kế thừa tổ chức"
        constraints = (
            models.UniqueConstraint(
                fields=("predecessor", "successor"), name="org_succession_once"
            ),
        )

    def __str__(self) -> str:
        return f"{self.predecessor} → {self.successor}"


class OrgTerm(Recorded):
    """A congress term of an organisation: ordinal and years (HD 38 7.2: terms of unions below end with it)."""

    org = models.ForeignKey(UnionOrg, models.PROTECT, related_name="terms")
    ordinal = models.CharField("khóa", max_length=20, blank=True)
    start_year = models.PositiveIntegerField("từ năm")
    end_year = models.PositiveIntegerField("đến năm")
    congress_on = models.DateField("ngày đại hội", null=True, blank=True)
    ends_on = models.DateField("ngày hết nhiệm kỳ", null=True, blank=True)

    class Meta:
        verbose_name = "nhiệm kỳ"
        ordering = ("org", "start_year")

    def __str__(self) -> str:
        return f"{self.start_year} - {self.end_year}"


class Post(models.TextChoices):
    """Posts of office holders; the printed words come from the label."""

    CHAIR = "chair", "Chủ tịch"
    PERMANENT_VICE_CHAIR = "permanent_vice_chair", "Phó Chủ tịch Thường trực"
    VICE_CHAIR = "vice_chair", "Phó Chủ tịch"
    UNIT_HEAD = "unit_head", "Trưởng ban"
    UNIT_DEPUTY = "unit_deputy", "Phó Trưởng ban"
    OFFICE_HEAD = "office_head", "Chánh Văn phòng"
    OFFICE_DEPUTY = "office_deputy", "Phó Chánh Văn phòng"
    SPECIALIST = "specialist", "Chuyên viên"
    CLERK = "clerk", "Văn thư"
    ACCOUNTANT = "accountant", "Kế toán"
    COMMITTEE_HEAD = "committee_head", "Trưởng ban"
    COMMITTEE_PERMANENT_DEPUTY = "committee_permanent_deputy", "Phó Trưởng ban Thường trực"
    COMMITTEE_DEPUTY = "committee_deputy", "Phó Trưởng ban"
    COMMITTEE_MEMBER = "committee_member", "Ủy viên"
    COMMITTEE_SECRETARY = "committee_secretary", "Thư ký"


class OfficeHolder(Recorded, Dated):
    """A person holds a post in an organisation during a span. One chair an organisation and day."""

    person = models.ForeignKey(Person, models.PROTECT, related_name="offices")
    org = models.ForeignKey(UnionOrg, models.PROTECT, related_name="holders")
    post = models.CharField("chức vụ", max_length=40, choices=Post)
    post_title = models.CharField("chức vụ in trên văn bản", max_length=100, blank=True)
    may_sign = models.JSONField("được ký", default=list, blank=True)  # signing modes: TM, TM_KT, TL
    appointed_by = models.CharField("văn bản bổ nhiệm", max_length=300, blank=True)

    objects = DatedQuerySet.as_manager()

    class Meta:
        verbose_name = "người giữ chức vụ"
        ordering = ("org", "valid_from", "id")
        indexes = (models.Index(fields=("org", "post")),)
        constraints = (
            models.CheckConstraint(
                name="office_span_ordered",
                condition=Q(valid_to__isnull=True)
                | Q(valid_from__isnull=True)
                | Q(valid_to__gte=models.F("valid_from")),
            ),
        )

    def __str__(self) -> str:
        return f"{self.person}, {self.title}"

    @property
    def title(self) -> str:
        """The post as printed in a sentence."""
        return self.post_title or self.get_post_display()

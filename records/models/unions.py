"""Founding cases, applications, memberships and committees (domain brief §3, §6.1)."""

from __future__ import annotations

from typing import ClassVar

from django.db import models

from records.models.append_only import AppendOnly, AppendOnlyManager
from records.models.base import Recorded
from records.models.enterprises import Enterprise
from records.models.orgs import UnionOrg
from records.models.people import Person


class CaseState(models.TextChoices):
    """States of a founding case (contract §7)."""

    NOT_CONTACTED = "not_contacted", "Chưa tiếp cận"
    SURVEYED = "surveyed", "Đã khảo sát"
    ELIGIBLE = "eligible", "Đủ điều kiện"
    ORGANISING = "organising", "Đang vận động"
    ENOUGH_APPLICATIONS = "enough_applications", "Đủ 05 đơn"
    CONGRESS_HELD = "congress_held", "Đã đại hội"
    DOSSIER_FILED = "dossier_filed", "Đã nộp hồ sơ"
    RECOGNISED = "recognised", "Đã công nhận"
    LAUNCHED = "launched", "Đã ra mắt"
    REFUSED = "refused", "Từ chối"
    PAUSED = "paused", "Tạm dừng"


class CasePath(models.TextChoices):
    """How the union comes to be (domain brief §3.3 and §3.4)."""

    CONGRESS = "congress", "Đại hội thành lập, cấp trên công nhận"
    APPOINTMENT = "appointment", "Cấp trên thành lập và chỉ định"


class FoundingCase(Recorded):
    """The way of one enterprise to its grassroots union, from first contact to launch."""

    code = models.SlugField("mã", max_length=60, unique=True)
    campaign = models.ForeignKey("records.Campaign", models.PROTECT, related_name="cases")
    enterprise = models.ForeignKey(Enterprise, models.PROTECT, related_name="cases")
    state = models.CharField("trạng thái", max_length=30, choices=CaseState)
    path = models.CharField("cách thành lập", max_length=20, choices=CasePath, blank=True)
    union_name = models.CharField("tên công đoàn cơ sở", max_length=400, blank=True)
    union = models.OneToOneField(
        UnionOrg, models.PROTECT, null=True, blank=True, related_name="founding_case"
    )
    organising_group = models.OneToOneField(
        UnionOrg, models.PROTECT, null=True, blank=True, related_name="organised_case"
    )
    congress_on = models.DateField("ngày đại hội", null=True, blank=True)
    congress = models.JSONField("diễn biến đại hội", default=dict, blank=True)
    first_meeting_on = models.DateField("ngày họp lần thứ nhất", null=True, blank=True)
    request_code = models.CharField("số tờ trình", max_length=60, blank=True)
    request_date = models.DateField("ngày tờ trình", null=True, blank=True)
    request_issuer = models.CharField("cơ quan trình", max_length=300, blank=True)
    dossier_complete_on = models.DateField("ngày đủ hồ sơ", null=True, blank=True)
    #: {"received_on": "2024-05-10", "received": [codes], "faults": {code: reason}}: what came in last.
    dossier = models.JSONField("thành phần hồ sơ đã nhận", default=dict, blank=True)
    decide_on = models.DateField("ngày dự kiến quyết định", null=True, blank=True)
    launch_at = models.DateTimeField("giờ bắt đầu lễ ra mắt", null=True, blank=True)
    launch_ends_at = models.DateTimeField("giờ kết thúc lễ ra mắt", null=True, blank=True)
    launch_venue = models.CharField("địa điểm lễ ra mắt", max_length=300, blank=True)
    launch = models.JSONField("diễn biến lễ ra mắt", default=dict, blank=True)

    class Meta:
        verbose_name = "hồ sơ thành lập"
        ordering = ("code",)
        indexes = (models.Index(fields=("campaign", "state")),)
        constraints = (
            models.UniqueConstraint(
                fields=("campaign", "enterprise"), name="one_case_per_campaign"
            ),
        )

    def __str__(self) -> str:
        return f"{self.enterprise}: {self.get_state_display()}"


class CaseStep(Recorded, AppendOnly):
    """One move of a founding case, with the day and the paper or visit behind it. Append-only."""

    case = models.ForeignKey(FoundingCase, models.PROTECT, related_name="steps")
    state = models.CharField("trạng thái", max_length=30, choices=CaseState)
    on = models.DateField("ngày")
    evidence = models.CharField("căn cứ", max_length=300)
    note = models.CharField("ghi chú", max_length=500, blank=True)

    objects: ClassVar[AppendOnlyManager[CaseStep]] = AppendOnlyManager()

    class Meta:
        verbose_name = "bước của hồ sơ thành lập"
        ordering = ("case", "id")

    def __str__(self) -> str:
        return f"{self.case_id}: {self.get_state_display()} {self.on}"


class Application(Recorded):
    """A worker's application to join, within a founding case; its order is that of the list."""

    case = models.ForeignKey(FoundingCase, models.PROTECT, related_name="applications")
    person = models.ForeignKey(Person, models.PROTECT, related_name="applications")
    job = models.CharField("công việc", max_length=120, blank=True)
    applied_on = models.DateField("ngày làm đơn")
    form = models.CharField("mẫu đơn", max_length=10, default="5a")
    employer_side = models.BooleanField("thuộc phía người sử dụng lao động", default=False)
    position = models.PositiveIntegerField("thứ tự", default=0)

    class Meta:
        verbose_name = "đơn gia nhập"
        ordering = ("case", "position", "id")
        constraints = (
            models.UniqueConstraint(fields=("case", "person"), name="one_application_per_case"),
        )

    def __str__(self) -> str:
        return f"{self.person} ({self.applied_on})"


class Membership(Recorded):
    """A person is a member of a grassroots union during a span."""

    person = models.ForeignKey(Person, models.PROTECT, related_name="memberships")
    union = models.ForeignKey(UnionOrg, models.PROTECT, related_name="memberships")
    joined_on = models.DateField("ngày gia nhập")
    left_on = models.DateField("ngày thôi", null=True, blank=True)
    left_reason = models.CharField("lý do thôi", max_length=200, blank=True)
    card_no = models.CharField("số thẻ", max_length=30, blank=True)
    decision = models.CharField("quyết định", max_length=120, blank=True)

    class Meta:
        verbose_name = "đoàn viên"
        ordering = ("union", "joined_on", "id")
        constraints = (
            models.UniqueConstraint(
                fields=("person",),
                condition=models.Q(left_on__isnull=True),
                name="one_active_membership",
            ),
        )

    def __str__(self) -> str:
        return f"{self.person}: {self.union}"


class CommitteeKind(models.TextChoices):
    """How a committee came to be, or the inspection committee."""

    ELECTED = "elected", "Ban Chấp hành được bầu"
    APPOINTED = "appointed", "Ban Chấp hành được chỉ định"
    PROVISIONAL = "provisional", "Ban Chấp hành lâm thời"
    INSPECTION = "inspection", "Ủy ban Kiểm tra"


class UnionPost(models.TextChoices):
    """Posts in a grassroots committee (contract §5)."""

    CHAIR = "chair", "Chủ tịch"
    VICE_CHAIR = "vice_chair", "Phó Chủ tịch"
    STANDING_MEMBER = "standing_member", "Ủy viên Ban Thường vụ"
    MEMBER = "member", "Ủy viên"
    INSPECTION_DUTY = "inspection_duty", "Ủy viên làm nhiệm vụ kiểm tra"
    INSPECTION_CHAIR = "inspection_chair", "Chủ nhiệm Ủy ban Kiểm tra"
    INSPECTION_VICE_CHAIR = "inspection_vice_chair", "Phó Chủ nhiệm Ủy ban Kiểm tra"
    INSPECTION_MEMBER = "inspection_member", "Ủy viên Ủy ban Kiểm tra"


class Committee(Recorded):
    """A committee of a (coming) grassroots union; before recognition it hangs on the case alone."""

    case = models.ForeignKey(
        FoundingCase, models.PROTECT, null=True, blank=True, related_name="committees"
    )
    union = models.ForeignKey(
        UnionOrg, models.PROTECT, null=True, blank=True, related_name="committees"
    )
    kind = models.CharField("loại", max_length=20, choices=CommitteeKind)
    term_start = models.PositiveIntegerField("nhiệm kỳ từ năm", null=True, blank=True)
    term_end = models.PositiveIntegerField("nhiệm kỳ đến năm", null=True, blank=True)
    provisional_until = models.DateField("hạn lâm thời", null=True, blank=True)
    decision = models.CharField("quyết định", max_length=120, blank=True)

    class Meta:
        verbose_name = "ban chấp hành, ủy ban kiểm tra"
        ordering = ("id",)

    def __str__(self) -> str:
        return self.get_kind_display()


class CommitteeMember(Recorded):
    """A person in a committee with a post."""

    committee = models.ForeignKey(Committee, models.PROTECT, related_name="members")
    person = models.ForeignKey(Person, models.PROTECT, related_name="committee_seats")
    post = models.CharField("chức danh", max_length=30, choices=UnionPost)
    job = models.CharField("công việc", max_length=120, blank=True)
    position = models.PositiveIntegerField("thứ tự", default=0)

    class Meta:
        verbose_name = "thành viên ban chấp hành"
        ordering = ("committee", "position", "id")
        constraints = (
            models.UniqueConstraint(
                fields=("committee", "person", "post"), name="one_seat_per_post"
            ),
        )

    def __str__(self) -> str:
        return f"{self.person}, {self.get_post_display()}"

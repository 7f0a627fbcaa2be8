"""People. Field-level sensitivity follows NĐ 356/2025 Điều 3 and 4 (corrections §9)."""

from __future__ import annotations

from django.db import models

from records.models.base import Recorded
from records.search import search_column

#: Fields whose values are sensitive personal data; masked or left out unless the paper needs them.
SENSITIVE_PERSON_FIELDS = frozenset({"ethnicity", "religion", "party_date"})
#: Basic personal data that lists sent to many people do not show.
BASIC_PERSON_FIELDS = frozenset({"id_number", "phone", "email", "address", "dob"})


class Gender(models.TextChoices):
    """Gender as on papers."""

    MALE = "male", "Nam"
    FEMALE = "female", "Nữ"


class Precision(models.TextChoices):
    """How exactly a birth date is known; a year alone is never stored as 1 January."""

    DAY = "day", "ngày"
    MONTH = "month", "tháng"
    YEAR = "year", "năm"


class Person(Recorded):
    """A worker, member or officer."""

    code = models.SlugField("mã", max_length=60, unique=True)
    full_name = models.CharField("họ và tên", max_length=100)
    dob = models.CharField("ngày sinh", max_length=10, blank=True)  # YYYY, YYYY-MM or YYYY-MM-DD
    gender = models.CharField("giới tính", max_length=10, choices=Gender, blank=True)
    ethnicity = models.CharField("dân tộc", max_length=40, blank=True)
    religion = models.CharField("tôn giáo", max_length=60, blank=True)
    nationality = models.CharField("quốc tịch", max_length=40, default="Việt Nam")
    native_place = models.CharField("quê quán", max_length=200, blank=True)
    address = models.CharField("nơi ở hiện nay", max_length=300, blank=True)
    id_number = models.CharField("số định danh", max_length=12, null=True, blank=True, unique=True)
    phone = models.CharField("điện thoại", max_length=60, blank=True)
    email = models.EmailField("thư điện tử", blank=True)
    party_date = models.CharField("ngày vào Đảng", max_length=10, blank=True)
    education_general = models.CharField("học vấn", max_length=60, blank=True)
    education_professional = models.CharField("chuyên môn", max_length=120, blank=True)
    education_political = models.CharField("lý luận chính trị", max_length=60, blank=True)
    search_key = search_column("full_name", "code")

    class Meta:
        verbose_name = "người"
        ordering = ("code",)
        indexes = (models.Index(fields=("full_name",)),)

    def __str__(self) -> str:
        return self.full_name

    @property
    def birth_year(self) -> int | None:
        """Year of birth, the only part that lists for the register show."""
        return int(self.dob[:4]) if self.dob else None

"""The questions of the first run."""

from __future__ import annotations

from typing import Any

from django import forms

from core.letters import clean_line
from records.models import AreaKind
from registry.series import JOINT, PER_GROUP, PER_TYPE, SeriesPolicy
from web.administration.fields import DayField, DeskForm, LineField
from web.setup.office import CONFEDERATION, TYPES, Office

MODES = (
    (PER_TYPE, "Mỗi loại văn bản một dãy số riêng (quyết định, kế hoạch, công văn…)"),
    (JOINT, "Một dãy số chung cho mọi văn bản"),
    (PER_GROUP, "Một số loại chung một dãy, các loại còn lại chung một dãy khác"),
)
MAX_NUMBER = 99_999
_NEW = {"autocomplete": "new-password"}


class OfficeForm(DeskForm):
    """The office and the head of its papers."""

    name = LineField(
        label="Tên cơ quan", max_length=200, initial="Liên đoàn Lao động tỉnh Lai Châu"
    )
    short_name = LineField(label="Tên viết tắt", max_length=100, initial="LĐLĐ tỉnh Lai Châu")
    symbol_abbr = LineField(
        label="Chữ viết tắt trong ký hiệu văn bản", max_length=20, initial="LĐLĐ",
        help_text="Như LĐLĐ trong 70/KH-LĐLĐ.",
    )  # fmt: skip
    parent_name = LineField(
        label="Cơ quan chủ quản (dòng trên cùng)", max_length=200, required=False, initial=CONFEDERATION,
        help_text="Để trống nếu văn bản của cơ quan không in dòng này.",
    )  # fmt: skip
    province = LineField(label="Tỉnh", max_length=80, initial="Lai Châu")
    seat_kind = forms.ChoiceField(
        label="Trụ sở đặt tại",
        choices=((AreaKind.WARD, "phường"), (AreaKind.COMMUNE, "xã")),
    )
    seat_name = LineField(label="Tên phường, xã", max_length=80, initial="Tân Phong")
    place_name = LineField(
        label="Địa danh trước ngày tháng", max_length=80, initial="Lai Châu",
        help_text="Như Lai Châu trong “Lai Châu, ngày 02 tháng 5 năm 2024”.",
    )  # fmt: skip
    head_name = LineField(label="Họ và tên Chủ tịch (người ký văn bản)", max_length=100)
    head_from = DayField(label="Giữ chức từ ngày")

    def office(self) -> Office:
        """What was answered; the form must be valid."""
        return Office(**self.cleaned_data)


class NumberForm(DeskForm):
    """How papers are numbered, and where each series stands."""

    mode = forms.ChoiceField(label="Cách đánh số", choices=MODES, widget=forms.RadioSelect)
    together = LineField(
        label="Các loại chung một dãy", max_length=200, required=False, initial="QĐ",
        help_text="Chỉ khi chọn cách thứ ba. Ghi chữ viết tắt, cách nhau bằng dấu phẩy: QĐ, NQ.",
    )  # fmt: skip
    arrival = forms.IntegerField(label="Văn bản đến", min_value=1, max_value=MAX_NUMBER, initial=1)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for kind in TYPES:
            self.fields[f"type_{kind}"] = forms.IntegerField(
                label=kind, min_value=1, max_value=MAX_NUMBER, initial=1, required=False
            )
        self.fields["joint"] = forms.IntegerField(
            label="Dãy số chung", min_value=1, max_value=MAX_NUMBER, initial=1, required=False
        )
        self.fields["group"] = forms.IntegerField(
            label="Các loại chung một dãy",
            min_value=1,
            max_value=MAX_NUMBER,
            initial=1,
            required=False,
        )
        self.fields["rest"] = forms.IntegerField(
            label="Các loại còn lại", min_value=1, max_value=MAX_NUMBER, initial=1, required=False
        )
        self.dress()

    def clean(self) -> dict[str, Any]:
        """Groups need their types."""
        data: dict[str, Any] = super().clean() or {}
        if data.get("mode") == PER_GROUP and not self._kinds(data):
            self.add_error("together", "Ghi ít nhất một loại văn bản, ví dụ QĐ.")
        return data

    @staticmethod
    def _kinds(data: dict[str, Any]) -> tuple[str, ...]:
        parts = str(data.get("together", "")).replace(";", ",").split(",")
        return tuple(filter(None, map(clean_line, parts)))

    def policy(self) -> SeriesPolicy:
        """The policy; the form must be valid."""
        data = self.cleaned_data
        if data["mode"] != PER_GROUP:
            return SeriesPolicy(mode=data["mode"])
        kinds = self._kinds(data)
        return SeriesPolicy(mode=PER_GROUP, groups={", ".join(kinds)[:30]: kinds})

    def next_numbers(self) -> dict[str, int]:
        """Next number of each series that the chosen way has, by its key."""
        data = self.cleaned_data
        policy = self.policy()
        if policy.mode == JOINT:
            return {JOINT: data["joint"] or 1}
        if policy.mode == PER_GROUP:
            return {next(iter(policy.groups)): data["group"] or 1, policy.rest: data["rest"] or 1}
        return {kind: data[f"type_{kind}"] or 1 for kind in TYPES}


class AccountForm(DeskForm):
    """The first account."""

    full_name = LineField(label="Họ và tên", max_length=100)
    username = LineField(
        label="Tên đăng nhập", max_length=150, help_text="Viết liền, không dấu, như vanthu1."
    )
    password = forms.CharField(
        label="Mật khẩu", widget=forms.PasswordInput(attrs=_NEW), max_length=128, strip=False,
        help_text="Ít nhất 10 ký tự, không chỉ gồm chữ số, không giống tên đăng nhập.",
    )  # fmt: skip
    again = forms.CharField(
        label="Gõ lại mật khẩu",
        widget=forms.PasswordInput(attrs=_NEW),
        max_length=128,
        strip=False,
    )
    secretary = forms.BooleanField(
        label="Người này cũng làm văn thư (soạn văn bản, cấp số, vào sổ)",
        required=False,
        initial=True,
    )

    def clean(self) -> dict[str, Any]:
        """Twice the same."""
        data: dict[str, Any] = super().clean() or {}
        if data.get("password") != data.get("again"):
            self.add_error("again", "Hai lần gõ không giống nhau.")
        return data

"""Pages of accounts: who may sign in, as whom, with which roles."""

from __future__ import annotations

from typing import Any

from django import forms
from django.contrib import messages
from django.contrib.auth.models import User
from django.core.paginator import Paginator
from django.db import transaction
from django.db.models import Q, QuerySet
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.views.decorators.cache import never_cache

from core.errors import UserError
from core.letters import clean_line
from records.models import OfficeHolder, OrgKind, Person, UnionOrg
from web.administration import accounts
from web.administration.fields import DeskForm, LineField
from web.models import Access
from web.rights import Right, Role, roles_named
from web.viewer import DeskRequest, desk, note_access

PAGE = 50
_UNITS = (
    OrgKind.PROVINCE_FEDERATION,
    OrgKind.DISTRICT_FEDERATION,
    OrgKind.BRANCH_UNION,
    OrgKind.COMMUNE_UNION,
    OrgKind.GRASSROOTS_UNION,
)
DUTIES = {
    Role.ADMIN: "lập tài khoản, sao lưu, nhật ký, thiết lập",
    Role.SECRETARY: "soạn, cấp số, vào sổ, phát hành",
    Role.SPECIALIST: "soạn văn bản, kiểm tra phiếu, sửa hồ sơ",
    Role.LEADER: "duyệt và ký",
    Role.OFFICER: "chỉ thấy và nộp phiếu của đơn vị mình",
    Role.READER: "chỉ xem",
}


class AccountForm(DeskForm):
    """An account, new or changed."""

    full_name = LineField(label="Họ và tên", max_length=100)
    username = LineField(
        label="Tên đăng nhập", max_length=150, help_text="Viết liền, không dấu, như chuyenvien2."
    )
    roles = forms.MultipleChoiceField(
        label="Vai trò",
        choices=[(role.value, f"{role.value}: {DUTIES[role]}") for role in Role],
        widget=forms.CheckboxSelectMultiple,
    )
    person = forms.ModelChoiceField(
        label="Cán bộ trong hồ sơ", queryset=Person.objects.none(), required=False,
        empty_label="(không gắn)", to_field_name="code",
        help_text="Người ký văn bản phải gắn với hồ sơ cán bộ của mình.",
    )  # fmt: skip
    unit = forms.ModelChoiceField(
        label="Đơn vị", queryset=UnionOrg.objects.none(), required=False, empty_label="(không gắn)",
        to_field_name="code", help_text="Bắt buộc với cán bộ đơn vị.",
    )  # fmt: skip

    def __init__(self, *args: Any, is_new: bool, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        today = timezone.localdate()
        held = OfficeHolder.objects.valid_on(today).values("person")
        taken = Q(pk__in=held) | Q(accounts__isnull=False)
        self._set("person", Person.objects.filter(taken).distinct().order_by("full_name", "code"))
        units = UnionOrg.objects.valid_on(today).filter(kind__in=_UNITS)
        self._set("unit", units.order_by("sort_order", "name"))
        if not is_new:
            del self.fields["username"]
        self.fields["roles"].error_messages["required"] = "Chọn ít nhất một vai trò."
        self.fields["roles"].widget.attrs["class"] = "form-check-input"

    def _set(self, name: str, rows: QuerySet[Any]) -> None:
        field = self.fields[name]
        if isinstance(field, forms.ModelChoiceField):
            field.queryset = rows

    def given(self) -> dict[str, Any]:
        """What the services take; the form must be valid."""
        data = self.cleaned_data
        return {
            "full_name": data["full_name"],
            "roles": sorted(roles_named(data["roles"]), key=list(Role).index),
            "person": data["person"],
            "unit": data["unit"],
        }


def _note(request: DeskRequest, user: User, what: str) -> None:
    note_access(request, Access.DID, f"account:{user.get_username()}", what)


@desk(Right.ADMINISTER)
def account_list(request: DeskRequest) -> HttpResponse:
    """All accounts."""
    wanted = clean_line(request.GET.get("tim", ""))[:100]
    users = User.objects.prefetch_related("groups").select_related(
        "account__unit", "account__person"
    )
    if wanted:
        users = users.filter(Q(username__icontains=wanted) | Q(last_name__icontains=wanted))
    page = Paginator(users.order_by("-is_active", "username"), PAGE).get_page(
        request.GET.get("trang")
    )
    context = {"page": page, "wanted": wanted, "shut": accounts.shut_out()}
    return render(request, "web/administration/accounts.html", context)


@never_cache
@desk(Right.ADMINISTER, methods=("GET", "HEAD", "POST"))
def account_new(request: DeskRequest) -> HttpResponse:
    """Make an account; its first password is shown once."""
    form = AccountForm(request.POST or None, is_new=True)
    if request.method == "POST" and form.is_valid():
        password = accounts.temporary_password()
        try:
            with transaction.atomic():
                user = accounts.create_account(
                    username=form.cleaned_data["username"], password=password, **form.given()
                )
                _note(request, user, f"lập tài khoản [{', '.join(form.cleaned_data['roles'])}]")
        except UserError as fault:
            form.add_error(None, fault.message)
        else:
            context = {"user_": user, "password": password, "is_new": True}
            return render(request, "web/administration/password.html", context)
    status = 422 if form.errors else 200
    return render(request, "web/administration/account.html", {"form": form}, status=status)


@desk(Right.ADMINISTER, methods=("GET", "HEAD", "POST"))
def account(request: DeskRequest, pk: int) -> HttpResponse:
    """One account: change it, lock it, give it a new password."""
    user = get_object_or_404(User, pk=pk)
    kept = getattr(user, "account", None)
    initial = {
        "full_name": user.get_full_name(),
        "roles": [group.name for group in user.groups.all()],
        "person": kept.person.code if kept and kept.person else None,
        "unit": kept.unit.code if kept and kept.unit else None,
    }
    form = AccountForm(request.POST or None, initial=initial, is_new=False)
    if request.method == "POST" and form.is_valid():
        try:
            with transaction.atomic():
                changed = accounts.change_account(user, **form.given())
                if changed:
                    _note(request, user, f"đổi tài khoản: {changed}")
        except UserError as fault:
            form.add_error(None, fault.message)
        else:
            messages.success(request, f"Đã lưu tài khoản {user.get_username()}.")
            return redirect("web:accounts")
    context = {"form": form, "user_": user, "shut": user.get_username() in accounts.shut_out()}
    status = 422 if form.errors else 200
    return render(request, "web/administration/account.html", context, status=status)


@never_cache
@desk(Right.ADMINISTER, methods=("POST",))
def account_password(request: DeskRequest, pk: int) -> HttpResponse:
    """A temporary password, shown once."""
    user = get_object_or_404(User, pk=pk)
    with transaction.atomic():
        password = accounts.reset_password(user)
        _note(request, user, "đặt lại mật khẩu")
    context = {"user_": user, "password": password, "is_new": False}
    return render(request, "web/administration/password.html", context)


@desk(Right.ADMINISTER, methods=("POST",))
def account_lock(request: DeskRequest, pk: int) -> HttpResponse:
    """Lock an account."""
    user = get_object_or_404(User, pk=pk)
    with transaction.atomic():
        accounts.lock_account(user)
        _note(request, user, "khóa tài khoản")
    messages.success(request, f"Đã khóa tài khoản {user.get_username()}.")
    return redirect("web:accounts")


@desk(Right.ADMINISTER, methods=("POST",))
def account_unlock(request: DeskRequest, pk: int) -> HttpResponse:
    """Unlock an account, also after too many wrong tries."""
    user = get_object_or_404(User, pk=pk)
    with transaction.atomic():
        accounts.unlock_account(user)
        _note(request, user, "mở khóa tài khoản")
    messages.success(request, f"Đã mở khóa tài khoản {user.get_username()}.")
    return redirect("web:accounts")

"""Making and changing accounts: user, roles, person, reporting unit; every change is logged by the caller."""

from __future__ import annotations

from collections.abc import Iterable

from django.contrib.auth.models import Group, User
from django.contrib.auth.password_validation import validate_password
from django.core.exceptions import ValidationError
from django.db import transaction

from core.errors import Conflict, UserError
from core.letters import clean_line
from records.models import Person, UnionOrg
from web.models import Account
from web.rights import Role


def role_groups(roles: Iterable[Role]) -> list[Group]:
    """The groups of these roles; one that is missing is made."""
    return [Group.objects.get_or_create(name=role.value)[0] for role in roles]


@transaction.atomic
def create_account(
    *,
    username: str,
    full_name: str,
    roles: Iterable[Role],
    password: str,
    person: Person | None = None,
    unit: UnionOrg | None = None,
    must_change_password: bool = True,
) -> User:
    """A new account. Raises Conflict for a name in use, UserError for a weak password or an officer without unit."""
    username = clean_line(username)
    roles = list(roles)
    if User.objects.filter(username__iexact=username).exists():
        raise Conflict(f"Tên đăng nhập “{username}” đã có người dùng. Chọn tên khác.")
    check_roles(roles, unit)
    user = User(username=username, last_name=clean_line(full_name), is_staff=Role.ADMIN in roles)
    check_password(password, user)
    user.is_superuser = Role.ADMIN in roles
    user.set_password(password)
    user.save()
    user.groups.set(role_groups(roles))
    Account.objects.create(
        user=user, person=person, unit=unit, must_change_password=must_change_password
    )
    return user


def check_roles(roles: Iterable[Role], unit: UnionOrg | None) -> None:
    """Raises UserError where the roles do not fit together or need a unit."""
    roles = list(roles)
    if not roles:
        raise UserError("Chọn ít nhất một vai trò cho tài khoản.", facts={"missing": ["roles"]})
    if Role.OFFICER in roles and unit is None:
        raise UserError("Cán bộ đơn vị phải gắn với một đơn vị.", facts={"missing": ["unit"]})
    if Role.OFFICER in roles and len(roles) > 1:
        raise UserError(
            "Cán bộ đơn vị chỉ thấy việc của đơn vị mình nên không kèm vai trò khác. Lập hai tài khoản.",
            facts={"wrong": {"roles": "cán bộ đơn vị kèm vai trò khác"}},
        )


def check_password(password: str, user: User) -> None:
    """Raises UserError with all that is weak about a password."""
    try:
        validate_password(password, user)
    except ValidationError as fault:
        raise UserError(
            "Mật khẩu chưa đủ mạnh: " + " ".join(fault.messages),
            facts={"wrong": {"password": "yếu"}},
        ) from fault

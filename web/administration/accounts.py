"""Making and changing accounts: user, roles, person, reporting unit; every change is logged by the caller."""

from __future__ import annotations

import secrets
from collections.abc import Iterable

from axes.models import AccessAttempt
from axes.utils import reset as reset_tries
from django.conf import settings
from django.contrib.auth.models import Group, User
from django.contrib.auth.password_validation import validate_password
from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils import timezone

from core.errors import Conflict, UserError
from core.letters import clean_line
from records.models import Person, UnionOrg
from web.models import Account
from web.rights import Role


def role_groups(roles: Iterable[Role]) -> list[Group]:
    """The groups of these roles. All six are made where one is missing: no migration may fill a table (restore)."""
    wanted = [role.value for role in roles]
    if Group.objects.filter(name__in=list(Role)).count() < len(Role):
        Group.objects.bulk_create([Group(name=role.value) for role in Role], ignore_conflicts=True)
    return list(Group.objects.filter(name__in=wanted))


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


def change_account(
    user: User,
    *,
    full_name: str,
    roles: Iterable[Role],
    person: Person | None,
    unit: UnionOrg | None,
) -> str:
    """Change who sits behind an account and what he may do; gives what changed, in words, for the log.

    Raises UserError as `create_account`, and when no administrator would be left.
    """
    roles = list(roles)
    check_roles(roles, unit)
    with transaction.atomic():
        before = _told(user)
        if Role.ADMIN not in roles:
            _keep_an_admin(user)
        user.last_name, user.first_name = clean_line(full_name), ""
        user.is_staff = user.is_superuser = Role.ADMIN in roles
        user.save(update_fields=("last_name", "first_name", "is_staff", "is_superuser"))
        user.groups.set(role_groups(roles))
        Account.objects.update_or_create(user=user, defaults={"person": person, "unit": unit})
        after = _told(User.objects.get(pk=user.pk))
    return "" if before == after else f"{before} → {after}"


def _told(user: User) -> str:
    roles = ", ".join(sorted(user.groups.values_list("name", flat=True)))
    account = Account.objects.select_related("person", "unit").filter(user=user).first()
    person = account.person.code if account and account.person else "-"
    unit = account.unit.code if account and account.unit else "-"
    return f"{user.get_full_name()} [{roles}] người: {person}, đơn vị: {unit}"


def _keep_an_admin(user: User) -> None:
    """Raises Conflict when this is the last administrator who can still sign in."""
    admins = User.objects.select_for_update().filter(is_active=True, groups__name=Role.ADMIN.value)
    if set(admins.values_list("pk", flat=True)) == {user.pk}:
        raise Conflict(
            "Đây là tài khoản quản trị cuối cùng còn dùng được. Giao vai trò quản trị cho người khác trước.",
            code="last_admin",
        )


#: Letters of temporary passwords: none that looks like another when it is read aloud.
_LETTERS = "abcdefghkmnpqrstuvwxyz23456789"


def temporary_password() -> str:
    """Three groups of four: 59 bits, and it must be changed at the first sign-in."""
    return "-".join("".join(secrets.choice(_LETTERS) for _ in range(4)) for _ in range(3))


def reset_password(user: User) -> str:
    """A temporary password, to be shown once; every open session of the account ends."""
    password = temporary_password()
    with transaction.atomic():
        user.set_password(password)
        user.save(update_fields=("password",))
        Account.objects.update_or_create(user=user, defaults={"must_change_password": True})
        reset_tries(username=user.get_username())
    return password


def lock_account(user: User) -> None:
    """The account can no longer sign in, its sessions end, its keys no longer work. Raises Conflict."""
    with transaction.atomic():
        _keep_an_admin(user)
        user.is_active = False
        user.save(update_fields=("is_active",))


def unlock_account(user: User) -> None:
    """It may sign in again, also after too many wrong tries."""
    with transaction.atomic():
        user.is_active = True
        user.save(update_fields=("is_active",))
        reset_tries(username=user.get_username())


def shut_out() -> set[str]:
    """Names that are shut out now because too many tries were wrong."""
    since = timezone.now() - settings.AXES_COOLOFF_TIME
    rows = AccessAttempt.objects.filter(
        attempt_time__gte=since, failures_since_start__gte=settings.AXES_FAILURE_LIMIT
    )
    return set(rows.values_list("username", flat=True))

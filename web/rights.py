"""Who may do what at the desk: roles, rights, and the one table that joins them. Pure.

Roles are Django groups, so that the administrator gives them in the pages of accounts; a person may have several,
as in a small office the secretary is also a specialist. Rights are what the code asks for, never roles.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from enum import StrEnum


class Role(StrEnum):
    """Roles; the value is the name of the group (docs/glossary.md)."""

    ADMIN = "Quản trị"
    SECRETARY = "Văn thư"
    SPECIALIST = "Chuyên viên"
    LEADER = "Lãnh đạo"
    OFFICER = "Cán bộ đơn vị"
    READER = "Người xem"


class Right(StrEnum):
    """What one may do; the value says it in the sentence "chỉ … mới được …"."""

    SEE_OFFICE = "xem công việc của cơ quan"
    SEE_DOCUMENTS = "xem văn bản"
    COMPOSE = "soạn văn bản"
    APPROVE = "duyệt, ký văn bản"
    NUMBER = "cấp số, phát hành văn bản"
    BATCHES = "lập đợt phát hành"
    KEEP_REGISTERS = "ghi sổ văn bản"
    SEE_FORMS = "xem phiếu gửi về"
    GIVE_FORMS = "phát phiếu"
    REVIEW_FORMS = "kiểm tra phiếu, nhập vào hồ sơ"
    SEE_RECORDS = "xem hồ sơ"
    CHANGE_RECORDS = "sửa hồ sơ"
    SEE_PERSONAL = "xem số định danh, điện thoại"
    SEE_TEMPLATES = "xem mẫu văn bản"
    PUBLISH_TEMPLATES = "ban hành mẫu văn bản"
    CHECK_PAPERS = "kiểm tra thể thức"
    OWN_UNIT = "nộp phiếu của đơn vị mình"
    ADMINISTER = "quản trị tài khoản, thiết lập"


_READ = {
    Right.SEE_OFFICE,
    Right.SEE_DOCUMENTS,
    Right.SEE_FORMS,
    Right.SEE_RECORDS,
    Right.SEE_TEMPLATES,
    Right.CHECK_PAPERS,
}
_DESK = _READ | {
    Right.COMPOSE,
    Right.BATCHES,
    Right.GIVE_FORMS,
    Right.REVIEW_FORMS,
    Right.CHANGE_RECORDS,
    Right.SEE_PERSONAL,
}

RIGHTS: Mapping[Role, frozenset[Right]] = {
    Role.ADMIN: frozenset(_READ | {Right.PUBLISH_TEMPLATES, Right.ADMINISTER}),
    Role.SECRETARY: frozenset(
        _DESK | {Right.NUMBER, Right.KEEP_REGISTERS, Right.PUBLISH_TEMPLATES}
    ),
    Role.SPECIALIST: frozenset(_DESK),
    Role.LEADER: frozenset(_READ | {Right.APPROVE, Right.SEE_PERSONAL}),
    Role.OFFICER: frozenset({Right.OWN_UNIT, Right.CHECK_PAPERS}),
    Role.READER: frozenset(_READ),
}


def rights_of(roles: Iterable[Role]) -> frozenset[Right]:
    """All rights of all these roles."""
    return frozenset().union(*(RIGHTS[role] for role in roles))


def roles_named(names: Iterable[str]) -> frozenset[Role]:
    """The roles among names of groups; other groups say nothing to the desk."""
    known = {role.value for role in Role}
    return frozenset(Role(name) for name in names if name in known)


def who_may(right: Right) -> str:
    """The roles that have a right, for people: `Văn thư hoặc Lãnh đạo`."""
    return " hoặc ".join(role.value for role in Role if right in RIGHTS[role])

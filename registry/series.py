"""Which series a paper is numbered in: the policy is data, never code (ND30 Điều 15 k1c)."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from django.conf import settings

from core.errors import NotFound, UserError
from core.letters import clean_line
from records.models import Fact, UnionOrg
from registry.models import Direction

PER_TYPE = "per_type"
JOINT = "joint"
PER_GROUP = "per_group"
#: Công văn have no abbreviation of their own (ND30 PL III); their series needs a name.
LETTER_KEY = "CV"
#: Key of the arrival numbers of the incoming register.
ARRIVAL_KEY = "đến"
#: Letters of inserted numbers, in the order of the Vietnamese alphabet as legal points use them.
SUFFIXES = "abcdđeghiklmnopqrstuvxy"
_SECRET_PREFIX = "mật:"  # noqa: S105 - not a password: secret papers have their own series (NUM-02)


@dataclass(frozen=True, slots=True)
class SeriesRef:
    """One run of numbers: issuing body, key of the policy, year, outgoing or incoming."""

    org_id: int
    key: str
    year: int
    direction: str = Direction.OUTGOING

    def __str__(self) -> str:
        what = "văn bản đến" if self.direction == Direction.INCOMING else series_label(self.key)
        return f"{what} năm {self.year}"


@dataclass(frozen=True, slots=True)
class SeriesPolicy:
    """``per_type``, ``joint`` or ``per_group``; groups name the abbreviations that share a series.

    Types in no group share the group ``rest``.
    """

    mode: str = PER_TYPE
    groups: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    rest: str = "khác"


def suffix_rank(suffix: str) -> int:
    """Place of 70, 70a, 70b … among themselves: đ comes after d, which no two databases sort alike."""
    return 0 if not suffix else SUFFIXES.index(suffix) + 1


def series_label(key: str) -> str:
    """The key as people read it: ``chung`` for the joint series."""
    return "chung" if key == JOINT else key


def series_key(
    symbol_type: str, policy: SeriesPolicy | str = PER_TYPE, *, secret: bool = False
) -> str:
    """Key of the series of a type abbreviation (`QĐ`; empty for a công văn) under a policy.

    Raises UserError for a policy that does not exist.
    """
    if isinstance(policy, str):
        policy = SeriesPolicy(mode=policy)
    kind = symbol_type.strip() or LETTER_KEY
    if policy.mode == JOINT:
        key = JOINT
    elif policy.mode == PER_TYPE:
        key = kind
    elif policy.mode == PER_GROUP:
        key = next((name for name, kinds in policy.groups.items() if kind in kinds), policy.rest)
    else:
        message = f"Cách đánh số «{policy.mode}» không có; chỉ nhận per_type, joint hoặc per_group."
        raise UserError(message, code="unknown_series_policy", facts={"policy": policy.mode})
    return f"{_SECRET_PREFIX}{key}" if secret else key


def parse_policy(value: Any) -> SeriesPolicy:
    """A policy from data: `"joint"`, or `{"policy": "per_group", "groups": {"name": ["QĐ"]}, "rest": "…"}`."""
    if isinstance(value, str):
        return SeriesPolicy(mode=value)
    groups = {str(name): tuple(kinds) for name, kinds in value.get("groups", {}).items()}
    return SeriesPolicy(
        mode=value["policy"], groups=groups, rest=value.get("rest", SeriesPolicy().rest)
    )


#: Dated fact with the policy of every body that has none of its own (ND30 Điều 15 k1c: the head decides).
POLICY_FACT = "number_series_policy"
#: Policy of one body: this and its code. The form with a colon is of older stores.
_OWN_FACTS = ("series_policy_", "series_policy:")


def policy_for(org: UnionOrg, on: date) -> SeriesPolicy:
    """The policy on that day: the body's own (fact `series_policy_<org code>`), else the fact
    `number_series_policy` for all bodies, else the setting.
    """
    keys = (*(f"{prefix}{org.code}" for prefix in _OWN_FACTS), POLICY_FACT)
    rows = Fact.objects.valid_on(on).filter(key__in=keys)
    newest_last = sorted(rows, key=lambda row: (row.valid_from or date.min, row.pk))
    found = {row.key: row.value for row in newest_last}
    for key in keys:
        if key in found:
            return parse_policy(found[key])
    return parse_policy(settings.NUMBER_SERIES_POLICY)


def outgoing_series(org: UnionOrg, symbol_type: str, on: date) -> SeriesRef:
    """The series in which that body numbers a paper of that type on that day."""
    return SeriesRef(org.pk, series_key(symbol_type, policy_for(org, on)), on.year)


def incoming_series(org: UnionOrg, year: int) -> SeriesRef:
    """The series of arrival numbers of a body."""
    return SeriesRef(org.pk, ARRIVAL_KEY, year, Direction.INCOMING)


def named_series(name: str) -> SeriesRef:
    """The series of a name as people give it on the command line: `ldld-lai-chau:QĐ:2024`, `…:đến:2024`.

    The inverse of ``str(NumberSeries)``. Raises UserError for another shape, NotFound for an unknown body.
    """
    found = re.fullmatch(r"(?P<org>[^:]+):(?P<key>.+):(?P<year>\d{4})", clean_line(name))
    if found is None:
        raise UserError(
            f"Tên dãy số «{name}» không đúng dạng <mã cơ quan>:<nhóm số>:<năm>, ví dụ"
            " ldld-lai-chau:QĐ:2024.",
            code="bad_series",
            facts={"series": name},
        )
    org = UnionOrg.objects.filter(code=found["org"]).first()
    if org is None:
        raise NotFound(f"Không có tổ chức mã «{found['org']}».", facts={"org": found["org"]})
    key, year = found["key"], int(found["year"])
    return incoming_series(org, year) if key == ARRIVAL_KEY else SeriesRef(org.pk, key, year)

"""What a handler is, and the plain picture of the records that it is held against."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import date

from core.errors import DataIncomplete, Problem
from core.forms import Values
from core.names import company_key
from core.text import fold
from records.selectors.cases import CaseSnapshot, CommitteeSnapshot
from records.selectors.enterprises import EnterpriseSnapshot
from records.selectors.orgs import OrgSnapshot
from records.selectors.people import PersonSnapshot
from records.selectors.reports import ReportSnapshot
from records.services.audit import By


@dataclass(frozen=True, slots=True)
class IssuedNumber:
    """A line of the outgoing register: number with symbol, day, kind, who issued it, what it is about."""

    code: str
    on: date
    kind: str
    org_id: int
    subject: str


@dataclass(frozen=True, slots=True)
class Target:
    """The record that a form is about; ``id`` is its code, empty for a record still to be made."""

    type: str = ""
    id: str = ""


@dataclass(frozen=True, slots=True)
class Known:
    """What the records say around one returned form, on the day it is checked. Plain values, no queries.

    ``record`` is what the store issued the form for. ``enterprises`` are those the form names by tax code or by name;
    ``orgs`` the units by folded name. ``case`` is the founding case, ``org`` the reporting unit that it is about.
    ``quotas``: organisation number and measure to figure.
    """

    on: date
    record: Target = field(default_factory=Target)
    enterprises: tuple[EnterpriseSnapshot, ...] = ()
    case: CaseSnapshot | None = None
    cases: Mapping[int, str] = field(default_factory=dict)  # enterprise number to case code
    org: OrgSnapshot | None = None
    orgs: Mapping[str, OrgSnapshot] = field(default_factory=dict)
    quotas: Mapping[tuple[int, str], int] = field(default_factory=dict)
    reports: Mapping[str, ReportSnapshot] = field(default_factory=dict)
    issued: tuple[IssuedNumber, ...] = ()
    people: Mapping[str, PersonSnapshot] = field(default_factory=dict)  # by ID number
    founding_least: int = 5
    committee_sizes: tuple[tuple[int, int, int], ...] = ()  # members from, least, most; rising

    def by_tax_code(self, code: str | None) -> EnterpriseSnapshot | None:
        """The enterprise with this tax code."""
        found = [one for one in self.enterprises if code and one.tax_code == code]
        return found[0] if found else None

    def by_name(self, name: str | None) -> EnterpriseSnapshot | None:
        """The only enterprise of this name; several of one name give None."""
        key = company_key(name) if name else ""
        found = [one for one in self.enterprises if key and one.name_key == key]
        return found[0] if len(found) == 1 else None


Check = Callable[[Values, Known], list[Problem]]


@dataclass(frozen=True, slots=True)
class Handler:
    """One form kind against the records.

    ``target`` says which record the form is about. ``subject`` tells forms of one target apart (the period, the
    person): a form of the same subject sent again is a duplicate or a revision. ``check`` holds it against the
    records. ``touches`` gives, as plain values, what the form would write over or was compared with: the form is
    applied only while that is the same. ``apply`` writes and gives a line for each thing written.
    """

    target: Callable[[Values, Known], Target]
    subject: Callable[[Values], str]
    check: Check
    touches: Callable[[Values, Known], object]
    apply: Callable[[Values, Known, By, str], list[str]]


def case_target(_values: Values, known: Known) -> Target:
    """Forms of a dossier are about a founding case."""
    return Target("case", known.case.code) if known.case else Target()


def needs_case(known: Known) -> list[Problem]:
    """A form of a dossier whose case is not found has nowhere to go."""
    if known.case is not None:
        return []
    return [
        Problem(
            "no_record",
            "Không tìm thấy hồ sơ thành lập của doanh nghiệp ghi trên biểu mẫu. Sửa tên doanh nghiệp, hoặc mở hồ sơ "
            "thành lập trong chiến dịch rồi kiểm tra lại.",
            (),
        )
    ]


def the_case(known: Known) -> CaseSnapshot:
    """The case to write to. Raises DataIncomplete."""
    if known.case is None:
        raise DataIncomplete(
            "Chưa biết biểu mẫu thuộc hồ sơ thành lập nào.", missing=["enterprise_name"]
        )
    return known.case


def union_name_problems(values: Values, known: Known) -> list[Problem]:
    """The union named is the union of the case (domain brief §5.e: names differ inside one dossier)."""
    case, stated = known.case, values.text("union_name")
    if case is None or stated is None:
        return []
    expected = case.union_name or f"Công đoàn cơ sở {case.enterprise.name}"
    if company_key(strip_union(stated)) == company_key(strip_union(expected)):
        return []
    return [
        Problem(
            "name_differs",
            f"Biểu mẫu ghi “{stated}”, hồ sơ ghi “{expected}”.",
            ("union_name",),
        )
    ]


_UNION_HEADS = ("công đoàn cơ sở ", "cđcs ", "công đoàn ")


def strip_union(name: str) -> str:
    """The enterprise's part of a union's name."""
    low = name.casefold()
    for head in _UNION_HEADS:
        if low.startswith(head):
            return name[len(head) :]
    return name


def closed_problem(known: Known, what: str) -> list[Problem]:
    """A recognised union's dossier takes no more forms of its founding."""
    case = known.case
    if case is None or case.state not in ("recognised", "launched"):
        return []
    return [
        Problem(
            "case_closed",
            f"Hồ sơ thành lập {case.code} đã được công nhận nên không nhận thêm {what}.",
            (),
        )
    ]


def seat_key(full_name: str | None, post: str | None) -> tuple[str, str]:
    """How seats of two lists are compared."""
    return fold(full_name or ""), post or ""


def committee_plain(found: CommitteeSnapshot | None) -> object:
    """A committee as plain values."""
    if found is None:
        return None
    return [found.kind, [[one.person.code, one.post] for one in found.members]]


def committee_differences(
    values: Values, known: Known, *, key: str, kinds: tuple[str, ...], name: str
) -> list[Problem]:
    """People and posts of a list against the committee that the records have."""
    committee = known.case.committee(*kinds) if known.case else None
    rows = values.rows()
    if committee is None or not rows:
        return []
    have = {seat_key(one.person.full_name, one.post) for one in committee.members}
    stated = [seat_key(row.text("full_name"), row.text(key)) for row in rows]
    problems = []
    for at, one in enumerate(stated):
        if one not in have:
            shown = rows[at].text("full_name") or "người không ghi tên"
            problems.append(
                Problem(
                    "committee_differs",
                    f"Dòng {at + 1}: {shown} không có chức danh đó trong {name} đã ghi ở hồ sơ.",
                    (f"rows[{at}].full_name", f"rows[{at}].{key}"),
                )
            )
    missing = [one.person.full_name for one in committee.members
               if seat_key(one.person.full_name, one.post) not in stated]  # fmt: skip
    if missing:
        problems.append(
            Problem(
                "committee_differs",
                f"Danh sách thiếu {', '.join(missing)} so với {name} đã ghi ở hồ sơ.",
                ("rows",),
            )
        )
    return problems

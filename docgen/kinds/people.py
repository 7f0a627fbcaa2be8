"""Committees and people as decisions and minutes print them, and the checks they share. Pure."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from functools import lru_cache

from core.dates import PartialDate, format_partial, format_short, parse_date
from core.errors import Problem
from core.profiles import RuleProfile
from core.schema import Choice
from core.text import fold

Row = Mapping[str, object]

#: Union posts, codes of contract.md §5.
UNION_POSTS = (
    Choice("chair", "Chủ tịch"),
    Choice("vice_chair", "Phó Chủ tịch"),
    Choice("standing_member", "Ủy viên Ban Thường vụ"),
    Choice("member", "Ủy viên"),
    Choice("inspection_duty", "Ủy viên làm nhiệm vụ kiểm tra"),
    Choice("inspection_chair", "Chủ nhiệm Ủy ban Kiểm tra"),
    Choice("inspection_vice_chair", "Phó Chủ nhiệm Ủy ban Kiểm tra"),
    Choice("inspection_member", "Ủy viên Ủy ban Kiểm tra"),
)
COMMITTEE_POSTS = UNION_POSTS[:5]
GENDERS = (Choice("male", "Nam"), Choice("female", "Nữ"))

_POST_LABELS = {choice.code: choice.label_vi for choice in UNION_POSTS}
_GENDER_LABELS = {choice.code: choice.label_vi for choice in GENDERS}
# Charter XIII Điều 13 k7.
_STANDING_MIN = 9
_COMPANY = fold("công ty")
#: Days of birth are asked for twice, for the draft and for the final paper.
_REMEMBERED = 8192


def post_label(code: object) -> str:
    """``chair`` -> ``Chủ tịch``."""
    return _POST_LABELS.get(str(code or ""), str(code or ""))


def gender_label(code: object) -> str:
    """``female`` -> ``Nữ``; empty when left out."""
    return _GENDER_LABELS.get(str(code or ""), "")


def value(row: Row, key: str) -> str:
    """Text of a cell; empty when it was left out."""
    found = row.get(key)
    return "" if found is None else str(found).strip()


def day_text(row: Row, key: str) -> str:
    """``09/02/1994``, ``1994`` when only the year is known; empty when left out."""
    given = value(row, key)
    if not given:
        return ""
    return _printed(given)


@lru_cache(_REMEMBERED)
def _printed(given: str) -> str:
    found = parse_date(given)
    return format_partial(found) if isinstance(found, PartialDate) else format_short(found)


def comrade(row: Row) -> str:
    """``Đồng chí Lò Văn Tâm, Phó phòng Kỹ thuật - Chủ tịch``; the job is left out when unknown."""
    job = value(row, "job")
    name = f"Đồng chí {value(row, 'full_name')}{', ' + job if job else ''}"
    post = post_label(row.get("union_post"))
    return f"{name} - {post}" if post else name


def chair_only(people: Sequence[Row], *, key: str = "union_post") -> bool:
    """A union so small that it has a chair and no committee (under ten members until 2024, HD 03/HD-TLĐ)."""
    return len(people) == 1 and people[0].get(key) == "chair"


def committee_name(people: Sequence[Row], *, provisional: object, key: str = "union_post") -> str:
    """``Ban Chấp hành lâm thời``; ``Chủ tịch lâm thời`` where there is only a chair."""
    name = "Chủ tịch" if chair_only(people, key=key) else "Ban Chấp hành"
    return f"{name} lâm thời" if provisional else name


def listed(lines: Sequence[str]) -> list[str]:
    """List lines: each ends ``;``, the last ``.``."""
    return [f"{line}{'.' if index == len(lines) - 1 else ';'}" for index, line in enumerate(lines)]


def same_name(first: str, second: str) -> bool:
    """Names compared without regard to capitals, tone placement and spaces."""
    return fold(first) == fold(second)


def duplicates(people: Sequence[Row], *, key: str) -> list[Problem]:
    """Two rows with the same name and birth date are one person written twice."""
    if len({value(row, "dob") for row in people}) == len(people):
        return []
    seen: dict[tuple[str, str], int] = {}
    problems: list[Problem] = []
    for index, row in enumerate(people):
        mark = (fold(value(row, "full_name")), value(row, "dob"))
        if mark in seen and mark[0]:
            message = (
                f"Người thứ {index + 1} trùng với người thứ {seen[mark] + 1} trong danh sách: "
                f"{value(row, 'full_name')}. Hãy bỏ một dòng, hoặc ghi ngày sinh nếu là hai người khác nhau."
            )
            problems.append(Problem("duplicate_person", message, (f"{key}[{index}].full_name",)))
        seen.setdefault(mark, index)
    return problems


def committee_problems(members: Sequence[Row], *, key: str) -> list[Problem]:
    """Exactly one chair; no person twice; a standing committee only from nine members on."""
    problems = duplicates(members, key=key)
    chairs = [index for index, row in enumerate(members) if row.get("union_post") == "chair"]
    if len(chairs) != 1:
        message = f"Ban Chấp hành phải có đúng một Chủ tịch; danh sách có {len(chairs)} người. Hãy sửa cột Chức danh."
        fields = tuple(f"{key}[{index}].union_post" for index in chairs) or (key,)
        problems.append(Problem("one_chair", message, fields))
    standing = [
        index for index, row in enumerate(members) if row.get("union_post") == "standing_member"
    ]
    if standing and len(members) < _STANDING_MIN:
        message = f"Ban Thường vụ chỉ có khi Ban Chấp hành từ {_STANDING_MIN} ủy viên; ở đây có {len(members)}."
        problems.append(
            Problem(
                "no_standing_committee", message, tuple(f"{key}[{i}].union_post" for i in standing)
            )
        )
    return problems


def employer_side_problems(people: Sequence[Row], *, rules: RuleProfile, key: str) -> list[Problem]:
    """People whose title stands for the employer: they may not join, still less lead, the union.

    A deputy is not meant, nor is the head of a branch; the title stands alone or before the company's name.
    """
    problems = []
    titles, before = _titles(tuple(rules.employer_side_titles))
    for index, row in enumerate(people):
        job = fold(value(row, "job"))
        if job in titles or job.startswith(before):
            message = (
                f"{value(row, 'full_name')} ({value(row, 'job')}) thuộc bên người sử dụng lao động, "
                f"không thuộc diện kết nạp ({rules.charter_key}). Hãy đưa ra khỏi danh sách hoặc sửa chức vụ."
            )
            problems.append(Problem("employer_side", message, (f"{key}[{index}].job",)))
    return problems


@lru_cache(64)
def _titles(said: tuple[str, ...]) -> tuple[frozenset[str], tuple[str, ...]]:
    titles = frozenset(fold(title) for title in said)
    return titles, tuple(head for title in titles for head in (f"{title} {_COMPANY}", f"{title},"))


def size_problems(
    count: int, *, union_members: int | None, rules: RuleProfile, key: str
) -> list[Problem]:
    """The committee's size against the table in force; without the number of union members nothing is said."""
    if union_members is None or not count:
        return []
    band = rules.committee_size(union_members)
    if band.fewest <= count <= band.most:
        return []
    wanted = f"{band.most}" if band.fewest == band.most else f"từ {band.fewest} đến {band.most}"
    message = (
        f"Công đoàn cơ sở có {union_members} đoàn viên thì Ban Chấp hành có {wanted} người "
        f"({rules.size_key}); danh sách có {count} người."
    )
    return [Problem("committee_size", message, (key,))]


def union_name_problems(union: str, enterprise: str) -> list[Problem]:
    """The union is named after its enterprise as registered."""
    if not union or not enterprise or union.endswith(f" {enterprise}"):
        return []
    if fold(enterprise) in fold(union):
        return []
    message = (
        f"Tên công đoàn cơ sở “{union}” không chứa tên doanh nghiệp “{enterprise}”. "
        "Hãy ghi Công đoàn cơ sở và đúng tên doanh nghiệp đã đăng ký."
    )
    return [Problem("union_name", message, ("union_name", "enterprise_name"))]


def district_problems(org: str, *, rules: RuleProfile, key: str) -> list[Problem]:
    """A district federation after its level ended (law in force from 01/7/2025)."""
    if rules.district_level or not fold(org).startswith(fold("Liên đoàn Lao động huyện")):
        return []
    message = (
        f"Tại ngày văn bản không còn cấp liên đoàn lao động huyện ({rules.law_key}): “{org}”. "
        f"Hãy ghi {rules.upper_union} tại ngày văn bản."
    )
    return [Problem("district_level", message, (key,))]

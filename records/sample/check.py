"""Proves that the sample holds together: every problem in one list, each with where it is."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from datetime import date
from itertools import combinations

from django.db.models import Prefetch

from core.errors import Unreadable
from core.identifiers import parse_tax_code, read_id_number
from records.models import (
    Application,
    Area,
    Assignment,
    CasePath,
    CommitteeKind,
    Enterprise,
    FoundingCase,
    OfficeHolder,
    OrgParent,
    Person,
    Post,
    UnionOrg,
    UnionPost,
)
from records.models.base import Dated
from records.sample.store import LAST_DISTRICT_DAY, REFORM_DAY

_DAYS = (date(2024, 5, 2), LAST_DISTRICT_DAY, REFORM_DAY, date(2026, 3, 2))
_FOUNDERS = 5
_LAUNCH_KEYS = frozenset(
    {"chair", "secretary", "guests", "members_present", "members_total", "speeches", "gifts"}
)


def sample_problems() -> list[str]:
    """Every contradiction in the loaded store; an empty list when it is sound."""
    parts = (
        _tax_problems, _person_problems, _tree_problems, _chair_problems, _span_problems,
        _case_problems, _assignment_problems,
    )  # fmt: skip
    return [problem for part in parts for problem in part()]


def _tax_problems() -> Iterator[str]:
    for code, given in Enterprise.objects.values_list("code", "tax_code"):
        try:
            if parse_tax_code(given or "") != given:
                yield f"{code}: mã số thuế {given} không ở dạng chuẩn"
        except Unreadable as error:
            yield f"{code}: {error}"


def _person_problems() -> Iterator[str]:
    for person in Person.objects.all():
        year = person.birth_year
        found = read_id_number(person.id_number or "", gender=person.gender, birth_year=year)
        short = len(person.id_number or "") == 9  # noqa: PLR2004 - the old card
        if found.warnings and not short:
            yield f"{person.code}: số định danh {person.id_number}: {', '.join(found.warnings)}"


def _tree_problems() -> Iterator[str]:
    for area in Area.objects.select_related("parent"):
        for day in _DAYS:
            if area.parent and area.is_valid_on(day) and not area.parent.is_valid_on(day):
                yield f"{area.code}: đơn vị cấp trên không còn ngày {day}"
    tops = {"confederation", "front_unit"}
    for org in UnionOrg.objects.exclude(kind__in=tops).prefetch_related("parents__parent"):
        for day in _DAYS:
            parents = [link.parent for link in org.parents.all() if link.is_valid_on(day)]
            sound = len(parents) == 1 and parents[0].is_valid_on(day)
            if org.is_valid_on(day) and not sound:
                yield f"{org.code}: cấp trên ngày {day} là {parents}"


def _chair_problems() -> Iterator[str]:
    heads = (Post.CHAIR, Post.COMMITTEE_HEAD, Post.OFFICE_HEAD)
    for day in _DAYS:
        held = Counter(
            (holder.org.code, holder.post)
            for holder in OfficeHolder.objects.valid_on(day).select_related("org")
            if holder.post in heads
        )
        yield from (f"{key}: {count} người ngày {day}" for key, count in held.items() if count > 1)
        federations = UnionOrg.objects.valid_on(day).filter(
            kind__in=("province_federation", "district_federation")
        )
        for org in federations:
            if (org.code, Post.CHAIR) not in held:
                yield f"{org.code}: không có Chủ tịch ngày {day}"


def _span_problems() -> Iterator[str]:
    """Spans of one thing must not overlap."""
    spans: dict[tuple[object, ...], list[Dated]] = {}
    for link in OrgParent.objects.all():
        spans.setdefault(("cấp trên của", link.org_id), []).append(link)
    for holder in OfficeHolder.objects.filter(post=Post.CHAIR):
        spans.setdefault(("Chủ tịch của", holder.org_id), []).append(holder)
    for enterprise in Enterprise.objects.prefetch_related("uppers", "locations"):
        spans["công đoàn phụ trách", enterprise.code] = list(enterprise.uppers.all())
        spans["địa chỉ", enterprise.code] = list(enterprise.locations.all())
    for name, rows in spans.items():
        for first, second in combinations(rows, 2):
            starts = max(first.valid_from or date.min, second.valid_from or date.min)
            ends = min(first.valid_to or date.max, second.valid_to or date.max)
            if starts <= ends:
                yield f"{name}: hai khoảng thời gian chồng nhau"


def _case_problems() -> Iterator[str]:
    cases = FoundingCase.objects.filter(decide_on__isnull=False)
    applied = Prefetch("applications", Application.objects.select_related("person"))
    for case in cases.select_related("enterprise").prefetch_related(
        applied, "committees__members", "enterprise__uppers", "steps"
    ):
        for missing in _missing(case):
            yield f"{case.code}: {missing}"


def _missing(case: FoundingCase) -> Iterator[str]:
    applications = list(case.applications.all())
    if sum(not a.employer_side for a in applications) < _FOUNDERS:
        yield "chưa đủ 05 đơn của người lao động"
    if any(a.employer_side for a in applications):
        yield "có đơn của phía người sử dụng lao động"
    if len({a.person.full_name for a in applications}) < len(applications):
        yield "hai người trùng họ tên trong một danh sách"
    if case.union_name != f"Công đoàn cơ sở {case.enterprise.name}":
        yield "tên công đoàn cơ sở không theo tên doanh nghiệp"
    day = case.decide_on
    if day is None or sum(upper.is_valid_on(day) for upper in case.enterprise.uppers.all()) != 1:
        yield "ngày quyết định không có đúng một công đoàn cấp trên"
    days = [s.on for s in case.steps.all()]
    if not days or days != sorted(days):
        yield "các bước không theo thứ tự ngày"
    yield from _missing_request(case)
    yield from _missing_committee(case, {a.person_id for a in applications})
    yield from _missing_launch(case, len(applications))


def _missing_request(case: FoundingCase) -> Iterator[str]:
    if case.path != CasePath.CONGRESS:
        return
    days = (case.congress_on, case.request_date, case.dossier_complete_on, case.decide_on)
    if not (case.request_code and case.request_issuer and all(days)):
        yield "thiếu ngày đại hội hoặc văn bản đề nghị"
    elif list(days) != sorted(d for d in days if d):
        yield "ngày đại hội, đề nghị, đủ hồ sơ, quyết định không theo thứ tự"


def _missing_committee(case: FoundingCase, members: set[int]) -> Iterator[str]:
    committees = [c for c in case.committees.all() if c.kind != CommitteeKind.INSPECTION]
    if len(committees) != 1:
        yield "không có đúng một ban chấp hành"
        return
    seats = list(committees[0].members.all())
    if sum(seat.post == UnionPost.CHAIR for seat in seats) != 1:
        yield "ban chấp hành không có đúng một Chủ tịch"
    if not {seat.person_id for seat in seats} <= members:
        yield "ủy viên không có trong danh sách đơn gia nhập"
    elected = committees[0].kind == CommitteeKind.ELECTED
    if elected != (case.path == CasePath.CONGRESS):
        yield "hình thức ban chấp hành không hợp cách thành lập"
    if committees[0].kind == CommitteeKind.PROVISIONAL and not committees[0].provisional_until:
        yield "ban chấp hành lâm thời chưa có thời hạn"


def _missing_launch(case: FoundingCase, members: int) -> Iterator[str]:
    starts, ends = case.launch_at, case.launch_ends_at
    if not (starts and ends and starts < ends and case.launch_venue and case.decide_on):
        yield "thiếu thời gian, địa điểm lễ ra mắt"
        return
    if starts.date() <= case.decide_on:
        yield "lễ ra mắt không sau ngày quyết định"
    if not set(case.launch) >= _LAUNCH_KEYS:
        yield f"lễ ra mắt thiếu: {', '.join(sorted(_LAUNCH_KEYS - set(case.launch)))}"
    elif not case.launch["members_present"] <= case.launch["members_total"] == members:
        yield "số đoàn viên có mặt không hợp số đơn"


def _assignment_problems() -> Iterator[str]:
    """Each reporting unit with a quota has exactly one person in charge."""
    in_charge: Counter[tuple[int, int]] = Counter()
    for row in Assignment.objects.prefetch_related("orgs"):
        in_charge.update((row.campaign_id, org.pk) for org in row.orgs.all())
    quotas = UnionOrg.objects.values_list("quotas__campaign", "pk").exclude(quotas=None)
    for key in set(quotas):
        if in_charge[key] != 1:
            yield f"đơn vị {key}: {in_charge[key]} người phụ trách"

"""Makers of rows with real-looking synthetic Vietnamese values; every value can be given instead.

Plain functions without a framework: they write rows directly and need a database test.
"""

from __future__ import annotations

from datetime import date
from itertools import count
from typing import Any

from records.models import (
    Application,
    Area,
    AreaKind,
    AreaSuccession,
    Campaign,
    CaseState,
    Citation,
    Committee,
    CommitteeKind,
    CommitteeMember,
    Enterprise,
    EnterpriseLocation,
    EnterpriseObservation,
    EnterpriseStatus,
    EnterpriseType,
    EnterpriseUpper,
    Fact,
    FoundingCase,
    Gender,
    OfficeHolder,
    OrgKind,
    OrgLevel,
    OrgParent,
    OrgSeat,
    OrgSuccession,
    OrgTerm,
    Person,
    Post,
    UnionOrg,
    UnionPost,
)

LAST_2024_DAY = date(2025, 6, 30)  # the last day of districts
REFORM = date(2025, 7, 1)
DAY_2024 = date(2024, 5, 20)
DAY_2026 = date(2026, 3, 5)

_numbers = count(1)

#: Hard names on purpose: one-word given names, a clan name, an apostrophe, four words.
PEOPLE = (
    "Lò Văn Ín",
    "Giàng A H'Mông",
    "Vàng Thị Ý",
    "Đặng Thị Thùy Dương",
    "Pờ Xá Mừ",
    "Tẩn A Phẩu",
)
COMPANIES = (
    "Công ty TNHH A&B <X>",
    "Công ty TNHH MTV Xây dựng và Thương mại Hòa An",
    "Hợp tác xã Nông nghiệp Pu Sam Cáp",
    "Công ty Cổ phần Chè Tam Đường",
)
#: Synthetic tax codes with a right check digit (domain.md §6.2).
TAX_CODES = ("6299900012", "6299900037", "6299900044", "6299900051", "6299900069", "6299900076")


def _next() -> int:
    return next(_numbers)


def area(code: str, name: str, kind: str, *, parent: Area | None = None, **more: Any) -> Area:
    """An administrative unit."""
    return Area.objects.create(code=code, name=name, kind=kind, parent=parent, **more)


def old_area(code: str, name: str, kind: str, parent: Area) -> Area:
    """A unit that ended with the reform."""
    return area(code, name, kind, parent=parent, valid_to=LAST_2024_DAY)


def lai_chau() -> dict[str, Area]:
    """The places on which address reading goes wrong (corrections.md §5), by code."""
    province = area("lai-chau", "Lai Châu", AreaKind.PROVINCE)
    city = old_area("tp-lai-chau", "Lai Châu", AreaKind.PROVINCIAL_CITY, province)
    than_uyen = old_area("h-than-uyen", "Than Uyên", AreaKind.DISTRICT, province)
    muong_te = old_area("h-muong-te", "Mường Tè", AreaKind.DISTRICT, province)
    tam_duong = old_area("h-tam-duong", "Tam Đường", AreaKind.DISTRICT, province)
    sin_ho = old_area("h-sin-ho", "Sìn Hồ", AreaKind.DISTRICT, province)
    nam_nhun = old_area("h-nam-nhun", "Nậm Nhùn", AreaKind.DISTRICT, province)
    rows = {
        row.code: row for row in (province, city, than_uyen, muong_te, tam_duong, sin_ho, nam_nhun)
    }
    moves = (  # old code, old name, old kind, old parent, new code, new name, new kind
        ("tt-than-uyen", "Than Uyên", AreaKind.TOWNSHIP, than_uyen, "x-than-uyen", "Than Uyên", AreaKind.COMMUNE),
        ("x-muong-than-cu", "Mường Than", AreaKind.COMMUNE, than_uyen, "x-than-uyen", "", ""),
        ("x-phuc-than-cu", "Phúc Than", AreaKind.COMMUNE, than_uyen, "x-muong-than", "Mường Than", AreaKind.COMMUNE),
        ("tt-muong-te", "Mường Tè", AreaKind.TOWNSHIP, muong_te, "x-bum-to", "Bum Tở", AreaKind.COMMUNE),
        ("x-muong-te-cu", "Mường Tè", AreaKind.COMMUNE, muong_te, "x-muong-te", "Mường Tè", AreaKind.COMMUNE),
        ("tt-tam-duong", "Tam Đường", AreaKind.TOWNSHIP, tam_duong, "x-binh-lu", "Bình Lư", AreaKind.COMMUNE),
        ("x-binh-lu-cu", "Bình Lư", AreaKind.COMMUNE, tam_duong, "x-binh-lu", "", ""),
        ("x-nam-cha-sin-ho", "Nậm Cha", AreaKind.COMMUNE, sin_ho, "x-nam-tam", "Nậm Tăm", AreaKind.COMMUNE),
        ("x-nam-cha-nam-nhun", "Nậm Chà", AreaKind.COMMUNE, nam_nhun, "x-muong-mo", "Mường Mô", AreaKind.COMMUNE),
        ("tt-nam-nhun", "Nậm Nhùn", AreaKind.TOWNSHIP, nam_nhun, "x-nam-hang", "Nậm Hàng", AreaKind.COMMUNE),
        ("p-tan-phong-cu", "Tân Phong", AreaKind.WARD, city, "p-tan-phong", "Tân Phong", AreaKind.WARD),
    )  # fmt: skip
    for old_code, old_name, old_kind, parent, new_code, new_name, new_kind in moves:
        rows[old_code] = old_area(old_code, old_name, old_kind, parent)
        if new_code not in rows:
            rows[new_code] = area(new_code, new_name, new_kind, parent=province, valid_from=REFORM)
        AreaSuccession.objects.create(
            predecessor=rows[old_code], successor=rows[new_code], on=REFORM
        )
    return rows


def org(code: str, name: str, kind: str, level: str, **more: Any) -> UnionOrg:
    """An organisation; `parent` links it for all time, `place` seats it in an area."""
    parent, seat = more.pop("parent", None), more.pop("seat", None)
    row = UnionOrg.objects.create(code=code, name=name, kind=kind, level=level, **more)
    if parent is not None:
        OrgParent.objects.create(org=row, parent=parent)
    if seat is not None:
        OrgSeat.objects.create(org=row, area=seat, place_name=seat.name)
    return row


def unions(areas: dict[str, Area]) -> dict[str, UnionOrg]:
    """The union tree around the reform: confederation, province with its parts, two districts."""
    top = org("tld", "Tổng Liên đoàn Lao động Việt Nam", OrgKind.CONFEDERATION, OrgLevel.CONFEDERATION,
              short_name="TLĐ", symbol_abbr="TLĐ")  # fmt: skip
    front = org("mttq", "Ủy ban Mặt trận Tổ quốc Việt Nam tỉnh Lai Châu", OrgKind.FRONT_UNIT, OrgLevel.PROVINCE,
                valid_from=REFORM)  # fmt: skip
    province = org(
        "ldld-tinh", "Liên đoàn Lao động tỉnh Lai Châu", OrgKind.PROVINCE_FEDERATION,
        OrgLevel.PROVINCE, short_name="LĐLĐ tỉnh", symbol_abbr="LĐLĐ", seat=areas["lai-chau"], sort_order=1,
    )  # fmt: skip
    OrgParent.objects.create(org=province, parent=top, valid_to=LAST_2024_DAY)
    OrgParent.objects.create(org=province, parent=front, valid_from=REFORM)
    rows = {"tld": top, "mttq": front, "ldld-tinh": province}
    for at, (code, area_code) in enumerate(
        (("ldld-tam-duong", "h-tam-duong"), ("ldld-than-uyen", "h-than-uyen"))
    ):
        name = areas[area_code].name
        rows[code] = org(
            code, f"Liên đoàn Lao động huyện {name}", OrgKind.DISTRICT_FEDERATION, OrgLevel.UPPER,
            short_name=f"LĐLĐ huyện {name}", symbol_abbr="LĐLĐ", parent=province, seat=areas[area_code],
            sort_order=10 + at, valid_to=LAST_2024_DAY, dissolved_by="12/QĐ-LĐLĐ",
        )  # fmt: skip
        OrgSuccession.objects.create(predecessor=rows[code], successor=province, on=REFORM)
    rows["tckt"] = org(
        "tckt", "Ban Tổ chức - Kiểm tra", OrgKind.DEPARTMENT, OrgLevel.UNIT, parent=province,
        archive_abbr="TC-KT", sort_order=30,
    )  # fmt: skip
    rows["bcd"] = org(
        "bcd", "Ban Chỉ đạo phát triển đoàn viên", OrgKind.STEERING_COMMITTEE, OrgLevel.UNIT,
        symbol_abbr="BCĐ", parent=province, sort_order=40,
    )  # fmt: skip
    return rows


def person(full_name: str = "", **more: Any) -> Person:
    """A person; the name is one of PEOPLE unless given."""
    number = _next()
    values: dict[str, Any] = {
        "code": f"nguoi-{number}",
        "full_name": full_name or PEOPLE[number % len(PEOPLE)],
        "dob": "1990-09-05",
        "gender": Gender.FEMALE,
        "ethnicity": "Thái",
        "native_place": "xã Bình Lư, tỉnh Lai Châu",
        "id_number": f"012190{number:06d}",
    }
    return Person.objects.create(**{**values, **more})


def office(holder: Person, at: UnionOrg, post: str = Post.CHAIR, **more: Any) -> OfficeHolder:
    """A post held for all time unless dates are given."""
    return OfficeHolder.objects.create(person=holder, org=at, post=post, **more)


def term(at: UnionOrg, start_year: int, end_year: int, **more: Any) -> OrgTerm:
    """A congress term."""
    return OrgTerm.objects.create(org=at, start_year=start_year, end_year=end_year, **more)


def enterprise(
    name: str = "", *, upper: UnionOrg | None = None, seat: Area | None = None, **more: Any
) -> Enterprise:
    """An enterprise with its upper union and an address in an area."""
    number = _next()
    given = name or COMPANIES[number % len(COMPANIES)]
    values: dict[str, Any] = {
        "code": f"dn-{number}",
        "name": given,
        "name_key": given.casefold(),
        "type": EnterpriseType.LLC_SINGLE,
    }
    row = Enterprise.objects.create(**{**values, **more})
    if upper is not None:
        EnterpriseUpper.objects.create(enterprise=row, org=upper)
    if seat is not None:
        EnterpriseLocation.objects.create(
            enterprise=row, area=seat, address=f"Bản Nà Ly, {seat.full_name}"
        )
    return row


def observation(of: Enterprise, on: date = DAY_2024, **more: Any) -> EnterpriseObservation:
    """What a survey saw."""
    values: dict[str, Any] = {
        "channel": "survey",
        "status": EnterpriseStatus.ACTIVE,
        "workers_total": 27,
    }
    return EnterpriseObservation.objects.create(enterprise=of, observed_on=on, **{**values, **more})


def campaign(of: UnionOrg, **more: Any) -> Campaign:
    """The campaign of 2024."""
    values: dict[str, Any] = {
        "code": f"ptdv-{_next()}",
        "name": "Phát triển đoàn viên, thành lập công đoàn cơ sở năm 2024",
        "year": 2024,
        "org": of,
        "starts_on": date(2024, 5, 2),
        "ends_on": date(2024, 12, 31),
        "peak_month": "2024-05",
    }
    return Campaign.objects.create(**{**values, **more})


def case(of: Campaign, at: Enterprise, **more: Any) -> FoundingCase:
    """A founding case without history."""
    values: dict[str, Any] = {"code": f"hs-{_next()}", "state": CaseState.NOT_CONTACTED}
    return FoundingCase.objects.create(campaign=of, enterprise=at, **{**values, **more})


def application(of: FoundingCase, who: Person, **more: Any) -> Application:
    """An application to join."""
    values: dict[str, Any] = {"job": "công nhân", "applied_on": date(2024, 5, 10)}
    return Application.objects.create(case=of, person=who, **{**values, **more})


def committee(
    of: FoundingCase, members: dict[Person, str], kind: str = CommitteeKind.ELECTED, **more: Any
) -> Committee:
    """A committee with its members and posts, in the order given."""
    row = Committee.objects.create(case=of, kind=kind, **more)
    for at, (who, post) in enumerate(members.items()):
        CommitteeMember.objects.create(committee=row, person=who, post=post, position=at)
    return row


def ready_case(of: Campaign, at: Enterprise, *, members: int = 5, **more: Any) -> FoundingCase:
    """A case with applications and an elected committee of three."""
    row = case(of, at, **more)
    people = [person() for _ in range(members)]
    for position, who in enumerate(people):
        application(row, who, position=position)
    posts = (UnionPost.CHAIR, UnionPost.VICE_CHAIR, UnionPost.MEMBER)
    committee(row, dict(zip(people, posts, strict=False)))
    return row


def fact(key: str, value: object, **more: Any) -> Fact:
    """A fact of the trade, confirmed unless said otherwise."""
    values: dict[str, Any] = {"label": key, "verified": True, "source": "HD 03/HD-TLĐ"}
    return Fact.objects.create(key=key, value=value, **{**values, **more})


def citation(code: str, type_name: str = "Quyết định", **more: Any) -> Citation:
    """A document to cite."""
    return Citation.objects.create(code=code, type_name=type_name, **more)

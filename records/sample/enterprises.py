"""Enterprises of the sample: described first, then written with address, upper union and observations."""

from __future__ import annotations

import random
import re
import unicodedata
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from stdnum.vn import mst

from core.names import company_key
from records.models import (
    Area,
    Enterprise,
    EnterpriseLocation,
    EnterpriseObservation,
    EnterpriseStatus,
    EnterpriseType,
    EnterpriseUpper,
    Gender,
)
from records.sample.orgs import district_org_code
from records.sample.people import PeopleMaker
from records.sample.places import communal_in, old_code, successor_codes
from records.sample.store import (
    CAMPAIGN_FILE,
    LAST_DISTRICT_DAY,
    PROVINCE,
    REFORM_DAY,
    Store,
    dice,
    read_csv,
    read_toml,
)

_FIRST_STEM = 629930011
_STEM_STEP = 173
_UNSURVEYED_EVERY = 7
_IN_TOWN = 45  # of a hundred enterprises stand in a township or ward
_PLAIN_JOBS = ["Công nhân", "Nhân viên", "Kế toán", "Tổ trưởng"]
_KIND_WORDS = {"commune": "xã", "ward": "phường", "township": "thị trấn"}
_MANAGER_POSTS = {
    EnterpriseType.COOPERATIVE: "Giám đốc Hợp tác xã",
    EnterpriseType.PRIVATE: "Chủ doanh nghiệp",
    EnterpriseType.HOUSEHOLD: "Chủ hộ kinh doanh",
    EnterpriseType.BRANCH: "Giám đốc Chi nhánh",
}


@dataclass(slots=True)
class Profile:
    """One enterprise before it is written. `district` is a key of districts.csv or `direct`."""

    name: str
    type: str
    sector: dict[str, Any]
    district: str
    area_code: str
    address: str
    tax_code: str
    workers: int
    female: int
    short_name: str = ""
    given: str = ""
    note: str = ""
    decided_wave: int = 0
    applications: int = 0
    has_union: bool = False
    later_union: bool | None = False  # as the list of 2025 says
    listed: bool = False  # stands in the annex of the 2024 plan
    expected_month: str = ""
    manager: str = ""
    manager_post: str = "Giám đốc"
    manager_is_female: bool = False
    later_area_code: str = ""  # from 01/7/2025
    later_address: str = ""
    row: Enterprise | None = None

    @property
    def enterprise(self) -> Enterprise:
        """The written row."""
        if self.row is None:
            raise LookupError(f"Chưa ghi doanh nghiệp {self.name}")
        return self.row


def tax_code(stem: str, *, branch: int = 0) -> str | None:
    """Tax code of nine digits and its check digit, or None when the stem has none (weights of TT 86/2024)."""
    digit = mst.calc_check_digit(stem)
    if len(digit) != 1:
        return None
    return f"{stem}{digit}" + (f"-{branch:03d}" if branch else "")


def _stems() -> Any:
    stem = _FIRST_STEM
    while True:
        if tax_code(str(stem)):
            yield str(stem)
        stem += _STEM_STEP


@dataclass(slots=True)
class ProfileMaker:
    """Describes all enterprises in a fixed order."""

    people: PeopleMaker
    die: random.Random = field(default_factory=lambda: dice("enterprises"))
    _data: dict[str, Any] = field(default_factory=lambda: read_toml("sectors.toml"))
    _communes: list[dict[str, str]] = field(default_factory=lambda: read_csv("communes.csv"))
    _stems: Any = field(default_factory=_stems)
    _used: dict[str, int] = field(default_factory=dict)

    def profiles(self) -> list[Profile]:
        """Special ones, those of the plan's annex, then the made-up rest by district."""
        found = [self._special(row) for row in read_toml("special_enterprises.toml")["enterprise"]]
        if CAMPAIGN_FILE.exists():
            found += [self._listed(row) for row in read_toml(CAMPAIGN_FILE).get("enterprises", [])]
        for block in self._data["district"]:
            for at in range(block["count"]):
                key = block["sectors"][at % len(block["sectors"])]
                found.append(self._made(block["key"], self._sector(key)))
        for profile in found:
            self._set_manager(profile)
        return found

    def _sector(self, key: str) -> dict[str, Any]:
        return next(s for s in self._data["sector"] if s["key"] == key)

    def _next(self, pool: str) -> str:
        at = self._used.get(pool, 0)
        self._used[pool] = at + 1
        return str(self._data["pool"][pool][at])

    def _special(self, row: dict[str, Any]) -> Profile:
        kind, name = communal_in(row["commune"])
        district = self._district_of(kind, name)
        stem = row.get("tax_stem") or next(self._stems)
        code = tax_code(stem, branch=row.get("branch", 0))
        if code is None:
            raise ValueError(f"Gốc mã số thuế {stem} không có số kiểm tra.")
        sector = self._sector(row["sector"])
        return Profile(
            name=row["name"],
            type=row["type"],
            sector=sector,
            district=row["district"],
            area_code=old_code(district, kind, name),
            address=self._address(kind, name, district),
            tax_code=code,
            workers=row["workers"],
            female=row["workers"] * sector["female"] // 100,
            short_name=row.get("short_name", ""),
            given=row.get("given", ""),
            note=row.get("note", ""),
            decided_wave=row.get("decided", 0),
            applications=row.get("applications", 0),
        )

    def _listed(self, row: dict[str, Any]) -> Profile:
        kind, name = communal_in(row["address"])
        district = self._district_of(kind, name, hint=row["area"])
        return Profile(
            name=row["name"],
            type=row["enterprise_type"],
            sector={**self._sector("trade"), "sector": row["sector"], "jobs": _PLAIN_JOBS},
            district=district,
            area_code=old_code(district, kind, name),
            address=f"{row['address']}, {_where(district)}",
            tax_code=row["tax_code"],
            workers=row["workers_total"],
            female=row.get("workers_female", 0),
            listed=True,
            expected_month=row.get("expected_month", ""),
            note=row.get("note", ""),
        )

    def _pattern(self, sector: dict[str, Any]) -> tuple[str, str]:
        at = self._used.get(sector["key"], 0)
        self._used[sector["key"]] = at + 1
        kind_of, pattern = sector["patterns"][at % len(sector["patterns"])]
        return kind_of, pattern

    def _made(self, district: str, sector: dict[str, Any]) -> Profile:
        kind_of, pattern = self._pattern(sector)
        slot = pattern[pattern.index("{") + 1 : pattern.index("}")]
        home = district
        if district == "direct":
            home = self.die.choice(["lai-chau", "lai-chau", "tam-duong", "phong-tho", "than-uyen"])
        commune = self._commune(home)
        low, high = sector["workers"]
        workers = self.die.randint(low, high)
        return Profile(
            name=pattern.format(**{slot: self._next(slot)}),
            type=kind_of,
            sector=sector,
            district=district,
            area_code=old_code(home, commune["old_kind"], commune["old_name"]),
            address=self._address(commune["old_kind"], commune["old_name"], home),
            tax_code=str(tax_code(next(self._stems))),
            workers=workers,
            female=min(
                workers, max(1, workers * (sector["female"] + self.die.randint(-6, 6)) // 100)
            ),
        )

    def _commune(self, district: str) -> dict[str, str]:
        rows = [row for row in self._communes if row["district"] == district]
        towns = [row for row in rows if row["old_kind"] != "commune"]
        return self.die.choice(towns if self.die.randrange(100) < _IN_TOWN else rows)

    def _district_of(self, kind: str, name: str, *, hint: str = "") -> str:
        found = [
            row["district"]
            for row in self._communes
            if row["old_kind"] == kind and row["old_name"] == name
        ]
        for district in found:
            if len(found) == 1 or _where(district).split(",")[0].lower() == hint.lower():
                return district
        raise ValueError(f"Không thấy {_KIND_WORDS[kind]} {name} ({hint})")

    def _address(self, kind: str, name: str, district: str) -> str:
        if kind == "commune":
            spot = f"Bản {self.die.choice(self._data['pool']['hamlet'])}".replace("Bản Bản", "Bản")
        elif kind == "ward":
            spot = f"Số {self.die.randint(3, 268)}, tổ {self.die.randint(1, 17)}"
        else:
            spot = f"Khu {self.die.randint(1, 9)}"
        return f"{spot}, {_KIND_WORDS[kind]} {name}, {_where(district)}"

    def _set_manager(self, profile: Profile) -> None:
        school = profile.name.startswith("Trường ")
        profile.manager, gender = self.people.name_of(female_percent=92 if school else 24)
        profile.manager_is_female = gender == Gender.FEMALE
        profile.manager_post = _MANAGER_POSTS.get(EnterpriseType(profile.type), "Giám đốc")
        if school:
            profile.manager_post = "Hiệu trưởng"
        if profile.type == EnterpriseType.HOUSEHOLD:  # named after the owner
            profile.manager = " ".join(profile.name.split()[-3:])
            profile.manager_is_female = " Thị " in profile.manager


def _where(district: str) -> str:
    row = next(row for row in read_csv("districts.csv") if row["code"] == district)
    word = "thành phố" if row["kind"] == "provincial_city" else "huyện"
    return f"{word} {row['name']}, tỉnh Lai Châu"


def address_after_reform(address: str, area: Area) -> str:
    """The same spot under the new communal unit: districts fell away, numbers of houses stay."""
    spot = re.split(r", (?=xã |phường |thị trấn )", address, maxsplit=1)[0]
    return f"{spot}, {area.full_name}, tỉnh Lai Châu"


def load_enterprises(store: Store, profiles: list[Profile]) -> None:
    """Write enterprises with their addresses, upper unions and observations."""
    die = dice("enterprise-rows")
    successors = successor_codes()
    for profile in profiles:
        profile.later_area_code = successors[profile.area_code]
        area = store.areas[profile.later_area_code]
        profile.later_address = address_after_reform(profile.address, area)
    rows = [
        Enterprise(
            code=f"dn-{at:03d}",
            name=profile.name,
            name_key=company_key(profile.name),
            short_name=profile.short_name,
            tax_code=profile.tax_code,
            type=profile.type,
            sector=profile.sector["sector"],
            founded_on=date(die.randint(2006, 2021), die.randint(1, 12), die.randint(1, 28)),
            **store.stamp,
        )
        for at, profile in enumerate(profiles, start=1)
    ]
    for profile, row in zip(profiles, store.save(Enterprise, rows), strict=True):
        profile.row = row
        store.enterprises[row.code] = row
    store.save(EnterpriseLocation, [row for p in profiles for row in _locations(store, p)])
    store.save(EnterpriseUpper, [row for p in profiles for row in _uppers(store, p)])
    store.save(
        EnterpriseObservation,
        [row for at, p in enumerate(profiles) for row in _observations(store, p, at, die)],
    )


def _locations(store: Store, profile: Profile) -> list[EnterpriseLocation]:
    return [
        EnterpriseLocation(
            enterprise=profile.enterprise,
            address=profile.address,
            area=store.areas[profile.area_code],
            valid_from=profile.enterprise.founded_on,
            valid_to=LAST_DISTRICT_DAY,
            **store.stamp,
        ),
        EnterpriseLocation(
            enterprise=profile.enterprise,
            address=profile.later_address,
            area=store.areas[profile.later_area_code],
            valid_from=REFORM_DAY,
            **store.stamp,
        ),
    ]


def _uppers(store: Store, profile: Profile) -> list[EnterpriseUpper]:
    province = store.orgs[PROVINCE]
    if profile.district == "direct":
        return [EnterpriseUpper(enterprise=profile.enterprise, org=province, **store.stamp)]
    return [
        EnterpriseUpper(
            enterprise=profile.enterprise,
            org=store.orgs[district_org_code(profile.district)],
            valid_to=LAST_DISTRICT_DAY,
            **store.stamp,
        ),
        EnterpriseUpper(
            enterprise=profile.enterprise, org=province, valid_from=REFORM_DAY, **store.stamp
        ),
    ]


def _observations(
    store: Store, profile: Profile, at: int, die: random.Random
) -> list[EnterpriseObservation]:
    """One to three of them: the list of late 2023, a survey in 2024, the list of 2025."""
    earlier = max(5, profile.workers - die.randint(-2, 4))
    rows = [_observed(store, profile, date(2023, 12, 15), "list", earlier, die)]
    rows[0].values = {"name_as_given": profile.given or _as_typed(profile.name, at)}
    if profile.note:
        rows[0].values["note"] = profile.note
    survey = date(2024, 3 + at % 2, 4 + at % 22)
    if at % _UNSURVEYED_EVERY:
        rows.append(_observed(store, profile, survey, "survey", profile.workers, die))
        rows[-1].expected_on = profile.expected_month
        if not profile.has_union:
            rows[-1].willing_workers = max(5, profile.workers * 6 // 10)
        rows[-1].values = {
            "kpcd_paid": ("full", "partial", "none")[at % 3],
            "has_party_org": at % 5 == 0,
            "employer_attitude": ("agree", "agree", "needs_time")[at % 3],
            "contracts_indef": profile.workers // 2,
            "contracts_fixed": profile.workers - profile.workers // 2,
            "contracts_none": 0,
        }
    if at % 2 == 0:
        later = max(6, profile.workers + die.randint(-3, 6))
        rows.append(_observed(store, profile, date(2025, 8, 11 + at % 14), "list", later, die))
        rows[-1].has_union = profile.has_union or profile.later_union
    return rows


def _observed(
    store: Store, profile: Profile, on: date, channel: str, workers: int, die: random.Random
) -> EnterpriseObservation:
    low, high = profile.sector["wage"]
    return EnterpriseObservation(
        enterprise=profile.enterprise,
        observed_on=on,
        channel=channel,
        status=EnterpriseStatus.ACTIVE,
        legal_rep_name=profile.manager,
        legal_rep_post=profile.manager_post,
        legal_rep_phone=f"0597{profile.enterprise.code[-3:]}{on.month:03d}",
        workers_total=workers,
        workers_female=min(workers, profile.female),
        workers_ethnic=workers * die.randint(45, 85) // 100,
        workers_foreign=2 if profile.type == EnterpriseType.FDI else 0,
        workers_si=workers * die.randint(70, 98) // 100,
        avg_wage=die.randint(low, high) // 50 * 50 * 1000,
        has_union=profile.has_union,
        **store.stamp,
    )


def _as_typed(name: str, at: int) -> str:
    """The name as an old list gave it: capitals, abbreviations, decomposed letters, double spaces."""
    short = name.replace("Công ty", "Cty").replace("Hợp tác xã", "HTX").replace("MTV", "1TV")
    ways = (
        name.upper(),
        short,
        unicodedata.normalize("NFD", name),
        f" {name.replace(' ', '  ', 1)}",
        name,
    )
    return ways[at % len(ways)]

"""Made-up people with the names of the region (domain brief §6.4). No name, number or phone is real."""

from __future__ import annotations

import random
from dataclasses import dataclass, field
from typing import Any

from records.models import Gender, Person
from records.sample.places import slug
from records.sample.store import dice, read_csv, read_toml

_PROVINCE_CODES = ("001", "025", "034", "036", "015", "014")  # where some Kinh people were born
_HOME_CODE = "012"
_CMND_EVERY = 29  # some people still showed the nine-digit card in 2024
_CMND_BORN_BEFORE = 1995
_SCHOOL_REFORM_BORN = 1985
_SENIOR_BORN_BEFORE = 1980
_CENTURY = 2000
# Birth dates as lists give them, of a hundred: year alone, year and month, 01/01 as on many cards.
_YEAR_ONLY, _TO_MONTH, _NEW_YEAR = 15, 20, 30
_RAW_SPELLING_EVERY = 23
_ONE_WORD_EVERY = 40
_OLDEST, _YOUNGEST = 1966, 2005


@dataclass(slots=True)
class PeopleMaker:
    """Gives people one after another; the same calls give the same people."""

    die: random.Random = field(default_factory=lambda: dice("people"))
    made: int = 0
    _names: dict[str, Any] = field(default_factory=lambda: read_toml("names.toml"))
    _homes: list[dict[str, str]] = field(default_factory=lambda: read_csv("communes.csv"))
    _used_numbers: set[str] = field(default_factory=set)

    def worker(self, *, female_percent: int, stamp: dict[str, str]) -> Person:
        """The next worker: name, birth date as exactly as lists give it, number, home, phone."""
        self.made += 1
        gender = Gender.FEMALE if self.die.randrange(100) < female_percent else Gender.MALE
        groups = self._names["group"]
        group = self.die.choices(groups, weights=[g["share"] for g in groups])[0]
        year = self.die.randint(_OLDEST, _YOUNGEST)
        ethnicity = str(group["ethnicity"])
        return Person(
            code=f"nld-{self.made:04d}",
            full_name=self._name(group, gender),
            dob=self._birth(year),
            gender=gender,
            ethnicity=self._spelling(ethnicity),
            native_place=self._home(),
            address=self._home(),
            id_number=self._id_number(year, gender, ethnicity),
            phone=f"059{self.made:07d}",
            education_general="12/12" if year > _SCHOOL_REFORM_BORN else "9/12",
            **stamp,
        )

    def officer(self, at: int, row: dict[str, Any], *, stamp: dict[str, str]) -> Person:
        """An office holder of officers.toml."""
        gender, year = row["gender"], row["born"]
        return Person(
            code=f"cb-{at:03d}-{slug(row['name'])}",
            full_name=row["name"],
            dob=f"{year}-{1 + at % 12:02d}-{1 + at * 7 % 28:02d}",
            gender=gender,
            ethnicity=row["ethnicity"],
            native_place=self._home(),
            id_number=self._id_number(year, gender, row["ethnicity"], exact=True),
            phone=f"0598{at:06d}",
            education_general="12/12",
            education_professional="Đại học",
            education_political="Cao cấp" if year < _SENIOR_BORN_BEFORE else "Trung cấp",
            **stamp,
        )

    def name_of(self, *, female_percent: int) -> tuple[str, Gender]:
        """A name and gender without a person: managers and guests stand only as text on papers."""
        gender = Gender.FEMALE if self.die.randrange(100) < female_percent else Gender.MALE
        groups = self._names["group"]
        group = self.die.choices(groups, weights=[g["share"] for g in groups])[0]
        return self._composed(group, gender), gender

    def _name(self, group: dict[str, Any], gender: Gender) -> str:
        short = self._names["one_word"].get(group["ethnicity"])
        if short and self.made % _ONE_WORD_EVERY == 0:
            return str(short[self.made % len(short)])
        return self._composed(group, gender)

    def _composed(self, group: dict[str, Any], gender: Gender) -> str:
        clan = self.die.choice(group["clan"])
        middle = self.die.choice(group[f"{gender.value}_middle"])
        given = self.die.choice(
            [g for g in group[f"{gender.value}_given"] if g not in {clan, middle}]
        )
        return " ".join(word for word in (clan, middle, given) if word)

    def _birth(self, year: int) -> str:
        how = self.die.randrange(100)
        month, day = self.die.randint(1, 12), self.die.randint(1, 28)
        if how < _YEAR_ONLY:
            return str(year)
        if how < _TO_MONTH:
            return f"{year}-{month:02d}"
        if how < _NEW_YEAR:
            return f"{year}-01-01"
        return f"{year}-{month:02d}-{day:02d}"

    def _spelling(self, ethnicity: str) -> str:
        variants = self._names["spelling"].get(ethnicity)
        if variants and self.made % _RAW_SPELLING_EVERY == 0:
            return str(variants[self.made % len(variants)])
        return ethnicity

    def _home(self) -> str:
        row = self.die.choice(self._homes)
        word = {"commune": "xã", "ward": "phường", "township": "thị trấn"}[row["old_kind"]]
        unit = f"{word} {row['old_name']}"
        districts = {
            "lai-chau": "thành phố Lai Châu", "tam-duong": "huyện Tam Đường",
            "phong-tho": "huyện Phong Thổ", "sin-ho": "huyện Sìn Hồ",
            "nam-nhun": "huyện Nậm Nhùn", "muong-te": "huyện Mường Tè",
            "tan-uyen": "huyện Tân Uyên", "than-uyen": "huyện Than Uyên",
        }  # fmt: skip
        return f"{unit}, {districts[row['district']]}, tỉnh Lai Châu"

    def _id_number(self, year: int, gender: str, ethnicity: str, *, exact: bool = False) -> str:
        # The tail 99.... keeps made-up numbers together; digit 4 is century and sex (TT 59/2021/TT-BCA).
        if not exact and year < _CMND_BORN_BEFORE and self.made % _CMND_EVERY == 0:
            return f"0459{self.made:05d}"
        place = _HOME_CODE
        if ethnicity == "Kinh" and self.die.randrange(3) == 0:
            place = self.die.choice(_PROVINCE_CODES)
        sex = (0 if gender == Gender.MALE else 1) + (0 if year < _CENTURY else 2)
        while True:
            number = f"{place}{sex}{year % 100:02d}99{self.die.randrange(10000):04d}"
            if number not in self._used_numbers:
                self._used_numbers.add(number)
                return number

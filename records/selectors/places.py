"""Areas on a day: parents, successors since the 2025 reform, and addresses resolved to an area."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date

from core.errors import NotFound
from core.text import clean, fold, unaccent
from records.models import Area, AreaKind, AreaSuccession
from records.selectors.scope import remembered

#: From the smallest unit to the largest; an address names them in this order.
_RANK = {
    AreaKind.COMMUNE: 0,
    AreaKind.WARD: 0,
    AreaKind.TOWNSHIP: 0,
    AreaKind.DISTRICT: 1,
    AreaKind.PROVINCIAL_CITY: 1,
    AreaKind.PROVINCE: 2,
}
#: Words before a name in an address, longest first. A dot alone (`P.`, `TX.`) belongs to the word.
_PREFIXES: tuple[tuple[str, tuple[AreaKind, ...]], ...] = (
    ("thành phố", (AreaKind.PROVINCIAL_CITY,)),
    ("thị trấn", (AreaKind.TOWNSHIP,)),
    ("phường", (AreaKind.WARD,)),
    ("huyện", (AreaKind.DISTRICT,)),
    ("tỉnh", (AreaKind.PROVINCE,)),
    ("xã", (AreaKind.COMMUNE,)),
    ("tp", (AreaKind.PROVINCIAL_CITY,)),
    ("tt", (AreaKind.TOWNSHIP,)),
    ("p", (AreaKind.WARD,)),
    ("h", (AreaKind.DISTRICT,)),
    ("t", (AreaKind.PROVINCE,)),
    ("x", (AreaKind.COMMUNE,)),
)


def _prefix(words: Iterable[str]) -> re.Pattern[str]:
    return re.compile(rf"^(?P<word>{'|'.join(words)})(?:\.\s*|\s+|$)(?P<name>.*)$")


_PREFIX = _prefix(word for word, _ in _PREFIXES)
_BARE_PREFIX = _prefix(unaccent(word) for word, _ in _PREFIXES)
_PREFIX_KINDS = dict(_PREFIXES) | {unaccent(word): kinds for word, kinds in _PREFIXES}
_LEVELS = ("commune", "district", "province")  # of an address before 01/7/2025
_BREAK = re.compile(
    r"[,;\n]|\s[-–—]\s|\s+(?=(?:huyện|tỉnh|thành phố|xã|phường|thị trấn)\s)", re.IGNORECASE
)


@dataclass(frozen=True, slots=True)
class AreaSnapshot:
    """One administrative unit. ``full_name`` as in a sentence: ``huyện Tam Đường``."""

    id: int
    code: str
    name: str
    kind: str
    full_name: str
    valid_from: date | None
    valid_to: date | None
    parent_id: int | None

    def is_valid_on(self, day: date) -> bool:
        """Whether the unit exists on that day."""
        return (self.valid_from is None or self.valid_from <= day) and (
            self.valid_to is None or day <= self.valid_to
        )


@dataclass(frozen=True, slots=True)
class AreaBook:
    """All areas and successions, read once (two queries); every look-up after that is in memory."""

    by_id: Mapping[int, AreaSnapshot]
    successors: Mapping[int, tuple[tuple[date, int], ...]]

    def chain(self, area_id: int) -> tuple[AreaSnapshot, ...]:
        """The area and what it lies in, smallest first."""
        found: list[AreaSnapshot] = []
        at: int | None = area_id
        while at is not None and len(found) <= len(_LEVELS):
            area = self.by_id[at]
            found.append(area)
            at = area.parent_id
        return tuple(found)

    def current(self, area_id: int, on: date) -> AreaSnapshot:
        """The unit that holds this one's land on the day, following successions (whole units only)."""
        seen = {area_id}
        while not self.by_id[area_id].is_valid_on(on):
            step = [to for day, to in self.successors.get(area_id, ()) if day <= on]
            if len(step) != 1 or step[0] in seen:
                break
            area_id = step[0]
            seen.add(area_id)
        return self.by_id[area_id]


def _snapshot(row: Area) -> AreaSnapshot:
    return AreaSnapshot(
        id=row.pk,
        code=row.code,
        name=row.name,
        kind=row.kind,
        full_name=row.full_name,
        valid_from=row.valid_from,
        valid_to=row.valid_to,
        parent_id=row.parent_id,
    )


def area_book() -> AreaBook:
    """All areas and successions."""
    return remembered("areas", _read_areas)


def _read_areas() -> AreaBook:
    successors: defaultdict[int, list[tuple[date, int]]] = defaultdict(list)
    for row in AreaSuccession.objects.order_by("on", "id"):
        successors[row.predecessor_id].append((row.on, row.successor_id))
    return AreaBook(
        by_id={row.pk: _snapshot(row) for row in Area.objects.all()},
        successors={key: tuple(steps) for key, steps in successors.items()},
    )


def area_on(code: str, *, as_of: date) -> AreaSnapshot:
    """The unit with this code if it exists on the day. Raises NotFound."""
    row = Area.objects.filter(code=code).first()
    if row is None or not row.is_valid_on(as_of):
        raise NotFound(
            f"Không có đơn vị hành chính mã {code} vào ngày {as_of:%d/%m/%Y}.",
            facts={"area": code, "as_of": as_of.isoformat()},
        )
    return _snapshot(row)


def current_area(area: AreaSnapshot, *, on: date) -> AreaSnapshot:
    """What the area is on that day: itself, or the unit it went into (corrections.md §5).

    Raises NotFound when the unit does not exist then and its successor is not recorded.
    """
    found = area_book().current(area.id, on)
    if not found.is_valid_on(on):
        raise NotFound(
            f"Chưa ghi {area.full_name} thuộc đơn vị nào vào ngày {on:%d/%m/%Y};"
            " hãy bổ sung bảng sáp nhập đơn vị hành chính.",
            facts={"area": area.code, "as_of": on.isoformat()},
        )
    return found


# --- resolving an address ----------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class AreaMatch:
    """Outcome of reading an address. ``area`` is set only when exactly one unit fits.

    ``as_written`` is the unit named in the text (it may have ended before the day); ``area`` is that
    unit on the day. ``candidates`` are the units among which the text does not decide. ``folded``:
    found only after dropping the marks, so a person should look.
    """

    area: AreaSnapshot | None
    as_written: AreaSnapshot | None
    candidates: tuple[AreaSnapshot, ...]
    folded: bool


def _named(part: str) -> tuple[tuple[AreaKind, ...], str]:
    text = fold(part).strip(" .")
    found = (_BARE_PREFIX if text.isascii() else _PREFIX).match(text)
    if found is None:
        return (), text
    return _PREFIX_KINDS[found["word"]], found["name"].strip(" .")


def _fits(area: AreaSnapshot, kinds: tuple[AreaKind, ...], name: str, *, marks: bool) -> bool:
    if kinds and area.kind not in kinds:
        return False
    own = fold(area.name)
    return own == name if marks else unaccent(own) == unaccent(name)


def _matches(
    areas: Iterable[AreaSnapshot], kinds: tuple[AreaKind, ...], name: str, *, marks: bool
) -> list[AreaSnapshot]:
    return [area for area in areas if _fits(area, kinds, name, marks=marks)]


def _names_district(book: AreaBook, part: str, *, marks: bool) -> bool:
    """Whether an address part can only be a district. A bare `Lai Châu` may be the province."""
    kinds, name = _named(part)
    ranks = {
        _RANK[AreaKind(area.kind)]
        for area in _matches(book.by_id.values(), kinds, name, marks=marks)
    }
    return 1 in ranks and 2 not in ranks  # noqa: PLR2004 - see _RANK


def _narrow(
    book: AreaBook, found: list[AreaSnapshot], later: list[str], *, on: date
) -> list[AreaSnapshot]:
    """Keep the units that lie in what the rest of the address names; then those of the day."""
    for part in later:
        kinds, name = _named(part)
        for marks in (True, False):
            inside = [
                area
                for area in found
                if any(_fits(up, kinds, name, marks=marks) for up in book.chain(area.id)[1:])
            ]
            if inside:
                found = inside
                break
    if len(found) > 1:
        old = any(
            _names_district(book, part, marks=marks) for part in later for marks in (True, False)
        )
        in_district = [area for area in found if len(book.chain(area.id)) == len(_LEVELS)]
        of_the_day = [area for area in found if area.is_valid_on(on)]
        found = (in_district if old else of_the_day) or found
    return found


def resolve_in(book: AreaBook, text: str, *, as_of: date) -> AreaMatch:
    """:func:`resolve_area` over areas already read, for many addresses."""
    parts = [part for part in _BREAK.split(clean(text)) if part.strip(" .")]
    for at, part in enumerate(parts):
        kinds, name = _named(part)
        for marks in (True, False):
            found = _matches(book.by_id.values(), kinds, name, marks=marks)
            if not found:
                continue
            found = _narrow(book, found, parts[at + 1 :], on=as_of)
            if len(found) != 1:
                return AreaMatch(None, None, tuple(found), folded=not marks)
            now = book.current(found[0].id, as_of)
            area = now if now.is_valid_on(as_of) else None
            return AreaMatch(area, found[0], (), folded=not marks)
    return AreaMatch(None, None, (), folded=False)


def resolve_area(text: str, *, as_of: date) -> AreaMatch:
    """Read an address (``bản Nà Ly, xã Mường Than, huyện Than Uyên``) to the unit of the day.

    Names are compared with their marks first (``Nậm Cha`` is not ``Nậm Chà``) and without them only when
    nothing fits. An address that names a district is of the time before 01/7/2025, so old xã Mường Than
    goes to new xã Than Uyên, not to the new xã Mường Than (corrections.md §5). Several fits: no answer.
    """
    return resolve_in(area_book(), text, as_of=as_of)

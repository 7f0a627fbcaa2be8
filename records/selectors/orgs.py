"""Union organisations on a day: names, parents, seats, terms (header lines follow from these)."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date

from django.db.models import QuerySet

from core.errors import NotFound
from records.models import OrgKind, OrgParent, OrgSeat, OrgSuccession, OrgTerm, UnionOrg
from records.selectors.base import Identified
from records.selectors.facts import TERM_MIN_MONTHS, TERM_YEARS, fact
from records.selectors.scope import is_open, remembered

#: Made one a case, so there may be thousands: read only when asked for.
_BELOW = (OrgKind.GRASSROOTS_UNION, OrgKind.ORGANISING_GROUP)
_MAX_DEPTH = 8  # confederation, province, upper, grassroots, part of it; more would be a circle


@dataclass(frozen=True, slots=True)
class OrgSnapshot:
    """An organisation as it is on a day. Names as written in a sentence; header lines are their capitals.

    ``place_name`` is the địa danh of its papers (DD-01), empty when no seat is recorded.
    """

    id: int
    code: str
    name: str
    short_name: str
    kind: str
    level: str
    symbol_abbr: str
    archive_abbr: str
    parent: OrgSnapshot | None
    place_name: str
    seat_area_id: int | None
    enterprise_id: int | None
    sort_order: int
    valid_from: date | None
    valid_to: date | None
    dissolved_by: str

    def is_valid_on(self, day: date) -> bool:
        """Whether the organisation exists on that day."""
        return (self.valid_from is None or self.valid_from <= day) and (
            self.valid_to is None or day <= self.valid_to
        )


@dataclass(frozen=True, slots=True)
class OrgBook:
    """Organisations with their parents and seats of one day, read in three queries."""

    as_of: date
    rows: Mapping[int, UnionOrg]
    parents: Mapping[int, int]
    seats: Mapping[int, OrgSeat]

    def snapshot(self, org_id: int, *, depth: int = 0) -> OrgSnapshot:
        """Freeze one organisation with its line of parents."""
        row = self.rows[org_id]
        seat = self.seats.get(org_id)
        parent = self.parents.get(org_id)
        above = parent in self.rows and depth < _MAX_DEPTH
        return OrgSnapshot(
            id=row.pk,
            code=row.code,
            name=row.name,
            short_name=row.short_name,
            kind=row.kind,
            level=row.level,
            symbol_abbr=row.symbol_abbr,
            archive_abbr=row.archive_abbr,
            parent=self.snapshot(parent, depth=depth + 1) if parent is not None and above else None,
            place_name=seat.place_name if seat else "",
            seat_area_id=seat.area_id if seat else None,
            enterprise_id=row.enterprise_id,
            sort_order=row.sort_order,
            valid_from=row.valid_from,
            valid_to=row.valid_to,
            dissolved_by=row.dissolved_by,
        )

    def children(self, org_id: int, *, kinds: Iterable[str] = ()) -> tuple[OrgSnapshot, ...]:
        """Organisations of the day directly below, in their order."""
        wanted = frozenset(kinds)
        return tuple(
            self.snapshot(row.pk)
            for row in self.rows.values()
            if self.parents.get(row.pk) == org_id
            and row.is_valid_on(self.as_of)
            and (not wanted or row.kind in wanted)
        )

    def is_under(self, org_id: int, above: int) -> bool:
        """Whether ``above`` is the organisation itself or stands over it on the day."""
        at: int | None = org_id
        for _ in range(_MAX_DEPTH):
            if at is None or at == above:
                return at is not None
            at = self.parents.get(at)
        return False


def org_book(*, as_of: date, also: Iterable[int] = (), all_unions: bool = False) -> OrgBook:
    """Read the tree of the day above the grassroots, plus the organisations named in ``also``.

    Organisations that ended before or begin after the day are in the book too (papers name them);
    links and seats are those of the day. ``all_unions`` brings every grassroots union.
    """
    if not is_open():
        found = UnionOrg.objects.all()
        if not all_unions:
            above = found.exclude(kind__in=_BELOW)
            found = above | found.filter(pk__in=set(also))
        return _read_book(found, as_of=as_of)
    upper = remembered(("orgs", as_of), lambda: _read_upper(as_of))
    wanted = set(also) - upper.rows.keys()
    if not all_unions and not wanted:
        return upper
    unions = UnionOrg.objects.filter(kind__in=_BELOW)
    more = _read_book(unions if all_unions else unions.filter(pk__in=wanted), as_of=as_of)
    return OrgBook(
        as_of=as_of,
        rows={**upper.rows, **more.rows},
        parents={**upper.parents, **more.parents},
        seats={**upper.seats, **more.seats},
    )


def _read_upper(as_of: date) -> OrgBook:
    above = UnionOrg.objects.exclude(kind__in=_BELOW)
    return _read_book(above, as_of=as_of)


def _read_book(found: QuerySet[UnionOrg], *, as_of: date) -> OrgBook:
    rows = {row.pk: row for row in found}
    links = OrgParent.objects.valid_on(as_of).filter(org_id__in=rows.keys())
    seats = OrgSeat.objects.valid_on(as_of).filter(org_id__in=rows.keys())
    return OrgBook(
        as_of=as_of,
        rows=rows,
        parents=dict(links.order_by("id").values_list("org_id", "parent_id")),
        seats={seat.org_id: seat for seat in seats.order_by("id")},
    )


def _missing(code: str, as_of: date, after: str = "") -> NotFound:
    hint = f" Từ ngày kết thúc, việc của tổ chức này do {after} làm." if after else ""
    return NotFound(
        f"Không có tổ chức mã {code} vào ngày {as_of:%d/%m/%Y}.{hint}",
        facts={"org": code, "as_of": as_of.isoformat()},
    )


def org_on(code: str, *, as_of: date) -> OrgSnapshot:
    """The organisation with this code as it is on the day.

    Raises NotFound when there is none or it does not exist on the day (its successor is named).
    """
    row = UnionOrg.objects.filter(code=code).first()
    if row is None:
        raise _missing(code, as_of)
    if not row.is_valid_on(as_of):
        heirs = OrgSuccession.objects.filter(predecessor=row, on__lte=as_of)
        names = [heir.successor.name for heir in heirs.select_related("successor")]
        raise _missing(code, as_of, ", ".join(names))
    return org_book(as_of=as_of, also={row.pk}).snapshot(row.pk)


def org_snapshots(ids: Iterable[int], *, as_of: date) -> Mapping[int, OrgSnapshot]:
    """Many organisations by row number, in three queries."""
    wanted = set(ids)
    book = org_book(as_of=as_of, also=wanted)
    return {org_id: book.snapshot(org_id) for org_id in wanted}


def parent_of(org: Identified, *, as_of: date) -> OrgSnapshot | None:
    """The direct parent on the day, or None."""
    return org_book(as_of=as_of, also={org.id}).snapshot(org.id).parent


def ancestors(org: Identified, *, as_of: date) -> tuple[OrgSnapshot, ...]:
    """The line of parents on the day, nearest first."""
    line: list[OrgSnapshot] = []
    at = parent_of(org, as_of=as_of)
    while at is not None:
        line.append(at)
        at = at.parent
    return tuple(line)


def children_of(
    org: Identified, *, as_of: date, kinds: Iterable[str] = ()
) -> tuple[OrgSnapshot, ...]:
    """Organisations directly below on the day, in their order; of ``kinds`` only, when given."""
    wanted = tuple(kinds)
    unions = not wanted or not set(wanted).isdisjoint(_BELOW)
    return org_book(as_of=as_of, also={org.id}, all_unions=unions).children(org.id, kinds=wanted)


def org_heir(book: OrgBook, org_id: int) -> int | None:
    """The organisation that does this one's work on the book's day; None when that is not recorded.

    One query a step; call it only for organisations that ended.
    """
    seen: set[int] = set()
    while not book.rows[org_id].is_valid_on(book.as_of):
        heirs = OrgSuccession.objects.filter(predecessor_id=org_id, on__lte=book.as_of)
        ids = list(heirs.values_list("successor_id", flat=True))
        if len(ids) != 1 or ids[0] in seen or ids[0] not in book.rows:
            return None
        org_id = ids[0]
        seen.add(org_id)
    return org_id


# --- terms -------------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class TermSnapshot:
    """A congress term. ``label`` as printed: ``2023 - 2028``."""

    ordinal: str
    start_year: int
    end_year: int
    ends_on: date

    @property
    def label(self) -> str:
        """The years as printed."""
        return f"{self.start_year} - {self.end_year}"


def _term(row: OrgTerm) -> TermSnapshot:
    return TermSnapshot(
        ordinal=row.ordinal,
        start_year=row.start_year,
        end_year=row.end_year,
        ends_on=row.ends_on or date(row.end_year, 12, 31),
    )


def _terms(org: Identified) -> list[tuple[date, TermSnapshot]]:
    rows = OrgTerm.objects.filter(org_id=org.id).order_by("start_year", "id")
    return [(row.congress_on or date(row.start_year, 1, 1), _term(row)) for row in rows]


def term_on(org: Identified, *, as_of: date) -> TermSnapshot:
    """The term that runs on the day: the last one begun by then. Raises NotFound when none is recorded."""
    begun = [term for start, term in _terms(org) if start <= as_of]
    if not begun:
        raise NotFound(
            f"Chưa ghi nhiệm kỳ của tổ chức vào ngày {as_of:%d/%m/%Y}.",
            facts={"org_id": org.id, "as_of": as_of.isoformat()},
        )
    return begun[-1]


def _whole_months(start: date, end: date) -> int:
    months = (end.year - start.year) * 12 + end.month - start.month
    return months if end.day >= start.day else months - 1


@dataclass(frozen=True, slots=True)
class UnionTerm:
    """Term of a new grassroots union."""

    start_year: int
    end_year: int

    @property
    def label(self) -> str:
        """As printed: ``2024 - 2028``."""
        return f"{self.start_year} - {self.end_year}"


def term_for_new_union(upper: Identified, *, founded_on: date) -> UnionTerm:
    """First term of a union founded on the day: it ends with the upper union's term.

    When less than the fact ``term_min_months`` (HD 03 mục 6.1: 18) remains, it runs to the end of the
    NEXT upper term (HD 38 mục 7.2), by its recorded row, else by the fact ``term_years``.
    Raises NotFound when the upper union's term or a fact is not recorded.
    """
    running = term_on(upper, as_of=founded_on)
    months = fact(TERM_MIN_MONTHS, as_of=founded_on).as_int()
    if _whole_months(founded_on, running.ends_on) >= months:
        return UnionTerm(founded_on.year, running.end_year)
    later = [term for _, term in _terms(upper) if term.start_year >= running.ends_on.year]
    later = [term for term in later if term.start_year > running.start_year]
    if later:
        return UnionTerm(founded_on.year, later[0].end_year)
    years = fact(TERM_YEARS, as_of=founded_on).as_int()
    return UnionTerm(founded_on.year, running.end_year + years)

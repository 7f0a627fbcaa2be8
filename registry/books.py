"""The read side of the registers: rows in the order of the book, their JSON, and the facts of the cover."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from itertools import groupby

from django.db.models import QuerySet

from core.symbols import TYPE_ABBREVIATIONS
from records.models import OrgParent, UnionOrg
from registry.models import Direction, IncomingEntry, NumberState, OfficialNumber, OutgoingEntry
from registry.series import LETTER_KEY, series_label, suffix_rank


@dataclass(frozen=True, slots=True, kw_only=True)
class BookRow:
    """What both registers have: a number of a series and how it came to be."""

    org: str
    series: str
    number: int
    suffix: str
    number_state: str
    reason: str
    inserted: bool
    full: str
    date: date | None
    subject: str
    receipt: str
    note: str
    sha256: str | None

    @property
    def printed_number(self) -> str:
        """`07`, `70a`: two digits at least (ND30 PL I II.3)."""
        return f"{self.number:02d}{self.suffix}"

    def columns(self) -> tuple[object, ...]:
        """The ten legal columns in their order (ND30 PL IV)."""
        raise NotImplementedError


@dataclass(frozen=True, slots=True, kw_only=True)
class OutgoingRow(BookRow):
    """One line of the outgoing register; a kept number is a line without a paper."""

    symbol: str
    kind: str
    type_name: str
    signer: str
    recipients: str
    kept_by: str
    copies: int | None
    sent_on: date | None
    state: str
    issuer: str
    document_id: str

    def columns(self) -> tuple[object, ...]:
        """The ten legal columns in their order (ND30 PL IV)."""
        return (
            self.full,
            self.date,
            title_of(self.type_name, self.subject),
            self.signer,
            self.recipients,
            self.kept_by,
            self.copies,
            self.sent_on,
            self.receipt,
            remark_of(self),
        )


@dataclass(frozen=True, slots=True, kw_only=True)
class IncomingRow(BookRow):
    """One line of the incoming register."""

    arrived_on: date | None
    author: str
    receiver: str
    passed_on: date | None

    def columns(self) -> tuple[object, ...]:
        """The ten legal columns in their order (ND30 PL IV)."""
        return (
            self.arrived_on,
            self.printed_number,
            self.author,
            self.full,
            self.date,
            self.subject,
            self.receiver,
            self.passed_on,
            self.receipt,
            remark_of(self),
        )


TITLES = {
    Direction.OUTGOING: "SỔ ĐĂNG KÝ VĂN BẢN ĐI",
    Direction.INCOMING: "SỔ ĐĂNG KÝ VĂN BẢN ĐẾN",
}
#: Legal headers of the ten columns (ND30 PL IV), and their widths on A4 landscape, in millimetres.
OUTGOING_COLUMNS = (
    ("Số, ký hiệu văn bản", 28),
    ("Ngày tháng văn bản", 22),
    ("Tên loại và trích yếu nội dung văn bản", 60),
    ("Người ký", 24),
    ("Nơi nhận văn bản", 36),
    ("Đơn vị, người nhận bản lưu", 22),
    ("Số lượng bản", 14),
    ("Ngày chuyển", 22),
    ("Ký nhận", 13),
    ("Ghi chú", 26),
)
INCOMING_COLUMNS = (
    ("Ngày đến", 22),
    ("Số đến", 14),
    ("Tác giả", 36),
    ("Số, ký hiệu văn bản", 28),
    ("Ngày tháng văn bản", 22),
    ("Tên loại và trích yếu nội dung văn bản", 60),
    ("Đơn vị hoặc người nhận", 25),
    ("Ngày chuyển", 22),
    ("Ký nhận", 13),
    ("Ghi chú", 25),
)


@dataclass(frozen=True, slots=True)
class Span:
    """The numbers of one series in a book; ``words`` as printed on the cover."""

    series: str
    first: str
    last: str
    missing: tuple[int, ...]
    words: str


@dataclass(frozen=True, slots=True)
class Book:
    """The facts of a book's cover (domain brief §1.7)."""

    direction: str
    year: int
    parent: str
    org: str
    first_date: date | None
    last_date: date | None
    first_number: str
    last_number: str
    spans: tuple[Span, ...]
    kept: tuple[tuple[str, str], ...]
    inserted: tuple[tuple[str, str], ...]
    count: int


def title_of(type_name: str, subject: str) -> str:
    """Type name and subject in one cell, the type not twice."""
    if not type_name or subject.casefold().startswith(type_name.casefold()):
        return subject
    return f"{type_name} {subject}"


def remark_of(row: BookRow) -> str:
    """Column «Ghi chú»: the note, and why a number was kept or inserted."""
    if row.number_state == NumberState.RESERVED:
        told = f"Số giữ chỗ: {row.reason}"
    elif row.inserted:
        told = f"Số chèn: {row.reason}" if row.reason else "Số chèn"
    else:
        told = ""
    return "; ".join(filter(None, (row.note, told)))


def outgoing_rows(
    year: int, *, org: UnionOrg | None = None, key: str | None = None
) -> list[OutgoingRow]:
    """Lines of the outgoing registers of a year: of all bodies or one, of all series or one.

    In the order of body, series, number and inserted letter; kept numbers included, so the book shows
    no gap.
    """
    numbers = _numbers(Direction.OUTGOING, year, org, key)
    return [outgoing_row(number) for number in _sorted(numbers.select_related("entry__file"))]


def incoming_rows(year: int, *, org: UnionOrg | None = None) -> list[IncomingRow]:
    """Lines of the incoming registers of a year, of all bodies or one, in the order of arrival."""
    numbers = _numbers(Direction.INCOMING, year, org, None)
    numbers = numbers.select_related("incoming_entry__file")
    return [incoming_row(number) for number in _sorted(numbers)]


def register_json(
    direction: str, year: int, rows: Sequence[OutgoingRow] | Sequence[IncomingRow]
) -> dict[str, object]:
    """The register as the command line and the API give it (contract.md §2)."""
    return {"year": year, "direction": str(direction), "rows": [_as_json(row) for row in rows]}


def book_of(
    rows: Sequence[OutgoingRow] | Sequence[IncomingRow],
    *,
    org: UnionOrg,
    year: int,
    direction: str = Direction.OUTGOING,
) -> Book:
    """The cover of the book of these rows of one body; an empty book has no dates and no numbers."""
    days = sorted(
        day for row in rows if (day := row.arrived_on if isinstance(row, IncomingRow) else row.date)
    )
    spans = tuple(_span(key, list(group)) for key, group in groupby(rows, lambda row: row.series))
    parent = (
        OrgParent.objects.valid_on(days[-1] if days else date(year, 12, 31))
        .filter(org=org)
        .select_related("parent")
        .first()
    )
    return Book(
        direction=str(direction),
        year=year,
        parent=parent.parent.name if parent else "",
        org=org.name,
        first_date=days[0] if days else None,
        last_date=days[-1] if days else None,
        first_number=rows[0].printed_number if rows else "",
        last_number=rows[-1].printed_number if rows else "",
        spans=spans,
        kept=tuple(
            (row.full, row.reason) for row in rows if row.number_state == NumberState.RESERVED
        ),
        inserted=tuple((row.full, row.reason) for row in rows if row.inserted),
        count=len(rows),
    )


def _span(key: str, rows: Sequence[BookRow]) -> Span:
    numbers = {row.number for row in rows}
    first, last = min(numbers), max(numbers)
    missing = tuple(sorted(set(range(first, last + 1)) - numbers))
    words = f"liên tục từ {first:02d} đến {last:02d}"
    if missing:
        listed = ", ".join(f"{number:02d}" for number in missing)
        words = f"từ {first:02d} đến {last:02d}, thiếu số {listed}"
    return Span(series_label(key), rows[0].printed_number, rows[-1].printed_number, missing, words)


def _numbers(
    direction: str, year: int, org: UnionOrg | None, key: str | None
) -> QuerySet[OfficialNumber]:
    numbers = OfficialNumber.objects.filter(series__direction=direction, series__year=year)
    if org is not None:
        numbers = numbers.filter(series__org=org)
    if key is not None:
        numbers = numbers.filter(series__key=key)
    return numbers.select_related("series__org")


def _sorted(numbers: QuerySet[OfficialNumber]) -> list[OfficialNumber]:
    """By body, series, number, letter; in Python, because databases sort đ and Đ as they like."""
    return sorted(
        numbers,
        key=lambda number: (
            number.series.org.sort_order,
            number.series.org.code,
            number.series.key,
            number.number,
            suffix_rank(number.suffix),
        ),
    )


def outgoing_row(number: OfficialNumber) -> OutgoingRow:
    """The line of a number; a kept one has no paper yet."""
    entry: OutgoingEntry | None = getattr(number, "entry", None)
    series = number.series
    return OutgoingRow(
        org=series.org.name,
        series=series.key,
        number=number.number,
        suffix=number.suffix,
        number_state=number.state,
        reason=number.reason,
        inserted=bool(number.suffix),
        full=entry.code if entry else _expected_code(number),
        date=entry.date if entry else number.on,
        subject=entry.subject if entry else "",
        receipt=entry.receipt if entry else "",
        note=entry.note if entry else "",
        sha256=entry.file.sha256 if entry and entry.file else None,
        symbol=entry.symbol if entry else "",
        kind=entry.kind if entry else "",
        type_name=entry.type_name if entry else "",
        signer=entry.signer if entry else "",
        recipients=entry.recipients if entry else "",
        kept_by=entry.kept_by if entry else "",
        copies=entry.copies if entry else None,
        sent_on=entry.sent_on if entry else None,
        state=entry.state if entry else number.state,
        issuer=series.org.name,
        document_id=entry.document_id if entry else "",
    )


def _expected_code(number: OfficialNumber) -> str:
    """What a kept number will be called: `13/KH-LĐLĐ` where the series has one type, else `13`."""
    series = number.series
    if series.key in TYPE_ABBREVIATIONS - {LETTER_KEY} and series.org.symbol_abbr:
        return f"{number}/{series.key}-{series.org.symbol_abbr}"
    return str(number)


def incoming_row(number: OfficialNumber) -> IncomingRow:
    """The line of an arrival number."""
    entry: IncomingEntry | None = getattr(number, "incoming_entry", None)
    return IncomingRow(
        org=number.series.org.name,
        series=number.series.key,
        number=number.number,
        suffix=number.suffix,
        number_state=number.state,
        reason=number.reason,
        inserted=bool(number.suffix),
        full=entry.code if entry else "",
        date=entry.date if entry else None,
        subject=entry.subject if entry else "",
        receipt=entry.receipt if entry else "",
        note=entry.note if entry else "",
        sha256=entry.file.sha256 if entry and entry.file else None,
        arrived_on=number.on,
        author=entry.author if entry else "",
        receiver=entry.receiver if entry else "",
        passed_on=entry.passed_on if entry else None,
    )


def _as_json(row: OutgoingRow | IncomingRow) -> dict[str, object]:
    base: dict[str, object] = {
        "number": row.number,
        "suffix": row.suffix,
        "full": row.full,
        "date": row.date.isoformat() if row.date else None,
        "subject": row.subject,
        "sha256": row.sha256,
    }
    if isinstance(row, OutgoingRow):
        return base | {
            "symbol": row.symbol,
            "kind": row.kind,
            "signer": row.signer,
            "recipients": row.recipients,
            "kept_by": row.kept_by,
            "copies": row.copies,
            "state": row.state,
            "issuer": row.issuer,
        }
    return base | {
        "symbol": row.full.partition("/")[2],
        "kind": "",
        "signer": "",
        "recipients": row.receiver,
        "kept_by": "",
        "copies": None,
        "state": "received",
        "issuer": row.author,
        "org": row.org,
        "arrived_on": row.arrived_on.isoformat() if row.arrived_on else None,
        "passed_on": row.passed_on.isoformat() if row.passed_on else None,
        "receipt": row.receipt,
        "note": row.note,
    }

"""Take over an office's existing register: its numbers become IMPORTED, and the series goes on after them."""

from __future__ import annotations

import hashlib
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from itertools import groupby, pairwise

from core.errors import DataIncomplete
from records.models import ChangeLog, UnionOrg
from registry.durability import durable
from registry.models import (
    Direction,
    IncomingEntry,
    NumberSeries,
    NumberState,
    OfficialNumber,
    OutgoingEntry,
)
from registry.register_rows import ImportedLine, read_register
from registry.registers import ISSUED
from registry.series import SeriesRef, incoming_series, outgoing_series, suffix_rank
from registry.series_rows import lock_series

_GAP = "Bỏ trống số"


@dataclass(frozen=True, slots=True)
class ImportedSeries:
    """What a series got: first and last imported number, and the number that comes next."""

    series: SeriesRef
    first: int
    last: int
    next_number: int
    lines: int


def import_register(
    data: bytes,
    *,
    org: UnionOrg,
    year: int,
    actor: str,
    direction: str = Direction.OUTGOING,
) -> list[ImportedSeries]:
    """Import a book (.xlsx with the legal headings) of one body and year, whole or not at all.

    A number without a paper needs its reason in «Ghi chú» and becomes a kept number. Raises Unreadable
    or UserError for a file that is no such book, DataIncomplete with every fault by its cell: unreadable
    values, gaps, numbers twice or already in the register, days that run backwards or lie in another year.
    """
    book = read_register(data, direction=direction)
    wrong = dict(book.wrong)
    if not book.lines and not wrong:
        raise DataIncomplete("Sổ không có dòng nào.")
    sound = [line for line in book.lines if line.number and _day(line, direction)]
    by_series = _grouped(sound, org=org, year=year, direction=direction)
    with durable():
        done = []
        for series, lines in by_series.items():
            row = lock_series(series)
            for cell, reason in _faults(lines, row, direction):
                wrong.setdefault(cell, reason)
            if not wrong:
                done.append(_write(lines, row, series=series, actor=actor))
        if wrong:
            # A line that cannot be read leaves a gap which is none: such gaps are not told.
            raise _refused(wrong, gaps=len(sound) == len(book.lines))
        ChangeLog.objects.create(
            actor=actor,
            channel="import",
            action="register_imported",
            record_type="registry.numberseries",
            record_id=",".join(str(one.series) for one in done)[:80],
            after={
                "org": org.code,
                "year": year,
                "direction": str(direction),
                "sha256": hashlib.sha256(data).hexdigest(),
                "lines": sum(one.lines for one in done),
            },
            reason="Nhập sổ đăng ký có sẵn",
        )
    return done


def _refused(wrong: Mapping[str, str], *, gaps: bool) -> DataIncomplete:
    wrong = {
        cell: wrong[cell]
        for cell in sorted(wrong, key=_place)
        if gaps or not wrong[cell].startswith(_GAP)
    }
    shown = "; ".join(f"ô {cell}: {reason}" for cell, reason in list(wrong.items())[:3])
    more = f"; và {len(wrong) - 3} lỗi khác" if len(wrong) > 3 else ""  # noqa: PLR2004 - as shown
    return DataIncomplete(f"Sổ có {len(wrong)} lỗi, chưa nhập dòng nào: {shown}{more}", wrong=wrong)


def _place(cell: str) -> tuple[int, int, str]:
    """Order of `C7` by row, then column."""
    column = cell.rstrip("0123456789")
    return int(cell[len(column) :]), len(column), column


def _day(line: ImportedLine, direction: str) -> date | None:
    return line.days.get("date" if direction == Direction.OUTGOING else "arrived_on")


def _grouped(
    lines: Sequence[ImportedLine], *, org: UnionOrg, year: int, direction: str
) -> dict[SeriesRef, list[ImportedLine]]:
    """Lines by series, in one fixed order of the series."""

    def series_of(line: ImportedLine) -> SeriesRef:
        if direction == Direction.INCOMING:
            return incoming_series(org, year)
        abbreviation = line.code.type_abbreviation if line.code else None
        day = _day(line, direction) or date(year, 1, 1)
        found = outgoing_series(org, abbreviation or "", day)
        return SeriesRef(found.org_id, found.key, year, found.direction)

    keyed = sorted(((series_of(line), line) for line in lines), key=lambda pair: pair[0].key)
    return {
        series: [line for _, line in pairs]
        for series, pairs in groupby(keyed, key=lambda pair: pair[0])
    }


def _order(line: ImportedLine) -> tuple[int, int]:
    return line.number, suffix_rank(line.suffix)


def _faults(
    lines: Sequence[ImportedLine], row: NumberSeries, direction: str
) -> Iterator[tuple[str, str]]:
    number_at = "code" if direction == Direction.OUTGOING else "arrival"
    day_at = "date" if direction == Direction.OUTGOING else "arrived_on"
    taken = set(row.numbers.values_list("number", "suffix"))
    for line in lines:
        if (line.number, line.suffix) in taken:
            yield line.cell(number_at), f"Số {line.printed} đã có trong sổ."
        if line.days[day_at].year != row.year:
            yield line.cell(day_at), f"Ngày không thuộc năm {row.year}."
    ordered = sorted(lines, key=_order)
    if ordered[0].suffix:
        yield ordered[0].cell(number_at), f"Số chèn {ordered[0].printed} không có số trước nó."
    for before, after in pairwise(ordered):
        yield from _faults_of_pair(before, after, number_at=number_at, day_at=day_at)
    yield from _faults_at_end(ordered[-1], row, number_at=number_at, day_at=day_at)


def _faults_of_pair(
    before: ImportedLine, after: ImportedLine, *, number_at: str, day_at: str
) -> Iterator[tuple[str, str]]:
    if _order(before) == _order(after):
        yield after.cell(number_at), f"Số {after.printed} đã có ở dòng {before.row}."
    elif after.number == before.number:
        if suffix_rank(after.suffix) != suffix_rank(before.suffix) + 1:
            yield after.cell(number_at), f"Sau số {before.printed} không thể là {after.printed}."
    elif after.number > before.number + 1 or after.suffix:
        gap = range(before.number + 1, after.number + bool(after.suffix))
        listed = ", ".join(f"{number:02d}" for number in gap[:5]) + (", …" if len(gap) > 5 else "")  # noqa: PLR2004
        yield (
            after.cell(number_at),
            f"{_GAP} {listed} trước số này; thêm dòng cho số bỏ trống và ghi lý do ở Ghi chú.",
        )
    if after.days[day_at] < before.days[day_at]:
        yield (
            after.cell(day_at),
            f"Trước ngày của số {before.printed} ({before.days[day_at]:%d/%m/%Y}, dòng {before.row}).",
        )


def _goes_before(row: NumberSeries) -> bool:
    """Whether the series was started or used before its old book came."""
    return row.next_number > 1


def _faults_at_end(
    last: ImportedLine, row: NumberSeries, *, number_at: str, day_at: str
) -> Iterator[tuple[str, str]]:
    """A book imported under a running series must end where the series begins."""
    if not _goes_before(row):
        return
    if last.number != row.first_number - 1:
        yield (
            last.cell(number_at),
            f"Sổ kết thúc ở số {last.printed} mà dãy số đã bắt đầu từ {row.first_number:02d}.",
        )
    first = row.numbers.order_by("number").first()
    if first is not None and last.days[day_at] > first.on:
        yield (
            last.cell(day_at),
            f"Ngày sau ngày của số {first} đã cấp ({first.on:%d/%m/%Y}).",
        )


def _write(
    lines: Sequence[ImportedLine], row: NumberSeries, *, series: SeriesRef, actor: str
) -> ImportedSeries:
    ordered = sorted(lines, key=_order)
    numbers = OfficialNumber.objects.bulk_create(
        _number(line, row, series=series, actor=actor) for line in ordered
    )
    pairs = [(line, number) for line, number in zip(ordered, numbers, strict=True) if not line.kept]
    if series.direction == Direction.OUTGOING:
        OutgoingEntry.objects.bulk_create(_outgoing(*pair, row) for pair in pairs)
    else:
        IncomingEntry.objects.bulk_create(_incoming(*pair, row) for pair in pairs)
    first, last = ordered[0].number, ordered[-1].number
    if not _goes_before(row):
        row.next_number = last + 1
    row.first_number = first
    row.last_date = max(filter(None, (row.last_date, numbers[-1].on)))
    row.save(update_fields=("first_number", "next_number", "last_date"))
    return ImportedSeries(series, first, last, row.next_number, len(ordered))


def _number(
    line: ImportedLine, row: NumberSeries, *, series: SeriesRef, actor: str
) -> OfficialNumber:
    day = _day(line, series.direction)
    if day is None:
        raise RuntimeError("A line without its day was let through.")
    return OfficialNumber(
        series=row,
        number=line.number,
        suffix=line.suffix,
        on=day,
        holder=None if line.kept else f"imported:{row.pk}:{line.number}{line.suffix}",
        state=NumberState.RESERVED if line.kept else NumberState.IMPORTED,
        reason=line.values.get("note", "") if line.kept or line.suffix else "",
        actor=actor,
    )


def _outgoing(line: ImportedLine, number: OfficialNumber, row: NumberSeries) -> OutgoingEntry:
    values = line.values
    return OutgoingEntry(
        number=number,
        org_id=row.org_id,
        year=row.year,
        code=str(line.code),
        symbol=line.code.symbol if line.code else "",
        date=number.on,
        subject=values["subject"],
        signer=values.get("signer", ""),
        recipients=values.get("recipients", ""),
        kept_by=values.get("kept_by", ""),
        copies=line.copies,
        sent_on=line.days.get("sent_on"),
        receipt=values.get("receipt", ""),
        note=values.get("note", ""),
        state=ISSUED,
    )


def _incoming(line: ImportedLine, number: OfficialNumber, row: NumberSeries) -> IncomingEntry:
    values = line.values
    return IncomingEntry(
        number=number,
        org_id=row.org_id,
        year=row.year,
        arrived_on=number.on,
        author=values["author"],
        code=values.get("code", ""),
        date=line.days.get("date"),
        subject=values["subject"],
        receiver=values.get("receiver", ""),
        passed_on=line.days.get("passed_on"),
        receipt=values.get("receipt", ""),
        note=values.get("note", ""),
    )

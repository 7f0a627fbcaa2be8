"""Official numbers without a gap: given in the caller's transaction, in order of issue (ND30 Điều 15)."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from datetime import date
from typing import TypeVar

from django.db import IntegrityError, connection, transaction

from core.errors import Conflict, UserError
from records.bulk import insert_rows
from records.models import ChangeLog
from registry.durability import ensure_durable
from registry.models import NumberSeries, NumberState, OfficialNumber
from registry.series import SUFFIXES, SeriesRef, suffix_rank
from registry.series_rows import advance, lock_series, locked_series

_QUERY_CHUNK = 500
_TRIES = 5

_T = TypeVar("_T")


def reserve_number(
    series: SeriesRef,
    *,
    on: date,
    holder: str,
    actor: str,
    state: NumberState = NumberState.TAKEN,
    reason: str = "",
) -> OfficialNumber:
    """The holder's number: the one it has, or the next of the series.

    Call it inside ``durable()``; the number exists only if that transaction commits, so none is lost.
    A transaction that takes numbers of several series takes them in one fixed order (no deadlock).
    Raises RuntimeError outside of a transaction; UserError for a day of another year; Conflict for a day
    before the latest number of the series, or a holder numbered in another series.
    """
    return reserve_range(series, on=on, holders=(holder,), actor=actor, state=state, reason=reason)[
        0
    ]


def reserve_range(
    series: SeriesRef,
    *,
    on: date,
    holders: Sequence[str],
    actor: str,
    state: NumberState = NumberState.TAKEN,
    reason: str = "",
) -> list[OfficialNumber]:
    """Numbers of many holders, in their order, with one statement for the whole range.

    Holders that already have a number keep it. Errors as ``reserve_number``.
    """
    ensure_durable(connection)
    _check_year(series, on)
    if state == NumberState.RESERVED:
        _need_reason(reason, "giữ số")
    if not all(holders):
        raise ValueError("A number needs a holder; keep_number() keeps one without.")

    def take() -> list[OfficialNumber]:
        held = _numbers_of(holders, series)
        missing = [holder for holder in dict.fromkeys(holders) if holder not in held]
        if missing:
            series_id, first = advance(series, on=on, count=len(missing))
            made = OfficialNumber.objects.bulk_create(
                OfficialNumber(
                    series_id=series_id,
                    number=first + place,
                    on=on,
                    holder=holder,
                    state=state,
                    reason=reason,
                    actor=actor,
                )
                for place, holder in enumerate(missing)
            )
            held.update({number.holder or "": number for number in made})
        return [held[holder] for holder in holders]

    return _retrying(take)


def take_block(
    series: SeriesRef, *, on: date, holders: Sequence[str], ids: Sequence[int], actor: str
) -> int:
    """Numbers for holders that have none, in their order and under row numbers of ``new_ids``; the first.

    For a whole batch: the series is locked, its numbers are written with one statement, nothing is read.
    Raises as ``reserve_number``, and IntegrityError when a holder has a number already: then the caller's
    transaction is over and nothing was taken.
    """
    ensure_durable(connection)
    _check_year(series, on)
    series_id, first = advance(series, on=on, count=len(holders))
    insert_rows(
        OfficialNumber,
        ("id", "series_id", "number", "on", "holder", "state", "actor"),
        [
            (pk, series_id, first + at, on, holder, NumberState.TAKEN.value, actor)
            for at, (pk, holder) in enumerate(zip(ids, holders, strict=True))
        ],
    )
    return first


def holders_with_number(holders: Sequence[str]) -> set[str]:
    """Which of these holders have a number, kept or taken."""
    found: set[str] = set()
    for start in range(0, len(holders), _QUERY_CHUNK):
        chunk = holders[start : start + _QUERY_CHUNK]
        rows = OfficialNumber.objects.filter(holder__in=chunk)
        found.update(name for name in rows.values_list("holder", flat=True) if name)
    return found


def keep_number(
    series: SeriesRef, *, on: date, actor: str, reason: str, channel: str = "registry"
) -> OfficialNumber:
    """Take the next number for a paper still to come; ``assign_reserved`` gives it to that paper.

    Raises UserError without a reason, else as ``reserve_number``.
    """
    ensure_durable(connection)
    _check_year(series, on)
    _need_reason(reason, "giữ số")
    series_id, first = advance(series, on=on, count=1)
    number = OfficialNumber.objects.create(
        series_id=series_id,
        number=first,
        on=on,
        state=NumberState.RESERVED,
        reason=reason,
        actor=actor,
    )
    _log(number, action="number_kept", actor=actor, reason=reason, channel=channel)
    return number


def assign_reserved(
    number: OfficialNumber, holder: str, *, actor: str, channel: str = "registry"
) -> OfficialNumber:
    """Give a kept number to its paper; the number keeps the day on which it was kept.

    Raises Conflict when another paper has taken it or the holder has another number.
    """
    ensure_durable(connection)
    if not holder:
        raise ValueError("A number is assigned to a holder.")
    other = OfficialNumber.objects.filter(holder=holder).exclude(pk=number.pk).first()
    if other:
        raise _has_another(number, str(other))
    try:
        with transaction.atomic():
            changed = OfficialNumber.objects.filter(
                pk=number.pk, state=NumberState.RESERVED
            ).update(state=NumberState.TAKEN, holder=holder)
    except IntegrityError as error:
        raise _has_another(number, "khác") from error  # given by another process this moment
    number.refresh_from_db()
    if changed:
        _log(number, action="number_assigned", actor=actor, reason=number.reason, channel=channel)
    elif number.holder != holder:
        raise Conflict(
            f"Số {number} không còn được giữ chỗ; hãy chọn số khác hoặc cấp số mới.",
            code="number_not_kept",
            facts={"number": str(number)},
        )
    return number


def insert_after(
    series: SeriesRef,
    number: int,
    *,
    on: date,
    holder: str,
    actor: str,
    reason: str,
    channel: str = "registry",
) -> OfficialNumber:
    """Insert 70a (70b, … đ after d) after number 70, dated between its neighbours.

    The same holder gets the same number again. Raises UserError without a reason or for a number that
    does not exist, Conflict for a day outside its neighbours' days or when the letters are used up.
    """
    ensure_durable(connection)
    _check_year(series, on)
    _need_reason(reason, "chèn số")

    def take() -> OfficialNumber:
        held = _numbers_of((holder,), series)
        if held:
            return held[holder]
        row = locked_series(series)
        siblings = sorted(
            row.numbers.filter(number=number) if row else (),
            key=lambda sibling: suffix_rank(sibling.suffix),
        )
        if row is None or not siblings:
            raise UserError(
                f"Dãy số {series} chưa có số {number:02d} nên không chèn sau số này được.",
                code="no_such_number",
                facts={"number": number},
            )
        previous = siblings[-1]
        following = row.numbers.filter(number=number + 1, suffix="").first()
        _check_between(on, previous, following)
        rank = suffix_rank(previous.suffix)
        if rank == len(SUFFIXES):
            raise Conflict(
                f"Đã dùng hết chữ cái để chèn sau số {number:02d}.", code="no_letter_left"
            )
        inserted = row.numbers.create(
            number=number,
            suffix=SUFFIXES[rank],
            on=on,
            holder=holder,
            state=NumberState.TAKEN,
            reason=reason,
            actor=actor,
        )
        if row.last_date is None or on > row.last_date:
            NumberSeries.objects.filter(pk=row.pk).update(last_date=on)
        _log(inserted, action="number_inserted", actor=actor, reason=reason, channel=channel)
        return inserted

    return _retrying(take)


def start_series(
    series: SeriesRef, *, next_number: int, actor: str, reason: str, channel: str = "registry"
) -> NumberSeries:
    """Say with which number an office begins that starts in mid-year.

    Raises UserError for a number below 1, Conflict once the series has numbers.
    """
    if next_number < 1:
        raise UserError("Số bắt đầu phải từ 1 trở lên.", facts={"next_number": next_number})
    _need_reason(reason, "đặt số bắt đầu")
    with transaction.atomic():
        row = lock_series(series)
        latest = row.numbers.order_by("number").last()
        if latest:
            raise Conflict(
                f"Dãy số {series} đã có số {latest}, không đặt lại số bắt đầu được.",
                code="series_has_numbers",
                facts={"latest": str(latest)},
            )
        before = {"next_number": row.next_number}
        row.first_number = row.next_number = next_number
        row.save(update_fields=("first_number", "next_number"))
        ChangeLog.objects.create(
            actor=actor,
            channel=channel,
            action="series_started",
            record_type="registry.numberseries",
            record_id=str(row.pk),
            before=before,
            after={"series": str(row), "next_number": next_number},
            reason=reason,
        )
    return row


def _retrying(take: Callable[[], _T]) -> _T:
    """Run in a savepoint; when another process gave the same holder its number meanwhile, look again.

    The rolled-back savepoint also gives back the range that was taken, so no gap stays.
    """
    for _ in range(_TRIES - 1):
        try:
            with transaction.atomic():
                return take()
        except IntegrityError:
            continue
    with transaction.atomic():
        return take()


def _numbers_of(holders: Sequence[str], series: SeriesRef) -> dict[str, OfficialNumber]:
    """Numbers that these holders have; Conflict when one lies in another series."""
    found: dict[str, OfficialNumber] = {}
    for start in range(0, len(holders), _QUERY_CHUNK):
        chunk = holders[start : start + _QUERY_CHUNK]
        for number in OfficialNumber.objects.filter(holder__in=chunk).select_related("series"):
            row = number.series
            if (row.org_id, row.key, row.year, row.direction) != (
                series.org_id,
                series.key,
                series.year,
                series.direction,
            ):
                raise Conflict(
                    f"Văn bản này đã có số {number} trong dãy số khác ({row}).",
                    code="holder_in_other_series",
                    facts={"number": str(number), "series": str(row)},
                )
            found[number.holder or ""] = number
    return found


def _has_another(number: OfficialNumber, other: str) -> Conflict:
    return Conflict(
        f"Văn bản này đã có số {other}; không nhận thêm số {number}.",
        code="holder_has_number",
        facts={"number": other},
    )


def _check_year(series: SeriesRef, on: date) -> None:
    if on.year != series.year:
        raise UserError(
            f"Ngày {on:%d/%m/%Y} không thuộc dãy số năm {series.year}.",
            code="wrong_year",
            facts={"on": on.isoformat(), "year": series.year},
        )


def _need_reason(reason: str, what: str) -> None:
    if not reason.strip():
        raise UserError(f"Phải ghi lý do khi {what}.", code="reason_needed")


def _check_between(on: date, previous: OfficialNumber, following: OfficialNumber | None) -> None:
    if on < previous.on or (following is not None and on > following.on):
        span = f"từ {previous.on:%d/%m/%Y} (số {previous})"
        if following is not None:
            span += f" đến {following.on:%d/%m/%Y} (số {following})"
        raise Conflict(
            f"Ngày {on:%d/%m/%Y} không nằm giữa hai số kề nhau: chọn ngày {span}.",
            code="date_not_between",
            facts={"on": on.isoformat(), "previous": str(previous), "following": str(following)},
        )


def _log(number: OfficialNumber, *, action: str, actor: str, reason: str, channel: str) -> None:
    ChangeLog.objects.create(
        actor=actor,
        channel=channel,
        action=action,
        record_type="registry.officialnumber",
        record_id=str(number.pk),
        after={
            "series": str(number.series),
            "number": str(number),
            "on": number.on.isoformat(),
            "holder": number.holder,
        },
        reason=reason,
    )

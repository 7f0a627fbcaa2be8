"""Numbers are given once, in order, without a gap, and only inside a transaction."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from pathlib import Path

import pytest
from django.db import connection, transaction

from core.errors import Conflict, UserError
from records.models import ChangeLog, UnionOrg
from registry.durability import durable
from registry.models import NumberSeries, NumberState, OfficialNumber
from registry.numbering import (
    assign_reserved,
    insert_after,
    keep_number,
    reserve_number,
    reserve_range,
    start_series,
)
from registry.series import SeriesRef
from registry.series_rows import find_series

CLERK = "van-thu"
MAY_2 = date(2024, 5, 2)
MAY_5 = date(2024, 5, 5)
pytestmark = pytest.mark.django_db


def take(series: SeriesRef, holder: str, on: date = MAY_2) -> OfficialNumber:
    with durable():
        return reserve_number(series, on=on, holder=holder, actor=CLERK)


def fail_after_taking(series: SeriesRef, holder: str) -> None:
    with durable():
        reserve_number(series, on=MAY_5, holder=holder, actor=CLERK)
        raise ZeroDivisionError


def test_numbers_run_from_one(plans: SeriesRef) -> None:
    assert [str(take(plans, f"document:{place}")) for place in range(3)] == ["01", "02", "03"]
    row = find_series(plans)
    assert row is not None
    assert (row.next_number, row.last_date) == (4, MAY_2)


def test_same_holder_keeps_its_number(plans: SeriesRef) -> None:
    first = take(plans, "document:a")
    take(plans, "document:b")
    again = take(plans, "document:a", MAY_5)
    assert again.pk == first.pk
    assert again.on == MAY_2
    assert OfficialNumber.objects.count() == 2


def test_holder_of_another_series_is_refused(plans: SeriesRef, district: UnionOrg) -> None:
    take(plans, "document:a")
    with pytest.raises(Conflict, match="đã có số 01 trong dãy số khác"):
        take(SeriesRef(district.pk, "KH", 2024), "document:a")


def test_series_of_bodies_types_and_years_are_apart(plans: SeriesRef, district: UnionOrg) -> None:
    others = (
        SeriesRef(district.pk, "KH", 2024),
        SeriesRef(plans.org_id, "QĐ", 2024),
        SeriesRef(plans.org_id, "KH", 2025),
    )
    take(plans, "document:0")
    for place, series in enumerate(others, 1):
        on = date(series.year, 5, 2)
        assert take(series, f"document:{place}", on).number == 1


def test_dates_never_run_backwards(plans: SeriesRef) -> None:
    take(plans, "document:a", MAY_5)
    with pytest.raises(Conflict) as caught:
        take(plans, "document:b", MAY_2)
    assert "đã có số 01 ngày 05/05/2024" in caught.value.message
    assert caught.value.facts["latest_date"] == "2024-05-05"
    assert take(plans, "document:b", MAY_5).number == 2


def test_year_of_the_day_is_the_year_of_the_series(plans: SeriesRef) -> None:
    with pytest.raises(UserError, match="31/12/2023 không thuộc dãy số năm 2024"):
        take(plans, "document:a", date(2023, 12, 31))


def test_range_in_the_order_of_its_holders(plans: SeriesRef) -> None:
    take(plans, "document:2")
    holders = [f"document:{place}" for place in (3, 2, 1, 3)]
    with durable():
        numbers = reserve_range(plans, on=MAY_5, holders=holders, actor=CLERK)
    assert [number.number for number in numbers] == [2, 1, 3, 2]
    assert [number.on for number in numbers] == [MAY_5, MAY_2, MAY_5, MAY_5]


def test_range_needs_one_update(
    plans: SeriesRef, django_assert_max_num_queries: pytest.FixtureRequest
) -> None:
    take(plans, "document:first")
    holders = [f"document:{place}" for place in range(40)]
    with durable(), django_assert_max_num_queries(8):  # type: ignore[operator]
        numbers = reserve_range(plans, on=MAY_5, holders=holders, actor=CLERK)
    assert [number.number for number in numbers] == list(range(2, 42))


def test_empty_range_takes_nothing(plans: SeriesRef) -> None:
    with durable():
        assert reserve_range(plans, on=MAY_5, holders=(), actor=CLERK) == []
    assert find_series(plans) is None


def test_empty_holder_is_a_programming_error(plans: SeriesRef) -> None:
    with pytest.raises(ValueError, match="holder"):
        take(plans, "")


def test_rollback_gives_the_number_back(plans: SeriesRef) -> None:
    with pytest.raises(ZeroDivisionError):
        fail_after_taking(plans, "document:lost")
    assert take(plans, "document:a", MAY_2).number == 1


def test_kept_number_waits_for_its_paper(plans: SeriesRef) -> None:
    with durable():
        kept = keep_number(plans, on=MAY_2, actor=CLERK, reason="Chờ chữ ký của Chủ tịch")
    assert take(plans, "document:b", MAY_5).number == 2
    with durable():
        assigned = assign_reserved(kept, "document:a", actor=CLERK)
        again = assign_reserved(kept, "document:a", actor=CLERK)
    assert (assigned.number, assigned.on, assigned.state) == (1, MAY_2, NumberState.TAKEN)
    assert again.pk == assigned.pk
    assert take(plans, "document:a", MAY_5).pk == kept.pk
    assert list(ChangeLog.objects.values_list("action", "reason")) == [
        ("number_kept", "Chờ chữ ký của Chủ tịch"),
        ("number_assigned", "Chờ chữ ký của Chủ tịch"),
    ]


def test_kept_number_goes_to_one_paper_only(plans: SeriesRef) -> None:
    with durable():
        kept = keep_number(plans, on=MAY_2, actor=CLERK, reason="Chờ ký")
        assign_reserved(kept, "document:a", actor=CLERK)
    with pytest.raises(Conflict, match="Số 01 không còn được giữ chỗ"), durable():
        assign_reserved(kept, "document:b", actor=CLERK)
    take(plans, "document:c")
    with durable():
        other = keep_number(plans, on=MAY_2, actor=CLERK, reason="Chờ ký")
    with pytest.raises(Conflict, match="đã có số 02"), durable():
        assign_reserved(other, "document:c", actor=CLERK)


@pytest.mark.parametrize("reason", ["", "   "])
def test_keeping_and_inserting_need_a_reason(plans: SeriesRef, reason: str) -> None:
    take(plans, "document:a")
    with pytest.raises(UserError, match="lý do khi giữ số"), durable():
        keep_number(plans, on=MAY_2, actor=CLERK, reason=reason)
    with pytest.raises(UserError, match="lý do khi chèn số"), durable():
        insert_after(plans, 1, on=MAY_2, holder="document:b", actor=CLERK, reason=reason)


def test_number_kept_for_a_known_paper(plans: SeriesRef) -> None:
    with durable():
        kept = reserve_number(
            plans,
            on=MAY_2,
            holder="document:a",
            actor=CLERK,
            state=NumberState.RESERVED,
            reason="Chờ ký",
        )
        assert assign_reserved(kept, "document:a", actor=CLERK).state == NumberState.TAKEN
    with pytest.raises(UserError, match="lý do khi giữ số"), durable():
        reserve_number(
            plans, on=MAY_2, holder="document:b", actor=CLERK, state=NumberState.RESERVED
        )


def insert(series: SeriesRef, number: int, holder: str, on: date = MAY_2) -> OfficialNumber:
    with durable():
        return insert_after(
            series, number, on=on, holder=holder, actor=CLERK, reason="Sót khi vào sổ"
        )


def test_inserted_letters_follow_the_vietnamese_alphabet(plans: SeriesRef) -> None:
    take(plans, "document:1")
    take(plans, "document:2", MAY_5)
    letters = [insert(plans, 1, f"late:{place}").suffix for place in range(23)]
    assert "".join(letters) == "abcdđeghiklmnopqrstuvxy"
    with pytest.raises(Conflict, match="hết chữ cái"):
        insert(plans, 1, "late:24")


def test_inserted_number_is_given_once(plans: SeriesRef) -> None:
    take(plans, "document:1")
    first = insert(plans, 1, "late")
    assert str(first) == "01a"
    assert insert(plans, 1, "late").pk == first.pk
    assert ChangeLog.objects.get().reason == "Sót khi vào sổ"


@pytest.mark.parametrize("day", [date(2024, 5, 1), date(2024, 5, 6)])
def test_inserted_day_lies_between_its_neighbours(plans: SeriesRef, day: date) -> None:
    take(plans, "document:1", MAY_2)
    take(plans, "document:2", MAY_5)
    with pytest.raises(Conflict, match=r"từ 02/05/2024 \(số 01\) đến 05/05/2024 \(số 02\)"):
        insert(plans, 1, "late", day)


def test_second_insert_stands_after_the_first(plans: SeriesRef) -> None:
    take(plans, "document:1", MAY_2)
    insert(plans, 1, "late:1", MAY_5)
    with pytest.raises(Conflict, match="số 01a"):
        insert(plans, 1, "late:2", date(2024, 5, 3))


def test_insert_after_the_last_moves_the_day_of_the_series(plans: SeriesRef) -> None:
    take(plans, "document:1", MAY_2)
    insert(plans, 1, "late:1", MAY_5)
    with pytest.raises(Conflict, match="05/05/2024"):
        take(plans, "document:2", MAY_2)
    assert take(plans, "document:2", MAY_5).number == 2


def test_insert_after_a_number_that_does_not_exist(plans: SeriesRef) -> None:
    with pytest.raises(UserError, match="chưa có số 07"):
        insert(plans, 7, "late")


def test_office_that_begins_in_mid_year(plans: SeriesRef) -> None:
    start_series(plans, next_number=132, actor=CLERK, reason="Bắt đầu dùng phần mềm")
    assert take(plans, "document:a").number == 132
    assert ChangeLog.objects.get().after["next_number"] == 132
    with pytest.raises(Conflict, match="đã có số 132"):
        start_series(plans, next_number=5, actor=CLERK, reason="Nhầm")


def test_start_may_be_corrected_before_the_first_number(plans: SeriesRef) -> None:
    start_series(plans, next_number=132, actor=CLERK, reason="Bắt đầu")
    start_series(plans, next_number=70, actor=CLERK, reason="Ghi nhầm")
    assert take(plans, "document:a").number == 70
    assert NumberSeries.objects.get().first_number == 70


#: How far a commit goes by default (PostgreSQL: as an operator may have set it), and for numbers.
RELAXED = {"sqlite": "1", "postgresql": "off"}
STRICT = {"sqlite": "2", "postgresql": "on"}


def commit_level() -> str:
    sql = {"sqlite": "PRAGMA synchronous", "postgresql": "SHOW synchronous_commit"}
    with connection.cursor() as cursor:
        cursor.execute(sql[connection.vendor])
        return str(cursor.fetchone()[0])


@pytest.mark.django_db(transaction=True)
class TestTransactions:
    @pytest.fixture(autouse=True)
    def relaxed(self) -> Iterator[None]:
        """PostgreSQL with synchronous_commit off, as a hurried operator may run it."""
        if connection.vendor != "postgresql":
            yield
            return
        with connection.cursor() as cursor:
            cursor.execute("SET synchronous_commit = off")
        yield
        with connection.cursor() as cursor:
            cursor.execute("RESET synchronous_commit")

    def test_refused_outside_of_a_transaction(self, plans: SeriesRef) -> None:
        with pytest.raises(RuntimeError, match=r"durable\(\)"):
            reserve_number(plans, on=MAY_2, holder="document:a", actor=CLERK)
        assert not NumberSeries.objects.exists()

    def test_durable_refuses_a_foreign_transaction(self, plans: SeriesRef) -> None:
        with transaction.atomic(), pytest.raises(RuntimeError, match="durable"), durable():
            pass

    def test_durable_within_durable_is_a_savepoint(self, plans: SeriesRef) -> None:
        with durable():
            reserve_number(plans, on=MAY_2, holder="document:a", actor=CLERK)
            with pytest.raises(ZeroDivisionError):
                fail_after_taking(plans, "document:b")
        assert [str(number) for number in OfficialNumber.objects.all()] == ["01"]

    def test_plain_atomic_reaches_the_disk_too(
        self, plans: SeriesRef, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        synced: list[str] = []

        def sync(descriptor: int) -> None:
            synced.append(str(Path(f"/proc/self/fd/{descriptor}").readlink()))

        monkeypatch.setattr("registry.durability.os.fsync", sync)
        with transaction.atomic():
            reserve_number(plans, on=MAY_2, holder="document:a", actor=CLERK)
            level = commit_level()
        assert OfficialNumber.objects.get().number == 1
        if connection.vendor == "sqlite":  # the level cannot change inside: the log is synced
            assert synced == [f"{connection.settings_dict['NAME']}-wal"]
        else:
            assert level == "on"

    def test_commit_waits_for_the_disk(self, plans: SeriesRef) -> None:
        assert commit_level() == RELAXED[connection.vendor]
        with durable():
            assert commit_level() == STRICT[connection.vendor]
        assert commit_level() == RELAXED[connection.vendor]

    def test_level_is_restored_after_an_error(self, plans: SeriesRef) -> None:
        with pytest.raises(ZeroDivisionError):
            fail_after_taking(plans, "document:a")
        assert commit_level() == RELAXED[connection.vendor]

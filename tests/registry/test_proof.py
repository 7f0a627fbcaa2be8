"""The proof finds each fault that could be in a series, and none where work went its way."""

from __future__ import annotations

from contextlib import suppress
from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st
from hypothesis.extra.django import TestCase

from core.errors import UserError
from records.models import OrgKind, OrgLevel, UnionOrg
from registry.durability import durable
from registry.models import NumberSeries, NumberState, OfficialNumber
from registry.numbering import insert_after, keep_number, reserve_number, reserve_range
from registry.proof import check_all, check_series
from registry.series import SeriesRef
from registry.series_rows import find_series

MAY_2 = date(2024, 5, 2)


@pytest.fixture
def whole(plans: SeriesRef) -> NumberSeries:
    with durable():
        for place in range(4):
            on = MAY_2 + timedelta(days=place)
            reserve_number(plans, on=on, holder=f"document:{place}", actor="van-thu")
        insert_after(plans, 2, on=date(2024, 5, 3), holder="late", actor="a", reason="Sót")
    row = find_series(plans)
    assert row is not None
    return row


def codes(series: SeriesRef) -> list[str]:
    return [problem.code for problem in check_series(series)]


@pytest.mark.django_db
class TestFaults:
    def test_whole_series(self, whole: NumberSeries, plans: SeriesRef) -> None:
        assert check_series(plans) == []
        assert check_all() == check_all(2024) == []

    def test_series_never_used(self, plans: SeriesRef) -> None:
        assert check_series(plans) == []

    def test_gap(self, whole: NumberSeries, plans: SeriesRef) -> None:
        whole.numbers.filter(number=3).delete()
        (problem,) = check_series(plans)
        assert problem.code == "number_missing"
        assert problem.message.endswith("thiếu số 03.")
        assert [found.code for found in check_all(2024)] == ["number_missing"]

    def test_number_beyond_the_series(self, whole: NumberSeries, plans: SeriesRef) -> None:
        NumberSeries.objects.update(next_number=4)
        assert codes(plans) == ["number_outside"]

    def test_letter_left_out(self, whole: NumberSeries, plans: SeriesRef) -> None:
        whole.numbers.filter(suffix="a").update(suffix="c")
        assert codes(plans) == ["letter_out_of_order"]

    def test_letter_of_no_alphabet(self, whole: NumberSeries, plans: SeriesRef) -> None:
        whole.numbers.filter(suffix="a").update(suffix="f")
        assert codes(plans) == ["letter_out_of_order"]

    def test_backward_day(self, whole: NumberSeries, plans: SeriesRef) -> None:
        whole.numbers.filter(number=3).update(on=date(2024, 5, 1))
        assert codes(plans) == ["date_backwards"]

    def test_day_of_another_year(self, whole: NumberSeries, plans: SeriesRef) -> None:
        whole.numbers.filter(number=4).update(on=date(2025, 5, 1))
        assert codes(plans) == ["wrong_year", "last_date_wrong"]

    def test_reserved_without_reason(self, whole: NumberSeries, plans: SeriesRef) -> None:
        whole.numbers.filter(number=3).update(state=NumberState.RESERVED)
        assert codes(plans) == ["reason_missing"]


STEP = st.tuples(
    st.sampled_from(("take", "range", "keep", "insert", "rollback", "again")),
    st.integers(0, 6),
    st.integers(1, 8),
)


class TestAnyOrderOfWork(TestCase):
    """Whatever an office does, in whatever order, the series stays whole."""

    @given(st.lists(STEP, max_size=12))
    def test_series_stays_whole(self, steps: list[tuple[str, int, int]]) -> None:
        org = UnionOrg.objects.create(
            code="bcd", name="Ban Chỉ đạo", level=OrgLevel.UNIT, kind=OrgKind.STEERING_COMMITTEE
        )
        series = SeriesRef(org.pk, "QĐ", 2024)
        for place, (act, days, number) in enumerate(steps):
            with suppress(UserError):
                self.do(series, act, on=MAY_2 + timedelta(days=days), number=number, place=place)
            assert check_series(series) == []
        if row := find_series(series):
            bases = OfficialNumber.objects.filter(series=row, suffix="").count()
            assert bases == row.next_number - 1

    def do(self, series: SeriesRef, act: str, *, on: date, number: int, place: int) -> None:
        holder = f"document:{place}"
        with durable():
            if act == "range":
                holders = [f"{holder}:{part}" for part in range(number)]
                reserve_range(series, on=on, holders=holders, actor="a")
            elif act == "keep":
                keep_number(series, on=on, actor="a", reason="Chờ ký")
            elif act == "insert":
                insert_after(series, number, on=on, holder=holder, actor="a", reason="Sót")
            else:
                given_to = "document:0" if act == "again" else holder
                reserve_number(series, on=on, holder=given_to, actor="a")
            if act == "rollback":
                raise UserError("Lỗi cố ý.")

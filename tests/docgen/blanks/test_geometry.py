"""The frozen places hold the stated lengths; what does not fit is refused by name."""

from __future__ import annotations

import hashlib
import json
from pathlib import Path

import pytest

from core.errors import DataIncomplete
from core.forms import FORMS, FormField, get_form
from core.schema import FieldKind
from docgen.blanks.fitting import require_fit
from docgen.blanks.geometry import (
    ACROSS,
    BOX,
    UPRIGHT,
    boxes,
    broken,
    line_count,
    list_boxes,
    longest_values,
    plan_of,
    printed_label,
)
from docgen.blanks.word import ticked

KINDS = pytest.mark.parametrize("kind", list(FORMS))
BOTH = pytest.mark.parametrize("paper", [False, True], ids=["typed", "paper"])


@KINDS
@BOTH
def test_the_longest_value_of_every_field_fits(kind: str, *, paper: bool) -> None:
    plan = plan_of(get_form(kind), paper=paper)
    for _, rows in plan.sections:
        for slot in (slot for row in rows for slot in row.slots):
            needed = [
                line_count(text, slot.value_width, size=plan.size)
                for text in longest_values(slot.field)
            ]
            assert max(needed) <= slot.value_lines, slot.field.key


@KINDS
def test_the_longest_value_of_every_column_fits(kind: str) -> None:
    form = get_form(kind)
    listed = plan_of(form).table
    for column, width in zip(form.columns, listed.widths[1:] if listed else (), strict=True):
        needed = [line_count(text, width, size=listed.size) for text in longest_values(column)]
        assert max(needed) <= column.lines, column.key
        words = column.label_vi.split()
        assert all(line_count(word, width, size=listed.size, bold=True) == 1 for word in words), (
            column.key
        )


@KINDS
@BOTH
def test_a_form_keeps_within_its_page(kind: str, *, paper: bool) -> None:
    form = get_form(kind)
    plan = plan_of(form, paper=paper)
    assert plan.page == (ACROSS if form.landscape else UPRIGHT)
    assert sum(plan.columns) == pytest.approx(plan.page.room, abs=0.3)
    if plan.table:
        assert sum(plan.table.widths) == pytest.approx(plan.page.room, abs=0.6)
    shown = [slot.field.key for _, rows in plan.sections for row in rows for slot in row.slots]
    assert shown == [one.key for one in form.fields]


@KINDS
def test_choices_on_paper_are_never_torn(kind: str) -> None:
    plan = plan_of(get_form(kind), paper=True)
    slots = [slot for _, rows in plan.sections for row in rows for slot in row.slots]
    for slot in slots:
        if offered := boxes(slot.field):
            lines = broken(offered, slot.value_width, size=plan.size)
            assert all(line.startswith(BOX) for line in lines)


def test_a_list_offers_boxes_where_they_fit() -> None:
    gender = get_form("member_list").column("gender")
    assert list_boxes(gender, 14.8, size=10).count(BOX) == 2
    assert list_boxes(gender, 9, size=10) == ""
    assert list_boxes(get_form("candidate_profiles").column("proposed_post"), 60, size=10) == ""


def test_only_the_chosen_box_is_ticked() -> None:
    attitude = get_form("enterprise_survey").field("employer_attitude")
    shown = ticked(attitude, "Không đồng ý", 117, size=12).replace("\u00a0", " ")
    assert shown == "☐ Đồng ý   ☐ Cần thêm thời gian   ☒ Không đồng ý"
    assert "☒" not in ticked(attitude, "", 117, size=12)


def test_lines_break_as_in_word() -> None:
    assert broken("một hai ba", 15, size=12) == ("một hai", "ba")
    assert broken("một\nhai", 50, size=12) == ("một", "hai")
    assert "".join(broken("8" * 40, 20, size=12)) == "8" * 40
    assert broken("", 20, size=12) == ("",)


def test_a_unit_stands_in_the_label() -> None:
    assert (
        printed_label(get_form("enterprise_survey").field("workers_total"))
        == "Tổng số lao động (người)"
    )
    plain = FormField("a", FieldKind.TEXT, "Số người", unit="người")
    assert printed_label(plain) == "Số người"


def test_what_is_too_long_is_refused_by_name() -> None:
    form = get_form("enterprise_list")
    values = {
        "district": "h" * 81,
        "rows": [{}, {"enterprise_name": "Công ty " * 20, "sector": "xây dựng"}],
    }
    with pytest.raises(DataIncomplete) as caught:
        require_fit(form, values)
    assert set(caught.value.wrong) == {"district", "rows[1].enterprise_name"}
    assert "“Đơn vị báo cáo” dài 81 ký tự, biểu mẫu chỉ đủ chỗ cho 80" in caught.value.message
    assert "“Tên doanh nghiệp (dòng 2)”" in caught.value.message


def test_wide_letters_are_counted_not_only_letters() -> None:
    with pytest.raises(DataIncomplete, match="dòng, biểu mẫu chỉ có 2 dòng"):
        require_fit(get_form("enterprise_survey"), {"sector": "WM" * 45})


@KINDS
def test_the_example_fits(kind: str) -> None:
    require_fit(get_form(kind), get_form(kind).example)


def mark(kind: str) -> str:
    """A mark of all that has its place on a form: labels, widths, heights, lines."""
    plans = [plan_of(get_form(kind), paper=paper) for paper in (False, True)]
    places = [
        [
            plan.page,
            [
                (
                    heading,
                    row.height,
                    [(s.field.key, s.label, s.value_width, s.value_lines) for s in row.slots],
                )
                for heading, rows in plan.sections
                for row in rows
            ],
            plan.table,
            [(c.key, c.label_vi, c.header) for c in plan.form.columns],
        ]
        for plan in plans
    ]
    return hashlib.sha256(repr(places).encode()).hexdigest()[:16]


def test_the_places_are_frozen() -> None:
    """Forms that are out are read by these places: who moves one raises the form's version and writes its new mark."""
    frozen = json.loads((Path(__file__).parent / "frozen.json").read_text(encoding="utf-8"))
    assert frozen == {
        kind: {"version": form.version, "mark": mark(kind)} for kind, form in FORMS.items()
    }

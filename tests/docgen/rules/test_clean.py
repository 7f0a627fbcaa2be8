"""Papers typed rightly, in many habits: no error, and nothing to warn of."""

from __future__ import annotations

from dataclasses import replace

import pytest

from docgen.rules import check_docx
from tests.docgen.rules.contents import ALL, PARENT_2
from tests.docgen.rules.hand import Habit
from tests.docgen.rules.typist import saved, typed

HABITS = {
    "bảng, định dạng trực tiếp": Habit(),
    "bảng hai hàng, kiểu chữ": Habit(header="table2", looks="styles", large=True),
    "bảng ba cột, kiểu kế thừa": Habit(
        header="table3", looks="chain", rules="bottom", gap="before"
    ),
    "phông chủ đề, đường vẽ": Habit(looks="theme", rules="dml", large=True, body_size=13),
    "kiểu ký tự, đường VML": Habit(header="table2", looks="chars", rules="vml", indent="tab"),
    "gạch chân": Habit(rules="underline", gap="both"),
    "gạch dưới gõ tay": Habit(header="table", looks="styles", rules="typed", body_size=13.5),
    "cột bằng tab": Habit(header="tabs", rules="typed"),
    "cột bằng dấu cách": Habit(header="spaces", rules="typed", large=True),
}
CASES = [
    pytest.param(content, habit, id=f"{content}, {habit}")
    for at, content in enumerate(ALL)
    for turn, habit in enumerate(HABITS)
    if (at + turn) % 2 == 0
]


def test_there_are_enough_of_them() -> None:
    assert len(CASES) >= 50


@pytest.mark.parametrize(("content", "habit"), CASES)
def test_a_clean_paper_has_no_findings(content: str, habit: str) -> None:
    words = ALL[content]
    if HABITS[habit].large and words.parent == ("TỔNG LIÊN ĐOÀN LAO ĐỘNG VIỆT NAM",):
        words = replace(words, parent=PARENT_2)  # size 13 wraps the parent's name
    found = check_docx(saved(typed(words, HABITS[habit])))
    assert [(f.rule, f.severity, f.message, f.where.text, f.found) for f in found] == []

"""A sample of the corpus: every filling style with some kinds of forms, read as exactly as the goals ask.

All of it with every kind: ``python -m bench.intake.exactness``.
"""

from __future__ import annotations

import time
from pathlib import Path

import pytest

from core.forms import FORMS
from intake.guard import check_file
from intake.pipeline import Wish, read_pieces
from intake.reading import Status
from tests.intake.corpus.build import Case, cases, converted
from tests.intake.corpus.habits import habit_cases
from tests.intake.corpus.measure import Outcome, false_values, outcomes

#: All kinds turn by turn would take a minute; these have every sort of field and both sorts of heads.
KINDS = ("enterprise_survey", "member_list", "progress_report", "recognition_request")
FIELDS, CONTROLLED, CELLS, SILENT = 0.995, 0.999, 0.995, 0.001


def read(work: list[Case]) -> list[Outcome]:
    found: list[Outcome] = []
    for case in work:
        readings = read_pieces(case.data, check_file(case.data), Wish(case.name))
        found += outcomes(case, readings)
    return found


def wrong(found: list[Outcome]) -> list[tuple[object, ...]]:
    return [(o.case, o.key, o.got, o.wanted, o.problems) for o in found if not o.right]


def share(found: list[Outcome]) -> float:
    assert found
    return sum(one.right for one in found) / len(found)


def test_the_styles_are_many_and_those_held_out_are_others() -> None:
    sides: dict[str, set[bool]] = {}
    for case in cases(kinds=KINDS):
        sides.setdefault(case.style, set()).add(case.held_out)
    sides.pop("wrong")  # papers that are no forms lie on both sides
    assert len(sides) >= 20
    assert all(len(side) == 1 for side in sides.values())
    assert len({case.kind for case in FORMS.values()}) == 10


def test_the_corpus_comes_from_its_seed(monkeypatch: pytest.MonkeyPatch) -> None:
    """Word files and workbooks, to the byte, on another day too: zip and openpyxl stamp the present moment."""
    first = {case.name: case.data for case in cases(kinds=KINDS[:1])}
    day = time.gmtime(2_000_000_000)
    monkeypatch.setattr("time.localtime", lambda *_: day)
    again = {case.name: case.data for case in cases(kinds=KINDS[:1])}
    assert [name for name, data in first.items() if again[name] != data] == []


@pytest.mark.slow
def test_fields_and_cells_are_exact() -> None:
    found = read([case for case in cases(kinds=KINDS) if any(t.values for t in case.truths)])
    fields = [one for one in found if not one.cell]
    assert share([one for one in fields if one.controlled]) >= CONTROLLED, wrong(fields)
    assert share([one for one in fields if not one.controlled]) >= FIELDS, wrong(fields)
    assert share([one for one in found if one.cell]) >= CELLS, wrong(found)
    inside = [one for one in found if one.clean_form]
    assert len(inside) > 5000
    assert sum(not one.right for one in inside) <= SILENT * len(inside), wrong(inside)


def test_blank_and_wrong_papers_give_no_value() -> None:
    made = [*cases(kinds=KINDS), *habit_cases(kinds=KINDS)]
    papers = [case for case in made if not any(t.values for t in case.truths)]
    assert len(papers) > 20
    for case in papers:
        readings = read_pieces(case.data, check_file(case.data), Wish(case.name))
        assert false_values(case, readings) == [], case.name
        assert all(one.status is not Status.CLEAN for one in readings), case.name


def test_the_habits_of_other_people() -> None:
    """Styles written without a look at the reader; what they showed at first sight is in bench/results/exactness.md."""
    found = read([case for case in habit_cases(kinds=KINDS) if case.truths[0].values])
    assert len({one.style for one in found}) >= 16
    assert share([one for one in found if not one.cell]) >= FIELDS, wrong(found)
    assert share([one for one in found if one.cell]) >= CELLS, wrong(found)
    assert [one for one in wrong(found) if not one[4]] == []


@pytest.mark.soffice
def test_printed_old_and_saved_again(tmp_path: Path) -> None:
    """PDFs of Word and Excel files, files of old Word and Excel, files LibreOffice saved again."""
    work = converted(tmp_path, kinds=KINDS[:3])
    assert {case.suffix for case in work} == {"pdf", "docx", "xlsx"}
    found = read(work)
    assert share([one for one in found if not one.cell]) >= FIELDS, wrong(found)
    assert share([one for one in found if one.cell]) >= CELLS, wrong(found)

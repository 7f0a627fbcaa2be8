"""The line of a founding case: which steps are done, with what, and what comes next."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

import pytest

from web.recordbook.timeline import LABELS, next_step, stages_of, way_of


@dataclass(frozen=True)
class Step:
    state: str
    on: date
    evidence: str = "Phiếu khảo sát"
    note: str = ""


@dataclass(frozen=True)
class Paper:
    kind: str


def places(state: str, *steps: str, path: str = "congress") -> dict[str, str]:
    made = [Step(one, date(2024, 5, day)) for day, one in enumerate(steps, start=1)]
    return {one.state: one.place for one in stages_of(state, path, steps=made, papers=())}


def test_before_the_survey_all_lies_ahead() -> None:
    assert set(places("not_contacted").values()) == {"ahead"}


def test_in_the_middle() -> None:
    found = places("organising", "surveyed", "eligible", "organising")
    assert list(found.values()) == ["done", "done", "now", *["ahead"] * 5]


def test_launched_is_all_done() -> None:
    assert set(places("launched").values()) == {"done"}


def test_aside_it_stands_where_it_stood() -> None:
    found = places("paused", "surveyed", "eligible", "paused")
    assert (found["eligible"], found["organising"]) == ("now", "ahead")


def test_the_upper_union_founds_without_a_congress() -> None:
    assert "congress_held" not in way_of("appointment")
    stages = stages_of("recognised", "appointment", steps=(), papers=())
    assert [one.label for one in stages][-2:] == ["Quyết định thành lập", "Ra mắt"]


def test_papers_stand_at_their_step_and_a_step_given_back_has_no_day() -> None:
    steps = [
        Step("dossier_filed", date(2024, 5, 1)),
        Step("congress_held", date(2024, 5, 9), "Phiếu trả 02"),
    ]
    papers = (Paper("dossier_return"), Paper("founding_decision"), Paper("plan"))
    by_state = {
        one.state: one for one in stages_of("congress_held", "congress", steps=steps, papers=papers)
    }
    assert by_state["congress_held"].evidence == "Phiếu trả 02"
    assert by_state["dossier_filed"].on is None
    assert by_state["dossier_filed"].papers == (papers[0],)
    assert by_state["recognised"].papers == (papers[1],)


@pytest.mark.parametrize(
    ("state", "path", "applications", "kind", "to"),
    [
        ("not_contacted", "", 0, "", "surveyed"),
        ("organising", "congress", 4, "", ""),
        ("organising", "congress", 5, "", "enough_applications"),
        ("enough_applications", "congress", 5, "", "congress_held"),
        ("enough_applications", "appointment", 5, "founding_decision", ""),
        ("congress_held", "congress", 5, "submission", ""),
        ("dossier_filed", "congress", 5, "founding_decision", ""),
        ("recognised", "congress", 5, "launch_programme", ""),
    ],
)
def test_next(state: str, path: str, applications: int, kind: str, to: str) -> None:
    step = next_step(state, path, applications=applications, least=5)
    assert step is not None
    assert (step.kind, step.to) == (kind, to)


@pytest.mark.parametrize("state", ["launched", "refused", "paused"])
def test_nothing_comes_next(state: str) -> None:
    assert next_step(state, "congress", applications=9, least=5) is None


def test_every_state_has_its_words() -> None:
    assert list(LABELS.values()) == [
        "Khảo sát", "Đủ điều kiện", "Vận động", "Đủ 05 đơn", "Đại hội", "Hồ sơ", "Công nhận", "Ra mắt",
    ]  # fmt: skip

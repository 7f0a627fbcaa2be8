"""The founding case as a line of steps with their papers, and the next step as a button. Pure."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Protocol

from records.models import CasePath, CaseState

#: Steps of the way in the words of the desk; the congress is left out where the upper union founds.
LABELS = {
    "surveyed": "Khảo sát",
    "eligible": "Đủ điều kiện",
    "organising": "Vận động",
    "enough_applications": "Đủ 05 đơn",
    "congress_held": "Đại hội",
    "dossier_filed": "Hồ sơ",
    "recognised": "Công nhận",
    "launched": "Ra mắt",
}
ASIDE = ("refused", "paused")
#: Kinds of paper that belong to a step.
PAPERS = {
    "surveyed": ("introduction_letter", "survey_team_decision", "coordination_letter"),
    "congress_held": ("congress_minutes", "vote_count_minutes", "first_meeting_minutes"),
    "dossier_filed": ("submission", "dossier_return"),
    "recognised": (
        "founding_decision",
        "committee_decision",
        "inspection_committee_decision",
        "admission_decision",
    ),
    "launched": ("invitation", "launch_programme", "launch_minutes"),
}


class StepLike(Protocol):
    """A move of the case."""

    @property
    def state(self) -> str:
        """State code."""

    @property
    def on(self) -> date:
        """Its day."""

    @property
    def evidence(self) -> str:
        """The paper or visit behind it."""

    @property
    def note(self) -> str:
        """Remark."""


class PaperLike(Protocol):
    """A paper about the case."""

    @property
    def kind(self) -> str:
        """Kind of document."""


@dataclass(frozen=True, slots=True)
class Stage:
    """One step of the line: ``place`` is done, now or ahead."""

    state: str
    label: str
    place: str
    on: date | None
    evidence: str
    note: str
    papers: tuple[PaperLike, ...]


@dataclass(frozen=True, slots=True)
class NextStep:
    """What to do now: a kind of paper to compose, or (without one) the state to move to by hand."""

    words: str
    kind: str = ""
    to: str = ""


def way_of(path: str) -> tuple[str, ...]:
    """The steps of a case of this path."""
    appointed = path == CasePath.APPOINTMENT
    return tuple(state for state in LABELS if not (appointed and state == "congress_held"))


def _reached(state: str, steps: Sequence[StepLike], way: Sequence[str]) -> int:
    """Place on the way of the state, for a case aside that of the last step before; -1 before the first."""
    if state in ASIDE:
        state = next((one.state for one in reversed(steps) if one.state not in ASIDE), "")
    return way.index(state) if state in way else -1


def stages_of(
    state: str, path: str, *, steps: Sequence[StepLike], papers: Iterable[PaperLike]
) -> tuple[Stage, ...]:
    """The line: each step with its last day, evidence and papers."""
    way = way_of(path)
    at = _reached(state, steps, way)
    known = tuple(papers)
    found = []
    for index, code in enumerate(way):
        step = next((one for one in reversed(steps) if one.state == code), None)
        past = step is not None and index <= at
        found.append(
            Stage(
                state=code,
                label="Quyết định thành lập"
                if code == "recognised" and path == CasePath.APPOINTMENT
                else LABELS[code],
                place="done"
                if index < at or code == state == "launched"
                else "now"
                if index == at
                else "ahead",
                on=step.on if step and past else None,
                evidence=step.evidence if step and past else "",
                note=step.note if step and past else "",
                papers=tuple(one for one in known if one.kind in PAPERS.get(code, ())),
            )
        )
    return tuple(found)


def next_step(state: str, path: str, *, applications: int, least: int) -> NextStep | None:
    """The one next step; None when the case has come to its end or stands aside.

    ``applications`` are those that count, ``least`` how many a union needs.
    """
    if state == CaseState.ENOUGH_APPLICATIONS:
        if path == CasePath.APPOINTMENT:
            return NextStep("Soạn quyết định thành lập", kind="founding_decision")
        return NextStep("Ghi đã đại hội", to="congress_held")
    if state == CaseState.ORGANISING and applications < least:
        return NextStep(f"Nhận thêm đơn gia nhập (có {applications:02d}, cần {least:02d})")
    fixed = {
        "not_contacted": NextStep("Ghi đã khảo sát", to="surveyed"),
        "surveyed": NextStep("Ghi đủ điều kiện", to="eligible"),
        "eligible": NextStep("Ghi bắt đầu vận động", to="organising"),
        "organising": NextStep("Ghi đủ đơn", to="enough_applications"),
        "congress_held": NextStep("Soạn tờ trình công nhận", kind="submission"),
        "dossier_filed": NextStep("Soạn quyết định thành lập", kind="founding_decision"),
        "recognised": NextStep("Soạn chương trình lễ ra mắt", kind="launch_programme"),
    }
    return fixed.get(state)

"""Examples of the congress's papers and their problems, for the tests of their rules."""

from __future__ import annotations

from core.errors import Problem
from docgen.kinds import KINDS
from docgen.kinds import examples_congress as examples

CONGRESS = examples.CONGRESS_MINUTES
COUNT = examples.VOTE_COUNT_MINUTES
POSTS = examples.VOTE_COUNT_MINUTES_POSTS
MEETING = examples.FIRST_MEETING_MINUTES
PROGRAMME = examples.LAUNCH_PROGRAMME
REQUEST = examples.SUBMISSION
ROWS = COUNT["rows"]
POST_ROWS = MEETING["rows"]
ITEMS = PROGRAMME["items"]
SEATS = REQUEST["members"]
assert isinstance(ROWS, list)
assert isinstance(POST_ROWS, list)
assert isinstance(ITEMS, list)
assert isinstance(SEATS, list)


def problems(kind: str, example: dict[str, object], **change: object) -> tuple[Problem, ...]:
    return KINDS[kind].check({**example, **change})


def only(kind: str, example: dict[str, object], **change: object) -> Problem:
    (problem,) = problems(kind, example, **change)
    return problem


def votes(*counts: int) -> list[dict[str, object]]:
    """Nguyễn Văn An, Giàng A Chứ, Vàng Thị Sao, Lò Văn Tâm with these votes."""
    return [{**row, "votes": count} for row, count in zip(ROWS, counts, strict=True)]


def marked(rows: list[dict[str, object]], *names: str) -> list[dict[str, object]]:
    return [{**row, "elected": row["full_name"] in names} for row in rows]

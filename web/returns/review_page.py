"""A returned form as the person who reviews it sees it: lines in the order of the paper, what is open, what differs."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from core.forms import FormField, FormKind, Values, get_form
from core.forms.shown import shown
from core.schema import FieldKind
from intake.extract.assemble import Acceptance
from intake.issues import UNSURE, Issue, Moved
from intake.models import Action, FormState, PaperView, ReturnedForm, ReviewDecision
from intake.reading import FieldReading, Reading
from intake.reading_json import restored
from intake.record_values import record_values
from intake.services.checking import (
    check_values,
    day_of,
    issued_for,
    open_issues,
    removed_rows,
)
from intake.services.policy import acceptance

#: Rows of a table on one page.
ROWS = 40
#: Sentences shown at one row.
MOST_TOLD = 4
SURE, LOOK, UNREAD = "chắc", "nên xem", "không đọc được"
_COLOURS = {SURE: "green", LOOK: "yellow", UNREAD: "red"}
_MARKS = {Action.ACCEPT: "đã xác nhận", Action.CORRECT: "đã sửa", Action.REJECT: "đã bỏ"}
MASKED = "•••"


@dataclass(frozen=True, slots=True)
class Place:
    """Where a value stands: page and box in points from the top left."""

    page: int
    x: float
    y: float
    width: float
    height: float


@dataclass(frozen=True, slots=True)
class Line:
    """One field or cell: what was read, how sure that is, what speaks against it, what the records say."""

    path: str
    label: str
    value: str
    raw: str
    typed: str
    certainty: str
    percent: int
    issues: tuple[Issue, ...]
    kept: str
    mark: str
    options: tuple[tuple[str, str], ...] = ()
    place: Place | None = None

    @property
    def id(self) -> str:
        """How the page names the line."""
        return "o-" + self.path.replace("[", "-").replace("]", "").replace(".", "-")

    @property
    def told(self) -> tuple[Issue, ...]:
        """Points in sentences; mere uncertainty is shown by word and bar."""
        return tuple(one for one in self.issues if one.code != UNSURE)

    @property
    def is_open(self) -> bool:
        """Whether somebody still has to decide."""
        return bool(self.issues)

    @property
    def is_must(self) -> bool:
        """Whether accepting is not enough."""
        return any(one.is_must for one in self.issues)

    @property
    def keys(self) -> str:
        """The points as they are shown now, for the answer to name them."""
        return " ".join(one.key for one in self.issues)

    @property
    def colour(self) -> str:
        """Colour of the certainty."""
        return _COLOURS[self.certainty]


@dataclass(frozen=True, slots=True)
class Row:
    """One row of the form's table, decided as a whole or cell by cell."""

    at: int
    cells: tuple[Line, ...]
    issues: tuple[Issue, ...]

    @property
    def path(self) -> str:
        """The row's place in the form."""
        return f"rows[{self.at}]"

    @property
    def id(self) -> str:
        """How the page names the row."""
        return f"o-rows-{self.at}"

    @property
    def number(self) -> int:
        """As people count."""
        return self.at + 1

    @property
    def is_open(self) -> bool:
        """Whether somebody still has to decide."""
        return bool(self.issues)

    @property
    def is_must(self) -> bool:
        """Whether something in it must be mended."""
        return any(one.is_must for one in self.issues)

    @property
    def told(self) -> tuple[Issue, ...]:
        """The first points in sentences; one row of a list may clash with a dozen others."""
        return self._points[:MOST_TOLD]

    @property
    def untold(self) -> int:
        """Points left out."""
        return max(0, len(self._points) - MOST_TOLD)

    @property
    def _points(self) -> tuple[Issue, ...]:
        return tuple(one for one in self.issues if one.code != UNSURE)

    @property
    def keys(self) -> str:
        """The points as they are shown now."""
        return " ".join(one.key for one in self.issues)

    @property
    def certainty(self) -> str:
        """The least sure of its cells."""
        found = {cell.certainty for cell in self.cells}
        return next(one for one in (UNREAD, LOOK, SURE) if one in found or one == SURE)

    @property
    def percent(self) -> int:
        """Certainty of the least sure cell."""
        return min((cell.percent for cell in self.cells), default=100)

    @property
    def colour(self) -> str:
        """Colour of the certainty."""
        return _COLOURS[self.certainty]


@dataclass(frozen=True, slots=True)
class Group:
    """Fields under one heading of the paper."""

    heading: str
    lines: tuple[Line, ...]


@dataclass(slots=True)
class Sheet:
    """All of a form's page at the right of the picture."""

    groups: list[Group] = field(default_factory=list)
    columns: tuple[FormField, ...] = ()
    rows: list[Row] = field(default_factory=list)
    whole: list[Issue] = field(default_factory=list)
    open_count: int = 0
    unsure_count: int = 0
    row_count: int = 0
    row_page: int = 1
    row_pages: int = 1
    open_pages: list[int] = field(default_factory=list)

    @property
    def only_unsure(self) -> bool:
        """Whether nothing speaks against any value that is still open."""
        return bool(self.unsure_count) and self.open_count == self.unsure_count

    @property
    def is_clear(self) -> bool:
        """Whether nothing is open."""
        return self.open_count == 0

    @property
    def places(self) -> list[tuple[str, Place]]:
        """Places of the lines on this page, for the frames."""
        lines = [one for group in self.groups for one in group.lines]
        lines += [cell for row in self.rows for cell in row.cells]
        return [(one.id, one.place) for one in lines if one.place is not None]


@dataclass(frozen=True, slots=True)
class _Ground:
    """What every line is made from."""

    form: ReturnedForm
    kind: FormKind
    reading: Reading
    acceptance: Acceptance
    kept: Mapping[str, object]
    by_path: Mapping[str, list[Issue]]
    decided: Mapping[str, str]
    places: Mapping[str, Sequence[float]]
    masked: bool


def sheet_of(form: ReturnedForm, *, row_page: int | None = None, masked: bool = False) -> Sheet:
    """The lines of a recognised form. ``masked``: personal data are not shown."""
    decisions = list(form.decisions.all())
    issues = open_issues(form) if form.state == FormState.NEEDS_REVIEW else []
    ground = _ground(form, decisions, issues, masked=masked)
    values: Mapping[str, Any] = form.values
    made = Sheet(
        columns=ground.kind.columns,
        open_count=len(issues),
        unsure_count=sum(one.code == UNSURE for one in issues),
    )
    for section in ground.kind.sections:
        lines = [
            _line(ground, one, one.key, values.get(one.key), ground.reading.fields.get(one.key))
            for one in section.fields
            if one.key in values
        ]
        if lines:
            made.groups.append(Group(section.heading, tuple(lines)))
    _add_rows(made, ground, removed_rows(decisions), row_page)
    made.whole = [one for one in issues if not any(_is_line(path) for path in one.paths)]
    return made


def _is_line(path: str) -> bool:
    """Whether a path is a field, a row or a cell that has a line of its own."""
    return bool(path) and path != "rows" and not path.startswith("rows.")


def _ground(
    form: ReturnedForm, decisions: list[ReviewDecision], issues: list[Issue], *, masked: bool
) -> _Ground:
    by_path: defaultdict[str, list[Issue]] = defaultdict(list)
    for issue in issues:
        for path in issue.paths:
            by_path[path].append(issue)
    decided = {
        one.path: _MARKS[Action(one.action)]
        for one in decisions
        if one.path and one.action in _MARKS and not one.path.startswith("rows[")
    }
    kept: Mapping[str, object] = {}
    if form.state == FormState.NEEDS_REVIEW:
        checked = check_values(form.kind, form.values, record=issued_for(form), on=day_of(form))
        kept = record_values(form.kind, Values(form.values), checked.known)
    view = PaperView.objects.filter(received=form.received_id).first()
    places = (view.places or {}).get(str(form.position), {}) if view else {}
    return _Ground(
        form, get_form(form.kind), restored(form.reading), acceptance(), kept, by_path, decided,
        places, masked,
    )  # fmt: skip


def _line(
    ground: _Ground,
    spec: FormField,
    path: str,
    value: object,
    read: FieldReading | None,
    *,
    origin: str = "",
) -> Line:
    """``origin``: the path in the reading, where rows before it have been taken out."""
    issues = tuple(ground.by_path.get(path, ()))
    hidden = ground.masked and spec.personal and value is not None
    said = MASKED if hidden else shown(spec, value)
    kept = ground.kept.get(path)
    # What the form leaves blank changes nothing, so it is no difference.
    differs = None not in (kept, value) and shown(spec, kept) != shown(spec, value)
    return Line(
        path=path,
        label=f"{spec.header}: {spec.label_vi}" if spec.header else spec.label_vi,
        value=said,
        raw="" if hidden or read is None or read.raw == said else read.raw,
        typed="" if hidden else _typed(spec, value, said),
        certainty=_certainty(ground, spec, value, read, is_open=bool(issues)),
        percent=_percent(value, read),
        issues=issues,
        kept=(MASKED if ground.masked and spec.personal else shown(spec, kept)) if differs else "",
        mark=ground.decided.get(path, ""),
        options=_options(spec),
        place=_place(ground, origin or path, read),
    )


def _typed(spec: FormField, value: object, said: str) -> str:
    """What stands in the box when a value is mended: codes for lists, words for all else."""
    if spec.kind is FieldKind.ENUM:
        return str(value or "")
    return said


def _options(spec: FormField) -> tuple[tuple[str, str], ...]:
    if spec.kind is FieldKind.BOOLEAN:
        return (("Có", "Có"), ("Không", "Không"))
    return tuple((one.code, one.label_vi) for one in spec.options)


def _certainty(
    ground: _Ground, spec: FormField, value: object, read: FieldReading | None, *, is_open: bool
) -> str:
    """A word for the bar; what the records or a rule speak against is to be looked at, however well it was read."""
    if read is None or value != read.value:
        return LOOK if is_open else SURE  # a person has written it
    if value is None and read.raw:
        return UNREAD
    threshold = ground.acceptance.threshold(ground.form.kind, spec.key)
    return LOOK if is_open or read.confidence < threshold else SURE


def _percent(value: object, read: FieldReading | None) -> int:
    if read is None or value != read.value:
        return 100
    return 0 if value is None and read.raw else int(100 * read.confidence)


def _place(ground: _Ground, path: str, read: FieldReading | None) -> Place | None:
    found = ground.places.get(path)
    if found is not None:
        page, left, top, right, bottom = found
    elif read is not None and read.page and read.box:
        page, (left, top, right, bottom) = read.page, read.box
    else:
        return None
    return Place(
        int(page), round(left, 1), round(top, 1), round(right - left, 1), round(bottom - top, 1)
    )


def _add_rows(made: Sheet, ground: _Ground, removed: tuple[int, ...], row_page: int | None) -> None:
    """A page of the table's rows: the one asked for, else the first on which something is open."""
    rows: Sequence[Mapping[str, Any]] = ground.form.values.get("rows") or []
    moved = Moved(removed)
    read_at = {
        now: (at, row)
        for at, row in enumerate(ground.reading.rows or ())
        if (now := moved.now(at)) is not None
    }
    made.row_count = len(rows)
    made.row_pages = max(1, -(-len(rows) // ROWS))
    made.open_pages = sorted({at // ROWS + 1 for at in _open_rows(ground.by_path)})
    wanted = row_page or next(iter(made.open_pages), 1)
    made.row_page = min(max(1, wanted), made.row_pages)
    start = (made.row_page - 1) * ROWS
    for at, row in enumerate(rows[start : start + ROWS], start=start):
        was, read = read_at.get(at, (at, {}))
        cells = tuple(
            _line(
                ground, one, f"rows[{at}].{one.key}", row.get(one.key), read.get(one.key),
                origin=f"rows[{was}].{one.key}",
            )
            for one in ground.kind.columns
        )  # fmt: skip
        about = [
            *ground.by_path.get(f"rows[{at}]", ()),
            *(i for cell in cells for i in cell.issues),
        ]
        made.rows.append(Row(at, cells, tuple({one.key: one for one in about}.values())))


def _open_rows(by_path: Iterable[str]) -> set[int]:
    """Numbers of rows with something open."""
    found = set()
    for path in by_path:
        number = path.removeprefix("rows[").partition("]")[0]
        if path.startswith("rows[") and number.isdigit():
            found.add(int(number))
    return found

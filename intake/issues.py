"""What is open about a returned form, what the decisions have settled, and paths into its values. Pure."""

from __future__ import annotations

import hashlib
import json
import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from core.errors import NotFound, Problem
from core.forms import FormField, FormKind, Values, get_form
from intake.extract.assemble import Acceptance
from intake.reading import FieldReading, Reading

#: Nobody can accept these away: there is nowhere to write to, or the records do not take it.
MUST = frozenset({"no_record", "case_closed", "not_recognised", "no_name"})
#: A value that nothing speaks against, but that is less certain than the office asks for.
UNSURE = "unsure"
_PATH = re.compile(r"(?:rows\[(?P<at>\d+)\](?:\.(?P<column>\w+))?|(?P<key>\w+))")


@dataclass(frozen=True, slots=True)
class Issue:
    """One open point: its key, code, Vietnamese sentence, and the paths concerned (none: the whole form)."""

    key: str
    code: str
    message: str
    paths: tuple[str, ...]

    @property
    def is_must(self) -> bool:
        """Whether it has to be mended; accepting is not enough."""
        return self.code in MUST

    def as_json(self) -> dict[str, object]:
        """For scripts."""
        return {
            "code": self.code,
            "fields": list(self.paths),
            "message": self.message,
            "must_be_mended": self.is_must,
        }


def issue_of(problem: Problem) -> Issue:
    """A problem with its key: the same sentence about the same fields is the same issue."""
    text = "\n".join((problem.code, *problem.fields, problem.message))
    key = f"{problem.code}:{hashlib.sha256(text.encode()).hexdigest()[:16]}"
    return Issue(key, problem.code, problem.message, problem.fields)


@dataclass(frozen=True, slots=True)
class Path:
    """A place in a form's values: a field, a row, or a cell."""

    key: str = ""
    at: int | None = None
    column: str = ""

    def __str__(self) -> str:
        if self.at is None:
            return self.key
        return f"rows[{self.at}]" + (f".{self.column}" if self.column else "")


def parse_path(text: str, form: FormKind) -> Path:
    """`tax_code`, `rows[2]` or `rows[2].dob`. Raises NotFound naming what there is."""
    found = _PATH.fullmatch(text.strip())
    keys = {one.key for one in form.fields}
    columns = {one.key for one in form.columns}
    if found is not None:
        if found["key"] in keys:
            return Path(key=found["key"])
        if found["at"] and (not found["column"] or found["column"] in columns):
            return Path(at=int(found["at"]), column=found["column"] or "")
    known = ", ".join([*sorted(keys), *(f"rows[0].{one}" for one in sorted(columns))])
    raise NotFound(f"Biểu mẫu không có mục “{text}”. Các mục: {known}.", facts={"field": text})


def field_of(path: Path, form: FormKind) -> FormField:
    """The declaration of a field or column."""
    return form.field(path.key) if path.at is None else form.column(path.column)


def label_of(path: str, form: FormKind) -> str:
    """A path in words: `Mã số thuế`, `dòng 3, Ngày sinh`."""
    try:
        place = parse_path(path, form)
    except NotFound:
        return path
    if place.at is None:
        return form.field(place.key).label_vi
    row = f"dòng {place.at + 1}"
    return f"{row}, {form.column(place.column).label_vi}" if place.column else row


def value_at(values: Mapping[str, Any], path: Path) -> object:
    """The value there; a row gives all its cells. Raises NotFound for a row that is not there."""
    if path.at is None:
        return values.get(path.key)
    rows = values.get("rows") or []
    if path.at >= len(rows):
        raise NotFound(f"Biểu mẫu chỉ có {len(rows)} dòng.", facts={"field": str(path)})
    return rows[path.at].get(path.column) if path.column else dict(rows[path.at])


def with_value(values: Mapping[str, Any], path: Path, value: object) -> dict[str, Any]:
    """The values with another one there. The row after the last one is added."""
    made = {**values}
    if path.at is None:
        made[path.key] = value
        return made
    rows = [dict(row) for row in values.get("rows") or []]
    if path.at == len(rows):
        rows.append({})
    elif path.at > len(rows):
        raise NotFound(f"Biểu mẫu chỉ có {len(rows)} dòng.", facts={"field": str(path)})
    rows[path.at][path.column] = value
    return {**made, "rows": rows}


def without_row(values: Mapping[str, Any], at: int) -> dict[str, Any]:
    """The values without that row."""
    rows = list(values.get("rows") or [])
    return {**values, "rows": rows[:at] + rows[at + 1 :]}


def rule_problems(kind: str, values: Mapping[str, object], on: Any) -> list[Problem]:
    """The cross-field rules of the form itself over the values as they are now."""
    return get_form(kind).check(Values(values), on)


@dataclass(frozen=True, slots=True)
class Moved:
    """Where rows of the reading are after the removals, in their order."""

    removed: tuple[int, ...] = ()

    def now(self, at: int) -> int | None:
        """The place of a row of the reading; None when it was taken out."""
        for gone in self.removed:
            if at == gone:
                return None
            at -= at > gone
        return at


def reading_issues(
    reading: Reading, *, acceptance: Acceptance, moved: Moved, on: Any
) -> list[Issue]:
    """What the reading itself left open: doubts and low certainty of single values, and its structure.

    The form's own rules are left out: they are run over the values as they are now.
    """
    problems: list[Problem] = []
    for key, one in reading.fields.items():
        problems += _value_problems(one, key, acceptance.threshold(reading.kind, key))
    for at, row in enumerate(reading.rows or ()):
        place = moved.now(at)
        if place is None:
            continue
        for key, one in row.items():
            path = f"rows[{place}].{key}"
            problems += _value_problems(one, path, acceptance.threshold(reading.kind, key))
    by_rule = {(one.code, one.fields) for one in rule_problems(reading.kind, reading.values(), on)}
    problems += [one for one in reading.problems if (one.code, one.fields) not in by_rule]
    return [issue_of(one) for one in problems]


def _value_problems(one: FieldReading, path: str, threshold: float) -> list[Problem]:
    found = [Problem(problem.code, problem.message, (path,)) for problem in one.problems]
    if not found and one.confidence < threshold:
        percent = f"{100 * one.confidence:.1f}".replace(".", ",")
        found.append(Problem(UNSURE, f"Chưa chắc giá trị này ({percent} %).", (path,)))
    return found


def values_hash(values: Mapping[str, object]) -> str:
    """The same for two forms that say the same; what was left blank does not count."""
    return hashlib.sha256(
        json.dumps(_said(values), ensure_ascii=False, sort_keys=True).encode()
    ).hexdigest()


def _said(value: object) -> object:
    if isinstance(value, Mapping):
        return {key: _said(one) for key, one in value.items() if one not in (None, "")}
    if isinstance(value, list | tuple):
        return [_said(one) for one in value]
    return int(value) if isinstance(value, float) and value.is_integer() else value


def token_of(touched: object) -> str:
    """Stands for what a form was compared with in the records."""
    return hashlib.sha256(
        json.dumps(touched, ensure_ascii=False, sort_keys=True).encode()
    ).hexdigest()


def differences(
    before: Mapping[str, Any], after: Mapping[str, Any], form: FormKind
) -> list[Problem]:
    """Where a form sent again says something else than the earlier one."""
    problems = [
        _difference(one.label_vi, before.get(one.key), after.get(one.key), one.key)
        for one in form.fields
        if _said(before.get(one.key)) != _said(after.get(one.key))
    ]
    old, new = before.get("rows") or [], after.get("rows") or []
    if len(old) != len(new):
        message = f"Lần gửi trước có {len(old)} dòng, lần này {len(new)} dòng."
        problems.append(Problem("revision", message, ("rows",)))
    for at, (was, now) in enumerate(zip(old, new, strict=False)):
        problems += [
            _difference(
                f"Dòng {at + 1}, {one.label_vi}",
                was.get(one.key),
                now.get(one.key),
                f"rows[{at}].{one.key}",
            )
            for one in form.columns
            if _said(was.get(one.key)) != _said(now.get(one.key))
        ]
    return problems


def _difference(label: str, was: object, now: object, path: str) -> Problem:
    # Values are not repeated here: the reader sees both beside each other, and lists show no personal data.
    blank = "để trống"
    how = (
        f"trước {blank}"
        if was in (None, "")
        else f"nay {blank}"
        if now in (None, "")
        else "giá trị khác"
    )
    return Problem("revision", f"{label}: khác lần gửi trước ({how}).", (path,))


def problems_json(problems: Iterable[Problem]) -> list[list[object]]:
    """Problems as they are stored."""
    return [[one.code, one.message, list(one.fields)] for one in problems]


def stored_problems(rows: Sequence[Sequence[Any]]) -> list[Problem]:
    """Problems from what was stored."""
    return [Problem(str(code), str(text), tuple(map(str, paths))) for code, text, paths in rows]

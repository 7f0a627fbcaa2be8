"""Data -> checked data -> context -> Word file: the pure way `docgen make` and the store both take."""

from __future__ import annotations

import hashlib
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import UTC, date, datetime, time
from pathlib import Path

from core.errors import DataIncomplete, NotFound, Problem
from core.validation import Checked, check_data, require
from docgen.engine import compiled
from docgen.kinds import get_kind
from docgen.kinds.base import Data, DocumentKind, Numbering
from docgen.kinds.common import day, shared_problems


@dataclass(frozen=True, slots=True)
class Made:
    """A finished Word file, the SHA-256 (hex) of it and of the template it was made from.

    ``warnings``: what a person should look at; the paper is whole all the same.
    """

    docx: bytes
    sha256: str
    template_sha256: str
    warnings: tuple[Problem, ...] = ()


def checked_data(kind: DocumentKind, data: Mapping[str, object], numbering: Numbering) -> Data:
    """Data of the right shape that agrees in itself.

    Shape and cross-field rules are checked together, against the issue date if there is one. Raises
    DataIncomplete naming every field that is missing or wrong.
    """
    fields = kind.schema.fields
    checked = check_data(fields, data)
    plain = dict(checked.data)
    if numbering.on is not None:
        plain["intended_date"] = numbering.on.isoformat()
    named = {_root(key) for key in (*checked.missing, *checked.wrong)}
    problems = [
        problem
        for problem in (*shared_problems(kind.schema, plain), *kind.check(plain))
        if not named & {_root(key) for key in problem.fields}
    ]
    if problems:
        raise _incomplete(kind, checked, problems)
    require(checked, fields)
    return plain


def _root(path: str) -> str:
    """``members[2].full_name`` -> ``members``."""
    return path.partition("[")[0].partition(".")[0]


def _incomplete(
    kind: DocumentKind, checked: Checked, problems: Sequence[Problem]
) -> DataIncomplete:
    """One error for shape and agreement: a clerk mends everything in one go."""
    missing, wrong = list(checked.missing), dict(checked.wrong)
    for problem in problems:
        if problem.code.startswith("missing_"):
            missing += [key for key in problem.fields if key not in missing]
            continue
        for key in problem.fields:
            wrong[key] = f"{wrong[key]} {problem.message}" if key in wrong else problem.message
    sentences = [problem.message for problem in problems]
    if not checked.ok:
        try:
            require(checked, kind.schema.fields)
        except DataIncomplete as shape:
            sentences.insert(0, shape.message)
    return DataIncomplete(" ".join(sentences), missing=missing, wrong=wrong)


def load_template(templates: Path, name: str) -> bytes:
    """Bytes of ``<templates>/<name>.docx``. Raises NotFound if the office has no such template."""
    path = templates / f"{name}.docx"
    if not path.is_file():
        raise NotFound(f"Không có mẫu “{name}.docx” trong thư mục mẫu.", facts={"template": name})
    return path.read_bytes()


def _stamp(on: date | None) -> datetime | None:
    """The paper's own date as the file's creation time: no clock, so the bytes repeat."""
    return datetime.combine(on, time(), tzinfo=UTC) if on else None


def make_document(
    kind: str, data: Mapping[str, object], *, numbering: Numbering, templates: Path
) -> Made:
    """Make one paper from data alone; the same input gives the same bytes.

    Raises NotFound (kind, template), DataIncomplete (data), TemplateError and MissingValues (template).
    """
    known = get_kind(kind)
    plain = checked_data(known, data, numbering)
    if numbering.on is None:
        numbering = replace(numbering, intended_date=day(plain, "intended_date"))
    template = load_template(templates, known.template(plain))
    template_sha256 = hashlib.sha256(template).hexdigest()
    rendered = compiled(template).render(
        known.context(plain, numbering), stamp=_stamp(numbering.on)
    )
    return Made(rendered.docx, rendered.sha256, template_sha256, known.warnings(plain))

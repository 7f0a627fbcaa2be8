"""Data -> checked data -> context -> Word file: the pure way `docgen make` and the store both take."""

from __future__ import annotations

import hashlib
from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import UTC, date, datetime, time
from pathlib import Path

from core.errors import DataIncomplete, NotFound, Problem
from core.validation import check_data, require
from docgen.engine import CompiledTemplate, compile_template
from docgen.kinds import get_kind
from docgen.kinds.base import Data, DocumentKind, Numbering
from docgen.kinds.common import day


@dataclass(frozen=True, slots=True)
class Made:
    """A finished Word file, and the SHA-256 (hex) of it and of the template it was made from."""

    docx: bytes
    sha256: str
    template_sha256: str


def checked_data(kind: DocumentKind, data: Mapping[str, object], numbering: Numbering) -> Data:
    """Data of the right shape that agrees in itself.

    Shape first, then every cross-field problem at once, against the issue date if there is one. Raises
    DataIncomplete naming all fields.
    """
    fields = kind.schema.fields
    plain = dict(require(check_data(fields, data), fields))
    deciding = numbering.on
    if deciding is not None:
        plain["intended_date"] = deciding.isoformat()
    problems = kind.check(plain)
    if problems:
        raise _incomplete(kind, problems)
    return plain


def _incomplete(kind: DocumentKind, problems: tuple[Problem, ...]) -> DataIncomplete:
    wrong: dict[str, str] = {}
    for problem in problems:
        for key in problem.fields or ("",):
            wrong[key] = f"{wrong[key]} {problem.message}" if key in wrong else problem.message
    sentences = " ".join(problem.message for problem in problems)
    return DataIncomplete(f"{kind.schema.label_vi}: dữ liệu chưa khớp. {sentences}", wrong=wrong)


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
    compiled: CompiledTemplate = compile_template(template)
    rendered = compiled.render(known.context(plain, numbering), stamp=_stamp(numbering.on))
    return Made(rendered.docx, rendered.sha256, template_sha256)

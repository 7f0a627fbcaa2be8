"""What a batch lacks as people read it: a line for each field, and the table as a workbook."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from core.sheets import Column, ColumnKind, SheetData, write_book
from core.validation import path_label
from docgen.kinds import get_kind
from docgen.models import Batch
from docgen.services.batches import ItemProblem

_HOW = {
    "earlier_paper_missing": "Phát hành văn bản được dẫn chiếu trước, rồi làm lại (batch retry).",
    "not_found": "Bổ sung hồ sơ còn thiếu, rồi kiểm tra lại.",
}
_FILL, _MEND = "Bổ sung vào hồ sơ.", "Sửa trong hồ sơ."


@dataclass(frozen=True, slots=True)
class ProblemLine:
    """One line of the table: of which record, which field, what is wrong, what to do."""

    position: int
    record: str
    field: str
    message: str
    todo: str


def problem_lines(problems: Iterable[ItemProblem], *, kind: str = "") -> list[ProblemLine]:
    """One line a field; a fault that names none has one line of its own."""
    return [line for problem in problems for line in _lines(problem, kind)]


def _lines(problem: ItemProblem, kind: str) -> Iterable[ProblemLine]:
    missing, wrong = problem.facts.get("missing"), problem.facts.get("wrong")
    found = False
    for key in missing if isinstance(missing, list | tuple) else ():
        found = True
        yield ProblemLine(problem.position, problem.record, _label(kind, key), "Còn thiếu", _FILL)
    for key, reason in (wrong if isinstance(wrong, Mapping) else {}).items():
        found = True
        yield ProblemLine(problem.position, problem.record, _label(kind, key), str(reason), _MEND)
    if not found:
        todo = _HOW.get(problem.code, _MEND)
        yield ProblemLine(problem.position, problem.record, "", problem.message, todo)


def _label(kind: str, key: object) -> str:
    return path_label(get_kind(kind).schema.fields, str(key)) if kind else str(key)


_COLUMNS = (
    Column("Thứ tự", ColumnKind.INTEGER, 8),
    Column("Hồ sơ", width=24),
    Column("Mục", width=30),
    Column("Vấn đề", width=70),
    Column("Việc cần làm", width=50),
)


def problem_sheet(batch: Batch, lines: Sequence[ProblemLine]) -> bytes:
    """The table of what is missing as an .xlsx file."""
    title = (f"HỒ SƠ CHƯA ĐỦ CỦA ĐỢT {batch.pk}", get_kind(batch.kind).schema.label_vi)
    rows = [(line.position, line.record, line.field, line.message, line.todo) for line in lines]
    return write_book([SheetData("Hồ sơ chưa đủ", _COLUMNS, rows, title=title, landscape=True)])

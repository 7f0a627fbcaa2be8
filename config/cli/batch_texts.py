"""Batches as people read them: status, progress, and the table of what is missing."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from core.sheets import Column, ColumnKind, SheetData, write_book
from core.validation import path_label
from docgen.kinds import get_kind
from docgen.models import Batch, BatchState
from docgen.services.batches import ItemProblem, Placed

_ORDER_SHOWN = 10
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


def check_text(lines: Sequence[ProblemLine], order: Sequence[Placed]) -> str:
    """What is missing, then the order in which the complete ones will be numbered."""
    text = [
        f"{line.record}  {f'{line.field}: ' if line.field else ''}{line.message}  → {line.todo}"
        for line in lines
    ] or ["Tất cả hồ sơ đã đủ."]
    text.append(f"Thứ tự cấp số ({len(order)} văn bản):")
    text += [f"  {one.place:>6}. {one.record}" for one in order[:_ORDER_SHOWN]]
    if len(order) > _ORDER_SHOWN:
        text.append(f"  …    {len(order):>6}. {order[-1].record} (xem đủ bằng --json)")
    if lines and order:
        text.append("Có thể chạy tiếp với các hồ sơ đã đủ (batch run); hồ sơ lỗi không chiếm số.")
    return "\n".join(text)


def status_text(status: Mapping[str, object]) -> str:
    """The status as people read it."""
    line = progress_text(status)
    if isinstance(status["numbers"], list):
        line += f" Số từ {status['numbers'][0]} đến {status['numbers'][1]}."
    if status["consequences_due"]:
        line += (
            f" {status['consequences_due']} văn bản đã có số còn chờ bản chính thức và ghi hệ quả vào hồ sơ "
            "(docgen sweep)."
        )
    pdf = status["pdf"]
    if isinstance(pdf, Mapping) and any(pdf.values()):
        line += f" PDF: {pdf_line(pdf)}."
    failures = status["failures"]
    if isinstance(failures, list):
        line += "".join(f"\n  {f['record']}: {f['message']}" for f in failures)
    return line


def pdf_line(counts: Mapping[str, int]) -> str:
    """How far the PDFs are."""
    return (
        f"{counts['done']} xong, {counts['waiting']} chờ, {counts['running']} đang làm, "
        f"{counts['failed']} lỗi"
    )


def progress_text(status: Mapping[str, object]) -> str:
    """Counts, rate and remaining time on one line."""
    label = BatchState(str(status["state"])).label
    line = (
        f"Đợt {status['id']} ({status['kind']}): {label}. {status['done']}/{status['total']} xong, "
        f"{status['waiting']} chờ, {status['running']} đang làm, {status['failed']} lỗi."
    )
    if status["rate_per_s"] and status["waiting"]:
        line += f" {status['rate_per_s']} văn bản/giây."
    if status["remaining_s"]:
        line += f" Còn khoảng {status['remaining_s']} giây."
    return line

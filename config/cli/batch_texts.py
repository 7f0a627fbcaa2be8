"""Batches as people read them on a terminal: status, progress, what is missing."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from docgen.models import BatchState
from docgen.services.batch_problems import ProblemLine
from docgen.services.batches import Placed

_ORDER_SHOWN = 10


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

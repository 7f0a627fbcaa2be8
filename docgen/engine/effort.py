"""A bound on the work of one rendering: no template, however written, runs for ever or fills the memory. Pure.

Counted in steps: an entry that a loop or a filter goes through, a call, 64 letters made or printed. The largest real
document (an annex of 5,000 rows with 20 columns) takes less than a third of what is allowed.
"""

from __future__ import annotations

from docgen.engine.errors import UnsafeTemplate
from docgen.engine.missing import current

MAX_STEPS = 4_000_000
LETTERS = 64  # that count as one step
CALL = 8  # steps of a call
LONG = 1024  # bytes of a value: shorter ones are counted with the loop they stand in
MAX_BITS = 4096  # of a product of whole numbers


def spend(steps: int) -> None:
    """Count steps of the rendering that is going on. Raises ``UnsafeTemplate`` past the bound."""
    recorder = current.get()
    if recorder is None:  # Jinja tries constant expressions at compile time
        if steps > MAX_STEPS // 1000:
            raise UnsafeTemplate("Biểu thức quá tốn công")
        return
    recorder.steps += steps
    if recorder.steps > MAX_STEPS:
        message = "Mẫu lặp quá nhiều lần hoặc in ra quá nhiều chữ; kiểm tra các vòng lặp lồng nhau"
        raise UnsafeTemplate(message)


def spend_on(*values: object) -> None:
    """Count what going through these values takes: entries of lists, letters of texts."""
    steps = 1
    for value in values:
        if isinstance(value, str):
            steps += len(value) // LETTERS
        elif isinstance(value, (list, tuple, dict, range)):
            steps += len(value)
    spend(steps)


def gone_through(value: object) -> object:
    """The value of ``x in value``, counted."""
    spend_on(value)
    return value


def plus(left: object, right: object) -> object:
    """``left + right``; doubling a text or a list again and again comes to its end."""
    if isinstance(left, (str, list, tuple)):
        spend_on(left, right)
    return left + right  # type: ignore[operator]


def check_product(left: object, right: object) -> None:
    """Whole numbers may not grow without end either."""
    whole = isinstance(left, int) and isinstance(right, int)
    if whole and left.bit_length() + right.bit_length() > MAX_BITS:  # type: ignore[attr-defined]
        raise UnsafeTemplate("Phép nhân cho ra số quá lớn")

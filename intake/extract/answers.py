"""Which cell of a row answers its label: past a colon of its own, in a column for yes or no, never in one for remarks.

Pure.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace

from core.forms import FormField
from core.forms.shown import NO, YES
from core.letters import clean_line, fold
from core.schema import FieldKind
from intake.readers.raw import Cell

_COLONS = frozenset({":", "："})
_REMARKS = frozenset({"ghi chú", "gc", "ghi chú khác"})
#: A head stands in the first rows of its table.
_SEARCHED = 3
UNSURE = (
    "Ô cạnh tên mục để trống nhưng phía sau có chữ; không rõ đó có phải là giá trị của mục này."
)


@dataclass(frozen=True, slots=True)
class Heads:
    """Columns for ticks of yes and no, and for remarks, as the head of a table names them."""

    yes: int | None = None
    no: int | None = None
    remarks: frozenset[int] = frozenset()


def heads_of(rows: Sequence[Sequence[Cell | None]]) -> Heads:
    """What the head of a table says; nothing where it says neither."""
    for row in rows[:_SEARCHED]:
        named = {
            fold(clean_line(one.text)).strip(" .:"): one.column for one in row if one is not None
        }
        remarks = frozenset(at for words, at in named.items() if words in _REMARKS)
        yes, no = named.get(fold(YES)), named.get(fold(NO))
        # Side by side: with a label between them they are answers to two questions.
        if yes is not None and no is not None and abs(yes - no) == 1:
            return Heads(yes, no, remarks)
        if remarks and len(named) > 2:  # noqa: PLR2004 - a field of that name has no head beside it
            return Heads(remarks=remarks)
    return Heads()


def answer_to(
    field: FormField,
    following: Sequence[Cell],
    heads: Heads,
    *,
    is_label: Callable[[Cell], bool],
) -> tuple[Cell, int, str] | None:
    """The cell that answers, how many of the cells after the label are used up, and why it is unsure.

    None where another label follows at once, or nothing.
    """
    stop = next((at for at, one in enumerate(following) if is_label(one)), len(following))
    cells = [one for one in following[:stop] if clean_line(one.text) not in _COLONS]
    cells = [one for one in cells if one.column not in heads.remarks]
    if not cells:
        return None
    marks = [one for one in cells if one.column in {heads.yes, heads.no}]
    if field.kind is FieldKind.BOOLEAN and any(clean_line(one.text) for one in marks):
        said = [YES if one.column == heads.yes else NO for one in marks if clean_line(one.text)]
        return replace(marks[0], text=" ".join(said), native=None), stop, ""
    cells = [one for one in cells if one not in marks or clean_line(one.text)] or cells
    best = cells[0]
    blank = not clean_line(best.text) and not best.controls
    unsure = UNSURE if blank and any(clean_line(one.text) for one in cells[1:]) else ""
    return best, following.index(best) + 1, unsure

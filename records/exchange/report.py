"""What an import says afterwards: the counts, every error at its cell, and, for a preview, every change."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from core.errors import UserError


@dataclass(frozen=True, slots=True)
class SheetError:
    """One thing wrong with a workbook: where it is (``column`` is the letter, empty for a whole row)."""

    sheet: str
    row: int
    column: str
    header: str
    value: str
    message_vi: str

    def __str__(self) -> str:
        place = f"trang {self.sheet}"
        if self.row:
            place += f", ô {self.column}{self.row}" if self.column else f", dòng {self.row}"
        return f"{place}: {self.message_vi}"


class ImportRefused(UserError):
    """The workbook has errors; nothing was taken. ``errors`` has them all, in the order of the file."""

    code = "import_refused"

    def __init__(self, errors: Iterable[SheetError]) -> None:
        self.errors = tuple(errors)
        wrong: dict[str, str] = {}
        for e in self.errors:
            place = f"{e.sheet}!{e.column}{e.row or ''}".rstrip("!")
            wrong[place] = f"{wrong[place]} {e.message_vi}" if place in wrong else e.message_vi
        facts: dict[str, object] = {
            "wrong": wrong,
            "errors": [
                {
                    "sheet": e.sheet, "row": e.row, "column": e.column, "header": e.header,
                    "value": e.value, "message": e.message_vi,
                }
                for e in self.errors
            ]
        }  # fmt: skip
        super().__init__(
            f"Tệp có {len(self.errors)} lỗi nên chưa nhập gì. Lỗi đầu tiên: {self.errors[0]}",
            facts=facts,
        )


@dataclass(frozen=True, slots=True)
class SheetCount:
    """What was taken from one sheet."""

    sheet: str
    created: int
    changed: int
    unchanged: int


@dataclass(frozen=True, slots=True)
class ImportReport:
    """What was taken, sheet by sheet."""

    sheets: tuple[SheetCount, ...]

    @property
    def created(self) -> int:
        """New rows."""
        return sum(count.created for count in self.sheets)

    @property
    def changed(self) -> int:
        """Rows that got other values."""
        return sum(count.changed for count in self.sheets)

    @property
    def unchanged(self) -> int:
        """Rows that were so already."""
        return sum(count.unchanged for count in self.sheets)


@dataclass(frozen=True, slots=True)
class CellChange:
    """One cell that says something else than the store: texts as the workbook shows them."""

    header: str
    before: str
    after: str


@dataclass(frozen=True, slots=True)
class RowChange:
    """One row that is new or changes. ``cells`` are those that differ; of a new row, all that are filled."""

    sheet: str
    row: int
    is_new: bool
    cells: tuple[CellChange, ...]


@dataclass(frozen=True, slots=True)
class Preview:
    """What an import would do: counts, the first changes, and the errors for which nothing would be taken."""

    report: ImportReport
    changes: tuple[RowChange, ...]
    errors: tuple[SheetError, ...]

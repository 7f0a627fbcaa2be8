"""What was found for one field or cell, before anybody says what it means."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum

from intake.readers.raw import Box, Native


class By(StrEnum):
    """How a value was found, from the surest to the least sure."""

    CONTROL = "control"  # in the content control of that key
    CELL = "cell"  # in the cell beside its label, or in its column
    LINE = "line"  # after its label on the same line
    NEXT = "next"  # on the line after its label
    SENTENCE = "sentence"  # after a label without a colon


@dataclass(frozen=True, slots=True)
class Found:
    """The text of one field as written, leader dots and all, and where it stands."""

    text: str
    by: By
    page: int | None = None
    box: Box | None = None
    native: Native = None
    number_format: str = ""
    checked: bool | None = None
    choice: str | None = None
    hidden: bool = False
    #: Why a person must look, whatever the text means; and what was written where it stands for something else.
    unsure: str = ""
    written: str = ""

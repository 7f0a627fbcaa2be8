"""A value read from a form, and what is doubtful about it."""

from __future__ import annotations

from dataclasses import dataclass

Value = str | int | float | bool | None


@dataclass(frozen=True, slots=True)
class Doubt:
    """Something to be looked at: a stable code and a Vietnamese sentence. ``light`` alone opens no review."""

    code: str
    message: str
    light: bool = False


@dataclass(frozen=True, slots=True)
class Meaning:
    """The value, its text as written, and what is doubtful. A blank is None with an empty text."""

    value: Value
    raw: str
    doubts: tuple[Doubt, ...] = ()

    @property
    def blank(self) -> bool:
        """Nothing was written."""
        return self.value is None and not self.raw

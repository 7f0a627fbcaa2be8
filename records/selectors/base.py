"""What selectors share."""

from __future__ import annotations

from typing import Protocol


class Identified(Protocol):
    """A snapshot or a row: anything with the number of its row."""

    @property
    def id(self) -> int:
        """Number of the row."""

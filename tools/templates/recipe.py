"""What a template recipe is."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from collections.abc import Callable


@dataclass(frozen=True, slots=True)
class Recipe:
    """How one shipped template is made: its Vietnamese title, version and a function that gives the document."""

    title: str
    make: Callable[[], Any]
    version: int = 1

"""What a template recipe is."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any


@dataclass(frozen=True, slots=True)
class Recipe:
    """How one shipped template is made: its Vietnamese title, version and a function that gives the document."""

    title: str
    make: Callable[[], Any]
    version: int = 1

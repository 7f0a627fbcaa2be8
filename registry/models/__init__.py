"""Tables of the registry: number series, official numbers, registers, stored files."""

from __future__ import annotations

from registry.models.files import StoredFile
from registry.models.numbers import Direction, NumberSeries, NumberState, OfficialNumber
from registry.models.registers import IncomingEntry, OutgoingEntry

__all__ = [
    "Direction",
    "IncomingEntry",
    "NumberSeries",
    "NumberState",
    "OfficialNumber",
    "OutgoingEntry",
    "StoredFile",
]

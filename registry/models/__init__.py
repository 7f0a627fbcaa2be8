"""Tables of the registry: number series, official numbers, registers, stored files, forms given out."""

from __future__ import annotations

from registry.models.files import StoredFile
from registry.models.forms import FormRound, IssuedForm
from registry.models.numbers import Direction, NumberSeries, NumberState, OfficialNumber
from registry.models.registers import IncomingEntry, OutgoingEntry

__all__ = [
    "Direction",
    "FormRound",
    "IncomingEntry",
    "IssuedForm",
    "NumberSeries",
    "NumberState",
    "OfficialNumber",
    "OutgoingEntry",
    "StoredFile",
]

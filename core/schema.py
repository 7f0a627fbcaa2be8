"""Schema types shared by document kinds and form kinds, their JSON Schema, and one validator.

Pure. A kind declares its fields once; the command line, the desk, the checker and the forms follow it.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from enum import StrEnum


class FieldKind(StrEnum):
    """What a value is. JSON shapes follow contract.md §4."""

    TEXT = "text"
    INTEGER = "integer"
    MONEY = "money"  # whole VND
    DATE = "date"  # YYYY-MM-DD
    PARTIAL_DATE = "partial_date"  # YYYY-MM-DD, YYYY-MM or YYYY
    TIME = "time"  # HH:MM
    BOOLEAN = "boolean"
    ENUM = "enum"
    TAX_CODE = "tax_code"
    ID_NUMBER = "id_number"
    PHONE = "phone"
    PICTURE = "picture"  # a PNG or JPEG file as base64
    PERIOD = "period"  # 2024-05, 2024-Q2, 2024-H1, 2024-9M, 2024 or two days with a slash
    TERM = "term"  # 2024-2028
    RATE = "rate"  # percentage with at most two decimals
    TEXT_LIST = "text_list"  # list of text
    ROWS = "rows"  # list of objects, fields in `item`
    GROUP = "group"  # one object, fields in `item`


@dataclass(frozen=True, slots=True)
class Choice:
    """One value of an enumeration: the stored code and its Vietnamese label."""

    code: str
    label_vi: str


@dataclass(frozen=True, slots=True)
class FieldSpec:
    """One field: stable English key, kind, Vietnamese label, and where its value comes from.

    ``item`` holds the columns of ROWS and the members of GROUP. ``minimum`` bounds integers and money
    and, for lists, the number of entries. ``max_length`` is in characters.
    """

    key: str
    kind: FieldKind
    label_vi: str
    required: bool = False
    source: str = ""
    choices: tuple[Choice, ...] = ()
    item: tuple[FieldSpec, ...] = ()
    minimum: int | None = None
    max_length: int = 500
    help_vi: str = ""


@dataclass(frozen=True, slots=True)
class KindSchema:
    """A document kind: its key, Vietnamese label, symbol type (None for công văn), annexes and fields.

    ``example`` is complete valid data with synthetic values; `docgen make` must accept it as it is.
    """

    kind: str
    label_vi: str
    symbol_type: str | None
    annexes: tuple[str, ...]
    fields: tuple[FieldSpec, ...]
    example: dict[str, object]


@dataclass(frozen=True, slots=True)
class FormSchema:
    """A form kind: key, Vietnamese label, version, fields, and the columns of its table if it has one."""

    kind: str
    label_vi: str
    version: int
    fields: tuple[FieldSpec, ...]
    rows: tuple[FieldSpec, ...] = ()
    example: dict[str, object] = field(default_factory=dict)

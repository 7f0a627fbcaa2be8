"""What straight code calls while it fills a document: values to bytes, lists to go through. Pure.

Each takes the short cut for plain values; what is not plain is noted as missing, or raises: then the thorough way
makes the document.
"""

from __future__ import annotations

import datetime as dt
from typing import Any

from markupsafe import escape

from docgen.engine import printing
from docgen.engine.effort import LETTERS, LONG, plus, spend
from docgen.engine.filters import default
from docgen.engine.missing import Missing
from docgen.engine.printing import print_here

try:  # what markupsafe.escape calls: without making a Markup of each value, a tenth of the cost
    from markupsafe._speedups import _escape_inner as escaped
except ImportError:

    def escaped(text: str, /) -> str:
        """The text with the five signs of XML escaped."""
        return str(escape(text))


class NotPlain(Exception):
    """A value that the straight way does not handle."""


_BREAK, _TAB = printing.BREAK.encode(), printing.TAB.encode()
#: Bytes that may need care: controls, signs of XML, and (EF) the beginning of the last code points of the first plane,
#: two of which XML forbids.
_CARE = frozenset(range(0x20)) | frozenset(b"&<>\"'\xef")
_PLAIN = bytes((byte + 1) % 256 if byte in _CARE else byte for byte in range(256))


def _part_of(value: Any, key: str) -> object:
    """The key of a mapping, or the year, month or day of a date."""
    if type(value) is dict:
        return value[key]
    if isinstance(value, dt.date):
        return getattr(value, key)
    raise NotPlain


class _Absent:
    """Stands for a name that the data does not give, where a template may ask."""


_ABSENT = _Absent()


def _text(value: object) -> bytes:
    """A value in a text of Word.

    A text without signs of XML and control characters is its own UTF-8. One pass over the bytes finds that out, at a
    third of the cost of ``isprintable`` and escaping for a sentence of Vietnamese.
    """
    if type(value) is str:
        data = value.encode()
        if len(data) > LONG:
            spend(len(data) // LETTERS)
        if data.translate(_PLAIN) is data:  # CPython's answer if nothing was exchanged
            return data
        if value.replace("\n", "").replace("\t", "").isprintable():  # lines of a letterhead, say
            return escaped(value).encode().replace(b"\n", _BREAK).replace(b"\t", _TAB)
    if type(value) is int:
        return str(value).encode()
    return print_here(value, printing.TEXT, None, "").encode()


def _other(value: object, kind: str) -> bytes:
    """A value anywhere else."""
    return print_here(value, kind, None, "").encode()


def _endless() -> None:
    """The loops of the part have gone past ``effort.MAX_STEPS``: the thorough way tells where."""
    raise NotPlain


def _entries(value: object) -> list[object]:
    """What a loop goes through."""
    if type(value) is list:
        return value
    if value is None or isinstance(value, (str, int, Missing)):
        raise NotPlain
    return printing.loop_over(value, None, "")  # type: ignore[return-value]


def _ask(value: object, keys: tuple[str, ...]) -> object:
    """The value of a dotted name, or ``_ABSENT``, where a template may ask for what is not there."""
    for key in keys:
        if type(value) is dict:
            value = value.get(key, _ABSENT)
        elif value is None or value is _ABSENT:
            return _ABSENT
        else:
            raise NotPlain
    return value


def _or_default(value: object) -> object:
    return None if value is _ABSENT else value


#: The names that straight code is written with.
RUNTIME: dict[str, object] = {
    "text": _text,
    "other": _other,
    "entries": _entries,
    "endless": _endless,
    "plus": plus,
    "ask": _ask,
    "or_default": _or_default,
    "part_of": _part_of,
    "joined": printing.text_of,
    "default": default,
    "absent": _ABSENT,
    "__builtins__": {"len": len, "enumerate": enumerate},
}

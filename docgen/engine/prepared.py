"""Data given to a template, looked through at speed: taken as it is if it is plain all through. Pure."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from decimal import Decimal
from itertools import chain
from unicodedata import is_normalized

from docgen.engine.pictures import VALUE_TYPES
from docgen.engine.values import plain

_SCALARS: frozenset[type] = frozenset(
    {str, int, float, bool, type(None), Decimal, dt.date, dt.datetime, dt.time, *VALUE_TYPES}
)
_TEXT = frozenset({str})
_DEPTH = 40  # as in values.plain


class _NotPlainError(Exception):
    """The slow and thorough way has to look."""


def prepared(context: Mapping[str, object], *, rich: tuple[type, ...]) -> object:
    """The data itself if it is plain (exact types, text keys in NFC), else what ``values.plain`` makes of it."""
    if type(context) is dict:
        try:
            _check_dicts([context], _SCALARS.union(rich) if rich else _SCALARS, 0)
        except _NotPlainError:
            pass
        else:
            return context
    return plain(context, rich=rich)


def _check_dicts(dicts: list[dict[object, object]], scalars: frozenset[type], depth: int) -> None:
    """All mappings of one list at once: rows mostly have the same keys, and only scalars in them."""
    if depth >= _DEPTH:
        raise _NotPlainError
    for keys in set(map(tuple, dicts)):
        if not _TEXT.issuperset(map(type, keys)) or not is_normalized("NFC", "\n".join(keys)):  # type: ignore[arg-type]
            raise _NotPlainError
    if scalars.issuperset(map(type, chain.from_iterable(map(dict.values, dicts)))):
        return
    for row in dicts:
        for item in row.values():
            if type(item) not in scalars:
                _check_holder(item, scalars, depth + 1)


def _check_holder(item: object, scalars: frozenset[type], depth: int) -> None:
    if depth >= _DEPTH:
        raise _NotPlainError
    if type(item) is dict:
        _check_dicts([item], scalars, depth)
    elif type(item) is not list:
        raise _NotPlainError
    elif item and set(map(type, item)) == {dict}:
        _check_dicts(item, scalars, depth + 1)
    elif not scalars.issuperset(map(type, item)):
        for below in item:
            if type(below) not in scalars:
                _check_holder(below, scalars, depth + 1)

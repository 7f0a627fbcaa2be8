"""Data given to a template, looked through at speed: taken as it is if it is plain all through. Pure."""

from __future__ import annotations

import datetime as dt
import unicodedata
from collections.abc import Mapping
from decimal import Decimal

from docgen.engine.values import plain

_SCALARS: frozenset[type] = frozenset(
    {str, int, float, bool, type(None), Decimal, dt.date, dt.datetime, dt.time}
)
_DEPTH = 40  # as in values.plain


class _NotPlainError(Exception):
    """The slow and thorough way has to look."""


def prepared(context: Mapping[str, object], *, rich: tuple[type, ...]) -> object:
    """The data itself if it is plain (exact types, text keys in NFC), else what ``values.plain`` makes of it."""
    if type(context) is dict:
        try:
            _check_dict(context, {}, _SCALARS.union(rich), 0)
        except _NotPlainError:
            pass
        else:
            return context
    return plain(context, rich=rich)


Known = dict[tuple[object, ...], bool]


def _check_dict(
    value: dict[object, object], known: Known, scalars: frozenset[type], depth: int
) -> None:
    keys = tuple(value)
    if keys not in known:
        if set(map(type, keys)) - {str} or not unicodedata.is_normalized("NFC", "\n".join(keys)):  # type: ignore[arg-type]
            raise _NotPlainError
        known[keys] = True
    if not scalars.issuperset(map(type, value.values())):
        for item in value.values():
            kind = type(item)
            if kind not in scalars:
                _check_holder(item, known, scalars, depth + 1)


def _check_holder(item: object, known: Known, scalars: frozenset[type], depth: int) -> None:
    if depth >= _DEPTH:
        raise _NotPlainError
    if type(item) is dict:
        _check_dict(item, known, scalars, depth)
    elif type(item) is list:
        for below in item:
            kind = type(below)
            if kind not in scalars:
                _check_holder(below, known, scalars, depth + 1)
    else:
        raise _NotPlainError

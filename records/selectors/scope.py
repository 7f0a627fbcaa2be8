"""One reading of slow-moving tables for many questions: the areas, the organisations of a day.

Inside `one_reading()` these tables are read once. The scope is for a short piece of work that reads only:
collecting one paper or a chunk of them, signing a batch. Nothing is remembered outside of it.
"""

from __future__ import annotations

from collections.abc import Callable, Hashable, Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from typing import TypeVar, cast

_T = TypeVar("_T")
_remembered: ContextVar[dict[Hashable, object] | None] = ContextVar(
    "records_one_reading", default=None
)


@contextmanager
def one_reading() -> Iterator[None]:
    """Remember what is read until the block ends; nested blocks share the outer one."""
    if _remembered.get() is not None:
        yield
        return
    token = _remembered.set({})
    try:
        yield
    finally:
        _remembered.reset(token)


def is_open() -> bool:
    """Whether a scope is open, so that a wider reading pays."""
    return _remembered.get() is not None


def remembered(key: Hashable, read: Callable[[], _T]) -> _T:
    """What ``read`` gives, from memory inside a scope."""
    memory = _remembered.get()
    if memory is None:
        return read()
    if key not in memory:
        memory[key] = read()
    return cast("_T", memory[key])


def remember(key: Hashable, value: object) -> None:
    """Put an answer into the open scope: many were read at once. Outside of a scope nothing happens."""
    memory = _remembered.get()
    if memory is not None:
        memory[key] = value

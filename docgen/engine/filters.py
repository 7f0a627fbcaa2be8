"""The filters of the template language: a short list, pure, each with a bound on its work. Pure."""

from __future__ import annotations

import functools
from collections.abc import Callable
from decimal import Decimal
from typing import Any

from jinja2 import Environment
from jinja2.filters import FILTERS as OF_JINJA
from jinja2.runtime import Undefined
from jinja2.utils import pass_environment

from docgen.engine.effort import spend, spend_on
from docgen.engine.errors import UnsafeTemplate
from docgen.engine.printing import text_of

MAX_REPEAT = (
    10_000  # characters or entries that `*` may make, columns and groups of `batch` and `slice`
)
_MOST_DECIMALS = 30


def default(value: object, default_value: object = "", boolean: object = None) -> object:
    """``default``: also for None; with a second argument that is true, for anything empty."""
    if value is None or isinstance(value, Undefined) or (boolean and not value):
        return default_value
    return value


def _upper(value: object) -> str:
    return text_of(value).upper()


def _lower(value: object) -> str:
    return text_of(value).lower()


def _capitalize(value: object) -> str:
    return text_of(value).capitalize()


def _trim(value: object, chars: str | None = None) -> str:
    return text_of(value).strip(chars)


def replaced(text: str, old: str, new: str, count: int = -1) -> str:
    """``str.replace``, counted by the length of what it makes."""
    times = text.count(old)
    if count >= 0:
        times = min(times, count)
    spend_on(text)
    spend(times * len(new) // 64)
    return text.replace(old, new, count)


def joined(between: str, items: Any) -> str:
    """``str.join`` over anything that prints, counted by the length of what it makes."""
    texts = [text_of(item) for item in items]
    spend_on(texts)
    spend((sum(map(len, texts)) + len(between) * len(texts)) // 64)
    return between.join(texts)


def _replace(value: object, old: str, new: str) -> str:
    return replaced(text_of(value), str(old), str(new))


@pass_environment
def _join(env: Environment, value: Any, d: str = "", attribute: str | None = None) -> str:
    items = value if attribute is None else [env.getitem(item, attribute) for item in value]
    return joined(str(d), items)


def _few(count: object) -> None:
    if isinstance(count, int) and count > MAX_REPEAT:
        raise UnsafeTemplate(f"Số {count} quá lớn cho bộ lọc này")


def _batch(value: Any, linecount: int, fill_with: object = None) -> Any:
    _few(linecount)
    return OF_JINJA["batch"](value, linecount, fill_with)


def _slice(value: Any, slices: int, fill_with: object = None) -> Any:
    _few(slices)
    return OF_JINJA["slice"](value, slices, fill_with)


def _round(value: Any, precision: int = 0, method: str = "common") -> Any:
    if abs(precision) > _MOST_DECIMALS:
        raise UnsafeTemplate(f"Không làm tròn đến {precision} chữ số")
    return OF_JINJA["round"](value, precision, method)


@pass_environment
def _sum(
    env: Environment, iterable: Any, attribute: str | int | None = None, start: Any = 0
) -> Any:
    if not isinstance(start, int | float | Decimal):  # a list would be added to in place
        raise UnsafeTemplate("Bộ lọc sum chỉ cộng số")
    return OF_JINJA["sum"](env, iterable, attribute, start)


def _counted(function: Callable[..., Any]) -> Callable[..., Any]:
    """The same filter, counting the lists and texts that it is given."""

    @functools.wraps(function)
    def counted(*args: Any, **kwargs: Any) -> Any:
        spend_on(*args)
        return function(*args, **kwargs)

    return counted


_THEIRS = (
    *("abs", "count", "first", "int", "last", "length", "list", "map", "max", "min", "reject"),
    *("rejectattr", "reverse", "select", "selectattr", "sort", "title", "unique"),
)
_COUNTED: dict[str, Callable[..., Any]] = {
    **{name: OF_JINJA[name] for name in _THEIRS},
    "batch": _batch,
    "slice": _slice,
    "round": _round,
    "sum": _sum,
    "upper": _upper,
    "lower": _lower,
    "capitalize": _capitalize,
    "trim": _trim,
}
#: All of them by name. Jinja's own are those that are pure and cannot print a Python object.
FILTERS: dict[str, Callable[..., Any]] = {
    **{name: _counted(function) for name, function in _COUNTED.items()},
    "default": default,
    "d": default,
    "replace": _replace,
    "join": _join,
}

"""The template language: docxtpl's tags, in one sandboxed Jinja environment of our own. Pure.

All that leans on the inner workings of Jinja is in this file, in ``missing.py``, ``rewrite.py`` and ``straight.py``.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable
from functools import lru_cache
from typing import Any

from jinja2 import Environment, filters
from jinja2.runtime import LoopContext, Undefined
from jinja2.sandbox import ImmutableSandboxedEnvironment, safe_range
from jinja2.utils import Namespace, missing, pass_environment

from docgen.engine.errors import UnsafeTemplate
from docgen.engine.missing import Missing, Nothing
from docgen.engine.printing import loop_over, print_here, text_of
from docgen.engine.values import nfc

#: Names of our own filters; the blank makes them impossible to write in a template.
PRINT, LOOP, JOIN, NOTHING = "print here", "loop over", "as text", "no else"

MAX_REPEAT = 10_000  # characters or entries that `*` may make

#: Where a value is printed.
TEXT, LEAF, RUN, BLOCK, ATTRIBUTE, PLAIN = "text", "leaf", "run", "block", "attribute", "plain"
#: Names of our own filters; the blank makes them impossible to write in a template.
PRINT, LOOP, JOIN, NOTHING = "print here", "loop over", "as text", "no else"

MAX_REPEAT = 10_000  # characters or entries that `*` may make
_BREAK = '</w:t><w:br/><w:t xml:space="preserve">'
_TAB = '</w:t><w:tab/><w:t xml:space="preserve">'
_W = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
_R = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"

#: Methods a template may call, and attributes it may read, on plain data.
_METHODS: dict[type, frozenset[str]] = {
    str: frozenset(
        {"upper", "lower", "title", "capitalize", "strip", "lstrip", "rstrip", "split", "replace"}
        | {"startswith", "endswith", "join"}
    ),
    dict: frozenset({"items", "keys", "values", "get"}),
    list: frozenset({"index", "count"}),
    dt.date: frozenset({"strftime", "year", "month", "day", "weekday", "isoweekday"}),
    LoopContext: frozenset({"cycle", "changed"}),
}
_READABLE: dict[type, frozenset[str]] = {
    dt.date: frozenset({"year", "month", "day"}),
    LoopContext: frozenset(
        {"index", "index0", "revindex", "revindex0", "first", "last", "length"}
        | {"previtem", "nextitem", "depth", "depth0"}
    ),
}

#: Methods that a template may call, and names that follow ``loop.``, for the guide and the checker.
METHODS = frozenset(name for names in _METHODS.values() for name in names)
LOOP_NAMES = _READABLE[LoopContext] | _METHODS[LoopContext]


class TemplateEnvironment(ImmutableSandboxedEnvironment):
    """Keys of data first, then a short list of harmless methods; nothing else of Python."""

    intercepted_binops = frozenset({"*", "**", "%"})

    def getitem(self, obj: Any, argument: Any) -> Any:
        """The value of ``obj.name`` or ``obj[key]``."""
        if isinstance(obj, dict) and isinstance(argument, str):
            found = obj.get(nfc(argument), missing)
            return self.undefined(obj=obj, name=argument) if found is missing else found
        if isinstance(obj, list | tuple | str) and type(argument) is int:
            return obj[argument] if -len(obj) <= argument < len(obj) else self._none(obj, argument)
        if isinstance(argument, str):
            for kind, allowed in _READABLE.items():
                if isinstance(obj, kind) and argument in allowed:
                    found = getattr(obj, argument)
                    return Nothing() if isinstance(found, Missing) else found
            if isinstance(obj, Namespace) and not argument.startswith("_"):
                return getattr(obj, argument, self._none(obj, argument))
        return self._none(obj, argument)

    def _none(self, obj: Any, argument: Any) -> Undefined:
        return self.undefined(obj=obj, name=argument)

    def getattr(self, obj: Any, attribute: str) -> Any:
        """The thing called in ``obj.name(...)``."""
        if isinstance(obj, dict) and nfc(attribute) in obj:
            return obj[nfc(attribute)]
        for kind, allowed in _METHODS.items():
            if isinstance(obj, kind) and attribute in allowed:
                return getattr(obj, attribute)
        if isinstance(obj, Undefined):
            return self._none(obj, attribute)
        raise UnsafeTemplate(f"Không được gọi .{attribute}() trong mẫu")

    def is_safe_attribute(self, obj: Any, attr: str, value: Any) -> bool:
        """Nothing is, beyond what ``getitem`` and ``getattr`` give themselves."""
        return False

    def unsafe_undefined(self, obj: Any, attribute: str) -> Undefined:
        """Raise at once instead of an undefined value that might be defaulted away."""
        raise UnsafeTemplate(f"Không được dùng .{attribute} trong mẫu")

    def call_binop(self, context: Any, operator: str, left: Any, right: Any) -> Any:
        """`*` with a bound, `%` for numbers only, no powers."""
        if isinstance(left, Undefined) or isinstance(right, Undefined):
            return left * right if operator == "*" else left % right
        if operator == "**" or (operator == "%" and isinstance(left, str)):
            raise UnsafeTemplate(f"Không được dùng phép {operator} ở đây")
        if operator == "*":
            _bound(left, right)
            _bound(right, left)
        return super().call_binop(context, operator, left, right)


def _bound(text: object, times: object) -> None:
    long = isinstance(text, str | list | tuple) and isinstance(times, int)
    if long and len(text) * times > MAX_REPEAT:  # type: ignore[arg-type, operator]
        raise UnsafeTemplate("Phép nhân lặp lại quá nhiều lần")


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


def _replace(value: object, old: str, new: str) -> str:
    return text_of(value).replace(str(old), str(new))


@pass_environment
def _join(env: Environment, value: Any, d: str = "", attribute: str | None = None) -> str:
    items = value if attribute is None else [env.getitem(item, attribute) for item in value]
    return str(d).join(text_of(item) for item in items)


_OURS: dict[str, Callable[..., Any]] = {
    "default": default,
    "d": default,
    "upper": _upper,
    "lower": _lower,
    "capitalize": _capitalize,
    "trim": _trim,
    "replace": _replace,
    "join": _join,
    PRINT: print_here,
    LOOP: loop_over,
    JOIN: text_of,
    NOTHING: lambda _: Nothing(),
}
#: Jinja's own that are pure and cannot print a Python object.
_THEIRS = frozenset(
    {
        "abs",
        "batch",
        "count",
        "first",
        "int",
        "last",
        "length",
        "list",
        "map",
        "max",
        "min",
        "reject",
    }
    | {
        "rejectattr",
        "reverse",
        "round",
        "select",
        "selectattr",
        "slice",
        "sort",
        "sum",
        "title",
        "unique",
    }
)
#: The filters a template may use, for the guide and the checker.
FILTERS = frozenset(_THEIRS | {name for name in _OURS if " " not in name})


@lru_cache(maxsize=1)
def environment() -> TemplateEnvironment:
    """The one environment: sandboxed, escaping, strict about missing names."""
    env = TemplateEnvironment(autoescape=True, undefined=Missing, keep_trailing_newline=True)
    env.globals = {"range": safe_range, "namespace": Namespace}
    env.filters = {name: filters.FILTERS[name] for name in _THEIRS} | _OURS
    return env

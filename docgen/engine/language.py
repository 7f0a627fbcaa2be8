"""The template language: docxtpl's tags, in one sandboxed Jinja environment of our own. Pure.

All that leans on the inner workings of Jinja is in this file, in ``missing.py``, ``rewrite.py`` and ``straight.py``.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable
from functools import lru_cache, partial
from typing import Any

from jinja2.runtime import LoopContext, Undefined
from jinja2.sandbox import ImmutableSandboxedEnvironment, safe_range
from jinja2.utils import Namespace, missing

from docgen.engine import filters
from docgen.engine.effort import CALL, check_product, gone_through, plus, spend, spend_on
from docgen.engine.errors import UnsafeTemplate
from docgen.engine.missing import Missing, Nothing
from docgen.engine.printing import loop_over, print_here, text_of
from docgen.engine.values import nfc

#: Names of our own filters; the blank makes them impossible to write in a template.
PRINT, LOOP, JOIN, NOTHING, SEARCH = "print here", "loop over", "as text", "no else", "look in"

#: Where a value is printed.
TEXT, LEAF, RUN, BLOCK, ATTRIBUTE, PLAIN = "text", "leaf", "run", "block", "attribute", "plain"
#: Names of our own filters; the blank makes them impossible to write in a template.
PRINT, LOOP, JOIN, NOTHING, SEARCH = "print here", "loop over", "as text", "no else", "look in"

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

_MAKING: dict[str, Callable[..., Any]] = {"replace": filters.replaced, "join": filters.joined}

#: Methods that a template may call, and names that follow ``loop.``, for the guide and the checker.
METHODS = frozenset(name for names in _METHODS.values() for name in names)
LOOP_NAMES = _READABLE[LoopContext] | _METHODS[LoopContext]


class TemplateEnvironment(ImmutableSandboxedEnvironment):
    """Keys of data first, then a short list of harmless methods; nothing else of Python."""

    intercepted_binops = frozenset({"*", "**", "%", "+"})

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
                return _method(obj, attribute)
        if isinstance(obj, Undefined):
            return self._none(obj, attribute)
        raise UnsafeTemplate(f"Không được gọi .{attribute}() trong mẫu")

    def call(self, context: Any, called: Any, /, *args: Any, **kwargs: Any) -> Any:
        """A call of a macro, a method, ``range``, or of a loop by itself."""
        spend(CALL)
        if isinstance(called, LoopContext):
            spend_on(*args)
        return super().call(context, called, *args, **kwargs)

    def is_safe_attribute(self, obj: Any, attr: str, value: Any) -> bool:
        """Nothing is, beyond what ``getitem`` and ``getattr`` give themselves."""
        return False

    def unsafe_undefined(self, obj: Any, attribute: str) -> Undefined:
        """Raise at once instead of an undefined value that might be defaulted away."""
        raise UnsafeTemplate(f"Không được dùng .{attribute} trong mẫu")

    def call_binop(self, context: Any, operator: str, left: Any, right: Any) -> Any:
        """`*` and `+` with a bound, `%` for numbers only, no powers."""
        if isinstance(left, Undefined) or isinstance(right, Undefined):
            return self.binop_table[operator](left, right)
        if operator == "**" or (operator == "%" and isinstance(left, str)):
            raise UnsafeTemplate(f"Không được dùng phép {operator} ở đây")
        if operator == "+":
            return plus(left, right)
        if operator == "*":
            _bound(left, right)
            _bound(right, left)
            check_product(left, right)
        return super().call_binop(context, operator, left, right)


def _method(obj: Any, name: str) -> Callable[..., Any]:
    """A method of plain data, counted."""
    if isinstance(obj, str) and name in _MAKING:
        return partial(_MAKING[name], obj)
    method: Callable[..., Any] = getattr(obj, name)
    if isinstance(obj, str | list):
        spend_on(obj)
    return method


def _bound(text: object, times: object) -> None:
    long = isinstance(text, str | list | tuple) and isinstance(times, int)
    if long and len(text) * times > filters.MAX_REPEAT:  # type: ignore[arg-type, operator]
        raise UnsafeTemplate("Phép nhân lặp lại quá nhiều lần")


#: What the rewriting of a template puts in, under names that no author can write.
_INNER: dict[str, Callable[..., Any]] = {
    PRINT: print_here,
    LOOP: loop_over,
    JOIN: text_of,
    NOTHING: lambda _: Nothing(),
    SEARCH: gone_through,
}
#: The filters a template may use, for the guide and the checker.
FILTERS = frozenset(filters.FILTERS)


def _range(*bounds: int) -> range:
    made = safe_range(*bounds)
    spend(len(made))
    return made


@lru_cache(maxsize=1)
def environment() -> TemplateEnvironment:
    """The one environment: sandboxed, escaping, strict about missing names."""
    env = TemplateEnvironment(autoescape=True, undefined=Missing, keep_trailing_newline=True)
    env.globals = {"range": _range, "namespace": Namespace}
    env.filters = filters.FILTERS | _INNER
    return env

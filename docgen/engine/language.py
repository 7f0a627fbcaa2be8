"""The template language: docxtpl's tags, in one sandboxed Jinja environment of our own. Pure.

All that leans on the inner workings of Jinja is in this file, in ``rewrite.py`` and in ``straight.py``.
"""

from __future__ import annotations

import datetime as dt
import sys
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from contextvars import ContextVar
from decimal import Decimal
from functools import lru_cache
from typing import Any, cast

from jinja2 import Environment, filters
from jinja2.runtime import LoopContext, Undefined
from jinja2.sandbox import ImmutableSandboxedEnvironment, safe_range
from jinja2.utils import Namespace, missing, pass_environment
from lxml import etree
from markupsafe import Markup, escape

from docgen.engine.errors import TemplateError, UnsafeTemplate
from docgen.engine.values import clean_text, nfc, printed

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


class Recorder:
    """Names that one rendering missed: known paths, and look-ups to be traced back later."""

    def __init__(self) -> None:
        self.paths: list[str] = []
        self.lookups: list[
            tuple[Missing, str | None]
        ] = []  # and the path by the template, if known


_recorder: ContextVar[Recorder | None] = ContextVar("docgen_engine_missing", default=None)


@contextmanager
def recording_to(recorder: Recorder) -> Iterator[None]:
    """Values missed inside go to ``recorder`` and print as nothing."""
    token = _recorder.set(recorder)
    try:
        yield
    finally:
        _recorder.reset(token)


class Missing(Undefined):
    """A name the data does not give. Any use is noted and goes on as nothing, so all are told at once."""

    __slots__ = ()

    def path(self, known: Mapping[int, str]) -> str | None:
        """The dotted path, given the paths of the data's mappings and lists by id; None if not of them."""
        holder, name = self._undefined_obj, cast("str | int | None", self._undefined_name)
        if name is None:  # of a sequence that was empty
            return None
        if holder is missing:
            return str(name)
        base = holder.path(known) if isinstance(holder, Missing) else known.get(id(holder))
        if base is None:
            return None
        return f"{base}[{name}]" if isinstance(name, int) else f"{base}.{name}".lstrip(".")

    @property
    def said(self) -> str:
        """What to call it where the path is not known."""
        return str(self._undefined_name or self._undefined_hint)

    def note(self, path: str | None = None) -> None:
        """Count as missed in the rendering that is going on."""
        recorder = _recorder.get()
        if recorder is not None:
            recorder.lookups.append((self, path))

    def _nothing(self, *_args: object, **_kwargs: object) -> Missing:
        self.note()
        return self

    def _false(self, *_args: object) -> bool:
        self.note()
        return False

    def _zero(self) -> int:
        self.note()
        return 0

    def __getattr__(self, name: str) -> Any:
        raise AttributeError(name)

    def __str__(self) -> str:
        self.note()
        return ""

    def __iter__(self) -> Iterator[Any]:
        self.note()
        return iter(())

    def __hash__(self) -> int:
        return id(self)

    __html__ = __str__
    __bool__ = __eq__ = __ne__ = __lt__ = __le__ = __gt__ = __ge__ = __contains__ = _false  # type: ignore[assignment]
    __len__ = __int__ = __float__ = __index__ = _zero  # type: ignore[assignment]
    __add__ = __radd__ = __sub__ = __rsub__ = __mul__ = __rmul__ = _nothing  # type: ignore[assignment]
    __truediv__ = __rtruediv__ = __floordiv__ = __rfloordiv__ = _nothing  # type: ignore[assignment]
    __mod__ = __rmod__ = __pow__ = __rpow__ = __neg__ = __pos__ = _nothing  # type: ignore[assignment]
    __call__ = __getitem__ = _nothing  # type: ignore[assignment]


class Nothing(Missing):
    """What an ``if`` without ``else`` gives, ``loop.previtem`` of the first, and so on: no fault."""

    __slots__ = ()

    def note(self, path: str | None = None) -> None:
        """Not counted."""


#: The one value that is no fault.
NO_VALUE = Nothing()


def rich_types() -> tuple[type, ...]:
    """RichText and RichTextParagraph of docxtpl; none if nobody has imported it, for then no data holds any."""
    docxtpl = sys.modules.get("docxtpl")
    return () if docxtpl is None else (docxtpl.RichText, docxtpl.RichTextParagraph)


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


def text_of(value: object) -> str:
    """A value as clean text; a missing one or None is noted and gives nothing."""
    if isinstance(value, Undefined):
        return str(value)
    if isinstance(value, Markup):  # made by a macro of the template, already escaped
        return value
    return printed(value)


def print_here(value: object, kind: str, path: str | None, tag: str) -> Markup:
    """What a ``{{ }}`` puts into the XML at a place of the given kind."""
    if isinstance(value, Markup):
        return value
    if value is None or isinstance(value, Undefined):
        _note(value, path or tag)
        return Markup("")
    try:
        if isinstance(value, rich_types()):
            return _rich(value, kind)
        text = printed(value)
    except TemplateError as error:
        if error.where is None and error.name is None:
            message = f"{error.message_vi} («{path or tag}»)"
            raise TemplateError(message, name=path) from error
        raise
    if kind == PLAIN:
        return Markup(text)  # noqa: S704 (escaped, or checked XML)
    xml = str(escape(text))
    if kind == TEXT:
        return Markup(xml.replace("\n", _BREAK).replace("\t", _TAB))  # noqa: S704 (escaped, or checked XML)
    if kind in (RUN, BLOCK):
        body = xml.replace("\n", _BREAK).replace("\t", _TAB)
        run = f'<w:r><w:t xml:space="preserve">{body}</w:t></w:r>'
        return Markup(run if kind == RUN else f"<w:p>{run}</w:p>")  # noqa: S704 (escaped, or checked XML)
    return Markup(xml.replace("\n", " ").replace("\t", " "))  # noqa: S704 (escaped, or checked XML)


def _note(value: object, path: str) -> None:
    recorder = _recorder.get()
    if recorder is None:  # Jinja tries constant expressions at compile time: not yet
        raise RuntimeError("values are printed only while a template is filled")
    if isinstance(value, Missing):
        value.note(path)
    else:
        recorder.paths.append(path)


def _rich(value: object, kind: str) -> Markup:
    words, _paragraph = rich_types()
    wanted = dict(zip((RUN, BLOCK), rich_types(), strict=True)).get(kind)
    if wanted is None or not isinstance(value, wanted):
        tag = "{{r }}" if isinstance(value, words) else "{{p }}"
        raise TemplateError(f"Chữ có định dạng phải đặt trong thẻ {tag}")
    xml = clean_text(str(cast("Any", value).xml))
    try:
        root = etree.fromstring(f'<x xmlns:w="{_W}" xmlns:r="{_R}">{xml}</x>')
    except etree.XMLSyntaxError as error:
        raise TemplateError("Chữ có định dạng bị hỏng", detail=str(error)) from error
    allowed = f"{{{_W}}}{'r' if kind == RUN else 'p'}"
    if any(child.tag != allowed for child in root):
        raise TemplateError("Chữ có định dạng chỉ được gồm các đoạn chữ, không liên kết")
    return Markup(xml.replace("\n", _BREAK).replace("\t", _TAB))  # noqa: S704 (escaped, or checked XML)


def loop_over(value: object, path: str | None, tag: str) -> object:
    """What a ``{% for %}`` goes through: a list; None or a missing name is noted, text is refused."""
    if value is None or isinstance(value, Undefined):
        _note(value, path or tag)
        return ()
    if isinstance(value, (str, int, float, Decimal, dt.date, *rich_types())):
        shown = path or tag
        raise TemplateError(
            f"Thẻ for cần một danh sách nhưng «{shown}» không phải danh sách", name=path
        )
    return value


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

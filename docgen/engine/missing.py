"""Names the data does not give: noted while a template is filled, told all at once afterwards. Pure."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from contextvars import ContextVar
from typing import Any, cast

from jinja2.runtime import Undefined
from jinja2.utils import missing

from docgen.engine.drawings import Sheet


class Recorder:
    """What one rendering leaves behind: names missed (known paths, and look-ups to be traced later), and pictures."""

    __slots__ = ("lookups", "paths", "sheet", "steps")

    def __init__(self, sheet: Sheet) -> None:
        self.sheet = sheet
        self.steps = 0  # see ``effort``
        self.paths: list[str] = []
        self.lookups: list[
            tuple[Missing, str | None]
        ] = []  # and the path by the template, if known


#: That of the rendering going on in this thread.
current: ContextVar[Recorder | None] = ContextVar("docgen_engine_missing", default=None)


@contextmanager
def recording_to(recorder: Recorder) -> Iterator[None]:
    """Values missed inside go to ``recorder`` and print as nothing."""
    token = current.set(recorder)
    try:
        yield
    finally:
        current.reset(token)


def recorder() -> Recorder:
    """That of the rendering going on. Raises ``RuntimeError`` outside: Jinja tries constant expressions early."""
    found = current.get()
    if found is None:
        raise RuntimeError("values are printed only while a template is filled")
    return found


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
        found = current.get()
        if found is not None:
            found.lookups.append((self, path))

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

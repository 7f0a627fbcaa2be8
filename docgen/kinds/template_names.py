"""The names that a kind gives to its Word templates, for the template checker. Pure."""

from __future__ import annotations

from datetime import date

from docgen.engine import Picture, QrCode, SubDocument
from docgen.kinds.base import DocumentKind, Numbering
from docgen.vocabulary import VOCABULARY

_LIST, _GROUP, _TEXT = "danh sách", "nhóm", "văn bản"
_OTHERS: dict[type, str] = {Picture: "hình", QrCode: "hình", SubDocument: "văn bản con"}
_EXAMPLE_DAY = date(2024, 5, 6)  # within the rules that the examples are written for


def example_numbering(kind: DocumentKind) -> Numbering:
    """Number and day for a trial render of the kind's example."""
    given = kind.schema.example.get("intended_date")
    day = date.fromisoformat(given) if isinstance(given, str) else _EXAMPLE_DAY
    return Numbering(number=7, issue_date=day, intended_date=day)


def template_names(kind: DocumentKind) -> dict[str, str]:
    """Dotted name -> kind of value, of all that the kind's context holds.

    The context of the example tells which names the kind gives; the vocabulary tells their fields.
    """
    context = kind.context(kind.schema.example, example_numbering(kind))
    names = {name: entry.kind for name, entry in VOCABULARY.items() if _root(name) in context}
    for name, value in context.items():
        if name not in names:
            names[name] = _kind_of(value)
    return names


def _root(name: str) -> str:
    return name.partition(".")[0].removesuffix("[]")


def _kind_of(value: object) -> str:
    if isinstance(value, list | tuple):
        return _LIST
    return _GROUP if isinstance(value, dict) else _OTHERS.get(type(value), _TEXT)

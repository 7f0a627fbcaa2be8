"""What data may go into a document, and how it prints. Pure.

Data is plain: text, numbers, dates, True/False, None, lists, mappings with text keys, rich text, pictures, QR
codes, sub-documents.
Anything with behaviour of its own is refused: the sandbox cannot guard the methods of given objects.
"""

from __future__ import annotations

import datetime as dt
import re
import unicodedata
from collections.abc import Mapping
from decimal import Decimal

from docgen.engine.errors import TemplateError
from docgen.engine.pictures import VALUE_NAMES, VALUE_TYPES

#: Not allowed in XML 1.0, or with a meaning to docxtpl (\a new paragraph, \f new page) that data must
#: never have. Line feed and tab stay.
_FORBIDDEN = re.compile("[\x00-\x08\x0b-\x1f\ufffe\uffff]")
_SURROGATE = re.compile("[\ud800-\udfff]")
_DEPTH = 40  # lists in lists; deeper is a loop in the data

Scalar = str | int | float | Decimal | dt.date | dt.time


def nfc(text: str) -> str:
    """Text in Unicode NFC: names typed on a Mac come decomposed."""
    return unicodedata.normalize("NFC", text)


def clean_text(text: str) -> str:
    """Text as it may stand in a document: line ends as ``\\n``, control characters left out.

    Raises ``TemplateError`` for half of a surrogate pair, which no file can hold.
    """
    if text.isprintable():  # also false for every surrogate
        return text
    if _SURROGATE.search(text):
        shown = text.encode("ascii", "backslashreplace").decode()
        raise TemplateError(
            f"Giá trị có ký tự hỏng (nửa cặp thay thế), không ghi được: {shown[:80]}"
        )
    return _FORBIDDEN.sub("", text.replace("\r\n", "\n").replace("\r", "\n"))


def _number(value: float | Decimal) -> str:
    exact = Decimal(str(value))
    if not exact.is_finite():
        raise TemplateError(f"Giá trị số không hợp lệ: {value}")
    printed = str(value)
    return format(exact, "f") if "e" in printed.lower() else printed


def printed(value: object) -> str:
    """A scalar as text, cleaned. Numbers and dates as ``str`` gives them, never in E notation.

    Raises ``TemplateError`` for True/False, lists, mappings and anything else: a representation of a
    Python object never reaches a document.
    """
    if isinstance(value, str):
        return clean_text(value)
    if isinstance(value, bool):
        raise TemplateError("Giá trị đúng/sai không in được; dùng trong {% if %}")
    if isinstance(value, int):
        return str(value)
    if isinstance(value, float | Decimal):
        return _number(value)
    if isinstance(value, dt.date | dt.time):
        return str(value)
    kinds = {"dict": "một nhóm trường", "list": "một danh sách", "RichText": "chữ có định dạng"}
    kind = kinds.get(type(value).__name__, f"kiểu {type(value).__name__}")
    kind = VALUE_NAMES.get(type(value), kind)
    raise TemplateError(f"Chỗ này cần chữ, số hoặc ngày nhưng giá trị là {kind}")


def plain(value: object, *, rich: tuple[type, ...], path: str = "", depth: int = 0) -> object:
    """A copy of the data that is plain all through: own dicts with NFC keys, own lists, exact types.

    ``rich`` are the types of rich text that pass as they are. Raises ``TemplateError`` naming the path
    of anything else.
    """
    if depth > _DEPTH:
        raise TemplateError("Dữ liệu lồng quá sâu hoặc chứa chính nó", name=path)
    if value is None or isinstance(value, (bool, *rich)) or type(value) in VALUE_TYPES:
        return value
    if isinstance(value, str):
        return str.__str__(value)  # drops Markup and other subclasses that would pass unescaped
    if isinstance(value, int):
        return int(value)
    if isinstance(value, float | Decimal | dt.date | dt.time):
        return value
    if isinstance(value, Mapping):
        return _plain_mapping(value, rich=rich, path=path, depth=depth)
    if isinstance(value, list | tuple):
        return [
            plain(item, rich=rich, path=f"{path}[{index}]", depth=depth + 1)
            for index, item in enumerate(value)
        ]
    raise TemplateError(
        f"Giá trị «{path}» thuộc kiểu {type(value).__name__}; mẫu chỉ nhận chữ, số, ngày, "
        "danh sách, nhóm, hình (Picture, QrCode) và văn bản con (SubDocument)",
        name=path,
    )


def _plain_mapping(
    value: Mapping[object, object], *, rich: tuple[type, ...], path: str, depth: int
) -> dict[str, object]:
    copy: dict[str, object] = {}
    for key, item in value.items():
        if not isinstance(key, str):
            raise TemplateError(
                f"Tên trường trong «{path}» phải là chữ, không phải {key!r}", name=path
            )
        name = nfc(str.__str__(key))
        below = f"{path}.{name}" if path else name
        if name in copy:
            raise TemplateError(f"Dữ liệu có hai trường cùng tên «{below}»", name=below)
        copy[name] = plain(item, rich=rich, path=below, depth=depth + 1)
    return copy

"""Names of WordprocessingML, and its ways to write a switch and a length."""

from __future__ import annotations

from lxml import etree

W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
A = "{http://schemas.openxmlformats.org/drawingml/2006/main}"
R = "{http://schemas.openxmlformats.org/officeDocument/2006/relationships}"
V = "{urn:schemas-microsoft-com:vml}"
O = "{urn:schemas-microsoft-com:office:office}"  # noqa: E741
WP = "{http://schemas.openxmlformats.org/drawingml/2006/wordprocessingDrawing}"
WPS = "{http://schemas.microsoft.com/office/word/2010/wordprocessingShape}"
MC = "{http://schemas.openxmlformats.org/markup-compatibility/2006}"

VAL = W + "val"
_OFF = frozenset(("0", "false", "off", "none"))


def switched(element: etree._Element) -> bool:
    """Value of a toggle such as ``w:b``: present means on, unless it says off."""
    return element.get(VAL, "1").lower() not in _OFF


def integer(element: etree._Element | None, name: str) -> int | None:
    """A whole number in a ``w:`` attribute; None if absent or no number (``12.5`` is cut to 12)."""
    text = None if element is None else element.get(W + name)
    if text is None:
        return None
    try:
        return int(float(text))
    except (ValueError, OverflowError):
        return None


def value(parent: etree._Element | None, name: str) -> str | None:
    """``w:val`` of a child, or None."""
    child = None if parent is None else parent.find(W + name)
    return None if child is None else child.get(VAL)

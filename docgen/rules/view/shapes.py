"""Lines drawn as shapes: VML lines and connectors, DrawingML lines. Lengths in points."""

from __future__ import annotations

import re
from collections.abc import Iterator

from lxml import etree

from docgen.rules.view.names import MC, WP, WPS, A, O, V, W

_EMU = 12700
_UNITS = {"pt": 1.0, "in": 72.0, "cm": 72 / 2.54, "mm": 72 / 25.4, "px": 0.75, "pc": 12.0, "": 0.75}
_LENGTH = re.compile(r"^\s*(-?\d+(?:\.\d*)?|-?\.\d+)\s*(pt|in|cm|mm|px|pc|)\s*$")
_LINES = frozenset(("line", "straightConnector1"))
_FLAT = 3.0  # points: a shape higher than this is no horizontal line


def lines_in(run: etree._Element) -> Iterator[float]:
    """Lengths of the horizontal lines drawn in a run; of two renderings only the first is read."""
    for node in run.iter(f"{WP}anchor", f"{WP}inline"):
        if not _in_fallback(node):
            yield from _drawing(node)
    if run.find(f".//{MC}Choice") is not None:
        return
    for node in run.iter(f"{V}line"):
        yield from _vml_line(node)
    for node in run.iter(f"{V}shape"):
        if node.get(f"{O}connectortype") == "straight" or node.get("type") == "#_x0000_t32":
            yield from _vml_shape(node)


def _in_fallback(node: etree._Element) -> bool:
    return any(
        above.tag == f"{MC}Fallback" for above in node.iterancestors(f"{MC}Fallback", f"{W}r")
    )


def _drawing(node: etree._Element) -> Iterator[float]:
    shape = node.find(f".//{WPS}wsp//{A}prstGeom")
    extent = node.find(f"{WP}extent")
    if shape is None or extent is None or shape.get("prst") not in _LINES:
        return
    sides = [extent.get(side, "") for side in ("cx", "cy")]
    if all(side.isdecimal() for side in sides):
        width, height = (int(side) / _EMU for side in sides)
        if height <= _FLAT:
            yield width


def _points(text: str) -> float | None:
    found = _LENGTH.match(text)
    return float(found[1]) * _UNITS[found[2]] if found else None


def _vml_line(node: etree._Element) -> Iterator[float]:
    ends = [[_points(part) for part in node.get(side, "").split(",")] for side in ("from", "to")]
    if any(len(end) != 2 or None in end for end in ends):  # noqa: PLR2004
        return
    (x0, y0), (x1, y1) = ends
    if abs((y1 or 0) - (y0 or 0)) <= _FLAT:
        yield abs((x1 or 0) - (x0 or 0))


def _vml_shape(node: etree._Element) -> Iterator[float]:
    style = dict(
        part.split(":", 1)
        for part in node.get("style", "").replace(" ", "").split(";")
        if ":" in part
    )
    width, height = _points(style.get("width", "")), _points(style.get("height", "0"))
    if width and (height or 0) <= _FLAT:
        yield width

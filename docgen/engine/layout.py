"""After filling: what Word needs of a part that loops and conditions may have upset. Pure."""

from __future__ import annotations

from collections.abc import Callable

from lxml import etree

from docgen.engine.places import W

_DOCPR = "{http://schemas.openxmlformats.org/drawingml/2006/wordprocessingDrawing}docPr"
_FIRST_ID = 1001
#: What must end with a paragraph.
NEEDS_PARAGRAPH = (
    W + "tc",
    W + "hdr",
    W + "ftr",
    W + "footnote",
    W + "endnote",
    W + "txbxContent",
)


def mend(root: etree._Element) -> bool:
    """Mend table grids, drawing ids and holders left without a paragraph; True if anything was changed."""
    steps: tuple[Callable[[etree._Element], bool], ...] = (_grids, _drawing_ids, _empty_holders)
    return sum(step(root) for step in steps) > 0  # all of them run


def _attribute(node: etree._Element | None, name: str) -> int:
    value = "" if node is None else node.get(W + name, "")
    return int(float(value)) if value.replace(".", "", 1).isdigit() else 0


def _cells(row: etree._Element) -> list[etree._Element]:
    return row.findall(f"{W}tc") + row.findall(f"{W}sdt/{W}sdtContent/{W}tc")


def _width(row: etree._Element) -> int:
    """Grid columns that a row takes, with those left out before and after it."""
    total = sum(
        _attribute(row.find(f"{W}trPr/{W}{skip}"), "val") for skip in ("gridBefore", "gridAfter")
    )
    for cell in _cells(row):
        total += max(1, _attribute(cell.find(f"{W}tcPr/{W}gridSpan"), "val"))
    return total


def _grids(root: etree._Element) -> bool:
    """A grid column for every cell of the longest row, none that no row reaches; the same total width.

    As docxtpl does it: a span alone never adds a column.
    """
    changed = False
    for table in root.iter(W + "tbl"):
        grid = table.find(W + "tblGrid")
        rows = [row for row in table.iter(W + "tr") if next(row.iterancestors(W + "tbl")) is table]
        if grid is None or not rows:
            continue
        columns = grid.findall(W + "gridCol")
        most = max(len(_cells(row)) for row in rows)
        needed = max(most, min(len(columns), max(_width(row) for row in rows)))
        if needed in (0, len(columns)):
            continue
        widths = [_attribute(column, "w") for column in columns]
        if needed > len(widths):
            average = sum(widths) // needed
            kept = [width * len(widths) // needed for width in widths]
            widths = kept + [average] * (needed - len(widths))
        else:
            extra = sum(widths[needed:]) // needed
            widths = [width + extra for width in widths[:needed]]
        for column in columns:
            grid.remove(column)
        for index, width in enumerate(widths):
            column = etree.Element(W + "gridCol")
            column.set(W + "w", str(width))
            grid.insert(index, column)
        changed = True
    return changed


def _drawing_ids(root: etree._Element) -> bool:
    """Drawing ids told apart again: a picture in a loop is copied with its id, and Word reports damage."""
    drawings = list(root.iter(_DOCPR))
    if len({node.get("id") for node in drawings}) == len(drawings):
        return False
    for number, node in enumerate(drawings, start=_FIRST_ID):
        node.set("id", str(number))
    return True


def _empty_holders(root: etree._Element) -> bool:
    """A cell, header or note whose last child is no paragraph gets an empty one, a row without a cell a cell.

    Word demands both.
    """
    changed = False
    for row in root.iter(W + "tr"):
        if not _cells(row):
            etree.SubElement(row, W + "tc")
            changed = True
    for holder in root.iter(*NEEDS_PARAGRAPH):
        last = holder[-1] if len(holder) else None
        if last is not None and last.tag in (W + "p", W + "sdt"):
            continue
        etree.SubElement(holder, W + "p")
        changed = True
    return changed

"""Merged areas of a workbook that nobody can mean, taken out before a cell is made for each of their places. Pure."""

from __future__ import annotations

import io
import re
import zipfile

MAX_MERGED = 50_000  # places of one merged area
MAX_ALL_MERGED = 200_000  # places of all merged areas of a sheet

_MERGE = re.compile(
    rb'<(?:\w+:)?mergeCell\b[^>]*?\bref="([A-Z]+)(\d+):([A-Z]+)(\d+)"[^>]*?(?:/>|></(?:\w+:)?mergeCell>)'
)


def _area(found: re.Match[bytes]) -> int:
    """Places of a merged area."""
    down = int(found[4]) - int(found[2]) + 1
    across = _column(found[3]) - _column(found[1]) + 1
    return down * across


def _thinned(xml: bytes) -> bytes:
    """A sheet without its huge merged areas, and without those beyond what one sheet may have of them."""
    left = MAX_ALL_MERGED

    def kept(found: re.Match[bytes]) -> bytes:
        nonlocal left
        area = _area(found)
        if area > min(MAX_MERGED, left):
            return b""
        left -= area
        return found.group()

    return _MERGE.sub(kept, xml)


def without_huge_merges(data: bytes) -> bytes:
    """The workbook without merged areas such as ``A1:A1048576``: openpyxl makes a cell for each of their places.

    Whoever merged a whole column meant its first cell, which stays.
    """
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        mended: dict[str, bytes] = {}
        for part in archive.infolist():
            if part.filename.startswith("xl/worksheets/") and part.filename.endswith(".xml"):
                xml = archive.read(part)
                if len(thin := _thinned(xml)) < len(xml):
                    mended[part.filename] = thin
        if not mended:
            return data
        out = io.BytesIO()
        with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as target:
            for part in archive.infolist():
                target.writestr(part.filename, mended.get(part.filename) or archive.read(part))
    return out.getvalue()


def _column(letters: bytes) -> int:
    number = 0
    for letter in letters:
        number = number * 26 + letter - 64
    return number

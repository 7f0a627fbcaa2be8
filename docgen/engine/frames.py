"""Pictures of the author's that the data may replace: those whose alternative text is one tag. Pure.

The author puts any picture where the real one is to come, with the size, border and wrapping it is to have, and writes
``{{ anh }}`` as its alternative text. A picture in the data is shown in its frame; its own size does not count. Text in
the data is what it is elsewhere: the alternative text.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from lxml import etree

_WP = "{http://schemas.openxmlformats.org/drawingml/2006/wordprocessingDrawing}"
_A = "{http://schemas.openxmlformats.org/drawingml/2006/main}"
_R = "{http://schemas.openxmlformats.org/officeDocument/2006/relationships}"
_SVG = "{http://schemas.microsoft.com/office/drawing/2016/SVG/main}svgBlip"
#: A name, perhaps with an empty default: then the author's own picture stays where the data has none.
_ONE_TAG = re.compile(
    r"\s*(\{\{\s*[\w.\u0300-\u036f]+\s*(?:\|\s*d(?:efault)?\s*(?:\(\s*(?:''|\"\")?\s*\)\s*)?)?\}\})\s*"
)


def frames(root: etree._Element) -> Iterator[tuple[etree._Element, str, etree._Element]]:
    """The drawings with a tag for alternative text: its properties, the tag, and what is shown."""
    for properties in root.iter(_WP + "docPr"):
        match = _ONE_TAG.fullmatch(properties.get("descr", ""))
        drawing = properties.getparent()
        if match is None or drawing is None:
            continue
        for blip in drawing.iter(_A + "blip"):
            if blip.get(_R + "embed"):
                yield properties, match[1], blip


def open_frames(root: etree._Element) -> None:
    """Give what is shown in each of them a tag too: its relation, with the name of the value after it."""
    for properties, tag, blip in list(frames(root)):
        properties.set("descr", tag)
        blip.set(_R + "embed", f"{blip.get(_R + 'embed')}{tag}")
        for vector in list(blip.iter(_SVG)):  # shown instead of the other where a reader can
            extension = next(vector.iterancestors(_A + "extLst"), None)
            if extension is not None and extension.getparent() is not None:
                blip.remove(extension)

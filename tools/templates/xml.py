"""Small pieces of WordprocessingML that python-docx has no words for."""

from __future__ import annotations

from typing import Any

from docx.oxml import OxmlElement
from docx.oxml.ns import qn


def twips(points: float) -> str:
    return str(round(points * 20))


def element(name: str, /, **attributes: str) -> Any:
    """A ``w:`` element; attribute names are ``w:`` too (``val`` -> ``w:val``)."""
    made = OxmlElement(f"w:{name}")
    for key, value in attributes.items():
        made.set(qn(f"w:{key}"), value)
    return made


def set_fonts(run_properties: Any, font: str = "Times New Roman") -> None:
    """Name the font for every script, and drop theme fonts that would win over it."""
    for old in run_properties.findall(qn("w:rFonts")):
        run_properties.remove(old)
    run_properties.insert(0, element("rFonts", ascii=font, hAnsi=font, cs=font, eastAsia=font))


def field_run(paragraph: Any, code: str) -> None:
    """A complex field (``PAGE``) in runs of its own."""
    for kind in ("begin", None, "separate", "text", "end"):
        run = paragraph.add_run()
        if kind == "text":
            run.text = "2"
        elif kind is None:
            instruction = element("instrText")
            instruction.set(qn("xml:space"), "preserve")
            instruction.text = f" {code} "
            run._r.append(instruction)
        else:
            run._r.append(element("fldChar", fldCharType=kind))


def rule_above(paragraph: Any, *, room: float, length: float) -> None:
    """A solid line of ``length`` points, centred in ``room`` points: a top border between two indents."""
    side = (room - length) / 2
    properties = paragraph._p.get_or_add_pPr()
    borders = element("pBdr")
    borders.append(element("top", val="single", sz="6", space="0", color="000000"))
    _insert(properties, borders)
    _insert(properties, element("ind", left=twips(side), right=twips(side), firstLine="0"))


# Order of the children of w:pPr that we write (ECMA-376 17.3.1.26); Word refuses another order.
_ORDER = [
    "pStyle",
    "keepNext",
    "keepLines",
    "pageBreakBefore",
    "framePr",
    "widowControl",
    "numPr",
    "suppressLineNumbers",
    "pBdr",
    "shd",
    "tabs",
    "suppressAutoHyphens",
    "kinsoku",
    "wordWrap",
    "overflowPunct",
    "topLinePunct",
    "autoSpaceDE",
    "autoSpaceDN",
    "bidi",
    "adjustRightInd",
    "snapToGrid",
    "spacing",
    "ind",
    "contextualSpacing",
    "mirrorIndents",
    "suppressOverlap",
    "jc",
    "textDirection",
    "textAlignment",
    "textboxTightWrap",
    "outlineLvl",
    "divId",
    "cnfStyle",
    "rPr",
    "sectPr",
    "pPrChange",
]


def _rank(child: Any) -> int:
    name = child.tag.rpartition("}")[2]
    return _ORDER.index(name) if name in _ORDER else len(_ORDER)


def _insert(properties: Any, child: Any) -> None:
    for old in properties.findall(child.tag):
        properties.remove(old)
    place = sum(_rank(other) <= _rank(child) for other in properties)
    properties.insert(place, child)

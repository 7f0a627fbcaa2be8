"""Setting properties in WordprocessingML, each child in its place (ECMA-376 17.3.1.26, 17.3.2.28)."""

from __future__ import annotations

from lxml import etree

from docgen.rules.view.names import W

_PARAGRAPH = (
    "pStyle", "keepNext", "keepLines", "pageBreakBefore", "framePr", "widowControl", "numPr",
    "suppressLineNumbers", "pBdr", "shd", "tabs", "suppressAutoHyphens", "kinsoku", "wordWrap",
    "overflowPunct", "topLinePunct", "autoSpaceDE", "autoSpaceDN", "bidi", "adjustRightInd", "snapToGrid",
    "spacing", "ind", "contextualSpacing", "mirrorIndents", "suppressOverlap", "jc", "textDirection",
    "textAlignment", "textboxTightWrap", "outlineLvl", "divId", "cnfStyle", "rPr", "sectPr", "pPrChange",
)  # fmt: skip
_RUN = (
    "rStyle", "rFonts", "b", "bCs", "i", "iCs", "caps", "smallCaps", "strike", "dstrike", "outline", "shadow",
    "emboss", "imprint", "noProof", "snapToGrid", "vanish", "webHidden", "color", "spacing", "w", "kern",
    "position", "sz", "szCs", "highlight", "u", "effect", "bdr", "shd", "fitText", "vertAlign", "rtl", "cs",
    "em", "lang", "eastAsianLayout", "specVanish", "oMath",
)  # fmt: skip
_SECTION = (
    "headerReference", "footerReference", "footnotePr", "endnotePr", "type", "pgSz", "pgMar", "paperSrc",
    "pgBorders", "lnNumType", "pgNumType", "cols", "formProt", "vAlign", "noEndnote", "titlePg",
    "textDirection", "bidi", "rtlGutter", "docGrid", "printerSettings", "sectPrChange",
)  # fmt: skip


def _child(parent: etree._Element, name: str, order: tuple[str, ...]) -> etree._Element:
    found = parent.find(W + name)
    if found is not None:
        return found
    made = etree.Element(W + name)
    rank = order.index(name)
    names = [str(child.tag).removeprefix(W) for child in parent]
    place = sum(one in order and order.index(one) <= rank for one in names)
    parent.insert(place, made)
    return made


def paragraph_property(paragraph: etree._Element, name: str, **values: int | str) -> None:
    """Set attributes of a child of ``w:pPr``; others of that child stay."""
    properties = paragraph.find(W + "pPr")
    if properties is None:
        properties = etree.Element(W + "pPr")
        paragraph.insert(0, properties)
    child = _child(properties, name, _PARAGRAPH)
    for key, value in values.items():
        child.set(W + key, str(value))


def drop_attributes(paragraph: etree._Element, name: str, *keys: str) -> None:
    """Take attributes off a child of ``w:pPr``."""
    child = paragraph.find(f"{W}pPr/{W}{name}")
    if child is not None:
        for key in keys:
            child.attrib.pop(W + key, "")


def run_property(run: etree._Element, name: str, **values: int | str) -> None:
    """Set attributes of a child of ``w:rPr``."""
    properties = run.find(W + "rPr")
    if properties is None:
        properties = etree.Element(W + "rPr")
        run.insert(0, properties)
    child = _child(properties, name, _RUN)
    for key, value in values.items():
        child.set(W + key, str(value))


def set_size(run: etree._Element, points: float) -> None:
    """Font size of a run."""
    run_property(run, "sz", val=round(points * 2))
    run_property(run, "szCs", val=round(points * 2))


def set_font(run: etree._Element, font: str = "Times New Roman") -> None:
    """Font of a run for every script; theme fonts would win, so they go."""
    properties = run.find(W + "rPr")
    old = None if properties is None else properties.find(W + "rFonts")
    if properties is not None and old is not None:
        properties.remove(old)
    run_property(run, "rFonts", ascii=font, hAnsi=font, cs=font, eastAsia=font)


def section_property(section: etree._Element, name: str, **values: int | str) -> etree._Element:
    """Set attributes of a child of ``w:sectPr``."""
    child = _child(section, name, _SECTION)
    for key, value in values.items():
        child.set(W + key, str(value))
    return child

"""Effective formatting: run, character style, paragraph style (basedOn), table style, defaults, theme fonts.

Order of ECMA-376 17.7.2: defaults, table style, numbering level, paragraph style, character style, direct.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any

from lxml import etree

from docgen.rules.view.names import VAL, A, W, integer, switched, value

Props = dict[str, Any]
_TOGGLES = {
    "b": "bold", "i": "italic", "caps": "caps", "smallCaps": "small_caps", "vanish": "hidden",
}  # fmt: skip
_EDGES = {"left": "left", "start": "left", "right": "right", "end": "right"}
_ALIGN = {"start": "left", "end": "right", "distribute": "both", "lowKashida": "both"}


@dataclass(frozen=True, slots=True)
class Look:
    """Looks of a run. ``size`` in points; ``color`` is ``auto`` or six hex digits in capitals."""

    ascii_font: str
    other_font: str
    size: float
    bold: bool
    italic: bool
    color: str
    caps: bool
    underline: bool
    superscript: bool
    hidden: bool


@dataclass(frozen=True, slots=True)
class Layout:
    """Looks of a paragraph. Lengths in twips; ``line`` in 240ths of a line if ``line_rule`` is ``auto``."""

    align: str
    left: int
    right: int
    first: int
    before: int
    after: int
    line: int
    line_rule: str
    contextual: bool
    tabs: tuple[tuple[int, str], ...]
    top_border: bool
    bottom_border: bool
    page_break_before: bool
    frame_align: str | None


def run_props(element: etree._Element | None, fonts: Mapping[str, str]) -> Props:
    """What one ``w:rPr`` says itself. ``fonts``: theme slot to typeface."""
    props: Props = {}
    for child in () if element is None else element:
        name = str(child.tag).removeprefix(W)
        if name in _TOGGLES:
            props[_TOGGLES[name]] = switched(child)
        elif name == "rFonts":
            _fonts(child, fonts, props)
        elif name in _RUN_READERS:
            _RUN_READERS[name](child, props)
    return props


def _read_size(child: etree._Element, props: Props) -> None:
    half = integer(child, "val")
    if half is not None:
        props["size"] = half / 2


def _read_color(child: etree._Element, props: Props) -> None:
    props["color"] = (child.get(VAL) or "auto").upper().replace("AUTO", "auto")


def _read_underline(child: etree._Element, props: Props) -> None:
    props["underline"] = child.get(VAL, "single") != "none"


def _read_raised(child: etree._Element, props: Props) -> None:
    props["superscript"] = child.get(VAL) == "superscript"


Reader = Callable[[etree._Element, Props], None]  # noqa: SLF001
_RUN_READERS: dict[str, Reader] = {
    "sz": _read_size,
    "color": _read_color,
    "u": _read_underline,
    "vertAlign": _read_raised,
}


def _fonts(element: etree._Element, fonts: Mapping[str, str], props: Props) -> None:
    for slot, key in (("ascii", "ascii_font"), ("hAnsi", "other_font")):
        theme = element.get(f"{W}{slot}Theme")
        named = fonts.get(theme) if theme else element.get(W + slot)
        if named:
            props[key] = named


def paragraph_props(element: etree._Element | None) -> Props:
    """What one ``w:pPr`` says itself."""
    props: Props = {}
    for child in () if element is None else element:
        reader = _READERS.get(str(child.tag).removeprefix(W))
        if reader is not None:
            reader(child, props)
    return props


def _read_align(child: etree._Element, props: Props) -> None:
    align = child.get(VAL, "left")
    props["align"] = _ALIGN.get(align, align)


def _read_indent(child: etree._Element, props: Props) -> None:
    for name, key in _EDGES.items():
        edge = integer(child, name)
        if edge is not None:
            props[key] = edge
    first, hanging = integer(child, "firstLine"), integer(child, "hanging")
    if hanging is not None:
        props["first"] = -hanging
    elif first is not None:
        props["first"] = first


_AUTO_GAP = 280  # twips: what Word puts for "auto" spacing


def _read_spacing(child: etree._Element, props: Props) -> None:
    for name in ("before", "after"):
        gap = integer(child, name)
        lines = integer(child, f"{name}Lines")
        auto = child.get(f"{W}{name}Autospacing")
        if gap is not None:
            props[name] = gap
        if lines:
            props[name] = lines * 240 // 100
        if auto is not None:
            props[f"{name}_auto"] = auto.lower() not in {"0", "false", "off"}
    line = integer(child, "line")
    if line is not None:
        props["line"] = line
        props["line_rule"] = child.get(W + "lineRule", "auto")


def _read_borders(child: etree._Element, props: Props) -> None:
    for name in ("top", "bottom"):
        border = child.find(W + name)
        if border is not None:
            props[f"{name}_border"] = is_line(border)


def is_line(border: etree._Element | None) -> bool:
    """Whether a border element draws a solid line."""
    return border is not None and border.get(VAL) not in {None, "nil", "none"}


def _read_tabs(child: etree._Element, props: Props) -> None:
    props["tabs"] = {
        position: tab.get(VAL, "left")
        for tab in child.findall(W + "tab")
        if (position := integer(tab, "pos")) is not None
    }


def _read_numbering(child: etree._Element, props: Props) -> None:
    number = value(child, "numId")
    level = value(child, "ilvl")
    if number is not None:
        props["num_id"] = number
    if level is not None:
        props["level"] = min(int(level), 8) if level.isdecimal() else 0


def _read_contextual(child: etree._Element, props: Props) -> None:
    props["contextual"] = switched(child)


def _read_page_break(child: etree._Element, props: Props) -> None:
    props["page_break"] = switched(child)


def _read_frame(child: etree._Element, props: Props) -> None:
    props["frame"] = child.get(W + "xAlign") or "none"


_READERS: dict[str, Reader] = {
    "jc": _read_align,
    "ind": _read_indent,
    "spacing": _read_spacing,
    "pBdr": _read_borders,
    "tabs": _read_tabs,
    "numPr": _read_numbering,
    "contextualSpacing": _read_contextual,
    "pageBreakBefore": _read_page_break,
    "framePr": _read_frame,
}


def merge_paragraph(base: Props, over: Props) -> Props:
    """``over`` laid on ``base``; tab stops add up, a ``clear`` takes one away."""
    merged = {**base, **over}
    if "tabs" in base and "tabs" in over:
        merged["tabs"] = {**base["tabs"], **over["tabs"]}
    return merged


def make_look(props: Props) -> Look:
    """Look of merged properties; without any word Word prints Times New Roman 10."""
    ascii_font = props.get("ascii_font", "Times New Roman")
    return Look(
        ascii_font=ascii_font,
        other_font=props.get("other_font", "Times New Roman"),
        size=props.get("size", 10.0),
        bold=props.get("bold", False),
        italic=props.get("italic", False),
        color=props.get("color", "auto"),
        caps=props.get("caps", False),
        underline=props.get("underline", False),
        superscript=props.get("superscript", False),
        hidden=props.get("hidden", False),
    )


def make_layout(props: Props) -> Layout:
    """Layout of merged properties."""
    tabs = props.get("tabs", {})
    return Layout(
        align=props.get("align", "left"),
        left=props.get("left", 0),
        right=props.get("right", 0),
        first=props.get("first", 0),
        before=_AUTO_GAP if props.get("before_auto") else props.get("before", 0),
        after=_AUTO_GAP if props.get("after_auto") else props.get("after", 0),
        line=props.get("line", 240),
        line_rule=props.get("line_rule", "auto"),
        contextual=props.get("contextual", False),
        tabs=tuple(sorted((at, kind) for at, kind in tabs.items() if kind != "clear")),
        top_border=props.get("top_border", False),
        bottom_border=props.get("bottom_border", False),
        page_break_before=props.get("page_break", False),
        frame_align=props.get("frame"),
    )


def theme_fonts(theme: etree._Element | None) -> dict[str, str]:
    """``majorHAnsi``, ``minorAscii`` ... to the typeface of the theme."""
    found: dict[str, str] = {}
    for group in ("major", "minor"):
        latin = None if theme is None else theme.find(f".//{A}{group}Font/{A}latin")
        face = None if latin is None else latin.get("typeface")
        if face:
            found |= {f"{group}{slot}": face for slot in ("Ascii", "HAnsi", "EastAsia", "Bidi")}
    return found

"""The text of a Word paragraph, with its content controls: insertions kept, deletions dropped, old fonts converted."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, field

from lxml import etree

from core.legacy import Encoding, encoding_of_font, guess_encoding, to_unicode
from core.letters import nfc
from intake.readers.raw import Control

_W = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
_W14 = "http://schemas.microsoft.com/office/word/2010/wordml"
_MC = "http://schemas.openxmlformats.org/markup-compatibility/2006"
_KEY = re.compile(r"(?:rows\.)?[a-z][a-z0-9_]*")
#: Symbols of Wingdings that people use as check boxes.
_SYMBOLS = {
    0xFE: "☒",
    0xFD: "☒",
    0xFC: "✓",
    0xFB: "✗",
    0xA8: "☐",
    0x6F: "☐",
    0x71: "☐",
    0x52: "☒",
    0x78: "☒",
}
_SIGNS = {"tab": "\t", "ptab": "\t", "br": "\n", "cr": "\n", "noBreakHyphen": "-"}
_STRUCK = ("strike", "dstrike")
#: Containers whose content simply goes on: links, fields, smart tags, insertions.
_THROUGH = frozenset(
    (
        "hyperlink",
        "fldSimple",
        "smartTag",
        "customXml",
        "ins",
        "moveTo",
        "bdo",
        "dir",
        "sdtContent",
        "subDoc",
    )
)


def w(name: str) -> str:
    """The full name of an element of WordprocessingML."""
    return f"{{{_W}}}{name}"


def local(element: etree._Element) -> str:
    """The name of an element without its namespace; empty for comments."""
    tag: object = element.tag
    return tag.rpartition("}")[2] if isinstance(tag, str) else ""


@dataclass(slots=True)
class Fonts:
    """Fonts by style, to know in which encoding a run is typed; and a guess for the document as a whole."""

    by_style: dict[str, str] = field(default_factory=dict)
    default: str = ""
    whole: Encoding | None = None
    met: set[str] = field(default_factory=set)

    def convert(self, text: str, run: etree._Element, paragraph_style: str) -> str:
        """The text of a run in Unicode."""
        font = (
            _run_font(run)
            or self._style_font(run)
            or self.by_style.get(paragraph_style, "")
            or self.default
        )
        encoding = encoding_of_font(font)
        if encoding is None and self.whole is not None and not encoding_of_font(self.default):
            encoding = guess_encoding(text)
        if encoding is None:
            return text
        self.met.add("legacy_fonts")
        return to_unicode(text, encoding, font=font)

    def _style_font(self, run: etree._Element) -> str:
        style = run.find(f"{w('rPr')}/{w('rStyle')}")
        return self.by_style.get(style.get(w("val"), ""), "") if style is not None else ""


def _run_font(run: etree._Element) -> str:
    fonts = run.find(f"{w('rPr')}/{w('rFonts')}")
    if fonts is None:
        return ""
    return fonts.get(w("ascii")) or fonts.get(w("hAnsi")) or fonts.get(w("cs")) or ""


def read_fonts(styles: etree._Element | None) -> Fonts:
    """Fonts of the styles, each with what it inherits."""
    fonts = Fonts()
    if styles is None:
        return fonts
    default = styles.find(f"{w('docDefaults')}/{w('rPrDefault')}")
    if default is not None:
        fonts.default = _run_font(default)
    own: dict[str, tuple[str, str]] = {}
    for style in styles.iter(w("style")):
        based = style.find(w("basedOn"))
        parent = based.get(w("val"), "") if based is not None else ""
        own[style.get(w("styleId"), "")] = (_run_font(style), parent)
        if style.get(w("type")) == "paragraph" and style.get(w("default")) in {"1", "true"}:
            fonts.default = _run_font(style) or fonts.default
    for name in own:
        font, parent, seen = own[name][0], own[name][1], {name}
        while not font and parent in own and parent not in seen:
            seen.add(parent)
            font, parent = own[parent]
        fonts.by_style[name] = font
    return fonts


@dataclass(slots=True)
class Written:
    """Text and controls gathered from a stretch of a document, and text boxes met on the way."""

    parts: list[str] = field(default_factory=list)
    controls: list[Control] = field(default_factory=list)
    boxes: list[etree._Element] = field(default_factory=list)

    @property
    def text(self) -> str:
        """The text so far, composed."""
        return nfc("".join(self.parts))


def read_paragraph(paragraph: etree._Element, fonts: Fonts, into: Written) -> None:
    """Add the text and the controls of one paragraph."""
    style = paragraph.find(f"{w('pPr')}/{w('pStyle')}")
    _inline(paragraph, fonts, into, style.get(w("val"), "") if style is not None else "")


def _inline(parent: etree._Element, fonts: Fonts, into: Written, style: str) -> None:
    for child in parent:
        name = local(child)
        if name == "r":
            _run(child, fonts, into, style)
        elif name == "sdt":
            read_control(child, fonts, into, style)
        elif name in _THROUGH:
            if name in {"ins", "moveTo"}:
                fonts.met.add("tracked_changes")
            _inline(child, fonts, into, style)
        elif name in {"del", "moveFrom"}:
            fonts.met.add("tracked_changes")
        elif name == "AlternateContent":
            _alternate(child, into)


def _run(run: etree._Element, fonts: Fonts, into: Written, style: str) -> None:
    properties = run.find(w("rPr"))
    if properties is not None and _is_on(properties.find(w("vanish"))):
        return
    if properties is not None and any(_is_on(properties.find(w(one))) for one in _STRUCK):
        fonts.met.add("struck_text")  # crossed out by hand, without tracking
        return
    for child in run:
        name = local(child)
        if name == "t":
            into.parts.append(fonts.convert(child.text or "", run, style))
        elif name in _SIGNS:
            into.parts.append(_SIGNS[name])
        elif name == "sym":
            into.parts.append(_symbol(child))
        elif name == "fldChar":
            into.parts.append(_legacy_box(child))
        elif name == "AlternateContent":
            _alternate(child, into)
        elif name in {"pict", "drawing"}:
            into.boxes += child.iter(w("txbxContent"))


def _symbol(element: etree._Element) -> str:
    try:
        code = int(element.get(w("char"), "0"), 16) & 0xFF
    except ValueError:
        return ""
    return _SYMBOLS.get(code, "")


def _legacy_box(element: etree._Element) -> str:
    """A check box of an old form field, as a box."""
    box = element.find(f"{w('ffData')}/{w('checkBox')}")
    if box is None:
        return ""
    state = box.find(w("checked"))
    if state is None:
        state = box.find(w("default"))
    return "☒" if _is_on(state) else "☐"


def _is_on(element: etree._Element | None) -> bool:
    return element is not None and element.get(w("val"), "1") not in {"0", "false", "off", "none"}


def _alternate(element: etree._Element, into: Written) -> None:
    """The same drawing twice, for new and old Word: one of them is read."""
    chosen = element.find(f"{{{_MC}}}Choice")
    if chosen is None:
        chosen = element.find(f"{{{_MC}}}Fallback")
    if chosen is not None:
        into.boxes += chosen.iter(w("txbxContent"))


def read_control(sdt: etree._Element, fonts: Fonts, into: Written, style: str) -> None:
    """A control in a line: its content goes on in the text, unless it is the placeholder."""
    content = sdt.find(w("sdtContent"))
    if content is None:
        return
    inner = Written()
    _inline(content, fonts, inner, style)
    for paragraph in content.iter(w("p")):
        if inner.parts and inner.parts[-1] != "\n":
            inner.parts.append("\n")
        read_paragraph(paragraph, fonts, inner)
    control = control_of(sdt, inner.text)
    into.boxes += inner.boxes
    if not (control is not None and _shows_placeholder(sdt)):
        into.parts += inner.parts
    if control is not None:
        into.controls.append(control)
    into.controls += inner.controls


def control_of(sdt: etree._Element, text: str) -> Control | None:
    """The control itself, keyed by its tag or else its alias; None without a key of ours."""
    properties = sdt.find(w("sdtPr"))
    if properties is None:
        return None
    key = next((name for name in _names(properties) if _KEY.fullmatch(name)), None)
    if key is None:
        return None
    checkbox = properties.find(f"{{{_W14}}}checkbox")
    if checkbox is not None:
        state = checkbox.find(f"{{{_W14}}}checked")
        ticked = state is not None and state.get(f"{{{_W14}}}val", "1") in {"1", "true"}
        return Control(key, "", checked=ticked)
    if _shows_placeholder(sdt):
        return Control(key, "")
    return Control(key, text.strip(), choice=_choice(properties, text.strip()))


def _names(properties: etree._Element) -> Iterator[str]:
    for name in ("tag", "alias"):
        element = properties.find(w(name))
        if element is not None:
            yield element.get(w("val"), "").strip()


def _shows_placeholder(sdt: etree._Element) -> bool:
    properties = sdt.find(w("sdtPr"))
    return properties is not None and _is_on(properties.find(w("showingPlcHdr")))


def _choice(properties: etree._Element, text: str) -> str | None:
    for kind in ("dropDownList", "comboBox"):
        entries = properties.find(w(kind))
        for item in entries.iter(w("listItem")) if entries is not None else ():
            if item.get(w("displayText"), item.get(w("value"), "")).strip() == text:
                return item.get(w("value"))
    return None

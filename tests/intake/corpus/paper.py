"""A bare writer of Word files: every run, control, insertion and merged cell is put where a style wants it."""

from __future__ import annotations

import io
import unicodedata
import zipfile
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from random import Random
from xml.sax.saxutils import escape, quoteattr

from core.legacy import _TCVN3, _VNI, _VNI_SINGLE

_NAMESPACES = (
    'xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main" '
    'xmlns:w14="http://schemas.microsoft.com/office/word/2010/wordml" '
    'xmlns:wp="http://schemas.openxmlformats.org/drawingml/2006/wordprocessingDrawing" '
    'xmlns:a="http://schemas.openxmlformats.org/drawingml/2006/main" '
    'xmlns:wps="http://schemas.microsoft.com/office/word/2010/wordprocessingShape" '
    'xmlns:mc="http://schemas.openxmlformats.org/markup-compatibility/2006" '
    'xmlns:v="urn:schemas-microsoft-com:vml"'
)
_TO_TCVN3 = {letter: code for code, letter in _TCVN3.items()}
_TO_VNI = {letter: pair for pair, letter in _VNI.items()} | {
    letter: code for code, letter in _VNI_SINGLE.items()
}
_TYPES = (
    '<?xml version="1.0" encoding="UTF-8"?><Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types">'
    '<Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/>'
    '<Default Extension="xml" ContentType="application/xml"/>'
    '<Override PartName="/word/document.xml" ContentType="application/vnd.openxmlformats-officedocument.wordprocessingml.document.main+xml"/>'  # noqa: E501
    '<Override PartName="/word/styles.xml" ContentType="application/vnd.openxmlformats-officedocument.wordprocessingml.styles+xml"/>'  # noqa: E501
    "</Types>"
)
_RELS = (
    '<?xml version="1.0" encoding="UTF-8"?><Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships">'
    '<Relationship Id="r1" Type="http://schemas.openxmlformats.org/officeDocument/2006/relationships/{0}" Target="{1}"/></Relationships>'  # noqa: E501
)
_STYLES = (
    '<?xml version="1.0" encoding="UTF-8"?><w:styles xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main">'
    '<w:docDefaults><w:rPrDefault><w:rPr><w:rFonts w:ascii="Times New Roman" w:hAnsi="Times New Roman" w:cs="Times New Roman"/>'  # noqa: E501
    '<w:sz w:val="{size}"/></w:rPr></w:rPrDefault></w:docDefaults></w:styles>'
)
_MADE = (2024, 5, 2, 8, 0, 0)
_STAMP = 'w:author="CB" w:date="2024-05-02T08:00:00Z"'


def run(text: str, *, font: str = "") -> str:
    """Text as runs; tabs and line ends as their elements."""
    fonts = (
        f'<w:rPr><w:rFonts w:ascii="{font}" w:hAnsi="{font}" w:cs="{font}"/></w:rPr>'
        if font
        else ""
    )
    parts = []
    for line_at, line in enumerate(text.split("\n")):
        if line_at:
            parts.append("<w:br/>")
        for tab_at, piece in enumerate(line.split("\t")):
            if tab_at:
                parts.append("<w:tab/>")
            if piece:
                parts.append(f'<w:t xml:space="preserve">{escape(piece)}</w:t>')
    return f"<w:r>{fonts}{''.join(parts)}</w:r>"


def tracked(text: str) -> str:
    """A value put in by somebody who tracks changes, an older one struck out."""
    old = f'<w:del w:id="1" {_STAMP}><w:r><w:delText xml:space="preserve">số cũ 99</w:delText></w:r></w:del>'
    return f'{old}<w:ins w:id="2" {_STAMP}>{run(text)}</w:ins>'


def split(text: str, random: Random) -> str:
    """Runs of one to four signs, as Word leaves them after many edits."""
    out, at = [], 0
    while at < len(text):
        size = random.randint(1, 4)
        out.append(
            run(text[at : at + size]) + random.choice(("", "<w:proofErr w:type='spellStart'/>"))
        )
        at += size
    return "".join(out)


def decomposed(text: str) -> str:
    """NFD, as a Mac types it."""
    return run(unicodedata.normalize("NFD", text))


def tcvn3(text: str) -> str:
    """Runs in .VnTime, capital letters with marks in .VnTimeH."""
    out: list[str] = []
    plain: list[str] = []

    def flush() -> None:
        if plain:
            out.append(run("".join(plain), font=".VnTime"))
            plain.clear()

    for char in text:
        if char in _TO_TCVN3 or ord(char) < 128:
            plain.append(_TO_TCVN3.get(char, char))
        elif char.lower() in _TO_TCVN3:
            flush()
            out.append(run(_TO_TCVN3[char.lower()], font=".VnTimeH"))
        else:
            flush()
            out.append(run(char))
    flush()
    return "".join(out)


def vni(text: str) -> str:
    """Runs in VNI-Times."""
    made = []
    for char in text:
        pair = _TO_VNI.get(char) or _TO_VNI.get(char.lower(), char)
        made.append(
            pair[0].upper() + pair[1:].upper() if char.isupper() and char not in _TO_VNI else pair
        )
    return run("".join(made), font="VNI-Times")


def control(
    key: str,
    text: str,
    *,
    tag: bool = True,
    checked: bool | None = None,
    choices: Sequence[tuple[str, str]] = (),
    body: Callable[[str], str] = run,
    kind: str = "run",
) -> str:
    """A content control around a value: in a line, or (``kind``) around a paragraph."""
    name = f"{f'<w:tag w:val={quoteattr(key)}/>' if tag else ''}<w:alias w:val={quoteattr(key)}/>"
    extra = "<w:text/>"
    if checked is not None:
        extra = f'<w14:checkbox><w14:checked w14:val="{int(checked)}"/></w14:checkbox>'
    elif choices:
        items = "".join(
            f"<w:listItem w:displayText={quoteattr(shown)} w:value={quoteattr(code)}/>"
            for code, shown in choices
        )
        extra = f"<w:dropDownList>{items}</w:dropDownList>"
    placeholder = "" if text else "<w:showingPlcHdr/>"
    inside = body(text) if text else run("Bấm để nhập")
    if kind == "block":
        inside = f"<w:p>{inside}</w:p>"
    return f"<w:sdt><w:sdtPr>{name}{placeholder}{extra}</w:sdtPr><w:sdtContent>{inside}</w:sdtContent></w:sdt>"


def paragraph(inside: str, *, tabs: bool = False, center: bool = False) -> str:
    properties = ""
    if tabs:
        properties += '<w:tabs><w:tab w:val="right" w:leader="dot" w:pos="9000"/></w:tabs>'
    if center:
        properties += '<w:jc w:val="center"/>'
    return f"<w:p>{f'<w:pPr>{properties}</w:pPr>' if properties else ''}{inside}</w:p>"


def text_box(inside: str) -> str:
    """A paragraph whose text stands in a box, for new Word and old."""
    content = f"<w:txbxContent>{inside}</w:txbxContent>"
    new = (
        '<w:drawing><wp:anchor distT="0" distB="0" distL="0" distR="0" simplePos="0" relativeHeight="1" behindDoc="0" '
        'locked="0" layoutInCell="1" allowOverlap="1"><wp:simplePos x="0" y="0"/><wp:positionH relativeFrom="column">'
        '<wp:posOffset>0</wp:posOffset></wp:positionH><wp:positionV relativeFrom="paragraph"><wp:posOffset>0</wp:posOffset>'  # noqa: E501
        '</wp:positionV><wp:extent cx="5000000" cy="900000"/><wp:wrapTopAndBottom/><wp:docPr id="7" name="Khung"/><a:graphic>'  # noqa: E501
        '<a:graphicData uri="http://schemas.microsoft.com/office/word/2010/wordprocessingShape"><wps:wsp><wps:spPr/>'
        f"<wps:txbx>{content}</wps:txbx><wps:bodyPr/></wps:wsp></a:graphicData></a:graphic></wp:anchor></w:drawing>"
    )
    old = f"<w:pict><v:shape><v:textbox>{content}</v:textbox></v:shape></w:pict>"
    both = f'<mc:AlternateContent><mc:Choice Requires="wps">{new}</mc:Choice><mc:Fallback>{old}</mc:Fallback></mc:AlternateContent>'  # noqa: E501
    return f"<w:p><w:r>{both}</w:r></w:p>"


@dataclass
class Box:
    """A table cell: paragraphs as XML, how many columns it spans, and whether it goes on with the one above."""

    inside: str
    span: int = 1
    merge: str = ""  # "", "restart" or "continue"
    width: int = 0


def cell(
    text: str, *, body: Callable[[str], str] = run, span: int = 1, merge: str = "", width: int = 0
) -> Box:
    return Box(paragraph(body(text)), span, merge, width)


def table(rows: Sequence[Sequence[Box]], *, repeat_head: int = 0) -> str:
    """A ruled table; ``width`` of the cells in twentieths of a point."""
    made = []
    for at, row in enumerate(rows):
        head = "<w:trPr><w:tblHeader/></w:trPr>" if at < repeat_head else ""
        cells = "".join(_tc(one) for one in row)
        made.append(f"<w:tr>{head}{cells}</w:tr>")
    first = max(rows, key=len)
    grid = "".join(f'<w:gridCol w:w="{one.width or 2000}"/>' for one in first)
    edges = "".join(
        f'<w:{side} w:val="single" w:sz="4" w:space="0" w:color="000000"/>'
        for side in ("top", "left", "bottom", "right", "insideH", "insideV")
    )
    properties = (
        f'<w:tblPr><w:tblBorders>{edges}</w:tblBorders><w:tblLayout w:type="fixed"/></w:tblPr>'
    )
    return f"<w:tbl>{properties}<w:tblGrid>{grid}</w:tblGrid>{''.join(made)}</w:tbl>"


def _tc(one: Box) -> str:
    properties = f'<w:tcW w:w="{one.width}" w:type="dxa"/>' if one.width else ""
    if one.span > 1:
        properties += f'<w:gridSpan w:val="{one.span}"/>'
    if one.merge:
        properties += "<w:vMerge/>" if one.merge == "continue" else '<w:vMerge w:val="restart"/>'
    inside = one.inside if "<w:p>" in one.inside or "<w:p " in one.inside else paragraph(one.inside)
    return f"<w:tc><w:tcPr>{properties}</w:tcPr>{inside}</w:tc>"


PAGE_BREAK = '<w:p><w:r><w:br w:type="page"/></w:r></w:p>'


@dataclass
class Paper:
    """The body of a document, put together piece by piece."""

    landscape: bool = False
    size: int = 24  # half points
    body: list[str] = field(default_factory=list)

    def add(self, xml: str) -> None:
        self.body.append(xml)

    def saved(self) -> bytes:
        wide, high = (16838, 11906) if self.landscape else (11906, 16838)
        orient = ' w:orient="landscape"' if self.landscape else ""
        margins = '<w:pgMar w:top="850" w:right="850" w:bottom="850" w:left="1134" w:header="400" w:footer="400" w:gutter="0"/>'  # noqa: E501
        section = f'<w:sectPr><w:pgSz w:w="{wide}" w:h="{high}"{orient}/>{margins}</w:sectPr>'
        document = f'<?xml version="1.0" encoding="UTF-8"?><w:document {_NAMESPACES}><w:body>{"".join(self.body)}{section}</w:body></w:document>'  # noqa: E501
        stream = io.BytesIO()
        with zipfile.ZipFile(stream, "w", zipfile.ZIP_DEFLATED) as archive:
            for name, part in (
                ("[Content_Types].xml", _TYPES),
                ("_rels/.rels", _RELS.format("officeDocument", "word/document.xml")),
                ("word/_rels/document.xml.rels", _RELS.format("styles", "styles.xml")),
                ("word/styles.xml", _STYLES.format(size=self.size)),
                ("word/document.xml", document),
            ):
                member = zipfile.ZipInfo(name, _MADE)  # a name alone takes the time of the clock
                member.compress_type = zipfile.ZIP_DEFLATED
                archive.writestr(member, part)
        return stream.getvalue()

"""Pieces of WordprocessingML for the forms, as text: runs, paragraphs, controls, tables of fixed measure. Pure."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from xml.sax.saxutils import escape, quoteattr

FONT = "Times New Roman"
#: Times New Roman has no boxes; this font is on every Windows, elsewhere another one steps in.
BOX_FONT = "Segoe UI Symbol"
_BOXES = "☐☒"
_TWIPS_A_MM = 1440 / 25.4
_HAIR = 'w:val="single" w:sz="4" w:space="0" w:color="000000"'


def twips(millimetres: float) -> int:
    """A length as Word counts it."""
    return round(millimetres * _TWIPS_A_MM)


def run(
    text: str, *, size: float, bold: bool = False, italic: bool = False, colour: str = ""
) -> str:
    """Text of one look; tabs and line ends are kept, boxes stand in a font that has them."""
    properties = "".join(
        (
            "<w:b/>" if bold else "",
            "<w:i/>" if italic else "",
            f'<w:color w:val="{colour}"/>' if colour else "",
            f'<w:sz w:val="{round(size * 2)}"/><w:szCs w:val="{round(size * 2)}"/>',
        )
    )
    return "".join(_run(part, properties) for part in _by_font(text))


def _by_font(text: str) -> list[str]:
    parts: list[str] = []
    for sign in text:
        if parts and (sign in _BOXES) == (parts[-1][-1] in _BOXES):
            parts[-1] += sign
        else:
            parts.append(sign)
    return parts


def _run(text: str, properties: str) -> str:
    font = ""
    if text[0] in _BOXES:
        name = quoteattr(BOX_FONT)
        font = f"<w:rFonts w:ascii={name} w:hAnsi={name} w:eastAsia={name} w:cs={name}/>"
    inner = []
    for at, line in enumerate(text.split("\n")):
        inner.append("<w:br/>" if at else "")
        for place, piece in enumerate(line.split("\t")):
            inner.append("<w:tab/>" if place else "")
            inner.append(f'<w:t xml:space="preserve">{escape(piece)}</w:t>' if piece else "")
    return f"<w:r><w:rPr>{font}{properties}</w:rPr>{''.join(inner)}</w:r>"


@dataclass(frozen=True, slots=True)
class Look:
    """How a paragraph stands. Distances are points; ``line`` is the exact line height, 0 for the font's own.

    ``size`` is the letter size of the paragraph's style: LibreOffice 7.4 forgets that of the runs in a text control.
    """

    align: str = "left"
    before: float = 0
    after: float = 0
    line: float = 0
    keep: bool = False
    tabs: tuple[float, ...] = ()
    first: float = 0
    size: float = 0


def style_id(size: float) -> str:
    """The paragraph style of a letter size."""
    return f"Co{round(size * 2)}"


PLAIN = Look()


def paragraph(content: str, look: Look = PLAIN) -> str:
    """One paragraph around runs and controls."""
    tabs = "".join(f'<w:tab w:val="center" w:pos="{twips(at)}"/>' for at in look.tabs)
    exact = f' w:line="{round(look.line * 20)}" w:lineRule="exact"' if look.line else ""
    properties = "".join(
        (
            f'<w:pStyle w:val="{style_id(look.size)}"/>' if look.size else "",
            "<w:keepNext/>" if look.keep else "",
            f"<w:tabs>{tabs}</w:tabs>" if tabs else "",
            f'<w:spacing w:before="{round(look.before * 20)}" w:after="{round(look.after * 20)}"{exact}/>',
            f'<w:ind w:firstLine="{round(look.first * 20)}"/>' if look.first else "",
            f'<w:jc w:val="{look.align}"/>',
        )
    )
    return f"<w:p><w:pPr>{properties}</w:pPr>{content}</w:p>"


# --- content controls --------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class Control:
    """A run-level content control. ``choices`` (code, label) make it a drop-down; ``day`` a date."""

    key: str
    title: str
    choices: tuple[tuple[str, str], ...] = ()
    day: bool = False
    lines: int = 1


def control(spec: Control, number: int, text: str, *, size: float, dots: int) -> str:
    """The control with its text, or its placeholder of leader dots.

    The key is tag and alias: LibreOffice 7.4 drops the tag and keeps the alias.
    """
    key = quoteattr(spec.key)
    content = run(text, size=size) if text else run("…" * dots, size=size, colour="808080")
    kind = _control_kind(spec)
    showing = "" if text else "<w:showingPlcHdr/>"
    return (
        f'<w:sdt><w:sdtPr><w:alias w:val={key}/><w:tag w:val={key}/><w:id w:val="{number}"/>{showing}{kind}</w:sdtPr>'
        f"<w:sdtContent>{content}</w:sdtContent></w:sdt>"
    )


def _control_kind(spec: Control) -> str:
    if spec.choices:
        items = "".join(
            f"<w:listItem w:displayText={quoteattr(label)} w:value={quoteattr(code)}/>"
            for code, label in spec.choices
        )
        return f"<w:dropDownList>{items}</w:dropDownList>"
    if spec.day:
        return (
            '<w:date><w:dateFormat w:val="dd/MM/yyyy"/><w:lid w:val="vi-VN"/>'
            '<w:storeMappedDataAs w:val="dateTime"/><w:calendar w:val="gregorian"/></w:date>'
        )
    return '<w:text w:multiLine="1"/>' if spec.lines > 1 else "<w:text/>"


# --- tables ------------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class Cell:
    """A cell of a table. ``merge`` is ``restart`` or ``continue`` for cells over several rows."""

    content: str
    width: float
    span: int = 1
    merge: str = ""
    shade: str = ""
    top: bool = False


@dataclass(frozen=True, slots=True)
class Row:
    """A row of exact height in millimetres (0: as its contents want); ``head`` repeats on each page.

    ``grows``: the height is the least, for what is typed must never be cut off.
    """

    cells: tuple[Cell, ...]
    height: float = 0
    head: bool = False
    grows: bool = False


def table(
    rows: Iterable[Row], grid: Sequence[float], *, lines: bool = True, side: float = 1.0
) -> str:
    """A table of fixed layout: its columns keep their widths whatever is typed."""
    edges = ("top", "left", "bottom", "right", "insideH", "insideV")
    borders = "".join(f"<w:{edge} {_HAIR}/>" for edge in edges) if lines else ""
    columns = "".join(f'<w:gridCol w:w="{twips(width)}"/>' for width in grid)
    margins = "".join(f'<w:{edge} w:w="{twips(side)}" w:type="dxa"/>' for edge in ("left", "right"))
    properties = (
        f'<w:tblW w:w="{sum(twips(width) for width in grid)}" w:type="dxa"/>'
        f'<w:tblInd w:w="0" w:type="dxa"/>'
        f"<w:tblBorders>{borders}</w:tblBorders>"
        f'<w:tblLayout w:type="fixed"/><w:tblCellMar>{margins}</w:tblCellMar>'
    )
    body = "".join(_row(row) for row in rows)
    return f"<w:tbl><w:tblPr>{properties}</w:tblPr><w:tblGrid>{columns}</w:tblGrid>{body}</w:tbl>"


def _row(row: Row) -> str:
    rule = "atLeast" if row.grows else "exact"
    height = f'<w:trHeight w:val="{twips(row.height)}" w:hRule="{rule}"/>' if row.height else ""
    head = "<w:tblHeader/>" if row.head else ""
    cells = "".join(_cell(cell) for cell in row.cells)
    return f"<w:tr><w:trPr><w:cantSplit/>{height}{head}</w:trPr>{cells}</w:tr>"


def _cell(cell: Cell) -> str:
    properties = "".join(
        (
            f'<w:tcW w:w="{twips(cell.width)}" w:type="dxa"/>',
            f'<w:gridSpan w:val="{cell.span}"/>' if cell.span > 1 else "",
            f'<w:vMerge w:val="{cell.merge}"/>' if cell.merge else "",
            f'<w:shd w:val="clear" w:color="auto" w:fill="{cell.shade}"/>' if cell.shade else "",
            "" if cell.top else '<w:vAlign w:val="center"/>',
        )
    )
    return f"<w:tc><w:tcPr>{properties}</w:tcPr>{cell.content or paragraph('')}</w:tc>"


def field(code: str, *, size: float) -> str:
    """A field such as PAGE."""
    return f'<w:fldSimple w:instr=" {code} ">{run("1", size=size)}</w:fldSimple>'


def picture(relation: str, side: float, *, name: str) -> str:
    """A square picture in a line, ``side`` millimetres."""
    extent = round(side * 36_000)
    return (
        '<w:r><w:drawing><wp:inline distT="0" distB="0" distL="0" distR="0">'
        f'<wp:extent cx="{extent}" cy="{extent}"/><wp:docPr id="1" name={quoteattr(name)} descr={quoteattr(name)}/>'
        '<a:graphic><a:graphicData uri="http://schemas.openxmlformats.org/drawingml/2006/picture"><pic:pic>'
        f'<pic:nvPicPr><pic:cNvPr id="1" name={quoteattr(name)}/><pic:cNvPicPr/></pic:nvPicPr>'
        f'<pic:blipFill><a:blip r:embed="{relation}"/><a:stretch><a:fillRect/></a:stretch></pic:blipFill>'
        f'<pic:spPr><a:xfrm><a:off x="0" y="0"/><a:ext cx="{extent}" cy="{extent}"/></a:xfrm>'
        '<a:prstGeom prst="rect"><a:avLst/></a:prstGeom></pic:spPr>'
        "</pic:pic></a:graphicData></a:graphic></wp:inline></w:drawing></w:r>"
    )

"""Word files (.docx) by our own walk: content controls in every nesting, merged cells, text boxes, tracked changes.

python-docx passes over content controls and shifts the cells after one (python-docx issues 155, 757), so the XML is
read as it is. The file has passed the guard: its sizes are bounded and it declares no document type.
"""

from __future__ import annotations

import io
import posixpath
import zipfile
from collections.abc import Iterator, Mapping

from lxml import etree

from core.errors import Unreadable
from core.legacy import guess_encoding
from core.letters import nfc
from intake.readers.raw import Block, Cell, Channel, Code, Control, Line, RawForm, Table
from intake.readers.wordtext import Fonts, Written, control_of, local, read_fonts, read_paragraph, w

_REL = "{http://schemas.openxmlformats.org/package/2006/relationships}Relationship"
_PROPERTIES = "docProps/custom.xml"
_MAX_COLUMNS = 200
#: Wrappers between the body and its paragraphs.
_WRAPPERS = frozenset(("ins", "moveTo", "customXml", "smartTag", "sdtContent"))


def read_docx(data: bytes) -> RawForm:
    """What stands in a Word file. Raises Unreadable when it is none."""
    parts = _parts(data)
    main = _main_part(parts)
    body = _xml(parts[main]).find(w("body"))
    if body is None:
        raise Unreadable("Tệp Word không có nội dung.", code="no_content")
    folder = posixpath.dirname(main)
    styles = parts.get(f"{folder}/styles.xml")
    fonts = read_fonts(_xml(styles) if styles else None)
    fonts.whole = guess_encoding("".join(t.text or "" for t in body.iter(w("t"))))
    reader = _Reader(fonts)
    blocks = tuple(reader.blocks(body))
    codes = tuple(
        Code(text)
        for name, part in sorted(parts.items())
        if name.startswith((f"{folder}/header", f"{folder}/footer"))
        for text in _part_texts(_xml(part), fonts)
    )
    return RawForm(
        Channel.DOCX,
        blocks,
        properties=_properties(parts.get(_PROPERTIES)),
        codes=codes,
        notes=frozenset(fonts.met | reader.notes),
    )


def _parts(data: bytes) -> dict[str, bytes]:
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as archive:
            return {
                name: archive.read(name)
                for name in archive.namelist()
                if name.endswith((".xml", ".rels"))
            }
    except (zipfile.BadZipFile, EOFError, OSError, RuntimeError, NotImplementedError) as error:
        raise Unreadable(
            "Tệp Word bị hỏng, không mở được. Hãy gửi lại tệp.", code="broken_file"
        ) from error


def _xml(data: bytes) -> etree._Element:
    parser = etree.XMLParser(resolve_entities=False, no_network=True, huge_tree=False)
    try:
        return etree.fromstring(data, parser)
    except etree.XMLSyntaxError as error:
        raise Unreadable(
            "Tệp Word bị hỏng, không đọc được nội dung.", code="broken_file"
        ) from error


def _main_part(parts: Mapping[str, bytes]) -> str:
    relations = parts.get("_rels/.rels")
    if relations is not None:
        for relation in _xml(relations).iter(_REL):
            if relation.get("Type", "").endswith("/officeDocument"):
                target = relation.get("Target", "").lstrip("/")
                if target in parts:
                    return target
    if "word/document.xml" in parts:
        return "word/document.xml"
    raise Unreadable("Tệp không phải là văn bản Word.", code="not_word")


def _properties(data: bytes | None) -> dict[str, str]:
    """Custom properties, by name."""
    if data is None:
        return {}
    found = {}
    for element in _xml(data):
        name = element.get("name")
        if name and len(element):
            found[name] = nfc(str(element[0].text or "")).strip()
    return found


def _part_texts(root: etree._Element, fonts: Fonts) -> Iterator[str]:
    for paragraph in root.iter(w("p")):
        written = Written()
        read_paragraph(paragraph, fonts, written)
        if written.text.strip():
            yield written.text.strip()


class _Reader:
    """Turns the body into lines and tables."""

    def __init__(self, fonts: Fonts) -> None:
        self.fonts = fonts
        self.notes: set[str] = set()

    def blocks(self, parent: etree._Element) -> Iterator[Block]:
        for child in parent:
            name = local(child)
            if name == "p":
                yield from self.paragraph(child)
            elif name == "tbl":
                yield from self.table(child)
            elif name == "sdt":
                yield from self.block_control(child)
            elif name in _WRAPPERS:
                yield from self.blocks(child)

    def paragraph(self, paragraph: etree._Element) -> Iterator[Block]:
        written = Written()
        read_paragraph(paragraph, self.fonts, written)
        if written.text.strip() or written.controls:
            yield Line(written.text.strip(), controls=tuple(written.controls))
        for box in written.boxes:
            self.notes.add("text_box")
            yield from self.blocks(box)

    def block_control(self, sdt: etree._Element) -> Iterator[Block]:
        """A control around whole paragraphs or tables: its key belongs to the first of them."""
        content = sdt.find(w("sdtContent"))
        if content is None:
            return
        inner = list(self.blocks(content))
        text = "\n".join(block.text for block in inner if isinstance(block, Line))
        control = control_of(sdt, text)
        if control is None:
            yield from inner
            return
        shown = "" if control.text == "" and control.checked is None else text
        yield Line(
            shown,
            controls=(
                control,
                *(c for block in inner if isinstance(block, Line) for c in block.controls),
            ),
        )
        yield from (block for block in inner if isinstance(block, Table))

    # --- tables --------------------------------------------------------------------------------------

    def table(self, table: etree._Element) -> Iterator[Block]:
        nested: list[etree._Element] = []
        grid: list[list[Cell | None]] = []
        for row in _rows(table):
            if row.find(f"{w('trPr')}/{w('del')}") is not None:
                self.notes.add("tracked_changes")
                continue
            grid.append(self.row(row, grid, nested))
        width = max((len(row) for row in grid), default=0)
        if width:
            yield Table(tuple((*row, *[None] * (width - len(row))) for row in grid))
        for inner in nested:
            yield from self.table(inner)

    def row(
        self, row: etree._Element, above: list[list[Cell | None]], nested: list[etree._Element]
    ) -> list[Cell | None]:
        cells: list[Cell | None] = [None] * _gap(row, "gridBefore")
        for cell, around in _cells(row):
            properties = cell.find(w("tcPr"))
            span = _number(properties, "gridSpan", 1)
            merge = properties.find(w("vMerge")) if properties is not None else None
            column = len(cells)
            upper = above[-1][column] if above and column < len(above[-1]) else None
            if (
                merge is not None
                and merge.get(w("val"), "continue") == "continue"
                and upper is not None
            ):
                made: Cell | None = upper
            else:
                made = self.cell(
                    cell, around, row=len(above), column=column, span=span, nested=nested
                )
            cells += [made] * span
        return cells

    def cell(
        self,
        cell: etree._Element,
        around: tuple[etree._Element, ...],
        *,
        row: int,
        column: int,
        span: int,
        nested: list[etree._Element],
    ) -> Cell:
        lines: list[str] = []
        controls: list[Control] = []
        for block in self.cell_blocks(cell, nested):
            lines.append(block.text)
            controls += block.controls
        text = "\n".join(line for line in lines if line)
        controls += [found for sdt in around if (found := control_of(sdt, text)) is not None]
        return Cell(text, row, column, column_span=span, controls=tuple(controls))

    def cell_blocks(self, cell: etree._Element, nested: list[etree._Element]) -> Iterator[Line]:
        for child in cell:
            name = local(child)
            if name == "tbl":
                nested.append(child)
            elif name == "p":
                yield from (block for block in self.paragraph(child) if isinstance(block, Line))
            elif name == "sdt":
                for block in self.block_control(child):
                    if isinstance(block, Line):
                        yield block
            elif name in _WRAPPERS:
                yield from self.cell_blocks(child, nested)


def _rows(table: etree._Element) -> Iterator[etree._Element]:
    """Rows also inside row-level controls and insertions."""
    for child in table:
        name = local(child)
        if name == "tr":
            yield child
        elif name == "sdt":
            content = child.find(w("sdtContent"))
            if content is not None:
                yield from _rows(content)
        elif name in _WRAPPERS:
            yield from _rows(child)


def _cells(
    row: etree._Element, around: tuple[etree._Element, ...] = ()
) -> Iterator[tuple[etree._Element, tuple[etree._Element, ...]]]:
    """Cells with the controls that enclose them."""
    for child in row:
        name = local(child)
        if name == "tc":
            yield child, around
        elif name == "sdt":
            content = child.find(w("sdtContent"))
            if content is not None:
                yield from _cells(content, (*around, child))
        elif name in _WRAPPERS:
            yield from _cells(child, around)


def _gap(row: etree._Element, name: str) -> int:
    return _number(row.find(w("trPr")), name, 0)


def _number(properties: etree._Element | None, name: str, default: int) -> int:
    element = properties.find(w(name)) if properties is not None else None
    try:
        value = int(element.get(w("val"), "")) if element is not None else default
    except ValueError:
        return default
    return min(max(value, 0), _MAX_COLUMNS)

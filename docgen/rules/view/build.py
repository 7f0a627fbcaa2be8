"""Building the view of an opened file."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field

from lxml import etree

from core.errors import Unreadable
from docgen.rules.opening import Opened
from docgen.rules.view.looks import is_line, make_layout, make_look, paragraph_props, theme_fonts
from docgen.rules.view.model import Cell, Drawn, Para, Run, Section, View
from docgen.rules.view.names import W, integer, value
from docgen.rules.view.numbering import Numbering, read_numbering
from docgen.rules.view.runs import Reader, breaks_page, is_on
from docgen.rules.view.sections import read_sections
from docgen.rules.view.shapes import lines_in
from docgen.rules.view.styles import StyleSheet, read_styles

#: A paper with more paragraphs is no paper: a book, or a trap.
MAX_PARAGRAPHS = 30_000
#: Letters of one paragraph and of the whole file (some 300 pages): time to check stays a few seconds.
MAX_LETTERS, MAX_TEXT = 20_000, 800_000
MAX_RUNS = 60_000
_CELL_MARGIN = 108  # Word's own, twips
_THROUGH = frozenset((W + "sdt", W + "sdtContent", W + "ins", W + "customXml", W + "smartTag"))


def build_view(opened: Opened) -> View:
    """Everything the rules look at. Raises Unreadable for a file with too many paragraphs."""
    sheet = read_styles(opened.part("styles"), theme_fonts(opened.part("theme")))
    numbering = read_numbering(opened.part("numbering"))
    settings = opened.part("settings")
    default_tab = integer(None if settings is None else settings.find(W + "defaultTabStop"), "val")
    sections = read_sections(opened)
    body = opened.document.find(W + "body")
    if body is None:
        raise Unreadable("Tệp Word không có thân văn bản. Mở bằng Word, lưu lại rồi kiểm tra lại.")
    walk = _Walk(opened.main, sheet, numbering, sections, _numbers(opened.document))
    paras = tuple(walk.blocks(body))
    others = {
        name: tuple(_Walk(name, sheet, numbering, sections, _numbers(root)).blocks(root))
        for name, root in opened.parts.items()
        if root.tag in {W + "hdr", W + "ftr"}
    }
    return View(
        main=opened.main,
        paras=paras,
        boxes=tuple(walk.boxes),
        parts=others,
        sections=sections,
        even_pages=settings is not None and is_on(settings.find(W + "evenAndOddHeaders")),
        default_tab=720 if default_tab is None else default_tab,
    )


def _numbers(root: etree._Element) -> dict[etree._Element, int]:
    _refuse_swollen(root)
    numbers = {element: at for at, element in enumerate(root.iter(W + "p"), 1)}
    if len(numbers) > MAX_PARAGRAPHS:
        raise Unreadable(
            f"Tệp có quá nhiều đoạn ({len(numbers)}, tối đa {MAX_PARAGRAPHS}), không phải một văn bản hành chính."
        )
    return numbers


def _refuse_swollen(root: etree._Element) -> None:
    """Refuse a part whose text no paper has, before any pattern is matched against it."""
    total = 0
    for paragraph in root.iter(W + "p"):
        letters = sum(len(node.text or "") for node in paragraph.iter(W + "t"))
        letters += sum(1 for _ in paragraph.iter(W + "tab", W + "br"))
        total += letters
        if letters > MAX_LETTERS:
            raise Unreadable(
                f"Tệp có một đoạn quá dài ({letters} ký tự), không phải văn bản hành chính."
            )
        if total > MAX_TEXT:
            raise Unreadable(
                f"Tệp có quá nhiều chữ (trên {MAX_TEXT} ký tự), không phải văn bản hành chính."
            )
    if sum(1 for _ in root.iter(W + "r")) > MAX_RUNS:
        raise Unreadable("Tệp bị chia thành quá nhiều mẩu chữ, không phải văn bản hành chính.")


@dataclass
class _Table:
    number: int
    style: str
    bordered: bool
    margins: int
    grid: tuple[int, ...]
    width: int


@dataclass
class _Walk:
    part: str
    sheet: StyleSheet
    numbering: Numbering
    sections: tuple[Section, ...]
    numbers: Mapping[etree._Element, int]
    boxes: list[Para] = field(default_factory=list)
    _tables: int = 0
    _section: int = 0

    def blocks(
        self, holder: etree._Element, cell: Cell | None = None, table: _Table | None = None
    ) -> Iterator[Para]:
        """Paragraphs in reading order, cells row by row."""
        for child in holder:
            if child.tag == W + "p":
                yield self._para(child, cell, table)
                if child.find(f"{W}pPr/{W}sectPr") is not None:
                    self._section += 1
            elif child.tag == W + "tbl":
                yield from self._rows(child, cell)
            elif child.tag in _THROUGH:
                yield from self.blocks(child, cell, table)

    def _page_room(self) -> int:
        return self.sections[min(self._section, len(self.sections) - 1)].room

    def _rows(self, element: etree._Element, outer: Cell | None) -> Iterator[Para]:
        self._tables += 1
        table = self._table(element, self._page_room() if outer is None else outer.width)
        rows = [row for row in element.iter(W + "tr") if _owner(row) is element]
        for at, row in enumerate(rows, 1):
            cells = [cell for cell in row.iter(W + "tc") if _owner(cell) is element]
            grid_at = 0
            for column, cell_element in enumerate(cells):
                span = integer(cell_element.find(f"{W}tcPr/{W}gridSpan"), "val") or 1
                width = _cell_width(cell_element, table, grid_at, span)
                place = outer or Cell(table.number, at, column, len(cells), width, table.bordered)
                if outer is not None:  # a table in a cell: the outer place, the inner width
                    place = Cell(
                        outer.table, outer.row, outer.column, outer.columns, width, table.bordered
                    )
                paras = list(self.blocks(cell_element, place, table))
                _cell_rules(cell_element, paras, width / 20)
                yield from paras
                grid_at += span

    def _table(self, element: etree._Element, room: int) -> _Table:
        properties = element.find(W + "tblPr")
        style = value(properties, "tblStyle") or ""
        grid = tuple(integer(col, "w") or 0 for col in element.findall(f"{W}tblGrid/{W}gridCol"))
        margins = None if properties is None else properties.find(W + "tblCellMar")
        sides = [
            integer(None if margins is None else margins.find(W + side), "w")
            for side in ("left", "right")
        ]
        return _Table(
            number=self._tables,
            style=style,
            bordered=_has_grid(properties, self.sheet, style, element),
            margins=sum(_CELL_MARGIN if side is None else side for side in sides),
            grid=grid,
            width=room,
        )

    def _para(self, element: etree._Element, cell: Cell | None, table: _Table | None) -> Para:
        properties = element.find(W + "pPr")
        direct = paragraph_props(properties)
        style = self.sheet.style(value(properties, "pStyle"))
        table_style = table.style if table else ""
        merged = self.sheet.paragraph(style, table_style, {}, direct)
        num_id, at = merged.get("num_id"), merged.get("level", 0)
        level = self.numbering.level(num_id, at)
        if level is not None:
            merged = self.sheet.paragraph(style, table_style, level.paragraph, direct)
        reader = Reader(self.sheet, table_style)
        runs = reader.read(element, style)
        label = ""
        if level is not None and num_id is not None and (runs or level.form != "bullet"):
            label = self.numbering.label(num_id, at)
            base = runs[0].look if runs else self.sheet.look(style, table_style, "", None)
            look = make_look({name: getattr(base, name) for name in base.__slots__} | level.run)
            runs = (Run(label + " ", look, None), *runs)
        room = self._page_room() if cell is None or table is None else cell.width - table.margins
        para = Para(
            element=element, part=self.part, number=self.numbers[element], runs=runs,
            layout=make_layout(merged), style=style.name, room=max(room, 0), cell=cell,
            section=min(self._section, len(self.sections) - 1), fields=" ".join(reader.codes), label=label,
        )  # fmt: skip
        _own_rules(para)
        self._text_boxes(element, table_style)
        return para

    def _text_boxes(self, element: etree._Element, table_style: str) -> None:
        for content in element.iter(W + "txbxContent"):
            if any("Fallback" in above.tag for above in content.iterancestors()):
                continue
            for inner in content.iter(W + "p"):
                style = self.sheet.style(value(inner.find(W + "pPr"), "pStyle"))
                merged = self.sheet.paragraph(
                    style, table_style, {}, paragraph_props(inner.find(W + "pPr"))
                )
                self.boxes.append(
                    Para(
                        element=inner, part=self.part, number=self.numbers[inner],
                        runs=Reader(self.sheet, table_style).read(inner, style),
                        layout=make_layout(merged), style=style.name, room=0, in_box=True,
                    )
                )  # fmt: skip


def _owner(element: etree._Element) -> etree._Element | None:
    return next(element.iterancestors(W + "tbl"), None)


def _cell_width(cell: etree._Element, table: _Table, at: int, span: int) -> int:
    element = cell.find(f"{W}tcPr/{W}tcW")
    width = integer(element, "w")
    kind = None if element is None else element.get(W + "type", "dxa")
    if width and kind == "dxa":
        return width
    if width and kind == "pct":
        return table.width * width // 5000
    spanned = table.grid[at : at + span]
    return sum(spanned) if spanned and all(spanned) else table.width // max(len(table.grid), 1)


def _has_grid(
    properties: etree._Element | None, sheet: StyleSheet, style: str, element: etree._Element
) -> bool:
    """Whether the table draws inner lines: by itself, by its cells, or by a style named like a grid."""
    borders = None if properties is None else properties.find(W + "tblBorders")
    if borders is not None:
        return is_line(borders.find(W + "insideH")) or is_line(borders.find(W + "insideV"))
    name = sheet.styles[style].name.casefold() if style in sheet.styles else ""
    if any(word in name for word in ("grid", "kẻ ô", "list table", "lưới")):
        first = element.find(f".//{W}tcBorders")  # cells of a grid may take their lines away
        return first is None or any(is_line(edge) for edge in first)
    cells = element.findall(f".//{W}tcBorders")
    return len(cells) > 3 and all(is_line(edges.find(W + "bottom")) for edges in cells)  # noqa: PLR2004


def _own_rules(para: Para) -> None:
    layout = para.layout
    width = (para.room - layout.left - layout.right) / 20
    para.drawn += [Drawn(width, "border") for on in (layout.top_border, layout.bottom_border) if on]
    for run in para.element.iter(W + "r"):
        if len(run) and any(child.tag != W + "t" for child in run):
            para.drawn += [Drawn(length, "shape") for length in lines_in(run)]


def _cell_rules(cell: etree._Element, paras: list[Para], width: float) -> None:
    """A line under a cell of a table without grid belongs to its last paragraph, one above it to its first."""
    edges = cell.find(f"{W}tcPr/{W}tcBorders")
    if edges is None or not paras:
        return
    if is_line(edges.find(W + "bottom")):
        paras[-1].drawn.append(Drawn(width, "cell"))
    elif is_line(edges.find(W + "top")):
        paras[0].drawn.append(Drawn(width, "cell"))


def page_break_before(para: Para) -> bool:
    """Whether a paragraph begins or holds a new page."""
    return para.layout.page_break_before or breaks_page(para.element)

"""A clerk who types papers by hand, each in a habit of his own. Synthetic, for tests of the checker."""

from __future__ import annotations

import io
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from docx import Document
from docx.enum.section import WD_SECTION
from docx.enum.style import WD_STYLE_TYPE
from docx.enum.text import WD_ALIGN_PARAGRAPH
from docx.oxml import OxmlElement, parse_xml
from docx.oxml.ns import nsdecls, qn
from docx.shared import Mm, Pt

from core.typeface import text_width
from tests.docgen.rules.contents import Content

CENTRE, LEFT, BOTH = WD_ALIGN_PARAGRAPH.CENTER, WD_ALIGN_PARAGRAPH.LEFT, WD_ALIGN_PARAGRAPH.JUSTIFY
FONT = "Times New Roman"
ROOM = 467.75  # points of text on A4 with 30 and 15 mm


@dataclass(frozen=True)
class Habit:
    """How a clerk works. header: table, table2, table3, tabs, spaces; looks: direct, styles, chain, theme, chars;
    rules: border, bottom, vml, dml, typed, underline; indent: first, tab; sizes: the smaller or larger family.
    """

    header: str = "table"
    looks: str = "direct"
    rules: str = "border"
    indent: str = "first"
    large: bool = False
    body_size: float = 14
    gap: str = "after"


@dataclass(frozen=True)
class Box:
    size: float
    bold: bool = False
    italic: bool = False
    align: Any = CENTRE
    first: float = 0
    before: float = 0
    after: float = 0
    line: float = 1.0


class Typist:
    """Types one content in one habit."""

    def __init__(self, content: Content, habit: Habit) -> None:
        self.content, self.habit = content, habit
        self.document: Any = Document()
        self.boxes = self._boxes()
        self._page()
        self._fonts()

    def _boxes(self) -> dict[str, Box]:
        more = 1 if self.habit.large else 0
        size = self.habit.body_size
        gap = {"after": (0.0, 6.0), "before": (6.0, 0.0), "both": (3.0, 3.0)}[self.habit.gap]
        text = Box(
            size,
            align=BOTH,
            first=36 if self.habit.indent == "first" else 0,
            before=gap[0],
            after=gap[1],
        )
        return {
            "national": Box(12 + more, bold=True), "motto": Box(13 + more, bold=True),
            "parent": Box(12 + more), "issuer": Box(12 + more, bold=True), "number": Box(13),
            "place": Box(13 + more, italic=True), "vv": Box(12 + more, before=6),
            "type": Box(14, bold=True, before=12), "subject": Box(14, bold=True), "authority": Box(14, bold=True, before=6, after=6),
            "basis": Box(size, italic=True, align=BOTH, first=36, before=gap[0], after=gap[1]),
            "word": Box(14, bold=True, before=6, after=6), "greeting": Box(14, align=LEFT, before=6, after=6),
            "text": text, "head": Box(size, bold=True, align=BOTH, first=36, before=gap[0], after=gap[1]),
            "chapter": Box(14, bold=True, before=6, after=6),
            "nn": Box(12, bold=True, italic=True, align=LEFT), "nn_item": Box(11, align=LEFT),
            "post": Box(14, bold=True), "name": Box(14, bold=True), "annex": Box(14, bold=True),
            "annex_title": Box(13, bold=True), "annex_ref": Box(14, italic=True), "plain": Box(12), "page": Box(14),
        }  # fmt: skip

    def _page(self) -> None:
        section = self.document.sections[0]
        self._size(section)
        section.different_first_page_header_footer = True
        line = section.header.paragraphs[0]
        self._dress(line, self.boxes["page"], "page")
        for kind in ("begin", "code", "separate", "text", "end"):
            run = line.add_run("2" if kind == "text" else "")
            self._letters(run, self.boxes["page"])
            if kind == "code":
                code = OxmlElement("w:instrText")
                code.text = "PAGE \\* MERGEFORMAT"
                run._r.append(code)
            elif kind != "text":
                char = OxmlElement("w:fldChar")
                char.set(qn("w:fldCharType"), kind)
                run._r.append(char)

    @staticmethod
    def _size(section: Any) -> None:
        section.page_width, section.page_height = Mm(210), Mm(297)
        section.top_margin = section.bottom_margin = Mm(20)
        section.left_margin, section.right_margin = Mm(30), Mm(15)

    def _fonts(self) -> None:
        normal = self.document.styles["Normal"]
        normal.paragraph_format.space_after = Pt(0)
        if self.habit.looks == "theme":
            theme = next(
                r.target_part
                for r in self.document.part.rels.values()
                if r.reltype.endswith("/theme")
            )
            blob = theme.blob.decode("utf-8")
            for face in ("Calibri", "Cambria"):
                blob = blob.replace(f'latin typeface="{face}"', f'latin typeface="{FONT}"')
            theme._blob = blob.encode("utf-8")
            fonts = normal.element.get_or_add_rPr().get_or_add_rFonts()
            for key in list(fonts.attrib):
                del fonts.attrib[key]
            fonts.set(qn("w:asciiTheme"), "minorHAnsi")
            fonts.set(qn("w:hAnsiTheme"), "minorHAnsi")
        elif self.habit.looks in {"styles", "chain"}:
            normal.font.name = FONT
            normal.element.rPr.rFonts.set(qn("w:hAnsi"), FONT)
        if self.habit.looks == "chars":
            for name, bold, italic in (("Đậm", True, None), ("Nghiêng", None, True)):
                style = self.document.styles.add_style(name, WD_STYLE_TYPE.CHARACTER)
                style.font.bold, style.font.italic = bold, italic

    # one paragraph -----------------------------------------------------------------------------------

    def add(self, holder: Any, text: str, box: str, *, paragraph: Any = None) -> Any:
        line = paragraph if paragraph is not None else self._paragraph(holder)
        look = self.boxes[box]
        self._dress(line, look, box)
        for at, part in enumerate(text.split("**")):
            if part:
                run = line.add_run(part)
                self._letters(run, look, bold=look.bold or at % 2 == 1)
        return line

    def _paragraph(self, holder: Any) -> Any:
        if (
            hasattr(holder, "paragraphs")
            and len(holder.paragraphs) == 1
            and holder is not self.document
        ):
            first = holder.paragraphs[0]
            if not first.text and not first.runs and first._p.find(qn("w:pPr")) is None:
                return first
        return holder.add_paragraph()

    def _dress(self, line: Any, look: Box, box: str) -> None:
        if self.habit.looks in {"styles", "chain"}:
            line.style = self._style(box, look)
            return
        layout = line.paragraph_format
        layout.alignment, layout.first_line_indent = look.align, Pt(look.first)
        layout.space_before, layout.space_after, layout.line_spacing = (
            Pt(look.before),
            Pt(look.after),
            look.line,
        )

    def _letters(self, run: Any, look: Box, *, bold: bool | None = None) -> None:
        heavy = look.bold if bold is None else bold
        if self.habit.looks in {"styles", "chain"}:
            if heavy != look.bold:
                run.bold = heavy
            return
        run.font.size = Pt(look.size)
        if self.habit.looks == "chars":
            if look.italic:
                run.style, run.bold = "Nghiêng", heavy or None
            elif heavy:
                run.style = "Đậm"
        else:
            run.bold, run.italic = heavy, look.italic
        if self.habit.looks != "theme":
            run.font.name = FONT

    def _style(self, box: str, look: Box) -> Any:
        styles = self.document.styles
        name = f"Ô {box}"
        if name in [style.name for style in styles]:
            return styles[name]
        made = styles.add_style(name, WD_STYLE_TYPE.PARAGRAPH)
        made.base_style = styles["Normal"]
        if self.habit.looks == "chain":  # size and weight from one ancestor, layout from another
            base = styles.add_style(f"Gốc {box}", WD_STYLE_TYPE.PARAGRAPH)
            base.base_style, made.base_style = styles["Normal"], base
            base.font.size, base.font.bold, base.font.italic = Pt(look.size), look.bold, look.italic
        else:
            made.font.size, made.font.bold, made.font.italic = Pt(look.size), look.bold, look.italic
        layout = made.paragraph_format
        layout.alignment, layout.first_line_indent = look.align, Pt(look.first)
        layout.space_before, layout.space_after, layout.line_spacing = (
            Pt(look.before),
            Pt(look.after),
            look.line,
        )
        return made

    # drawn rules -------------------------------------------------------------------------------------

    def rule(self, holder: Any, above: Any, *, length: float, room: float) -> None:
        """A rule of ``length`` points under the paragraph ``above``, in the clerk's way."""
        kind = self.habit.rules
        if kind in {"border", "bottom"}:
            line = self._paragraph(holder)
            self._dress(line, self.boxes["plain"], "plain")
            side = str(round((room - length) * 10))
            edge = "top" if kind == "border" else "bottom"
            properties = line._p.get_or_add_pPr()
            properties.append(
                parse_xml(f'<w:pBdr {nsdecls("w")}><w:{edge} w:val="single" w:sz="6"/></w:pBdr>')
            )
            for old in properties.findall(qn("w:ind")):
                properties.remove(old)
            properties.append(
                parse_xml(
                    f'<w:ind {nsdecls("w")} w:left="{side}" w:right="{side}" w:firstLine="0"/>'
                )
            )
        elif kind == "vml":
            above.add_run()._r.append(parse_xml(_VML.format(w=nsdecls("w"), end=length + 40)))
        elif kind == "dml":
            above.add_run()._r.append(parse_xml(_DML.format(width=round(length * 12700))))
        elif kind == "underline":
            self._underline(above, length)
        else:
            count = max(round(length / (0.5 * self.boxes["plain"].size)), 4)
            self.add(holder, "_" * count, "plain")

    def _underline(self, above: Any, length: float) -> None:
        """Underline neighbouring words of the last line that come nearest to the length of the rule."""
        run = above.runs[-1]
        size = self._size_of(run)
        start, _, last = run.text.rpartition("\n")
        words = last.split(" ")

        def off(span: tuple[int, int]) -> float:
            return abs(text_width(" ".join(words[slice(*span)]), size=size, bold=True) - length)

        count = len(words)
        a, b = min(((i, j) for i in range(count) for j in range(i + 1, count + 1)), key=off)
        before, inside, after = (" ".join(words[i:j]) for i, j in ((0, a), (a, b), (b, None)))
        run.text = (f"{start}\n" if start else "") + (f"{before} " if before else "")
        look = self.boxes["motto" if "Tự do" in last else "issuer" if last.isupper() else "subject"]
        for part, on in ((inside, True), (f" {after}" if after else "", False)):
            more = above.add_run(part)
            self._letters(more, look)
            more.underline = on or None

    def _size_of(self, run: Any) -> float:
        return (
            run.font.size.pt
            if run.font.size
            else run._parent.style.font.size.pt
            if run._parent.style.font.size
            else 14
        )

    # the paper ---------------------------------------------------------------------------------------

    def type(self) -> Any:
        content = self.content
        getattr(self, f"_header_{self.habit.header}")()
        if content.type_name:
            self.add(self.document, content.type_name, "type")
            if content.subject:
                line = self.add(self.document, "\n".join(content.subject), "subject")
                if content.subject_rule:
                    self.rule(
                        self.document, line, length=self._share(content.subject, 14), room=ROOM
                    )
        if content.attached:
            self.add(self.document, content.attached, "annex_ref")
        self._opening()
        for text in content.body:
            self._body(text)
        if content.posts:
            self._ending()
        for annex in content.annexes:
            self._annex(*annex)
        return self.document

    def _share(self, lines: Sequence[str], size: float) -> float:
        return max(text_width(line, size=size, bold=True) for line in lines) * 0.42

    def _opening(self) -> None:
        content = self.content
        for line in content.authority:
            self.add(self.document, line, "authority")
        for basis in content.bases:
            self.add(self.document, basis, "basis")
        if content.word:
            self.add(self.document, content.word, "word")
        if len(content.addressees) == 1:
            self.add(self.document, f"Kính gửi: {content.addressees[0]}", "greeting")
        elif content.addressees:
            self.add(self.document, "Kính gửi:", "greeting")
            for at, entry in enumerate(content.addressees):
                end = "." if at == len(content.addressees) - 1 else ";"
                line = self.add(self.document, f"- {entry}{end}", "greeting")
                line.paragraph_format.left_indent = Pt(100)

    def _body(self, text: str) -> None:
        if text.startswith("#"):
            self.add(self.document, text.lstrip("# "), "chapter")
        elif text.startswith("="):
            self.add(self.document, text.lstrip("= "), "head")
        else:
            lead = "\t" if self.habit.indent == "tab" else ""
            self.add(self.document, lead + text, "text")

    def _left(self, holder: Any, room: float, *, number: bool = True) -> None:
        content = self.content
        if content.parent:
            self.add(holder, "\n".join(content.parent), "parent")
        line = self.add(holder, "\n".join(content.issuer), "issuer")
        size = self.boxes["issuer"].size
        self.rule(holder, line, length=self._share(content.issuer, size), room=room)
        if number:
            self._number(holder)

    def _number(self, holder: Any) -> None:
        if self.content.number:
            self.add(holder, self.content.number, "number")
        if self.content.letter_subject:
            self.add(holder, "\n".join(self.content.letter_subject), "vv")

    def _right(self, holder: Any, room: float, *, place: bool = True) -> None:
        content = self.content
        self.add(holder, content.national, "national")
        line = self.add(holder, content.motto, "motto")
        length = text_width(content.motto, size=self.boxes["motto"].size, bold=True)
        self.rule(holder, line, length=length, room=room)
        if place and content.place:
            self.add(holder, content.place, "place")

    def _table(self, rows: int, widths: Sequence[float]) -> Any:
        table = self.document.add_table(rows=rows, cols=len(widths))
        table.autofit = False
        for column, width in zip(table.columns, widths, strict=True):
            for cell in column.cells:
                cell.width = Pt(width)
        return table

    def _header_table(self) -> None:
        table = self._table(1, (200, 268))
        self._left(table.cell(0, 0), 200 - 10.8)
        self._right(table.cell(0, 1), 268 - 10.8)

    def _header_table2(self) -> None:
        table = self._table(2, (200, 268))
        self._left(table.cell(0, 0), 200 - 10.8, number=False)
        self._right(table.cell(0, 1), 268 - 10.8, place=False)
        self._number(table.cell(1, 0))
        if self.content.place:
            self.add(table.cell(1, 1), self.content.place, "place")

    def _header_table3(self) -> None:
        table = self._table(1, (195, 8, 265))
        self._left(table.cell(0, 0), 195 - 10.8)
        self._right(table.cell(0, 2), 265 - 10.8)

    def _header_tabs(self) -> None:
        self._columns("\t", stops=True)

    def _header_spaces(self) -> None:
        self._columns(" " * 6, stops=False)

    def _columns(self, gap: str, *, stops: bool) -> None:
        """Both columns in one paragraph a line; rules are typed, of the length the decree wants."""
        content = self.content
        left = [(line, "parent") for line in content.parent] + [
            (line, "issuer") for line in content.issuer
        ]
        right = [(content.national, "national"), (content.motto, "motto")]
        share = self._share(content.issuer, self.boxes["issuer"].size)
        motto = text_width(content.motto, size=self.boxes["motto"].size, bold=True)
        while len(left) < len(right):
            left.insert(0, ("", "parent"))
        while len(right) < len(left):
            right.append(("", "plain"))
        if len(left) > 2:  # the Tiêu ngữ's rule stands right under it
            right[2] = ("_" * round(motto / 6), "plain")
            right.append(("", "plain"))
        else:
            right.append(("_" * round(motto / 6), "plain"))
        left.append(("_" * round(share / 6), "plain"))
        left.append((content.number, "number"))
        right.append((content.place, "place"))
        for (one, a), (two, b) in zip(left, right, strict=True):
            line = self.document.add_paragraph()
            self._dress(line, Box(13, align=LEFT), "columns")
            if stops:
                for position in (95, 330):
                    line.paragraph_format.tab_stops.add_tab_stop(Pt(position), 1)
            self._plain(line, "\t" if stops else "", "plain")
            self._plain(line, one, a)
            self._plain(line, gap, "plain")
            self._plain(line, two, b)
        if content.letter_subject:
            line = self.add(self.document, "\n".join(content.letter_subject), "vv")
            line.paragraph_format.right_indent = Pt(250)

    def _plain(self, line: Any, text: str, box: str) -> None:
        if text:
            run = line.add_run(text)
            look = self.boxes[box]
            run.font.name, run.font.size = FONT, Pt(look.size)
            run.bold, run.italic = look.bold, look.italic

    def _ending(self) -> None:
        content = self.content
        self.document.add_paragraph()
        table = self._table(1 if not content.second else 2, (230, 238))
        if content.second:
            for column, (posts, name) in enumerate((content.second, (content.posts, content.name))):
                self._signer(table.cell(0, column), posts, name, ())
            self._recipients(table.cell(1, 0))
            return
        self._recipients(table.cell(0, 0))
        self._signer(table.cell(0, 1), content.posts, content.name, content.host)

    def _signer(self, cell: Any, posts: Sequence[str], name: str, host: Sequence[str]) -> None:
        for post in posts:
            self.add(cell, post, "post")
        for _ in range(4):
            cell.add_paragraph()
        for post in host:
            self.add(cell, post, "post")
        if name:
            self.add(cell, name, "name")

    def _recipients(self, cell: Any) -> None:
        self.add(cell, "Nơi nhận:", "nn")
        for entry in self.content.recipients:
            self.add(cell, entry, "nn_item")

    def _annex(self, head: str, title: str, reference: str, texts: Sequence[str]) -> None:
        section = self.document.add_section(WD_SECTION.NEW_PAGE)
        self._size(section)
        section.different_first_page_header_footer = True
        section._sectPr.append(parse_xml(f'<w:pgNumType {nsdecls("w")} w:start="1"/>'))
        self.add(self.document, head, "annex")
        self.add(self.document, title, "annex_title")
        line = self.add(self.document, reference, "annex_ref")
        self.rule(self.document, line, length=120, room=ROOM)
        for text in texts:
            self._body(text)


def typed(content: Content, habit: Habit | None = None) -> Any:
    """The document, for a test to spoil."""
    return Typist(content, habit or Habit()).type()


def saved(document: Any) -> bytes:
    out = io.BytesIO()
    document.save(out)
    return out.getvalue()


_VML = (
    '<w:pict {w} xmlns:v="urn:schemas-microsoft-com:vml"><v:line style="position:absolute" '
    'from="40pt,2pt" to="{end:.1f}pt,2pt" strokeweight=".75pt"/></w:pict>'
)
_DML = (
    '<mc:AlternateContent xmlns:mc="http://schemas.openxmlformats.org/markup-compatibility/2006" '
    'xmlns:wps="http://schemas.microsoft.com/office/word/2010/wordprocessingShape" '
    'xmlns:wp="http://schemas.openxmlformats.org/drawingml/2006/wordprocessingDrawing" '
    'xmlns:a="http://schemas.openxmlformats.org/drawingml/2006/main" '
    'xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"><mc:Choice Requires="wps"><w:drawing>'
    '<wp:anchor><wp:extent cx="{width}" cy="0"/><a:graphic><a:graphicData><wps:wsp><wps:spPr>'
    '<a:prstGeom prst="line"/></wps:spPr></wps:wsp></a:graphicData></a:graphic></wp:anchor></w:drawing></mc:Choice>'
    "<mc:Fallback><w:pict/></mc:Fallback></mc:AlternateContent>"
)

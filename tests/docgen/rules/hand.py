"""A clerk's hand: looks of paragraphs and drawn rules in many habits. For tests of the checker."""

# ruff: noqa: E501 (lines of a paper stay in one piece)

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from docx import Document
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


class Hand:
    """How one paragraph, one page, one rule comes out of a clerk's hand."""

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

"""A clerk who types papers by hand, each in a habit of his own. Synthetic, for tests of the checker."""

from __future__ import annotations

import io
from collections.abc import Sequence
from typing import Any

from docx.enum.section import WD_SECTION
from docx.oxml import parse_xml
from docx.oxml.ns import nsdecls
from docx.shared import Pt

from core.typeface import text_width
from tests.docgen.rules.contents import Content
from tests.docgen.rules.hand import FONT, LEFT, ROOM, Box, Habit, Hand


class Typist(Hand):
    """Types one content in one habit."""

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

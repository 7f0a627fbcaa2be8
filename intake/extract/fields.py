"""Fields outside of the list table: content controls, cells beside a label, values after a label."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from types import MappingProxyType

from core.forms import FormField, FormKind
from core.letters import clean_line, fold, strip_leaders
from core.schema import FieldKind
from intake.extract.answers import Heads, answer_to, heads_of
from intake.extract.choices import has_boxes
from intake.extract.found import By, Found
from intake.extract.joint import joint_fields, split_value
from intake.extract.labels import Hit, LabelIndex, index_of
from intake.extract.texts import PLACEHOLDER, is_post
from intake.readers.raw import Cell, Control, Line, RawForm, Table

_LEADERS = re.compile(r"[.…_]{2,}|…")
_IN_A_DATE = re.compile(r"ngày[\s.…_\d]*(?:tháng[\s.…_\d]*)?$", re.IGNORECASE)
_DOTTED = re.compile(r"\.{3,}|…|_{3,}")
#: Labels that begin a sentence and need no colon (forms 5a and 5b).
_SENTENCES = frozenset({"tên tôi là", "tôi tên là", "tôi là", "chúng tôi gồm"})
#: A value on the next line is looked for over so many empty lines.
_REACH = 2
_STATIC = re.compile(
    r"^\(?(?:ký|kí)\b.*(?:họ tên|đóng dấu)|^\(ký|^ngày\s*[.…_ ]+\s*tháng|cộng hòa xã hội chủ nghĩa|"
    r"^độc lập\s*-\s*tự do|^nơi nhận|^mẫu số"
)

Entries = dict[str, list[Found]]
_CROWDED = "Chữ in tràn khỏi ô hoặc chồng lên ô dưới; hãy xem bản gốc."
_LABELLED = re.compile(r"^\s*(?P<label>[^:：]{3,90}?)\s*[:：](?P<value>.*)$")


@dataclass(slots=True)
class Collected:
    """What was found for each field, the surest first; and lines with a label nobody knows and a value."""

    found: Entries
    unread: list[str]


def collect_fields(
    raw: RawForm, form: FormKind, *, lists: Mapping[int, int] = MappingProxyType({})
) -> Collected:
    """Everything that the form says outside of its list.

    ``lists``: for a table of the form's list (by ``id``) the row where its header begins; only what stands above is
    looked at.

    A field whose label stands on the form with nothing written has one entry with an empty text.
    """
    found: Entries = {}
    walk = _Walk(form, index_of(form.kind))
    for block in raw.blocks:
        if isinstance(block, Table):
            walk.table(block, until=lists.get(id(block)))
        else:
            walk.line(block)
    walk.close()
    for key, one in walk.found:
        found.setdefault(key, []).append(one)
    order = list(By)
    for values in found.values():
        values.sort(key=lambda one: (not one.text and one.checked is None, order.index(one.by)))
    return Collected(found, walk.unread)


class _Walk:
    """Goes through the blocks once; remembers a label that still waits for its value."""

    def __init__(self, form: FormKind, index: LabelIndex) -> None:
        self.form, self.index = form, index
        self.found: list[tuple[str, Found]] = []
        self.keys = {field.key for field in form.fields}
        self.fixed = {fold(text).strip(" .:") for text in _fixed_texts(form)}
        self.waiting: tuple[Hit, Line, int] | None = None
        self.unread: list[str] = []
        #: The label that waits is “Nơi nhận”: a dash below it begins the list of who gets a copy.
        self.copies = False
        self.heads = Heads()

    def add(self, key: str, found: Found) -> None:
        self.found.append((key, found))

    def line(self, line: Line) -> None:
        self.controls(line.controls, line)
        for piece in line.text.split("\n"):
            self.piece(Line(piece, line.page, line.box), controlled=bool(line.controls))

    def controls(self, controls: Iterable[Control], at: Line | Cell) -> None:
        for control in controls:
            if control.key in self.keys:
                self.add(control.key, control_found(control, at))

    def piece(self, line: Line, *, controlled: bool) -> None:
        # A signer stands without a colon; “Người khảo sát:” asks for a name.
        parts = [fold(part).strip(" .") for part in re.split(r"\t+| {3,}", line.text)]
        printed = all(part in self.fixed for part in parts if part)
        if not printed and self.joint_line(line):
            return
        hits = [] if printed else self.usable(line.text, self.index.scan(line.text))
        if not hits:
            self.unlabelled(line)
            return
        self.close()
        for at, hit in enumerate(hits):
            stop = hits[at + 1].start if at + 1 < len(hits) else len(line.text)
            text = line.text[hit.end : stop]
            value = trimmed(text)
            if self.is_signer(value) or _STATIC.search(fold(value)):
                value = ""
            by = By.LINE if hit.strong else By.SENTENCE
            if value or at + 1 < len(hits) or controlled:
                self.add(hit.field.key, Found(value, by, line.page, line.box))
            else:
                self.waiting = (hit, Line(text, line.page, line.box), 0)
                self.copies = fold(line.text[hit.start : hit.end]).startswith("nơi nhận")

    def joint_line(self, line: Line) -> bool:
        """``Người liên hệ, điện thoại: Lò Thị Mẫu, 0912…``: one label, two fields."""
        labelled = _LABELLED.match(line.text)
        pair = self.joint(labelled["label"]) if labelled else None
        if pair is None or labelled is None:
            return False
        self.close()
        found = Found(trimmed(labelled["value"]), By.LINE, line.page, line.box)
        self.add_both(pair, found)
        return True

    def joint(self, label: str) -> tuple[FormField, FormField] | None:
        """The two fields that a label names."""
        return joint_fields(label, self.form.fields, self.index)

    def add_both(self, pair: tuple[FormField, FormField], found: Found) -> None:
        """One text with the values of two fields."""
        for field, one in zip(pair, split_value(found, *pair), strict=True):
            self.add(field.key, one)

    def usable(self, text: str, hits: list[Hit]) -> list[Hit]:
        """Without a colon a label counts where its sentence or a value of its kind follows."""
        kept = []
        for at, hit in enumerate(hits):
            if _IN_A_DATE.search(text[: hit.start]):
                continue  # `tháng` of “ngày … tháng … năm …” is no label
            if hit.strong:
                kept.append(hit)
                continue
            stop = hits[at + 1].start if at + 1 < len(hits) else len(text)
            rest = text[hit.end : stop].strip()
            label = fold(text[hit.start : hit.end])
            if rest and (label in _SENTENCES or _looks_like(hit.field, rest)):
                kept.append(hit)
        return kept

    def unlabelled(self, line: Line) -> None:
        if self.waiting is None:
            labelled = _LABELLED.match(line.text)
            if labelled and trimmed(labelled["value"]) and not _STATIC.search(fold(line.text)):
                self.unread.append(clean_line(line.text))
            return
        hit, label_line, passed = self.waiting
        value = trimmed(line.text)
        if not value:
            self.waiting = (hit, label_line, passed + 1) if passed < _REACH else None
            if self.waiting is None:
                self.add(hit.field.key, _blank(label_line))
            return
        labelled = _LABELLED.match(line.text)
        if (labelled and not trimmed(labelled["value"])) or (self.copies and value[0] in "-–"):
            self.close()  # a label nobody knows, left blank; or who gets a copy, at the foot of a letter
            return
        dotted_label = bool(_LEADERS.search(label_line.text))
        expected = not dotted_label or bool(_LEADERS.search(line.text)) or passed > 0
        if expected and not self.is_fixed(line.text, hit.field):
            self.add(hit.field.key, Found(value, By.NEXT, line.page, line.box))
            self.waiting = None
        else:
            self.close()

    def may_be_value(self, text: str) -> bool:
        """Whether a cell beside a label can be its value: choices to tick may read like a label (☐ Nam ☐ Nữ), the
        heads of signatures (NGƯỜI LẬP BIỂU | CHỦ TỊCH) like a label with its value.
        """
        if self.is_signer(text):
            return False
        return has_boxes(text) or self.index.whole(text) is None

    def is_signer(self, text: str) -> bool:
        """Whether a text begins with the printed head of a signature."""
        key = fold(text)
        heads = [fold(signer) for signer in self.form.signers if signer]
        return text[:2].isupper() and any(
            key == head or key.startswith((f"{head} (", f"{head}\n")) for head in heads
        )

    def is_fixed(self, text: str, field: FormField) -> bool:
        """Whether a line is printed on every form: a heading, a signer, a hint. A name may be typed in capitals, and
        so may a number of a paper (``26/QĐ-LĐLĐ``).
        """
        key = fold(text).strip(" .:")
        letters = [c for c in text if c.isalpha()]
        shouted = len(letters) > 3 and all(c.isupper() for c in letters)  # noqa: PLR2004
        meant = (field.personal and not is_post(text)) or any(c.isdigit() for c in text)
        return key in self.fixed or bool(_STATIC.search(key)) or (shouted and not meant)

    def close(self) -> None:
        """The label that waits is blank."""
        if self.waiting is not None:
            hit, line, _ = self.waiting
            self.add(hit.field.key, _blank(line))
            self.waiting = None

    def table(self, table: Table, *, until: int | None) -> None:
        self.close()
        for cell in table.cells():
            self.controls(cell.controls, cell)
        rows = table.grid[:until]
        self.heads = heads_of(rows)
        read = -1
        for number, row in enumerate(rows):
            if number == read:
                continue
            below = rows[number + 1] if number + 1 < len(rows) else ()
            if over := self.heads_over(row, below):
                read = number + 1
                for field, under in over:
                    one = cell_found(under, by=By.CELL, text=trimmed(under.text))
                    self.add(field.key, one)
                continue
            cells = list(_distinct(row))
            before, at = len(self.found), 0
            while at < len(cells):
                at += self.cell(cells, at)
            if len(self.found) == before:
                self.unknown_row(cells)
        self.close()

    def unknown_row(self, cells: Sequence[Cell]) -> None:
        """A text beside a text, and no label of ours among them: perhaps a label that nobody knows."""
        said = [clean_line(one.text) for one in cells if trimmed(one.text)]
        printed = any(text.isupper() or _STATIC.search(fold(text)) for text in said)
        if len(said) == 2 and not printed:  # noqa: PLR2004 - label and value
            self.unread.append(": ".join(said))

    def heads_over(
        self, row: Sequence[Cell | None], below: Sequence[Cell | None]
    ) -> list[tuple[FormField, Cell]]:
        """A row of nothing but labels, over a row of nothing but values; else empty."""
        pairs: list[tuple[FormField, Cell]] = []
        heads = [one for one in _distinct(row) if one.text.strip()]
        whole = len(heads) == 1 and all(one is heads[0] for one in row)
        if len(heads) < 2 and not whole:  # noqa: PLR2004 - one label alone must be as wide as its table
            return []
        for head in heads:
            at = next(n for n, one in enumerate(row) if one is head)
            field = None if _LEADERS.search(head.text) else self.index.whole(head.text)
            under = below[at] if at < len(below) else None
            if field is None or self.is_signer(head.text) or not self.is_plain(under):
                return []
            pairs.append((field, under or replace(head, text="", controls=(), native=None)))
        told = {one.key for one, _ in pairs}
        empty = any(one is None or not one.text.strip() for one in row[: row.index(heads[-1])])
        return pairs if below and len(told) == len(pairs) and not empty else []

    def is_plain(self, cell: Cell | None) -> bool:
        """Whether a cell holds a value and no label."""
        if cell is None or not cell.text.strip():
            return True
        return self.may_be_value(cell.text) and not any(
            hit.strong for hit in self.index.scan(cell.text)
        )

    def cell(self, cells: list[Cell], at: int) -> int:
        """Read one cell; gives how many cells were used up."""
        cell = cells[at]
        pair = self.joint(cell.text) if at + 1 < len(cells) else None
        if pair is not None and self.may_be_value(cells[at + 1].text):
            self.add_both(pair, cell_found(cells[at + 1], by=By.CELL, text=cells[at + 1].text))
            return 2
        field = self.index.whole(cell.text)
        answer = field and answer_to(
            field,
            cells[at + 1 :],
            self.heads,
            is_label=lambda one: not self.may_be_value(one.text),
        )
        if field is not None and answer:
            value, used, unsure = answer
            found = cell_found(value, by=By.CELL, text=trimmed(value.text))
            self.add(field.key, replace(found, unsure=found.unsure or unsure))
            return used + 1
        for piece in cell.text.split("\n"):
            self.piece(Line(piece, cell.page, cell.box), controlled=bool(cell.controls))
        self.close()
        return 1


def control_found(control: Control, at: Line | Cell) -> Found:
    """What a control holds. Leader dots are its placeholder: saved by LibreOffice 7.4, none is marked as one."""
    return Found(
        trimmed(control.text) if _DOTTED.search(control.text) else control.text,
        By.CONTROL,
        at.page,
        at.box,
        checked=control.checked,
        choice=control.choice,
    )


def cell_found(cell: Cell, *, by: By, text: str | None = None) -> Found:
    """A cell's text with its native value."""
    return Found(
        clean_line(cell.text) if text is None else text,
        by,
        cell.page,
        cell.box,
        native=cell.native,
        number_format=cell.number_format,
        hidden=cell.hidden,
        unsure=_CROWDED if cell.crowded else "",
    )


def trimmed(text: str) -> str:
    """A value as written, without leader dots, its separators and its unit's brackets."""
    value = re.sub(r"^\s*-{3,}\s*|\s*-{3,}\s*$", "", strip_leaders(text))
    if (inside := _BRACKETS.match(value)) and not has_boxes(value):
        value = inside[1]
    if PLACEHOLDER.match(value):
        return ""
    return (
        value.removeprefix(") ").strip(" \t;,:").strip()
        if not re.fullmatch(r"[-–/.,;:\s]+", value)
        else _mark(value)
    )


#: ``[ Lò Văn Ín ]``: a place to write in, as some printed forms mark it.
_BRACKETS = re.compile(r"^\[\s*([^\[\]]*?)\s*\]$")


def _mark(value: str) -> str:
    """``-`` and ``//`` are somebody's mark for nothing; lone punctuation is none."""
    return value if re.fullmatch(r"-|–|//+", value) else ""


def _blank(line: Line) -> Found:
    return Found("", By.LINE, line.page, line.box)


def _distinct(row: Sequence[Cell | None]) -> Iterator[Cell]:
    last: Cell | None = None
    for cell in row:
        if cell is not None and cell is not last:
            yield cell
        last = cell


def _fixed_texts(form: FormKind) -> Iterator[str]:
    yield from form.titles
    yield from form.signers
    for section in form.sections:
        yield section.heading


_SHAPES = {
    FieldKind.INTEGER: re.compile(r"^(?:là|có)?\s*\d"),
    FieldKind.MONEY: re.compile(r"^(?:là)?\s*\d"),
    FieldKind.RATE: re.compile(r"^\d"),
    FieldKind.DATE: re.compile(r"^(?:ngày\s*)?\d{1,2}\s*(?:[/.\-]|tháng)", re.IGNORECASE),
    FieldKind.PARTIAL_DATE: re.compile(
        r"^(?:(?:ngày|tháng|năm)\s*)?\d{1,4}\s*(?:[/.\-]|tháng|$)", re.IGNORECASE
    ),
    FieldKind.TIME: re.compile(r"^(?:hồi|lúc|vào)?\s*\d{1,2}\s*(?:giờ|h|:)", re.IGNORECASE),
    FieldKind.TERM: re.compile(r"^\d{4}\s*[-–]"),
    FieldKind.PERIOD: re.compile(r"^(?:tháng|quý|năm|\d)", re.IGNORECASE),
    FieldKind.TAX_CODE: re.compile(r"^\d"),
    FieldKind.ID_NUMBER: re.compile(r"^\d"),
    FieldKind.PHONE: re.compile(r"^[+\d]"),
}


def _looks_like(field: FormField, rest: str) -> bool:
    shape = _SHAPES.get(field.kind)
    return shape is not None and bool(shape.match(rest))

"""A form as a Word file: with content controls for the keyboard, or with boxes and empty cells for the pen. Pure."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from itertools import count

from core.forms import FormField, FormKind
from core.forms.consent import consent_sentence
from core.forms.shown import NO, YES, shown
from core.letters import upper_vi
from core.schema import FieldKind
from docgen.blanks.geometry import (
    BOX,
    PITCH,
    TICKED,
    FieldRow,
    ListPlan,
    Plan,
    Slot,
    boxes,
    broken,
    groups,
    list_boxes,
    plan_of,
)
from docgen.blanks.imprint import Imprint
from docgen.blanks.qr import qr_png
from docgen.blanks.wordfile import CODE_PICTURE, WordFile, pack
from docgen.blanks.wordxml import (
    Cell,
    Control,
    Look,
    Row,
    control,
    field,
    paragraph,
    picture,
    run,
    table,
)

NATION = "CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM"
MOTTO = "Độc lập - Tự do - Hạnh phúc"
SIGN_HERE = "(Ký, ghi rõ họ tên)"
PLACE_DATE = "…………………, ngày …… tháng …… năm ………"
HOW_TYPED = "Điền vào chỗ có dấu chấm; chọn trong danh sách nếu có. Không sửa tên mục, không xóa dòng và cột."
HOW_PEN = "Viết rõ ràng trong ô; đánh dấu X vào một ô vuông. Không tẩy xóa, không viết ra ngoài ô."
#: Rows left free under those filled from the records.
SPARE_ROWS = 5
_HEAD_SHADE = "EDEDED"
_SMALL = 9.0
_CODE_SIZE = 18.0  # side of the QR on paper, millimetres
_DOTS_WIDTH = 8.0  # millimetres of a column for one sign of dots
_SIGN_ROOM = 50.0  # points for the signature and the stamp


def word_form(
    form: FormKind, values: Mapping[str, object], imprint: Imprint, *, paper: bool = False
) -> bytes:
    """The form as .docx, filled with the values given. ``paper`` is the form that is printed and written by hand."""
    plan = plan_of(form, paper=paper)
    writer = _Writer(plan, values)
    body = "".join(
        (
            _letterhead(plan, imprint),
            _title(plan, imprint),
            *writer.sections(),
            writer.list_table() if plan.table else "",
            *_closing(plan, imprint),
        )
    )
    png = qr_png(imprint.code) if imprint.code else None
    return pack(
        WordFile(
            body, _footer(plan, imprint), plan.page, form.label_vi, imprint.properties, png=png
        )
    )


def row_count(form: FormKind, values: Mapping[str, object]) -> int:
    """Rows printed: those of the blank, or the filled ones and some more."""
    given = len(_rows(values))
    return max(form.printed_rows, given + SPARE_ROWS if given else 0)


def _rows(values: Mapping[str, object]) -> Sequence[Mapping[str, object]]:
    rows = values.get("rows")
    return rows if isinstance(rows, Sequence) and not isinstance(rows, str) else ()


# --- fields and list ---------------------------------------------------------------------------------


class _Writer:
    """Writes values into their places; numbers the controls."""

    def __init__(self, plan: Plan, values: Mapping[str, object]) -> None:
        self.plan, self.values = plan, values
        self.numbers = count(1001)
        self.line = plan.size * PITCH

    def sections(self) -> Iterator[str]:
        for heading, rows in self.plan.sections:
            if heading:
                look = Look(before=8, after=3, keep=True)
                yield paragraph(run(heading, size=self.plan.size, bold=True), look)
            yield table((self.field_row(row) for row in rows), self.plan.columns)

    def field_row(self, row: FieldRow) -> Row:
        cells: list[Cell] = []
        for slot in row.slots:
            look = Look(line=self.line, size=self.plan.size)
            label = paragraph(run(slot.label, size=self.plan.size), look)
            span = 1 if len(row.slots) > 1 else 3
            cells.append(Cell(label, slot.label_width))
            cells.append(Cell(self.value(slot), slot.value_width, span=span))
        return Row(tuple(cells), row.height, grows=not self.plan.paper)

    def value(self, slot: Slot) -> str:
        text = shown(slot.field, self.values.get(slot.field.key))
        size = self.plan.size
        look = Look(line=self.line, size=size)
        if self.plan.paper:
            written = ticked(slot.field, text, slot.value_width, size=size) or text
            return paragraph(run(written, size=size) if written else "", look)
        dots = 12 if slot.value_lines == 1 else 30
        made = self.control(slot.field, slot.field.key, text, size=size, dots=dots)
        return paragraph(made, look)

    def control(self, one: FormField, key: str, text: str, *, size: float, dots: int) -> str:
        spec = Control(
            key, one.label_vi, choices_of(one), day=one.kind is FieldKind.DATE, lines=one.lines
        )
        return control(spec, next(self.numbers), text, size=size, dots=dots)

    def list_table(self) -> str:
        listed = self.plan.table
        if listed is None:
            return ""
        given = _rows(self.values)
        rows = [*_heading_rows(self.plan.form, listed)]
        rows += [
            self.list_row(listed, at, given[at] if at < len(given) else {})
            for at in range(row_count(self.plan.form, self.values))
        ]
        gap = paragraph("", Look(line=6, keep=True))
        return gap + table(rows, listed.widths)

    def list_row(self, listed: ListPlan, at: int, values: Mapping[str, object]) -> Row:
        line = listed.size * PITCH
        number = paragraph(run(str(at + 1), size=listed.size), Look(align="center", line=line))
        cells = [Cell(number, listed.widths[0])]
        for column, width in zip(self.plan.form.columns, listed.widths[1:], strict=True):
            text = shown(column, values.get(column.key))
            if self.plan.paper:
                tick = ticked(column, text, width, size=listed.size, listed=True) or text
                content = run(tick, size=listed.size) if tick else ""
            else:
                key = f"rows.{column.key}"
                dots = min(3, max(1, int(width / _DOTS_WIDTH)))
                content = self.control(column, key, text, size=listed.size, dots=dots)
            align = "center" if column.kind in _CENTRED else "left"
            cells.append(
                Cell(paragraph(content, Look(align=align, line=line, size=listed.size)), width)
            )
        return Row(tuple(cells), listed.height, grows=not self.plan.paper)


_CENTRED = frozenset(
    (
        FieldKind.INTEGER,
        FieldKind.RATE,
        FieldKind.DATE,
        FieldKind.PARTIAL_DATE,
        FieldKind.BOOLEAN,
    )
)


def choices_of(one: FormField) -> tuple[tuple[str, str], ...]:
    """Codes and labels of a closed list, or of yes and no."""
    if one.kind is FieldKind.BOOLEAN:
        return (("true", YES), ("false", NO))
    return tuple((option.code, option.label_vi) for option in one.options)


def ticked(one: FormField, text: str, width: float, *, size: float, listed: bool = False) -> str:
    """The boxes of a closed list, the chosen one ticked, broken at the lines of the cell; empty without boxes."""
    offered = list_boxes(one, width, size=size) if listed else boxes(one)
    if not offered:
        return ""
    lines = "\n".join(broken(offered, width, size=size))
    chosen = text.replace(" ", "\u00a0")
    parts = lines.split(BOX)
    marked = [
        (TICKED if chosen and part.strip(" \n\u00a0") == chosen else BOX) + part
        for part in parts[1:]
    ]
    return parts[0] + "".join(marked)


def _heading_rows(form: FormKind, listed: ListPlan) -> Iterator[Row]:
    """One heading row, or two with groups above; they repeat on every page."""
    spans = {first: (name, last) for name, first, last in groups(form)}
    two = len(listed.heads) > 1
    upper = [_head_cell("TT", listed, 0, merge="restart" if two else "")]
    lower = [_head_cell("", listed, 0, merge="continue")]
    at = 0
    while at < len(form.columns):
        name, last = spans.get(at, ("", at))
        if name:
            upper.append(_head_cell(name, listed, at + 1, span=last - at + 1))
            lower += [
                _head_cell(form.columns[i].label_vi, listed, i + 1) for i in range(at, last + 1)
            ]
        else:
            label = form.columns[at].label_vi
            upper.append(_head_cell(label, listed, at + 1, merge="restart" if two else ""))
            lower.append(_head_cell("", listed, at + 1, merge="continue"))
        at = last + 1
    yield Row(tuple(upper), listed.heads[0], head=True)
    if two:
        yield Row(tuple(lower), listed.heads[1], head=True)


def _head_cell(text: str, listed: ListPlan, at: int, *, span: int = 1, merge: str = "") -> Cell:
    look = Look(align="center", line=listed.size * PITCH, keep=True)
    content = paragraph(run(text, size=listed.size, bold=True) if text else "", look)
    width = sum(listed.widths[at : at + span])
    return Cell(content, width, span=span, merge=merge, shade=_HEAD_SHADE)


# --- head and foot -----------------------------------------------------------------------------------


def _letterhead(plan: Plan, imprint: Imprint) -> str:
    """Office left, the nation right; a person's own letter has the nation alone (ND30 PL I)."""
    nation = paragraph(run(NATION, size=12, bold=True), Look(align="center"))
    nation += paragraph(run(MOTTO, size=13, bold=True), Look(align="center"))
    nation += paragraph(run("_" * 24, size=8), Look(align="center"))
    if plan.form.letter:
        return nation
    room = plan.page.room
    left, right = round(room * 0.45, 1), round(room * 0.55, 1)
    head = ""
    if imprint.parent:
        head += paragraph(run(upper_vi(imprint.parent), size=10.5), Look(align="center"))
    office = upper_vi(imprint.office) if imprint.office else "……………………………"
    head += paragraph(run(office, size=10.5, bold=bool(imprint.office)), Look(align="center"))
    head += paragraph(run("_" * 12, size=8), Look(align="center"))
    cells = (Cell(head, left, top=True), Cell(nation, right, top=True))
    return table([Row(cells)], (left, right), lines=False, side=0)


def _title(plan: Plan, imprint: Imprint) -> str:
    made = paragraph(
        run(plan.form.titles[0], size=14, bold=True), Look(align="center", before=10, after=2)
    )
    if imprint.wanted:
        made += paragraph(run(imprint.wanted, size=11, bold=True), Look(align="center"))
    how = HOW_PEN if plan.paper else HOW_TYPED
    return made + paragraph(run(how, size=10, italic=True), Look(align="center", after=6))


def _closing(plan: Plan, imprint: Imprint) -> Iterator[str]:
    """Pledge, consent, place and day, signers; all on one page."""
    form, size = plan.form, plan.size
    for sentence in form.pledge:
        yield paragraph(run(sentence, size=size), Look(align="both", before=4, keep=True, first=28))
    if form.consent:
        text = run(consent_sentence(imprint.on), size=10, italic=True)
        yield paragraph(text, Look(align="both", before=6, keep=True))
    if form.place_date:
        yield paragraph(
            run(PLACE_DATE, size=size, italic=True), Look(align="right", before=8, keep=True)
        )
    room = plan.page.room
    places = (room * 0.25, room * 0.75)
    signers = "".join(f"\t{signer}" for signer in form.signers)
    hints = "".join(f"\t{SIGN_HERE if signer else ''}" for signer in form.signers)
    yield paragraph(run(signers, size=size, bold=True), Look(before=8, keep=True, tabs=places))
    yield paragraph(run(hints, size=11, italic=True), Look(keep=True, tabs=places))
    yield paragraph("", Look(before=_SIGN_ROOM, line=4))


def _footer(plan: Plan, imprint: Imprint) -> str:
    """On every page: the code as a picture and in letters, what form it is, the page."""
    side = _CODE_SIZE + 2
    page_width = 30.0
    middle = round(plan.page.room - side - page_width, 1)
    form = plan.form
    small = Look(line=_SMALL * PITCH)
    code = f"Mã biểu mẫu: {imprint.code}" if imprint.code else "Biểu mẫu chưa cấp mã"
    lines = [paragraph(run(code, size=10, bold=True), Look(line=12.5))]
    named = f"{form.label_vi}, mẫu {form.code} phiên bản {form.version}"
    lines.append(paragraph(run(named, size=_SMALL), small))
    if imprint.code:
        lines.append(
            paragraph(run("Giữ nguyên mã này trên mọi trang khi gửi lại.", size=_SMALL), small)
        )
    pages = "".join(
        (
            run("Trang ", size=_SMALL),
            field("PAGE", size=_SMALL),
            run("/", size=_SMALL),
            field("NUMPAGES", size=_SMALL),
        )
    )
    drawn = picture(CODE_PICTURE, _CODE_SIZE, name="Mã biểu mẫu") if imprint.code else ""
    cells = (
        Cell(paragraph(drawn), side),
        Cell("".join(lines), middle),
        Cell(paragraph(pages, Look(align="right")), page_width),
    )
    row = Row(cells, _CODE_SIZE + 0.6)
    return table([row], (side, middle, page_width), lines=False, side=0) + paragraph(
        "", Look(line=1)
    )

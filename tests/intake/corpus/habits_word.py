"""Habits in Word: combined columns, numbered tables, heads over values, bullets, things struck out, dittos."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from random import Random
from xml.sax.saxutils import escape

from core.forms import FormField, FormKind
from core.numbers import to_words
from core.schema import FieldKind
from tests.intake.corpus import paper, spell
from tests.intake.corpus.habits_spell import unit_words
from tests.intake.corpus.paper import Box, Paper
from tests.intake.corpus.spell import Doubted
from tests.intake.corpus.values import Data

Write = Callable[[FormField, object, Random], str]
_WIDE, _HIGH = 14850, 9900
_DOTS = ".............................."
#: Neighbours that people put into one line or column, and what they call them.
PAIRS = {
    ("legal_rep_name", "legal_rep_phone"): "Người đại diện theo pháp luật, SĐT",
    ("contact_name", "contact_phone"): "Người liên hệ, điện thoại",
    ("legal_rep_name", "phone"): "Người đại diện, SĐT",
    ("id_number", "phone"): "Số CCCD, số điện thoại",
    ("full_name", "dob"): "Họ và tên, ngày sinh",
    ("votes", "rate"): "Số phiếu (tỷ lệ %)",
    ("founding_decision_no", "founding_decision_date"): "Quyết định thành lập số, ngày",
    ("doc_number", "doc_date"): "Số, ngày văn bản",
}


def _plain(field: FormField, value: object, _random: Random) -> str:
    return spell.plain(field, value)


def _top(sheet: Paper, form: FormKind) -> None:
    """Office and motto beside each other in a table without lines, as most papers begin."""
    width = _WIDE if form.landscape else _HIGH
    left = ("LIÊN ĐOÀN LAO ĐỘNG TỈNH LAI CHÂU", "Đơn vị: ......................")
    right = ("CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM", "Độc lập - Tự do - Hạnh phúc")
    boxes = [
        Box(
            "".join(paper.paragraph(paper.run(one), center=True) for one in lines), width=width // 2
        )
        for lines in (left, right)
    ]
    bare = paper.table([boxes]).replace('w:val="single"', 'w:val="nil"')
    sheet.add(bare)
    sheet.add(paper.paragraph(paper.run(form.titles[0]), center=True))


def _end(sheet: Paper, form: FormKind) -> None:
    sheet.add(paper.paragraph(paper.run("Nơi nhận:\n- Như trên;\n- Lưu: VT.")))
    sheet.add(paper.paragraph(paper.run("\t\t".join(form.signers))))


def _new(form: FormKind) -> Paper:
    sheet = Paper(landscape=form.landscape, size=20 if form.landscape else 24)
    _top(sheet, form)
    return sheet


def _groups(columns: Sequence[FormField]) -> list[list[FormField]]:
    out: list[list[FormField]] = []
    for column in columns:
        if column.header and out and out[-1][0].header == column.header:
            out[-1].append(column)
        else:
            out.append([column])
    return out


def heads(
    columns: Sequence[FormField], sizes: Sequence[int], *, label: str = "STT"
) -> list[list[Box]]:
    """The head rows of a list, two where columns have a common heading."""

    def box(text: str, at: int, **more: object) -> Box:
        return Box(paper.paragraph(paper.run(text), center=True), width=sizes[at], **more)  # type: ignore[arg-type]

    if not any(column.header for column in columns):
        return [[box(label, 0), *(box(c.label_vi, at) for at, c in enumerate(columns, 1))]]
    upper, lower, at = (
        [box(label, 0, merge="restart")],
        [Box("", merge="continue", width=sizes[0])],
        1,
    )
    for group in _groups(columns):
        if not group[0].header:
            upper.append(box(group[0].label_vi, at, merge="restart"))
            lower.append(Box("", merge="continue", width=sizes[at]))
        else:
            upper.append(
                Box(
                    paper.paragraph(paper.run(group[0].header)),
                    span=len(group),
                    width=sum(sizes[at : at + len(group)]),
                )
            )
            lower += [box(c.label_vi, at + n) for n, c in enumerate(group)]
        at += len(group)
    return [upper, lower]


def _sizes(form: FormKind, columns: Sequence[FormField]) -> list[int]:
    width = _WIDE if form.landscape else _HIGH
    total = sum(column.width for column in columns) + 10
    return [int(width * 10 / total), *(int(width * c.width / total) for c in columns)]


def _list(
    sheet: Paper,
    form: FormKind,
    data: Data,
    random: Random,
    *,
    write: Write = _plain,
    tail: Sequence[Sequence[Box]] = (),
) -> None:
    if not form.columns:
        return
    columns = form.columns
    sizes = _sizes(form, columns)
    rows = heads(columns, sizes)
    for at, source in enumerate(data.get("rows") or []):
        texts = [str(at + 1), *(write(c, source.get(c.key), random) for c in columns)]
        rows.append([paper.cell(text, width=sizes[n]) for n, text in enumerate(texts)])
    sheet.add(paper.paragraph(""))
    sheet.add(paper.table([*rows, *tail]))


# --- combined columns --------------------------------------------------------------------------------


def combined(form: FormKind, data: Data, random: Random) -> bytes:
    """A name and its telephone in one line, or one column."""
    sheet = _new(form)
    rows = []
    for label, texts in _joined(form.fields, data, random):
        rows.append([paper.cell(label, width=3500), paper.cell(", ".join(texts), width=6000)])
    sheet.add(paper.table(rows))
    if form.columns:
        _combined_list(sheet, form, data, random)
    _end(sheet, form)
    return sheet.saved()


def _joined(
    fields: Sequence[FormField], data: Mapping[str, object], random: Random
) -> list[tuple[str, list[str]]]:
    out, at = [], 0
    while at < len(fields):
        one = fields[at]
        mate = next((f for f in fields if (one.key, f.key) in PAIRS), None)
        if mate is not None:
            texts = [spell.plain(f, data.get(f.key)) for f in (one, mate)]
            out.append((PAIRS[(one.key, mate.key)], [t for t in texts if t]))
        elif not any((f.key, one.key) in PAIRS for f in fields):
            out.append((one.label_vi, [t] if (t := spell.plain(one, data.get(one.key))) else []))
        at += 1
    return out


def _combined_list(sheet: Paper, form: FormKind, data: Data, random: Random) -> None:
    if any(column.header for column in form.columns):
        _list(sheet, form, data, random)
        return
    names = [label for label, _ in _joined(form.columns, {}, random)]
    width = (_WIDE if form.landscape else _HIGH) // (len(names) + 1)
    rows = [[paper.cell(text, width=width) for text in ("TT", *names)]]
    for at, source in enumerate(data.get("rows") or []):
        texts = []
        for label, found in _joined(form.columns, source, random):
            joint = (
                f"{found[0]} ({found[1]})" if "(" in label and len(found) == 2 else "\n".join(found)
            )
            texts.append(joint)
        rows.append([paper.cell(text, width=width) for text in (str(at + 1), *texts)])
    sheet.add(paper.paragraph(""))
    sheet.add(paper.table(rows))


# --- tables of an officer's own ----------------------------------------------------------------------


def numbered(form: FormKind, data: Data, random: Random) -> bytes:
    """TT, contents, answer, remark: bands for the sections, a head of its own."""
    sheet = _new(form)
    sizes = (700, 4300, 3400, 1500)
    head = ("TT", "Nội dung", "Kết quả", "Ghi chú")
    rows = [[paper.cell(text, width=w) for text, w in zip(head, sizes, strict=True)]]
    number = 0
    for section in form.sections:
        if section.heading:
            roman, _, words = section.heading.partition(". ")
            rows.append([paper.cell(roman, width=700), paper.cell(words, span=3, width=9200)])
        for one in section.fields:
            number += 1
            text = spell.plain(one, data.get(one.key)) or (_DOTS if number % 2 else "")
            remark = random.choice(("", "", "", "đã đối chiếu")) if data else ""
            texts = (str(number), one.label_vi, text, remark)
            rows.append([paper.cell(t, width=w) for t, w in zip(texts, sizes, strict=True)])
    sheet.add(paper.table(rows))
    _list(sheet, form, data, random)
    _end(sheet, form)
    return sheet.saved()


def over(form: FormKind, data: Data, random: Random) -> bytes:
    """Four heads across, the answers in the row below."""
    sheet = _new(form)
    for section in form.sections:
        if section.heading:
            sheet.add(paper.paragraph(paper.run(section.heading)))
        fields = section.fields
        for at in range(0, len(fields), 4):
            some = fields[at : at + 4]
            width = _HIGH // len(some)
            texts = [spell.plain(one, data.get(one.key)) for one in some]
            sheet.add(
                paper.table(
                    [
                        [paper.cell(one.label_vi, width=width) for one in some],
                        [paper.cell(text or "........", width=width) for text in texts],
                    ]
                )
            )
            sheet.add(paper.paragraph(""))
    _list(sheet, form, data, random)
    _end(sheet, form)
    return sheet.saved()


def foot(form: FormKind, data: Data, random: Random) -> bytes:
    """The list ends with rows that are none: a sum in words, a remark, and the signatures."""
    sheet = _new(form)
    _lines(sheet, form, data, random)
    width = _WIDE if form.landscape else _HIGH
    span = len(form.columns) + 1
    count = len(data.get("rows") or [])
    tail = [
        [Box(paper.paragraph(paper.run(text)), span=span, width=width)]
        for text in (
            f"Tổng cộng: {count} (danh sách này có {to_words(count)} dòng)",
            "Ghi chú: số liệu do đơn vị tự kê khai và chịu trách nhiệm.",
            f"{(form.signers[0] or 'NGƯỜI LẬP')}          (đã ký)          {form.signers[-1]}",
        )
    ]
    _list(sheet, form, data, random, tail=tail)
    return sheet.saved()


def _lines(
    sheet: Paper, form: FormKind, data: Data, random: Random, *, write: Write = _plain
) -> None:
    for one in form.fields:
        text = write(one, data.get(one.key), random)
        sheet.add(paper.paragraph(paper.run(f"{one.label_vi}: {text or _DOTS}")))


# --- ways of writing ---------------------------------------------------------------------------------


def units(form: FormKind, data: Data, random: Random) -> bytes:
    """Numbers with units and in words, dates with their words, in lines and lists."""
    sheet = _new(form)
    _lines(sheet, form, data, random, write=unit_words)
    _list(sheet, form, data, random, write=unit_words)
    _end(sheet, form)
    return sheet.saved()


def bullets(form: FormKind, data: Data, random: Random) -> bytes:
    """Dashes and crosses before the labels, a space before the colon, a sign after the value."""
    sheet = _new(form)
    for section in form.sections:
        if section.heading:
            sheet.add(paper.paragraph(paper.run(section.heading)))
        for one in section.fields:
            text = spell.plain(one, data.get(one.key))
            mark = random.choice(("- ", "+ ", "• ", "* "))
            colon = random.choice((" : ", ": ", " là: "))
            after = ";" if text else " " + _DOTS + ";"
            sheet.add(paper.paragraph(paper.run(f"{mark}{one.label_vi}{colon}{text}{after}")))
    _list(sheet, form, data, random)
    _end(sheet, form)
    return sheet.saved()


def underscores(form: FormKind, data: Data, random: Random) -> bytes:
    """Lines of underscores and dashes instead of dots, left on both sides of the value; brackets around some."""
    sheet = _new(form)
    for one in form.fields:
        text = spell.plain(one, data.get(one.key))
        line = random.choice(
            ("_____{0}__________", "___ {0} ___", "[ {0} ]", "-----{0}-----")
        ).format(text)
        sheet.add(
            paper.paragraph(paper.run(f"{one.label_vi}: {line if text else '______________'}"))
        )
    _list(sheet, form, data, random)
    _end(sheet, form)
    return sheet.saved()


def _struck(text: str) -> str:
    return f'<w:r><w:rPr><w:strike/></w:rPr><w:t xml:space="preserve">{escape(text)}</w:t></w:r>'


def _hidden(text: str) -> str:
    return f'<w:r><w:rPr><w:vanish/></w:rPr><w:t xml:space="preserve">{escape(text)}</w:t></w:r>'


def struck(form: FormKind, data: Data, random: Random) -> bytes:
    """Old values crossed out by format, not by tracking; hidden text of an older template."""
    sheet = _new(form)
    for at, one in enumerate(form.fields):
        text = spell.plain(one, data.get(one.key))
        before = _struck("99 ") if one.kind is FieldKind.INTEGER and at % 2 else ""
        behind = _hidden(" (mẫu cũ: 12345)") if at % 3 == 0 else ""
        inside = paper.run(f"{one.label_vi}: ") + before + paper.run(text or _DOTS) + behind
        sheet.add(paper.paragraph(inside))
    _list(sheet, form, data, random)
    _end(sheet, form)
    return sheet.saved()


_SAME = (
    "native_place",
    "address",
    "job",
    "note",
    "ethnicity",
    "sector",
    "officer_in_charge",
    "education_general",
)


def dittos(form: FormKind, data: Data, random: Random) -> bytes:
    """“-nt-” for what stands above."""
    sheet = _new(form)
    _lines(sheet, form, data, random)
    before: Data = {}
    for source in data.get("rows") or []:
        for key in _SAME:
            above = before.get(key)
            if above is not None and key in source and random.random() < 0.4:
                told = above.also if isinstance(above, Doubted) else above
                source[key] = Doubted(random.choice(("nt", "-nt-", '"', "như trên", "''")), told)
        before = source

    def write(field: FormField, value: object, random: Random) -> str:
        return value.text if isinstance(value, Doubted) else spell.plain(field, value)

    _list(sheet, form, data, random, write=write)
    _end(sheet, form)
    return sheet.saved()


def merged_down(form: FormKind, data: Data, random: Random) -> bytes:
    """What is the same for two people stands once, in cells merged downwards."""
    sheet = _new(form)
    _lines(sheet, form, data, random)
    if form.columns:
        sizes = _sizes(form, form.columns)
        rows = heads(form.columns, sizes)
        listed = data.get("rows") or []
        for at, source in enumerate(listed):
            odd = at % 2 == 1
            line = [paper.cell(str(at + 1), width=sizes[0])]
            for n, column in enumerate(form.columns, 1):
                shared = column.key in _SAME and at - odd + 1 < len(listed)
                if shared and odd and listed[at - 1].get(column.key) is not None:
                    source[column.key] = listed[at - 1][column.key]
                    line.append(Box(paper.paragraph(""), merge="continue", width=sizes[n]))
                    continue
                text = spell.plain(column, source.get(column.key))
                starts = shared and not odd and bool(text)
                line.append(paper.cell(text, width=sizes[n], merge="restart" if starts else ""))
            rows.append(line)
        sheet.add(paper.table(rows))
    _end(sheet, form)
    return sheet.saved()


HABITS: dict[str, Callable[[FormKind, Data, Random], bytes]] = {
    "combined-columns": combined,
    "numbered-table": numbered,
    "heads-over-values": over,
    "footer-in-table": foot,
    "units": units,
    "bullets": bullets,
    "underscores": underscores,
    "struck-out": struck,
    "dittos": dittos,
    "merged-down": merged_down,
}

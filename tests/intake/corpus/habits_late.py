"""A third set of habits, written after the second was mended and read once: what is still to be expected."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from random import Random

from core.forms import FormField, FormKind
from core.schema import FieldKind
from tests.intake.corpus import paper, spell
from tests.intake.corpus.habits_word import heads
from tests.intake.corpus.paper import Box, Paper
from tests.intake.corpus.values import Data

_WIDE, _HIGH = 14850, 9900


def _new(form: FormKind) -> Paper:
    sheet = Paper(landscape=form.landscape, size=20 if form.landscape else 24)
    sheet.add(paper.paragraph(paper.run("CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM"), center=True))
    sheet.add(paper.paragraph(paper.run(form.titles[0]), center=True))
    return sheet


def _sizes(form: FormKind) -> list[int]:
    width = _WIDE if form.landscape else _HIGH
    total = sum(column.width for column in form.columns) + 10
    return [int(width * 10 / total), *(int(width * c.width / total) for c in form.columns)]


def _table(
    sheet: Paper, form: FormKind, rows: Sequence[Data], *, first: int = 1, note: bool = False
) -> None:
    sizes = _sizes(form)
    lines = heads(form.columns, sizes)
    for at, source in enumerate(rows, first):
        texts = [f"{at:02d}" if note else str(at)]
        texts += [spell.plain(column, source.get(column.key)) for column in form.columns]
        lines.append([paper.cell(text, width=sizes[n]) for n, text in enumerate(texts)])
    sheet.add(paper.table(lines))
    sheet.add(paper.paragraph(""))


def colon_cell(form: FormKind, data: Data, _random: Random) -> bytes:
    """The colon has a column of its own."""
    sheet = _new(form)
    rows = []
    for one in form.fields:
        text = spell.plain(one, data.get(one.key))
        rows.append(
            [paper.cell(t, width=w) for t, w in ((one.label_vi, 4000), (":", 300), (text, 5600))]
        )
    sheet.add(paper.table(rows))
    if form.columns:
        _table(sheet, form, data.get("rows") or [])
    return sheet.saved()


def two_teams(form: FormKind, data: Data, _random: Random) -> bytes:
    """The list in two tables, each under the name of its team and with its head, numbered on."""
    sheet = _new(form)
    for one in form.fields:
        text = spell.plain(one, data.get(one.key))
        sheet.add(paper.paragraph(paper.run(f"{one.label_vi}: {text}")))
    rows = data.get("rows") or []
    if form.columns:
        half = (len(rows) + 1) // 2
        sheet.add(paper.paragraph(paper.run("A. Tổ sản xuất số 1")))
        _table(sheet, form, rows[:half])
        sheet.add(paper.paragraph(paper.run("B. Tổ sản xuất số 2")))
        if rows[half:]:
            _table(sheet, form, rows[half:], first=half + 1)
    return sheet.saved()


def starred(form: FormKind, data: Data, random: Random) -> bytes:
    """Stars and notes behind the labels that must be filled, remarks at the foot, running numbers 01, 02."""
    sheet = _new(form)
    for one in form.fields:
        text = spell.plain(one, data.get(one.key))
        star = random.choice((" (*)", "*", " (1)", ""))
        sheet.add(paper.paragraph(paper.run(f"{one.label_vi}{star}: {text or '..............'}")))
    if form.columns:
        _table(sheet, form, data.get("rows") or [], note=True)
    sheet.add(paper.paragraph(paper.run("(*) Mục bắt buộc ghi. (1) Ghi theo giấy đăng ký.")))
    return sheet.saved()


_ENGLISH = {
    "full_name": "Full name", "address": "Address", "phone": "Tel.", "tax_code": "Tax code", "dob": "Date of birth",
    "enterprise_name": "Company name", "workers_total": "Employees", "note": "Remarks", "gender": "Sex",
}  # fmt: skip


def bilingual(form: FormKind, data: Data, _random: Random) -> bytes:
    """Labels in two languages, as foreign firms have them."""
    sheet = _new(form)
    rows = []
    for one in form.fields:
        english = _ENGLISH.get(one.key)
        label = f"{one.label_vi} / {english}" if english else one.label_vi
        text = spell.plain(one, data.get(one.key))
        rows.append([paper.cell(label, width=4000), paper.cell(text, width=5900)])
    sheet.add(paper.table(rows))
    if form.columns:
        _table(sheet, form, data.get("rows") or [])
    return sheet.saved()


def answer_columns(form: FormKind, data: Data, _random: Random) -> bytes:
    """Yes and no as columns to tick beside the question; all else in the third column."""
    sheet = _new(form)
    widths = (4500, 900, 900, 3600)
    answers = [_answers(one, data) for one in form.fields]
    lines = [("Nội dung", "Có", "Không", "Số liệu, ghi rõ"), *answers]
    rows = [[paper.cell(t, width=w) for t, w in zip(line, widths, strict=True)] for line in lines]
    sheet.add(paper.table(rows))
    if form.columns:
        _table(sheet, form, data.get("rows") or [])
    return sheet.saved()


def _answers(one: FormField, data: Data) -> tuple[str, str, str, str]:
    value = data.get(one.key)
    if one.kind is FieldKind.BOOLEAN and value is not None:
        return one.label_vi, "x" if value else "", "" if value else "x", ""
    return one.label_vi, "", "", spell.plain(one, value)


def vertical(form: FormKind, data: Data, _random: Random) -> bytes:
    """A name for a group of questions in a cell merged downwards, left of the labels."""
    sheet = _new(form)
    rows = []
    for section in form.sections:
        for at, one in enumerate(section.fields):
            name = section.heading or "Thông tin"
            first = Box(paper.paragraph(paper.run(name)), merge="restart", width=1800)
            left = first if at == 0 else Box("", merge="continue", width=1800)
            text = spell.plain(one, data.get(one.key))
            rows.append([left, paper.cell(one.label_vi, width=3500), paper.cell(text, width=4600)])
    sheet.add(paper.table(rows))
    if form.columns:
        _table(sheet, form, data.get("rows") or [])
    return sheet.saved()


HABITS: dict[str, Callable[[FormKind, Data, Random], bytes]] = {
    "colon-cell": colon_cell,
    "two-teams": two_teams,
    "starred": starred,
    "bilingual": bilingual,
    "answer-columns": answer_columns,
    "vertical-groups": vertical,
}

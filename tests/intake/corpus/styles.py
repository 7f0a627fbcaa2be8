"""How people fill forms: what each filling style does to labels, values, places and lists of a Word form."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import partial
from random import Random

from core.forms import FormField, FormKind
from core.letters import unaccent
from tests.intake.corpus import paper, spell
from tests.intake.corpus.heads import BIRTH, by_gender, typo
from tests.intake.corpus.paper import Box, Paper
from tests.intake.corpus.values import Data

Body = Callable[[str], str]
Speller = Callable[[FormField, object, Random], str]

#: Twentieths of a point between the margins.
_PORTRAIT, _LANDSCAPE = 9900, 14850
_ABBREVIATED = (
    ("công đoàn cơ sở", "CĐCS"), ("người lao động", "NLĐ"), ("bảo hiểm xã hội", "BHXH"), ("lao động", "LĐ"),
    ("doanh nghiệp", "DN"), ("hợp đồng", "HĐ"), ("kinh phí công đoàn", "KPCĐ"), ("Ban Chấp hành", "BCH"),
)  # fmt: skip


@dataclass(frozen=True)
class Style:
    """One way of filling.

    ``place``: table, pairs (two label and value in a row), lines, dots, partly, next, appended, tabs, joined (several
    labels in a line). ``controls``: none, run, block, alias. ``words``: exact, variant, short, bare, shouted, numbered.
    ``columns``: declared or shuffled. ``extras``: things put into the list.
    """

    name: str
    place: str = "table"
    controls: str = ""
    words: str = "exact"
    columns: str = "declared"
    extras: frozenset[str] = frozenset()
    body: str = "run"
    spelling: str = "plain"
    rows: int | None = None
    boxed: bool = False
    nasty: bool = False


def fill(form: FormKind, data: Data, style: Style, random: Random) -> bytes:
    """One filled form as .docx."""
    sheet = Paper(landscape=form.landscape, size=20 if form.landscape else 24)
    write(sheet, form, data, style, random)
    return sheet.saved()


def write(sheet: Paper, form: FormKind, data: Data, style: Style, random: Random) -> None:
    """Put one filled form on a paper."""
    _Filler(sheet, form, data, style, random).all()


class _Filler:
    def __init__(
        self, sheet: Paper, form: FormKind, data: Data, style: Style, random: Random
    ) -> None:
        self.sheet, self.form, self.data, self.style, self.random = sheet, form, data, style, random
        self.width = _LANDSCAPE if form.landscape else _PORTRAIT
        self.body: Body = {
            "run": paper.run,
            "tracked": paper.tracked,
            "split": partial(paper.split, random=random),
            "nfd": paper.decomposed,
            "tcvn3": paper.tcvn3,
            "vni": paper.vni,
        }[style.body]
        legacy = style.body in {"nfd", "tcvn3", "vni"}
        self.printed: Body = self.body if legacy else paper.run
        self.number = 0

    def all(self) -> None:
        add = self.sheet.add
        add(paper.paragraph(self.printed("CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM"), center=True))
        add(paper.paragraph(self.printed("Độc lập - Tự do - Hạnh phúc"), center=True))
        add(paper.paragraph(self.printed(self.form.titles[0]), center=True))
        for section in self.form.sections:
            if section.heading:
                add(paper.paragraph(self.printed(section.heading)))
            self.fields(section.fields)
        if self.form.columns:
            self.list()
        add(paper.paragraph(self.printed("\t".join(self.form.signers))))
        add(paper.paragraph(self.printed("(Ký, ghi rõ họ tên)")))

    # --- texts ----------------------------------------------------------------------------------------

    def label(self, field: FormField) -> str:
        label = field.label_vi
        self.number += 1
        match self.style.words:
            case "variant":
                label = self.random.choice((label, *field.labels))
            case "short":
                for full, short in _ABBREVIATED:
                    label = re.sub(full, short, label, flags=re.IGNORECASE)
            case "bare":
                label = unaccent(label)
            case "shouted":
                label = label.upper()
            case "typo":
                label = typo(label, self.random)
            case "numbered":
                label = f"{self.number}. {label}" + (f" ({field.unit})" if field.unit else "")
        return label

    def value(self, field: FormField, source: Mapping[str, object]) -> str:
        value = source.get(field.key)
        if value is None:
            return ""
        if self.style.spelling == "doubtful":
            text = spell.doubtful(field, value)
            if text is not None and self.random.random() < _DOUBTED:
                source[field.key] = spell.Doubted(text)  # type: ignore[index]
                return text
        name = isinstance(value, str) and field.personal and "name" in field.key
        if self.style.spelling == "capitals" and (
            name or field.key in {"chair", "secretary", "head_teller"}
        ):
            return str(value).upper()
        if (
            self.style.boxed
            and (field.options or isinstance(value, bool))
            and field.key not in _NARROW
        ):
            return spell.boxes(field, value, self.random)
        if self.style.spelling == "odd":
            return spell.odd(field, value, self.random)
        return spell.plain(field, value)

    def written(self, field: FormField, source: Mapping[str, object], *, prefix: str = "") -> str:
        """The value as XML, in its control where the style has controls."""
        text = self.value(field, source)
        if not self.style.controls:
            return self.body(text) if text else ""
        if isinstance(source.get(field.key), bool) and field.key not in _NARROW:
            mark = "☒" if source[field.key] else "☐"
            return paper.control(prefix + field.key, mark, checked=bool(source[field.key]))
        choices = [(one.code, one.label_vi) for one in field.options]
        return paper.control(
            prefix + field.key,
            text,
            tag=self.style.controls != "alias",
            choices=choices,
            body=self.body,
            kind="block" if self.style.controls == "block" else "run",
        )

    # --- fields ---------------------------------------------------------------------------------------

    def fields(self, fields: Sequence[FormField]) -> None:
        place = self.style.place
        if place in {"table", "pairs"}:
            self.table_of_fields(fields, pairs=place == "pairs")
        elif place == "joined":
            self.joined(fields)
        else:
            for field in fields:
                self.line(field, place)

    def table_of_fields(self, fields: Sequence[FormField], *, pairs: bool) -> None:
        boxes = []
        for field in fields:
            label = Box(
                paper.paragraph(self.printed(self.label(field))),
                width=self.width // (4 if pairs else 3),
            )
            inside = self.written(field, self.data)
            block = (
                self.style.controls == "block"
                and inside.startswith("<w:sdt><w:sdtPr>")
                and "<w:p>" in inside
            )
            value = Box(
                inside + "<w:p/>" if block else paper.paragraph(inside),
                width=self.width // 4 if pairs else 2 * self.width // 3,
            )
            boxes.append((label, value))
        rows: list[list[Box]] = []
        if pairs:
            rows = [[*boxes[at], *boxes[at + 1]] for at in range(0, len(boxes) - 1, 2)]
            if len(boxes) % 2:
                label, value = boxes[-1]
                rows.append([label, replace(value, span=3)])
        else:
            rows = [[label, value] for label, value in boxes]
        if "inserted" in self.style.extras:
            own = Box(
                paper.paragraph(self.printed("Nội dung bổ sung của đơn vị")), width=self.width // 3
            )
            rows.insert(
                len(rows) // 2, [own, paper.cell("theo dõi riêng 2024", width=2 * self.width // 3)]
            )
        if "merged" in self.style.extras:
            rows.insert(
                0,
                [Box(paper.paragraph(self.printed("Phần dành cho đơn vị ghi")), span=len(rows[0]))],
            )
        self.sheet.add(paper.table(rows))
        self.sheet.add(paper.paragraph(""))

    def line(self, field: FormField, place: str) -> None:
        label, value = self.label(field), self.written(field, self.data)
        add, printed = self.sheet.add, self.printed
        match place:
            case "lines":
                add(paper.paragraph(printed(f"{label}: ") + value))
            case "dots":
                add(paper.paragraph(printed(f"{label}:....") + value + printed("........")))
            case "partly":
                before = self.random.choice(("...", "………", "..", " ....... "))
                after = self.random.choice(("", "…………", "......................", " ...."))
                add(paper.paragraph(printed(f"{label}: {before}") + value + printed(after or " ")))
            case "appended":
                add(paper.paragraph(printed(f"{label}: ................................ ") + value))
            case "tabs":
                add(paper.paragraph(printed(f"{label}: ") + value + printed("\t"), tabs=True))
            case "next":
                add(paper.paragraph(printed(f"{label}:")))
                add(
                    paper.paragraph(
                        value or printed("............................................")
                    )
                )
            case "boxed":
                inside = paper.paragraph(printed(f"{label}: ") + value)
                add(paper.text_box(inside))

    def joined(self, fields: Sequence[FormField]) -> None:
        """Short fields two or three to a line, as on printed forms."""
        line, length = "", 0
        for field in fields:
            value = self.written(field, self.data)
            piece = self.printed(f"{self.label(field)}: ") + (value or self.printed("............"))
            size = len(field.label_vi) + len(self.value(field, self.data)) + 4
            if line and length + size > 90:
                self.sheet.add(paper.paragraph(line))
                line, length = "", 0
            gap = self.printed(self.random.choice((" ...... ", "; ", "\t", "    "))) if line else ""
            line, length = line + gap + piece, length + size
        self.sheet.add(paper.paragraph(line))

    # --- the list -------------------------------------------------------------------------------------

    def list(self) -> None:
        columns = list(self.form.columns)
        if "by-gender" in self.style.extras:
            columns = by_gender(columns)
        if self.style.columns == "shuffled":
            columns = self.shuffled(columns)
        total = sum(column.width for column in columns) + 10
        self.sizes = [int(self.width * 10 / total)] + [
            int(self.width * c.width / total) for c in columns
        ]
        rows = self.head(columns)
        heads = len(rows)
        if "numbering" in self.style.extras:
            rows.append([self.box(f"({at})", at - 1) for at in range(1, len(columns) + 2)])
        data = self.data.get("rows") or []
        for at, source in enumerate(data):
            if "subtitles" in self.style.extras and at in {0, len(data) // 2}:
                rows.append(self.subtitle(at, len(columns)))
            rows.append(self.row(at, columns, source))
        if "spare" in self.style.extras:
            rows += [
                [self.box(str(len(data) + n) if k == 0 else "", k) for k in range(len(columns) + 1)]
                for n in (1, 2)
            ]
        if "total" in self.style.extras and data:
            rows.append(self.total(columns))
        self.sheet.add(paper.paragraph(""))
        self.sheet.add(
            paper.table(rows, repeat_head=heads if "repeated" in self.style.extras else 0)
        )

    def shuffled(self, columns: list[FormField]) -> list[FormField]:
        """Another order; what stands under one heading stays together."""
        groups: list[list[FormField]] = []
        for column in columns:
            if groups and column.header and groups[-1][0].header == column.header:
                groups[-1].append(column)
            else:
                groups.append([column])
        self.random.shuffle(groups)
        return [column for group in groups for column in group]

    def box(self, text: str, at: int, *, body: Body | None = None) -> Box:
        return Box(
            paper.paragraph((body or self.printed)(text) if text else ""), width=self.sizes[at]
        )

    def head(self, columns: Sequence[FormField]) -> list[list[Box]]:
        labels = [self.label(column) for column in columns]
        if not any(column.header for column in columns):
            return [
                [self.box("TT", 0), *(self.box(label, at) for at, label in enumerate(labels, 1))]
            ]
        upper, lower = (
            [replace(self.box("TT", 0), merge="restart")],
            [Box("", merge="continue", width=self.sizes[0])],
        )
        at = 0
        while at < len(columns):
            if not columns[at].header:
                upper.append(replace(self.box(labels[at], at + 1), merge="restart"))
                lower.append(Box("", merge="continue", width=self.sizes[at + 1]))
                at += 1
                continue
            stop = at
            while stop < len(columns) and columns[stop].header == columns[at].header:
                lower.append(self.box(labels[stop], stop + 1))
                stop += 1
            width = sum(self.sizes[at + 1 : stop + 1])
            upper.append(
                Box(paper.paragraph(self.printed(columns[at].header)), span=stop - at, width=width)
            )
            at = stop
        return [upper, lower]

    def row(self, at: int, columns: Sequence[FormField], source: Data) -> list[Box]:
        boxes = [self.box(str(at + 1), 0)]
        for place, column in enumerate(columns, 1):
            if column.header == BIRTH:
                mine = (column.label_vi == "Nam") == (source.get("gender") == "male")
                text = self.value(column, source) if mine else ""
                boxes.append(self.box(text, place, body=self.body))
                continue
            if self.style.controls and self.style.controls != "block":
                inside = self.written(column, source, prefix="rows." if at % 2 else "")
            else:
                text = self.value(column, source)
                inside = self.body(text) if text else ""
            boxes.append(Box(paper.paragraph(inside), width=self.sizes[place]))
        return boxes

    def subtitle(self, at: int, width: int) -> list[Box]:
        number = "I" if at == 0 else "II"
        name = self.random.choice(
            ("Xã Bình Lư", "Khối doanh nghiệp ngoài nhà nước", "Tổ sản xuất số 1")
        )
        if self.random.random() < 0.5:
            return [Box(paper.paragraph(self.printed(f"{number}. {name}")), span=width + 1)]
        return [
            self.box(number, 0),
            self.box(name, 1),
            *(self.box("", k) for k in range(2, width + 1)),
        ]

    def total(self, columns: Sequence[FormField]) -> list[Box]:
        boxes = [self.box("", 0), self.box("Tổng cộng", 1)]
        for at, column in enumerate(columns[1:], 2):
            values = [row.get(column.key) for row in self.data["rows"]]
            numbers = [
                value for value in values if isinstance(value, int) and not isinstance(value, bool)
            ]
            summed = column.kind.value == "integer" and numbers
            boxes.append(self.box(str(sum(numbers)) if summed else "", at))
        return boxes


#: So often a value is written doubtfully.
_DOUBTED = 0.3
#: Columns too narrow for words in boxes.
_NARROW = frozenset({"eligible", "elected", "gender"})

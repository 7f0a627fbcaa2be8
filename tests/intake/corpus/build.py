"""The corpus: filled forms of every kind in many styles, each with its truth, split into tuning and held-out by style.

Everything follows from the seed, to the byte; what LibreOffice made carries its clock besides. Files of old Word,
files saved again by LibreOffice and PDFs are made by one start of LibreOffice for each format.
"""

from __future__ import annotations

import shutil
import subprocess
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from random import Random

from core.forms import FORMS, get_form
from tests.intake.corpus import book, paper, styles
from tests.intake.corpus.book import BookStyle
from tests.intake.corpus.records import make_data, make_nasty
from tests.intake.corpus.styles import Style
from tests.intake.corpus.values import Data

SEED = "lai-chau-2024"
#: Kinds whose list is long enough to try 60 rows with.
_LISTS = ("enterprise_list", "collective_application", "member_list", "progress_report")


@dataclass(frozen=True)
class Truth:
    """One form in a file: its kind and its values (None for a paper that is no form)."""

    kind: str | None
    values: Data = field(default_factory=dict)


@dataclass(frozen=True)
class Case:
    """One returned file with what it says. ``controlled``: filled through content controls or named cells."""

    name: str
    style: str
    held_out: bool
    data: bytes
    truths: tuple[Truth, ...]
    suffix: str = "docx"
    controlled: bool = False


_TUNING = (
    Style("controls", controls="run"),
    Style("table"),
    Style("dots", place="dots", spelling="odd"),
    Style("lines", place="lines", words="numbered"),
    Style("next-line", place="next"),
    Style("tab-leader", place="tabs", spelling="odd"),
    Style("reworded-table", words="variant", columns="shuffled"),
    Style("pairs", place="pairs"),
    Style("rows-inserted", extras=frozenset({"inserted", "spare", "total"})),
    Style("merged", extras=frozenset({"merged", "numbering"})),
    Style("tracked", place="dots", body="tracked"),
    Style("tcvn3", body="tcvn3"),
    Style("boxes", place="lines", boxed=True),
    Style("by-gender", extras=frozenset({"by-gender"})),
    Style("doubtful-table", spelling="doubtful"),
)
_HELD_OUT = (
    Style("controls-block", controls="block"),
    Style("controls-lines", place="dots", controls="run", spelling="odd"),
    Style("controls-alias", controls="alias", columns="shuffled", extras=frozenset({"total"})),
    Style("dots-partly", place="partly", spelling="odd"),
    Style("appended", place="appended"),
    Style("split-runs", place="partly", body="split"),
    Style("reworded-lines", place="lines", words="variant", columns="shuffled"),
    Style("abbreviated", words="short", spelling="odd"),
    Style("unaccented", place="lines", words="bare"),
    Style("capitals", words="shouted", spelling="capitals", extras=frozenset({"subtitles"})),
    Style("joined", place="joined"),
    Style(
        "columns-swapped", columns="shuffled", extras=frozenset({"subtitles", "total", "numbering"})
    ),
    Style("nfd", place="dots", body="nfd"),
    Style("vni", place="partly", body="vni"),
    Style("text-box", place="boxed"),
    Style("odd-table", spelling="odd", words="variant"),
    Style(
        "by-gender-swapped",
        place="dots",
        columns="shuffled",
        extras=frozenset({"by-gender", "numbering"}),
    ),
    Style("misspelt", words="typo"),
    Style("misspelt-lines", place="lines", words="typo"),
    Style("nasty", nasty=True),
    Style("nasty-lines", place="lines", nasty=True),
    Style("nasty-dots", place="partly", nasty=True, words="variant"),
    Style("doubtful-lines", place="dots", spelling="doubtful"),
)
_TUNING_BOOKS = (
    BookStyle("sheet-native", extras=frozenset({"total"})),
    BookStyle("sheet-text", cells="text", words="variant", spelling="odd"),
    BookStyle("sheet-gap", extras=frozenset({"gap", "numbering", "subtitles"})),
)
_HELD_OUT_BOOKS = (
    BookStyle("sheet-serial", cells="serial", words="unit", place="apart"),
    BookStyle("sheet-hidden", extras=frozenset({"hidden", "notes"})),
    BookStyle(
        "sheet-swapped",
        cells="text",
        columns="shuffled",
        words="bare",
        extras=frozenset({"subtitles", "total", "numbering"}),
    ),
    BookStyle("sheet-named", extras=frozenset({"named"})),
    BookStyle("sheet-together", place="together", cells="text", spelling="odd"),
)
#: Word styles printed to PDF, workbooks printed to PDF, and Word styles that go through old Word.
_PRINTED = {"table": False, "dots": False, "pairs": False, "controls": False, "dots-partly": True, "columns-swapped": True, "odd-table": True, "joined": True, "nasty-lines": True, "misspelt": True, "by-gender": False}  # fmt: skip  # noqa: E501
_OLD = {"reworded-table": False, "dots-partly": True, "columns-swapped": True}
_RESAVED = {"controls": True}


def styles_of(*, held_out: bool) -> tuple[str, ...]:
    """Names of the styles of one side."""
    return tuple(
        dict.fromkeys(case.style for case in cases(per_style=1) if case.held_out is held_out)
    )


def cases(*, per_style: int = 1, kinds: Sequence[str] = tuple(FORMS)) -> Iterator[Case]:
    """All files that need no LibreOffice: ``per_style`` of every kind and style."""
    for held_out, words, books in (
        (False, _TUNING, _TUNING_BOOKS),
        (True, _HELD_OUT, _HELD_OUT_BOOKS),
    ):
        for style in words:
            for kind in kinds:
                for number in range(per_style):
                    yield word_case(style, kind, number, held_out=held_out)
        for sheet in books:
            for kind in kinds:
                for number in range(per_style):
                    yield book_case(sheet, kind, number, held_out=held_out)
    yield from _special(kinds)


def _seeded(*parts: object) -> str:
    return "/".join((SEED, *map(str, parts)))


def word_case(style: Style, kind: str, number: int, *, held_out: bool) -> Case:
    """One Word file."""
    seed = _seeded(style.name, kind, number)
    data = make_nasty(kind, seed) if style.nasty else make_data(kind, seed, rows=style.rows)
    made = styles.fill(get_form(kind), data, style, Random(seed))
    return Case(
        seed, style.name, held_out, made, (Truth(kind, data),), controlled=bool(style.controls)
    )


def book_case(style: BookStyle, kind: str, number: int, *, held_out: bool) -> Case:
    """One workbook."""
    seed = _seeded(style.name, kind, number)
    data = make_data(kind, seed, rows=style.rows)
    made = book.fill(get_form(kind), data, style, Random(seed))
    named = "named" in style.extras
    return Case(seed, style.name, held_out, made, (Truth(kind, data),), "xlsx", named)


def _special(kinds: Sequence[str]) -> Iterator[Case]:
    """Long lists, blanks, wrong papers, several forms in one file."""
    for kind in (kind for kind in kinds if kind in _LISTS):
        yield word_case(
            Style("long-list", rows=60, extras=frozenset({"repeated"})), kind, 0, held_out=False
        )
        yield word_case(
            Style("long-list-controls", rows=60, controls="run"), kind, 0, held_out=True
        )
        yield book_case(BookStyle("sheet-long", rows=60), kind, 0, held_out=True)
    for kind in kinds:
        for style in (
            Style("blank"),
            Style("blank-dots", place="next"),
            Style("blank-controls", controls="run"),
            Style("blank-boxed", place="appended"),
        ):
            seed = _seeded(style.name, kind)
            made = styles.fill(get_form(kind), {}, style, Random(seed))
            held_out = style.name in {"blank-controls", "blank-boxed"}
            yield Case(
                seed, style.name, held_out, made, (Truth(kind),), controlled=bool(style.controls)
            )
        seed = _seeded("sheet-blank", kind)
        made = book.fill(get_form(kind), {}, BookStyle("sheet-blank"), Random(seed))
        yield Case(seed, "sheet-blank", True, made, (Truth(kind),), "xlsx")
    for at, lines in enumerate(_WRONG):
        sheet = paper.Paper()
        for line in lines:
            sheet.add(paper.paragraph(paper.run(line)))
        yield Case(_seeded("wrong", at), "wrong", bool(at % 2), sheet.saved(), (Truth(None),))
    yield from _several(kinds)


_WRONG = (
    ("GIẤY MỜI", "Kính gửi: Ông Lò Văn Ín", "Thời gian: 14 giờ 00 ngày 02/5/2024", "Địa điểm: Hội trường tầng 2"),
    ("THÔNG BÁO", "Về việc nghỉ lễ 30/4", "Số: 12/TB-LĐLĐ", "Kính gửi: Công đoàn cơ sở các đơn vị"),
    ("DANH SÁCH NHẬN QUÀ TẾT", "1. Giàng A Páo: 500.000 đồng", "2. Lò Thị Mẫu: 500.000 đồng"),
    ("HỢP ĐỒNG THUÊ NHÀ", "Bên A: Vàng A Páo, số CCCD 012090999998", "Bên B: Công ty TNHH A&B", "Giá thuê: 2.000.000 đồng"),  # noqa: E501
    ("KẾ HOẠCH", "Phát triển đoàn viên, thành lập công đoàn cơ sở năm 2024", "I. MỤC ĐÍCH, YÊU CẦU", "1. Mục đích"),
    ("PHIẾU THU", "Họ và tên người nộp tiền: Lò Văn Ín", "Lý do nộp: đoàn phí", "Số tiền: 150.000 đồng"),
)  # fmt: skip


def _several(kinds: Sequence[str]) -> Iterator[Case]:
    """Two or three forms one after another."""
    names = list(kinds)
    for at, kind in enumerate(names):
        other = names[(at + 3) % len(names)]
        held_out = bool(at % 2)
        name = "several-kinds" if held_out else "several-same"
        chosen = (kind, other, kind) if held_out else (kind, kind)
        style = Style(name, place="partly" if held_out else "table")
        seed = _seeded(name, kind)
        sheet = paper.Paper(landscape=True, size=20)
        truths = []
        for number, one in enumerate(chosen):
            data = make_data(one, f"{seed}/{number}")
            styles.write(sheet, get_form(one), data, style, Random(f"{seed}/{number}"))
            sheet.add(paper.PAGE_BREAK)
            truths.append(Truth(one, data))
        yield Case(seed, name, held_out, sheet.saved(), tuple(truths))


# --- what LibreOffice makes ------------------------------------------------------------------------------


def converted(
    folder: Path, *, kinds: Sequence[str] = tuple(FORMS), only: Callable[[str], bool] = bool
) -> list[Case]:
    """PDFs, files that went through old Word, files saved again: one start of LibreOffice for each step."""
    by_name = {style.name: style for style in (*_TUNING, *_HELD_OUT)}
    print_jobs = [
        word_case(by_name[name], kind, 70, held_out=held)
        for name, held in _PRINTED.items()
        for kind in kinds
    ]
    print_jobs += [
        word_case(
            Style("long-list", rows=60, extras=frozenset({"repeated"})), kind, 71, held_out=True
        )
        for kind in kinds
        if kind in _LISTS
    ]
    print_jobs += [book_case(_TUNING_BOOKS[0], kind, 72, held_out=False) for kind in kinds]
    print_jobs += [book_case(_HELD_OUT_BOOKS[1], kind, 72, held_out=True) for kind in kinds]
    made = through(folder, [job for job in print_jobs if only(f"pdf-{job.style}")], "pdf", "pdf-")
    sheets = [book_case(_HELD_OUT_BOOKS[0], kind, 75, held_out=True) for kind in kinds]
    sheets = [job for job in sheets if only(f"xls-{job.style}")]
    made += through(folder, through(folder, sheets, "xls", "xls-"), "xlsx", "")
    old = [
        word_case(by_name[name], kind, 73, held_out=held)
        for name, held in _OLD.items()
        for kind in kinds
    ]
    old = [job for job in old if only(f"doc-{job.style}")]
    made += through(folder, through(folder, old, "doc", "doc-"), "docx", "")
    again = [
        word_case(by_name[name], kind, 74, held_out=held)
        for name, held in _RESAVED.items()
        for kind in kinds
    ]
    made += through(
        folder, [job for job in again if only(f"resaved-{job.style}")], "docx", "resaved-"
    )
    return made


def through(folder: Path, jobs: list[Case], target: str, prefix: str) -> list[Case]:
    """The same files in another format; Word and Excel files apart, for LibreOffice takes one filter at a time."""
    if not jobs:
        return []
    source, out = folder / f"{prefix}{target}-in", folder / f"{prefix}{target}-out"
    source.mkdir(exist_ok=True)
    paths = []
    for at, job in enumerate(jobs):
        path = source / f"{at:04d}.{job.suffix}"
        path.write_bytes(job.data)
        paths.append(path)
    program = shutil.which("soffice")
    assert program, "LibreOffice is needed"
    profile = f"-env:UserInstallation=file://{folder}/profile"
    command = [program, profile, "--headless", "--convert-to", target, "--outdir", str(out)]
    for suffix in sorted({path.suffix for path in paths}):
        same = [str(path) for path in paths if path.suffix == suffix]
        subprocess.run([*command, *same], check=True, capture_output=True, timeout=600)
    made = []
    for job, path in zip(jobs, paths, strict=True):
        data = (out / f"{path.stem}.{target}").read_bytes()
        controlled = job.controlled and target == "docx"
        made.append(
            Case(
                f"{prefix}{job.name}",
                prefix + job.style,
                job.held_out,
                data,
                job.truths,
                target,
                controlled,
            )
        )
    return made

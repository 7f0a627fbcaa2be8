"""The plan made from the sample campaign says all that the real plan of 2024 says, in its order.

The real text is read from beside the checkout at test time and never copied into it.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from datetime import date
from pathlib import Path

import pytest

from docgen.kinds.base import Numbering
from docgen.kinds.plan import KIND
from tests.docgen.kinds.measure import Found, find_in_order, paragraphs, sentences, words
from tests.docgen.kinds.papers import ROOT, example, lines, made, opened

REAL = ROOT.parent / "shared" / "reference" / "plan-70-KH-LDLD-2024.txt"
SHARE = 0.9
ISSUED = Numbering(number=70, issue_date=date(2024, 5, 2))

# Slips of the typist (domain brief 4.a, faults 26, 28, 29), set right before words are compared.
MENDS = (
    ("Ban Ban ", "Ban "),
    ("đề báo cáo", "để báo cáo"),
    ("(?i)phát triển đoàn,", "phát triển đoàn viên,"),
)

HEADING = re.compile(r"^(?:[IVX]+|\d+)\.\s")
ROMAN = re.compile(r"^[IVX]+\.\s")
CLOSE = "Trên đây là"
INLINE = re.compile(r"^(\d+\.[^:]{3,60}):\s*(.+)$")

pytestmark = pytest.mark.skipif(
    not REAL.exists(), reason="văn bản gốc chỉ có ở máy phát triển, không nằm trong mã nguồn"
)


def real_paragraphs() -> list[str]:
    """The real plan's paragraphs; the last one, the signer's name, is left out."""
    split: list[str] = []
    for line in paragraphs(REAL.read_text(encoding="utf-8"))[:-1]:
        inline = INLINE.match(line)
        split += inline.groups() if inline else [line]
    return split


def body(data: dict[str, object]) -> list[str]:
    """Our plan up to its first annex."""
    text = lines(opened(made(KIND, data, ISSUED)))
    return text[: text.index("Phụ lục I")]


@dataclass
class Section:
    """A heading of the real plan and the statements under it; the head and the close have no heading."""

    heading: str
    statements: list[str] = field(default_factory=list)


def real_sections() -> list[Section]:
    found = [Section("")]
    for line in real_paragraphs():
        if HEADING.match(line):
            found.append(Section(line))
            continue
        if line.startswith(CLOSE):
            found.append(Section(CLOSE))
        found[-1].statements += sentences(line)
    return found


def region(ours: list[str], heading: str, *, after: int) -> tuple[int, int]:
    """Where our lines under the same heading begin and end: up to the next heading of its level or above."""
    if not heading:
        return 0, next(i for i, line in enumerate(ours) if HEADING.match(line))
    if heading == CLOSE:
        return next(i for i, line in enumerate(ours) if line.startswith(CLOSE)), len(ours)
    wanted = set(words(heading))
    start = next(
        i
        for i in range(after, len(ours))
        if HEADING.match(ours[i]) and wanted <= set(words(ours[i]))
    )
    roman = ours[start][0] in "IVX"
    ends = (ROMAN if roman else HEADING, re.compile(re.escape(CLOSE)))
    return start, next(
        i for i in range(start + 1, len(ours)) if any(end.match(ours[i]) for end in ends)
    )


def measured(data: dict[str, object]) -> list[Found]:
    """Every statement of the real plan, looked for in order under the same heading of ours."""
    ours = body(data)
    found: list[Found] = []
    after = 0
    for section in real_sections():
        start, end = region(ours, section.heading, after=after)
        found += find_in_order(section.statements, ours[start:end], threshold=SHARE, mends=MENDS)
        after = start + 1
    return found


def missing(found: list[Found]) -> list[str]:
    return [f"{one.share:.0%} {one.sentence}" for one in found if one.share < SHARE]


def test_every_statement_is_there_in_order_under_its_heading() -> None:
    found = measured(example(KIND))

    assert len(found) == 39
    assert missing(found) == []
    assert sum(one.share for one in found) / len(found) > 0.97


@pytest.mark.parametrize("unit", range(5))
def test_the_measure_misses_a_unit_left_out(unit: int) -> None:
    data = example(KIND)
    del data["tasks_by_unit"][unit]

    with pytest.raises(StopIteration):  # its heading is gone
        measured(data)


@pytest.mark.parametrize("unit", range(5))
def test_the_measure_misses_every_single_task(unit: int) -> None:
    for index in range(len(example(KIND)["tasks_by_unit"][unit]["tasks"])):
        data = example(KIND)
        data["tasks_by_unit"][unit]["tasks"][index] = "Việc khác."
        assert missing(measured(data)), (unit, index)


@pytest.mark.parametrize("key", ["legal_bases", "activities", "participants"])
def test_the_measure_misses_any_entry_left_out(key: str) -> None:
    for index in range(len(example(KIND)[key])):
        data = example(KIND)
        del data[key][index]
        assert missing(measured(data)), (key, index)


def test_the_measure_sees_another_order() -> None:
    data = example(KIND)
    data["activities"].reverse()
    assert missing(measured(data))

    data = example(KIND)
    data["tasks_by_unit"].reverse()
    with pytest.raises(StopIteration):
        measured(data)


def test_the_real_signer_is_nowhere_in_the_project_or_the_paper() -> None:
    signer = paragraphs(REAL.read_text(encoding="utf-8"))[-1]

    assert signer not in "\n".join(lines(opened(made(KIND, example(KIND), ISSUED))))
    for path in committed():
        assert signer not in path.read_text(encoding="utf-8"), path


def test_no_long_sentence_is_copied() -> None:
    """Facts carry over, sentences are our own: no run of thirty words is the same to the letter."""
    ours = "\n".join(path.read_text(encoding="utf-8") for path in committed())
    for line in real_paragraphs():
        parts = line.split()
        for start in range(len(parts) - 29):
            assert " ".join(parts[start : start + 30]) not in ours


def committed() -> list[Path]:
    folders = (
        "docgen",
        "records/sample",
        "templates_docx",
        "tests/docgen",
        "tests/golden",
        "tools",
    )
    kinds = {".py", ".toml", ".txt"}
    return [
        path for folder in folders for path in (ROOT / folder).rglob("*") if path.suffix in kinds
    ]
